//! The office: the program with which staff run treatment programmes. See ARCHITECTURE.md for a walk through it.

pub mod accounts;
pub mod app;
pub mod audit;
pub mod cases;
pub mod cli;
pub mod concerns;
pub mod config;
pub mod content;
pub mod db;
pub mod demo;
pub mod frame;
pub mod groups;
pub mod library;
pub mod measures;
pub mod planning;
pub mod programmes;
pub mod referrals;
pub mod reports;
pub mod search;
pub mod service;
pub mod sessions;
pub mod today;
pub mod vault;
pub mod waiting;
pub mod web;

use web::Routes;

/// Every route of the office. A feature adds its own here.
pub fn routes() -> Routes {
    Routes::new()
        .and(accounts::routes::routes())
        .and(cases::routes::routes())
        .and(groups::routes::routes())
        .and(measures::routes::routes())
        .and(planning::routes::routes())
        .and(referrals::routes::routes())
        .and(waiting::routes::routes())
        .and(search::routes::routes())
        .and(frame::routes())
        .and(programmes::routes::routes())
        .and(library::routes::routes())
        .and(sessions::routes())
        .and(concerns::routes::routes())
        .and(reports::routes::routes())
        .and(today::routes::routes())
        .and(service::routes::routes())
}
