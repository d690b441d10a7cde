//! A step: a Markdown file with front matter and four sections.

use std::collections::BTreeMap;

use fairway_site::{Html, Language};
use serde::Deserialize;

use super::fault::{Fault, line_of, toml};
use super::markdown::{html, sentence};

/// A step of a course.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its id inside the course.
    pub id: String,
    /// The check it holds, if any.
    pub check: Option<String>,
    /// Its texts, by language code.
    pub texts: BTreeMap<String, StepText>,
}

impl Step {
    /// Its text in a language; in English where it is missing.
    pub fn text(&self, language: Language) -> Option<&StepText> {
        self.texts.get(language.code()).or_else(|| self.texts.get("en"))
    }
}

/// A step in one language.
#[derive(Clone, Debug, Default)]
pub struct StepText {
    /// Its heading.
    pub title: String,
    /// Minutes it takes.
    pub minutes: u8,
    /// A gentle sentence before a hard step.
    pub warning: Option<Html>,
    /// Why this helps.
    pub why: Html,
    /// What there is to read.
    pub read: Html,
    /// The small exercise.
    pub exercise: Html,
    /// Its prompts: a box to write in for each.
    pub prompts: Vec<String>,
    /// What comes next.
    pub next: Html,
    /// Whether no button leads on to the step after it, which is for others.
    pub ends: bool,
    /// How many words there are to read.
    pub words: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    title: String,
    #[serde(default)]
    minutes: Option<u8>,
    warning: Option<String>,
    check: Option<String>,
    #[serde(default)]
    ends: bool,
    #[serde(default)]
    #[serde(rename = "summary")]
    _summary: Option<String>,
}

/// The sections, in order.
pub(super) const SECTIONS: [&str; 4] = ["why", "read", "exercise", "next"];

/// Front matter and the rest, with the line on which the rest begins.
fn split<'t>(file: &str, text: &'t str) -> Result<(Front, &'t str, usize), Fault> {
    let missing = || Fault::broken(file, 1, "the file does not begin with front matter", "Begin it with +++, title = \"…\" and +++");
    let after = text.trim_start_matches('\u{feff}').strip_prefix("+++").ok_or_else(missing)?;
    let (front, body) = after.split_once("\n+++").ok_or_else(missing)?;
    let line = line_of(text, text.len() - body.len()) + 1;
    let front = toml(file, front)?;
    Ok((front, body.split_once('\n').map_or("", |(_, rest)| rest), line))
}

/// A page outside the courses: its title and its text.
pub(super) fn page(file: &str, text: &str, language: Language) -> Result<super::Page, Fault> {
    let (front, body, _) = split(file, text)?;
    let (body, after) = body.split_once("\n---\n").unwrap_or((body, ""));
    Ok(super::Page { title: front.title, html: html(body, language), after: html(after, language) })
}

/// A step's file: its text and its check.
pub(super) fn parse(file: &str, text: &str, language: Language) -> Result<(StepText, Option<String>), Fault> {
    let (front, body, first_line) = split(file, text)?;
    let sections = sections(file, body, first_line)?;
    let part = |id: &str| sections.iter().find(|(found, _)| *found == id).map_or("", |(_, text)| text);
    let (exercise, prompts) = prompts(part("exercise"));
    if prompts.is_empty() {
        let line = super::fault::line_with(text, "{#exercise}");
        return Err(Fault::broken(
            file,
            line,
            "the exercise has no prompt",
            "Add a line that begins with “? ”: it becomes a box to write in",
        ));
    }
    let minutes = front.minutes.filter(|minutes| (1..=15).contains(minutes));
    let minutes = minutes
        .ok_or_else(|| Fault::broken(file, 2, "the step does not say how many minutes it takes", "Add minutes = 6 to the front matter"))?;
    let step = StepText {
        title: front.title,
        minutes,
        ends: front.ends,
        warning: front.warning.map(|warning| sentence(&warning, language)),
        why: html(part("why"), language),
        read: html(part("read"), language),
        exercise: html(&exercise, language),
        prompts,
        next: html(part("next"), language),
        words: part("read").split_whitespace().count(),
    };
    Ok((step, front.check))
}

fn sections<'t>(file: &str, body: &'t str, first_line: usize) -> Result<Vec<(&'static str, &'t str)>, Fault> {
    let mut found: Vec<(&'static str, usize, usize)> = Vec::new();
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        if line.starts_with("## ") {
            let number = first_line + line_of(body, at) - 1;
            let id = line.split_once("{#").and_then(|(_, rest)| rest.split_once('}')).map_or("", |(id, _)| id);
            let id = SECTIONS.into_iter().find(|known| *known == id).ok_or_else(|| {
                Fault::broken(
                    file,
                    number,
                    format!("a section has no known id: {}", line.trim()),
                    "End the heading with {#why}, {#read}, {#exercise} or {#next}",
                )
            })?;
            found.push((id, at, at + line.len()));
        }
        at += line.len();
    }
    if found.iter().map(|(id, _, _)| *id).ne(SECTIONS) {
        let has = found.iter().map(|(id, _, _)| *id).collect::<Vec<_>>().join(", ");
        return Err(Fault::broken(
            file,
            first_line,
            format!("the sections are [{has}]"),
            "Give exactly why, read, exercise and next, in this order",
        ));
    }
    let ends = found.iter().skip(1).map(|(_, start, _)| *start).chain([body.len()]);
    Ok(found.iter().zip(ends).map(|((id, _, from), to)| (*id, &body[*from..to])).collect())
}

/// The text of an exercise without its prompts, and the prompts.
fn prompts(text: &str) -> (String, Vec<String>) {
    let (asked, told): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.starts_with("? "));
    let asked = asked.into_iter().map(|line| line[2..].trim().to_owned()).collect();
    (told.join("\n"), asked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GOOD: &str = "+++\ntitle = \"A\"\nminutes = 5\n+++\n## W {#why}\nx\n## R {#read}\ny\n## E {#exercise}\ndo\n? One\n? Two\n## N {#next}\n[z](a/b)\n";

    #[test]
    fn a_step_has_four_sections_and_its_prompts() {
        let (step, check) = parse("f", GOOD, Language::EN).unwrap();
        assert_eq!((step.title.as_str(), step.minutes, check), ("A", 5, None));
        assert_eq!(step.prompts, ["One", "Two"]);
        assert!(step.next.as_str().contains("/en/a/b") && !step.exercise.as_str().contains("One"));
    }

    #[test]
    fn faults_name_the_line_and_the_remedy() {
        let fault = |text: &str| parse("f.md", text, Language::EN).unwrap_err();
        assert_eq!(fault(&GOOD.replace("{#read}", "")).line, 7);
        assert!(fault(&GOOD.replace("## R {#read}\ny\n", "")).what.contains("why, exercise, next"));
        assert!(fault(&GOOD.replace("? One\n? Two\n", "")).what.contains("no prompt"));
        assert!(fault("hello").remedy.contains("+++"));
        assert!(fault(&GOOD.replace("minutes = 5", "minutes = 5\nx = 1")).what.contains("unknown field"));
    }

    proptest! {
        #[test]
        fn any_text_is_a_step_or_a_fault(text in any::<String>(), cut in 0..GOOD.len()) {
            let _ = parse("f", &text, Language::EN);
            let _ = parse("f", &(GOOD[..cut].to_owned() + &text), Language::ES);
        }
    }
}
