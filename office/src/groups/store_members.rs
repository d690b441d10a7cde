//! Members of a group in the database, and what is kept in step with them.

use jiff::civil::Date;
use uuid::Uuid;

use crate::db::{Batch, StoreError, Stored, Tx};
use crate::web::GroupPermit;
use crate::{on, run};

/// A time in the group, with who it is about.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct MemberRow {
    /// The case.
    pub case_id: Uuid,
    /// Its number.
    pub case_number: String,
    /// Given names.
    pub given_names: String,
    /// Family names.
    pub family_names: String,
    /// Its stage.
    pub stage: String,
    /// The phase it is in.
    pub phase: Option<String>,
    /// Its track.
    pub track: Option<String>,
    /// First day in the group.
    pub joined_on: String,
    /// Last day in the group, for those who left.
    pub left_on: Option<String>,
    /// Why they left.
    pub left_because: Option<String>,
}

impl MemberRow {
    /// The name as it is written.
    pub fn name(&self) -> String {
        format!("{} {}", self.given_names, self.family_names)
    }
}

/// Every time in the group, members of today first, by name.
pub async fn members(tx: &mut Tx, permit: &GroupPermit) -> Stored<Vec<MemberRow>> {
    Ok(on!(tx, |c| sqlx::query_as(
        "SELECT m.case_id, k.case_number, p.given_names, p.family_names, k.stage, k.phase, k.track, m.joined_on, m.left_on, m.left_because \
         FROM group_members m JOIN cases k ON k.id = m.case_id JOIN people p ON p.id = k.person_id WHERE m.group_id = $1 \
         ORDER BY CASE WHEN m.left_on IS NULL THEN 0 ELSE 1 END, k.sort_name, m.joined_on, m.id"
    )
    .bind(permit.group())
    .fetch_all(c))?)
}

/// What was recorded of one session for one case.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct AttendanceRow {
    /// The case.
    pub case_id: Uuid,
    /// The session's id in the definition.
    pub session: String,
    /// How it was attended.
    pub presence: String,
    /// How long.
    pub minutes: i64,
    /// When it was made up.
    pub made_up_on: Option<String>,
    /// How long that took.
    pub made_up_minutes: Option<i64>,
}

/// What was recorded of the group's phase for everybody who is or was a member, in whichever group.
pub async fn attendances(tx: &mut Tx, permit: &GroupPermit, phase: &str) -> Stored<Vec<AttendanceRow>> {
    Ok(on!(tx, |c| sqlx::query_as(
        "SELECT a.case_id, a.session, a.presence, a.minutes, u.done_on AS made_up_on, u.minutes AS made_up_minutes \
         FROM attendances a LEFT JOIN make_ups u ON u.attendance_id = a.id AND u.standing = 'done' \
         WHERE a.phase = $2 AND a.case_id IN (SELECT m.case_id FROM group_members m WHERE m.group_id = $1 AND m.left_on IS NULL)"
    )
    .bind(permit.group())
    .bind(phase)
    .fetch_all(c))?)
}

/// The first and every membership's dates are kept; these join now.
pub async fn join(tx: &mut Tx, permit: &GroupPermit, joining: &[(Uuid, Uuid)], on: Date, at_session: Option<&str>) -> Stored<()> {
    let mut rows = Batch::new("group_members", &["id", "group_id", "case_id", "joined_on", "joined_at_session", "account_id"]);
    for (id, case) in joining {
        rows.push(vec![
            (*id).into(),
            permit.group().into(),
            (*case).into(),
            on.to_string().into(),
            at_session.map(str::to_owned).into(),
            permit.holder().account.into(),
        ]);
    }
    rows.write(tx).await?;
    in_step(tx, permit).await
}

/// A member leaves; [`StoreError::Stale`] when they already did.
pub async fn leave(tx: &mut Tx, permit: &GroupPermit, case: Uuid, on: Date, because: &str) -> Stored<()> {
    let touched = run!(
        tx,
        sqlx::query("UPDATE group_members SET left_on = $3, left_because = $4 WHERE group_id = $1 AND case_id = $2 AND left_on IS NULL")
            .bind(permit.group())
            .bind(case)
            .bind(on.to_string())
            .bind(because)
    )?;
    if touched == 0 {
        return Err(StoreError::Stale);
    }
    in_step(tx, permit).await
}

/// The count of members, and who works on their cases because of a group.
pub async fn in_step(tx: &mut Tx, permit: &GroupPermit) -> Stored<()> {
    run!(
        tx,
        sqlx::query("UPDATE treatment_groups SET members = (SELECT COUNT(*) FROM group_members m WHERE m.group_id = $1 AND m.left_on IS NULL) WHERE id = $1").bind(permit.group())
    )?;
    staff_in_step(tx, permit).await
}

/// Who works on a case because of its group: those who run a group it sits in now.
pub async fn staff_in_step(tx: &mut Tx, permit: &GroupPermit) -> Stored<()> {
    run!(
        tx,
        sqlx::query(
            "DELETE FROM case_staff WHERE because = 'group' AND case_id IN (SELECT m.case_id FROM group_members m WHERE m.group_id = $1)"
        )
        .bind(permit.group())
    )?;
    run!(
        tx,
        sqlx::query(
            "INSERT INTO case_staff (case_id, account_id, because) SELECT DISTINCT m.case_id, f.account_id, 'group' \
             FROM group_members m JOIN treatment_groups g ON g.id = m.group_id JOIN group_facilitators f ON f.group_id = g.id \
             WHERE m.left_on IS NULL AND g.standing <> 'closed' AND m.case_id IN (SELECT o.case_id FROM group_members o WHERE o.group_id = $1)"
        )
        .bind(permit.group())
    )
    .map(drop)
}
