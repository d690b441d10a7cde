//! The participant answers: by a link and its code, and on a device handed over until the PIN.

use crate::cases::started;
use crate::jar::Jar;
use crate::world::{Cast, World};

/// A link to a measure of a case: its path and its code.
pub async fn link(world: &World, case: &str, measure: &str, language: &str) -> (String, String) {
    let facilitator = world.client(Cast::Facilitator).await;
    let made =
        facilitator.post(&format!("{case}/measures/{measure}/link"), &[("point", "phase-start:motivation"), ("language", language)]).await;
    made.is(200).shows("never again");
    let address = made.body.split("/answer/").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let code = made.body.split("class=\"secret\">").nth(2).unwrap().split('<').next().unwrap().to_owned();
    (format!("/answer/{address}"), code)
}

both!(async fn a_link_needs_its_code_saves_as_it_goes_and_raises_a_concern_at_once(world) {
    let case = started(&world).await;
    let facilitator = world.client(Cast::Facilitator).await;
    facilitator.get(&format!("{case}/measures/mood/new")).await.is(200).shows("By a link").shows("At which point").shows("Language");
    let (path, code) = link(&world, &case, "mood", "en").await;
    let mut person = Jar::new(&world);
    person.get(&path).await.is(200).shows("six digits").hides("Little interest");
    person.post(&path, &[("step", "0"), ("v_0", "3")]).await.leads();
    person.post(&format!("{path}/code"), &[("code", "000")]).await.is(422).shows("That is not the code");
    let to = person.post(&format!("{path}/code"), &[("code", &code)]).await.leads();
    person.get(&to).await.is(200).shows("Little interest").shows("Question 1 of 10");
    Jar::new(&world).get(&path).await.is(200).shows("six digits");
    assert_eq!(person.post(&path, &[("step", "0"), ("v_0", "3")]).await.leads(), format!("{path}?step=1"));
    person.post(&path, &[("step", "1"), ("v_1", "9")]).await.is(422).shows("could not be read");
    assert_eq!(world.number("SELECT COUNT(*) FROM concerns").await, 0);
    person.post(&path, &[("step", "8"), ("v_8", "1")]).await.leads();
    assert_eq!(world.number("SELECT COUNT(*) FROM concerns WHERE kind = 'risk-to-self'").await, 1);
    person.get(&path).await.is(200).shows("checked");
    person.get(&format!("{path}/end")).await.is(200).shows("call 112").shows("8 questions are not answered");
    for step in 1..8 {
        person.post(&path, &[("step", &step.to_string()), (&format!("v_{step}"), "1")]).await.leads();
    }
    person.post(&format!("{path}/end"), &[]).await.leads();
    person.get(&format!("{path}/end")).await.is(200).shows("Thank you").shows("call 112");
    assert_eq!(person.get(&path).await.leads(), format!("{path}/end"));
    assert_eq!(world.number("SELECT COUNT(*) FROM concerns").await, 1);
    person.get("/today").await.leads();
    let shown = facilitator.get(&format!("{case}/measures")).await;
    shown.shows("by a link").shows("11");
    let response = shown.body.split("/responses/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let page = facilitator.get(&format!("{case}/responses/{response}")).await;
    page.is(200).shows("An answer raised a concern").shows("Nearly every day (3)").shows("not answered");
    let fhir = facilitator.get(&format!("{case}/responses/{response}/fhir")).await;
    let bundle: serde_json::Value = serde_json::from_str(&fhir.is(200).body).unwrap();
    assert_eq!(bundle["entry"][2]["resource"]["valueQuantity"]["value"], 11.0);
    world.client(Cast::Coordinator).await.get(&format!("{case}/responses/{response}")).await.is(403);
});

both!(async fn five_wrong_codes_end_a_link(world) {
    let case = started(&world).await;
    let facilitator = world.client(Cast::Facilitator).await;
    let (path, code) = link(&world, &case, "worry", "es").await;
    let mut person = Jar::new(&world);
    for _ in 0..5 {
        person.post(&format!("{path}/code"), &[("code", "1")]).await.is(422);
    }
    person.post(&format!("{path}/code"), &[("code", &code)]).await.is(404);
    person.get(&path).await.is(404);
    person.get("/answer/abc").await.is(404);
    let shown = facilitator.get(&format!("{case}/measures")).await;
    let response = shown.body.split("/responses/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    facilitator.post(&format!("{case}/responses/{response}/withdrawal"), &[]).await.leads();
    assert_eq!(world.number("SELECT COUNT(*) FROM measure_responses WHERE standing = 'void'").await, 1);
});

both!(async fn a_device_handed_over_reaches_nothing_else_until_the_pin(world) {
    let case = started(&world).await;
    let mut device = Jar::signed_in(&world, Cast::Facilitator).await;
    let fields = [("point", "phase-start:motivation"), ("language", "es"), ("pin", "12")];
    device.post(&format!("{case}/measures/worry/device"), &fields).await.is(422).shows("4 to 8 digits");
    let fields = [("point", "phase-start:motivation"), ("language", "es"), ("pin", "4711")];
    let path = device.post(&format!("{case}/measures/worry/device"), &fields).await.leads();
    for elsewhere in ["/", "/today", case.as_str(), "/sign-in", "/measures"] {
        assert_eq!(device.get(elsewhere).await.leads(), path, "{elsewhere}");
    }
    device.get(&path).await.is(200).shows("Se ha sentido nervioso(a)").hides("Good Lives");
    let all: Vec<(String, &str)> = (0..7).map(|index| (format!("v_{index}"), "1")).collect();
    let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    device.post(&path, &all).await.leads();
    device.post(&format!("{path}/end"), &[]).await.leads();
    device.get(&format!("{path}/end")).await.is(200).shows("devuelva el dispositivo");
    device.post(&format!("{path}/leaving"), &[("pin", "0000")]).await.is(422).shows("Ese no es el PIN");
    assert_eq!(device.get("/today").await.leads(), path);
    assert_eq!(device.post(&format!("{path}/leaving"), &[("pin", "4711")]).await.leads(), format!("{case}/measures"));
    device.get(&format!("{case}/measures")).await.is(200).shows("on a device of the service");
    assert_eq!(world.number("SELECT COUNT(*) FROM measure_responses WHERE way = 'device' AND standing = 'done'").await, 1);
});

/// What twenty-four requests answer that are all under way before the first is answered.
async fn at_once(world: &World, method: &str, path: &str, fields: &[(&str, &str)]) -> Vec<u16> {
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..24 {
        let (request, service) = (Jar::new(world).request(method, path, fields), world.service.clone());
        tries.spawn(async move { tower::ServiceExt::oneshot(service, request).await.unwrap().status().as_u16() });
    }
    tries.join_all().await
}

both!(async fn wrong_codes_are_bounded_however_many_come_at_once(world) {
    let case = started(&world).await;
    let (path, code) = link(&world, &case, "mood", "en").await;
    // Four slips, and then the right one: nothing has ended, and slips are counted anew.
    let mut person = Jar::new(&world);
    for _ in 0..4 {
        person.post(&format!("{path}/code"), &[("code", "")]).await.is(422);
    }
    person.post(&format!("{path}/code"), &[("code", &code)]).await.leads();
    for _ in 0..4 {
        person.post(&format!("{path}/code"), &[("code", "000")]).await.is(422);
    }
    person.get(&path).await.is(200).shows("Little interest");
    let (path, code) = link(&world, &case, "mood", "en").await;
    let wrong = if code == "111111" { "222222" } else { "111111" };
    let to = format!("{path}/code");
    let fields = [("code", wrong)];
    // The pages first, so that every connection is open when the tries come.
    at_once(&world, "GET", &path, &[]).await;
    let answers = at_once(&world, "POST", &to, &fields).await;
    assert_eq!(answers.iter().filter(|status| **status == 422).count(), 5, "{answers:?}");
    assert!(answers.iter().all(|status| matches!(status, 422 | 404)), "{answers:?}");
    Jar::new(&world).post(&to, &[("code", &code)]).await.is(404);
    assert_eq!(world.number("SELECT COUNT(*) FROM measure_openings WHERE failed_attempts = 5").await, 1);
});

both!(async fn what_the_database_keeps_of_a_code_serves_nobody_without_the_service_key(world) {
    let case = started(&world).await;
    let (path, code) = link(&world, &case, "mood", "en").await;
    let (other, other_code) = link(&world, &case, "worry", "en").await;
    let mut tx = world.app.db.write().await.unwrap();
    let rows: Vec<(Vec<u8>, Vec<u8>)> = fairway_office::on!(&mut tx, |c| sqlx::query_as(
        "SELECT o.token_hash, o.secret_mac FROM measure_openings o JOIN measure_responses r ON r.id = o.response_id ORDER BY r.measure"
    ).fetch_all(c)).unwrap();
    let [(place, kept), (other_place, other_kept)] = rows.as_slice() else { panic!("two openings: {rows:?}") };
    assert_eq!((kept.len(), other_kept.len()), (32, 32));
    assert!(world.app.vault.is_vouched(place, &code, kept) && world.app.vault.is_vouched(other_place, &other_code, other_kept));
    assert!(!world.app.vault.is_vouched(other_place, &code, kept), "bound to its link");
    let random = <rand_chacha::ChaCha20Rng as rand::SeedableRng>::seed_from_u64(3);
    let stranger = fairway_office::vault::Vault::with_key(zeroize::Zeroizing::new([9; 32]), random);
    assert!(!stranger.is_vouched(place, &code, kept), "another key says nothing of it");
    // Whoever can write to the database gains nothing by moving what is kept from a link whose code they know to another.
    let moved = "UPDATE measure_openings SET secret_mac = $1 WHERE token_hash = $2";
    fairway_office::run!(&mut tx, sqlx::query(moved).bind(other_kept.clone()).bind(place.clone())).unwrap();
    tx.commit().await.unwrap();
    Jar::new(&world).post(&format!("{path}/code"), &[("code", &other_code)]).await.is(422);
    Jar::new(&world).post(&format!("{other}/code"), &[("code", &other_code)]).await.leads();
});

both!(async fn a_device_with_five_wrong_pins_goes_back_to_signing_in(world) {
    let case = started(&world).await;
    let mut device = Jar::signed_in(&world, Cast::Facilitator).await;
    let fields = [("point", "extra"), ("language", "en"), ("pin", "4711")];
    let path = device.post(&format!("{case}/measures/worry/device"), &fields).await.leads();
    device.post(&path, &[("v_0", "1")]).await.leads();
    for pin in ["", "1", "47 11", "4711 4711 4711", "４７１１"] {
        device.post(&format!("{path}/leaving"), &[("pin", pin)]).await.is(422);
    }
    assert_eq!(device.post(&format!("{path}/leaving"), &[("pin", "4711")]).await.leads(), "/sign-in");
    device.get("/sign-in").await.is(200);
    // What was answered waits as it was.
    world.client(Cast::Facilitator).await.get(&format!("{case}/measures")).await.shows("Waiting for answers");
});

both!(async fn one_question_a_screen_or_all_keeps_what_was_answered(world) {
    let case = started(&world).await;
    let (path, code) = link(&world, &case, "mood", "es").await;
    let mut person = Jar::new(&world);
    let first = person.post(&format!("{path}/code"), &[("code", &code)]).await.leads();
    person.get(&first).await.is(200).shows("Pregunta 1 de 10").shows("Todas las preguntas a la vez");
    assert_eq!(person.post(&path, &[("step", "0"), ("v_0", "2"), ("go", "all")]).await.leads(), path);
    let all = person.get(&path).await;
    all.is(200).shows("Una pregunta cada vez");
    let chosen = |body: &str| body.matches(" checked").count();
    assert_eq!(chosen(&all.body), 1);
    assert_eq!(person.post(&path, &[("v_0", "2"), ("v_3", "1"), ("go", "one")]).await.leads(), format!("{path}?step=0"));
    assert_eq!(person.post(&path, &[("step", "3"), ("v_3", "1"), ("go", "back")]).await.leads(), format!("{path}?step=2"));
    assert_eq!(person.post(&path, &[("step", "0"), ("v_0", "2"), ("go", "back")]).await.leads(), format!("{path}?step=0"));
    let end = person.post(&path, &[("step", "9"), ("v_9", "0")]).await.leads();
    let shown = person.get(&end).await;
    shown.is(200).shows("Quedan 7 preguntas");
    assert!(shown.body.contains(&format!("href=\"{path}?step=9\"")), "back to the last question");
    assert_eq!(chosen(&person.get(&path).await.body), 3);
    // A form that is refused keeps what was typed beside the fault.
    let refused = person.post(&path, &[("v_0", "9"), ("v_1", "1"), ("v_2", "1"), ("v_3", "1"), ("v_9", "0")]).await;
    refused.is(422).shows("No se ha podido leer");
    assert_eq!(chosen(&refused.body), 5, "the four that were read, and of the one that was not what stood there before");
});
