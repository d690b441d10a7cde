//! Where sealed notes lie: rows of a random-looking key, the day of last use, and bytes. One SQL text for both engines.

mod embedded;

use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::str::FromStr as _;
use std::time::Duration;

use jiff::ToSpan as _;
use jiff::civil::Date;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, PgConnection, PgPool};
use thiserror::Error;

pub use embedded::Embedded;

use crate::seal::Id;

/// Days after which unused notes are deleted.
pub const KEPT_DAYS: i64 = 90;
/// Above this size, in bytes, the store is not rewritten by the daily purge: it would stand still for too long.
const TIDY_BELOW: i64 = 512 * 1024 * 1024;

// In one transaction: each by itself would be made safe on the disk by itself.
const SQLITE: &str = "BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS notes (id BLOB NOT NULL PRIMARY KEY, used_on TEXT NOT NULL, sealed BLOB NOT NULL) WITHOUT ROWID, STRICT;
CREATE INDEX IF NOT EXISTS notes_by_day ON notes (used_on);
CREATE TABLE IF NOT EXISTS daily_totals (counted_on TEXT NOT NULL, what TEXT NOT NULL, about INTEGER NOT NULL, PRIMARY KEY (counted_on, what)) WITHOUT ROWID, STRICT;
CREATE TABLE IF NOT EXISTS seen (what TEXT NOT NULL PRIMARY KEY, seen_on TEXT NOT NULL) WITHOUT ROWID, STRICT;
COMMIT;";
// One node after the other: two that make the same table at once disturb each other.
const POSTGRES: &str = "SELECT pg_advisory_xact_lock(1722025);
CREATE TABLE IF NOT EXISTS notes (id BYTEA NOT NULL PRIMARY KEY, used_on TEXT NOT NULL, sealed BYTEA NOT NULL);
CREATE INDEX IF NOT EXISTS notes_by_day ON notes (used_on);
CREATE TABLE IF NOT EXISTS daily_totals (counted_on TEXT NOT NULL, what TEXT NOT NULL, about BIGINT NOT NULL, PRIMARY KEY (counted_on, what));
CREATE TABLE IF NOT EXISTS seen (what TEXT NOT NULL PRIMARY KEY, seen_on TEXT NOT NULL);";

const FIND: &str = "SELECT sealed, used_on FROM notes WHERE id = $1";
const TOUCH: &str = "UPDATE notes SET used_on = $2 WHERE id = $1";
const ADD: &str = "INSERT INTO notes (id, used_on, sealed) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING";
// The day is left alone: who replaces has opened, and a day that is set, even to the same, rewrites its place in the index.
const REPLACE: &str = "UPDATE notes SET sealed = $2 WHERE id = $1 AND sealed = $3";
const DELETE: &str = "DELETE FROM notes WHERE id = $1";
// Another node may have opened them a moment ago.
const DELETE_OLD: &str = "DELETE FROM notes WHERE id = $1 AND used_on < $2";
const PURGE: &str = "DELETE FROM notes WHERE used_on < $1";
const OLDER: &str = "SELECT count(*) FROM notes WHERE used_on < $1";
// Marked by a clock that ran ahead: they would stay for longer than they should.
const TO_COME: &str = "UPDATE notes SET used_on = $1 WHERE used_on > $2";
// A store of an earlier version has no such row.
const SEEN: &str = "SELECT COALESCE((SELECT seen_on FROM seen WHERE what = 'store'), (SELECT max(used_on) FROM notes))";
const SEE: &str = "INSERT INTO seen (what, seen_on) VALUES ($1, $2) ON CONFLICT (what) DO UPDATE SET seen_on = excluded.seen_on WHERE seen.seen_on < excluded.seen_on";
const SEE_AGAIN: &str = "INSERT INTO seen (what, seen_on) VALUES ('store', $1) ON CONFLICT (what) DO UPDATE SET seen_on = excluded.seen_on";
const COUNT: &str = "INSERT INTO daily_totals (counted_on, what, about) VALUES ($1, $2, $3) ON CONFLICT (counted_on, what) DO UPDATE SET about = daily_totals.about + excluded.about";
const TOTALS: &str = "SELECT counted_on, what, about FROM daily_totals ORDER BY counted_on, what";

const SIZE: &str = "SELECT pg_total_relation_size('notes')";
// Nobody waits for long, neither this nor, behind it, visitors.
const HURRY: &str = "SET LOCAL lock_timeout = '2s'; SET LOCAL statement_timeout = '60s'";
const ANEW: &str = "LOCK TABLE notes IN ACCESS EXCLUSIVE MODE;
CREATE TEMPORARY TABLE notes_before ON COMMIT DROP AS SELECT id, used_on, sealed FROM notes;
TRUNCATE notes;
INSERT INTO notes (id, used_on, sealed) SELECT id, used_on, sealed FROM notes_before ORDER BY id;";

/// Why the store did not do what was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The address is none we know. It is not repeated: it may hold a password.
    #[error("the store's address is not understood; it begins with sqlite:// (then a file) or postgres:// (then user@host/name)")]
    Address,
    /// The embedded engine does not do what was asked of it.
    #[error("the embedded store runs with {0} = {1:?}, and what is saved would not be safe. The program must be built with its own SQLite")]
    Unsafe(&'static str, String),
    /// It cannot be opened.
    #[error("the store {place} cannot be opened: {cause}. {help}")]
    Closed {
        /// Which store: a file's name, or that it is a server's.
        place: String,
        /// What the engine said.
        cause: sqlx::Error,
        /// What to look at.
        help: &'static str,
    },
    /// Other windows saved the same notes again and again.
    #[error("too many windows save the same notes at once")]
    Crowded,
    /// The engine said no.
    #[error("the store: {0}")]
    Engine(#[from] sqlx::Error),
}

/// What the embedded engine must say of itself: a write is on the disk before it is acknowledged, what is deleted is overwritten, and
/// there is no log of writes.
const SURE: [(&str, &str, &str); 3] = [
    ("synchronous", "SELECT CAST(synchronous AS TEXT) FROM pragma_synchronous", "2"),
    ("secure_delete", "SELECT CAST(secure_delete AS TEXT) FROM pragma_secure_delete", "1"),
    ("journal_mode", "SELECT journal_mode FROM pragma_journal_mode", "truncate"),
];

/// How long a form waits for its turn at the store.
const WAIT: Duration = Duration::from_secs(5);
/// How long a shared store may take to answer. One that says nothing any more must not hold forms for ever.
const ANSWER: Duration = Duration::from_secs(10);
/// How long it may take to forget what is old, and to be tidied.
const TIDYING: Duration = Duration::from_mins(2);

/// The store, on either engine.
#[derive(Clone, Debug)]
pub enum Store {
    /// A file beside the program.
    Sqlite(Embedded),
    /// A server that several nodes share.
    Postgres(PgPool),
}

/// Runs one expression on whichever engine, a shared one for some time at most; `$c` is its connection.
macro_rules! on {
    ($store:expr, |$c:ident| $run:expr) => {
        on!($store, ANSWER, |$c| $run)
    };
    ($store:expr, $time:expr, |$c:ident| $run:expr) => {
        match $store {
            Store::Sqlite(file) => {
                let done = {
                    let $c = &mut *file.turn().await?;
                    $run.await
                };
                file.blur();
                done
            }
            Store::Postgres(pool) => {
                let mut held = pool.acquire().await?;
                let done = {
                    let $c = &mut *held;
                    tokio::time::timeout($time, $run).await
                };
                done.unwrap_or_else(|_| {
                    // Nobody knows what it would answer to next.
                    drop(held.detach());
                    Err(sqlx::Error::PoolTimedOut)
                })
            }
        }
    };
}
/// Runs a statement that writes; how many rows it touched.
macro_rules! touched {
    ($store:expr, $query:expr) => {
        touched!($store, ANSWER, $query)
    };
    ($store:expr, $time:expr, $query:expr) => {
        on!($store, $time, |c| async { $query.execute(c).await.map(|done| done.rows_affected()) })
    };
}

impl Store {
    /// Opens the store at `sqlite://FILE` or `postgres://…`.
    pub async fn at(address: &str) -> Result<Self, StoreError> {
        if let Some(file) = address.strip_prefix("sqlite://") {
            Self::embedded(Path::new(file)).await.map_err(|error| match error {
                StoreError::Engine(cause) => StoreError::Closed {
                    place: file.to_owned(),
                    cause,
                    help: "Is its folder there and writable, is there room on the disk, and does no other program hold the file?",
                },
                other => other,
            })
        } else if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            let options = PgConnectOptions::from_str(address).map_err(|_| StoreError::Address)?;
            let options = options.application_name("fairway-selfhelp").disable_statement_logging();
            let pool = PgPoolOptions::new().max_connections(8).acquire_timeout(WAIT).connect_with(options).await;
            let pool = pool.map_err(|cause| StoreError::Closed {
                place: "on PostgreSQL".into(),
                cause,
                help: "Is the server running, does the database exist, and may this user connect?",
            })?;
            sqlx::raw_sql(POSTGRES).execute(&pool).await?;
            Ok(Self::Postgres(pool))
        } else {
            Err(StoreError::Address)
        }
    }

    /// Opens an embedded store. It keeps no write-ahead log, in which deleted rows and the order of writes would
    /// lie around; deleted bytes are overwritten; an acknowledged write is on the disk. The file is not locked for good, though
    /// that would be cheaper: SQLite then counts in its header how often the file grew, which is not the same for every order.
    pub async fn embedded(file: &Path) -> Result<Self, StoreError> {
        let mut options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .page_size(4096)
            .journal_mode(SqliteJournalMode::Truncate)
            .synchronous(SqliteSynchronous::Full)
            .pragma("secure_delete", "ON")
            // As much again while the file is rewritten; what is read often the system keeps.
            .pragma("cache_size", "-500")
            .busy_timeout(WAIT)
            .disable_statement_logging();
        let in_memory = file == Path::new(":memory:");
        if !in_memory {
            // Readable by its own user only; SQLite would let others read it.
            let mut create = std::fs::OpenOptions::new();
            create.write(true).create(true).truncate(false).mode(0o600).open(file).map_err(sqlx::Error::Io)?;
            // What is rewritten is rewritten here, not in a folder of the system's.
            let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            options = options.pragma("temp_store_directory", format!("'{}'", folder.to_string_lossy().replace('\'', "''")));
        }
        let mut connection = options.connect().await?;
        for (name, ask, sure) in SURE.into_iter().filter(|(name, ..)| !(in_memory && *name == "journal_mode")) {
            let (said,): (String,) = sqlx::query_as(ask).fetch_one(&mut connection).await?;
            if said != sure {
                return Err(StoreError::Unsafe(name, said));
            }
        }
        sqlx::raw_sql(SQLITE).execute(&mut connection).await?;
        Ok(Self::Sqlite(Embedded::of(connection, (!in_memory).then_some(file))))
    }

    /// The sealed notes of an id, if they have been used within the last [`KEPT_DAYS`]; they count as used today.
    pub async fn open(&self, id: &Id, today: Date) -> Result<Option<Vec<u8>>, StoreError> {
        let found: Option<(Vec<u8>, String)> = on!(self, |c| sqlx::query_as(FIND).bind(id.as_slice()).fetch_optional(c))?;
        let Some((sealed, used_on)) = found else { return Ok(None) };
        if used_on < oldest(today) {
            touched!(self, sqlx::query(DELETE_OLD).bind(id.as_slice()).bind(oldest(today)))?;
            return Ok(None);
        }
        let day = today.to_string();
        // A day to come was written by a clock that went wrong.
        if used_on != day {
            touched!(self, sqlx::query(TOUCH).bind(id.as_slice()).bind(&day))?;
        }
        Ok(Some(sealed))
    }

    /// Adds notes; whether there were none yet.
    pub async fn add(&self, id: &Id, sealed: &[u8], today: Date) -> Result<bool, StoreError> {
        Ok(touched!(self, sqlx::query(ADD).bind(id.as_slice()).bind(today.to_string()).bind(sealed))? == 1)
    }

    /// Puts new notes in the place of those that were opened; false when somebody else did in between, or they are gone.
    pub async fn replace(&self, id: &Id, read: &[u8], sealed: &[u8]) -> Result<bool, StoreError> {
        Ok(touched!(self, sqlx::query(REPLACE).bind(id.as_slice()).bind(sealed).bind(read))? == 1)
    }

    /// Deletes notes at once.
    pub async fn delete(&self, id: &Id) -> Result<(), StoreError> {
        touched!(self, sqlx::query(DELETE).bind(id.as_slice()))?;
        Ok(())
    }

    /// Forgets what is to be forgotten, and tidies. How many were deleted.
    pub async fn purge(&self, today: Date) -> Result<u64, StoreError> {
        let gone = self.forget(today).await?;
        self.tidy(today).await?;
        Ok(gone)
    }

    /// Deletes what has not been used for [`KEPT_DAYS`], and remembers the day. How many were deleted.
    pub async fn forget(&self, today: Date) -> Result<u64, StoreError> {
        let (day, tomorrow) = (today.to_string(), today.saturating_add(1.day()).to_string());
        // Another node may have begun its day a little earlier.
        touched!(self, TIDYING, sqlx::query(TO_COME).bind(&day).bind(tomorrow))?;
        let gone = touched!(self, TIDYING, sqlx::query(PURGE).bind(oldest(today)))?;
        touched!(self, sqlx::query(SEE).bind("store").bind(day))?;
        Ok(gone)
    }

    /// How many [`Store::forget`] would delete.
    pub async fn older(&self, today: Date) -> Result<i64, StoreError> {
        let (count,): (i64,) = on!(self, |c| sqlx::query_as(OLDER).bind(oldest(today)).fetch_one(c))?;
        Ok(count)
    }

    /// The last day on which the store was in use, as far as it knows.
    pub async fn seen(&self) -> Result<Option<Date>, StoreError> {
        let (seen,): (Option<String>,) = on!(self, |c| sqlx::query_as(SEEN).fetch_one(c))?;
        Ok(seen.and_then(|day| day.parse().ok()))
    }

    /// Takes somebody's word for the day, be it before the one that was seen or long after it.
    pub async fn see_again(&self, today: Date) -> Result<(), StoreError> {
        touched!(self, sqlx::query(SEE_AGAIN).bind(today.to_string()))?;
        Ok(())
    }

    /// Rewrites the store in the order of its keys, so that its file says nothing of the order in which notes were written. A shared
    /// store is rewritten by the first of its nodes that asks for it on a day.
    pub async fn tidy(&self, today: Date) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(file) => {
                let connection = &mut *file.turn().await?;
                let size = sqlx::query_as("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
                let (bytes,): (i64,) = size.fetch_one(&mut *connection).await?;
                if bytes <= TIDY_BELOW {
                    sqlx::raw_sql("VACUUM; PRAGMA shrink_memory").execute(connection).await?;
                }
                file.blur();
                Ok(())
            }
            Self::Postgres(pool) => {
                let mut held = pool.acquire().await?;
                let done = tokio::time::timeout(TIDYING, anew(&mut held, today)).await;
                done.unwrap_or_else(|_| {
                    drop(held.detach());
                    Err(sqlx::Error::PoolTimedOut.into())
                })
            }
        }
    }

    /// Adds to a day's coarse total.
    pub async fn count(&self, on: Date, what: &str, about: i64) -> Result<(), StoreError> {
        touched!(self, sqlx::query(COUNT).bind(on.to_string()).bind(what).bind(about))?;
        Ok(())
    }

    /// All coarse totals: day, what, about how many.
    pub async fn totals(&self) -> Result<Vec<(String, String, i64)>, StoreError> {
        Ok(on!(self, |c| sqlx::query_as(TOTALS).fetch_all(c))?)
    }

    /// Whether it is a file beside the program.
    pub fn is_embedded(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }

    /// Closes it.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(file) => file.close().await,
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// The oldest day of last use that is still kept.
fn oldest(today: Date) -> String {
    today.saturating_sub(KEPT_DAYS.days()).to_string()
}

/// Has all rows written by one transaction, in the order of their keys, into a new file: neither their places nor their transactions say any
/// more in which order the notes were written. Nothing when another node did it today.
async fn anew(server: &mut PgConnection, today: Date) -> Result<(), StoreError> {
    let (bytes,): (i64,) = sqlx::query_as(SIZE).fetch_one(&mut *server).await?;
    if bytes > TIDY_BELOW {
        return Ok(());
    }
    let mut all = server.begin().await?;
    sqlx::raw_sql(HURRY).execute(&mut *all).await?;
    let ours = sqlx::query(SEE).bind("tidied").bind(today.to_string()).execute(&mut *all).await?.rows_affected() == 1;
    if ours {
        sqlx::raw_sql(ANEW).execute(&mut *all).await?;
    }
    all.commit().await?;
    if ours {
        sqlx::raw_sql("VACUUM (ANALYZE) notes").execute(server).await?;
    }
    Ok(())
}
