//! Reading the folders of `content/locales` (compiled in) once.

use std::path::Path;
use std::sync::OnceLock;

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
    CHOSEN.get().is_none_or(|names| file.file_stem().is_some_and(|stem| names.iter().any(|name| stem == *name)))
}

/// All languages, English first.
pub(super) fn all() -> &'static [Catalogue] {
    static ALL: OnceLock<Vec<Catalogue>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut found: Vec<Catalogue> = LOCALES.dirs().filter_map(|dir| Some(read(dir.path().to_str()?, dir))).collect();
        found.sort_by_key(|c| (c.code != "en", c.code));
        if found.is_empty() {
            found.push(empty());
        }
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

fn read(code: &'static str, dir: &'static Dir<'static>) -> Catalogue {
    let locale = code.parse::<LanguageIdentifier>().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // Isolation marks around arguments are right for mixed scripts but break searching and copying of names.
    bundle.set_use_isolating(false);
    let mut files = Vec::new();
    let mut faults = Vec::new();
    for file in dir.files() {
        let path = file.path().display().to_string();
        if file.path().extension().is_none_or(|e| e != "ftl") || !is_chosen(file.path()) {
            continue;
        }
        let Some(text) = file.contents_utf8() else {
            faults.push(format!("{path}:1: not UTF-8"));
            continue;
        };
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
