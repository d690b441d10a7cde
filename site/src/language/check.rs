//! Checks on the Fluent files, for tests: faults, differences between languages, ids that are used.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

use super::catalogue::{self, Catalogue};

/// Every fault of every Fluent file, as `en/site.ftl:12: what is wrong`. Empty when all is well.
pub fn faults() -> Vec<String> {
    catalogue::all().iter().flat_map(|c| c.faults.iter().cloned()).collect()
}

/// A message that two languages do not both have, or not with the same arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdDifference {
    /// The file that has it, below `content/locales`.
    pub file: String,
    /// The message.
    pub id: String,
    /// What differs, in words.
    pub what: String,
}

/// All differences between English and each other language, both ways.
pub fn differences() -> Vec<IdDifference> {
    let all = catalogue::all();
    let Some(first) = all.first() else { return Vec::new() };
    let base = messages(first);
    let mut found = Vec::new();
    for other in &all[1..] {
        let theirs = messages(other);
        for (id, (file, args)) in &base {
            let what = match theirs.get(id) {
                None => format!("missing in {}", other.code),
                Some((_, has)) if has != args => {
                    format!("arguments differ: {} {args:?}, {} {has:?}", first.code, other.code)
                }
                Some(_) => continue,
            };
            found.push(IdDifference { file: file.clone(), id: id.clone(), what });
        }
        for (id, (file, _)) in theirs.iter().filter(|(id, _)| !base.contains_key(*id)) {
            let what = format!("missing in {}", first.code);
            found.push(IdDifference { file: file.clone(), id: id.clone(), what });
        }
    }
    found
}

type Messages = BTreeMap<String, (String, BTreeSet<String>)>;

fn messages(catalogue: &Catalogue) -> Messages {
    let mut found = Messages::new();
    for file in &catalogue.files {
        let resource = parser::parse(file.text).unwrap_or_else(|(partial, _)| partial);
        for entry in &resource.body {
            let Entry::Message(message) = entry else { continue };
            let mut args = BTreeSet::new();
            if let Some(pattern) = &message.value {
                pattern_args(pattern, &mut args);
            }
            found.insert(message.id.name.to_owned(), (file.path.clone(), args));
        }
    }
    found
}

fn pattern_args(pattern: &Pattern<&str>, into: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            expression_args(expression, into);
        }
    }
}

fn expression_args(expression: &Expression<&str>, into: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => inline_args(inline, into),
        Expression::Select { selector, variants } => {
            inline_args(selector, into);
            for variant in variants {
                pattern_args(&variant.value, into);
            }
        }
    }
}

fn inline_args(inline: &InlineExpression<&str>, into: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            into.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => expression_args(expression, into),
        InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                inline_args(argument, into);
            }
        }
        _ => {}
    }
}

/// The message ids that a template or Rust source uses, in order, without repeats: the literals in `t("…")`,
/// `with("…"`, `t1("…"`, `t2("…"`, `t3("…"` and `Problem::new("…"`. Ids put together at run time cannot be seen;
/// keep those few behind a function whose test lists them.
pub fn ids_used_in(source: &str) -> Vec<String> {
    const CALLS: [&str; 6] = ["t(", "t1(", "t2(", "t3(", "with(", "Problem::new("];
    let mut found: Vec<(usize, String)> = Vec::new();
    for call in CALLS {
        for (start, _) in source.match_indices(call) {
            let before = source[..start].chars().next_back();
            // `.t("…")` on some L; not `format("…")` or `insert("…")`.
            if !call.starts_with("Problem") && before != Some('.') {
                continue;
            }
            let rest = source[start + call.len()..].trim_start();
            let Some(literal) = rest.strip_prefix('"').and_then(|r| r.split('"').next()) else { continue };
            let is_id = literal.starts_with(|c: char| c.is_ascii_lowercase())
                && literal.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
            if is_id && !found.iter().any(|(_, id)| id == literal) {
                found.push((start, literal.to_owned()));
            }
        }
    }
    found.sort();
    found.into_iter().map(|(_, id)| id).collect()
}
