//! Reading a record and everything tied to it: attendance, what was seen, make-ups, amendments.

use fairway_domain::attendance::{AbsenceReason, Attendance, AttendanceKind, Contribution, Deviation};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use uuid::Uuid;

use super::store::{Member, clock, day, instant, key_of, length, unreadable};
use crate::db::{Stored, Tx};
use crate::on;
use crate::vault::Sealed;
use crate::web::SessionPermit;

/// The record, without its members.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its id.
    pub id: Uuid,
    /// The day it was held.
    pub held_on: Date,
    /// When it began.
    pub at: Time,
    /// How long it took, in minutes.
    pub minutes: u16,
    /// Whether it is signed.
    pub signed: Option<(String, Timestamp)>,
    /// How far it followed the manual.
    pub deviation: Deviation,
    /// What was done otherwise.
    pub deviation_text: Option<String>,
    /// The note on the session as a whole.
    pub note: Option<String>,
    /// Who saved last.
    pub saved_by: String,
    /// When.
    pub saved_at: Timestamp,
    /// Counts its changes.
    pub revision: i64,
}

/// What was recorded of one member.
#[derive(Debug, Clone)]
pub struct Attended {
    /// The row's id.
    pub id: Uuid,
    /// The case.
    pub case: Uuid,
    /// Whether the person was there.
    pub attendance: Attendance,
    /// What they put into it.
    pub contribution: Contribution,
    /// The note on this member.
    pub note: Option<String>,
    /// The make-up this settled.
    pub made_up_for: Option<Uuid>,
}

/// Something seen on a target.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The row's id.
    pub id: Uuid,
    /// The case.
    pub case: Uuid,
    /// The target's id.
    pub target: String,
    /// What was seen.
    pub text: String,
    /// Who saw it.
    pub by: Uuid,
    /// When it was written down, as stored.
    pub recorded_at: String,
    /// Whether a judgement rests on it, so that it stays as it is.
    pub cited: bool,
}

/// A make-up that followed from this session.
#[derive(Debug, Clone)]
pub struct MakeUpRow {
    /// Its id.
    pub id: Uuid,
    /// The case.
    pub case: Uuid,
    /// The attendance it follows from.
    pub attendance: Uuid,
    /// `individual`, `next-group` or `sheet`.
    pub by: String,
    /// Last day for it.
    pub due_on: Option<Date>,
    /// `due`, `planned`, `done` or `waived`.
    pub standing: String,
    /// When it was done.
    pub done_on: Option<Date>,
    /// How long it took, once done.
    pub minutes: i64,
    /// Why it was waived.
    pub waived: Option<String>,
    /// Who waived it.
    pub waived_by: Option<String>,
    /// The session planned for it, and its day.
    pub planned: Option<(Uuid, Date)>,
    /// The sealed reason, whose account and whose instant: kept when the row is written anew.
    pub(super) waiver: (Option<Sealed>, Option<Uuid>, Option<String>),
}

/// An addition to the signed record.
#[derive(Debug, Clone)]
pub struct Amended {
    /// The member it is about; the whole session when none.
    pub case: Option<Uuid>,
    /// What it says.
    pub text: String,
    /// Who signed it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A record with all that belongs to it.
#[derive(Debug, Clone)]
pub struct Whole {
    /// The record.
    pub record: Record,
    /// One for each member.
    pub attended: Vec<Attended>,
    /// What was seen.
    pub seen: Vec<Seen>,
    /// What is owed because of it.
    pub make_ups: Vec<MakeUpRow>,
    /// What was added after the signature.
    pub amendments: Vec<Amended>,
}

#[derive(sqlx::FromRow)]
struct RecordRow {
    id: Uuid,
    held_on: String,
    starts_at_time: String,
    minutes: i64,
    deviation: String,
    deviation_sealed: Option<Sealed>,
    note_sealed: Option<Sealed>,
    recorded_at: String,
    signed_at: Option<String>,
    revision: i64,
    saved_by: String,
    signed_by: Option<String>,
}

/// The record of the session with all that belongs to it; `None` while nothing was saved.
pub async fn whole(tx: &mut Tx, permit: &SessionPermit, members: &[Member]) -> Stored<Option<Whole>> {
    let row: Option<RecordRow> = on!(tx, |c| {
        sqlx::query_as(
        "SELECT r.id, r.held_on, r.starts_at_time, r.minutes, r.deviation, r.deviation_sealed, r.note_sealed, r.recorded_at, r.signed_at, r.revision, \
         a.shown_name AS saved_by, s.shown_name AS signed_by \
         FROM session_records r JOIN accounts a ON a.id = r.account_id LEFT JOIN accounts s ON s.id = r.signed_by WHERE r.planned_id = $1"
    )
    .bind(permit.session())
    .fetch_optional(c)
    })?;
    let Some(row) = row else { return Ok(None) };
    let signed = match (row.signed_by, row.signed_at) {
        (Some(by), Some(at)) => Some((by, instant(&at)?)),
        _ => None,
    };
    let record = Record {
        id: row.id,
        held_on: day(&row.held_on)?,
        at: clock(&row.starts_at_time)?,
        minutes: length(row.minutes)?,
        signed,
        deviation: Deviation::from_code(&row.deviation).ok_or_else(|| unreadable("deviation")(&row.deviation))?,
        deviation_text: permit.key().open_some("session_records.deviation", row.deviation_sealed.as_ref())?,
        note: permit.key().open_some("session_records.note", row.note_sealed.as_ref())?,
        saved_by: row.saved_by,
        saved_at: instant(&row.recorded_at)?,
        revision: row.revision,
    };
    let attended = attended(tx, record.id, members).await?;
    let seen = seen(tx, record.id, members).await?;
    let make_ups = make_ups(tx, record.id, members).await?;
    let amendments = if record.signed.is_some() { amendments(tx, permit, record.id, members).await? } else { Vec::new() };
    Ok(Some(Whole { record, attended, seen, make_ups, amendments }))
}

#[derive(sqlx::FromRow)]
struct AttendanceRow {
    id: Uuid,
    case_id: Uuid,
    presence: String,
    minutes: i64,
    contribution: String,
    absence_sealed: Option<Sealed>,
    note_sealed: Option<Sealed>,
    made_up_for: Option<Uuid>,
}

async fn attended(tx: &mut Tx, record: Uuid, members: &[Member]) -> Stored<Vec<Attended>> {
    let rows: Vec<AttendanceRow> = on!(tx, |c| {
        sqlx::query_as("SELECT id, case_id, presence, minutes, contribution, absence_sealed, note_sealed, made_up_for FROM attendances WHERE record_id = $1").bind(record).fetch_all(c)
    })?;
    rows.into_iter()
        .map(|row| {
            let key = key_of(members, row.case_id)?;
            let kind = AttendanceKind::from_code(&row.presence).ok_or_else(|| unreadable("presence")(&row.presence))?;
            let attendance = match kind {
                AttendanceKind::Attended => Attendance::Attended,
                AttendanceKind::Part => Attendance::Part { minutes: Some(length(row.minutes)?) },
                AttendanceKind::AbsentAccepted => {
                    let reason = key.open_some("attendances.absence", row.absence_sealed.as_ref())?;
                    Attendance::AbsentAccepted {
                        reason: reason.as_deref().and_then(AbsenceReason::from_code).unwrap_or(AbsenceReason::Other),
                    }
                }
                AttendanceKind::AbsentUnaccepted => Attendance::AbsentUnaccepted,
            };
            Ok(Attended {
                id: row.id,
                case: row.case_id,
                attendance,
                contribution: Contribution::from_code(&row.contribution).ok_or_else(|| unreadable("contribution")(&row.contribution))?,
                note: key.open_some("attendances.note", row.note_sealed.as_ref())?,
                made_up_for: row.made_up_for,
            })
        })
        .collect()
}

#[derive(sqlx::FromRow)]
struct SeenRow {
    id: Uuid,
    case_id: Uuid,
    target: String,
    body_sealed: Sealed,
    account_id: Uuid,
    recorded_at: String,
    cited: i64,
}

async fn seen(tx: &mut Tx, record: Uuid, members: &[Member]) -> Stored<Vec<Seen>> {
    let rows: Vec<SeenRow> = on!(tx, |c| {
        sqlx::query_as(
        "SELECT o.id, o.case_id, COALESCE(o.target, '') AS target, o.body_sealed, o.account_id, o.recorded_at, \
         (SELECT COUNT(*) FROM judgement_evidence e WHERE e.observation_id = o.id) AS cited \
         FROM attendances a JOIN observations o ON o.case_id = a.case_id WHERE a.record_id = $1 AND o.record_id = $1 ORDER BY o.recorded_at, o.id"
    )
    .bind(record)
    .fetch_all(c)
    })?;
    rows.into_iter()
        .map(|row| {
            let text = key_of(members, row.case_id)?.open("observations.body", &row.body_sealed)?;
            Ok(Seen {
                id: row.id,
                case: row.case_id,
                target: row.target,
                text,
                by: row.account_id,
                recorded_at: row.recorded_at,
                cited: row.cited > 0,
            })
        })
        .collect()
}

#[derive(sqlx::FromRow)]
struct MakeUpSql {
    id: Uuid,
    case_id: Uuid,
    attendance_id: Uuid,
    made_by: String,
    due_on: Option<String>,
    standing: String,
    done_on: Option<String>,
    minutes: i64,
    waived_sealed: Option<Sealed>,
    waived_by: Option<Uuid>,
    waived_at: Option<String>,
    waived_name: Option<String>,
    planned_id: Option<Uuid>,
    planned_on: Option<String>,
}

async fn make_ups(tx: &mut Tx, record: Uuid, members: &[Member]) -> Stored<Vec<MakeUpRow>> {
    let rows: Vec<MakeUpSql> = on!(tx, |c| {
        sqlx::query_as(
        "SELECT m.id, m.case_id, m.attendance_id, m.made_by, m.due_on, m.standing, m.done_on, m.minutes, m.waived_sealed, m.waived_by, m.waived_at, \
         w.shown_name AS waived_name, p.id AS planned_id, p.on_date AS planned_on \
         FROM attendances a JOIN make_ups m ON m.attendance_id = a.id LEFT JOIN accounts w ON w.id = m.waived_by \
         LEFT JOIN planned_sessions p ON p.case_id = m.case_id AND p.make_up_id = m.id AND p.standing <> 'cancelled' WHERE a.record_id = $1"
    )
    .bind(record)
    .fetch_all(c)
    })?;
    let mut found: Vec<MakeUpRow> = Vec::with_capacity(rows.len());
    for row in rows {
        if found.iter().any(|known| known.id == row.id) {
            continue;
        }
        let waived = key_of(members, row.case_id)?.open_some("make_ups.waived", row.waived_sealed.as_ref())?;
        let planned = match (row.planned_id, row.planned_on) {
            (Some(id), Some(on)) => Some((id, day(&on)?)),
            _ => None,
        };
        found.push(MakeUpRow {
            id: row.id,
            case: row.case_id,
            attendance: row.attendance_id,
            by: row.made_by,
            due_on: row.due_on.as_deref().map(day).transpose()?,
            standing: row.standing,
            done_on: row.done_on.as_deref().map(day).transpose()?,
            minutes: row.minutes,
            waived,
            waived_by: row.waived_name,
            planned,
            waiver: (row.waived_sealed, row.waived_by, row.waived_at),
        });
    }
    Ok(found)
}

async fn amendments(tx: &mut Tx, permit: &SessionPermit, record: Uuid, members: &[Member]) -> Stored<Vec<Amended>> {
    let rows: Vec<(Option<Uuid>, Sealed, String, String)> = on!(tx, |c| {
        sqlx::query_as(
        "SELECT m.case_id, m.body_sealed, a.shown_name, m.signed_at FROM amendments m JOIN accounts a ON a.id = m.account_id WHERE m.record_id = $1 ORDER BY m.signed_at, m.id"
    )
    .bind(record)
    .fetch_all(c)
    })?;
    rows.into_iter()
        .map(|(case, body, by, at)| {
            let key = case.map_or(Ok(permit.key()), |case| key_of(members, case))?;
            Ok(Amended { case, text: key.open("amendments.body", &body)?, by, at: instant(&at)? })
        })
        .collect()
}
