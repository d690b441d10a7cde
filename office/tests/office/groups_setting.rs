//! People who wait, their histories, and forms of groups as a browser would send them.

use fairway_domain::case::{Event, Facts, PhaseRef, Verdict};
use fairway_office::cases::life::{NewCase, register};
use fairway_office::db::{Batch, Tx};
use fairway_office::run;
use jiff::civil::{Date, date};
use uuid::Uuid;

use crate::world::{Cast, Client, NORTH, ROOM, Reply, World};

pub const TODAY: Date = date(2026, 6, 15);

/// The case of this number.
pub fn case(number: u128) -> Uuid {
    Uuid::from_u128(0x6C00_0000 + number)
}

pub async fn person(tx: &mut Tx, number: u128) -> Uuid {
    let id = Uuid::from_u128(0x6E00_0000 + number);
    let mut rows = Batch::new("people", &["id", "given_names", "family_names", "sort_name", "born_on", "made_at"]);
    rows.push(vec![
        id.into(),
        format!("Noa{number:02}").into(),
        "Inventada".into(),
        format!("inventada noa{number:02}").into(),
        "1980-01-01".into(),
        "2026-01-01T00:00:00Z".into(),
    ]);
    rows.write(tx).await.unwrap();
    id
}

/// Registers a case whose order ends in 2028, who can come on Tuesday evenings and speaks Spanish.
pub async fn referred(world: &World, tx: &mut Tx, number: u128, unit: Uuid, programme: &str) -> Uuid {
    let id = case(number);
    let (key, wrapped) = world.app.vault.new_key(id).unwrap();
    let person = person(tx, number).await;
    let definition = &world.app.content.programme(world.programme(programme)).unwrap().definition;
    let track = definition.track("standard").or(definition.tracks.first()).unwrap();
    let new = NewCase {
        case: id,
        key,
        wrapped,
        person,
        programme: world.programme(programme),
        referrer: None,
        track: Some(track.id.clone()),
        risk: None,
        need: None,
        legal_basis: "suspension".into(),
        order_starts_on: Some(date(2026, 1, 1)),
        order_ends_on: Some(date(2028, 6, 1)),
        offence_kind: "viewer".into(),
        spoken_language: "es".into(),
        availability: "0400000".into(),
        travel_minutes: None,
        responsivity: String::new(),
        contact_sealed: None,
        proceedings_sealed: None,
        responsivity_sealed: None,
    };
    let facts = Facts { today: TODAY, on: date(2026, 6, 1), by: Cast::Coordinator.id(), comment: None };
    register(tx, &world.app, Cast::Coordinator.id(), unit, &new, &facts).await.unwrap()
}

/// Lets events happen to a case, written as its history and row would have them.
pub async fn happen(tx: &mut Tx, world: &World, case: Uuid, events: &[Event]) {
    use fairway_domain::case::Case;
    let facts = |comment: Option<&str>| Facts {
        today: TODAY,
        on: date(2026, 6, 10),
        by: Cast::Coordinator.id(),
        comment: comment.map(str::to_owned),
    };
    let (mut state, _) = Case::refer(NORTH, &Facts { on: date(2026, 6, 1), ..facts(None) }).unwrap();
    for (seq, event) in events.iter().enumerate() {
        let (next, happening) = state.apply(event.clone(), &facts(Some("An invented reason."))).unwrap();
        let phase = next.stage().phase().map(|phase| phase.id.clone());
        let columns: &[&str] =
            &["id", "case_id", "seq", "kind", "stage_from", "stage_to", "phase", "happened_on", "facts", "account_id", "recorded_at"];
        let mut rows = Batch::new("case_events", columns);
        rows.push(vec![
            world.app.new_id().into(),
            case.into(),
            i64::try_from(seq + 1).unwrap().into(),
            happening.event.kind().code().into(),
            happening.from.map(|from| from.code().to_owned()).into(),
            happening.to.code().into(),
            phase.clone().into(),
            "2026-06-10".into(),
            serde_json::to_string(&happening).unwrap().into(),
            Cast::Coordinator.id().into(),
            "2026-06-10T08:00:00Z".into(),
        ]);
        rows.write(tx).await.unwrap();
        let started = next.started_on().map(|on| on.to_string());
        run!(
            tx,
            sqlx::query("UPDATE cases SET stage = $2, phase = $3, stage_since_on = '2026-06-10', waiting_since_on = '2026-06-10', started_on = $4 WHERE id = $1")
                .bind(case)
                .bind(next.stage().code())
                .bind(phase)
                .bind(started)
        )
        .unwrap();
        state = next;
    }
}

pub fn queue() -> Vec<Event> {
    vec![Event::JudgeSuitable { verdict: Verdict::Met }, Event::PutOnList]
}

pub fn phase(index: u16, id: &str) -> PhaseRef {
    PhaseRef { index, id: id.into() }
}

/// `count` people who wait for the course that is held in a group from the beginning.
pub async fn waiting(world: &World, count: u128) {
    let mut tx = world.app.db.write().await.unwrap();
    for number in 1..=count {
        let id = referred(world, &mut tx, number, NORTH, "steady-course").await;
        happen(&mut tx, world, id, &queue()).await;
    }
    tx.commit().await.unwrap();
}

/// A case in a phase of the long programme, with its facilitator.
pub async fn in_phase(world: &World, number: u128, index: u16, last: &str) -> Uuid {
    let mut tx = world.app.db.write().await.unwrap();
    let id = referred(world, &mut tx, number, NORTH, "out-of-the-net").await;
    let mut events = queue();
    events.push(Event::Start { phase: phase(0, "motivation"), verdict: Verdict::Met });
    if index == 1 {
        events.push(Event::EnterPhase { phase: phase(1, last), verdict: Verdict::Met });
    }
    happen(&mut tx, world, id, &events).await;
    run!(&mut tx, sqlx::query("UPDATE cases SET facilitator_id = $2 WHERE id = $1").bind(id).bind(Cast::Facilitator.id())).unwrap();
    run!(
        &mut tx,
        sqlx::query("INSERT INTO case_staff (case_id, account_id, because) VALUES ($1, $2, 'facilitator')")
            .bind(id)
            .bind(Cast::Facilitator.id())
    )
    .unwrap();
    tx.commit().await.unwrap();
    id
}

pub fn fields(world: &World, programme: &str, phase: &str, track: &str) -> Vec<(&'static str, String)> {
    vec![
        ("kind", format!("{}:{phase}:{track}", world.programme(programme))),
        ("title", "Tuesday evening".to_owned()),
        ("language", "es".to_owned()),
        ("days", "tue".to_owned()),
        ("time", "18:00".to_owned()),
        ("first", "16/6/2026".to_owned()),
        ("room", ROOM.to_string()),
        ("facilitators", Cast::Facilitator.id().to_string()),
    ]
}

pub async fn send(client: &Client<'_>, path: &str, fields: &[(&'static str, String)]) -> Reply {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    client.post(path, &fields).await
}

/// Forms a group and gives its address.
pub async fn formed(world: &World, programme: &str, phase: &str, track: &str) -> String {
    let client = world.client(Cast::Coordinator).await;
    send(&client, "/groups/new", &fields(world, programme, phase, track)).await.leads()
}

pub async fn course(world: &World) -> String {
    formed(world, "steady-course", "course", "whole-course").await
}

/// Admits cases to a group as its page would.
pub async fn admit(client: &Client<'_>, group: &str, cases: &[Uuid]) -> Reply {
    let page = client.get(group).await;
    let mut sent: Vec<(&'static str, String)> = vec![("revision", page.value("revision").unwrap()), ("once", page.value("once").unwrap())];
    sent.extend(cases.iter().map(|case| ("case", case.to_string())));
    send(client, &format!("{group}/members"), &sent).await
}
