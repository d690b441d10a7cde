//! How the demo is written: rows gathered by table and written together.

use crate::db::{Batch, Stored, Tx};
use crate::on;

macro_rules! chapter {
    ($($field:ident: $table:literal [$($column:literal),+ $(,)?];)+) => {
        /// Rows of every table the demo fills, written in one transaction and in the order of their references.
        #[derive(Debug)]

        pub struct Chapter {
            /// How many cases these rows tell of.
            pub cases_told: u64,
            $(pub $field: Batch,)+
        }

        impl Chapter {
            /// No rows yet.
            pub fn new() -> Self {
                Self { cases_told: 0, $($field: Batch::new($table, &[$($column),+]),)+ }
            }

            /// Writes every row.
            pub async fn write(&mut self, tx: &mut Tx) -> Stored<()> {
                $(self.$field.write(tx).await?;)+
                Ok(())
            }
        }
    };
}

chapter! {
    regions: "regions" ["id", "title"];
    units: "units" ["id", "region_id", "title", "jurisdiction"];
    rooms: "rooms" ["id", "unit_id", "title"];
    accounts: "accounts" ["id", "sign_in", "shown_name", "password_hash", "standing", "made_at"];
    memberships: "memberships" ["account_id", "unit_id", "role"];
    absences: "absences" ["id", "account_id", "from_on", "to_on"];
    closures: "closures" ["unit_id", "closed_on", "title"];
    sealing_keys: "sealing_keys" ["owner_id", "wrapped", "made_at"];
    people: "people" ["id", "given_names", "family_names", "sort_name", "born_on", "made_at"];
    identifiers: "person_identifiers" ["person_id", "kind", "shown", "folded"];
    cases: "cases" [
        "id", "case_number", "person_id", "unit_id", "programme_id", "sort_name", "stage", "phase", "stage_since_on", "referred_on", "waiting_since_on", "started_on", "ended_on", "end_reason", "track",
        "risk_level", "need_level", "facilitator_id", "referrer_id", "legal_basis", "order_starts_on", "order_ends_on", "latest_start_on", "offence_kind", "spoken_language", "availability",
        "travel_minutes", "responsivity", "contact_sealed", "proceedings_sealed", "responsivity_sealed", "made_at",
    ];
    case_staff: "case_staff" ["case_id", "account_id", "because"];
    case_events: "case_events" [
        "id", "case_id", "seq", "kind", "stage_from", "stage_to", "phase", "happened_on", "reason", "against_rule", "facts", "comment_sealed", "account_id", "recorded_at",
    ];
    criteria: "criterion_judgements" ["id", "case_id", "criterion", "verdict", "reason_sealed", "account_id", "judged_on", "recorded_at"];
    gates: "gate_confirmations" ["id", "case_id", "phase", "condition_id", "holds", "account_id", "recorded_at"];
    groups: "treatment_groups" [
        "id", "unit_id", "programme_id", "phase", "track", "title", "spoken_language", "room_id", "weekdays", "starts_at_time", "standing", "first_on", "last_on", "closed_on", "members", "made_at",
    ];
    group_facilitators: "group_facilitators" ["group_id", "account_id"];
    group_members: "group_members" ["id", "group_id", "case_id", "joined_on", "left_on", "left_because", "account_id"];
    planned: "planned_sessions" [
        "id", "unit_id", "group_id", "case_id", "phase", "session", "seq", "on_date", "starts_at_time", "minutes", "room_id", "facilitator_id", "standing",
    ];
    records: "session_records" [
        "id", "planned_id", "unit_id", "held_on", "starts_at_time", "minutes", "standing", "deviation", "deviation_sealed", "note_sealed", "account_id", "recorded_at", "signed_by", "signed_at",
    ];
    attendances: "attendances" ["id", "record_id", "case_id", "phase", "session", "held_on", "presence", "minutes", "contribution", "absence_sealed", "note_sealed"];
    make_ups: "make_ups" ["id", "attendance_id", "case_id", "unit_id", "phase", "session", "made_by", "due_on", "standing", "done_on", "minutes"];
    observations: "observations" ["id", "case_id", "target", "source", "record_id", "seen_on", "body_sealed", "account_id", "recorded_at"];
    judgements: "need_judgements" ["id", "case_id", "target", "verdict", "reason_sealed", "judged_on", "account_id", "recorded_at"];
    evidence: "judgement_evidence" ["judgement_id", "observation_id"];
    goals: "goals" ["id", "case_id", "good", "words_sealed", "set_on", "closed_on", "account_id", "recorded_at"];
    goal_targets: "goal_targets" ["goal_id", "target"];
    notes: "case_notes" ["id", "case_id", "about_on", "body_sealed", "account_id", "signed_at"];
    concerns: "concerns" [
        "id", "case_id", "unit_id", "kind", "body_sealed", "owner_id", "account_id", "recorded_at", "due_at", "closed_at", "closed_by", "outcome", "outcome_sealed",
    ];
    responses: "measure_responses" [
        "id", "case_id", "instrument_id", "measure", "point", "standing", "way", "rater", "spoken_language", "answered_on", "answers_sealed", "entered_twice", "concern_id", "amends_id", "account_id",
        "made_at", "done_at",
    ];
    dues: "measure_dues" ["id", "case_id", "unit_id", "measure", "point", "due_on", "until_on"];
    reports: "case_reports" ["id", "case_id", "unit_id", "rule", "due_on", "covers_from_on", "covers_to_on", "standing", "body_sealed", "account_id", "signed_at"];
    search_words: "search_words" ["id", "word"];
    search_keys: "search_keys" ["search_key", "closeness", "word_id"];
    search_cases: "search_cases" ["word_id", "unit_id", "case_id"];
    facts: "service_facts" ["fact", "body"];
    access_log: "access_log" ["id", "at", "account_id", "act", "kind", "record_id", "action"];
}

/// Whether the database holds a service already.
pub async fn is_in_use(tx: &mut Tx) -> Stored<bool> {
    let row: Option<(uuid::Uuid,)> = on!(tx, |c| sqlx::query_as("SELECT id FROM units LIMIT 1").fetch_optional(c))?;
    Ok(row.is_some())
}
