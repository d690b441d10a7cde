//! The page of indicators, and its table for a spreadsheet.

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use fairway_site::{Address, Choice, Form, Frame, L};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use uuid::Uuid;

use super::store::{self, Period, SHARES};
use crate::accounts::store as accounts;
use crate::db::Tx;
use crate::web::{Guard, ListPermit, WebResult, csv_file, page};

/// Days within which a note is signed.
const SIGNED_WITHIN: i32 = 3;
/// Periods offered, back from this one.
const QUARTERS: i32 = 8;
/// Years offered.
const YEARS: i16 = 3;

/// An indicator's value at one place (or over all chosen places).
struct Line {
    name: &'static str,
    title: String,
    note: String,
    met: i64,
    of: i64,
    value: String,
    is_share: bool,
}

struct Place {
    title: String,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "service/service.html")]
struct ServicePage {
    frame: Frame,
    l: L,
    form: Form,
    places: Vec<Choice>,
    periods: Vec<Choice>,
    shown: Vec<Place>,
    csv: String,
    from: String,
    to: String,
}

/// What the address asks for.
struct Asked {
    place: Option<Uuid>,
    period: String,
    from: Date,
    to: Date,
}

/// First and last day of a period's code: `2026` or `2026-q2`.
fn days_of(code: &str) -> Option<(Date, Date)> {
    let (year, quarter) = code.split_once("-q").map_or((code, None), |(year, quarter)| (year, Some(quarter)));
    let year: i16 = year.parse().ok().filter(|year| (1990..=2199).contains(year))?;
    let (first, months) = match quarter {
        None => (1, 12),
        Some(quarter) => (3 * (quarter.parse::<i8>().ok().filter(|quarter| (1..=4).contains(quarter))? - 1) + 1, 3),
    };
    let from = Date::new(year, first, 1).ok()?;
    let to = from.checked_add(months.months()).ok()?.checked_sub(1.day()).ok()?;
    Some((from, to))
}

/// The code of the quarter a day lies in.
fn quarter_of(on: Date) -> String {
    format!("{}-q{}", on.year(), (on.month() - 1) / 3 + 1)
}

fn asked(guard: &Guard, permit: &ListPermit, address: &Address) -> Asked {
    let place = Uuid::try_parse(address.value("place")).ok().filter(|place| permit.places().contains(place));
    let wish = address.value("period").to_owned();
    let (period, (from, to)) = if let Some(days) = days_of(&wish) {
        (wish, days)
    } else {
        let code = quarter_of(guard.today);
        let days = days_of(&code).unwrap_or((date(2026, 1, 1), guard.today));
        (code, days)
    };
    Asked { place, period, from, to }
}

/// Every indicator of one place, or of all of them together.
#[derive(Default)]
struct Numbers {
    waiting: Vec<(Uuid, String, i64)>,
    started: Vec<store::Counted>,
    shares: Vec<(&'static str, Vec<store::Counted>)>,
}

async fn numbers(guard: &Guard, tx: &mut Tx, permit: &ListPermit, asked: &Asked) -> WebResult<Numbers> {
    let period = Period { from: asked.from.to_string(), to: asked.to.min(guard.today).to_string() };
    let mut numbers =
        Numbers { waiting: store::waiting(tx, permit).await?, started: store::started(tx, permit, &period).await?, shares: Vec::new() };
    for share in SHARES {
        numbers.shares.push((share.name, store::share(tx, permit, *share, &period).await?));
    }
    let signed = store::signatures(tx, permit, &period).await?.into_iter().filter_map(|(unit, held, signed, count)| {
        let held: Date = held.parse().ok()?;
        let last = held.saturating_add(SIGNED_WITHIN.days());
        let in_time = signed.and_then(|on| on.parse::<Date>().ok()).is_some_and(|on| on <= last);
        // What may still be signed in time is not counted yet.
        (in_time || last < guard.today).then_some((unit, if in_time { count } else { 0 }, count))
    });
    let signed = signed.collect();
    numbers.shares.push(("signed", signed));
    Ok(numbers)
}

fn sum(rows: &[store::Counted], place: Option<Uuid>) -> (i64, i64) {
    rows.iter()
        .filter(|(unit, ..)| place.is_none_or(|place| place == *unit))
        .fold((0, 0), |(met, of), (_, more_met, more)| (met + more_met, of + more))
}

/// The middle of the days waited, over all who wait.
fn median_days(rows: &[(Uuid, String, i64)], place: Option<Uuid>, today: Date) -> (i64, Option<i64>) {
    let mut days: Vec<(i64, i64)> = rows
        .iter()
        .filter(|(unit, ..)| place.is_none_or(|place| place == *unit))
        .filter_map(|(_, since, count)| Some((i64::from((today - since.parse::<Date>().ok()?).get_days()), *count)))
        .collect();
    days.sort_unstable();
    let total: i64 = days.iter().map(|(_, count)| count).sum();
    let at = |place: i64| {
        let mut seen = 0;
        days.iter().find_map(|(waited, count)| {
            seen += count;
            (seen > place).then_some(*waited)
        })
    };
    let median = at((total - 1) / 2).zip(at(total / 2)).map(|(low, high)| i64::midpoint(low, high));
    (total, median.filter(|_| total > 0))
}

fn lines(guard: &Guard, numbers: &Numbers, place: Option<Uuid>) -> Vec<Line> {
    let l = guard.l;
    let words = |name: &str| (l.t(&format!("service-{name}")).into_owned(), l.t(&format!("service-{name}-note")).into_owned());
    let (waiting, median) = median_days(&numbers.waiting, place, guard.today);
    let counted = |name: &'static str, value: Option<i64>| {
        let (title, note) = words(name);
        Line {
            name,
            title,
            note,
            met: value.unwrap_or(0),
            of: 0,
            value: value.map_or_else(|| "–".to_owned(), |value| l.number(value)),
            is_share: false,
        }
    };
    let mut lines =
        vec![counted("waiting", Some(waiting)), counted("median-days", median), counted("started", Some(sum(&numbers.started, place).0))];
    for (name, rows) in &numbers.shares {
        let (met, of) = sum(rows, place);
        let (title, note) = words(name);
        let value = if of > 0 { l.percent(ratio(met, of)) } else { "–".to_owned() };
        lines.push(Line { name, title, note, met, of, value, is_share: of > 0 });
    }
    lines
}

#[expect(clippy::cast_precision_loss, reason = "counts of a service are far below 2^52")]
fn ratio(met: i64, of: i64) -> f64 {
    met as f64 / of as f64
}

/// `GET /service`
pub async fn service(guard: Guard, Query(query): Query<Vec<(String, String)>>) -> WebResult<Response> {
    let (mut tx, permit) = guard.list().await?;
    let l = guard.l;
    let address = Address::new("/service", &query);
    let asked = asked(&guard, &permit, &address);
    let units: Vec<_> = accounts::units(&mut tx).await?.into_iter().filter(|unit| permit.places().contains(&unit.id)).collect();
    let numbers = numbers(&guard, &mut tx, &permit, &asked).await?;
    tx.commit().await?;
    let mut shown: Vec<Place> = units
        .iter()
        .filter(|unit| asked.place.is_none_or(|place| place == unit.id))
        .map(|unit| Place { title: unit.title.clone(), lines: lines(&guard, &numbers, Some(unit.id)) })
        .collect();
    if shown.len() > 1 {
        shown.insert(0, Place { title: l.t("service-all-places").into_owned(), lines: lines(&guard, &numbers, None) });
    }
    if address.value("format") == "csv" {
        return csv(&guard, &asked, &shown);
    }
    let place = asked.place.map(|place| place.to_string()).unwrap_or_default();
    page(&ServicePage {
        frame: guard.frame(l.t("service-title")),
        l,
        form: Form::fill(&[("place", place.as_str()), ("period", asked.period.as_str())]),
        places: std::iter::once(Choice::new("", l.t("service-all-places")))
            .chain(units.iter().map(|unit| Choice::new(unit.id.to_string(), &unit.title)))
            .collect(),
        periods: periods(l, guard.today),
        shown,
        csv: address.with("format", "csv").href(),
        from: l.date(asked.from),
        to: l.date(asked.to),
    })
}

fn periods(l: L, today: Date) -> Vec<Choice> {
    let mut choices: Vec<Choice> = (0..QUARTERS)
        .map(|back| quarter_of(today.saturating_sub((3 * back).months())))
        .map(|code| {
            let (year, quarter) = code.split_once("-q").unwrap_or((&code, ""));
            let words = l.t2("service-quarter", "quarter", quarter, "year", year).into_owned();
            Choice::new(code.clone(), words)
        })
        .collect();
    choices.extend(
        (0..YEARS).map(|back| (today.year() - back).to_string()).map(|year| Choice::new(year.clone(), l.t1("service-year", "year", year))),
    );
    choices
}

/// The table for a spreadsheet.
fn csv(guard: &Guard, asked: &Asked, shown: &[Place]) -> WebResult<Response> {
    let l = guard.l;
    let heads = [
        "service-csv-place",
        "service-csv-from",
        "service-csv-to",
        "service-csv-indicator",
        "service-csv-name",
        "service-csv-met",
        "service-csv-of",
    ];
    let mut rows = vec![heads.map(|head| l.t(head).into_owned()).to_vec()];
    for place in shown {
        for line in &place.lines {
            let of = if line.of > 0 { line.of.to_string() } else { String::new() };
            let met = if line.value == "–" { String::new() } else { line.met.to_string() };
            let (from, to) = (asked.from.to_string(), asked.to.to_string());
            rows.push(vec![place.title.clone(), from, to, line.name.to_owned(), line.title.clone(), met, of]);
        }
    }
    csv_file(&format!("fairway-service-{}", asked.period), &rows)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails loudly")]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_a_year_or_a_quarter() {
        assert_eq!(days_of("2026-q2").unwrap(), (date(2026, 4, 1), date(2026, 6, 30)));
        assert_eq!(days_of("2024").unwrap(), (date(2024, 1, 1), date(2024, 12, 31)));
        assert_eq!(quarter_of(date(2026, 12, 31)), "2026-q4");
        for wrong in ["", "2026-q5", "2026-q0", "x", "99999", "2026-q"] {
            assert_eq!(days_of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_median_is_of_people_not_of_days() {
        let rows = [(Uuid::nil(), "2026-06-05".to_owned(), 3), (Uuid::nil(), "2026-05-16".to_owned(), 1)];
        assert_eq!(median_days(&rows, None, date(2026, 6, 15)), (4, Some(10)));
        assert_eq!(median_days(&[], None, date(2026, 6, 15)), (0, None));
    }
}
