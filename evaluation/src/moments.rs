//! Means, spreads and correlation.

/// The count as a number. A service has fewer people than 2^52.
#[expect(clippy::cast_precision_loss, reason = "counts of people and items are far below 2^52")]
pub(crate) fn count(values: usize) -> f64 {
    values as f64
}

/// The arithmetic mean; nothing for no values.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / count(values.len()))
}

/// The sample variance, divided by n - 1; nothing for fewer than two values. Two passes, so that large means do no harm.
///
/// ```
/// assert_eq!(fairway_evaluation::moments::variance(&[1.0, 2.0, 3.0, 4.0]), Some(5.0 / 3.0));
/// ```
pub fn variance(values: &[f64]) -> Option<f64> {
    if values.len() < 2 {
        return None;
    }
    let centre = mean(values)?;
    Some(values.iter().map(|value| (value - centre).powi(2)).sum::<f64>() / count(values.len() - 1))
}

/// The sample standard deviation.
pub fn deviation(values: &[f64]) -> Option<f64> {
    variance(values).map(f64::sqrt)
}

/// Pearson's correlation of two lists of one length; nothing when it is not defined.
pub fn correlation(a: &[f64], b: &[f64]) -> Option<f64> {
    if a.len() != b.len() {
        return None;
    }
    let (mean_a, mean_b) = (mean(a)?, mean(b)?);
    let products: f64 = a.iter().zip(b).map(|(a, b)| (a - mean_a) * (b - mean_b)).sum();
    let spread = deviation(a)? * deviation(b)? * count(a.len() - 1);
    (spread > 0.0).then(|| products / spread)
}
