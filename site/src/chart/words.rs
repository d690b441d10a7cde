//! Words in a narrow place: broken into lines, cut with an ellipsis where there is no room. The full text stays in the
//! `<title>` beside them.

/// Breaks text into at most `lines` lines of at most `width` characters, between words where that is possible.
pub(super) fn wrapped(text: &str, width: usize, lines: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let joined = line.chars().count() + 1 + word.chars().count();
        if line.is_empty() {
            word.clone_into(&mut line);
        } else if joined <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            out.push(std::mem::replace(&mut line, word.to_owned()));
        }
    }
    if !line.is_empty() {
        out.push(line);
    }
    if out.len() > lines {
        let rest = out.split_off(lines.max(1) - 1).join(" ");
        out.push(rest);
    }
    out.iter().map(|line| cut(line, width)).collect()
}

/// The text, or its beginning and an ellipsis when it is longer than `width` characters.
pub(super) fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
