//! Links between sessions and the handbook lead to a file of the same language that is there.

use crate::programme::folder::{Page, Texts};
use crate::programme::markdown::links;
use crate::programme::nearest::{did_you_mean, quoted};
use crate::programme::{Definition, Extent};

pub(super) fn lead_somewhere(definition: &Definition, pages: &[Page<'_>], page: &Page<'_>, texts: &Texts) {
    for link in links(page.source.text) {
        if ["https://", "http://", "mailto:"].iter().any(|scheme| link.to.starts_with(scheme)) {
            continue;
        }
        let (path, section) = link.to.split_once('#').map_or((link.to.as_str(), None), |(path, section)| (path, Some(section)));
        let target = if path.is_empty() { Some((page.id, page.chapter)) } else { target(path, page.chapter) };
        let found = target.filter(|(id, chapter)| {
            pages.iter().any(|other| other.language == page.language && other.id == *id && other.chapter == *chapter)
        });
        // An outline may point to chapters that are still to be written.
        if found.is_none() && definition.text == Extent::Outline && target.is_some_and(|(_, chapter)| chapter) {
            continue;
        }
        let Some((id, chapter)) = found else {
            let message = format!("the link {} leads nowhere", quoted(&link.to));
            page.source.fault(link.place, "broken-link", message, nearest(path, pages, page));
            continue;
        };
        let session = texts.sessions.get(page.language).and_then(|texts| texts.get(id)).filter(|_| !chapter);
        let chapter = texts.handbook.get(page.language).and_then(|texts| texts.get(id)).filter(|_| chapter);
        let known = section.is_none_or(|section| {
            session.is_none_or(|text| text.section(section).is_some())
                && chapter.is_none_or(|text| text.parts().iter().any(|part| part.id == section))
        });
        if !known {
            let message = format!("the link {} names a section that is not there", quoted(&link.to));
            page.source.fault(link.place, "broken-link", message, "name a section's id, such as #sheet");
        }
    }
}

/// What the relative path of a link leads to, from a session's text or from a chapter: the id, and whether it is a
/// chapter's. `None` for anything that is no Markdown file of the folder.
pub fn target(path: &str, from_chapter: bool) -> Option<(&str, bool)> {
    let name = path.strip_suffix(".md")?;
    let (under, up) = (name.strip_prefix("handbook/"), name.strip_prefix("../"));
    let (id, chapter) = match (from_chapter, up, under) {
        (true, Some(id), _) => (id, false),
        (true, None, _) => (name, true),
        (false, _, Some(id)) => (id, true),
        (false, _, None) => (name, false),
    };
    (!id.contains('/')).then_some((id, chapter))
}

fn nearest(path: &str, pages: &[Page<'_>], from: &Page<'_>) -> String {
    let paths: Vec<String> = pages
        .iter()
        .filter(|page| page.language == from.language)
        .map(|page| match (from.chapter, page.chapter) {
            (false, true) => format!("handbook/{}.md", page.id),
            (true, false) => format!("../{}.md", page.id),
            _ => format!("{}.md", page.id),
        })
        .collect();
    did_you_mean(path, paths.iter().map(String::as_str))
}
