//! Help: lines by country, and the page for somebody in danger from themselves.

use askama::Template;
use fairway_site::{Html, Language};

use super::{Base, Look, Onward};
use crate::content::{Content, Country, Kind, Line, Page, with_notes};
use crate::phrase::folded;

/// Addresses longer than this, in bytes, are shown by their host only.
const LONGEST_SHOWN: usize = 40;

/// A line as shown.
pub struct LineView {
    name: String,
    phone: String,
    dialled: Option<String>,
    address: Option<String>,
    shown: String,
    note: Option<String>,
    facts: Vec<String>,
}

impl LineView {
    fn of(line: &Line, language: Language) -> Self {
        let l = language.words();
        let mut facts = Vec::new();
        facts.extend(line.hours.as_ref().map(|hours| hours.in_language(language).to_owned()));
        facts.extend(line.free.then(|| l.t("selfhelp-free").into_owned()));
        facts.extend(line.anonymous.then(|| l.t("selfhelp-anonymous").into_owned()));
        if !line.languages.is_empty() {
            facts.push(line.languages.iter().map(|code| own_name(code)).collect::<Vec<_>>().join(", "));
        }
        facts.extend(line.reviewed_on().map(|on| l.t1("selfhelp-reviewed", "day", l.date_long(on)).into_owned()));
        let shown = line.address.as_deref().unwrap_or_default();
        let shown = shown.trim_start_matches("https://").trim_start_matches("www.").trim_end_matches('/');
        let host = shown.split('/').next().unwrap_or_default();
        let shown = if shown.len() > LONGEST_SHOWN { host } else { shown }.to_owned();
        Self {
            name: line.name.clone(),
            phone: line.phone.clone().unwrap_or_default(),
            dialled: line.dialled(),
            address: line.address.clone(),
            shown,
            note: line.note.as_ref().map(|note| note.in_language(language).to_owned()),
            facts,
        }
    }
}

/// What a language calls itself.
fn own_name(code: &str) -> &str {
    const NAMES: [(&str, &str); 21] = [
        ("ar", "العربية"),
        ("ca", "Català"),
        ("cy", "Cymraeg"),
        ("da", "Dansk"),
        ("de", "Deutsch"),
        ("en", "English"),
        ("es", "Español"),
        ("eu", "Euskara"),
        ("fi", "Suomi"),
        ("fr", "Français"),
        ("ga", "Gaeilge"),
        ("gl", "Galego"),
        ("it", "Italiano"),
        ("mi", "Māori"),
        ("nl", "Nederlands"),
        ("no", "Norsk"),
        ("pl", "Polski"),
        ("pt", "Português"),
        ("sv", "Svenska"),
        ("rm", "Rumantsch"),
        ("hi", "हिन्दी"),
    ];
    NAMES.iter().find(|(known, _)| *known == code).map_or(code, |(_, name)| name)
}

type Group = (String, Vec<LineView>);

fn groups(country: &Country, language: Language) -> Vec<Group> {
    let words = language.words();
    let of = |kind: Kind| {
        (words.t(kind.words()).into_owned(), country.of(kind).into_iter().map(|line| LineView::of(line, language)).collect::<Vec<_>>())
    };
    Kind::ALL.into_iter().map(of).filter(|(_, lines)| !lines.is_empty()).collect()
}

/// Countries under a heading; without one when they are all of them.
type Part<T> = (Option<String>, Vec<(String, T)>);

/// Help now, for all countries or for one.
#[derive(Template)]
#[template(path = "help.html")]
pub(super) struct Help {
    b: Base,
    page: Option<Page>,
    /// No page of this country: it says so.
    unknown: bool,
    parts: Vec<Part<String>>,
    groups: Vec<Group>,
    wide: Vec<Group>,
}

impl Help {
    /// The page to choose on, with Europe's and the world's lines beneath.
    pub(super) fn index(content: &Content, look: &Look, language: Language) -> Self {
        let page = content.page("help-now", language);
        let title = page.map(|page| page.title.clone()).unwrap_or_default();
        let name = |country: &Country| match country.code.as_str() {
            "XX" => language.words().t("selfhelp-anywhere").into_owned(),
            _ => country.name.in_language(language).to_owned(),
        };
        let of = |country: &Country| (country.code.to_ascii_lowercase(), name(country));
        let mut parts = parts(content, language);
        // Whoever does not find their country finds these at the end of the list.
        let wider = content.countries.iter().filter(|country| country.wide()).collect();
        parts.push((Some(language.words().t("selfhelp-countries-none").into_owned()), wider));
        Self {
            b: Base::new(look, language, "help-now", title),
            page: page.cloned(),
            unknown: false,
            parts: parts.into_iter().map(|(heading, countries)| (heading, countries.into_iter().map(of).collect())).collect(),
            groups: Vec::new(),
            wide: wide(content, language, |_| true),
        }
    }

    /// One country, with what holds everywhere beneath.
    pub(super) fn country(content: &Content, look: &Look, language: Language, country: &Country) -> Self {
        let code = country.code.to_ascii_lowercase();
        let title = format!("{}: {}", language.words().t("selfhelp-help-now"), country.name.in_language(language));
        Self {
            b: Base::new(look, language, format!("help-now/{code}"), title),
            page: None,
            unknown: false,
            parts: Vec::new(),
            groups: groups(country, language),
            wide: wide(content, language, |wide| wide.code == "XX" && country.code != "XX"),
        }
    }

    /// A country that we have no page of: Europe's and the world's lines.
    pub(super) fn unknown(content: &Content, look: &Look, language: Language) -> Self {
        Self {
            b: Base::new(look, language, "help-now", language.words().t("selfhelp-help-now")),
            page: None,
            unknown: true,
            parts: Vec::new(),
            groups: Vec::new(),
            wide: wide(content, language, |_| true),
        }
    }
}

/// Countries by name, those first whose language the page speaks; not the entries for more than one country.
fn parts(content: &Content, language: Language) -> Vec<(Option<String>, Vec<&Country>)> {
    let l = language.words();
    let mut countries: Vec<&Country> = content.countries.iter().filter(|country| !country.wide()).collect();
    // Not by ICU's collation, whose code and tables would be a megabyte of the memory of this small program.
    countries.sort_by_cached_key(|country| folded(country.name.in_language(language)));
    let (own, others): (Vec<&Country>, Vec<&Country>) = countries.into_iter().partition(|country| country.speaks(language.code()));
    if own.is_empty() {
        return vec![(None, others)];
    }
    let heading = |id: &str| Some(l.t(id).into_owned());
    vec![(heading("selfhelp-countries-own"), own), (heading("selfhelp-countries-other"), others)]
}

/// The entries for more than one country.
fn wide(content: &Content, language: Language, which: impl Fn(&Country) -> bool) -> Vec<Group> {
    let countries = content.countries.iter().filter(|country| country.wide() && which(country));
    countries
        .map(|country| {
            let lines = Kind::ALL.into_iter().flat_map(|kind| country.of(kind)).map(|line| LineView::of(line, language));
            (country.name.in_language(language).to_owned(), lines.collect())
        })
        .collect()
}

/// For somebody in danger from themselves: plain words and numbers of every country, without another page to load.
#[derive(Template)]
#[template(path = "danger.html")]
pub struct Danger {
    b: Base,
    html: Html,
    after: Html,
    parts: Vec<Part<Vec<LineView>>>,
    go_on: Option<Onward>,
}

impl Danger {
    /// The page to read.
    pub fn page(content: &Content, look: &Look, language: Language) -> Self {
        let page = content.page("danger", language).cloned().unwrap_or_default();
        let urgent = |country: &Country| {
            let lines = [Kind::Emergency, Kind::Suicide].into_iter().flat_map(|kind| country.of(kind));
            (country.name.in_language(language).to_owned(), lines.map(|line| LineView::of(line, language)).collect::<Vec<_>>())
        };
        let mut parts: Vec<Part<Vec<LineView>>> = parts(content, language)
            .into_iter()
            .map(|(heading, countries)| (heading, countries.into_iter().map(urgent).filter(|(_, lines)| !lines.is_empty()).collect()))
            .collect();
        if let Some((_, last)) = parts.last_mut() {
            last.extend(content.countries.iter().filter(|country| country.wide()).map(urgent).filter(|(_, lines)| !lines.is_empty()));
        }
        Self { b: Base::new(look, language, "danger", page.title), html: page.html, after: page.after, parts, go_on: None }
    }

    /// The same page as the answer to a check, from which one can go on.
    #[must_use]
    pub fn answering(mut self, rest: &str, go_on: Onward) -> Self {
        for part in [&mut self.html, &mut self.after] {
            *part = with_notes(part, self.b.l.language(), |_| false);
        }
        self.b = Base { rest: rest.to_owned(), ..self.b }.posted();
        self.go_on = Some(go_on);
        self
    }
}
