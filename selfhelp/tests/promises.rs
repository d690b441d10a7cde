//! The table of promises for the self-help site, row by row. What needs a real browser is in `browser/selfhelp.test.js`; what
//! needs a killed process is in `killed.rs`.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails loudly")]

mod common;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::Ordering;

use common::{World, between, bytes_of, chance, clock, handle, hidden, site};
use fairway_selfhelp::RELEASED_ON;
use fairway_selfhelp::content::{Files, examine, read};
use fairway_selfhelp::phrase;
use fairway_selfhelp::seal::{Keys, SIZES};
use fairway_selfhelp::store::Store;
use jiff::civil::date;

fn holds(bytes: &[u8], canary: &[u8]) -> bool {
    bytes.windows(canary.len()).any(|window| window == canary)
}

#[tokio::test]
async fn nobody_is_identifiable() {
    let world = World::new().await;
    let marks = [
        ("user-agent", "CanaryAgent/77.1"),
        ("x-forwarded-for", "203.0.113.77"),
        ("forwarded", "for=203.0.113.77"),
        ("cookie", "id=canarycookie"),
    ];
    let (words, open) = world.begin("en", "deciding/two-sides", "CanaryText, which nobody may find").await;
    let typed = words.join(" ");
    let mut answers = Vec::new();
    for path in world.site.shelf().paths() {
        answers.push(world.get_with(path, &marks).await);
    }
    for path in ["/en/nothing", "/en/my", "/en/phrase/new", "/xx", "/en/where-am-i/mood/check"] {
        answers.push(world.get_with(path, &marks).await);
    }
    for path in [
        "/en/my",
        "/en/my/deciding/two-sides",
        "/en/my/print",
        "/en/my/enough",
        "/en/phrase/open",
        "/en/phrase/keep",
        "/en/phrase/type",
        "/en/nothing",
        "/xx/y",
        "/en/deciding/two-sides",
        "/en/where-am-i/mood/check",
    ] {
        let fields = [
            ("handle", open.as_str()),
            ("phrase", typed.as_str()),
            ("at", "deciding/two-sides"),
            ("t1", "CanaryText, which nobody may find"),
            ("q1", "1"),
        ];
        answers.push(world.post_with(path, &fields, &marks).await);
        answers.push(world.post_with(path, &[("handle", "CanaryHandle")], &marks).await);
    }
    for answer in &answers {
        for mark in ["CanaryAgent", "203.0.113.77", "canarycookie"] {
            assert!(!answer.text.contains(mark));
        }
        assert!(answer.headers.get("set-cookie").is_none());
    }
    world.site.store().purge(world.site.today()).await.unwrap();
    let bytes = bytes_of(world.folder.path());
    let keys = Keys::of(&phrase::read(&typed, fairway_site::Language::EN).unwrap());
    assert!(holds(&bytes, &keys.id), "the notes are not there at all");
    for canary in
        ["CanaryAgent", "203.0.113.77", "canarycookie", "CanaryText", "CanaryHandle", "two-sides", &open, &typed, words[0].as_str()]
    {
        assert!(!holds(&bytes, canary.as_bytes()), "{canary} was written to a file");
    }
    assert!(!holds(&bytes, keys.key.as_slice()));
}

#[tokio::test]
async fn no_cookie_script_or_third_party() {
    let world = World::new().await;
    for path in world.site.shelf().paths() {
        let page = world.get(path).await;
        let policy = page.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("script-src") && !policy.contains("unsafe"));
        assert_eq!(page.headers["referrer-policy"], "no-referrer");
        assert!(page.headers.contains_key("strict-transport-security") && page.headers.get("set-cookie").is_none());
        for forbidden in
            ["<script", "<img", "<iframe", "<video", "javascript:", " onclick", " onload", " onerror", " onfocus", " onsubmit", " style="]
        {
            let tags: Vec<&str> = between(&page.text, "<", ">");
            assert!(
                !tags.iter().any(|tag| format!("<{tag}").contains(forbidden) && !tag.contains("content=\"") && !tag.starts_with('?')),
                "{path} has {forbidden}"
            );
        }
        for loaded in between(&page.text, " src=\"", "\"").into_iter().chain(between(&page.text, "<link rel=\"stylesheet\" href=\"", "\""))
        {
            assert!(loaded.starts_with("/assets/"), "{path} loads {loaded}");
        }
        for form in between(&page.text, "action=\"", "\"") {
            assert!(form.starts_with('/'), "{path} posts to {form}");
        }
    }
    let page = world.get("/en/deciding").await;
    assert_eq!(page.headers["onion-location"], "http://invented.onion/en/deciding");
}

#[tokio::test]
async fn only_the_phrase_opens_what_was_written() {
    let world = World::new().await;
    let (words, open) = world.begin("en", "deciding/two-sides", "For my eyes only").await;
    let entropy = phrase::read(&words.join(" "), fairway_site::Language::EN).unwrap();
    let keys = Keys::of(&entropy);
    let stolen = world.site.store().open(&keys.id, world.site.today()).await.unwrap().unwrap();
    assert!(keys.open(&stolen).is_some());
    // Whoever has the store and its row keys has nothing: neither id nor bytes open it, nor does a phrase one bit away.
    for bit in 0..128 {
        let mut other = entropy.clone();
        other[bit / 8] ^= 1 << (bit % 8);
        assert!(Keys::of(&other).open(&stolen).is_none());
    }
    assert!(Keys { id: keys.id, key: zeroize::Zeroizing::new([0; 32]) }.open(&stolen).is_none());
    // A handle says nothing without the memory of the node that made it, and nothing after an hour.
    let (_, other_clock) = clock();
    let other = site(world.site.store().clone(), 99, other_clock);
    let asked = common::page(other.post("/en/my", &http::HeaderMap::new(), format!("handle={open}").as_bytes()).await).await;
    assert!(handle(&asked.text).is_none() && asked.text.contains("name=\"phrase\""));
    world.now.fetch_add(61 * 60, Ordering::Relaxed);
    let late =
        world.post("/en/my/deciding/two-sides", &[("handle", open.as_str()), ("at", "deciding/two-sides"), ("t1", "still here")]).await;
    assert!(
        late.text.contains("name=\"phrase\"") && hidden(&late.text).contains(&("t1".into(), "still here".into())),
        "what was typed must not be lost"
    );
}

#[tokio::test]
async fn no_trace_of_order_or_time() {
    let today = date(2026, 11, 24);
    let mut rows: Vec<([u8; 16], Vec<u8>)> = Vec::new();
    let random = chance(3);
    for nth in 0..60 {
        let mut entropy = zeroize::Zeroizing::new([0; 16]);
        random(entropy.as_mut_slice());
        let (keys, mut nonce) = (Keys::of(&entropy), [0; 24]);
        random(&mut nonce);
        // Some need more than a page of the file.
        let text = vec![b'a'; if nth % 3 == 0 { 9000 } else { 40 }];
        rows.push((keys.id, keys.seal(&text, nonce).unwrap()));
    }
    let mut files = Vec::new();
    for order in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("selfhelp.db");
        let store = Store::embedded(&file).await.unwrap();
        if order {
            rows.reverse();
        }
        for (id, sealed) in &rows {
            assert!(store.add(id, sealed, today).await.unwrap());
            assert!(SIZES.contains(&sealed.len()));
        }
        store.purge(today).await.unwrap();
        store.close().await;
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().filter(|entry| entry.as_ref().unwrap().metadata().unwrap().len() > 0).count(),
            1,
            "a journal is left"
        );
        files.push(std::fs::read(&file).unwrap());
    }
    assert_eq!(files[0], files[1], "the file says in which order the notes were written");
}

#[tokio::test]
async fn forgotten_means_gone() {
    let world = World::new().await;
    let (words, _) = world.begin("es", "deciding/two-sides", "Para dentro de un tiempo").await;
    let (typed, file) = (words.join(" "), world.folder.path().join("selfhelp.db"));
    let keys = Keys::of(&phrase::read(&typed, fairway_site::Language::ES).unwrap());
    world.site.store().close().await;
    let backup = std::fs::read(&file).unwrap();
    let reopened = || async { Store::embedded(&file).await.unwrap() };
    let store = reopened().await;
    // Used on the 90th day, it stays for another 90.
    let begun = world.site.today();
    let day = |days: i64| begun.saturating_add(jiff::Span::new().days(days));
    assert_eq!(store.purge(day(90)).await.unwrap(), 0);
    assert!(store.open(&keys.id, day(90)).await.unwrap().is_some());
    assert_eq!(store.purge(day(180)).await.unwrap(), 0);
    assert_eq!(store.purge(day(181)).await.unwrap(), 1);
    store.close().await;
    assert!(!holds(&bytes_of(world.folder.path()), &keys.id), "deleted bytes are still in the file");
    // A restored backup: opening finds nothing even before the purge that a start begins with.
    std::fs::write(&file, backup).unwrap();
    let store = reopened().await;
    assert!(store.open(&keys.id, day(91)).await.unwrap().is_none());
    store.close().await;
    assert!(!holds(&bytes_of(world.folder.path()), &keys.id));
}

#[tokio::test]
async fn delete_everything_now_is_one_button() {
    let world = World::new().await;
    let (words, open) = world.begin("en", "deciding/two-sides", "A secret").await;
    let overview = world.post("/en/my", &[("handle", open.as_str())]).await;
    assert!(overview.text.contains("formaction=\"/en/my/delete\""));
    world.post("/en/my/delete", &[("handle", open.as_str())]).await;
    let keys = Keys::of(&phrase::read(&words.join(" "), fairway_site::Language::EN).unwrap());
    assert!(!holds(&bytes_of(world.folder.path()), &keys.id));
    let again = world.post("/en/my", &[("handle", open.as_str())]).await;
    assert!(again.text.contains("These notes are gone"));
    let typed = world.post("/en/phrase/open", &[("phrase", words.join(" ").as_str())]).await;
    assert!(typed.text.contains("We found no notes under this phrase"));
}

#[test]
fn honest_words_the_lines_of_help_are_not_stale() {
    let faults = examine(&Files::embedded(), RELEASED_ON);
    assert!(faults.is_empty(), "{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    let late = examine(&Files::embedded(), RELEASED_ON.saturating_add(jiff::Span::new().days(400)));
    let (content, _) = read(&Files::embedded());
    assert_eq!(late.len(), content.countries.iter().map(|country| country.lines.len()).sum::<usize>());
}

/// Each sentence of the privacy page stands in `content/self-help/privacy-tests.toml` with the test that would catch it lying.
#[test]
fn honest_words_each_sentence_of_the_privacy_page_names_its_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let table: toml::Table = std::fs::read_to_string(root.join("content/self-help/privacy-tests.toml")).unwrap().parse().unwrap();
    let tests: BTreeSet<String> =
        ["selfhelp/tests", "selfhelp/src", "browser"].iter().flat_map(|folder| names(&root.join(folder))).collect();
    let listed = table["sentences"].as_array().unwrap();
    let of = |entry: &toml::Value, key: &str| entry.get(key).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
    // Each language by itself: a lie in one of them is a lie.
    for (language, key) in [("en", "says"), ("es", "dice")] {
        let text = std::fs::read_to_string(root.join(format!("content/self-help/{language}/pages/privacy.md"))).unwrap();
        let said: Vec<String> = sentences(text.splitn(3, "+++").nth(2).unwrap());
        for sentence in &said {
            let entry = listed.iter().find(|entry| &of(entry, key) == sentence);
            let entry = entry.unwrap_or_else(|| panic!("no test is named for: {sentence}"));
            let named = of(entry, "test");
            assert!(
                tests.contains(&named) || (named.is_empty() && !of(entry, "because").is_empty()),
                "{named:?} is no test; named for: {sentence}"
            );
        }
        for entry in listed {
            assert!(said.contains(&of(entry, key)), "the page does not say any more: {}", of(entry, key));
        }
    }
}

/// Sentences of a Markdown text, without headings and marks.
fn sentences(text: &str) -> Vec<String> {
    let lines = text.split("\n\n").flat_map(|block| {
        if block.trim_start().starts_with("- ") { block.lines().map(str::to_owned).collect() } else { vec![block.replace('\n', " ")] }
    });
    let plain = lines.filter(|line| !line.trim_start().starts_with('#')).map(|line| {
        let line = line.trim().trim_start_matches("- ").replace("**", "").replace(['*', '[', ']'], "");
        let mut out = String::new();
        let mut rest = line.as_str();
        while let Some((before, after)) = rest.split_once('(') {
            out.push_str(before);
            match after.split_once(')') {
                // The address of a link.
                Some((inner, tail)) if inner.contains('/') && !inner.contains(' ') => rest = tail,
                _ => {
                    out.push('(');
                    rest = after;
                }
            }
        }
        out + rest
    });
    plain
        .flat_map(|line| {
            let marked = line.replace(". ", ".\n").replace("? ", "?\n").replace("! ", "!\n").replace(".” ", ".”\n");
            marked.lines().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect::<Vec<_>>()
        })
        .collect()
}

/// Names of all tests that run in a folder's sources.
fn names(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("node_modules") {
                found.extend(names(&path));
            }
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            // Only what runs: a function marked as a test, a test or a group of them at the beginning of a line.
            for mark in ["#[test]\n", "#[tokio::test]\n"] {
                found.extend(text.split(mark).skip(1).filter_map(|rest| between(rest, "fn ", "(").first().map(|name| (*name).to_owned())));
            }
            for line in text.lines().filter_map(|line| line.strip_prefix("test('").or_else(|| line.strip_prefix("describe('"))) {
                found.extend(line.split('\'').next().map(str::to_owned));
            }
        }
    }
    found
}

#[tokio::test]
async fn never_enabling() {
    let world = World::new().await;
    for path in world.site.shelf().paths() {
        let text = world.get(path).await.text;
        for forbidden in ["type=\"file\"", "multipart", "contenteditable", "type=\"email\""] {
            assert!(!text.contains(forbidden), "{path} has {forbidden}");
        }
    }
    // What one visitor writes reaches no other: the shelf is the same for everybody and never changes.
    let before: Vec<_> = world.site.shelf().paths().into_iter().map(|path| world.site.shelf().find(path).unwrap().plain()).collect();
    world.begin("en", "deciding/two-sides", "Is anybody there?").await;
    let after: Vec<_> = world.site.shelf().paths().into_iter().map(|path| world.site.shelf().find(path).unwrap().plain()).collect();
    assert_eq!(before, after);
}

#[tokio::test]
async fn exit_at_once() {
    let world = World::new().await;
    let (_, open) = world.begin("en", "deciding/two-sides", "x").await;
    let mut pages: Vec<(String, String)> = Vec::new();
    for path in world.site.shelf().paths().into_iter().filter(|path| path.starts_with("/e")) {
        pages.push((path.to_owned(), world.get(path).await.text));
    }
    for path in ["/en/my", "/en/my/deciding/two-sides", "/en/my/print", "/en/phrase/new", "/en/phrase/open", "/en/nothing"] {
        pages.push((path.into(), world.post(path, &[("handle", open.as_str())]).await.text));
    }
    for (path, text) in pages {
        let body = text.split_once("<body>").unwrap().1;
        let first = ["<a ", "<button", "<input", "<textarea", "<summary"].iter().filter_map(|tag| body.find(tag)).min().unwrap();
        assert!(
            body[first..].starts_with("<a class=\"leave\" href=\"https://exit.example/\" rel=\"noreferrer\">"),
            "{path} does not begin with the exit"
        );
        assert!(text.contains("does not clear your browser’s history") || text.contains("no borra el historial"), "{path}");
        assert!(path.contains("/help-now") || text.contains("/help-now\""), "{path} has no way to help");
    }
}
