use jiff::civil::date;

use super::*;
use crate::programme::{Constructs, Text};

const TODAY: Date = date(2026, 11, 23);

fn target(id: &str) -> Target {
    let constructs = Constructs { glm: vec!["agency".into()], ..Constructs::default() };
    Target { id: id.into(), title: Text::default(), about: Text::default(), constructs }
}

fn observation(id: u128, bears: Bears) -> Observation {
    let (source, by) = (Source::Interview, Uuid::nil());
    Observation { id: Uuid::from_u128(id), source, observed_on: date(2026, 10, 1), by, bears: vec![bears] }
}

fn observations() -> Vec<Observation> {
    let construct = |model, id: &str| Bears::Construct { model, id: id.into() };
    vec![
        observation(1, Bears::Target { id: "readiness".into() }),
        observation(2, construct(Model::Glm, "agency")),
        observation(3, construct(Model::Rnr, "leisure")),
    ]
}

fn judgement(need: Need, cites: &[u128], judged_on: Date) -> Judgement {
    let cites = cites.iter().map(|id| Uuid::from_u128(*id)).collect();
    Judgement { target: "readiness".into(), need, judged_on, by: Uuid::nil(), cites }
}

fn judged(need: Need, cites: &[u128], judged_on: Date) -> Result<Judgements, JudgementRefused> {
    let mut judgements = Judgements::default();
    judgements.judge(&target("readiness"), judgement(need, cites, judged_on), &observations(), TODAY)?;
    Ok(judgements)
}

#[test]
fn nothing_judged_is_not_yet_assessed() {
    assert_eq!(Judgements::default().need("readiness"), Need::NotYetAssessed);
    assert_eq!(judged(Need::NotYetAssessed, &[1], TODAY), Err(JudgementRefused::NothingJudged));
}

#[test]
fn a_judgement_rests_on_observations_that_bear_on_the_target() {
    for need in [Need::Present, Need::Absent, Need::Unclear] {
        assert_eq!(judged(need, &[], TODAY), Err(JudgementRefused::NoObservation));
        assert_eq!(judged(need, &[1, 2], TODAY).map(|all| all.need("readiness")), Ok(need));
    }
    let nine = Uuid::from_u128(9);
    assert_eq!(judged(Need::Present, &[9], TODAY), Err(JudgementRefused::UnknownObservation(nine)));
    let observation = Uuid::from_u128(3);
    assert_eq!(judged(Need::Present, &[1, 3], TODAY), Err(JudgementRefused::DoesNotBear { observation }));
}

#[test]
fn the_days_of_a_judgement_make_sense() {
    let early = date(2026, 9, 1);
    let later = JudgementRefused::ObservedLater { observed_on: date(2026, 10, 1), judged_on: early };
    assert_eq!(judged(Need::Present, &[1], early), Err(later));
    let judged_on = date(2026, 11, 24);
    assert_eq!(judged(Need::Present, &[1], judged_on), Err(JudgementRefused::InFuture { judged_on }));
}

#[test]
fn judgements_are_added_and_the_last_stands() {
    let mut all = Judgements::default();
    let mut judge = |need, on| all.judge(&target("readiness"), judgement(need, &[1], on), &observations(), TODAY);
    assert_eq!(judge(Need::Unclear, date(2026, 10, 5)), Ok(()));
    assert_eq!(judge(Need::Present, date(2026, 11, 5)), Ok(()));
    let before = JudgementRefused::BeforePrevious { previous_on: date(2026, 11, 5), judged_on: date(2026, 11, 4) };
    assert_eq!(judge(Need::Absent, date(2026, 11, 4)), Err(before));
    assert_eq!(all.need("readiness"), Need::Present);
    let history: Vec<_> = all.history("readiness").map(|judgement| judgement.need).collect();
    assert_eq!(history, [Need::Unclear, Need::Present]);
    assert_eq!(all.judged(&[target("readiness"), target("other")]), 1);
}

#[test]
fn a_goal_serves_a_good_and_a_target() {
    let goal = |good: &str, targets: &[&str]| {
        let targets = targets.iter().map(|id| (*id).to_owned()).collect();
        Goal::new(Uuid::nil(), good, targets, &[target("readiness")]).map(|goal| goal.good)
    };
    assert_eq!(goal("relatedness", &["readiness"]), Ok("relatedness".into()));
    assert_eq!(goal("wealth", &["readiness"]), Err(GoalRefused::UnknownGood("wealth".into())));
    assert_eq!(goal("work", &[]), Err(GoalRefused::NoTarget));
    assert_eq!(goal("work", &["x"]), Err(GoalRefused::UnknownTarget("x".into())));
}
