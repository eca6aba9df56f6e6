//! What stands before a report and is no part of what it tells: `SEOUL, June 19 (Yonhap) —`, `READ MORE:`.

use crate::groups::MOUTHPIECES;
use crate::token::{Shape, Token};

/// Most tokens of a dateline.
const LONGEST: usize = 16;

/// How many tokens at the start of a sentence are a dateline or a label.
pub(crate) fn length(tokens: &[Token<'_>]) -> usize {
    let line = dateline(tokens);
    line + label(tokens.get(line..).unwrap_or(&[]))
}

/// `WASHINGTON (AP) —`, `DAKAR, Senegal —`, `VLADIVOSTOK, September 5.`, `/TASS/.`
fn dateline(tokens: &[Token<'_>]) -> usize {
    if let Some(agency) = agency(tokens) {
        return agency;
    }
    let Some(first) = tokens.first().filter(|t| t.capital) else { return 0 };
    let mut bracket = false;
    for (at, token) in tokens.iter().enumerate().take(LONGEST).skip(1) {
        match token.text {
            "(" => bracket = true,
            "," | ")" | "." | "/" => {}
            "—" | "–" | "-" | "--" | "―" => {
                let dashes = tokens.get(at..).unwrap_or(&[]).iter().take_while(|t| matches!(t.text, "—" | "–" | "-" | "--" | "―")).count();
                return if first.shouted || bracket { at + dashes } else { 0 };
            }
            _ => {
                // `VLADIVOSTOK, September 5. /TASS/. More than ten groups …`
                let plain = token.capital || token.shape == Shape::Number || bracket;
                if !plain {
                    return 0;
                }
            }
        }
    }
    // A sentence that is nothing else.
    let dated = tokens.iter().any(|t| t.shape == Shape::Number);
    if first.shouted && dated && tokens.len() <= 8 { tokens.len() } else { 0 }
}

/// Whose report it is, where its dateline names an agency that speaks for a State: `Pyongyang, May 9 (KCNA) --`.
pub(crate) fn mouthpiece<'a>(line: &[Token<'a>]) -> Option<&'a str> {
    line.iter().find(|t| MOUTHPIECES.contains(t.low.as_str())).map(|t| t.text)
}

/// Whose report it is, where a line at its end says so: `Source: Reuters`, `Source, photo: desk Lumen`.
pub(crate) fn credit<'a>(text: &'a str, tokens: &[Token<'a>]) -> Option<&'a str> {
    let first = tokens.first().filter(|t| matches!(t.low.as_str(), "source" | "sources" | "via"))?;
    let colon = tokens.iter().take(5).position(|t| t.text == ":")?;
    let named = tokens.get(colon + 1..).unwrap_or(&[]);
    let name = &named[named.iter().position(|t| t.capital)?..];
    let words = name.iter().take_while(|t| t.shape == Shape::Word).count();
    let last = name.get(words.checked_sub(1)?)?;
    (first.capital && words <= 5 && words == name.len()).then(|| text.get(name[0].start..last.end())).flatten()
}

/// `/TASS/.`
fn agency(tokens: &[Token<'_>]) -> Option<usize> {
    let [open, name, close, ..] = tokens else { return None };
    let named = open.text == "/" && close.text == "/" && name.capital;
    named.then(|| 3 + usize::from(tokens.get(3).is_some_and(|t| t.text == ".")))
}

/// `READ MORE:`, `FILE PHOTO:`, `Also:`: what points elsewhere.
fn label(tokens: &[Token<'_>]) -> usize {
    const LABELS: [&[&str]; 12] = [
        &["read", "more"],
        &["read", "also"],
        &["read"],
        &["also"],
        &["also", "read"],
        &["see", "also"],
        &["file", "photo"],
        &["file"],
        &["watch"],
        &["related"],
        &["more"],
        &["photo"],
    ];
    let words = |label: &&[&str]| label.iter().enumerate().all(|(i, w)| tokens.get(i).is_some_and(|t| t.low == *w));
    let label = LABELS.iter().filter(|l| words(l)).find(|l| tokens.get(l.len()).is_some_and(|t| matches!(t.text, ":" | "|" | "-")));
    label.map_or(0, |l| l.len() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_names_who_wrote_it() {
        let tokens = |text: &'static str| crate::token::tokens(text, &|_| false);
        assert_eq!(mouthpiece(&tokens("Pyongyang, May 4 (KCNA) -- ")), Some("KCNA"));
        assert_eq!(mouthpiece(&tokens("WASHINGTON (AP) -- ")), None);
        for (line, name) in [("Source: The Harbour Post", Some("The Harbour Post")), ("Source, photo: desk Lumen", Some("Lumen"))] {
            assert_eq!(credit(line, &tokens(line)), name);
        }
        let line = "Source: a man who sold it to us in 2019.";
        assert_eq!(credit(line, &tokens(line)), None);
    }

    #[test]
    fn a_dateline_is_no_part_of_the_report() {
        for (text, rest) in [
            ("SEOUL, June 19 (Yonhap) -- South Korea will send rice.", "South Korea will send rice."),
            ("WASHINGTON (AP) — The United States said so.", "The United States said so."),
            ("DAKAR, Senegal — Rwanda backs them.", "Rwanda backs them."),
            ("Jan. 16 (UPI) — Russia said so.", "Russia said so."),
            ("READ MORE: US: Russia to buy rockets", "US: Russia to buy rockets"),
            ("Russia and Iran signed a deal — its second — on Monday.", "Russia and Iran signed a deal — its second — on Monday."),
            ("The US sent drones.", "The US sent drones."),
            ("VLADIVOSTOK, September 5.", ""),
        ] {
            let tokens = crate::token::tokens(text, &|_| false);
            let from = tokens.get(length(&tokens)).map_or(text.len(), |t| t.start);
            assert_eq!(&text[from..], rest);
        }
    }
}
