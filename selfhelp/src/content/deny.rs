//! Words that must not stand on the site: labels for people, and anything that could help to hide or to find.
//!
//! A list cannot judge a text; it catches slips. Each entry is compared with the text in small letters; `_` stands for the
//! edge of a word.

/// Language code, words, why not and what instead.
pub(super) const DENIED: [(&str, &[&str], &str); 6] = [
    (
        "en",
        &["pedophil", "paedophil", "_predator", "_pervert", "_offender", "_monster", "_addict_", "_addicts", "_nonce_", "_deviant"],
        "This is a label. Name what somebody did or feels, never what they are",
    ),
    (
        "es",
        &["pedófil", "pedofil", "pederast", "depredador", "pervertid", "_delincuente", "_monstruo", "_adicto_", "_adicta_", "_degenerad"],
        "Es una etiqueta. Di lo que alguien hizo o siente, nunca lo que es",
    ),
    (
        "en",
        &["child porn", "kiddie", "_lolita", "_preteen", "_jailbait"],
        "Say “images of child sexual abuse”, and nothing that can be searched for",
    ),
    ("es", &["pornografía infantil", "porno infantil", "_lolita"], "Di «imágenes de abuso sexual infantil», y nada que sirva para buscar"),
    (
        "en",
        &[
            "_vpn_",
            "incognito",
            "private mode",
            "private window",
            "clear your history",
            "delete your history",
            "browser history",
            "browsing history",
            "clear the history",
            "delete the history",
            "wipe ",
            "_encrypt",
            "dark web",
            "darknet",
            "_onion_",
            "factory reset",
            "delete the files",
            "delete the evidence",
            "destroy",
        ],
        "Nothing here may help anybody to hide or destroy anything. Leave it out",
    ),
    (
        "es",
        &[
            "_vpn_",
            "modo incógnito",
            "ventana privada",
            "modo privado",
            "borra el historial",
            "borrar el historial",
            "_cifra tu",
            "web oscura",
            "dark web",
            "_onion_",
            "borra los archivos",
            "destruir",
            "destruye",
        ],
        "Nada de aquí puede ayudar a esconder o destruir nada. Quítalo",
    ),
];

/// The denied words of a language in a text, with the line.
pub(super) fn denied(text: &str, language: &str) -> Vec<(usize, &'static str, &'static str)> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let plain = format!("_{}_", line.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "_"));
        for (_, words, remedy) in DENIED.iter().filter(|(code, _, _)| *code == language) {
            for word in *words {
                // “Leaving does not clear your history” is a warning, not advice.
                let meant = |at: usize| ["_no", "_not", "_never"].iter().all(|no| !plain[..at].trim_end_matches('_').ends_with(no));
                if plain.match_indices(&word.replace(' ', "_")).any(|(at, _)| meant(at)) {
                    found.push((number + 1, word.trim_matches('_'), *remedy));
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::denied;

    #[test]
    fn labels_and_hiding_are_found_by_line() {
        assert_eq!(denied("fine\nHe is a monster.", "en")[0].0, 2);
        assert!(!denied("Pon el modo incógnito", "es").is_empty());
        assert!(denied("Salir no borra el historial.", "es").is_empty());
        assert!(denied("Demonstrate it; addiction clinics exist.", "en").is_empty());
    }
}
