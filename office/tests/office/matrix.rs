//! Every route x everybody in the cast, generated from the router: permitted, forbidden, hidden and anonymous.
//!
//! The expected answer comes from `permission::decide`; the actual one from the running program. A route whose path has
//! a placeholder that this test cannot fill fails: it must be taught here.

use axum::http::Method;
use fairway_domain::permission::{Action, Decision, Relation, Status, decide};
use fairway_office::routes;
use uuid::Uuid;

use crate::world::Cast;

#[test]
fn every_route_names_an_action_once() {
    let routes = routes();
    let mut seen = std::collections::HashSet::new();
    for entry in routes.entries() {
        assert!(seen.insert((entry.method.clone(), entry.path)), "{} {} stands twice", entry.method, entry.path);
        let public = entry.action == Action::Public;
        let known = ["/", "/sign-in", "/language", "/assets/{name}", "/healthz", "/readyz"].contains(&entry.path);
        // A participant has no account: these ask for the token of one response, and its PIN or code.
        let known = known || entry.path.starts_with("/answer/{token}");
        assert_eq!(public, known, "{} is {}open to everyone", entry.path, if public { "" } else { "not " });
    }
}

both!(async fn nobody_gets_past_a_route_that_is_not_theirs(world) {
    for entry in routes().entries().iter().filter(|entry| entry.action != Action::Public) {
        let path = fill(entry.path);
        let anonymous = world.anonymous();
        let reply = if entry.method == Method::GET { anonymous.get(&path).await } else { anonymous.post(&path, &[]).await };
        assert!(reply.leads().starts_with("/sign-in"), "{} {} is open to the anonymous", entry.method, entry.path);
        for who in Cast::ALL {
            let conceivable = entry.action == Action::OwnAccount
                || Relation::ALL.into_iter().any(|relation| Status::ALL.into_iter().any(|status| decide(who.role(), relation, entry.action, status) == Decision::Permitted));
            let client = world.client(who).await;
            let reply = if entry.method == Method::GET { client.get(&path).await } else { client.post(&path, &[]).await };
            assert_ne!(reply.status, 500, "{who:?} {} {}", entry.method, entry.path);
            if conceivable {
                // The record does not exist: whoever may act on such records learns just that, or sees their own page.
                assert!(matches!(reply.status, 200 | 303 | 404 | 403 | 422 | 400), "{who:?} {} {}: {}", entry.method, entry.path, reply.status);
            } else {
                assert_eq!(reply.status, 403, "{who:?} {} {} ({:?})", entry.method, entry.path, entry.action);
            }
            if path.contains(&nobody().to_string()) {
                assert!(matches!(reply.status, 403 | 404), "{who:?} {} {} serves a record that does not exist: {}", entry.method, entry.path, reply.status);
            }
        }
    }
});

fn nobody() -> Uuid {
    Uuid::from_u128(0xDEAD)
}

/// A path with every placeholder filled: records that do not exist, content that does.
fn fill(path: &str) -> String {
    path.split('/')
        .map(|part| match part {
            "{code}" => "out-of-the-net".to_owned(),
            "{name}" => "fairway.css".to_owned(),
            part if part.starts_with('{') => nobody().to_string(),
            part => part.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("/")
}
