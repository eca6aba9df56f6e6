//! A web page: its article, or, where none stands out, all that can be seen of it.
//!
//! The article is found by `dom_smoothie`, which follows Mozilla's Readability. It is given a page that `clean` has bounded; the text
//! is laid out here and not by it, so that the same page always gives the same places.

use super::bounded::{Stopped, run};
use super::clean::{Cleaned, clean};
use super::facts::{Facts, facts};
use super::shown::shown;
use super::{Document, Form};
use crate::InputProblem;
use dom_smoothie::{Config, Readability};
use std::time::Duration;

/// Most elements among which an article is looked for. The longest real pages have some ten thousand.
const MAX_ELEMENTS: usize = 40_000;

/// How long the search for an article may take. A page of 100 KB takes some milliseconds.
const MAX_SEARCH: Duration = Duration::from_secs(10);

/// An article shorter than this, in characters, is not believed when the page says more.
const LEAST_ARTICLE_CHARACTERS: usize = 140;

/// What is of the site and not of the page.
const OF_THE_SITE: [&str; 4] = ["nav", "footer", "menu", "aside"];

/// Reads a web page.
///
/// # Errors
/// None of its own: a page without text is told by the caller.
pub(super) fn read(page: &str) -> Result<Document, InputProblem> {
    let cleaned = clean(page);
    let Facts { title, published, other_day, language } = facts(&cleaned.html, &cleaned.linked_data);
    let mut notes = Vec::new();
    if cleaned.flattened {
        notes.push("The page is nested too deeply; its innermost elements were read as lines.".to_owned());
    }
    if let (Some(day), Some(other)) = (published, other_day) {
        notes.push(format!("The page names two days of publication, {day} and {other}; {day} was taken."));
    }
    let (text, note) = text(cleaned);
    notes.extend(note.map(str::to_owned));
    Ok(Document { text, title, published, language, form: Form::Html, notes })
}

/// The text of the article; of the whole page, with a note, where there is none.
fn text(cleaned: Cleaned) -> (String, Option<&'static str>) {
    if cleaned.elements > MAX_ELEMENTS {
        return (whole(&cleaned.html), Some("The page has too many elements to look for an article; all of it was read."));
    }
    let html = cleaned.html;
    let searched = html.clone();
    let article = match run(MAX_SEARCH, move || article(&searched)) {
        Ok(article) => article.unwrap_or_default(),
        Err(Stopped::Late) => return (whole(&html), Some("The search for the article took too long; all of the page was read.")),
        Err(Stopped::Broke) => String::new(),
    };
    if article.chars().count() >= LEAST_ARTICLE_CHARACTERS {
        return (article, None);
    }
    let whole = whole(&html);
    let note = (whole != article).then_some("No article stands out in the page; all that can be seen of it was read.");
    (whole, note)
}

fn article(html: &str) -> Option<String> {
    let settings = Config { disable_json_ld: true, ..Config::default() };
    let article = Readability::new(html, None, Some(settings)).ok()?.parse().ok()?;
    Some(shown(&article.content, &[]))
}

fn whole(html: &str) -> String {
    shown(html, &OF_THE_SITE)
}
