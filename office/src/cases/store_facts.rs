//! Attendances as they are read back, and the confirmations a professional gives.

use fairway_domain::attendance::{AbsenceReason, Attendance};
use uuid::Uuid;

use crate::app::{App, instant_text};
use crate::db::{StoreError, Stored, Tx};
use crate::run;
use crate::web::CasePermit;

/// Minutes as the domain counts them.
pub(super) fn whole(minutes: i64) -> u16 {
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
