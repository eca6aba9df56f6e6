//! The words of English as the reader needs them: what a word may be, which verbs and nouns tell a transfer, who says.

use crate::phrases::Phrases;
use crate::table::{many, pairs, rows};
use crate::tables::{FRAMES, HEDGES, NOMINALS, SAYING, VERBS};
use model::ActKind;
use rustc_hash::FxHashMap;

/// What a word may be; a set of bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Classes(pub u32);

macro_rules! classes {
    ($($name:ident = $bit:literal),+ $(,)?) => { impl Classes { $(pub const $name: Self = Self(1 << $bit);)+ } };
}
classes!(
    DET = 0,
    PREP = 1,
    CONJ = 2,
    SUB = 3,
    PRON = 4,
    POSS = 5,
    MODAL = 6,
    ADV = 7,
    ADJ = 8,
    NUM = 9,
    WH = 10,
    NEG = 11,
    TITLE = 12,
    UNIT = 13,
    NOUN = 14,
    BASE = 15,
    THIRD = 16,
    PAST = 17,
    PART = 18,
    ING = 19,
    MOSTLY_NOUN = 20,
    MOSTLY_ADJ = 21,
    PLURAL = 22,
);

impl Classes {
    /// Any form of a verb.
    pub const VERB: Self = Self(Self::BASE.0 | Self::THIRD.0 | Self::PAST.0 | Self::PART.0 | Self::ING.0);

    pub fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What a party or thing does in an act.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Part {
    Giver,
    Receiver,
    Goods,
    Via,
    Carrier,
    Value,
    Place,
    Authority,
    Worker,
    Employer,
    Traveller,
    Broker,
    None,
}

impl Part {
    pub fn parse(word: &str) -> Self {
        match word {
            "giver" | "payer" | "trainer" | "origin" | "supplier" | "seller" | "provider" | "lender" => Self::Giver,
            "receiver" | "trainee" | "dest" | "destination" | "payee" | "recipient" | "beneficiary" | "buyer" => Self::Receiver,
            "goods" | "people" | "money" | "amount" | "skill" | "goods2" => Self::Goods,
            "via" | "transit" => Self::Via,
            "carrier" | "vehicle" | "vessel" => Self::Carrier,
            "value" | "price" => Self::Value,
            "place" => Self::Place,
            "authority" | "actor" => Self::Authority,
            "worker" => Self::Worker,
            "employer" => Self::Employer,
            "traveller" => Self::Traveller,
            "broker" => Self::Broker,
            _ => Self::None,
        }
    }
}

/// How far what a word tells has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Outcome {
    Done,
    Planned,
    Attempted,
    Stopped,
    Observed,
    Demanded,
    Banned,
}

impl Outcome {
    pub fn parse(word: &str) -> Self {
        match word {
            "offered" | "planned" | "ordered" => Self::Planned,
            "attempted" => Self::Attempted,
            "stopped" => Self::Stopped,
            "observed" => Self::Observed,
            "demanded" => Self::Demanded,
            "banned" => Self::Banned,
            _ => Self::Done,
        }
    }
}

/// What the object must be for a frame to count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Needs {
    Goods,
    People,
    Money,
    Vessel,
    Any,
}

impl Needs {
    fn parse(word: &str) -> Self {
        match word {
            "goods" => Self::Goods,
            "people" => Self::People,
            "money" => Self::Money,
            "vessel" => Self::Vessel,
            _ => Self::Any,
        }
    }
}

/// How a verb tells an act.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Frame {
    pub tail: Vec<String>,
    /// `None`: no act, though the verb looks like one.
    pub kind: Option<ActKind>,
    pub subject: Vec<Part>,
    pub object: Vec<Part>,
    pub prepositions: Vec<(String, Part)>,
    pub outcome: Outcome,
    pub needs: Needs,
}

/// How a noun tells an act.
#[derive(Clone, Debug)]
pub(crate) struct Nominal {
    pub kind: Option<ActKind>,
    pub of: Part,
    pub owner: Part,
    pub prepositions: Vec<(String, Part)>,
    pub outcome: Outcome,
    /// The thing that the noun itself is.
    pub itself: bool,
    /// A thing that the noun implies.
    pub implied: Option<String>,
}

/// What somebody does towards an event by speaking of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Stance {
    /// Tells it.
    Reports,
    /// Says that it breaks a rule, or accuses somebody of it.
    AssertsViolation,
    /// Says that it did not happen.
    Denies,
    /// Finds fault with it.
    Condemns,
    /// Owns up to it, or vouches for it.
    Confirms,
    /// Asks for something to be done about it.
    Demands,
}

impl Stance {
    /// The word of the contract.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Reports => "reports",
            Self::AssertsViolation => "asserts_violation",
            Self::Denies => "denies",
            Self::Condemns => "condemns",
            Self::Confirms => "confirms",
            Self::Demands => "demands",
        }
    }

    /// The meaning of a word of the contract.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "reports" => Self::Reports,
            "asserts_violation" => Self::AssertsViolation,
            "denies" => Self::Denies,
            "condemns" => Self::Condemns,
            "confirms" => Self::Confirms,
            "demands" => Self::Demands,
            _ => return None,
        })
    }
}

/// How surely a text tells a transfer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Telling {
    /// Told as something that happened.
    Reported,
    /// A court found it, or the party itself admits it.
    Confirmed,
    /// Somebody claims, believes or suspects it.
    Alleged,
    /// It is only told as untrue.
    Denied,
    /// It is to happen.
    Planned,
    /// It was tried, or stopped on its way.
    Attempted,
    /// It is only imagined.
    Hypothetical,
}

impl Telling {
    /// The word of the contract.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Confirmed => "confirmed",
            Self::Alleged => "alleged",
            Self::Denied => "denied",
            Self::Planned => "planned",
            Self::Attempted => "attempted",
            Self::Hypothetical => "hypothetical",
        }
    }

    /// The meaning of a word of the contract.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "reported" => Self::Reported,
            "confirmed" => Self::Confirmed,
            "alleged" => Self::Alleged,
            "denied" => Self::Denied,
            "planned" => Self::Planned,
            "attempted" => Self::Attempted,
            "hypothetical" => Self::Hypothetical,
            _ => return None,
        })
    }
}

/// A word of saying.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Saying {
    pub stance: Stance,
    pub telling: Telling,
}

const WORDS: &str = include_str!("../../../data/reading/en-words.csv");

/// All words of English that the reader knows.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    words: FxHashMap<String, Classes>,
    lemmas: FxHashMap<String, String>,
    frames: FxHashMap<String, Vec<Frame>>,
    nominals: FxHashMap<String, Nominal>,
    saying: FxHashMap<String, Saying>,
    /// `push back on`, `hit out at`: by the verb, the words behind it.
    saying_tails: FxHashMap<String, Vec<(Vec<String>, Saying)>>,
    saying_nouns: FxHashMap<String, Saying>,
    /// "according to", "in a statement": who says is near them.
    pub saying_phrases: Phrases<Saying>,
    /// What sets the status of an act; `None`: it is negated.
    pub hedges: Phrases<Option<Telling>>,
}

impl Lexicon {
    /// Reads the tables; returns every problem found.
    pub fn read() -> (Self, Vec<String>) {
        let (mut lexicon, mut problems) = (Self::default(), Vec::new());
        lexicon.read_verbs(&mut problems);
        lexicon.read_words(&mut problems);
        lexicon.read_nouns();
        lexicon.read_frames(&mut problems);
        lexicon.read_nominals(&mut problems);
        lexicon.read_saying(&mut problems);
        for [phrase, status] in rows("hedges.csv", HEDGES, ["phrase", "status"], &mut problems) {
            lexicon.hedges.add(&phrase, Telling::parse(&status));
        }
        lexicon.hedges.settle();
        lexicon.saying_phrases.settle();
        (lexicon, problems)
    }

    fn add(&mut self, word: &str, classes: Classes) {
        let entry = self.words.entry(word.to_lowercase()).or_default();
        *entry = entry.with(classes);
    }

    fn read_verbs(&mut self, problems: &mut Vec<String>) {
        for [lemma, third, past, part, ing, noun] in
            rows("en-verbs.csv", VERBS, ["lemma", "third", "past", "participle", "ing", "noun"], problems)
        {
            let forms = [
                (Classes::BASE, vec![lemma.clone()]),
                (Classes::THIRD, given_or(&third, || third_person(&lemma))),
                (Classes::PAST, given_or(&past, || past_form(&lemma))),
                (Classes::PART, given_or(if part.is_empty() { &past } else { &part }, || past_form(&lemma))),
                (Classes::ING, given_or(&ing, || ing_form(&lemma))),
            ];
            let also = match noun.as_str() {
                "yes" => Classes::NOUN,
                "more" => Classes::NOUN.with(Classes::MOSTLY_NOUN),
                "adj" => Classes::ADJ.with(Classes::MOSTLY_ADJ),
                _ => Classes::default(),
            };
            for (class, words) in forms {
                for word in words {
                    let class = match class {
                        Classes::BASE => class.with(also),
                        Classes::THIRD if also.any(Classes::NOUN) => class.with(also).with(Classes::PLURAL),
                        _ => class,
                    };
                    self.add(&word, class);
                    // `found` is past of `find` before it is the base of `found`: the first row wins.
                    self.lemmas.entry(word).or_insert_with(|| lemma.clone());
                }
            }
        }
    }

    fn read_words(&mut self, problems: &mut Vec<String>) {
        for [word, class] in rows("en-words.csv", WORDS, ["word", "class"], problems) {
            let class = match class.as_str() {
                "det" => Classes::DET,
                "prep" => Classes::PREP,
                "conj" => Classes::CONJ,
                "sub" => Classes::SUB,
                "pron" => Classes::PRON,
                "poss" => Classes::POSS,
                "modal" => Classes::MODAL,
                "adv" | "interj" => Classes::ADV,
                "adj" => Classes::ADJ,
                "num" => Classes::NUM,
                "wh" => Classes::WH,
                "neg" => Classes::NEG,
                "title" => Classes::TITLE,
                "unit" => Classes::UNIT,
                "aux" => {
                    let lemma = match word.as_str() {
                        "am" | "are" | "is" | "was" | "were" | "'m" | "'re" => "be",
                        "has" | "have" | "had" | "'ve" => "have",
                        "do" | "does" | "did" => "do",
                        _ => continue,
                    };
                    self.lemmas.entry(word.clone()).or_insert_with(|| lemma.to_owned());
                    if self.words.get(&word).is_none_or(|c| !c.any(Classes::VERB)) {
                        self.add(&word, Classes::THIRD);
                    }
                    continue;
                }
                other => {
                    problems.push(format!("data/reading/en-words.csv: `{other}` is no class of words"));
                    continue;
                }
            };
            self.add(&word, class);
        }
    }

    /// The nouns for things and parties, so that `Weapons were sold` does not begin with a name.
    fn read_nouns(&mut self) {
        let first = |line: &'static str| line.split(',').next().and_then(|words| words.split_whitespace().last()).map(str::to_owned);
        let things = crate::what::THINGS.lines().skip(1).filter_map(first);
        let parties = crate::gazetteer::TITLES.lines().skip(1).filter_map(first);
        for word in things.chain(parties).filter(|w| w.len() > 3 && w.chars().all(|c| c.is_ascii_lowercase())) {
            let several = match word.strip_suffix('y') {
                Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
                _ if word.ends_with('s') || word.ends_with('x') || word.ends_with("ch") || word.ends_with("sh") => format!("{word}es"),
                _ => format!("{word}s"),
            };
            for known in [word, several] {
                if !self.words.contains_key(&known) {
                    self.add(&known, Classes::NOUN);
                }
            }
        }
    }

    fn read_frames(&mut self, problems: &mut Vec<String>) {
        let columns = ["verb", "tail", "kind", "subject", "object", "prepositions", "outcome", "needs"];
        for [verb, tail, kind, subject, object, prepositions, outcome, needs] in rows("frames.csv", FRAMES, columns, problems) {
            let known = ActKind::parse(&kind);
            if known.is_none() && kind != "-" {
                problems.push(format!("data/reading/frames.csv: `{kind}` of `{verb}` is no kind of act"));
            }
            let parts = |cell: &str| cell.split('/').map(Part::parse).filter(|p| *p != Part::None).collect();
            let frame = Frame {
                tail: tail.split_whitespace().map(str::to_owned).collect(),
                kind: known,
                subject: parts(&subject),
                object: parts(&object),
                prepositions: pairs(&prepositions).map(|(p, part)| (p.to_owned(), Part::parse(part))).collect(),
                outcome: Outcome::parse(&outcome),
                needs: Needs::parse(&needs),
            };
            self.frames.entry(verb).or_default().push(frame);
        }
        for list in self.frames.values_mut() {
            list.sort_by_key(|f| std::cmp::Reverse(f.tail.len()));
        }
    }

    fn read_nominals(&mut self, problems: &mut Vec<String>) {
        let columns = ["noun", "plural", "kind", "of", "owner", "prepositions", "outcome", "goods"];
        for [noun, plural, kind, of, owner, prepositions, outcome, goods] in rows("nominals.csv", NOMINALS, columns, problems) {
            let nominal = Nominal {
                kind: ActKind::parse(&kind),
                of: Part::parse(&of),
                owner: Part::parse(&owner),
                prepositions: pairs(&prepositions).map(|(p, part)| (p.to_owned(), Part::parse(part))).collect(),
                outcome: Outcome::parse(&outcome),
                itself: goods == "self",
                implied: (!goods.is_empty() && goods != "self").then_some(goods),
            };
            for form in std::iter::once(noun.as_str()).chain(many(&plural)) {
                self.nominals.entry(form.to_owned()).or_insert_with(|| nominal.clone());
                self.add(form, Classes::NOUN);
            }
        }
    }

    fn read_saying(&mut self, problems: &mut Vec<String>) {
        for [word, class, stance, certainty] in rows("attribution.csv", SAYING, ["word", "class", "stance", "certainty"], problems) {
            let saying = Saying {
                stance: Stance::parse(&stance).unwrap_or(Stance::Reports),
                telling: Telling::parse(&certainty).unwrap_or(Telling::Reported),
            };
            match class.as_str() {
                // Trying and planning are no saying.
                "verb"
                    if matches!(saying.telling, Telling::Attempted | Telling::Planned)
                        && !matches!(word.as_str(), "vow" | "pledge" | "promise" | "threaten" | "announce") => {}
                "verb" if !word.contains(' ') => {
                    self.saying.entry(word).or_insert(saying);
                }
                "verb" => {
                    let mut words = word.split_whitespace().map(str::to_owned);
                    if let Some(verb) = words.next() {
                        self.saying_tails.entry(verb).or_default().push((words.collect(), saying));
                    }
                }
                "noun" if !word.contains(' ') => {
                    self.saying_nouns.entry(word).or_insert(saying);
                }
                _ => self.saying_phrases.add(&word, saying),
            }
        }
    }

    /// What a word may be.
    pub fn classes(&self, low: &str) -> Option<Classes> {
        self.words.get(low).copied()
    }

    /// The base form of a verb form; the word itself if it is none.
    pub fn lemma<'a>(&'a self, low: &'a str) -> &'a str {
        self.lemmas.get(low).map_or(low, String::as_str)
    }

    /// How a verb may tell an act.
    pub fn frames(&self, lemma: &str) -> &[Frame] {
        self.frames.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// How a noun tells an act.
    pub fn nominal(&self, low: &str) -> Option<&Nominal> {
        self.nominals.get(low)
    }

    /// A verb of saying.
    pub fn saying(&self, lemma: &str) -> Option<Saying> {
        self.saying.get(lemma).copied()
    }

    /// A verb of saying with the words behind it; `low` gives the word at a distance from the verb.
    pub fn saying_behind<'a>(&self, lemma: &str, low: &dyn Fn(usize) -> &'a str) -> Option<Saying> {
        let tails = self.saying_tails.get(lemma)?;
        let fits = |tail: &&(Vec<String>, Saying)| tail.0.iter().enumerate().all(|(i, word)| low(i) == word);
        tails.iter().filter(fits).max_by_key(|(tail, _)| tail.len()).map(|(_, saying)| *saying)
    }

    /// A noun of saying.
    pub fn saying_noun(&self, low: &str) -> Option<Saying> {
        self.saying_nouns.get(low).or_else(|| self.saying_nouns.get(low.strip_suffix('s')?)).copied()
    }
}

fn given_or(cell: &str, regular: impl FnOnce() -> String) -> Vec<String> {
    if cell.is_empty() { vec![regular()] } else { many(cell).map(str::to_owned).collect() }
}

fn third_person(lemma: &str) -> String {
    let vowel_before_y = lemma.len() > 1 && lemma.ends_with('y') && lemma.chars().rev().nth(1).is_some_and(|c| "aeiou".contains(c));
    match lemma {
        _ if lemma.ends_with('y') && !vowel_before_y => format!("{}ies", lemma.strip_suffix('y').unwrap_or(lemma)),
        _ if ["s", "x", "z", "ch", "sh", "o"].iter().any(|e| lemma.ends_with(e)) => format!("{lemma}es"),
        _ => format!("{lemma}s"),
    }
}

fn past_form(lemma: &str) -> String {
    let vowel_before_y = lemma.len() > 1 && lemma.ends_with('y') && lemma.chars().rev().nth(1).is_some_and(|c| "aeiou".contains(c));
    match lemma {
        _ if lemma.ends_with('e') => format!("{lemma}d"),
        _ if lemma.ends_with('y') && !vowel_before_y => format!("{}ied", lemma.strip_suffix('y').unwrap_or(lemma)),
        _ => format!("{lemma}ed"),
    }
}

fn ing_form(lemma: &str) -> String {
    match lemma {
        _ if lemma.ends_with("ie") => format!("{}ying", lemma.strip_suffix("ie").unwrap_or(lemma)),
        _ if lemma.ends_with('e') && !lemma.ends_with("ee") && !lemma.ends_with("oe") && !lemma.ends_with("ye") => {
            format!("{}ing", lemma.strip_suffix('e').unwrap_or(lemma))
        }
        _ => format!("{lemma}ing"),
    }
}
