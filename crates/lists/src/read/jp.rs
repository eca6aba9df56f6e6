//! Japan: the bodies of Russia and of third countries to which exports are prohibited (特定国・第三国), from the text of the published PDF.
//!
//! A best effort, because the text has no structure but its numbering: an entry is found by the number that must come next, followed by
//! Japanese letters. The list is not the end-user list `jp-meti` and has a name of its own.

use super::{Draft, Format, Limits, Read, Refused, one, squeeze};
use crate::gather::{Gather, day};
use crate::input::Opened;
use crate::{Listing, NameKind};
use names::Kind;

pub(crate) const FORMATS: &[Format] =
    &[Format { name: "Japan METI prohibited bodies (text)", lists: &["jp-meti-tokutei"], several: true, recognises, read }];

/// Stands before the address of each entry.
const SEAT: &str = "所在地";

fn recognises(file: &Opened<'_>) -> bool {
    file.head().contains(SEAT) && file.head().contains("告示")
}

fn read(files: &[Opened<'_>], hint: Option<&str>, limits: &Limits) -> Result<Read, Refused> {
    let mut draft = Draft::new(hint.unwrap_or("jp-meti-tokutei"), "Japan METI prohibited bodies (text)", limits);
    for file in files {
        let text: String = file.text.chars().map(half_width).collect();
        let third = text.split(SEAT).next().is_some_and(|head| head.contains("以外の国"));
        let (group, programme) = if third { ("third-country", "第三国") } else { ("russia", "ロシア") };
        if let Some(on) = text.lines().find_map(|l| l.strip_prefix("最終更新日")).and_then(japanese_day) {
            draft.version(on.to_string());
        }
        let mut rest = text.as_str();
        let mut number = 1;
        let mut line = 1;
        let mut at = find(rest, number);
        while let Some((start, after)) = at {
            let begun = rest.get(after..).unwrap_or_default();
            line += rest.get(..start).unwrap_or_default().matches('\n').count();
            at = find(begun, number + 1);
            let body = begun.get(..at.map_or(begun.len(), |(next, _)| next)).unwrap_or_default();
            let mut listing = entry(&format!("{group}/{number}"), body);
            listing.programmes.gather(programme);
            draft.add(listing, line)?;
            rest = begun;
            number += 1;
        }
    }
    draft.finish(&one(files)?.name)
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    }
}

fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '「' | '」')
}

/// Where the entry with this number begins, and where its text does.
fn find(text: &str, number: usize) -> Option<(usize, usize)> {
    let mark = format!("{number} ");
    text.match_indices(&mark).map(|(at, _)| (at, at + mark.len())).find(|(at, after)| {
        let before = text.get(..*at).and_then(|t| t.chars().next_back());
        let line: String = text.get(*after..).unwrap_or_default().chars().take(24).take_while(|c| *c != '\n').collect();
        let Some((latin, _)) = line.split_once(is_japanese) else { return false };
        match before {
            None | Some('\n') => !line.starts_with(['年', '月', '日']),
            // Right after the address before it: the number may also be one of a street, with the next entry not far.
            Some(c) => !c.is_ascii_digit() && !matches!(c, '-' | '/' | '第') && !has_number(latin),
        }
    })
}

/// Whether a number with a blank after it is in the text: then the entry begins there.
fn has_number(text: &str) -> bool {
    text.as_bytes().windows(2).any(|w| w[0].is_ascii_digit() && w[1] == b' ')
}

/// `：2025 年09 月12 日`.
fn japanese_day(text: &str) -> Option<jiff::civil::Date> {
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).collect();
    day(&numbers.get(..3)?.join("-"))
}

fn entry(id: &str, body: &str) -> Listing {
    let mut listing = Listing::under(id);
    listing.kind = Some(Kind::Body);
    listing.effects.gather("export prohibition");
    let (names, seat) = body.split_once(SEAT).unwrap_or((body, ""));
    // Some entries give their other names in a line of its own, in both scripts.
    let (names, others) = names.split_once("\n別称").unwrap_or((names, ""));
    for address in squeeze(seat.trim_start_matches(['：', ':'])).split("; and ") {
        listing.addresses.gather(address.trim_end_matches('.'));
    }
    let latin: Vec<&str> = names.lines().map(str::trim).filter(|l| !l.is_empty() && !l.chars().any(is_japanese)).collect();
    let japanese: String = names.lines().map(str::trim).filter(|l| l.chars().any(is_japanese)).collect();
    let (main, alias_text) = latin.iter().position(|l| l.starts_with('-')).map_or((latin.as_slice(), &[][..]), |at| latin.split_at(at));
    let main = squeeze(&main.join(" "));
    let main = main.split("a.k.a.").next().unwrap_or_default().trim().trim_end_matches(',').to_string();
    // A name in both scripts on one line.
    let (japanese, tail) = match japanese.char_indices().rfind(|(_, c)| is_japanese(*c) || *c == '）') {
        Some((at, c)) if main.is_empty() => {
            let (a, b) = japanese.split_at(at + c.len_utf8());
            (a.to_string(), b.trim().to_string())
        }
        _ => (japanese.clone(), String::new()),
    };
    listing.add_name(if main.is_empty() { &tail } else { &main }, NameKind::Primary);
    let mut aliases: Vec<String> = Vec::new();
    for line in alias_text {
        // A line with a hyphen begins a name, any other goes on with it; hyphens inside names stay.
        match (line.strip_prefix('-'), aliases.last_mut()) {
            (None, Some(open)) => open.extend([" ", line]),
            (begun, _) => aliases.push(begun.unwrap_or(line).to_string()),
        }
    }
    for alias in &aliases {
        let alias = alias.trim().trim_end_matches(" and").trim_end_matches([';', '.', ' ']);
        listing.add_name(alias, NameKind::Alias);
    }
    let own = japanese.split("（別称").next().unwrap_or_default();
    listing.add_name(own, NameKind::Original);
    for other in others.trim_start_matches(['：', ':']).split([';', '；', '\n']).map(str::trim) {
        listing.add_name(other, if other.chars().any(is_japanese) { NameKind::Original } else { NameKind::Alias });
    }
    listing.primary_first();
    listing
}
