//! A small service with a fixed cast, on either engine, and a client that behaves like a browser.
//!
//! ```ignore
//! both!(async fn a_facilitator_sees_their_case(world) {
//!     let reply = world.client(Cast::Facilitator).await.get("/cases").await;
//!     assert_eq!(reply.status, 200);
//! });
//! ```
//!
//! Today is Monday 15 June 2026, 10:00 in Madrid; `world.set_today(..)` moves it.
#![allow(dead_code, reason = "each feature uses its own part of the world")]

use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use fairway_office::accounts::{password, store as accounts};
use fairway_office::app::{App, Inner};
use fairway_office::content::Content;
use fairway_office::db::Db;
use fairway_office::vault::Vault;
use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use rand::SeedableRng as _;
use rand_chacha::ChaCha20Rng;
use tower::ServiceExt as _;
use uuid::Uuid;
use zeroize::Zeroizing;

pub use crate::cast::{Cast, NORTH, SOUTH};
use crate::postgres::{address, administrate};

/// Defines a test that runs on SQLite and on PostgreSQL.
macro_rules! both {
    ($(#[$meta:meta])* async fn $name:ident($world:ident) $body:block) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            $(#[$meta])*
            async fn run($world: crate::world::World) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                run(crate::world::World::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                let world = crate::world::World::postgres().await;
                let place = world.postgres.clone();
                run(world).await;
                crate::postgres::forget_postgres(place).await;
            }
        }
    };
}

/// A room of the north place.
pub const ROOM: Uuid = Uuid::from_u128(0x0B01);
/// Another room of the north place.
pub const OTHER_ROOM: Uuid = Uuid::from_u128(0x0B02);
/// The password of everybody in the cast.
pub const PASSWORD: &str = "an invented password";

/// A running service.
pub struct World {
    pub app: App,
    pub service: Router,
    /// The PostgreSQL database's name, to be dropped afterwards.
    pub postgres: Option<String>,
    /// The folder of the embedded database.
    pub folder: Option<tempfile::TempDir>,
    now: Arc<Mutex<Timestamp>>,
}

/// What a page answered.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub location: Option<String>,
    pub body: String,
    pub headers: axum::http::HeaderMap,
}

impl Reply {
    /// The value of a hidden (or other) input, as a browser would send it back.
    pub fn value(&self, name: &str) -> Option<String> {
        let marker = format!("name=\"{name}\"");
        let tag = self.body.split('<').find(|tag| tag.starts_with("input") && tag.contains(&marker))?;
        let start = tag.find("value=\"")? + 7;
        let end = tag[start..].find('"')? + start;
        Some(unescape(&tag[start..end]))
    }

    /// Whether the page shows a text (as HTML-escaped text).
    #[track_caller]
    pub fn shows(&self, text: &str) -> &Self {
        assert!(unescape(&self.body).contains(text), "the page ({}) does not show {text:?}:\n{}", self.status, plain(&self.body));
        self
    }

    #[track_caller]
    pub fn hides(&self, text: &str) -> &Self {
        assert!(!unescape(&self.body).contains(text), "the page ({}) shows {text:?}", self.status);
        self
    }

    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{:?}\n{}", self.location, plain(&self.body));
        self
    }

    /// Where a redirect leads.
    #[track_caller]
    pub fn leads(&self) -> String {
        assert_eq!(self.status, 303, "{}", plain(&self.body));
        self.location.clone().expect("a location")
    }
}

fn unescape(html: &str) -> String {
    html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#38;", "&")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&amp;", "&")
}

/// A page without its tags, short enough for a failure message.
fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    text.lines().map(str::trim).filter(|line| !line.is_empty()).take(120).collect::<Vec<_>>().join("\n")
}

/// A browser, signed in or not.
pub struct Client<'a> {
    world: &'a World,
    token: Option<String>,
    language: &'static str,
}

impl Client<'_> {
    /// The same browser, preferring Spanish.
    #[must_use]
    pub fn in_spanish(mut self) -> Self {
        self.language = "es";
        self
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send("GET", path, None).await
    }

    /// Posts a form as our own pages would.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in fields {
            body.append_pair(name, value);
        }
        self.send("POST", path, Some(body.finish())).await
    }

    pub async fn send(&self, method: &str, path: &str, body: Option<String>) -> Reply {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::ACCEPT_LANGUAGE, self.language)
            .header("sec-fetch-site", "same-origin")
            .header(header::HOST, "127.0.0.1");
        if let Some(token) = &self.token {
            request = request.header(header::COOKIE, format!("fairway={token}"));
        }
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        self.world.send(request.body(Body::from(body.unwrap_or_default())).unwrap()).await
    }
}

impl World {
    /// On the embedded engine, in a folder of its own.
    pub async fn sqlite() -> Self {
        static TEMPLATE: tokio::sync::OnceCell<Vec<u8>> = tokio::sync::OnceCell::const_new();
        let bytes = TEMPLATE
            .get_or_init(|| async {
                let folder = tempfile::tempdir().unwrap();
                let db = Db::embedded(folder.path()).await.unwrap();
                fill(&db).await;
                db.close().await;
                std::fs::read(folder.path().join(fairway_office::db::FILE)).unwrap()
            })
            .await;
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(fairway_office::db::FILE), bytes).unwrap();
        let db = Db::embedded(folder.path()).await.unwrap();
        Self::of(db, None, Some(folder)).await
    }

    /// On PostgreSQL, in a database of its own. `./test` starts a private cluster and names it.
    pub async fn postgres() -> Self {
        static TEMPLATE: tokio::sync::OnceCell<String> = tokio::sync::OnceCell::const_new();
        let template = TEMPLATE
            .get_or_init(|| async {
                let name = format!("fairway_template_{}", std::process::id());
                administrate(&format!("DROP DATABASE IF EXISTS {name}")).await;
                administrate(&format!("CREATE DATABASE {name}")).await;
                let db = Db::at(&address(&name)).await.unwrap();
                fill(&db).await;
                db.close().await;
                name
            })
            .await;
        let name = format!("fairway_test_{}", Uuid::from_u128(rand::random()).simple());
        administrate(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        let db = Db::at(&address(&name)).await.unwrap();
        Self::of(db, Some(name), None).await
    }

    async fn of(db: Db, postgres: Option<String>, folder: Option<tempfile::TempDir>) -> Self {
        static CONTENT: tokio::sync::OnceCell<Content> = tokio::sync::OnceCell::const_new();
        let content = CONTENT.get_or_init(|| async { Content::load(None, &db, start()).await.unwrap() }).await.clone();
        let now = Arc::new(Mutex::new(start()));
        let shared = Arc::clone(&now);
        let app = App::new(Inner {
            db,
            vault: vault(),
            clock: Arc::new(move || *shared.lock().unwrap()),
            zone: TimeZone::get("Europe/Madrid").unwrap(),
            content,
            https: false,
            demo: false,
        });
        let service = fairway_office::web::build(fairway_office::routes(), app.clone());
        Self { app, service, postgres, folder, now }
    }

    /// Today at the service.
    pub fn today(&self) -> Date {
        self.app.today()
    }

    /// Makes it ten in the morning of another day.
    pub fn set_today(&self, day: Date) {
        *self.now.lock().unwrap() = day.at(8, 0, 0, 0).to_zoned_datetime(TimeZone::UTC).unwrap().timestamp();
    }

    /// Moves the clock.
    pub fn set_now(&self, now: Timestamp) {
        *self.now.lock().unwrap() = now;
    }

    /// The stored definition offered under this code.
    pub fn programme(&self, code: &str) -> Uuid {
        self.app.content.offered().find(|(_, programme)| programme.definition.id == code).map(|(id, _)| id).expect("a shipped programme")
    }

    /// A browser with one of the cast signed in.
    pub async fn client(&self, who: Cast) -> Client<'_> {
        let mut tx = self.app.db.write().await.unwrap();
        let token = accounts::open_sign_in(&mut tx, &self.app, who.id()).await.unwrap();
        tx.commit().await.unwrap();
        Client { world: self, token: Some(token), language: "en" }
    }

    /// A browser with nobody signed in.
    pub fn anonymous(&self) -> Client<'_> {
        Client { world: self, token: None, language: "en" }
    }

    /// Sends a request as it stands.
    pub async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.service.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let location = headers.get(header::LOCATION).map(|value| value.to_str().unwrap().to_owned());
        let body = String::from_utf8_lossy(&to_bytes(response.into_body(), 64 << 20).await.unwrap()).into_owned();
        Reply { status, location, body, headers }
    }

    /// The bytes of every file of the embedded database, for searching canaries.
    pub fn bytes(&self) -> Vec<u8> {
        let folder = self.folder.as_ref().expect("only on the embedded engine").path();
        files(folder).into_iter().flat_map(|file| std::fs::read(file).unwrap()).collect()
    }

    /// The first column of the first row of a query, as a number. For asserting what a page did.
    pub async fn number(&self, sql: &'static str) -> i64 {
        let mut tx = self.app.db.read().await.unwrap();
        let row: (i64,) = fairway_office::on!(&mut tx, |c| sqlx::query_as(sql).fetch_one(c)).unwrap();
        row.0
    }
}

fn files(folder: &std::path::Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect()
}

/// Monday 15 June 2026, 10:00 in Madrid.
fn start() -> Timestamp {
    "2026-06-15T08:00:00Z".parse().unwrap()
}

fn vault() -> Vault {
    Vault::with_key(Zeroizing::new([7; 32]), ChaCha20Rng::from_seed(rand::random()))
}

async fn fill(db: &Db) {
    static HASH: OnceLock<String> = OnceLock::new();
    let hash = HASH.get_or_init(|| password::hash(&vault(), PASSWORD).unwrap());
    db.migrate().await.unwrap();
    Content::load(None, db, start()).await.unwrap();
    let mut tx = db.write().await.unwrap();
    let region = Uuid::from_u128(0x0A01);
    accounts::make_region(&mut tx, region, "Invented Region").await.unwrap();
    accounts::make_unit(&mut tx, NORTH, region, "North", "es").await.unwrap();
    accounts::make_unit(&mut tx, SOUTH, region, "South", "generic").await.unwrap();
    accounts::make_room(&mut tx, ROOM, NORTH, "Room 1").await.unwrap();
    accounts::make_room(&mut tx, OTHER_ROOM, NORTH, "Room 2").await.unwrap();
    for who in Cast::ALL {
        let (sign_in, shown_name) = (format!("{who:?}").to_lowercase(), who.name());
        let roles = [(who.unit(), who.role())];
        let account = accounts::NewAccount { id: who.id(), sign_in: &sign_in, shown_name: &shown_name, hash, roles: &roles };
        accounts::make(&mut tx, start(), &account).await.unwrap();
    }
    tx.commit().await.unwrap();
}
