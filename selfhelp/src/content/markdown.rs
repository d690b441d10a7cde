//! Texts of the content as HTML, with links between steps made into addresses.

use fairway_site::markdown::Reading;
use fairway_site::{Html, Language};

/// Turns a text into HTML. A link `course/step` or `help-now` becomes an address of the site in this language; whoever
/// reads with notes open gets buttons for the same places, see [`with_notes`].
pub(super) fn html(text: &str, language: Language) -> Html {
    let made = Reading { heading_shift: 0, id_prefix: String::new() }.html(text);
    let mut out = String::with_capacity(made.as_str().len());
    let mut rest = made.as_str();
    while let Some(at) = rest.find("<a href=\"") {
        let (before, from) = rest.split_at(at + 9);
        out.push_str(before);
        let end = from.find('"').unwrap_or(from.len());
        let (address, after) = from.split_at(end);
        if is_outside(address) || address.starts_with('/') {
            out.push_str(address);
        } else {
            out.extend(["/", language.code(), "/", place(address)]);
        }
        rest = after;
    }
    out.push_str(rest);
    Html::vouched(without_ids(&out))
}

/// The same for one paragraph, without its tags.
pub fn sentence(text: &str, language: Language) -> Html {
    let made = html(text, language);
    let inner = made.as_str().trim();
    Html::vouched(inner.strip_prefix("<p>").and_then(|inner| inner.strip_suffix("</p>")).unwrap_or(inner).to_owned())
}

/// The same HTML for somebody whose notes are open: links to steps are buttons that carry the notes along.
pub fn with_notes(html: &Html, language: Language, is_step: impl Fn(&str) -> bool) -> Html {
    let begin = format!("<a href=\"/{language}/");
    let mut out = String::new();
    let mut rest = html.as_str();
    while let Some(at) = rest.find(&begin) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let inner = &from[begin.len()..];
        let parts = inner.split_once('"').and_then(|(place, tail)| {
            let (_, tail) = tail.split_once('>')?;
            let (label, tail) = tail.split_once("</a>")?;
            Some((place, label, tail))
        });
        match parts {
            Some((place, label, tail)) if is_step(place) => {
                let there = format!("/{language}/my/{place}");
                out.extend(["<button class=\"link\" name=\"go\" value=\"", &there, "\" formaction=\"", &there, "\">", label, "</button>"]);
                rest = tail;
            }
            _ => {
                out.extend(["<a target=\"_blank\" href=\"/", language.code(), "/"]);
                rest = inner;
            }
        }
    }
    out.push_str(rest);
    Html::vouched(out)
}

/// The same HTML for a screen: what stands below a heading of the fourth level is folded under it, so that somebody finds their own
/// country, say, without reading the others.
pub fn folded(html: &Html) -> Html {
    let mut out = String::new();
    let mut rest = html.as_str();
    while let Some((before, from)) = rest.split_once("<h4>") {
        let (title, from) = from.split_once("</h4>").unwrap_or((from, ""));
        let end = ["<h2", "<h3", "<h4"].iter().filter_map(|next| from.find(next)).min().unwrap_or(from.len());
        out.extend([before, "<details><summary>", title, "</summary>", &from[..end], "</details>\n"]);
        rest = &from[end..];
    }
    out.push_str(rest);
    Html::vouched(out)
}

/// Every place that a text links to inside the site, as written.
pub(super) fn places(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let mut rest = line;
        while let Some((_, from)) = rest.split_once("](") {
            let Some((address, tail)) = from.split_once(')') else { break };
            if !is_outside(address) {
                found.push((number + 1, place(address).to_owned()));
            }
            rest = tail;
        }
    }
    found
}

/// A link as an address below the language: pages outside the courses are written `pages/…`.
pub fn place(address: &str) -> &str {
    let address = address.trim_matches('/');
    address.strip_prefix("pages/").unwrap_or(address)
}

fn is_outside(address: &str) -> bool {
    ["https:", "http:", "mailto:", "tel:", "#"].iter().any(|begin| address.starts_with(begin))
}

/// Heading ids would clash when a whole course is on one page; nothing links to them.
fn without_ids(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, from)) = rest.split_once(" id=\"s-") {
        out.push_str(before);
        rest = from.split_once('"').map_or("", |(_, tail)| tail);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_below_a_small_heading_is_folded_until_the_next() {
        let made = html("First.\n\n#### Here\n\nOne.\n\n#### There\n\nTwo.\n\n### Large\n\nLast.", Language::EN);
        let text = folded(&made).to_string().replace('\n', "");
        let fold = |title: &str, text: &str| format!("<details><summary>{title}</summary><p>{text}</p></details>");
        assert_eq!(text, format!("<p>First.</p>{}{}<h3>Large</h3><p>Last.</p>", fold("Here", "One."), fold("There", "Two.")));
        assert_eq!(folded(&html("Plain.", Language::EN)).as_str(), html("Plain.", Language::EN).as_str());
    }

    #[test]
    fn links_to_steps_get_the_language_and_become_buttons_with_notes_open() {
        let made = html("See [why](talking/why) and [out](https://example.org).\n\n### Small", Language::ES);
        assert!(made.as_str().contains("<a href=\"/es/talking/why\""), "{made}");
        assert!(made.as_str().contains("<a href=\"https://example.org\"") && made.as_str().contains("<h3>Small"), "{made}");
        let buttons = with_notes(&made, Language::ES, |place| place == "talking/why");
        assert!(
            buttons
                .as_str()
                .contains("<button class=\"link\" name=\"go\" value=\"/es/my/talking/why\" formaction=\"/es/my/talking/why\">why</button>"),
            "{buttons}"
        );
        assert!(with_notes(&made, Language::ES, |_| false).as_str().contains("<a target=\"_blank\" href=\"/es/talking/why\""));
    }
}
