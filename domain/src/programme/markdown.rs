//! The little of Markdown that must be understood to check a session's file: headings, code, HTML and images.

use std::ops::Range;

use super::nearest::quoted;
use super::source::Source;

/// A heading outside code.
pub(super) struct Heading<'a> {
    /// 1 to 6.
    pub(super) level: usize,
    /// Its words, without the number signs.
    pub(super) text: &'a str,
    /// Where the words stand.
    pub(super) words: Range<usize>,
    /// Where the whole line stands, without its line break.
    pub(super) line: Range<usize>,
}

/// A line outside fenced code, with where it begins; line breaks removed.
pub(super) struct Line<'a> {
    pub(super) start: usize,
    pub(super) text: &'a str,
}

/// The lines that are not fenced code.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let (mut lines, mut fence, mut start) = (Vec::new(), None, 0);
    for with_break in text.split_inclusive('\n') {
        let line = with_break.trim_end_matches(['\n', '\r']);
        let run = fence_run(line);
        match (fence, run) {
            (None, Some(run)) => fence = Some(run),
            (Some((sign, length)), Some((other, run))) if sign == other && run >= length => fence = None,
            (None, None) => lines.push(Line { start, text: line }),
            _ => {}
        }
        start += with_break.len();
    }
    lines
}

/// The sign and length of a line that opens or closes fenced code.
fn fence_run(line: &str) -> Option<(char, usize)> {
    let inner = line.trim_start_matches(' ');
    let sign = inner.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let run = inner.chars().take_while(|c| *c == sign).count();
    (run >= 3 && line.len() - inner.len() < 4).then_some((sign, run))
}

/// All headings, in order.
pub(super) fn headings(text: &str) -> Vec<Heading<'_>> {
    lines(text).iter().filter_map(heading).collect()
}

fn heading<'a>(line: &Line<'a>) -> Option<Heading<'a>> {
    let inner = line.text.trim_start_matches(' ');
    let indent = line.text.len() - inner.len();
    let level = inner.bytes().take_while(|byte| *byte == b'#').count();
    let rest = inner.get(level..)?;
    if indent > 3 || !(1..=6).contains(&level) || !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
        return None;
    }
    let words = rest.trim();
    let start = line.start + indent + level + (rest.len() - rest.trim_start().len());
    Some(Heading { level, text: words, words: start..start + words.len(), line: line.start..line.start + line.text.len() })
}

/// An inline link outside code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where its destination stands, in bytes of the text.
    pub place: Range<usize>,
    /// Where it leads, as written.
    pub to: String,
}

/// All inline links `[words](destination)`, in order; none within code.
pub fn links(text: &str) -> Vec<Link> {
    let mut links = Vec::new();
    for line in lines(text) {
        let mut at = 0;
        while let Some(rest) = line.text.get(at..).filter(|rest| !rest.is_empty()) {
            if let Some(inner) = rest.strip_prefix("](") {
                let end = inner.find(')').unwrap_or(inner.len());
                let to = inner.get(..end).unwrap_or("").split_whitespace().next().unwrap_or("");
                let start = line.start + at + 2;
                links.push(Link { place: start..start + to.len(), to: to.to_owned() });
                at += 2 + end;
                continue;
            }
            let length = rest.chars().next().map_or(1, char::len_utf8);
            at += match rest.as_bytes().first() {
                Some(b'\\') => length + rest.chars().nth(1).map_or(0, char::len_utf8),
                Some(b'`') => code_span(rest),
                _ => length,
            };
        }
    }
    links
}

/// The text with each inline link's destination as `rewrite` says; where it says nothing, only the link's words are left.
pub fn with_links(text: &str, rewrite: impl Fn(&str) -> Option<String>) -> String {
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    for link in links(text) {
        let before = text.get(from..link.place.start).unwrap_or("");
        if let Some(to) = rewrite(&link.to) {
            out.push_str(before);
            out.push_str(&to);
            from = link.place.end;
        } else if let Some(open) = opening(before) {
            out.push_str(before.get(..open).unwrap_or(""));
            out.push_str(before.get(open + 1..before.len() - 2).unwrap_or(""));
            let closing = text.get(link.place.end..).and_then(|rest| rest.find(')')).map_or(0, |at| at + 1);
            from = link.place.end + closing;
        }
    }
    out.push_str(text.get(from..).unwrap_or(""));
    out
}

/// Where the bracket opens whose closing one ends `before` (with the parenthesis after it).
fn opening(before: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in before.strip_suffix("](")?.char_indices().rev() {
        match c {
            ']' => depth += 1,
            '[' if depth == 0 => return Some(at),
            '[' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// What stands under a heading, up to the next of its level or above; line breaks as `\n`.
pub(super) fn body(text: &str, headings: &[Heading<'_>], index: usize) -> String {
    let Some(heading) = headings.get(index) else { return String::new() };
    let next = headings.iter().skip(index + 1).find(|other| other.level <= heading.level);
    let end = next.map_or(text.len(), |next| next.line.start);
    text.get(heading.line.end..end).unwrap_or("").trim().replace("\r\n", "\n")
}

/// Reports HTML, images and control characters, outside code.
pub(super) fn forbidden(source: &Source<'_>) {
    for line in lines(source.text) {
        let mut at = 0;
        while let Some(rest) = line.text.get(at..).filter(|rest| !rest.is_empty()) {
            let length = rest.chars().next().map_or(1, char::len_utf8);
            at += match rest.as_bytes().first() {
                Some(b'\\') => length + rest.chars().nth(1).map_or(0, char::len_utf8),
                Some(b'`') => code_span(rest),
                _ => {
                    report(source, line.start + at, rest);
                    length
                }
            };
        }
    }
}

/// Length of the code span a line goes on with, or of its backticks when they are not closed on the line.
fn code_span(rest: &str) -> usize {
    let run = rest.bytes().take_while(|byte| *byte == b'`').count();
    let (ticks, after) = rest.split_at(run);
    let mut from = 0;
    while let Some(found) = after.get(from..).and_then(|tail| tail.find(ticks)) {
        let at = from + found;
        let closing = after.bytes().skip(at).take_while(|byte| *byte == b'`').count();
        if closing == run {
            return run + at + closing;
        }
        from = at + closing;
    }
    run
}

fn report(source: &Source<'_>, at: usize, rest: &str) {
    let upto = |close: char| rest.find(close).map_or(rest.len(), |end| end + close.len_utf8());
    let Some(first) = rest.chars().next() else { return };
    let second = rest.chars().nth(1).unwrap_or(' ');
    let is_link = ["<http://", "<https://", "<mailto:"].iter().any(|link| rest.starts_with(link));
    if first == '<' && !is_link && (second.is_ascii_alphabetic() || matches!(second, '/' | '!' | '?')) {
        let span = at..at + upto('>');
        let message = format!("HTML is not allowed: {}", quoted(rest.get(..upto('>')).unwrap_or(rest)));
        source.fault(span, "html", message, "use Markdown, or put a backslash before the <");
    } else if first == '!' && second == '[' {
        let span = at..at + upto(')');
        let message = format!("images are not allowed: {}", quoted(rest.get(..upto(')')).unwrap_or(rest)));
        source.fault(span, "image", message, "say it in words");
    } else if first.is_control() && first != '\t' {
        let message = format!("the control character {first:?} stands here");
        source.fault(at..at + first.len_utf8(), "control-character", message, "remove it");
    }
}

#[cfg(test)]
mod tests {
    use super::{links, with_links};

    #[test]
    fn links_are_found_outside_code() {
        let text = "See [a](x.md#s), `[b](y.md)` and \\[c](z.md).\n\n```\n[d](w.md)\n```\n[e](v.md \"E\")";
        assert_eq!(links(text).into_iter().map(|it| it.to).collect::<Vec<_>>(), ["x.md#s", "z.md", "v.md"]);
    }

    #[test]
    fn links_are_rewritten_or_become_words() {
        let rewrite = |to: &str| to.strip_suffix(".md").map(|id| format!("/s/{id}"));
        assert_eq!(with_links("A [b](c.md) d [e [f]](g.txt \"t\") h", rewrite), "A [b](/s/c) d e [f] h");
        assert_eq!(with_links("none", rewrite), "none");
    }
}
