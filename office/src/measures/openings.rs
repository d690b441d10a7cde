//! Tokens, PINs and codes: how a participant gets to a form without an account.

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

use crate::app::App;

/// How long a handed-over device may be answered on: a session's length with room to spare.
pub const DEVICE: SignedDuration = SignedDuration::from_hours(3);
/// How long a link holds.
pub const LINK: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Wrong PINs or codes until the opening ends.
pub const MOST_ATTEMPTS: i64 = 5;

/// A new opening's secrets. The database gets a hash of the token and a code that only the service key can make of the secret.
#[derive(Debug)]
pub struct Secrets {
    /// What the address holds.
    pub token: String,
    /// The code that is told apart from the link; of a device, the PIN that staff chose.
    pub secret: String,
}

/// A token, and a code of six digits unless staff chose a PIN.
pub fn secrets(app: &App, pin: Option<String>) -> Secrets {
    let mut random = [0; 40];
    app.vault.fill(&mut random);
    let token = hex::encode(&random[..32]);
    let secret = pin.unwrap_or_else(|| {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&random[32..]);
        format!("{:06}", u64::from_le_bytes(bytes) % 1_000_000)
    });
    Secrets { token, secret }
}

/// The token as the database knows it.
pub fn hashed(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// Whether a text has the shape of a token.
pub fn is_token(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// The demo's link and the real one alike: when it ends.
pub fn ends_at(now: Timestamp, way: &str) -> Timestamp {
    now + if way == "device" { DEVICE } else { LINK }
}

/// The name of the cookie that ties a browser to an opening.
pub fn cookie_name(way: &str) -> &'static str {
    if way == "device" { KIOSK } else { ANSWER }
}

/// The cookie of a device handed over; while a browser has it, it gets nowhere else.
pub const KIOSK: &str = "fairway-kiosk";
const ANSWER: &str = "fairway-answer";

/// The header that ties a browser to an opening.
pub fn keep(app: &App, way: &str, token: &str) -> String {
    let secure = if app.https { "; Secure" } else { "" };
    format!("{}={token}; Path=/; HttpOnly; SameSite=Lax{secure}", cookie_name(way))
}

/// The header that unties it.
pub fn forget(app: &App, way: &str) -> String {
    let secure = if app.https { "; Secure" } else { "" };
    format!("{}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}", cookie_name(way))
}
