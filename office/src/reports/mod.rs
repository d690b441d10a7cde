//! Reports and when they fall due.

use crate::app::App;
use crate::db::{Stored, Tx};
use crate::web::CasePermit;

/// Brings the due reports of a case up to date.
pub async fn refresh_due(_tx: &mut Tx, _app: &App, _permit: &CasePermit) -> Stored<()> {
    Ok(())
}
