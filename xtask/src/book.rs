//! The documentation hangs together: every page is in the book, and every link leads to a file, and to a heading, that is there.

use crate::files;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) fn check(problems: &mut Vec<String>) {
    let pages: BTreeMap<String, String> = files::texts("", &[".md"]).into_iter().collect();
    for (page, text) in &pages {
        let marker = |line: &str| ["<<<<<<< ", ">>>>>>> "].iter().any(|mark| line.starts_with(mark));
        let left = text.lines().enumerate().filter(|(_, line)| marker(line)).map(|(at, _)| at + 1);
        problems.extend(left.map(|line| format!("{page}:{line}: what a merge left open")));
        // Files of the law and cases have forms of their own; their readers check them.
        if page.starts_with("law/") && page != "law/CONTRIBUTING.md" || page.starts_with("cases/") || page.starts_with("benches/") {
            continue;
        }
        for (line, link) in links(text) {
            if let Err(why) = leads(&pages, page, &link) {
                problems.push(format!("{page}:{line}: the link `{link}` {why}"));
            }
        }
    }
    let summary = pages.get("docs/SUMMARY.md").map(|text| links(text)).unwrap_or_default();
    let told: BTreeSet<String> = summary.into_iter().map(|(_, link)| format!("docs/{link}")).collect();
    for page in pages.keys().filter(|p| p.starts_with("docs/") && *p != "docs/SUMMARY.md" && !told.contains(*p)) {
        problems.push(format!("{page}: not in docs/SUMMARY.md"));
    }
}

/// Links of a page to other files and headings, with their lines. Code is none of it.
fn links(text: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    let mut fenced = false;
    for (number, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        // What stands between backticks is the odd part.
        for (at, part) in line.split("](").enumerate().skip(1) {
            let before: String = line.split("](").take(at).collect::<Vec<_>>().join("](");
            let quoted = before.matches('`').count() % 2 == 1;
            let Some(target) = part.split(')').next().filter(|_| !quoted) else { continue };
            if !target.contains("://") && !target.starts_with("mailto:") {
                out.push((number + 1, target.to_owned()));
            }
        }
    }
    out
}

fn leads(pages: &BTreeMap<String, String>, from: &str, link: &str) -> Result<(), String> {
    let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor)));
    let target = if path.is_empty() { from.to_owned() } else { beside(from, path) };
    if !files::root().join(&target).exists() {
        return Err("leads to no file".into());
    }
    match (anchor, pages.get(&target)) {
        (Some(anchor), Some(text)) if !headings(text).contains(anchor) => Err("leads to no heading of that page".into()),
        _ => Ok(()),
    }
}

/// A path as it is written in a page, from the project's folder.
fn beside(page: &str, path: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in path.split('/').filter(|p| !p.is_empty() && *p != ".") {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

/// The names by which a page's headings are linked to: small letters, hyphens for spaces, no signs.
fn headings(text: &str) -> BTreeSet<String> {
    let heading = |line: &str| line.strip_prefix('#').map(|rest| rest.trim_start_matches('#').trim().to_owned());
    let name = |heading: String| {
        let kept = heading.to_lowercase().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_')).collect::<String>();
        kept.replace(' ', "-")
    };
    text.lines().filter_map(heading).map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_that_leads_nowhere_is_found_and_one_in_code_is_none() {
        let text = "# A page\nSee [b](b.md#the-end) and `[c](c.md)`, [d](https://example.org).\n```\n[e](e.md)\n```\n";
        assert_eq!(links(text), [(2, "b.md#the-end".to_owned())]);
        assert_eq!(beside("docs/for/a.md", "../b.md"), "docs/b.md");
        assert_eq!(beside("README.md", "docs/b.md"), "docs/b.md");
        assert!(headings("## Back up, while it runs!").contains("back-up-while-it-runs"));
    }
}
