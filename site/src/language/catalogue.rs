//! Reading the folders of `content/locales` (compiled in, and those of a content folder beside them) once.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;
use std::{fs, io};

use fluent_bundle::FluentResource;
use fluent_bundle::concurrent::FluentBundle;
use include_dir::{Dir, include_dir};
use unic_langid::LanguageIdentifier;

use super::calendar::Writer;

static LOCALES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../content/locales");

/// One Fluent file: its path below `content/locales` and its text.
pub(super) struct SourceFile {
    pub path: String,
    pub text: &'static str,
}

/// Everything one language says.
pub(super) struct Catalogue {
    pub code: &'static str,
    pub bundle: FluentBundle<FluentResource>,
    pub writer: Writer,
    pub files: Vec<SourceFile>,
    /// Faults found while reading: file, line and what is wrong.
    pub faults: Vec<String>,
}

/// The names, without ending, of the files that are read; all when nothing was said.
static CHOSEN: OnceLock<&'static [&'static str]> = OnceLock::new();

/// Reads these files of each language only; without effect once a language was asked for.
pub(super) fn choose(names: &'static [&'static str]) {
    let _ = CHOSEN.set(names);
}

fn is_chosen(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ending == "ftl")
        && CHOSEN.get().is_none_or(|names| file.file_stem().is_some_and(|stem| names.iter().any(|name| stem == *name)))
}

/// Texts by language, then by path below `content/locales`.
type Texts = BTreeMap<&'static str, BTreeMap<String, &'static str>>;

/// What a content folder brought.
static BROUGHT: OnceLock<Texts> = OnceLock::new();

/// Reads the `locales` of a content folder, if it has them; without effect once a language was asked for. The texts stay for as long
/// as the program runs.
pub(super) fn bring(content: &Path) -> io::Result<()> {
    let root = content.join("locales");
    let mut texts = Texts::new();
    for folder in if root.is_dir() { entries(&root)? } else { Vec::new() } {
        let Some(code) = folder.file_name().and_then(|name| name.to_str()).filter(|_| folder.is_dir()) else { continue };
        let files = texts.entry(String::leak(code.to_owned())).or_default();
        for file in entries(&folder)?.into_iter().filter(|file| is_chosen(file)) {
            let path = file.strip_prefix(&root).unwrap_or(&file).display().to_string();
            let read = fs::read_to_string(&file).map_err(|error| io::Error::new(error.kind(), format!("locales/{path}: {error}")))?;
            files.insert(path, String::leak(read));
        }
    }
    let _ = BROUGHT.set(texts);
    Ok(())
}

fn entries(folder: &Path) -> io::Result<Vec<std::path::PathBuf>> {
    fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
}

/// Every text there is: those compiled in, and those brought, which stand in the place of the ones with the same path.
fn texts() -> (Texts, Vec<String>) {
    let (mut texts, mut faults) = (Texts::new(), Vec::new());
    for folder in LOCALES.dirs() {
        let Some(code) = folder.path().to_str() else { continue };
        let files = texts.entry(code).or_default();
        for file in folder.files().filter(|file| is_chosen(file.path())) {
            let path = file.path().display().to_string();
            match file.contents_utf8() {
                Some(text) => drop(files.insert(path, text)),
                None => faults.push(format!("{path}:1: not UTF-8")),
            }
        }
    }
    for (code, files) in BROUGHT.get().into_iter().flatten() {
        texts.entry(code).or_default().extend(files.iter().map(|(path, text)| (path.clone(), *text)));
    }
    texts.retain(|_, files| !files.is_empty());
    (texts, faults)
}

/// All languages, English first.
pub(super) fn all() -> &'static [Catalogue] {
    static ALL: OnceLock<Vec<Catalogue>> = OnceLock::new();
    ALL.get_or_init(|| {
        let (texts, faults) = texts();
        let mut found: Vec<Catalogue> = texts.into_iter().map(|(code, files)| read(code, files)).collect();
        found.sort_by_key(|c| (c.code != "en", c.code));
        if found.is_empty() {
            found.push(empty());
        }
        found[0].faults.extend(faults);
        found
    })
}

/// The catalogue of a code; the first (English) when there is none.
pub(super) fn of(code: &str) -> &'static Catalogue {
    let all = all();
    all.iter().find(|c| c.code == code).unwrap_or(&all[0])
}

fn empty() -> Catalogue {
    Catalogue {
        code: "en",
        bundle: FluentBundle::new_concurrent(Vec::new()),
        writer: Writer::new("en"),
        files: Vec::new(),
        faults: vec!["content/locales has no folder".to_owned()],
    }
}

fn read(code: &'static str, texts: BTreeMap<String, &'static str>) -> Catalogue {
    let locale = code.parse::<LanguageIdentifier>().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // Isolation marks around arguments are right for mixed scripts but break searching and copying of names.
    bundle.set_use_isolating(false);
    let mut files = Vec::new();
    let mut faults = Vec::new();
    for (path, text) in texts {
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(partial, errors)| {
            faults.extend(errors.iter().map(|e| format!("{path}:{}: {}", line_of(text, e.pos.start), e.kind)));
            partial
        });
        if let Err(errors) = bundle.add_resource(resource) {
            faults.extend(errors.iter().map(|e| format!("{path}: {e}")));
        }
        files.push(SourceFile { path, text });
    }
    let tag =
        bundle.get_message("language-tag").and_then(|m| m.value()).map(|p| bundle.format_pattern(p, None, &mut Vec::new()).into_owned());
    let writer = Writer::new(tag.as_deref().unwrap_or(code));
    Catalogue { code, bundle, writer, files, faults }
}

/// The line (from 1) of a byte position.
pub(super) fn line_of(text: &str, position: usize) -> usize {
    let upto = position.min(text.len());
    text.get(..upto).unwrap_or(text).matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use fluent_bundle::FluentArgs;
    use jiff::civil::date;
    use proptest::prelude::*;

    const WORDS: &str = "language-tag = en-GB\nlanguage-name = English\ndays = { $days ->\n    [one] 1 day\n   *[other] { $days } days\n}\n-brand = Fairway\nabout = About { -brand } and { days }\n    .title = { about.title }\n";

    proptest! {
        #[test]
        fn any_damage_to_a_file_of_words_is_a_fault_or_still_words(
            from in any::<prop::sample::Index>(), long in 0..40_usize, put in "([a-z{}$*\\[\\]\n.= -]{0,12}|.{0,12})"
        ) {
            let mut letters: Vec<char> = WORDS.chars().collect();
            let from = from.index(letters.len());
            let end = (from + long).min(letters.len());
            letters.splice(from..end, put.chars());
            let text: &'static str = String::leak(letters.into_iter().collect());
            let made = read("en", BTreeMap::from([("en/site.ftl".to_owned(), text)]));
            let args = FluentArgs::from_iter([("days", 3)]);
            for id in ["language-name", "days", "about"] {
                if let Some(pattern) = made.bundle.get_message(id).and_then(|message| message.value()) {
                    let _ = made.bundle.format_pattern(pattern, Some(&args), &mut Vec::new());
                } else {
                    prop_assert!(!text.contains(&format!("\n{id} = ")) || !made.faults.is_empty(), "{text}: lost without a word");
                }
            }
            prop_assert!(made.faults.iter().all(|fault| fault.starts_with("en/site.ftl:")), "{:?}", made.faults);
            let words = crate::language::L { catalogue: Box::leak(Box::new(made)) };
            prop_assert!(!words.date_long(date(2026, 11, 30)).is_empty());
        }
    }
}
