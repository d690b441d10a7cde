//! A chapter of the handbook in one language.

use serde::{Deserialize, Serialize};

use super::markdown;
use super::session_text;
use super::source::Source;

/// A chapter's text in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChapterText {
    /// The same as the chapter's title in that language.
    pub title: String,
    /// What stands under the title.
    pub markdown: String,
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
