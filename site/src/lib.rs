//! What both programs of Fairway show with: page frame, parts of pages, forms, style sheet, languages,
//! Markdown and charts. Nothing here knows a case or a route; see `docs/how-to/page-kit.md` for use.

#![cfg_attr(test, expect(clippy::unwrap_used, reason = "a test may panic"))]
#![expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand over references")]

pub mod assets;
pub mod chart;
pub mod form;
pub mod frame;
pub mod given;
pub mod language;
pub mod markdown;
pub mod parts;

pub use chart::ThreadChart;
pub use form::{Form, Need, Problem};
pub use frame::{Flash, Frame, Mood, NavItem, UserBadge};
pub use given::Given;
pub use language::{Arg, L, Language};
pub use parts::{Address, Choice, Fact, Html, Listing, Stage, StageState, Tab};
