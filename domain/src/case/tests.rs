use std::collections::HashSet;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;

const UNIT: Uuid = Uuid::from_u128(1);
const OTHER_UNIT: Uuid = Uuid::from_u128(2);
const TODAY: Date = date(2026, 11, 23);

fn facts(on: Date) -> Facts {
    Facts { today: TODAY, on, by: Uuid::from_u128(7), comment: None }
}

fn because(on: Date, why: &str) -> Facts {
    Facts { comment: Some(why.into()), ..facts(on) }
}

fn phase(index: u16) -> PhaseRef {
    PhaseRef { index, id: format!("phase-{index}") }
}

fn start(index: u16) -> Event {
    Event::Start { phase: phase(index), verdict: Verdict::Met }
}

fn suitable() -> Event {
    Event::JudgeSuitable { verdict: Verdict::Met }
}

/// Lives through events on consecutive days from 1 January 2026, each with a comment.
fn lived(events: &[Event]) -> Case {
    let (mut case, _) = Case::refer(UNIT, &facts(date(2026, 1, 1))).unwrap();
    for (day, event) in events.iter().enumerate() {
        let on = date(2026, 1, 2 + i8::try_from(day).unwrap());
        (case, _) = case.apply(event.clone(), &because(on, "said so")).unwrap();
    }
    case
}

#[test]
fn a_whole_case_keeps_its_dates() {
    let case = lived(&[
        suitable(),
        Event::PutOnList,
        start(0),
        Event::EnterPhase { phase: phase(1), verdict: Verdict::Met },
        Event::Complete { verdict: Verdict::Met },
    ]);
    assert_eq!(case.stage(), &Stage::Completed);
    assert_eq!(case.suitable_on(), Some(date(2026, 1, 2)));
    assert_eq!(case.waiting_since(), Some(date(2026, 1, 3)));
    assert_eq!(case.started_on(), Some(date(2026, 1, 4)));
    assert_eq!(case.phases().len(), 2);
    assert_eq!(case.ended_on(), Some(date(2026, 1, 6)));
}

#[test]
fn no_completion_and_no_early_end_without_a_start() {
    for event in [Event::Complete { verdict: Verdict::Met }, Event::EndEarly { reason: "moved".into() }] {
        let kind = event.kind();
        let refused = lived(&[suitable(), Event::PutOnList]).apply(event, &because(TODAY, "x")).unwrap_err();
        assert_eq!(refused, Refused::NeverBegan { event: kind });
    }
}

#[test]
fn a_started_case_did_start() {
    let case = lived(&[suitable(), start(0)]);
    let started_on = date(2026, 1, 3);
    let refused = case.apply(Event::NeverStart { reason: "moved".into() }, &because(TODAY, "x")).unwrap_err();
    assert_eq!(refused, Refused::AlreadyStarted { started_on });
}

#[test]
fn dates_make_sense_or_are_refused() {
    let tomorrow = date(2026, 11, 24);
    assert_eq!(Case::refer(UNIT, &facts(tomorrow)).unwrap_err(), Refused::InFuture { on: tomorrow, today: TODAY });
    let case = lived(&[suitable()]);
    let refused = case.clone().apply(Event::PutOnList, &facts(tomorrow)).unwrap_err();
    assert_eq!(refused, Refused::InFuture { on: tomorrow, today: TODAY });
    let refused = case.apply(start(0), &facts(date(2025, 12, 31))).unwrap_err();
    let what = Some(CaseDate::Suitable);
    assert_eq!(refused, Refused::BeforePrevious { on: date(2025, 12, 31), previous: date(2026, 1, 2), what });
}

#[test]
fn an_override_needs_a_reason_and_a_shut_gate_stays_shut() {
    let case = lived(&[]);
    let judge = |verdict| Event::JudgeSuitable { verdict };
    let refused = case.clone().apply(judge(Verdict::NotMet { unmet: 2 }), &because(TODAY, "x")).unwrap_err();
    assert_eq!(refused, Refused::RuleNotMet { event: EventKind::JudgeSuitable, unmet: 2 });
    let overridden = judge(Verdict::Overridden { unmet: 2 });
    let refused = case.clone().apply(overridden.clone(), &because(TODAY, "  ")).unwrap_err();
    assert_eq!(refused, Refused::CommentMissing { event: EventKind::JudgeSuitable });
    let (_, happening) = case.apply(overridden, &because(TODAY, "near miss")).unwrap();
    assert!(happening.event.is_override());
    assert_eq!(happening.comment.as_deref(), Some("near miss"));
}

#[test]
fn reasons_are_asked_for() {
    let case = lived(&[suitable(), start(0)]);
    let refused = case.apply(Event::EndEarly { reason: " ".into() }, &facts(TODAY)).unwrap_err();
    assert_eq!(refused, Refused::ReasonMissing { event: EventKind::EndEarly });
    let refused = lived(&[]).apply(Event::JudgeNotSuitable, &facts(TODAY)).unwrap_err();
    assert_eq!(refused, Refused::CommentMissing { event: EventKind::JudgeNotSuitable });
}

#[test]
fn phases_follow_one_another() {
    let refused = lived(&[suitable()]).apply(start(1), &facts(TODAY)).unwrap_err();
    assert_eq!(refused, Refused::WrongPhase { expected: 0, asked: 1 });
    let skip = Event::EnterPhase { phase: phase(2), verdict: Verdict::Met };
    let refused = lived(&[suitable(), start(0)]).apply(skip, &facts(TODAY)).unwrap_err();
    assert_eq!(refused, Refused::WrongPhase { expected: 1, asked: 2 });
}

#[test]
fn reopening_leads_back_and_keeps_what_was() {
    let case = lived(&[suitable(), Event::PutOnList, start(0), Event::EndEarly { reason: "ill".into() }, Event::Reopen]);
    assert_eq!(case.stage().phase(), Some(&phase(0)));
    assert_eq!(case.ended_on(), None);
    let twice = lived(&[
        suitable(),
        Event::PutOnList,
        Event::JudgeNotSuitable,
        Event::NeverStart { reason: "moved".into() },
        Event::Reopen,
        Event::Reopen,
    ]);
    assert_eq!(twice.stage(), &Stage::Waiting);
    assert_eq!(twice.waiting_since(), Some(date(2026, 1, 3)));
    let refused = twice.apply(Event::Reopen, &because(TODAY, "x")).unwrap_err();
    assert_eq!(refused, Refused::NotFromHere { stage: StageKind::Waiting, event: EventKind::Reopen });
}

#[test]
fn after_a_second_judgement_the_first_refusal_cannot_be_reopened() {
    let case = lived(&[Event::JudgeNotSuitable, suitable(), Event::NeverStart { reason: "moved".into() }, Event::Reopen]);
    assert_eq!(case.stage(), &Stage::Suitable);
}

#[test]
fn a_correction_is_an_event_and_keeps_the_order() {
    let case = lived(&[suitable(), Event::PutOnList, start(0)]);
    let correct = |what, to| Event::Correct { what, to };
    let start_later = correct(CaseDate::Phase(0), date(2026, 3, 1));
    let (corrected, happening) = case.clone().apply(start_later, &because(TODAY, "typing slip")).unwrap();
    assert_eq!(corrected.started_on(), Some(date(2026, 3, 1)));
    assert_eq!(happening.to, StageKind::InPhase);
    let refused = case.clone().apply(correct(CaseDate::Phase(0), date(2025, 1, 1)), &because(TODAY, "x")).unwrap_err();
    assert!(matches!(refused, Refused::OutOfOrder { later: CaseDate::Phase(0), .. }));
    let refused = case.clone().apply(correct(CaseDate::Ended, TODAY), &because(TODAY, "x")).unwrap_err();
    assert_eq!(refused, Refused::NoSuchDate { what: CaseDate::Ended });
    let future = date(2027, 1, 1);
    let refused = case.apply(correct(CaseDate::Phase(0), future), &because(TODAY, "x")).unwrap_err();
    assert_eq!(refused, Refused::InFuture { on: future, today: TODAY });
}

#[test]
fn a_transfer_moves_to_another_unit_only() {
    let refused = lived(&[]).apply(Event::Transfer { unit: UNIT }, &facts(TODAY)).unwrap_err();
    assert_eq!(refused, Refused::SameUnit);
    assert_eq!(lived(&[Event::Transfer { unit: OTHER_UNIT }]).unit(), OTHER_UNIT);
}

#[test]
fn the_table_has_each_row_once_and_every_open_stage_leads_somewhere() {
    let rows: HashSet<_> = TRANSITIONS.iter().map(|t| (t.from, t.event)).collect();
    assert_eq!(rows.len(), TRANSITIONS.len());
    for &stage in StageKind::ALL {
        assert!(offered(stage).count() >= 2, "{stage}");
        assert_eq!(transition(stage, EventKind::Reopen).is_some(), stage.is_end(), "{stage}");
    }
}

#[test]
fn codes_and_stored_events_come_back() {
    for &kind in EventKind::ALL {
        assert_eq!(kind.code().parse::<EventKind>().unwrap(), kind);
    }
    for what in [CaseDate::Referred, CaseDate::Phase(12), CaseDate::Ended] {
        assert_eq!(what.to_string().parse::<CaseDate>().unwrap(), what);
    }
    assert!("phase-x".parse::<CaseDate>().is_err());
    let (_, happening) = lived(&[suitable()]).apply(start(0), &because(TODAY, "secret words")).unwrap();
    let stored = serde_json::to_string(&happening).unwrap();
    assert!(!stored.contains("secret words"));
    let back: Happening = serde_json::from_str(&stored).unwrap();
    assert_eq!(back, Happening { comment: None, ..happening });
}

#[test]
fn a_history_begins_with_one_referral() {
    assert_eq!(Case::from_history(&[]).unwrap_err(), Refused::NotOneReferral);
    let (_, start) = lived(&[suitable()]).apply(start(0), &facts(TODAY)).unwrap();
    assert_eq!(Case::from_history(&[start]).unwrap_err(), Refused::NotOneReferral);
}

fn verdicts() -> impl Strategy<Value = Verdict> {
    prop_oneof![4 => Just(Verdict::Met), 1 => Just(Verdict::NotMet { unmet: 1 }), 1 => Just(Verdict::Overridden { unmet: 1 })]
}

fn days() -> impl Strategy<Value = Date> {
    (0_i32..360).prop_map(|days| date(2026, 1, 1).saturating_add(jiff::Span::new().days(days)))
}

fn events() -> impl Strategy<Value = Event> {
    prop_oneof![
        verdicts().prop_map(|verdict| Event::JudgeSuitable { verdict }),
        Just(Event::JudgeNotSuitable),
        Just(Event::PutOnList),
        verdicts().prop_map(|verdict| Event::Start { phase: phase(0), verdict }),
        (0_u16..4, verdicts()).prop_map(|(index, verdict)| Event::EnterPhase { phase: phase(index), verdict }),
        verdicts().prop_map(|verdict| Event::Complete { verdict }),
        prop_oneof![Just("moved"), Just("")].prop_map(|reason| Event::EndEarly { reason: reason.into() }),
        Just(Event::NeverStart { reason: "moved".into() }),
        Just(Event::Reopen),
        (prop_oneof![Just(CaseDate::Referred), Just(CaseDate::Phase(0)), Just(CaseDate::Phase(1)), Just(CaseDate::Ended)], days())
            .prop_map(|(what, to)| Event::Correct { what, to }),
        prop_oneof![Just(UNIT), Just(OTHER_UNIT)].prop_map(|unit| Event::Transfer { unit }),
    ]
}

fn check(case: &Case, history: &[Happening]) {
    let dates = case.dates();
    assert!(dates.is_sorted_by_key(|(_, on)| *on), "{dates:?}");
    assert!(dates.iter().all(|(_, on)| *on <= TODAY));
    match case.stage().kind() {
        StageKind::Completed | StageKind::EndedEarly => {
            assert!(case.started_on().is_some() && case.ended_on().is_some());
        }
        StageKind::NeverStarted => assert!(case.started_on().is_none() && case.ended_on().is_some()),
        StageKind::InPhase => {
            assert_eq!(case.stage().phase(), case.phases().last().map(|entered| &entered.phase));
            assert_eq!(case.ended_on(), None);
        }
        _ => assert!(case.started_on().is_none() && case.ended_on().is_none()),
    }
    assert_eq!(case.before.is_empty(), !case.stage().kind().is_end());
    assert!(case.phases().iter().zip(0..).all(|(entered, index)| entered.phase.index == index));
    assert!(history.windows(2).all(|pair| pair[1].from == Some(pair[0].to)));
    assert_eq!(history.last().map(|last| last.to), Some(case.stage().kind()));
}

proptest! {
    #[test]
    fn any_life_keeps_the_rules_and_replays(
        steps in prop::collection::vec((events(), 0_i32..30, any::<bool>()), 0..40),
    ) {
        let first = date(2026, 1, 1);
        let (mut case, refer) = Case::refer(UNIT, &facts(first)).unwrap();
        let mut history = vec![refer];
        let mut on = first;
        for (event, days, comment) in steps {
            // Some days run past today and some before the event before: both must be refused, not bent.
            let day = on.saturating_add(jiff::Span::new().days(days - 3));
            let facts = Facts { comment: comment.then(|| "why".to_owned()), ..facts(day) };
            if let Ok((next, happening)) = case.clone().apply(event, &facts) {
                case = next;
                history.push(happening);
                on = day;
            }
            check(&case, &history);
        }
        for happening in &mut history {
            happening.comment = None;
        }
        prop_assert_eq!(Case::from_history(&history).unwrap(), case);
    }
}
