//! `fairway measure change`.

use std::collections::HashMap;
use std::path::Path;

use fairway_domain::measure::{Instrument, NormGroup, Scale, read_sheets};
use fairway_evaluation::change::{Category, Cutoffs, DEFINITION, MeasurementError, Population, Yardstick};
use serde::Serialize;

use super::pairs::{Pair, pairs};
use super::score::{Go, Telling, each_row, read_json};
use super::{ChangeArgs, Shape, Told};
use crate::cli::say::say;

/// The answer, as it is kept stable.
#[derive(Serialize)]
struct Answer {
    definition: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    instrument: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scale: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    norm: Option<String>,
    lower_is_better: bool,
    standard_error_of_measurement: Option<f64>,
    standard_error_of_difference: Option<f64>,
    threshold: Option<f64>,
    cutoffs: CutoffsOut,
    cutoff_used: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cutoff: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    people: Vec<Person>,
    counts: Counts,
}

#[derive(Serialize)]
struct CutoffsOut {
    a: Option<f64>,
    b: Option<f64>,
    c: Option<f64>,
}

#[derive(Serialize)]
struct Person {
    id: String,
    pre: Option<f64>,
    post: Option<f64>,
    difference: Option<f64>,
    rci: Option<f64>,
    category: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

#[derive(Serialize, Default)]
struct Counts {
    recovered: usize,
    improved: usize,
    unchanged: usize,
    deteriorated: usize,
    harmed: usize,
    not_computable: usize,
}

/// What the figures are reckoned from.
struct Basis {
    sd: Option<f64>,
    reliability: Option<f64>,
    clinical: Option<Population>,
    general: Option<Population>,
    lower_is_better: bool,
    /// A cut-off that was published as such, for when none can be reckoned.
    published: Option<f64>,
    named: Option<(String, String, Option<String>)>,
}

pub(super) fn run(args: &ChangeArgs) -> Told {
    let (basis, people, faults) = match (&args.instrument, &args.data) {
        (Some(name), _) => {
            let instrument = super::find(name, args.content.as_deref())?;
            of_instrument(args, &instrument)?
        }
        (None, Some(data)) => {
            let (people, faults) = pairs(data)?;
            (of_figures(args), people, faults)
        }
        (None, None) => return Err("give --data, or --instrument with --pre and --post".to_owned()),
    };
    let answer = reckon(&basis, people);
    match args.format {
        Shape::Json => say!("{}", serde_json::to_string_pretty(&answer).map_err(|error| error.to_string())?),
        Shape::Text => text(&answer),
    }
    Ok(faults)
}

fn of_figures(args: &ChangeArgs) -> Basis {
    let population =
        |mean: Option<f64>, sd: Option<f64>| mean.zip(sd.filter(|sd| *sd > 0.0)).map(|(mean, deviation)| Population { mean, deviation });
    Basis {
        sd: args.sd,
        reliability: args.reliability,
        clinical: population(args.clinical_mean, args.clinical_sd.or(args.sd)),
        general: population(args.normal_mean, args.normal_sd),
        lower_is_better: args.lower_is_better,
        published: None,
        named: None,
    }
}

fn of_instrument(args: &ChangeArgs, instrument: &Instrument) -> Result<(Basis, Vec<Pair>, usize), String> {
    let scale = match &args.scale {
        Some(id) => instrument.scale(id),
        None => instrument.scales.first(),
    }
    .ok_or_else(|| {
        let known: Vec<&str> = instrument.scales.iter().map(|scale| scale.id.as_str()).collect();
        format!("{} has no such scale; it has: {}", instrument.id, known.join(", "))
    })?;
    let norm = scale.change_norm(args.norm.as_deref());
    if let (Some(id), None) = (&args.norm, norm) {
        let known: Vec<&str> = scale.norms.iter().map(|norm| norm.id.as_str()).collect();
        return Err(format!(
            "{} has no norm {id:?} with a standard deviation and a reliability; it has: {}",
            instrument.id,
            known.join(", ")
        ));
    }
    let population = |group: NormGroup| {
        let found = scale.norms.iter().find(|norm| norm.group == group && norm.mean.is_some() && norm.sd.is_some())?;
        found.mean.zip(found.sd).map(|(mean, deviation)| Population { mean, deviation })
    };
    let basis = Basis {
        sd: args.sd.or_else(|| norm.and_then(|norm| norm.sd)),
        reliability: args.reliability.or_else(|| norm.and_then(|norm| norm.reliability)),
        clinical: population(NormGroup::Clinical),
        general: population(NormGroup::General),
        lower_is_better: scale.lower_is_better.unwrap_or(args.lower_is_better),
        published: scale.cutoff.as_ref().map(|cutoff| cutoff.at_least),
        named: Some((format!("{} {}", instrument.id, instrument.version), scale.id.clone(), norm.map(|norm| norm.id.clone()))),
    };
    let (Some(pre), Some(post)) = (&args.pre, &args.post) else { return Err("give --pre and --post".to_owned()) };
    let (before, faults_before) = scores(instrument, scale, pre)?;
    let (after, faults_after) = scores(instrument, scale, post)?;
    let mut after: HashMap<String, Option<f64>> = after.into_iter().collect();
    let mut people: Vec<Pair> = Vec::new();
    for (id, pre) in before {
        let post = after.remove(&id).flatten();
        people.push(Pair { id, pre, post });
    }
    let mut only_after: Vec<Pair> = after.into_iter().map(|(id, post)| Pair { id, pre: None, post }).collect();
    only_after.sort_by(|a, b| a.id.cmp(&b.id));
    people.extend(only_after);
    Ok((basis, people, faults_before + faults_after))
}

/// Everybody's score, in the order of the file.
type Scored = Vec<(String, Option<f64>)>;

fn scores(instrument: &Instrument, scale: &Scale, path: &Path) -> Result<(Scored, usize), String> {
    let mut told = Telling::new(path);
    let score = |values: &[Option<f64>]| scale.score(&instrument.items, values).value.ok();
    let mut found: Scored = Vec::new();
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
        let (sheets, faults) = read_sheets(instrument, &read_json(path)?);
        for fault in &faults {
            told.fault(fault);
        }
        found.extend(sheets.into_iter().map(|sheet| (sheet.id, score(&sheet.answers.values))));
    } else {
        each_row(instrument, path, &mut told, |row, line| {
            let id = if row.id.is_empty() { (line - 1).to_string() } else { String::from_utf8_lossy(&row.id).into_owned() };
            found.push((id, score(&row.values())));
            Ok(Go::On)
        })?;
    }
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (id, _) in &found {
        *seen.entry(id).or_default() += 1;
    }
    if let Some((id, _)) = seen.iter().find(|(_, count)| **count > 1) {
        return Err(format!("{}: duplicate-person: {id:?} is there twice; keep one line a person", path.display()));
    }
    Ok((found, told.count))
}

fn reckon(basis: &Basis, people: Vec<Pair>) -> Answer {
    let error = MeasurementError::of(basis.sd, basis.reliability);
    let cutoffs = Cutoffs::of(basis.clinical, basis.general, basis.lower_is_better);
    let used = cutoffs.used().or_else(|| basis.published.map(|published| ("published", published)));
    let wrong_way = basis.clinical.is_some() && basis.general.is_some() && cutoffs == Cutoffs::default();
    let why = match (error, used) {
        (Err(why), _) => Some(why.to_string()),
        (Ok(_), None) if wrong_way => Some("no cut-off: the means lie the wrong way round; is a lower score the better one (--lower-is-better)?".to_owned()),
        (Ok(_), None) => Some("no cut-off: neither a clinical nor a normal mean and standard deviation are known, so recovered and harmed cannot be told from improved and deteriorated".to_owned()),
        _ => None,
    };
    let yardstick = Yardstick { error, cutoff: used.map(|(_, cutoff)| cutoff), lower_is_better: basis.lower_is_better };
    let mut counts = Counts::default();
    let people = people.into_iter().map(|pair| person(&yardstick, pair, &mut counts)).collect();
    let (instrument, scale, norm) = basis.named.clone().map_or((None, None, None), |(i, s, n)| (Some(i), Some(s), n));
    Answer {
        definition: DEFINITION,
        instrument,
        scale,
        norm,
        lower_is_better: basis.lower_is_better,
        standard_error_of_measurement: error.ok().map(|error| error.of_measurement),
        standard_error_of_difference: error.ok().map(|error| error.of_difference),
        threshold: error.ok().map(|error| error.threshold),
        cutoffs: CutoffsOut { a: cutoffs.a, b: cutoffs.b, c: cutoffs.c },
        cutoff_used: used.map(|(name, _)| name),
        cutoff: used.map(|(_, cutoff)| cutoff),
        why,
        people,
        counts,
    }
}

fn person(yardstick: &Yardstick, pair: Pair, counts: &mut Counts) -> Person {
    let difference = pair.pre.zip(pair.post).map(|(pre, post)| post - pre);
    let judged = yardstick.judge(pair.pre, pair.post);
    match judged.map(|change| change.category) {
        Ok(Category::Recovered) => counts.recovered += 1,
        Ok(Category::Improved) => counts.improved += 1,
        Ok(Category::Unchanged) => counts.unchanged += 1,
        Ok(Category::Deteriorated) => counts.deteriorated += 1,
        Ok(Category::Harmed) => counts.harmed += 1,
        Err(_) => counts.not_computable += 1,
    }
    Person {
        id: pair.id,
        pre: pair.pre,
        post: pair.post,
        difference,
        rci: judged.ok().map(|change| change.index),
        category: judged.ok().map(|change| change.category.code()),
        why: judged.err().map(|why| why.to_string()),
    }
}

fn text(answer: &Answer) {
    let shown = |value: Option<f64>| value.map_or_else(|| "not computable".to_owned(), |value| format!("{value:.4}"));
    say!("Reliable change after {}", answer.definition);
    say!("Standard error of measurement  {}", shown(answer.standard_error_of_measurement));
    say!("Standard error of difference   {}", shown(answer.standard_error_of_difference));
    say!("Threshold of reliable change   {}", shown(answer.threshold));
    say!("Cut-offs a, b, c               {}, {}, {}", shown(answer.cutoffs.a), shown(answer.cutoffs.b), shown(answer.cutoffs.c));
    say!("Cut-off used                   {}", answer.cutoff_used.unwrap_or("none"));
    if let Some(why) = &answer.why {
        say!("{why}");
    }
    say!("\n{:<24} {:>10} {:>10} {:>10} {:>10}  category", "id", "pre", "post", "difference", "rci");
    let number = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.2}"));
    for person in &answer.people {
        let said = person.category.map_or_else(|| person.why.clone().unwrap_or_default(), ToOwned::to_owned);
        say!(
            "{:<24} {:>10} {:>10} {:>10} {:>10}  {said}",
            person.id,
            number(person.pre),
            number(person.post),
            number(person.difference),
            number(person.rci)
        );
    }
    let counts = &answer.counts;
    say!(
        "\nrecovered {}, improved {}, unchanged {}, deteriorated {}, harmed {}, not computable {}",
        counts.recovered,
        counts.improved,
        counts.unchanged,
        counts.deteriorated,
        counts.harmed,
        counts.not_computable
    );
}
