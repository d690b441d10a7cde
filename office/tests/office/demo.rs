//! The demo: the same for the same seed, legal in every case, and consistent with what the features write.

use std::collections::BTreeSet;

use fairway_domain::case::{Case, Happening};
use fairway_domain::naming::keys;
use fairway_office::app::{App, Inner};
use fairway_office::content::Content;
use fairway_office::db::{Db, Tx};
use fairway_office::demo::{DemoError, Outcome, Wanted, make};
use fairway_office::measures::kept::Kept;
use fairway_office::on;
use fairway_office::vault::{Sealed, Vault};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rand::SeedableRng as _;
use rand_chacha::ChaCha20Rng;
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use uuid::Uuid;
use zeroize::Zeroizing;

const WANTED: Wanted = Wanted { cases: 60, seed: 7 };

/// An office in which nothing stands, on Wednesday 17 June 2026; its keys come out the same each time.
async fn bare(db: Db) -> App {
    let now: Timestamp = "2026-06-17T08:00:00Z".parse().unwrap();
    db.migrate().await.unwrap();
    let content = Content::load(None, &db, now).await.unwrap();
    let vault = Vault::with_key(Zeroizing::new([7; 32]), ChaCha20Rng::seed_from_u64(3));
    App::new(Inner {
        db,
        vault,
        clock: Arc::new(move || now),
        zone: TimeZone::get("Europe/Madrid").unwrap(),
        content,
        https: false,
        demo: true,
    })
}

async fn made(wanted: Wanted) -> (App, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let app = bare(Db::embedded(folder.path()).await.unwrap()).await;
    assert_eq!(make(&app, wanted, true, |_| ()).await.unwrap(), Outcome::Made);
    (app, folder)
}

async fn numbers(tx: &mut Tx, sql: &'static str) -> i64 {
    let row: (i64,) = on!(tx, |c| sqlx::query_as(sql).fetch_one(c)).unwrap();
    row.0
}

/// A digest of every row of every table that the demo fills.
async fn digest(app: &App) -> String {
    let mut tx = app.db.read().await.unwrap();
    let tables: Vec<(String,)> = on!(&mut tx, |c| sqlx::query_as(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' ORDER BY name"
    )
    .fetch_all(c))
    .unwrap();
    let mut hash = Sha256::new();
    for (table,) in tables {
        let columns: Vec<(String,)> =
            on!(&mut tx, |c| sqlx::query_as("SELECT name FROM pragma_table_info($1) ORDER BY cid").bind(&table).fetch_all(c)).unwrap();
        let row = columns.iter().map(|(name,)| format!("quote({name})")).collect::<Vec<_>>().join(" || ',' || ");
        let sql = format!("SELECT {row} FROM {table} ORDER BY rowid");
        let rows: Vec<(String,)> = on!(&mut tx, |c| sqlx::query_as(sqlx::AssertSqlSafe(sql.clone())).fetch_all(c)).unwrap();
        hash.update(table.as_bytes());
        for (row,) in rows {
            hash.update(row.as_bytes());
        }
    }
    hex::encode(hash.finalize())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_seed_gives_the_same_service() {
    let (one, _one) = made(WANTED).await;
    let (same, _same) = made(WANTED).await;
    let (other, _other) = made(Wanted { seed: 8, ..WANTED }).await;
    let first = digest(&one).await;
    assert_eq!(first, digest(&same).await);
    assert_ne!(first, digest(&other).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_open_and_their_scores_lie_within_their_scales() {
    let (app, _folder) = made(WANTED).await;
    let mut tx = app.db.read().await.unwrap();
    let rows: Vec<(Uuid, Uuid, String, Sealed, Sealed)> = on!(&mut tx, |c| sqlx::query_as(
        "SELECT r.case_id, r.instrument_id, r.answered_on, r.answers_sealed, k.wrapped FROM measure_responses r JOIN sealing_keys k ON k.owner_id = r.case_id"
    )
    .fetch_all(c))
    .unwrap();
    assert!(rows.len() > 60, "{}", rows.len());
    let today = app.today().to_string();
    for (case, instrument, on, sealed, wrapped) in rows {
        assert!(on <= today, "answered in the future");
        let instrument = app.content.instruments().get(instrument).unwrap();
        let text = app.vault.unwrap_key(case, &wrapped).unwrap().open("measure_responses.answers_sealed", &sealed).unwrap();
        let kept: Kept = serde_json::from_str(&text).unwrap();
        assert!(instrument.raised(&kept.answers.values).is_empty(), "the demo tells of no concern that this would raise");
        for (score, scale) in kept.scores.iter().zip(&instrument.scales) {
            assert!(score.score.is_none_or(|score| (scale.range.low..=scale.range.high).contains(&score)), "{}: {score:?}", scale.id);
        }
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    unit_id: Uuid,
    stage: String,
    phase: Option<String>,
    referred_on: String,
    waiting_since_on: Option<String>,
    started_on: Option<String>,
    ended_on: Option<String>,
    end_reason: Option<String>,
}

async fn replays(app: &App) {
    let mut tx = app.db.read().await.unwrap();
    let rows: Vec<Row> = on!(&mut tx, |c| sqlx::query_as(
        "SELECT id, unit_id, stage, phase, referred_on, waiting_since_on, started_on, ended_on, end_reason FROM cases ORDER BY id"
    )
    .fetch_all(c))
    .unwrap();
    let mut stages = BTreeSet::new();
    for row in &rows {
        let facts: Vec<(String,)> =
            on!(&mut tx, |c| sqlx::query_as("SELECT facts FROM case_events WHERE case_id = $1 ORDER BY seq").bind(row.id).fetch_all(c))
                .unwrap();
        let history: Vec<Happening> = facts.iter().map(|(facts,)| serde_json::from_str(facts).unwrap()).collect();
        let case = Case::from_history(&history).unwrap();
        let text = |on: Option<jiff::civil::Date>| on.map(|on| on.to_string());
        assert_eq!(case.stage().code(), row.stage);
        assert_eq!(case.stage().phase().map(|phase| phase.id.clone()), row.phase);
        assert_eq!(case.unit(), row.unit_id);
        assert_eq!(case.referred_on().to_string(), row.referred_on);
        assert_eq!(text(case.waiting_since()), row.waiting_since_on);
        assert_eq!(text(case.started_on()), row.started_on);
        assert_eq!(text(case.ended_on()), row.ended_on);
        assert_eq!(case.stage().reason().map(str::to_owned), row.end_reason);
        stages.insert(row.stage.clone());
    }
    assert!(stages.len() >= 6, "{stages:?}");
}

async fn holds(app: &App) {
    let mut tx = app.db.read().await.unwrap();
    let none = [
        ("completed without a start", "SELECT COUNT(*) FROM cases WHERE stage = 'completed' AND started_on IS NULL"),
        (
            "attendance outside a record",
            "SELECT COUNT(*) FROM attendances a JOIN session_records r ON r.id = a.record_id JOIN planned_sessions p ON p.id = r.planned_id WHERE p.standing NOT IN ('recorded', 'signed')",
        ),
        ("a record of tomorrow", "SELECT COUNT(*) FROM session_records WHERE held_on >= '2026-06-17'"),
        (
            "a record that its plan does not know",
            "SELECT COUNT(*) FROM session_records r JOIN planned_sessions p ON p.id = r.planned_id WHERE (p.standing = 'signed') <> (r.standing = 'signed')",
        ),
        (
            "attendance before the start",
            "SELECT COUNT(*) FROM attendances a JOIN cases c ON c.id = a.case_id WHERE a.held_on < c.started_on",
        ),
        ("attendance after the end", "SELECT COUNT(*) FROM attendances a JOIN cases c ON c.id = a.case_id WHERE a.held_on > c.ended_on"),
        (
            "planned sessions of an ended case",
            "SELECT COUNT(*) FROM planned_sessions p JOIN cases c ON c.id = p.case_id WHERE p.standing = 'planned' AND c.ended_on < '2026-05-01'",
        ),
        (
            "a make-up owed by an ended case",
            "SELECT COUNT(*) FROM make_ups m JOIN cases c ON c.id = m.case_id WHERE m.standing IN ('due', 'planned') AND c.ended_on IS NOT NULL",
        ),
        (
            "a judgement without evidence",
            "SELECT COUNT(*) FROM need_judgements n WHERE NOT EXISTS (SELECT 1 FROM judgement_evidence e WHERE e.judgement_id = n.id)",
        ),
        (
            "evidence later than its judgement",
            "SELECT COUNT(*) FROM judgement_evidence e JOIN need_judgements n ON n.id = e.judgement_id JOIN observations o ON o.id = e.observation_id WHERE o.seen_on > n.judged_on OR o.case_id <> n.case_id",
        ),
        (
            "a member in a closed phase",
            "SELECT COUNT(*) FROM group_members m JOIN cases c ON c.id = m.case_id WHERE m.left_on IS NULL AND c.stage = 'ended-early' AND c.phase IS NOT NULL",
        ),
        (
            "a miscounted group",
            "SELECT COUNT(*) FROM treatment_groups g WHERE g.members <> (SELECT COUNT(*) FROM group_members m WHERE m.group_id = g.id AND m.left_on IS NULL)",
        ),
        (
            "a case without its log row",
            "SELECT COUNT(*) FROM cases c WHERE 1 <> (SELECT COUNT(*) FROM access_log l WHERE l.record_id = c.id AND l.act = 'made')",
        ),
    ];
    for (what, sql) in none {
        assert_eq!(numbers(&mut tx, sql).await, 0, "{what}");
    }
    assert_eq!(numbers(&mut tx, "SELECT COUNT(*) FROM cases").await, 60);
    for some in [
        "SELECT COUNT(*) FROM planned_sessions WHERE on_date = '2026-06-17'",
        "SELECT COUNT(*) FROM treatment_groups WHERE standing = 'forming'",
        "SELECT COUNT(*) FROM treatment_groups WHERE standing = 'running'",
        "SELECT COUNT(*) FROM case_reports WHERE standing = 'signed'",
        "SELECT COUNT(*) FROM session_records WHERE standing = 'saved'",
        "SELECT COUNT(*) FROM goals",
    ] {
        assert!(numbers(&mut tx, some).await > 0, "{some}");
    }
}

async fn finds(app: &App) {
    let mut tx = app.db.read().await.unwrap();
    let words: Vec<(String,)> = on!(&mut tx, |c| sqlx::query_as("SELECT word FROM search_words").fetch_all(c)).unwrap();
    let distinct: BTreeSet<&String> = words.iter().map(|(word,)| word).collect();
    assert_eq!(distinct.len(), words.len());
    let expected: usize = distinct.iter().map(|word| keys(word).len()).sum();
    assert_eq!(numbers(&mut tx, "SELECT COUNT(*) FROM search_keys").await, i64::try_from(expected).unwrap());
    assert_eq!(
        numbers(
            &mut tx,
            "SELECT COUNT(*) FROM cases c WHERE NOT EXISTS (SELECT 1 FROM search_cases s WHERE s.case_id = c.id AND s.unit_id = c.unit_id)"
        )
        .await,
        0
    );
}

async fn opens(app: &App) {
    let mut tx = app.db.read().await.unwrap();
    let rows: Vec<(Uuid, Sealed, Sealed)> =
        on!(&mut tx, |c| sqlx::query_as("SELECT a.case_id, k.wrapped, a.note_sealed FROM attendances a JOIN sealing_keys k ON k.owner_id = a.case_id WHERE a.note_sealed IS NOT NULL").fetch_all(c)).unwrap();
    assert!(!rows.is_empty());
    for (case, wrapped, note) in rows {
        let key = app.vault.unwrap_key(case, &wrapped).unwrap();
        assert!(key.open("attendances.note", &note).unwrap().len() > 20);
    }
}

async fn whole(db: Db) {
    let app = bare(db).await;
    assert_eq!(make(&app, WANTED, true, |_| ()).await.unwrap(), Outcome::Made);
    replays(&app).await;
    holds(&app).await;
    finds(&app).await;
    opens(&app).await;
    assert_eq!(make(&app, WANTED, true, |_| ()).await.unwrap(), Outcome::Found);
    assert_eq!(make(&app, Wanted { cases: 9, seed: 1 }, false, |_| ()).await.unwrap(), Outcome::Found);
    let other = make(&app, Wanted { cases: 61, seed: 7 }, true, |_| ()).await.unwrap_err();
    assert!(other.to_string().contains("60 cases with seed 7") && other.to_string().contains("--data"), "{other}");
    app.db.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_whole_demo_holds_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    whole(Db::embedded(folder.path()).await.unwrap()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_whole_demo_holds_on_postgres() {
    let (db, name) = crate::postgres::bare_postgres().await;
    whole(db).await;
    crate::postgres::forget_postgres(Some(name)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_cases_replay() {
    let (app, _folder) = made(Wanted { cases: 200, seed: 3 }).await;
    replays(&app).await;
}

both! {
    async fn a_real_service_is_never_taken_for_a_demo(world) {
        let refused = make(&world.app, WANTED, true, |_| ()).await;
        assert!(matches!(refused, Err(DemoError::InUse)), "{refused:?}");
        assert_eq!(world.number("SELECT COUNT(*) FROM cases").await, 0);
    }
}
