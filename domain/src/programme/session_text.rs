//! A session's text in one language: reads its Markdown file into sections and activities.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::markdown::{self, Heading};
use super::nearest::{did_you_mean, quoted};
use super::source::Source;

/// Ids of the sections a session's file may have, in the order in which they are usually read.
pub const SECTIONS: [&str; 11] =
    ["aims", "why", "preparation", "activities", "watch", "deviation", "adaptations", "task", "sheet", "fidelity", "links"];

/// Sections without which a session cannot be held.
const REQUIRED: [&str; 2] = ["aims", "activities"];

/// A session's text in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionText {
    /// The same as the session's title in that language.
    pub title: String,
    /// In the order of the file.
    pub sections: Vec<Section>,
    /// The parts of the section `activities`, in order; their minutes add up to the session's.
    pub activities: Vec<Activity>,
    /// The whole file.
    pub source: String,
}

impl SessionText {
    /// The section with this id, one of [`SECTIONS`].
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == id)
    }
}

/// One section of a session's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// One of [`SECTIONS`].
    pub id: String,
    /// Its heading as worded in the language.
    pub heading: String,
    /// What stands under the heading.
    pub markdown: String,
}

/// One timed part of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// Planned minutes, at least 1.
    pub minutes: u16,
    /// Its name.
    pub title: String,
    /// What to do.
    pub markdown: String,
}

/// What the definition says about the session; a part that could not be read there is left out.
#[derive(Clone, Copy, Default)]
pub(super) struct Expected<'a> {
    pub(super) title: Option<&'a str>,
    pub(super) minutes: Option<u16>,
}

/// Reads the file; faults go to the source.
pub(super) fn read(source: &Source<'_>, expected: Expected<'_>) -> SessionText {
    let headings = markdown::headings(source.text);
    markdown::forbidden(source);
    let title = title(source, &headings, expected.title);
    outside_sections(source, &headings);
    let sections = sections(source, &headings);
    let activities = activities(source, &headings, expected.minutes);
    SessionText { title, sections, activities, source: source.text.to_owned() }
}

pub(super) fn title(source: &Source<'_>, headings: &[Heading<'_>], expected: Option<&str>) -> String {
    let mut titles = headings.iter().filter(|heading| heading.level == 1);
    let begins = source.text.len() - source.text.trim_start().len();
    let Some(title) = titles.next().filter(|title| title.line.start <= begins) else {
        let first = source.text.get(begins..).and_then(|rest| rest.lines().next()).unwrap_or("");
        let message = format!("the file begins with {} instead of its title", quoted(first));
        let wanted = expected.unwrap_or("…");
        source.fault(begins..begins + first.len(), "missing-title", message, format!("begin it with \"# {wanted}\""));
        return String::new();
    };
    if let Some(expected) = expected
        && expected != title.text
    {
        let message = format!("the title is {}, but programme.toml says {}", quoted(title.text), quoted(expected));
        source.fault(title.words.clone(), "title-differs", message, "use the same title in both");
    }
    for another in titles {
        let message = format!("there is a second title, {}", quoted(another.text));
        source.fault(another.line.clone(), "second-title", message, "use \"## \" or \"### \" for headings");
    }
    title.text.to_owned()
}

/// Reports text that stands between the title and the first section, where no page would show it.
fn outside_sections(source: &Source<'_>, headings: &[Heading<'_>]) {
    let Some(title) = headings.first().filter(|heading| heading.level == 1) else { return };
    let first_section = headings.iter().find(|heading| heading.level == 2);
    let end = first_section.map_or(source.text.len(), |heading| heading.line.start);
    let between = source.text.get(title.line.end..end).unwrap_or("");
    if let Some(line) = between.lines().find(|line| !line.trim().is_empty()) {
        let start = title.line.end + (line.as_ptr() as usize - between.as_ptr() as usize);
        let message = format!("{} stands in no section", quoted(line));
        source.fault(start..start + line.len(), "text-outside-section", message, "move it under a section's heading");
    }
}

fn sections(source: &Source<'_>, headings: &[Heading<'_>]) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut without_id = false;
    for (index, heading) in headings.iter().enumerate().filter(|(_, heading)| heading.level == 2) {
        let Some((words, id)) = split_id(heading.text) else {
            let message = format!("the section {} has no id", quoted(heading.text));
            let help = format!("end the heading with one of {}", SECTIONS.map(|id| format!("{{#{id}}}")).join(" "));
            source.fault(heading.words.clone(), "section-without-id", message, help);
            without_id = true;
            continue;
        };
        let place = id_place(heading, id);
        if !SECTIONS.contains(&id) {
            let message = format!("there is no section {}", quoted(id));
            source.fault(place, "unknown-section", message, did_you_mean(id, SECTIONS));
            without_id = true;
            continue;
        }
        if sections.iter().any(|section| section.id == id) {
            let message = format!("the section {} stands here for the second time", quoted(id));
            source.fault(place, "duplicate-section", message, "join the two");
            continue;
        }
        let markdown = markdown::body(source.text, headings, index);
        if markdown.is_empty() {
            let message = format!("the section {} is empty", quoted(id));
            source.fault(place, "empty-section", message, "write it, or remove the heading when it is not required");
        }
        sections.push(Section { id: id.to_owned(), heading: words.to_owned(), markdown });
    }
    for id in REQUIRED {
        if !without_id && !sections.iter().any(|section| section.id == id) {
            let message = format!("the section {} is missing", quoted(id));
            source.fault(0..0, "missing-section", message, format!("add \"## … {{#{id}}}\""));
        }
    }
    sections
}

/// `Aims {#aims}` as `("Aims", "aims")`.
pub(super) fn split_id(heading: &str) -> Option<(&str, &str)> {
    let (words, id) = heading.strip_suffix('}')?.rsplit_once("{#")?;
    Some((words.trim_end(), id))
}

/// Where the id stands: before the closing brace, which ends the heading's words.
fn id_place(heading: &Heading<'_>, id: &str) -> Range<usize> {
    let end = heading.words.end.saturating_sub(1);
    end.saturating_sub(id.len())..end
}

fn activities(source: &Source<'_>, headings: &[Heading<'_>], expected: Option<u16>) -> Vec<Activity> {
    let is_activities = |heading: &Heading<'_>| heading.level == 2 && split_id(heading.text).is_some_and(|(_, id)| id == "activities");
    let Some(start) = headings.iter().position(is_activities) else { return Vec::new() };
    let Some(section) = headings.get(start) else { return Vec::new() };
    let (mut activities, mut all_timed) = (Vec::new(), true);
    let after = headings.iter().enumerate().skip(start + 1).take_while(|(_, heading)| heading.level > 2);
    for (index, heading) in after.filter(|(_, heading)| heading.level == 3) {
        if let Some((minutes, title)) = timed(heading.text) {
            let markdown = markdown::body(source.text, headings, index);
            activities.push(Activity { minutes, title: title.to_owned(), markdown });
        } else {
            all_timed = false;
            let message = format!("the activity {} does not begin with its minutes", quoted(heading.text));
            source.fault(heading.words.clone(), "activity-without-minutes", message, "write \"### 10 min · Name\"");
        }
    }
    let sum: u32 = activities.iter().map(|activity| u32::from(activity.minutes)).sum();
    if let Some(expected) = expected.filter(|expected| all_timed && u32::from(*expected) != sum) {
        let message = format!("the activities add up to \"{sum}\" minutes, but the session takes \"{expected}\"");
        let help = "change the minutes of an activity here, or the session's minutes in programme.toml";
        source.fault(section.words.clone(), "minutes-differ", message, help);
    }
    activities
}

/// `10 min · Arriving` as `(10, "Arriving")`.
fn timed(heading: &str) -> Option<(u16, &str)> {
    let digits = heading.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = heading.split_at_checked(digits)?;
    let minutes = number.parse().ok().filter(|minutes| *minutes > 0)?;
    let title = rest.trim_start().strip_prefix("min")?.trim_start().strip_prefix(['·', '-', '–', '—', ':'])?.trim();
    (!title.is_empty()).then_some((minutes, title))
}
