//! Names as they are kept, and how they are found again; case numbers.
//!
//! A stored name keeps its own letters, composed (NFC). It is found by keys that a database compares by equality only:
//! each word folded (case, accents), its beginnings, and the word with one letter left out. Leaving one letter out on
//! both sides meets every single slip: a letter too many, one too few, a wrong one, two swapped.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::codes::coded;

/// The longest name that is kept, in characters.
pub const NAME_MAX: usize = 120;
/// The longest beginning of a word that becomes a key, in characters.
pub const PREFIX_MAX: usize = 12;
/// The shortest beginning of a word that becomes a key, in characters.
pub const PREFIX_MIN: usize = 2;
/// The shortest word in which a typing slip is forgiven, in characters.
pub const SLIP_MIN: usize = 4;
/// The longest word in which a typing slip is forgiven, in characters.
pub const SLIP_MAX: usize = 24;

/// Why a name is not kept.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NameRefused {
    /// Nothing, or nothing that can be read.
    #[error("a name is needed")]
    Empty,
    /// Longer than [`NAME_MAX`] characters.
    #[error("a name has at most {NAME_MAX} characters; this one has {0}")]
    TooLong(usize),
    /// A control character, or one that only turns the direction of writing.
    #[error("U+{:04X} at character {at} cannot stand in a name", u32::from(*found))]
    Control {
        /// The character.
        found: char,
        /// Its place, from 1.
        at: usize,
    },
}

/// Marks that steer the direction of writing, or stand for nothing: two names that look alike would differ.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{2028}' | '\u{2029}')
}

/// A name as it is kept: composed, with single spaces, no control characters. Joiners stay: emoji and some scripts
/// need them.
pub fn tidy_name(written: &str) -> Result<String, NameRefused> {
    for (at, found) in written.trim().chars().enumerate() {
        if found.is_control() || is_invisible(found) {
            return Err(NameRefused::Control { found, at: at + 1 });
        }
    }
    let tidy = written.split_whitespace().collect::<Vec<_>>().join(" ").nfc().collect::<String>();
    let length = tidy.chars().count();
    if length == 0 || tidy.chars().all(|c| is_combining_mark(c) || c == '\u{200D}' || c == '\u{200C}') {
        return Err(NameRefused::Empty);
    }
    if length > NAME_MAX {
        return Err(NameRefused::TooLong(length));
    }
    Ok(tidy)
}

/// A text folded for comparison: small letters, no accents, letters with a stroke or joined written plainly,
/// apostrophes left out, everything else that is no letter, digit or picture as a space.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ł' => folded.push('l'),
            'ı' => folded.push('i'),
            'þ' => folded.push_str("th"),
            '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '·' | '\u{200D}' | '\u{200C}' => {}
            c if is_combining_mark(c) || ('\u{FE00}'..='\u{FE0F}').contains(&c) => {}
            c if c.is_alphanumeric() || (!c.is_ascii() && !c.is_whitespace() && !is_dash(c)) => folded.push(c),
            _ => folded.push(' '),
        }
    }
    folded
}

const fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{00AD}' | '\u{30FB}' | '\u{FF0D}')
}

/// The words of a name, folded, in their order: `de la Peña-Ruiz` is `de`, `la`, `pena`, `ruiz`.
pub fn words(text: &str) -> Vec<String> {
    fold(text).split_whitespace().map(str::to_owned).collect()
}

coded! {
    /// How a key came to be; the order is the rank of what it finds, best first.
    pub enum KeyKind {
        /// The word itself.
        Exact = "exact",
        /// A beginning of the word.
        Prefix = "prefix",
        /// The word with one letter left out.
        Slip = "slip",
    }
}

impl KeyKind {
    /// 0 for the word itself, 1 for a beginning, 2 for a slip: smaller stands first in a list of finds.
    pub const fn rank(self) -> u8 {
        match self {
            Self::Exact => 0,
            Self::Prefix => 1,
            Self::Slip => 2,
        }
    }
}

/// One key of a word, compared by equality.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// How it came to be.
    pub kind: KeyKind,
    /// What is compared.
    pub text: String,
}

/// The keys under which a folded word is stored: the word, its beginnings, and its forms with one letter left out.
pub fn keys(word: &str) -> BTreeSet<Key> {
    let letters: Vec<char> = word.chars().collect();
    let mut keys = BTreeSet::new();
    if letters.is_empty() {
        return keys;
    }
    keys.insert(Key { kind: KeyKind::Exact, text: word.to_owned() });
    // A script without spaces between words is looked for from its first letter on.
    let shortest = if letters.iter().all(char::is_ascii) { PREFIX_MIN } else { 1 };
    for length in shortest..letters.len().min(PREFIX_MAX + 1) {
        keys.insert(Key { kind: KeyKind::Prefix, text: letters.iter().take(length).collect() });
    }
    keys.extend(slips(&letters));
    keys
}

fn slips(letters: &[char]) -> impl Iterator<Item = Key> {
    let forgiving = (SLIP_MIN..=SLIP_MAX).contains(&letters.len());
    (0..if forgiving { letters.len() } else { 0 }).map(|gone| {
        let text = letters.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, c)| *c).collect();
        Key { kind: KeyKind::Slip, text }
    })
}

/// What to look up for a folded word someone typed: pairs of a stored key and the rank of what it finds. The stored
/// kinds are part of the pair, so that a beginning never meets a slip.
pub fn lookups(word: &str) -> Vec<(Key, u8)> {
    let letters: Vec<char> = word.chars().collect();
    if letters.is_empty() {
        return Vec::new();
    }
    let key = |kind| Key { kind, text: word.to_owned() };
    let mut found = vec![(key(KeyKind::Exact), 0), (key(KeyKind::Prefix), KeyKind::Prefix.rank())];
    let slip = KeyKind::Slip.rank();
    // A stored word which has one letter more; its own length is at least SLIP_MIN, so the typed one may be shorter.
    if letters.len() + 1 >= SLIP_MIN {
        found.push((key(KeyKind::Slip), slip));
    }
    for Key { text, .. } in slips(&letters) {
        // One letter too many was typed.
        found.push((Key { kind: KeyKind::Exact, text: text.clone() }, slip));
        // A wrong letter, or two swapped: both sides with one left out.
        found.push((Key { kind: KeyKind::Slip, text }, slip));
    }
    found
}

/// The rank at which a typed word finds a stored one, both folded: 0 the same, 1 a beginning, 2 one slip apart.
pub fn rank(typed: &str, stored: &str) -> Option<u8> {
    let stored = keys(stored);
    lookups(typed).into_iter().filter(|(key, _)| stored.contains(key)).map(|(_, rank)| rank).min()
}

/// A case number: the year and a running number in it, written `2026-0143`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CaseNumber {
    year: i16,
    running: u32,
}

/// Why something written is no case number.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{0}` is no case number; they are written like 2026-0143")]
pub struct CaseNumberRefused(pub String);

impl CaseNumber {
    /// The number `running` (from 1) of `year` (2000 to 2199).
    pub fn new(year: i16, running: u32) -> Option<Self> {
        ((2000..=2199).contains(&year) && (1..=9_999_999).contains(&running)).then_some(Self { year, running })
    }

    /// The year of the number.
    pub const fn year(self) -> i16 {
        self.year
    }

    /// The running number in the year.
    pub const fn running(self) -> u32 {
        self.running
    }
}

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:04}", self.year, self.running)
    }
}

impl From<CaseNumber> for String {
    fn from(number: CaseNumber) -> Self {
        number.to_string()
    }
}

impl TryFrom<String> for CaseNumber {
    type Error = CaseNumberRefused;

    fn try_from(written: String) -> Result<Self, Self::Error> {
        written.parse()
    }
}

/// Forgives what does no harm: `2026 143`, `2026/143`, `143/2026`, `26-143`, `2026-00143`.
impl FromStr for CaseNumber {
    type Err = CaseNumberRefused;

    fn from_str(written: &str) -> Result<Self, Self::Err> {
        let refused = || CaseNumberRefused(written.chars().take(40).collect());
        let separator = |c: char| c.is_whitespace() || matches!(c, '-' | '/' | '.' | '–' | '_');
        let mut parts = written.split(separator).filter(|part| !part.is_empty());
        let (Some(first), Some(second), None) = (parts.next(), parts.next(), parts.next()) else {
            return Err(refused());
        };
        let number = |part: &str| -> Option<u32> {
            (part.len() <= 9 && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse().ok()).flatten()
        };
        let full_year = |part: &str| number(part).filter(|_| part.len() == 4).and_then(|year| i16::try_from(year).ok());
        let pair = |year: Option<i16>, running| Self::new(year?, number(running)?);
        let short_year = || number(first).filter(|_| first.len() == 2).and_then(|year| i16::try_from(2000 + year).ok());
        // The year first is how we write it, so 2026-2027 is number 2027 of 2026; the other order is tried after.
        pair(full_year(first), second).or_else(|| pair(full_year(second), first)).or_else(|| pair(short_year(), second)).ok_or_else(refused)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails loudly")]
mod tests;
