//! The whole site: any address, headers and form. The first line is the request (`P /en/phrase/new`, or `G …`), the second the value of
//! a header, the rest the form; in it `HANDLE` stands for a handle of notes that are open, `OFFER` and `PHRASE` for a phrase that was
//! just shown. Nothing may panic, every form must be answered
//! by a page, and no answer may set a cookie.
#![no_main]

use std::cell::OnceCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use fairway_selfhelp::content::{Files, read};
use fairway_selfhelp::day::Calendar;
use fairway_selfhelp::handle::Handles;
use fairway_selfhelp::notes::Notes;
use fairway_selfhelp::phrase::words;
use fairway_selfhelp::seal::Keys;
use fairway_selfhelp::shelf::press::Press;
use fairway_selfhelp::store::Store;
use fairway_selfhelp::web::{Options, Site};
use fairway_selfhelp::{Chance, Clock};
use fairway_site::Language;
use http::{HeaderMap, HeaderValue, Method};
use libfuzzer_sys::fuzz_target;

struct World {
    runtime: tokio::runtime::Runtime,
    site: Site,
    keys: Keys,
    handle: String,
    offered: Keys,
    offer: String,
    phrase: String,
}

thread_local! {
    static WORLD: OnceCell<World> = const { OnceCell::new() };
}

fn world() -> World {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let clock: Clock = Arc::new(|| jiff::Timestamp::from_second(1_795_479_300).unwrap());
    let count = AtomicU64::new(1);
    let chance: Chance = Arc::new(move |bytes: &mut [u8]| {
        for chunk in bytes.chunks_mut(8) {
            let next = count.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            chunk.copy_from_slice(&next.to_le_bytes()[..chunk.len()]);
        }
    });
    let (content, _) = read(&Files::embedded());
    let store = runtime.block_on(Store::at("sqlite://:memory:")).unwrap();
    let handles = Handles::own(Arc::clone(&clock), Arc::clone(&chance));
    let keys = Keys::of(&zeroize::Zeroizing::new([7; 16]));
    let handle = handles.notes(&handles.opened(keys.clone()));
    // A phrase that was shown; each try may keep notes under it.
    let shown = zeroize::Zeroizing::new([8; 16]);
    let (offer, phrase) = (handles.offer(&shown), words(&shown, Language::EN).join(" "));
    let options = Options { exit: "https://exit.example/".into(), hsts: false, onion: None };
    let site = Site::new(content, store, handles, &options, Calendar::new(clock), chance).unwrap();
    // As it is served: compressed, and in no encoding that a browser did not ask for.
    site.pack(&mut Press::default());
    World { runtime, site, keys, handle, offered: Keys::of(&shown), offer, phrase }
}

fuzz_target!(|text: &str| {
    WORLD.with(|cell| {
        let world = cell.get_or_init(world);
        let mut lines = text.splitn(3, '\n');
        let (request, header, form) = (lines.next().unwrap_or(""), lines.next().unwrap_or(""), lines.next().unwrap_or(""));
        let (method, path) = request.split_once(' ').unwrap_or(("P", request));
        let mut headers = HeaderMap::new();
        for name in ["accept-encoding", "if-none-match", "accept-language"] {
            if let Ok(value) = HeaderValue::from_str(header) {
                headers.insert(name, value);
            }
        }
        let answer = if method == "P" {
            let form = form.replace("HANDLE", &world.handle).replace("OFFER", &world.offer).replace("PHRASE", &world.phrase);
            world.runtime.block_on(async {
                // The notes it opens are there each time, whatever became of them before.
                let empty = Notes::default().to_bytes().unwrap();
                let sealed = world.keys.seal(&empty, [1; 24]).unwrap();
                world.site.store().add(&world.keys.id, &sealed, world.site.today()).await.unwrap();
                world.site.store().delete(&world.offered.id).await.unwrap();
                world.site.post(path, &headers, form.as_bytes()).await
            })
        } else {
            world.site.read(&Method::from_bytes(method.as_bytes()).unwrap_or(Method::GET), path, &headers)
        };
        assert!(!answer.headers().contains_key("set-cookie"));
        assert!(answer.status().as_u16() < 500, "{}", answer.status());
    });
});
