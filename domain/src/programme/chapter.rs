//! A chapter of the handbook in one language.

use serde::{Deserialize, Serialize};

use super::markdown;
use super::session_text::{self, Section};
use super::source::Source;

/// A chapter's text in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChapterText {
    /// The same as the chapter's title in that language.
    pub title: String,
    /// What stands under the title.
    pub markdown: String,
}

impl ChapterText {
    /// The parts between its level-two headings, each with an id: the one written in braces, or `part-2`. What stands
    /// before the first such heading has an empty heading.
    pub fn parts(&self) -> Vec<Section> {
        let headings = markdown::headings(&self.markdown);
        let second: Vec<_> = headings.iter().enumerate().filter(|(_, heading)| heading.level == 2).collect();
        let begins = second.first().map_or(self.markdown.len(), |(_, heading)| heading.line.start);
        let before = self.markdown.get(..begins).unwrap_or("").trim();
        let mut parts = Vec::new();
        if !before.is_empty() {
            parts.push(Section { id: "part-0".to_owned(), heading: String::new(), markdown: before.to_owned() });
        }
        for (number, (index, heading)) in second.into_iter().enumerate() {
            let (words, id) = session_text::split_id(heading.text).unwrap_or((heading.text, ""));
            parts.push(Section {
                id: if id.is_empty() { format!("part-{}", number + 1) } else { id.to_owned() },
                heading: words.to_owned(),
                markdown: markdown::body(&self.markdown, &headings, index),
            });
        }
        parts
    }
}

/// Reads the file; faults go to the source.
pub(super) fn read(source: &Source<'_>, expected: Option<&str>) -> ChapterText {
    let headings = markdown::headings(source.text);
    markdown::forbidden(source);
    let title = session_text::title(source, &headings, expected);
    let markdown = headings.first().map(|first| source.text.get(first.line.end..).unwrap_or("").trim().replace("\r\n", "\n"));
    let markdown = markdown.unwrap_or_default();
    if markdown.is_empty() {
        source.fault(0..0, "empty-chapter", "nothing stands under the title", "write the chapter, or remove it");
    }
    ChapterText { title, markdown }
}
