//! Reads typed values out of a parsed TOML tree and notes every fault instead of stopping at the first.
//!
//! A value that cannot be read is replaced by an empty one, so that what is built keeps the shape (and the indices) of
//! the file; the rules that run afterwards pass over empty ids.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Text;
use super::nearest::{did_you_mean, quoted};
use super::places::inside_quotes;
use super::source::Source;

/// What the tables of one file share while they are read.
pub(crate) struct Reader<'a> {
    pub(crate) source: &'a Source<'a>,
    /// Languages every text must have; filled as soon as they are known.
    pub(crate) languages: RefCell<Vec<String>>,
}

/// One table of the file.
pub(crate) struct Table<'a> {
    reader: &'a Reader<'a>,
    /// `None` for something that should have been a table: everything in it reads as empty, without faults.
    content: Option<&'a DeTable<'a>>,
    span: Range<usize>,
    /// What the table describes, for messages: "session", "phase".
    what: &'static str,
}

type Value<'a> = &'a Spanned<DeValue<'a>>;

impl<'a> Table<'a> {
    pub(crate) fn root(reader: &'a Reader<'a>, table: &'a DeTable<'a>) -> Self {
        Self { reader, content: Some(table), span: 0..0, what: "programme" }
    }

    /// The whole of another kind of file.
    pub(crate) fn root_of(reader: &'a Reader<'a>, table: &'a DeTable<'a>, what: &'static str) -> Self {
        Self { reader, content: Some(table), span: 0..0, what }
    }

    /// Reports every key that is not among these.
    pub(crate) fn known(&self, keys: &[&str]) {
        for key in self.content.into_iter().flat_map(|table| table.keys()) {
            let name: &str = key.get_ref();
            if !keys.contains(&name) {
                let message = format!("a {} has no key {}", self.what, quoted(name));
                self.fault(key.span(), "unknown-key", message, did_you_mean(name, keys.iter().copied()));
            }
        }
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    pub(crate) fn fault(&self, span: Range<usize>, code: &'static str, message: String, help: impl Into<String>) {
        self.reader.source.fault(span, code, message, help);
    }

    /// Where the value of a key stands; the table itself when there is none.
    pub(crate) fn place(&self, key: &str) -> Range<usize> {
        self.find(key).map_or_else(|| self.span.clone(), |value| inside_quotes(value, self.reader.source.text))
    }

    fn find(&self, key: &str) -> Option<Value<'a>> {
        self.content.and_then(|table| table.get(key))
    }

    fn need(&self, key: &str) -> Option<Value<'a>> {
        let value = self.find(key);
        if value.is_none() && self.content.is_some() {
            let message = format!("this {} has no \"{key}\"", self.what);
            self.fault(self.span.clone(), "missing-key", message, format!("add {key} = …"));
        }
        value
    }

    fn wrong_type(&self, key: &str, value: Value<'a>, expected: &str) {
        let text = self.reader.source.text;
        let span = inside_quotes(value, text);
        let written = text.get(span.clone()).unwrap_or("");
        let message = format!("\"{key}\" is {expected}, but here stands {}", quoted(written));
        self.fault(span, "wrong-type", message, format!("write {expected}"));
    }

    fn string_of(&self, key: &str, value: Value<'a>) -> String {
        let Some(words) = value.get_ref().as_str() else {
            self.wrong_type(key, value, "a text between quotes");
            return String::new();
        };
        let span = inside_quotes(value, self.reader.source.text);
        if words.trim().is_empty() {
            self.fault(span, "empty-text", format!("\"{key}\" is empty: {words:?}"), "write something or leave it out");
        } else if let Some(control) = words.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            let message = format!("\"{key}\" contains the control character {control:?}");
            self.fault(span, "control-character", message, "remove it");
        }
        words.to_owned()
    }

    /// A required string.
    pub(crate) fn string(&self, key: &str) -> String {
        self.need(key).map(|value| self.string_of(key, value)).unwrap_or_default()
    }

    fn id_of(&self, key: &str, value: Value<'a>) -> String {
        let before = self.reader.source.found();
        let id = self.string_of(key, value);
        if self.reader.source.found() == before && !is_id(&id) {
            let span = inside_quotes(value, self.reader.source.text);
            let help = "an id is lower-case letters, digits and hyphens, begins with a letter, at most 64 characters";
            self.fault(span, "bad-id", format!("{} is no id", quoted(&id)), help);
        }
        id
    }

    /// A required id.
    pub(crate) fn id(&self, key: &str) -> String {
        self.need(key).map(|value| self.id_of(key, value)).unwrap_or_default()
    }

    /// An id that may be left out.
    pub(crate) fn optional_id(&self, key: &str) -> Option<String> {
        self.find(key).map(|value| self.id_of(key, value))
    }

    /// A required whole number within limits; 0 when it cannot be read.
    pub(crate) fn number(&self, key: &str, limits: RangeInclusive<u16>) -> u16 {
        self.need(key).map_or(0, |value| self.number_of(key, value, limits))
    }

    /// A whole number that may be left out.
    pub(crate) fn optional_number(&self, key: &str, limits: RangeInclusive<u16>) -> Option<u16> {
        self.find(key).map(|value| self.number_of(key, value, limits))
    }

    fn number_of(&self, key: &str, value: Value<'a>, limits: RangeInclusive<u16>) -> u16 {
        let Some(integer) = value.get_ref().as_integer() else {
            self.wrong_type(key, value, "a whole number");
            return 0;
        };
        let digits = integer.as_str().replace('_', "");
        let read = i64::from_str_radix(&digits, integer.radix()).ok().and_then(|number| u16::try_from(number).ok());
        match read {
            Some(number) if limits.contains(&number) => number,
            _ => {
                let (low, high) = (*limits.start(), *limits.end());
                let message = format!("\"{key}\" is {}, which is out of range", quoted(integer.as_str()));
                self.fault(value.span(), "out-of-range", message, format!("write a number from {low} to {high}"));
                0
            }
        }
    }

    /// A required share: above 0, at most 1; 1 when it cannot be read.
    pub(crate) fn share(&self, key: &str) -> f64 {
        let Some(value) = self.need(key) else { return 1.0 };
        let written = match value.get_ref() {
            DeValue::Float(float) => float.as_str(),
            DeValue::Integer(integer) => integer.as_str(),
            _ => {
                self.wrong_type(key, value, "a number above 0 and up to 1");
                return 1.0;
            }
        };
        match written.replace('_', "").parse::<f64>() {
            Ok(share) if share > 0.0 && share <= 1.0 => share,
            _ => {
                let message = format!("\"{key}\" is {}, which is no share", quoted(written));
                self.fault(value.span(), "out-of-range", message, "write a number above 0 and up to 1, such as 0.85");
                1.0
            }
        }
    }

    /// A required decimal number; 0 when it cannot be read.
    pub(crate) fn decimal(&self, key: &str) -> f64 {
        self.need(key).and_then(|value| self.decimal_of(key, value)).unwrap_or(0.0)
    }

    /// A decimal number that may be left out.
    pub(crate) fn optional_decimal(&self, key: &str) -> Option<f64> {
        self.find(key).and_then(|value| self.decimal_of(key, value))
    }

    fn decimal_of(&self, key: &str, value: Value<'a>) -> Option<f64> {
        let written = match value.get_ref() {
            DeValue::Float(float) => float.as_str(),
            DeValue::Integer(integer) => integer.as_str(),
            _ => {
                self.wrong_type(key, value, "a number");
                return None;
            }
        };
        let read = written.replace('_', "").parse::<f64>().ok().filter(|number| number.is_finite());
        if read.is_none() {
            self.wrong_type(key, value, "a number");
        }
        read
    }

    /// A required day, written as `2026-11-23` without quotes.
    pub(crate) fn date(&self, key: &str) -> Option<jiff::civil::Date> {
        let value = self.need(key)?;
        let written = self.reader.source.text.get(value.span()).unwrap_or("");
        let day = matches!(value.get_ref(), DeValue::Datetime(_)).then(|| written.parse().ok()).flatten();
        if day.is_none() {
            self.wrong_type(key, value, "a day such as 2026-11-23");
        }
        day
    }

    /// A number above 0 that may be left out.
    pub(crate) fn optional_positive(&self, key: &str) -> Option<f64> {
        let value = self.find(key)?;
        let written = match value.get_ref() {
            DeValue::Float(float) => float.as_str(),
            DeValue::Integer(integer) => integer.as_str(),
            _ => "",
        };
        let read = written.replace('_', "").parse::<f64>().ok().filter(|number| *number > 0.0 && *number <= 1000.0);
        if read.is_none() {
            self.wrong_type(key, value, "a number above 0 and up to 1000");
        }
        read
    }

    /// A required yes or no.
    pub(crate) fn flag(&self, key: &str) -> bool {
        let Some(value) = self.need(key) else { return true };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong_type(key, value, "true or false");
            true
        })
    }

    /// A required word out of a fixed list. `code` is the fault's when it is another word.
    pub(crate) fn choice<T: Copy>(&self, key: &str, code: &'static str, words: &[(&str, T)]) -> Option<T> {
        let value = self.need(key)?;
        self.choice_of(key, value, code, words)
    }

    fn choice_of<T: Copy>(&self, key: &str, value: Value<'a>, code: &'static str, words: &[(&str, T)]) -> Option<T> {
        let Some(word) = value.get_ref().as_str() else {
            self.wrong_type(key, value, "a word between quotes");
            return None;
        };
        let found = words.iter().find(|(name, _)| *name == word).map(|(_, choice)| *choice);
        if found.is_none() {
            let span = inside_quotes(value, self.reader.source.text);
            let message = format!("\"{key}\" cannot be {}", quoted(word));
            self.fault(span, code, message, did_you_mean(word, words.iter().map(|(name, _)| *name)));
        }
        found
    }

    /// The elements of a required array (of an optional one when `required` is false).
    fn elements(&self, key: &str, required: bool) -> &'a [Spanned<DeValue<'a>>] {
        let Some(value) = (if required { self.need(key) } else { self.find(key) }) else { return &[] };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong_type(key, value, "a list between square brackets");
            return &[];
        };
        array
    }

    /// Reports a list that is there but has nothing in it.
    pub(crate) fn not_empty(&self, key: &str) {
        if self.find(key).is_some_and(|value| value.get_ref().as_array().is_some_and(|list| list.is_empty())) {
            let message = format!("\"{key}\" is an empty list: \"[]\"");
            self.fault(self.place(key), "empty-list", message, "name at least one");
        }
    }

    /// A list of strings that may be left out.
    pub(crate) fn optional_strings(&self, key: &str) -> Vec<String> {
        self.elements(key, false).iter().map(|value| self.string_of(key, value)).collect()
    }

    /// A string that may be left out.
    pub(crate) fn optional_string(&self, key: &str) -> Option<String> {
        self.find(key).map(|value| self.string_of(key, value))
    }

    /// A list of ids; a missing optional list is empty.
    pub(crate) fn ids(&self, key: &str, required: bool) -> Vec<String> {
        self.elements(key, required).iter().map(|value| self.id_of(key, value)).collect()
    }

    /// A required list of strings.
    pub(crate) fn strings(&self, key: &str) -> Vec<String> {
        self.elements(key, true).iter().map(|value| self.string_of(key, value)).collect()
    }

    /// A required list of words out of a fixed list.
    pub(crate) fn choices<T: Copy>(&self, key: &str, words: &[(&str, T)]) -> Vec<T> {
        let each = self.elements(key, true).iter();
        each.filter_map(|value| self.choice_of(key, value, "unknown-value", words)).collect()
    }

    /// A table under a key; an empty silent one when it is missing or something else.
    pub(crate) fn table(&self, key: &str, what: &'static str, required: bool) -> Table<'a> {
        let value = if required { self.need(key) } else { self.find(key) };
        match value {
            Some(value) => self.table_of(key, value, what),
            None => Self { reader: self.reader, content: None, span: self.span.clone(), what },
        }
    }

    fn table_of(&self, key: &str, value: Value<'a>, what: &'static str) -> Table<'a> {
        let content = value.get_ref().as_table();
        if content.is_none() {
            self.wrong_type(key, value, "a table: { … }");
        }
        Self { reader: self.reader, content, span: value.span(), what }
    }

    /// A list of tables, each read by `read`; a missing optional list is empty.
    pub(crate) fn tables<T>(&self, key: &str, what: &'static str, required: bool, read: impl Fn(&Table<'a>) -> T) -> Vec<T> {
        let each = self.elements(key, required).iter();
        each.map(|value| read(&self.table_of(key, value, what))).collect()
    }

    /// A required text in each of the programme's languages.
    pub(crate) fn text(&self, key: &str) -> Text {
        let inner = self.table(key, "text", true);
        let Some(table) = inner.content else { return Text::default() };
        let languages = self.reader.languages.borrow();
        let mut words = BTreeMap::new();
        for (language, value) in table {
            let name: &str = language.get_ref();
            if !languages.is_empty() && !languages.iter().any(|declared| declared == name) {
                let message = format!("the language {} is not among the programme's languages", quoted(name));
                let help = did_you_mean(name, languages.iter().map(String::as_str));
                self.fault(language.span(), "undeclared-language", message, help);
            }
            words.insert(name.to_owned(), inner.string_of(name, value));
        }
        for language in languages.iter().filter(|language| !words.contains_key(*language)) {
            let message = format!("\"{key}\" has no text in the language \"{language}\"");
            let help = format!("add {language} = \"…\" to it");
            self.fault(inner.span.clone(), "missing-language", message, help);
        }
        Text(words)
    }
}

/// Lower-case letters, digits and hyphens, beginning with a letter, at most 64 characters.
pub(crate) fn is_id(id: &str) -> bool {
    id.len() <= 64
        && id.starts_with(|c: char| c.is_ascii_lowercase())
        && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}
