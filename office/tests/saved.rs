//! Saved means saved: the program is killed, without a word, while people write; what it had acknowledged is there.
#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use fairway_office::db::Db;
use fairway_office::on;

const WRITERS: u32 = 4;
/// When the program is killed after writing began, in milliseconds: three moments, none special.
const MOMENTS: [u64; 3] = [140, 260, 390];

struct Server {
    child: Child,
    port: u16,
}

impl Server {
    fn start(data: &Path) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let listen = format!("127.0.0.1:{port}");
        let child = Command::new(env!("CARGO_BIN_EXE_fairway"))
            .args(["demo", "--cases", "12", "--data", data.to_str().unwrap(), "--listen", &listen])
            .env_clear()
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut server = Self { child, port };
        for _ in 0..600 {
            if ask(port, "GET", "/readyz", "", "").is_some_and(|answer| answer.starts_with("HTTP/1.1 200")) {
                return server;
            }
            assert!(server.child.try_wait().unwrap().is_none(), "the program stopped");
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("the program did not answer");
    }

    /// Signs in and gives the cookie.
    fn sign_in(&self) -> String {
        let answer = ask(self.port, "POST", "/sign-in", "", "name=facilitator&password=fairway+demo+only").unwrap();
        let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One request over a connection of its own; nothing when it was cut off.
fn ask(port: u16, method: &str, path: &str, cookie: &str, body: &str) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\nCookie: {cookie}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}

/// The words written into notes, as the page shows them.
fn written(page: &str) -> Vec<&str> {
    page.split("kept-word-").skip(1).map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap()).collect()
}

async fn rows(data: &Path, sql: &'static str) -> i64 {
    let db = Db::embedded(data).await.unwrap();
    let mut tx = db.read().await.unwrap();
    let (count,): (i64,) = on!(&mut tx, |c| sqlx::query_as(sql).fetch_one(c)).unwrap();
    drop(tx);
    db.close().await;
    count
}

/// Four people write notes as fast as they can until the program dies. Words of the notes that were acknowledged.
fn write_until_killed(server: &mut Server, case: &str, round: usize, moment: u64) -> BTreeSet<String> {
    let (port, cookie) = (server.port, server.sign_in());
    let acknowledged = Arc::new(Mutex::new(BTreeSet::new()));
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let (path, cookie, acknowledged) = (format!("{case}/notes"), cookie.clone(), Arc::clone(&acknowledged));
            std::thread::spawn(move || {
                for number in 0_u32.. {
                    let word = format!("{round}-{writer}-{number}");
                    let once = format!("00000000-0000-4000-8{round:03}-{writer:04}{number:08}");
                    let body = format!("once={once}&about_on=2020-01-02&text=kept-word-{word}");
                    match ask(port, "POST", &path, &cookie, &body) {
                        Some(answer) if answer.starts_with("HTTP/1.1 303") => acknowledged.lock().unwrap().insert(word),
                        Some(answer) if !answer.is_empty() => panic!("{}", answer.lines().next().unwrap()),
                        _ => return,
                    };
                }
            })
        })
        .collect();
    std::thread::sleep(Duration::from_millis(moment));
    server.child.kill().unwrap();
    server.child.wait().unwrap();
    for writer in writers {
        writer.join().unwrap();
    }
    Arc::into_inner(acknowledged).unwrap().into_inner().unwrap()
}

#[tokio::test]
async fn saved_means_saved_though_the_program_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let mut server = Server::start(data);
    let cookie = server.sign_in();
    let list = ask(server.port, "GET", "/cases", &cookie, "").unwrap();
    let at = list.find("/cases/0").unwrap();
    let case = list[at..].split('"').next().unwrap().to_owned();
    let mut acknowledged = BTreeSet::new();
    let notes = rows(data, "SELECT COUNT(*) FROM case_notes").await;
    let logged = rows(data, "SELECT COUNT(*) FROM access_log WHERE kind = 'note' AND act = 'made'").await;
    for (round, moment) in MOMENTS.into_iter().enumerate() {
        let words = write_until_killed(&mut server, &case, round, moment);
        assert!(!words.is_empty(), "nobody wrote anything in {moment} ms");
        acknowledged.extend(words);
        server = Server::start(data);
        let page = ask(server.port, "GET", &format!("{case}/notes"), &server.sign_in(), "").unwrap();
        let there = written(&page);
        let distinct: BTreeSet<String> = there.iter().map(|word| (*word).to_owned()).collect();
        assert_eq!(there.len(), distinct.len(), "a note is there twice");
        let lost: Vec<_> = acknowledged.difference(&distinct).collect();
        assert!(lost.is_empty(), "acknowledged, and lost: {lost:?}");
        // Written but never acknowledged there may be at most one a writer and round: the one under way when it died.
        assert!(distinct.len() - acknowledged.len() <= WRITERS as usize * (round + 1));
        let new = i64::try_from(there.len()).unwrap();
        assert_eq!(rows(data, "SELECT COUNT(*) FROM case_notes").await - notes, new, "a note that does not open");
        assert_eq!(rows(data, "SELECT COUNT(*) FROM access_log WHERE kind = 'note' AND act = 'made'").await - logged, new);
    }
}
