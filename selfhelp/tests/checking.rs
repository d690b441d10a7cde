//! What `fairway-selfhelp check` finds in a content folder, with its place and a remedy, and what `serve` makes of it.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails loudly")]

use std::path::Path;
use std::process::{Command, Output};

const STEP: &str = "self-help/en/deciding/two-sides.md";

fn copied(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (path, name) = (entry.as_ref().unwrap().path(), entry.unwrap().file_name());
        if path.is_dir() {
            copied(&path, &to.join(name));
        } else {
            std::fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

fn content() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("content");
    for part in ["self-help", "instruments"] {
        copied(&root.join(part), &folder.path().join(part));
    }
    folder
}

fn run(arguments: &[&str], content: &Path) -> Output {
    let content = content.to_string_lossy();
    // A program that serves where it should refuse must not be waited for.
    let mut program = Command::new("timeout");
    program.args(["30", env!("CARGO_BIN_EXE_fairway-selfhelp")]).args(arguments).args(["--content", content.as_ref()]).output().unwrap()
}

/// The faults that are named when a file is changed.
fn faults(file: &str, change: impl Fn(String) -> Vec<u8>) -> Vec<String> {
    let folder = content();
    let path = folder.path().join(file);
    std::fs::write(&path, change(std::fs::read_to_string(&path).unwrap())).unwrap();
    let done = run(&["check", "--on", "2026-12-01"], folder.path());
    assert!(!done.status.success(), "nothing was found");
    let said = [done.stdout, done.stderr].concat();
    String::from_utf8_lossy(&said).lines().map(str::to_owned).collect()
}

#[test]
fn what_would_not_be_shown_is_a_fault_in_its_line() {
    for (line, what) in [
        ("<b>bold</b>", "HTML is not shown"),
        ("![a picture](x.png)", "no picture"),
        ("[a page](http://example.org)", "without https"),
        ("You can clear your browser history.", "deny list"),
        ("[nowhere](deciding/nowhere)", "leads nowhere"),
    ] {
        let found =
            faults(STEP, |text| text.replacen("## To read {#read}\n", &format!("## To read {{#read}}\n\n{line}\n"), 1).into_bytes());
        let named = found.iter().find(|fault| fault.contains(what)).unwrap_or_else(|| panic!("{line}: {found:?}"));
        let (place, rest) = named.split_once(": ").unwrap();
        let number: usize = place.rsplit(':').next().unwrap().parse().unwrap();
        assert!(place.starts_with(STEP) && number > 8 && rest.contains(". "), "{named}");
        assert_eq!(found.last().unwrap(), if found.len() == 2 { "1 fault" } else { "2 faults" });
    }
}

#[test]
fn a_frame_or_a_file_that_cannot_be_read_is_named_alone() {
    let found = faults("self-help/site.toml", |text| format!("{text}\n[[courses").into_bytes());
    assert!(found.len() == 2 && found[0].contains("site.toml:"), "{found:?}");
    let found = faults(STEP, |_| vec![b'a', 0xff, 0xfe]);
    assert!(found.len() == 1 && found[0].contains(STEP) && found[0].contains("UTF-8"), "{found:?}");
    let empty = tempfile::tempdir().unwrap();
    let said = run(&["check"], empty.path());
    assert!(String::from_utf8_lossy(&said.stderr).contains("holds no folder self-help"));
}

#[test]
fn a_site_with_dead_links_is_not_served() {
    let folder = content();
    let path = folder.path().join(STEP);
    let text = std::fs::read_to_string(&path).unwrap().replacen("{#read}\n", "{#read}\n\n[nowhere](deciding/nowhere)\n", 1);
    std::fs::write(&path, text).unwrap();
    let stopped = run(&["demo", "--listen", "127.0.0.1:0"], folder.path());
    let said = String::from_utf8_lossy(&stopped.stderr);
    assert!(!stopped.status.success() && said.contains("deciding/nowhere leads nowhere"), "{said}");
}

#[test]
fn options_that_make_no_sense_are_refused_with_a_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let say = |arguments: &[&str]| {
        let done = Command::new("timeout")
            .args(["30", env!("CARGO_BIN_EXE_fairway-selfhelp")])
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert!(!done.status.success(), "{arguments:?}");
        String::from_utf8_lossy(&done.stderr).into_owned()
    };
    assert!(say(&["demo", "--listen", "localhost:8090"]).contains("such as 127.0.0.1:8090"));
    assert!(say(&["serve", "--threads", "0"]).contains("1..=255"));
    assert!(say(&["serve", "--onion", "http://example.org"]).contains("56 letters"));
    assert!(say(&["serve", "--exit-to", "http://example.org"]).contains("https"));
    for command in ["purge", "totals"] {
        assert!(say(&[command, "--store", "sqlite://mistyped.db"]).contains("no store mistyped.db"));
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "a refused command has left something");
}
