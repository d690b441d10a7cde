//! It stays up: limits that hold for all visitors together, tried on a server with small ones. What is slow or too much costs itself, is told
//! so where it can be, and leaves the others alone.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails loudly")]

mod common;

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use common::{clock, site};
use fairway_selfhelp::server::{LONGEST_FORM, Limits, Server};
use fairway_selfhelp::store::Store;

const SHORT: Duration = Duration::from_millis(150);
const LONG: Duration = Duration::from_secs(30);

struct Served {
    runtime: tokio::runtime::Runtime,
    store: Store,
    server: Server,
}

fn serve(limits: Limits) -> Served {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let (store, server) = runtime.block_on(async {
        let store = Store::at("sqlite://:memory:").await.unwrap();
        let site = Arc::new(site(store.clone(), 5, clock().1));
        let at: SocketAddr = "127.0.0.1:0".parse().unwrap();
        (store, Server::start(site, at, 1, None, limits).await.unwrap())
    });
    Served { runtime, store, server }
}

impl Served {
    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.server.address).unwrap();
        stream.set_read_timeout(Some(LONG)).unwrap();
        stream
    }

    /// Sends bytes and reads what comes until the other end closes.
    fn send(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        stream.write_all(bytes).unwrap();
        rest(&mut stream)
    }

    /// The same over a line that takes its time.
    fn send_slowly(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        for part in bytes.chunks(64 * 1024) {
            stream.write_all(part).unwrap();
            std::thread::sleep(Duration::from_millis(2));
        }
        rest(&mut stream)
    }

    fn get(&self) -> String {
        self.send(b"GET /en/ HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
    }
}

fn rest(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

fn form(path: &str, length: usize) -> String {
    format!("POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n")
}

#[test]
fn a_head_that_does_not_end_and_a_silent_visitor_are_let_go() {
    let served = serve(Limits { head: SHORT, ..Limits::default() });
    assert!(!served.send(b"GET /en/ HTTP/1.1\r\nhost: x\r\n").contains("200 OK"));
    assert_eq!(served.send(b""), "");
    let idle = served.send(b"GET /en/ HTTP/1.1\r\nhost: x\r\n\r\n");
    assert!(idle.starts_with("HTTP/1.1 200") && idle.ends_with("</html>"), "{idle:.300}");
}

#[test]
fn a_form_that_does_not_come_is_told_so() {
    let served = serve(Limits { body: SHORT, ..Limits::default() });
    let told = served.send(format!("{}at=deciding", form("/es/phrase/new", 100)).as_bytes());
    assert!(told.starts_with("HTTP/1.1 408") && told.contains("lang=\"es\""), "{told:.300}");
}

#[test]
fn a_form_that_is_too_long_is_told_so_after_it_was_sent() {
    let served = serve(Limits::default());
    let text = vec![b'a'; LONGEST_FORM * 15];
    let told = served.send_slowly(&[form("/en/my", text.len()).as_bytes(), &text].concat());
    assert!(told.starts_with("HTTP/1.1 413") && told.contains("no-store") && told.ends_with("</html>"), "{told:.300}");
    // The same without a length said before.
    let head = "POST /en/my HTTP/1.1\r\nhost: x\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n";
    let chunk = format!("{:x}\r\n", text.len());
    let told = served.send_slowly(&[head.as_bytes(), chunk.as_bytes(), &text, b"\r\n0\r\n\r\n"].concat());
    assert!(told.starts_with("HTTP/1.1 413"), "{told:.300}");
    // One that is out of all proportion is not waited for.
    let told = served.send(form("/en/my", 4_000_000_000).as_bytes());
    assert!(told.starts_with("HTTP/1.1 413"), "{told:.300}");
    let whole = format!("t1={}", "a".repeat(LONGEST_FORM - 3));
    let kept = served.send(format!("{}{whole}", form("/en/phrase/open", whole.len())).as_bytes());
    assert!(kept.starts_with("HTTP/1.1 200"), "{kept:.300}");
}

#[test]
fn slow_forms_do_not_keep_others_from_reading() {
    let served = serve(Limits { arriving: 1, ..Limits::default() });
    let mut slow = served.connect();
    slow.write_all(format!("{}at=", form("/en/phrase/new", 20)).as_bytes()).unwrap();
    // Until the slow one is seen, another may still get in.
    let busy = (0..200).map(|_| served.send(format!("{}a=b", form("/en/phrase/new", 3)).as_bytes())).find(|told| !told.contains("200 OK"));
    let busy = busy.unwrap();
    assert!(busy.starts_with("HTTP/1.1 503") && busy.contains("</html>"), "{busy:.300}");
    assert!(served.get().starts_with("HTTP/1.1 200"));
    slow.write_all(b"deciding/two-side").unwrap();
    assert!(rest(&mut slow).starts_with("HTTP/1.1 200"));
}

#[test]
fn a_form_waits_for_its_turn_and_is_told_when_there_is_none() {
    let served = serve(Limits { forms: 1, turn: SHORT, ..Limits::default() });
    let Store::Sqlite(file) = &served.store else { panic!("embedded") };
    let held = served.runtime.block_on(file.turn()).unwrap();
    // Twelve words that nobody ever got: opening asks the store, which is held here.
    let phrase = "phrase=legal+winner+thank+year+wave+sausage+worth+useful+legal+winner+thank+yellow";
    let mut waiting = served.connect();
    waiting.write_all(format!("{}{phrase}", form("/en/phrase/open", phrase.len())).as_bytes()).unwrap();
    let told = (0..200).map(|_| served.send(format!("{}a=b", form("/en/phrase/new", 3)).as_bytes())).find(|told| !told.contains("200 OK"));
    assert!(told.unwrap().starts_with("HTTP/1.1 503"));
    drop(held);
    assert!(rest(&mut waiting).contains("We found no notes under this phrase"));
}

#[test]
fn there_is_room_for_so_many_and_the_next_waits() {
    let served = serve(Limits { connections: 1, ..Limits::default() });
    let mut first = served.connect();
    first.write_all(b"GET /readyz HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
    let mut begin = [0; 12];
    first.read_exact(&mut begin).unwrap();
    assert_eq!(&begin, b"HTTP/1.1 200");
    let mut second = served.connect();
    second.write_all(b"GET /readyz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").unwrap();
    second.set_read_timeout(Some(SHORT)).unwrap();
    assert!(matches!(second.read(&mut [0; 1]).unwrap_err().kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut));
    drop(first);
    second.set_read_timeout(Some(LONG)).unwrap();
    assert!(rest(&mut second).starts_with("HTTP/1.1 200"));
}

#[test]
fn no_connection_lives_for_ever() {
    let served = serve(Limits { connection: SHORT, ..Limits::default() });
    let mut busy = served.connect();
    let mut asked = 0;
    // Never silent, so that only its age can end it.
    while busy.write_all(b"GET /readyz HTTP/1.1\r\nhost: x\r\n\r\n").is_ok() && busy.read(&mut [0; 4096]).is_ok_and(|read| read > 0) {
        asked += 1;
        assert!(asked < 6000, "it lives on");
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(asked > 0);
    assert!(served.get().starts_with("HTTP/1.1 200"));
}

#[test]
fn a_form_that_is_on_its_way_when_the_connection_is_old_is_still_answered() {
    let served = serve(Limits { connection: SHORT, ..Limits::default() });
    let mut slow = served.connect();
    slow.write_all(format!("{}at=", form("/en/phrase/new", 20)).as_bytes()).unwrap();
    std::thread::sleep(SHORT * 2);
    slow.write_all(b"deciding/two-side").unwrap();
    assert!(rest(&mut slow).starts_with("HTTP/1.1 200"));
}
