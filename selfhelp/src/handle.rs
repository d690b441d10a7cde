//! The handle that carries open notes from page to page: sealed bytes in a hidden field of a posted form.
//!
//! It holds what the phrase opens and when it was made, sealed under a key that lives in memory only and is thrown away after a
//! while. So nothing derived from a phrase stays in the server's memory between two requests, and any node that
//! shares the sealing secret can answer the next request (docs/adr/0007).

use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::phrase::Entropy;
use crate::seal::{Keys, derive};
use crate::{Chance, Clock};

/// Minutes after which a handle that nobody used opens nothing.
pub const MINUTES: i64 = 60;
/// Minutes that a sealing key is used for.
const PERIOD: i64 = 30;
const NONCE: usize = 24;

/// What a handle stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Notes = 1,
    Offer = 2,
}

enum Root {
    /// A secret shared by several nodes; the key of a period is derived from it.
    Shared(Zeroizing<Vec<u8>>),
    /// Random keys of this node, by period; the last three are kept.
    Own(Mutex<Vec<(i64, Zeroizing<[u8; 32]>)>>),
}

/// Seals and opens handles.
pub struct Handles {
    root: Root,
    clock: Clock,
    chance: Chance,
}

impl Handles {
    /// Handles of one node, under keys that nobody else has.
    pub fn own(clock: Clock, chance: Chance) -> Self {
        Self { root: Root::Own(Mutex::default()), clock, chance }
    }

    /// Handles of several nodes, under keys derived from a secret of at least 32 bytes that they share.
    pub fn shared(secret: Vec<u8>, clock: Clock, chance: Chance) -> Self {
        Self { root: Root::Shared(Zeroizing::new(secret)), clock, chance }
    }

    /// A handle for open notes.
    pub fn notes(&self, keys: &Keys) -> String {
        let mut content = Zeroizing::new([0; 48]);
        content[..16].copy_from_slice(&keys.id);
        content[16..].copy_from_slice(keys.key.as_slice());
        self.make(Purpose::Notes, content.as_slice())
    }

    /// What a handle for open notes opens; nothing when it is too old or not ours.
    pub fn open_notes(&self, handle: &str) -> Option<Keys> {
        let content = self.open(Purpose::Notes, handle)?;
        let (id, key) = content.split_first_chunk::<16>()?;
        let mut keys = Keys { id: *id, key: Zeroizing::new([0; 32]) };
        keys.key.copy_from_slice(key.get(..32)?);
        Some(keys)
    }

    /// A handle for a phrase that was shown and not yet typed back.
    pub fn offer(&self, entropy: &Entropy) -> String {
        self.make(Purpose::Offer, entropy.as_slice())
    }

    /// The phrase of an offer.
    pub fn open_offer(&self, handle: &str) -> Option<Entropy> {
        let content = self.open(Purpose::Offer, handle)?;
        let mut entropy = Zeroizing::new([0; 16]);
        entropy.copy_from_slice(content.get(..16)?);
        Some(entropy)
    }

    fn make(&self, purpose: Purpose, content: &[u8]) -> String {
        let minute = minute((self.clock)());
        let mut nonce = [0; NONCE];
        (self.chance)(&mut nonce);
        let mut plain = Zeroizing::new(vec![purpose as u8]);
        plain.extend(minute.to_be_bytes());
        plain.extend(content);
        let Some(key) = self.key(minute / PERIOD, true) else { return String::new() };
        let period = (minute / PERIOD).to_be_bytes();
        let sealed = cipher(&key).encrypt(&XNonce::from(nonce), Payload { msg: &plain, aad: &period }).unwrap_or_default();
        URL_SAFE_NO_PAD.encode([period.as_slice(), &nonce, &sealed].concat())
    }

    fn open(&self, purpose: Purpose, handle: &str) -> Option<Zeroizing<Vec<u8>>> {
        if handle.len() > 256 {
            return None;
        }
        let now = minute((self.clock)());
        let bytes = URL_SAFE_NO_PAD.decode(handle).ok()?;
        let (period_bytes, rest) = bytes.split_first_chunk::<8>()?;
        let (nonce, sealed) = rest.split_first_chunk::<NONCE>()?;
        let period = i64::from_be_bytes(*period_bytes);
        let now_period = now / PERIOD;
        if !(now_period - 2..=now_period + 1).contains(&period) {
            return None;
        }
        let key = self.key(period, false)?;
        let plain = Zeroizing::new(cipher(&key).decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: period_bytes }).ok()?);
        let (made, content) = plain.get(1..)?.split_first_chunk::<8>()?;
        let fresh = (now - MINUTES..=now + 1).contains(&i64::from_be_bytes(*made));
        (plain[0] == purpose as u8 && fresh).then(|| Zeroizing::new(content.to_vec()))
    }

    /// Forgets keys of handles that are too old to be opened. Dropping a key zeroes it.
    pub fn forget(&self) {
        if let Root::Own(keys) = &self.root {
            let now = minute((self.clock)()) / PERIOD;
            keys.lock().unwrap_or_else(PoisonError::into_inner).retain(|(of, _)| *of >= now - 2);
        }
    }

    fn key(&self, period: i64, make: bool) -> Option<Zeroizing<[u8; 32]>> {
        match &self.root {
            Root::Shared(secret) => Some(derive(secret, &[b"fairway self-help handle 1", &period.to_be_bytes()])),
            Root::Own(keys) => {
                let mut keys = keys.lock().unwrap_or_else(PoisonError::into_inner);
                let found = keys.iter().find(|(of, _)| *of == period).map(|(_, key)| key.clone());
                if found.is_some() || !make {
                    return found;
                }
                let mut fresh = Zeroizing::new([0; 32]);
                (self.chance)(fresh.as_mut_slice());
                keys.push((period, fresh.clone()));
                keys.retain(|(of, _)| *of >= period - 2);
                Some(fresh)
            }
        }
    }
}

fn minute(at: Timestamp) -> i64 {
    at.as_second() / 60
}

fn cipher(key: &Zeroizing<[u8; 32]>) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.as_slice().try_into().unwrap_or(&[0; 32].into()))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};

    use super::*;
    use proptest::prelude::*;

    fn world() -> (Arc<AtomicI64>, Clock, Chance) {
        let now = Arc::new(AtomicI64::new(1_795_000_000));
        let (clock, count) = (Arc::clone(&now), AtomicU8::new(1));
        let clock: Clock = Arc::new(move || Timestamp::from_second(clock.load(Ordering::Relaxed)).unwrap());
        let chance: Chance = Arc::new(move |bytes: &mut [u8]| bytes.fill(count.fetch_add(1, Ordering::Relaxed)));
        (now, clock, chance)
    }

    #[test]
    fn a_handle_opens_for_an_hour_and_for_its_purpose_only() {
        let (now, clock, chance) = world();
        let handles = Handles::own(Arc::clone(&clock), Arc::clone(&chance));
        let keys = Keys::of(&Zeroizing::new([5; 16]));
        let handle = handles.notes(&keys);
        assert_eq!(handles.open_notes(&handle), Some(keys.clone()));
        assert!(handles.open_offer(&handle).is_none());
        assert!(Handles::own(clock, chance).open_notes(&handle).is_none(), "another node must not open it");
        now.fetch_add(59 * 60, Ordering::Relaxed);
        assert!(handles.open_notes(&handle).is_some());
        now.fetch_add(2 * 60, Ordering::Relaxed);
        assert!(handles.open_notes(&handle).is_none());
    }

    #[test]
    fn nodes_that_share_a_secret_open_each_other_s_handles() {
        let (now, clock, chance) = world();
        let node = || Handles::shared(vec![8; 32], Arc::clone(&clock), Arc::clone(&chance));
        let keys = Keys::of(&Zeroizing::new([5; 16]));
        let handle = node().notes(&keys);
        assert_eq!(node().open_notes(&handle), Some(keys));
        now.fetch_add(61 * 60, Ordering::Relaxed);
        assert!(node().open_notes(&handle).is_none());
    }

    proptest! {
        #[test]
        fn any_text_opens_nothing(text in "[A-Za-z0-9_-]{0,300}|.*") {
            let (_, clock, chance) = world();
            let handles = Handles::shared(vec![8; 32], clock, chance);
            prop_assert!(handles.open_notes(&text).is_none() && handles.open_offer(&text).is_none());
        }
    }
}
