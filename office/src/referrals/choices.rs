//! What the referral form offers to choose from.

use fairway_domain::jurisdiction::Jurisdiction;
use fairway_domain::referral::{DayPart, OffenceKind, Responsivity};
use fairway_site::{Choice, L};
use jiff::civil::Weekday;

use crate::app::App;

/// Languages a person may be best spoken to in. The last stands for one that is not listed.
pub const SPOKEN: &[&str] = &[
    "es", "ca", "gl", "eu", "en", "fr", "pt", "de", "it", "ro", "pl", "bg", "uk", "ru", "ar", "tr", "fa", "ur", "hi", "zh", "nl", "sv",
    "und",
];

/// Weekdays with their codes in forms, Monday first.
pub const DAYS: &[(Weekday, &str)] = &[
    (Weekday::Monday, "mon"),
    (Weekday::Tuesday, "tue"),
    (Weekday::Wednesday, "wed"),
    (Weekday::Thursday, "thu"),
    (Weekday::Friday, "fri"),
    (Weekday::Saturday, "sat"),
    (Weekday::Sunday, "sun"),
];

/// A language's name, by its tag; a tag nobody named is shown as it is.
pub fn spoken(l: L, tag: &str) -> String {
    let id = format!("referral-spoken-{tag}");
    if l.has(&id) { l.t(&id).into_owned() } else { tag.to_owned() }
}

/// The languages on offer.
pub fn spoken_languages(l: L) -> Vec<Choice> {
    SPOKEN.iter().map(|tag| Choice::new(*tag, spoken(l, tag))).collect()
}

/// The grounds for a referral at a place.
pub fn legal_bases(l: L, jurisdiction: &Jurisdiction) -> Vec<Choice> {
    jurisdiction
        .legal_bases
        .iter()
        .map(|basis| {
            let note = basis.note.in_language(l.code());
            let hint = if basis.cite.is_empty() { note.to_owned() } else { format!("{}. {note}", basis.cite) };
            Choice::new(basis.id.as_str(), basis.title.in_language(l.code())).hint(hint)
        })
        .collect()
}

/// The kinds of offence, each with a sentence that says what it means.
pub fn offences(l: L) -> Vec<Choice> {
    OffenceKind::ALL
        .iter()
        .map(|kind| Choice::new(kind.code(), l.t(&format!("referral-offence-{kind}"))).hint(l.t(&format!("referral-offence-{kind}-means"))))
        .collect()
}

/// What a plan may have to reckon with.
pub fn responsivities(l: L) -> Vec<Choice> {
    Responsivity::ALL.iter().map(|need| Choice::new(need.code(), l.t(&format!("referral-responsivity-{need}")))).collect()
}

/// The programmes on offer.
pub fn programmes(l: L, app: &App) -> Vec<Choice> {
    let mut offered: Vec<Choice> = app
        .content
        .offered()
        .map(|(id, programme)| {
            Choice::new(id.to_string(), programme.definition.title.in_language(l.code()))
                .hint(programme.definition.summary.in_language(l.code()))
        })
        .collect();
    offered.sort_by(|a, b| l.order(&a.label, &b.label));
    offered
}

/// One row of the grid of availability: a weekday and its parts of the day, as value and label.
#[derive(Debug, Clone)]
pub struct GridRow {
    /// The weekday.
    pub day: String,
    /// Value and full label of each part of the day.
    pub parts: Vec<(String, String)>,
}

/// The grid of availability.
pub fn grid(l: L) -> Vec<GridRow> {
    DAYS.iter()
        .map(|(_, day)| {
            let name = l.t(&format!("referral-day-{day}"));
            let parts = DayPart::ALL
                .iter()
                .map(|part| (format!("{day}-{part}"), format!("{name}, {}", l.t(&format!("referral-part-{part}")))))
                .collect();
            GridRow { day: name.into_owned(), parts }
        })
        .collect()
}

/// The parts of the day, in words.
pub fn parts(l: L) -> Vec<String> {
    DayPart::ALL.iter().map(|part| l.t(&format!("referral-part-{part}")).into_owned()).collect()
}
