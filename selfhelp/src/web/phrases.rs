//! Getting a phrase, typing it back, and opening notes with it.

use askama::Template as _;
use zeroize::Zeroizing;

use super::{Posted, Refused, Site};
use crate::handle::LONGEST_HANDLE;
use crate::phrase::{self, Entropy, Slip};
use crate::seal::Keys;
use crate::view::{Base, Onward, TypePage, WordsPage};

impl Site {
    /// Shows twelve new words. Nothing is stored.
    pub(super) fn new_phrase(&self, posted: &Posted<'_>) -> Result<String, Refused> {
        let mut entropy: Entropy = Zeroizing::new([0; 16]);
        (self.chance)(entropy.as_mut_slice());
        let language = posted.language;
        let mut hidden = posted.carried.hidden();
        hidden.push(("offer".into(), self.handles.offer(&entropy)));
        let page = WordsPage {
            b: Base::new(&self.look, language, "phrase/new", Self::words(language, "selfhelp-words-title")).posted(),
            words: phrase::words(&entropy, language),
            onward: Onward::to("phrase/type", hidden),
        };
        Ok(page.render()?)
    }

    /// Asks for the words that were just shown.
    pub(super) fn type_phrase(&self, posted: &Posted<'_>, fault: Option<String>) -> Result<String, Refused> {
        let language = posted.language;
        let mut hidden = posted.carried.hidden();
        hidden.extend(
            posted.fields.get("offer").filter(|offer| offer.len() <= LONGEST_HANDLE).map(|offer| ("offer".to_owned(), offer.to_owned())),
        );
        let page = TypePage {
            b: Base::new(&self.look, language, "phrase/type", Self::words(language, "selfhelp-type-title")).posted(),
            lead: Self::words(language, "selfhelp-type-lead").into_owned(),
            onward: Onward::to("phrase/keep", hidden),
            fault,
            typed: posted.fields.get("phrase").unwrap_or_default().chars().take(400).collect(),
            button: Self::words(language, "selfhelp-type-keep").into_owned(),
            offer: true,
            carries: posted.carried.any(),
        };
        Ok(page.render()?)
    }

    /// Stores the first notes, once the words were typed back.
    pub(super) async fn keep(&self, posted: &Posted<'_>) -> Result<String, Refused> {
        let language = posted.language;
        let Some(shown) = posted.fields.get("offer").and_then(|offer| self.handles.open_offer(offer)) else {
            return self.type_phrase(posted, Some(Self::words(language, "selfhelp-offer-old").into_owned()));
        };
        let typed = posted.fields.get("phrase").unwrap_or_default();
        // The words may have been shown in the other language: its list is as good.
        let back = self.content.languages.iter().map(|list| phrase::read_back(typed, *list, &shown)).find(Result::is_ok);
        if let Err(slip) = back.unwrap_or_else(|| phrase::read_back(typed, language, &shown)) {
            return self.type_phrase(posted, Some(said(&slip, language)));
        }
        let open = self.handles.opened(Keys::of(&shown));
        drop(shown);
        self.begin(posted, &open).await
    }

    /// Opens notes by a typed phrase; without one it asks for it.
    pub(super) async fn open(&self, posted: &Posted<'_>) -> Result<String, Refused> {
        let language = posted.language;
        let Some(typed) = posted.fields.get("phrase") else { return self.ask_phrase(posted, "selfhelp-open-lead", None) };
        let keys = match phrase::read(typed, language) {
            Ok(entropy) => Keys::of(&entropy),
            Err(slip) => return self.ask_phrase(posted, "selfhelp-open-lead", Some(said(&slip, language))),
        };
        match self.resume(posted, &self.handles.opened(keys)).await? {
            Some(page) => Ok(page),
            None => self.ask_phrase(posted, "selfhelp-open-lead", Some(Self::words(language, "selfhelp-slip-nothing").into_owned())),
        }
    }

    /// The page that asks for the phrase, with everything carried on.
    pub(super) fn ask_phrase(&self, posted: &Posted<'_>, lead: &str, fault: Option<String>) -> Result<String, Refused> {
        let language = posted.language;
        let page = TypePage {
            b: Base::new(&self.look, language, "phrase/open", Self::words(language, "selfhelp-open-title")).posted(),
            lead: Self::words(language, lead).into_owned(),
            onward: Onward::to("phrase/open", posted.carried.hidden()),
            fault,
            typed: posted.fields.get("phrase").unwrap_or_default().chars().take(400).collect(),
            button: Self::words(language, "selfhelp-open-button").into_owned(),
            offer: false,
            carries: posted.carried.any(),
        };
        Ok(page.render()?)
    }
}

/// What a slip is, in words.
fn said(slip: &Slip, language: fairway_site::Language) -> String {
    let l = language.words();
    match slip {
        Slip::Count { found } => l.t1("selfhelp-slip-count", "found", *found),
        Slip::Unknown { place, given, near: None } => l.t2("selfhelp-slip-unknown", "place", *place, "given", given),
        Slip::Unknown { place, given, near: Some(near) } => l.t3("selfhelp-slip-near", "place", *place, "given", given, "near", near),
        Slip::Checksum { maybe } => {
            let hints = maybe.iter().map(|(place, word)| l.t2("selfhelp-slip-maybe", "place", *place, "word", word).into_owned());
            let all: Vec<String> = std::iter::once(l.t("selfhelp-slip-checksum").into_owned()).chain(hints).collect();
            all.join(" ").into()
        }
        Slip::Differs { place } => l.t1("selfhelp-slip-differs", "place", *place),
    }
    .into_owned()
}
