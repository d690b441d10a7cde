//! The page of suitability: criteria, what follows, the decision, and the way onto the waiting list.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use fairway_domain::case::StageKind;
use fairway_domain::permission::{Action, Status};
use fairway_domain::programme::{Criterion, Definition, Level};
use fairway_domain::suitability::{Follows, Judgement, Weighed, weigh};
use fairway_site::{Choice, Fact, Form, Frame, L};
use uuid::Uuid;

use super::store_suitability::{self as store, Judged};
use crate::cases::life;
use crate::cases::store::{self as cases, CaseRow};
use crate::db::Tx;
use crate::web::{CasePermit, Guard, WebResult, page};

struct PastRow {
    mood: &'static str,
    word: String,
    said: String,
    reason: String,
}

struct CriterionRow {
    verdict: String,
    reason: String,
    title: String,
    help: String,
    required: bool,
    latest: Option<PastRow>,
    before: Vec<PastRow>,
}

struct TrackRow {
    title: String,
    levels: String,
    dose: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "referrals/suitability.html")]
#[expect(clippy::struct_excessive_bools, reason = "each says whether one part of the page is shown")]
pub(super) struct SuitabilityPage {
    frame: Frame,
    l: L,
    /// The three forms of the page share nothing but faults of the one that was sent.
    judging: Form,
    deciding: Form,
    queueing: Form,
    case: Uuid,
    once: Uuid,
    once_decision: Uuid,
    once_waiting: Uuid,
    facts: Vec<Fact>,
    criteria: Vec<CriterionRow>,
    verdicts: Vec<Choice>,
    mood: &'static str,
    follows: String,
    lists: Vec<(String, String)>,
    others: Vec<(Uuid, String, String)>,
    may_judge: bool,
    decisions: Vec<Choice>,
    against: bool,
    may_queue: bool,
    waiting: bool,
    levels: Vec<Choice>,
    tracks: Vec<TrackRow>,
}

impl SuitabilityPage {
    /// The other cases of the person that the page names, for the access log.
    pub(super) fn others_listed(&self) -> Vec<Uuid> {
        self.others.iter().map(|(id, _, _)| *id).collect()
    }
}

/// Which form of the page was sent and is shown again.
pub(super) enum Sent {
    /// None: the page is asked for.
    Nothing,
    /// The judgements.
    Judging(Form),
    /// The decision.
    Deciding(Form),
    /// Risk and need.
    Queueing(Form),
}

fn word(l: L, judgement: Judgement) -> (String, &'static str) {
    let mood = match judgement {
        Judgement::Met => "ok",
        Judgement::NotMet => "late",
        Judgement::Unknown => "plain",
    };
    (l.t(&format!("suitability-{judgement}")).into_owned(), mood)
}

fn past(l: L, judged: &Judged) -> PastRow {
    let (word, mood) = word(l, judged.judgement);
    let said = l.t2("suitability-judged", "date", l.date(judged.judged_on), "who", judged.by.as_str()).into_owned();
    PastRow { mood, word, said, reason: judged.reason.clone() }
}

fn criterion(l: L, criterion: &Criterion, all: &[Judged]) -> CriterionRow {
    let mut of_it = all.iter().filter(|judged| judged.criterion == criterion.id).map(|judged| past(l, judged));
    CriterionRow {
        verdict: format!("verdict-{}", criterion.id),
        reason: format!("reason-{}", criterion.id),
        title: criterion.title.in_language(l.code()).to_owned(),
        help: criterion.help.in_language(l.code()).to_owned(),
        required: criterion.required,
        latest: of_it.next(),
        before: of_it.collect(),
    }
}

fn titles(l: L, definition: &Definition, ids: &[String]) -> String {
    let names: Vec<String> =
        ids.iter().filter_map(|id| definition.criterion(id)).map(|criterion| criterion.title.in_language(l.code()).to_owned()).collect();
    l.list(&names)
}

/// What the criteria add up to, in words.
fn follows(l: L, weighed: &Weighed) -> (String, &'static str) {
    let (id, mood) = match weighed.follows() {
        Follows::Suitable => ("suitability-follows-suitable", "ok"),
        Follows::Open => ("suitability-follows-open", "plain"),
        Follows::NearMiss => ("suitability-follows-near", "late"),
        Follows::NotMet => ("suitability-follows-not", "late"),
    };
    (l.t1(id, "count", weighed.unmet()).into_owned(), mood)
}

/// Every track with the levels it is for and its dose.
fn tracks(l: L, definition: &Definition, row: &CaseRow) -> Vec<TrackRow> {
    let level = |level: Level| l.t(&format!("waiting-level-{}", level.id())).to_lowercase();
    definition
        .tracks
        .iter()
        .map(|track| {
            let pairs: Vec<String> = track
                .levels
                .iter()
                .map(|pair| l.t2("suitability-pair", "risk", level(pair.risk), "need", level(pair.need)).into_owned())
                .collect();
            TrackRow {
                title: track.title.in_language(l.code()).to_owned(),
                levels: l.list(&pairs),
                dose: dose(l, definition, &track.id),
                current: row.track.as_deref() == Some(track.id.as_str()),
            }
        })
        .collect()
}

/// The dose of a track in words: sessions, hours, weeks.
pub(super) fn dose(l: L, definition: &Definition, track: &str) -> String {
    let Some(track) = definition.track(track) else { return String::new() };
    let minutes: u32 = definition.sessions_of(track).map(|(_, _, session)| u32::from(session.minutes)).sum();
    let sessions = definition.sessions_of(track).count();
    l.t3("suitability-dose", "sessions", sessions, "hours", minutes.div_ceil(60), "weeks", definition.length_in_days(track).div_ceil(7))
        .into_owned()
}

fn decisions(l: L, stage: StageKind, weighed: &Weighed) -> (Vec<Choice>, bool) {
    let choice = |code: &'static str| {
        Choice::new(code, l.t(&format!("suitability-decide-{code}"))).hint(l.t(&format!("suitability-decide-{code}-means")))
    };
    let unmet = weighed.unmet() > 0;
    match stage {
        StageKind::Referred if unmet => (vec![choice("not-suitable"), choice("against-rule")], true),
        StageKind::Referred => (vec![choice("suitable"), choice("not-suitable")], false),
        StageKind::Suitable | StageKind::Waiting => (vec![choice("not-suitable")], false),
        _ => (Vec::new(), false),
    }
}

/// Fills the form of judgements from the newest ones.
fn prefilled(definition: &Definition, all: &[Judged], today: &str) -> Form {
    let mut form = Form::fill(&[("judged-on", today)]);
    for criterion in &definition.suitability {
        if let Some(judged) = all.iter().find(|judged| judged.criterion == criterion.id) {
            form.set(&format!("verdict-{}", criterion.id), judged.judgement.code());
            form.set(&format!("reason-{}", criterion.id), judged.reason.clone());
        }
    }
    form
}

/// The page as it stands, with the form that was sent.
pub(super) async fn page_of(tx: &mut Tx, guard: &Guard, permit: &CasePermit, sent: Sent) -> WebResult<SuitabilityPage> {
    let l = guard.l;
    let row = cases::row(tx, permit).await?;
    let all = store::judgements(tx, permit).await?;
    let others = store::other_cases(tx, permit).await?;
    let definition = life::definition(&guard.app, permit.programme())?;
    let weighed = weigh(&definition.suitability, &store::latest(&all));
    let today = l.date(guard.today);
    let mut judging = prefilled(definition, &all, &today);
    let mut deciding = Form::fill(&[("on", today.as_str())]);
    let mut queueing =
        Form::fill(&[("on", today.as_str()), ("risk", row.risk.map_or("", Level::id)), ("need", row.need.map_or("", Level::id))]);
    match sent {
        Sent::Nothing => {}
        Sent::Judging(form) => judging = form,
        Sent::Deciding(form) => deciding = form,
        Sent::Queueing(form) => queueing = form,
    }
    let (decisions, against) = decisions(l, row.stage, &weighed);
    let (follows, mood) = follows(l, &weighed);
    let lists = [
        ("suitability-list-not-met", &weighed.not_met),
        ("suitability-list-open", &weighed.open),
        ("suitability-list-remarks", &weighed.remarks),
    ]
    .into_iter()
    .filter(|(_, ids)| !ids.is_empty())
    .map(|(id, ids)| (l.t(id).into_owned(), titles(l, definition, ids)))
    .collect();
    let status = if row.stage.is_end() { Status::Ended } else { Status::Live };
    let could = |action| guard.could(permit.unit(), false, action, status);
    let mut facts =
        vec![Fact::bare(row.case_number.clone()), Fact::new(l.t("referral-state"), l.t(&format!("referral-stage-{}", row.stage)))];
    facts.extend(row.order_ends_on.map(|on| Fact::new(l.t("referral-order-end"), l.date(on))));
    facts.extend(row.latest_start_on.map(|on| Fact::new(l.t("waiting-latest"), l.date(on))));
    Ok(SuitabilityPage {
        frame: guard.frame(l.t1("suitability-title", "name", row.name())),
        l,
        case: row.id,
        once: guard.app.new_id(),
        once_decision: guard.app.new_id(),
        once_waiting: guard.app.new_id(),
        facts,
        criteria: definition.suitability.iter().map(|each| criterion(l, each, &all)).collect(),
        verdicts: Judgement::ALL.iter().map(|judgement| Choice::new(judgement.code(), word(l, *judgement).0)).collect(),
        mood,
        follows,
        lists,
        others: others.into_iter().map(|(id, number, stage)| (id, number, l.t(&format!("referral-stage-{stage}")).into_owned())).collect(),
        may_judge: could(Action::JudgeSuitability),
        decisions,
        against,
        may_queue: could(Action::QueueCase) && matches!(row.stage, StageKind::Suitable | StageKind::Waiting),
        waiting: row.stage == StageKind::Waiting,
        levels: Level::ALL.iter().map(|level| Choice::new(level.id(), l.t(&format!("waiting-level-{}", level.id())))).collect(),
        tracks: tracks(l, definition, &row),
        judging,
        deciding,
        queueing,
    })
}

/// `GET /cases/{case}/suitability`
pub async fn shown(guard: Guard, Path(id): Path<Uuid>) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let shown = page_of(&mut tx, &guard, &permit, Sent::Nothing).await?;
    guard.listed(&mut tx, "case", &shown.others_listed()).await?;
    tx.commit().await?;
    page(&shown)
}
