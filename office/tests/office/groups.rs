//! Groups: formed, filled, started, left, rejoined at the same point, closed; and whatever is refused on the way.

use crate::groups_setting::*;
use crate::world::{Cast, NORTH, SOUTH, World};
use fairway_office::db::Batch;
use fairway_office::{on, run};
use jiff::civil::date;
use uuid::Uuid;

both!(async fn from_forming_to_started(world) {
    waiting(&world, 6).await;
    let coordinator = world.client(Cast::Coordinator).await;
    let group = course(&world).await;
    let page = coordinator.get(&group).await;
    page.is(200).shows("Forming").shows("Noa01 Inventada").shows("can come at that hour").shows("follows the language").shows("ends inside the order").shows("there is a place").shows("Casting off");
    admit(&coordinator, &group, &[1, 2, 3, 4, 5].map(case)).await.leads();
    assert_eq!(world.number("SELECT members FROM treatment_groups").await, 5);
    assert_eq!(world.number("SELECT COUNT(*) FROM case_staff WHERE because = 'group'").await, 5);
    let start = coordinator.get(&format!("{group}/start")).await;
    start.shows("All conditions hold");
    let (revision, once) = (start.value("revision").unwrap(), start.value("once").unwrap());
    let sent = [("on", "15/6/2026"), ("revision", &revision), ("once", &once)];
    coordinator.post(&format!("{group}/start"), &[("on", "16/6/2026"), ("revision", &revision)]).await.is(422).shows("has not come yet");
    assert_eq!(world.number("SELECT COUNT(*) FROM cases WHERE stage = 'in-phase'").await, 0);
    coordinator.post(&format!("{group}/start"), &sent).await.leads();
    // Sent twice, it is carried out once.
    assert_eq!(coordinator.post(&format!("{group}/start"), &sent).await.leads(), group);
    assert_eq!(world.number("SELECT COUNT(*) FROM cases WHERE stage = 'in-phase'").await, 5);
    assert_eq!(world.number("SELECT COUNT(*) FROM planned_sessions WHERE group_id IS NOT NULL").await, 11);
    assert_eq!(world.number("SELECT COUNT(*) FROM planned_sessions WHERE on_date < '2026-06-16'").await, 0);
    coordinator.get(&group).await.shows("Running").shows("Next session").shows("Tuesday 16 Jun 2026");
    world.client(Cast::Coordinator).await.in_spanish().get(&group).await.shows("En marcha").shows("Próxima sesión");
    coordinator.get("/groups").await.shows("Tuesday evening").shows("5 of at most 12").shows("Tue 16 Jun");
    coordinator.get("/groups?standing=forming&sort=-title").await.shows("No group fits this choice");
});

both!(async fn those_chosen_on_the_waiting_list_are_ticked_among_the_candidates(world) {
    waiting(&world, 3).await;
    let client = world.client(Cast::Coordinator).await;
    let chosen = case(2).to_string();
    client.get(&format!("/groups/new?unit={}&case={chosen}", crate::world::NORTH)).await.is(200).shows(&chosen);
    let mut form = fields(&world, "steady-course", "course", "whole-course");
    form.extend([("case", chosen.clone()), ("case", "no id".to_owned())]);
    let leads = send(&client, "/groups/new", &form).await.leads();
    assert!(leads.ends_with(&format!("?case={chosen}#candidates")), "{leads}");
    let page = client.get(leads.trim_end_matches("#candidates")).await;
    page.is(200);
    assert!(page.body.contains(&format!("value=\"{chosen}\" checked")), "not ticked");
    assert!(!page.body.contains(&format!("value=\"{}\" checked", case(1))), "another is ticked");
});

both!(async fn only_those_with_business_see_a_group(world) {
    waiting(&world, 1).await;
    let group = course(&world).await;
    admit(&world.client(Cast::Coordinator).await, &group, &[case(1)]).await.leads();
    for (who, status) in [(Cast::Coordinator, 200), (Cast::Manager, 200), (Cast::Facilitator, 200), (Cast::Colleague, 404), (Cast::Outsider, 404), (Cast::OutsideFacilitator, 404), (Cast::Auditor, 403), (Cast::Referrer, 403)] {
        let client = world.client(who).await;
        assert_eq!(client.get(&group).await.status, status, "{who:?}");
    }
    assert!(world.anonymous().get(&group).await.leads().starts_with("/sign-in"));
    // A facilitator sees the members and may not change the group; candidates are none of theirs.
    let facilitator = world.client(Cast::Facilitator).await;
    facilitator.get(&group).await.shows("Noa01 Inventada").hides("Who could join").hides("/edit");
    for path in ["/edit", "/start", "/closing"] {
        facilitator.get(&format!("{group}{path}")).await.is(403);
        world.client(Cast::Outsider).await.get(&format!("{group}{path}")).await.is(404);
    }
    facilitator.get("/groups").await.shows("Tuesday evening");
    world.client(Cast::Colleague).await.get("/groups").await.hides("Tuesday evening").shows("You run no group");
    world.client(Cast::Outsider).await.get("/groups").await.hides("Tuesday evening");
    assert!(world.number("SELECT COUNT(*) FROM access_log WHERE kind = 'case' AND act = 'listed'").await > 0);
});

both!(async fn size_limits_are_those_of_the_programme(world) {
    waiting(&world, 13).await;
    let coordinator = world.client(Cast::Coordinator).await;
    let group = course(&world).await;
    let all: Vec<Uuid> = (1..=13).map(case).collect();
    admit(&coordinator, &group, &all).await.is(422).shows("at most 12 members");
    assert_eq!(world.number("SELECT COUNT(*) FROM group_members").await, 0);
    admit(&coordinator, &group, &all[..2]).await.leads();
    let page = coordinator.get(&format!("{group}/start")).await;
    let revision = page.value("revision").unwrap();
    coordinator.post(&format!("{group}/start"), &[("on", "15/6/2026"), ("revision", &revision)]).await.is(422).shows("at least 5 members");
    admit(&coordinator, &group, &[]).await.is(422).shows("Tick at least one person");
});

both!(async fn a_room_or_a_person_is_not_in_two_places(world) {
    course(&world).await;
    let client = world.client(Cast::Coordinator).await;
    let mut second = fields(&world, "steady-course", "course", "whole-course");
    second.retain(|(name, _)| *name != "facilitators");
    second.push(("facilitators", Cast::Colleague.id().to_string()));
    let reply = send(&client, "/groups/new", &second).await;
    reply.is(422).shows("Room 1 is taken").shows("Tuesday evening");
    second.retain(|(name, _)| *name != "room");
    send(&client, "/groups/new", &second).await.leads();
    let third = fields(&world, "steady-course", "course", "whole-course").into_iter().filter(|(name, _)| *name != "room").collect::<Vec<_>>();
    send(&client, "/groups/new", &third).await.is(422).shows("has another session");
    let mut past = third.clone();
    past.retain(|(name, _)| *name != "first" && *name != "title");
    past.push(("first", "1/6/2026".into()));
    send(&client, "/groups/new", &past).await.is(422).shows("does not begin in the past").shows("This is needed");
    assert_eq!(world.number("SELECT COUNT(*) FROM treatment_groups").await, 2);
});

both!(async fn the_second_of_two_people_is_told(world) {
    waiting(&world, 3).await;
    let client = world.client(Cast::Coordinator).await;
    let group = course(&world).await;
    let stale = client.get(&group).await.value("revision").unwrap();
    admit(&client, &group, &[case(1)]).await.leads();
    let reply = client.post(&format!("{group}/members"), &[("revision", &stale), ("case", &case(2).to_string())]).await;
    reply.is(409).shows("Somebody changed this group");
    assert!(reply.body.contains(&format!("value=\"{}\" checked", case(2))));
    // Somebody else's case is not admitted, whatever the form says.
    let mut tx = world.app.db.write().await.unwrap();
    let stranger = referred(&world, &mut tx, 90, SOUTH, "steady-course").await;
    tx.commit().await.unwrap();
    admit(&client, &group, &[stranger]).await.is(404);
    assert_eq!(world.number("SELECT COUNT(*) FROM group_members").await, 1);
});

both!(async fn a_gate_is_opened_against_the_rule_only_with_a_named_reason(world) {
    for number in 1..=6 {
        in_phase(&world, number, 0, "motivation").await;
    }
    let group = formed(&world, "out-of-the-net", "group", "standard").await;
    let coordinator = world.client(Cast::Coordinator).await;
    admit(&coordinator, &group, &(1..=6).map(case).collect::<Vec<_>>()).await.leads();
    let page = coordinator.get(&format!("{group}/start")).await;
    page.shows("conditions do not hold").shows("Treatment management may open");
    let revision = page.value("revision").unwrap();
    let named: Vec<(String, &str)> = (1..=6).map(|number| (format!("reason-{}", case(number)), "An invented reason.")).collect();
    let mut sent: Vec<(&str, &str)> = vec![("on", "15/6/2026"), ("revision", &revision)];
    let manager = world.client(Cast::Manager).await;
    manager.post(&format!("{group}/start"), &sent).await.is(422).shows("Say why Noa01");
    sent.extend(named.iter().map(|(name, value)| (name.as_str(), *value)));
    coordinator.post(&format!("{group}/start"), &sent).await.is(422).shows("Treatment management may open");
    manager.post(&format!("{group}/start"), &sent).await.leads();
    assert_eq!(world.number("SELECT COUNT(*) FROM cases WHERE phase = 'group'").await, 6);
    assert_eq!(world.number("SELECT COUNT(*) FROM case_events WHERE against_rule AND comment_sealed IS NOT NULL").await, 6);
});

async fn held(world: &World, group: &str, sessions: &[&str], cases: &[Uuid]) {
    let group = Uuid::try_parse(group.rsplit('/').next().unwrap()).unwrap();
    let mut tx = world.app.db.write().await.unwrap();
    for session in sessions {
        let row: (Uuid, String) =
            on!(&mut tx, |c| sqlx::query_as("SELECT id, on_date FROM planned_sessions WHERE group_id = $1 AND session = $2")
                .bind(group)
                .bind(*session)
                .fetch_one(c))
            .unwrap();
        run!(&mut tx, sqlx::query("UPDATE planned_sessions SET standing = 'recorded' WHERE id = $1").bind(row.0)).unwrap();
        let record = world.app.new_id();
        let columns: &[&str] =
            &["id", "planned_id", "unit_id", "held_on", "starts_at_time", "minutes", "standing", "deviation", "account_id", "recorded_at"];
        let mut rows = Batch::new("session_records", columns);
        rows.push(vec![
            record.into(),
            row.0.into(),
            NORTH.into(),
            row.1.clone().into(),
            "18:00".into(),
            90_i64.into(),
            "saved".into(),
            "none".into(),
            Cast::Facilitator.id().into(),
            "2026-06-16T18:00:00Z".into(),
        ]);
        rows.write(&mut tx).await.unwrap();
        let mut rows = Batch::new(
            "attendances",
            &["id", "record_id", "case_id", "phase", "session", "held_on", "presence", "minutes", "contribution"],
        );
        for case in cases {
            rows.push(vec![
                world.app.new_id().into(),
                record.into(),
                (*case).into(),
                "course".into(),
                (*session).into(),
                row.1.clone().into(),
                "attended".into(),
                90_i64.into(),
                "good".into(),
            ]);
        }
        rows.write(&mut tx).await.unwrap();
    }
    tx.commit().await.unwrap();
}

both!(async fn somebody_leaves_and_rejoins_another_group_at_the_same_point(world) {
    waiting(&world, 10).await;
    let client = world.client(Cast::Coordinator).await;
    let first = course(&world).await;
    let mut other = fields(&world, "steady-course", "course", "whole-course");
    other.retain(|(name, _)| !matches!(*name, "days" | "facilitators" | "title"));
    other.extend([("days", "wed".to_owned()), ("facilitators", Cast::Colleague.id().to_string()), ("title", "Wednesday evening".to_owned())]);
    let second = send(&client, "/groups/new", &other).await.leads();
    for (group, from) in [(&first, 1), (&second, 6)] {
        admit(&client, group, &(from..from + 5).map(case).collect::<Vec<_>>()).await.leads();
        let revision = client.get(&format!("{group}/start")).await.value("revision").unwrap();
        client.post(&format!("{group}/start"), &[("on", "15/6/2026"), ("revision", &revision)]).await.leads();
    }
    world.set_today(date(2026, 6, 25));
    // The sign-in of ten days ago has ended.
    let client = world.client(Cast::Coordinator).await;
    held(&world, &first, &["casting-off"], &(1..=5).map(case).collect::<Vec<_>>()).await;
    held(&world, &second, &["casting-off", "law-and-reasons"], &(6..=10).map(case).collect::<Vec<_>>()).await;
    client.get(&first).await.shows("1 of 11").shows("50%");
    let leaving = format!("{first}/members/{}/leaving", case(1));
    let page = client.get(&leaving).await;
    let revision = page.value("revision").unwrap();
    client.post(&leaving, &[("on", "1/6/2026"), ("reason", "work"), ("revision", &revision)]).await.is(422).shows("Nobody leaves before joining");
    client.post(&leaving, &[("on", "1/7/2026"), ("reason", "work"), ("revision", &revision)]).await.is(422).shows("has not come yet");
    client.post(&leaving, &[("on", "25/6/2026"), ("reason", "group-closed"), ("revision", &revision)]).await.is(422);
    client.post(&leaving, &[("on", "25/6/2026"), ("reason", "work"), ("revision", &revision)]).await.leads();
    assert_eq!(world.number("SELECT members FROM treatment_groups WHERE title = 'Tuesday evening'").await, 4);
    assert_eq!(world.number("SELECT COUNT(*) FROM case_staff WHERE because = 'group'").await, 9);
    // The second group is a session further on: the person would miss it, and is not let in.
    client.get(&second).await.shows("would miss one session");
    admit(&client, &second, &[case(1)]).await.is(422).shows("would miss sessions");
    held(&world, &first, &["law-and-reasons"], &[case(1)]).await;
    client.get(&second).await.shows("has done the same sessions");
    admit(&client, &second, &[case(1)]).await.leads();
    assert_eq!(world.number("SELECT members FROM treatment_groups WHERE title = 'Wednesday evening'").await, 6);
    assert_eq!(world.number("SELECT COUNT(*) FROM group_members WHERE joined_at_session = 'where-images-come-from'").await, 1);
    client.get(&first).await.shows("One person has left").shows("Work or training");
    // Closing: members leave, what was still to come is cancelled, the staff's relation ends.
    let page = client.get(&format!("{second}/closing")).await;
    page.shows("6 members leave");
    client.post(&format!("{second}/closing"), &[("on", "25/6/2026"), ("revision", &page.value("revision").unwrap())]).await.leads();
    assert_eq!(world.number("SELECT COUNT(*) FROM planned_sessions WHERE standing = 'cancelled'").await, 9);
    assert_eq!(world.number("SELECT COUNT(*) FROM case_staff WHERE because = 'group'").await, 4);
    client.get(&format!("{second}/edit")).await.is(403);
    client.get("/groups?standing=closed").await.shows("Wednesday evening").hides("Tuesday evening");
});

both!(async fn a_changed_group_is_planned_anew_and_its_staff_kept_in_step(world) {
    waiting(&world, 1).await;
    let client = world.client(Cast::Coordinator).await;
    let group = course(&world).await;
    admit(&client, &group, &[case(1)]).await.leads();
    let page = client.get(&format!("{group}/edit")).await;
    let revision = page.is(200).value("revision").unwrap();
    let mut sent = fields(&world, "steady-course", "course", "whole-course");
    sent.retain(|(name, _)| !matches!(*name, "days" | "facilitators" | "kind"));
    sent.extend([("days", "thu".to_owned()), ("facilitators", Cast::Colleague.id().to_string()), ("revision", revision)]);
    send(&client, &format!("{group}/edit"), &sent).await.leads();
    assert_eq!(world.number("SELECT COUNT(*) FROM planned_sessions WHERE on_date = '2026-06-18'").await, 1);
    assert_eq!(world.number("SELECT COUNT(*) FROM planned_sessions WHERE on_date = '2026-06-16'").await, 0);
    world.client(Cast::Facilitator).await.get(&group).await.is(404);
    world.client(Cast::Colleague).await.get(&group).await.is(200).shows("Noa01 Inventada");
    send(&client, &format!("{group}/edit"), &sent).await.is(409).shows("Somebody changed this group").shows("Tuesday evening");
});
