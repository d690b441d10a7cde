//! The five models and the constructs a target may be linked to.
//!
//! Sources: Ward & Gannon 2006 (GLM), Andrews & Bonta 2006 (RNR), Ward & Hudson 1998 (SRM), Ward & Siegert 2002
//! (Pathways), Seto 2013 (MFM). The models stay five lenses; nothing here adds them up.

use serde::{Deserialize, Serialize};

/// One of the five models.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Model {
    /// Good Lives Model: primary goods.
    Glm,
    /// Risk-Need-Responsivity: the central eight.
    Rnr,
    /// Self-Regulation Model: the nine phases.
    Srm,
    /// Pathways Model: the five pathways.
    Pathways,
    /// Motivation-Facilitation Model: motivations, traits, states, situation.
    Mfm,
}

impl Model {
    /// All five, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::Glm, Self::Rnr, Self::Srm, Self::Pathways, Self::Mfm];

    /// The model's key in a definition.
    pub fn id(self) -> &'static str {
        match self {
            Self::Glm => "glm",
            Self::Rnr => "rnr",
            Self::Srm => "srm",
            Self::Pathways => "pathways",
            Self::Mfm => "mfm",
        }
    }

    /// The ids of the model's constructs, in the model's own order.
    pub fn constructs(self) -> &'static [&'static str] {
        match self {
            Self::Glm => &[
                "life",
                "knowledge",
                "play",
                "work",
                "agency",
                "inner-peace",
                "relatedness",
                "community",
                "spirituality",
                "pleasure",
                "creativity",
            ],
            Self::Rnr => &[
                "antisocial-history",
                "antisocial-personality",
                "antisocial-cognition",
                "antisocial-associates",
                "family-marital",
                "school-work",
                "leisure",
                "substance-use",
            ],
            Self::Srm => &[
                "life-event",
                "desire",
                "goals-established",
                "strategy-selected",
                "high-risk-situation",
                "lapse",
                "offence",
                "evaluation",
                "attitude-to-future",
            ],
            Self::Pathways => {
                &["intimacy-deficits", "distorted-scripts", "emotional-dysregulation", "antisocial-cognitions", "multiple-dysfunctional"]
            }
            Self::Mfm => &[
                "paraphilia",
                "high-sex-drive",
                "intense-mating-effort",
                "antisocial-personality",
                "poor-self-regulation",
                "hostile-masculinity",
                "negative-affect",
                "substance-state",
                "stress",
                "access",
                "opportunity",
                "time-and-place",
                "absent-guardians",
            ],
        }
    }
}

/// The constructs of each model a target stands for. An empty list is an honest answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Constructs {
    /// Good Lives goods.
    pub glm: Vec<String>,
    /// Criminogenic needs of the central eight.
    pub rnr: Vec<String>,
    /// Phases of the Self-Regulation Model.
    pub srm: Vec<String>,
    /// Pathways.
    pub pathways: Vec<String>,
    /// Motivation-Facilitation constructs.
    pub mfm: Vec<String>,
}

impl Constructs {
    /// The constructs linked in one model.
    pub fn of(&self, model: Model) -> &[String] {
        match model {
            Model::Glm => &self.glm,
            Model::Rnr => &self.rnr,
            Model::Srm => &self.srm,
            Model::Pathways => &self.pathways,
            Model::Mfm => &self.mfm,
        }
    }

    /// The list of one model, to fill.
    pub(super) fn of_mut(&mut self, model: Model) -> &mut Vec<String> {
        match model {
            Model::Glm => &mut self.glm,
            Model::Rnr => &mut self.rnr,
            Model::Srm => &mut self.srm,
            Model::Pathways => &mut self.pathways,
            Model::Mfm => &mut self.mfm,
        }
    }
}
