//! What gates are asked about, read for any number of cases at once: as many statements for a dozen as for one.

use std::collections::BTreeMap;

use fairway_domain::case::{Case, Happening};
use fairway_domain::dose::{Delivery, MadeUp};
use jiff::civil::Date;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::store::{day, some_day};
use super::store_facts::{attendance, whole};
use crate::db::{StoreError, Stored, Tx, places};
use crate::on;
use crate::web::CasePermit;

/// What a gate needs to know of a case besides its definition.
#[derive(Debug, Clone)]
pub struct Known {
    /// The case, as its history tells it.
    pub case: Case,
    /// Its track.
    pub track: Option<String>,
    /// Last day of the order.
    pub order_ends_on: Option<Date>,
    /// What happened at its sessions so far, make-ups included.
    pub deliveries: Vec<Delivery>,
    /// The last confirmation of each condition. A measure's condition is `measure:` and its id.
    pub confirmations: BTreeMap<String, bool>,
    /// Targets whose need was judged (anything but "not yet assessed").
    pub judged: Vec<String>,
}

/// Session, presence, minutes, and of a make-up its day and its minutes.
type Held = (Uuid, String, String, i64, Option<String>, Option<i64>);

const EVENTS: &str = "SELECT case_id, facts FROM case_events WHERE case_id IN (";
const ROWS: &str = "SELECT id, track, order_ends_on FROM cases WHERE id IN (";
const HELD: &str = "SELECT a.case_id, a.session, a.presence, a.minutes, m.done_on, m.minutes FROM attendances a \
    LEFT JOIN make_ups m ON m.attendance_id = a.id AND m.standing = 'done' WHERE a.case_id IN (";
const CONFIRMED: &str = "SELECT case_id, condition_id, holds FROM gate_confirmations WHERE case_id IN (";
const TAKEN: &str = "SELECT case_id, measure FROM measure_responses WHERE standing = 'done' AND case_id IN (";
const JUDGED: &str = "SELECT case_id, target, verdict FROM need_judgements WHERE case_id IN (";

/// Rows of a statement about all these cases: its head up to the ids, and its order.
macro_rules! of_cases {
    ($tx:expr, $permits:expr, $row:ty, $head:expr, $order:expr) => {{
        let sql = AssertSqlSafe(format!("{}{}) ORDER BY {}", $head, places(1, $permits.len()), $order));
        let rows: Vec<$row> = on!($tx, |c| {
            let mut query = sqlx::query_as(sql);
            for permit in $permits {
                query = query.bind(permit.case());
            }
            query.fetch_all(c)
        })?;
        rows
    }};
}

/// What gates need to know of each of these cases, in their order. Six statements, however many cases.
pub async fn known(tx: &mut Tx, permits: &[CasePermit]) -> Stored<Vec<Known>> {
    if permits.is_empty() {
        return Ok(Vec::new());
    }
    let mut histories: BTreeMap<Uuid, Vec<Happening>> = BTreeMap::new();
    for (case, facts) in of_cases!(tx, permits, (Uuid, String), EVENTS, "case_id, seq") {
        let happening = serde_json::from_str(&facts).map_err(|error| StoreError::Unreadable(format!("case event: {error}")))?;
        histories.entry(case).or_default().push(happening);
    }
    let mut rows: BTreeMap<Uuid, (Option<String>, Option<Date>)> = BTreeMap::new();
    for (case, track, ends) in of_cases!(tx, permits, (Uuid, Option<String>, Option<String>), ROWS, "id") {
        rows.insert(case, (track, some_day(ends.as_deref())?));
    }
    let mut deliveries = deliveries_of(tx, permits).await?;
    let mut confirmations: BTreeMap<Uuid, BTreeMap<String, bool>> = BTreeMap::new();
    for (case, condition, holds) in of_cases!(tx, permits, (Uuid, String, bool), CONFIRMED, "recorded_at, id") {
        confirmations.entry(case).or_default().insert(condition, holds);
    }
    // A measure that was taken needs nobody's word.
    for (case, measure) in of_cases!(tx, permits, (Uuid, String), TAKEN, "case_id, measure") {
        confirmations.entry(case).or_default().insert(format!("measure:{measure}"), true);
    }
    let mut verdicts: BTreeMap<Uuid, BTreeMap<String, String>> = BTreeMap::new();
    for (case, target, verdict) in of_cases!(tx, permits, (Uuid, String, String), JUDGED, "judged_on, recorded_at, id") {
        verdicts.entry(case).or_default().insert(target, verdict);
    }
    let one = |id: Uuid| {
        let history = histories.get(&id).map(Vec::as_slice).unwrap_or_default();
        let case = Case::from_history(history).map_err(|refused| StoreError::Unreadable(format!("history of case {id}: {refused}")))?;
        let (track, order_ends_on) = rows.remove(&id).ok_or(StoreError::Missing)?;
        let judged = verdicts.remove(&id).unwrap_or_default().into_iter().filter(|(_, verdict)| verdict != "not-yet-assessed");
        Ok(Known {
            case,
            track,
            order_ends_on,
            deliveries: deliveries.remove(&id).unwrap_or_default(),
            confirmations: confirmations.remove(&id).unwrap_or_default(),
            judged: judged.map(|(target, _)| target).collect(),
        })
    };
    permits.iter().map(CasePermit::case).map(one).collect()
}

/// What gates need to know of one case.
pub async fn known_of(tx: &mut Tx, permit: &CasePermit) -> Stored<Known> {
    known(tx, std::slice::from_ref(permit)).await?.pop().ok_or(StoreError::Missing)
}

/// What happened at the sessions of a case so far, make-ups included, in the order held.
pub async fn deliveries(tx: &mut Tx, permit: &CasePermit) -> Stored<Vec<Delivery>> {
    Ok(deliveries_of(tx, std::slice::from_ref(permit)).await?.remove(&permit.case()).unwrap_or_default())
}

async fn deliveries_of(tx: &mut Tx, permits: &[CasePermit]) -> Stored<BTreeMap<Uuid, Vec<Delivery>>> {
    let mut deliveries: BTreeMap<Uuid, Vec<Delivery>> = BTreeMap::new();
    for (case, session, presence, minutes, done_on, made_up) in of_cases!(tx, permits, Held, HELD, "a.held_on, a.id") {
        let made_up = match done_on {
            Some(done_on) => Some(MadeUp { on: day(&done_on)?, minutes: whole(made_up.unwrap_or(0)) }),
            None => None,
        };
        deliveries.entry(case).or_default().push(Delivery { session, attendance: attendance(&presence, minutes)?, made_up });
    }
    Ok(deliveries)
}
