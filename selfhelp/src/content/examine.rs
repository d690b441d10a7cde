//! Everything that must be right before the content is published.

use std::collections::BTreeSet;

use fairway_site::language;
use jiff::civil::Date;

use super::fault::{Fault, line_with};
use super::reader::{CHECKS, PAGES, SITE};
use super::{Content, Files, Words, deny, lines, markdown, read};

/// Every fault of the content on a day: what [`read`] finds, missing translations (of buttons too), steps nobody reaches, links that
/// lead nowhere, stale lines of help, and words of the deny list.
pub fn examine(files: &Files, today: Date) -> Vec<Fault> {
    let (content, mut faults) = read(files);
    if content.courses.is_empty() && !faults.is_empty() {
        // Without its frame everything else would seem to be wrong.
        return faults;
    }
    buttons(&mut faults);
    translations(&content, files, &mut faults);
    unreachable(&content, files, &mut faults);
    links(&content, files, &mut faults);
    stale(&content, files, today, &mut faults);
    for (name, text) in &files.0 {
        let language = content.languages.iter().find(|language| name.starts_with(&format!("self-help/{language}/")));
        let languages = language.map_or_else(|| vec!["en", "es"], |language| vec![language.code()]);
        for (line, word, remedy) in
            languages.into_iter().flat_map(|code| deny::denied(text, code)).filter(|_| name.starts_with("self-help/"))
        {
            // Where something was read is an address of somebody else's, and nobody is shown it.
            if text.lines().nth(line.saturating_sub(1)).is_some_and(|line| line.starts_with("source = ")) {
                continue;
            }
            faults.push(Fault::careless(name, line, format!("{word:?} is on the deny list"), remedy));
        }
    }
    faults.sort_by(|a, b| (a.severity, &a.file, a.line).cmp(&(b.severity, &b.file, b.line)));
    faults
}

/// The words of buttons, which stand in Fluent files. Where one is missing the site shows the English one.
fn buttons(faults: &mut Vec<Fault>) {
    for fault in language::faults() {
        let mut parts = fault.splitn(3, ':');
        let (file, rest) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let (line, what) = match (rest.trim().parse(), parts.next()) {
            (Ok(line), Some(what)) => (line, what.trim()),
            _ => (0, fault[file.len()..].trim_start_matches([':', ' '])),
        };
        faults.push(Fault::careless(&format!("locales/{file}"), line, what, "Write it as Fluent: id = text"));
    }
    for one in language::differences() {
        let what = format!("{}: {}", one.id, one.what);
        faults.push(Fault::careless(
            &format!("locales/{}", one.file),
            0,
            what,
            "Give every language the same texts with the same arguments",
        ));
    }
}

fn translations(content: &Content, files: &Files, faults: &mut Vec<Fault>) {
    let mut look = |file: &str, place: &str, words: &Words| {
        for language in &content.languages {
            if words.0.get(language.code()).is_none_or(|text| text.trim().is_empty()) {
                let line = words.0.values().next().map_or(0, |text| line_with(files.get(file).unwrap_or_default(), text));
                faults.push(Fault::broken(file, line, format!("{place} is missing in {language}"), "Add its translation"));
            }
        }
    };
    for course in &content.courses {
        look(SITE, &format!("the title of {}", course.id), &course.title);
        look(SITE, &format!("the summary of {}", course.id), &course.summary);
    }
    for check in &content.checks {
        let from = format!("instruments/{}/questionnaire.json", check.id);
        let file = if check.stem.is_some() { from.as_str() } else { CHECKS };
        for (nth, question) in check.questions.iter().enumerate() {
            look(file, &format!("question {} of {}", nth + 1, check.id), &question.text);
        }
        for option in &check.options {
            look(file, &format!("an answer of {}", check.id), &option.text);
        }
        for words in [&check.title, &check.intro, &check.change.lower, &check.change.same, &check.change.higher] {
            look(CHECKS, &format!("a text of {}", check.id), words);
        }
        for reading in &check.readings {
            look(CHECKS, &format!("the reading from {} of {}", reading.from, check.id), &reading.text);
        }
    }
    for country in &content.countries {
        look(lines::FILE, &format!("the name of {}", country.code), &country.name);
        for line in &country.lines {
            for words in line.hours.iter().chain(&line.note) {
                look(lines::FILE, &format!("a text of {}", line.name), words);
            }
        }
    }
}

/// Files that no course names, and courses without steps: nobody would ever see them.
fn unreachable(content: &Content, files: &Files, faults: &mut Vec<Fault>) {
    let mut known = BTreeSet::new();
    for language in &content.languages {
        known.extend(PAGES.iter().map(|page| format!("self-help/{language}/pages/{page}.md")));
        for course in &content.courses {
            known.extend(course.steps.iter().map(|step| format!("self-help/{language}/{}/{}.md", course.id, step.id)));
        }
    }
    for name in files.markdown().map(|(name, _)| name).filter(|name| name.starts_with("self-help/") && !known.contains(*name)) {
        faults.push(Fault::careless(
            name,
            0,
            "no course names this step: nobody can reach it",
            "Name it in self-help/site.toml, or take the file away",
        ));
    }
    for course in content.courses.iter().filter(|course| course.steps.is_empty()) {
        let line = line_with(files.get(SITE).unwrap_or_default(), &course.id);
        faults.push(Fault::broken(SITE, line, format!("{} has no steps", course.id), "Name its steps"));
    }
    for step in content.courses.iter().flat_map(|course| &course.steps) {
        if let Some(check) = step.check.as_deref().filter(|check| content.check(check).is_none()) {
            faults.push(Fault::broken(
                CHECKS,
                0,
                format!("the step {} names the check {check}, which is not there", step.id),
                "Add the check",
            ));
        }
    }
}

/// What a text says in a way that the site does not show, or should not.
fn markup(name: &str, line: usize, text: &str, faults: &mut Vec<Fault>) {
    let tag = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
    if text.split('<').skip(1).any(tag) {
        faults.push(Fault::broken(name, line, "HTML is not shown", "Write it as Markdown"));
    }
    if text.contains("![") {
        faults.push(Fault::broken(name, line, "no picture is ever shown", "Take it away"));
    }
    if text.contains("](http:") {
        faults.push(Fault::careless(
            name,
            line,
            "a link without https",
            "Give the https address, so that nobody on the way sees what is read",
        ));
    }
}

fn links(content: &Content, files: &Files, faults: &mut Vec<Fault>) {
    let checks = files.0.get_key_value(CHECKS).map(|(name, text)| (name, text.as_ref()));
    for (name, text) in files.markdown().chain(checks) {
        for (at, line) in text.lines().enumerate() {
            markup(name, at + 1, line, faults);
        }
        let ways = text.lines().enumerate().filter_map(|(at, line)| {
            let way = line.strip_prefix("way = \"").filter(|_| name == CHECKS)?.trim_end_matches('"');
            Some((at + 1, markdown::place(way).to_owned()))
        });
        for (line, place) in markdown::places(text).into_iter().chain(ways) {
            let country = place.strip_prefix("help-now/").filter(|_| name != CHECKS);
            if country.is_some_and(|code| content.countries.iter().any(|country| country.code.eq_ignore_ascii_case(code))) {
                continue;
            }
            if !content.languages.iter().any(|language| content.name(&place, *language).is_some()) {
                faults.push(Fault::broken(
                    name,
                    line,
                    format!("the link {place} leads nowhere"),
                    "Write course/step, as in site.toml, or pages/help-now/xx with a country's code",
                ));
            }
        }
    }
}

fn stale(content: &Content, files: &Files, today: Date, faults: &mut Vec<Fault>) {
    let text = files.get(lines::FILE).unwrap_or_default();
    for country in &content.countries {
        for line in country.lines.iter().filter(|line| line.stale(today)) {
            let at = line_with(text, &format!("\"{}\"", line.name));
            let what = format!("{} in {}: last reviewed on {}", line.name, country.code, line.reviewed_on);
            faults.push(Fault::careless(lines::FILE, at, what, "Call the number, read the source, and write today's date"));
        }
    }
    for wide in ["EU", "XX"] {
        if !content.countries.is_empty() && content.country(wide).is_none() {
            faults.push(Fault::broken(
                lines::FILE,
                0,
                format!("there is no entry {wide}"),
                "It is shown where a country is missing; add it",
            ));
        }
    }
}
