//! What every way of answering shares: reading values off a form, and an answer that must reach a professional.

use fairway_domain::concern::{Concern, ConcernKind};
use fairway_domain::dates::parse_date;
use fairway_domain::measure::{AnswerFaultKind, Answers, Instrument, Item, ItemKind};
use fairway_site::{Form, L, Need, Problem};
use uuid::Uuid;

use super::kept::Kept;
use crate::app::App;
use crate::audit::store::{self as audit, Act};
use crate::cases::store as cases;
use crate::concerns::store as concerns;
use crate::db::{Stored, Tx};
use crate::reports;
use crate::web::CasePermit;

/// The form field of an item.
pub fn field(index: usize) -> String {
    format!("v_{index}")
}

/// The longest answer in words, in characters.
const WORDS: usize = 500;

/// Reads the fields of these items into the answers; what an item does not take becomes a fault of its field.
pub fn read(form: &mut Form, instrument: &Instrument, items: impl Iterator<Item = usize>, answers: &mut Answers) {
    for index in items {
        let name = field(index);
        let written = match instrument.items.get(index).map(|item| &item.kind) {
            Some(ItemKind::Words) => form.text(&name, Need::Optional, WORDS),
            Some(ItemKind::Day) => form.date_with(&name, Need::Optional, |text| parse_date(text).ok()).map(|on| on.to_string()),
            _ => Some(form.value(&name).to_owned()),
        };
        if form.fault_of(&name).is_some() {
            continue;
        }
        let written = written.unwrap_or_default();
        if let Err(kind) = answers.take(instrument, index, &written) {
            let taken = instrument.items.get(index).map(Item::taken).unwrap_or_default();
            let id = if kind == AnswerFaultKind::NoNumber { "measures-fault-number" } else { "measures-fault-range" };
            form.fault(&name, Problem::new(id).arg("takes", taken));
        }
    }
}

/// The number an item is known by on paper: its own, or its place where it has a name instead.
pub fn item_number(item: &Item, index: usize) -> String {
    let numbered = item.link.bytes().all(|byte| byte.is_ascii_digit());
    if numbered { item.link.clone() } else { (index + 1).to_string() }
}

/// An item's words, or its number where the wording is not held.
pub fn item_words(l: L, language: &str, instrument: &Instrument, index: usize) -> String {
    let Some(item) = instrument.items.get(index) else { return String::new() };
    let words = item.text.in_language(language);
    if words.is_empty() { l.t1("measures-item", "item", item.link.clone()).into_owned() } else { words.to_owned() }
}

/// An answer's words, or its value.
pub fn answer_words(language: &str, item: &Item, value: f64) -> String {
    #[expect(clippy::float_cmp, reason = "ordinal values are exact: they are written, not reckoned")]
    let tick = match &item.kind {
        ItemKind::Choice { options } => options.iter().find(|tick| tick.value == value),
        _ => None,
    };
    let words = tick.map_or("", |tick| tick.words.in_language(language));
    if words.is_empty() { value.to_string() } else { format!("{words} ({value})") }
}

/// Records a concern at once when an answer calls for one: owned by the case's facilitator, or by whoever took the
/// measure, with the deadline of the place's jurisdiction. Gives its id.
pub async fn raise(tx: &mut Tx, app: &App, l: L, permit: &CasePermit, instrument: &Instrument, kept: &Kept) -> Stored<Option<Uuid>> {
    let raised = instrument.raised(&kept.answers.values);
    let Some(alert) = raised.first().and_then(|index| instrument.alerts.get(*index)) else { return Ok(None) };
    let Some(kind) = ConcernKind::from_code(&alert.concern) else { return Ok(None) };
    let named = concerns::named(tx, permit).await?;
    let row = cases::row(tx, permit).await?;
    let owner = row.facilitator_id.unwrap_or(permit.holder().account);
    let hours = app.content.jurisdiction(&named.jurisdiction).and_then(|law| law.concern(kind)).map_or(24, |rule| rule.due_within_hours);
    let item = instrument.items.get(alert.item);
    let answer = item.zip(kept.answers.values.get(alert.item).copied().flatten());
    let words = l
        .with(
            "measures-concern",
            &[
                ("instrument", instrument.title.in_language(l.code()).to_owned().into()),
                ("item", item_words(l, l.code(), instrument, alert.item).into()),
                ("answer", answer.map(|(item, value)| answer_words(l.code(), item, value)).unwrap_or_default().into()),
            ],
        )
        .into_owned();
    let id = app.new_id();
    let concern = Concern::record(kind, owner, permit.holder().now, hours);
    concerns::record(tx, permit, id, &concern, &words).await?;
    audit::write(tx, app, Some(permit.holder().account), permit.holder().action, Act::Made, "concern", &[id]).await?;
    reports::refresh_due(tx, app, permit).await?;
    Ok(Some(id))
}
