//! The web: routes that each name their action, the guard that asks permission, errors as pages.

mod answering;
mod cookie;
mod csv;
mod error;
mod guard;
mod kiosk;
mod once;
mod permit;
mod posted;
mod reach;
mod router;
mod send;
mod store;

pub use answering::Answering;
pub use cookie::{SignInCookie, read as read_cookie, read_token};
pub use csv::csv_file;
pub use error::{Error, WebResult};
pub use guard::{Actor, Guard, Visitor};
pub use once::{carried_out_before, carried_out_once};
pub use permit::{CasePermit, GroupPermit, Holder, ListPermit, SessionOwner, SessionPermit};
pub use posted::Posted;
pub use router::{RouteEntry, Routes, build};
pub use send::{page, page_with, see_other};
