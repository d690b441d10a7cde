//! What is kept and what is not, and how much a page weighs.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails loudly")]

mod common;

use std::path::Path;

use common::{World, bytes_of, hidden, words};
use fairway_selfhelp::phrase;
use fairway_selfhelp::seal::Keys;
use fairway_selfhelp::shelf::press::Press;
use fairway_selfhelp::store::Store;
use http::StatusCode;

#[tokio::test]
async fn pages_weigh_less_than_twenty_kilobytes_with_their_style() {
    let world = World::new().await;
    let shelf = world.site.shelf();
    let style = shelf.paths().into_iter().find(|path| path.starts_with("/assets/")).unwrap().to_owned();
    let style = shelf.find(&style).unwrap().weight("gzip");
    let mut heaviest = (0, String::new());
    // A course on one page is made for paper and weighs what its steps weigh; gzip is the worse of the two.
    for path in shelf.paths().into_iter().filter(|path| path.starts_with("/en") || path.starts_with("/es")) {
        let weight = shelf.find(path).unwrap().weight("gzip") + style;
        heaviest = heaviest.max((weight, path.to_owned()));
    }
    println!("heaviest with style: {heaviest:?}");
    assert!(heaviest.0 < 20_000, "{heaviest:?}");
}

#[test]
fn pages_are_pressed_by_a_process_of_its_own() {
    let mut press = Press::beside(Path::new(env!("CARGO_BIN_EXE_fairway-selfhelp")));
    for page in [b"a page like another ".repeat(600), b"short".to_vec(), Vec::new(), vec![7; 300_000]] {
        assert!(press.copies(&page) == Press::default().copies(&page), "{} bytes", page.len());
    }
    assert!(press.is_beside(), "the program does not know its command any more");
}

#[tokio::test]
async fn each_save_is_sealed_with_bytes_of_its_own() {
    let world = World::new().await;
    let (words, open) = world.begin("en", "deciding/two-sides", "first").await;
    let keys = Keys::of(&phrase::read(&words.join(" "), fairway_site::Language::EN).unwrap());
    let mut begun = std::collections::BTreeSet::new();
    for text in ["second", "third", "second", "third"] {
        let sealed = world.site.store().open(&keys.id, world.site.today()).await.unwrap().unwrap();
        assert!(begun.insert(sealed[..24].to_vec()), "the same nonce was used twice");
        world.post("/en/my/deciding/two-sides", &[("handle", open.as_str()), ("at", "deciding/two-sides"), ("t1", text)]).await;
    }
}

#[tokio::test]
async fn without_a_phrase_nothing_is_stored() {
    let world = World::new().await;
    let before = bytes_of(world.folder.path());
    for (path, text) in [
        ("/en/deciding/two-sides", "t1"),
        ("/en/where-am-i/mood/check", "q1"),
        ("/es/phrase/new", "t1"),
        ("/es/phrase/open", "t1"),
        ("/en/phrase/type", "t1"),
    ] {
        world.post(path, &[("at", "deciding/two-sides"), (text, "2")]).await;
    }
    assert_eq!(bytes_of(world.folder.path()), before);
}

#[tokio::test]
async fn reading_with_notes_open_writes_nothing() {
    let world = World::new().await;
    let (_, open) = world.begin("en", "deciding/two-sides", "x").await;
    let before = bytes_of(world.folder.path());
    for (step, at) in [("what-it-gives", "two-sides"), ("what-matters", "what-it-gives")] {
        let at = format!("deciding/{at}");
        let page = world.post(&format!("/en/my/deciding/{step}"), &[("handle", open.as_str()), ("at", at.as_str())]).await;
        assert!(page.text.contains("name=\"handle\""));
    }
    assert_eq!(bytes_of(world.folder.path()), before);
    // Whoever turns to the overview finds the step there again, and so does whoever saves.
    let place = "<p class=\"choices\"><button name=\"go/en/my/deciding/";
    let overview = world.post("/en/my", &[("handle", open.as_str()), ("at", "deciding/what-matters")]).await;
    assert!(overview.text.contains(&format!("{place}what-matters\"")), "{}", overview.text);
    let saved = [("handle", open.as_str()), ("at", "deciding/what-matters"), ("t1", "y")];
    world.post("/en/my/deciding/small-steps", &saved).await;
    let overview = world.post("/en/my", &[("handle", open.as_str())]).await;
    assert!(overview.text.contains(&format!("{place}small-steps\"")), "{}", overview.text);
}

#[tokio::test]
async fn a_row_holds_a_day_and_nothing_else_in_the_clear() {
    let world = World::new().await;
    let (_, open) = world.begin("en", "deciding/two-sides", "x").await;
    world.post("/en/my/where-am-i/mood", &[("handle", open.as_str())]).await;
    let Store::Sqlite(file) = world.site.store() else { panic!("embedded") };
    let connection = &mut *file.turn().await.unwrap();
    let columns: Vec<(String,)> =
        sqlx::query_as("SELECT name FROM pragma_table_info('notes') ORDER BY name").fetch_all(&mut *connection).await.unwrap();
    assert_eq!(columns.iter().map(|(name,)| name.as_str()).collect::<Vec<_>>(), ["id", "sealed", "used_on"]);
    let (day, id, size): (String, Vec<u8>, i64) =
        sqlx::query_as("SELECT used_on, id, length(sealed) FROM notes").fetch_one(connection).await.unwrap();
    assert_eq!((day.as_str(), id.len(), size), ("2026-11-24", 16, 896));
}

#[tokio::test]
async fn a_phrase_is_stored_only_after_it_was_typed_back() {
    let world = World::new().await;
    let shown = world.post("/en/phrase/new", &[("at", "deciding/two-sides"), ("t1", "x")]).await;
    let (words, fields) = (words(&shown.text), hidden(&shown.text));
    let keys = Keys::of(&phrase::read(&words.join(" "), fairway_site::Language::EN).unwrap());
    let offer = fields.iter().find(|(name, _)| name == "offer").unwrap().1.clone();
    let mut wrong = words.clone();
    wrong[4] = "zzzz".into();
    let told = world.post("/en/phrase/keep", &[("offer", offer.as_str()), ("phrase", wrong.join(" ").as_str())]).await;
    assert!(
        told.text.contains("Word 5 is not the word we showed you") && told.text.contains("zzzz") && told.text.contains("aria-invalid"),
        "{}",
        told.text
    );
    assert!(world.site.store().open(&keys.id, world.site.today()).await.unwrap().is_none());
    assert_eq!(told.status, StatusCode::OK);
}
