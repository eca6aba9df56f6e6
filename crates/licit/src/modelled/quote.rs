//! Where quoted words stand in a text.

use read::Span;

/// The place of quoted words: an exact slice of the text at word boundaries, the one nearest to `near` if there are several.
///
/// A run of white space may be another run, because models join the lines of a text; the slice is the text's own.
pub(super) fn locate(text: &str, within: Span, words: &str, near: Option<Span>) -> Option<Span> {
    let part = text.get(within.0..within.1)?;
    let words = words.trim();
    let first = words.split_whitespace().next()?;
    let ends = part.match_indices(first).filter_map(|(at, _)| Some((within.0 + at, within.0 + at + length(part.get(at..)?, words)?)));
    let whole = ends.filter(|span| stands_alone(text, *span));
    whole.min_by_key(|span| near.map_or(0, |near| distance(*span, near)))
}

/// How many bytes of a text the words take that it begins with.
fn length(text: &str, words: &str) -> Option<usize> {
    let mut rest = text;
    for (number, word) in words.split_whitespace().enumerate() {
        if number > 0 {
            let behind = rest.trim_start();
            if behind.len() == rest.len() {
                return None;
            }
            rest = behind;
        }
        rest = rest.strip_prefix(word)?;
    }
    Some(text.len() - rest.len())
}

/// Whether no word is cut, in scripts that write words apart.
fn stands_alone(text: &str, span: Span) -> bool {
    let letter = |c: char| c.is_ascii_digit() || (c.is_alphabetic() && c < '\u{530}');
    let before = text.get(..span.0).and_then(|t| t.chars().next_back());
    let behind = text.get(span.1..).and_then(|t| t.chars().next());
    let words = text.get(span.0..span.1).unwrap_or_default();
    let cut = |inner: Option<char>, outer: Option<char>| inner.is_some_and(letter) && outer.is_some_and(letter);
    !cut(words.chars().next(), before) && !cut(words.chars().next_back(), behind)
}

/// Bytes between two spans; nothing when they touch or overlap.
pub(super) fn distance(a: Span, b: Span) -> usize {
    b.0.saturating_sub(a.1).max(a.0.saturating_sub(b.1))
}

/// The words of a span, in one line.
pub(super) fn words_of(text: &str, span: Span) -> String {
    text.get(span.0..span.1).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Foreign words for a message: short, in one line, without what a terminal would obey.
pub(super) fn shown(words: &str) -> String {
    const MOST: usize = 80;
    let clean: String = words.chars().take(MOST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let more = if words.chars().nth(MOST).is_some() { "…" } else { "" };
    format!("{}{more}", clean.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(text: &'a str, words: &str, near: Option<Span>) -> Option<&'a str> {
        locate(text, (0, text.len()), words, near).map(|s| &text[s.0..s.1])
    }

    #[test]
    fn quotes_are_slices_at_word_boundaries() {
        assert_eq!(found("Iranian arms for Iran.", "Iran", None), Some("Iran"));
        assert_eq!(locate("Iranian arms for Iran.", (0, 22), "Iran", None), Some((17, 21)));
        assert_eq!(found("a carrier", "car", None), None);
        assert_eq!(found("Putin gave\nKim a  car.", "gave Kim a car", None), Some("gave\nKim a  car"));
        assert_eq!(found("Putin gave Kim", "gaveKim", None), None);
        assert_eq!(found("Putin gave Kim", "Gave Kim", None), None);
        assert_eq!(found("Putin", "", None), None);
        assert_eq!(found("북한은 러시아에", "북한", None), Some("북한"));
    }

    #[test]
    fn of_several_places_the_nearest_counts() {
        let text = "The car. Much later and far away, the car.";
        assert_eq!(locate(text, (0, text.len()), "car", Some((30, 34))), Some((38, 41)));
        assert_eq!(locate(text, (0, text.len()), "car", None), Some((4, 7)));
        assert_eq!(locate(text, (10, text.len()), "car", None), Some((38, 41)));
    }

    #[test]
    fn messages_hold_no_control_characters() {
        assert_eq!(shown("a\u{1b}[31m\nb"), "a [31m b");
        assert_eq!(shown(&"x".repeat(100)).chars().count(), 81);
    }
}
