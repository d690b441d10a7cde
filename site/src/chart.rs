//! The thread chart: a lane per target, time from left to right, drawn on the server as SVG with a table beneath that
//! says the same.
//!
//! Nothing is told by colour alone: attended is filled, planned a ring, missed a cross, attended in part half filled,
//! made up filled with a hole, what was seen an upright tick.

mod layout;
mod table;
mod words;

use askama::Template;
use jiff::civil::Date;

use crate::language::L;
use crate::parts::{Html, html};
use layout::{LaneShape, Month, Rule};
use table::TableLane;

/// How a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// Held, and the person was there.
    Attended,
    /// Held, and the person was there for a part of it.
    Part,
    /// Held without the person.
    Missed,
    /// Missed first, made up since.
    MadeUp,
    /// Still to come.
    Planned,
}

/// A session on a lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkView {
    /// Its day.
    pub on: Date,
    /// How it stands.
    pub kind: MarkKind,
    /// Its name, for the hint and the table.
    pub label: String,
}

/// Something that was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TickView {
    /// Its day.
    pub on: Date,
    /// A word on it; may be empty.
    pub label: String,
}

/// Who a score comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// The person's own answers.
    #[default]
    Own,
    /// What somebody else asked or judged.
    Other,
}

/// A score.
#[derive(Clone, Debug, PartialEq)]
pub struct PointView {
    /// Its day.
    pub on: Date,
    /// The score in the measure's units.
    pub value: f64,
    /// Which measure, by whom; may be empty.
    pub label: String,
    /// Who it comes from: a circle, or a square.
    pub source: Source,
}

/// A day on which there should be a score and is none. No line is drawn across it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GapView {
    /// Its day.
    pub on: Date,
    /// Why there is none.
    pub label: String,
}

/// One target over time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LaneView {
    /// The target.
    pub title: String,
    /// What moved, in words.
    pub note: String,
    /// Where the lane's name leads; empty leads to its rows in the table.
    pub href: String,
    /// Sessions that work on it.
    pub marks: Vec<MarkView>,
    /// What was seen.
    pub ticks: Vec<TickView>,
    /// Scores of one measure, in the order of their days.
    pub points: Vec<PointView>,
    /// Scores of it that are missing.
    pub gaps: Vec<GapView>,
    /// From and to: within measurement error of the first score.
    pub band: Option<(f64, f64)>,
    /// Clinical cut-off.
    pub cut: Option<f64>,
}

/// The start of a phase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhaseView {
    /// Its name.
    pub title: String,
    /// Its first day.
    pub on: Date,
}

/// A thread to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct ThreadChart {
    /// Its accessible name: "Thread of case 2026-0143".
    pub title: String,
    /// What it shows, in a sentence; nothing for the thread of targets, which says it itself.
    pub about: Option<String>,
    /// First day shown.
    pub from: Date,
    /// Last day shown.
    pub to: Date,
    /// Today; a rule is drawn when it is within.
    pub today: Date,
    /// Phases in their order.
    pub phases: Vec<PhaseView>,
    /// Lanes in their order.
    pub lanes: Vec<LaneView>,
}

#[derive(Template)]
#[template(path = "parts/thread.html")]
struct Drawing<'a> {
    l: &'a L,
    chart: &'a ThreadChart,
    description: String,
    height: String,
    bottom: String,
    month_y: String,
    months: Vec<Month>,
    rules: Vec<Rule>,
    now: Option<(String, String)>,
    now_word: String,
    lanes: Vec<LaneShape>,
    table: Vec<TableLane>,
    legend: Vec<(Html, &'static str)>,
}

impl ThreadChart {
    /// The chart with its legend and its table.
    pub fn draw(&self, l: &L) -> Html {
        let span = [("lanes", self.lanes.len().into()), ("from", l.date_long(self.from).into()), ("to", l.date_long(self.to).into())];
        let description = self.about.clone().unwrap_or_else(|| l.with("thread-description", &span).into_owned());
        let scale = layout::Scale::new(self.from, self.to);
        let bottom = layout::bottom(self.lanes.len());
        let now_word = l.t("thread-today").into_owned();
        let now_at = |x: f64| (layout::px(x), layout::px(layout::now_tag(x)));
        html(&Drawing {
            l,
            chart: self,
            description,
            height: layout::px(bottom + 28.0),
            bottom: layout::px(bottom),
            month_y: layout::px(bottom + 20.0),
            months: scale.months(l),
            rules: scale.rules(&self.phases),
            now: scale.within(self.today).map(now_at),
            now_word,
            lanes: self.lanes.iter().enumerate().map(|(index, lane)| layout::lane(l, &scale, index, lane)).collect(),
            table: self.lanes.iter().map(|lane| table::lane(l, lane)).collect(),
            legend: self.legend(),
        })
    }

    /// A shape and the message that explains it for everything that is in this chart.
    fn legend(&self) -> Vec<(Html, &'static str)> {
        let any = |there: fn(&LaneView) -> bool| self.lanes.iter().any(there);
        let drawn = |markup: &str| Html::vouched(markup.to_owned());
        let mut legend = Vec::new();
        if any(|lane| !lane.marks.is_empty()) {
            legend.extend(KINDS.map(|(kind, word)| (shape(&kind), word)));
            legend.push((drawn("<path class=\"tick\" d=\"M0-5V5\"/>"), "thread-legend-seen"));
        }
        if any(|lane| lane.points.iter().any(|point| point.source == Source::Other)) {
            legend.push((score_shape(&Source::Own), "thread-legend-own"));
            legend.push((score_shape(&Source::Other), "thread-legend-other"));
        }
        if any(|lane| !lane.gaps.is_empty()) {
            legend.push((drawn("<circle class=\"gap\" r=\"5\"/>"), "thread-legend-gap"));
        }
        if any(|lane| lane.band.is_some()) {
            legend.push((drawn("<rect class=\"band\" x=\"-12\" y=\"-5\" width=\"24\" height=\"10\"/>"), "thread-legend-band"));
        }
        if any(|lane| lane.cut.is_some()) {
            legend.push((drawn("<path class=\"cut\" d=\"M-12 0h24\"/>"), "thread-legend-cut"));
        }
        legend
    }
}

/// The shape of a kind around the origin; shapes differ, not only colours.
pub(crate) fn shape(kind: &MarkKind) -> Html {
    let markup = match kind {
        MarkKind::Attended => "<circle class=\"attended\" r=\"4.6\"/>",
        MarkKind::Part => "<circle class=\"ring\" r=\"4.6\"/><path class=\"half\" d=\"M0-4.6A4.6 4.6 0 0 0 0 4.6Z\"/>",
        MarkKind::Missed => "<path class=\"missed\" d=\"M-3.6-3.6 3.6 3.6M-3.6 3.6 3.6-3.6\"/>",
        MarkKind::MadeUp => "<circle class=\"attended\" r=\"4.6\"/><circle class=\"dot\" r=\"1.9\"/>",
        MarkKind::Planned => "<circle class=\"planned\" r=\"4.2\"/>",
    };
    Html::vouched(markup.to_owned())
}

/// The shape of a score around the origin.
pub(crate) fn score_shape(source: &Source) -> Html {
    let markup = match source {
        Source::Own => "<circle class=\"point\" r=\"4\"/>",
        Source::Other => "<rect class=\"point\" x=\"-3.8\" y=\"-3.8\" width=\"7.6\" height=\"7.6\"/>",
    };
    Html::vouched(markup.to_owned())
}

/// Every kind with the message that explains it.
const KINDS: [(MarkKind, &str); 5] = [
    (MarkKind::Attended, "thread-legend-attended"),
    (MarkKind::Part, "thread-legend-part"),
    (MarkKind::Missed, "thread-legend-missed"),
    (MarkKind::MadeUp, "thread-legend-made-up"),
    (MarkKind::Planned, "thread-legend-planned"),
];

#[cfg(test)]
mod tests;
