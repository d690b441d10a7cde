//! Staff enter a response: from paper, or the outcome of a professional's tool. Twice, where they wish, with differences shown.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use fairway_domain::dates::parse_date;
use fairway_domain::measure::{AnsweredBy, Answers, Instrument, Item, ItemKind};
use fairway_site::{Choice, Form, Frame, L, Need, Problem};
use jiff::ToSpan as _;
use uuid::Uuid;

use super::entry::{self, field};
use super::kept::Kept;
use super::pages_take::{Ground, ground};
use super::store::{self, New};
use super::subject::Subject;
use crate::cases::head::{Head, Page};
use crate::db::Tx;
use crate::web::{CasePermit, Error, Guard, Posted, WebResult, carried_out_before, carried_out_once, page, page_with, see_other};

struct Line {
    name: String,
    id: String,
    heading: String,
    number: String,
    text: String,
    takes: String,
    digits: String,
    value: String,
    fault: String,
    first: String,
    first_name: String,
    differs: bool,
    /// What its numbers mean, where that is not what the legend says.
    own: Vec<(String, String)>,
    kind: &'static str,
}

#[derive(Template)]
#[template(path = "measures/entry.html")]
struct EntryPage {
    frame: Frame,
    l: L,
    head: Head,
    form: Form,
    title: String,
    legend: Vec<(String, String)>,
    action: String,
    back: String,
    once: String,
    points: Vec<Choice>,
    raters: Vec<Choice>,
    lines: Vec<Line>,
    second: bool,
    differences: usize,
}

/// How long before the referral an answer may have been given; an earlier day is a slip of the pen.
const BEFORE_DAYS: i32 = 366;

/// Which time the answers are typed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Round {
    First,
    Second,
    Settling,
}

fn entry_page(guard: &Guard, ground: &Ground, form: Form, round: Round) -> EntryPage {
    let (l, subject, shown) = (guard.l, &ground.subject, &ground.shown);
    let instrument = &subject.instrument;
    let legend = legend(l, instrument);
    let lines = lines(l, instrument, &form, round, &legend);
    let rater = |kind: AnsweredBy| Choice::new(kind.code(), l.t(&format!("measures-rater-{kind}")));
    EntryPage {
        frame: guard.frame(format!("{} · {}", subject.title, shown.row.name())),
        l,
        head: Head::of(guard, shown, Page::Measures),
        title: subject.title.clone(),
        legend,
        action: format!("{}/measures/{}/entry", shown.href(), subject.code),
        back: format!("{}/measures", shown.href()),
        once: guard.app.new_id().to_string(),
        points: subject.choices(l, shown.definition()),
        raters: match instrument.answered_by {
            AnsweredBy::Professional => vec![rater(AnsweredBy::Professional)],
            _ => vec![rater(AnsweredBy::Participant), rater(AnsweredBy::Interviewer)],
        },
        second: round != Round::First,
        differences: lines.iter().filter(|line| line.differs).count(),
        lines,
        form,
    }
}

/// What the numbers mean, said once: of the options that most items have.
fn legend(l: L, instrument: &Instrument) -> Vec<(String, String)> {
    let all: Vec<_> = instrument.items.iter().map(|item| meanings(l, item)).filter(|one| !one.is_empty()).collect();
    // Of two that are equally common, the one that comes first.
    all.iter().rev().max_by_key(|one| all.iter().filter(|other| other == one).count()).cloned().unwrap_or_default()
}

/// The options of a choice with their words, where there are words.
fn meanings(l: L, item: &Item) -> Vec<(String, String)> {
    let ItemKind::Choice { options } = &item.kind else { return Vec::new() };
    let words = options.iter().map(|tick| (tick.value.to_string(), tick.words.in_language(l.code()).to_owned()));
    words.filter(|(_, words)| !words.is_empty()).collect()
}

fn lines(l: L, instrument: &Instrument, form: &Form, round: Round, legend: &[(String, String)]) -> Vec<Line> {
    let mut under = None;
    instrument
        .items
        .iter()
        .enumerate()
        .map(|(index, item)| {
            let name = field(index);
            let heading = item.under.filter(|_| item.under != under).and_then(|at| instrument.headings.get(at));
            under = item.under;
            let digits = match &item.kind {
                ItemKind::Choice { options }
                    if options.iter().all(|tick| tick.value.fract() == 0.0 && (0.0..10.0).contains(&tick.value)) =>
                {
                    options.iter().map(|tick| tick.value.to_string()).collect()
                }
                _ => String::new(),
            };
            let first = form.value(&format!("first_{index}")).to_owned();
            let fault = form.fault_of(&name).map(|problem| problem.say(&l).into_owned()).unwrap_or_default();
            Line {
                id: format!("f-{name}"),
                heading: heading.map_or_else(String::new, |text| text.in_language(l.code()).to_owned()),
                number: entry::item_number(item, index),
                own: Some(meanings(l, item)).filter(|own| own != legend).unwrap_or_default(),
                text: entry::item_words(l, l.code(), instrument, index),
                takes: item.taken(),
                digits,
                value: form.value(&name).to_owned(),
                fault,
                differs: round == Round::Settling && first.trim() != form.value(&name).trim(),
                first,
                first_name: format!("first_{index}"),
                kind: match item.kind {
                    ItemKind::Words => "words",
                    ItemKind::Day => "day",
                    _ => "number",
                },
                name,
            }
        })
        .collect()
}

/// `GET /cases/{id}/measures/{measure}/entry`
pub async fn entry(guard: Guard, Path((id, measure)): Path<(Uuid, String)>) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let ground = ground(&mut tx, &guard, &permit, &measure).await?;
    let rater = if ground.subject.instrument.answered_by == AnsweredBy::Professional { "professional" } else { "participant" };
    let mut form = Form::fill(&[("point", ground.waiting.clone()), ("on", guard.today.to_string()), ("rater", rater.to_owned())]);
    let query = guard.path.split_once('?').map_or("", |(_, query)| query);
    if let Some((_, amends)) = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "amends") {
        let amended = amended(&mut tx, &permit, &ground.subject, &amends).await?;
        form.set("amends", amended.id.to_string());
        form.set("point", amended.point);
        form.set("rater", amended.rater);
        form.set("on", amended.answered_on.unwrap_or(guard.today).to_string());
    }
    tx.commit().await?;
    page(&entry_page(&guard, &ground, form, Round::First))
}

/// The response that is to be corrected: one of this case and this measure, handed in. Any other is not found.
async fn amended(tx: &mut Tx, permit: &CasePermit, subject: &Subject, id: &str) -> WebResult<store::Response> {
    let found = store::response(tx, permit, id.parse().map_err(|_| Error::NotFound)?).await?;
    if found.standing == "done" && found.measure == subject.code { Ok(found) } else { Err(Error::NotFound) }
}

/// `POST /cases/{id}/measures/{measure}/entry`
pub async fn entering(
    guard: Guard,
    Path((id, measure)): Path<(Uuid, String)>,
    Posted { mut form, once, .. }: Posted,
) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let ground = ground(&mut tx, &guard, &permit, &measure).await?;
    let leads_to = format!("/cases/{id}/measures");
    if let Some(went) = carried_out_before(&mut tx, &guard, once).await? {
        return Ok(see_other(&went));
    }
    let instrument = &ground.subject.instrument;
    let on = form.date_with("on", Need::Required, |text| parse_date(text).ok());
    if on.is_some_and(|on| on > guard.today) {
        form.fault("on", Problem::new("measures-fault-future"));
    } else if on.is_some_and(|on| on < ground.shown.row.referred_on.saturating_sub(BEFORE_DAYS.days())) {
        form.fault("on", Problem::new("measures-fault-old"));
    }
    let amends = match form.value("amends") {
        "" => None,
        id => Some(amended(&mut tx, &permit, &ground.subject, id).await?.id),
    };
    if let Some(amends) = amends
        && store::corrected_by(&mut tx, &permit, amends).await?.is_some()
    {
        form.fault("", Problem::new("measures-fault-corrected"));
    }
    let rater = form.choice_as("rater", Need::Required, AnsweredBy::from_code);
    if !ground.subject.knows(form.value("point")) {
        form.fault("point", Problem::new("form-fault-choice"));
    }
    let mut answers = Answers::none(instrument);
    entry::read(&mut form, instrument, 0..instrument.items.len(), &mut answers);
    for (index, item) in instrument.items.iter().enumerate() {
        if item.required && !answers.has(index) {
            form.fault(&field(index), Problem::new("form-fault-missing"));
        }
    }
    if answers.answered() == 0 && !form.has_faults() {
        form.fault("", Problem::new("measures-fault-empty"));
    }
    let (second, settled) = (form.is_checked("round", "2"), form.is_checked("round", "3"));
    let round = match (second, settled) {
        (_, true) => Round::Settling,
        (true, false) => Round::Second,
        (false, false) => Round::First,
    };
    let (Some(on), Some(rater), false) = (on, rater, form.has_faults()) else {
        tx.commit().await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &entry_page(&guard, &ground, form, round));
    };
    let differs = |index: usize| form.value(&format!("first_{index}")).trim() != form.value(&field(index)).trim();
    if !second && !settled && form.flag("twice") {
        tx.commit().await?;
        for index in 0..instrument.items.len() {
            let first = form.value(&field(index)).trim().to_owned();
            form.set(&format!("first_{index}"), first);
            form.set(&field(index), "");
        }
        return page(&entry_page(&guard, &ground, form, Round::Second));
    }
    if second && (0..instrument.items.len()).any(differs) {
        tx.commit().await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &entry_page(&guard, &ground, form, Round::Settling));
    }
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &leads_to).await? {
        return Ok(see_other(&went));
    }
    let kept = Kept::of(instrument, answers);
    let concern = entry::raise(&mut tx, &guard.app, guard.l, &permit, instrument, &kept).await?;
    let response = guard.app.new_id();
    let new = New {
        id: response,
        instrument: ground.subject.instrument_id,
        measure: &ground.subject.code,
        point: form.value("point"),
        way: if rater == AnsweredBy::Professional { "professional" } else { "paper" },
        rater: rater.code(),
        language: instrument.languages.iter().find(|language| **language == ground.shown.row.spoken_language).map_or("en", String::as_str),
        twice: second || settled,
        amends,
        done: Some((on, &kept)),
        concern,
    };
    store::write(&mut tx, &guard.app, &permit, &new).await?;
    super::refresh(&mut tx, &guard.app, &permit).await?;
    guard.made(&mut tx, "response", response).await?;
    tx.commit().await?;
    Ok(see_other(&concern.map_or(leads_to, |concern| format!("/concerns/{concern}"))))
}
