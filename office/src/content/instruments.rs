//! Instruments: those on offer, and those that older responses answered.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use fairway_domain::measure::Instrument;
use fairway_domain::programme::Files;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{ContentError, built_in, built_in_folder, folders, read_folder, store};
use crate::app::instant_text;
use crate::db::{StoreError, Tx};

/// The instruments of a running office.
#[derive(Debug, Clone, Default)]
pub struct Instruments {
    known: HashMap<Uuid, Arc<Instrument>>,
    offered: BTreeMap<String, Uuid>,
}

impl Instruments {
    /// Keeps those the database does not know, and loads those that responses answered.
    pub(super) async fn keep(tx: &mut Tx, found: BTreeMap<String, Instrument>, now: jiff::Timestamp) -> Result<Self, ContentError> {
        let mut offered = BTreeMap::new();
        for (code, instrument) in found {
            let bundle = serde_json::to_string(&instrument).map_err(|error| StoreError::Unreadable(error.to_string()))?;
            let digest = Sha256::digest(bundle.as_bytes());
            let mut bytes = [0; 16];
            bytes.copy_from_slice(&digest[..16]);
            let id = uuid::Builder::from_custom_bytes(bytes).into_uuid();
            let version = instrument.version.to_string();
            store::keep_instrument(tx, id, &code, &version, &hex::encode(digest), &bundle, &instant_text(now)).await?;
            offered.insert(code, id);
        }
        let mut known = HashMap::new();
        for (id, bundle) in store::instrument_bundles(tx).await? {
            let instrument: Instrument =
                serde_json::from_str(&bundle).map_err(|error| StoreError::Unreadable(format!("instrument {id}: {error}")))?;
            known.insert(id, Arc::new(instrument));
        }
        Ok(Self { known, offered })
    }

    /// The one a response names.
    pub fn get(&self, id: Uuid) -> Option<&Arc<Instrument>> {
        self.known.get(&id)
    }

    /// The one on offer under this id, with the id of its stored version.
    pub fn offered(&self, code: &str) -> Option<(Uuid, &Arc<Instrument>)> {
        let id = *self.offered.get(code)?;
        self.known.get(&id).map(|instrument| (id, instrument))
    }

    /// Every one on offer, by id.
    pub fn all_offered(&self) -> impl Iterator<Item = (Uuid, &Arc<Instrument>)> {
        self.offered.values().filter_map(|id| self.known.get(id).map(|instrument| (*id, instrument)))
    }
}

/// The instruments of a content folder, or those built in, by id.
pub fn instruments(folder: Option<&Path>) -> Result<BTreeMap<String, Instrument>, ContentError> {
    let files = match folder {
        Some(folder) => read_folder(folder)?,
        None => built_in(),
    };
    instruments_of(&files)
}

/// One of them, without reading the others; none when there is no such folder.
pub fn instrument(folder: Option<&Path>, id: &str) -> Result<Option<Instrument>, ContentError> {
    let files = match folder {
        Some(folder) => Some(folder.join("instruments").join(id)).filter(|own| own.is_dir()).map(|own| read_folder(&own)).transpose()?,
        None => built_in_folder("instruments", id),
    };
    files.map(|files| instrument_of(id, &files)).transpose()
}

fn instrument_of(folder: &str, files: &Files) -> Result<Instrument, ContentError> {
    Instrument::of(files).map_err(|faults| ContentError::Instrument { folder: folder.to_owned(), faults })
}

pub(super) fn instruments_of(files: &Files) -> Result<BTreeMap<String, Instrument>, ContentError> {
    folders(files, "instruments")
        .into_iter()
        .map(|(folder, files)| {
            let read = instrument_of(folder, &files)?;
            Ok((read.id.clone(), read))
        })
        .collect()
}
