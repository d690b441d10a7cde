//! Tables of numbers: `id,pre,post`, or a column an item or rater.

use std::collections::HashMap;
use std::path::Path;

use fairway_domain::measure::{Dialect, without_mark};

use super::cannot;

/// A person with both scores; `None` for missing.
pub(super) struct Pair {
    pub(super) id: String,
    pub(super) pre: Option<f64>,
    pub(super) post: Option<f64>,
}

struct Lines {
    header: Vec<String>,
    /// Line number and fields.
    rows: Vec<(usize, Vec<String>)>,
}

fn lines(path: &Path) -> Result<Lines, String> {
    let bytes = std::fs::read(path).map_err(|error| cannot(path, &error))?;
    let bytes = without_mark(&bytes);
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let dialect = Dialect::of(first);
    let mut read = Vec::new();
    for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        if line.trim_ascii().is_empty() {
            continue;
        }
        let Some(fields) = dialect.fields(line) else {
            return Err(format!("{}:{}: a quote is opened and not closed on the line", path.display(), index + 1));
        };
        read.push((index + 1, fields.iter().map(|field| String::from_utf8_lossy(field).into_owned()).collect::<Vec<_>>()));
    }
    if read.is_empty() {
        return Err(format!("{}:1: the file is empty: the first line names the columns", path.display()));
    }
    let (_, header) = read.remove(0);
    Ok(Lines { header, rows: read })
}

fn number(path: &Path, line: usize, name: &str, written: &str, faults: &mut usize) -> Option<Option<f64>> {
    if written.is_empty() {
        return Some(None);
    }
    match written.replace(',', ".").parse::<f64>() {
        Ok(number) if number.is_finite() => Some(Some(number)),
        _ => {
            *faults += 1;
            eprintln!(
                "{}:{line}: no-number: {name} is {written:?}\n  help: write a number, or nothing where the score is missing",
                path.display()
            );
            None
        }
    }
}

/// Reads `id,pre,post`, the columns in any order; lines with a fault are told and left out.
pub(super) fn pairs(path: &Path) -> Result<(Vec<Pair>, usize), String> {
    let lines = lines(path)?;
    let column = |name: &str| lines.header.iter().position(|header| header.eq_ignore_ascii_case(name));
    let (Some(pre), Some(post)) = (column("pre"), column("post")) else {
        return Err(format!(
            "{}:1: the first line needs the columns id, pre and post; it has: {}",
            path.display(),
            lines.header.join(", ")
        ));
    };
    let (id, width) = (column("id"), lines.header.len());
    let mut people = Vec::new();
    let mut faults = 0;
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (line, fields) in &lines.rows {
        if fields.len() != width {
            faults += 1;
            eprintln!(
                "{}:{line}: bad-shape: the line has {} fields, the first line {width}\n  help: give every line as many fields as there are columns",
                path.display(),
                fields.len()
            );
            continue;
        }
        let name = id.map_or_else(|| (people.len() + 1).to_string(), |id| fields[id].clone());
        let pair = [("pre", pre), ("post", post)].map(|(name, at)| number(path, *line, name, &fields[at], &mut faults));
        let [Some(pre), Some(post)] = pair else { continue };
        if let Some(first) = seen.insert(name.clone(), *line) {
            faults += 1;
            eprintln!(
                "{}:{line}: duplicate-person: {name:?} was there before, on line {first}\n  help: keep one line a person",
                path.display()
            );
            continue;
        }
        people.push(Pair { id: name, pre, post });
    }
    Ok((people, faults))
}

/// A table of complete numbers, its `id` column left out; lines with something missing are left out and counted.
pub(super) fn numbers(path: &Path) -> Result<(Vec<Vec<f64>>, usize, usize), String> {
    let lines = lines(path)?;
    let id = lines.header.iter().position(|header| header.eq_ignore_ascii_case("id"));
    let (mut rows, mut faults, mut incomplete) = (Vec::new(), 0, 0);
    for (line, fields) in &lines.rows {
        if fields.len() != lines.header.len() {
            faults += 1;
            eprintln!("{}:{line}: bad-shape: the line has {} fields, the first line {}", path.display(), fields.len(), lines.header.len());
            continue;
        }
        let read: Vec<Option<Option<f64>>> = fields
            .iter()
            .enumerate()
            .filter(|(at, _)| Some(*at) != id)
            .map(|(at, field)| number(path, *line, &lines.header[at], field, &mut faults))
            .collect();
        match read.into_iter().map(Option::flatten).collect::<Option<Vec<f64>>>() {
            Some(row) => rows.push(row),
            None => incomplete += 1,
        }
    }
    Ok((rows, incomplete, faults))
}
