//! Keeping accounts: those of the places an administrator keeps.

use std::collections::BTreeMap;

use fairway_domain::permission::Role;
use uuid::Uuid;

use super::store::close_all;
use crate::db::{Batch, StoreError, Stored, Tx};
use crate::web::ListPermit;
use crate::{on, run};

/// An account in the list.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Row {
    /// The account.
    pub id: Uuid,
    /// The name to sign in with.
    pub sign_in: String,
    /// The name colleagues see.
    pub shown_name: String,
    /// `active` or `disabled`.
    pub standing: String,
    /// Counts every change.
    pub revision: i64,
}

/// The places the permit's holder keeps; rows of other places are no business of theirs.
const KEPT: &str = "SELECT own.unit_id FROM memberships own WHERE own.account_id = $1 AND own.role = 'administrator'";

/// The accounts with a role at a place the holder keeps, by name, active ones first; and the roles they hold there.
pub async fn list(tx: &mut Tx, permit: &ListPermit) -> Stored<(Vec<Row>, Roles)> {
    let sql = sqlx::AssertSqlSafe(format!(
        "SELECT a.id, a.sign_in, a.shown_name, a.standing, a.revision FROM accounts a \
         WHERE a.id IN (SELECT m.account_id FROM memberships m WHERE m.unit_id IN ({KEPT})) ORDER BY a.standing, a.shown_name, a.id"
    ));
    let rows = on!(tx, |c| sqlx::query_as(sql).bind(permit.holder().account).fetch_all(c))?;
    Ok((rows, roles(tx, permit).await?))
}

/// Roles by account, each with its place.
pub type Roles = BTreeMap<Uuid, Vec<(Uuid, Role)>>;

async fn roles(tx: &mut Tx, permit: &ListPermit) -> Stored<Roles> {
    let sql = sqlx::AssertSqlSafe(format!(
        "SELECT m.account_id, m.unit_id, m.role FROM memberships m WHERE m.unit_id IN ({KEPT}) ORDER BY m.account_id, m.unit_id, m.role"
    ));
    let rows: Vec<(Uuid, Uuid, String)> = on!(tx, |c| sqlx::query_as(sql).bind(permit.holder().account).fetch_all(c))?;
    let mut roles = Roles::new();
    for (account, unit, role) in rows {
        let role = role.parse().map_err(|error: fairway_domain::permission::UnknownRole| StoreError::Unreadable(error.to_string()))?;
        roles.entry(account).or_default().push((unit, role));
    }
    Ok(roles)
}

/// The places the holder keeps, by name.
pub async fn places(tx: &mut Tx, permit: &ListPermit) -> Stored<Vec<(Uuid, String)>> {
    let sql = sqlx::AssertSqlSafe(format!("SELECT u.id, u.title FROM units u WHERE u.id IN ({KEPT}) ORDER BY u.title, u.id"));
    Ok(on!(tx, |c| sqlx::query_as(sql).bind(permit.holder().account).fetch_all(c))?)
}

/// What is written into an account.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// The name colleagues see.
    pub shown_name: &'a str,
    /// The roles at the places the holder keeps; those elsewhere stay as they are.
    pub roles: &'a [(Uuid, Role)],
}

/// Writes an account's name and roles, and ends its sign-ins, so that what it may do changes at once.
/// [`StoreError::Stale`] when somebody changed it since `revision`.
pub async fn change(tx: &mut Tx, permit: &ListPermit, account: Uuid, revision: i64, wanted: &Wanted<'_>) -> Stored<()> {
    let touched = run!(
        tx,
        sqlx::query("UPDATE accounts SET shown_name = $3, revision = revision + 1 WHERE id = $1 AND revision = $2")
            .bind(account)
            .bind(revision)
            .bind(wanted.shown_name)
    )?;
    if touched == 0 {
        return Err(StoreError::Stale);
    }
    let sql = sqlx::AssertSqlSafe(format!("DELETE FROM memberships WHERE account_id = $2 AND unit_id IN ({KEPT})"));
    run!(tx, sqlx::query(sql).bind(permit.holder().account).bind(account))?;
    let mut rows = Batch::new("memberships", &["account_id", "unit_id", "role"]);
    for (unit, role) in wanted.roles {
        rows.push(vec![account.into(), (*unit).into(), role.code().into()]);
    }
    rows.write(tx).await?;
    close_all(tx, account).await
}

/// Closes an account or opens it again; its sign-ins end. What it wrote stays, under its name.
pub async fn stand(tx: &mut Tx, account: Uuid, standing: &'static str) -> Stored<()> {
    run!(tx, sqlx::query("UPDATE accounts SET standing = $2, revision = revision + 1 WHERE id = $1").bind(account).bind(standing))?;
    close_all(tx, account).await
}
