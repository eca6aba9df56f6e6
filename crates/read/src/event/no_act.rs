//! What looks like an act by its verb and tells none: nobody is served, nobody is paid, nothing is handed over.

use super::{Eye, Roles, Sight, anyone, context, is_paper, is_sentence, located, looks, mutual, words};
use crate::clause::{Clause, Link};
use crate::lexicon::{Frame, Outcome, Part};
use crate::phrase::VerbGroup;
use crate::what::{Sort, Thing};
use crate::who::Who;
use model::ActKind;

/// A clause and its verb.
fn with_verb<'s>(sight: &'s Sight<'_>, at: usize) -> Option<(&'s Clause, &'s VerbGroup)> {
    let clause = sight.clauses.get(at)?;
    Some((clause, &sight.verbs[clause.verb?]))
}

impl Eye<'_> {
    /// Whether a verb of service tells none: a firm flies no flag, and no ship calls a report a fake.
    pub(super) fn serves_nobody(&self, sight: &Sight<'_>, at: usize, frame: &Frame, roles: &Roles) -> bool {
        let Some((clause, verb)) = with_verb(sight, at) else { return false };
        let Some(kind) = frame.kind else { return false };
        // `is helping us with a lot of things`: no act that anybody could judge.
        if matches!(verb.lemma.as_str(), "help" | "assist") && roles.things.iter().all(|t| t.generic || t.category == "other") {
            return true;
        }
        // `The Act will cover Wales`, `snow covered the north`: only a ship has cover.
        let ships = roles.carriers.iter().any(|w| context::is_ship(sight, w)) || roles.things.iter().any(|t| t.category == "vessel");
        if verb.lemma == "cover" && kind == ActKind::Insurance && !ships {
            return true;
        }
        // `Orion Trading, which is registered in Dubai`: a firm flies no flag.
        if kind == ActKind::Flagging && roles.carriers.iter().any(|w| words::is_a_firm(&w.name)) {
            return true;
        }
        // `called the reports a fake`: no ship calls anywhere.
        if kind == ActKind::PortCall && clause.args.iter().any(|(p, _)| p.is_none()) {
            return true;
        }
        // `raised $2 million for a new factory`: for a cause, and for nobody in particular.
        let nobody = !located(&roles.receivers) && roles.receivers.iter().all(|w| w.kind.is_none_or(|k| k == model::PartyType::Company));
        if verb.lemma == "raise" && kind == ActKind::Payment && (roles.givers.is_empty() || nobody) {
            return true;
        }
        // `received assurances from Iran`: whoever receives something else is not trained.
        let something = |n: &usize| {
            !matches!(sight.low(sight.noun(*n).head), "training" | "instruction" | "schooling" | "tuition" | "lessons" | "courses")
        };
        let trained = kind == ActKind::Training && frame.object.is_empty() && matches!(verb.lemma.as_str(), "receive" | "undergo");
        if trained && clause.args.iter().any(|(p, n)| p.is_none() && something(n)) {
            return true;
        }
        // `teaches international relations at a college`: a subject, and nobody who is taught.
        let subject = |(p, n): &(Option<usize>, usize)| p.is_none() && crate::what::is_abstract(sight.low(sight.noun(*n).head));
        if verb.lemma == "teach" && !verb.passive && clause.args.iter().any(subject) {
            return true;
        }
        // `pledged to provide aid to one another`: no act from one to another.
        if clause.args.iter().any(|(_, n)| mutual(sight, *n)) {
            return true;
        }
        false
    }

    /// `tugs towed the disabled tanker to a yard`: a ship that is helped along.
    pub(super) fn tows(&self, sight: &Sight<'_>, at: usize, roles: &Roles) -> bool {
        let tows = with_verb(sight, at).is_some_and(|(_, v)| matches!(v.lemma.as_str(), "tow" | "tug" | "escort" | "pilot"));
        tows && roles.things.iter().all(|t| t.category == "vessel")
    }

    /// `sent home all North Korean workers`: the end of their work, and not another hiring.
    pub(super) fn sends_home(&self, sight: &Sight<'_>, at: usize, roles: &Roles) -> bool {
        let Some((_, verb)) = with_verb(sight, at) else { return false };
        let people = !roles.things.is_empty() && roles.things.iter().all(|t| t.sort == Sort::People);
        people && goes_home(sight, verb)
    }

    /// `lorries that it uses to carry missiles`: what something is for, where nobody gets what it carries.
    pub(super) fn is_its_use(&self, sight: &Sight<'_>, at: usize, kind: ActKind, roles: &Roles) -> bool {
        let Some((clause, _)) = with_verb(sight, at) else { return false };
        // But `a yard that used to supply fuel` did.
        let object = |c: &Clause| c.args.iter().any(|(p, _)| p.is_none()) || matches!(c.link, Link::Relative(_, true));
        let uses = |c: &Clause| c.verb.is_some_and(|v| sight.verbs[v].lemma == "use" && !sight.verbs[v].passive) && object(c);
        let for_it = matches!(clause.link, Link::Infinitive(_)) && clause.parent.is_some_and(|p| uses(&sight.clauses[p]));
        for_it && roles.receivers.is_empty() && matches!(kind, ActKind::Supply | ActKind::Transport | ActKind::Transfer)
    }

    /// `depends on American parts for its radios`: what is made of them is given by nobody.
    pub(super) fn is_made_of_it(&self, sight: &Sight<'_>, at: usize, frame: &Frame) -> bool {
        let Some((clause, verb)) = with_verb(sight, at) else { return false };
        let relies = matches!(verb.lemma.as_str(), "rely" | "depend") && frame.object.first() == Some(&Part::Giver);
        relies && clause.args.iter().any(|(p, n)| *p == Some(verb.end) && self.names_goods(sight, *n))
    }

    /// Whether a verb of paying tells of a fine, a price for a deed, or a purpose, and of nobody who was paid.
    pub(super) fn pays_nobody(&mut self, sight: &Sight<'_>, at: usize, frame: &Frame) -> bool {
        let Some((clause, verb)) = with_verb(sight, at) else { return false };
        // `agreed to pay a fine to settle charges`: no payment for anything.
        let settles = |c: &&Clause| {
            c.verb.is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "settle" | "resolve"))
                && matches!(c.link, Link::Infinitive(_))
                && c.parent == Some(at)
        };
        // `flown to Dubai to pay for weapons`: what the act is for, and no payment to anybody told.
        let to_somebody = clause
            .args
            .iter()
            .any(|(p, n)| p.is_none_or(|t| sight.low(t) == "to") && self.thing(sight, *n).is_none_or(|t| t.sort == Sort::Money));
        if verb.lemma == "pay" && matches!(clause.link, Link::Infinitive(_)) && sight.low(verb.end) == "for" && !to_somebody {
            return true;
        }
        // `will pay a penalty to the office`.
        let penalty = |n: &usize| {
            let heads =
                std::iter::once(*n).chain(sight.noun(*n).of).map(|n| sight.low(sight.noun(n).head).trim_end_matches('s').to_owned());
            heads
                .into_iter()
                .any(|low| matches!(low.as_str(), "penalty" | "penaltie" | "fine" | "settlement" | "restitution" | "damage" | "bail"))
        };
        let punished = clause.args.iter().any(|(p, n)| p.is_none() && penalty(n));
        // `was given a year's jail`, `gave him ten months in prison`.
        if verb.lemma == "give" && clause.args.iter().any(|(_, n)| is_sentence(sight, *n)) {
            return true;
        }
        // `agreed to pay $8.9 billion for processing transactions for Sudan`: a price for what was done, and no payment to whom it was done for.
        let for_deed = |c: &Clause| c.parent == Some(at) && matches!(c.link, Link::Gerund(Some(t)) if sight.low(t) == "for");
        let payee = clause.args.iter().find(|(p, _)| p.is_none()).is_some_and(|(_, n)| self.who(sight, *n).is_some());
        let to = payee || clause.args.iter().any(|(p, _)| p.is_some_and(|t| sight.low(t) == "to"));
        // `paid for the delivery of 40 cars`: the noun tells it.
        let delivery = |n: usize| self.lexicon.nominal(sight.low(sight.noun(n).head)).is_some_and(|x| x.kind.is_some() && !x.itself);
        let for_it = clause.args.iter().any(|(p, n)| p.is_some_and(|t| sight.low(t) == "for") && delivery(*n));
        if verb.lemma == "pay" && (for_it && frame.tail == ["for"] || !to && sight.clauses.iter().any(for_deed)) {
            return true;
        }
        if verb.lemma == "pay" && (punished || sight.clauses.iter().any(|c| settles(&c))) {
            return true;
        }
        false
    }

    /// Whether what a verb tells is a word, a figure, a paper or a thing of one's own, and nothing that somebody gets.
    pub(super) fn hands_over_nothing(&self, sight: &Sight<'_>, at: usize, frame: &Frame, roles: &Roles) -> bool {
        let Some((clause, verb)) = with_verb(sight, at) else { return false };
        let Some(kind) = frame.kind else { return false };
        // `lent Syria $1 billion to buy fuel`: what the money is for.
        let of_money = |n: usize| self.thing(sight, n).is_some_and(|t| t.sort == Sort::Money);
        if matches!(clause.link, Link::Infinitive(Some(n)) if of_money(n)) && matches!(verb.lemma.as_str(), "buy" | "purchase" | "import") {
            return true;
        }
        // `denied this`: a word, and nothing that was kept from anybody.
        // `denies any purchase of arms`: what a noun tells by itself.
        let act = |n: &usize| self.lexicon.nominal(sight.low(sight.noun(*n).head)).is_some_and(|n| !n.itself);
        let told = verb.lemma == "deny" && clause.args.iter().any(|(p, n)| p.is_none() && act(n));
        if told || (verb.lemma == "deny" && roles.goods_nouns.iter().any(|n| sight.noun(*n).pronoun)) {
            return true;
        }
        // `China imported $6.2 million of goods from the North in August`: a figure of trade between States.
        let state = |list: &[Who]| !list.is_empty() && list.iter().all(|w| w.kind == Some(model::PartyType::Government));
        let wares = |t: &Thing| {
            let last = t.words.rsplit(' ').next().unwrap_or_default();
            t.generic || (t.category == "other" && matches!(last, "goods" | "products" | "items" | "merchandise"))
        };
        let traded = matches!(kind, ActKind::Import | ActKind::Export) && state(&roles.givers) && state(&roles.receivers);
        if traded && !roles.things.is_empty() && roles.things.iter().all(wares) {
            return true;
        }
        // `to launder the proceeds`: nobody is paid thereby.
        if verb.lemma == "launder" && roles.receivers.is_empty() {
            return true;
        }
        // `a drone that carries guided bombs`: what a thing is made for.
        let made_for = matches!(clause.link, Link::Relative(..))
            && matches!(verb.lemma.as_str(), "carry" | "fire" | "launch" | "use" | "take")
            && verb.present
            && !verb.progressive
            && clause.args.iter().all(|(p, _)| p.is_none());
        if made_for && roles.things.iter().all(|t| matches!(t.category.as_str(), "arms" | "ammunition" | "missile")) {
            return true;
        }
        // `thanked them for imposing sanctions`: for a deed, and no goods.
        let deed = |c: &Clause| c.parent == Some(at) && matches!(c.link, Link::Gerund(Some(t)) if sight.low(t) == "for");
        if verb.lemma == "thank" && sight.clauses.iter().any(deed) {
            return true;
        }
        // `rejected the shipment`, where nobody says who would have got it.
        let refused =
            matches!(verb.lemma.as_str(), "reject" | "refuse" | "decline" | "spurn") || (verb.lemma == "turn" && frame.tail == ["down"]);
        if refused && (!located(&roles.receivers) || roles.things.iter().all(|t| t.generic)) {
            return true;
        }
        // `has suspended exports of luxury goods`: a measure that names nobody who would have got them.
        let trade = |n: usize| matches!(sight.low(sight.noun(n).head), "export" | "exports" | "import" | "imports" | "trade");
        let measure = matches!(verb.lemma.as_str(), "suspend" | "ban" | "halt" | "restrict" | "prohibit" | "limit")
            && roles.receivers.is_empty()
            && roles.givers.iter().any(|w| w.kind == Some(model::PartyType::Government));
        if measure && clause.args.iter().any(|(p, n)| p.is_none() && trade(*n)) {
            return true;
        }
        // `placed the crew in quarantine`: kept, and not put to work.
        let kept = |n: usize| {
            let low = sight.low(sight.noun(n).head);
            matches!(
                low,
                "quarantine"
                    | "isolation"
                    | "custody"
                    | "detention"
                    | "arrest"
                    | "jail"
                    | "prison"
                    | "hospital"
                    | "list"
                    | "watch"
                    | "leave"
            )
        };
        if verb.lemma == "place" && clause.args.iter().any(|(p, n)| p.is_some() && kept(*n)) {
            return true;
        }
        // `released the tanker`: it goes its way, and nobody gets it.
        if verb.lemma == "release" && roles.receivers.is_empty() && roles.things.iter().all(|t| t.category == "vessel") {
            return true;
        }
        // `if it gave up its weapons`, `dropped bombs`: to nobody.
        let lets_go = matches!(verb.lemma.as_str(), "drop" | "deploy") || verb.lemma == "give" && frame.tail == ["up"];
        if lets_go && roles.receivers.is_empty() {
            return true;
        }
        // `a drone that came within a mile of the ship`: no way that goods took.
        let goes = |(p, _): &(Option<usize>, usize)| {
            p.is_some_and(|t| matches!(sight.low(t), "to" | "into" | "from" | "via" | "through" | "for" | "of"))
        };
        if verb.lemma == "come" && frame.tail.is_empty() && !clause.args.iter().any(goes) {
            return true;
        }
        // `is to prevent any weapons from arriving`: whatever they were, none came.
        let any = |n: &usize| sight.noun(*n).det.is_some_and(|d| sight.low(d) == "any");
        if frame.outcome == Outcome::Stopped && roles.goods_nouns.iter().any(any) {
            return true;
        }
        if looks::kept_away(sight, at) && frame.outcome == Outcome::Done {
            return true;
        }
        // `obtained orders for aircraft parts`: papers, and not yet the goods.
        // Nor are shares in a company.
        let share = |n: &usize| {
            let low = sight.low(sight.noun(*n).head);
            matches!(low.strip_suffix('s').unwrap_or(low), "share" | "stake" | "shareholding" | "holding")
                && sight.noun(*n).of.is_none()
                && matches!(kind, ActKind::Sale | ActKind::Procurement)
        };
        if roles.goods_nouns.iter().any(|n| is_paper(sight.low(sight.noun(*n).head)) || share(n)) {
            return true;
        }
        // `brought his own piano to Kabul`: what is his own goes to nobody else.
        let carries = matches!(verb.lemma.as_str(), "bring" | "take" | "carry" | "ship" | "move");
        // `the limousine that the North brought to Vietnam for a summit`: nor what one has with him while he meets somebody.
        let meets = |(p, n): &(Option<usize>, usize)| {
            let for_it = p.is_some_and(|t| matches!(sight.low(t), "for" | "during" | "to"));
            for_it && matches!(sight.low(sight.noun(*n).head), "summit" | "summits" | "meeting" | "talks" | "visit" | "trip")
        };
        let one_state = roles.receivers.iter().all(|w| w.kind == Some(model::PartyType::Government));
        if carries && (roles.goods_nouns.iter().any(|n| words::his_own(sight, *n)) || (one_state && clause.args.iter().any(meets))) {
            return true;
        }
        // `any refinery that buys`: whoever does it, and nobody who did.
        if clause.subject.is_some_and(|n| anyone(sight, n)) {
            return true;
        }
        false
    }
}

/// Whether a verb brings people back to where they are from: `sent home`, `repatriated`, `left for home`.
pub(super) fn goes_home(sight: &Sight<'_>, verb: &VerbGroup) -> bool {
    let home = |t: usize| {
        let for_home = sight.low(t) == "home" && (matches!(sight.low(t + 1), "to" | "by" | "in" | "." | ",") || t == verb.end);
        for_home || sight.low(t) == "back" && t == verb.end
    };
    let sends = matches!(verb.lemma.as_str(), "send" | "ship" | "fly" | "order" | "bring" | "leave" | "head" | "go");
    let back = matches!(verb.lemma.as_str(), "repatriate" | "return" | "expel" | "deport" | "withdraw" | "evict" | "remove");
    back || sends && (verb.end..verb.end + 8).any(home)
}
