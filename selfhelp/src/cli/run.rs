//! What the commands do.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use fairway_site::Language;
use jiff::civil::Date;
use tokio::signal::unix::{SignalKind, signal};

use super::{Serve, Stop, StoreArgs};
use crate::content::{Content, Files, Severity, examine, read};
use crate::day::{self, Calendar, Turn};
use crate::handle::{Handles, Secret};
use crate::server::{Limits, Server, acceptor};
use crate::shelf::press::{self, Press};
use crate::store::Store;
use crate::web::{Options, Site};
use crate::{Chance, Clock, RELEASED_ON};

/// How often the site looks whether a new day has begun.
const LOOK: Duration = Duration::from_mins(10);

fn runtime() -> Result<tokio::runtime::Runtime, Stop> {
    Ok(tokio::runtime::Builder::new_multi_thread().worker_threads(2).max_blocking_threads(2).enable_all().build()?)
}

fn files(folder: Option<&Path>) -> Result<Files, Stop> {
    folder.map_or_else(
        || Ok(Files::embedded()),
        |folder| {
            if !folder.join("self-help").is_dir() {
                return Err(Stop(format!("{} holds no folder self-help; name the content folder that does", folder.display())));
            }
            let read = Language::read_also(folder).and_then(|()| Files::folder(folder));
            read.map_err(|error| Stop(format!("{}: {error}", folder.display())))
        },
    )
}

/// The content to serve. What cannot be shown whole is refused; what is only old or careless in it is said.
fn content(folder: Option<&Path>, today: Date) -> Result<Content, Stop> {
    let files = files(folder)?;
    let (content, mut faults) = read(&files);
    if folder.is_some() {
        faults = examine(&files, today);
    }
    let lines = content.countries.iter().flat_map(|country| &country.lines);
    let stale = lines.filter(|line| line.stale(today)).count();
    if stale > 0 {
        eprintln!(
            "fairway-selfhelp: {stale} lines of help were looked up more than a year ago. Look them up again, or take a newer version"
        );
    }
    let careless = faults.iter().filter(|fault| fault.severity != Severity::Broken).count().saturating_sub(stale);
    if careless > 0 {
        eprintln!("fairway-selfhelp: the content has {careless} faults; see them with: fairway-selfhelp check --content FOLDER");
    }
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
    println!("{}", if faults.len() == 1 { "1 fault".to_owned() } else { format!("{} faults", faults.len()) });
    Ok(ExitCode::FAILURE)
}

/// Deletes what is old on a day that somebody has named, or else today, as far as the clock can be believed.
pub(super) fn purge(store: &str, on: Option<Date>, clock: &Clock) -> Result<ExitCode, Stop> {
    let store = existing(store)?;
    runtime()?.block_on(async {
        let store = Store::at(store).await?;
        let now = day::of(clock);
        let today = match on {
            Some(day) if day != now => {
                return Err(Stop(format!(
                    "the system's clock says {now}, not {day}. Set the clock first; --on only says that it is right"
                )));
            }
            Some(day) => {
                store.see_again(day).await?;
                day
            }
            None => Calendar::beside(&store, Arc::clone(clock)).await?.today(),
        };
        println!("{} deleted", store.purge(today).await?);
        store.close().await;
        Ok(ExitCode::SUCCESS)
    })
}

/// Refuses a file that is not there: a store that a slip of the pen has made would be empty, and say so as if it were the right one.
fn existing(store: &str) -> Result<&str, Stop> {
    match store.strip_prefix("sqlite://") {
        Some(file) if !Path::new(file).is_file() => Err(Stop(format!("there is no store {file}. Name the one that the site serves"))),
        _ => Ok(store),
    }
}

pub(super) fn totals(store: &str) -> Result<ExitCode, Stop> {
    let store = existing(store)?;
    runtime()?.block_on(async {
        let store = Store::at(store).await?;
        let totals = store.totals().await?;
        if totals.is_empty() {
            println!("No totals are kept. They are, for days with many readings, where the site is served with --totals");
        }
        for (day, what, about) in totals {
            println!("{day}\t{what}\tabout {about}");
        }
        Ok(ExitCode::SUCCESS)
    })
}

pub(super) fn press() -> Result<ExitCode, Stop> {
    press::work(std::io::stdin().lock(), std::io::stdout().lock())?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn demo(listen: SocketAddr, content: Option<PathBuf>, clock: &Clock, chance: &Chance) -> Result<ExitCode, Stop> {
    let serve = Serve {
        listen,
        store: StoreArgs { store: "sqlite://:memory:".into() },
        content,
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
    if day::of(clock) < RELEASED_ON {
        // Notes written now would be deleted as old on the day on which the clock is right.
        return Err(Stop(format!(
            "the system's clock says {}, before this version was made on {RELEASED_ON}. Set the clock",
            day::of(clock)
        )));
    }
    if !asked.exit_to.starts_with("https://") {
        return Err(Stop("--exit-to must be an https address".into()));
    }
    if asked.onion.as_deref().is_some_and(|onion| !is_onion(onion)) {
        return Err(Stop(
            "--onion must be the address of an onion service: http:// and 56 letters and digits and .onion, without a path".into(),
        ));
    }
    let content = content(asked.content.as_deref(), day::of(clock))?;
    let tls =
        asked.tls_certificate.as_deref().zip(asked.tls_key.as_deref()).map(|(certificate, key)| acceptor(certificate, key)).transpose()?;
    let threads = asked.threads.map_or_else(|| std::thread::available_parallelism().map_or(2, usize::from), usize::from);
    let options = Options {
        exit: asked.exit_to.clone(),
        hsts: asked.hsts,
        onion: asked.onion.clone().map(|onion| onion.trim_end_matches('/').to_owned()),
    };
    runtime()?.block_on(async move {
        let store = Store::at(&asked.store.store).await?;
        let calendar = Calendar::beside(&store, Arc::clone(clock)).await?;
        // Before anything is served: a restored backup may hold what should be gone.
        store.forget(calendar.today()).await?;
        let handles = match &asked.handle_secret {
            Some(file) => Handles::shared(Secret::read(file, calendar.today().min(day::of(clock)))?, Arc::clone(clock), Arc::clone(chance)),
            None => Handles::own(Arc::clone(clock), Arc::clone(chance)),
        };
        let site = Arc::new(Site::new(content, store, handles, &options, calendar, Arc::clone(chance))?);
        let (mut end, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let server = Server::start(Arc::clone(&site), asked.listen, threads, tls, Limits::default())
            .await
            .map_err(|error| Stop(format!("cannot listen on {}: {error}. Choose another address with --listen", asked.listen)))?;
        println!("The self-help site is at {}://{}", if asked.tls_key.is_some() { "https" } else { "http" }, server.address);
        let packing = Arc::clone(&site);
        std::thread::spawn(move || packing.pack(&mut std::env::current_exe().map_or_else(|_| Press::default(), |own| Press::beside(&own))));
        tokio::select! {
            _ = end.recv() => (),
            _ = interrupt.recv() => (),
            () = days(&site, asked.totals) => (),
        }
        server.stop().await;
        site.store().close().await;
        Ok(ExitCode::SUCCESS)
    })
}

/// Looks at the clock again and again.
async fn days(site: &Site, totals: bool) {
    if let Err(error) = site.store().tidy(site.today()).await {
        eprintln!("fairway-selfhelp: tidying the store: {error}");
    }
    let mut doubted = None;
    loop {
        tokio::time::sleep(LOOK).await;
        let turn = site.turn(totals).await;
        if let Turn::Doubtful { today, clock } = turn
            && doubted.replace(clock) != Some(clock)
        {
            eprintln!(
                "fairway-selfhelp: the system's clock says {clock}, where {today} was expected. Until somebody has looked at it, nothing is deleted and the day stays {today}. If the clock is right, start the program again"
            );
        }
    }
}

/// Whether it is the address of a version 3 onion service, perhaps with a port, without a path.
fn is_onion(address: &str) -> bool {
    let host = address.strip_prefix("http://").or_else(|| address.strip_prefix("https://")).unwrap_or_default();
    let host = host.trim_end_matches('/');
    let (host, port) = host.split_once(':').unwrap_or((host, "80"));
    let name = host.strip_suffix(".onion").and_then(|host| host.rsplit('.').next()).unwrap_or_default();
    name.len() == 56 && name.bytes().all(|c| matches!(c, b'a'..=b'z' | b'2'..=b'7')) && port.parse::<u16>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_onion_address_is_told_from_others() {
        let name = "abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrstuvwx";
        for good in [format!("http://{name}.onion"), format!("http://{name}.onion/"), format!("https://www.{name}.onion:8443")] {
            assert!(is_onion(&good), "{good}");
        }
        for bad in [
            "",
            "http://short.onion",
            name,
            &format!("http://{name}.onion/en"),
            &format!("http://{name}.example"),
            &format!("http://{name}.onion:x"),
        ] {
            assert!(!is_onion(bad), "{bad}");
        }
    }
}
