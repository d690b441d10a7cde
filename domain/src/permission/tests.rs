use super::*;

#[test]
fn nobody_learns_of_a_record_elsewhere() {
    for role in Role::ALL {
        for action in Action::ALL {
            for status in Status::ALL {
                let decision = decide(role, Relation::Elsewhere, action, status);
                if !matches!(action, Action::Public | Action::OwnAccount) {
                    assert_eq!(decision, Decision::Hidden, "{role} {action:?} {status:?}");
                }
            }
        }
    }
}

#[test]
fn a_facilitator_sees_no_case_of_a_colleague() {
    assert_eq!(decide(Role::Facilitator, Relation::SamePlace, Action::SeeCase, Status::Live), Decision::Hidden);
    assert_eq!(decide(Role::Facilitator, Relation::Assigned, Action::SeeCase, Status::Live), Decision::Permitted);
}

#[test]
fn those_without_business_with_a_case_see_none() {
    for role in [Role::Researcher, Role::Auditor, Role::Administrator] {
        for relation in [Relation::Assigned, Relation::SamePlace, Relation::Referred] {
            for action in [Action::SeeCase, Action::SeeNotes, Action::SeeSession, Action::SeeReport] {
                assert_eq!(decide(role, relation, action, Status::Live), Decision::Hidden);
            }
        }
    }
}

#[test]
fn notes_are_not_for_coordinators_or_referrers() {
    assert_eq!(decide(Role::Coordinator, Relation::SamePlace, Action::SeeNotes, Status::Live), Decision::Forbidden);
    assert_eq!(decide(Role::Referrer, Relation::Referred, Action::SeeNotes, Status::Live), Decision::Forbidden);
}

#[test]
fn what_is_signed_is_amended_and_nothing_else() {
    let decision = |action, status| decide(Role::Facilitator, Relation::Assigned, action, status);
    assert_eq!(decision(Action::RecordSession, Status::Signed), Decision::Forbidden);
    assert_eq!(decision(Action::AmendSession, Status::Signed), Decision::Permitted);
    assert_eq!(decision(Action::AmendSession, Status::Live), Decision::Forbidden);
}

#[test]
fn an_ended_case_is_read_and_corrected_but_not_worked_on() {
    let decision = |action| decide(Role::Coordinator, Relation::SamePlace, action, Status::Ended);
    assert_eq!(decision(Action::SeeCase), Decision::Permitted);
    assert_eq!(decision(Action::CorrectCase), Decision::Permitted);
    assert_eq!(decision(Action::StartCase), Decision::Forbidden);
}

#[test]
fn codes_are_words() {
    assert_eq!(Action::OpenGateAgainstRule.code(), "open-gate-against-rule");
    for role in Role::ALL {
        assert_eq!(role.code().parse(), Ok(role));
    }
}
