//! When the store fails: the page carries everything that was sent, so that trying again is one button.

use askama::Template as _;
use http::StatusCode;

use super::{Posted, Site};
use crate::shelf::Answer;
use crate::view::{AgainPage, Base, Onward, Part};

impl Site {
    /// A page that says that something failed, shows what was written, and tries again.
    pub(super) fn again(&self, posted: &Posted<'_>, status: StatusCode) -> Answer {
        let language = posted.language;
        let part = self.written(posted);
        let text = if part.is_some() { "selfhelp-broken-kept" } else { "selfhelp-broken" };
        // The phrase is never sent back: whoever typed it types it again.
        let place = if posted.rest == "phrase/keep" { "phrase/type" } else { posted.rest };
        let field = |name: &str| Some((name.to_owned(), posted.fields.get(name)?.to_owned()));
        let mut hidden: Vec<_> = ["handle", "offer", "seen"].into_iter().filter_map(field).collect();
        hidden.extend(posted.carried.hidden());
        if hidden.is_empty() {
            // Lynx sends a form without fields as if it were a link.
            hidden.push(("asked".into(), "1".into()));
        }
        let page = AgainPage {
            b: Base::new(&self.look, language, place, Self::words(language, "selfhelp-broken-title")).posted(),
            text: Self::words(language, text).into_owned(),
            onward: Onward::to(place, hidden),
            part,
        };
        self.page(status, page.render().unwrap_or_default())
    }

    /// What was just written in a step, below what was asked.
    pub(super) fn written(&self, posted: &Posted<'_>) -> Option<Part> {
        let (course, step) = posted.carried.at.as_ref()?;
        let (course, nth) = self.content.step(course, step)?;
        let text = course.steps[nth].text(posted.language)?;
        let written = posted.carried.texts.iter().filter(|(_, written)| !written.trim().is_empty());
        let texts: Vec<_> =
            written.filter_map(|(number, written)| Some((text.prompts.get(number - 1)?.clone(), written.clone()))).collect();
        (!texts.is_empty()).then(|| Part { title: text.title.clone(), texts })
    }
}
