//! What must hold between the two files of an instrument.

use std::ops::Range as Span;

use toml::de::DeTable;

use super::instrument::{Item, ItemKind, Method, Scale, Shipped};
use super::read_items::ReadItems;
use super::read_scoring::Scoring;
use crate::programme::nearest::quoted;
use crate::programme::places::Places;
use crate::programme::source::Source;

/// Largest difference between a written range and the one that the items make; they are small whole numbers.
const SAME: f64 = 1e-9;

struct Rules<'a> {
    source: &'a Source<'a>,
    places: Places,
}

pub(super) fn apply(source: &Source<'_>, tree: &DeTable<'_>, scoring: &Scoring, read: &ReadItems, languages: &[String]) {
    let rules = Rules { source, places: Places::of(tree, source.text) };
    rules.identity(scoring, read);
    rules.words(scoring, read, languages);
    for (index, alert) in scoring.alerts.iter().enumerate() {
        if let Some(item) = read.items.get(alert.item).filter(|item| item.limits().is_none_or(|(_, high)| alert.at_least > high)) {
            let message = format!("no answer to {} is {} or more", quoted(&item.link), alert.at_least);
            rules.fault(&format!("alerts[{index}].at_least"), "alert-never", message, "write a value that can be answered");
        }
    }
    let mut seen: Vec<&str> = Vec::new();
    for (index, scale) in scoring.scales.iter().enumerate() {
        if seen.contains(&scale.id.as_str()) {
            let message = format!("the scale {} is there twice", quoted(&scale.id));
            rules.fault(&format!("scales[{index}].id"), "duplicate-id", message, "give each scale its own id");
        }
        seen.push(&scale.id);
        rules.scale(index, scale, &read.items);
    }
}

impl Rules<'_> {
    fn at(&self, path: &str) -> Span<usize> {
        self.places.at(path)
    }

    fn fault(&self, path: &str, code: &'static str, message: String, help: impl Into<String>) {
        self.source.fault(self.at(path), code, message, help);
    }

    fn identity(&self, scoring: &Scoring, read: &ReadItems) {
        if let Some(id) = read.id.as_deref().filter(|id| *id != scoring.id) {
            let message = format!("the questionnaire's id is {}, the scoring's {}", quoted(id), quoted(&scoring.id));
            self.fault("id", "id-differs", message, "write the same id in both files");
        }
        let version = scoring.version.to_string();
        match read.version.as_deref() {
            Some(other) if other == version => {}
            other => {
                let said = other.map_or_else(|| "none".to_owned(), quoted);
                let message = format!("the questionnaire's version is {said}, the scoring's \"{version}\"");
                self.fault("version", "version-differs", message, "write the same version in both files: a response keeps it");
            }
        }
    }

    fn words(&self, scoring: &Scoring, read: &ReadItems, languages: &[String]) {
        if scoring.licence.text == Shipped::NotShipped {
            if scoring.licence.ask.is_none() {
                let help = "add ask = \"…\" to [licence]";
                self.fault("licence", "nobody-to-ask", "the wording is not here, and nothing says whom to ask for it".to_owned(), help);
            }
            return;
        }
        let lacks = |item: &&Item, language: &String| {
            let options = match &item.kind {
                ItemKind::Choice { options } => options.as_slice(),
                _ => &[],
            };
            !item.text.0.contains_key(language) || options.iter().any(|tick| !tick.words.0.contains_key(language))
        };
        for language in languages {
            if let Some(item) = read.items.iter().find(|item| lacks(item, language)) {
                let message = format!("the item {} has no wording in the language {language:?}", quoted(&item.link));
                let help = "add the translation to questionnaire.json, or take the language out of languages";
                self.fault("languages", "missing-language", message, help);
            }
        }
    }

    fn scale(&self, index: usize, scale: &Scale, items: &[Item]) {
        let path = |key: &str| format!("scales[{index}].{key}");
        for reversed in &scale.reversed {
            if !scale.items.contains(reversed) {
                let link = items.get(*reversed).map_or("", |item| item.link.as_str());
                let message = format!("{} is turned round but does not belong to the scale", quoted(link));
                self.fault(&path("reversed"), "reversed-elsewhere", message, "add it to items or take it out of reversed");
            }
        }
        let mut once = scale.items.clone();
        once.sort_unstable();
        once.dedup();
        if once.len() < scale.items.len() {
            self.fault(&path("items"), "duplicate-item", "an item is there twice".to_owned(), "name each item once");
        }
        if scale.method == Method::Entered && scale.items.len() != 1 {
            self.fault(
                &path("items"),
                "one-item",
                "an entered score has exactly one item".to_owned(),
                "name the item that holds the total",
            );
        }
        if usize::from(scale.missing.at_most) >= scale.items.len() && !scale.items.is_empty() {
            let message = format!("{} of {} items may be missing", scale.missing.at_most, scale.items.len());
            self.fault(&path("missing"), "all-missing", message, "a score needs answers: lower at_most");
        }
        self.range(index, scale, items);
        let mut last = f64::NEG_INFINITY;
        for (at, band) in scale.bands.iter().enumerate() {
            if band.from <= last || band.from > scale.range.high || (at == 0 && (band.from - scale.range.low).abs() > SAME) {
                let message = format!("the band {} from {} leaves a gap or is out of order", quoted(&band.id), band.from);
                let help = "bands ascend by their lower bounds, the first at the range's low";
                self.fault(&format!("scales[{index}].bands[{at}]"), "bands-out-of-order", message, help);
            }
            last = band.from;
        }
        if !scale.bands.is_empty() && scale.bands_source.is_none() {
            self.fault(&path("bands"), "no-source", "the bands have no source".to_owned(), "add bands_source = \"…\": who drew them");
        }
        if let Some(cutoff) = &scale.cutoff
            && !(scale.range.low..=scale.range.high).contains(&cutoff.at_least)
        {
            self.fault(&path("cutoff"), "out-of-range", "the cut-off lies outside the range".to_owned(), "correct one of the two");
        }
    }

    /// The written range must be the one that the items make.
    fn range(&self, index: usize, scale: &Scale, items: &[Item]) {
        let path = format!("scales[{index}].range");
        if scale.range.low >= scale.range.high {
            self.fault(&path, "bad-range", "the range is empty".to_owned(), "low is below high");
            return;
        }
        let mut made = (0.0, 0.0);
        for item in scale.items.iter().filter_map(|index| items.get(*index)) {
            let Some((low, high)) = item.limits() else {
                let message = format!("{} has no numbers as answers and cannot be scored", quoted(&item.link));
                self.fault(&format!("scales[{index}].items"), "not-scorable", message, "leave it out of the scale");
                return;
            };
            let cap = |value: f64| scale.cap.map_or(value, |cap| value.min(cap));
            made = (made.0 + cap(low), made.1 + cap(high));
        }
        let share = match (scale.method, u32::try_from(scale.items.len())) {
            (Method::Mean, Ok(count)) if count > 0 => 1.0 / f64::from(count),
            _ => 1.0,
        } * scale.times.unwrap_or(1.0);
        let (low, high) = (made.0 * share, made.1 * share);
        if ((low - scale.range.low).abs() > SAME || (high - scale.range.high).abs() > SAME) && !scale.items.is_empty() {
            let message = format!("the items make scores from {low} to {high}");
            self.fault(&path, "range-differs", message, "write that range, or correct items, cap or times");
        }
    }
}
