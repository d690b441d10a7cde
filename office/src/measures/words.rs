//! What pages say of measures, in sentences.

use fairway_domain::measure::{AnsweredBy, point_code};
use fairway_domain::programme::{Definition, DuePoint};
use fairway_site::L;
use fairway_site::chart::{GapView, PointView, Source};

use jiff::civil::Date;

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

/// The scores of a scale as a chart shows them: who rated is a shape and a word.
pub fn points(l: L, series: &Series) -> Vec<PointView> {
    let view = |point: &Point| {
        let source = if point.rater == AnsweredBy::Participant.code() { Source::Own } else { Source::Other };
        let label = l.t(&format!("measures-rater-{}", point.rater)).into_owned();
        Some(PointView { on: point.on, value: point.score?, label, source })
    };
    series.points.iter().filter_map(view).collect()
}

/// Responses to a scale that could not be scored, as gaps of a chart.
pub fn unscored(l: L, series: &Series) -> Vec<GapView> {
    let gap = |point: &Point| GapView { on: point.on, label: l.t("measures-not-scorable").into_owned() };
    series.points.iter().filter(|point| point.score.is_none()).map(gap).collect()
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
        parts.push(difference(l, last_score - first_score, first.on));
        parts.extend(reliable(l, series));
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
    // Answers that came after the last score, and gave none, are not passed over.
    if let Some(since) = series.points.last().filter(|point| point.score.is_none()) {
        parts.push(l.t1("measures-said-unscored", "on", l.date(since.on)).into_owned());
    }
    parts.push(l.t(&format!("measures-rater-{}", last.unwrap_or(first).rater)).into_owned());
    sentence(&parts.join("; "))
}

/// By how much, and since when.
fn difference(l: L, by: f64, since: Date) -> String {
    let (on, points) = (l.date(since), number(l, by.abs()));
    if is_none(by) {
        return l.t1("measures-said-same", "on", on).into_owned();
    }
    let one = usize::from((by.abs() - 1.0).abs() < 1e-9);
    let key = if by < 0.0 { "measures-said-lower" } else { "measures-said-higher" };
    l.with(key, &[("one", one.into()), ("points", points.into()), ("on", on.into())]).into_owned()
}

fn is_none(difference: f64) -> bool {
    difference.abs() < 1e-9
}

/// Whether a difference is more than error; nothing where there is no difference.
fn reliable(l: L, series: &Series) -> Option<String> {
    let (first, last) = (series.first()?.score?, series.last()?.score?);
    let key = match series.change() {
        _ if is_none(last - first) => return None,
        Some(Ok(change)) if change.index.abs() > fairway_evaluation::change::Z => "measures-said-more",
        Some(Ok(_)) => "measures-said-within",
        _ => "measures-said-unknown",
    };
    Some(l.t(key).into_owned())
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

/// The language a norm was obtained in, by name; its code where no page has a name for it.
fn version_in(l: L, code: &str) -> String {
    let id = format!("measures-version-in-{code}");
    if l.has(&id) { l.t(&id).into_owned() } else { code.to_owned() }
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
                    ("language", version_in(l, &norm.language).into()),
                    ("source", norm.source.clone().into()),
                ],
            )
            .into_owned(),
        _ => l.t1("measures-basis-none", "scale", scale.title.in_language(l.code())).into_owned(),
    }
}
