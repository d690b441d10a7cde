//! Which reports fall due for a case, by the law of the place and by the programme's definition.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;

use crate::codes::coded;
use crate::concern::ConcernKind;
use crate::jurisdiction::{Due, Report as LawReport};
use crate::programme::{DuePoint, Report as ProgrammeReport};

coded! {
    /// Who demands a report.
    pub enum Demand {
        /// The jurisdiction file.
        Law = "law",
        /// The programme's definition.
        Programme = "programme",
    }
}

/// The rule a report falls due by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rule {
    /// Who demands it.
    pub demand: Demand,
    /// Its id there.
    pub id: String,
}

/// A report that was signed, and the due day it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// By which rule it was due.
    pub rule: Rule,
    /// The day it was due.
    pub due_on: Date,
    /// The day it was signed.
    pub signed_on: Date,
}

/// What the reports of a case follow from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportFacts {
    /// The legal basis of the referral.
    pub legal_basis: String,
    /// The day of the first session.
    pub started_on: Option<Date>,
    /// The day of completion.
    pub completed_on: Option<Date>,
    /// The day of an early end.
    pub ended_early_on: Option<Date>,
    /// Starts and ends of phases and ends of modules that were reached, and when.
    pub reached: Vec<(DuePoint, Date)>,
    /// Concerns recorded, and when.
    pub concerns: Vec<(ConcernKind, Date)>,
    /// Reports signed.
    pub signed: Vec<Signed>,
}

/// How a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It was signed.
    Signed {
        /// When.
        signed_on: Date,
    },
    /// It is not signed and its day is today or later.
    Due {
        /// Days left; 0 on the day itself.
        days_left: u32,
    },
    /// It is not signed and its day has passed.
    Overdue {
        /// Days since.
        days: u32,
    },
}

/// A report that falls due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportDue {
    /// By which rule.
    pub rule: Rule,
    /// The last day to sign it.
    pub due_on: Date,
    /// The first day it tells of.
    pub covers_from: Date,
    /// The last day it tells of.
    pub covers_to: Date,
    /// How it stands.
    pub state: State,
}

/// Every report of a case that has been due or falls due until `until` (both ends included), in the order of their
/// days. Reports that repeat are counted from the start and stop with the case.
pub fn reports_due(law: &[LawReport], programme: &[ProgrammeReport], facts: &ReportFacts, today: Date, until: Date) -> Vec<ReportDue> {
    let mut all = Vec::new();
    for report in law.iter().filter(|report| report.applies_to(&facts.legal_basis)) {
        let rule = Rule { demand: Demand::Law, id: report.id.clone() };
        let days = report.due.iter().flat_map(|due| facts.by_law(due, until));
        all.extend(facts.listed(&rule, days, today, until));
    }
    for report in programme {
        let rule = Rule { demand: Demand::Programme, id: report.id.clone() };
        let days = report.due.iter().flat_map(|due| facts.by_programme(due, until));
        all.extend(facts.listed(&rule, days, today, until));
    }
    all.sort_by(|one, other| (one.due_on, &one.rule).cmp(&(other.due_on, &other.rule)));
    all
}

/// The day a report is due, and the days it covers.
type Covered = (Date, (Date, Date));

impl ReportFacts {
    fn by_law(&self, due: &Due, until: Date) -> Vec<Covered> {
        match due {
            Due::EveryMonths { months } => self.every(*months, until),
            Due::Completion { within_days } => self.once(self.completed_on, i32::from(*within_days)),
            Due::EndedEarly { within_days } => self.once(self.ended_early_on, i32::from(*within_days)),
            Due::Concern { kind, within_days } => {
                let recorded = self.concerns.iter().filter(|(recorded, _)| recorded == kind);
                recorded.flat_map(|(_, on)| self.once(Some(*on), i32::from(*within_days))).collect()
            }
        }
    }

    fn by_programme(&self, due: &DuePoint, until: Date) -> Vec<Covered> {
        match due {
            DuePoint::EveryMonths { months } => self.every(*months, until),
            DuePoint::AfterCompletion { weeks } => self.once(self.completed_on, 7 * i32::from(*weeks)),
            point => {
                let reached = self.reached.iter().filter(|(reached, _)| reached == point);
                reached.flat_map(|(_, on)| self.once(Some(*on), 0)).collect()
            }
        }
    }

    fn once(&self, event_on: Option<Date>, days: i32) -> Vec<Covered> {
        let covered = |on: Date| {
            let from = self.started_on.filter(|start| *start <= on).unwrap_or(on);
            (on.saturating_add(Span::new().days(days)), (from, on))
        };
        event_on.map(covered).into_iter().collect()
    }

    fn every(&self, months: u16, until: Date) -> Vec<Covered> {
        let Some(start) = self.started_on.filter(|_| months > 0) else { return Vec::new() };
        let ended_on = [self.completed_on, self.ended_early_on].into_iter().flatten().min();
        let last = ended_on.map_or(until, |ended| ended.min(until));
        // Counted from the start each time: 31 January, 30 April, 31 July, not 30 July.
        let nth = |n: i32| start.checked_add(Span::new().months(n * i32::from(months)));
        (1..)
            .map_while(|n| Some((nth(n - 1).ok()?, nth(n).ok()?)))
            .take_while(|(_, due_on)| *due_on <= last)
            .map(|(from, due_on)| (due_on, (from, due_on)))
            .collect()
    }

    /// Two due points of one report on one day are one report, which covers what both cover.
    fn listed(&self, rule: &Rule, days: impl Iterator<Item = Covered>, today: Date, until: Date) -> Vec<ReportDue> {
        let mut by_day: BTreeMap<Date, (Date, Date)> = BTreeMap::new();
        for (due_on, (from, to)) in days.filter(|(due_on, _)| *due_on <= until) {
            let covers = by_day.entry(due_on).or_insert((from, to));
            *covers = (covers.0.min(from), covers.1.max(to));
        }
        let listed = by_day.into_iter().map(|(due_on, (covers_from, covers_to))| ReportDue {
            rule: rule.clone(),
            due_on,
            covers_from,
            covers_to,
            state: self.state(rule, due_on, today),
        });
        listed.collect()
    }

    fn state(&self, rule: &Rule, due_on: Date, today: Date) -> State {
        let answer = self.signed.iter().find(|signed| signed.rule == *rule && signed.due_on == due_on);
        if let Some(Signed { signed_on, .. }) = answer {
            return State::Signed { signed_on: *signed_on };
        }
        let days = today.until(due_on).map_or(0, |span| span.get_days());
        match u32::try_from(days) {
            Ok(days_left) => State::Due { days_left },
            Err(_) => State::Overdue { days: days.unsigned_abs() },
        }
    }
}

#[cfg(test)]
mod tests;
