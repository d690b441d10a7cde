//! Checks and texts of somebody whose notes are not open: answered at once, stored nowhere.

use askama::Template as _;

use super::{Posted, Refused, Site};
use crate::view::{Base, CheckView, Danger, Onward, ResultPage, StepPage, WrittenPage};

impl Site {
    /// What a check says.
    pub(super) fn checked(&self, posted: &Posted<'_>, place: &str) -> Result<String, Refused> {
        let language = posted.language;
        let (course, nth) = place.split_once('/').and_then(|(course, step)| self.content.step(course, step)).ok_or(Refused::Lost)?;
        let check = course.steps[nth].check.as_deref().and_then(|id| self.content.check(id)).ok_or(Refused::Lost)?;
        let answers = check.answers(|at| posted.fields.get(&format!("q{}", at + 1)));
        if check.danger(&answers) && posted.fields.get("seen").is_none() {
            let hidden = posted.carried.hidden();
            let page = Danger::page(&self.content, &self.look, language).answering(posted.rest, Onward::to(posted.rest, hidden));
            return Ok(page.render()?);
        }
        let b = Base::new(&self.look, language, posted.rest, Self::words(language, "selfhelp-check-title")).posted();
        let Some(mut page) = ResultPage::of(b, &self.content, (course, nth), check, &answers) else {
            let mut page = StepPage::read(&self.content, &self.look, language, course, nth).ok_or(Refused::Lost)?.answering(posted.rest);
            page.check = Some(CheckView::of(check, language, &answers, true));
            fill(&mut page, posted);
            return Ok(page.render()?);
        };
        // The language switch asks for this page again.
        let mut hidden = posted.carried.hidden();
        hidden.push(("seen".into(), "1".into()));
        page.onward = Onward::to("phrase/new", hidden);
        Ok(page.render()?)
    }

    /// A step again, with what was written in it and answered.
    pub(super) fn back(&self, posted: &Posted<'_>, place: &str) -> Result<String, Refused> {
        let language = posted.language;
        let (course, nth) = place.split_once('/').and_then(|(course, step)| self.content.step(course, step)).ok_or(Refused::Lost)?;
        let mut page = StepPage::read(&self.content, &self.look, language, course, nth).ok_or(Refused::Lost)?.answering(posted.rest);
        if let Some(check) = course.steps[nth].check.as_deref().and_then(|id| self.content.check(id)) {
            let answers = check.answers(|at| posted.fields.get(&format!("q{}", at + 1)));
            page.check = Some(CheckView::of(check, language, &answers, false));
        }
        fill(&mut page, posted);
        Ok(page.render()?)
    }

    /// What somebody has just written, as a page to print or save.
    pub(super) fn echo(&self, posted: &Posted<'_>, place: &str) -> Result<String, Refused> {
        let language = posted.language;
        place.split_once('/').and_then(|(course, step)| self.content.step(course, step)).ok_or(Refused::Lost)?;
        let page = WrittenPage {
            b: Base::new(&self.look, language, posted.rest, Self::words(language, "selfhelp-written-title")).posted(),
            parts: self.written(posted).into_iter().collect(),
            checks: Vec::new(),
            onward: Onward::to("phrase/new", posted.carried.hidden()),
            notes: false,
            step: place.to_owned(),
        };
        Ok(page.render()?)
    }
}

/// Puts what was just typed into the boxes again.
pub(super) fn fill(page: &mut StepPage<'_>, posted: &Posted<'_>) {
    for (number, text) in &posted.carried.texts {
        if let Some((_, _, shown)) = page.boxes.get_mut(number - 1) {
            shown.clone_from(text);
        }
    }
}
