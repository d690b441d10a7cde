//! What a recording form says: read whole, every fault beside its field.

use fairway_domain::attendance::{AbsenceReason, Attendance, AttendanceKind, Contribution, Deviation};
use fairway_domain::dates::{parse_date, parse_time};
use fairway_site::{Form, L, Need, Problem};
use jiff::civil::{Date, Time};
use uuid::Uuid;

use super::store::{Member, Plan};
use super::store_record::Whole;

/// The longest note, in characters.
const NOTE: usize = 10_000;
/// The longest session, in minutes: as a definition allows.
const LONGEST: i64 = 480;
/// The answer that an observation bears on every target of the session.
pub(super) const ALL_TARGETS: &str = "all";

/// A session as the form tells it.
#[derive(Debug)]
pub(super) struct Entry {
    pub held_on: Date,
    pub at: Time,
    pub minutes: u16,
    pub deviation: Deviation,
    pub deviation_text: Option<String>,
    pub note: Option<String>,
    pub members: Vec<MemberEntry>,
}

/// One member as the form tells it.
#[derive(Debug)]
pub(super) struct MemberEntry {
    pub case: Uuid,
    pub attendance: Attendance,
    pub contribution: Contribution,
    pub seen: Option<String>,
    pub targets: Vec<String>,
    pub note: Option<String>,
}

/// The targets an observation may bear on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Targets<'a> {
    /// Those of the session.
    pub session: &'a [String],
    /// Every target of the programme.
    pub known: &'a [String],
}

/// The name of a member's field.
pub(super) fn field(what: &str, case: Uuid) -> String {
    format!("{what}-{case}")
}

/// A form as it is first served: from the plan, with everybody there.
pub(super) fn fresh(l: L, plan: &Plan, members: &[Member], targets: Targets<'_>) -> Form {
    let mut form = Form::new();
    form.set("held_on", l.date(plan.on));
    form.set("at", l.time(plan.at));
    form.set("minutes", plan.minutes.to_string());
    form.set("deviation", Deviation::None.code());
    complete(&mut form, members, targets);
    form
}

/// Gives every member who has none yet the answers that are picked beforehand.
pub(super) fn complete(form: &mut Form, members: &[Member], targets: Targets<'_>) {
    for member in members {
        let defaults = [
            ("presence", AttendanceKind::Attended.code()),
            ("contribution", Contribution::NotObserved.code()),
            ("target", if targets.session.len() == 1 { targets.session.first().map_or("", String::as_str) } else { ALL_TARGETS }),
        ];
        for (what, value) in defaults {
            let name = field(what, member.case);
            if !form.has(&name) {
                form.set(&name, value);
            }
        }
    }
}

/// A form that changes what was saved.
pub(super) fn filled(l: L, whole: &Whole, members: &[Member], targets: Targets<'_>) -> Form {
    let mut form = Form::new();
    form.set("held_on", l.date(whole.record.held_on));
    form.set("at", l.time(whole.record.at));
    form.set("minutes", whole.record.minutes.to_string());
    form.set("deviation", whole.record.deviation.code());
    form.set("deviation_text", whole.record.deviation_text.clone().unwrap_or_default());
    form.set("note", whole.record.note.clone().unwrap_or_default());
    for row in &whole.attended {
        form.set(&field("presence", row.case), row.attendance.kind().code());
        if let Attendance::Part { minutes: Some(minutes) } = row.attendance {
            form.set(&field("minutes", row.case), minutes.to_string());
        }
        if let Attendance::AbsentAccepted { reason } = row.attendance {
            form.set(&field("reason", row.case), reason.code());
        }
        form.set(&field("contribution", row.case), row.contribution.code());
        form.set(&field("note", row.case), row.note.clone().unwrap_or_default());
        let seen: Vec<_> = whole.seen.iter().filter(|seen| seen.case == row.case).collect();
        if let Some(first) = seen.first() {
            form.set(&field("seen", row.case), first.text.clone());
            let several = seen.len() > 1;
            form.set(&field("target", row.case), if several { ALL_TARGETS.to_owned() } else { first.target.clone() });
        }
    }
    complete(&mut form, members, targets);
    form
}

/// What somebody wrote about people who are not in this session: named so that nothing typed is lost.
pub(super) fn strangers(form: &Form, members: &[Member]) -> Vec<String> {
    let is_member = |name: &str| {
        let id = name.split_once('-').and_then(|(_, id)| Uuid::try_parse(id).ok());
        id.is_none_or(|id| members.iter().any(|member| member.case == id))
    };
    form.names().into_iter().filter(|name| !is_member(name)).map(str::to_owned).collect()
}

/// Reads the form. `None` when anything is wrong; the faults are in the form.
pub(super) fn read(form: &mut Form, members: &[Member], targets: Targets<'_>) -> Option<Entry> {
    let held_on = form.date_with("held_on", Need::Required, |text| parse_date(text).ok());
    let at = match parse_time(form.value("at")) {
        Ok(at) => Some(at),
        Err(_) if form.value("at").trim().is_empty() => {
            form.fault("at", Problem::new("form-fault-missing"));
            None
        }
        Err(_) => {
            form.fault("at", Problem::new("form-fault-time"));
            None
        }
    };
    let minutes = form.whole("minutes", Need::Required, 1..=LONGEST).and_then(|minutes| u16::try_from(minutes).ok());
    let deviation = form.choice_as("deviation", Need::Required, Deviation::from_code);
    let deviation_text = form.long_text("deviation_text", Need::Optional, NOTE);
    if deviation.is_some_and(Deviation::needs_words) && deviation_text.is_none() {
        form.fault("deviation_text", Problem::new("sessions-fault-deviation"));
    }
    let note = form.long_text("note", Need::Optional, NOTE);
    if !strangers(form, members).is_empty() {
        form.fault("", Problem::new("sessions-fault-strangers"));
    }
    let mut read = Vec::with_capacity(members.len());
    for member in members {
        read.extend(read_member(form, member, minutes.unwrap_or(u16::MAX), targets));
    }
    let (Some(held_on), Some(at), Some(minutes), Some(deviation), false) = (held_on, at, minutes, deviation, form.has_faults()) else {
        return None;
    };
    let deviation_text = deviation_text.filter(|_| deviation.needs_words());
    Some(Entry { held_on, at, minutes, deviation, deviation_text, note, members: read })
}

fn read_member(form: &mut Form, member: &Member, held: u16, targets: Targets<'_>) -> Option<MemberEntry> {
    let name = |what| field(what, member.case);
    let who = || member.name.clone();
    let Some(kind) = AttendanceKind::from_code(form.value(&name("presence"))) else {
        form.fault(&name("presence"), Problem::new("sessions-fault-presence").arg("who", who()));
        return None;
    };
    let part = match kind {
        AttendanceKind::Part => {
            let minutes = form.value(&name("minutes")).trim().parse::<u16>().ok().filter(|minutes| (1..=held).contains(minutes));
            if minutes.is_none() {
                let most = if held == u16::MAX { LONGEST } else { i64::from(held) };
                form.fault(&name("minutes"), Problem::new("sessions-fault-minutes").arg("who", who()).arg("most", most));
            }
            minutes
        }
        _ => None,
    };
    let reason = match kind {
        AttendanceKind::AbsentAccepted => {
            let reason = AbsenceReason::from_code(form.value(&name("reason")));
            if reason.is_none() {
                form.fault(&name("reason"), Problem::new("sessions-fault-reason").arg("who", who()));
            }
            reason
        }
        _ => None,
    };
    let attendance = Attendance::from_parts(kind, part, reason).ok();
    let there = matches!(kind, AttendanceKind::Attended | AttendanceKind::Part);
    // What a person who was not there put in was not observed, whatever stood picked before.
    let contribution = if there {
        form.choice_as(&name("contribution"), Need::Required, Contribution::from_code)
    } else {
        Some(Contribution::NotObserved)
    };
    let seen = form.long_text(&name("seen"), Need::Optional, NOTE);
    if seen.is_some() && !there {
        form.fault(&name("seen"), Problem::new("sessions-fault-seen-absent").arg("who", who()));
    }
    let targets = read_targets(form, &name("target"), seen.is_some(), targets);
    let note = form.long_text(&name("note"), Need::Optional, NOTE);
    Some(MemberEntry { case: member.case, attendance: attendance?, contribution: contribution?, seen, targets, note })
}

fn read_targets(form: &mut Form, name: &str, needed: bool, targets: Targets<'_>) -> Vec<String> {
    let picked = form.value(name).to_owned();
    if !needed {
        return Vec::new();
    }
    if picked == ALL_TARGETS && !targets.session.is_empty() {
        return targets.session.to_vec();
    }
    if targets.known.contains(&picked) {
        return vec![picked];
    }
    form.fault(name, Problem::new("form-fault-choice"));
    Vec::new()
}
