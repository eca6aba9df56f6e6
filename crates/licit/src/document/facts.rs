//! What a page says about itself: title, day of publication, language.

use super::day::day;
use super::tokens::{Event, each, value};
use html5ever::Attribute;
use model::Date;
use serde_json::Value;

/// The names under which pages give the time of publication in their head, the most exact first.
const PUBLISHED: [&str; 18] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "citation_publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "published-date",
    "publish-date",
    "publishdate",
    "publish_date",
    "pubdate",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "date",
];

/// Most objects of linked data that are looked at.
const MAX_LINKED_OBJECTS: usize = 10_000;

/// What a page says about itself.
#[derive(Default)]
pub(super) struct Facts {
    /// The headline in the linked data, else `og:title`, else the first heading if the title of the page repeats it, else that title.
    pub title: Option<String>,
    /// The day of publication.
    pub published: Option<Date>,
    /// Another day of publication named elsewhere in the page.
    pub other_day: Option<Date>,
    /// The language, a BCP 47 tag.
    pub language: Option<String>,
}

#[derive(Default)]
struct Seen {
    title: String,
    og_title: Option<String>,
    heading: String,
    within: Option<&'static str>,
    dates: Vec<(usize, Date)>,
    times: Vec<(bool, Date)>,
    page_language: Option<String>,
    other_language: Option<String>,
}

/// Reads a page that `clean` has been over.
pub(super) fn facts(html: &str, linked_data: &[String]) -> Facts {
    let mut seen = Seen::default();
    each(html, |event| seen.see(&event));
    let linked = linked(linked_data);
    // The first time after the heading is the article's; those before it belong to other news.
    let time = seen.times.iter().find(|(after_heading, _)| *after_heading).or(seen.times.first()).map(|(_, d)| *d);
    let meta = seen.dates.iter().min_by_key(|(rank, _)| *rank).map(|(_, d)| *d);
    let published = linked.published.or(meta).or(time);
    Facts {
        title: linked.title.or(seen.og_title).or_else(|| page_title(words(&seen.title), words(&seen.heading))),
        published,
        other_day: meta.filter(|d| Some(*d) != published),
        language: seen.page_language.or(seen.other_language).or(linked.language),
    }
}

/// The title of a page mostly is its heading and the name of the site.
fn page_title(title: Option<String>, heading: Option<String>) -> Option<String> {
    match (title, heading) {
        (Some(title), Some(heading)) if title.contains(&heading) && heading.contains(' ') => Some(heading),
        (title, heading) => title.or(heading),
    }
}

impl Seen {
    fn see(&mut self, event: &Event<'_>) {
        match event {
            Event::Start("title", _) if self.title.is_empty() => self.within = Some("title"),
            Event::Start("h1", _) if self.heading.is_empty() => self.within = Some("h1"),
            Event::Start("html", attributes) if self.page_language.is_none() => {
                self.page_language = tag(value(attributes, "lang")).or_else(|| tag(value(attributes, "xml:lang")));
            }
            Event::Start("meta", attributes) => self.meta(attributes),
            Event::Start(name, attributes) => self.time(name, attributes),
            Event::End(name) if self.within == Some(name) => self.within = None,
            Event::Text(text) => match self.within {
                Some("title") => self.title.push_str(text),
                Some(_) => self.heading.push_str(text),
                None => {}
            },
            Event::End(_) => {}
        }
    }

    fn meta(&mut self, attributes: &[Attribute]) {
        let content = value(attributes, "content");
        let keys = ["property", "name", "itemprop", "http-equiv"].map(|k| value(attributes, k).to_ascii_lowercase());
        for key in keys.iter().filter(|k| !k.is_empty()) {
            if let (Some(rank), Some(date)) = (PUBLISHED.iter().position(|p| p == key), day(content)) {
                self.dates.push((rank, date));
            }
            match key.as_str() {
                "og:title" if self.og_title.is_none() => self.og_title = words(content),
                "og:locale" | "content-language" | "dc.language" if self.other_language.is_none() => self.other_language = tag(content),
                _ => {}
            }
        }
    }

    fn time(&mut self, name: &str, attributes: &[Attribute]) {
        let property = value(attributes, "itemprop");
        let stamp = ["datetime", "content"].into_iter().map(|k| value(attributes, k)).find(|v| !v.is_empty());
        let Some(date) = stamp.and_then(day) else { return };
        if property.eq_ignore_ascii_case("datePublished") {
            self.dates.push((3, date));
        } else if name == "time" && !property.eq_ignore_ascii_case("dateModified") {
            self.times.push((!self.heading.is_empty(), date));
        }
    }
}

/// Headline, day and language in blocks of JSON-LD; an article's go before those of the page that holds it.
fn linked(blocks: &[String]) -> Facts {
    let mut article = Facts::default();
    let mut page = Facts::default();
    let parsed: Vec<Value> = blocks.iter().filter_map(|b| serde_json::from_str(b.trim()).ok()).collect();
    let mut waiting: Vec<&Value> = parsed.iter().rev().collect();
    for _ in 0..MAX_LINKED_OBJECTS {
        let Some(next) = waiting.pop() else { break };
        match next {
            Value::Array(items) => waiting.extend(items.iter().rev()),
            Value::Object(fields) => {
                let into = if is_article(next) { &mut article } else { &mut page };
                let text = |key: &str| fields.get(key).and_then(Value::as_str);
                into.published = into.published.or_else(|| day(text("datePublished")?));
                into.language = into.language.take().or_else(|| tag(text("inLanguage")?));
                into.title = into.title.take().or_else(|| words(text("headline")?));
                waiting.extend(["mainEntity", "mainEntityOfPage", "@graph"].iter().filter_map(|k| fields.get(*k)));
            }
            _ => {}
        }
    }
    Facts {
        title: article.title,
        published: article.published.or(page.published),
        language: article.language.or(page.language),
        other_day: None,
    }
}

fn is_article(object: &Value) -> bool {
    let named = |v: &Value| v.as_str().is_some_and(|t| t.ends_with("Article") || t.ends_with("Posting") || t == "Report");
    match object.get("@type") {
        Some(Value::Array(types)) => types.iter().any(named),
        Some(one) => named(one),
        None => false,
    }
}

/// A language tag, with `_` put right; anything else is no tag.
pub(super) fn tag(text: &str) -> Option<String> {
    let text = text.split([',', ';']).next()?.trim().replace('_', "-");
    let letters = text.split('-').next().is_some_and(|l| (2..=3).contains(&l.len()) && l.bytes().all(|b| b.is_ascii_alphabetic()));
    let rest = text.len() <= 35 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (letters && rest).then_some(text)
}

/// Text in one line; `None` when there is none.
pub(super) fn words(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linked_data_of_the_article_goes_first() {
        let block = r#"{"@graph": [{"@type": "WebPage", "datePublished": "2020-01-01"},
            {"@type": ["NewsArticle"], "headline": "A  gift", "datePublished": "2024-02-20T01:00:00+09:00", "inLanguage": "ko"}]}"#;
        let found = linked(&["not json".into(), block.into()]);
        assert_eq!(found.title.as_deref(), Some("A gift"));
        assert_eq!(found.published, Date::new(2024, 2, 20).ok());
        assert_eq!(found.language.as_deref(), Some("ko"));
    }

    #[test]
    fn a_language_is_a_tag() {
        assert_eq!(tag("en_GB").as_deref(), Some("en-GB"));
        assert_eq!(tag("de, en").as_deref(), Some("de"));
        assert_eq!(tag("<b>"), None);
        assert_eq!(tag(""), None);
    }
}
