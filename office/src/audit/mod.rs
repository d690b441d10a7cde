//! The access log: who saw or changed which record when, never what it said.

pub mod store;
