//! `fairway measure score`.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use fairway_domain::measure::{AnswerFault, AnswerFaultKind, Columns, Instrument, Ready, Row, Score, Tally, read_sheets};
use serde_json::{Value, json};

use super::seen::Seen;
use super::{Shape, Told, cannot};

/// Largest JSON file that is read; larger ones belong in a table, which is streamed.
const LARGEST_JSON: u64 = 64 * 1024 * 1024;
/// Longest line of a table.
const LONGEST_LINE: usize = 1024 * 1024;
/// Faults that are told one by one.
const TOLD: usize = 200;
const BUFFER: usize = 256 * 1024;

pub(super) fn run(instrument: &Instrument, answers: &Path, format: Shape) -> Told {
    let mut out = Out::new(instrument, format, BufWriter::with_capacity(BUFFER, std::io::stdout().lock()));
    let told = if answers.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
        json(instrument, answers, &mut out)
    } else {
        table(instrument, answers, &mut out)
    };
    out.end().map_err(|error| error.to_string())?;
    told
}

fn json(instrument: &Instrument, answers: &Path, out: &mut Out<'_, impl Write>) -> Told {
    let text = read_json(answers)?;
    let (sheets, faults) = read_sheets(instrument, &text);
    for sheet in sheets {
        out.person(&Row::of(sheet.id.as_bytes(), &sheet.answers.values)).map_err(|error| error.to_string())?;
    }
    let mut told = Telling::new(answers);
    for fault in &faults {
        told.fault(fault);
    }
    Ok(told.count)
}

/// A whole JSON file, when it is small enough.
pub(super) fn read_json(path: &Path) -> Result<String, String> {
    let size = std::fs::metadata(path).map_err(|error| cannot(path, &error))?.len();
    if size > LARGEST_JSON {
        return Err(format!(
            "{} has {} MB; JSON is read up to {} MB: give a table (CSV), which may have any length",
            path.display(),
            size >> 20,
            LARGEST_JSON >> 20
        ));
    }
    std::fs::read_to_string(path).map_err(|error| cannot(path, &error))
}

fn table(instrument: &Instrument, answers: &Path, out: &mut Out<'_, impl Write>) -> Told {
    let mut told = Telling::new(answers);
    let mut seen = Seen::new();
    let mut number = 0_usize;
    each_row(instrument, answers, &mut told, |row, line| {
        number += 1;
        if row.id.is_empty() {
            row.id.extend_from_slice(number.to_string().as_bytes());
        } else {
            seen.note(&row.id, line);
        }
        out.person(row).map(|()| Go::On)
    })?;
    // Whoever seems to be there twice is looked for once more, line by line, to be certain.
    if let Some(end) = seen.ordered_until() {
        each_row(instrument, answers, &mut Telling::quiet(answers), |row, line| {
            if line >= end {
                return Ok(Go::Enough);
            }
            seen.look_back(&row.id);
            Ok(Go::On)
        })?;
    }
    let mut twice = seen.twice();
    if twice.too_many() {
        eprintln!(
            "{}: with so many people in no order, not everybody who is there twice may be found; sort the lines by id, and all are",
            answers.display()
        );
    }
    if !twice.is_empty() {
        each_row(instrument, answers, &mut Telling::quiet(answers), |row, line| {
            if twice.again(&row.id) {
                let (message, help) = instrument.explain(AnswerFaultKind::DuplicatePerson, "", &String::from_utf8_lossy(&row.id));
                told.fault(&AnswerFault { line, column: 0, kind: AnswerFaultKind::DuplicatePerson, message, help });
            }
            Ok(Go::On)
        })?;
    }
    Ok(told.count)
}

/// Whether whoever takes rows wants more of them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Go {
    On,
    Enough,
}

/// Reads a table line by line and hands over each row that has no fault.
pub(super) fn each_row(
    instrument: &Instrument,
    path: &Path,
    told: &mut Telling<'_>,
    mut row_read: impl FnMut(&mut Row, usize) -> std::io::Result<Go>,
) -> Result<(), String> {
    let failed = |error: std::io::Error| cannot(path, &error);
    let mut reader = BufReader::with_capacity(BUFFER, File::open(path).map_err(failed)?);
    let mut line = Vec::new();
    reader.read_until(b'\n', &mut line).map_err(failed)?;
    let columns = match Columns::of(instrument, &line) {
        Ok(columns) => columns,
        Err(faults) => {
            for fault in &faults {
                told.fault(fault);
            }
            return Ok(());
        }
    };
    let mut row = columns.row();
    let (mut number, mut begins) = (1, 2);
    line.clear();
    loop {
        // Most lines are plain: they are read where they lie. What is left over goes the longer way.
        while line.is_empty()
            && let Some(length) = columns.plain(reader.buffer(), &mut row)
        {
            number += 1;
            if row_read(&mut row, number).map_err(failed)? == Go::Enough {
                return Ok(());
            }
            reader.consume(length);
            begins = number + 1;
        }
        if reader.read_until(b'\n', &mut line).map_err(failed)? == 0 {
            break;
        }
        number += 1;
        if line.trim_ascii().is_empty() {
            line.clear();
            begins = number + 1;
            continue;
        }
        match columns.read(&line, begins, &mut row) {
            Ok(true) if row_read(&mut row, begins).map_err(failed)? == Go::Enough => return Ok(()),
            Ok(true) => {}
            Ok(false) if line.len() < LONGEST_LINE => continue,
            Ok(false) => return Err(format!("{}:{begins}: a quote is opened and not closed", path.display())),
            Err(fault) => told.fault(&fault),
        }
        line.clear();
        begins = number + 1;
    }
    if !line.is_empty() {
        return Err(format!("{}:{begins}: a quote is opened and not closed", path.display()));
    }
    Ok(())
}

/// Tells faults on standard error, the first ones with their words, and counts them.
pub(super) struct Telling<'a> {
    path: &'a Path,
    speaks: bool,
    pub(super) count: usize,
}

impl<'a> Telling<'a> {
    pub(super) fn new(path: &'a Path) -> Self {
        Self { path, speaks: true, count: 0 }
    }

    pub(super) fn quiet(path: &'a Path) -> Self {
        Self { path, speaks: false, count: 0 }
    }

    pub(super) fn fault(&mut self, fault: &AnswerFault) {
        self.count += 1;
        if self.speaks && self.count <= TOLD {
            eprintln!("{}:{fault}", self.path.display());
        } else if self.speaks && self.count == TOLD + 1 {
            eprintln!("(further faults are only counted)");
        }
    }
}

/// Writes the outcome. What is the same for many is written into bytes once.
struct Out<'a, W: Write> {
    instrument: &'a Instrument,
    scales: Vec<Written<'a>>,
    format: Shape,
    to: W,
    buffer: Vec<u8>,
    first: bool,
}

impl<'a, W: Write> Out<'a, W> {
    fn new(instrument: &'a Instrument, format: Shape, to: W) -> Self {
        let mut scales: Vec<Written<'a>> = Ready::all(instrument).into_iter().map(Written::new).collect();
        if let Some(first) = scales.first_mut() {
            let person = format!(r#"","instrument":"{}","version":"{}","scales":["#, instrument.id, instrument.version);
            first.before.splice(0..1, person.into_bytes());
        }
        Self { instrument, scales, format, to, buffer: Vec::with_capacity(BUFFER), first: true }
    }

    fn person(&mut self, row: &Row) -> std::io::Result<()> {
        match self.format {
            Shape::Json => self.json(row),
            Shape::Text => self.text(row)?,
        }
        if self.buffer.len() > BUFFER / 2 {
            self.to.write_all(&self.buffer)?;
            self.buffer.clear();
        }
        Ok(())
    }

    fn json(&mut self, row: &Row) {
        let buffer = &mut self.buffer;
        buffer.extend_from_slice(if self.first { b"[\n{\"id\":\"" } else { b",\n{\"id\":\"" });
        self.first = false;
        escape(buffer, &row.id);
        for scale in &mut self.scales {
            scale.json(buffer, row);
        }
        buffer.extend_from_slice(b"]}");
    }

    fn text(&mut self, row: &Row) -> std::io::Result<()> {
        if std::mem::take(&mut self.first) {
            writeln!(self.buffer, "{} {}", self.instrument.id, self.instrument.version)?;
            writeln!(self.buffer, "{:<24} {:<24} {:>10}  {:<20} {:>7}", "id", "scale", "score", "band", "missing")?;
        }
        for Written { ready, .. } in &self.scales {
            let Score { value, missing, prorated } = ready.score(row);
            let (score, band) = match value {
                Ok(score) => (score.to_string(), ready.scale().band(score).map_or("", |band| band.id.as_str()).to_owned()),
                Err(refusal) => ("-".to_owned(), refusal.to_string()),
            };
            let told = if prorated { " (pro-rated)" } else { "" };
            writeln!(
                self.buffer,
                "{:<24} {:<24} {score:>10}  {band:<20} {missing:>7}{told}",
                String::from_utf8_lossy(&row.id),
                ready.scale().id
            )?;
        }
        Ok(())
    }

    fn end(&mut self) -> std::io::Result<()> {
        if let Shape::Json = self.format {
            self.buffer.extend_from_slice(if self.first { b"[]\n" } else { b"\n]\n" });
        }
        self.to.write_all(&self.buffer)?;
        self.to.flush()
    }
}

/// A scale with what was written of it: few sums are possible, so each is put into words once.
struct Written<'a> {
    ready: Ready<'a>,
    /// What stands before its score.
    before: Vec<u8>,
    /// By the tally's place: where in `said` its words are.
    known: Vec<Option<(usize, usize)>>,
    said: Vec<u8>,
}

impl<'a> Written<'a> {
    fn new(ready: Ready<'a>) -> Self {
        let before = format!(r#",{{"scale":"{}","score":"#, ready.scale().id).into_bytes();
        Self { known: vec![None; ready.places()], ready, before, said: Vec::new() }
    }

    fn json(&mut self, buffer: &mut Vec<u8>, row: &Row) {
        let tally = self.ready.tally(row);
        let Tally::Place(place) = tally else {
            buffer.extend_from_slice(&self.before);
            return outcome(buffer, &self.ready, &self.ready.outcome(tally));
        };
        let (from, to) = *self.known[place].get_or_insert_with(|| {
            let from = self.said.len();
            self.said.extend_from_slice(&self.before);
            outcome(&mut self.said, &self.ready, &self.ready.outcome(tally));
            (from, self.said.len())
        });
        buffer.extend_from_slice(&self.said[from..to]);
    }
}

/// The rest of a scale's object, from its score on.
fn outcome(buffer: &mut Vec<u8>, ready: &Ready<'_>, score: &Score) {
    let (value, band, refused) = match score.value {
        Ok(value) => (value.to_string(), json!(ready.scale().band(value).map(|band| &band.id)), Value::Null),
        Err(refusal) => ("null".to_owned(), Value::Null, json!(refusal.to_string())),
    };
    let rest = format!(r#"{value},"band":{band},"missing":{},"prorated":{},"refused":{refused}}}"#, score.missing, score.prorated);
    buffer.extend_from_slice(rest.as_bytes());
}

/// An id within JSON's quotes.
fn escape(buffer: &mut Vec<u8>, id: &[u8]) {
    if id.iter().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\\')) {
        buffer.extend_from_slice(id);
        return;
    }
    let text = serde_json::Value::String(String::from_utf8_lossy(id).into_owned()).to_string();
    let within = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or_default();
    buffer.extend_from_slice(within.as_bytes());
}
