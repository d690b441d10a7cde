//! A shifted clock: what is old goes on its day, and a clock that is wrong deletes nothing.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails loudly")]

mod common;

use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use common::{NOW, World, clock};
use fairway_selfhelp::Clock;
use fairway_selfhelp::content::{Files, read};
use fairway_selfhelp::day::{Calendar, DayError, Turn};
use fairway_selfhelp::handle::{Handles, Secret};
use fairway_selfhelp::store::Store;
use fairway_selfhelp::web::Site;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};

const DAY: i64 = 86_400;
const BEGUN: Date = date(2026, 11, 24);

async fn opens(world: &World, words: &[String]) -> bool {
    world.post("/en/phrase/open", &[("phrase", words.join(" ").as_str())]).await.text.contains("name=\"handle\"")
}

fn at(days: i64) -> Clock {
    Arc::new(move || jiff::Timestamp::from_second(NOW + days * DAY).unwrap())
}

#[tokio::test]
async fn a_running_site_forgets_on_the_ninety_first_day() {
    let world = World::new().await;
    let (used, _) = world.begin("en", "deciding/two-sides", "used again").await;
    let (unused, _) = world.begin("en", "deciding/two-sides", "never used again").await;
    world.pass_days(80).await;
    assert!(opens(&world, &used).await);
    world.pass_days(11).await;
    assert!(opens(&world, &used).await && !opens(&world, &unused).await);
    world.pass_days(91).await;
    let Store::Sqlite(file) = world.site.store() else { panic!("embedded") };
    let (left,): (i64,) = sqlx::query_as("SELECT count(*) FROM notes").fetch_one(&mut *file.turn().await.unwrap()).await.unwrap();
    assert_eq!(left, 0, "gone by itself, without anybody asking for it");
}

#[tokio::test]
async fn a_clock_that_runs_away_deletes_nothing() {
    let world = World::new().await;
    let (words, _) = world.begin("en", "deciding/two-sides", "still wanted").await;
    world.now.fetch_add(400 * DAY, Ordering::Relaxed);
    assert!(matches!(world.site.turn(false).await, Turn::Doubtful { .. }));
    assert_eq!(world.site.today(), BEGUN);
    assert!(opens(&world, &words).await, "opening must not delete either");
    world.now.fetch_add(-399 * DAY, Ordering::Relaxed);
    assert!(matches!(world.site.turn(false).await, Turn::Over { .. }));
    assert!(opens(&world, &words).await);
}

#[tokio::test]
async fn a_clock_that_falls_behind_does_not_make_notes_old() {
    let world = World::new().await;
    world.pass_days(10).await;
    world.now.fetch_add(-80 * DAY, Ordering::Relaxed);
    assert!(matches!(world.site.turn(false).await, Turn::Doubtful { .. }), "somebody should look at it");
    let (words, _) = world.begin("en", "deciding/two-sides", "written with a slow clock").await;
    // Right again, and eighty days later: they are eighty days old, not a hundred and sixty.
    world.now.fetch_add(80 * DAY, Ordering::Relaxed);
    world.pass_days(80).await;
    assert!(opens(&world, &words).await);
}

#[tokio::test]
async fn a_start_believes_a_clock_that_agrees_with_the_store() {
    let store = Store::at("sqlite://:memory:").await.unwrap();
    let begin = |days: i64| Calendar::beside(&store, at(days));
    assert_eq!(begin(0).await.unwrap().today(), BEGUN, "a new store knows no day");
    store.add(&[1; 16], b"sealed", BEGUN).await.unwrap();
    store.forget(BEGUN).await.unwrap();
    assert_eq!(store.seen().await.unwrap(), Some(BEGUN));
    assert_eq!(begin(3).await.unwrap().today(), date(2026, 11, 27));
    assert_eq!(begin(60).await.unwrap().today(), date(2027, 1, 23), "a site that stood still, with nothing to delete");
    assert_eq!(begin(-3).await.unwrap().today(), BEGUN, "the day does not go back");
    assert!(matches!(begin(91).await, Err(DayError::Ahead { old: 1, .. })));
    assert!(matches!(begin(-4).await, Err(DayError::Behind { .. })));
    // Somebody looked, and the clock is right.
    let later = date(2027, 2, 23);
    store.see_again(later).await.unwrap();
    assert_eq!(begin(91).await.unwrap().today(), later);
    assert_eq!(store.forget(later).await.unwrap(), 1);
}

#[tokio::test]
async fn notes_dated_ahead_by_a_wrong_clock_are_not_kept_longer() {
    let store = Store::at("sqlite://:memory:").await.unwrap();
    store.add(&[1; 16], b"sealed", date(2029, 1, 1)).await.unwrap();
    store.add(&[2; 16], b"sealed", BEGUN.tomorrow().unwrap()).await.unwrap();
    store.forget(BEGUN).await.unwrap();
    assert_eq!(store.forget(date(2027, 2, 23)).await.unwrap(), 1);
    assert_eq!(store.forget(date(2027, 2, 24)).await.unwrap(), 1, "another node's day may have begun before ours");
}

#[tokio::test]
async fn the_day_s_totals_are_kept_when_it_is_over_and_only_blurred() {
    let world = World::new().await;
    for _ in 0..400 {
        world.get("/en/deciding/two-sides").await;
    }
    for _ in 0..3 {
        world.get("/en/alone").await;
    }
    world.site.turn(true).await;
    assert_eq!(world.site.store().totals().await.unwrap(), [], "nothing is written before the day is over");
    world.now.fetch_add(DAY, Ordering::Relaxed);
    world.site.turn(true).await;
    let totals = world.site.store().totals().await.unwrap();
    // Noise may lift a course that hardly anybody read above the threshold; nothing below it is ever said.
    assert!(
        totals.len() < 3 && totals.iter().all(|(day, _, about)| day == "2026-11-24" && *about >= 120 && *about % 10 == 0),
        "{totals:?}"
    );
    let (_, _, about) = totals.iter().find(|(_, what, _)| what == "deciding").unwrap();
    assert!((200..600).contains(about) && *about != 400, "{about}");
    // Without being asked nothing is kept at all.
    for _ in 0..400 {
        world.get("/en/deciding/two-sides").await;
    }
    world.pass_days(1).await;
    assert_eq!(world.site.store().totals().await.unwrap(), totals);
}

#[tokio::test]
async fn what_a_broken_store_did_not_do_is_done_at_the_next_look() {
    let world = World::new().await;
    for _ in 0..400 {
        world.get("/en/deciding/two-sides").await;
    }
    let (words, _) = world.begin("en", "deciding/two-sides", "old").await;
    world.pass_days(90).await;
    let Store::Sqlite(file) = world.site.store() else { panic!("embedded") };
    let lock = |sql: &'static str| async move { sqlx::raw_sql(sql).execute(&mut *file.turn().await.unwrap()).await.unwrap() };
    // A store that refuses to be written to.
    lock("PRAGMA query_only = ON").await;
    for _ in 0..400 {
        world.get("/en/deciding/two-sides").await;
    }
    world.now.fetch_add(DAY, Ordering::Relaxed);
    world.site.turn(true).await;
    world.site.turn(true).await;
    assert_eq!(world.site.store().totals().await.unwrap(), []);
    lock("PRAGMA query_only = OFF").await;
    world.site.turn(true).await;
    assert!(!world.site.store().totals().await.unwrap().is_empty(), "the day's totals are lost");
    let (left,): (i64,) = sqlx::query_as("SELECT count(*) FROM notes").fetch_one(&mut *file.turn().await.unwrap()).await.unwrap();
    assert_eq!(left, 0, "what is old stays until the next day");
    assert!(!opens(&world, &words).await);
}

#[tokio::test]
async fn the_shared_secret_of_a_site_is_renewed_each_day_in_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let (file, aside) = (folder.path().join("node/secret"), folder.path().join("aside"));
    std::fs::create_dir(folder.path().join("node")).unwrap();
    std::fs::write(&file, [7; 32]).unwrap();
    let (now, clock) = clock();
    let chance = common::chance(3);
    let secret = Secret::read(&file, BEGUN).unwrap();
    let handles = Handles::shared(secret, Arc::clone(&clock), Arc::clone(&chance));
    let (content, _) = read(&Files::embedded());
    let store = Store::at("sqlite://:memory:").await.unwrap();
    let site = Site::new(content, store, handles, &common::options(), Calendar::new(clock), chance).unwrap();
    let first = std::fs::read_to_string(&file).unwrap();
    now.fetch_add(DAY, Ordering::Relaxed);
    std::fs::rename(folder.path().join("node"), &aside).unwrap();
    site.turn(false).await;
    std::fs::rename(&aside, folder.path().join("node")).unwrap();
    assert_eq!(std::fs::read_to_string(&file).unwrap(), first);
    site.turn(false).await;
    let second = std::fs::read_to_string(&file).unwrap();
    assert!(second != first && second.contains("2026-11-25"), "a file that could not be written is written at the next look: {second}");
}

#[tokio::test]
async fn the_files_of_the_store_say_a_day_and_no_hour() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.db");
    let store = Store::embedded(&file).await.unwrap();
    let hours = || {
        let files = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().metadata().unwrap());
        files
            .filter(|about| about.mtime() % DAY != 0 || about.mtime_nsec() != 0 || about.atime() % DAY != 0 || about.atime_nsec() != 0)
            .count()
    };
    let made = [
        store.add(&[1; 16], b"sealed", BEGUN).await.unwrap(),
        hours() == 0,
        store.replace(&[1; 16], b"sealed", b"other").await.unwrap(),
        hours() == 0,
        store.open(&[1; 16], BEGUN.tomorrow().unwrap()).await.unwrap().is_some(),
        hours() == 0,
        // Without a save, and by another program.
        store.open(&[1; 16], BEGUN.tomorrow().unwrap()).await.unwrap().is_some(),
        hours() == 0,
        std::fs::read(&file).is_ok(),
        hours() == 0,
        store.delete(&[1; 16]).await.is_ok(),
        hours() == 0,
        store.purge(BEGUN).await.is_ok(),
        hours() == 0,
    ];
    assert_eq!(made, [true; 14]);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "the store and its empty journal");
    store.close().await;
    assert_eq!(hours(), 0);
}

#[expect(clippy::disallowed_methods, reason = "the program that is started reads the real clock")]
fn today() -> Date {
    jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date()
}

fn run(arguments: &[&str], folder: &Path) -> Output {
    // A program that serves where it should refuse must not be waited for.
    Command::new("timeout").args(["30", env!("CARGO_BIN_EXE_fairway-selfhelp")]).args(arguments).current_dir(folder).output().unwrap()
}

#[tokio::test]
async fn a_program_that_cannot_believe_its_clock_says_what_to_do_and_does_it_when_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.db");
    let store = Store::embedded(&file).await.unwrap();
    let long_ago = date(2025, 1, 1);
    store.add(&[1; 16], b"sealed", long_ago).await.unwrap();
    store.close().await;
    for arguments in [&["serve", "--listen", "127.0.0.1:0", "--store", "sqlite://notes.db"][..], &["purge", "--store", "sqlite://notes.db"]]
    {
        let stopped = run(arguments, folder.path());
        let said = String::from_utf8_lossy(&stopped.stderr);
        assert!(
            !stopped.status.success() && said.contains("2025-01-01") && said.contains("take 1 of its notes") && said.contains("--on"),
            "{said}"
        );
    }
    // Another day than today is no word about the clock, and could delete or date back everything.
    let purge = |on: Date| run(&["purge", "--store", "sqlite://notes.db", "--on", &on.to_string()], folder.path());
    for other in [long_ago, today().saturating_add(40.days())] {
        let stopped = purge(other);
        assert!(!stopped.status.success() && String::from_utf8_lossy(&stopped.stderr).contains("Set the clock first"));
    }
    let done = purge(today());
    assert_eq!(String::from_utf8_lossy(&done.stdout), "1 deleted\n");
    let store = Store::embedded(&file).await.unwrap();
    assert_eq!(store.seen().await.unwrap(), Some(today()));
    // A password in a mistyped address is not repeated.
    let stopped = run(&["purge", "--store", "postgre://fairway:CanaryPassword@host/name"], folder.path());
    let said = String::from_utf8_lossy(&stopped.stderr);
    assert!(said.contains("postgres://") && !said.contains("Canary"), "{said}");
}
