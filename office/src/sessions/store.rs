//! Reading a session: its plan, the people in it, and the own draft of its record.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use uuid::Uuid;

use crate::db::{StoreError, Stored, Tx};
use crate::on;
use crate::vault::{CaseKey, Sealed};
use crate::web::{SessionOwner, SessionPermit};

/// The kind under which drafts of a session's record are kept.
pub(super) const DRAFT: &str = "session";

/// A session as it was planned.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The phase's id in the definition.
    pub phase: String,
    /// The session's id in the definition.
    pub session: String,
    /// The day planned.
    pub on: Date,
    /// The hour planned.
    pub at: Time,
    /// Planned length in minutes.
    pub minutes: u16,
    /// `planned`, `recorded`, `signed` or `cancelled`.
    pub standing: String,
    /// The make-up it was planned for, if it is one.
    pub make_up: Option<Uuid>,
    /// The group's title; empty for an individual session.
    pub group_title: String,
    /// Where.
    pub room: Option<String>,
    /// Who leads it.
    pub facilitator: Option<String>,
    /// Whether the one who asks is assigned to its case or group.
    pub assigned: bool,
}

/// Somebody who was to be at the session.
#[derive(Debug, Clone)]
pub struct Member {
    /// The case.
    pub case: Uuid,
    /// Its number.
    pub number: String,
    /// The name as spoken.
    pub name: String,
    /// Seals and opens the case's texts.
    pub key: CaseKey,
    /// An open make-up of another day which attending this session settles.
    pub owed: Option<Uuid>,
}

pub(super) fn unreadable(what: &'static str) -> impl Fn(&str) -> StoreError {
    move |found| StoreError::Unreadable(format!("{what}: {found}"))
}

pub(super) fn day(text: &str) -> Stored<Date> {
    text.parse().map_err(|_| unreadable("date")(text))
}

pub(super) fn clock(text: &str) -> Stored<Time> {
    fairway_domain::dates::parse_time(text).or_else(|_| text.parse().map_err(|_| unreadable("time")(text)))
}

pub(super) fn instant(text: &str) -> Stored<Timestamp> {
    text.parse().map_err(|_| unreadable("instant")(text))
}

pub(super) fn length(minutes: i64) -> Stored<u16> {
    u16::try_from(minutes).map_err(|_| unreadable("minutes")(&minutes.to_string()))
}

#[derive(sqlx::FromRow)]
struct PlanRow {
    phase: String,
    session: String,
    on_date: String,
    starts_at_time: String,
    minutes: i64,
    standing: String,
    make_up_id: Option<Uuid>,
    group_title: String,
    room: Option<String>,
    facilitator: Option<String>,
    assigned: i64,
}

/// The plan of the session.
pub async fn plan(tx: &mut Tx, permit: &SessionPermit) -> Stored<Plan> {
    let row: PlanRow = on!(tx, |c| {
        sqlx::query_as(
        "SELECT p.phase, p.session, p.on_date, p.starts_at_time, p.minutes, p.standing, p.make_up_id, COALESCE(g.title, '') AS group_title, \
         r.title AS room, a.shown_name AS facilitator, \
         (SELECT COUNT(*) FROM case_staff s WHERE s.case_id = p.case_id AND s.account_id = $2) \
         + (SELECT COUNT(*) FROM group_facilitators f WHERE f.group_id = p.group_id AND f.account_id = $2) AS assigned \
         FROM planned_sessions p LEFT JOIN treatment_groups g ON g.id = p.group_id LEFT JOIN rooms r ON r.id = p.room_id \
         LEFT JOIN accounts a ON a.id = p.facilitator_id WHERE p.id = $1"
    )
    .bind(permit.session())
    .bind(permit.holder().account)
    .fetch_one(c)
    })?;
    Ok(Plan {
        on: day(&row.on_date)?,
        at: clock(&row.starts_at_time)?,
        minutes: length(row.minutes)?,
        phase: row.phase,
        session: row.session,
        standing: row.standing,
        make_up: row.make_up_id,
        group_title: row.group_title,
        room: row.room,
        facilitator: row.facilitator,
        assigned: row.assigned > 0,
    })
}

#[derive(sqlx::FromRow)]
struct MemberRow {
    id: Uuid,
    case_number: String,
    given_names: String,
    family_names: String,
    wrapped: Sealed,
    owed: Option<Uuid>,
}

/// Who belongs to a session held on `on`: the case of an individual session, the members of a group on that day, and
/// whoever stands in the record already. By name.
pub async fn members(tx: &mut Tx, permit: &SessionPermit, plan: &Plan) -> Stored<Vec<Member>> {
    let (case, group) = match permit.owner() {
        SessionOwner::Case(id) => (Some(id), None),
        SessionOwner::Group(id) => (None, Some(id)),
    };
    let rows: Vec<MemberRow> = on!(tx, |c| {
        sqlx::query_as(
        "SELECT c.id, c.case_number, pe.given_names, pe.family_names, k.wrapped, \
         (SELECT m.id FROM make_ups m WHERE m.case_id = c.id AND m.standing IN ('due', 'planned') AND m.session = $5 \
           AND m.attendance_id NOT IN (SELECT a.id FROM attendances a JOIN session_records r ON r.id = a.record_id WHERE r.planned_id = $4) \
           ORDER BY m.due_on, m.id LIMIT 1) AS owed \
         FROM cases c JOIN people pe ON pe.id = c.person_id JOIN sealing_keys k ON k.owner_id = c.id \
         WHERE c.id IN (SELECT id FROM cases WHERE id = $1 \
           UNION SELECT g.case_id FROM group_members g WHERE g.group_id = $2 AND g.joined_on <= $3 AND (g.left_on IS NULL OR g.left_on >= $3) \
           UNION SELECT a.case_id FROM attendances a JOIN session_records r ON r.id = a.record_id WHERE r.planned_id = $4) \
         ORDER BY c.sort_name, c.id"
    )
    .bind(case)
    .bind(group)
    .bind(plan.on.to_string())
    .bind(permit.session())
    .bind(&plan.session)
    .fetch_all(c)
    })?;
    rows.into_iter()
        .map(|row| {
            let key = permit.member_key(row.id, &row.wrapped)?;
            Ok(Member {
                case: row.id,
                number: row.case_number,
                name: format!("{} {}", row.given_names, row.family_names),
                key,
                owed: row.owed,
            })
        })
        .collect()
}

/// The draft of the one who asks, with when it was saved. Nobody else's is ever looked at.
pub async fn draft(tx: &mut Tx, permit: &SessionPermit) -> Stored<Option<(String, Timestamp)>> {
    let row: Option<(Sealed, String)> =
        on!(tx, |c| sqlx::query_as("SELECT body_sealed, saved_at FROM drafts WHERE account_id = $1 AND kind = $2 AND record_id = $3")
            .bind(permit.holder().account)
            .bind(DRAFT)
            .bind(permit.session())
            .fetch_optional(c))?;
    row.map(|(body, at)| Ok((permit.key().open("drafts.body", &body)?, instant(&at)?))).transpose()
}

/// The key of a member's case.
pub(super) fn key_of(members: &[Member], case: Uuid) -> Stored<&CaseKey> {
    members.iter().find(|member| member.case == case).map(|member| &member.key).ok_or(StoreError::Sealed)
}
