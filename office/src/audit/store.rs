//! Writing the access log, in the same transaction as what it tells of.

use fairway_domain::permission::Action;
use uuid::Uuid;

use crate::app::App;
use crate::db::{Batch, Stored, Tx};

/// What was done with a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Its page was served.
    Seen,
    /// It stood in a list.
    Listed,
    /// It was changed.
    Changed,
    /// It was made.
    Made,
    /// It was asked for and refused.
    Refused,
    /// An account signed in.
    SignedIn,
    /// An account signed out.
    SignedOut,
    /// A sign-in failed.
    SignInRefused,
}

impl Act {
    fn code(self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::Listed => "listed",
            Self::Changed => "changed",
            Self::Made => "made",
            Self::Refused => "refused",
            Self::SignedIn => "signed-in",
            Self::SignedOut => "signed-out",
            Self::SignInRefused => "sign-in-refused",
        }
    }
}

/// One row per record: `kind` is the noun (`case`, `group`, `session`, `concern`, `report`).
pub async fn write(tx: &mut Tx, app: &App, account: Option<Uuid>, action: Action, act: Act, kind: &str, records: &[Uuid]) -> Stored<()> {
    let at = crate::app::instant_text(app.now());
    let mut rows = Batch::new("access_log", &["id", "at", "account_id", "act", "kind", "record_id", "action"]);
    for record in records {
        rows.push(vec![
            app.new_id().into(),
            at.clone().into(),
            account.into(),
            act.code().into(),
            kind.into(),
            (*record).into(),
            action.code().into(),
        ]);
    }
    rows.write(tx).await
}

/// A row about no record: signing in and out.
pub async fn write_bare(tx: &mut Tx, app: &App, account: Option<Uuid>, action: Action, act: Act) -> Stored<()> {
    let mut rows = Batch::new("access_log", &["id", "at", "account_id", "act", "kind", "record_id", "action"]);
    rows.push(vec![
        app.new_id().into(),
        crate::app::instant_text(app.now()).into(),
        account.into(),
        act.code().into(),
        "account".into(),
        account.into(),
        action.code().into(),
    ]);
    rows.write(tx).await
}
