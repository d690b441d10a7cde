//! What decides which measures are due, read for many cases at once: as many statements for a dozen as for one.

use std::collections::BTreeMap;

use fairway_domain::measure::TakenMeasure;
use jiff::civil::Date;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::cases::store::day;
use crate::db::{Stored, Tx, places};
use crate::on;
use crate::web::{CasePermit, ListPermit};

/// Most cases that the list of due measures looks at.
pub const MOST: i64 = 500;

/// What is known of a case.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Phases entered, with their days.
    pub entered: Vec<(String, Date)>,
    /// Sessions held or made up.
    pub held: Vec<(String, Date)>,
    /// What was measured.
    pub taken: Vec<TakenMeasure>,
}

/// A case as the list needs it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct CaseLine {
    /// Its id.
    pub id: Uuid,
    /// Its number.
    pub case_number: String,
    /// The person's given names.
    pub given_names: String,
    /// The person's family names.
    pub family_names: String,
    /// The stored definition.
    pub programme_id: Uuid,
    /// Its track.
    pub track: Option<String>,
    /// Its stage.
    pub stage: String,
    /// The day it ended.
    pub ended_on: Option<String>,
}

/// The cases in reach that are in treatment, or were completed within the last two years; one more than [`MOST`] where there are
/// more than the list looks at.
pub async fn cases(tx: &mut Tx, permit: &ListPermit, since: Date) -> Stored<Vec<CaseLine>> {
    let account = permit.holder().account;
    if permit.places().is_empty() {
        return Ok(on!(tx, |c| {
            sqlx::query_as(
            "SELECT k.id, k.case_number, p.given_names, p.family_names, k.programme_id, k.track, k.stage, k.ended_on FROM cases k JOIN people p ON p.id = k.person_id \
             WHERE (k.stage = 'in-phase' OR (k.stage = 'completed' AND k.ended_on >= $2)) \
             AND k.id IN (SELECT s.case_id FROM case_staff s WHERE s.account_id = $1) ORDER BY k.sort_name, k.id LIMIT $3"
        )
        .bind(account)
        .bind(since.to_string())
        .bind(MOST + 1)
        .fetch_all(c)
        })?);
    }
    let sql = AssertSqlSafe(format!(
        "SELECT k.id, k.case_number, p.given_names, p.family_names, k.programme_id, k.track, k.stage, k.ended_on FROM cases k JOIN people p ON p.id = k.person_id \
         WHERE (k.stage = 'in-phase' OR (k.stage = 'completed' AND k.ended_on >= $1)) AND k.unit_id IN ({}) ORDER BY k.sort_name, k.id LIMIT $2",
        places(3, permit.places().len())
    ));
    Ok(on!(tx, |c| {
        let mut query = sqlx::query_as(sql).bind(since.to_string()).bind(MOST + 1);
        for place in permit.places() {
            query = query.bind(place);
        }
        query.fetch_all(c)
    })?)
}

/// Rows of a statement about all these cases.
macro_rules! of_cases {
    ($tx:expr, $ids:expr, $row:ty, $head:expr, $tail:expr) => {{
        let sql = AssertSqlSafe(format!("{}{}) {}", $head, places(1, $ids.len()), $tail));
        let rows: Vec<$row> = on!($tx, |c| {
            let mut query = sqlx::query_as(sql);
            for id in $ids {
                query = query.bind(id);
            }
            query.fetch_all(c)
        })?;
        rows
    }};
}

/// What is known of the permit's case.
pub async fn known(tx: &mut Tx, permit: &CasePermit) -> Stored<Known> {
    Ok(known_of(tx, &[permit.case()]).await?.remove(&permit.case()).unwrap_or_default())
}

/// What is known of the cases of a list.
pub async fn known_listed(tx: &mut Tx, _permit: &ListPermit, ids: &[Uuid]) -> Stored<BTreeMap<Uuid, Known>> {
    known_of(tx, ids).await
}

async fn known_of(tx: &mut Tx, ids: &[Uuid]) -> Stored<BTreeMap<Uuid, Known>> {
    let mut known: BTreeMap<Uuid, Known> = BTreeMap::new();
    if ids.is_empty() {
        return Ok(known);
    }
    let entered = of_cases!(
        tx,
        ids,
        (Uuid, String, String),
        "SELECT case_id, phase, happened_on FROM case_events WHERE stage_to = 'in-phase' AND phase IS NOT NULL AND case_id IN (",
        "ORDER BY case_id, seq"
    );
    for (case, phase, on) in entered {
        let entered = &mut known.entry(case).or_default().entered;
        if !entered.iter().any(|(known, _)| *known == phase) {
            entered.push((phase, day(&on)?));
        }
    }
    let held = of_cases!(
        tx,
        ids,
        (Uuid, String, String, Option<String>),
        "SELECT a.case_id, a.session, a.held_on, m.done_on FROM attendances a LEFT JOIN make_ups m ON m.attendance_id = a.id AND m.standing = 'done' WHERE a.case_id IN (",
        "ORDER BY a.held_on, a.id"
    );
    for (case, session, on, made_up) in held {
        let on = day(made_up.as_deref().unwrap_or(&on))?;
        known.entry(case).or_default().held.push((session, on));
    }
    let taken = of_cases!(
        tx,
        ids,
        (Uuid, String, String, String),
        "SELECT case_id, measure, point, answered_on FROM measure_responses WHERE standing = 'done' AND case_id IN (",
        "ORDER BY answered_on, id"
    );
    for (case, measure, point, on) in taken {
        known.entry(case).or_default().taken.push(TakenMeasure { measure, point, on: day(&on)? });
    }
    Ok(known)
}
