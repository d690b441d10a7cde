//! Every id that is named somewhere is defined somewhere, and every target is worked on.

use std::collections::BTreeSet;

use super::Rules;
use crate::programme::nearest::{did_you_mean, quoted};
use crate::programme::{Condition, DuePoint, Model};

/// The ids of one kind, and what to say when another is named.
struct Kind<'a> {
    name: &'static str,
    code: &'static str,
    ids: BTreeSet<&'a str>,
}

impl Kind<'_> {
    /// Reports an id that is not of this kind. Ids that could not be read were reported before.
    fn expect(&self, rules: &Rules<'_>, path: &str, id: &str) {
        if id.is_empty() || self.ids.contains(id) {
            return;
        }
        let message = format!("there is no {} {}", self.name, quoted(id));
        rules.fault(path, self.code, message, did_you_mean(id, self.ids.iter().copied()));
    }

    fn expect_all(&self, rules: &Rules<'_>, path: &str, ids: &[String]) {
        for (index, id) in ids.iter().enumerate() {
            self.expect(rules, &format!("{path}[{index}]"), id);
        }
    }
}

pub(super) fn known(rules: &Rules<'_>) {
    let definition = rules.definition;
    let targets = kind("target", "unknown-target", definition.targets.iter().map(|it| it.id.as_str()));
    let measures = kind("measure", "unknown-measure", definition.measures.iter().map(|it| it.id.as_str()));
    let materials = kind("material", "unknown-material", definition.materials.iter().map(|it| it.id.as_str()));
    let phases = kind("phase", "unknown-phase", definition.phases.iter().map(|it| it.id.as_str()));
    let all_modules = definition.phases.iter().flat_map(|phase| &phase.modules);
    let modules = kind("module", "unknown-module", all_modules.map(|it| it.id.as_str()));
    let sessions = kind("session", "unknown-session", definition.sessions().map(|(_, _, it)| it.id.as_str()));

    phases.expect_all(rules, "completion.phases", &definition.completion.phases);
    for (path, session) in super::order::located(definition) {
        targets.expect_all(rules, &format!("{path}.targets"), &session.targets);
        materials.expect_all(rules, &format!("{path}.materials"), &session.materials);
        sessions.expect_all(rules, &format!("{path}.needs"), &session.needs);
    }
    for (index, measure) in definition.measures.iter().enumerate() {
        targets.expect_all(rules, &format!("measures[{index}].targets"), &measure.targets);
    }
    for (index, track) in definition.tracks.iter().enumerate() {
        modules.expect_all(rules, &format!("tracks[{index}].leave_out.modules"), &track.leave_out.modules);
        sessions.expect_all(rules, &format!("tracks[{index}].leave_out.sessions"), &track.leave_out.sessions);
    }
    for gate in super::gates::located(definition) {
        match gate.condition {
            Condition::PhasePassed { phase } => phases.expect(rules, &format!("{}.phase", gate.path), phase),
            Condition::MeasureTaken { measure } => measures.expect(rules, &format!("{}.measure", gate.path), measure),
            _ => {}
        }
    }
    due_points(rules, &phases, &modules);
    constructs(rules);
    unused_targets(rules);
}

fn kind<'a>(name: &'static str, code: &'static str, ids: impl Iterator<Item = &'a str>) -> Kind<'a> {
    Kind { name, code, ids: ids.filter(|id| !id.is_empty()).collect() }
}

fn due_points(rules: &Rules<'_>, phases: &Kind<'_>, modules: &Kind<'_>) {
    let definition = rules.definition;
    let measures = definition.measures.iter().enumerate().map(|(m, it)| (format!("measures[{m}]"), &it.due));
    let reports = definition.reports.iter().enumerate().map(|(r, it)| (format!("reports[{r}]"), &it.due));
    for (owner, due) in measures.chain(reports) {
        for (index, point) in due.iter().enumerate() {
            let (kind, of) = match point {
                DuePoint::PhaseStart { of } | DuePoint::PhaseEnd { of } => (phases, of),
                DuePoint::ModuleEnd { of } => (modules, of),
                DuePoint::AfterCompletion { .. } | DuePoint::EveryMonths { .. } => continue,
            };
            if of.is_empty() || kind.ids.contains(of.as_str()) {
                continue;
            }
            let message = format!("this due point does not exist: there is no {} {}", kind.name, quoted(of));
            let help = did_you_mean(of, kind.ids.iter().copied());
            rules.fault(&format!("{owner}.due[{index}].of"), "unknown-due-point", message, help);
        }
    }
}

fn constructs(rules: &Rules<'_>) {
    for (t, target) in rules.definition.targets.iter().enumerate() {
        for model in Model::ALL {
            for (index, id) in target.constructs.of(model).iter().enumerate() {
                if id.is_empty() || model.constructs().contains(&id.as_str()) {
                    continue;
                }
                let path = format!("targets[{t}].constructs.{}[{index}]", model.id());
                let message = format!("the model {} has no construct {}", model.id(), quoted(id));
                let help = did_you_mean(id, model.constructs().iter().copied());
                rules.fault(&path, "unknown-construct", message, help);
            }
        }
    }
}

fn unused_targets(rules: &Rules<'_>) {
    let worked_on: BTreeSet<&String> = rules.definition.sessions().flat_map(|(_, _, it)| &it.targets).collect();
    for (index, target) in rules.definition.targets.iter().enumerate() {
        if !target.id.is_empty() && !worked_on.contains(&target.id) {
            let message = format!("no session works on the target {}", quoted(&target.id));
            let help = "name it in the targets of a session, or remove it";
            rules.fault(&format!("targets[{index}].id"), "unused-target", message, help);
        }
    }
}
