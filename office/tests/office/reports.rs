//! Reports: due by the law of the place, filled from the record, saved, signed, never changed after.

use fairway_office::db::StoreError;
use fairway_office::{on, run};
use uuid::Uuid;

use crate::concerns::{recorded, worked_on};
use crate::world::{Cast, World};

/// A case in treatment since 1 March, brought there by hand: stages are another feature's.
async fn started(world: &World) -> String {
    let case = worked_on(world).await;
    let id = Uuid::parse_str(&case).unwrap();
    let mut tx = world.app.db.write().await.unwrap();
    let sql = "UPDATE cases SET stage = 'in-phase', phase = 'motivation', track = 'standard', referred_on = '2026-02-01', started_on = '2026-03-01' WHERE id = $1";
    run!(&mut tx, sqlx::query(sql).bind(id)).unwrap();
    tx.commit().await.unwrap();
    case
}

/// The address of the first report listed under a title.
async fn first(world: &World, case: &str, title: &str) -> String {
    let page = world.client(Cast::Facilitator).await.get(&format!("/cases/{case}/reports")).await;
    page.is(200).shows(title);
    let before = page.body.find(title).unwrap();
    let start = page.body[..before].rfind("/reports/").unwrap();
    page.body[start..start + 9 + 36].to_owned()
}

both!(async fn each_page_is_for_those_it_is_for(world) {
    let case = started(&world).await;
    let report = first(&world, &case, "Quarterly report to the court").await;
    for (who, read, write) in [
        (Cast::Facilitator, 200, 200), (Cast::Manager, 200, 200), (Cast::Coordinator, 200, 403), (Cast::Colleague, 404, 404),
        (Cast::Outsider, 404, 403), (Cast::OutsideFacilitator, 404, 404), (Cast::Researcher, 403, 403), (Cast::Auditor, 403, 403), (Cast::Administrator, 403, 403),
    ] {
        let client = world.client(who).await;
        assert_eq!(client.get(&format!("/cases/{case}/reports")).await.status, read, "{who:?}");
        assert_eq!(client.get(&report).await.status, read, "{who:?}");
        let reply = client.get(&format!("{report}/text")).await;
        assert!(reply.status == write || (write == 403 && reply.status == 404), "{who:?}: {}", reply.status);
        let reply = client.post(&format!("{report}/signature"), &[("summary", "x")]).await;
        assert!(if write == 200 { reply.status == 409 } else { matches!(reply.status, 403 | 404) }, "{who:?}: {}", reply.status);
    }
    for path in [format!("/cases/{case}/reports"), report.clone(), format!("{report}/text")] {
        assert!(world.anonymous().get(&path).await.leads().starts_with("/sign-in"));
    }
});

both!(async fn a_report_falls_due_is_filled_saved_signed_and_stays(world) {
    let case = started(&world).await;
    recorded(&world, &case, "other", Cast::Facilitator).await;
    let mut tx = world.app.db.write().await.unwrap();
    run!(&mut tx, sqlx::query("UPDATE concerns SET recorded_at = '2026-05-05T08:00:00Z'")).unwrap();
    tx.commit().await.unwrap();
    let report = first(&world, &case, "Quarterly report to the court").await;
    assert_eq!(world.number("SELECT COUNT(*) FROM case_reports WHERE rule = 'law:quarterly' AND due_on = '2026-06-01'").await, 1);
    let client = world.client(Cast::Facilitator).await;
    let text = format!("{report}/text");
    let page = client.get(&text).await;
    page.is(200).shows("Tomás Ficticio Inventado").shows("It is not the official manual").shows("No session was held").shows("83.1.6").shows("1 concern was recorded").hides("canary-4711").hides("risk reduced").hides("reports-");
    let revision = page.value("revision").unwrap();
    client.post(&text, &[("who", "Corrected by hand."), ("summary", "Comes on time."), ("revision", &revision)]).await.leads();
    client.get(&text).await.shows("Corrected by hand.");
    let stale = world.client(Cast::Manager).await.post(&text, &[("who", "Another hand."), ("summary", "Mine."), ("revision", &revision)]).await;
    stale.is(409).shows("Facilitator Inventada saved this report").shows("Another hand.");
    let fresh = stale.value("revision").unwrap();
    client.post(&format!("{report}/signature"), &[("who", "Corrected by hand."), ("summary", ""), ("revision", &fresh)]).await.is(422).shows("signed with your own summary");
    client.post(&format!("{report}/signature"), &[("who", "Corrected by hand."), ("summary", "Comes on time."), ("revision", &fresh)]).await.leads();
    client.get(&report).await.is(200).shows("Signed by Facilitator Inventada").shows("Comes on time.").shows("class=\"report\"").shows("nothing about how likely");
    client.post(&text, &[("summary", "Too late."), ("revision", &fresh)]).await.is(409).shows("can no longer be changed").shows("Too late.");
    for sql in ["UPDATE case_reports SET due_on = '2030-01-01' WHERE standing = 'signed'", "DELETE FROM case_reports WHERE standing = 'signed'"] {
        let mut tx = world.app.db.write().await.unwrap();
        assert!(matches!(run!(&mut tx, sqlx::query(sql)), Err(StoreError::Refused)), "{sql}");
    }
    let addition = client.post(&format!("{report}/addition"), &[]).await.leads();
    client.get(&addition).await.is(200).shows("Addition to a signed report");
    world.client(Cast::Facilitator).await.in_spanish().get(&report).await.shows("Informe trimestral al juzgado").hides("reports-");
});

both!(async fn a_report_of_days_to_come_says_so(world) {
    let case = started(&world).await;
    first(&world, &case, "Quarterly report to the court").await;
    let mut tx = world.app.db.read().await.unwrap();
    let (last,): (Uuid,) = on!(&mut tx, |c| sqlx::query_as("SELECT id FROM case_reports WHERE covers_from_on > '2026-06-15' ORDER BY due_on LIMIT 1").fetch_one(c)).unwrap();
    drop(tx);
    world.client(Cast::Facilitator).await.get(&format!("/reports/{last}/text")).await.is(200).shows("nothing of it has happened yet").hides("No session was held");
});

both!(async fn a_breach_makes_a_report_due_at_once(world) {
    let case = started(&world).await;
    recorded(&world, &case, "breach", Cast::Facilitator).await;
    assert_eq!(world.number("SELECT COUNT(*) FROM case_reports WHERE rule = 'law:breach' AND due_on = '2026-06-16' AND standing = 'due'").await, 1);
});

both!(async fn the_end_of_a_case_takes_away_what_nobody_has_begun(world) {
    let case = started(&world).await;
    first(&world, &case, "Quarterly report to the court").await;
    assert!(world.number("SELECT COUNT(*) FROM case_reports WHERE due_on > '2026-06-15'").await > 2);
    let mut tx = world.app.db.write().await.unwrap();
    let sql = "UPDATE cases SET stage = 'completed', phase = NULL, ended_on = '2026-06-10'";
    run!(&mut tx, sqlx::query(sql)).unwrap();
    tx.commit().await.unwrap();
    first(&world, &case, "Report on completion").await;
    assert_eq!(world.number("SELECT COUNT(*) FROM case_reports WHERE rule = 'law:quarterly'").await, 1);
    assert_eq!(world.number("SELECT COUNT(*) FROM case_reports WHERE rule = 'law:completion' AND due_on = '2026-06-20'").await, 1);
});

both!(async fn a_referrer_reads_what_is_signed_and_nothing_else(world) {
    let case = started(&world).await;
    let id = Uuid::parse_str(&case).unwrap();
    let mut tx = world.app.db.write().await.unwrap();
    run!(&mut tx, sqlx::query("UPDATE cases SET referrer_id = $2 WHERE id = $1").bind(id).bind(Cast::Referrer.id())).unwrap();
    tx.commit().await.unwrap();
    let report = first(&world, &case, "Quarterly report to the court").await;
    let referrer = world.client(Cast::Referrer).await;
    referrer.get(&format!("/cases/{case}/reports")).await.is(200).hides("Quarterly");
    referrer.get(&report).await.is(404);
    let client = world.client(Cast::Facilitator).await;
    let revision = client.get(&format!("{report}/text")).await.value("revision").unwrap();
    client.post(&format!("{report}/signature"), &[("summary", "Comes on time."), ("revision", &revision)]).await.leads();
    referrer.get(&report).await.is(200).shows("Comes on time.");
    world.client(Cast::OtherReferrer).await.get(&report).await.is(404);
});
