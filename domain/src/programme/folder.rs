//! Which Markdown file of a programme's folder is what: a session's text, a chapter of the handbook, or an orphan.

use std::collections::{BTreeMap, BTreeSet};

use super::chapter::{self, ChapterText};
use super::check::Files;
use super::fault::Fault;
use super::nearest::{did_you_mean, quoted};
use super::places::Places;
use super::prose;
use super::session_text::{self, Expected, SessionText};
use super::source::{Source, without_text};
use super::{Chapter, Definition};

/// The folder's texts by language and id.
#[derive(Default)]
pub(super) struct Texts {
    pub(super) sessions: BTreeMap<String, BTreeMap<String, SessionText>>,
    pub(super) handbook: BTreeMap<String, BTreeMap<String, ChapterText>>,
}

/// A Markdown file that belongs to the programme, while it is being checked.
pub(super) struct Page<'a> {
    pub(super) source: Source<'a>,
    pub(super) language: &'a str,
    pub(super) id: &'a str,
    /// A chapter of the handbook rather than a session.
    pub(super) chapter: bool,
}

/// Reports every session and chapter that has no file in one of the languages.
pub(super) fn missing_files(source: &Source<'_>, places: &Places, definition: &Definition, files: &Files) {
    let sessions = super::rules::sessions(definition).map(|(path, session)| (format!("{path}.id"), "session", "", &session.id));
    let chapters = definition.handbook.iter().enumerate();
    let chapters = chapters.map(|(index, chapter)| (format!("handbook[{index}].id"), "chapter", "handbook/", &chapter.id));
    let mut seen = BTreeSet::new();
    for (place, kind, under, id) in sessions.chain(chapters) {
        if id.is_empty() || !seen.insert((kind, id)) {
            continue;
        }
        let code = if kind == "chapter" { "missing-chapter-file" } else { "missing-session-file" };
        for language in languages_of(definition) {
            let path = format!("{language}/{under}{id}.md");
            if !files.contains_key(&path) {
                let message = format!("the {kind} {} has no text in the language {language:?}", quoted(id));
                source.fault(places.at(&place), code, message, format!("write {path}"));
            }
        }
    }
}

/// The languages to expect files in, each once.
fn languages_of(definition: &Definition) -> BTreeSet<&str> {
    definition.languages.iter().map(String::as_str).filter(|language| !language.is_empty()).collect()
}

/// Reads every session's and chapter's file and reports files that belong to none.
pub(super) fn texts(files: &Files, definition: Option<&Definition>, faults: &mut Vec<Fault>) -> Texts {
    let (mut texts, mut pages) = (Texts::default(), Vec::new());
    let markdown = files.iter().filter(|(path, _)| path.contains('/') && path.to_lowercase().ends_with(".md"));
    for (path, bytes) in markdown {
        let named = named(path).filter(|named| definition.is_none_or(|definition| belongs(definition, *named)));
        if let (None, Some(definition)) = (named, definition) {
            faults.push(orphan(path, definition));
            continue;
        }
        match Source::open(path, bytes) {
            Ok(source) => {
                let (language, id, chapter) = named.unwrap_or_default();
                pages.push(Page { source, language, id, chapter });
            }
            Err(fault) => faults.push(*fault),
        }
    }
    for page in &pages {
        let (language, id) = (page.language.to_owned(), page.id.to_owned());
        if page.chapter {
            let text = chapter::read(&page.source, definition.and_then(|it| title(&it.chapter(page.id)?.title.0, page.language)));
            texts.handbook.entry(language).or_default().insert(id, text);
        } else {
            let text = session_text::read(&page.source, expected(definition, page));
            texts.sessions.entry(language).or_default().insert(id, text);
        }
    }
    if let Some(definition) = definition {
        prose::apply(definition, &pages, &texts);
    }
    faults.extend(pages.into_iter().flat_map(|page| page.source.finish()));
    texts
}

/// `en/welcome.md` as language, id and no chapter; `en/handbook/ending.md` as one.
fn named(path: &str) -> Option<(&str, &str, bool)> {
    let (language, name) = path.split_once('/')?;
    let id = name.strip_suffix(".md")?;
    let chapter = id.strip_prefix("handbook/");
    let id = chapter.unwrap_or(id);
    (!id.contains('/')).then_some((language, id, chapter.is_some()))
}

fn belongs(definition: &Definition, (language, id, chapter): (&str, &str, bool)) -> bool {
    let known = if chapter { definition.chapter(id).is_some() } else { definition.session(id).is_some() };
    known && definition.languages.iter().any(|declared| declared == language)
}

fn title<'a>(titles: &'a BTreeMap<String, String>, language: &str) -> Option<&'a str> {
    titles.get(language).map(|title| title.trim())
}

fn expected<'a>(definition: Option<&'a Definition>, page: &Page<'_>) -> Expected<'a> {
    let session = definition.and_then(|definition| definition.session(page.id)).map(|(_, _, session)| session);
    Expected {
        title: session.and_then(|session| title(&session.title.0, page.language)),
        minutes: session.map(|session| session.minutes).filter(|minutes| *minutes > 0),
    }
}

fn orphan(path: &str, definition: &Definition) -> Fault {
    let sessions = definition.sessions().map(|(_, _, session)| session.id.clone());
    let chapters = definition.handbook.iter().map(|Chapter { id, .. }| format!("handbook/{id}"));
    let names: Vec<String> = sessions.chain(chapters).collect();
    let paths: Vec<String> =
        languages_of(definition).into_iter().flat_map(|language| names.iter().map(move |name| format!("{language}/{name}.md"))).collect();
    let near = did_you_mean(path, paths.iter().map(String::as_str));
    let help = if near.starts_with("did") { near } else { "name it after a session or a chapter, or remove it".to_owned() };
    let message = format!("the file {} belongs to no session or chapter in a language of the programme", quoted(path));
    without_text(path, "orphan-file", message, help)
}
