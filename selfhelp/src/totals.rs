//! Coarse daily totals: how often the pages of a course were read, never by whom.
//!
//! Counts live in memory for a day. Then noise is added that is as large as what one visitor reads, the sum is rounded, and what is below a
//! threshold is not written. So one visitor more or less hardly shows, though somebody who read all day long may move a total.

use crate::Chance;

/// Below this many readings a day nothing is said. Nearly five times the noise: a course that nobody read is hardly ever said to be read.
pub const THRESHOLD: u64 = 120;
/// The scale of the noise, in readings; one visitor reads some tens of pages a day.
const SCALE: f64 = 25.0;
const ROUND: f64 = 10.0;

/// What is said about a day's count, if anything.
pub fn blurred(count: u64, chance: &Chance) -> Option<i64> {
    let count = i32::try_from(count).unwrap_or(i32::MAX);
    let noisy = f64::from(count) + laplace(chance);
    let rounded = (noisy / ROUND).round() * ROUND;
    // The threshold is applied to the noisy count: whether anything is said must not tell the true one.
    #[expect(clippy::cast_possible_truncation, reason = "within ±2^31 and a few hundred")]
    let said = rounded as i64;
    (said >= i64::try_from(THRESHOLD).unwrap_or(i64::MAX)).then_some(said)
}

/// Noise of a Laplace distribution, by inversion.
fn laplace(chance: &Chance) -> f64 {
    let mut bytes = [0; 4];
    chance(&mut bytes);
    let uniform = (f64::from(u32::from_be_bytes(bytes)) + 0.5) / (f64::from(u32::MAX) + 1.0) - 0.5;
    -SCALE * uniform.signum() * (1.0 - 2.0 * uniform.abs()).ln()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[test]
    fn small_counts_are_not_said_and_others_are_blurred() {
        let seed = AtomicU32::new(1);
        let chance: Chance = Arc::new(move |bytes: &mut [u8]| {
            let next = seed.load(Ordering::Relaxed).wrapping_mul(2_654_435_761).wrapping_add(12345);
            seed.store(next, Ordering::Relaxed);
            bytes.copy_from_slice(&next.to_be_bytes());
        });
        let said: Vec<i64> = (0..400).filter_map(|_| blurred(1000, &chance)).collect();
        assert_eq!(said.len(), 400);
        assert!(said.iter().all(|total| total % 10 == 0));
        assert!(said.iter().collect::<std::collections::BTreeSet<_>>().len() > 8, "no noise");
        let mean = said.iter().sum::<i64>() / 400;
        assert!((990..=1010).contains(&mean), "{mean}");
        let whispered = (0..400).filter(|_| blurred(3, &chance).is_some()).count();
        assert!(whispered < 8, "{whispered}");
    }
}
