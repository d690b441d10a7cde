//! Answers to an instrument, read and checked.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::instrument::{Instrument, ItemKind};
use super::json_place::{Step, locate};
use crate::programme::nearest::{did_you_mean, quoted};

/// One person's answers to one instrument.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Answers {
    /// Values by item, in the instrument's order; `None` for missing.
    pub values: Vec<Option<f64>>,
    /// Words and days by index of their item.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<usize, String>,
}

impl Answers {
    /// Nothing answered yet.
    pub fn none(instrument: &Instrument) -> Self {
        Self { values: vec![None; instrument.items.len()], words: BTreeMap::new() }
    }

    /// Whether the item at this index is answered.
    pub fn has(&self, index: usize) -> bool {
        self.values.get(index).copied().flatten().is_some() || self.words.contains_key(&index)
    }

    /// How many items are answered.
    pub fn answered(&self) -> usize {
        self.values.iter().flatten().count() + self.words.len()
    }

    /// Takes a value in for an item, as it was written: empty for missing, a comma or a point for decimals.
    ///
    /// # Errors
    /// When the item takes no such answer; nothing is changed then.
    pub fn take(&mut self, instrument: &Instrument, index: usize, written: &str) -> Result<(), AnswerFaultKind> {
        let Some(item) = instrument.items.get(index) else { return Err(AnswerFaultKind::UnknownItem) };
        let written = written.trim();
        self.words.remove(&index);
        if self.values.len() < instrument.items.len() {
            self.values.resize(instrument.items.len(), None);
        }
        if matches!(item.kind, ItemKind::Words | ItemKind::Day) {
            if !written.is_empty() {
                self.words.insert(index, written.to_owned());
            }
            return Ok(());
        }
        let read = if written.is_empty() {
            None
        } else {
            let number = written.replace(',', ".").parse::<f64>().map_err(|_| AnswerFaultKind::NoNumber)?;
            if !item.takes(number) {
                return Err(AnswerFaultKind::OutOfRange);
            }
            Some(number)
        };
        if let Some(slot) = self.values.get_mut(index) {
            *slot = read;
        }
        Ok(())
    }
}

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerFaultKind {
    /// The file is no JSON, or not of the shape.
    BadShape,
    /// No item has this name.
    UnknownItem,
    /// The item takes no such value.
    OutOfRange,
    /// There are words where a number belongs.
    NoNumber,
    /// The person was there before.
    DuplicatePerson,
    /// The answers are to another version.
    WrongVersion,
}

impl AnswerFaultKind {
    /// A stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::BadShape => "bad-shape",
            Self::UnknownItem => "unknown-item",
            Self::OutOfRange => "out-of-range",
            Self::NoNumber => "no-number",
            Self::DuplicatePerson => "duplicate-person",
            Self::WrongVersion => "wrong-version",
        }
    }
}

/// A fault in a file of answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerFault {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1; 0 when the line as a whole is meant.
    pub column: usize,
    /// What kind.
    pub kind: AnswerFaultKind,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl fmt::Display for AnswerFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.column > 0 {
            write!(f, "{}:{}: ", self.line, self.column)?;
        } else {
            write!(f, "{}: ", self.line)?;
        }
        write!(f, "{}: {}\n  help: {}", self.kind.code(), self.message, self.help)
    }
}

impl Instrument {
    /// Message and help for an answer that an item does not take.
    pub fn explain(&self, kind: AnswerFaultKind, link: &str, written: &str) -> (String, String) {
        let taken = self.item(link).and_then(|index| self.items.get(index)).map_or_else(String::new, super::Item::taken);
        match kind {
            AnswerFaultKind::UnknownItem => {
                let help = did_you_mean(link, self.items.iter().map(|item| item.link.as_str()));
                (format!("{} {} has no item {}", self.id, self.version, quoted(link)), help)
            }
            AnswerFaultKind::OutOfRange => {
                (format!("item {} cannot be {}", quoted(link), quoted(written)), format!("it takes {taken}, or nothing"))
            }
            AnswerFaultKind::NoNumber => {
                (format!("item {} is {}, which is no number", quoted(link), quoted(written)), format!("it takes {taken}, or nothing"))
            }
            AnswerFaultKind::WrongVersion => (
                format!("the answers are to version {}, and {} here is version {}", quoted(written), self.id, self.version),
                "score them with the version they were answered in".to_owned(),
            ),
            AnswerFaultKind::DuplicatePerson => {
                (format!("{} was there before", quoted(written)), "keep one line a person, or give each response its own id".to_owned())
            }
            AnswerFaultKind::BadShape => {
                (written.to_owned(), "write {\"linkId\": value} for one person, a list of such for several".to_owned())
            }
        }
    }
}

/// One person's sheet out of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// As the file names the person; the place in the list, from 1, where it does not.
    pub id: String,
    /// What they answered.
    pub answers: Answers,
}

/// Reads answers in JSON: `{"linkId": value}`, optionally with `id` and `version`, or those under `answers`; or a list of
/// such. A `null` is missing. Sheets with a fault are left out.
pub fn read_sheets(instrument: &Instrument, text: &str) -> (Vec<Sheet>, Vec<AnswerFault>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value: Value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => {
            let (message, help) = instrument.explain(AnswerFaultKind::BadShape, "", &format!("this is no JSON: {error}"));
            return (
                Vec::new(),
                vec![AnswerFault { line: error.line(), column: error.column(), kind: AnswerFaultKind::BadShape, message, help }],
            );
        }
    };
    let mut reading = Reading { instrument, text, faults: Vec::new() };
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut seen: std::collections::HashSet<String> = std::collections::HashSet::new();
    let (list, single) = match &value {
        Value::Array(list) => (list.as_slice(), false),
        one => (std::slice::from_ref(one), true),
    };
    for (index, one) in list.iter().enumerate() {
        let way = if single { Vec::new() } else { vec![Step::At(index)] };
        let before = reading.faults.len();
        let sheet = reading.sheet(one, &way, index);
        if let Some(sheet) = sheet.filter(|_| reading.faults.len() == before) {
            if seen.insert(sheet.id.clone()) {
                sheets.push(sheet);
            } else {
                reading.fault(&[way.as_slice(), &["id".into()]].concat(), AnswerFaultKind::DuplicatePerson, "", &sheet.id);
            }
        }
    }
    (sheets, reading.faults)
}

struct Reading<'a> {
    instrument: &'a Instrument,
    text: &'a str,
    faults: Vec<AnswerFault>,
}

impl Reading<'_> {
    fn fault(&mut self, way: &[Step], kind: AnswerFaultKind, link: &str, written: &str) {
        let at = locate(self.text, way).start;
        let before = self.text.get(..at).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let (message, help) = self.instrument.explain(kind, link, written);
        let column = before.get(line_start..).map_or(0, |line| line.chars().count()) + 1;
        self.faults.push(AnswerFault { line: before.matches('\n').count() + 1, column, kind, message, help });
    }

    fn sheet(&mut self, one: &Value, way: &[Step], index: usize) -> Option<Sheet> {
        let Some(object) = one.as_object() else {
            self.fault(way, AnswerFaultKind::BadShape, "", "answers of a person are written between braces");
            return None;
        };
        let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
        let id = object.get("id").filter(|id| !id.is_null()).map_or_else(|| (index + 1).to_string(), plain);
        if let Some(version) = object.get("version").map(plain).filter(|version| *version != self.instrument.version.to_string()) {
            self.fault(&[way, &["version".into()]].concat(), AnswerFaultKind::WrongVersion, "", &version);
        }
        let nested = object.get("answers").and_then(Value::as_object);
        let mut answers = Answers::none(self.instrument);
        for (link, value) in nested.unwrap_or(object) {
            if nested.is_none() && matches!(link.as_str(), "id" | "version") {
                continue;
            }
            let here = if nested.is_some() {
                [way, &["answers".into(), link.as_str().into()]].concat()
            } else {
                [way, &[link.as_str().into()]].concat()
            };
            let Some(index) = self.instrument.item(link) else {
                self.fault(&here, AnswerFaultKind::UnknownItem, link, "");
                continue;
            };
            let words = matches!(self.instrument.items.get(index).map(|item| &item.kind), Some(ItemKind::Words | ItemKind::Day));
            let written = match value {
                Value::Null => String::new(),
                Value::Number(number) => number.to_string(),
                Value::String(text) if words || text.trim().is_empty() => text.clone(),
                Value::Bool(truth) => u8::from(*truth).to_string(),
                other => {
                    self.fault(&here, AnswerFaultKind::NoNumber, link, &plain(other));
                    continue;
                }
            };
            if let Err(kind) = answers.take(self.instrument, index, &written) {
                self.fault(&here, kind, link, &written);
            }
        }
        Some(Sheet { id, answers })
    }
}
