//! What holds of groups.

use jiff::civil::{Weekday, date, time};
use proptest::prelude::*;

use super::*;
use crate::referral::{Availability, DayPart};

const SIZE: Size = Size { min: 2, max: 3 };

fn on(day: i8) -> Date {
    date(2027, 3, day)
}

fn running() -> Group<&'static str> {
    let group = Group::form(SIZE).admit("ana", on(1)).unwrap().admit("leo", on(2)).unwrap();
    group.start(on(5)).unwrap()
}

#[test]
fn a_group_begins_with_enough_members_and_once() {
    let alone = Group::form(SIZE).admit("ana", on(1)).unwrap();
    assert_eq!(alone.start(on(2)), Err(StageRefused::TooFew { members: 1, min: 2 }));
    assert_eq!(running().start(on(6)), Err(StageRefused::AlreadyBegun));
    assert_eq!(running().close(on(9)).unwrap().start(on(10)), Err(StageRefused::AlreadyClosed));
}

#[test]
fn a_running_group_takes_nobody_new_unless_at_the_same_point() {
    assert_eq!(running().admit("mia", on(8)), Err(AdmitRefused::Begun));
    assert_eq!(Group::form(SIZE).rejoin("mia", on(8), Point::Same), Err(AdmitRefused::NotBegun));
    let ahead = Point::GroupAhead { missing: 2 };
    assert_eq!(running().rejoin("mia", on(8), ahead), Err(AdmitRefused::GroupAhead(2)));
    assert_eq!(running().rejoin("mia", on(4), Point::Same), Err(AdmitRefused::TooEarly));
    let full = running().rejoin("mia", on(8), Point::GroupBehind { repeated: 1 }).unwrap();
    assert_eq!(full.places(), 0);
    assert_eq!(full.rejoin("noa", on(9), Point::Same), Err(AdmitRefused::Full(3)));
}

#[test]
fn leaving_keeps_the_membership_and_coming_back_makes_another() {
    let left = running().leave(&"ana", on(8)).unwrap();
    assert_eq!(left.members().collect::<Vec<_>>(), [&"leo"]);
    assert_eq!(left.clone().leave(&"ana", on(9)), Err(LeaveRefused::NotAMember));
    assert_eq!(left.clone().rejoin("ana", on(7), Point::Same), Err(AdmitRefused::TooEarly));
    let back = left.rejoin("ana", on(12), Point::Same).unwrap();
    assert_eq!((back.count(), back.memberships.len()), (2, 3));
    assert_eq!(running().leave(&"leo", on(1)), Err(LeaveRefused::BeforeJoining));
}

#[test]
fn closing_ends_every_membership() {
    assert_eq!(running().close(on(4)), Err(StageRefused::BeforeStart));
    let closed = running().close(on(20)).unwrap();
    assert_eq!((closed.status(), closed.count()), (GroupStatus::Closed, 0));
    assert!(closed.memberships.iter().all(|one| one.left_on == Some(on(20))));
    assert_eq!(closed.clone().admit("mia", on(21)), Err(AdmitRefused::Closed));
    assert_eq!(closed.clone().rejoin("mia", on(21), Point::Same), Err(AdmitRefused::Closed));
    assert_eq!(closed.close(on(22)), Err(StageRefused::AlreadyClosed));
}

#[test]
fn what_is_not_known_is_no_misfit() {
    let nobody_asked = Candidate { availability: Availability::default(), languages: vec![], order_ends_on: None };
    let slots = vec![(Weekday::Tuesday, time(18, 0, 0, 0)), (Weekday::Friday, time(10, 0, 0, 0))];
    let offer = Offer { slots, language: "es".into(), ends_on: Some(on(20)), places: 0 };
    let judged = fit(&nobody_asked, &offer);
    assert_eq!((&judged.slot, &judged.language), (&Judged::Unknown, &Judged::Unknown));
    assert_eq!((judged.order.clone(), judged.misfits()), (Judged::Unknown, (1, 3)));

    let availability = Availability::default().with(Weekday::Tuesday, DayPart::Evening);
    let candidate = Candidate { availability, languages: vec!["en-GB".into()], order_ends_on: Some(on(20)) };
    let judged = fit(&candidate, &offer);
    let friday = WrongSlot { weekday: Weekday::Friday, starts: time(10, 0, 0, 0) };
    assert_eq!(judged.slot, Judged::DoesNot(friday));
    assert_eq!(judged.language, Judged::DoesNot(WrongLanguage("es".into())));
    assert_eq!(judged.order, Judged::Fits);
    assert_eq!(fit(&candidate, &Offer { language: "en".into(), ..offer }).language, Judged::Fits);
}

#[test]
fn who_would_miss_and_repeat_is_behind_the_group() {
    let order = ["a", "b", "c"];
    assert_eq!(point(&order, &["a", "c"], &["a", "b"]), Point::GroupAhead { missing: 1 });
    assert_eq!(point(&order, &["a", "x"], &["a", "y"]), Point::Same);
}

proptest! {
    #[test]
    fn a_group_never_exceeds_its_size_nor_holds_anybody_twice(
        steps in prop::collection::vec((0_u8..5, 0_u8..6, 1_i8..28), 0..40),
    ) {
        let mut group = Group::form(SIZE);
        for (step, who, day) in steps {
            let before = group.clone();
            group = match step {
                0 | 1 => group.admit(who, on(day)).unwrap_or(before),
                2 => group.leave(&who, on(day)).unwrap_or(before),
                3 => group.start(on(day)).unwrap_or(before),
                _ => group.rejoin(who, on(day), Point::Same).unwrap_or(before),
            };
            prop_assert!(group.count() <= SIZE.max);
            let members: BTreeSet<_> = group.members().collect();
            prop_assert_eq!(members.len(), usize::from(group.count()));
            for one in &group.memberships {
                prop_assert!(one.left_on.is_none_or(|left_on| left_on >= one.joined_on));
            }
        }
    }
}
