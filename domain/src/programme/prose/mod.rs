//! The prose of a programme: words nobody should be called, links that lead somewhere, and, where the sessions are
//! written out, everything a facilitator needs to hold one.
//!
//! Words and links are looked at in every programme; the rest only where the definition says `text = "full"`.

mod deny;
mod full;
mod links;
mod parallel;
mod shared;
mod sheet;

pub use deny::{Denied, denied};
pub use links::target as link_target;
pub use sheet::{SHEET_TENTHS, sheet_tenths};

use super::folder::{Page, Texts};
use super::places::Places;
use super::source::Source;
use super::{Definition, Extent};

/// Applies the rules to a folder's pages; faults go to their sources.
pub(super) fn apply(definition: &Definition, pages: &[Page<'_>], texts: &Texts) {
    for page in pages {
        words(&page.source, page.language, 0..page.source.text.len());
        links::lead_somewhere(definition, pages, page, texts);
    }
    if definition.text == Extent::Full {
        let sessions: Vec<&Page<'_>> = pages.iter().filter(|page| !page.chapter).collect();
        for page in &sessions {
            full::complete(definition, page, texts);
        }
        parallel::alike(definition, &sessions, texts);
        shared::sentences(definition, &sessions);
    }
}

/// Looks for denied words in the texts of `programme.toml`.
pub(super) fn titles(source: &Source<'_>, places: &Places) {
    for (path, place) in places.all() {
        if let Some((_, language)) = path.rsplit_once('.') {
            words(source, language, place);
        }
    }
}

fn words(source: &Source<'_>, language: &str, place: std::ops::Range<usize>) {
    let text = source.text.get(place.clone()).unwrap_or("");
    for denied in denied(language, text) {
        let span = place.start + denied.place.start..place.start + denied.place.end;
        let message = format!("the word {:?} does not belong here: {}", denied.written, denied.why);
        source.fault(span, "denied-word", message, format!("say: {}", denied.instead));
    }
}
