//! The valid programme as a whole, and many faults at once.

use serde_json::json;

use super::valid::{TOML, damaged, files};
use crate::programme::{Condition, Definition, DuePoint, Format, Level, Programme, Text, Version, check, check_report, show};

fn valid() -> Programme {
    Programme::of(&files()).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

#[test]
fn a_valid_folder_has_no_fault() {
    let outcome = check(&files());
    assert_eq!(outcome.faults, []);
    assert_eq!(check_report(&outcome.faults), json!({ "ok": true, "faults": [] }));
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_nothing() {
    let windows = files()
        .into_iter()
        .map(|(path, bytes)| {
            let text = String::from_utf8(bytes).unwrap().replace('\n', "\r\n");
            (path, format!("\u{feff}{text}").into_bytes())
        })
        .collect();
    let (read, plain) = (Programme::of(&windows).unwrap(), valid());
    assert_eq!(read.definition, plain.definition);
    assert_eq!(read.texts["es"]["welcome"].sections, plain.texts["es"]["welcome"].sections);
}

#[test]
fn the_definition_answers() {
    let programme = valid();
    let definition = &programme.definition;
    assert_eq!(definition.version, Version { major: 1, minor: 2, patch: 3 });
    assert_eq!(definition.phase_index("sail"), Some(1));
    assert_eq!(definition.phase_after("dock").map(|phase| phase.id.as_str()), Some("sail"));
    let (phase, module, session) = definition.session("stars").unwrap();
    assert_eq!((phase.id.as_str(), module.id.as_str(), session.format), ("sail", "deck", Format::Group));
    assert_eq!(definition.phases[0].exit[0], Condition::SessionsDone { share: 1.0 });
    assert_eq!(definition.reports[0].due[1], DuePoint::EveryMonths { months: 3 });
    assert_eq!(definition.track_for(Level::Low, Level::High).unwrap().id, "middle");
    let short = definition.track_for(Level::Low, Level::Low).unwrap();
    let ids: Vec<_> = definition.sessions_of(short).map(|(_, _, session)| session.id.as_str()).collect();
    assert_eq!(ids, ["welcome", "knots"]);
    // welcome, gap of 7 and a week to knots, two weeks to stars; first and last day included.
    assert_eq!(definition.length_in_days(short), 15);
    assert_eq!(definition.length_in_days(definition.track("full").unwrap()), 29);
    assert_eq!(definition.phase_length_in_days(short, "sail"), 1);
}

#[test]
fn texts_fall_back_to_a_language_there_is() {
    let text = Text::of([("en", "Sail"), ("es", "Travesía")]);
    assert_eq!([text.in_language("es-MX"), text.in_language("fr")], ["Travesía", "Sail"]);
    assert_eq!(Text::default().in_language("en"), "");
    let programme = valid();
    assert_eq!(programme.text("es", "knots").unwrap().title, "Nudos");
    let welcome = programme.text("fr", "welcome").unwrap();
    assert_eq!(welcome.title, "Welcome");
    assert_eq!(welcome.section("aims").unwrap().markdown, "- One.");
    let timed: Vec<_> = welcome.activities.iter().map(|it| (it.minutes, it.title.as_str())).collect();
    assert_eq!(timed, [(10, "First"), (50, "Second")]);
}

#[test]
fn versions_are_three_numbers() {
    assert!("1.10.0".parse::<Version>().unwrap() > "1.9.9".parse().unwrap());
    for wrong in ["1.0", "1.0.0.0", "1.0.x", "01.0.0", "1.0.", "", "1.0.-1", "1.0.99999999999"] {
        assert!(wrong.parse::<Version>().is_err(), "{wrong}");
    }
}

#[test]
fn a_programme_survives_storage() {
    let programme = valid();
    let stored = serde_json::to_string(&programme).unwrap();
    assert_eq!(serde_json::from_str::<Programme>(&stored).unwrap(), programme);
    let stored = serde_json::to_value(&programme.definition).unwrap();
    assert_eq!(stored["version"], json!("1.2.3"));
    assert_eq!(stored["phases"][0]["exit"][0], json!({ "rule": "sessions-done", "share": 1.0 }));
    assert_eq!(serde_json::from_value::<Definition>(stored).unwrap(), programme.definition);
}

#[test]
fn show_gives_the_structure_in_order() {
    let shown = show(&valid());
    assert_eq!(shown["id"], "harbour");
    assert_eq!(shown["version"], "1.2.3");
    assert_eq!(shown["languages"], json!(["en", "es"]));
    let sail = json!({
        "id": "sail",
        "title": { "en": "Sail", "es": "Travesía" },
        "modules": [{
            "id": "deck",
            "title": { "en": "Deck", "es": "Cubierta" },
            "sessions": [
                { "id": "knots", "title": { "en": "Knots", "es": "Nudos" }, "format": "group", "minutes": 120,
                  "targets": ["mood"] },
                { "id": "stars", "title": { "en": "Stars", "es": "Estrellas" }, "format": "group", "minutes": 120,
                  "targets": ["readiness", "mood"] },
            ],
        }],
    });
    assert_eq!(shown["phases"][1], sail);
    assert_eq!(shown["tracks"][0], json!({ "id": "short", "sessions": ["welcome", "knots"] }));
    assert_eq!(shown["tracks"][1]["sessions"], json!(["welcome", "knots", "stars"]));
}

#[test]
fn every_fault_is_reported_at_once_and_in_order() {
    let mut files = damaged("programme.toml", "targets = [\"readiness\"]", "targets = [\"redines\"]");
    let toml = String::from_utf8(files["programme.toml"].clone()).unwrap();
    let toml = toml
        .replacen("minutes = 60", "minutes = 0", 1)
        .replacen("version = \"1.2.3\"", "version = \"one\"", 1)
        .replacen("of = \"deck\"", "of = \"hold\"", 1)
        .replacen("at_least = 2", "at_least = 9", 1)
        .replacen("es = \"Ánimo\"", "es = \"\"", 1);
    files.insert("programme.toml".into(), toml.into());
    files.insert("en/extra.md".into(), b"# Extra".to_vec());
    files.insert("es/knots.md".into(), b"\xff".to_vec());
    files.remove("es/stars.md");
    let faults = check(&files).faults;
    let found: Vec<_> = faults.iter().map(|fault| (fault.file.as_str(), fault.code)).collect();
    let expected = [
        ("en/extra.md", "orphan-file"),
        ("es/knots.md", "bad-utf8"),
        ("programme.toml", "bad-version"),
        ("programme.toml", "empty-text"),
        ("programme.toml", "unknown-due-point"),
        ("programme.toml", "gate-never-opens"),
        ("programme.toml", "out-of-range"),
        ("programme.toml", "unknown-target"),
        ("programme.toml", "missing-session-file"),
    ];
    assert_eq!(found, expected);
    let report = check_report(&faults);
    assert_eq!(report["ok"], json!(false));
    let keys: Vec<_> = report["faults"][0].as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys, ["code", "column", "file", "help", "line", "message"]);
}

#[test]
fn broken_syntax_hides_no_plain_fault_elsewhere() {
    let toml = TOML.replacen("max = 10", "max = ten", 1).replacen("minutes = 60", "minutes = 900", 1);
    let toml = toml.replacen("id = \"harbour\"", "id = \"harbour", 1);
    let mut files = files();
    files.insert("programme.toml".into(), toml.into());
    files.insert("en/stars.md".into(), b"# Stars\n\n## Aims {#aims}\n\n<b>x\n".to_vec());
    let codes: Vec<_> = check(&files).faults.iter().map(|fault| fault.code).collect();
    assert!(codes.contains(&"html") && codes.contains(&"out-of-range"), "{codes:?}");
    assert_eq!(codes.iter().filter(|code| **code == "bad-toml").count(), 2, "{codes:?}");
    assert!(!codes.contains(&"missing-key"), "{codes:?}");
}

#[test]
fn one_open_bracket_is_not_hundreds_of_faults() {
    let mut files = files();
    files.insert("programme.toml".into(), TOML.replacen("\"Nobody 2020\"]", "\"Nobody 2020\"", 1).into());
    let faults = check(&files).faults;
    assert!(faults.len() < 5, "{faults:#?}");
    assert!(faults[0].line == 8 || faults[0].line == 9, "{}", faults[0].render());
}
