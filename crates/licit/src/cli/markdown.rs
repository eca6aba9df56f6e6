//! What was found in a text, as a report in Markdown. Foreign text is escaped: no word of it becomes a heading, a link or a tag.

use super::paper::{clean, long_date};
use super::{say, told};
use crate::article::{Article, Outcome, id};
use crate::{Answer, Rulebook, ToldAct};
use decide::{Decision, ProvisionState};
use model::Date;
use std::fmt::Write as _;

/// The whole report.
pub(crate) fn report(book: &Rulebook, article: &Article, answers: &[Outcome<'_>]) -> String {
    let mut out = String::new();
    let name = if article.text.id == "-" { "a text" } else { &article.text.id };
    let _ = writeln!(out, "# Acts told in {}\n", plain(name));
    let published = article.text.published.map_or("on a day not known".to_owned(), |day: Date| long_date(day));
    let contradictions = article.contradictions();
    let _ = writeln!(out, "Published {published}. {}.\n", told::counts(article, answers, contradictions.len()));
    for note in &article.notes {
        let _ = writeln!(out, "* Note: {}", plain(note));
    }
    if !article.notes.is_empty() {
        out.push('\n');
    }
    table(&mut out, book, article, answers);
    for (act, answer) in article.read.acts.iter().zip(answers) {
        section(&mut out, book, article, act, answer);
    }
    claims(&mut out, article);
    for c in &contradictions {
        let names = |list: &[usize]| list.iter().map(|at| format!("C{}", at + 1)).collect::<Vec<_>>().join(", ");
        let _ = writeln!(out, "\n**T{} is both told ({}) and denied ({}).**", c.act + 1, names(&c.told), names(&c.denied));
    }
    out
}

fn table(out: &mut String, book: &Rulebook, article: &Article, answers: &[Outcome<'_>]) {
    if article.read.acts.is_empty() {
        return;
    }
    out.push_str("| | act | told as | when | what | verdict |\n|---|---|---|---|---|---|\n");
    for (act, answer) in article.read.acts.iter().zip(answers) {
        let verdict = answer.as_ref().map_or("not understood".to_owned(), |a| told::verdict_word(a.overall().word()));
        let row = [told::kind(act), told::status(act), told::when(act).unwrap_or_default(), told::gist(book, act), verdict];
        let cells: Vec<String> = row.iter().map(|cell| plain(cell)).collect();
        let _ = writeln!(out, "| {} | {} |", id(&act.act), cells.join(" | "));
    }
}

fn section(out: &mut String, book: &Rulebook, article: &Article, act: &ToldAct, answer: &Outcome<'_>) {
    let _ = writeln!(out, "\n## {} {}\n", id(&act.act), plain(&told::gist(book, act)));
    for span in act.transfer.told.iter().take(3) {
        let ((start, end), _) = super::marked::sentence(&article.text.text, *span);
        let _ = writeln!(out, "> {}\n", plain(article.quote((start, end)).trim()));
    }
    match answer {
        Ok(answer) => answer.decisions.iter().for_each(|d| decision(out, act, answer, d)),
        Err(problems) => {
            let _ = writeln!(out, "{}", plain(&told::not_understood(problems)));
        }
    }
}

fn decision(out: &mut String, act: &ToldAct, answer: &Answer, d: &Decision) {
    let law = answer.book.law();
    let lead = told::lead(act.transfer.telling);
    let lead = if lead.is_empty() { String::new() } else { format!("{lead} ") };
    let possible: Vec<&str> = d.possible.iter().map(say::plain).collect();
    let open = if possible.len() > 1 { format!(" (still possible: {})", possible.join(", ")) } else { String::new() };
    let _ = writeln!(out, "{}: {lead}**{}**{open}\n", say::jurisdiction(&d.jurisdiction), told::verdict_word(d.possible.word()));
    for view in d.provisions.iter().take(6) {
        let Some(p) = law.prohibition(view.id) else { continue };
        let cite = plain(&say::paragraph(&law.cite(view.id)));
        let cite = p.source.as_deref().map_or(cite.clone(), |source| format!("[{cite}](<{source}>)"));
        let state = match view.state {
            ProvisionState::Decides | ProvisionState::NeedsApproval => "",
            ProvisionState::Lifted => " (lifted)",
            ProvisionState::Open => " (may forbid it)",
        };
        let _ = writeln!(out, "* {cite}{state}: {}", plain(&p.says));
    }
    for missing in d.missing.iter().take(6) {
        let _ = writeln!(out, "* Not yet known: {} (`{}`)", plain(&missing.question), clean(&missing.fact).replace('`', ""));
    }
}

fn claims(out: &mut String, article: &Article) {
    if article.read.claims.is_empty() {
        return;
    }
    out.push_str("\n## Who says what\n\n");
    for (at, claim) in article.read.claims.iter().enumerate() {
        let quote = plain(&told::shortened(article.quote(claim.span), 600));
        let _ = writeln!(out, "* C{} {}: “{quote}”", at + 1, plain(&told::says(claim)));
    }
}

/// Text that means nothing in Markdown but itself, on one line.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in clean(text).split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '!' | '@' => out.extend(['\\', c]),
            // Only where a line could begin with them do these mean something.
            '-' | '+' | '=' | '.' | ')' if out.chars().all(|c| c.is_ascii_digit()) => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    // These alone make links in some readers.
    out.replace("://", "\\://").replace("www.", "www\\.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_stays_text() {
        assert_eq!(
            plain("# <b>x</b>\n- [a](http://b) `c` | \u{1b}[0m"),
            "\\# &lt;b&gt;x&lt;/b&gt; - \\[a\\](http\\://b) \\`c\\` \\| \\[0m"
        );
        assert_eq!(plain("- 1"), "\\- 1");
        assert_eq!(plain("1. x"), "1\\. x");
    }
}
