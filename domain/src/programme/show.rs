//! A programme as JSON for other programs.

use serde_json::{Value, json};

use super::{Definition, Module, Phase, Programme, SessionPlan, Track};

/// The structure of a programme: id, version, languages, phases with modules and sessions, tracks with the ids of their
/// sessions. Lists keep the definition's order.
pub fn show(programme: &Programme) -> Value {
    let definition = &programme.definition;
    json!({
        "id": definition.id,
        "version": definition.version,
        "languages": definition.languages,
        "phases": definition.phases.iter().map(phase).collect::<Vec<_>>(),
        "tracks": definition.tracks.iter().map(|it| track(definition, it)).collect::<Vec<_>>(),
    })
}

fn phase(phase: &Phase) -> Value {
    json!({
        "id": phase.id,
        "title": phase.title,
        "modules": phase.modules.iter().map(module).collect::<Vec<_>>(),
    })
}

fn module(module: &Module) -> Value {
    json!({
        "id": module.id,
        "title": module.title,
        "sessions": module.sessions.iter().map(session).collect::<Vec<_>>(),
    })
}

fn session(session: &SessionPlan) -> Value {
    json!({
        "id": session.id,
        "title": session.title,
        "format": session.format,
        "minutes": session.minutes,
        "targets": session.targets,
    })
}

fn track(definition: &Definition, track: &Track) -> Value {
    let sessions: Vec<&str> = definition.sessions_of(track).map(|(_, _, session)| session.id.as_str()).collect();
    json!({ "id": track.id, "sessions": sessions })
}
