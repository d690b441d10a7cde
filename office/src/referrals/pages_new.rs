//! Registering a referral: the form, possible duplicates, and the new case.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use fairway_domain::case::Facts;
use fairway_domain::jurisdiction::Jurisdiction;
use fairway_domain::permission::{Action, Role};
use fairway_domain::referral::{Finding, Known, Likeness, OffenceKind, Referral, possible_duplicates};
use fairway_site::{Choice, Fact, Form, Frame, L, Need, Problem};
use uuid::Uuid;

use super::choices::{self, GridRow};
use super::fields::{self, identifier_field, said};
use super::filled::contact_text;
use super::pages::{places_for, query_of};
use super::store_people::{self as people, KnownPerson};
use crate::accounts::store::Unit;
use crate::cases::life::{self, NewCase};
use crate::db::Tx;
use crate::web::{Error, Guard, ListPermit, Posted, WebResult, carried_out_once, page, page_with, see_other};

/// What to choose about possible duplicates, and who is meant.
#[derive(Debug, Clone, Default)]
pub(super) struct Offered {
    /// The choices: somebody named, or a new person.
    pub choices: Vec<Choice>,
    /// Those named: the person, and a case of theirs.
    pub named: Vec<(Uuid, Uuid)>,
    /// Whether somebody at a place out of the reader's sight may be the same person.
    pub elsewhere: bool,
}

#[derive(Template)]
#[template(path = "referrals/form.html")]
pub(super) struct ReferralPage {
    pub frame: Frame,
    pub l: L,
    pub form: Form,
    /// Address the form goes to.
    pub action: String,
    /// Other places to choose from.
    pub places: Vec<Choice>,
    pub place_title: String,
    pub once: Uuid,
    /// What is known and not asked, when a stored referral is corrected.
    pub facts: Vec<Fact>,
    pub stored: bool,
    pub identifiers: Vec<(String, String, String)>,
    pub languages: Vec<Choice>,
    pub bases: Vec<Choice>,
    pub offences: Vec<Choice>,
    pub parts: Vec<String>,
    pub grid: Vec<GridRow>,
    pub responsivities: Vec<Choice>,
    pub programmes: Vec<Choice>,
    pub warnings: Vec<(String, String)>,
    pub offered: Offered,
    /// A sentence above the form: somebody changed it meanwhile.
    pub stale: bool,
}

/// The page of the form at a place.
pub(super) fn form_page(guard: &Guard, place: &Unit, jurisdiction: &Jurisdiction, form: Form) -> ReferralPage {
    let l = guard.l;
    let identifiers = jurisdiction
        .identifiers
        .iter()
        .map(|rule| {
            let hint = rule
                .example
                .as_ref()
                .map(|example| l.t1("referral-identifier-example", "example", example.as_str()).into_owned())
                .unwrap_or_default();
            (identifier_field(&rule.id), rule.title.in_language(l.code()).to_owned(), hint)
        })
        .collect();
    ReferralPage {
        frame: guard.frame(l.t("referral-new")),
        l,
        form,
        action: "/referrals/new".to_owned(),
        places: Vec::new(),
        place_title: place.title.clone(),
        once: guard.app.new_id(),
        facts: Vec::new(),
        stored: false,
        identifiers,
        languages: choices::spoken_languages(l),
        bases: choices::legal_bases(l, jurisdiction),
        offences: choices::offences(l),
        parts: choices::parts(l),
        grid: choices::grid(l),
        responsivities: choices::responsivities(l),
        programmes: choices::programmes(l, &guard.app),
        warnings: Vec::new(),
        offered: Offered::default(),
        stale: false,
    }
}

/// The warnings as a person confirms them: the field's code and the sentence.
pub(super) fn warned(l: L, warnings: &[Finding]) -> Vec<(String, String)> {
    warnings.iter().map(|finding| (finding.field.code().to_owned(), said(&finding.problem).say(&l).into_owned())).collect()
}

/// The jurisdiction of a place.
pub(super) fn jurisdiction_of<'a>(guard: &'a Guard, place: &Unit) -> WebResult<&'a Jurisdiction> {
    guard
        .app
        .content
        .jurisdiction(&place.jurisdiction)
        .map(AsRef::as_ref)
        .ok_or_else(|| Error::internal(&format!("no jurisdiction {}", place.jurisdiction)))
}

fn chosen<'a>(places: &'a [Unit], asked: &str) -> WebResult<&'a Unit> {
    let asked = Uuid::try_parse(asked).ok();
    places.iter().find(|unit| Some(unit.id) == asked).or_else(|| places.first()).ok_or(Error::Forbidden)
}

fn page_of(guard: &Guard, places: &[Unit], place: &Unit, form: Form) -> WebResult<ReferralPage> {
    let mut shown = form_page(guard, place, jurisdiction_of(guard, place)?, form);
    if places.len() > 1 {
        shown.places = places.iter().map(|unit| Choice::new(unit.id.to_string(), unit.title.as_str())).collect();
    }
    Ok(shown)
}

/// `GET /referrals/new`
pub async fn blank(guard: Guard) -> WebResult<Response> {
    let (mut tx, _) = guard.list().await?;
    let places = places_for(&mut tx, &guard, Action::RegisterReferral).await?;
    let pairs = query_of(&guard);
    let asked = pairs.iter().find(|(name, _)| name == "place").map_or("", |(_, value)| value.as_str());
    let place = chosen(&places, asked)?;
    let mut form =
        Form::fill(&[("place", place.id.to_string()), ("referred-on", guard.l.date(guard.today)), ("language", "es".to_owned())]);
    let mut offered = guard.app.content.offered();
    if let (Some((only, _)), None) = (offered.next(), offered.next()) {
        form.set("programme", only.to_string());
    }
    page(&page_of(&guard, &places, place, form)?)
}

/// `POST /referrals/new`
pub async fn registering(guard: Guard, Posted { mut form, once, .. }: Posted) -> WebResult<Response> {
    let l = guard.l;
    let (mut tx, permit) = guard.list().await?;
    let places = places_for(&mut tx, &guard, Action::RegisterReferral).await?;
    let place = match form.id("place") {
        Some(id) => places.iter().find(|unit| unit.id == id).ok_or(Error::Forbidden)?,
        None => chosen(&places, "")?,
    };
    let case = guard.app.new_id();
    let coordinates = guard.actor.roles.contains(&(place.id, Role::Coordinator));
    let leads_to = if coordinates { format!("/cases/{case}") } else { "/referrals".to_owned() };
    if let Some(went) = carried_out_once(&mut tx, &guard, once, &leads_to).await? {
        return Ok(see_other(&went));
    }
    let jurisdiction = jurisdiction_of(&guard, place)?;
    let (referral, warnings) = fields::read(&mut form, jurisdiction, None, guard.today);
    let offers: Vec<String> = guard.app.content.offered().map(|(id, _)| id.to_string()).collect();
    let programme = form.choice("programme", Need::Required, &offers).and_then(|id| Uuid::try_parse(&id).ok());
    let (Some(referral), Some(programme), false) = (referral, programme, form.has_faults()) else {
        let mut shown = page_of(&guard, &places, place, form)?;
        shown.warnings = warned(l, &warnings);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown);
    };
    let offered = offered(&mut tx, &guard, &permit, &referral).await?;
    let known = answered(&mut form, &offered);
    if form.has_faults() {
        // The log rows of those named must last although nothing else of this request does.
        drop(tx);
        let (mut tx, _) = guard.list().await?;
        let cases: Vec<Uuid> = offered.named.iter().map(|(_, case)| *case).collect();
        guard.listed(&mut tx, "case", &cases).await?;
        tx.commit().await?;
        let mut shown = page_of(&guard, &places, place, form)?;
        shown.offered = offered;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown);
    }
    register(&mut tx, &guard, place.id, case, programme, &referral, known).await?;
    tx.commit().await?;
    Ok(see_other(&leads_to))
}

/// Who may be meant: those at places in the reader's sight by name, the others by a neutral sentence.
async fn offered(tx: &mut Tx, guard: &Guard, permit: &ListPermit, referral: &Referral) -> WebResult<Offered> {
    let candidates = people::candidates(tx, permit, &referral.person).await?;
    let duplicates = possible_duplicates(&referral.person, candidates.iter().map(|known| Known { id: known, person: &known.person }));
    let mut offered = Offered::default();
    for duplicate in duplicates {
        let known: &KnownPerson = duplicate.id;
        let Some((case, number)) = &known.case else {
            offered.elsewhere |= !permit.places().is_empty();
            continue;
        };
        let reasons: Vec<String> = duplicate.reasons.iter().map(|reason| likeness(guard.l, reason)).collect();
        let name = format!("{} {}", known.person.given_names, known.person.family_names);
        let label = guard.l.t3("referral-same-person", "name", name, "born", guard.l.date(known.person.born_on), "number", number.as_str());
        offered.choices.push(Choice::new(known.id.to_string(), label).hint(guard.l.list(&reasons)));
        offered.named.push((known.id, *case));
    }
    if !offered.choices.is_empty() || offered.elsewhere {
        offered.choices.push(Choice::new("new", guard.l.t("referral-new-person")));
    }
    Ok(offered)
}

fn likeness(l: L, reason: &Likeness) -> String {
    let id = match reason {
        Likeness::SameIdentifier { .. } => "referral-like-identifier",
        Likeness::SameBirth => "referral-like-birth",
        Likeness::NearBirth => "referral-like-near-birth",
        Likeness::SameName => "referral-like-name",
        Likeness::SwappedNames => "referral-like-swapped",
        Likeness::SimilarName => "referral-like-similar",
    };
    l.t(id).into_owned()
}

/// The answer about duplicates: a known person, or a new one; unanswered is a fault.
fn answered(form: &mut Form, offered: &Offered) -> Option<Uuid> {
    if offered.choices.is_empty() {
        return None;
    }
    if form.value("person").is_empty() {
        form.fault("person", Problem::new("referral-duplicates-answer"));
        return None;
    }
    let values: Vec<&str> = offered.choices.iter().map(|choice| choice.value.as_str()).collect();
    let answer = form.choice("person", Need::Required, &values)?;
    Uuid::try_parse(&answer).ok()
}

async fn register(
    tx: &mut Tx,
    guard: &Guard,
    place: Uuid,
    case: Uuid,
    programme: Uuid,
    referral: &Referral,
    known: Option<Uuid>,
) -> WebResult<()> {
    let app = &guard.app;
    let person = known.unwrap_or_else(|| app.new_id());
    if known.is_some() {
        people::add_identifiers(tx, person, &referral.person.identifiers).await?;
    } else {
        people::make(tx, app, person, &referral.person).await?;
    }
    let (key, wrapped) = app.vault.new_key(case)?;
    let new = NewCase {
        case,
        wrapped,
        person,
        programme,
        referrer: guard.actor.is(Role::Referrer).then_some(guard.actor.id),
        track: None,
        risk: None,
        need: None,
        legal_basis: referral.legal_basis.clone(),
        order_starts_on: referral.order_starts_on,
        order_ends_on: referral.order_ends_on,
        offence_kind: offence(referral).to_owned(),
        spoken_language: referral.person.language.clone(),
        availability: referral.availability.to_string(),
        travel_minutes: referral.travel_minutes,
        responsivity: codes(referral),
        contact_sealed: key.seal_some("cases.contact_sealed", Some(&contact_text(&referral.person)))?,
        proceedings_sealed: key.seal_some("cases.proceedings_sealed", referral.other_proceedings.as_deref())?,
        responsivity_sealed: key.seal_some("cases.responsivity_sealed", referral.responsivity_note.as_deref())?,
        key,
    };
    let facts = Facts { today: guard.today, on: referral.referred_on, by: guard.actor.id, comment: None };
    life::register(tx, app, guard.actor.id, place, &new, &facts).await?;
    guard.made(tx, "case", case).await
}

/// The kind of offence as the database writes it.
pub(super) fn offence(referral: &Referral) -> &'static str {
    referral.offences.first().copied().unwrap_or(OffenceKind::Viewer).code()
}

/// Responsivity needs as the database writes them.
pub(super) fn codes(referral: &Referral) -> String {
    referral.responsivity.iter().map(|need| need.code()).collect::<Vec<_>>().join(" ")
}
