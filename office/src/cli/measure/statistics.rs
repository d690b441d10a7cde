//! `fairway measure alpha`, `icc` and `effect`.

use fairway_evaluation::{agreement, effect as effects};
use serde_json::{Value, json};

use super::pairs::{numbers, pairs};
use super::{Data, Shape, Told};
use crate::cli::say::say;

pub(super) fn alpha(data: &Data) -> Told {
    let (rows, incomplete, faults) = numbers(&data.data)?;
    let items = rows.first().map_or(0, Vec::len);
    answer(data, &json!({ "alpha": agreement::alpha(&rows), "people": rows.len(), "items": items, "incomplete": incomplete }));
    Ok(faults)
}

pub(super) fn icc(data: &Data) -> Told {
    let (rows, incomplete, faults) = numbers(&data.data)?;
    let found = agreement::intraclass(&rows);
    let value = |pick: fn(&agreement::Intraclass) -> f64| found.as_ref().map(pick);
    answer(
        data,
        &json!({
            "icc1": value(|icc| icc.icc1), "icc2": value(|icc| icc.icc2), "icc3": value(|icc| icc.icc3),
            "icc1k": value(|icc| icc.icc1k), "icc2k": value(|icc| icc.icc2k), "icc3k": value(|icc| icc.icc3k),
            "targets": rows.len(), "raters": rows.first().map_or(0, Vec::len), "incomplete": incomplete,
        }),
    );
    Ok(faults)
}

pub(super) fn effect(data: &Data) -> Told {
    let (people, faults) = pairs(&data.data)?;
    let both: Vec<(f64, f64)> = people.iter().filter_map(|pair| pair.pre.zip(pair.post)).collect();
    let Some(found) = effects::paired(&both) else {
        return Err("not computable: effect sizes need at least two people with both scores".to_owned());
    };
    answer(
        data,
        &json!({
            "n": found.n, "without_both": people.len() - found.n,
            "pre_mean": found.pre_mean, "pre_sd": found.pre_sd, "post_mean": found.post_mean, "post_sd": found.post_sd,
            "difference": found.difference, "correlation": found.correlation,
            "d_z": found.d_z, "d_rm": found.d_rm, "d_av": found.d_av, "d_pre": found.d_pre, "g_pre": found.g_pre,
        }),
    );
    Ok(faults)
}

fn answer(data: &Data, value: &Value) {
    match data.format {
        Shape::Json => say!("{}", serde_json::to_string_pretty(value).unwrap_or_default()),
        Shape::Text => {
            for (name, value) in value.as_object().into_iter().flatten() {
                say!("{name:<14} {}", if value.is_null() { "not computable".to_owned() } else { value.to_string() });
            }
        }
    }
}
