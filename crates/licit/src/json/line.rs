//! An answer as one line. Two thirds of it are the short texts of proofs: written here, with keys and words of which it is known that nothing in them must be
//! escaped, they take a third of what they take field by field. All else is written by the library.

use super::{Decision, Facts, Head, USUAL, decision, facts, head};
use crate::Answer;
use decide::Proof;
use serde::Serialize;
use std::fmt::Write as _;

/// The same bytes as those of [`super::full`], without white space.
pub(crate) fn full_line(answer: &Answer) -> String {
    line(&head(answer), &answer.decisions, &|d| decision(answer, d), &facts(answer)).unwrap_or_default()
}

fn line<'a, D: Serialize>(head: &Head, decisions: &'a [Decision], view: &dyn Fn(&'a Decision<'a>) -> D, facts: &Facts) -> Option<String> {
    let mut out = String::with_capacity(USUAL);
    begun(head, &mut out)?;
    for (at, one) in decisions.iter().enumerate() {
        out.push_str(if at == 0 { ",\"decisions\":[" } else { "," });
        begun(&view(one), &mut out)?;
        out.push_str(",\"proof\":");
        match &one.proof {
            Some(proof) => write(proof, &mut out),
            None => out.push_str("{}"),
        }
        out.push('}');
    }
    out.push_str(if decisions.is_empty() { ",\"decisions\":[]," } else { "]," });
    out.push_str(sonic_rs::to_string(facts).ok()?.strip_prefix('{')?);
    Some(out)
}

/// An object of at least one field, without its end.
fn begun(object: &impl Serialize, out: &mut String) -> Option<()> {
    out.push_str(sonic_rs::to_string(object).ok()?.strip_suffix('}')?);
    Some(())
}

fn write(p: &Proof, out: &mut String) {
    out.push_str("{\"claim\":\"");
    escape(&p.claim, out);
    for word in ["\",\"truth\":\"", p.truth.word(), "\",\"by\":\"", p.by.word()] {
        out.push_str(word);
    }
    if let Some(cite) = p.cite {
        out.push_str("\",\"cite\":\"");
        escape(cite, out);
    }
    out.push('"');
    if let Some(item) = p.item {
        // Writing to a text cannot fail.
        let _never = write!(out, ",\"item\":{item}");
    }
    for (at, one) in p.because.iter().enumerate() {
        out.push_str(if at == 0 { ",\"because\":[" } else { "," });
        write(one, out);
    }
    out.push_str(if p.because.is_empty() { "}" } else { "]}" });
}

fn escape(text: &str, out: &mut String) {
    // Over all bytes, without a look whether the matter is settled: so several are looked at at a time.
    if !text.bytes().fold(false, |some, byte| some | must_be_escaped(byte)) {
        return out.push_str(text);
    }
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            control if u32::from(control) < 0x20 => {
                // As above.
                let _never = write!(out, "\\u{:04x}", u32::from(control));
            }
            other => out.push(other),
        }
    }
}

fn must_be_escaped(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]
mod tests {
    use super::super::{ProofJson, full, text};
    use super::*;
    use crate::answer::{Ask, decide};
    use crate::input::Format;
    use crate::{Depth, Rulebook};
    use decide::Step;
    use model::Truth;

    fn node<'a>(claim: &'a str, because: Vec<Proof<'a>>) -> Proof<'a> {
        Proof { claim: claim.into(), truth: Truth::Unknown, by: Step::Provision, cite: None, because, item: None }
    }

    #[test]
    fn a_tree_of_reasons_has_the_text_that_the_library_gives_it() {
        let every_control: String = (0u8..0x20).map(char::from).collect();
        let long = format!("{}\"{}", "é".repeat(40), "\\".repeat(3));
        let claims = ["", "plain", &every_control, "“quoted” \"quoted\" \\ \u{7f} \u{2028} 🚗 김정은", &long];
        let leaves = || claims.iter().map(|claim| node(claim, Vec::new())).collect::<Vec<_>>();
        let cited = Proof { cite: Some("un/2397#7\"x"), item: Some(12), ..node("cited", leaves()) };
        let tree = node("root", vec![cited, node("again", leaves()), node("leaf", Vec::new())]);
        let by_the_library = text(&ProofJson(Some(&tree)), false);
        assert!(by_the_library.contains("\\u001f") && by_the_library.contains("un/2397#7\\\"x"), "{by_the_library}");
        let mut here = String::new();
        write(&tree, &mut here);
        assert_eq!(here, by_the_library);
    }

    #[test]
    fn an_answer_has_the_text_that_the_library_gives_it() {
        let book = Rulebook::embedded();
        let gift = r#"{"id":"a \"gift\"","kind":"gift","items":[{"description":"a \\ car"}],"places":{"origin":"RU","destination":"KP"}}"#;
        let act = book.read_act(gift.as_bytes(), Format::Json).unwrap();
        for asked in [vec!["un".to_owned(), "eu".to_owned()], Vec::new()] {
            let answer = decide(book, &act, &Ask { jurisdictions: asked.clone(), depth: Depth::Full, as_of: None });
            let line = full_line(&answer);
            assert_eq!(line, text(&full(&answer), false));
            assert_eq!(line.matches("\"proof\":{").count(), asked.len(), "{line}");
        }
    }
}
