//! Of whom something is asked, and whether it is to be done about an act: a call for caution, for votes or for peace is no word about one.

use crate::clause::Link;
use crate::event::{Eye, Sight};
use crate::groups::{ASKED_FOR, POINTS_BACK, REMEDIES};
use crate::who::Who;

/// What a demand asks, and of whom.
#[derive(Clone, Debug, Default)]
pub(crate) struct Demand {
    /// Who is to do it.
    pub of: Vec<Who>,
    /// It is what people ask for because of an act: to stop, to explain, to punish, to give back.
    pub remedy: bool,
}

/// What the clause of a verb of asking, or what is said to be a duty in it, asks.
pub(super) fn demand(eye: &mut Eye<'_>, sight: &Sight<'_>, at: usize) -> Demand {
    let clause = &sight.clauses[at];
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |x| x.low.as_str());
    let to_whom = |p: Option<usize>| p.is_none_or(|p| matches!(low(p), "on" | "upon" | "to" | "from" | "with" | "of"));
    let inner = |c: &usize| {
        let link = &sight.clauses[*c].link;
        sight.clauses[*c].parent == Some(at) && matches!(link, Link::Content(_) | Link::Infinitive(_) | Link::Gerund(_) | Link::Main)
    };
    let ought = |c: &usize| {
        let verb = sight.clauses[*c].verb.map(|v| &sight.verbs[v]);
        verb.is_some_and(|v| matches!(v.modal.as_deref(), Some("should" | "must" | "ought")) || matches!(v.lemma.as_str(), "need" | "have"))
    };
    let done: Vec<usize> = (0..sight.clauses.len()).filter(|c| *c != at && (inner(c) || ought(c))).collect();
    let objects = clause.args.iter().filter(|(p, _)| to_whom(*p)).map(|(_, n)| *n);
    // `warned against seeing it so`: the one who speaks is asked nothing.
    let doers = done.iter().filter_map(|c| sight.clauses[*c].subject).filter(|s| Some(*s) != clause.subject);
    let asked: Vec<usize> = objects.chain(doers).collect();
    let wanted = clause.args.iter().any(|(_, n)| ASKED_FOR.contains(low(sight.scene.nouns[*n].head).trim_end_matches('s')));
    // `must not help Moscow`: to leave off is a remedy too.
    let remedy = |c: &usize| {
        let verb = sight.clauses[*c].verb.map(|v| &sight.verbs[v]);
        verb.is_some_and(|v| REMEDIES.contains(v.lemma.as_str()) || (v.negated && !v.passive && v.modal.as_deref() == Some("must")))
    };
    // `such sales should go through the State's own company`: how the act ought to be done.
    let of_act = |c: &usize| {
        let act = sight.clauses[*c].subject.map(|s| low(sight.scene.nouns[s].head));
        ought(c) && act.is_some_and(|a| a.len() > 4 && POINTS_BACK.contains(a))
    };
    let mut of = Vec::new();
    for noun in asked {
        let named = eye.group(sight, noun);
        // `that Ankara hold the ship`: a verb without its ending is easily taken for the noun.
        of.extend(if named.is_empty() { eye.finder.nationality(&sight.scene, noun).into_iter().collect() } else { named });
    }
    Demand { remedy: wanted || done.iter().any(remedy) || done.iter().any(of_act), of }
}
