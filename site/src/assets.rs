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
            "faults.js" as "text/javascript; charset=utf-8",
            "keys.js" as "text/javascript; charset=utf-8",
            "print.js" as "text/javascript; charset=utf-8",
            "measures.js" as "text/javascript; charset=utf-8",
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
    use std::collections::BTreeMap;

    use super::*;

    /// The colour tokens of the rule that begins with `opening`.
    fn tokens(opening: &str) -> BTreeMap<String, [f64; 3]> {
        let style = std::str::from_utf8(find("fairway.css").unwrap().bytes).unwrap();
        let rule = style.split_once(opening).unwrap().1.split('}').next().unwrap();
        let mut found = BTreeMap::new();
        for (name, value) in rule.split(';').filter_map(|d| d.split_once(':')) {
            let Some(hex) = value.trim().strip_prefix('#') else { continue };
            let full: String = if hex.len() == 3 { hex.chars().flat_map(|c| [c, c]).collect() } else { hex.to_owned() };
            let part = |at: usize| f64::from(u8::from_str_radix(&full[at..at + 2], 16).unwrap()) / 255.0;
            found.insert(name.trim().trim_start_matches("--").to_owned(), [part(0), part(2), part(4)]);
        }
        found
    }

    /// Contrast of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio).
    fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
        let linear = |c: f64| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) };
        let light = |c: [f64; 3]| 0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2]);
        let (one, other) = (light(one) + 0.05, light(other) + 0.05);
        one.max(other) / one.min(other)
    }

    #[test]
    fn colours_can_be_read_by_day_and_night() {
        for opening in [":root {", ":root:not([data-theme=\"light\"]) {", ":root[data-theme=\"dark\"] {"] {
            let tokens = tokens(opening);
            let text = [
                "ink paper",
                "ink surface",
                "ink soft",
                "muted paper",
                "muted surface",
                "muted soft",
                "sea paper",
                "sea surface",
                "sea soft",
                "buoy buoy-soft",
                "moss moss-soft",
                "stop stop-soft",
                "stop surface",
                "on-sea sea",
                "on-sea sea-deep",
                "on-sea stop",
                "sea-deep sea-soft",
                "ink sea-soft",
                "ink moss-soft",
            ];
            let shapes = ["edge surface", "edge paper", "buoy surface", "buoy paper", "moss soft", "sea sea-soft"];
            let wanted = text.iter().map(|p| (p, 4.5)).chain(shapes.iter().map(|p| (p, 3.0)));
            for (pair, least) in wanted {
                let (one, other) = pair.split_once(' ').unwrap();
                let got = contrast(tokens[one], tokens[other]);
                assert!(got >= least, "{opening} {pair}: {got:.2}, at least {least}");
            }
        }
    }

    #[test]
    fn names_are_served_with_their_hash() {
        let style = find("fairway.css").unwrap();
        assert_eq!(versioned("fairway.css"), format!("fairway.css?v={}", style.hash));
        assert_eq!(style.hash.len(), 16);
        assert_eq!(fingerprint(b""), "cbf29ce484222325");
        assert!(find("../Cargo.toml").is_none());
    }
}
