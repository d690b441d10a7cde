//! Words that do not belong in a programme. The lists are data: `content/prose/<language>.toml`.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The lists, compiled in. A further language is a file and a line here.
const LISTS: [(&str, &str); 2] =
    [("en", include_str!("../../../../content/prose/en.toml")), ("es", include_str!("../../../../content/prose/es.toml"))];

static READ: LazyLock<BTreeMap<&str, List>> = LazyLock::new(|| {
    // A list that cannot be read denies nothing; the test below reads both.
    LISTS.iter().filter_map(|(language, file)| Some((*language, toml::from_str::<List>(file).ok()?.ready()))).collect()
});

/// A denied word where it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denied {
    /// Where, in bytes of the text.
    pub place: Range<usize>,
    /// As written there.
    pub written: String,
    /// Why it does not belong.
    pub why: &'static str,
    /// What to say instead.
    pub instead: &'static str,
}

/// One language's list.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    /// Phrases within which a denied word may stand, such as the title of a statute.
    allow: Vec<String>,
    deny: Vec<Entry>,
    #[serde(skip)]
    allowed: Vec<Vec<String>>,
}

/// Words with one reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// Words or phrases; a `*` at the end of a word stands for any ending.
    words: Vec<String>,
    why: String,
    instead: String,
    #[serde(skip)]
    patterns: Vec<Vec<String>>,
}

impl List {
    fn ready(mut self) -> Self {
        self.allowed = self.allow.iter().map(|phrase| pattern(phrase)).collect();
        for entry in &mut self.deny {
            entry.patterns = entry.words.iter().map(|phrase| pattern(phrase)).collect();
        }
        self
    }
}

fn pattern(phrase: &str) -> Vec<String> {
    phrase.split([' ', '-']).map(plain).collect()
}

/// Lower case without accents (of `ñ` too: both sides are treated alike).
fn plain(word: &str) -> String {
    word.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// Denied words of a language (`es` also for `es-MX`) in a text, in order; none in a language without a list. Accents
/// and capitals make no difference; the addresses of links are passed over.
pub fn denied(language: &str, text: &str) -> Vec<Denied> {
    let primary = language.split(['-', '_']).next().unwrap_or(language);
    let Some(list) = READ.get(primary) else { return Vec::new() };
    let tokens = tokens(text);
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(rest) = tokens.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some(length) = list.allowed.iter().filter_map(|phrase| matches(phrase, rest)).max() {
            at += length;
            continue;
        }
        let hit = list.deny.iter().find_map(|entry| Some((entry, entry.patterns.iter().filter_map(|phrase| matches(phrase, rest)).max()?)));
        let Some((entry, length)) = hit else {
            at += 1;
            continue;
        };
        let end = rest.get(length - 1).map_or(0, |token| token.place.end);
        let place = rest.first().map_or(0, |token| token.place.start)..end;
        let written = text.get(place.clone()).unwrap_or("").to_owned();
        found.push(Denied { place, written, why: &entry.why, instead: &entry.instead });
        at += length;
    }
    found
}

/// A word of a text.
struct Token {
    place: Range<usize>,
    plain: String,
    /// Whether only blanks or a hyphen stand between it and the word before.
    joined: bool,
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let addresses: Vec<Range<usize>> = crate::programme::markdown::links(text).into_iter().map(|link| link.place).collect();
    let mut end_before = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if !first.is_alphanumeric() {
            continue;
        }
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = chars.next_if(|(_, c)| c.is_alphanumeric() || is_combining_mark(*c)) {
            end = at + c.len_utf8();
        }
        if addresses.iter().any(|address| address.contains(&start)) {
            continue;
        }
        let between = text.get(end_before..start).unwrap_or("");
        let joined = end_before > 0 && between.chars().all(|c| c.is_whitespace() || c == '-');
        tokens.push(Token { place: start..end, plain: plain(text.get(start..end).unwrap_or("")), joined });
        end_before = end;
    }
    tokens
}

/// How many words the phrase takes at the beginning of `tokens`, if it stands there.
fn matches(phrase: &[String], tokens: &[Token]) -> Option<usize> {
    let whole = phrase.len() <= tokens.len()
        && phrase.iter().zip(tokens).enumerate().all(|(index, (wanted, token))| {
            let same = wanted.strip_suffix('*').map_or(token.plain == *wanted, |stem| token.plain.starts_with(stem));
            same && (index == 0 || token.joined)
        });
    whole.then_some(phrase.len())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails loudly")]
mod tests {
    use super::{LISTS, List, READ, denied};

    #[test]
    fn lists_can_be_read_and_say_what_to_say_instead() {
        for (language, file) in LISTS {
            let list: List = toml::from_str(file).unwrap();
            assert!(list.deny.iter().all(|entry| !entry.why.is_empty() && !entry.instead.is_empty()), "{language}");
            assert!(READ.contains_key(language));
        }
    }

    #[test]
    fn words_are_found_whatever_their_case_and_accents() {
        let words = |language, text| denied(language, text).into_iter().map(|it| it.written).collect::<Vec<_>>();
        assert_eq!(words("en", "An Offender and two sex-offenders."), ["Offender", "sex-offenders"]);
        assert_eq!(words("en", "Offending, an offence, [x](https://a.example/offender)."), [""; 0]);
        assert_eq!(words("es-MX", "Un Pedofilo, un agresor"), ["Pedofilo", "agresor"]);
        assert_eq!(words("en", "The Rehabilitation of Offenders Act 1974 says"), [""; 0]);
        assert_eq!(words("fr", "offender"), [""; 0]);
    }
}
