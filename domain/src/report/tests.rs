use jiff::civil::date;

use super::*;
use crate::programme::Text;

fn law(id: &str, due: Vec<Due>) -> LawReport {
    let (title, to, cite) = (Text::default(), vec!["court".into()], String::new());
    LawReport { id: id.into(), title, to, legal_bases: Some(vec!["court-order".into()]), due, cite }
}

fn facts() -> ReportFacts {
    ReportFacts { legal_basis: "court-order".into(), started_on: Some(date(2026, 1, 31)), ..ReportFacts::default() }
}

fn days(law: &[LawReport], facts: &ReportFacts, until: Date) -> Vec<Date> {
    reports_due(law, &[], facts, date(2026, 6, 1), until).into_iter().map(|due| due.due_on).collect()
}

#[test]
fn a_repeating_report_keeps_its_day_and_stops_with_the_case() {
    let every = [law("quarterly", vec![Due::EveryMonths { months: 3 }])];
    let until = date(2026, 12, 31);
    assert_eq!(days(&every, &facts(), until), [date(2026, 4, 30), date(2026, 7, 31), date(2026, 10, 31)]);
    let ended = ReportFacts { ended_early_on: Some(date(2026, 7, 30)), ..facts() };
    assert_eq!(days(&every, &ended, until), [date(2026, 4, 30)]);
    assert_eq!(days(&every, &ReportFacts { started_on: None, ..facts() }, until), Vec::<Date>::new());
    assert_eq!(days(&every, &ReportFacts { legal_basis: "voluntary".into(), ..facts() }, until), Vec::<Date>::new());
}

#[test]
fn each_report_covers_the_time_since_the_one_before_and_has_a_state() {
    let every = [law("quarterly", vec![Due::EveryMonths { months: 3 }])];
    let rule = Rule { demand: Demand::Law, id: "quarterly".into() };
    let signed = Signed { rule, due_on: date(2026, 4, 30), signed_on: date(2026, 4, 28) };
    let facts = ReportFacts { signed: vec![signed], ..facts() };
    let all = reports_due(&every, &[], &facts, date(2026, 8, 2), date(2026, 12, 31));
    let told: Vec<_> = all.iter().map(|due| (due.covers_from, due.covers_to, due.state)).collect();
    assert_eq!(
        told,
        [
            (date(2026, 1, 31), date(2026, 4, 30), State::Signed { signed_on: date(2026, 4, 28) }),
            (date(2026, 4, 30), date(2026, 7, 31), State::Overdue { days: 2 }),
            (date(2026, 7, 31), date(2026, 10, 31), State::Due { days_left: 90 }),
        ]
    );
}

#[test]
fn ends_and_concerns_give_their_days() {
    let end = law("end", vec![Due::Completion { within_days: 14 }, Due::EndedEarly { within_days: 7 }]);
    let breach = law("breach", vec![Due::Concern { kind: ConcernKind::Breach, within_days: 3 }]);
    let facts = ReportFacts {
        ended_early_on: Some(date(2026, 5, 1)),
        concerns: vec![(ConcernKind::Breach, date(2026, 4, 1)), (ConcernKind::Other, date(2026, 4, 2))],
        ..facts()
    };
    assert_eq!(days(&[end, breach], &facts, date(2026, 12, 31)), [date(2026, 4, 4), date(2026, 5, 8)]);
}

#[test]
fn two_points_on_one_day_are_one_report() {
    let due = vec![Due::EveryMonths { months: 3 }, Due::EveryMonths { months: 6 }];
    let all = reports_due(&[law("r", due)], &[], &facts(), date(2026, 6, 1), date(2026, 7, 31));
    assert_eq!(all.len(), 2);
    assert_eq!(all.last().map(|due| (due.covers_from, due.covers_to)), Some((date(2026, 1, 31), date(2026, 7, 31))));
}

#[test]
fn the_programme_adds_its_own() {
    let point = DuePoint::PhaseEnd { of: "first".into() };
    let due = vec![point.clone(), DuePoint::AfterCompletion { weeks: 26 }, DuePoint::PhaseStart { of: "x".into() }];
    let programme = [ProgrammeReport { id: "review".into(), title: Text::default(), due }];
    let completed_on = Some(date(2026, 5, 1));
    let facts = ReportFacts { reached: vec![(point, date(2026, 3, 2))], completed_on, ..facts() };
    let all = reports_due(&[], &programme, &facts, date(2026, 6, 1), date(2027, 1, 1));
    let days: Vec<_> = all.iter().map(|due| due.due_on).collect();
    assert_eq!(days, [date(2026, 3, 2), date(2026, 10, 30)]);
    assert!(all.iter().all(|due| due.rule.demand == Demand::Programme));
}
