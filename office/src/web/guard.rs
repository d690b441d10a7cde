//! The guard: who is asking, and the only door to a record.
//!
//! A handler receives a [`Guard`], asks it for the record its route is about, and gets a transaction with a permit. In
//! that transaction the access log already has its row: when the log cannot be written, nothing is served.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use fairway_domain::permission::{Action, Decision, Relation, Role, Status, decide};
use fairway_site::{L, Language};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::permit::{CasePermit, GroupPermit, Holder, ListPermit, SessionOwner, SessionPermit};
use super::{Error, WebResult, read_token, store};
use crate::accounts::store as accounts;
use crate::app::App;
use crate::audit::store::{self as audit, Act};
use crate::db::{StoreError, Tx};
use crate::vault::CaseKey;

/// Who is asking.
#[derive(Debug, Clone)]
pub struct Actor {
    /// The account.
    pub id: Uuid,
    /// The name colleagues know.
    pub shown_name: String,
    /// What the account is, and where.
    pub roles: Vec<(Uuid, Role)>,
    /// The language it chose, if it did.
    pub language: Option<Language>,
}

impl Actor {
    /// Whether the account holds a role anywhere.
    pub fn is(&self, role: Role) -> bool {
        self.roles.iter().any(|(_, held)| *held == role)
    }

    /// Whether the account may do something that concerns no particular record.
    pub fn may(&self, action: Action) -> bool {
        self.roles.iter().any(|(_, role)| decide(*role, Relation::Own, action, Status::Live) == Decision::Permitted)
    }

    /// The verdict over all roles the account holds at `unit` (and its own relation to the record).
    fn decide(&self, unit: Uuid, assigned: bool, referred: bool, action: Action, status: Status) -> Decision {
        let mut best = Decision::Hidden;
        for (place, role) in &self.roles {
            let mut relations = Vec::with_capacity(3);
            if *place == unit {
                relations.push(Relation::SamePlace);
                if assigned {
                    relations.push(Relation::Assigned);
                }
            }
            if referred {
                relations.push(Relation::Referred);
            }
            for relation in relations {
                match decide(*role, relation, action, status) {
                    Decision::Permitted => return Decision::Permitted,
                    Decision::Forbidden => best = Decision::Forbidden,
                    Decision::Hidden => {}
                }
            }
        }
        best
    }
}

/// Somebody who may be signed in or not: for the pages open to everyone.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The office.
    pub app: App,
    /// The reader's language.
    pub l: L,
    /// The one signed in, if any.
    pub actor: Option<Actor>,
    /// The request's path and query.
    pub path: String,
}

/// A signed-in person at a route whose action their role knows.
#[derive(Debug, Clone)]
pub struct Guard {
    /// The office.
    pub app: App,
    /// Who is asking.
    pub actor: Actor,
    /// The route's action.
    pub action: Action,
    /// The reader's language.
    pub l: L,
    /// This instant.
    pub now: Timestamp,
    /// Today at the service.
    pub today: Date,
    /// The request's path and query.
    pub path: String,
    /// Whether the request may change something (POST).
    pub changes: bool,
}

/// The reader's language: chosen, or the browser's.
pub(super) fn language_of(headers: &HeaderMap, chosen: Option<Language>) -> Language {
    chosen
        .or_else(|| super::cookie::read(headers, "fairway-language").and_then(|code| Language::parse(&code)))
        .unwrap_or_else(|| Language::negotiate(headers.get("accept-language").and_then(|value| value.to_str().ok())))
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> WebResult<Self> {
        let actor = match read_token(&parts.headers, app.https) {
            Some(token) => accounts::signed_in(app, &token).await?,
            None => None,
        };
        let language = language_of(&parts.headers, actor.as_ref().and_then(|actor| actor.language));
        let path = parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
        Ok(Self { app: app.clone(), l: language.words(), actor, path })
    }
}

impl FromRequestParts<App> for Guard {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> WebResult<Self> {
        let action = parts.extensions.get::<Action>().copied().ok_or(Error::Forbidden)?;
        let visitor = Visitor::from_request_parts(parts, app).await?;
        let Some(actor) = visitor.actor else {
            return Err(Error::SignIn { next: if parts.method == Method::GET { visitor.path } else { "/".to_owned() } });
        };
        let conceivable = action == Action::OwnAccount
            || actor.roles.iter().any(|(_, role)| {
                Relation::ALL
                    .into_iter()
                    .any(|relation| Status::ALL.into_iter().any(|status| decide(*role, relation, action, status) == Decision::Permitted))
            });
        if !conceivable {
            return Err(Error::Forbidden);
        }
        Ok(Self {
            app: app.clone(),
            actor,
            action,
            l: visitor.l,
            now: app.now(),
            today: app.today(),
            path: visitor.path,
            changes: parts.method != Method::GET,
        })
    }
}

impl Guard {
    fn holder(&self) -> Holder {
        Holder { account: self.actor.id, action: self.action, now: self.now, today: self.today }
    }

    /// Whether this person may do another action on the same record: for showing or hiding a button. The button's own
    /// route asks again.
    pub fn could(&self, unit: Uuid, assigned: bool, action: Action, status: Status) -> bool {
        self.actor.decide(unit, assigned, false, action, status) == Decision::Permitted
    }

    /// A transaction for a list or a page about no single record, and how far the list may reach. The handler logs the
    /// records it lists with [`Guard::listed`].
    pub async fn list(&self) -> WebResult<(Tx, ListPermit)> {
        if !self.actor.may(self.action) && self.action != Action::OwnAccount {
            return Err(Error::Forbidden);
        }
        let places = self.actor.roles.iter().filter(|(_, role)| sees_place(*role, self.action)).map(|(unit, _)| *unit).collect();
        let permit = ListPermit {
            holder: self.holder(),
            places,
            assigned: self.actor.is(Role::Facilitator),
            referred: self.actor.is(Role::Referrer),
        };
        // Listing writes its rows to the access log, so the transaction may write.
        Ok((self.app.db.write().await?, permit))
    }

    /// The case `id`, if this person may do the route's action on it. Logged.
    pub async fn case(&self, id: Uuid) -> WebResult<(Tx, CasePermit)> {
        self.case_for(id, self.action).await
    }

    /// The same for an action other than the route's: for pages that show a part only to some.
    pub async fn case_for(&self, id: Uuid, action: Action) -> WebResult<(Tx, CasePermit)> {
        let mut tx = self.app.db.write().await?;
        let permit = self.case_within(&mut tx, id, action, false).await?;
        Ok((tx, permit))
    }

    /// The case of somebody who belongs to a group, or is to: the same question about that case, in the transaction in
    /// which the group was asked for. Only a case of the group's own place is given. Logged.
    pub async fn member(&self, tx: &mut Tx, group: &GroupPermit, case: Uuid) -> WebResult<CasePermit> {
        let permit = self.case_within(tx, case, self.action, false).await?;
        if permit.unit == group.unit { Ok(permit) } else { Err(Error::NotFound) }
    }

    /// The same for several at once, in their order, with as many statements as for one.
    pub async fn members(&self, tx: &mut Tx, group: &GroupPermit, cases: &[Uuid]) -> WebResult<Vec<CasePermit>> {
        let mut standings = store::cases(tx, cases, self.actor.id).await?;
        let mut keys = store::wrapped_keys(tx, cases).await?;
        let mut permits = Vec::with_capacity(cases.len());
        for id in cases {
            let standing = standings.remove(id).filter(|standing| standing.unit_id == group.unit).ok_or(Error::NotFound)?;
            refuse_unless(self.about_case(&standing, self.action, false))?;
            let wrapped = keys.remove(id).ok_or(StoreError::Sealed)?;
            permits.push(self.case_permit(*id, standing, self.action, self.app.vault.unwrap_key(*id, &wrapped)?));
        }
        self.touched(tx, "case", cases).await?;
        Ok(permits)
    }

    /// The case of somebody who was at a session, in the transaction in which the session was asked for. Logged.
    pub async fn present(&self, tx: &mut Tx, session: &SessionPermit, case: Uuid) -> WebResult<CasePermit> {
        let permit = self.case_within(tx, case, self.action, true).await?;
        if permit.unit == session.unit { Ok(permit) } else { Err(Error::NotFound) }
    }

    /// The case `id` in a running transaction. `own` says that the person is assigned to the record through which the
    /// case is reached, as the owner of a concern is.
    pub(super) async fn case_within(&self, tx: &mut Tx, id: Uuid, action: Action, own: bool) -> WebResult<CasePermit> {
        let Some(standing) = store::case(tx, id, self.actor.id).await? else { return Err(Error::NotFound) };
        self.admit(tx, self.about_case(&standing, action, own), "case", id, action).await?;
        let key = self.app.vault.unwrap_key(id, &store::wrapped_key(tx, id).await?)?;
        Ok(self.case_permit(id, standing, action, key))
    }

    fn about_case(&self, standing: &store::CaseStanding, action: Action, own: bool) -> Decision {
        let ended = matches!(standing.stage.as_str(), "completed" | "ended-early" | "never-started" | "not-suitable");
        let status = if ended { Status::Ended } else { Status::Live };
        self.actor.decide(standing.unit_id, own || standing.staff > 0, standing.referrer_id == Some(self.actor.id), action, status)
    }

    fn case_permit(&self, case: Uuid, standing: store::CaseStanding, action: Action, key: CaseKey) -> CasePermit {
        let holder = Holder { action, ..self.holder() };
        CasePermit { holder, case, unit: standing.unit_id, programme: standing.programme_id, stage: standing.stage, key }
    }

    /// The group `id`, if this person may do the route's action on it. Logged.
    pub async fn group(&self, id: Uuid) -> WebResult<(Tx, GroupPermit)> {
        let mut tx = self.app.db.write().await?;
        let permit = self.group_within(&mut tx, id, self.action).await?;
        Ok((tx, permit))
    }

    /// The group just formed in this transaction, to be filled and planned: asks whether it may be changed. Logged.
    pub async fn formed(&self, tx: &mut Tx, id: Uuid) -> WebResult<GroupPermit> {
        self.group_within(tx, id, Action::ChangeGroup).await
    }

    async fn group_within(&self, tx: &mut Tx, id: Uuid, action: Action) -> WebResult<GroupPermit> {
        let Some(store::GroupStanding { unit_id: unit, programme_id: programme, standing, runs }) =
            store::group(tx, id, self.actor.id).await?
        else {
            return Err(Error::NotFound);
        };
        let status = if standing == "closed" { Status::Ended } else { Status::Live };
        let decision = self.actor.decide(unit, runs > 0, false, action, status);
        self.admit(tx, decision, "group", id, action).await?;
        let key = self.app.vault.unwrap_key(id, &store::wrapped_key(tx, id).await?)?;
        let holder = Holder { action, ..self.holder() };
        Ok(GroupPermit { holder, group: id, unit, programme, key, vault: self.app.vault.clone() })
    }

    /// The planned session `id`, if this person may do the route's action on it. Logged.
    pub async fn session(&self, id: Uuid) -> WebResult<(Tx, SessionPermit)> {
        let mut tx = self.app.db.write().await?;
        let Some(store::SessionStanding { unit_id: unit, case_id, group_id, standing, programme_id: programme, runs }) =
            store::session(&mut tx, id, self.actor.id).await?
        else {
            return Err(Error::NotFound);
        };
        let owner = match (case_id, group_id) {
            (Some(case), _) => SessionOwner::Case(case),
            (None, Some(group)) => SessionOwner::Group(group),
            (None, None) => return Err(Error::NotFound),
        };
        let status = if standing == "signed" { Status::Signed } else { Status::Live };
        let decision = self.actor.decide(unit, runs > 0, false, self.action, status);
        self.admit(&mut tx, decision, "session", id, self.action).await?;
        let key = self.app.vault.unwrap_key(owner.id(), &store::wrapped_key(&mut tx, owner.id()).await?)?;
        Ok((tx, SessionPermit { holder: self.holder(), session: id, owner, unit, programme, key, vault: self.app.vault.clone() }))
    }

    /// Logs the records a list names, in the list's own transaction.
    pub async fn listed(&self, tx: &mut Tx, kind: &str, records: &[Uuid]) -> WebResult<()> {
        audit::write(tx, &self.app, Some(self.actor.id), self.action, Act::Listed, kind, records).await?;
        Ok(())
    }

    /// Logs a record just made.
    pub async fn made(&self, tx: &mut Tx, kind: &str, record: Uuid) -> WebResult<()> {
        audit::write(tx, &self.app, Some(self.actor.id), self.action, Act::Made, kind, &[record]).await?;
        Ok(())
    }

    /// Logs the sight or change of a further record in the same transaction (a member of a group, a report of a case).
    pub async fn touched(&self, tx: &mut Tx, kind: &str, records: &[Uuid]) -> WebResult<()> {
        let act = if self.changes { Act::Changed } else { Act::Seen };
        audit::write(tx, &self.app, Some(self.actor.id), self.action, act, kind, records).await?;
        Ok(())
    }

    async fn admit(&self, tx: &mut Tx, decision: Decision, kind: &str, id: Uuid, action: Action) -> WebResult<()> {
        refuse_unless(decision)?;
        let act = if self.changes { Act::Changed } else { Act::Seen };
        audit::write(tx, &self.app, Some(self.actor.id), action, act, kind, &[id]).await?;
        Ok(())
    }
}

/// A record that must not be known to exist is not found; one that may be known is forbidden.
fn refuse_unless(decision: Decision) -> WebResult<()> {
    match decision {
        Decision::Permitted => Ok(()),
        Decision::Forbidden => Err(Error::Forbidden),
        Decision::Hidden => Err(Error::NotFound),
    }
}

/// Whether an account with this role lists all records of its place for this action.
fn sees_place(role: Role, action: Action) -> bool {
    decide(role, Relation::Own, action, Status::Live) == Decision::Permitted && !matches!(role, Role::Facilitator | Role::Referrer)
}
