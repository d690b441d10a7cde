//! Cases in the database: the row, its history, and what surrounds both.

use fairway_domain::case::StageKind;
use fairway_domain::programme::Level;
use jiff::civil::Date;
use uuid::Uuid;

pub(super) use super::store_events::add_event;
pub use super::store_events::history;

use crate::db::{StoreError, Stored, Tx};
use crate::vault::Sealed;
use crate::web::CasePermit;
use crate::{on, run};

/// A case as its row tells it: what the history says (kept in step by [`super::life`]) and what the referral said.
#[derive(Debug, Clone)]
pub struct CaseRow {
    /// The case.
    pub id: Uuid,
    /// Its number, such as `2026-0143`.
    pub case_number: String,
    /// The person.
    pub person_id: Uuid,
    /// The place it belongs to.
    pub unit_id: Uuid,
    /// The place's name.
    pub unit_title: String,
    /// The definition it runs on.
    pub programme_id: Uuid,
    /// Given names.
    pub given_names: String,
    /// Family names.
    pub family_names: String,
    /// Day of birth.
    pub born_on: Date,
    /// Where it stands.
    pub stage: StageKind,
    /// The phase it is in.
    pub phase: Option<String>,
    /// Since when it stands there.
    pub stage_since_on: Date,
    /// When the referral came.
    pub referred_on: Date,
    /// Since when it waits, or waited.
    pub waiting_since_on: Option<Date>,
    /// When the first phase was entered.
    pub started_on: Option<Date>,
    /// When it ended.
    pub ended_on: Option<Date>,
    /// Why it ended, by the definition's id.
    pub end_reason: Option<String>,
    /// The track.
    pub track: Option<String>,
    /// Assessed risk.
    pub risk: Option<Level>,
    /// Assessed need.
    pub need: Option<Level>,
    /// Its facilitator.
    pub facilitator_id: Option<Uuid>,
    /// The facilitator's name.
    pub facilitator: Option<String>,
    /// Who referred, when that is an account.
    pub referrer_id: Option<Uuid>,
    /// Name of who referred.
    pub referrer: Option<String>,
    /// The legal basis, by its id in the jurisdiction file.
    pub legal_basis: String,
    /// First day of the order.
    pub order_starts_on: Option<Date>,
    /// Last day of the order.
    pub order_ends_on: Option<Date>,
    /// The latest start with which the programme still finishes inside the order.
    pub latest_start_on: Option<Date>,
    /// `viewer`, `distributor` or `travelled`.
    pub offence_kind: String,
    /// Language the person is best spoken to in.
    pub spoken_language: String,
    /// When the person can come, as the code of `Availability`.
    pub availability: String,
    /// The journey one way.
    pub travel_minutes: Option<i64>,
    /// Codes of `Responsivity`, separated by spaces.
    pub responsivity: String,
    /// Sealed as `cases.contact_sealed`.
    pub contact_sealed: Option<Sealed>,
    /// Sealed as `cases.proceedings_sealed`.
    pub proceedings_sealed: Option<Sealed>,
    /// Sealed as `cases.responsivity_sealed`.
    pub responsivity_sealed: Option<Sealed>,
    /// Counted up with every change of the row.
    pub revision: i64,
}

impl CaseRow {
    /// Given and family names as they are written.
    pub fn name(&self) -> String {
        format!("{} {}", self.given_names, self.family_names)
    }
}

#[derive(sqlx::FromRow)]
struct RawCase {
    id: Uuid,
    case_number: String,
    person_id: Uuid,
    unit_id: Uuid,
    unit_title: String,
    programme_id: Uuid,
    given_names: String,
    family_names: String,
    born_on: String,
    stage: String,
    phase: Option<String>,
    stage_since_on: String,
    referred_on: String,
    waiting_since_on: Option<String>,
    started_on: Option<String>,
    ended_on: Option<String>,
    end_reason: Option<String>,
    track: Option<String>,
    risk_level: Option<String>,
    need_level: Option<String>,
    facilitator_id: Option<Uuid>,
    facilitator: Option<String>,
    referrer_id: Option<Uuid>,
    referrer: Option<String>,
    legal_basis: String,
    order_starts_on: Option<String>,
    order_ends_on: Option<String>,
    latest_start_on: Option<String>,
    offence_kind: String,
    spoken_language: String,
    availability: String,
    travel_minutes: Option<i64>,
    responsivity: String,
    contact_sealed: Option<Sealed>,
    proceedings_sealed: Option<Sealed>,
    responsivity_sealed: Option<Sealed>,
    revision: i64,
}

/// A day as the database writes it.
pub fn day(text: &str) -> Stored<Date> {
    text.parse().map_err(|_| StoreError::Unreadable(format!("`{text}` is no day")))
}

/// A day that may be missing.
pub fn some_day(text: Option<&str>) -> Stored<Option<Date>> {
    text.map(day).transpose()
}

/// A level as the database writes it.
pub fn level(text: &str) -> Option<Level> {
    Level::ALL.into_iter().find(|level| level.id() == text)
}

impl TryFrom<RawCase> for CaseRow {
    type Error = StoreError;

    fn try_from(raw: RawCase) -> Stored<Self> {
        Ok(Self {
            id: raw.id,
            case_number: raw.case_number,
            person_id: raw.person_id,
            unit_id: raw.unit_id,
            unit_title: raw.unit_title,
            programme_id: raw.programme_id,
            given_names: raw.given_names,
            family_names: raw.family_names,
            born_on: day(&raw.born_on)?,
            stage: raw.stage.parse().map_err(|error: fairway_domain::codes::UnknownCode| StoreError::Unreadable(error.to_string()))?,
            phase: raw.phase,
            stage_since_on: day(&raw.stage_since_on)?,
            referred_on: day(&raw.referred_on)?,
            waiting_since_on: some_day(raw.waiting_since_on.as_deref())?,
            started_on: some_day(raw.started_on.as_deref())?,
            ended_on: some_day(raw.ended_on.as_deref())?,
            end_reason: raw.end_reason,
            track: raw.track,
            risk: raw.risk_level.as_deref().and_then(level),
            need: raw.need_level.as_deref().and_then(level),
            facilitator_id: raw.facilitator_id,
            facilitator: raw.facilitator,
            referrer_id: raw.referrer_id,
            referrer: raw.referrer,
            legal_basis: raw.legal_basis,
            order_starts_on: some_day(raw.order_starts_on.as_deref())?,
            order_ends_on: some_day(raw.order_ends_on.as_deref())?,
            latest_start_on: some_day(raw.latest_start_on.as_deref())?,
            offence_kind: raw.offence_kind,
            spoken_language: raw.spoken_language,
            availability: raw.availability,
            travel_minutes: raw.travel_minutes,
            responsivity: raw.responsivity,
            contact_sealed: raw.contact_sealed,
            proceedings_sealed: raw.proceedings_sealed,
            responsivity_sealed: raw.responsivity_sealed,
            revision: raw.revision,
        })
    }
}

/// The row of a case with the names that belong to it.
pub async fn row(tx: &mut Tx, permit: &CasePermit) -> Stored<CaseRow> {
    let raw: RawCase = on!(tx, |c| {
        sqlx::query_as(
        "SELECT c.id, c.case_number, c.person_id, c.unit_id, u.title AS unit_title, c.programme_id, p.given_names, p.family_names, p.born_on, \
         c.stage, c.phase, c.stage_since_on, c.referred_on, c.waiting_since_on, c.started_on, c.ended_on, c.end_reason, c.track, c.risk_level, c.need_level, \
         c.facilitator_id, f.shown_name AS facilitator, c.referrer_id, r.shown_name AS referrer, c.legal_basis, c.order_starts_on, c.order_ends_on, c.latest_start_on, \
         c.offence_kind, c.spoken_language, c.availability, c.travel_minutes, c.responsivity, c.contact_sealed, c.proceedings_sealed, c.responsivity_sealed, c.revision \
         FROM cases c JOIN people p ON p.id = c.person_id JOIN units u ON u.id = c.unit_id \
         LEFT JOIN accounts f ON f.id = c.facilitator_id LEFT JOIN accounts r ON r.id = c.referrer_id WHERE c.id = $1"
    )
    .bind(permit.case())
    .fetch_one(c)
    })?;
    raw.try_into()
}

/// What the history says, as the row repeats it for lists and counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeated {
    /// The place.
    pub unit: Uuid,
    /// The stage.
    pub stage: StageKind,
    /// The phase.
    pub phase: Option<String>,
    /// Since when it stands in the stage (and phase).
    pub stage_since_on: Date,
    /// When the referral came.
    pub referred_on: Date,
    /// Since when it waits, or waited.
    pub waiting_since_on: Option<Date>,
    /// The start.
    pub started_on: Option<Date>,
    /// The end.
    pub ended_on: Option<Date>,
    /// Why it ended.
    pub end_reason: Option<String>,
}

/// Writes what the history says into the row.
pub(super) async fn repeat(tx: &mut Tx, permit: &CasePermit, said: &Repeated, latest_start_on: Option<Date>) -> Stored<()> {
    let some = |on: Option<Date>| on.map(|on| on.to_string());
    run!(
        tx,
        sqlx::query(
            "UPDATE cases SET unit_id = $2, stage = $3, phase = $4, stage_since_on = $5, referred_on = $6, waiting_since_on = $7, started_on = $8, ended_on = $9, end_reason = $10, \
             latest_start_on = $11, revision = revision + 1 WHERE id = $1"
        )
        .bind(permit.case())
        .bind(said.unit)
        .bind(said.stage.code())
        .bind(said.phase.as_deref())
        .bind(said.stage_since_on.to_string())
        .bind(said.referred_on.to_string())
        .bind(some(said.waiting_since_on))
        .bind(some(said.started_on))
        .bind(some(said.ended_on))
        .bind(said.end_reason.as_deref())
        .bind(some(latest_start_on))
    )
    .map(drop)
}

/// The next running number of a year. The row is held until the transaction ends, so no two cases get one number.
pub(super) async fn next_number(tx: &mut Tx, year: i16) -> Stored<u32> {
    let fact = format!("case-number-{year}");
    let row: (String,) = on!(tx, |c| {
        sqlx::query_as(
        "INSERT INTO service_facts (fact, body) VALUES ($1, '1') ON CONFLICT (fact) DO UPDATE SET body = CAST(CAST(service_facts.body AS BIGINT) + 1 AS TEXT) RETURNING body"
    )
    .bind(&fact)
    .fetch_one(c)
    })?;
    row.0.parse().map_err(|_| StoreError::Unreadable(format!("{fact} is `{}`", row.0)))
}

/// Keeps the wrapped key of a new case.
pub(super) async fn keep_key(tx: &mut Tx, case: Uuid, wrapped: &Sealed, at: &str) -> Stored<()> {
    run!(
        tx,
        sqlx::query("INSERT INTO sealing_keys (owner_id, wrapped, made_at) VALUES ($1, $2, $3)").bind(case).bind(wrapped.clone()).bind(at)
    )
    .map(drop)
}

/// What search knows a case by besides its number: names and folded identifiers; and the name lists are sorted by.
pub(super) async fn known_by(tx: &mut Tx, person: Uuid) -> Stored<(String, Vec<String>)> {
    let (given, family, sort_name): (String, String, String) =
        on!(tx, |c| sqlx::query_as("SELECT given_names, family_names, sort_name FROM people WHERE id = $1").bind(person).fetch_one(c))?;
    let identifiers: Vec<(String,)> =
        on!(tx, |c| sqlx::query_as("SELECT folded FROM person_identifiers WHERE person_id = $1 ORDER BY kind, folded")
            .bind(person)
            .fetch_all(c))?;
    let mut words = vec![given, family];
    words.extend(identifiers.into_iter().map(|(folded,)| folded));
    Ok((sort_name, words))
}

/// The jurisdiction of a place and the days between two on which the place itself is closed.
pub(super) async fn closures(tx: &mut Tx, unit: Uuid, from: Date, to: Date) -> Stored<(String, Vec<Date>)> {
    let (jurisdiction,): (String,) = on!(tx, |c| sqlx::query_as("SELECT jurisdiction FROM units WHERE id = $1").bind(unit).fetch_one(c))?;
    let rows: Vec<(String,)> =
        on!(tx, |c| sqlx::query_as("SELECT closed_on FROM closures WHERE unit_id = $1 AND closed_on >= $2 AND closed_on <= $3")
            .bind(unit)
            .bind(from.to_string())
            .bind(to.to_string())
            .fetch_all(c))?;
    Ok((jurisdiction, rows.iter().map(|(on,)| day(on)).collect::<Stored<_>>()?))
}

/// Writes the latest start anew, after the order, the track or the place changed.
pub(super) async fn set_latest_start(tx: &mut Tx, permit: &CasePermit, latest_start_on: Option<Date>) -> Stored<()> {
    run!(
        tx,
        sqlx::query("UPDATE cases SET latest_start_on = $2 WHERE id = $1")
            .bind(permit.case())
            .bind(latest_start_on.map(|on| on.to_string()))
    )
    .map(drop)
}

/// What an end takes with it: sessions still planned, make-ups still due, the seat in a group.
pub(super) async fn clear_after_end(tx: &mut Tx, permit: &CasePermit, on_day: Date) -> Stored<()> {
    let case = permit.case();
    run!(
        tx,
        sqlx::query(
            "UPDATE planned_sessions SET standing = 'cancelled', revision = revision + 1 WHERE case_id = $1 AND standing = 'planned'"
        )
        .bind(case)
    )?;
    run!(tx, sqlx::query("UPDATE make_ups SET standing = 'waived' WHERE case_id = $1 AND standing IN ('due', 'planned')").bind(case))?;
    run!(tx, sqlx::query("UPDATE treatment_groups SET members = members - 1 WHERE id IN (SELECT group_id FROM group_members WHERE case_id = $1 AND left_on IS NULL)").bind(case))?;
    run!(
        tx,
        sqlx::query("UPDATE group_members SET left_on = CASE WHEN joined_on > $2 THEN joined_on ELSE $2 END, left_because = 'case-ended' WHERE case_id = $1 AND left_on IS NULL")
            .bind(case)
            .bind(on_day.to_string())
    )?;
    run!(tx, sqlx::query("DELETE FROM case_staff WHERE case_id = $1 AND because = 'group'").bind(case)).map(drop)
}

/// Moves what belongs to a case along to another place, and lets go of those who worked on it.
pub(super) async fn move_along(tx: &mut Tx, permit: &CasePermit, unit: Uuid) -> Stored<()> {
    let case = permit.case();
    run!(tx, sqlx::query("DELETE FROM case_staff WHERE case_id = $1").bind(case))?;
    run!(tx, sqlx::query("UPDATE cases SET facilitator_id = NULL WHERE id = $1").bind(case))?;
    run!(
        tx,
        sqlx::query("UPDATE planned_sessions SET unit_id = $2, room_id = NULL, facilitator_id = NULL, revision = revision + 1 WHERE case_id = $1 AND standing = 'planned'").bind(case).bind(unit)
    )?;
    run!(tx, sqlx::query("UPDATE make_ups SET unit_id = $2 WHERE case_id = $1").bind(case).bind(unit))?;
    run!(tx, sqlx::query("UPDATE concerns SET unit_id = $2 WHERE case_id = $1").bind(case).bind(unit))?;
    run!(tx, sqlx::query("UPDATE case_reports SET unit_id = $2 WHERE case_id = $1 AND standing <> 'signed'").bind(case).bind(unit))?;
    run!(tx, sqlx::query("UPDATE search_cases SET unit_id = $2 WHERE case_id = $1").bind(case).bind(unit)).map(drop)
}

/// Whether the permit's holder works on the case.
pub async fn works_on(tx: &mut Tx, permit: &CasePermit) -> Stored<bool> {
    let (count,): (i64,) = on!(tx, |c| sqlx::query_as("SELECT COUNT(*) FROM case_staff WHERE case_id = $1 AND account_id = $2")
        .bind(permit.case())
        .bind(permit.holder().account)
        .fetch_one(c))?;
    Ok(count > 0)
}
