//! The places of the demo and the people who work there.

use std::sync::Arc;

use fairway_domain::calendar::Closed;
use fairway_domain::jurisdiction::Jurisdiction;
use fairway_domain::permission::Role;
use jiff::civil::Date;
use uuid::Uuid;

use super::Ground;
use super::chance::Chance;
use super::course::after;
use super::names::{REGIONS, staff_name};
use super::store::Chapter;
use crate::accounts::pages::DEMO_SIGN_INS;

/// A place with its rooms and staff.
#[derive(Debug)]
pub(super) struct Place {
    /// Its id.
    pub id: Uuid,
    /// The law it works under.
    pub jurisdiction: Arc<Jurisdiction>,
    /// Days on which nothing is held.
    pub closed: Closed,
    /// Its rooms; the first is the group room.
    pub rooms: Vec<Uuid>,
    /// Who coordinates.
    pub coordinator: Uuid,
    /// Who manages the treatment.
    pub manager: Uuid,
    /// Who facilitates; at least two.
    pub facilitators: Vec<Uuid>,
    /// Who refers.
    pub referrers: Vec<Uuid>,
}

/// How many places a demo of so many cases has: three at first, one more for every 2,500 cases.
pub(super) fn how_many(cases: u32) -> usize {
    usize::try_from(cases / 2_500).unwrap_or(0).max(3)
}

/// Every place, its rooms and staff; the first rows of the demo.
pub(super) fn places(ground: &Ground, chance: &mut Chance, chapter: &mut Chapter) -> Vec<Place> {
    let count = how_many(ground.cases);
    let per_place = usize::try_from(ground.cases).unwrap_or(usize::MAX) / count;
    let regions: Vec<Uuid> =
        REGIONS.iter().take(count.div_ceil(3).clamp(2, REGIONS.len())).map(|(title, _)| region(chance, chapter, title)).collect();
    let mut places = Vec::with_capacity(count);
    for at in 0..count {
        let slot = at % regions.len();
        let (_, titles) = REGIONS[slot];
        let (title, round) = (titles[(at / regions.len()) % titles.len()], at / (regions.len() * titles.len()));
        let title = if round == 0 { title.to_owned() } else { format!("{title} {}", round + 1) };
        places.push(place(ground, chance, chapter, at, regions[slot], &title, per_place));
    }
    sign_ins_everywhere(&places, chapter);
    places
}

fn region(chance: &mut Chance, chapter: &mut Chapter, title: &str) -> Uuid {
    let id = chance.id();
    chapter.regions.push(vec![id.into(), title.into()]);
    id
}

fn place(ground: &Ground, chance: &mut Chance, chapter: &mut Chapter, at: usize, region: Uuid, title: &str, cases: usize) -> Place {
    let id = chance.id();
    let jurisdiction = Arc::clone(&ground.jurisdiction);
    chapter.units.push(vec![id.into(), region.into(), title.into(), jurisdiction.id.as_str().into()]);
    let rooms: Vec<Uuid> = (0..(2 + cases / 400).min(9))
        .map(|number| {
            let room = chance.id();
            let title = if number == 0 { "Sala grande".to_owned() } else { format!("Sala {number}") };
            chapter.rooms.push(vec![room.into(), id.into(), title.into()]);
            room
        })
        .collect();
    let year = ground.today.year();
    let mut closed = jurisdiction.closed(year - 12..=year + 4);
    let feast = after(ground.today, 40 + i64::try_from(at % 7).unwrap_or(0) * 9);
    chapter.closures.push(vec![id.into(), feast.to_string().into(), "Fiesta local".into()]);
    closed.close(feast);
    let mut staff = |chapter: &mut Chapter, role: Role, number: usize| account(ground, chance, chapter, id, role, at, number);
    let coordinator = staff(chapter, Role::Coordinator, 0);
    let manager = staff(chapter, Role::TreatmentManager, 0);
    let facilitators: Vec<Uuid> = (0..2 + cases / 220).map(|number| staff(chapter, Role::Facilitator, number)).collect();
    let referrers: Vec<Uuid> = (0..2).map(|number| staff(chapter, Role::Referrer, number)).collect();
    if at == 0 {
        for role in [Role::Researcher, Role::Auditor, Role::Administrator] {
            staff(chapter, role, 0);
        }
    }
    away(ground.today, chance, chapter, &facilitators);
    Place { id, jurisdiction, closed, rooms, coordinator, manager, facilitators, referrers }
}

/// One account. The first of each role at the first place is the one whose sign-in the demo prints.
fn account(ground: &Ground, chance: &mut Chance, chapter: &mut Chapter, unit: Uuid, role: Role, place: usize, number: usize) -> Uuid {
    let id = chance.id();
    let shown = DEMO_SIGN_INS.iter().find(|shown| shown.role == role && place == 0 && number == 0);
    let sign_in = shown.map_or_else(|| format!("{role}-{}-{}", place + 1, number + 1), |shown| shown.sign_in.to_owned());
    let name = staff_name(chance);
    chapter.accounts.push(vec![
        id.into(),
        sign_in.into(),
        name.into(),
        ground.password_hash.as_str().into(),
        "active".into(),
        ground.first_at.as_str().into(),
    ]);
    chapter.memberships.push(vec![id.into(), unit.into(), role.code().into()]);
    id
}

/// The demo's coordinator and manager hold their roles at every place.
fn sign_ins_everywhere(places: &[Place], chapter: &mut Chapter) {
    let Some((first, others)) = places.split_first() else { return };
    for place in others {
        for (account, role) in [(first.coordinator, Role::Coordinator), (first.manager, Role::TreatmentManager)] {
            chapter.memberships.push(vec![account.into(), place.id.into(), role.code().into()]);
        }
    }
}

/// Some of the staff take leave in the weeks to come; never the first, whose diary the demo shows.
fn away(today: Date, chance: &mut Chance, chapter: &mut Chapter, facilitators: &[Uuid]) {
    for account in facilitators.iter().skip(1) {
        if chance.percent(50) {
            let from = after(today, chance.between(10, 60));
            let to = after(from, chance.between(2, 12));
            chapter.absences.push(vec![chance.id().into(), (*account).into(), from.to_string().into(), to.to_string().into()]);
        }
    }
}
