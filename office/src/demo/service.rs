//! The service as a whole: place by place, group by group, and who stands around them.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::chance::Chance;
use super::course::{Course, after};
use super::group::{self, about};
use super::places::{Place, places};
use super::store::Chapter;
use super::{DemoError, Ground, Making, Wanted, courses};
use crate::app::App;

/// About how many cases one transaction tells of.
const CHAPTER: u64 = 1_000;
/// Days before the first group of a place for which nobody is referred any more: a margin at the start of its time.
const RUN_UP: i64 = 60;

/// How a place's years are filled.
#[derive(Debug)]
struct Years {
    groups: usize,
    in_groups: usize,
    spacing: i64,
    offset: i64,
    days: i64,
}

impl Years {
    /// For so many cases at the place number `at`: two of three in groups of about eight, a group every few weeks.
    fn of(cases: usize, at: usize) -> Self {
        let in_groups = cases * 66 / 100;
        let groups = (in_groups + 4) / 8;
        let wide = i64::try_from(groups).unwrap_or(0);
        let days = (wide * 150).clamp(450, 3_000);
        let spacing = days / wide.max(1);
        let offset = i64::try_from(at % 11).unwrap_or(0) * 50 % spacing.max(1);
        Self { groups, in_groups, spacing, offset, days }
    }
}

/// Tells the whole demo, chapter by chapter; `hand_over` says whether somebody still listens.
pub(super) fn tell(app: &App, wanted: Wanted, hand_over: &dyn Fn(Chapter) -> bool) -> Result<(), DemoError> {
    let ground = Ground::of(app, wanted)?;
    let courses = courses(app)?;
    // Ids older than the clock, so that whatever the service makes later comes after them.
    let first_millis = u64::try_from(app.now().as_millisecond()).unwrap_or(0).saturating_sub(1_000 * 60 * 60 * 24 * 30);
    let chance = Chance::new(wanted.seed, first_millis);
    let mut making = Making {
        ground: &ground,
        vault: &app.vault,
        instruments: app.content.instruments(),
        chance,
        chapter: Chapter::new(),
        numbers: HashMap::new(),
        words: HashSet::new(),
        slots: 0,
    };
    let mut chapter = Chapter::new();
    let places = places(&ground, &mut making.chance, &mut chapter);
    making.chapter = chapter;
    let total = usize::try_from(wanted.cases).unwrap_or(usize::MAX);
    for (at, place) in places.iter().enumerate() {
        let cases = total / places.len() + usize::from(at < total % places.len());
        if !making.place(place, &courses, at, cases, hand_over)? {
            return Ok(());
        }
    }
    making.number_facts();
    hand_over(std::mem::replace(&mut making.chapter, Chapter::new()));
    Ok(())
}

impl Making<'_> {
    /// One place. Whether somebody still listens.
    fn place(
        &mut self,
        place: &Place,
        courses: &[Course],
        at: usize,
        cases: usize,
        hand_over: &dyn Fn(Chapter) -> bool,
    ) -> Result<bool, DemoError> {
        let years = Years::of(cases, at);
        let mut left = years.in_groups;
        for number in 0..years.groups {
            let course = if (number + at) % 5 == 3 && courses.len() > 1 { &courses[1 + number % (courses.len() - 1)] } else { &courses[0] };
            let size = self.size(course);
            if size > left {
                break;
            }
            left -= size;
            let begins = self.begins(&years, number);
            let wanted = group::Wanted { number, about_on: about(begins, &place.closed), size, meets_today: at == 0 && number == 1 };
            self.group(place, course, &wanted)?;
            if !self.maybe_hand_over(hand_over) {
                return Ok(false);
            }
        }
        for _ in 0..cases - (years.in_groups - left) {
            let course = if courses.len() > 1 && self.chance.percent(18) { &courses[1] } else { &courses[0] };
            let referred_on = self.referred(&years, cases);
            self.loner(place, course, referred_on)?;
            if !self.maybe_hand_over(hand_over) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn size(&mut self, course: &Course) -> usize {
        let limits = course.programme.definition.group;
        let (least, most) = limits.map_or((1, 1), |limits| (i64::from(limits.min), i64::from(limits.max.min(10))));
        usize::try_from(self.chance.between(least.max(6).min(most), most)).unwrap_or(1)
    }

    /// When a group begins: the newest in three weeks, each further one a spacing earlier.
    fn begins(&mut self, years: &Years, number: usize) -> Date {
        let back = years.spacing * i64::try_from(number).unwrap_or(0) + years.offset - 21;
        let jitter = self.chance.between(-years.spacing / 8, years.spacing / 8);
        after(self.ground.today, jitter.min(back + 30) - back)
    }

    /// When somebody outside the groups was referred; a small service has more who came lately, so that its lists show
    /// every stage.
    fn referred(&mut self, years: &Years, cases: usize) -> Date {
        let lately = if cases < 300 { 55 } else { 14 };
        let back = if self.chance.percent(lately) { self.chance.between(0, 150) } else { self.chance.between(0, years.days + RUN_UP) };
        after(self.ground.today, -back)
    }

    fn maybe_hand_over(&mut self, hand_over: &dyn Fn(Chapter) -> bool) -> bool {
        self.chapter.cases_told < CHAPTER || hand_over(std::mem::replace(&mut self.chapter, Chapter::new()))
    }

    /// Registering goes on counting where the demo's numbers end.
    fn number_facts(&mut self) {
        let mut years: Vec<_> = self.numbers.iter().map(|(year, running)| (*year, *running)).collect();
        years.sort_unstable();
        for (year, running) in years {
            self.chapter.facts.push(vec![format!("case-number-{year}").into(), running.to_string().into()]);
        }
    }
}
