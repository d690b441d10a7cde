//! Word forms, accents, ranking and passages.
#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use super::Index;
use super::words::Language;
use crate::programme::Programme;
use crate::programme::tests::files;

fn index(replacements: &[(&str, &str, &str)]) -> Index {
    let mut files = files();
    for (file, from, to) in replacements {
        let text = String::from_utf8(files[*file].clone()).unwrap();
        assert!(text.contains(from));
        files.insert((*file).to_owned(), text.replacen(from, to, 1).into_bytes());
    }
    Index::of(&Programme::of(&files).unwrap_or_else(|faults| panic!("{faults:#?}")))
}

fn alike(language: Language, one: &str, other: &str) -> bool {
    let (one, other) = (language.words(one), language.words(other));
    one[0].stems.iter().any(|stem| other[0].stems.contains(stem))
}

#[test]
fn forms_of_a_word_meet_and_accents_are_forgiven() {
    for (one, other) in [
        ("motivación", "motivacion"),
        ("motivacion", "motivaciones"),
        ("emoción", "emociones"),
        ("vergüenza", "verguenza"),
        ("ánimo", "animos"),
        ("sesión", "SESIONES"),
        ("prevención", "prevencion"),
        ("recaídas", "recaida"),
        ("pensamientos", "pensamiento"),
        ("querían", "querer"),
    ] {
        assert!(alike(Language::Spanish, one, other), "{one} {other}");
    }
    for (one, other) in [("feelings", "feeling"), ("minimising", "minimise"), ("lapses", "lapse"), ("harmed", "harm"), ("cafés", "cafe")] {
        assert!(alike(Language::English, one, other), "{one} {other}");
    }
    assert!(!alike(Language::English, "harm", "harbour"));
}

#[test]
fn a_place_is_found_with_its_passage() {
    let index = index(&[
        ("en/knots.md", "Do.", "Ask what was **minimised**, and wait.\n\n- Silence is an answer."),
        ("en/stars.md", "- One.", "- Somebody minimises."),
        ("es/knots.md", "Do.", "Pregunta por la motivación."),
    ]);
    let found = index.find("en", "minimising silence", 10);
    assert_eq!((found[0].id.as_str(), found[0].anchor.as_str(), found[0].heading.as_str()), ("knots", "activities-1", "First"));
    assert_eq!(found.len(), 1, "the place with both words comes alone");
    let marked: Vec<_> = index.find("en", "minimising", 10)[0].snippet.iter().filter(|it| it.found).map(|it| it.text.clone()).collect();
    assert_eq!(marked, ["minimises"]);
    let spanish = index.find("es", "MOTIVACIONES", 10);
    assert_eq!(spanish.len(), 1);
    assert_eq!(spanish[0].snippet[1].text, "motivación");
    assert_eq!(index.find("en", "motivación", 10), []);
    assert_eq!(index.find("en", "", 10), []);
    assert_eq!(index.find("fr", "x", 10), []);
    assert!(!index.find("en", "stars", 10).is_empty(), "a word of the title");
}

#[test]
fn a_long_passage_is_cut_at_words() {
    let long = format!("{} needle {}", "straw ".repeat(60), "straw ".repeat(60));
    let index = index(&[("en/knots.md", "Do.", &long)]);
    let snippet = &index.find("en", "needle", 1)[0].snippet;
    let text: String = snippet.iter().map(|it| it.text.as_str()).collect();
    assert!(text.starts_with("… straw") && text.ends_with("straw …") && text.len() < 300, "{text}");
}
