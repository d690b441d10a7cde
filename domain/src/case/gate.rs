//! Whether a phase's gate stands open: each condition of the definition against the facts of the case.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::Verdict;
use crate::codes::coded;
use crate::programme::Condition;

/// So many of so many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// How many are done.
    pub done: u32,
    /// How many there are.
    pub of: u32,
}

/// What is known about the case when the gate is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GateFacts {
    /// The case was judged suitable; nothing while it is not judged.
    pub suitable: Option<bool>,
    /// Counting sessions of this phase and the case's track, attended or made up; nothing while there is no track.
    pub sessions: Option<Share>,
    /// Targets with a judged need (present, absent or unclear), of the programme's targets.
    pub targets: Share,
    /// Ids of the confirmations made.
    pub confirmed: BTreeSet<String>,
    /// Measures that this phase, or an earlier one, asked for, by id: taken or not. One that is not here is not known.
    pub measures_taken: BTreeMap<String, bool>,
    /// Ids of the phases whose exit gate was passed.
    pub phases_passed: BTreeSet<String>,
    /// The last day of the order, if it has one.
    pub order_ends_on: Option<Date>,
    /// The day on which the phase would end, if it can be told.
    pub phase_ends_on: Option<Date>,
}

coded! {
    /// Whether a condition holds.
    pub enum Holds {
        /// It holds.
        Met = "met",
        /// It does not hold.
        NotMet = "not-met",
        /// It cannot be told. An unknown condition keeps the gate shut.
        Unknown = "unknown",
    }
}

/// The figures of a condition, for the sentence that tells of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figures {
    /// Nothing to count.
    None,
    /// So many are there, so many are needed, of so many.
    Count {
        /// How many are there.
        have: u32,
        /// How many are needed.
        need: u32,
        /// How many there are in all.
        of: u32,
    },
    /// The order's end against the phase's end.
    Days {
        /// The last day of the order.
        order_ends_on: Date,
        /// The day on which the phase would end.
        phase_ends_on: Date,
        /// Days from the phase's end to the order's end; negative when the order ends first.
        to_spare: i32,
    },
}

/// One condition and how it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked<'a> {
    /// The condition of the definition.
    pub condition: &'a Condition,
    /// How it stands.
    pub holds: Holds,
    /// Its figures.
    pub figures: Figures,
}

/// Every condition of a gate and how it stands, in the definition's order.
pub fn check<'a>(conditions: &'a [Condition], facts: &GateFacts) -> Vec<Checked<'a>> {
    conditions
        .iter()
        .map(|condition| {
            let (holds, figures) = one(condition, facts);
            Checked { condition, holds, figures }
        })
        .collect()
}

/// What the gate says as a whole: met when every condition is.
pub fn verdict(checked: &[Checked<'_>]) -> Verdict {
    let unmet = checked.iter().filter(|checked| checked.holds != Holds::Met).count();
    match u16::try_from(unmet).unwrap_or(u16::MAX) {
        0 => Verdict::Met,
        unmet => Verdict::NotMet { unmet },
    }
}

impl Verdict {
    /// The same verdict when a named person goes on against the rule; what is met needs no override.
    #[must_use]
    pub const fn overridden(self) -> Self {
        match self {
            Self::NotMet { unmet } => Self::Overridden { unmet },
            other => other,
        }
    }
}

/// The smallest whole number that is at least `share` of `of`; 0 < share <= 1.
pub fn needed(share: f64, of: u32) -> u32 {
    // A share such as 0.85 has no exact binary form: 0.85 x 20 must need 17, not 18.
    let wanted = share * f64::from(of) - 1e-9;
    (0..of).find(|count| f64::from(*count) >= wanted).unwrap_or(of)
}

fn known(holds: Option<bool>) -> (Holds, Figures) {
    let holds = match holds {
        Some(true) => Holds::Met,
        Some(false) => Holds::NotMet,
        None => Holds::Unknown,
    };
    (holds, Figures::None)
}

fn counted(have: u32, need: u32, of: u32) -> (Holds, Figures) {
    let holds = if have >= need { Holds::Met } else { Holds::NotMet };
    (holds, Figures::Count { have, need, of })
}

fn one(condition: &Condition, facts: &GateFacts) -> (Holds, Figures) {
    match condition {
        Condition::Suitable => known(facts.suitable),
        Condition::PhasePassed { phase } => known(Some(facts.phases_passed.contains(phase))),
        Condition::Confirmed { id, .. } => known(Some(facts.confirmed.contains(id))),
        Condition::MeasureTaken { measure } => known(facts.measures_taken.get(measure).copied()),
        Condition::SessionsDone { share } => match facts.sessions {
            Some(Share { done, of }) => counted(done, needed(*share, of), of),
            None => known(None),
        },
        Condition::TargetsJudged { at_least } => {
            let Share { done, of } = facts.targets;
            counted(done, at_least.map_or(of, u32::from), of)
        }
        Condition::OrderCovers => match (facts.order_ends_on, facts.phase_ends_on) {
            (Some(order_ends_on), Some(phase_ends_on)) => {
                let to_spare = phase_ends_on.until(order_ends_on).map_or(0, |span| span.get_days());
                let holds = if order_ends_on >= phase_ends_on { Holds::Met } else { Holds::NotMet };
                (holds, Figures::Days { order_ends_on, phase_ends_on, to_spare })
            }
            _ => known(None),
        },
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::programme::Text;

    fn holds(condition: Condition, facts: &GateFacts) -> (Holds, Figures) {
        let conditions = [condition];
        check(&conditions, facts).first().map_or((Holds::Unknown, Figures::None), |one| (one.holds, one.figures))
    }

    fn set(id: &str) -> BTreeSet<String> {
        BTreeSet::from([id.to_owned()])
    }

    #[test]
    fn named_things_hold_when_they_are_there() {
        let facts = GateFacts {
            confirmed: set("plan"),
            measures_taken: BTreeMap::from([("mood".to_owned(), true), ("sleep".to_owned(), false)]),
            phases_passed: set("first"),
            ..GateFacts::default()
        };
        let confirmed = |id: &str| Condition::Confirmed { id: id.into(), title: Text::default() };
        assert_eq!(holds(confirmed("plan"), &facts).0, Holds::Met);
        assert_eq!(holds(confirmed("other"), &facts).0, Holds::NotMet);
        assert_eq!(holds(Condition::MeasureTaken { measure: "mood".into() }, &facts).0, Holds::Met);
        assert_eq!(holds(Condition::MeasureTaken { measure: "sleep".into() }, &facts).0, Holds::NotMet);
        assert_eq!(holds(Condition::PhasePassed { phase: "first".into() }, &facts).0, Holds::Met);
        assert_eq!(holds(Condition::PhasePassed { phase: "second".into() }, &facts).0, Holds::NotMet);
    }

    #[test]
    fn what_is_not_known_is_said_to_be_unknown() {
        let facts = GateFacts::default();
        let taken = Condition::MeasureTaken { measure: "mood".into() };
        for condition in [Condition::Suitable, Condition::SessionsDone { share: 1.0 }, Condition::OrderCovers, taken] {
            assert_eq!(holds(condition, &facts), (Holds::Unknown, Figures::None));
        }
        assert_eq!(holds(Condition::Suitable, &GateFacts { suitable: Some(false), ..facts }).0, Holds::NotMet);
    }

    #[test]
    fn counts_come_with_their_figures() {
        let facts = GateFacts { sessions: Some(Share { done: 16, of: 20 }), targets: Share { done: 4, of: 9 }, ..GateFacts::default() };
        let figures = Figures::Count { have: 16, need: 17, of: 20 };
        assert_eq!(holds(Condition::SessionsDone { share: 0.85 }, &facts), (Holds::NotMet, figures));
        let some = Condition::TargetsJudged { at_least: Some(4) };
        assert_eq!(holds(some, &facts), (Holds::Met, Figures::Count { have: 4, need: 4, of: 9 }));
        let every = Condition::TargetsJudged { at_least: None };
        assert_eq!(holds(every, &facts), (Holds::NotMet, Figures::Count { have: 4, need: 9, of: 9 }));
    }

    #[test]
    fn an_order_covers_the_phase_to_the_day() {
        let facts = |end| GateFacts { order_ends_on: Some(end), phase_ends_on: Some(date(2027, 3, 1)), ..GateFacts::default() };
        assert_eq!(holds(Condition::OrderCovers, &facts(date(2027, 3, 1))).0, Holds::Met);
        let (holds, figures) = holds(Condition::OrderCovers, &facts(date(2027, 2, 22)));
        assert_eq!(holds, Holds::NotMet);
        assert!(matches!(figures, Figures::Days { to_spare: -7, .. }));
    }

    #[test]
    fn one_unknown_condition_keeps_the_gate_shut() {
        let conditions = [Condition::Suitable, Condition::OrderCovers];
        let facts = GateFacts { suitable: Some(true), ..GateFacts::default() };
        let said = verdict(&check(&conditions, &facts));
        assert_eq!(said, Verdict::NotMet { unmet: 1 });
        assert_eq!(said.overridden(), Verdict::Overridden { unmet: 1 });
        assert_eq!(verdict(&[]).overridden(), Verdict::Met);
    }

    proptest! {
        #[test]
        fn what_is_needed_is_the_least_that_is_enough(percent in 1_u32..=100, of in 0_u32..200) {
            let need = needed(f64::from(percent) / 100.0, of);
            prop_assert!(need * 100 >= percent * of);
            prop_assert!(need == 0 || (need - 1) * 100 < percent * of);
        }
    }
}
