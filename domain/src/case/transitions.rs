//! The only list of what may happen to a case, and from where.

use super::{EventKind, StageKind};

/// The stage a transition leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// This stage.
    Stage(StageKind),
    /// The stage the case stood in before its end.
    Before,
    /// The case stays where it is.
    Same,
}

/// What a transition asks for besides a date and a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Requires {
    /// A reason code of the programme's list.
    pub reason: bool,
    /// A comment in the person's own words.
    pub comment: bool,
    /// A rule of the definition (criteria, gate, completion), met or overridden with a comment.
    pub rule: bool,
}

/// One permitted transition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transition {
    /// The stage it starts from.
    pub from: StageKind,
    /// What happens.
    pub event: EventKind,
    /// The stage it leads to.
    pub to: To,
    /// What it asks for.
    pub requires: Requires,
}

const NOTHING: Requires = Requires { reason: false, comment: false, rule: false };
const REASON: Requires = Requires { reason: true, ..NOTHING };
const COMMENT: Requires = Requires { comment: true, ..NOTHING };
const RULE: Requires = Requires { rule: true, ..NOTHING };

const fn row(from: StageKind, event: EventKind, to: StageKind, requires: Requires) -> Transition {
    Transition { from, event, to: To::Stage(to), requires }
}

const fn back(from: StageKind) -> Transition {
    Transition { from, event: EventKind::Reopen, to: To::Before, requires: COMMENT }
}

const fn correct(from: StageKind) -> Transition {
    Transition { from, event: EventKind::Correct, to: To::Same, requires: COMMENT }
}

const fn transfer(from: StageKind) -> Transition {
    Transition { from, event: EventKind::Transfer, to: To::Same, requires: NOTHING }
}

/// Every permitted transition. What is not listed is refused.
pub const TRANSITIONS: &[Transition] = {
    use EventKind as E;
    use StageKind as S;
    &[
        row(S::Referred, E::JudgeSuitable, S::Suitable, RULE),
        row(S::NotSuitable, E::JudgeSuitable, S::Suitable, RULE),
        row(S::Referred, E::JudgeNotSuitable, S::NotSuitable, COMMENT),
        row(S::Suitable, E::JudgeNotSuitable, S::NotSuitable, COMMENT),
        row(S::Waiting, E::JudgeNotSuitable, S::NotSuitable, COMMENT),
        row(S::Suitable, E::PutOnList, S::Waiting, NOTHING),
        row(S::Suitable, E::Start, S::InPhase, RULE),
        row(S::Waiting, E::Start, S::InPhase, RULE),
        row(S::InPhase, E::EnterPhase, S::InPhase, RULE),
        row(S::InPhase, E::Complete, S::Completed, RULE),
        row(S::InPhase, E::EndEarly, S::EndedEarly, REASON),
        row(S::Referred, E::NeverStart, S::NeverStarted, REASON),
        row(S::NotSuitable, E::NeverStart, S::NeverStarted, REASON),
        row(S::Suitable, E::NeverStart, S::NeverStarted, REASON),
        row(S::Waiting, E::NeverStart, S::NeverStarted, REASON),
        back(S::NotSuitable),
        back(S::Completed),
        back(S::EndedEarly),
        back(S::NeverStarted),
        correct(S::Referred),
        correct(S::NotSuitable),
        correct(S::Suitable),
        correct(S::Waiting),
        correct(S::InPhase),
        correct(S::Completed),
        correct(S::EndedEarly),
        correct(S::NeverStarted),
        transfer(S::Referred),
        transfer(S::NotSuitable),
        transfer(S::Suitable),
        transfer(S::Waiting),
        transfer(S::InPhase),
        transfer(S::Completed),
        transfer(S::EndedEarly),
        transfer(S::NeverStarted),
    ]
};

/// The transition for this event from this stage, if it is permitted.
pub fn transition(from: StageKind, event: EventKind) -> Option<&'static Transition> {
    TRANSITIONS.iter().find(|t| t.from == from && t.event == event)
}

/// What may happen next from this stage, in the table's order: the actions a page offers.
pub fn offered(from: StageKind) -> impl Iterator<Item = &'static Transition> {
    TRANSITIONS.iter().filter(move |t| t.from == from)
}
