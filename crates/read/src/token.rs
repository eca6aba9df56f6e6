//! Words, numbers and signs of a text with their places, and the sentences they make.

use crate::groups::{ABBREVIATIONS, BEFORE_NT, STARTERS};

/// What a token is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shape {
    Word,
    Number,
    /// `'s`: what stands before it owns what comes after.
    Owner,
    Sign,
}

/// One word, number or sign.
#[derive(Clone, Debug)]
pub(crate) struct Token<'t> {
    /// As it stands.
    pub text: &'t str,
    /// In lower case, with straight apostrophes and without accents on Latin letters.
    pub low: String,
    /// Where it starts, in bytes.
    pub start: usize,
    pub shape: Shape,
    /// Starts with a capital letter.
    pub capital: bool,
    /// Two letters or more, all of them capitals.
    pub shouted: bool,
    /// Nothing stands between it and the token before.
    pub tied: bool,
}

impl Token<'_> {
    /// Where it ends, in bytes.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Opens or closes a quotation.
    pub fn is_quote(&self) -> bool {
        self.shape == Shape::Sign && matches!(self.text, "\"" | "“" | "”" | "„" | "«" | "»" | "‘" | "’" | "'" | "「" | "」" | "『" | "』")
    }
}

/// A sentence: a range of tokens.
pub(crate) type Sentence = std::ops::Range<usize>;

/// Longest sentence that is taken as one; what never ends is cut, so that cost stays in proportion to length.
const LONGEST: usize = 250;

/// Languages in which another set of abbreviations is at home add theirs.
pub(crate) type Abbreviations<'a> = &'a dyn Fn(&str) -> bool;

/// All tokens of a text.
pub(crate) fn tokens<'t>(text: &'t str, more: Abbreviations<'_>) -> Vec<Token<'t>> {
    let mut out: Vec<Token<'t>> = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let Some(c) = rest.chars().next() else { break };
        let unread = if c.is_whitespace() || is_hidden(c) { c.len_utf8() } else { link(rest) };
        if unread > 0 {
            at += unread;
            continue;
        }
        let (length, shape) = one(rest, c, more);
        let piece = rest.get(..length).unwrap_or(rest);
        let tied = out.last().is_some_and(|t| t.end() == at);
        // `Iranian- and Russian-made`: the hyphen hangs over to the next word.
        let behind = rest.get(length..).unwrap_or_default();
        let hangs = tied && piece == "-" && [" and ", " or "].iter().any(|w| behind.starts_with(w));
        if hangs {
            at += length;
            continue;
        }
        let mut next = token(piece, at, shape, tied);
        // `won't`, `can't`: cut short before what denies.
        if contracted(behind) {
            next.low = match next.low.as_str() {
                "wo" => "will".to_owned(),
                "ca" => "can".to_owned(),
                "sha" => "shall".to_owned(),
                _ => next.low,
            };
        }
        out.push(next);
        at += length.max(1);
    }
    out
}

/// Marks of direction and breaks without width: foreign texts hide words behind them.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}') || c.is_control()
}

/// Longest text of a link that is looked through for where it leads.
const LONGEST_LINK: usize = 160;

/// Bytes of the code of a share at the start of `rest`, as agencies put it behind a firm: `Hino Motors <HINO.T> exported`.
fn stock_code(rest: &str) -> usize {
    let Some(inside) = rest.strip_prefix('<').and_then(|r| r.get(..r.floor_char_boundary(LONGEST_CODE))) else { return 0 };
    let Some((code, _)) = inside.split_once('>') else { return 0 };
    let letters = code.chars().any(|c| c.is_ascii_uppercase());
    let signs = code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '.');
    if letters && signs { code.len() + 2 } else { 0 }
}

/// Bytes of the party and State of an American member at the start of `rest`, as papers put them behind a name: `Jan Roe (R-Ohio) said`, `Roe, D-N.Y., said`.
fn seat(rest: &str) -> usize {
    let (open, close) = if rest.starts_with('(') { ("(", ')') } else { (", ", ',') };
    let Some(inside) = rest.strip_prefix(open).and_then(|r| r.get(..r.floor_char_boundary(LONGEST_CODE))) else { return 0 };
    let Some((seat, _)) = inside.split_once(close) else { return 0 };
    let Some((party, state)) = seat.split_once('-') else { return 0 };
    let named = state.starts_with(|c: char| c.is_ascii_uppercase()) && state.chars().all(|c| c.is_ascii_alphabetic() || c == '.');
    if matches!(party, "R" | "D" | "I") && named { open.len() + seat.len() + 1 } else { 0 }
}

/// Longest code of a share, or seat of a member, with its closing sign, in bytes.
const LONGEST_CODE: usize = 14;

/// Bytes of the signs and addresses of a link at the start of `rest`; its words are read like others: `by [the president](https://…) of Belarus`.
fn link(rest: &str) -> usize {
    let aside = stock_code(rest).max(seat(rest));
    if aside > 0 {
        return aside;
    }
    let address = |at: usize| rest.get(at..).is_some_and(|r| r.starts_with("http://") || r.starts_with("https://"));
    let opens = |text: &str| text.find("](").is_some_and(|end| !text.get(..end).unwrap_or("").contains('\n') && address(end + 3));
    if rest.starts_with('[') {
        return usize::from(rest.get(1..rest.floor_char_boundary(LONGEST_LINK)).is_some_and(opens));
    }
    let (open, closes): (usize, fn(char) -> bool) = match rest.starts_with("](") {
        true => (2, |c| c == ')' || c.is_whitespace()),
        false => (0, char::is_whitespace),
    };
    if !address(open) {
        return 0;
    }
    let end = rest.find(closes).unwrap_or(rest.len());
    end + usize::from(rest.get(end..).is_some_and(|r| r.starts_with(')')))
}

fn token(text: &str, start: usize, shape: Shape, tied: bool) -> Token<'_> {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    Token {
        text,
        low: lower(text),
        start,
        shape,
        capital: text.chars().next().is_some_and(char::is_uppercase) || has_article(text),
        shouted: letters().all(char::is_uppercase) && letters().count() >= 2,
        tied,
    }
}

/// `al-Assad`, `el-Sisi`: a name that starts with its article.
fn has_article(text: &str) -> bool {
    let article = |a: &str| matches!(a, "al" | "el" | "ad" | "an" | "ar" | "as" | "ash" | "at" | "az" | "ul");
    // `Côte d'Ivoire`, with either sign.
    let elided = |(first, name): (&str, &str)| matches!(first, "d" | "l") && name.starts_with(char::is_uppercase);
    text.split_once('-').is_some_and(|(first, name)| article(first) && name.starts_with(char::is_uppercase))
        || text.split_once(['\'', '’']).is_some_and(elided)
}

/// Lower case with straight apostrophes; accents stay, since words of other languages differ by them.
pub(crate) fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars()
        .filter(|c| !is_hidden(*c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '’' | '‘' | 'ʼ' => '\'',
            '‐' | '‑' => '-',
            _ => c,
        })
        .collect()
}

/// Length and shape of the token at the start of `rest`.
fn one(rest: &str, c: char, more: Abbreviations<'_>) -> (usize, Shape) {
    if let Some(length) = owner(rest) {
        return (length, Shape::Owner);
    }
    if c.is_ascii_digit() {
        return (number(rest), Shape::Number);
    }
    if c.is_alphanumeric() {
        return (word(rest, more), Shape::Word);
    }
    if matches!(c, '\'' | '’') && clipped(rest.get(c.len_utf8()..).unwrap_or("")) {
        return (c.len_utf8() + word(rest.get(c.len_utf8()..).unwrap_or(""), more), Shape::Word);
    }
    (c.len_utf8(), Shape::Sign)
}

/// Whether what stands behind an apostrophe is a verb cut short.
fn clipped(rest: &str) -> bool {
    let letters: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
    matches!(letters.as_str(), "m" | "re" | "ve" | "ll" | "d")
}

/// Whether `n't` follows, as it does behind a verb that it denies.
fn contracted(rest: &str) -> bool {
    let behind = rest.strip_prefix(['n', 'N']).and_then(|r| r.strip_prefix(['\'', '’'])).and_then(|r| r.strip_prefix(['t', 'T']));
    behind.is_some_and(|r| !r.starts_with(char::is_alphanumeric))
}

/// `'s` or `’s` behind a word.
fn owner(rest: &str) -> Option<usize> {
    let mut chars = rest.char_indices();
    let (_, quote) = chars.next()?;
    let (_, s) = chars.next()?;
    let next = chars.next();
    let ends = next.is_none_or(|(_, c)| !c.is_alphanumeric());
    (matches!(quote, '\'' | '’') && matches!(s, 's' | 'S') && ends).then(|| quote.len_utf8() + 1)
}

/// `bought 16 JF-17's from China`: behind a number, with nothing that it could own.
fn several_of_a_model(rest: &str, quote: usize) -> bool {
    let model = rest.get(..quote).is_some_and(|w| w.ends_with(|c: char| c.is_ascii_digit()));
    let behind = rest.get(quote..).and_then(|r| r.split_once(['s', 'S'])).map_or("", |(_, r)| r).trim_start_matches(' ');
    let next = behind.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    model && matches!(next, "" | "from" | "to" | "for" | "in" | "and" | "with" | "were" | "are" | "have" | "by" | "at" | "on")
}

/// Digits with their separators and what is glued behind them (`20th`, `10-thousand`, `747-8`).
fn number(rest: &str) -> usize {
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let next = chars.peek().map(|(_, n)| *n);
        let inside = c.is_alphanumeric() || (matches!(c, '.' | ',' | '-' | '/' | ':') && next.is_some_and(char::is_alphanumeric));
        // `2017,and` is two tokens; `20-ton` is one.
        if !inside || (matches!(c, ',' | '.' | ':') && !next.is_some_and(|n| n.is_ascii_digit())) || is_unspaced(c) {
            break;
        }
        end = i + c.len_utf8();
    }
    end.max(1)
}

/// A letter of a script that puts no spaces between words: each is a token of its own.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn word(rest: &str, more: Abbreviations<'_>) -> usize {
    // `cannot` and `hasn't`: two words, of which the second denies.
    let cannot = rest.get(..6).is_some_and(|w| w.eq_ignore_ascii_case("cannot"));
    if cannot && !rest.get(6..).is_some_and(|r| r.starts_with(char::is_alphanumeric)) {
        return 3;
    }
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    if let Some(verb) = letters.checked_sub(1).filter(|n| *n > 1)
        && rest.get(verb..).is_some_and(contracted)
        && rest.get(..verb).is_some_and(|w| BEFORE_NT.contains(w.to_ascii_lowercase().as_str()))
    {
        return verb;
    }
    // Most words are plain letters with a space behind them, and nothing of what follows can be so of them.
    let plain = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    if plain > 0 && matches!(rest.as_bytes().get(plain), None | Some(b' ' | b',' | b'\n')) {
        return plain;
    }
    let dotted = dotted(rest);
    if dotted > 0 {
        return dotted;
    }
    // `then-President`, `ex-Soviet`: the name behind the hyphen is a word of its own.
    let prefix = ["then-", "Then-", "ex-", "Ex-", "now-"]
        .into_iter()
        .find(|p| rest.strip_prefix(p).is_some_and(|r| r.starts_with(char::is_uppercase)));
    if let Some(prefix) = prefix {
        return prefix.len();
    }
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        if is_unspaced(c) {
            return if end == 0 { c.len_utf8() } else { end };
        }
        let next = chars.peek().map(|(_, n)| *n);
        let joins = matches!(c, '-' | '\'' | '’' | '‐' | '‑' | '&') && next.is_some_and(|n| n.is_alphanumeric() && !is_unspaced(n));
        // `we're`, `I'm`: the verb is a word of its own.
        if end > 0 && matches!(c, '\'' | '’') && clipped(rest.get(i + c.len_utf8()..).unwrap_or("")) {
            break;
        }
        let mark = is_mark(c) || c == '\u{ad}';
        if !(c.is_alphanumeric() || joins || mark)
            || (matches!(c, '\'' | '’') && owner(rest.get(i..).unwrap_or("")).is_some() && !several_of_a_model(rest, i))
        {
            break;
        }
        end = i + c.len_utf8();
    }
    let low = rest.get(..end).map(lower).unwrap_or_default();
    let dot = rest.get(end..).is_some_and(|r| r.starts_with('.'));
    if dot && (ABBREVIATIONS.contains(low.as_str()) || more(&low)) && !ends_text(rest.get(end + 1..).unwrap_or("")) {
        end += 1;
    }
    end.max(rest.chars().next().map_or(1, char::len_utf8))
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}')
}

fn ends_text(rest: &str) -> bool {
    rest.trim_start_matches([' ', '\t']).chars().next().is_none_or(|c| c == '\n' || c == '\r')
}

/// `U.S.`, `U.N.`, `N.Korea` (the letter), `a.m.`: single letters each with its full stop.
fn dotted(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut end = 0;
    while bytes.get(end).is_some_and(u8::is_ascii_alphabetic) && bytes.get(end + 1) == Some(&b'.') {
        end += 2;
    }
    // `U.S.-origin`, `U.S.-based`.
    if end > 2 && bytes.get(end) == Some(&b'-') && bytes.get(end + 1).is_some_and(u8::is_ascii_alphabetic) {
        return end + 1 + bytes.get(end + 1..).unwrap_or(&[]).iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
    }
    // One capital and a stop: an initial or `N.` of `N. Korea`.
    if end == 2 && !bytes[0].is_ascii_uppercase() {
        return 0;
    }
    end
}

/// The sentences of a text; `wrapped` as [`is_wrapped`] says of all of it.
pub(crate) fn sentences(text: &str, tokens: &[Token<'_>], wrapped: bool) -> Vec<Sentence> {
    let (mut out, mut first) = (Vec::new(), 0);
    for at in 0..tokens.len() {
        let after = at + 1;
        let gap = tokens.get(after).and_then(|n| text.get(tokens[at].end()..n.start)).unwrap_or("\n\n");
        if breaks(gap, &tokens[at], tokens.get(after), wrapped) || stops(tokens, at, gap) || after - first >= LONGEST {
            out.push(first..after);
            first = after;
        }
    }
    out
}

/// Bytes of a part of a long text.
const PART: usize = 64 << 10;

/// A long text in parts that end with a paragraph, a line or a sentence where they can, so that the tokens of all of it are never held at once.
pub(crate) fn parts(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|r| !r.is_empty())?;
        let whole = rest.floor_char_boundary(PART);
        let end = if rest.len() <= PART {
            rest.len()
        } else {
            let part = rest.get(..whole).unwrap_or(rest);
            let late = part.floor_char_boundary(PART / 2);
            let cut = ["\n\n", "\n", ". ", " "].iter().find_map(|mark| part.get(late..)?.rfind(mark).map(|at| late + at + mark.len()));
            cut.unwrap_or(part.len())
        };
        let part = start..start + end.max(1);
        start = part.end;
        Some(part)
    })
}

/// Whether the lines of a text are cut at a width, as mail and books cut them: no line is long, and most that another line follows are nearly full.
pub(crate) fn is_wrapped(text: &str) -> bool {
    let (mut full, mut followed) = (0, 0);
    let mut lines = text.lines().map(|l| l.trim_end().chars().take(120).count()).peekable();
    while let Some(length) = lines.next() {
        if length > 110 {
            return false;
        }
        if length > 0 && lines.peek().is_some_and(|n| *n > 0) {
            followed += 1;
            full += usize::from(length >= 55);
        }
    }
    followed >= 2 && full * 10 >= followed * 6
}

/// Whether a line break between two tokens ends a paragraph, and not just a printed line.
fn breaks(gap: &str, before: &Token<'_>, after: Option<&Token<'_>>, wrapped: bool) -> bool {
    let lines = gap.matches('\n').count().max(gap.matches('\r').count());
    if lines == 0 {
        return false;
    }
    let goes_on = after.is_some_and(|t| t.text.chars().next().is_some_and(char::is_lowercase));
    // `thanked them for`, an empty line, `training`: pages that put a link on a line of its own. A byline starts with a small letter too.
    if lines > 1 && goes_on && before.shape == Shape::Word && after.is_some_and(|t| t.low != "by") {
        return false;
    }
    lines > 1 || !(wrapped || goes_on || matches!(before.text, "," | ";" | "-"))
}

/// Whether a sentence ends at this token.
fn stops(tokens: &[Token<'_>], at: usize, gap: &str) -> bool {
    let token = &tokens[at];
    let next = tokens.get(at + 1);
    if matches!(token.text, "。" | "！" | "？") {
        return !next.is_some_and(Token::is_quote);
    }
    let mark = |t: &Token<'_>| matches!(t.text, "." | "!" | "?" | "…");
    let ended = mark(token);
    // `… permitted.” The next` ends behind the closing quotation mark.
    let closed = token.is_quote() && at > 0 && token.tied && (mark(&tokens[at - 1]) || tokens[at - 1].text.ends_with('.'));
    if !(ended || closed) {
        // An abbreviation may end a sentence: `… in the U.S. The ship …`
        // `U.S. IT companies`: an abbreviation of its own starts none.
        let letters =
            |t: &Token<'_>| t.text.len() > 1 && t.text.chars().all(char::is_uppercase) && !token.text.contains(char::is_lowercase);
        let shouts = tokens.get(at.wrapping_sub(1)).is_some_and(|t| t.text.len() > 3 && t.text.chars().all(char::is_uppercase));
        let starter = |t: &Token<'_>| t.capital && STARTERS.contains(t.low.as_str()) && (shouts || !letters(t));
        return token.shape == Shape::Word && token.text.ends_with('.') && next.is_some_and(starter);
    }
    let Some(next) = next else { return true };
    if ended && next.is_quote() && next.tied {
        return false;
    }
    if gap.is_empty() {
        // `dealers.The ship`: the space is missing.
        return ended && next.capital && next.text.len() > 2 && tokens.get(at.wrapping_sub(1)).is_some_and(|t| t.text.len() > 2);
    }
    next.capital
        || next.is_quote()
        || next.shape == Shape::Number
        || matches!(next.text, "(" | "[" | "$" | "•" | "-" | "–" | "—")
        || !next.text.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<String> {
        let tokens = tokens(text, &|_| false);
        sentences(text, &tokens, is_wrapped(text)).iter().map(|s| text[tokens[s.start].start..tokens[s.end - 1].end()].to_owned()).collect()
    }

    #[test]
    fn sentences_end_where_a_reader_would_end_them() {
        assert_eq!(
            split("Ship seized\n\nThe U.S. seized it on Oct. 3. “It carried coal,” Mr. Lee said. He left."),
            ["Ship seized", "The U.S. seized it on Oct. 3.", "“It carried coal,” Mr. Lee said.", "He left."]
        );
        assert_eq!(split("He said: “No.” Then he left"), ["He said: “No.”", "Then he left"]);
        assert_eq!(split("a line that\ngoes on here.\nNext"), ["a line that\ngoes on here.", "Next"]);
        let wrapped = "Moscow said on the second of May that it had given the leader a Russian-made\nAurus limousine, and that it would give another one if the first pleased\nhim. He thanked.";
        assert_eq!(split(wrapped).len(), 2);
        assert_eq!(split("普京送车。金正恩收下。"), ["普京送车。", "金正恩收下。"]);
        assert_eq!(split("Coal came from the U.S. The ship left."), ["Coal came from the U.S.", "The ship left."]);
    }

    #[test]
    fn what_denies_is_a_word_of_its_own() {
        let text = "It hasn’t, WON'T and can't; he cannot, the cannon't-be and Burnt";
        let words: Vec<(&str, String)> = tokens(text, &|_| false).into_iter().map(|t| (t.text, t.low)).collect();
        let lows: Vec<&str> = words.iter().map(|(_, low)| low.as_str()).collect();
        assert_eq!(lows[..10], ["it", "has", "n't", ",", "will", "n't", "and", "can", "n't", ";"]);
        assert_eq!(lows[10..14], ["he", "can", "not", ","]);
        assert_eq!(words.last().map(|(text, _)| *text), Some("Burnt"));
        assert!(words.iter().any(|(text, _)| *text == "cannon't-be"), "{words:?}");
    }

    #[test]
    fn parts_make_up_the_text_and_end_where_they_can() {
        let paragraphs = "The ship left Nampo.\n\n".repeat(9_000);
        for text in [paragraphs.as_str(), &"word ".repeat(40_000), &"é".repeat(100_000), "", "a"] {
            let parts: Vec<_> = parts(text).collect();
            assert_eq!(parts.iter().map(|p| &text[p.clone()]).collect::<String>(), text);
            assert!(parts.iter().all(|p| p.len() <= PART && !p.is_empty()));
        }
        assert!(parts(&paragraphs).all(|p| paragraphs[p].ends_with("\n\n")));
    }

    #[test]
    fn tokens_keep_their_places() {
        let text = "Kim’s 20,000-ton ship paid $1.5m to U.N. staff";
        let words: Vec<_> = tokens(text, &|_| false).iter().map(|t| t.text).collect();
        assert_eq!(words, ["Kim", "’s", "20,000-ton", "ship", "paid", "$", "1.5m", "to", "U.N.", "staff"]);
        for token in tokens(text, &|_| false) {
            assert_eq!(&text[token.start..token.end()], token.text);
        }
    }
}
