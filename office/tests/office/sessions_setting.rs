//! A running group with its session of last Friday, and a form about it as a browser would send it.

use fairway_office::db::{Batch, Cell};
use jiff::civil::{Date, date};
use uuid::Uuid;

use crate::world::{Cast, Client, NORTH, ROOM, Reply, SOUTH, World};

/// A running group with its session of last Friday, and a stranger's case at the other place.
pub struct Setting {
    pub group: Uuid,
    pub session: Uuid,
    pub cases: Vec<Uuid>,
    pub stranger: Uuid,
}

pub const GROUP: Uuid = Uuid::from_u128(0x6200);
/// A session of two targets, and how long it lasts.
pub const SESSION: &str = "opening-the-group";
pub const HELD: Date = date(2026, 6, 12);
/// The reviews of a phase that are due.
pub const REVIEWS: &str = "SELECT COUNT(*) FROM case_reports WHERE rule = 'programme:phase-review' AND standing = 'due'";

pub fn case(number: usize) -> Uuid {
    Uuid::from_u128(0xCA5E_0000 + number as u128)
}

pub fn person(number: usize) -> String {
    format!("Teo{number:02} Inventado")
}

pub async fn make_case(world: &World, tx: &mut fairway_office::db::Tx, number: usize, unit: Uuid) -> Uuid {
    let id = case(number);
    let people = Uuid::from_u128(0x9E0_0000 + number as u128);
    let mut rows = Batch::new("people", &["id", "given_names", "family_names", "sort_name", "born_on", "made_at"]);
    rows.push(vec![
        people.into(),
        format!("Teo{number:02}").into(),
        "Inventado".into(),
        format!("inventado, teo{number:02}").into(),
        "1980-01-01".into(),
        "2026-01-01T00:00:00Z".into(),
    ]);
    rows.write(tx).await.unwrap();
    let columns: &[&str] = &[
        "id",
        "case_number",
        "person_id",
        "unit_id",
        "programme_id",
        "sort_name",
        "stage",
        "phase",
        "stage_since_on",
        "referred_on",
        "started_on",
        "legal_basis",
        "offence_kind",
        "spoken_language",
        "availability",
        "responsivity",
        "made_at",
    ];
    let mut rows = Batch::new("cases", columns);
    let phase = "group";
    rows.push(vec![
        id.into(),
        format!("2026-{number:04}").into(),
        people.into(),
        unit.into(),
        world.programme("out-of-the-net").into(),
        format!("inventado, teo{number:02}").into(),
        "in-phase".into(),
        phase.into(),
        "2026-02-01".into(),
        "2026-01-01".into(),
        "2026-02-01".into(),
        "suspension".into(),
        "viewer".into(),
        "es".into(),
        "[]".into(),
        "[]".into(),
        "2026-01-01T00:00:00Z".into(),
    ]);
    rows.write(tx).await.unwrap();
    keep_key(world, tx, id).await;
    id
}

pub async fn keep_key(world: &World, tx: &mut fairway_office::db::Tx, owner: Uuid) {
    let (_, wrapped) = world.app.vault.new_key(owner).unwrap();
    let mut rows = Batch::new("sealing_keys", &["owner_id", "wrapped", "made_at"]);
    rows.push(vec![owner.into(), wrapped.into(), "2026-01-01T00:00:00Z".into()]);
    rows.write(tx).await.unwrap();
}

pub async fn plan(
    tx: &mut fairway_office::db::Tx,
    id: Uuid,
    owner: (Option<Uuid>, Option<Uuid>),
    session: &str,
    on: Date,
    make_up: Option<Uuid>,
) {
    let columns: &[&str] = &[
        "id",
        "unit_id",
        "group_id",
        "case_id",
        "phase",
        "session",
        "seq",
        "on_date",
        "starts_at_time",
        "minutes",
        "room_id",
        "facilitator_id",
        "pinned",
        "standing",
        "make_up_id",
    ];
    let mut rows = Batch::new("planned_sessions", columns);
    rows.push(vec![
        id.into(),
        NORTH.into(),
        owner.0.into(),
        owner.1.into(),
        "group".into(),
        session.into(),
        1_i64.into(),
        on.to_string().into(),
        "17:00".into(),
        120_i64.into(),
        ROOM.into(),
        Cast::Facilitator.id().into(),
        Cell::Flag(false),
        "planned".into(),
        make_up.into(),
    ]);
    rows.write(tx).await.unwrap();
}

pub async fn setting(world: &World, members: usize) -> Setting {
    let mut tx = world.app.db.write().await.unwrap();
    let mut cases = Vec::new();
    for number in 1..=members {
        cases.push(make_case(world, &mut tx, number, NORTH).await);
    }
    let stranger = make_case(world, &mut tx, 900, SOUTH).await;
    let columns: &[&str] = &[
        "id",
        "unit_id",
        "programme_id",
        "phase",
        "track",
        "title",
        "spoken_language",
        "weekdays",
        "starts_at_time",
        "standing",
        "first_on",
        "made_at",
    ];
    let mut rows = Batch::new("treatment_groups", columns);
    rows.push(vec![
        GROUP.into(),
        NORTH.into(),
        world.programme("out-of-the-net").into(),
        "group".into(),
        "standard".into(),
        "Friday group".into(),
        "es".into(),
        "fri".into(),
        "17:00".into(),
        "running".into(),
        "2026-06-12".into(),
        "2026-06-01T00:00:00Z".into(),
    ]);
    rows.write(&mut tx).await.unwrap();
    keep_key(world, &mut tx, GROUP).await;
    let mut rows = Batch::new("group_facilitators", &["group_id", "account_id"]);
    rows.push(vec![GROUP.into(), Cast::Facilitator.id().into()]);
    rows.write(&mut tx).await.unwrap();
    let mut staff = Batch::new("case_staff", &["case_id", "account_id", "because"]);
    let mut rows = Batch::new("group_members", &["id", "group_id", "case_id", "joined_on", "account_id"]);
    for (number, case) in cases.iter().enumerate() {
        rows.push(vec![
            Uuid::from_u128(0x3E3_0000 + number as u128).into(),
            GROUP.into(),
            (*case).into(),
            "2026-06-01".into(),
            Cast::Coordinator.id().into(),
        ]);
        staff.push(vec![(*case).into(), Cast::Facilitator.id().into(), "group".into()]);
    }
    rows.write(&mut tx).await.unwrap();
    staff.write(&mut tx).await.unwrap();
    let session = Uuid::from_u128(0x5E55_0001);
    plan(&mut tx, session, (Some(GROUP), None), SESSION, HELD, None).await;
    tx.commit().await.unwrap();
    Setting { group: GROUP, session, cases, stranger }
}

impl Setting {
    pub fn path(&self) -> String {
        format!("/sessions/{}", self.session)
    }
}

/// A form as a browser would send it, to be changed before it is sent.
pub struct Sheet(pub Vec<(String, String)>);

impl Sheet {
    /// What the page serves: its hidden fields, and everybody there.
    pub fn of(page: &Reply, cases: &[Uuid]) -> Self {
        let mut sheet = Self(Vec::new());
        for name in ["once", "revision", "held_on", "at", "minutes"] {
            sheet.0.push((name.to_owned(), page.value(name).unwrap_or_else(|| panic!("no {name}"))));
        }
        sheet.set("deviation", "none");
        for case in cases {
            sheet.set(&format!("presence-{case}"), "attended");
            sheet.set(&format!("contribution-{case}"), "some");
            sheet.set(&format!("target-{case}"), "all");
        }
        sheet
    }

    pub fn set(&mut self, name: &str, value: &str) -> &mut Self {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn about(&mut self, what: &str, case: Uuid, value: &str) -> &mut Self {
        self.set(&format!("{what}-{case}"), value)
    }

    pub async fn send(&self, client: &Client<'_>, path: &str) -> Reply {
        let fields: Vec<(&str, &str)> = self.0.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        client.post(path, &fields).await
    }
}

pub async fn recorded(world: &World, client: &Client<'_>, setting: &Setting) -> Sheet {
    let sheet = Sheet::of(&client.get(&setting.path()).await, &setting.cases);
    sheet.send(client, &setting.path()).await.leads();
    assert_eq!(world.number("SELECT COUNT(*) FROM session_records").await, 1);
    sheet
}

/// The form that changes what was saved.
pub async fn changing(client: &Client<'_>, setting: &Setting) -> Sheet {
    Sheet::of(client.get(&format!("{}?record", setting.path())).await.is(200), &setting.cases)
}
