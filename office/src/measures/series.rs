//! Scores over time: the points of each scale, and what its norm says of a difference.

use std::sync::Arc;

use fairway_domain::measure::{Instrument, Norm, NormGroup, Refusal, Scale};
use fairway_domain::programme::Definition;
use fairway_domain::thread::{Band, Score};
use fairway_evaluation::change::{Change, Cutoffs, MeasurementError, NotComputable, Population, Yardstick};
use jiff::civil::Date;
use uuid::Uuid;

use super::store::Response;
use crate::app::App;

/// One measurement of a scale.
#[derive(Debug, Clone)]
pub struct Point {
    /// The response.
    pub response: Uuid,
    /// The day.
    pub on: Date,
    /// The score, if there is one.
    pub score: Option<f64>,
    /// Why there is none.
    pub refused: Option<Refusal>,
    /// How many items are missing.
    pub missing: u16,
    /// Whether they were pro-rated.
    pub prorated: bool,
    /// Who rated.
    pub rater: String,
    /// How it was taken.
    pub way: String,
    /// The version of the instrument that was answered.
    pub version: String,
}

/// A scale over time.
#[derive(Debug, Clone)]
pub struct Series {
    /// The measure's id.
    pub measure: String,
    /// The instrument of the last response.
    pub instrument: Arc<Instrument>,
    /// Index of the scale.
    pub scale: usize,
    /// Whether it is the one that stands for the measure where there is room for one only.
    pub main: bool,
    /// Its points, the oldest first.
    pub points: Vec<Point>,
}

/// The scales of these responses over time. Scales are one when measure, instrument and scale are; a response to another
/// version of the instrument stands among them and says so. Where the definition chooses scales of a measure, the others are left to the
/// page of the response.
pub fn series(app: &App, definition: &Definition, responses: &[&Response]) -> Vec<Series> {
    let mut all: Vec<Series> = Vec::new();
    for response in responses {
        let (Some(instrument), Some(kept), Some(on)) =
            (app.content.instruments().get(response.instrument), &response.kept, response.answered_on)
        else {
            continue;
        };
        let chosen = definition.measure(&response.measure).map(|measure| measure.scales.as_slice()).unwrap_or_default();
        let offered = instrument.scales.iter().enumerate().filter(|(_, scale)| chosen.is_empty() || chosen.contains(&scale.id));
        for (index, scale) in offered {
            let Some(score) = kept.score(&scale.id) else { continue };
            let point = Point {
                response: response.id,
                on,
                score: score.score,
                refused: score.refused,
                missing: score.missing,
                prorated: score.prorated,
                rater: response.rater.clone(),
                way: response.way.clone(),
                version: instrument.version.to_string(),
            };
            let same =
                |one: &&mut Series| one.measure == response.measure && one.instrument.id == instrument.id && one.scale().id == scale.id;
            match all.iter_mut().find(same) {
                Some(one) => {
                    one.points.push(point);
                    one.instrument = Arc::clone(instrument);
                    one.scale = index;
                }
                None => all.push(Series {
                    measure: response.measure.clone(),
                    instrument: Arc::clone(instrument),
                    scale: index,
                    main: chosen.first().map_or(index == 0, |first| *first == scale.id),
                    points: vec![point],
                }),
            }
        }
    }
    all
}

impl Series {
    /// The scale.
    pub fn scale(&self) -> &Scale {
        &self.instrument.scales[self.scale]
    }

    /// The norm that change is judged by.
    pub fn norm(&self) -> Option<&Norm> {
        self.scale().change_norm(None)
    }

    /// The first point with a score.
    pub fn first(&self) -> Option<&Point> {
        self.points.iter().find(|point| point.score.is_some())
    }

    /// The last point with a score, when it is not the first.
    pub fn last(&self) -> Option<&Point> {
        let mut scored = self.points.iter().filter(|point| point.score.is_some());
        let count = scored.clone().count();
        scored.next_back().filter(|_| count > 1)
    }

    /// What changes of this scale are judged by.
    pub fn yardstick(&self) -> Yardstick {
        yardstick(self.scale())
    }

    /// What the last score says against the first; nothing with fewer than two scores.
    pub fn change(&self) -> Option<Result<Change, NotComputable>> {
        let (first, last) = (self.first()?, self.last()?);
        Some(self.yardstick().judge(first.score, last.score))
    }

    /// The band around the first score within which a difference may be mere error.
    pub fn band(&self) -> Option<Band> {
        let (first, error) = (self.first()?.score?, self.yardstick().error.ok()?);
        let range = self.scale().range;
        Some(Band { low: (first - error.threshold).max(range.low), high: (first + error.threshold).min(range.high) })
    }

    /// The scores, as the thread takes them.
    pub fn scores(&self) -> Vec<Score> {
        let band = self.band();
        let score = |point: &Point| point.score.map(|value| Score { measure: self.measure.clone(), on: point.on, value, band });
        self.points.iter().filter_map(score).collect()
    }
}

/// What changes of a scale are judged by: its norm's error, and the cut-off reckoned from norms, or else the published one.
pub fn yardstick(scale: &Scale) -> Yardstick {
    let norm = scale.change_norm(None);
    let population = |group: NormGroup| {
        let found = scale.norms.iter().find(|norm| norm.group == group && norm.mean.is_some() && norm.sd.is_some())?;
        found.mean.zip(found.sd).map(|(mean, deviation)| Population { mean, deviation })
    };
    let lower_is_better = scale.lower_is_better.unwrap_or(true);
    let cutoffs = Cutoffs::of(population(NormGroup::Clinical), population(NormGroup::General), lower_is_better);
    let cutoff = cutoffs.used().map(|(_, cutoff)| cutoff).or_else(|| scale.cutoff.as_ref().map(|cutoff| cutoff.at_least));
    Yardstick {
        error: MeasurementError::of(norm.and_then(|norm| norm.sd), norm.and_then(|norm| norm.reliability)),
        cutoff,
        lower_is_better,
    }
}
