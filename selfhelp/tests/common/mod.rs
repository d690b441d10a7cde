//! A site to visit: the shipped content, a store of either engine, a clock that the test turns, and plain randomness.
#![allow(dead_code, reason = "each test file uses what it needs")]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use fairway_selfhelp::content::{Files, read};
use fairway_selfhelp::day::Calendar;
use fairway_selfhelp::handle::Handles;
use fairway_selfhelp::store::Store;
use fairway_selfhelp::web::{Options, Site};
use fairway_selfhelp::{Chance, Clock};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use http_body_util::BodyExt as _;

/// 2026-11-24, a quarter past midnight.
pub const NOW: i64 = 1_795_479_300;

pub struct World {
    pub site: Site,
    pub now: Arc<AtomicI64>,
    pub folder: tempfile::TempDir,
}

pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

pub fn clock() -> (Arc<AtomicI64>, Clock) {
    let now = Arc::new(AtomicI64::new(NOW));
    let hand = Arc::clone(&now);
    (now, Arc::new(move || jiff::Timestamp::from_second(hand.load(Ordering::Relaxed)).unwrap()))
}

/// Bytes that never repeat, the same in each run.
pub fn chance(seed: u64) -> Chance {
    let state = AtomicU64::new(seed);
    Arc::new(move |bytes: &mut [u8]| {
        for chunk in bytes.chunks_mut(8) {
            let mut next = state.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
            next = (next ^ (next >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            next = (next ^ (next >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            chunk.copy_from_slice(&(next ^ (next >> 31)).to_le_bytes()[..chunk.len()]);
        }
    })
}

pub fn options() -> Options {
    Options { exit: "https://exit.example/".into(), hsts: true, onion: Some("http://invented.onion".into()) }
}

pub fn site(store: Store, seed: u64, clock: Clock) -> Site {
    let (content, faults) = read(&Files::embedded());
    assert!(faults.is_empty(), "{faults:?}");
    let chance = chance(seed);
    let handles = Handles::own(Arc::clone(&clock), Arc::clone(&chance));
    Site::new(content, store, handles, &options(), Calendar::new(clock), chance).unwrap()
}

impl World {
    /// A site with an embedded store in a folder of its own.
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::embedded(&folder.path().join("selfhelp.db")).await.unwrap();
        let (now, clock) = clock();
        Self { site: site(store, 7, clock), now, folder }
    }

    /// Days go by, and the site looks at the clock each day.
    pub async fn pass_days(&self, days: i64) {
        for _ in 0..days {
            self.now.fetch_add(86_400, Ordering::Relaxed);
            self.site.turn(false).await;
        }
    }

    pub async fn get(&self, path: &str) -> Page {
        self.get_with(path, &[]).await
    }

    pub async fn get_with(&self, path: &str, headers: &[(&'static str, &str)]) -> Page {
        page(self.site.read(&Method::GET, path, &given(headers))).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.post_with(path, fields, &[]).await
    }

    pub async fn post_with(&self, path: &str, fields: &[(&str, &str)], headers: &[(&'static str, &str)]) -> Page {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        page(self.site.post(path, &given(headers), body.as_bytes()).await).await
    }

    /// Gets a phrase and keeps an answer under it: the words, and the handle of the open notes.
    pub async fn begin(&self, language: &str, step: &str, text: &str) -> (Vec<String>, String) {
        let shown = self.post(&format!("/{language}/phrase/new"), &[("at", step), ("t1", text)]).await;
        let words = words(&shown.text);
        let fields = hidden(&shown.text);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let typed = words.iter().map(|word| word.chars().take(4).collect::<String>()).collect::<Vec<_>>().join(" ");
        let asked = self.post(&format!("/{language}/phrase/type"), &fields).await;
        assert_eq!(hidden(&asked.text).len(), fields.len());
        let kept = self.post(&format!("/{language}/phrase/keep"), &[&fields[..], &[("phrase", typed.as_str())]].concat()).await;
        assert_eq!(kept.status, StatusCode::OK);
        (words, handle(&kept.text).unwrap_or_else(|| panic!("{}", kept.text)))
    }
}

fn given(headers: &[(&'static str, &str)]) -> HeaderMap {
    headers.iter().map(|(name, value)| (http::HeaderName::from_static(name), HeaderValue::from_str(value).unwrap())).collect()
}

pub async fn page(answer: fairway_selfhelp::shelf::Answer) -> Page {
    let (head, body) = answer.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    Page { status: head.status, headers: head.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
}

/// What stands between two marks, each time.
pub fn between<'t>(text: &'t str, from: &str, to: &str) -> Vec<&'t str> {
    text.split(from).skip(1).filter_map(|rest| rest.split_once(to).map(|(found, _)| found)).collect()
}

/// The hidden fields of a page.
pub fn hidden(text: &str) -> Vec<(String, String)> {
    let fields = between(text, "<input type=\"hidden\" name=\"", ">").into_iter();
    fields
        .filter_map(|field| field.split_once("\" value=\""))
        .map(|(name, value)| (name.to_owned(), plain(value.trim_end_matches('"'))))
        .collect()
}

pub fn handle(text: &str) -> Option<String> {
    hidden(text).into_iter().find(|(name, _)| name == "handle").map(|(_, value)| value)
}

/// The twelve words of the page that shows them.
pub fn words(text: &str) -> Vec<String> {
    let list = between(text, "<ol class=\"words\">", "</ol>")[0];
    between(list, "<li>", "</li>").into_iter().map(str::to_owned).collect()
}

fn plain(text: &str) -> String {
    text.replace("&#60;", "<").replace("&#62;", ">").replace("&#34;", "\"").replace("&#39;", "'").replace("&#38;", "&")
}

/// Every file below a folder, as bytes.
pub fn bytes_of(folder: &Path) -> Vec<u8> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        found.extend(path.to_string_lossy().as_bytes());
        found.extend(if path.is_dir() { bytes_of(&path) } else { std::fs::read(&path).unwrap() });
    }
    found
}
