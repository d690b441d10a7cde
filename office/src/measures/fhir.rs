//! FHIR R4 out: the Questionnaire, a QuestionnaireResponse, and an Observation a scale, derived from the response.

use fairway_domain::measure::{Instrument, ItemKind};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::kept::{Kept, KeptScore};

/// What surrounds answers.
#[derive(Debug, Clone)]
pub struct Frame<'a> {
    /// The response.
    pub response: Uuid,
    /// Whom it is about: the case's id, never a name.
    pub subject: &'a str,
    /// The day it was answered, as ISO text.
    pub on: &'a str,
    /// The language it was answered in.
    pub language: &'a str,
    /// The case's ids of the observations, one a scale.
    pub observations: &'a [Uuid],
}

/// A collection of the three kinds of resource.
pub fn bundle(instrument: &Instrument, kept: &Kept, frame: &Frame<'_>) -> Value {
    let questionnaire: Value = serde_json::from_str(&instrument.questionnaire).unwrap_or_default();
    let url = questionnaire.get("url").and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut entries = vec![
        json!({ "fullUrl": url, "resource": questionnaire }),
        json!({ "fullUrl": urn(frame.response), "resource": response(instrument, &questionnaire, kept, frame) }),
    ];
    for ((scale, score), id) in instrument.scales.iter().zip(&kept.scores).zip(frame.observations) {
        entries.push(json!({ "fullUrl": urn(*id), "resource": observation(scale, score, *id, frame) }));
    }
    json!({ "resourceType": "Bundle", "type": "collection", "entry": entries })
}

fn urn(id: Uuid) -> String {
    format!("urn:uuid:{id}")
}

fn subject(frame: &Frame<'_>) -> Value {
    json!({ "identifier": { "system": "urn:fairway:case", "value": frame.subject } })
}

fn response(instrument: &Instrument, questionnaire: &Value, kept: &Kept, frame: &Frame<'_>) -> Value {
    let url = questionnaire.get("url").and_then(Value::as_str).unwrap_or_default();
    let items = questionnaire.get("item").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    json!({
        "resourceType": "QuestionnaireResponse",
        "id": frame.response,
        "language": frame.language,
        "questionnaire": format!("{url}|{}", instrument.version),
        "status": "completed",
        "subject": subject(frame),
        "authored": frame.on,
        "item": answered(instrument, items, kept),
    })
}

/// The answered items in the questionnaire's own nesting.
fn answered(instrument: &Instrument, items: &[Value], kept: &Kept) -> Vec<Value> {
    let mut out = Vec::new();
    for item in items {
        let link = item.get("linkId").and_then(Value::as_str).unwrap_or_default();
        let inner = item.get("item").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let mut made = Map::new();
        made.insert("linkId".to_owned(), json!(link));
        let below = answered(instrument, inner, kept);
        let is_group = matches!(item.get("type").and_then(Value::as_str), Some("group"));
        if let Some(answer) = instrument.items.iter().position(|one| one.link == link).and_then(|index| answer(instrument, index, kept)) {
            made.insert("answer".to_owned(), json!([answer]));
        } else if !is_group || below.is_empty() {
            continue;
        }
        if !below.is_empty() && is_group {
            made.insert("item".to_owned(), json!(below));
        }
        out.push(Value::Object(made));
    }
    out
}

fn answer(instrument: &Instrument, index: usize, kept: &Kept) -> Option<Value> {
    let item = instrument.items.get(index)?;
    if let Some(words) = kept.answers.words.get(&index) {
        let is_day = matches!(item.kind, ItemKind::Day) && words.parse::<jiff::civil::Date>().is_ok();
        return Some(if is_day { json!({ "valueDate": words }) } else { json!({ "valueString": words }) });
    }
    let value = kept.answers.values.get(index).copied().flatten()?;
    #[expect(clippy::float_cmp, reason = "ordinal values are exact: they are written, not reckoned")]
    match &item.kind {
        ItemKind::Choice { options } => {
            let tick = options.iter().find(|tick| tick.value == value)?;
            let mut coding = Map::new();
            if !tick.system.is_empty() {
                coding.insert("system".to_owned(), json!(tick.system));
            }
            coding.insert("code".to_owned(), json!(tick.code));
            let words = tick.words.in_language("en");
            if !words.is_empty() {
                coding.insert("display".to_owned(), json!(words));
            }
            Some(json!({ "valueCoding": coding }))
        }
        ItemKind::Number { whole: true, .. } => {
            #[expect(clippy::cast_possible_truncation, reason = "a whole number within the item's limits")]
            let whole = value as i64;
            Some(json!({ "valueInteger": whole }))
        }
        _ => Some(json!({ "valueDecimal": value })),
    }
}

fn observation(scale: &fairway_domain::measure::Scale, score: &KeptScore, id: Uuid, frame: &Frame<'_>) -> Value {
    let mut code = Map::new();
    if let Some(loinc) = &scale.loinc {
        code.insert("coding".to_owned(), json!([{ "system": "http://loinc.org", "code": loinc }]));
    }
    code.insert("text".to_owned(), json!(scale.title.in_language("en")));
    let mut made = json!({
        "resourceType": "Observation",
        "id": id,
        "status": "final",
        "category": [{ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "survey" }] }],
        "code": code,
        "subject": subject(frame),
        "effectiveDateTime": frame.on,
        "derivedFrom": [{ "reference": urn(frame.response) }],
    });
    let Some(fields) = made.as_object_mut() else { return made };
    match score.score {
        Some(value) => {
            let quantity = json!({ "value": value, "unit": "{score}", "system": "http://unitsofmeasure.org", "code": "{score}" });
            fields.insert("valueQuantity".to_owned(), quantity);
            if let Some(band) = scale.band(value) {
                fields.insert("interpretation".to_owned(), json!([{ "text": band.title.in_language("en") }]));
            }
        }
        None => {
            let absent = json!({ "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": "not-performed" }], "text": score.refused.map(|refusal| refusal.to_string()).unwrap_or_default() });
            fields.insert("dataAbsentReason".to_owned(), absent);
        }
    }
    if score.missing > 0 {
        let filled = if score.prorated { "pro-rated" } else { "not scored" };
        fields.insert("note".to_owned(), json!([{ "text": format!("{} items missing, {filled}", score.missing) }]));
    }
    made
}
