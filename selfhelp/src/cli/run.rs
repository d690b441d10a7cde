//! What the commands do.

use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use fairway_site::Language;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use tokio::signal::unix::{SignalKind, signal};

use super::{Serve, Stop, StoreArgs};
use crate::content::{Content, Files, Severity, examine, read};
use crate::handle::Handles;
use crate::server::{Server, acceptor};
use crate::shelf::press::{self, Press};
use crate::store::Store;
use crate::totals::blurred;
use crate::web::{Options, Site};
use crate::{Chance, Clock, RELEASED_ON};

/// How often the site looks whether a new day has begun.
const LOOK: Duration = Duration::from_mins(10);

pub(super) fn today(clock: &Clock) -> Date {
    TimeZone::UTC.to_datetime(clock()).date()
}

fn runtime() -> Result<tokio::runtime::Runtime, Stop> {
    Ok(tokio::runtime::Builder::new_multi_thread().worker_threads(2).max_blocking_threads(2).enable_all().build()?)
}

fn files(folder: Option<&Path>) -> Result<Files, Stop> {
    folder.map_or_else(
        || Ok(Files::embedded()),
        |folder| {
            let read = Language::read_also(folder).and_then(|()| Files::folder(folder));
            read.map_err(|error| Stop(format!("{}: {error}", folder.display())))
        },
    )
}

fn content(folder: Option<&Path>) -> Result<Content, Stop> {
    let (content, faults) = read(&files(folder)?);
    let broken: Vec<String> = faults.iter().filter(|fault| fault.severity == Severity::Broken).map(ToString::to_string).collect();
    if broken.is_empty() { Ok(content) } else { Err(Stop(format!("the content has faults:\n  {}", broken.join("\n  ")))) }
}

pub(super) fn check(folder: Option<&Path>, on: Date) -> Result<ExitCode, Stop> {
    let faults = examine(&files(folder)?, on);
    for fault in &faults {
        println!("{fault}");
    }
    if faults.is_empty() {
        println!("The content is in order on {on}.");
        return Ok(ExitCode::SUCCESS);
    }
    println!("{} faults", faults.len());
    Ok(ExitCode::FAILURE)
}

pub(super) fn purge(store: &str, on: Date) -> Result<ExitCode, Stop> {
    runtime()?.block_on(async {
        let store = Store::at(store).await?;
        println!("{} deleted", store.purge(on).await?);
        store.close().await;
        Ok(ExitCode::SUCCESS)
    })
}

pub(super) fn totals(store: &str) -> Result<ExitCode, Stop> {
    runtime()?.block_on(async {
        let store = Store::at(store).await?;
        for (day, what, about) in store.totals().await? {
            println!("{day}\t{what}\tabout {about}");
        }
        Ok(ExitCode::SUCCESS)
    })
}

pub(super) fn press() -> Result<ExitCode, Stop> {
    press::work(std::io::stdin().lock(), std::io::stdout().lock())?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn demo(listen: SocketAddr, clock: &Clock, chance: &Chance) -> Result<ExitCode, Stop> {
    let serve = Serve {
        listen,
        store: StoreArgs { store: "sqlite://:memory:".into() },
        content: None,
        exit_to: "https://www.wikipedia.org/".into(),
        handle_secret: None,
        tls_certificate: None,
        tls_key: None,
        hsts: false,
        onion: None,
        totals: false,
        threads: None,
    };
    self::serve(&serve, clock, chance)
}

pub(super) fn serve(asked: &Serve, clock: &Clock, chance: &Chance) -> Result<ExitCode, Stop> {
    crate::process::leave_no_dump();
    if today(clock) < RELEASED_ON {
        // Notes written now would be deleted as old on the day on which the clock is right.
        return Err(Stop(format!(
            "the system's clock says {}, before this version was made on {RELEASED_ON}. Set the clock",
            today(clock)
        )));
    }
    if !asked.exit_to.starts_with("https://") {
        return Err(Stop("--exit-to must be an https address".into()));
    }
    let content = content(asked.content.as_deref())?;
    let secret = asked
        .handle_secret
        .as_deref()
        .map(|file| std::fs::read(file).map_err(|error| Stop(format!("{}: {error}", file.display()))))
        .transpose()?;
    if secret.as_ref().is_some_and(|secret| secret.len() < 32) {
        return Err(Stop("the handle secret is shorter than 32 bytes; make it with: head -c 32 /dev/urandom > FILE".into()));
    }
    let handles = match secret {
        Some(secret) => Handles::shared(secret, Arc::clone(clock), Arc::clone(chance)),
        None => Handles::own(Arc::clone(clock), Arc::clone(chance)),
    };
    let tls =
        asked.tls_certificate.as_deref().zip(asked.tls_key.as_deref()).map(|(certificate, key)| acceptor(certificate, key)).transpose()?;
    let threads = asked.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(2, usize::from));
    let options = Options {
        exit: asked.exit_to.clone(),
        hsts: asked.hsts,
        onion: asked.onion.clone().map(|onion| onion.trim_end_matches('/').to_owned()),
    };
    runtime()?.block_on(async move {
        let store = Store::at(&asked.store.store).await?;
        // Before anything is served: a restored backup may hold what should be gone.
        store.forget(today(clock)).await?;
        let site = Arc::new(Site::new(content, store, handles, &options, Arc::clone(clock), Arc::clone(chance))?);
        let server = Server::start(Arc::clone(&site), asked.listen, threads, tls)
            .await
            .map_err(|error| Stop(format!("cannot listen on {}: {error}. Choose another address with --listen", asked.listen)))?;
        println!("The self-help site is at {}://{}", if asked.tls_key.is_some() { "https" } else { "http" }, server.address);
        let packing = Arc::clone(&site);
        std::thread::spawn(move || packing.pack(&mut std::env::current_exe().map_or_else(|_| Press::default(), |own| Press::beside(&own))));
        if let Err(error) = site.store().tidy().await {
            eprintln!("fairway-selfhelp: tidying the store: {error}");
        }
        let (mut end, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        tokio::select! {
            _ = end.recv() => (),
            _ = interrupt.recv() => (),
            () = days(&site, asked.totals, chance) => (),
        }
        server.stop().await;
        site.store().close().await;
        Ok(ExitCode::SUCCESS)
    })
}

/// What happens at the end of each day: old notes go, and the day's totals are blurred and kept.
async fn days(site: &Site, totals: bool, chance: &Chance) {
    let mut day = site.today();
    loop {
        tokio::time::sleep(LOOK).await;
        site.forget_keys();
        let today = site.today();
        if today == day {
            continue;
        }
        let counts = site.shelf().take_counts();
        for (what, count) in counts.into_iter().filter(|_| totals) {
            if let Some(about) = blurred(count, chance)
                && let Err(error) = site.store().count(day, what, about).await
            {
                eprintln!("fairway-selfhelp: the day's totals: {error}");
            }
        }
        if let Err(error) = site.store().purge(today).await {
            eprintln!("fairway-selfhelp: the daily purge: {error}");
        }
        day = today;
    }
}
