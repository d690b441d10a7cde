//! Dates, times, numbers and lists as a language writes them (ICU).

use std::borrow::Cow;
use std::cmp::Ordering;

use icu::collator::options::CollatorOptions;
use icu::collator::{Collator, CollatorBorrowed};
use icu::datetime::DateTimeFormatter;
use icu::datetime::fieldsets::{E, M, MDE, YM, YMD};
use icu::datetime::input::Date as IcuDate;
use icu::decimal::DecimalFormatter;
use icu::decimal::input::Decimal;
use icu::decimal::options::DecimalFormatterOptions;
use icu::list::ListFormatter;
use icu::list::options::{ListFormatterOptions, ListLength};
use icu::locale::Locale;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::{Arg, L};
use crate::given::Given;

/// The formatters of one language. A formatter ICU has no data for is `None`; then ISO is written.
pub(super) struct Writer {
    date: Option<DateTimeFormatter<YMD>>,
    date_long: Option<DateTimeFormatter<YMD>>,
    day: Option<DateTimeFormatter<MDE>>,
    weekday: Option<DateTimeFormatter<E>>,
    month: Option<DateTimeFormatter<M>>,
    month_year: Option<DateTimeFormatter<YM>>,
    number: Option<DecimalFormatter>,
    list: Option<ListFormatter>,
    collator: Option<CollatorBorrowed<'static>>,
}

impl Writer {
    pub(super) fn new(tag: &str) -> Self {
        let locale: Locale = tag.parse().unwrap_or(Locale::UNKNOWN);
        let list = ListFormatterOptions::default().with_length(ListLength::Wide);
        Self {
            date: DateTimeFormatter::try_new((&locale).into(), YMD::medium()).ok(),
            date_long: DateTimeFormatter::try_new((&locale).into(), YMD::long()).ok(),
            day: DateTimeFormatter::try_new((&locale).into(), MDE::medium()).ok(),
            weekday: DateTimeFormatter::try_new((&locale).into(), E::long()).ok(),
            month: DateTimeFormatter::try_new((&locale).into(), M::medium()).ok(),
            month_year: DateTimeFormatter::try_new((&locale).into(), YM::long()).ok(),
            number: DecimalFormatter::try_new((&locale).into(), DecimalFormatterOptions::default()).ok(),
            list: ListFormatter::try_new_and((&locale).into(), list).ok(),
            collator: Collator::try_new((&locale).into(), CollatorOptions::default()).ok(),
        }
    }

    fn decimal(&self, decimal: &Decimal) -> String {
        self.number.as_ref().map_or_else(|| decimal.to_string(), |n| n.format_to_string(decimal))
    }
}

/// Writes a date with one of the formatters, or ISO.
macro_rules! written {
    ($self:ident, $formatter:ident, $date:expr) => {{
        let date: Date = $date.given();
        let icu = IcuDate::try_new_iso(i32::from(date.year()), date.month().unsigned_abs(), date.day().unsigned_abs());
        match (&$self.catalogue.writer.$formatter, icu) {
            (Some(formatter), Ok(icu)) => formatter.format(&icu).to_string(),
            _ => date.to_string(),
        }
    }};
}

impl L {
    /// A date, short: "23 Nov 2026", "23 nov 2026".
    pub fn date(&self, on: impl Given<Date>) -> String {
        written!(self, date, on)
    }

    /// A date, long: "23 November 2026", "23 de noviembre de 2026".
    pub fn date_long(&self, on: impl Given<Date>) -> String {
        written!(self, date_long, on)
    }

    /// A day of this year: "Mon 23 Nov", "lun, 23 nov".
    pub fn day(&self, on: impl Given<Date>) -> String {
        written!(self, day, on)
    }

    /// The day of the week: "Monday", "lunes".
    pub fn weekday(&self, on: impl Given<Date>) -> String {
        written!(self, weekday, on)
    }

    /// The month, short: "Nov", "nov".
    pub fn month(&self, on: impl Given<Date>) -> String {
        written!(self, month, on)
    }

    /// Month and year: "November 2026", "noviembre de 2026".
    pub fn month_year(&self, on: impl Given<Date>) -> String {
        written!(self, month_year, on)
    }

    /// A time of day on 24 hours: "17:30".
    pub fn time(&self, at: impl Given<Time>) -> String {
        let at = at.given();
        format!("{:02}:{:02}", at.hour(), at.minute())
    }

    /// An instant in a time zone: "23 Nov 2026, 17:30".
    pub fn instant(&self, at: impl Given<Timestamp>, zone: &TimeZone) -> String {
        let local = zone.to_datetime(at.given());
        format!("{}, {}", self.date(local.date()), self.time(local.time()))
    }

    /// A whole number with separators: "12,345", "12.345".
    pub fn number(&self, number: impl Given<i64>) -> String {
        self.catalogue.writer.decimal(&Decimal::from(number.given()))
    }

    /// A number with this many decimals: "0.54", "0,54". Not a number is "–".
    pub fn decimal(&self, number: impl Given<f64>, decimals: usize) -> String {
        let number = number.given();
        let rounded = format!("{number:.decimals$}");
        match Decimal::try_from_str(&rounded) {
            Ok(decimal) if number.is_finite() => self.catalogue.writer.decimal(&decimal),
            _ => "–".to_owned(),
        }
    }

    /// A share from 0 to 1 as whole per cent: "62%", "62 %".
    pub fn percent(&self, share: impl Given<f64>) -> String {
        let number = self.decimal(share.given() * 100.0, 0);
        self.with("percent", &[("number", number.into())]).into_owned()
    }

    /// "A, B and C", "A, B y C".
    pub fn list<S: AsRef<str>>(&self, items: &[S]) -> String {
        let items = items.iter().map(|item| Cow::Borrowed(item.as_ref()));
        match &self.catalogue.writer.list {
            Some(list) => list.format_to_string(items),
            None => items.collect::<Vec<_>>().join(", "),
        }
    }

    /// Days from today: "today", "tomorrow", "in 12 days", "2 days ago".
    pub fn relative_days(&self, days: impl Given<i64>) -> Cow<'static, str> {
        match days.given() {
            0 => self.t("day-today"),
            1 => self.t("day-tomorrow"),
            -1 => self.t("day-yesterday"),
            days if days > 0 => self.with("days-ahead", &[("days", Arg::Whole(days))]),
            days => self.with("days-ago", &[("days", Arg::Whole(days.saturating_neg()))]),
        }
    }

    /// The order of two names as this language's dictionary has it: "Álvarez" before "Bravo".
    pub fn order(&self, one: &str, other: &str) -> Ordering {
        match &self.catalogue.writer.collator {
            Some(collator) => collator.compare(one, other),
            None => one.cmp(other),
        }
    }
}
