//! Reads gate conditions and due points.

use super::reader::Table;
use super::{Condition, DuePoint, Text};

/// One condition of a gate. One that cannot be read becomes `Suitable`, which every rule passes over.
pub(super) fn condition(table: &Table<'_>) -> Condition {
    let blank = || Condition::Confirmed { id: String::new(), title: Text::default() };
    let rules = [
        ("suitable", Condition::Suitable),
        ("order-covers", Condition::OrderCovers),
        ("phase-passed", Condition::PhasePassed { phase: String::new() }),
        ("sessions-done", Condition::SessionsDone { share: 1.0 }),
        ("targets-judged", Condition::TargetsJudged { at_least: None }),
        ("confirmed", blank()),
        ("measure-taken", Condition::MeasureTaken { measure: String::new() }),
    ];
    let words: Vec<(&str, usize)> = rules.iter().enumerate().map(|(index, (word, _))| (*word, index)).collect();
    let chosen = table.choice("rule", "unknown-rule", &words).and_then(|index| rules.get(index));
    let Some((_, kind)) = chosen else { return Condition::Suitable };
    let (condition, keys): (Condition, &[&str]) = match kind {
        Condition::Suitable | Condition::OrderCovers => (kind.clone(), &["rule"]),
        Condition::PhasePassed { .. } => (Condition::PhasePassed { phase: table.id("phase") }, &["rule", "phase"]),
        Condition::SessionsDone { .. } => (Condition::SessionsDone { share: table.share("share") }, &["rule", "share"]),
        Condition::TargetsJudged { .. } => {
            let at_least = table.optional_number("at_least", 1..=u16::MAX);
            (Condition::TargetsJudged { at_least }, &["rule", "at_least"])
        }
        Condition::Confirmed { .. } => {
            let condition = Condition::Confirmed { id: table.id("id"), title: table.text("title") };
            (condition, &["rule", "id", "title"])
        }
        Condition::MeasureTaken { .. } => (Condition::MeasureTaken { measure: table.id("measure") }, &["rule", "measure"]),
    };
    table.known(keys);
    condition
}

#[derive(Clone, Copy)]
enum Point {
    PhaseStart,
    PhaseEnd,
    ModuleEnd,
    AfterCompletion,
    EveryMonths,
}

/// One due point; `repeating` where `every-months` makes sense. One that cannot be read becomes the start of a phase
/// without id, which every rule passes over.
pub(super) fn due_point(table: &Table<'_>, repeating: bool) -> DuePoint {
    let words = [
        ("phase-start", Point::PhaseStart),
        ("phase-end", Point::PhaseEnd),
        ("module-end", Point::ModuleEnd),
        ("after-completion", Point::AfterCompletion),
        ("every-months", Point::EveryMonths),
    ];
    let allowed = if repeating { &words[..] } else { &words[..4] };
    let Some(point) = table.choice("at", "unknown-due-point", allowed) else {
        return DuePoint::PhaseStart { of: String::new() };
    };
    match point {
        Point::PhaseStart | Point::PhaseEnd | Point::ModuleEnd => {
            table.known(&["at", "of"]);
            let of = table.id("of");
            match point {
                Point::PhaseStart => DuePoint::PhaseStart { of },
                Point::PhaseEnd => DuePoint::PhaseEnd { of },
                _ => DuePoint::ModuleEnd { of },
            }
        }
        Point::AfterCompletion => {
            table.known(&["at", "weeks"]);
            DuePoint::AfterCompletion { weeks: table.number("weeks", 1..=1040) }
        }
        Point::EveryMonths => {
            table.known(&["at", "months"]);
            DuePoint::EveryMonths { months: table.number("months", 1..=120) }
        }
    }
}
