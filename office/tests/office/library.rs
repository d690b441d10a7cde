//! The practitioners' library: everybody signed in may search it.

use crate::world::Cast;

both!(async fn the_library_is_filtered_by_words_topic_language_and_level(world) {
    for who in Cast::ALL {
        world.client(who).await.get("/library").await.is(200).shows("Unchecked since").shows("23 Nov 2026");
    }
    let client = world.client(Cast::Facilitator).await;
    client.get("/library?q=lanzarote").await.is(200).shows("Lanzarote Convention").shows("1 entry");
    client.get("/library?topic=good-lives&language=en").await.is(200).shows("https://www.goodlivesmodel.com").hides("TIP 57");
    client.get("/library?language=es&q=codigo").await.is(200).shows("Código Penal");
    client.get("/library?q=zzqx").await.is(200).shows("Nothing fits");
    client.get("/library?topic=none&level=none").await.is(200).shows("Nothing fits");
    world.client(Cast::Facilitator).await.in_spanish().get("/library").await.is(200).shows("Sin comprobar desde").hides("library-");
    assert!(world.anonymous().get("/library").await.leads().starts_with("/sign-in"));
});
