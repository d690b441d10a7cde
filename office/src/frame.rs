//! The frame around every page of the office, the files it links to, and the few routes that belong to no feature.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use fairway_domain::permission::Action;
use fairway_site::assets;
use fairway_site::{Frame, L, NavItem, UserBadge};

use crate::app::App;
use crate::web::{Actor, Error, Guard, Routes, Visitor, WebResult, see_other};

/// The main navigation: message id, address, the action that makes it worth showing, the letter that goes there.
const NAVIGATION: &[(&str, &str, Action, char)] = &[
    ("nav-today", "/today", Action::SeeToday, 't'),
    ("nav-referrals", "/referrals", Action::SeeReferrals, 'r'),
    ("nav-waiting", "/waiting", Action::SeeWaiting, 'w'),
    ("nav-cases", "/cases", Action::SeeCases, 'c'),
    ("nav-measures", "/measures", Action::SeeMeasures, 'm'),
    ("nav-groups", "/groups", Action::SeeGroups, 'g'),
    ("nav-concerns", "/concerns", Action::SeeConcerns, 'n'),
    ("nav-programmes", "/programmes", Action::SeeProgrammes, 'p'),
    ("nav-service", "/service", Action::SeeService, 's'),
    ("nav-accounts", "/accounts", Action::KeepAccounts, 'a'),
];

/// The frame of a page for a reader who may be signed in.
pub fn frame(app: &App, l: L, actor: Option<&Actor>, path: &str, title: &str) -> Frame {
    let mut frame = Frame::new(l, title, path);
    "/language".clone_into(&mut frame.language_action);
    let _ = app;
    if let Some(actor) = actor {
        frame.nav = NAVIGATION
            .iter()
            .filter(|(_, _, action, _)| actor.may(*action))
            .map(|(label, href, _, key)| NavItem::new(l.t(label), *href, path).key(*key))
            .collect();
        if actor.may(Action::SearchCases) {
            "/search".clone_into(&mut frame.search);
        }
        let mut roles: Vec<String> = actor.roles.iter().map(|(_, role)| l.t(&format!("role-{role}")).into_owned()).collect();
        roles.sort();
        roles.dedup();
        frame.user = Some(UserBadge {
            name: actor.shown_name.clone(),
            note: roles.join(", "),
            href: "/settings".to_owned(),
            sign_out: "/sign-out".to_owned(),
        });
    }
    frame
}

impl Guard {
    /// The frame of a page with this title.
    pub fn frame(&self, title: impl AsRef<str>) -> Frame {
        frame(&self.app, self.l, Some(&self.actor), &self.path, title.as_ref())
    }

    /// The address a person lands on after signing in: the first page their roles know.
    pub fn home(&self) -> &'static str {
        home(&self.actor)
    }
}

/// The first page an account's roles know.
pub fn home(actor: &Actor) -> &'static str {
    NAVIGATION.iter().find(|(_, _, action, _)| actor.may(*action)).map_or("/settings", |(_, href, _, _)| *href)
}

/// Assets, health, and the bare address.
pub fn routes() -> Routes {
    Routes::new().get("/", Action::Public, start).get("/assets/{name}", Action::Public, asset).get("/healthz", Action::Public, healthy).get(
        "/readyz",
        Action::Public,
        ready,
    )
}

async fn start(visitor: Visitor) -> Response {
    see_other(visitor.actor.as_ref().map_or("/sign-in", home))
}

async fn healthy() -> &'static str {
    "ok"
}

async fn ready(State(app): State<App>) -> Response {
    match app.db.answers().await {
        Ok(()) => "ready".into_response(),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "not ready").into_response()
        }
    }
}

async fn asset(Path(name): Path<String>, headers: HeaderMap) -> WebResult<Response> {
    let asset = assets::find(&name).ok_or(Error::NotFound)?;
    let tag = format!("\"{}\"", asset.hash);
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|value| value.as_bytes() == tag.as_bytes());
    let kept = [(header::ETAG, tag), (header::CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned())];
    if known {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    Ok((kept, [(header::CONTENT_TYPE, asset.content_type)], asset.bytes).into_response())
}
