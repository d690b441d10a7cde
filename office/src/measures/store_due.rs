//! Which measures are due, kept as rows so that lists need not work it out, and what decides it, read for many cases at
//! once: as many statements for a dozen as for one.

use std::collections::BTreeMap;

use fairway_domain::measure::{DueFacts, OpenPoint, TakenMeasure, open_points};
use fairway_domain::programme::Definition;
use jiff::civil::Date;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::app::App;
use crate::cases::store::day;
use crate::cases::store_entered;
use crate::db::{Batch, Cell, Stored, Tx, places};
use crate::on;
use crate::web::{CasePermit, SessionPermit};

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

/// A case as the list of what is due needs it.
#[derive(Debug, sqlx::FromRow)]
struct CaseLine {
    id: Uuid,
    unit_id: Uuid,
    programme_id: Uuid,
    track: Option<String>,
    stage: String,
    ended_on: Option<String>,
}

/// Brings what is due of a case up to date.
pub async fn refresh(tx: &mut Tx, app: &App, permit: &CasePermit) -> Stored<()> {
    refresh_of(tx, app, &[permit.case()]).await
}

/// Brings what is due of those who belong to a session up to date, where it may have been the last of its module for them:
/// as many statements for a dozen as for one.
pub async fn refresh_present(tx: &mut Tx, app: &App, permit: &SessionPermit, session: &str, cases: &[Uuid]) -> Stored<()> {
    let Some(programme) = app.content.programme(permit.programme()) else { return Ok(()) };
    let Some((_, module, _)) = programme.definition.session(session) else { return Ok(()) };
    let mut held: BTreeMap<Uuid, Vec<String>> = BTreeMap::new();
    if !cases.is_empty() {
        let rows = of_cases!(tx, cases, (Uuid, String), "SELECT case_id, session FROM attendances WHERE case_id IN (", "");
        for (case, session) in rows {
            held.entry(case).or_default().push(session);
        }
    }
    let ends = |held: &[String]| {
        programme.definition.tracks.iter().any(|track| {
            let mut wanted = module.sessions.iter().filter(|session| track.includes(module, session)).peekable();
            wanted.peek().is_some() && wanted.all(|session| held.contains(&session.id))
        })
    };
    let ended: Vec<Uuid> = held.into_iter().filter(|(_, held)| ends(held)).map(|(case, _)| case).collect();
    refresh_of(tx, app, &ended).await
}

async fn refresh_of(tx: &mut Tx, app: &App, ids: &[Uuid]) -> Stored<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let cases = of_cases!(tx, ids, CaseLine, "SELECT id, unit_id, programme_id, track, stage, ended_on FROM cases WHERE id IN (", "");
    let known = known_of(tx, ids).await?;
    let nothing = Known::default();
    let mut rows = Batch::new("measure_dues", DUE_COLUMNS);
    for case in cases.iter().filter(|case| matches!(case.stage.as_str(), "in-phase" | "completed")) {
        let Some(programme) = app.content.programme(case.programme_id) else { continue };
        let definition = &programme.definition;
        let known = known.get(&case.id).unwrap_or(&nothing);
        let completed_on = case.ended_on.as_deref().filter(|_| case.stage == "completed").map(day).transpose()?;
        let facts = DueFacts {
            definition,
            track: case.track.as_deref().and_then(|track| definition.track(track)),
            entered: &known.entered,
            held: &known.held,
            completed_on,
            ended: false,
            today: app.today(),
        };
        for open in open_points(&facts, &known.taken).iter().filter(|open| can_be_taken(app, definition, &open.measure)) {
            rows.push(due_row(app.new_id(), case.id, case.unit_id, open));
        }
    }
    // A statement of this macro gives rows; those that go are not wanted.
    let _ = of_cases!(tx, ids, (Uuid,), "DELETE FROM measure_dues WHERE case_id IN (", "RETURNING id");
    rows.write(tx).await
}

/// Whether the service has the instrument of a measure. One it has not got is asked for on the page of the case only.
fn can_be_taken(app: &App, definition: &Definition, measure: &str) -> bool {
    let code = definition.measure(measure).and_then(|measure| measure.instrument.as_deref()).unwrap_or(measure);
    app.content.instruments().offered(code).is_some()
}

/// The columns of what is due, as [`due_row`] fills them.
pub const DUE_COLUMNS: &[&str] = &["id", "case_id", "unit_id", "measure", "point", "due_on", "until_on"];

/// A row of what is due.
pub fn due_row(id: Uuid, case: Uuid, unit: Uuid, open: &OpenPoint) -> Vec<Cell> {
    vec![
        id.into(),
        case.into(),
        unit.into(),
        open.measure.as_str().into(),
        open.point.as_str().into(),
        open.from.to_string().into(),
        open.until.map(|day| day.to_string()).into(),
    ]
}

async fn known_of(tx: &mut Tx, ids: &[Uuid]) -> Stored<BTreeMap<Uuid, Known>> {
    let mut known: BTreeMap<Uuid, Known> = BTreeMap::new();
    if ids.is_empty() {
        return Ok(known);
    }
    let head = format!("SELECT {} FROM case_events e WHERE {} AND e.case_id IN (", store_entered::COLUMNS, store_entered::CONDITION);
    for row in of_cases!(tx, ids, store_entered::Row, head, "ORDER BY e.case_id, e.seq") {
        store_entered::follow(&mut known.entry(row.0).or_default().entered, row)?;
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
