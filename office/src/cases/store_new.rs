//! A new case in the database.

use jiff::civil::Date;
use uuid::Uuid;

use super::life::NewCase;
use crate::db::{Batch, Stored, Tx};

const COLUMNS: &[&str] = &[
    "id",
    "case_number",
    "person_id",
    "unit_id",
    "programme_id",
    "sort_name",
    "stage",
    "stage_since_on",
    "referred_on",
    "track",
    "risk_level",
    "need_level",
    "referrer_id",
    "legal_basis",
    "order_starts_on",
    "order_ends_on",
    "latest_start_on",
    "offence_kind",
    "spoken_language",
    "availability",
    "travel_minutes",
    "responsivity",
    "contact_sealed",
    "proceedings_sealed",
    "responsivity_sealed",
    "made_at",
];

/// What registering adds to what the referral says.
pub(super) struct Given<'a> {
    pub unit: Uuid,
    pub case_number: &'a str,
    pub sort_name: &'a str,
    pub referred_on: Date,
    pub latest_start_on: Option<Date>,
    pub made_at: &'a str,
}

/// Writes the row of a case just referred.
pub(super) async fn insert(tx: &mut Tx, new: &NewCase, given: &Given<'_>) -> Stored<()> {
    let some = |on: Option<Date>| on.map(|on| on.to_string());
    let mut rows = Batch::new("cases", COLUMNS);
    rows.push(vec![
        new.case.into(),
        given.case_number.into(),
        new.person.into(),
        given.unit.into(),
        new.programme.into(),
        given.sort_name.into(),
        "referred".into(),
        given.referred_on.to_string().into(),
        given.referred_on.to_string().into(),
        new.track.clone().into(),
        new.risk.map(|level| level.id().to_owned()).into(),
        new.need.map(|level| level.id().to_owned()).into(),
        new.referrer.into(),
        new.legal_basis.clone().into(),
        some(new.order_starts_on).into(),
        some(new.order_ends_on).into(),
        some(given.latest_start_on).into(),
        new.offence_kind.clone().into(),
        new.spoken_language.clone().into(),
        new.availability.clone().into(),
        new.travel_minutes.map(i64::from).into(),
        new.responsivity.clone().into(),
        new.contact_sealed.clone().into(),
        new.proceedings_sealed.clone().into(),
        new.responsivity_sealed.clone().into(),
        given.made_at.into(),
    ]);
    rows.write(tx).await
}
