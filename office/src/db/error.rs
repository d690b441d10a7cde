//! What a database says when it says no, as kinds that a rule can be told from.

use thiserror::Error;

/// The outcome of a store function.
pub type Stored<T> = Result<T, StoreError>;

/// Why a statement did not run.
#[derive(Debug, Error)]
pub enum StoreError {
    /// A value that must be unique stood already.
    #[error("already there")]
    Duplicate,
    /// It names a record that does not exist, or that others still name.
    #[error("a record it needs does not exist")]
    Dangling,
    /// A check of the database refused it: a rule was broken on the way here, or a signed record was touched.
    #[error("refused by the database")]
    Refused,
    /// Somebody changed the record in between: its revision is no longer the one the form was made from.
    #[error("changed in the meantime")]
    Stale,
    /// There is no such record.
    #[error("no such record")]
    Missing,
    /// The database is held by another program, or too busy.
    #[error("the database is busy")]
    Busy,
    /// There is no room to write.
    #[error("no room on the disk")]
    Full,
    /// A text could not be opened with the key it was sealed under.
    #[error("a sealed text does not open")]
    Sealed,
    /// What stands in the database cannot be read by this program.
    #[error("unreadable: {0}")]
    Unreadable(String),
    /// Anything else.
    #[error("database: {0}")]
    Other(sqlx::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::error::ErrorKind;
        match &error {
            sqlx::Error::RowNotFound => Self::Missing,
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::Database(inner) => match inner.kind() {
                ErrorKind::UniqueViolation => Self::Duplicate,
                ErrorKind::ForeignKeyViolation => Self::Dangling,
                ErrorKind::CheckViolation | ErrorKind::NotNullViolation => Self::Refused,
                _ => match inner.code().as_deref() {
                    // SQLite: a trigger's RAISE(ABORT).
                    Some("1811") => Self::Refused,
                    // SQLite: busy (and its extended codes), locked.
                    Some("5" | "6" | "261" | "262" | "517" | "518") => Self::Busy,
                    // SQLite: disk full; PostgreSQL: disk full.
                    Some("13" | "53100") => Self::Full,
                    // SQLite: an input/output error on a full or broken disk.
                    Some(code)
                        if code.parse::<u32>().is_ok_and(|number| number & 0xff == 10 && number < 100_000)
                            && inner.code().is_some_and(|c| c.len() < 5) =>
                    {
                        Self::Full
                    }
                    // PostgreSQL: lock not available, deadlock, serialization.
                    Some("55P03" | "40P01" | "40001") => Self::Busy,
                    _ => Self::Other(error),
                },
            },
            _ => Self::Other(error),
        }
    }
}
