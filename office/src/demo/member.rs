//! A participant's way through the phases of a programme, day by day up to today.

use fairway_domain::case::gate::needed;
use fairway_domain::case::{Event, Verdict};
use fairway_domain::programme::Levels;
use jiff::civil::{Date, Time, Weekday};

use super::course::{Course, PhasePlan, TrackPlan, after, days_between, next_open};
use super::group::{Gathering, Seat};
use super::person::{Draft, Slot, availability, order};
use super::places::Place;
use super::sitting::{Mark, Owner, Present, Sitting, Standing};
use super::story::Story;
use super::words::{self, Tongue, say};
use super::{DemoError, Making};

const PAIRS: [[Weekday; 2]; 2] = [[Weekday::Monday, Weekday::Thursday], [Weekday::Tuesday, Weekday::Friday]];
const HOURS: [i8; 6] = [9, 10, 11, 12, 15, 16];

/// What was done of what counts.
#[derive(Debug, Clone, Copy, Default)]
struct Done {
    done: u32,
    of: u32,
}

/// The days around which a member's way is told.
#[derive(Debug)]
struct Way {
    referred_on: Date,
    suitable_on: Date,
    waiting_on: Date,
    start_on: Date,
    ends_early_on: Option<Date>,
    slot: Slot,
}

impl Making<'_> {
    /// Somebody referred to a programme who is to join this group, and what came of it.
    pub fn member(
        &mut self,
        place: &Place,
        course: &Course,
        track: &TrackPlan,
        group: &Gathering<'_>,
        at: usize,
    ) -> Result<Seat, DemoError> {
        let way = self.way(track, group);
        let draft = self.draft(place, course, track, way.referred_on, group, at)?;
        let (draft, wrapped) = draft;
        let mut story = self.queue(place, &draft, &way)?;
        let mut held = Vec::new();
        let (marks, complete) = self.live(place, &draft, &mut story, &way, group, &mut held)?;
        if let Some(on) = way.ends_early_on.filter(|_| story.case().started_on().is_some() && !complete) {
            let reason = self.chance.pick(&course.programme.definition.reasons.ended_early).id.clone();
            story.then(Event::EndEarly { reason }, draft.facilitator, on, None)?;
        }
        self.write_case(place, &draft, &story, wrapped)?;
        self.thread(place, &draft, &story)?;
        self.measure(&draft, &story, &held)?;
        let ended_on = story.case().ended_on();
        let joined_on = after(group.first_on, -self.chance.between(8, 38)).max(way.waiting_on);
        let joins =
            joined_on <= self.ground.today && story.case().waiting_since().is_some() && way.ends_early_on.is_none_or(|on| on > joined_on);
        let left_on = ended_on.filter(|on| *on <= group.last_on);
        Ok(Seat { case: draft.id, key: draft.key, marks, joined_on: joins.then_some(joined_on), left_on, over: ended_on.is_some() })
    }

    fn way(&mut self, track: &TrackPlan, group: &Gathering<'_>) -> Way {
        let slot = self.case_slot();
        let before: i64 = track.phases.iter().take_while(|phase| !phase.in_group).map(|phase| i64::from(phase.length_days) + 7).sum();
        let start_on = if before == 0 {
            group.first_on
        } else {
            next_open(after(group.first_on, -before - self.chance.between(24, 45)), &slot.weekdays, group.closed)
        };
        let waiting_on = after(start_on, -self.chance.between(8, 130));
        let suitable_on = after(waiting_on, -self.chance.between(0, 4));
        let referred_on = after(suitable_on, -self.chance.between(6, 24));
        let whole = days_between(start_on, group.last_on) + 70;
        let ends_early_on = self.chance.percent(21).then(|| after(start_on, self.chance.between(10, whole.max(11))));
        Way { referred_on, suitable_on, waiting_on, start_on, ends_early_on, slot }
    }

    /// A pair of weekdays and an hour, handed out in turn.
    pub fn case_slot(&mut self) -> Slot {
        self.slots += 1;
        let hour = HOURS[(self.slots / PAIRS.len()) % HOURS.len()];
        Slot { weekdays: PAIRS[self.slots % PAIRS.len()].to_vec(), starts: Time::constant(hour, 0, 0, 0) }
    }

    fn draft<'a>(
        &mut self,
        place: &Place,
        course: &'a Course,
        track: &'a TrackPlan,
        referred_on: Date,
        group: &Gathering<'_>,
        at: usize,
    ) -> Result<(Draft<'a>, crate::vault::Sealed), DemoError> {
        let until = after(group.last_on, self.chance.between(80, 420));
        let slot = Slot { weekdays: group.slot.weekdays.clone(), starts: group.slot.starts };
        let facilitator = group.facilitators[at % group.facilitators.len()];
        self.referral(place, course, track, referred_on, until, facilitator, Some(&slot))
    }

    /// A case to be: its key, its order until about `until`, and who works with it.
    #[expect(clippy::too_many_arguments, reason = "each is a fact of the referral")]
    pub fn referral<'a>(
        &mut self,
        place: &Place,
        course: &'a Course,
        track: &'a TrackPlan,
        referred_on: Date,
        until: Date,
        facilitator: uuid::Uuid,
        slot: Option<&Slot>,
    ) -> Result<(Draft<'a>, crate::vault::Sealed), DemoError> {
        let id = self.chance.id();
        let (key, wrapped) = self.vault.new_key(id)?;
        let (legal_basis, order_starts_on, order_ends_on) = order(&mut self.chance, place, referred_on, until);
        let levels: Levels = *self.chance.pick(&track.levels);
        let tongue = if self.chance.percent(50) { Tongue::Spanish } else { Tongue::English };
        let referrer = self.chance.percent(70).then(|| *self.chance.pick(&place.referrers));
        let availability = availability(&mut self.chance, slot);
        Ok((
            Draft {
                id,
                key,
                course,
                track,
                levels,
                tongue,
                facilitator,
                referrer,
                order_starts_on,
                order_ends_on,
                legal_basis,
                availability,
            },
            wrapped,
        ))
    }

    fn queue(&mut self, place: &Place, draft: &Draft<'_>, way: &Way) -> Result<Story, DemoError> {
        let mut story =
            Story::begin(place.id, draft.referrer.unwrap_or(place.coordinator), way.referred_on.min(self.ground.today), self.ground.today)?;
        let overridden = self.chance.percent(5);
        if self.judge_suitable(place, draft, &mut story, way.suitable_on, overridden)? {
            story.then(Event::PutOnList, place.coordinator, way.waiting_on, None)?;
        }
        Ok(story)
    }

    /// Lives through the phases. The marks of the group's sessions, and whether the programme was completed.
    fn live(
        &mut self,
        place: &Place,
        draft: &Draft<'_>,
        story: &mut Story,
        way: &Way,
        group: &Gathering<'_>,
        held: &mut Vec<(String, Date)>,
    ) -> Result<(Vec<Option<Mark>>, bool), DemoError> {
        let (mut marks, mut last_on) = (Vec::new(), way.start_on);
        let (mut total, mut before): (Done, Option<(&PhasePlan, Done)>) = (Done::default(), None);
        for phase in &draft.track.phases {
            let entry_on = match before {
                None => way.start_on,
                Some(_) if phase.in_group => group.first_on,
                Some(_) => next_open(after(last_on, self.chance.between(6, 12)), &way.slot.weekdays, &place.closed),
            }
            .max(last_on);
            if way.ends_early_on.is_some_and(|on| on < entry_on) || !self.enter(draft, story, phase, before, entry_on)? {
                return Ok((marks, false));
            }
            let done = if phase.in_group {
                last_on = group.last_on;
                self.in_group(group, phase, way, &mut marks, held)
            } else {
                let (done, ended_on) = self.alone(place, draft, phase, way, entry_on, held)?;
                last_on = ended_on;
                done
            };
            total = Done { done: total.done + done.done, of: total.of + done.of };
            before = Some((phase, done));
        }
        let complete_on = after(last_on, self.chance.between(0, 4));
        if way.ends_early_on.is_some_and(|on| on <= complete_on) {
            return Ok((marks, false));
        }
        let enough = draft.course.completes(total.done, total.of);
        let comment = (!enough).then(|| say(&mut self.chance, draft.tongue, words::AGAINST_RULE));
        let verdict = if enough { Verdict::Met } else { Verdict::Overridden { unmet: 1 } };
        self.confirm(draft, before.map(|(phase, _)| phase), complete_on);
        Ok((marks, story.then(Event::Complete { verdict }, draft.facilitator, complete_on, comment)?))
    }

    fn enter(
        &mut self,
        draft: &Draft<'_>,
        story: &mut Story,
        phase: &PhasePlan,
        before: Option<(&PhasePlan, Done)>,
        on: Date,
    ) -> Result<bool, DemoError> {
        let Some((passed, done)) = before else {
            return Ok(story.then(Event::Start { phase: phase.phase.clone(), verdict: Verdict::Met }, draft.facilitator, on, None)?);
        };
        let met = passed.share.is_none_or(|share| done.done >= needed(share, done.of));
        let comment = (!met).then(|| say(&mut self.chance, draft.tongue, words::AGAINST_RULE));
        let verdict = if met { Verdict::Met } else { Verdict::Overridden { unmet: 1 } };
        self.confirm(draft, Some(passed), on);
        Ok(story.then(Event::EnterPhase { phase: phase.phase.clone(), verdict }, draft.facilitator, on, comment)?)
    }

    fn in_group(
        &mut self,
        group: &Gathering<'_>,
        phase: &PhasePlan,
        way: &Way,
        marks: &mut Vec<Option<Mark>>,
        held: &mut Vec<(String, Date)>,
    ) -> Done {
        let mut done = Done::default();
        for (session, met) in phase.sessions.iter().zip(&group.held) {
            let there = met.standing != Standing::Planned && way.ends_early_on.is_none_or(|on| met.on <= on);
            let shaky = way.ends_early_on.is_some_and(|on| days_between(met.on, on) < 30);
            let mark = there.then(|| self.mark(session, met.on, shaky));
            if there {
                held.push((session.id.clone(), met.on));
            }
            if session.counts_to_completion {
                done.of += 1;
                done.done += u32::from(mark.is_some_and(|mark| mark.counts(session.minutes)));
            }
            marks.push(mark);
        }
        done
    }

    /// Individual sessions of a phase: those held are recorded, those to come are planned. What was done, and the last day.
    fn alone(
        &mut self,
        place: &Place,
        draft: &Draft<'_>,
        phase: &PhasePlan,
        way: &Way,
        first_on: Date,
        held: &mut Vec<(String, Date)>,
    ) -> Result<(Done, Date), DemoError> {
        let days = phase.lay(first_on, &way.slot.weekdays, &place.closed);
        let (mut done, mut last_on) = (Done::default(), first_on);
        let starts = way.slot.starts_text();
        let room = place.rooms[1 + self.slots % (place.rooms.len() - 1)];
        for (at, (session, on)) in phase.sessions.iter().zip(days).enumerate() {
            done.of += u32::from(session.counts_to_completion);
            if way.ends_early_on.is_some_and(|ended| on > ended) {
                break;
            }
            last_on = on;
            let standing = self.standing(on);
            let shaky = way.ends_early_on.is_some_and(|ended| days_between(on, ended) < 30);
            let sitting = Sitting {
                owner: Owner::Case(draft.id),
                key: &draft.key,
                unit: place.id,
                phase: &phase.phase.id,
                session,
                seq: at + 1,
                on,
                starts: &starts,
                room,
                facilitator: draft.facilitator,
                standing,
                tongue: draft.tongue,
            };
            if standing == Standing::Planned && way.ends_early_on.is_some_and(|ended| ended <= self.ground.today) {
                continue;
            }
            let mark = self.mark(session, on, shaky);
            if standing != Standing::Planned {
                held.push((session.id.clone(), on));
            }
            done.done += u32::from(standing != Standing::Planned && session.counts_to_completion && mark.counts(session.minutes));
            let over = way.ends_early_on.is_some_and(|ended| ended <= self.ground.today);
            self.sit(&sitting, &[Present { case: draft.id, key: &draft.key, mark, over }])?;
        }
        Ok((done, last_on))
    }

    /// What a professional confirmed when a phase was passed, if that day has come.
    fn confirm(&mut self, draft: &Draft<'_>, passed: Option<&PhasePlan>, on: Date) {
        let Some(passed) = passed.filter(|_| on <= self.ground.today) else { return };
        for condition in &passed.confirmations {
            self.chapter.gates.push(vec![
                self.chance.id().into(),
                draft.id.into(),
                passed.phase.id.as_str().into(),
                condition.as_str().into(),
                true.into(),
                draft.facilitator.into(),
                super::person::stamp(on, 12, 0).into(),
            ]);
        }
    }
}
