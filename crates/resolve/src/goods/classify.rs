//! Everything that a description of goods says: headings, kinds that lists name, quantity and value, and what is left to ask.

use super::category::{Categories, GoodsList, Member, kind_of};
use super::grammar::{Does, Grammar};
use super::measure::Measures;
use super::rank::{Candidate, PartsOf, Ranker};
use super::text::Text;
use super::words::{Hit, Words};
use super::zones::Built;
use crate::tables::{TableTexts, Tables, at, many, rows};
use model::{HsRange, parse_hs};

/// What a description of goods means.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Classification {
    /// Headings and subheadings, surest first.
    pub codes: Vec<Candidate>,
    /// Kinds of goods that lists of luxury, arms and dual-use goods name; the sure ones first.
    pub categories: Vec<Member>,
    /// Quantity, value, new or used.
    pub measures: Measures,
    /// What would settle what is open.
    pub ask: Vec<String>,
    /// What is wrong with the description: a code that does not exist.
    pub findings: Vec<String>,
}

/// The tables of goods, ready to look up.
#[derive(Debug)]
pub(crate) struct Classifier {
    words: Words,
    grammar: Grammar,
    parts: PartsOf,
    categories: Categories,
    /// Every heading there is, sorted, with what it is in a few words.
    headings: Vec<(u32, String)>,
    changes: Vec<Change>,
}

/// A code that an edition of the Harmonized System took the place of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// The edition that changed it, such as 2022.
    pub edition: u16,
    /// The code until then.
    pub old: HsRange,
    /// The codes since then.
    pub new: Vec<HsRange>,
    /// Which goods moved.
    pub what: String,
}

/// Fewest letters of a word that is taken for a misspelt one.
const FEWEST_LETTERS: usize = 6;
/// Most letters of such a word; longer ones are no words that anybody misspells.
const MOST_LETTERS: usize = 32;
/// Most unknown words of a text that are looked into.
const MOST_UNKNOWN: usize = 16;

impl Classifier {
    /// Opens the tables; returns every problem.
    pub(crate) fn open(texts: &TableTexts<'_>) -> Result<Self, Vec<String>> {
        let mut problems = Vec::new();
        let packed = if texts.goods_packed.is_empty() { super::pack_goods(texts.goods)? } else { texts.goods_packed.to_vec() };
        let words = Words::open(&packed).map_err(|e| problems.push(e)).ok();
        let grammar = Grammar::read(texts.goods_grammar, &mut problems);
        let parts = parts(texts.goods_parts, &mut problems);
        let headings = headings(texts.hs_headings, &mut problems);
        let changes = changes(texts.hs_changes, &mut problems);
        let categories = Categories::read(texts.goods_categories, texts.goods_lists).map_err(|more| problems.extend(more)).ok();
        match (words, grammar, categories) {
            (Some(words), Some(grammar), Some(categories)) if problems.is_empty() => {
                Ok(Self { words, grammar, parts, categories, headings, changes })
            }
            _ => Err(problems),
        }
    }

    /// What a description means.
    pub(crate) fn classify(&self, words: &str, tables: &Tables) -> Classification {
        let (text, built, codes) = self.read(words);
        let mut out = Classification { codes, measures: Measures::read(words, &text, &built, tables), ..Classification::default() };
        for (code, place) in stated(words, &text) {
            self.state(&mut out, &code, place);
        }
        out.categories = self.categories.of(&text, &built, &out.codes);
        self.settle(&mut out, tables);
        self.ask(&mut out);
        out
    }

    /// Text, structure and headings; a text in which nothing is known is read once more with its misspelt words set right.
    fn read(&self, words: &str) -> (Text, Built, Vec<Candidate>) {
        let text = Text::read(words);
        let (built, codes) = self.rank(&text, words);
        if codes.first().is_some_and(|c| c.firm && c.score >= 0.6) {
            return (text, built, codes);
        }
        let Some(right) = self.respelt(&text, words) else {
            let codes = if codes.is_empty() { self.compounds(&text, words) } else { codes };
            return (text, built, codes);
        };
        let (built_right, mut found) = self.rank(&right, words);
        if found.first().map_or(0.0, |c| c.score) <= codes.first().map_or(0.0, |c| c.score) {
            return (text, built, codes);
        }
        for c in &mut found {
            c.score *= 0.95;
            c.why.push_str(", spelt otherwise");
        }
        (right, built_right, found)
    }

    /// What each word of a text does.
    pub(crate) fn roles(&self, text: &Text) -> Vec<Does> {
        self.grammar.roles(text)
    }

    /// The phrases of a text.
    pub(crate) fn hits(&self, text: &Text) -> Vec<Hit> {
        self.words.hits(text)
    }

    /// The codes of the thing that a text names by a phrase; empty when none does.
    pub(crate) fn firm(&self, words: &str) -> Vec<HsRange> {
        let (_, _, codes) = self.read(words);
        codes.into_iter().filter(|c| c.firm).map(|c| c.hs).collect()
    }

    fn rank(&self, text: &Text, raw: &str) -> (Built, Vec<Candidate>) {
        let hits: Vec<Hit> = self.words.hits(text);
        let built = Built::of(text, self.grammar.roles(text), hits);
        let codes = Ranker { raw, words: &self.words, parts: &self.parts, text, built: &built }.candidates();
        (built, codes)
    }

    /// The text with each unknown word replaced by a known one that differs by one letter.
    fn respelt(&self, text: &Text, raw: &str) -> Option<Text> {
        let mut out = String::with_capacity(raw.len() + 16);
        let mut changed = false;
        let (mut done, mut looked) = (0, 0);
        for (at, word) in text.words.iter().enumerate() {
            let plain = text.word(at);
            out.push_str(raw.get(done..word.from)?);
            let misspelt = (FEWEST_LETTERS..=MOST_LETTERS).contains(&plain.chars().count()) && plain.chars().all(char::is_alphabetic);
            let unknown = misspelt && looked < MOST_UNKNOWN && !self.words.knows(plain);
            looked += usize::from(unknown);
            match if unknown { self.near(plain) } else { None } {
                Some(right) => {
                    changed = true;
                    out.push_str(&right);
                }
                None => out.push_str(raw.get(word.from..word.to)?),
            }
            done = word.to;
        }
        let mut right = changed.then(|| Text::read(&out)).filter(|t| t.words.len() == text.words.len())?;
        // Evidence points into the text as given.
        for (new, old) in right.words.iter_mut().zip(&text.words) {
            (new.from, new.to) = (old.from, old.to);
        }
        Some(right)
    }

    /// “Lastkraftwagenreifen”: what a long unknown word ends in, for want of anything better.
    fn compounds(&self, text: &Text, raw: &str) -> Vec<Candidate> {
        let fit = |at: &usize| (FEWEST_LETTERS + 3..=MOST_LETTERS).contains(&text.word(*at).chars().count());
        for at in (0..text.words.len()).filter(fit).take(MOST_UNKNOWN) {
            let word = text.word(at);
            let ends =
                word.char_indices().skip(3).map(|(i, _)| i).filter(|i| word.get(*i..).is_some_and(|e| e.chars().count() >= FEWEST_LETTERS));
            for from in ends {
                let end = Text::read(word.get(from..).unwrap_or_default());
                let (_, found) = self.rank(&end, word.get(from..).unwrap_or_default());
                if found.first().is_some_and(|c| c.firm) {
                    let (first, last) = text.place(at, at + 1);
                    let why = format!("the end of the word “{}”", raw.get(first..last).unwrap_or_default());
                    let less = |c: Candidate| Candidate {
                        score: c.score * 0.5,
                        why: why.clone(),
                        place: (first, last),
                        firm: false,
                        thing: 0,
                        ..c
                    };
                    return found.into_iter().map(less).collect();
                }
            }
        }
        Vec::new()
    }

    /// A known word one letter away that starts alike; the exchange of vowels first, which is the commonest slip.
    fn near(&self, word: &str) -> Option<String> {
        let stem = self.words.along(word);
        let (mut starts, mut letters): (Vec<usize>, Vec<&str>) = (Vec::new(), Vec::new());
        for (at, c) in word.char_indices() {
            starts.push(at);
            letters.push(word.get(at..at + c.len_utf8())?);
        }
        // The word up to a letter, then other letters, then what stands behind so many letters more.
        let known = |at: usize, other: [&str; 2], gone: usize| {
            let kept = starts.get(at).copied().unwrap_or(word.len());
            let rest = word.get(starts.get(at + gone).copied().unwrap_or(word.len())..)?;
            let [first, second] = other;
            stem.knows(kept, &[first, second, rest]).then(|| format!("{}{first}{second}{rest}", word.get(..kept).unwrap_or_default()))
        };
        let vowels = ["a", "e", "i", "o", "u", "y"];
        for at in (1..letters.len()).filter(|at| letters.get(*at).is_some_and(|c| vowels.contains(c))) {
            if let Some(found) = vowels.iter().find_map(|c| known(at, [c, ""], 1)) {
                return Some(found);
            }
        }
        for at in 1..letters.len() {
            let swapped = || known(at, [letters.get(at + 1)?, letters.get(at)?], 2);
            if let Some(found) = known(at, ["", ""], 1).or_else(swapped) {
                return Some(found);
            }
        }
        if !word.is_ascii() {
            return None;
        }
        let alphabet = "abcdefghijklmnopqrstuvwxyz";
        let each = || (0..alphabet.len()).filter_map(|c| alphabet.get(c..=c));
        (1..=letters.len())
            .find_map(|at| each().find_map(|c| known(at, [c, ""], 0).or_else(|| (at < letters.len()).then(|| known(at, [c, ""], 1))?)))
    }

    /// A code that the text itself states decides, when there is such a code.
    fn state(&self, out: &mut Classification, digits: &str, place: (usize, usize)) {
        let Ok(hs) = parse_hs(digits) else { return };
        let heading = hs.first / 100;
        if digits.len() >= 4 && self.headings.binary_search_by_key(&heading, |h| h.0).is_err() {
            let moved = self.changes.iter().filter(|c| c.old.first / 100 == heading && c.old.last - c.old.first == 99);
            let since: Vec<&Change> = moved.collect();
            let where_to: Vec<String> =
                since.iter().map(|c| format!("since {} {} for {}", c.edition, codes_word(&c.new), c.what)).collect();
            let told = if where_to.is_empty() { String::new() } else { format!("; {}", where_to.join(", ")) };
            out.findings.push(format!("there is no heading {heading:04} in the Harmonized System of 2022{told}"));
            for hs in since.iter().flat_map(|c| c.new.iter().copied()) {
                let why = format!("the text states code {digits} of an older edition");
                out.codes.insert(0, Candidate { hs, score: 0.9, why, place, firm: true, thing: 0 });
            }
            return;
        }
        out.codes.retain(|c| !c.hs.within(hs) && !hs.within(c.hs));
        out.codes.insert(0, Candidate { hs, score: 0.97, why: format!("the text states code {digits}"), place, firm: true, thing: 0 });
    }

    /// Lists that name goods only above a value: named outright when one surely costs more, not at all when it surely does not,
    /// and asked for otherwise.
    fn settle(&self, out: &mut Classification, tables: &Tables) {
        let cost = out.measures.one_costs();
        for member in &mut out.categories {
            member.lists.retain_mut(|(_, over)| {
                let bound = over.as_ref().and_then(|(amount, currency)| tables.usd(*amount, currency));
                let (Some((low, high)), Some((least, most))) = (cost, bound) else { return true };
                if low > most {
                    *over = None;
                }
                high > least
            });
            if member.sure && member.lists.iter().all(|(_, over)| over.is_none()) {
                member.ask.clear();
            }
        }
        out.categories.retain(|m| !m.lists.is_empty());
    }

    fn ask(&self, out: &mut Classification) {
        let mut ask: Vec<String> = Vec::new();
        match out.codes.as_slice() {
            [] => {
                ask.push("What is it? No word of the description is known here; name the thing, its material or its customs code.".into())
            }
            [first, second, ..] if second.score > 0.6 * first.score && second.firm => {
                let near = out.codes.iter().take_while(|c| c.score > 0.6 * first.score).take(4);
                let names: Vec<String> = near.map(|c| self.named(c.hs)).collect();
                ask.push(format!("Which is it: {}?", names.join(" or ")));
            }
            [first, ..] if !first.firm => ask.push("What exactly is it? The heading is a guess from single words.".into()),
            _ => {}
        }
        let sure = |kind: &str| out.categories.iter().any(|m| m.sure && kind_of(&m.category) == kind);
        for member in out.categories.iter().filter(|m| !m.ask.is_empty()) {
            if (member.sure || !sure(kind_of(&member.category))) && !ask.contains(&member.ask) {
                ask.push(member.ask.clone());
            }
        }
        out.ask = ask;
    }

    /// A code with what its heading is.
    pub(crate) fn named(&self, hs: HsRange) -> String {
        match self.title(hs) {
            Some(title) => format!("{hs} ({title})"),
            None => hs.to_string(),
        }
    }

    /// What a heading is, in a few words.
    pub(crate) fn title(&self, hs: HsRange) -> Option<&str> {
        let at = self.headings.binary_search_by_key(&(hs.first / 100), |h| h.0).ok()?;
        self.headings.get(at).map(|h| h.1.as_str()).filter(|t| !t.is_empty())
    }

    /// Headings from which, in an earlier edition, goods of this heading came.
    pub(crate) fn earlier(&self, hs: HsRange) -> impl Iterator<Item = &Change> {
        let heading = super::rank::heading(hs);
        self.changes.iter().filter(move |c| c.old.last - c.old.first == 99 && c.new.contains(&heading))
    }

    /// A list by its name.
    pub(crate) fn list(&self, id: &str) -> Option<&GoodsList> {
        self.categories.list(id)
    }

    /// What `check` takes from a description. Only codes whose phrase names the thing narrow what the law is asked about.
    pub(crate) fn facts(&self, words: &str, tables: &Tables) -> Facts {
        let (text, built, codes) = self.read(words);
        let mut whole = Classification { codes, ..Classification::default() };
        for (digits, place) in stated(words, &text) {
            self.state(&mut whole, &digits, place);
        }
        let top = whole.codes.iter().find(|c| c.firm).map_or(0.0, |c| c.score);
        let mut out = Facts { measures: Measures::read(words, &text, &built, tables), ..Facts::default() };
        for c in whole.codes.into_iter().filter(|c| c.firm && c.score >= 0.2 * top) {
            let (from, to) = c.place;
            let phrase = words.get(from..to).unwrap_or("").trim().to_owned();
            if !out.phrases.contains(&phrase) {
                out.phrases.push(phrase);
            }
            out.codes.push(c.hs);
        }
        out.codes.sort_unstable();
        out.codes.dedup();
        out
    }
}

/// What the words of an item say beside the lists that they name.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Facts {
    /// The codes it may have; empty when no phrase names the thing.
    pub(crate) codes: Vec<HsRange>,
    /// The phrases that say so.
    pub(crate) phrases: Vec<String>,
    /// Quantity, value, new or used.
    pub(crate) measures: Measures,
}

/// Codes that a text states: `HS 8703.23`, `HTS code 8471.30`, `ТН ВЭД 8703`, and where they stand.
fn stated(raw: &str, text: &Text) -> Vec<(String, (usize, usize))> {
    let mut out = Vec::new();
    for at in 0..text.words.len() {
        if !matches!(text.word(at), "h" | "hs" | "hts" | "hscode" | "hts code" | "tnved" | "вэд" | "taric" | "htsu" | "cn") {
            continue;
        }
        // “HS code no.: 8703.23”: up to three words may stand between.
        let Some(first) = (at + 1..(at + 5).min(text.words.len())).find(|w| text.word(*w).starts_with(|c: char| c.is_ascii_digit())) else {
            continue;
        };
        let Some(word) = text.words.get(first) else { continue };
        let from = word.from;
        let run: String = raw.get(from..).unwrap_or("").chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ' ')).collect();
        let digits: String = run.chars().filter(char::is_ascii_digit).collect();
        if (4..=10).contains(&digits.len()) {
            out.push((digits, (from, from + run.trim_end().len())));
        }
    }
    out
}

/// `8802 or 8806`
fn codes_word(codes: &[HsRange]) -> String {
    codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ")
}

fn changes(text: &str, problems: &mut Vec<String>) -> Vec<Change> {
    let mut out = Vec::new();
    for (line, row) in rows("hs-changes.csv", text, &["from", "to", "old", "new", "what", "confidence"], problems) {
        let new: Result<Vec<HsRange>, String> = many(at(&row, 3)).map(parse_hs).collect();
        match (at(&row, 1).parse(), parse_hs(at(&row, 2)), new) {
            (Ok(edition), Ok(old), Ok(new)) if !new.is_empty() => out.push(Change { edition, old, new, what: at(&row, 4).to_owned() }),
            (_, Err(e), _) | (_, _, Err(e)) => problems.push(format!("data/hs-changes.csv:{line}: {e}")),
            _ => problems.push(format!("data/hs-changes.csv:{line}: no edition or no new code")),
        }
    }
    out
}

fn parts(text: &str, problems: &mut Vec<String>) -> PartsOf {
    let mut out = PartsOf::new();
    for (line, row) in rows("goods-parts.csv", text, &["heading", "parts", "note"], problems) {
        let whole = parse_hs(at(&row, 0));
        let parts: Result<Vec<HsRange>, String> = many(at(&row, 1)).map(parse_hs).collect();
        match (whole, parts) {
            (Ok(whole), Ok(parts)) if !parts.is_empty() => {
                out.insert(whole.first / 100, parts);
            }
            (Err(e), _) | (_, Err(e)) => problems.push(format!("data/goods-parts.csv:{line}: {e}")),
            _ => problems.push(format!("data/goods-parts.csv:{line}: no heading for the parts")),
        }
    }
    out
}

fn headings(text: &str, problems: &mut Vec<String>) -> Vec<(u32, String)> {
    let mut out = Vec::new();
    for (line, row) in rows("hs-headings.csv", text, &["heading", "title"], problems) {
        match at(&row, 0).parse::<u32>() {
            Ok(heading) if (101..=9999).contains(&heading) => out.push((heading, at(&row, 1).to_owned())),
            _ => problems.push(format!("data/hs-headings.csv:{line}: `{}` is no heading", at(&row, 0))),
        }
    }
    out.sort_unstable();
    out
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    const GOODS: &str = "words,hs,kind,source
pump for water,8413,term,licit
steam turbine,8406,term,licit
bottle,7010,term,licit
kettle,7323,term,licit
crème brûlée,1905,term,licit
laptop bag,4202,term,licit
tables,9403,term,licit
cables,8544,term,licit
";

    /// A classifier that knows these words and nothing else.
    pub(in crate::goods) fn classifier(goods: &str) -> Classifier {
        let texts = TableTexts {
            goods,
            goods_grammar: include_str!("../../../../data/goods-grammar.csv"),
            goods_parts: "heading,parts,note\n",
            goods_categories: "category,match,hs,words,not_words,lists,ask\n",
            goods_lists: "list,title,from,source,confidence\n",
            hs_headings: "heading,title\n",
            hs_changes: "from,to,old,new,what,confidence\n",
            ..TableTexts::default()
        };
        Classifier::open(&texts).unwrap_or_else(|problems| panic!("{problems:?}"))
    }

    /// Every word one slip away behind the first letter, in the order in which slips are tried, looked up whole.
    fn by_hand(words: &Words, word: &str) -> Option<String> {
        let letters: Vec<char> = word.chars().collect();
        let edited = |edit: &dyn Fn(&mut Vec<char>)| {
            let mut other = letters.clone();
            edit(&mut other);
            other.into_iter().collect::<String>()
        };
        let is_vowel = |c: char| "aeiouy".contains(c);
        let mut tried = Vec::new();
        for at in (1..letters.len()).filter(|at| is_vowel(letters[*at])) {
            tried.extend("aeiouy".chars().map(|c| edited(&|w| w[at] = c)));
        }
        for at in 1..letters.len() {
            tried.push(edited(&|w| {
                w.remove(at);
            }));
            if at + 1 < letters.len() {
                tried.push(edited(&|w| w.swap(at, at + 1)));
            }
        }
        if word.is_ascii() {
            for at in 1..=letters.len() {
                for c in 'a'..='z' {
                    tried.push(edited(&|w| w.insert(at, c)));
                    if at < letters.len() {
                        tried.push(edited(&|w| w[at] = c));
                    }
                }
            }
        }
        tried.into_iter().find(|w| words.knows(w))
    }

    #[test]
    fn a_word_one_slip_away_is_found_as_by_trying_each() {
        let classifier = classifier(GOODS);
        let known = ["pump", "water", "turbine", "bottle", "kettle", "creme", "brulee", "laptop", "table", "cable", "steam"];
        let (mut asked, mut found) = (0, 0);
        for word in known {
            assert!(classifier.words.knows(word), "{word} is in the table");
            let letters: Vec<char> = word.chars().collect();
            let mut slips: Vec<String> = Vec::new();
            for at in 0..letters.len() {
                for c in ['a', 'e', 't', 'b', 'z', 'é'] {
                    let (mut more, mut other) = (letters.clone(), letters.clone());
                    more.insert(at, c);
                    other[at] = c;
                    slips.extend([more, other].map(|w| w.into_iter().collect()));
                }
                let mut fewer = letters.clone();
                fewer.remove(at);
                slips.push(fewer.into_iter().collect());
                let mut swapped = letters.clone();
                swapped.swap(at, (at + 1) % letters.len());
                slips.push(swapped.into_iter().collect());
            }
            for slip in slips.iter().filter(|s| !classifier.words.knows(s)) {
                let right = by_hand(&classifier.words, slip);
                assert_eq!(classifier.near(slip), right, "{slip}");
                asked += 1;
                found += usize::from(right.is_some());
            }
        }
        assert!(found > 200 && asked - found > 100, "{found} of {asked} have a known word near");
    }
}
