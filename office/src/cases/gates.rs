//! What a gate or the completion rule says of a case, condition by condition, as one question to be answered.

use fairway_domain::case::gate::{Checked, Figures, GateFacts, Holds, Share, check, needed, verdict};
use fairway_domain::case::{Case, PhaseRef, Verdict};
use fairway_domain::dose::missing_for_completion;
use fairway_domain::programme::{Condition, Definition, Phase};

use super::store::CaseRow;
use super::{life, store_gates};
use crate::db::{Stored, Tx};
use crate::web::CasePermit;

/// A gate asked: what must hold, and how it stands.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The phase it leads to; nothing for completion.
    pub to: Option<(PhaseRef, &'a Phase)>,
    /// Conditions to leave the phase the case is in.
    pub exit: Vec<Checked<'a>>,
    /// Conditions to enter the next.
    pub entry: Vec<Checked<'a>>,
    /// For completion: counting sessions done and needed, of how many.
    pub share: Option<(u32, u32, u32)>,
    /// For completion: ids of phases that were not passed.
    pub phases_open: Vec<String>,
    /// What all of it says.
    pub verdict: Verdict,
}

/// The phase that comes next for a case; nothing after the last.
pub fn next_phase<'a>(case: &Case, definition: &'a Definition) -> Option<(PhaseRef, &'a Phase)> {
    let index = case.phases().len();
    let phase = definition.phases.get(index)?;
    Some((PhaseRef { index: u16::try_from(index).ok()?, id: phase.id.clone() }, phase))
}

/// The gate to the next phase: the exit of the phase the case is in, if it is in one, and the entry of the next.
/// Nothing when there is no next phase.
pub async fn to_next<'a>(tx: &mut Tx, permit: &CasePermit, case: &Case, definition: &'a Definition) -> Stored<Option<Asked<'a>>> {
    let Some((reference, phase)) = next_phase(case, definition) else { return Ok(None) };
    let current = case.stage().phase().and_then(|phase| definition.phase(&phase.id));
    let (known, today) = (store_gates::known_of(tx, permit).await?, permit.holder().today);
    let exit = current.map(|current| check(&current.exit, &life::gate_facts(definition, &known, &current.id, today))).unwrap_or_default();
    let facts = life::gate_facts(definition, &known, &phase.id, today);
    let entry = entry_of(phase, &facts, current, verdict(&exit) == Verdict::Met);
    let said = both(&exit, &entry);
    Ok(Some(Asked { to: Some((reference, phase)), exit, entry, share: None, phases_open: Vec::new(), verdict: said }))
}

/// The entry gate of a phase. That the phase being left is passed is what its exit gate says at this moment, and is
/// not asked twice.
fn entry_of<'a>(phase: &'a Phase, facts: &GateFacts, leaving: Option<&Phase>, exit_met: bool) -> Vec<Checked<'a>> {
    let mut facts = facts.clone();
    if let (Some(leaving), true) = (leaving, exit_met) {
        facts.phases_passed.insert(leaving.id.clone());
    }
    let mut checked = check(&phase.entry, &facts);
    if let Some(leaving) = leaving {
        let twice = |checked: &Checked<'_>| matches!(checked.condition, Condition::PhasePassed { phase } if *phase == leaving.id);
        checked.retain(|checked| !twice(checked) || !leaving.exit.is_empty() && checked.holds == Holds::Met);
    }
    checked
}

fn both(exit: &[Checked<'_>], entry: &[Checked<'_>]) -> Verdict {
    let unmet = |checked: &[Checked<'_>]| match verdict(checked) {
        Verdict::NotMet { unmet } => unmet,
        _ => 0,
    };
    match unmet(exit).saturating_add(unmet(entry)) {
        0 => Verdict::Met,
        unmet => Verdict::NotMet { unmet },
    }
}

/// The completion rule: the exit gate of the phase the case is in, every phase that must be passed, and the share of
/// counting sessions.
pub async fn to_completion<'a>(
    tx: &mut Tx,
    permit: &CasePermit,
    case: &Case,
    row: &CaseRow,
    definition: &'a Definition,
) -> Stored<Asked<'a>> {
    let current = case.stage().phase().and_then(|phase| definition.phase(&phase.id));
    let mut passed = life::passed(case);
    let (known, today) = (store_gates::known_of(tx, permit).await?, permit.holder().today);
    let exit = current.map(|current| check(&current.exit, &life::gate_facts(definition, &known, &current.id, today))).unwrap_or_default();
    // The phase it stands in is judged by the conditions shown; those not met are counted there, once each.
    passed.extend(current.map(|current| current.id.clone()));
    let passed: Vec<String> = passed.into_iter().collect();
    let (mut unmet, mut share) = (0_u16, None);
    let track = row.track.as_deref().and_then(|track| definition.track(track));
    let dose = track.map(|track| life::dose_in(definition, track, None, &known.deliveries, today));
    let mut phases_open = Vec::new();
    if let Some(dose) = dose {
        let Share { done, of } = Share { done: dose.counting_done, of: dose.counting };
        share = Some((done, needed(definition.completion.share, of), of));
        for missing in missing_for_completion(&dose, definition.completion.share, &definition.completion.phases, &passed) {
            unmet = unmet.saturating_add(1);
            if let fairway_domain::dose::Incomplete::Phase(phase) = missing {
                phases_open.push(phase);
            }
        }
    } else {
        unmet = unmet.saturating_add(1);
    }
    if let Verdict::NotMet { unmet: of_gate } = verdict(&exit) {
        unmet = unmet.saturating_add(of_gate);
    }
    let said = if unmet == 0 { Verdict::Met } else { Verdict::NotMet { unmet } };
    Ok(Asked { to: None, exit, entry: Vec::new(), share, phases_open, verdict: said })
}

/// The confirmation by which a professional can settle a condition, if it is one a person settles.
pub fn confirmed_by(condition: &Condition) -> Option<String> {
    match condition {
        Condition::Confirmed { id, .. } => Some(id.clone()),
        Condition::MeasureTaken { measure } => Some(format!("measure:{measure}")),
        _ => None,
    }
}

/// The figures as numbers: there, needed, of; days to spare.
pub fn counts(figures: Figures) -> Option<(u32, u32, u32)> {
    match figures {
        Figures::Count { have, need, of } => Some((have, need, of)),
        _ => None,
    }
}
