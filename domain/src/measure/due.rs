//! When the measures of a programme fall due for one case, and how each stands.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::codes::coded;
use crate::programme::{Definition, DuePoint, Track};

/// Days after which a measure that is due is overdue: a fortnight, so that a weekly session can be missed once.
pub const GRACE_DAYS: i32 = 14;

coded! {
    /// How a due point stands.
    pub enum DueStanding {
        /// It was measured.
        Taken = "taken",
        /// To be measured now.
        Due = "due",
        /// It should have been measured by now.
        Overdue = "overdue",
        /// It was not measured, and the next point has been reached or the case has ended: a gap, which stays visible.
        Missed = "missed",
        /// Not reached yet.
        Coming = "coming",
    }
}

/// What is known of a case.
#[derive(Debug, Clone)]
pub struct DueFacts<'a> {
    /// The definition it runs on.
    pub definition: &'a Definition,
    /// Its track; nothing before the start.
    pub track: Option<&'a Track>,
    /// Phases entered, by id, with their days, in order.
    pub entered: &'a [(String, Date)],
    /// Sessions held or made up, by id, with their days.
    pub held: &'a [(String, Date)],
    /// The day the programme was completed.
    pub completed_on: Option<Date>,
    /// Whether the case has ended in another way.
    pub ended: bool,
    /// Today.
    pub today: Date,
}

/// A measurement that took place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenMeasure {
    /// The measure's id.
    pub measure: String,
    /// The code of the point it was taken for.
    pub point: String,
    /// The day.
    pub on: Date,
}

/// A due point of a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueItem {
    /// The measure's id.
    pub measure: String,
    /// The point.
    pub point: DuePoint,
    /// The day it was reached, if it was.
    pub on: Option<Date>,
    /// How it stands.
    pub standing: DueStanding,
    /// The day it was measured.
    pub taken_on: Option<Date>,
}

/// The days on which a measure that was not taken is to be taken at a point: from the day the point is reached until a
/// later one is, if that day is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenPoint {
    /// The measure's id.
    pub measure: String,
    /// The point's code, see [`point_code`].
    pub point: String,
    /// The first day; after a completion it may lie ahead.
    pub from: Date,
    /// The first day on which it counts as missed.
    pub until: Option<Date>,
}

impl OpenPoint {
    /// Whether it is to be taken on this day: then [`due_items`] calls it due or overdue.
    pub fn is_open_on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    /// Whether it should have been taken by this day.
    pub fn is_overdue_on(&self, day: Date) -> bool {
        self.is_open_on(day) && is_late(self.from, day)
    }
}

/// What is to be taken today or later, as far as it is known today: what a list keeps, so that it need not work out every
/// case anew.
pub fn open_points(facts: &DueFacts<'_>, taken: &[TakenMeasure]) -> Vec<OpenPoint> {
    let mut open = Vec::new();
    // Measures share their points, and a point's day takes a look at every session of the track.
    let mut known: BTreeMap<String, Option<Date>> = BTreeMap::new();
    for measure in &facts.definition.measures {
        let mut day_of = |point: &DuePoint| *known.entry(point_code(point)).or_insert_with(|| falls_on(facts, point));
        let days: Vec<Option<Date>> = measure.due.iter().map(&mut day_of).collect();
        for (point, from) in measure.due.iter().zip(&days).filter_map(|(point, on)| on.map(|on| (point, on))) {
            let code = point_code(point);
            if taken.iter().any(|one| one.measure == measure.id && one.point == code) || is_closed(facts, point) {
                continue;
            }
            let until = days.iter().flatten().filter(|day| **day > from).min().copied();
            if until.is_some_and(|until| until <= facts.today) {
                continue;
            }
            open.push(OpenPoint { measure: measure.id.clone(), point: code, from, until });
        }
    }
    open
}

/// A point's stable code, such as `module-end:feelings`.
pub fn point_code(point: &DuePoint) -> String {
    match point {
        DuePoint::PhaseStart { of } => format!("phase-start:{of}"),
        DuePoint::PhaseEnd { of } => format!("phase-end:{of}"),
        DuePoint::ModuleEnd { of } => format!("module-end:{of}"),
        DuePoint::AfterCompletion { weeks } => format!("after-completion:{weeks}"),
        DuePoint::EveryMonths { months } => format!("every-months:{months}"),
    }
}

/// Every due point of every measure, in the definition's order.
pub fn due_items(facts: &DueFacts<'_>, taken: &[TakenMeasure]) -> Vec<DueItem> {
    facts.definition.measures.iter().flat_map(|measure| of_measure(facts, &measure.id, &measure.due, taken)).collect()
}

fn of_measure(facts: &DueFacts<'_>, measure: &str, points: &[DuePoint], taken: &[TakenMeasure]) -> Vec<DueItem> {
    let taken_on = |point: &DuePoint| {
        let code = point_code(point);
        taken.iter().filter(|one| one.measure == measure && one.point == code).map(|one| one.on).max()
    };
    let reached: Vec<Option<Date>> = points.iter().map(|point| reached(facts, point)).collect();
    points
        .iter()
        .zip(&reached)
        .map(|(point, on)| {
            let taken_on = taken_on(point);
            let overtaken = on.is_some_and(|on| reached.iter().flatten().any(|other| *other > on));
            let standing = match (taken_on, *on) {
                (Some(_), _) => DueStanding::Taken,
                (None, None) => DueStanding::Coming,
                (None, Some(_)) if overtaken || is_closed(facts, point) => DueStanding::Missed,
                (None, Some(on)) if is_late(on, facts.today) => DueStanding::Overdue,
                (None, Some(_)) => DueStanding::Due,
            };
            DueItem { measure: measure.to_owned(), point: point.clone(), on: *on, standing, taken_on }
        })
        .collect()
}

/// Whether nothing can be taken for a point any more.
fn is_closed(facts: &DueFacts<'_>, point: &DuePoint) -> bool {
    facts.ended || (facts.completed_on.is_some() && matches!(point, DuePoint::PhaseStart { .. }))
}

fn is_late(since: Date, today: Date) -> bool {
    today > since.saturating_add(GRACE_DAYS.days())
}

/// The day a point was reached, if it was by today.
pub fn reached(facts: &DueFacts<'_>, point: &DuePoint) -> Option<Date> {
    falls_on(facts, point).filter(|on| *on <= facts.today)
}

/// The day a point is reached, as far as it is known.
fn falls_on(facts: &DueFacts<'_>, point: &DuePoint) -> Option<Date> {
    match point {
        DuePoint::PhaseStart { of } => facts.entered.iter().find(|(phase, _)| phase == of).map(|(_, on)| *on),
        DuePoint::PhaseEnd { of } => left(facts, of).or_else(|| last_held(facts, |phase, _| phase == of)),
        DuePoint::ModuleEnd { of } => {
            let (phase, _) = facts.definition.module(of)?;
            last_held(facts, |_, module| module == of).or_else(|| left(facts, &phase.id))
        }
        DuePoint::AfterCompletion { weeks } => facts.completed_on?.checked_add(i32::from(*weeks).weeks()).ok(),
        DuePoint::EveryMonths { .. } => None,
    }
}

/// The day a phase was left: the next was entered, or the programme completed.
fn left(facts: &DueFacts<'_>, phase: &str) -> Option<Date> {
    let at = facts.entered.iter().position(|(entered, _)| entered == phase)?;
    facts.entered.get(at + 1).map(|(_, on)| *on).or(facts.completed_on)
}

/// The day of the last session of the track's that `wanted` chooses, once all of them were held.
fn last_held(facts: &DueFacts<'_>, wanted: impl Fn(&str, &str) -> bool) -> Option<Date> {
    let sessions = facts.definition.sessions_of(facts.track?).filter(|(phase, module, _)| wanted(&phase.id, &module.id));
    let days: Option<Vec<Date>> =
        sessions.map(|(_, _, session)| facts.held.iter().filter(|(held, _)| *held == session.id).map(|(_, on)| *on).max()).collect();
    days?.into_iter().max()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails loudly, and on the exact value")]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::programme::Programme;
    use crate::programme::tests::valid::files;

    fn standing(items: &[DueItem], measure: &str, code: &str) -> DueStanding {
        items.iter().find(|item| item.measure == measure && point_code(&item.point) == code).unwrap().standing
    }

    fn definition() -> Definition {
        Programme::of(&files()).unwrap().definition
    }

    #[test]
    fn a_measure_falls_due_grows_late_and_leaves_a_gap() {
        let definition = definition();
        let entered = [("dock".to_owned(), date(2026, 1, 7)), ("sail".to_owned(), date(2026, 3, 2))];
        let mut facts = DueFacts {
            definition: &definition,
            track: definition.tracks.first(),
            entered: &entered[..1],
            held: &[],
            completed_on: None,
            ended: false,
            today: date(2026, 1, 10),
        };
        let (first, second) = ("phase-start:dock", "module-end:deck");
        assert_eq!(standing(&due_items(&facts, &[]), "mood-scale", first), DueStanding::Due);
        facts.today = date(2026, 1, 22);
        assert_eq!(standing(&due_items(&facts, &[]), "mood-scale", first), DueStanding::Overdue);
        assert_eq!(standing(&due_items(&facts, &[]), "mood-scale", second), DueStanding::Coming);
        let taken = [TakenMeasure { measure: "mood-scale".into(), point: first.into(), on: date(2026, 1, 9) }];
        assert_eq!(standing(&due_items(&facts, &taken), "mood-scale", first), DueStanding::Taken);
        facts.entered = &entered;
        facts.completed_on = Some(date(2026, 4, 1));
        facts.today = date(2026, 4, 5);
        let later = due_items(&facts, &[]);
        assert_eq!(standing(&later, "mood-scale", first), DueStanding::Missed);
        assert_eq!(standing(&later, "mood-scale", second), DueStanding::Due);
        assert_eq!(standing(&later, "later-scale", "after-completion:26"), DueStanding::Coming);
        facts.today = date(2026, 10, 2);
        assert_eq!(standing(&due_items(&facts, &[]), "later-scale", "after-completion:26"), DueStanding::Due);
        facts.completed_on = None;
        facts.ended = true;
        assert!(due_items(&facts, &[]).iter().all(|item| matches!(item.standing, DueStanding::Missed | DueStanding::Coming)));
    }

    #[test]
    fn what_a_list_keeps_says_the_same_on_every_day() {
        let definition = definition();
        let entered = [("dock".to_owned(), date(2026, 1, 7)), ("sail".to_owned(), date(2026, 3, 2))];
        let module = definition.sessions_of(definition.tracks.first().unwrap()).filter(|(_, module, _)| module.id == "deck");
        let held: Vec<(String, Date)> = module.map(|(_, _, session)| (session.id.clone(), date(2026, 2, 3))).collect();
        let first = TakenMeasure { measure: "mood-scale".into(), point: "phase-start:dock".into(), on: date(2026, 1, 9) };
        let mut seen_open = 0;
        for (entered, held, completed_on, ended, taken) in [
            (&entered[..1], &held[..0], None, false, &[][..]),
            (&entered[..1], &held[..], None, false, &[][..]),
            (&entered[..], &held[..], None, false, std::slice::from_ref(&first)),
            (&entered[..], &held[..], Some(date(2026, 4, 1)), false, &[][..]),
            (&entered[..], &held[..], None, true, &[][..]),
        ] {
            let mut facts = DueFacts {
                definition: &definition,
                track: definition.tracks.first(),
                entered,
                held,
                completed_on,
                ended,
                today: date(2026, 2, 3),
            };
            let known_since = entered.iter().chain(held).map(|(_, on)| *on).chain(completed_on).max().unwrap();
            facts.today = known_since;
            let kept = open_points(&facts, taken);
            for days in 0..900_i32 {
                facts.today = known_since.saturating_add(days.days());
                for item in due_items(&facts, taken) {
                    let open = kept.iter().find(|open| open.measure == item.measure && open.point == point_code(&item.point));
                    let open = open.filter(|open| open.is_open_on(facts.today));
                    let is = matches!(item.standing, DueStanding::Due | DueStanding::Overdue);
                    assert_eq!(open.is_some(), is, "{item:?} on {}", facts.today);
                    let late = open.is_some_and(|open| open.is_overdue_on(facts.today));
                    assert_eq!(late, item.standing == DueStanding::Overdue, "{item:?} on {}", facts.today);
                    seen_open += usize::from(is);
                }
            }
        }
        assert!(seen_open > 1_000, "{seen_open}");
    }

    #[test]
    fn a_module_ends_with_its_last_session_of_the_track() {
        let definition = definition();
        let track = definition.tracks.first().unwrap();
        let of_module = definition.sessions_of(track).filter(|(_, module, _)| module.id == "deck");
        let held: Vec<(String, Date)> = of_module.map(|(_, _, session)| (session.id.clone(), date(2026, 2, 3))).collect();
        let facts = DueFacts {
            definition: &definition,
            track: Some(track),
            entered: &[],
            held: &held,
            completed_on: None,
            ended: false,
            today: date(2026, 2, 4),
        };
        assert_eq!(standing(&due_items(&facts, &[]), "mood-scale", "module-end:deck"), DueStanding::Due);
        let without_last = DueFacts { held: &held[1..], ..facts };
        assert_eq!(standing(&due_items(&without_last, &[]), "mood-scale", "module-end:deck"), DueStanding::Coming);
    }
}
