//! The site as a function from requests to answers. It knows no address, no connection and no agent.

mod again;
mod armour;
mod checks;
mod fields;
mod my;
mod phrases;
mod results;

use std::borrow::Cow;
use std::sync::{Mutex, MutexGuard, PoisonError};

use askama::Template;
use bytes::Bytes;
use fairway_site::Language;
use http::header::{ACCEPT_LANGUAGE, ALLOW, CACHE_CONTROL, CONTENT_TYPE, LOCATION, VARY};
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use http_body_util::Full;
use jiff::civil::Date;

pub use armour::Options;
pub use fields::Fields;

use crate::Chance;
use crate::content::Content;
use crate::day::{Calendar, Turn};
use crate::handle::Handles;
use crate::shelf::press::Press;
use crate::shelf::{Answer, Shelf, Shelved};
use crate::store::{Store, StoreError};
use crate::totals::blurred;
use crate::view::{Base, Look, Message, bind};
use fields::Carried;

/// The style sheet.
const STYLE: &str = include_str!("view/style.css");

/// The whole site.
pub struct Site {
    content: Content,
    shelf: Shelf,
    store: Store,
    handles: Handles,
    look: Look,
    fixed: HeaderMap,
    calendar: Calendar,
    chance: Chance,
    owed: Mutex<Owed>,
}

/// What is to be done at the next look at the clock.
#[derive(Default)]
struct Owed {
    /// Deleting what is too old.
    purge: bool,
    /// Totals of days that are over: day, what, about how many.
    totals: Vec<(Date, String, i64)>,
    /// What the store said last when it did not do what a form asked of it.
    broken: Option<String>,
}

/// Why a posted form got no page of its own.
#[derive(Debug)]
enum Refused {
    /// No such place.
    Lost,
    /// The store did not answer.
    Store(StoreError),
    /// A page could not be written.
    Page,
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<askama::Error> for Refused {
    fn from(_: askama::Error) -> Self {
        Self::Page
    }
}

/// A posted form, and where it was posted.
struct Posted<'r> {
    language: Language,
    rest: &'r str,
    fields: Fields,
    carried: Carried,
}

impl Site {
    /// Builds the site: renders every page that is the same for everybody.
    pub fn new(
        content: Content,
        store: Store,
        handles: Handles,
        options: &Options,
        calendar: Calendar,
        chance: Chance,
    ) -> Result<Self, askama::Error> {
        let fixed = options.headers();
        let style = STYLE.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        let mark = style.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        let look = Look { exit: options.exit.clone(), style: format!("/assets/{mark:016x}.css"), languages: content.languages.clone() };
        let mut shelf = Shelf::default();
        let mut kept = fixed.clone();
        kept.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
        shelf.put(look.style.clone(), StatusCode::OK, "text/css; charset=utf-8", kept.clone(), style.into_bytes(), None);
        shelf.put("/favicon.ico".into(), StatusCode::OK, "image/svg+xml", kept, ICON.as_bytes().to_vec(), None);
        shelf.put("/readyz".into(), StatusCode::OK, "text/plain; charset=utf-8", fixed.clone(), b"ready\n".to_vec(), None);
        shelf.put(
            "/robots.txt".into(),
            StatusCode::OK,
            "text/plain; charset=utf-8",
            fixed.clone(),
            b"User-agent: *\nAllow: /\n".to_vec(),
            None,
        );
        // Languages are rendered beside each other, so that the site is ready sooner; the first one here, because the allocator
        // keeps something back for each thread that ever was.
        let books = std::thread::scope(|scope| {
            let (content, look) = (&content, &look);
            let others = content.languages.iter().skip(1);
            let others: Vec<_> = others.map(|language| scope.spawn(move || bind(content, look, *language))).collect();
            let first = content.languages.first().map(|language| bind(content, look, *language));
            let others = others.into_iter().map(|thread| thread.join().unwrap_or(Err(askama::Error::Fmt)));
            first.into_iter().chain(others).collect::<Result<Vec<_>, _>>()
        })?;
        for leaf in books.into_iter().flatten() {
            let status = if leaf.path.ends_with("/lost.") { StatusCode::NOT_FOUND } else { StatusCode::OK };
            let mut headers = fixed.clone();
            options.onion(&mut headers, &leaf.path);
            // A copy made here: what stays for ever must not lie between the pages of another thread, which go once they are packed.
            let path = leaf.path.as_str().to_owned();
            shelf.put(path, status, "text/html; charset=utf-8", headers, leaf.html.into_bytes(), leaf.counted);
        }
        Ok(Self { content, shelf, store, handles, look, fixed, calendar, chance, owed: Mutex::default() })
    }

    /// Compresses the shelf; call it once, beside the first answers.
    pub fn pack(&self, press: &mut Press) {
        self.shelf.pack(press);
    }

    /// The shelf.
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The day it is, in UTC: the day a visitor lives in is not asked for.
    pub fn today(&self) -> Date {
        self.calendar.today()
    }

    /// Looks at the clock, every some minutes. Keys of handles that are too old are forgotten; when a day is over, old notes go, and
    /// the day's totals are blurred and kept, if they are wanted. What was found is said, so that a doubtful clock is said once.
    pub async fn turn(&self, totals: bool) -> Turn {
        let turn = self.calendar.turn();
        if let Err(error) = self.handles.turn(self.today()) {
            eprintln!("fairway-selfhelp: {error}");
        }
        if let Turn::Over { before, .. } = turn {
            let counts = self.shelf.take_counts();
            let blurred = counts
                .into_iter()
                .filter(|_| totals)
                .filter_map(|(what, count)| Some((before, what.to_owned(), blurred(count, &self.chance)?)));
            let mut owed = self.owed();
            owed.purge = true;
            owed.totals.extend(blurred);
        }
        self.pay().await;
        turn
    }

    /// Does what is owed; what fails is said, and tried again at the next look.
    async fn pay(&self) {
        let owed = std::mem::take(&mut *self.owed());
        if let Some(error) = owed.broken {
            eprintln!("fairway-selfhelp: some forms were not answered; last: {error}");
        }
        for (day, what, about) in owed.totals {
            if let Err(error) = self.store.count(day, &what, about).await {
                eprintln!("fairway-selfhelp: the day's totals: {error}");
                self.owed().totals.push((day, what, about));
            }
        }
        if owed.purge
            && let Err(error) = self.store.purge(self.today()).await
        {
            eprintln!("fairway-selfhelp: the daily purge, which is tried again: {error}");
            self.owed().purge = true;
        }
    }

    fn owed(&self) -> MutexGuard<'_, Owed> {
        self.owed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers everything but forms.
    pub fn read(&self, method: &Method, path: &str, headers: &HeaderMap) -> Answer {
        let place = path.strip_suffix('/').unwrap_or(path);
        if *method != Method::GET && *method != Method::HEAD {
            let mut answer =
                self.message(self.language(path, headers), StatusCode::METHOD_NOT_ALLOWED, "selfhelp-method-title", "selfhelp-method");
            answer.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
            return answer;
        }
        if let Some(page) = self.shelf.find(place).filter(|_| !place.ends_with('.')) {
            self.shelf.count(page);
            return page.answer(headers);
        }
        if place.is_empty() {
            return self.elsewhere(&format!("/{}/", self.language(path, headers)), true);
        }
        // A country's code, say, typed in capitals.
        let small = place.to_ascii_lowercase();
        if small != place && self.shelf.find(&small).is_some() {
            return self.elsewhere(&small, false);
        }
        let (language, rest) = split(place);
        if let Some(language) = language.filter(|language| self.content.languages.contains(language)) {
            // Somebody reloads or bookmarks a page that only answers forms: the phrase is typed again.
            if rest == "my" || rest.starts_with("my/") || rest.starts_with("phrase/") {
                return self.elsewhere(&format!("/{language}/phrase"), false);
            }
            if let Some(step) = rest.strip_suffix("/check").or_else(|| rest.strip_suffix("/back")) {
                return self.elsewhere(&format!("/{language}/{step}"), false);
            }
        }
        self.lost(self.language(path, headers)).map_or_else(|| Response::new(Full::default()), |page| page.answer(headers))
    }

    /// Answers a posted form.
    pub async fn post(&self, path: &str, headers: &HeaderMap, body: &[u8]) -> Answer {
        // Another site must not open notes of its own in this browser and read later what is written into them. Old browsers do not say.
        let from = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
        if !matches!(from, None | Some(b"same-origin" | b"none")) {
            return self.message(self.language(path, headers), StatusCode::FORBIDDEN, "selfhelp-method-title", "selfhelp-method");
        }
        let fields = Fields::parse(body);
        // Text browsers post a form to one address whichever button was pressed; the button says where it leads.
        let path = fields.get("go").filter(|go| go.starts_with('/')).unwrap_or(path).to_owned();
        let (language, rest) = split(path.strip_suffix('/').unwrap_or(&path));
        let Some(language) = language.filter(|language| self.content.languages.contains(language)) else {
            return self.message(self.language(&path, headers), StatusCode::NOT_FOUND, "selfhelp-lost-title", "selfhelp-lost");
        };
        let carried = Carried::of(&fields, &self.content);
        let posted = Posted { language, rest, fields, carried };
        match self.answer(&posted).await {
            Ok(html) => self.page(StatusCode::OK, html),
            Err(Refused::Lost) => self.message(language, StatusCode::NOT_FOUND, "selfhelp-lost-title", "selfhelp-lost"),
            Err(Refused::Store(error)) => {
                // What failed is said later, never whose or when: a line for each form would be a list of visits.
                self.owed().broken = Some(error.to_string());
                self.again(&posted, StatusCode::SERVICE_UNAVAILABLE)
            }
            Err(Refused::Page) => self.again(&posted, StatusCode::INTERNAL_SERVER_ERROR),
        }
    }

    async fn answer(&self, posted: &Posted<'_>) -> Result<String, Refused> {
        match posted.rest {
            "phrase/new" => self.new_phrase(posted),
            "phrase/type" => self.type_phrase(posted, None),
            "phrase/keep" => self.keep(posted).await,
            "phrase/open" => self.open(posted).await,
            rest if rest == "my" || rest.starts_with("my/") => self.my(posted).await,
            rest => match rest.strip_suffix("/check") {
                Some(place) => self.checked(posted, place),
                None => match rest.strip_suffix("/back") {
                    Some(place) => self.back(posted, place),
                    None => self.echo(posted, rest),
                },
            },
        }
    }

    /// A page that says that there are too many visitors; no other work is done for it.
    pub fn busy(&self, path: &str, headers: &HeaderMap) -> Answer {
        self.message(self.language(path, headers), StatusCode::SERVICE_UNAVAILABLE, "selfhelp-busy-title", "selfhelp-busy")
    }

    /// A page that says that the form was too long or too slow.
    pub fn too_long(&self, path: &str, headers: &HeaderMap) -> Answer {
        self.message(self.language(path, headers), StatusCode::PAYLOAD_TOO_LARGE, "selfhelp-long-title", "selfhelp-long")
    }

    /// A page that says that the form did not come in time.
    pub fn too_slow(&self, path: &str, headers: &HeaderMap) -> Answer {
        self.message(self.language(path, headers), StatusCode::REQUEST_TIMEOUT, "selfhelp-slow-title", "selfhelp-slow")
    }

    fn message(&self, language: Language, status: StatusCode, title: &str, text: &str) -> Answer {
        let l = language.words();
        let page = Message { b: Base::new(&self.look, language, "", l.t(title)), text: l.t(text).into_owned() };
        self.page(status, page.render().unwrap_or_default())
    }

    /// An answer to a form holds somebody's words: it is never stored by a browser or a proxy, and never compressed, so that
    /// its length says as little as can be.
    fn page(&self, status: StatusCode, html: String) -> Answer {
        let mut answer = Response::new(Full::new(Bytes::from(html)));
        *answer.status_mut() = status;
        answer.headers_mut().clone_from(&self.fixed);
        answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        answer
    }

    fn elsewhere(&self, place: &str, by_language: bool) -> Answer {
        let mut answer = self.page(StatusCode::SEE_OTHER, String::new());
        if let Ok(place) = HeaderValue::try_from(place) {
            answer.headers_mut().insert(LOCATION, place);
        }
        if by_language {
            answer.headers_mut().insert(VARY, HeaderValue::from_static("Accept-Language"));
        }
        answer
    }

    fn lost(&self, language: Language) -> Option<&Shelved> {
        self.shelf.find(&format!("/{language}/lost."))
    }

    /// The language of an address; else the one the browser asks for, of those we have.
    fn language(&self, path: &str, headers: &HeaderMap) -> Language {
        let ours = |language: &Language| self.content.languages.contains(language);
        split(path).0.filter(ours).unwrap_or_else(|| {
            let asked = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
            Some(Language::negotiate(asked)).filter(ours).unwrap_or(Language::EN)
        })
    }

    fn words(language: Language, id: &str) -> Cow<'static, str> {
        language.words().t(id)
    }
}

/// A leaf of two tones that says nothing.
const ICON: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#0d5a6b"/><path d="M3 11q5-2 10 0" stroke="#fff" stroke-width="1.6" fill="none"/></svg>"##;

/// The language at the front of a path, and the rest.
fn split(path: &str) -> (Option<Language>, &str) {
    let path = path.strip_prefix('/').unwrap_or(path);
    let (code, rest) = path.split_once('/').unwrap_or((path, ""));
    (Language::all().into_iter().find(|language| language.code() == code), rest)
}
