//! Reads `scoring.toml`, against the items of the questionnaire beside it.

use super::instrument::{
    Alert, AnsweredBy, Band, Cutoff, Item, Licence, Method, Missing, MissingThen, Norm, NormGroup, Range, ReliabilityKind, Scale, Shipped,
};
use crate::programme::nearest::{did_you_mean, quoted};
use crate::programme::reader::Table;
use crate::programme::{Text, Version};

/// What `scoring.toml` says.
pub(super) struct Scoring {
    pub(super) id: String,
    pub(super) version: Version,
    pub(super) title: Text,
    pub(super) answered_by: AnsweredBy,
    pub(super) licence: Licence,
    pub(super) alerts: Vec<Alert>,
    pub(super) scales: Vec<Scale>,
}

const KEYS: &[&str] = &["id", "version", "languages", "told_in", "title", "answered_by", "licence", "alerts", "scales"];
const SCALE_KEYS: &[&str] = &[
    "id",
    "title",
    "loinc",
    "items",
    "reversed",
    "score",
    "cap",
    "times",
    "missing",
    "range",
    "lower_is_better",
    "cutoff",
    "bands",
    "bands_source",
    "norms",
];
const NORM_KEYS: &[&str] = &["id", "population", "group", "language", "n", "mean", "sd", "reliability", "reliability_type", "source"];

/// The words of a closed list, for `Table::choice`.
macro_rules! words {
    ($kind:ty) => {
        <$kind>::ALL.iter().map(|one| (one.code(), *one)).collect::<Vec<_>>()
    };
}

pub(super) fn scoring(root: &Table<'_>, items: &[Item]) -> Scoring {
    root.known(KEYS);
    root.not_empty("scales");
    let id = root.id("id");
    let written = root.string("version");
    let version = written.parse().unwrap_or_else(|refused: crate::programme::VersionRefused| {
        if !written.trim().is_empty() {
            root.fault(root.place("version"), "bad-version", format!("{} is no version", quoted(&written)), refused.to_string());
        }
        Version { major: 0, minor: 0, patch: 0 }
    });
    Scoring {
        id,
        version,
        title: root.text("title"),
        answered_by: root.choice("answered_by", "unknown-value", &words!(AnsweredBy)).unwrap_or(AnsweredBy::Participant),
        licence: licence(&root.table("licence", "licence", true)),
        alerts: root.tables("alerts", "alert", false, |table| alert(table, items)),
        scales: root.tables("scales", "scale", true, |table| scale(table, items)),
    }
}

fn licence(table: &Table<'_>) -> Licence {
    table.known(&["kind", "text", "notice", "source", "ask"]);
    Licence {
        kind: table.id("kind"),
        text: table.choice("text", "unknown-value", &words!(Shipped)).unwrap_or(Shipped::NotShipped),
        notice: table.text("notice"),
        source: table.string("source"),
        ask: table.optional_string("ask"),
    }
}

fn alert(table: &Table<'_>, items: &[Item]) -> Alert {
    table.known(&["item", "at_least", "concern"]);
    let kinds = words!(crate::concern::ConcernKind);
    let concern = table.choice("concern", "unknown-value", &kinds).map_or("", crate::concern::ConcernKind::code);
    Alert {
        item: index_of(table, "item", &table.string("item"), items).unwrap_or(usize::MAX),
        at_least: table.decimal("at_least"),
        concern: concern.to_owned(),
    }
}

/// The index of an item by its linkId; a fault when there is no such item.
fn index_of(table: &Table<'_>, key: &str, link: &str, items: &[Item]) -> Option<usize> {
    let found = items.iter().position(|item| item.link == link);
    if found.is_none() && !link.trim().is_empty() && !items.is_empty() {
        let help = did_you_mean(link, items.iter().map(|item| item.link.as_str()));
        table.fault(table.place(key), "unknown-item", format!("the questionnaire has no item {}", quoted(link)), help);
    }
    found
}

fn scale(table: &Table<'_>, items: &[Item]) -> Scale {
    table.known(SCALE_KEYS);
    table.not_empty("items");
    let all = |key: &str, links: Vec<String>| -> Vec<usize> { links.iter().filter_map(|link| index_of(table, key, link, items)).collect() };
    Scale {
        id: table.id("id"),
        title: table.text("title"),
        loinc: table.optional_string("loinc"),
        items: all("items", table.strings("items")),
        reversed: all("reversed", table.optional_strings("reversed")),
        method: table.choice("score", "unknown-value", &words!(Method)).unwrap_or(Method::Sum),
        cap: table.optional_decimal("cap"),
        times: table.optional_decimal("times"),
        missing: missing(&table.table("missing", "rule for missing items", true)),
        range: range(&table.table("range", "range", true)),
        lower_is_better: table.has("lower_is_better").then(|| table.flag("lower_is_better")),
        cutoff: table.has("cutoff").then(|| cutoff(&table.table("cutoff", "cut-off", true))),
        bands: table.tables("bands", "band", false, band),
        bands_source: table.optional_string("bands_source"),
        norms: table.tables("norms", "norm", false, norm),
    }
}

fn missing(table: &Table<'_>) -> Missing {
    table.known(&["at_most", "then"]);
    Missing {
        at_most: table.number("at_most", 0..=500),
        then: table.choice("then", "unknown-value", &words!(MissingThen)).unwrap_or(MissingThen::Refuse),
    }
}

fn range(table: &Table<'_>) -> Range {
    table.known(&["low", "high"]);
    Range { low: table.decimal("low"), high: table.decimal("high") }
}

fn cutoff(table: &Table<'_>) -> Cutoff {
    table.known(&["at_least", "source"]);
    Cutoff { at_least: table.decimal("at_least"), source: table.string("source") }
}

fn band(table: &Table<'_>) -> Band {
    table.known(&["id", "from", "title"]);
    Band { id: table.id("id"), from: table.decimal("from"), title: table.text("title") }
}

fn norm(table: &Table<'_>) -> Norm {
    table.known(NORM_KEYS);
    let kind = || table.choice("reliability_type", "unknown-value", &words!(ReliabilityKind));
    let read = Norm {
        id: table.id("id"),
        population: table.text("population"),
        group: table.choice("group", "unknown-value", &words!(NormGroup)).unwrap_or(NormGroup::Mixed),
        language: table.string("language"),
        n: table.optional_decimal("n"),
        mean: table.optional_decimal("mean"),
        sd: table.optional_decimal("sd"),
        reliability: table.optional_decimal("reliability"),
        reliability_kind: table.has("reliability").then(kind).flatten(),
        source: table.string("source"),
    };
    if read.sd.is_some_and(|sd| sd <= 0.0) {
        table.fault(table.place("sd"), "out-of-range", "a standard deviation is above 0".to_owned(), "correct it or leave it out");
    }
    if read.reliability.is_some_and(|r| !(0.0..=1.0).contains(&r)) {
        table.fault(
            table.place("reliability"),
            "out-of-range",
            "a reliability lies between 0 and 1".to_owned(),
            "correct it or leave it out",
        );
    }
    read
}
