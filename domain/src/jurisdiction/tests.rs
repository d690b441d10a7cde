use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const GENERIC: &str = include_str!("../../../content/jurisdictions/generic.toml");
const SPAIN: &str = include_str!("../../../content/jurisdictions/es.toml");

fn faults(text: &str) -> Vec<Fault> {
    Jurisdiction::read(text).unwrap_err()
}

#[test]
fn the_shipped_files_read() {
    for (id, text) in [("generic", GENERIC), ("es", SPAIN)] {
        let file = Jurisdiction::read(text).unwrap_or_else(|faults| panic!("{id}: {faults:?}"));
        assert_eq!(file.id, id);
        for &kind in ConcernKind::ALL {
            assert!(file.concern(kind).is_some_and(|rule| rule.due_within_hours > 0));
        }
        assert!(file.holidays.iter().all(|holiday| holiday.when().is_some()));
    }
}

#[test]
fn holidays_close_their_days() {
    let text = GENERIC.replacen("fixed = \"01-01\"", "on = \"2027-07-26\"", 1);
    let file = Jurisdiction::read(&text).unwrap();
    let closed = file.closed(2026..=2027);
    for day in [date(2026, 12, 25), date(2027, 12, 25), date(2027, 7, 26)] {
        assert!(!closed.is_open(day), "{day}");
    }
    assert!(closed.is_open(date(2026, 7, 26)));
    assert!(file.closed(2026..=2026).is_open(date(2027, 7, 26)));
    let spain = Jurisdiction::read(SPAIN).unwrap().closed(2026..=2026);
    assert!(!spain.is_open(date(2026, 4, 3)), "Good Friday");
}

#[test]
fn a_report_applies_to_its_legal_bases() {
    let file = Jurisdiction::read(GENERIC).unwrap();
    let report = file.report("progress").unwrap();
    assert!(report.applies_to("court-order"));
    assert!(!report.applies_to("voluntary"));
    assert!(Report { legal_bases: None, ..report.clone() }.applies_to("voluntary"));
}

#[test]
fn an_unknown_key_is_told_with_its_place_and_what_is_allowed() {
    let text = GENERIC.replacen("order_ends_required", "order_end_required", 1);
    let found = faults(&text);
    let line = 1 + text.lines().position(|line| line.contains("order_end_required")).unwrap();
    let fault = found.first().unwrap();
    assert_eq!((fault.line, fault.column), (line, 1));
    assert!(fault.problem.to_string().contains("order_ends_required"), "{fault}");
}

#[test]
fn an_unknown_due_point_or_concern_says_what_is_allowed() {
    let found = faults(&GENERIC.replacen("every-months", "every-moons", 1));
    assert!(found.first().unwrap().to_string().contains("every-months"), "{found:?}");
    let found = faults(&GENERIC.replacen("\"harm-to-child\"", "\"harm\"", 1));
    assert!(found.first().unwrap().to_string().contains("harm-to-child"), "{found:?}");
}

#[test]
fn every_fault_of_a_file_that_reads_is_told_at_once() {
    let text = GENERIC
        .replacen("format = 1", "format = 2", 1)
        .replacen("to = [\"court\"]", "to = [\"crown\"]", 1)
        .replacen("checked = false", "checked = true", 1)
        .replacen("fixed = \"01-01\"", "fixed = \"13-01\"", 1);
    let problems: Vec<Problem> = faults(&text).into_iter().map(|fault| fault.problem).collect();
    assert!(problems.contains(&Problem::Format { found: 2 }), "{problems:?}");
    assert!(problems.contains(&Problem::Checked), "{problems:?}");
    assert!(problems.contains(&Problem::Holiday), "{problems:?}");
    let crown = problems.iter().any(|problem| matches!(problem, Problem::Unknown { id, .. } if id == "crown"));
    assert!(crown && problems.len() == 4, "{problems:?}");
}

#[test]
fn a_text_in_one_language_only_is_a_fault() {
    let found = faults(&GENERIC.replacen("languages = [\"en\", \"es\"]", "languages = [\"en\", \"es\", \"ca\"]", 1));
    assert!(found.len() > 10);
    assert!(found.iter().all(|fault| matches!(&fault.problem, Problem::NoText { language, .. } if language == "ca")));
}

#[test]
fn an_id_stands_once_and_looks_like_one() {
    let twice = faults(&GENERIC.replacen("id = \"probation\"", "id = \"court\"", 1));
    let problem = Problem::Twice { list: "authorities", id: "court".into() };
    assert!(twice.iter().any(|fault| fault.problem == problem), "{twice:?}");
    let shouted = faults(&GENERIC.replacen("id = \"probation\"", "id = \"probatioN\"", 1));
    assert_eq!(shouted.first().unwrap().problem, Problem::Id("probatioN".into()));
}

#[test]
fn a_missing_concern_is_a_fault() {
    let text = GENERIC.replacen("id = \"breach\"\ntitle", "id = \"other\"\ntitle", 3);
    assert!(faults(&text).iter().any(|fault| fault.problem == Problem::NoConcern("breach".into())));
}

#[test]
fn identifiers_are_kept_in_one_form_and_checked() {
    let spain = Jurisdiction::read(SPAIN).unwrap();
    let rule = |check| spain.identifiers.iter().find(|rule| rule.check == Some(check)).unwrap();
    assert_eq!(rule(CheckRule::EsDni).tidy(" 0000 0000 t"), Ok("00000000T".into()));
    assert_eq!(rule(CheckRule::EsDni).tidy("00000001T"), Err(IdentifierRefused::CheckLetter { expected: 'R' }));
    assert_eq!(rule(CheckRule::EsDni).tidy("0000000T"), Err(IdentifierRefused::Shape));
    assert_eq!(rule(CheckRule::EsNie).tidy("X0000000T"), Ok("X0000000T".into()));
    assert_eq!(rule(CheckRule::EsNie).tidy("Y0000000T"), Err(IdentifierRefused::CheckLetter { expected: 'Z' }));
}

#[test]
fn patterns_say_what_registers_need() {
    let matches = |pattern: &str, value: &str| pattern.parse::<Pattern>().unwrap().matches(value);
    assert!(matches("[0-9]{1,6}/[0-9]{4}", "123/2026"));
    assert!(!matches("[0-9]{1,6}/[0-9]{4}", "1234567/2026"));
    assert!(matches("[A-Z0-9/.-]{2,5}", "A-/.9"));
    assert!(matches("AB?C*D+", "ACCDD") && !matches("AB?C*D+", "ABBD"));
    assert!(matches("[0-9]*[0-9]", "7") && !matches("[0-9]*[0-9]", ""));
    for no in ["", "(a|b)", "[^a]", "a{3,1}", "[z-a]", "a{", "\\d", "a{99}", "[a"] {
        assert!(no.parse::<Pattern>().is_err(), "{no}");
    }
}

proptest! {
    #[test]
    fn nothing_written_panics(text in any::<String>(), at in 0_usize..3000, value in any::<String>()) {
        let _ = Jurisdiction::read(&text);
        if let Some((before, after)) = GENERIC.split_at_checked(at) {
            let _ = Jurisdiction::read(&format!("{before}{value}{after}"));
        }
        if let Ok(pattern) = text.parse::<Pattern>() {
            let _ = pattern.matches(&value);
        }
    }
}
