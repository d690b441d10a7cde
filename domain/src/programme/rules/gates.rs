//! Every gate can open: what its conditions ask for can happen before it.

use std::collections::BTreeMap;

use super::Rules;
use super::order::leads_to;
use crate::programme::nearest::quoted;
use crate::programme::{Condition, Definition, DuePoint, Measure, Phase, Track};

/// A condition with where it stands.
pub(super) struct Gate<'a> {
    pub(super) path: String,
    /// Place of the phase in the order.
    pub(super) index: usize,
    pub(super) phase: &'a Phase,
    pub(super) is_entry: bool,
    pub(super) condition: &'a Condition,
}

/// Every condition of every gate.
pub(super) fn located(definition: &Definition) -> Vec<Gate<'_>> {
    let mut gates = Vec::new();
    for (index, phase) in definition.phases.iter().enumerate() {
        for (is_entry, name, conditions) in [(true, "entry", &phase.entry), (false, "exit", &phase.exit)] {
            for (c, condition) in conditions.iter().enumerate() {
                gates.push(Gate { path: format!("phases[{index}].{name}[{c}]"), index, phase, is_entry, condition });
            }
        }
    }
    gates
}

pub(super) fn can_open(rules: &Rules<'_>) {
    for gate in located(rules.definition) {
        match gate.condition {
            Condition::PhasePassed { phase } => phase_passed(rules, &gate, phase),
            Condition::SessionsDone { .. } => sessions_done(rules, &gate),
            Condition::TargetsJudged { at_least: Some(at_least) } => targets_judged(rules, &gate, *at_least),
            Condition::MeasureTaken { measure } => measure_taken(rules, &gate, measure),
            _ => {}
        }
    }
}

fn never(rules: &Rules<'_>, path: &str, why: &str, help: &str) {
    rules.fault(path, "gate-never-opens", format!("this gate can never open: {why}"), help);
}

fn phase_passed(rules: &Rules<'_>, gate: &Gate<'_>, needed: &str) {
    let Some(other) = rules.definition.phase_index(needed) else { return };
    if other < gate.index || needed.is_empty() {
        return;
    }
    let mut edges: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for gate in located(rules.definition) {
        if let Condition::PhasePassed { phase } = gate.condition {
            edges.entry(&gate.phase.id).or_default().push(phase);
        }
    }
    let path = format!("{}.phase", gate.path);
    let (own, named) = (quoted(&gate.phase.id), quoted(needed));
    if other > gate.index && leads_to(&edges, needed, &gate.phase.id) {
        let message = format!("a cycle: phase {own} needs {named} to be passed, which needs {own} in turn");
        rules.fault(&path, "cycle", message, "remove one of the conditions");
    } else if other == gate.index {
        never(rules, &path, &format!("phase {named} would have to be passed before itself"), "name an earlier phase");
    } else {
        never(rules, &path, &format!("phase {named} comes after phase {own}"), "name an earlier phase");
    }
}

fn sessions_done(rules: &Rules<'_>, gate: &Gate<'_>) {
    if gate.is_entry {
        let why = "the sessions of a phase are held after its entry, and \"sessions-done\" asks for them before";
        never(rules, &format!("{}.rule", gate.path), why, "move it to the phase's exit");
        return;
    }
    let lacking: Vec<String> = rules
        .definition
        .tracks
        .iter()
        .filter(|track| {
            let mut sessions = gate.phase.sessions();
            !sessions.any(|(module, session)| session.counts_to_completion && track.includes(module, session))
        })
        .map(|track| quoted(&track.id))
        .collect();
    if !lacking.is_empty() {
        let phase = quoted(&gate.phase.id);
        let why = format!("track {} has no session in phase {phase} that counts", lacking.join(" and "));
        let help = "keep a session with counts_to_completion = true in the track, or remove the condition";
        never(rules, &gate.path, &why, help);
    }
}

fn targets_judged(rules: &Rules<'_>, gate: &Gate<'_>, at_least: u16) {
    let targets = rules.definition.targets.len();
    if usize::from(at_least) > targets {
        let why = format!("it asks for \"{at_least}\" judged targets, but there are {targets}");
        never(rules, &format!("{}.at_least", gate.path), &why, "ask for fewer, or leave at_least out for all of them");
    }
}

fn measure_taken(rules: &Rules<'_>, gate: &Gate<'_>, measure: &str) {
    let definition = rules.definition;
    let Some(found) = definition.measure(measure) else { return };
    let lacking: Vec<String> =
        definition.tracks.iter().filter(|track| !due_in_time(definition, gate, found, track)).map(|track| quoted(&track.id)).collect();
    let path = format!("{}.measure", gate.path);
    let help = "give the measure a due point in this phase or an earlier one, or remove the condition";
    if lacking.len() == definition.tracks.len() && !lacking.is_empty() {
        let why = format!("the measure {} does not fall due in this phase or before it", quoted(measure));
        never(rules, &path, &why, help);
    } else if !lacking.is_empty() {
        let why = format!("in track {} the measure {} does not fall due by then", lacking.join(" and "), quoted(measure));
        never(rules, &path, &why, help);
    }
}

/// Whether the measure falls due for the track before the gate is looked at.
fn due_in_time(definition: &Definition, gate: &Gate<'_>, measure: &Measure, track: &Track) -> bool {
    let within = |of: &str| {
        let index = definition.phase_index(of);
        // A phase that could not be found was reported as such.
        index.is_none_or(|index| index < gate.index || (index == gate.index && !gate.is_entry))
    };
    measure.due.iter().any(|point| match point {
        DuePoint::PhaseStart { of } => definition.phase_index(of).is_none_or(|index| index <= gate.index),
        DuePoint::PhaseEnd { of } => within(of),
        DuePoint::ModuleEnd { of } => definition
            .module(of)
            .is_none_or(|(phase, module)| within(&phase.id) && module.sessions.iter().any(|session| track.includes(module, session))),
        DuePoint::AfterCompletion { .. } | DuePoint::EveryMonths { .. } => false,
    })
}
