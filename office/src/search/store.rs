//! Words that cases are found by, the keys that lead to the words, and what a search asks.
//!
//! A word's id is a hash of the word, so that two writers at once need no counter between them.

use std::collections::BTreeSet;

use fairway_domain::naming::{KeyKind, keys, words as folded_words};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::db::{Batch, Stored, Tx};
use crate::run;

/// The most words of one case that are indexed; a name has fewer.
const WORDS_MAX: usize = 32;

/// The id of a word: 63 bits of its hash. Two words of one service meeting in it is out of the question, and would only
/// make the second one not found.
pub fn word_id(word: &str) -> i64 {
    let digest = Sha256::digest(word.as_bytes());
    let bytes: [u8; 8] = std::array::from_fn(|place| digest.get(place).copied().unwrap_or_default());
    i64::from_be_bytes(bytes) & i64::MAX
}

/// How the column `closeness` writes the kind of a key.
pub fn closeness(kind: KeyKind) -> i64 {
    i64::from(kind.rank())
}

/// The folded words among texts, without repeats. Plain figures are left out: a case number is looked up as a whole,
/// and its year would lead to every case of that year.
pub fn words_of(texts: &[String]) -> BTreeSet<String> {
    let is_figure = |word: &String| word.bytes().all(|byte| byte.is_ascii_digit());
    texts.iter().flat_map(|text| folded_words(text)).filter(|word| !is_figure(word)).take(WORDS_MAX).collect()
}

/// Makes a case found by the words of these texts (names, in any writing) and by no others any more. Words stand in
/// order, so that two writers never wait for each other crosswise.
pub async fn index_case(tx: &mut Tx, unit: Uuid, case: Uuid, words: &[String]) -> Stored<()> {
    run!(tx, sqlx::query("DELETE FROM search_cases WHERE case_id = $1").bind(case))?;
    let mut led_to = Batch::new("search_keys", &["search_key", "closeness", "word_id"]);
    let mut found_by = Batch::new("search_cases", &["word_id", "unit_id", "case_id"]);
    for word in words_of(words) {
        let id = word_id(&word);
        // One statement a word of one name. Another writer of the same new word is waited for here, and whoever
        // inserts it writes its keys.
        let fresh =
            run!(tx, sqlx::query("INSERT INTO search_words (id, word) VALUES ($1, $2) ON CONFLICT DO NOTHING").bind(id).bind(&word))?;
        if fresh == 1 {
            for key in keys(&word) {
                led_to.push(vec![key.text.into(), closeness(key.kind).into(), id.into()]);
            }
        }
        found_by.push(vec![id.into(), unit.into(), case.into()]);
    }
    led_to.write(tx).await?;
    found_by.write(tx).await
}
