//! Words in several languages, and version numbers.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A text for people, once per language (key: language tag such as `en`, `es`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub BTreeMap<String, String>);

impl Text {
    /// The text in `language` (`es` also serves `es-MX`). Where that is missing: English, then any language there
    /// is, then the empty string. A checked definition has every text in each of its languages, so the fallback
    /// only serves readers whose language the programme was not written in.
    pub fn in_language(&self, language: &str) -> &str {
        let primary = language.split(['-', '_']).next().unwrap_or(language);
        [language, primary, "en"].iter().find_map(|tag| self.0.get(*tag)).or_else(|| self.0.values().next()).map_or("", String::as_str)
    }

    /// A text from pairs of language tag and words; for tests and for texts made in code.
    pub fn of<const N: usize>(pairs: [(&str, &str); N]) -> Self {
        Self(pairs.into_iter().map(|(tag, words)| (tag.to_owned(), words.to_owned())).collect())
    }
}

/// A definition's version: three numbers, compared in that order. Written and stored as `1.2.3`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Version {
    /// Changes when a case could not move to the new version without a clinician's judgement.
    pub major: u32,
    /// Changes when sessions, targets or measures were added.
    pub minor: u32,
    /// Changes when only wording changed.
    pub patch: u32,
}

/// Why a text is no version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a version is three whole numbers with dots between them, such as 1.0.0")]
pub struct VersionRefused;

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

impl FromStr for Version {
    type Err = VersionRefused;

    fn from_str(written: &str) -> Result<Self, VersionRefused> {
        let number = |part: Option<&str>| -> Result<u32, VersionRefused> {
            let part = part.ok_or(VersionRefused)?;
            let canonical = part == "0" || !part.starts_with('0');
            if !canonical || !part.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(VersionRefused);
            }
            part.parse().map_err(|_| VersionRefused)
        };
        let mut parts = written.split('.');
        let version = Self { major: number(parts.next())?, minor: number(parts.next())?, patch: number(parts.next())? };
        if parts.next().is_some() { Err(VersionRefused) } else { Ok(version) }
    }
}

impl TryFrom<String> for Version {
    type Error = VersionRefused;

    fn try_from(written: String) -> Result<Self, VersionRefused> {
        written.parse()
    }
}

impl From<Version> for String {
    fn from(version: Version) -> Self {
        version.to_string()
    }
}
