//! A gate in words: each condition, how it stands, and its figures.

use fairway_domain::case::gate::{Checked, Figures, Holds};
use fairway_domain::programme::{Condition, Definition};
use fairway_site::L;

use super::gates::{Asked, confirmed_by, counts};

/// A condition as a page shows it.
#[derive(Debug, Clone)]
pub struct GateLine {
    /// What must hold.
    pub text: String,
    /// The figures, or nothing.
    pub figures: String,
    /// How it stands, in words.
    pub state: String,
    /// The mood of the tag: `ok`, `late` or `plain`.
    pub mood: &'static str,
    /// The confirmation that settles it, when a professional can.
    pub confirm: Option<String>,
    /// Whether it holds.
    pub met: bool,
}

/// A gate as a page shows it.
#[derive(Debug, Clone)]
pub struct GateShown {
    /// Conditions to leave the present phase.
    pub exit: Vec<GateLine>,
    /// Conditions to enter the next, or of completion.
    pub entry: Vec<GateLine>,
    /// Whether all of it holds.
    pub met: bool,
}

/// A gate in words.
pub fn shown(l: L, definition: &Definition, asked: &Asked<'_>) -> GateShown {
    let mut entry: Vec<GateLine> = asked.entry.iter().map(|checked| line(l, definition, checked)).collect();
    if asked.to.is_none() {
        entry.extend(completion(l, definition, asked));
    }
    GateShown {
        exit: asked.exit.iter().map(|checked| line(l, definition, checked)).collect(),
        entry,
        met: matches!(asked.verdict, fairway_domain::case::Verdict::Met),
    }
}

fn completion(l: L, definition: &Definition, asked: &Asked<'_>) -> Vec<GateLine> {
    let phases = asked.phases_open.iter().map(|phase| {
        let title = definition.phase(phase).map_or_else(|| phase.clone(), |phase| phase.title.in_language(l.code()).to_owned());
        (l.t1("cases-gate-phase-passed", "phase", title).into_owned(), String::new(), Holds::NotMet)
    });
    let (share, holds) = match asked.share {
        Some((done, need, of)) => (
            l.t3("cases-gate-count", "have", done, "need", need, "of", of).into_owned(),
            if done >= need { Holds::Met } else { Holds::NotMet },
        ),
        None => (l.t("cases-gate-no-track").into_owned(), Holds::Unknown),
    };
    let mut lines: Vec<GateLine> = phases.map(|(text, figures, holds)| made(l, text, figures, holds, None)).collect();
    lines.push(made(l, l.t("cases-gate-whole-share").into_owned(), share, holds, None));
    lines
}

fn made(l: L, text: String, figures: String, holds: Holds, confirm: Option<String>) -> GateLine {
    let (state, mood) = match holds {
        Holds::Met => ("cases-gate-met", "ok"),
        Holds::NotMet => ("cases-gate-not-met", "late"),
        Holds::Unknown => ("cases-gate-unknown", "plain"),
    };
    GateLine { text, figures, state: l.t(state).into_owned(), mood, confirm, met: holds == Holds::Met }
}

fn line(l: L, definition: &Definition, checked: &Checked<'_>) -> GateLine {
    let text = match checked.condition {
        Condition::Suitable => l.t("cases-gate-suitable").into_owned(),
        Condition::OrderCovers => l.t("cases-gate-order").into_owned(),
        Condition::PhasePassed { phase } => {
            let title = definition.phase(phase).map_or(phase.as_str(), |phase| phase.title.in_language(l.code()));
            l.t1("cases-gate-phase-passed", "phase", title).into_owned()
        }
        Condition::SessionsDone { .. } => l.t("cases-gate-sessions").into_owned(),
        Condition::TargetsJudged { .. } => l.t("cases-gate-targets").into_owned(),
        Condition::Confirmed { title, .. } => title.in_language(l.code()).to_owned(),
        Condition::MeasureTaken { measure } => {
            let title = definition.measure(measure).map_or(measure.as_str(), |measure| measure.title.in_language(l.code()));
            l.t1("cases-gate-measure", "measure", title).into_owned()
        }
    };
    let figures = match checked.figures {
        Figures::Days { order_ends_on, phase_ends_on, .. } => {
            l.t2("cases-gate-days", "order", l.date(order_ends_on), "phase", l.date(phase_ends_on)).into_owned()
        }
        figures => counts(figures)
            .map_or_else(String::new, |(have, need, of)| l.t3("cases-gate-count", "have", have, "need", need, "of", of).into_owned()),
    };
    made(l, text, figures, checked.holds, confirmed_by(checked.condition))
}
