//! Words and their stems.

use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How words of a language are brought to their stems.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    English,
    Spanish,
    /// Words as they are, without accents.
    Other,
}

/// Words so common that a question without them asks the same.
const ENGLISH_COMMON: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "by", "do", "does", "for", "from", "how", "i", "if", "in", "is", "it", "of", "on", "or",
    "that", "the", "their", "they", "this", "to", "was", "what", "when", "which", "who", "with", "you",
];
const SPANISH_COMMON: &[&str] = &[
    "a", "al", "como", "con", "cual", "cuando", "de", "del", "e", "el", "en", "es", "esta", "este", "la", "las", "lo", "los", "no", "o",
    "para", "pero", "por", "que", "quien", "se", "si", "su", "sus", "un", "una", "y",
];

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Where, in bytes.
    pub(super) place: Range<usize>,
    /// Ways of writing its stem; two words are forms of one when they share a way.
    pub(super) stems: Vec<String>,
}

impl Language {
    pub(super) fn of(tag: &str) -> Self {
        match tag.split(['-', '_']).next() {
            Some("en") => Self::English,
            Some("es") => Self::Spanish,
            _ => Self::Other,
        }
    }

    /// The words of a text, in order.
    pub(super) fn words(self, text: &str) -> Vec<Word> {
        let stemmer = self.stemmer();
        places(text).into_iter().map(|(place, word)| Word { place, stems: self.stems(stemmer.as_ref(), &word) }).collect()
    }

    /// The words of a question that matter, at most `most`; all of them when none would be left.
    pub(super) fn asked(self, question: &str, most: usize) -> Vec<Word> {
        let common = match self {
            Self::English => ENGLISH_COMMON,
            Self::Spanish => SPANISH_COMMON,
            Self::Other => &[],
        };
        let stemmer = self.stemmer();
        let words = places(question);
        let matter = words.iter().any(|(_, word)| !common.contains(&word.as_str()));
        let kept = words.into_iter().filter(|(_, word)| !matter || !common.contains(&word.as_str())).take(most);
        let mut asked: Vec<Word> = Vec::new();
        for (place, word) in kept {
            let stems = self.stems(stemmer.as_ref(), &word);
            if !asked.iter().any(|before| before.stems == stems) {
                asked.push(Word { place, stems });
            }
        }
        asked
    }

    fn stemmer(self) -> Option<Stemmer> {
        match self {
            Self::English => Some(Stemmer::create(Algorithm::English)),
            Self::Spanish => Some(Stemmer::create(Algorithm::Spanish)),
            Self::Other => None,
        }
    }

    /// The stemmer for Spanish wants accents, and people leave them out: a word is stemmed without any, and once more with
    /// the accent its ending usually has, so that both spellings meet.
    fn stems(self, stemmer: Option<&Stemmer>, plain: &str) -> Vec<String> {
        let Some(stemmer) = stemmer else { return vec![plain.to_owned()] };
        let stem = |word: &str| folded(&stemmer.stem(word));
        let mut stems = vec![stem(plain)];
        if self == Self::Spanish
            && let Some(accented) = accented(plain)
        {
            let other = stem(&accented);
            if !stems.contains(&other) {
                stems.push(other);
            }
        }
        stems
    }
}

/// A Spanish word with the accent that its ending usually has.
fn accented(plain: &str) -> Option<String> {
    const ENDINGS: [(&str, &str); 8] = [
        ("ion", "ión"),
        ("ia", "ía"),
        ("ias", "ías"),
        ("ian", "ían"),
        ("iamos", "íamos"),
        ("abamos", "ábamos"),
        ("ogia", "ogía"),
        ("ara", "ará"),
    ];
    let (from, to) = ENDINGS.into_iter().find(|(from, _)| plain.len() > from.len() + 1 && plain.ends_with(from))?;
    Some(format!("{}{to}", plain.strip_suffix(from)?))
}

/// Lower case, without accents.
fn folded(word: &str) -> String {
    word.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// Runs of letters and digits with their places, folded.
fn places(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphanumeric() || is_combining_mark(c);
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push((from..at, folded(text.get(from..at).unwrap_or(""))));
                start = None;
            }
            _ => {}
        }
    }
    found
}
