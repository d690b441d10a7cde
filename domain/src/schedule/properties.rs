//! What holds of every schedule, whatever the request.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date, time};
use proptest::prelude::*;

use super::*;

const TODAY: Date = date(2027, 2, 10);
const PEOPLE: [&str; 3] = ["alba", "ivo", "noor"];

fn day(offset: i64) -> Date {
    TODAY.checked_add(offset.days()).unwrap()
}

fn weekday(number: i8) -> Weekday {
    Weekday::from_monday_one_offset(number).unwrap()
}

fn cadence() -> impl Strategy<Value = Cadence> {
    prop::sample::select(Cadence::ALL)
}

fn to_plan() -> impl Strategy<Value = Vec<ToPlan>> {
    let one = (cadence(), prop::bool::ANY, 30_u16..150, prop_oneof![3 => Just(0_u16), 1 => 1_u16..20]);
    prop::collection::vec(one, 1..9).prop_map(|all| {
        let named = |(index, (cadence, group, minutes, gap_after))| ToPlan {
            session: format!("s{index}"),
            phase: "p".into(),
            kind: if group { Kind::Group } else { Kind::Individual },
            minutes,
            cadence,
            gap_after,
        };
        all.into_iter().enumerate().map(named).collect()
    })
}

fn slot() -> impl Strategy<Value = Slot> {
    let people = prop::sample::subsequence(PEOPLE.to_vec(), 1..=2);
    (prop::bool::ANY, prop::collection::vec(1_i8..=5, 1..3), 9_i8..19, 0..3_u8, people).prop_map(|(group, weekdays, hour, room, people)| {
        Slot {
            kind: if group { Kind::Group } else { Kind::Individual },
            weekdays: weekdays.into_iter().map(weekday).collect(),
            starts: time(hour, 0, 0, 0),
            room: (room < 2).then(|| format!("room{room}")),
            facilitators: people.into_iter().map(Into::into).collect(),
        }
    })
}

fn busy() -> impl Strategy<Value = Busy> {
    (0..5_usize, 0..120_i64, 9_i8..19, 1_i8..4).prop_map(|(which, offset, hour, hours)| Busy {
        whom: match which {
            3 | 4 => Whom::Room(format!("room{}", which - 3)),
            person => Whom::Person(PEOPLE[person].into()),
        },
        on: day(offset),
        from: time(hour, 0, 0, 0),
        to: time(hour + hours, 0, 0, 0),
    })
}

fn absence() -> impl Strategy<Value = Absence> {
    (0..3_usize, 0..200_i64, 0..20_i64).prop_map(|(who, from, days)| Absence {
        who: PEOPLE[who].into(),
        from_on: day(from),
        to_on: day(from + days),
    })
}

/// The first few sessions recorded, each some days after the one before, all of them before today.
fn with_recorded((mut request, recorded): (Request, usize)) -> Request {
    let recorded = recorded.min(request.sessions.len());
    let held = |index: usize| {
        let before = i64::try_from(recorded - index).unwrap() * 7;
        Fixed::at(format!("s{index}"), day(-before), time(10, 0, 0, 0))
    };
    request.recorded = (0..recorded).map(held).collect();
    request
}

fn request() -> impl Strategy<Value = Request> {
    let fixed_at = |(which, offset, hour): (usize, i64, i8)| Fixed {
        room: Some("room0".into()),
        ..Fixed::at(format!("s{which}"), day(offset), time(hour, 0, 0, 0))
    };
    let obstacles = (
        prop::collection::btree_set(0..300_i64, 0..40),
        prop::collection::vec(absence(), 0..4),
        prop::collection::vec(busy(), 0..40),
        prop::collection::vec((0..9_usize, -20..150_i64, 9_i8..20).prop_map(fixed_at), 0..3),
    );
    let slots = prop::collection::vec(slot(), 1..5);
    (to_plan(), slots, obstacles, -30..30_i64, 0..4_usize, prop::option::of(0..400_i64))
        .prop_map(|(sessions, slots, (closed, absences, busy, pinned), start, recorded, order)| {
            let request = Request {
                today: TODAY,
                not_before_on: day(start),
                sessions,
                slots,
                closed: closed.into_iter().map(day).collect(),
                absences,
                busy,
                attending: vec!["person".into()],
                recorded: Vec::new(),
                pinned,
                order_ends_on: order.map(day),
            };
            (request, recorded)
        })
        .prop_map(with_recorded)
}

/// A request in which a plain programme always has room: for what needs a full schedule to say anything.
fn open_request() -> impl Strategy<Value = Request> {
    (request(), slot(), slot()).prop_map(|(request, individual, group)| {
        let slots = vec![Slot { kind: Kind::Individual, ..individual }, Slot { kind: Kind::Group, ..group }];
        Request { slots, ..request }
    })
}

fn minute(starts: jiff::civil::Time) -> i32 {
    i32::from(starts.hour()) * 60 + i32::from(starts.minute())
}

fn plan_of<'a>(request: &'a Request, placed: &Placed) -> &'a ToPlan {
    request.sessions.iter().find(|session| session.session == placed.session).unwrap()
}

fn places(schedule: &Schedule) -> Vec<Fixed> {
    schedule.sessions.iter().map(Placed::as_fixed).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn nothing_unrecorded_is_placed_in_the_past_or_before_the_start(request in request()) {
        for placed in plan(&request).sessions.iter().filter(|placed| placed.state != State::Recorded) {
            prop_assert!(placed.on >= request.today && placed.on >= request.not_before_on);
        }
    }

    #[test]
    fn every_session_is_placed_or_says_why_not(request in request()) {
        let schedule = plan(&request);
        let placed = schedule.sessions.iter().map(|placed| &placed.session);
        let mut all: Vec<_> = placed.chain(schedule.unplaced.iter().map(|(session, _)| session)).collect();
        all.sort();
        let mut asked: Vec<_> = request.sessions.iter().map(|session| &session.session).collect();
        asked.sort();
        prop_assert_eq!(all, asked);
    }

    #[test]
    fn order_is_kept(request in request()) {
        for pair in plan(&request).sessions.windows(2) {
            let end = minute(pair[0].starts) + i32::from(pair[0].minutes);
            prop_assert!((pair[0].on, end) <= (pair[1].on, minute(pair[1].starts)));
        }
    }

    #[test]
    fn cadence_and_gaps_are_kept_where_nobody_moved_a_session(request in open_request()) {
        for pair in plan(&request).sessions.windows(2).filter(|pair| pair[1].state == State::Planned) {
            let days = i64::from(pair[0].counts_from_on.until(pair[1].on).unwrap().get_days());
            let gap = i64::from(plan_of(&request, &pair[0]).gap_after);
            prop_assert!(days >= plan_of(&request, &pair[1]).cadence.days() + gap);
        }
    }

    #[test]
    fn recorded_sessions_are_untouched(request in request()) {
        let schedule = plan(&request);
        for held in &request.recorded {
            let placed = schedule.of(&held.session).unwrap();
            prop_assert_eq!(placed.state, State::Recorded);
            prop_assert_eq!(&placed.as_fixed(), held);
        }
    }

    #[test]
    fn a_planned_session_stands_in_a_slot_of_its_kind(request in request()) {
        for placed in plan(&request).sessions.iter().filter(|placed| placed.state == State::Planned) {
            let fits = |slot: &Slot| slot.kind == plan_of(&request, placed).kind
                && slot.weekdays.contains(&placed.on.weekday())
                && slot.starts == placed.starts
                && slot.room == placed.room
                && slot.facilitators == placed.facilitators;
            prop_assert!(request.slots.iter().any(fits));
        }
    }

    #[test]
    fn nobody_and_no_room_is_in_two_places_on_a_closed_day_or_away(request in request()) {
        let schedule = plan(&request);
        let open: Vec<_> = schedule.sessions.iter().filter(|one| one.state != State::Recorded).collect();
        for placed in &open {
            prop_assert!(request.closed.is_open(placed.on));
            let (start, end) = (minute(placed.starts), minute(placed.starts) + i32::from(placed.minutes));
            for taken in request.busy.iter().filter(|busy| busy.on == placed.on) {
                let uses = match &taken.whom {
                    Whom::Room(room) => placed.room.as_ref() == Some(room),
                    Whom::Person(person) => placed.facilitators.contains(person),
                };
                prop_assert!(!uses || end <= minute(taken.from) || minute(taken.to) <= start);
            }
            for away in request.absences.iter().filter(|away| placed.facilitators.contains(&away.who)) {
                prop_assert!(placed.on < away.from_on || away.to_on < placed.on);
            }
            for other in schedule.sessions.iter().filter(|one| one.session != placed.session && one.on == placed.on) {
                let other_end = minute(other.starts) + i32::from(other.minutes);
                prop_assert!(end <= minute(other.starts) || other_end <= start);
            }
        }
    }

    #[test]
    fn two_schedules_of_the_same_people_and_rooms_never_meet(request in open_request(), second in to_plan()) {
        let first = plan(&request);
        let mut busy = request.busy.clone();
        busy.extend(first.engagements());
        let other = plan(&Request { sessions: second, busy, recorded: vec![], pinned: vec![], ..request.clone() });
        let engaged = first.engagements();
        for one in other.engagements() {
            for two in engaged.iter().filter(|two| two.whom == one.whom && two.on == one.on) {
                prop_assert!(one.to <= two.from || two.to <= one.from);
            }
        }
    }

    #[test]
    fn the_same_request_gives_the_same_schedule(request in request()) {
        prop_assert_eq!(plan(&request), plan(&request.clone()));
    }

    #[test]
    fn planning_again_with_its_own_output_changes_nothing(request in request()) {
        let schedule = plan(&request);
        let pinned = schedule.sessions.iter().filter(|one| one.state != State::Recorded).map(Placed::as_fixed).collect();
        let again = plan(&Request { pinned, ..request });
        prop_assert_eq!(places(&again), places(&schedule));
        prop_assert_eq!(again.ends_on, schedule.ends_on);
    }

    #[test]
    fn holding_a_session_as_planned_and_waiting_changes_nothing(request in open_request(), held in 0..6_usize) {
        let schedule = plan(&request);
        let planned: Vec<_> = schedule.sessions.iter().filter(|one| one.state != State::Recorded).collect();
        prop_assume!(held < planned.len());
        let mut later = Request { today: planned[held].on, ..request.clone() };
        later.recorded.extend(planned[..=held].iter().map(|placed| placed.as_fixed()));
        prop_assert_eq!(places(&plan(&later)), places(&schedule));
    }

    #[test]
    fn it_ends_inside_the_order_or_says_by_how_much_not(request in request()) {
        let schedule = plan(&request);
        let last = schedule.sessions.iter().map(|placed| placed.on).max();
        prop_assert_eq!(schedule.ends_on, last);
        match (request.order_ends_on, last) {
            (Some(order), Some(last)) if last > order => {
                let days = order.until(last).unwrap().get_days();
                prop_assert_eq!(schedule.days_beyond_order, Some(u32::try_from(days).unwrap()));
            }
            _ => prop_assert_eq!(schedule.days_beyond_order, None),
        }
    }

    #[test]
    fn an_accepted_move_of_one_moves_one(request in open_request(), which in 0..8_usize, offset in -3..9_i64, hour in 8_i8..20) {
        let schedule = plan(&request);
        prop_assume!(which < schedule.sessions.len());
        let moved = &schedule.sessions[which];
        let to = (moved.on.checked_add(offset.days()).unwrap(), time(hour, 30, 0, 0));
        let Ok(preview) = move_session(&request, &schedule, &moved.session, to, Reach::ThisOne) else { return Ok(()) };
        let from = (moved.on, moved.starts);
        prop_assert_eq!(preview.moves, vec![Move { session: moved.session.clone(), from, to: Some(to) }]);
    }

    #[test]
    fn an_accepted_move_of_all_after_keeps_what_lies_before_and_the_cadence(
        request in open_request(), which in 0..8_usize, offset in -3..30_i64,
    ) {
        let schedule = plan(&request);
        prop_assume!(which < schedule.sessions.len());
        let moved = &schedule.sessions[which];
        let to = (moved.on.checked_add(offset.days()).unwrap(), moved.starts);
        let Ok(preview) = move_session(&request, &schedule, &moved.session, to, Reach::ThisAndAfter) else { return Ok(()) };
        prop_assert_eq!(&places(&preview.schedule)[..which], &places(&schedule)[..which]);
        let placed = preview.schedule.of(&moved.session).unwrap();
        prop_assert_eq!((placed.on, placed.starts, placed.state), (to.0, to.1, State::Pinned));
        for pair in preview.schedule.sessions[which..].windows(2) {
            let days = i64::from(pair[0].on.until(pair[1].on).unwrap().get_days());
            prop_assert!(days >= plan_of(&request, &pair[1]).cadence.days());
        }
    }

    #[test]
    fn the_latest_start_leaves_just_enough_open_days(
        length in 1..400_u32, closed in prop::collection::btree_set(0..600_i64, 0..80),
    ) {
        let ends_on = day(600);
        let closed: Closed = closed.into_iter().map(day).collect();
        let start_on = latest_start(ends_on, length, &closed);
        let days = start_on.series(1.day()).take_while(|on| *on <= ends_on);
        prop_assert_eq!(days.filter(|on| closed.is_open(*on)).count(), length as usize);
        prop_assert!(closed.is_open(start_on));
    }
}
