//! The fields of a posted form, and what of it travels on.

use jiff::civil::Date;

use crate::content::Content;
use crate::notes::{Done, LONGEST_ANSWER, Notes};

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
    /// Points of each answer of the step's check; empty when none was sent.
    pub answers: Vec<Option<u8>>,
}

impl Carried {
    pub(super) fn of(fields: &Fields, content: &Content) -> Self {
        let place = fields.get("at").and_then(|at| at.split_once('/'));
        let Some((course, nth)) = place.and_then(|(course, step)| content.step(course, step)) else { return Self::default() };
        let step = &course.steps[nth];
        let prompts = step.texts.values().map(|text| text.prompts.len()).max().unwrap_or(0);
        let text = |number: usize| {
            let text = fields.get(&format!("t{number}"))?;
            let end = text.char_indices().nth(LONGEST_ANSWER).map_or(text.len(), |(end, _)| end);
            Some((number, text[..end].to_owned()))
        };
        let check = step.check.as_deref().and_then(|check| content.check(check));
        let mut answers = check.map(|check| check.answers(|at| fields.get(&format!("q{}", at + 1)))).unwrap_or_default();
        if answers.iter().all(Option::is_none) {
            answers.clear();
        }
        Self { at: Some((course.id.clone(), step.id.clone())), texts: (1..=prompts).filter_map(text).collect(), answers }
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
        at.into_iter().chain(texts).chain(answers).collect()
    }

    /// Puts it into the notes.
    pub(super) fn keep_in(&self, notes: &mut Notes, content: &Content, today: Date) {
        let Some((course, step)) = &self.at else { return };
        for (number, text) in &self.texts {
            notes.answer(&format!("{course}/{step}/{number}"), text);
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
