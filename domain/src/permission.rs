//! Who may do what: one pure function, [`decide`], from role, relation, action and status.
//!
//! Everything is refused that no line here permits. The web asks this function and no other, and the matrix test walks
//! every route of the program through it.

mod role;

pub use role::{Role, UnknownRole};

/// How a person stands to a record, at the place the role is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// Works on the case (its facilitator, or one of its group), or runs the group.
    Assigned,
    /// The record belongs to a place where the person holds the role, and the person is not assigned to it.
    SamePlace,
    /// The person referred the case.
    Referred,
    /// The record is about no case at all, or the person's own: lists, settings, the manual.
    Own,
    /// None of these.
    Elsewhere,
}

impl Relation {
    /// Every relation.
    pub const ALL: [Self; 5] = [Self::Assigned, Self::SamePlace, Self::Referred, Self::Own, Self::Elsewhere];
}

/// Where the record stands; part of the question, so that a right does not outlive its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// Open: work goes on.
    Live,
    /// Ended (completed, ended early, never started, not suitable; a closed group).
    Ended,
    /// Signed: amended only.
    Signed,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::Live, Self::Ended, Self::Signed];
}

/// What somebody wants to do. Every route names one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each name is the sentence")]
pub enum Action {
    /// Open to everyone, also signed out: signing in, health, assets.
    Public,
    /// Open to every signed-in account: one's own settings, language, signing out.
    OwnAccount,
    SeeToday,
    SeeProgrammes,
    SearchCases,
    SeeReferrals,
    RegisterReferral,
    SeeWaiting,
    SeeCases,
    SeeCase,
    SeeNotes,
    SeeHistory,
    SeeThread,
    SeeMeasures,
    TakeMeasure,
    SeeAnswers,
    EditReferral,
    JudgeSuitability,
    QueueCase,
    AssignFacilitator,
    StartCase,
    MovePhase,
    EndCase,
    CorrectCase,
    ConfirmGate,
    OpenGateAgainstRule,
    JudgeNeed,
    Observe,
    SetGoal,
    WriteNote,
    PlanSessions,
    SeeGroups,
    SeeGroup,
    FormGroup,
    ChangeGroup,
    MoveSession,
    SeeSession,
    PrintSheets,
    RecordSession,
    SignSession,
    AmendSession,
    RecordConcern,
    SeeConcerns,
    CloseConcern,
    SeeReport,
    WriteReport,
    SignReport,
    SeeService,
    SeeAudit,
    KeepAccounts,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 50] = [
        Self::Public,
        Self::OwnAccount,
        Self::SeeToday,
        Self::SeeProgrammes,
        Self::SearchCases,
        Self::SeeReferrals,
        Self::RegisterReferral,
        Self::SeeWaiting,
        Self::SeeCases,
        Self::SeeCase,
        Self::SeeNotes,
        Self::SeeHistory,
        Self::SeeThread,
        Self::SeeMeasures,
        Self::TakeMeasure,
        Self::SeeAnswers,
        Self::EditReferral,
        Self::JudgeSuitability,
        Self::QueueCase,
        Self::AssignFacilitator,
        Self::StartCase,
        Self::MovePhase,
        Self::EndCase,
        Self::CorrectCase,
        Self::ConfirmGate,
        Self::OpenGateAgainstRule,
        Self::JudgeNeed,
        Self::Observe,
        Self::SetGoal,
        Self::WriteNote,
        Self::PlanSessions,
        Self::SeeGroups,
        Self::SeeGroup,
        Self::FormGroup,
        Self::ChangeGroup,
        Self::MoveSession,
        Self::SeeSession,
        Self::PrintSheets,
        Self::RecordSession,
        Self::SignSession,
        Self::AmendSession,
        Self::RecordConcern,
        Self::SeeConcerns,
        Self::CloseConcern,
        Self::SeeReport,
        Self::WriteReport,
        Self::SignReport,
        Self::SeeService,
        Self::SeeAudit,
        Self::KeepAccounts,
    ];

    /// A stable word for the access log.
    pub fn code(self) -> String {
        let mut code = String::new();
        for (place, letter) in format!("{self:?}").char_indices() {
            if letter.is_ascii_uppercase() && place > 0 {
                code.push('-');
            }
            code.push(letter.to_ascii_lowercase());
        }
        code
    }

    /// Whether the action changes a record, so that it is refused once the record has ended.
    fn needs_live(self) -> bool {
        matches!(
            self,
            Self::EditReferral
                | Self::JudgeSuitability
                | Self::QueueCase
                | Self::AssignFacilitator
                | Self::StartCase
                | Self::MovePhase
                | Self::EndCase
                | Self::ConfirmGate
                | Self::OpenGateAgainstRule
                | Self::JudgeNeed
                | Self::SetGoal
                | Self::PlanSessions
                | Self::ChangeGroup
                | Self::MoveSession
                | Self::RecordSession
                | Self::SignSession
        )
    }
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The action may go ahead.
    Permitted,
    /// The person may know of the record, but not do this with it (now).
    Forbidden,
    /// The person may not even learn that the record exists.
    Hidden,
}

/// May somebody who holds `role` and stands in `relation` to a record of that `status` do `action`?
///
/// A record elsewhere is [`Decision::Hidden`]; a known record with an action that is not theirs is
/// [`Decision::Forbidden`].
pub fn decide(role: Role, relation: Relation, action: Action, status: Status) -> Decision {
    if matches!(action, Action::Public | Action::OwnAccount) {
        return Decision::Permitted;
    }
    if relation == Relation::Elsewhere || !may_know(role, relation) {
        return if relation == Relation::Own { Decision::Forbidden } else { Decision::Hidden };
    }
    let fits_status = match status {
        Status::Live => action != Action::AmendSession,
        Status::Ended => !action.needs_live(),
        Status::Signed => {
            !matches!(action, Action::RecordSession | Action::SignSession | Action::WriteReport | Action::SignReport | Action::MoveSession)
        }
    };
    if fits_status && listed(role, relation, action) { Decision::Permitted } else { Decision::Forbidden }
}

/// Whether the role may learn at all that such a record exists.
fn may_know(role: Role, relation: Relation) -> bool {
    match relation {
        Relation::Own => true,
        Relation::Assigned => matches!(role, Role::Facilitator | Role::Coordinator | Role::TreatmentManager),
        Relation::SamePlace => matches!(role, Role::Coordinator | Role::TreatmentManager),
        Relation::Referred => role == Role::Referrer,
        Relation::Elsewhere => false,
    }
}

/// The list itself.
fn listed(role: Role, relation: Relation, action: Action) -> bool {
    use Action as A;
    match (role, relation) {
        (Role::Coordinator, Relation::Own) => matches!(
            action,
            A::SeeToday
                | A::SeeProgrammes
                | A::SearchCases
                | A::SeeReferrals
                | A::RegisterReferral
                | A::SeeWaiting
                | A::SeeCases
                | A::SeeMeasures
                | A::SeeGroups
                | A::FormGroup
                | A::SeeConcerns
                | A::SeeService
        ),
        (Role::Facilitator, Relation::Own) => {
            matches!(action, A::SeeToday | A::SeeProgrammes | A::SearchCases | A::SeeCases | A::SeeMeasures | A::SeeGroups | A::SeeConcerns)
        }
        (Role::TreatmentManager, Relation::Own) => matches!(
            action,
            A::SeeToday
                | A::SeeProgrammes
                | A::SearchCases
                | A::SeeReferrals
                | A::SeeWaiting
                | A::SeeCases
                | A::SeeMeasures
                | A::SeeGroups
                | A::FormGroup
                | A::SeeConcerns
                | A::SeeService
        ),
        (Role::Referrer, Relation::Own) => matches!(action, A::SeeReferrals | A::RegisterReferral | A::SeeProgrammes),
        (Role::Researcher, Relation::Own) => matches!(action, A::SeeProgrammes | A::SeeService),
        (Role::Auditor, Relation::Own) => matches!(action, A::SeeProgrammes | A::SeeAudit | A::SeeService),
        (Role::Administrator, Relation::Own) => matches!(action, A::SeeProgrammes | A::KeepAccounts),
        (Role::Coordinator, Relation::Assigned | Relation::SamePlace) => matches!(
            action,
            A::SeeCase
                | A::SeeHistory
                | A::SeeThread
                | A::EditReferral
                | A::JudgeSuitability
                | A::QueueCase
                | A::AssignFacilitator
                | A::StartCase
                | A::MovePhase
                | A::EndCase
                | A::CorrectCase
                | A::PlanSessions
                | A::SeeGroup
                | A::ChangeGroup
                | A::MoveSession
                | A::RecordConcern
                | A::SeeConcerns
                | A::CloseConcern
                | A::SeeReport
        ),
        (Role::Facilitator, Relation::Assigned) => matches!(
            action,
            A::SeeCase
                | A::SeeNotes
                | A::SeeHistory
                | A::SeeThread
                | A::TakeMeasure
                | A::SeeAnswers
                | A::StartCase
                | A::MovePhase
                | A::EndCase
                | A::ConfirmGate
                | A::JudgeNeed
                | A::Observe
                | A::SetGoal
                | A::WriteNote
                | A::PlanSessions
                | A::SeeGroup
                | A::MoveSession
                | A::SeeSession
                | A::PrintSheets
                | A::RecordSession
                | A::SignSession
                | A::AmendSession
                | A::RecordConcern
                | A::SeeConcerns
                | A::CloseConcern
                | A::SeeReport
                | A::WriteReport
                | A::SignReport
        ),
        (Role::TreatmentManager, Relation::Assigned | Relation::SamePlace) => {
            !matches!(action, A::RegisterReferral | A::KeepAccounts | A::SeeAudit | A::RecordSession | A::SignSession)
        }
        (Role::Referrer, Relation::Referred) => matches!(action, A::SeeCase | A::SeeReport),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
