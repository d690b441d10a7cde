//! The practitioners' library: a catalogue of public material and training, as a data file. See `docs/library-format.md`.

use std::collections::BTreeSet;

use jiff::civil::Date;
use toml::de::DeTable;

use crate::naming::fold;
use crate::programme::nearest::{did_you_mean, quoted};
use crate::programme::reader::{Reader, Table};
use crate::programme::source::Source;
use crate::programme::{Fault, Text};

/// The file's name, for faults.
const FILE: &str = "library.toml";

/// A catalogue without fault.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Library {
    /// Topics in the order in which they are offered.
    pub topics: Vec<Topic>,
    /// Entries in the order of the file.
    pub entries: Vec<Entry>,
}

/// What an entry may be about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Unique among the topics.
    pub id: String,
    /// Name.
    pub title: Text,
}

/// One thing to read, watch, take part in or use.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Unique among the entries.
    pub id: String,
    /// As its provider calls it.
    pub title: String,
    /// Who provides it.
    pub provider: String,
    /// An `https://` address.
    pub address: String,
    /// The language it is in, as a tag: `en`.
    pub language: String,
    /// Ids of topics; at least one.
    pub topics: Vec<String>,
    /// Whom it is for.
    pub level: Level,
    /// What it is.
    pub kind: Kind,
    /// Hours it takes, about; `None` for something to look things up in.
    pub hours: Option<f64>,
    /// The day since when nobody has looked whether it is still there.
    pub unchecked_since: Date,
}

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$each:meta])* $variant:ident = $code:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[$each])* $variant),* }

        impl $name {
            /// Every one, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word of the file and of addresses.
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }
        }
    };
}

words! {
    /// Whom an entry is for.
    Level {
        /// Somebody new to it.
        Introductory = "introductory",
        /// Somebody who works in the field.
        Intermediate = "intermediate",
        /// Somebody who trains others or does research.
        Advanced = "advanced",
    }
}

words! {
    /// What an entry is.
    Kind {
        /// A website with much on it.
        Site = "site",
        /// A course or training.
        Course = "training",
        /// A guide, report, statute or book.
        Document = "document",
        /// A paper.
        Article = "article",
        /// A journal.
        Journal = "journal",
        /// A film or recording.
        Film = "film",
        /// A measure or tool to use.
        Tool = "tool",
    }
}

/// What somebody looks for; empty parts ask for nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// Words of title or provider, each of which must be there; accents and capitals make no difference.
    pub words: &'a str,
    /// Id of a topic.
    pub topic: &'a str,
    /// Language tag.
    pub language: &'a str,
    /// Code of a level.
    pub level: &'a str,
    /// Code of a kind.
    pub kind: &'a str,
}

impl Library {
    /// Reads the catalogue.
    ///
    /// # Errors
    /// Every fault, in the order of the file.
    pub fn read(bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        let source = Source::open(FILE, bytes).map_err(|fault| vec![*fault])?;
        let (tree, errors) = DeTable::parse_recoverable(source.text);
        if let Some(error) = errors.first() {
            let span = error.span().unwrap_or(0..0);
            source.fault(span, "bad-toml", format!("bad TOML: {}", error.message()), "correct the syntax and check again");
            return Err(source.finish());
        }
        let library = {
            let reader = Reader { source: &source, languages: vec!["en".to_owned(), "es".to_owned()].into() };
            let root = Table::root(&reader, tree.get_ref());
            root.known(&["topics", "entries"]);
            let topics = root.tables("topics", "topic", true, |table| {
                table.known(&["id", "title"]);
                Topic { id: table.id("id"), title: table.text("title") }
            });
            let known: BTreeSet<&str> = topics.iter().map(|topic| topic.id.as_str()).collect();
            let entries = root.tables("entries", "entry", true, |table| entry(table, &known));
            unique(&root, topics.iter().map(|it| &it.id));
            unique(&root, entries.iter().flatten().map(|it| &it.id));
            Self { entries: entries.into_iter().flatten().collect(), topics }
        };
        let faults = source.finish();
        if faults.is_empty() { Ok(library) } else { Err(faults) }
    }

    /// The topic with this id.
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == id)
    }

    /// The entries that are wanted, in the order of the file.
    pub fn find(&self, wanted: Wanted<'_>) -> Vec<&Entry> {
        let words: Vec<String> = wanted.words.split_whitespace().map(fold).collect();
        let fits = |asked: &str, is: &str| asked.is_empty() || asked == is;
        self.entries
            .iter()
            .filter(|entry| {
                let text = fold(&format!("{} {}", entry.title, entry.provider));
                fits(wanted.language, &entry.language)
                    && fits(wanted.level, entry.level.code())
                    && fits(wanted.kind, entry.kind.code())
                    && (wanted.topic.is_empty() || entry.topics.iter().any(|topic| topic == wanted.topic))
                    && words.iter().all(|word| text.contains(word))
            })
            .collect()
    }
}

/// An entry; `None` when a word of it cannot be read, with the fault noted.
fn entry(table: &Table<'_>, topics: &BTreeSet<&str>) -> Option<Entry> {
    table.known(&["id", "title", "provider", "address", "language", "topics", "level", "kind", "hours", "unchecked_since"]);
    table.not_empty("topics");
    let about = table.ids("topics", true);
    for id in about.iter().filter(|id| !id.is_empty() && !topics.contains(id.as_str())) {
        let message = format!("there is no topic {}", quoted(id));
        table.fault(table.place("topics"), "unknown-topic", message, did_you_mean(id, topics.iter().copied()));
    }
    let address = table.string("address");
    let host = address.strip_prefix("https://").unwrap_or("").split(['/', '?', '#']).next().unwrap_or("");
    if !address.is_empty() && (!host.contains('.') || address.chars().any(|c| c.is_whitespace() || c == '"')) {
        let message = format!("{} is no address", quoted(&address));
        table.fault(table.place("address"), "bad-address", message, "write a public address that begins with https://");
    }
    let language = table.string("language");
    if !(language.is_empty() || language.len() == 2 && language.bytes().all(|byte| byte.is_ascii_lowercase())) {
        let message = format!("{} is no language", quoted(&language));
        table.fault(table.place("language"), "bad-language", message, "write a tag such as \"en\" or \"es\"");
    }
    let levels: Vec<(&str, Level)> = Level::ALL.iter().map(|level| (level.code(), *level)).collect();
    let kinds: Vec<(&str, Kind)> = Kind::ALL.iter().map(|kind| (kind.code(), *kind)).collect();
    let (level, kind) = (table.choice("level", "unknown-value", &levels), table.choice("kind", "unknown-value", &kinds));
    let (id, title, provider) = (table.id("id"), table.string("title"), table.string("provider"));
    let (hours, unchecked_since) = (table.optional_positive("hours"), table.date("unchecked_since"));
    Some(Entry {
        id,
        title,
        provider,
        address,
        language,
        topics: about,
        level: level?,
        kind: kind?,
        hours,
        unchecked_since: unchecked_since?,
    })
}

fn unique<'a>(root: &Table<'_>, ids: impl Iterator<Item = &'a String>) {
    let mut seen = BTreeSet::new();
    for id in ids.filter(|id| !id.is_empty()) {
        if !seen.insert(id) {
            let message = format!("the id {} is there twice", quoted(id));
            root.fault(root.place("entries"), "duplicate-id", message, "give each an id of its own");
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails loudly")]
mod tests {
    use super::{Library, Wanted};

    const FILE: &str = r#"
[[topics]]
id = "practice"
title = { en = "Practice", es = "Práctica" }

[[entries]]
id = "one"
title = "Motivación y cambio"
provider = "Nobody"
address = "https://example.org/one"
language = "es"
topics = ["practice"]
level = "introductory"
kind = "training"
hours = 2.5
unchecked_since = 2026-11-23
"#;

    #[test]
    fn a_catalogue_is_read_and_searched() {
        let library = Library::read(FILE.as_bytes()).unwrap();
        assert_eq!((library.entries.len(), library.entries[0].hours), (1, Some(2.5)));
        let count = |wanted: Wanted<'_>| library.find(wanted).len();
        assert_eq!(count(Wanted { words: "MOTIVACION nobody", ..Wanted::default() }), 1);
        assert_eq!(count(Wanted { words: "motivación somebody", ..Wanted::default() }), 0);
        assert_eq!(count(Wanted { topic: "practice", language: "es", level: "introductory", kind: "training", ..Wanted::default() }), 1);
        assert_eq!(count(Wanted { level: "advanced", ..Wanted::default() }), 0);
    }

    #[test]
    fn each_fault_has_its_place() {
        for (from, to, code, marker) in [
            ("[\"practice\"]", "[\"practise\"]", "unknown-topic", "topics"),
            ("https://example.org/one", "http://example.org", "bad-address", "address"),
            ("language = \"es\"", "language = \"Spanish\"", "bad-language", "language"),
            ("\"introductory\"", "\"easy\"", "unknown-value", "level"),
            ("2026-11-23", "\"soon\"", "wrong-type", "unchecked_since"),
            ("hours = 2.5", "hours = -1", "wrong-type", "hours"),
            ("provider = \"Nobody\"\n", "", "missing-key", "[[entries]]"),
            ("hours", "huors", "unknown-key", "huors"),
            ("kind = \"training\"", "kind = ", "bad-toml", "kind"),
        ] {
            let faults = Library::read(FILE.replacen(from, to, 1).as_bytes()).unwrap_err();
            assert_eq!((faults.len(), faults[0].code), (1, code), "{faults:#?}");
            assert!(faults[0].excerpt.contains(marker), "{}", faults[0].render());
        }
        let (topic, entry) = FILE.split_once("[[entries]]").unwrap();
        let twice = format!("{topic}[[entries]]{entry}[[entries]]{entry}");
        assert_eq!(Library::read(twice.as_bytes()).unwrap_err()[0].code, "duplicate-id");
    }

    #[test]
    fn the_shipped_catalogue_is_large_and_without_fault() {
        let library = Library::read(include_bytes!("../../content/library/library.toml")).unwrap_or_else(|faults| panic!("{faults:#?}"));
        assert!(library.entries.len() >= 60);
        let unused = library.topics.iter().find(|topic| !library.entries.iter().any(|entry| entry.topics.contains(&topic.id)));
        assert_eq!(unused, None);
    }
}
