#![expect(clippy::items_after_statements, clippy::float_cmp, reason = "names stand beside their use; scores are exact")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use super::*;
use crate::programme::Files;

/// A shipped instrument's folder.
fn folder(id: &str) -> Files {
    let files: [(&str, &[u8]); 2] = match id {
        "phq-9" => [
            ("questionnaire.json", include_bytes!("../../../content/instruments/phq-9/questionnaire.json")),
            ("scoring.toml", include_bytes!("../../../content/instruments/phq-9/scoring.toml")),
        ],
        "rosenberg" => [
            ("questionnaire.json", include_bytes!("../../../content/instruments/rosenberg/questionnaire.json")),
            ("scoring.toml", include_bytes!("../../../content/instruments/rosenberg/scoring.toml")),
        ],
        _ => [
            ("questionnaire.json", include_bytes!("../../../content/instruments/gad-7/questionnaire.json")),
            ("scoring.toml", include_bytes!("../../../content/instruments/gad-7/scoring.toml")),
        ],
    };
    files.into_iter().map(|(name, bytes)| (name.to_owned(), bytes.to_vec())).collect()
}

fn instrument(id: &str) -> Instrument {
    Instrument::of(&folder(id))
        .unwrap_or_else(|faults| panic!("{id}:\n{}", faults.iter().map(crate::programme::Fault::render).collect::<Vec<_>>().join("\n")))
}

#[test]
fn phq_9_adds_up() {
    let phq = instrument("phq-9");
    let score = |values: [Option<f64>; 10]| phq.score(&values)[0];
    let all = score([Some(1.0), Some(2.0), Some(3.0), Some(0.0), Some(1.0), Some(2.0), Some(3.0), Some(0.0), Some(1.0), None]);
    assert_eq!((all.value, all.missing, all.prorated), (Ok(13.0), 0, false));
    assert_eq!(phq.scales[0].band(13.0).unwrap().id, "moderate");
    let two = score([Some(1.0), Some(1.0), Some(1.0), Some(1.0), Some(1.0), Some(1.0), Some(1.0), None, None, Some(3.0)]);
    assert_eq!((two.value, two.missing, two.prorated), (Ok(9.0), 2, true));
    let half = score([Some(3.0), Some(3.0), Some(3.0), Some(3.0), None, None, None, None, None, None]);
    assert_eq!(half.value, Err(Refusal::TooManyMissing { missing: 5, at_most: 2 }));
    assert_eq!(score([None; 10]).value, Err(Refusal::NothingAnswered));
    assert_eq!(phq.raised(&[None, None, None, None, None, None, None, None, Some(1.0), None]), [0]);
    assert!(phq.raised(&[Some(3.0); 8]).is_empty());
}

#[test]
fn sheets_are_read_and_faults_have_lines() {
    let gad = instrument("gad-7");
    let (sheets, faults) = read_sheets(&gad, r#"{"1":0,"2":1,"3":2,"4":3,"5":0,"6":null,"69736-7":1}"#);
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(sheets[0].id, "1");
    assert_eq!(sheets[0].answers.values, [Some(0.0), Some(1.0), Some(2.0), Some(3.0), Some(0.0), None, Some(1.0)]);
    let text = "[\n {\"id\":\"a\",\"1\":4},\n {\"id\":\"b\",\"1\":\"often\"},\n {\"id\":\"c\",\"eight\":1},\n {\"id\":\"d\",\"version\":\"0.9.0\",\"answers\":{\"1\":1}},\n {\"id\":\"e\"},{\"id\":\"e\"}]";
    let (sheets, faults) = read_sheets(&gad, text);
    assert_eq!(sheets.len(), 1);
    let found: Vec<_> = faults.iter().map(|fault| (fault.line, fault.kind)).collect();
    use AnswerFaultKind::{DuplicatePerson, NoNumber, OutOfRange, UnknownItem, WrongVersion};
    assert_eq!(found, [(2, OutOfRange), (3, NoNumber), (4, UnknownItem), (5, WrongVersion), (6, DuplicatePerson)]);
    assert_eq!(faults[0].column, 16);
}

#[test]
fn faults_of_a_folder_have_places() {
    let mut files = folder("phq-9");
    let scoring = String::from_utf8(files["scoring.toml"].clone()).unwrap();
    let broken = scoring
        .replace("item = \"9\"", "item = \"19\"")
        .replace("high = 27", "high = 36")
        .replace("version = \"1.0.0\"", "version = \"1.0.1\"");
    files.insert("scoring.toml".to_owned(), broken.into_bytes());
    let json = String::from_utf8(files["questionnaire.json"].clone()).unwrap().replacen("\"valueDecimal\": 0}", "\"valueDecimal\": 1}", 1);
    files.insert("questionnaire.json".to_owned(), json.into_bytes());
    let faults = Instrument::of(&files).unwrap_err();
    let codes: Vec<&str> = faults.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, ["duplicate-ordinal", "version-differs", "unknown-item", "range-differs"], "{faults:#?}");
    assert!(faults.iter().all(|fault| fault.line > 1 && !fault.help.is_empty()));
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    fn answers(instrument: &Instrument) -> impl Strategy<Value = Vec<Option<f64>>> + use<> {
        let each: Vec<_> = instrument
            .items
            .iter()
            .map(|item| {
                let ItemKind::Choice { options } = &item.kind else { panic!("only choices here") };
                let values: Vec<f64> = options.iter().map(|tick| tick.value).collect();
                prop::option::weighted(0.85, prop::sample::select(values))
            })
            .collect();
        each
    }

    proptest! {
        #[test]
        fn a_score_lies_within_its_range_and_missing_is_never_zero(values in answers(&instrument("rosenberg"))) {
            let rosenberg = instrument("rosenberg");
            let (scale, score) = (&rosenberg.scales[0], rosenberg.score(&values)[0]);
            let missing = values.iter().filter(|value| value.is_none()).count();
            prop_assert_eq!(usize::from(score.missing), missing);
            match score.value {
                Ok(value) => {
                    prop_assert!((scale.range.low..=scale.range.high).contains(&value));
                    prop_assert!(missing <= 1);
                    // Filled with what the others are like, not with nothing: the mean of the answered stays the mean of the whole.
                    let turned: Vec<f64> = values.iter().enumerate().filter_map(|(at, value)| value.map(|value| if scale.reversed.contains(&at) { 3.0 - value } else { value })).collect();
                    #[expect(clippy::cast_precision_loss, reason = "ten items")]
                    let mean = turned.iter().sum::<f64>() / turned.len() as f64;
                    prop_assert!((value - 10.0 * mean).abs() < 1e-9);
                }
                Err(_) => prop_assert!(missing > 1),
            }
            let ready = Ready::all(&rosenberg);
            prop_assert_eq!(ready[0].score(&values), score);
        }

        #[test]
        fn turning_round_twice_gives_it_back(at in 0_usize..10, value in 0_u8..4) {
            let rosenberg = instrument("rosenberg");
            let item = &rosenberg.items[at];
            prop_assert_eq!(turned(item, turned(item, f64::from(value))), f64::from(value));
        }

        #[test]
        fn the_order_of_items_never_matters(values in answers(&instrument("rosenberg")), order in Just((0_usize..10).collect::<Vec<_>>()).prop_shuffle()) {
            let rosenberg = instrument("rosenberg");
            let mut other = rosenberg.clone();
            let to = |index: &usize| order.iter().position(|from| from == index).unwrap();
            other.items = order.iter().map(|from| rosenberg.items[*from].clone()).collect();
            other.scales[0].items = rosenberg.scales[0].items.iter().map(to).collect();
            other.scales[0].reversed = rosenberg.scales[0].reversed.iter().map(to).collect();
            let moved: Vec<Option<f64>> = order.iter().map(|from| values[*from]).collect();
            prop_assert_eq!(other.score(&moved)[0], rosenberg.score(&values)[0]);
        }

        #[test]
        fn no_text_makes_a_table_panic(header in "[ -~;,\t\"]{0,60}", line in "\\PC{0,80}") {
            let phq = instrument("phq-9");
            for header in [header.as_bytes(), b"id,1,2,3"] {
                if let Ok(columns) = Columns::of(&phq, header) {
                    let _ = columns.read(line.as_bytes(), 2, &mut columns.row());
                }
            }
            let _ = read_sheets(&phq, &line);
        }
    }
}

fn row(columns: &Columns<'_>, line: &str) -> Result<Row, AnswerFault> {
    let mut row = columns.row();
    columns.read(line.as_bytes(), 2, &mut row).map(|_| row)
}

#[test]
fn tables_are_read_in_every_dialect() {
    let gad = instrument("gad-7");
    let expected: Vec<Option<f64>> = vec![Some(0.0), Some(1.0), None, Some(3.0), Some(0.0), Some(1.0), Some(2.0)];
    for (header, line) in [
        ("id,1,2,3,4,5,6,7\n", "ana,0,1,,3,0,1,2\r\n"),
        ("\u{feff}id;1;2;3;4;5;6;7\r\n", "ana;0;1;;3;0;1,0;2"),
        ("\"id\"\t1\t2\t3\t4\t5\t6\t7", "\"ana\"\t0\t1\t \t3\t0\t1.0\t2"),
        ("7,6,5,4,3,2,1,id", "2,1,0,3,,1,0,ana"),
    ] {
        let columns = Columns::of(&gad, header.as_bytes()).unwrap();
        let read = row(&columns, line).unwrap();
        assert_eq!((read.id.as_slice(), &read.values), (b"ana".as_slice(), &expected), "{line}");
    }
}

#[test]
fn faults_of_a_table_say_what_and_where() {
    let gad = instrument("gad-7");
    use AnswerFaultKind::{BadShape, NoNumber, OutOfRange, UnknownItem, WrongVersion};
    let kinds = |header: &str| Columns::of(&gad, header.as_bytes()).unwrap_err().iter().map(|fault| fault.kind).collect::<Vec<_>>();
    assert_eq!(kinds("id,1,2,8"), [UnknownItem]);
    assert_eq!(kinds("id,1,1"), [BadShape]);
    assert_eq!(kinds("id,version"), [BadShape]);
    let columns = Columns::of(&gad, b"id,version,1,2").unwrap();
    for (line, kind) in [
        ("a,,4,0", OutOfRange),
        ("a,,-1,0", OutOfRange),
        ("a,,1.5,0", OutOfRange),
        ("a,,often,0", NoNumber),
        ("a,,1", BadShape),
        ("a,,1,2,3", BadShape),
        ("a,2.0.0,1,2", WrongVersion),
    ] {
        let fault = row(&columns, line).unwrap_err();
        assert_eq!((fault.line, fault.kind), (2, kind), "{line}");
    }
    assert!(!columns.read(b"\"a\n", 2, &mut columns.row()).unwrap());
}
