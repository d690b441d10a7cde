//! Signing in and out, settings, language, and what the armour answers.

use axum::body::Body;
use axum::http::{Request, header};

use crate::world::{Cast, PASSWORD};

both!(async fn the_right_password_opens_and_signing_out_closes(world) {
    let visitor = world.anonymous();
    visitor.get("/sign-in").await.is(200).shows("Sign in");
    let reply = visitor.post("/sign-in", &[("name", "coordinator"), ("password", PASSWORD), ("next", "/settings")]).await;
    assert_eq!(reply.leads(), "/settings");
    let cookie = reply.headers.get(header::SET_COOKIE).unwrap().to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let client = world.client(Cast::Coordinator).await;
    client.get("/settings").await.is(200).shows("Coordinator Inventada");
    assert_eq!(client.post("/sign-out", &[]).await.leads(), "/sign-in");
    assert!(client.get("/settings").await.leads().starts_with("/sign-in"));
});

both!(async fn a_wrong_name_and_a_wrong_password_get_the_same_answer(world) {
    let visitor = world.anonymous();
    let wrong = visitor.post("/sign-in", &[("name", "coordinator"), ("password", "not the password")]).await;
    let unknown = visitor.post("/sign-in", &[("name", "nobody"), ("password", "not the password")]).await;
    wrong.is(422).shows("do not match");
    assert_eq!(wrong.body.replace("coordinator", "nobody"), unknown.body);
    visitor.post("/sign-in", &[]).await.is(422).shows("This is needed");
});

both!(async fn many_wrong_passwords_make_the_account_wait_but_do_not_close_it(world) {
    let visitor = world.anonymous();
    for _ in 0..5 {
        visitor.post("/sign-in", &[("name", "manager"), ("password", "not the password")]).await.is(422);
    }
    visitor.post("/sign-in", &[("name", "manager"), ("password", PASSWORD)]).await.is(422);
    world.set_now(world.app.now() + jiff::SignedDuration::from_secs(31));
    assert_eq!(visitor.post("/sign-in", &[("name", "manager"), ("password", PASSWORD)]).await.leads(), "/");
});

both!(async fn a_sign_in_ends_when_idle_and_after_a_day(world) {
    let client = world.client(Cast::Facilitator).await;
    let start = world.app.now();
    client.get("/settings").await.is(200);
    world.set_now(start + jiff::SignedDuration::from_mins(46));
    assert!(client.get("/settings").await.leads().starts_with("/sign-in"));
    world.set_now(start);
    let client = world.client(Cast::Facilitator).await;
    for minutes in (30..=690).step_by(30) {
        world.set_now(start + jiff::SignedDuration::from_mins(minutes));
        let reply = client.get("/settings").await;
        assert_eq!(reply.status, if minutes < 660 { 200 } else { 303 }, "after {minutes} minutes");
        if minutes >= 660 {
            break;
        }
    }
});

both!(async fn a_new_password_ends_every_sign_in(world) {
    let client = world.client(Cast::Auditor).await;
    let other = world.client(Cast::Auditor).await;
    client.post("/settings/password", &[("now", "wrong"), ("new", "a fresh sentence"), ("again", "a fresh sentence")]).await.is(422).shows("not your password");
    client.post("/settings/password", &[("now", PASSWORD), ("new", "short"), ("again", "short")]).await.is(422).shows("12 to 200");
    client.post("/settings/password", &[("now", PASSWORD), ("new", "a fresh sentence"), ("again", "a fresh sentense")]).await.is(422).shows("not the same");
    assert_eq!(client.post("/settings/password", &[("now", PASSWORD), ("new", "a fresh sentence"), ("again", "a fresh sentence")]).await.leads(), "/sign-in");
    assert_eq!(other.get("/settings").await.status, 303);
    assert_eq!(world.anonymous().post("/sign-in", &[("name", "auditor"), ("password", "a fresh sentence")]).await.leads(), "/");
});

both!(async fn the_language_is_the_browsers_at_first_and_then_the_persons(world) {
    world.anonymous().in_spanish().get("/sign-in").await.shows("Iniciar sesión");
    let client = world.client(Cast::Referrer).await;
    client.get("/settings").await.shows("Settings");
    assert_eq!(client.post("/language", &[("language", "es"), ("to", "/settings")]).await.leads(), "/settings");
    client.get("/settings").await.shows("Ajustes");
    client.post("/language", &[("language", "xx"), ("to", "/")]).await.is(400);
    assert_eq!(client.post("/language", &[("language", "en"), ("to", "//elsewhere.example")]).await.leads(), "/");
});

both!(async fn forms_from_other_sites_are_refused(world) {
    let request = Request::builder()
        .method("POST")
        .uri("/sign-in")
        .header(header::HOST, "127.0.0.1")
        .header(header::ORIGIN, "https://elsewhere.example")
        .header("sec-fetch-site", "cross-site")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from("name=coordinator&password=x"))
        .unwrap();
    world.send(request).await.is(403).shows("came from another site");
});

both!(async fn an_oversized_body_is_answered_kindly(world) {
    let client = world.client(Cast::Coordinator).await;
    let reply = client.send("POST", "/settings/password", Some(format!("now={}", "x".repeat(10 << 20)))).await;
    reply.is(413).shows("too much at once");
});

both!(async fn every_page_carries_the_strict_policy(world) {
    for path in ["/sign-in", "/nothing-here", "/healthz", "/assets/fairway.css"] {
        let reply = world.anonymous().get(path).await;
        let policy = reply.headers.get("content-security-policy").unwrap().to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
    }
});

both!(async fn an_address_that_is_not_there_says_so_in_the_readers_language(world) {
    world.anonymous().get("/nothing-here").await.is(404).shows("There is nothing here");
    world.anonymous().in_spanish().get("/nothing-here").await.is(404).shows("Aquí no hay nada");
    world.anonymous().get("/readyz").await.is(200);
});
