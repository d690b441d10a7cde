//! A case of the demo: the person, the referral, the key, and its rows.

use fairway_domain::case::{Refused, StageKind};
use fairway_domain::naming::{CaseNumber, fold};
use fairway_domain::programme::Levels;
use fairway_domain::referral::{Availability, DayPart, Identifier, Responsivity};
use fairway_domain::schedule::latest_start;
use jiff::civil::{Date, Time, Weekday};
use uuid::Uuid;

use super::DemoError;
use super::Making;
use super::chance::Chance;
use super::course::{Course, TrackPlan, after};
use super::names::{Name, name};
use super::places::Place;
use super::story::Story;
use super::words::{self, Tongue, say};
use crate::vault::CaseKey;

/// What a case is before anything happened to it.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    /// Its id.
    pub id: Uuid,
    /// Its key.
    pub key: CaseKey,
    /// The programme it is referred to.
    pub course: &'a Course,
    /// The track it will get, and for which levels.
    pub track: &'a TrackPlan,
    /// Assessed risk and need.
    pub levels: Levels,
    /// The language in which is written about it.
    pub tongue: Tongue,
    /// Who works with the person.
    pub facilitator: Uuid,
    /// Who referred.
    pub referrer: Option<Uuid>,
    /// The order's first day.
    pub order_starts_on: Date,
    /// The order's last day, if it has one.
    pub order_ends_on: Option<Date>,
    /// The legal basis.
    pub legal_basis: String,
    /// When the person can come.
    pub availability: Availability,
}

/// The day and hour a group or a case meets.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    /// The days of the week.
    pub weekdays: Vec<Weekday>,
    /// The hour.
    pub starts: Time,
}

impl Slot {
    /// The weekdays as the database writes them.
    pub fn weekdays_text(&self) -> String {
        let code =
            |day: &Weekday| ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][usize::from(day.to_monday_zero_offset().unsigned_abs()) % 7];
        self.weekdays.iter().map(code).collect::<Vec<_>>().join(",")
    }

    /// The hour as the database writes it.
    pub fn starts_text(&self) -> String {
        format!("{:02}:{:02}", self.starts.hour(), self.starts.minute())
    }
}

/// The order behind a referral of that day: its ground, first and last day. It lasts until `until` where the ground
/// needs an end.
pub(super) fn order(chance: &mut Chance, place: &Place, referred_on: Date, until: Date) -> (String, Date, Option<Date>) {
    let grounds = &place.jurisdiction.legal_bases;
    let basis = if chance.percent(55) { &grounds[0] } else { chance.pick(grounds) };
    let open_ended = !basis.order_ends_required && chance.percent(60);
    let starts_on = after(referred_on, -chance.between(8, 90));
    (basis.id.clone(), starts_on, (!open_ended).then_some(until))
}

/// When somebody can come: some parts of some days, and surely at the given slot.
pub(super) fn availability(chance: &mut Chance, slot: Option<&Slot>) -> Availability {
    let mut available = Availability::default();
    if chance.percent(6) && slot.is_none() {
        return available;
    }
    for day in [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday] {
        for part in DayPart::ALL {
            if chance.percent(40) {
                available = available.with(day, *part);
            }
        }
    }
    for day in slot.iter().flat_map(|slot| &slot.weekdays) {
        available = available.with(*day, DayPart::of(slot.map_or(Time::MIN, |slot| slot.starts)));
    }
    available
}

impl Making<'_> {
    /// Writes the person, the key, the history and the row of a case.
    pub fn write_case(&mut self, place: &Place, draft: &Draft<'_>, story: &Story, wrapped: crate::vault::Sealed) -> Result<(), DemoError> {
        let made_at = stamp(story.case().referred_on(), 9, 30);
        let person = self.chance.id();
        let named = name(&mut self.chance);
        let sort_name = fold(&format!("{} {}", named.family, named.given)).split_whitespace().collect::<Vec<_>>().join(" ");
        let born_on = after(story.case().referred_on(), -self.chance.between(21 * 365, 68 * 365));
        let number = self.next_number(story.case().referred_on().year());
        let rows = &mut self.chapter;
        rows.sealing_keys.push(vec![draft.id.into(), wrapped.into(), made_at.as_str().into()]);
        rows.people.push(vec![
            person.into(),
            named.given.as_str().into(),
            named.family.as_str().into(),
            sort_name.as_str().into(),
            born_on.to_string().into(),
            made_at.as_str().into(),
        ]);
        rows.access_log.push(vec![
            self.chance.id().into(),
            made_at.as_str().into(),
            draft.referrer.unwrap_or(place.coordinator).into(),
            "made".into(),
            "case".into(),
            draft.id.into(),
            "register-referral".into(),
        ]);
        rows.cases_told += 1;
        let identifier = self.identifier(place, person, &number);
        self.index(place.id, draft.id, &named, identifier.as_deref());
        self.write_row(place, draft, story, &number, person, &sort_name)?;
        self.write_history(draft, story)
    }

    fn write_row(
        &mut self,
        place: &Place,
        draft: &Draft<'_>,
        story: &Story,
        number: &str,
        person: Uuid,
        sort_name: &str,
    ) -> Result<(), DemoError> {
        let (case, chance) = (story.case(), &mut self.chance);
        let some = |on: Option<Date>| on.map(|on| on.to_string());
        let judged = case.suitable_on().is_some();
        let works = judged && (case.started_on().is_some() || chance.percent(60));
        let length = if judged { draft.track.length_days } else { draft.course.longest };
        let latest = draft.order_ends_on.map(|ends| latest_start(ends, length, &place.closed).to_string());
        let offence = if case.stage().kind() == StageKind::NotSuitable && chance.percent(50) {
            "travelled"
        } else if chance.percent(14) {
            "distributor"
        } else {
            "viewer"
        };
        let (spoken, needs) = (if chance.percent(88) { "es" } else { *chance.pick(&["en", "fr", "ro", "ar", "pt"]) }, responsivity(chance));
        let contact = format!("+34 600 00 {:02} {:02}\nCalle Inventada, {}", chance.below(100), chance.below(100), chance.between(1, 90));
        let proceedings = if chance.percent(8) {
            Some(draft.key.seal("cases.proceedings_sealed", say(chance, draft.tongue, words::PROCEEDINGS))?)
        } else {
            None
        };
        let told_needs = if needs.contains("reading") || needs.contains("hearing") {
            Some(draft.key.seal("cases.responsivity_sealed", say(chance, draft.tongue, words::RESPONSIVITY))?)
        } else {
            None
        };
        self.chapter.cases.push(vec![
            draft.id.into(),
            number.into(),
            person.into(),
            place.id.into(),
            draft.course.id.into(),
            sort_name.into(),
            case.stage().code().into(),
            case.stage().phase().map(|phase| phase.id.clone()).into(),
            story.stage_since_on().to_string().into(),
            case.referred_on().to_string().into(),
            some(case.waiting_since()).into(),
            some(case.started_on()).into(),
            some(case.ended_on()).into(),
            case.stage().reason().map(str::to_owned).into(),
            judged.then(|| draft.track.id.clone()).into(),
            judged.then(|| draft.levels.risk.id().to_owned()).into(),
            judged.then(|| draft.levels.need.id().to_owned()).into(),
            works.then_some(draft.facilitator).into(),
            draft.referrer.into(),
            draft.legal_basis.as_str().into(),
            draft.order_starts_on.to_string().into(),
            some(draft.order_ends_on).into(),
            latest.into(),
            offence.into(),
            spoken.into(),
            draft.availability.to_string().into(),
            (!chance.percent(15)).then(|| chance.between(1, 18) * 5).into(),
            needs.into(),
            draft.key.seal("cases.contact_sealed", &contact)?.into(),
            proceedings.into(),
            told_needs.into(),
            stamp(case.referred_on(), 9, 30).into(),
        ]);
        if works {
            self.chapter.case_staff.push(vec![draft.id.into(), draft.facilitator.into(), "facilitator".into()]);
        }
        Ok(())
    }

    fn write_history(&mut self, draft: &Draft<'_>, story: &Story) -> Result<(), DemoError> {
        for (seq, happening) in story.history().iter().enumerate() {
            let facts = serde_json::to_string(happening).map_err(|error| DemoError::Content(error.to_string()))?;
            let phase = match &happening.event {
                fairway_domain::case::Event::Start { phase, .. } | fairway_domain::case::Event::EnterPhase { phase, .. } => {
                    Some(phase.id.clone())
                }
                _ => None,
            };
            self.chapter.case_events.push(vec![
                self.chance.id().into(),
                draft.id.into(),
                i64::try_from(seq).unwrap_or(0).into(),
                happening.event.kind().code().into(),
                happening.from.map(|from| from.code().to_owned()).into(),
                happening.to.code().into(),
                phase.into(),
                happening.on.to_string().into(),
                happening.event.reason().map(str::to_owned).into(),
                happening.event.is_override().into(),
                facts.into(),
                draft.key.seal_some("case_events.comment_sealed", happening.comment.as_deref())?.into(),
                happening.by.into(),
                stamp(happening.on, 10, 15).into(),
            ]);
        }
        Ok(())
    }

    /// Two in five have a number in some register, plainly invented.
    fn identifier(&mut self, place: &Place, person: Uuid, number: &str) -> Option<String> {
        if !self.chance.percent(40) {
            return None;
        }
        let value = format!("DEMO-{number}");
        let rule = place.jurisdiction.identifiers.iter().find(|rule| rule.check.is_none() && rule.pattern.matches(&value))?;
        let folded = Identifier { system: rule.id.clone(), value: value.clone() }.compared();
        self.chapter.identifiers.push(vec![person.into(), rule.id.as_str().into(), value.into(), folded.as_str().into()]);
        Some(folded)
    }

    /// The words the case is found by: as `search::index_case` keeps them, each new word once.
    fn index(&mut self, unit: Uuid, case: Uuid, named: &Name, identifier: Option<&str>) {
        let mut texts = vec![named.given.clone(), named.family.clone()];
        texts.extend(identifier.map(str::to_owned));
        for word in crate::search::words_of(&texts) {
            let id = crate::search::word_id(&word);
            if self.words.insert(id) {
                for key in fairway_domain::naming::keys(&word) {
                    self.chapter.search_keys.push(vec![key.text.into(), crate::search::closeness(key.kind).into(), id.into()]);
                }
                self.chapter.search_words.push(vec![id.into(), word.into()]);
            }
            self.chapter.search_cases.push(vec![id.into(), unit.into(), case.into()]);
        }
    }

    fn next_number(&mut self, year: i16) -> String {
        let running = self.numbers.entry(year).or_insert(0);
        *running += 1;
        CaseNumber::new(year, *running).map(|number| number.to_string()).unwrap_or_default()
    }
}

fn responsivity(chance: &mut Chance) -> String {
    let mut codes = Vec::new();
    for (need, share) in
        [(Responsivity::Reading, 10), (Responsivity::Hearing, 4), (Responsivity::Attention, 9), (Responsivity::Language, 5)]
    {
        if chance.percent(share) {
            codes.push(need.code());
        }
    }
    codes.join(" ")
}

/// An instant as the database writes it.
pub(super) fn stamp(on: Date, hour: u8, minute: u8) -> String {
    format!("{on}T{hour:02}:{minute:02}:00Z")
}

/// Why a history could not be told: a fault of the demo, not of its reader.
impl From<Refused> for DemoError {
    fn from(refused: Refused) -> Self {
        Self::History(refused)
    }
}
