//! Sets a programme's whole manual: as a tagged PDF (PDF/UA-1), as an EPUB 3, or as a folder of HTML.
//!
//! A crate of its own, since the typesetter takes minutes to compile. It reads no file and no clock.

mod book;
mod epub;
mod markup;
mod page;
mod pdf;
mod world;

use fairway_domain::programme::{Programme, link_target};
use thiserror::Error;

pub use epub::{epub, html};
pub use pdf::pdf;

/// What is printed: a programme in one of its languages.
#[derive(Clone, Copy, Debug)]
pub struct Book<'a> {
    /// The programme.
    pub programme: &'a Programme,
    /// One of its languages.
    pub language: &'a str,
    /// Words of that language.
    pub words: &'a Words,
}

/// Words a book needs beside the programme's own, in its language.
#[derive(Clone, Debug)]
pub struct Words {
    /// Heading of the table of contents.
    pub contents: String,
    /// Heading of the handbook.
    pub handbook: String,
    /// Word before the version's number.
    pub version: String,
    /// Heading of the literature.
    pub sources: String,
    /// Word before the targets of a session.
    pub targets: String,
    /// Format of a session held with one person.
    pub individual: String,
    /// Format of a session held in a group.
    pub group: String,
}

/// Why a book could not be made.
#[derive(Debug, Error)]
pub enum Failure {
    /// The programme has no such language.
    #[error("the programme is not written in {asked:?}; it is written in {there}")]
    Language {
        /// What was asked for.
        asked: String,
        /// What there is.
        there: String,
    },
    /// The typesetter refused.
    #[error("the manual could not be set: {0}")]
    Set(String),
    /// The book could not be packed.
    #[error("the book could not be packed: {0}")]
    Pack(String),
}

impl Book<'_> {
    fn check(&self) -> Result<(), Failure> {
        let languages = &self.programme.definition.languages;
        if languages.iter().any(|tag| tag == self.language) {
            return Ok(());
        }
        Err(Failure::Language { asked: self.language.to_owned(), there: languages.join(", ") })
    }

    /// Where a link of a text leads within the book: `None` when it is to stay words. Addresses are given back as they are.
    fn leads(&self, to: &str, from: Text<'_>) -> Option<Leads> {
        if to.contains("://") || to.starts_with("mailto:") {
            return Some(Leads::Out(to.to_owned()));
        }
        let (path, section) = to.split_once('#').map_or((to, None), |(path, section)| (path, Some(section)));
        let (id, chapter) = if path.is_empty() { (from.id, from.chapter) } else { link_target(path, from.chapter)? };
        let known = if chapter {
            let text = self.programme.chapter(self.language, id)?;
            section.filter(|section| text.parts().iter().any(|part| part.id == **section))
        } else {
            let text = self.programme.text(self.language, id)?;
            section.filter(|section| text.section(section).is_some())
        };
        Some(Leads::Within { id: id.to_owned(), chapter, section: known.map(str::to_owned) })
    }
}

/// The text a passage stands in.
#[derive(Clone, Copy, Debug)]
struct Text<'a> {
    id: &'a str,
    chapter: bool,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Leads {
    /// To an address.
    Out(String),
    /// To a text of the book, or a section of it.
    Within { id: String, chapter: bool, section: Option<String> },
}

#[cfg(test)]
mod tests;
