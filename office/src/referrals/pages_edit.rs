//! Correcting a referral that is registered.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use fairway_domain::referral::Referral;
use fairway_site::{Fact, Form};
use uuid::Uuid;

use super::pages_new::{ReferralPage, codes, form_page, jurisdiction_of, offence, warned};
use super::store::{self, Corrected};
use super::{fields, filled, store_people as people};
use crate::accounts::store::{Unit, units};
use crate::cases::life;
use crate::cases::store::{self as cases, CaseRow};
use crate::db::{StoreError, Tx};
use crate::search::index_case;
use crate::web::{CasePermit, Error, Guard, Posted, WebResult, carried_out_once, page, page_with, see_other};

async fn place_of(tx: &mut Tx, permit: &CasePermit) -> WebResult<Unit> {
    units(tx).await?.into_iter().find(|unit| unit.id == permit.unit()).ok_or(Error::NotFound)
}

fn page_of(guard: &Guard, row: &CaseRow, place: &Unit, form: Form) -> WebResult<ReferralPage> {
    let l = guard.l;
    let mut shown = form_page(guard, place, jurisdiction_of(guard, place)?, form);
    shown.frame = guard.frame(l.t("referral-correct"));
    shown.action = format!("/referrals/{}", row.id);
    shown.stored = true;
    let programme = guard
        .app
        .content
        .programme(row.programme_id)
        .map(|programme| programme.definition.title.in_language(l.code()).to_owned())
        .unwrap_or_default();
    shown.facts = vec![
        Fact::bare(row.case_number.clone()),
        Fact::new(l.t("referral-referred"), l.date(row.referred_on)),
        Fact::new(l.t("referral-programme"), programme),
    ];
    Ok(shown)
}

/// `GET /referrals/{case}`
pub async fn stored(guard: Guard, Path(id): Path<Uuid>) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let row = cases::row(&mut tx, &permit).await?;
    let identifiers = people::identifiers(&mut tx, &permit).await?;
    let place = place_of(&mut tx, &permit).await?;
    tx.commit().await?;
    let form = filled::form(&row, &identifiers, permit.key(), |on| guard.l.date(on))?;
    page(&page_of(&guard, &row, &place, form)?)
}

/// `POST /referrals/{case}`
pub async fn correcting(guard: Guard, Path(id): Path<Uuid>, Posted { mut form, once, revision }: Posted) -> WebResult<Response> {
    let (mut tx, permit) = guard.case(id).await?;
    let leads_to = format!("/cases/{id}");
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &leads_to).await? {
        return Ok(see_other(&went));
    }
    let row = cases::row(&mut tx, &permit).await?;
    let place = place_of(&mut tx, &permit).await?;
    let jurisdiction = jurisdiction_of(&guard, &place)?;
    let (referral, warnings) = fields::read(&mut form, jurisdiction, Some(row.referred_on), guard.today);
    let Some(referral) = referral else {
        let mut shown = page_of(&guard, &row, &place, form)?;
        shown.warnings = warned(guard.l, &warnings);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown);
    };
    let corrected = corrected(&permit, &referral)?;
    match store::correct(&mut tx, &permit, revision.unwrap_or(0), &corrected).await {
        Err(StoreError::Stale) => {
            form.set("revision", row.revision.to_string());
            let mut shown = page_of(&guard, &row, &place, form)?;
            shown.stale = true;
            return page_with(StatusCode::CONFLICT, &shown);
        }
        outcome => outcome?,
    }
    let kinds: Vec<String> = jurisdiction.identifiers.iter().map(|rule| rule.id.clone()).collect();
    let found_by = people::correct(&mut tx, &permit, row.person_id, &referral.person, &kinds).await?;
    let mut words = vec![referral.person.given_names.clone(), referral.person.family_names.clone()];
    words.extend(referral.person.identifiers.iter().map(fairway_domain::referral::Identifier::compared));
    // One person's cases: a handful at most.
    for (case, unit, _) in &found_by {
        index_case(&mut tx, *unit, *case, &words).await?;
    }
    let others: Vec<Uuid> = found_by.iter().map(|(case, _, _)| *case).filter(|case| *case != id).collect();
    guard.touched(&mut tx, "case", &others).await?;
    life::refresh_latest_start(&mut tx, &guard.app, &permit).await?;
    tx.commit().await?;
    Ok(see_other(&leads_to))
}

fn corrected(permit: &CasePermit, referral: &Referral) -> WebResult<Corrected> {
    let key = permit.key();
    Ok(Corrected {
        legal_basis: referral.legal_basis.clone(),
        order_starts_on: referral.order_starts_on,
        order_ends_on: referral.order_ends_on,
        offence_kind: offence(referral),
        spoken_language: referral.person.language.clone(),
        availability: referral.availability.to_string(),
        travel_minutes: referral.travel_minutes.map(i64::from),
        responsivity: codes(referral),
        contact: key.seal_some("cases.contact_sealed", Some(&filled::contact_text(&referral.person)))?,
        proceedings: key.seal_some("cases.proceedings_sealed", referral.other_proceedings.as_deref())?,
        responsivity_note: key.seal_some("cases.responsivity_sealed", referral.responsivity_note.as_deref())?,
    })
}
