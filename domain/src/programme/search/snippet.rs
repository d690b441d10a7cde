//! The passage shown with a place found.

use super::words::{Language, Word};

/// Characters shown of a long paragraph, about.
const LONG: usize = 260;
/// Of these, before the first word found.
const BEFORE: usize = 80;

/// A piece of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its words.
    pub text: String,
    /// Whether it is a word that was asked for.
    pub found: bool,
}

/// The paragraph that holds most of the words asked for, or its beginning when none does.
pub(super) fn of(language: Language, text: &str, asked: &[Word]) -> Vec<Piece> {
    let is_asked = |word: &Word| asked.iter().position(|one| one.stems.iter().any(|stem| word.stems.contains(stem)));
    let mut best: Option<(usize, &str, Vec<Word>)> = None;
    for paragraph in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let words: Vec<Word> = language.words(paragraph).into_iter().filter(|word| is_asked(word).is_some()).collect();
        let mut different: Vec<_> = words.iter().filter_map(is_asked).collect();
        different.sort_unstable();
        different.dedup();
        if best.as_ref().is_none_or(|(most, _, _)| different.len() > *most) {
            best = Some((different.len(), paragraph, words));
        }
    }
    let Some((_, paragraph, words)) = best else { return Vec::new() };
    cut(paragraph, &words)
}

fn cut(paragraph: &str, words: &[Word]) -> Vec<Piece> {
    let first = words.first().map_or(0, |word| word.place.start);
    let start = if paragraph.len() > LONG && first > BEFORE { word_start(paragraph, first - BEFORE) } else { 0 };
    let end = if paragraph.len() - start > LONG { word_end(paragraph, start + LONG) } else { paragraph.len() };
    let mut pieces = Vec::new();
    let mut push = |text: &str, found: bool| {
        if !text.is_empty() {
            pieces.push(Piece { text: text.to_owned(), found });
        }
    };
    push(if start > 0 { "… " } else { "" }, false);
    let mut at = start;
    for word in words.iter().filter(|word| word.place.start >= start && word.place.end <= end) {
        push(paragraph.get(at..word.place.start).unwrap_or(""), false);
        push(paragraph.get(word.place.clone()).unwrap_or(""), true);
        at = word.place.end;
    }
    push(paragraph.get(at..end).unwrap_or(""), false);
    push(if end < paragraph.len() { " …" } else { "" }, false);
    pieces
}

fn word_start(text: &str, near: usize) -> usize {
    let near = text.ceil_char_boundary(near);
    text.get(near..).and_then(|rest| rest.find(' ')).map_or(near, |blank| near + blank + 1)
}

fn word_end(text: &str, near: usize) -> usize {
    let near = text.floor_char_boundary(near);
    text.get(..near).and_then(|before| before.rfind(' ')).unwrap_or(near)
}
