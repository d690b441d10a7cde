//! What recording a session of ten people costs, beside the least it could cost: a bare transaction that writes the same
//! rows with the same durability, one prepared statement a row.
//!
//! `cargo bench -p fairway-office --bench recording` prints both medians and their ratio, measured in turns in one run
//! on one database. The first figure is a whole request, from the posted form to the answer: sign-in, permission, access
//! log, rules, sealing and all.
#![expect(clippy::unwrap_used, clippy::cast_possible_truncation, reason = "a bench fails loudly")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use fairway_domain::permission::Role;
use fairway_office::accounts::store as accounts;
use fairway_office::app::{App, Inner};
use fairway_office::content::Content;
use fairway_office::db::{Batch, Cell, Db, Tx};
use fairway_office::run;
use fairway_office::vault::Vault;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rand::SeedableRng as _;
use rand_chacha::ChaCha20Rng;
use tower::ServiceExt as _;
use uuid::Uuid;
use zeroize::Zeroizing;

const MEMBERS: u128 = 10;
const ROUNDS: u128 = 300;
const WARM_UP: u128 = 30;
const UNIT: Uuid = Uuid::from_u128(1);
const GROUP: Uuid = Uuid::from_u128(2);
const ACCOUNT: Uuid = Uuid::from_u128(3);
/// A session that works on two targets: what is seen in one member makes two rows.
const SESSION: &str = "opening-the-group";
const NOTE: &str = "Answered when asked, and stayed with the exercise to its end. Next time I begin with what he wrote at home, since he had no time to read it out today.";

fn case(number: u128) -> Uuid {
    Uuid::from_u128(0x1000 + number)
}

fn session(number: u128) -> Uuid {
    Uuid::from_u128(0x10_0000 + number)
}

fn main() {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(bench());
}

async fn bench() {
    let folder = tempfile::tempdir().unwrap();
    let app = office(folder.path()).await;
    fill(&app).await;
    let mut tx = app.db.write().await.unwrap();
    let token = accounts::open_sign_in(&mut tx, &app, ACCOUNT).await.unwrap();
    tx.commit().await.unwrap();
    let service = fairway_office::web::build(fairway_office::routes(), app.clone());
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS + WARM_UP {
        let recorded = record(&service, &token, session(2 * round)).await;
        let written = write_bare(&app.db, session(2 * round + 1), round).await;
        settle(&app.db).await;
        if round >= WARM_UP {
            ours.push(recorded);
            bare.push(written);
        }
    }
    let (ours, bare) = (median(ours), median(bare));
    println!("recording a session of {MEMBERS} people, {ROUNDS} times: median {:.3} ms", millis(ours));
    println!("a bare transaction that writes the same rows, one by one: median {:.3} ms", millis(bare));
    println!("ratio {:.2} (at most 3)", ours.as_secs_f64() / bare.as_secs_f64());
}

/// What is owed from this round is settled, as it would be in time: nobody owes three hundred make-ups.
async fn settle(db: &Db) {
    let mut tx = db.write().await.unwrap();
    run!(&mut tx, sqlx::query("UPDATE make_ups SET standing = 'waived' WHERE standing = 'due' AND case_id IN (SELECT id FROM cases)"))
        .unwrap();
    tx.commit().await.unwrap();
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

async fn office(folder: &std::path::Path) -> App {
    let now: Timestamp = "2026-06-15T08:00:00Z".parse().unwrap();
    let db = Db::embedded(folder).await.unwrap();
    db.migrate().await.unwrap();
    let content = Content::load(None, &db, now).await.unwrap();
    let vault = Vault::with_key(Zeroizing::new([7; 32]), ChaCha20Rng::seed_from_u64(1));
    App::new(Inner {
        db,
        vault,
        clock: Arc::new(move || now),
        zone: TimeZone::get("Europe/Madrid").unwrap(),
        content,
        https: false,
        demo: false,
    })
}

/// Posts the form of one session: eight there, two absent, words about everybody.
async fn record(service: &Router, token: &str, session: Uuid) -> Duration {
    let mut body = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in
        [("revision", "0"), ("held_on", "12 Jun 2026"), ("at", "17:00"), ("minutes", "120"), ("deviation", "none"), ("note", NOTE)]
    {
        body.append_pair(name, value);
    }
    body.append_pair("once", &Uuid::from_u128(session.as_u128() << 32).to_string());
    for number in 0..MEMBERS {
        let there = number < MEMBERS - 2;
        body.append_pair(&format!("presence-{}", case(number)), if there { "attended" } else { "absent-unaccepted" });
        body.append_pair(&format!("contribution-{}", case(number)), "some");
        body.append_pair(&format!("target-{}", case(number)), "all");
        body.append_pair(&format!("seen-{}", case(number)), if there { NOTE } else { "" });
        body.append_pair(&format!("note-{}", case(number)), NOTE);
    }
    let request = Request::post(format!("/sessions/{session}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, format!("fairway={token}"))
        .header(header::HOST, "127.0.0.1")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body.finish()))
        .unwrap();
    let begun = Instant::now();
    let answer = service.clone().oneshot(request).await.unwrap();
    let took = begun.elapsed();
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    took
}

/// The same rows with the same number of bytes, one statement a row, in one transaction of the same durability.
async fn write_bare(db: &Db, session: Uuid, round: u128) -> Duration {
    let mut next = (1_u128 << 100) + (round << 20);
    let mut id = || {
        next += 1;
        Uuid::from_u128(next)
    };
    let sealed = vec![0xA5_u8; NOTE.len() + 40];
    let (held_on, at) = ("2026-06-12", "2026-06-15T08:00:00Z");
    let begun = Instant::now();
    let mut tx = db.write().await.unwrap();
    let record = id();
    run!(&mut tx, sqlx::query("INSERT INTO session_records (id, planned_id, unit_id, held_on, starts_at_time, minutes, standing, deviation, note_sealed, account_id, recorded_at) VALUES ($1, $2, $3, $4, '17:00', 120, 'saved', 'none', $5, $6, $7)").bind(record).bind(session).bind(UNIT).bind(held_on).bind(&sealed).bind(ACCOUNT).bind(at)).unwrap();
    run!(&mut tx, sqlx::query("UPDATE planned_sessions SET standing = 'recorded', revision = revision + 1 WHERE id = $1").bind(session))
        .unwrap();
    for number in 0..MEMBERS {
        let (attendance, there) = (id(), number < MEMBERS - 2);
        let presence = if there { "attended" } else { "absent-unaccepted" };
        run!(&mut tx, sqlx::query("INSERT INTO attendances (id, record_id, case_id, phase, session, held_on, presence, minutes, contribution, note_sealed) VALUES ($1, $2, $3, 'group', $4, $5, $6, 120, 'some', $7)").bind(attendance).bind(record).bind(case(number)).bind(SESSION).bind(held_on).bind(presence).bind(&sealed)).unwrap();
        if there {
            for target in ["readiness", "self-esteem"] {
                run!(&mut tx, sqlx::query("INSERT INTO observations (id, case_id, target, source, record_id, seen_on, body_sealed, account_id, recorded_at) VALUES ($1, $2, $3, 'session', $4, $5, $6, $7, $8)").bind(id()).bind(case(number)).bind(target).bind(record).bind(held_on).bind(&sealed).bind(ACCOUNT).bind(at)).unwrap();
            }
        } else {
            run!(&mut tx, sqlx::query("INSERT INTO make_ups (id, attendance_id, case_id, unit_id, phase, session, made_by, due_on, standing) VALUES ($1, $2, $3, $4, 'group', $5, 'individual', '2026-06-26', 'due')").bind(id()).bind(attendance).bind(case(number)).bind(UNIT).bind(SESSION)).unwrap();
        }
    }
    for number in 0..=MEMBERS {
        run!(&mut tx, sqlx::query("INSERT INTO access_log (id, at, account_id, act, kind, record_id, action) VALUES ($1, $2, $3, 'changed', 'case', $4, 'record-session')").bind(id()).bind(at).bind(ACCOUNT).bind(case(number))).unwrap();
    }
    run!(
        &mut tx,
        sqlx::query("INSERT INTO submissions (once_id, account_id, at, went_to) VALUES ($1, $2, $3, $4)")
            .bind(id())
            .bind(ACCOUNT)
            .bind(at)
            .bind(format!("/sessions/{session}"))
    )
    .unwrap();
    tx.commit().await.unwrap();
    begun.elapsed()
}

/// A group of ten with a session planned for every round of both.
async fn fill(app: &App) {
    let mut tx = app.db.write().await.unwrap();
    let now = "2026-01-01T00:00:00Z";
    accounts::make_region(&mut tx, Uuid::from_u128(9), "Invented Region").await.unwrap();
    accounts::make_unit(&mut tx, UNIT, Uuid::from_u128(9), "North", "es").await.unwrap();
    let account = accounts::NewAccount {
        id: ACCOUNT,
        sign_in: "facilitator",
        shown_name: "An invented facilitator",
        hash: "-",
        roles: &[(UNIT, Role::Facilitator)],
    };
    accounts::make(&mut tx, app.now(), &account).await.unwrap();
    let programme = app.content.offered().find(|(_, programme)| programme.definition.session(SESSION).is_some()).unwrap().0;
    let columns: &[&str] = &[
        "id",
        "unit_id",
        "programme_id",
        "phase",
        "track",
        "title",
        "spoken_language",
        "weekdays",
        "starts_at_time",
        "standing",
        "first_on",
        "made_at",
    ];
    let mut rows = Batch::new("treatment_groups", columns);
    rows.push(vec![
        GROUP.into(),
        UNIT.into(),
        programme.into(),
        "group".into(),
        "standard".into(),
        "Friday group".into(),
        "es".into(),
        "fri".into(),
        "17:00".into(),
        "running".into(),
        "2026-06-01".into(),
        now.into(),
    ]);
    rows.write(&mut tx).await.unwrap();
    let mut rows = Batch::new("group_facilitators", &["group_id", "account_id"]);
    rows.push(vec![GROUP.into(), ACCOUNT.into()]);
    rows.write(&mut tx).await.unwrap();
    people(app, &mut tx, programme).await;
    let columns: &[&str] = &[
        "id",
        "unit_id",
        "group_id",
        "phase",
        "session",
        "seq",
        "on_date",
        "starts_at_time",
        "minutes",
        "facilitator_id",
        "pinned",
        "standing",
    ];
    let mut rows = Batch::new("planned_sessions", columns);
    for number in 0..2 * (ROUNDS + WARM_UP) {
        rows.push(vec![
            session(number).into(),
            UNIT.into(),
            GROUP.into(),
            "group".into(),
            SESSION.into(),
            i64::from(number as u32).into(),
            "2026-06-12".into(),
            "17:00".into(),
            120_i64.into(),
            ACCOUNT.into(),
            Cell::Flag(false),
            "planned".into(),
        ]);
    }
    rows.write(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
}

async fn people(app: &App, tx: &mut Tx, programme: Uuid) {
    let now = "2026-01-01T00:00:00Z";
    let mut people = Batch::new("people", &["id", "given_names", "family_names", "sort_name", "born_on", "made_at"]);
    let columns: &[&str] = &[
        "id",
        "case_number",
        "person_id",
        "unit_id",
        "programme_id",
        "sort_name",
        "stage",
        "phase",
        "stage_since_on",
        "referred_on",
        "started_on",
        "legal_basis",
        "offence_kind",
        "spoken_language",
        "availability",
        "responsivity",
        "made_at",
    ];
    let mut cases = Batch::new("cases", columns);
    let mut keys = Batch::new("sealing_keys", &["owner_id", "wrapped", "made_at"]);
    let mut members = Batch::new("group_members", &["id", "group_id", "case_id", "joined_on", "account_id"]);
    let (_, wrapped) = app.vault.new_key(GROUP).unwrap();
    keys.push(vec![GROUP.into(), wrapped.into(), now.into()]);
    for number in 0..MEMBERS {
        let (id, person) = (case(number), Uuid::from_u128(0x2000 + number));
        let name = format!("inventado, teo{number}");
        people.push(vec![
            person.into(),
            format!("Teo{number}").into(),
            "Inventado".into(),
            name.clone().into(),
            "1980-01-01".into(),
            now.into(),
        ]);
        let mut row: Vec<Cell> =
            vec![id.into(), format!("2026-{number:04}").into(), person.into(), UNIT.into(), programme.into(), name.into()];
        row.extend(
            ["in-phase", "group", "2026-02-01", "2026-01-01", "2026-02-01", "suspension", "viewer", "es", "[]", "[]", now].map(Cell::from),
        );
        cases.push(row);
        let (_, wrapped) = app.vault.new_key(id).unwrap();
        keys.push(vec![id.into(), wrapped.into(), now.into()]);
        members.push(vec![Uuid::from_u128(0x3000 + number).into(), GROUP.into(), id.into(), "2026-06-01".into(), ACCOUNT.into()]);
    }
    for rows in [&mut people, &mut cases, &mut keys, &mut members] {
        rows.write(tx).await.unwrap();
    }
}
