//! Writes every part of the page kit into HTML files to look at: `cargo run -p fairway-site --example gallery -- FOLDER`.

use std::path::Path;
use std::{env, fs, io};

use askama::Template;
use fairway_site::chart::{LaneView, MarkKind, MarkView, PhaseView, PointView, Source, TickView};
use fairway_site::{
    Address, Choice, Fact, Flash, Form, Frame, Html, L, Language, Listing, Mood, NavItem, Need, Problem, Stage, StageState, Tab,
    ThreadChart, UserBadge, assets, markdown,
};
use jiff::civil::{Date, date};

#[derive(Template)]
#[template(path = "gallery.html")]
struct Gallery<'a> {
    frame: Frame,
    l: L,
    form: &'a Form,
    facts: Vec<Fact>,
    stages: Vec<Stage>,
    tabs: Vec<Tab>,
    choices: Vec<Choice>,
    marks: Vec<Choice>,
    members: Vec<&'static str>,
    listing: Listing,
    chart: Html,
    manual: Html,
}

#[derive(Template)]
#[template(path = "gallery-narrow.html")]
struct SignIn<'a> {
    frame: Frame,
    l: L,
    form: &'a Form,
}

fn main() -> io::Result<()> {
    let folder = env::args().nth(1).unwrap_or_else(|| "gallery".to_owned());
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    for asset in assets::all() {
        fs::write(folder.join(asset.name), asset.bytes)?;
    }
    for language in Language::all() {
        for theme in ["", "dark"] {
            let name = if theme.is_empty() { format!("{language}.html") } else { format!("{language}-{theme}.html") };
            fs::write(folder.join(name), page(language, theme))?;
        }
    }
    let mut form = Form::fill(&[("who", "a.inventada")]);
    form.fault("", Problem::new("form-fault-missing"));
    let l = Language::EN.words();
    let signing_in = SignIn { frame: frame(l, "Sign in", ""), l, form: &form };
    fs::write(folder.join("narrow.html"), signing_in.render().unwrap_or_default())
}

fn frame(l: L, title: &str, theme: &str) -> Frame {
    let mut frame = Frame::new(l, title, "/cases/7/thread");
    frame.assets = String::new();
    theme.clone_into(&mut frame.theme);
    frame.language_action = "/language".into();
    frame
}

fn page(language: Language, theme: &str) -> String {
    let l = language.words();
    let mut frame = frame(l, "Tomás Ficticio", theme);
    let nav = [("Today", "/", 't'), ("Waiting", "/waiting", 'w'), ("Cases", "/cases", 'c'), ("Groups", "/groups", 'g')];
    frame.nav = nav.iter().map(|(label, href, key)| NavItem::new(*label, *href, "/cases/7").key(*key)).collect();
    frame.nav.extend(["Programmes", "Service"].map(|label| NavItem::new(label, "/x", "/cases")));
    frame.search = "/search".into();
    frame.user =
        Some(UserBadge { name: "A. Inventada".into(), note: "Facilitator".into(), href: "/me".into(), sign_out: "/sign-out".into() });
    frame.flash = Some(Flash { mood: Mood::Good, text: "The note of session 13 is signed.".into() });
    let mut form = Form::fill(&[("name", "Tomás"), ("start", "31/02/2026"), ("kind", "b"), ("days", "a")]);
    form.text("name", Need::Required, 200);
    form.date("start", Need::Required);
    form.long_text("note", Need::Required, 100);
    let address = Address::new("/cases", &[("sort".to_owned(), "-ends".to_owned())]);
    let mut listing = Listing::read(address, &["name", "ends"], 20);
    listing.total = 1430;
    let stage = |label: &str, note: &str, state, share, weight| Stage { label: label.into(), note: note.into(), state, share, weight };
    let gallery = Gallery {
        l,
        form: &form,
        facts: vec![
            Fact::bare("2026-0143"),
            Fact::new("Order ends", l.date(date(2027, 5, 14))),
            Fact::new("Facilitator", "A. Inventada"),
            Fact::bare("Out of the Net 1.2 · standard track"),
        ],
        stages: vec![
            stage("1 Motivation", "8 of 8", StageState::Done, 1.0, 4),
            stage("2 Group", "13 of 22, two made up", StageState::Now, 0.6, 14),
            stage("3 Follow-up", "from 25 Jan", StageState::Ahead, 0.0, 5),
        ],
        tabs: ["Overview", "Thread", "Understanding", "Plan", "Sessions", "Measures", "Notes", "Reports", "History"]
            .iter()
            .map(|tab| Tab::new(*tab, "#", *tab == "Thread"))
            .collect(),
        choices: vec![
            Choice::new("a", "In the morning"),
            Choice::new("b", "In the afternoon").hint("From 15:00, when the centre opens again"),
        ],
        marks: vec![Choice::new("yes", "Attended"), Choice::new("part", "In part"), Choice::new("no", "Absent")],
        members: vec!["Tomás Ficticio", "Bruno Imaginado", "Ósk Uppspuni"],
        listing,
        chart: thread().draw(&l),
        manual: markdown::html(MANUAL),
        frame,
    };
    gallery.render().unwrap_or_default()
}

const MANUAL: &str = "# Session 13 · What a picture leaves out

This session is about the child who cannot be seen in a file name. Members are asked to slow down and to say what they know, what they assumed, and who told them so.

1. **Arriving** (15 minutes). Each says in one sentence how the week went.
2. **The empty chair** (40 minutes). The facilitator reads the sheet aloud.

> I want evenings I don’t have to hide from my sister.

| Activity | Minutes | May be left out |
|---|--:|---|
| Arriving | 15 | no |
| The empty chair | 40 | no |
| Between sessions | 10 | yes |
";

fn day(week: i16) -> Date {
    date(2026, 6, 3).saturating_add(jiff::Span::new().weeks(week))
}

fn lane(title: &str, note: &str, marks: &[(i16, MarkKind)], ticks: &[i16], points: &[(i16, f64)]) -> LaneView {
    LaneView {
        title: title.into(),
        note: note.into(),
        href: String::new(),
        marks: marks.iter().map(|(week, kind)| MarkView { on: day(*week), kind: *kind, label: format!("Session {}", week + 1) }).collect(),
        ticks: ticks.iter().map(|week| TickView { on: day(*week), label: "in the group".into() }).collect(),
        points: points
            .iter()
            .map(|(week, value)| PointView { on: day(*week), value: *value, label: "self-report".into(), source: Source::Own })
            .collect(),
        ..LaneView::default()
    }
}

fn thread() -> ThreadChart {
    use MarkKind::{Attended as A, MadeUp as U, Missed as M, Part as H, Planned as P};
    let readiness = [(0, A), (1, M), (2, A), (3, U), (4, M), (5, A), (6, A), (7, A)];
    let loneliness = [(12, A), (13, A), (14, H), (15, A), (16, A), (17, M)];
    let thoughts = [(9, A), (10, A), (21, A), (24, P), (25, P)];
    let control = [(26, P), (27, P), (28, P), (29, P), (30, P), (34, P), (36, P)];
    let mut lanes = vec![
        lane("Readiness to change", "moved, beyond error", &readiness, &[2, 5], &[(0, 12.0), (8, 18.0)]),
        lane("Emotional loneliness", "moved, within error", &loneliness, &[3, 11, 16], &[(0, 58.0), (14, 57.0), (20, 50.0)]),
        lane(
            "Low mood and worry",
            "lower by 8; below cut-off",
            &[(10, A), (11, A), (12, A), (13, A), (20, A)],
            &[1, 12],
            &[(0, 15.0), (9, 13.0), (20, 7.0)],
        ),
        lane("Thoughts that gave permission", "no measure tracks this", &thoughts, &[4, 10, 21], &[]),
        lane("Self-regulation online and at the times of day when it is hardest", "not yet worked on", &control, &[5], &[(0, 34.0)]),
    ];
    lanes[0].band = Some((9.5, 14.5));
    lanes[1].band = Some((52.0, 64.0));
    lanes[2].band = Some((9.0, 21.0));
    lanes[2].cut = Some(9.5);
    lanes[4].band = Some((28.0, 40.0));
    ThreadChart {
        title: "Thread of case 2026-0143".into(),
        about: None,
        from: date(2026, 6, 1),
        to: date(2027, 3, 28),
        today: date(2026, 11, 23),
        phases: vec![
            PhaseView { title: "1 Motivation".into(), on: date(2026, 6, 1) },
            PhaseView { title: "2 Group".into(), on: date(2026, 8, 3) },
            PhaseView { title: "3 Follow-up".into(), on: date(2027, 1, 25) },
        ],
        lanes,
    }
}
