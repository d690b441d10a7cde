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
