//! `fairway measure score`.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use fairway_domain::measure::{AnswerFault, AnswerFaultKind, Columns, Instrument, Ready, Row, Score, read_sheets};

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
        out.person(sheet.id.as_bytes(), &sheet.answers.values).map_err(|error| error.to_string())?;
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
            out.person(number.to_string().as_bytes(), &row.values)
        } else {
            seen.note(&row.id, line);
            out.person(&row.id, &row.values)
        }
    })?;
    let doubtful = seen.doubtful();
    if !doubtful.is_empty() {
        // Whoever seems to be there twice is looked for once more, line by line, to be certain.
        let mut quiet = Telling::quiet(answers);
        let mut twice = doubtful.look();
        each_row(instrument, answers, &mut quiet, |row, line| {
            if twice.again(&row.id) {
                let (message, help) = instrument.explain(AnswerFaultKind::DuplicatePerson, "", &String::from_utf8_lossy(&row.id));
                told.fault(&AnswerFault { line, column: 0, kind: AnswerFaultKind::DuplicatePerson, message, help });
            }
            Ok(())
        })?;
    }
    Ok(told.count)
}

/// Reads a table line by line and hands over each row that has no fault.
pub(super) fn each_row(
    instrument: &Instrument,
    path: &Path,
    told: &mut Telling<'_>,
    mut row_read: impl FnMut(&Row, usize) -> std::io::Result<()>,
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
    while reader.read_until(b'\n', &mut line).map_err(failed)? > 0 {
        number += 1;
        if line.trim_ascii().is_empty() {
            line.clear();
            begins = number + 1;
            continue;
        }
        match columns.read(&line, begins, &mut row) {
            Ok(true) => row_read(&row, begins).map_err(failed)?,
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

/// Writes the outcome. What is the same for everybody is written into bytes once.
struct Out<'a, W: Write> {
    instrument: &'a Instrument,
    ready: Vec<Ready<'a>>,
    format: Shape,
    to: W,
    buffer: Vec<u8>,
    /// What stands between a person's id and the first scale.
    middle: Vec<u8>,
    /// By scale: what stands before its score.
    before: Vec<Vec<u8>>,
    first: bool,
}

impl<'a, W: Write> Out<'a, W> {
    fn new(instrument: &'a Instrument, format: Shape, to: W) -> Self {
        let middle = format!(r#"","instrument":"{}","version":"{}","scales":["#, instrument.id, instrument.version).into_bytes();
        let before = instrument.scales.iter().map(|scale| format!(r#"{{"scale":"{}","score":"#, scale.id).into_bytes()).collect();
        Self { instrument, ready: Ready::all(instrument), format, to, buffer: Vec::with_capacity(BUFFER), middle, before, first: true }
    }

    fn person(&mut self, id: &[u8], values: &[Option<f64>]) -> std::io::Result<()> {
        match self.format {
            Shape::Json => self.json(id, values),
            Shape::Text => self.text(id, values)?,
        }
        if self.buffer.len() > BUFFER / 2 {
            self.to.write_all(&self.buffer)?;
            self.buffer.clear();
        }
        Ok(())
    }

    fn json(&mut self, id: &[u8], values: &[Option<f64>]) {
        let buffer = &mut self.buffer;
        buffer.extend_from_slice(if self.first { b"[\n" } else { b",\n" });
        self.first = false;
        buffer.extend_from_slice(br#"{"id":""#);
        escape(buffer, id);
        buffer.extend_from_slice(&self.middle);
        for (index, ready) in self.ready.iter().enumerate() {
            if index > 0 {
                buffer.push(b',');
            }
            buffer.extend_from_slice(&self.before[index]);
            scale(buffer, ready, &ready.score(values));
        }
        buffer.extend_from_slice(b"]}");
    }

    fn text(&mut self, id: &[u8], values: &[Option<f64>]) -> std::io::Result<()> {
        if std::mem::take(&mut self.first) {
            writeln!(self.buffer, "{} {}", self.instrument.id, self.instrument.version)?;
            writeln!(self.buffer, "{:<24} {:<24} {:>10}  {:<20} {:>7}", "id", "scale", "score", "band", "missing")?;
        }
        for ready in &self.ready {
            let Score { value, missing, prorated } = ready.score(values);
            let (score, band) = match value {
                Ok(score) => (score.to_string(), ready.scale().band(score).map_or("", |band| band.id.as_str()).to_owned()),
                Err(refusal) => ("-".to_owned(), refusal.to_string()),
            };
            let told = if prorated { " (pro-rated)" } else { "" };
            writeln!(
                self.buffer,
                "{:<24} {:<24} {score:>10}  {band:<20} {missing:>7}{told}",
                String::from_utf8_lossy(id),
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

/// The rest of a scale's object, from its score on.
fn scale(buffer: &mut Vec<u8>, ready: &Ready<'_>, score: &Score) {
    match score.value {
        Ok(value) => {
            number(buffer, value);
            buffer.extend_from_slice(br#","band":"#);
            match ready.scale().band(value) {
                Some(band) => {
                    buffer.push(b'"');
                    buffer.extend_from_slice(band.id.as_bytes());
                    buffer.push(b'"');
                }
                None => buffer.extend_from_slice(b"null"),
            }
        }
        Err(_) => buffer.extend_from_slice(br#"null,"band":null"#),
    }
    buffer.extend_from_slice(br#","missing":"#);
    number(buffer, f64::from(score.missing));
    buffer.extend_from_slice(if score.prorated { br#","prorated":true,"refused":"# } else { br#","prorated":false,"refused":"# });
    match score.value {
        Ok(_) => buffer.extend_from_slice(b"null}"),
        Err(refusal) => {
            // Writing to a Vec cannot fail.
            let _ = write!(buffer, "\"{refusal}\"}}");
        }
    }
}

/// Small whole numbers, which nearly all scores are, without the machinery of the others.
fn number(buffer: &mut Vec<u8>, value: f64) {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 99")]
    if value.fract() == 0.0 && (0.0..100.0).contains(&value) {
        let whole = value as u8;
        if whole >= 10 {
            buffer.push(b'0' + whole / 10);
        }
        buffer.push(b'0' + whole % 10);
        return;
    }
    // Writing to a Vec cannot fail.
    let _ = write!(buffer, "{value}");
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
