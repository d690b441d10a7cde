//! Bad input to the pages of measures: empty, huge, hostile, twice at once, of another case, by the wrong role.

use crate::answers::link;
use crate::cases::started;
use crate::jar::Jar;
use crate::measures::phq;
use crate::world::{Cast, World};

const HOSTILE: [&str; 10] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'; DROP TABLE measure_responses; --",
    "NaN",
    "inf",
    "1e999",
    "-0.5",
    "\u{0663}",
    "1\u{0}",
    "=2+2",
];

async fn count(world: &World) -> i64 {
    world.number("SELECT COUNT(*) FROM measure_responses").await
}

both!(async fn a_form_of_answers_with_nothing_or_with_hostile_text_keeps_nothing(world) {
    let case = started(&world).await;
    let facilitator = world.client(Cast::Facilitator).await;
    let entry = format!("{case}/measures/mood/entry");
    facilitator.post(&entry, &[]).await.is(422).shows("needed to go on").shows("pick one of the answers");
    for hostile in HOSTILE {
        let mut fields = phq("1", "0");
        fields[4].1 = hostile;
        let refused = facilitator.post(&entry, &fields).await;
        refused.is(422);
        assert!(!refused.body.contains("<script>alert") && !refused.body.contains("<img"), "{hostile}");
        for name in ["on", "rater", "point"] {
            let mut fields = phq("1", "0");
            fields.retain(|(field, _)| *field != name);
            fields.push((name, hostile));
            facilitator.post(&entry, &fields).await.is(422);
        }
        // What was typed the first time is shown as text, and is compared with, never kept.
        let mut second = phq("1", "0");
        second.extend([("round", "2"), ("first_0", hostile)]);
        let shown = facilitator.post(&entry, &second).await;
        shown.is(422).shows("differ");
        assert!(!shown.body.contains("<script>alert") && !shown.body.contains("<img"), "{hostile}");
    }
    for on in ["2026-06-16", "15/6/2062", "2025-01-01", "0001-01-01", "31/2/2026"] {
        let mut fields = phq("1", "0");
        fields[9].1 = on;
        facilitator.post(&entry, &fields).await.is(422);
    }
    let mut unknown = phq("1", "0");
    unknown.extend([("v_10", "1"), ("v_999999999999999999999", "1"), ("v_-1", "1"), ("surprise", "1")]);
    facilitator.post(&entry, &unknown).await.leads();
    assert_eq!(count(&world).await, 1, "fields that no item has are not read");
});

both!(async fn what_is_too_large_is_refused_whole(world) {
    let case = started(&world).await;
    let facilitator = world.client(Cast::Facilitator).await;
    let film = "1".repeat(2 * 1024 * 1024);
    for path in [format!("{case}/measures/mood/entry"), format!("{case}/measures/mood/device"), format!("{case}/measures/mood/link")] {
        assert_eq!(facilitator.post(&path, &[("v_0", &film)]).await.status, 413, "{path}");
    }
    let (path, code) = link(&world, &case, "mood", "en").await;
    let mut person = Jar::new(&world);
    assert_eq!(person.post(&format!("{path}/code"), &[("code", &film)]).await.status, 413);
    person.post(&format!("{path}/code"), &[("code", &code)]).await.leads();
    for to in [path.clone(), format!("{path}/leaving")] {
        assert_eq!(person.post(&to, &[("v_0", &film)]).await.status, 413, "{to}");
    }
    // Words and days of a professional's tool: bounded, and days are days.
    let long = "a".repeat(501);
    let tool = format!("{case}/measures/cport/entry");
    let form = facilitator.get(&tool).await;
    form.is(200);
    let words = |value: &str| {
        let names: Vec<String> = (0..6).map(|index| format!("v_{index}")).collect();
        names.into_iter().map(|name| (name, value.to_owned())).collect::<Vec<_>>()
    };
    for (value, said) in [(long.as_str(), "501"), ("tomorrow week", "not a date"), ("\u{7}", "cannot be shown")] {
        let typed = words(value);
        let mut fields: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        fields.extend([("on", "2026-06-15"), ("rater", "professional"), ("point", "extra")]);
        facilitator.post(&tool, &fields).await.is(422).shows(said);
    }
    assert_eq!(count(&world).await, 1, "the link's, and nothing else");
});

both!(async fn giving_a_form_asks_for_what_the_instrument_has(world) {
    let case = started(&world).await;
    let facilitator = world.client(Cast::Facilitator).await;
    for way in ["device", "link"] {
        let to = format!("{case}/measures/mood/{way}");
        let empty = facilitator.post(&to, &[("pin", "4711")]).await;
        empty.is(422).shows("pick one of the answers");
        assert!(!empty.body.contains("4711"), "a PIN is not shown again");
        for hostile in HOSTILE {
            for fields in [[("point", hostile), ("language", "en")], [("point", "extra"), ("language", hostile)]] {
                let mut fields = fields.to_vec();
                fields.push(("pin", "4711"));
                let refused = facilitator.post(&to, &fields).await;
                refused.is(422);
                assert!(!refused.body.contains("<script>alert") && !refused.body.contains("<img"), "{hostile}");
            }
        }
    }
    for pin in ["", "123", "123456789", "12a4", "１２３４", " ", "-123"] {
        let fields = [("point", "extra"), ("language", "en"), ("pin", pin)];
        facilitator.post(&format!("{case}/measures/mood/device"), &fields).await.is(422);
    }
    // A tool whose wording is not held, and one that there is none of.
    for measure in ["who-5", "cport", "no-such-measure", "..%2F..%2Fetc"] {
        for way in ["device", "link"] {
            let fields = [("point", "extra"), ("language", "en"), ("pin", "4711")];
            facilitator.post(&format!("{case}/measures/{measure}/{way}"), &fields).await.is(404);
        }
    }
    assert_eq!(count(&world).await, 0);
    // The link takes its own choices, not what waits.
    facilitator.post(&format!("{case}/measures/mood/link"), &[("point", "extra"), ("language", "es")]).await.is(200);
    let chosen = "SELECT COUNT(*) FROM measure_responses WHERE point = 'extra' AND spoken_language = 'es'";
    assert_eq!(world.number(chosen).await, 1);
});

both!(async fn a_participants_form_takes_no_nonsense(world) {
    let case = started(&world).await;
    let (path, code) = link(&world, &case, "mood", "en").await;
    let mut person = Jar::new(&world);
    // Not before the code, and not with another's cookie.
    for to in [path.clone(), format!("{path}/end"), format!("{path}/leaving")] {
        let status = person.post(&to, &[("step", "0"), ("v_0", "3")]).await.status;
        assert!(matches!(status, 303 | 404), "{to}: {status}");
    }
    assert_eq!(world.number("SELECT COUNT(*) FROM measure_responses WHERE answers_sealed IS NOT NULL").await, 0);
    person.post(&format!("{path}/code"), &[("code", &code)]).await.leads();
    assert_eq!(person.post(&format!("{path}/end"), &[]).await.leads(), path, "nothing is answered yet");
    for step in ["-1", "99999999999999999999", "abc", "", "9999"] {
        person.get(&format!("{path}?step={step}")).await.is(200);
        person.post(&path, &[("step", step), ("go", "back")]).await.leads();
    }
    for hostile in HOSTILE {
        let refused = person.post(&path, &[("step", "8"), ("v_8", hostile)]).await;
        refused.is(422);
        assert!(!refused.body.contains("<script>alert") && !refused.body.contains("<img"), "{hostile}");
        person.get(&format!("{path}?step={}", url::form_urlencoded::byte_serialize(hostile.as_bytes()).collect::<String>())).await.is(200);
    }
    assert_eq!(world.number("SELECT COUNT(*) FROM concerns").await, 0);
    let forged = "0".repeat(64);
    for address in [forged.as_str(), "..", &"0".repeat(63), &"G".repeat(64), &format!("{forged}0")] {
        for (method, to) in [("GET", ""), ("POST", ""), ("POST", "/code"), ("GET", "/end"), ("POST", "/end"), ("POST", "/leaving")] {
            let to = format!("/answer/{address}{to}");
            let status = if method == "GET" { person.get(&to).await.status } else { person.post(&to, &[]).await.status };
            assert_eq!(status, 404, "{method} {to}");
        }
    }
    // A device's way out is not a link's.
    person.post(&format!("{path}/leaving"), &[("pin", &code)]).await.is(404);
});

both!(async fn the_same_form_twice_at_once_is_kept_once(world) {
    let case = started(&world).await;
    let facilitator = world.client(Cast::Facilitator).await;
    let entry = format!("{case}/measures/mood/entry");
    let once = facilitator.get(&entry).await.value("once").unwrap();
    let mut fields = phq("1", "0");
    fields.push(("once", &once));
    let (first, second) = tokio::join!(facilitator.post(&entry, &fields), facilitator.post(&entry, &fields));
    for reply in [&first, &second] {
        assert!(matches!(reply.status, 303 | 409), "{}", reply.status);
    }
    assert_eq!(count(&world).await, 1);
    assert_eq!(facilitator.post(&entry, &fields).await.leads(), format!("{case}/measures"));
    assert_eq!(count(&world).await, 1);
    let once = facilitator.get(&format!("{case}/measures/mood/new")).await.value("once").unwrap();
    let give = [("point", "extra"), ("language", "en"), ("once", once.as_str())];
    facilitator.post(&format!("{case}/measures/mood/link"), &give).await.is(200);
    facilitator.post(&format!("{case}/measures/mood/link"), &give).await.leads();
    assert_eq!(count(&world).await, 2);
    // Handed in twice at once, by two windows of one browser.
    let (path, code) = link(&world, &case, "worry", "en").await;
    let mut person = Jar::new(&world);
    person.post(&format!("{path}/code"), &[("code", &code)]).await.leads();
    person.post(&path, &[("v_0", "1")]).await.leads();
    let mut other = person.clone();
    let end = format!("{path}/end");
    let (first, second) = tokio::join!(person.post(&end, &[]), other.post(&end, &[]));
    for reply in [&first, &second] {
        assert!(matches!(reply.status, 303 | 409), "{}", reply.status);
    }
    assert_eq!(world.number("SELECT COUNT(*) FROM measure_responses WHERE standing = 'done' AND way = 'link'").await, 1);
    assert_eq!(person.post(&path, &[("v_0", "3")]).await.leads(), end, "what is handed in is not answered again");
});

both!(async fn a_correction_names_a_response_of_the_same_case_and_measure_and_is_made_once(world) {
    let case = started(&world).await;
    let facilitator = world.client(Cast::Facilitator).await;
    let entry = format!("{case}/measures/mood/entry");
    facilitator.post(&entry, &phq("1", "0")).await.leads();
    let shown = facilitator.get(&format!("{case}/measures")).await;
    let response = shown.body.split("/responses/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let nobody = uuid::Uuid::from_u128(7).to_string();
    for amends in ["nonsense", nobody.as_str(), "<script>"] {
        let mut fields = phq("2", "0");
        fields.push(("amends", amends));
        facilitator.post(&entry, &fields).await.is(404);
    }
    let worry: Vec<(String, &str)> = (0..7).map(|index| (format!("v_{index}"), "1")).collect();
    let mut fields: Vec<(&str, &str)> = worry.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    fields.extend([("on", "2026-06-15"), ("rater", "participant"), ("point", "extra"), ("amends", response.as_str())]);
    facilitator.post(&format!("{case}/measures/worry/entry"), &fields).await.is(404);
    facilitator.get(&format!("{case}/measures/worry/entry?amends={response}")).await.is(404);
    let mut fields = phq("2", "0");
    fields.push(("amends", &response));
    let (first, second) = tokio::join!(facilitator.post(&entry, &fields), facilitator.post(&entry, &fields));
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert!(matches!(statuses, [303, 409 | 422]), "{statuses:?}");
    facilitator.post(&entry, &fields).await.is(422).shows("Somebody corrected this response meanwhile");
    assert_eq!(count(&world).await, 2);
    let old = facilitator.get(&format!("{case}/responses/{response}")).await;
    old.is(200).shows("This was corrected since");
    assert!(!old.body.contains("amends="), "it is not offered again");
});

both!(async fn another_case_and_the_wrong_role_get_nowhere(world) {
    let case = started(&world).await;
    let facilitator = world.client(Cast::Facilitator).await;
    facilitator.post(&format!("{case}/measures/mood/entry"), &phq("1", "0")).await.leads();
    let shown = facilitator.get(&format!("{case}/measures")).await;
    let response = shown.body.split("/responses/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let (path, _) = link(&world, &case, "mood", "en").await;
    // Two cases of the same facilitator: a response of one is not reached by way of the other.
    let other = crate::cases::started_beside(&world).await;
    for page in ["", "/fhir"] {
        facilitator.get(&format!("{other}/responses/{response}{page}")).await.is(404);
    }
    facilitator.post(&format!("{other}/responses/{response}/withdrawal"), &[]).await;
    let mut fields = phq("2", "0");
    fields.push(("amends", &response));
    facilitator.post(&format!("{other}/measures/mood/entry"), &fields).await.is(404);
    let before = count(&world).await;
    let give = [("point", "extra"), ("language", "en"), ("pin", "4711")];
    for (who, status) in [(Cast::Coordinator, 403), (Cast::Colleague, 404), (Cast::Outsider, 403), (Cast::OutsideFacilitator, 404), (Cast::Auditor, 403)] {
        let client = world.client(who).await;
        client.post(&format!("{case}/measures/mood/entry"), &phq("1", "0")).await.is(status);
        for way in ["device", "link"] {
            client.post(&format!("{case}/measures/mood/{way}"), &give).await.is(status);
        }
        client.post(&format!("{case}/responses/{response}/withdrawal"), &[]).await.is(status);
    }
    let nobody = world.anonymous();
    assert_eq!(nobody.post(&format!("{case}/measures/mood/entry"), &phq("1", "0")).await.leads(), "/sign-in?next=%2F");
    assert_eq!(count(&world).await, before);
    assert_eq!(world.number("SELECT COUNT(*) FROM measure_responses WHERE standing = 'void'").await, 0);
    Jar::new(&world).get(&path).await.is(200).shows("six digits");
    for query in ["?of=nobody&state=%3Cscript%3E&sort=--&page=-1", "?page=99999999999999999999", "?sort=%27%3B", "?of=place&of=cases"] {
        let listed = facilitator.get(&format!("/measures{query}")).await;
        listed.is(200);
        assert!(!listed.body.contains("<script>"), "{query}");
    }
});
