//! What holds of attendance and make-ups.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn attendance() -> impl Strategy<Value = Attendance> {
    prop_oneof![
        Just(Attendance::Attended),
        Just(Attendance::AbsentUnaccepted),
        prop::option::of(0_u16..300).prop_map(|minutes| Attendance::Part { minutes }),
        prop::sample::select(AbsenceReason::ALL).prop_map(|reason| Attendance::AbsentAccepted { reason }),
    ]
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(attendance in attendance()) {
        prop_assert_eq!(attendance.to_string().parse::<Attendance>(), Ok(attendance));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,30}") {
        if let Ok(read) = text.parse::<Attendance>() {
            prop_assert_eq!(read.to_string().parse::<Attendance>(), Ok(read));
        }
    }

    #[test]
    fn a_make_up_is_owed_exactly_when_the_session_does_not_count(
        attendance in attendance(), planned in 1_u16..240,
    ) {
        let rule = MakeUp::Sheet { within_days: Some(7), minutes: None };
        let due = make_up_due(attendance, planned, rule, date(2027, 3, 2));
        prop_assert_eq!(due.is_none(), attendance.counts(planned));
        prop_assert_eq!(make_up_due(attendance, planned, MakeUp::None, date(2027, 3, 2)), None);
    }

    #[test]
    fn nobody_attends_longer_than_planned(attendance in attendance(), planned in 0_u16..240) {
        prop_assert!(attendance.minutes_of(planned).is_none_or(|minutes| minutes <= planned));
    }
}

#[test]
fn parts_that_do_not_belong_together_are_refused() {
    let parts = Attendance::from_parts;
    let illness = Some(AbsenceReason::Illness);
    assert_eq!(parts(AttendanceKind::AbsentAccepted, None, None), Err(AttendanceFault::NoReason));
    assert_eq!(parts(AttendanceKind::Attended, Some(5), None), Err(AttendanceFault::UnaskedMinutes));
    assert_eq!(parts(AttendanceKind::Attended, None, illness), Err(AttendanceFault::UnaskedReason));
    assert_eq!("part:ten".parse::<Attendance>(), Err(AttendanceFault::Minutes("ten".into())));
    assert!("Attended".parse::<Attendance>().is_err());
    assert!("absent-accepted:mood".parse::<Attendance>().is_err());
}

#[test]
fn what_is_owed_follows_the_definition() {
    let on = date(2027, 3, 2);
    let due = |rule| make_up_due(Attendance::AbsentUnaccepted, 120, rule, on).unwrap();
    let individual = due(MakeUp::Individual { within_days: None, minutes: None });
    assert_eq!((individual.due_on, individual.minutes), (None, Some(120)));
    let next = due(MakeUp::NextGroup { within_days: Some(90) });
    assert_eq!((next.by, next.due_on), (MakeUpBy::NextGroup, Some(date(2027, 5, 31))));
    assert_eq!(due(MakeUp::Sheet { within_days: Some(7), minutes: None }).minutes, None);
}
