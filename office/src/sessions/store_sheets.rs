//! What is printed on the participants' sheets of a session: first names, languages, open goals.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::store::Member;
use crate::db::Stored;
use crate::db::Tx;
use crate::on;
use crate::vault::Sealed;
use crate::web::{SessionOwner, SessionPermit};

/// Whose sheet it is.
#[derive(Debug, Clone)]
pub struct Person {
    /// The case.
    pub case: Uuid,
    /// First name or names.
    pub given_names: String,
    /// The language the person is best spoken to in.
    pub language: String,
    /// Open goals in the person's words, the oldest first; none when the reader may not read them.
    pub goals: Vec<String>,
}

/// The members in their order; `open` says whether goals are opened.
pub async fn people(tx: &mut Tx, permit: &SessionPermit, members: &[Member], open: bool) -> Stored<Vec<Person>> {
    let (case, group) = match permit.owner() {
        SessionOwner::Case(id) => (Some(id), None),
        SessionOwner::Group(id) => (None, Some(id)),
    };
    let rows: Vec<(Uuid, String, String)> = on!(tx, |c| {
        sqlx::query_as(
            "SELECT c.id, p.given_names, c.spoken_language FROM cases c JOIN people p ON p.id = c.person_id \
             WHERE c.id = $1 OR c.id IN (SELECT case_id FROM group_members WHERE group_id = $2) \
             OR c.id IN (SELECT a.case_id FROM attendances a JOIN session_records r ON r.id = a.record_id WHERE r.planned_id = $3)",
        )
        .bind(case)
        .bind(group)
        .bind(permit.session())
        .fetch_all(c)
    })?;
    let goals: Vec<(Uuid, Sealed)> = on!(tx, |c| {
        sqlx::query_as(
            "SELECT case_id, words_sealed FROM goals WHERE closed_on IS NULL AND (case_id = $1 \
             OR case_id IN (SELECT case_id FROM group_members WHERE group_id = $2) \
             OR case_id IN (SELECT a.case_id FROM attendances a JOIN session_records r ON r.id = a.record_id WHERE r.planned_id = $3)) \
             ORDER BY set_on, id",
        )
        .bind(case)
        .bind(group)
        .bind(permit.session())
        .fetch_all(c)
    })?;
    let rows: BTreeMap<Uuid, (String, String)> = rows.into_iter().map(|(id, name, language)| (id, (name, language))).collect();
    let mut people = Vec::with_capacity(members.len());
    for member in members {
        let Some((given_names, language)) = rows.get(&member.case).cloned() else { continue };
        let own = goals.iter().filter(|(of, _)| open && *of == member.case);
        let goals = own.map(|(_, words)| member.key.open("goals.words", words)).collect::<Stored<Vec<_>>>()?;
        people.push(Person { case: member.case, given_names, language, goals });
    }
    Ok(people)
}
