//! The program's command line, run as its users run it.
#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

fn fairway(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fairway"));
    command.args(args).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command
}

fn run(args: &[&str]) -> Output {
    fairway(args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn content(inside: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../content").join(inside)
}

#[test]
fn shipped_programmes_have_no_faults() {
    for folder in std::fs::read_dir(content("programmes")).unwrap() {
        let path = folder.unwrap().path();
        let output = run(&["programme", "check", path.to_str().unwrap(), "--format", "json"]);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(report, serde_json::json!({ "ok": true, "faults": [] }), "{}", path.display());
        assert!(output.status.success());
    }
}

#[test]
fn a_manual_is_printed_as_pdf_epub_and_html() {
    let folder = tempfile::tempdir().unwrap();
    let programme = content("programmes/steady-course");
    let print = |language: &str, out: &Path| {
        run(&["programme", "print", programme.to_str().unwrap(), "--lang", language, "--out", out.to_str().unwrap()])
    };
    let (pdf, epub, html) = (folder.path().join("m.pdf"), folder.path().join("m.epub"), folder.path().join("m"));
    for out in [&pdf, &epub, &html] {
        let output = print("es", out);
        assert!(output.status.success(), "{}", text(&output.stderr));
    }
    let has = |bytes: &[u8], what: &str| bytes.windows(what.len()).any(|window| window == what.as_bytes());
    let bytes = std::fs::read(pdf).unwrap();
    assert!(bytes.starts_with(b"%PDF-") && has(&bytes, "/StructTreeRoot") && has(&bytes, "/Outlines"));
    assert!(has(&std::fs::read(epub).unwrap(), "mimetypeapplication/epub+zip"));
    assert!(text(&std::fs::read(html.join("index.xhtml")).unwrap()).contains("lang=\"es\""));
    for (language, out, says) in [("fr", "x.pdf", "not written in"), ("es", "x.docx", ".docx"), ("es", "no/such/folder/x.pdf", "--out")] {
        let output = print(language, &folder.path().join(out));
        assert_eq!(output.status.code(), Some(1));
        assert!(text(&output.stderr).contains(says), "{}", text(&output.stderr));
    }
    let none = run(&["programme", "print", "/no/such/folder", "--lang", "es", "--out", "x.pdf"]);
    assert!(!none.status.success() && text(&none.stderr).contains("programme.toml"));
}

#[test]
fn the_shipped_library_has_no_faults_and_a_bad_one_has() {
    let good = run(&["library", "check", content("library").to_str().unwrap()]);
    assert!(good.status.success(), "{}", text(&good.stdout));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("library.toml");
    std::fs::write(&file, "topics = []\n[[entries]]\nid = \"x\"\n").unwrap();
    let bad = run(&["library", "check", file.to_str().unwrap(), "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&bad.stdout).unwrap();
    assert_eq!((bad.status.code(), &report["faults"][0]["code"]), (Some(1), &serde_json::json!("missing-key")));
    assert_eq!(run(&["library", "check", "/no/such/file"]).status.code(), Some(1));
}

#[test]
fn every_fault_at_once_with_its_place_and_exit_one() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in fairway_office::content::read_folder(&content("programmes/steady-course")).unwrap() {
        let file = folder.path().join(&name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
    let file = folder.path().join("programme.toml");
    let toml = std::fs::read_to_string(&file).unwrap().replacen("minutes = 90", "minutes = 91", 1).replacen(
        "counts_to_completion = true",
        "counts_to_competion = true",
        1,
    );
    std::fs::write(&file, toml).unwrap();
    let gone = std::fs::read_dir(folder.path().join("es")).unwrap().next().unwrap().unwrap().path();
    std::fs::remove_file(&gone).unwrap();
    let output = run(&["programme", "check", folder.path().to_str().unwrap(), "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["ok"], false);
    let faults = report["faults"].as_array().unwrap();
    let codes: Vec<&str> = faults.iter().map(|fault| fault["code"].as_str().unwrap()).collect();
    for code in ["minutes-differ", "unknown-key", "missing-session-file"] {
        assert!(codes.contains(&code), "{codes:?}");
    }
    for fault in faults {
        assert!(
            fault["line"].as_u64().unwrap() >= 1 && fault["column"].as_u64().unwrap() >= 1 && !fault["help"].as_str().unwrap().is_empty(),
            "{fault}"
        );
        assert_eq!(fault.as_object().unwrap().len(), 6, "{fault}");
    }
    let people = run(&["programme", "check", folder.path().to_str().unwrap()]);
    assert!(text(&people.stdout).contains("help:"), "{}", text(&people.stdout));
    assert_eq!(run(&["programme", "check", "/no/such/folder"]).status.code(), Some(1));
}

#[test]
fn show_gives_the_structure_in_order() {
    let path = content("programmes/out-of-the-net");
    let output = run(&["programme", "show", path.to_str().unwrap(), "--format", "json"]);
    assert!(output.status.success());
    let shown: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(shown["languages"], serde_json::json!(["en", "es"]));
    let phases = shown["phases"].as_array().unwrap();
    assert_eq!(phases.len(), 3);
    let mut sessions = Vec::new();
    for phase in phases {
        assert!(phase["title"]["es"].is_string());
        for module in phase["modules"].as_array().unwrap() {
            for session in module["sessions"].as_array().unwrap() {
                assert!(session["minutes"].as_u64().unwrap() > 0 && !session["targets"].as_array().unwrap().is_empty());
                sessions.push((session["id"].as_str().unwrap().to_owned(), session["format"].as_str().unwrap().to_owned()));
            }
        }
    }
    let group = sessions.iter().filter(|(_, format)| format == "group").count();
    assert!((28..=32).contains(&group), "{group} group sessions");
    for track in shown["tracks"].as_array().unwrap() {
        let order: Vec<_> = track["sessions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|id| sessions.iter().position(|(known, _)| known == id.as_str().unwrap()).unwrap())
            .collect();
        assert!(!order.is_empty() && order.is_sorted(), "{}", track["id"]);
    }
}

#[test]
fn a_wrong_setting_says_which_where_from_and_what_is_allowed() {
    let output = run(&["serve", "--listen", "8080"]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(said.contains("`listen`") && said.contains("--listen") && said.contains("127.0.0.1:8080"), "{said}");
    let output = fairway(&["migrate"]).env("FAIRWAY_DATABASE", "mysql://x").output().unwrap();
    assert!(text(&output.stderr).contains("FAIRWAY_DATABASE"), "{}", text(&output.stderr));
    assert!(text(&run(&["config"]).stdout).contains("time_zone"));
}

#[test]
fn a_reader_who_has_seen_enough_ends_the_program_quietly() {
    let mut child = fairway(&["programme", "show", content("programmes/out-of-the-net").to_str().unwrap(), "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{}", text(&output.stderr));
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn ask(port: u16, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}

fn wait_for(port: u16, child: &mut Child) {
    for _ in 0..600 {
        if ask(port, "/readyz").is_some_and(|answer| answer.starts_with("HTTP/1.1 200")) {
            return;
        }
        assert!(child.try_wait().unwrap().is_none(), "the program stopped");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("the program did not answer");
}

#[test]
fn a_service_is_set_up_served_and_told_to_stop() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    assert!(run(&["migrate", "--data", data]).status.success());
    let add = |password: &str, role: &str| {
        let mut child = fairway(&["user", "add", "ana", "--name", "Ana Inventada", "--role", role, "--unit", "North", "--data", data])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(password.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    assert!(text(&add("short", "coordinator").stderr).contains("12 to 200"));
    assert!(text(&add("a fine sentence", "emperor").stderr).contains("facilitator"));
    assert!(add("a fine sentence", "coordinator").status.success());
    assert!(text(&add("a fine sentence", "coordinator").stderr).contains("exists already"));
    let port = free_port();
    let listen = format!("127.0.0.1:{port}");
    let mut child = fairway(&["serve", "--data", data, "--listen", &listen]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    wait_for(port, &mut child);
    assert!(ask(port, "/healthz").unwrap().contains("ok"));
    let second = run(&["serve", "--data", data, "--listen", &listen]);
    assert!(text(&second.stderr).contains("--listen"), "{}", text(&second.stderr));
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    assert!(child.wait().unwrap().success(), "a termination is no failure");
    // The wrong service key is noticed at the start.
    std::fs::write(Path::new(data).join("service.key"), "00".repeat(32)).unwrap();
    let output = run(&["serve", "--data", data, "--listen", &listen]);
    assert!(text(&output.stderr).contains("not the one this database was sealed with"), "{}", text(&output.stderr));
}
