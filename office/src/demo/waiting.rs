//! Those who are in no group: judged, waiting, found unsuitable, never started, or ended in the first weeks.

use fairway_domain::case::{Event, Verdict};
use jiff::civil::Date;

use super::course::{Course, after};
use super::person::{Draft, stamp};
use super::places::Place;
use super::story::Story;
use super::words::{self, say};
use super::{DemoError, Making};

impl Making<'_> {
    /// A case outside any group, referred on this day.
    pub fn loner(&mut self, place: &Place, course: &Course, referred_on: Date) -> Result<(), DemoError> {
        let track = self.chance.pick(&course.tracks);
        let facilitator = *self.chance.pick(&place.facilitators);
        let judged_on = after(referred_on, self.chance.between(7, 30));
        // The order's end decides how pressing a start is: some pass, some press, most have time.
        let until = after(judged_on, i64::from(track.length_days) + self.chance.between(-40, 330));
        let (draft, wrapped) = self.referral(place, course, track, referred_on, until, facilitator, None)?;
        let mut story = Story::begin(place.id, draft.referrer.unwrap_or(place.coordinator), referred_on, self.ground.today)?;
        if self.chance.percent(20) {
            self.judge_not_suitable(place, &draft, &mut story, judged_on)?;
        } else {
            self.wait(place, &draft, &mut story, judged_on)?;
        }
        self.write_case(place, &draft, &story, wrapped)
    }

    fn wait(&mut self, place: &Place, draft: &Draft<'_>, story: &mut Story, judged_on: Date) -> Result<(), DemoError> {
        let overridden = self.chance.percent(4);
        if !self.judge_suitable(place, draft, story, judged_on, overridden)? {
            return Ok(());
        }
        let slow = self.chance.percent(20);
        let waiting_on = after(judged_on, if slow { self.chance.between(20, 60) } else { self.chance.between(0, 9) });
        story.then(Event::PutOnList, place.coordinator, waiting_on, None)?;
        let given_up_on = after(waiting_on, self.chance.between(70, 320));
        let reason = self.chance.pick(&draft.course.programme.definition.reasons.never_started).id.clone();
        story.then(Event::NeverStart { reason }, place.coordinator, given_up_on, None)?;
        Ok(())
    }

    /// The criteria, each with its verdict, and the judgement they lead to. Whether it has come to that.
    pub fn judge_suitable(
        &mut self,
        place: &Place,
        draft: &Draft<'_>,
        story: &mut Story,
        on: Date,
        overridden: bool,
    ) -> Result<bool, DemoError> {
        let comment = overridden.then(|| say(&mut self.chance, draft.tongue, words::AGAINST_RULE));
        let verdict = if overridden { Verdict::Overridden { unmet: 1 } } else { Verdict::Met };
        let judged = story.then(Event::JudgeSuitable { verdict }, place.coordinator, on, comment)?;
        if judged {
            self.criteria(place, draft, on, overridden)?;
        }
        Ok(judged)
    }

    fn judge_not_suitable(&mut self, place: &Place, draft: &Draft<'_>, story: &mut Story, on: Date) -> Result<(), DemoError> {
        let comment = say(&mut self.chance, draft.tongue, words::NOT_SUITABLE);
        if story.then(Event::JudgeNotSuitable, place.coordinator, on, Some(comment))? {
            self.criteria(place, draft, on, true)?;
        }
        Ok(())
    }

    fn criteria(&mut self, place: &Place, draft: &Draft<'_>, on: Date, one_fails: bool) -> Result<(), DemoError> {
        let criteria = &draft.course.programme.definition.suitability;
        let required: Vec<usize> = criteria.iter().enumerate().filter(|(_, criterion)| criterion.required).map(|(at, _)| at).collect();
        let fails = (one_fails && !required.is_empty()).then(|| *self.chance.pick(&required));
        for (at, criterion) in criteria.iter().enumerate() {
            let verdict = match fails {
                Some(failing) if failing == at => "not-met",
                _ if !criterion.required && self.chance.percent(12) => "unknown",
                _ => "met",
            };
            let reason = if verdict == "not-met" {
                Some(draft.key.seal("criterion_judgements.reason_sealed", say(&mut self.chance, draft.tongue, words::NEED_REASONS))?)
            } else {
                None
            };
            self.chapter.criteria.push(vec![
                self.chance.id().into(),
                draft.id.into(),
                criterion.id.as_str().into(),
                verdict.into(),
                reason.into(),
                place.coordinator.into(),
                on.to_string().into(),
                stamp(on, 10, 0).into(),
            ]);
        }
        Ok(())
    }
}
