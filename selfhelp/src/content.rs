//! What the site says, read from files that need no code: courses, steps, checks, pages, lines of help.
//!
//! The format is in `docs/self-help.md`. Reading collects every fault with its place and its remedy.

mod check;
mod deny;
mod examine;
mod fault;
mod files;
mod instrument;
mod lines;
mod markdown;
mod reader;
mod step;

pub use check::{Change, Check, Choice, Question, Reading};
pub use examine::examine;
pub use fault::{Fault, Severity};
pub use files::Files;
pub use lines::{Country, Kind, Line, MAX_AGE_DAYS};
pub use markdown::{BESIDE, folded, place, sentence, with_notes};
pub use reader::read;
pub use step::{Step, StepText};

use std::collections::BTreeMap;

use fairway_site::{Html, Language};
use serde::Deserialize;

/// A text in each language of the site, by code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Words(pub BTreeMap<String, String>);

impl Words {
    /// The text in a language; in English where it is missing; else empty.
    pub fn in_language(&self, language: Language) -> &str {
        self.0.get(language.code()).or_else(|| self.0.get("en")).map_or("", String::as_str)
    }
}

/// A course: a few short steps about one thing.
#[derive(Clone, Debug)]
pub struct Course {
    /// Its id, which stands in addresses.
    pub id: String,
    /// What it is called.
    pub title: Words,
    /// One sentence about it.
    pub summary: Words,
    /// Its steps, in order.
    pub steps: Vec<Step>,
}

impl Course {
    /// Address below the language and title of the step after one; nothing where the course ends, for all or for most.
    pub fn after(&self, at: usize, language: Language) -> Option<(String, &str)> {
        if self.steps.get(at).and_then(|step| step.text(language)).is_some_and(|text| text.ends) {
            return None;
        }
        let next = self.steps.get(at + 1)?;
        Some((format!("{}/{}", self.id, next.id), next.text(language)?.title.as_str()))
    }
}

/// A page outside the courses, in one language.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Its heading.
    pub title: String,
    /// Its text, up to a line `---` if there is one.
    pub html: Html,
    /// What stands below that line.
    pub after: Html,
}

/// Everything the site says.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// Its languages, in order.
    pub languages: Vec<Language>,
    /// Its courses, in order.
    pub courses: Vec<Course>,
    /// Its checks.
    pub checks: Vec<Check>,
    /// Its other pages, by name and language code.
    pub pages: BTreeMap<(String, String), Page>,
    /// Help, by country.
    pub countries: Vec<Country>,
}

impl Content {
    /// A course and its place.
    pub fn course(&self, id: &str) -> Option<&Course> {
        self.courses.iter().find(|course| course.id == id)
    }

    /// A step of a course, with its place in it.
    pub fn step(&self, course: &str, step: &str) -> Option<(&Course, usize)> {
        let course = self.course(course)?;
        let at = course.steps.iter().position(|found| found.id == step)?;
        Some((course, at))
    }

    /// A check.
    pub fn check(&self, id: &str) -> Option<&Check> {
        self.checks.iter().find(|check| check.id == id)
    }

    /// A page in a language, or in English.
    pub fn page(&self, name: &str, language: Language) -> Option<&Page> {
        let of = |code: &str| self.pages.get(&(name.to_owned(), code.to_owned()));
        of(language.code()).or_else(|| of("en"))
    }

    /// What a place is called: a page, a course or a step.
    pub fn name(&self, place: &str, language: Language) -> Option<&str> {
        if let Some((course, step)) = place.split_once('/') {
            let (course, at) = self.step(course, step)?;
            return Some(&course.steps[at].text(language)?.title);
        }
        let page = || Some(self.page(place, language)?.title.as_str());
        self.course(place).map(|course| course.title.in_language(language)).or_else(page)
    }

    /// A country by its code, in any case of letters.
    pub fn country(&self, code: &str) -> Option<&Country> {
        self.countries.iter().find(|country| country.code.eq_ignore_ascii_case(code))
    }
}
