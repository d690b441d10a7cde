//! Planning: phases laid out, one session moved or all after it, never into the past, make-ups given their day.

use fairway_office::db::Batch;
use fairway_office::run;
use jiff::civil::date;
use uuid::Uuid;

use crate::groups_setting::{formed, in_phase};
use crate::world::{Cast, NORTH, World};

async fn session(world: &World, owner: &str, session: &str) -> (Uuid, String) {
    let owner = Uuid::try_parse(owner.rsplit('/').next().unwrap()).unwrap();
    let mut tx = world.app.db.read().await.unwrap();
    let sql = "SELECT id, on_date FROM planned_sessions WHERE (group_id = $1 OR case_id = $1) AND session = $2 AND make_up_id IS NULL";
    fairway_office::on!(&mut tx, |c| sqlx::query_as(sql).bind(owner).bind(session).fetch_one(c)).unwrap()
}

both!(async fn a_phase_is_laid_out_in_the_slot_chosen(world) {
    let id = in_phase(&world, 1, 0, "motivation").await;
    let path = format!("/cases/{id}/plan");
    let client = world.client(Cast::Facilitator).await;
    client.get(&path).await.is(200).shows("When the sessions are held");
    for (who, status) in [(Cast::Coordinator, 200), (Cast::Manager, 200), (Cast::Colleague, 404), (Cast::Outsider, 404), (Cast::Referrer, 404), (Cast::Auditor, 403)] {
        let found = world.client(who).await.get(&path).await.status;
        assert!(found == status || (who == Cast::Referrer && found == 403), "{who:?} {found}");
    }
    assert!(world.anonymous().get(&path).await.leads().starts_with("/sign-in"));
    client.get(&format!("{path}?show=yes&days=mon&days=thu&time=17:00&from=1/6/2026")).await.is(422).shows("cannot be planned in the past");
    let query = "show=yes&days=mon&days=thu&time=17:00&from=15/6/2026";
    let shown = client.get(&format!("{path}?{query}")).await;
    shown.is(200).shows("What would be planned").shows("Monday 15 Jun 2026").shows("Thursday 18 Jun 2026");
    assert_eq!(world.number("SELECT COUNT(*) FROM planned_sessions").await, 0);
    let (once, seen) = (shown.value("once").unwrap(), shown.value("seen").unwrap());
    let sent = [("days", "mon"), ("days", "thu"), ("time", "17:00"), ("from", "15/6/2026"), ("once", &once), ("seen", &seen)];
    client.post(&path, &sent).await.leads();
    client.post(&path, &sent).await.leads();
    assert_eq!(world.number("SELECT COUNT(*) FROM planned_sessions").await, 8);
    let revisions = world.number("SELECT CAST(SUM(revision) AS BIGINT) FROM planned_sessions").await;
    // To plan the same again touches nothing.
    let again = client.get(&format!("{path}?{query}")).await;
    client.post(&path, &[("days", "mon"), ("days", "thu"), ("time", "17:00"), ("from", "15/6/2026"), ("seen", &again.value("seen").unwrap())]).await.leads();
    assert_eq!(world.number("SELECT CAST(SUM(revision) AS BIGINT) FROM planned_sessions").await, revisions);
    // What was confirmed is what was seen: a day closed meanwhile asks again.
    let mut tx = world.app.db.write().await.unwrap();
    run!(&mut tx, sqlx::query("INSERT INTO closures (unit_id, closed_on, title) VALUES ($1, '2026-06-18', 'Works')").bind(NORTH)).unwrap();
    tx.commit().await.unwrap();
    let reply = client.post(&path, &[("days", "mon"), ("days", "thu"), ("time", "17:00"), ("from", "15/6/2026"), ("seen", &again.value("seen").unwrap())]).await;
    reply.is(409).shows("Something changed").shows("is a closed day");
    world.client(Cast::Facilitator).await.in_spanish().get(&path).await.shows("Planificar sesiones");
});

both!(async fn one_session_moves_alone_or_with_all_after_it(world) {
    let group = formed(&world, "steady-course", "course", "whole-course").await;
    let (second, on) = session(&world, &group, "how-habits-run").await;
    let client = world.client(Cast::Coordinator).await;
    let path = format!("/sessions/{second}/move");
    client.get(&path).await.is(200).shows("This one and all after it");
    for (who, status) in [(Cast::Facilitator, 200), (Cast::Colleague, 404), (Cast::Outsider, 404), (Cast::Auditor, 403)] {
        assert_eq!(world.client(who).await.get(&path).await.status, status, "{who:?}");
    }
    assert!(world.anonymous().get(&path).await.leads().starts_with("/sign-in"));
    let day: jiff::civil::Date = on.parse().unwrap();
    let (before, next) = (day.saturating_sub(jiff::Span::new().days(14)), day.saturating_add(jiff::Span::new().days(1)));
    client.get(&format!("{path}?on=14/6/2026&time=18:00&reach=this")).await.is(422).shows("into the past");
    client.get(&format!("{path}?on={before}&time=18:00&reach=this")).await.is(422);
    let late = day.saturating_add(jiff::Span::new().days(30));
    client.get(&format!("{path}?on={late}&time=18:00&reach=this")).await.is(422).shows("It would come after");
    client.get(&format!("{path}?on={day}&time=23:30&reach=this")).await.is(422).shows("past midnight");
    client.get(&format!("{path}?on=nonsense&time=18:00")).await.is(422).shows("not a date");

    let shown = client.get(&format!("{path}?on={next}&time=18:00&reach=this")).await;
    shown.is(200).shows("One session would move");
    let (revision, seen, once) = (shown.value("revision").unwrap(), shown.value("seen").unwrap(), shown.value("once").unwrap());
    let next_text = next.to_string();
    let sent = [("on", next_text.as_str()), ("time", "18:00"), ("reach", "this"), ("revision", &revision), ("seen", &seen), ("once", &once)];
    client.post(&path, &[("on", &next_text), ("time", "18:00"), ("reach", "this"), ("revision", "0"), ("seen", &seen)]).await.is(409).shows("Something changed");
    assert_eq!(client.post(&path, &sent).await.leads(), group);
    assert_eq!(client.post(&path, &sent).await.leads(), group);
    assert_eq!(session(&world, &group, "how-habits-run").await.1, next_text);
    assert_eq!(world.number("SELECT COUNT(*) FROM planned_sessions WHERE pinned").await, 1);
    // The cadence goes on from the day it would have had.
    assert_eq!(world.number("SELECT COUNT(*) FROM planned_sessions WHERE counts_from_on IS NOT NULL AND counts_from_on <> on_date").await, 1);

    let later = next.saturating_add(jiff::Span::new().days(6));
    let shown = client.get(&format!("{path}?on={later}&time=18:00&reach=after")).await;
    shown.is(200).shows("sessions would move").shows("The last session is on");
    let (revision, seen) = (shown.value("revision").unwrap(), shown.value("seen").unwrap());
    client.post(&path, &[("on", &later.to_string()), ("time", "18:00"), ("reach", "after"), ("revision", &revision), ("seen", &seen)]).await.leads();
    assert_eq!(session(&world, &group, "how-habits-run").await.1, later.to_string());
    assert!(world.number("SELECT COUNT(*) FROM planned_sessions p WHERE EXISTS (SELECT 1 FROM planned_sessions q WHERE q.group_id = p.group_id AND q.seq = p.seq + 1 AND q.on_date <= p.on_date)").await == 0);
});

both!(async fn what_was_held_stays_where_it_was(world) {
    let group = formed(&world, "steady-course", "course", "whole-course").await;
    world.set_today(date(2026, 6, 25));
    let (first, on) = session(&world, &group, "casting-off").await;
    let mut tx = world.app.db.write().await.unwrap();
    run!(&mut tx, sqlx::query("UPDATE planned_sessions SET standing = 'recorded' WHERE id = $1").bind(first)).unwrap();
    tx.commit().await.unwrap();
    let client = world.client(Cast::Coordinator).await;
    client.get(&format!("/sessions/{first}/move")).await.is(200).shows("stays where it is");
    client.post(&format!("/sessions/{first}/move"), &[("on", "2026-07-01"), ("time", "18:00"), ("revision", "1")]).await.is(422);
    assert_eq!(session(&world, &group, "casting-off").await.1, on);
    // A session whose day passed without a record is given another; those after it keep theirs.
    let (second, was) = session(&world, &group, "law-and-reasons").await;
    assert!(was.as_str() < "2026-06-25");
    let shown = client.get(&format!("/sessions/{second}/move?on=2026-06-26&time=18:00&reach=this")).await;
    shown.is(200).shows("One session would move");
});

/// A running group of the case's programme and place that will hold this session, and a make-up that may be done with it.
async fn held_by_another_group(world: &World, case: Uuid, session: &str) {
    let group = Uuid::from_u128(0x3A10);
    let mut tx = world.app.db.write().await.unwrap();
    let sql = "INSERT INTO treatment_groups (id, unit_id, programme_id, phase, track, title, spoken_language, weekdays, starts_at_time, standing, first_on, made_at) \
               SELECT $1, unit_id, programme_id, 'group', 'standard', 'A group that comes next', 'es', 'wed', '17:00', 'running', '2026-06-24', '2026-06-01T00:00:00Z' FROM cases WHERE id = $2";
    run!(&mut tx, sqlx::query(sql).bind(group).bind(case)).unwrap();
    let sql = "INSERT INTO planned_sessions (id, unit_id, group_id, phase, session, seq, on_date, starts_at_time, minutes, standing) VALUES ($1, $2, $3, 'group', $4, 1, '2026-06-24', '17:00', 120, 'planned')";
    run!(&mut tx, sqlx::query(sql).bind(Uuid::from_u128(0x3A11)).bind(NORTH).bind(group).bind(session)).unwrap();
    run!(&mut tx, sqlx::query("UPDATE make_ups SET made_by = 'next-group'")).unwrap();
    tx.commit().await.unwrap();
}

both!(async fn a_make_up_is_given_its_day(world) {
    let id = in_phase(&world, 1, 0, "motivation").await;
    let make_up = Uuid::from_u128(0x3A0E);
    let mut tx = world.app.db.write().await.unwrap();
    let (planned, record, attendance) = (Uuid::from_u128(0x3A01), Uuid::from_u128(0x3A02), Uuid::from_u128(0x3A03));
    let mut rows = Batch::new("planned_sessions", &["id", "unit_id", "case_id", "phase", "session", "seq", "on_date", "starts_at_time", "minutes", "standing"]);
    rows.push(vec![planned.into(), NORTH.into(), id.into(), "motivation".into(), "my-situation".into(), 1_i64.into(), "2026-06-11".into(), "17:00".into(), 60_i64.into(), "recorded".into()]);
    rows.write(&mut tx).await.unwrap();
    let mut rows = Batch::new("session_records", &["id", "planned_id", "unit_id", "held_on", "starts_at_time", "minutes", "standing", "deviation", "account_id", "recorded_at"]);
    rows.push(vec![record.into(), planned.into(), NORTH.into(), "2026-06-11".into(), "17:00".into(), 60_i64.into(), "saved".into(), "none".into(), Cast::Facilitator.id().into(), "2026-06-11T18:00:00Z".into()]);
    rows.write(&mut tx).await.unwrap();
    let mut rows = Batch::new("attendances", &["id", "record_id", "case_id", "phase", "session", "held_on", "presence", "minutes", "contribution"]);
    rows.push(vec![attendance.into(), record.into(), id.into(), "motivation".into(), "my-situation".into(), "2026-06-11".into(), "absent-unaccepted".into(), 0_i64.into(), "not-observed".into()]);
    rows.write(&mut tx).await.unwrap();
    let mut rows = Batch::new("make_ups", &["id", "attendance_id", "case_id", "unit_id", "phase", "session", "made_by", "standing"]);
    rows.push(vec![make_up.into(), attendance.into(), id.into(), NORTH.into(), "motivation".into(), "my-situation".into(), "individual".into(), "due".into()]);
    rows.write(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
    let other = in_phase(&world, 2, 0, "motivation").await;
    let path = format!("/cases/{id}/make-ups/{make_up}");
    let client = world.client(Cast::Facilitator).await;
    client.get(&path).await.is(200).shows("missed on 11 Jun 2026");
    // Reached through another case it is not there.
    client.get(&format!("/cases/{other}/make-ups/{make_up}")).await.is(404);
    world.client(Cast::Outsider).await.get(&path).await.is(404);
    client.post(&path, &[("on", "12/6/2026"), ("time", "17:00")]).await.is(422).shows("is in the past");
    held_by_another_group(&world, id, "my-situation").await;
    client.get(&path).await.shows("A group that comes next").shows("Wednesday 24 Jun 2026, 17:00");
    client.post(&path, &[("on", "20/6/2026"), ("time", "")]).await.is(422).shows("This is needed");
    client.post(&path, &[("on", "22/6/2026"), ("time", "17:00")]).await.leads();
    client.post(&path, &[("on", "22/6/2026"), ("time", "19:00")]).await.is(409).shows("no longer due");
    assert_eq!(world.number("SELECT COUNT(*) FROM planned_sessions WHERE make_up_id IS NOT NULL AND on_date = '2026-06-22'").await, 1);
    assert_eq!(world.number("SELECT COUNT(*) FROM make_ups WHERE standing = 'planned'").await, 1);
    // It is moved like any other session, alone.
    let (session,): (Uuid,) = {
        let mut tx = world.app.db.read().await.unwrap();
        fairway_office::on!(&mut tx, |c| sqlx::query_as("SELECT id FROM planned_sessions WHERE make_up_id IS NOT NULL").fetch_one(c)).unwrap()
    };
    let shown = client.get(&format!("/sessions/{session}/move?on=2026-06-23&time=10:00")).await;
    shown.is(200).shows("One session would move").hides("all after it");
    let (revision, seen) = (shown.value("revision").unwrap(), shown.value("seen").unwrap());
    client.post(&format!("/sessions/{session}/move"), &[("on", "2026-06-23"), ("time", "10:00"), ("revision", &revision), ("seen", &seen)]).await.leads();
    assert_eq!(world.number("SELECT COUNT(*) FROM planned_sessions WHERE on_date = '2026-06-23'").await, 1);
});
