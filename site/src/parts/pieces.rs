//! Lists of facts, tabs, the way through a programme, sorted columns, pagers and bars.

use askama::Template;

use super::{Html, Listing, html};
use crate::given::Given;
use crate::language::L;

/// A label and what stands for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fact {
    /// What is told; may be empty in a row of facts.
    pub label: String,
    /// What it is.
    pub value: String,
    /// Whether it stands out in a row of facts.
    pub strong: bool,
}

impl Fact {
    /// A labelled fact that stands out.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into(), strong: true }
    }

    /// A fact that needs no label.
    pub fn bare(value: impl Into<String>) -> Self {
        Self { label: String::new(), value: value.into(), strong: false }
    }
}

/// A tab: a link to a page beside this one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tab {
    /// Words of the tab.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Whether it is the page shown.
    pub current: bool,
    /// A number beside the words.
    pub count: Option<u64>,
}

impl Tab {
    /// A tab without a number.
    pub fn new(label: impl Into<String>, href: impl Into<String>, current: bool) -> Self {
        Self { label: label.into(), href: href.into(), current, count: None }
    }
}

/// Where a stage stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageState {
    /// Behind.
    Done,
    /// Under way.
    Now,
    /// Ahead.
    Ahead,
}

/// A stage of the way through a programme.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    /// Its name.
    pub label: String,
    /// More words ("13 of 22, two made up"); when empty, the state is told.
    pub note: String,
    /// Where it stands.
    pub state: StageState,
    /// Share done, 0 to 1.
    pub share: f64,
    /// Its width beside the others, 1 to 40.
    pub weight: u32,
}

impl Stage {
    pub(crate) fn class(&self) -> &'static str {
        match self.state {
            StageState::Done => "done",
            StageState::Now => "now",
            StageState::Ahead => "ahead",
        }
    }

    pub(crate) fn word(&self) -> &'static str {
        match self.state {
            StageState::Done => "way-done",
            StageState::Now => "way-now",
            StageState::Ahead => "way-ahead",
        }
    }

    pub(crate) fn is_now(&self) -> bool {
        self.state == StageState::Now
    }

    pub(crate) fn thousandths(&self) -> String {
        format!("{:.0}", self.share.clamp(0.0, 1.0) * 1000.0)
    }
}

macro_rules! piece {
    ($name:ident, $path:literal, { $($field:ident : $kind:ty),* }) => {
        #[derive(Template)]
        #[template(path = $path)]
        struct $name<'a> { $($field: $kind),* }
    };
}
piece!(Facts, "parts/facts.html", { list: &'a [Fact] });
piece!(Pairs, "parts/pairs.html", { list: &'a [Fact] });
piece!(Tabs, "parts/tabs.html", { label: &'a str, list: &'a [Tab] });
piece!(Way, "parts/way.html", { l: &'a L, stages: &'a [Stage] });
piece!(Column, "parts/column.html", { listing: &'a Listing, label: &'a str, href: String, sorted: bool });
piece!(Pages, "parts/pager.html", { l: &'a L, listing: &'a Listing });
piece!(Bar, "parts/bar.html", { label: &'a str, planned_width: String, delivered_width: String, value: String });

/// Facts in a row, for beneath a heading.
pub fn facts(list: &[Fact]) -> Html {
    html(&Facts { list })
}

/// Labels and values as a definition list.
pub fn pairs(list: &[Fact]) -> Html {
    html(&Pairs { list })
}

/// Tabs; `label` names the navigation.
pub fn tabs(label: &str, list: &[Tab]) -> Html {
    html(&Tabs { label, list })
}

/// The way through a programme.
pub fn way(l: &L, stages: &[Stage]) -> Html {
    html(&Way { l, stages })
}

/// The head cell of a column that sorts.
pub fn column(_l: &L, listing: &Listing, key: &str, label: &str) -> Html {
    html(&Column { listing, label, href: listing.sort_href(key), sorted: listing.by == key })
}

/// Links to the pages of a list, and which rows are shown.
pub fn pager(l: &L, listing: &Listing) -> Html {
    html(&Pages { l, listing })
}

/// A small bar of what was delivered within what was planned.
pub fn bar(l: &L, label: &str, delivered: impl Given<i64>, planned: impl Given<i64>) -> Html {
    let (delivered, planned) = (delivered.given().max(0), planned.given().max(0));
    let most = delivered.max(planned).max(1);
    let width = |n: i64| (n * 199 / most).to_string();
    let value = l.t2("bar-planned-delivered", "delivered", l.number(delivered), "planned", l.number(planned));
    html(&Bar { label, planned_width: width(planned), delivered_width: width(delivered), value: value.into_owned() })
}
