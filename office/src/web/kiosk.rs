//! A device handed over reaches the form and nothing else, until staff give the PIN.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;

use super::{cookie, see_other};
use crate::measures::openings;

/// Sends a browser that holds the cookie of a handed-over device back to its form, whatever it asks for.
pub(super) async fn keep_in(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let elsewhere = !path.starts_with("/answer/") && !path.starts_with("/assets/");
    match cookie::read(request.headers(), openings::KIOSK).filter(|token| elsewhere && openings::is_token(token)) {
        Some(token) => see_other(&format!("/answer/{token}")),
        None => next.run(request).await,
    }
}
