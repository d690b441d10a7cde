use jiff::civil::{date, time};
use proptest::prelude::*;

use super::*;
use crate::language::Language;

#[test]
fn text_is_trimmed_and_composed() {
    let mut form = Form::fill(&[("name", "  Toma\u{301}s \n  Ficticio ")]);
    assert_eq!(form.text("name", Need::Required, 20).as_deref(), Some("Tomás Ficticio"));
    assert!(!form.has_faults());
}

#[test]
fn emoji_and_right_to_left_are_names_too() {
    let mut form = Form::fill(&[("a", "שרה 🌊"), ("b", "a\u{200f}b"), ("c", "👩‍👧")]);
    for field in ["a", "b", "c"] {
        assert!(form.text(field, Need::Required, 20).is_some());
    }
}

#[test]
fn control_characters_are_refused_kindly() {
    let mut form = Form::fill(&[("name", "a\u{0}b"), ("note", "one\r\n\ttwo\u{7}")]);
    assert_eq!(form.text("name", Need::Required, 20), None);
    assert_eq!(form.long_text("note", Need::Optional, 20), None);
    let said = form.fault_of("name").unwrap().say(&Language::EN.words());
    assert!(said.contains("cannot be shown"), "{said}");
    assert_eq!(form.faults().len(), 2);
}

#[test]
fn long_text_keeps_lines_and_tabs() {
    let mut form = Form::fill(&[("note", "\r\none\r\n\ttwo\rthree \n")]);
    assert_eq!(form.long_text("note", Need::Required, 99).as_deref(), Some("one\n\ttwo\nthree"));
}

#[test]
fn too_long_says_by_how_much() {
    let mut form = Form::fill(&[("name", "ñandú")]);
    assert_eq!(form.text("name", Need::Required, 4), None);
    let said = form.fault_of("name").unwrap().say(&Language::ES.words());
    assert!(said.contains("tiene 5 caracteres y caben 4"), "{said}");
}

#[test]
fn missing_counts_only_when_needed() {
    let mut form = Form::new();
    assert_eq!(form.text("a", Need::Optional, 9), None);
    assert_eq!(form.date("a", Need::Optional), None);
    assert!(!form.has_faults());
    form.whole("b", Need::Required, 0..=9);
    form.choice("c", Need::Required, &["x"]);
    form.reference("d", Need::Required);
    let ids: Vec<_> = form.faults().iter().map(|f| f.problem.id()).collect();
    assert_eq!(ids, ["form-fault-missing"; 3]);
}

#[test]
fn dates_times_numbers_and_choices() {
    let mut form = Form::fill(&[
        ("on", "2026-11-23"),
        ("at", "17h30"),
        ("n", "12"),
        ("far", "13"),
        ("pick", "b"),
        ("bad", "z"),
        ("many", "a"),
        ("many", "b"),
        ("many", "a"),
        ("id", "0193a1b2-0000-7000-8000-000000000001"),
        ("go", "on"),
    ]);
    assert_eq!(form.date("on", Need::Required), Some(date(2026, 11, 23)));
    assert_eq!(form.time("at", Need::Required), Some(time(17, 30, 0, 0)));
    assert_eq!(form.whole("n", Need::Required, 0..=12), Some(12));
    assert_eq!(form.choice("pick", Need::Required, &["a", "b"]).as_deref(), Some("b"));
    assert_eq!(form.many("many", &["a", "b"]), ["a", "b"]);
    assert!(form.id("id").is_some() && form.flag("go") && !form.flag("id"));
    assert!(!form.has_faults());
    assert_eq!(form.whole("far", Need::Required, 0..=12), None);
    assert_eq!(form.choice("bad", Need::Required, &["a", "b"]), None);
    assert_eq!(form.faults().len(), 2);
    let own = |text: &str| (text == "soon").then(|| date(2027, 1, 1));
    form.set("on", "soon");
    assert_eq!(form.date_with("on", Need::Required, own), Some(date(2027, 1, 1)));
}

#[test]
fn first_fault_of_a_field_stays() {
    let mut form = Form::new();
    form.fault("a", Problem::new("form-fault-date"));
    form.fault("a", Problem::new("form-fault-choice"));
    assert_eq!(form.fault_of("a").unwrap().id(), "form-fault-date");
    assert_eq!(form.faults().len(), 1);
}

#[test]
fn debug_never_prints_values() {
    let form = Form::fill(&[("note", "canary")]);
    assert!(!format!("{form:?}").contains("canary"));
    assert!(format!("{form:?}").contains("note"));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in any::<String>(), max in 0_usize..60) {
        for long in [false, true] {
            let mut form = Form::fill(&[("t", text.clone())]);
            let read = if long { form.long_text("t", Need::Required, max) } else { form.text("t", Need::Required, max) };
            prop_assert_eq!(read.is_none(), form.has_faults());
            if let Some(read) = read {
                prop_assert!(read.chars().count() <= max);
                prop_assert_eq!(read.trim(), read.as_str());
                prop_assert!(read.chars().all(|c| !c.is_control() || (long && (c == '\n' || c == '\t'))));
                let mut again = Form::fill(&[("t", read.clone())]);
                let second = if long { again.long_text("t", Need::Required, max) } else { again.text("t", Need::Required, max) };
                prop_assert_eq!(second, Some(read));
            }
            prop_assert_eq!(form.value("t"), text.as_str());
        }
    }

    #[test]
    fn control_ids_are_plain(name in any::<String>()) {
        prop_assert!(control_id(&name).chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'));
    }
}
