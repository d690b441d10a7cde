//! Every page that is the same for everybody, rendered once.

use askama::Template;
use fairway_site::{Html, Language};

use super::help::{Danger, Help};
use super::{Base, CheckView, Look, Message, StepPage};
use crate::content::{Content, Course, Page, Step, StepText};

/// A rendered page.
pub struct Leaf {
    /// Its address.
    pub path: String,
    /// Its HTML.
    pub html: String,
    /// Under which name its readings are counted, if they are.
    pub counted: Option<String>,
}

struct Card<'c> {
    id: &'c str,
    title: &'c str,
    summary: &'c str,
    steps: usize,
    minutes: u16,
}

#[derive(Template)]
#[template(path = "front.html")]
struct Front<'c> {
    b: Base,
    html: Html,
    after: Html,
    courses: Vec<Card<'c>>,
}

struct Item<'c> {
    id: &'c str,
    title: &'c str,
    minutes: u8,
}

#[derive(Template)]
#[template(path = "course.html")]
struct CoursePage<'c> {
    b: Base,
    summary: &'c str,
    steps: Vec<Item<'c>>,
}

#[derive(Template)]
#[template(path = "all.html")]
struct All<'c> {
    b: Base,
    course: &'c str,
    summary: &'c str,
    steps: Vec<(&'c StepText, Option<CheckView>)>,
}

#[derive(Template)]
#[template(path = "page.html")]
struct Plain {
    b: Base,
    html: Html,
}

#[derive(Template)]
#[template(path = "phrase.html")]
struct Phrase {
    b: Base,
    html: Html,
}

/// Renders every page of a language.
pub fn bind(content: &Content, look: &Look, language: Language) -> Result<Vec<Leaf>, askama::Error> {
    let mut leaves = Vec::new();
    let mut add = |rest: &str, html: String, counted: Option<&str>| {
        let path = format!("/{language}/{rest}").trim_end_matches('/').to_owned();
        leaves.push(Leaf { path, html, counted: counted.map(str::to_owned) });
    };
    let base = |rest: &str, title: &str| Base::new(look, language, rest, title);
    let page = |name: &str| content.page(name, language).cloned().unwrap_or_default();
    let front = page("front");
    let courses = content.courses.iter().map(|course| card(course, language)).collect();
    add("", Front { b: base("", &front.title), html: front.html, after: front.after, courses }.render()?, Some("front"));
    for name in ["privacy", "enough", "about"] {
        let Page { title, html, .. } = page(name);
        add(name, Plain { b: base(name, &title), html }.render()?, None);
    }
    let Page { title, html, .. } = page("phrase");
    add("phrase", Phrase { b: base("phrase", &title), html }.render()?, Some("phrase"));
    add("danger", Danger::page(content, look, language).render()?, Some("help"));
    add("help-now", Help::index(content, look, language).render()?, Some("help"));
    add("help-now/lost.", Help::unknown(content, look, language).render()?, Some("help"));
    for country in &content.countries {
        let rest = format!("help-now/{}", country.code.to_ascii_lowercase());
        add(&rest, Help::country(content, look, language, country).render()?, Some("help"));
    }
    for course in &content.courses {
        let title = course.title.in_language(language);
        let summary = course.summary.in_language(language);
        let texts = || course.steps.iter().filter_map(|step| Some((step.id.as_str(), step.text(language)?)));
        let steps = texts().map(|(id, text)| Item { id, title: &text.title, minutes: text.minutes }).collect();
        add(&course.id, CoursePage { b: base(&course.id, title), summary, steps }.render()?, Some(&course.id));
        let rest = format!("{}/all", course.id);
        let check = |step: &Step| Some(CheckView::of(content.check(step.check.as_deref()?)?, language, &[], false));
        let steps = course.steps.iter().filter_map(|step| Some((step.text(language)?, check(step)))).collect();
        add(&rest, All { b: base(&rest, title), course: &course.id, summary, steps }.render()?, Some(&course.id));
        for (at, step) in course.steps.iter().enumerate() {
            if let Some(page) = StepPage::read(content, look, language, course, at) {
                add(&format!("{}/{}", course.id, step.id), page.render()?, Some(&course.id));
            }
        }
    }
    let l = language.words();
    let lost = Message { b: base("", &l.t("selfhelp-lost-title")), text: l.t("selfhelp-lost").into_owned() };
    add("lost.", lost.render()?, None);
    Ok(leaves)
}

fn card(course: &Course, language: Language) -> Card<'_> {
    let minutes = course.steps.iter().filter_map(|step| step.text(language)).map(|text| u16::from(text.minutes)).sum();
    Card {
        id: &course.id,
        title: course.title.in_language(language),
        summary: course.summary.in_language(language),
        steps: course.steps.len(),
        minutes,
    }
}
