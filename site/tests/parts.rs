//! A page that uses every part renders, and what it promises to screen readers is there.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use askama::Template;
use fairway_site::{
    Address, Choice, Fact, Flash, Form, Frame, L, Language, Listing, Mood, NavItem, Need, Stage, StageState, Tab, UserBadge,
};
use jiff::civil::{Date, date};

struct Row {
    label: String,
    delivered: usize,
}

#[derive(Template)]
#[template(path = "demo.html")]
struct Demo<'a> {
    frame: Frame,
    l: L,
    form: &'a Form,
    facts: Vec<Fact>,
    stages: Vec<Stage>,
    tabs: Vec<Tab>,
    choices: Vec<Choice>,
    rows: Vec<Row>,
    listing: Listing,
    version: i64,
    on: Date,
}

fn page(language: Language, form: &Form) -> String {
    let l = language.words();
    let mut frame = Frame::new(l, "<Tomás> & Ficticio", "/cases/7?tab=a");
    frame.nav = vec![NavItem::new("Cases", "/cases", "/cases/7").key('c'), NavItem::new("Case", "/case", "/cases")];
    frame.user = Some(UserBadge { name: "A. Inventada".into(), note: String::new(), href: String::new(), sign_out: "/sign-out".into() });
    frame.search = "/search".into();
    frame.language_action = "/language".into();
    frame.flash = Some(Flash { mood: Mood::Good, text: "Saved".into() });
    let query = [("sort".to_owned(), "-ends".to_owned()), ("unit".to_owned(), "a&b ñ".to_owned())];
    let mut listing = Listing::read(Address::new("/cases", &query), &["name", "ends"], 10);
    listing.total = 25;
    let stage = |state, share| Stage { label: "Group".into(), note: String::new(), state, share, weight: 8 };
    Demo {
        frame,
        l,
        form,
        facts: vec![Fact::bare("2026-0143"), Fact::new("Order ends", l.date(date(2027, 5, 14)))],
        stages: vec![stage(StageState::Done, 1.0), stage(StageState::Now, 0.5)],
        tabs: vec![Tab::new("Overview", "/cases/7", true)],
        choices: vec![Choice::new("a", "First").hint("more"), Choice::new("b", "Second")],
        rows: vec![Row { label: "Loneliness".into(), delivered: 3 }],
        listing,
        version: 4,
        on: date(2026, 11, 23),
    }
    .render()
    .unwrap()
}

#[test]
fn every_part_renders_in_every_language() {
    for language in Language::all() {
        let html = page(language, &Form::new());
        assert!(html.starts_with(&format!("<!doctype html>\n<html lang=\"{language}\" dir=\"ltr\">")));
        assert_eq!(html.matches("<h1>").count(), 1);
        assert!(html.contains("&#60;Tomás&#62; &#38; Ficticio"), "names are escaped");
        assert!(!html.contains("style=") && !html.contains("<script>"), "nothing inline");
        assert!(html.contains("<i>inside</i>") && html.contains("aria-label=\"Cases. "));
        assert!(html.contains("<form method=\"post\" action=\"/sign-out\">"));
        assert_eq!(html.matches("aria-current=\"page\"").count(), 2, "one in the navigation, one tab");
    }
}

#[test]
fn faults_are_tied_to_their_fields() {
    let mut form = Form::fill(&[("name", "a\u{0}"), ("secret", "hush"), ("kind", "b"), ("note", "\nx")]);
    form.text("name", Need::Required, 9);
    form.date("on", Need::Required);
    form.label("on", "Inicio");
    let html = page(Language::ES, &form);
    assert!(html.contains("href=\"#f-on\" data-named>Inicio: "));
    assert!(html.contains("href=\"#f-name\"") && html.contains("id=\"f-name\""));
    assert!(html.contains("aria-describedby=\"f-name-hint f-name-fault\" aria-invalid=\"true\" aria-required=\"true\""));
    assert!(html.contains("Hay 2 respuestas por revisar"));
    assert!(html.contains("value=\"b\" checked"));
    assert!(!html.contains("hush"), "a password is never sent back");
    assert!(html.contains(">\n\nx</textarea>"), "a first line break survives");
}

#[test]
fn lists_keep_their_state_in_the_address() {
    let html = page(Language::EN, &Form::new());
    assert!(html.contains("href=\"/cases?unit=a%26b%20%C3%B1&#38;sort=name\""), "{html}");
    assert!(html.contains("aria-sort=\"descending\""));
    assert!(html.contains("1 to 10 of 25") && html.contains("Page 1 of 3"));
    assert!(html.contains("&#38;page=2\""));
}

#[test]
fn a_listing_survives_any_address() {
    let query = [("page".to_owned(), "-9".to_owned()), ("sort".to_owned(), "-name; drop".to_owned())];
    let listing = Listing::read(Address::new("/x", &query), &["name"], 0);
    assert_eq!((listing.by.as_str(), listing.descending, listing.page, listing.offset()), ("name", false, 1, 0));
    assert_eq!((listing.from(), listing.to(), listing.pages()), (0, 0, 1));
}
