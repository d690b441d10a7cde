//! The rules of prose: in every programme words and links, in one that is written out everything else. One damage each.

use super::valid::{TOML, files};
use crate::programme::{Extent, Fault, Files, Programme, check};

/// A session written out, whose sentences are its own.
fn text(id: &str, title: &str, watch: &[&str], minutes: u16) -> String {
    let watch: String = watch.iter().flat_map(|target| ["- **", target, ".** What is seen.\n"]).collect();
    format!(
        "# {title}\n\n## Aims {{#aims}}\n\n- One.\n\n## Why {{#why}}\n\nBecause of {id} (Nobody, 1998).\n\n\
         ## Preparation {{#preparation}}\n\nRead.\n\n## Activities {{#activities}}\n\n### 10 min · First\n\n> Welcome.\n\n\
         ### {} min · Second\n\nIn {id} everybody draws the map of one week by hand.\n\n## Watch {{#watch}}\n\n{watch}\n\
         ## Deviation {{#deviation}}\n\nLittle.\n\n## Adaptations {{#adaptations}}\n\n- **A.** a\n- **B.** b\n- **C.** c\n- **D.** d\n\n\
         ## Task {{#task}}\n\nOne.\n\n## Sheet {{#sheet}}\n\nI notice.\n\n___\n\n\
         ## Fidelity {{#fidelity}}\n\n- a\n- b\n- c\n- d\n- e\n\n\
         ## Links {{#links}}\n\n[First](welcome.md#sheet), [Ending](handbook/ending.md).\n",
        minutes - 10
    )
}

const WHY_AND_PREPARATION: &str = "## Why {#why}\n\nBecause of welcome (Nobody, 1998).\n\n## Preparation {#preparation}\n\nRead.";

/// The small programme written out, with a handbook of one chapter.
fn full() -> Files {
    let mut files = files();
    let handbook = "[[handbook]]\nid = \"ending\"\ntitle = { en = \"Ending\", es = \"El final\" }\n\n[[materials]]";
    let toml = TOML.replace("max_weeks = 12", "max_weeks = 12\ntext = \"full\"").replace("[[materials]]", handbook);
    files.insert("programme.toml".into(), toml.into_bytes());
    let sessions = [
        ("welcome", "Welcome", "Bienvenida", ["Readiness", "Readiness"], ["Disposición", "Disposición"], 60),
        ("knots", "Knots", "Nudos", ["Mood", "Mood"], ["Ánimo", "Ánimo"], 120),
        ("stars", "Stars", "Estrellas", ["Readiness", "Mood"], ["Disposición", "Ánimo"], 120),
    ];
    for (id, en, es, watch_en, watch_es, minutes) in sessions {
        files.insert(format!("en/{id}.md"), text(id, en, &watch_en, minutes).into_bytes());
        files.insert(format!("es/{id}.md"), text(id, es, &watch_es, minutes).into_bytes());
    }
    files.insert("en/handbook/ending.md".into(), "# Ending\n\nBefore.\n\n## How {#how}\n\nSee [First](../welcome.md).\n".into());
    files.insert("es/handbook/ending.md".into(), "# El final\n\n## Cómo\n\nVer [Primera](../welcome.md).\n".into());
    files
}

fn damaged(file: &str, from: &str, to: &str) -> Vec<Fault> {
    let mut files = full();
    let text = String::from_utf8(files[file].clone()).unwrap();
    assert!(text.contains(from), "{file} does not contain {from:?}");
    files.insert(file.to_owned(), text.replacen(from, to, 1).into_bytes());
    check(&files).faults
}

/// Exactly one fault, in that file, on a line that holds `line`.
fn only(code: &str, file: &str, from: &str, to: &str, line: &str) -> Fault {
    let faults = damaged(file, from, to);
    assert_eq!(faults.len(), 1, "one fault for {code}: {faults:#?}");
    let fault = faults.into_iter().next().unwrap();
    assert_eq!((fault.code, fault.file.as_str()), (code, file), "{fault:#?}");
    assert!(fault.excerpt.contains(line) && !fault.help.is_empty(), "{}", fault.render());
    fault
}

#[test]
fn a_programme_written_out_has_no_fault() {
    let programme = Programme::of(&full()).unwrap_or_else(|faults| panic!("{faults:#?}"));
    assert_eq!(programme.definition.text, Extent::Full);
    assert_eq!(programme.chapter("es-MX", "ending").unwrap().title, "El final");
    let parts = programme.chapter("fr", "ending").unwrap().parts();
    let told: Vec<_> = parts.iter().map(|it| (it.id.as_str(), it.heading.as_str(), it.markdown.as_str())).collect();
    assert_eq!(told, [("part-0", "", "Before."), ("how", "How", "See [First](../welcome.md).")]);
    let plain = Programme::of(&files()).unwrap();
    assert_eq!((plain.definition.text, plain.definition.handbook.len()), (Extent::Outline, 0));
    let mut stored = serde_json::to_value(&plain).unwrap();
    stored.as_object_mut().unwrap().remove("handbook");
    stored["definition"].as_object_mut().unwrap().retain(|key, _| key != "text" && key != "handbook");
    assert_eq!(serde_json::from_value::<Programme>(stored).unwrap(), plain, "stored before there was a handbook");
}

#[test]
fn a_session_lacking_a_part_is_a_fault() {
    let file = "en/welcome.md";
    let fault = only("missing-section", file, "## Task {#task}\n\nOne.\n\n", "", "");
    assert!(fault.message.contains("\"task\""));
    only("empty-section", file, "Little.", "", "{#deviation}");
    let swapped = "## Why {#preparation}\n\nBecause of welcome (Nobody, 1998).\n\n## Preparation {#why}\n\nRead 1998.";
    only("section-order", file, WHY_AND_PREPARATION, swapped, "{#why}");
}

#[test]
fn what_a_written_session_must_have() {
    let file = "es/welcome.md";
    only("no-spoken-words", file, "> Welcome.", "Welcome.", "{#activities}");
    let many = damaged(file, "- e\n", "- e\n- f\n- g\n- h\n- i\n");
    assert_eq!(many.iter().map(|it| it.code).collect::<Vec<_>>(), ["fidelity-checks", "languages-differ"]);
    only("target-not-watched", "es/stars.md", "**Disposición.**", "**Ganas.**", "{#watch}");
    only("few-adaptations", file, "- **D.** d\n", "", "{#adaptations}");
    only("no-literature", file, "1998", "many years", "{#why}");
    let long = "___\n".repeat(30);
    assert!(only("sheet-too-long", file, "___", &long, "{#sheet}").message.contains("53"));
}

#[test]
fn languages_keep_pace() {
    let file = "es/knots.md";
    only(
        "languages-differ",
        file,
        "### 10 min · First\n\n> Welcome.\n\n### 110",
        "### 20 min · First\n\n> Welcome.\n\n### 100",
        "{#activities}",
    );
    only("languages-differ", file, "- e\n", "- e\n- f\n", "{#fidelity}");
    let fault = only("language-lagging", file, "Read.", &"leer ".repeat(80), "# Nudos");
    assert!(fault.message.contains("language lagging"));
}

#[test]
fn sessions_share_no_sentence() {
    let fault = only("shared-sentence", "en/stars.md", "In stars everybody", "In **knots** everybody", "everybody");
    assert_eq!(fault.offending, "In **knots** everybody draws the map of one week by hand.");
    assert!(fault.message.contains("\"knots\""));
}

#[test]
fn links_lead_somewhere() {
    let fault = only("broken-link", "es/stars.md", "(welcome.md#sheet)", "(welcom.md)", "welcom.md");
    assert_eq!(fault.help, "did you mean \"welcome.md\"?");
    only("broken-link", "es/stars.md", "#sheet)", "#shet)", "shet");
    only("broken-link", "es/stars.md", "handbook/ending.md", "handbook/endings.md", "endings");
    only("broken-link", "en/handbook/ending.md", "../welcome.md", "welcome.md", "welcome");
    only("broken-link", "en/stars.md", "handbook/ending.md", "handbook/ending.md#hwo", "hwo");
    assert_eq!(damaged("en/stars.md", "handbook/ending.md", "handbook/ending.md#how"), []);
    only("broken-link", "es/stars.md", "(welcome.md#sheet)", "(/etc/passwd)", "passwd");
    assert_eq!(damaged("es/stars.md", "(welcome.md#sheet)", "(https://example.org/x)"), []);
}

#[test]
fn outlines_are_held_to_words_and_links_too() {
    let mut files = files();
    files
        .insert("en/knots.md".into(), String::from_utf8(files["en/knots.md"].clone()).unwrap().replace("Do.", "An offender.").into_bytes());
    let toml = TOML.replace("es = \"Uno pequeño.\"", "es = \"Un agresor.\"");
    files.insert("programme.toml".into(), toml.into_bytes());
    let faults = check(&files).faults;
    let found: Vec<_> = faults.iter().map(|it| (it.file.as_str(), it.code, it.offending.as_str())).collect();
    assert_eq!(found, [("en/knots.md", "denied-word", "offender"), ("programme.toml", "denied-word", "agresor")]);
    assert!(faults[0].help.contains("participant"));

    let link = |to: &str| {
        let mut files = super::valid::files();
        let text = String::from_utf8(files["en/knots.md"].clone()).unwrap().replace("Do.", &format!("[x]({to})"));
        files.insert("en/knots.md".into(), text.into_bytes());
        check(&files).faults.iter().map(|it| it.code).collect::<Vec<_>>()
    };
    assert_eq!(link("star.md"), ["broken-link"]);
    assert_eq!(link("handbook/ending.md"), [""; 0], "no handbook is begun");
}

#[test]
fn the_handbook_has_its_files() {
    let mut lacking = full();
    lacking.remove("es/handbook/ending.md");
    let codes: Vec<_> = check(&lacking).faults.iter().map(|it| (it.file.clone(), it.code)).collect();
    assert_eq!(codes.iter().filter(|(_, code)| *code == "missing-chapter-file").count(), 1);
    let mut more = full();
    more.insert("en/handbook/ends.md".into(), "# Ends".into());
    assert_eq!(check(&more).faults[0].code, "orphan-file");
    only("title-differs", "en/handbook/ending.md", "# Ending", "# The ending", "The ending");
    only("html", "en/handbook/ending.md", "See", "<b>See", "<b>");
    only("empty-chapter", "en/handbook/ending.md", "Before.\n\n## How {#how}\n\nSee [First](../welcome.md).", "", "# Ending");
    only("unknown-value", "programme.toml", "text = \"full\"", "text = \"ful\"", "ful");
}
