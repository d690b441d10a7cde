//! One damage per kind of fault: the code is reported at the damaged place.

use super::valid::{damaged, files};
use crate::programme::{Fault, check};

/// Line and column (characters, from 1) of the first `marker` at or after the first `anchor`.
fn place(text: &str, anchor: &str, marker: &str) -> (usize, usize) {
    let from = text.find(anchor).unwrap_or_else(|| panic!("no {anchor:?}"));
    let at = from + text[from..].find(marker).unwrap_or_else(|| panic!("no {marker:?} after {anchor:?}"));
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

/// Damages `programme.toml` and expects exactly one fault, at `marker` within what replaced `from`.
fn only(code: &str, from: &str, to: &str, marker: &str) -> Fault {
    only_in("programme.toml", code, from, to, marker)
}

fn only_in(file: &str, code: &str, from: &str, to: &str, marker: &str) -> Fault {
    let files = damaged(file, from, to);
    let faults = check(&files).faults;
    assert_eq!(faults.len(), 1, "one fault for {code}: {faults:#?}");
    let fault = faults.into_iter().next().unwrap();
    assert_eq!((fault.file.as_str(), fault.code), (file, code), "{fault:#?}");
    let text = String::from_utf8(files[file].clone()).unwrap();
    let expected = if marker.is_empty() { (1, 1) } else { place(&text, to, marker) };
    assert_eq!((fault.line, fault.column), expected, "{}", fault.render());
    assert!(!fault.message.is_empty() && !fault.help.is_empty());
    fault
}

/// Damages a file and expects, among others, this fault on a line that holds `line`.
fn among(code: &str, from: &str, to: &str, line: &str) -> Fault {
    among_in("programme.toml", code, from, to, line)
}

fn among_in(file: &str, code: &str, from: &str, to: &str, line: &str) -> Fault {
    let faults = check(&damaged(file, from, to)).faults;
    let found = faults.iter().find(|fault| fault.code == code && fault.excerpt.contains(line));
    found.unwrap_or_else(|| panic!("no {code} at {line:?}: {faults:#?}")).clone()
}

#[test]
fn form_of_values() {
    only("bad-toml", "share = 0.85", "share = = 0.85", "= 0.85");
    only("duplicate-key", "max_weeks = 12", "max_weeks = 12\nid = \"x\"", "id");
    only("unknown-key", "gap_after = 7", "gap_aftr = 7", "gap_aftr");
    among("missing-key", "required = true\n", "", "[[suitability]]");
    only("wrong-type", "minutes = 60", "minutes = \"60\"", "60");
    only("wrong-type", "required = true", "required = 1", "1");
    only("out-of-range", "minutes = 60", "minutes = 0", "0");
    only("out-of-range", "minutes = 60", "minutes = 481", "481");
    only("out-of-range", "minutes = 60", "minutes = 99999999999999999999999", "999");
    only("out-of-range", "share = 0.85", "share = 1.01", "1.01");
    only("out-of-range", "share = 0.85", "share = nan", "nan");
    only("bad-id", "id = \"time\"", "id = \"Time!\"", "Time!");
    only("bad-id", "instrument = \"phq-9\"", "instrument = \"PHQ 9\"", "PHQ");
    only("bad-version", "\"1.2.3\"", "\"1.2\"", "1.2");
    only("unknown-format", "format = 1", "format = 2", "2");
    only("unknown-value", "format = \"individual\"", "format = \"indivdual\"", "indivdual");
    only("unknown-value", "risk = [\"low\"]", "risk = [\"low\", \"extreme\"]", "extreme");
    only("unknown-rule", "rule = \"suitable\"", "rule = \"sutable\"", "sutable");
    only("empty-list", "targets = [\"mood\"]\ndue", "targets = []\ndue", "[]");
    only("control-character", "Nobody 2020", "Nobody\\u00072020", "Nobody");
    among("levels-twice", "need = \"low\" }]", "need = \"low\" }]\nrisk = [\"low\"]", "levels = ");
}

#[test]
fn texts_in_languages() {
    only("missing-language", "{ en = \"Mood\", es = \"Ánimo\" }", "{ en = \"Mood\" }", "{");
    only("empty-text", "es = \"Ánimo\"", "es = \"  \"", "  ");
    only("undeclared-language", "es = \"Ánimo\"", "es = \"Ánimo\", fr = \"Humeur\"", "fr");
    among("bad-language", "[\"en\", \"es\"]", "[\"en\", \"es\", \"Spanish\"]", "languages = ");
}

#[test]
fn ids_and_references() {
    let again = "id = \"moved\"\ntitle = { en = \"A\", es = \"A\" }\n[[reasons.ended_early]]\nid = \"moved\"";
    assert_eq!(among("duplicate-id", "id = \"moved\"", again, "moved").line, 141);
    let fault = only("unknown-target", "targets = [\"readiness\"]", "targets = [\"redines\"]", "redines");
    assert_eq!(fault.help, "did you mean \"readiness\"?");
    assert!(fault.message.contains("\"redines\""));
    only("unknown-target", "targets = [\"mood\"]\ndue", "targets = [\"moo\"]\ndue", "moo");
    only("unknown-material", "materials = [\"board\"]", "materials = [\"bord\"]", "bord");
    only("unknown-session", "needs = [\"knots\"]", "needs = [\"knot\"]", "knot\"");
    only("unknown-session", "sessions = [\"stars\"]", "sessions = [\"star\"]", "star");
    only("unknown-module", "sessions = [\"stars\"]", "modules = [\"dek\"]", "dek");
    only("unknown-phase", "phases = [\"dock\", \"sail\"]", "phases = [\"dock\", \"sial\"]", "sial");
    only("unknown-phase", "phase = \"dock\"", "phase = \"dokc\"", "dokc");
    only("unknown-measure", "measure = \"mood-scale\"", "measure = \"mood-scal\"", "mood-scal");
    only("unknown-construct", "mfm = [\"stress\"]", "mfm = [\"stres\"]", "stres");
    only("unknown-due-point", "of = \"deck\"", "of = \"decks\"", "decks");
    only("unknown-due-point", "at = \"module-end\"", "at = \"module-start\"", "module-start");
    only("unknown-due-point", "{ at = \"after-completion\", weeks = 26 }", "{ at = \"every-months\", months = 2 }", "every");
    let spare = "id = \"spare\"\ntitle = { en = \"A\", es = \"A\" }\nabout = { en = \"A\", es = \"A\" }\n\
                 constructs = { glm = [], rnr = [], srm = [], pathways = [], mfm = [] }\n\n[[suitability]]";
    only("unused-target", "[[suitability]]", &format!("[[targets]]\n{spare}"), "spare");
}

#[test]
fn gates() {
    let code = "gate-never-opens";
    only(code, "entry = [{ rule = \"suitable\" }]", "entry = [{ rule = \"phase-passed\", phase = \"dock\" }]", "dock");
    only(code, "phase = \"dock\" }, { rule = \"order-covers\" }", "phase = \"sail\" }", "sail");
    only(code, "entry = [{ rule = \"suitable\" }]", "entry = [{ rule = \"sessions-done\", share = 1 }]", "sessions-done");
    only(code, "at_least = 2", "at_least = 3", "3");
    only(code, "measure = \"mood-scale\"", "measure = \"later-scale\"", "later-scale");
    among(code, "{ at = \"phase-start\", of = \"dock\" }, ", "", "measure-taken");
    let no_counting = "counts_to_completion = false\ntargets = [\"readiness\"]\nmaterials";
    among(code, "counts_to_completion = true\ntargets = [\"readiness\"]\nmaterials", no_counting, "share = 1 }");
    only("cycle", "rule = \"suitable\" }", "rule = \"phase-passed\", phase = \"sail\" }", "sail");
}

#[test]
fn order_of_sessions() {
    only("needs-later-session", "materials = [\"board\"]", "materials = [\"board\"]\nneeds = [\"knots\"]", "knots");
    only("cycle", "needs = [\"knots\"]", "needs = [\"stars\"]", "stars");
    let both = damaged("programme.toml", "targets = [\"mood\"]\n\n", "targets = [\"mood\"]\nneeds = [\"stars\"]\n\n");
    let codes: Vec<&str> = check(&both).faults.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, ["cycle", "needs-left-out"]);
    among("needs-left-out", "sessions = [\"stars\"]", "sessions = [\"knots\"]", "needs = [\"knots\"]");
}

#[test]
fn tracks_and_groups() {
    let all = "leave_out = { modules = [\"plank\", \"deck\"] }";
    let found = check(&damaged("programme.toml", "leave_out = { sessions = [\"stars\"] }", all)).faults;
    assert!(found.iter().any(|fault| fault.code == "empty-track" && fault.message.contains("\"short\"")), "{found:#?}");
    among("tracks-overlap", "risk = [\"low\"]\n", "risk = [\"low\", \"medium\"]\n", "middle");
    among("levels-not-covered", "risk = [\"medium\", \"high\"]", "risk = [\"high\"]", "[[tracks]]");
    let found = check(&damaged("programme.toml", "max_weeks = 12", "max_weeks = 4")).faults;
    let codes: Vec<&str> = found.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, ["track-too-long", "track-too-long"], "both tracks with the last session");
    among("missing-group", "[group]\nmin = 6\nmax = 10\nfacilitators = 2\n", "", "format = \"group\"");
    only("group-size", "max = 10", "max = 5", "5");
}

#[test]
fn files_of_sessions() {
    let mut lacking = files();
    lacking.remove("es/knots.md");
    let faults = check(&lacking).faults;
    let found: Vec<_> = faults.iter().map(|fault| (fault.file.as_str(), fault.code)).collect();
    assert_eq!(found, [("programme.toml", "missing-session-file")]);
    assert!(faults[0].help.contains("es/knots.md"));

    let mut more = files();
    more.insert("en/knotz.md".into(), Vec::new());
    let faults = check(&more).faults;
    assert_eq!((faults.len(), faults[0].code, faults[0].line), (1, "orphan-file", 1));
    assert_eq!(faults[0].help, "did you mean \"en/knots.md\"?");

    let mut none = files();
    none.remove("programme.toml");
    assert_eq!(check(&none).faults[0].code, "missing-file");

    let mut bytes = files();
    bytes.insert("en/knots.md".into(), b"# Knots\n\n## \xc3\xa1 \xff".to_vec());
    let fault = &check(&bytes).faults[0];
    assert_eq!((fault.code, fault.line, fault.column), ("bad-utf8", 3, 6));
    assert!(fault.message.contains("0xFF"));

    let mut large = files();
    large.insert("programme.toml".into(), vec![b'a'; 10_000_000]);
    assert_eq!(check(&large).faults[0].code, "file-too-large");
}

#[test]
fn session_markdown() {
    let file = "es/welcome.md";
    only_in(file, "missing-title", "# Bienvenida\n", "Bienvenida\n", "Bienvenida");
    only_in(file, "title-differs", "# Bienvenida", "# Bienvenido", "Bienvenido");
    only_in(file, "second-title", "- One.", "- One.\n\n# Otro", "# Otro");
    only_in(file, "text-outside-section", "# Bienvenida\n", "# Bienvenida\n\nHola.\n", "Hola.");
    only_in(file, "section-without-id", "## Sheet {#sheet}", "## Sheet", "Sheet");
    only_in(file, "unknown-section", "{#sheet}", "{#shet}", "shet");
    only_in(file, "duplicate-section", "Sheet {#sheet}", "Sheet {#aims}", "aims");
    only_in(file, "missing-section", "{#aims}", "{#watch}", "");
    among_in(file, "empty-section", "- One.\n", "\n", "{#aims}");
    let fault = among_in(file, "minutes-differ", "### 10 min", "### 15 min", "{#activities}");
    assert!(fault.message.contains("\"65\"") && fault.message.contains("\"60\""));
    only_in(file, "activity-without-minutes", "### 10 min · First", "### First", "First");
    only_in(file, "html", "Do.", "Do <br> it.", "<br>");
    only_in(file, "image", "Do.", "Do ![x](https://y.example/a.png).", "![");
    only_in(file, "control-character", "Do.", "Do\u{7}.", "\u{7}");
}

#[test]
fn places_in_numbers() {
    let fault = &check(&damaged("programme.toml", "targets = [\"readiness\"]", "targets = [\"redines\"]")).faults[0];
    assert_eq!((fault.line, fault.column), (76, 13));
    let expected = "programme.toml:76:13: unknown-target: there is no target \"redines\"\n    \
                    76 | targets = [\"redines\"]\n       |             ^^^^^^^\n  help: did you mean \"readiness\"?";
    assert_eq!(fault.render(), expected);
}
