//! The demo: a service of invented people, the same for the same seed, number and day.
//!
//! It is told place by place: groups spread over the years with the people who went through them, and around them those
//! who wait, were not suitable or never started. Every case's history goes through the domain's state machine, every
//! text is sealed with its case's key. One thread tells, another writes, each transaction holding some thousand cases.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use fairway_domain::case::Refused;
use fairway_domain::jurisdiction::Jurisdiction;
use jiff::Timestamp;
use jiff::civil::Date;
use thiserror::Error;
use tokio::sync::mpsc;

use crate::accounts::pages::DEMO_PASSWORD;
use crate::accounts::password;
use crate::app::{App, instant_text};
use crate::content::Instruments;
use crate::db::{StoreError, facts};
use crate::vault::Vault;
use chance::Chance;
use course::Course;
use store::Chapter;

mod chance;
mod course;
mod group;
mod measured;
mod member;
mod names;
mod person;
mod places;
mod service;
mod sitting;
mod store;
mod story;
mod thread;
mod waiting;
mod words;

/// The fact under which the database knows its demo.
const FACT: &str = "demo";

/// Which demo is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Wanted {
    /// How many cases.
    pub cases: u32,
    /// The seed.
    pub seed: u64,
}

/// What the database says of its demo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
struct Told {
    #[serde(flatten)]
    wanted: Wanted,
    whole: bool,
}

/// Whether a demo was made or found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was made now.
    Made,
    /// It was there.
    Found,
}

/// Why there is no demo.
#[derive(Debug, Error)]
pub enum DemoError {
    /// The database holds another demo.
    #[error("here stands a demo of {} cases with seed {}, not one of {} cases with seed {}. Name another folder with --data DIR, delete this one, or leave --cases and --seed out to serve what is there", .found.cases, .found.seed, .wanted.cases, .wanted.seed)]
    Another {
        /// What stands there.
        found: Wanted,
        /// What was wanted.
        wanted: Wanted,
    },
    /// An earlier run was stopped half way.
    #[error("a demo was begun here and not finished. Delete the folder (or the database) and run this again")]
    Unfinished,
    /// The database holds a real service.
    #[error("this database holds a service that is no demo; nothing was changed. Name another folder with --data DIR")]
    InUse,
    /// The content does not serve for a demo.
    #[error("the content does not serve for a demo: {0}")]
    Content(String),
    /// A history broke a rule of the domain.
    #[error("the demo told a history that cannot be: {0}")]
    History(Refused),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What the telling stands on.
struct Ground {
    cases: u32,
    today: Date,
    now: Timestamp,
    first_at: String,
    password_hash: String,
    jurisdiction: Arc<Jurisdiction>,
}

/// A demo being told.
struct Making<'a> {
    ground: &'a Ground,
    vault: &'a Vault,
    instruments: &'a Instruments,
    chance: Chance,
    chapter: Chapter,
    numbers: HashMap<i16, u32>,
    words: HashSet<i64>,
    slots: usize,
}

/// Makes the demo unless it is there. `told` hears how many cases are written, as they are. `wanted` left out, what is
/// there is taken as it is.
pub async fn make(app: &App, wanted: Wanted, asked: bool, told: impl Fn(u64)) -> Result<Outcome, DemoError> {
    if found(app, wanted, asked).await? {
        return Ok(Outcome::Found);
    }
    let (send, mut receive) = mpsc::channel::<Result<Chapter, DemoError>>(2);
    let teller = {
        let app = app.clone();
        tokio::task::spawn_blocking(move || {
            if let Err(error) = service::tell(&app, wanted, &|chapter| send.blocking_send(Ok(chapter)).is_ok()) {
                // Nobody listens any more only when writing failed, and that is told there.
                let _ = send.blocking_send(Err(error));
            }
        })
    };
    let mut cases = 0;
    while let Some(chapter) = receive.recv().await {
        let mut chapter = chapter?;
        let mut tx = app.db.write().await?;
        chapter.write(&mut tx).await?;
        tx.commit().await?;
        cases += chapter.cases_told;
        told(cases);
    }
    teller.await.map_err(|error| DemoError::Content(error.to_string()))?;
    mark(app, &Told { wanted, whole: true }).await?;
    Ok(Outcome::Made)
}

/// Whether the wanted demo is there already. A database in which nothing stands is marked as begun.
async fn found(app: &App, wanted: Wanted, asked: bool) -> Result<bool, DemoError> {
    let mut tx = app.db.write().await?;
    let Some(body) = facts::read(&mut tx, FACT).await? else {
        if store::is_in_use(&mut tx).await? {
            return Err(DemoError::InUse);
        }
        drop(tx);
        mark(app, &Told { wanted, whole: false }).await?;
        return Ok(false);
    };
    let told: Told = serde_json::from_str(&body).map_err(|error| StoreError::Unreadable(format!("the demo's fact: {error}")))?;
    match told {
        Told { whole: false, .. } => Err(DemoError::Unfinished),
        Told { wanted: found, .. } if asked && found != wanted => Err(DemoError::Another { found, wanted }),
        _ => Ok(true),
    }
}

async fn mark(app: &App, told: &Told) -> Result<(), DemoError> {
    let body = serde_json::to_string(told).map_err(|error| StoreError::Unreadable(error.to_string()))?;
    let mut tx = app.db.write().await?;
    facts::keep(&mut tx, FACT, &body).await?;
    tx.commit().await?;
    Ok(())
}

impl Ground {
    fn of(app: &App, wanted: Wanted) -> Result<Self, DemoError> {
        let jurisdiction =
            app.content.jurisdictions().next().cloned().ok_or_else(|| DemoError::Content("there is no jurisdiction file".to_owned()))?;
        Ok(Self {
            cases: wanted.cases,
            today: app.today(),
            now: app.now(),
            first_at: instant_text(app.now()),
            password_hash: password::hash(&app.vault, DEMO_PASSWORD)?,
            jurisdiction,
        })
    }
}

/// The definitions on offer, the longest first.
fn courses(app: &App) -> Result<Vec<Course>, DemoError> {
    let mut courses: Vec<Course> = app.content.offered().map(|(id, programme)| Course::of(id, programme)).collect();
    courses.sort_by_key(|course| (std::cmp::Reverse(course.longest), course.id));
    if courses.iter().any(|course| course.tracks.is_empty()) || courses.is_empty() {
        return Err(DemoError::Content("a programme has no track".to_owned()));
    }
    Ok(courses)
}
