//! What pages say of measures, in sentences.

use fairway_domain::measure::point_code;
use fairway_domain::programme::{Definition, DuePoint};
use fairway_site::L;

use super::series::{Point, Series};

/// A due point in words.
pub fn point(l: L, definition: &Definition, due: &DuePoint) -> String {
    let phase = |id: &str| definition.phase(id).map_or_else(|| id.to_owned(), |phase| phase.title.in_language(l.code()).to_owned());
    match due {
        DuePoint::PhaseStart { of } => l.t1("cases-due-at-phase-start", "phase", phase(of)),
        DuePoint::PhaseEnd { of } => l.t1("cases-due-at-phase-end", "phase", phase(of)),
        DuePoint::ModuleEnd { of } => {
            let module = definition.module(of).map_or_else(|| of.clone(), |(_, module)| module.title.in_language(l.code()).to_owned());
            l.t1("cases-due-at-module-end", "module", module)
        }
        DuePoint::AfterCompletion { weeks } => l.t1("cases-due-after-completion", "weeks", u32::from(*weeks)),
        DuePoint::EveryMonths { months } => l.t1("cases-due-every-months", "months", u32::from(*months)),
    }
    .into_owned()
}

/// The point of a measure that has this code in words; the code itself where the definition has none such.
pub fn point_of_code(l: L, definition: &Definition, measure: &str, code: &str) -> String {
    let points = definition.measure(measure).map(|measure| measure.due.as_slice()).unwrap_or_default();
    points.iter().find(|due| point_code(due) == code).map_or_else(|| code.to_owned(), |due| point(l, definition, due))
}

/// A score as people write it: whole where it is whole.
pub fn number(l: L, value: f64) -> String {
    if value.fract().abs() < 1e-9 { l.decimal(value, 0) } else { l.decimal(value, 1) }
}

/// What moved, as one plain sentence: the difference, whether it is more than error, the cut-off, what was pro-rated, and
/// who rated. Never a word about risk.
pub fn moved(l: L, series: &Series) -> String {
    let Some(first) = series.first() else { return l.t("measures-said-no-score").into_owned() };
    let Some(first_score) = first.score else { return l.t("measures-said-no-score").into_owned() };
    let mut parts: Vec<String> = Vec::new();
    let last = series.last();
    if let Some((last, last_score)) = last.and_then(|last| last.score.map(|score| (last, score))) {
        let (on, points) = (l.date(first.on), number(l, (last_score - first_score).abs()));
        let key = if (last_score - first_score).abs() < 1e-9 {
            "measures-said-same"
        } else if last_score < first_score {
            "measures-said-lower"
        } else {
            "measures-said-higher"
        };
        parts.push(l.t2(key, "points", points, "on", on).into_owned());
        parts.push(reliable(l, series));
        parts.extend(cutoff(l, series, first_score, Some(last_score)));
        parts.extend(filled(l, first, "measures-said-prorated-first"));
        parts.extend(filled(l, last, "measures-said-prorated"));
        if first.version != last.version {
            parts.push(l.t2("measures-said-versions", "first", first.version.clone(), "last", last.version.clone()).into_owned());
        }
        if first.rater != last.rater {
            parts.push(l.t("measures-said-raters").into_owned());
        }
    } else {
        parts.push(l.t1("measures-said-one", "on", l.date(first.on)).into_owned());
        parts.extend(cutoff(l, series, first_score, None));
        parts.extend(filled(l, first, "measures-said-prorated"));
    }
    parts.push(l.t(&format!("measures-rater-{}", last.unwrap_or(first).rater)).into_owned());
    sentence(&parts.join("; "))
}

fn reliable(l: L, series: &Series) -> String {
    match series.change() {
        Some(Ok(change)) if change.index.abs() > fairway_evaluation::change::Z => l.t("measures-said-more").into_owned(),
        Some(Ok(_)) => l.t("measures-said-within").into_owned(),
        _ => l.t("measures-said-unknown").into_owned(),
    }
}

fn cutoff(l: L, series: &Series, first: f64, last: Option<f64>) -> Option<String> {
    let yardstick = series.yardstick();
    let cutoff = yardstick.cutoff?;
    let beyond = |score: f64| if yardstick.lower_is_better { score >= cutoff } else { score > cutoff };
    let key = match (beyond(first), last.map(beyond)) {
        (true, Some(true)) => "measures-said-still-above",
        (true, Some(false)) => "measures-said-now-below",
        (false, Some(true)) => "measures-said-now-above",
        (false, Some(false)) => "measures-said-still-below",
        (true, None) => "measures-said-above",
        (false, None) => "measures-said-below",
    };
    Some(l.t1(key, "cutoff", number(l, cutoff)).into_owned())
}

fn filled(l: L, point: &Point, key: &str) -> Option<String> {
    point.prorated.then(|| l.t1(key, "items", i64::from(point.missing)).into_owned())
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}

/// What a scale's change is judged by, with the source of its norm.
pub fn basis(l: L, series: &Series) -> String {
    let scale = series.scale();
    match (series.yardstick().error, series.norm()) {
        (Ok(error), Some(norm)) => l
            .with(
                "measures-basis",
                &[
                    ("threshold", l.decimal(error.threshold, 2).into()),
                    ("sd", l.decimal(norm.sd.unwrap_or_default(), 1).into()),
                    ("reliability", l.decimal(norm.reliability.unwrap_or_default(), 2).into()),
                    (
                        "kind",
                        l.t(&format!("measures-reliability-{}", norm.reliability_kind.map_or("unknown", |kind| kind.code())))
                            .into_owned()
                            .into(),
                    ),
                    ("population", norm.population.in_language(l.code()).to_owned().into()),
                    ("language", norm.language.clone().into()),
                    ("source", norm.source.clone().into()),
                ],
            )
            .into_owned(),
        _ => l.t1("measures-basis-none", "scale", scale.title.in_language(l.code())).into_owned(),
    }
}
