//! Keeping accounts in the browser: who works here, as what, and who no longer does.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use fairway_domain::permission::Role;
use fairway_site::parts::Choice;
use fairway_site::{Form, Frame, L, Need, Problem};
use uuid::Uuid;

use super::store::{self, NewAccount};
use super::store_keep::{self, Roles, Row, Wanted};
use super::{pages::length_of, password};
use crate::db::{StoreError, Tx};
use crate::web::{Error, Guard, ListPermit, Posted, WebResult, carried_out_once, page, page_with, see_other};

const NAME: usize = 120;

/// An account as the list shows it.
struct Line {
    id: Uuid,
    name: String,
    sign_in: String,
    roles: Vec<String>,
    closed: bool,
}

#[derive(Template)]
#[template(path = "accounts/list.html")]
struct ListPage {
    frame: Frame,
    l: L,
    lines: Vec<Line>,
}

/// A place with the roles that can be held there.
struct At {
    field: String,
    title: String,
}

#[derive(Template)]
#[template(path = "accounts/account.html")]
struct AccountPage {
    frame: Frame,
    l: L,
    form: Form,
    /// Nothing while it is being made.
    account: Option<Row>,
    places: Vec<At>,
    roles: Vec<Choice>,
    own: bool,
    once: String,
    shortest: String,
    changed: bool,
}

fn field(unit: Uuid) -> String {
    format!("role-{unit}")
}

fn role_choices(l: L) -> Vec<Choice> {
    Role::ALL.iter().map(|role| Choice::new(role.code(), l.t(&format!("role-{role}"))).hint(l.t(&format!("role-{role}-hint")))).collect()
}

/// The account, if it has a role at a place the holder keeps.
async fn kept(tx: &mut Tx, permit: &ListPermit, id: Uuid) -> WebResult<(Row, Roles)> {
    let (rows, roles) = store_keep::list(tx, permit).await?;
    Ok((rows.into_iter().find(|row| row.id == id).ok_or(Error::NotFound)?, roles))
}

fn account_page(guard: &Guard, account: Option<Row>, places: &[(Uuid, String)], form: Form, changed: bool) -> AccountPage {
    let l = guard.l;
    let title = account.as_ref().map_or_else(|| l.t("accounts-new-title").into_owned(), |row| row.shown_name.clone());
    AccountPage {
        frame: guard.frame(title),
        l,
        form,
        own: account.as_ref().is_some_and(|row| row.id == guard.actor.id),
        account,
        places: places.iter().map(|(id, title)| At { field: field(*id), title: title.clone() }).collect(),
        roles: role_choices(l),
        once: guard.app.new_id().to_string(),
        shortest: password::SHORTEST.to_string(),
        changed,
    }
}

/// `GET /accounts`
pub async fn list(guard: Guard) -> WebResult<Response> {
    let (mut tx, permit) = guard.list().await?;
    let l = guard.l;
    let (rows, roles) = store_keep::list(&mut tx, &permit).await?;
    let places = store_keep::places(&mut tx, &permit).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    guard.listed(&mut tx, "account", &ids).await?;
    tx.commit().await?;
    let place = |id: Uuid| places.iter().find(|(known, _)| *known == id).map_or("", |(_, title)| title.as_str());
    let told = |row: Row| Line {
        roles: roles
            .get(&row.id)
            .into_iter()
            .flatten()
            .map(|(unit, role)| format!("{} · {}", l.t(&format!("role-{role}")), place(*unit)))
            .collect(),
        id: row.id,
        name: row.shown_name,
        sign_in: row.sign_in,
        closed: row.standing != "active",
    };
    page(&ListPage { frame: guard.frame(l.t("accounts-title")), l, lines: rows.into_iter().map(told).collect() })
}

/// `GET /accounts/new`
pub async fn blank(guard: Guard) -> WebResult<Response> {
    let (mut tx, permit) = guard.list().await?;
    let places = store_keep::places(&mut tx, &permit).await?;
    tx.commit().await?;
    page(&account_page(&guard, None, &places, Form::new(), false))
}

/// The roles ticked, at the places the holder keeps.
fn ticked(form: &mut Form, places: &[(Uuid, String)]) -> Vec<(Uuid, Role)> {
    let mut roles = Vec::new();
    for (unit, _) in places {
        let name = field(*unit);
        roles.extend(form.values(&name).filter_map(|code| code.parse::<Role>().ok()).map(|role| (*unit, role)));
    }
    roles.sort();
    roles.dedup();
    if let (true, Some((first, _))) = (roles.is_empty(), places.first()) {
        form.fault(&field(*first), Problem::new("accounts-no-role"));
    }
    roles
}

async fn hashed(guard: &Guard, secret: String) -> WebResult<String> {
    let vault = guard.app.vault.clone();
    Ok(tokio::task::spawn_blocking(move || password::hash(&vault, &secret)).await.map_err(|error| Error::internal(&error))??)
}

/// `POST /accounts/new`
pub async fn making(guard: Guard, Posted { mut form, once, .. }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.list().await?;
    if let Some(went) = carried_out_once(&mut tx, &guard, once, "/accounts").await? {
        return Ok(see_other(&went));
    }
    let places = store_keep::places(&mut tx, &permit).await?;
    let name = form.text("shown_name", Need::Required, NAME);
    let sign_in = form.text("sign_in", Need::Required, NAME).map(|word| word.to_lowercase());
    if sign_in.as_deref().is_some_and(|word| word.chars().any(char::is_whitespace)) {
        form.fault("sign_in", Problem::new("accounts-one-word"));
    }
    let roles = ticked(&mut form, &places);
    let secret = form.value("password").to_owned();
    length_of(&mut form, "password", &secret);
    if let (Some(name), Some(sign_in), false) = (name, sign_in, form.has_faults()) {
        let id = guard.app.new_id();
        let hash = hashed(&guard, secret).await?;
        let account = NewAccount { id, sign_in: &sign_in, shown_name: &name, hash: &hash, roles: &roles };
        match store::make(&mut tx, guard.now, &account).await {
            Ok(()) => {
                guard.made(&mut tx, "account", id).await?;
                tx.commit().await?;
                return Ok(see_other("/accounts"));
            }
            Err(StoreError::Duplicate) => form.fault("sign_in", Problem::new("accounts-taken")),
            Err(other) => return Err(other.into()),
        }
    }
    form.set("password", "");
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &account_page(&guard, None, &places, form, false))
}

/// `GET /accounts/{id}`
pub async fn account(guard: Guard, Path(id): Path<Uuid>) -> WebResult<Response> {
    let (mut tx, permit) = guard.list().await?;
    let (row, roles) = kept(&mut tx, &permit, id).await?;
    let places = store_keep::places(&mut tx, &permit).await?;
    guard.touched(&mut tx, "account", &[id]).await?;
    tx.commit().await?;
    let mut form = Form::fill(&[("shown_name", row.shown_name.clone()), ("revision", row.revision.to_string())]);
    for (unit, role) in roles.get(&id).into_iter().flatten() {
        form.add(&field(*unit), role.code());
    }
    page(&account_page(&guard, Some(row), &places, form, false))
}

/// `POST /accounts/{id}`: name and roles. The account's sign-ins end, so that the change holds at once.
pub async fn changing(guard: Guard, Path(id): Path<Uuid>, Posted { mut form, revision, .. }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.list().await?;
    let (row, _) = kept(&mut tx, &permit, id).await?;
    let places = store_keep::places(&mut tx, &permit).await?;
    let name = form.text("shown_name", Need::Required, NAME);
    let roles = ticked(&mut form, &places);
    // Nobody takes the keys from themselves: a place without an administrator could be kept by nobody.
    let lost = places.iter().find(|(unit, _)| id == guard.actor.id && !roles.contains(&(*unit, Role::Administrator)));
    if let Some((unit, _)) = lost {
        form.fault(&field(*unit), Problem::new("accounts-own-role"));
    }
    let (Some(name), false) = (name, form.has_faults()) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &account_page(&guard, Some(row), &places, form, false));
    };
    match store_keep::change(&mut tx, &permit, id, revision.unwrap_or(-1), &Wanted { shown_name: &name, roles: &roles }).await {
        Ok(()) => {}
        Err(StoreError::Stale) => {
            form.set("revision", row.revision.to_string());
            return page_with(StatusCode::CONFLICT, &account_page(&guard, Some(row), &places, form, true));
        }
        Err(other) => return Err(other.into()),
    }
    guard.touched(&mut tx, "account", &[id]).await?;
    tx.commit().await?;
    Ok(see_other("/accounts"))
}

/// `POST /accounts/{id}/password`: a first password again, to be handed over and changed.
pub async fn giving_password(guard: Guard, Path(id): Path<Uuid>, Posted { mut form, .. }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.list().await?;
    let (row, roles) = kept(&mut tx, &permit, id).await?;
    let secret = form.value("password").to_owned();
    length_of(&mut form, "password", &secret);
    if form.has_faults() {
        let places = store_keep::places(&mut tx, &permit).await?;
        form.set("password", "");
        form.set("shown_name", row.shown_name.clone());
        form.set("revision", row.revision.to_string());
        for (unit, role) in roles.get(&id).into_iter().flatten() {
            form.add(&field(*unit), role.code());
        }
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &account_page(&guard, Some(row), &places, form, false));
    }
    let hash = hashed(&guard, secret).await?;
    store::change_password(&mut tx, id, &hash).await?;
    guard.touched(&mut tx, "account", &[id]).await?;
    tx.commit().await?;
    Ok(see_other(&format!("/accounts/{id}")))
}

/// `POST /accounts/{id}/closing` and `…/opening`: the account stops, or goes on. Its words stay.
async fn stand(guard: Guard, id: Uuid, standing: &'static str) -> WebResult<Response> {
    let (mut tx, permit) = guard.list().await?;
    kept(&mut tx, &permit, id).await?;
    if id == guard.actor.id {
        return Err(Error::Conflict);
    }
    store_keep::stand(&mut tx, id, standing).await?;
    guard.touched(&mut tx, "account", &[id]).await?;
    tx.commit().await?;
    Ok(see_other(&format!("/accounts/{id}")))
}

/// `POST /accounts/{id}/closing`
pub async fn closing(guard: Guard, Path(id): Path<Uuid>) -> WebResult<Response> {
    stand(guard, id, "disabled").await
}

/// `POST /accounts/{id}/opening`
pub async fn opening(guard: Guard, Path(id): Path<Uuid>) -> WebResult<Response> {
    stand(guard, id, "active").await
}
