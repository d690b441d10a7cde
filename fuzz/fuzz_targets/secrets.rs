//! What opens notes: a typed phrase, a handle, sealed bytes, the notes in them.
#![no_main]

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fairway_selfhelp::handle::Handles;
use fairway_selfhelp::notes::Notes;
use fairway_selfhelp::phrase;
use fairway_selfhelp::seal::Keys;
use fairway_selfhelp::{Chance, Clock};
use fairway_site::Language;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    for language in [Language::EN, Language::ES] {
        if let Ok(entropy) = phrase::read(&text, language) {
            assert_eq!(phrase::read(&phrase::words(&entropy, language).join(" "), language), Ok(entropy));
        }
    }
    let clock: Clock = Arc::new(|| jiff::Timestamp::from_second(1_795_479_300).unwrap());
    let chance: Chance = Arc::new(|bytes: &mut [u8]| bytes.fill(3));
    let handles = Handles::own(clock, chance);
    assert!(handles.open_notes(&text).is_none(), "a handle nobody made opens notes");
    let keys = Keys::of(&zeroize::Zeroizing::new([9; 16]));
    // A handle of which some bytes were changed, each by the byte at its place.
    let made = handles.notes(&handles.opened(keys.clone()));
    let mut raw = URL_SAFE_NO_PAD.decode(&made).unwrap();
    raw.iter_mut().zip(bytes).for_each(|(byte, by)| *byte ^= by);
    let changed = URL_SAFE_NO_PAD.encode(&raw);
    assert_eq!(handles.open_notes(&changed).is_some(), changed == made, "a changed handle opens notes");
    assert!(keys.open(bytes).is_none(), "bytes nobody sealed open");
    if let Some(notes) = Notes::from_bytes(bytes)
        && let Ok(written) = notes.to_bytes()
    {
        assert_eq!(Notes::from_bytes(&written), Some(notes));
    }
});
