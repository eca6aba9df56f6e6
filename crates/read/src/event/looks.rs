//! What looks like an act and is none: weapons that somebody may get some day, arms laid down, what stands where it is, and acts that give nothing.

use super::{Event, Eye, Roles, Sight, located};
use crate::clause::Link;
use crate::phrase::Form;
use crate::tag::Tag;
use crate::what::Sort;
use model::{ActKind, PartyType};

impl Eye<'_> {
    /// Whether a clause whose verb can tell an act tells none, whoever takes part.
    pub(super) fn tells_nothing(&mut self, sight: &Sight<'_>, at: usize) -> bool {
        let clause = &sight.clauses[at];
        // `It is not clear who sold them`: nobody is told.
        let open = |n: usize| matches!(sight.low(sight.noun(n).head), "clear" | "unclear" | "unknown" | "certain" | "uncertain" | "known");
        clause.subject.is_some_and(open)
            || of_ability(sight, clause)
            || whoever(sight, at)
            || compares(sight, at)
            || likened(sight, at)
            || keeps_off(sight, at)
            || ordered_away(sight, at)
            || asks_for_a_stop(sight, at)
            || speaks_up_for(sight, at)
            || told_by_sender(sight, at)
            || gives_no_goods(sight, at)
            || self.booty(sight, at)
            || self.act_gives(sight, at)
            || clause.args.iter().any(|(p, n)| p.is_none() && super::nominal::would_stop(sight, *n))
    }

    /// Whether it tells none with these roles.
    pub(super) fn only_looks(&self, sight: &Sight<'_>, at: usize, roles: &Roles) -> bool {
        let clause = &sight.clauses[at];
        let Some(verb) = clause.verb.map(|v| &sight.verbs[v]) else { return false };
        let money = |n: usize| self.thing(sight, n).is_some_and(|t| t.sort == Sort::Money);
        let looks = match verb.lemma.as_str() {
            // `flagged three payments`, `flagged the ship over its calls`: pointed out.
            "flag" | "reflag" => {
                let over = clause.args.iter().any(|(p, _)| p.is_some_and(|t| matches!(sight.low(t), "over" | "as" | "about")));
                over || roles.things.iter().any(|t| t.category != "vessel")
            }
            // `smuggled cash to arm the militia`: what the cash is for.
            "arm" | "rearm" | "equip" | "finance" | "fund" | "feed" if roles.things.is_empty() => {
                let above = clause.parent.map(|p| &sight.clauses[p]).filter(|_| matches!(clause.link, Link::Infinitive(_)));
                above.is_some_and(|c| c.args.iter().any(|(p, n)| p.is_none() && money(*n)))
            }
            // `ordered its jets to carry out a raid`: a command.
            "order" | "command" => sight.clauses.iter().any(|c| {
                c.parent == Some(at) && matches!(c.link, Link::Infinitive(_)) && c.subject.is_some_and(|s| roles.goods_nouns.contains(&s))
            }),
            // `money that had lain frozen in its banks`: held, and for nobody.
            "freeze" => verb.passive && roles.receivers.is_empty(),
            // `is credited by many with the rescue`: no money.
            "credit" => !clause.args.iter().any(|(_, n)| money(*n)),
            // `lost $4 million in customers to its rivals`: only thieves get what is lost.
            "lose" => !roles.receivers.iter().any(is_thief),
            _ => false,
        };
        looks
            || self.is_armed(sight, at, roles)
            || roles.goods_nouns.iter().any(|n| super::nominal::would_stop(sight, *n))
            || lays_down(sight, at, roles)
            || self.has_on_him(sight, at, roles)
            || runs_from(sight, roles)
    }

    /// `The grants gave Kenya more money`: what an act brings is told by the act.
    fn act_gives(&self, sight: &Sight<'_>, at: usize) -> bool {
        let clause = &sight.clauses[at];
        let Some(verb) = clause.verb.map(|v| &sight.verbs[v]).filter(|v| !v.passive) else { return false };
        let gives = matches!(verb.lemma.as_str(), "give" | "provide" | "bring" | "deliver" | "offer" | "leave" | "net");
        let act = |n: usize| {
            let low = sight.low(sight.noun(n).head);
            matches!(
                low.strip_suffix('s').unwrap_or(low),
                "payment" | "grant" | "sale" | "deal" | "purchase" | "loan" | "transaction" | "trade"
            )
        };
        gives && clause.subject.is_some_and(act)
    }

    /// `seized rifles from the Malian army`: what fighters take from soldiers or a State is booty, and nobody held it back.
    fn booty(&mut self, sight: &Sight<'_>, at: usize) -> bool {
        let clause = &sight.clauses[at];
        let takes = clause
            .verb
            .map(|v| &sight.verbs[v])
            .is_some_and(|v| !v.passive && matches!(v.lemma.as_str(), "seize" | "capture" | "grab" | "take" | "loot"));
        let Some(subject) = clause.subject.filter(|_| takes) else { return false };
        let fighters =
            matches!(sight.low(sight.noun(subject).head), "rebels" | "militants" | "insurgents" | "fighters" | "jihadists" | "gunmen")
                || self.who(sight, subject).is_some_and(|w| {
                    w.kind == Some(PartyType::Organisation)
                        && !crate::claim::enforces(&w)
                        && sight.noun(subject).head_is_name(sight.scene.tokens)
                });
        let soldiers = |n: usize| {
            matches!(
                sight.low(sight.noun(n).head),
                "army" | "soldiers" | "troops" | "forces" | "government" | "military" | "police" | "barracks"
            )
        };
        fighters && clause.args.iter().any(|(p, n)| p.is_some_and(|t| sight.low(t) == "from") && soldiers(*n))
    }

    /// `a State armed with nuclear weapons`, `is well armed`, `the ship, which is armed with missiles`: what somebody has, by nobody's gift.
    fn is_armed(&self, sight: &Sight<'_>, at: usize, roles: &Roles) -> bool {
        let clause = &sight.clauses[at];
        let armed = |v: &&crate::phrase::VerbGroup| v.passive && matches!(v.lemma.as_str(), "arm" | "equip");
        let Some(verb) = clause.verb.map(|v| &sight.verbs[v]).filter(armed) else { return false };
        let behind = |word: &str| clause.args.iter().any(|(p, _)| p.is_some_and(|t| sight.low(t) == word));
        let state = clause.link == Link::Participle
            || (verb.first..verb.end).any(|t| matches!(sight.low(t), "well" | "heavily" | "better" | "lightly" | "fully"));
        let of_a_state = || roles.goods_nouns.iter().any(|n| self.finder.gazetteer.at(sight.scene.tokens, sight.noun(*n).first).is_some());
        !behind("by") && (state || behind("with") && !of_a_state())
    }

    /// `was captured carrying a rifle`: the one weapon that somebody has with him.
    fn has_on_him(&self, sight: &Sight<'_>, at: usize, roles: &Roles) -> bool {
        let clause = &sight.clauses[at];
        let Some(verb) = clause.verb.map(|v| &sight.verbs[v]) else { return false };
        let one = |n: &usize| {
            let det = sight.noun(*n).det.map_or("", |d| sight.low(d));
            let low = sight.low(sight.noun(*n).head);
            matches!(det, "a" | "an" | "his" | "her")
                && matches!(low, "rifle" | "pistol" | "gun" | "knife" | "revolver" | "weapon" | "grenade" | "handgun")
        };
        let goes = clause.args.iter().any(|(p, _)| p.is_some_and(|t| matches!(sight.low(t), "to" | "into" | "from" | "through" | "for")));
        matches!(verb.lemma.as_str(), "carry" | "bear" | "hold" | "have" | "take") && !goes && roles.goods_nouns.iter().any(one)
    }

    /// `preventing Sudan from acquiring a nuclear weapon`, `if it got the bomb`: what somebody may get some day, from nobody.
    pub(super) fn may_get(&self, sight: &Sight<'_>, at: usize, event: &Event) -> bool {
        let clause = &sight.clauses[at];
        let Some(verb) = clause.verb.map(|v| &sight.verbs[v]) else { return false };
        if !matches!(verb.lemma.as_str(), "acquire" | "obtain" | "get" | "gain" | "procure" | "secure" | "possess" | "receive" | "buy") {
            return false;
        }
        let if_so = matches!(clause.link, Link::Adverbial(t) if matches!(sight.low(t), "if" | "unless" | "should" | "once" | "before"));
        let bare = sight.scene.tags.get(verb.head) == Some(&Tag::Base) && verb.form == Form::Finite;
        // `enabled it to acquire weapons`: so it did.
        let done = clause.parent.and_then(|p| sight.clauses[p].verb).map(|v| &sight.verbs[v]).is_some_and(|v| {
            matches!(v.lemma.as_str(), "enable" | "help" | "allow" | "manage" | "continue") && v.modal.is_none() && !v.negated && !v.present
        });
        if done && verb.form == Form::Infinitive {
            return false;
        }
        let not_done = verb.form != Form::Finite || verb.modal.is_some() || verb.negated || if_so || bare;
        let state = |w: &crate::who::Who| matches!(w.kind, None | Some(PartyType::Government | PartyType::Organisation));
        let bombs = event.things.iter().any(|t| {
            let words = t.words.to_lowercase();
            t.category == "nuclear" || ["nuclear", "atom", "bomb", "warhead", "mass destruction"].iter().any(|w| words.contains(w))
        });
        // `preventing it from acquiring the bomb`: who prevents is no giver.
        let from = matches!(clause.link, Link::Gerund(Some(t)) if sight.low(t) == "from")
            && !clause.args.iter().any(|(p, _)| p.is_some_and(|t| sight.low(t) == "from"));
        let wants = bombs || matches!(verb.lemma.as_str(), "acquire" | "obtain" | "get" | "gain" | "possess");
        not_done && wants && (event.givers.is_empty() || from) && event.carriers.is_empty() && event.receivers.iter().all(state)
    }

    /// Who takes money or coins that others are said to lose: thieves, by their name.
    pub(super) fn takes_by_theft(&mut self, sight: &Sight<'_>, at: usize, roles: &Roles) -> Option<Vec<crate::who::Who>> {
        let clause = &sight.clauses[at];
        let verb = clause.verb.map(|v| &sight.verbs[v]).filter(|v| !v.passive)?;
        let money = !roles.things.is_empty() && roles.things.iter().all(|t| matches!(t.category.as_str(), "money" | "crypto"));
        let subject = clause.subject.filter(|_| money && matches!(verb.lemma.as_str(), "seize" | "grab" | "capture" | "take"))?;
        let found = self.group(sight, subject);
        found.iter().any(is_thief).then_some(found)
    }

    /// `hacked an exchange and took $20 million`: whom the thieves broke into.
    pub(super) fn broken_into(&mut self, sight: &Sight<'_>, at: usize) -> Option<crate::who::Who> {
        let subject = sight.clauses[at].subject?;
        let breaks = |c: &&crate::clause::Clause| {
            c.subject == Some(subject)
                && c.verb.is_some_and(|v| {
                    matches!(
                        sight.verbs[v].lemma.as_str(),
                        "hack" | "breach" | "rob" | "raid" | "infiltrate" | "attack" | "compromise" | "break"
                    )
                })
        };
        let victim = sight.clauses.iter().take(at).find(breaks)?;
        let into = |(p, _): &&(Option<usize>, usize)| p.is_none_or(|t| sight.low(t) == "into");
        let noun = victim.args.iter().find(into).map(|(_, n)| *n)?;
        self.who(sight, noun)
    }

    /// `its declared sarin supply`: what somebody has in store.
    pub(super) fn in_store(&self, sight: &Sight<'_>, noun: usize) -> bool {
        let phrase = sight.noun(noun);
        let owned = phrase.det.is_some_and(|d| matches!(sight.low(d), "its" | "their" | "his" | "our")) || phrase.owner.is_some();
        let goes = phrase.behind.iter().any(|(p, _)| matches!(sight.low(*p), "to" | "from" | "for" | "by"));
        matches!(sight.low(phrase.head), "supply" | "supplies") && owned && !goes && phrase.of.is_none()
    }
}

/// Whether somebody lives by taking what is others', as his name says.
fn is_thief(who: &crate::who::Who) -> bool {
    let name = who.name.to_lowercase();
    ["hacker", "thief", "thieves", "lazarus", "attacker", "cybercriminal", "gang", "robber", "group"].iter().any(|t| name.contains(t))
}

/// `gave him credit for the talks`, `is building a case for the miners`: praise, and ideas.
fn gives_no_goods(sight: &Sight<'_>, at: usize) -> bool {
    let clause = &sight.clauses[at];
    let object = |told: &dyn Fn(usize) -> bool| clause.args.iter().any(|(p, n)| p.is_none() && told(*n));
    match clause.verb.map_or("", |v| sight.verbs[v].lemma.as_str()) {
        "give" => object(&|n| sight.low(sight.noun(n).head) == "credit" && sight.low(sight.noun(n).end) == "for"),
        "build" => object(&|n| {
            let low = sight.low(sight.noun(n).head);
            matches!(low, "case" | "consensus" | "coalition" | "trust" | "relationship" | "bridges" | "momentum" | "reputation")
        }),
        _ => false,
    }
}

/// `Kenya buys more trucks than Uganda`: a figure, and nothing that anybody gave.
fn compares(sight: &Sight<'_>, at: usize) -> bool {
    let clause = &sight.clauses[at];
    let more = |n: usize| {
        let phrase = sight.noun(n);
        let first = phrase.det.unwrap_or(phrase.first);
        (first.saturating_sub(1)..=phrase.first).any(|t| matches!(sight.low(t), "more" | "less" | "fewer"))
    };
    let than = |t: usize| sight.low(t) == "than";
    clause.args.iter().any(|(p, n)| p.is_none() && more(*n))
        && clause.args.iter().any(|(p, n)| p.is_some_and(than) && sight.noun(*n).head_is_name(sight.scene.tokens))
}

/// `tariffs on countries that buy Libyan oil`, `a fine for firms that purchase it`: whoever does it, under a rule.
fn whoever(sight: &Sight<'_>, at: usize) -> bool {
    let clause = &sight.clauses[at];
    // `goods that no state may sell to the North`.
    let none = clause.subject.and_then(|n| sight.noun(n).det).is_some_and(|d| sight.low(d) == "no");
    if none && clause.verb.is_some_and(|v| matches!(sight.verbs[v].modal.as_deref(), Some("may" | "can" | "should" | "must"))) {
        return true;
    }
    let Link::Relative(described, false) = clause.link else { return false };
    let phrase = sight.noun(described);
    let present = clause.verb.is_some_and(|v| sight.verbs[v].present && !sight.verbs[v].progressive);
    let bare = phrase.det.is_none() && phrase.first == phrase.head;
    let several = matches!(
        sight.low(phrase.head),
        "countries"
            | "states"
            | "nations"
            | "firms"
            | "companies"
            | "banks"
            | "those"
            | "entities"
            | "businesses"
            | "people"
            | "buyers"
            | "traders"
            | "governments"
    );
    let ruled = phrase
        .before(sight.scene.tokens)
        .is_some_and(|low| matches!(low, "on" | "against" | "for" | "from" | "punish" | "sanction" | "punishing"));
    present && bare && several && ruled
}

/// `solvents that could serve in making weapons`: what goods are good for, and all that hangs on it.
pub(super) fn of_ability(sight: &Sight<'_>, clause: &crate::clause::Clause) -> bool {
    let able = |c: &crate::clause::Clause| {
        matches!(c.link, Link::Relative(_, false))
            && c.verb.map(|v| &sight.verbs[v]).is_some_and(|v| {
                matches!(v.modal.as_deref(), Some("can" | "could" | "may" | "might"))
                    && matches!(
                        v.lemma.as_str(),
                        "use" | "serve" | "help" | "be" | "make" | "apply" | "employ" | "deploy" | "carry" | "hit" | "reach"
                    )
            })
    };
    let mut above = Some(clause);
    while let Some(c) = above {
        if able(c) {
            return true;
        }
        above = c.parent.map(|p| &sight.clauses[p]).filter(|_| matches!(c.link, Link::Gerund(_) | Link::Infinitive(_)));
    }
    false
}

/// `relinquished its arsenal`, `turned over control of its missiles`: without a receiver it is given up and not given.
fn lays_down(sight: &Sight<'_>, at: usize, roles: &Roles) -> bool {
    let clause = &sight.clauses[at];
    let Some(verb) = clause.verb.map(|v| &sight.verbs[v]) else { return false };
    let gives_up = matches!(verb.lemma.as_str(), "relinquish" | "renounce" | "surrender" | "forsake" | "abandon" | "lay")
        || verb.lemma == "give" && (verb.end..verb.end + 4).any(|t| sight.low(t) == "up")
        || verb.lemma == "turn" && (verb.end..verb.end + 4).any(|t| sight.low(t) == "over");
    let deploys = matches!(verb.lemma.as_str(), "deploy" | "station") && !roles.things.iter().all(|t| t.sort == Sort::People);
    (gives_up || deploys) && !located(&roles.receivers)
}

/// `will protect oil shipments from pirates`, `withdrew its support from Chad`: from whom something is kept, and nobody who gives.
pub(super) fn keeps_off(sight: &Sight<'_>, at: usize) -> bool {
    let clause = &sight.clauses[at];
    let keeps = |v: usize| {
        matches!(
            sight.verbs[v].lemma.as_str(),
            "protect" | "shield" | "defend" | "safeguard" | "guard" | "hide" | "withdraw" | "save" | "conceal"
        )
    };
    let behind = |word: &str| clause.args.iter().any(|(p, _)| p.is_some_and(|t| sight.low(t) == word));
    // `defended the purchase of helicopters from a firm`: what was bought there.
    let bought = |n: usize| matches!(sight.low(sight.noun(n).head).trim_end_matches('s'), "purchase" | "import" | "acquisition" | "buying");
    let deal = clause.args.iter().any(|(p, n)| p.is_none() && bought(*n)) && clause.verb.is_some_and(|v| sight.verbs[v].lemma == "defend");
    clause.verb.is_some_and(keeps) && behind("from") && !behind("to") && !deal
}

/// `build tunnels from Kenya into Uganda`: what leads from the one to the other goes nowhere.
fn runs_from(sight: &Sight<'_>, roles: &Roles) -> bool {
    let leads = |n: &usize| {
        let low = sight.low(sight.noun(*n).head);
        matches!(
            low.strip_suffix('s').unwrap_or(low),
            "tunnel" | "bridge" | "road" | "railway" | "pipeline" | "fence" | "wall" | "canal" | "cable" | "corridor" | "highway" | "line"
        )
    };
    let way = roles.givers.iter().any(|w| w.kind == Some(PartyType::Government))
        && roles.receivers.iter().any(|w| w.kind == Some(PartyType::Government));
    way && !roles.goods_nouns.is_empty() && roles.goods_nouns.iter().all(leads)
}

/// Whether nobody else gives what a clause tells: its subject is told, and is no party. `Those payments gave Oman funds`, `We can send rifles`.
pub(super) fn told_otherwise(sight: &Sight<'_>, at: usize, event: &Event) -> bool {
    let Some(clause) = sight.clauses.get(at) else { return false };
    let active = clause.verb.is_some_and(|v| !sight.verbs[v].passive && sight.verbs[v].form == Form::Finite);
    let pronoun = |n: usize| {
        let phrase = sight.noun(n);
        phrase.pronoun
            && matches!(sight.low(phrase.head), "we" | "i" | "you" | "they" | "he" | "she" | "one" | "someone" | "somebody" | "nobody")
    };
    let gives = !matches!(event.kind, ActKind::Procurement | ActKind::Import);
    active && gives && event.givers.is_empty() && clause.subject.is_some_and(pronoun)
}

/// `is tantamount to giving wheat`, `is the equivalent of sending rifles`, `are free to sell`: what something is likened to, or what nobody forbids.
fn likened(sight: &Sight<'_>, at: usize) -> bool {
    let clause = &sight.clauses[at];
    if !matches!(clause.link, Link::Gerund(_) | Link::Infinitive(_)) {
        return false;
    }
    let is = |c: &crate::clause::Clause| c.verb.is_some_and(|v| sight.verbs[v].lemma == "be");
    let like = |n: usize| {
        let low = sight.low(sight.noun(n).head);
        matches!(low, "tantamount" | "equivalent" | "equal" | "akin" | "comparable" | "free" | "welcome")
    };
    clause.parent.map(|p| &sight.clauses[p]).is_some_and(|c| is(c) && c.args.iter().any(|(p, n)| p.is_none() && like(*n)))
}

/// `ordered the expulsion of diplomats`, `ordered the return of a yacht`: a command, and nothing bought.
fn ordered_away(sight: &Sight<'_>, at: usize) -> bool {
    let clause = &sight.clauses[at];
    let commands = clause.verb.is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "order" | "command"));
    let deed = |n: usize| {
        let low = sight.low(sight.noun(n).head);
        matches!(
            low.strip_suffix('s').unwrap_or(low),
            "expulsion"
                | "closure"
                | "departure"
                | "seizure"
                | "return"
                | "withdrawal"
                | "arrest"
                | "release"
                | "destruction"
                | "removal"
                | "evacuation"
                | "detention"
                | "forfeiture"
                | "search"
                | "confiscation"
                | "halt"
                | "end"
                | "suspension"
        )
    };
    commands && clause.args.iter().any(|(p, n)| p.is_none() && deed(*n))
}

/// `asked Canada for a moratorium on the deployment of rockets`, `sought from them a ban on mines`: that less is done is asked, and nothing given.
fn asks_for_a_stop(sight: &Sight<'_>, at: usize) -> bool {
    let clause = &sight.clauses[at];
    let asks = clause.verb.is_some_and(|v| {
        matches!(sight.verbs[v].lemma.as_str(), "ask" | "seek" | "want" | "demand" | "urge" | "request" | "propose" | "offer" | "promise")
    });
    let stop = |n: usize| {
        matches!(sight.low(sight.noun(n).head), "moratorium" | "freeze" | "ban" | "halt" | "end" | "embargo" | "curb" | "limit" | "cap")
    };
    asks && clause.args.iter().any(|(p, n)| p.is_none_or(|t| sight.low(t) == "for") && stop(*n))
}

/// `is campaigning for giving rifles`, `voted to end exports`, `called for ending aid`: for or against what somebody speaks.
pub(super) fn speaks_up_for(sight: &Sight<'_>, at: usize) -> bool {
    let clause = &sight.clauses[at];
    let verb = |c: &crate::clause::Clause| c.verb.map_or("", |v| sight.verbs[v].lemma.as_str()).to_owned();
    let Some(above) = clause.parent.map(|p| &sight.clauses[p]) else { return false };
    let for_it = matches!(clause.link, Link::Gerund(Some(t)) if sight.low(t) == "for");
    let (deed, word) = (verb(clause), verb(above));
    let campaigns = matches!(word.as_str(), "campaign" | "lobby" | "argue" | "advocate" | "plead" | "rally");
    let ends = matches!(deed.as_str(), "end" | "halt" | "stop" | "suspend");
    let asks = matches!(word.as_str(), "call" | "vote" | "urge" | "campaign" | "push" | "press" | "lobby");
    for_it && (campaigns || ends && asks) || ends && word == "vote" && matches!(clause.link, Link::Infinitive(_))
}

/// `to prevent any weapons going into Yemen`: what is kept away. But `stopped arming them`: who stopped did it.
pub(super) fn kept_away(sight: &Sight<'_>, at: usize) -> bool {
    let clause = &sight.clauses[at];
    let Some(outer) = clause.parent.map(|p| &sight.clauses[p]) else { return false };
    let own = outer.subject == clause.subject;
    let keeps = outer
        .verb
        .map(|v| &sight.verbs[v])
        .is_some_and(|v| !v.negated && (matches!(v.lemma.as_str(), "prevent" | "bar" | "deter" | "hinder") || v.lemma == "stop" && !own));
    keeps && matches!(clause.link, Link::Participle | Link::Gerund(None))
}

/// `would send a ship carrying rice to Yemen`: what the ship carries is told with the sending.
fn told_by_sender(sight: &Sight<'_>, at: usize) -> bool {
    let clause = &sight.clauses[at];
    let lemma = |c: &crate::clause::Clause| c.verb.map_or("", |v| sight.verbs[v].lemma.as_str()).to_owned();
    let carries = matches!(lemma(clause).as_str(), "carry" | "transport" | "bear" | "haul" | "load" | "lade" | "pack" | "fill");
    let Some(above) = clause.parent.map(|p| &sight.clauses[p]).filter(|_| carries && clause.link == Link::Participle) else { return false };
    let sent = above.args.iter().any(|(p, n)| p.is_none() && clause.subject == Some(*n));
    sent && matches!(lemma(above).as_str(), "send" | "dispatch" | "despatch") && !above.verb.is_some_and(|v| sight.verbs[v].passive)
}
