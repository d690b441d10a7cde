//! Markdown as words only.

/// The words of a Markdown text, a paragraph, list item or row of a table to a line.
pub(super) fn of(markdown: &str) -> String {
    let words = crate::programme::with_links(markdown, |_| None);
    let mut out = String::with_capacity(words.len());
    let mut open = false;
    for line in words.lines() {
        let line = line.trim();
        let inner = line.trim_start_matches(['>', '#', ' ']);
        let item = ["- ", "* ", "+ "].iter().find_map(|mark| inner.strip_prefix(mark)).or_else(|| numbered(inner));
        let begins = item.is_some() || line.starts_with(['#', '|', '>']) || inner.is_empty();
        if open {
            out.push(if begins { '\n' } else { ' ' });
        }
        let rest = item.unwrap_or(inner);
        let ruled = !rest.is_empty() && rest.chars().all(|c| matches!(c, '_' | '-' | '*' | '|' | ':' | ' '));
        let before = out.len();
        if !ruled {
            spell(rest, &mut out);
        }
        // A heading or row is a line of its own.
        open = out.len() > before || (open && !begins);
        if open && line.starts_with(['#', '|']) {
            out.push('\n');
            open = false;
        }
    }
    out
}

fn numbered(line: &str) -> Option<&str> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 3 { None } else { line.get(digits..)?.strip_prefix(". ") }
}

fn spell(words: &str, out: &mut String) {
    let mut chars = words.trim_matches('|').chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next_if(char::is_ascii_punctuation)),
            '*' | '`' => {}
            '|' => out.push('·'),
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_words_are_left() {
        let text = "> I **wonder** what\n> helps.\n\n- One [two](x.md)\n- `three`\n\n### 1.7 lines\n___\nFour\nfive.\n\n| a | b |\n|---|---|\n1. six";
        assert_eq!(super::of(text), "I wonder what\nhelps.\nOne two\nthree\n1.7 lines\nFour five.\n a · b \nsix");
    }
}
