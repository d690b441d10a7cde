//! The parts of pages, each drawn once here and named for templates in `templates/parts.html`.
//!
//! Labels, hints and captions are text already in the reader's language.

mod address;
mod fields;
mod pieces;

use std::fmt;

use askama::Template;

pub use address::{Address, Listing};
pub use fields::{Choice, area, checks, filter, flag, input, radios, select, summary};
pub use pieces::{Fact, Stage, StageState, Tab, bar, column, facts, pager, pairs, tabs, way};

/// HTML that was made by a template and may stand in a page as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// Vouches that `markup` is safe HTML: made by our own templates or by [`crate::markdown`].
    pub fn vouched(markup: String) -> Self {
        Self(markup)
    }

    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::FastWritable for Html {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        dest.write_str(&self.0)?;
        Ok(())
    }
}

impl askama::filters::HtmlSafe for Html {}

/// Draws a template of ours; they write into memory and cannot fail.
pub(crate) fn html(template: &impl Template) -> Html {
    Html(template.render().unwrap_or_default())
}
