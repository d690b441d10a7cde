//! The referral form filled from what is stored, and the contact as one text.

use fairway_domain::referral::{Availability, DayPart, Identifier, Person};
use fairway_site::Form;
use jiff::civil::Date;

use super::choices::DAYS;
use super::fields::identifier_field;
use crate::cases::store::CaseRow;
use crate::db::Stored;
use crate::vault::CaseKey;

/// Telephone, e-mail and address as they are sealed together: a line each, the address last.
pub fn contact_text(person: &Person) -> String {
    [person.telephone.as_deref(), person.email.as_deref(), person.address.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// Telephone, e-mail and address told apart again by their look.
fn contact_parts(text: &str) -> (String, String, String) {
    let (mut telephone, mut email, mut address) = (String::new(), String::new(), Vec::new());
    for line in text.lines() {
        let is_number = line.chars().any(|c| c.is_ascii_digit()) && line.chars().all(|c| c.is_ascii_digit() || " +-()./".contains(c));
        if telephone.is_empty() && is_number {
            line.clone_into(&mut telephone);
        } else if email.is_empty() && line.contains('@') {
            line.clone_into(&mut email);
        } else {
            address.push(line);
        }
    }
    (telephone, email, address.join("\n"))
}

/// The form as it stands in the database.
pub fn form(row: &CaseRow, identifiers: &[Identifier], key: &CaseKey, date: impl Fn(Date) -> String) -> Stored<Form> {
    let contact = key.open_some("cases.contact_sealed", row.contact_sealed.as_ref())?.unwrap_or_default();
    let (telephone, email, address) = contact_parts(&contact);
    let mut form = Form::fill(&[
        ("given-names", row.given_names.clone()),
        ("family-names", row.family_names.clone()),
        ("born-on", date(row.born_on)),
        ("language", row.spoken_language.clone()),
        ("telephone", telephone),
        ("email", email),
        ("address", address),
        ("legal-basis", row.legal_basis.clone()),
        ("order-starts-on", row.order_starts_on.map(&date).unwrap_or_default()),
        ("order-ends-on", row.order_ends_on.map(&date).unwrap_or_default()),
        ("offences", row.offence_kind.clone()),
        ("proceedings", key.open_some("cases.proceedings_sealed", row.proceedings_sealed.as_ref())?.unwrap_or_default()),
        ("travel-minutes", row.travel_minutes.map(|minutes| minutes.to_string()).unwrap_or_default()),
        ("responsivity-note", key.open_some("cases.responsivity_sealed", row.responsivity_sealed.as_ref())?.unwrap_or_default()),
        ("revision", row.revision.to_string()),
    ]);
    for identifier in identifiers {
        form.set(&identifier_field(&identifier.system), identifier.value.clone());
    }
    for code in row.responsivity.split_whitespace() {
        form.add("responsivity", code);
    }
    let availability: Availability = row.availability.parse().unwrap_or_default();
    for (weekday, day) in DAYS {
        for part in DayPart::ALL.iter().filter(|part| availability.contains(*weekday, **part)) {
            form.add("availability", format!("{day}-{part}"));
        }
    }
    Ok(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_told_apart_again() {
        let parts = contact_parts("+34 600 000 000\ninventado@example.org\nCalle Inventada 1\n00000 Ninguna Parte");
        assert_eq!(
            parts,
            ("+34 600 000 000".to_owned(), "inventado@example.org".to_owned(), "Calle Inventada 1\n00000 Ninguna Parte".to_owned())
        );
        assert_eq!(contact_parts("Calle Inventada 1"), (String::new(), String::new(), "Calle Inventada 1".to_owned()));
    }
}
