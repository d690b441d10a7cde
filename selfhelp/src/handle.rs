//! The handle that carries open notes from page to page: sealed bytes in a hidden field of a posted form.
//!
//! It holds what the phrase opens, when it was made and when the phrase was typed, sealed under a key that lives in memory only and is
//! thrown away after a while. So nothing derived from a phrase stays in the server's memory between two requests, and any node that
//! shares the sealing secret can answer the next request (docs/adr/0007).

mod secret;

use std::sync::{Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use zeroize::Zeroizing;

pub use secret::{Secret, SecretError};

use crate::phrase::Entropy;
use crate::seal::Keys;
use crate::{Chance, Clock};

/// Minutes after which a handle that nobody used opens nothing.
pub const MINUTES: i64 = 60;
/// Minutes after which notes that were opened are closed, however busy somebody was in them: who caught a handle on its way cannot keep
/// them open.
pub const LONGEST: i64 = 4 * 60;
/// Minutes that a sealing key is used for; a day has a whole number of them.
const PERIOD: i64 = 30;
/// How many keys are kept: of this period and those before it, whose handles may still be opened.
const KEPT: i64 = 3;
/// The longest text that is taken for a handle, in bytes.
pub const LONGEST_HANDLE: usize = 256;
const NONCE: usize = 24;

/// What a handle stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Notes = 1,
    Offer = 2,
}

/// Notes that somebody has opened by their phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// What opens them.
    pub keys: Keys,
    /// The minute in which the phrase was typed.
    since: i64,
}

/// The sealing keys by period, and where new ones come from.
struct Ring {
    keys: Vec<(i64, Zeroizing<[u8; 32]>)>,
    /// Shared by several nodes; without it keys are random.
    shared: Option<Secret>,
}

/// Seals and opens handles.
pub struct Handles {
    ring: Mutex<Ring>,
    clock: Clock,
    chance: Chance,
}

impl Handles {
    /// Handles of one node, under keys that nobody else has.
    pub fn own(clock: Clock, chance: Chance) -> Self {
        Self { ring: Mutex::new(Ring { keys: Vec::new(), shared: None }), clock, chance }
    }

    /// Handles of several nodes, under keys derived from a secret that they share.
    pub fn shared(secret: Secret, clock: Clock, chance: Chance) -> Self {
        Self { ring: Mutex::new(Ring { keys: Vec::new(), shared: Some(secret) }), clock, chance }
    }

    /// Notes that are opened now.
    pub fn opened(&self, keys: Keys) -> Open {
        Open { keys, since: minute((self.clock)()) }
    }

    /// A handle for open notes.
    pub fn notes(&self, open: &Open) -> String {
        let mut content = Zeroizing::new([0; 56]);
        content[..8].copy_from_slice(&open.since.to_be_bytes());
        content[8..24].copy_from_slice(&open.keys.id);
        content[24..].copy_from_slice(open.keys.key.as_slice());
        self.make(Purpose::Notes, content.as_slice())
    }

    /// What a handle for open notes opens; nothing when it is too old or not ours, or they have been open for too long.
    pub fn open_notes(&self, handle: &str) -> Option<Open> {
        let content = self.open(Purpose::Notes, handle)?;
        let (since, rest) = content.split_first_chunk::<8>()?;
        let (id, key) = rest.split_first_chunk::<16>()?;
        let since = i64::from_be_bytes(*since);
        let mut keys = Keys { id: *id, key: Zeroizing::new([0; 32]) };
        keys.key.copy_from_slice(key.get(..32)?);
        let now = minute((self.clock)());
        (now - LONGEST..=now + 1).contains(&since).then_some(Open { keys, since })
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
        if handle.len() > LONGEST_HANDLE {
            return None;
        }
        let now = minute((self.clock)());
        let bytes = URL_SAFE_NO_PAD.decode(handle).ok()?;
        let (period_bytes, rest) = bytes.split_first_chunk::<8>()?;
        let (nonce, sealed) = rest.split_first_chunk::<NONCE>()?;
        let period = i64::from_be_bytes(*period_bytes);
        let now_period = now / PERIOD;
        if !(now_period - KEPT + 1..=now_period + 1).contains(&period) {
            return None;
        }
        let key = self.key(period, false)?;
        let plain = Zeroizing::new(cipher(&key).decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: period_bytes }).ok()?);
        let (made, content) = plain.get(1..)?.split_first_chunk::<8>()?;
        let fresh = (now - MINUTES..=now + 1).contains(&i64::from_be_bytes(*made));
        (plain[0] == purpose as u8 && fresh).then(|| Zeroizing::new(content.to_vec()))
    }

    /// Forgets keys of handles that are too old to be opened; dropping a key zeroes it. A shared secret becomes that of `today`; an
    /// error says that its file cannot follow, which is tried again the next time.
    pub fn turn(&self, today: Date) -> Result<(), SecretError> {
        let now = minute((self.clock)()) / PERIOD;
        let mut ring = self.ring();
        let ring = &mut *ring;
        ring.keys.retain(|(of, _)| *of > now - KEPT);
        let Some(secret) = &mut ring.shared else { return Ok(()) };
        // By this node's own clock at most: a day that the store is ahead of it must not part it from the other nodes.
        let (over, today) = (secret.day(), today.min(day(now)));
        // Handles of the last hour of the day that is over can still be opened, by keys that nothing gives any more.
        for period in now - KEPT + 1..=now {
            if over < today && day(period) <= over && ring.keys.iter().all(|(of, _)| *of != period) {
                ring.keys.push((period, secret.key(period, day(period))));
            }
        }
        secret.renew(today);
        secret.write()
    }

    fn ring(&self) -> MutexGuard<'_, Ring> {
        self.ring.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn key(&self, period: i64, make: bool) -> Option<Zeroizing<[u8; 32]>> {
        let mut ring = self.ring();
        let found = ring.keys.iter().find(|(of, _)| *of == period).map(|(_, key)| key.clone());
        if found.is_some() {
            return found;
        }
        if let Some(secret) = &ring.shared {
            return Some(secret.key(period, day(period)));
        }
        if !make {
            return None;
        }
        let mut fresh = Zeroizing::new([0; 32]);
        (self.chance)(fresh.as_mut_slice());
        ring.keys.push((period, fresh.clone()));
        ring.keys.retain(|(of, _)| *of > period - KEPT);
        Some(fresh)
    }
}

/// The day of a period, in UTC.
fn day(period: i64) -> Date {
    let begin = Timestamp::from_second(period.saturating_mul(PERIOD * 60)).unwrap_or_default();
    TimeZone::UTC.to_datetime(begin).date()
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
        let open = handles.opened(Keys::of(&Zeroizing::new([5; 16])));
        let handle = handles.notes(&open);
        assert_eq!(handles.open_notes(&handle), Some(open));
        assert!(handles.open_offer(&handle).is_none());
        assert!(Handles::own(clock, chance).open_notes(&handle).is_none(), "another node must not open it");
        now.fetch_add(59 * 60, Ordering::Relaxed);
        assert!(handles.open_notes(&handle).is_some());
        now.fetch_add(2 * 60, Ordering::Relaxed);
        assert!(handles.open_notes(&handle).is_none());
    }

    #[test]
    fn notes_are_closed_four_hours_after_they_were_opened_however_often_a_handle_is_renewed() {
        let (now, clock, chance) = world();
        let handles = Handles::own(clock, chance);
        let mut handle = handles.notes(&handles.opened(Keys::of(&Zeroizing::new([5; 16]))));
        for _ in 0..6 {
            now.fetch_add(40 * 60, Ordering::Relaxed);
            handle = handles.notes(&handles.open_notes(&handle).unwrap());
        }
        assert!(handles.open_notes(&handle).is_some());
        now.fetch_add(60, Ordering::Relaxed);
        assert!(handles.open_notes(&handle).is_none(), "a caught handle keeps notes open");
    }

    #[test]
    fn nodes_that_share_a_secret_open_each_other_s_handles() {
        let (now, clock, chance) = world();
        let node = || Handles::shared(Secret::of(&[8; 32]), Arc::clone(&clock), Arc::clone(&chance));
        let first = node();
        let open = first.opened(Keys::of(&Zeroizing::new([5; 16])));
        let handle = first.notes(&open);
        assert_eq!(node().open_notes(&handle), Some(open));
        now.fetch_add(61 * 60, Ordering::Relaxed);
        assert!(node().open_notes(&handle).is_none());
    }

    #[test]
    fn a_shared_secret_opens_nothing_of_a_day_that_is_over() {
        let (now, clock, chance) = world();
        let today = |now: &AtomicI64| day(now.load(Ordering::Relaxed) / 60 / PERIOD);
        let node = || {
            let handles = Handles::shared(Secret::of(&[8; 32]), Arc::clone(&clock), Arc::clone(&chance));
            handles.turn(today(&now)).unwrap();
            handles
        };
        // A quarter to midnight.
        let late = now.load(Ordering::Relaxed) / 86_400 * 86_400 + 86_400 - 900;
        now.store(late, Ordering::Relaxed);
        let (one, other) = (node(), node());
        let handle = one.notes(&one.opened(Keys::of(&Zeroizing::new([5; 16]))));
        assert!(other.open_notes(&handle).is_some());
        now.fetch_add(1800, Ordering::Relaxed);
        // The one has noticed the new day, the other not yet; both open what is less than an hour old, and each other's.
        one.turn(today(&now)).unwrap();
        assert!(one.open_notes(&handle).is_some() && other.open_notes(&handle).is_some());
        let fresh = one.notes(&one.opened(Keys::of(&Zeroizing::new([6; 16]))));
        assert!(other.open_notes(&fresh).is_some());
        let back = other.notes(&other.opened(Keys::of(&Zeroizing::new([6; 16]))));
        assert!(one.open_notes(&back).is_some());
        // Who takes the secret now and turns the clock back opens nothing of yesterday.
        let thief = node();
        now.store(late, Ordering::Relaxed);
        assert!(thief.open_notes(&handle).is_none());
    }

    proptest! {
        #[test]
        fn any_text_opens_nothing(text in "[A-Za-z0-9_-]{0,300}|.*") {
            let (_, clock, chance) = world();
            let handles = Handles::shared(Secret::of(&[8; 32]), clock, chance);
            prop_assert!(handles.open_notes(&text).is_none() && handles.open_offer(&text).is_none());
        }

        #[test]
        fn a_handle_that_was_changed_opens_nothing(at in any::<proptest::sample::Index>(), by in 1..=255_u8, cut in any::<proptest::sample::Index>()) {
            let (_, clock, chance) = world();
            let handles = Handles::own(clock, chance);
            let handle = handles.notes(&handles.opened(Keys::of(&Zeroizing::new([5; 16]))));
            let mut bytes = URL_SAFE_NO_PAD.decode(&handle).unwrap();
            let shorter = URL_SAFE_NO_PAD.encode(&bytes[..cut.index(bytes.len())]);
            let at = at.index(bytes.len());
            bytes[at] ^= by;
            let changed = URL_SAFE_NO_PAD.encode(&bytes);
            prop_assert!(handles.open_notes(&changed).is_none() && handles.open_offer(&changed).is_none());
            prop_assert!(handles.open_notes(&shorter).is_none());
        }
    }
}
