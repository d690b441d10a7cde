//! Notes about a case: its own, and what was written about it at sessions.

use jiff::civil::Date;
use uuid::Uuid;

use super::store::day;
use crate::app::{App, instant_text};
use crate::db::{StoreError, Stored, Tx};
use crate::vault::Sealed;
use crate::web::CasePermit;
use crate::{on, run};

/// A note of the case. It is signed when it is written.
#[derive(Debug, Clone)]
pub struct Note {
    /// The note.
    pub id: Uuid,
    /// The day it is about.
    pub about_on: Date,
    /// What it says.
    pub text: String,
    /// The note it amends.
    pub amends: Option<Uuid>,
    /// Who wrote it.
    pub by: String,
    /// When it was signed.
    pub signed_at: String,
}

/// Every note of the case, the oldest first.
pub async fn notes(tx: &mut Tx, permit: &CasePermit) -> Stored<Vec<Note>> {
    let rows: Vec<(Uuid, String, Sealed, Option<Uuid>, String, String)> = on!(tx, |c| {
        sqlx::query_as(
        "SELECT n.id, n.about_on, n.body_sealed, n.amends_id, a.shown_name, n.signed_at FROM case_notes n JOIN accounts a ON a.id = n.account_id WHERE n.case_id = $1 ORDER BY n.about_on, n.signed_at, n.id"
    )
    .bind(permit.case())
    .fetch_all(c)
    })?;
    rows.into_iter()
        .map(|(id, about_on, body, amends, by, signed_at)| {
            Ok(Note { id, about_on: day(&about_on)?, text: permit.key().open("case_notes.body", &body)?, amends, by, signed_at })
        })
        .collect()
}

/// Writes and signs a note. A note it amends must be one of this case, or it is [`StoreError::Missing`].
pub async fn write(tx: &mut Tx, app: &App, permit: &CasePermit, about_on: Date, text: &str, amends: Option<Uuid>) -> Stored<Uuid> {
    if let Some(amends) = amends {
        let found: Option<(Uuid,)> = on!(tx, |c| sqlx::query_as("SELECT id FROM case_notes WHERE id = $1 AND case_id = $2")
            .bind(amends)
            .bind(permit.case())
            .fetch_optional(c))?;
        found.ok_or(StoreError::Missing)?;
    }
    let id = app.new_id();
    let sealed = permit.key().seal("case_notes.body", text)?;
    run!(
        tx,
        sqlx::query("INSERT INTO case_notes (id, case_id, about_on, body_sealed, amends_id, account_id, signed_at) VALUES ($1, $2, $3, $4, $5, $6, $7)")
            .bind(id)
            .bind(permit.case())
            .bind(about_on.to_string())
            .bind(sealed.clone())
            .bind(amends)
            .bind(permit.holder().account)
            .bind(instant_text(app.now()))
    )?;
    Ok(id)
}

/// What was written about the person at a session.
#[derive(Debug, Clone)]
pub struct SessionNote {
    /// The planned session.
    pub planned: Uuid,
    /// Its record.
    pub record: Uuid,
    /// Its id in the definition.
    pub session: String,
    /// When it was held.
    pub held_on: Date,
    /// What was written about this person, and for an individual session what was written about it as a whole.
    pub texts: Vec<String>,
    /// Who wrote the record.
    pub by: String,
    /// Whether it is signed.
    pub signed: bool,
}

#[derive(sqlx::FromRow)]
struct RawSession {
    planned_id: Uuid,
    record_id: Uuid,
    session: String,
    held_on: String,
    standing: String,
    shown_name: String,
    own: bool,
    note_sealed: Option<Sealed>,
    session_note: Option<Sealed>,
}

/// What was written about this person at sessions, the oldest first. Group notes are not among them: they are about
/// everybody.
pub async fn session_notes(tx: &mut Tx, permit: &CasePermit) -> Stored<Vec<SessionNote>> {
    let rows: Vec<RawSession> = on!(tx, |c| {
        sqlx::query_as(
        "SELECT r.planned_id, r.id AS record_id, a.session, a.held_on, r.standing, w.shown_name, (p.case_id IS NOT NULL) AS own, a.note_sealed, \
         CASE WHEN p.case_id = $1 THEN r.note_sealed ELSE NULL END AS session_note \
         FROM attendances a JOIN session_records r ON r.id = a.record_id JOIN planned_sessions p ON p.id = r.planned_id JOIN accounts w ON w.id = r.account_id \
         WHERE a.case_id = $1 ORDER BY a.held_on, r.id"
    )
    .bind(permit.case())
    .fetch_all(c)
    })?;
    let mut notes = Vec::new();
    for row in rows {
        let mut texts = Vec::new();
        if row.own {
            texts.extend(permit.key().open_some("session_records.note", row.session_note.as_ref())?);
        }
        texts.extend(permit.key().open_some("attendances.note", row.note_sealed.as_ref())?);
        if texts.is_empty() && row.standing == "signed" {
            continue;
        }
        notes.push(SessionNote {
            planned: row.planned_id,
            record: row.record_id,
            session: row.session,
            held_on: day(&row.held_on)?,
            texts,
            by: row.shown_name,
            signed: row.standing == "signed",
        });
    }
    Ok(notes)
}

/// Amendments of those records that are about this person: record, text, who, when.
pub async fn amendments(tx: &mut Tx, permit: &CasePermit) -> Stored<Vec<(Uuid, String, String, String)>> {
    let rows: Vec<(Uuid, Sealed, String, String)> = on!(tx, |c| {
        sqlx::query_as(
        "SELECT m.record_id, m.body_sealed, w.shown_name, m.signed_at FROM amendments m JOIN accounts w ON w.id = m.account_id \
         JOIN session_records r ON r.id = m.record_id JOIN planned_sessions p ON p.id = r.planned_id \
         WHERE (m.case_id = $1 OR (m.case_id IS NULL AND p.case_id = $1)) AND m.record_id IN (SELECT record_id FROM attendances WHERE case_id = $1) ORDER BY m.signed_at, m.id"
    )
    .bind(permit.case())
    .fetch_all(c)
    })?;
    rows.into_iter().map(|(record, body, by, at)| Ok((record, permit.key().open("amendments.body", &body)?, by, at))).collect()
}
