//! The scores of a group or a service before and after: what can be chosen, and who stands where.

use std::sync::Arc;

use fairway_domain::measure::{DueFacts, Instrument, Scale, point_code, reached};
use fairway_domain::programme::{Definition, DuePoint, Format, Phase};
use fairway_evaluation::before_after::{BeforeAfter, Course, Stand, before_after};
use fairway_site::{Address, Choice, L};
use jiff::civil::Date;
use uuid::Uuid;

use super::series::yardstick;
use super::store_level::Member;
use super::words;
use crate::app::App;

/// What is put side by side: a scale of a measure of a programme, at its first point and a later one.
#[derive(Debug, Clone)]
pub struct Question {
    /// The stored definition that is asked about; the cases of its other versions count too.
    pub programme: Uuid,
    /// The measure's id.
    pub measure: String,
    /// The instrument on offer for it.
    pub instrument: Arc<Instrument>,
    /// Index of the scale.
    pub scale: usize,
    /// The first point.
    pub from: DuePoint,
    /// The later point.
    pub to: DuePoint,
}

impl Question {
    /// The scale.
    pub fn scale(&self) -> &Scale {
        &self.instrument.scales[self.scale]
    }

    /// Sessions whose being held decides whether the later point was reached.
    pub fn sessions<'a>(&self, definition: &'a Definition) -> Vec<&'a str> {
        let wanted = |phase: &str, module: &str| match &self.to {
            DuePoint::PhaseEnd { of } => of == phase,
            DuePoint::ModuleEnd { of } => of == module,
            _ => false,
        };
        let all = definition.phases.iter().flat_map(|phase| phase.modules.iter().map(move |module| (phase, module)));
        all.filter(|(phase, module)| wanted(&phase.id, &module.id))
            .flat_map(|(_, module)| module.sessions.iter().map(|session| session.id.as_str()))
            .collect()
    }
}

/// The later point where an address asks for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usual {
    /// The end of the phase that is done in a group.
    EndOfGroup,
    /// The last within the programme.
    EndOfProgramme,
}

fn meets_in_group(phase: &Phase) -> bool {
    phase.modules.iter().flat_map(|module| &module.sessions).any(|session| session.format == Format::Group)
}

/// What an address may ask of a programme: each scale (`measure:scale`) that is measured at two points or more.
pub fn scales(app: &App, l: L, definition: &Definition) -> Vec<Choice> {
    let mut choices = Vec::new();
    for measure in definition.measures.iter().filter(|measure| measure.due.len() > 1) {
        let Some((_, instrument)) = app.content.instruments().offered(measure.instrument.as_deref().unwrap_or(&measure.id)) else {
            continue;
        };
        let title = measure.title.in_language(l.code());
        let chosen: Vec<&Scale> =
            instrument.scales.iter().filter(|scale| measure.scales.is_empty() || measure.scales.contains(&scale.id)).collect();
        for scale in &chosen {
            let name = if chosen.len() > 1 { format!("{title}: {}", scale.title.in_language(l.code())) } else { title.to_owned() };
            choices.push(Choice::new(format!("{}:{}", measure.id, scale.id), name));
        }
    }
    choices
}

/// The later points of a measure.
pub fn later(l: L, definition: &Definition, measure: &str) -> Vec<Choice> {
    let points = definition.measure(measure).map(|measure| measure.due.as_slice()).unwrap_or_default();
    points.iter().skip(1).map(|point| Choice::new(point_code(point), words::point(l, definition, point))).collect()
}

/// The question of an address, where it asks nothing else the first scale from its first point to the usual later one; nothing where the programme measures nothing twice.
pub fn question(app: &App, l: L, (programme, definition): (Uuid, &Definition), address: &Address, usual: Usual) -> Option<Question> {
    let (scale, to) = (address.value("scale"), address.value("to"));
    let offered = scales(app, l, definition);
    let asked = offered.iter().find(|choice| choice.value == scale).or(offered.first())?;
    let (measure_id, scale_id) = asked.value.split_once(':')?;
    let measure = definition.measure(measure_id)?;
    let (_, instrument) = app.content.instruments().offered(measure.instrument.as_deref().unwrap_or(&measure.id))?;
    let index = instrument.scales.iter().position(|scale| scale.id == scale_id)?;
    let (from, rest) = measure.due.split_first()?;
    let within = |point: &&DuePoint| match (usual, point) {
        (Usual::EndOfGroup, DuePoint::PhaseEnd { of }) => definition.phase(of).is_some_and(meets_in_group),
        (Usual::EndOfGroup, _) | (_, DuePoint::AfterCompletion { .. }) => false,
        (Usual::EndOfProgramme, _) => true,
    };
    let to = rest.iter().find(|point| point_code(point) == to).or_else(|| rest.iter().rev().find(within)).or(rest.last())?;
    Some(Question {
        programme,
        measure: measure_id.to_owned(),
        instrument: Arc::clone(instrument),
        scale: index,
        from: from.clone(),
        to: to.clone(),
    })
}

/// Puts those of the question's programme side by side.
pub fn answered(app: &App, question: &Question, members: &[Member], today: Date) -> Option<BeforeAfter> {
    let asked = &app.content.programme(question.programme)?.definition;
    let courses: Vec<Course> = members.iter().filter_map(|member| course(app, asked, question, member, today)).collect();
    Some(before_after(&courses, &yardstick(question.scale())))
}

/// Nothing for somebody whose case runs on another programme.
fn course(app: &App, asked: &Definition, question: &Question, member: &Member, today: Date) -> Option<Course> {
    let definition = &app.content.programme(member.programme)?.definition;
    if definition.id != asked.id {
        return None;
    }
    let completed = member.stage == "completed";
    let facts = DueFacts {
        definition,
        track: member.track.as_deref().and_then(|track| definition.track(track)),
        entered: &member.known.entered,
        held: &member.known.held,
        completed_on: member.ended_on.filter(|_| completed),
        ended: member.stage == "ended-early",
        today,
    };
    let stand = if reached(&facts, &question.to).is_some() {
        Stand::Reached
    } else if facts.ended || completed {
        Stand::EndedBefore
    } else {
        Stand::OnTheWay
    };
    let (from, to) = (point_code(&question.from), point_code(&question.to));
    let at = |code: &str| member.scores.iter().rev().find(|(point, _)| point == code).map(|(_, score)| *score);
    // Of the scores in between only those of points before the later one, in the definition's order, or outside the plan.
    let points = definition.measure(&question.measure).map(|measure| measure.due.as_slice()).unwrap_or_default();
    let beyond: Vec<String> = points.iter().map(point_code).skip_while(|code| *code != to).collect();
    let first = member.scores.iter().position(|(point, _)| *point == from);
    let last = first.and_then(|first| {
        member.scores.iter().skip(first + 1).rev().find(|(point, _)| *point != from && !beyond.contains(point)).map(|(_, score)| *score)
    });
    Some(Course { before: at(&from), after: at(&to), last, stand })
}
