//! Records reached through their case: permission is asked for the case, and the record is logged beside it.

use uuid::Uuid;

use super::{CasePermit, Error, Guard, WebResult, store};
use crate::db::Tx;

impl Guard {
    /// The case of the concern `id`. Whoever owns a concern is assigned to it, also without working on the case.
    pub async fn concern(&self, id: Uuid) -> WebResult<(Tx, CasePermit)> {
        let mut tx = self.app.db.write().await?;
        let Some((case, owner)) = store::concern(&mut tx, id).await? else { return Err(Error::NotFound) };
        let permit = self.case_within(&mut tx, case, self.action, owner == self.actor.id).await?;
        self.touched(&mut tx, "concern", &[id]).await?;
        Ok((tx, permit))
    }

    /// The case of the report `id`.
    pub async fn report(&self, id: Uuid) -> WebResult<(Tx, CasePermit)> {
        let mut tx = self.app.db.write().await?;
        let Some(case) = store::report(&mut tx, id).await? else { return Err(Error::NotFound) };
        let permit = self.case_within(&mut tx, case, self.action, false).await?;
        self.touched(&mut tx, "report", &[id]).await?;
        Ok((tx, permit))
    }
}
