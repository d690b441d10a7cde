//! The participant answers: on a device handed over or by a link, one question a screen or all; saved as they go.

use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use fairway_domain::measure::{Answers, Instrument, ItemKind};
use fairway_site::{Form, Frame, L, Language, Problem};
use uuid::Uuid;

use super::entry::{self, field};
use super::kept::Kept;
use super::openings::{self, MOST_ATTEMPTS};
use super::{store, store_openings};
use crate::accounts::store as accounts;
use crate::app::App;
use crate::db::Tx;
use crate::frame::frame;
use crate::web::{Answering, CasePermit, Error, Posted, SignInCookie, Visitor, WebResult, page, page_with, read_cookie, see_other};

struct Question {
    name: String,
    heading: String,
    text: String,
    options: Vec<(String, String, bool)>,
    value: String,
    fault: String,
}

#[derive(Template)]
#[template(path = "measures/answer.html")]
struct AnswerPage {
    frame: Frame,
    l: L,
    action: String,
    title: String,
    questions: Vec<Question>,
    of: usize,
    /// The place of the one question shown, from 0; all at once without.
    step: Option<usize>,
    last: bool,
    faults: bool,
}

#[derive(Template)]
#[template(path = "measures/answer_code.html")]
struct CodePage {
    frame: Frame,
    l: L,
    form: Form,
    action: String,
}

#[derive(Template)]
#[template(path = "measures/answer_end.html")]
struct EndPage {
    frame: Frame,
    l: L,
    action: String,
    open: bool,
    missing: usize,
    back: String,
    help: bool,
    device: bool,
    fault: String,
}

/// A response that is being answered.
struct Desk {
    tx: Tx,
    permit: CasePermit,
    secret_mac: Vec<u8>,
    response: store::Response,
    instrument: std::sync::Arc<Instrument>,
    l: L,
}

impl Desk {
    fn answers(&self) -> Answers {
        self.response.kept.as_ref().map_or_else(|| Answers::none(&self.instrument), |kept| kept.answers.clone())
    }

    fn raised(&self) -> bool {
        self.response.kept.as_ref().is_some_and(|kept| !self.instrument.raised(&kept.answers.values).is_empty())
    }
}

/// What came of opening a token.
enum Opened {
    Desk(Box<Desk>),
    /// The code is to be given first.
    Locked,
    /// The opening has ended.
    Ended,
}

async fn open(visitor: &Visitor, headers: &HeaderMap, token: &str, changes: bool) -> WebResult<Opened> {
    if !openings::is_token(token) {
        return Err(Error::NotFound);
    }
    let Some((tx, answering)) = visitor.answering(&openings::hashed(token), changes).await? else { return Ok(Opened::Ended) };
    let way = answering.response.way();
    let tied = read_cookie(headers, openings::cookie_name(way)).is_some_and(|cookie| cookie == token);
    if !answering.unlocked || !tied {
        tx.commit().await?;
        return if way == "link" { Ok(Opened::Locked) } else { Err(Error::NotFound) };
    }
    let Answering { permit, response, secret_mac, .. } = answering;
    let response = store::opened(&permit, response)?;
    let instrument = visitor.app.content.instruments().get(response.instrument).cloned().ok_or(Error::NotFound)?;
    let l = Language::parse(&response.language).map_or(visitor.l, Language::words);
    Ok(Opened::Desk(Box::new(Desk { tx, permit, secret_mac, response, instrument, l })))
}

fn bare_frame(visitor: &Visitor, l: L, title: &str) -> Frame {
    let mut frame = frame(&visitor.app, l, None, &visitor.path, title);
    "kiosk".clone_into(&mut frame.body);
    frame
}

/// What answers when an opening has ended: a device goes back to signing in, a link says so.
fn ended(visitor: &Visitor, headers: &HeaderMap) -> WebResult<Response> {
    if read_cookie(headers, openings::KIOSK).is_some() {
        let cookie = [(header::SET_COOKIE, openings::forget(&visitor.app, "device"))];
        return Ok((cookie, see_other("/sign-in")).into_response());
    }
    Err(Error::NotFound)
}

fn questions(desk: &Desk, answers: &Answers, form: &Form, shown: &[usize]) -> Vec<Question> {
    let (l, language, instrument) = (desk.l, desk.response.language.as_str(), &desk.instrument);
    let mut under = None;
    shown
        .iter()
        .filter_map(|index| Some((*index, instrument.items.get(*index)?)))
        .map(|(index, item)| {
            let heading = item.under.filter(|_| item.under != under).and_then(|at| instrument.headings.get(at));
            under = item.under;
            let name = field(index);
            let current = answers.values.get(index).copied().flatten();
            let options = match &item.kind {
                ItemKind::Choice { options } => options
                    .iter()
                    .map(|tick| (tick.value.to_string(), tick.words.in_language(language).to_owned(), current == Some(tick.value)))
                    .collect(),
                _ => Vec::new(),
            };
            let kept = || answers.words.get(&index).cloned().or_else(|| current.map(|value| value.to_string()));
            let value = if form.has(&name) { form.value(&name).to_owned() } else { kept().unwrap_or_default() };
            Question {
                heading: heading.map_or_else(String::new, |text| text.in_language(language).to_owned()),
                text: entry::item_words(l, language, instrument, index),
                options,
                value,
                fault: form.fault_of(&name).map(|problem| problem.say(&l).into_owned()).unwrap_or_default(),
                name,
            }
        })
        .collect()
}

fn step_of(path: &str) -> Option<usize> {
    let query = path.split_once('?').map_or("", |(_, query)| query);
    url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "step").and_then(|(_, step)| step.parse().ok())
}

fn answer_page(visitor: &Visitor, desk: &Desk, answers: &Answers, token: &str, step: Option<usize>, form: &Form) -> AnswerPage {
    let (l, of) = (desk.l, desk.instrument.items.len());
    let step = step.map(|step| step.min(of.saturating_sub(1)));
    let shown: Vec<usize> = step.map_or_else(|| (0..of).collect(), |step| vec![step]);
    let mut questions = questions(desk, answers, form, &shown);
    if let (Some(step), Some(question)) = (step, questions.first_mut()) {
        // Alone on the screen, a question keeps the words it shares with others.
        let heading = desk.instrument.items.get(step).and_then(|item| item.under).and_then(|at| desk.instrument.headings.get(at));
        question.heading = heading.map_or_else(String::new, |text| text.in_language(&desk.response.language).to_owned());
    }
    let title = desk.instrument.title.in_language(&desk.response.language).to_owned();
    AnswerPage {
        frame: bare_frame(visitor, l, &title),
        l,
        action: format!("/answer/{token}"),
        title,
        questions,
        of,
        step,
        last: step.is_none_or(|step| step + 1 == of),
        faults: form.has_faults(),
    }
}

/// `GET /answer/{token}`
pub async fn answer(visitor: Visitor, headers: HeaderMap, Path(token): Path<String>) -> WebResult<Response> {
    let desk = match open(&visitor, &headers, &token, false).await? {
        Opened::Ended => return ended(&visitor, &headers),
        Opened::Locked => return page(&code_page(&visitor, &token, Form::default())),
        Opened::Desk(desk) => *desk,
    };
    if desk.response.standing != "open" {
        desk.tx.commit().await?;
        return Ok(see_other(&format!("/answer/{token}/end")));
    }
    let shown = answer_page(&visitor, &desk, &desk.answers(), &token, step_of(&visitor.path), &Form::default());
    desk.tx.commit().await?;
    page(&shown)
}

/// `POST /answer/{token}`: saves what is on the screen and goes on.
pub async fn answering(
    visitor: Visitor,
    headers: HeaderMap,
    Path(token): Path<String>,
    Posted { mut form, .. }: Posted,
) -> WebResult<Response> {
    let mut desk = match open(&visitor, &headers, &token, true).await? {
        Opened::Ended => return ended(&visitor, &headers),
        Opened::Locked => return Ok(see_other(&format!("/answer/{token}"))),
        Opened::Desk(desk) => *desk,
    };
    if desk.response.standing != "open" {
        desk.tx.commit().await?;
        return Ok(see_other(&format!("/answer/{token}/end")));
    }
    let of = desk.instrument.items.len();
    let step = form.value("step").parse::<usize>().ok().map(|step| step.min(of.saturating_sub(1)));
    let mut answers = desk.answers();
    let shown: Vec<usize> = step.map_or_else(|| (0..of).collect(), |step| vec![step]);
    entry::read(&mut form, &desk.instrument, shown.iter().copied(), &mut answers);
    if form.has_faults() {
        let shown = answer_page(&visitor, &desk, &answers, &token, step, &form);
        desk.tx.commit().await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown);
    }
    let kept = Kept::of(&desk.instrument, answers);
    let concern = if desk.response.concern.is_none() {
        // The words of a concern are for staff: they stand in the language of the place's first reader.
        entry::raise(&mut desk.tx, &visitor.app, visitor.l, &desk.permit, &desk.instrument, &kept).await?
    } else {
        None
    };
    store::save(&mut desk.tx, &desk.permit, desk.response.id, &kept, concern).await?;
    desk.tx.commit().await?;
    Ok(see_other(&goes_to(&token, form.value("go"), step, of)))
}

/// Where a form that was saved leads: on, back, to the other way of asking, or to the end, which remembers the way.
fn goes_to(token: &str, go: &str, step: Option<usize>, of: usize) -> String {
    match (go, step) {
        ("all", _) => format!("/answer/{token}"),
        ("one", _) => format!("/answer/{token}?step=0"),
        ("back", Some(step)) => format!("/answer/{token}?step={}", step.saturating_sub(1)),
        (_, Some(step)) if step.saturating_add(1) < of => format!("/answer/{token}?step={}", step + 1),
        (_, Some(_)) => format!("/answer/{token}/end?step={}", of.saturating_sub(1)),
        (_, None) => format!("/answer/{token}/end"),
    }
}

fn code_page(visitor: &Visitor, token: &str, form: Form) -> CodePage {
    CodePage {
        frame: bare_frame(visitor, visitor.l, &visitor.l.t("measures-code-title")),
        l: visitor.l,
        form,
        action: format!("/answer/{token}/code"),
    }
}

/// Whether a PIN or code is the one of a response's opening; it counts as a try. Nothing, when no more are looked at.
async fn is_right(tx: &mut Tx, app: &App, response: Uuid, token: &str, given: &str, kept: &[u8]) -> WebResult<Option<bool>> {
    if !store_openings::tried(tx, response, MOST_ATTEMPTS).await? {
        return Ok(None);
    }
    Ok(Some(app.vault.is_vouched(&openings::hashed(token), given, kept)))
}

/// `POST /answer/{token}/code`: the code of a link. After a few wrong ones the link has ended.
pub async fn coding(visitor: Visitor, Path(token): Path<String>, Posted { mut form, .. }: Posted) -> WebResult<Response> {
    if !openings::is_token(&token) {
        return Err(Error::NotFound);
    }
    let opened = visitor.answering(&openings::hashed(&token), true).await?;
    let Some((mut tx, answering)) = opened.filter(|(_, answering)| answering.response.way() == "link") else { return Err(Error::NotFound) };
    let given: String = form.value("code").chars().filter(char::is_ascii_digit).collect();
    let response = answering.response.id();
    let right = is_right(&mut tx, &visitor.app, response, &token, &given, &answering.secret_mac).await?.ok_or(Error::NotFound)?;
    if right {
        store_openings::unlock(&mut tx, response).await?;
        tx.commit().await?;
        let cookie = [(header::SET_COOKIE, openings::keep(&visitor.app, "link", &token))];
        return Ok((cookie, see_other(&format!("/answer/{token}?step=0"))).into_response());
    }
    tx.commit().await?;
    form.set("code", "");
    form.fault("code", Problem::new("measures-code-wrong"));
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &code_page(&visitor, &token, form))
}

fn end_page(visitor: &Visitor, desk: &Desk, token: &str, fault: String) -> EndPage {
    let (l, open) = (desk.l, desk.response.standing == "open");
    let missing = desk.instrument.items.len() - desk.answers().answered().min(desk.instrument.items.len());
    EndPage {
        frame: bare_frame(visitor, l, &l.t(if open { "measures-end-check" } else { "measures-end-thanks" })),
        l,
        action: format!("/answer/{token}"),
        open,
        missing,
        back: step_of(&visitor.path).map_or_else(|| format!("/answer/{token}"), |step| format!("/answer/{token}?step={step}")),
        help: desk.raised(),
        device: desk.response.way == "device",
        fault,
    }
}

/// `GET /answer/{token}/end`: before handing in, what is missing; after it, thanks and where help is.
pub async fn end(visitor: Visitor, headers: HeaderMap, Path(token): Path<String>) -> WebResult<Response> {
    let desk = match open(&visitor, &headers, &token, false).await? {
        Opened::Ended => return ended(&visitor, &headers),
        Opened::Locked => return Ok(see_other(&format!("/answer/{token}"))),
        Opened::Desk(desk) => *desk,
    };
    let shown = end_page(&visitor, &desk, &token, String::new());
    desk.tx.commit().await?;
    page(&shown)
}

/// `POST /answer/{token}/end`: hands in.
pub async fn ending(visitor: Visitor, headers: HeaderMap, Path(token): Path<String>) -> WebResult<Response> {
    let mut desk = match open(&visitor, &headers, &token, true).await? {
        Opened::Ended => return ended(&visitor, &headers),
        Opened::Locked => return Ok(see_other(&format!("/answer/{token}"))),
        Opened::Desk(desk) => *desk,
    };
    let to = format!("/answer/{token}/end");
    if desk.response.standing == "open" {
        if desk.response.kept.is_none() {
            return Ok(see_other(&format!("/answer/{token}")));
        }
        store::finish(&mut desk.tx, &visitor.app, &desk.permit, desk.response.id, visitor.app.today()).await?;
        super::refresh(&mut desk.tx, &visitor.app, &desk.permit).await?;
    }
    desk.tx.commit().await?;
    Ok(see_other(&to))
}

/// `POST /answer/{token}/leaving`: staff give the PIN and are signed in again where they were.
pub async fn leaving(visitor: Visitor, headers: HeaderMap, Path(token): Path<String>, Posted { form, .. }: Posted) -> WebResult<Response> {
    let mut desk = match open(&visitor, &headers, &token, true).await? {
        Opened::Desk(desk) if desk.response.way == "device" => *desk,
        _ => return ended(&visitor, &headers),
    };
    let given = form.value("pin").trim();
    let Some(right) = is_right(&mut desk.tx, &visitor.app, desk.response.id, &token, given, &desk.secret_mac).await? else {
        return ended(&visitor, &headers);
    };
    if !right {
        let shown = end_page(&visitor, &desk, &token, desk.l.t("measures-pin-wrong").into_owned());
        desk.tx.commit().await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown);
    }
    store_openings::close(&mut desk.tx, desk.response.id, visitor.app.now()).await?;
    let permit = &desk.permit;
    let sign_in = accounts::open_sign_in(&mut desk.tx, &visitor.app, permit.holder().account).await?;
    let to = format!("/cases/{}/measures", permit.case());
    desk.tx.commit().await?;
    let cookies = AppendHeaders([
        (header::SET_COOKIE, openings::forget(&visitor.app, "device")),
        (header::SET_COOKIE, SignInCookie { https: visitor.app.https }.keep(&sign_in)),
    ]);
    Ok((cookies, see_other(&to)).into_response())
}
