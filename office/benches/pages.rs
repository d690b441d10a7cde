//! How long the pages take at 1,000 and at 100,000 cases: server time, in process, from the request to the last byte.
//!
//! `cargo bench -p fairway-office --bench pages [-- WORD]` makes the two services below `target/bench-data` when they
//! are not there (some minutes), asks for each page as a coordinator of all places and as a facilitator, and prints the
//! medians, their ratio and the number of SQL statements. It fails when a page takes more than three times as long in
//! the large service, or more than 50 ms there. With WORD, only pages whose address contains it.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench fails loudly and prints its figures")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use fairway_office::accounts::store as accounts;
use fairway_office::app::{App, Inner};
use fairway_office::content::Content;
use fairway_office::db::Db;
use fairway_office::demo::{Wanted, make};
use fairway_office::on;
use fairway_office::vault::Vault;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rand::SeedableRng as _;
use rand_chacha::ChaCha20Rng;
use tower::ServiceExt as _;
use uuid::Uuid;

const SIZES: [u32; 2] = [1_000, 100_000];
const RUNS: usize = 25;
const MOST_TIMES: f64 = 3.0;
const MOST_MS: f64 = 50.0;
/// The longest the page of indicators may take, in milliseconds.
const MOST_MS_OF_SUMS: f64 = 400.0;
/// What the scores of a whole service may take at most, in milliseconds: each response of a year is opened with its case's key.
const MOST_MS_OF_SCORES: f64 = 600.0;
/// Ratios of times this short say more about the machine than about the page.
const TOO_SHORT_MS: f64 = 3.0;

static COUNTING: AtomicBool = AtomicBool::new(false);
static STATEMENTS: AtomicUsize = AtomicUsize::new(0);

/// Counts the statements that the database driver tells of.
struct Counter;

impl tracing::Subscriber for Counter {
    fn register_callsite(&self, _: &'static tracing::Metadata<'static>) -> tracing::subscriber::Interest {
        tracing::subscriber::Interest::sometimes()
    }

    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        COUNTING.load(Ordering::Relaxed) && metadata.target() == "sqlx::query"
    }

    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }

    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}
    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}

    fn event(&self, _: &tracing::Event<'_>) {
        STATEMENTS.fetch_add(1, Ordering::Relaxed);
    }

    fn enter(&self, _: &tracing::span::Id) {}
    fn exit(&self, _: &tracing::span::Id) {}
}

/// A service of one size, with a browser for each role.
struct Service {
    router: Router,
    coordinator: String,
    facilitator: String,
    case: Uuid,
    group: Uuid,
    session: Uuid,
    name: String,
}

fn folder(cases: u32) -> PathBuf {
    let target = std::env::var("CARGO_TARGET_DIR").map_or_else(|_| Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"), PathBuf::from);
    target.join("bench-data").join(cases.to_string())
}

/// The service of this size, made when it is not there. Its day never changes.
async fn service(cases: u32) -> Service {
    let folder = folder(cases);
    std::fs::create_dir_all(&folder).unwrap();
    let now: Timestamp = "2026-11-23T09:00:00Z".parse().unwrap();
    let db = Db::embedded(&folder).await.unwrap();
    db.migrate().await.unwrap();
    let file = folder.join("service.key");
    let vault = Vault::open(&file, ChaCha20Rng::from_seed([9; 32])).unwrap();
    vault.prove(&db, &file).await.unwrap();
    let content = Content::load(None, &db, now).await.unwrap();
    // Ids must not repeat from run to run, so the randomness of a run starts elsewhere each time.
    let vault = Vault::open(&file, ChaCha20Rng::from_seed(rand::random())).unwrap_or(vault);
    let app = App::new(Inner {
        db,
        vault,
        clock: Arc::new(move || now),
        zone: TimeZone::get("Europe/Madrid").unwrap(),
        content,
        https: false,
        demo: true,
    });
    let begun = Instant::now();
    let outcome = make(&app, Wanted { cases, seed: 1 }, true, |_| ()).await.unwrap();
    println!("{cases:>7} cases: {outcome:?} in {:.1} s", begun.elapsed().as_secs_f64());
    let router = fairway_office::web::build(fairway_office::routes(), app.clone());
    let coordinator = {
        let mut tx = app.db.read().await.unwrap();
        accounts::credentials(&mut tx, "coordinator").await.unwrap().unwrap().id
    };
    let coordinator = sign_in(&app, coordinator).await;
    let mut tx = app.db.read().await.unwrap();
    let (account, group, session): (Uuid, Uuid, Uuid) = on!(&mut tx, |c| sqlx::query_as(
        "SELECT f.account_id, g.id, p.id FROM treatment_groups g JOIN group_facilitators f ON f.group_id = g.id JOIN planned_sessions p ON p.group_id = g.id AND p.standing <> 'planned' \
         WHERE g.standing = 'running' ORDER BY p.on_date DESC, p.id LIMIT 1"
    )
    .fetch_one(c))
    .unwrap();
    let (case, name): (Uuid, String) = on!(&mut tx, |c| sqlx::query_as(
        "SELECT c.id, c.sort_name FROM case_staff s JOIN cases c ON c.id = s.case_id WHERE s.account_id = $1 AND c.stage = 'in-phase' ORDER BY (SELECT COUNT(*) FROM attendances a WHERE a.case_id = c.id) DESC LIMIT 1"
    )
    .bind(account)
    .fetch_one(c))
    .unwrap();
    drop(tx);
    let facilitator = sign_in(&app, account).await;
    let name = name.split(' ').next().unwrap_or_default().to_owned();
    Service { router, coordinator, facilitator, case, group, session, name }
}

async fn sign_in(app: &App, account: Uuid) -> String {
    let mut tx = app.db.write().await.unwrap();
    let token = accounts::open_sign_in(&mut tx, app, account).await.unwrap();
    tx.commit().await.unwrap();
    token
}

async fn ask(service: &Service, token: &str, path: &str) -> (u16, usize, Duration) {
    let request = Request::get(path)
        .header(header::COOKIE, format!("fairway={token}"))
        .header(header::HOST, "127.0.0.1")
        .body(Body::empty())
        .unwrap();
    let begun = Instant::now();
    let response = service.router.clone().oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let bytes = to_bytes(response.into_body(), 64 << 20).await.unwrap().len();
    (status, bytes, begun.elapsed())
}

/// The median of several requests in milliseconds, the statements of one, and the status.
async fn measure(service: &Service, token: &str, path: &str) -> (f64, usize, u16) {
    let (status, ..) = ask(service, token, path).await;
    ask(service, token, path).await;
    let mut times = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        times.push(ask(service, token, path).await.2);
    }
    times.sort_unstable();
    STATEMENTS.store(0, Ordering::Relaxed);
    COUNTING.store(true, Ordering::Relaxed);
    ask(service, token, path).await;
    COUNTING.store(false, Ordering::Relaxed);
    (times[RUNS / 2].as_secs_f64() * 1000.0, STATEMENTS.load(Ordering::Relaxed), status)
}

/// Every page measured; `{case}` and its like are filled in for each service.
const PAGES: &[&str] = &[
    "/today",
    "/referrals",
    "/waiting",
    "/waiting?sort=days-waited",
    "/cases",
    "/cases?page=2",
    "/cases?stage=completed",
    "/cases/{case}",
    "/cases/{case}/thread",
    "/cases/{case}/targets",
    "/cases/{case}/sessions",
    "/cases/{case}/notes",
    "/cases/{case}/measures",
    "/cases/{case}/reports",
    "/cases/{case}/history",
    "/measures",
    "/groups",
    "/groups/{group}",
    "/groups/{group}/measures",
    "/sessions/{session}",
    "/concerns",
    "/service",
    "/service/measures",
    "/programmes",
    "/search?q={name}",
    "/search?q=ejmplo",
];

fn filled(path: &str, service: &Service) -> String {
    path.replace("{case}", &service.case.to_string())
        .replace("{group}", &service.group.to_string())
        .replace("{session}", &service.session.to_string())
        .replace("{name}", &service.name)
}

fn main() {
    tracing::subscriber::set_global_default(Counter).unwrap();
    let only = std::env::args().skip(1).find(|word| !word.starts_with("--"));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let failed = runtime.block_on(async {
        let (small, large) = (service(SIZES[0]).await, service(SIZES[1]).await);
        println!("\n{:<12} {:<32} {:>9} {:>9} {:>6} {:>11}", "as", "page", "1,000", "100,000", "ratio", "statements");
        let mut failed = 0;
        for (role, tokens) in
            [("coordinator", [&small.coordinator, &large.coordinator]), ("facilitator", [&small.facilitator, &large.facilitator])]
        {
            for path in PAGES.iter().filter(|path| only.as_ref().is_none_or(|word| path.contains(word.as_str()))) {
                failed += usize::from(!line(role, path, &small, &large, tokens).await);
            }
        }
        failed
    });
    if failed > 0 {
        println!("\n{failed} pages are slower than promised: at most {MOST_TIMES} times, at most {MOST_MS} ms");
        std::process::exit(1);
    }
}

/// One page: printed, and whether it keeps the promise. Pages that the role does not have are left out.
async fn line(role: &str, path: &str, small: &Service, large: &Service, tokens: [&String; 2]) -> bool {
    let (before, few, status) = measure(small, tokens[0], &filled(path, small)).await;
    if status != 200 {
        println!("{role:<12} {path:<32} {:>9}", format!("({status})"));
        return status != 500;
    }
    let (after, many, status) = measure(large, tokens[1], &filled(path, large)).await;
    let ratio = after / before;
    // The indicators add up every attendance of their period: no list, and held to a limit of its own.
    let keeps = if path == "/service" {
        status == 200 && after <= MOST_MS_OF_SUMS
    } else if path == "/service/measures" {
        status == 200 && after <= MOST_MS_OF_SCORES
    } else {
        status == 200 && after <= MOST_MS && (ratio <= MOST_TIMES || after < TOO_SHORT_MS)
    };
    println!(
        "{role:<12} {path:<32} {before:>6.1} ms {after:>6.1} ms {ratio:>6.1} {few:>5} {many:>5}{}",
        if keeps { "" } else { "  <-- slow" }
    );
    keeps
}
