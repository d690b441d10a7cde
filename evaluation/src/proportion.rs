//! A share of people with its uncertainty.

/// A share and the interval it lies in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Proportion {
    /// The share observed, 0 to 1.
    pub share: f64,
    /// The interval's lower end, 0 to 1.
    pub low: f64,
    /// The interval's upper end, 0 to 1.
    pub high: f64,
}

/// The standard normal's 97.5 % point: for an interval of 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// The share `events / of` with its 95 % interval by Wilson's score method (Wilson 1927; recommended over the textbook
/// interval for small samples by Newcombe 1998). Nothing when there is nobody, or more events than people.
///
/// ```
/// // Newcombe (1998), Statistics in Medicine 17: 857-872, table I: 81 of 263.
/// let share = fairway_evaluation::proportion::wilson(81, 263).unwrap();
/// assert!((share.low - 0.2553).abs() < 5e-5 && (share.high - 0.3662).abs() < 5e-5);
/// ```
pub fn wilson(events: u32, of: u32) -> Option<Proportion> {
    if of == 0 || events > of {
        return None;
    }
    let (n, share) = (f64::from(of), f64::from(events) / f64::from(of));
    let middle = share + Z * Z / (2.0 * n);
    let spread = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    Some(Proportion { share, low: ((middle - spread) / scale).clamp(0.0, share), high: ((middle + spread) / scale).clamp(share, 1.0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_newcombe_1998() {
        for (events, of, low, high) in [(15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)] {
            let found = wilson(events, of);
            assert!(found.is_some_and(|found| (found.low - low).abs() < 5e-5 && (found.high - high).abs() < 5e-5), "{found:?}");
        }
    }

    #[test]
    fn the_share_lies_inside_and_nonsense_is_refused() {
        for of in 1..60 {
            for events in 0..=of {
                let found = wilson(events, of);
                assert!(
                    found.is_some_and(|found| 0.0 <= found.low
                        && found.low <= found.share
                        && found.share <= found.high
                        && found.high <= 1.0)
                );
            }
        }
        assert_eq!(wilson(0, 0), None);
        assert_eq!(wilson(3, 2), None);
    }
}
