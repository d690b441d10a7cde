use jiff::civil::date;

use super::*;

const TODAY: Date = date(2026, 11, 23);

fn set(ids: &[&str]) -> BTreeSet<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

fn target(id: &str, need: Need, cited: usize) -> TargetFact {
    TargetFact { target: id.into(), need, cited }
}

fn session(id: &str, targets: &[&str], on: Date, kind: MarkKind) -> SessionFact {
    SessionFact { session: id.into(), targets: set(targets), on, kind }
}

fn score(on: Date, value: f64) -> Score {
    Score { measure: "mood".into(), on, value, band: Some(Band { low: 8.0, high: 16.0 }) }
}

fn empty() -> ThreadFacts<'static> {
    ThreadFacts {
        from: date(2026, 6, 1),
        today: TODAY,
        phases: &[],
        targets: &[],
        sessions: &[],
        observations: &[],
        measures: &[],
        scores: &[],
        goals: &[],
    }
}

#[test]
fn lanes_gather_what_bears_on_their_target() {
    let sessions = [
        session("two", &["a", "b"], date(2026, 12, 7), MarkKind::Planned),
        session("one", &["a"], date(2026, 9, 7), MarkKind::Attended),
        session("three", &["b"], date(2026, 9, 8), MarkKind::Missed),
    ];
    let observations = [ObservationFact { targets: set(&["b"]), on: date(2026, 7, 1) }];
    let measures = [MeasureFact { measure: "mood".into(), targets: set(&["a"]) }];
    let scores = [score(date(2026, 11, 1), 7.0), score(date(2026, 7, 1), 12.0)];
    let thread = Thread::of(&ThreadFacts {
        targets: &[target("a", Need::Present, 1), target("b", Need::Unclear, 1)],
        sessions: &sessions,
        observations: &observations,
        measures: &measures,
        scores: &scores,
        ..empty()
    });
    assert_eq!((thread.from, thread.to), (date(2026, 6, 1), date(2026, 12, 7)));
    assert_eq!(thread.gaps, []);
    let [a, b] = thread.lanes.as_slice() else { panic!("two lanes") };
    let order: Vec<_> = a.sessions.iter().map(|mark| mark.session.as_str()).collect();
    assert_eq!(order, ["one", "two"]);
    assert_eq!(a.tally(), Tally { planned: 1, attended: 1, ..Tally::default() });
    assert_eq!(b.tally(), Tally { planned: 1, missed: 1, ..Tally::default() });
    assert_eq!(b.observed_on, [date(2026, 7, 1)]);
    assert!(b.scores.is_empty() && b.changes().is_empty());
    let changes = a.changes();
    let [change] = changes.as_slice() else { panic!("one measure") };
    assert_eq!((change.first_on, change.last_on), (date(2026, 7, 1), date(2026, 11, 1)));
    assert_eq!(change.reliable, Some(true));
}

#[test]
fn one_score_is_no_change() {
    let lane = Lane {
        target: "a".into(),
        need: Need::Present,
        sessions: vec![],
        observed_on: vec![],
        scores: vec![score(date(2026, 7, 1), 12.0)],
    };
    assert_eq!(lane.changes().first().map(|change| change.reliable), Some(None));
}

#[test]
fn each_tear_is_told() {
    let goal = |id, targets: &[&str]| Goal { id: Uuid::from_u128(id), good: "work".into(), targets: set(targets) };
    let sessions = [session("one", &["b", "d"], date(2026, 9, 7), MarkKind::Attended)];
    let targets =
        [target("a", Need::Present, 1), target("b", Need::Present, 0), target("c", Need::Absent, 2), target("d", Need::NotYetAssessed, 0)];
    let goals = [goal(1, &["a"]), goal(2, &["gone"]), goal(3, &[])];
    let thread = Thread::of(&ThreadFacts { targets: &targets, sessions: &sessions, goals: &goals, ..empty() });
    assert_eq!(
        thread.gaps,
        [
            Gap::NoSession { target: "a".into() },
            Gap::NoMeasure { target: "b".into(), sessions: 1 },
            Gap::NoObservation { target: "b".into(), need: Need::Present },
            Gap::NoTarget { goal: Uuid::from_u128(2) },
            Gap::NoTarget { goal: Uuid::from_u128(3) },
        ]
    );
}
