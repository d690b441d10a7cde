//! The fields of a posted form, and what of it travels on.

use jiff::civil::Date;

use crate::content::Content;
use crate::notes::{Done, Notes, cleaned};

/// The most fields that are read.
const MOST: usize = 64;

/// The fields of a form.
#[derive(Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `application/x-www-form-urlencoded` bytes; anything else gives strange fields that nobody asks for.
    pub fn parse(body: &[u8]) -> Self {
        Self(form_urlencoded::parse(body).take(MOST).map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
    }

    /// What stands in a field's name after this beginning.
    pub fn after(&self, begin: &str) -> Option<&str> {
        self.0.iter().find_map(|(name, _)| name.strip_prefix(begin).filter(|rest| !rest.is_empty()))
    }

    /// A field's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

/// What a visitor has just written in a step, on its way to being kept.
#[derive(Debug, Default)]
pub(super) struct Carried {
    /// Course and step.
    pub at: Option<(String, String)>,
    /// Texts by the number of the prompt, from 1.
    pub texts: Vec<(usize, String)>,
    /// With what the boxes of these prompts were filled, where notes were open.
    pub filled: Vec<(usize, String)>,
    /// Points of each answer of the step's check; empty when none was sent.
    pub answers: Vec<Option<u8>>,
}

impl Carried {
    pub(super) fn of(fields: &Fields, content: &Content) -> Self {
        let place = fields.get("at").and_then(|at| at.split_once('/'));
        let Some((course, nth)) = place.and_then(|(course, step)| content.step(course, step)) else { return Self::default() };
        let step = &course.steps[nth];
        let prompts = step.texts.values().map(|text| text.prompts.len()).max().unwrap_or(0);
        let text = |number: usize| Some((number, cleaned(fields.get(&format!("t{number}"))?).into_owned()));
        let check = step.check.as_deref().and_then(|check| content.check(check));
        let mut answers = check.map(|check| check.answers(|at| fields.get(&format!("q{}", at + 1)))).unwrap_or_default();
        if answers.iter().all(Option::is_none) {
            answers.clear();
        }
        let filled = |number: usize| Some((number, fields.get(&format!("w{number}"))?.chars().take(16).collect()));
        Self {
            at: Some((course.id.clone(), step.id.clone())),
            texts: (1..=prompts).filter_map(text).collect(),
            filled: (1..=prompts).filter_map(filled).collect(),
            answers,
        }
    }

    /// `course/step`.
    pub(super) fn place(&self) -> Option<String> {
        self.at.as_ref().map(|(course, step)| format!("{course}/{step}"))
    }

    /// Whether there is anything to keep.
    pub(super) fn any(&self) -> bool {
        self.texts.iter().any(|(_, text)| !text.trim().is_empty()) || !self.answers.is_empty()
    }

    /// As hidden fields of the next form.
    pub(super) fn hidden(&self) -> Vec<(String, String)> {
        let at = self.place().map(|place| ("at".to_owned(), place));
        let texts =
            self.texts.iter().filter(|(_, text)| !text.trim().is_empty()).map(|(number, text)| (format!("t{number}"), text.clone()));
        let answers = self.answers.iter().enumerate().filter_map(|(nth, answer)| Some((format!("q{}", nth + 1), (*answer)?.to_string())));
        let filled = self.filled.iter().map(|(number, mark)| (format!("w{number}"), mark.clone()));
        at.into_iter().chain(texts).chain(filled).chain(answers).collect()
    }

    /// Puts it into the notes; `beside` what they hold when it was written before they were opened.
    pub(super) fn keep_in(&self, notes: &mut Notes, content: &Content, today: Date, beside: bool) {
        let Some((course, step)) = &self.at else { return };
        for (number, text) in &self.texts {
            let prompt = format!("{course}/{step}/{number}");
            match self.filled.iter().find(|(of, _)| of == number) {
                Some((_, filled)) => notes.answer_box(&prompt, text, filled),
                None if beside => notes.answer_beside(&prompt, text),
                None => notes.answer(&prompt, text),
            }
        }
        let check = content.step(course, step).and_then(|(course, nth)| content.check(course.steps[nth].check.as_deref()?));
        if let Some(check) = check.filter(|check| check.sum(&self.answers).is_some()) {
            let answers = self.answers.iter().copied().flatten().collect();
            notes.check_done(Done { check: check.id.clone(), on: today, answers });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Files, read};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_body_is_a_form(body in proptest::collection::vec(any::<u8>(), 0..2000), text in ".{0,100}") {
            let (content, _) = read(&Files::default());
            let _ = Carried::of(&Fields::parse(&body), &content);
            let encoded: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
            let fields = Fields::parse(format!("x=1&t1={encoded}").as_bytes());
            prop_assert_eq!(fields.get("t1"), Some(text.as_str()));
        }
    }
}
