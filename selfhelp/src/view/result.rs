//! What a self-check says.

use askama::Template;
use fairway_site::Html;

use super::{Base, Onward};
use crate::content::{Check, Content, Course, Reading, place, sentence, with_notes};

/// The way that is offered first.
struct Way {
    place: String,
    name: String,
    /// Whether it is a step, which notes can be carried to.
    is_step: bool,
}

/// A question, and its answers by day.
pub type Compared = (String, Vec<(String, String)>);

/// What a check says.
#[derive(Template)]
#[template(path = "result.html")]
pub struct ResultPage {
    b: Base,
    check_title: String,
    sum: u16,
    highest: u16,
    /// Whether an answer said that the visitor may be in danger: it counts whatever the sum is.
    pub alarm: bool,
    reading: Option<Html>,
    way: Option<Way>,
    step: String,
    following: Option<(String, String)>,
    /// What changed since the last time.
    pub change: Option<String>,
    /// Days and sums, oldest first.
    pub results: Vec<(String, u16)>,
    /// Question by question, what was answered at the first time, the time before, and now.
    pub compared: Vec<Compared>,
    /// Whether this result took the place of one of the same day.
    pub replaced: bool,
    /// Where to go on, and what is carried there.
    pub onward: Onward,
    notes: bool,
}

impl ResultPage {
    /// What the check in a step of a course says to these answers; nothing when one is missing.
    pub fn of(b: Base, content: &Content, (course, at): (&Course, usize), check: &Check, answers: &[Option<u8>]) -> Option<Self> {
        let language = b.l.language();
        let sum = check.sum(answers)?;
        let alarm = check.danger(answers);
        // “Few signs” would be untrue for somebody who thinks of dying, and two weeks are too late: only a reading that leads to help.
        let leads = |reading: &&Reading| reading.way.as_deref().map(place) == Some("help-now");
        let reading = check.reading(sum).filter(|reading| !alarm || leads(reading));
        let is_step = |place: &str| place.split_once('/').is_some_and(|(course, step)| content.step(course, step).is_some());
        let way = reading.and_then(|reading| reading.way.as_deref()).filter(|_| !alarm).map(place).and_then(|place| {
            Some(Way { place: place.to_owned(), name: content.name(place, language)?.to_owned(), is_step: is_step(place) })
        });
        Some(Self {
            check_title: check.title.in_language(language).to_owned(),
            sum,
            highest: check.highest(),
            alarm,
            reading: reading.map(|reading| with_notes(&sentence(reading.text.in_language(language), language), language, |_| false)),
            way,
            step: format!("{}/{}", course.id, course.steps[at].id),
            following: course.after(at, language).map(|(place, title)| (place, title.to_owned())),
            change: None,
            results: Vec::new(),
            compared: Vec::new(),
            replaced: false,
            onward: Onward::default(),
            notes: false,
            b,
        })
    }

    /// The same for somebody whose notes are open.
    #[must_use]
    pub fn noted(mut self) -> Self {
        self.notes = true;
        self
    }
}
