//! Questions of published instruments, from their FHIR R4 questionnaires: only the few fields that are shown.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::check::{Check, Choice, Question};
use super::fault::{Fault, toml};
use super::{Files, Words};

#[derive(Deserialize)]
struct Scoring {
    #[serde(default)]
    alerts: Vec<Alert>,
    #[serde(default)]
    scales: Vec<Scale>,
}

#[derive(Deserialize)]
struct Alert {
    item: String,
    at_least: u8,
}

#[derive(Deserialize)]
struct Scale {
    items: Vec<String>,
}

/// Puts the questions of an instrument into a check that has none of its own.
pub(super) fn fill(check: &mut Check, files: &Files) -> Result<(), Fault> {
    let file = format!("instruments/{}/questionnaire.json", check.id);
    let absent = |file: &str| {
        let what = format!("the check {} has no questions of its own, and this file is absent", check.id);
        Fault::broken(file, 0, what, "Put the instrument there, or give the check its questions and options in self-help/checks.toml")
    };
    let text = files.get(&file).ok_or_else(|| absent(&file))?;
    let found: Value = serde_json::from_str(text)
        .map_err(|error| Fault::broken(&file, error.line(), error.to_string(), "Mend the JSON; the file is a FHIR R4 Questionnaire"))?;
    let scoring = format!("instruments/{}/scoring.toml", check.id);
    let rules: Scoring = toml(&scoring, files.get(&scoring).ok_or_else(|| absent(&scoring))?)?;
    let scored = rules.scales.first().map(|scale| scale.items.clone()).unwrap_or_default();
    let mut stem = None;
    gather(&found, None, &mut |item, above| {
        let id = item["linkId"].as_str().unwrap_or_default().to_owned();
        if !scored.contains(&id) {
            return;
        }
        if stem.is_none() {
            stem = above.map(|group| words(group, "text"));
        }
        let danger_from = rules.alerts.iter().find(|alert| alert.item == id).map(|alert| alert.at_least);
        check.questions.push(Question { text: words(item, "text"), danger_from });
        if check.options.is_empty() {
            check.options = item["answerOption"].as_array().into_iter().flatten().filter_map(choice).collect();
        }
    });
    check.stem = stem;
    if check.questions.is_empty() || check.questions.len() != scored.len() || check.options.len() < 2 {
        let what = format!("{} of {} scored questions and {} answers were found", check.questions.len(), scored.len(), check.options.len());
        return Err(Fault::broken(
            &file,
            0,
            what,
            "Every item of the first scale needs a linkId, text and answerOption with ordinal values",
        ));
    }
    Ok(())
}

fn gather<'v>(value: &'v Value, above: Option<&'v Value>, found: &mut impl FnMut(&'v Value, Option<&'v Value>)) {
    for item in value["item"].as_array().into_iter().flatten() {
        found(item, above);
        gather(item, Some(item), found);
    }
}

fn choice(option: &Value) -> Option<Choice> {
    let ordinal = |holder: &Value| {
        let extensions = holder["extension"].as_array()?;
        extensions.iter().find(|found| found["url"].as_str().is_some_and(|url| url.ends_with("ordinalValue")))?["valueDecimal"].as_f64()
    };
    let coding = &option["valueCoding"];
    let score = ordinal(option).or_else(|| ordinal(coding))?;
    let score = (0_u8..=20).find(|whole| (f64::from(*whole) - score).abs() < 0.01)?;
    Some(Choice { score, text: words(coding, "display") })
}

/// A text of the questionnaire in every language it is translated into; its own is English.
fn words(holder: &Value, field: &str) -> Words {
    let mut texts = BTreeMap::new();
    if let Some(text) = holder[field].as_str() {
        texts.insert("en".to_owned(), text.to_owned());
    }
    for translation in holder[format!("_{field}")]["extension"].as_array().into_iter().flatten() {
        let parts = translation["extension"].as_array().into_iter().flatten();
        let part = |name: &str| parts.clone().find(|part| part["url"] == name);
        let language = part("lang").and_then(|found| found["valueCode"].as_str());
        let text = part("content").and_then(|found| found["valueString"].as_str());
        if let (Some(language), Some(text)) = (language, text) {
            texts.insert(language.to_owned(), text.to_owned());
        }
    }
    Words(texts)
}
