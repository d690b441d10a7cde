//! Open notes: every request brings the handle in its form, reads the notes, and forgets them again.

use std::collections::HashSet;

use askama::Template as _;

use super::checks::fill;
use super::{Posted, Refused, Site};
use crate::content::with_notes;
use crate::handle::Open;
use crate::notes::Notes;
use crate::seal::Keys;
use crate::store::StoreError;
use crate::view::{
    Base, CheckView, Danger, EnoughPage, Message, MyCheck, MyCourse, MyPage, Onward, Part, ResultPage, StepPage, WrittenPage,
};

/// How often a save is tried again when another window saved in between.
const TRIES: usize = 5;

/// What became of a change.
enum Changed {
    /// It is stored; these are the notes now.
    Kept(Notes),
    /// They would be too long; these are the notes without the change.
    Full(Notes),
    /// There are no notes under these keys.
    Gone,
}

impl Site {
    /// The notes of these keys, with the bytes they were read from.
    async fn notes(&self, keys: &Keys) -> Result<Option<(Notes, Vec<u8>)>, Refused> {
        let Some(sealed) = self.store.open(&keys.id, self.today()).await? else { return Ok(None) };
        let notes = keys.open(&sealed).and_then(|bytes| Notes::from_bytes(&bytes));
        Ok(notes.map(|notes| (notes, sealed)))
    }

    fn sealed(&self, keys: &Keys, notes: &Notes) -> Option<Vec<u8>> {
        let mut nonce = [0; 24];
        (self.chance)(&mut nonce);
        keys.seal(&notes.to_bytes().ok()?, nonce)
    }

    /// Changes notes; two windows that save at once both win. The step that is shown then is kept along with a change, not by
    /// itself: whoever only reads on writes nothing to the disk.
    async fn change(&self, keys: &Keys, shown: Option<&str>, change: impl Fn(&mut Notes)) -> Result<Changed, Refused> {
        for _ in 0..TRIES {
            let Some((before, read)) = self.notes(keys).await? else { return Ok(Changed::Gone) };
            let mut notes = before.clone();
            change(&mut notes);
            if notes == before {
                return Ok(Changed::Kept(notes));
            }
            if let Some(shown) = shown {
                notes.last = Some(shown.to_owned());
            }
            let Some(sealed) = self.sealed(keys, &notes) else { return Ok(Changed::Full(before)) };
            if self.store.replace(&keys.id, &read, &sealed).await? {
                return Ok(Changed::Kept(notes));
            }
        }
        Err(StoreError::Crowded.into())
    }

    /// The first notes under a phrase that was typed back.
    pub(super) async fn begin(&self, posted: &Posted<'_>, open: &Open) -> Result<String, Refused> {
        let mut notes = Notes::default();
        posted.carried.keep_in(&mut notes, &self.content, self.today(), false);
        notes.last = posted.carried.place();
        let Some(sealed) = self.sealed(&open.keys, &notes) else { return Err(Refused::Lost) };
        if !self.store.add(&open.keys.id, &sealed, self.today()).await? {
            // The button was pressed twice: the notes are there already.
            let page = self.resume(posted, open).await?;
            return page.map_or_else(|| self.gone(posted), Ok);
        }
        let said = Self::words(posted.language, "selfhelp-kept-first").into_owned();
        self.overview(posted, open, &notes, Some(said))
    }

    /// Opened notes: what was carried is kept, and the visitor is where they were. Nothing when there are none.
    pub(super) async fn resume(&self, posted: &Posted<'_>, open: &Open) -> Result<Option<String>, Refused> {
        let changed = self.change(&open.keys, None, |notes| posted.carried.keep_in(notes, &self.content, self.today(), true)).await?;
        let page = match (changed, posted.carried.place().filter(|_| posted.carried.any())) {
            (Changed::Gone, _) => return Ok(None),
            (Changed::Full(notes), Some(place)) => self.step(posted, open, &notes, &place, Some("selfhelp-full")),
            (Changed::Kept(notes), Some(place)) => self.step(posted, open, &notes, &place, Some("selfhelp-saved")),
            (Changed::Full(notes) | Changed::Kept(notes), None) => self.overview(posted, open, &notes, None),
        };
        page.map(Some)
    }

    /// Everything below `my`.
    pub(super) async fn my(&self, posted: &Posted<'_>) -> Result<String, Refused> {
        let Some(open) = posted.fields.get("handle").and_then(|handle| self.handles.open_notes(handle)) else {
            return self.ask_phrase(posted, "selfhelp-closed-lead", None);
        };
        let place = posted.rest.strip_prefix("my").unwrap_or_default().trim_start_matches('/');
        if place == "delete" {
            self.store.delete(&open.keys.id).await?;
            return self.told(posted, "selfhelp-deleted-title", "selfhelp-deleted");
        }
        let (shown, check) = place.strip_suffix("/check").map_or((place, false), |step| (step, true));
        let at = shown.split_once('/').filter(|(course, step)| self.content.step(course, step).is_some());
        let changed = self
            .change(&open.keys, at.map(|_| shown), |notes| {
                posted.carried.keep_in(notes, &self.content, self.today(), false);
                // Whoever turns from a step to the overview may be about to leave.
                if at.is_none() && posted.carried.at.is_some() {
                    notes.last = posted.carried.place();
                }
            })
            .await?;
        let notes = match changed {
            Changed::Gone => return self.gone(posted),
            Changed::Kept(notes) => notes,
            Changed::Full(notes) => {
                let place = posted.carried.place().unwrap_or_default();
                return self.step(posted, &open, &notes, &place, Some("selfhelp-full"));
            }
        };
        match shown {
            "" => self.overview(posted, &open, &notes, None),
            "print" => self.print(posted, &open, &notes),
            "enough" => self.enough(posted, &open),
            _ if check => self.result(posted, &open, &notes, shown),
            _ => {
                let stayed = posted.carried.place().as_deref() == Some(shown) && !posted.carried.texts.is_empty();
                self.step(posted, &open, &notes, shown, stayed.then_some("selfhelp-saved"))
            }
        }
    }

    fn step(&self, posted: &Posted<'_>, open: &Open, notes: &Notes, place: &str, said: Option<&str>) -> Result<String, Refused> {
        let language = posted.language;
        let (course, nth) = place.split_once('/').and_then(|(course, step)| self.content.step(course, step)).ok_or(Refused::Lost)?;
        let page = StepPage::read(&self.content, &self.look, language, course, nth).ok_or(Refused::Lost)?;
        let mut page = page.noted(&self.content, notes, self.handles.notes(open));
        page.said = said.map(|id| Self::words(language, id).into_owned());
        if said == Some("selfhelp-full") {
            fill(&mut page, posted);
        }
        if let (Some(view), Some(id)) = (&mut page.check, course.steps[nth].check.as_deref()) {
            let l = language.words();
            let line = |(day, sum): (String, u16)| l.t2("selfhelp-check-line", "day", day, "sum", sum).into_owned();
            view.before = Self::results(posted, notes, id).into_iter().map(line).collect();
        }
        Ok(page.render()?)
    }

    fn results(posted: &Posted<'_>, notes: &Notes, check: &str) -> Vec<(String, u16)> {
        let l = posted.language.words();
        notes.results(check).into_iter().map(|done| (l.date_long(done.on), done.sum())).collect()
    }

    /// What changed between the last two times of a check.
    fn change_of(&self, posted: &Posted<'_>, notes: &Notes, id: &str) -> Option<String> {
        let results = notes.results(id);
        let (last, before) = (results.last()?, results.iter().rev().nth(1)?);
        Some(self.content.check(id)?.changed(before.sum(), last.sum(), posted.language).to_owned())
    }

    fn result(&self, posted: &Posted<'_>, open: &Open, notes: &Notes, place: &str) -> Result<String, Refused> {
        let language = posted.language;
        let (course, nth) = place.split_once('/').and_then(|(course, step)| self.content.step(course, step)).ok_or(Refused::Lost)?;
        let check = course.steps[nth].check.as_deref().and_then(|id| self.content.check(id)).ok_or(Refused::Lost)?;
        let answers = check.answers(|at| posted.fields.get(&format!("q{}", at + 1)));
        let mut hidden = vec![("handle".to_owned(), self.handles.notes(open))];
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
        // The language switch asks for this page again, with the same answers.
        hidden.extend(posted.carried.hidden().into_iter().filter(|(name, _)| !name.starts_with('t')));
        hidden.push(("seen".into(), "1".into()));
        let mut page = page.noted();
        page.change = self.change_of(posted, notes, &check.id);
        page.results = Self::results(posted, notes, &check.id);
        page.onward = Onward::to(format!("my/{place}"), hidden);
        Ok(page.render()?)
    }

    /// Enough for today, with notes open: they are saved, and closed by leaving.
    fn enough(&self, posted: &Posted<'_>, open: &Open) -> Result<String, Refused> {
        let language = posted.language;
        let page = self.content.page("enough", language).ok_or(Refused::Lost)?;
        let page = EnoughPage {
            b: Base::new(&self.look, language, posted.rest, &page.title).posted(),
            html: with_notes(&page.html, language, |_| false),
            handle: self.handles.notes(open),
        };
        Ok(page.render()?)
    }

    fn overview(&self, posted: &Posted<'_>, open: &Open, notes: &Notes, said: Option<String>) -> Result<String, Refused> {
        let language = posted.language;
        let title = |place: &str| {
            let (course, step) = place.split_once('/')?;
            let (course, nth) = self.content.step(course, step)?;
            Some(course.steps[nth].text(language)?.title.clone())
        };
        let written: HashSet<&str> = notes.answers.keys().filter_map(|prompt| Some(prompt.rsplit_once('/')?.0)).collect();
        let courses = self.content.courses.iter().map(|course| {
            let steps: Vec<_> = course
                .steps
                .iter()
                .filter_map(|step| {
                    let place = format!("{}/{}", course.id, step.id);
                    let written = written.contains(place.as_str());
                    Some((place, step.text(language)?.title.clone(), written))
                })
                .collect();
            MyCourse {
                title: course.title.in_language(language).to_owned(),
                written: steps.iter().filter(|(_, _, written)| *written).count(),
                steps,
            }
        });
        let checks = self.content.checks.iter().map(|check| MyCheck {
            title: check.title.in_language(language).to_owned(),
            results: Self::results(posted, notes, &check.id),
            change: self.change_of(posted, notes, &check.id),
        });
        let page = MyPage {
            b: Base::new(&self.look, language, "my", Self::words(language, "selfhelp-my-notes")).posted(),
            handle: self.handles.notes(open),
            said,
            last: notes.last.as_ref().and_then(|place| Some((place.clone(), title(place)?))),
            checks: checks.filter(|check| !check.results.is_empty()).collect(),
            courses: courses.collect(),
        };
        Ok(page.render()?)
    }

    fn print(&self, posted: &Posted<'_>, open: &Open, notes: &Notes) -> Result<String, Refused> {
        let language = posted.language;
        let mut parts = Vec::new();
        for course in &self.content.courses {
            for step in &course.steps {
                let Some(text) = step.text(language) else { continue };
                let written = |number: usize| notes.answers.get(&format!("{}/{}/{number}", course.id, step.id)).cloned();
                let texts: Vec<_> =
                    text.prompts.iter().enumerate().filter_map(|(at, prompt)| Some((prompt.clone(), written(at + 1)?))).collect();
                if !texts.is_empty() {
                    parts.push(Part { title: format!("{}: {}", course.title.in_language(language), text.title), texts });
                }
            }
        }
        let page = WrittenPage {
            b: Base::new(&self.look, language, "my/print", Self::words(language, "selfhelp-written-title")).posted(),
            parts,
            onward: Onward::to("my", vec![("handle".into(), self.handles.notes(open))]),
            notes: true,
            step: String::new(),
        };
        Ok(page.render()?)
    }

    fn gone(&self, posted: &Posted<'_>) -> Result<String, Refused> {
        self.told(posted, "selfhelp-gone-title", "selfhelp-gone")
    }

    fn told(&self, posted: &Posted<'_>, title: &str, text: &str) -> Result<String, Refused> {
        let language = posted.language;
        let b = Base::new(&self.look, language, "", Self::words(language, title));
        Ok(Message { b, text: Self::words(language, text).into_owned() }.render()?)
    }
}
