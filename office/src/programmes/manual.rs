//! A definition in the reader's words: what the contents page shows.

use fairway_domain::programme::{Condition, Definition, DuePoint, Format, MakeUp, MakeUpBy, Model, SessionPlan, Text, Track};
use fairway_site::{Fact, L};

/// A definition, told.
pub(super) struct Manual {
    pub title: String,
    pub summary: String,
    pub provenance: String,
    pub facts: Vec<Fact>,
    pub phases: Vec<Phase>,
    pub tracks: Vec<TrackRow>,
    pub targets: Vec<Target>,
    pub models: Vec<String>,
    pub measures: Vec<Measure>,
    pub criteria: Vec<Criterion>,
    pub completion: String,
    pub reports: Vec<Measure>,
    pub reasons: Vec<(String, Vec<String>)>,
    pub sources: Vec<String>,
}

/// A phase with its gates and modules.
pub(super) struct Phase {
    pub id: String,
    pub title: String,
    pub purpose: String,
    pub entry: Vec<String>,
    pub exit: Vec<String>,
    pub modules: Vec<Module>,
}

/// A module with its sessions.
pub(super) struct Module {
    pub title: String,
    pub sessions: Vec<Session>,
}

/// A session's row.
pub(super) struct Session {
    pub id: String,
    pub number: usize,
    pub title: String,
    pub format: String,
    pub minutes: String,
    pub cadence: String,
    pub targets: String,
    pub make_up: String,
    pub left_out: String,
}

/// A track's row.
pub(super) struct TrackRow {
    pub title: String,
    pub levels: Vec<String>,
    pub individual: usize,
    pub group: usize,
    pub hours: String,
    pub weeks: u32,
    pub leaves_out: String,
}

/// A target and what it corresponds to.
pub(super) struct Target {
    pub title: String,
    pub about: String,
    pub constructs: Vec<String>,
}

/// A measure (or report) and when it falls due.
pub(super) struct Measure {
    pub title: String,
    pub of: String,
    pub due: Vec<String>,
}

/// A suitability criterion.
pub(super) struct Criterion {
    pub title: String,
    pub help: String,
    pub required: bool,
}

struct Teller<'a> {
    l: L,
    definition: &'a Definition,
}

/// A definition in the reader's words.
pub(super) fn of(l: L, definition: &Definition) -> Manual {
    let teller = Teller { l, definition };
    let reports = definition.reports.iter().map(|report| Measure {
        title: teller.say(&report.title),
        of: String::new(),
        due: teller.due(&report.due),
    });
    let reasons =
        [("programmes-reasons-never", &definition.reasons.never_started), ("programmes-reasons-early", &definition.reasons.ended_early)];
    Manual {
        title: teller.say(&definition.title),
        summary: teller.say(&definition.summary),
        provenance: teller.say(&definition.provenance),
        facts: facts(l, definition),
        phases: teller.phases(),
        tracks: definition.tracks.iter().map(|track| teller.track(track)).collect(),
        targets: teller.targets(),
        models: Model::ALL.iter().map(|model| l.t(&format!("programmes-model-{}", model.id())).into_owned()).collect(),
        measures: teller.measures(),
        criteria: definition
            .suitability
            .iter()
            .map(|one| Criterion { title: teller.say(&one.title), help: teller.say(&one.help), required: one.required })
            .collect(),
        completion: teller.completion(),
        reports: reports.collect(),
        reasons: reasons
            .into_iter()
            .map(|(label, list)| (l.t(label).into_owned(), list.iter().map(|reason| teller.say(&reason.title)).collect()))
            .collect(),
        sources: definition.sources.clone(),
    }
}

/// The facts beneath a programme's name.
pub(super) fn facts(l: L, definition: &Definition) -> Vec<Fact> {
    let mut facts = vec![
        Fact::new(l.t("programmes-version"), definition.version.to_string()),
        Fact::bare(l.t1("programmes-sessions-count", "count", definition.sessions().count())),
        Fact::bare(l.t1("programmes-weeks-at-most", "weeks", definition.max_weeks)),
    ];
    if let Some(group) = definition.group {
        facts.push(Fact::bare(l.t3("programmes-group-size", "min", group.min, "max", group.max, "facilitators", group.facilitators)));
    }
    let languages: Vec<_> = definition
        .languages
        .iter()
        .map(|code| fairway_site::Language::parse(code).map_or_else(|| code.clone(), |known| known.name().into_owned()))
        .collect();
    facts.push(Fact::bare(l.list(&languages)));
    facts
}

/// The facts beneath a session's name.
pub(super) fn session_facts(l: L, plan: &SessionPlan, number: usize, of: usize) -> Vec<Fact> {
    let mut facts = vec![
        Fact::bare(l.t2("programmes-session-number", "number", number, "of", of)),
        Fact::bare(l.t(&format!("programmes-format-{}", plan.format.id()))),
        Fact::new("", l.t1("programmes-minutes", "minutes", plan.minutes)),
        Fact::new(l.t("programmes-make-up"), make_up(l, &plan.make_up)),
    ];
    if !plan.counts_to_completion {
        facts.push(Fact::bare(l.t("programmes-does-not-count")));
    }
    facts
}

fn make_up(l: L, rule: &MakeUp) -> String {
    let by = match rule.by {
        MakeUpBy::Individual => "individual",
        MakeUpBy::NextGroup => "next-group",
        MakeUpBy::Sheet => "sheet",
        MakeUpBy::None => "none",
    };
    let mut words = l.t(&format!("programmes-make-up-{by}")).into_owned();
    if let Some(minutes) = rule.minutes {
        words = format!("{words}, {}", l.t1("programmes-minutes", "minutes", minutes));
    }
    if let Some(days) = rule.within_days {
        words = format!("{words}, {}", l.t1("programmes-within-days", "days", days));
    }
    words
}

impl Teller<'_> {
    fn say(&self, text: &Text) -> String {
        text.in_language(self.l.code()).to_owned()
    }

    fn phase_title(&self, id: &str) -> String {
        self.definition.phase(id).map_or_else(|| id.to_owned(), |phase| self.say(&phase.title))
    }

    fn module_title(&self, id: &str) -> String {
        self.definition.module(id).map_or_else(|| id.to_owned(), |(_, module)| self.say(&module.title))
    }

    fn target_titles(&self, ids: &[String]) -> String {
        let titles: Vec<_> = ids.iter().filter_map(|id| self.definition.target(id)).map(|target| self.say(&target.title)).collect();
        self.l.list(&titles)
    }

    fn phases(&self) -> Vec<Phase> {
        let mut number = 0;
        let mut told = Vec::new();
        for phase in &self.definition.phases {
            let modules = phase.modules.iter().map(|module| Module {
                title: self.say(&module.title),
                sessions: module
                    .sessions
                    .iter()
                    .map(|plan| {
                        number += 1;
                        self.session(module, plan, number)
                    })
                    .collect(),
            });
            let modules = modules.collect();
            let gate = |conditions: &[Condition]| conditions.iter().map(|condition| self.condition(condition)).collect();
            told.push(Phase {
                id: phase.id.clone(),
                title: self.say(&phase.title),
                purpose: self.say(&phase.purpose),
                entry: gate(&phase.entry),
                exit: gate(&phase.exit),
                modules,
            });
        }
        told
    }

    fn session(&self, module: &fairway_domain::programme::Module, plan: &SessionPlan, number: usize) -> Session {
        let without: Vec<_> =
            self.definition.tracks.iter().filter(|track| !track.includes(module, plan)).map(|track| self.say(&track.title)).collect();
        let cadence = serde_json::to_value(plan.cadence).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default();
        Session {
            id: plan.id.clone(),
            number,
            title: self.say(&plan.title),
            format: self.l.t(&format!("programmes-format-{}", plan.format.id())).into_owned(),
            minutes: self.l.number(plan.minutes),
            cadence: self.l.t(&format!("programmes-cadence-{cadence}")).into_owned(),
            targets: self.target_titles(&plan.targets),
            make_up: make_up(self.l, &plan.make_up),
            left_out: if without.is_empty() {
                String::new()
            } else {
                self.l.t1("programmes-not-in-track", "tracks", self.l.list(&without)).into_owned()
            },
        }
    }

    fn track(&self, track: &Track) -> TrackRow {
        let l = self.l;
        let sessions: Vec<_> = self.definition.sessions_of(track).map(|(_, _, session)| session).collect();
        let minutes: u32 = sessions.iter().map(|session| u32::from(session.minutes)).sum();
        let count = |format| sessions.iter().filter(|session| session.format == format).count();
        let level = |level: fairway_domain::programme::Level| l.t(&format!("programmes-level-{}", level.id())).into_owned();
        let modules = track.leave_out.modules.iter().map(|id| self.module_title(id));
        let single =
            track.leave_out.sessions.iter().filter_map(|id| self.definition.session(id)).map(|(_, _, session)| self.say(&session.title));
        let left_out: Vec<_> = modules.chain(single).collect();
        TrackRow {
            title: self.say(&track.title),
            levels: track
                .levels
                .iter()
                .map(|pair| l.t2("programmes-levels", "risk", level(pair.risk), "need", level(pair.need)).into_owned())
                .collect(),
            individual: count(Format::Individual),
            group: count(Format::Group),
            hours: l.decimal(f64::from(minutes) / 60.0, usize::from(!minutes.is_multiple_of(60))),
            weeks: self.definition.length_in_days(track).div_ceil(7),
            leaves_out: if left_out.is_empty() { l.t("programmes-leaves-out-nothing").into_owned() } else { l.list(&left_out) },
        }
    }

    fn targets(&self) -> Vec<Target> {
        let told = |target: &fairway_domain::programme::Target| {
            let constructs = Model::ALL.iter().map(|model| {
                let names: Vec<_> = target
                    .constructs
                    .of(*model)
                    .iter()
                    .map(|id| self.l.t(&format!("programmes-construct-{}-{id}", model.id())).into_owned())
                    .collect();
                if names.is_empty() { "–".to_owned() } else { names.join(", ") }
            });
            Target { title: self.say(&target.title), about: self.say(&target.about), constructs: constructs.collect() }
        };
        self.definition.targets.iter().map(told).collect()
    }

    fn measures(&self) -> Vec<Measure> {
        self.definition
            .measures
            .iter()
            .map(|measure| Measure {
                title: self.say(&measure.title),
                of: self.target_titles(&measure.targets),
                due: self.due(&measure.due),
            })
            .collect()
    }

    fn due(&self, points: &[DuePoint]) -> Vec<String> {
        let l = self.l;
        let told = |point: &DuePoint| match point {
            DuePoint::PhaseStart { of } => l.t1("programmes-due-phase-start", "phase", self.phase_title(of)),
            DuePoint::PhaseEnd { of } => l.t1("programmes-due-phase-end", "phase", self.phase_title(of)),
            DuePoint::ModuleEnd { of } => l.t1("programmes-due-module-end", "module", self.module_title(of)),
            DuePoint::AfterCompletion { weeks } => l.t1("programmes-due-after-completion", "weeks", *weeks),
            DuePoint::EveryMonths { months } => l.t1("programmes-due-every-months", "months", *months),
        };
        points.iter().map(|point| told(point).into_owned()).collect()
    }

    fn condition(&self, condition: &Condition) -> String {
        let l = self.l;
        let told = match condition {
            Condition::Suitable => l.t("programmes-gate-suitable"),
            Condition::OrderCovers => l.t("programmes-gate-order-covers"),
            Condition::PhasePassed { phase } => l.t1("programmes-gate-phase-passed", "phase", self.phase_title(phase)),
            Condition::SessionsDone { share } => l.t1("programmes-gate-sessions-done", "share", l.percent(*share)),
            Condition::TargetsJudged { at_least: Some(count) } => l.t1("programmes-gate-targets-judged", "count", *count),
            Condition::TargetsJudged { at_least: None } => l.t("programmes-gate-targets-judged-all"),
            Condition::Confirmed { title, .. } => return self.say(title),
            Condition::MeasureTaken { measure } => {
                let title = self.definition.measure(measure).map_or_else(|| measure.clone(), |measure| self.say(&measure.title));
                l.t1("programmes-gate-measure-taken", "measure", title)
            }
        };
        told.into_owned()
    }

    fn completion(&self) -> String {
        let phases: Vec<_> = self.definition.completion.phases.iter().map(|id| self.phase_title(id)).collect();
        self.l
            .t2("programmes-completion-rule", "share", self.l.percent(self.definition.completion.share), "phases", self.l.list(&phases))
            .into_owned()
    }
}
