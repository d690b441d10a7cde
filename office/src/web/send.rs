//! What a handler answers with.

use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use super::{Error, WebResult};

/// A page.
pub fn page(template: &impl Template) -> WebResult<Response> {
    page_with(StatusCode::OK, template)
}

/// A page with a status of its own: 422 for a form with faults, 409 for a stale one.
pub fn page_with(status: StatusCode, template: &impl Template) -> WebResult<Response> {
    let html = template.render().map_err(|error| Error::internal(&error))?;
    Ok((status, Html(html)).into_response())
}

/// Elsewhere, after a change: `303 See Other`.
pub fn see_other(to: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, to.to_owned())]).into_response()
}
