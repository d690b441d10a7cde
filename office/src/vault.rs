//! Sealing: every free text about a person is stored under a key of its case (or group).
//!
//! The service key lies in a file beside the database, never in it. It wraps one random key per case; that key seals the
//! case's texts with XChaCha20-Poly1305 (RFC 8439 with an extended nonce), bound to the column and the case, so that a
//! sealed text moved elsewhere does not open. Destroying a case's wrapped key erases its texts.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac as _};
use rand::Rng as _;
use rand_chacha::ChaCha20Rng;
use sha2::Sha256;
use subtle::ConstantTimeEq as _;
use thiserror::Error;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::db::{Db, StoreError, facts};

const NONCE: usize = 24;
const KEY: usize = 32;
const KEY_PROOF: &str = "key-proof";
const PROOF: &str = "service_facts.key-proof";
const WRAPPING: &str = "sealing_keys.wrapped";
/// What sets the key of short secrets apart from every other use of the service key.
const SHORT_SECRETS: &[u8] = b"fairway: short secrets, 1";

/// A text as the database holds it: sealed bytes, which say nothing.
#[derive(Clone, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct Sealed(pub Vec<u8>);

impl std::fmt::Debug for Sealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sealed({} bytes)", self.0.len())
    }
}

impl From<Sealed> for crate::db::Cell {
    fn from(sealed: Sealed) -> Self {
        Self::Bytes(Some(sealed.0))
    }
}

impl From<Option<Sealed>> for crate::db::Cell {
    fn from(sealed: Option<Sealed>) -> Self {
        Self::Bytes(sealed.map(|inner| inner.0))
    }
}

/// Why the service key could not be had.
#[derive(Debug, Error)]
pub enum VaultError {
    /// The file could not be read or made.
    #[error("the service key {file} cannot be {doing}: {cause}. Without it no note can be opened; restore it from its own backup")]
    File {
        /// Which file.
        file: PathBuf,
        /// Read or made.
        doing: &'static str,
        /// What the system said.
        cause: std::io::Error,
    },
    /// The file does not hold a key.
    #[error("the service key {file} does not hold 64 hexadecimal digits; restore it from its own backup")]
    Shape {
        /// Which file.
        file: PathBuf,
    },
    /// The key does not open this database.
    #[error("the service key {file} is not the one this database was sealed with; restore the right one from its own backup")]
    Wrong {
        /// Which file.
        file: PathBuf,
    },
}

/// Why a key could not be proved.
#[derive(Debug, Error)]
pub enum ProveError {
    /// It is the wrong one.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The service key, and the randomness that sealing needs.
#[derive(Clone)]
pub struct Vault {
    key: Arc<Zeroizing<[u8; KEY]>>,
    random: Arc<Mutex<ChaCha20Rng>>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault")
    }
}

/// The key of one case or group, opened.
#[derive(Clone)]
pub struct CaseKey {
    owner: Uuid,
    key: Arc<Zeroizing<[u8; KEY]>>,
    random: Arc<Mutex<ChaCha20Rng>>,
}

impl std::fmt::Debug for CaseKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CaseKey({})", self.owner)
    }
}

impl Vault {
    /// The vault whose key lies in `file`, made at the first start and readable by its owner only.
    pub fn open(file: &Path, mut random: ChaCha20Rng) -> Result<Self, VaultError> {
        let failed = |doing| move |cause| VaultError::File { file: file.to_owned(), doing, cause };
        let key = match fs::read_to_string(file) {
            Ok(text) => {
                let text = Zeroizing::new(text);
                let mut key = Zeroizing::new([0; KEY]);
                hex::decode_to_slice(text.trim(), key.as_mut_slice()).map_err(|_| VaultError::Shape { file: file.to_owned() })?;
                key
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let mut key = Zeroizing::new([0; KEY]);
                random.fill_bytes(key.as_mut_slice());
                write_private(file, &hex::encode(key.as_slice())).map_err(failed("made"))?;
                key
            }
            Err(error) => return Err(failed("read")(error)),
        };
        Ok(Self::with_key(key, random))
    }

    /// A vault with a key at hand: for tests and for the demo's own memory.
    pub fn with_key(key: Zeroizing<[u8; KEY]>, random: ChaCha20Rng) -> Self {
        Self { key: Arc::new(key), random: Arc::new(Mutex::new(random)) }
    }

    /// Fills a buffer from the vault's randomness.
    pub fn fill(&self, buffer: &mut [u8]) {
        self.random.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(buffer);
    }

    /// A fresh key for a case or group, and the wrapped form which the database keeps.
    pub fn new_key(&self, owner: Uuid) -> Result<(CaseKey, Sealed), StoreError> {
        let mut key = Zeroizing::new([0; KEY]);
        self.fill(key.as_mut_slice());
        let wrapped = seal(&self.key, &self.random, owner, WRAPPING, key.as_slice())?;
        Ok((self.case_key(owner, key), wrapped))
    }

    /// Opens a wrapped key.
    pub fn unwrap_key(&self, owner: Uuid, wrapped: &Sealed) -> Result<CaseKey, StoreError> {
        let bytes = Zeroizing::new(open(&self.key, owner, WRAPPING, wrapped)?);
        let mut key = Zeroizing::new([0; KEY]);
        if bytes.len() != KEY {
            return Err(StoreError::Sealed);
        }
        key.copy_from_slice(&bytes);
        Ok(self.case_key(owner, key))
    }

    /// What the database keeps of a short secret (a PIN, a code): 32 bytes that only this key can make, bound to the place they
    /// stand for, so that they serve nowhere else. See ADR 8.
    pub fn vouch(&self, place: &[u8], secret: &str) -> Vec<u8> {
        let apart = authenticated(self.key.as_slice(), &[SHORT_SECRETS]);
        let length = u64::try_from(place.len()).unwrap_or(u64::MAX).to_le_bytes();
        authenticated(apart.as_slice(), &[&length, place, secret.as_bytes()]).to_vec()
    }

    /// Whether a short secret is the one that was vouched for at this place, in the same time for every wrong one.
    pub fn is_vouched(&self, place: &[u8], secret: &str, kept: &[u8]) -> bool {
        self.vouch(place, secret).ct_eq(kept).into()
    }

    /// Makes sure that this key is the one the database was sealed with; the first start leaves the proof.
    pub async fn prove(&self, db: &Db, file: &Path) -> Result<(), ProveError> {
        let mut tx = db.write().await?;
        if let Some(proof) = facts::read(&mut tx, KEY_PROOF).await? {
            let sealed = Sealed(hex::decode(proof).map_err(|_| StoreError::Sealed)?);
            open(&self.key, Uuid::nil(), PROOF, &sealed).map_err(|_| VaultError::Wrong { file: file.to_owned() })?;
            return Ok(());
        }
        let sealed = seal(&self.key, &self.random, Uuid::nil(), PROOF, b"fairway")?;
        facts::keep(&mut tx, KEY_PROOF, &hex::encode(sealed.0)).await?;
        tx.commit().await?;
        Ok(())
    }

    fn case_key(&self, owner: Uuid, key: Zeroizing<[u8; KEY]>) -> CaseKey {
        CaseKey { owner, key: Arc::new(key), random: Arc::clone(&self.random) }
    }
}

impl CaseKey {
    /// Seals a text for one column (`table.column`).
    pub fn seal(&self, column: &'static str, text: &str) -> Result<Sealed, StoreError> {
        seal(&self.key, &self.random, self.owner, column, text.as_bytes())
    }

    /// Seals a text that may be missing or blank; a blank one is stored as none.
    pub fn seal_some(&self, column: &'static str, text: Option<&str>) -> Result<Option<Sealed>, StoreError> {
        text.map(str::trim).filter(|text| !text.is_empty()).map(|text| self.seal(column, text)).transpose()
    }

    /// Opens a text of that column.
    pub fn open(&self, column: &'static str, sealed: &Sealed) -> Result<String, StoreError> {
        String::from_utf8(open(&self.key, self.owner, column, sealed)?).map_err(|_| StoreError::Sealed)
    }

    /// Opens a text that may be missing.
    pub fn open_some(&self, column: &'static str, sealed: Option<&Sealed>) -> Result<Option<String>, StoreError> {
        sealed.map(|sealed| self.open(column, sealed)).transpose()
    }
}

fn seal(key: &[u8; KEY], random: &Mutex<ChaCha20Rng>, owner: Uuid, column: &str, text: &[u8]) -> Result<Sealed, StoreError> {
    let mut nonce = [0; NONCE];
    random.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut nonce);
    let bound = bound_to(owner, column);
    let payload = Payload { msg: text, aad: &bound };
    let sealed = XChaCha20Poly1305::new(key.into()).encrypt(&XNonce::from(nonce), payload).map_err(|_| StoreError::Sealed)?;
    let mut bytes = Vec::with_capacity(NONCE + sealed.len());
    bytes.extend_from_slice(&nonce);
    bytes.extend_from_slice(&sealed);
    Ok(Sealed(bytes))
}

fn open(key: &[u8; KEY], owner: Uuid, column: &str, sealed: &Sealed) -> Result<Vec<u8>, StoreError> {
    let (nonce, body) = sealed.0.split_at_checked(NONCE).ok_or(StoreError::Sealed)?;
    let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| StoreError::Sealed)?;
    let bound = bound_to(owner, column);
    XChaCha20Poly1305::new(key.into()).decrypt(&XNonce::from(nonce), Payload { msg: body, aad: &bound }).map_err(|_| StoreError::Sealed)
}

/// HMAC-SHA256 (RFC 2104) of these parts, one after another.
fn authenticated(key: &[u8], parts: &[&[u8]]) -> Zeroizing<[u8; KEY]> {
    // A key of any length will do, so the refusal that the interface allows for does not come.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { unreachable!("HMAC takes a key of any length") };
    for part in parts {
        mac.update(part);
    }
    Zeroizing::new(mac.finalize().into_bytes().into())
}

fn bound_to(owner: Uuid, column: &str) -> Vec<u8> {
    [owner.as_bytes().as_slice(), column.as_bytes()].concat()
}

fn write_private(file: &Path, text: &str) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = options.open(file)?;
    writeln!(out, "{text}")?;
    out.sync_all()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails loudly")]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::SeedableRng as _;

    fn vault() -> Vault {
        Vault::with_key(Zeroizing::new([7; KEY]), ChaCha20Rng::seed_from_u64(1))
    }

    proptest! {
        #[test]
        fn what_was_sealed_opens_only_where_it_belongs(text in ".{0,200}") {
            let vault = vault();
            let (key, wrapped) = vault.new_key(Uuid::from_u128(1)).unwrap();
            let sealed = key.seal("notes.body", &text).unwrap();
            let again = vault.unwrap_key(Uuid::from_u128(1), &wrapped).unwrap();
            prop_assert_eq!(again.open("notes.body", &sealed).unwrap(), text);
            prop_assert!(again.open("notes.other", &sealed).is_err());
            prop_assert!(vault.unwrap_key(Uuid::from_u128(2), &wrapped).is_err());
            let (stranger, _) = vault.new_key(Uuid::from_u128(1)).unwrap();
            prop_assert!(stranger.open("notes.body", &sealed).is_err());
        }

        #[test]
        fn a_damaged_text_does_not_open_and_does_not_panic(place in 0usize..60, cut in 0usize..60) {
            let vault = vault();
            let (key, _) = vault.new_key(Uuid::from_u128(1)).unwrap();
            let mut sealed = key.seal("notes.body", "an invented sentence").unwrap();
            let place = place % sealed.0.len();
            sealed.0[place] ^= 1;
            prop_assert!(key.open("notes.body", &sealed).is_err());
            sealed.0.truncate(cut);
            prop_assert!(key.open("notes.body", &sealed).is_err());
        }
    }

    #[test]
    fn a_short_secret_is_vouched_for_by_one_key_at_one_place() {
        let (vault, place) = (vault(), [5; 32]);
        let kept = vault.vouch(&place, "4711");
        assert_eq!(kept, vault.vouch(&place, "4711"), "nothing random is in it");
        assert!(vault.is_vouched(&place, "4711", &kept));
        for (place, secret) in
            [(&[5; 32][..], "4712"), (&[5; 32], "471"), (&[5; 32], "47110"), (&[5; 32], ""), (&[6; 32], "4711"), (&[5; 31], "\u{5}4711")]
        {
            assert!(!vault.is_vouched(place, secret, &kept), "{secret}");
        }
        for kept in [&kept[..31], &[], &[kept.as_slice(), &[0]].concat()] {
            assert!(!vault.is_vouched(&place, "4711", kept));
        }
        let stranger = Vault::with_key(Zeroizing::new([8; KEY]), ChaCha20Rng::seed_from_u64(1));
        assert!(!stranger.is_vouched(&place, "4711", &kept));
        // Neither the key itself nor the plain hash of place and secret would do.
        assert_ne!(kept, authenticated(&[7; KEY], &[&32_u64.to_le_bytes(), &place, b"4711"]).to_vec());
    }

    #[test]
    fn the_key_file_is_made_once_and_read_after() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("service.key");
        let first = Vault::open(&file, ChaCha20Rng::seed_from_u64(1)).unwrap();
        let (_, wrapped) = first.new_key(Uuid::from_u128(1)).unwrap();
        let second = Vault::open(&file, ChaCha20Rng::seed_from_u64(2)).unwrap();
        assert!(second.unwrap_key(Uuid::from_u128(1), &wrapped).is_ok());
        fs::write(&file, "not a key").unwrap();
        assert!(matches!(Vault::open(&file, ChaCha20Rng::seed_from_u64(3)), Err(VaultError::Shape { .. })));
    }
}
