//! Worked cases: one programme in one spring.

use jiff::civil::{Date, Time, Weekday, date, time};

use super::*;

fn session(id: &str, kind: Kind, cadence: Cadence) -> ToPlan {
    ToPlan { session: id.into(), phase: "p".into(), kind, minutes: 120, cadence, gap_after: 0 }
}

fn slot(kind: Kind, weekday: Weekday, room: &str, led_by: &[&str]) -> Slot {
    Slot {
        kind,
        weekdays: vec![weekday],
        starts: time(17, 0, 0, 0),
        room: Some(room.into()),
        facilitators: led_by.iter().map(|who| (*who).into()).collect(),
    }
}

/// Four weekly sessions of a group, Tuesdays at five in the blue room with Alba and Ivo, from 6 April 2027.
fn spring() -> Request {
    Request {
        today: date(2027, 4, 1),
        not_before_on: date(2027, 4, 1),
        sessions: ["a", "b", "c", "d"].map(|id| session(id, Kind::Group, Cadence::Weekly)).into(),
        slots: vec![slot(Kind::Group, Weekday::Tuesday, "blue", &["alba", "ivo"])],
        closed: Closed::none(),
        absences: vec![],
        busy: vec![],
        attending: vec![],
        recorded: vec![],
        pinned: vec![],
        order_ends_on: None,
    }
}

fn days(schedule: &Schedule) -> Vec<(i8, i8)> {
    schedule.sessions.iter().map(|placed| (placed.on.month(), placed.on.day())).collect()
}

fn at(month: i8, day: i8, hour: i8) -> (Date, Time) {
    (date(2027, month, day), time(hour, 0, 0, 0))
}

#[test]
fn weekly_sessions_stay_on_their_weekday_and_a_holiday_pushes_all_after_it() {
    assert_eq!(days(&plan(&spring())), [(4, 6), (4, 13), (4, 20), (4, 27)]);
    let holiday = date(2027, 4, 13);
    let schedule = plan(&Request { closed: Closed::from_iter([holiday]), ..spring() });
    assert_eq!(days(&schedule), [(4, 6), (4, 20), (4, 27), (5, 4)]);
    assert_eq!(schedule.sessions[1].reason_moved, [Why::Holiday(holiday)]);
    assert!(schedule.sessions[2].reason_moved.is_empty());
}

#[test]
fn a_month_is_four_weeks_and_a_gap_comes_on_top_of_the_cadence() {
    let mut request = spring();
    for (session, cadence) in request.sessions.iter_mut().zip([Cadence::Weekly, Cadence::Monthly, Cadence::Bimonthly, Cadence::Quarterly]) {
        session.cadence = cadence;
    }
    assert_eq!(days(&plan(&request)), [(4, 6), (5, 4), (7, 6), (10, 5)]);
    request.sessions[0].gap_after = 14;
    assert_eq!(days(&plan(&request))[..2], [(4, 6), (5, 18)]);
}

#[test]
fn twice_weekly_takes_both_slots_of_the_week() {
    let mut request = spring();
    request.sessions.iter_mut().for_each(|session| session.cadence = Cadence::TwiceWeekly);
    request.slots[0].weekdays.push(Weekday::Friday);
    assert_eq!(days(&plan(&request)), [(4, 2), (4, 6), (4, 9), (4, 13)]);
}

#[test]
fn an_absent_facilitator_costs_the_week_unless_another_slot_stands_in() {
    let away = Absence { who: "ivo".into(), from_on: date(2027, 4, 12), to_on: date(2027, 4, 14) };
    let mut request = Request { absences: vec![away], ..spring() };
    let schedule = plan(&request);
    assert_eq!(days(&schedule), [(4, 6), (4, 20), (4, 27), (5, 4)]);
    assert_eq!(schedule.sessions[1].reason_moved, [Why::Absent("ivo".into(), date(2027, 4, 13))]);
    request.slots.push(slot(Kind::Group, Weekday::Tuesday, "green", &["alba", "noor"]));
    let schedule = plan(&request);
    assert_eq!(days(&schedule), [(4, 6), (4, 13), (4, 20), (4, 27)]);
    let rooms: Vec<_> = schedule.sessions.iter().filter_map(|placed| placed.room.as_deref()).collect();
    assert_eq!(rooms, ["blue", "green", "blue", "blue"]);
}

#[test]
fn a_participant_away_moves_an_individual_session() {
    let away = Absence { who: "person".into(), from_on: date(2027, 4, 6), to_on: date(2027, 4, 6) };
    let request = Request { absences: vec![away], attending: vec!["person".into()], ..spring() };
    assert_eq!(days(&plan(&request))[0], (4, 13));
}

#[test]
fn an_engagement_that_only_touches_the_hour_does_not_bar_it() {
    let busy =
        |from: i8, to: i8| Busy { whom: Whom::Room("blue".into()), on: date(2027, 4, 6), from: time(from, 0, 0, 0), to: time(to, 0, 0, 0) };
    let first = |busy: Vec<Busy>| plan(&Request { busy, ..spring() }).sessions[0].clone();
    assert_eq!(first(vec![busy(15, 17), busy(19, 20)]).on, date(2027, 4, 6));
    let moved = first(vec![busy(18, 20)]);
    assert_eq!(moved.on, date(2027, 4, 13));
    assert_eq!(moved.reason_moved, [Why::Busy(Whom::Room("blue".into()), date(2027, 4, 6))]);
}

#[test]
fn a_session_passed_over_is_planned_ahead_and_what_was_held_stays() {
    let mut request = Request { today: date(2027, 4, 22), ..spring() };
    request.recorded = vec![Fixed::at("a", date(2027, 4, 6), time(17, 0, 0, 0)), Fixed::at("c", date(2027, 4, 20), time(17, 0, 0, 0))];
    let schedule = plan(&request);
    assert_eq!(days(&schedule), [(4, 6), (4, 27), (4, 20), (5, 4)]);
    assert_eq!(schedule.ends_on, Some(date(2027, 5, 4)));
}

#[test]
fn a_moved_session_that_was_not_held_is_planned_anew() {
    let pin = |month, day| Fixed::at("b", date(2027, month, day), time(10, 0, 0, 0));
    let reason = |request: &Request| plan(request).of("b").unwrap().reason_moved.clone();
    let passed = Request { today: date(2027, 4, 15), pinned: vec![pin(4, 14)], ..spring() };
    assert_eq!(reason(&passed), [Why::NotHeld(date(2027, 4, 14))]);
    let overtaken = Request { pinned: vec![pin(4, 5)], ..spring() };
    assert_eq!(reason(&overtaken), [Why::Overtaken(date(2027, 4, 5))]);
    let early = Request { not_before_on: date(2027, 5, 1), pinned: vec![pin(4, 14)], ..spring() };
    assert_eq!(reason(&early), [Why::BeforeStart(date(2027, 4, 14))]);
    let closed = Request { closed: Closed::from_iter([date(2027, 4, 14)]), pinned: vec![pin(4, 14)], ..spring() };
    assert_eq!(reason(&closed), [Why::Holiday(date(2027, 4, 14))]);
}

#[test]
fn what_finds_no_day_says_why_and_so_does_all_after_it() {
    let mut request = spring();
    request.sessions[2].kind = Kind::Individual;
    let schedule = plan(&request);
    let why = [("c".into(), Why::NoSlot(Kind::Individual)), ("d".into(), Why::After("c".into()))];
    assert_eq!(schedule.unplaced, why);
    assert!(!schedule.fits_order());

    let forever = Absence { who: "alba".into(), from_on: Date::MIN, to_on: Date::MAX };
    let schedule = plan(&Request { absences: vec![forever], ..spring() });
    assert_eq!(schedule.unplaced[0], ("a".into(), Why::BeyondHorizon));
    assert_eq!((schedule.ends_on, schedule.days_beyond_order), (None, None));

    let mut late = spring();
    late.slots[0].starts = time(23, 0, 0, 0);
    assert_eq!(plan(&late).unplaced[0].1, Why::PastMidnight);

    let at_the_end_of_time = Request { not_before_on: Date::MAX, ..spring() };
    assert_eq!(plan(&at_the_end_of_time).unplaced.len(), 4);
}

#[test]
fn moving_one_leaves_the_others_and_a_later_plan_agrees() {
    let request = spring();
    let schedule = plan(&request);
    let preview = move_session(&request, &schedule, "b", at(4, 15, 10), Reach::ThisOne).unwrap();
    assert_eq!(days(&preview.schedule), [(4, 6), (4, 15), (4, 20), (4, 27)]);
    assert_eq!(preview.moves.len(), 1);
    assert!(preview.closer_than_cadence);
    // Once held there, the others still go on from the day it would have had.
    let mut recorded = vec![schedule.sessions[0].as_fixed()];
    recorded.extend(preview.pinned);
    let held = Request { today: date(2027, 4, 16), recorded, ..request };
    assert_eq!(days(&plan(&held)), [(4, 6), (4, 15), (4, 20), (4, 27)]);
}

#[test]
fn moving_this_and_all_after_lays_the_rest_anew_and_gives_up_their_moves() {
    let mut request = spring();
    request.pinned = vec![Fixed::at("d", date(2027, 4, 28), time(9, 0, 0, 0))];
    let schedule = plan(&request);
    let preview = move_session(&request, &schedule, "b", at(4, 15, 10), Reach::ThisAndAfter).unwrap();
    assert_eq!(days(&preview.schedule), [(4, 6), (4, 15), (4, 27), (5, 4)]);
    let moved: Vec<_> = preview.moves.iter().map(|one| one.session.as_str()).collect();
    assert_eq!(moved, ["b", "c", "d"]);
    assert_eq!(preview.pinned.len(), 1);
    assert!(!preview.closer_than_cadence);
}

#[test]
fn a_move_that_cannot_be_is_refused_with_its_reason() {
    let mut request = Request { today: date(2027, 4, 8), not_before_on: date(2027, 4, 6), ..spring() };
    request.recorded = vec![Fixed::at("a", date(2027, 4, 6), time(17, 0, 0, 0))];
    request.closed = Closed::from_iter([date(2027, 4, 15)]);
    request.absences = vec![Absence { who: "ivo".into(), from_on: date(2027, 4, 16), to_on: date(2027, 4, 16) }];
    request.busy = vec![Busy { whom: Whom::Room("blue".into()), on: date(2027, 4, 14), from: time(11, 0, 0, 0), to: time(12, 0, 0, 0) }];
    let schedule = plan(&request);
    let refused = |id: &str, to| move_session(&request, &schedule, id, to, Reach::ThisOne).unwrap_err();
    assert_eq!(refused("z", at(4, 14, 9)), MoveRefused::UnknownSession("z".into()));
    assert_eq!(refused("a", at(4, 14, 9)), MoveRefused::Recorded);
    assert_eq!(refused("b", at(4, 7, 9)), MoveRefused::IntoThePast);
    assert_eq!(refused("c", at(4, 13, 16)), MoveRefused::BeforePrevious("b".into()));
    assert_eq!(refused("b", at(4, 20, 16)), MoveRefused::AfterNext("c".into()));
    assert_eq!(refused("b", at(4, 14, 23)), MoveRefused::PastMidnight);
    let barred = |why| MoveRefused::Barred(why);
    assert_eq!(refused("b", at(4, 15, 9)), barred(Why::Holiday(date(2027, 4, 15))));
    assert_eq!(refused("b", at(4, 16, 9)), barred(Why::Absent("ivo".into(), date(2027, 4, 16))));
    let room = Whom::Room("blue".into());
    assert_eq!(refused("b", at(4, 14, 10)), barred(Why::Busy(room, date(2027, 4, 14))));
    assert!(move_session(&request, &schedule, "b", at(4, 14, 9), Reach::ThisOne).is_ok());
    let early = Request { not_before_on: date(2027, 4, 10), ..request.clone() };
    let to = at(4, 9, 9);
    let refused = move_session(&early, &plan(&early), "b", to, Reach::ThisOne).unwrap_err();
    assert_eq!(refused, MoveRefused::BeforeStart(date(2027, 4, 10)));
}
