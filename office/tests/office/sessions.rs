//! Recording a session: ten people in one save, drafts, signature, amendments, make-ups, and everything refused.

use crate::sessions_setting::*;
use crate::world::Cast;
use fairway_office::db::{Batch, Cell};
use fairway_office::{on, run};
use jiff::civil::date;
use uuid::Uuid;

both!(async fn ten_people_are_recorded_in_one_save(world) {
    let setting = setting(&world, 10).await;
    let client = world.client(Cast::Facilitator).await;
    let page = client.get(&setting.path()).await;
    page.is(200).shows("Opening the group").shows("Friday group").shows(&person(10)).shows("/programmes/out-of-the-net/sessions/opening-the-group").shows("data-autosave");
    let mut sheet = Sheet::of(&page, &setting.cases);
    sheet.about("presence", setting.cases[0], "part").about("minutes", setting.cases[0], "100");
    sheet.about("presence", setting.cases[1], "absent-accepted").about("reason", setting.cases[1], "illness");
    sheet.about("presence", setting.cases[2], "absent-unaccepted").about("contribution", setting.cases[2], "good");
    sheet.about("seen", setting.cases[3], "Named one reason of his own for staying.").about("note", setting.cases[3], "Ask again about the evenings.");
    sheet.about("seen", setting.cases[4], "Stayed at the edge.").about("target", setting.cases[4], "loneliness");
    sheet.set("note", "A careful first meeting.").set("deviation", "permitted").set("deviation_text", "The names game was left out.");
    assert_eq!(sheet.send(&client, &setting.path()).await.leads(), setting.path());
    assert_eq!(world.number("SELECT COUNT(*) FROM attendances WHERE phase = 'group' AND session = 'opening-the-group' AND held_on = '2026-06-12'").await, 10);
    assert_eq!(world.number("SELECT COUNT(*) FROM attendances WHERE presence = 'attended' AND minutes = 120 AND contribution = 'some'").await, 7);
    assert_eq!(world.number("SELECT minutes FROM attendances WHERE presence = 'part'").await, 100);
    assert_eq!(world.number("SELECT COUNT(*) FROM attendances WHERE presence LIKE 'absent-%' AND minutes = 0 AND contribution = 'not-observed'").await, 2);
    // One entry bears on both targets of the session, the other on the one picked.
    assert_eq!(world.number("SELECT COUNT(*) FROM observations o JOIN session_records r ON r.id = o.record_id WHERE o.source = 'session' AND o.seen_on = '2026-06-12'").await, 3);
    assert_eq!(world.number("SELECT COUNT(*) FROM observations WHERE target = 'loneliness'").await, 1);
    assert_eq!(world.number("SELECT COUNT(*) FROM planned_sessions WHERE standing = 'recorded'").await, 1);
    // Whoever missed it owes a make-up; a hundred of a hundred and twenty minutes count.
    assert_eq!(world.number("SELECT COUNT(*) FROM make_ups WHERE standing = 'due' AND made_by = 'individual' AND due_on = '2026-06-26'").await, 2);
    assert!(world.number("SELECT COUNT(*) FROM access_log WHERE act = 'changed' AND kind = 'case' AND action = 'record-session'").await >= 10);
    let page = client.get(&setting.path()).await;
    page.is(200).shows("Named one reason of his own").shows("Ask again about the evenings.").shows("A careful first meeting.").shows("The names game was left out.");
    page.shows("Absent, accepted · Illness").shows("In part · 100 min").shows("Emotional loneliness").shows("not signed yet");
    client.get(&setting.path()).await.hides("data-autosave");
});

both!(async fn what_is_written_about_a_person_is_sealed(world) {
    let setting = setting(&world, 1).await;
    let client = world.client(Cast::Facilitator).await;
    let mut sheet = Sheet::of(&client.get(&setting.path()).await, &setting.cases);
    sheet.about("seen", setting.cases[0], "canary-observed").about("note", setting.cases[0], "canary-noted").set("note", "canary-group");
    sheet.set("deviation", "not-permitted").set("deviation_text", "canary-deviation");
    sheet.send(&client, &format!("{}/draft", setting.path())).await.is(204);
    sheet.send(&client, &setting.path()).await.leads();
    if world.folder.is_some() {
        let bytes = world.bytes();
        assert!(!bytes.windows(7).any(|window| window == b"canary-"), "a text stands in the database in the clear");
    }
});

both!(async fn twelve_members_fit(world) {
    let setting = setting(&world, 12).await;
    let client = world.client(Cast::Facilitator).await;
    recorded(&world, &client, &setting).await;
    assert_eq!(world.number("SELECT COUNT(*) FROM attendances").await, 12);
});

both!(async fn a_record_is_changed_until_it_is_signed_and_amended_after(world) {
    let setting = setting(&world, 3).await;
    let client = world.client(Cast::Facilitator).await;
    let path = setting.path();
    let mut sheet = recorded(&world, &client, &setting).await;
    let mut sheet_again = changing(&client, &setting).await;
    sheet_again.about("seen", setting.cases[0], "Seen later.").about("presence", setting.cases[1], "absent-unaccepted").set("at", "6 pm").set("held_on", "11/06/2026");
    sheet_again.send(&client, &path).await.leads();
    assert_eq!(world.number("SELECT revision FROM session_records WHERE held_on = '2026-06-11' AND starts_at_time = '18:00'").await, 2);
    assert_eq!(world.number("SELECT COUNT(*) FROM attendances WHERE held_on = '2026-06-11'").await, 3);
    assert_eq!(world.number("SELECT COUNT(*) FROM make_ups WHERE due_on = '2026-06-25'").await, 1);
    // Changed once more: the observation says something else, the make-up is owed no longer.
    let page = client.get(&format!("{path}?record")).await;
    page.shows("Seen later.");
    let mut third = changing(&client, &setting).await;
    third.about("seen", setting.cases[0], "Seen otherwise.");
    third.send(&client, &path).await.leads();
    assert_eq!(world.number("SELECT COUNT(*) FROM observations").await, 2);
    assert_eq!(world.number("SELECT COUNT(*) FROM make_ups").await, 0);
    // The signature is for what was read: a page of before does not sign what came after.
    let revision = client.get(&path).await.value("revision").unwrap();
    client.post(&format!("{path}/signature"), &[("revision", "1")]).await.is(409).shows("it was not signed").shows("Seen otherwise.");
    let signed = client.get(&path).await;
    signed.shows("By signing you state");
    client.post(&format!("{path}/signature"), &[("revision", &revision)]).await.leads();
    client.get(&path).await.shows("Facilitator Inventada, 15 Jun 2026, 10:00").hides("Change the record");
    assert_eq!(world.number("SELECT COUNT(*) FROM planned_sessions WHERE standing = 'signed'").await, 1);
    // Whoever still had the form open is told, and keeps the text.
    sheet.about("note", setting.cases[2], "Typed too late.");
    sheet.set("once", &Uuid::from_u128(77).to_string()).send(&client, &path).await.is(409).shows("signed in the meantime").shows("Typed too late.");
    // Amendments stand beside the original.
    client.post(&format!("{path}/amendments"), &[("amendment", ""), ("about", "")]).await.is(422);
    client.post(&format!("{path}/amendments"), &[("amendment", "It began ten minutes late."), ("about", "")]).await.leads();
    client.post(&format!("{path}/amendments"), &[("amendment", "He came with his brother."), ("about", &setting.cases[0].to_string())]).await.leads();
    client.post(&format!("{path}/amendments"), &[("amendment", "Nothing of hers."), ("about", &setting.stranger.to_string())]).await.is(422);
    assert_eq!(world.number("SELECT COUNT(*) FROM amendments").await, 2);
    client.get(&path).await.shows("Seen otherwise.").shows("It began ten minutes late.").shows("He came with his brother.").shows("Amended by Facilitator Inventada");
});

both!(async fn the_database_itself_refuses_to_touch_what_is_signed(world) {
    let setting = setting(&world, 2).await;
    let client = world.client(Cast::Facilitator).await;
    let mut sheet = Sheet::of(&client.get(&setting.path()).await, &setting.cases);
    sheet.about("seen", setting.cases[0], "Was seen.");
    sheet.send(&client, &setting.path()).await.leads();
    client.post(&format!("{}/signature", setting.path()), &[("revision", "1")]).await.leads();
    let refused = [
        "UPDATE session_records SET minutes = 1",
        "DELETE FROM session_records",
        "UPDATE attendances SET presence = 'attended'",
        "DELETE FROM attendances",
        "UPDATE observations SET seen_on = '2020-01-01'",
        "DELETE FROM observations",
    ];
    for sql in refused {
        let mut tx = world.app.db.write().await.unwrap();
        let touched = run!(&mut tx, sqlx::query(sql));
        assert!(matches!(touched, Err(fairway_office::db::StoreError::Refused | fairway_office::db::StoreError::Dangling)), "{sql}: {touched:?}");
    }
});

both!(async fn of_two_who_record_at_once_the_second_is_told_and_keeps_the_text(world) {
    let setting = setting(&world, 2).await;
    let client = world.client(Cast::Facilitator).await;
    let mut second = Sheet::of(&client.get(&setting.path()).await, &setting.cases);
    recorded(&world, &client, &setting).await;
    second.set("once", &Uuid::from_u128(78).to_string()).about("note", setting.cases[1], "The second one's words.");
    let told = second.send(&client, &setting.path()).await;
    told.is(409).shows("Facilitator Inventada saved this record in the meantime").shows("The second one's words.");
    assert_eq!(world.number("SELECT revision FROM session_records").await, 1);
    // Told, they compare and save theirs.
    second.set("revision", &told.value("revision").unwrap()).set("once", &told.value("once").unwrap());
    second.send(&client, &setting.path()).await.leads();
    client.get(&setting.path()).await.shows("The second one's words.");
});

both!(async fn a_form_sent_twice_is_recorded_once(world) {
    let setting = setting(&world, 2).await;
    let client = world.client(Cast::Facilitator).await;
    let sheet = Sheet::of(&client.get(&setting.path()).await, &setting.cases);
    let path = setting.path();
    let (one, two) = tokio::join!(sheet.send(&client, &path), sheet.send(&client, &path));
    assert_eq!((one.leads(), two.leads()), (setting.path(), setting.path()));
    assert_eq!(sheet.send(&client, &setting.path()).await.leads(), setting.path());
    assert_eq!(world.number("SELECT COUNT(*) FROM session_records WHERE revision = 1").await, 1);
    assert_eq!(world.number("SELECT COUNT(*) FROM attendances").await, 2);
});

both!(async fn what_makes_no_sense_is_refused_whole(world) {
    let setting = setting(&world, 2).await;
    let client = world.client(Cast::Facilitator).await;
    let (path, someone) = (setting.path(), setting.cases[0]);
    let page = client.get(&path).await;
    let stranger = format!("note-{}", setting.stranger);
    let wrong: [(&[(&str, String)], &str); 8] = [
        (&[("held_on", "16/06/2026".into())], "lies in the future"),
        (&[("held_on", "15/06/2026".into()), ("at", "10:01".into())], "lies in the future"),
        (&[("held_on", "31/06/2026".into())], "not a date we can read"),
        (&[(&format!("presence-{someone}"), "part".into()), (&format!("minutes-{someone}"), "121".into())], "how many minutes were they there? From 1 to 120"),
        (&[(&format!("presence-{someone}"), "absent-accepted".into())], "please pick the accepted reason"),
        (&[(&format!("presence-{someone}"), "absent-unaccepted".into()), (&format!("seen-{someone}"), "Something.".into())], "was absent, yet something stands"),
        (&[("deviation", "not-permitted".into())], "say what was done otherwise"),
        (&[(&stranger, "About somebody else.".into())], "do not belong to this session"),
    ];
    for (changes, said) in wrong {
        let mut sheet = Sheet::of(&page, &setting.cases);
        sheet.about("note", setting.cases[1], "Kept while it is mended.");
        for (name, value) in changes {
            sheet.set(name, value);
        }
        sheet.send(&client, &path).await.is(422).shows(said).shows("Kept while it is mended.");
    }
    let mut sheet = Sheet::of(&page, &setting.cases);
    sheet.0.retain(|(name, _)| *name != format!("presence-{someone}"));
    sheet.send(&client, &path).await.is(422).shows("please say whether they were there");
    for table in ["SELECT COUNT(*) FROM session_records", "SELECT COUNT(*) FROM attendances", "SELECT COUNT(*) FROM observations", "SELECT COUNT(*) FROM submissions"] {
        assert_eq!(world.number(table).await, 0, "{table}");
    }
});

both!(async fn a_draft_is_kept_and_is_its_writers_alone(world) {
    let setting = setting(&world, 2).await;
    let mut tx = world.app.db.write().await.unwrap();
    let mut rows = Batch::new("group_facilitators", &["group_id", "account_id"]);
    rows.push(vec![setting.group.into(), Cast::Colleague.id().into()]);
    rows.write(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    let (client, colleague) = (world.client(Cast::Facilitator).await, world.client(Cast::Colleague).await);
    let path = setting.path();
    let mut sheet = Sheet::of(&client.get(&path).await, &setting.cases);
    sheet.about("note", setting.cases[0], "Half a sentence").about("presence", setting.cases[1], "absent-unaccepted");
    sheet.send(&client, &format!("{path}/draft")).await.is(204);
    sheet.about("note", setting.cases[0], "Half a sentence, and the rest.");
    sheet.send(&client, &format!("{path}/draft")).await.is(204);
    let found = client.get(&path).await;
    found.shows("This is your draft, kept on 15 Jun 2026, 10:00").shows("Half a sentence, and the rest.");
    colleague.get(&path).await.is(200).hides("Half a sentence").hides("your draft");
    colleague.post(&format!("{path}/draft/removal"), &[]).await.leads();
    client.get(&path).await.shows("Half a sentence, and the rest.");
    sheet.set("leave", "yes").send(&client, &format!("{path}/draft")).await.leads();
    sheet.send(&client, &path).await.leads();
    assert_eq!(world.number("SELECT COUNT(*) FROM drafts").await, 0);
    client.get(&path).await.shows("Half a sentence, and the rest.").hides("draft of changes");
});

both!(async fn an_observation_a_judgement_rests_on_stays(world) {
    let setting = setting(&world, 1).await;
    let client = world.client(Cast::Facilitator).await;
    let mut sheet = Sheet::of(&client.get(&setting.path()).await, &setting.cases);
    sheet.about("seen", setting.cases[0], "Spoke of reasons.").about("target", setting.cases[0], "readiness");
    sheet.send(&client, &setting.path()).await.leads();
    let mut tx = world.app.db.write().await.unwrap();
    run!(&mut tx, sqlx::query("INSERT INTO need_judgements (id, case_id, target, verdict, judged_on, account_id, recorded_at) VALUES ($1, $2, 'readiness', 'present', '2026-06-15', $3, '2026-06-15T08:00:00Z')").bind(Uuid::from_u128(1)).bind(setting.cases[0]).bind(Cast::Facilitator.id())).unwrap();
    run!(&mut tx, sqlx::query("INSERT INTO judgement_evidence (judgement_id, observation_id) SELECT $1, id FROM observations").bind(Uuid::from_u128(1))).unwrap();
    tx.commit().await.unwrap();
    let mut sheet = changing(&client, &setting).await;
    sheet.about("seen", setting.cases[0], "Never spoke.").about("target", setting.cases[0], "readiness");
    sheet.send(&client, &setting.path()).await.is(422).shows("a judgement rests on this observation");
    sheet.about("seen", setting.cases[0], "Spoke of reasons.").about("note", setting.cases[0], "And of doubts.");
    sheet.send(&client, &setting.path()).await.leads();
    assert_eq!(world.number("SELECT COUNT(*) FROM judgement_evidence e JOIN observations o ON o.id = e.observation_id").await, 1);
});

both!(async fn before_its_day_the_page_tells_what_it_is(world) {
    let setting = setting(&world, 2).await;
    let mut tx = world.app.db.write().await.unwrap();
    let ahead = Uuid::from_u128(0x5E55_0003);
    plan(&mut tx, ahead, (Some(setting.group), None), "naming-feelings", date(2026, 6, 19), None).await;
    tx.commit().await.unwrap();
    let client = world.client(Cast::Facilitator).await;
    let page = client.get(&format!("/sessions/{ahead}")).await;
    page.is(200).shows("Negative mood and coping").shows("120 min").shows(&person(2)).shows("From its day on").hides("data-autosave");
    let page = client.in_spanish().get(&format!("/sessions/{ahead}")).await;
    page.is(200).shows("Estado de ánimo negativo").shows("Leer esta sesión en el manual");
    // Nobody can record what has not begun, whatever the form says.
    let client = world.client(Cast::Facilitator).await;
    let sheet = Sheet::of(&client.get(&format!("/sessions/{ahead}?record")).await, &setting.cases);
    sheet.send(&client, &format!("/sessions/{ahead}")).await.is(422).shows("lies in the future");
});

both!(async fn who_may_see_and_record_a_session(world) {
    let setting = setting(&world, 2).await;
    let path = setting.path();
    let form = Sheet::of(&world.client(Cast::Facilitator).await.get(&path).await, &setting.cases);
    for (who, see, record) in [
        (Cast::Manager, 200, 403),
        (Cast::Coordinator, 403, 403),
        (Cast::Colleague, 404, 404),
        (Cast::Referrer, 403, 403),
        (Cast::Researcher, 403, 403),
        (Cast::Auditor, 403, 403),
        (Cast::Administrator, 403, 403),
        (Cast::OutsideFacilitator, 404, 404),
    ] {
        let client = world.client(who).await;
        assert_eq!(client.get(&path).await.status, see, "{who:?} sees");
        for at in [path.clone(), format!("{path}/draft")] {
            assert_eq!(form.send(&client, &at).await.status, record, "{who:?} posts to {at}");
        }
        assert!(matches!(client.post(&format!("{path}/signature"), &[("revision", "1")]).await.status, 403 | 404), "{who:?} signs");
        assert!(matches!(client.post(&format!("{path}/amendments"), &[("amendment", "No.")]).await.status, 403 | 404), "{who:?} amends");
    }
    assert!(world.anonymous().get(&path).await.leads().starts_with("/sign-in"));
    assert!(form.send(&world.anonymous(), &path).await.leads().starts_with("/sign-in"));
    assert_eq!(world.number("SELECT COUNT(*) FROM session_records").await, 0);
    // The treatment manager reads the record and amends it once it is signed.
    let client = world.client(Cast::Facilitator).await;
    recorded(&world, &client, &setting).await;
    client.post(&format!("{path}/signature"), &[("revision", "1")]).await.leads();
    let manager = world.client(Cast::Manager).await;
    manager.get(&path).await.is(200).shows("Amend");
    manager.post(&format!("{path}/amendments"), &[("amendment", "Read and discussed."), ("about", "")]).await.leads();
});

both!(async fn sheets_print_for_everybody_with_name_and_goals(world) {
    let setting = setting(&world, 3).await;
    let mut tx = world.app.db.write().await.unwrap();
    let wrapped: (Vec<u8>,) =
        on!(&mut tx, |c| sqlx::query_as("SELECT wrapped FROM sealing_keys WHERE owner_id = $1").bind(setting.cases[0]).fetch_one(c)).unwrap();
    let key = world.app.vault.unwrap_key(setting.cases[0], &fairway_office::vault::Sealed(wrapped.0)).unwrap();
    let mut rows = Batch::new("goals", &["id", "case_id", "good", "words_sealed", "set_on", "account_id", "recorded_at"]);
    rows.push(vec![
        Uuid::from_u128(0x60A1).into(),
        setting.cases[0].into(),
        "relatedness".into(),
        Cell::from(key.seal("goals.words", "I want company at table.").unwrap()),
        "2026-06-02".into(),
        Cast::Facilitator.id().into(),
        "2026-06-02T00:00:00Z".into(),
    ]);
    rows.write(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    let path = format!("/sessions/{}/sheets", setting.session);
    let before = world.number("SELECT COUNT(*) FROM access_log WHERE action = 'print-sheets' AND kind = 'case'").await;
    let page = world.client(Cast::Facilitator).await.get(&path).await;
    page.is(200).shows("Teo01").shows("Teo03").shows("I want company at table.").hides("Inventado</dd>");
    assert_eq!(page.body.matches("<article class=\"sheet\"").count(), 3);
    assert_eq!(page.body.matches("I want company").count(), 1, "each goal on its owner's sheet only");
    let after = world.number("SELECT COUNT(*) FROM access_log WHERE action = 'print-sheets' AND kind = 'case'").await;
    assert_eq!(after - before, 3, "each case whose name was printed is in the log");
    world.client(Cast::Facilitator).await.get(&format!("{path}?in=en")).await.is(200).shows("My goals");
    world.client(Cast::Coordinator).await.get(&path).await.is(403);
    world.client(Cast::OutsideFacilitator).await.get(&path).await.is(404);
    assert!(world.anonymous().get(&path).await.leads().starts_with("/sign-in"));
    world.client(Cast::Facilitator).await.get(&format!("/sessions/{}", setting.session)).await.shows(&path);
});
