//! Acts that a sentence tells: verbs and nouns of giving with who, what, to whom, by which way.

mod agents;
mod at_sea;
mod by_verb;
mod context;
mod embargo;
mod enlisted;
mod fill;
mod gapped;
mod goods;
mod hand;
mod help;
mod legs;
mod lists;
mod looks;
mod loose;
mod no_act;
mod nominal;
mod onward;
mod pair;
mod parties;
mod pronouns;
mod purpose;
mod pursued;
mod seats;
mod shape;
mod times;
mod tours;
mod war;
mod whom;
mod words;

use crate::clause::{Clause, Link};
use crate::lexicon::{Frame, Lexicon, Needs, Outcome, Part};
use crate::phrase::{NounPhrase, VerbGroup};
use crate::time::When;
use crate::what::{GoodsWords, Sort, Thing, Things};
use crate::who::{Finder, Scene, Who};
pub(crate) use agents::calls_a_trader;
pub(crate) use embargo::WATCHED;
pub(crate) use help::in_return;
pub(crate) use legs::each_party;
use legs::join;
pub(crate) use loose::Loose;
use model::{ActKind, Country};
pub(crate) use onward::ends_at;
pub(crate) use pair::Pair;
pub(crate) use pronouns::OURS;
use times::when;
pub(crate) use times::{Moved, caught, clause_of, moved, ship_caught, visited};
pub(crate) use words::{according, of_a_paper};
use words::{also, anyone, beneficiary, by_pronoun, is_paper, is_sentence, joined, mutual, tail_follows, takes_along};

/// One telling of an act.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub sentence: usize,
    pub clause: usize,
    /// The token that tells it.
    pub trigger: usize,
    pub kind: ActKind,
    pub givers: Vec<Who>,
    pub receivers: Vec<Who>,
    pub carriers: Vec<Who>,
    pub via: Vec<(Country, (usize, usize))>,
    pub things: Vec<Thing>,
    /// Spans of sums.
    pub value: Option<(usize, usize)>,
    pub when: Option<(When, (usize, usize))>,
    /// Words for what it is done.
    pub purpose: Option<(usize, usize)>,
    pub outcome: Outcome,
    /// A noun tells it, not a verb.
    pub noun: bool,
    /// `it` or `them` stands for the things: those of the act told before.
    pub again: bool,
    /// A headline tells it as what is to come: `Tanker to bring fuel`.
    pub headline: bool,
    /// The line that stands over the report tells it.
    pub titled: bool,
    /// How surely it is told after all, once it is known which act it is: what is approved is to come.
    pub after_all: Option<crate::lexicon::Telling>,
    /// A headline tells it as news: `Putin gives Kim a car`.
    pub news: bool,
    /// Its goods are those told before: `the shipment left Dalian`.
    pub pointed: bool,
    /// Told as something that goes on: `is sending`, `continues to send`.
    pub ongoing: bool,
    /// Its verb tells a journey, whatever else it may mean: `workers travelled to Russia`.
    pub travels: bool,
    /// No table knows its verb: goods that move between two, as the sentence is built.
    pub shaped: bool,
    /// Told as the cargo of a ship: `the vessel was carrying components`.
    pub aboard: bool,
    /// What is given is told beside it and not by it.
    pub goods_beside: bool,
    /// Who gives is told, though the text does not say who it is: nobody else does.
    pub by_somebody: bool,
    /// Whether it tells who gives, and who gets, by a pronoun.
    pub pronouns: [bool; 2],
    /// `also` says that it is not what was told just before.
    pub also: bool,
    /// The other States of a list that it was told with: they stand on the same side.
    pub beside: Vec<Country>,
    /// The words that tell it, from the first to the last of its parts.
    pub span: (usize, usize),
}

impl Event {
    /// An act of a kind that was done, and nothing known of it besides; its words are its place until more are found.
    pub(crate) fn of(kind: ActKind, sentence: usize, trigger: usize, span: (usize, usize)) -> Self {
        Self {
            sentence,
            clause: 0,
            trigger,
            kind,
            givers: Vec::new(),
            receivers: Vec::new(),
            carriers: Vec::new(),
            via: Vec::new(),
            things: Vec::new(),
            value: None,
            when: None,
            purpose: None,
            outcome: Outcome::Done,
            noun: false,
            again: false,
            headline: false,
            titled: false,
            after_all: None,
            news: false,
            pointed: false,
            ongoing: false,
            travels: false,
            shaped: false,
            aboard: false,
            goods_beside: false,
            by_somebody: false,
            pronouns: [false; 2],
            also: false,
            beside: Vec::new(),
            span,
        }
    }
}

/// What the search for acts needs.
pub(crate) struct Eye<'a> {
    pub lexicon: &'a Lexicon,
    pub things: &'a Things,
    pub goods: &'a GoodsWords<'a>,
    pub finder: Finder<'a>,
    /// What each noun phrase of the sentence names, once found.
    pub whos: Vec<Option<Option<Who>>>,
    /// What goods each noun phrase names, once asked: the tables of goods are slow to ask.
    pub goods_found: std::cell::RefCell<Vec<Option<Option<Thing>>>>,
}

/// A sentence with its verbs and clauses.
pub(crate) struct Sight<'a> {
    pub scene: Scene<'a>,
    pub verbs: &'a [VerbGroup],
    pub clauses: &'a [Clause],
    pub whens: &'a dyn Fn(usize) -> Option<When>,
    /// The year of the report.
    pub year: Option<i16>,
}

impl Sight<'_> {
    fn low(&self, token: usize) -> &str {
        self.scene.tokens.get(token).map_or("", |t| t.low.as_str())
    }

    fn noun(&self, at: usize) -> &NounPhrase {
        &self.scene.nouns[at]
    }

    pub(crate) fn span(&self, first: usize, end: usize) -> (usize, usize) {
        let start = self.scene.tokens.get(first).map_or(0, |t| t.start);
        let stop = end.checked_sub(1).and_then(|i| self.scene.tokens.get(i)).map_or(start, crate::token::Token::end);
        (start, stop.max(start))
    }
}

/// The word that tells an act, and what it alone says.
#[derive(Clone, Copy)]
struct Word {
    clause: usize,
    /// Its token.
    trigger: usize,
    kind: ActKind,
    outcome: Outcome,
    noun: bool,
}

/// Roles filled so far.
#[derive(Default)]
struct Roles {
    givers: Vec<Who>,
    receivers: Vec<Who>,
    carriers: Vec<Who>,
    via: Vec<(Country, (usize, usize))>,
    things: Vec<Thing>,
    /// Noun phrases that are the things.
    goods_nouns: Vec<usize>,
    value: Option<(usize, usize)>,
    used: Vec<usize>,
}

impl Eye<'_> {
    /// All acts that a sentence tells.
    pub fn events(&mut self, sight: &Sight<'_>) -> Vec<Event> {
        self.whos = vec![None; sight.scene.nouns.len()];
        self.goods_found.replace(Vec::new());
        self.we_meant(sight);
        // In the order of the text, so that later mentions find earlier ones.
        for noun in 0..sight.scene.nouns.len() {
            self.who(sight, noun);
        }
        self.subjects_meant(sight);
        self.others_meant(sight);
        self.objects_meant(sight);
        self.note_list(sight);
        self.note_embargo(sight);
        self.note_seats(sight);
        self.goods_found.replace(vec![None; sight.scene.nouns.len()]);
        let mut out = Vec::new();
        let mut told: Vec<usize> = Vec::new();
        self.place_pursued(sight);
        self.come_upon(sight);
        self.set_out(sight);
        let lexicon = self.lexicon;
        let acts = |at: &usize| words::may_tell(lexicon, sight, *at);
        for at in (0..sight.clauses.len()).filter(acts) {
            if let Some((mut event, nouns)) = self
                .of_help(sight, at)
                .or_else(|| self.of_new_flag(sight, at))
                .or_else(|| self.of_backing(sight, at))
                .or_else(|| self.of_flow(sight, at))
                .or_else(|| self.of_clause(sight, at))
                .or_else(|| self.of_contents(sight, at))
                .or_else(|| self.of_shape(sight, at))
            {
                if event.things.iter().any(|t| !t.generic) {
                    self.finder.known.things.clone_from(&event.things);
                }
                told.extend(nouns);
                let more = self.gapped(sight, at, &mut event);
                let alone = join(sight.scene.text, &mut out, event);
                out.extend(alone.into_iter().chain(more));
            }
        }
        for noun in 0..sight.scene.nouns.len() {
            // `transport of aid`: the inner noun is the thing of the outer.
            let inner = sight
                .scene
                .nouns
                .iter()
                .any(|n| n.of == Some(noun) && self.lexicon.nominal(sight.low(n.head)).is_some_and(|x| x.kind.is_some()));
            // `received $1.7 billion in payments`: what the sum of a told act is.
            let inner = inner
                || told.iter().any(|t| {
                    let phrase = sight.noun(*t);
                    let sum = (phrase.first..phrase.end).any(|i| matches!(sight.low(i), "$" | "€" | "£"));
                    sum && phrase.behind.iter().any(|(p, n)| *n == noun && *p == phrase.end && sight.low(*p) == "in")
                });
            if told.contains(&noun) || inner {
                continue;
            }
            let mut told = self.of_noun(sight, noun).or_else(|| self.of_agent(sight, noun)).or_else(|| self.of_hand(sight, noun));
            let more = told.as_mut().map(|event| self.gapped(sight, event.clause, event)).unwrap_or_default();
            if let Some(event) =
                told.as_ref().filter(|e| e.things.iter().any(|t| !t.generic && matches!(t.category.as_str(), "money" | "crypto")))
            {
                self.finder.known.things.clone_from(&event.things);
            }
            out.extend(told.into_iter().chain(more));
        }
        self.returned(sight, &mut out);
        out.extend(self.of_meeting(sight, &out));
        out.sort_by_key(|e| e.trigger);
        war::without_mere_means(&mut out);
        self.note_goods(sight, &out);
        self.note_pair(sight, &out);
        self.onwards(sight, out.into_iter().flat_map(legs::training_apart).flat_map(|e| each_party(sight.scene.text, e)).collect())
    }

    pub fn who(&mut self, sight: &Sight<'_>, noun: usize) -> Option<Who> {
        if let Some(Some(known)) = self.whos.get(noun) {
            return known.clone();
        }
        // `a challenge to U.S.-led international efforts`: a doing, and nobody.
        let doing = matches!(
            sight.low(sight.noun(noun).head).trim_end_matches('s'),
            "effort" | "bid" | "challenge" | "attempt" | "campaign" | "sanction" | "restriction" | "talk" | "deal" | "breache" | "threat"
        );
        // `in exchange, Pyongyang received`: for what, and nobody.
        let bare = |n: &NounPhrase| n.first == n.head && n.det.is_none() && n.first.checked_sub(1).is_some_and(|t| sight.low(t) == "in");
        let doing = doing && sight.noun(noun).owner.is_none() || sight.low(sight.noun(noun).head) == "exchange" && bare(sight.noun(noun));
        let who = if doing { None } else { self.finder.who(&sight.scene, noun) };
        if let Some(slot) = self.whos.get_mut(noun) {
            *slot = Some(who.clone());
        }
        who
    }

    /// The parties of a noun phrase and of those joined to it.
    pub fn group(&mut self, sight: &Sight<'_>, noun: usize) -> Vec<Who> {
        if let Some(list) = self.listed_before(sight, noun).or_else(|| self.members(sight, noun)) {
            return list;
        }
        // `Italy and Ghana, which has been providing trainers`: the verb says that it is one.
        let alone = |c: &Clause| {
            matches!(c.link, Link::Relative(n, false) if n == noun)
                && c.verb.is_some_and(|v| {
                    matches!(sight.low(sight.verbs[v].first), "has" | "is" | "was")
                        || sight.scene.tags.get(sight.verbs[v].first) == Some(&crate::tag::Tag::Third)
                })
        };
        if sight.noun(noun).group.is_some() && sight.noun(noun).head_is_name(sight.scene.tokens) && sight.clauses.iter().any(alone) {
            return self.in_each_place(sight, noun);
        }
        let leader = sight.noun(noun).group.unwrap_or(noun);
        let members: Vec<usize> = (0..sight.scene.nouns.len()).filter(|n| *n == leader || sight.noun(*n).group == Some(leader)).collect();
        members.into_iter().flat_map(|n| self.in_each_place(sight, n)).collect()
    }

    /// The party of a noun phrase; `armed groups in Iraq, Venezuela and Russia` are several.
    fn in_each_place(&mut self, sight: &Sight<'_>, noun: usize) -> Vec<Who> {
        let Some(who) = self.who(sight, noun) else { return Vec::new() };
        let phrase = sight.noun(noun);
        // `the governments of Syria and Myanmar` too; but `a ministry of both` is one.
        let several = sight.low(phrase.head).ends_with('s');
        let inside = |p: usize| sight.low(p) == "in" || (several && sight.low(p) == "of");
        let place = phrase.behind.iter().find(|(p, _)| *p == phrase.end && inside(*p)).map(|(_, n)| *n);
        let place = place.or(phrase.of.filter(|_| several));
        let places: Vec<usize> = place
            .map(|p| (0..sight.scene.nouns.len()).filter(|n| *n == p || sight.noun(*n).group == Some(p)).collect())
            .unwrap_or_default();
        let found: Vec<Who> = places.into_iter().filter_map(|n| self.who(sight, n)).filter(|w| w.countries.len() == 1).collect();
        let one = found.len() < 2 || who.countries.len() != 1 || !found.iter().any(|w| w.countries == who.countries);
        if one {
            return vec![who];
        }
        let joint = sight.low(phrase.end);
        found.into_iter().map(|w| Who { name: format!("{} {joint} {}", who.name, w.name), countries: w.countries, ..who.clone() }).collect()
    }

    /// Whether a noun phrase names goods.
    pub fn names_goods(&self, sight: &Sight<'_>, noun: usize) -> bool {
        self.thing(sight, noun).is_some()
    }

    pub(crate) fn thing(&self, sight: &Sight<'_>, noun: usize) -> Option<Thing> {
        if let Some(Some(found)) = self.goods_found.borrow().get(noun) {
            return found.clone();
        }
        let found = self.goods_of(sight, noun);
        if let Some(slot) = self.goods_found.borrow_mut().get_mut(noun) {
            *slot = Some(found.clone());
        }
        found
    }

    fn goods_of(&self, sight: &Sight<'_>, noun: usize) -> Option<Thing> {
        use crate::gazetteer::RoleNoun as R;
        let phrase = sight.noun(noun);
        // `in violation of an arms embargo`: a breach is no thing.
        if matches!(
            sight.low(phrase.head).trim_end_matches('s'),
            "violation" | "breach" | "breache" | "defiance" | "contravention" | "embargo" | "ban"
        ) {
            return None;
        }
        // `the Rubaya mine`, `a coltan mine`: where it is dug, and nothing that goes off.
        let dug = |t: usize| {
            let low = sight.low(t);
            (sight.scene.tags.get(t) == Some(&crate::tag::Tag::Proper) && phrase.det.is_some_and(|d| sight.low(d) == "the"))
                || matches!(
                    low,
                    "gold"
                        | "coal"
                        | "coltan"
                        | "copper"
                        | "iron"
                        | "diamond"
                        | "uranium"
                        | "tin"
                        | "cobalt"
                        | "lithium"
                        | "silver"
                        | "ore"
                        | "salt"
                )
        };
        // `invested in a mine`.
        let within = phrase.det.unwrap_or(phrase.first).checked_sub(1).is_some_and(|t| matches!(sight.low(t), "in" | "into" | "at"));
        if matches!(sight.low(phrase.head), "mine" | "mines") && (within || phrase.head > phrase.first && dug(phrase.head - 1)) {
            return None;
        }
        // `driven round the market`: where, and nothing to shoot.
        if sight.low(phrase.head) == "round" && phrase.det.is_none() && phrase.first == phrase.head {
            return None;
        }
        // `a fresh round of rhetoric`: so much of what is no thing.
        let amount =
            matches!(sight.low(phrase.head), "round" | "wave" | "series" | "flurry" | "string" | "barrage" | "dose" | "show" | "bit");
        if amount && phrase.of.is_some_and(|of| crate::what::is_abstract(sight.low(sight.noun(of).head))) {
            return None;
        }
        // `political support`, `diplomatic cover`: what nobody can hand over.
        let backing = matches!(sight.low(phrase.head), "support" | "cover" | "backing" | "assistance" | "help" | "encouragement");
        let of_words = |t: usize| matches!(sight.low(t), "political" | "diplomatic" | "moral" | "verbal" | "public" | "rhetorical");
        if backing && (phrase.first..phrase.head).any(of_words) {
            return None;
        }
        let role = self.finder.gazetteer.role(sight.scene.tokens, phrase.first, phrase.head);
        // A leader is no machine, whatever tables of goods make of the word; but a nerve agent is nobody.
        if matches!(role, Some(R::Person | R::StateOrgan | R::State))
            && !self.things.knows(sight.scene.tokens, phrase.head)
            && !self.things.spans(sight.scene.tokens, phrase.head.saturating_sub(1), phrase.head)
            && phrase.of.is_none()
        {
            return None;
        }
        // Nor is a person or a body by its name: `Pompeo`, `Alpha Trading`.
        let named = matches!(self.whos.get(noun), Some(Some(Some(who))) if matches!(who.kind, Some(model::PartyType::Person | model::PartyType::Government | model::PartyType::Organisation)));
        if named && phrase.head_is_name(sight.scene.tokens) && !self.things.knows(sight.scene.tokens, phrase.head) {
            return None;
        }
        // `bought the brewer Ambra`: a firm changes hands, and no goods. `two Tesla trucks` and `a Mercedes` are goods.
        let firm = matches!(self.whos.get(noun), Some(Some(Some(who))) if matches!(who.kind, Some(model::PartyType::Company | model::PartyType::Bank)));
        let counted = phrase.det.is_some_and(|d| matches!(sight.low(d), "a" | "an"))
            || (phrase.first..phrase.head).any(|t| sight.scene.tags.get(t) == Some(&crate::tag::Tag::Num));
        // `ordered CNC mills`: whole words that a table of goods knows, whatever their last means alone.
        let called_goods = firm && (self.goods)(&sight.scene.words(phrase.first, phrase.end).0).is_some();
        if firm && !counted && !self.things.knows(sight.scene.tokens, phrase.head) && !called_goods {
            return None;
        }
        self.things.thing(&sight.scene, self.goods, noun)
    }

    fn tail_fits(&self, sight: &Sight<'_>, verb: &VerbGroup, frame: &Frame) -> bool {
        if frame.tail.is_empty() {
            return true;
        }
        let directly = tail_follows(sight, verb.end, &frame.tail);
        // `hand the car over to`: a particle behind the object.
        let particle = matches!(frame.tail.first().map(String::as_str), Some("over" | "back" | "up" | "away" | "off" | "down" | "out"));
        let apart = particle
            && frame.tail.len() == 1
            && (verb.end..verb.end + 8).any(|i| {
                sight.low(i) == frame.tail[0]
                    && sight.scene.tags.get(i).is_some_and(|t| matches!(t, crate::tag::Tag::Adv | crate::tag::Tag::Prep))
            });
        directly || apart
    }

    /// Whether the things found are what the frame is about.
    fn fits(&self, frame: &Frame, roles: &Roles) -> bool {
        let Some(thing) = roles.things.first() else {
            // `flagged an Iranian tanker`: the ship is what it is about.
            if frame.needs == Needs::Vessel
                && frame.kind.is_some_and(|k| k == ActKind::Flagging || serves_ships(k))
                && frame.outcome == Outcome::Done
                && !roles.carriers.is_empty()
            {
                return true;
            }
            // `supplied the army`: no workers unless some are named.
            if frame.prepositions.iter().any(|(_, part)| *part == Part::Worker) {
                return false;
            }
            // `arm the rebels`, `train the guards`: the verb itself says what is given.
            // `soldiers are training in Russia`, but `the team trains in its own gym`.
            let abroad = located(&roles.givers)
                && located(&roles.receivers)
                && !roles.givers.iter().any(|g| roles.receivers.iter().any(|r| r.may_be(g)));
            if frame.kind == Some(ActKind::Training) && !frame.object.contains(&Part::Receiver) && !abroad {
                return false;
            }
            // `received information`: no worker, whatever the verb can mean.
            if frame.object.contains(&Part::Worker) && (!roles.goods_nouns.is_empty() || frame.subject.first() != Some(&Part::Employer)) {
                return false;
            }
            // `the rebels are rearming`: nobody gives them anything.
            if frame.object.as_slice() == [Part::Receiver] && roles.receivers.is_empty() {
                return false;
            }
            // `supports the statement of the government`: nothing goes to anybody.
            let helps = ["support", "back", "help", "assist"].iter().any(|v| self.lexicon.frames(v).contains(frame));
            if helps {
                return false;
            }
            // `is rewarding the general`: nothing is told to be given.
            if frame.kind == Some(ActKind::Gift) {
                return false;
            }
            let sides = (usize::from(!roles.receivers.is_empty()), usize::from(!roles.givers.is_empty()));
            return !frame.object.contains(&Part::Goods) && (sides == (1, 1) || (frame.needs == Needs::Any && sides != (0, 0)));
        };
        // `train the police in the use of rifles`: the people are the object, the things are something else.
        if frame.needs == Needs::People
            && frame.kind != Some(ActKind::Employment)
            && !frame.object.iter().any(|p| matches!(p, Part::Goods | Part::Worker | Part::Traveller))
        {
            return true;
        }
        // `a ship left Jask`: it goes by itself, and with what and to whom is not told.
        let goes = frame.kind == Some(ActKind::Transport) && frame.subject.first() == Some(&Part::Goods) && roles.receivers.is_empty();
        if goes && roles.things.iter().all(|t| matches!(t.category.as_str(), "vessel" | "aircraft")) {
            return false;
        }
        match frame.needs {
            // `provided it with money and arms`: goods count before money.
            Needs::Goods => thing.sort == Sort::Goods || (thing.sort == Sort::Money && roles.things.iter().any(|t| t.sort == Sort::Goods)),
            Needs::People => thing.sort == Sort::People,
            Needs::Money => roles.things.iter().all(|t| t.sort == Sort::Money || t.generic),
            Needs::Vessel => thing.category == "vessel",
            Needs::Any => true,
        }
    }

    fn event(&mut self, sight: &Sight<'_>, word: Word, roles: Roles) -> Event {
        let Word { clause, trigger, kind, outcome, noun } = word;
        let mut roles = roles;
        if outcome == Outcome::Stopped {
            self.with_load(sight, &mut roles);
            self.on_board(sight, &mut roles);
            // `seized rifles from a dhow`: what carried them.
            let carries = |w: &Who| w.kind == Some(model::PartyType::Vessel);
            let (mut ships, others) = std::mem::take(&mut roles.givers).into_iter().partition(carries);
            roles.carriers.append(&mut ships);
            roles.givers = others;
        }
        self.sent_there(sight, clause, &mut roles);
        self.meant_for(sight, clause, &mut roles);
        self.sent_home(sight, clause, &mut roles);
        self.the_country(sight, &mut roles);
        self.of_the_state_in_view(sight, &mut roles);
        self.of_the_partner(sight, &mut roles);
        self.used_by(sight, clause, &mut roles);
        self.complete(sight, kind, trigger, &mut roles);
        self.of_the_pair(sight, clause, &mut roles);
        if outcome == Outcome::Stopped {
            self.brought_in(sight, clause, &mut roles);
        }
        // `helped North Korean workers to get jobs`: those who get them work.
        if kind == ActKind::Employment && roles.things.is_empty() && !noun {
            let of = |n: &usize| roles.givers.iter().any(|w| w.span == sight.span(sight.noun(*n).first, sight.noun(*n).end));
            let workers = (0..sight.scene.nouns.len()).find(|n| of(n) && !sight.noun(*n).pronoun && self.names_goods(sight, *n));
            roles.things.extend(workers.map(|n| self.one_worker(sight, n)));
        }
        if roles.things.is_empty() && kind != ActKind::Financing || kind == ActKind::Insurance {
            let both = located(&roles.givers) && located(&roles.receivers);
            roles.things.extend(context::implied(sight, kind, trigger, both));
        }
        if roles.things.iter().all(|t| t.generic) {
            self.by_use(sight, &mut roles);
            self.by_load(sight, &mut roles);
        }
        if roles.things.iter().all(|t| t.generic) {
            self.by_room(sight, &mut roles);
        }
        let generic = |roles: &Roles| roles.things.iter().all(|t| t.generic);
        let pointed = generic(&roles);
        self.recall(sight, &mut roles);
        let pointed = pointed && !generic(&roles);
        let goods_beside = roles.things.is_empty() && self.goods_beside(sight, trigger, &mut roles);
        if roles.things.is_empty() && located(&roles.givers) && located(&roles.receivers) {
            roles.things.extend(context::implied(sight, kind, trigger, true));
        }
        // `provided support to the rebels`: whatever it was, it is told as given.
        let armed = roles.receivers.iter().any(|w| w.kind == Some(model::PartyType::Organisation) && !w.countries.is_empty());
        if !noun && armed && located(&roles.givers) {
            for thing in roles.things.iter_mut().filter(|t| t.generic) {
                let low = thing.words.to_lowercase();
                thing.generic = !["support", "backing", "assistance"].iter().any(|w| low.ends_with(w));
            }
        }
        // `received a gift from Putin`: what it was is not told, but that it was given is.
        if !noun && located(&roles.givers) && located(&roles.receivers) {
            roles.things.iter_mut().filter(|t| crate::what::is_gift(t)).for_each(|t| t.generic = false);
        }
        let again = roles.goods_nouns.iter().any(|n| sight.noun(*n).pronoun);
        roles.once();
        // `Police arrested two men. They are accused of selling`: the accused are not those who arrest.
        if by_pronoun(sight, &roles.givers) && words::accused(sight, clause) {
            roles.givers.retain(|w| !crate::claim::enforces(w) && w.kind != Some(model::PartyType::Government));
        }
        let pronouns = [&roles.givers, &roles.receivers].map(|list| by_pronoun(sight, list));
        let kind = context::particular(sight, kind, trigger, &roles);
        let token = &sight.scene.tokens[trigger];
        let mut span = (token.start, token.end());
        let parts = roles
            .givers
            .iter()
            .chain(&roles.receivers)
            .map(|w| w.span)
            .chain(roles.things.iter().map(|t| t.span))
            .chain(roles.via.iter().map(|(_, s)| *s));
        let (low, high) = sight.span(0, sight.scene.tokens.len());
        for part in parts.filter(|p| p.0 >= low && p.1 <= high) {
            span = (span.0.min(part.0), span.1.max(part.1));
        }
        let purpose = self.purpose(sight, clause, &roles);
        Event {
            clause,
            givers: roles.givers,
            receivers: roles.receivers,
            carriers: roles.carriers,
            via: roles.via,
            things: roles.things,
            value: roles.value,
            when: when(self.lexicon, sight, clause, trigger),
            purpose,
            outcome,
            noun,
            again,
            travels: words::travels(sight, clause),
            aboard: !noun && words::carries(sight, clause),
            goods_beside,
            pronouns,
            also: !noun && also(sight, clause, trigger),
            pointed,
            headline: sight
                .clauses
                .get(clause)
                .is_some_and(|c| matches!(c.link, Link::Infinitive(_)) && c.parent.is_some_and(|p| sight.clauses[p].verb.is_none())),
            ..Event::of(kind, sight.scene.sentence, token.start, span)
        }
    }
}

/// Whether an act of a kind serves a ship by whatever it is.
fn serves_ships(kind: ActKind) -> bool {
    matches!(kind, ActKind::Bunkering | ActKind::Insurance | ActKind::Crewing | ActKind::Classification | ActKind::Service)
}

fn located(list: &[Who]) -> bool {
    list.iter().any(|w| !w.countries.is_empty())
}
