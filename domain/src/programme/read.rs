//! Reads `programme.toml` into a definition, noting every fault of form.

use super::reader::Table;
use super::{
    Chapter, Completion, Constructs, Criterion, Definition, Extent, GroupSize, Material, Measure, Model, Phase, Reason, Reasons, Report,
    Target, Version,
};
use super::{read_gates, read_plan};

/// The format this program reads.
const FORMAT: u16 = 1;
/// How far the sessions are written out.
const EXTENTS: &[(&str, Extent)] = &[("full", Extent::Full), ("outline", Extent::Outline)];
/// Most languages a programme has; keeps the check fast on any input.
const MOST_LANGUAGES: usize = 20;

const KEYS: &[&str] = &[
    "format",
    "id",
    "version",
    "languages",
    "title",
    "summary",
    "provenance",
    "sources",
    "max_weeks",
    "group",
    "completion",
    "targets",
    "suitability",
    "measures",
    "phases",
    "materials",
    "tracks",
    "reasons",
    "reports",
    "text",
    "handbook",
];

/// The languages a definition declares; noted with the reader before any text is read.
pub(super) fn languages(root: &Table<'_>) -> Vec<String> {
    root.not_empty("languages");
    let mut languages = root.strings("languages");
    if languages.len() > MOST_LANGUAGES {
        let message = format!("there are \"{}\" languages", languages.len());
        let help = format!("a programme has at most {MOST_LANGUAGES} languages");
        root.fault(root.place("languages"), "too-many", message, help);
        languages.truncate(MOST_LANGUAGES);
    }
    for (index, language) in languages.iter().enumerate() {
        let place = || root.place("languages");
        if !is_language(language) && !language.trim().is_empty() {
            let message = format!("{language:?} is no language");
            root.fault(place(), "bad-language", message, "write language tags such as \"en\" or \"es\"");
        }
        if languages.get(..index).is_some_and(|before| before.contains(language)) {
            let message = format!("the language {language:?} is named twice");
            root.fault(place(), "duplicate-language", message, "name each language once");
        }
    }
    languages
}

/// A language tag: two or three lower-case letters, then parts of letters and digits after hyphens.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or("");
    (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// The whole definition. What could not be read is empty.
pub(super) fn definition(root: &Table<'_>, languages: Vec<String>) -> Definition {
    root.known(KEYS);
    let format = root.number("format", 1..=u16::MAX);
    if format != 0 && format != FORMAT {
        let message = format!("this program does not read format \"{format}\"");
        root.fault(root.place("format"), "unknown-format", message, format!("it reads format = {FORMAT}"));
    }
    for list in ["targets", "phases", "tracks"] {
        root.not_empty(list);
    }
    Definition {
        id: root.id("id"),
        version: version(root),
        languages,
        title: root.text("title"),
        summary: root.text("summary"),
        provenance: root.text("provenance"),
        sources: root.strings("sources"),
        max_weeks: root.number("max_weeks", 1..=520),
        group: root.has("group").then(|| group(&root.table("group", "group", true))),
        completion: completion(&root.table("completion", "completion", true)),
        targets: root.tables("targets", "target", true, target),
        suitability: root.tables("suitability", "criterion", false, criterion),
        measures: root.tables("measures", "measure", false, measure),
        phases: root.tables("phases", "phase", true, phase),
        materials: root.tables("materials", "material", false, material),
        tracks: root.tables("tracks", "track", true, read_plan::track),
        reasons: reasons(&root.table("reasons", "table of reasons", true)),
        reports: root.tables("reports", "report", false, report),
        text: if root.has("text") { root.choice("text", "unknown-value", EXTENTS).unwrap_or_default() } else { Extent::default() },
        handbook: root.tables("handbook", "chapter", false, chapter),
    }
}

fn version(root: &Table<'_>) -> Version {
    let none = Version { major: 0, minor: 0, patch: 0 };
    let written = root.string("version");
    if written.trim().is_empty() {
        return none;
    }
    written.parse().unwrap_or_else(|refused: super::VersionRefused| {
        let message = format!("{written:?} is no version");
        root.fault(root.place("version"), "bad-version", message, refused.to_string());
        none
    })
}

fn group(table: &Table<'_>) -> GroupSize {
    table.known(&["min", "max", "facilitators"]);
    let size = GroupSize {
        min: table.number("min", 1..=100),
        max: table.number("max", 1..=100),
        facilitators: table.number("facilitators", 1..=20),
    };
    if size.max > 0 && size.min > size.max {
        let message = format!("at least \"{}\" members but at most \"{}\"", size.min, size.max);
        table.fault(table.place("max"), "group-size", message, "min must not be larger than max");
    }
    size
}

fn completion(table: &Table<'_>) -> Completion {
    table.known(&["phases", "share"]);
    Completion { phases: table.ids("phases", true), share: table.share("share") }
}

fn target(table: &Table<'_>) -> Target {
    table.known(&["id", "title", "about", "constructs"]);
    let links = table.table("constructs", "table of constructs", true);
    links.known(&Model::ALL.map(Model::id));
    let mut constructs = Constructs::default();
    for model in Model::ALL {
        *constructs.of_mut(model) = links.ids(model.id(), true);
    }
    Target { id: table.id("id"), title: table.text("title"), about: table.text("about"), constructs }
}

fn criterion(table: &Table<'_>) -> Criterion {
    table.known(&["id", "title", "help", "required"]);
    Criterion { id: table.id("id"), title: table.text("title"), help: table.text("help"), required: table.flag("required") }
}

fn measure(table: &Table<'_>) -> Measure {
    table.known(&["id", "title", "instrument", "scales", "targets", "due"]);
    table.not_empty("targets");
    table.not_empty("due");
    Measure {
        id: table.id("id"),
        title: table.text("title"),
        instrument: table.optional_id("instrument"),
        scales: table.ids("scales", false),
        targets: table.ids("targets", true),
        due: table.tables("due", "due point", true, |point| read_gates::due_point(point, false)),
    }
}

fn phase(table: &Table<'_>) -> Phase {
    table.known(&["id", "title", "purpose", "entry", "exit", "modules"]);
    table.not_empty("modules");
    Phase {
        id: table.id("id"),
        title: table.text("title"),
        purpose: table.text("purpose"),
        entry: table.tables("entry", "condition", true, read_gates::condition),
        exit: table.tables("exit", "condition", true, read_gates::condition),
        modules: table.tables("modules", "module", true, read_plan::module),
    }
}

fn material(table: &Table<'_>) -> Material {
    table.known(&["id", "title"]);
    Material { id: table.id("id"), title: table.text("title") }
}

fn chapter(table: &Table<'_>) -> Chapter {
    table.known(&["id", "title"]);
    Chapter { id: table.id("id"), title: table.text("title") }
}

fn reasons(table: &Table<'_>) -> Reasons {
    table.known(&["never_started", "ended_early"]);
    table.not_empty("never_started");
    table.not_empty("ended_early");
    Reasons {
        never_started: table.tables("never_started", "reason", true, reason),
        ended_early: table.tables("ended_early", "reason", true, reason),
    }
}

fn reason(table: &Table<'_>) -> Reason {
    table.known(&["id", "title"]);
    Reason { id: table.id("id"), title: table.text("title") }
}

fn report(table: &Table<'_>) -> Report {
    table.known(&["id", "title", "due"]);
    table.not_empty("due");
    Report {
        id: table.id("id"),
        title: table.text("title"),
        due: table.tables("due", "due point", true, |point| read_gates::due_point(point, true)),
    }
}
