//! Opening an office: database, keys, content.

use fairway_site::Language;
use rand::SeedableRng as _;
use rand_chacha::ChaCha20Rng;

use super::Stop;
use crate::app::{App, Clock, Inner};
use crate::config::Config;
use crate::content::Content;
use crate::db::Db;
use crate::vault::Vault;

/// The name of the service key's file in the data folder.
const KEY_FILE: &str = "service.key";

/// Starts the runtime of the program.
pub fn runtime() -> Result<tokio::runtime::Runtime, Stop> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

/// Sends the log to standard error.
pub fn log(level: &str) {
    let filter = tracing_subscriber::EnvFilter::try_new(format!("{level},sqlx=warn")).unwrap_or_default();
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}

/// Opens the database the configuration names, up to date.
pub async fn database(config: &Config) -> Result<Db, Stop> {
    if let Err(error) = std::fs::create_dir_all(&config.data) {
        return Err(format!("the data folder {} cannot be made: {error}. Choose another with --data DIR", config.data.display()).into());
    }
    let db = match &config.database {
        Some(address) => Db::at(address).await?,
        None => Db::embedded(&config.data).await?,
    };
    db.migrate().await?;
    Ok(db)
}

/// Opens the whole office.
pub async fn office(config: &Config, clock: Clock, seed: [u8; 32], demo: bool) -> Result<App, Stop> {
    if let Some(folder) = &config.content {
        Language::read_also(folder).map_err(|error| format!("the content folder {}: {error}", folder.display()))?;
    }
    let db = database(config).await?;
    let file = config.data.join(KEY_FILE);
    let vault = Vault::open(&file, ChaCha20Rng::from_seed(seed))?;
    vault.prove(&db, &file).await?;
    let content = Content::load(config.content.as_deref(), &db, clock()).await?;
    Ok(App::new(Inner { db, vault, clock, zone: config.zone.clone(), content, https: config.https, demo }))
}
