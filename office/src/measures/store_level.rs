//! What is needed to put the scores of many people side by side: as many statements for thousands as for one. Scores are
//! sealed with the answers, so each is opened with its case's key (ADR 6).

use std::collections::BTreeMap;

use fairway_domain::measure::TakenMeasure;
use jiff::civil::Date;
use serde::Deserialize;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::kept::KeptScore;
use super::store::ANSWERS;
use super::store_due::Known;
use crate::app::App;
use crate::cases::store::day;
use crate::cases::store_entered;
use crate::db::{StoreError, Stored, Tx, places};
use crate::on;
use crate::vault::Sealed;
use crate::web::{GroupPermit, ListPermit};

/// Whose scores.
#[derive(Debug, Clone, Copy)]
pub enum Whom<'a> {
    /// Everybody who has been in a group, as long as their case is at its place.
    Group(&'a GroupPermit),
    /// Everybody who started at the permit's places within these days, on one of these stored definitions; on any, where none
    /// is named.
    Started(&'a ListPermit, Date, Date, &'a [Uuid]),
}

/// A person's course so far.
#[derive(Debug)]
pub struct Member {
    /// The stored definition of their case.
    pub programme: Uuid,
    /// Its track.
    pub track: Option<String>,
    /// Its stage.
    pub stage: String,
    /// The day it ended.
    pub ended_on: Option<Date>,
    /// Phases entered and sessions held.
    pub known: Known,
    /// Point, and score of the scale, of every response that stands, the oldest first.
    pub scores: Vec<(String, f64)>,
}

#[derive(sqlx::FromRow)]
struct CaseRow {
    id: Uuid,
    programme_id: Uuid,
    track: Option<String>,
    stage: String,
    ended_on: Option<String>,
    wrapped: Sealed,
}

/// Of what is kept of a response only the scores: answers need not be read for thousands.
#[derive(Deserialize)]
struct Scores {
    scores: Vec<KeptScore>,
}

impl Whom<'_> {
    /// Which cases; its parameters come first.
    fn sql(self) -> String {
        match self {
            Self::Group(_) => "k.id IN (SELECT m.case_id FROM group_members m WHERE m.group_id = $1) AND k.unit_id = $2".to_owned(),
            Self::Started(permit, _, _, programmes) => {
                let (units, those) = (permit.places().len(), programmes.len());
                let at = format!("k.started_on >= $1 AND k.started_on <= $2 AND k.unit_id IN ({})", places(3, units));
                if those == 0 { at } else { format!("{at} AND k.programme_id IN ({})", places(3 + units, those)) }
            }
        }
    }

    /// The number of the next parameter.
    fn next(self) -> usize {
        match self {
            Self::Group(_) => 3,
            Self::Started(permit, _, _, programmes) => 3 + permit.places().len() + programmes.len(),
        }
    }
}

/// Rows of a statement about those meant, and about these words.
macro_rules! of_whom {
    ($tx:expr, $whom:expr, $words:expr, $row:ty, $sql:expr) => {{
        let sql = AssertSqlSafe($sql);
        let rows: Vec<$row> = on!($tx, |c| {
            let mut query = sqlx::query_as(sql);
            query = match $whom {
                Whom::Group(permit) => query.bind(permit.group()).bind(permit.unit()),
                Whom::Started(permit, from, to, programmes) => {
                    let ids = permit.places().iter().chain(programmes);
                    ids.fold(query.bind(from.to_string()).bind(to.to_string()), |query, id| query.bind(*id))
                }
            };
            for word in $words {
                query = query.bind(*word);
            }
            query.fetch_all(c)
        })?;
        rows
    }};
}

/// Everybody meant, with their scores in a measure's scale. `sessions` are those whose being held decides whether the later
/// point was reached.
pub async fn members(tx: &mut Tx, app: &App, whom: Whom<'_>, measure: &str, scale: &str, sessions: &[&str]) -> Stored<Vec<Member>> {
    if matches!(whom, Whom::Started(permit, ..) if permit.places().is_empty()) {
        return Ok(Vec::new());
    }
    let (who, next) = (whom.sql(), whom.next());
    let none: [&str; 0] = [];
    let sql = format!(
        "SELECT k.id, k.programme_id, k.track, k.stage, k.ended_on, s.wrapped FROM cases k JOIN sealing_keys s ON s.owner_id = k.id WHERE {who} AND k.started_on IS NOT NULL"
    );
    let mut members: BTreeMap<Uuid, (Member, Sealed)> = BTreeMap::new();
    for row in of_whom!(tx, whom, &none, CaseRow, sql) {
        let ended_on = row.ended_on.as_deref().map(day).transpose()?;
        let (known, scores) = (Known::default(), Vec::new());
        let member = Member { programme: row.programme_id, track: row.track, stage: row.stage, ended_on, known, scores };
        members.insert(row.id, (member, row.wrapped));
    }
    let sql = format!(
        "SELECT {} FROM case_events e JOIN cases k ON k.id = e.case_id WHERE {} AND {who} ORDER BY e.case_id, e.seq",
        store_entered::COLUMNS,
        store_entered::CONDITION
    );
    for row in of_whom!(tx, whom, &none, store_entered::Row, sql) {
        let Some((member, _)) = members.get_mut(&row.0) else { continue };
        store_entered::follow(&mut member.known.entered, row)?;
    }
    // Whoever completed has left every phase they entered, so that sessions held tell nothing more of them.
    if !sessions.is_empty() {
        let sql = format!(
            "SELECT a.case_id, a.session, COALESCE(m.done_on, a.held_on) FROM attendances a JOIN cases k ON k.id = a.case_id \
             LEFT JOIN make_ups m ON m.attendance_id = a.id AND m.standing = 'done' WHERE {who} AND k.stage <> 'completed' AND a.session IN ({})",
            places(next, sessions.len())
        );
        for (case, session, on) in of_whom!(tx, whom, sessions, (Uuid, String, String), sql) {
            if let Some((member, _)) = members.get_mut(&case) {
                member.known.held.push((session, day(&on)?));
            }
        }
    }
    let sql = format!(
        "SELECT r.case_id, r.point, r.answered_on, r.answers_sealed FROM measure_responses r JOIN cases k ON k.id = r.case_id \
         WHERE r.standing = 'done' AND r.answered_on IS NOT NULL AND r.answers_sealed IS NOT NULL AND {who} AND r.measure = ${next} \
         AND NOT EXISTS (SELECT 1 FROM measure_responses c WHERE c.amends_id = r.id AND c.standing = 'done') ORDER BY r.case_id, r.answered_on, r.id"
    );
    for (case, point, on, sealed) in of_whom!(tx, whom, &[measure], (Uuid, String, String, Sealed), sql) {
        let Some((member, wrapped)) = members.get_mut(&case) else { continue };
        let text = app.vault.unwrap_key(case, wrapped)?.open(ANSWERS, &sealed)?;
        let kept: Scores =
            serde_json::from_str(&text).map_err(|error| StoreError::Unreadable(format!("answers of case {case}: {error}")))?;
        if let Some(score) = kept.scores.into_iter().find(|score| score.scale == scale).and_then(|score| score.score) {
            member.known.taken.push(TakenMeasure { measure: measure.to_owned(), point: point.clone(), on: day(&on)? });
            member.scores.push((point, score));
        }
    }
    Ok(members.into_values().map(|(member, _)| member).collect())
}

/// The stored definition that most of those meant run on.
pub async fn most_run(tx: &mut Tx, whom: Whom<'_>) -> Stored<Option<Uuid>> {
    if matches!(whom, Whom::Started(permit, ..) if permit.places().is_empty()) {
        return Ok(None);
    }
    let none: [&str; 0] = [];
    let sql = format!(
        "SELECT k.programme_id FROM cases k WHERE {} GROUP BY k.programme_id ORDER BY COUNT(*) DESC, k.programme_id LIMIT 1",
        whom.sql()
    );
    Ok(of_whom!(tx, whom, &none, (Uuid,), sql).first().map(|(id,)| *id))
}
