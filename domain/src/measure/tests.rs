#![expect(clippy::items_after_statements, clippy::float_cmp, reason = "names stand beside their use; scores are exact")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use super::*;
use crate::programme::Files;

macro_rules! shipped {
    ($($id:literal),*) => {
        /// Those that properties are tried on: reversed items, subscales, rules for missing items, values from 0 and from 1.
        const SHIPPED: &[&str] = &[$($id),*];

        /// A shipped instrument's folder.
        fn folder(id: &str) -> Files {
            let (questionnaire, scoring): (&[u8], &[u8]) = match id {
                $($id => (
                    include_bytes!(concat!("../../../content/instruments/", $id, "/questionnaire.json")),
                    include_bytes!(concat!("../../../content/instruments/", $id, "/scoring.toml")),
                ),)*
                _ => panic!("{id} is not among them"),
            };
            [("questionnaire.json", questionnaire), ("scoring.toml", scoring)].map(|(name, bytes)| (name.to_owned(), bytes.to_vec())).into()
        }
    };
}
shipped!("phq-9", "gad-7", "rosenberg", "pswq", "pcl-5", "cesd-r", "core-10", "ipip-neo-120");

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

    /// One of the shipped instruments with somebody's answers, some of them missing.
    fn answered() -> impl Strategy<Value = (Instrument, Vec<Option<f64>>)> {
        let all: Vec<Instrument> = SHIPPED.iter().map(|id| instrument(id)).collect();
        prop::sample::select(all).prop_flat_map(|instrument| {
            let each: Vec<_> = instrument
                .items
                .iter()
                .map(|item| {
                    let ItemKind::Choice { options } = &item.kind else { panic!("only choices here") };
                    let values: Vec<f64> = options.iter().map(|tick| tick.value).collect();
                    prop::option::weighted(0.93, prop::sample::select(values))
                })
                .collect();
            (Just(instrument), each)
        })
    }

    proptest! {
        #[test]
        fn a_score_lies_within_its_range_and_missing_is_never_zero((instrument, values) in answered()) {
            for (scale, score) in instrument.scales.iter().zip(instrument.score(&values)) {
                let given: Vec<f64> = scale.items.iter().filter_map(|index| {
                    let value = values[*index]?;
                    let value = if scale.reversed.contains(index) { turned(&instrument.items[*index], value) } else { value };
                    Some(scale.cap.map_or(value, |cap| value.min(cap)))
                }).collect();
                prop_assert_eq!(usize::from(score.missing), scale.items.len() - given.len());
                let may_miss = if scale.missing.then == MissingThen::Refuse { 0 } else { scale.missing.at_most };
                prop_assert_eq!(score.value.is_ok(), !given.is_empty() && score.missing <= may_miss);
                let Ok(value) = score.value else { continue };
                prop_assert!((scale.range.low..=scale.range.high).contains(&value), "{} of {}", scale.id, instrument.id);
                // Filled with what the others are like, not with nothing: the mean of the answered stays the mean of the whole.
                #[expect(clippy::cast_precision_loss, reason = "at most 120 items")]
                let (mean, all) = (given.iter().sum::<f64>() / given.len() as f64, scale.items.len() as f64);
                let whole = if scale.method == Method::Mean { mean } else { mean * all };
                prop_assert!((value - whole * scale.times.unwrap_or(1.0)).abs() < 1e-9);
            }
        }

        #[test]
        fn a_row_made_ready_scores_the_same((instrument, values) in answered()) {
            let row = Row::of(b"", &values);
            prop_assert_eq!(row.values(), values.clone());
            let scores: Vec<Score> = Ready::all(&instrument).iter().map(|ready| ready.score(&row)).collect();
            prop_assert_eq!(scores, instrument.score(&values));
        }

        #[test]
        fn a_plain_line_is_read_as_any_line_is((instrument, values) in answered(), id in "[ -~é]{0,6}", odd in 0_u8..8) {
            let mut header = vec!["id".to_owned()];
            header.extend(instrument.items.iter().map(|item| item.link.clone()));
            let columns = Columns::of(&instrument, header.join(";").as_bytes()).unwrap();
            let mut fields = vec![id];
            fields.extend(values.iter().map(|value| value.map(|value| value.to_string()).unwrap_or_default()));
            match odd {
                0 => fields[1] = "7".to_owned(),
                1 => fields[1] = " 1".to_owned(),
                2 => fields[1].push_str(",0"),
                3 => fields.push(String::new()),
                4 => drop(fields.pop()),
                _ => {}
            }
            let line = fields.join(";");
            let (mut plain, mut whole) = (columns.row(), columns.row());
            let ending = if odd == 5 { "\r\n" } else { "\n" };
            let read = columns.plain(format!("{line}{ending}next").as_bytes(), &mut plain);
            prop_assert!(columns.plain(line.as_bytes(), &mut columns.row()).is_none(), "it may go on");
            if let Some(length) = read {
                prop_assert_eq!(length, line.len() + ending.len());
                prop_assert_eq!(columns.read(line.as_bytes(), 2, &mut whole), Ok(true));
                prop_assert_eq!((&plain.id, plain.values()), (&whole.id, whole.values()));
            } else {
                prop_assert!(odd < 5 || fields[0].bytes().any(|byte| byte <= b'"' || byte == b';'), "{line} is plain");
            }
        }

        #[test]
        fn turning_round_twice_gives_it_back((instrument, values) in answered()) {
            for (item, value) in instrument.items.iter().zip(values) {
                let Some(value) = value else { continue };
                prop_assert!(item.takes(turned(item, value)));
                prop_assert_eq!(turned(item, turned(item, value)), value);
            }
        }

        #[test]
        fn the_order_of_items_never_matters((instrument, values) in answered(), seed in any::<u64>()) {
            let mut order: Vec<usize> = (0..instrument.items.len()).collect();
            order.sort_by_key(|index| (*index as u64 + 1).wrapping_mul(seed | 1));
            let mut other = instrument.clone();
            let to = |index: &usize| order.iter().position(|from| from == index).unwrap();
            other.items = order.iter().map(|from| instrument.items[*from].clone()).collect();
            for scale in &mut other.scales {
                scale.items = scale.items.iter().map(to).collect();
                scale.reversed = scale.reversed.iter().map(to).collect();
                scale.items.sort_unstable();
            }
            let moved: Vec<Option<f64>> = order.iter().map(|from| values[*from]).collect();
            prop_assert_eq!(other.score(&moved), instrument.score(&values));
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
        assert_eq!((read.id.as_slice(), read.values()), (b"ana".as_slice(), expected.clone()), "{line}");
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
    // A semicolon's table with the mark of the byte order and decimal commas: a fault keeps its line and its words.
    let columns = Columns::of(&gad, "\u{feff}id;1;2\r\n".as_bytes()).unwrap();
    let mut row = columns.row();
    assert_eq!(columns.read(b"a;1,0;2\r\n", 2, &mut row), Ok(true));
    assert_eq!(row.values()[..2], [Some(1.0), Some(2.0)]);
    let fault = columns.read(b"b;1,5;2\r\n", 3, &mut row).unwrap_err();
    assert_eq!((fault.line, fault.kind), (3, OutOfRange));
    assert!(fault.message.contains("1,5"), "{}", fault.message);
}
