//! A programme's definition as the demo lives through it: tracks, their phases and sessions, and days for them.

use std::sync::Arc;

use fairway_domain::calendar::Closed;
use fairway_domain::case::PhaseRef;
use fairway_domain::case::gate::needed;
use fairway_domain::programme::{Condition, Format, Levels, Programme, SessionPlan};
use fairway_domain::schedule::{Cadence, ToPlan, usual_length_days};
use jiff::Span;
use jiff::civil::{Date, Weekday};
use uuid::Uuid;

/// A definition on offer.
#[derive(Debug)]
pub(super) struct Course {
    /// Its id in the database.
    pub id: Uuid,
    /// The definition.
    pub programme: Arc<Programme>,
    /// Its tracks.
    pub tracks: Vec<TrackPlan>,
    /// The longest track's usual length in days.
    pub longest: u32,
}

/// A track, phase by phase.
#[derive(Debug)]
pub(super) struct TrackPlan {
    /// Its id in the definition.
    pub id: String,
    /// Whom it is for.
    pub levels: Vec<Levels>,
    /// Its usual length in days.
    pub length_days: u32,
    /// Its phases.
    pub phases: Vec<PhasePlan>,
}

/// A phase of a track.
#[derive(Debug)]
pub(super) struct PhasePlan {
    /// The phase.
    pub phase: PhaseRef,
    /// Whether it is lived in a group.
    pub in_group: bool,
    /// Its sessions in order.
    pub sessions: Vec<SessionPlan>,
    /// Its usual length in days.
    pub length_days: u32,
    /// The share of counting sessions its exit gate asks for, if it does.
    pub share: Option<f64>,
    /// What a professional confirms at its exit gate.
    pub confirmations: Vec<String>,
}

impl Course {
    /// The course of a definition.
    pub fn of(id: Uuid, programme: &Arc<Programme>) -> Self {
        let definition = &programme.definition;
        let track = |track: &fairway_domain::programme::Track| {
            let sessions = |phase: &str| {
                definition.sessions_of(track).filter(|(of, _, _)| of.id == phase).map(|(_, _, session)| session.clone()).collect::<Vec<_>>()
            };
            let phases: Vec<_> = definition
                .phases
                .iter()
                .enumerate()
                .filter_map(|(index, phase)| PhasePlan::of(index, phase, sessions(&phase.id)))
                .collect();
            TrackPlan { id: track.id.clone(), levels: track.levels.clone(), length_days: definition.length_in_days(track), phases }
        };
        let tracks: Vec<_> = definition.tracks.iter().map(track).collect();
        let longest = tracks.iter().map(|track| track.length_days).max().unwrap_or(1);
        Self { id, programme: Arc::clone(programme), tracks, longest }
    }

    /// Whether a share of a hundred or so of the counting sessions is enough to complete.
    pub fn completes(&self, done: u32, of: u32) -> bool {
        done >= needed(self.programme.definition.completion.share, of)
    }
}

impl PhasePlan {
    fn of(index: usize, phase: &fairway_domain::programme::Phase, sessions: Vec<SessionPlan>) -> Option<Self> {
        if sessions.is_empty() {
            return None;
        }
        let in_group = sessions.iter().any(|session| session.format == Format::Group);
        let sessions: Vec<_> = sessions.into_iter().filter(|session| (session.format == Format::Group) == in_group).collect();
        let to_plan: Vec<ToPlan> = sessions.iter().map(|session| ToPlan::of(session, &phase.id)).collect();
        let share =
            phase.exit.iter().find_map(|condition| if let Condition::SessionsDone { share } = condition { Some(*share) } else { None });
        let confirmations = phase
            .exit
            .iter()
            .filter_map(|condition| if let Condition::Confirmed { id, .. } = condition { Some(id.clone()) } else { None })
            .collect();
        let reference = PhaseRef { index: u16::try_from(index).unwrap_or(u16::MAX), id: phase.id.clone() };
        Some(Self { phase: reference, in_group, length_days: usual_length_days(&to_plan), sessions, share, confirmations })
    }

    /// A day for each session: the first open weekday of `weekdays` its cadence allows, which is the rule of
    /// [`fairway_domain::schedule`] without its obstacles.
    pub fn lay(&self, first_on: Date, weekdays: &[Weekday], closed: &Closed) -> Vec<Date> {
        let mut days = Vec::with_capacity(self.sessions.len());
        let mut earliest = first_on;
        for (at, session) in self.sessions.iter().enumerate() {
            if let (Some(before), Some(last)) = (at.checked_sub(1).and_then(|before| self.sessions.get(before)), days.last()) {
                earliest = after(*last, Cadence::from(session.cadence).days() + i64::from(before.gap_after));
            }
            earliest = next_open(earliest, weekdays, closed);
            days.push(earliest);
        }
        days
    }
}

/// The first day from `from` on that is one of these weekdays and open.
pub(super) fn next_open(from: Date, weekdays: &[Weekday], closed: &Closed) -> Date {
    let mut on = from;
    for _ in 0..400 {
        if weekdays.contains(&on.weekday()) && closed.is_open(on) {
            break;
        }
        on = after(on, 1);
    }
    on
}

/// So many days later (or earlier).
pub(super) fn after(on: Date, days: i64) -> Date {
    on.saturating_add(Span::new().days(days))
}

/// Days from one date to another.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}
