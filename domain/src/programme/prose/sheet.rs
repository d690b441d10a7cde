//! Whether a participant's sheet fits one A4 page, counted in tenths of a line.

/// Most tenths of a line on one A4 page as it is printed, below its head, in a wide typeface.
pub const SHEET_TENTHS: usize = 510;
/// Characters that fit a line.
const WIDE: usize = 82;

/// How high a sheet's Markdown stands, in tenths of a line: a line of text ten for every 82 characters begun, a writing
/// line (`___`) 17, a heading 16, a row of a table 12 (18 with an empty cell to write in), and five after each paragraph.
pub fn sheet_tenths(markdown: &str) -> usize {
    let mut tenths = 0;
    let mut paragraph = false;
    for line in markdown.trim().lines().map(str::trim) {
        if line.is_empty() {
            tenths += if paragraph { 5 } else { 0 };
            paragraph = false;
            continue;
        }
        paragraph = true;
        tenths += line_tenths(line);
    }
    if paragraph { tenths + 5 } else { tenths }
}

fn line_tenths(line: &str) -> usize {
    if line.len() >= 3 && line.bytes().all(|byte| byte == b'_') {
        17
    } else if line.starts_with('#') {
        16
    } else if line.starts_with('|') {
        let rule = line.chars().all(|c| matches!(c, '|' | ':' | '-' | ' ' | '\t')) && line.contains('-');
        let to_write_in = line.trim_matches('|').split('|').any(|cell| cell.trim().is_empty());
        match (rule, to_write_in) {
            (true, _) => 0,
            (false, true) => 18,
            (false, false) => 12,
        }
    } else {
        10 * line.chars().count().div_ceil(WIDE)
    }
}

#[cfg(test)]
mod tests {
    use super::sheet_tenths;

    #[test]
    fn lines_are_counted() {
        assert_eq!(sheet_tenths(""), 0);
        assert_eq!(sheet_tenths("I notice."), 15);
        assert_eq!(sheet_tenths(&"x".repeat(83)), 25);
        assert_eq!(sheet_tenths("### One\n\n___\n___\n\nText."), 16 + 5 + 34 + 5 + 10 + 5);
        assert_eq!(sheet_tenths("| a | b |\n|---|---|\n| c | d |\n| c |  |"), 12 + 12 + 18 + 5);
        assert_eq!(sheet_tenths("|  |  |"), 18 + 5);
    }
}
