//! Whether a person referred may be known already.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::Person;
use crate::naming::{rank, words};

/// A person known already, under whatever the caller tells people apart by.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a, Id> {
    /// Whatever identifies the person for the caller.
    pub id: Id,
    /// What is known.
    pub person: &'a Person,
}

/// One reason to think that two entries are one person.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Likeness {
    /// The same identifier in the same register.
    SameIdentifier {
        /// The register.
        system: String,
    },
    /// The same day of birth.
    SameBirth,
    /// Days of birth that differ by one digit, or by day and month swapped.
    NearBirth,
    /// The same names, accents and case aside.
    SameName,
    /// The same names with given and family names swapped.
    SwappedNames,
    /// Names that differ by a typing slip or by a name left out.
    SimilarName,
}

impl Likeness {
    /// What this reason weighs; 100 is as good as certain.
    pub const fn weight(&self) -> u16 {
        match self {
            Self::SameIdentifier { .. } => 100,
            Self::SameBirth | Self::SameName => 40,
            Self::SwappedNames => 35,
            Self::SimilarName => 25,
            Self::NearBirth => 20,
        }
    }
}

/// A known person who may be the one referred, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate<Id> {
    /// Whatever identifies the known person for the caller.
    pub id: Id,
    /// 45 to 100; more is likelier.
    pub score: u16,
    /// The reasons, the weightiest first.
    pub reasons: Vec<Likeness>,
}

/// The least score that is offered: a name or a day of birth alone is shared by too many.
const OFFERED: u16 = 45;

/// The known persons who may be the candidate, likeliest first. Nothing is merged: a person decides.
pub fn possible_duplicates<'a, Id>(candidate: &Person, known: impl IntoIterator<Item = Known<'a, Id>>) -> Vec<Duplicate<Id>> {
    let names = Names::of(candidate);
    let mut found: Vec<Duplicate<Id>> = known
        .into_iter()
        .filter_map(|Known { id, person }| {
            let mut reasons = likenesses(candidate, &names, person);
            reasons.sort_by_key(|reason| std::cmp::Reverse(reason.weight()));
            let score = reasons.iter().map(Likeness::weight).sum::<u16>().min(100);
            (score >= OFFERED).then_some(Duplicate { id, score, reasons })
        })
        .collect();
    found.sort_by_key(|duplicate| std::cmp::Reverse(duplicate.score));
    found
}

struct Names {
    given: Vec<String>,
    family: Vec<String>,
}

impl Names {
    fn of(person: &Person) -> Self {
        Self { given: words(&person.given_names), family: words(&person.family_names) }
    }

    fn likeness(&self, other: &Self) -> Option<Likeness> {
        if self.given.is_empty() && self.family.is_empty() {
            return None;
        }
        if self.given == other.given && self.family == other.family {
            Some(Likeness::SameName)
        } else if self.given == other.family && self.family == other.given {
            Some(Likeness::SwappedNames)
        } else if (alike(&self.given, &other.given) && alike(&self.family, &other.family))
            || (alike(&self.given, &other.family) && alike(&self.family, &other.given))
        {
            Some(Likeness::SimilarName)
        } else {
            None
        }
    }
}

/// Whether every word of the shorter list has its like in the longer one. People leave out a second name.
fn alike(one: &[String], other: &[String]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let near = |a: &str, b: &str| matches!(rank(a, b), Some(0 | 2)) || a == b;
    !short.is_empty() && short.iter().all(|a| long.iter().any(|b| near(a, b)))
}

fn likenesses(candidate: &Person, names: &Names, person: &Person) -> Vec<Likeness> {
    let mut reasons = Vec::new();
    let held: BTreeSet<(&str, String)> =
        person.identifiers.iter().map(|identifier| (identifier.system.as_str(), identifier.compared())).collect();
    for identifier in &candidate.identifiers {
        let value = identifier.compared();
        if !value.is_empty() && held.contains(&(identifier.system.as_str(), value)) {
            reasons.push(Likeness::SameIdentifier { system: identifier.system.clone() });
        }
    }
    if candidate.born_on == person.born_on {
        reasons.push(Likeness::SameBirth);
    } else if near_birth(candidate.born_on, person.born_on) {
        reasons.push(Likeness::NearBirth);
    }
    reasons.extend(names.likeness(&Names::of(person)));
    reasons
}

/// The days of birth that count as the same or nearly the same as this one: a store that compares by equality asks for
/// these, and for identifiers, and has everybody whom [`possible_duplicates`] could offer. At most some sixty days.
///
/// ```
/// use fairway_domain::referral::near_births;
/// use jiff::civil::date;
/// let near = near_births(date(1980, 3, 4));
/// assert!(near.contains(&date(1980, 3, 4)) && near.contains(&date(1980, 4, 3)) && near.contains(&date(1989, 3, 4)));
/// assert!(!near.contains(&date(1981, 3, 5)));
/// ```
pub fn near_births(born_on: Date) -> BTreeSet<Date> {
    let written: Vec<char> = born_on.to_string().chars().collect();
    let mut near = BTreeSet::from([born_on]);
    near.extend(Date::new(born_on.year(), born_on.day(), born_on.month()));
    for place in (0..written.len()).filter(|place| written.get(*place).is_some_and(char::is_ascii_digit)) {
        for digit in '0'..='9' {
            let other: String = written.iter().enumerate().map(|(at, c)| if at == place { digit } else { *c }).collect();
            near.extend(other.parse::<Date>());
        }
    }
    near
}

fn near_birth(one: Date, other: Date) -> bool {
    let swapped = one.year() == other.year() && one.month() == other.day() && one.day() == other.month();
    let written = |date: Date| date.to_string();
    let differing = written(one).chars().zip(written(other).chars()).filter(|(a, b)| a != b).count();
    swapped || differing == 1
}
