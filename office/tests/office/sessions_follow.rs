//! What follows from a session recorded: reviews and measures that fall due, make-ups owed, done, waived and owed no longer.

use crate::sessions_setting::*;
use crate::world::{Cast, World};
use fairway_office::{on, run};
use jiff::civil::date;
use uuid::Uuid;

/// A group of three on a track, one of whom has ended since.
async fn two_left_of_three(world: &World) -> Setting {
    let setting = setting(world, 3).await;
    let mut tx = world.app.db.write().await.unwrap();
    run!(&mut tx, sqlx::query("UPDATE cases SET track = 'standard'")).unwrap();
    let sql = "UPDATE cases SET stage = 'ended-early', phase = NULL, ended_on = '2026-06-14' WHERE id = $1";
    run!(&mut tx, sqlx::query(sql).bind(setting.cases[2])).unwrap();
    tx.commit().await.unwrap();
    setting
}

both!(async fn the_last_session_of_a_phase_makes_its_review_due(world) {
    let setting = two_left_of_three(&world).await;
    let client = world.client(Cast::Facilitator).await;
    recorded(&world, &client, &setting).await;
    assert_eq!(world.number(REVIEWS).await, 0, "the phase has only begun");
    let last = Uuid::from_u128(0x5E55_0002);
    let mut tx = world.app.db.write().await.unwrap();
    plan(&mut tx, last, (Some(GROUP), None), "presenting-my-plan", HELD, None).await;
    tx.commit().await.unwrap();
    let path = format!("/sessions/{last}");
    Sheet::of(&client.get(&path).await, &setting.cases).send(&client, &path).await.leads();
    assert_eq!(world.number(REVIEWS).await, 2, "one for each who is still with us");
});

both!(async fn the_last_session_of_a_module_makes_its_measures_due(world) {
    const DUE: &str = "SELECT COUNT(*) FROM measure_dues WHERE measure = 'mood' AND point = 'module-end:feelings' AND due_on = '2026-06-12'";
    let setting = two_left_of_three(&world).await;
    let client = world.client(Cast::Facilitator).await;
    for (number, session, due) in [(2, "coping-kit", 0), (3, "naming-feelings", 0), (4, "the-pause", 2)] {
        let id = Uuid::from_u128(0x5E55_0000 + number);
        let mut tx = world.app.db.write().await.unwrap();
        plan(&mut tx, id, (Some(GROUP), None), session, HELD, None).await;
        tx.commit().await.unwrap();
        let path = format!("/sessions/{id}");
        Sheet::of(&client.get(&path).await, &setting.cases).send(&client, &path).await.leads();
        assert_eq!(world.number(DUE).await, due, "after {session}; one for each who is still with us");
    }
});

both!(async fn a_make_up_falls_due_is_waived_or_done(world) {
    let setting = setting(&world, 2).await;
    let client = world.client(Cast::Facilitator).await;
    let path = setting.path();
    let mut sheet = Sheet::of(&client.get(&path).await, &setting.cases);
    sheet.about("presence", setting.cases[0], "absent-unaccepted").about("presence", setting.cases[1], "part").about("minutes", setting.cases[1], "89");
    sheet.send(&client, &path).await.leads();
    client.get(&path).await.shows("To be made up one to one by 26 Jun 2026").shows("Waive the make-up");
    let mut tx = world.app.db.write().await.unwrap();
    let rows: Vec<(Uuid, Uuid)> = on!(&mut tx, |c| sqlx::query_as("SELECT id, case_id FROM make_ups ORDER BY case_id").fetch_all(c)).unwrap();
    let make_up_session = Uuid::from_u128(0x5E55_0002);
    plan(&mut tx, make_up_session, (None, Some(rows[0].1)), SESSION, date(2026, 6, 15), Some(rows[0].0)).await;
    run!(&mut tx, sqlx::query("UPDATE make_ups SET standing = 'planned' WHERE id = $1").bind(rows[0].0)).unwrap();
    tx.commit().await.unwrap();
    // Waived: with a reason, once, by somebody who may.
    let waiver = format!("{path}/make-ups/{}/waiver", rows[1].0);
    client.post(&waiver, &[("waiver", " ")]).await.is(422);
    world.client(Cast::Colleague).await.post(&waiver, &[("waiver", "No.")]).await.is(404);
    world.client(Cast::Coordinator).await.post(&waiver, &[("waiver", "No.")]).await.is(403);
    client.post(&waiver, &[("waiver", "He had worked it through alone.")]).await.leads();
    client.post(&waiver, &[("waiver", "Again.")]).await.is(409);
    client.post(&format!("/sessions/{make_up_session}/make-ups/{}/waiver", rows[1].0), &[("waiver", "Another way in.")]).await.is(404);
    client.get(&path).await.shows("Make-up waived by Facilitator Inventada").shows("He had worked it through alone.");
    // Done in a session of its own, with one member on the same page.
    world.set_now("2026-06-15T17:00:00Z".parse().unwrap());
    let client = world.client(Cast::Facilitator).await;
    let page = client.get(&format!("/sessions/{make_up_session}")).await;
    page.shows("make-up session").shows(&person(1));
    let mut sheet = Sheet::of(&page, &[rows[0].1]);
    sheet.set("minutes", "45");
    sheet.send(&client, &format!("/sessions/{make_up_session}")).await.leads();
    assert_eq!(world.number("SELECT minutes FROM make_ups WHERE standing = 'done' AND done_on = '2026-06-15'").await, 45);
    assert_eq!(world.number("SELECT COUNT(*) FROM attendances a JOIN make_ups m ON m.id = a.made_up_for").await, 1);
    assert_eq!(world.number("SELECT COUNT(*) FROM make_ups").await, 2, "a make-up session owes no make-up of its own");
    client.get(&path).await.shows("Made up on 15 Jun 2026");
    // Corrected before the signature: the participant was not there after all, so it is owed again.
    let mut sheet = Sheet::of(&client.get(&format!("/sessions/{make_up_session}?record")).await, &[rows[0].1]);
    sheet.about("presence", rows[0].1, "absent-accepted").about("reason", rows[0].1, "work");
    sheet.send(&client, &format!("/sessions/{make_up_session}")).await.leads();
    assert_eq!(world.number("SELECT COUNT(*) FROM make_ups WHERE standing = 'planned' AND done_on IS NULL AND minutes = 0").await, 1);
});

both!(async fn a_make_up_with_the_sheet_is_noted_and_one_no_longer_owed_is_cancelled(world) {
    let setting = setting(&world, 2).await;
    let client = world.client(Cast::Facilitator).await;
    let path = setting.path();
    let mut sheet = Sheet::of(&client.get(&path).await, &setting.cases);
    sheet.about("presence", setting.cases[0], "absent-unaccepted").about("presence", setting.cases[1], "absent-unaccepted");
    sheet.send(&client, &path).await.leads();
    let mut tx = world.app.db.write().await.unwrap();
    let rows: Vec<(Uuid, Uuid)> = on!(&mut tx, |c| sqlx::query_as("SELECT id, case_id FROM make_ups ORDER BY case_id").fetch_all(c)).unwrap();
    run!(&mut tx, sqlx::query("UPDATE make_ups SET made_by = 'sheet' WHERE id = $1").bind(rows[0].0)).unwrap();
    plan(&mut tx, Uuid::from_u128(0x5E55_0002), (None, Some(rows[1].1)), SESSION, date(2026, 6, 20), Some(rows[1].0)).await;
    run!(&mut tx, sqlx::query("UPDATE make_ups SET standing = 'planned' WHERE id = $1").bind(rows[1].0)).unwrap();
    tx.commit().await.unwrap();
    let done = format!("{path}/make-ups/{}/completion", rows[0].0);
    client.post(&done, &[("done_on", "1/1/2020"), ("took", "40")]).await.is(422);
    client.post(&done, &[("done_on", "14/6/2026"), ("took", "40")]).await.leads();
    client.post(&done, &[("done_on", "14/6/2026"), ("took", "40")]).await.is(409);
    client.post(&format!("{path}/make-ups/{}/completion", rows[1].0), &[("done_on", "14/6/2026"), ("took", "40")]).await.is(409);
    assert_eq!(world.number("SELECT minutes FROM make_ups WHERE standing = 'done' AND done_on = '2026-06-14'").await, 40);
    // Put right: the other was there after all, so what was planned to make it up is not needed.
    let mut sheet = changing(&client, &setting).await;
    sheet.about("presence", setting.cases[0], "absent-unaccepted");
    sheet.send(&client, &path).await.leads();
    assert_eq!(world.number("SELECT COUNT(*) FROM planned_sessions WHERE make_up_id IS NOT NULL AND standing = 'cancelled'").await, 1);
    assert_eq!(world.number("SELECT COUNT(*) FROM make_ups").await, 1);
});
