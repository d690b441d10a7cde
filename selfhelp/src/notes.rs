//! What a visitor keeps: their answers to prompts and their self-checks. It exists in the clear during a request only.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::seal::LONGEST;

/// The longest answer to one prompt, in characters. The box on the page takes less than half, so that two that were written in two
/// windows can be kept together.
pub const LONGEST_ANSWER: usize = 9000;
/// How many results of one check are kept; the oldest but the first goes.
const CHECKS_KEPT: usize = 12;

/// A self-check done on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Which check.
    pub check: String,
    /// On which day.
    pub on: Date,
    /// The points of each answer.
    pub answers: Vec<u8>,
}

impl Done {
    /// The sum.
    pub fn sum(&self) -> u16 {
        self.answers.iter().map(|answer| u16::from(*answer)).sum()
    }
}

/// Everything that is kept under a phrase.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notes {
    /// Answers by prompt: `course/step/1`.
    pub answers: BTreeMap<String, String>,
    /// Checks, oldest first.
    pub checks: Vec<Done>,
    /// The step shown last.
    pub last: Option<String>,
}

/// They do not fit any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

/// A text as it is kept: lines end with a line feed, characters that show nothing are taken out, and what is too long is cut.
pub fn cleaned(text: &str) -> Cow<'_, str> {
    let odd = |c: char| !matches!(c, '\n' | '\t') && c.is_control();
    if text.len() <= LONGEST_ANSWER && !text.contains(odd) {
        return Cow::Borrowed(text);
    }
    text.replace("\r\n", "\n").chars().filter(|c| !odd(*c)).take(LONGEST_ANSWER).collect()
}

/// Two versions of an answer as one: the longer when it holds the other, else one below the other.
fn joined(kept: &str, text: &str) -> String {
    if kept.contains(text) {
        kept.to_owned()
    } else if text.contains(kept) {
        text.to_owned()
    } else {
        format!("{kept}\n\n{text}")
    }
}

/// What a box was filled with, in short: to see later whether somebody changed it.
pub fn mark(text: &str) -> String {
    let digest = Sha256::digest(text.trim_end().as_bytes());
    format!("{:016x}", digest.first_chunk::<8>().map_or(0, |begin| u64::from_be_bytes(*begin)))
}

impl Notes {
    /// The bytes that are sealed.
    pub fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, Full> {
        let bytes = Zeroizing::new(serde_json::to_vec(self).map_err(|_| Full)?);
        if bytes.len() > LONGEST { Err(Full) } else { Ok(bytes) }
    }

    /// Notes from opened bytes.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// Keeps an answer; an empty one is forgotten.
    pub fn answer(&mut self, prompt: &str, text: &str) {
        let text = cleaned(text);
        if text.trim().is_empty() {
            self.answers.remove(prompt);
        } else {
            self.answers.insert(prompt.to_owned(), text.trim_end().to_owned());
        }
    }

    /// Keeps an answer from a box that was filled with a text of this mark. A box that was not changed changes nothing; what was written
    /// meanwhile in another window stays beside it.
    pub fn answer_box(&mut self, prompt: &str, text: &str, filled: &str) {
        let text = cleaned(text);
        let kept = self.answers.get(prompt).map_or("", String::as_str);
        if mark(&text) == filled || kept == text.trim_end() {
            return;
        }
        if mark(kept) == filled { self.answer(prompt, &text) } else { self.answer_beside(prompt, &text) }
    }

    /// Keeps an answer without losing what is there.
    pub fn answer_beside(&mut self, prompt: &str, text: &str) {
        let text = cleaned(text);
        let both = joined(self.answers.get(prompt).map_or("", String::as_str), text.trim_end());
        self.answer(prompt, both.trim_start());
    }

    /// Keeps a check; one a day, the last counts.
    pub fn check_done(&mut self, done: Done) {
        self.checks.retain(|before| before.check != done.check || before.on != done.on);
        let places: Vec<usize> = self.checks.iter().enumerate().filter(|(_, found)| found.check == done.check).map(|(at, _)| at).collect();
        if places.len() >= CHECKS_KEPT {
            self.checks.remove(places[1]);
        }
        self.checks.push(done);
    }

    /// The results of a check, oldest first.
    pub fn results(&self, check: &str) -> Vec<&Done> {
        self.checks.iter().filter(|done| done.check == check).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_first_and_the_last_checks_stay() {
        let mut notes = Notes::default();
        let first: Date = "2026-01-01".parse().unwrap();
        for day in 0..40 {
            let on = first.saturating_add(jiff::Span::new().days(day));
            notes.check_done(Done { check: "a".into(), on, answers: vec![1, 2] });
        }
        let kept = notes.results("a");
        assert_eq!((kept.len(), kept[0].on, kept[0].sum()), (12, first, 3));
        notes.check_done(Done { check: "a".into(), on: kept[11].on, answers: vec![0] });
        assert_eq!(notes.results("a").last().unwrap().sum(), 0);
    }

    #[test]
    fn two_windows_lose_nothing_of_each_other() {
        let mut notes = Notes::default();
        notes.answer("p", "first");
        let shown = mark("first");
        // Another window writes; this one turns the page without having changed anything.
        notes.answer_box("p", "first and more", &shown);
        notes.answer_box("p", "first", &shown);
        assert_eq!(notes.answers["p"], "first and more");
        // Both changed it.
        notes.answer_box("p", "something else", &shown);
        notes.answer_box("p", "something else", &shown);
        assert_eq!(notes.answers["p"], "first and more\n\nsomething else");
        // Emptied in the window that showed it last.
        notes.answer_box("p", "", &mark("first and more\n\nsomething else"));
        assert!(notes.answers.is_empty());
        // Emptied in one, filled in the other.
        notes.answer("p", "kept");
        notes.answer_box("p", "", &mark("older"));
        assert_eq!(notes.answers["p"], "kept");
        notes.answer_beside("p", "new");
        assert_eq!(notes.answers["p"], "kept\n\nnew");
    }

    #[test]
    fn lines_and_tabs_stay_and_do_not_count_twice() {
        let lines = "abcd\r\n".repeat(1500);
        assert_eq!(cleaned(&lines), "abcd\n".repeat(1500));
        assert_eq!(cleaned("one\ttwo\u{7}"), "one\ttwo");
        assert_eq!(mark(&lines.replace("\r\n", "\n")), mark(lines.replace("\r\n", "\n").trim_end()));
    }

    proptest! {
        #[test]
        fn notes_come_back(answers in proptest::collection::btree_map("[a-z/0-9]{1,20}", ".{0,200}", 0..20)) {
            let mut notes = Notes::default();
            for (prompt, text) in &answers {
                notes.answer(prompt, text);
            }
            prop_assert_eq!(Notes::from_bytes(&notes.to_bytes().unwrap()), Some(notes));
        }

        #[test]
        fn any_bytes_are_notes_or_nothing(bytes in proptest::collection::vec(any::<u8>(), 0..500), text in any::<String>()) {
            let _ = Notes::from_bytes(&bytes);
            let _ = Notes::from_bytes(text.as_bytes());
        }
    }
}
