//! Full-text search over a programme's texts, in memory: word forms matched, accents forgiven.
//!
//! A unit is a section of a session, a timed activity or a part of a chapter. Units are ranked by BM25 (Robertson &
//! Zaragoza 2009, k1 = 1.2, b = 0.75) among those that hold the most of the words asked for; a word of the title or
//! heading counts as four.

mod plain;
mod snippet;
mod words;

use std::collections::{BTreeMap, HashMap};

pub use snippet::Piece;

use super::{ChapterText, Programme, SessionText};
use words::{Language, Word};

const K1: f64 = 1.2;
const B: f64 = 0.75;
/// How often a word of a title or heading counts.
const HEADING: u32 = 4;
/// Most words of a question that are looked at.
const MOST_WORDS: usize = 12;

/// A place found, with the passage.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Id of the session, or of the chapter.
    pub id: String,
    /// Whether it is a chapter of the handbook.
    pub chapter: bool,
    /// The section's or part's id; `activities-2` for the second activity.
    pub anchor: String,
    /// Title of the session or chapter.
    pub title: String,
    /// Heading of the section or activity.
    pub heading: String,
    /// The passage, cut where words were found.
    pub snippet: Vec<Piece>,
}

/// The index of one programme's texts.
#[derive(Debug, Default)]
pub struct Index {
    languages: BTreeMap<String, Pages>,
}

#[derive(Debug, Default)]
struct Pages {
    units: Vec<Unit>,
    /// Stem to unit and how often.
    postings: HashMap<String, Vec<(usize, u32)>>,
    /// Sum of the units' lengths in words.
    length: u32,
}

#[derive(Debug)]
struct Unit {
    hit: Hit,
    text: String,
    length: u32,
}

impl Index {
    /// Indexes every session and chapter in every language.
    pub fn of(programme: &Programme) -> Self {
        let mut index = Self::default();
        for (language, texts) in &programme.texts {
            let pages = index.languages.entry(language.clone()).or_default();
            for (_, _, session) in programme.definition.sessions() {
                if let Some(text) = texts.get(&session.id) {
                    pages.add_session(Language::of(language), &session.id, text);
                }
            }
        }
        for (language, chapters) in &programme.handbook {
            let pages = index.languages.entry(language.clone()).or_default();
            for chapter in &programme.definition.handbook {
                if let Some(text) = chapters.get(&chapter.id) {
                    pages.add_chapter(Language::of(language), &chapter.id, text);
                }
            }
        }
        index
    }

    /// The languages there are.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.languages.keys().map(String::as_str)
    }

    /// The places of a language that answer a question best, at most `most`, best first.
    pub fn find(&self, language: &str, question: &str, most: usize) -> Vec<Hit> {
        let Some(pages) = self.languages.get(language) else { return Vec::new() };
        let reader = Language::of(language);
        let asked = reader.asked(question, MOST_WORDS);
        let mut ranked = pages.rank(&asked);
        let best = ranked.iter().map(|(_, matched, _)| *matched).max().unwrap_or(0);
        ranked.retain(|(_, matched, _)| matched * 3 >= best * 2);
        ranked.sort_by(|one, other| other.1.cmp(&one.1).then(other.2.total_cmp(&one.2)).then(one.0.cmp(&other.0)));
        let shown = ranked.into_iter().take(most).filter_map(|(unit, _, _)| pages.units.get(unit));
        shown.map(|unit| Hit { snippet: snippet::of(reader, &unit.text, &asked), ..unit.hit.clone() }).collect()
    }
}

impl Pages {
    fn add_session(&mut self, language: Language, id: &str, text: &SessionText) {
        let hit = |anchor: String, heading: &str| Hit {
            id: id.to_owned(),
            chapter: false,
            anchor,
            title: text.title.clone(),
            heading: heading.to_owned(),
            snippet: Vec::new(),
        };
        for section in &text.sections {
            if section.id == "activities" && !text.activities.is_empty() {
                for (index, activity) in text.activities.iter().enumerate() {
                    self.add(language, hit(format!("activities-{}", index + 1), &activity.title), &activity.markdown);
                }
            } else {
                self.add(language, hit(section.id.clone(), &section.heading), &section.markdown);
            }
        }
    }

    fn add_chapter(&mut self, language: Language, id: &str, text: &ChapterText) {
        for part in text.parts() {
            let hit = Hit {
                id: id.to_owned(),
                chapter: true,
                anchor: part.id,
                title: text.title.clone(),
                heading: part.heading,
                snippet: Vec::new(),
            };
            self.add(language, hit, &part.markdown);
        }
    }

    fn add(&mut self, language: Language, hit: Hit, markdown: &str) {
        let text = plain::of(markdown);
        let unit = self.units.len();
        let mut counts: HashMap<String, u32> = HashMap::new();
        let mut length = 0;
        for word in language.words(&text) {
            length += 1;
            for stem in word.stems {
                *counts.entry(stem).or_default() += 1;
            }
        }
        for word in language.words(&hit.title).into_iter().chain(language.words(&hit.heading)) {
            for stem in word.stems {
                *counts.entry(stem).or_default() += HEADING;
            }
        }
        for (stem, count) in counts {
            self.postings.entry(stem).or_default().push((unit, count));
        }
        self.length += length;
        self.units.push(Unit { hit, text, length });
    }

    /// Every unit with one of the words: which, how many of the words, score.
    fn rank(&self, asked: &[Word]) -> Vec<(usize, usize, f64)> {
        let all = f64::from(u32::try_from(self.units.len()).unwrap_or(u32::MAX));
        let mean = f64::from(self.length.max(1)) / all.max(1.0);
        let mut found: HashMap<usize, (usize, f64)> = HashMap::new();
        for word in asked {
            // Stems of one word are ways of writing it: the one found most often counts.
            let mut times: HashMap<usize, u32> = HashMap::new();
            for (unit, count) in word.stems.iter().filter_map(|stem| self.postings.get(stem)).flatten() {
                let most = times.entry(*unit).or_default();
                *most = (*most).max(*count);
            }
            let holding = f64::from(u32::try_from(times.len()).unwrap_or(u32::MAX));
            let rarity = (1.0 + (all - holding + 0.5) / (holding + 0.5)).ln();
            for (unit, count) in times {
                let length = self.units.get(unit).map_or(0, |unit| unit.length);
                let count = f64::from(count);
                let long = 1.0 - B + B * f64::from(length) / mean;
                let entry = found.entry(unit).or_default();
                entry.0 += 1;
                entry.1 += rarity * count * (K1 + 1.0) / (count + K1 * long);
            }
        }
        found.into_iter().map(|(unit, (matched, score))| (unit, matched, score)).collect()
    }
}

#[cfg(test)]
mod tests;
