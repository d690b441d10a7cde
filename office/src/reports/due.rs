//! Which reports of a case fall due, kept as rows so that lists need not work it out.

use fairway_domain::concern::ConcernKind;
use fairway_domain::programme::{Definition, DuePoint, Track};
use fairway_domain::report::{Demand, ReportFacts, Rule, reports_due};
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::store;
use crate::app::App;
use crate::cases::store as cases;
use crate::db::{StoreError, Stored, Tx};
use crate::web::CasePermit;

/// How far ahead rows are kept, in days: longer than a programme, so that the next report is always there.
const AHEAD_DAYS: i32 = 400;

/// The rule as its column writes it: `law:quarterly`.
pub(super) fn written(rule: &Rule) -> String {
    format!("{}:{}", rule.demand, rule.id)
}

/// Brings the due reports of a case up to date: what fell due is added, what no longer falls due is taken away. A report
/// somebody has begun to write stays.
pub async fn refresh_due(tx: &mut Tx, app: &App, permit: &CasePermit) -> Stored<()> {
    let case = cases::row(tx, permit).await?;
    let programme =
        app.content.programme(case.programme_id).ok_or_else(|| StoreError::Unreadable(format!("programme {}", case.programme_id)))?;
    let definition = &programme.definition;
    let jurisdiction = store::jurisdiction(tx, permit).await?;
    let law = app.content.jurisdiction(&jurisdiction).map(|law| law.reports.as_slice()).unwrap_or_default();
    let track = case.track.as_deref().and_then(|id| definition.track(id));
    let completed = case.stage.code() == "completed";
    let ended_early = case.stage.code() == "ended-early";
    let mut reached =
        store::phases_begun(tx, permit).await?.into_iter().map(|(of, on)| (DuePoint::PhaseStart { of }, on)).collect::<Vec<_>>();
    reached.extend(ends(definition, track, &store::sessions_held(tx, permit).await?));
    let facts = ReportFacts {
        legal_basis: case.legal_basis.clone(),
        started_on: case.started_on,
        completed_on: case.ended_on.filter(|_| completed),
        ended_early_on: case.ended_on.filter(|_| ended_early),
        reached,
        concerns: concerns(app, store::concerns(tx, permit).await?),
        signed: Vec::new(),
    };
    let today = app.today();
    let until = today.saturating_add(AHEAD_DAYS.days());
    let wanted = reports_due(law, &definition.reports, &facts, today, until);
    store::keep_due(tx, app, permit, &wanted).await
}

/// Whether a report may fall due because this session was held: the definition asks for one at the end of its module or
/// phase, and in some track it is the last session of it.
pub fn falls_due_after(definition: &Definition, session: &str) -> bool {
    let asked = |phase: &str, module: Option<&str>| {
        definition.reports.iter().flat_map(|report| &report.due).any(|due| match due {
            DuePoint::PhaseEnd { of } => of == phase,
            DuePoint::ModuleEnd { of } => module == Some(of.as_str()),
            _ => false,
        })
    };
    definition.tracks.iter().any(|track| {
        let mut last_of: Vec<(&str, &str, &str)> = Vec::new();
        for (phase, module, session) in definition.sessions_of(track) {
            last_of.retain(|(known, of, _)| *known != phase.id || *of != module.id);
            last_of.push((&phase.id, &module.id, &session.id));
        }
        last_of.iter().enumerate().any(|(at, (phase, module, last))| {
            let ends_phase = last_of.get(at + 1).is_none_or(|(next, ..)| next != phase);
            *last == session && (asked(phase, Some(module)) || ends_phase && asked(phase, None))
        })
    })
}

fn concerns(app: &App, rows: Vec<(String, jiff::Timestamp)>) -> Vec<(ConcernKind, Date)> {
    rows.into_iter().filter_map(|(kind, at)| Some((ConcernKind::from_code(&kind)?, app.zone.to_datetime(at).date()))).collect()
}

/// The ends of phases and modules that were reached: the days on which the last session of the track was held.
fn ends(definition: &Definition, track: Option<&Track>, held: &[(String, Date)]) -> Vec<(DuePoint, Date)> {
    let Some(track) = track else { return Vec::new() };
    let on = |session: &str| held.iter().find(|(id, _)| id == session).map(|(_, on)| *on);
    let mut ends = Vec::new();
    for phase in &definition.phases {
        let mut last_of_phase = None;
        for module in &phase.modules {
            let last = module.sessions.iter().rfind(|session| track.includes(module, session));
            if let Some(last) = last {
                last_of_phase = Some(last.id.as_str());
                ends.extend(on(&last.id).map(|on| (DuePoint::ModuleEnd { of: module.id.clone() }, on)));
            }
        }
        ends.extend(last_of_phase.and_then(on).map(|on| (DuePoint::PhaseEnd { of: phase.id.clone() }, on)));
    }
    ends
}

/// Who demands a report, and which: read back from its column. Nothing for an addition.
pub(super) fn read(rule: &str) -> Option<Rule> {
    let (demand, id) = rule.split_once(':')?;
    Some(Rule { demand: Demand::from_code(demand)?, id: id.to_owned() })
}
