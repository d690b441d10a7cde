//! The shipped programmes as books.
#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::path::Path;

use fairway_domain::programme::{Files, Programme};

use crate::{Book, Failure, Words, epub, html, pdf};

fn words() -> Words {
    let words = |text: &str| text.to_owned();
    Words {
        contents: words("Índice"),
        handbook: words("Guía"),
        version: words("Versión"),
        sources: words("Bibliografía"),
        targets: words("Objetivos"),
        individual: words("individual"),
        group: words("grupal"),
    }
}

fn programme(name: &str) -> Programme {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content/programmes").join(name);
    let mut files = Files::new();
    let mut open = vec![folder.clone()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                files.insert(path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned(), std::fs::read(&path).unwrap());
            }
        }
    }
    Programme::of(&files).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

fn count(bytes: &[u8], what: &str) -> usize {
    bytes.windows(what.len()).filter(|window| *window == what.as_bytes()).count()
}

#[test]
fn the_pdf_is_tagged_has_a_language_and_an_outline() {
    let programme = programme("steady-course");
    let words = words();
    let made = pdf(&Book { programme: &programme, language: "es", words: &words }).unwrap();
    assert!(made.starts_with(b"%PDF-1.7"));
    for key in ["/StructTreeRoot", "/Lang", "/Outlines", "/MarkInfo", "/Marked true"] {
        assert!(count(&made, key) > 0, "no {key}");
    }
    assert!(count(&made, "pdfuaid") > 0, "it says that it keeps PDF/UA");
    let sessions = programme.definition.sessions().count();
    assert!(
        count(&made, "/Type/Page\n") + count(&made, "/Type /Page\n") + count(&made, "/Type/Page/") > sessions,
        "a page for each session at least"
    );
    let again = pdf(&Book { programme: &programme, language: "es", words: &words }).unwrap();
    assert_eq!(made, again, "the same programme gives the same bytes");
}

#[test]
fn every_shipped_programme_can_be_set_in_each_of_its_languages() {
    let words = words();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content/programmes");
    for name in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()) {
        let programme = programme(name.to_str().unwrap());
        for language in &programme.definition.languages {
            let made = pdf(&Book { programme: &programme, language, words: &words });
            assert!(made.is_ok(), "{name:?} in {language}: {made:?}", made = made.err());
        }
    }
}

#[test]
fn the_epub_begins_with_its_kind_and_its_parts_are_there() {
    let programme = programme("out-of-the-net");
    let words = words();
    let made = epub(&Book { programme: &programme, language: "es", words: &words }, "2026-11-23T12:00:00Z").unwrap();
    assert_eq!(&made[30..58], b"mimetypeapplication/epub+zip", "first in the archive, uncompressed");
    let mut archive = zip::ZipArchive::new(Cursor::new(made)).unwrap();
    let mut files = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        files.insert(file.name().to_owned(), text);
    }
    let package = &files["book/package.opf"];
    for item in package.split("href=\"").skip(1).map(|rest| &rest[..rest.find('"').unwrap()]) {
        assert!(files.contains_key(&format!("book/{item}")), "{item} is named and not there");
    }
    assert!(package.contains("dcterms:modified\">2026-11-23T12:00:00Z") && package.contains("<dc:language>es<"));
    let nav = &files["book/nav.xhtml"];
    assert_eq!((nav.matches("<ol>").count(), nav.matches("<li>").count()), (nav.matches("</ol>").count(), nav.matches("</li>").count()));
    for (_, _, session) in programme.definition.sessions() {
        assert!(nav.contains(&format!("session-{}.xhtml", session.id)), "{} is not in the contents", session.id);
    }
    for (name, text) in files.iter().filter(|(name, _)| !name.contains("META-INF") && name.contains(".xhtml")) {
        assert!(text.contains("xml:lang=\"es\"") && !text.contains("{#") && !text.contains(".md\""), "{name}");
        for link in text.split("href=\"").skip(1).map(|rest| &rest[..rest.find('"').unwrap()]) {
            let file = link.split('#').next().unwrap();
            assert!(link.contains("://") || files.contains_key(&format!("book/{file}")), "{name} leads to {link}");
        }
    }
}

#[test]
fn html_leads_from_page_to_page() {
    let programme = programme("steady-course");
    let words = words();
    let files = html(&Book { programme: &programme, language: "en", words: &words }).unwrap();
    assert_eq!(files[0].0, "index.xhtml");
    let last = files.last().unwrap();
    assert!(last.1.contains("rel=\"prev\"") && !last.1.contains("rel=\"next\""));
}

#[test]
fn a_language_the_programme_has_not_is_refused() {
    let programme = programme("steady-course");
    let words = words();
    let book = Book { programme: &programme, language: "fr", words: &words };
    assert!(matches!(pdf(&book), Err(Failure::Language { .. })));
    assert!(matches!(epub(&book, ""), Err(Failure::Language { .. })));
}
