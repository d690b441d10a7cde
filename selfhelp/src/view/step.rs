//! The page of a step, with or without notes open.

use askama::Template;
use fairway_site::{Html, Language};

use super::{Base, Look};
use crate::content::{Check, Content, Course, StepText, folded, with_notes};
use crate::notes::{Notes, mark};

/// A question as shown.
pub struct Asked {
    /// Its words.
    pub text: String,
    /// Name of its field.
    pub name: String,
    /// Points, words, whether chosen.
    pub options: Vec<(u8, String, bool)>,
    /// Whether it should have been answered.
    pub missing: bool,
}

/// A check as shown in its step.
pub struct CheckView {
    /// What it is called.
    pub title: String,
    /// What it is.
    pub intro: String,
    /// The sentence above the questions.
    pub stem: Option<String>,
    /// The questions.
    pub questions: Vec<Asked>,
    /// Which answers are missing, if they are faults.
    pub missing: Option<String>,
    /// Earlier results, as lines.
    pub before: Vec<String>,
}

impl CheckView {
    /// A check with the answers given so far; `asked` says whether missing ones are faults.
    pub fn of(check: &Check, language: Language, given: &[Option<u8>], asked: bool) -> Self {
        let words = |text: &crate::content::Words| text.in_language(language).to_owned();
        let questions = check.questions.iter().enumerate().map(|(at, question)| {
            let chosen = given.get(at).copied().flatten();
            let options = check.options.iter().map(|option| (option.score, words(&option.text), chosen == Some(option.score))).collect();
            Asked { text: words(&question.text), name: format!("q{}", at + 1), options, missing: asked && chosen.is_none() }
        });
        let questions: Vec<Asked> = questions.collect();
        let l = language.words();
        let numbers: Vec<String> =
            (1..).zip(&questions).filter(|(_, question)| question.missing).map(|(at, _): (i64, _)| l.number(at)).collect();
        let missing = || l.t2("selfhelp-check-missing", "count", numbers.len(), "questions", l.list(&numbers)).into_owned();
        Self {
            title: words(&check.title),
            intro: words(&check.intro),
            stem: check.stem.as_ref().map(words),
            questions,
            missing: (!numbers.is_empty()).then(missing),
            before: Vec::new(),
        }
    }
}

/// A step.
#[derive(Template)]
#[template(path = "step.html")]
pub struct StepPage<'c> {
    b: Base,
    notes: bool,
    course: &'c str,
    id: &'c str,
    course_title: &'c str,
    at: usize,
    of: usize,
    step: &'c StepText,
    /// Something that was just done.
    pub said: Option<String>,
    action: String,
    check_action: String,
    handle: Option<String>,
    warning: Option<Html>,
    why: Html,
    read: Html,
    exercise: Html,
    next: Html,
    /// The check it holds.
    pub check: Option<CheckView>,
    /// Name, prompt and text of each box.
    pub boxes: Vec<(String, &'c str, String)>,
    following: Option<(String, &'c str)>,
    /// With notes open: name and mark of what each box was filled with.
    filled: Vec<(String, String)>,
}

impl<'c> StepPage<'c> {
    /// The step at a place of a course, to be read by links.
    pub fn read(content: &'c Content, look: &Look, language: Language, course: &'c Course, at: usize) -> Option<Self> {
        let step = &course.steps[at];
        let text = step.text(language)?;
        let place = format!("{}/{}", course.id, step.id);
        let check = step.check.as_deref().and_then(|id| content.check(id)).map(|check| CheckView::of(check, language, &[], false));
        let boxes =
            text.prompts.iter().enumerate().map(|(nth, prompt)| (format!("t{}", nth + 1), prompt.as_str(), String::new())).collect();
        Some(Self {
            b: Base::new(look, language, place.clone(), &text.title),
            notes: false,
            course: &course.id,
            id: &step.id,
            course_title: course.title.in_language(language),
            at: at + 1,
            of: course.steps.len(),
            step: text,
            said: None,
            check_action: format!("{place}/check"),
            action: place,
            handle: None,
            warning: text.warning.clone(),
            why: text.why.clone(),
            read: folded(&text.read),
            exercise: text.exercise.clone(),
            next: text.next.clone(),
            check,
            boxes,
            following: course.after(at, language),
            filled: Vec::new(),
        })
    }

    /// The same page as the answer to a form, at an address of its own.
    #[must_use]
    pub fn answering(mut self, rest: &str) -> Self {
        rest.clone_into(&mut self.b.rest);
        self.b.posted = true;
        self
    }

    /// The same page with notes open: links to steps become buttons, boxes hold what is kept.
    #[must_use]
    pub fn noted(mut self, content: &Content, notes: &Notes, handle: String) -> Self {
        let language = self.b.l.language();
        let is_step = |place: &str| place.split_once('/').is_some_and(|(course, step)| content.step(course, step).is_some());
        for part in [&mut self.why, &mut self.read, &mut self.exercise, &mut self.next] {
            *part = with_notes(part, language, is_step);
        }
        self.warning = self.warning.map(|warning| with_notes(&warning, language, |_| false));
        let place = format!("{}/{}", self.course, self.id);
        for (nth, (_, _, text)) in self.boxes.iter_mut().enumerate() {
            *text = notes.answers.get(&format!("{place}/{}", nth + 1)).cloned().unwrap_or_default();
        }
        self.filled = (1..).zip(&self.boxes).map(|(nth, (_, _, text)): (usize, _)| (format!("w{nth}"), mark(text))).collect();
        self.notes = true;
        self.handle = Some(handle);
        self.action = format!("my/{place}");
        self.check_action = format!("my/{place}/check");
        let action = self.action.clone();
        self.answering(&action)
    }
}
