//! The plan of the house, enforced: what may depend on what, where SQL stands, that no programme's name stands in
//! code, that texts exist, and that files stay small.
#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Every file below a folder with one of these endings, with its text.
fn sources(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if endings.iter().any(|ending| path.extension().is_some_and(|found| found == *ending)) {
                let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
                found.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn code() -> Vec<(String, String)> {
    ["domain/src", "evaluation/src", "site/src", "office/src", "selfhelp/src"]
        .iter()
        .flat_map(|folder| sources(folder, &["rs", "html"]))
        .filter(|(file, _)| !file.contains("/tests/") && !file.ends_with("tests.rs"))
        .collect()
}

/// A source without its tests: what comes before the first `#[cfg(test)]`.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

fn dependencies(krate: &str) -> BTreeSet<String> {
    let text = std::fs::read_to_string(root().join(krate).join("Cargo.toml")).unwrap();
    let table: toml::Table = text.parse().unwrap();
    table.get("dependencies").and_then(|value| value.as_table()).map(|table| table.keys().cloned().collect()).unwrap_or_default()
}

#[test]
fn domain_and_evaluation_do_no_io() {
    let allowed = ["jiff", "rust-stemmers", "serde", "serde_json", "statrs", "thiserror", "toml", "unicode-normalization", "uuid"];
    for krate in ["domain", "evaluation"] {
        for dependency in dependencies(krate) {
            assert!(allowed.contains(&dependency.as_str()), "{krate} depends on {dependency}");
        }
        // Their tests may read the content they are about.
        for (file, text) in sources(&format!("{krate}/src"), &["rs"]).into_iter().filter(|(file, _)| !file.contains("/tests")) {
            for forbidden in ["std::fs", "std::net", "std::env", "SystemTime", "Timestamp::now", "Zoned::now"] {
                assert!(!without_tests(&text).contains(forbidden), "{file} names {forbidden}");
            }
        }
    }
}

#[test]
fn dependencies_point_down() {
    let fairway = |krate: &str| dependencies(krate).into_iter().filter(|name| name.starts_with("fairway-")).collect::<Vec<_>>();
    assert!(fairway("domain").is_empty());
    assert!(fairway("evaluation").is_empty());
    assert!(fairway("site").is_empty());
    assert!(!fairway("selfhelp").contains(&"fairway-office".to_owned()), "the self-help site must not reach a case");
}

#[test]
fn sql_stands_in_stores_only() {
    let verbs = ["\"SELECT ", "\"INSERT INTO ", "\"UPDATE ", "\"DELETE FROM ", "\"WITH "];
    for (file, text) in sources("office/src", &["rs"]) {
        let name = Path::new(&file).file_name().unwrap().to_string_lossy().into_owned();
        let allowed = name.starts_with("store") || file.contains("/store/") || file.contains("src/db/") || file.contains("src/demo/");
        for verb in verbs {
            assert!(allowed || !without_tests(&text).contains(verb), "{file} holds SQL ({verb}…): it belongs in a store.rs");
        }
    }
}

/// No programme's, phase's, module's or session's name stands in code: behaviour is a typed field of the definition.
#[test]
fn no_programme_stands_in_code() {
    // Words that are also the program's own.
    let own = ["group", "individual", "closeness"];
    let mut names = BTreeSet::new();
    for (file, text) in sources("content/programmes", &["toml"]) {
        let table: toml::Table = text.parse().unwrap();
        let mut add = |value: Option<&toml::Value>| {
            if let Some(id) = value.and_then(toml::Value::as_str) {
                names.insert(id.to_owned());
            }
        };
        add(table.get("id"));
        let list = |table: &toml::Table, key: &str| table.get(key).and_then(toml::Value::as_array).cloned().unwrap_or_default();
        for phase in list(&table, "phases") {
            let phase = phase.as_table().unwrap().clone();
            add(phase.get("id"));
            for module in list(&phase, "modules") {
                let module = module.as_table().unwrap().clone();
                add(module.get("id"));
                for session in list(&module, "sessions") {
                    add(session.as_table().unwrap().get("id"));
                }
            }
        }
        assert!(names.len() > 10, "{file} was not read");
    }
    for (file, text) in code() {
        for name in names.iter().filter(|name| !own.contains(&name.as_str())) {
            assert!(
                !without_tests(&text).contains(&format!("\"{name}\"")),
                "{file} names {name:?}, which belongs to a programme's definition"
            );
        }
    }
}

#[test]
fn every_text_a_page_asks_for_exists() {
    let words = fairway_site::Language::all().into_iter().map(fairway_site::Language::words).collect::<Vec<_>>();
    for (file, text) in code() {
        if file.starts_with("site/src/language") {
            continue;
        }
        // Our message ids all have a hyphen; other `with("…")` calls have not.
        for id in fairway_site::language::ids_used_in(without_tests(&text)).into_iter().filter(|id| id.contains('-')) {
            for l in &words {
                assert!(l.has(&id), "{file} asks for the text {id:?}, which is missing in {}", l.code());
            }
        }
    }
}

#[test]
fn files_stay_small() {
    for (file, text) in code() {
        let lines = text.lines().count();
        assert!(lines <= 400, "{file} has {lines} lines: split it by meaning");
    }
}

#[test]
fn nothing_says_what_we_promised_not_to_say() {
    for folder in ["content", "docs"] {
        for (file, text) in sources(folder, &["md", "toml", "ftl"]) {
            let text = text.to_lowercase();
            for forbidden in ["paedophile", "pedophile", "pedófilo", "child pornography", "pornografía infantil"] {
                let quoted = file.ends_with("glossary.md") || file.contains("jurisdictions/") || file.contains("content/prose/");
                assert!(quoted || !text.contains(forbidden), "{file} says {forbidden:?}");
            }
        }
    }
}
