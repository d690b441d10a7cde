//! No two sessions share boilerplate: a sentence of eight words or more stands in one session only.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::programme::folder::Page;
use crate::programme::{Definition, markdown};

/// Words from which on a sentence must be a session's own.
const LONG: usize = 8;

pub(super) fn sentences(definition: &Definition, sessions: &[&Page<'_>]) {
    // A target's title is quoted wherever the target is watched, however long it is.
    let titles: BTreeSet<String> =
        definition.targets.iter().flat_map(|target| target.title.0.values()).map(|title| format!("{}.", title.to_lowercase())).collect();
    let mut first: BTreeMap<(&str, String), &str> = BTreeMap::new();
    for page in sessions {
        for (place, words) in of(page.source.text).into_iter().filter(|(_, words)| !titles.contains(words)) {
            let owner = *first.entry((page.language, words)).or_insert(page.id);
            if owner != page.id {
                let message = format!("this sentence stands in the session \"{owner}\" too");
                page.source.fault(place, "shared-sentence", message, "write each session in its own words");
            }
        }
    }
}

/// The long sentences of a text, in lower case without Markdown's signs, with their places.
fn of(text: &str) -> Vec<(Range<usize>, String)> {
    let mut sentences = Vec::new();
    for line in markdown::lines(text) {
        // Signs become blanks of the same length, so that places stay.
        let blank: String = line.text.chars().map(|c| if matches!(c, '>' | '*' | '#' | '|' | '_' | '-') { ' ' } else { c }).collect();
        let mut start = 0;
        for end in ends(&blank) {
            let sentence = blank.get(start..end).unwrap_or("");
            let words: Vec<&str> = sentence.split_whitespace().collect();
            if words.len() >= LONG {
                let begins = start + (sentence.len() - sentence.trim_start().len());
                sentences.push((line.start + begins..line.start + start + sentence.trim_end().len(), words.join(" ").to_lowercase()));
            }
            start = end;
        }
    }
    sentences
}

/// Where the sentences of a line end.
fn ends(line: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut closed = false;
    for (at, c) in line.char_indices() {
        if closed && c.is_whitespace() {
            ends.push(at);
        }
        closed = matches!(c, '.' | '!' | '?' | '…');
    }
    ends.push(line.len());
    ends
}
