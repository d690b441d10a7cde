//! Pages: what each shows, ready for its template in `view/`.
//!
//! A page is read by links, or, while notes are open, walked through by the buttons of one form that carries the handle.

mod book;
mod help;
mod result;
mod step;

use askama::Template;
use fairway_site::{Html, L, Language};

pub use book::{Leaf, bind};
pub use help::Danger;
pub use result::{Compared, ResultPage};
pub use step::{CheckView, StepPage};

/// What all pages of this site share.
#[derive(Clone, Debug)]
pub struct Look {
    /// Where the exit leads.
    pub exit: String,
    /// Address of the style sheet.
    pub style: String,
    /// Languages of the site.
    pub languages: Vec<Language>,
}

/// The frame of a page.
#[derive(Clone, Debug)]
pub struct Base {
    /// Its words.
    pub l: L,
    /// Its heading.
    pub title: String,
    /// Its address below the language.
    pub rest: String,
    /// Where the exit leads.
    pub exit: String,
    /// Address of the style sheet.
    pub style: String,
    /// Languages of the site.
    pub languages: Vec<Language>,
    /// Whether the page answers a form, whose fields the language switch must carry.
    pub posted: bool,
}

impl Base {
    /// The frame of a page that is read by links.
    pub fn new(look: &Look, language: Language, rest: impl Into<String>, title: impl Into<String>) -> Self {
        let (title, rest) = (title.into(), rest.into());
        Self {
            l: language.words(),
            title,
            rest,
            exit: look.exit.clone(),
            style: look.style.clone(),
            languages: look.languages.clone(),
            posted: false,
        }
    }

    /// The frame of a page that answers a form.
    #[must_use]
    pub fn posted(mut self) -> Self {
        self.posted = true;
        self
    }

    fn by_links(&self) -> bool {
        !self.posted
    }

    fn others(&self) -> Vec<Language> {
        let here = self.l.language();
        self.languages.iter().copied().filter(|language| *language != here).collect()
    }

    /// Links away from a page that answers a form open beside it, so that nothing written is lost.
    fn tab(&self) -> Html {
        Html::vouched(if self.posted { " target=\"_blank\"".into() } else { String::new() })
    }

    fn foot(&self) -> [(&'static str, String); 5] {
        let word = |id: &str| self.l.t(id).into_owned();
        [
            ("help-now", word("selfhelp-help-now")),
            ("privacy", word("selfhelp-privacy")),
            ("phrase", word("selfhelp-phrase-link")),
            ("enough", word("selfhelp-enough")),
            ("about", word("selfhelp-about")),
        ]
    }
}

/// A form that goes on: where to, and what it carries.
#[derive(Clone, Debug, Default)]
pub struct Onward {
    /// The address below the language.
    pub action: String,
    /// Hidden fields.
    pub hidden: Vec<(String, String)>,
}

impl Onward {
    /// A form to an address.
    pub fn to(action: impl Into<String>, hidden: Vec<(String, String)>) -> Self {
        Self { action: action.into(), hidden }
    }
}

/// A heading and a text.
#[derive(Template)]
#[template(path = "message.html")]
pub struct Message {
    /// Frame.
    pub b: Base,
    /// What it says.
    pub text: String,
}

/// The twelve words.
#[derive(Template)]
#[template(path = "words.html")]
pub struct WordsPage {
    /// Frame.
    pub b: Base,
    /// The words, in order.
    pub words: Vec<String>,
    /// On to typing them.
    pub onward: Onward,
}

/// A place to type the phrase.
#[derive(Template)]
#[template(path = "type.html")]
pub struct TypePage {
    /// Frame.
    pub b: Base,
    /// What to do.
    pub lead: String,
    /// Where it goes.
    pub onward: Onward,
    /// What was wrong with what was typed.
    pub fault: Option<String>,
    /// What was typed.
    pub typed: String,
    /// Words of the button.
    pub button: String,
    /// Whether words were just shown.
    pub offer: bool,
    /// Whether texts travel along.
    pub carries: bool,
}

/// The notes, as a whole.
#[derive(Template)]
#[template(path = "my.html")]
pub struct MyPage {
    /// Frame.
    pub b: Base,
    /// The handle.
    pub handle: String,
    /// Something that was just done.
    pub said: Option<String>,
    /// Address and title of the step shown last.
    pub last: Option<(String, String)>,
    /// Checks with results.
    pub checks: Vec<MyCheck>,
    /// Courses with their steps.
    pub courses: Vec<MyCourse>,
}

/// A check with its results.
pub struct MyCheck {
    /// What it is called.
    pub title: String,
    /// The highest possible sum.
    pub highest: u16,
    /// Days and sums.
    pub results: Vec<(String, u16)>,
    /// What changed since the last time.
    pub change: Option<String>,
}

/// A course with its steps.
pub struct MyCourse {
    /// What it is called.
    pub title: String,
    /// Steps with notes.
    pub written: usize,
    /// Address, title, whether it has notes.
    pub steps: Vec<(String, String, bool)>,
}

/// Enough for today, with notes open.
#[derive(Template)]
#[template(path = "enough.html")]
pub struct EnoughPage {
    /// Frame.
    pub b: Base,
    /// What it says.
    pub html: Html,
    /// The handle.
    pub handle: String,
}

/// Texts of the visitor, to print.
#[derive(Template)]
#[template(path = "written.html")]
pub struct WrittenPage {
    /// Frame.
    pub b: Base,
    /// Steps.
    pub parts: Vec<Part>,
    /// Checks with results, of open notes.
    pub checks: Vec<MyCheck>,
    /// Where to go on.
    pub onward: Onward,
    /// Whether notes are open.
    pub notes: bool,
    /// Address of the step.
    pub step: String,
}

/// What failed can be tried again: nothing that was written is lost.
#[derive(Template)]
#[template(path = "again.html")]
pub struct AgainPage {
    /// Frame.
    pub b: Base,
    /// What it says.
    pub text: String,
    /// Where it is tried again, with everything that was sent but the phrase.
    pub onward: Onward,
    /// What was written, to copy.
    pub part: Option<Part>,
}

/// The texts of a step.
pub struct Part {
    /// The step.
    pub title: String,
    /// What was asked and what was written.
    pub texts: Vec<(String, String)>,
}
