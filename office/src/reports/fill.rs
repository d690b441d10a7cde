//! A report's first words, filled from what is there. They tell what happened and never how dangerous somebody is; the
//! professional corrects them and adds their own.

use fairway_domain::jurisdiction::Jurisdiction;
use fairway_domain::programme::Definition;
use fairway_site::L;
use jiff::civil::Date;

use super::store::Section;
use super::store_told::Held;
use crate::cases::store::CaseRow;

/// The sections of every report, in their order. The last is the professional's own.
pub(super) const SECTIONS: &[&str] = &["who", "programme", "attendance", "phases", "targets", "needs", "goals", "concerns", "summary"];

/// What a report is filled from.
pub(super) struct Told<'a> {
    pub l: L,
    pub case: &'a CaseRow,
    pub definition: &'a Definition,
    pub law: Option<&'a Jurisdiction>,
    pub from: Date,
    pub to: Date,
    pub held: Vec<Held>,
    pub phases: Vec<(String, Date)>,
    pub needs: Vec<(String, String)>,
    pub goals: Vec<String>,
    pub concerns: (i64, i64),
}

impl Told<'_> {
    /// The sections with their first words.
    pub(super) fn sections(&self) -> Vec<Section> {
        let words = |id: &str| match id {
            "who" => self.who(),
            "programme" => self.programme(),
            "attendance" => self.attendance(),
            "phases" => self.phases(),
            "targets" => self.targets(),
            "needs" => self.needs(),
            "goals" => self.goals(),
            "concerns" => self.concerns(),
            _ => String::new(),
        };
        SECTIONS.iter().map(|id| ((*id).to_owned(), words(id))).collect()
    }

    fn say(&self, text: &fairway_domain::programme::Text) -> String {
        text.in_language(self.l.code()).to_owned()
    }

    fn who(&self) -> String {
        let l = self.l;
        let basis = self.law.and_then(|law| law.legal_basis(&self.case.legal_basis));
        let mut lines = vec![l.t2("reports-fill-who", "name", self.case.name(), "born", l.date_long(self.case.born_on)).into_owned()];
        if let Some(basis) = basis {
            let cite = if basis.cite.is_empty() { String::new() } else { format!(" ({})", basis.cite) };
            lines.push(l.t1("reports-fill-basis", "basis", format!("{}{cite}", self.say(&basis.title))).into_owned());
        }
        if let (Some(from), Some(to)) = (self.case.order_starts_on, self.case.order_ends_on) {
            lines.push(l.t2("reports-fill-order", "from", l.date_long(from), "to", l.date_long(to)).into_owned());
        }
        lines.join("\n")
    }

    fn programme(&self) -> String {
        let l = self.l;
        let mut lines = vec![
            l.t2("reports-fill-programme", "title", self.say(&self.definition.title), "version", self.definition.version.to_string())
                .into_owned(),
        ];
        if let Some(track) = self.case.track.as_deref().and_then(|id| self.definition.track(id)) {
            lines.push(l.t1("reports-fill-track", "track", self.say(&track.title)).into_owned());
        }
        lines.push(self.say(&self.definition.provenance));
        lines.join("\n")
    }

    fn attendance(&self) -> String {
        let l = self.l;
        if self.from > self.to {
            return l.t1("reports-fill-not-yet", "from", l.date_long(self.from)).into_owned();
        }
        let count = |presence: &str| self.held.iter().filter(|held| held.presence == presence).count();
        let made_up = self.held.iter().filter(|held| held.made_up.is_some()).count();
        let planned: i64 = self.held.iter().map(|held| held.planned).sum();
        let delivered: i64 = self.held.iter().map(|held| (held.minutes + held.made_up.unwrap_or(0)).min(held.planned)).sum();
        let mut lines = vec![
            l.t3("reports-fill-held", "count", self.held.len(), "from", l.date_long(self.from), "to", l.date_long(self.to)).into_owned(),
            l.t2("reports-fill-attended", "attended", count("attended"), "part", count("part")).into_owned(),
            l.t3("reports-fill-absent", "accepted", count("absent-accepted"), "unaccepted", count("absent-unaccepted"), "made", made_up)
                .into_owned(),
        ];
        if planned > 0 {
            lines.push(l.t2("reports-fill-dose", "delivered", l.number(delivered), "planned", l.number(planned)).into_owned());
        }
        if self.held.is_empty() {
            lines.truncate(1);
        }
        lines.join("\n")
    }

    fn phases(&self) -> String {
        let l = self.l;
        let line = |(id, on): &(String, Date)| {
            let title = self.definition.phase(id).map_or_else(|| id.clone(), |phase| self.say(&phase.title));
            l.t2("reports-fill-phase", "phase", title, "on", l.date_long(*on)).into_owned()
        };
        let mut begun: Vec<_> = self.phases.iter().filter(|(_, on)| *on <= self.to).collect();
        begun.sort_by_key(|(_, on)| *on);
        let mut lines: Vec<_> = begun.into_iter().map(line).collect();
        if lines.is_empty() {
            lines.push(l.t("reports-fill-not-begun").into_owned());
        }
        if let Some(ended) = self.case.ended_on.filter(|ended| *ended <= self.to) {
            lines.push(
                l.t2("reports-fill-ended", "stage", l.t(&format!("reports-stage-{}", self.case.stage)), "on", l.date_long(ended))
                    .into_owned(),
            );
        }
        lines.join("\n")
    }

    fn title_of(&self, target: &str) -> String {
        self.definition.target(target).map_or_else(|| target.to_owned(), |target| self.say(&target.title))
    }

    fn targets(&self) -> String {
        let worked = |target: &fairway_domain::programme::Target| {
            self.held.iter().any(|held| {
                let there = matches!(held.presence.as_str(), "attended" | "part") || held.made_up.is_some();
                there && self.definition.session(&held.session).is_some_and(|(_, _, plan)| plan.targets.contains(&target.id))
            })
        };
        let titles: Vec<_> = self.definition.targets.iter().filter(|target| worked(target)).map(|target| self.say(&target.title)).collect();
        if titles.is_empty() {
            self.l.t("reports-fill-no-targets").into_owned()
        } else {
            self.l.t1("reports-fill-targets", "targets", self.l.list(&titles)).into_owned()
        }
    }

    fn needs(&self) -> String {
        let l = self.l;
        let judged = |verdict: &str| -> Vec<String> {
            self.needs.iter().filter(|(_, said)| said == verdict).map(|(target, _)| self.title_of(target)).collect()
        };
        let open: Vec<String> = self
            .definition
            .targets
            .iter()
            .filter(|target| !self.needs.iter().any(|(id, verdict)| *id == target.id && verdict != "not-yet-assessed"))
            .map(|target| self.say(&target.title))
            .collect();
        let groups =
            [("present", judged("present")), ("absent", judged("absent")), ("unclear", judged("unclear")), ("not-yet-assessed", open)];
        let lines: Vec<_> = groups
            .iter()
            .filter(|(_, titles)| !titles.is_empty())
            .map(|(verdict, titles)| l.t1(&format!("reports-fill-need-{verdict}"), "targets", l.list(titles)).into_owned())
            .collect();
        lines.join("\n")
    }

    fn goals(&self) -> String {
        if self.goals.is_empty() {
            return self.l.t("reports-fill-no-goals").into_owned();
        }
        self.goals.iter().map(|words| self.l.t1("reports-fill-goal", "words", words)).collect::<Vec<_>>().join("\n")
    }

    fn concerns(&self) -> String {
        let (recorded, open) = self.concerns;
        if recorded == 0 {
            self.l.t("reports-fill-no-concerns").into_owned()
        } else {
            self.l.t2("reports-fill-concerns", "recorded", recorded, "open", open).into_owned()
        }
    }
}
