//! Today: what waits, for whom, and nothing of anybody else's.

use fairway_office::run;
use uuid::Uuid;

use crate::concerns::{recorded, worked_on};
use crate::world::{Cast, NORTH};

both!(async fn it_is_for_those_who_work_on_cases(world) {
    for (who, status) in [(Cast::Coordinator, 200), (Cast::Facilitator, 200), (Cast::Manager, 200), (Cast::Referrer, 403), (Cast::Researcher, 403), (Cast::Auditor, 403), (Cast::Administrator, 403)] {
        world.client(who).await.get("/today").await.is(status);
    }
    assert!(world.anonymous().get("/today").await.leads().starts_with("/sign-in"));
    world.client(Cast::Facilitator).await.in_spanish().get("/today").await.is(200).shows("Preocupaciones abiertas").hides("today-");
});

both!(async fn an_open_concern_stands_there_until_it_is_closed(world) {
    let case = worked_on(&world).await;
    let concern = recorded(&world, &case, "risk-to-self", Cast::Colleague).await;
    for who in [Cast::Facilitator, Cast::Colleague, Cast::Coordinator, Cast::Manager] {
        world.client(who).await.get("/today").await.is(200).shows(&concern).shows("Ficticio");
    }
    for who in [Cast::Outsider, Cast::OutsideFacilitator] {
        world.client(who).await.get("/today").await.is(200).hides("Ficticio");
    }
    let client = world.client(Cast::Facilitator).await;
    let revision = client.get(&concern).await.value("revision").unwrap();
    client.post(&format!("{concern}/closing"), &[("outcome", "passed-on"), ("done", "Told the duty desk."), ("revision", &revision)]).await.leads();
    client.get("/today").await.hides(&concern).shows("No concern is open");
});

both!(async fn sessions_notes_make_ups_reports_and_alarms_stand_there(world) {
    let case = Uuid::parse_str(&worked_on(&world).await).unwrap();
    let mut tx = world.app.db.write().await.unwrap();
    let sql = "INSERT INTO planned_sessions (id, unit_id, case_id, phase, session, seq, on_date, starts_at_time, minutes, facilitator_id, standing) VALUES ($1, $2, $3, 'motivation', $4, $5, $6, '17:00', 60, $7, $8)";
    for (number, session, on, standing) in [(1, "welcome", "2026-06-01", "recorded"), (2, "life-story", "2026-06-10", "planned"), (3, "two-minds", "2026-06-15", "planned"), (4, "my-situation", "2026-07-30", "planned")] {
        run!(&mut tx, sqlx::query(sql).bind(Uuid::from_u128(number)).bind(NORTH).bind(case).bind(session).bind(i64::try_from(number).unwrap()).bind(on).bind(Cast::Facilitator.id()).bind(standing)).unwrap();
    }
    let sql = "INSERT INTO session_records (id, planned_id, unit_id, held_on, starts_at_time, minutes, standing, deviation, account_id, recorded_at) VALUES ($1, $2, $3, '2026-06-01', '17:00', 60, 'saved', 'none', $4, '2026-06-01T16:00:00Z')";
    run!(&mut tx, sqlx::query(sql).bind(Uuid::from_u128(11)).bind(Uuid::from_u128(1)).bind(NORTH).bind(Cast::Facilitator.id())).unwrap();
    let sql = "INSERT INTO attendances (id, record_id, case_id, phase, session, held_on, presence, minutes, contribution) VALUES ($1, $2, $3, 'motivation', 'welcome', '2026-06-01', 'absent-accepted', 0, 'none')";
    run!(&mut tx, sqlx::query(sql).bind(Uuid::from_u128(21)).bind(Uuid::from_u128(11)).bind(case)).unwrap();
    let sql = "INSERT INTO make_ups (id, attendance_id, case_id, unit_id, phase, session, made_by, due_on, standing) VALUES ($1, $2, $3, $4, 'motivation', 'welcome', 'individual', '2026-06-12', 'due')";
    run!(&mut tx, sqlx::query(sql).bind(Uuid::from_u128(31)).bind(Uuid::from_u128(21)).bind(case).bind(NORTH)).unwrap();
    let sql = "INSERT INTO case_reports (id, case_id, unit_id, rule, due_on, covers_from_on, covers_to_on, standing) VALUES ($1, $2, $3, 'law:quarterly', $4, '2026-03-01', '2026-06-01', 'due')";
    run!(&mut tx, sqlx::query(sql).bind(Uuid::from_u128(41)).bind(case).bind(NORTH).bind("2026-07-01")).unwrap();
    run!(&mut tx, sqlx::query(sql).bind(Uuid::from_u128(42)).bind(case).bind(NORTH).bind("2026-09-01")).unwrap();
    tx.commit().await.unwrap();
    let page = world.client(Cast::Facilitator).await.get("/today").await;
    page.is(200).shows("Quarterly report to the court").shows("17:00").shows("overdue");
    for (wanted, number) in [(true, 1), (true, 2), (true, 3), (false, 4)] {
        let link = format!("/sessions/{}", Uuid::from_u128(number));
        assert_eq!(page.body.contains(&link), wanted, "{link}");
    }
    assert!(page.body.contains(&format!("/reports/{}", Uuid::from_u128(41))) && !page.body.contains(&format!("/reports/{}", Uuid::from_u128(42))));
    page.shows(&format!("/cases/{case}/sessions"));
    world.client(Cast::Colleague).await.get("/today").await.is(200).hides("Ficticio");
    let mut tx = world.app.db.write().await.unwrap();
    run!(&mut tx, sqlx::query("UPDATE cases SET stage = 'waiting', waiting_since_on = '2026-01-01', latest_start_on = '2026-06-20' WHERE id = $1").bind(case)).unwrap();
    tx.commit().await.unwrap();
    world.client(Cast::Coordinator).await.get("/today").await.shows("Latest start").shows(&format!("/cases/{case}"));
    world.client(Cast::Outsider).await.get("/today").await.hides("Ficticio");
});
