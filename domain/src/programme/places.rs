//! Where each value of a TOML file stands, by path.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Byte ranges by path, such as `phases[0].entry[1].measure`.
pub(crate) struct Places(BTreeMap<String, Range<usize>>);

impl Places {
    /// Every value of a parsed file.
    pub(crate) fn of(root: &DeTable<'_>, text: &str) -> Self {
        let mut places = BTreeMap::new();
        for (key, value) in root {
            walk(key.get_ref(), value, text, &mut places);
        }
        Self(places)
    }

    /// Every value, by path.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        self.0.iter().map(|(path, place)| (path.as_str(), place.clone()))
    }

    /// The value's place; where there is no such value, that of the nearest value it would stand in.
    pub(crate) fn at(&self, path: &str) -> Range<usize> {
        let mut path = path;
        loop {
            if let Some(span) = self.0.get(path) {
                return span.clone();
            }
            match path.rfind(['.', '[']) {
                Some(cut) => path = path.get(..cut).unwrap_or(""),
                None => return 0..0,
            }
        }
    }
}

fn walk(path: &str, value: &Spanned<DeValue<'_>>, text: &str, places: &mut BTreeMap<String, Range<usize>>) {
    places.insert(path.to_owned(), inside_quotes(value, text));
    match value.get_ref() {
        DeValue::Table(table) => {
            for (key, value) in table {
                walk(&format!("{path}.{}", key.get_ref()), value, text, places);
            }
        }
        DeValue::Array(array) => {
            for (index, value) in array.iter().enumerate() {
                walk(&format!("{path}[{index}]"), value, text, places);
            }
        }
        _ => {}
    }
}

/// The place of a value; of a string, what stands between its quotes (the quotes when nothing does).
pub(crate) fn inside_quotes(value: &Spanned<DeValue<'_>>, text: &str) -> Range<usize> {
    let span = value.span();
    if !value.get_ref().is_str() {
        return span;
    }
    let written = text.get(span.clone()).unwrap_or("");
    let quotes = if written.starts_with("\"\"\"") || written.starts_with("'''") { 3 } else { 1 };
    if written.len() > 2 * quotes { span.start + quotes..span.end - quotes } else { span }
}
