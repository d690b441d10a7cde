//! The site reads its own files of words only, so none of its texts may lie in the office's.
#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use std::collections::BTreeSet;
use std::path::Path;

use fairway_site::Language;

/// Every file below a folder, as text.
fn texts(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(texts(&path)) } else { found.push(std::fs::read_to_string(path).unwrap()) }
    }
    found
}

#[test]
fn every_text_the_site_asks_for_is_in_the_files_it_reads() {
    Language::read_only(fairway_selfhelp::WORDS);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let all = texts(&root.join("content/locales/en"));
    let known: BTreeSet<&str> = all
        .iter()
        .flat_map(|text| text.lines())
        .filter_map(|line| line.split_once(" =").map(|(id, _)| id).filter(|id| id.starts_with(|c: char| c.is_ascii_lowercase())))
        .collect();
    let sources = texts(&root.join("selfhelp/src"));
    let asked: BTreeSet<&str> = sources.iter().flat_map(|text| text.split('"')).filter(|id| known.contains(id)).collect();
    assert!(asked.len() > 60, "{asked:?}");
    for l in Language::all().into_iter().map(Language::words) {
        for id in &asked {
            assert!(l.has(id), "{id} is missing in {}", l.code());
        }
        assert!(!l.has("cases-title") && l.has("language-tag"));
    }
}
