//! Where sealed notes lie: rows of a random-looking key, the day of last use, and bytes. One SQL text for both engines.

use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;

use jiff::ToSpan as _;
use jiff::civil::Date;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, PgPool, SqliteConnection};
use thiserror::Error;
use tokio::sync::{MappedMutexGuard, Mutex, MutexGuard};

use crate::seal::Id;

/// Days after which unused notes are deleted.
pub const KEPT_DAYS: i64 = 90;
/// Above this size, in bytes, the embedded store is not rewritten by the daily purge: it would stand still for too long.
const TIDY_BELOW: i64 = 512 * 1024 * 1024;

// In one transaction: each by itself would be made safe on the disk by itself.
const SQLITE: &str = "BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS notes (id BLOB NOT NULL PRIMARY KEY, used_on TEXT NOT NULL, sealed BLOB NOT NULL) WITHOUT ROWID, STRICT;
CREATE INDEX IF NOT EXISTS notes_by_day ON notes (used_on);
CREATE TABLE IF NOT EXISTS daily_totals (counted_on TEXT NOT NULL, what TEXT NOT NULL, about INTEGER NOT NULL, PRIMARY KEY (counted_on, what)) WITHOUT ROWID, STRICT;
COMMIT;";
const POSTGRES: &str = "CREATE TABLE IF NOT EXISTS notes (id BYTEA NOT NULL PRIMARY KEY, used_on TEXT NOT NULL, sealed BYTEA NOT NULL);
CREATE INDEX IF NOT EXISTS notes_by_day ON notes (used_on);
CREATE TABLE IF NOT EXISTS daily_totals (counted_on TEXT NOT NULL, what TEXT NOT NULL, about BIGINT NOT NULL, PRIMARY KEY (counted_on, what));";

const FIND: &str = "SELECT sealed, used_on FROM notes WHERE id = $1";
const TOUCH: &str = "UPDATE notes SET used_on = $2 WHERE id = $1";
const ADD: &str = "INSERT INTO notes (id, used_on, sealed) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING";
// The day is left alone: who replaces has opened, and a day that is set, even to the same, rewrites its place in the index.
const REPLACE: &str = "UPDATE notes SET sealed = $2 WHERE id = $1 AND sealed = $3";
const DELETE: &str = "DELETE FROM notes WHERE id = $1";
const PURGE: &str = "DELETE FROM notes WHERE used_on < $1";
const COUNT: &str = "INSERT INTO daily_totals (counted_on, what, about) VALUES ($1, $2, $3) ON CONFLICT (counted_on, what) DO UPDATE SET about = daily_totals.about + excluded.about";
const TOTALS: &str = "SELECT counted_on, what, about FROM daily_totals ORDER BY counted_on, what";

const ANEW: &str = "LOCK TABLE notes IN ACCESS EXCLUSIVE MODE;
CREATE TEMPORARY TABLE notes_before ON COMMIT DROP AS SELECT id, used_on, sealed FROM notes;
TRUNCATE notes;
INSERT INTO notes (id, used_on, sealed) SELECT id, used_on, sealed FROM notes_before ORDER BY id;";

/// Why the store did not do what was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The address is none we know.
    #[error("the store's address {0:?} is not understood; use sqlite://FILE or postgres://user@host/name")]
    Address(String),
    /// Other windows saved the same notes again and again.
    #[error("too many windows save the same notes at once")]
    Crowded,
    /// The engine said no.
    #[error("the store: {0}")]
    Engine(#[from] sqlx::Error),
}

/// How long a form waits for the store.
const WAIT: Duration = Duration::from_secs(5);

/// The one connection to a file, for one form after the other.
///
/// A pool of one would ask after every statement whether the connection still lives, on the connection's own thread: that
/// costs as much CPU as reading the notes.
#[derive(Clone, Debug)]
pub struct Embedded(Arc<Mutex<Option<SqliteConnection>>>);

impl Embedded {
    /// Waits for one's turn.
    pub async fn turn(&self) -> Result<MappedMutexGuard<'_, SqliteConnection>, StoreError> {
        let turn = tokio::time::timeout(WAIT, self.0.lock()).await.map_err(|_| sqlx::Error::PoolTimedOut)?;
        Ok(MutexGuard::try_map(turn, Option::as_mut).map_err(|_| sqlx::Error::PoolClosed)?)
    }
}

/// The store, on either engine.
#[derive(Clone, Debug)]
pub enum Store {
    /// A file beside the program.
    Sqlite(Embedded),
    /// A server that several nodes share.
    Postgres(PgPool),
}

/// Runs one expression on whichever engine; `$c` is its connection or its pool.
macro_rules! on {
    ($store:expr, |$c:ident| $run:expr) => {
        match $store {
            Store::Sqlite(file) => {
                let $c = &mut *file.turn().await?;
                $run.await
            }
            Store::Postgres($c) => $run.await,
        }
    };
}
/// Runs a statement; how many rows it touched.
macro_rules! touched {
    ($store:expr, $query:expr) => {
        on!($store, |c| async { $query.execute(c).await.map(|done| done.rows_affected()) })
    };
}

impl Store {
    /// Opens the store at `sqlite://FILE` or `postgres://…`.
    pub async fn at(address: &str) -> Result<Self, StoreError> {
        if let Some(file) = address.strip_prefix("sqlite://") {
            Self::embedded(Path::new(file)).await
        } else if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            let options = PgConnectOptions::from_str(address)?.application_name("fairway-selfhelp").disable_statement_logging();
            let pool =
                PgPoolOptions::new().max_connections(8).acquire_timeout(WAIT).test_before_acquire(false).connect_with(options).await?;
            sqlx::raw_sql(POSTGRES).execute(&pool).await?;
            Ok(Self::Postgres(pool))
        } else {
            Err(StoreError::Address(address.to_owned()))
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
        if file != Path::new(":memory:") {
            // Readable by its own user only; SQLite would let others read it.
            let mut create = std::fs::OpenOptions::new();
            create.write(true).create(true).truncate(false).mode(0o600).open(file).map_err(sqlx::Error::Io)?;
            // What is rewritten is rewritten here, not in a folder of the system's.
            let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            options = options.pragma("temp_store_directory", format!("'{}'", folder.to_string_lossy().replace('\'', "''")));
        }
        let mut connection = options.connect().await?;
        sqlx::raw_sql(SQLITE).execute(&mut connection).await?;
        Ok(Self::Sqlite(Embedded(Arc::new(Mutex::new(Some(connection))))))
    }

    /// The sealed notes of an id, if they have been used within the last [`KEPT_DAYS`]; they count as used today.
    pub async fn open(&self, id: &Id, today: Date) -> Result<Option<Vec<u8>>, StoreError> {
        let found: Option<(Vec<u8>, String)> = on!(self, |c| sqlx::query_as(FIND).bind(id.as_slice()).fetch_optional(c))?;
        let Some((sealed, used_on)) = found else { return Ok(None) };
        if used_on < oldest(today) {
            self.delete(id).await?;
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
        self.tidy().await?;
        Ok(gone)
    }

    /// Deletes what has not been used for [`KEPT_DAYS`]. How many were deleted.
    pub async fn forget(&self, today: Date) -> Result<u64, StoreError> {
        Ok(touched!(self, sqlx::query(PURGE).bind(oldest(today)))?)
    }

    /// Rewrites the store in the order of its keys, so that its file says nothing of the order in which notes were written.
    pub async fn tidy(&self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(file) => {
                let connection = &mut *file.turn().await?;
                let size = sqlx::query_as("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
                let (bytes,): (i64,) = size.fetch_one(&mut *connection).await?;
                if bytes <= TIDY_BELOW {
                    sqlx::raw_sql("VACUUM; PRAGMA shrink_memory").execute(connection).await?;
                }
            }
            Self::Postgres(pool) => {
                // Rows written by one transaction, in the order of their keys, into a new file: neither their places nor their transactions
                // say any more in which order the notes were written.
                let mut all = pool.begin().await?;
                sqlx::raw_sql(ANEW).execute(&mut *all).await?;
                all.commit().await?;
                sqlx::raw_sql("VACUUM (ANALYZE) notes").execute(pool).await?;
            }
        }
        Ok(())
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
            Self::Sqlite(Embedded(connection)) => {
                if let Some(connection) = connection.lock().await.take() {
                    let _ = connection.close().await;
                }
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// The oldest day of last use that is still kept.
fn oldest(today: Date) -> String {
    today.saturating_sub(KEPT_DAYS.days()).to_string()
}
