//! Style sheet and script files, compiled in. A program serves [`all`] below the address [`crate::Frame::assets`].

use std::path::Path;
use std::sync::OnceLock;

/// A file to serve.
#[derive(Debug)]
pub struct Asset {
    /// Name as in `site/assets`: `fairway.css`.
    pub name: &'static str,
    /// Value of `Content-Type`.
    pub content_type: &'static str,
    /// What is in it.
    pub bytes: &'static [u8],
    /// Sixteen hexadecimal digits that change when the file does (FNV-1a, 64 bits).
    pub hash: String,
}

macro_rules! assets {
    ($($name:literal as $kind:literal),* $(,)?) => {
        [ $( ($name, $kind, include_bytes!(concat!("../assets/", $name)).as_slice()) ),* ]
    };
}

/// Every file. Answer both `name` and `name?v=hash`; the latter never changes and may be kept for a year.
pub fn all() -> &'static [Asset] {
    static ALL: OnceLock<Vec<Asset>> = OnceLock::new();
    ALL.get_or_init(|| {
        assets![
            "fairway.css" as "text/css; charset=utf-8",
            "autosave.js" as "text/javascript; charset=utf-8",
            "confirm.js" as "text/javascript; charset=utf-8",
            "keys.js" as "text/javascript; charset=utf-8",
            "favicon.svg" as "image/svg+xml",
        ]
        .into_iter()
        .map(|(name, content_type, bytes)| Asset { name, content_type, bytes, hash: fingerprint(bytes) })
        .collect()
    })
}

/// The file of a name.
pub fn find(name: &str) -> Option<&'static Asset> {
    all().iter().find(|a| a.name == name)
}

/// The address of a file that changes with it: `fairway.css?v=…`.
pub fn versioned(name: &str) -> String {
    find(name).map_or_else(|| name.to_owned(), |a| format!("{}?v={}", a.name, a.hash))
}

/// Names of the script files, in the order they are linked.
pub fn scripts() -> impl Iterator<Item = &'static str> {
    all().iter().map(|a| a.name).filter(|name| Path::new(name).extension().is_some_and(|e| e == "js"))
}

fn fingerprint(bytes: &[u8]) -> String {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_served_with_their_hash() {
        let style = find("fairway.css").unwrap();
        assert_eq!(versioned("fairway.css"), format!("fairway.css?v={}", style.hash));
        assert_eq!(style.hash.len(), 16);
        assert_eq!(fingerprint(b""), "cbf29ce484222325");
        assert!(find("../Cargo.toml").is_none());
    }
}
