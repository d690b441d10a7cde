//! Answers in a table: a line a person, a column an item. Lines come one at a time, so that a file of any length needs no
//! more memory than a short one.

use super::answers::{AnswerFault, AnswerFaultKind};
use super::instrument::{Instrument, Item, ItemKind};
use super::row::Row;
use crate::programme::nearest::quoted;

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// What stands between fields: a comma, a semicolon or a tab.
    pub between: u8,
}

impl Dialect {
    /// The dialect of a table by its first line: whichever of the three stands there most.
    pub fn of(header: &[u8]) -> Self {
        let count = |byte: u8| header.iter().filter(|found| **found == byte).count();
        let between = [b';', b'\t'].into_iter().filter(|byte| count(*byte) > count(b',')).max_by_key(|byte| count(*byte));
        Self { between: between.unwrap_or(b',') }
    }

    /// The fields of a line without quotes.
    fn plain(self, line: &[u8]) -> impl Iterator<Item = &[u8]> {
        line.split(move |byte| *byte == self.between)
    }

    /// The fields of a line, quoted or not, without the blanks around them. `None` when a quote is not closed: the next line belongs to it.
    pub fn fields(self, line: &[u8]) -> Option<Vec<Vec<u8>>> {
        let mut fields = Vec::new();
        let mut field = Vec::new();
        let (mut quoted, mut bytes) = (false, trimmed_end(line).iter().copied().peekable());
        while let Some(byte) = bytes.next() {
            match byte {
                b'"' if quoted && bytes.peek() == Some(&b'"') => {
                    bytes.next();
                    field.push(b'"');
                }
                b'"' if quoted => quoted = false,
                b'"' if field.iter().all(u8::is_ascii_whitespace) => {
                    field.clear();
                    quoted = true;
                }
                byte if byte == self.between && !quoted => fields.push(std::mem::take(&mut field).trim_ascii().to_vec()),
                byte => field.push(byte),
            }
        }
        if quoted {
            return None;
        }
        fields.push(field.trim_ascii().to_vec());
        Some(fields)
    }
}

/// A line without its ending.
fn trimmed_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// A first line without the mark of the byte order.
pub fn without_mark(line: &[u8]) -> &[u8] {
    line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Id,
    Version,
    Item(usize),
}

/// The columns of a table of answers.
#[derive(Debug)]
pub struct Columns<'a> {
    instrument: &'a Instrument,
    dialect: Dialect,
    columns: Vec<Column>,
    /// By item: a bit for each single digit that it takes.
    digits: Vec<u16>,
    version: String,
}

impl<'a> Columns<'a> {
    /// The columns by the table's first line: `id`, `version`, and items by their linkId.
    ///
    /// # Errors
    /// Columns that are no item, or are there twice; a table without any item.
    pub fn of(instrument: &'a Instrument, header: &[u8]) -> Result<Self, Vec<AnswerFault>> {
        let header = without_mark(header);
        let dialect = Dialect::of(header);
        let mut faults = Vec::new();
        let mut columns = Vec::new();
        for field in dialect.fields(header).unwrap_or_default() {
            let name = String::from_utf8_lossy(&field).into_owned();
            let column = match name.to_ascii_lowercase().as_str() {
                "id" => Some(Column::Id),
                "version" => Some(Column::Version),
                _ => instrument.item(&name).map(Column::Item),
            };
            match column {
                None => faults.push(fault(instrument, 1, AnswerFaultKind::UnknownItem, &name, "")),
                Some(column) if columns.contains(&column) => {
                    let message = format!("the column {} is there twice", quoted(&name));
                    faults.push(shape(1, message, "name each column once"));
                }
                Some(column) => columns.push(column),
            }
        }
        if faults.is_empty() && !columns.iter().any(|column| matches!(column, Column::Item(_))) {
            faults.push(shape(1, "the first line names no item".to_owned(), "write the items' linkIds into the first line"));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let digits = instrument.items.iter().map(digits).collect();
        Ok(Self { instrument, dialect, columns, digits, version: instrument.version.to_string() })
    }

    /// A row to read lines into.
    pub fn row(&self) -> Row {
        Row::empty(self.instrument.items.len())
    }

    /// Reads the line that `rest` begins with, if it is as plain as nearly all lines are: an id without blanks or quotes,
    /// answers of one digit or none, a field for each column. Gives the line's length with its ending; `None` for any other
    /// line, also for one that does not end within `rest`: `read` takes it, or says what is wrong with it.
    pub fn plain(&self, rest: &[u8], row: &mut Row) -> Option<usize> {
        if matches!(rest.first()?, b'\n' | b'\r') {
            return None;
        }
        let (mut at, last) = (0, self.columns.len() - 1);
        row.id.clear();
        for (place, column) in self.columns.iter().enumerate() {
            match column {
                Column::Item(index) => {
                    let digit = rest.get(at)?.wrapping_sub(b'0');
                    let taken = digit < 10 && self.digits.get(*index)? >> digit & 1 == 1;
                    row.answer(*index, taken.then_some(digit));
                    at += usize::from(taken);
                }
                Column::Id => {
                    let field = rest.get(at..)?;
                    // Blanks, controls, quotes and an exclamation mark are the bytes up to the quote.
                    let field = field.split_at(field.iter().position(|byte| *byte <= b'"' || *byte == self.dialect.between)?).0;
                    row.id.extend_from_slice(field);
                    at += field.len();
                }
                Column::Version => {
                    if rest.get(at..)?.starts_with(self.version.as_bytes()) {
                        at += self.version.len();
                    }
                }
            }
            if place == last {
                at += usize::from(rest.get(at) == Some(&b'\r'));
            }
            if *rest.get(at)? != if place == last { b'\n' } else { self.dialect.between } {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    /// Reads a line. `Ok(false)` when a quote is still open: read it again with the next line joined to it.
    ///
    /// # Errors
    /// The first fault of the line.
    pub fn read(&self, line: &[u8], number: usize, row: &mut Row) -> Result<bool, AnswerFault> {
        let line = trimmed_end(line);
        row.id.clear();
        if line.contains(&b'"') {
            let Some(fields) = self.dialect.fields(line) else { return Ok(false) };
            self.fill(fields.iter().map(Vec::as_slice), number, row)?;
        } else {
            self.fill(self.dialect.plain(line), number, row)?;
        }
        Ok(true)
    }

    fn fill<'f>(&self, fields: impl Iterator<Item = &'f [u8]>, number: usize, row: &mut Row) -> Result<(), AnswerFault> {
        let mut found = 0;
        for field in fields {
            match self.columns.get(found) {
                Some(Column::Item(index)) => self.value(*index, field, number, row)?,
                Some(Column::Id) => row.id.extend_from_slice(field.trim_ascii()),
                Some(Column::Version) => {
                    let written = field.trim_ascii();
                    if !written.is_empty() && written != self.version.as_bytes() {
                        return Err(fault(self.instrument, number, AnswerFaultKind::WrongVersion, "", &String::from_utf8_lossy(written)));
                    }
                }
                None => {}
            }
            found += 1;
        }
        if found == self.columns.len() {
            return Ok(());
        }
        let message = format!("the line has {found} fields, the first line {}", self.columns.len());
        Err(shape(number, message, "give every line as many fields as there are columns; quote a field that holds the separator"))
    }

    fn value(&self, index: usize, field: &[u8], number: usize, row: &mut Row) -> Result<(), AnswerFault> {
        let written = String::from_utf8_lossy(field.trim_ascii());
        let item = self.instrument.items.get(index);
        if written.is_empty() || item.is_some_and(|item| matches!(item.kind, ItemKind::Words | ItemKind::Day)) {
            row.set(index, None);
            return Ok(());
        }
        let link = item.map_or("", |item| item.link.as_str());
        match written.replace(',', ".").parse::<f64>() {
            Ok(number) if item.is_some_and(|item| item.takes(number)) => {
                row.set(index, Some(number));
                Ok(())
            }
            Ok(_) => Err(fault(self.instrument, number, AnswerFaultKind::OutOfRange, link, &written)),
            Err(_) => Err(fault(self.instrument, number, AnswerFaultKind::NoNumber, link, &written)),
        }
    }
}

/// A bit for each single digit that the item takes.
fn digits(item: &Item) -> u16 {
    (0_u8..10).filter(|digit| item.takes(f64::from(*digit))).map(|digit| 1 << digit).sum()
}

fn fault(instrument: &Instrument, line: usize, kind: AnswerFaultKind, link: &str, written: &str) -> AnswerFault {
    let (message, help) = instrument.explain(kind, link, written);
    AnswerFault { line, column: 0, kind, message, help }
}

fn shape(line: usize, message: String, help: &str) -> AnswerFault {
    AnswerFault { line, column: 0, kind: AnswerFaultKind::BadShape, message, help: help.to_owned() }
}
