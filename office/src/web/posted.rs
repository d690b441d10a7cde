//! Reading a posted form.

use axum::extract::{FromRequest, RawForm, Request};
use fairway_site::Form;
use uuid::Uuid;

use super::{Error, WebResult};
use crate::app::App;

/// The form of a POST, and the fields every form of ours carries.
#[derive(Debug)]
pub struct Posted {
    /// What was typed.
    pub form: Form,
    /// The form's own id, so that it is carried out once however often it is sent.
    pub once: Option<Uuid>,
    /// The record's revision when the form was served, so that nobody overwrites what they have not seen.
    pub revision: Option<i64>,
}

impl FromRequest<App> for Posted {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> WebResult<Self> {
        let RawForm(bytes) = RawForm::from_request(request, app).await.map_err(|rejection| {
            use axum::response::IntoResponse as _;
            if rejection.into_response().status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
                Error::TooLarge
            } else {
                Error::Unreadable
            }
        })?;
        let pairs = url::form_urlencoded::parse(&bytes).map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
        let form = Form::from_pairs(pairs);
        let once = form.id("once");
        let revision = form.value("revision").parse().ok();
        Ok(Self { form, once, revision })
    }
}
