//! Somebody reading a programme's manual: which definition, in which language, and where its links lead.
//!
//! The language of the manual is not that of the pages around it: `?in=es` reads the Spanish text with an English menu.

use std::sync::Arc;

use fairway_domain::programme::{Programme, SessionText, Text, link_target, with_links};
use fairway_site::markdown::Reading;
use fairway_site::{Html, L, Language};
use serde::Deserialize;
use uuid::Uuid;

use crate::web::{Error, Guard, WebResult};

/// What the address may say beside the path.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// The stored definition a case runs on, when it is not the one on offer.
    #[serde(default)]
    v: Option<Uuid>,
    /// The language to read in.
    #[serde(default, rename = "in")]
    language: Option<String>,
    /// What is searched for.
    #[serde(default)]
    pub(super) q: Option<String>,
    /// The module whose sheets are wanted.
    #[serde(default)]
    pub(super) module: Option<String>,
    /// The session whose sheet is wanted.
    #[serde(default)]
    pub(super) session: Option<String>,
}

impl Asked {
    /// A definition in a language.
    pub(super) fn at(v: Option<Uuid>, language: &str) -> Self {
        Self { v, language: Some(language.to_owned()), ..Self::default() }
    }
}

/// A link to the same place in another language.
pub(super) struct Switch {
    pub name: String,
    pub tag: String,
    pub href: String,
    pub current: bool,
}

/// A section of a session as the page shows it.
pub(super) struct Section {
    pub id: String,
    pub heading: String,
    pub body: Html,
    pub parts: Vec<Part>,
    /// The same section in the other languages.
    pub elsewhere: Vec<Switch>,
}

/// One timed part of a session.
pub(super) struct Part {
    pub anchor: String,
    pub minutes: u16,
    pub title: String,
    pub body: Html,
}

/// The reader of one programme.
pub(super) struct Reader {
    pub programme: Arc<Programme>,
    /// The language of the text.
    pub language: String,
    /// What the address says to stay at this definition and language; empty or `?…`.
    pub kept: String,
    code: String,
    id: Option<Uuid>,
    asked: Option<Uuid>,
}

impl Reader {
    /// The programme asked for: the stored one named in the address, or the one on offer under this code.
    pub fn of(guard: &Guard, code: &str, asked: &Asked) -> WebResult<Self> {
        if !guard.actor.may(guard.action) {
            return Err(Error::Forbidden);
        }
        let content = &guard.app.content;
        let found = match asked.v {
            Some(id) => content.programme(id).map(|programme| (id, programme)).filter(|(_, programme)| programme.definition.id == code),
            None => content.offered().chain(content.programmes()).find(|(_, programme)| programme.definition.id == code),
        };
        let (id, programme) = found.ok_or(Error::NotFound)?;
        let written = |tag: &str| programme.definition.languages.iter().any(|known| known == tag);
        let own =
            if written(guard.l.code()) { guard.l.code() } else { programme.definition.languages.first().map_or("en", String::as_str) };
        let language = asked.language.as_deref().filter(|tag| written(tag)).unwrap_or(own).to_owned();
        let chosen = (language != own).then_some(language.as_str());
        Ok(Self {
            programme: Arc::clone(programme),
            kept: kept(asked.v, chosen),
            language,
            code: code.to_owned(),
            id: Some(id),
            asked: asked.v,
        })
    }

    /// A text of the definition in the language of the manual.
    pub fn say(&self, text: &Text) -> String {
        text.in_language(&self.language).to_owned()
    }

    /// Which stored definition it is.
    pub fn id(&self) -> Option<Uuid> {
        self.id
    }

    /// The definition the address names, if it does.
    pub fn asked(&self) -> Option<Uuid> {
        self.asked
    }

    /// The address of a place of this manual: `/sessions/welcome`.
    pub fn href(&self, path: &str) -> String {
        format!("/programmes/{}{path}{}", self.code, self.kept)
    }

    /// The same place in each language; `anchor` is empty or `#…`.
    pub fn switches(&self, path: &str, anchor: &str) -> Vec<Switch> {
        let languages = self.programme.definition.languages.iter();
        languages
            .map(|tag| Switch {
                name: Language::parse(tag).map_or_else(|| tag.clone(), |known| known.name().into_owned()),
                href: format!("/programmes/{}{path}{}{anchor}", self.code, kept(self.asked, Some(tag))),
                current: *tag == self.language,
                tag: tag.clone(),
            })
            .collect()
    }

    /// A passage as HTML. Its headings go `down` levels; ids begin with `prefix`; links to other texts lead to their pages.
    pub fn prose(&self, markdown: &str, chapter: bool, down: u8, prefix: &str) -> Html {
        let linked = with_links(markdown, |to| self.leads(to, chapter));
        Reading { heading_shift: down, id_prefix: format!("{prefix}-") }.html(&linked)
    }

    /// Where a link of a text leads on these pages; `None` when there is no such text.
    fn leads(&self, to: &str, chapter: bool) -> Option<String> {
        if to.contains("://") || to.starts_with("mailto:") || to.starts_with('#') {
            return Some(to.to_owned());
        }
        let (path, anchor) = to.split_once('#').map_or((to, String::new()), |(path, id)| (path, format!("#{id}")));
        match link_target(path, chapter)? {
            (id, true) => self.programme.chapter(&self.language, id).map(|_| format!("{}{anchor}", self.href(&format!("/handbook/{id}")))),
            (id, false) => self.programme.text(&self.language, id).map(|_| format!("{}{anchor}", self.href(&format!("/sessions/{id}")))),
        }
    }

    /// The sections of a session's text. `prefix` keeps ids apart where several sessions stand on one page.
    pub fn sections(&self, id: &str, text: &SessionText, prefix: &str, down: u8) -> Vec<Section> {
        text.sections
            .iter()
            .map(|section| {
                let anchor = format!("{prefix}{}", section.id);
                let timed = section.id == "activities" && !text.activities.is_empty();
                let parts = text.activities.iter().enumerate().filter(|_| timed).map(|(index, part)| {
                    let anchor = format!("{anchor}-{}", index + 1);
                    Part {
                        minutes: part.minutes,
                        title: part.title.clone(),
                        body: self.prose(&part.markdown, false, down, &anchor),
                        anchor,
                    }
                });
                Section {
                    heading: section.heading.clone(),
                    body: if timed { Html::default() } else { self.prose(&section.markdown, false, down, &anchor) },
                    parts: parts.collect(),
                    elsewhere: self
                        .switches(&format!("/sessions/{id}"), &format!("#{}", section.id))
                        .into_iter()
                        .filter(|switch| !switch.current)
                        .collect(),
                    id: anchor,
                }
            })
            .collect()
    }

    /// The words of the language the manual is read in, for what is printed; the reader's own where there are none.
    pub fn words(&self, l: L) -> L {
        Language::parse(&self.language).map_or(l, Language::words)
    }
}

fn kept(v: Option<Uuid>, language: Option<&str>) -> String {
    let parts = v.map(|id| format!("v={id}")).into_iter().chain(language.map(|tag| format!("in={tag}")));
    let query = parts.collect::<Vec<_>>().join("&");
    if query.is_empty() { query } else { format!("?{query}") }
}
