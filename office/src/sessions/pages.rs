//! The page of a session: what is planned, or the record as it stands.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use fairway_domain::permission::Action;
use fairway_site::{Choice, Fact, Form, Frame, L};
use uuid::Uuid;

use super::pages_record::recording_page;
use super::show::{About, AmendmentLine, Line, Loaded, amendments, lines, load};
use crate::web::{Guard, SessionPermit, WebResult, page, page_with};

/// What somebody typed that found no place in the record, shown so that it can be copied.
pub(super) struct Kept {
    pub who: String,
    pub text: String,
}

#[derive(Template)]
#[template(path = "sessions/show.html")]
pub(super) struct ShowPage {
    pub frame: Frame,
    pub l: L,
    pub about: About,
    pub id: Uuid,
    /// `planned`, `recorded`, `signed` or `cancelled`.
    pub standing: String,
    pub people: Vec<(String, String, String)>,
    pub facts: Vec<Fact>,
    pub deviation: (String, &'static str, Option<String>),
    pub note: Option<String>,
    pub lines: Vec<Line>,
    pub amendments: Vec<AmendmentLine>,
    pub signed: Option<(String, String)>,
    pub revision: i64,
    pub once: Uuid,
    pub form: Form,
    pub about_whom: Vec<Choice>,
    pub kept: Vec<Kept>,
    pub draft_at: Option<String>,
    pub can_record: bool,
    pub can_sign: bool,
    pub can_amend: bool,
}

/// The page of the session as it stands, with a form in it that may carry faults.
pub(super) fn show_page(guard: &Guard, permit: &SessionPermit, loaded: &Loaded, form: Form) -> ShowPage {
    let l = guard.l;
    let about = About::of(guard, permit, loaded);
    let whole = loaded.whole.as_ref();
    let record = whole.map(|whole| &whole.record);
    let instant = |at| l.instant(at, &guard.app.zone);
    let facts = record.map_or_else(Vec::new, |record| {
        vec![
            Fact::new(l.t("sessions-held"), format!("{}, {}", l.date_long(record.held_on), l.time(record.at))),
            Fact::new(l.t("sessions-length"), l.t1("sessions-minutes", "minutes", record.minutes)),
            Fact::new(l.t("sessions-saved-by"), format!("{}, {}", record.saved_by, instant(record.saved_at))),
        ]
    });
    let deviation = record.map_or((String::new(), "plain", None), |record| {
        let mood = if record.deviation.code() == "not-permitted" { "late" } else { "plain" };
        (l.t(&format!("sessions-deviation-{}", record.deviation)).into_owned(), mood, record.deviation_text.clone())
    });
    let mut about_whom = vec![Choice::new("", l.t("sessions-amend-session"))];
    about_whom.extend(loaded.members.iter().map(|member| Choice::new(member.case.to_string(), &member.name)));
    let draft_at = loaded.draft.as_ref().map(|(_, at)| instant(*at));
    let kept = if loaded.plan.standing == "signed" {
        loaded.draft.as_ref().map(|(body, _)| kept_words(l, loaded, &super::pages_record::form_of(body))).unwrap_or_default()
    } else {
        Vec::new()
    };
    ShowPage {
        frame: guard.frame(&about.title),
        l,
        id: permit.session(),
        standing: loaded.plan.standing.clone(),
        people: loaded
            .members
            .iter()
            .map(|member| (member.name.clone(), member.number.clone(), format!("/cases/{}", member.case)))
            .collect(),
        facts,
        deviation,
        note: record.and_then(|record| record.note.clone()),
        lines: whole.map(|whole| lines(guard, loaded, whole, permit)).unwrap_or_default(),
        amendments: whole.map(|whole| amendments(guard, whole, None)).unwrap_or_default(),
        signed: record.and_then(|record| record.signed.as_ref()).map(|(who, at)| (who.clone(), instant(*at))),
        revision: record.map_or(0, |record| record.revision),
        once: guard.app.new_id(),
        form,
        about_whom,
        kept,
        draft_at,
        can_record: matches!(loaded.plan.standing.as_str(), "planned" | "recorded") && loaded.could(guard, Action::RecordSession),
        can_sign: loaded.plan.standing == "recorded" && loaded.could(guard, Action::SignSession),
        can_amend: loaded.plan.standing == "signed" && loaded.could(guard, Action::AmendSession),
        about,
    }
}

/// The words of a form, each with whom it is about.
pub(super) fn kept_words(l: L, loaded: &Loaded, form: &Form) -> Vec<Kept> {
    let mut kept = Vec::new();
    for name in form.names() {
        let text = form.value(name).trim();
        let (what, id) = name.split_once('-').unwrap_or((name, ""));
        if text.is_empty() || !matches!(what, "note" | "seen" | "deviation_text") {
            continue;
        }
        let who = Uuid::try_parse(id).map_or(String::new(), |case| loaded.name(case).to_owned());
        kept.push(Kept { who: if who.is_empty() { l.t("sessions-amend-session").into_owned() } else { who }, text: text.to_owned() });
    }
    kept
}

/// `GET /sessions/{id}`: before the session what it is; from its day on the form to record it; then the record.
pub async fn show(guard: Guard, Path(id): Path<Uuid>) -> WebResult<Response> {
    let (mut tx, permit) = guard.session(id).await?;
    let loaded = load(&guard, &mut tx, &permit).await?;
    tx.commit().await?;
    let asked = guard
        .path
        .split_once('?')
        .is_some_and(|(_, query)| url::form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == "record"));
    let due = loaded.plan.standing == "planned" && loaded.plan.on <= guard.today;
    let open = matches!(loaded.plan.standing.as_str(), "planned" | "recorded");
    if open && (asked || due) && loaded.could(&guard, Action::RecordSession) {
        return page(&recording_page(&guard, &permit, &loaded)?);
    }
    page(&show_page(&guard, &permit, &loaded, Form::new()))
}

/// The same page with something to say about the form in it.
pub(super) fn again(guard: &Guard, permit: &SessionPermit, loaded: &Loaded, form: Form, status: StatusCode) -> WebResult<Response> {
    page_with(status, &show_page(guard, permit, loaded, form))
}
