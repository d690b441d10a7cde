//! The waiting list: in which order people wait, how long, and whose order ends before the programme could.
//!
//! How pressing a latest start is, [`start_alarm`] tells; here is what is missing: an order without an end.

use std::cmp::Ordering;

use jiff::civil::Date;

use crate::codes::coded;
use crate::programme::Level;
use crate::schedule::{StartAlarm, start_alarm};

coded! {
    /// What the list is ordered by. Ties are broken by who waits longest.
    pub enum WaitingOrder {
        /// Whose latest start comes first; without one, last.
        LatestStart = "latest-start",
        /// Who waits longest.
        DaysWaited = "days-waited",
        /// Highest risk first; not assessed, last.
        Risk = "risk",
        /// Whose order ends first; without an end, last.
        OrderEnd = "order-end",
    }
}

coded! {
    /// How pressing a start is; the order is that of urgency.
    pub enum AlarmKind {
        /// The programme can no longer finish inside the order.
        Passed = "passed",
        /// The latest start is within eight weeks.
        Within = "within",
        /// The latest start is further off.
        Fine = "fine",
        /// The order has no end, or none is known.
        NoOrderEnd = "no-order-end",
    }
}

/// How pressing a start is, with its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alarm {
    /// There is a latest start.
    Start(StartAlarm),
    /// The order has no end, or none is known.
    NoOrderEnd,
}

impl Alarm {
    /// The kind, for filters and message keys.
    pub const fn kind(self) -> AlarmKind {
        match self {
            Self::Start(StartAlarm::Passed { .. }) => AlarmKind::Passed,
            Self::Start(StartAlarm::Within { .. }) => AlarmKind::Within,
            Self::Start(StartAlarm::Fine) => AlarmKind::Fine,
            Self::NoOrderEnd => AlarmKind::NoOrderEnd,
        }
    }
}

/// One who waits, under whatever the caller tells cases apart by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting<Id> {
    /// Whatever identifies the case for the caller.
    pub id: Id,
    /// Since when the case waits.
    pub waiting_since: Date,
    /// The last day of the order.
    pub order_ends_on: Option<Date>,
    /// The latest day on which the programme can start and still finish inside the order.
    pub latest_start_on: Option<Date>,
    /// Assessed risk.
    pub risk: Option<Level>,
}

impl<Id> Waiting<Id> {
    /// Days waited until today; 0 on the first day.
    pub fn days_waited(&self, today: Date) -> u32 {
        let days = self.waiting_since.until(today).map_or(0, |span| span.get_days());
        u32::try_from(days).unwrap_or(0)
    }

    /// How pressing the start is today.
    pub fn alarm(&self, today: Date) -> Alarm {
        self.latest_start_on.map_or(Alarm::NoOrderEnd, |latest| Alarm::Start(start_alarm(today, latest)))
    }

    /// How this one stands to another in the list.
    pub fn compare(&self, other: &Self, order: WaitingOrder) -> Ordering {
        let first = match order {
            WaitingOrder::LatestStart => known_first(self.latest_start_on, other.latest_start_on),
            WaitingOrder::DaysWaited => Ordering::Equal,
            WaitingOrder::Risk => other.risk.cmp(&self.risk),
            WaitingOrder::OrderEnd => known_first(self.order_ends_on, other.order_ends_on),
        };
        first.then(self.waiting_since.cmp(&other.waiting_since))
    }
}

fn known_first(one: Option<Date>, other: Option<Date>) -> Ordering {
    one.is_none().cmp(&other.is_none()).then(one.cmp(&other))
}

/// Puts the list in order; those alike in everything keep their places.
pub fn sort<Id>(list: &mut [Waiting<Id>], order: WaitingOrder) {
    list.sort_by(|one, other| one.compare(other, order));
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 23);

    fn list() -> Vec<Waiting<char>> {
        let entry = |id, since, latest: Option<Date>, risk| Waiting {
            id,
            waiting_since: since,
            order_ends_on: latest.map(|on| on.saturating_add(jiff::Span::new().days(300))),
            latest_start_on: latest,
            risk,
        };
        vec![
            entry('a', date(2026, 3, 1), None, Some(Level::Low)),
            entry('b', date(2026, 9, 1), Some(date(2026, 11, 20)), None),
            entry('c', date(2026, 8, 1), Some(date(2027, 1, 10)), Some(Level::High)),
            entry('d', date(2026, 2, 1), Some(date(2028, 1, 1)), Some(Level::High)),
        ]
    }

    fn ids(order: WaitingOrder) -> String {
        let mut list = list();
        sort(&mut list, order);
        list.into_iter().map(|entry| entry.id).collect()
    }

    #[test]
    fn each_order_has_its_own_list() {
        assert_eq!(ids(WaitingOrder::LatestStart), "bcda");
        assert_eq!(ids(WaitingOrder::DaysWaited), "dacb");
        assert_eq!(ids(WaitingOrder::Risk), "dcab");
        assert_eq!(ids(WaitingOrder::OrderEnd), "bcda");
    }

    #[test]
    fn alarms_and_days() {
        let alarms: Vec<_> = list().iter().map(|entry| entry.alarm(TODAY)).collect();
        let expected = [
            Alarm::NoOrderEnd,
            Alarm::Start(StartAlarm::Passed { days: 3 }),
            Alarm::Start(StartAlarm::Within { days: 48 }),
            Alarm::Start(StartAlarm::Fine),
        ];
        assert_eq!(alarms, expected);
        let kinds: Vec<_> = alarms.into_iter().map(|alarm| alarm.kind().code()).collect();
        assert_eq!(kinds, ["no-order-end", "passed", "within", "fine"]);
        assert_eq!(list().first().map(|entry| entry.days_waited(TODAY)), Some(267));
        assert_eq!(list().first().map(|entry| entry.days_waited(date(2026, 1, 1))), Some(0));
    }
}
