//! The thread of a demo case: observations, judged needs, goals, notes, concerns and reports.

use fairway_domain::case::StageKind;
use fairway_domain::concern::{Concern, ConcernKind, Outcome};
use fairway_domain::programme::DuePoint;
use fairway_domain::report::{ReportDue, ReportFacts, reports_due};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::course::{after, days_between};
use super::person::{Draft, stamp};
use super::places::Place;
use super::story::Story;
use super::words::{self, say};
use super::{DemoError, Making};
use crate::app::instant_text;

impl Making<'_> {
    /// What was seen, judged, set as a goal, noted, worried about and reported in a case that started.
    pub fn thread(&mut self, place: &Place, draft: &Draft<'_>, story: &Story) -> Result<(), DemoError> {
        let Some(started_on) = story.case().started_on() else { return Ok(()) };
        let last_on = story.case().ended_on().unwrap_or(self.ground.today);
        self.needs(draft, started_on, last_on)?;
        let mut concerns = Vec::new();
        if self.chance.percent(8) {
            concerns.push(self.concern(place, draft, started_on, last_on)?);
        }
        if self.chance.percent(30) {
            let on = after(started_on, self.chance.between(3, 120)).min(last_on);
            self.note(draft, on)?;
        }
        self.reports(place, draft, story, concerns)
    }

    fn needs(&mut self, draft: &Draft<'_>, started_on: Date, last_on: Date) -> Result<(), DemoError> {
        let targets = &draft.course.programme.definition.targets;
        let judged_on = after(started_on, self.chance.between(14, 28));
        let offset = self.chance.below(targets.len());
        let count = targets.len().min(8);
        for at in 0..count {
            let target = &targets[(offset + at) % targets.len()].id;
            let seen_on = after(started_on, self.chance.between(0, 13));
            if seen_on > last_on {
                continue;
            }
            let mut cited = Vec::new();
            for source in ["interview", "file"].iter().take(1 + usize::from(self.chance.percent(25))) {
                cited.push(self.observation(draft, target, source, seen_on)?);
            }
            if judged_on <= last_on {
                self.judgement(draft, target, judged_on, &cited)?;
            }
        }
        if judged_on <= last_on {
            self.goals(draft, judged_on, last_on)?;
        }
        Ok(())
    }

    fn observation(&mut self, draft: &Draft<'_>, target: &str, source: &str, seen_on: Date) -> Result<Uuid, DemoError> {
        let id = self.chance.id();
        let body = draft.key.seal("observations.body", say(&mut self.chance, draft.tongue, words::OBSERVATIONS))?;
        let none: Option<Uuid> = None;
        self.chapter.observations.push(vec![
            id.into(),
            draft.id.into(),
            target.into(),
            source.into(),
            none.into(),
            seen_on.to_string().into(),
            body.into(),
            draft.facilitator.into(),
            stamp(seen_on, 13, 0).into(),
        ]);
        Ok(id)
    }

    fn judgement(&mut self, draft: &Draft<'_>, target: &str, on: Date, cited: &[Uuid]) -> Result<(), DemoError> {
        let id = self.chance.id();
        let verdict = *self.chance.pick(&["present", "present", "present", "absent", "unclear"]);
        let reason = if self.chance.percent(50) {
            Some(draft.key.seal("need_judgements.reason", say(&mut self.chance, draft.tongue, words::NEED_REASONS))?)
        } else {
            None
        };
        self.chapter.judgements.push(vec![
            id.into(),
            draft.id.into(),
            target.into(),
            verdict.into(),
            reason.into(),
            on.to_string().into(),
            draft.facilitator.into(),
            stamp(on, 13, 30).into(),
        ]);
        for observation in cited {
            self.chapter.evidence.push(vec![id.into(), (*observation).into()]);
        }
        Ok(())
    }

    fn goals(&mut self, draft: &Draft<'_>, from: Date, last_on: Date) -> Result<(), DemoError> {
        let targets: Vec<_> = draft.course.programme.definition.targets.iter().filter(|target| !target.constructs.glm.is_empty()).collect();
        for _ in 0..self.chance.between(1, 3) {
            let set_on = after(from, self.chance.between(0, 20));
            if set_on > last_on || targets.is_empty() {
                break;
            }
            let target = targets[self.chance.below(targets.len())];
            let good = self.chance.pick(&target.constructs.glm).clone();
            let id = self.chance.id();
            let none: Option<String> = None;
            let said = draft.key.seal("goals.words", say(&mut self.chance, draft.tongue, words::GOALS))?;
            let row = vec![
                id.into(),
                draft.id.into(),
                good.into(),
                said.into(),
                set_on.to_string().into(),
                none.into(),
                draft.facilitator.into(),
                stamp(set_on, 13, 45).into(),
            ];
            self.chapter.goals.push(row);
            self.chapter.goal_targets.push(vec![id.into(), target.id.as_str().into()]);
        }
        Ok(())
    }

    fn note(&mut self, draft: &Draft<'_>, on: Date) -> Result<(), DemoError> {
        let body = draft.key.seal("case_notes.body", say(&mut self.chance, draft.tongue, words::CASE_NOTES))?;
        self.chapter.notes.push(vec![
            self.chance.id().into(),
            draft.id.into(),
            on.to_string().into(),
            body.into(),
            draft.facilitator.into(),
            stamp(on, 14, 0).into(),
        ]);
        Ok(())
    }

    /// A concern; one in three of those of the last weeks is still open.
    fn concern(&mut self, place: &Place, draft: &Draft<'_>, from: Date, last_on: Date) -> Result<(ConcernKind, Date), DemoError> {
        let fresh = last_on == self.ground.today && self.chance.percent(30);
        let span = if fresh { 2 } else { 200 };
        let on = after(last_on, -self.chance.between(0, days_between(from, last_on).clamp(0, span)));
        let rule = self.chance.pick(&place.jurisdiction.concerns);
        let recorded_at: Timestamp = stamp(on, 8, 20).parse().unwrap_or(self.ground.now).min(self.ground.now);
        let concern = Concern::record(rule.id, draft.facilitator, recorded_at, rule.due_within_hours);
        let open = last_on == self.ground.today && (fresh || (days_between(on, last_on) < 12 && self.chance.percent(60)));
        let closed_at = (!open).then(|| {
            recorded_at.saturating_add(SignedDuration::from_mins(self.chance.between(20, 160))).unwrap_or(recorded_at).min(self.ground.now)
        });
        let outcome = closed_at.map(|_| *self.chance.pick(Outcome::ALL));
        let body = draft.key.seal("concerns.body_sealed", say(&mut self.chance, draft.tongue, words::CONCERNS))?;
        let said = if open {
            None
        } else {
            Some(draft.key.seal("concerns.outcome_sealed", say(&mut self.chance, draft.tongue, words::OUTCOMES))?)
        };
        self.chapter.concerns.push(vec![
            self.chance.id().into(),
            draft.id.into(),
            place.id.into(),
            rule.id.code().into(),
            body.into(),
            draft.facilitator.into(),
            draft.facilitator.into(),
            instant_text(recorded_at).into(),
            instant_text(concern.due_at).into(),
            closed_at.map(instant_text).into(),
            closed_at.map(|_| draft.facilitator).into(),
            outcome.map(Outcome::code).map(str::to_owned).into(),
            said.into(),
        ]);
        Ok((rule.id, on))
    }

    fn reports(&mut self, place: &Place, draft: &Draft<'_>, story: &Story, concerns: Vec<(ConcernKind, Date)>) -> Result<(), DemoError> {
        let case = story.case();
        let kind = case.stage().kind();
        let ended = |wanted: StageKind| case.ended_on().filter(|_| kind == wanted);
        let mut reached: Vec<(DuePoint, Date)> =
            case.phases().iter().map(|entered| (DuePoint::PhaseStart { of: entered.phase.id.clone() }, entered.on)).collect();
        let ends = case.phases().iter().skip(1).map(|entered| entered.on).chain(ended(StageKind::Completed));
        reached.extend(case.phases().iter().zip(ends).map(|(entered, on)| (DuePoint::PhaseEnd { of: entered.phase.id.clone() }, on)));
        let facts = ReportFacts {
            legal_basis: draft.legal_basis.clone(),
            started_on: case.started_on(),
            completed_on: ended(StageKind::Completed),
            ended_early_on: ended(StageKind::EndedEarly),
            reached,
            concerns,
            signed: Vec::new(),
        };
        let today = self.ground.today;
        for due in reports_due(&place.jurisdiction.reports, &draft.course.programme.definition.reports, &facts, today, after(today, 28)) {
            self.report(place, draft, &due)?;
        }
        Ok(())
    }

    /// Reports long due are signed; of those of the last weeks some are, some are drafts and some still due.
    fn report(&mut self, place: &Place, draft: &Draft<'_>, due: &ReportDue) -> Result<(), DemoError> {
        let late = days_between(due.due_on, self.ground.today);
        let standing = match self.chance.below(100) {
            share if late > 30 || (late > 0 && share < 70) => "signed",
            share if (late > -14 && share < 85) || share < 8 => "draft",
            _ => "due",
        };
        let begun = standing != "due";
        // A report is its sections: names of parts beside what stands in them.
        let told = serde_json::json!([["summary", say(&mut self.chance, draft.tongue, words::REPORTS)]]).to_string();
        let body = if begun { Some(draft.key.seal("case_reports.body_sealed", &told)?) } else { None };
        let signed_on = after(due.due_on, -self.chance.between(0, 4)).min(self.ground.today);
        self.chapter.reports.push(vec![
            self.chance.id().into(),
            draft.id.into(),
            place.id.into(),
            format!("{}:{}", due.rule.demand, due.rule.id).into(),
            due.due_on.to_string().into(),
            due.covers_from.to_string().into(),
            due.covers_to.to_string().into(),
            standing.into(),
            body.into(),
            begun.then_some(draft.facilitator).into(),
            (standing == "signed").then(|| stamp(signed_on, 11, 30)).into(),
        ]);
        Ok(())
    }
}
