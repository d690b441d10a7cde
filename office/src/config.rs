//! Configuration: one schema, from a file, the environment and flags, the later winning over the earlier.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use thiserror::Error;

/// One setting of the schema.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Its name in the file; the environment's is `FAIRWAY_` and the name in capitals, the flag's is `--` and the name.
    pub name: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// What may stand there.
    pub allowed: &'static str,
    /// What it is when nobody says.
    pub default: &'static str,
}

/// The schema.
pub const SETTINGS: &[Setting] = &[
    Setting {
        name: "listen",
        about: "Where the program listens.",
        allowed: "an address and port, such as 127.0.0.1:8080 or [::1]:8080",
        default: "127.0.0.1:8080",
    },
    Setting {
        name: "data",
        about: "The folder of the embedded database and the service key.",
        allowed: "a folder; it is made when missing",
        default: "data",
    },
    Setting {
        name: "database",
        about: "The database; left out, it is embedded in the data folder.",
        allowed: "postgres://user:password@host/name or sqlite://FILE",
        default: "",
    },
    Setting {
        name: "content",
        about: "The folder with programmes and jurisdictions; left out, what is built in.",
        allowed: "a folder that holds programmes/ and jurisdictions/",
        default: "",
    },
    Setting {
        name: "https",
        about: "Whether readers reach the service by https (through a proxy).",
        allowed: "true or false",
        default: "true",
    },
    Setting {
        name: "time_zone",
        about: "The service's time zone.",
        allowed: "a name of the IANA time zone database, such as Europe/Madrid",
        default: "Europe/Madrid",
    },
    Setting {
        name: "log",
        about: "How much is logged; ids only, never a name.",
        allowed: "error, warn, info, debug or trace",
        default: "info",
    },
];

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nobody said; the schema's own.
    Default,
    /// The configuration file.
    File(PathBuf),
    /// An environment variable.
    Environment(String),
    /// A flag.
    Flag(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("the default"),
            Self::File(file) => write!(f, "the file {}", file.display()),
            Self::Environment(name) => write!(f, "the environment variable {name}"),
            Self::Flag(name) => write!(f, "the flag --{name}"),
        }
    }
}

/// What is wrong with the configuration.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ConfigError {
    /// A value cannot be used.
    #[error("`{name}` is {value:?} ({origin}), which cannot be used. Allowed: {allowed}")]
    Value {
        /// Which setting.
        name: &'static str,
        /// What stands there.
        value: String,
        /// Where it came from.
        origin: Origin,
        /// What may stand there.
        allowed: &'static str,
    },
    /// The file has a key that is no setting.
    #[error("the file {} has `{key}`, which is no setting. The settings are: {}", file.display(), names())]
    Unknown {
        /// Which file.
        file: PathBuf,
        /// Which key.
        key: String,
    },
    /// The file is no TOML, or cannot be read.
    #[error("the file {} cannot be used: {cause}", file.display())]
    File {
        /// Which file.
        file: PathBuf,
        /// Why.
        cause: String,
    },
}

fn names() -> String {
    SETTINGS.iter().map(|setting| setting.name).collect::<Vec<_>>().join(", ")
}

/// The configuration, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The data folder.
    pub data: PathBuf,
    /// The database's address, when it is not embedded.
    pub database: Option<String>,
    /// The content folder, when not built in.
    pub content: Option<PathBuf>,
    /// Whether cookies say `Secure`.
    pub https: bool,
    /// The service's time zone.
    pub zone: TimeZone,
    /// The log level.
    pub log: String,
}

/// Values by setting, and where each came from.
type Values = BTreeMap<&'static str, (String, Origin)>;

impl Config {
    /// Reads the layers: the file (if any), then the environment (`variable` looks one up), then flags.
    pub fn read(
        file: Option<&Path>,
        variable: impl Fn(&str) -> Option<String>,
        flags: &[(&'static str, Option<String>)],
    ) -> Result<Self, ConfigError> {
        let mut values: Values = SETTINGS.iter().map(|setting| (setting.name, (setting.default.to_owned(), Origin::Default))).collect();
        if let Some(file) = file {
            read_file(file, &mut values)?;
        }
        for setting in SETTINGS {
            let name = format!("FAIRWAY_{}", setting.name.to_uppercase());
            if let Some(value) = variable(&name) {
                values.insert(setting.name, (value, Origin::Environment(name)));
            }
        }
        for (name, value) in flags {
            if let Some(value) = value {
                values.insert(name, (value.clone(), Origin::Flag(name)));
            }
        }
        Self::check(&values)
    }

    fn check(values: &Values) -> Result<Self, ConfigError> {
        let filled = |name| Ok(Some(text(values, name)).filter(|value| !value.is_empty()));
        let database: Option<String> = filled("database")?;
        if database
            .as_ref()
            .is_some_and(|address| !["postgres://", "postgresql://", "sqlite://"].iter().any(|scheme| address.starts_with(scheme)))
        {
            return Err(wrong(values, "database"));
        }
        let content = filled("content")?.map(PathBuf::from);
        if content.as_ref().is_some_and(|folder| !folder.is_dir()) {
            return Err(wrong(values, "content"));
        }
        let log = text(values, "log");
        if !["error", "warn", "info", "debug", "trace"].contains(&log.as_str()) {
            return Err(wrong(values, "log"));
        }
        let data = text(values, "data");
        if data.is_empty() {
            return Err(wrong(values, "data"));
        }
        Ok(Self {
            listen: text(values, "listen").parse().map_err(|_| wrong(values, "listen"))?,
            data: data.into(),
            database,
            content,
            https: text(values, "https").parse().map_err(|_| wrong(values, "https"))?,
            zone: TimeZone::get(&text(values, "time_zone")).map_err(|_| wrong(values, "time_zone"))?,
            log,
        })
    }
}

fn text(values: &Values, name: &'static str) -> String {
    values.get(name).map(|(value, _)| value.trim().to_owned()).unwrap_or_default()
}

fn wrong(values: &Values, name: &'static str) -> ConfigError {
    let (value, origin) = values.get(name).cloned().unwrap_or((String::new(), Origin::Default));
    let shown = if name == "database" { value.split('@').next_back().unwrap_or_default().to_owned() } else { value };
    let allowed = SETTINGS.iter().find(|setting| setting.name == name).map_or("", |setting| setting.allowed);
    ConfigError::Value { name, value: shown, origin, allowed }
}

fn read_file(file: &Path, values: &mut Values) -> Result<(), ConfigError> {
    let failed = |cause: String| ConfigError::File { file: file.to_owned(), cause };
    let text = std::fs::read_to_string(file).map_err(|error| failed(error.to_string()))?;
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| failed(error.to_string()))?;
    for (key, value) in table {
        let Some(setting) = SETTINGS.iter().find(|setting| setting.name == key) else {
            return Err(ConfigError::Unknown { file: file.to_owned(), key });
        };
        let value = match value {
            toml::Value::String(text) => text,
            other => other.to_string(),
        };
        values.insert(setting.name, (value, Origin::File(file.to_owned())));
    }
    Ok(())
}

/// A configuration file with every setting, its meaning and its default, commented out.
pub fn template() -> String {
    let mut text =
        String::from("# Fairway. Every setting may also be an environment variable (FAIRWAY_LISTEN) or a flag (--listen), which win.\n");
    for setting in SETTINGS {
        let _ = write!(text, "\n# {}\n# Allowed: {}.\n# {} = {:?}\n", setting.about, setting.allowed, setting.name, setting.default);
    }
    text
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails loudly")]
mod tests {
    use super::*;

    fn none(_: &str) -> Option<String> {
        None
    }

    #[test]
    fn flags_win_over_environment_over_file_over_default() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("fairway.toml");
        std::fs::write(&file, "listen = \"127.0.0.1:1\"\nhttps = false\ndata = \"from-file\"").unwrap();
        let variable = |name: &str| (name == "FAIRWAY_LISTEN").then(|| "127.0.0.1:2".to_owned());
        let config = Config::read(Some(&file), variable, &[("listen", None), ("data", Some("from-flag".to_owned()))]).unwrap();
        assert_eq!(config.listen.port(), 2);
        assert_eq!(config.data, PathBuf::from("from-flag"));
        assert!(!config.https);
        assert_eq!(Config::read(None, none, &[]).unwrap().listen.port(), 8080);
    }

    #[test]
    fn a_wrong_value_says_which_where_from_and_what_is_allowed() {
        let variable = |name: &str| (name == "FAIRWAY_HTTPS").then(|| "yes".to_owned());
        let message = Config::read(None, variable, &[]).unwrap_err().to_string();
        assert!(message.contains("`https`") && message.contains("FAIRWAY_HTTPS") && message.contains("true or false"), "{message}");
        for (name, value) in [
            ("listen", "8080"),
            ("database", "mysql://x"),
            ("content", "/no/such/folder"),
            ("time_zone", "Mars/Olympus"),
            ("log", "loud"),
            ("data", ""),
        ] {
            let name = SETTINGS.iter().find(|setting| setting.name == name).unwrap().name;
            let message = Config::read(None, none, &[(name, Some(value.to_owned()))]).unwrap_err().to_string();
            assert!(message.contains(&format!("--{name}")), "{message}");
        }
    }

    #[test]
    fn a_password_is_not_repeated() {
        let message = Config::read(None, none, &[("database", Some("mysql://user:secret@host/x".to_owned()))]).unwrap_err().to_string();
        assert!(!message.contains("secret"));
    }

    #[test]
    fn an_unknown_key_names_the_settings() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("fairway.toml");
        std::fs::write(&file, "lisen = \"x\"").unwrap();
        let message = Config::read(Some(&file), none, &[]).unwrap_err().to_string();
        assert!(message.contains("lisen") && message.contains("listen"), "{message}");
    }

    #[test]
    fn the_template_is_valid_and_complete() {
        let uncommented: String =
            template().lines().filter(|line| line.contains(" = ")).map(|line| line.trim_start_matches("# ").to_owned() + "\n").collect();
        let table: toml::Table = uncommented.parse().unwrap();
        assert_eq!(table.len(), SETTINGS.len());
    }
}
