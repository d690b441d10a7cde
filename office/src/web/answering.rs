//! A participant without an account at one response: reached by a token, never further.

use fairway_domain::permission::Action;

use super::permit::{CasePermit, Holder};
use super::{Visitor, WebResult, store};
use crate::app::instant_text;
use crate::audit::store::{self as audit, Act};
use crate::db::{StoreError, Tx};
use crate::measures::openings::MOST_ATTEMPTS;
use crate::measures::store as measures;

/// The permission to answer one response, and how it was opened.
#[derive(Debug)]
pub struct Answering {
    /// The permit of the response's case, held in the name of whoever opened it. It serves this response only.
    pub permit: CasePermit,
    /// The response, not yet opened.
    pub(crate) response: measures::Row,
    /// What is kept of the PIN or code.
    pub secret_mac: Vec<u8>,
    /// Whether the code was given; a device needs none.
    pub unlocked: bool,
}

impl Visitor {
    /// The opening of a token's hash, if it has not ended. Logged, without an account.
    pub async fn answering(&self, token_hash: &[u8], changes: bool) -> WebResult<Option<(Tx, Answering)>> {
        let mut tx = self.app.db.write().await?;
        let now = self.app.now();
        let Some(standing) = store::opening(&mut tx, token_hash, &instant_text(now), MOST_ATTEMPTS).await? else { return Ok(None) };
        let act = if changes { Act::Changed } else { Act::Seen };
        audit::write(&mut tx, &self.app, None, Action::Public, act, "response", &[standing.response.id()]).await?;
        let key = self.app.vault.unwrap_key(standing.case_id, &standing.wrapped.ok_or(StoreError::Sealed)?)?;
        let holder = Holder { account: standing.account_id, action: Action::Public, now, today: self.app.today() };
        let permit = CasePermit {
            holder,
            case: standing.case_id,
            unit: standing.unit_id,
            programme: standing.programme_id,
            stage: standing.stage,
            key,
        };
        let answering = Answering { permit, response: standing.response, secret_mac: standing.secret_mac, unlocked: standing.unlocked };
        Ok(Some((tx, answering)))
    }
}
