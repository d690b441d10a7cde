//! Groups in the database: the list, one group, forming and changing it.

use jiff::Timestamp;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::app::instant_text;
use crate::db::{Batch, StoreError, Stored, Tx, places as places_for};
use crate::vault::Sealed;
use crate::web::{GroupPermit, ListPermit};
use crate::{on, run};

/// A group in the list.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ListRow {
    /// The group.
    pub id: Uuid,
    /// Its name.
    pub title: String,
    /// Its place.
    pub unit_title: String,
    /// The definition it runs on.
    pub programme_id: Uuid,
    /// Its phase.
    pub phase: String,
    /// `forming`, `running` or `closed`.
    pub standing: String,
    /// First day.
    pub first_on: String,
    /// How many members it has.
    pub members: i64,
    /// The day of the next session, `9999` when there is none.
    pub next_on: String,
}

/// What a list of groups is narrowed to.
#[derive(Debug, Clone)]
pub struct Filter<'a> {
    /// `open`, `forming`, `running`, `closed` or `all`.
    pub standing: &'a str,
    /// One place, or all the account may see.
    pub unit: Option<Uuid>,
}

// Whoever keeps a place (coordinator, treatment manager) sees its groups; a facilitator those they run.
macro_rules! visible {
    () => {
        "FROM treatment_groups g JOIN units u ON u.id = g.unit_id \
         WHERE (g.unit_id IN (SELECT m.unit_id FROM memberships m WHERE m.account_id = $1 AND m.role IN ('coordinator', 'treatment-manager')) \
         OR g.id IN (SELECT f.group_id FROM group_facilitators f WHERE f.account_id = $1)) \
         AND g.standing IN (CASE WHEN $2 IN ('open', 'all') THEN 'forming' ELSE $2 END, CASE WHEN $2 IN ('open', 'all') THEN 'running' ELSE $2 END, CASE WHEN $2 = 'all' THEN 'closed' ELSE $2 END) AND ($3 IS NULL OR g.unit_id = $3)"
    };
}
macro_rules! page_of {
    ($order:literal) => {
        concat!(
            "SELECT g.id, g.title, u.title AS unit_title, g.programme_id, g.phase, g.standing, g.first_on, g.members, ",
            "COALESCE((SELECT MIN(p.on_date) FROM planned_sessions p WHERE p.group_id = g.id AND p.standing = 'planned' AND p.on_date >= $4), '9999') AS next_on ",
            visible!(), " ORDER BY ", $order, " LIMIT $5 OFFSET $6"
        )
    };
}

fn statement(by: &str, descending: bool) -> &'static str {
    match (by, descending) {
        ("title", false) => page_of!("g.title, g.id"),
        ("title", true) => page_of!("g.title DESC, g.id"),
        ("first", false) => page_of!("g.first_on, g.id"),
        ("first", true) => page_of!("g.first_on DESC, g.id"),
        ("members", false) => page_of!("g.members, g.id"),
        ("members", true) => page_of!("g.members DESC, g.id"),
        (_, false) => page_of!("next_on, g.id"),
        (_, true) => page_of!("next_on DESC, g.id"),
    }
}

/// How many groups the list has.
pub async fn count(tx: &mut Tx, permit: &ListPermit, filter: &Filter<'_>) -> Stored<i64> {
    let row: (i64,) = on!(tx, |c| sqlx::query_as(concat!("SELECT COUNT(*) ", visible!()))
        .bind(permit.holder().account)
        .bind(filter.standing)
        .bind(filter.unit)
        .fetch_one(c))?;
    Ok(row.0)
}

/// One page of the list, and who runs each group: `(group, shown name)`.
pub async fn page(
    tx: &mut Tx,
    permit: &ListPermit,
    filter: &Filter<'_>,
    by: &str,
    descending: bool,
    limit: i64,
    offset: i64,
) -> Stored<(Vec<ListRow>, Vec<(Uuid, String)>)> {
    let rows: Vec<ListRow> = on!(tx, |c| sqlx::query_as(statement(by, descending))
        .bind(permit.holder().account)
        .bind(filter.standing)
        .bind(filter.unit)
        .bind(permit.holder().today.to_string())
        .bind(limit)
        .bind(offset)
        .fetch_all(c))?;
    if rows.is_empty() {
        return Ok((rows, Vec::new()));
    }
    let sql = AssertSqlSafe(format!(
        "SELECT f.group_id, a.shown_name FROM group_facilitators f JOIN accounts a ON a.id = f.account_id WHERE f.group_id IN ({}) ORDER BY a.shown_name",
        places_for(1, rows.len())
    ));
    let names = on!(tx, |c| {
        let mut query = sqlx::query_as(sql);
        for row in &rows {
            query = query.bind(row.id);
        }
        query.fetch_all(c)
    })?;
    Ok((rows, names))
}

/// The places an account may choose from in this list: id and name.
pub async fn places(tx: &mut Tx, permit: &ListPermit) -> Stored<Vec<(Uuid, String)>> {
    let all: Vec<(Uuid, String)> = on!(tx, |c| {
        sqlx::query_as(
        "SELECT DISTINCT u.id, u.title FROM units u JOIN memberships m ON m.unit_id = u.id WHERE m.account_id = $1 ORDER BY u.title, u.id"
    )
    .bind(permit.holder().account)
    .fetch_all(c)
    })?;
    Ok(all.into_iter().filter(|(id, _)| permit.places().contains(id)).collect())
}

/// A group as its row tells it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct GroupRow {
    /// Its name.
    pub title: String,
    /// Its place's name.
    pub unit_title: String,
    /// Its phase.
    pub phase: String,
    /// Its track.
    pub track: String,
    /// Language it is held in.
    pub spoken_language: String,
    /// Its room.
    pub room_id: Option<Uuid>,
    /// The room's name.
    pub room_title: Option<String>,
    /// Its days.
    pub weekdays: String,
    /// Its hour.
    pub starts_at_time: String,
    /// `forming`, `running` or `closed`.
    pub standing: String,
    /// First day.
    pub first_on: String,
    /// Day of the last planned session.
    pub last_on: Option<String>,
    /// When it ended.
    pub closed_on: Option<String>,
    /// Counts every change.
    pub revision: i64,
}

/// The group of a permit.
pub async fn group(tx: &mut Tx, permit: &GroupPermit) -> Stored<GroupRow> {
    Ok(on!(tx, |c| {
        sqlx::query_as(
        "SELECT g.title, u.title AS unit_title, g.phase, g.track, g.spoken_language, g.room_id, r.title AS room_title, g.weekdays, g.starts_at_time, g.standing, g.first_on, g.last_on, g.closed_on, g.revision \
         FROM treatment_groups g JOIN units u ON u.id = g.unit_id LEFT JOIN rooms r ON r.id = g.room_id WHERE g.id = $1"
    )
    .bind(permit.group())
    .fetch_one(c)
    })?)
}

/// Who runs the group, by name.
pub async fn facilitators(tx: &mut Tx, permit: &GroupPermit) -> Stored<Vec<(Uuid, String)>> {
    Ok(on!(tx, |c| {
        sqlx::query_as("SELECT a.id, a.shown_name FROM group_facilitators f JOIN accounts a ON a.id = f.account_id WHERE f.group_id = $1 ORDER BY a.shown_name, a.id")
        .bind(permit.group())
        .fetch_all(c)
    })?)
}

/// A session of the group.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SessionRow {
    /// The planned session.
    pub id: Uuid,
    /// Its id in the definition.
    pub session: String,
    /// The day: held, else planned.
    pub on_date: String,
    /// The hour.
    pub starts_at_time: String,
    /// Its length.
    pub minutes: i64,
    /// `planned`, `recorded`, `signed` or `cancelled`.
    pub standing: String,
    /// Whether it was moved by hand.
    pub pinned: bool,
}

/// The group's sessions in order.
pub async fn sessions(tx: &mut Tx, permit: &GroupPermit) -> Stored<Vec<SessionRow>> {
    Ok(on!(tx, |c| sqlx::query_as(
        "SELECT p.id, p.session, COALESCE(r.held_on, p.on_date) AS on_date, p.starts_at_time, p.minutes, p.standing, p.pinned \
         FROM planned_sessions p LEFT JOIN session_records r ON r.planned_id = p.id WHERE p.group_id = $1 ORDER BY p.seq, p.on_date, p.id"
    )
    .bind(permit.group())
    .fetch_all(c))?)
}

/// What a form says of a group.
#[derive(Debug, Clone)]
pub struct Said {
    /// Its name.
    pub title: String,
    /// Language it is held in.
    pub language: String,
    /// Its room.
    pub room: Option<Uuid>,
    /// Its days, as the database holds them.
    pub weekdays: String,
    /// Its hour, as the database holds it.
    pub starts: String,
    /// Its first day.
    pub first_on: String,
    /// Who runs it; at least one.
    pub facilitators: Vec<Uuid>,
}

/// What a new group is besides.
#[derive(Debug, Clone)]
pub struct NewGroup {
    /// Its id.
    pub id: Uuid,
    /// Its place: one of the permit's.
    pub unit: Uuid,
    /// The definition it runs on.
    pub programme: Uuid,
    /// Its phase.
    pub phase: String,
    /// Its track.
    pub track: String,
}

/// Makes a group that is being formed, with its sealing key and those who run it. The place must be one of the permit's.
pub async fn form(tx: &mut Tx, permit: &ListPermit, new: &NewGroup, said: &Said, wrapped: &Sealed, now: Timestamp) -> Stored<()> {
    if !permit.places().contains(&new.unit) {
        return Err(StoreError::Refused);
    }
    let at = instant_text(now);
    run!(
        tx,
        sqlx::query("INSERT INTO sealing_keys (owner_id, wrapped, made_at) VALUES ($1, $2, $3)").bind(new.id).bind(wrapped).bind(&at)
    )?;
    run!(
        tx,
        sqlx::query(
            "INSERT INTO treatment_groups (id, unit_id, programme_id, phase, track, title, spoken_language, room_id, weekdays, starts_at_time, standing, first_on, made_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'forming', $11, $12)"
        )
        .bind(new.id)
        .bind(new.unit)
        .bind(new.programme)
        .bind(&new.phase)
        .bind(&new.track)
        .bind(&said.title)
        .bind(&said.language)
        .bind(said.room)
        .bind(&said.weekdays)
        .bind(&said.starts)
        .bind(&said.first_on)
        .bind(&at)
    )?;
    add_facilitators(tx, new.id, &said.facilitators).await
}

async fn add_facilitators(tx: &mut Tx, group: Uuid, facilitators: &[Uuid]) -> Stored<()> {
    let mut rows = Batch::new("group_facilitators", &["group_id", "account_id"]);
    for account in facilitators {
        rows.push(vec![group.into(), (*account).into()]);
    }
    rows.write(tx).await
}

/// Changes a group and who runs it; [`StoreError::Stale`] when it changed since `revision`.
pub async fn change(tx: &mut Tx, permit: &GroupPermit, said: &Said, revision: i64) -> Stored<()> {
    let touched = run!(
        tx,
        sqlx::query(
            "UPDATE treatment_groups SET title = $3, spoken_language = $4, room_id = $5, weekdays = $6, starts_at_time = $7, first_on = $8, revision = revision + 1 \
             WHERE id = $1 AND revision = $2 AND standing <> 'closed'"
        )
        .bind(permit.group())
        .bind(revision)
        .bind(&said.title)
        .bind(&said.language)
        .bind(said.room)
        .bind(&said.weekdays)
        .bind(&said.starts)
        .bind(&said.first_on)
    )?;
    if touched == 0 {
        return Err(StoreError::Stale);
    }
    run!(tx, sqlx::query("DELETE FROM group_facilitators WHERE group_id = $1").bind(permit.group()))?;
    add_facilitators(tx, permit.group(), &said.facilitators).await?;
    super::store_members::staff_in_step(tx, permit).await
}

/// Claims the group for a change of its members or its stage; [`StoreError::Stale`] when it changed since `revision`.
pub async fn claim(tx: &mut Tx, permit: &GroupPermit, revision: i64) -> Stored<()> {
    let touched = run!(
        tx,
        sqlx::query("UPDATE treatment_groups SET revision = revision + 1 WHERE id = $1 AND revision = $2")
            .bind(permit.group())
            .bind(revision)
    )?;
    if touched == 0 { Err(StoreError::Stale) } else { Ok(()) }
}

/// The group has begun. Its first day is that of its start when it was planned for later.
pub async fn started(tx: &mut Tx, permit: &GroupPermit) -> Stored<()> {
    run!(tx, sqlx::query("UPDATE treatment_groups SET standing = 'running' WHERE id = $1 AND standing = 'forming'").bind(permit.group()))
        .map(drop)
}

/// The group is over: later sessions are cancelled, members leave, staff lose their relation to the cases.
pub async fn closed(tx: &mut Tx, permit: &GroupPermit, on: jiff::civil::Date) -> Stored<()> {
    let on = on.to_string();
    run!(tx, sqlx::query("UPDATE treatment_groups SET standing = 'closed', closed_on = $2 WHERE id = $1").bind(permit.group()).bind(&on))?;
    run!(
        tx,
        sqlx::query("UPDATE planned_sessions SET standing = 'cancelled', revision = revision + 1 WHERE group_id = $1 AND standing = 'planned' AND on_date > $2").bind(permit.group()).bind(&on)
    )?;
    run!(
        tx,
        sqlx::query("UPDATE group_members SET left_on = $2, left_because = 'group-closed' WHERE group_id = $1 AND left_on IS NULL")
            .bind(permit.group())
            .bind(&on)
    )?;
    super::store_members::in_step(tx, permit).await
}
