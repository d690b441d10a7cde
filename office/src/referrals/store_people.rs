//! People in the database: writing them, and those who may be somebody referred.

use std::collections::HashMap;

use fairway_domain::naming::words;
use fairway_domain::referral::{Identifier, Person, near_births};
use jiff::civil::Date;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::app::{App, instant_text};
use crate::db::{Batch, StoreError, Stored, Tx};
use crate::web::{CasePermit, ListPermit};
use crate::{on, run};

/// The most people looked at for likeness.
const CANDIDATES: i64 = 400;

/// A person known already, and the cases of theirs.
#[derive(Debug, Clone)]
pub struct KnownPerson {
    /// The person.
    pub id: Uuid,
    /// What is known.
    pub person: Person,
    /// One of the person's cases at a place whose cases the asker lists, or referred by them: its id and number.
    pub case: Option<(Uuid, String)>,
}

#[derive(sqlx::FromRow)]
struct RawPerson {
    id: Uuid,
    given_names: String,
    family_names: String,
    born_on: String,
}

/// A name as lists are sorted by it: family names first, folded.
pub fn sort_name(person: &Person) -> String {
    let mut all = words(&person.family_names);
    all.extend(words(&person.given_names));
    if all.is_empty() { person.family_names.to_lowercase() } else { all.join(" ") }
}

/// `$from, $from+1, …`: places for `count` values.
pub fn slots(from: usize, count: usize) -> String {
    (from..from + count).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ")
}

/// Writes a person.
pub async fn make(tx: &mut Tx, app: &App, id: Uuid, person: &Person) -> Stored<()> {
    run!(
        tx,
        sqlx::query("INSERT INTO people (id, given_names, family_names, sort_name, born_on, made_at) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(id)
            .bind(&person.given_names)
            .bind(&person.family_names)
            .bind(sort_name(person))
            .bind(person.born_on.to_string())
            .bind(instant_text(app.now()))
    )?;
    add_identifiers(tx, id, &person.identifiers).await
}

/// Adds identifiers a person has not yet: one statement for each kind of a jurisdiction, of which there are few.
pub async fn add_identifiers(tx: &mut Tx, person: Uuid, identifiers: &[Identifier]) -> Stored<()> {
    for identifier in identifiers {
        run!(
            tx,
            sqlx::query("INSERT INTO person_identifiers (person_id, kind, shown, folded) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING")
                .bind(person)
                .bind(&identifier.system)
                .bind(&identifier.value)
                .bind(identifier.compared())
        )?;
    }
    Ok(())
}

/// Everybody who may be this person, found by equality: an identifier, or a day of birth that is the same or nearly so.
pub async fn candidates(tx: &mut Tx, permit: &ListPermit, person: &Person) -> Stored<Vec<KnownPerson>> {
    let births: Vec<String> = near_births(person.born_on).iter().map(Date::to_string).collect();
    let compared: Vec<String> = person.identifiers.iter().map(Identifier::compared).collect();
    let by_identifier = if compared.is_empty() {
        String::new()
    } else {
        format!(
            " UNION SELECT p.id, p.given_names, p.family_names, p.born_on FROM person_identifiers i JOIN people p ON p.id = i.person_id WHERE i.folded IN ({})",
            slots(births.len() + 1, compared.len())
        )
    };
    let sql = format!(
        "SELECT id, given_names, family_names, born_on FROM people WHERE born_on IN ({}){by_identifier} LIMIT {CANDIDATES}",
        slots(1, births.len())
    );
    let found: Vec<RawPerson> = on!(tx, |c| {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for value in births.iter().chain(&compared) {
            query = query.bind(value);
        }
        query.fetch_all(c)
    })?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = found.iter().map(|person| person.id).collect();
    let mut identifiers = identifiers_of(tx, &ids).await?;
    let mut cases = cases_of(tx, permit, &ids).await?;
    found
        .into_iter()
        .map(|raw| {
            let born_on = raw.born_on.parse().map_err(|_| StoreError::Unreadable(format!("birth date of person {}", raw.id)))?;
            let person = Person {
                given_names: raw.given_names,
                family_names: raw.family_names,
                born_on,
                identifiers: identifiers.remove(&raw.id).unwrap_or_default(),
                language: String::new(),
                telephone: None,
                email: None,
                address: None,
            };
            Ok(KnownPerson { id: raw.id, person, case: cases.remove(&raw.id) })
        })
        .collect()
}

async fn identifiers_of(tx: &mut Tx, people: &[Uuid]) -> Stored<HashMap<Uuid, Vec<Identifier>>> {
    let sql = format!("SELECT person_id, kind, shown FROM person_identifiers WHERE person_id IN ({})", slots(1, people.len()));
    let rows: Vec<(Uuid, String, String)> = on!(tx, |c| {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for id in people {
            query = query.bind(*id);
        }
        query.fetch_all(c)
    })?;
    let mut all: HashMap<Uuid, Vec<Identifier>> = HashMap::new();
    for (person, system, value) in rows {
        all.entry(person).or_default().push(Identifier { system, value });
    }
    Ok(all)
}

/// For each person the newest case the asker may know of.
async fn cases_of(tx: &mut Tx, permit: &ListPermit, people: &[Uuid]) -> Stored<HashMap<Uuid, (Uuid, String)>> {
    let sql = format!(
        "SELECT person_id, id, case_number, unit_id, referrer_id FROM cases WHERE person_id IN ({}) ORDER BY referred_on",
        slots(1, people.len())
    );
    let rows: Vec<(Uuid, Uuid, String, Uuid, Option<Uuid>)> = on!(tx, |c| {
        let mut query = sqlx::query_as(AssertSqlSafe(sql));
        for id in people {
            query = query.bind(*id);
        }
        query.fetch_all(c)
    })?;
    let known = |unit: &Uuid, referrer: Option<Uuid>| {
        permit.places().contains(unit) || (permit.referred() && referrer == Some(permit.holder().account))
    };
    Ok(rows
        .into_iter()
        .filter(|(_, _, _, unit, referrer)| known(unit, *referrer))
        .map(|(person, case, number, _, _)| (person, (case, number)))
        .collect())
}

/// The identifiers of a case's person.
pub async fn identifiers(tx: &mut Tx, permit: &CasePermit) -> Stored<Vec<Identifier>> {
    let rows: Vec<(String, String)> = on!(tx, |c| sqlx::query_as(
        "SELECT i.kind, i.shown FROM person_identifiers i JOIN cases c ON c.person_id = i.person_id WHERE c.id = $1 ORDER BY i.kind"
    )
    .bind(permit.case())
    .fetch_all(c))?;
    Ok(rows.into_iter().map(|(system, value)| Identifier { system, value }).collect())
}

/// Puts right what is known of a case's person, and repeats the name where cases carry it. Gives the cases of the
/// person with their places, to be indexed anew.
pub async fn correct(tx: &mut Tx, permit: &CasePermit, id: Uuid, person: &Person, kinds: &[String]) -> Stored<Vec<(Uuid, Uuid, String)>> {
    let sorted = sort_name(person);
    let touched = run!(
        tx,
        sqlx::query("UPDATE people SET given_names = $3, family_names = $4, sort_name = $5, born_on = $6 WHERE id = $1 AND EXISTS (SELECT 1 FROM cases c WHERE c.id = $2 AND c.person_id = people.id)")
            .bind(id)
            .bind(permit.case())
            .bind(&person.given_names)
            .bind(&person.family_names)
            .bind(&sorted)
            .bind(person.born_on.to_string())
    )?;
    if touched == 0 {
        return Err(StoreError::Missing);
    }
    for kind in kinds {
        run!(tx, sqlx::query("DELETE FROM person_identifiers WHERE person_id = $1 AND kind = $2").bind(id).bind(kind))?;
    }
    let mut rows = Batch::new("person_identifiers", &["person_id", "kind", "shown", "folded"]);
    for identifier in &person.identifiers {
        rows.push(vec![id.into(), identifier.system.clone().into(), identifier.value.clone().into(), identifier.compared().into()]);
    }
    rows.write(tx).await?;
    run!(tx, sqlx::query("UPDATE cases SET sort_name = $2 WHERE person_id = $1 AND sort_name <> $2").bind(id).bind(&sorted))?;
    Ok(on!(tx, |c| sqlx::query_as("SELECT id, unit_id, case_number FROM cases WHERE person_id = $1").bind(id).fetch_all(c))?)
}
