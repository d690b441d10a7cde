//! The manual's texts as XHTML pages: the same for an EPUB and for a folder of HTML.

use std::fmt::Write as _;

use comrak::nodes::{Node, NodeValue};
use comrak::{Arena, format_html, parse_document};
use fairway_domain::programme::{ChapterText, SessionText};

use crate::markup::options;
use crate::{Book, Leads, Text};

/// A page of the book.
pub(crate) struct Page {
    /// Its file's name: `session-welcome.xhtml`.
    pub(crate) file: String,
    /// Its title.
    pub(crate) title: String,
    /// Depth in the contents: 1 a phase or the handbook, 2 a module or chapter, 3 a session.
    pub(crate) level: u8,
    /// What stands between `<body>` and `</body>`.
    pub(crate) body: String,
}

/// Text made safe for XHTML.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() && !matches!(c, '\n' | '\t') => {}
            c => out.push(c),
        }
    }
    out
}

/// All pages in reading order.
pub(crate) fn pages(book: &Book<'_>) -> Vec<Page> {
    let definition = &book.programme.definition;
    let say = |text: &fairway_domain::programme::Text| text.in_language(book.language).to_owned();
    let mut pages = vec![title_page(book)];
    if !definition.handbook.is_empty() {
        pages.push(divider("handbook.xhtml", &book.words.handbook, 1, ""));
        for chapter in &definition.handbook {
            if let Some(text) = book.programme.chapter(book.language, &chapter.id) {
                pages.push(chapter_page(book, &chapter.id, text));
            }
        }
    }
    for phase in &definition.phases {
        pages.push(divider(&format!("phase-{}.xhtml", phase.id), &say(&phase.title), 1, &say(&phase.purpose)));
        for module in &phase.modules {
            pages.push(divider(&format!("module-{}.xhtml", module.id), &say(&module.title), 2, ""));
            for session in &module.sessions {
                if let Some(text) = book.programme.text(book.language, &session.id) {
                    pages.push(session_page(book, &session.id, session.minutes, text));
                }
            }
        }
    }
    pages
}

fn title_page(book: &Book<'_>) -> Page {
    let definition = &book.programme.definition;
    let title = definition.title.in_language(book.language).to_owned();
    let body = format!(
        "<h1>{}</h1>\n<p>{} {}</p>\n<p>{}</p>\n<p class=\"note\">{}</p>\n",
        escaped(&title),
        escaped(&book.words.version),
        definition.version,
        escaped(definition.summary.in_language(book.language)),
        escaped(definition.provenance.in_language(book.language))
    );
    Page { file: "title.xhtml".to_owned(), title, level: 1, body }
}

fn divider(file: &str, title: &str, level: u8, about: &str) -> Page {
    let about = if about.is_empty() { String::new() } else { format!("<p>{}</p>\n", escaped(about)) };
    Page { file: file.to_owned(), title: title.to_owned(), level, body: format!("<h1>{}</h1>\n{about}", escaped(title)) }
}

fn chapter_page(book: &Book<'_>, id: &str, text: &ChapterText) -> Page {
    let place = Text { id, chapter: true };
    let mut body = format!("<h1>{}</h1>\n", escaped(&text.title));
    for part in text.parts() {
        let _ = writeln!(body, "<section id=\"{}\">", escaped(&part.id));
        if !part.heading.is_empty() {
            let _ = writeln!(body, "<h2>{}</h2>", escaped(&part.heading));
        }
        body.push_str(&prose(book, place, &part.markdown, 3));
        body.push_str("</section>\n");
    }
    Page { file: format!("chapter-{id}.xhtml"), title: text.title.clone(), level: 2, body }
}

fn session_page(book: &Book<'_>, id: &str, minutes: u16, text: &SessionText) -> Page {
    let place = Text { id, chapter: false };
    let mut body = format!("<h1>{}</h1>\n<p class=\"facts\">{minutes} min</p>\n", escaped(&text.title));
    for section in &text.sections {
        let _ = writeln!(body, "<section id=\"{}\">\n<h2>{}</h2>", escaped(&section.id), escaped(&section.heading));
        if section.id == "activities" && !text.activities.is_empty() {
            for activity in &text.activities {
                let _ = writeln!(body, "<h3>{} min · {}</h3>", activity.minutes, escaped(&activity.title));
                body.push_str(&prose(book, place, &activity.markdown, 4));
            }
        } else {
            body.push_str(&prose(book, place, &section.markdown, 3));
        }
        body.push_str("</section>\n");
    }
    Page { file: format!("session-{id}.xhtml"), title: text.title.clone(), level: 3, body }
}

/// A passage as XHTML; its highest heading becomes one of `level`. Raw HTML does not get through.
fn prose(book: &Book<'_>, text: Text<'_>, markdown: &str, level: u8) -> String {
    let arena = Arena::new();
    let options = options();
    let root = parse_document(&arena, markdown, &options);
    let level_of = |node: Node<'_>| if let NodeValue::Heading(heading) = &node.data().value { Some(heading.level) } else { None };
    let highest = root.descendants().filter_map(level_of).min().unwrap_or(1);
    for node in root.descendants() {
        match &mut node.data_mut().value {
            NodeValue::Heading(heading) => heading.level = heading.level.saturating_sub(highest).saturating_add(level).min(6),
            NodeValue::Link(link) => link.url = href(book, text, &link.url),
            _ => {}
        }
    }
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = format_html(root, &options, &mut out);
    // A header cell without words is a cell.
    out.replace("<th></th>", "<td></td>")
}

/// A link's address within the book; a link to nothing leads to its own page.
fn href(book: &Book<'_>, text: Text<'_>, url: &str) -> String {
    match book.leads(url, text) {
        Some(Leads::Out(address)) => address,
        Some(Leads::Within { id, chapter, section }) => {
            let kind = if chapter { "chapter" } else { "session" };
            let section = section.map(|section| format!("#{section}")).unwrap_or_default();
            format!("{kind}-{id}.xhtml{section}")
        }
        None => "title.xhtml".to_owned(),
    }
}
