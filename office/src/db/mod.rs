//! The database: one SQL text for two engines.
//!
//! A request holds one transaction: [`Db::read`] or [`Db::write`]. Statements run through [`on!`], which
//! repeats one expression for each engine; the SQL itself stands in the `store.rs` files and here, nowhere else.

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Connection as _, PgPool, Postgres, SqlSafeStr, Sqlite, SqlitePool, Transaction};
use thiserror::Error;

mod bulk;
mod error;
pub mod facts;

pub use bulk::{Batch, Cell, places};
pub use error::{StoreError, Stored};

/// How a list is sorted and cut.
#[derive(Debug, Clone, Copy)]
pub struct Cut<'a> {
    /// The name of the column it is sorted by, one of the list's own.
    pub by: &'a str,
    /// The other way round.
    pub descending: bool,
    /// Rows at most.
    pub limit: i64,
    /// Rows before.
    pub offset: i64,
}

/// Every migration, in order: its number, its name and its text.
const MIGRATIONS: &[(i64, &str, &str)] = &[(1, "first", include_str!("migrations/0001_first.sql"))];

/// The name of the embedded database's file inside the data folder.
pub const FILE: &str = "fairway.db";

/// A database of either engine.
#[derive(Debug, Clone)]
pub enum Db {
    /// Embedded: readers beside one writer.
    Sqlite {
        /// Connections that read.
        readers: SqlitePool,
        /// The one connection that writes.
        writer: SqlitePool,
    },
    /// A PostgreSQL server.
    Postgres(PgPool),
}

/// A transaction on either engine. Dropped without [`Tx::commit`], nothing of it happened.
#[derive(Debug)]
pub enum Tx {
    /// On the embedded engine.
    Sqlite(Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

/// Why a database could not be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The address is none we know.
    #[error("the database address {0:?} is not understood; use sqlite://FILE or postgres://user@host/name")]
    Address(String),
    /// The engine said no.
    #[error("the database at {place} cannot be opened: {cause}. {help}")]
    Refused {
        /// Which database, without a password.
        place: String,
        /// What the engine said.
        cause: sqlx::Error,
        /// What to do.
        help: &'static str,
    },
    /// The database was made by a newer version.
    #[error(
        "the database was made by a newer version of Fairway (its schema is {found}, this program knows up to {known}). Use the newer program, or restore a backup from before the change"
    )]
    Newer {
        /// The schema found.
        found: i64,
        /// The newest known here.
        known: i64,
    },
    /// A migration failed; nothing of it was kept.
    #[error("the database could not be brought up to date: {0}. Nothing was changed")]
    Migration(MigrateError),
    /// The engine does not promise what we promise.
    #[error("the embedded database does not run with {setting} (it says {found}); it would not keep what it has acknowledged")]
    Unsafe {
        /// Which setting.
        setting: &'static str,
        /// What it is.
        found: String,
    },
}

/// Runs one expression on the engine of a transaction; `$c` is its connection.
///
/// ```ignore
/// let found: Option<Row> = on!(tx, |c| sqlx::query_as(SQL).bind(id).fetch_optional(c))?;
/// ```
#[macro_export]
macro_rules! on {
    ($tx:expr, |$c:ident| $run:expr) => {
        match &mut *$tx {
            $crate::db::Tx::Sqlite(inner) => {
                let $c = &mut **inner;
                $run.await
            }
            $crate::db::Tx::Postgres(inner) => {
                let $c = &mut **inner;
                $run.await
            }
        }
    };
}

/// Runs a statement that gives no rows; how many rows it touched.
///
/// ```ignore
/// let touched = run!(tx, sqlx::query(SQL).bind(id))?;
/// ```
#[macro_export]
macro_rules! run {
    ($tx:expr, $query:expr) => {
        match &mut *$tx {
            $crate::db::Tx::Sqlite(inner) => $query.execute(&mut **inner).await.map(|done| done.rows_affected()),
            $crate::db::Tx::Postgres(inner) => $query.execute(&mut **inner).await.map(|done| done.rows_affected()),
        }
        .map_err($crate::db::StoreError::from)
    };
}

impl Db {
    /// Opens the embedded database in `folder` (made when missing).
    pub async fn embedded(folder: &Path) -> Result<Self, OpenError> {
        Self::sqlite_file(&folder.join(FILE)).await
    }

    /// Opens whatever the address names: `sqlite://FILE` or `postgres://…`.
    pub async fn at(address: &str) -> Result<Self, OpenError> {
        if let Some(file) = address.strip_prefix("sqlite://") {
            return Self::sqlite_file(Path::new(file)).await;
        }
        if !(address.starts_with("postgres://") || address.starts_with("postgresql://")) {
            return Err(OpenError::Address(without_password(address)));
        }
        let options = PgConnectOptions::from_str(address).map_err(|_| OpenError::Address(without_password(address)))?;
        let pool = PgPoolOptions::new()
            .max_connections(12)
            .test_before_acquire(false)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options)
            .await
            .map_err(|cause| OpenError::Refused {
                place: without_password(address),
                cause,
                help: "Is the server running, does the database exist, and may this user connect?",
            })?;
        Ok(Self::Postgres(pool))
    }

    async fn sqlite_file(file: &Path) -> Result<Self, OpenError> {
        let refused = |cause| OpenError::Refused {
            place: file.display().to_string(),
            cause,
            help: "Is the folder writable, is there room on the disk, and does no other program hold the file?",
        };
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .pragma("cache_size", "-4000")
            .pragma("temp_store", "MEMORY");
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .test_before_acquire(false)
            .acquire_timeout(Duration::from_secs(10))
            // A full disk makes SQLite end a transaction by itself, and the connection still believes in it: such a
            // connection is thrown away instead of refusing every write from then on.
            .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
            .connect_with(options.clone())
            .await
            .map_err(refused)?;
        for (setting, sql, wanted) in [
            ("WAL", "PRAGMA journal_mode", "wal"),
            ("synchronous=FULL", "PRAGMA synchronous", "2"),
            ("foreign keys", "PRAGMA foreign_keys", "1"),
        ] {
            let found = pragma(&writer, sql).await.map_err(refused)?;
            if found != wanted {
                return Err(OpenError::Unsafe { setting, found });
            }
        }
        let readers = SqlitePoolOptions::new()
            .max_connections(4)
            .test_before_acquire(false)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options.read_only(true))
            .await
            .map_err(refused)?;
        Ok(Self::Sqlite { readers, writer })
    }

    /// Brings the schema up to date, whole or not at all.
    pub async fn migrate(&self) -> Result<(), OpenError> {
        let migrator = migrator(matches!(self, Self::Sqlite { .. }));
        let known = MIGRATIONS.iter().map(|(number, ..)| *number).max().unwrap_or(0);
        let outcome = match self {
            Self::Sqlite { writer, .. } => migrator.run(writer).await,
            Self::Postgres(pool) => migrator.run(pool).await,
        };
        outcome.map_err(|error| match error {
            MigrateError::VersionMissing(found) => OpenError::Newer { found, known },
            other => OpenError::Migration(other),
        })
    }

    /// A transaction that only reads.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Tx::Sqlite(readers.begin().await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// A transaction that writes; on the embedded engine it holds the writer's place from the start, so it never fails
    /// half way for want of it.
    pub async fn write(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite { writer, .. } => Tx::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Whether the database answers.
    pub async fn answers(&self) -> Stored<()> {
        let mut tx = self.read().await?;
        on!(&mut tx, |c| sqlx::query_as::<_, (i64,)>("SELECT COUNT(*) FROM service_facts").fetch_one(c))?;
        Ok(())
    }

    /// Closes every connection; the embedded engine folds its journal into the file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { readers, writer } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Makes everything in this transaction last.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(inner) => inner.commit().await?,
            Self::Postgres(inner) => inner.commit().await?,
        }
        Ok(())
    }
}

async fn pragma(pool: &SqlitePool, sql: &'static str) -> Result<String, sqlx::Error> {
    use sqlx::Row as _;
    let row = sqlx::query(sql).fetch_one(pool).await?;
    row.try_get::<String, _>(0).or_else(|_| row.try_get::<i64, _>(0).map(|number| number.to_string()))
}

fn migrator(sqlite: bool) -> Migrator {
    let migrations = MIGRATIONS
        .iter()
        .map(|(number, title, text)| {
            let sql = AssertSqlSafe(for_engine(text, sqlite)).into_sql_str();
            Migration::new(*number, (*title).into(), MigrationType::Simple, sql, false)
        })
        .collect();
    Migrator::with_migrations(migrations)
}

/// The text of a migration for one engine: without the lines meant for the other.
fn for_engine(text: &str, sqlite: bool) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut keep = true;
    for line in text.lines() {
        match line.trim() {
            "-- sqlite:" => keep = sqlite,
            "-- postgres:" => keep = !sqlite,
            "-- end" => keep = true,
            _ if keep => {
                kept.push_str(line);
                kept.push('\n');
            }
            _ => {}
        }
    }
    kept
}

fn without_password(address: &str) -> String {
    url::Url::parse(address).map_or_else(
        |_| "…".to_owned(),
        |mut url| {
            if url.password().is_some() {
                let _ = url.set_password(Some("…"));
            }
            url.to_string()
        },
    )
}
