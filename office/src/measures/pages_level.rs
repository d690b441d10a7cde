//! Before and after of a group and of the service: those who came to the end and all who started, side by side.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::Response;
use fairway_domain::permission::Role;
use fairway_domain::programme::Definition;
use fairway_evaluation::before_after::{BeforeAfter, Column, FEWEST};
use fairway_evaluation::change::Category;
use fairway_site::{Address, Choice, Form, Frame, L};
use jiff::civil::date;
use uuid::Uuid;

use super::level::{self, Question, Usual};
use super::store_level::{self, Whom};
use super::words;
use crate::web::{Error, Guard, WebResult, csv_file, page};

/// Years offered, back from this one.
const YEARS: i16 = 5;
/// The drawing's field, in its own units.
const FIELD: (f64, f64) = (60.0, 160.0);

/// A line of the table: what it says, and a value a column.
struct Row {
    title: String,
    values: [String; 2],
}

/// A mean with its interval, drawn.
struct Drawn {
    title: String,
    said: String,
    /// Both means, as they stand beside their points.
    values: [String; 2],
    before: f64,
    after: f64,
    left: f64,
    right: f64,
}

struct Answer {
    rows: Vec<Row>,
    lost: Vec<(String, String)>,
    drawn: Vec<Drawn>,
    top: String,
    bottom: String,
    cutoff: Option<f64>,
    basis: String,
    few: Option<String>,
    carried: Option<String>,
}

#[derive(Template)]
#[template(path = "measures/level.html")]
struct LevelPage {
    frame: Frame,
    l: L,
    form: Form,
    action: String,
    back: Option<(String, String)>,
    programmes: Vec<Choice>,
    scales: Vec<Choice>,
    later: Vec<Choice>,
    years: Vec<Choice>,
    told: String,
    answer: Option<Answer>,
    /// Whether it is for want of people that there is no answer.
    nobody: bool,
    csv: String,
}

/// `GET /service/measures`
pub async fn service(guard: Guard, Query(query): Query<Vec<(String, String)>>) -> WebResult<Response> {
    let (mut tx, permit) = guard.list().await?;
    let action = "/service/measures".to_owned();
    let address = Address::new(action.clone(), &query);
    let l = guard.l;
    let offered: Vec<(Uuid, String)> =
        guard.app.content.offered().map(|(id, programme)| (id, programme.definition.title.in_language(l.code()).to_owned())).collect();
    // Who started last year has mostly come to the end by now.
    let this_year = guard.today.year();
    let year = address.value("year").parse().ok().filter(|year| (0..YEARS).any(|back| this_year - back == *year)).unwrap_or(this_year - 1);
    let (from, until) = (date(year, 1, 1), date(year, 12, 31));
    let wish = match Uuid::try_parse(address.value("programme")) {
        Ok(wish) => Some(wish),
        Err(_) => store_level::most_run(&mut tx, Whom::Started(&permit, from, until, &[])).await?,
    };
    // A definition on offer, or the one on offer of which that is an older version.
    let content = &guard.app.content;
    let wished = wish.and_then(|id| content.programme(id)).map(|programme| programme.definition.id.as_str());
    let named = |id: &Uuid| content.programme(*id).map(|programme| programme.definition.id.as_str());
    let Some((programme, _)) = offered.iter().find(|(id, _)| wished.is_some() && named(id) == wished).or(offered.first()).cloned() else {
        return Err(Error::NotFound);
    };
    let definition = &content.programme(programme).ok_or(Error::NotFound)?.definition;
    let question = level::question(&guard.app, l, (programme, definition), &address, Usual::EndOfProgramme);
    let versions: Vec<Uuid> = content.programmes().filter(|(_, known)| known.definition.id == definition.id).map(|(id, _)| id).collect();
    let members = match &question {
        Some(question) => {
            let sessions = question.sessions(definition);
            let whom = Whom::Started(&permit, from, until, &versions);
            store_level::members(&mut tx, &guard.app, whom, &question.measure, &question.scale().id, &sessions).await?
        }
        None => Vec::new(),
    };
    guard.listed(&mut tx, "unit-measures", permit.places()).await?;
    tx.commit().await?;
    let found = question.as_ref().and_then(|question| level::answered(&guard.app, question, &members, guard.today));
    let sees_people = |place: &Uuid| {
        guard.actor.roles.iter().any(|(unit, role)| unit == place && matches!(role, Role::Coordinator | Role::TreatmentManager))
    };
    // An auditor or a researcher may know of no single person.
    let found = if permit.places().iter().all(sees_people) { found } else { found.map(BeforeAfter::guarded) };
    let years = (0..YEARS).map(|back| this_year - back).map(|year| Choice::new(year.to_string(), year.to_string())).collect();
    let programmes = offered.into_iter().map(|(id, title)| Choice::new(id.to_string(), title)).collect();
    let title = l.t("measures-level-service").into_owned();
    let setting = Setting { action, address, definition, question, back: None, programmes, years, title, year: Some(year) };
    answer(&guard, setting, found)
}

/// `GET /groups/{id}/measures`
pub async fn group(guard: Guard, Path(id): Path<Uuid>, Query(query): Query<Vec<(String, String)>>) -> WebResult<Response> {
    let (mut tx, permit) = guard.group(id).await?;
    let l = guard.l;
    let action = format!("/groups/{id}/measures");
    let address = Address::new(action.clone(), &query);
    let definition = &guard.app.content.programme(permit.programme()).ok_or(Error::NotFound)?.definition;
    let question = level::question(&guard.app, l, (permit.programme(), definition), &address, Usual::EndOfGroup);
    let members = match &question {
        Some(question) => {
            let sessions = question.sessions(definition);
            let whom = Whom::Group(&permit);
            store_level::members(&mut tx, &guard.app, whom, &question.measure, &question.scale().id, &sessions).await?
        }
        None => Vec::new(),
    };
    tx.commit().await?;
    let found = question.as_ref().and_then(|question| level::answered(&guard.app, question, &members, guard.today));
    let back = Some((format!("/groups/{id}"), l.t("measures-level-to-group").into_owned()));
    let title = l.t("measures-level-group").into_owned();
    let setting = Setting { action, address, definition, question, back, programmes: Vec::new(), years: Vec::new(), title, year: None };
    answer(&guard, setting, found)
}

/// What surrounds an answer.
struct Setting<'a> {
    action: String,
    address: Address,
    definition: &'a Definition,
    question: Option<Question>,
    back: Option<(String, String)>,
    programmes: Vec<Choice>,
    years: Vec<Choice>,
    title: String,
    year: Option<i16>,
}

fn answer(guard: &Guard, setting: Setting<'_>, found: Option<BeforeAfter>) -> WebResult<Response> {
    let l = guard.l;
    if setting.address.value("format") == "csv" {
        return csv(l, found.as_ref());
    }
    let nobody = found.as_ref().is_some_and(|found| found.started.people == 0);
    let found = found.filter(|_| !nobody);
    let answered = setting.question.as_ref().zip(found).map(|(question, found)| told(l, question, &found));
    let (mut fields, mut told) = (Vec::new(), String::new());
    let mut later = Vec::new();
    if let Some(question) = &setting.question {
        later = level::later(l, setting.definition, &question.measure);
        fields.push(("scale", format!("{}:{}", question.measure, question.scale().id)));
        fields.push(("to", fairway_domain::measure::point_code(&question.to)));
        fields.push(("programme", question.programme.to_string()));
        let (from, to) = (words::point(l, setting.definition, &question.from), words::point(l, setting.definition, &question.to));
        told = l.t2("measures-level-points", "from", from, "to", to).into_owned();
    }
    fields.extend(setting.year.map(|year| ("year", year.to_string())));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    page(&LevelPage {
        frame: guard.frame(setting.title),
        l,
        form: Form::fill(&fields),
        action: setting.action,
        back: setting.back,
        programmes: setting.programmes,
        scales: level::scales(&guard.app, l, setting.definition),
        later,
        years: setting.years,
        told,
        answer: answered,
        nobody,
        csv: setting.address.with("format", "csv").href(),
    })
}

fn told(l: L, question: &Question, found: &BeforeAfter) -> Answer {
    let scale = question.scale();
    let columns = [&found.completers, &found.started];
    let lost = &found.lost;
    let number = |value: usize| l.number(i64::try_from(value).unwrap_or(i64::MAX));
    let mut missing = vec![
        (l.t("measures-level-lost-before").into_owned(), number(lost.without_before)),
        (l.t("measures-level-lost-ended").into_owned(), number(lost.ended_before)),
        (l.t("measures-level-lost-way").into_owned(), number(lost.on_the_way)),
        (l.t("measures-level-lost-reached").into_owned(), number(lost.reached)),
    ];
    if let Some(mean) = lost.before_mean {
        missing.push((l.t("measures-level-lost-mean").into_owned(), l.decimal(mean, 1)));
    }
    let y = |value: f64| {
        let (low, high) = (scale.range.low, scale.range.high);
        let height = FIELD.1 - 20.0;
        10.0 + height - height * ((value - low) / (high - low)).clamp(0.0, 1.0)
    };
    let drawn = columns.iter().zip(["measures-level-completers", "measures-level-started"]);
    let drawn = drawn.enumerate().filter_map(|(index, (column, title))| {
        let effect = column.effect?;
        let left = if index == 0 { FIELD.0 } else { FIELD.0 + 170.0 };
        let (before, after) = (l.decimal(effect.pre_mean, 1), l.decimal(effect.post_mean, 1));
        let title = l.t(title).into_owned();
        let said = l.t2("measures-level-drawn", "before", before.clone(), "after", after.clone()).into_owned();
        Some(Drawn {
            title,
            said,
            values: [before, after],
            before: y(effect.pre_mean),
            after: y(effect.post_mean),
            left,
            right: left + 90.0,
        })
    });
    let yardstick = super::series::yardstick(scale);
    let few = columns.iter().any(|column| column.effect.is_none());
    let carried = found.started.carried;
    let drawn: Vec<Drawn> = drawn.collect();
    Answer {
        rows: rows(l, columns),
        lost: missing,
        cutoff: yardstick.cutoff.filter(|_| !drawn.is_empty()).map(y),
        drawn,
        top: l.decimal(scale.range.high, 0),
        bottom: l.decimal(scale.range.low, 0),
        basis: match (yardstick.error, scale.change_norm(None)) {
            (Ok(error), Some(norm)) => {
                l.t2("measures-level-basis", "threshold", l.decimal(error.threshold, 2), "source", norm.source.clone()).into_owned()
            }
            _ => l.t("measures-level-no-norm").into_owned(),
        },
        few: few.then(|| l.t1("measures-level-few", "fewest", number(FEWEST)).into_owned()),
        carried: (carried > 0).then(|| l.t1("measures-level-carried", "people", carried).into_owned()),
    }
}

fn rows(l: L, columns: [&Column; 2]) -> Vec<Row> {
    let number = |value: usize| l.number(i64::try_from(value).unwrap_or(i64::MAX));
    let none = || "–".to_owned();
    let row = |name: &'static str, value: &dyn Fn(&Column) -> Option<String>| Row {
        title: l.t(&format!("measures-level-{name}")).into_owned(),
        values: columns.map(|column| value(column).unwrap_or_else(none)),
    };
    let spread = |mean: f64, sd: f64| l.t2("measures-level-mean-sd", "mean", l.decimal(mean, 1), "sd", l.decimal(sd, 1)).into_owned();
    let mut rows = vec![
        row("people", &|column| Some(number(column.people))),
        row("pairs", &|column| Some(number(column.pairs))),
        row("before", &|column| column.effect.map(|effect| spread(effect.pre_mean, effect.pre_sd))),
        row("after", &|column| column.effect.map(|effect| spread(effect.post_mean, effect.post_sd))),
        row("difference", &|column| {
            let (effect, (low, high)) = column.effect.zip(column.interval)?;
            let interval = l.t2("measures-level-interval", "low", l.decimal(low, 1), "high", l.decimal(high, 1));
            Some(format!("{} {interval}", l.decimal(effect.difference, 1)))
        }),
        row("effect", &|column| column.effect.and_then(|effect| effect.d_av).map(|d| l.decimal(d, 2))),
    ];
    for (index, category) in Category::ALL.iter().enumerate() {
        rows.push(row(category.code(), &|column| column.categories.map(|counts| number(counts[index].1))));
    }
    rows
}

/// The table for a spreadsheet, in plain numbers.
fn csv(l: L, found: Option<&BeforeAfter>) -> WebResult<Response> {
    let heads = ["measures-level-csv-name", "measures-level-csv-title", "measures-level-completers", "measures-level-started"];
    let mut rows = vec![heads.map(|head| l.t(head).into_owned()).to_vec()];
    let Some(found) = found else { return csv_file("fairway-before-after", &rows) };
    let columns = [&found.completers, &found.started];
    let mut add = |name: &str, title: &str, value: &dyn Fn(&Column) -> Option<f64>| {
        let [first, second] = columns.map(|column| value(column).map(|value| value.to_string()).unwrap_or_default());
        rows.push(vec![name.to_owned(), l.t(&format!("measures-level-{title}")).into_owned(), first, second]);
    };
    add("people", "people", &|column| Some(whole(column.people)));
    add("pairs", "pairs", &|column| Some(whole(column.pairs)));
    add("carried", "csv-carried", &|column| Some(whole(column.carried)));
    add("before-mean", "before", &|column| Some(column.effect?.pre_mean));
    add("before-sd", "before", &|column| Some(column.effect?.pre_sd));
    add("after-mean", "after", &|column| Some(column.effect?.post_mean));
    add("after-sd", "after", &|column| Some(column.effect?.post_sd));
    add("difference", "difference", &|column| Some(column.effect?.difference));
    add("difference-low", "difference", &|column| Some(column.interval?.0));
    add("difference-high", "difference", &|column| Some(column.interval?.1));
    add("effect", "effect", &|column| column.effect?.d_av);
    for (index, category) in Category::ALL.iter().enumerate() {
        add(category.code(), category.code(), &|column| Some(whole(column.categories?[index].1)));
    }
    let lost = &found.lost;
    for (name, value) in
        [("before", lost.without_before), ("ended", lost.ended_before), ("way", lost.on_the_way), ("reached", lost.reached)]
    {
        let title = l.t(&format!("measures-level-lost-{name}")).into_owned();
        rows.push(vec![format!("lost-{name}"), title, String::new(), value.to_string()]);
    }
    csv_file("fairway-before-after", &rows)
}

#[expect(clippy::cast_precision_loss, reason = "counts of a service are far below 2^52")]
fn whole(count: usize) -> f64 {
    count as f64
}
