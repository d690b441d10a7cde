//! One file while it is being checked: its text, and the faults found in it so far by byte place.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use super::fault::Fault;

/// Largest file that is read, in bytes. The longest real definition is a twentieth of it.
const LARGEST: usize = 1024 * 1024;
/// Faults kept for one file; a file with more is not a programme, and the rest is counted.
const MOST_FAULTS: usize = 500;
/// Characters of the source line shown before and after the place.
const SHOWN_BEFORE: usize = 60;
const SHOWN_AFTER: usize = 100;

/// A file that could be read as text.
pub(crate) struct Source<'a> {
    pub(crate) file: &'a str,
    /// Without a byte order mark.
    pub(crate) text: &'a str,
    found: RefCell<Vec<Found>>,
    beyond: Cell<usize>,
}

struct Found {
    span: Range<usize>,
    code: &'static str,
    message: String,
    help: String,
}

impl<'a> Source<'a> {
    /// The file as text, or the fault that keeps it from being one.
    pub(crate) fn open(file: &'a str, bytes: &'a [u8]) -> Result<Self, Box<Fault>> {
        if bytes.len() > LARGEST {
            let message = format!("the file has {} bytes", bytes.len());
            let help = format!("a programme's file has at most {LARGEST} bytes; is this the right file?");
            return Err(Box::new(without_text(file, "file-too-large", message, help)));
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Self::of(file, text.strip_prefix('\u{feff}').unwrap_or(text))),
            Err(error) => Err(Box::new(bad_utf8(file, bytes, error.valid_up_to()))),
        }
    }

    fn of(file: &'a str, text: &'a str) -> Self {
        Self { file, text, found: RefCell::default(), beyond: Cell::new(0) }
    }

    /// Notes a fault at a byte range of the text.
    pub(crate) fn fault(&self, span: Range<usize>, code: &'static str, message: impl Into<String>, help: impl Into<String>) {
        let mut found = self.found.borrow_mut();
        if found.len() >= MOST_FAULTS {
            self.beyond.set(self.beyond.get() + 1);
            return;
        }
        found.push(Found { span, code, message: message.into(), help: help.into() });
    }

    /// How many faults were found so far.
    pub(crate) fn found(&self) -> usize {
        self.found.borrow().len()
    }

    /// Keeps only the faults that `keep` says; asked with the byte range and the code.
    pub(crate) fn retain(&self, keep: impl Fn(&Range<usize>, &'static str) -> bool) {
        self.found.borrow_mut().retain(|found| keep(&found.span, found.code));
    }

    /// The faults with lines and columns, in the order of the file.
    pub(crate) fn finish(self) -> Vec<Fault> {
        let mut found = self.found.into_inner();
        found.sort_by(|a, b| (a.span.start, a.code, &a.message).cmp(&(b.span.start, b.code, &b.message)));
        found.dedup_by(|a, b| a.span == b.span && a.code == b.code && a.message == b.message);
        let mut walk = Walk { text: self.text, line: 1, line_start: 0, at: 0 };
        let mut faults: Vec<Fault> = found.into_iter().map(|found| walk.place(self.file, found)).collect();
        if self.beyond.get() > 0 {
            let end = self.text.len()..self.text.len();
            let message = format!("and {} more faults, which are not listed", self.beyond.get());
            let help = "correct the ones above and check again".to_owned();
            faults.push(walk.place(self.file, Found { span: end, code: "too-many-faults", message, help }));
        }
        faults
    }
}

/// Walks the text once while faults are placed in ascending order.
struct Walk<'a> {
    text: &'a str,
    line: usize,
    line_start: usize,
    at: usize,
}

impl Walk<'_> {
    fn place(&mut self, file: &str, found: Found) -> Fault {
        let start = self.text.floor_char_boundary(found.span.start);
        let passed = self.text.get(self.at..start).unwrap_or("");
        for (offset, _) in passed.match_indices('\n') {
            self.line += 1;
            self.line_start = self.at + offset + 1;
        }
        self.at = self.at.max(start);
        let column = self.text.get(self.line_start..start).map_or(0, |before| before.chars().count());
        let line = self.text.get(self.line_start..).and_then(|rest| rest.lines().next()).unwrap_or("");
        let end = self.text.floor_char_boundary(found.span.end);
        let offending = self.text.get(start..end).and_then(|text| text.lines().next()).unwrap_or("");
        let skipped = column.saturating_sub(SHOWN_BEFORE);
        let window = line.chars().skip(skipped).take(SHOWN_BEFORE + SHOWN_AFTER);
        Fault {
            file: file.to_owned(),
            line: self.line,
            column: column + 1,
            code: found.code,
            message: found.message,
            help: found.help,
            offending: offending.chars().take(SHOWN_AFTER).collect(),
            excerpt: window.map(|c| if c.is_control() { ' ' } else { c }).collect(),
            excerpt_column: column - skipped,
        }
    }
}

/// A fault of a file as a whole, placed at its beginning.
pub(crate) fn without_text(file: &str, code: &'static str, message: String, help: String) -> Fault {
    Fault {
        file: file.to_owned(),
        line: 1,
        column: 1,
        code,
        message,
        help,
        offending: String::new(),
        excerpt: String::new(),
        excerpt_column: 0,
    }
}

fn bad_utf8(file: &str, bytes: &[u8], at: usize) -> Fault {
    let good = bytes.get(..at).and_then(|good| std::str::from_utf8(good).ok()).unwrap_or("");
    let stripped = good.strip_prefix('\u{feff}').unwrap_or(good);
    let byte = bytes.get(at).copied().unwrap_or_default();
    let source = Source::of(file, stripped);
    source.fault(
        stripped.len()..stripped.len(),
        "bad-utf8",
        format!("the byte \"0x{byte:02X}\" here is not UTF-8"),
        "save the file as UTF-8 (in the editor: \"Save with encoding\")",
    );
    source
        .finish()
        .pop()
        .unwrap_or_else(|| without_text(file, "bad-utf8", "the file is not UTF-8".to_owned(), "save the file as UTF-8".to_owned()))
}
