//! Where a value of a JSON file stands, by the way that leads to it.

use std::ops::Range;

/// One step down into a JSON document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The value of a key.
    Key(String),
    /// An element of an array.
    At(usize),
}

impl From<&str> for Step {
    fn from(key: &str) -> Self {
        Self::Key(key.to_owned())
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Self::At(index)
    }
}

/// The byte range of the value at the end of the way, in a text that is valid JSON; of the last value on the way that is
/// there, when the way leads further. Of a string, what stands between its quotes.
pub fn locate(text: &str, way: &[Step]) -> Range<usize> {
    let mut scan = Scan { bytes: text.as_bytes(), at: 0 };
    scan.blank();
    let mut start = scan.at;
    for step in way {
        scan.at = start;
        match scan.child(step) {
            Some(found) => start = found,
            None => break,
        }
    }
    scan.at = start;
    scan.skip();
    let end = scan.at.min(text.len());
    if text.as_bytes().get(start) == Some(&b'"') && end > start + 2 {
        return start + 1..end - 1;
    }
    start..end
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn blank(&mut self) {
        while self.peek().is_ascii_whitespace() {
            self.at += 1;
        }
    }

    /// Where the child begins; the scan stands at the start of its parent.
    fn child(&mut self, step: &Step) -> Option<usize> {
        let object = match self.peek() {
            b'{' => true,
            b'[' => false,
            _ => return None,
        };
        self.at += 1;
        let mut index = 0;
        loop {
            self.blank();
            if matches!(self.peek(), b'}' | b']' | 0) {
                return None;
            }
            let mut key = None;
            if object {
                let start = self.at;
                self.skip();
                let raw = self.bytes.get(start..self.at).unwrap_or_default();
                key = serde_json::from_slice::<String>(raw).ok();
                self.blank();
                self.at += 1;
                self.blank();
            }
            let here = match step {
                Step::Key(wanted) => key.as_deref() == Some(wanted),
                Step::At(wanted) => !object && *wanted == index,
            };
            if here {
                return Some(self.at);
            }
            self.skip();
            self.blank();
            if self.peek() == b',' {
                self.at += 1;
            }
            index += 1;
        }
    }

    /// Passes over one value.
    fn skip(&mut self) {
        let mut depth = 0_usize;
        loop {
            match self.peek() {
                0 => return,
                b'"' => self.string(),
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    if depth == 0 {
                        return;
                    }
                    depth -= 1;
                    self.at += 1;
                }
                b',' | b':' if depth == 0 => return,
                byte if depth == 0 && byte.is_ascii_whitespace() => return,
                byte if depth == 0 && !byte.is_ascii_whitespace() => {
                    while !matches!(self.peek(), 0 | b',' | b'}' | b']' | b':') && !self.peek().is_ascii_whitespace() {
                        self.at += 1;
                    }
                    return;
                }
                _ => self.at += 1,
            }
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self) {
        self.at += 1;
        loop {
            match self.peek() {
                0 if self.at >= self.bytes.len() => return,
                b'"' => {
                    self.at += 1;
                    return;
                }
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_values_by_their_way() {
        let text = r#" {"a": [1, {"b\"c": "yes", "d": [true]}], "e": null}"#;
        let at = |way: &[Step]| &text[locate(text, way)];
        assert_eq!(at(&["a".into(), 0.into()]), "1");
        assert_eq!(at(&["a".into(), 1.into(), "b\"c".into()]), "yes");
        assert_eq!(at(&["a".into(), 1.into(), "d".into(), 0.into()]), "true");
        assert_eq!(at(&["e".into()]), "null");
        assert_eq!(at(&["a".into(), 1.into(), "z".into()]), r#"{"b\"c": "yes", "d": [true]}"#);
    }
}
