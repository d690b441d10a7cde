//! The secret that several nodes share, so that each opens the other's handles.
//!
//! Every day it becomes the secret of the next day by a step that cannot be taken back, in memory and in its file alike. So who takes a
//! node's secret can open no page of a day that is over (docs/adr/0007).

use std::fs::{OpenOptions, rename};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::civil::{Date, date};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::seal::derive;

/// The first line of a file that a node has written.
const TITLE: &str = "fairway-selfhelp handle secret";
/// The day from which a file of random bytes is counted on, wherever and whenever it is read first.
const FIRST: Date = date(2026, 11, 1);
/// The least number of random bytes.
const LEAST: usize = 32;

/// Why there is no secret.
#[derive(Debug, Error)]
pub enum SecretError {
    /// The file cannot be read.
    #[error("{0} cannot be read: {1}")]
    Read(PathBuf, io::Error),
    /// It cannot be written.
    #[error(
        "{0} cannot be replaced: {1}. The secret is renewed each day: let the program write in the file's folder, best in memory (tmpfs)"
    )]
    Write(PathBuf, io::Error),
    /// It holds too little.
    #[error("{0} is shorter than 32 bytes; make it with: head -c 32 /dev/urandom > FILE")]
    Short(PathBuf),
    /// It begins as ours but does not go on so.
    #[error("{0} is damaged; copy it again from another node, or make a new one for all of them")]
    Damaged(PathBuf),
}

/// A secret, and the day it is of.
pub struct Secret {
    day: Date,
    bytes: Zeroizing<[u8; 32]>,
    file: Option<PathBuf>,
    /// Whether the file holds it.
    written: bool,
}

impl Secret {
    /// A secret without a file, of the day from which files are counted.
    pub fn of(random: &[u8]) -> Self {
        Self { day: FIRST, bytes: derive(random, &[b"fairway self-help shared secret 2"]), file: None, written: false }
    }

    /// Reads a file: at least 32 random bytes, or what a node has made of them. It is brought to `today` and written back.
    pub fn read(file: &Path, today: Date) -> Result<Self, SecretError> {
        let content = Zeroizing::new(std::fs::read(file).map_err(|error| SecretError::Read(file.to_owned(), error))?);
        let mut secret = match std::str::from_utf8(&content).ok().and_then(|text| text.strip_prefix(TITLE)) {
            Some(rest) => Self::parse(rest).ok_or_else(|| SecretError::Damaged(file.to_owned()))?,
            None if content.len() < LEAST => return Err(SecretError::Short(file.to_owned())),
            None => Self::of(&content),
        };
        secret.file = Some(file.to_owned());
        secret.renew(today);
        secret.write()?;
        Ok(secret)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let (day, encoded) = (words.next()?.parse().ok()?, words.next()?);
        let decoded = Zeroizing::new(URL_SAFE_NO_PAD.decode(encoded).ok()?);
        let mut bytes = Zeroizing::new([0; 32]);
        bytes.copy_from_slice(decoded.get(..).filter(|decoded| decoded.len() == 32 && words.next().is_none())?);
        Some(Self { day, bytes, file: None, written: false })
    }

    /// The day it is of.
    pub fn day(&self) -> Date {
        self.day
    }

    /// Makes it the secret of a later day. There is no way back.
    pub fn renew(&mut self, today: Date) {
        while self.day < today {
            self.bytes = next(&self.bytes);
            self.day = self.day.tomorrow().unwrap_or(today);
            self.written = false;
        }
    }

    /// Puts it in the place of its file, if it has one that does not hold it yet.
    pub fn write(&mut self) -> Result<(), SecretError> {
        let Some(file) = self.file.as_ref().filter(|_| !self.written) else { return Ok(()) };
        let text = Zeroizing::new(format!("{TITLE}\n{}\n{}\n", self.day, *Zeroizing::new(URL_SAFE_NO_PAD.encode(self.bytes.as_slice()))));
        // Beside it and then in its place, so that another node on this machine never reads half of it.
        let beside = file.with_extension(format!("new-{}", std::process::id()));
        // What a program of the same number left there, or somebody else laid there, is not written into.
        let _ = std::fs::remove_file(&beside);
        let written = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside);
        let written = written.and_then(|mut new| new.write_all(text.as_bytes()).and_then(|()| new.sync_all()));
        written.and_then(|()| rename(&beside, file)).map_err(|error| {
            let _ = std::fs::remove_file(&beside);
            SecretError::Write(file.clone(), error)
        })?;
        self.written = true;
        Ok(())
    }

    /// The key for handles that are made in a period of this day or one to come.
    pub(super) fn key(&self, period: i64, of: Date) -> Zeroizing<[u8; 32]> {
        let (mut day, mut bytes) = (self.day, self.bytes.clone());
        while day < of {
            bytes = next(&bytes);
            day = day.tomorrow().unwrap_or(of);
        }
        derive(bytes.as_slice(), &[b"fairway self-help handle 2", &period.to_be_bytes()])
    }
}

/// The secret of the day after.
fn next(bytes: &Zeroizing<[u8; 32]>) -> Zeroizing<[u8; 32]> {
    derive(bytes.as_slice(), &[b"fairway self-help next day 2"])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_file_is_renewed_each_day_and_nodes_that_started_on_different_days_agree() {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (folder.path().join("one.secret"), folder.path().join("other.secret"));
        for file in [&one, &other] {
            std::fs::write(file, [7; 40]).unwrap();
        }
        let (first, later) = (date(2026, 12, 1), date(2027, 3, 4));
        let mut early = Secret::read(&one, first).unwrap();
        let begun = std::fs::read(&one).unwrap();
        assert!(!begun.windows(8).any(|window| window == [7; 8]), "what the file held must be gone");
        early.renew(later);
        early.write().unwrap();
        let late = Secret::read(&other, later).unwrap();
        assert_eq!(early.bytes, late.bytes);
        assert_eq!(std::fs::read(&one).unwrap(), std::fs::read(&other).unwrap());
        assert_eq!(Secret::read(&one, later).unwrap().bytes, late.bytes, "a node started again goes on");
        assert_ne!(begun, std::fs::read(&one).unwrap());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "no copy is left beside");
        // The key of a day to come is the one that day's secret gives.
        let mut before = Secret::read(&one, later).unwrap();
        let ahead = before.key(9, later.tomorrow().unwrap());
        before.renew(later.tomorrow().unwrap());
        assert_eq!(ahead, before.key(9, later.tomorrow().unwrap()));
    }

    #[test]
    fn a_file_that_cannot_serve_is_named_with_a_remedy() {
        let folder = tempfile::tempdir().unwrap();
        let today = date(2026, 12, 1);
        let file = folder.path().join("secret");
        let said = |file: &Path| Secret::read(file, today).err().unwrap().to_string();
        assert!(said(&file).contains("cannot be read"));
        std::fs::write(&file, [1; 31]).unwrap();
        assert!(said(&file).contains("head -c 32"));
        for text in ["", "\n2026-12-01\nAAAA\n", "\nyesterday\nAAAA", "\n2026-12-01\n"] {
            std::fs::write(&file, format!("{TITLE}{text}")).unwrap();
            assert!(said(&file).contains("damaged"), "{text}");
        }
        let mut gone = Secret { file: Some(folder.path().join("nowhere/secret")), ..Secret::of(&[1; 32]) };
        assert!(gone.write().unwrap_err().to_string().contains("tmpfs"));
    }

    proptest! {
        #[test]
        fn any_file_is_a_secret_or_an_error(text in "(fairway-selfhelp handle secret)?(\n[0-9-]{0,10})?(\n[A-Za-z0-9_-]{0,50})?|.*") {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("secret");
            std::fs::write(&file, &text).unwrap();
            let _ = Secret::read(&file, date(2026, 12, 1));
        }
    }
}
