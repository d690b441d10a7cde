//! Treatment groups: formed from those who wait, admitted to, started, left, rejoined at the same point, closed.

mod candidates;
mod pages_form;
mod pages_list;
mod pages_members;
mod pages_show;
mod pages_start;
pub mod routes;
pub mod store;
mod store_candidates;
mod store_members;
mod words;
