//! Fields of forms: label, hint, fault and control tied together.

use std::borrow::Cow;
use std::fmt::Write as _;

use askama::Template;

use super::{Html, html};
use crate::form::{Form, control_id};
use crate::given::Given;
use crate::language::L;

/// One answer that can be picked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// More words beneath; may be empty. Not shown in a select.
    pub hint: String,
}

impl Choice {
    /// An answer without more words.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: String::new() }
    }

    /// The same with more words beneath.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

enum Control<'a> {
    Input { kind: &'a str, complete: &'a str },
    Day,
    Area { rows: i64 },
    Select { choices: &'a [Choice], blank: Cow<'static, str> },
}

#[derive(Template)]
#[template(path = "parts/field.html")]
struct Field<'a> {
    l: &'a L,
    form: &'a Form,
    id: String,
    name: &'a str,
    label: &'a str,
    hint: &'a str,
    need: bool,
    fault: Option<Cow<'static, str>>,
    value: &'a str,
    tied: Html,
    control: Control<'a>,
}

#[derive(Template)]
#[template(path = "parts/group.html")]
struct Group<'a> {
    l: &'a L,
    form: &'a Form,
    id: String,
    name: &'a str,
    label: &'a str,
    hint: &'a str,
    need: bool,
    fault: Option<Cow<'static, str>>,
    tied: Html,
    kind: &'static str,
    choices: &'a [Choice],
}

#[derive(Template)]
#[template(path = "parts/flag.html")]
struct Flag<'a> {
    l: &'a L,
    id: String,
    name: &'a str,
    label: &'a str,
    hint: &'a str,
    fault: Option<Cow<'static, str>>,
    tied: Html,
    on: bool,
}

#[derive(Template)]
#[template(path = "parts/summary.html")]
struct Summary<'a> {
    l: &'a L,
    form: &'a Form,
}

/// The attributes that tie a control to its hint and fault.
fn tied(id: &str, hint: &str, fault: bool, need: bool) -> Html {
    let mut attributes = String::new();
    let said: Vec<String> =
        [(!hint.is_empty(), "hint"), (fault, "fault")].iter().filter(|(there, _)| *there).map(|(_, part)| format!("{id}-{part}")).collect();
    if !said.is_empty() {
        let _ = write!(attributes, " aria-describedby=\"{}\"", said.join(" "));
    }
    if fault {
        attributes.push_str(" aria-invalid=\"true\"");
    }
    if need {
        attributes.push_str(" aria-required=\"true\"");
    }
    Html::vouched(attributes)
}

struct About<'a> {
    l: &'a L,
    form: &'a Form,
    name: &'a str,
    label: &'a str,
    hint: &'a str,
    need: bool,
}

fn field(about: &About<'_>, control: Control<'_>) -> Html {
    let About { l, form, name, label, hint, need } = *about;
    let id = control_id(name);
    let fault = form.fault_of(name).map(|p| p.say(l));
    let tied = tied(&id, hint, fault.is_some(), need);
    // A password is never sent back to the page.
    let secret = matches!(control, Control::Input { kind: "password", .. });
    let value = if secret { "" } else { form.value(name) };
    html(&Field { l, form, id, name, label, hint, need, fault, value, tied, control })
}

/// An input of one line. `kind` is an HTML input type, or `day` for a date as people write it.
#[expect(clippy::too_many_arguments, reason = "one argument for each thing a template says")]
pub fn input(l: &L, form: &Form, name: &str, label: &str, hint: &str, need: impl Given<bool>, kind: &str, complete: &str) -> Html {
    let about = About { l, form, name, label, hint, need: need.given() };
    field(&about, if kind == "day" { Control::Day } else { Control::Input { kind, complete } })
}

/// A text of several lines.
pub fn area(l: &L, form: &Form, name: &str, label: &str, hint: &str, need: impl Given<bool>, rows: impl Given<i64>) -> Html {
    let about = About { l, form, name, label, hint, need: need.given() };
    field(&about, Control::Area { rows: rows.given().clamp(1, 60) })
}

/// One answer from a list that folds out.
pub fn select(l: &L, form: &Form, name: &str, label: &str, choices: &[Choice], hint: &str, need: impl Given<bool>) -> Html {
    let about = About { l, form, name, label, hint, need: need.given() };
    let blank = if about.need { l.t("form-choose") } else { l.t("form-none") };
    field(&about, Control::Select { choices, blank })
}

/// A list to narrow another list by: its empty answer is "any".
pub fn filter(l: &L, form: &Form, name: &str, label: &str, choices: &[Choice]) -> Html {
    let about = About { l, form, name, label, hint: "", need: false };
    field(&about, Control::Select { choices, blank: l.t("form-any") })
}

fn group(about: &About<'_>, kind: &'static str, choices: &[Choice]) -> Html {
    let About { l, form, name, label, hint, need } = *about;
    let id = control_id(name);
    let fault = form.fault_of(name).map(|p| p.say(l));
    let mut tied = tied(&id, hint, fault.is_some(), false);
    if fault.is_some() {
        // `aria-invalid` is not allowed on a group; the description says it.
        tied = Html::vouched(tied.as_str().replace(" aria-invalid=\"true\"", ""));
    }
    html(&Group { l, form, id, name, label, hint, need, fault, tied, kind, choices })
}

/// One answer, all in sight.
pub fn radios(l: &L, form: &Form, name: &str, label: &str, choices: &[Choice], hint: &str, need: impl Given<bool>) -> Html {
    group(&About { l, form, name, label, hint, need: need.given() }, "radio", choices)
}

/// Several answers.
pub fn checks(l: &L, form: &Form, name: &str, label: &str, choices: &[Choice], hint: &str, need: impl Given<bool>) -> Html {
    group(&About { l, form, name, label, hint, need: need.given() }, "checkbox", choices)
}

/// One box to tick; sends `yes`.
pub fn flag(l: &L, form: &Form, name: &str, label: &str, hint: &str) -> Html {
    let id = control_id(name);
    let fault = form.fault_of(name).map(|p| p.say(l));
    let tied = tied(&id, hint, fault.is_some(), false);
    html(&Flag { l, id, name, label, hint, fault, tied, on: form.flag(name) })
}

/// The box above a form that has faults, each linking to its field; nothing when there are none.
pub fn summary(l: &L, form: &Form) -> Html {
    if form.has_faults() { html(&Summary { l, form }) } else { Html::default() }
}
