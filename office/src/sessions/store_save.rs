//! Saving a session's record: everything that follows from one form, in the transaction of its request.

use fairway_domain::attendance::{Attendance, MakeUp, make_up_due};
use fairway_domain::programme::SessionPlan;
use uuid::Uuid;

use super::reading::{Entry, MemberEntry};
use super::store::{Member, Plan, key_of};
use super::store_record::{MakeUpRow, Whole};
use crate::app::{App, instant_text};
use crate::db::{Batch, StoreError, Stored, Tx};
use crate::run;
use crate::web::SessionPermit;

/// What a save starts from.
#[derive(Debug)]
pub(super) struct Before<'a> {
    pub plan: &'a Plan,
    /// What the definition says of the session.
    pub session: &'a SessionPlan,
    pub members: &'a [Member],
    /// What stands already.
    pub whole: Option<&'a Whole>,
    /// The revision the form was made from.
    pub revision: Option<i64>,
}

/// Saves the record. [`StoreError::Stale`] when somebody saved or signed in between; then nothing is written.
pub(super) async fn save(tx: &mut Tx, app: &App, permit: &SessionPermit, before: &Before<'_>, entry: &Entry) -> Stored<()> {
    let record = keep_record(tx, app, permit, before, entry).await?;
    if let Some(whole) = before.whole {
        reopen_settled(tx, whole).await?;
    }
    let attendances = keep_attendances(tx, app, before, entry, record).await?;
    keep_observations(tx, app, permit, before, entry, record).await?;
    settle(tx, before, entry, record).await?;
    keep_make_ups(tx, app, permit, before, entry, record, &attendances).await?;
    forget_draft(tx, permit).await
}

async fn keep_record(tx: &mut Tx, app: &App, permit: &SessionPermit, before: &Before<'_>, entry: &Entry) -> Stored<Uuid> {
    let holder = permit.holder();
    let deviation = permit.key().seal_some("session_records.deviation", entry.deviation_text.as_deref())?;
    let note = permit.key().seal_some("session_records.note", entry.note.as_deref())?;
    let at = instant_text(holder.now);
    if let Some(whole) = before.whole {
        let touched = run!(
            tx,
            sqlx::query(
                "UPDATE session_records SET held_on = $3, starts_at_time = $4, minutes = $5, deviation = $6, deviation_sealed = $7, note_sealed = $8, \
                 account_id = $9, recorded_at = $10, revision = revision + 1 WHERE id = $1 AND revision = $2 AND standing = 'saved'"
            )
            .bind(whole.record.id)
            .bind(before.revision.unwrap_or(-1))
            .bind(entry.held_on.to_string())
            .bind(entry.at.strftime("%H:%M").to_string())
            .bind(i64::from(entry.minutes))
            .bind(entry.deviation.code())
            .bind(&deviation)
            .bind(&note)
            .bind(holder.account)
            .bind(&at)
        )?;
        return if touched == 1 { Ok(whole.record.id) } else { Err(StoreError::Stale) };
    }
    // The plan's row is taken first: of two who save at once, the second waits here and then finds it recorded.
    let touched = run!(
        tx,
        sqlx::query("UPDATE planned_sessions SET standing = 'recorded', revision = revision + 1 WHERE id = $1 AND standing = 'planned'")
            .bind(permit.session())
    )?;
    if touched != 1 {
        return Err(StoreError::Stale);
    }
    let id = app.new_id();
    run!(
        tx,
        sqlx::query(
            "INSERT INTO session_records (id, planned_id, unit_id, held_on, starts_at_time, minutes, standing, deviation, deviation_sealed, note_sealed, account_id, recorded_at) \
             VALUES ($1, $2, $3, $4, $5, $6, 'saved', $7, $8, $9, $10, $11)"
        )
        .bind(id)
        .bind(permit.session())
        .bind(permit.unit())
        .bind(entry.held_on.to_string())
        .bind(entry.at.strftime("%H:%M").to_string())
        .bind(i64::from(entry.minutes))
        .bind(entry.deviation.code())
        .bind(&deviation)
        .bind(&note)
        .bind(holder.account)
        .bind(&at)
    )?;
    Ok(id)
}

/// The make-up that a member's attendance settles, if it counts: the one this session was planned for, or one still open
/// for the same session.
fn settles(before: &Before<'_>, entry: &Entry, member: &MemberEntry) -> Option<Uuid> {
    if !member.attendance.counts(entry.minutes) {
        return None;
    }
    let standing = before.whole.and_then(|whole| whole.attended.iter().find(|row| row.case == member.case)).and_then(|row| row.made_up_for);
    let owed = before.members.iter().find(|known| known.case == member.case).and_then(|known| known.owed);
    before.plan.make_up.or(standing).or(owed)
}

/// One row a member, written over the one that stood. The row ids, by case.
async fn keep_attendances(tx: &mut Tx, app: &App, before: &Before<'_>, entry: &Entry, record: Uuid) -> Stored<Vec<(Uuid, Uuid)>> {
    let mut rows = Batch::new(
        "attendances",
        &["id", "record_id", "case_id", "phase", "session", "held_on", "presence", "minutes", "contribution", "absence_sealed", "note_sealed", "made_up_for"],
    )
    .ending(
        "ON CONFLICT (record_id, case_id) DO UPDATE SET held_on = excluded.held_on, presence = excluded.presence, minutes = excluded.minutes, \
         contribution = excluded.contribution, absence_sealed = excluded.absence_sealed, note_sealed = excluded.note_sealed, made_up_for = excluded.made_up_for",
    );
    let mut ids = Vec::with_capacity(entry.members.len());
    let held_on = entry.held_on.to_string();
    for member in &entry.members {
        let key = key_of(before.members, member.case)?;
        let id = before
            .whole
            .and_then(|whole| whole.attended.iter().find(|row| row.case == member.case))
            .map_or_else(|| app.new_id(), |row| row.id);
        let reason = match member.attendance {
            Attendance::AbsentAccepted { reason } => Some(reason.code()),
            _ => None,
        };
        rows.push(vec![
            id.into(),
            record.into(),
            member.case.into(),
            before.plan.phase.clone().into(),
            before.plan.session.clone().into(),
            held_on.clone().into(),
            member.attendance.kind().code().into(),
            i64::from(member.attendance.minutes_of(entry.minutes).unwrap_or(0)).into(),
            member.contribution.code().into(),
            key.seal_some("attendances.absence", reason)?.into(),
            key.seal_some("attendances.note", member.note.as_deref())?.into(),
            settles(before, entry, member).into(),
        ]);
        ids.push((member.case, id));
    }
    rows.write(tx).await?;
    Ok(ids)
}

/// What was seen, as rows of the cases' observations. Those a judgement rests on stay; the rest is written anew, and a row
/// that says the same as before keeps its id, author and time.
async fn keep_observations(tx: &mut Tx, app: &App, permit: &SessionPermit, before: &Before<'_>, entry: &Entry, record: Uuid) -> Stored<()> {
    let stood = before.whole.map_or(&[][..], |whole| &whole.seen);
    if stood.iter().any(|seen| !seen.cited) {
        run!(
            tx,
            sqlx::query(
                "DELETE FROM observations WHERE case_id IN (SELECT case_id FROM attendances WHERE record_id = $1) AND record_id = $1 \
                 AND id NOT IN (SELECT e.observation_id FROM judgement_evidence e JOIN observations o ON o.id = e.observation_id WHERE o.record_id = $1)"
            )
            .bind(record)
        )?;
    }
    let mut rows = Batch::new(
        "observations",
        &["id", "case_id", "target", "source", "record_id", "seen_on", "body_sealed", "account_id", "recorded_at"],
    );
    let (held_on, now) = (entry.held_on.to_string(), instant_text(permit.holder().now));
    for member in &entry.members {
        let (Some(text), key) = (&member.seen, key_of(before.members, member.case)?) else { continue };
        for target in &member.targets {
            let same = stood.iter().find(|seen| seen.case == member.case && seen.target == *target);
            if same.is_some_and(|seen| seen.cited) {
                continue;
            }
            let unchanged = same.filter(|seen| seen.text == *text);
            rows.push(vec![
                same.map_or_else(|| app.new_id(), |seen| seen.id).into(),
                member.case.into(),
                target.clone().into(),
                "session".into(),
                record.into(),
                held_on.clone().into(),
                key.seal("observations.body", text)?.into(),
                unchanged.map_or(permit.holder().account, |seen| seen.by).into(),
                unchanged.map_or_else(|| now.clone(), |seen| seen.recorded_at.clone()).into(),
            ]);
        }
    }
    rows.write(tx).await
}

/// Opens again the make-ups which the record had settled before this change.
async fn reopen_settled(tx: &mut Tx, whole: &Whole) -> Stored<()> {
    if whole.attended.iter().all(|row| row.made_up_for.is_none()) {
        return Ok(());
    }
    run!(
        tx,
        sqlx::query(
            "UPDATE make_ups SET done_on = NULL, minutes = 0, standing = CASE WHEN EXISTS (SELECT 1 FROM planned_sessions p WHERE p.case_id = make_ups.case_id \
             AND p.make_up_id = make_ups.id AND p.standing <> 'cancelled') THEN 'planned' ELSE 'due' END \
             WHERE standing = 'done' AND id IN (SELECT made_up_for FROM attendances WHERE record_id = $1 AND made_up_for IS NOT NULL)"
        )
        .bind(whole.record.id)
    )
    .map(drop)
}

/// Marks as done the make-ups which this session settles.
async fn settle(tx: &mut Tx, before: &Before<'_>, entry: &Entry, record: Uuid) -> Stored<()> {
    if entry.members.iter().all(|member| settles(before, entry, member).is_none()) {
        return Ok(());
    }
    run!(
        tx,
        sqlx::query(
            "UPDATE make_ups SET standing = 'done', done_on = $2, \
             minutes = (SELECT a.minutes FROM attendances a WHERE a.record_id = $1 AND a.case_id = make_ups.case_id), waived_sealed = NULL, waived_by = NULL, waived_at = NULL \
             WHERE id IN (SELECT made_up_for FROM attendances WHERE record_id = $1 AND made_up_for IS NOT NULL) \
             AND case_id IN (SELECT case_id FROM attendances WHERE record_id = $1)"
        )
        .bind(record)
        .bind(entry.held_on.to_string())
    )
    .map(drop)
}

/// The make-ups that follow from who was missing, by the definition's rule. A make-up session owes none of its own: the
/// one it was for stays open.
async fn keep_make_ups(
    tx: &mut Tx,
    app: &App,
    permit: &SessionPermit,
    before: &Before<'_>,
    entry: &Entry,
    record: Uuid,
    attendances: &[(Uuid, Uuid)],
) -> Stored<()> {
    let stood = before.whole.map_or(&[][..], |whole| &whole.make_ups);
    let open: Vec<&MakeUpRow> = stood.iter().filter(|row| row.standing != "done").collect();
    if !open.is_empty() {
        run!(
            tx,
            sqlx::query(
                "DELETE FROM make_ups WHERE standing <> 'done' AND attendance_id IN (SELECT id FROM attendances WHERE record_id = $1)"
            )
            .bind(record)
        )?;
    }
    let rule = if before.plan.make_up.is_some() { MakeUp::None } else { MakeUp::from(&before.session.make_up) };
    let mut rows = Batch::new(
        "make_ups",
        &[
            "id",
            "attendance_id",
            "case_id",
            "unit_id",
            "phase",
            "session",
            "made_by",
            "due_on",
            "standing",
            "minutes",
            "waived_sealed",
            "waived_by",
            "waived_at",
        ],
    );
    let mut dropped = open.iter().filter(|row| row.standing == "planned").count();
    for member in &entry.members {
        let Some(due) = make_up_due(member.attendance, entry.minutes, rule, entry.held_on) else { continue };
        if stood.iter().any(|row| row.case == member.case && row.standing == "done") {
            continue;
        }
        let same = open.iter().find(|row| row.case == member.case);
        dropped -= usize::from(same.is_some_and(|row| row.standing == "planned"));
        let attendance = attendances.iter().find(|(case, _)| *case == member.case).map(|(_, id)| *id);
        let waiver = same.map(|row| row.waiver.clone()).unwrap_or_default();
        rows.push(vec![
            same.map_or_else(|| app.new_id(), |row| row.id).into(),
            attendance.into(),
            member.case.into(),
            permit.unit().into(),
            before.plan.phase.clone().into(),
            before.plan.session.clone().into(),
            due.by.code().into(),
            due.due_on.map(|on| on.to_string()).into(),
            same.map_or("due", |row| row.standing.as_str()).into(),
            0_i64.into(),
            waiver.0.into(),
            waiver.1.into(),
            waiver.2.into(),
        ]);
    }
    rows.write(tx).await?;
    if dropped > 0 {
        cancel_unowed(tx, record).await?;
    }
    Ok(())
}

/// Cancels sessions planned for make-ups that are no longer owed.
async fn cancel_unowed(tx: &mut Tx, record: Uuid) -> Stored<()> {
    run!(
        tx,
        sqlx::query(
            "UPDATE planned_sessions SET standing = 'cancelled', revision = revision + 1 WHERE standing = 'planned' AND make_up_id IS NOT NULL \
             AND case_id IN (SELECT case_id FROM attendances WHERE record_id = $1) AND NOT EXISTS (SELECT 1 FROM make_ups m WHERE m.id = planned_sessions.make_up_id)"
        )
        .bind(record)
    )
    .map(drop)
}

/// Forgets the draft of the one who saved.
pub(super) async fn forget_draft(tx: &mut Tx, permit: &SessionPermit) -> Stored<()> {
    run!(
        tx,
        sqlx::query("DELETE FROM drafts WHERE account_id = $1 AND kind = $2 AND record_id = $3")
            .bind(permit.holder().account)
            .bind(super::store::DRAFT)
            .bind(permit.session())
    )
    .map(drop)
}

/// Keeps what is being typed, for the one who types it and nobody else.
pub(super) async fn keep_draft(tx: &mut Tx, permit: &SessionPermit, body: &str) -> Stored<()> {
    let sealed = permit.key().seal("drafts.body", body)?;
    run!(
        tx,
        sqlx::query(
            "INSERT INTO drafts (account_id, kind, record_id, body_sealed, saved_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (account_id, kind, record_id) DO UPDATE SET body_sealed = excluded.body_sealed, saved_at = excluded.saved_at"
        )
        .bind(permit.holder().account)
        .bind(super::store::DRAFT)
        .bind(permit.session())
        .bind(sealed)
        .bind(instant_text(permit.holder().now))
    )
    .map(drop)
}

/// Whether a change would take away or reword something a judgement rests on: the cases concerned.
pub(super) fn held_by_judgement(whole: &Whole, entry: &Entry) -> Vec<Uuid> {
    let says = |member: &MemberEntry, target: &str, text: &str| {
        member.seen.as_deref() == Some(text) && member.targets.iter().any(|named| named == target)
    };
    let mut cases: Vec<Uuid> = whole
        .seen
        .iter()
        .filter(|seen| seen.cited && entry.members.iter().any(|member| member.case == seen.case && !says(member, &seen.target, &seen.text)))
        .map(|seen| seen.case)
        .collect();
    cases.dedup();
    cases
}
