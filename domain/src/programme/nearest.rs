//! The nearest known word to a misspelt one.

/// Longest word that is compared; ids and keys are far shorter.
const LONGEST: usize = 64;
/// Most words that are compared, and most that are listed.
const COMPARED: usize = 500;
const LISTED: usize = 40;

/// A help line: the nearest of the known words when one is near, otherwise all of them (or what to define first).
pub(crate) fn did_you_mean<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> String {
    let known: Vec<&str> = known.into_iter().filter(|candidate| !candidate.is_empty()).take(COMPARED).collect();
    let allowed = (word.chars().count() / 3).max(1);
    let nearest = known
        .iter()
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= 2 * allowed)
        .map(|candidate| (distance(word, candidate), *candidate))
        .filter(|(steps, _)| *steps <= allowed)
        .min();
    match nearest {
        Some((_, candidate)) => format!("did you mean \"{candidate}\"?"),
        None if known.is_empty() => "none is defined in this file".to_owned(),
        None => format!("known here: {}", known.get(..LISTED).unwrap_or(&known).join(", ")),
    }
}

/// How many single-letter slips (wrong, missing, added, two exchanged) lead from one word to the other.
fn distance(from: &str, to: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    if a.len() > LONGEST || b.len() > LONGEST {
        return usize::MAX;
    }
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for (i, letter) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, other) in b.iter().enumerate() {
            let mut steps = (rows[i][j] + usize::from(letter != other)).min(rows[i][j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *letter == b[j - 1] && a[i - 1] == *other {
                steps = steps.min(rows[i - 1][j - 1] + 1);
            }
            row.push(steps);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

/// A text between quotes for a message, shortened, with control characters spelt out.
pub(crate) fn quoted(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    format!("{short:?}")
}
