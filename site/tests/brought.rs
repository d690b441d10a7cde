//! A language that comes with a content folder, in a process of its own: languages are read once.
#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use std::fs;

use fairway_site::{Language, language};

#[test]
fn a_content_folder_brings_a_language_and_its_own_wording() {
    let folder = tempfile::tempdir().unwrap();
    let locales = folder.path().join("locales");
    for (name, text) in [
        ("ar/site.ftl", "language-tag = ar-EG\nlanguage-name = العربية\nday-today = اليوم\nbroken"),
        ("es/search.ftl", "search-title = Buscar aquí\n"),
        ("ar/notes.txt", "not = read"),
    ] {
        let file = locales.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    Language::read_also(folder.path()).unwrap();

    let codes: Vec<&str> = Language::all().into_iter().map(Language::code).collect();
    assert_eq!(codes, ["en", "ar", "es"]);
    let arabic = Language::parse("ar").unwrap();
    assert_eq!(arabic.name(), "العربية");
    assert_eq!(arabic.words().relative_days(0), "اليوم");
    assert_eq!(arabic.words().relative_days(1), "tomorrow", "English where it has no words yet");
    assert!(!arabic.words().has("day-tomorrow") && !arabic.words().has("not"));
    assert!(arabic.words().date_long(jiff::civil::date(2026, 11, 30)).contains("نوفمبر"));
    assert_eq!(Language::ES.words().t("search-title"), "Buscar aquí");
    assert_eq!(Language::ES.words().relative_days(1), "mañana", "other files of Spanish stay");

    assert!(language::faults().iter().any(|fault| fault.starts_with("ar/site.ftl:4: ")), "{:?}", language::faults());
    let missing = language::differences();
    assert!(missing.iter().any(|one| one.id == "day-tomorrow" && one.what == "missing in ar"), "{missing:?}");
}
