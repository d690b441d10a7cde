//! The manual: programmes on offer, their contents, their sessions as facilitators read them, the handbook, the sheets.

mod manual;
mod pages;
mod pages_book;
mod pages_search;
mod pages_sheets;
mod reader;
pub mod routes;
mod sheet;

pub(crate) use sheet::Sheet;
