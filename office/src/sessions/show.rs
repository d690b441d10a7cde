//! What the pages of a session show, made ready for their templates.

use std::sync::Arc;

use fairway_domain::attendance::{Attendance, AttendanceKind};
use fairway_domain::permission::{Action, Status};
use fairway_domain::programme::{Definition, Programme, SessionPlan};
use fairway_site::markdown::Reading;
use fairway_site::{Choice, Fact, Html, L};
use jiff::Timestamp;
use uuid::Uuid;

use super::reading::{ALL_TARGETS, Targets};
use super::store::{self, Member, Plan};
use super::store_record::{self, MakeUpRow, Whole};
use crate::db::Tx;
use crate::web::{Error, Guard, SessionOwner, SessionPermit, WebResult};

/// Everything a page of the session is made from.
pub(super) struct Loaded {
    pub plan: Plan,
    pub members: Vec<Member>,
    pub whole: Option<Whole>,
    /// The own draft, with when it was saved.
    pub draft: Option<(String, Timestamp)>,
    programme: Arc<Programme>,
    targets: Vec<String>,
    owner: SessionOwner,
    unit: Uuid,
}

/// Loads the session with its people and record. The people's cases are logged.
pub(super) async fn load(guard: &Guard, tx: &mut Tx, permit: &SessionPermit) -> WebResult<Loaded> {
    let plan = store::plan(tx, permit).await?;
    let members = store::members(tx, permit, &plan).await?;
    let whole = store_record::whole(tx, permit, &members).await?;
    // Whoever sends a form has its words in it; the draft is for those who come to read.
    let draft = if guard.changes { None } else { store::draft(tx, permit).await? };
    let cases: Vec<Uuid> = members.iter().map(|member| member.case).collect();
    guard.touched(tx, "case", &cases).await?;
    let programme = Arc::clone(guard.app.content.programme(permit.programme()).ok_or(Error::NotFound)?);
    let targets = programme.definition.targets.iter().map(|target| target.id.clone()).collect();
    Ok(Loaded { plan, members, whole, draft, programme, targets, owner: permit.owner(), unit: permit.unit() })
}

impl Loaded {
    /// What the definition says of the session.
    pub fn session(&self) -> WebResult<&SessionPlan> {
        let found = self.programme.definition.session(&self.plan.session).map(|(_, _, session)| session);
        found.ok_or_else(|| Error::internal(&format!("the definition has no session {}", self.plan.session)))
    }

    /// The definition it is held by.
    pub fn definition(&self) -> &Definition {
        &self.programme.definition
    }

    /// The programme it is held by, with its texts.
    pub fn programme(&self) -> &Programme {
        &self.programme
    }

    /// The targets an observation may bear on.
    pub fn targets(&self) -> Targets<'_> {
        let session = self.programme.definition.session(&self.plan.session).map_or(&[][..], |(_, _, session)| session.targets.as_slice());
        Targets { session, known: &self.targets }
    }

    /// Whether the reader may do something with this session as it stands.
    pub fn could(&self, guard: &Guard, action: Action) -> bool {
        let status = if self.plan.standing == "signed" { Status::Signed } else { Status::Live };
        guard.could(self.unit, self.plan.assigned, action, status)
    }

    /// The name of a member.
    pub fn name(&self, case: Uuid) -> &str {
        self.members.iter().find(|member| member.case == case).map_or("", |member| &member.name)
    }

    fn target_title(&self, l: L, id: &str) -> String {
        self.programme.definition.target(id).map_or(id, |target| target.title.in_language(l.code())).to_owned()
    }
}

/// What the session is, beside or above its record.
pub(super) struct About {
    pub title: String,
    pub kicker: String,
    pub owner: (String, String),
    pub facts: Vec<Fact>,
    pub aims: Html,
    pub deviation: Html,
    pub targets: Vec<String>,
    pub materials: Vec<String>,
    pub manual: String,
    /// Where the sheets with the participants' names are; empty when there is none, or none to print for this reader.
    pub sheets: String,
    pub make_up: bool,
}

impl About {
    pub fn of(guard: &Guard, permit: &SessionPermit, loaded: &Loaded) -> Self {
        let l = guard.l;
        let (definition, plan) = (&loaded.programme.definition, &loaded.plan);
        let code = l.code();
        let found = definition.session(&plan.session);
        let text = loaded.programme.text(code, &plan.session);
        let reading = Reading { heading_shift: 2, id_prefix: "manual-".to_owned() };
        let prose = |id: &str| text.and_then(|text| text.section(id)).map(|section| reading.html(&section.markdown)).unwrap_or_default();
        let owner = match loaded.owner {
            SessionOwner::Group(id) => (plan.group_title.clone(), format!("/groups/{id}")),
            SessionOwner::Case(id) => (loaded.name(id).to_owned(), format!("/cases/{id}")),
        };
        let mut facts = vec![
            Fact::bare(l.date_long(plan.on)),
            Fact::bare(l.time(plan.at)),
            Fact::bare(l.t1("sessions-minutes", "minutes", plan.minutes)),
        ];
        facts.extend(plan.room.clone().map(Fact::bare));
        facts.extend(plan.facilitator.clone().map(Fact::bare));
        Self {
            title: found.map_or(plan.session.as_str(), |(_, _, session)| session.title.in_language(code)).to_owned(),
            kicker: found
                .map(|(phase, module, _)| format!("{} · {}", phase.title.in_language(code), module.title.in_language(code)))
                .unwrap_or_default(),
            owner,
            facts,
            aims: prose("aims"),
            deviation: prose("deviation"),
            targets: loaded.targets().session.iter().map(|id| loaded.target_title(l, id)).collect(),
            materials: found
                .map(|(_, _, session)| {
                    session
                        .materials
                        .iter()
                        .filter_map(|id| definition.material(id))
                        .map(|material| material.title.in_language(code).to_owned())
                        .collect()
                })
                .unwrap_or_default(),
            manual: manual_of(guard, permit, definition, &plan.session),
            sheets: if text.is_some_and(|text| text.section("sheet").is_some()) && loaded.could(guard, Action::PrintSheets) {
                format!("/sessions/{}/sheets", permit.session())
            } else {
                String::new()
            },
            make_up: plan.make_up.is_some(),
        }
    }
}

/// Where the session's text is, in the version the case or group runs on.
fn manual_of(guard: &Guard, permit: &SessionPermit, definition: &Definition, session: &str) -> String {
    let offered = guard.app.content.offered().any(|(id, _)| id == permit.programme());
    let version = if offered { String::new() } else { format!("?v={}", permit.programme()) };
    format!("/programmes/{}/sessions/{session}{version}", definition.id)
}

/// The targets as answers: all of the session's at once when there are several, then each of them, then the others.
pub(super) fn target_choices(l: L, loaded: &Loaded) -> Vec<Choice> {
    let targets = loaded.targets();
    let mut choices = Vec::with_capacity(targets.known.len() + 1);
    if targets.session.len() > 1 {
        choices.push(Choice::new(ALL_TARGETS, l.t("sessions-targets-all")));
    }
    let others = targets.known.iter().filter(|id| !targets.session.contains(id));
    choices.extend(targets.session.iter().chain(others).map(|id| Choice::new(id, loaded.target_title(l, id))));
    choices
}

/// One member in the record as it stands.
pub(super) struct Line {
    pub name: String,
    pub number: String,
    pub href: String,
    pub presence: String,
    pub mood: &'static str,
    pub contribution: Option<String>,
    pub seen: Vec<(String, String)>,
    pub note: Option<String>,
    pub make_up: Option<MakeUpLine>,
    pub amendments: Vec<AmendmentLine>,
}

/// An addition to the signed record.
pub(super) struct AmendmentLine {
    pub text: String,
    pub by: String,
}

/// A make-up that followed from somebody's absence.
pub(super) struct MakeUpLine {
    pub words: String,
    pub mood: &'static str,
    pub reason: Option<String>,
    /// The session planned for it: where, and when.
    pub planned: Option<(String, String)>,
    /// Where its actions are posted, while it is open.
    pub address: Option<String>,
    pub sheet: bool,
    /// Where a due one is given its day.
    pub plan: Option<String>,
}

/// The record's members, by name.
pub(super) fn lines(guard: &Guard, loaded: &Loaded, whole: &Whole, permit: &SessionPermit) -> Vec<Line> {
    let l = guard.l;
    let found =
        loaded.members.iter().filter_map(|member| whole.attended.iter().find(|row| row.case == member.case).map(|row| (member, row)));
    found
        .map(|(member, row)| {
            let make_up = whole.make_ups.iter().find(|make_up| make_up.attendance == row.id);
            let kind = row.attendance.kind();
            let there = matches!(kind, AttendanceKind::Attended | AttendanceKind::Part);
            Line {
                name: member.name.clone(),
                number: member.number.clone(),
                href: format!("/cases/{}", member.case),
                presence: presence_words(l, row.attendance),
                mood: match kind {
                    AttendanceKind::Attended => "ok",
                    AttendanceKind::Part | AttendanceKind::AbsentAccepted => "plain",
                    AttendanceKind::AbsentUnaccepted => "late",
                },
                contribution: there.then(|| l.t(&format!("sessions-contribution-{}", row.contribution)).into_owned()),
                seen: seen_lines(l, loaded, whole, member.case),
                note: row.note.clone(),
                make_up: make_up.map(|make_up| make_up_line(guard, loaded, make_up, permit)),
                amendments: amendments(guard, whole, Some(member.case)),
            }
        })
        .collect()
}

fn presence_words(l: L, attendance: Attendance) -> String {
    let kind = l.t(&format!("sessions-presence-{}", attendance.kind())).into_owned();
    match attendance {
        Attendance::Part { minutes: Some(minutes) } => format!("{kind} · {}", l.t1("sessions-minutes", "minutes", minutes)),
        Attendance::AbsentAccepted { reason } => format!("{kind} · {}", l.t(&format!("sessions-reason-{reason}"))),
        _ => kind,
    }
}

/// What was seen in one member: a text that bears on several targets is shown once, with all of them.
fn seen_lines(l: L, loaded: &Loaded, whole: &Whole, case: Uuid) -> Vec<(String, String)> {
    let mut lines: Vec<(Vec<String>, String)> = Vec::new();
    for seen in whole.seen.iter().filter(|seen| seen.case == case) {
        let title = loaded.target_title(l, &seen.target);
        match lines.iter_mut().find(|(_, text)| *text == seen.text) {
            Some((titles, _)) => titles.push(title),
            None => lines.push((vec![title], seen.text.clone())),
        }
    }
    lines.into_iter().map(|(titles, text)| (l.list(&titles), text)).collect()
}

fn make_up_line(guard: &Guard, loaded: &Loaded, row: &MakeUpRow, permit: &SessionPermit) -> MakeUpLine {
    let l = guard.l;
    let by = l.t(&format!("sessions-make-up-by-{}", row.by)).into_owned();
    let late = row.due_on.is_some_and(|on| on < guard.today);
    let open = matches!(row.standing.as_str(), "due" | "planned");
    let words = match (row.standing.as_str(), row.done_on, row.due_on) {
        ("done", Some(on), _) => l.t1("sessions-make-up-done", "on", l.date(on)).into_owned(),
        ("waived", ..) => match &row.waived_by {
            Some(who) => l.t1("sessions-make-up-waived", "who", who.clone()).into_owned(),
            None => l.t("sessions-make-up-lapsed").into_owned(),
        },
        (_, _, Some(on)) => l.t2("sessions-make-up-due-by", "by", by, "on", l.date(on)).into_owned(),
        _ => l.t1("sessions-make-up-due", "by", by).into_owned(),
    };
    MakeUpLine {
        words,
        mood: if open && late {
            "late"
        } else if row.standing == "done" {
            "ok"
        } else {
            "plain"
        },
        reason: row.waived.clone(),
        planned: row.planned.filter(|_| open).map(|(id, on)| (format!("/sessions/{id}"), l.date(on))),
        plan: (row.standing == "due" && row.by != "sheet" && loaded.could(guard, Action::PlanSessions))
            .then(|| format!("/cases/{}/make-ups/{}", row.case, row.id)),
        address: (open && loaded.could(guard, Action::PlanSessions)).then(|| format!("/sessions/{}/make-ups/{}", permit.session(), row.id)),
        sheet: row.by == "sheet",
    }
}

/// The amendments about one member, or about the session as a whole.
pub(super) fn amendments(guard: &Guard, whole: &Whole, case: Option<Uuid>) -> Vec<AmendmentLine> {
    let own = whole.amendments.iter().filter(|amendment| amendment.case == case);
    own.map(|amendment| AmendmentLine {
        text: amendment.text.clone(),
        by: guard
            .l
            .t2("sessions-amended-by", "who", amendment.by.clone(), "at", guard.l.instant(amendment.at, &guard.app.zone))
            .into_owned(),
    })
    .collect()
}
