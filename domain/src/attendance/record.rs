//! The life of a session's record: a draft, saved, signed; after that only amendments.

use jiff::Timestamp;
use thiserror::Error;

use crate::codes::coded;

coded! {
    /// Where a record stands.
    pub enum RecordStatus {
        /// Kept while typing; it counts for nothing yet.
        Draft = "draft",
        /// Saved: it counts, and can still be changed.
        Saved = "saved",
        /// Signed: it stands, and can only be amended.
        Signed = "signed",
    }
}

/// A change to a signed record; the original stands beside it. The words themselves are kept by the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment<Who> {
    /// Who amended.
    pub by: Who,
    /// When.
    pub at: Timestamp,
}

/// The state of one session's record. `Who` names a person of the staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordState<Who> {
    /// Kept while typing.
    Draft {
        /// Who wrote last.
        by: Who,
        /// When.
        at: Timestamp,
    },
    /// Saved, not signed.
    Saved {
        /// Who saved last.
        by: Who,
        /// When.
        at: Timestamp,
    },
    /// Signed.
    Signed {
        /// Who signed.
        by: Who,
        /// When.
        at: Timestamp,
        /// What was amended since, in order.
        amendments: Vec<Amendment<Who>>,
    },
}

/// Why a record cannot be written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum WriteRefused {
    /// It is signed: what it says now is changed by an amendment only.
    #[error("a signed record is amended, not changed")]
    Signed,
    /// A draft cannot take the place of what has been saved.
    #[error("the record has been saved; a draft would undo that")]
    Saved,
    /// Its members' attendance is not all there.
    #[error("{0} members have no attendance yet")]
    Incomplete(usize),
    /// The session has not begun.
    #[error("a session is recorded once it has begun")]
    BeforeSession,
}

/// Why a record cannot be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SignRefused {
    /// A draft is saved first.
    #[error("a draft is saved before it is signed")]
    NotSaved,
    /// It has been signed.
    #[error("the record is signed already")]
    AlreadySigned,
    /// The signature would be older than what it signs.
    #[error("a signature cannot be older than the record")]
    BeforeSaved,
}

/// Why a record cannot be amended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AmendRefused {
    /// It is not signed: it can simply be changed.
    #[error("only a signed record is amended; this one can still be changed")]
    NotSigned,
    /// The amendment would be older than the signature or the amendment before it.
    #[error("an amendment cannot be older than what it amends")]
    OutOfOrder,
}

impl<Who> RecordState<Who> {
    /// The first words typed.
    pub fn begin(by: Who, at: Timestamp) -> Self {
        Self::Draft { by, at }
    }

    /// Where it stands.
    pub const fn status(&self) -> RecordStatus {
        match self {
            Self::Draft { .. } => RecordStatus::Draft,
            Self::Saved { .. } => RecordStatus::Saved,
            Self::Signed { .. } => RecordStatus::Signed,
        }
    }

    /// Keeps what has been typed since.
    pub fn keep_draft(self, by: Who, at: Timestamp) -> Result<Self, WriteRefused> {
        match self {
            Self::Draft { .. } => Ok(Self::Draft { by, at }),
            Self::Saved { .. } => Err(WriteRefused::Saved),
            Self::Signed { .. } => Err(WriteRefused::Signed),
        }
    }

    /// Saves it, for the first time or again. `starts_at` is the session's beginning, `unrecorded` the number of its
    /// members without attendance.
    pub fn save(self, by: Who, at: Timestamp, starts_at: Timestamp, unrecorded: usize) -> Result<Self, WriteRefused> {
        match self {
            Self::Signed { .. } => Err(WriteRefused::Signed),
            _ if at < starts_at => Err(WriteRefused::BeforeSession),
            _ if unrecorded > 0 => Err(WriteRefused::Incomplete(unrecorded)),
            Self::Draft { .. } | Self::Saved { .. } => Ok(Self::Saved { by, at }),
        }
    }

    /// Signs what has been saved.
    pub fn sign(self, by: Who, at: Timestamp) -> Result<Self, SignRefused> {
        match self {
            Self::Draft { .. } => Err(SignRefused::NotSaved),
            Self::Saved { at: saved_at, .. } if at < saved_at => Err(SignRefused::BeforeSaved),
            Self::Saved { .. } => Ok(Self::Signed { by, at, amendments: Vec::new() }),
            Self::Signed { .. } => Err(SignRefused::AlreadySigned),
        }
    }

    /// Amends what has been signed; the signature and the earlier amendments stay.
    ///
    /// ```
    /// use fairway_domain::attendance::{AmendRefused, RecordState};
    /// use jiff::Timestamp;
    /// let at = |second| Timestamp::from_second(second).unwrap();
    /// let saved = RecordState::begin("alba", at(100)).save("alba", at(200), at(0), 0).unwrap();
    /// assert_eq!(saved.clone().amend("ivo", at(400)), Err(AmendRefused::NotSigned));
    /// let signed = saved.sign("alba", at(300)).unwrap();
    /// assert!(signed.amend("ivo", at(400)).is_ok());
    /// ```
    pub fn amend(self, by: Who, at: Timestamp) -> Result<Self, AmendRefused> {
        let Self::Signed { by: signed_by, at: signed_at, mut amendments } = self else {
            return Err(AmendRefused::NotSigned);
        };
        let last_at = amendments.last().map_or(signed_at, |last| last.at);
        if at < last_at {
            return Err(AmendRefused::OutOfOrder);
        }
        amendments.push(Amendment { by, at });
        Ok(Self::Signed { by: signed_by, at: signed_at, amendments })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails loudly")]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn saved() -> RecordState<&'static str> {
        RecordState::begin("alba", at(10)).save("alba", at(20), at(0), 0).unwrap()
    }

    #[test]
    fn a_record_is_saved_when_the_session_has_begun_and_everybody_is_recorded() {
        let draft = RecordState::begin("alba", at(10));
        let early = draft.clone().save("alba", at(20), at(21), 0);
        assert_eq!(early, Err(WriteRefused::BeforeSession));
        assert_eq!(draft.clone().save("alba", at(20), at(0), 2), Err(WriteRefused::Incomplete(2)));
        assert_eq!(draft.save("ivo", at(20), at(20), 0), Ok(RecordState::Saved { by: "ivo", at: at(20) }));
        assert!(saved().save("ivo", at(30), at(0), 0).is_ok());
        assert_eq!(saved().keep_draft("ivo", at(30)), Err(WriteRefused::Saved));
    }

    #[test]
    fn only_what_is_saved_is_signed_and_only_once() {
        let draft = RecordState::begin("alba", at(10));
        assert_eq!(draft.sign("alba", at(30)), Err(SignRefused::NotSaved));
        assert_eq!(saved().sign("alba", at(19)), Err(SignRefused::BeforeSaved));
        let signed = saved().sign("alba", at(20)).unwrap();
        assert_eq!(signed.status(), RecordStatus::Signed);
        assert_eq!(signed.clone().sign("ivo", at(40)), Err(SignRefused::AlreadySigned));
        assert_eq!(signed.clone().save("ivo", at(40), at(0), 0), Err(WriteRefused::Signed));
        assert_eq!(signed.keep_draft("ivo", at(40)), Err(WriteRefused::Signed));
    }

    #[test]
    fn an_amendment_keeps_signature_and_earlier_amendments() {
        let signed = saved().sign("alba", at(30)).unwrap();
        assert_eq!(signed.clone().amend("ivo", at(29)), Err(AmendRefused::OutOfOrder));
        let twice = signed.amend("ivo", at(40)).unwrap().amend("noor", at(50)).unwrap();
        assert_eq!(twice.clone().amend("ivo", at(49)), Err(AmendRefused::OutOfOrder));
        let RecordState::Signed { by, at: signed_at, amendments } = twice else { panic!("signed") };
        assert_eq!((by, signed_at, amendments.len()), ("alba", at(30), 2));
        assert_eq!(amendments[0], Amendment { by: "ivo", at: at(40) });
    }
}
