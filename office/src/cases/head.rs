//! What stands above every page of a case: name, facts, tabs.

use std::sync::Arc;

use fairway_domain::case::Case;
use fairway_domain::permission::{Action, Status};
use fairway_domain::programme::{Definition, Programme};
use fairway_site::L;
use fairway_site::parts::{Fact, Tab};

use super::store::{self, CaseRow};
use super::{life, words};
use crate::db::{StoreError, Stored, Tx};
use crate::web::{CasePermit, Guard};

/// The pages of a case, in the order of their tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// `/cases/{id}`
    Overview,
    /// `/cases/{id}/thread`
    Thread,
    /// `/cases/{id}/targets`
    Targets,
    /// `/cases/{id}/sessions`
    Sessions,
    /// `/cases/{id}/notes`
    Notes,
    /// `/cases/{id}/measures`
    Measures,
    /// `/cases/{id}/reports`
    Reports,
    /// `/cases/{id}/history`
    History,
    /// A form of the case, under no tab.
    Other,
}

const PAGES: &[(Page, &str, &str, Action)] = &[
    (Page::Overview, "", "cases-tab-overview", Action::SeeCase),
    (Page::Thread, "/thread", "cases-tab-thread", Action::SeeThread),
    (Page::Targets, "/targets", "cases-tab-targets", Action::SeeThread),
    (Page::Sessions, "/sessions", "cases-tab-sessions", Action::SeeThread),
    (Page::Notes, "/notes", "cases-tab-notes", Action::SeeNotes),
    (Page::Measures, "/measures", "cases-tab-measures", Action::SeeThread),
    (Page::Reports, "/reports", "cases-tab-reports", Action::SeeReport),
    (Page::History, "/history", "cases-tab-history", Action::SeeHistory),
];

/// A case as a page shows it.
#[derive(Debug)]
pub struct Shown {
    /// Where it stands.
    pub case: Case,
    /// Its row.
    pub row: CaseRow,
    /// The definition it runs on.
    pub programme: Arc<Programme>,
    /// Whether the reader works on it.
    pub assigned: bool,
}

impl Shown {
    /// The case a permit is for.
    pub async fn load(tx: &mut Tx, guard: &Guard, permit: &CasePermit) -> Stored<Self> {
        let (case, row) = life::load(tx, permit).await?;
        let assigned = store::works_on(tx, permit).await?;
        let programme = guard
            .app
            .content
            .programme(permit.programme())
            .ok_or_else(|| StoreError::Unreadable(format!("no programme {}", permit.programme())))?;
        Ok(Self { case, row, programme: Arc::clone(programme), assigned })
    }

    /// The definition it runs on.
    pub fn definition(&self) -> &Definition {
        &self.programme.definition
    }

    /// Whether the reader may do this with the case as it stands.
    pub fn could(&self, guard: &Guard, action: Action) -> bool {
        let status = if self.row.stage.is_end() { Status::Ended } else { Status::Live };
        guard.could(self.row.unit_id, self.assigned, action, status)
    }

    /// The case's address.
    pub fn href(&self) -> String {
        format!("/cases/{}", self.row.id)
    }
}

/// What stands above every page of a case.
#[derive(Debug)]
pub struct Head {
    /// The person's name.
    pub name: String,
    /// Number, programme, place and the like.
    pub facts: Vec<Fact>,
    /// The pages this reader may see.
    pub tabs: Vec<Tab>,
    /// What the tabs are called for those who do not see them.
    pub label: String,
}

impl Head {
    /// The head of a case on one of its pages.
    pub fn of(guard: &Guard, shown: &Shown, current: Page) -> Self {
        let l = guard.l;
        let base = shown.href();
        let tabs = PAGES
            .iter()
            .filter(|(_, _, _, action)| shown.could(guard, *action))
            .map(|(page, path, label, _)| Tab::new(l.t(label), format!("{base}{path}"), *page == current))
            .collect();
        Self { name: shown.row.name(), facts: facts(l, shown), tabs, label: l.t("cases-tabs").into_owned() }
    }
}

fn facts(l: L, shown: &Shown) -> Vec<Fact> {
    let row = &shown.row;
    let definition = shown.definition();
    let mut facts = vec![
        Fact::bare(row.case_number.clone()),
        Fact::new(l.t("cases-stage"), words::stage(l, row.stage.code())),
        Fact::new(l.t("cases-programme"), definition.title.in_language(l.code())),
        Fact::new(l.t("cases-place"), row.unit_title.clone()),
        Fact::new(l.t("cases-born"), l.date(row.born_on)),
    ];
    if let Some(track) = row.track.as_deref().and_then(|track| definition.track(track)) {
        facts.push(Fact::new(l.t("cases-track"), track.title.in_language(l.code())));
    }
    if let Some(on) = row.order_ends_on {
        facts.push(Fact::new(l.t("cases-order-ends"), l.date(on)));
    }
    facts
}
