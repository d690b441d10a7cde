//! Dates and times as people write them, in English and Spanish.
//!
//! Day before month everywhere (`3/11/2026` is the third of November); year first only as ISO writes it. A two-digit
//! year is refused: on an order or a birth date a guessed century does harm.

use jiff::civil::{Date, Time};
use thiserror::Error;

/// Why something written is no date.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DateRefused {
    /// Nothing was written.
    #[error("no date was written")]
    Empty,
    /// It has none of the known shapes.
    #[error("`{0}` is no date; write it as 23/11/2026, 23 Nov 2026 or 2026-11-23")]
    Shape(String),
    /// The year has two digits, and a century would have to be guessed.
    #[error("write the year with four digits, not `{0}`")]
    ShortYear(String),
    /// No month is called that in English or Spanish.
    #[error("no month is called `{0}`")]
    UnknownMonth(String),
    /// Months run from 1 to 12. Someone who writes the month first is told so by this.
    #[error("there is no month {0}; the day is written before the month")]
    MonthOutOfRange(i16),
    /// That month of that year has no such day.
    #[error("month {month} of {year} has no day {day}")]
    NoSuchDay {
        /// The day written.
        day: i16,
        /// The month written, 1 to 12.
        month: i8,
        /// The year written.
        year: i16,
    },
    /// A year outside 1900 to 2199 is a slip of the pen.
    #[error("the year {0} is not plausible")]
    YearOutOfRange(i16),
}

/// Why something written is no time of day.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TimeRefused {
    /// Nothing was written.
    #[error("no time was written")]
    Empty,
    /// It has none of the known shapes.
    #[error("`{0}` is no time; write it as 18:00 or 6 pm")]
    Shape(String),
    /// A day has hours 0 to 23 (1 to 12 with am or pm) and minutes 0 to 59.
    #[error("there is no time `{0}`")]
    OutOfRange(String),
}

const MONTHS: [[&str; 3]; 12] = [
    ["january", "enero", "ene"],
    ["february", "febrero", "feb"],
    ["march", "marzo", "mar"],
    ["april", "abril", "abr"],
    ["may", "mayo", "may"],
    ["june", "junio", "jun"],
    ["july", "julio", "jul"],
    ["august", "agosto", "ago"],
    ["september", "septiembre", "setiembre"],
    ["october", "octubre", "oct"],
    ["november", "noviembre", "nov"],
    ["december", "diciembre", "dic"],
];

/// Reads a date: `2026-11-23`, `23/11/2026`, `23-11-2026`, `23.11.2026`, `23 Nov 2026`, `23 de noviembre de 2026`,
/// `November 23, 2026`.
pub fn parse_date(written: &str) -> Result<Date, DateRefused> {
    let lower = written.trim().to_lowercase();
    if lower.is_empty() {
        return Err(DateRefused::Empty);
    }
    let shape = || DateRefused::Shape(written.trim().chars().take(40).collect());
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '-' | '.' | ','))
        .filter(|word| !matches!(*word, "" | "de" | "del" | "of"))
        .collect();
    let [first, second, third] = *words.as_slice() else { return Err(shape()) };
    if !lower.chars().all(|c| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '/' | '-' | '.' | ',')) {
        return Err(shape());
    }
    if first.len() == 4 && is_digits(first) {
        return civil(number(first), number(second), number(third), &shape);
    }
    if !is_digits(ordinal(first)) {
        let month = month_named(first)?;
        return civil(year(third, &shape)?, Some(month), number(ordinal(second)), &shape);
    }
    let month = if is_digits(second) { number(second) } else { Some(month_named(second)?) };
    civil(year(third, &shape)?, month, number(ordinal(first)), &shape)
}

fn is_digits(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn number(word: &str) -> Option<i16> {
    if is_digits(word) && word.len() <= 4 { word.parse().ok() } else { None }
}

fn ordinal(word: &str) -> &str {
    ["st", "nd", "rd", "th", "º"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word)
}

fn year(word: &str, shape: &impl Fn() -> DateRefused) -> Result<Option<i16>, DateRefused> {
    match word.trim_start_matches(['\'', '’']) {
        short if is_digits(short) && short.len() < 4 => Err(DateRefused::ShortYear(short.to_owned())),
        long if long.len() == 4 => Ok(number(long)),
        _ => Err(shape()),
    }
}

/// The month with this English or Spanish name or an abbreviation of at least three letters of one.
fn month_named(word: &str) -> Result<i16, DateRefused> {
    let unknown = || DateRefused::UnknownMonth(word.chars().take(20).collect());
    if word.chars().count() < 3 {
        return Err(unknown());
    }
    (1_i16..).zip(MONTHS).find(|(_, names)| names.iter().any(|name| name.starts_with(word))).map(|(n, _)| n).ok_or_else(unknown)
}

fn civil(year: Option<i16>, month: Option<i16>, day: Option<i16>, shape: &impl Fn() -> DateRefused) -> Result<Date, DateRefused> {
    let (Some(year), Some(month), Some(day)) = (year, month, day) else { return Err(shape()) };
    if !(1900..=2199).contains(&year) {
        return Err(DateRefused::YearOutOfRange(year));
    }
    let out = DateRefused::MonthOutOfRange(month);
    let month = i8::try_from(month).ok().filter(|month| (1..=12).contains(month)).ok_or(out)?;
    let no_day = DateRefused::NoSuchDay { day, month, year };
    let Ok(day) = i8::try_from(day) else { return Err(no_day) };
    Date::new(year, month, day).map_err(|_| no_day)
}

/// Reads a time of day: `18:00`, `18.00`, `18h`, `18h30`, `18 h`, `6 pm`, `6:30 p. m.`, `1800`.
pub fn parse_time(written: &str) -> Result<Time, TimeRefused> {
    let quoted = || written.trim().chars().take(20).collect::<String>();
    let compact: String = written.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    if compact.is_empty() {
        return Err(TimeRefused::Empty);
    }
    let (clock, half) = split_half(&compact);
    let clock = ["hrs", "hs", "h"].iter().find_map(|end| clock.strip_suffix(end)).unwrap_or(clock);
    let (hours, minutes) = match clock.split_once([':', '.', 'h']) {
        Some((hours, minutes)) if minutes.len() == 2 => (hours, minutes),
        Some(_) => return Err(TimeRefused::Shape(quoted())),
        None if clock.len() == 4 && is_digits(clock) => clock.split_at(2),
        None => (clock, "0"),
    };
    if !is_digits(hours) || !is_digits(minutes) || hours.len() > 2 {
        return Err(TimeRefused::Shape(quoted()));
    }
    let out = || TimeRefused::OutOfRange(quoted());
    let hours: i8 = hours.parse().map_err(|_| out())?;
    let minutes: i8 = minutes.parse().map_err(|_| out())?;
    let hours = match half {
        None => hours,
        Some(_) if !(1..=12).contains(&hours) => return Err(out()),
        Some(Half::Morning) => hours % 12,
        Some(Half::Afternoon) => hours % 12 + 12,
    };
    Time::new(hours, minutes, 0, 0).map_err(|_| out())
}

#[derive(Clone, Copy)]
enum Half {
    Morning,
    Afternoon,
}

fn split_half(compact: &str) -> (&str, Option<Half>) {
    let endings = [("a.m.", Half::Morning), ("am", Half::Morning), ("p.m.", Half::Afternoon), ("pm", Half::Afternoon)];
    endings.iter().find_map(|(end, half)| compact.strip_suffix(end).map(|clock| (clock, Some(*half)))).unwrap_or((compact, None))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails loudly")]
mod tests {
    use jiff::civil::{date, time};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_same_day_in_many_hands() {
        let hands = [
            "2026-11-23",
            "23/11/2026",
            "23-11-2026",
            "23.11.2026",
            " 23 Nov 2026 ",
            "23 November 2026",
            "23 nov 2026",
            "23 nov. 2026",
            "23 NOVIEMBRE 2026",
            "23 de noviembre de 2026",
            "23 de noviembre del 2026",
            "23-nov-2026",
            "November 23, 2026",
            "23rd of November 2026",
            "2026/11/23",
        ];
        for hand in hands {
            assert_eq!(parse_date(hand), Ok(date(2026, 11, 23)), "{hand}");
        }
        assert_eq!(parse_date("1 de enero de 2026"), Ok(date(2026, 1, 1)));
        assert_eq!(parse_date("3 ago 2026"), Ok(date(2026, 8, 3)));
        assert_eq!(parse_date("3 sept 2026"), Ok(date(2026, 9, 3)));
        assert_eq!(parse_date("3/11/2026"), Ok(date(2026, 11, 3)));
    }

    #[test]
    fn each_slip_has_its_own_answer() {
        assert_eq!(parse_date("  "), Err(DateRefused::Empty));
        assert_eq!(parse_date("23/11/26"), Err(DateRefused::ShortYear("26".into())));
        assert_eq!(parse_date("23 nov 26"), Err(DateRefused::ShortYear("26".into())));
        assert_eq!(parse_date("23 brumaire 2026"), Err(DateRefused::UnknownMonth("brumaire".into())));
        assert_eq!(parse_date("11/23/2026"), Err(DateRefused::MonthOutOfRange(23)));
        assert_eq!(parse_date("29/02/2026"), Err(DateRefused::NoSuchDay { day: 29, month: 2, year: 2026 }));
        assert_eq!(parse_date("2026-02-31"), Err(DateRefused::NoSuchDay { day: 31, month: 2, year: 2026 }));
        assert_eq!(parse_date("01/01/1066"), Err(DateRefused::YearOutOfRange(1066)));
        for shapeless in ["tomorrow", "23/11", "2026-11-23T10:00", "23/11/2026/1", "20261123", "23<11>2026"] {
            assert!(matches!(parse_date(shapeless), Err(DateRefused::Shape(_))), "{shapeless}");
        }
    }

    #[test]
    fn the_same_hour_in_many_hands() {
        for hand in ["18:00", "18.00", "6 pm", "6PM", "18h", "18 h", "18h00", "1800", "6:00 p. m.", "18"] {
            assert_eq!(parse_time(hand), Ok(time(18, 0, 0, 0)), "{hand}");
        }
        assert_eq!(parse_time("9:30"), Ok(time(9, 30, 0, 0)));
        assert_eq!(parse_time("12 am"), Ok(time(0, 0, 0, 0)));
        assert_eq!(parse_time("12 pm"), Ok(time(12, 0, 0, 0)));
    }

    #[test]
    fn no_such_hour() {
        assert_eq!(parse_time(""), Err(TimeRefused::Empty));
        for out in ["25:00", "18:60", "13 pm", "0 am"] {
            assert!(matches!(parse_time(out), Err(TimeRefused::OutOfRange(_))), "{out}");
        }
        for shape in ["noon", "18:0", "18:000", "-1:00", "1:2:3", "h"] {
            assert!(matches!(parse_time(shape), Err(TimeRefused::Shape(_))), "{shape}");
        }
    }

    proptest! {
        #[test]
        fn nothing_written_panics(written in "\\PC{0,24}") {
            let _ = parse_date(&written);
            let _ = parse_time(&written);
        }

        #[test]
        fn every_day_written_in_a_known_way_is_read_back(days in 0_i32..100_000, month in 0_usize..3) {
            let day = date(1900, 1, 1).saturating_add(jiff::Span::new().days(days));
            let name = MONTHS[usize::try_from(day.month()).unwrap() - 1][month];
            prop_assert_eq!(parse_date(&day.to_string()), Ok(day));
            prop_assert_eq!(parse_date(&format!("{}/{}/{}", day.day(), day.month(), day.year())), Ok(day));
            prop_assert_eq!(parse_date(&format!("{} de {name} de {}", day.day(), day.year())), Ok(day));
        }
    }
}
