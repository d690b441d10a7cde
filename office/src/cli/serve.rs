//! `fairway serve` and `fairway migrate`.

use tokio::net::TcpListener;

use super::start::{database, log, office, runtime};
use super::{Place, Stop};
use crate::app::{App, Clock};
use crate::cli::say::say;
use crate::config::Config;

/// Serves the office until it is told to stop.
pub fn serve(place: &Place, clock: Clock, seed: [u8; 32]) -> Result<(), Stop> {
    let config = place.config(&[])?;
    log(&config.log);
    runtime()?.block_on(async {
        let app = office(&config, clock, seed, false).await?;
        say!("Fairway serves at http://{}", config.listen);
        listen(&config, app).await
    })
}

/// Brings the schema up to date and says so.
pub fn migrate(place: &Place) -> Result<(), Stop> {
    let config = place.config(&[])?;
    runtime()?.block_on(async {
        database(&config).await?.close().await;
        say!("The database is up to date.");
        Ok(())
    })
}

/// Answers requests until Ctrl-C or a termination signal; requests under way are finished first.
pub async fn listen(config: &Config, app: App) -> Result<(), Stop> {
    let listener = TcpListener::bind(config.listen).await.map_err(|error| {
        format!("cannot listen on {}: {error}. Is another program there? Choose another with --listen ADDR", config.listen)
    })?;
    let service = crate::web::build(crate::routes(), app.clone());
    axum::serve(listener, service).with_graceful_shutdown(told_to_stop()).await?;
    app.db.close().await;
    Ok(())
}

async fn told_to_stop() {
    let interrupted = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    {
        let terminated = async {
            if let Ok(mut signal) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
                signal.recv().await;
            } else {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! { () = interrupted => {}, () = terminated => {} }
    }
    #[cfg(not(unix))]
    interrupted.await;
    tracing::info!("stopping: requests under way are finished first");
}
