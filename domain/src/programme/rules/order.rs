//! What a session needs comes before it, without cycles, in every track that has the session.

use std::collections::{BTreeMap, BTreeSet};

use super::Rules;
use crate::programme::nearest::quoted;
use crate::programme::{Definition, SessionPlan};

/// Every session in order, with its path in the file.
pub(super) fn located(definition: &Definition) -> impl Iterator<Item = (String, &SessionPlan)> {
    definition.phases.iter().enumerate().flat_map(|(p, phase)| {
        phase.modules.iter().enumerate().flat_map(move |(m, module)| {
            let each = module.sessions.iter().enumerate();
            each.map(move |(s, session)| (format!("phases[{p}].modules[{m}].sessions[{s}]"), session))
        })
    })
}

pub(super) fn needs(rules: &Rules<'_>) {
    let definition = rules.definition;
    let mut order: BTreeMap<&str, usize> = BTreeMap::new();
    let mut edges: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (place, (_, _, session)) in definition.sessions().enumerate() {
        order.entry(&session.id).or_insert(place);
        edges.entry(&session.id).or_default().extend(session.needs.iter().map(String::as_str));
    }
    for (place, (path, session)) in located(definition).enumerate() {
        for (index, needed) in session.needs.iter().enumerate() {
            let Some(other) = order.get(needed.as_str()) else { continue };
            let path = format!("{path}.needs[{index}]");
            if *other >= place {
                if *needed == session.id || leads_to(&edges, needed, &session.id) {
                    let (own, other) = (quoted(&session.id), quoted(needed));
                    let message = format!("a cycle: session {own} needs {other}, which needs {own} in turn");
                    rules.fault(&path, "cycle", message, "remove one of the needs");
                } else {
                    let message = format!("session {} needs {}, which comes later", quoted(&session.id), quoted(needed));
                    rules.fault(&path, "needs-later-session", message, "a session can only need an earlier one");
                }
            }
            left_out(rules, &path, session, needed);
        }
    }
}

/// Whether following the edges from one id arrives at another.
pub(super) fn leads_to(edges: &BTreeMap<&str, Vec<&str>>, from: &str, to: &str) -> bool {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(id) = open.pop() {
        for next in edges.get(id).into_iter().flatten() {
            if *next == to {
                return true;
            }
            if seen.insert(*next) {
                open.push(next);
            }
        }
    }
    false
}

/// Reports a needed session that a track with the needing one leaves out.
fn left_out(rules: &Rules<'_>, path: &str, session: &SessionPlan, needed: &str) {
    let definition = rules.definition;
    for track in &definition.tracks {
        let has = |id: &str| definition.session(id).is_some_and(|(_, module, plan)| track.includes(module, plan));
        if has(&session.id) && !has(needed) {
            let (track, own) = (quoted(&track.id), quoted(&session.id));
            let message = format!("track {track} has session {own} but leaves out {}, which it needs", quoted(needed));
            rules.fault(path, "needs-left-out", message, "leave both out, or neither, or remove the need");
        }
    }
}
