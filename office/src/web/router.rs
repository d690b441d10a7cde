//! Routes. None can be registered without the action it needs; the list of them is what the matrix test walks.

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Extension};
use axum::handler::Handler;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::routing::{MethodFilter, on};
use fairway_domain::permission::Action;
use tower::limit::GlobalConcurrencyLimitLayer;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

use crate::app::App;

/// The largest body a form may have, in bytes. Twelve long notes fit well; a film does not.
pub const BODY_LIMIT: usize = 1024 * 1024;
const CONCURRENT: usize = 256;

/// One route, as the matrix test sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteEntry {
    /// The method.
    pub method: Method,
    /// The path with its `{placeholders}`.
    pub path: &'static str,
    /// What it does.
    pub action: Action,
}

/// The routes of a feature, or of the whole program.
#[derive(Debug, Default)]
pub struct Routes {
    router: Router<App>,
    entries: Vec<RouteEntry>,
}

impl Routes {
    /// No routes yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A page: `GET path`, which needs `action`.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, action: Action, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::GET, MethodFilter::GET, path, action, handler)
    }

    /// A change: `POST path`, which needs `action`.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, action: Action, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::POST, MethodFilter::POST, path, action, handler)
    }

    /// The routes of another feature beside these.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.entries.extend(other.entries);
        Self { router: self.router.merge(other.router), entries: self.entries }
    }

    /// Every route, for the matrix test.
    pub fn entries(&self) -> &[RouteEntry] {
        &self.entries
    }

    fn add<H, T>(mut self, method: Method, filter: MethodFilter, path: &'static str, action: Action, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.entries.push(RouteEntry { method, path, action });
        // The action travels with the route to the guard, which refuses to be made without one.
        let routed = on(filter, handler).layer(Extension(action));
        Self { router: self.router.route(path, routed), entries: self.entries }
    }
}

/// The program's web service: the routes in their armour.
pub fn build(routes: Routes, app: App) -> Router {
    let fixed = |name: HeaderName, value: &'static str| SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value));
    routes
        .router
        .fallback(super::error::no_such_page)
        .method_not_allowed_fallback(super::error::no_such_method)
        .layer(axum::middleware::from_fn(super::kiosk::keep_in))
        .layer(CsrfLayer::new())
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(RequestBodyLimitLayer::new(BODY_LIMIT))
        .layer(axum::middleware::from_fn_with_state(app.clone(), super::error::dress))
        .layer(CatchPanicLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(30)))
        .layer(GlobalConcurrencyLimitLayer::new(CONCURRENT))
        .layer(fixed(
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        ))
        .layer(fixed(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(fixed(header::REFERRER_POLICY, "same-origin"))
        .layer(fixed(header::CACHE_CONTROL, "no-store"))
        .layer(fixed(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        .layer(fixed(HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"))
        .with_state(app)
}
