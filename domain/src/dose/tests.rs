//! What holds of the dose.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

const TODAY: Date = date(2027, 3, 10);

fn planned(session: &str, day: Option<i8>) -> PlannedSession {
    let on = day.map(|day| date(2027, 3, day));
    PlannedSession { session: session.into(), minutes: 100, counts: true, on }
}

fn held(session: &str, attendance: Attendance) -> Delivery {
    Delivery { session: session.into(), attendance, made_up: None }
}

#[test]
fn every_session_is_counted_once_where_it_belongs() {
    let track = [
        planned("there", Some(1)),
        planned("made-up", Some(2)),
        planned("half", Some(3)),
        planned("forgotten", Some(9)),
        planned("today", Some(10)),
        planned("undated", None),
    ];
    let made_up = Some(MadeUp { on: date(2027, 3, 5), minutes: 45 });
    let deliveries = [
        held("there", Attendance::Attended),
        Delivery { made_up, ..held("made-up", Attendance::AbsentUnaccepted) },
        held("half", Attendance::Part { minutes: Some(50) }),
        held("of another programme", Attendance::Attended),
    ];
    let dose = dose(&track, &deliveries, TODAY);
    let expected = Dose {
        planned: 6,
        due: 4,
        delivered: 1,
        made_up: 1,
        missed: 1,
        unrecorded: 1,
        ahead: 2,
        minutes_planned: 600,
        minutes_due: 400,
        minutes_delivered: 195,
        minutes_unknown: 0,
        counting: 6,
        counting_done: 2,
    };
    assert_eq!(dose, expected);
}

#[test]
fn a_session_repeated_in_another_group_counts_once_and_the_better_time() {
    let deliveries = [held("a", Attendance::AbsentUnaccepted), held("a", Attendance::Attended), held("a", Attendance::Attended)];
    let dose = dose(&[planned("a", Some(1))], &deliveries, TODAY);
    assert_eq!((dose.delivered, dose.missed, dose.minutes_delivered), (1, 0, 100));
}

#[test]
fn minutes_nobody_noted_are_named_and_not_guessed() {
    let part = held("a", Attendance::Part { minutes: None });
    let dose = dose(&[planned("a", Some(1))], &[part], TODAY);
    assert_eq!((dose.minutes_delivered, dose.minutes_unknown, dose.missed), (0, 1, 1));
}

#[test]
fn a_session_that_does_not_count_is_delivered_and_brings_no_completion() {
    let extra = PlannedSession { counts: false, ..planned("a", Some(1)) };
    let dose = dose(&[extra], &[held("a", Attendance::Attended)], TODAY);
    assert_eq!((dose.delivered, dose.counting, dose.counting_done), (1, 0, 0));
    assert_eq!(dose.share_done(), None);
}

#[test]
fn many_cases_are_summed_and_the_middle_share_is_taken() {
    let of = |delivered: u32, due: u32| Dose { minutes_delivered: delivered, minutes_due: due, ..Dose::default() };
    let all = together(&[of(50, 100), of(100, 100), of(0, 0), of(90, 100)]);
    assert_eq!((all.cases, all.minutes_delivered, all.minutes_due), (4, 240, 300));
    assert_eq!(all.median_share, Some(0.9));
    assert_eq!(together(&[of(50, 100), of(100, 100)]).median_share, Some(0.75));
    assert_eq!(together(&[]).median_share, None);
}

#[test]
fn completion_names_each_phase_not_passed() {
    let dose = Dose { counting: 4, counting_done: 4, ..Dose::default() };
    let missing = missing_for_completion(&dose, 1.0, &["first", "second"], &["second"]);
    assert_eq!(missing, [Incomplete::Phase("first".into())]);
    assert!(missing_for_completion(&dose, 1.0, &["first"], &["first"]).is_empty());
}

proptest! {
    #[test]
    fn the_parts_make_the_whole(
        days in prop::collection::vec(prop::option::of(1_i8..=28), 0..8),
        kinds in prop::collection::vec((0_usize..8, 0_u8..4, 0_u16..200, prop::option::of(0_u16..200)), 0..12),
    ) {
        let track: Vec<_> = days.iter().enumerate().map(|(i, day)| planned(&format!("s{i}"), *day)).collect();
        let deliveries: Vec<_> = kinds.into_iter().map(|(which, kind, minutes, made_up)| Delivery {
            made_up: made_up.map(|minutes| MadeUp { on: TODAY, minutes }),
            ..held(&format!("s{which}"), match kind {
                0 => Attendance::Attended,
                1 => Attendance::Part { minutes: Some(minutes) },
                2 => Attendance::Part { minutes: None },
                _ => Attendance::AbsentUnaccepted,
            })
        }).collect();
        let dose = dose(&track, &deliveries, TODAY);
        prop_assert_eq!(dose.planned, dose.delivered + dose.made_up + dose.missed + dose.unrecorded + dose.ahead);
        prop_assert_eq!(dose.due, dose.planned - dose.ahead);
        prop_assert!(dose.minutes_delivered <= dose.minutes_due && dose.minutes_due <= dose.minutes_planned);
        prop_assert!(dose.counting_done <= dose.counting);
    }

    #[test]
    fn the_sessions_needed_are_the_fewest_that_reach_the_share(counting in 1_u32..200, percent in 1_u32..=100) {
        let needed = sessions_needed(counting, f64::from(percent) / 100.0);
        prop_assert_eq!(needed, (counting * percent).div_ceil(100));
    }
}
