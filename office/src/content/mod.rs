//! What clinicians write: programmes and jurisdictions, from a folder or built in.
//!
//! Every definition a case started on stays in the database as it was; the folder says what is on offer now.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fairway_domain::jurisdiction::Jurisdiction;
use fairway_domain::programme::{Fault, Files, Programme};
use include_dir::{Dir, include_dir};
use sha2::{Digest as _, Sha256};
use thiserror::Error;
use uuid::Uuid;

use crate::app::instant_text;
use crate::db::{Db, StoreError};

pub mod store;

static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../content");

/// Why the content could not be used.
#[derive(Debug, Error)]
pub enum ContentError {
    /// A folder or file could not be read.
    #[error(
        "{file} cannot be read: {cause}. Set `content` to a folder with programmes/ and jurisdictions/, or leave it out for what is built in"
    )]
    Unreadable {
        /// Which.
        file: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// Programmes have faults.
    #[error("the programme {folder} has {} faults; `fairway programme check` lists them:\n{}", faults.len(), rendered(faults))]
    Programme {
        /// Which folder.
        folder: String,
        /// Every fault.
        faults: Vec<Fault>,
    },
    /// A jurisdiction file has a fault.
    #[error("the jurisdiction file {file}: {cause}")]
    Jurisdiction {
        /// Which file.
        file: String,
        /// What is wrong and where.
        cause: String,
    },
    /// There is nothing in the folder.
    #[error("{0} holds no programme: there is no programmes/<name>/programme.toml in it")]
    Empty(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn rendered(faults: &[Fault]) -> String {
    faults.iter().take(5).map(Fault::render).collect::<Vec<_>>().join("\n")
}

/// The programmes and jurisdictions of a running office.
#[derive(Debug, Clone)]
pub struct Content {
    programmes: HashMap<Uuid, Arc<Programme>>,
    offered: Vec<Uuid>,
    jurisdictions: BTreeMap<String, Arc<Jurisdiction>>,
}

impl Content {
    /// Reads `folder` (or what is built in), keeps definitions that the database does not know, and loads those that
    /// cases run on.
    pub async fn load(folder: Option<&Path>, db: &Db, now: jiff::Timestamp) -> Result<Self, ContentError> {
        let files = match folder {
            Some(folder) => read_folder(folder)?,
            None => built_in(),
        };
        let jurisdictions = jurisdictions(&files)?;
        let found = programmes(&files)?;
        if found.is_empty() {
            return Err(ContentError::Empty(
                folder.map_or_else(|| "the built-in content".to_owned(), |folder| folder.display().to_string()),
            ));
        }
        let mut tx = db.write().await?;
        let mut offered = Vec::new();
        for programme in found {
            let bundle = serde_json::to_string(&programme).map_err(|error| StoreError::Unreadable(error.to_string()))?;
            let fingerprint = hex::encode(Sha256::digest(bundle.as_bytes()));
            let digest = Sha256::digest(fingerprint.as_bytes());
            let mut bytes = [0; 16];
            bytes.copy_from_slice(&digest[..16]);
            let id = uuid::Builder::from_custom_bytes(bytes).into_uuid();
            store::keep(
                &mut tx,
                id,
                &programme.definition.id,
                &programme.definition.version.to_string(),
                &fingerprint,
                &bundle,
                &instant_text(now),
            )
            .await?;
            offered.push(id);
        }
        let mut programmes = HashMap::new();
        for (id, bundle) in store::bundles(&mut tx).await? {
            let programme: Programme =
                serde_json::from_str(&bundle).map_err(|error| StoreError::Unreadable(format!("programme {id}: {error}")))?;
            programmes.insert(id, Arc::new(programme));
        }
        tx.commit().await?;
        Ok(Self { programmes, offered, jurisdictions })
    }

    /// A stored definition, by the id a case names.
    pub fn programme(&self, id: Uuid) -> Option<&Arc<Programme>> {
        self.programmes.get(&id)
    }

    /// The definitions a new case may start on.
    pub fn offered(&self) -> impl Iterator<Item = (Uuid, &Arc<Programme>)> {
        self.offered.iter().filter_map(|id| self.programmes.get(id).map(|programme| (*id, programme)))
    }

    /// Every definition known, also those only older cases run on.
    pub fn programmes(&self) -> impl Iterator<Item = (Uuid, &Arc<Programme>)> {
        self.programmes.iter().map(|(id, programme)| (*id, programme))
    }

    /// A jurisdiction by its id; a unit names one.
    pub fn jurisdiction(&self, id: &str) -> Option<&Arc<Jurisdiction>> {
        self.jurisdictions.get(id)
    }

    /// Every jurisdiction.
    pub fn jurisdictions(&self) -> impl Iterator<Item = &Arc<Jurisdiction>> {
        self.jurisdictions.values()
    }
}

/// Reads every file below a folder, by its path with `/`.
pub fn read_folder(folder: &Path) -> Result<Files, ContentError> {
    let mut files = Files::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        let failed = |cause| ContentError::Unreadable { file: next.clone(), cause };
        for entry in std::fs::read_dir(&next).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
                continue;
            }
            if path.is_dir() {
                open.push(path);
            } else if let Ok(inside) = path.strip_prefix(folder) {
                let name = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
                let bytes = std::fs::read(&path).map_err(|cause| ContentError::Unreadable { file: path.clone(), cause })?;
                files.insert(name, bytes);
            }
        }
    }
    Ok(files)
}

fn built_in() -> Files {
    fn walk(dir: &Dir<'static>, files: &mut Files) {
        for file in dir.files() {
            files.insert(file.path().to_string_lossy().replace('\\', "/"), file.contents().to_vec());
        }
        for inner in dir.dirs() {
            walk(inner, files);
        }
    }
    let mut files = Files::new();
    walk(&BUILT_IN, &mut files);
    files
}

fn programmes(files: &Files) -> Result<Vec<Programme>, ContentError> {
    let mut folders: BTreeMap<&str, Files> = BTreeMap::new();
    for (path, bytes) in files {
        if let Some((folder, inside)) = path.strip_prefix("programmes/").and_then(|rest| rest.split_once('/')) {
            folders.entry(folder).or_default().insert(inside.to_owned(), bytes.clone());
        }
    }
    folders
        .into_iter()
        .map(|(folder, files)| Programme::of(&files).map_err(|faults| ContentError::Programme { folder: folder.to_owned(), faults }))
        .collect()
}

fn jurisdictions(files: &Files) -> Result<BTreeMap<String, Arc<Jurisdiction>>, ContentError> {
    let mut found = BTreeMap::new();
    for (path, bytes) in files {
        let Some(file) =
            path.strip_prefix("jurisdictions/").filter(|file| Path::new(file).extension().is_some_and(|ending| ending == "toml"))
        else {
            continue;
        };
        let fault = |cause: String| ContentError::Jurisdiction { file: file.to_owned(), cause };
        let text = std::str::from_utf8(bytes).map_err(|error| fault(format!("not UTF-8 at byte {}", error.valid_up_to())))?;
        let jurisdiction =
            Jurisdiction::read(text).map_err(|faults| fault(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")))?;
        found.insert(jurisdiction.id.clone(), Arc::new(jurisdiction));
    }
    Ok(found)
}
