//! The changes a case page offers: which there are, who may make them, and the page each is made on.

use askama::Template;
use fairway_domain::case::{EventKind, offered};
use fairway_domain::permission::{Action, Role};
use fairway_domain::programme::{Level, Reason};
use fairway_site::parts::{Choice, Fact};
use fairway_site::{Form, Frame, L};

use super::gate_words::{self, GateShown};
use super::head::{Head, Page, Shown};
use super::{gates, refusal, store_change, words};
use crate::accounts::store as accounts;
use crate::db::{Stored, Tx};
use crate::web::{CasePermit, Guard};

/// A change of a case that has a page of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Whose case it is.
    Facilitator,
    /// Risk, need and track.
    Levels,
    /// The first phase is entered.
    Start,
    /// The next phase is entered.
    Phase,
    /// The programme is completed.
    Completion,
    /// Ended early.
    Ending,
    /// Never started.
    NeverStarted,
    /// An end undone.
    Reopening,
    /// A date put right.
    Correction,
    /// To another place.
    Transfer,
}

impl Change {
    /// Every change, in the order in which a page offers them.
    pub const ALL: &'static [Self] = &[
        Self::Facilitator,
        Self::Levels,
        Self::Start,
        Self::Phase,
        Self::Completion,
        Self::Ending,
        Self::NeverStarted,
        Self::Reopening,
        Self::Correction,
        Self::Transfer,
    ];

    /// The last part of its address, and of its text ids.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Facilitator => "facilitator",
            Self::Levels => "levels",
            Self::Start => "start",
            Self::Phase => "phase",
            Self::Completion => "completion",
            Self::Ending => "ending",
            Self::NeverStarted => "never-started",
            Self::Reopening => "reopening",
            Self::Correction => "correction",
            Self::Transfer => "transfer",
        }
    }

    /// What it takes.
    pub const fn action(self) -> Action {
        match self {
            Self::Facilitator => Action::AssignFacilitator,
            Self::Levels | Self::Start => Action::StartCase,
            Self::Phase => Action::MovePhase,
            Self::Completion | Self::Ending | Self::NeverStarted => Action::EndCase,
            Self::Reopening | Self::Correction | Self::Transfer => Action::CorrectCase,
        }
    }

    /// The event behind it; nothing for what is no event.
    pub const fn event(self) -> Option<EventKind> {
        match self {
            Self::Facilitator | Self::Levels => None,
            Self::Start => Some(EventKind::Start),
            Self::Phase => Some(EventKind::EnterPhase),
            Self::Completion => Some(EventKind::Complete),
            Self::Ending => Some(EventKind::EndEarly),
            Self::NeverStarted => Some(EventKind::NeverStart),
            Self::Reopening => Some(EventKind::Reopen),
            Self::Correction => Some(EventKind::Correct),
            Self::Transfer => Some(EventKind::Transfer),
        }
    }

    /// Whether the change can be made from where the case stands.
    pub fn fits(self, shown: &Shown) -> bool {
        let last = gates::next_phase(&shown.case, shown.definition()).is_none();
        match self {
            Self::Facilitator | Self::Levels => !shown.row.stage.is_end(),
            Self::Phase if last => false,
            Self::Completion if !last => false,
            _ => {
                let event = self.event();
                offered(shown.row.stage).any(|transition| Some(transition.event) == event)
                    && (self != Self::NeverStarted || shown.case.started_on().is_none())
            }
        }
    }
}

/// The page of a change.
#[derive(Template)]
#[template(path = "cases/change.html")]
#[expect(clippy::struct_excessive_bools, reason = "a template asks what to show, field by field")]
pub struct ChangePage {
    pub(super) frame: Frame,
    pub(super) l: L,
    pub(super) head: Head,
    pub(super) form: Form,
    pub(super) code: &'static str,
    pub(super) href: String,
    pub(super) title: String,
    pub(super) intro: String,
    pub(super) stale: bool,
    pub(super) once: String,
    pub(super) revision: i64,
    pub(super) facts: Vec<Fact>,
    pub(super) gate: Option<GateShown>,
    pub(super) may_confirm: bool,
    pub(super) may_open: bool,
    pub(super) lacks: Vec<(String, String)>,
    pub(super) reasons: Vec<Choice>,
    pub(super) places: Vec<Choice>,
    pub(super) people: Vec<Choice>,
    pub(super) dates: Vec<Choice>,
    pub(super) levels: Vec<Choice>,
    pub(super) tracks: Vec<Choice>,
    pub(super) with_on: bool,
    pub(super) with_comment: bool,
    pub(super) comment_needed: bool,
    pub(super) weighs: bool,
}

/// The page of a change, with what was typed. `form` is empty at first sight.
pub async fn page(
    tx: &mut Tx,
    guard: &Guard,
    permit: &CasePermit,
    shown: &Shown,
    change: Change,
    form: Form,
    stale: bool,
) -> Stored<ChangePage> {
    let l = guard.l;
    let definition = shown.definition();
    let code = change.code();
    let asked = match change {
        Change::Start | Change::Phase => gates::to_next(tx, permit, &shown.case, definition).await?,
        Change::Completion => Some(gates::to_completion(tx, permit, &shown.case, &shown.row, definition).await?),
        _ => None,
    };
    let title = match asked.as_ref().and_then(|asked| asked.to.as_ref()) {
        Some((_, phase)) => l.t1(&format!("cases-{code}-title"), "phase", phase.title.in_language(l.code())).into_owned(),
        None => l.t1(&format!("cases-{code}-title"), "phase", "").into_owned(),
    };
    let gate = asked.as_ref().map(|asked| gate_words::shown(l, definition, asked));
    let shut = gate.as_ref().is_some_and(|gate| !gate.met);
    Ok(ChangePage {
        frame: guard.frame(format!("{} · {}", title, shown.row.name())),
        l,
        head: Head::of(guard, shown, Page::Other),
        code,
        href: shown.href(),
        title,
        intro: l.t(&format!("cases-{code}-intro")).into_owned(),
        stale,
        once: guard.app.new_id().to_string(),
        revision: shown.row.revision,
        facts: facts(l, shown, change),
        gate,
        may_confirm: shown.could(guard, Action::ConfirmGate),
        may_open: shut && shown.could(guard, Action::OpenGateAgainstRule),
        lacks: lacks(l, shown, change),
        reasons: match change {
            Change::Ending => reasons(l, &definition.reasons.ended_early),
            Change::NeverStarted => reasons(l, &definition.reasons.never_started),
            _ => Vec::new(),
        },
        places: if change == Change::Transfer { places(tx, shown).await? } else { Vec::new() },
        people: if change == Change::Facilitator { people(tx, shown).await? } else { Vec::new() },
        dates: if change == Change::Correction { dates(l, shown) } else { Vec::new() },
        levels: if change == Change::Levels {
            Level::ALL.iter().map(|level| Choice::new(level.id(), l.t(&format!("cases-level-{}", level.id())))).collect()
        } else {
            Vec::new()
        },
        tracks: if change == Change::Levels {
            definition.tracks.iter().map(|track| Choice::new(track.id.clone(), track.title.in_language(l.code()))).collect()
        } else {
            Vec::new()
        },
        with_on: !matches!(change, Change::Facilitator | Change::Levels | Change::Correction),
        with_comment: !matches!(change, Change::Facilitator | Change::Levels),
        comment_needed: matches!(change, Change::Reopening | Change::Correction),
        weighs: matches!(change, Change::Ending | Change::NeverStarted | Change::Completion | Change::Transfer),
        form,
    })
}

/// The form of a change at first sight.
pub fn fresh(guard: &Guard, shown: &Shown, change: Change) -> Form {
    let mut form = Form::fill(&[("on", guard.today.to_string())]);
    match change {
        Change::Levels => {
            form.set("risk", shown.row.risk.map(Level::id).unwrap_or_default());
            form.set("need", shown.row.need.map(Level::id).unwrap_or_default());
            let by_levels = shown
                .row
                .risk
                .zip(shown.row.need)
                .and_then(|(risk, need)| shown.definition().track_for(risk, need))
                .map(|track| track.id.clone());
            let chosen = shown.row.track.clone().filter(|track| Some(track) != by_levels.as_ref());
            form.set("track", chosen.unwrap_or_default());
        }
        Change::Facilitator => form.set("facilitator", shown.row.facilitator_id.map(|id| id.to_string()).unwrap_or_default()),
        _ => {}
    }
    form
}

fn reasons(l: L, list: &[Reason]) -> Vec<Choice> {
    list.iter().map(|reason| Choice::new(reason.id.clone(), reason.title.in_language(l.code()))).collect()
}

async fn places(tx: &mut Tx, shown: &Shown) -> Stored<Vec<Choice>> {
    let units = accounts::units(tx).await?;
    Ok(units
        .into_iter()
        .filter(|unit| unit.id != shown.row.unit_id)
        .map(|unit| Choice::new(unit.id.to_string(), unit.title).hint(unit.region))
        .collect())
}

async fn people(tx: &mut Tx, shown: &Shown) -> Stored<Vec<Choice>> {
    let staff = accounts::staff(tx, shown.row.unit_id, Role::Facilitator).await?;
    let loads = store_change::loads(tx, shown.row.unit_id).await?;
    let load = |id| loads.iter().find(|(who, _)| *who == id).map_or(0, |(_, cases)| *cases);
    Ok(staff.into_iter().map(|(id, name)| Choice::new(id.to_string(), format!("{name} ({})", load(id)))).collect())
}

fn dates(l: L, shown: &Shown) -> Vec<Choice> {
    shown
        .case
        .dates()
        .into_iter()
        .map(|(what, on)| Choice::new(what.to_string(), format!("{}: {}", refusal::date_name(l, what), l.date(on))))
        .collect()
}

/// What must be there before the programme can start, with the page where it is given.
fn lacks(l: L, shown: &Shown, change: Change) -> Vec<(String, String)> {
    let mut lacks = Vec::new();
    if matches!(change, Change::Start) {
        if shown.row.facilitator_id.is_none() {
            lacks.push((l.t("cases-lacks-facilitator").into_owned(), format!("{}/facilitator", shown.href())));
        }
        if shown.row.track.is_none() {
            lacks.push((l.t("cases-lacks-track").into_owned(), format!("{}/levels", shown.href())));
        }
    }
    lacks
}

fn facts(l: L, shown: &Shown, change: Change) -> Vec<Fact> {
    let row = &shown.row;
    if !matches!(change, Change::Start | Change::Phase) {
        return Vec::new();
    }
    vec![
        Fact::new(l.t("cases-order-ends"), words::day_or(l, row.order_ends_on)),
        Fact::new(l.t("cases-latest-start"), words::day_or(l, row.latest_start_on)),
        Fact::new(l.t("cases-facilitator"), row.facilitator.clone().unwrap_or_else(|| l.t("cases-none-yet").into_owned())),
    ]
}
