//! `fairway instrument import`: a folder from any FHIR R4 Questionnaire.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::cli::say::say;
use fairway_domain::measure::{Item, ItemKind, LeftOut, read_items};
use serde_json::{Value, json};

const ORDINAL: &str = "http://hl7.org/fhir/StructureDefinition/ordinalValue";

/// Reads the questionnaire, writes the folder, and names what could not be used.
pub(super) fn run(file: &Path, into: Option<PathBuf>) -> ExitCode {
    match import(file, into) {
        Ok((folder, left_out)) => {
            for left in &left_out {
                say!("{}:{}: not used: {}: {}", file.display(), left.line, left.place, left.what);
            }
            say!(
                "Made {}. Complete scoring.toml (scales, licence, source), then: fairway instrument check {}",
                folder.display(),
                folder.display()
            );
            ExitCode::SUCCESS
        }
        Err(stop) => {
            eprintln!("{stop}");
            ExitCode::FAILURE
        }
    }
}

fn import(file: &Path, into: Option<PathBuf>) -> Result<(PathBuf, Vec<LeftOut>), String> {
    let cannot = |path: &Path, error: std::io::Error| format!("fairway: {} cannot be used: {error}", path.display());
    let bytes = std::fs::read(file).map_err(|error| cannot(file, error))?;
    let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let read = read_items(&name, &bytes)
        .map_err(|faults| faults.iter().map(fairway_domain::programme::Fault::render).collect::<Vec<_>>().join("\n\n"))?;
    let stem = file.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let id = slug(read.id.as_deref().unwrap_or(&stem));
    let folder = into.unwrap_or_else(|| PathBuf::from(&id));
    if folder.exists() {
        return Err(format!("fairway: {} is there already; name another folder with --into", folder.display()));
    }
    let mut value: Value = serde_json::from_slice(&bytes).map_err(|error| format!("fairway: {name}: {error}"))?;
    let version = version(read.version.as_deref());
    value["id"] = json!(id);
    value["version"] = json!(version);
    with_ordinals(&mut value, &read.items);
    std::fs::create_dir_all(&folder).map_err(|error| cannot(&folder, error))?;
    let text = serde_json::to_string_pretty(&value).map_err(|error| error.to_string())?;
    let questionnaire = folder.join("questionnaire.json");
    std::fs::write(&questionnaire, text + "\n").map_err(|error| cannot(&questionnaire, error))?;
    let scoring = folder.join("scoring.toml");
    let title = if read.title.0.is_empty() { id.clone() } else { read.title.in_language("en").to_owned() };
    std::fs::write(&scoring, skeleton(&id, &version, &title, &read.items)).map_err(|error| cannot(&scoring, error))?;
    Ok((folder, read.left_out))
}

/// An id of ours from any name: lower-case letters, digits and hyphens, beginning with a letter.
fn slug(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => out.push(letter),
            _ if out.is_empty() || out.ends_with('-') => {}
            _ => out.push('-'),
        }
    }
    let out = out.trim_matches('-').chars().take(50).collect::<String>();
    if out.starts_with(|first: char| first.is_ascii_lowercase()) { out } else { format!("q-{out}").trim_end_matches('-').to_owned() }
}

/// Three numbers from whatever version the questionnaire has.
fn version(written: Option<&str>) -> String {
    let numbers: Vec<u32> = written.unwrap_or("").split('.').map_while(|part| part.parse().ok()).take(3).collect();
    match numbers[..] {
        [major, minor, patch] => format!("{major}.{minor}.{patch}"),
        [major, minor] => format!("{major}.{minor}.0"),
        [major] => format!("{major}.0.0"),
        _ => "1.0.0".to_owned(),
    }
}

/// Writes the ordinal values onto the answer options, where they belong, as they were read or counted.
fn with_ordinals(value: &mut Value, items: &[Item]) {
    let Some(list) = value.get_mut("item").and_then(Value::as_array_mut) else { return };
    for one in list {
        let link = one.get("linkId").and_then(Value::as_str).unwrap_or_default().to_owned();
        let ticks = items.iter().find(|item| item.link == link).and_then(|item| match &item.kind {
            ItemKind::Choice { options } => Some(options),
            _ => None,
        });
        let options = one.get_mut("answerOption").and_then(Value::as_array_mut);
        for (option, tick) in options.into_iter().flatten().zip(ticks.into_iter().flatten()) {
            let Some(fields) = option.as_object_mut() else { continue };
            let extensions = fields.entry("extension").or_insert_with(|| json!([]));
            if let Some(known) = extensions.as_array_mut()
                && !known.iter().any(|extension| extension.get("url").and_then(Value::as_str) == Some(ORDINAL))
            {
                known.push(json!({ "url": ORDINAL, "valueDecimal": tick.value }));
            }
        }
        with_ordinals(one, items);
    }
}

/// A scoring to be completed: one scale, the sum of everything that can be scored, refused when anything is missing.
fn skeleton(id: &str, version: &str, title: &str, items: &[Item]) -> String {
    let scored: Vec<&Item> = items.iter().filter(|item| item.limits().is_some()).collect();
    let (low, high) =
        scored.iter().filter_map(|item| item.limits()).fold((0.0, 0.0), |(low, high), limits| (low + limits.0, high + limits.1));
    let links: Vec<String> = scored.iter().map(|item| format!("{:?}", item.link)).collect();
    let languages: std::collections::BTreeSet<&String> = items.iter().flat_map(|item| item.text.0.keys()).collect();
    let languages: Vec<String> =
        if languages.is_empty() { vec!["\"en\"".to_owned()] } else { languages.iter().map(|tag| format!("{tag:?}")).collect() };
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = write!(
        out,
        "# Made from a FHIR Questionnaire. Complete what is in capital letters; see docs/instrument-format.md.\n\
         id = {id:?}\nversion = {version:?}\nlanguages = [{}]\ntold_in = [\"en\"]\ntitle = {{ en = {title:?} }}\nanswered_by = \"participant\"\n\n\
         [licence]\nkind = \"unknown\"\ntext = \"supplied\"\nnotice = {{ en = \"WHAT MUST BE SAID TO WHOEVER USES IT\" }}\nsource = \"WHERE WORDING AND SCORING COME FROM\"\n\n\
         [[scales]]\nid = \"total\"\ntitle = {{ en = \"Total\" }}\nitems = [{}]\nreversed = []\nscore = \"sum\"\n\
         missing = {{ at_most = 0, then = \"refuse\" }}\nrange = {{ low = {low}, high = {high} }}\n",
        languages.join(", "),
        links.join(", ")
    );
    out
}
