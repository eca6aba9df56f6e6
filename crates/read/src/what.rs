//! What: the goods, people, services and sums that noun phrases name.

use crate::groups::NOT_HANDED_OVER;
use crate::phrase::NounPhrase;
use crate::table::rows;
use crate::tables::ABSTRACT;
use crate::tag::Tag;
use crate::token::{Shape, Token};
use crate::who::Scene;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// What sort of thing a word names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sort {
    /// Goods, technology or services.
    Goods,
    /// Workers, soldiers, tourists.
    People,
    /// Sums of money, also digital.
    Money,
}

/// A thing as a text names it.
#[derive(Clone, PartialEq, Debug)]
pub struct Thing {
    /// In the text's words, with how much.
    pub words: String,
    /// The word of `things.csv`, such as `arms`.
    pub category: String,
    /// Its sort.
    pub sort: Sort,
    /// `the goods`, `the gift`: says nothing of what it is.
    pub generic: bool,
    /// `a second`, `another`: not the one told before.
    pub another: bool,
    /// What the words mean in English, where they are of another language or mean something else too.
    pub english: Option<String>,
    /// First byte and one past the last.
    pub span: (usize, usize),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum WordSort {
    Thing,
    People,
    Money,
    Generic,
    Vague,
    Measure,
}

/// Words that name an animal and something that is made.
const ANIMALS_TOO: [&str; 6] = ["crane", "jaguar", "kite", "ram", "seal", "swift"];

/// `parrots, eagles and cranes`: beside an animal such a word names an animal.
pub(crate) fn animals_among(things: &mut [Thing]) {
    if !things.iter().any(|thing| thing.category == "wildlife") {
        return;
    }
    for thing in things {
        let last = thing.words.rsplit(' ').next().unwrap_or_default().to_lowercase();
        let animal = last.strip_suffix('s').unwrap_or(&last);
        if ANIMALS_TOO.contains(&animal) {
            (thing.category, thing.english) = ("wildlife".to_owned(), Some(format!("live {animal}")));
        }
    }
}

pub(crate) const THINGS: &str = include_str!("../../../data/reading/things.csv");

/// Words for things.
#[derive(Debug, Default)]
pub(crate) struct Things {
    words: FxHashMap<String, (String, WordSort)>,
    /// Names of makes that mean something else in small letters, with their category and what it is: `leopard` is a tank.
    models: FxHashMap<String, (String, String)>,
    /// Most words of an entry.
    longest: usize,
}

/// Tells the category of goods that words name, from tables of another room.
pub type GoodsWords<'a> = dyn Fn(&str) -> Option<&'static str> + 'a;

impl Things {
    pub fn read(problems: &mut Vec<String>) -> Self {
        let mut out = Self::default();
        for [words, category, sort] in rows("things.csv", THINGS, ["words", "category", "sort"], problems) {
            if let Some(noun) = sort.strip_prefix("model of ") {
                out.models.insert(words, (category, noun.to_owned()));
                continue;
            }
            let sort = match sort.as_str() {
                "people" => WordSort::People,
                "money" => WordSort::Money,
                "generic" => WordSort::Generic,
                "vague" => WordSort::Vague,
                "measure" => WordSort::Measure,
                _ => WordSort::Thing,
            };
            out.longest = out.longest.max(words.split_whitespace().count());
            out.words.insert(words, (category, sort));
        }
        out
    }

    /// The entry for words in lower case, also in the plural.
    fn entry(&self, words: &str) -> Option<&(String, WordSort)> {
        let found = |w: &str| self.words.get(w);
        found(words)
            .or_else(|| found(words.strip_suffix('s')?))
            .or_else(|| found(words.strip_suffix("es")?))
            .or_else(|| found(&format!("{}y", words.strip_suffix("ies")?)))
            .or_else(|| found(&format!("{}man", words.strip_suffix("men")?)))
            .or_else(|| words.contains('-').then(|| self.entry(&words.replace('-', " ")))?)
    }

    /// Whether the word at a token names a thing by itself.
    pub fn is_thing(&self, tokens: &[Token<'_>], at: usize) -> bool {
        tokens.get(at).and_then(|t| self.entry(&t.low)).is_some_and(|(_, s)| matches!(s, WordSort::Thing | WordSort::Money))
    }

    /// Whether the word at a token has an entry of any sort.
    pub fn knows(&self, tokens: &[Token<'_>], at: usize) -> bool {
        tokens.get(at).is_some_and(|t| self.entry(&t.low).is_some())
    }

    /// Whether one entry reaches from a token to another.
    pub fn spans(&self, tokens: &[Token<'_>], first: usize, last: usize) -> bool {
        self.ending_at(tokens, first, last).is_some_and(|(start, _)| start == first)
    }

    /// The longest entry that ends at a token.
    fn ending_at(&self, tokens: &[Token<'_>], first: usize, last: usize) -> Option<(usize, &(String, WordSort))> {
        let from = first.max((last + 1).saturating_sub(self.longest));
        (from..=last).find_map(|start| {
            let words = tokens.get(start..=last)?.iter().map(|t| t.low.as_str()).collect::<Vec<_>>().join(" ");
            Some((start, self.entry(&words)?))
        })
    }

    /// The thing that a noun phrase names, if it names one.
    pub fn thing(&self, scene: &Scene<'_>, goods: &GoodsWords<'_>, noun: usize) -> Option<Thing> {
        self.of_phrase(scene, goods, noun, 0)
    }

    /// The thing that a part of a noun phrase names: the `trucks` of `Uganda trucks`.
    pub fn named_by(&self, scene: &Scene<'_>, goods: &GoodsWords<'_>, phrase: &NounPhrase) -> Option<Thing> {
        self.of_words(scene, goods, phrase, 0)
    }

    fn of_phrase(&self, scene: &Scene<'_>, goods: &GoodsWords<'_>, noun: usize, depth: u8) -> Option<Thing> {
        self.of_words(scene, goods, scene.nouns.get(noun)?, depth)
    }

    fn of_words(&self, scene: &Scene<'_>, goods: &GoodsWords<'_>, phrase: &NounPhrase, depth: u8) -> Option<Thing> {
        if phrase.time || phrase.pronoun || depth > 3 {
            return None;
        }
        // The name of a ship is no ship.
        if scene.tokens.get(phrase.head).is_some_and(|t| tells_of_things(&t.low)) {
            return None;
        }
        if is_sum(scene, phrase) {
            // `500 million dollars' worth of equipment`.
            if let Some(thing) = phrase.of.and_then(|of| self.of_phrase(scene, goods, of, depth + 1)) {
                return Some(widened(scene, phrase, thing));
            }
            // `$1 billion in arms`, `$625 million in crypto`.
            let inside = phrase.behind.iter().find(|(p, _)| *p == phrase.end && scene.tokens.get(*p).is_some_and(|t| t.low == "in"));
            // But `invested $400 million in a factory`.
            let kind_of_goods = |(_, n): &&(usize, usize)| scene.nouns.get(*n).is_some_and(|n| n.det.is_none());
            if let Some(thing) = inside.filter(kind_of_goods).and_then(|(_, n)| self.of_phrase(scene, goods, *n, depth + 1)) {
                return Some(widened(scene, phrase, thing));
            }
            return Some(self.made(scene, phrase, "money", WordSort::Money));
        }
        if let Some(thing) = self.of_a_make(scene, phrase) {
            return Some(thing);
        }
        let inner = phrase.of.filter(|of| scene.nouns.get(*of).is_some_and(|n| n.head != phrase.head));
        let at_head = self.ending_at(scene.tokens, phrase.first, phrase.head);
        // `90,000 bottles of vodka`, `a shipment of arms`, `parts for drones`: the thing is behind the measure.
        if let (Some(of), true) =
            (inner, at_head.is_none_or(|(_, (_, s))| matches!(s, WordSort::Measure | WordSort::Generic | WordSort::Vague)))
            && let Some(thing) = self.of_phrase(scene, goods, of, depth + 1)
        {
            return Some(widened(scene, phrase, thing));
        }
        // `four tankers of fuel`: by what it goes, and what; `a round of aid` is no cartridge.
        let round = scene.tokens.get(phrase.head).is_some_and(|t| t.low == "round");
        if let (Some((_, (category, WordSort::Thing))), Some(of)) = (at_head, inner)
            && (round || matches!(category.as_str(), "vessel" | "vehicles" | "aircraft"))
            && let Some(thing) = self.of_phrase(scene, goods, of, depth + 1).filter(|t| !t.generic && t.category != "other")
        {
            return Some(widened(scene, phrase, thing));
        }
        match at_head {
            Some((_, (_, WordSort::Measure))) => self.counted(scene, goods, phrase),
            // `Su-57 fighters`, `F-16 fighters`: jets, not men.
            Some((start, (_, WordSort::People)))
                if start > phrase.first
                    && (phrase.first..start).any(|at| {
                        let t = &scene.tokens[at];
                        // `Gripen fighters`, `F-35 stealth fighters` too.
                        let jet = || self.models.get(&t.low).is_some_and(|(category, _)| category == "aircraft");
                        t.capital && (t.text.contains(|c: char| c.is_ascii_digit()) || jet())
                    }) =>
            {
                Some(self.made(scene, phrase, "arms", WordSort::Thing))
            }
            Some((start, (category, sort))) => {
                let mut thing = self.made(scene, phrase, category, *sort);
                if thing.generic {
                    // `luxury items`, `banned nuclear equipment`: an earlier word may say more.
                    if let Some(before) = start.checked_sub(1).filter(|b| *b >= phrase.first)
                        && let Some((_, (category, sort))) = self.ending_at(scene.tokens, phrase.first, before)
                        && *sort == WordSort::Thing
                    {
                        thing.category.clone_from(category);
                        thing.generic = false;
                    } else if thing.category == "machinery" && start > phrase.first && scene.tags.get(start - 1) == Some(&Tag::Noun) {
                        // `refinery parts`: parts of something are something.
                        thing.generic = false;
                    } else if phrase.head > phrase.first
                        && let Some(category) = goods(&thing.words)
                    {
                        category.clone_into(&mut thing.category);
                        thing.generic = false;
                    }
                }
                let whole = |n: usize| {
                    let other = self.of_phrase(scene, goods, n, depth + 1)?;
                    matches!(other.category.as_str(), "arms" | "missile" | "nuclear" | "aircraft").then_some(other.category)
                };
                Some(with_purpose(scene, phrase, thing, &whole))
            }
            None => self.by_its_maker(scene, phrase).or_else(|| self.by_goods_tables(scene, goods, phrase)),
        }
    }

    /// `four Airbus A340s`, `a Boeing 737`: by a maker whose name is a word for what it makes, and a number.
    fn by_its_maker(&self, scene: &Scene<'_>, phrase: &NounPhrase) -> Option<Thing> {
        let numbered = scene.tokens.get(phrase.head)?.text.contains(|c: char| c.is_ascii_digit());
        let maker = (phrase.first..phrase.head).filter(|_| numbered).find_map(|at| {
            let (category, sort) = self.entry(&scene.tokens[at].low)?;
            let makes = *sort == WordSort::Thing && matches!(category.as_str(), "aircraft" | "vehicles" | "luxury_vehicle" | "vessel");
            (makes && scene.tokens[at].capital).then_some(category)
        })?;
        Some(self.made(scene, phrase, maker, WordSort::Thing))
    }

    /// `14 Leopards`, `a Patriot`: by the name of the make alone, which stands in capitals and is counted.
    fn of_a_make(&self, scene: &Scene<'_>, phrase: &NounPhrase) -> Option<Thing> {
        let head = scene.tokens.get(phrase.head).filter(|t| t.capital && !t.shouted)?;
        let several = head.low.strip_suffix("'s").or_else(|| head.low.strip_suffix('s'));
        let (category, noun) = self.models.get(several.unwrap_or(&head.low)).or_else(|| self.models.get(&head.low))?;
        let counted = phrase.head > phrase.first && scene.tags.get(phrase.first) == Some(&Tag::Num);
        let one = phrase.det.is_some_and(|d| matches!(scene.tokens[d].low.as_str(), "a" | "an"));
        let first = phrase.head == 0;
        let named = scene.tokens.get(phrase.end).is_some_and(|t| t.capital) || phrase.owner.is_some();
        if first || named || !(counted || one || several.is_some() && phrase.head == phrase.first) {
            return None;
        }
        let thing = self.made(scene, phrase, category, WordSort::Thing);
        Some(Thing { english: Some(format!("{} {noun}", several.unwrap_or(&head.low))), ..thing })
    }

    /// A measure without `of`: `oil shipments`, `arms deliveries`, `20 containers`.
    fn counted(&self, scene: &Scene<'_>, goods: &GoodsWords<'_>, phrase: &NounPhrase) -> Option<Thing> {
        let before = phrase.head.checked_sub(1).filter(|b| *b >= phrase.first);
        if let Some(before) = before {
            if let Some((_, (category, sort))) = self.ending_at(scene.tokens, phrase.first, before)
                && matches!(sort, WordSort::Thing | WordSort::People | WordSort::Money)
            {
                // `tanker shipments`, `truck deliveries`: by what they go, not what goes.
                let means = matches!(category.as_str(), "vessel" | "vehicles" | "aircraft") && moved(scene, phrase);
                let thing = self.made(scene, phrase, category, *sort);
                return Some(Thing { generic: thing.generic || means, ..thing });
            }
            let words = text_of(scene, phrase.first, phrase.head);
            if let Some(category) = goods(&words) {
                return Some(self.made(scene, phrase, category, WordSort::Thing));
            }
        }
        let mut thing = self.made(scene, phrase, "other", WordSort::Generic);
        // `a falconry set`: a set of something is something.
        let head = scene.tokens.get(phrase.head).map_or("", |t| t.low.as_str());
        let kit = matches!(head, "set" | "sets" | "kit" | "kits" | "collection" | "pack");
        thing.generic = !(kit && before.is_some_and(|b| scene.tags.get(b) == Some(&Tag::Noun)));
        Some(thing)
    }

    /// Goods that only the tables of goods know (`Aurus Senat`, `gas cooking stoves`).
    fn by_goods_tables(&self, scene: &Scene<'_>, goods: &GoodsWords<'_>, phrase: &NounPhrase) -> Option<Thing> {
        let words = text_of(scene, phrase.first, phrase.end);
        let plain = scene.tags.get(phrase.head) != Some(&Tag::Proper);
        if words.len() < 3 || (plain && scene.tokens.get(phrase.head).is_some_and(|t| is_abstract(&t.low))) {
            return None;
        }
        // `two Ferraris`.
        let one = || words.strip_suffix('s').filter(|w| !plain && w.len() > 4).and_then(goods);
        let category = goods(&words).or_else(one)?;
        // `missile strike`, `car park`: the last words must be goods too, not only those before them.
        let named = scene.tags.get(phrase.head) == Some(&Tag::Proper);
        let ends = [phrase.head, phrase.head.saturating_sub(1).max(phrase.first)]
            .into_iter()
            .any(|first| goods(&text_of(scene, first, phrase.head + 1)).is_some());
        (named || ends).then(|| self.made(scene, phrase, category, WordSort::Thing))
    }

    /// A noun that no table knows, where a verb of selling or sending says that it must be a thing.
    pub fn unknown(&self, scene: &Scene<'_>, noun: usize) -> Option<Thing> {
        let phrase = scene.nouns.get(noun)?;
        let head = scene.tokens.get(phrase.head)?;
        let plain = !phrase.pronoun && !phrase.time && head.shape == Shape::Word && scene.tags.get(phrase.head) == Some(&Tag::Noun);
        // `handed back 20 bronzes`: no thing, whatever it stands before.
        let abstracted = is_abstract(&head.low) || tells_of_things(&head.low) || head.low == "back";
        (plain && !abstracted).then(|| self.made(scene, phrase, "other", WordSort::Thing))
    }

    fn made(&self, scene: &Scene<'_>, phrase: &NounPhrase, category: &str, sort: WordSort) -> Thing {
        let first = phrase.first;
        let another = scene.tokens.get(phrase.first..phrase.head).unwrap_or(&[]).iter().chain(phrase.det.and_then(|d| scene.tokens.get(d)));
        Thing {
            words: text_of(scene, first, phrase.end),
            category: category.to_owned(),
            sort: match sort {
                WordSort::People => Sort::People,
                WordSort::Money => Sort::Money,
                _ => Sort::Goods,
            },
            generic: matches!(sort, WordSort::Generic | WordSort::Vague),
            another: another
                .map(|t| t.low.as_str())
                .any(|w| matches!(w, "second" | "another" | "third" | "more" | "further" | "additional" | "new" | "such")),
            english: None,
            span: span_of(scene, first, phrase.end),
        }
    }

    /// What the words before the head of a phrase name: the `arms` of `arms shipments`.
    pub fn before_head(&self, scene: &Scene<'_>, goods: &GoodsWords<'_>, phrase: &NounPhrase) -> Option<Thing> {
        // `ship-to-ship transfers`: how, and not what.
        if phrase.head.checked_sub(1).and_then(|b| scene.tokens.get(b)).is_some_and(|t| t.low.contains("-to-")) {
            return None;
        }
        let last = phrase.head.checked_sub(1).filter(|b| *b >= phrase.first)?;
        let found = self
            .ending_at(scene.tokens, phrase.first, last)
            .filter(|(_, (_, s))| matches!(s, WordSort::Thing | WordSort::People | WordSort::Money));
        if let Some((_, (category, sort))) = found {
            return Some(Thing {
                words: text_of(scene, phrase.first, phrase.head),
                span: span_of(scene, phrase.first, phrase.head),
                ..self.made(scene, phrase, category, *sort)
            });
        }
        let mut start = phrase.first;
        // Names and numbers before the goods word are no part of it.
        while start < phrase.head && scene.tags.get(start).is_some_and(|t| matches!(t, Tag::Num)) {
            start += 1;
        }
        if start >= phrase.head || scene.tokens.get(start..phrase.head)?.iter().all(|t| t.capital || t.shape != Shape::Word) {
            return None;
        }
        let words = text_of(scene, start, phrase.head);
        let category = goods(&words)?;
        Some(Thing { words, span: span_of(scene, start, phrase.head), ..self.made(scene, phrase, category, WordSort::Thing) })
    }

    /// The sum before the head of a phrase: `the $100 million theft`.
    pub fn sum_before_head(&self, scene: &Scene<'_>, phrase: &NounPhrase) -> Option<Thing> {
        let sum = NounPhrase { end: phrase.head, head: phrase.head.checked_sub(1)?, ..phrase.clone() };
        (sum.end > sum.first && is_sum(scene, &sum)).then(|| self.made(scene, &sum, "money", WordSort::Money))
    }

    /// A thing that a noun implies.
    pub fn implied(&self, scene: &Scene<'_>, phrase: &NounPhrase, word: &str) -> Thing {
        let (category, sort) = self.entry(word).cloned().unwrap_or_else(|| ("other".to_owned(), WordSort::Thing));
        self.made(scene, phrase, &category, sort)
    }
}

/// `a gift`, `birthday presents`: the word says how it came, and not what it is.
pub(crate) fn is_gift(thing: &Thing) -> bool {
    let last = thing.words.rsplit(' ').next().unwrap_or_default().to_lowercase();
    matches!(last.as_str(), "gift" | "gifts" | "present" | "presents")
}

/// Whether a phrase is about a movement: `shipments`, `deliveries`.
fn moved(scene: &Scene<'_>, phrase: &NounPhrase) -> bool {
    let head = scene.tokens.get(phrase.head).map_or("", |t| t.low.as_str());
    matches!(
        head,
        "shipment"
            | "shipments"
            | "delivery"
            | "deliveries"
            | "transfer"
            | "transfers"
            | "cargo"
            | "cargoes"
            | "load"
            | "loads"
            | "consignment"
            | "consignments"
    )
}

/// `$1.2 million`, `41-thousand U.S. dollars`, `two million euros`.
pub(crate) fn is_sum(scene: &Scene<'_>, phrase: &NounPhrase) -> bool {
    let tokens = scene.tokens.get(phrase.first..phrase.end).unwrap_or(&[]);
    // `an estimated $700 million`, `a further €2m`: how the sum is called is no part of it.
    let called = tokens.iter().take_while(|t| {
        matches!(
            t.low.as_str(),
            "annual"
                | "yearly"
                | "monthly"
                | "estimated"
                | "whopping"
                | "staggering"
                | "record"
                | "further"
                | "additional"
                | "extra"
                | "massive"
                | "huge"
                | "combined"
                | "total"
                | "initial"
                | "reported"
                | "hefty"
                | "mere"
                | "cool"
                | "new"
                | "first"
                | "another"
                | "alleged"
                | "stolen"
        )
    });
    let tokens = tokens.get(called.count()..).unwrap_or(&[]);
    let currency = |low: &str| {
        matches!(
            low.strip_suffix('s').unwrap_or(low),
            "dollar"
                | "euro"
                | "yuan"
                | "won"
                | "yen"
                | "rouble"
                | "ruble"
                | "franc"
                | "usd"
                | "eur"
                | "rupee"
                | "dirham"
                | "peso"
                | "lira"
                | "rand"
        )
    };
    let lettered = (0..tokens.len()).any(|i| crate::tag::lettered_sum(tokens, i));
    let sign = lettered || tokens.iter().any(|t| matches!(t.text, "$" | "€" | "£" | "¥" | "₩"));
    // `USD 20,000`.
    let sign = sign || tokens.len() > 1 && tokens.first().is_some_and(|t| CODES.contains(&t.text));
    let numbers = tokens.iter().enumerate().all(|(i, t)| {
        t.shape == Shape::Number
            || crate::tag::lettered_sum(tokens, i)
            || matches!(
                t.low.as_str(),
                "million"
                    | "billion"
                    | "thousand"
                    | "$"
                    | "€"
                    | "£"
                    | "¥"
                    | "₩"
                    | "us"
                    | "m"
                    | "bn"
                    | "trillion"
                    | "s"
                    | "sg"
                    | "hk"
                    | "nt"
                    | "a"
                    | "au"
                    | "c"
                    | "ca"
                    | "nz"
                    | "usd"
                    | "eur"
                    | "gbp"
                    | "rmb"
                    | "chf"
                    | "cny"
                    | "jpy"
                    | "krw"
                    | "rub"
                    | "aed"
                    | "some"
                    | "worth"
            )
    });
    (sign && numbers) || tokens.last().is_some_and(|t| currency(&t.low))
}

/// Currencies by their codes, as they stand before a sum.
const CODES: [&str; 10] = ["USD", "EUR", "GBP", "RMB", "CHF", "CNY", "JPY", "KRW", "RUB", "AED"];

/// Nouns that are no goods though they can be given, sold or sent: one a line, below a header.
static NO_GOODS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| ABSTRACT.lines().skip(1).collect());

/// Whether a noun names what tells of things, or what is done with them, and no thing: the name of a ship, a photograph, a removal.
fn tells_of_things(low: &str) -> bool {
    low == "news"
        || matches!(
            low.strip_suffix('s').unwrap_or(low),
            "accusation"
                | "allegation"
                | "blessing"
                | "claim"
                | "closure"
                | "departure"
                | "deportation"
                | "detail"
                | "dossier"
                | "evidence"
                | "expulsion"
                | "flag"
                | "footage"
                | "haven"
                | "headlong"
                | "image"
                | "information"
                | "leaflet"
                | "list"
                | "name"
                | "photo"
                | "photograph"
                | "picture"
                | "proof"
                | "release"
                | "removal"
                | "repatriation"
                | "report"
                | "return"
                | "risk"
                | "shoulder"
                | "video"
                | "withdrawal"
        )
}

/// Whether a noun names something that nobody can hand over or be: a message, a decision, cooperation.
pub(crate) fn is_abstract(low: &str) -> bool {
    let singular = low.strip_suffix('s').unwrap_or(low);
    if singular.ends_with("station")
        || matches!(singular, "section" | "instrument" | "garment" | "ornament" | "munition" | "ammunition" | "equipment" | "implement")
    {
        return false;
    }
    NO_GOODS.contains(singular)
        || NO_GOODS.contains(low)
        || ["tion", "ment", "ness", "ity", "ship", "ism", "ance", "ence"].iter().any(|e| singular.ends_with(e) && singular != "ship")
}

/// Whether a noun names something that can be nobody, whatever State it is of: a request, a tip, an answer.
pub(crate) fn is_nobody(low: &str) -> bool {
    let singular = low.strip_suffix("ies").map_or_else(|| low.strip_suffix('s').unwrap_or(low).to_owned(), |stem| stem.to_owned() + "y");
    !NOT_HANDED_OVER.contains(singular.as_str())
        && !low.ends_with("women")
        && low != "woman"
        && (NO_GOODS.contains(singular.as_str()) || NO_GOODS.contains(low))
}

fn text_of(scene: &Scene<'_>, first: usize, end: usize) -> String {
    let (start, stop) = span_of(scene, first, end);
    scene.text.get(start..stop).unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn span_of(scene: &Scene<'_>, first: usize, end: usize) -> (usize, usize) {
    let start = scene.tokens.get(first).map_or(0, |t| t.start);
    let stop = end.checked_sub(1).and_then(|i| scene.tokens.get(i)).map_or(start, Token::end);
    (start, stop.max(start))
}

/// Whether a noun says how long something lasts or how often it comes: `for 15 years`.
pub(crate) fn is_how_long(head: &str) -> bool {
    matches!(head.trim_end_matches('s'), "year" | "month" | "week" | "day" | "decade" | "time")
}

/// `technology for satellites`, `parts for drones`: what it is for belongs to what it is; `for Iran` does not.
fn with_purpose(scene: &Scene<'_>, phrase: &NounPhrase, mut thing: Thing, whole: &dyn Fn(usize) -> Option<String>) -> Thing {
    if !matches!(thing.category.as_str(), "technology" | "machinery" | "dual_use" | "electronics" | "arms" | "missile" | "nuclear") {
        return thing;
    }
    let purpose = phrase.behind.iter().find(|(p, n)| {
        let named = scene.nouns.get(*n).is_some_and(|n| {
            scene.tokens.get(n.first..n.end).unwrap_or(&[]).iter().any(|t| t.capital) || n.pronoun || n.time || n.owner.is_some()
        });
        // `for more than 15 years`: how long, and not what for.
        let years = scene.nouns.get(*n).and_then(|n| scene.tokens.get(n.head)).is_some_and(|t| is_how_long(&t.low));
        scene.tokens.get(*p).is_some_and(|t| t.low == "for") && *p == phrase.end && !named && !years
    });
    if let Some((_, n)) = purpose {
        // Parts of a missile are arms, whatever they are made of.
        if let Some(category) = whole(*n).filter(|_| thing.category != "technology") {
            thing.category = category;
        }
        thing.generic = false;
    }
    if let Some(other) = purpose.and_then(|(_, n)| scene.nouns.get(*n)) {
        thing.span.1 = span_of(scene, other.first, other.end).1;
        thing.words = scene.text.get(thing.span.0..thing.span.1).unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ");
    }
    thing
}

/// The thing of the inner phrase with the words of the outer one: `600 tonnes of refined oil`.
fn widened(scene: &Scene<'_>, phrase: &NounPhrase, mut thing: Thing) -> Thing {
    // `the seizure of rifles`, `an offer of medicine`: the act is no part of the thing.
    let head = scene.tokens.get(phrase.head).map_or("", |t| t.low.as_str());
    let act = matches!(
        head.strip_suffix('s').unwrap_or(head),
        "offer"
            | "seizure"
            | "sale"
            | "export"
            | "import"
            | "purchase"
            | "transfer"
            | "theft"
            | "delivery"
            | "deliverie"
            | "supply"
            | "supplie"
            | "smuggling"
    );
    if act {
        return thing;
    }
    // `another batch of grain`, `a second shipment of shells`.
    let counted = phrase.det.into_iter().chain(phrase.first..phrase.head).filter_map(|t| scene.tokens.get(t));
    thing.another |= counted.map(|t| t.low.as_str()).any(|low| matches!(low, "another" | "second" | "third" | "further"));
    let start = scene.tokens.get(phrase.first).map_or(thing.span.0, |t| t.start).min(thing.span.0);
    thing.span = (start, thing.span.1);
    thing.words = scene.text.get(start..thing.span.1).unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ");
    thing
}
