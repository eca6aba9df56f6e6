//! How verdicts, paragraphs and badges look, everywhere the same.

use crate::cli::paper::{Paper, clean};
use crate::cli::say;
use maud::{Markup, html};
use model::{Verdict, VerdictSet};

/// Mark and word of a verdict.
pub(super) fn verdict(set: VerdictSet) -> Markup {
    let (mark, word, _) = (Paper { width: 80, unicode: true }).verdict(set);
    html! { span class=(format!("verdict {}", set.word())) { span.sign aria-hidden="true" { (mark) } " " (word) } }
}

/// The same from the word under which a verdict was kept.
pub(super) fn verdict_word(word: &str) -> Markup {
    let all = [Verdict::Prohibited, Verdict::NeedsAuthorisation, Verdict::Permitted, Verdict::OutOfScope];
    let open = || all.into_iter().map(VerdictSet::only).reduce(VerdictSet::union);
    let set = all.into_iter().map(VerdictSet::only).find(|set| set.word() == word).or_else(open);
    html! { @if let Some(set) = set { (verdict(set)) } }
}

/// `prohibited or permitted`.
pub(super) fn words(set: VerdictSet) -> String {
    set.iter().map(say::plain).collect::<Vec<_>>().join(" or ")
}

/// Whether it was read in its source.
pub(super) fn badge(verified: bool) -> Markup {
    let (word, about) =
        if verified { ("verified", "read in its source") } else { ("recalled", "written from memory, not yet checked against its source") };
    html! { span class=(format!("badge {word}")) title=(about) { (word) } }
}

/// The address of the page of an id of the law.
pub(super) fn law_href(id: &str) -> String {
    format!("/law/{}", id.replace('#', "%23"))
}

/// Foreign text without what could turn the direction of writing.
pub(super) fn plain(text: &str) -> String {
    clean(text)
}

/// A list of texts; one alone stands without a bullet.
pub(super) fn several(texts: &[String]) -> Markup {
    html! {
        @if let [one] = texts { (plain(one)) } @else {
            ul { @for text in texts { li { (plain(text)) } } }
        }
    }
}
