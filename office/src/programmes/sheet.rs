//! A participant's sheet, ready to print: one A4 page.

use fairway_site::markdown::Reading;
use fairway_site::{Html, L};

/// A sheet. Its own words are in its own language, whatever the page around it speaks.
pub(crate) struct Sheet {
    /// The words of the sheet's language.
    pub l: L,
    pub programme: String,
    pub title: String,
    /// The participant's first name; empty leaves a line for it.
    pub name: String,
    /// The participant's open goals, in their words; the first few are printed.
    pub goals: Vec<String>,
    pub body: Html,
}

/// Goals that fit beside a whole sheet on one page.
const GOALS: usize = 3;

impl Sheet {
    /// The sheet of a session's text, for nobody in particular.
    pub(crate) fn new(l: L, programme: String, title: String, markdown: &str, prefix: &str) -> Self {
        // Links lead nowhere on paper.
        let words = fairway_domain::programme::with_links(markdown, |_| None);
        let body = Reading { heading_shift: 0, id_prefix: format!("{prefix}-") }.html(&words);
        Self { l, programme, title, name: String::new(), goals: Vec::new(), body }
    }

    /// The same for somebody.
    pub(crate) fn belongs_to(mut self, name: String, goals: Vec<String>) -> Self {
        self.name = name;
        for goal in goals {
            // The same words may stand in several goals, each for another target.
            if self.goals.len() < GOALS && !self.goals.contains(&goal) {
                self.goals.push(goal);
            }
        }
        self
    }
}
