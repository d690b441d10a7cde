//! Reads the items of a FHIR R4 Questionnaire.

use std::collections::BTreeMap;

use serde_json::Value;

use super::instrument::{Item, ItemKind, Tick};
use super::json_place::{Step, locate};
use crate::programme::Text;
use crate::programme::nearest::quoted;
use crate::programme::source::Source;

/// The extension with the ordinal value of an answer option.
const ORDINAL: &str = "http://hl7.org/fhir/StructureDefinition/ordinalValue";
/// The same in later editions of the standard.
const WEIGHT: &str = "http://hl7.org/fhir/StructureDefinition/itemWeight";
const TRANSLATION: &str = "http://hl7.org/fhir/StructureDefinition/translation";
const LEAST: &str = "http://hl7.org/fhir/StructureDefinition/minValue";
const MOST: &str = "http://hl7.org/fhir/StructureDefinition/maxValue";
const LOINC: &str = "http://loinc.org";
/// Deepest nesting of items; a questionnaire has three or four levels.
const DEEPEST: usize = 12;

/// Something in a questionnaire that the program cannot use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The way to it, such as `item[2].enableWhen`.
    pub place: String,
    /// Line, from 1.
    pub line: usize,
    /// What it is and what that means.
    pub what: String,
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct ReadItems {
    /// Headings.
    pub headings: Vec<Text>,
    /// Items in the order of the form.
    pub items: Vec<Item>,
    /// What could not be used.
    pub left_out: Vec<LeftOut>,
    /// LOINC's code of the whole.
    pub loinc: Option<String>,
    /// `id`, `version`, `title` as they stand.
    pub id: Option<String>,
    /// The version as it stands.
    pub version: Option<String>,
    /// The title.
    pub title: Text,
}

/// Reads a questionnaire; faults are noted with `source`. Where a choice has no ordinal values, its options count from 0
/// in their order when `by_position` says so, and the list of what was left out says that they do; otherwise it is a fault.
pub(crate) fn read(source: &Source<'_>, by_position: bool) -> Option<ReadItems> {
    let value: Value = match serde_json::from_str(source.text) {
        Ok(value) => value,
        Err(error) => {
            let place = offset(source.text, error.line(), error.column());
            source.fault(place..place, "bad-json", format!("bad JSON: {error}"), "correct the syntax and check again");
            return None;
        }
    };
    let mut reading = Reading { source, read: ReadItems::default(), by_position };
    if value.get("resourceType").and_then(Value::as_str) != Some("Questionnaire") {
        reading.fault(
            &["resourceType".into()],
            "no-questionnaire",
            "this is no FHIR Questionnaire",
            "give a file with \"resourceType\": \"Questionnaire\"",
        );
        return None;
    }
    let language = value.get("language").and_then(Value::as_str).unwrap_or("en").to_owned();
    let text = |key: &str| value.get(key).and_then(Value::as_str).map(ToOwned::to_owned);
    reading.read.id = text("id");
    reading.read.version = text("version");
    reading.read.loinc = loinc(&value);
    reading.read.title = words(&value, "title", &language);
    let items = value.get("item").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    reading.items(items, &[], None, &language, 0);
    if reading.read.items.is_empty() {
        reading.fault(
            &["item".into()],
            "no-items",
            "the questionnaire has no question",
            "add items with a linkId, a type and answer options",
        );
    }
    Some(reading.read)
}

/// Reads a questionnaire that is no part of an instrument's folder yet: what it holds and what cannot be used.
///
/// # Errors
/// Every fault that keeps it from being used.
pub fn read_items(file: &str, bytes: &[u8]) -> Result<ReadItems, Vec<crate::programme::Fault>> {
    let source = Source::open(file, bytes).map_err(|fault| vec![*fault])?;
    let read = read(&source, true);
    let faults = source.finish();
    match read {
        Some(read) if faults.is_empty() => Ok(read),
        _ => Err(faults),
    }
}

/// The byte offset of a line and column, both from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let begins: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    text.floor_char_boundary((begins + column.saturating_sub(1)).min(text.len()))
}

struct Reading<'a> {
    source: &'a Source<'a>,
    read: ReadItems,
    by_position: bool,
}

impl Reading<'_> {
    fn fault(&self, way: &[Step], code: &'static str, message: impl Into<String>, help: impl Into<String>) {
        self.source.fault(locate(self.source.text, way), code, message, help);
    }

    fn leave(&mut self, way: &[Step], what: String) {
        let place = locate(self.source.text, way);
        let line = self.source.text.get(..place.start).map_or(1, |before| before.matches('\n').count() + 1);
        self.read.left_out.push(LeftOut { place: spelt(way), line, what });
    }

    fn items(&mut self, items: &[Value], above: &[Step], under: Option<usize>, language: &str, depth: usize) {
        for (index, item) in items.iter().enumerate() {
            let mut way = above.to_vec();
            way.extend(["item".into(), index.into()]);
            if depth > DEEPEST {
                self.fault(&way, "too-deep", "items are nested too deeply", "keep questions under one or two headings");
                return;
            }
            self.item(item, &way, under, language, depth);
        }
    }

    fn item(&mut self, item: &Value, way: &[Step], under: Option<usize>, language: &str, depth: usize) {
        let kind = item.get("type").and_then(Value::as_str).unwrap_or("");
        let link = item.get("linkId").and_then(Value::as_str).unwrap_or("").trim().to_owned();
        let inner = item.get("item").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let at = |key: &str| [way, &[key.into()]].concat();
        for key in ["enableWhen", "initial", "answerValueSet", "repeats", "maxLength"] {
            if item.get(key).is_some_and(|value| value != &Value::Bool(false)) {
                self.leave(&at(key), format!("\"{key}\" of item {} is not used", quoted(&link)));
            }
        }
        if kind == "group" || kind == "display" {
            let mut heading = under;
            let text = words(item, "text", language);
            if !text.0.is_empty() {
                self.read.headings.push(text);
                heading = Some(self.read.headings.len() - 1);
            }
            self.items(inner, way, heading, language, depth + 1);
            return;
        }
        if link.is_empty() {
            self.fault(way, "missing-key", "this item has no \"linkId\"", "give it one: answers name it");
        } else if self.read.items.iter().any(|other| other.link == link) {
            self.fault(&at("linkId"), "duplicate-id", format!("the linkId {} is there twice", quoted(&link)), "give each item its own");
        }
        let kind = match kind {
            "choice" | "open-choice" => {
                if kind == "open-choice" {
                    self.leave(&at("type"), format!("item {} takes free words beside its options: they are not used", quoted(&link)));
                }
                ItemKind::Choice { options: self.options(item, way, &link, language) }
            }
            "boolean" => ItemKind::Choice { options: yes_no() },
            "integer" | "decimal" | "quantity" => {
                ItemKind::Number { low: limit(item, LEAST), high: limit(item, MOST), whole: kind == "integer" }
            }
            "string" | "text" => ItemKind::Words,
            "date" => ItemKind::Day,
            other => {
                self.leave(&at("type"), format!("item {} is of type {}, which is not used", quoted(&link), quoted(other)));
                return;
            }
        };
        self.read.items.push(Item {
            loinc: loinc(item),
            under,
            text: words(item, "text", language),
            kind,
            required: item.get("required").and_then(Value::as_bool).unwrap_or(false),
            link,
        });
        if !inner.is_empty() {
            self.items(inner, way, under, language, depth + 1);
        }
    }

    fn options(&mut self, item: &Value, way: &[Step], link: &str, language: &str) -> Vec<Tick> {
        let list = item.get("answerOption").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        if list.len() < 2 {
            self.fault(
                way,
                "no-options",
                format!("the choice {} has fewer than two answer options", quoted(link)),
                "list them as answerOption",
            );
        }
        let mut guessed = false;
        let mut options: Vec<Tick> = Vec::new();
        for (index, option) in list.iter().enumerate() {
            let here = [way, &["answerOption".into(), index.into()]].concat();
            let coding = option.get("valueCoding");
            let given = ordinal(option).or_else(|| coding.and_then(ordinal)).or_else(|| option.get("valueInteger").and_then(Value::as_f64));
            let value = match given {
                Some(value) => value,
                None if self.by_position => {
                    guessed = true;
                    u16::try_from(index).map_or(0.0, f64::from)
                }
                None => {
                    let help = "add the extension http://hl7.org/fhir/StructureDefinition/ordinalValue to the answer option";
                    self.fault(&here, "no-ordinal", format!("an answer option of {} has no ordinal value", quoted(link)), help);
                    0.0
                }
            };
            #[expect(clippy::float_cmp, reason = "ordinal values are exact: they are written, not reckoned")]
            if options.iter().any(|other| other.value == value) {
                self.fault(
                    &here,
                    "duplicate-ordinal",
                    format!("the ordinal value {value} is there twice in {}", quoted(link)),
                    "give each option its own",
                );
            }
            let text = |key: &str| coding.and_then(|coding| coding.get(key)).and_then(Value::as_str);
            let plain = option.get("valueString").and_then(Value::as_str).or_else(|| text("code"));
            let mut said = coding.map(|coding| words(coding, "display", language)).unwrap_or_default();
            if let (true, Some(words)) = (said.0.is_empty(), option.get("valueString").and_then(Value::as_str)) {
                said.0.insert(language.to_owned(), words.to_owned());
            }
            let code = plain.map_or_else(|| value.to_string(), ToOwned::to_owned);
            options.push(Tick { value, code, system: text("system").unwrap_or("").to_owned(), words: said });
        }
        if guessed {
            self.leave(
                way,
                format!(
                    "item {} has no ordinal values: its options count from 0 in their order; correct that if it is wrong",
                    quoted(link)
                ),
            );
        }
        options
    }
}

fn yes_no() -> Vec<Tick> {
    let tick = |value: f64, code: &str, en: &str, es: &str| Tick {
        value,
        code: code.to_owned(),
        system: String::new(),
        words: Text::of([("en", en), ("es", es)]),
    };
    vec![tick(0.0, "false", "No", "No"), tick(1.0, "true", "Yes", "Sí")]
}

fn extension<'a>(value: &'a Value, url: &str) -> Option<&'a Value> {
    value.get("extension")?.as_array()?.iter().find(|extension| extension.get("url").and_then(Value::as_str) == Some(url))
}

fn ordinal(value: &Value) -> Option<f64> {
    let extension = extension(value, ORDINAL).or_else(|| extension(value, WEIGHT))?;
    extension.get("valueDecimal").or_else(|| extension.get("valueInteger")).and_then(Value::as_f64)
}

fn limit(item: &Value, url: &str) -> Option<f64> {
    let extension = extension(item, url)?;
    extension.get("valueInteger").or_else(|| extension.get("valueDecimal")).and_then(Value::as_f64)
}

fn loinc(value: &Value) -> Option<String> {
    let codes = value.get("code")?.as_array()?;
    let of_loinc = codes.iter().find(|code| code.get("system").and_then(Value::as_str) == Some(LOINC))?;
    of_loinc.get("code").and_then(Value::as_str).map(ToOwned::to_owned)
}

/// A text and its translations.
fn words(value: &Value, key: &str, language: &str) -> Text {
    let mut words = BTreeMap::new();
    if let Some(own) = value.get(key).and_then(Value::as_str).filter(|own| !own.trim().is_empty()) {
        words.insert(language.to_owned(), own.to_owned());
    }
    let extensions = value.get(format!("_{key}")).and_then(|beside| beside.get("extension")).and_then(Value::as_array);
    for translation in extensions.into_iter().flatten() {
        if translation.get("url").and_then(Value::as_str) != Some(TRANSLATION) {
            continue;
        }
        let part = |url: &str, kind: &[&str]| {
            let found = extension(translation, url)?;
            kind.iter().find_map(|kind| found.get(*kind)).and_then(Value::as_str).map(ToOwned::to_owned)
        };
        if let (Some(tag), Some(content)) = (part("lang", &["valueCode"]), part("content", &["valueString", "valueMarkdown"])) {
            words.insert(tag, content);
        }
    }
    Text(words)
}

fn spelt(way: &[Step]) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for step in way {
        match step {
            Step::Key(key) if out.is_empty() => out.push_str(key),
            // Writing to a String cannot fail.
            Step::Key(key) => drop(write!(out, ".{key}")),
            Step::At(index) => drop(write!(out, "[{index}]")),
        }
    }
    out
}
