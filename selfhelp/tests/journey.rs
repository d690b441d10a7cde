//! A visitor's whole journey, in both languages, on the level of requests.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails loudly")]

mod common;

use common::{World, between, handle, hidden};
use http::StatusCode;

/// Answers for a check: every question with the same points, but one.
fn answers<'a>(questions: usize, points: &'a str, but: usize, other: &'a str) -> Vec<(String, &'a str)> {
    (1..=questions).map(|nth| (format!("q{nth}"), if nth == but { other } else { points })).collect()
}

#[tokio::test]
async fn read_reflect_keep_come_back_and_delete() {
    for (language, saved, lower, gone) in
        [("en", "Saved.", "Lower than last time", "Deleted"), ("es", "Guardado.", "Más bajo que la otra vez", "Borrado")]
    {
        let world = World::new().await;
        let at = |rest: &str| format!("/{language}/{rest}");
        let front = world.get(&format!("/{language}/")).await;
        assert_eq!(front.status, StatusCode::OK);
        let step = world.get(&at("deciding/two-sides")).await;
        let other = if language == "en" { "es" } else { "en" };
        assert!(step.text.contains(&format!("href=\"/{other}/deciding/two-sides\"")), "the language switch must keep the place");
        // Without a phrase: what was written comes back as a page to print.
        let echo = world.post(&at("deciding/two-sides"), &[("at", "deciding/two-sides"), ("t1", "A <b>thought</b>")]).await;
        assert!(echo.text.contains("A &#60;b&#62;thought"), "{}", echo.text);
        assert_eq!(echo.headers["cache-control"], "no-store");
        let (words, open) = world.begin(language, "deciding/two-sides", "My first thought").await;
        // With notes open: saving, going on by the buttons, a check.
        let kept = world
            .post(
                &at("my/deciding/two-sides"),
                &[("handle", open.as_str()), ("at", "deciding/two-sides"), ("t1", "My second thought"), ("t2", "And another")],
            )
            .await;
        assert!(kept.text.contains(saved) && kept.text.contains("My second thought</textarea>"));
        let next = world
            .post(
                &at("my/deciding/what-it-gives"),
                &[("handle", handle(&kept.text).unwrap().as_str()), ("at", "deciding/two-sides"), ("t1", "My third thought")],
            )
            .await;
        assert!(next.text.contains("name=\"at\" value=\"deciding/what-it-gives\""));
        let open = handle(&next.text).unwrap();
        let given = answers(9, "2", 9, "0");
        let mut fields: Vec<(&str, &str)> = given.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        fields.extend([("handle", open.as_str()), ("at", "where-am-i/mood")]);
        let first = world.post(&at("my/where-am-i/mood/check"), &fields).await;
        assert!(first.text.contains("16") && !first.text.contains("<table>"));
        world.pass_days(14).await;
        // Two weeks later, by phrase, typed without care.
        let typed = words.iter().map(|word| word.to_uppercase()).collect::<Vec<_>>().join("  ");
        let back = world.post(&at("phrase/open"), &[("phrase", typed.as_str())]).await;
        let open = handle(&back.text).unwrap_or_else(|| panic!("{}", back.text));
        let given = answers(9, "1", 9, "0");
        let mut fields: Vec<(&str, &str)> = given.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        fields.extend([("handle", open.as_str()), ("at", "where-am-i/mood")]);
        let second = world.post(&at("my/where-am-i/mood/check"), &fields).await;
        assert!(second.text.contains(lower) && second.text.contains("<table>"), "{}", second.text);
        let print = world.post(&at("my/print"), &[("handle", open.as_str())]).await;
        assert!(print.text.contains("My third thought") && print.text.contains("And another"));
        let deleted = world.post(&at("my/delete"), &[("handle", open.as_str())]).await;
        assert!(deleted.text.contains(gone));
    }
}

#[tokio::test]
async fn an_answer_that_signals_danger_leads_straight_to_help() {
    let world = World::new().await;
    let danger = world.get("/en/danger").await;
    let title = between(&danger.text, "<h1>", "</h1>")[0].to_owned();
    let (_, open) = world.begin("en", "deciding/two-sides", "x").await;
    let given = answers(9, "0", 9, "1");
    for with_notes in [false, true] {
        let path = if with_notes { "/en/my/where-am-i/mood/check" } else { "/en/where-am-i/mood/check" };
        let mut fields: Vec<(&str, &str)> = given.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        fields.push(("at", "where-am-i/mood"));
        if with_notes {
            fields.push(("handle", open.as_str()));
        }
        let page = world.post(path, &fields).await;
        assert!(page.text.contains(&title) && page.text.contains("112"), "{}", page.text);
        // It can be passed by, by a choice.
        let on = hidden(&page.text);
        let mut fields: Vec<(&str, &str)> = on.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        fields.push(("seen", "1"));
        // What the rest says comes after it, and never that all is well.
        let result = world.post(path, &fields).await.text;
        assert!(result.contains("1 of 27") && result.contains("That counts") && !result.contains("Few signs"), "{result}");
        assert!(result.contains("href=\"/en/help-now\"") && result.contains("href=\"/en/danger\""));
        // An unanswered question does not hide it.
        assert!(world.post(path, &[("at", "where-am-i/mood"), ("q9", "3"), ("handle", open.as_str())]).await.text.contains(&title));
    }
}

#[tokio::test]
async fn a_missing_answer_is_never_a_zero() {
    let world = World::new().await;
    let page = world.post("/es/where-am-i/mood/check", &[("at", "where-am-i/mood"), ("q1", "3"), ("q9", "0"), ("t1", "algo")]).await;
    assert_eq!(page.text.matches("class=\"missing\"").count(), 7);
    assert!(page.text.contains("value=\"3\" checked") && page.text.contains("algo</textarea>"), "what was given must stay");
    assert!(page.text.contains("Faltan las preguntas 2, 3, 4, 5, 6, 7 y 8."), "{}", page.text);
    // The browser is led to what is missing, not to the top of a long page.
    let form = world.get("/es/where-am-i/mood").await.text;
    assert!(form.contains("formaction=\"/es/where-am-i/mood/check#check\"") && form.contains("id=\"check\""));
}

#[tokio::test]
async fn back_to_the_step_brings_back_what_was_written_and_answered() {
    let world = World::new().await;
    let given = answers(7, "2", 0, "");
    let mut fields: Vec<(&str, &str)> = given.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    fields.extend([("at", "where-am-i/worry"), ("t1", "What I fear most")]);
    // The result of a check, and the page to print.
    for path in ["/en/where-am-i/worry/check", "/en/where-am-i/worry"] {
        let page = world.post(path, &fields).await.text;
        assert!(page.contains("formaction=\"/en/where-am-i/worry/back\""), "{page}");
        let carried = hidden(&page);
        let carried: Vec<(&str, &str)> = carried.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let back = world.post("/en/where-am-i/worry/back", &carried).await.text;
        assert!(back.contains("What I fear most</textarea>"), "{back}");
        assert_eq!(back.matches("value=\"2\" checked").count(), 7);
        assert!(!back.contains("class=\"missing\""));
    }
    assert_eq!(world.get("/en/where-am-i/worry/back").await.headers["location"], "/en/where-am-i/worry");
}

#[tokio::test]
async fn the_highest_result_offers_help_before_another_test() {
    let world = World::new().await;
    for (check, count, language, way) in
        [("worry", 7, "en", "/en/help-now"), ("time", 6, "en", "/en/stopping-today/tonight"), ("secrecy", 6, "es", "/es/talking")]
    {
        let given = answers(count, "3", 0, "");
        let mut fields: Vec<(&str, &str)> = given.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        let place = format!("where-am-i/{check}");
        fields.push(("at", &place));
        let page = world.post(&format!("/{language}/{place}/check"), &fields).await.text;
        let buttons = between(&page, "class=\"button", ">");
        assert!(buttons[0].contains(way) && !buttons[0].contains("second"), "{check}: {buttons:?}");
        assert!(buttons[1..].iter().all(|button| button.contains("second")), "{check}: {buttons:?}");
    }
}

#[tokio::test]
async fn enough_for_today_is_said_with_notes_open_too() {
    let world = World::new().await;
    let (_, open) = world.begin("en", "deciding/two-sides", "x").await;
    let page = world.post("/en/my/enough", &[("handle", open.as_str()), ("at", "deciding/two-sides"), ("t1", "y")]).await.text;
    let enough = world.get("/en/enough").await.text;
    assert!(page.contains("Saved.") && page.contains(between(&enough, "<h1>", "</h1>")[0]), "{page}");
    assert!(world.post("/en/my/print", &[("handle", handle(&page).unwrap().as_str())]).await.text.contains(">y<"));
}

#[tokio::test]
async fn a_check_made_without_a_phrase_can_be_kept_with_one() {
    let world = World::new().await;
    let given = answers(7, "1", 0, "");
    let mut fields: Vec<(&str, &str)> = given.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    fields.push(("at", "where-am-i/worry"));
    let shown = world.post("/en/phrase/new", &fields).await;
    let words = common::words(&shown.text).join(" ");
    let fields = hidden(&shown.text);
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.push(("phrase", words.as_str()));
    let kept = world.post("/en/phrase/keep", &fields).await;
    assert!(kept.text.contains("<strong>7 of 21 points</strong>"), "{}", kept.text);
    // Pressing the button twice does no harm.
    assert!(handle(&world.post("/en/phrase/keep", &fields).await.text).is_some());
}

#[tokio::test]
async fn a_window_that_only_turns_the_page_undoes_nothing() {
    let world = World::new().await;
    let (words, open) = world.begin("en", "deciding/two-sides", "the first text").await;
    let shown = world.post("/en/my/deciding/two-sides", &[("handle", open.as_str())]).await.text;
    let form = hidden(&shown);
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert!(form.iter().any(|(name, _)| *name == "w1"), "{shown}");
    let other = [&form[..], &[("t1", "the first text, and much more"), ("t2", "a second")]].concat();
    world.post("/en/my/deciding/two-sides", &other).await;
    // The first window still shows what it was filled with.
    world.post("/en/my", &[&form[..], &[("t1", "the first text"), ("t2", "")]].concat()).await;
    // Somebody writes the step without their notes and opens them then.
    let typed = words.join(" ");
    world.post("/en/phrase/open", &[("phrase", typed.as_str()), ("at", "deciding/two-sides"), ("t2", "written before opening")]).await;
    let print = world.post("/en/my/print", &[("handle", open.as_str())]).await.text;
    for text in ["the first text, and much more", "a second", "written before opening"] {
        assert!(print.contains(text), "{text}: {print}");
    }
}

#[tokio::test]
async fn forms_of_other_sites_are_refused() {
    let world = World::new().await;
    for (from, taken) in [("cross-site", false), ("same-site", false), ("same-origin", true), ("none", true)] {
        let page = world.post_with("/en/phrase/new", &[("at", "deciding/two-sides")], &[("sec-fetch-site", from)]).await;
        assert_eq!(page.status == StatusCode::OK, taken, "{from}");
        assert_eq!(page.text.contains("class=\"words\""), taken, "{from}");
    }
}

#[tokio::test]
async fn two_windows_that_save_at_once_both_win() {
    let world = World::new().await;
    let (_, open) = world.begin("en", "deciding/two-sides", "x").await;
    let save = |step: &'static str, text: &'static str| {
        let (world, open) = (&world, open.as_str());
        async move { world.post(&format!("/en/my/{step}"), &[("handle", open), ("at", step), ("t1", text)]).await }
    };
    tokio::join!(save("deciding/two-sides", "left window"), save("deciding/what-it-gives", "right window"));
    let print = world.post("/en/my/print", &[("handle", open.as_str())]).await;
    assert!(print.text.contains("left window") && print.text.contains("right window"));
}

#[tokio::test]
async fn the_first_page_follows_the_browser_s_language_and_remembers_nothing() {
    let world = World::new().await;
    for (asked, place) in [("es-MX,es;q=0.9", "/es/"), ("de,en;q=0.3", "/en/"), ("", "/en/")] {
        let page = world.get_with("/", &[("accept-language", asked)]).await;
        assert_eq!((page.status, page.headers["location"].to_str().unwrap()), (StatusCode::SEE_OTHER, place));
        assert_eq!(page.headers["vary"], "Accept-Language");
    }
    assert_eq!(world.get("/en/nothing").await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.get("/en/lost.").await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.get("/es/my/print").await.headers["location"], "/es/phrase");
}
