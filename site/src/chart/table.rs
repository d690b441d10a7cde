//! The same as the picture, as a table.

use jiff::civil::Date;

use super::LaneView;
use super::layout::{kind_word, score};
use crate::language::L;

/// A lane's rows.
pub(super) struct TableLane {
    pub title: String,
    pub note: String,
    pub rows: Vec<TableRow>,
}

/// Something that happened, or will.
pub(super) struct TableRow {
    pub on: String,
    pub what: String,
    pub detail: String,
}

/// A lane's rows in the order of their days.
pub(super) fn lane(l: &L, lane: &LaneView) -> TableLane {
    let mut rows: Vec<(Date, String, String)> = Vec::new();
    for mark in &lane.marks {
        rows.push((mark.on, l.t(kind_word(mark.kind)).into_owned(), mark.label.clone()));
    }
    for tick in &lane.ticks {
        rows.push((tick.on, l.t("thread-kind-seen").into_owned(), tick.label.clone()));
    }
    for point in &lane.points {
        let what = l.t1("thread-score", "value", score(l, point.value)).into_owned();
        rows.push((point.on, what, point.label.clone()));
    }
    for gap in &lane.gaps {
        rows.push((gap.on, l.t("thread-kind-gap").into_owned(), gap.label.clone()));
    }
    rows.sort_by_key(|row| row.0);
    let mut note = vec![lane.note.clone()];
    if let Some((low, high)) = lane.band {
        note.push(l.t2("thread-band-text", "low", score(l, low), "high", score(l, high)).into_owned());
    }
    if let Some(cut) = lane.cut {
        note.push(l.t1("thread-cut-text", "value", score(l, cut)).into_owned());
    }
    note.retain(|n| !n.is_empty());
    TableLane {
        title: lane.title.clone(),
        note: note.join(" · "),
        rows: rows.into_iter().map(|(on, what, detail)| TableRow { on: l.date(on), what, detail }).collect(),
    }
}
