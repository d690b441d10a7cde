//! Addresses that keep the state of a list: filters, order and page.

use std::fmt::Write as _;

use crate::given::Given;

/// A path with its query, from which addresses with one thing changed are made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    path: String,
    query: Vec<(String, String)>,
}

impl Address {
    /// A path and the decoded pairs of its query. Empty values are left out.
    pub fn new(path: impl Into<String>, query: &[(String, String)]) -> Self {
        let query = query.iter().filter(|(_, v)| !v.is_empty()).cloned().collect();
        Self { path: path.into(), query }
    }

    /// First value of a name; empty when absent.
    pub fn value(&self, name: &str) -> &str {
        self.query.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }

    /// The same address with one name set (an empty value takes it out).
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut changed = self.clone();
        changed.query.retain(|(n, _)| n != name);
        if !value.is_empty() {
            changed.query.push((name.to_owned(), value.to_owned()));
        }
        changed
    }

    /// The address written out, percent-encoded.
    pub fn href(&self) -> String {
        let mut text = self.path.clone();
        for (index, (name, value)) in self.query.iter().enumerate() {
            text.push(if index == 0 { '?' } else { '&' });
            encode(name, &mut text);
            text.push('=');
            encode(value, &mut text);
        }
        text
    }
}

fn encode(text: &str, into: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            into.push(char::from(byte));
        } else {
            let _ = write!(into, "%{byte:02X}");
        }
    }
}

/// One page of a sorted list. Names in the address: `sort` (`name`, `-name` for largest first) and `page`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Address of this page of the list, with its filters.
    pub address: Address,
    /// Column sorted by.
    pub by: String,
    /// Largest first.
    pub descending: bool,
    /// Page shown, from 1.
    pub page: i64,
    /// Rows to a page.
    pub per_page: i64,
    /// Rows in all.
    pub total: i64,
}

impl Listing {
    /// Reads order and page from the address; a column not allowed falls back to the first of `columns`.
    /// Set `total` once it is known.
    pub fn read(address: Address, columns: &[&str], per_page: i64) -> Self {
        let wish = address.value("sort");
        let (by, descending) = wish.strip_prefix('-').map_or((wish, false), |by| (by, true));
        let known = columns.contains(&by);
        let by = if known { by } else { columns.first().copied().unwrap_or_default() }.to_owned();
        let page = address.value("page").parse().unwrap_or(1).clamp(1, 1_000_000);
        Self { by, descending: known && descending, page, per_page: per_page.max(1), total: 0, address }
    }

    /// Number of pages, at least 1.
    pub fn pages(&self) -> i64 {
        let per_page = self.per_page.max(1);
        ((self.total + per_page - 1) / per_page).max(1)
    }

    /// Rows before this page: the `OFFSET`.
    pub fn offset(&self) -> i64 {
        (self.page - 1) * self.per_page
    }

    /// Number of the first row shown, from 1; 0 when there are none.
    pub fn from(&self) -> i64 {
        (self.offset() + 1).min(self.total)
    }

    /// Number of the last row shown.
    pub fn to(&self) -> i64 {
        (self.offset() + self.per_page).min(self.total)
    }

    /// Address of another page of the list.
    pub fn page_href(&self, page: impl Given<i64>) -> String {
        let page = page.given();
        self.address.with("page", &if page <= 1 { String::new() } else { page.to_string() }).href()
    }

    /// Address of the list sorted by a column: the other way round if it is already.
    pub fn sort_href(&self, key: &str) -> String {
        let other_way = self.by == key && !self.descending;
        let wish = if other_way { format!("-{key}") } else { key.to_owned() };
        self.address.with("page", "").with("sort", &wish).href()
    }
}
