//! Clauses of a sentence: which noun phrase is the subject of which verb, what stands behind it, and how clauses hang together.
//!
//! One pass from left to right keeps the clause that is open. A verb that finds its clause already with a verb opens another: the phrase just
//! before it becomes its subject, or an outer clause that still waits for its verb takes it.

mod antecedent;
mod asides;
mod control;
mod lists;
mod portions;
mod sources;
mod words;

pub(crate) use words::is_intention;

use crate::phrase::{Form, Piece, Pieces};
use crate::token::{Shape, Token};

/// How a clause hangs on another.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Link {
    /// A sentence of its own, or one beside it.
    Main,
    /// What somebody says, believes, reports: `said that …`; with the noun it explains (`reports that …`).
    Content(Option<usize>),
    /// Describes a noun phrase; `true` when the noun is not the subject but the object (`the coal Russia sold`).
    Relative(usize, bool),
    /// `to ship`, with the noun just before it.
    Infinitive(Option<usize>),
    /// `by exporting`, `of selling`: the preposition's token.
    Gerund(Option<usize>),
    /// `carrying coal`, `seized in May`.
    Participle,
    /// `if`, `when`, `after`: the word's token.
    Adverbial(usize),
}

/// A verb with what belongs to it.
#[derive(Clone, Debug)]
pub(crate) struct Clause {
    pub verb: Option<usize>,
    pub subject: Option<usize>,
    /// What stands behind the verb (or before it with a preposition): the preposition's token and the noun phrase.
    pub args: Vec<(Option<usize>, usize)>,
    pub times: Vec<usize>,
    pub parent: Option<usize>,
    pub link: Link,
}

impl Clause {
    fn new(parent: Option<usize>, link: Link) -> Self {
        Self { verb: None, subject: None, args: Vec::new(), times: Vec::new(), parent, link }
    }
}

/// Finds the clauses of a sentence and fills in what hangs on what.
pub(crate) fn clauses(tokens: &[Token<'_>], pieces: &mut Pieces) -> Vec<Clause> {
    let mut parser = Parser {
        tokens,
        clauses: vec![Clause::new(None, Link::Main)],
        current: 0,
        preposition: None,
        conjunction: false,
        comma: false,
        owner: None,
        last: None,
        fresh: false,
        timed: false,
        aside: None,
        asides: Vec::new(),
    };
    let order = std::mem::take(&mut pieces.pieces);
    for (at, piece) in order.iter().enumerate() {
        parser.piece(pieces, &order, at, piece);
    }
    pieces.pieces = order;
    for aside in std::mem::take(&mut parser.asides) {
        parser.clauses[aside].parent = None;
    }
    parser.portions(pieces);
    parser.pressed(pieces);
    parser.control(pieces);
    parser.pairs(pieces);
    for clause in &parser.clauses {
        // `gave gifts to Kim, who is known to like films`: what a relative clause describes is no subject for that.
        let finite = clause.verb.is_some_and(|v| pieces.verbs[v].form == Form::Finite) && !matches!(clause.link, Link::Relative(_, false));
        if let Some(subject) = clause.subject.filter(|_| finite) {
            pieces.nouns[subject].subject = true;
        }
    }
    parser.clauses
}

/// Where the last noun phrase went.
#[derive(Clone, Copy)]
struct Placed {
    noun: usize,
    /// The noun phrase whose prepositional phrases it is among.
    root: usize,
    /// The noun phrases that an `of` within it hangs on, the first and the last: `the theft of coins`, `proof of deliveries of rifles`.
    hosts: [Option<usize>; 2],
    preposition: Option<usize>,
}

struct Parser<'a> {
    tokens: &'a [Token<'a>],
    clauses: Vec<Clause>,
    current: usize,
    preposition: Option<usize>,
    conjunction: bool,
    comma: bool,
    owner: Option<usize>,
    last: Option<Placed>,
    /// Nothing but adverbs and commas came since the last noun phrase.
    fresh: bool,
    /// Nothing but a time came since then: `contracts in 2015 to deliver`.
    timed: bool,
    /// Inside brackets or between dashes: the sign that opened, and what was open then.
    aside: Option<(String, usize, Option<Placed>)>,
    /// Clauses of who says it, between a subject and its verb: under no other once all is read.
    asides: Vec<usize>,
}

impl Parser<'_> {
    fn low(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |t| t.low.as_str())
    }

    fn open(&mut self, parent: Option<usize>, link: Link) -> usize {
        self.clauses.push(Clause::new(parent, link));
        self.current = self.clauses.len() - 1;
        self.current
    }

    fn piece(&mut self, pieces: &mut Pieces, order: &[Piece], at: usize, piece: &Piece) {
        match piece {
            Piece::Noun(noun) if self.abbreviates(pieces, order, at, *noun) => {}
            Piece::Noun(noun) => {
                if pieces.nouns[*noun].time && matches!(order.get(at + 1), Some(Piece::Owner)) {
                    // `Tuesday's shipment`.
                    self.clauses[self.current].times.push(*noun);
                    self.fresh = false;
                    return;
                }
                if matches!(order.get(at + 1), Some(Piece::Owner)) {
                    pieces.nouns[*noun].owner = self.owner.take();
                    self.owner = Some(*noun);
                } else {
                    self.noun(pieces, order, at, *noun);
                }
            }
            Piece::Owner => {}
            Piece::Verb(verb) => self.verb(pieces, order, at, *verb),
            Piece::Prep(token) => {
                self.preposition = Some(*token);
                self.fresh = false;
            }
            Piece::Conj => self.conjunction = true,
            Piece::Comma if self.by_a_source() => {}
            Piece::Comma => self.comma = true,
            Piece::Adv => {}
            Piece::Quote => {
                // `…,” the envoy said`: what was quoted is over.
                if self.comma && matches!(at.checked_sub(1).and_then(|i| order.get(i)), Some(Piece::Comma)) {
                    self.last = None;
                    self.fresh = false;
                    self.preposition = None;
                }
                self.comma = true;
            }
            Piece::Sub(token) => self.subordinate(pieces, *token),
            Piece::Wh(token) => self.relative(pieces, order, at, *token),
            Piece::Break(_) if self.round(pieces, order, at) => {}
            Piece::Break(token) => self.broken(order, at, *token),
        }
    }

    fn noun(&mut self, pieces: &mut Pieces, order: &[Piece], at: usize, noun: usize) {
        pieces.nouns[noun].owner = self.owner.take();
        // `Oman, not Kuwait, shipped`: who it was not.
        let start = pieces.nouns[noun].det.unwrap_or(pieces.nouns[noun].first);
        let contrast = start > 1 && self.low(start - 1) == "not" && self.comma && matches!(order.get(at + 1), Some(Piece::Comma));
        if contrast && self.preposition.is_none() && !self.conjunction {
            return;
        }
        let preposition = self.preposition.take();
        let (comma, conjunction) = (std::mem::take(&mut self.comma), std::mem::take(&mut self.conjunction));
        if pieces.nouns[noun].time {
            self.clauses[self.current].times.push(noun);
            // The phrase before stays the last one: `Kim on Tuesday received`.
            self.timed = self.last.is_some();
            return;
        }
        self.timed = false;
        if let Some(token) = preposition {
            // `sold the Amur Star, a reefer built in 1991, to a firm`: the comma ends what describes.
            let closed = at > 1 && matches!(order.get(at - 2), Some(Piece::Comma));
            if closed
                && matches!(self.low(token), "to" | "into" | "from")
                && matches!(self.clauses[self.current].link, Link::Participle | Link::Relative(_, false))
                && self.clauses[self.current].verb.is_some()
                && let Some(parent) = self.clauses[self.current].parent
                && let Some(object) = self.clauses[parent].args.iter().rev().find(|(p, _)| p.is_none()).map(|(_, n)| *n)
            {
                self.current = parent;
                self.last = Some(Placed { noun: object, root: object, hosts: [None; 2], preposition: None });
            }
            // `crude priced above $75 from the port of Primorsk to India`: what it is worth takes no direction.
            let worth = |v: usize| matches!(pieces.verbs[v].lemma.as_str(), "price" | "value" | "estimate" | "cost" | "total");
            if matches!(self.clauses[self.current].link, Link::Participle)
                && self.clauses[self.current].verb.is_some_and(worth)
                && (matches!(self.low(token), "to" | "into" | "from" | "via" | "through" | "by")
                    || self.low(pieces.nouns[noun].head) == "behalf")
                && let Some(parent) = self.clauses[self.current].parent
            {
                self.current = parent;
                self.last = None;
            }
            self.behind(pieces, token, noun);
            return;
        }
        if comma && !conjunction && self.says_at_the_end(pieces, order, at, noun) {
            self.open(None, Link::Main);
            self.clauses[self.current].subject = Some(noun);
            self.last = Some(Placed { noun, root: noun, hosts: [None; 2], preposition: None });
            self.fresh = true;
            return;
        }
        if comma && !conjunction && self.says_between(pieces, order, at) {
            let outer = self.current;
            let inner = self.open(Some(outer), Link::Main);
            self.clauses[inner].subject = Some(noun);
            self.asides.push(inner);
            self.last = Some(Placed { noun, root: noun, hosts: [None; 2], preposition: None });
            self.fresh = true;
            return;
        }
        // `from Douala, Cameroon to Lagos, Nigeria`: the State of the town before.
        let placed = |l: &Placed| {
            let local = l
                .preposition
                .is_some_and(|t| matches!(self.low(t), "from" | "in" | "to" | "at" | "near" | "of" | "via" | "through" | "off"));
            let one = pieces.nouns[noun].end - pieces.nouns[noun].first <= 2 && pieces.nouns[noun].det.is_none();
            local && one && pieces.nouns[l.noun].end + 1 == pieces.nouns[noun].first && pieces.nouns[l.noun].head_is_name(self.tokens)
        };
        let ends = matches!(order.get(at + 1), None | Some(Piece::Comma | Piece::Prep(_) | Piece::Break(_)));
        if comma
            && !conjunction
            && ends
            && self.clauses[self.current].verb.is_some()
            && pieces.nouns[noun].head_is_name(self.tokens)
            && self.last.as_ref().is_some_and(placed)
            && !self.is_list(pieces, order, at)
        {
            return;
        }
        // `…, three traders and a former officer said`: both say so.
        let paired = conjunction && self.both_say(pieces, order, at);
        if paired && let Some(last) = self.last {
            self.join(pieces, last, noun);
            return;
        }
        let leads = conjunction
            && self.clauses[self.current].verb.is_some()
            && !self.says_of(pieces)
            // `A convoy carrying cement and steel crossed`: the verb is the convoy's.
            && self.waiting().is_none()
            && lists::leads_clause(self.tokens, pieces, order, at, self.apart(pieces));
        if leads {
            self.beside(noun);
            return;
        }
        let last = self.last.filter(|l| !pieces.nouns[l.noun].time).map(|l| self.joined_root(pieces, l, noun));
        if let (true, Some(last)) = (
            conjunction
                || (comma
                    && self.is_list(pieces, order, at)
                    && !self.says_so(pieces, order, at)
                    && !self.opens_subjects(pieces, order, at)),
            last,
        ) {
            self.join(pieces, last, noun);
            return;
        }
        // `Reacting to the report, Ali Khan, the attaché, said`: the name is the subject to come, and no description of the report.
        let fronted = last.is_some_and(|l| !pieces.nouns[l.noun].head_is_name(self.tokens))
            && pieces.nouns[noun].head_is_name(self.tokens)
            && pieces.nouns[noun].det.is_none()
            && pieces.nouns[noun].owner.is_none()
            && self.clauses[self.current].verb.is_some()
            && self.waiting().is_some_and(|outer| self.clauses[outer].subject.is_none());
        if let (true, false, Some(last), false) = (comma, conjunction, last, fronted)
            && !self.by_the_way(order, at)
            && self.describes(pieces, order, at, last.noun, noun)
        {
            pieces.nouns[last.noun].beside = Some(noun);
            self.fresh = true;
            return;
        }
        // `praised the rifles Norway has given`: whom a finite verb follows right behind an object describes it.
        let acts = matches!(order.get(at + 1..).unwrap_or(&[]).iter().find(|p| !matches!(p, Piece::Adv)), Some(Piece::Verb(v)) if pieces.verbs[*v].form == Form::Finite);
        if let Some(before) = self.given_by(pieces, noun, comma).filter(|_| acts) {
            let parent = self.current;
            let inner = self.open(Some(parent), Link::Relative(before, true));
            self.clauses[inner].subject = Some(noun);
            self.last = Some(Placed { noun, root: noun, hosts: [None; 2], preposition: None });
            self.fresh = true;
            return;
        }
        self.place(pieces, noun, comma);
    }

    /// Opens a clause beside the finite one that is open, with a noun phrase for its subject.
    fn beside(&mut self, noun: usize) {
        let mut from = self.current;
        while matches!(self.clauses[from].link, Link::Infinitive(_) | Link::Gerund(_) | Link::Participle | Link::Relative(..)) {
            let Some(parent) = self.clauses[from].parent else { break };
            from = parent;
        }
        let Clause { parent, link, .. } = self.clauses[from].clone();
        let inner = self.open(parent, link);
        self.clauses[inner].subject = Some(noun);
        self.last = Some(Placed { noun, root: noun, hosts: [None; 2], preposition: None });
        self.fresh = true;
    }

    /// A noun phrase without a preposition: subject before the verb, object behind it.
    fn place(&mut self, pieces: &mut Pieces, noun: usize, comma: bool) {
        // The comma that closes a relative clause: `sold the junta, which took power in 2022, a dozen drones`.
        if comma
            && matches!(self.clauses[self.current].link, Link::Relative(..))
            && self.clauses[self.current].verb.is_some()
            && let Some(parent) = self.clauses[self.current].parent
        {
            self.current = parent;
        }
        let clause = &self.clauses[self.current];
        if clause.verb.is_none() {
            // `the ambassador to the United Nations Saeed Iravani said`: the name of the one described before.
            if let (Some(before), Some(last), false) = (clause.subject, self.last, comma)
                && last.root == before
                && last.preposition.is_some_and(|t| matches!(self.low(t), "to" | "of" | "for" | "at" | "in"))
                && self.fresh
                && pieces.nouns[noun].end - pieces.nouns[noun].first > 1
                && (pieces.nouns[noun].first..pieces.nouns[noun].end).all(|t| self.tokens[t].capital)
            {
                pieces.nouns[before].beside = Some(noun);
                return;
            }
            // `Gulf neighbours Oman and Kuwait are sending food`: who they are, before their names.
            let called = |n: usize| {
                let phrase = &pieces.nouns[n];
                let names = phrase.det.is_none() && pieces.nouns[noun].head_is_name(self.tokens) && pieces.nouns[noun].det.is_none();
                names && words::is_relation(self.low(phrase.head)) && phrase.end == pieces.nouns[noun].first
            };
            if let Some(before) = clause.subject.filter(|b| !comma && called(*b)) {
                pieces.nouns[before].beside = Some(noun);
                self.clauses[self.current].subject = Some(noun);
                self.last = Some(Placed { noun, root: noun, hosts: [None; 2], preposition: None });
                self.fresh = true;
                return;
            }
            match clause.subject {
                // `the coal Russia sold`: two subjects without anything between them.
                Some(before) if !comma && self.fresh && !pieces.nouns[before].pronoun => {
                    let parent = self.current;
                    let inner = self.open(Some(parent), Link::Relative(before, true));
                    self.clauses[inner].subject = Some(noun);
                }
                _ => self.clauses[self.current].subject = Some(noun),
            }
        } else if let Some(before) = self.names_last(pieces, noun, comma) {
            pieces.nouns[before].beside = Some(noun);
        } else if let Some(before) = self.contact(pieces, noun, comma) {
            let parent = self.current;
            let inner = self.open(Some(parent), Link::Relative(before, true));
            self.clauses[inner].subject = Some(noun);
        } else {
            self.clauses[self.current].args.push((None, noun));
        }
        self.last = Some(Placed { noun, root: noun, hosts: [None; 2], preposition: None });
        self.fresh = true;
    }

    /// A noun phrase behind a preposition.
    fn behind(&mut self, pieces: &mut Pieces, token: usize, noun: usize) {
        // `received between $100,000 and $249,000 from a firm`: a range is what was received.
        let range = self.low(token) == "between"
            && matches!(self.low(pieces.nouns[noun].first), "$" | "€" | "£")
            && self.clauses[self.current].verb.is_some_and(|v| pieces.verbs[v].end == token);
        if range {
            self.clauses[self.current].args.push((None, noun));
            self.last = Some(Placed { noun, root: noun, hosts: [None; 2], preposition: None });
            self.fresh = true;
            return;
        }
        if let Some(last) = self.last.filter(|last| self.spans(pieces, token, last.noun)) {
            self.join(pieces, last, noun);
            return;
        }
        // `out of Khartoum`, `because of`, `instead of`: no `of` of a noun.
        let of = self.low(token) == "of"
            && !token
                .checked_sub(1)
                .is_some_and(|t| matches!(self.low(t), "out" | "because" | "instead" | "ahead" | "outside" | "regardless"));
        let across = self.across(pieces, noun).filter(|_| of);
        let root = match self.last {
            _ if across.is_some() => {
                let root = across.map_or(noun, |l| l.root);
                pieces.nouns[root].of = Some(noun);
                pieces.nouns[root].behind.push((token, noun));
                root
            }
            Some(last) if of => {
                if pieces.nouns[last.noun].of.is_none() {
                    pieces.nouns[last.noun].of = Some(noun);
                }
                pieces.nouns[last.root].behind.push((token, noun));
                last.root
            }
            Some(last) => {
                pieces.nouns[last.noun].behind.push((token, noun));
                if last.root != last.noun {
                    pieces.nouns[last.root].behind.push((token, noun));
                }
                for host in last.hosts.into_iter().flatten().filter(|h| *h != last.root && *h != last.noun) {
                    pieces.nouns[host].behind.push((token, noun));
                }
                last.root
            }
            None => noun,
        };
        let hosts = self.last.map_or([None; 2], |l| match l.hosts {
            [None, _] if of => [Some(l.noun), None],
            [first, _] if of => [first, Some(l.noun)],
            hosts => hosts,
        });
        if !of || self.last.is_none() {
            self.clauses[self.current].args.push((Some(token), noun));
        }
        self.last = Some(Placed { noun, root, hosts, preposition: Some(token) });
        self.fresh = true;
    }

    /// Whether a noun phrase behind a comma describes the one before it.
    fn describes(&self, pieces: &Pieces, order: &[Piece], at: usize, before: usize, noun: usize) -> bool {
        let (a, b) = (&pieces.nouns[before], &pieces.nouns[noun]);
        if b.pronoun {
            return false;
        }
        // A description ends at a comma or at the end; a new subject is followed by its verb.
        let mut rest = order.get(at + 1..).unwrap_or(&[]).iter().filter(|p| !matches!(p, Piece::Adv));
        let (mut ends, mut comma) = (None, false);
        for piece in rest.by_ref() {
            comma = matches!(piece, Piece::Comma);
            match piece {
                Piece::Verb(v) => {
                    ends = Some(pieces.verbs[*v].form != Form::Finite);
                    break;
                }
                Piece::Comma | Piece::Break(_) | Piece::Wh(_) | Piece::Quote => {
                    ends = Some(true);
                    break;
                }
                _ => {}
            }
        }
        let named = |n: &crate::phrase::NounPhrase| self.tokens.get(n.head).is_some_and(|t| t.capital);
        let described = b.det.is_some() || b.owner.is_some() || named(b) != named(a);
        // `The money, some $3 billion, flowed`: how much it is.
        let number = self.tokens.get(b.first).is_some_and(|t| t.shape == Shape::Number || matches!(t.text, "$" | "€" | "£"));
        let next = order.get(at + 1..).unwrap_or(&[]).iter().filter(|p| !matches!(p, Piece::Adv)).nth(1);
        if number && comma && b.det.is_none() && matches!(next, Some(Piece::Verb(v)) if pieces.verbs[*v].form == Form::Finite) {
            return true;
        }
        // `2,000 motorcycles, a gift from China, arrived`.
        let one = b.det.is_some_and(|d| matches!(self.low(d), "a" | "an")) && comma;
        ends.unwrap_or(true) && described && (named(a) || named(b) || one)
    }

    fn settle(&mut self) {
        self.timed = false;
        self.preposition = None;
        self.conjunction = false;
        self.comma = false;
        self.fresh = false;
        self.last = None;
    }

    fn verb(&mut self, pieces: &mut Pieces, order: &[Piece], at: usize, verb: usize) {
        match pieces.verbs[verb].form {
            Form::Finite => self.finite(pieces, order, at, verb),
            Form::Infinitive => {
                // `fly through Iraq in order to reach Syria`: whoever flies.
                let order = (1..3).any(|i| pieces.verbs[verb].first.checked_sub(i).is_some_and(|t| self.low(t) == "order"));
                let noun = self.last.filter(|_| self.fresh || self.timed).map(|l| l.root).filter(|_| !self.comma && !order);
                let parent = self.current;
                let inner = self.open(Some(parent), Link::Infinitive(noun));
                self.clauses[inner].verb = Some(verb);
                self.settle();
            }
            Form::Gerund => self.gerund(pieces, order, at, verb),
            Form::Participle if self.goes_on_in_the_perfect(pieces, order, at, verb) => {
                let group = &mut pieces.verbs[verb];
                (group.form, group.passive, group.perfect) = (Form::Finite, false, true);
                self.conjunction = false;
                self.second(pieces, verb);
            }
            Form::Participle => {
                let subject = self.last.filter(|_| self.fresh).map(|l| {
                    // `the trial of two traders accused of shipping`: they are.
                    if words::is_prosecuted(&pieces.verbs[verb].lemma) && words::is_of_court(self.low(pieces.nouns[l.root].head)) {
                        return l.noun;
                    }
                    if l.preposition.is_some_and(|t| self.low(t) == "of") && !self.teaches(pieces, verb, &l) { l.root } else { l.noun }
                });
                let parent = self.current;
                let subject = self.thought_of(pieces, verb).or(subject).or(self.clauses[parent].subject);
                let inner = self.open(Some(parent), Link::Participle);
                self.clauses[inner].verb = Some(verb);
                self.clauses[inner].subject = subject;
                self.settle();
            }
        }
    }

    fn gerund(&mut self, pieces: &Pieces, order: &[Piece], at: usize, verb: usize) {
        let mut parent = self.current;
        // `helps the coalition, which includes Ghana, by selling it rifles`: by what the outer clause tells.
        let by = self.preposition.filter(|t| self.low(*t) == "by" && *t > 0 && self.low(*t - 1) == ",");
        if by.is_some()
            && matches!(self.clauses[parent].link, Link::Participle | Link::Relative(..))
            && let Some(above) = self.clauses[parent].parent
        {
            parent = above;
        }
        // `angered them by invading Syria, and for buying rockets`: the next of what one clause tells.
        let and_for = self.preposition.is_some_and(|t| t > 0 && matches!(self.low(t), "for" | "by" | "in") && self.low(t - 1) == "and");
        if and_for
            && matches!(self.clauses[parent].link, Link::Gerund(Some(_)))
            && let Some(above) = self.clauses[parent].parent
        {
            parent = above;
        }
        // `including digging tunnels leading to Israel and smuggling arms`: the list goes on, and not what described one of its objects.
        let lists = |c: usize| matches!(self.clauses[c].link, Link::Gerund(_));
        if (self.conjunction || self.comma)
            && self.preposition.is_none()
            && matches!(self.clauses[parent].link, Link::Participle)
            && let Some(above) = self.clauses[parent].parent.filter(|c| lists(*c))
        {
            parent = above;
        }
        let joined =
            self.conjunction && self.preposition.is_none() && matches!(self.clauses[parent].link, Link::Gerund(_) | Link::Participle);
        let (link, subject) = if joined {
            (self.clauses[parent].link.clone(), self.clauses[parent].subject)
        } else if let Some(token) = self.preposition {
            (Link::Gerund(Some(token)), None)
        } else if let Some(seen) = self.seen_doing(pieces) {
            (Link::Participle, Some(seen))
        } else if let (Some(last), true, false) = (self.last, self.fresh, self.comma) {
            // `a dhow off Yemen carrying arms`, `landed in Port Sudan carrying drones`: a place carries nothing.
            let local = |t: usize| matches!(self.low(t), "in" | "at" | "off" | "near" | "on");
            // `off the coast of Crete`: a place too.
            let within = |t: usize| self.low(t) == "of" && pieces.nouns[last.root].behind.iter().any(|(p, _)| local(*p));
            // `workers from the North working on`: where they are from does no work.
            let from_place = |t: usize| {
                let named = |n: usize| pieces.nouns[n].head_is_name(self.tokens);
                self.low(t) == "from" && last.root != last.noun && named(last.noun) && !named(last.root)
            };
            // `could result in Moscow arming their enemies`: whoever does it stands there.
            let results = |t: usize| t > 0 && self.low(t) == "in" && self.low(t - 1).starts_with("result");
            let at_place = last.preposition.is_some_and(|t| !results(t) && (local(t) || within(t) || from_place(t)));
            let spends = self.clauses[parent].verb.is_some_and(|v| pieces.verbs[v].lemma == "spend" && !pieces.verbs[v].passive);
            let subject = match self.clauses[parent].subject {
                // `spent the winter teaching growers`: whoever spent it.
                Some(subject) if spends && last.preposition.is_none() => subject,
                // `a surge in rifles being trafficked`.
                _ if words::is_quantity(self.low(pieces.nouns[last.root].head)) => last.noun,
                Some(subject) if at_place && last.root == last.noun => subject,
                _ if at_place || self.holds(pieces, verb, &last) => last.root,
                _ => last.noun,
            };
            (Link::Participle, Some(subject))
        } else if self.comma || self.conjunction {
            (Link::Participle, self.clauses[parent].subject)
        } else {
            // `Selling arms to X violates …`, `denied selling arms`: the subject is found later.
            let starts = !order.get(..at).unwrap_or(&[]).iter().any(|p| matches!(p, Piece::Verb(_)));
            (if starts { Link::Participle } else { Link::Gerund(None) }, None)
        };
        let (parent, subject) = self.speaks_behind(pieces, verb).unwrap_or((parent, subject));
        // `is building factories, trying to buy equipment and training police`: the next of several that one `is` governs.
        if !joined && self.preposition.is_none() && (self.comma || self.conjunction) && self.goes_on(pieces, verb) {
            return;
        }
        let above = if joined { self.clauses[parent].parent } else { Some(parent) };
        let inner = self.open(above, link);
        self.clauses[inner].verb = Some(verb);
        self.clauses[inner].subject = subject;
        self.settle();
    }

    fn finite(&mut self, pieces: &mut Pieces, order: &[Piece], at: usize, verb: usize) {
        if self.clauses[self.current].verb.is_none() {
            // `After Iran had delivered …, the tanker …`: the preposition opens a clause of its own.
            if self.clauses[self.current].subject.is_none()
                && let Some((noun, Some(token))) = self.candidate(pieces)
            {
                self.release(pieces, noun);
                let parent = self.current;
                let inner = self.open(Some(parent), Link::Adverbial(token));
                self.clauses[inner].subject = Some(noun);
            }
            self.take(verb);
            return;
        }
        if let Some(first) = self.listed_infinitive(pieces, order, at, verb) {
            self.current = first;
            self.second(pieces, verb);
            return;
        }
        let directly = matches!(at.checked_sub(1).and_then(|i| order.get(i)), Some(Piece::Comma | Piece::Quote | Piece::Break(_)));
        let conjunction = std::mem::take(&mut self.conjunction);
        let candidate = self.candidate(pieces);
        // `“…,” says the attorney general`: who says it comes behind.
        let quoted = matches!(at.checked_sub(1).and_then(|i| order.get(i)), Some(Piece::Quote));
        if quoted && candidate.is_none() && !conjunction && self.last.is_none() {
            self.open(None, Link::Main);
            self.take(verb);
            return;
        }
        // `Selling such parts is appalling and puts people at risk, said the director`: who says it comes behind.
        let turned = matches!(at.checked_sub(1).and_then(|i| order.get(i)), Some(Piece::Comma))
            && pieces.verbs[verb].end - pieces.verbs[verb].first == 1
            && matches!(
                pieces.verbs[verb].lemma.as_str(),
                "say" | "add" | "warn" | "explain" | "argue" | "insist" | "report" | "write" | "note" | "state"
            )
            && matches!(order.get(at + 1), Some(Piece::Noun(n)) if !pieces.nouns[*n].pronoun && !pieces.nouns[*n].time)
            && !order.get(at + 2..).unwrap_or(&[]).iter().any(|p| matches!(p, Piece::Verb(v) if pieces.verbs[*v].form == Form::Finite))
            // `Russia to supply flour, says envoy`: a heading has no other verb.
            && (self.waiting().is_none() || matches!(self.clauses[self.current].link, Link::Infinitive(_)));
        if turned && !conjunction {
            self.open(None, Link::Main);
            self.take(verb);
            return;
        }
        // An outer clause with a subject still waits for its verb: `The ship that carried coal was seized`.
        if !conjunction && let Some(outer) = self.waiting() {
            if self.clauses[outer].subject.is_none()
                && let Some((noun, None)) = candidate
            {
                // `After buying two jets, the airline flew them`.
                self.release(pieces, noun);
                self.clauses[outer].subject = Some(noun);
            }
            self.current = outer;
            self.take(verb);
            return;
        }
        if !conjunction && (self.described(pieces, verb) || self.unfolds(pieces, verb, candidate.map(|(n, _)| n))) {
            return;
        }
        // `“Reports that a jet was given are false”`: the noun that the clause explains is the subject.
        if let (Link::Content(Some(noun)), false, None) = (self.clauses[self.current].link.clone(), conjunction, candidate) {
            let parent = self.clauses[self.current].parent;
            let inner = self.open(parent, Link::Content(None));
            self.clauses[inner].subject = Some(noun);
            self.take(verb);
            return;
        }
        if conjunction || candidate.is_none() || (directly && candidate.is_none()) {
            // `and earlier this year sent`: the time just before goes with what follows.
            let time = at.checked_sub(1).and_then(|i| order.get(i)).and_then(|p| if let Piece::Noun(n) = p { Some(*n) } else { None });
            let time = time.filter(|n| pieces.nouns[*n].time);
            let from = self.current;
            self.second(pieces, verb);
            // `vodka that they believed was destined for Iran`: the vodka was.
            if let Link::Relative(noun, true) = self.clauses[from].link
                && !conjunction
                && self.clauses[from].args.is_empty()
            {
                let now = self.current;
                self.clauses[now].subject = Some(noun);
                self.clauses[now].link = Link::Relative(noun, false);
            }
            if let Some(time) = time {
                self.clauses[from].times.retain(|t| *t != time);
                let now = self.current;
                self.clauses[now].times.push(time);
            }
            return;
        }
        let Some((noun, preposition)) = candidate else { return };
        if let Some(last) = self.last.filter(|l| l.noun == noun && l.preposition.is_some()) {
            pieces.nouns[last.noun].group = None;
        }
        let joined = pieces.nouns[noun].group.is_none() && self.starts_clause(pieces, order, noun);
        self.release(pieces, noun);
        let parent = self.current;
        let (above, link) = match preposition {
            Some(token) => (Some(parent), Link::Adverbial(token)),
            None if joined => (
                self.clauses[parent].parent.filter(|_| matches!(self.clauses[parent].link, Link::Content(_))),
                match &self.clauses[parent].link {
                    Link::Content(n) => Link::Content(*n),
                    _ => Link::Main,
                },
            ),
            // `on suspicion it was carrying mortars`: as behind `that`.
            None => {
                let start = pieces.nouns[noun].det.unwrap_or(pieces.nouns[noun].first);
                let explained =
                    (0..noun).rev().find(|n| pieces.nouns[*n].end == start && words::has_content(self.low(pieces.nouns[*n].head)));
                (Some(parent), Link::Content(explained))
            }
        };
        let inner = self.open(above, link);
        self.clauses[inner].subject = Some(noun);
        self.take(verb);
    }

    fn take(&mut self, verb: usize) {
        self.clauses[self.current].verb = Some(verb);
        self.settle();
    }

    /// A second verb of the same subject: `sent arms and received oil`.
    fn second(&mut self, pieces: &mut Pieces, verb: usize) {
        let mut from = self.current;
        let first = pieces.verbs[verb].first;
        let directly_after_comma = first > 1 && self.low(first - 1) == "and" && self.low(first - 2) == ",";
        // `to establish and operate`: the second of two infinitives.
        let base = pieces.verbs[verb].present && self.low(pieces.verbs[verb].head) == pieces.verbs[verb].lemma;
        if base && matches!(self.clauses[from].link, Link::Infinitive(_)) && pieces.verbs[verb].end - pieces.verbs[verb].first == 1 {
            let Clause { subject, parent, link, .. } = self.clauses[from].clone();
            let inner = self.open(parent, link);
            self.clauses[inner].subject = subject;
            self.take(verb);
            return;
        }
        // `tobacco bought on credit and shipped to the North`: the second of two participles.
        let alone = pieces.verbs[verb].end - pieces.verbs[verb].first == 1 && !pieces.verbs[verb].present;
        let described =
            matches!(self.clauses[from].link, Link::Participle) && self.clauses[from].verb.is_some_and(|v| pieces.verbs[v].passive);
        if alone
            && described
            && words::is_done_to(&pieces.verbs[verb].lemma)
            && matches!(self.low(pieces.verbs[verb].end), "to" | "from" | "by" | "via")
        {
            let Clause { subject, parent, link, .. } = self.clauses[from].clone();
            let inner = self.open(parent, link);
            self.clauses[inner].subject = subject;
            pieces.verbs[verb].passive = true;
            self.take(verb);
            return;
        }
        // `said that Iran had sent arms and condemned it`: who says condemns.
        let judges = matches!(
            pieces.verbs[verb].lemma.as_str(),
            "condemn"
                | "denounce"
                | "urge"
                | "accuse"
                | "demand"
                | "vow"
                | "warn"
                | "criticise"
                | "criticize"
                | "announce"
                | "pledge"
                | "promise"
        );
        if judges
            && matches!(self.clauses[from].link, Link::Content(_))
            && let Some(parent) = self.clauses[from].parent
        {
            from = parent;
        }
        // `told them that they were meant for a university, and shipped them`: who told goes on.
        let told_apart = directly_after_comma
            && matches!(self.clauses[from].link, Link::Content(_))
            && self.clauses[from].verb.is_some_and(|v| pieces.verbs[v].passive)
            && words::is_done_to(&pieces.verbs[verb].lemma)
            && matches!(self.low(pieces.verbs[verb].end), "them" | "it" | "the" | "these" | "those");
        if told_apart && let Some(parent) = self.clauses[from].parent {
            from = parent;
        }
        // `were built in Germany and exported to Italy`: the second of two passives.
        let behind = self.low(pieces.verbs[verb].end).to_owned();
        let no_object = matches!(behind.as_str(), "to" | "from" | "by" | "via" | "through" | "into" | "in" | "at" | "aboard" | "." | ",");
        let passive = self.clauses[from].verb.is_some_and(|v| pieces.verbs[v].passive && pieces.verbs[v].form == Form::Finite);
        if passive && no_object && pieces.verbs[verb].end - pieces.verbs[verb].first == 1 && words::is_done_to(&pieces.verbs[verb].lemma) {
            pieces.verbs[verb].passive = true;
        }
        // `a man who sold cars and was arrested`, `tried to sell and sold`: the nearest finite clause is continued.
        while matches!(self.clauses[from].link, Link::Infinitive(_) | Link::Gerund(_) | Link::Participle)
            || self.clauses[from].verb.is_some_and(|v| pieces.verbs[v].form != Form::Finite)
        {
            let Some(parent) = self.clauses[from].parent else { break };
            from = parent;
        }
        let Clause { subject, parent, link, .. } = self.clauses[from].clone();
        let inner = self.open(parent, link);
        self.clauses[inner].subject = subject;
        self.take(verb);
    }

    /// The phrase before a verb that may be its subject; with the preposition that opens a clause (`after Kim sent`).
    fn candidate(&self, pieces: &Pieces) -> Option<(usize, Option<usize>)> {
        let last = self.last.filter(|_| self.fresh)?;
        let leader = |n: usize| pieces.nouns[n].group.unwrap_or(n);
        let names = |n: usize| pieces.nouns[n].head_is_name(self.tokens) && pieces.nouns[n].det.is_none();
        let two_names = pieces.nouns[last.noun].group.is_some_and(|g| names(g) && names(last.noun));
        if last.preposition.is_some() && pieces.nouns[last.noun].group.is_some() && !two_names {
            // `seized in Egyptian waters, and an investigation found`: what `and` joined is a subject after all; not in `sources in Russia and
            // Cyprus said`.
            return Some((last.noun, None));
        }
        match last.preposition {
            None => Some((leader(last.noun), None)),
            // `States such as the USA accuse`: the phrase before is the subject.
            Some(token) if self.low(token) == "as" && token > 0 && self.low(token - 1) == "such" => Some((leader(last.root), None)),
            Some(token) if matches!(self.low(token), "after" | "before" | "since" | "as" | "until" | "for" | "than" | "like") => {
                Some((leader(last.noun), Some(token)))
            }
            Some(_) if last.root != last.noun => {
                // `exported pumps to Iran after the invasion of Ukraine had begun`: the clause starts behind the word of time.
                let starts = |t: usize| matches!(self.low(t), "after" | "before" | "since" | "until");
                let late =
                    self.clauses[self.current].args.iter().rev().find(|(p, n)| p.is_some_and(starts) && *n < last.noun && *n > last.root);
                if let Some((token, noun)) = late {
                    return Some((leader(*noun), *token));
                }
                let own = self.clauses[self.current].args.iter().find(|(_, n)| *n == last.root).map(|(p, _)| *p);
                match own {
                    Some(Some(token)) if !matches!(self.low(token), "after" | "before" | "since" | "as" | "until") => None,
                    other => Some((leader(last.root), other.flatten())),
                }
            }
            Some(_) => None,
        }
    }

    /// Whether a comma or a conjunction stands just before a noun phrase.
    fn starts_clause(&self, pieces: &Pieces, order: &[Piece], noun: usize) -> bool {
        let Some(at) = order.iter().position(|p| matches!(p, Piece::Noun(n) if *n == noun)) else { return false };
        let mut at = at;
        // The owners of the phrase stand before it.
        while at >= 2 && matches!(order.get(at - 1), Some(Piece::Owner)) && pieces.nouns[noun].owner.is_some() {
            at -= 2;
        }
        matches!(at.checked_sub(1).and_then(|i| order.get(i)), Some(Piece::Comma | Piece::Conj | Piece::Break(_) | Piece::Quote))
    }

    /// Takes a noun phrase, and those joined to it, out of the open clause.
    fn release(&mut self, pieces: &mut Pieces, noun: usize) {
        let group = |n: usize| n == noun || pieces.nouns[n].group == Some(noun);
        let clause = &mut self.clauses[self.current];
        clause.args.retain(|(_, n)| !group(*n));
        // What stands behind it goes with it.
        let behind: Vec<usize> = pieces.nouns[noun].behind.iter().map(|(_, n)| *n).collect();
        let clause = &mut self.clauses[self.current];
        clause.args.retain(|(_, n)| !behind.contains(n));
    }

    /// An outer clause that has a subject but no verb yet.
    fn waiting(&self) -> Option<usize> {
        let mut at = self.clauses[self.current].parent;
        while let Some(outer) = at {
            let clause = &self.clauses[outer];
            if clause.verb.is_none()
                && (clause.subject.is_some()
                    || matches!(
                        self.clauses[self.current].link,
                        Link::Adverbial(_) | Link::Participle | Link::Infinitive(_) | Link::Gerund(_)
                    ))
            {
                return Some(outer);
            }
            at = clause.parent;
        }
        None
    }
}

impl crate::phrase::NounPhrase {
    /// The word just before it, and before its article.
    pub fn before<'a>(&self, tokens: &'a [Token<'_>]) -> Option<&'a str> {
        let first = self.det.unwrap_or(self.first).min(self.first);
        first.checked_sub(1).and_then(|i| tokens.get(i)).map(|t| t.low.as_str())
    }

    /// Whether its last word is a name.
    pub fn head_is_name(&self, tokens: &[Token<'_>]) -> bool {
        tokens.get(self.head).is_some_and(|t| t.capital)
    }
}
