//! The rules a definition must keep beyond its form: references, order, gates, tracks.

mod gates;
mod ids;
mod order;
mod references;
mod tracks;

use super::places::Places;
use super::source::Source;
use super::{Definition, SessionPlan};

/// Every session of a definition with its path in the file.
pub(super) fn sessions(definition: &Definition) -> impl Iterator<Item = (String, &SessionPlan)> {
    order::located(definition)
}

/// What every rule looks at.
pub(super) struct Rules<'a> {
    pub(super) definition: &'a Definition,
    pub(super) places: &'a Places,
    pub(super) source: &'a Source<'a>,
}

impl Rules<'_> {
    /// Applies all rules; faults go to the source.
    pub(super) fn apply(&self) {
        if self.beyond_reason() {
            return;
        }
        ids::unique(self);
        references::known(self);
        order::needs(self);
        gates::can_open(self);
        tracks::sound(self);
    }

    /// Whether the definition is so large that it is no programme. Real ones have a tenth of these; the limits keep the
    /// rules, some of which compare everything with everything, fast on any input.
    fn beyond_reason(&self) -> bool {
        let definition = self.definition;
        let needs = definition.sessions().map(|(_, _, session)| session.needs.len()).sum::<usize>();
        let counts = [
            ("phases", "phases", definition.phases.len(), 100),
            ("phases", "sessions", definition.sessions().count(), 500),
            ("phases", "needs of sessions", needs, 2000),
            ("phases", "gate conditions", gates::located(definition).len(), 500),
            ("tracks", "tracks", definition.tracks.len(), 30),
            ("measures", "measures", definition.measures.len(), 500),
            ("targets", "targets", definition.targets.len(), 500),
            ("handbook", "chapters", definition.handbook.len(), 100),
        ];
        let mut beyond = false;
        for (path, what, count, limit) in counts {
            if count > limit {
                let message = format!("there are \"{count}\" {what}");
                self.fault(path, "too-many", message, format!("a programme has at most {limit} {what}"));
                beyond = true;
            }
        }
        beyond
    }

    fn fault(&self, path: &str, code: &'static str, message: String, help: impl Into<String>) {
        self.source.fault(self.places.at(path), code, message, help);
    }
}
