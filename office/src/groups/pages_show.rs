//! One group: its facts, its sessions, its members, and who could join.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use fairway_domain::dose::Dose;
use fairway_domain::permission::{Action, Status};
use fairway_domain::programme::Definition;
use fairway_site::parts::Fact;
use fairway_site::{Form, Frame, L};
use jiff::civil::Date;
use uuid::Uuid;

use super::candidates::{self, Against, Shown};
use super::store::{self, GroupRow, SessionRow};
use super::store_members::{self, MemberRow};
use super::words::{self, date};
use crate::db::{StoreError, Stored, Tx};
use crate::planning::slot::{in_words, read_weekdays};
use crate::planning::words::{day, title};
use crate::web::{Error, GroupPermit, Guard, WebResult, page_with};

/// A session as the page shows it.
struct Session {
    id: Uuid,
    number: usize,
    title: String,
    when: String,
    state: String,
    mood: &'static str,
    pinned: bool,
    movable: bool,
    next: bool,
}

/// A member as the page shows it.
struct Member {
    case: Uuid,
    number: String,
    name: String,
    joined: String,
    dose: Dose,
    done: u32,
    share: String,
    left: String,
}

#[expect(clippy::struct_excessive_bools, reason = "what a template shows or hides")]
#[derive(Template)]
#[template(path = "groups/show.html")]
struct ShowPage {
    frame: Frame,
    l: L,
    form: Form,
    group: Uuid,
    standing: String,
    mood: &'static str,
    facts: Vec<Fact>,
    next: Option<usize>,
    sessions: Vec<Session>,
    members: Vec<Member>,
    gone: Vec<Member>,
    room_left: String,
    candidates: Vec<Shown>,
    running: bool,
    forming: bool,
    closed: bool,
    may_change: bool,
    may_move: bool,
    may_record: bool,
    once: String,
    revision: i64,
    changed: bool,
}

/// Everything the pages of a group are made from.
pub struct Loaded<'a> {
    /// Its definition.
    pub definition: &'a Definition,
    /// Its row.
    pub row: GroupRow,
    /// Its sessions.
    pub sessions: Vec<SessionRow>,
    /// Every time in the group.
    pub members: Vec<MemberRow>,
    /// The group as the domain knows it.
    pub group: fairway_domain::group::Group<Uuid>,
}

/// Loads a group.
pub async fn load<'a>(tx: &mut Tx, guard: &'a Guard, permit: &GroupPermit) -> WebResult<Loaded<'a>> {
    let programme = guard
        .app
        .content
        .programme(permit.programme())
        .ok_or_else(|| Error::from(StoreError::Unreadable(format!("programme {}", permit.programme()))))?;
    let definition = &programme.definition;
    let row = store::group(tx, permit).await?;
    let members = store_members::members(tx, permit).await?;
    let group = words::group(&row, &members, definition, guard.today)?;
    Ok(Loaded { definition, sessions: store::sessions(tx, permit).await?, members, group, row })
}

impl Loaded<'_> {
    /// The next session to be held.
    pub fn next(&self, today: Date) -> Option<usize> {
        let today = today.to_string();
        self.sessions.iter().position(|session| session.standing == "planned" && session.on_date >= today)
    }

    fn shown_sessions(&self, l: L, today: Date) -> Stored<Vec<Session>> {
        let next = self.next(today);
        let each = |(number, row): (usize, &SessionRow)| {
            let on = date(&row.on_date)?;
            let overdue = row.standing == "planned" && on < today;
            let state = if overdue { "overdue" } else { row.standing.as_str() };
            let mood = match state {
                "overdue" => "late",
                "recorded" | "signed" => "ok",
                _ => "plain",
            };
            let time = fairway_domain::dates::parse_time(&row.starts_at_time).map(|time| l.time(time)).unwrap_or_default();
            Ok(Session {
                id: row.id,
                number: number + 1,
                title: title(l, self.definition, &row.session),
                when: format!("{}, {time}", day(l, on)),
                state: l.t(&format!("groups-session-{state}")).into_owned(),
                mood,
                pinned: row.pinned && row.standing == "planned",
                movable: row.standing == "planned",
                next: next == Some(number),
            })
        };
        self.sessions.iter().enumerate().map(each).collect()
    }

    fn facts(&self, l: L, leaders: &[(Uuid, String)]) -> Stored<Vec<Fact>> {
        let names: Vec<&str> = leaders.iter().map(|(_, name)| name.as_str()).collect();
        let words =
            |text: Option<&fairway_domain::programme::Text>| text.map(|text| text.in_language(l.code()).to_owned()).unwrap_or_default();
        let time = fairway_domain::dates::parse_time(&self.row.starts_at_time).unwrap_or(jiff::civil::Time::midnight());
        let recommended = self.definition.group.map_or(0, |group| usize::from(group.facilitators));
        let mut led_by = l.list(&names);
        if names.len() < recommended {
            led_by = format!("{led_by} ({})", l.t1("groups-recommended", "count", recommended));
        }
        let mut facts = vec![
            Fact::new(l.t("groups-place"), self.row.unit_title.clone()),
            Fact::new(
                l.t("groups-programme"),
                format!(
                    "{} · {}",
                    self.definition.title.in_language(l.code()),
                    words(self.definition.phase(&self.row.phase).map(|phase| &phase.title))
                ),
            ),
            Fact::new(l.t("groups-track"), words(self.definition.track(&self.row.track).map(|track| &track.title))),
            Fact::new(l.t("groups-slot"), in_words(l, &read_weekdays(&self.row.weekdays), time)),
            Fact::new(l.t("planning-room"), self.row.room_title.clone().unwrap_or_else(|| l.t("form-none").into_owned())),
            Fact::new(l.t("groups-language"), l.t(&format!("groups-language-{}", self.row.spoken_language)).into_owned()),
            Fact::new(l.t("groups-facilitators"), led_by),
            Fact::new(
                l.t("groups-members"),
                l.t2("groups-of-most", "members", self.group.count(), "most", self.group.size.max).into_owned(),
            ),
            Fact::new(l.t("groups-first"), l.date(date(&self.row.first_on)?)),
        ];
        if let Some(last) = &self.row.last_on {
            facts.push(Fact::new(l.t("groups-last"), l.date(date(last)?)));
        }
        Ok(facts)
    }
}

/// What came of a post that is answered with the page itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Outcome {
    /// Somebody changed the group meanwhile.
    pub changed: bool,
}

/// `GET /groups/{id}`
pub async fn show(guard: Guard, Path(id): Path<Uuid>, Query(pairs): Query<Vec<(String, String)>>) -> WebResult<Response> {
    let (mut tx, permit) = guard.group(id).await?;
    let response = answer(&mut tx, &guard, &permit, Form::from_pairs(pairs), Outcome::default(), StatusCode::OK).await?;
    tx.commit().await?;
    Ok(response)
}

/// The page of a group.
pub async fn answer(
    tx: &mut Tx,
    guard: &Guard,
    permit: &GroupPermit,
    form: Form,
    outcome: Outcome,
    status: StatusCode,
) -> WebResult<Response> {
    let l = guard.l;
    let loaded = load(tx, guard, permit).await?;
    let leaders = store::facilitators(tx, permit).await?;
    let assigned = leaders.iter().any(|(id, _)| *id == guard.actor.id);
    let live = if loaded.row.standing == "closed" { Status::Ended } else { Status::Live };
    let could = |action| guard.could(permit.unit(), assigned, action, live);
    let attendances = store_members::attendances(tx, permit, &loaded.row.phase).await?;
    let mut members = Vec::with_capacity(loaded.members.len());
    for row in &loaded.members {
        let track =
            row.track.as_deref().and_then(|track| loaded.definition.track(track)).or_else(|| loaded.definition.track(&loaded.row.track));
        let planned = track
            .map(|track| words::planned(loaded.definition, track, &loaded.row.phase, &loaded.sessions))
            .transpose()?
            .unwrap_or_default();
        let dose = words::dose_of(&planned, &attendances, row.case_id, guard.today)?;
        members.push(Member {
            case: row.case_id,
            number: row.case_number.clone(),
            name: row.name(),
            joined: l.date(date(&row.joined_on)?),
            done: dose.delivered + dose.made_up,
            share: dose.share_of_due().map_or_else(String::new, |share| l.percent(share)),
            dose,
            left: match (&row.left_on, &row.left_because) {
                (Some(on), because) => {
                    let why = because.as_deref().map(|because| l.t(&format!("groups-left-{because}"))).unwrap_or_default();
                    format!("{} · {why}", l.date(date(on)?))
                }
                (None, _) => String::new(),
            },
        });
    }
    let (gone, members): (Vec<_>, Vec<_>) = members.into_iter().partition(|member| !member.left.is_empty());
    let may_change = could(Action::ChangeGroup);
    let against = Against { definition: loaded.definition, row: &loaded.row, sessions: &loaded.sessions, places: loaded.group.places() };
    let candidates =
        if may_change && loaded.row.standing != "closed" { candidates::load(tx, permit, l, &against).await? } else { Vec::new() };
    let shown: Vec<Uuid> = members.iter().chain(&gone).map(|member| member.case).chain(candidates.iter().map(|one| one.id)).collect();
    guard.listed(tx, "case", &shown).await?;
    let facts = loaded.facts(l, &leaders)?;
    page_with(
        status,
        &ShowPage {
            frame: guard.frame(&loaded.row.title),
            l,
            form,
            group: permit.group(),
            standing: l.t(&format!("groups-standing-{}", loaded.row.standing)).into_owned(),
            mood: super::pages_list::mood(&loaded.row.standing),
            facts,
            next: loaded.next(guard.today),
            sessions: loaded.shown_sessions(l, guard.today)?,
            members,
            gone,
            room_left: l.t1("groups-places-left", "count", loaded.group.places()).into_owned(),
            candidates,
            running: loaded.row.standing == "running",
            forming: loaded.row.standing == "forming",
            closed: loaded.row.standing == "closed",
            may_change,
            may_move: could(Action::MoveSession),
            may_record: could(Action::SeeSession),
            once: guard.app.new_id().to_string(),
            revision: loaded.row.revision,
            changed: outcome.changed,
        },
    )
}
