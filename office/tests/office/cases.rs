//! A case from the waiting list to its end through its pages, and what each reader sees of it.

use fairway_domain::case::{Case, Happening};

use crate::referrals::{queued, registered as referred, with};
use crate::world::{Cast, Client, Reply, SOUTH, World};

/// A word that must be nowhere in the clear.
const CANARY: &str = "zarapito-invented-7319";

/// A case just referred; its address.
async fn registered(world: &World, changes: &[(&'static str, &str)]) -> String {
    format!("/cases/{}", referred(world, changes).await)
}

/// A case on the waiting list; its address.
async fn listed(world: &World) -> String {
    let id = referred(world, &[]).await;
    queued(world, &id, "medium", "medium").await;
    format!("/cases/{id}")
}

/// A case the referrer of the cast sent in; its address.
async fn by_referrer(world: &World) -> String {
    let client = world.client(Cast::Referrer).await;
    let mut fields = with(world, &[]);
    fields.push(("person", "new".to_owned()));
    crate::referrals::send(&client, "/referrals/new", &fields).await.leads();
    let mut tx = world.app.db.read().await.unwrap();
    let (id,): (uuid::Uuid,) = fairway_office::on!(&mut tx, |c| sqlx::query_as("SELECT id FROM cases").fetch_one(c)).unwrap();
    format!("/cases/{id}")
}

/// Stage, phase, referred, waiting since, started, ended, place.
type Row = (String, Option<String>, String, Option<String>, Option<String>, Option<String>, uuid::Uuid);

/// What the history tells is what the row says.
async fn replayed(world: &World) {
    let mut tx = world.app.db.read().await.unwrap();
    let facts: Vec<(String,)> =
        fairway_office::on!(&mut tx, |c| sqlx::query_as("SELECT facts FROM case_events ORDER BY seq").fetch_all(c)).unwrap();
    let history: Vec<Happening> = facts.iter().map(|(facts,)| serde_json::from_str(facts).unwrap()).collect();
    let case = Case::from_history(&history).unwrap();
    let row: Row = fairway_office::on!(&mut tx, |c| sqlx::query_as(
        "SELECT stage, phase, referred_on, waiting_since_on, started_on, ended_on, unit_id FROM cases"
    )
    .fetch_one(c))
    .unwrap();
    let some = |on: Option<jiff::civil::Date>| on.map(|on| on.to_string());
    let told: Row = (
        case.stage().code().to_owned(),
        case.stage().phase().map(|phase| phase.id.clone()),
        case.referred_on().to_string(),
        some(case.waiting_since()),
        some(case.started_on()),
        some(case.ended_on()),
        case.unit(),
    );
    assert_eq!(row, told);
}

/// A case on the waiting list with the facilitator assigned.
async fn waiting(world: &World) -> String {
    with_facilitator(world, listed(world).await).await
}

async fn with_facilitator(world: &World, case: String) -> String {
    let coordinator = world.client(Cast::Coordinator).await;
    let id = Cast::Facilitator.id().to_string();
    submit(&coordinator, &format!("{case}/facilitator"), &[("facilitator", &id)]).await;
    case
}

/// A case in its first phase.
pub async fn started(world: &World) -> String {
    start(world, waiting(world).await).await
}

/// The same of somebody else.
pub async fn started_beside(world: &World) -> String {
    let id = referred(world, &[("given-names", "Otro"), ("family-names", "Imaginado"), ("born-on", "1/1/1990")]).await;
    queued(world, &id, "medium", "medium").await;
    start(world, with_facilitator(world, format!("/cases/{id}")).await).await
}

async fn start(world: &World, case: String) -> String {
    let coordinator = world.client(Cast::Coordinator).await;
    submit(&coordinator, &format!("{case}/start"), &[("on", "15/6/2026")]).await;
    case
}

/// Hands a case over to the other place.
pub async fn hand_over(world: &World, case: &str) {
    let coordinator = world.client(Cast::Coordinator).await;
    let to = send(&coordinator, &format!("{case}/transfer"), &[("on", "15/6/2026"), ("place", &SOUTH.to_string())]).await.leads();
    assert_eq!(to, "/cases");
}

/// Ends a case before its time, for the first of the definition's reasons.
pub async fn end_early(world: &World, case: &str, by: Cast) {
    let definition = world.app.content.programme(world.programme("out-of-the-net")).unwrap();
    let reason = definition.definition.reasons.ended_early[0].id.clone();
    submit(&world.client(by).await, &format!("{case}/ending"), &[("on", "15/6/2026"), ("reason", &reason)]).await;
}

/// Puts a date of a case right.
pub async fn correct(world: &World, case: &str, what: &str, to: &str) {
    let fields = [("what", what), ("to", to), ("comment", "Misread.")];
    submit(&world.client(Cast::Coordinator).await, &format!("{case}/correction"), &fields).await;
}

/// Opens a form and sends it back as a browser would, with these fields.
async fn send(client: &Client<'_>, path: &str, fields: &[(&str, &str)]) -> Reply {
    let form = client.get(path).await;
    form.is(200);
    send_as(client, path, &form, fields).await
}

async fn send_as(client: &Client<'_>, path: &str, form: &Reply, fields: &[(&str, &str)]) -> Reply {
    let (once, revision) = (form.value("once").unwrap_or_default(), form.value("revision").unwrap_or_default());
    let mut all = vec![("once", once.as_str()), ("revision", revision.as_str())];
    all.extend_from_slice(fields);
    client.post(path, &all).await
}

async fn submit(client: &Client<'_>, path: &str, fields: &[(&str, &str)]) {
    send(client, path, fields).await.leads();
}

const PAGES: [&str; 8] = ["", "/thread", "/targets", "/sessions", "/notes", "/measures", "/history", "/observations/new"];

both!(async fn each_page_is_for_those_it_is_for(world) {
    let case = started(&world).await;
    for page in PAGES {
        let path = format!("{case}{page}");
        world.client(Cast::Facilitator).await.get(&path).await.is(200).shows("2026-0001");
        world.client(Cast::Facilitator).await.in_spanish().get(&path).await.is(200);
        world.client(Cast::Manager).await.get(&path).await.is(200);
        let coordinator = if matches!(page, "/notes" | "/observations/new") { 403 } else { 200 };
        world.client(Cast::Coordinator).await.get(&path).await.is(coordinator);
        for nobody in [Cast::Colleague, Cast::OutsideFacilitator] {
            world.client(nobody).await.get(&path).await.is(404);
        }
        for other in [Cast::Outsider, Cast::Auditor, Cast::Researcher, Cast::Administrator] {
            let status = world.client(other).await.get(&path).await.status;
            assert!(matches!(status, 403 | 404), "{other:?} {path}: {status}");
        }
        assert!(world.anonymous().get(&path).await.leads().starts_with("/sign-in"));
    }
    for (page, who, status) in [
        ("/start", Cast::Facilitator, 303),
        ("/phase", Cast::Facilitator, 200),
        ("/ending", Cast::Coordinator, 200),
        ("/correction", Cast::Coordinator, 200),
        ("/correction", Cast::Facilitator, 403),
        ("/transfer", Cast::Facilitator, 403),
        ("/transfer", Cast::Manager, 200),
        ("/levels", Cast::Manager, 200),
        ("/facilitator", Cast::Facilitator, 403),
        ("/goals/new", Cast::Coordinator, 403),
        ("/targets/loneliness/judgement", Cast::Facilitator, 200),
        ("/targets/no-such-target/judgement", Cast::Facilitator, 404),
    ] {
        world.client(who).await.get(&format!("{case}{page}")).await.is(status);
    }
});

both!(async fn the_list_names_only_what_the_reader_may_see(world) {
    world.client(Cast::Coordinator).await.get("/cases").await.is(200).shows("No case yet");
    let case = waiting(&world).await;
    for who in [Cast::Coordinator, Cast::Manager, Cast::Facilitator] {
        world.client(who).await.get("/cases").await.is(200).shows("2026-0001").shows("Showing 1 to 1").shows("Waiting");
    }
    for who in [Cast::Colleague, Cast::Outsider, Cast::OutsideFacilitator] {
        world.client(who).await.get("/cases").await.is(200).hides("2026-0001");
    }
    for who in [Cast::Auditor, Cast::Researcher, Cast::Administrator, Cast::Referrer] {
        world.client(who).await.get("/cases").await.is(403);
    }
    let client = world.client(Cast::Coordinator).await;
    for sort in ["name", "-name", "number", "-number", "stage", "-stage", "phase", "-phase", "order", "-order", "started", "-started", "nonsense"] {
        client.get(&format!("/cases?sort={sort}")).await.is(200).shows("2026-0001");
    }
    for (query, found) in [("stage=waiting", true), ("stage=completed", false), ("name=2026-1", true), ("name=zz", false), ("name=%25", true), ("programme=none", false), ("page=2", false)] {
        let reply = client.get(&format!("/cases?{query}")).await;
        assert_eq!(reply.is(200).body.contains(&case), found, "{query}");
    }
    client.get(&format!("/cases?facilitator={}&place={}", Cast::Facilitator.id(), crate::world::NORTH)).await.shows("2026-0001");
    client.get(&format!("/cases?facilitator={}", Cast::Colleague.id())).await.shows("No case matches");
    assert!(world.number("SELECT COUNT(*) FROM access_log WHERE act = 'listed' AND action = 'see-cases' AND kind = 'case'").await > 10);
});

both!(async fn a_case_goes_its_way_and_the_row_keeps_step(world) {
    let case = listed(&world).await;
    let coordinator = world.client(Cast::Coordinator).await;
    let start = format!("{case}/start");
    send(&coordinator, &start, &[("on", "15/6/2026")]).await.is(422).shows("A facilitator must be assigned first");
    let facilitator = Cast::Facilitator.id().to_string();
    send(&coordinator, &format!("{case}/facilitator"), &[("facilitator", &Cast::OutsideFacilitator.id().to_string())]).await.is(422);
    submit(&coordinator, &format!("{case}/facilitator"), &[("facilitator", &facilitator)]).await;
    world.client(Cast::Facilitator).await.get(&case).await.is(200).shows("Start the programme");
    send(&coordinator, &start, &[("on", "16/6/2026")]).await.is(422).shows("lies in the future");
    send(&coordinator, &start, &[("on", "1/1/2020")]).await.is(422).shows("lies before");
    submit(&coordinator, &start, &[("on", "15/6/2026")]).await;
    assert_eq!(world.number("SELECT COUNT(*) FROM cases WHERE stage = 'in-phase' AND phase IS NOT NULL AND started_on = '2026-06-15'").await, 1);
    assert!(world.number("SELECT COUNT(*) FROM planned_sessions WHERE case_id IS NOT NULL AND standing = 'planned'").await > 3);

    // The gate is shut: whoever may not open it cannot, and whoever may must say why.
    let phase = format!("{case}/phase");
    let fac = world.client(Cast::Facilitator).await;
    fac.get(&phase).await.is(200).shows("Some conditions do not hold").shows("needed").shows("not known").hides("I answer for it");
    send(&fac, &phase, &[("on", "15/6/2026")]).await.is(422).shows("conditions do not hold");
    send(&fac, &phase, &[("on", "15/6/2026"), ("against", "yes"), ("comment", "An invented reason.")]).await.is(422);
    let manager = world.client(Cast::Manager).await;
    send(&manager, &phase, &[("on", "15/6/2026"), ("against", "yes")]).await.is(422).shows("Please say why");
    for _ in 0..2 {
        let next = send(&manager, &phase, &[("on", "15/6/2026"), ("against", "yes"), ("comment", "An invented reason.")]).await;
        next.leads();
    }
    assert_eq!(world.number("SELECT COUNT(*) FROM case_events WHERE against_rule AND kind = 'enter-phase'").await, 2);
    manager.get(&format!("{case}/history")).await.shows("against the rule").shows("An invented reason.").shows(&Cast::Manager.name());
    fac.get(&phase).await.leads();
    send(&manager, &format!("{case}/completion"), &[("on", "15/6/2026")]).await.is(422);
    submit(&manager, &format!("{case}/completion"), &[("on", "15/6/2026"), ("against", "yes"), ("comment", "Done elsewhere.")]).await;
    assert_eq!(world.number("SELECT COUNT(*) FROM cases WHERE stage = 'completed' AND phase IS NULL AND ended_on = '2026-06-15'").await, 1);
    assert_eq!(world.number("SELECT COUNT(*) FROM planned_sessions WHERE standing = 'planned'").await, 0);
    // Ended: only what is open to an ended case is offered.
    fac.get(&format!("{case}/ending")).await.is(403);
    send(&coordinator, &format!("{case}/reopening"), &[("on", "15/6/2026")]).await.is(422);
    submit(&coordinator, &format!("{case}/reopening"), &[("on", "15/6/2026"), ("comment", "Ended by mistake.")]).await;
    let definition = world.app.content.programme(world.programme("out-of-the-net")).unwrap();
    let reason = definition.definition.reasons.ended_early[0].id.clone();
    send(&coordinator, &format!("{case}/ending"), &[("on", "15/6/2026")]).await.is(422);
    submit(&coordinator, &format!("{case}/ending"), &[("on", "15/6/2026"), ("reason", &reason)]).await;
    assert_eq!(world.number("SELECT COUNT(*) FROM cases WHERE stage = 'ended-early' AND end_reason IS NOT NULL").await, 1);
    replayed(&world).await;
});

both!(async fn never_started_has_a_reason_and_a_date(world) {
    let case = waiting(&world).await;
    let coordinator = world.client(Cast::Coordinator).await;
    let definition = world.app.content.programme(world.programme("out-of-the-net")).unwrap();
    let reason = definition.definition.reasons.never_started[0].id.clone();
    send(&coordinator, &format!("{case}/never-started"), &[("on", "15/6/2026"), ("reason", "nonsense")]).await.is(422);
    submit(&coordinator, &format!("{case}/never-started"), &[("on", "15/6/2026"), ("reason", &reason)]).await;
    assert_eq!(world.number("SELECT COUNT(*) FROM cases WHERE stage = 'never-started' AND started_on IS NULL AND ended_on IS NOT NULL").await, 1);
    replayed(&world).await;
});

both!(async fn a_correction_is_an_event_like_the_others(world) {
    let case = started(&world).await;
    let coordinator = world.client(Cast::Coordinator).await;
    let path = format!("{case}/correction");
    send(&coordinator, &path, &[("what", "phase-0"), ("to", "14/6/2020"), ("comment", "Misread.")]).await.is(422).shows("would come after");
    send(&coordinator, &path, &[("what", "phase-0"), ("to", "1/7/2026"), ("comment", "Misread.")]).await.is(422).shows("future");
    send(&coordinator, &path, &[("what", "ended"), ("to", "15/6/2026"), ("comment", "Misread.")]).await.is(422);
    world.set_today(jiff::civil::date(2026, 6, 20));
    let coordinator = world.client(Cast::Coordinator).await;
    submit(&coordinator, &path, &[("what", "phase-0"), ("to", "18/6/2026"), ("comment", "Misread.")]).await;
    assert_eq!(world.number("SELECT COUNT(*) FROM cases WHERE started_on = '2026-06-18' AND stage_since_on = '2026-06-18'").await, 1);
    coordinator.get(&format!("{case}/history")).await.shows("Date put right").shows("Misread.").shows("18 Jun 2026");
    replayed(&world).await;
});

both!(async fn a_stale_form_keeps_what_was_typed_and_a_form_sent_twice_is_one_event(world) {
    let case = waiting(&world).await;
    let coordinator = world.client(Cast::Coordinator).await;
    let path = format!("{case}/start");
    let old = coordinator.get(&path).await;
    let levels = format!("{case}/levels");
    submit(&coordinator, &levels, &[("risk", "high"), ("need", "high")]).await;
    let stale = send_as(&coordinator, &path, &old, &[("on", "15/6/2026"), ("comment", "typed and kept")]).await;
    stale.is(409).shows("Somebody changed this case").shows("typed and kept");
    let (once, revision) = (stale.value("once").unwrap(), stale.value("revision").unwrap());
    for _ in 0..2 {
        let fields = [("once", once.as_str()), ("revision", revision.as_str()), ("on", "15/6/2026"), ("comment", "")];
        assert_eq!(coordinator.post(&path, &fields).await.leads(), case);
    }
    assert_eq!(world.number("SELECT COUNT(*) FROM case_events WHERE kind = 'start'").await, 1);
});

both!(async fn a_case_handed_over_is_seen_there_and_no_longer_here(world) {
    let case = waiting(&world).await;
    let coordinator = world.client(Cast::Coordinator).await;
    hand_over(&world, &case).await;
    coordinator.get(&case).await.is(404);
    world.client(Cast::Facilitator).await.get(&case).await.is(404);
    world.client(Cast::Outsider).await.get(&case).await.is(200);
    assert_eq!(world.number("SELECT COUNT(*) FROM case_staff").await, 0);
    replayed(&world).await;
});

both!(async fn a_referrer_sees_where_their_case_stands_and_no_more(world) {
    let case = by_referrer(&world).await;
    let referrer = world.client(Cast::Referrer).await;
    referrer.get(&case).await.is(200).shows("2026-0001").shows("As the referrer").hides("Risk level");
    for page in PAGES.iter().filter(|page| !page.is_empty()) {
        referrer.get(&format!("{case}{page}")).await.is(403);
    }
    referrer.get(&format!("{case}/ending")).await.is(403);
    world.client(Cast::OtherReferrer).await.get(&case).await.is(404);
});

both!(async fn evidence_leads_to_a_need_and_a_goal(world) {
    let case = started(&world).await;
    let fac = world.client(Cast::Facilitator).await;
    let judge = format!("{case}/targets/loneliness/judgement");
    fac.get(&judge).await.is(200).shows("Nothing has been observed");
    fac.post(&judge, &[("need", "present"), ("on", "15/6/2026")]).await.is(422);
    let observe = format!("{case}/observations");
    let form = fac.get(&format!("{observe}/new?bears=target:loneliness")).await;
    send_as(&fac, &observe, &form, &[("bears", "target:no-such"), ("source", "interview"), ("on", "16/6/2026"), ("text", "")]).await.is(422).shows("future");
    let fields = [("bears", "target:loneliness"), ("source", "interview"), ("on", "14/6/2026"), ("text", CANARY)];
    send_as(&fac, &observe, &form, &fields).await.leads();
    send_as(&fac, &observe, &form, &fields).await.leads();
    assert_eq!(world.number("SELECT COUNT(*) FROM observations").await, 1);
    let page = fac.get(&judge).await;
    let cited = page.is(200).shows(CANARY).value("cites").unwrap();
    send_as(&fac, &judge, &page, &[("need", "present"), ("on", "13/6/2026"), ("cites", &cited)]).await.is(422).shows("later than the judgement");
    send_as(&fac, &judge, &page, &[("need", "present"), ("on", "15/6/2026"), ("reason", "An invented reason.")]).await.is(422).shows("at least one observation");
    // An observation may bear on the target by one of its constructs, and only such may be cited.
    let elsewhere = [("bears", "glm:play"), ("source", "file"), ("on", "14/6/2026"), ("text", "Something else.")];
    fac.post(&observe, &elsewhere).await.leads();
    let other = {
        let mut tx = world.app.db.read().await.unwrap();
        let (id,): (uuid::Uuid,) = fairway_office::on!(&mut tx, |c| sqlx::query_as("SELECT id FROM observations WHERE target IS NULL").fetch_one(c)).unwrap();
        id.to_string()
    };
    send_as(&fac, &judge, &page, &[("need", "present"), ("on", "15/6/2026"), ("cites", &other)]).await.is(422).shows("does not bear");
    send_as(&fac, &judge, &page, &[("need", "present"), ("on", "15/6/2026"), ("cites", &cited), ("reason", "An invented reason.")]).await.leads();
    fac.get(&format!("{case}/targets")).await.shows("1 of").shows("An invented reason.").shows(CANARY);
    world.client(Cast::Coordinator).await.get(&format!("{case}/targets")).await.shows("present").hides(CANARY).hides("An invented reason.");
    let goals = format!("{case}/goals");
    fac.post(&goals, &[("words", "I want company."), ("good", "relatedness"), ("on", "15/6/2026")]).await.is(422).shows("at least one target");
    fac.post(&goals, &[("words", "I want company."), ("good", "relatedness"), ("on", "15/6/2026"), ("targets", "loneliness")]).await.leads();
    let page = fac.get(&format!("{case}/targets")).await;
    page.shows("I want company.");
    let goal = page.body.split("/goals/").find_map(|rest| rest.get(..36).filter(|id| uuid::Uuid::try_parse(id).is_ok())).unwrap();
    let closure = format!("{case}/goals/{goal}/closure");
    fac.post(&closure, &[("revision", "7")]).await.is(409);
    fac.post(&closure, &[("revision", "1")]).await.leads();
    assert_eq!(world.number("SELECT COUNT(*) FROM goals WHERE closed_on = '2026-06-15'").await, 1, "closed, and still on record");
    fac.get(&format!("{case}/thread")).await.is(200).shows("<svg");
});

both!(async fn another_track_takes_sessions_out_of_the_plan_and_brings_them_in(world) {
    let case = started(&world).await;
    let manager = world.client(Cast::Manager).await;
    let levels = format!("{case}/levels");
    let optional = "SELECT COUNT(*) FROM planned_sessions WHERE standing = 'planned' AND session IN ('life-story', 'open-chapters', 'steadying')";
    for (risk, need, planned) in [("high", "high", 3), ("low", "low", 0), ("medium", "medium", 1)] {
        submit(&manager, &levels, &[("risk", risk), ("need", need)]).await;
        assert_eq!(world.number(optional).await, planned, "{risk} {need}");
    }
});

both!(async fn a_note_is_signed_and_amended_and_never_in_the_clear(world) {
    let case = started(&world).await;
    let fac = world.client(Cast::Facilitator).await;
    let path = format!("{case}/notes");
    send(&fac, &path, &[("about_on", "16/6/2026"), ("text", "kept words")]).await.is(422).shows("kept words");
    submit(&fac, &path, &[("about_on", "15/6/2026"), ("text", CANARY)]).await;
    let page = fac.get(&path).await;
    page.shows(CANARY).shows("Signed by");
    let note = page.body.split("?amends=").nth(1).unwrap()[..36].to_owned();
    submit(&fac, &path, &[("about_on", "15/6/2026"), ("text", "Put right."), ("amends", &note)]).await;
    fac.get(&path).await.shows(CANARY).shows("Put right.").shows("Amendment");
    // A note of another case cannot be amended from here.
    let other = registered(&world, &[("given-names", "Otra"), ("born-on", "3/3/1980")]).await;
    world.client(Cast::Manager).await.post(&format!("{other}/notes"), &[("about_on", "15/6/2026"), ("text", "x"), ("amends", &note)]).await.is(404);
    world.client(Cast::Coordinator).await.post(&path, &[("about_on", "15/6/2026"), ("text", "x")]).await.is(403);
    let manager = world.client(Cast::Manager).await;
    submit(&manager, &format!("{case}/phase"), &[("on", "15/6/2026"), ("against", "yes"), ("comment", CANARY)]).await;
    if world.folder.is_some() {
        let bytes = world.bytes();
        assert!(!bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes()), "a sealed text stands in the clear");
    }
});

both!(async fn a_professional_confirms_what_nobody_can_count(world) {
    let case = started(&world).await;
    let fac = world.client(Cast::Facilitator).await;
    let page = fac.get(&format!("{case}/phase")).await;
    let condition = page.shows("I confirm this").value("condition").unwrap();
    let path = format!("{case}/confirmations");
    fac.post(&path, &[("condition", "nonsense"), ("holds", "yes"), ("back", "phase")]).await.is(400);
    world.client(Cast::Coordinator).await.post(&path, &[("condition", &condition), ("holds", "yes")]).await.is(403);
    assert_eq!(fac.post(&path, &[("condition", &condition), ("holds", "yes"), ("back", "phase")]).await.leads(), format!("{case}/phase"));
    assert!(fac.get(&format!("{case}/phase")).await.body.matches("I confirm this").count() < page.body.matches("I confirm this").count());
});

both!(async fn numbers_are_given_once_a_year(world) {
    let (one, two) = tokio::join!(registered(&world, &[]), registered(&world, &[("given-names", "Otra"), ("born-on", "3/3/1980")]));
    assert_ne!(one, two);
    assert_eq!(world.number("SELECT COUNT(DISTINCT case_number) FROM cases WHERE case_number IN ('2026-0001', '2026-0002')").await, 2);
});
