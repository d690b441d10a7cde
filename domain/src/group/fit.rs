//! How a waiting person fits a group. It is shown, and decides nothing: a person admits.

use jiff::civil::{Date, Time, Weekday};

use crate::referral::Availability;

/// What is known of somebody who waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// When the person can come; empty when nobody asked.
    pub availability: Availability,
    /// Languages the person follows a group in, as tags such as `es`; empty when unknown.
    pub languages: Vec<String>,
    /// The last day of the order, where it is known.
    pub order_ends_on: Option<Date>,
}

/// What a group offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Its weekly slots: a member comes to all of them. Empty while not fixed.
    pub slots: Vec<(Weekday, Time)>,
    /// The language it is held in.
    pub language: String,
    /// The day of its last session, once it is planned.
    pub ends_on: Option<Date>,
    /// How many may still join.
    pub places: u16,
}

/// One point of the comparison. What is not known is no misfit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judged<Misfit> {
    /// It fits.
    Fits,
    /// It does not, and how.
    DoesNot(Misfit),
    /// Something that would be needed is not known.
    Unknown,
}

/// A weekly slot at which the person cannot come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrongSlot {
    /// The day.
    pub weekday: Weekday,
    /// The hour.
    pub starts: Time,
}

/// The group is held in a language the person does not follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongLanguage(pub String);

/// The order ends before the group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderTooShort {
    /// By how many days.
    pub days: u32,
}

/// How a person fits a group, point by point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// Whether the person can come at its hours.
    pub slot: Judged<WrongSlot>,
    /// Whether the person follows its language.
    pub language: Judged<WrongLanguage>,
    /// Whether it ends inside the order.
    pub order: Judged<OrderTooShort>,
    /// Whether there is a place.
    pub size: Judged<()>,
}

impl Fit {
    /// How many points do not fit, and how many are unknown: sorts the best fit first.
    pub fn misfits(&self) -> (u8, u8) {
        fn of<M>(judged: &Judged<M>) -> (u8, u8) {
            (u8::from(matches!(judged, Judged::DoesNot(_))), u8::from(matches!(judged, Judged::Unknown)))
        }
        let points = [of(&self.slot), of(&self.language), of(&self.order), of(&self.size)];
        points.into_iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    }
}

/// Compares a waiting person with a group. A region in a language tag does not matter: `es-ES` follows `es`.
///
/// ```
/// use fairway_domain::group::{Candidate, Judged, Offer, OrderTooShort, fit};
/// use fairway_domain::referral::{Availability, DayPart};
/// use jiff::civil::{Weekday, date, time};
/// let candidate = Candidate {
///     availability: Availability::default().with(Weekday::Tuesday, DayPart::Evening),
///     languages: vec!["es".into()],
///     order_ends_on: Some(date(2027, 12, 1)),
/// };
/// let offer = Offer {
///     slots: vec![(Weekday::Tuesday, time(18, 0, 0, 0))],
///     language: "es".into(),
///     ends_on: Some(date(2027, 12, 4)),
///     places: 2,
/// };
/// let fit = fit(&candidate, &offer);
/// assert_eq!(fit.slot, Judged::Fits);
/// assert_eq!(fit.order, Judged::DoesNot(OrderTooShort { days: 3 }));
/// assert_eq!(fit.misfits(), (1, 0));
/// ```
pub fn fit(candidate: &Candidate, offer: &Offer) -> Fit {
    Fit {
        slot: slot(candidate.availability, &offer.slots),
        language: language(&candidate.languages, &offer.language),
        order: order(candidate.order_ends_on, offer.ends_on),
        size: if offer.places > 0 { Judged::Fits } else { Judged::DoesNot(()) },
    }
}

fn slot(availability: Availability, slots: &[(Weekday, Time)]) -> Judged<WrongSlot> {
    if availability.is_empty() || slots.is_empty() {
        return Judged::Unknown;
    }
    match slots.iter().find(|(weekday, starts)| !availability.fits(*weekday, *starts)) {
        Some(&(weekday, starts)) => Judged::DoesNot(WrongSlot { weekday, starts }),
        None => Judged::Fits,
    }
}

fn language(spoken: &[String], held_in: &str) -> Judged<WrongLanguage> {
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    if spoken.is_empty() || held_in.is_empty() {
        Judged::Unknown
    } else if spoken.iter().any(|tag| primary(tag) == primary(held_in)) {
        Judged::Fits
    } else {
        Judged::DoesNot(WrongLanguage(held_in.to_owned()))
    }
}

fn order(order_ends_on: Option<Date>, ends_on: Option<Date>) -> Judged<OrderTooShort> {
    let (Some(order_ends_on), Some(ends_on)) = (order_ends_on, ends_on) else {
        return Judged::Unknown;
    };
    let days = order_ends_on.until(ends_on).map_or(0, |span| span.get_days());
    match u32::try_from(days) {
        Ok(days) if days > 0 => Judged::DoesNot(OrderTooShort { days }),
        _ => Judged::Fits,
    }
}
