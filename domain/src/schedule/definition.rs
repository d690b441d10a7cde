//! From the definition's words to the schedule's.

use super::{Cadence, Kind, ToPlan};
use crate::programme;

impl ToPlan {
    /// A session of the definition, in its phase.
    pub fn of(plan: &programme::SessionPlan, phase: &str) -> Self {
        Self {
            session: plan.id.clone(),
            phase: phase.to_owned(),
            kind: plan.format.into(),
            minutes: plan.minutes,
            cadence: plan.cadence.into(),
            gap_after: plan.gap_after,
        }
    }
}

impl From<programme::Format> for Kind {
    fn from(format: programme::Format) -> Self {
        match format {
            programme::Format::Individual => Self::Individual,
            programme::Format::Group => Self::Group,
        }
    }
}

impl From<programme::Cadence> for Cadence {
    fn from(cadence: programme::Cadence) -> Self {
        match cadence {
            programme::Cadence::TwiceWeekly => Self::TwiceWeekly,
            programme::Cadence::Weekly => Self::Weekly,
            programme::Cadence::Fortnightly => Self::Fortnightly,
            programme::Cadence::Monthly => Self::Monthly,
            programme::Cadence::Bimonthly => Self::Bimonthly,
            programme::Cadence::Quarterly => Self::Quarterly,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_and_the_schedule_agree_on_every_distance() {
        for (cadence, code) in [
            (programme::Cadence::TwiceWeekly, "twice-weekly"),
            (programme::Cadence::Weekly, "weekly"),
            (programme::Cadence::Fortnightly, "fortnightly"),
            (programme::Cadence::Monthly, "monthly"),
            (programme::Cadence::Bimonthly, "bimonthly"),
            (programme::Cadence::Quarterly, "quarterly"),
        ] {
            assert_eq!(Cadence::from(cadence).code(), code);
            assert_eq!(Cadence::from(cadence).days(), i64::from(cadence.days()));
        }
    }
}
