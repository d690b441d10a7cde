//! The manual: who may read it, and that every session of every shipped programme reads well in both languages.

use crate::world::Cast;

both!(async fn everybody_signed_in_may_read_the_manual_and_nobody_else(world) {
    for who in Cast::ALL {
        let client = world.client(who).await;
        client.get("/programmes").await.is(200).shows("Out of the Net").shows("Steady Course").shows("It is not the official manual");
    }
    assert!(world.anonymous().get("/programmes").await.leads().starts_with("/sign-in"));
    assert!(world.anonymous().get("/programmes/out-of-the-net").await.leads().starts_with("/sign-in"));
});

both!(async fn the_contents_tell_dose_targets_gates_and_measures(world) {
    let client = world.client(Cast::Facilitator).await;
    let page = client.get("/programmes/out-of-the-net").await;
    page.is(200).shows("groups of 6 to 10").shows("Emotional loneliness").shows("intimacy deficits").shows("Low mood (PHQ-9)").shows("To begin this phase");
    page.hides("programmes-");
    client.get("/programmes/no-such-programme").await.is(404);
    client.get("/programmes/out-of-the-net/sessions/no-such-session").await.is(404);
    let other = world.programme("steady-course");
    client.get(&format!("/programmes/out-of-the-net?v={other}")).await.is(404);
    client.get(&format!("/programmes/steady-course?v={other}")).await.is(200);
    world.client(Cast::Facilitator).await.in_spanish().get("/programmes/out-of-the-net").await.is(200).shows("Soledad emocional").hides("programmes-");
});

both!(async fn every_session_of_every_programme_reads_in_both_languages(world) {
    for (_, programme) in world.app.content.offered() {
        let definition = &programme.definition;
        for (_, _, session) in definition.sessions() {
            let path = format!("/programmes/{}/sessions/{}", definition.id, session.id);
            let english = world.client(Cast::Facilitator).await.get(&path).await;
            english.is(200).shows(session.title.in_language("en")).hides("programmes-").hides("{#");
            let spanish = world.client(Cast::Facilitator).await.in_spanish().get(&path).await;
            spanish.is(200).shows(session.title.in_language("es")).hides("programmes-");
            let minutes: u32 = programme.text("en", &session.id).unwrap().activities.iter().map(|part| u32::from(part.minutes)).sum();
            assert_eq!(minutes, u32::from(session.minutes), "{path}");
        }
    }
});

both!(async fn a_session_leads_to_its_neighbours_and_the_language_form_back_to_it(world) {
    let client = world.client(Cast::Facilitator).await;
    let page = client.get("/programmes/steady-course/sessions/law-and-reasons").await;
    page.is(200).shows("/programmes/steady-course/sessions/casting-off").shows("/programmes/steady-course/sessions/where-images-come-from");
    assert_eq!(page.value("to").as_deref(), Some("/programmes/steady-course/sessions/law-and-reasons"));
});
