//! Whatever the bytes, a check ends with faults, never with a panic.

use proptest::prelude::*;

use super::valid::files;
use crate::programme::{Files, check};

/// One change to a file's bytes.
#[derive(Clone, Debug)]
enum Damage {
    Delete(usize, usize),
    Insert(usize, Vec<u8>),
    Flip(usize, u8),
    Duplicate(usize, usize, usize),
    Truncate(usize),
    Splice(usize, usize, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = 0..4000_usize;
    let length = 1..200_usize;
    let scrap = prop_oneof![
        proptest::collection::vec(any::<u8>(), 1..8),
        proptest::sample::select(vec![
            "\"",
            "'''",
            "[[phases]]\n",
            "]",
            "}",
            "{",
            "\n",
            "\r",
            "\0",
            "\u{feff}",
            "=",
            "#",
            "é",
            "## ",
            "```",
            "<!--",
            "![",
            "`",
            "\\",
            "{#",
            "}",
            "9e999",
            "-1",
            "inf",
            "[[",
            "a.b.c=1\n",
            "🦀",
            "\u{202e}"
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    prop_oneof![
        (at.clone(), length.clone()).prop_map(|(at, length)| Damage::Delete(at, length)),
        (at.clone(), scrap).prop_map(|(at, scrap)| Damage::Insert(at, scrap)),
        (at.clone(), 1..=255_u8).prop_map(|(at, bits)| Damage::Flip(at, bits)),
        (at.clone(), length.clone(), at.clone()).prop_map(|(at, length, to)| Damage::Duplicate(at, length, to)),
        at.clone().prop_map(Damage::Truncate),
        (at.clone(), length, at).prop_map(|(at, length, to)| Damage::Splice(at, length, to)),
    ]
}

fn apply(bytes: &mut Vec<u8>, damage: &Damage) {
    let size = bytes.len();
    let at = |place: usize| if size == 0 { 0 } else { place % size };
    let part = |from: usize, length: usize| from..(from + length).min(size);
    match damage {
        Damage::Delete(from, length) => drop(bytes.drain(part(at(*from), *length))),
        Damage::Insert(to, scrap) => drop(bytes.splice(at(*to)..at(*to), scrap.iter().copied())),
        Damage::Flip(place, bits) => {
            if let Some(byte) = bytes.get_mut(at(*place)) {
                *byte ^= bits;
            }
        }
        Damage::Duplicate(from, length, to) => {
            let copy = bytes[part(at(*from), *length)].to_vec();
            drop(bytes.splice(at(*to)..at(*to), copy));
        }
        Damage::Truncate(to) => bytes.truncate(at(*to)),
        Damage::Splice(from, length, to) => {
            let moved: Vec<u8> = bytes.drain(part(at(*from), *length)).collect();
            let to = (*to).min(bytes.len());
            drop(bytes.splice(to..to, moved));
        }
    }
}

/// Everything a fault promises, whatever the input.
fn sound(files: &Files) {
    let outcome = check(files);
    assert_eq!(outcome.programme.is_none(), !outcome.faults.is_empty());
    for fault in &outcome.faults {
        assert!(fault.line > 0 && fault.column > 0 && !fault.message.is_empty() && !fault.help.is_empty());
        assert!(!fault.render().contains('\u{1b}'));
    }
    let order: Vec<_> = outcome.faults.iter().map(|fault| (&fault.file, fault.line, fault.column)).collect();
    assert!(order.is_sorted());
    assert_eq!(check(files), outcome, "the same input gives the same faults");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_files_never_panic(
        changes in proptest::collection::vec((0..4_usize, damage()), 1..6),
    ) {
        let mut files = files();
        let names = ["programme.toml", "programme.toml", "en/welcome.md", "es/stars.md"];
        for (which, change) in &changes {
            if let Some(bytes) = files.get_mut(names[*which]) {
                apply(bytes, change);
            }
        }
        sound(&files);
    }

    #[test]
    fn any_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), text in "\\PC{0,200}") {
        for content in [bytes, text.into_bytes()] {
            let mut files = files();
            files.insert("programme.toml".into(), content.clone());
            files.insert("en/welcome.md".into(), content);
            sound(&files);
        }
    }
}

#[test]
fn extreme_files_end_soon() {
    let many = |text: &str| text.repeat(200_000 / text.len());
    let extremes = [
        many("["),
        many("a = ["),
        many("{"),
        many("\0"),
        many("\""),
        many("[[phases]]\n"),
        many("[[phases.modules.sessions]]\nid = \"a\"\nneeds = [\"a\"]\n"),
        format!("[[phases]]\nentry = [{}]\n", many("{rule=\"suitable\"},")),
        format!("languages = [{}]\n", many("\"en\",")),
        format!("id = \"{}\"\n", many("x")),
        many("a.b.c.d.e.f.g = 1\n"),
        many("`"),
        many("<a "),
        many("# "),
        many("## x {#aims}\n"),
        many("### 9 min · x\n"),
        String::new(),
        "\u{feff}".to_owned(),
    ];
    for extreme in extremes {
        let mut files = files();
        files.insert("programme.toml".into(), extreme.clone().into_bytes());
        let outcome = check(&files);
        assert!((1..2000).contains(&outcome.faults.len()), "{} faults", outcome.faults.len());
        let mut files = super::valid::files();
        files.insert("en/welcome.md".into(), extreme.into_bytes());
        assert!(!check(&files).faults.is_empty());
    }
}
