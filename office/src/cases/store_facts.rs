//! What gates, completion and the dose are told from.

use std::collections::BTreeMap;

use fairway_domain::attendance::{AbsenceReason, Attendance};
use fairway_domain::dose::{Delivery, MadeUp};
use uuid::Uuid;

use super::store::day;
use crate::app::{App, instant_text};
use crate::db::{StoreError, Stored, Tx};
use crate::on;
use crate::run;
use crate::web::CasePermit;

/// Session, presence, minutes, and of a make-up its day and its minutes.
type Held = (String, String, i64, Option<String>, Option<i64>);

/// What happened at the sessions of a case so far, make-ups included.
pub async fn deliveries(tx: &mut Tx, permit: &CasePermit) -> Stored<Vec<Delivery>> {
    let rows: Vec<Held> = on!(tx, |c| {
        sqlx::query_as(
        "SELECT a.session, a.presence, a.minutes, m.done_on, m.minutes FROM attendances a LEFT JOIN make_ups m ON m.attendance_id = a.id AND m.standing = 'done' \
         WHERE a.case_id = $1 ORDER BY a.held_on, a.id"
    )
    .bind(permit.case())
    .fetch_all(c)
    })?;
    rows.into_iter()
        .map(|(session, presence, minutes, done_on, made_up)| {
            let made_up = match done_on {
                Some(done_on) => Some(MadeUp { on: day(&done_on)?, minutes: whole(made_up.unwrap_or(0)) }),
                None => None,
            };
            Ok(Delivery { session, attendance: attendance(&presence, minutes)?, made_up })
        })
        .collect()
}

fn whole(minutes: i64) -> u16 {
    u16::try_from(minutes.max(0)).unwrap_or(u16::MAX)
}

/// An attendance as its two columns tell it. The reason of an absence is sealed and makes no difference to the dose.
pub fn attendance(presence: &str, minutes: i64) -> Stored<Attendance> {
    Ok(match presence {
        "attended" => Attendance::Attended,
        "part" => Attendance::Part { minutes: (minutes > 0).then(|| whole(minutes)) },
        "absent-accepted" => Attendance::AbsentAccepted { reason: AbsenceReason::Other },
        "absent-unaccepted" => Attendance::AbsentUnaccepted,
        other => return Err(StoreError::Unreadable(format!("presence `{other}`"))),
    })
}

/// The last confirmation of each condition: condition and whether it holds. A measure's condition is `measure:` and its
/// id.
pub async fn confirmations(tx: &mut Tx, permit: &CasePermit) -> Stored<BTreeMap<String, bool>> {
    let rows: Vec<(String, bool)> =
        on!(tx, |c| sqlx::query_as("SELECT condition_id, holds FROM gate_confirmations WHERE case_id = $1 ORDER BY recorded_at, id")
            .bind(permit.case())
            .fetch_all(c))?;
    Ok(rows.into_iter().collect())
}

/// Adds a confirmation by the permit's holder.
pub async fn confirm(tx: &mut Tx, app: &App, permit: &CasePermit, phase: &str, condition: &str, holds: bool) -> Stored<Uuid> {
    let id = app.new_id();
    run!(
        tx,
        sqlx::query("INSERT INTO gate_confirmations (id, case_id, phase, condition_id, holds, account_id, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
            .bind(id)
            .bind(permit.case())
            .bind(phase)
            .bind(condition)
            .bind(holds)
            .bind(permit.holder().account)
            .bind(instant_text(app.now()))
    )?;
    Ok(id)
}

/// The targets whose need was judged (anything but "not yet assessed").
pub async fn judged_targets(tx: &mut Tx, permit: &CasePermit) -> Stored<Vec<String>> {
    let rows: Vec<(String, String)> =
        on!(tx, |c| sqlx::query_as("SELECT target, verdict FROM need_judgements WHERE case_id = $1 ORDER BY judged_on, recorded_at, id")
            .bind(permit.case())
            .fetch_all(c))?;
    let last: BTreeMap<String, String> = rows.into_iter().collect();
    Ok(last.into_iter().filter(|(_, verdict)| verdict != "not-yet-assessed").map(|(target, _)| target).collect())
}
