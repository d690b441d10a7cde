//! Search: by name and number, forgiving, and only among the cases the account may know of.

use crate::referrals::registered;
use crate::world::{Cast, World};

async fn some(world: &World) -> Vec<String> {
    let mut cases = Vec::new();
    for (given, family, born) in [
        ("Tomás", "Ficticio", "1/2/1981"),
        ("Tomasa", "Ficticios", "1/3/1982"),
        ("Zoë 🌊", "Ejemplo", "1/4/1983"),
        ("نور", "مثال", "1/5/1984"),
    ] {
        cases.push(registered(world, &[("given-names", given), ("family-names", family), ("born-on", born)]).await);
    }
    cases
}

fn search(typed: &str) -> String {
    let query: String = url::form_urlencoded::Serializer::new(String::new()).append_pair("q", typed).finish();
    format!("/search?{query}")
}

both!(async fn names_are_found_with_accents_and_slips_forgiven(world) {
    some(&world).await;
    let client = world.client(Cast::Coordinator).await;
    for typed in ["Tomas", "TOMÁS", "tomas ficticio", "Fictico", "Fictciio", "Ficticip Tomas", "fict", "Ficticio, Tomás"] {
        client.get(&search(typed)).await.is(200).shows("Tomás Ficticio");
    }
    client.get(&search("zoe")).await.shows("Zoë 🌊 Ejemplo");
    client.get(&search("🌊")).await.shows("Zoë 🌊 Ejemplo");
    client.get(&search("نور")).await.shows("نور مثال");
    let ranked = client.get(&search("tomas ficticio")).await.body;
    assert!(ranked.find("Tomás Ficticio").unwrap() < ranked.find("Tomasa Ficticios").unwrap(), "the exact one stands first");
    client.get(&search("tomas ejemplo")).await.shows("Nothing found").shows("tomas ejemplo");
    assert!(world.number("SELECT COUNT(*) FROM access_log WHERE action = 'search-cases' AND act = 'listed'").await > 0);
});

both!(async fn a_case_number_leads_to_its_case(world) {
    let cases = some(&world).await;
    let client = world.client(Cast::Coordinator).await;
    for typed in ["2026-0001", "2026/1", "1/2026", " 26-0001 "] {
        assert_eq!(client.get(&search(typed)).await.leads(), format!("/cases/{}", cases[0]), "{typed}");
    }
    client.get(&search("1")).await.is(200).shows("2026-0001");
    client.get(&search("2026-9999")).await.is(200).shows("Nothing found");
});

both!(async fn only_cases_the_account_may_know_of_are_found(world) {
    let cases = some(&world).await;
    for who in [Cast::Outsider, Cast::Facilitator, Cast::OutsideFacilitator] {
        let client = world.client(who).await;
        for typed in ["Tomas", "2026-0001", "1", "fict"] {
            client.get(&search(typed)).await.is(200).shows("Nothing found").hides("Ficticio</bdi>");
        }
    }
    let case = uuid::Uuid::try_parse(&cases[0]).unwrap();
    let mut tx = world.app.db.write().await.unwrap();
    fairway_office::run!(&mut tx, sqlx::query("INSERT INTO case_staff (case_id, account_id, because) VALUES ($1, $2, 'facilitator')").bind(case).bind(Cast::Facilitator.id())).unwrap();
    tx.commit().await.unwrap();
    let facilitator = world.client(Cast::Facilitator).await;
    facilitator.get(&search("ficticio")).await.shows("Tomás Ficticio").hides("Tomasa");
    world.client(Cast::Colleague).await.get(&search("ficticio")).await.hides("Tomás Ficticio");
    for who in [Cast::Referrer, Cast::Researcher, Cast::Auditor, Cast::Administrator] {
        world.client(who).await.get(&search("tomas")).await.is(403);
    }
    assert!(world.anonymous().get(&search("tomas")).await.leads().starts_with("/sign-in"));
});

both!(async fn what_cannot_be_searched_is_told_kindly(world) {
    some(&world).await;
    let client = world.client(Cast::Coordinator).await;
    client.get("/search").await.is(200).shows("Name or number");
    client.get("/search?q=to%07mas").await.is(422).shows("cannot be shown");
    client.get(&search(&"a".repeat(200))).await.is(422).shows("too long");
    for hostile in ["<script>alert(1)</script>", "' OR 1=1 --", "%", "*", "((", "\u{202E}"] {
        let reply = client.get(&search(hostile)).await;
        reply.is(200).hides("Ficticio</bdi>");
        assert!(!reply.body.contains("<script>alert"));
    }
    client.in_spanish().get(&search("nadie-conocido")).await.shows("No se ha encontrado nada");
});

both!(async fn a_name_put_right_is_found_by_the_new_one_alone(world) {
    let case = registered(&world, &[]).await;
    let client = world.client(Cast::Coordinator).await;
    let path = format!("/referrals/{case}");
    let mut fields = crate::referrals::with(&world, &[("family-names", "Corregido")]);
    fields.push(("revision", client.get(&path).await.value("revision").unwrap()));
    crate::referrals::send(&client, &path, &fields).await.leads();
    client.get(&search("corregido")).await.shows("Tomás Corregido");
    client.get(&search("inventado")).await.shows("Nothing found");
});

both!(async fn two_writers_of_one_new_name_both_succeed(world) {
    let cases = some(&world).await;
    let ids: Vec<uuid::Uuid> = cases.iter().map(|id| uuid::Uuid::try_parse(id).unwrap()).collect();
    let index = |case| {
        let app = world.app.clone();
        tokio::spawn(async move {
            let mut tx = app.db.write().await.unwrap();
            fairway_office::search::index_case(&mut tx, crate::world::NORTH, case, &["Gemeinsam Zugleich".to_owned()]).await.unwrap();
            tx.commit().await.unwrap();
        })
    };
    for task in ids.iter().map(|id| index(*id)).collect::<Vec<_>>() {
        task.await.unwrap();
    }
    assert_eq!(world.number("SELECT COUNT(*) FROM search_words WHERE word IN ('gemeinsam', 'zugleich')").await, 2);
    assert_eq!(world.number("SELECT COUNT(*) FROM search_cases s JOIN search_words w ON w.id = s.word_id WHERE w.word = 'zugleich'").await, 4);
});
