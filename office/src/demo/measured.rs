//! What the people of the demo answered: the instruments of their programme at the points where they fell due, with some
//! left out and some items empty, as it goes.

use fairway_domain::case::StageKind;
use fairway_domain::measure::{
    Answers, DueFacts, DueItem, Instrument, Item, ItemKind, OpenPoint, TakenMeasure, due_items, open_points, point_code,
};
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::course::after;
use super::person::{Draft, stamp};
use super::story::Story;
use super::{DemoError, Making};
use crate::measures::due_row;
use crate::measures::kept::Kept;

/// Forms with more items are asked for in small services only: a large one would hold little else.
const LONG: usize = 40;
/// Up to how many cases a service is small.
const SMALL: u32 = 2_000;

/// How somebody fares in one measure, from 0 (nothing) to 100 (the most the form knows).
#[derive(Debug, Clone, Copy)]
struct Faring {
    now: i64,
    drift: i64,
}

impl Making<'_> {
    /// Answers to the measures that have fallen due in a case.
    pub fn measure(&mut self, draft: &Draft<'_>, story: &Story, held: &[(String, Date)]) -> Result<(), DemoError> {
        let definition = &draft.course.programme.definition;
        let case = story.case();
        let entered: Vec<(String, Date)> = case.phases().iter().map(|entered| (entered.phase.id.clone(), entered.on)).collect();
        let completed = case.stage().kind() == StageKind::Completed;
        let facts = DueFacts {
            definition,
            track: definition.track(&draft.track.id),
            entered: &entered,
            held,
            completed_on: case.ended_on().filter(|_| completed),
            ended: false,
            today: self.ground.today,
        };
        let items = due_items(&facts, &[]);
        let mut taken = Vec::new();
        for measure in &definition.measures {
            let instruments = self.instruments;
            let Some((id, instrument)) = measure.instrument.as_deref().and_then(|code| instruments.offered(code)) else { continue };
            if !instrument.can_be_given() || self.is_too_long(instrument) {
                continue;
            }
            let mut points: Vec<&DueItem> = items.iter().filter(|item| item.measure == measure.id && item.on.is_some()).collect();
            points.sort_by_key(|item| item.on);
            let mut faring = Faring { now: self.chance.between(15, 80), drift: self.chance.between(-16, 5) };
            for item in points {
                let Some(on) = item.on.map(|on| after(on, self.chance.between(0, 6))).filter(|on| *on <= self.ground.today) else {
                    continue;
                };
                if !self.chance.percent(12) {
                    self.response(draft, (id, instrument.as_ref()), item, on, faring)?;
                    taken.push(TakenMeasure { measure: item.measure.clone(), point: point_code(&item.point), on });
                }
                faring.now = (faring.now + faring.drift + self.chance.between(-6, 6)).clamp(0, 100);
            }
        }
        if completed || case.stage().kind() == StageKind::InPhase {
            self.dues(draft, story, &open_points(&facts, &taken));
        }
        Ok(())
    }

    fn is_too_long(&self, instrument: &Instrument) -> bool {
        instrument.items.len() > LONG && self.ground.cases > SMALL
    }

    /// What was left out, or will fall due, of the measures whose instrument is there.
    fn dues(&mut self, draft: &Draft<'_>, story: &Story, open: &[OpenPoint]) {
        let definition = &draft.course.programme.definition;
        let instruments = self.instruments;
        for open in open {
            let code = definition.measure(&open.measure).and_then(|measure| measure.instrument.as_deref());
            let offered = instruments.offered(code.unwrap_or(&open.measure));
            if offered.is_some_and(|(_, instrument)| !self.is_too_long(instrument)) {
                let row = due_row(due_id(draft.id, open), draft.id, story.case().unit(), open);
                self.chapter.dues.push(row);
            }
        }
    }

    fn response(
        &mut self,
        draft: &Draft<'_>,
        (id, instrument): (Uuid, &Instrument),
        item: &DueItem,
        on: Date,
        faring: Faring,
    ) -> Result<(), DemoError> {
        let mut answers = Answers::none(instrument);
        for (index, item) in instrument.items.iter().enumerate() {
            // What would raise a concern is answered with the least: a demo that raises one must also tell what came of it.
            let least = instrument.alerts.iter().any(|alert| alert.item == index);
            let turned = instrument.scales.iter().any(|scale| scale.reversed.contains(&index));
            let better = instrument.scales.first().and_then(|scale| scale.lower_is_better) == Some(false);
            let level = if turned == better { faring.now } else { 100 - faring.now };
            let value = if self.chance.percent(2) && !least { None } else { self.answer(item, if least { None } else { Some(level) }) };
            if let Some(slot) = answers.values.get_mut(index) {
                *slot = value;
            }
        }
        let kept = serde_json::to_string(&Kept::of(instrument, answers)).map_err(|error| DemoError::Content(error.to_string()))?;
        let language = if instrument.languages.iter().any(|known| known == "es") { "es" } else { "en" };
        let way = *self.chance.pick(&["paper", "paper", "paper", "device", "device", "link"]);
        let (none, at) = (None::<Uuid>, stamp(on, 17, 30));
        self.chapter.responses.push(vec![
            self.chance.id().into(),
            draft.id.into(),
            id.into(),
            item.measure.as_str().into(),
            point_code(&item.point).into(),
            "done".into(),
            way.into(),
            "participant".into(),
            language.into(),
            on.to_string().into(),
            draft.key.seal(crate::measures::store::ANSWERS, &kept)?.into(),
            false.into(),
            none.into(),
            none.into(),
            draft.facilitator.into(),
            at.as_str().into(),
            at.as_str().into(),
        ]);
        Ok(())
    }

    /// An answer at about this level of a hundred; the least without one. Words and days stay empty.
    fn answer(&mut self, item: &Item, level: Option<i64>) -> Option<f64> {
        let ItemKind::Choice { options } = &item.kind else { return None };
        let last = i64::try_from(options.len()).ok()? - 1;
        let at = level.map_or(0, |level| ((level + self.chance.between(-28, 28)).clamp(0, 100) * last + 50) / 100);
        options.get(usize::try_from(at).ok()?).map(|option| option.value)
    }
}

/// An id that follows from what it names: nothing is drawn by chance for it, so that the rest of a demo stays as it was.
fn due_id(case: Uuid, open: &OpenPoint) -> Uuid {
    let digest = Sha256::new().chain_update(case).chain_update(&open.measure).chain_update(&open.point).finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}
