//! What the law of a place demands, read from `content/jurisdictions/<id>.toml` (format: docs/jurisdiction-format.md).
//!
//! No article of law and no deadline stands in code: legal bases, reports, deadlines of concerns, identifiers,
//! retention and holidays are all here.

use std::ops::RangeInclusive;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::{Closed, HolidayRule};
use crate::codes::coded;
use crate::concern::ConcernKind;
use crate::programme::Text;

mod fault;
mod identifier;
mod read;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails loudly")]
mod tests;

pub use fault::{Fault, Problem};
pub use identifier::{IdentifierRefused, Pattern, PatternRefused};

/// The law of a place, as far as the program needs it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jurisdiction {
    /// Version of the format; 1.
    pub format: u16,
    /// The file's name without its ending.
    pub id: String,
    /// Name.
    pub title: Text,
    /// The languages every text is written in.
    pub languages: Vec<String>,
    /// `false` while nobody at the service has compared the file with the law in force.
    #[serde(default)]
    pub checked: Option<bool>,
    /// The day on which somebody did.
    #[serde(default)]
    pub checked_on: Option<Date>,
    /// Who refers and who receives reports.
    #[serde(default)]
    pub authorities: Vec<Authority>,
    /// On which grounds a person may be referred; at least one.
    pub legal_bases: Vec<LegalBasis>,
    /// Which reports fall due.
    #[serde(default)]
    pub reports: Vec<Report>,
    /// How fast each kind of concern must be acted upon; each kind once.
    pub concerns: Vec<ConcernRule>,
    /// Which identifiers a person may have.
    #[serde(default)]
    pub identifiers: Vec<IdentifierRule>,
    /// How long records are kept.
    pub retention: Retention,
    /// Days on which nothing is held.
    #[serde(default)]
    pub holidays: Vec<Holiday>,
    /// What is said before anybody discloses.
    pub confidentiality: Confidentiality,
}

/// Who refers and who receives reports.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// Its id.
    pub id: String,
    /// Name.
    pub title: Text,
}

/// A ground on which a person may be referred.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalBasis {
    /// Its id.
    pub id: String,
    /// Name.
    pub title: Text,
    /// The provision as lawyers write it; empty while the service has to fill it in.
    #[serde(default)]
    pub cite: String,
    /// Shown beneath the choice.
    pub note: Text,
    /// Whether a referral on this ground needs the order's end.
    pub order_ends_required: bool,
}

/// A report that falls due.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Its id.
    pub id: String,
    /// Name.
    pub title: Text,
    /// Ids of the authorities that receive it; at least one.
    pub to: Vec<String>,
    /// Ids of the legal bases it is due for; left out, every one.
    #[serde(default)]
    pub legal_bases: Option<Vec<String>>,
    /// When; at least once.
    pub due: Vec<Due>,
    /// The provision.
    #[serde(default)]
    pub cite: String,
}

impl Report {
    /// Whether this report is due for a case on this legal basis.
    pub fn applies_to(&self, legal_basis: &str) -> bool {
        self.legal_bases.as_ref().is_none_or(|bases| bases.iter().any(|id| id == legal_basis))
    }
}

/// A point at which a report falls due. Days are calendar days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Due {
    /// Every so many months from the first session until the case ends.
    EveryMonths {
        /// At least 1.
        months: u16,
    },
    /// After completion.
    Completion {
        /// Days after it.
        #[serde(default)]
        within_days: u16,
    },
    /// After an early end.
    EndedEarly {
        /// Days after it.
        #[serde(default)]
        within_days: u16,
    },
    /// After a concern was recorded.
    Concern {
        /// Its kind.
        kind: ConcernKind,
        /// Days after it.
        #[serde(default)]
        within_days: u16,
    },
}

/// How fast a kind of concern must be acted upon.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConcernRule {
    /// The kind.
    pub id: ConcernKind,
    /// Name.
    pub title: Text,
    /// Hours from the recording to the deadline; at least 1.
    pub due_within_hours: u32,
    /// What to do, shown while recording.
    pub help: Text,
    /// The provision.
    #[serde(default)]
    pub cite: String,
}

coded! {
    /// A named rule for the check letter of an identifier.
    pub enum CheckRule {
        /// Spain's national identity number.
        EsDni = "es-dni",
        /// Spain's identity number for foreigners.
        EsNie = "es-nie",
    }
}

/// An identifier a person may have.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentifierRule {
    /// Its id.
    pub id: String,
    /// Name.
    pub title: Text,
    /// The shape of the whole value, upper-cased and without spaces.
    pub pattern: Pattern,
    /// The rule of its check letter, if it has one.
    #[serde(default)]
    pub check: Option<CheckRule>,
    /// An invented example.
    #[serde(default)]
    pub example: Option<String>,
}

coded! {
    /// From when retention is counted.
    pub enum RetentionFrom {
        /// The end of the case.
        CaseEnd = "case-end",
    }
}

/// How long records are kept.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Months; at least 1.
    pub months: u16,
    /// From when they are counted.
    pub from: RetentionFrom,
    /// The need to keep is reviewed at least so often.
    #[serde(default)]
    pub review_months: Option<u16>,
    /// A note for people.
    pub note: Text,
    /// The provision.
    #[serde(default)]
    pub cite: String,
}

/// A day on which nothing is held: exactly one of the three ways to say when.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// `MM-DD`, every year.
    #[serde(default)]
    pub fixed: Option<String>,
    /// Days from Easter Sunday.
    #[serde(default)]
    pub easter: Option<i16>,
    /// One date.
    #[serde(default)]
    pub on: Option<Date>,
    /// Name.
    pub title: Text,
}

/// When a holiday is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HolidayOn {
    /// The same day every year.
    Fixed {
        /// 1 to 12.
        month: i8,
        /// 1 to 31.
        day: i8,
    },
    /// Days from Easter Sunday.
    Easter {
        /// -100 to 100.
        offset: i16,
    },
    /// One date.
    On(Date),
}

impl Holiday {
    /// When it is; nothing when the file says it in no way or in several, which reading it refuses.
    pub fn when(&self) -> Option<HolidayOn> {
        match (&self.fixed, self.easter, self.on) {
            (Some(fixed), None, None) => {
                let (month, day) = fixed.split_once('-').filter(|(month, day)| month.len() == 2 && day.len() == 2)?;
                let (month, day) = (month.parse().ok()?, day.parse().ok()?);
                // 2028 is a leap year, so that 29 February is a day.
                Date::new(2028, month, day).ok().map(|_| HolidayOn::Fixed { month, day })
            }
            (None, Some(offset), None) => (-100..=100).contains(&offset).then_some(HolidayOn::Easter { offset }),
            (None, None, Some(on)) => Some(HolidayOn::On(on)),
            _ => None,
        }
    }
}

/// What is shown, and confirmed with a date, before anybody discloses.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confidentiality {
    /// Name.
    pub title: Text,
    /// Its paragraphs; at least one.
    pub paragraphs: Vec<Text>,
    /// The provision.
    #[serde(default)]
    pub cite: String,
}

impl Jurisdiction {
    /// Reads a file and finds every fault in it. The TOML reader stops at its first fault; what stands in a file that
    /// reads is then checked as a whole.
    pub fn read(text: &str) -> Result<Self, Vec<Fault>> {
        read::read(text)
    }

    /// A legal basis by its id.
    pub fn legal_basis(&self, id: &str) -> Option<&LegalBasis> {
        self.legal_bases.iter().find(|basis| basis.id == id)
    }

    /// An authority by its id.
    pub fn authority(&self, id: &str) -> Option<&Authority> {
        self.authorities.iter().find(|authority| authority.id == id)
    }

    /// A report by its id.
    pub fn report(&self, id: &str) -> Option<&Report> {
        self.reports.iter().find(|report| report.id == id)
    }

    /// An identifier's rule by its id.
    pub fn identifier(&self, id: &str) -> Option<&IdentifierRule> {
        self.identifiers.iter().find(|identifier| identifier.id == id)
    }

    /// The rule for a kind of concern.
    pub fn concern(&self, kind: ConcernKind) -> Option<&ConcernRule> {
        self.concerns.iter().find(|concern| concern.id == kind)
    }

    /// The days of these years on which nothing is held by law or custom of the place.
    pub fn closed(&self, years: RangeInclusive<i16>) -> Closed {
        let when = || self.holidays.iter().filter_map(Holiday::when);
        let rules = when().filter_map(|when| match when {
            HolidayOn::Fixed { month, day } => Some(HolidayRule::Fixed { month, day }),
            HolidayOn::Easter { offset } => Some(HolidayRule::Easter { offset }),
            HolidayOn::On(_) => None,
        });
        let mut closed = Closed::of(rules, years.clone());
        for when in when() {
            if let HolidayOn::On(on) = when
                && years.contains(&on.year())
            {
                closed.close(on);
            }
        }
        closed
    }

    /// Whether somebody at the service has compared the file with the law in force.
    pub const fn is_checked(&self) -> bool {
        self.checked_on.is_some()
    }
}
