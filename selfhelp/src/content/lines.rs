//! Help by country: who can be reached now, and when a human being last looked whether that is still so.

use jiff::civil::Date;
use serde::Deserialize;

use super::Words;
use super::fault::{Fault, line_with, toml};

/// After how many days without review a line is stale.
pub const MAX_AGE_DAYS: i32 = 365;

/// What a line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Police, ambulance.
    Emergency,
    /// Thoughts of suicide.
    Suicide,
    /// Anonymous help for people worried about themselves.
    WorriedAboutSelf,
    /// Somebody to talk to about anything.
    Talk,
    /// For children and young people.
    ChildSupport,
    /// Where abuse of a child, or pictures of it, are reported.
    ReportAbuse,
}

impl Kind {
    /// Every kind, in the order shown.
    pub const ALL: [Self; 6] = [Self::Emergency, Self::Suicide, Self::WorriedAboutSelf, Self::Talk, Self::ChildSupport, Self::ReportAbuse];

    /// The id of its words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Emergency => "selfhelp-kind-emergency",
            Self::Suicide => "selfhelp-kind-suicide",
            Self::WorriedAboutSelf => "selfhelp-kind-worried",
            Self::Talk => "selfhelp-kind-talk",
            Self::ChildSupport => "selfhelp-kind-child",
            Self::ReportAbuse => "selfhelp-kind-report",
        }
    }
}

/// A line of help.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// What it is for.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// Its number, as dialled in the country.
    pub phone: Option<String>,
    /// Its address on the web.
    pub address: Option<String>,
    /// When it answers.
    pub hours: Option<Words>,
    /// Whether it costs nothing.
    #[serde(default)]
    pub free: bool,
    /// Whether one may stay anonymous.
    #[serde(default)]
    pub anonymous: bool,
    /// Languages it speaks, as codes.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Anything else.
    pub note: Option<Words>,
    /// The public page this was taken from.
    pub source: String,
    /// When somebody last checked it.
    pub reviewed_on: toml::value::Datetime,
}

impl Line {
    /// The number as a `tel:` link wants it.
    pub fn dialled(&self) -> Option<String> {
        self.phone.as_ref().map(|phone| phone.chars().filter(|c| c.is_ascii_digit() || matches!(c, '+' | '*')).collect())
    }

    /// The day somebody last checked it.
    pub fn reviewed_on(&self) -> Option<Date> {
        self.reviewed_on.to_string().get(..10)?.parse().ok()
    }

    /// Whether nobody has looked at it for more than a year, or its review lies after today.
    pub fn stale(&self, today: Date) -> bool {
        self.reviewed_on().is_none_or(|on| on > today || today.since((jiff::Unit::Day, on)).is_ok_and(|age| age.get_days() > MAX_AGE_DAYS))
    }
}

/// A country and its lines.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// ISO 3166 code; `EU` for Europe, `XX` for everywhere.
    pub code: String,
    /// Its name.
    pub name: Words,
    /// Its lines.
    pub lines: Vec<Line>,
}

impl Country {
    /// Whether it stands for more than one country.
    pub fn wide(&self) -> bool {
        matches!(self.code.as_str(), "EU" | "XX")
    }

    /// Whether people there speak a language before others: the first line answers in it first.
    pub fn speaks(&self, code: &str) -> bool {
        self.lines.first().and_then(|line| line.languages.first()).is_some_and(|first| first == code)
    }

    /// Its lines of a kind.
    pub fn of(&self, kind: Kind) -> Vec<&Line> {
        self.lines.iter().filter(|line| line.kind == kind).collect()
    }
}

#[derive(Deserialize)]
struct Book {
    #[serde(default)]
    #[serde(rename = "format")]
    _format: u8,
    #[serde(default)]
    #[serde(rename = "reviewed_on")]
    _reviewed_on: Option<toml::value::Datetime>,
    countries: Vec<Country>,
}

pub(super) const FILE: &str = "self-help/help-lines.toml";

/// Reads the book of lines.
pub(super) fn parse(text: &str, faults: &mut Vec<Fault>) -> Vec<Country> {
    match toml::<Book>(FILE, text) {
        Ok(book) => {
            for country in &book.countries {
                for line in &country.lines {
                    look(country, line, text, faults);
                }
            }
            book.countries
        }
        Err(fault) => {
            faults.push(fault);
            Vec::new()
        }
    }
}

fn look(country: &Country, line: &Line, text: &str, faults: &mut Vec<Fault>) {
    let at = line_with(text, &format!("\"{}\"", line.name));
    let mut fault =
        |what: String, remedy: &str| faults.push(Fault::broken(FILE, at, format!("{} in {}: {what}", line.name, country.code), remedy));
    if line.phone.is_none() && line.address.is_none() {
        fault("neither a number nor an address is given".into(), "Add phone or address");
    }
    for address in line.address.iter().chain([&line.source]) {
        let plain = address.chars().all(|c| c.is_ascii_graphic() && !"\"'<>".contains(c));
        if !address.starts_with("https://") || !plain {
            fault(format!("{address} is not an https address"), "Give the address with https://");
        }
    }
    if line.dialled().is_some_and(|number| !(2..=16).contains(&number.len())) {
        fault("the number cannot be dialled".into(), "Give digits, with spaces where they are read");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BOOK: &str = "[[countries]]\ncode=\"ES\"\nname={en=\"Spain\"}\n[[countries.lines]]\nkind=\"emergency\"\nname=\"112\"\nphone=\"112\"\nsource=\"https://example.org\"\nreviewed_on=2026-11-23\n";

    #[test]
    fn a_line_is_stale_after_a_year() {
        let mut faults = Vec::new();
        let found = parse(BOOK, &mut faults);
        let day = |text: &str| text.parse::<Date>().unwrap();
        let line = &found[0].lines[0];
        assert!(faults.is_empty() && !line.stale(day("2026-11-23")) && !line.stale(day("2027-11-23")));
        assert!(line.stale(day("2027-11-24")) && line.stale(day("2026-11-22")));
    }

    #[test]
    fn a_number_is_dialled_with_its_star_and_without_its_spaces() {
        let dialled =
            |phone: &str| parse(&BOOK.replace("\"112\"\nsource", &format!("\"{phone}\"\nsource")), &mut Vec::new())[0].lines[0].dialled();
        assert_eq!([dialled("*4141"), dialled("+34 900 20 20 10")], [Some("*4141".to_owned()), Some("+34900202010".to_owned())]);
    }

    #[test]
    fn faults_of_a_line_are_named() {
        let mut faults = Vec::new();
        parse(&BOOK.replace("phone=\"112\"\n", "").replace("https://example.org", "http://example.org"), &mut faults);
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert_eq!(faults[0].line, 6);
    }

    proptest! {
        #[test]
        fn any_text_is_a_book_or_a_fault(text in any::<String>(), cut in 0..BOOK.len()) {
            parse(&text, &mut Vec::new());
            parse(&(BOOK[..cut].to_owned() + &text), &mut Vec::new());
        }
    }
}
