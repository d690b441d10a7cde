//! The whole manual as one text for the typesetter.

use std::fmt::Write as _;

use fairway_domain::programme::{Format, Module, Phase, SessionPlan};

use crate::markup::{label, of, string, words};
use crate::{Book, Text};

/// Page, type and the few parts of its own. Headings: 1 phase or handbook, 2 module or chapter, 3 session, 4 section,
/// 5 activity.
const STYLE: &str = include_str!("style.typ");

/// The source of the book.
pub(crate) fn source(book: &Book<'_>) -> String {
    let definition = &book.programme.definition;
    let say = |text: &fairway_domain::programme::Text| text.in_language(book.language).to_owned();
    let title = say(&definition.title);
    let mut out = String::with_capacity(1 << 20);
    let _ = writeln!(out, "#set document(title: {}, description: {})", string(&title), string(&say(&definition.summary)));
    let region = book.language.split_once('-').map(|(_, region)| format!(", region: {}", string(&region.to_lowercase())));
    let primary = book.language.split('-').next().unwrap_or("en");
    let _ = writeln!(out, "#set text(lang: {}{})", string(primary), region.unwrap_or_default());
    out.push_str(STYLE);
    let version = format!("{} {}", book.words.version, definition.version);
    let _ = writeln!(
        out,
        "#title-page({}, {}, {}, {})",
        string(&title),
        string(&version),
        string(&say(&definition.summary)),
        string(&say(&definition.provenance))
    );
    let _ = writeln!(out, "#contents({})", string(&book.words.contents));
    let _ = writeln!(out, "#show: body-pages.with({})", string(&title));
    handbook(book, &mut out);
    for phase in &definition.phases {
        self::phase(book, phase, &mut out);
    }
    let _ = writeln!(out, "#heading(level: 1)[{}]", words(&book.words.sources));
    for source in &definition.sources {
        let _ = writeln!(out, "{}#parbreak();", words(source));
    }
    out
}

fn handbook(book: &Book<'_>, out: &mut String) {
    if book.programme.definition.handbook.is_empty() {
        return;
    }
    let _ = writeln!(out, "#heading(level: 1)[{}]", words(&book.words.handbook));
    for chapter in &book.programme.definition.handbook {
        let Some(text) = book.programme.chapter(book.language, &chapter.id) else { continue };
        let place = Text { id: &chapter.id, chapter: true };
        heading(out, 2, &text.title, &label(&chapter.id, true, None), true);
        for part in text.parts() {
            if !part.heading.is_empty() {
                heading(out, 3, &part.heading, &label(&chapter.id, true, Some(&part.id)), false);
            }
            out.push_str(&of(book, place, &part.markdown, if part.heading.is_empty() { 3 } else { 4 }));
        }
    }
}

fn phase(book: &Book<'_>, phase: &Phase, out: &mut String) {
    let _ = writeln!(out, "#heading(level: 1)[{}]", words(phase.title.in_language(book.language)));
    let _ = writeln!(out, "{}#parbreak();", words(phase.purpose.in_language(book.language)));
    for module in &phase.modules {
        self::module(book, module, out);
    }
}

fn module(book: &Book<'_>, module: &Module, out: &mut String) {
    let _ = writeln!(out, "#heading(level: 2)[{}]", words(module.title.in_language(book.language)));
    for session in &module.sessions {
        self::session(book, session, out);
    }
}

fn session(book: &Book<'_>, plan: &SessionPlan, out: &mut String) {
    let Some(text) = book.programme.text(book.language, &plan.id) else { return };
    let place = Text { id: &plan.id, chapter: false };
    heading(out, 3, &text.title, &label(&plan.id, false, None), true);
    let format = if plan.format == Format::Individual { &book.words.individual } else { &book.words.group };
    let targets: Vec<_> = plan.targets.iter().filter_map(|id| book.programme.definition.target(id)).collect();
    let targets = targets.iter().map(|target| target.title.in_language(book.language)).collect::<Vec<_>>().join(" · ");
    let facts = format!("{} min · {format} · {}: {targets}", plan.minutes, book.words.targets);
    let _ = writeln!(out, "#facts({})", string(&facts));
    for section in &text.sections {
        let sheet = section.id == "sheet";
        if sheet {
            out.push_str("#pagebreak(weak: true)\n");
        }
        heading(out, 4, &section.heading, &label(&plan.id, false, Some(&section.id)), false);
        if section.id == "activities" && !text.activities.is_empty() {
            for activity in &text.activities {
                heading(out, 5, &format!("{} min · {}", activity.minutes, activity.title), "", false);
                out.push_str(&of(book, place, &activity.markdown, 6));
            }
        } else {
            out.push_str(&of(book, place, &section.markdown, 5));
        }
        if sheet {
            out.push_str("#pagebreak(weak: true)\n");
        }
    }
}

/// A heading with its label (none when empty). In the contents or not, it is in the outline of the file.
fn heading(out: &mut String, level: u8, text: &str, label: &str, contents: bool) {
    let label = if label.is_empty() { String::new() } else { format!("#label({});", string(label)) };
    let _ = writeln!(out, "#[#heading(level: {level}, outlined: {contents}, bookmarked: {})[{}];{label}]", level <= 4, words(text));
}
