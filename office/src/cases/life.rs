//! The life of a case: the only place where events are written and the stage columns of a case change.
//!
//! Every event goes through the domain's state machine, is added to the history, and is then repeated in the row, so
//! that lists need not replay histories. What follows from an event (sessions of a new phase, reports due, an end's
//! tidying up) happens here too, in the same transaction.

use fairway_domain::calendar::Closed;
use fairway_domain::case::gate::{GateFacts, Share};
use fairway_domain::case::{Case, Event, EventKind, Facts, Happening, Refused, StageKind};
use fairway_domain::dose::{Delivery, Dose, PlannedSession, dose};
use fairway_domain::naming::CaseNumber;
use fairway_domain::programme::{Definition, Level, Track};
use fairway_domain::schedule::latest_start;
use jiff::ToSpan as _;
use jiff::civil::Date;
use thiserror::Error;
use uuid::Uuid;

use super::store::{self, CaseRow, Repeated};
use super::store_gates::Known;
use super::store_new;
use crate::app::{App, instant_text};
use crate::db::{StoreError, Stored, Tx};
use crate::vault::{CaseKey, Sealed};
use crate::web::CasePermit;
use crate::{measures, planning, reports, search};

/// A case to be registered: what the referral says of it. The caller makes the id and the key
/// (`app.vault.new_key(case)`), seals the three texts with it, and has written the person already.
#[derive(Debug, Clone)]
pub struct NewCase {
    /// The case's id.
    pub case: Uuid,
    /// Its key, opened.
    pub key: CaseKey,
    /// Its key as the database keeps it.
    pub wrapped: Sealed,
    /// The person.
    pub person: Uuid,
    /// The stored definition it will run on.
    pub programme: Uuid,
    /// Who referred, when that is an account.
    pub referrer: Option<Uuid>,
    /// The track, when it is known already.
    pub track: Option<String>,
    /// Assessed risk, when it is known already.
    pub risk: Option<Level>,
    /// Assessed need, when it is known already.
    pub need: Option<Level>,
    /// The legal basis, by its id in the jurisdiction file.
    pub legal_basis: String,
    /// First day of the order.
    pub order_starts_on: Option<Date>,
    /// Last day of the order.
    pub order_ends_on: Option<Date>,
    /// `viewer`, `distributor` or `travelled`.
    pub offence_kind: String,
    /// Language the person is best spoken to in, as a language tag.
    pub spoken_language: String,
    /// When the person can come: the code of `referral::Availability`.
    pub availability: String,
    /// The journey one way, in minutes.
    pub travel_minutes: Option<u16>,
    /// Codes of `referral::Responsivity`, separated by spaces.
    pub responsivity: String,
    /// Sealed as `cases.contact_sealed`.
    pub contact_sealed: Option<Sealed>,
    /// Sealed as `cases.proceedings_sealed`.
    pub proceedings_sealed: Option<Sealed>,
    /// Sealed as `cases.responsivity_sealed`.
    pub responsivity_sealed: Option<Sealed>,
}

/// Why an event did not happen.
#[derive(Debug, Error)]
pub enum LifeError {
    /// The state machine says no.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The database says no.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Registers a case in a place: its key, its row with the next free number of the year of `facts.on`, the first line of
/// its history, and the words it is found by. `facts.on` is the day the referral came. Gives the case's id.
///
/// A referral dated in the future is [`StoreError::Refused`]; the form checks it first.
pub async fn register(tx: &mut Tx, app: &App, account: Uuid, unit: Uuid, new: &NewCase, facts: &Facts) -> Stored<Uuid> {
    let facts = Facts { by: account, ..facts.clone() };
    let (case, happening) = Case::refer(unit, &facts).map_err(|_| StoreError::Refused)?;
    let year = case.referred_on().year();
    let case_number = CaseNumber::new(year, store::next_number(tx, year).await?).ok_or(StoreError::Refused)?.to_string();
    let (sort_name, mut words) = store::known_by(tx, new.person).await?;
    let made_at = instant_text(app.now());
    let given = store_new::Given {
        unit,
        case_number: &case_number,
        sort_name: &sort_name,
        referred_on: case.referred_on(),
        latest_start_on: latest_start_on(tx, app, unit, new.programme, new.track.as_deref(), new.order_ends_on).await?,
        made_at: &made_at,
    };
    store::keep_key(tx, new.case, &new.wrapped, &made_at).await?;
    store_new::insert(tx, new, &given).await?;
    store::add_event(tx, app, new.case, &new.key, 0, &happening, None).await?;
    words.push(case_number);
    search::index_case(tx, unit, new.case, &words).await?;
    Ok(new.case)
}

/// The case its history tells of, and its row.
pub async fn load(tx: &mut Tx, permit: &CasePermit) -> Stored<(Case, CaseRow)> {
    let history = store::history(tx, permit).await?;
    let case =
        Case::from_history(&history).map_err(|refused| StoreError::Unreadable(format!("history of case {}: {refused}", permit.case())))?;
    Ok((case, store::row(tx, permit).await?))
}

/// Lets an event happen to a case on a day, by the permit's holder, or says why not. Everything that follows from it is
/// done as well: the row, sessions of a phase just entered, reports due, and after an end what it leaves behind.
pub async fn apply(
    tx: &mut Tx,
    app: &App,
    permit: &CasePermit,
    event: Event,
    on: Date,
    comment: Option<&str>,
) -> Result<Happening, LifeError> {
    let history = store::history(tx, permit).await?;
    let before =
        Case::from_history(&history).map_err(|refused| StoreError::Unreadable(format!("history of case {}: {refused}", permit.case())))?;
    let row = store::row(tx, permit).await?;
    let facts = Facts { today: permit.holder().today, on, by: permit.holder().account, comment: comment.map(str::to_owned) };
    let (case, happening) = before.apply(event, &facts)?;
    let phase = case.stage().phase().map(|phase| phase.id.clone());
    store::add_event(tx, app, permit.case(), permit.key(), history.len(), &happening, phase.as_deref()).await?;
    let said = repeated(&case, &happening, row.stage_since_on);
    let latest = latest_start_on(tx, app, case.unit(), permit.programme(), row.track.as_deref(), row.order_ends_on).await?;
    store::repeat(tx, permit, &said, latest).await?;
    follow(tx, app, permit, &case, &happening).await?;
    reports::refresh_due(tx, app, permit).await?;
    measures::refresh(tx, app, permit).await?;
    Ok(happening)
}

/// What follows from an event besides the row.
async fn follow(tx: &mut Tx, app: &App, permit: &CasePermit, case: &Case, happening: &Happening) -> Stored<()> {
    let kind = happening.event.kind();
    if case.stage().kind().is_end()
        && matches!(kind, EventKind::Complete | EventKind::EndEarly | EventKind::NeverStart | EventKind::JudgeNotSuitable)
    {
        store::clear_after_end(tx, permit, happening.on).await?;
    }
    if kind == EventKind::Transfer {
        store::move_along(tx, permit, case.unit()).await?;
    }
    let enters = matches!(kind, EventKind::Start | EventKind::EnterPhase | EventKind::Reopen);
    if let (true, Some(phase)) = (enters, case.stage().phase()) {
        planning::plan_phase(tx, app, permit, &phase.id, happening.on).await?;
    }
    Ok(())
}

/// What the row repeats of a case after an event; `since` is what it said before.
fn repeated(case: &Case, happening: &Happening, since: Date) -> Repeated {
    let stage = case.stage().kind();
    let stage_since_on = match stage {
        StageKind::Referred => case.referred_on(),
        StageKind::Suitable => case.suitable_on().unwrap_or(since),
        StageKind::Waiting => case.waiting_since().unwrap_or(since),
        StageKind::InPhase => case.phases().last().map_or(since, |entered| entered.on),
        StageKind::Completed | StageKind::EndedEarly | StageKind::NeverStarted => case.ended_on().unwrap_or(since),
        StageKind::NotSuitable if happening.event.kind() == EventKind::JudgeNotSuitable => happening.on,
        StageKind::NotSuitable => since,
    };
    Repeated {
        unit: case.unit(),
        stage,
        phase: case.stage().phase().map(|phase| phase.id.clone()),
        stage_since_on,
        referred_on: case.referred_on(),
        waiting_since_on: case.waiting_since(),
        started_on: case.started_on(),
        ended_on: case.ended_on(),
        end_reason: case.stage().reason().map(str::to_owned),
    }
}

/// The latest day on which the case's track (the longest one while there is none) can start and still finish inside the
/// order; nothing without an order's end.
pub async fn latest_start_on(
    tx: &mut Tx,
    app: &App,
    unit: Uuid,
    programme: Uuid,
    track: Option<&str>,
    order_ends_on: Option<Date>,
) -> Stored<Option<Date>> {
    let Some(order_ends_on) = order_ends_on else { return Ok(None) };
    let definition = definition(app, programme)?;
    let length = match track.and_then(|track| definition.track(track)) {
        Some(track) => definition.length_in_days(track),
        None => definition.tracks.iter().map(|track| definition.length_in_days(track)).max().unwrap_or(0),
    };
    // Twice the length reaches further back than any number of closed days on the way can push the start.
    let from = order_ends_on.checked_sub((i64::from(length) * 2).min(20_000).days()).unwrap_or(Date::MIN);
    let (jurisdiction, closures) = store::closures(tx, unit, from, order_ends_on).await?;
    let mut closed = app
        .content
        .jurisdiction(&jurisdiction)
        .map_or_else(Closed::none, |jurisdiction| jurisdiction.closed(from.year()..=order_ends_on.year()));
    for on in closures {
        closed.close(on);
    }
    Ok(Some(latest_start(order_ends_on, length, &closed)))
}

/// Reckons the latest start anew; to be called whenever the order's end, the track or the place of a case changes.
pub async fn refresh_latest_start(tx: &mut Tx, app: &App, permit: &CasePermit) -> Stored<Option<Date>> {
    let row = store::row(tx, permit).await?;
    let latest = latest_start_on(tx, app, row.unit_id, row.programme_id, row.track.as_deref(), row.order_ends_on).await?;
    store::set_latest_start(tx, permit, latest).await?;
    Ok(latest)
}

/// The definition a case runs on.
pub fn definition(app: &App, programme: Uuid) -> Stored<&Definition> {
    app.content
        .programme(programme)
        .map(|programme| &programme.definition)
        .ok_or_else(|| StoreError::Unreadable(format!("no programme {programme}")))
}

/// What a gate of `phase` is asked with: the exit gate when the case is in that phase, the entry gate otherwise. A phase
/// not entered yet is reckoned from today.
pub fn gate_facts(definition: &Definition, known: &Known, phase: &str, today: Date) -> GateFacts {
    let Known { case, track, order_ends_on, deliveries, confirmations, judged } = known;
    let track = track.as_deref().and_then(|track| definition.track(track));
    let sessions = track.map(|track| {
        let dose = dose_in(definition, track, Some(phase), deliveries, today);
        Share { done: dose.counting_done, of: dose.counting }
    });
    let starts_on = case.phases().iter().find(|entered| entered.phase.id == phase).map_or(today, |entered| entered.on);
    let phase_ends_on =
        track.and_then(|track| starts_on.checked_add((i64::from(definition.phase_length_in_days(track, phase)) - 1).max(0).days()).ok());
    let measures_taken =
        confirmations.iter().filter_map(|(id, holds)| id.strip_prefix("measure:").map(|measure| (measure.to_owned(), *holds))).collect();
    let judged = judged.iter().filter(|target| definition.target(target).is_some()).count();
    GateFacts {
        suitable: match case.stage().kind() {
            StageKind::NotSuitable => Some(false),
            _ => case.suitable_on().map(|_| true),
        },
        sessions,
        targets: Share { done: counted(judged), of: counted(definition.targets.len()) },
        confirmed: confirmations.iter().filter(|(_, holds)| **holds).map(|(id, _)| id.clone()).collect(),
        measures_taken,
        phases_passed: passed(case),
        order_ends_on: *order_ends_on,
        phase_ends_on,
    }
}

/// Ids of the phases whose exit gate the case went through: every phase it entered but the one it is in, or was last in.
pub fn passed(case: &Case) -> std::collections::BTreeSet<String> {
    let entered = case.phases();
    entered.iter().take(entered.len().saturating_sub(1)).map(|entered| entered.phase.id.clone()).collect()
}

/// The dose these deliveries make: of one phase, or of the whole track.
pub fn dose_in(definition: &Definition, track: &Track, phase: Option<&str>, deliveries: &[Delivery], today: Date) -> Dose {
    let planned: Vec<PlannedSession> = definition
        .sessions_of(track)
        .filter(|(of, _, _)| phase.is_none_or(|phase| of.id == phase))
        .map(|(_, _, session)| PlannedSession {
            session: session.id.clone(),
            minutes: session.minutes,
            counts: session.counts_to_completion,
            on: None,
        })
        .collect();
    dose(&planned, deliveries, today)
}

fn counted(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
