//! A referral: who is referred, on which ground, under which order, and what a plan must reckon with.
//!
//! [`Referral::check`] finds every fault at once, so that a form is corrected in one go. Duplicates are offered by
//! [`possible_duplicates`], never merged.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::codes::coded;
use crate::naming::{NameRefused, tidy_name};

mod availability;
mod duplicates;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails loudly")]
mod tests;

pub use availability::{Availability, AvailabilityRefused, DayPart};
pub use duplicates::{Duplicate, Known, Likeness, near_births, possible_duplicates};

/// The youngest age, in whole years, at which a referral is plausible.
pub const AGE_MIN: i16 = 14;
/// The greatest age, in whole years, at which a referral is plausible.
pub const AGE_MAX: i16 = 100;
/// The longest journey to the place of treatment that is plausible, in minutes one way.
pub const TRAVEL_MAX: u16 = 600;

coded! {
    /// What kind of offence led to the order.
    pub enum OffenceKind {
        /// Viewed or possessed material.
        Viewer = "viewer",
        /// Passed material on.
        Distributor = "distributor",
        /// Travelled, or arranged to travel, to a meeting.
        Travelled = "travelled",
    }
}

coded! {
    /// What a plan must reckon with so that the programme can reach this person.
    pub enum Responsivity {
        /// Reading or writing is hard.
        Reading = "reading",
        /// Hearing is impaired.
        Hearing = "hearing",
        /// Keeping attention is hard.
        Attention = "attention",
        /// Another language is needed.
        Language = "language",
        /// Something else, told in words.
        Other = "other",
    }
}

/// An identifier of a person in some register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identifier {
    /// The register, by its id in the jurisdiction file.
    pub system: String,
    /// The identifier as that register writes it.
    pub value: String,
}

impl Identifier {
    /// The value as it is compared: letters and digits only, large.
    pub fn compared(&self) -> String {
        self.value.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
    }
}

/// The person referred.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Given names, as the person writes them.
    pub given_names: String,
    /// Family names, as the person writes them.
    pub family_names: String,
    /// The day of birth.
    pub born_on: Date,
    /// Identifiers in registers.
    pub identifiers: Vec<Identifier>,
    /// Language the person is best spoken to in, as a language tag such as `es`.
    pub language: String,
    /// Telephone number, if there is one.
    pub telephone: Option<String>,
    /// Address for e-mail, if there is one.
    pub email: Option<String>,
    /// Postal address, if there is one.
    pub address: Option<String>,
}

/// A referral as it is registered. Its free texts are about a person; the store seals them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referral {
    /// The person referred.
    pub person: Person,
    /// The day the referral came.
    pub referred_on: Date,
    /// The legal basis, by its id in the jurisdiction file.
    pub legal_basis: String,
    /// The first day of the order.
    pub order_starts_on: Option<Date>,
    /// The last day of the order.
    pub order_ends_on: Option<Date>,
    /// What led to the order; more than one kind may apply.
    pub offences: Vec<OffenceKind>,
    /// Other proceedings that are open, in words.
    pub other_proceedings: Option<String>,
    /// When the person can come.
    pub availability: Availability,
    /// The journey one way, in minutes.
    pub travel_minutes: Option<u16>,
    /// What a plan must reckon with.
    pub responsivity: Vec<Responsivity>,
    /// What else a plan must reckon with, in words.
    pub responsivity_note: Option<String>,
}

coded! {
    /// A field of the referral form.
    pub enum Field {
        /// Given names.
        GivenNames = "given-names",
        /// Family names.
        FamilyNames = "family-names",
        /// Day of birth.
        BornOn = "born-on",
        /// Identifiers.
        Identifiers = "identifiers",
        /// Language.
        Language = "language",
        /// E-mail.
        Email = "email",
        /// Telephone.
        Telephone = "telephone",
        /// Day of the referral.
        ReferredOn = "referred-on",
        /// Legal basis.
        LegalBasis = "legal-basis",
        /// First day of the order.
        OrderStartsOn = "order-starts-on",
        /// Last day of the order.
        OrderEndsOn = "order-ends-on",
        /// Kinds of offence.
        Offences = "offences",
        /// Availability.
        Availability = "availability",
        /// Journey.
        Travel = "travel-minutes",
        /// Responsivity.
        Responsivity = "responsivity",
    }
}

/// What is wrong, or worth a second look, in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// It must be given.
    Missing,
    /// The name cannot be kept.
    Name(NameRefused),
    /// The date lies in the future.
    InFuture {
        /// The date.
        on: Date,
    },
    /// The age on the day of the referral is not plausible.
    Age {
        /// Whole years.
        years: i16,
    },
    /// The order ends on or before the day it starts.
    EndNotAfterStart {
        /// First day.
        starts_on: Date,
        /// Last day.
        ends_on: Date,
    },
    /// It has not the shape it must have.
    Shape,
    /// It exceeds what is plausible.
    TooMuch {
        /// The most.
        max: u16,
    },
    /// It stands there twice.
    Twice,
    /// A warning: the order ended already.
    OrderEnded {
        /// Last day of the order.
        ends_on: Date,
    },
    /// A warning: nothing says when the person can come.
    NotKnown,
}

impl Problem {
    /// Whether the referral can be registered all the same.
    pub const fn is_warning(&self) -> bool {
        matches!(self, Self::OrderEnded { .. } | Self::NotKnown)
    }
}

/// A problem and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The field.
    pub field: Field,
    /// What is wrong with it.
    pub problem: Problem,
}

/// The age in whole years on a day.
pub fn age_on(born_on: Date, on: Date) -> i16 {
    let had_birthday = (on.month(), on.day()) >= (born_on.month(), born_on.day());
    on.year() - born_on.year() - i16::from(!had_birthday)
}

impl Referral {
    /// Everything that is wrong with this referral and everything worth a second look, in the order of the form.
    /// It can be registered when nothing but warnings is found.
    pub fn check(&self, today: Date) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.person.check(self.referred_on.min(today), today, &mut findings);
        let mut find = |field, problem| findings.push(Finding { field, problem });
        if self.referred_on > today {
            find(Field::ReferredOn, Problem::InFuture { on: self.referred_on });
        }
        if self.legal_basis.trim().is_empty() {
            find(Field::LegalBasis, Problem::Missing);
        }
        if let (Some(starts_on), Some(ends_on)) = (self.order_starts_on, self.order_ends_on)
            && ends_on <= starts_on
        {
            find(Field::OrderEndsOn, Problem::EndNotAfterStart { starts_on, ends_on });
        }
        if let Some(ends_on) = self.order_ends_on.filter(|ends_on| *ends_on < today) {
            find(Field::OrderEndsOn, Problem::OrderEnded { ends_on });
        }
        if self.offences.is_empty() {
            find(Field::Offences, Problem::Missing);
        }
        if self.availability.is_empty() {
            find(Field::Availability, Problem::NotKnown);
        }
        if self.travel_minutes.is_some_and(|minutes| minutes > TRAVEL_MAX) {
            find(Field::Travel, Problem::TooMuch { max: TRAVEL_MAX });
        }
        let said = self.responsivity_note.as_deref().is_some_and(|note| !note.trim().is_empty());
        if self.responsivity.contains(&Responsivity::Other) && !said {
            find(Field::Responsivity, Problem::Missing);
        }
        findings
    }
}

impl Person {
    fn check(&self, referred_on: Date, today: Date, findings: &mut Vec<Finding>) {
        let mut find = |field, problem| findings.push(Finding { field, problem });
        let names = [(Field::GivenNames, &self.given_names), (Field::FamilyNames, &self.family_names)];
        for (field, name) in names {
            match tidy_name(name) {
                Ok(_) => {}
                Err(NameRefused::Empty) => find(field, Problem::Missing),
                Err(refused) => find(field, Problem::Name(refused)),
            }
        }
        if self.born_on > today {
            find(Field::BornOn, Problem::InFuture { on: self.born_on });
        } else {
            let years = age_on(self.born_on, referred_on);
            if !(AGE_MIN..=AGE_MAX).contains(&years) {
                find(Field::BornOn, Problem::Age { years });
            }
        }
        let mut seen = Vec::new();
        for identifier in &self.identifiers {
            let key = (identifier.system.as_str(), identifier.compared());
            if key.1.is_empty() || key.0.is_empty() {
                find(Field::Identifiers, Problem::Missing);
            } else if seen.contains(&key) {
                find(Field::Identifiers, Problem::Twice);
            }
            seen.push(key);
        }
        let tag = self.language.trim();
        if tag.is_empty() {
            find(Field::Language, Problem::Missing);
        } else if !tag.split('-').all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())) {
            find(Field::Language, Problem::Shape);
        }
        if given(self.email.as_ref()).is_some_and(|email| !is_address(email)) {
            find(Field::Email, Problem::Shape);
        }
        if given(self.telephone.as_ref()).is_some_and(|number| !is_telephone(number)) {
            find(Field::Telephone, Problem::Shape);
        }
    }
}

fn given(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}

/// One `@` with something before it and a dotted name after it: enough to catch slips, no more.
fn is_address(email: &str) -> bool {
    email.split_once('@').is_some_and(|(who, host)| {
        let dotted = host.split_once('.').is_some_and(|(name, end)| !name.is_empty() && !end.is_empty());
        !who.is_empty() && dotted && !host.contains('@') && !email.chars().any(|c| c.is_whitespace() || c.is_control())
    })
}

fn is_telephone(number: &str) -> bool {
    let digits = number.chars().filter(char::is_ascii_digit).count();
    (6..=20).contains(&digits) && number.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '+' | '-' | '(' | ')' | '.' | '/'))
}
