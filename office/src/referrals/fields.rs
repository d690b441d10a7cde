//! Reading the referral form: every fault at once, beside its field.

use fairway_domain::dates::{DateRefused, parse_date};
use fairway_domain::jurisdiction::{IdentifierRefused, Jurisdiction};
use fairway_domain::naming::{NameRefused, tidy_name};
use fairway_domain::referral::{self, Availability, DayPart, Identifier, OffenceKind, Person, Referral, Responsivity};
use fairway_site::{Form, Need, Problem};
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::choices::{DAYS, SPOKEN};

/// Reads a date as people write it; each slip has its own sentence.
pub fn day(form: &mut Form, name: &str, need: Need) -> Option<Date> {
    let problem = match parse_date(form.value(name)) {
        Ok(on) => return Some(on),
        Err(DateRefused::Empty) if need == Need::Optional => return None,
        Err(DateRefused::Empty) => Problem::new("form-fault-missing"),
        Err(DateRefused::Shape(_)) => Problem::new("form-fault-date"),
        Err(DateRefused::ShortYear(year)) => Problem::new("referral-date-short-year").arg("year", year),
        Err(DateRefused::UnknownMonth(month)) => Problem::new("referral-date-month").arg("month", month),
        Err(DateRefused::MonthOutOfRange(month)) => Problem::new("referral-date-month-number").arg("month", month),
        Err(DateRefused::NoSuchDay { day, .. }) => Problem::new("referral-date-no-day").arg("day", day),
        Err(DateRefused::YearOutOfRange(year)) => Problem::new("referral-date-year").arg("year", year.to_string()),
    };
    form.fault(name, problem);
    None
}

/// The field of one kind of identifier.
pub fn identifier_field(kind: &str) -> String {
    format!("identifier-{kind}")
}

/// Reads the referral, or records everything that is wrong with it. `known_on` is the day of the referral where the
/// form does not ask for it. Warnings that were not accepted are faults too; they come back as the second value.
pub fn read(
    form: &mut Form,
    jurisdiction: &Jurisdiction,
    known_on: Option<Date>,
    today: Date,
) -> (Option<Referral>, Vec<referral::Finding>) {
    let referred_on = known_on.or_else(|| day(form, "referred-on", Need::Required));
    let person = person(form, jurisdiction, referred_on.unwrap_or(today));
    let bases: Vec<&str> = jurisdiction.legal_bases.iter().map(|basis| basis.id.as_str()).collect();
    let legal_basis = form.choice("legal-basis", Need::Required, &bases).unwrap_or_default();
    let order_starts_on = day(form, "order-starts-on", Need::Optional);
    let order_ends_on = day(form, "order-ends-on", Need::Optional);
    if order_ends_on.is_none() && jurisdiction.legal_basis(&legal_basis).is_some_and(|basis| basis.order_ends_required) {
        form.fault("order-ends-on", Problem::new("referral-order-end-needed"));
    }
    let referral = Referral {
        person,
        referred_on: referred_on.unwrap_or(today),
        legal_basis,
        order_starts_on,
        order_ends_on,
        offences: form.choice_as("offences", Need::Required, OffenceKind::from_code).into_iter().collect(),
        other_proceedings: form.long_text("proceedings", Need::Optional, 5_000),
        availability: availability(form),
        travel_minutes: form
            .whole("travel-minutes", Need::Optional, 0..=i64::from(referral::TRAVEL_MAX))
            .and_then(|minutes| u16::try_from(minutes).ok()),
        responsivity: form.many("responsivity", Responsivity::CODES).iter().filter_map(|code| Responsivity::from_code(code)).collect(),
        responsivity_note: form.long_text("responsivity-note", Need::Optional, 2_000),
    };
    let (warnings, wrong): (Vec<_>, Vec<_>) = referral.check(today).into_iter().partition(|finding| finding.problem.is_warning());
    for finding in wrong {
        form.fault(finding.field.code(), said(&finding.problem));
    }
    let open: Vec<_> = warnings.into_iter().filter(|finding| !form.is_checked("accept", finding.field.code())).collect();
    if !open.is_empty() {
        form.fault("accept", Problem::new("referral-warnings-open"));
    }
    ((!form.has_faults()).then_some(referral), open)
}

fn person(form: &mut Form, jurisdiction: &Jurisdiction, referred_on: Date) -> Person {
    let given_names = name(form, "given-names");
    let family_names = name(form, "family-names");
    // Where the day of birth has a fault already, any plausible one lets the rest be checked.
    let born_on = day(form, "born-on", Need::Required).unwrap_or_else(|| referred_on.saturating_sub(40.years()));
    let mut identifiers = Vec::new();
    for rule in &jurisdiction.identifiers {
        let field = identifier_field(&rule.id);
        let Some(written) = form.text(&field, Need::Optional, 64) else { continue };
        match rule.tidy(&written) {
            Ok(value) => identifiers.push(Identifier { system: rule.id.clone(), value }),
            Err(IdentifierRefused::CheckLetter { expected }) => {
                form.fault(&field, Problem::new("referral-identifier-letter").arg("letter", expected.to_string()));
            }
            Err(IdentifierRefused::Shape) => {
                let example = rule.example.clone().unwrap_or_default();
                form.fault(&field, Problem::new("referral-identifier-shape").arg("example", example));
            }
        }
    }
    Person {
        given_names,
        family_names,
        born_on,
        identifiers,
        language: form.choice("language", Need::Required, SPOKEN).unwrap_or_else(|| "und".to_owned()),
        telephone: form.text("telephone", Need::Optional, 40),
        email: form.text("email", Need::Optional, 254),
        address: form.long_text("address", Need::Optional, 500),
    }
}

/// A name as it is kept; with a fault, whatever was typed.
fn name(form: &mut Form, field: &str) -> String {
    let written = form.value(field).to_owned();
    match tidy_name(&written) {
        Ok(tidy) => tidy,
        Err(refused) => {
            form.fault(field, refused_name(&refused));
            written
        }
    }
}

fn refused_name(refused: &NameRefused) -> Problem {
    match refused {
        NameRefused::Empty => Problem::new("form-fault-missing"),
        NameRefused::TooLong(length) => {
            Problem::new("form-fault-too-long").arg("length", *length).arg("max", fairway_domain::naming::NAME_MAX)
        }
        NameRefused::Control { .. } => Problem::new("form-fault-control"),
    }
}

fn availability(form: &mut Form) -> Availability {
    let slots: Vec<(String, jiff::civil::Weekday, DayPart)> =
        DAYS.iter().flat_map(|(weekday, day)| DayPart::ALL.iter().map(move |part| (format!("{day}-{part}"), *weekday, *part))).collect();
    let codes: Vec<&str> = slots.iter().map(|(code, _, _)| code.as_str()).collect();
    let picked = form.many("availability", &codes);
    slots.iter().filter(|(code, _, _)| picked.contains(code)).fold(Availability::default(), |all, (_, day, part)| all.with(*day, *part))
}

/// A problem of the domain in words.
pub fn said(problem: &referral::Problem) -> Problem {
    use referral::Problem as P;
    match problem {
        P::Missing => Problem::new("form-fault-missing"),
        P::Name(refused) => refused_name(refused),
        P::InFuture { .. } => Problem::new("referral-in-future"),
        P::Age { years } => Problem::new("referral-age").arg("years", *years),
        P::EndNotAfterStart { .. } => Problem::new("referral-order-end-before-start"),
        P::Shape => Problem::new("referral-shape"),
        P::TooMuch { max } => Problem::new("form-fault-range").arg("min", 0).arg("max", *max),
        P::Twice => Problem::new("referral-twice"),
        P::OrderEnded { .. } => Problem::new("referral-warn-order-ended"),
        P::NotKnown => Problem::new("referral-warn-availability"),
    }
}
