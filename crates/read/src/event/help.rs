//! What one does for another beside giving goods: `helped Syria upgrade its radars`, `cooperation between the two on missiles`, and what goes back
//! for what came: `in return for shells`.
//!
//! Which of two gives know-how is mostly not said, and told by who has it to give; that is a guess of last resort, and no more.

use super::{Event, Eye, Roles, Sight, Word, located};
use crate::clause::Link;
use crate::groups::WORKS_ON;
use crate::lexicon::{Outcome, Part};
use crate::phrase::Form;
use crate::what::Sort;
use crate::who::Who;
use model::ActKind;

/// Verbs by which somebody gets goods; who helps him to them is where they come from, as far as is told.
const GETS: [&str; 8] = ["acquire", "obtain", "procure", "buy", "purchase", "import", "get", "secure"];
/// States that have arms and know-how to give, before those that seek them.
const MAKERS: [&str; 5] = ["RU", "CN", "BY", "KP", "IR"];

/// Who helps whom in a clause: `helped Syria upgrade`, `is assisting the North in upgrading`.
struct Help {
    helper: usize,
    helped: usize,
}

impl Eye<'_> {
    /// Work that one does for another.
    pub(super) fn of_help(&mut self, sight: &Sight<'_>, at: usize) -> Option<(Event, Vec<usize>)> {
        let help = help(sight, at)?;
        let clause = &sight.clauses[at];
        let verb = &sight.verbs[clause.verb?];
        let uses = matches!(verb.lemma.as_str(), "use" | "adopt" | "exploit" | "master" | "apply");
        if !WORKS_ON.contains(verb.lemma.as_str()) && !uses {
            return None;
        }
        let mut roles = Roles::default();
        for (_, noun) in clause.args.iter().filter(|(p, _)| p.is_none_or(|t| matches!(sight.low(t), "including" | "as" | "like"))) {
            self.put(sight, *noun, Part::Goods, &mut roles);
        }
        self.add_parties(sight, help.helper, true, &mut roles);
        self.add_parties(sight, help.helped, false, &mut roles);
        if roles.things.is_empty() {
            self.programme(sight, clause, &mut roles);
        }
        // `helped the academy design wind tunnels`: whatever it is that is made.
        let made = matches!(verb.lemma.as_str(), "design" | "develop" | "manufacture" | "assemble") && located(&roles.givers);
        if roles.things.is_empty() && made {
            let plural = |n: &usize| sight.low(sight.noun(*n).head).ends_with('s');
            let what = clause.args.iter().filter(|(p, _)| p.is_none()).map(|(_, n)| *n).find(plural);
            roles.things.extend(what.and_then(|n| self.things.unknown(&sight.scene, n)));
            roles.goods_nouns.extend(what);
        }
        let told = made && !roles.things.is_empty();
        if !told && roles.things.iter().all(|t| t.generic || t.category == "other") || !located(&roles.receivers) {
            return None;
        }
        // `assisted the North in efforts to use blockchain technology`: know-how, whoever gives it.
        let know_how = roles.things.iter().all(|t| matches!(t.category.as_str(), "technology" | "crypto" | "dual_use" | "nuclear"));
        if uses && !know_how || !uses && !located(&roles.givers) {
            return None;
        }
        let nouns = roles.goods_nouns.clone();
        let word = Word { clause: at, trigger: verb.head, kind: ActKind::TechnicalAssistance, outcome: Outcome::Done, noun: false };
        Some((self.event(sight, word, roles), nouns))
    }

    /// `develop its nuclear weapons programme`: what the words before the head name is made there.
    fn programme(&mut self, sight: &Sight<'_>, clause: &crate::clause::Clause, roles: &mut Roles) {
        for (_, noun) in clause.args.iter().filter(|(p, _)| p.is_none()) {
            let phrase = sight.noun(*noun).clone();
            let low = sight.low(phrase.head);
            let made = matches!(
                low.strip_suffix('s').unwrap_or(low),
                "programme"
                    | "program"
                    | "capability"
                    | "capabilitie"
                    | "arsenal"
                    | "project"
                    | "industry"
                    | "sector"
                    | "capacity"
                    | "base"
                    | "plant"
                    | "factory"
                    | "facility"
                    | "facilitie"
                    | "line"
                    | "yard"
            );
            if made {
                roles.things.extend(self.things.before_head(&sight.scene, self.goods, &phrase));
            }
        }
    }

    /// `helped the North launder $3 billion`: whose money it is gets it, and who helps moves it.
    pub(super) fn helped_to_move(&mut self, sight: &Sight<'_>, at: usize, roles: &mut Roles) {
        let moves =
            |lemma: &str| matches!(lemma, "launder" | "move" | "transfer" | "channel" | "funnel" | "convert" | "hide" | "wire" | "cash");
        let money = !roles.things.is_empty() && roles.things.iter().all(|t| matches!(t.category.as_str(), "money" | "crypto"));
        let moved = money && roles.receivers.is_empty() && sight.clauses[at].verb.is_some_and(|v| moves(&sight.verbs[v].lemma));
        let Some(help) = help(sight, at).filter(|_| moved) else { return };
        let helpers = self.group(sight, help.helper);
        if located(&helpers) && located(&roles.givers) {
            roles.receivers = std::mem::replace(&mut roles.givers, helpers);
        }
    }

    /// `helped the army buy chips`: who helps is the one from whom they come.
    pub(super) fn helped_to(&mut self, sight: &Sight<'_>, at: usize, roles: &mut Roles) {
        let gets = sight.clauses[at].verb.is_some_and(|v| GETS.contains(&sight.verbs[v].lemma.as_str()));
        let Some(help) = help(sight, at).filter(|_| gets && roles.givers.is_empty()) else { return };
        let helpers = self.group(sight, help.helper);
        if located(&helpers) {
            roles.givers = helpers;
        }
    }

    /// `projects between A and B, including training`, `dealings between them included the repair of tanks`: what is listed is between the two.
    pub(super) fn listed_between(&mut self, sight: &Sight<'_>, noun: usize, know_how: bool, roles: &mut Roles) {
        if !(roles.givers.is_empty() && roles.receivers.is_empty()) {
            return;
        }
        let leader = sight.noun(noun).group.unwrap_or(noun);
        let lists = |verb: &str| matches!(verb, "include" | "comprise" | "involve" | "entail" | "cover" | "range");
        let by_verb = sight.clauses.iter().find(|c| {
            c.verb.is_some_and(|v| lists(&sight.verbs[v].lemma) && !sight.verbs[v].passive)
                && c.args.iter().any(|(p, n)| p.is_none() && (*n == noun || *n == leader))
        });
        let by_word = (0..sight.scene.nouns.len()).find(|n| {
            let behind = |(p, m): &(usize, usize)| sight.low(*p) == "including" && (*m == noun || *m == leader);
            *n != noun && sight.noun(*n).behind.iter().any(behind)
        });
        let Some(whole) = by_verb.and_then(|c| c.subject).or(by_word) else { return };
        let between = sight.noun(whole).behind.iter().find(|(p, _)| sight.low(*p) == "between").map(|(_, n)| *n);
        if let Some(both) = between {
            self.between(sight, both, roles);
            self.giver_of_two(know_how, roles);
        }
    }

    /// `cooperation between A and B`: both; which gives is not said. Know-how comes from who has it, anything else from the first.
    pub(super) fn giver_of_two(&self, know_how: bool, roles: &mut Roles) {
        let rank = |list: &[Who]| list.iter().find_map(|w| MAKERS.iter().position(|m| w.countries.first().is_some_and(|c| c.code() == *m)));
        let (first, second) = (rank(&roles.givers), rank(&roles.receivers));
        let turned = second.is_some_and(|s| first.is_none_or(|f| s < f));
        if know_how && turned {
            std::mem::swap(&mut roles.givers, &mut roles.receivers);
        }
        // The words do not say which of the two gives.
        roles.givers.iter_mut().chain(&mut roles.receivers).for_each(|who| who.inferred = true);
    }

    /// `sent flour in return for shells`: the shells go back.
    pub(super) fn returned(&mut self, sight: &Sight<'_>, out: &mut Vec<Event>) {
        paid_back(sight, out);
        let tokens = sight.scene.tokens.len();
        let Some(behind) = (1..tokens).find(|t| sight.low(*t) == "for" && is_return(sight, *t)).map(|t| t + 1) else { return };
        let noun = (0..sight.scene.nouns.len()).find(|n| (behind..behind + 3).contains(&sight.noun(*n).first));
        // `in return for sending shells` tells its own act.
        let own = |n: &usize| (behind..sight.noun(*n).head).any(|t| sight.verbs.iter().any(|v| v.head == t));
        let Some(noun) = noun.filter(|n| !own(n) && !sight.noun(*n).pronoun) else { return };
        let things: Vec<_> = super::joined(sight, noun)
            .into_iter()
            .filter_map(|n| self.thing(sight, n))
            .filter(|t| t.sort == Sort::Goods && !t.generic && !matches!(t.category.as_str(), "other" | "service"))
            .collect();
        if things.is_empty() {
            return;
        }
        let at = sight.scene.tokens.get(behind).map_or(0, |t| t.start);
        let told = |e: &Event| e.things.iter().any(|t| things.iter().any(|u| u.span == t.span));
        let before = |e: &&mut Event| e.trigger < at && located(&e.givers) && located(&e.receivers) && e.things.iter().any(|t| !t.generic);
        let Some(first) = out.iter_mut().rev().find(before) else { return };
        // What goes back is no part of what went.
        if first.things.iter().any(|t| things.iter().all(|u| u.span != t.span)) {
            first.things.retain(|t| things.iter().all(|u| u.span != t.span));
        }
        // `in exchange for nine tons of gold`: gold and money pay.
        let pays = |t: &crate::what::Thing| t.sort == Sort::Money || t.words.to_lowercase().split(' ').any(|w| w == "gold");
        let back = Event {
            trigger: at,
            kind: if things.iter().all(pays) { ActKind::Payment } else { ActKind::Supply },
            givers: first.receivers.clone(),
            receivers: first.givers.clone(),
            carriers: Vec::new(),
            via: Vec::new(),
            value: None,
            when: None,
            purpose: None,
            noun: true,
            span: (things[0].span.0, things[things.len() - 1].span.1),
            things: things.clone(),
            ..first.clone()
        };
        if !out.iter().any(|e| told(e) && (located(&e.givers) || located(&e.receivers))) {
            out.push(back);
        }
    }
}

/// `received food in return for sending shells to Russia`: who gets the one gives the other.
fn paid_back(sight: &Sight<'_>, out: &mut [Event]) {
    let bound = |e: &Event| {
        let clause = sight.clauses.get(e.clause)?;
        let Link::Gerund(Some(token)) = clause.link else { return None };
        (sight.low(token) == "for" && is_return(sight, token)).then_some(clause.parent?)
    };
    let Some((outer, back)) = out.iter().find_map(|e| Some((bound(e)?, e.clone()))) else { return };
    let first = out.iter_mut().find(|e| e.clause == outer && !e.noun);
    let Some(first) = first.filter(|e| e.givers.is_empty() && located(&e.receivers) && located(&back.receivers)) else { return };
    if back.givers.iter().any(|g| first.receivers.iter().any(|r| r.may_be(g))) {
        first.givers = back.receivers;
    }
}

/// Whether somebody is helped with this work.
pub(super) fn is_helped(sight: &Sight<'_>, at: usize) -> bool {
    let works = sight.clauses[at].verb.is_some_and(|v| WORKS_ON.contains(sight.verbs[v].lemma.as_str()));
    works && help(sight, at).is_some()
}

/// `was sent to Poland and forced to work`, `sent them abroad to earn money`: who is sent or goes for his work, and whether it is somebody.
pub(super) fn sent_to_work(sight: &Sight<'_>, at: usize) -> Option<usize> {
    let verb = sight.clauses[at].verb.map(|v| &sight.verbs[v])?;
    let sends = matches!(verb.lemma.as_str(), "send" | "dispatch" | "bring" | "take" | "transport" | "fly" | "ship" | "deploy" | "move");
    // `300 women arrived in Hunchun to work in two plants`: those who go there by themselves.
    let goes = matches!(verb.lemma.as_str(), "arrive" | "come" | "go" | "travel" | "fly" | "move" | "leave" | "head") && !verb.passive;
    let goes = goes && !sight.clauses[at].args.iter().any(|(p, _)| p.is_none() && verb.lemma != "leave");
    let sends = sends || goes;
    let object = if verb.passive || goes {
        sight.clauses[at].subject
    } else {
        sight.clauses[at].args.iter().find(|(p, _)| p.is_none()).map(|a| a.1)
    };
    // `sent troops to work with the army` is another matter, and goods do not work.
    let person = |n: &usize| {
        let low = sight.low(sight.noun(*n).head);
        sight.noun(*n).pronoun && matches!(low, "he" | "she" | "they" | "him" | "her" | "them" | "who")
            || matches!(
                low.strip_suffix('s').unwrap_or(low),
                "man" | "men" | "woman" | "women" | "people" | "citizen" | "national" | "plaintiff" | "defector" | "girl" | "welder"
            )
    };
    let works = |t: usize| sight.low(t) == "to" && matches!(sight.low(t + 1), "work" | "labour" | "labor" | "toil" | "earn");
    object.filter(|n| sends && person(n) && (verb.end..sight.scene.tokens.len()).any(works))
}

/// Whether a sentence tells what comes back: `is seeking jets in return`.
pub(crate) fn in_return(sight: &Sight<'_>) -> bool {
    let bare = |t: usize| !matches!(sight.low(t + 2), "for" | "to");
    (0..sight.scene.tokens.len()).any(|t| sight.low(t) == "in" && matches!(sight.low(t + 1), "return" | "exchange" | "response") && bare(t))
}

/// `in return for`, `in exchange for`, `as payment for`; `is bartering oil for shells`, `pays for them with oil`.
fn is_return(sight: &Sight<'_>, token: usize) -> bool {
    let before = |n: usize| token.checked_sub(n).map_or("", |t| sight.low(t));
    let barters = |c: &crate::clause::Clause| {
        let object = c.args.iter().any(|(p, _)| p.is_none());
        let with = c.args.iter().any(|(p, _)| p.is_some_and(|t| sight.low(t) == "with"));
        let gives = |v: &crate::phrase::VerbGroup| match v.lemma.as_str() {
            "swap" | "barter" | "trade" | "exchange" => object,
            "pay" => with,
            _ => false,
        };
        c.args.iter().any(|(p, _)| *p == Some(token)) && c.verb.map(|v| &sight.verbs[v]).is_some_and(|v| !v.passive && gives(v))
    };
    if sight.clauses.iter().any(barters) {
        return true;
    }
    matches!(
        (before(2), before(1)),
        ("in", "return" | "exchange" | "payment" | "barter" | "trade") | ("as", "payment" | "compensation") | (_, "swapped" | "bartered")
    )
}

/// Who helps whom by what this clause tells.
fn help(sight: &Sight<'_>, at: usize) -> Option<Help> {
    let clause = &sight.clauses[at];
    let inner = match clause.link {
        Link::Infinitive(_) => true,
        Link::Gerund(Some(token)) => matches!(sight.low(token), "in" | "with" | "by"),
        _ => false,
    };
    let outer = sight.clauses.get(clause.parent.filter(|_| inner)?)?;
    let verb = &sight.verbs[outer.verb?];
    let first = sight.verbs[clause.verb?].first;
    // `promised to help the North build satellites`; but `to help the North, it sent flour` tells what the flour was for.
    let wills = |c: usize| {
        sight.clauses[c].verb.is_some_and(|v| {
            matches!(
                sight.verbs[v].lemma.as_str(),
                "promise" | "agree" | "pledge" | "offer" | "plan" | "vow" | "intend" | "continue" | "decide" | "refuse" | "begin" | "start"
            )
        })
    };
    let purpose = verb.form == Form::Infinitive && !outer.parent.is_some_and(wills);
    if !matches!(verb.lemma.as_str(), "help" | "assist" | "aid" | "support") || verb.passive || purpose {
        return None;
    }
    let helped = outer.args.iter().find(|(p, n)| p.is_none() && sight.noun(*n).end <= first).map(|(_, n)| *n)?;
    Some(Help { helper: outer.subject?, helped })
}
