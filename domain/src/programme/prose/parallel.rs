//! A session says the same in each language: the same activities, the same checks, about as many words.

use super::full::{bullets, place};
use crate::programme::Definition;
use crate::programme::folder::{Page, Texts};
use crate::programme::session_text::SessionText;

/// A translation has at least this many words for ten of the first language, and at most that many.
const WORDS_FOR_TEN: (usize, usize) = (8, 15);

pub(super) fn alike(definition: &Definition, sessions: &[&Page<'_>], texts: &Texts) {
    let Some(first) = definition.languages.first() else { return };
    for page in sessions.iter().filter(|page| page.language != first) {
        let text = |language: &str| texts.sessions.get(language).and_then(|texts| texts.get(page.id));
        let (Some(original), Some(other)) = (text(first), text(page.language)) else { continue };
        shape(page, first, original, other);
        let (wanted, there) = (words(original), words(other));
        let (low, high) = WORDS_FOR_TEN;
        if there * 10 < wanted * low || there * 10 > wanted * high {
            let message = format!("language lagging: {there} words here, {wanted} in {first:?}");
            page.source.fault(0..0, "language-lagging", message, "bring both texts to the same state");
        }
    }
}

fn shape(page: &Page<'_>, first: &str, original: &SessionText, other: &SessionText) {
    let minutes = |text: &SessionText| text.activities.iter().map(|it| it.minutes).collect::<Vec<_>>();
    let (wanted, there) = (minutes(original), minutes(other));
    if wanted != there {
        let message = format!("the minutes are {there:?} here, but {wanted:?} in {first:?}");
        page.source.fault(place(page, "activities"), "languages-differ", message, "give the session the same activities in each language");
    }
    let checks = |text: &SessionText| text.section("fidelity").map_or(0, |section| bullets(&section.markdown));
    let (wanted, there) = (checks(original), checks(other));
    if wanted != there {
        let message = format!("there are {there} fidelity checks here, but {wanted} in {first:?}");
        page.source.fault(place(page, "fidelity"), "languages-differ", message, "give the session the same checks in each language");
    }
}

fn words(text: &SessionText) -> usize {
    text.source.split_whitespace().count()
}
