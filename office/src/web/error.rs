//! Errors as pages in the reader's language. Nothing internal is shown; a failure is logged once, here.

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use fairway_site::Frame;
use fairway_site::L;

use super::guard::language_of;
use super::send::{page_with, see_other};
use crate::app::App;
use crate::db::StoreError;

/// The outcome of a handler.
pub type WebResult<T> = Result<T, Error>;

/// Why a request was not carried out.
#[derive(Debug)]
pub enum Error {
    /// Nobody is signed in; after signing in, `next` is shown.
    SignIn {
        /// Where the person was going.
        next: String,
    },
    /// There is no such record, or none this person may learn of.
    NotFound,
    /// The person may not do this.
    Forbidden,
    /// Somebody else changed the record in between, and the handler had no form to show again.
    Conflict,
    /// The body is larger than a form may be.
    TooLarge,
    /// The request makes no sense (a form nobody was served).
    Unreadable,
    /// Too many at once, or the database is held by somebody else; trying again helps.
    Busy,
    /// There is no room on the disk; nothing was written.
    Full,
    /// Something is broken here; the log knows what.
    Internal,
}

impl Error {
    /// Something broke; logged here and nowhere else.
    pub fn internal(cause: &dyn std::fmt::Display) -> Self {
        tracing::error!(%cause, "a request failed");
        Self::Internal
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Missing => Self::NotFound,
            // Two at the same instant: the second comes too late, as with a stale form.
            StoreError::Stale | StoreError::Duplicate => Self::Conflict,
            StoreError::Busy => Self::Busy,
            StoreError::Full => Self::Full,
            other => Self::internal(&other),
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        StoreError::from(error).into()
    }
}

/// What the dressing middleware writes the page from.
#[derive(Clone, Copy)]
struct Bare(&'static str);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let (status, name) = match self {
            Self::SignIn { next } => {
                let query: String = url::form_urlencoded::Serializer::new(String::new()).append_pair("next", &next).finish();
                return see_other(&format!("/sign-in?{query}"));
            }
            Self::NotFound => (StatusCode::NOT_FOUND, "not-found"),
            Self::Forbidden => (StatusCode::FORBIDDEN, "forbidden"),
            Self::Conflict => (StatusCode::CONFLICT, "conflict"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
            Self::Unreadable => (StatusCode::BAD_REQUEST, "unreadable"),
            Self::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
            Self::Full => (StatusCode::INSUFFICIENT_STORAGE, "full"),
            Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(Bare(name));
        response
    }
}

/// The page for an address that no route has.
pub(super) async fn no_such_page() -> Error {
    Error::NotFound
}

/// The page for a method that the route does not take.
pub(super) async fn no_such_method() -> Response {
    let mut response = StatusCode::METHOD_NOT_ALLOWED.into_response();
    response.extensions_mut().insert(Bare("not-found"));
    response
}

#[derive(askama::Template)]
#[template(path = "web/error.html")]
struct ErrorPage {
    frame: Frame,
    l: L,
    text: String,
    status: u16,
}

/// Turns bare errors into pages in the reader's language.
pub(super) async fn dress(State(app): State<App>, request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    let name = match (response.extensions().get::<Bare>(), response.status()) {
        (Some(Bare(name)), _) => *name,
        // What the layers of the armour answer by themselves.
        (None, StatusCode::FORBIDDEN) => "cross-site",
        (None, StatusCode::PAYLOAD_TOO_LARGE) => "too-large",
        (None, StatusCode::BAD_REQUEST | StatusCode::UNSUPPORTED_MEDIA_TYPE) => "unreadable",
        (None, StatusCode::UNPROCESSABLE_ENTITY)
            if response.headers().get(header::CONTENT_TYPE).is_none_or(|kind| !kind.as_bytes().starts_with(b"text/html")) =>
        {
            "unreadable"
        }
        _ => return response,
    };
    let chosen = match super::read_token(&headers, app.https) {
        Some(token) => crate::accounts::store::signed_in(&app, &token).await.ok().flatten(),
        None => None,
    };
    let l = language_of(&headers, chosen.as_ref().and_then(|actor| actor.language)).words();
    let frame = crate::frame::frame(&app, l, chosen.as_ref(), &path, &l.t(&format!("error-{name}-title")));
    let status = response.status();
    let text = l.t(&format!("error-{name}-text")).into_owned();
    let template = ErrorPage { frame, l, text, status: status.as_u16() };
    page_with(status, &template).unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}
