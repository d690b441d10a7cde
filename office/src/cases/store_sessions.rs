//! The sessions of a case as its pages list them: its own and its groups', planned and held.

use jiff::civil::Date;
use uuid::Uuid;

use super::store::{day, some_day};
use crate::db::{Stored, Tx};
use crate::on;
use crate::web::CasePermit;

/// A session that is planned or was held.
#[derive(Debug, Clone)]
pub struct Sitting {
    /// The planned session.
    pub planned: Uuid,
    /// The phase's id.
    pub phase: String,
    /// Its id in the definition.
    pub session: String,
    /// Its day: held, or planned.
    pub on: Date,
    /// Its hour.
    pub time: String,
    /// `planned`, `recorded`, `signed` or `cancelled`.
    pub standing: String,
    /// The group it is of.
    pub group: Option<String>,
    /// `attended`, `part`, `absent-accepted` or `absent-unaccepted`, once recorded.
    pub presence: Option<String>,
    /// Minutes there.
    pub minutes: i64,
    /// `due`, `planned`, `done` or `waived`, when it has a make-up.
    pub make_up: Option<String>,
    /// When the make-up was done.
    pub made_up_on: Option<Date>,
}

#[derive(sqlx::FromRow)]
struct Raw {
    id: Uuid,
    phase: String,
    session: String,
    on_date: String,
    held_on: Option<String>,
    starts_at_time: String,
    standing: String,
    title: Option<String>,
    presence: Option<String>,
    minutes: Option<i64>,
    make_up: Option<String>,
    done_on: Option<String>,
}

/// Every session of the case by day: its own; its present group's still planned from the day it joined; and whatever it
/// has an attendance at.
pub async fn sittings(tx: &mut Tx, permit: &CasePermit) -> Stored<Vec<Sitting>> {
    let rows: Vec<Raw> = on!(tx, |c| {
        sqlx::query_as(
        "SELECT p.id, p.phase, p.session, p.on_date, a.held_on, p.starts_at_time, p.standing, g.title, a.presence, a.minutes, m.standing AS make_up, m.done_on \
         FROM planned_sessions p LEFT JOIN treatment_groups g ON g.id = p.group_id LEFT JOIN session_records r ON r.planned_id = p.id \
         LEFT JOIN attendances a ON a.record_id = r.id AND a.case_id = $1 LEFT JOIN make_ups m ON m.attendance_id = a.id \
         WHERE p.standing <> 'cancelled' AND p.id IN (SELECT own.id FROM planned_sessions own WHERE own.case_id = $1 \
         UNION SELECT x.planned_id FROM attendances y JOIN session_records x ON x.id = y.record_id WHERE y.case_id = $1 \
         UNION SELECT q.id FROM group_members n JOIN planned_sessions q ON q.group_id = n.group_id WHERE n.case_id = $1 AND n.left_on IS NULL AND q.standing = 'planned' AND n.joined_on <= q.on_date) \
         ORDER BY p.on_date, p.starts_at_time, p.id"
    )
    .bind(permit.case())
    .fetch_all(c)
    })?;
    rows.into_iter()
        .map(|raw| {
            Ok(Sitting {
                planned: raw.id,
                phase: raw.phase,
                session: raw.session,
                on: day(raw.held_on.as_deref().unwrap_or(&raw.on_date))?,
                time: raw.starts_at_time,
                standing: raw.standing,
                group: raw.title,
                presence: raw.presence,
                minutes: raw.minutes.unwrap_or(0),
                make_up: raw.make_up,
                made_up_on: some_day(raw.done_on.as_deref())?,
            })
        })
        .collect()
}
