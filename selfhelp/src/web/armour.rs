//! Headers that every answer carries.

use http::header::{CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS};
use http::{HeaderMap, HeaderName, HeaderValue};

/// Nothing but our own style sheet and icon is loaded; forms go to us only; nobody frames us.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What a deployer chooses about the site's answers.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the exit leads.
    pub exit: String,
    /// Whether browsers are told to use HTTPS only.
    pub hsts: bool,
    /// Where the site is as an onion service, without a slash at its end.
    pub onion: Option<String>,
}

impl Options {
    pub(super) fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
        headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
        headers.insert(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"));
        headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin"));
        if self.hsts {
            headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=63072000"));
        }
        headers
    }

    /// Tells Tor Browser where the same page is as an onion service.
    pub(super) fn onion(&self, headers: &mut HeaderMap, path: &str) {
        if let Some(Ok(place)) = self.onion.as_ref().map(|onion| HeaderValue::try_from(format!("{onion}{path}"))) {
            headers.insert(HeaderName::from_static("onion-location"), place);
        }
    }
}
