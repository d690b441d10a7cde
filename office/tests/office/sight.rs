//! Every sight of a record is logged: a crawl of all pages that links lead to, as each role, comparing what a page names
//! with what the access log says was served by it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use fairway_office::accounts::store as accounts;
use fairway_office::app::{App, Inner, instant_text};
use fairway_office::content::Content;
use fairway_office::db::Db;
use fairway_office::demo::{Wanted, make};
use fairway_office::on;
use fairway_office::vault::Vault;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rand::SeedableRng as _;
use rand_chacha::ChaCha20Rng;
use tower::ServiceExt as _;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::postgres::{bare_postgres, forget_postgres};

/// How many pages of one shape (an address without its ids and query) are looked at.
const OF_A_SHAPE: usize = 3;
const ROLES: [&str; 7] = ["coordinator", "facilitator", "manager", "referrer", "researcher", "auditor", "administrator"];

struct Office {
    app: App,
    router: axum::Router,
    /// Every case's id by its number.
    cases: BTreeMap<String, Uuid>,
    /// Seconds since the crawl began: one a page, so that the log tells pages apart.
    second: Arc<AtomicI64>,
}

impl Office {
    async fn open(db: Db) -> Self {
        db.migrate().await.unwrap();
        let now: Timestamp = "2026-06-17T08:00:00Z".parse().unwrap();
        let second = Arc::new(AtomicI64::new(0));
        let ticking = Arc::clone(&second);
        let clock = Arc::new(move || now + SignedDuration::from_secs(ticking.load(Ordering::Relaxed)));
        let content = Content::load(None, &db, now).await.unwrap();
        let vault = Vault::with_key(Zeroizing::new([7; 32]), ChaCha20Rng::seed_from_u64(3));
        let zone = TimeZone::get("Europe/Madrid").unwrap();
        let app = App::new(Inner { db, vault, clock, zone, content, https: false, demo: true });
        make(&app, Wanted { cases: 60, seed: 7 }, true, |_| ()).await.unwrap();
        let router = fairway_office::web::build(fairway_office::routes(), app.clone());
        let mut tx = app.db.read().await.unwrap();
        let cases: Vec<(String, Uuid)> = on!(&mut tx, |c| sqlx::query_as("SELECT case_number, id FROM cases").fetch_all(c)).unwrap();
        drop(tx);
        Self { app, router, cases: cases.into_iter().collect(), second }
    }

    async fn token(&self, role: &str) -> String {
        let mut tx = self.app.db.write().await.unwrap();
        let account = accounts::credentials(&mut tx, role).await.unwrap().unwrap().id;
        let token = accounts::open_sign_in(&mut tx, &self.app, account).await.unwrap();
        tx.commit().await.unwrap();
        token
    }

    async fn get(&self, path: &str, token: &str) -> (u16, String) {
        let request = Request::get(path).header(header::COOKIE, format!("fairway={token}")).header(header::HOST, "127.0.0.1");
        let reply = self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let status = reply.status().as_u16();
        let body = to_bytes(reply.into_body(), 8 << 20).await.unwrap();
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    /// A page, and the records the log says it served.
    async fn sight(&self, path: &str, token: &str) -> (u16, String, BTreeSet<Uuid>) {
        self.second.fetch_add(1, Ordering::Relaxed);
        let (status, page) = self.get(path, token).await;
        let at = instant_text(self.app.now());
        let mut tx = self.app.db.read().await.unwrap();
        let rows: Vec<(Option<Uuid>,)> =
            on!(&mut tx, |c| sqlx::query_as("SELECT record_id FROM access_log WHERE at = $1").bind(at).fetch_all(c)).unwrap();
        (status, page, rows.into_iter().filter_map(|(record,)| record).collect())
    }

    /// The cases a page names, by number or by address.
    fn named(&self, page: &str) -> BTreeSet<Uuid> {
        let mut named: BTreeSet<Uuid> = page.split("/cases/").skip(1).filter_map(|rest| Uuid::try_parse(rest.get(..36)?).ok()).collect();
        let words = page.split(|c: char| !c.is_ascii_digit() && c != '-');
        named.extend(words.filter_map(|word| self.cases.get(word)));
        named
    }
}

/// An address without its ids and the values of its query: `/cases/*/notes`, `/cases?stage`.
fn shape(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let parts: Vec<&str> = path.split('/').map(|part| if Uuid::try_parse(part).is_ok() { "*" } else { part }).collect();
    let names: BTreeSet<&str> = query.split('&').filter_map(|pair| pair.split('=').next()).collect();
    format!("{}?{}", parts.join("/"), names.into_iter().collect::<Vec<_>>().join("&"))
}

fn links(page: &str) -> impl Iterator<Item = String> + '_ {
    page.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|href| href.starts_with('/') && !href.starts_with("/assets"))
        .map(|href| href.split('#').next().unwrap_or("").replace("&amp;", "&").replace("&#38;", "&"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_case_a_page_names_has_its_row_in_the_log_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    crawl(Office::open(Db::embedded(folder.path()).await.unwrap()).await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_case_a_page_names_has_its_row_in_the_log_on_postgres() {
    let (db, name) = bare_postgres().await;
    crawl(Office::open(db).await).await;
    forget_postgres(Some(name)).await;
}

async fn crawl(office: Office) {
    let mut served = 0_usize;
    let mut faults = Vec::new();
    for role in ROLES {
        let token = office.token(role).await;
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut known = BTreeSet::new();
        let mut ahead = VecDeque::from(["/".to_owned(), "/today".to_owned(), "/cases".to_owned()]);
        while let Some(path) = ahead.pop_front() {
            let times = seen.entry(shape(&path)).or_default();
            if *times == OF_A_SHAPE || !known.insert(path.clone()) {
                continue;
            }
            *times += 1;
            let (status, page, logged) = office.sight(&path, &token).await;
            assert!(status < 500, "{role} {path}: {status}");
            let named = office.named(&page);
            served += named.len();
            if status == 200 {
                let silent: Vec<_> = named.difference(&logged).collect();
                if !silent.is_empty() {
                    faults.push(format!("{role} {path} shows {} cases of which the log says nothing", silent.len()));
                }
                ahead.extend(links(&page));
            } else {
                // A refusal may repeat the address it was asked at, and nothing more.
                assert!(named.is_subset(&office.named(&path)), "{role} {path} says {status} and names a case");
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(served > 1_000, "the crawl saw {served} cases only: it has lost its way");
}
