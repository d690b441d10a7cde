//! The waiting list: order, filters, alarms, and who may see it.

use jiff::civil::date;

use crate::referrals::{queued, registered};
use crate::world::{Cast, World};

async fn three(world: &World) {
    for (given, born, ends, risk, language, slot) in [
        ("Ana", "1/1/1990", "1/6/2028", "low", "es", "mon-evening"),
        ("Blas", "2/2/1985", "1/8/2026", "high", "ca", "tue-morning"),
        ("Clara", "3/3/1979", "1/1/2028", "medium", "es", "tue-morning"),
    ] {
        let case = registered(
            world,
            &[
                ("given-names", given),
                ("family-names", "Inventada"),
                ("born-on", born),
                ("order-ends-on", ends),
                ("language", language),
                ("availability", slot),
            ],
        )
        .await;
        queued(world, &case, risk, "high").await;
    }
}

fn order(body: &str) -> String {
    let mut places: Vec<(usize, char)> =
        ["Ana", "Blas", "Clara"].iter().filter_map(|name| Some((body.find(&format!("<bdi>{name}"))?, name.chars().next()?))).collect();
    places.sort_unstable();
    places.into_iter().map(|(_, name)| name).collect()
}

both!(async fn the_list_is_for_those_who_keep_it(world) {
    for (who, status) in [(Cast::Coordinator, 200), (Cast::Manager, 200), (Cast::Facilitator, 403), (Cast::Referrer, 403), (Cast::Auditor, 403)] {
        world.client(who).await.get("/waiting").await.is(status);
    }
    assert!(world.anonymous().get("/waiting").await.leads().starts_with("/sign-in"));
    world.client(Cast::Coordinator).await.get("/waiting").await.shows("Nobody waits here");
    three(&world).await;
    world.client(Cast::Outsider).await.get("/waiting").await.hides("Inventada</bdi>").shows("Nobody waits here");
    world.client(Cast::Outsider).await.get(&format!("/waiting?place={}", crate::world::NORTH)).await.shows("Nobody waits here");
    world.client(Cast::Coordinator).await.in_spanish().get("/waiting").await.shows("Lista de espera").shows("Esperan 3 personas");
});

both!(async fn it_sorts_and_narrows_by_the_address(world) {
    three(&world).await;
    let client = world.client(Cast::Coordinator).await;
    for (query, wanted) in [
        ("", "BCA"),
        ("?sort=-latest-start", "ACB"),
        ("?sort=-risk", "BCA"),
        ("?sort=risk", "ACB"),
        ("?sort=order-end", "BCA"),
        ("?sort=name", "ABC"),
        ("?sort=-name", "CBA"),
        ("?sort=nonsense", "BCA"),
        ("?language=ca", "B"),
        ("?slot=mon-evening", "A"),
        ("?slot=tue-morning", "BC"),
        ("?slot=tue-evening", ""),
        ("?alarm=passed", "B"),
        ("?risk=medium", "C"),
        ("?place=all&language=es", "CA"),
        ("?page=900", "BCA"),
    ] {
        let reply = client.get(&format!("/waiting{query}")).await;
        assert_eq!(order(&reply.is(200).body), wanted, "{query}");
    }
    client.get("/waiting?slot=tue-evening").await.shows("Nobody fits all of this").shows("Clear the filters");
    client.get("/waiting").await.shows("3 people wait.").shows("A group begins with at least").shows("reading").shows("Form a group");
    assert!(world.number("SELECT COUNT(*) FROM access_log WHERE act = 'listed' AND action = 'see-waiting'").await >= 3);
});

both!(async fn the_alarm_stands_from_eight_weeks_before(world) {
    let case = registered(&world, &[]).await;
    queued(&world, &case, "low", "low").await;
    let client = world.client(Cast::Coordinator).await;
    let day = world.number("SELECT CAST(REPLACE(latest_start_on, '-', '') AS BIGINT) FROM cases").await;
    let latest = date(i16::try_from(day / 10_000).unwrap(), i8::try_from(day / 100 % 100).unwrap(), i8::try_from(day % 100).unwrap());
    for (before, told, kind) in [(57, "in time", "fine"), (56, "56 days left", "within"), (1, "one day left", "within"), (0, "today is the last day", "within"), (-1, "passed yesterday", "passed"), (-3, "passed 3 days ago", "passed")] {
        world.set_today(latest.checked_sub(jiff::Span::new().days(before)).unwrap());
        let client = world.client(Cast::Coordinator).await;
        client.get("/waiting").await.shows(told);
        client.get(&format!("/waiting?alarm={kind}")).await.shows("Tomás");
        for other in ["fine", "within", "passed", "no-order-end"].into_iter().filter(|other| *other != kind) {
            client.get(&format!("/waiting?alarm={other}")).await.hides("Tomás");
        }
    }
    drop(client);
});
