//! The manual as an EPUB 3 book, and as a folder of HTML files.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::page::{Page, escaped, pages};
use crate::{Book, Failure};

const STYLE: &str = include_str!("book.css");
const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles><rootfile full-path=\"book/package.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>\n";

/// The manual as an EPUB 3. `modified` is the instant it says it was made, as `2026-11-23T12:00:00Z`.
///
/// # Errors
/// The language is not the programme's.
pub fn epub(book: &Book<'_>, modified: &str) -> Result<Vec<u8>, Failure> {
    book.check()?;
    let pages = pages(book);
    let mut files = vec![
        ("META-INF/container.xml".to_owned(), CONTAINER.to_owned()),
        ("book/package.opf".to_owned(), package(book, &pages, modified)),
        ("book/nav.xhtml".to_owned(), whole(book, &book.words.contents, &nav(book, &pages, "epub:type=\"toc\" "))),
        ("book/book.css".to_owned(), STYLE.to_owned()),
    ];
    files.extend(pages.iter().map(|page| (format!("book/{}", page.file), whole(book, &page.title, &page.body))));
    pack(&files).map_err(|error| Failure::Pack(error.to_string()))
}

/// The manual as HTML files, `index.xhtml` with the contents first: name and text.
///
/// # Errors
/// The language is not the programme's.
pub fn html(book: &Book<'_>) -> Result<Vec<(String, String)>, Failure> {
    book.check()?;
    let pages = pages(book);
    let title = book.programme.definition.title.in_language(book.language);
    let mut files = vec![
        ("index.xhtml".to_owned(), whole(book, title, &format!("<h1>{}</h1>\n{}", escaped(title), nav(book, &pages, "")))),
        ("book.css".to_owned(), STYLE.to_owned()),
    ];
    for (at, page) in pages.iter().enumerate() {
        let mut body = page.body.clone();
        body.push_str(&neighbours(book, &pages, at));
        files.push((page.file.clone(), whole(book, &page.title, &body)));
    }
    Ok(files)
}

/// Previous, contents, next.
fn neighbours(book: &Book<'_>, pages: &[Page], at: usize) -> String {
    let link = |page: Option<&Page>, rel: &str| {
        let page = page?;
        Some(format!("<a rel=\"{rel}\" href=\"{}\">{}</a>", page.file, escaped(&page.title)))
    };
    let contents = escaped(&book.words.contents);
    let links = [
        link(at.checked_sub(1).and_then(|at| pages.get(at)), "prev"),
        Some(format!("<a href=\"index.xhtml\">{contents}</a>")),
        link(pages.get(at + 1), "next"),
    ];
    let links: Vec<_> = links.into_iter().flatten().collect();
    format!("<nav class=\"way\" aria-label=\"{contents}\">{}</nav>\n", links.join(" · "))
}

fn whole(book: &Book<'_>, title: &str, body: &str) -> String {
    let language = escaped(book.language);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"{language}\" xml:lang=\"{language}\">\n<head><meta charset=\"UTF-8\"/><meta name=\"viewport\" content=\"width=device-width\"/><title>{}</title><link rel=\"stylesheet\" href=\"book.css\"/></head>\n<body>\n{body}</body>\n</html>\n",
        escaped(title)
    )
}

/// The contents as nested lists.
fn nav(book: &Book<'_>, pages: &[Page], kind: &str) -> String {
    let mut out = format!("<nav {kind}aria-labelledby=\"contents\"><h2 id=\"contents\">{}</h2>", escaped(&book.words.contents));
    let mut depth = 0;
    for page in pages {
        while depth < page.level {
            out.push_str("<ol>");
            depth += 1;
            if depth < page.level {
                // No level is ever left out; were it so, the list would still be well formed.
                out.push_str("<li>");
            } else {
                break;
            }
        }
        while depth > page.level {
            out.push_str("</li></ol>");
            depth -= 1;
        }
        if !out.ends_with("<ol>") {
            out.push_str("</li>");
        }
        let _ = write!(out, "<li><a href=\"{}\">{}</a>", page.file, escaped(&page.title));
    }
    for _ in 0..depth {
        out.push_str("</li></ol>");
    }
    out.push_str("</nav>\n");
    out
}

fn package(book: &Book<'_>, pages: &[Page], modified: &str) -> String {
    let definition = &book.programme.definition;
    let (mut items, mut spine) = (String::new(), String::new());
    for (at, page) in pages.iter().enumerate() {
        let _ = writeln!(items, "<item id=\"p{at}\" href=\"{}\" media-type=\"application/xhtml+xml\"/>", page.file);
        let _ = writeln!(spine, "<itemref idref=\"p{at}\"/>");
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\" xml:lang=\"{language}\">\n<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<dc:identifier id=\"id\">urn:fairway:{id}:{version}:{language}</dc:identifier>\n<dc:title>{title}</dc:title>\n<dc:language>{language}</dc:language>\n<dc:description>{about}</dc:description>\n<meta property=\"dcterms:modified\">{modified}</meta>\n<meta property=\"schema:accessMode\">textual</meta>\n<meta property=\"schema:accessModeSufficient\">textual</meta>\n<meta property=\"schema:accessibilityFeature\">structuralNavigation</meta>\n<meta property=\"schema:accessibilityFeature\">tableOfContents</meta>\n<meta property=\"schema:accessibilityHazard\">none</meta>\n</metadata>\n<manifest>\n<item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n<item id=\"css\" href=\"book.css\" media-type=\"text/css\"/>\n{items}</manifest>\n<spine>\n{spine}</spine>\n</package>\n",
        language = escaped(book.language),
        id = definition.id,
        version = definition.version,
        title = escaped(definition.title.in_language(book.language)),
        about = escaped(definition.summary.in_language(book.language)),
        modified = escaped(modified),
    )
}

/// The archive: first, and uncompressed, what kind of file it is. Times are fixed, so that the same book gives the same bytes.
fn pack(files: &[(String, String)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).last_modified_time(DateTime::default());
    archive.start_file("mimetype", plain)?;
    archive.write_all(b"application/epub+zip")?;
    let packed = plain.compression_method(CompressionMethod::Deflated);
    for (name, text) in files {
        archive.start_file(name.as_str(), packed)?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}
