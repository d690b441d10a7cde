//! Reliability: of the items of a scale with each other, and of raters with each other.

use crate::moments::{count, variance};

/// Cronbach's alpha of complete answers: a row a person, a column an item. Cronbach (1951), Psychometrika 16:297-334.
/// Nothing for fewer than two people or items, rows of unequal length, or totals that do not vary.
pub fn alpha(rows: &[Vec<f64>]) -> Option<f64> {
    let items = rows.first()?.len();
    if items < 2 || rows.len() < 2 || rows.iter().any(|row| row.len() != items) {
        return None;
    }
    let columns = (0..items).map(|item| rows.iter().map(|row| row[item]).collect::<Vec<f64>>());
    let parts: f64 = columns.map(|column| variance(&column)).sum::<Option<f64>>()?;
    let totals: Vec<f64> = rows.iter().map(|row| row.iter().sum()).collect();
    let whole = variance(&totals).filter(|whole| *whole > 0.0)?;
    let k = count(items);
    Some(k / (k - 1.0) * (1.0 - parts / whole))
}

/// The six intraclass correlations of Shrout & Fleiss (1979), Psychological Bulletin 86:420-428.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Intraclass {
    /// ICC(1,1): each target rated by other raters; one rating.
    pub icc1: f64,
    /// ICC(2,1): raters drawn at random from many; one rating, agreement.
    pub icc2: f64,
    /// ICC(3,1): these raters only; one rating, consistency.
    pub icc3: f64,
    /// ICC(1,k): as ICC(1,1), for the mean of k ratings.
    pub icc1k: f64,
    /// ICC(2,k).
    pub icc2k: f64,
    /// ICC(3,k).
    pub icc3k: f64,
}

/// The intraclass correlations of complete ratings: a row a target, a column a rater. Nothing for fewer than two of
/// either, rows of unequal length, or targets that do not differ.
pub fn intraclass(rows: &[Vec<f64>]) -> Option<Intraclass> {
    let raters = rows.first()?.len();
    if raters < 2 || rows.len() < 2 || rows.iter().any(|row| row.len() != raters) {
        return None;
    }
    let (n, k) = (count(rows.len()), count(raters));
    let grand = rows.iter().flatten().sum::<f64>() / (n * k);
    let square = |value: f64| value * value;
    let targets: f64 = rows.iter().map(|row| k * square(row.iter().sum::<f64>() / k - grand)).sum();
    let judges: f64 = (0..raters).map(|rater| n * square(rows.iter().map(|row| row[rater]).sum::<f64>() / n - grand)).sum();
    let total: f64 = rows.iter().flatten().map(|value| square(value - grand)).sum();
    let between = targets / (n - 1.0);
    let within = (total - targets) / (n * (k - 1.0));
    let judge = judges / (k - 1.0);
    let error = (total - targets - judges) / ((n - 1.0) * (k - 1.0));
    if between <= 0.0 {
        return None;
    }
    Some(Intraclass {
        icc1: (between - within) / (between + (k - 1.0) * within),
        icc2: (between - error) / (between + (k - 1.0) * error + k * (judge - error) / n),
        icc3: (between - error) / (between + (k - 1.0) * error),
        icc1k: (between - within) / between,
        icc2k: (between - error) / (between + (judge - error) / n),
        icc3k: (between - error) / between,
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::float_cmp, reason = "a test fails loudly, and on the exact value")]
mod tests {
    use super::*;

    /// Shrout & Fleiss (1979), table 2.
    fn ratings() -> Vec<Vec<f64>> {
        [
            [9.0, 2.0, 5.0, 8.0],
            [6.0, 1.0, 3.0, 2.0],
            [8.0, 4.0, 6.0, 8.0],
            [7.0, 1.0, 2.0, 6.0],
            [10.0, 5.0, 6.0, 9.0],
            [6.0, 2.0, 4.0, 7.0],
        ]
        .map(Vec::from)
        .to_vec()
    }

    #[test]
    fn shrout_and_fleiss() {
        let found = intraclass(&ratings()).unwrap();
        let rounded = [found.icc1, found.icc2, found.icc3, found.icc1k, found.icc2k, found.icc3k].map(|icc| (icc * 1e4).round() / 1e4);
        assert_eq!(rounded, [0.1657, 0.2898, 0.7148, 0.4428, 0.6201, 0.9093]);
    }

    /// R 4.2.2: see docs/validation.md.
    #[test]
    fn alpha_as_in_r() {
        let found = alpha(&ratings()).unwrap();
        assert!((found - 0.909_315_542_377_069_5).abs() < 1e-12, "{found}");
    }

    #[test]
    fn what_does_not_vary_has_no_reliability() {
        assert_eq!(alpha(&[vec![1.0, 2.0], vec![1.0, 2.0]]), None);
        assert_eq!(alpha(&[vec![1.0], vec![2.0]]), None);
        assert_eq!(intraclass(&[vec![1.0, 2.0], vec![1.0, 2.0]]), None);
        assert_eq!(intraclass(&[vec![1.0, 2.0], vec![1.0]]), None);
    }
}
