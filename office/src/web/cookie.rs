//! The cookie that holds a sign-in's token.

use axum::http::HeaderMap;
use axum::http::header::COOKIE;

/// The cookie of a sign-in. With https it carries the `__Host-` prefix, which no other host can set.
#[derive(Debug, Clone, Copy)]
pub struct SignInCookie {
    /// Whether the service is reached by https.
    pub https: bool,
}

impl SignInCookie {
    fn name(self) -> &'static str {
        if self.https { "__Host-fairway" } else { "fairway" }
    }

    /// The header that keeps a token until the browser closes.
    pub fn keep(self, token: &str) -> String {
        let secure = if self.https { "; Secure" } else { "" };
        format!("{}={token}; Path=/; HttpOnly; SameSite=Lax{secure}", self.name())
    }

    /// The header that forgets it.
    pub fn forget(self) -> String {
        let secure = if self.https { "; Secure" } else { "" };
        format!("{}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{secure}", self.name())
    }
}

/// The token a request carries, if any.
pub fn read_token(headers: &HeaderMap, https: bool) -> Option<String> {
    read(headers, SignInCookie { https }.name())
}

/// A cookie's value.
pub fn read(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}
