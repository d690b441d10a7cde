//! Words the pages about a case share.

use fairway_domain::programme::Definition;
use fairway_site::L;
use jiff::civil::Date;
use uuid::Uuid;

use crate::web::Guard;

/// The name of a stage.
pub fn stage(l: L, code: &str) -> String {
    l.t(&format!("cases-stage-{code}")).into_owned()
}

/// The name of a phase of a stored definition; its id when the definition has no such phase.
pub fn phase(guard: &Guard, programme: Uuid, id: &str) -> String {
    let title = guard
        .app
        .content
        .programme(programme)
        .and_then(|programme| programme.definition.phase(id).map(|phase| phase.title.in_language(guard.l.code()).to_owned()));
    title.unwrap_or_else(|| id.to_owned())
}

/// The name of a session; its id when the definition has none such.
pub fn session(l: L, definition: &Definition, id: &str) -> String {
    definition.session(id).map_or_else(|| id.to_owned(), |(_, _, session)| session.title.in_language(l.code()).to_owned())
}

/// The name of a target; its id when the definition has none such.
pub fn target(l: L, definition: &Definition, id: &str) -> String {
    definition.target(id).map_or_else(|| id.to_owned(), |target| target.title.in_language(l.code()).to_owned())
}

/// Why a case ended, as its definition words it.
pub fn reason(l: L, definition: &Definition, id: &str) -> String {
    let reasons = definition.reasons.never_started.iter().chain(&definition.reasons.ended_early);
    reasons.into_iter().find(|reason| reason.id == id).map_or_else(|| id.to_owned(), |reason| reason.title.in_language(l.code()).to_owned())
}

/// A day, or a dash in words.
pub fn day_or(l: L, on: Option<Date>) -> String {
    on.map_or_else(|| l.t("cases-none-yet").into_owned(), |on| l.date(on))
}
