//! Accounts, roles and sign-ins in the database.

use fairway_domain::permission::{Action, Role};
use fairway_site::Language;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::app::{App, instant_text};
use crate::audit::store::{self as audit, Act};
use crate::db::{StoreError, Stored, Tx};
use crate::web::Actor;
use crate::{on, run};

/// A sign-in ends after this long without a request.
pub const IDLE: SignedDuration = SignedDuration::from_mins(45);
/// A sign-in ends after this long whatever happens: a working day.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(11);
/// How stale the last-seen instant may grow before it is written again.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(1);
/// Wrong passwords in a row that are answered at once; after them each answer is held back by [`HOLD`].
const FREE_ATTEMPTS: i64 = 5;
const HOLD: SignedDuration = SignedDuration::from_secs(30);

/// What signing in needs to know of an account.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Credentials {
    /// The account.
    pub id: Uuid,
    /// Its password's hash.
    pub password_hash: String,
    /// `active` or `disabled`.
    pub standing: String,
    /// Wrong passwords in a row.
    pub failed_attempts: i64,
    /// Until when further attempts are not looked at.
    pub held_until: Option<String>,
}

/// The credentials behind a sign-in name.
pub async fn credentials(tx: &mut Tx, sign_in: &str) -> Stored<Option<Credentials>> {
    Ok(on!(tx, |c| sqlx::query_as("SELECT id, password_hash, standing, failed_attempts, held_until FROM accounts WHERE sign_in = $1")
        .bind(sign_in)
        .fetch_optional(c))?)
}

/// Opens a sign-in and gives its token; the database keeps only the token's hash.
pub async fn open_sign_in(tx: &mut Tx, app: &App, account: Uuid) -> Stored<String> {
    let mut token = [0; 32];
    app.vault.fill(&mut token);
    let token = hex::encode(token);
    let now = app.now();
    let at = instant_text(now);
    run!(
        tx,
        sqlx::query("INSERT INTO sign_ins (token_hash, account_id, made_at, seen_at, ends_at) VALUES ($1, $2, $3, $3, $4)")
            .bind(hashed(&token))
            .bind(account)
            .bind(&at)
            .bind(instant_text(now + LONGEST))
    )?;
    run!(tx, sqlx::query("UPDATE accounts SET failed_attempts = 0, held_until = NULL WHERE id = $1").bind(account))?;
    run!(tx, sqlx::query("DELETE FROM sign_ins WHERE ends_at < $1").bind(&at))?;
    audit::write_bare(tx, app, Some(account), Action::Public, Act::SignedIn).await?;
    Ok(token)
}

/// Counts a wrong password. After a few, the next attempts wait; the account is never locked for good, so that nobody
/// can lock a colleague out.
pub async fn failed(tx: &mut Tx, app: &App, account: Uuid, attempts: i64) -> Stored<()> {
    let held = (attempts + 1 >= FREE_ATTEMPTS).then(|| instant_text(app.now() + HOLD));
    run!(
        tx,
        sqlx::query("UPDATE accounts SET failed_attempts = failed_attempts + 1, held_until = $2 WHERE id = $1").bind(account).bind(held)
    )?;
    audit::write_bare(tx, app, Some(account), Action::Public, Act::SignInRefused).await
}

/// Ends the sign-in of a token.
pub async fn close_sign_in(tx: &mut Tx, app: &App, token: &str, account: Uuid) -> Stored<()> {
    run!(tx, sqlx::query("DELETE FROM sign_ins WHERE token_hash = $1").bind(hashed(token)))?;
    audit::write_bare(tx, app, Some(account), Action::OwnAccount, Act::SignedOut).await
}

/// Ends every sign-in of an account: after a change of password or roles.
pub async fn close_all(tx: &mut Tx, account: Uuid) -> Stored<()> {
    run!(tx, sqlx::query("DELETE FROM sign_ins WHERE account_id = $1").bind(account)).map(drop)
}

#[derive(sqlx::FromRow)]
struct SignedIn {
    id: Uuid,
    shown_name: String,
    language: Option<String>,
    seen_at: String,
}

/// Who holds a token, if the sign-in is neither ended nor idle and the account is active.
pub async fn signed_in(app: &App, token: &str) -> Stored<Option<Actor>> {
    let now = app.now();
    let hash = hashed(token);
    let mut tx = app.db.read().await?;
    let row: Option<SignedIn> = on!(&mut tx, |c| sqlx::query_as(
        "SELECT a.id, a.shown_name, a.language, s.seen_at FROM sign_ins s JOIN accounts a ON a.id = s.account_id \
         WHERE s.token_hash = $1 AND s.ends_at > $2 AND s.seen_at > $3 AND a.standing = 'active'"
    )
    .bind(&hash)
    .bind(instant_text(now))
    .bind(instant_text(now - IDLE))
    .fetch_optional(c))?;
    let Some(row) = row else { return Ok(None) };
    let roles: Vec<(Uuid, String)> =
        on!(&mut tx, |c| sqlx::query_as("SELECT unit_id, role FROM memberships WHERE account_id = $1 ORDER BY unit_id, role")
            .bind(row.id)
            .fetch_all(c))?;
    drop(tx);
    let stale = row.seen_at.parse::<Timestamp>().is_ok_and(|seen| now.duration_since(seen) > SEEN_EVERY);
    if stale {
        let mut tx = app.db.write().await?;
        run!(&mut tx, sqlx::query("UPDATE sign_ins SET seen_at = $2 WHERE token_hash = $1").bind(&hash).bind(instant_text(now)))?;
        tx.commit().await?;
    }
    let roles = roles
        .into_iter()
        .map(|(unit, role)| role.parse::<Role>().map(|role| (unit, role)).map_err(|error| StoreError::Unreadable(error.to_string())))
        .collect::<Stored<Vec<_>>>()?;
    let language = row.language.as_deref().and_then(Language::parse);
    Ok(Some(Actor { id: row.id, shown_name: row.shown_name, roles, language }))
}

/// Keeps the language an account chose.
pub async fn choose_language(tx: &mut Tx, account: Uuid, language: Language) -> Stored<()> {
    run!(tx, sqlx::query("UPDATE accounts SET language = $2 WHERE id = $1").bind(account).bind(language.code())).map(drop)
}

/// Replaces a password's hash and ends every sign-in.
pub async fn change_password(tx: &mut Tx, account: Uuid, hash: &str) -> Stored<()> {
    run!(
        tx,
        sqlx::query(
            "UPDATE accounts SET password_hash = $2, failed_attempts = 0, held_until = NULL, revision = revision + 1 WHERE id = $1"
        )
        .bind(account)
        .bind(hash)
    )?;
    close_all(tx, account).await
}

/// The hash of an account's password.
pub async fn password_hash(tx: &mut Tx, account: Uuid) -> Stored<String> {
    let row: (String,) = on!(tx, |c| sqlx::query_as("SELECT password_hash FROM accounts WHERE id = $1").bind(account).fetch_one(c))?;
    Ok(row.0)
}

/// A new account.
pub struct NewAccount<'a> {
    /// Its id.
    pub id: Uuid,
    /// The name to sign in with.
    pub sign_in: &'a str,
    /// The name colleagues see.
    pub shown_name: &'a str,
    /// The password's hash.
    pub hash: &'a str,
    /// What it is, and where.
    pub roles: &'a [(Uuid, Role)],
}

/// Makes an account with its roles.
pub async fn make(tx: &mut Tx, now: Timestamp, account: &NewAccount<'_>) -> Stored<()> {
    run!(
        tx,
        sqlx::query(
            "INSERT INTO accounts (id, sign_in, shown_name, password_hash, standing, made_at) VALUES ($1, $2, $3, $4, 'active', $5)"
        )
        .bind(account.id)
        .bind(account.sign_in)
        .bind(account.shown_name)
        .bind(account.hash)
        .bind(instant_text(now))
    )?;
    for (unit, role) in account.roles {
        run!(
            tx,
            sqlx::query("INSERT INTO memberships (account_id, unit_id, role) VALUES ($1, $2, $3)")
                .bind(account.id)
                .bind(*unit)
                .bind(role.code())
        )?;
    }
    Ok(())
}

/// A place: id, title, its region's title, its jurisdiction.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Unit {
    /// The place.
    pub id: Uuid,
    /// Its name.
    pub title: String,
    /// The region it belongs to.
    pub region: String,
    /// The jurisdiction file it works under.
    pub jurisdiction: String,
}

/// Every place, by name.
pub async fn units(tx: &mut Tx) -> Stored<Vec<Unit>> {
    Ok(on!(tx, |c| sqlx::query_as(
        "SELECT u.id, u.title, r.title AS region, u.jurisdiction FROM units u JOIN regions r ON r.id = u.region_id ORDER BY u.title, u.id"
    )
    .fetch_all(c))?)
}

/// Makes a region.
pub async fn make_region(tx: &mut Tx, id: Uuid, title: &str) -> Stored<()> {
    run!(tx, sqlx::query("INSERT INTO regions (id, title) VALUES ($1, $2)").bind(id).bind(title)).map(drop)
}

/// Makes a place.
pub async fn make_unit(tx: &mut Tx, id: Uuid, region: Uuid, title: &str, jurisdiction: &str) -> Stored<()> {
    run!(
        tx,
        sqlx::query("INSERT INTO units (id, region_id, title, jurisdiction) VALUES ($1, $2, $3, $4)")
            .bind(id)
            .bind(region)
            .bind(title)
            .bind(jurisdiction)
    )
    .map(drop)
}

/// Makes a room.
pub async fn make_room(tx: &mut Tx, id: Uuid, unit: Uuid, title: &str) -> Stored<()> {
    run!(tx, sqlx::query("INSERT INTO rooms (id, unit_id, title) VALUES ($1, $2, $3)").bind(id).bind(unit).bind(title)).map(drop)
}

/// The rooms of a place: id and title.
pub async fn rooms(tx: &mut Tx, unit: Uuid) -> Stored<Vec<(Uuid, String)>> {
    Ok(on!(tx, |c| sqlx::query_as("SELECT id, title FROM rooms WHERE unit_id = $1 ORDER BY title").bind(unit).fetch_all(c))?)
}

/// The accounts holding a role at a place: id and shown name.
pub async fn staff(tx: &mut Tx, unit: Uuid, role: Role) -> Stored<Vec<(Uuid, String)>> {
    Ok(on!(tx, |c| {
        sqlx::query_as(
        "SELECT a.id, a.shown_name FROM memberships m JOIN accounts a ON a.id = m.account_id WHERE m.unit_id = $1 AND m.role = $2 AND a.standing = 'active' ORDER BY a.shown_name, a.id"
    )
    .bind(unit)
    .bind(role.code())
    .fetch_all(c)
    })?)
}

fn hashed(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}
