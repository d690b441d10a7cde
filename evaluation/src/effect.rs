//! Effect sizes of paired scores, each with its name: which d it is changes what it means.

use crate::moments::{correlation, count, deviation, mean};

/// The effect sizes of a change from before to after. Lakens (2013), Frontiers in Psychology 4:863; Becker (1988),
/// British Journal of Mathematical and Statistical Psychology 41:257-278.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairedEffect {
    /// How many people have both scores.
    pub n: usize,
    /// Mean of the scores before.
    pub pre_mean: f64,
    /// Their standard deviation.
    pub pre_sd: f64,
    /// Mean of the scores after.
    pub post_mean: f64,
    /// Their standard deviation.
    pub post_sd: f64,
    /// Correlation of before and after; none when one of them does not vary.
    pub correlation: Option<f64>,
    /// Mean difference, after less before.
    pub difference: f64,
    /// The mean difference in units of the standard deviation of the differences. Grows as scores correlate.
    pub d_z: Option<f64>,
    /// The same brought back to the units of the scores: d_z·sqrt(2(1 - r)).
    pub d_rm: Option<f64>,
    /// In units of the mean of both standard deviations.
    pub d_av: Option<f64>,
    /// In units of the standard deviation before (Glass's delta, Becker's g).
    pub d_pre: Option<f64>,
    /// The same, corrected for small samples: times 1 - 3 / (4(n - 1) - 1).
    pub g_pre: Option<f64>,
}

/// The effect sizes of pairs (before, after). Nothing for fewer than two pairs.
pub fn paired(pairs: &[(f64, f64)]) -> Option<PairedEffect> {
    let (pre, post): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let differences: Vec<f64> = pairs.iter().map(|(pre, post)| post - pre).collect();
    let (pre_sd, post_sd) = (deviation(&pre)?, deviation(&post)?);
    let difference = mean(&differences)?;
    let over = |sd: f64| (sd > 0.0).then(|| difference / sd);
    let d_z = over(deviation(&differences)?);
    let r = correlation(&pre, &post);
    let d_pre = over(pre_sd);
    let correction = 1.0 - 3.0 / (4.0 * (count(pairs.len()) - 1.0) - 1.0);
    Some(PairedEffect {
        n: pairs.len(),
        pre_mean: mean(&pre)?,
        pre_sd,
        post_mean: mean(&post)?,
        post_sd,
        correlation: r,
        difference,
        d_z,
        d_rm: d_z.zip(r).map(|(d_z, r)| d_z * (2.0 * (1.0 - r)).sqrt()),
        d_av: over(f64::midpoint(pre_sd, post_sd)),
        d_pre,
        g_pre: d_pre.map(|d| d * correction),
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails loudly, and on the exact value")]
mod tests {
    use super::*;

    /// R 4.2.2: see docs/validation.md.
    #[test]
    fn as_in_r() {
        let pre = [14.0, 18.0, 9.0, 21.0, 12.0, 16.0, 11.0, 20.0];
        let post = [9.0, 15.0, 8.0, 12.0, 10.0, 13.0, 12.0, 14.0];
        let pairs: Vec<(f64, f64)> = pre.into_iter().zip(post).collect();
        let found = paired(&pairs).unwrap();
        for (value, expected) in [
            (found.difference, R[0]),
            (found.correlation.unwrap(), R[1]),
            (found.d_z.unwrap(), R[2]),
            (found.d_rm.unwrap(), R[3]),
            (found.d_av.unwrap(), R[4]),
            (found.d_pre.unwrap(), R[5]),
            (found.g_pre.unwrap(), R[6]),
        ] {
            assert!((value - expected).abs() < 1e-12, "{value} is not {expected}");
        }
        assert_eq!(paired(&pairs[..1]), None);
    }

    const R: [f64; 7] = [
        -3.5,
        0.715_548_110_499_962_8,
        -1.122_955_658_859_558_8,
        -0.846_997_283_220_661_9,
        -1.029_004_390_966_554_7,
        -0.803_332_663_239_149_6,
        -0.714_073_478_434_799_6,
    ];
}
