//! Lists of referrals, and what a correction changes in a case.

use fairway_domain::case::StageKind;
use jiff::civil::Date;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::db::{StoreError, Stored, Tx};
use crate::vault::Sealed;
use crate::web::{CasePermit, ListPermit};
use crate::{on, run};

/// One referral in the list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The case.
    pub id: Uuid,
    /// Its number.
    pub case_number: String,
    /// Given and family names.
    pub name: String,
    /// Where it stands.
    pub stage: StageKind,
    /// The day the referral came.
    pub referred_on: Date,
    /// The last day of the order.
    pub order_ends_on: Option<Date>,
    /// The place's name.
    pub place: String,
    /// The stored definition.
    pub programme: Uuid,
}

#[derive(sqlx::FromRow)]
struct RawListed {
    id: Uuid,
    case_number: String,
    given_names: String,
    family_names: String,
    stage: String,
    referred_on: String,
    order_ends_on: Option<String>,
    place: String,
    programme_id: Uuid,
}

impl TryFrom<RawListed> for Listed {
    type Error = StoreError;

    fn try_from(raw: RawListed) -> Stored<Self> {
        let unreadable = || StoreError::Unreadable(format!("case {}", raw.id));
        Ok(Self {
            id: raw.id,
            stage: StageKind::from_code(&raw.stage).ok_or_else(unreadable)?,
            referred_on: raw.referred_on.parse().map_err(|_| unreadable())?,
            order_ends_on: raw.order_ends_on.as_deref().map(str::parse).transpose().map_err(|_| unreadable())?,
            case_number: raw.case_number,
            name: format!("{} {}", raw.given_names, raw.family_names),
            place: raw.place,
            programme: raw.programme_id,
        })
    }
}

/// Which part of a list is asked for.
#[derive(Debug, Clone)]
pub struct Part<'a> {
    /// `name` or `referred`.
    pub by: &'a str,
    /// Largest first.
    pub descending: bool,
    /// How many rows.
    pub limit: i64,
    /// Rows before them.
    pub offset: i64,
}

impl Part<'_> {
    fn order(&self) -> &'static str {
        match (self.by, self.descending) {
            ("name", false) => "c.sort_name, c.id",
            ("name", true) => "c.sort_name DESC, c.id DESC",
            (_, false) => "c.referred_on, c.id",
            (_, true) => "c.referred_on DESC, c.id DESC",
        }
    }
}

const COLUMNS: &str = "SELECT c.id, c.case_number, p.given_names, p.family_names, c.stage, c.referred_on, c.order_ends_on, u.title AS place, c.programme_id \
    FROM cases c JOIN people p ON p.id = c.person_id JOIN units u ON u.id = c.unit_id";

/// Referrals of a place at one stage, and how many there are. A place the permit does not reach has none.
pub async fn of_place(tx: &mut Tx, permit: &ListPermit, place: Uuid, stage: StageKind, part: &Part<'_>) -> Stored<(Vec<Listed>, i64)> {
    if !permit.places().contains(&place) {
        return Ok((Vec::new(), 0));
    }
    let sql = format!("{COLUMNS} WHERE c.unit_id = $1 AND c.stage = $2 ORDER BY {} LIMIT $3 OFFSET $4", part.order());
    let rows: Vec<RawListed> =
        on!(tx, |c| sqlx::query_as(AssertSqlSafe(sql)).bind(place).bind(stage.code()).bind(part.limit).bind(part.offset).fetch_all(c))?;
    let (total,): (i64,) = on!(tx, |c| sqlx::query_as("SELECT COUNT(*) FROM cases WHERE unit_id = $1 AND stage = $2")
        .bind(place)
        .bind(stage.code())
        .fetch_one(c))?;
    Ok((rows.into_iter().map(Listed::try_from).collect::<Stored<_>>()?, total))
}

/// The holder's own referrals, and how many there are.
pub async fn own(tx: &mut Tx, permit: &ListPermit, part: &Part<'_>) -> Stored<(Vec<Listed>, i64)> {
    if !permit.referred() {
        return Ok((Vec::new(), 0));
    }
    let account = permit.holder().account;
    let sql = format!("{COLUMNS} WHERE c.referrer_id = $1 ORDER BY {} LIMIT $2 OFFSET $3", part.order());
    let rows: Vec<RawListed> =
        on!(tx, |c| sqlx::query_as(AssertSqlSafe(sql)).bind(account).bind(part.limit).bind(part.offset).fetch_all(c))?;
    let (total,): (i64,) = on!(tx, |c| sqlx::query_as("SELECT COUNT(*) FROM cases WHERE referrer_id = $1").bind(account).fetch_one(c))?;
    Ok((rows.into_iter().map(Listed::try_from).collect::<Stored<_>>()?, total))
}

/// What a correction writes to the case itself.
#[derive(Debug)]
pub struct Corrected {
    /// The legal basis.
    pub legal_basis: String,
    /// First day of the order.
    pub order_starts_on: Option<Date>,
    /// Last day of the order.
    pub order_ends_on: Option<Date>,
    /// The kind of offence.
    pub offence_kind: &'static str,
    /// Language tag.
    pub spoken_language: String,
    /// Code of `Availability`.
    pub availability: String,
    /// The journey one way, in minutes.
    pub travel_minutes: Option<i64>,
    /// Codes separated by spaces.
    pub responsivity: String,
    /// Sealed texts.
    pub contact: Option<Sealed>,
    /// Other proceedings.
    pub proceedings: Option<Sealed>,
    /// What else a plan must reckon with.
    pub responsivity_note: Option<Sealed>,
}

/// Writes a correction; [`StoreError::Stale`] when somebody changed the case since the form was served.
pub async fn correct(tx: &mut Tx, permit: &CasePermit, revision: i64, new: &Corrected) -> Stored<()> {
    let touched = run!(
        tx,
        sqlx::query(
            "UPDATE cases SET legal_basis = $3, order_starts_on = $4, order_ends_on = $5, offence_kind = $6, spoken_language = $7, availability = $8, travel_minutes = $9, \
             responsivity = $10, contact_sealed = $11, proceedings_sealed = $12, responsivity_sealed = $13, revision = revision + 1 WHERE id = $1 AND revision = $2"
        )
        .bind(permit.case())
        .bind(revision)
        .bind(&new.legal_basis)
        .bind(new.order_starts_on.map(|on| on.to_string()))
        .bind(new.order_ends_on.map(|on| on.to_string()))
        .bind(new.offence_kind)
        .bind(&new.spoken_language)
        .bind(&new.availability)
        .bind(new.travel_minutes)
        .bind(&new.responsivity)
        .bind(new.contact.as_ref())
        .bind(new.proceedings.as_ref())
        .bind(new.responsivity_note.as_ref())
    )?;
    if touched == 0 { Err(StoreError::Stale) } else { Ok(()) }
}
