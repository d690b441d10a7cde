//! Forms written on the server: what came in, what it means, and what is wrong with it.
//!
//! A handler reads every field, then asks [`Form::has_faults`] once: all faults are collected, so a person sees
//! them together, and the same form goes back into the template with everything they typed.
//!
//! ```
//! use fairway_site::{Form, Need};
//! let mut form = Form::fill(&[("name", " Ana "), ("age", "200")]);
//! let name = form.text("name", Need::Required, 200);
//! let age = form.whole("age", Need::Required, 12..=120);
//! assert_eq!(name.as_deref(), Some("Ana"));
//! assert_eq!(age, None);
//! assert!(form.has_faults());
//! assert_eq!(form.value("age"), "200");
//! ```

mod reading;

use std::borrow::Cow;
use std::fmt;

use uuid::Uuid;

use crate::language::{Arg, L};

/// Whether a field must be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// An empty answer is a fault.
    Required,
    /// An empty answer is an answer.
    Optional,
}

/// What is wrong with an answer: a message id and its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    id: &'static str,
    args: Vec<(&'static str, Arg)>,
}

impl Problem {
    /// A problem told by this message.
    pub fn new(id: &'static str) -> Self {
        Self { id, args: Vec::new() }
    }

    /// The same with an argument for the message.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// The message id.
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// The problem in words.
    pub fn say(&self, l: &L) -> Cow<'static, str> {
        l.with(self.id, &self.args)
    }
}

/// A field and what is wrong with it. The field is empty for what concerns the form as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Name of the field.
    pub field: String,
    /// What is wrong.
    pub problem: Problem,
}

/// A submitted or to-be-filled form. Its `Debug` prints names and faults, never values.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Form {
    pairs: Vec<(String, String)>,
    faults: Vec<Fault>,
    labels: Vec<(String, String)>,
}

impl Form {
    /// An empty form.
    pub fn new() -> Self {
        Self::default()
    }

    /// A form from decoded `application/x-www-form-urlencoded` pairs, in their order, repeats kept.
    pub fn from_pairs(pairs: Vec<(String, String)>) -> Self {
        Self { pairs, ..Self::default() }
    }

    /// A form filled from what is stored, for editing.
    pub fn fill<N: Into<String> + Clone, V: Into<String> + Clone>(values: &[(N, V)]) -> Self {
        Self::from_pairs(values.iter().map(|(n, v)| (n.clone().into(), v.clone().into())).collect())
    }

    /// Sets a field to one value, replacing what was there.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.pairs.retain(|(n, _)| n != name);
        self.pairs.push((name.to_owned(), value.into()));
    }

    /// Adds one more value to a field of many.
    pub fn add(&mut self, name: &str, value: impl Into<String>) {
        self.pairs.push((name.to_owned(), value.into()));
    }

    /// The first value of a field as it was typed; empty when absent.
    pub fn value(&self, name: &str) -> &str {
        self.pairs.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }

    /// Every value of a field.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The names of all fields, in order, without repeats.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in &self.pairs {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        names
    }

    /// Whether a field has this value among its values: for check boxes, radios and options.
    pub fn is_checked(&self, name: &str, value: &str) -> bool {
        self.values(name).any(|v| v == value)
    }

    /// Whether the field came with the form at all.
    pub fn has(&self, name: &str) -> bool {
        self.pairs.iter().any(|(n, _)| n == name)
    }

    /// Records that something is wrong with a field (`""` for the whole form). The first fault of a field stays.
    pub fn fault(&mut self, name: &str, problem: Problem) {
        if !self.faults.iter().any(|f| f.field == name && (!name.is_empty() || f.problem == problem)) {
            self.faults.push(Fault { field: name.to_owned(), problem });
        }
    }

    /// Names a field for the summary of faults; without it the summary tells the fault alone (a script adds the name).
    pub fn label(&mut self, name: &str, label: impl Into<String>) {
        self.labels.push((name.to_owned(), label.into()));
    }

    /// What a field was named with [`Form::label`]; empty when it was not.
    pub fn label_of(&self, name: &str) -> &str {
        self.labels.iter().find(|(n, _)| n == name).map_or("", |(_, label)| label.as_str())
    }

    /// Whether anything is wrong.
    pub fn has_faults(&self) -> bool {
        !self.faults.is_empty()
    }

    /// What is wrong with a field.
    pub fn fault_of(&self, name: &str) -> Option<&Problem> {
        self.faults.iter().find(|f| f.field == name).map(|f| &f.problem)
    }

    /// Everything that is wrong, in the order it was found.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// A field's id, if it holds one; absent or malformed is `None` without a fault (see [`Form::reference`]).
    pub fn id(&self, name: &str) -> Option<Uuid> {
        Uuid::try_parse(self.value(name).trim()).ok()
    }

    /// Whether a single check box is ticked.
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.value(name), "on" | "yes" | "true" | "1")
    }
}

impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Form").field("names", &self.names()).field("faults", &self.faults).finish_non_exhaustive()
    }
}

/// The `id` attribute of a field's control, as the parts write it and the error summary links to it.
pub fn control_id(name: &str) -> String {
    let clean = name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' });
    std::iter::once("f-".to_owned()).chain(clean.map(String::from)).collect()
}

#[cfg(test)]
mod tests;
