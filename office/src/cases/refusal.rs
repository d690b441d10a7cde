//! What the state machine's refusals say to a person, and beside which field.

use fairway_domain::case::{CaseDate, Refused};
use fairway_site::{L, Problem};

use super::words;

/// The field a refusal is about (`""`: the whole form) and what to say. The fields are `on`, `to`, `reason`,
/// `comment`, `place`.
pub fn problem(l: L, refused: &Refused) -> (&'static str, Problem) {
    match refused {
        Refused::NotFromHere { stage, .. } => ("", Problem::new("cases-refused-not-from-here").arg("stage", words::stage(l, stage.code()))),
        Refused::NeverBegan { .. } => ("", Problem::new("cases-refused-never-began")),
        Refused::AlreadyStarted { started_on } => ("", Problem::new("cases-refused-already-started").arg("on", l.date(*started_on))),
        Refused::InFuture { on, .. } => ("on", Problem::new("cases-refused-future").arg("on", l.date(*on))),
        Refused::BeforePrevious { previous, .. } => ("on", Problem::new("cases-refused-before").arg("previous", l.date(*previous))),
        Refused::OutOfOrder { earlier, earlier_on, later, later_on } => (
            "to",
            Problem::new("cases-refused-order")
                .arg("earlier", date_name(l, *earlier))
                .arg("earlier_on", l.date(*earlier_on))
                .arg("later", date_name(l, *later))
                .arg("later_on", l.date(*later_on)),
        ),
        Refused::NoSuchDate { .. } => ("what", Problem::new("form-fault-choice")),
        Refused::ReasonMissing { .. } => ("reason", Problem::new("cases-refused-reason")),
        Refused::CommentMissing { .. } => ("comment", Problem::new("cases-refused-comment")),
        Refused::RuleNotMet { unmet, .. } => ("", Problem::new("cases-refused-rule").arg("unmet", *unmet)),
        Refused::WrongPhase { .. } => ("", Problem::new("cases-refused-phase")),
        Refused::SameUnit => ("place", Problem::new("cases-refused-same-place")),
        Refused::NotOneReferral => ("", Problem::new("cases-refused-referral")),
    }
}

/// The name of a date of a case.
pub fn date_name(l: L, what: CaseDate) -> String {
    match what {
        CaseDate::Referred => l.t("cases-date-referred").into_owned(),
        CaseDate::Suitable => l.t("cases-date-suitable").into_owned(),
        CaseDate::Waiting => l.t("cases-date-waiting").into_owned(),
        CaseDate::Phase(0) => l.t("cases-date-started").into_owned(),
        CaseDate::Phase(index) => l.t1("cases-date-phase", "number", u32::from(index) + 1).into_owned(),
        CaseDate::Ended => l.t("cases-date-ended").into_owned(),
    }
}
