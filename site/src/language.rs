//! The languages people read Fairway in.
//!
//! A language is a folder of Fluent files under `content/locales`; all files of a folder make one bundle, built
//! once. A third language needs a folder and nothing else: compiled in, or in the `locales` of a content folder. Dates and numbers are written by ICU for the message
//! `language-tag` of the folder (`en-GB`, `es-ES`).

mod calendar;
mod catalogue;
mod check;
mod negotiate;

use std::borrow::Cow;
use std::path::Path;
use std::{fmt, io};

use fluent_bundle::{FluentArgs, FluentValue};

use crate::given::Given;
use catalogue::Catalogue;

pub use check::{IdDifference, differences, faults, ids_used_in};

/// One of the languages that has a folder in `content/locales`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Language(&'static str);

impl Language {
    /// English, the language fallen back to.
    pub const EN: Self = Self("en");
    /// Spanish.
    pub const ES: Self = Self("es");

    /// Reads only the files of these names (`"site"`, without ending) in each language's folder. For a program that shows little
    /// and should be small; say it before anything is shown.
    pub fn read_only(names: &'static [&'static str]) {
        catalogue::choose(names);
    }

    /// Reads the languages of a content folder too (`locales/CODE/*.ftl`): new ones are added, and a file stands in the place of the one
    /// of the same name that the program carries. Say it before anything is shown. An error names the file that cannot be read.
    pub fn read_also(content: &Path) -> io::Result<()> {
        catalogue::bring(content)
    }

    /// Every language there is, English first, the rest by code.
    pub fn all() -> Vec<Self> {
        catalogue::all().iter().map(|c| Self(c.code)).collect()
    }

    /// The language of a code (`"es"`, `"es-MX"`), if there is one.
    pub fn parse(code: &str) -> Option<Self> {
        let head = code.split(['-', '_']).next()?.trim().to_ascii_lowercase();
        Self::all().into_iter().find(|l| l.0 == head)
    }

    /// The best language for the value of an `Accept-Language` header; English when none fits or it is absent.
    pub fn negotiate(accept_language: Option<&str>) -> Self {
        negotiate::best(accept_language.unwrap_or_default())
    }

    /// Its code, as stored and as written in the `lang` attribute: `"en"`.
    pub fn code(self) -> &'static str {
        self.0
    }

    /// Its own name in itself: "Español".
    pub fn name(self) -> Cow<'static, str> {
        L::new(self).t("language-name")
    }

    /// Its words.
    pub fn words(self) -> L {
        L::new(self)
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// A value put into a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// Text, put in as it is.
    Text(String),
    /// A whole number; plural forms are chosen by it.
    Whole(i64),
}

macro_rules! arg_from {
    ($($kind:ty),*) => { $(
        impl From<$kind> for Arg {
            fn from(value: $kind) -> Self {
                Given::<Arg>::given(&value)
            }
        }
    )* };
}
arg_from!(&str, String, &String, Cow<'_, str>, i8, i16, i32, i64, isize, u8, u16, u32, u64, usize);

/// The words of one language: what every page, form and chart speaks with. Copy it freely.
#[derive(Clone, Copy)]
pub struct L {
    catalogue: &'static Catalogue,
}

impl L {
    /// The words of a language.
    pub fn new(language: Language) -> Self {
        Self { catalogue: catalogue::of(language.0) }
    }

    /// Which language this is.
    pub fn language(&self) -> Language {
        Language(self.catalogue.code)
    }

    /// The code for a `lang` attribute.
    pub fn code(&self) -> &'static str {
        self.catalogue.code
    }

    /// The message of this id: in English where the language has none, and an id nobody knows is shown as itself; checks find both.
    pub fn t(&self, id: &str) -> Cow<'static, str> {
        self.message(id, None)
    }

    /// The message with its arguments: `l.with("waiting-days", &[("days", 3.into())])`.
    pub fn with(&self, id: &str, args: &[(&str, Arg)]) -> Cow<'static, str> {
        let mut fluent = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            let value = match value {
                Arg::Text(text) => FluentValue::from(text.clone()),
                Arg::Whole(number) => FluentValue::from(*number),
            };
            fluent.set((*name).to_owned(), value);
        }
        self.message(id, Some(&fluent))
    }

    /// The message with one argument, for templates: `l.t1("waiting-days", "days", row.days)`.
    pub fn t1(&self, id: &str, name: &str, value: impl Given<Arg>) -> Cow<'static, str> {
        self.with(id, &[(name, value.given())])
    }

    /// The message with two arguments, for templates.
    pub fn t2(&self, id: &str, name: &str, value: impl Given<Arg>, other: &str, other_value: impl Given<Arg>) -> Cow<'static, str> {
        self.with(id, &[(name, value.given()), (other, other_value.given())])
    }

    /// The message with three arguments, for templates: pairs of name and value.
    #[expect(clippy::too_many_arguments, reason = "templates cannot write slices of pairs")]
    pub fn t3(
        &self,
        id: &str,
        name: &str,
        value: impl Given<Arg>,
        second: &str,
        second_value: impl Given<Arg>,
        third: &str,
        third_value: impl Given<Arg>,
    ) -> Cow<'static, str> {
        let args = [(name, value.given()), (second, second_value.given()), (third, third_value.given())];
        self.with(id, &args)
    }

    /// Whether this language has a message of this id.
    pub fn has(&self, id: &str) -> bool {
        self.catalogue.bundle.has_message(id)
    }

    fn message(&self, id: &str, args: Option<&FluentArgs<'_>>) -> Cow<'static, str> {
        let pattern_in = |catalogue: &'static Catalogue| Some((&catalogue.bundle, catalogue.bundle.get_message(id)?.value()?));
        let Some((bundle, pattern)) = pattern_in(self.catalogue).or_else(|| pattern_in(catalogue::of(Language::EN.0))) else {
            return Cow::Owned(id.to_owned());
        };
        let mut errors = Vec::new();
        match bundle.format_pattern(pattern, args, &mut errors) {
            Cow::Borrowed(text) if args.is_none() => Cow::Owned(text.to_owned()),
            text => Cow::Owned(text.into_owned()),
        }
    }
}

impl fmt::Debug for L {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "L({})", self.catalogue.code)
    }
}

impl PartialEq for L {
    fn eq(&self, other: &Self) -> bool {
        self.catalogue.code == other.catalogue.code
    }
}

#[cfg(test)]
mod tests;
