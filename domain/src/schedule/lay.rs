//! Laying sessions out: each takes the first free slot its cadence allows.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::{Date, Time};

use super::{Fixed, HORIZON_DAYS, Kind, Placed, Request, Schedule, Slot, Span, State, ToPlan, Whom, Why};

/// Lays the sessions of `request` out, by the rules in the [module](super)'s words.
///
/// ```
/// use fairway_domain::calendar::Closed;
/// use fairway_domain::schedule::{Cadence, Kind, Request, Slot, ToPlan, plan};
/// use jiff::civil::{Weekday, date, time};
///
/// let session = |id: &str| ToPlan {
///     session: id.into(), phase: "group".into(), kind: Kind::Group,
///     minutes: 120, cadence: Cadence::Weekly, gap_after: 0,
/// };
/// let schedule = plan(&Request {
///     today: date(2026, 12, 21),
///     not_before_on: date(2026, 12, 29),
///     sessions: ["one", "two", "three"].map(session).into(),
///     slots: vec![Slot {
///         kind: Kind::Group, weekdays: vec![Weekday::Wednesday], starts: time(17, 0, 0, 0),
///         room: Some("blue".into()), facilitators: vec!["alba".into(), "ivo".into()],
///     }],
///     closed: Closed::from_iter([date(2027, 1, 6)]),
///     absences: vec![], busy: vec![], attending: vec![], recorded: vec![], pinned: vec![],
///     order_ends_on: Some(date(2027, 1, 15)),
/// });
/// let days: Vec<_> = schedule.sessions.iter().map(|placed| placed.on).collect();
/// // 6 January is a holiday: "two" moves a week, and "three" with it, five days past the order.
/// assert_eq!(days, [date(2026, 12, 30), date(2027, 1, 13), date(2027, 1, 20)]);
/// assert_eq!(schedule.days_beyond_order, Some(5));
/// ```
pub fn plan(request: &Request) -> Schedule {
    let obstacles = Obstacles::of(request);
    let first_on = request.today.max(request.not_before_on);
    let mut layout = Layout {
        request,
        obstacles: &obstacles,
        last_on: days_after(first_on, HORIZON_DAYS).unwrap_or(Date::MAX),
        counts_from: None,
        floor: (first_on, 0),
        front: None,
        own: Vec::new(),
        stuck_at: None,
        schedule: Schedule::default(),
    };
    layout.note_recorded();
    let mut seen = BTreeSet::new();
    for session in request.sessions.iter().filter(|session| seen.insert(session.session.as_str())) {
        layout.lay(session);
    }
    let mut schedule = layout.schedule;
    schedule.ends_on = schedule.sessions.iter().map(|placed| placed.on).max();
    schedule.days_beyond_order = schedule.ends_on.and_then(|on| days_beyond(on, request.order_ends_on?));
    schedule
}

/// How many days `on` lies after `order_ends_on`.
fn days_beyond(on: Date, order_ends_on: Date) -> Option<u32> {
    let days = order_ends_on.until(on).ok()?.get_days();
    u32::try_from(days).ok().filter(|days| *days > 0)
}

/// The date so many days later, if the calendar reaches that far.
pub(super) fn days_after(on: Date, days: i64) -> Option<Date> {
    on.checked_add(days.days()).ok()
}

/// What stands in the way on a day, ready to be asked many times.
pub(super) struct Obstacles<'a> {
    request: &'a Request,
    busy: BTreeMap<(&'a Whom, Date), Vec<Span>>,
}

impl<'a> Obstacles<'a> {
    pub(super) fn of(request: &'a Request) -> Self {
        let mut busy: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for one in &request.busy {
            busy.entry((&one.whom, one.on)).or_default().push(Span::between(one.from, one.to));
        }
        Self { request, busy }
    }

    /// The first thing that bars a session then, with this room and these facilitators.
    pub(super) fn bar(&self, on: Date, span: Span, room: Option<&str>, led_by: &[String]) -> Option<Why> {
        if !self.request.closed.is_open(on) {
            return Some(Why::Holiday(on));
        }
        let people = || led_by.iter().chain(&self.request.attending);
        let away = |who: &&String| {
            let is_away = |absence: &super::Absence| absence.who == **who && absence.from_on <= on && on <= absence.to_on;
            self.request.absences.iter().any(is_away)
        };
        if let Some(who) = people().find(away) {
            return Some(Why::Absent(who.clone(), on));
        }
        let rooms = room.map(|room| Whom::Room(room.to_owned()));
        rooms
            .into_iter()
            .chain(people().map(|who| Whom::Person(who.clone())))
            .find(|whom| self.engaged(whom, on, span))
            .map(|whom| Why::Busy(whom, on))
    }

    fn engaged(&self, whom: &Whom, on: Date, span: Span) -> bool {
        let spans = self.busy.get(&(whom, on)).map_or(&[][..], Vec::as_slice);
        spans.iter().any(|taken| taken.overlaps(span))
    }
}

/// The layout so far.
struct Layout<'a> {
    request: &'a Request,
    obstacles: &'a Obstacles<'a>,
    /// No slot is looked for after this day.
    last_on: Date,
    /// From when the distance to the next session is counted, and the gap the last one asks for.
    counts_from: Option<(Date, u16)>,
    /// Nothing that is not recorded starts before this day and minute.
    floor: (Date, i32),
    /// Order: when the last of the sessions so far ends.
    front: Option<(Date, i32)>,
    /// When this schedule's own sessions are held.
    own: Vec<(Date, Span)>,
    /// The first session that found no day.
    stuck_at: Option<String>,
    schedule: Schedule,
}

impl Layout<'_> {
    /// Recorded sessions take up their time before anything is laid: one recorded out of turn bars its hour too.
    fn note_recorded(&mut self) {
        for session in &self.request.sessions {
            if let Some(held) = fixed(&self.request.recorded, session) {
                self.own.push((held.on, Span::of(held.starts, session.minutes)));
            }
        }
    }

    fn lay(&mut self, session: &ToPlan) {
        if let Some(held) = fixed(&self.request.recorded, session) {
            return self.put(session, held, State::Recorded, Vec::new());
        }
        if let Some(before) = &self.stuck_at {
            let why = Why::After(before.clone());
            return self.schedule.unplaced.push((session.session.clone(), why));
        }
        let mut reasons = Vec::new();
        if let Some(pin) = fixed(&self.request.pinned, session) {
            match self.pin_broken(session, pin) {
                None => return self.put(session, pin, State::Pinned, reasons),
                Some(why) => reasons.push(why),
            }
        }
        match self.first_free(session, &mut reasons) {
            Ok((on, slot)) => {
                let place = Fixed {
                    session: session.session.clone(),
                    on,
                    starts: slot.starts,
                    room: slot.room.clone(),
                    facilitators: slot.facilitators.clone(),
                    counts_from_on: on,
                };
                self.put(session, &place, State::Planned, reasons);
            }
            Err(why) => {
                self.stuck_at = Some(session.session.clone());
                self.schedule.unplaced.push((session.session.clone(), why));
            }
        }
    }

    /// Why a session moved by hand cannot stay where it was put.
    fn pin_broken(&self, session: &ToPlan, pin: &Fixed) -> Option<Why> {
        let span = Span::of(pin.starts, session.minutes);
        if pin.on < self.request.today {
            Some(Why::NotHeld(pin.on))
        } else if pin.on < self.request.not_before_on {
            Some(Why::BeforeStart(pin.on))
        } else if (pin.on, span.start) < self.not_before() {
            Some(Why::Overtaken(pin.on))
        } else if span.past_midnight() {
            Some(Why::PastMidnight)
        } else {
            self.bar(pin.on, span, pin.room.as_deref(), &pin.facilitators)
        }
    }

    fn bar(&self, on: Date, span: Span, room: Option<&str>, led_by: &[String]) -> Option<Why> {
        let own = self.own.iter().any(|(held_on, held)| *held_on == on && held.overlaps(span));
        if own { Some(Why::OwnSession(on)) } else { self.obstacles.bar(on, span, room, led_by) }
    }

    /// The first slot that order, cadence and obstacles leave; what barred earlier ones is added to `reasons`.
    fn first_free(&self, session: &ToPlan, reasons: &mut Vec<Why>) -> Result<(Date, &Slot), Why> {
        let slots = slots_of(&self.request.slots, session.kind, session.minutes)?;
        let mut on = self.earliest(session).ok_or(Why::BeyondHorizon)?;
        while on <= self.last_on {
            for slot in slots.iter().filter(|slot| slot.weekdays.contains(&on.weekday())) {
                let span = Span::of(slot.starts, session.minutes);
                if (on, span.start) < self.not_before() {
                    continue;
                }
                match self.bar(on, span, slot.room.as_deref(), &slot.facilitators) {
                    None => return Ok((on, slot)),
                    Some(why) if reasons.contains(&why) => {}
                    Some(why) => reasons.push(why),
                }
            }
            on = on.tomorrow().map_err(|_| Why::BeyondHorizon)?;
        }
        Err(Why::BeyondHorizon)
    }

    /// When the next session may start at the earliest, its cadence apart.
    fn not_before(&self) -> (Date, i32) {
        self.front.map_or(self.floor, |front| front.max(self.floor))
    }

    /// The first day that order and cadence allow.
    fn earliest(&self, session: &ToPlan) -> Option<Date> {
        let (not_before_on, _) = self.not_before();
        let Some((counts_from, gap)) = self.counts_from else {
            return Some(not_before_on);
        };
        let by_cadence = days_after(counts_from, session.cadence.days() + i64::from(gap))?;
        Some(by_cadence.max(not_before_on))
    }

    fn put(&mut self, session: &ToPlan, place: &Fixed, state: State, reason_moved: Vec<Why>) {
        let span = Span::of(place.starts, session.minutes);
        // A session recorded out of turn, before one that precedes it, pulls neither order nor cadence back.
        if self.front.is_none_or(|front| front <= (place.on, span.start)) {
            self.front = Some((place.on, span.end));
            self.counts_from = Some((place.counts_from_on, session.gap_after));
        }
        if state != State::Recorded {
            self.own.push((place.on, span));
        }
        self.schedule.sessions.push(Placed {
            session: session.session.clone(),
            phase: session.phase.clone(),
            on: place.on,
            starts: place.starts,
            minutes: session.minutes,
            room: place.room.clone(),
            facilitators: place.facilitators.clone(),
            state,
            counts_from_on: place.counts_from_on,
            reason_moved,
        });
    }
}

fn fixed<'a>(among: &'a [Fixed], session: &ToPlan) -> Option<&'a Fixed> {
    among.iter().find(|fixed| fixed.session == session.session)
}

/// The slots a session can take, in the order of the hour; of the same hour, in the order given.
fn slots_of(slots: &[Slot], kind: Kind, minutes: u16) -> Result<Vec<&Slot>, Why> {
    let mut of_kind: Vec<_> = slots.iter().filter(|slot| slot.kind == kind && !slot.weekdays.is_empty()).collect();
    if of_kind.is_empty() {
        return Err(Why::NoSlot(kind));
    }
    of_kind.retain(|slot| !Span::of(slot.starts, minutes).past_midnight());
    if of_kind.is_empty() {
        return Err(Why::PastMidnight);
    }
    let hour = |slot: &&Slot| -> Time { slot.starts };
    of_kind.sort_by_key(hour);
    Ok(of_kind)
}
