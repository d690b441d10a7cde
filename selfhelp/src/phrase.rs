//! The return phrase: twelve words of BIP-39, 128 bits of entropy, in the visitor's language.
//!
//! Whoever types it needs four letters a word, no accents and no capitals. A slip is named: the word that is in no list,
//! or, when all are, the words that would make the checksum right. The same entropy has words in each language and opens
//! the same notes.

use std::collections::HashMap;
use std::sync::LazyLock;

use bip39::Mnemonic;
use fairway_site::Language;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use zeroize::Zeroizing;

/// What a phrase stands for.
pub type Entropy = Zeroizing<[u8; 16]>;

/// How many words.
pub const WORDS: usize = 12;
/// How many letters of a word suffice.
const ENOUGH: usize = 4;
/// The longest text that is read as a phrase, in bytes.
const LONGEST: usize = 1000;

/// Why a typed text is not a phrase. Places count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slip {
    /// There are not twelve words.
    Count {
        /// How many there are.
        found: usize,
    },
    /// A word is in no list.
    Unknown {
        /// Its place.
        place: usize,
        /// What was typed.
        given: String,
        /// What it may have been.
        near: Option<String>,
    },
    /// All words are in the list, but they do not belong together: one is wrong or two are swapped.
    Checksum {
        /// Places and words which would make it right.
        maybe: Vec<(usize, String)>,
    },
    /// It is a phrase, but not the one that was shown: the first word that differs.
    Differs {
        /// Its place.
        place: usize,
    },
}

struct List {
    /// As shown.
    words: Vec<String>,
    /// Small letters without accents.
    plain: Vec<String>,
    /// By their first four plain letters.
    begins: HashMap<String, usize>,
}

/// A language that has a list of which four letters a word suffice.
struct Tongue {
    code: &'static str,
    bip: bip39::Language,
    list: LazyLock<List>,
}

static TONGUES: [Tongue; 6] = [
    Tongue { code: "en", bip: bip39::Language::English, list: LazyLock::new(|| List::of(bip39::Language::English)) },
    Tongue { code: "es", bip: bip39::Language::Spanish, list: LazyLock::new(|| List::of(bip39::Language::Spanish)) },
    Tongue { code: "fr", bip: bip39::Language::French, list: LazyLock::new(|| List::of(bip39::Language::French)) },
    Tongue { code: "it", bip: bip39::Language::Italian, list: LazyLock::new(|| List::of(bip39::Language::Italian)) },
    Tongue { code: "pt", bip: bip39::Language::Portuguese, list: LazyLock::new(|| List::of(bip39::Language::Portuguese)) },
    Tongue { code: "cs", bip: bip39::Language::Czech, list: LazyLock::new(|| List::of(bip39::Language::Czech)) },
];

impl List {
    fn of(language: bip39::Language) -> Self {
        let words: Vec<String> = language.word_list().iter().map(|word| word.nfc().collect()).collect();
        let plain: Vec<String> = words.iter().map(|word| folded(word)).collect();
        let begins = plain.iter().enumerate().map(|(at, word)| (word.chars().take(ENOUGH).collect(), at)).collect();
        Self { words, plain, begins }
    }

    fn find(&self, given: &str) -> Option<usize> {
        let begin: String = given.chars().take(ENOUGH).collect();
        let at = *self.begins.get(&begin)?;
        let word = &self.plain[at];
        (word == given || (given.len() >= ENOUGH && word.starts_with(given))).then_some(at)
    }

    fn near(&self, given: &str) -> Option<usize> {
        // Four letters stand for a word, so a slip may be in those.
        let shown = |word: &str| if given.len() > ENOUGH { word.len() } else { word.len().min(ENOUGH) };
        let most = given.len() / 4;
        let near = self.plain.iter().enumerate().filter(|(_, word)| shown(word).abs_diff(given.len()) <= most);
        let (away, at) = near.map(|(at, word)| (distance(word.get(..shown(word)).unwrap_or(word), given), at)).min()?;
        (away <= most).then_some(at)
    }
}

/// The list of a language; the English one where it has none.
fn tongue(language: Language) -> &'static Tongue {
    TONGUES.iter().find(|tongue| tongue.code == language.code()).unwrap_or(&TONGUES[0])
}

/// Small letters without accents or other marks.
pub(crate) fn folded(text: &str) -> String {
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// How many letters must be changed, added, taken away or swapped to make one word the other.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().take(20).collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<_>>()];
    for (i, from) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let swapped = i > 0 && j > 0 && *from == b[j - 1] && *to == a[i - 1];
            let mut best = (rows[i][j] + usize::from(from != to)).min(rows[i][j + 1] + 1).min(row[j] + 1);
            if swapped {
                best = best.min(rows[i - 1][j - 1] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

/// Whether one letter was changed, added or taken away, or two beside each other swapped: `distance(a, b) == 1`, without its tables.
fn one_slip(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let same = a.iter().zip(b).take_while(|(from, to)| from == to).count();
    let (a, b) = (&a[same..], &b[same..]);
    let same = a.iter().rev().zip(b.iter().rev()).take_while(|(from, to)| from == to).count();
    match (&a[..a.len() - same], &b[..b.len() - same]) {
        ([_], [_] | []) | ([], [_]) => true,
        ([first, second], [one, other]) => first == other && second == one,
        _ => false,
    }
}

/// The words of a phrase in a language.
pub fn words(entropy: &Entropy, language: Language) -> Vec<String> {
    Mnemonic::from_entropy_in(tongue(language).bip, entropy.as_slice())
        .map_or_else(|_| Vec::new(), |made| made.words().map(|word| word.nfc().collect()).collect())
}

/// Reads a typed phrase; the lists are tried from the page's language on.
pub fn read(text: &str, language: Language) -> Result<Entropy, Slip> {
    let (Tongue { list, bip, .. }, places) = typed(text, language, List::near)?;
    entropy(list, *bip, &places).ok_or_else(|| Slip::Checksum { maybe: maybe(list, *bip, &places) })
}

/// A typed text as small plain letters, no longer than is read.
fn plain(text: &str) -> Zeroizing<String> {
    let end = text.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= LONGEST).last().unwrap_or(0);
    Zeroizing::new(folded(&text[..end]))
}

/// Its words.
fn given(plain: &str) -> Vec<&str> {
    plain.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect()
}

/// The places of twelve typed words in the list they are from; `near` looks for what an unknown one may have been.
fn typed(text: &str, language: Language, near: impl Fn(&List, &str) -> Option<usize>) -> Result<(&'static Tongue, Vec<usize>), Slip> {
    let plain = plain(text);
    let given = given(&plain);
    let tongue = typed_in(&given, language);
    let list = &tongue.list;
    let mut places = Vec::with_capacity(WORDS);
    for (nth, word) in given.iter().enumerate().take(WORDS * 2) {
        let Some(at) = list.find(word) else {
            return Err(Slip::Unknown {
                place: nth + 1,
                given: word.chars().take(20).collect(),
                near: near(list, word).map(|at| list.words[at].clone()),
            });
        };
        places.push(at);
    }
    if given.len() != WORDS {
        return Err(Slip::Count { found: given.len() });
    }
    Ok((tongue, places))
}

/// The list that knows most of the words, of those the program speaks; the page's own where several know as many.
fn typed_in(given: &[&str], page: Language) -> &'static Tongue {
    let known = |tongue: &Tongue| given.iter().filter(|word| tongue.list.find(word).is_some()).count();
    let own = tongue(page);
    let others = Language::all().into_iter().map(tongue);
    others.fold((own, known(own)), |best, other| if known(other) > best.1 { (other, known(other)) } else { best }).0
}

/// Reads a phrase that was just shown, and says which word is not as shown.
pub fn read_back(text: &str, language: Language, shown: &Entropy) -> Result<(), Slip> {
    let plain = plain(text);
    let given = given(&plain);
    if given.len() != WORDS {
        return Err(Slip::Count { found: given.len() });
    }
    // The words are on the page before: what another may have been is no question.
    if let Ok((Tongue { list, bip, .. }, places)) = typed(text, language, |_, _| None)
        && entropy(list, *bip, &places).as_ref() == Some(shown)
    {
        return Ok(());
    }
    let list = &tongue(language).list;
    let shown = words(shown, language);
    let differs = given.into_iter().zip(&shown).position(|(word, shown)| list.find(word).is_none_or(|at| &list.words[at] != shown));
    Err(Slip::Differs { place: differs.map_or(1, |at| at + 1) })
}

fn entropy(list: &List, bip: bip39::Language, places: &[usize]) -> Option<Entropy> {
    let text = Zeroizing::new(places.iter().map(|at| list.words[*at].as_str()).collect::<Vec<_>>().join(" "));
    let (bytes, length) = Mnemonic::parse_in(bip, text.as_str()).ok()?.to_entropy_array();
    (length == 16).then(|| {
        let mut found = Zeroizing::new([0; 16]);
        found.copy_from_slice(&bytes[..16]);
        found
    })
}

/// Words close to a typed one that would make the checksum right; four at most.
fn maybe(list: &List, bip: bip39::Language, places: &[usize]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (nth, typed) in places.iter().enumerate() {
        for (at, word) in list.plain.iter().enumerate() {
            if at != *typed && one_slip(word, &list.plain[*typed]) {
                let mut changed = places.to_vec();
                changed[nth] = at;
                if entropy(list, bip, &changed).is_some() {
                    found.push((nth + 1, list.words[at].clone()));
                }
            }
        }
    }
    found.truncate(4);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn four_letters_suffice_in_every_list() {
        for Tongue { code, bip, list } in &TONGUES {
            assert_eq!(list.begins.len(), 2048, "{code}");
            let shown = Mnemonic::from_entropy_in(*bip, of(0x5c).as_slice()).unwrap();
            let typed = shown.words().map(|word| folded(word).chars().take(ENOUGH).collect::<String>());
            let places: Vec<usize> = typed.map(|word| list.find(&word).unwrap()).collect();
            assert_eq!(entropy(list, *bip, &places), Some(of(0x5c)), "{code}");
        }
    }

    fn of(byte: u8) -> Entropy {
        Zeroizing::new([byte; 16])
    }

    #[test]
    fn the_published_vector_holds() {
        // BIP-39 test vectors, entropy 7f7f… and 00….
        assert_eq!(words(&of(0x7f), Language::EN).join(" "), "legal winner thank year wave sausage worth useful legal winner thank yellow");
        assert_eq!(
            words(&of(0), Language::EN).join(" "),
            "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about"
        );
    }

    #[test]
    fn a_slip_is_named() {
        let text = "legal winner thank year wave sausage worth useful legal winner thank yellow";
        assert_eq!(
            read(&text.replace("sausage", "sausge"), Language::EN),
            Err(Slip::Unknown { place: 6, given: "sausge".into(), near: Some("sausage".into()) })
        );
        assert_eq!(read("legal winner", Language::EN), Err(Slip::Count { found: 2 }));
        let Err(Slip::Checksum { maybe }) = read(&text.replacen("wave", "cave", 1), Language::EN) else { panic!("checksum") };
        assert!(maybe.contains(&(5, "wave".into())), "{maybe:?}");
        assert_eq!(read_back(&text.replacen("wave", "cave", 1), Language::EN, &of(0x7f)), Err(Slip::Differs { place: 5 }));
        // One word too many is no wrong first word, be it in any list or in none; and so are all words in one.
        for (more, found) in [(" zebra", 13), (" xxxxx", 13)] {
            assert_eq!(read_back(&format!("{text}{more}"), Language::ES, &of(0x7f)), Err(Slip::Count { found }));
        }
        assert_eq!(read_back(&text.replace(' ', ""), Language::EN, &of(0x7f)), Err(Slip::Count { found: 1 }));
        let other = words(&of(1), Language::EN).join(" ");
        assert!(matches!(read_back(&other, Language::EN, &of(0x7f)), Err(Slip::Differs { place: 1 })));
    }

    #[test]
    fn one_slip_is_a_distance_of_one() {
        for Tongue { code, list, .. } in &TONGUES {
            assert!(list.plain.iter().all(|word| word.is_ascii()), "{code}: letters are compared as bytes");
        }
        for (a, b, one) in
            [("wave", "cave", true), ("wave", "wvae", true), ("wave", "wav", true), ("wave", "wave", false), ("wave", "save ", false)]
        {
            assert_eq!(one_slip(a, b), one, "{a} {b}");
        }
    }

    proptest! {
        #[test]
        fn one_slip_agrees_with_the_distance(a in "[abc]{0,6}", b in "[abc]{0,6}") {
            prop_assert_eq!(one_slip(&a, &b), distance(&a, &b) == 1);
        }

        #[test]
        fn every_phrase_comes_back_however_it_is_typed(bytes in any::<[u8; 16]>(), spanish in any::<bool>(), page_spanish in any::<bool>()) {
            let entropy = Zeroizing::new(bytes);
            let language = if spanish { Language::ES } else { Language::EN };
            let page = if page_spanish { Language::ES } else { Language::EN };
            let shown = words(&entropy, language);
            prop_assert_eq!(shown.len(), WORDS);
            prop_assert_eq!(read(&shown.join(" "), page), Ok(entropy.clone()));
            let short: Vec<String> = shown.iter().map(|word| folded(word).chars().take(4).collect::<String>().to_uppercase()).collect();
            prop_assert_eq!(read(&short.join("\n1. "), language), Ok(entropy.clone()));
            prop_assert_eq!(read_back(&short.join(", "), language, &entropy), Ok(()));
        }

        #[test]
        fn any_text_is_a_phrase_or_a_slip(text in any::<String>()) {
            let _ = read(&text, Language::EN);
            let _ = read_back(&text, Language::ES, &of(9));
        }
    }
}
