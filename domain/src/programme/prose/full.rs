//! What a session that is written out must have, looked at file by file.

use std::ops::Range;

use crate::programme::folder::{Page, Texts};
use crate::programme::markdown;
use crate::programme::nearest::quoted;
use crate::programme::session_text::{SessionText, split_id};
use crate::programme::{Definition, SECTIONS, SHEET_TENTHS, sheet_tenths};

/// Fewest and most fidelity checks of a session.
const FIDELITY: std::ops::RangeInclusive<usize> = 5..=8;
/// Fewest adaptations.
const ADAPTATIONS: usize = 4;

pub(super) fn complete(definition: &Definition, page: &Page<'_>, texts: &Texts) {
    let Some(text) = texts.sessions.get(page.language).and_then(|texts| texts.get(page.id)) else { return };
    let full = Full { definition, page, text };
    full.sections();
    full.spoken();
    full.watch();
    full.counts();
    full.literature();
    full.sheet();
}

/// Lines that begin with `- `.
pub(super) fn bullets(markdown: &str) -> usize {
    markdown.lines().filter(|line| line.starts_with("- ")).count()
}

struct Full<'a> {
    definition: &'a Definition,
    page: &'a Page<'a>,
    text: &'a SessionText,
}

impl Full<'_> {
    fn fault(&self, place: Range<usize>, code: &'static str, message: String, help: impl Into<String>) {
        self.page.source.fault(place, code, message, help);
    }

    /// Where a section's heading stands.
    fn place(&self, section: &str) -> Range<usize> {
        place(self.page, section)
    }

    fn section(&self, id: &str) -> Option<&str> {
        self.text.section(id).map(|section| section.markdown.as_str())
    }

    fn sections(&self) {
        for id in SECTIONS.iter().filter(|id| self.text.section(id).is_none()) {
            // Those without which no session can be held were reported already.
            if !["aims", "activities"].contains(id) {
                let message = format!("the section {} is missing", quoted(id));
                self.fault(0..0, "missing-section", message, format!("add \"## … {{#{id}}}\""));
            }
        }
        let order = |id: &str| SECTIONS.iter().position(|known| *known == id);
        for pair in self.text.sections.windows(2) {
            if let [before, after] = pair
                && order(&before.id) > order(&after.id)
            {
                let message = format!("the section {} stands after {}", quoted(&after.id), quoted(&before.id));
                self.fault(self.place(&after.id), "section-order", message, format!("the order is {}", SECTIONS.join(", ")));
            }
        }
    }

    fn spoken(&self) {
        let quotes = self.section("activities").unwrap_or("").matches("\n> ").count();
        let wanted = self.text.activities.len() / 2;
        if quotes < wanted {
            let message = format!("the facilitator speaks in \"{quotes}\" lines of the activities");
            let help = format!("give what the facilitator says and asks as \"> …\", at least {wanted} lines");
            self.fault(self.place("activities"), "no-spoken-words", message, help);
        }
    }

    fn watch(&self) {
        let Some((_, _, session)) = self.definition.session(self.page.id) else { return };
        let Some(watch) = self.section("watch") else { return };
        for target in session.targets.iter().filter_map(|id| self.definition.target(id)) {
            let Some(title) = target.title.0.get(self.page.language) else { continue };
            let wanted = format!("**{}.", title.trim());
            if !watch.contains(&wanted) {
                let message = format!("nothing says what to watch for on the target {}", quoted(title));
                self.fault(self.place("watch"), "target-not-watched", message, format!("add a line \"- {wanted}** …\""));
            }
        }
    }

    fn counts(&self) {
        if let Some(fidelity) = self.section("fidelity") {
            let checks = bullets(fidelity);
            if !FIDELITY.contains(&checks) {
                let message = format!("there are \"{checks}\" fidelity checks");
                self.fault(self.place("fidelity"), "fidelity-checks", message, "write 5 to 8 observable statements, each as \"- …\"");
            }
        }
        if let Some(adaptations) = self.section("adaptations") {
            let named = adaptations.lines().filter(|line| line.starts_with("- **")).count();
            if named < ADAPTATIONS {
                let message = format!("there are \"{named}\" adaptations");
                let help = "write one each for reading, attention, another setting and make-up, as \"- **Name.** …\"";
                self.fault(self.place("adaptations"), "few-adaptations", message, help);
            }
        }
    }

    fn literature(&self) {
        let Some(why) = self.section("why") else { return };
        let numbers = why.split(|c: char| !c.is_ascii_digit());
        let years = numbers.filter(|number| number.len() == 4 && (number.starts_with("19") || number.starts_with("20")));
        if years.count() == 0 {
            let message = "the section \"why\" names no literature".to_owned();
            self.fault(self.place("why"), "no-literature", message, "name the source of each claim, such as (Ward & Hudson, 1998)");
        }
    }

    fn sheet(&self) {
        let tenths = self.section("sheet").map_or(0, sheet_tenths);
        if tenths > SHEET_TENTHS {
            let message = format!("the sheet is \"{}\" lines high", tenths.div_ceil(10));
            let help = format!("a sheet fits one A4 page: at most {} lines", SHEET_TENTHS / 10);
            self.fault(self.place("sheet"), "sheet-too-long", message, help);
        }
    }
}

/// Where a section's heading stands in a page; its beginning when there is none.
pub(super) fn place(page: &Page<'_>, section: &str) -> Range<usize> {
    let headings = markdown::headings(page.source.text);
    let is = |text: &str| split_id(text).is_some_and(|(_, id)| id == section);
    headings.iter().find(|heading| heading.level == 2 && is(heading.text)).map_or(0..0, |heading| heading.words.clone())
}
