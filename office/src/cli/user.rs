//! `fairway user add`.

use std::io::{IsTerminal as _, Read as _};

use clap::Subcommand;
use fairway_domain::permission::Role;

use super::start::{office, runtime};
use super::{Place, Stop};
use crate::accounts::{password, store};
use crate::app::Clock;
use crate::cli::say::say;

/// What can be done with accounts from the command line.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Add an account; the place is made when it does not exist. The password is asked for, or read from standard input.
    Add {
        #[command(flatten)]
        place: Place,
        /// The name to sign in with.
        sign_in: String,
        /// The name colleagues see.
        #[arg(long)]
        name: String,
        /// What the account is: coordinator, facilitator, treatment-manager, referrer, researcher, auditor, administrator. May be repeated.
        #[arg(long, required = true)]
        role: Vec<Role>,
        /// The place it belongs to.
        #[arg(long, value_name = "TITLE")]
        unit: String,
        /// The region of a new place.
        #[arg(long, default_value = "Region")]
        region: String,
        /// The jurisdiction file of a new place.
        #[arg(long, default_value = "es")]
        jurisdiction: String,
    },
}

/// Carries it out.
pub fn run(command: UserCommand, clock: Clock, seed: [u8; 32]) -> Result<(), Stop> {
    let UserCommand::Add { place, sign_in, name, role, unit, region, jurisdiction } = command;
    let config = place.config(&[])?;
    let sign_in = sign_in.trim().to_lowercase();
    if sign_in.is_empty() || sign_in.chars().any(|letter| letter.is_whitespace() || letter.is_control()) {
        return Err("the sign-in name must be one word".into());
    }
    let secret = asked_password()?;
    if secret.chars().count() < password::SHORTEST || secret.chars().count() > password::LONGEST {
        return Err(format!("the password must have {} to {} characters", password::SHORTEST, password::LONGEST).into());
    }
    runtime()?.block_on(async {
        let app = office(&config, clock, seed, false).await?;
        if app.content.jurisdiction(&jurisdiction).is_none() {
            return Err(format!("there is no jurisdiction file {jurisdiction:?} in the content").into());
        }
        let hash = password::hash(&app.vault, &secret)?;
        let mut tx = app.db.write().await?;
        let known = store::units(&mut tx).await?.into_iter().find(|known| known.title == unit);
        let at = if let Some(known) = known {
            known.id
        } else {
            let (region_id, unit_id) = (app.new_id(), app.new_id());
            store::make_region(&mut tx, region_id, &region).await?;
            store::make_unit(&mut tx, unit_id, region_id, &unit, &jurisdiction).await?;
            unit_id
        };
        let roles: Vec<_> = role.iter().map(|role| (at, *role)).collect();
        let account = store::NewAccount { id: app.new_id(), sign_in: &sign_in, shown_name: name.trim(), hash: &hash, roles: &roles };
        store::make(&mut tx, app.now(), &account).await.map_err(|error| match error {
            crate::db::StoreError::Duplicate => {
                Stop::from(format!("an account named {sign_in:?} exists already, or a role was given twice"))
            }
            other => other.into(),
        })?;
        tx.commit().await?;
        say!("Account {sign_in} added at {unit}.");
        Ok(())
    })
}

fn asked_password() -> Result<String, Stop> {
    if std::io::stdin().is_terminal() {
        let first = rpassword::prompt_password("Password: ")?;
        let second = rpassword::prompt_password("Once more: ")?;
        return if first == second { Ok(first) } else { Err("the two passwords differ; nothing was changed".into()) };
    }
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}
