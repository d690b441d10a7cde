//! Content that somebody damaged: it is refused with a place and a remedy, or it is a site that can be shown.
#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use std::borrow::Cow;
use std::fmt::Write as _;

use fairway_selfhelp::content::{Files, Severity, examine, read};
use fairway_selfhelp::view::{Look, bind};
use proptest::prelude::*;

/// The shipped files with two courses of one step, so that a try is quick.
fn small() -> Files {
    let mut files = Files::embedded();
    let mut site = "format = 1\nlanguages = [\"en\"]\n".to_owned();
    let steps = ["deciding/two-sides", "where-am-i/mood"];
    for (course, step) in steps.iter().filter_map(|place| place.split_once('/')) {
        writeln!(
            site,
            "[[courses]]\nid = \"{course}\"\ntitle = {{ en = \"A title\" }}\nsummary = {{ en = \"A line.\" }}\nsteps = [\"{step}\"]"
        )
        .unwrap();
    }
    files.0.insert("self-help/site.toml".into(), site.into());
    let kept = |name: &str| {
        let place = name.strip_prefix("self-help/").and_then(|rest| rest.strip_suffix(".md"));
        place.is_none_or(|place| place.strip_prefix("en/").is_some_and(|place| place.starts_with("pages/") || steps.contains(&place)))
    };
    files.0.retain(|name, _| kept(name));
    // Links to the other steps would lead nowhere.
    for text in
        files.0.iter_mut().filter(|(name, _)| !name.starts_with("instruments/") && !name.contains("site.toml")).map(|(_, text)| text)
    {
        *text = text.lines().filter(|line| !line.starts_with("way = ")).collect::<Vec<_>>().join("\n").replace("](", "] (").into();
    }
    let lines = &files.0["self-help/help-lines.toml"];
    let some = |code: &str| {
        let from = lines.find(&format!("[[countries]]\ncode = \"{code}\"")).unwrap();
        lines[from + 1..].find("[[countries]]").map_or(&lines[from..], |end| &lines[from..=from + end]).to_owned()
    };
    let few = ["format = 1\n".to_owned(), some("ES"), some("EU"), some("XX")].concat();
    files.0.insert("self-help/help-lines.toml".into(), few.into());
    files
}

/// Whether it is a site; if not, every fault says where it is and what to do.
fn judged(files: &Files) -> bool {
    let faults = examine(files, jiff::civil::date(2026, 11, 30));
    for fault in &faults {
        assert!(!fault.file.is_empty() && !fault.what.is_empty() && !fault.remedy.is_empty(), "{fault:?}");
    }
    if faults.iter().any(|fault| fault.severity == Severity::Broken) {
        return false;
    }
    let (content, _) = read(files);
    let look = Look { exit: "https://exit.example/".into(), style: "/style.css".into(), languages: content.languages.clone() };
    for language in content.languages.clone() {
        assert!(bind(&content, &look, language).unwrap().len() > 8);
    }
    true
}

#[test]
fn undamaged_it_is_a_site() {
    assert!(judged(&small()), "{:?}", examine(&small(), jiff::civil::date(2026, 11, 30)));
}

#[test]
fn a_site_may_do_without_english() {
    let mut files = Files::embedded();
    let site = files.0["self-help/site.toml"].replace("languages = [\"en\", \"es\"]", "languages = [\"es\"]");
    files.0.insert("self-help/site.toml".into(), site.into());
    files.0.retain(|name, _| !name.starts_with("self-help/en/"));
    assert!(judged(&files), "{:?}", examine(&files, jiff::civil::date(2026, 11, 30)));
}

#[test]
fn without_any_one_file_it_is_refused() {
    for name in small().0.keys().filter(|name| !name.ends_with("privacy-tests.toml")) {
        let mut files = small();
        files.0.remove(name);
        assert!(!judged(&files), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_damage_is_a_fault_or_still_a_site(which in any::<prop::sample::Index>(), from in any::<prop::sample::Index>(), long in 0..400_usize, put in "([a-z=\"\\[\\]{}+#?\n]{0,8}|.{0,20})") {
        let mut files = small();
        let name = files.0.keys().nth(which.index(files.0.len())).unwrap().clone();
        let text: Vec<char> = files.0[&name].chars().collect();
        let from = from.index(text.len());
        let damaged = text[..from].iter().copied().chain(put.chars()).chain(text[text.len().min(from + long)..].iter().copied());
        files.0.insert(name, Cow::Owned(damaged.collect()));
        judged(&files);
    }
}
