//! A case from the referral to its end: a state machine as data, with its history.
//!
//! A [`Case`] is what its history says and nothing else: [`Case::from_history`] gives the same value as living through
//! the events one by one. Nothing is edited; a reopening and a correction are events like the others.

use jiff::civil::Date;
use thiserror::Error;
use uuid::Uuid;

mod event;
pub mod gate;
mod stage;
mod transitions;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails loudly")]
mod tests;

pub use event::{CaseDate, Event, EventKind, Happening, Verdict};
pub use stage::{PhaseRef, Stage, StageKind};
pub use transitions::{Requires, TRANSITIONS, To, Transition, offered, transition};

/// Who, when and why: what surrounds every event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Today, in the service's time zone.
    pub today: Date,
    /// The day on which the event took effect.
    pub on: Date,
    /// The person who decides it.
    pub by: Uuid,
    /// Why, in that person's words.
    pub comment: Option<String>,
}

/// A phase the case entered, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnteredPhase {
    /// The phase.
    pub phase: PhaseRef,
    /// The day it was entered.
    pub on: Date,
}

/// Why an event was refused, with what a message about it needs.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refused {
    /// The table has no such transition.
    #[error("{event} is not possible from {stage}")]
    NotFromHere {
        /// Where the case stands.
        stage: StageKind,
        /// What was asked.
        event: EventKind,
    },
    /// Completing or ending early needs a start.
    #[error("{event} needs a start, and the case has none")]
    NeverBegan {
        /// What was asked.
        event: EventKind,
    },
    /// A case which started cannot be said never to have started, nor start again.
    #[error("the case started on {started_on}")]
    AlreadyStarted {
        /// When it started.
        started_on: Date,
    },
    /// The event lies in the future.
    #[error("{on} lies after today, {today}")]
    InFuture {
        /// The date given.
        on: Date,
        /// Today.
        today: Date,
    },
    /// The event lies before something that already happened.
    #[error("{on} lies before {previous}")]
    BeforePrevious {
        /// The date given.
        on: Date,
        /// The latest date of what already happened.
        previous: Date,
        /// Which date of the case that is; nothing for a reopening, a transfer or a judgement of not suitable.
        what: Option<CaseDate>,
    },
    /// A correction would put the dates of the case out of order.
    #[error("{earlier} ({earlier_on}) would lie after {later} ({later_on})")]
    OutOfOrder {
        /// The date that must not be later.
        earlier: CaseDate,
        /// What it would be.
        earlier_on: Date,
        /// The date that must not be earlier.
        later: CaseDate,
        /// What it would be.
        later_on: Date,
    },
    /// There is no such date to correct.
    #[error("the case has no date `{what}`")]
    NoSuchDate {
        /// Which date was asked for.
        what: CaseDate,
    },
    /// The programme's list of reasons must be chosen from.
    #[error("{event} needs a reason")]
    ReasonMissing {
        /// What was asked.
        event: EventKind,
    },
    /// The person must say why.
    #[error("{event} needs a comment that says why")]
    CommentMissing {
        /// What was asked.
        event: EventKind,
    },
    /// The criteria, the gate or the completion rule do not hold.
    #[error("{unmet} conditions do not hold")]
    RuleNotMet {
        /// What was asked.
        event: EventKind,
        /// How many conditions do not hold.
        unmet: u16,
    },
    /// Phases are entered one after the other.
    #[error("phase {expected} comes next, not phase {asked}")]
    WrongPhase {
        /// The place of the phase that comes next, from 0.
        expected: u16,
        /// The place that was asked for, from 0.
        asked: u16,
    },
    /// The case already belongs to that unit.
    #[error("the case already belongs to this unit")]
    SameUnit,
    /// A history begins with the referral and has only one.
    #[error("a history begins with one referral")]
    NotOneReferral,
}

/// A case: where it stands and when it came there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    stage: Stage,
    unit: Uuid,
    referred_on: Date,
    suitable_on: Option<Date>,
    waiting_since: Option<Date>,
    phases: Vec<EnteredPhase>,
    ended_on: Option<Date>,
    /// The stages that ends were entered from, innermost last: where a reopening leads.
    before: Vec<Stage>,
    /// The latest day of what has no date of its own: not suitable, reopened, transferred.
    floor: Option<Date>,
}

impl Case {
    /// Registers a referral: the beginning of every case.
    pub fn refer(unit: Uuid, facts: &Facts) -> Result<(Self, Happening), Refused> {
        if facts.on > facts.today {
            return Err(Refused::InFuture { on: facts.on, today: facts.today });
        }
        let happening = Happening {
            event: Event::Refer { unit },
            on: facts.on,
            by: facts.by,
            from: None,
            to: StageKind::Referred,
            comment: facts.comment.clone(),
        };
        Ok((Self::referred(unit, facts.on), happening))
    }

    /// The case its history tells of. Comments are not needed; the rules' verdicts are those of the time.
    pub fn from_history(history: &[Happening]) -> Result<Self, Refused> {
        let (first, rest) = history.split_first().ok_or(Refused::NotOneReferral)?;
        let Event::Refer { unit } = first.event else { return Err(Refused::NotOneReferral) };
        rest.iter().try_fold(Self::referred(unit, first.on), |case, happening| case.step(&happening.event, happening.on))
    }

    /// Lets an event happen, or says why not. The record of it is to be kept: it is the only trace.
    pub fn apply(self, event: Event, facts: &Facts) -> Result<(Self, Happening), Refused> {
        let kind = event.kind();
        let transition = self.permitted(kind)?;
        let latest = match &event {
            Event::Correct { to, .. } => facts.on.max(*to),
            _ => facts.on,
        };
        if latest > facts.today {
            return Err(Refused::InFuture { on: latest, today: facts.today });
        }
        if let Some(Verdict::NotMet { unmet }) = event.verdict() {
            return Err(Refused::RuleNotMet { event: kind, unmet });
        }
        if transition.requires.reason && event.reason().is_none_or(|reason| reason.trim().is_empty()) {
            return Err(Refused::ReasonMissing { event: kind });
        }
        let comment = facts.comment.as_deref().map(str::trim).filter(|comment| !comment.is_empty());
        if (transition.requires.comment || event.is_override()) && comment.is_none() {
            return Err(Refused::CommentMissing { event: kind });
        }
        let from = self.stage.kind();
        let case = self.step(&event, facts.on)?;
        let happening =
            Happening { event, on: facts.on, by: facts.by, from: Some(from), to: case.stage.kind(), comment: comment.map(str::to_owned) };
        Ok((case, happening))
    }

    fn referred(unit: Uuid, on: Date) -> Self {
        Self {
            stage: Stage::Referred,
            unit,
            referred_on: on,
            suitable_on: None,
            waiting_since: None,
            phases: Vec::new(),
            ended_on: None,
            before: Vec::new(),
            floor: None,
        }
    }

    /// The table's row for this event from here; the refusals that deserve better words than "not from here" first.
    fn permitted(&self, event: EventKind) -> Result<&'static Transition, Refused> {
        match (event, self.started_on()) {
            (EventKind::Refer, _) => return Err(Refused::NotOneReferral),
            (EventKind::Complete | EventKind::EndEarly | EventKind::EnterPhase, None) => {
                return Err(Refused::NeverBegan { event });
            }
            (EventKind::NeverStart | EventKind::Start, Some(started_on)) => {
                return Err(Refused::AlreadyStarted { started_on });
            }
            _ => {}
        }
        let stage = self.stage.kind();
        transition(stage, event).ok_or(Refused::NotFromHere { stage, event })
    }

    /// One step of the machine: what holds for a new event and for a replayed one alike.
    fn step(mut self, event: &Event, on: Date) -> Result<Self, Refused> {
        let to = self.permitted(event.kind())?.to;
        let (previous, what) = self.latest();
        if on < previous {
            return Err(Refused::BeforePrevious { on, previous, what });
        }
        match event {
            Event::JudgeSuitable { .. } => {
                if self.stage == Stage::NotSuitable {
                    self.before.pop();
                }
                self.suitable_on = Some(on);
                self.waiting_since = None;
                self.stage = Stage::Suitable;
            }
            Event::PutOnList => {
                self.waiting_since = Some(on);
                self.stage = Stage::Waiting;
            }
            Event::Start { phase, .. } | Event::EnterPhase { phase, .. } => self.enter(phase, on)?,
            Event::JudgeNotSuitable => {
                self.floor = Some(on);
                self.end(Stage::NotSuitable);
            }
            Event::Complete { .. } => {
                self.ended_on = Some(on);
                self.end(Stage::Completed);
            }
            Event::EndEarly { reason } => {
                self.ended_on = Some(on);
                self.end(Stage::EndedEarly { reason: reason.clone() });
            }
            Event::NeverStart { reason } => {
                self.ended_on = Some(on);
                self.end(Stage::NeverStarted { reason: reason.clone() });
            }
            Event::Reopen => {
                let stage = self.stage.kind();
                self.stage = self.before.pop().ok_or(Refused::NotFromHere { stage, event: EventKind::Reopen })?;
                self.ended_on = None;
                self.floor = Some(on);
            }
            Event::Correct { what, to } => self.correct(*what, *to)?,
            Event::Transfer { unit } if *unit == self.unit => return Err(Refused::SameUnit),
            Event::Transfer { unit } => {
                self.unit = *unit;
                self.floor = Some(on);
            }
            Event::Refer { .. } => return Err(Refused::NotOneReferral),
        }
        debug_assert!(match to {
            To::Stage(kind) => self.stage.kind() == kind,
            To::Before | To::Same => true,
        });
        Ok(self)
    }

    fn enter(&mut self, phase: &PhaseRef, on: Date) -> Result<(), Refused> {
        let expected = self.phases.last().map_or(0, |entered| entered.phase.index.saturating_add(1));
        if phase.index != expected {
            return Err(Refused::WrongPhase { expected, asked: phase.index });
        }
        self.phases.push(EnteredPhase { phase: phase.clone(), on });
        self.stage = Stage::InPhase { phase: phase.clone() };
        Ok(())
    }

    fn end(&mut self, end: Stage) {
        self.before.push(std::mem::replace(&mut self.stage, end));
    }

    fn correct(&mut self, what: CaseDate, to: Date) -> Result<(), Refused> {
        let date = match what {
            CaseDate::Referred => Some(&mut self.referred_on),
            CaseDate::Suitable => self.suitable_on.as_mut(),
            CaseDate::Waiting => self.waiting_since.as_mut(),
            CaseDate::Phase(index) => self.phases.get_mut(usize::from(index)).map(|entered| &mut entered.on),
            CaseDate::Ended => self.ended_on.as_mut(),
        };
        *date.ok_or(Refused::NoSuchDate { what })? = to;
        let dates = self.dates();
        for pair in dates.windows(2) {
            if let [(earlier, earlier_on), (later, later_on)] = *pair
                && earlier_on > later_on
            {
                return Err(Refused::OutOfOrder { earlier, earlier_on, later, later_on });
            }
        }
        Ok(())
    }

    /// The latest day on which anything happened, and which date of the case it is.
    fn latest(&self) -> (Date, Option<CaseDate>) {
        let last = self.dates().last().map_or((self.referred_on, None), |(what, on)| (*on, Some(*what)));
        match self.floor {
            Some(floor) if floor > last.0 => (floor, None),
            _ => last,
        }
    }

    /// Every date of the case in the order in which they must lie.
    pub fn dates(&self) -> Vec<(CaseDate, Date)> {
        let mut dates = vec![(CaseDate::Referred, self.referred_on)];
        dates.extend(self.suitable_on.map(|on| (CaseDate::Suitable, on)));
        dates.extend(self.waiting_since.map(|on| (CaseDate::Waiting, on)));
        dates.extend(self.phases.iter().map(|entered| (CaseDate::Phase(entered.phase.index), entered.on)));
        dates.extend(self.ended_on.map(|on| (CaseDate::Ended, on)));
        dates
    }

    /// Where the case stands.
    pub const fn stage(&self) -> &Stage {
        &self.stage
    }

    /// The unit the case belongs to.
    pub const fn unit(&self) -> Uuid {
        self.unit
    }

    /// When the referral came.
    pub const fn referred_on(&self) -> Date {
        self.referred_on
    }

    /// When the case was last judged suitable.
    pub const fn suitable_on(&self) -> Option<Date> {
        self.suitable_on
    }

    /// When the case was put on the waiting list.
    pub const fn waiting_since(&self) -> Option<Date> {
        self.waiting_since
    }

    /// When the first phase was entered.
    pub fn started_on(&self) -> Option<Date> {
        self.phases.first().map(|entered| entered.on)
    }

    /// When the case was completed, ended early or ended without a start.
    pub const fn ended_on(&self) -> Option<Date> {
        self.ended_on
    }

    /// The phases entered, in their order.
    pub fn phases(&self) -> &[EnteredPhase] {
        &self.phases
    }
}
