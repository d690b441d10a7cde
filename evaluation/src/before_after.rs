//! Scores of many people before and after, of those who came to the end and of all who started, side by side.
//!
//! Among all who started, the last score somebody gave stands for a later one that is missing (last observation carried
//! forward), and for how many it does is said. That is the one thing put in place of a missing score: somebody with one score
//! only is counted and shown as lost. Missing is never zero.

use statrs::distribution::{ContinuousCDF as _, StudentsT};

use crate::change::{Category, Yardstick};
use crate::effect::{PairedEffect, paired};
use crate::moments::{count, deviation, mean};

/// Below so many people no mean is given: it would say more of each of them than of the programme.
pub const FEWEST: usize = 5;

/// Where somebody stands with the point of the later score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// They came to it.
    Reached,
    /// They ended before it.
    EndedBefore,
    /// They are still on the way.
    OnTheWay,
}

/// What one person gave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Course {
    /// The score at the first point.
    pub before: Option<f64>,
    /// The score at the later point.
    pub after: Option<f64>,
    /// The last score in between, for want of the later one.
    pub last: Option<f64>,
    /// Where they stand.
    pub stand: Stand,
}

/// Before and after of some people.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// How many people there are.
    pub people: usize,
    /// How many of them have both scores.
    pub pairs: usize,
    /// For how many of those an earlier last score stands for the later one.
    pub carried: usize,
    /// Means, spreads and effect sizes; nothing below [`FEWEST`] pairs.
    pub effect: Option<PairedEffect>,
    /// The 95 % interval of the mean difference, after less before, by Student's t.
    pub interval: Option<(f64, f64)>,
    /// How many people changed how, from best to worst; nothing below [`FEWEST`] pairs, or where it cannot be computed.
    pub categories: Option<[(Category, usize); 5]>,
}

/// Who is not among the pairs of those who started, and why.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lost {
    /// No first score.
    pub without_before: usize,
    /// A first score and no other: they ended before the later point.
    pub ended_before: usize,
    /// A first score and no other: they are still on the way.
    pub on_the_way: usize,
    /// A first score and no other, although they came to the later point.
    pub reached: usize,
    /// The mean first score of those with a first score and no other; nothing below [`FEWEST`].
    pub before_mean: Option<f64>,
}

/// Both columns and who is lost.
#[derive(Debug, Clone, PartialEq)]
pub struct BeforeAfter {
    /// Those who came to the later point.
    pub completers: Column,
    /// All who started.
    pub started: Column,
    /// Who is missing among the latter.
    pub lost: Lost,
}

/// Puts the people side by side.
pub fn before_after(people: &[Course], yardstick: &Yardstick) -> BeforeAfter {
    let completers: Vec<&Course> = people.iter().filter(|one| one.stand == Stand::Reached).collect();
    let of_completers: Vec<(f64, f64)> = completers.iter().filter_map(|one| one.before.zip(one.after)).collect();
    let of_started: Vec<(f64, f64)> = people.iter().filter_map(|one| one.before.zip(one.after.or(one.last))).collect();
    let carried = people.iter().filter(|one| one.before.is_some() && one.after.is_none() && one.last.is_some()).count();
    BeforeAfter {
        completers: column(completers.len(), &of_completers, 0, yardstick),
        started: column(people.len(), &of_started, carried, yardstick),
        lost: lost(people),
    }
}

impl BeforeAfter {
    /// For readers who may not know what any one person scored: where fewer than [`FEWEST`] people make the difference between
    /// the columns, one less the other would tell of them, so that of the completers only the counts stay.
    #[must_use]
    pub fn guarded(mut self) -> Self {
        if (1..FEWEST).contains(&self.started.pairs.saturating_sub(self.completers.pairs)) {
            (self.completers.effect, self.completers.interval, self.completers.categories) = (None, None, None);
        }
        self
    }
}

fn column(people: usize, pairs: &[(f64, f64)], carried: usize, yardstick: &Yardstick) -> Column {
    let enough = pairs.len() >= FEWEST;
    let judged: Option<Vec<Category>> =
        pairs.iter().map(|(before, after)| yardstick.judge(Some(*before), Some(*after)).ok().map(|change| change.category)).collect();
    let categories = judged
        .filter(|_| enough)
        .map(|judged| Category::ALL.map(|category| (category, judged.iter().filter(|one| **one == category).count())));
    Column {
        people,
        pairs: pairs.len(),
        carried,
        effect: if enough { paired(pairs) } else { None },
        interval: if enough { interval(pairs) } else { None },
        categories,
    }
}

/// The 95 % interval of the mean difference of pairs.
fn interval(pairs: &[(f64, f64)]) -> Option<(f64, f64)> {
    let differences: Vec<f64> = pairs.iter().map(|(before, after)| after - before).collect();
    let (centre, spread) = (mean(&differences)?, deviation(&differences)?);
    let n = count(differences.len());
    let quantile = StudentsT::new(0.0, 1.0, n - 1.0).ok()?.inverse_cdf(0.975);
    let half = quantile * spread / n.sqrt();
    Some((centre - half, centre + half))
}

fn lost(people: &[Course]) -> Lost {
    let gone: Vec<&Course> = people.iter().filter(|one| one.before.is_some() && one.after.is_none() && one.last.is_none()).collect();
    let with = |stand: Stand| gone.iter().filter(|one| one.stand == stand).count();
    let before: Vec<f64> = gone.iter().filter_map(|one| one.before).collect();
    Lost {
        without_before: people.iter().filter(|one| one.before.is_none()).count(),
        ended_before: with(Stand::EndedBefore),
        on_the_way: with(Stand::OnTheWay),
        reached: with(Stand::Reached),
        before_mean: mean(&before).filter(|_| before.len() >= FEWEST),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails loudly, and on the exact value")]
mod tests {
    use super::*;
    use crate::change::MeasurementError;

    fn yardstick() -> Yardstick {
        Yardstick { error: MeasurementError::of(Some(6.0), Some(0.84)), cutoff: Some(10.0), lower_is_better: true }
    }

    fn course(before: f64, after: Option<f64>, last: Option<f64>, stand: Stand) -> Course {
        Course { before: Some(before), after, last, stand }
    }

    /// The pairs of `effect::tests::as_in_r`; mean -3.5, standard error 1.101946, and
    /// 2.364624 from the table of t for 7 degrees of freedom: -6.105689 to -0.894311.
    #[test]
    fn those_who_came_to_the_end_and_all_who_started() {
        let pre = [14.0, 18.0, 9.0, 21.0, 12.0, 16.0, 11.0, 20.0];
        let post = [9.0, 15.0, 8.0, 12.0, 10.0, 13.0, 12.0, 14.0];
        let mut people: Vec<Course> = pre.iter().zip(post).map(|(pre, post)| course(*pre, Some(post), None, Stand::Reached)).collect();
        people.push(course(20.0, None, Some(19.0), Stand::EndedBefore));
        people.push(course(22.0, None, None, Stand::EndedBefore));
        people.push(course(15.0, None, None, Stand::OnTheWay));
        people.push(Course { before: None, after: Some(3.0), last: None, stand: Stand::Reached });
        let found = before_after(&people, &yardstick());
        assert_eq!((found.completers.people, found.completers.pairs, found.completers.carried), (9, 8, 0));
        assert_eq!((found.started.people, found.started.pairs, found.started.carried), (12, 9, 1));
        let (low, high) = found.completers.interval.unwrap();
        assert!((low + 6.105_689).abs() < 1e-5 && (high + 0.894_311).abs() < 1e-5, "{low} {high}");
        assert!((found.completers.effect.unwrap().difference + 3.5).abs() < 1e-12);
        let lost = Lost { without_before: 1, ended_before: 1, on_the_way: 1, reached: 0, before_mean: None };
        assert_eq!(found.lost, lost, "too few for a mean");
        let guarded = found.clone().guarded();
        assert_eq!((guarded.completers.effect, guarded.completers.categories, guarded.completers.pairs), (None, None, 8));
        assert_eq!((&guarded.started, &guarded.lost), (&found.started, &found.lost));
        let counts: usize = found.started.categories.unwrap().iter().map(|(_, n)| n).sum();
        assert_eq!(counts, found.started.pairs);
    }

    #[test]
    fn few_people_are_counted_and_not_averaged() {
        let people = [course(14.0, Some(9.0), None, Stand::Reached); 4];
        let found = before_after(&people, &yardstick());
        let column = &found.completers;
        assert_eq!((column.pairs, column.effect, column.interval, column.categories), (4, None, None, None));
        let people = [people[0]; 5];
        assert_eq!(before_after(&people, &yardstick()).completers.categories.unwrap()[2].1, 5);
        let unknown = Yardstick { error: MeasurementError::of(None, None), ..yardstick() };
        assert_eq!(before_after(&people, &unknown).completers.categories, None, "no norm, no categories");
        assert_eq!(before_after(&[], &yardstick()).started.people, 0);
    }
}
