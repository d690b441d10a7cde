//! Referrals and suitability: the form, its faults, duplicates, corrections, criteria, the way onto the waiting list.

use crate::world::{Cast, Client, Reply, World};

/// A referral that can be registered as it stands. Everybody is invented.
pub fn filled(world: &World) -> Vec<(&'static str, String)> {
    vec![
        ("given-names", "Tomás".to_owned()),
        ("family-names", "Ficticio Inventado".to_owned()),
        ("born-on", "4/3/1980".to_owned()),
        ("language", "es".to_owned()),
        ("telephone", "+34 600 000 000".to_owned()),
        ("referred-on", "15/6/2026".to_owned()),
        ("legal-basis", "suspension".to_owned()),
        ("order-starts-on", "1 jun 2026".to_owned()),
        ("order-ends-on", "2028-06-01".to_owned()),
        ("offences", "viewer".to_owned()),
        ("availability", "mon-evening".to_owned()),
        ("availability", "wed-morning".to_owned()),
        ("travel-minutes", "35".to_owned()),
        ("responsivity", "reading".to_owned()),
        ("programme", world.programme("out-of-the-net").to_string()),
    ]
}

/// The same with some fields replaced (an empty value takes a field out).
pub fn with(world: &World, changes: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    let mut fields = filled(world);
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        if !value.is_empty() {
            fields.push((*name, (*value).to_owned()));
        }
    }
    fields
}

pub async fn send(client: &Client<'_>, path: &str, fields: &[(&'static str, String)]) -> Reply {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    client.post(path, &fields).await
}

/// Registers a case as the coordinator of the north; its id.
pub async fn registered(world: &World, changes: &[(&'static str, &str)]) -> String {
    let client = world.client(Cast::Coordinator).await;
    let mut fields = with(world, changes);
    fields.push(("person", "new".to_owned()));
    let to = send(&client, "/referrals/new", &fields).await.leads();
    to.strip_prefix("/cases/").unwrap().to_owned()
}

/// Puts a registered case on the waiting list with these levels; every criterion met.
pub async fn queued(world: &World, case: &str, risk: &str, need: &str) {
    let client = world.client(Cast::Coordinator).await;
    judge_all(world, &client, case, "met").await;
    client.post(&format!("/cases/{case}/suitability/decision"), &[("decision", "suitable"), ("on", "15/6/2026")]).await.leads();
    client.post(&format!("/cases/{case}/waiting"), &[("risk", risk), ("need", need), ("on", "15/6/2026")]).await.leads();
}

async fn judge_all(world: &World, client: &Client<'_>, case: &str, verdict: &str) {
    let id = world.programme("out-of-the-net");
    let criteria: Vec<String> =
        world.app.content.programme(id).unwrap().definition.suitability.iter().map(|criterion| criterion.id.clone()).collect();
    let mut fields = vec![("judged-on".to_owned(), "15/6/2026".to_owned())];
    for criterion in criteria {
        fields.push((format!("verdict-{criterion}"), verdict.to_owned()));
        fields.push((format!("reason-{criterion}"), "An invented reason.".to_owned()));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    client.post(&format!("/cases/{case}/suitability"), &fields).await.leads();
}

both!(async fn each_page_is_for_those_it_is_for(world) {
    for (who, status) in [(Cast::Coordinator, 200), (Cast::Manager, 200), (Cast::Referrer, 200), (Cast::Facilitator, 403), (Cast::Researcher, 403), (Cast::Administrator, 403)] {
        world.client(who).await.get("/referrals").await.is(status);
    }
    for (who, status) in [(Cast::Coordinator, 200), (Cast::Referrer, 200), (Cast::Manager, 403), (Cast::Facilitator, 403)] {
        world.client(who).await.get("/referrals/new").await.is(status);
    }
    assert_eq!(send(&world.client(Cast::Manager).await, "/referrals/new", &filled(&world)).await.status, 403);
    let case = registered(&world, &[]).await;
    for path in [format!("/referrals/{case}"), format!("/cases/{case}/suitability")] {
        world.client(Cast::Coordinator).await.get(&path).await.is(200);
        world.client(Cast::Manager).await.get(&path).await.is(200);
        world.client(Cast::Outsider).await.get(&path).await.is(404);
        assert!(world.anonymous().get(&path).await.leads().starts_with("/sign-in"));
    }
    world.client(Cast::Colleague).await.get(&format!("/cases/{case}/suitability")).await.is(404);
    world.client(Cast::Colleague).await.get(&format!("/referrals/{case}")).await.is(403);
    for (path, fields) in [("suitability", vec![("judged-on", "15/6/2026")]), ("suitability/decision", vec![("decision", "not-suitable"), ("on", "15/6/2026"), ("comment", "no")]), ("waiting", vec![("risk", "low"), ("need", "low")])] {
        let path = format!("/cases/{case}/{path}");
        world.client(Cast::Outsider).await.post(&path, &fields).await.is(404);
        world.client(Cast::Facilitator).await.post(&path, &fields).await.is(403);
        world.client(Cast::Researcher).await.post(&path, &fields).await.is(403);
        assert!(world.anonymous().post(&path, &fields).await.leads().starts_with("/sign-in"));
    }
    world.client(Cast::Outsider).await.post(&format!("/referrals/{case}"), &[]).await.is(404);
    assert!(world.anonymous().get("/referrals").await.leads().starts_with("/sign-in"));
    assert!(world.anonymous().get("/referrals/new").await.leads().starts_with("/sign-in"));
    assert_eq!(world.number("SELECT COUNT(*) FROM case_events").await, 1);
});

both!(async fn a_referral_is_registered_listed_and_logged(world) {
    let client = world.client(Cast::Coordinator).await;
    client.get("/referrals").await.is(200).shows("No referrals at this stage");
    let blank = client.get("/referrals/new").await;
    blank.shows("Register a referral").shows("15 Jun 2026").shows("Suspended sentence");
    let case = registered(&world, &[]).await;
    client.get("/referrals").await.is(200).shows("Tomás Ficticio Inventado").shows("1 Jun 2028").shows("2026-0001");
    assert_eq!(world.number("SELECT COUNT(*) FROM access_log WHERE act = 'made' AND kind = 'case'").await, 1);
    assert_eq!(world.number("SELECT COUNT(*) FROM access_log WHERE act = 'listed' AND kind = 'case'").await, 1);
    world.client(Cast::Outsider).await.get("/referrals").await.hides("Ficticio");
    client.get(&format!("/referrals/{case}")).await.is(200).shows("1 Jun 2028").shows("+34 600 000 000");
    client.get("/referrals?stage=waiting").await.shows("No referrals at this stage");
    world.client(Cast::Coordinator).await.in_spanish().get("/referrals").await.shows("Derivaciones");
});

both!(async fn a_referrer_sees_their_own_and_nobody_elses(world) {
    let referrer = world.client(Cast::Referrer).await;
    referrer.get("/referrals").await.is(200).shows("You have not referred anybody yet");
    assert_eq!(send(&referrer, "/referrals/new", &filled(&world)).await.leads(), "/referrals");
    referrer.get("/referrals").await.shows("Tomás Ficticio Inventado").shows("Suitability is being judged.");
    world.client(Cast::OtherReferrer).await.get("/referrals").await.hides("Ficticio");
    registered(&world, &[("given-names", "Berta"), ("family-names", "Imaginaria"), ("born-on", "1/1/1990")]).await;
    referrer.get("/referrals").await.hides("Imaginaria");
});

both!(async fn what_is_wrong_is_told_at_once_and_what_was_typed_stays(world) {
    let client = world.client(Cast::Coordinator).await;
    let fields = with(&world, &[("given-names", ""), ("born-on", "31/2/1980"), ("order-ends-on", ""), ("identifier-dni", "12345678A"), ("travel-minutes", "9000"), ("email", "nobody"), ("proceedings", "An invented remark")]);
    let reply = send(&client, "/referrals/new", &fields).await;
    reply.is(422).shows("no day 31").shows("needs the day on which the order ends").shows("it should be").shows("between 0 and 600").shows("An invented remark").shows("Ficticio Inventado");
    assert_eq!(reply.value("born-on").as_deref(), Some("31/2/1980"));
    assert_eq!(world.number("SELECT COUNT(*) FROM cases").await, 0);
    for (written, told) in [("4/3/80", "four digits"), ("3/24/1980", "no month 24"), ("someday", "not a date we can read"), ("4 brumaire 1980", "brumaire"), ("4/3/2020", "years old"), ("4/3/2027", "not come yet")] {
        send(&client, "/referrals/new", &with(&world, &[("born-on", written)])).await.is(422).shows(told);
    }
    send(&client, "/referrals/new", &with(&world, &[("order-starts-on", "2/6/2028")])).await.is(422).shows("end before it starts");
    send(&client, "/referrals/new", &with(&world, &[("given-names", "To\u{7}más")])).await.is(422).shows("cannot be shown");
    send(&client, "/referrals/new", &with(&world, &[("responsivity", "other")])).await.is(422);
    send(&client, "/referrals/new", &with(&world, &[("legal-basis", "invented")])).await.is(422).shows("answers offered");
    assert_eq!(world.number("SELECT COUNT(*) FROM cases").await, 0);
});

both!(async fn dates_are_read_as_people_write_them_and_names_in_every_script(world) {
    for (place, (born, given, family)) in [("4/3/1981", "Zoë 🌊", "Ejemplo"), ("4 de marzo de 1975", "نور", "مثال"), ("1990-03-04", "O’Neil", "Van der Beispiel")].into_iter().enumerate() {
        let case = registered(&world, &[("born-on", born), ("given-names", given), ("family-names", family)]).await;
        let shown = world.client(Cast::Coordinator).await.get(&format!("/referrals/{case}")).await;
        shown.is(200);
        assert_eq!(shown.value("given-names").as_deref(), Some(given), "{place}");
        assert!(shown.value("born-on").unwrap().starts_with("4 Mar "), "{:?}", shown.value("born-on"));
    }
});

both!(async fn a_warning_is_accepted_by_saying_so(world) {
    let client = world.client(Cast::Coordinator).await;
    let mut fields = with(&world, &[("order-starts-on", "1/1/2024"), ("order-ends-on", "1/6/2026"), ("availability", "")]);
    let reply = send(&client, "/referrals/new", &fields).await;
    reply.is(422).shows("already ended").shows("when the person can come").shows("Unusual, but possible");
    fields.push(("accept", "order-ends-on".to_owned()));
    send(&client, "/referrals/new", &fields).await.is(422);
    fields.push(("accept", "availability".to_owned()));
    assert!(send(&client, "/referrals/new", &fields).await.leads().starts_with("/cases/"));
});

both!(async fn a_form_sent_twice_makes_one_case(world) {
    let client = world.client(Cast::Coordinator).await;
    let once = client.get("/referrals/new").await.value("once").unwrap();
    let mut fields = filled(&world);
    fields.push(("once", once));
    let first = send(&client, "/referrals/new", &fields).await.leads();
    assert_eq!(send(&client, "/referrals/new", &fields).await.leads(), first);
    assert_eq!(world.number("SELECT COUNT(*) FROM cases").await, 1);
    assert_eq!(world.number("SELECT COUNT(*) FROM people").await, 1);
});

both!(async fn possible_duplicates_are_shown_and_a_person_decides(world) {
    registered(&world, &[("identifier-dni", "00000000T")]).await;
    let client = world.client(Cast::Coordinator).await;
    let again = with(&world, &[("family-names", "Fictico Inventado"), ("given-names", "Tomas")]);
    let reply = send(&client, "/referrals/new", &again).await;
    reply.is(422).shows("May this person be known already?").shows("This is Tomás Ficticio Inventado").shows("same date of birth").shows("2026-0001");
    assert_eq!(world.number("SELECT COUNT(*) FROM cases").await, 1, "nothing is joined by itself, nothing is saved unasked");
    assert_eq!(world.number("SELECT COUNT(*) FROM access_log WHERE act = 'listed' AND action = 'register-referral'").await, 1);
    let person = reply.body.split("name=\"person\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let mut same = again.clone();
    same.push(("person", person));
    send(&client, "/referrals/new", &same).await.leads();
    assert_eq!((world.number("SELECT COUNT(*) FROM people").await, world.number("SELECT COUNT(*) FROM cases").await), (1, 2));
    let mut other = again.clone();
    other.push(("person", "new".to_owned()));
    send(&client, "/referrals/new", &other).await.leads();
    assert_eq!((world.number("SELECT COUNT(*) FROM people").await, world.number("SELECT COUNT(*) FROM cases").await), (2, 3));
    let mut stranger = again;
    stranger.push(("person", uuid::Uuid::from_u128(77).to_string()));
    send(&client, "/referrals/new", &stranger).await.is(422);
});

both!(async fn somebody_known_elsewhere_is_not_named(world) {
    registered(&world, &[]).await;
    let outsider = world.client(Cast::Outsider).await;
    let basis = world.app.content.jurisdiction("generic").unwrap().legal_bases[0].id.clone();
    let mut fields = with(&world, &[("legal-basis", basis.as_str())]);
    let reply = send(&outsider, "/referrals/new", &fields).await;
    reply.is(422).shows("a place whose records you do not see").hides("2026-0001").hides("This is Tomás");
    fields.push(("person", "new".to_owned()));
    send(&outsider, "/referrals/new", &fields).await.leads();
    let other = world.client(Cast::OtherReferrer).await;
    assert_eq!(send(&other, "/referrals/new", &filled(&world)).await.leads(), "/referrals", "a referrer learns nothing of others");
});

both!(async fn a_correction_is_kept_and_a_stale_one_keeps_what_was_typed(world) {
    let case = registered(&world, &[]).await;
    let path = format!("/referrals/{case}");
    let client = world.client(Cast::Coordinator).await;
    let revision = client.get(&path).await.value("revision").unwrap();
    let mut fields = with(&world, &[("family-names", "Corregido"), ("order-ends-on", "1/6/2029")]);
    fields.push(("revision", revision));
    assert_eq!(send(&client, &path, &fields).await.leads(), format!("/cases/{case}"));
    let shown = client.get(&path).await;
    assert_eq!(shown.value("family-names").as_deref(), Some("Corregido"));
    shown.shows("1 Jun 2029");
    assert_eq!(world.number("SELECT COUNT(*) FROM cases WHERE sort_name LIKE 'corregido%' AND latest_start_on > '2028-01-01'").await, 1);
    for entry in &mut fields {
        if entry.0 == "given-names" {
            "Second Hand".clone_into(&mut entry.1);
        }
    }
    let stale = send(&client, &path, &fields).await;
    stale.is(409).shows("Somebody changed this referral");
    assert_eq!(stale.value("given-names").as_deref(), Some("Second Hand"));
    let fresh = stale.value("revision").unwrap();
    for entry in &mut fields {
        if entry.0 == "revision" {
            fresh.clone_into(&mut entry.1);
        }
    }
    send(&client, &path, &fields).await.leads();
    assert_eq!(client.get(&path).await.value("given-names").as_deref(), Some("Second Hand"));
    send(&client, &path, &with(&world, &[("born-on", "soon")])).await.is(422).shows("not a date");
});

both!(async fn free_text_about_a_person_is_nowhere_in_the_clear(world) {
    let canary = "A-CANARY-NOBODY-KNOWS";
    registered(&world, &[("proceedings", canary), ("responsivity-note", canary), ("address", canary)]).await;
    if world.folder.is_some() {
        let bytes = world.bytes();
        assert!(!bytes.windows(canary.len()).any(|part| part == canary.as_bytes()));
    }
});

both!(async fn criteria_are_judged_and_nothing_is_overwritten(world) {
    let case = registered(&world, &[]).await;
    let client = world.client(Cast::Coordinator).await;
    let path = format!("/cases/{case}/suitability");
    client.get(&path).await.is(200).shows("7 required criteria are still open").shows("Not judged yet.");
    client.post(&path, &[("judged-on", "15/6/2026"), ("verdict-viewing", "not-met")]).await.is(422).shows("say why");
    client.post(&path, &[("judged-on", "16/6/2026"), ("verdict-viewing", "met"), ("reason-viewing", "x")]).await.is(422).shows("not come yet");
    client.post(&path, &[("judged-on", "15/6/2026"), ("verdict-viewing", "not-met"), ("reason-viewing", "The first reason")]).await.leads();
    client.post(&path, &[("judged-on", "15/6/2026"), ("verdict-viewing", "not-met"), ("reason-viewing", "The first reason")]).await.leads();
    assert_eq!(world.number("SELECT COUNT(*) FROM criterion_judgements").await, 1, "the same again adds nothing");
    world.set_now(world.app.now() + jiff::SignedDuration::from_secs(1));
    judge_all(&world, &client, &case, "met").await;
    client.get(&path).await.shows("suitable can be decided").shows("The first reason").shows("One earlier judgement").shows("Coordinator Inventada");
    world.set_now(world.app.now() + jiff::SignedDuration::from_secs(1));
    client.post(&path, &[("judged-on", "15/6/2026"), ("verdict-viewing", "not-met"), ("reason-viewing", "Seen again")]).await.leads();
    client.get(&path).await.shows("Nearly: a single required criterion is not met");
});

both!(async fn suitable_needs_the_criteria_or_a_named_reason(world) {
    let case = registered(&world, &[]).await;
    let client = world.client(Cast::Coordinator).await;
    let path = format!("/cases/{case}/suitability/decision");
    client.post(&path, &[("decision", "suitable"), ("on", "15/6/2026")]).await.is(422).shows("decide against the rule with a reason");
    client.post(&path, &[("decision", "against-rule"), ("on", "15/6/2026")]).await.is(422).shows("give the reason");
    client.post(&path, &[("decision", "against-rule"), ("on", "14/6/2026"), ("comment", "An invented reason")]).await.is(422).shows("before 15 Jun 2026");
    assert_eq!(world.number("SELECT COUNT(*) FROM case_events").await, 1);
    client.post(&path, &[("decision", "against-rule"), ("on", "15/6/2026"), ("comment", "An invented reason")]).await.leads();
    assert_eq!(world.number("SELECT COUNT(*) FROM case_events WHERE kind = 'judge-suitable' AND against_rule = TRUE").await, 1);
    client.post(&path, &[("decision", "not-suitable"), ("on", "15/6/2026"), ("comment", "On second thoughts")]).await.leads();
    assert_eq!(world.number("SELECT COUNT(*) FROM cases WHERE stage = 'not-suitable'").await, 1);
    client.post(&path, &[("decision", "not-suitable"), ("on", "15/6/2026"), ("comment", "again")]).await.is(403);
    client.get(&format!("/cases/{case}/suitability")).await.is(200);
});

both!(async fn risk_and_need_lead_to_a_track_and_onto_the_list(world) {
    let case = registered(&world, &[]).await;
    let client = world.client(Cast::Coordinator).await;
    let path = format!("/cases/{case}/waiting");
    client.post(&path, &[("risk", "low"), ("need", "low"), ("on", "15/6/2026")]).await.is(409);
    judge_all(&world, &client, &case, "met").await;
    client.post(&format!("/cases/{case}/suitability/decision"), &[("decision", "suitable"), ("on", "15/6/2026")]).await.leads();
    client.get(&format!("/cases/{case}/suitability")).await.shows("Put on the waiting list").shows("sessions, about");
    client.post(&path, &[("risk", "low"), ("on", "15/6/2026")]).await.is(422).shows("needed");
    client.post(&path, &[("risk", "high"), ("need", "high"), ("on", "1/6/2026")]).await.is(422).shows("before 15 Jun 2026");
    assert_eq!(world.number("SELECT COUNT(*) FROM cases WHERE track IS NOT NULL").await, 0, "nothing of a refused form stays");
    assert_eq!(client.post(&path, &[("risk", "high"), ("need", "high"), ("on", "15/6/2026")]).await.leads(), format!("/cases/{case}"));
    assert_eq!(world.number("SELECT COUNT(*) FROM cases WHERE stage = 'waiting' AND track IS NOT NULL AND latest_start_on IS NOT NULL AND risk_level = 'high'").await, 1);
    client.post(&path, &[("risk", "low"), ("need", "low")]).await.leads();
    assert_eq!(world.number("SELECT COUNT(*) FROM cases WHERE stage = 'waiting' AND risk_level = 'low'").await, 1);
});
