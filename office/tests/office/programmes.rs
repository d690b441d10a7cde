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

both!(async fn the_manual_is_read_in_another_language_than_the_menu(world) {
    let client = world.client(Cast::Facilitator).await;
    let page = client.get("/programmes/out-of-the-net/sessions/welcome?in=es").await;
    page.is(200).shows("Objetivos").shows("To print").shows("/programmes/out-of-the-net/sessions/welcome?in=en#aims").hides("{#").hides(".md\"");
    page.shows("<article class=\"card prose manual-text\" lang=\"es\">");
    client.get("/programmes/out-of-the-net/sessions/welcome?in=fr").await.is(200).shows("Aims");
    let book = client.get("/programmes/out-of-the-net/manual?in=es").await;
    book.is(200).shows("/programmes/out-of-the-net/sessions/welcome?in=es").shows("Search the manual").shows("Programa psicosocial");
    world.client(Cast::Facilitator).await.in_spanish().get("/programmes/out-of-the-net/manual").await.is(200).shows("Buscar en el manual").hides("manual-q ");
});

both!(async fn every_module_and_chapter_reads_in_one_piece(world) {
    let client = world.client(Cast::Researcher).await;
    for (_, programme) in world.app.content.offered() {
        let definition = &programme.definition;
        for module in definition.phases.iter().flat_map(|phase| &phase.modules) {
            let page = client.get(&format!("/programmes/{}/modules/{}", definition.id, module.id)).await;
            page.is(200).hides("{#").hides("href=\"\"");
            for session in &module.sessions {
                page.shows(&format!("id=\"{}-aims\"", session.id));
            }
        }
        for chapter in &definition.handbook {
            let path = format!("/programmes/{}/handbook/{}?in=es", definition.id, chapter.id);
            client.get(&path).await.is(200).shows(chapter.title.in_language("es")).hides("{#");
        }
    }
    client.get("/programmes/out-of-the-net/modules/none").await.is(404);
    client.get("/programmes/out-of-the-net/handbook/none").await.is(404);
});

both!(async fn sheets_print_one_by_one_by_module_and_all(world) {
    let client = world.client(Cast::Facilitator).await;
    let count = |page: &crate::world::Reply| page.body.matches("<article class=\"sheet\"").count();
    let programme = world.app.content.programme(world.programme("out-of-the-net")).unwrap();
    let with_sheet = programme.texts["es"].values().filter(|text| text.section("sheet").is_some()).count();
    assert_eq!(count(client.get("/programmes/out-of-the-net/sheets?in=es").await.is(200).shows("Nombre")), with_sheet);
    assert_eq!(count(client.get("/programmes/out-of-the-net/sheets?session=welcome").await.is(200).shows("Name")), 1);
    let module = &programme.definition.phases[0].modules[0];
    let sheets = client.get(&format!("/programmes/out-of-the-net/sheets?module={}", module.id)).await;
    assert_eq!(count(sheets.is(200)), module.sessions.len());
    client.get("/programmes/out-of-the-net/sheets?module=none").await.is(404);
});

both!(async fn searching_the_manual_forgives_accents_and_knows_word_forms(world) {
    let client = world.client(Cast::Facilitator).await;
    let page = client.get("/programmes/out-of-the-net/search?q=confidentialities&in=en").await;
    page.is(200).shows("<mark>").shows("/programmes/out-of-the-net/sessions/");
    client.get("/programmes/out-of-the-net/search?q=MOTIVACION").await.is(200).shows("<mark>motivación</mark>").shows("in=es");
    let hostile = client.get("/programmes/out-of-the-net/search?q=%3Czzqx%3E").await;
    assert!(!hostile.body.contains("<zzqx>"));
    hostile.is(200).shows("Nothing in the manual");
    client.get("/programmes/out-of-the-net/search").await.is(200).shows("Search the manual");
    assert!(world.anonymous().get("/programmes/out-of-the-net/search?q=x").await.leads().starts_with("/sign-in"));
});
