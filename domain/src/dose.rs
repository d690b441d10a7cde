//! The dose: what the definition planned, what was delivered, and what is missing, for a case, a group and a service.

use std::collections::BTreeMap;

use jiff::civil::Date;
use thiserror::Error;

use crate::attendance::Attendance;

/// A session of the track, as planned for one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedSession {
    /// Its id in the definition.
    pub session: String,
    /// How long it lasts.
    pub minutes: u16,
    /// Whether it counts to completion.
    pub counts: bool,
    /// The day it is planned for or was held on; `None` while it has none.
    pub on: Option<Date>,
}

/// A session made up afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MadeUp {
    /// When.
    pub on: Date,
    /// How many minutes it took.
    pub minutes: u16,
}

/// What happened at one holding of a session. A session may have several: repeated, or begun in another group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its id in the definition.
    pub session: String,
    /// Whether the person was there.
    pub attendance: Attendance,
    /// How it was made up, if it was.
    pub made_up: Option<MadeUp>,
}

/// The dose of one case. Every session of the track is in exactly one of `delivered`, `made_up`, `missed`,
/// `unrecorded` and `ahead`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Dose {
    /// Sessions of the track.
    pub planned: u32,
    /// Sessions whose day has come, or for which there is a record.
    pub due: u32,
    /// Attended, so that they count.
    pub delivered: u32,
    /// Made up afterwards.
    pub made_up: u32,
    /// Recorded, neither attended so that they count nor made up.
    pub missed: u32,
    /// Their day has passed and there is no record.
    pub unrecorded: u32,
    /// Still to come.
    pub ahead: u32,
    /// Minutes of the whole track.
    pub minutes_planned: u32,
    /// Minutes of the sessions due.
    pub minutes_due: u32,
    /// Minutes the person was there, make-ups included; at most the planned minutes of each session.
    pub minutes_delivered: u32,
    /// Recorded part attendances whose minutes nobody noted: they are in no sum of minutes delivered.
    pub minutes_unknown: u32,
    /// Sessions of the track that count to completion.
    pub counting: u32,
    /// Of these, those delivered or made up.
    pub counting_done: u32,
}

impl Dose {
    /// Share of the minutes due that were delivered, from 0 to 1; `None` while nothing is due.
    pub fn share_of_due(&self) -> Option<f64> {
        ratio(self.minutes_delivered, self.minutes_due)
    }

    /// Share of the counting sessions that were attended or made up, from 0 to 1; `None` when none counts.
    pub fn share_done(&self) -> Option<f64> {
        ratio(self.counting_done, self.counting)
    }
}

fn ratio(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}

/// The dose of a case on the day `today`.
///
/// Of several holdings of a session the one that brought most is taken, so that a session repeated in another group
/// counts once. Deliveries of sessions outside the track are not counted.
///
/// ```
/// use fairway_domain::attendance::Attendance;
/// use fairway_domain::dose::{Delivery, PlannedSession, dose};
/// use jiff::civil::date;
/// let planned = |session: &str, day| PlannedSession {
///     session: session.into(), minutes: 120, counts: true, on: Some(date(2027, 3, day)),
/// };
/// let there = Delivery { session: "a".into(), attendance: Attendance::Attended, made_up: None };
/// let away = Delivery { session: "b".into(), attendance: Attendance::AbsentUnaccepted, made_up: None };
/// let dose = dose(&[planned("a", 1), planned("b", 8), planned("c", 15)], &[there, away], date(2027, 3, 10));
/// assert_eq!((dose.delivered, dose.missed, dose.ahead), (1, 1, 1));
/// assert_eq!(dose.share_of_due(), Some(0.5));
/// ```
pub fn dose(planned: &[PlannedSession], deliveries: &[Delivery], today: Date) -> Dose {
    let mut held: BTreeMap<&str, Vec<&Delivery>> = BTreeMap::new();
    for delivery in deliveries {
        held.entry(&delivery.session).or_default().push(delivery);
    }
    let mut dose = Dose::default();
    for session in planned {
        let holdings = held.get(session.session.as_str()).map(Vec::as_slice).unwrap_or_default();
        dose.add(session, holdings, today);
    }
    dose
}

impl Dose {
    fn add(&mut self, session: &PlannedSession, holdings: &[&Delivery], today: Date) {
        let minutes = u32::from(session.minutes);
        self.planned += 1;
        self.minutes_planned += minutes;
        self.counting += u32::from(session.counts);
        let best = holdings.iter().max_by_key(|one| worth(one, session.minutes));
        let Some(best) = best else {
            // On the day itself nothing is missing yet.
            let passed = session.on.is_some_and(|on| on < today);
            self.unrecorded += u32::from(passed);
            self.ahead += u32::from(!passed);
            self.due += u32::from(passed);
            self.minutes_due += if passed { minutes } else { 0 };
            return;
        };
        let (step, delivered) = worth(best, session.minutes);
        self.due += 1;
        self.minutes_due += minutes;
        self.minutes_delivered += u32::from(delivered);
        self.minutes_unknown += u32::from(best.attendance.minutes_of(session.minutes).is_none());
        self.delivered += u32::from(step == Step::Delivered);
        self.made_up += u32::from(step == Step::MadeUp);
        self.missed += u32::from(step == Step::Missed);
        self.counting_done += u32::from(session.counts && step != Step::Missed);
    }
}

/// How much a holding brought; a greater one is preferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Missed,
    MadeUp,
    Delivered,
}

/// What a holding brought, and its minutes, never more than planned.
fn worth(delivery: &Delivery, planned: u16) -> (Step, u16) {
    let attended = delivery.attendance.minutes_of(planned).unwrap_or(0);
    let made_up = delivery.made_up.map_or(0, |made_up| made_up.minutes);
    let step = if delivery.attendance.counts(planned) {
        Step::Delivered
    } else if delivery.made_up.is_some() {
        Step::MadeUp
    } else {
        Step::Missed
    };
    (step, attended.saturating_add(made_up).min(planned))
}

/// The doses of many cases together: of a group, or of a service.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct DoseOfMany {
    /// How many cases.
    pub cases: u32,
    /// Sessions due, over all cases.
    pub due: u64,
    /// Sessions delivered or made up.
    pub done: u64,
    /// Sessions missed.
    pub missed: u64,
    /// Sessions without a record after their day.
    pub unrecorded: u64,
    /// Minutes due.
    pub minutes_due: u64,
    /// Minutes delivered.
    pub minutes_delivered: u64,
    /// The middle case's share of its minutes due, over the cases with anything due; `None` when there is none.
    pub median_share: Option<f64>,
}

/// Sums the doses of cases, and takes the median of their shares.
pub fn together<'a>(doses: impl IntoIterator<Item = &'a Dose>) -> DoseOfMany {
    let mut all = DoseOfMany::default();
    let mut shares = Vec::new();
    for dose in doses {
        all.cases += 1;
        all.due += u64::from(dose.due);
        all.done += u64::from(dose.delivered + dose.made_up);
        all.missed += u64::from(dose.missed);
        all.unrecorded += u64::from(dose.unrecorded);
        all.minutes_due += u64::from(dose.minutes_due);
        all.minutes_delivered += u64::from(dose.minutes_delivered);
        shares.extend(dose.share_of_due());
    }
    all.median_share = median(shares);
    all
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        count if count % 2 == 1 => Some(values[middle]),
        _ => Some(f64::midpoint(values[middle - 1], values[middle])),
    }
}

/// What is still missing for completion.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum Incomplete {
    /// The exit gate of a phase has not been passed.
    #[error("phase `{0}` has not been passed")]
    Phase(String),
    /// Fewer counting sessions done than the definition asks.
    #[error("{done} of {needed} sessions are attended or made up")]
    Share {
        /// Sessions attended or made up.
        done: u32,
        /// Sessions needed.
        needed: u32,
    },
}

/// What a case still lacks by the definition's completion rule; empty when it can be completed.
///
/// `share` is the share of counting sessions asked for, `phases` those whose exit gate must have been passed.
///
/// ```
/// use fairway_domain::dose::{Dose, Incomplete, missing_for_completion};
/// let dose = Dose { counting: 40, counting_done: 33, ..Dose::default() };
/// let missing = missing_for_completion(&dose, 0.85, &["group"], &["group"]);
/// assert_eq!(missing, [Incomplete::Share { done: 33, needed: 34 }]);
/// ```
pub fn missing_for_completion<P: AsRef<str>, Q: AsRef<str>>(dose: &Dose, share: f64, phases: &[P], passed: &[Q]) -> Vec<Incomplete> {
    let is_passed = |phase: &&P| passed.iter().any(|one| one.as_ref() == phase.as_ref());
    let open = phases.iter().filter(|phase| !is_passed(phase));
    let mut missing: Vec<_> = open.map(|phase| Incomplete::Phase(phase.as_ref().to_owned())).collect();
    let needed = sessions_needed(dose.counting, share);
    if dose.counting_done < needed {
        missing.push(Incomplete::Share { done: dose.counting_done, needed });
    }
    missing
}

/// The fewest of `counting` sessions that make up `share` of them.
///
/// ```
/// use fairway_domain::dose::sessions_needed;
/// assert_eq!(sessions_needed(40, 0.85), 34);
/// assert_eq!(sessions_needed(41, 0.85), 35);
/// assert_eq!(sessions_needed(10, 1.0), 10);
/// ```
pub fn sessions_needed(counting: u32, share: f64) -> u32 {
    // A share such as 0.85 has no exact binary form: without the slack 0.85 of 40 could ask for a 35th session.
    const SLACK: f64 = 1e-9;
    (0..counting).find(|done| f64::from(*done) + SLACK >= share * f64::from(counting)).unwrap_or(counting)
}

#[cfg(test)]
mod tests;
