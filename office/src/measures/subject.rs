//! What is measured: a measure of the programme with its instrument, or an instrument by itself.

use std::sync::Arc;

use fairway_domain::measure::{DueFacts, DueItem, Instrument, due_items, point_code};
use fairway_domain::programme::{Definition, DuePoint};
use fairway_site::{Choice, L};
use jiff::civil::Date;
use uuid::Uuid;

use super::store_due::Known;
use super::words;
use crate::app::App;
use crate::cases::head::Shown;

/// The point of a measurement outside the programme's plan.
pub const EXTRA: &str = "extra";

/// A measure that can be taken.
#[derive(Debug, Clone)]
pub struct Subject {
    /// The measure's id in the programme, or the instrument's.
    pub code: String,
    /// Its name.
    pub title: String,
    /// The stored instrument.
    pub instrument_id: Uuid,
    /// The instrument.
    pub instrument: Arc<Instrument>,
    /// The points at which the programme wants it.
    pub points: Vec<DuePoint>,
}

/// The subject of an address: the measure with this id, or the instrument. A measure without an instrument of its own takes
/// one of the same id, should the service have added it.
pub fn subject(app: &App, l: L, definition: &Definition, code: &str) -> Option<Subject> {
    let instruments = app.content.instruments();
    if let Some(measure) = definition.measure(code) {
        let (instrument_id, instrument) = instruments.offered(measure.instrument.as_deref().unwrap_or(&measure.id))?;
        return Some(Subject {
            code: code.to_owned(),
            title: measure.title.in_language(l.code()).to_owned(),
            instrument_id,
            instrument: Arc::clone(instrument),
            points: measure.due.clone(),
        });
    }
    let (instrument_id, instrument) = instruments.offered(code)?;
    let title = instrument.title.in_language(l.code()).to_owned();
    Some(Subject { code: code.to_owned(), title, instrument_id, instrument: Arc::clone(instrument), points: Vec::new() })
}

/// Every due point of a case.
pub fn due_of(shown: &Shown, known: &Known, today: Date) -> Vec<DueItem> {
    let definition = shown.definition();
    let completed = shown.row.stage.code() == "completed";
    let facts = DueFacts {
        definition,
        track: shown.row.track.as_deref().and_then(|track| definition.track(track)),
        entered: &known.entered,
        held: &known.held,
        completed_on: shown.case.ended_on().filter(|_| completed),
        ended: shown.row.stage.is_end() && !completed,
        today,
    };
    due_items(&facts, &known.taken)
}

impl Subject {
    /// The points to choose from, and outside the plan.
    pub fn choices(&self, l: L, definition: &Definition) -> Vec<Choice> {
        let points = self.points.iter().map(|point| Choice::new(point_code(point), words::point(l, definition, point)));
        points.chain([Choice::new(EXTRA, l.t("measures-point-extra"))]).collect()
    }

    /// The point that waits to be measured; outside the plan when none does.
    pub fn waiting(&self, items: &[DueItem]) -> String {
        use fairway_domain::measure::DueStanding::{Due, Overdue};
        let waits = |item: &&DueItem| item.measure == self.code && matches!(item.standing, Due | Overdue);
        items.iter().find(waits).map_or_else(|| EXTRA.to_owned(), |item| point_code(&item.point))
    }

    /// Whether a form's point is one of the subject's.
    pub fn knows(&self, point: &str) -> bool {
        point == EXTRA || self.points.iter().any(|known| point_code(known) == point)
    }
}
