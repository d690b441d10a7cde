//! Measures: entered from paper, once and twice, corrected; scores of a case, a group and the service.

use crate::cases::started;
use crate::world::{Cast, World};

/// The fields of a PHQ-9 where every answer is this; item 9 by itself.
pub fn phq(value: &'static str, ninth: &'static str) -> Vec<(&'static str, &'static str)> {
    let names = ["v_0", "v_1", "v_2", "v_3", "v_4", "v_5", "v_6", "v_7"];
    let mut fields: Vec<(&str, &str)> = names.iter().map(|name| (*name, value)).collect();
    fields.push(("v_8", ninth));
    fields.extend([("on", "2026-06-15"), ("rater", "participant"), ("point", "phase-start:motivation")]);
    fields
}

both!(async fn a_response_from_paper_is_scored_shown_and_sealed(world) {
    let case = started(&world).await;
    let facilitator = world.client(Cast::Facilitator).await;
    facilitator.get("/measures").await.is(200).shows("PHQ-9");
    facilitator.get(&format!("{case}/measures")).await.is(200).shows("due since").shows("Nothing has been measured yet");
    let entry = format!("{case}/measures/mood/entry");
    facilitator.get(&entry).await.is(200).shows("Little interest or pleasure");
    let mut wrong = phq("2", "0");
    wrong[0].1 = "7";
    facilitator.post(&entry, &wrong).await.is(422).shows("It takes 0, 1, 2, 3, or nothing");
    facilitator.post(&entry, &[("on", "2026-06-15"), ("rater", "participant"), ("point", "extra")]).await.is(422).shows("Nothing is answered");
    let mut future = phq("2", "0");
    future[9].1 = "2027-01-01";
    facilitator.post(&entry, &future).await.is(422).shows("still to come");
    assert_eq!(facilitator.post(&entry, &phq("2", "0")).await.leads(), format!("{case}/measures"));
    let shown = facilitator.get(&format!("{case}/measures")).await;
    shown.is(200).shows("taken 15 Jun 2026").shows("Measured once").shows("above the cut-off of 10").shows("self-report").shows("6.65").shows("primary care");
    assert!(!shown.body.contains("risk reduced"));
    let mut lower = phq("0", "");
    lower[9].1 = "2026-06-15";
    lower[11].1 = "extra";
    lower[0].1 = "1";
    world.set_now(world.app.now() + jiff::SignedDuration::from_mins(5));
    facilitator.post(&entry, &lower).await.leads();
    let sentence = "Lower by 14.9 points than on 15 Jun 2026; more than measurement error at 95 %; now below the cut-off of 10; 1 item pro-rated; self-report.";
    facilitator.get(&format!("{case}/measures")).await.shows(sentence);
    facilitator.get(&format!("{case}/thread")).await.is(200).shows("more than measurement error");
    world.set_now(world.app.now() + jiff::SignedDuration::from_mins(5));
    facilitator.post(&entry, &[("v_0", "1"), ("on", "2026-06-15"), ("rater", "interviewer"), ("point", "extra")]).await.leads();
    let shown = facilitator.get(&format!("{case}/measures")).await;
    shown.shows("1 item pro-rated; the answers of 15 Jun 2026 are not scorable; self-report.").shows("asked by a member of staff");
    assert!(shown.body.contains("class=\"gap\""), "a gap in the chart");
    world.set_now(world.app.now() + jiff::SignedDuration::from_mins(5));
    facilitator.post(&entry, &{
        let mut same = phq("2", "0");
        same[10].1 = "interviewer";
        same[11].1 = "extra";
        same
    }).await.leads();
    let shown = facilitator.get(&format!("{case}/measures")).await;
    shown.shows("The same as on 15 Jun 2026; still above the cut-off of 10; not rated by the same kind of rater; asked by a member of staff.");
    assert!(shown.body.contains("<rect class=\"point\""), "another rater is marked");
    assert_eq!(world.number("SELECT COUNT(*) FROM measure_responses WHERE standing = 'done'").await, 4);
    if world.folder.is_some() {
        let bytes = world.bytes();
        for canary in [b"prorated".as_slice(), b"\"values\":[".as_slice()] {
            let instrument_itself = bytes.windows(canary.len()).filter(|window| *window == canary).count();
            assert_eq!(instrument_itself, 0, "{}", String::from_utf8_lossy(canary));
        }
    }
    let coordinator = world.client(Cast::Coordinator).await;
    coordinator.get(&entry).await.is(403);
    world.client(Cast::Colleague).await.get(&entry).await.is(404);
    world.anonymous().get(&entry).await.leads();
});

both!(async fn what_is_typed_twice_is_compared(world) {
    let case = started(&world).await;
    let facilitator = world.client(Cast::Facilitator).await;
    let entry = format!("{case}/measures/mood/entry");
    let mut first = phq("1", "0");
    first.push(("twice", "yes"));
    let again = facilitator.post(&entry, &first).await;
    again.is(200).shows("Type the answers again");
    assert_eq!([again.value("v_0"), again.value("first_0")], [Some(String::new()), Some("1".to_owned())]);
    let names: Vec<(String, &str)> = (0..8).map(|index| (format!("first_{index}"), "1")).chain([("first_8".to_owned(), "0")]).collect();
    let mut second = phq("1", "0");
    second[3].1 = "2";
    second.extend(names.iter().map(|(name, value)| (name.as_str(), *value)));
    second.push(("round", "2"));
    facilitator.post(&entry, &second).await.is(422).shows("1 answer differs").shows("first time: 1");
    assert_eq!(world.number("SELECT COUNT(*) FROM measure_responses").await, 0);
    second.last_mut().unwrap().1 = "3";
    facilitator.post(&entry, &second).await.leads();
    assert_eq!(world.number("SELECT COUNT(*) FROM measure_responses WHERE entered_twice").await, 1);
    facilitator.get(&format!("{case}/measures")).await.shows("9");
});

both!(async fn a_response_handed_in_is_fixed_and_a_correction_stands_beside_it(world) {
    let case = started(&world).await;
    let facilitator = world.client(Cast::Facilitator).await;
    let entry = format!("{case}/measures/mood/entry");
    facilitator.post(&entry, &phq("1", "0")).await.leads();
    let shown = facilitator.get(&format!("{case}/measures")).await;
    let response = shown.body.split("/responses/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let form = facilitator.get(&format!("{entry}?amends={response}")).await;
    assert_eq!(form.value("amends"), Some(response.clone()));
    let mut corrected = phq("2", "0");
    corrected.push(("amends", &response));
    facilitator.post(&entry, &corrected).await.leads();
    let shown = facilitator.get(&format!("{case}/measures")).await;
    shown.shows("Measured once").shows("16");
    let mut tx = world.app.db.write().await.unwrap();
    let refused = fairway_office::run!(&mut tx, sqlx::query("UPDATE measure_responses SET rater = 'interviewer'"));
    assert!(refused.is_err());
});

/// Answers of somebody to the PHQ-9, each item alike but the ninth, at a first and, where there is one, a later point.
async fn measured(world: &World, number: usize, before: f64, after: Option<f64>) {
    let case = crate::sessions_setting::case(number);
    let (id, instrument) = world.app.content.instruments().offered("phq-9").unwrap();
    let mut tx = world.app.db.write().await.unwrap();
    let (wrapped,): (fairway_office::vault::Sealed,) =
        fairway_office::on!(&mut tx, |c| sqlx::query_as("SELECT wrapped FROM sealing_keys WHERE owner_id = $1").bind(case).fetch_one(c))
            .unwrap();
    let key = world.app.vault.unwrap_key(case, &wrapped).unwrap();
    for (value, point) in [(Some(before), "phase-start:motivation"), (after, "module-end:feelings")] {
        let Some(value) = value else { continue };
        let mut answers = fairway_domain::measure::Answers::none(instrument);
        for (item, slot) in answers.values.iter_mut().take(9).enumerate() {
            *slot = Some(if item == 8 { 0.0 } else { value });
        }
        let kept = serde_json::to_string(&fairway_office::measures::kept::Kept::of(instrument, answers)).unwrap();
        let sql = "INSERT INTO measure_responses (id, case_id, instrument_id, measure, point, standing, way, rater, spoken_language, answered_on, answers_sealed, account_id, made_at, done_at) \
                   VALUES ($1, $2, $3, 'mood', $4, 'done', 'paper', 'participant', 'es', '2026-06-15', $5, $6, '2026-06-15T08:00:00Z', '2026-06-15T08:00:00Z')";
        let sealed = key.seal(fairway_office::measures::store::ANSWERS, &kept).unwrap();
        fairway_office::run!(
            &mut tx,
            sqlx::query(sql).bind(world.app.new_id()).bind(case).bind(id).bind(point).bind(sealed).bind(Cast::Facilitator.id())
        )
        .unwrap();
    }
    tx.commit().await.unwrap();
}

both!(async fn those_who_came_to_the_end_and_all_who_started_stand_side_by_side(world) {
    let setting = crate::sessions_setting::setting(&world, 7).await;
    let mut tx = world.app.db.write().await.unwrap();
    fairway_office::run!(&mut tx, sqlx::query("UPDATE cases SET track = 'standard'")).unwrap();
    fairway_office::run!(&mut tx, sqlx::query("UPDATE cases SET stage = 'ended-early', phase = NULL, ended_on = '2026-06-14' WHERE id = $1").bind(setting.cases[6])).unwrap();
    tx.commit().await.unwrap();
    for (number, session) in [(2, "naming-feelings"), (3, "the-pause"), (4, "coping-kit")] {
        let id = uuid::Uuid::from_u128(0x5E55_0000 + number);
        let mut tx = world.app.db.write().await.unwrap();
        crate::sessions_setting::plan(&mut tx, id, (Some(setting.group), None), session, crate::sessions_setting::HELD, None).await;
        tx.commit().await.unwrap();
        let (client, path) = (world.client(Cast::Facilitator).await, format!("/sessions/{id}"));
        crate::sessions_setting::Sheet::of(&client.get(&path).await, &setting.cases).send(&client, &path).await.leads();
    }
    // Whoever ended was not there.
    let mut tx = world.app.db.write().await.unwrap();
    fairway_office::run!(&mut tx, sqlx::query("DELETE FROM attendances WHERE case_id = $1").bind(setting.cases[6])).unwrap();
    tx.commit().await.unwrap();
    for number in 1..=5 {
        measured(&world, number, 2.0, Some(if number == 1 { 0.0 } else { 1.0 })).await;
    }
    measured(&world, 6, 3.0, None).await;
    measured(&world, 7, 3.0, None).await;
    let group = format!("/groups/{}/measures?scale=mood:total&to=module-end:feelings", setting.group);
    for who in [Cast::Facilitator, Cast::Coordinator, Cast::Manager] {
        let page = world.client(who).await.get(&group).await;
        page.is(200).shows("Came to that point").shows("All who started").shows("16.0 (0.0)").shows("6.4 (3.6)").shows("One score only").hides("Inventado");
        assert!(!page.body.contains("risk reduced"));
    }
    let csv = world.client(Cast::Manager).await.get(&format!("{group}&format=csv")).await.body;
    for line in [
        "\"people\",\"People\",\"6\",\"7\"",
        "\"pairs\",\"With both scores\",\"5\",\"5\"",
        "\"difference\",\"Mean difference [95 %]\",\"-9.6\",\"-9.6\"",
        "\"lost-ended\",\"One score only: ended before that point\",\"\",\"1\"",
        "\"lost-reached\",\"One score only, although they came to that point\",\"\",\"1\"",
    ] {
        assert!(csv.contains(line), "{line} in {csv}");
    }
    for outside in [Cast::Colleague, Cast::Outsider] {
        let status = world.client(outside).await.get(&group).await.status;
        assert!(matches!(status, 403 | 404), "{status}");
    }
    let programme = world.programme("out-of-the-net");
    let service = format!("/service/measures?programme={programme}&scale=mood:total&to=module-end:feelings&year=2026");
    let service = service.as_str();
    world.client(Cast::Manager).await.get(service).await.is(200).shows("16.0 (0.0)").hides("Inventado");
    world.client(Cast::Manager).await.in_spanish().get(service).await.is(200).shows("Todas las que empezaron").hides("measures-level");
    world.client(Cast::Manager).await.get("/service/measures?year=2023").await.is(200).shows("Nobody started then");
    world.client(Cast::Facilitator).await.get(service).await.is(403);
    for wrong in ["/service/measures?programme=nonsense&scale=x:y&to=nowhere&year=99999", "/service/measures?scale=mood"] {
        world.client(Cast::Manager).await.get(wrong).await.is(200).shows("Scores before and after");
    }
    // One person more among all who started: somebody who may know no single person is not given both means.
    measured(&world, 7, 1.0, Some(1.0)).await;
    world.client(Cast::Manager).await.get(service).await.is(200).shows("6.4 (3.6)").shows("6.7 (3.3)");
    world.client(Cast::Auditor).await.get(service).await.is(200).hides("6.4 (3.6)").shows("6.7 (3.3)");
});
