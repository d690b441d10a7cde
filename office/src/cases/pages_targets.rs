//! The targets of a case: the need judged of each, what it rests on, and the goals that answer to it.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use fairway_domain::permission::Action;
use fairway_domain::target::{Bears, Need};
use fairway_site::{Frame, L};
use uuid::Uuid;

use super::head::{Head, Page, Shown};
use super::store_targets::{self, Seen};
use super::words;
use crate::web::{Guard, WebResult, page};

/// An observation as a page shows it.
pub struct SeenLine {
    /// The day.
    pub day: String,
    /// Where it comes from.
    pub source: String,
    /// What was seen.
    pub text: String,
    /// What it bears on.
    pub bears: String,
    /// Who saw it.
    pub by: String,
}

struct Judged {
    need: String,
    mood: &'static str,
    day: String,
    by: String,
    reason: String,
    cites: Vec<SeenLine>,
}

struct Card {
    id: String,
    title: String,
    about: String,
    need: String,
    mood: &'static str,
    current: Option<Judged>,
    before: Vec<Judged>,
    uncited: Vec<SeenLine>,
    goals: Vec<String>,
}

struct GoalLine {
    id: Uuid,
    words: String,
    good: String,
    targets: String,
    set: String,
    closed: Option<String>,
    revision: i64,
}

#[derive(Template)]
#[template(path = "cases/targets.html")]
#[expect(clippy::struct_excessive_bools, reason = "a template asks what to show, field by field")]
struct TargetsPage {
    frame: Frame,
    l: L,
    head: Head,
    base: String,
    cards: Vec<Card>,
    others: Vec<SeenLine>,
    goals: Vec<GoalLine>,
    judged: String,
    may_observe: bool,
    may_judge: bool,
    may_set: bool,
    reads: bool,
    once: String,
}

/// The word and the mood of a need.
pub fn need(l: L, need: Need) -> (String, &'static str) {
    let mood = match need {
        Need::Present => "late",
        Need::Absent => "ok",
        Need::Unclear | Need::NotYetAssessed => "plain",
    };
    (l.t(&format!("cases-need-{}", need.code())).into_owned(), mood)
}

/// The name of a primary good or another construct.
pub fn construct(l: L, model: &str, id: &str) -> String {
    l.t(&format!("programmes-construct-{model}-{id}")).into_owned()
}

/// An observation in words.
pub fn line(l: L, shown: &Shown, seen: &Seen) -> SeenLine {
    let bears: Vec<String> = seen
        .observation
        .bears
        .iter()
        .map(|bears| match bears {
            Bears::Target { id } => words::target(l, shown.definition(), id),
            Bears::Construct { model, id } => {
                format!("{} ({})", construct(l, model.id(), id), l.t(&format!("programmes-model-{}", model.id())))
            }
        })
        .collect();
    SeenLine {
        day: l.date(seen.observation.observed_on),
        source: l.t(&format!("cases-source-{}", seen.observation.source.code())).into_owned(),
        text: seen.text.clone(),
        bears: l.list(&bears),
        by: seen.by.clone(),
    }
}

/// `GET /cases/{id}/targets`
pub async fn targets(guard: Guard, Path(id): Path<Uuid>) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let shown = Shown::load(&mut tx, &guard, &permit).await?;
    // Coordinators see which needs were judged; what was seen and said is for those who work on the case.
    let reads = shown.could(&guard, Action::SeeNotes);
    let seen = store_targets::observations(&mut tx, &permit, reads).await?;
    let judgements = store_targets::judgements(&mut tx, &permit, reads).await?;
    let goals = store_targets::goals(&mut tx, &permit, reads).await?;
    tx.commit().await?;
    let l = guard.l;
    let definition = shown.definition();
    let judged = |judgement: &fairway_domain::target::Judgement, told: &store_targets::Told| {
        let (word, mood) = need(l, judgement.need);
        let cites = seen.iter().filter(|one| judgement.cites.contains(&one.observation.id)).map(|one| line(l, &shown, one)).collect();
        Judged { need: word, mood, day: l.date(judgement.judged_on), by: told.by.clone(), reason: told.reason.clone(), cites }
    };
    let mut cards = Vec::new();
    for target in &definition.targets {
        let mut history: Vec<Judged> = judgements
            .iter()
            .filter(|(judgement, _)| judgement.target == target.id)
            .map(|(judgement, told)| judged(judgement, told))
            .collect();
        let current = history.pop();
        history.reverse();
        let cited: Vec<Uuid> = judgements
            .iter()
            .filter(|(judgement, _)| judgement.target == target.id)
            .flat_map(|(judgement, _)| judgement.cites.clone())
            .collect();
        let uncited = seen
            .iter()
            .filter(|one| !cited.contains(&one.observation.id) && one.observation.bears.iter().any(|bears| bears.concerns(target)));
        let (word, mood) = match &current {
            Some(current) => (current.need.clone(), current.mood),
            None => need(l, Need::NotYetAssessed),
        };
        cards.push(Card {
            id: target.id.clone(),
            title: target.title.in_language(l.code()).to_owned(),
            about: target.about.in_language(l.code()).to_owned(),
            need: word,
            mood,
            current,
            before: history,
            uncited: uncited.map(|one| line(l, &shown, one)).collect(),
            goals: goals
                .iter()
                .filter(|goal| goal.closed_on.is_none() && goal.goal.targets.contains(&target.id))
                .map(|goal| goal.words.clone())
                .filter(|words| !words.is_empty())
                .collect(),
        });
    }
    let others = seen
        .iter()
        .filter(|one| !definition.targets.iter().any(|target| one.observation.bears.iter().any(|bears| bears.concerns(target))))
        .map(|one| line(l, &shown, one))
        .collect();
    let count = store_targets::as_rules(&judgements).judged(&definition.targets);
    page(&TargetsPage {
        frame: guard.frame(format!("{} · {}", l.t("cases-tab-targets"), shown.row.name())),
        l,
        head: Head::of(&guard, &shown, Page::Targets),
        base: shown.href(),
        judged: l.t2("cases-targets-judged", "judged", count, "of", definition.targets.len()).into_owned(),
        cards,
        others,
        goals: goals
            .into_iter()
            .map(|goal| GoalLine {
                id: goal.goal.id,
                good: construct(l, "glm", &goal.goal.good),
                targets: l.list(&goal.goal.targets.iter().map(|target| words::target(l, definition, target)).collect::<Vec<_>>()),
                words: goal.words,
                set: l.date(goal.set_on),
                closed: goal.closed_on.map(|on| l.date(on)),
                revision: goal.revision,
            })
            .collect(),
        may_observe: shown.could(&guard, Action::Observe),
        may_judge: shown.could(&guard, Action::JudgeNeed),
        may_set: shown.could(&guard, Action::SetGoal),
        reads,
        once: guard.app.new_id().to_string(),
    })
}
