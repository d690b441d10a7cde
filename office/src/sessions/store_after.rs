//! What comes after saving: signature, amendments, and make-ups waived or done without a session of their own.

use jiff::civil::Date;
use uuid::Uuid;

use super::store::{Member, key_of};
use crate::app::{App, instant_text};
use crate::db::{StoreError, Stored, Tx};
use crate::run;
use crate::web::SessionPermit;

/// Signs the record as it stood at `revision`. [`StoreError::Stale`] when it is another by now, or signed already.
pub(super) async fn sign(tx: &mut Tx, permit: &SessionPermit, revision: i64) -> Stored<()> {
    let holder = permit.holder();
    let touched = run!(
        tx,
        sqlx::query("UPDATE session_records SET standing = 'signed', signed_by = $3, signed_at = $4, revision = revision + 1 WHERE planned_id = $1 AND revision = $2 AND standing = 'saved'")
            .bind(permit.session())
            .bind(revision)
            .bind(holder.account)
            .bind(instant_text(holder.now))
    )?;
    if touched != 1 {
        return Err(StoreError::Stale);
    }
    run!(tx, sqlx::query("UPDATE planned_sessions SET standing = 'signed', revision = revision + 1 WHERE id = $1").bind(permit.session()))
        .map(drop)
}

/// Adds an amendment to a signed record: about one member, or about the session.
pub(super) async fn amend(tx: &mut Tx, app: &App, permit: &SessionPermit, record: Uuid, about: Option<&Member>, text: &str) -> Stored<()> {
    let key = about.map_or(permit.key(), |member| &member.key);
    let body = key.seal("amendments.body", text)?;
    run!(
        tx,
        sqlx::query("INSERT INTO amendments (id, record_id, case_id, body_sealed, account_id, signed_at) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(app.new_id())
            .bind(record)
            .bind(about.map(|member| member.case))
            .bind(body)
            .bind(permit.holder().account)
            .bind(instant_text(permit.holder().now))
    )
    .map(drop)
}

/// Waives a make-up that followed from this session, with the reason. A session planned for it is cancelled.
pub(super) async fn waive(tx: &mut Tx, permit: &SessionPermit, members: &[Member], case: Uuid, make_up: Uuid, reason: &str) -> Stored<()> {
    let sealed = key_of(members, case)?.seal("make_ups.waived", reason)?;
    let holder = permit.holder();
    let touched = run!(
        tx,
        sqlx::query(
            "UPDATE make_ups SET standing = 'waived', waived_sealed = $4, waived_by = $5, waived_at = $6 WHERE id = $1 AND case_id = $2 AND standing IN ('due', 'planned') \
             AND attendance_id IN (SELECT a.id FROM attendances a JOIN session_records r ON r.id = a.record_id WHERE r.planned_id = $3)"
        )
        .bind(make_up)
        .bind(case)
        .bind(permit.session())
        .bind(sealed)
        .bind(holder.account)
        .bind(instant_text(holder.now))
    )?;
    if touched != 1 {
        return Err(StoreError::Stale);
    }
    cancel_planned(tx, case, make_up).await
}

/// Notes that a make-up was done with the participant sheet.
pub(super) async fn complete(tx: &mut Tx, permit: &SessionPermit, case: Uuid, make_up: Uuid, on: Date, minutes: i64) -> Stored<()> {
    let touched = run!(
        tx,
        sqlx::query(
            "UPDATE make_ups SET standing = 'done', done_on = $4, minutes = $5 WHERE id = $1 AND case_id = $2 AND made_by = 'sheet' AND standing IN ('due', 'planned') \
             AND attendance_id IN (SELECT a.id FROM attendances a JOIN session_records r ON r.id = a.record_id WHERE r.planned_id = $3)"
        )
        .bind(make_up)
        .bind(case)
        .bind(permit.session())
        .bind(on.to_string())
        .bind(minutes)
    )?;
    if touched != 1 {
        return Err(StoreError::Stale);
    }
    cancel_planned(tx, case, make_up).await
}

async fn cancel_planned(tx: &mut Tx, case: Uuid, make_up: Uuid) -> Stored<()> {
    run!(
        tx,
        sqlx::query("UPDATE planned_sessions SET standing = 'cancelled', revision = revision + 1 WHERE case_id = $1 AND make_up_id = $2 AND standing = 'planned'")
            .bind(case)
            .bind(make_up)
    )
    .map(drop)
}
