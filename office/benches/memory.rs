//! How much memory the program holds, and how large it is: `cargo bench -p fairway-office --bench memory`.
//!
//! Starts the program on the service of 100,000 cases which the bench `pages` makes (run that first), reads its resident
//! memory when idle, then while 32 readers open list pages and a case for a while. Linux only: it reads `/proc`.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench fails loudly and prints its figures")]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const READERS: usize = 32;
const READING: Duration = Duration::from_secs(12);
const IDLE_MB: f64 = 60.0;
const BUSY_MB: f64 = 150.0;
// 23 MB without the typesetter, its fonts and its tables of languages, which `programme print` needs.
const BINARY_MB: f64 = 100.0;

/// The running program; stopped when dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Running {
    /// Resident memory in MB: now (`VmRSS`) or at most so far (`VmHWM`).
    fn memory(&self, what: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with(what)).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
    }
}

/// One request on a connection of its own: status and the whole answer.
fn ask(to: SocketAddr, request: &str) -> Option<(u16, String)> {
    let mut stream = TcpStream::connect(to).ok()?;
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let text = String::from_utf8_lossy(&answer).into_owned();
    let status = text.split(' ').nth(1)?.parse().ok()?;
    Some((status, text))
}

fn get(to: SocketAddr, path: &str, cookie: &str) -> Option<(u16, String)> {
    ask(to, &format!("GET {path} HTTP/1.1\r\nHost: {to}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"))
}

fn sign_in(to: SocketAddr) -> String {
    let body = "name=coordinator&password=fairway+demo+only";
    let request = format!(
        "POST /sign-in HTTP/1.1\r\nHost: {to}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    let (_, answer) = ask(to, &request).unwrap();
    let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ").or_else(|| line.strip_prefix("Set-Cookie: "))).unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

fn main() {
    let target = std::env::var("CARGO_TARGET_DIR").map_or_else(|_| Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"), PathBuf::from);
    let data = target.join("bench-data").join("100000");
    assert!(data.join("fairway.db").exists(), "run `cargo bench -p fairway-office --bench pages` first: it makes the service");
    let binary = Path::new(env!("CARGO_BIN_EXE_fairway"));
    #[expect(clippy::cast_precision_loss, reason = "megabytes for people")]
    let size = std::fs::metadata(binary).unwrap().len() as f64 / 1_048_576.0;
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let begun = Instant::now();
    let child = Command::new(binary)
        .args(["demo", "--data"])
        .arg(&data)
        .args(["--listen", &free.to_string()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let running = Running(child);
    while get(free, "/healthz", "").is_none_or(|(status, _)| status != 200) {
        assert!(begun.elapsed() < Duration::from_secs(20), "it does not start");
        std::thread::sleep(Duration::from_millis(5));
    }
    let started = begun.elapsed();
    std::thread::sleep(Duration::from_secs(1));
    let idle = running.memory("VmRSS");
    let cookie = sign_in(free);
    let (requests, most) = read_together(&running, free, &cookie);
    println!("binary              {size:>7.1} MB (at most {BINARY_MB})");
    println!("start, 100,000 cases {:>6} ms", started.as_millis());
    println!("idle                {idle:>7.1} MB (at most {IDLE_MB})");
    println!("{READERS} readers          {most:>7.1} MB (at most {BUSY_MB}), {requests} pages in {} s", READING.as_secs());
    if size > BINARY_MB || idle > IDLE_MB || most > BUSY_MB {
        std::process::exit(1);
    }
}

/// Lets the readers read for a while: how many pages they got, and the most memory the program held.
fn read_together(running: &Running, to: SocketAddr, cookie: &str) -> (usize, f64) {
    let (over, count) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let cases = get(to, "/cases", cookie).unwrap().1;
    let case = cases.split("/cases/").nth(1).and_then(|rest| rest.get(..36)).unwrap_or_default().to_owned();
    let readers: Vec<_> = (0..READERS)
        .map(|number| {
            let (over, count, cookie, case) = (Arc::clone(&over), Arc::clone(&count), cookie.to_owned(), case.clone());
            std::thread::spawn(move || {
                let pages = [
                    "/cases".to_owned(),
                    "/waiting".to_owned(),
                    format!("/cases/{case}"),
                    "/groups".to_owned(),
                    "/search?q=ejemplo".to_owned(),
                    "/today".to_owned(),
                ];
                for page in pages.iter().cycle().skip(number) {
                    if over.load(Ordering::Relaxed) {
                        break;
                    }
                    let answered = get(to, page, &cookie).is_some_and(|(status, _)| status == 200);
                    count.fetch_add(usize::from(answered), Ordering::Relaxed);
                }
            })
        })
        .collect();
    std::thread::sleep(READING);
    over.store(true, Ordering::Relaxed);
    for reader in readers {
        reader.join().unwrap();
    }
    (count.load(Ordering::Relaxed), running.memory("VmHWM"))
}
