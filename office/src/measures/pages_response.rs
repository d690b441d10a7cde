//! One response: its answers and scores, who answered where, its correction, and its FHIR resources.

use askama::Template;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use fairway_domain::permission::Action;
use fairway_site::parts::Fact;
use fairway_site::{Frame, L};
use uuid::Uuid;

use super::kept::Kept;
use super::{entry, fhir, store, store_openings, words};
use crate::cases::head::{Head, Page, Shown};
use crate::web::{Error, Guard, WebResult, page, see_other};

#[derive(Template)]
#[template(path = "measures/response.html")]
struct ResponsePage {
    frame: Frame,
    l: L,
    head: Head,
    title: String,
    facts: Vec<Fact>,
    scores: Vec<(String, String, String)>,
    answers: Vec<(String, String, String)>,
    notice: String,
    correct: String,
    corrects: String,
    corrected: String,
    concern: String,
    fhir: String,
    back: String,
}

/// `GET /cases/{id}/responses/{response}`
pub async fn response(guard: Guard, Path((id, response)): Path<(Uuid, Uuid)>) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let shown = Shown::load(&mut tx, &guard, &permit).await?;
    let found = store::response(&mut tx, &permit, response).await?;
    let corrected = store::corrected_by(&mut tx, &permit, response).await?;
    guard.touched(&mut tx, "response", &[response]).await?;
    tx.commit().await?;
    let instrument = guard.app.content.instruments().get(found.instrument).cloned().ok_or(Error::NotFound)?;
    let (l, language) = (guard.l, guard.l.code());
    let Some(kept) = found.kept.as_ref().filter(|_| found.standing == "done") else { return Err(Error::NotFound) };
    let mut facts = vec![
        Fact::new(l.t("measures-answered-on"), found.answered_on.map(|on| l.date(on)).unwrap_or_default()),
        Fact::new(l.t("measures-rater"), l.t(&format!("measures-rater-{}", found.rater))),
        Fact::new(l.t("measures-way"), l.t(&format!("measures-way-{}", found.way))),
        Fact::new(l.t("measures-by"), found.by.clone()),
        Fact::new(l.t("measures-version"), format!("{} {}", instrument.id, instrument.version)),
        Fact::new(l.t("measures-language"), l.t(&format!("measures-language-{}", found.language))),
    ];
    if found.twice {
        facts.push(Fact::bare(l.t("measures-entered-twice")));
    }
    let scores = instrument.scales.iter().zip(&kept.scores).map(|(scale, score)| {
        let told = score
            .score
            .map_or_else(|| l.t1("measures-refused", "items", i64::from(score.missing)).into_owned(), |value| words::number(l, value));
        let band = score.score.and_then(|value| scale.band(value)).map_or("", |band| band.title.in_language(language)).to_owned();
        (scale.title.in_language(language).to_owned(), told, band)
    });
    let answers = instrument.items.iter().enumerate().map(|(index, item)| {
        let value = kept.answers.values.get(index).copied().flatten().map(|value| entry::answer_words(language, item, value));
        let told = value.or_else(|| kept.answers.words.get(&index).cloned()).unwrap_or_else(|| l.t("measures-missing").into_owned());
        (entry::item_number(item, index), entry::item_words(l, language, &instrument, index), told)
    });
    let base = shown.href();
    page(&ResponsePage {
        frame: guard.frame(format!("{} · {}", instrument.title.in_language(language), shown.row.name())),
        l,
        head: Head::of(&guard, &shown, Page::Measures),
        title: instrument.title.in_language(language).to_owned(),
        facts,
        scores: scores.collect(),
        answers: answers.collect(),
        notice: instrument.licence.source.clone(),
        correct: if corrected.is_none() && shown.could(&guard, Action::TakeMeasure) {
            format!("{base}/measures/{}/entry?amends={response}", found.measure)
        } else {
            String::new()
        },
        corrected: corrected.map(|newer| format!("{base}/responses/{newer}")).unwrap_or_default(),
        corrects: found.amends.map(|amended| format!("{base}/responses/{amended}")).unwrap_or_default(),
        concern: found.concern.map(|concern| format!("/concerns/{concern}")).unwrap_or_default(),
        fhir: format!("{base}/responses/{response}/fhir"),
        back: format!("{base}/measures"),
    })
}

/// `GET /cases/{id}/responses/{response}/fhir`
pub async fn as_fhir(guard: Guard, Path((id, response)): Path<(Uuid, Uuid)>) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let found = store::response(&mut tx, &permit, response).await?;
    guard.touched(&mut tx, "response", &[response]).await?;
    tx.commit().await?;
    let instrument = guard.app.content.instruments().get(found.instrument).ok_or(Error::NotFound)?;
    let (Some(kept), Some(on)) = (&found.kept, found.answered_on) else { return Err(Error::NotFound) };
    let ids = observation_ids(response, kept);
    let frame = fhir::Frame { response, subject: &id.to_string(), on: &on.to_string(), language: &found.language, observations: &ids };
    let body = serde_json::to_string_pretty(&fhir::bundle(instrument, kept, &frame)).map_err(|error| Error::internal(&error))?;
    let disposition = format!("attachment; filename=\"{}-{on}.json\"", instrument.id);
    Ok(([(header::CONTENT_TYPE, "application/fhir+json".to_owned()), (header::CONTENT_DISPOSITION, disposition)], body).into_response())
}

/// Ids of a response's observations: the same each time it is asked for.
fn observation_ids(response: Uuid, kept: &Kept) -> Vec<Uuid> {
    (1..=kept.scores.len() as u128).map(|place| Uuid::from_u128(response.as_u128() ^ (place << 64))).collect()
}

/// `POST /cases/{id}/responses/{response}/withdrawal`: nobody can answer it any more.
pub async fn withdrawing(guard: Guard, Path((id, response)): Path<(Uuid, Uuid)>) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    store::take_back(&mut tx, &permit, response).await?;
    store_openings::close(&mut tx, response, guard.now).await?;
    guard.touched(&mut tx, "response", &[response]).await?;
    tx.commit().await?;
    Ok(see_other(&format!("/cases/{id}/measures")))
}
