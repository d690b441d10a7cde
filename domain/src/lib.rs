//! Fairway: domain.

pub mod programme;
pub mod case;
pub mod codes;
pub mod dates;
pub mod naming;
pub mod permission;
pub mod referral;
pub mod concern;
pub mod target;
pub mod calendar;
pub mod schedule;
pub mod attendance;
pub mod dose;
pub mod jurisdiction;
