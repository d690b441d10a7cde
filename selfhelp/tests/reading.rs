//! Reading age about 12: how long words and sentences are, by the measures of each language's readers.
//!
//! English: the grade level of Kincaid and others (1975), where grade 6 is a child of 11 to 12. Spanish: the INFLESZ scale of
//! Barrio-Cantalejo and others (2008) for texts about health, on which 65 to 80 is fairly easy. Both count syllables by rule, so a
//! figure is near the truth and no more. Headings and what is to be filled in are left out: they are short, and would flatter.
#![expect(clippy::unwrap_used, clippy::cast_precision_loss, reason = "a test fails loudly; counts are small")]

use fairway_selfhelp::content::Files;

/// A page's sentences, each as its words.
fn sentences(markdown: &str) -> Vec<Vec<String>> {
    let text = markdown.splitn(3, "+++").nth(2).unwrap_or(markdown);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with(['#', '?', '|']));
    let mut found = Vec::new();
    for line in lines {
        let line = line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | '>' | ' '));
        let mut plain = String::new();
        let mut address = false;
        for c in line.chars() {
            match c {
                '(' if plain.ends_with(']') => address = true,
                ')' if address => address = false,
                c if !address => plain.push(c),
                _ => {}
            }
        }
        for sentence in plain.split(['.', '!', '?', '…']) {
            let words = sentence.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’');
            let words: Vec<String> = words.filter(|word| word.chars().any(char::is_alphabetic)).map(str::to_lowercase).collect();
            if !words.is_empty() {
                found.push(words);
            }
        }
    }
    found
}

/// Groups of vowels; in English without a silent e, in Spanish with a syllable more where a strong vowel meets another.
fn syllables(word: &str, spanish: bool) -> usize {
    let (mut count, mut before) = (0, None::<char>);
    for c in word.chars() {
        let vowel = "aeiouáéíóúüy".contains(c) && !(spanish && c == 'y');
        let hiatus = |b: char| "íú".contains(c) || "íú".contains(b) || ("aeoáéó".contains(c) && "aeoáéó".contains(b));
        if vowel && (before.is_none() || (spanish && before.is_some_and(hiatus))) {
            count += 1;
        }
        before = vowel.then_some(c);
    }
    let silent = !spanish && count > 1 && word.ends_with('e') && !word.ends_with("le");
    (count - usize::from(silent)).max(1)
}

struct Page {
    name: String,
    words_a_sentence: f64,
    syllables_a_word: f64,
    longest: usize,
}

fn pages(language: &str) -> Vec<Page> {
    let files = Files::embedded();
    let texts = files.0.iter().filter(|(name, _)| name.starts_with(&format!("self-help/{language}/")));
    texts
        .map(|(name, text)| {
            let sentences = sentences(text);
            let words = sentences.iter().map(Vec::len).sum::<usize>() as f64;
            let syllables: usize = sentences.iter().flatten().map(|word| syllables(word, language == "es")).sum();
            Page {
                name: name.clone(),
                words_a_sentence: words / sentences.len() as f64,
                syllables_a_word: syllables as f64 / words,
                longest: sentences.iter().map(Vec::len).max().unwrap(),
            }
        })
        .collect()
}

/// Words that a sentence may have at the most.
const LONGEST: usize = 28;

#[test]
fn english_is_read_at_twelve() {
    let pages = pages("en");
    assert!(pages.len() > 65, "{} pages", pages.len());
    for Page { name, words_a_sentence, syllables_a_word, longest } in pages {
        let grade = 0.39 * words_a_sentence + 11.8 * syllables_a_word - 15.59;
        assert!(grade <= 6.0, "{name}: grade {grade:.1}");
        assert!(longest <= LONGEST, "{name}: a sentence of {longest} words");
    }
}

#[test]
fn spanish_is_read_at_twelve() {
    let pages = pages("es");
    assert!(pages.len() > 65, "{} pages", pages.len());
    for Page { name, words_a_sentence, syllables_a_word, longest } in pages {
        let inflesz = 206.835 - 62.3 * syllables_a_word - words_a_sentence;
        assert!(inflesz >= 65.0, "{name}: {inflesz:.0}");
        assert!(longest <= LONGEST, "{name}: a sentence of {longest} words");
    }
}

#[test]
fn a_hard_text_is_told_from_an_easy_one() {
    let ease = |text: &str| {
        let sentences = sentences(text);
        let words = sentences.iter().map(Vec::len).sum::<usize>() as f64;
        0.39 * words / sentences.len() as f64
            + 11.8 * sentences.iter().flatten().map(|word| syllables(word, false)).sum::<usize>() as f64 / words
            - 15.59
    };
    assert!(ease("The cat sat on the mat. It was warm. [Go on](deciding/two-sides).") < 2.0);
    assert!(
        ease(
            "Notwithstanding considerable methodological heterogeneity, longitudinal investigations demonstrate appreciable vulnerability."
        ) > 15.0
    );
    assert_eq!(["día", "aéreo", "ciudad", "leer", "muy"].map(|word| syllables(word, true)), [2, 4, 2, 2, 1]);
}
