//! TLS by rustls: the program is started with a certificate made for the test, and fetched by curl, which trusts that one only.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails loudly")]

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

fn run(program: &str, args: &[&str]) -> Output {
    Command::new(program).args(args).output().unwrap_or_else(|error| panic!("{program}: {error}"))
}

/// A key and a certificate for localhost that signs itself.
fn certificate(folder: &Path, name: &str) -> (String, String) {
    let file = |end: &str| folder.join(format!("{name}.{end}")).to_string_lossy().into_owned();
    let (certificate, key) = (file("pem"), file("key"));
    let curve = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj"];
    let about = ["/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", &key, "-out", &certificate];
    let made = run("openssl", &[&curve[..], &about[..]].concat());
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    (certificate, key)
}

fn serve(folder: &Path, certificate: &str, key: &str) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_fairway-selfhelp"));
    let store = format!("sqlite://{}", folder.join("notes.db").display());
    program.args(["serve", "--listen", "127.0.0.1:0", "--hsts", "--store", &store, "--tls-certificate", certificate, "--tls-key", key]);
    program.stdout(Stdio::piped()).stderr(Stdio::piped());
    program
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn pages_and_forms_over_https_with_hsts() {
    let folder = tempfile::tempdir().unwrap();
    let (trusted, key) = certificate(folder.path(), "site");
    let (stranger, _) = certificate(folder.path(), "stranger");
    let mut site = Running(serve(folder.path(), &trusted, &key).spawn().unwrap());
    let mut said = String::new();
    BufReader::new(site.0.stdout.take().unwrap()).read_line(&mut said).unwrap();
    let port = said.trim().rsplit_once(':').unwrap_or_else(|| panic!("{said:?}")).1.to_owned();
    assert!(said.contains("https://"), "{said}");
    let page = format!("https://localhost:{port}/en/deciding/two-sides");
    let ask = |authority: &str, more: &[&str]| {
        run("curl", &[&["-s", "-i", "-4", "--noproxy", "*", "--cacert", authority, page.as_str()], more].concat())
    };
    for version in [&["--tlsv1.3"][..], &["--tlsv1.2", "--tls-max", "1.2"]] {
        let got = String::from_utf8(ask(&trusted, version).stdout).unwrap();
        assert!(got.starts_with("HTTP/1.1 200") && got.contains("</html>"), "{version:?}: {got:.300}");
        assert!(got.to_lowercase().contains("strict-transport-security: max-age="), "{got:.600}");
    }
    let form = format!("https://localhost:{port}/en/phrase/new");
    let posted = run("curl", &["-s", "-4", "--noproxy", "*", "--cacert", &trusted, "-d", "at=deciding/two-sides&t1=x", &form]);
    assert!(String::from_utf8_lossy(&posted.stdout).contains("<ol class=\"words\">"));
    assert!(!ask(&stranger, &[]).status.success(), "a certificate of somebody else was believed");
    assert!(!ask(&trusted, &["--tls-max", "1.1"]).status.success(), "an old version was spoken");
    let clear = run("curl", &["-s", "-4", "--noproxy", "*", &page.replace("https", "http")]);
    assert!(clear.stdout.is_empty(), "a page in the clear on the TLS port");
}

/// What OpenSSL's client says of a visit that reads one page, with what the server gave it to come back with.
fn visit(port: &str, more: &[&str]) -> String {
    let to = format!("127.0.0.1:{port}");
    let mut client = Command::new("openssl");
    client.args(["s_client", "-connect", &to, "-ign_eof"]).args(more);
    let mut client = client.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    client.stdin.take().unwrap().write_all(b"GET /readyz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").unwrap();
    String::from_utf8_lossy(&client.wait_with_output().unwrap().stdout).into_owned()
}

#[test]
fn nothing_links_one_visit_to_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let (certificate, key) = certificate(folder.path(), "site");
    let mut site = Running(serve(folder.path(), &certificate, &key).spawn().unwrap());
    let mut said = String::new();
    BufReader::new(site.0.stdout.take().unwrap()).read_line(&mut said).unwrap();
    let port = said.trim().rsplit_once(':').unwrap().1.to_owned();
    let kept = folder.path().join("session").to_string_lossy().into_owned();
    // What a server gives its visitor to come back with: tickets, or in the older version the number of a session.
    for version in ["-tls1_3", "-tls1_2"] {
        let page = visit(&port, &[version, "-sess_out", &kept]);
        assert!(page.contains("HTTP/1.1 200") && page.contains("ready"), "{page}");
        assert!(!Path::new(&kept).exists(), "{version}: a session was given");
    }
}

#[test]
fn files_that_cannot_serve_are_named_with_a_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let (certificate_file, key) = certificate(folder.path(), "site");
    let (_, other_key) = certificate(folder.path(), "other");
    let missing = folder.path().join("missing.pem").to_string_lossy().into_owned();
    let empty = folder.path().join("empty.pem").to_string_lossy().into_owned();
    std::fs::write(&empty, "no certificate here\n").unwrap();
    for (chain, key, says) in [
        (&missing, &key, vec!["missing.pem", "certificate chain"]),
        (&certificate_file, &missing, vec!["missing.pem", "private key"]),
        (&empty, &key, vec!["certificate"]),
        (&certificate_file, &empty, vec!["empty.pem"]),
        (&certificate_file, &other_key, vec!["certificate and the key"]),
    ] {
        let stopped = serve(folder.path(), chain, key).output().unwrap();
        let said = String::from_utf8_lossy(&stopped.stderr);
        assert!(!stopped.status.success() && says.iter().all(|words| said.contains(words)), "{chain} {key}: {said}");
        assert!(!said.contains("panicked") && said.lines().count() <= 2, "{said}");
    }
}
