use proptest::prelude::*;

use super::*;

#[test]
fn names_are_kept_composed_and_single_spaced() {
    assert_eq!(tidy_name("  Jose\u{301}   de la  Pen\u{303}a "), Ok("José de la Peña".into()));
    assert_eq!(tidy_name("O’Neill-Smith"), Ok("O’Neill-Smith".into()));
    for kept in ["محمد", "山田 太郎", "Zoë 👩‍🚀", "Ñ", "Åsa"] {
        assert_eq!(tidy_name(kept), Ok(kept.into()));
    }
}

#[test]
fn what_cannot_be_seen_cannot_stand_in_a_name() {
    assert_eq!(tidy_name(" \t "), Err(NameRefused::Empty));
    assert_eq!(tidy_name("\u{301}"), Err(NameRefused::Empty));
    assert_eq!(tidy_name("An\0a"), Err(NameRefused::Control { found: '\0', at: 3 }));
    assert_eq!(tidy_name("Ana\nRuiz"), Err(NameRefused::Control { found: '\n', at: 4 }));
    for hidden in ['\u{202E}', '\u{200B}', '\u{200F}', '\u{2066}', '\u{FEFF}', '\u{85}', '\u{7F}'] {
        assert!(matches!(tidy_name(&format!("A{hidden}b")), Err(NameRefused::Control { at: 2, .. })), "{hidden:?}");
    }
    assert_eq!(tidy_name(&"a".repeat(121)), Err(NameRefused::TooLong(121)));
}

#[test]
fn folding_forgives_accents_case_and_marks() {
    assert_eq!(words("José de la Peña-Ruiz"), ["jose", "de", "la", "pena", "ruiz"]);
    assert_eq!(words("O'Neill"), ["oneill"]);
    assert_eq!(words("O’NEILL"), ["oneill"]);
    assert_eq!(words("Søren Łukasz Weiß"), ["soren", "lukasz", "weiss"]);
    assert_eq!(words("İLKER"), ["ilker"]);
    assert_eq!(words("山田 太郎"), ["山田", "太郎"]);
    assert_eq!(words("Ana–María"), ["ana", "maria"]);
    assert_eq!(words("--- ,"), Vec::<String>::new());
}

#[test]
fn the_kind_of_a_find_ranks_it() {
    assert_eq!(rank("garcia", "garcia"), Some(0));
    assert_eq!(rank("gar", "garcia"), Some(1));
    assert_eq!(rank("ga", "garcia"), Some(1));
    assert_eq!(rank("g", "garcia"), None);
    assert_eq!(rank("田", "田中"), Some(1));
    for slip in ["garia", "gacria", "garzia", "garccia", "agrcia", "garcai", "garciaa", "arcia"] {
        assert_eq!(rank(slip, "garcia"), Some(2), "{slip}");
    }
    assert_eq!(rank("gracias", "garcia"), None);
    assert_eq!(rank("perez", "garcia"), None);
    assert_eq!(rank("anx", "ana"), None, "short words forgive nothing");
}

#[test]
fn a_word_has_few_keys() {
    let kinds = |kind| keys("garcia").into_iter().filter(move |key| key.kind == kind).count();
    assert_eq!((kinds(KeyKind::Exact), kinds(KeyKind::Prefix), kinds(KeyKind::Slip)), (1, 4, 6));
    assert!(keys(&"x".repeat(120)).len() <= PREFIX_MAX + 1);
    assert!(keys("").is_empty() && lookups("").is_empty());
}

#[test]
fn case_numbers_are_read_forgivingly_and_written_one_way() {
    for written in ["2026-0143", "2026 143", "143/2026", "26-143", " 2026/00143 ", "2026–143"] {
        assert_eq!(written.parse::<CaseNumber>().unwrap().to_string(), "2026-0143", "{written}");
    }
    assert_eq!("2026-12345".parse::<CaseNumber>().unwrap().to_string(), "2026-12345");
    for no in ["", "2026", "2026-0", "2026-1-2", "x-143", "1926-143", "2026-99999999999", "6-143"] {
        assert!(no.parse::<CaseNumber>().is_err(), "{no}");
    }
}

fn word() -> impl Strategy<Value = String> {
    "[a-zñ]{5,14}"
}

proptest! {
    #[test]
    fn one_slip_in_a_word_is_found(word in word(), at in 0_usize..14, other in prop::char::range('a', 'z'), how in 0..4) {
        let mut letters: Vec<char> = word.chars().collect();
        let at = at % letters.len();
        match how {
            0 => { letters.remove(at); }
            1 => letters.insert(at, other),
            2 => letters[at] = other,
            _ => { let next = (at + 1).min(letters.len() - 1); letters.swap(at, next); }
        }
        let typed: String = letters.into_iter().collect();
        prop_assert!(rank(&typed, &word).is_some(), "{} {}", typed, word);
    }

    #[test]
    fn folding_a_second_time_changes_nothing(text in "\\PC{0,20}") {
        prop_assert_eq!(fold(&fold(&text)), fold(&text));
    }

    #[test]
    fn a_kept_name_is_kept_again_as_it_is(text in any::<String>()) {
        if let Ok(kept) = tidy_name(&text) {
            prop_assert_eq!(tidy_name(&kept), Ok(kept.clone()));
        }
    }

    #[test]
    fn a_number_comes_back(year in 2000_i16..2200, running in 1_u32..1_000_000) {
        let number = CaseNumber::new(year, running).unwrap();
        prop_assert_eq!(number.to_string().parse::<CaseNumber>(), Ok(number));
    }
}
