//! Reading fields: each reader gives the value or records one fault.

use std::ops::RangeInclusive;

use jiff::civil::{Date, Time};
use unicode_normalization::UnicodeNormalization;
use uuid::Uuid;

use super::{Form, Need, Problem};
use crate::language::Arg;

impl Form {
    /// One line of text: trimmed, NFC, line breaks and runs of space become one space.
    ///
    /// Control characters are a fault; emoji and every script are fine. `max` counts characters.
    pub fn text(&mut self, name: &str, need: Need, max: usize) -> Option<String> {
        let value = self.value(name).split_whitespace().collect::<Vec<_>>().join(" ");
        self.checked(name, need, max, &value)
    }

    /// Text of several lines: trimmed at both ends, NFC, line ends become `\n`, tabs stay.
    pub fn long_text(&mut self, name: &str, need: Need, max: usize) -> Option<String> {
        let value = self.value(name).replace("\r\n", "\n").replace('\r', "\n");
        let value = value.trim().to_owned();
        self.checked(name, need, max, &value)
    }

    /// An e-mail address, judged only by its shape (something, one @, something with a dot or a host).
    pub fn email(&mut self, name: &str, need: Need) -> Option<String> {
        let text = self.text(name, need, 254)?;
        let sound = text
            .split_once('@')
            .is_some_and(|(who, host)| !who.is_empty() && !host.is_empty() && !host.contains('@') && !text.contains(' '));
        if !sound {
            self.fault(name, Problem::new("form-fault-email"));
            return None;
        }
        Some(text)
    }

    /// A date in ISO form (`2026-11-23`), as browsers send it.
    pub fn date(&mut self, name: &str, need: Need) -> Option<Date> {
        self.date_with(name, need, |text| text.parse().ok())
    }

    /// A date as people write it; `parse` is the reader of dates to use.
    pub fn date_with(&mut self, name: &str, need: Need, parse: impl Fn(&str) -> Option<Date>) -> Option<Date> {
        self.parsed(name, need, "form-fault-date", parse)
    }

    /// A time of day: `17:30`, `9.15`, `9:15`, `17h30`.
    pub fn time(&mut self, name: &str, need: Need) -> Option<Time> {
        self.parsed(name, need, "form-fault-time", |text| {
            let (hour, minute) = text.split_once([':', '.', 'h'])?;
            let minute = minute.split(':').next()?;
            Time::new(hour.trim().parse().ok()?, minute.trim().parse().ok()?, 0, 0).ok()
        })
    }

    /// A whole number within a range.
    pub fn whole(&mut self, name: &str, need: Need, range: RangeInclusive<i64>) -> Option<i64> {
        let number = self.parsed(name, need, "form-fault-number", |text| text.parse::<i64>().ok())?;
        if !range.contains(&number) {
            let problem = Problem::new("form-fault-range").arg("min", Arg::Whole(*range.start())).arg("max", Arg::Whole(*range.end()));
            self.fault(name, problem);
            return None;
        }
        Some(number)
    }

    /// One of the answers offered.
    pub fn choice<S: AsRef<str>>(&mut self, name: &str, need: Need, allowed: &[S]) -> Option<String> {
        let value = self.value(name).trim().to_owned();
        if value.is_empty() {
            self.missing(name, need);
            return None;
        }
        if !allowed.iter().any(|a| a.as_ref() == value) {
            self.fault(name, Problem::new("form-fault-choice"));
            return None;
        }
        Some(value)
    }

    /// One of the answers offered, read into a type by its own parser.
    pub fn choice_as<T>(&mut self, name: &str, need: Need, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.parsed(name, need, "form-fault-choice", parse)
    }

    /// Several of the answers offered, in the order sent, without repeats. An answer not offered is a fault.
    pub fn many<S: AsRef<str>>(&mut self, name: &str, allowed: &[S]) -> Vec<String> {
        let mut picked: Vec<String> = Vec::new();
        let mut stranger = false;
        for value in self.values(name).filter(|v| !v.is_empty()) {
            if !allowed.iter().any(|a| a.as_ref() == value) {
                stranger = true;
            } else if !picked.iter().any(|p| p == value) {
                picked.push(value.to_owned());
            }
        }
        if stranger {
            self.fault(name, Problem::new("form-fault-choice"));
        }
        picked
    }

    /// A reference to a record by its id; malformed is a fault.
    pub fn reference(&mut self, name: &str, need: Need) -> Option<Uuid> {
        self.parsed(name, need, "form-fault-reference", |text| Uuid::try_parse(text).ok())
    }

    fn missing(&mut self, name: &str, need: Need) {
        if need == Need::Required {
            self.fault(name, Problem::new("form-fault-missing"));
        }
    }

    fn parsed<T>(&mut self, name: &str, need: Need, fault: &'static str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = self.value(name).trim().to_owned();
        if text.is_empty() {
            self.missing(name, need);
            return None;
        }
        let value = parse(&text);
        if value.is_none() {
            self.fault(name, Problem::new(fault));
        }
        value
    }

    fn checked(&mut self, name: &str, need: Need, max: usize, value: &str) -> Option<String> {
        let value: String = value.nfc().collect();
        if value.is_empty() {
            self.missing(name, need);
            return None;
        }
        if value.chars().any(is_unshowable) {
            self.fault(name, Problem::new("form-fault-control"));
            return None;
        }
        let length = value.chars().count();
        if length > max {
            let problem = Problem::new("form-fault-too-long").arg("length", length).arg("max", max);
            self.fault(name, problem);
            return None;
        }
        Some(value)
    }
}

/// Control characters except line feed and tab, and characters that are none. Marks of direction are kept: names in
/// right-to-left scripts need them.
fn is_unshowable(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{fffe}' | '\u{ffff}')
}
