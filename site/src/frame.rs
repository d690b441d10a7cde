//! The whole page around what a feature shows: head, navigation, signed-in person, languages, message, foot.
//!
//! Templates say `{% extends "frame.html" %}` and have a field `frame: Frame`.

use askama::Template;

use crate::assets;
use crate::language::{L, Language};
use crate::parts::{Html, html};

/// A link of the main navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavItem {
    /// Words of the link.
    pub label: String,
    /// Where it goes.
    pub href: String,
    /// Whether the page shown belongs to it.
    pub current: bool,
    /// Letter that goes there after `g`; a space for none.
    pub key: char,
}

impl NavItem {
    /// A link that is current when `path` is at or below `href`.
    pub fn new(label: impl Into<String>, href: impl Into<String>, path: &str) -> Self {
        let href = href.into();
        let below = path.strip_prefix(href.as_str()).is_some_and(|r| r.is_empty() || r.starts_with(['/', '?']));
        Self { label: label.into(), href, current: below, key: ' ' }
    }

    /// The same with a letter for the keyboard.
    #[must_use]
    pub fn key(mut self, key: char) -> Self {
        self.key = key;
        self
    }
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserBadge {
    /// Name as shown.
    pub name: String,
    /// Their role or place, small beside the name; may be empty.
    pub note: String,
    /// Their own page; empty for none.
    pub href: String,
    /// Where the sign-out form is posted.
    pub sign_out: String,
}

/// How a message or a tag is meant. The words must say it too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    /// Neither.
    #[default]
    Plain,
    /// Done, well.
    Good,
    /// Wants attention.
    Late,
}

impl Mood {
    /// The class of the style sheet.
    pub fn class(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Good => "ok",
            Self::Late => "late",
        }
    }
}

/// A message shown once, after a redirect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flash {
    /// How it is meant.
    pub mood: Mood,
    /// What it says, in the reader's language.
    pub text: String,
}

/// Everything around a page. Build it with [`Frame::new`], then set what the page has.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The reader's words.
    pub l: L,
    /// Title of the page, without the product's name.
    pub title: String,
    /// Path and query of this page, to come back to after switching language.
    pub path: String,
    /// Product's name, shown at the top left.
    pub product: String,
    /// Where the product's name leads.
    pub home: String,
    /// Main navigation; empty shows none.
    pub nav: Vec<NavItem>,
    /// Who is signed in.
    pub user: Option<UserBadge>,
    /// Where the search box sends `q` (GET); empty shows none.
    pub search: String,
    /// What was searched for.
    pub searched: String,
    /// Where the language form posts `language` and `to`; empty shows none.
    pub language_action: String,
    /// A message shown once.
    pub flash: Option<Flash>,
    /// Classes of `body`: `""`, `"report"`, `"calm"`.
    pub body: String,
    /// Where style and script files are served.
    pub assets: String,
    /// Whether script files are linked (the self-help site has none).
    pub scripts: bool,
    /// `"light"`, `"dark"`, or empty to follow the reader's system.
    pub theme: String,
}

#[derive(Template)]
#[template(path = "parts/head.html")]
struct Head<'a> {
    frame: &'a Frame,
    style: String,
    scripts: Vec<String>,
}

#[derive(Template)]
#[template(path = "parts/top.html")]
struct Top<'a> {
    frame: &'a Frame,
    l: L,
}

#[derive(Template)]
#[template(path = "parts/foot.html")]
struct Foot<'a> {
    frame: &'a Frame,
    l: L,
    languages: Vec<Language>,
}

impl Frame {
    /// A frame with nothing in it but words, a title and where we are.
    pub fn new(l: L, title: impl Into<String>, path: impl Into<String>) -> Self {
        Self {
            l,
            title: title.into(),
            path: path.into(),
            product: "Fairway".to_owned(),
            home: "/".to_owned(),
            nav: Vec::new(),
            user: None,
            search: String::new(),
            searched: String::new(),
            language_action: String::new(),
            flash: None,
            body: String::new(),
            assets: "/assets/".to_owned(),
            scripts: true,
            theme: String::new(),
        }
    }

    /// Links to style and script files, for `<head>`.
    pub fn head(&self) -> Html {
        let link = |name: &str| format!("{}{}", self.assets, assets::versioned(name));
        let scripts = if self.scripts { assets::scripts().map(link).collect() } else { Vec::new() };
        html(&Head { frame: self, style: link("fairway.css"), scripts })
    }

    /// Skip link, bar and message.
    pub fn top(&self) -> Html {
        html(&Top { frame: self, l: self.l })
    }

    /// Foot with languages, and the help on keys.
    pub fn foot(&self) -> Html {
        html(&Foot { frame: self, l: self.l, languages: Language::all() })
    }

    /// Links that a letter after `g` leads to.
    pub fn keyed(&self) -> impl Iterator<Item = &NavItem> {
        self.nav.iter().filter(|n| n.key != ' ')
    }
}
