//! `fairway measure` and `fairway instrument`, run as their users run them.
#![expect(clippy::unwrap_used, reason = "a test fails loudly")]

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path: PathBuf = self.0.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_fairway")).args(args).env_clear().output().unwrap()
}

fn json_of(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}\n{}\n{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)))
}

fn change(desk: &Desk, figures: &[&str], table: &str) -> Value {
    let data = desk.file("pre_post.csv", table);
    let mut args = vec!["measure", "change", "--format", "json", "--data", &data];
    args.extend(figures);
    let output = run(&args);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    json_of(&output)
}

fn near(value: &Value, expected: f64, places: i32) {
    let found = value.as_f64().unwrap();
    assert!((found - expected).abs() <= 0.5 * 10_f64.powi(-places) + 1e-9, "{found} is not {expected}");
}

#[test]
fn thresholds_of_reliable_change() {
    let desk = Desk::new();
    for (sd, r, expected) in [("9.5", ".73", 13.68), ("9.5", ".92", 7.45), ("6.0", ".84", 6.65), ("5", ".83", 5.71)] {
        near(&change(&desk, &["--sd", sd, "--reliability", r], "id,pre,post\n")["threshold"], expected, 2);
    }
}

#[test]
fn the_worked_example_and_every_category() {
    let desk = Desk::new();
    let figures = [
        "--sd",
        "7.5",
        "--reliability",
        ".80",
        "--clinical-mean",
        "40",
        "--clinical-sd",
        "7.5",
        "--normal-mean",
        "60",
        "--normal-sd",
        "7.5",
    ];
    let table = "id,pre,post\nworked,32.5,47.5\nrec,45,60\nsame,45,50\nworse,47.5,32.5\nharm,60,45\nnopre,,45\n";
    let found = change(&desk, &figures, table);
    assert_eq!(found["definition"], "Jacobson & Truax (1991)");
    near(&found["standard_error_of_measurement"], 3.3541, 4);
    near(&found["standard_error_of_difference"], 4.7434, 4);
    assert_eq!(found["cutoffs"], json!({ "a": 55.0, "b": 45.0, "c": 50.0 }));
    assert_eq!(found["cutoff_used"], "c");
    near(&found["people"][0]["rci"], 3.1623, 4);
    assert_eq!(found["people"][0]["difference"], 15.0);
    let categories: Vec<&Value> = found["people"].as_array().unwrap().iter().map(|person| &person["category"]).collect();
    assert_eq!(json!(categories), json!(["improved", "recovered", "unchanged", "deteriorated", "harmed", null]));
    assert!(found["people"][5]["why"].as_str().unwrap().contains("no first score"));
    assert_eq!(
        found["counts"],
        json!({ "recovered": 1, "improved": 1, "unchanged": 1, "deteriorated": 1, "harmed": 1, "not_computable": 1 })
    );
}

#[test]
fn what_is_not_known_is_not_computable() {
    let desk = Desk::new();
    let found = change(&desk, &["--sd", "5"], "id;pre;post\na;10,5;2\n");
    assert_eq!([&found["threshold"], &found["people"][0]["category"], &found["cutoff_used"]], [&Value::Null; 3]);
    assert!(found["why"].as_str().unwrap().contains("reliability"));
    assert_eq!(found["people"][0]["difference"], -8.5);
    let lower = change(&desk, &["--sd", "5", "--reliability", ".83", "--lower-is-better"], "id,pre,post\na,12,2\nb,2,12\n");
    assert_eq!([&lower["people"][0]["category"], &lower["people"][1]["category"]], ["improved", "deteriorated"]);
    assert!(lower["why"].as_str().unwrap().contains("no cut-off"));
}

#[test]
fn answers_are_scored_from_json_and_tables_alike() {
    let desk = Desk::new();
    let one = desk.file("one.json", r#"{"1":1,"2":2,"3":3,"4":0,"5":1,"6":2,"7":3,"8":0,"9":1,"10":2}"#);
    let expected = json!([{ "id": "1", "instrument": "phq-9", "version": "1.0.0", "scales": [
        { "scale": "total", "score": 13, "band": "moderate", "missing": 0, "prorated": false, "refused": null } ] }]);
    assert_eq!(json_of(&run(&["measure", "score", "phq-9", "--answers", &one, "--format", "json"])), expected);
    let json =
        desk.file("three.json", r#"[{"id":"a","answers":{"1":1,"2":1,"3":1,"4":1,"5":1,"6":1,"7":1}},{"id":"b \"q\"","1":3},{"id":"c"}]"#);
    let table =
        desk.file("three.csv", "\u{feff}id;1;2;3;4;5;6;7;8;9\r\na;1;1;1;1;1,0;1;1;;\r\n\"b \"\"q\"\"\";3;;;;;;;;\r\nc;;;;;;;;;\r\n");
    let from_json = run(&["measure", "score", "phq-9", "--answers", &json, "--format", "json"]);
    let from_table = run(&["measure", "score", "phq-9", "--answers", &table, "--format", "json"]);
    assert!(from_json.status.success() && from_table.status.success());
    let scored = json_of(&from_table);
    assert_eq!(scored, json_of(&from_json));
    let scale = |index: usize| scored[index]["scales"][0].clone();
    assert_eq!(scale(0), json!({ "scale": "total", "score": 9, "band": "mild", "missing": 2, "prorated": true, "refused": null }));
    assert_eq!([&scale(1)["score"], &scale(1)["missing"]], [&Value::Null, &json!(8)]);
    assert_eq!(scale(2)["refused"], "nothing answered");
}

#[test]
fn each_kind_of_bad_input_has_its_line() {
    let desk = Desk::new();
    let table = desk.file(
        "bad.csv",
        "id,version,1,2,3,4,5,6,7\na,1.0.0,4,0,0,0,0,0,0\nb,,often,0,0,0,0,0,0\nc,0.9.0,0,0,0,0,0,0,0\nd,,0,0\ne,,0,0,0,0,0,0,0\ne,,0,0,0,0,0,0,0\nf,,1,,,,,,\n",
    );
    let output = run(&["measure", "score", "gad-7", "--answers", &table, "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr.clone()).unwrap();
    for (line, code) in [(2, "out-of-range"), (3, "no-number"), (4, "wrong-version"), (5, "bad-shape"), (7, "duplicate-person")] {
        assert!(told.contains(&format!("bad.csv:{line}: {code}")), "{told}");
    }
    assert_eq!(json_of(&output).as_array().unwrap().len(), 3);
    let unknown = desk.file("unknown.csv", "id,1,eight\na,1,1\n");
    let output = run(&["measure", "score", "gad-7", "--answers", &unknown, "--format", "json"]);
    assert!(String::from_utf8(output.stderr.clone()).unwrap().contains("unknown.csv:1: unknown-item"));
    assert_eq!(json_of(&output), json!([]));
    let broken = desk.file("broken.json", "{\n\"1\": 1,,}");
    let output = run(&["measure", "score", "gad-7", "--answers", &broken]);
    assert!(String::from_utf8(output.stderr).unwrap().contains("broken.json:2:8: bad-shape"));
    let pairs = desk.file("pairs.csv", "id,pre,post\na,1,x\nb,1,2\nb,1,2\n");
    let output = run(&["measure", "change", "--sd", "5", "--reliability", ".8", "--data", &pairs, "--format", "json"]);
    let told = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(told.contains("pairs.csv:2: no-number") && told.contains("pairs.csv:4: duplicate-person"), "{told}");
    assert_eq!(json_of(&output)["people"].as_array().unwrap().len(), 1);
}

#[test]
fn whoever_is_there_twice_is_found_in_any_order_of_lines() {
    let desk = Desk::new();
    let rising: Vec<String> = (1..=3000).map(|person| format!("p{person}")).collect();
    let falling: Vec<String> = rising.iter().rev().cloned().collect();
    let with = |ids: &[String], again: &str| ids.iter().cloned().chain([again.to_owned()]).collect::<Vec<_>>();
    for (name, ids, line) in [
        ("rising", with(&rising, "p7"), Some(3002)),
        ("falling", with(&falling, "p2999"), Some(3002)),
        ("last", with(&rising, "p3000"), Some(3002)),
        ("mixed", rising.iter().chain(&falling[..1]).chain(&falling[1..2]).cloned().collect(), Some(3002)),
        ("nobody", falling.clone(), None),
    ] {
        let lines: Vec<String> = ids.iter().map(|id| format!("{id},1,,2,3,0,1,2")).collect();
        let table = desk.file(&format!("{name}.csv"), format!("id,1,2,3,4,5,6,7\n{}\n", lines.join("\n")));
        let output = run(&["measure", "score", "gad-7", "--answers", &table, "--format", "json"]);
        let told = String::from_utf8(output.stderr.clone()).unwrap();
        match line {
            Some(line) => assert!(told.contains(&format!("{name}.csv:{line}: duplicate-person")), "{name}: {told}"),
            None => assert_eq!(told, "", "{name}"),
        }
        assert_eq!(output.status.success(), line.is_none(), "{name}");
        assert_eq!(json_of(&output).as_array().unwrap().len(), ids.len());
    }
}

#[test]
fn a_table_of_a_spreadsheet_keeps_its_line_numbers() {
    let desk = Desk::new();
    let table = desk.file(
        "sheet.csv",
        "\u{feff}id;1;2;3;4;5;6;7\r\nana;1,0;0;0;0;0;0;0\r\n\r\n\"eva;\nmaria\";1;0;0;0;0;0;0\r\nluz;1,5;0;0;0;0;0;0\r\n",
    );
    let output = run(&["measure", "score", "gad-7", "--answers", &table, "--format", "json"]);
    let told = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(told.contains("sheet.csv:6: out-of-range") && told.contains("1,5"), "{told}");
    let scored = json_of(&output);
    assert_eq!([&scored[0]["id"], &scored[1]["id"]], ["ana", "eva;\nmaria"]);
}

#[test]
fn change_between_two_files_of_answers() {
    let desk = Desk::new();
    let row = |id: &str, value: u8| format!("{id}{}\n", format!(",{value}").repeat(9));
    let header = "id,1,2,3,4,5,6,7,8,9\n";
    let pre = desk.file("pre.csv", format!("{header}{}{}{}", row("a", 2), row("b", 1), row("gone", 2)));
    let post = desk.file("post.csv", format!("{header}{}{}", row("b", 1), row("a", 0)));
    let output = run(&["measure", "change", "--instrument", "phq-9", "--pre", &pre, "--post", &post, "--format", "json"]);
    let found = json_of(&output);
    near(&found["threshold"], 6.65, 2);
    assert_eq!(
        [&found["norm"], &found["cutoff_used"], &found["lower_is_better"]],
        [&json!("primary-care"), &json!("published"), &json!(true)]
    );
    let categories: Vec<&Value> = found["people"].as_array().unwrap().iter().map(|person| &person["category"]).collect();
    assert_eq!(json!(categories), json!(["recovered", "unchanged", null]));
}

#[test]
fn reliability_and_effect_sizes() {
    let desk = Desk::new();
    let ratings = desk.file("ratings.csv", "id,r1,r2,r3,r4\n1,9,2,5,8\n2,6,1,3,2\n3,8,4,6,8\n4,7,1,2,6\n5,10,5,6,9\n6,6,2,4,7\n");
    let icc = json_of(&run(&["measure", "icc", "--data", &ratings, "--format", "json"]));
    for (name, expected) in [("icc1", 0.1657), ("icc2", 0.2898), ("icc3", 0.7148), ("icc1k", 0.4428), ("icc2k", 0.6201), ("icc3k", 0.9093)]
    {
        near(&icc[name], expected, 4);
    }
    near(&json_of(&run(&["measure", "alpha", "--data", &ratings, "--format", "json"]))["alpha"], 0.9093, 4);
    let pairs = desk.file("pairs.csv", "id,pre,post\n1,14,9\n2,18,15\n3,9,8\n4,21,12\n5,12,10\n6,16,13\n7,11,12\n8,20,14\n9,20,\n");
    let effect = json_of(&run(&["measure", "effect", "--data", &pairs, "--format", "json"]));
    near(&effect["d_z"], -1.1230, 4);
    assert_eq!([&effect["n"], &effect["without_both"]], [8, 1]);
}

#[test]
fn shipped_instruments_have_no_faults_and_are_listed() {
    let listed = json_of(&run(&["instrument", "list", "--format", "json"]));
    let ids: Vec<&str> = listed.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert!(ids.contains(&"phq-9") && ids.contains(&"gad-7"), "{ids:?}");
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../content/instruments");
    for id in ids {
        let output = run(&["instrument", "check", root.join(id).to_str().unwrap(), "--format", "json"]);
        assert_eq!(json_of(&output), json!({ "ok": true, "faults": [], "not_used": [] }), "{id}");
    }
    let output = run(&["instrument", "check", "/nowhere", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(json_of(&output)["faults"].as_array().unwrap().len(), 2);
}

#[test]
fn a_foreign_questionnaire_is_imported_and_what_is_not_used_is_named() {
    let desk = Desk::new();
    let questionnaire = json!({ "resourceType": "Questionnaire", "id": "Foreign_Form", "version": "2.1", "status": "active", "title": "A foreign form", "item": [
        { "linkId": "g", "type": "group", "text": "Last week", "item": [
            { "linkId": "a", "type": "choice", "text": "One", "enableWhen": [{ "question": "b" }], "answerOption": [{ "valueCoding": { "code": "n", "display": "No" } }, { "valueCoding": { "code": "y", "display": "Yes" } }] },
            { "linkId": "b", "type": "choice", "text": "Two", "answerOption": [{ "valueInteger": 1 }, { "valueInteger": 5 }] } ] },
        { "linkId": "c", "type": "attachment", "text": "A picture" } ] });
    let file = desk.file("foreign.json", questionnaire.to_string());
    let into = desk.0.path().join("made");
    let output = run(&["instrument", "import", &file, "--into", into.to_str().unwrap()]);
    let told = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for named in ["enableWhen", "attachment", "count from 0"] {
        assert!(told.contains(named), "{named}: {told}");
    }
    let checked = json_of(&run(&["instrument", "check", into.to_str().unwrap(), "--format", "json"]));
    let faults: Vec<&Value> = checked["faults"].as_array().unwrap().iter().map(|fault| &fault["code"]).collect();
    assert_eq!(json!(faults), json!(["missing-language"]), "an integer option has no words");
    let refused = desk.file("no.json", r#"{"resourceType":"Patient"}"#);
    let output = run(&["instrument", "import", &refused, "--into", desk.0.path().join("no").to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("no-questionnaire"));
}
