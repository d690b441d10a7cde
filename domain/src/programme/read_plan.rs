//! Reads modules, session plans and tracks.

use super::reader::Table;
use super::{Cadence, Format, LeaveOut, Level, Levels, MakeUp, MakeUpBy, Module, SessionPlan, Track};

const SESSION_KEYS: &[&str] =
    &["id", "title", "format", "minutes", "cadence", "gap_after", "make_up", "counts_to_completion", "targets", "materials", "needs"];

const LEVELS: [(&str, Level); 3] = [("low", Level::Low), ("medium", Level::Medium), ("high", Level::High)];

pub(super) fn module(table: &Table<'_>) -> Module {
    table.known(&["id", "title", "sessions"]);
    table.not_empty("sessions");
    Module { id: table.id("id"), title: table.text("title"), sessions: table.tables("sessions", "session", true, session) }
}

fn session(table: &Table<'_>) -> SessionPlan {
    table.known(SESSION_KEYS);
    table.not_empty("targets");
    let formats = [("individual", Format::Individual), ("group", Format::Group)];
    let cadences = [
        ("twice-weekly", Cadence::TwiceWeekly),
        ("weekly", Cadence::Weekly),
        ("fortnightly", Cadence::Fortnightly),
        ("monthly", Cadence::Monthly),
        ("bimonthly", Cadence::Bimonthly),
        ("quarterly", Cadence::Quarterly),
    ];
    SessionPlan {
        id: table.id("id"),
        title: table.text("title"),
        format: table.choice("format", "unknown-value", &formats).unwrap_or(Format::Individual),
        minutes: table.number("minutes", 1..=480),
        cadence: table.choice("cadence", "unknown-value", &cadences).unwrap_or(Cadence::TwiceWeekly),
        gap_after: table.optional_number("gap_after", 0..=730).unwrap_or(0),
        make_up: make_up(&table.table("make_up", "make-up", true)),
        counts_to_completion: table.flag("counts_to_completion"),
        targets: table.ids("targets", true),
        materials: table.ids("materials", false),
        needs: table.ids("needs", false),
    }
}

fn make_up(table: &Table<'_>) -> MakeUp {
    let ways =
        [("individual", MakeUpBy::Individual), ("next-group", MakeUpBy::NextGroup), ("sheet", MakeUpBy::Sheet), ("none", MakeUpBy::None)];
    let by = table.choice("by", "unknown-value", &ways);
    table.known(match by {
        Some(MakeUpBy::None) => &["by"],
        Some(MakeUpBy::NextGroup) => &["by", "within_days"],
        _ => &["by", "within_days", "minutes"],
    });
    MakeUp {
        by: by.unwrap_or(MakeUpBy::None),
        within_days: table.optional_number("within_days", 1..=365),
        minutes: table.optional_number("minutes", 1..=480),
    }
}

pub(super) fn track(table: &Table<'_>) -> Track {
    table.known(&["id", "title", "risk", "need", "levels", "leave_out"]);
    let leave_out = if table.has("leave_out") {
        let left = table.table("leave_out", "leave_out", true);
        left.known(&["modules", "sessions"]);
        LeaveOut { modules: left.ids("modules", false), sessions: left.ids("sessions", false) }
    } else {
        LeaveOut::default()
    };
    Track { id: table.id("id"), title: table.text("title"), levels: levels(table), leave_out }
}

/// The pairs a track is for, from `levels` or from `risk` x `need`.
fn levels(table: &Table<'_>) -> Vec<Levels> {
    if table.has("levels") {
        if table.has("risk") || table.has("need") {
            let message = "this track has \"levels\" as well as \"risk\" or \"need\"".to_owned();
            table.fault(table.place("levels"), "levels-twice", message, "write levels, or risk and need, not both");
        }
        table.not_empty("levels");
        let pairs = table.tables("levels", "pair of levels", true, |pair| {
            pair.known(&["risk", "need"]);
            let risk = pair.choice("risk", "unknown-value", &LEVELS)?;
            Some(Levels { risk, need: pair.choice("need", "unknown-value", &LEVELS)? })
        });
        return pairs.into_iter().flatten().collect();
    }
    table.not_empty("risk");
    table.not_empty("need");
    let (risks, needs) = (table.choices("risk", &LEVELS), table.choices("need", &LEVELS));
    risks.iter().flat_map(|risk| needs.iter().map(|need| Levels { risk: *risk, need: *need })).collect()
}
