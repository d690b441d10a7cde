//! What self-checks said, with notes open: today, and the times before.

use askama::Template as _;

use super::{Posted, Refused, Site};
use crate::content::Check;
use crate::handle::Open;
use crate::notes::{Done, Notes};
use crate::view::{Base, CheckView, Compared, Danger, MyCheck, Onward, ResultPage, StepPage};

impl Site {
    /// Days and sums of a check, oldest first.
    pub(super) fn results(posted: &Posted<'_>, notes: &Notes, check: &str) -> Vec<(String, u16)> {
        let l = posted.language.words();
        notes.results(check).into_iter().map(|done| (l.date_long(done.on), done.sum())).collect()
    }

    /// Every check that was done, with what changed.
    pub(super) fn checks_of(&self, posted: &Posted<'_>, notes: &Notes) -> Vec<MyCheck> {
        let checks = self.content.checks.iter().map(|check| MyCheck {
            title: check.title.in_language(posted.language).to_owned(),
            highest: check.highest(),
            results: Self::results(posted, notes, &check.id),
            change: Self::change_of(posted, notes, check),
        });
        checks.filter(|check| !check.results.is_empty()).collect()
    }

    /// What changed between the last two times of a check.
    fn change_of(posted: &Posted<'_>, notes: &Notes, check: &Check) -> Option<String> {
        let results = notes.results(&check.id);
        let (last, before) = (results.last()?, results.iter().rev().nth(1)?);
        Some(check.changed(before.sum(), last.sum(), posted.language).to_owned())
    }

    /// Each question with the answers of the first time, the time before, and now; nothing when it was done once.
    fn compared(posted: &Posted<'_>, notes: &Notes, check: &Check) -> Vec<Compared> {
        let language = posted.language;
        let fits = |done: &&Done| done.answers.len() == check.questions.len();
        let results: Vec<&Done> = notes.results(&check.id).into_iter().filter(fits).collect();
        let times: Vec<&Done> = match results.as_slice() {
            [first, .., before, last] => vec![first, before, last],
            few => few.to_vec(),
        };
        if times.len() < 2 {
            return Vec::new();
        }
        let words = |score: u8| check.options.iter().find(|option| option.score == score).map(|option| option.text.in_language(language));
        let answers = |at: usize| {
            let answer = |done: &&Done| (language.words().date_long(done.on), words(done.answers[at]).unwrap_or_default().to_owned());
            times.iter().map(answer).collect()
        };
        let questions = check.questions.iter().enumerate();
        questions.map(|(at, question)| (question.text.in_language(language).to_owned(), answers(at))).collect()
    }

    /// Whether this check took the place of another one of the same day.
    fn replaced(&self, (before, now): (&Notes, &Notes), check: &Check) -> bool {
        let today = |notes: &Notes| notes.results(&check.id).last().filter(|done| done.on == self.today()).map(|done| done.answers.clone());
        today(before).is_some_and(|earlier| today(now).is_some_and(|now| now != earlier))
    }

    /// The result of the check in a step. The notes are those before and after this one was kept.
    pub(super) fn result(
        &self,
        posted: &Posted<'_>,
        open: &Open,
        (before, notes): (&Notes, &Notes),
        place: &str,
    ) -> Result<String, Refused> {
        let language = posted.language;
        let (course, nth) = place.split_once('/').and_then(|(course, step)| self.content.step(course, step)).ok_or(Refused::Lost)?;
        let check = course.steps[nth].check.as_deref().and_then(|id| self.content.check(id)).ok_or(Refused::Lost)?;
        let answers = check.answers(|at| posted.fields.get(&format!("q{}", at + 1)));
        let mut hidden = vec![("handle".to_owned(), self.handles.notes(open))];
        // The same answers are sent again by the page between, and by the language switch.
        let replaced = posted.fields.get("replaced").is_some() || self.replaced((before, notes), check);
        hidden.extend(replaced.then(|| ("replaced".to_owned(), "1".to_owned())));
        if check.danger(&answers) && posted.fields.get("seen").is_none() {
            hidden.extend(posted.carried.hidden());
            let page = Danger::page(&self.content, &self.look, language).answering(posted.rest, Onward::to(posted.rest, hidden));
            return Ok(page.render()?);
        }
        let b = Base::new(&self.look, language, posted.rest, Self::words(language, "selfhelp-check-title")).posted();
        let Some(page) = ResultPage::of(b, &self.content, (course, nth), check, &answers) else {
            let page = StepPage::read(&self.content, &self.look, language, course, nth).ok_or(Refused::Lost)?;
            let mut page = page.noted(&self.content, notes, self.handles.notes(open));
            page.check = Some(CheckView::of(check, language, &answers, true));
            return Ok(page.render()?);
        };
        hidden.extend(posted.carried.hidden().into_iter().filter(|(name, _)| !name.starts_with('t')));
        hidden.push(("seen".into(), "1".into()));
        let mut page = page.noted();
        page.replaced = replaced;
        // “Better than it was” would be untrue for somebody who thinks of dying.
        page.change = Self::change_of(posted, notes, check).filter(|_| !page.alarm);
        page.results = Self::results(posted, notes, &check.id);
        page.compared = Self::compared(posted, notes, check);
        page.onward = Onward::to(format!("my/{place}"), hidden);
        Ok(page.render()?)
    }
}
