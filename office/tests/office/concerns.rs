//! Concerns: recorded in a minute by whoever works on the case, open until closed with an outcome.

use fairway_office::run;
use uuid::Uuid;

use crate::referrals::registered;
use crate::world::{Cast, World};

/// Makes somebody work on a case.
pub async fn assign(world: &World, case: &str, who: Cast) {
    let mut tx = world.app.db.write().await.unwrap();
    let case = Uuid::parse_str(case).unwrap();
    run!(
        &mut tx,
        sqlx::query("INSERT INTO case_staff (case_id, account_id, because) VALUES ($1, $2, 'facilitator')").bind(case).bind(who.id())
    )
    .unwrap();
    run!(&mut tx, sqlx::query("UPDATE cases SET facilitator_id = $2 WHERE id = $1").bind(case).bind(who.id())).unwrap();
    tx.commit().await.unwrap();
}

/// A case with its facilitator.
pub async fn worked_on(world: &World) -> String {
    let case = registered(world, &[]).await;
    assign(world, &case, Cast::Facilitator).await;
    case
}

/// Records a concern as the facilitator; its address.
pub async fn recorded(world: &World, case: &str, kind: &str, owner: Cast) -> String {
    let client = world.client(Cast::Facilitator).await;
    let owner = owner.id().to_string();
    client
        .post(&format!("/cases/{case}/concerns"), &[("kind", kind), ("words", "An invented worry, canary-4711."), ("owner", &owner)])
        .await
        .leads()
}

both!(async fn each_page_is_for_those_it_is_for(world) {
    let case = worked_on(&world).await;
    let concern = recorded(&world, &case, "risk-to-self", Cast::Facilitator).await;
    for (who, status) in [
        (Cast::Facilitator, 200), (Cast::Coordinator, 200), (Cast::Manager, 200), (Cast::Colleague, 404), (Cast::Outsider, 404),
        (Cast::OutsideFacilitator, 404), (Cast::Referrer, 403), (Cast::Researcher, 403), (Cast::Auditor, 403), (Cast::Administrator, 403),
    ] {
        let client = world.client(who).await;
        client.get(&concern).await.is(status);
        client.get(&format!("/cases/{case}/concerns/new")).await.is(status);
        let list = client.get("/concerns").await;
        list.is(if status == 403 { 403 } else { 200 });
        if status != 200 { list.hides("Ficticio"); }
    }
    for path in ["/concerns", "/concerns/new", concern.as_str(), &format!("/cases/{case}/concerns/new")] {
        assert!(world.anonymous().get(path).await.leads().starts_with("/sign-in"), "{path}");
    }
    world.client(Cast::Colleague).await.post(&format!("{concern}/closing"), &[("outcome", "passed-on"), ("done", "x")]).await.is(404);
    world.client(Cast::Facilitator).await.in_spanish().get(&concern).await.is(200).shows("Riesgo para sí mismo").hides("concerns-");
});

both!(async fn its_owner_sees_it_without_working_on_the_case(world) {
    let case = worked_on(&world).await;
    let concern = recorded(&world, &case, "breach", Cast::Colleague).await;
    let colleague = world.client(Cast::Colleague).await;
    colleague.get(&concern).await.is(200).shows("canary-4711");
    colleague.get("/concerns?of=mine").await.is(200).shows("Ficticio");
    colleague.get(&format!("/cases/{case}/concerns/new")).await.is(404);
    let page = world.client(Cast::Facilitator).await.get(&concern).await;
    let revision = page.value("revision").unwrap();
    world.client(Cast::Facilitator).await.post(&format!("{concern}/owner"), &[("owner", &Cast::Manager.id().to_string()), ("revision", &revision)]).await.leads();
    colleague.get(&concern).await.is(404);
});

both!(async fn it_is_due_by_the_jurisdiction_and_closes_only_with_an_outcome(world) {
    let case = worked_on(&world).await;
    let client = world.client(Cast::Facilitator).await;
    client.get(&format!("/cases/{case}/concerns/new")).await.is(200).shows("To be seen to within 4 hours").shows("Do not investigate");
    client.post(&format!("/cases/{case}/concerns"), &[("kind", "nonsense"), ("words", "kept while wrong")]).await.is(422).shows("kept while wrong").shows("pick one of the answers");
    let concern = recorded(&world, &case, "risk-to-self", Cast::Facilitator).await;
    let page = client.get(&concern).await;
    page.is(200).shows("12:00").shows("canary-4711").hides("overdue");
    let revision = page.value("revision").unwrap();
    client.get("/concerns").await.shows("Ficticio").shows("Risk to self");
    client.post(&format!("{concern}/closing"), &[("outcome", ""), ("done", "typed already"), ("revision", &revision)]).await.is(422).shows("Choose what came of it").shows("typed already");
    client.post(&format!("{concern}/closing"), &[("outcome", "passed-on"), ("done", " "), ("revision", &revision)]).await.is(422).shows("Say what was done");
    world.set_now(world.app.now() + jiff::SignedDuration::from_mins(30));
    client.get(&concern).await.hides("overdue");
    world.set_now(world.app.now() + jiff::SignedDuration::from_mins(100));
    let client = world.client(Cast::Facilitator).await;
    client.get(&concern).await.shows("overdue");
    client.get("/concerns?state=overdue").await.shows("Ficticio");
    client.post(&format!("{concern}/closing"), &[("outcome", "passed-on"), ("done", "Told the duty desk."), ("revision", &revision)]).await.leads();
    client.get(&concern).await.is(200).shows("Told the duty desk.").shows("Passed on to whoever must act");
    client.get("/concerns").await.shows("No open concerns");
    client.get("/concerns?state=closed").await.shows("Ficticio");
});

both!(async fn two_people_close_it_and_the_second_is_told(world) {
    let case = worked_on(&world).await;
    let concern = recorded(&world, &case, "other", Cast::Facilitator).await;
    let client = world.client(Cast::Facilitator).await;
    let revision = client.get(&concern).await.value("revision").unwrap();
    let manager = world.client(Cast::Manager).await;
    manager.post(&format!("{concern}/owner"), &[("owner", &Cast::Coordinator.id().to_string()), ("revision", &revision)]).await.leads();
    let reply = client.post(&format!("{concern}/closing"), &[("outcome", "acted-upon"), ("done", "Spoke with him."), ("revision", &revision)]).await;
    reply.is(409).shows("Somebody changed this concern").shows("Spoke with him.");
    let fresh = reply.value("revision").unwrap();
    client.post(&format!("{concern}/closing"), &[("outcome", "acted-upon"), ("done", "Spoke with him."), ("revision", &fresh)]).await.leads();
    manager.post(&format!("{concern}/closing"), &[("outcome", "acted-upon"), ("done", "Late."), ("revision", &fresh)]).await.is(409).shows("Somebody closed this concern").shows("Spoke with him.");
    assert_eq!(world.number("SELECT COUNT(*) FROM concerns WHERE closed_at IS NOT NULL").await, 1);
});

both!(async fn sent_twice_it_is_recorded_once_and_sealed(world) {
    let case = worked_on(&world).await;
    let client = world.client(Cast::Facilitator).await;
    let once = client.get(&format!("/cases/{case}/concerns/new")).await.value("once").unwrap();
    let owner = Cast::Facilitator.id().to_string();
    let fields = [("kind", "other"), ("words", "canary-4711"), ("owner", owner.as_str()), ("once", once.as_str())];
    let first = client.post(&format!("/cases/{case}/concerns"), &fields).await.leads();
    assert_eq!(client.post(&format!("/cases/{case}/concerns"), &fields).await.leads(), first);
    assert_eq!(world.number("SELECT COUNT(*) FROM concerns").await, 1);
    assert_eq!(world.number("SELECT COUNT(*) FROM access_log WHERE kind = 'concern' AND act = 'made'").await, 1);
    if world.folder.is_some() {
        assert!(!world.bytes().windows(11).any(|bytes| bytes == b"canary-4711"));
    }
});

both!(async fn a_case_is_found_from_anywhere(world) {
    let case = worked_on(&world).await;
    let facilitator = world.client(Cast::Facilitator).await;
    facilitator.get("/concerns/new").await.is(200).shows(&format!("/cases/{case}/concerns/new"));
    world.client(Cast::Colleague).await.get("/concerns/new?q=Ficti").await.shows("Nobody found");
    let coordinator = world.client(Cast::Coordinator).await;
    coordinator.get("/concerns/new").await.hides("Ficticio");
    coordinator.get("/concerns/new?q=FICTI").await.shows("Ficticio");
    world.client(Cast::Outsider).await.get("/concerns/new?q=ficti").await.shows("Nobody found");
});
