//! The self-help site: so far one page that says what it will be. It shares nothing with the office at run time and
//! keeps nothing about its readers: no cookie, no script, no log of addresses.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use fairway_site::{Frame, L, Language, assets};
use tower_http::set_header::SetResponseHeaderLayer;

#[derive(Template)]
#[template(path = "start.html")]
struct Start {
    frame: Frame,
    l: L,
}

/// The site as a web service.
pub fn service() -> Router {
    let fixed = |name: HeaderName, value: &'static str| SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value));
    Router::new()
        .route("/", get(negotiated))
        .route("/{language}", get(chosen))
        .route("/assets/fairway.css", get(style))
        .layer(fixed(
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
        ))
        .layer(fixed(header::REFERRER_POLICY, "no-referrer"))
        .layer(fixed(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
}

async fn negotiated(headers: HeaderMap) -> Response {
    start(Language::negotiate(headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok())))
}

async fn chosen(Path(code): Path<String>) -> Response {
    Language::parse(&code).map_or_else(|| StatusCode::NOT_FOUND.into_response(), start)
}

async fn style() -> Response {
    assets::find("fairway.css").map_or_else(
        || StatusCode::NOT_FOUND.into_response(),
        |asset| ([(header::CONTENT_TYPE, asset.content_type)], asset.bytes).into_response(),
    )
}

fn start(language: Language) -> Response {
    let l = language.words();
    let mut frame = Frame::new(l, l.t("selfhelp-title"), "/");
    frame.scripts = false;
    let page = Start { frame, l };
    page.render().map_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response(), |html| Html(html).into_response())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails loudly")]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};
    use axum::http::Request;
    use tower::ServiceExt as _;

    async fn ask(path: &str, language: &str) -> (StatusCode, HeaderMap, String) {
        let request = Request::builder().uri(path).header("accept-language", language).body(Body::empty()).unwrap();
        let response = service().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        (status, headers, String::from_utf8(to_bytes(response.into_body(), 1 << 20).await.unwrap().to_vec()).unwrap())
    }

    #[tokio::test]
    async fn the_page_speaks_both_languages_and_leaves_no_trace() {
        let (status, headers, body) = ask("/", "es").await;
        assert_eq!(status, StatusCode::OK);
        assert!(body.contains("Ayuda para quien") && !body.contains("<script"));
        assert!(headers.get(header::SET_COOKIE).is_none());
        assert!(ask("/en", "es").await.2.contains("afraid to ask"));
        assert_eq!(ask("/xx", "es").await.0, StatusCode::NOT_FOUND);
    }
}
