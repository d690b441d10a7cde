//! Content: the file whose name is the first line is the text below it. There must be faults, or a site that can be rendered.
#![no_main]

use std::borrow::Cow;
use std::sync::LazyLock;

use fairway_selfhelp::content::{Files, Severity, examine};
use fairway_selfhelp::{content, view};
use libfuzzer_sys::fuzz_target;

/// One course of two steps, so that a try is quick.
static SMALL: LazyLock<Files> = LazyLock::new(|| {
    let mut files = Files::embedded();
    let site = "format = 1\nlanguages = [\"en\"]\n[[courses]]\nid = \"deciding\"\ntitle = { en = \"Deciding\" }\nsummary = { en = \"Two steps.\" }\nsteps = [\"two-sides\"]\n[[courses]]\nid = \"where-am-i\"\ntitle = { en = \"Where\" }\nsummary = { en = \"One.\" }\nsteps = [\"mood\"]\n";
    files.0.insert("self-help/site.toml".into(), site.into());
    let kept = ["self-help/en/deciding/two-sides.md", "self-help/en/where-am-i/mood.md"];
    files.0.retain(|name, _| !name.ends_with(".md") || name.starts_with("self-help/en/pages/") || kept.contains(&name.as_str()));
    // Links to the other steps would lead nowhere.
    for text in files.0.iter_mut().filter(|(name, _)| name.ends_with(".md") || name.ends_with("checks.toml")).map(|(_, text)| text) {
        *text = text.lines().filter(|line| !line.starts_with("way = ")).collect::<Vec<_>>().join("\n").replace("](", "] (").into();
    }
    let lines = files.0["self-help/help-lines.toml"].find("[[countries]]\ncode = \"GB\"").unwrap_or(0);
    let shorter = files.0["self-help/help-lines.toml"][..lines].to_owned();
    files.0.insert("self-help/help-lines.toml".into(), shorter.into());
    files
});

fuzz_target!(|given: &str| {
    let Some((name, text)) = given.split_once('\n') else { return };
    let mut files = SMALL.clone();
    let Some(file) = files.0.get_mut(name) else { return };
    *file = Cow::Owned(text.to_owned());
    let faults = examine(&files, jiff::civil::date(2026, 11, 30));
    for fault in &faults {
        assert!(!fault.to_string().is_empty());
    }
    if faults.iter().all(|fault| fault.severity != Severity::Broken) {
        let (content, _) = content::read(&files);
        let look = view::Look { exit: "https://exit.example/".into(), style: "/style.css".into(), languages: content.languages.clone() };
        for language in content.languages.clone() {
            view::bind(&content, &look, language).expect("a page that can be rendered");
        }
    }
});
