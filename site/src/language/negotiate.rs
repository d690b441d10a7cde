//! Choosing a language by `Accept-Language` (RFC 9110, section 12.5.4).

use super::Language;

/// The language with the highest weight among those we have; the earlier one wins a draw.
pub(super) fn best(header: &str) -> Language {
    let mut best = (Language::EN, 0_u16);
    for wish in header.split(',').take(32) {
        let mut parts = wish.split(';');
        let tag = parts.next().unwrap_or_default().trim();
        let weight = parts.find_map(|p| p.trim().strip_prefix("q=").map(thousandths)).unwrap_or(1000);
        let language = if tag == "*" { Some(Language::EN) } else { Language::parse(tag) };
        if let Some(language) = language
            && weight > best.1
        {
            best = (language, weight);
        }
    }
    best.0
}

fn thousandths(text: &str) -> u16 {
    let value = text.trim().parse::<f64>().unwrap_or(0.0).clamp(0.0, 1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=1000 just above")]
    let whole = (value * 1000.0).round() as u16;
    whole
}
