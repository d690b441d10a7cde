//! What the judged suitability criteria add up to. Whether somebody is suitable is decided by a person; this tells what
//! speaks for it and what is still open.

use std::collections::BTreeMap;

use crate::case::Verdict;
use crate::codes::coded;
use crate::programme::Criterion;

coded! {
    /// How one criterion was judged.
    pub enum Judgement {
        /// It is met.
        Met = "met",
        /// It is not met.
        NotMet = "not-met",
        /// It is not known whether it is met.
        Unknown = "unknown",
    }
}

/// What the judged criteria add up to: ids of the definition's criteria, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Weighed {
    /// Required criteria that are met.
    pub met: Vec<String>,
    /// Required criteria that are not met.
    pub not_met: Vec<String>,
    /// Required criteria that were not judged, or judged unknown.
    pub open: Vec<String>,
    /// Criteria that are not required and not met: worth a look, no obstacle.
    pub remarks: Vec<String>,
}

/// What follows from the criteria.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Follows {
    /// Every required criterion is met.
    Suitable,
    /// None is failed, but some are open: go on judging.
    Open,
    /// Exactly one required criterion keeps the person out. Shown as what it is: nearly.
    NearMiss,
    /// Several required criteria are not met.
    NotMet,
}

/// Adds up the latest judgement of each criterion, by its id.
pub fn weigh(criteria: &[Criterion], judged: &BTreeMap<String, Judgement>) -> Weighed {
    let mut weighed = Weighed::default();
    for criterion in criteria {
        let judgement = judged.get(&criterion.id).copied().unwrap_or(Judgement::Unknown);
        let list = match (criterion.required, judgement) {
            (true, Judgement::Met) => &mut weighed.met,
            (true, Judgement::NotMet) => &mut weighed.not_met,
            (true, Judgement::Unknown) => &mut weighed.open,
            (false, Judgement::NotMet) => &mut weighed.remarks,
            (false, _) => continue,
        };
        list.push(criterion.id.clone());
    }
    weighed
}

impl Weighed {
    /// Required criteria that are not known to be met.
    pub fn unmet(&self) -> u16 {
        u16::try_from(self.not_met.len() + self.open.len()).unwrap_or(u16::MAX)
    }

    /// What follows.
    pub fn follows(&self) -> Follows {
        match (self.not_met.len(), self.open.len()) {
            (0, 0) => Follows::Suitable,
            (0, _) => Follows::Open,
            (1, 0) => Follows::NearMiss,
            _ => Follows::NotMet,
        }
    }

    /// The verdict for the state machine; `against_rule` when a named person decides in spite of what is unmet.
    pub fn verdict(&self, against_rule: bool) -> Verdict {
        match (self.unmet(), against_rule) {
            (0, _) => Verdict::Met,
            (unmet, true) => Verdict::Overridden { unmet },
            (unmet, false) => Verdict::NotMet { unmet },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::Text;

    fn weighed(judged: &[(&str, Judgement)]) -> Weighed {
        let criterion = |id: &str, required| Criterion { id: id.to_owned(), title: Text::default(), help: Text::default(), required };
        let judged = judged.iter().map(|(id, judgement)| ((*id).to_owned(), *judgement)).collect();
        weigh(&[criterion("a", true), criterion("b", true), criterion("c", false)], &judged)
    }

    #[test]
    fn nothing_is_taken_for_met_that_nobody_judged() {
        let nothing = weighed(&[]);
        assert_eq!((nothing.follows(), nothing.unmet()), (Follows::Open, 2));
        assert_eq!(nothing.verdict(false), Verdict::NotMet { unmet: 2 });
        assert_eq!(nothing.verdict(true), Verdict::Overridden { unmet: 2 });
    }

    #[test]
    fn all_required_met_is_suitable_whatever_the_rest_says() {
        let all = weighed(&[("a", Judgement::Met), ("b", Judgement::Met), ("c", Judgement::NotMet)]);
        assert_eq!((all.follows(), all.verdict(true)), (Follows::Suitable, Verdict::Met));
        assert_eq!(all.remarks, ["c"]);
    }

    #[test]
    fn one_short_is_a_near_miss_and_two_are_not() {
        assert_eq!(weighed(&[("a", Judgement::Met), ("b", Judgement::NotMet)]).follows(), Follows::NearMiss);
        assert_eq!(weighed(&[("a", Judgement::NotMet)]).follows(), Follows::NotMet);
        assert_eq!(weighed(&[("a", Judgement::NotMet), ("b", Judgement::NotMet)]).follows(), Follows::NotMet);
    }
}
