//! What an instrument is.

use serde::{Deserialize, Serialize};

use crate::codes::coded;
use crate::programme::{Text, Version};

coded! {
    /// Who answers an instrument: the rater of its scores.
    pub enum AnsweredBy {
        /// The person themselves: self-report.
        Participant = "participant",
        /// A member of staff asks and notes the answers.
        Interviewer = "interviewer",
        /// A trained professional enters the outcome of a tool whose items are not held here.
        Professional = "professional",
    }
}

coded! {
    /// Whether the wording comes with the instrument.
    pub enum Shipped {
        /// It does.
        Shipped = "shipped",
        /// It was added by the deploying service, which holds the right to use it.
        Supplied = "supplied",
        /// It does not: items are known by their number only, and answers come from paper.
        NotShipped = "not-shipped",
    }
}

coded! {
    /// How a scale is made of its items.
    pub enum Method {
        /// Their sum.
        Sum = "sum",
        /// Their mean.
        Mean = "mean",
        /// The number entered in its one item.
        Entered = "entered",
    }
}

coded! {
    /// What happens when items are missing, as long as they are not too many.
    pub enum MissingThen {
        /// Each missing item counts as the mean of those answered.
        ProRate = "pro-rate",
        /// The scale is not scored.
        Refuse = "refuse",
    }
}

coded! {
    /// What kind of reliability a coefficient is. Thresholds from the two differ by a factor of two.
    pub enum ReliabilityKind {
        /// Internal consistency, such as Cronbach's alpha.
        Internal = "internal",
        /// Stability over time.
        TestRetest = "test-retest",
        /// Agreement between raters.
        InterRater = "inter-rater",
    }
}

coded! {
    /// Whom a norm describes, for the cut-offs of Jacobson and Truax.
    pub enum NormGroup {
        /// People in treatment for what the scale measures.
        Clinical = "clinical",
        /// People who are not.
        General = "general",
        /// A sample with both in it, which serves reliability and spread but no cut-off.
        Mixed = "mixed",
    }
}

/// The terms of use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licence {
    /// A short name of the licence, in kebab-case, such as `public-domain`.
    pub kind: String,
    /// Whether the wording is here.
    pub text: Shipped,
    /// What must be said to whoever uses it.
    pub notice: Text,
    /// Where the wording and the scoring come from.
    pub source: String,
    /// Whom to ask for the wording, where it is not here.
    #[serde(default)]
    pub ask: Option<String>,
}

/// An answer that must reach a professional at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alert {
    /// Index of the item.
    pub item: usize,
    /// The least value that raises it.
    pub at_least: f64,
    /// The kind of concern, a code of `concern::ConcernKind`.
    pub concern: String,
}

/// An answer option.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tick {
    /// Its ordinal value.
    pub value: f64,
    /// Its code within its system.
    pub code: String,
    /// The code's system, such as LOINC's; empty for a code of the questionnaire's own.
    #[serde(default)]
    pub system: String,
    /// Its words; empty where the wording is not held.
    pub words: Text,
}

/// What an item takes for an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum ItemKind {
    /// One of these options.
    Choice {
        /// In the order of the form.
        options: Vec<Tick>,
    },
    /// A number within limits.
    Number {
        /// The least; none for no limit.
        low: Option<f64>,
        /// The most; none for no limit.
        high: Option<f64>,
        /// Whether only whole numbers are taken.
        whole: bool,
    },
    /// A few words.
    Words,
    /// A day.
    Day,
}

/// A question, or a field of a form for professionals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Its identity: the `linkId`. It stays the same where the order of a form changes.
    pub link: String,
    /// LOINC's code, where there is one.
    pub loinc: Option<String>,
    /// Index of the heading it stands under.
    pub under: Option<usize>,
    /// Its words; empty where the wording is not held.
    pub text: Text,
    /// What it takes.
    pub kind: ItemKind,
    /// Whether a form cannot be handed in without it.
    pub required: bool,
}

impl Item {
    /// The least and the greatest value an answer can have; nothing for words and days, and for numbers without limits.
    pub fn limits(&self) -> Option<(f64, f64)> {
        match &self.kind {
            ItemKind::Choice { options } => {
                let low = options.iter().map(|tick| tick.value).reduce(f64::min)?;
                Some((low, options.iter().map(|tick| tick.value).reduce(f64::max)?))
            }
            ItemKind::Number { low: Some(low), high: Some(high), .. } => Some((*low, *high)),
            _ => None,
        }
    }

    /// Whether the value is one that the item takes.
    pub fn takes(&self, value: f64) -> bool {
        #[expect(clippy::float_cmp, reason = "ordinal values are exact: they are written, not reckoned")]
        match &self.kind {
            ItemKind::Choice { options } => options.iter().any(|tick| tick.value == value),
            ItemKind::Number { low, high, whole } => {
                value.is_finite()
                    && low.is_none_or(|low| value >= low)
                    && high.is_none_or(|high| value <= high)
                    && (!whole || value.fract() == 0.0)
            }
            ItemKind::Words | ItemKind::Day => false,
        }
    }

    /// The values it takes, for a message: `0, 1, 2, 3` or `0 to 27`.
    pub fn taken(&self) -> String {
        match &self.kind {
            ItemKind::Choice { options } => options.iter().map(|tick| tick.value.to_string()).collect::<Vec<_>>().join(", "),
            ItemKind::Number { low: Some(low), high: Some(high), .. } => format!("{low} to {high}"),
            ItemKind::Number { low: Some(low), .. } => format!("{low} or more"),
            ItemKind::Number { high: Some(high), .. } => format!("at most {high}"),
            ItemKind::Number { .. } => "any number".to_owned(),
            ItemKind::Words => "words".to_owned(),
            ItemKind::Day => "a day".to_owned(),
        }
    }
}

/// The rule for missing items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// How many may be missing for the scale to be scored.
    pub at_most: u16,
    /// What happens then.
    pub then: MissingThen,
}

/// The scores that are possible.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Range {
    /// The least.
    pub low: f64,
    /// The greatest.
    pub high: f64,
}

/// A named stretch of scores, from its lower bound up to the next band's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// Its id.
    pub id: String,
    /// Its lower bound, which belongs to it.
    pub from: f64,
    /// Its name.
    pub title: Text,
}

/// A clinical cut-off: scores at least this high are on its far side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cutoff {
    /// The first score beyond it.
    pub at_least: f64,
    /// Who says so.
    pub source: String,
}

/// How a population scores, and how reliably.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Norm {
    /// Its id, unique within the scale.
    pub id: String,
    /// Whom it describes.
    pub population: Text,
    /// Whether they were in treatment.
    pub group: NormGroup,
    /// The language they answered in.
    pub language: String,
    /// How many they were.
    pub n: Option<f64>,
    /// Their mean.
    pub mean: Option<f64>,
    /// Their standard deviation.
    pub sd: Option<f64>,
    /// The scale's reliability among them.
    pub reliability: Option<f64>,
    /// Which reliability that is.
    pub reliability_kind: Option<ReliabilityKind>,
    /// Where the figures come from.
    pub source: String,
}

/// A scale: what some of the answers add up to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// Unique within the instrument.
    pub id: String,
    /// Its name.
    pub title: Text,
    /// LOINC's code of the score, where there is one.
    pub loinc: Option<String>,
    /// Indices of its items.
    pub items: Vec<usize>,
    /// Indices of those whose answers are turned round: the least value for the greatest.
    pub reversed: Vec<usize>,
    /// How they are put together.
    pub method: Method,
    /// Answers above this count as this.
    #[serde(default)]
    pub cap: Option<f64>,
    /// What the sum or mean is multiplied by.
    #[serde(default)]
    pub times: Option<f64>,
    /// The rule for missing items.
    pub missing: Missing,
    /// Possible scores.
    pub range: Range,
    /// Whether a lower score is the better one; `None` where neither is.
    pub lower_is_better: Option<bool>,
    /// The clinical cut-off.
    pub cutoff: Option<Cutoff>,
    /// Bands by their lower bounds, ascending; there may be none.
    pub bands: Vec<Band>,
    /// Who drew the bands.
    pub bands_source: Option<String>,
    /// Norms; there may be none.
    pub norms: Vec<Norm>,
}

impl Scale {
    /// The band a score lies in.
    pub fn band(&self, score: f64) -> Option<&Band> {
        self.bands.iter().rev().find(|band| score >= band.from)
    }

    /// The norm that reliable change is reckoned with: the named one, or the first with a spread and a reliability, one
    /// of test and retest before others.
    pub fn change_norm(&self, id: Option<&str>) -> Option<&Norm> {
        let mut whole = self.norms.iter().filter(|norm| norm.sd.is_some() && norm.reliability.is_some());
        match id {
            Some(id) => whole.find(|norm| norm.id == id),
            None => {
                let retest = |norm: &&Norm| norm.reliability_kind == Some(ReliabilityKind::TestRetest);
                whole.clone().find(retest).or_else(|| whole.next())
            }
        }
    }
}

/// An instrument that was checked and found without fault.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Instrument {
    /// Its id, the folder's name.
    pub id: String,
    /// Its version; a response keeps the one it answered.
    pub version: Version,
    /// Languages it can be answered in.
    pub languages: Vec<String>,
    /// Its name.
    pub title: Text,
    /// Who answers.
    pub answered_by: AnsweredBy,
    /// LOINC's code of the whole, where there is one.
    pub loinc: Option<String>,
    /// Terms of use.
    pub licence: Licence,
    /// Headings that items stand under, such as the question they share.
    pub headings: Vec<Text>,
    /// Its items, in the order of the form.
    pub items: Vec<Item>,
    /// Answers that must reach a professional.
    pub alerts: Vec<Alert>,
    /// Its scales.
    pub scales: Vec<Scale>,
    /// The FHIR Questionnaire as it stands in the folder.
    pub questionnaire: String,
}

impl Instrument {
    /// The index of the item with this `linkId`, or with this LOINC code.
    pub fn item(&self, link: &str) -> Option<usize> {
        self.items
            .iter()
            .position(|item| item.link == link)
            .or_else(|| self.items.iter().position(|item| item.loinc.as_deref() == Some(link)))
    }

    /// The scale with this id.
    pub fn scale(&self, id: &str) -> Option<&Scale> {
        self.scales.iter().find(|scale| scale.id == id)
    }

    /// Whether a participant can be given it: its wording is here and it is theirs to answer.
    pub fn can_be_given(&self) -> bool {
        self.answered_by == AnsweredBy::Participant && self.licence.text != Shipped::NotShipped
    }
}
