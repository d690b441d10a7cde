use jiff::civil::{Date, Weekday, date, time};
use proptest::prelude::*;

use super::*;

const TODAY: Date = date(2026, 11, 23);

fn person(given: &str, family: &str, born_on: Date) -> Person {
    Person {
        given_names: given.into(),
        family_names: family.into(),
        born_on,
        identifiers: vec![],
        language: "es".into(),
        telephone: None,
        email: None,
        address: None,
    }
}

fn referral() -> Referral {
    Referral {
        person: person("Elías", "Prado Invento", date(1985, 4, 3)),
        referred_on: date(2026, 11, 2),
        legal_basis: "suspended-sentence".into(),
        order_starts_on: Some(date(2026, 10, 1)),
        order_ends_on: Some(date(2028, 10, 1)),
        offences: vec![OffenceKind::Viewer],
        other_proceedings: None,
        availability: Availability::default().with(Weekday::Tuesday, DayPart::Evening),
        travel_minutes: Some(40),
        responsivity: vec![],
        responsivity_note: None,
    }
}

fn found(referral: &Referral) -> Vec<(Field, Problem)> {
    referral.check(TODAY).into_iter().map(|finding| (finding.field, finding.problem)).collect()
}

#[test]
fn a_sound_referral_has_no_findings() {
    assert_eq!(found(&referral()), vec![]);
}

#[test]
fn every_fault_is_found_at_once() {
    let mut bad = referral();
    bad.person.given_names = " ".into();
    bad.person.family_names = "Pra\u{202E}do".into();
    bad.person.born_on = date(2015, 1, 1);
    bad.person.email = Some("nobody".into());
    bad.person.telephone = Some("call me".into());
    bad.person.language = "español".into();
    bad.referred_on = date(2026, 12, 1);
    bad.legal_basis = String::new();
    bad.order_ends_on = bad.order_starts_on;
    bad.offences = vec![];
    bad.travel_minutes = Some(601);
    bad.responsivity = vec![Responsivity::Other];
    let fields: Vec<Field> = found(&bad).into_iter().filter(|(_, p)| !p.is_warning()).map(|(field, _)| field).collect();
    assert_eq!(
        fields,
        [
            Field::GivenNames,
            Field::FamilyNames,
            Field::BornOn,
            Field::Language,
            Field::Email,
            Field::Telephone,
            Field::ReferredOn,
            Field::LegalBasis,
            Field::OrderEndsOn,
            Field::Offences,
            Field::Travel,
            Field::Responsivity,
        ]
    );
}

#[test]
fn plausible_ages() {
    assert_eq!(age_on(date(2000, 2, 29), date(2026, 2, 28)), 25);
    assert_eq!(age_on(date(2000, 2, 29), date(2026, 3, 1)), 26);
    for (born_on, years) in [(date(2012, 11, 3), Some(13)), (date(2012, 11, 2), None), (date(1925, 11, 2), Some(101))] {
        let mut aged = referral();
        aged.person.born_on = born_on;
        assert_eq!(found(&aged), years.map(|years| (Field::BornOn, Problem::Age { years })).into_iter().collect::<Vec<_>>());
    }
}

#[test]
fn an_order_that_ended_is_only_a_warning() {
    let mut late = referral();
    late.order_ends_on = Some(date(2026, 11, 22));
    let problem = Problem::OrderEnded { ends_on: date(2026, 11, 22) };
    assert!(problem.is_warning());
    assert_eq!(found(&late), vec![(Field::OrderEndsOn, problem)]);
}

#[test]
fn the_same_identifier_twice() {
    let mut twice = referral();
    let identifier = |value: &str| Identifier { system: "dni".into(), value: value.into() };
    twice.person.identifiers = vec![identifier("00000000-T"), identifier("00000000t")];
    assert_eq!(found(&twice), vec![(Field::Identifiers, Problem::Twice)]);
}

fn likeness(one: &Person, other: &Person) -> Option<(u16, Vec<Likeness>)> {
    possible_duplicates(one, [Known { id: 1, person: other }]).pop().map(|found| (found.score, found.reasons))
}

#[test]
fn duplicates_are_seen_through_accents_slips_and_swaps() {
    let born_on = date(1985, 4, 3);
    let known = person("José Luis", "Peña Invento", born_on);
    let same = likeness(&person("JOSE LUIS", "Pena Invento", born_on), &known).unwrap();
    assert_eq!(same, (80, vec![Likeness::SameBirth, Likeness::SameName]));
    let swapped = likeness(&person("Peña Invento", "José Luis", born_on), &known).unwrap();
    assert_eq!(swapped.1, [Likeness::SameBirth, Likeness::SwappedNames]);
    let slip = likeness(&person("Jose Luis", "Penna Invento", born_on), &known).unwrap();
    assert_eq!(slip.1, [Likeness::SameBirth, Likeness::SimilarName]);
    let shorter = likeness(&person("José", "Peña", born_on), &known).unwrap();
    assert_eq!(shorter.1, [Likeness::SameBirth, Likeness::SimilarName]);
    let birth_slip = likeness(&person("José Luis", "Peña Invento", date(1985, 3, 4)), &known).unwrap();
    assert_eq!(birth_slip.1, [Likeness::SameName, Likeness::NearBirth]);
}

#[test]
fn a_name_or_a_birthday_alone_is_shared_by_too_many() {
    let known = person("José", "Peña", date(1985, 4, 3));
    assert_eq!(likeness(&person("José", "Peña", date(1971, 12, 30)), &known), None);
    assert_eq!(likeness(&person("Mario", "Ocaña", date(1985, 4, 3)), &known), None);
}

#[test]
fn a_shared_identifier_stands_first() {
    let mut candidate = person("Mario", "Ocaña", date(1985, 4, 3));
    candidate.identifiers = vec![Identifier { system: "dni".into(), value: "00000000T".into() }];
    let mut other = person("Otra", "Persona", date(1960, 1, 9));
    other.identifiers = vec![Identifier { system: "dni".into(), value: "00.000.000-t".into() }];
    let alike = person("Mario", "Ocaña", date(1985, 4, 3));
    let known = [Known { id: "alike", person: &alike }, Known { id: "other", person: &other }];
    let order: Vec<_> = possible_duplicates(&candidate, known).into_iter().map(|found| (found.id, found.score)).collect();
    assert_eq!(order, [("other", 100), ("alike", 80)]);
}

#[test]
fn availability_has_a_compact_code() {
    let free = Availability::default()
        .with(Weekday::Wednesday, DayPart::Morning)
        .with(Weekday::Wednesday, DayPart::Evening)
        .with(Weekday::Sunday, DayPart::Afternoon);
    assert_eq!(free.to_string(), "0050002");
    assert!(free.fits(Weekday::Wednesday, time(18, 0, 0, 0)));
    assert!(!free.fits(Weekday::Wednesday, time(17, 59, 0, 0)));
    for no in ["", "000000", "00000000", "0080000", "00a0000"] {
        assert!(no.parse::<Availability>().is_err(), "{no}");
    }
}

proptest! {
    #[test]
    fn availability_comes_back(code in "[0-7]{7}") {
        prop_assert_eq!(code.parse::<Availability>().unwrap().to_string(), code);
    }

    #[test]
    fn likeness_does_not_depend_on_the_order(
        one in "[abñé ]{1,8}", other in "[abñé ]{1,8}", days in 0_i32..40,
    ) {
        let first = person(&one, &other, date(1985, 4, 3));
        let second = person(&other, &one, date(1985, 4, 3).saturating_add(jiff::Span::new().days(days)));
        prop_assert_eq!(likeness(&first, &second), likeness(&second, &first));
    }
}
