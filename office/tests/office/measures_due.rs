//! What falls due, and when: listed, taken, handed over, ended, and moved by a corrected date.

use crate::cases::started;
use crate::measures::phq;
use crate::world::{Cast, World};

const DUE: &str = "SELECT COUNT(*) FROM measure_dues";

both!(async fn what_is_due_is_listed_for_those_it_concerns_until_it_is_taken(world) {
    let case = started(&world).await;
    let facilitator = world.client(Cast::Facilitator).await;
    let listed = facilitator.get("/measures").await;
    listed.is(200).shows("PHQ-9").shows("GAD-7").shows("2026-0001");
    assert!(listed.body.contains(&format!("{case}/measures/mood/new")));
    facilitator.get("/measures?state=overdue").await.is(200).shows("Nothing is overdue").hides("2026-0001");
    facilitator.get("/today").await.is(200).shows("Measures due").shows("PHQ-9");
    let coordinator = world.client(Cast::Coordinator).await.get("/measures").await;
    coordinator.is(200).shows("PHQ-9");
    assert!(!coordinator.body.contains("measures/mood/new"), "who sees a whole place is led to the case");
    for outside in [Cast::Colleague, Cast::Outsider, Cast::OutsideFacilitator] {
        world.client(outside).await.get("/measures?of=place").await.is(200).hides("2026-0001").shows("Nothing is due");
    }
    world.set_today(jiff::civil::date(2026, 6, 30));
    let facilitator = world.client(Cast::Facilitator).await;
    for sort in ["due", "-due", "name", "-name", "measure", "-measure", "nonsense"] {
        facilitator.get(&format!("/measures?state=overdue&sort={sort}")).await.is(200).shows("PHQ-9").shows("overdue");
    }
    facilitator.get("/today").await.shows("overdue");
    facilitator.post(&format!("{case}/measures/mood/entry"), &phq("1", "0")).await.leads();
    facilitator.get("/measures").await.is(200).hides("PHQ-9").shows("GAD-7");
    facilitator.get("/today").await.hides("PHQ-9").shows("GAD-7");
});

both!(async fn what_is_due_goes_along_with_a_case_and_ends_with_it(world) {
    let case = started(&world).await;
    let due = world.number(DUE).await;
    assert!(due > 2, "{due}");
    crate::cases::hand_over(&world, &case).await;
    assert_eq!(world.number(DUE).await, due);
    world.client(Cast::Coordinator).await.get("/measures").await.is(200).hides("2026-0001");
    world.client(Cast::Outsider).await.get("/measures").await.is(200).shows("2026-0001").shows("PHQ-9");
    crate::cases::end_early(&world, &case, Cast::Outsider).await;
    assert_eq!(world.number(DUE).await, 0);
});

/// The days read for lists are those that a replay of the history gives.
async fn as_the_state_machine_says(world: &World) {
    use fairway_office::cases::store_entered as read;
    let mut tx = world.app.db.read().await.unwrap();
    let sql = |columns: &str, condition: &str| {
        sqlx::AssertSqlSafe(format!("SELECT {columns} FROM case_events e WHERE {condition} ORDER BY e.seq"))
    };
    let rows: Vec<read::Row> = fairway_office::on!(&mut tx, |c| sqlx::query_as(sql(read::COLUMNS, read::CONDITION)).fetch_all(c)).unwrap();
    let history: Vec<(String,)> = fairway_office::on!(&mut tx, |c| sqlx::query_as(sql("e.facts", "1 = 1")).fetch_all(c)).unwrap();
    let history: Vec<_> = history.iter().map(|(facts,)| serde_json::from_str(facts).unwrap()).collect();
    let case = fairway_domain::case::Case::from_history(&history).unwrap();
    let mut entered = Vec::new();
    for row in rows {
        read::follow(&mut entered, row).unwrap();
    }
    let said: Vec<_> = case.phases().iter().map(|phase| (phase.phase.id.clone(), phase.on)).collect();
    assert!(!said.is_empty());
    assert_eq!(entered, said);
}

const FROM_15: &str = "SELECT COUNT(*) FROM measure_dues WHERE point = 'phase-start:motivation' AND due_on = '2026-06-15'";
const FROM_18: &str = "SELECT COUNT(*) FROM measure_dues WHERE point = 'phase-start:motivation' AND due_on = '2026-06-18'";

both!(async fn a_corrected_date_of_a_phase_moves_what_is_due(world) {
    let case = started(&world).await;
    let due = world.number(FROM_15).await;
    assert!(due > 1, "{due}");
    world.set_today(jiff::civil::date(2026, 6, 30));
    let facilitator = world.client(Cast::Facilitator).await;
    facilitator.get("/measures?state=overdue").await.is(200).shows("PHQ-9");
    facilitator.get(&format!("{case}/measures")).await.shows("overdue: due since 15 Jun 2026");
    for to in ["18/6/2026", "16/6/2026", "18/6/2026"] {
        crate::cases::correct(&world, &case, "phase-0", to).await;
    }
    as_the_state_machine_says(&world).await;
    assert_eq!(world.number(FROM_15).await, 0);
    assert_eq!(world.number(FROM_18).await, due, "the last correction counts");
    let facilitator = world.client(Cast::Facilitator).await;
    facilitator.get("/measures?state=overdue").await.is(200).hides("PHQ-9").shows("Nothing is overdue");
    facilitator.get("/measures").await.is(200).shows("PHQ-9").shows("18 Jun 2026");
    facilitator.get(&format!("{case}/measures")).await.shows("due since 18 Jun 2026").hides("15 Jun 2026");
    // A correction of another date moves nothing.
    crate::cases::correct(&world, &case, "referred", "1/6/2026").await;
    assert_eq!(world.number(FROM_18).await, due);
});
