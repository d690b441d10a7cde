//! The program as it runs: nothing of a visitor in what it prints, in any file it can write, or anywhere else it leaves a trace; and what is
//! old is gone when it starts.
#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

mod common;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};
use std::time::Duration;

use common::{bytes_of, handle, hidden, words};
use fairway_selfhelp::store::Store;

struct Running {
    child: Child,
    out: BufReader<ChildStdout>,
    err: ChildStderr,
    address: String,
}

/// The program with a folder for everything it may write.
fn start(folder: &Path) -> Running {
    let mut child = Command::new(env!("CARGO_BIN_EXE_fairway-selfhelp"))
        .args(["serve", "--listen", "127.0.0.1:0", "--store", "sqlite://notes.db", "--totals"])
        .current_dir(folder)
        .env_clear()
        .env("TMPDIR", folder)
        .env("HOME", folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    let err = child.stderr.take().unwrap();
    Running { child, out, err, address: line.trim().rsplit_once("//").unwrap().1.to_owned() }
}

/// Sends bytes as they are and reads the answer to its end.
fn send(address: &str, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let _ = stream.write_all(request);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

const MARKS: &str =
    "user-agent: CanaryAgent/77.1\r\nx-forwarded-for: 203.0.113.77\r\ncookie: id=canarycookie\r\nreferer: https://canary.example/\r\n";

fn post(address: &str, path: &str, fields: &[(&str, &str)]) -> String {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let head = format!("POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{MARKS}content-length: {}\r\n\r\n{body}", body.len());
    send(address, head.as_bytes())
}

fn get(address: &str, path: &str) -> String {
    send(address, format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{MARKS}\r\n").as_bytes())
}

#[test]
fn the_running_program_leaves_nothing_of_a_visitor() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    // A backup that was restored: what is too old for this day, and what is not.
    let store = folder.path().join("notes.db");
    #[expect(clippy::disallowed_methods, reason = "the program that is started reads the real clock")]
    let today = jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date();
    let days = |days: i64| today.saturating_sub(jiff::Span::new().days(days));
    runtime.block_on(async {
        let store = Store::embedded(&store).await.unwrap();
        store.add(&[1; 16], b"TooOldCanary", days(91)).await.unwrap();
        store.add(&[2; 16], b"YoungEnough", days(80)).await.unwrap();
        // Yesterday it was still in use.
        store.forget(days(1)).await.unwrap();
        store.close().await;
    });

    let mut running = start(folder.path());
    let address = running.address.clone();
    let secret = "CanaryText, which nobody may find";
    let shown = post(&address, "/en/phrase/new", &[("at", "deciding/two-sides"), ("t1", secret)]);
    let phrase = words(&shown).join(" ");
    let fields = hidden(&shown);
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.push(("phrase", &phrase));
    let kept = post(&address, "/en/phrase/keep", &fields);
    let open = handle(&kept).unwrap();
    assert!(!kept.to_ascii_lowercase().contains("set-cookie"));
    for path in ["/en/", "/es/deciding/two-sides", "/en/nothing-CanaryPath", "/en/help-now/es", "/CanaryPath/%00/../x?q=CanaryQuery"] {
        get(&address, path);
    }
    for path in ["/en/my", "/en/my/print", "/en/phrase/open", "/en/phrase/type", "/en/nothing", "/en/where-am-i/mood/check"] {
        let all = [("handle", open.as_str()), ("phrase", phrase.as_str()), ("at", "deciding/two-sides"), ("t1", secret), ("q9", "1")];
        post(&address, path, &all);
    }
    // What is broken, too long, or not HTTP at all.
    send(&address, format!("POST /en/my HTTP/1.1\r\nhost: x\r\ncontent-length: 900000\r\n{MARKS}\r\nt1=CanaryLong").as_bytes());
    send(&address, b"CanaryNoise /en HTTP/9\r\n\r\n");
    send(&address, format!("TRACE /en/CanaryPath HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{MARKS}\r\n").as_bytes());

    // It leaves no picture of its memory behind.
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", running.child.id())).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"], "{core}");
    let mode = std::fs::metadata(&store).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0, "others may read the store: {mode:o}");

    let stopped = Command::new("kill").args(["-TERM", &running.child.id().to_string()]).status().unwrap();
    assert!(stopped.success() && running.child.wait().unwrap().success());
    let mut left = bytes_of(folder.path());
    running.out.read_to_end(&mut left).unwrap();
    running.err.read_to_end(&mut left).unwrap();
    let found = |canary: &str| left.windows(canary.len()).any(|window| window == canary.as_bytes());
    let first = phrase.split(' ').take(3).collect::<Vec<_>>();
    let (plus, spaced) = (first.join("+"), first.join(" "));
    for canary in ["CanaryAgent", "203.0.113.77", "canarycookie", "canary.example", "127.0.0.1", "Canary", &plus, &spaced, &open[..40]] {
        assert!(!found(canary), "{canary} was left behind");
    }
    assert!(!found("TooOld") && found("YoungEnough"), "the start forgets what is old, and nothing else");
}
