//! Where everything of the thread chart stands. Units are those of the view box, 980 wide.

use jiff::civil::Date;

use super::words::{cut, wrapped};
use super::{LaneView, MarkKind, PhaseView, PointView, Source};
use crate::language::L;

const LEFT: f64 = 226.0;
const RIGHT: f64 = 962.0;
const TOP: f64 = 44.0;
const LANE: f64 = 86.0;
/// About the width of a character of the small type.
const CHARACTER: f64 = 7.0;

/// A length as it is written: one decimal.
pub(super) fn px(length: f64) -> String {
    format!("{length:.1}")
}

/// Where the lanes end.
#[expect(clippy::cast_precision_loss, reason = "a handful of lanes")]
pub(super) fn bottom(lanes: usize) -> f64 {
    TOP + LANE * lanes as f64
}

/// Where the tag of today begins, kept inside the picture.
pub(super) fn now_tag(x: f64) -> f64 {
    (x - 22.0).clamp(LEFT, RIGHT - 44.0)
}

/// A month's label and its rule.
pub(super) struct Month {
    pub x: String,
    pub label_x: String,
    pub label: String,
}

/// A phase's rule and its label.
pub(super) struct Rule {
    pub x: String,
    pub label_x: String,
    pub label: String,
    pub full: String,
}

/// Days to lengths.
pub(super) struct Scale {
    from: Date,
    to: Date,
    days: f64,
}

impl Scale {
    pub(super) fn new(from: Date, to: Date) -> Self {
        let to = to.max(from);
        let days = f64::from((to - from).get_days()).max(1.0);
        Self { from, to, days }
    }

    fn x(&self, on: Date) -> f64 {
        let days = f64::from((on.clamp(self.from, self.to) - self.from).get_days());
        LEFT + 8.0 + (RIGHT - LEFT - 16.0) * days / self.days
    }

    pub(super) fn within(&self, on: Date) -> Option<f64> {
        (self.from..=self.to).contains(&on).then(|| self.x(on))
    }

    /// The first of each month within; labels only as many as there is room for.
    pub(super) fn months(&self, l: &L) -> Vec<Month> {
        let width = (RIGHT - LEFT) * 30.4 / self.days;
        let every = [1, 2, 3, 6, 12, 24, 60].into_iter().find(|n| width * f64::from(*n) >= 66.0).unwrap_or(120);
        let mut found = Vec::new();
        let mut first = self.from.first_of_month();
        let mut count = 0;
        while first <= self.to && count < 1200 {
            let shown = first >= self.from || (self.x(first.last_of_month()) - self.x(self.from)) > 70.0;
            if shown && count % every == 0 {
                let year = found.is_empty() || first.month() == 1 || every >= 12;
                let name = l.month(first);
                let label = if year { format!("{name} {}", first.year()) } else { name };
                let x = self.x(first);
                let room = x + CHARACTER * f64::from(u32::try_from(label.len()).unwrap_or(8)) < RIGHT + 16.0;
                let label = if room { label } else { String::new() };
                found.push(Month { x: px(x), label_x: px(x + 3.0), label });
            }
            count += i32::from(shown);
            let Ok(next) = first.checked_add(jiff::Span::new().months(1)) else { break };
            first = next;
        }
        found
    }

    /// The phases' rules; a label ends before the next begins.
    pub(super) fn rules(&self, phases: &[PhaseView]) -> Vec<Rule> {
        let mut rules = Vec::new();
        for (index, phase) in phases.iter().enumerate() {
            let x = self.x(phase.on);
            let end = phases.get(index + 1).map_or(RIGHT + 14.0, |next| self.x(next.on));
            let label = cut(&phase.title, characters(end - x - 10.0));
            let label = if label.chars().count() < 3 { String::new() } else { label };
            rules.push(Rule { x: px(x), label_x: px(x + 4.0), label, full: phase.title.clone() });
        }
        rules
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=200")]
fn characters(length: f64) -> usize {
    (length / CHARACTER).floor().clamp(0.0, 200.0) as usize
}

/// A lane as it is drawn.
pub(super) struct LaneShape {
    pub y: String,
    pub striped: bool,
    pub href: String,
    pub said: String,
    pub title: Vec<(String, String)>,
    pub note: Vec<(String, String)>,
    pub band: Option<(String, String)>,
    pub cut: Option<String>,
    /// A line for each run of scores without a gap between them.
    pub lines: Vec<String>,
    pub points: Vec<Dot>,
    pub gaps: Vec<Dot>,
    pub ticks: Vec<Dot>,
    pub marks: Vec<Dot>,
}

/// Something at a place, with its hint.
pub(super) struct Dot {
    pub x: String,
    pub y: String,
    pub hint: String,
    pub kind: MarkKind,
    pub source: Source,
    /// A value beside it: its text, x and y; empty text for none.
    pub value: (String, String, String),
}

impl Dot {
    fn bare(x: f64, y: f64, hint: String) -> Self {
        Self { x: px(x), y: px(y), hint, kind: MarkKind::Attended, source: Source::Own, value: Default::default() }
    }
}

/// The scores from one gap to the next. A score on the day of a gap belongs to what follows it.
fn runs(lane: &LaneView) -> Vec<&[PointView]> {
    let mut gaps: Vec<Date> = lane.gaps.iter().map(|gap| gap.on).collect();
    gaps.sort_unstable();
    let mut rest = lane.points.as_slice();
    let mut runs = Vec::with_capacity(gaps.len() + 1);
    for gap in gaps {
        let (before, after) = rest.split_at(rest.iter().take_while(|point| point.on < gap).count());
        runs.push(before);
        rest = after;
    }
    runs.push(rest);
    runs
}

/// Lays out one lane.
#[expect(clippy::cast_precision_loss, reason = "a handful of lanes")]
pub(super) fn lane(l: &L, scale: &Scale, index: usize, lane: &LaneView) -> LaneShape {
    let y = TOP + LANE * index as f64;
    let rise = Rise::of(lane, y);
    let (title, note) = names(lane, y);
    let href = if lane.href.is_empty() { format!("#thread-lane-{}", index + 1) } else { lane.href.clone() };
    let full = if lane.note.is_empty() { lane.title.clone() } else { format!("{}: {}", lane.title, lane.note) };
    LaneShape {
        y: px(y),
        striped: index.is_multiple_of(2),
        href,
        said: full,
        title,
        note,
        band: lane.band.map(|(low, high)| {
            let (top, end) = (rise.y(high.max(low)), rise.y(low.min(high)));
            (px(top), px((end - top).max(2.0)))
        }),
        cut: lane.cut.map(|value| px(rise.y(value))),
        lines: runs(lane)
            .into_iter()
            .filter(|run| run.len() > 1)
            .map(|run| run.iter().map(|p| format!("{},{}", px(scale.x(p.on)), px(rise.y(p.value)))).collect::<Vec<_>>().join(" "))
            .collect(),
        points: points(l, scale, lane, &rise),
        gaps: lane
            .gaps
            .iter()
            .map(|gap| Dot::bare(scale.x(gap.on), rise.middle(), hint(l, gap.on, &l.t("thread-kind-gap"), &gap.label)))
            .collect(),
        ticks: lane.ticks.iter().map(|t| Dot::bare(scale.x(t.on), y + 5.0, hint(l, t.on, &l.t("thread-kind-seen"), &t.label))).collect(),
        marks: marks(l, scale, lane, y),
    }
}

/// Lines of text with their heights.
type Lines = Vec<(String, String)>;

fn names(lane: &LaneView, y: f64) -> (Lines, Lines) {
    let title = wrapped(&lane.title, 26, 2);
    let note = wrapped(&lane.note, 30, 2);
    let mut at = y + (LANE - 17.0 * (f64::from(u8::try_from(title.len() + note.len()).unwrap_or(4)))) / 2.0 - 4.0;
    let mut place = |line: String| {
        at += 17.0;
        (line, px(at))
    };
    (title.into_iter().map(&mut place).collect(), note.into_iter().map(&mut place).collect())
}

/// Values to heights within a lane.
struct Rise {
    low: f64,
    high: f64,
    top: f64,
}

impl Rise {
    const HEIGHT: f64 = 28.0;

    fn of(lane: &LaneView, y: f64) -> Self {
        let band = lane.band.map(|(a, b)| [a, b]).unwrap_or_default();
        let banded = if lane.band.is_some() { &band[..] } else { &[] };
        let all = lane.points.iter().map(|p| p.value).chain(banded.iter().copied()).chain(lane.cut);
        let all = all.filter(|v| v.is_finite());
        let (low, high) = all.fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)));
        Self { low, high, top: y + 23.0 }
    }

    fn middle(&self) -> f64 {
        self.top + Self::HEIGHT / 2.0
    }

    fn y(&self, value: f64) -> f64 {
        let range = self.high - self.low;
        let share = if range > f64::EPSILON { (value - self.low) / range } else { 0.5 };
        let share = if share.is_finite() { share } else { 0.5 };
        self.top + Self::HEIGHT * (1.0 - share.clamp(0.0, 1.0))
    }
}

fn hint(l: &L, on: Date, what: &str, label: &str) -> String {
    let said = format!("{}: {what}", l.date(on));
    if label.is_empty() { said } else { format!("{said}, {label}") }
}

/// A score as people write it: without decimals when it has none.
pub(super) fn score(l: &L, value: f64) -> String {
    l.decimal(value, usize::from((value - value.round()).abs() >= 0.05))
}

fn points(l: &L, scale: &Scale, lane: &LaneView, rise: &Rise) -> Vec<Dot> {
    let mut labelled = f64::MIN;
    let place = |index: usize| lane.points.get(index).map(|p| rise.y(p.value));
    lane.points
        .iter()
        .enumerate()
        .map(|(index, point)| {
            let (x, y) = (scale.x(point.on), rise.y(point.value));
            let said = score(l, point.value);
            let last = index + 1 == lane.points.len();
            // Values too close to the one before are left to the hint and the table; the last always shows.
            let shown = x - labelled > 26.0 && (last || scale.x(lane.points[lane.points.len() - 1].on) - x > 26.0);
            let value = if shown || last {
                labelled = x;
                // Above, unless the line comes down from above on either side.
                let before = index.checked_sub(1).and_then(place);
                let after = place(index + 1);
                let falls = before.is_some_and(|b| b < y - 3.0) || after.is_some_and(|a| a < y - 3.0);
                let side = if falls { 16.0 } else { -8.0 };
                (said.clone(), px(x), px(y + side))
            } else {
                Default::default()
            };
            let what = l.t1("thread-score", "value", said);
            Dot { value, source: point.source, ..Dot::bare(x, y, hint(l, point.on, &what, &point.label)) }
        })
        .collect()
}

fn marks(l: &L, scale: &Scale, lane: &LaneView, y: f64) -> Vec<Dot> {
    let mut before = f64::MIN;
    let mut lifted = false;
    lane.marks
        .iter()
        .map(|mark| {
            let x = scale.x(mark.on);
            // Two sessions within a week would cover each other: every second one stands a little higher.
            lifted = x - before < 9.5 && !lifted;
            before = x;
            let hint = hint(l, mark.on, &l.t(kind_word(mark.kind)), &mark.label);
            Dot { kind: mark.kind, ..Dot::bare(x, y + if lifted { 69.0 } else { 76.0 }, hint) }
        })
        .collect()
}

/// The message that names a kind.
pub(super) fn kind_word(kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Attended => "thread-kind-attended",
        MarkKind::Part => "thread-kind-part",
        MarkKind::Missed => "thread-kind-missed",
        MarkKind::MadeUp => "thread-kind-made-up",
        MarkKind::Planned => "thread-kind-planned",
    }
}
