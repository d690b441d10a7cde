//! Whether a person's change is more than error of measurement, and whether it crosses into the functional range.
//!
//! Jacobson, N. S., & Truax, P. (1991). Clinical significance: a statistical approach to defining meaningful change in
//! psychotherapy research. Journal of Consulting and Clinical Psychology, 59, 12-19. The standard error of measurement is
//! s·sqrt(1 - r), that of a difference between two scores sqrt(2) times as much; a difference is reliable when it is more
//! than 1.96 times the latter.

/// What a difference of two scores is divided by so that 95 of 100 differences of error alone lie within ±1.96.
pub const Z: f64 = 1.96;

/// The name of the definition, as it is printed with a result.
pub const DEFINITION: &str = "Jacobson & Truax (1991)";

/// Why a change cannot be reckoned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotComputable {
    /// There is no standard deviation, or it is not above 0.
    NoSpread,
    /// There is no reliability, or it is not above 0 and below 1.
    NoReliability,
    /// There is no first score.
    NoPre,
    /// There is no last score.
    NoPost,
}

impl NotComputable {
    /// A stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoSpread => "no-standard-deviation",
            Self::NoReliability => "no-reliability",
            Self::NoPre => "no-pre-score",
            Self::NoPost => "no-post-score",
        }
    }
}

impl std::fmt::Display for NotComputable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NoSpread => "not computable: a standard deviation above 0 is needed",
            Self::NoReliability => "not computable: a reliability above 0 and below 1 is needed",
            Self::NoPre => "not computable: there is no first score",
            Self::NoPost => "not computable: there is no last score",
        })
    }
}

/// What error of measurement amounts to, in units of the score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeasurementError {
    /// The standard error of measurement of one score.
    pub of_measurement: f64,
    /// The standard error of the difference between two scores.
    pub of_difference: f64,
    /// The least difference beyond which a change is reliable: 1.96 times the standard error of the difference.
    pub threshold: f64,
}

impl MeasurementError {
    /// From a standard deviation and a reliability.
    ///
    /// ```
    /// use fairway_evaluation::change::MeasurementError;
    /// let error = MeasurementError::of(Some(7.5), Some(0.80)).unwrap();
    /// assert_eq!((error.of_measurement * 1e4).round(), 33541.0); // Jacobson & Truax (1991), p. 14
    /// assert_eq!((error.of_difference * 1e4).round(), 47434.0);
    /// ```
    ///
    /// # Errors
    /// When one is missing or impossible.
    pub fn of(deviation: Option<f64>, reliability: Option<f64>) -> Result<Self, NotComputable> {
        let deviation = deviation.filter(|deviation| deviation.is_finite() && *deviation > 0.0).ok_or(NotComputable::NoSpread)?;
        let reliability = reliability.filter(|r| *r > 0.0 && *r < 1.0).ok_or(NotComputable::NoReliability)?;
        let of_measurement = deviation * (1.0 - reliability).sqrt();
        let of_difference = std::f64::consts::SQRT_2 * of_measurement;
        Ok(Self { of_measurement, of_difference, threshold: Z * of_difference })
    }

    /// The reliable change index: the difference in units of its standard error.
    pub fn index(&self, pre: f64, post: f64) -> f64 {
        (post - pre) / self.of_difference
    }
}

/// How a population scores.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Population {
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation.
    pub deviation: f64,
}

/// The three cut-offs of Jacobson & Truax: two standard deviations from the clinical mean (a), two from the general mean
/// (b), and where a score is as likely in the one as in the other (c).
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Cutoffs {
    /// Needs the clinical population.
    pub a: Option<f64>,
    /// Needs the general population.
    pub b: Option<f64>,
    /// Needs both.
    pub c: Option<f64>,
}

impl Cutoffs {
    /// From what is known of the two populations. When their means lie the wrong way round for the direction, there are none.
    ///
    /// ```
    /// use fairway_evaluation::change::{Cutoffs, Population};
    /// let clinical = Population { mean: 40.0, deviation: 7.5 };
    /// let general = Population { mean: 60.0, deviation: 7.5 };
    /// let cutoffs = Cutoffs::of(Some(clinical), Some(general), false);
    /// assert_eq!((cutoffs.a, cutoffs.b, cutoffs.c), (Some(55.0), Some(45.0), Some(50.0)));
    /// ```
    pub fn of(clinical: Option<Population>, general: Option<Population>, lower_is_better: bool) -> Self {
        let towards = if lower_is_better { -1.0 } else { 1.0 };
        if let (Some(clinical), Some(general)) = (clinical, general)
            && (general.mean - clinical.mean) * towards <= 0.0
        {
            return Self::default();
        }
        Self {
            a: clinical.map(|clinical| clinical.mean + towards * 2.0 * clinical.deviation),
            b: general.map(|general| general.mean - towards * 2.0 * general.deviation),
            c: clinical.zip(general).map(|(clinical, general)| {
                (clinical.deviation * general.mean + general.deviation * clinical.mean) / (clinical.deviation + general.deviation)
            }),
        }
    }

    /// The one to use and its letter: c when both populations are known, else the one there is.
    pub fn used(&self) -> Option<(&'static str, f64)> {
        self.c.map(|c| ("c", c)).or_else(|| self.a.map(|a| ("a", a))).or_else(|| self.b.map(|b| ("b", b)))
    }
}

/// What a pair of scores says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Category {
    /// Reliably better, and from the clinical to the functional side of the cut-off.
    Recovered,
    /// Reliably better.
    Improved,
    /// No more than error of measurement.
    Unchanged,
    /// Reliably worse.
    Deteriorated,
    /// Reliably worse, and from the functional to the clinical side of the cut-off.
    Harmed,
}

impl Category {
    /// All, from best to worst.
    pub const ALL: [Self; 5] = [Self::Recovered, Self::Improved, Self::Unchanged, Self::Deteriorated, Self::Harmed];

    /// A stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Recovered => "recovered",
            Self::Improved => "improved",
            Self::Unchanged => "unchanged",
            Self::Deteriorated => "deteriorated",
            Self::Harmed => "harmed",
        }
    }
}

/// What changes are judged by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Yardstick {
    /// The error of measurement, or why it is not known.
    pub error: Result<MeasurementError, NotComputable>,
    /// The cut-off between the clinical and the functional side. The functional side begins strictly beyond it; a score on
    /// it counts as clinical.
    pub cutoff: Option<f64>,
    /// Whether a lower score is the better one.
    pub lower_is_better: bool,
}

/// A person's change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// Last score less first score.
    pub difference: f64,
    /// The reliable change index.
    pub index: f64,
    /// What it says.
    pub category: Category,
}

impl Yardstick {
    /// Judges one person's two scores.
    ///
    /// # Errors
    /// When a score or the error of measurement is missing.
    pub fn judge(&self, pre: Option<f64>, post: Option<f64>) -> Result<Change, NotComputable> {
        let pre = pre.filter(|score| score.is_finite()).ok_or(NotComputable::NoPre)?;
        let post = post.filter(|score| score.is_finite()).ok_or(NotComputable::NoPost)?;
        let index = self.error?.index(pre, post);
        let better = if self.lower_is_better { -index } else { index };
        let functional = |score: f64| self.cutoff.map(|cutoff| if self.lower_is_better { score < cutoff } else { score > cutoff });
        let crossed = functional(pre).zip(functional(post)).is_some_and(|(pre, post)| pre != post);
        let category = match (better > Z, better < -Z) {
            (true, _) if crossed => Category::Recovered,
            (true, _) => Category::Improved,
            (_, true) if crossed => Category::Harmed,
            (_, true) => Category::Deteriorated,
            _ => Category::Unchanged,
        };
        Ok(Change { difference: post - pre, index, category })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails loudly, and on the exact value")]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64, places: i32) {
        let unit = 10_f64.powi(-places);
        assert!((found - expected).abs() <= 0.5 * unit + 1e-12, "{found} is not {expected}");
    }

    #[test]
    fn thresholds_of_the_literature() {
        for (sd, r, expected) in [(9.5, 0.73, 13.68), (9.5, 0.92, 7.45), (6.0, 0.84, 6.65), (5.0, 0.83, 5.71)] {
            near(MeasurementError::of(Some(sd), Some(r)).unwrap().threshold, expected, 2);
        }
    }

    #[test]
    fn the_worked_example_of_jacobson_and_truax() {
        let error = MeasurementError::of(Some(7.5), Some(0.8)).unwrap();
        near(error.of_measurement, 3.3541, 4);
        near(error.of_difference, 4.7434, 4);
        near(error.index(32.5, 47.5), 3.1623, 4);
        let yardstick = Yardstick { error: Ok(error), cutoff: Some(50.0), lower_is_better: false };
        assert_eq!(yardstick.judge(Some(32.5), Some(47.5)).unwrap().category, Category::Improved);
        assert_eq!(yardstick.judge(Some(45.0), Some(60.0)).unwrap().category, Category::Recovered);
        assert_eq!(yardstick.judge(Some(45.0), Some(50.0)).unwrap().category, Category::Unchanged);
        assert_eq!(yardstick.judge(Some(60.0), Some(45.0)).unwrap().category, Category::Harmed);
        assert_eq!(yardstick.judge(Some(47.5), Some(32.5)).unwrap().category, Category::Deteriorated);
    }

    #[test]
    fn nothing_is_made_up() {
        assert_eq!(MeasurementError::of(None, Some(0.8)), Err(NotComputable::NoSpread));
        assert_eq!(MeasurementError::of(Some(0.0), Some(0.8)), Err(NotComputable::NoSpread));
        for r in [None, Some(0.0), Some(1.0), Some(1.2), Some(f64::NAN)] {
            assert_eq!(MeasurementError::of(Some(5.0), r), Err(NotComputable::NoReliability));
        }
        let yardstick = Yardstick { error: MeasurementError::of(Some(5.0), Some(0.8)), cutoff: None, lower_is_better: true };
        assert_eq!(yardstick.judge(Some(10.0), None), Err(NotComputable::NoPost));
        assert_eq!(yardstick.judge(None, Some(10.0)), Err(NotComputable::NoPre));
        assert_eq!(yardstick.judge(Some(20.0), Some(1.0)).unwrap().category, Category::Improved);
        let wrong_way = Cutoffs::of(Some(Population { mean: 40.0, deviation: 5.0 }), Some(Population { mean: 60.0, deviation: 5.0 }), true);
        assert_eq!(wrong_way, Cutoffs::default());
    }

    #[test]
    fn a_difference_of_exactly_the_threshold_is_not_beyond_it() {
        let error = MeasurementError { of_measurement: 1.0, of_difference: 1.0, threshold: Z };
        let yardstick = Yardstick { error: Ok(error), cutoff: None, lower_is_better: true };
        assert_eq!(yardstick.judge(Some(1.96), Some(0.0)).unwrap().category, Category::Unchanged);
        assert_eq!(yardstick.judge(Some(1.97), Some(0.0)).unwrap().category, Category::Improved);
    }
}
