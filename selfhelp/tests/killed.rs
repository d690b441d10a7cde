//! Saved means saved: the program is killed in the middle of saving, again and again; what it acknowledged is there, whole.
#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

mod common;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use common::{between, handle, hidden, words};

struct Running {
    child: Child,
    address: String,
}

fn start(store: &str) -> Running {
    let mut child = Command::new(env!("CARGO_BIN_EXE_fairway-selfhelp"))
        .args(["serve", "--listen", "127.0.0.1:0", "--store", store, "--threads", "1"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().rsplit_once("//").unwrap().1.to_owned();
    Running { child, address }
}

/// A form posted over a connection of its own; nothing when the server died in between.
fn post(address: &str, path: &str, fields: &[(&str, &str)]) -> Option<String> {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    (answer.starts_with("HTTP/1.1 200") && answer.contains("</html>")).then_some(answer)
}

#[test]
fn saved_means_saved_when_killed() {
    let folder = tempfile::tempdir().unwrap();
    let store = format!("sqlite://{}", folder.path().join("notes.db").display());
    let mut running = start(&store);
    let shown = post(&running.address, "/en/phrase/new", &[("at", "deciding/two-sides"), ("t1", "0")]).unwrap();
    let phrase = words(&shown).join(" ");
    let fields = hidden(&shown);
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.push(("phrase", &phrase));
    post(&running.address, "/en/phrase/keep", &fields).unwrap();
    let (mut sure, mut tried) = (0, 0);
    for round in 0..8_u64 {
        let open = handle(&post(&running.address, "/en/phrase/open", &[("phrase", &phrase)]).unwrap()).unwrap();
        let address = running.address.clone();
        let from = tried;
        let saving = std::thread::spawn(move || {
            let (mut sure, mut tried) = (None, from);
            loop {
                tried += 1;
                let text = tried.to_string();
                // A long tail makes the write take more than one page of the file.
                let tail = "x".repeat(3000);
                match post(
                    &address,
                    "/en/my/deciding/two-sides",
                    &[("handle", &open), ("at", "deciding/two-sides"), ("t1", &text), ("t2", &tail)],
                ) {
                    Some(answer) if answer.contains("Saved.") || answer.contains(&format!("{text}</textarea>")) => sure = Some(tried),
                    _ => return (sure, tried),
                }
            }
        });
        std::thread::sleep(Duration::from_millis(60 + round * 37));
        running.child.kill().unwrap();
        running.child.wait().unwrap();
        let (acknowledged, last) = saving.join().unwrap();
        sure = acknowledged.unwrap_or(sure);
        tried = last;
        running = start(&store);
        let open = handle(&post(&running.address, "/en/phrase/open", &[("phrase", &phrase)]).unwrap()).unwrap();
        let page = post(&running.address, "/en/my/deciding/two-sides", &[("handle", &open)]).unwrap();
        let found: u64 = between(&page, "name=\"t1\"", "</textarea>")[0].rsplit_once('\n').unwrap().1.parse().unwrap();
        assert!(found == sure || found == tried, "acknowledged {sure}, tried {tried}, found {found}");
        sure = found;
    }
    assert!(sure > 8, "hardly anything was saved: {sure}");
    running.child.kill().unwrap();
    running.child.wait().unwrap();
}
