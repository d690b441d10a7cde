//! Indicators, against a tiny service counted by hand.

use fairway_office::run;
use uuid::Uuid;

use crate::referrals::registered;
use crate::world::{Cast, NORTH};

both!(async fn they_are_for_those_who_answer_for_the_service(world) {
    for (who, status) in [(Cast::Coordinator, 200), (Cast::Manager, 200), (Cast::Researcher, 200), (Cast::Auditor, 200), (Cast::Facilitator, 403), (Cast::Referrer, 403), (Cast::Administrator, 403)] {
        world.client(who).await.get("/service").await.is(status);
    }
    assert!(world.anonymous().get("/service").await.leads().starts_with("/sign-in"));
    world.client(Cast::Outsider).await.get(&format!("/service?place={NORTH}")).await.is(200).hides("North");
    world.client(Cast::Manager).await.in_spanish().get("/service?period=2026").await.is(200).shows("Dosis recibida").hides("service-");
});

both!(async fn they_agree_with_a_service_counted_by_hand(world) {
    let ids: Vec<Uuid> = {
        let mut ids = Vec::new();
        for (given, born) in [("Ana", "1/1/1990"), ("Blas", "2/2/1985"), ("Clara", "3/3/1979")] {
            ids.push(Uuid::parse_str(&registered(&world, &[("given-names", given), ("born-on", born)]).await).unwrap());
        }
        ids
    };
    let mut tx = world.app.db.write().await.unwrap();
    let set = |sql: &'static str| sql;
    run!(&mut tx, sqlx::query(set("UPDATE cases SET stage = 'completed', referred_on = '2026-01-01', started_on = '2026-04-02', ended_on = '2026-05-01' WHERE id = $1")).bind(ids[0])).unwrap();
    run!(&mut tx, sqlx::query(set("UPDATE cases SET stage = 'never-started', ended_on = '2026-05-02' WHERE id = $1")).bind(ids[1])).unwrap();
    run!(&mut tx, sqlx::query(set("UPDATE cases SET stage = 'waiting', waiting_since_on = '2026-06-05' WHERE id = $1")).bind(ids[2])).unwrap();
    for (number, presence, minutes, signed) in [(1_u128, "attended", 60_i64, Some("2026-05-06T08:00:00Z")), (2, "part", 30, Some("2026-05-09T08:00:00Z")), (3, "absent-accepted", 0, None)] {
        let (plan, record, there) = (Uuid::from_u128(number), Uuid::from_u128(10 + number), Uuid::from_u128(20 + number));
        let sql = "INSERT INTO planned_sessions (id, unit_id, case_id, phase, session, seq, on_date, starts_at_time, minutes, standing) VALUES ($1, $2, $3, 'motivation', 'welcome', 1, '2026-05-05', '17:00', 60, 'recorded')";
        run!(&mut tx, sqlx::query(sql).bind(plan).bind(NORTH).bind(ids[0])).unwrap();
        let sql = "INSERT INTO session_records (id, planned_id, unit_id, held_on, starts_at_time, minutes, standing, deviation, account_id, recorded_at) VALUES ($1, $2, $3, '2026-05-05', '17:00', 60, 'saved', 'none', $4, '2026-05-05T16:00:00Z')";
        run!(&mut tx, sqlx::query(sql).bind(record).bind(plan).bind(NORTH).bind(Cast::Facilitator.id())).unwrap();
        let sql = "INSERT INTO attendances (id, record_id, case_id, phase, session, held_on, presence, minutes, contribution) VALUES ($1, $2, $3, 'motivation', 'welcome', '2026-05-05', $4, $5, 'none')";
        run!(&mut tx, sqlx::query(sql).bind(there).bind(record).bind(ids[0]).bind(presence).bind(minutes)).unwrap();
        if let Some(at) = signed {
            run!(&mut tx, sqlx::query("UPDATE session_records SET standing = 'signed', signed_by = $2, signed_at = $3 WHERE id = $1").bind(record).bind(Cast::Facilitator.id()).bind(at)).unwrap();
        }
    }
    let sql = "INSERT INTO make_ups (id, attendance_id, case_id, unit_id, phase, session, made_by, due_on, standing, done_on, minutes) VALUES ($1, $2, $3, $4, 'motivation', 'welcome', 'individual', '2026-05-19', 'done', '2026-05-12', 45)";
    run!(&mut tx, sqlx::query(sql).bind(Uuid::from_u128(31)).bind(Uuid::from_u128(23)).bind(ids[0]).bind(NORTH)).unwrap();
    tx.commit().await.unwrap();
    let reply = world.client(Cast::Manager).await.get("/service?period=2026-q2&format=csv").await;
    reply.is(200);
    for (name, met, of) in [
        ("waiting", "1", ""), ("median-days", "10", ""), ("started", "1", ""), ("never-started", "1", "2"), ("completed", "1", "1"),
        ("attendance", "2", "3"), ("dose", "135", "180"), ("made-up", "1", "1"), ("concerns", "", ""), ("signed", "1", "3"),
    ] {
        let line = reply.body.lines().find(|line| line.contains(&format!("\"{name}\""))).unwrap();
        assert!(line.ends_with(&format!(",\"{met}\",\"{of}\"")), "{name}: {line}");
    }
    let earlier = world.client(Cast::Manager).await.get("/service?period=2026-q1&format=csv").await;
    let line = earlier.body.lines().find(|line| line.contains("\"attendance\"")).unwrap();
    assert!(line.ends_with(",\"\",\"\""), "{line}");
    world.client(Cast::Outsider).await.get("/service?period=2026-q2").await.is(200).hides("67%");
});

both!(async fn no_cell_of_the_table_is_a_formula(world) {
    let mut tx = world.app.db.write().await.unwrap();
    run!(&mut tx, sqlx::query("UPDATE units SET title = '=1+1' WHERE id = $1").bind(NORTH)).unwrap();
    tx.commit().await.unwrap();
    let reply = world.client(Cast::Manager).await.get("/service?format=csv").await;
    assert!(reply.body.contains("\"'=1+1\"") && !reply.body.contains("\"=1"));
});
