//! Reading a jurisdiction file and checking it as a whole.

use std::collections::BTreeSet;

use super::fault::place;
use super::{Due, Fault, Jurisdiction, Problem};
use crate::concern::ConcernKind;
use crate::programme::Text;

pub(super) fn read(text: &str) -> Result<Jurisdiction, Vec<Fault>> {
    let jurisdiction: Jurisdiction = toml::from_str(text).map_err(|error| {
        let (line, column) = place(text, error.span().map_or(0, |span| span.start));
        vec![Fault { line, column, problem: Problem::Unreadable(error.message().to_owned()) }]
    })?;
    let mut check = Check { text, languages: &jurisdiction.languages, faults: Vec::new() };
    check.whole(&jurisdiction);
    if check.faults.is_empty() {
        return Ok(jurisdiction);
    }
    check.faults.sort_by_key(|fault| (fault.line, fault.column));
    Err(check.faults)
}

struct Check<'a> {
    text: &'a str,
    languages: &'a [String],
    faults: Vec<Fault>,
}

impl Check<'_> {
    /// Notes a problem at the last place where `near` is written, or at the top of the file.
    fn fault(&mut self, near: &str, problem: Problem) {
        let (line, column) = place(self.text, self.text.rfind(near).unwrap_or(0));
        self.faults.push(Fault { line, column, problem });
    }

    fn whole(&mut self, file: &Jurisdiction) {
        if file.format != 1 {
            self.fault("format", Problem::Format { found: file.format });
        }
        if !matches!((file.checked, file.checked_on), (Some(false), None) | (None, Some(_))) {
            self.fault("\nchecked", Problem::Checked);
        }
        if file.languages.is_empty() {
            self.fault("languages", Problem::Empty("languages"));
        }
        if file.legal_bases.is_empty() {
            self.fault("legal_bases", Problem::Empty("legal_bases"));
        }
        self.written("title", &file.id, &file.title);
        let ids = |list: Vec<&String>| list.into_iter().cloned().collect::<Vec<_>>();
        let authorities = ids(file.authorities.iter().map(|one| &one.id).collect());
        let bases = ids(file.legal_bases.iter().map(|one| &one.id).collect());
        self.ids("id", std::slice::from_ref(&file.id));
        self.ids("authorities", &authorities);
        self.ids("legal_bases", &bases);
        self.ids("reports", &ids(file.reports.iter().map(|one| &one.id).collect()));
        self.ids("identifiers", &ids(file.identifiers.iter().map(|one| &one.id).collect()));
        for authority in &file.authorities {
            self.written("title", &authority.id, &authority.title);
        }
        for basis in &file.legal_bases {
            self.written("title", &basis.id, &basis.title);
            self.written("note", &basis.id, &basis.note);
        }
        self.reports(file, &authorities, &bases);
        self.concerns(file);
        self.rest(file);
    }

    fn reports(&mut self, file: &Jurisdiction, authorities: &[String], bases: &[String]) {
        for report in &file.reports {
            let near = format!("\"{}\"", report.id);
            self.written("title", &report.id, &report.title);
            if report.to.is_empty() {
                self.fault(&near, Problem::Empty("to"));
            }
            if report.due.is_empty() {
                self.fault(&near, Problem::Empty("due"));
            }
            if report.due.iter().any(|due| matches!(due, Due::EveryMonths { months: 0 })) {
                self.fault(&near, Problem::Zero("months"));
            }
            self.point("authorities", &report.to, authorities);
            self.point("legal_bases", report.legal_bases.as_deref().unwrap_or_default(), bases);
        }
    }

    fn concerns(&mut self, file: &Jurisdiction) {
        for &kind in ConcernKind::ALL {
            let near = format!("\"{kind}\"");
            match file.concerns.iter().filter(|concern| concern.id == kind).count() {
                0 => self.fault("concerns", Problem::NoConcern(kind.to_string())),
                1 => {}
                _ => self.fault(&near, Problem::Twice { list: "concerns", id: kind.to_string() }),
            }
        }
        for concern in &file.concerns {
            self.written("title", concern.id.code(), &concern.title);
            self.written("help", concern.id.code(), &concern.help);
            if concern.due_within_hours == 0 {
                self.fault(&format!("\"{}\"", concern.id), Problem::Zero("due_within_hours"));
            }
        }
    }

    fn rest(&mut self, file: &Jurisdiction) {
        for identifier in &file.identifiers {
            self.written("title", &identifier.id, &identifier.title);
            if let Some(example) = identifier.example.as_ref().filter(|example| identifier.tidy(example).is_err()) {
                self.fault(&format!("\"{example}\""), Problem::Example(example.clone()));
            }
        }
        if file.retention.months == 0 || file.retention.review_months == Some(0) {
            self.fault("[retention]", Problem::Zero("months"));
        }
        self.written("note", "retention", &file.retention.note);
        for holiday in &file.holidays {
            let name = holiday.title.0.values().next().map_or("", String::as_str);
            self.written("title", name, &holiday.title);
            if holiday.when().is_none() {
                self.fault(&format!("\"{name}\""), Problem::Holiday);
            }
        }
        self.written("title", "confidentiality", &file.confidentiality.title);
        if file.confidentiality.paragraphs.is_empty() {
            self.fault("[confidentiality]", Problem::Empty("paragraphs"));
        }
        for paragraph in &file.confidentiality.paragraphs {
            self.written("paragraphs", "confidentiality", paragraph);
        }
    }

    fn written(&mut self, field: &'static str, of: &str, text: &Text) {
        for language in self.languages {
            if text.0.get(language).is_none_or(|words| words.trim().is_empty()) {
                let (of, language) = (of.to_owned(), language.clone());
                self.fault(&of.clone(), Problem::NoText { field, of, language });
            }
        }
    }

    fn ids(&mut self, list: &'static str, ids: &[String]) {
        let mut seen = BTreeSet::new();
        for id in ids {
            let near = format!("\"{id}\"");
            let letters = id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
            if !letters || !id.starts_with(|c: char| c.is_ascii_lowercase()) {
                self.fault(&near, Problem::Id(id.clone()));
            }
            if !seen.insert(id) {
                self.fault(&near, Problem::Twice { list, id: id.clone() });
            }
        }
    }

    fn point(&mut self, list: &'static str, ids: &[String], known: &[String]) {
        for id in ids.iter().filter(|id| !known.contains(id)) {
            let problem = Problem::Unknown { list, id: id.clone(), known: known.to_vec() };
            self.fault(&format!("\"{id}\""), problem);
        }
    }
}
