//! Passwords, as Argon2id hashes (RFC 9106).

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::db::StoreError;
use crate::vault::Vault;

/// The shortest password taken, in characters.
pub const SHORTEST: usize = 12;
/// The longest: long enough for any sentence, short enough that hashing it costs nothing extra.
pub const LONGEST: usize = 200;

/// 19 MiB, two passes, one lane: the OWASP recommendation for Argon2id.
fn hasher() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT)
}

/// The hash to keep.
pub fn hash(vault: &Vault, password: &str) -> Result<String, StoreError> {
    let mut salt = [0; 16];
    vault.fill(&mut salt);
    hasher()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map(|hash| hash.to_string())
        .map_err(|error| StoreError::Unreadable(error.to_string()))
}

/// Whether a password is the one that was hashed. An unreadable hash is no match.
pub fn matches(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|parsed| hasher().verify_password(password.as_bytes(), &parsed).is_ok())
}

/// A hash of nothing in particular, so that an unknown name costs the same time as a wrong password.
pub fn decoy(vault: &Vault) -> Result<String, StoreError> {
    hash(vault, "nobody has this password")
}
