//! The one connection to the embedded store's file, and what the file's times say.

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustix::fs::{AtFlags, CWD, Timespec, Timestamps, utimensat};
use sqlx::{Connection as _, SqliteConnection};
use tokio::sync::{MappedMutexGuard, Mutex, MutexGuard};

use super::{StoreError, WAIT};

/// Seconds of a day.
const DAY: i64 = 86_400;

/// The one connection to a file, for one form after the other.
///
/// A pool of one would ask after every statement whether the connection still lives, on the connection's own thread: that
/// costs as much CPU as reading the notes.
#[derive(Clone, Debug)]
pub struct Embedded {
    connection: Arc<Mutex<Option<SqliteConnection>>>,
    /// The file and its journal; none for a store in memory.
    files: Arc<[PathBuf]>,
}

impl Embedded {
    /// A connection to a file, or to none for a store in memory.
    pub(super) fn of(connection: SqliteConnection, file: Option<&Path>) -> Self {
        let journal = |file: &Path| {
            let mut name = file.as_os_str().to_owned();
            name.push("-journal");
            PathBuf::from(name)
        };
        let files = file.map_or_else(Arc::default, |file| Arc::new([file.to_owned(), journal(file)]) as Arc<[PathBuf]>);
        let embedded = Self { connection: Arc::new(Mutex::new(Some(connection))), files };
        embedded.blur();
        embedded
    }

    /// Closes it.
    pub(super) async fn close(&self) {
        if let Some(connection) = self.connection.lock().await.take() {
            let _ = connection.close().await;
        }
        self.blur();
    }

    /// Waits for one's turn.
    pub async fn turn(&self) -> Result<MappedMutexGuard<'_, SqliteConnection>, StoreError> {
        let turn = tokio::time::timeout(WAIT, self.connection.lock()).await.map_err(|_| sqlx::Error::PoolTimedOut)?;
        Ok(MutexGuard::try_map(turn, Option::as_mut).map_err(|_| sqlx::Error::PoolClosed)?)
    }

    /// Takes the hour from the times of the files: they say the day of the last save, as its row does, and no more. The time of the
    /// last change to a file's own record, which only the system sets, still says it on this machine, but is in no copy.
    pub(super) fn blur(&self) {
        for file in &*self.files {
            let Ok(about) = std::fs::metadata(file) else { continue };
            let day = about.mtime().div_euclid(DAY) * DAY;
            // The system notes a reading where the last one was before the last change: so it is said to be at the end of the day.
            if (about.mtime(), about.mtime_nsec(), about.atime(), about.atime_nsec()) == (day, 0, day + DAY, 0) {
                continue;
            }
            let time = |tv_sec| Timespec { tv_sec, tv_nsec: 0 };
            let times = Timestamps { last_access: time(day + DAY), last_modification: time(day) };
            // By its name: the file must not be opened and closed here, or the engine's locks on it would be gone.
            let _ = utimensat(CWD, file, &times, AtFlags::empty());
        }
    }
}
