use jiff::civil::{date, time};
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;

fn en() -> L {
    Language::EN.words()
}
fn es() -> L {
    Language::ES.words()
}

#[test]
fn fluent_files_are_sound() {
    assert_eq!(faults(), Vec::<String>::new());
}

#[test]
fn languages_say_the_same_things() {
    let differences: Vec<String> = differences().into_iter().map(|d| format!("{} {}: {}", d.file, d.id, d.what)).collect();
    assert_eq!(differences, Vec::<String>::new());
}

#[test]
fn unknown_id_is_shown_not_a_panic() {
    assert_eq!(en().t("no-such-message"), "no-such-message");
    assert!(!en().has("no-such-message"));
}

#[test]
fn dates_as_each_language_writes_them() {
    let on = date(2026, 11, 23);
    assert_eq!(en().date(on), "23 Nov 2026");
    assert_eq!(es().date(on), "23 nov 2026");
    assert_eq!(en().date_long(on), "23 November 2026");
    assert_eq!(es().date_long(on), "23 de noviembre de 2026");
    assert_eq!(en().weekday(on), "Monday");
    assert_eq!(es().weekday(on), "lunes");
    assert_eq!(en().month_year(on), "November 2026");
    assert_eq!(es().month_year(on), "noviembre de 2026");
    assert_eq!(en().month(on), "Nov");
    assert_eq!(en().day(on), "Mon 23 Nov");
    assert_eq!(es().day(on), "lun, 23 nov");
    assert_eq!(es().time(time(9, 5, 0, 0)), "09:05");
}

#[test]
fn instants_are_told_in_the_zone() {
    let at = date(2026, 7, 1).at(22, 30, 0, 0).in_tz("UTC").unwrap().timestamp();
    let madrid = TimeZone::get("Europe/Madrid").unwrap();
    assert_eq!(es().instant(at, &madrid), "2 jul 2026, 00:30");
}

#[test]
fn numbers_lists_and_order() {
    assert_eq!(en().number(12_345), "12,345");
    assert_eq!(es().number(12_345), "12.345");
    assert_eq!(en().percent(0.62), "62%");
    assert_eq!(es().percent(0.62), "62\u{a0}%");
    assert_eq!(es().decimal(0.5449, 2), "0,54");
    assert_eq!(en().decimal(f64::NAN, 1), "–");
    assert_eq!(en().list(&["a", "b", "c"]), "a, b and c");
    assert_eq!(es().list(&["a", "b", "c"]), "a, b y c");
    assert!(es().order("Álvarez", "Bravo").is_lt());
    assert!(es().order("nube", "ñandú").is_lt());
}

#[test]
fn plurals_and_relative_days() {
    assert_eq!(en().relative_days(1), "tomorrow");
    assert_eq!(en().relative_days(12), "in 12 days");
    assert_eq!(es().relative_days(-2), "hace 2 días");
    assert_eq!(en().t1("form-faults-heading", "count", 1), "One answer needs another look");
    assert_eq!(es().t1("form-faults-heading", "count", 3_usize), "Hay 3 respuestas por revisar");
}

#[test]
fn negotiation() {
    let best = |header| Language::negotiate(Some(header));
    assert_eq!(best("es-ES,es;q=0.9,en;q=0.8"), Language::ES);
    assert_eq!(best("fr, en;q=0.4, es;q=0.7"), Language::ES);
    assert_eq!(best("de"), Language::EN);
    assert_eq!(best("es;q=0"), Language::EN);
    assert_eq!(best(";;;q=,,q=x"), Language::EN);
    assert_eq!(Language::negotiate(None), Language::EN);
    assert_eq!(Language::parse("es-MX"), Some(Language::ES));
}

#[test]
fn ids_are_found_in_templates_and_sources() {
    let source = r#"{{ l.t("case-title") }} {{ l.t1("case-days", "days", 3) }} l.with(
        "case-ends", &[]) format("no") insert("no") Problem::new("case-late") l.t(id) {{ l.t("case-title") }}"#;
    assert_eq!(ids_used_in(source), ["case-title", "case-days", "case-ends", "case-late"]);
}

proptest! {
    #[test]
    fn no_header_breaks_negotiation(header in ".*") {
        let _ = Language::negotiate(Some(&header));
    }

    #[test]
    fn every_day_can_be_written(days in -700_000_i32..700_000) {
        let on = date(2026, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
        prop_assert!(!en().date(on).is_empty() && !es().date_long(on).is_empty());
    }
}
