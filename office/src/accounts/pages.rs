//! Pages of signing in and of one's own settings.

use askama::Template;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use fairway_domain::permission::Role;
use fairway_site::{Form, Frame, L, Language, Need, Problem};
use jiff::Timestamp;

use super::{password, store};
use crate::db::StoreError;
use crate::frame::{frame, home};
use crate::web::{Error, Guard, Posted, SignInCookie, Visitor, WebResult, page, page_with, read_token, see_other};

/// A demo account, shown on the sign-in page of the demo only.
#[derive(Debug, Clone, Copy)]
pub struct DemoSignIn {
    /// The name to sign in with.
    pub sign_in: &'static str,
    /// What it is.
    pub role: Role,
}

/// The demo's accounts, one for each role.
pub const DEMO_SIGN_INS: &[DemoSignIn] = &[
    DemoSignIn { sign_in: "coordinator", role: Role::Coordinator },
    DemoSignIn { sign_in: "facilitator", role: Role::Facilitator },
    DemoSignIn { sign_in: "manager", role: Role::TreatmentManager },
    DemoSignIn { sign_in: "referrer", role: Role::Referrer },
    DemoSignIn { sign_in: "researcher", role: Role::Researcher },
    DemoSignIn { sign_in: "auditor", role: Role::Auditor },
    DemoSignIn { sign_in: "administrator", role: Role::Administrator },
];

/// The password of every demo account; the demo holds no real person.
pub const DEMO_PASSWORD: &str = "fairway demo only";

#[derive(Template)]
#[template(path = "accounts/sign_in.html")]
struct SignInPage {
    frame: Frame,
    l: L,
    form: Form,
    demo: &'static [DemoSignIn],
    password: &'static str,
}

fn sign_in_page(visitor: &Visitor, form: Form) -> SignInPage {
    let title = visitor.l.t("sign-in-title");
    SignInPage {
        frame: frame(&visitor.app, visitor.l, None, &visitor.path, &title),
        l: visitor.l,
        form,
        demo: if visitor.app.demo { DEMO_SIGN_INS } else { &[] },
        password: DEMO_PASSWORD,
    }
}

/// `GET /sign-in`
pub async fn sign_in(visitor: Visitor) -> WebResult<Response> {
    if let Some(actor) = &visitor.actor {
        return Ok(see_other(home(actor)));
    }
    let query = visitor.path.split_once('?').map_or("", |(_, query)| query);
    let next = url::form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "next")
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default();
    page(&sign_in_page(&visitor, Form::fill(&[("next", next)])))
}

/// `POST /sign-in`. A wrong name and a wrong password get the same answer after the same work.
pub async fn signing_in(visitor: Visitor, Posted { mut form, .. }: Posted) -> WebResult<Response> {
    let name = form.text("name", Need::Required, 100);
    let secret = form.value("password").to_owned();
    if secret.is_empty() {
        form.fault("password", Problem::new("form-fault-missing"));
    }
    let (Some(name), false) = (name, form.has_faults()) else {
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &sign_in_page(&visitor, form));
    };
    let app = &visitor.app;
    let known = {
        let mut tx = app.db.read().await?;
        store::credentials(&mut tx, &name.to_lowercase()).await?
    };
    let held = known
        .as_ref()
        .and_then(|account| account.held_until.as_deref())
        .and_then(|until| until.parse::<Timestamp>().ok())
        .is_some_and(|until| until > app.now());
    let account = known.as_ref().map(|account| (account.id, account.failed_attempts));
    let active = known.as_ref().is_some_and(|account| account.standing == "active");
    let (vault, hash) = (app.vault.clone(), known.map(|account| account.password_hash));
    // Hashing takes a core for some 20 ms: off the threads that answer requests.
    let right = tokio::task::spawn_blocking(move || {
        let hash = match hash {
            Some(hash) => hash,
            None => password::decoy(&vault)?,
        };
        Ok::<_, StoreError>(password::matches(&secret, &hash))
    })
    .await
    .map_err(|error| Error::internal(&error))??;
    let mut tx = app.db.write().await?;
    if let (Some((id, _)), true, true, false) = (account, right, active, held) {
        let token = store::open_sign_in(&mut tx, app, id).await?;
        tx.commit().await?;
        let next = form.value("next");
        let to = if next.starts_with('/') && !next.starts_with("//") && !next.contains('\\') { next } else { "/" };
        let cookie = SignInCookie { https: app.https }.keep(&token);
        return Ok(([(header::SET_COOKIE, cookie)], see_other(to)).into_response());
    }
    if let (Some((id, attempts)), false) = (account, held) {
        store::failed(&mut tx, app, id, attempts).await?;
        tx.commit().await?;
    }
    form.fault("name", Problem::new("sign-in-refused"));
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &sign_in_page(&visitor, form))
}

/// `POST /sign-out`
pub async fn signing_out(guard: Guard, headers: HeaderMap) -> WebResult<Response> {
    if let Some(token) = read_token(&headers, guard.app.https) {
        let mut tx = guard.app.db.write().await?;
        store::close_sign_in(&mut tx, &guard.app, &token, guard.actor.id).await?;
        tx.commit().await?;
    }
    let cookie = SignInCookie { https: guard.app.https }.forget();
    Ok(([(header::SET_COOKIE, cookie)], see_other("/sign-in")).into_response())
}

/// `POST /language`: kept with the account, or in a cookie for somebody signed out.
pub async fn choosing_language(visitor: Visitor, Posted { form, .. }: Posted) -> WebResult<Response> {
    let language = Language::parse(form.value("language")).ok_or(Error::Unreadable)?;
    let to = form.value("to");
    let to = if to.starts_with('/') && !to.starts_with("//") && !to.contains('\\') { to } else { "/" };
    if let Some(actor) = &visitor.actor {
        let mut tx = visitor.app.db.write().await?;
        store::choose_language(&mut tx, actor.id, language).await?;
        tx.commit().await?;
    }
    let cookie = format!("fairway-language={}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax", language.code());
    Ok(([(header::SET_COOKIE, cookie)], see_other(to)).into_response())
}

#[derive(Template)]
#[template(path = "accounts/settings.html")]
struct SettingsPage {
    frame: Frame,
    l: L,
    form: Form,
    shown_name: String,
    roles: Vec<(String, String)>,
    shortest: String,
}

async fn settings_page(guard: &Guard, form: Form) -> WebResult<SettingsPage> {
    let mut tx = guard.app.db.read().await?;
    let units = store::units(&mut tx).await?;
    let roles = guard
        .actor
        .roles
        .iter()
        .map(|(unit, role)| {
            (
                guard.l.t(&format!("role-{role}")).into_owned(),
                units.iter().find(|known| known.id == *unit).map(|known| known.title.clone()).unwrap_or_default(),
            )
        })
        .collect();
    Ok(SettingsPage {
        frame: guard.frame(guard.l.t("settings-title")),
        l: guard.l,
        form,
        shown_name: guard.actor.shown_name.clone(),
        roles,
        shortest: password::SHORTEST.to_string(),
    })
}

/// `GET /settings`
pub async fn settings(guard: Guard) -> WebResult<Response> {
    page(&settings_page(&guard, Form::new()).await?)
}

/// A password too short or too long is a fault of its field.
pub(super) fn length_of(form: &mut Form, field: &str, secret: &str) {
    if !(password::SHORTEST..=password::LONGEST).contains(&secret.chars().count()) {
        let problem = Problem::new("settings-password-length");
        form.fault(field, problem.arg("shortest", password::SHORTEST.to_string()).arg("longest", password::LONGEST.to_string()));
    }
}

/// `POST /settings/password`. Every sign-in of the account ends, this one too.
pub async fn changing_password(guard: Guard, Posted { mut form, .. }: Posted) -> WebResult<Response> {
    let (now, new, again) = (form.value("now").to_owned(), form.value("new").to_owned(), form.value("again").to_owned());
    length_of(&mut form, "new", &new);
    if !form.has_faults() && new != again {
        form.fault("again", Problem::new("settings-password-differs"));
    }
    let hash = {
        let mut tx = guard.app.db.read().await?;
        store::password_hash(&mut tx, guard.actor.id).await?
    };
    let vault = guard.app.vault.clone();
    let fresh =
        tokio::task::spawn_blocking(move || if password::matches(&now, &hash) { password::hash(&vault, &new).map(Some) } else { Ok(None) })
            .await
            .map_err(|error| Error::internal(&error))??;
    let Some(fresh) = fresh.filter(|_| !form.has_faults()) else {
        if !form.has_faults() {
            form.fault("now", Problem::new("settings-password-wrong"));
        }
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &settings_page(&guard, form).await?);
    };
    let mut tx = guard.app.db.write().await?;
    store::change_password(&mut tx, guard.actor.id, &fresh).await?;
    tx.commit().await?;
    Ok(see_other("/sign-in"))
}
