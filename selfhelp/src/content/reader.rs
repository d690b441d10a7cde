//! Reads all files into [`Content`], and says what is wrong with them.

use std::collections::BTreeMap;

use fairway_site::Language;
use serde::Deserialize;

use super::check::Check;
use super::fault::{Fault, line_with, toml};
use super::{Content, Course, Files, Step, Words, instrument, lines, step};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Site {
    format: u8,
    languages: Vec<String>,
    courses: Vec<Plan>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plan {
    id: String,
    title: Words,
    summary: Words,
    steps: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Checks {
    #[serde(rename = "format")]
    _format: u8,
    checks: Vec<Check>,
}

pub(super) const SITE: &str = "self-help/site.toml";
pub(super) const CHECKS: &str = "self-help/checks.toml";
/// The pages that every language needs.
pub(super) const PAGES: [&str; 7] = ["front", "privacy", "help-now", "danger", "phrase", "enough", "about"];

/// Reads the content. With a fault of [`super::Severity::Broken`] it must not be served.
pub fn read(files: &Files) -> (Content, Vec<Fault>) {
    let mut faults = Vec::new();
    let mut content = Content::default();
    let Some(site) = load::<Site>(files, SITE, &mut faults) else { return (content, faults) };
    if site.format != 1 {
        faults.push(Fault::broken(
            SITE,
            line_with(files.get(SITE).unwrap_or_default(), "format"),
            "this format is unknown",
            "Use format = 1",
        ));
    }
    for code in &site.languages {
        match Language::all().into_iter().find(|language| language.code() == code) {
            Some(language) => content.languages.push(language),
            None => {
                faults.push(Fault::broken(
                    SITE,
                    0,
                    format!("the language {code} has no texts for buttons"),
                    "Add content/locales/… for it",
                ));
            }
        }
    }
    let text = files.get(SITE).unwrap_or_default();
    for plan in site.courses {
        for word in [&plan.id].into_iter().chain(&plan.steps).filter(|id| !is_id(id)) {
            faults.push(Fault::broken(
                SITE,
                line_with(text, word),
                format!("{word:?} cannot stand in an address"),
                "Use small letters a to z, digits and hyphens",
            ));
        }
        if RESERVED.contains(&plan.id.as_str()) {
            faults.push(Fault::broken(
                SITE,
                line_with(text, &plan.id),
                format!("{} is an address of the site itself", plan.id),
                "Choose another id",
            ));
        }
        let steps = plan.steps.iter().map(|id| read_step(files, &content.languages, &plan.id, id, &mut faults)).collect();
        content.courses.push(Course { id: plan.id, title: plan.title, summary: plan.summary, steps });
    }
    read_checks(files, &mut content, &mut faults);
    read_pages(files, &mut content, &mut faults);
    match files.get(lines::FILE) {
        Some(text) => content.countries = lines::parse(text, &mut faults),
        None => {
            faults.push(Fault::broken(
                lines::FILE,
                0,
                "the lines of help are absent",
                "Write the file; docs/self-help.md shows the format",
            ));
        }
    }
    (content, faults)
}

/// Words that addresses use for something else.
const RESERVED: [&str; 8] = ["my", "phrase", "help-now", "danger", "privacy", "about", "enough", "assets"];

fn is_id(id: &str) -> bool {
    !id.is_empty() && id != "all" && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn load<T: serde::de::DeserializeOwned>(files: &Files, name: &str, faults: &mut Vec<Fault>) -> Option<T> {
    let Some(text) = files.get(name) else {
        faults.push(Fault::broken(name, 0, "the file is absent", "Write it; docs/self-help.md shows the format"));
        return None;
    };
    toml(name, text).map_err(|fault| faults.push(fault)).ok()
}

fn read_step(files: &Files, languages: &[Language], course: &str, id: &str, faults: &mut Vec<Fault>) -> Step {
    let mut texts = BTreeMap::new();
    let mut check: Option<String> = None;
    for (nth, language) in languages.iter().enumerate() {
        let file = format!("self-help/{language}/{course}/{id}.md");
        let Some(text) = files.get(&file) else {
            faults.push(Fault::broken(
                &file,
                0,
                format!("the step {course}/{id} is missing in {language}"),
                "Write it, or take it out of site.toml",
            ));
            continue;
        };
        match step::parse(&file, text, *language) {
            Ok((step, found)) => {
                if nth > 0 && check != found {
                    faults.push(Fault::broken(
                        &file,
                        1,
                        "the check differs from that of the other language",
                        "Name the same check in both",
                    ));
                }
                check = check.or(found);
                texts.insert(language.code().to_owned(), step);
            }
            Err(fault) => faults.push(fault),
        }
    }
    let mut counts = texts.values().map(|text| text.prompts.len());
    if let Some(first) = counts.next()
        && counts.any(|other| other != first)
    {
        let file = format!("self-help/{}/{course}/{id}.md", languages.last().map_or("en", |language| language.code()));
        faults.push(Fault::broken(
            &file,
            0,
            "the number of prompts differs between the languages",
            "Give the same prompts in the same order",
        ));
    }
    Step { id: id.to_owned(), check, texts }
}

fn read_checks(files: &Files, content: &mut Content, faults: &mut Vec<Fault>) {
    let Some(found) = load::<Checks>(files, CHECKS, faults) else { return };
    let text = files.get(CHECKS).unwrap_or_default();
    for mut check in found.checks {
        if check.questions.is_empty()
            && let Err(fault) = instrument::fill(&mut check, files)
        {
            faults.push(fault);
        }
        let at = line_with(text, &format!("\"{}\"", check.id));
        for sum in 0..=check.highest() {
            let readings = check.readings.iter().filter(|reading| (reading.from..=reading.to).contains(&sum)).count();
            if readings != 1 {
                faults.push(Fault::broken(
                    CHECKS,
                    at,
                    format!("{}: {readings} readings speak about a sum of {sum}", check.id),
                    "Let the ranges meet without gap or overlap",
                ));
                break;
            }
        }
        content.checks.push(check);
    }
}

fn read_pages(files: &Files, content: &mut Content, faults: &mut Vec<Fault>) {
    for name in PAGES {
        for language in content.languages.clone() {
            let file = format!("self-help/{language}/pages/{name}.md");
            let Some(text) = files.get(&file) else {
                faults.push(Fault::broken(
                    &file,
                    0,
                    format!("the page {name} is missing in {language}"),
                    "Write it: +++, title = \"…\", +++ and the text",
                ));
                continue;
            };
            match step::page(&file, text, language) {
                Ok(page) => drop(content.pages.insert((name.to_owned(), language.code().to_owned()), page)),
                Err(fault) => faults.push(fault),
            }
        }
    }
}
