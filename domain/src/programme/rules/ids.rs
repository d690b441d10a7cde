//! Every id is unique within its kind.

use std::collections::BTreeSet;

use super::Rules;
use crate::programme::Condition;
use crate::programme::nearest::quoted;

pub(super) fn unique(rules: &Rules<'_>) {
    let definition = rules.definition;
    let listed = |list: &str, ids: Vec<&str>| -> Vec<(String, String)> {
        let each = ids.into_iter().enumerate();
        each.map(|(index, id)| (format!("{list}[{index}].id"), id.to_owned())).collect()
    };
    let reasons = &definition.reasons;
    let kinds = [
        ("target", listed("targets", definition.targets.iter().map(|it| it.id.as_str()).collect())),
        ("criterion", listed("suitability", definition.suitability.iter().map(|it| it.id.as_str()).collect())),
        ("measure", listed("measures", definition.measures.iter().map(|it| it.id.as_str()).collect())),
        ("phase", listed("phases", definition.phases.iter().map(|it| it.id.as_str()).collect())),
        ("material", listed("materials", definition.materials.iter().map(|it| it.id.as_str()).collect())),
        ("track", listed("tracks", definition.tracks.iter().map(|it| it.id.as_str()).collect())),
        ("chapter", listed("handbook", definition.handbook.iter().map(|it| it.id.as_str()).collect())),
        ("report", listed("reports", definition.reports.iter().map(|it| it.id.as_str()).collect())),
        ("reason", listed("reasons.never_started", reasons.never_started.iter().map(|it| it.id.as_str()).collect())),
        ("reason", listed("reasons.ended_early", reasons.ended_early.iter().map(|it| it.id.as_str()).collect())),
        ("module", modules(rules)),
        ("session", sessions(rules)),
        ("confirmation", confirmations(rules)),
    ];
    for (kind, ids) in kinds {
        let mut seen = BTreeSet::new();
        for (path, id) in ids {
            if !id.is_empty() && !seen.insert(id.clone()) {
                let message = format!("there is another {kind} with the id {}", quoted(&id));
                rules.fault(&path, "duplicate-id", message, format!("give each {kind} an id of its own"));
            }
        }
    }
}

fn modules(rules: &Rules<'_>) -> Vec<(String, String)> {
    let mut ids = Vec::new();
    for (p, phase) in rules.definition.phases.iter().enumerate() {
        for (m, module) in phase.modules.iter().enumerate() {
            ids.push((format!("phases[{p}].modules[{m}].id"), module.id.clone()));
        }
    }
    ids
}

fn sessions(rules: &Rules<'_>) -> Vec<(String, String)> {
    super::order::located(rules.definition).map(|(path, session)| (format!("{path}.id"), session.id.clone())).collect()
}

fn confirmations(rules: &Rules<'_>) -> Vec<(String, String)> {
    super::gates::located(rules.definition)
        .into_iter()
        .filter_map(|gate| match gate.condition {
            Condition::Confirmed { id, .. } => Some((format!("{}.id", gate.path), id.clone())),
            _ => None,
        })
        .collect()
}
