//! Reads and checks a programme's whole folder: every fault at once.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::de::DeTable;

use super::chapter::ChapterText;
use super::fault::Fault;
use super::folder;
use super::nearest::{did_you_mean, quoted};
use super::places::Places;
use super::prose;
use super::reader::{Reader, Table};
use super::rules::Rules;
use super::session_text::SessionText;
use super::source::{Source, without_text};
use super::{Definition, read};

/// A folder's files: path within it, with `/`, and content.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The file with the definition.
const DEFINITION: &str = "programme.toml";
/// Most errors of the TOML parser that are looked at.
const MOST_ERRORS: usize = 1000;
/// An open bracket or quote makes every line after it an error: of a run of neighbouring lines only the first are told.
const LONGEST_RUN: usize = 2;

/// A programme that was checked and found without fault. A case stores the one it started on, so the whole can be
/// serialised.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Programme {
    /// The definition.
    pub definition: Definition,
    /// The sessions' texts: language, then session id.
    pub texts: BTreeMap<String, BTreeMap<String, SessionText>>,
    /// The handbook's chapters: language, then chapter id. Empty in a programme stored before there was a handbook.
    #[serde(default)]
    pub handbook: BTreeMap<String, BTreeMap<String, ChapterText>>,
}

impl Programme {
    /// Reads a folder's files.
    ///
    /// # Errors
    /// All faults of the folder, ordered by file, line and column.
    pub fn of(files: &Files) -> Result<Self, Vec<Fault>> {
        let outcome = check(files);
        outcome.programme.ok_or(outcome.faults)
    }

    /// A session's text in the reader's language; in one the programme was written in when it has no such text.
    pub fn text(&self, language: &str, session: &str) -> Option<&SessionText> {
        self.written(language).find_map(|language| self.texts.get(language)?.get(session))
    }

    /// A chapter of the handbook, in a language chosen as for a session's text.
    pub fn chapter(&self, language: &str, chapter: &str) -> Option<&ChapterText> {
        self.written(language).find_map(|language| self.handbook.get(language)?.get(chapter))
    }

    /// The languages to look in, the reader's own first.
    fn written<'a>(&'a self, language: &'a str) -> impl Iterator<Item = &'a str> {
        let primary = language.split(['-', '_']).next().unwrap_or(language);
        [language, primary].into_iter().chain(self.definition.languages.iter().map(String::as_str))
    }
}

/// What a check found.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The programme, only when there is no fault.
    pub programme: Option<Programme>,
    /// Ordered by file, line and column.
    pub faults: Vec<Fault>,
}

/// Checks a programme's folder. Never panics, whatever the bytes.
pub fn check(files: &Files) -> Outcome {
    let (definition, mut faults) = definition(files);
    let folder::Texts { sessions: texts, handbook } = folder::texts(files, definition.as_ref(), &mut faults);
    faults.sort_by(|a, b| (&a.file, a.line, a.column, a.code).cmp(&(&b.file, b.line, b.column, b.code)));
    let programme = definition.filter(|_| faults.is_empty()).map(|definition| Programme { definition, texts, handbook });
    Outcome { programme, faults }
}

/// The definition, as far as it could be read; `None` when its syntax is broken.
fn definition(files: &Files) -> (Option<Definition>, Vec<Fault>) {
    let Some(bytes) = files.get(DEFINITION) else {
        let near = files.keys().filter(|name| !name.contains('/')).map(String::as_str);
        let message = format!("the file {DEFINITION:?} is missing");
        let help = match did_you_mean(DEFINITION, near) {
            near if near.starts_with("did") => near,
            _ => format!("give the folder that has {DEFINITION} in it"),
        };
        return (None, vec![without_text(DEFINITION, "missing-file", message, help)]);
    };
    let source = match Source::open(DEFINITION, bytes) {
        Ok(source) => source,
        Err(fault) => return (None, vec![*fault]),
    };
    let (tree, errors) = DeTable::parse_recoverable(source.text);
    let syntax = syntax_faults(&source, &errors);
    let places = Places::of(tree.get_ref(), source.text);
    let definition = {
        let reader = Reader { source: &source, languages: Vec::new().into() };
        let root = Table::root(&reader, tree.get_ref());
        let languages = read::languages(&root);
        reader.languages.replace(languages.iter().filter(|tag| !tag.is_empty()).cloned().collect());
        read::definition(&root, languages)
    };
    Rules { definition: &definition, places: &places, source: &source }.apply();
    folder::missing_files(&source, &places, &definition, files);
    prose::titles(&source, &places);
    if let Some(syntax) = &syntax {
        source.retain(|span, code| syntax.keeps(span, code));
    }
    (syntax.is_none().then_some(definition), source.finish())
}

/// Lines on which the syntax is broken.
struct Syntax {
    /// Byte ranges of the lines.
    lines: Vec<std::ops::Range<usize>>,
    /// Whether a table's header is among them, so that what follows was taken for part of another table.
    header: bool,
}

impl Syntax {
    /// After a syntax fault the rest is read as well as can be. What may only be a consequence of it is left out: faults
    /// on the same line, missing things, and references to what may have been lost.
    fn keeps(&self, span: &std::ops::Range<usize>, code: &str) -> bool {
        let anywhere = [
            "bad-id",
            "bad-version",
            "bad-language",
            "duplicate-language",
            "out-of-range",
            "empty-text",
            "control-character",
            "unknown-value",
            "unknown-rule",
            "undeclared-language",
            "unknown-construct",
            "group-size",
            "unknown-format",
            "wrong-type",
        ];
        let within_tables = ["unknown-key", "duplicate-id", "duplicate-key"];
        let kept = anywhere.contains(&code) || (!self.header && within_tables.contains(&code));
        // A value the parser made up to go on has an empty place.
        code == "bad-toml" || (kept && !span.is_empty() && !self.lines.iter().any(|line| line.contains(&span.start)))
    }
}

/// Reports what the TOML parser found. A key that is there twice is no broken syntax: the rest is read as it stands.
fn syntax_faults(source: &Source<'_>, errors: &[toml::de::Error]) -> Option<Syntax> {
    let mut syntax = Syntax { lines: Vec::new(), header: false };
    let text = source.text;
    let (mut last_line, mut run) = (0..0, 0);
    let mut errors: Vec<&toml::de::Error> = errors.iter().take(MOST_ERRORS).collect();
    errors.sort_by_key(|error| error.span().map_or(0, |span| span.start));
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let (start, end) = (text.floor_char_boundary(span.start), text.floor_char_boundary(span.end));
        let begins = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let line = text.get(begins..).and_then(|rest| rest.lines().next()).unwrap_or("");
        let written = text.get(start..end).filter(|written| !written.trim().is_empty()).unwrap_or(line);
        if error.message().starts_with("duplicate key") {
            let message = format!("the key {} is there twice", quoted(written));
            source.fault(start..end, "duplicate-key", message, "remove one of the two");
            continue;
        }
        syntax.header |= line.trim_start().starts_with('[');
        let here = begins..begins + line.len() + 1;
        syntax.lines.push(here.clone());
        if last_line == here {
            continue;
        }
        let between = text.get(last_line.end..begins).unwrap_or("");
        run = if last_line.end > 0 && between.trim().is_empty() { run + 1 } else { 1 };
        last_line = here;
        if run > LONGEST_RUN {
            continue;
        }
        let message = format!("bad TOML at {}: {}", quoted(written.trim()), error.message());
        let help = "correct the syntax and check again: what depends on it was not checked";
        source.fault(start..end, "bad-toml", message, help);
    }
    (!syntax.lines.is_empty()).then_some(syntax)
}
