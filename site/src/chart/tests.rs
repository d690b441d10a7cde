use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::language::Language;

fn chart() -> ThreadChart {
    let mark = |month, day, kind, label: &str| MarkView { on: date(2026, month, day), kind, label: label.into() };
    ThreadChart {
        title: "Thread of case 2026-0143".into(),
        about: None,
        from: date(2026, 6, 1),
        to: date(2027, 3, 1),
        today: date(2026, 11, 23),
        phases: vec![
            PhaseView { title: "Motivation".into(), on: date(2026, 6, 1) },
            PhaseView { title: "Group <b>".into(), on: date(2026, 8, 1) },
        ],
        lanes: vec![
            LaneView {
                title: "Thoughts that gave permission to what was done".into(),
                note: "moved, beyond error".into(),
                marks: vec![
                    mark(6, 3, MarkKind::Attended, "Session 1"),
                    mark(6, 10, MarkKind::Missed, "Session 2"),
                    mark(6, 17, MarkKind::Part, "Session 3"),
                    mark(6, 24, MarkKind::MadeUp, "Session 4"),
                    mark(12, 9, MarkKind::Planned, "Session 20"),
                ],
                ticks: vec![TickView { on: date(2026, 7, 1), label: "asked his sister".into() }],
                points: vec![
                    PointView { on: date(2026, 6, 3), value: 12.0, label: "PHQ-9".into(), source: Source::Own },
                    PointView { on: date(2026, 9, 3), value: 7.5, label: String::new(), source: Source::Own },
                ],
                band: Some((6.0, 18.0)),
                cut: Some(10.0),
                ..LaneView::default()
            },
            LaneView { title: "Loneliness".into(), ..LaneView::default() },
        ],
    }
}

#[test]
fn picture_and_table_say_the_same() {
    let drawn = chart().draw(&Language::EN.words());
    let html = drawn.as_str();
    for (hint, row) in [
        ("3 Jun 2026: attended, Session 1", "<td>3 Jun 2026</td><td>attended</td><td>Session 1</td>"),
        ("10 Jun 2026: missed, Session 2", "<td>10 Jun 2026</td><td>missed</td><td>Session 2</td>"),
        ("3 Sept 2026: Score 7.5", "<td>3 Sept 2026</td><td>Score 7.5</td>"),
        ("1 Jul 2026: seen, asked his sister", "<td>seen</td><td>asked his sister</td>"),
    ] {
        assert!(html.contains(hint), "{hint}");
        assert!(html.contains(row), "{row}");
    }
    assert!(html.contains("Scores from 6 to 18 are within") && html.contains("Clinical cut-off: 10."));
    assert!(html.contains("Nothing recorded yet") && html.contains(">today<"));
    assert!(html.contains("2 targets from 1 June 2026"));
}

#[test]
fn no_line_is_drawn_across_a_missing_score_and_another_rater_is_a_square() {
    let mut chart = chart();
    let lines = |chart: &ThreadChart| {
        let drawn = chart.draw(&Language::EN.words());
        drawn.as_str().matches("<polyline").count()
    };
    chart.lanes[0].points.extend([(10, 3), (11, 3), (12, 3)].map(|(month, day)| PointView {
        on: date(2026, month, day),
        value: 9.0,
        label: "rated by a professional".into(),
        source: Source::Other,
    }));
    assert_eq!(lines(&chart), 1);
    chart.lanes[0].gaps = vec![GapView { on: date(2026, 10, 20), label: "not measured".into() }];
    assert_eq!(lines(&chart), 2);
    // A score between two gaps stands alone, and so does the one after: no line has one end.
    chart.lanes[0].gaps.insert(0, GapView { on: date(2026, 11, 10), label: "not measured".into() });
    assert_eq!(lines(&chart), 1);
    let drawn = chart.draw(&Language::EN.words());
    let html = drawn.as_str();
    assert_eq!(html.matches("<circle class=\"gap\"").count(), 3, "two, and the legend");
    assert!(html.contains("<td>20 Oct 2026</td><td>no score</td><td>not measured</td>"));
    assert_eq!(html.matches("<rect class=\"point\"").count(), 4, "three, and the legend");
    assert!(html.contains("asked or judged by somebody else"));
    chart.lanes[0].gaps.clear();
    chart.lanes[0].points.truncate(2);
    chart.about = Some("Two scales & no target.".into());
    let drawn = chart.draw(&Language::EN.words());
    let html = drawn.as_str();
    assert!(!html.contains("class=\"gap\"") && !html.contains("somebody else"), "a legend explains what is there only");
    assert!(html.contains("Two scales &#38; no target.") && !html.contains("2 targets"));
}

#[test]
fn spoken_in_spanish_and_escaped() {
    let drawn = chart().draw(&Language::ES.words());
    let html = drawn.as_str();
    assert!(html.contains("asistió") && html.contains("Puntuación 7,5") && html.contains(">hoy<"));
    assert!(!html.contains("Group <b>") && html.contains("Group &#60;b&#62;"));
    assert!(!html.contains("style="));
}

#[test]
fn long_names_are_wrapped_and_kept_whole_in_the_hint() {
    assert_eq!(words::wrapped("Thoughts that gave permission", 27, 2), ["Thoughts that gave", "permission"]);
    assert_eq!(words::wrapped("a bb ccc dddd", 4, 2), ["a bb", "ccc…"]);
    assert_eq!(words::cut("señales", 7), "señales");
    assert_eq!(words::cut("señales", 4), "señ…");
}

#[test]
fn today_outside_is_not_drawn() {
    let mut chart = chart();
    chart.today = date(2028, 1, 1);
    assert!(!chart.draw(&Language::EN.words()).as_str().contains("now-tag"));
}

proptest! {
    #[test]
    fn any_span_and_value_is_drawn(days in -20_i32..40_000, values in proptest::collection::vec(any::<f64>(), 0..6)) {
        let mut chart = chart();
        chart.to = chart.from.checked_add(jiff::Span::new().days(days)).unwrap();
        chart.lanes[0].points = values.iter().map(|v| PointView { on: chart.from, value: *v, label: String::new(), source: Source::Own }).collect();
        let drawn = chart.draw(&Language::EN.words());
        prop_assert!(!drawn.is_empty());
        prop_assert!(!drawn.as_str().contains("\"NaN"), "a place that is no number");
        prop_assert!(drawn.as_str().len() < 120_000);
    }
}
