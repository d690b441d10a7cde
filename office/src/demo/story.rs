//! A case's history as it is told: legal by the domain's state machine, and nothing of it after today.

use fairway_domain::case::{Case, Event, Facts, Happening, Refused, StageKind};
use jiff::civil::Date;
use uuid::Uuid;

/// A history under way.
#[derive(Debug)]
pub(super) struct Story {
    case: Case,
    history: Vec<Happening>,
    today: Date,
    over: bool,
}

impl Story {
    /// Begins with the referral.
    pub fn begin(unit: Uuid, by: Uuid, on: Date, today: Date) -> Result<Self, Refused> {
        let (case, happening) = Case::refer(unit, &Facts { today, on, by, comment: None })?;
        Ok(Self { case, history: vec![happening], today, over: false })
    }

    /// Lets the next event happen; what lies after today has not happened, nor has anything meant to follow it. Whether
    /// it did.
    pub fn then(&mut self, event: Event, by: Uuid, on: Date, comment: Option<&str>) -> Result<bool, Refused> {
        if self.over || on > self.today {
            self.over = true;
            return Ok(false);
        }
        let facts = Facts { today: self.today, on, by, comment: comment.map(str::to_owned) };
        let (case, happening) = self.case.clone().apply(event, &facts)?;
        self.case = case;
        self.history.push(happening);
        Ok(true)
    }

    /// Where the case stands.
    pub fn case(&self) -> &Case {
        &self.case
    }

    /// Everything that happened.
    pub fn history(&self) -> &[Happening] {
        &self.history
    }

    /// Since when it stands there.
    pub fn stage_since_on(&self) -> Date {
        let last = || self.history.last().map_or(self.case.referred_on(), |happening| happening.on);
        match self.case.stage().kind() {
            StageKind::Referred => self.case.referred_on(),
            StageKind::Suitable => self.case.suitable_on().unwrap_or_else(last),
            StageKind::Waiting => self.case.waiting_since().unwrap_or_else(last),
            StageKind::InPhase => self.case.phases().last().map_or_else(last, |entered| entered.on),
            StageKind::Completed | StageKind::EndedEarly | StageKind::NeverStarted => self.case.ended_on().unwrap_or_else(last),
            StageKind::NotSuitable => last(),
        }
    }
}
