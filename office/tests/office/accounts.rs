//! Keeping accounts: for administrators of the place, and nobody else; what changes holds at once.

use crate::world::{Cast, NORTH, World};

const NEW: &str = "a fine long sentence";

fn roles_at_north() -> String {
    format!("role-{NORTH}")
}

async fn signs_in(world: &World, name: &str, password: &str) -> bool {
    world.anonymous().post("/sign-in", &[("name", name), ("password", password)]).await.status == 303
}

both!(async fn an_administrator_makes_changes_and_closes_an_account(world) {
    let client = world.client(Cast::Administrator).await;
    client.get("/accounts").await.is(200).shows("Facilitator Inventada").hides("Outsider Inventada");
    let roles = roles_at_north();
    let page = client.get("/accounts/new").await;
    let once = page.is(200).value("once").unwrap();
    let whole = [("once", once.as_str()), ("shown_name", "Nadia Nueva"), ("sign_in", "Nadia"), ("password", NEW), (roles.as_str(), "facilitator")];
    client.post("/accounts/new", &[("once", once.as_str()), ("shown_name", ""), ("sign_in", "two words"), ("password", "short")]).await
        .is(422).shows("one word").shows("at least one role").shows("12").shows("two words").hides("value=\"short\"");
    client.post("/accounts/new", &whole).await.leads();
    // The same form once more makes nothing more.
    client.post("/accounts/new", &whole).await.leads();
    assert_eq!(world.number("SELECT COUNT(*) FROM accounts WHERE sign_in = 'nadia'").await, 1);
    client.post("/accounts/new", &[("once", "00000000-0000-4000-8000-000000000001"), ("shown_name", "Other"), ("sign_in", "nadia"), ("password", NEW), (roles.as_str(), "referrer")]).await
        .is(422).shows("signs in with this name already").shows("Other");
    assert!(signs_in(&world, "nadia", NEW).await);
    let list = client.get("/accounts").await;
    let at = list.body.find("Nadia Nueva").unwrap();
    let start = list.body[..at].rfind("/accounts/").unwrap();
    let path = list.body[start..start + 10 + 36].to_owned();
    let page = client.get(&path).await;
    let revision = page.is(200).value("revision").unwrap();
    client.post(&path, &[("revision", &revision), ("shown_name", "Nadia Nueva Segunda"), (&roles, "coordinator"), (&roles, "facilitator")]).await.leads();
    assert_eq!(world.number("SELECT COUNT(*) FROM memberships m JOIN accounts a ON a.id = m.account_id WHERE a.sign_in = 'nadia'").await, 2);
    assert_eq!(world.number("SELECT COUNT(*) FROM sign_ins s JOIN accounts a ON a.id = s.account_id WHERE a.sign_in = 'nadia'").await, 0, "signed out at once");
    client.post(&path, &[("revision", &revision), ("shown_name", "Too Late"), (&roles, "coordinator")]).await.is(409).shows("changed this account meanwhile").shows("Too Late");
    client.post(&format!("{path}/password"), &[("password", "short")]).await.is(422).shows("12");
    client.post(&format!("{path}/password"), &[("password", "another fine sentence")]).await.leads();
    assert!(!signs_in(&world, "nadia", NEW).await && signs_in(&world, "nadia", "another fine sentence").await);
    client.post(&format!("{path}/closing"), &[]).await.leads();
    assert!(!signs_in(&world, "nadia", "another fine sentence").await, "closed");
    client.post(&format!("{path}/opening"), &[]).await.leads();
    assert!(signs_in(&world, "nadia", "another fine sentence").await);
    assert!(world.number("SELECT COUNT(*) FROM access_log WHERE kind = 'account' AND act IN ('made', 'changed')").await >= 5);
    world.client(Cast::Administrator).await.in_spanish().get(&path).await.is(200).shows("Funciones en North").hides("accounts-");
});

both!(async fn accounts_are_for_administrators_of_the_place(world) {
    let (own, other) = (format!("/accounts/{}", Cast::Facilitator.id()), format!("/accounts/{}", Cast::Outsider.id()));
    for who in Cast::ALL.into_iter().filter(|who| *who != Cast::Administrator) {
        let client = world.client(who).await;
        for path in ["/accounts", "/accounts/new", own.as_str()] {
            assert_eq!(client.get(path).await.status, 403, "{who:?} {path}");
        }
        assert_eq!(client.post(&own, &[("shown_name", "x")]).await.status, 403, "{who:?}");
    }
    let client = world.client(Cast::Administrator).await;
    client.get(&other).await.is(404);
    for act in ["", "/password", "/closing", "/opening"] {
        let reply = client.post(&format!("{other}{act}"), &[("password", NEW), ("shown_name", "x")]).await;
        assert_eq!(reply.status, 404, "{act}");
    }
    // Nobody takes the keys from themselves.
    let mine = format!("/accounts/{}", Cast::Administrator.id());
    let revision = client.get(&mine).await.value("revision").unwrap();
    client.post(&mine, &[("revision", &revision), ("shown_name", "x"), (&roles_at_north(), "facilitator")]).await.is(422).shows("take this role from you");
    assert_eq!(client.post(&format!("{mine}/closing"), &[]).await.status, 409);
});
