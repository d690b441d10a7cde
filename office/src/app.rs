//! What every request shares: database, vault, clock, and the content it was started with.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::content::Content;
use crate::db::Db;
use crate::vault::Vault;

/// Reads the time. The system's clock stands in `main`; tests pass their own.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The running office.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// What an office is made of.
pub struct Inner {
    /// The database.
    pub db: Db,
    /// The keys.
    pub vault: Vault,
    /// The time.
    pub clock: Clock,
    /// The service's time zone: which day it is, and what an appointment's hour means.
    pub zone: TimeZone,
    /// Programmes and jurisdictions on offer.
    pub content: Content,
    /// Whether the service is reached by https, so that cookies may say so.
    pub https: bool,
    /// Whether this is the demo, which shows its sign-ins on the sign-in page.
    pub demo: bool,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("App")
    }
}

impl std::ops::Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl App {
    /// An office of these parts.
    pub fn new(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    /// This instant.
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// The day it is in the service's time zone.
    pub fn today(&self) -> Date {
        self.now().to_zoned_datetime(self.zone.clone()).date()
    }

    /// A new id: time-ordered (UUID version 7), so that inserts stay together.
    pub fn new_id(&self) -> Uuid {
        let mut random = [0; 10];
        self.vault.fill(&mut random);
        let millis = u64::try_from(self.now().as_millisecond()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }
}

/// An instant as the database holds it: UTC with seconds, fixed width.
pub fn instant_text(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
