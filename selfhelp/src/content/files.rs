//! The files of the content: those the program carries, or a folder's.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use include_dir::{Dir, include_dir};

static SELF_HELP: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../content/self-help");
static INSTRUMENTS: Dir<'static> = include_dir!("$OUT_DIR/instruments");

/// Texts by their path below the content folder: `self-help/site.toml`.
#[derive(Clone, Debug, Default)]
pub struct Files(pub BTreeMap<String, Cow<'static, str>>);

impl Files {
    /// The files that the program was built with.
    pub fn embedded() -> Self {
        let mut found = BTreeMap::new();
        gather(&SELF_HELP, "self-help", &mut found);
        gather(&INSTRUMENTS, "instruments", &mut found);
        Self(found)
    }

    /// The files of a content folder, which holds `self-help` and `instruments`. Other files are left alone.
    pub fn folder(root: &Path) -> io::Result<Self> {
        let mut found = BTreeMap::new();
        let mut open = vec![root.join("self-help"), root.join("instruments")];
        while let Some(next) = open.pop() {
            if !next.is_dir() {
                continue;
            }
            for entry in fs::read_dir(&next)? {
                let path = entry?.path();
                let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
                if path.is_dir() {
                    open.push(path);
                } else if matches!(ending, "toml" | "md" | "json") {
                    let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                    let text = fs::read_to_string(&path).map_err(|error| io::Error::new(error.kind(), format!("{name}: {error}")))?;
                    found.insert(name, text.into());
                }
            }
        }
        Ok(Self(found))
    }

    /// Markdown files, with their texts.
    pub(super) fn markdown(&self) -> impl Iterator<Item = (&String, &str)> {
        self.0
            .iter()
            .filter(|(name, _)| Path::new(name).extension().is_some_and(|ending| ending == "md"))
            .map(|(name, text)| (name, text.as_ref()))
    }

    /// The text of a file.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(AsRef::as_ref)
    }
}

fn gather(folder: &'static Dir<'static>, under: &str, found: &mut BTreeMap<String, Cow<'static, str>>) {
    for file in folder.files() {
        if let Some(text) = file.contents_utf8() {
            found.insert(format!("{under}/{}", file.path().to_string_lossy().replace('\\', "/")), text.into());
        }
    }
    for inner in folder.dirs() {
        gather(inner, under, found);
    }
}
