//! Open notes: every request brings the handle in its form, reads the notes, and forgets them again.

use std::collections::HashSet;

use askama::Template as _;

use super::checks::fill;
use super::{Posted, Refused, Site};
use crate::content::{Check, with_notes};
use crate::handle::Open;
use crate::notes::Notes;
use crate::seal::Keys;
use crate::store::StoreError;
use crate::view::{Base, EnoughPage, Message, MyCourse, MyPage, Onward, Part, StepPage, WrittenPage};

/// How often a save is tried again when another window saved in between.
const TRIES: usize = 5;

/// What became of a change.
enum Changed {
    /// It is stored: the notes now, and as they were before.
    Kept(Notes, Notes),
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
                return Ok(Changed::Kept(notes, before));
            }
            if let Some(shown) = shown {
                notes.last = Some(shown.to_owned());
            }
            let Some(sealed) = self.sealed(keys, &notes) else { return Ok(Changed::Full(before)) };
            if self.store.replace(&keys.id, &read, &sealed).await? {
                return Ok(Changed::Kept(notes, before));
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
            (Changed::Kept(notes, _), Some(place)) => self.step(posted, open, &notes, &place, Some("selfhelp-saved")),
            (Changed::Full(notes) | Changed::Kept(notes, _), None) => self.overview(posted, open, &notes, None),
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
        let (notes, before) = match changed {
            Changed::Gone => return self.gone(posted),
            Changed::Kept(notes, before) => (notes, before),
            Changed::Full(notes) => {
                let place = posted.carried.place().unwrap_or_default();
                return self.step(posted, &open, &notes, &place, Some("selfhelp-full"));
            }
        };
        match shown {
            "" => self.overview(posted, &open, &notes, None),
            "print" => self.print(posted, &open, &notes),
            "enough" => self.enough(posted, &open),
            _ if check => self.result(posted, &open, (&before, &notes), shown),
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
            let highest = self.content.check(id).map_or(0, Check::highest);
            let line = |(day, sum): (String, u16)| l.t3("selfhelp-check-line", "day", day, "sum", sum, "highest", highest).into_owned();
            view.before = Self::results(posted, notes, id).into_iter().map(line).collect();
        }
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
        let page = MyPage {
            b: Base::new(&self.look, language, "my", Self::words(language, "selfhelp-my-notes")).posted(),
            handle: self.handles.notes(open),
            said,
            last: notes.last.as_ref().and_then(|place| Some((place.clone(), title(place)?))),
            checks: self.checks_of(posted, notes),
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
            checks: self.checks_of(posted, notes),
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
