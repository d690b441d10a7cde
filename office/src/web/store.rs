//! What the guard asks the database: how a person stands to a record, and the record's key.

use std::collections::BTreeMap;

use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::db::{StoreError, Stored, Tx, places};
use crate::measures::store as measures;
use crate::vault::Sealed;
use crate::{on, run};

/// How an account stands to a case.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct CaseStanding {
    pub unit_id: Uuid,
    pub programme_id: Uuid,
    pub stage: String,
    pub referrer_id: Option<Uuid>,
    pub staff: i64,
}

/// A case, and whether `account` works on it.
pub(super) async fn case(tx: &mut Tx, id: Uuid, account: Uuid) -> Stored<Option<CaseStanding>> {
    Ok(on!(tx, |c| {
        sqlx::query_as(
        "SELECT unit_id, programme_id, stage, referrer_id, (SELECT COUNT(*) FROM case_staff s WHERE s.case_id = cases.id AND s.account_id = $2) AS staff FROM cases WHERE id = $1"
    )
    .bind(id)
    .bind(account)
    .fetch_optional(c)
    })?)
}

#[derive(sqlx::FromRow)]
struct NamedStanding {
    id: Uuid,
    #[sqlx(flatten)]
    standing: CaseStanding,
}

/// The same of several cases, by their ids.
pub(super) async fn cases(tx: &mut Tx, ids: &[Uuid], account: Uuid) -> Stored<BTreeMap<Uuid, CaseStanding>> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let sql = AssertSqlSafe(format!(
        "SELECT id, unit_id, programme_id, stage, referrer_id, (SELECT COUNT(*) FROM case_staff s WHERE s.case_id = cases.id AND s.account_id = $1) AS staff \
         FROM cases WHERE id IN ({})",
        places(2, ids.len())
    ));
    let rows: Vec<NamedStanding> = on!(tx, |c| {
        let mut query = sqlx::query_as(sql).bind(account);
        for id in ids {
            query = query.bind(*id);
        }
        query.fetch_all(c)
    })?;
    Ok(rows.into_iter().map(|row| (row.id, row.standing)).collect())
}

/// How an account stands to a group.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct GroupStanding {
    pub unit_id: Uuid,
    pub programme_id: Uuid,
    pub standing: String,
    pub runs: i64,
}

/// A group, and whether `account` runs it.
pub(super) async fn group(tx: &mut Tx, id: Uuid, account: Uuid) -> Stored<Option<GroupStanding>> {
    Ok(on!(tx, |c| {
        sqlx::query_as(
        "SELECT unit_id, programme_id, standing, (SELECT COUNT(*) FROM group_facilitators f WHERE f.group_id = treatment_groups.id AND f.account_id = $2) AS runs FROM treatment_groups WHERE id = $1"
    )
    .bind(id)
    .bind(account)
    .fetch_optional(c)
    })?)
}

/// How an account stands to a session.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct SessionStanding {
    pub unit_id: Uuid,
    pub case_id: Option<Uuid>,
    pub group_id: Option<Uuid>,
    pub standing: String,
    pub programme_id: Uuid,
    pub runs: i64,
}

/// A planned session, and whether `account` runs it.
pub(super) async fn session(tx: &mut Tx, id: Uuid, account: Uuid) -> Stored<Option<SessionStanding>> {
    Ok(on!(tx, |c| sqlx::query_as(
        "SELECT p.unit_id, p.case_id, p.group_id, p.standing, COALESCE(c.programme_id, g.programme_id) AS programme_id, \
         (SELECT COUNT(*) FROM case_staff s WHERE s.case_id = p.case_id AND s.account_id = $2) \
         + (SELECT COUNT(*) FROM group_facilitators f WHERE f.group_id = p.group_id AND f.account_id = $2) AS runs \
         FROM planned_sessions p LEFT JOIN cases c ON c.id = p.case_id LEFT JOIN treatment_groups g ON g.id = p.group_id WHERE p.id = $1"
    )
    .bind(id)
    .bind(account)
    .fetch_optional(c))?)
}

/// The wrapped key of a case or group.
pub(super) async fn wrapped_key(tx: &mut Tx, owner: Uuid) -> Stored<Sealed> {
    let row: Option<(Sealed,)> =
        on!(tx, |c| sqlx::query_as("SELECT wrapped FROM sealing_keys WHERE owner_id = $1").bind(owner).fetch_optional(c))?;
    row.map(|(wrapped,)| wrapped).ok_or(StoreError::Sealed)
}

/// The wrapped keys of several cases, by their ids.
pub(super) async fn wrapped_keys(tx: &mut Tx, owners: &[Uuid]) -> Stored<BTreeMap<Uuid, Sealed>> {
    if owners.is_empty() {
        return Ok(BTreeMap::new());
    }
    let sql = AssertSqlSafe(format!("SELECT owner_id, wrapped FROM sealing_keys WHERE owner_id IN ({})", places(1, owners.len())));
    let rows: Vec<(Uuid, Sealed)> = on!(tx, |c| {
        let mut query = sqlx::query_as(sql);
        for owner in owners {
            query = query.bind(*owner);
        }
        query.fetch_all(c)
    })?;
    Ok(rows.into_iter().collect())
}

/// Where a form led when it was carried out before.
pub(super) async fn went(tx: &mut Tx, once: Uuid, account: Uuid) -> Stored<Option<String>> {
    let row: Option<(String,)> = on!(tx, |c| sqlx::query_as("SELECT went_to FROM submissions WHERE once_id = $1 AND account_id = $2")
        .bind(once)
        .bind(account)
        .fetch_optional(c))?;
    Ok(row.map(|(went_to,)| went_to))
}

/// Remembers that a form was carried out.
pub(super) async fn remember(tx: &mut Tx, once: Uuid, account: Uuid, at: &str, leads_to: &str) -> Stored<()> {
    run!(
        tx,
        sqlx::query("INSERT INTO submissions (once_id, account_id, at, went_to) VALUES ($1, $2, $3, $4)")
            .bind(once)
            .bind(account)
            .bind(at)
            .bind(leads_to)
    )
    .map(drop)
}

/// The case a concern is about, and who owns it.
pub(super) async fn concern(tx: &mut Tx, id: Uuid) -> Stored<Option<(Uuid, Uuid)>> {
    Ok(on!(tx, |c| sqlx::query_as("SELECT case_id, owner_id FROM concerns WHERE id = $1").bind(id).fetch_optional(c))?)
}

/// The case a report is about.
pub(super) async fn report(tx: &mut Tx, id: Uuid) -> Stored<Option<Uuid>> {
    let row: Option<(Uuid,)> = on!(tx, |c| sqlx::query_as("SELECT case_id FROM case_reports WHERE id = $1").bind(id).fetch_optional(c))?;
    Ok(row.map(|(case,)| case))
}

/// How a participant's opening stands, and the response it leads to.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct OpeningStanding {
    #[sqlx(flatten)]
    pub response: measures::Row,
    pub case_id: Uuid,
    pub unit_id: Uuid,
    pub programme_id: Uuid,
    pub stage: String,
    pub account_id: Uuid,
    pub secret_mac: Vec<u8>,
    pub unlocked: bool,
    pub wrapped: Option<Sealed>,
}

/// The opening of a token's hash with its response and the key of its case, if it has not ended: by time, or by wrong PINs or
/// codes. One statement, since every page of a form asks for all of it.
pub(super) async fn opening(tx: &mut Tx, token_hash: &[u8], now: &str, most_attempts: i64) -> Stored<Option<OpeningStanding>> {
    let sql = AssertSqlSafe(format!(
        "SELECT {}, r.case_id, k.unit_id, k.programme_id, k.stage, r.account_id, o.secret_mac, o.unlocked, s.wrapped \
         FROM measure_openings o JOIN measure_responses r ON r.id = o.response_id JOIN accounts a ON a.id = r.account_id \
         JOIN cases k ON k.id = r.case_id LEFT JOIN sealing_keys s ON s.owner_id = r.case_id \
         WHERE o.token_hash = $1 AND o.ends_at > $2 AND o.failed_attempts < $3 AND r.standing <> 'void'",
        measures::COLUMNS
    ));
    Ok(on!(tx, |c| sqlx::query_as(sql).bind(token_hash).bind(now).bind(most_attempts).fetch_optional(c))?)
}
