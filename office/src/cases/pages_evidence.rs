//! Adding to the thread: an observation, a judged need, a goal.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use fairway_domain::dates::parse_date;
use fairway_domain::programme::Model;
use fairway_domain::target::{Bears, Goal, Judgement, JudgementRefused, Need as Verdict, Source};
use fairway_site::parts::Choice;
use fairway_site::{Form, Frame, L, Need, Problem};
use jiff::civil::Date;
use uuid::Uuid;

use super::head::{Head, Page, Shown};
use super::pages_targets::{construct, line, need};
use super::store_targets::{self, Seen};
use super::words;
use crate::db::{Stored, Tx};
use crate::web::{CasePermit, Error, Guard, Posted, WebResult, carried_out_once, page, page_with, see_other};

const TEXT_MAX: usize = 10_000;
const GOAL_MAX: usize = 1_000;

#[derive(Template)]
#[template(path = "cases/evidence.html")]
struct EvidencePage {
    frame: Frame,
    l: L,
    head: Head,
    form: Form,
    kind: &'static str,
    action: String,
    back: String,
    title: String,
    intro: String,
    once: String,
    bears: Vec<Choice>,
    sources: Vec<Choice>,
    needs: Vec<Choice>,
    cites: Vec<Choice>,
    goods: Vec<Choice>,
    targets: Vec<Choice>,
}

/// Which form it is, and the target a judgement is about.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Observation,
    Judgement(String),
    Goal,
}

async fn template(tx: &mut Tx, guard: &Guard, permit: &CasePermit, shown: &Shown, kind: &Kind, form: Form) -> Stored<EvidencePage> {
    let l = guard.l;
    let base = shown.href();
    let definition = shown.definition();
    let targets: Vec<Choice> = definition
        .targets
        .iter()
        .map(|target| Choice::new(target.id.clone(), target.title.in_language(l.code())).hint(target.about.in_language(l.code())))
        .collect();
    let (code, action, title) = match kind {
        Kind::Observation => ("observation", format!("{base}/observations"), l.t("cases-observation-title").into_owned()),
        Kind::Judgement(target) => (
            "judgement",
            format!("{base}/targets/{target}/judgement"),
            l.t1("cases-judgement-title", "target", words::target(l, definition, target)).into_owned(),
        ),
        Kind::Goal => ("goal", format!("{base}/goals"), l.t("cases-goal-title").into_owned()),
    };
    let cites = match kind {
        Kind::Judgement(target) => citable(&store_targets::observations(tx, permit, true).await?, l, shown, target),
        _ => Vec::new(),
    };
    Ok(EvidencePage {
        frame: guard.frame(format!("{} · {}", title, shown.row.name())),
        l,
        head: Head::of(guard, shown, Page::Other),
        form,
        kind: code,
        action,
        back: format!("{base}/targets"),
        title,
        intro: l.t(&format!("cases-{code}-intro")).into_owned(),
        once: guard.app.new_id().to_string(),
        bears: if *kind == Kind::Observation { bears(l, &targets) } else { Vec::new() },
        sources: [Source::Interview, Source::File, Source::Score]
            .iter()
            .map(|source| Choice::new(source.code(), l.t(&format!("cases-source-{}", source.code()))))
            .collect(),
        needs: [Verdict::Present, Verdict::Absent, Verdict::Unclear].iter().map(|one| Choice::new(one.code(), need(l, *one).0)).collect(),
        cites,
        goods: Model::Glm.constructs().iter().map(|good| Choice::new(*good, construct(l, "glm", good))).collect(),
        targets,
    })
}

/// What an observation may bear on: the programme's targets, then the constructs of the five models.
fn bears(l: L, targets: &[Choice]) -> Vec<Choice> {
    let mut choices: Vec<Choice> =
        targets.iter().map(|target| Choice::new(format!("target:{}", target.value), target.label.clone())).collect();
    for model in Model::ALL {
        let name = l.t(&format!("programmes-model-{}", model.id()));
        choices.extend(
            model
                .constructs()
                .iter()
                .map(|id| Choice::new(format!("{}:{id}", model.id()), format!("{name}: {}", construct(l, model.id(), id)))),
        );
    }
    choices
}

fn citable(seen: &[Seen], l: L, shown: &Shown, target: &str) -> Vec<Choice> {
    let Some(target) = shown.definition().target(target) else { return Vec::new() };
    seen.iter()
        .rev()
        .filter(|one| one.observation.bears.iter().any(|bears| bears.concerns(target)))
        .map(|one| {
            let told = line(l, shown, one);
            Choice::new(one.observation.id.to_string(), format!("{} · {}", told.day, told.source)).hint(one.text.clone())
        })
        .collect()
}

async fn show(guard: &Guard, id: Uuid, kind: Kind, form: Form) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let shown = Shown::load(&mut tx, guard, &permit).await?;
    known(&shown, &kind)?;
    let template = template(&mut tx, guard, &permit, &shown, &kind, form).await?;
    tx.commit().await?;
    page(&template)
}

async fn again(guard: &Guard, id: Uuid, kind: &Kind, form: Form) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let shown = Shown::load(&mut tx, guard, &permit).await?;
    let template = template(&mut tx, guard, &permit, &shown, kind, form).await?;
    tx.commit().await?;
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &template)
}

/// A target that the definition does not have has no page.
fn known(shown: &Shown, kind: &Kind) -> WebResult<()> {
    match kind {
        Kind::Judgement(target) if shown.definition().target(target).is_none() => Err(Error::NotFound),
        _ => Ok(()),
    }
}

fn asked(guard: &Guard, name: &str) -> String {
    let query = guard.path.split_once('?').map_or("", |(_, query)| query);
    url::form_urlencoded::parse(query.as_bytes()).find(|(found, _)| found == name).map(|(_, value)| value.into_owned()).unwrap_or_default()
}

fn past(guard: &Guard, form: &mut Form, name: &str) -> Option<Date> {
    let on = form.date_with(name, Need::Required, |text| parse_date(text).ok())?;
    if on > guard.today {
        form.fault(name, Problem::new("cases-refused-future").arg("on", guard.l.date(on)));
    }
    Some(on)
}

/// `GET /cases/{id}/observations/new`
pub async fn observation(guard: Guard, Path(id): Path<Uuid>) -> WebResult<Response> {
    let form = Form::fill(&[("on", guard.today.to_string()), ("bears", asked(&guard, "bears"))]);
    show(&guard, id, Kind::Observation, form).await
}

/// `POST /cases/{id}/observations`
pub async fn observing(guard: Guard, Path(id): Path<Uuid>, Posted { mut form, once, .. }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let shown = Shown::load(&mut tx, &guard, &permit).await?;
    let on = past(&guard, &mut form, "on");
    let source = form.choice("source", Need::Required, &["interview", "file", "score"]).and_then(|code| Source::from_code(&code));
    let about = form.choice_as("bears", Need::Required, |text| read_bears(&shown, text));
    let text = form.long_text("text", Need::Required, TEXT_MAX);
    let (Some(on), Some(source), Some(about), Some(text), false) = (on, source, about, text, form.has_faults()) else {
        drop(tx);
        return again(&guard, id, &Kind::Observation, form).await;
    };
    let leads_to = format!("/cases/{id}/targets");
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &leads_to).await? {
        return Ok(see_other(&went));
    }
    let made = store_targets::observe(&mut tx, &guard.app, &permit, source, on, &about, &text).await?;
    guard.made(&mut tx, "observation", made).await?;
    tx.commit().await?;
    Ok(see_other(&leads_to))
}

fn read_bears(shown: &Shown, text: &str) -> Option<Bears> {
    let (kind, id) = text.split_once(':')?;
    if kind == "target" {
        return shown.definition().target(id).map(|target| Bears::Target { id: target.id.clone() });
    }
    let model = Model::ALL.into_iter().find(|model| model.id() == kind)?;
    model.constructs().contains(&id).then(|| Bears::Construct { model, id: id.to_owned() })
}

/// `GET /cases/{id}/targets/{target}/judgement`
pub async fn judgement(guard: Guard, Path((id, target)): Path<(Uuid, String)>) -> WebResult<Response> {
    let form = Form::fill(&[("on", guard.today.to_string())]);
    show(&guard, id, Kind::Judgement(target), form).await
}

/// `POST /cases/{id}/targets/{target}/judgement`
pub async fn judging(guard: Guard, Path((id, target)): Path<(Uuid, String)>, Posted { mut form, once, .. }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let shown = Shown::load(&mut tx, &guard, &permit).await?;
    let kind = Kind::Judgement(target.clone());
    let defined = shown.definition().target(&target).ok_or(Error::NotFound)?;
    let on = past(&guard, &mut form, "on");
    let verdict = form.choice("need", Need::Required, &["present", "absent", "unclear"]).and_then(|code| Verdict::from_code(&code));
    let reason = form.long_text("reason", Need::Optional, TEXT_MAX);
    let cites: Vec<Uuid> = form.values("cites").filter_map(|id| id.parse().ok()).collect();
    let seen = store_targets::observations(&mut tx, &permit, false).await?;
    let before = store_targets::judgements(&mut tx, &permit, false).await?;
    if cites.is_empty() {
        form.fault("cites", Problem::new("cases-judgement-no-observation"));
    }
    let (Some(on), Some(verdict), false) = (on, verdict, form.has_faults()) else {
        drop(tx);
        return again(&guard, id, &kind, form).await;
    };
    let judgement = Judgement { target: target.clone(), need: verdict, judged_on: on, by: guard.actor.id, cites };
    let observations: Vec<_> = seen.into_iter().map(|one| one.observation).collect();
    if let Err(refused) = store_targets::as_rules(&before).judge(defined, judgement.clone(), &observations, guard.today) {
        let (field, problem) = refusal(guard.l, &refused);
        form.fault(field, problem);
        drop(tx);
        return again(&guard, id, &kind, form).await;
    }
    let leads_to = format!("/cases/{id}/targets#target-{target}");
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &leads_to).await? {
        return Ok(see_other(&went));
    }
    let made = store_targets::judge(&mut tx, &guard.app, &permit, &judgement, reason.as_deref()).await?;
    guard.made(&mut tx, "judgement", made).await?;
    tx.commit().await?;
    Ok(see_other(&leads_to))
}

fn refusal(l: L, refused: &JudgementRefused) -> (&'static str, Problem) {
    match refused {
        JudgementRefused::NothingJudged => ("need", Problem::new("form-fault-choice")),
        JudgementRefused::NoObservation => ("cites", Problem::new("cases-judgement-no-observation")),
        JudgementRefused::UnknownObservation(_) | JudgementRefused::DoesNotBear { .. } => {
            ("cites", Problem::new("cases-judgement-not-bearing"))
        }
        JudgementRefused::ObservedLater { observed_on, .. } => {
            ("on", Problem::new("cases-judgement-later").arg("on", l.date(*observed_on)))
        }
        JudgementRefused::BeforePrevious { previous_on, .. } => {
            ("on", Problem::new("cases-refused-before").arg("previous", l.date(*previous_on)))
        }
        JudgementRefused::InFuture { judged_on } => ("on", Problem::new("cases-refused-future").arg("on", l.date(*judged_on))),
    }
}

/// `GET /cases/{id}/goals/new`
pub async fn goal(guard: Guard, Path(id): Path<Uuid>) -> WebResult<Response> {
    let form = Form::fill(&[("on", guard.today.to_string())]);
    show(&guard, id, Kind::Goal, form).await
}

/// `POST /cases/{id}/goals`
pub async fn setting_goal(guard: Guard, Path(id): Path<Uuid>, Posted { mut form, once, .. }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let shown = Shown::load(&mut tx, &guard, &permit).await?;
    let targets = &shown.definition().targets;
    let said = form.long_text("words", Need::Required, GOAL_MAX);
    let good = form.choice("good", Need::Required, Model::Glm.constructs());
    let tied: BTreeSet<String> =
        form.many("targets", &targets.iter().map(|target| target.id.clone()).collect::<Vec<_>>()).into_iter().collect();
    if tied.is_empty() {
        form.fault("targets", Problem::new("cases-goal-no-target"));
    }
    let on = past(&guard, &mut form, "on");
    let goal = good.and_then(|good| Goal::new(guard.app.new_id(), &good, tied, targets).ok());
    let (Some(said), Some(goal), Some(on), false) = (said, goal, on, form.has_faults()) else {
        drop(tx);
        return again(&guard, id, &Kind::Goal, form).await;
    };
    let leads_to = format!("/cases/{id}/targets");
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &leads_to).await? {
        return Ok(see_other(&went));
    }
    store_targets::set_goal(&mut tx, &guard.app, &permit, &goal, &said, on).await?;
    guard.made(&mut tx, "goal", goal.id).await?;
    tx.commit().await?;
    Ok(see_other(&leads_to))
}

/// `POST /cases/{id}/goals/{goal}/closure`: the goal was reached or given up; it stays on record.
pub async fn closing_goal(
    guard: Guard,
    Path((id, goal)): Path<(Uuid, Uuid)>,
    Posted { once, revision, .. }: Posted,
) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let leads_to = format!("/cases/{id}/targets");
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &leads_to).await? {
        return Ok(see_other(&went));
    }
    store_targets::close_goal(&mut tx, &permit, goal, guard.today, revision.ok_or(Error::Unreadable)?).await?;
    tx.commit().await?;
    Ok(see_other(&leads_to))
}
