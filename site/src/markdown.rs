//! Markdown, as clinicians write it, to HTML that is safe to show.
//!
//! Raw HTML in the text is shown as text would be: it is dropped by the writer and whatever is left is cleaned once
//! more, so that no element, attribute or address scheme gets through that is not on a short list.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use comrak::nodes::{Node, NodeValue};
use comrak::{Arena, Options, format_html, parse_document};

use crate::parts::Html;

/// How a text is turned into HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Levels that headings go down: 1 makes `#` an `<h2>`, below the page's own heading.
    pub heading_shift: u8,
    /// What heading ids begin with, to keep several texts on a page apart; may be empty.
    pub id_prefix: String,
}

impl Reading {
    /// The usual way for a text on a page: headings one level down.
    pub fn page() -> Self {
        Self { heading_shift: 1, id_prefix: String::new() }
    }

    /// HTML of a text. Put it inside `<div class="prose">`.
    pub fn html(&self, text: &str) -> Html {
        Html::vouched(self.markup(text))
    }

    fn markup(&self, text: &str) -> String {
        let mut options = Options::default();
        options.extension.table = true;
        options.extension.strikethrough = true;
        options.extension.autolink = true;
        options.extension.footnotes = true;
        options.extension.description_lists = true;
        options.extension.header_id_prefix = Some("s-".to_owned() + &plain(&self.id_prefix));
        options.parse.smart = false;
        let arena = Arena::new();
        let root = parse_document(&arena, text, &options);
        shift(root, self.heading_shift);
        let mut raw = String::new();
        if format_html(root, &options, &mut raw).is_err() {
            return String::new();
        }
        without_empty_headers(&without_empty_links(CLEANER.clean(&raw).to_string()))
    }
}

/// HTML of a text on a page: headings one level down.
pub fn html(text: &str) -> Html {
    Reading::page().html(text)
}

fn shift(root: Node<'_>, by: u8) {
    for node in root.descendants() {
        if let NodeValue::Heading(heading) = &mut node.data_mut().value {
            heading.level = heading.level.saturating_add(by).min(6);
        }
    }
}

/// A header cell without words is a cell: there is nothing that it would head.
fn without_empty_headers(markup: &str) -> String {
    let mut out = String::with_capacity(markup.len());
    let mut rest = markup;
    while let Some(at) = rest.find("></th>") {
        let (before, after) = rest.split_at(at + "></th>".len());
        match before.rfind("<th").filter(|start| !before[*start + 1..at].contains(['<', '>'])) {
            Some(start) => {
                out.push_str(&before[..start]);
                out.push_str("<td");
                out.push_str(&before[start + 3..at]);
                out.push_str("></td>");
            }
            None => out.push_str(before),
        }
        rest = after;
    }
    out + rest
}

/// Takes out links without words (the writer puts one into each heading): nobody could read or hit them.
fn without_empty_links(mut markup: String) -> String {
    const END: &str = "\"></a>";
    let mut from = 0;
    while let Some(found) = markup[from..].find(END).map(|at| at + from) {
        let start = markup[..found].rfind('<').filter(|at| markup[*at..].starts_with("<a "));
        match start {
            Some(start) => {
                markup.replace_range(start..found + END.len(), "");
                from = start;
            }
            None => from = found + END.len(),
        }
    }
    markup
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
}

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    const TAGS: [&str; 35] = [
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "code",
        "dd",
        "del",
        "dl",
        "dt",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "li",
        "ol",
        "p",
        "pre",
        "s",
        "section",
        "strong",
        "sub",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ];
    let mut builder = Builder::new();
    let attributes = HashMap::from([
        ("a", HashSet::from(["href", "id"])),
        ("li", HashSet::from(["id"])),
        ("ol", HashSet::from(["start"])),
        ("td", HashSet::from(["align"])),
        ("th", HashSet::from(["align"])),
        ("h1", HashSet::from(["id"])),
        ("h2", HashSet::from(["id"])),
        ("h3", HashSet::from(["id"])),
        ("h4", HashSet::from(["id"])),
        ("h5", HashSet::from(["id"])),
        ("h6", HashSet::from(["id"])),
    ]);
    builder
        .tags(HashSet::from(TAGS))
        .tag_attributes(attributes)
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["https", "http", "mailto", "tel"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener noreferrer"));
    builder
});

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn headings_go_down_and_can_be_linked_to() {
        let made = html("# Aims and time\n\n###### deep");
        assert!(made.as_str().contains("<h2 id=\"s-aims-and-time\">Aims and time"), "{made}");
        assert!(made.as_str().contains("<h6"));
        let second = Reading { heading_shift: 2, id_prefix: "es\" x-".into() }.html("# Sesión");
        assert!(second.as_str().contains("<h3 id=\"s-esx-sesión\">"), "{second}");
    }

    #[test]
    fn no_empty_anchor_is_left() {
        assert!(!html("# A").as_str().contains("<a"), "{}", html("# A"));
    }

    #[test]
    fn lists_tables_and_links_stay() {
        let made = html("- one\n- two\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n[help](/help) and https://example.org");
        for part in ["<li>one</li>", "<td>1</td>", "href=\"/help\"", "href=\"https://example.org\""] {
            assert!(made.as_str().contains(part), "{part} in {made}");
        }
    }

    #[test]
    fn a_header_without_words_is_a_cell() {
        let made = html("| | **a** | |\n|:-:|---|---|\n| 1 | 2 | 3 |");
        assert!(made.as_str().contains("<td align=\"center\"></td>") && made.as_str().contains("<th><strong>a</strong></th>"), "{made}");
        assert!(!made.as_str().contains("></th>\n<th>") && !made.as_str().contains("<th></th>"), "{made}");
    }

    #[test]
    fn hostile_text_is_only_text() {
        for text in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "[x](data:text/html;base64,PHN2Zz4=)",
            "<a href=\"/\" onclick=\"x()\" style=\"x\">y</a>",
            "![x](https://example.org/track.png)",
            "<svg/onload=alert(1)>",
            "<iframe src=/>",
        ] {
            let made = html(text);
            for bad in ["<script", "onerror", "javascript:", "data:", "onclick", "style=", "<img", "<svg", "<iframe"] {
                assert!(!made.as_str().contains(bad), "{bad} in {made}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_text_gives_clean_html(text in any::<String>()) {
            let made = html(&text);
            prop_assert!(!made.as_str().contains("<script") && !made.as_str().contains("<img"));
        }
    }
}
