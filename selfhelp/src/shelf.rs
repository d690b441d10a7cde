//! The shelf: every page that is the same for everybody, with its headers, ready to be sent.
//!
//! Pages are rendered before the site opens its door. They are compressed in the background right after; until a page's turn
//! comes it is sent as it is. Nothing on the shelf changes afterwards.

pub mod press;

use std::collections::HashMap;
use std::io::Read as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use http_body_util::Full;
use sha2::{Digest as _, Sha256};

use press::{NAMES, Press};

/// What the site answers with.
pub type Answer = Response<Full<Bytes>>;

/// A page in one encoding.
struct Copy {
    tag: HeaderValue,
    body: Bytes,
}

/// A page.
pub struct Shelved {
    headers: Arc<HeaderMap>,
    mark: u64,
    /// Its bytes, until it is packed; afterwards few ask for them, and they are unpacked for those.
    plain: Mutex<Option<Bytes>>,
    packed: OnceLock<[Copy; 3]>,
    counter: Option<usize>,
    status: StatusCode,
}

/// The shelf.
#[derive(Default)]
pub struct Shelf {
    pages: HashMap<String, Shelved>,
    /// The headers of the last page: most pages have the same ones, and hundreds of copies would weigh a megabyte.
    last: Arc<HeaderMap>,
    names: Vec<String>,
    counters: Vec<AtomicU64>,
}

impl Shelf {
    /// Puts a page on it.
    pub fn put(&mut self, path: String, status: StatusCode, kind: &'static str, fixed: HeaderMap, body: Vec<u8>, counted: Option<String>) {
        let mut headers = fixed;
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
        headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
        if *self.last != headers {
            self.last = Arc::new(headers);
        }
        let mark = Sha256::digest(&body).first_chunk::<8>().map_or(0, |begin| u64::from_be_bytes(*begin));
        let place = counted.map(|name| {
            self.names.iter().position(|known| *known == name).unwrap_or_else(|| {
                self.names.push(name);
                self.counters.push(AtomicU64::new(0));
                self.names.len() - 1
            })
        });
        self.pages.insert(
            path,
            Shelved {
                headers: Arc::clone(&self.last),
                mark,
                plain: Mutex::new(Some(Bytes::from(body))),
                packed: OnceLock::new(),
                counter: place,
                status,
            },
        );
    }

    /// The page at a path, without a slash at its end.
    pub fn find(&self, path: &str) -> Option<&Shelved> {
        self.pages.get(path)
    }

    /// Every path, in order.
    pub fn paths(&self) -> Vec<&str> {
        let mut paths: Vec<&str> = self.pages.keys().map(String::as_str).collect();
        paths.sort_unstable();
        paths
    }

    /// Compresses every page, as well as it goes.
    pub fn pack(&self, press: &mut Press) {
        for path in self.paths() {
            if let Some(page) = self.pages.get(path) {
                page.pack(press);
            }
        }
    }

    /// Counts a reading.
    pub fn count(&self, page: &Shelved) {
        if let Some(counter) = page.counter.and_then(|at| self.counters.get(at)) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Takes the counts and begins anew.
    pub fn take_counts(&self) -> Vec<(&str, u64)> {
        self.names.iter().zip(&self.counters).map(|(name, counter)| (name.as_str(), counter.swap(0, Ordering::Relaxed))).collect()
    }
}

impl Shelved {
    fn pack(&self, press: &mut Press) {
        if self.packed.get().is_none() {
            let mut bodies = press.copies(&self.plain()).into_iter();
            // Without the room they grew into.
            let copies = NAMES
                .map(|name| Copy { tag: tag(self.mark, name), body: Bytes::from(bodies.next().unwrap_or_default().into_boxed_slice()) });
            if self.packed.set(copies).is_ok() {
                *self.plain.lock().unwrap_or_else(PoisonError::into_inner) = None;
            }
        }
    }

    /// Sends it in the best encoding that the browser takes.
    pub fn answer(&self, asked: &HeaderMap) -> Answer {
        let best = self.packed.get().and_then(|copies| {
            let accepted = asked.get(ACCEPT_ENCODING)?.to_str().ok()?;
            NAMES.iter().zip(copies).find(|(name, _)| accepts(accepted, name))
        });
        let mut answer = Response::new(Full::default());
        *answer.status_mut() = self.status;
        answer.headers_mut().clone_from(self.headers.as_ref());
        let tag = best.map_or_else(|| tag(self.mark, ""), |(_, copy)| copy.tag.clone());
        let known = asked.get(IF_NONE_MATCH).and_then(|known| known.to_str().ok());
        let ours = |one: &str| one == "*" || one.strip_prefix("W/").unwrap_or(one).as_bytes() == tag.as_bytes();
        let fresh = known.is_some_and(|known| known.split(',').any(|one| ours(one.trim())));
        answer.headers_mut().insert(ETAG, tag);
        if fresh && self.status == StatusCode::OK {
            *answer.status_mut() = StatusCode::NOT_MODIFIED;
            answer.headers_mut().remove(CONTENT_TYPE);
        } else if let Some((name, copy)) = best {
            answer.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(name));
            *answer.body_mut() = Full::new(copy.body.clone());
        } else {
            *answer.body_mut() = Full::new(self.plain());
        }
        answer
    }

    /// Its bytes, uncompressed.
    pub fn plain(&self) -> Bytes {
        let kept = self.plain.lock().unwrap_or_else(PoisonError::into_inner).clone();
        kept.unwrap_or_else(|| {
            let gzip = self.packed.get().map(|[_, _, gzip]| gzip.body.clone()).unwrap_or_default();
            let mut plain = Vec::new();
            let read = flate2::read::GzDecoder::new(gzip.as_ref()).read_to_end(&mut plain);
            read.map(|_| Bytes::from(plain)).unwrap_or_default()
        })
    }

    /// How many bytes go over the wire with an encoding.
    pub fn weight(&self, encoding: &str) -> usize {
        self.pack(&mut Press::default());
        let copy = NAMES.iter().position(|name| *name == encoding).zip(self.packed.get()).map(|(at, copies)| copies[at].body.len());
        copy.unwrap_or_else(|| self.plain().len())
    }
}

/// The tag of a page in an encoding.
fn tag(mark: u64, encoding: &str) -> HeaderValue {
    HeaderValue::try_from(format!("\"{mark:016x}{encoding}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}

/// Whether an `Accept-Encoding` header takes an encoding (RFC 9110, 12.5.3; weights of zero refuse).
fn accepts(header: &str, name: &str) -> bool {
    header.split(',').any(|part| {
        let (coding, rest) = part.split_once(';').map_or((part, ""), |(coding, rest)| (coding, rest));
        let refused = rest.trim().strip_prefix("q=").is_some_and(|weight| weight.trim().parse::<f32>().is_ok_and(|weight| weight <= 0.0));
        coding.trim().eq_ignore_ascii_case(name) && !refused
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shelf() -> Shelf {
        let mut shelf = Shelf::default();
        shelf.put("/en".into(), StatusCode::OK, "text/html", HeaderMap::new(), b"hello hello hello hello".repeat(40), None);
        shelf
    }

    fn ask(shelf: &Shelf, name: http::HeaderName, value: &str) -> Answer {
        let mut headers = HeaderMap::new();
        headers.insert(name, HeaderValue::from_str(value).unwrap());
        shelf.find("/en").unwrap().answer(&headers)
    }

    #[test]
    fn the_best_encoding_is_sent_with_its_own_tag() {
        let shelf = shelf();
        assert!(ask(&shelf, ACCEPT_ENCODING, "br").headers().get(CONTENT_ENCODING).is_none(), "not packed yet");
        shelf.pack(&mut Press::default());
        for (asked, sent) in [
            ("gzip, deflate, br, zstd", Some("br")),
            ("zstd, gzip;q=0.5", Some("zstd")),
            ("gzip;q=1.0, br;q=0", Some("gzip")),
            ("identity", None),
            ("brr", None),
        ] {
            let answer = ask(&shelf, ACCEPT_ENCODING, asked);
            assert_eq!(answer.headers().get(CONTENT_ENCODING).map(|value| value.to_str().unwrap()), sent, "{asked}");
        }
        let tag = ask(&shelf, ACCEPT_ENCODING, "gzip").headers()[ETAG].clone();
        assert_ne!(tag, ask(&shelf, ACCEPT_ENCODING, "br").headers()[ETAG]);
        let plain = ask(&shelf, ACCEPT_ENCODING, "identity").headers()[ETAG].clone();
        assert_eq!(ask(&shelf, IF_NONE_MATCH, plain.to_str().unwrap()).status(), StatusCode::NOT_MODIFIED);
        assert_eq!(ask(&shelf, IF_NONE_MATCH, &format!("\"x\", W/{}", plain.to_str().unwrap())).status(), StatusCode::NOT_MODIFIED);
        assert_eq!(ask(&shelf, IF_NONE_MATCH, "*").status(), StatusCode::NOT_MODIFIED);
        assert_eq!(ask(&shelf, IF_NONE_MATCH, "\"x\"").status(), StatusCode::OK);
    }

    proptest! {
        #[test]
        fn any_header_is_understood_or_not(header in any::<String>(), bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let shelf = shelf();
            shelf.pack(&mut Press::default());
            let _ = accepts(&header, "br");
            for bytes in [header.as_bytes(), &bytes] {
                let Ok(value) = HeaderValue::from_bytes(bytes) else { continue };
                let known = shelf.find("/en").unwrap().answer(&HeaderMap::from_iter([(IF_NONE_MATCH, value.clone())]));
                prop_assert_eq!(known.status() == StatusCode::NOT_MODIFIED, bytes.split(|byte| *byte == b',').any(|one| one.trim_ascii() == b"*"));
                let sent = shelf.find("/en").unwrap().answer(&HeaderMap::from_iter([(ACCEPT_ENCODING, value)]));
                prop_assert_eq!(sent.status(), StatusCode::OK);
            }
        }
    }
}
