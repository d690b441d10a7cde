//! What a visitor meets when something is missing, fails or is done again: nothing they wrote is lost, and what is said is true.
#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

mod common;

use common::{World, hidden, words};
use http::StatusCode;

fn fields(carried: &[(String, String)]) -> Vec<(&str, &str)> {
    carried.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[tokio::test]
async fn when_the_store_fails_nothing_written_is_lost() {
    for (language, again) in [("en", "Try again"), ("es", "Probar otra vez")] {
        let world = World::new().await;
        let at = |rest: &str| format!("/{language}/{rest}");
        let (_, open) = world.begin(language, "deciding/two-sides", "before").await;
        let shown = world.post(&at("phrase/new"), &[("at", "deciding/two-sides"), ("t1", "A new text")]).await.text;
        let (offered, typed) = (hidden(&shown), words(&shown).join(" "));
        world.site.store().close().await;
        let form = [("handle", open.as_str()), ("at", "deciding/two-sides"), ("t1", "A <i>text</i>"), ("w1", "x"), ("t2", "More")];
        let page = world.post(&at("my/deciding/what-it-gives"), &form).await;
        assert_eq!((page.status, page.headers["cache-control"].to_str().unwrap()), (StatusCode::SERVICE_UNAVAILABLE, "no-store"));
        assert!(page.text.contains("class=\"mine\">A &#60;i&#62;text&#60;/i&#62;</p>") && page.text.contains(again), "{}", page.text);
        assert!(page.text.contains(&format!("action=\"{}\"", at("my/deciding/what-it-gives"))));
        for field in form {
            assert!(fields(&hidden(&page.text)).contains(&field), "{field:?}: {}", page.text);
        }
        // Trying again says the same for as long as it fails.
        assert!(world.post(&at("my/deciding/what-it-gives"), &fields(&hidden(&page.text))).await.text.contains(again));
        // The phrase is never sent back: it is typed again, on a page that still has the words on offer.
        for (path, next) in [("phrase/keep", "phrase/type"), ("phrase/open", "phrase/open")] {
            let page = world.post(&at(path), &[&fields(&offered)[..], &[("phrase", typed.as_str())]].concat()).await;
            assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
            assert!(page.text.contains("A new text</p>") && page.text.contains(&format!("action=\"{}\"", at(next))), "{}", page.text);
            assert!(!page.text.contains(&typed) && !page.text.contains("name=\"phrase\""));
            assert!(hidden(&page.text).iter().any(|(name, _)| name == "offer"));
        }
        // Nothing to carry: still a button, and a form that has a field.
        let page = world.post(&at("my/delete"), &[("handle", open.as_str())]).await;
        assert!(page.text.contains(again) && !page.text.contains("class=\"mine\""), "{}", page.text);
    }
}

/// The answers to a check, and where it stands.
fn given<'a>(place: &'a str, points: &[&'a str]) -> Vec<(String, &'a str)> {
    let answers = (1..).zip(points).map(|(nth, points): (usize, _)| (format!("q{nth}"), *points));
    std::iter::once(("at".to_owned(), place)).chain(answers).collect()
}

async fn check(world: &World, language: &str, open: &str, place: &str, points: &[&str]) -> String {
    let given = given(place, points);
    let mut fields: Vec<(&str, &str)> = given.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    fields.push(("handle", open));
    world.post(&format!("/{language}/my/{place}/check"), &fields).await.text
}

#[tokio::test]
async fn a_repeated_check_is_compared_question_by_question_and_printed() {
    for (language, words) in [
        ("en", ["Question by question", "You did this check earlier today", "6 of 18 points", "Points (of 18)", "A little", "Very much"]),
        ("es", ["Pregunta por pregunta", "Hoy ya habías hecho este repaso", "6 de 18 puntos", "Puntos (de 18)", "Un poco", "Mucho"]),
    ] {
        let world = World::new().await;
        let [compared, replaced, sum, column, little, much] = words;
        let (typed, open) = world.begin(language, "deciding/two-sides", "x").await;
        let first = check(&world, language, &open, "where-am-i/cost", &["1"; 6]).await;
        assert!(!first.contains(compared) && !first.contains(replaced) && first.contains(sum), "{first}");
        // The same again is no other result.
        assert!(!check(&world, language, &open, "where-am-i/cost", &["1"; 6]).await.contains(replaced));
        let again = check(&world, language, &open, "where-am-i/cost", &["0", "1", "1", "1", "1", "2"]).await;
        assert!(again.contains(replaced) && !again.contains(compared), "{again}");
        assert!(hidden(&again).contains(&("replaced".into(), "1".into())));
        for points in [["2"; 6], ["0", "0", "0", "0", "0", "3"]] {
            world.pass_days(14).await;
            let back = world.post(&format!("/{language}/phrase/open"), &[("phrase", typed.join(" ").as_str())]).await.text;
            let open = common::handle(&back).unwrap();
            let page = check(&world, language, &open, "keeping-going/cost-again", &points).await;
            let last = common::between(&page, "<details class=\"compared\">", "</details>")[0].to_owned();
            assert!(last.contains(compared) && page.contains(column) && !page.contains(replaced), "{page}");
            let asked = common::between(&last, "<ul>", "</ul>");
            assert_eq!(asked.len(), 6);
            assert!(asked[1].contains(little), "{last}");
            if points[5] == "3" {
                // The first time, the last time, today.
                assert!(asked[5].matches("<li>").count() == 3 && asked[5].contains(&format!("<strong>{much}</strong>")), "{last}");
                let print = world.post(&format!("/{language}/my/print"), &[("handle", open.as_str())]).await.text;
                assert!(print.contains(sum) && print.matches("<li>").count() >= 3, "{print}");
            }
        }
    }
}

#[tokio::test]
async fn nobody_who_thinks_of_dying_is_told_to_wait() {
    let world = World::new().await;
    let (_, open) = world.begin("en", "deciding/two-sides", "x").await;
    for (points, wait) in [("1", false), ("3", true)] {
        let mut points = [points; 9];
        points[8] = "1";
        let given = given("where-am-i/mood", &points);
        let mut fields: Vec<(&str, &str)> = given.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        fields.extend([("handle", open.as_str()), ("seen", "1")]);
        for path in ["/en/where-am-i/mood/check", "/en/my/where-am-i/mood/check"] {
            let page = world.post(path, &fields).await.text;
            assert!(page.contains("Please tell somebody today") && !page.contains("two weeks"), "{page}");
            assert_eq!(page.contains("call a doctor or a helpline today"), wait, "{page}");
        }
    }
}
