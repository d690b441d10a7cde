//! What is derived from a phrase, and how notes are sealed under it.
//!
//! The identifier and the key are derived by HKDF-SHA-256 (RFC 5869) in separate domains, so that the one says nothing about the
//! other. The entropy has 128 bits, so no slow hash is needed. Notes are sealed with XChaCha20-Poly1305 and padded to a
//! few sizes, so that a stored row says neither what nor, closely, how much was written.

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::phrase::Entropy;

/// The sizes of sealed notes in bytes. The smallest fits whole into a leaf of SQLite's tree.
pub const SIZES: [usize; 5] = [896, 4_000, 16_000, 64_000, 256_000];
const NONCE: usize = 24;
const TAG: usize = 16;
const LENGTH: usize = 4;
const BOUND: &[u8] = b"fairway self-help notes 1";

/// The longest notes that can be sealed, in bytes.
pub const LONGEST: usize = SIZES[SIZES.len() - 1] - NONCE - TAG - LENGTH;

/// The row key of somebody's notes. It says nothing about the phrase.
pub type Id = [u8; 16];

/// What a phrase opens.
#[derive(Clone, PartialEq, Eq)]
pub struct Keys {
    /// Where the notes are.
    pub id: Id,
    /// What opens them.
    pub key: Zeroizing<[u8; 32]>,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(…)")
    }
}

/// Fills a derived value of up to 8 kB from a secret in a named domain.
pub(crate) fn derive<const N: usize>(secret: &[u8], domain: &[&[u8]]) -> Zeroizing<[u8; N]> {
    let mut out = Zeroizing::new([0; N]);
    // Expanding fails for more than 255 blocks of 32 bytes only.
    let _ = Hkdf::<Sha256>::new(None, secret).expand_multi_info(domain, out.as_mut_slice());
    out
}

impl Keys {
    /// Derives identifier and key.
    pub fn of(entropy: &Entropy) -> Self {
        Self {
            id: *derive::<16>(entropy.as_slice(), &[b"fairway self-help identifier 1"]),
            key: derive(entropy.as_slice(), &[b"fairway self-help key 1"]),
        }
    }

    /// Seals notes of at most [`LONGEST`] bytes with 24 fresh random bytes; nothing when they are longer.
    pub fn seal(&self, notes: &[u8], nonce: [u8; NONCE]) -> Option<Vec<u8>> {
        let size = SIZES.into_iter().find(|size| notes.len() + NONCE + TAG + LENGTH <= *size)?;
        let mut plain = Zeroizing::new(vec![0; size - NONCE - TAG]);
        plain[..LENGTH].copy_from_slice(&u32::try_from(notes.len()).ok()?.to_be_bytes());
        plain[LENGTH..LENGTH + notes.len()].copy_from_slice(notes);
        let bound = [BOUND, &self.id].concat();
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), Payload { msg: &plain, aad: &bound }).ok()?;
        Some([nonce.as_slice(), &sealed].concat())
    }

    /// Opens sealed notes; nothing when they are not ours or were changed.
    pub fn open(&self, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        let bound = [BOUND, &self.id].concat();
        let plain = Zeroizing::new(self.cipher().decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: &bound }).ok()?);
        let (length, rest) = plain.split_first_chunk::<LENGTH>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        rest.get(..length).map(|notes| Zeroizing::new(notes.to_vec()))
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(self.key.as_slice().try_into().unwrap_or(&[0; 32].into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn identifier_and_key_are_separate_and_differ_with_every_bit() {
        let one = Keys::of(&Zeroizing::new([7; 16]));
        let mut other = Zeroizing::new([7; 16]);
        other[15] ^= 1;
        let other = Keys::of(&other);
        assert_ne!(one.id, other.id);
        assert_ne!(one.key, other.key);
        assert!(!one.key.windows(4).any(|part| one.id.windows(4).any(|found| found == part)));
        assert_eq!(derive::<16>(&[7; 16], &[b"fairway self-help ", b"identifier 1"]).as_slice(), &one.id);
    }

    proptest! {
        #[test]
        fn notes_come_back_in_one_of_five_sizes(notes in proptest::collection::vec(any::<u8>(), 0..5000), nonce in any::<[u8; 24]>(), flip in any::<usize>()) {
            let keys = Keys::of(&Zeroizing::new([3; 16]));
            let mut sealed = keys.seal(&notes, nonce).unwrap();
            prop_assert!(SIZES.contains(&sealed.len()));
            prop_assert_eq!(keys.open(&sealed).unwrap().to_vec(), notes);
            prop_assert!(Keys::of(&Zeroizing::new([4; 16])).open(&sealed).is_none());
            let at = flip % sealed.len();
            sealed[at] ^= 1;
            prop_assert!(keys.open(&sealed).is_none());
        }

        #[test]
        fn any_bytes_open_or_do_not(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
            prop_assert!(Keys::of(&Zeroizing::new([3; 16])).open(&bytes).is_none());
        }
    }
}
