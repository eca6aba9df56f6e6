//! What a speaker does by speaking: reports, asserts a breach, denies, condemns, confirms, demands.

use super::hollow::{finds_fault, never_breaks, of_others, owes};
use super::takes_part;
use crate::clause::Link;
use crate::event::{Event, Sight};
use crate::groups::{BREAKS, FORBIDDING, LEAVE, POINTS_BACK, QUOTES, RULEBOOKS, WITHHELD};
use crate::lexicon::{Saying, Stance};
use crate::who::Who;

pub(super) fn stance(
    sight: &Sight<'_>,
    saying: Saying,
    negated: bool,
    at: usize,
    about: &[usize],
    events: &[Event],
    speakers: &[Who],
) -> Stance {
    if saying.stance == Stance::Denies && negated {
        return Stance::Reports;
    }
    if saying.stance != Stance::Reports && saying.stance != Stance::Confirms {
        return saying.stance;
    }
    // Whoever pleads guilty or admits something owns up to it, however it is called.
    let own_verb = sight.clauses[at].verb.map_or("", |v| sight.verbs[v].lemma.as_str());
    if saying.stance == Stance::Confirms && matches!(own_verb, "plead" | "admit" | "confess" | "acknowledge") {
        return Stance::Confirms;
    }
    // What only describes the statement (`a statement carried by the agency`) is not what is said.
    let mut content: Vec<usize> = descendants(sight, at);
    // `…, adding that they should leave`: that is said by another word.
    let beside = says_beside(sight, at);
    content.retain(|c| !beside.contains(c));
    if content.iter().all(|c| matches!(sight.clauses[*c].link, Link::Participle | Link::Relative(..))) {
        content.clear();
    }
    // `“We have sent nothing,” the envoy said`: what is said stands before.
    let inverted = sight.clauses[at].subject.is_none()
        || sight.clauses[at].verb.is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "tell" | "inform"));
    if content.is_empty() && (inverted || sight.clauses[at].args.iter().all(|(p, _)| p.is_some())) {
        content = (0..sight.clauses.len()).filter(|c| *c != at && !beside.contains(c)).collect();
    }
    let verbs = || content.iter().filter_map(|c| sight.clauses[*c].verb).map(|v| &sight.verbs[v]);
    let own_party = |e: usize| speakers.iter().any(|s| takes_part(s, &events[e]));
    // `said that it had never supplied arms`.
    let own_state = |e: usize| {
        let event = &events[e];
        let shares = |w: &Who| w.countries.len() == 1 && speakers.iter().any(|s| !s.media && s.countries == w.countries);
        event.givers.iter().chain(&event.receivers).any(shares)
    };
    // `did not say who was aboard`: what is not told is not denied.
    let unsaid = |v: &crate::phrase::VerbGroup| {
        matches!(
            v.lemma.as_str(),
            "say"
                | "tell"
                | "comment"
                | "name"
                | "identify"
                | "specify"
                | "elaborate"
                | "disclose"
                | "reveal"
                | "explain"
                | "give"
                | "know"
        )
    };
    // `did not provide details`.
    let no_details = |v: &crate::phrase::VerbGroup| {
        let behind = sight.scene.tokens.get(v.end..).unwrap_or(&[]).iter().take(3);
        matches!(v.lemma.as_str(), "provide" | "offer" | "release" | "share" | "make" | "have" | "add")
            && behind.into_iter().any(|t| WITHHELD.contains(t.low.as_str()))
    };
    // `oil that could not be lawfully sold`: what ought not to be is not said not to be.
    let ought_not =
        |v: &crate::phrase::VerbGroup| !v.perfect && matches!(v.modal.as_deref(), Some("could" | "can" | "may" | "should" | "must"));
    let negates = |v: &crate::phrase::VerbGroup| {
        v.negated
            && !no_details(v)
            && !ought_not(v)
            && (!unsaid(v) || about.iter().any(|e| sight.scene.tokens[v.head].start == events[*e].trigger))
    };
    if verbs().any(negates) && about.iter().any(|e| own_party(*e) || own_state(*e)) {
        return Stance::Denies;
    }
    // `told prosecutors that he did not know where the oil was bound for`, `said he was unaware of it`: who took part washes his hands of it.
    let own_subject = |c: &usize| {
        let head = sight.clauses[*c].subject.map(|s| sight.scene.tokens[sight.scene.nouns[s].head].low.as_str());
        head.is_some_and(|low| matches!(low, "he" | "she" | "it" | "they" | "i" | "we"))
    };
    let unaware = |c: &usize| {
        let verb = sight.clauses[*c].verb.map(|v| &sight.verbs[v]);
        verb.is_some_and(|v| {
            // `did not know if they had arrived`: of what is to be told, and not of what he did.
            let open = sight.scene.tokens.get(v.end).is_some_and(|t| matches!(t.low.as_str(), "if" | "whether" | "yet"));
            let knows = matches!(v.lemma.as_str(), "know" | "realise" | "realize" | "intend") && v.negated && v.modal.is_none() && !open;
            knows || (v.lemma == "be" && sight.scene.tokens.get(v.end).is_some_and(|t| t.low == "unaware"))
        })
    };
    let person = |s: &Who| !s.media && !super::enforces(s) && s.kind != Some(model::PartyType::Government);
    if speakers.iter().any(person) && content.iter().any(|c| own_subject(c) && unaware(c)) {
        return Stance::Denies;
    }
    // `Kyiv claimed that the shells came from them`: one State that claims an act of others blames them.
    let blames = sight.clauses[at].verb.is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "claim" | "allege" | "contend" | "charge"));
    let of_state = speakers
        .iter()
        .any(|s| !s.media && s.countries.len() == 1 && (s.kind == Some(model::PartyType::Government) || super::is_office(s)));
    // `has told the sanctions committee that a tanker passed fuel`: who brings it there calls it a breach.
    let lemma = sight.clauses[at].verb.map_or("", |v| sight.verbs[v].lemma.as_str());
    let end = sight.clauses[at].verb.map_or(0, |v| sight.verbs[v].end);
    let behind = sight.scene.tokens.get(end..(end + 7).min(sight.scene.tokens.len())).unwrap_or(&[]);
    let committee = behind.windows(2).any(|w| w[0].low == "sanctions" && w[1].low == "committee");
    let brings = committee && matches!(lemma, "tell" | "inform" | "notify" | "report" | "complain" | "write");
    if brings && !about.is_empty() && about.iter().all(|e| !own_party(*e) && !own_state(*e)) {
        return Stance::AssertsViolation;
    }
    if blames && of_state && !events.is_empty() && about.iter().all(|e| !own_party(*e) && !own_state(*e)) {
        return Stance::AssertsViolation;
    }
    // `said no such cargo had been landed`.
    let none_of_it = content.iter().filter_map(|c| sight.clauses[*c].subject).any(|s| {
        let det = sight.scene.nouns[s].det.and_then(|d| sight.scene.tokens.get(d));
        det.is_some_and(|t| t.low == "no") && sight.scene.tokens.get(sight.scene.nouns[s].first).is_some_and(|t| t.low == "such")
    });
    // `said that no licence for exports had been granted`, by the State that is blamed.
    let nothing = content.iter().filter_map(|c| sight.clauses[*c].subject).any(|s| {
        let phrase = &sight.scene.nouns[s];
        let no = phrase.det.and_then(|d| sight.scene.tokens.get(d)).is_some_and(|t| t.low == "no");
        let low = sight.scene.tokens.get(phrase.head).map_or("", |t| t.low.as_str());
        no && matches!(
            low.trim_end_matches('s'),
            "licence"
                | "license"
                | "permit"
                | "shipment"
                | "export"
                | "delivery"
                | "deliverie"
                | "weapon"
                | "arm"
                | "sale"
                | "transfer"
                | "cargo"
                | "worker"
        )
    });
    if none_of_it || (nothing && speakers.iter().any(|s| !s.media && s.countries.len() == 1)) {
        return Stance::Denies;
    }
    // `“We have sent nothing,” he said`, `said Moscow had not violated the sanctions`.
    let ours = sight.scene.tokens.iter().any(|t| matches!(t.low.as_str(), "we" | "our"));
    // `our buyer signed that they would not leave`: of what is to come.
    let will = |v: &crate::phrase::VerbGroup| matches!(v.modal.as_deref(), Some("will" | "would"));
    let never = |c: &usize| {
        let clause = &sight.clauses[*c];
        clause.verb.is_some_and(|v| BREAKS.contains(&sight.verbs[v].lemma)) && never_breaks(sight, clause)
    };
    if content.iter().any(never) || verbs().any(|v| v.negated && (BREAKS.contains(&v.lemma) || (ours && !will(v) && !about.is_empty()))) {
        return Stance::Denies;
    }
    // `has said it complies with the sanctions`.
    let complies = content.iter().any(|c| {
        let clause = &sight.clauses[*c];
        let kept = clause.verb.is_some_and(|v| {
            !sight.verbs[v].negated
                && matches!(
                    sight.verbs[v].lemma.as_str(),
                    "comply"
                        | "abide"
                        | "adhere"
                        | "observe"
                        | "uphold"
                        | "respect"
                        | "implement"
                        | "obey"
                        | "enforce"
                        | "fulfil"
                        | "fulfill"
                )
        });
        // `in talks to implement the sanctions`: an aim.
        kept && !matches!(clause.link, Link::Infinitive(_))
            && !sight.verbs[clause.verb.unwrap_or(0)].modal.as_deref().is_some_and(|m| matches!(m, "should" | "must"))
    });
    let own_words =
        sight.clauses[at].verb.is_some_and(|v| !sight.verbs[v].passive) && speakers.iter().any(|s| s.countries.len() == 1 && !s.media);
    if complies && own_words && matches!(saying.stance, Stance::Reports) && super::topical(sight) {
        return Stance::Denies;
    }
    // `says it gives no military aid to any group`.
    let gives_none = content.iter().any(|c| {
        let no = |n: usize| sight.scene.nouns[n].det.and_then(|d| sight.scene.tokens.get(d)).is_some_and(|t| t.low == "no");
        // `leaving no traces of payment`: beside what is said to be done.
        if matches!(sight.clauses[*c].link, Link::Participle) {
            return false;
        }
        sight.clauses[*c].args.iter().any(|(p, n)| p.is_none() && no(*n))
    });
    if gives_none && about.iter().any(|e| own_party(*e) || own_state(*e)) {
        return Stance::Denies;
    }
    // `There are no such workers`, said by one who is meant.
    let none = sight
        .scene
        .tokens
        .windows(3)
        .any(|w| w[0].low == "there" && matches!(w[1].low.as_str(), "are" | "is" | "were" | "was") && w[2].low == "no");
    let named_here = |s: &Who| sight.scene.tokens.iter().any(|t| t.capital && s.countries.len() == 1 && home_of(&t.low, s));
    if none && speakers.iter().any(|s| !s.media && named_here(s)) && about.is_empty() {
        return Stance::Denies;
    }
    // `a report telling of a sale a hoax`: not the report calls it so.
    if calls_untrue(sight, at) && (speakers.is_empty() || !speakers.iter().all(|s| s.media)) {
        return Stance::Denies;
    }
    let lemma = sight.clauses[at].verb.map_or("", |v| sight.verbs[v].lemma.as_str());
    let against = |t: usize| sight.scene.tokens.get(t).is_some_and(|t| t.low == "against");
    let warns = lemma == "warn"
        && sight.clauses.iter().any(|c| {
            c.parent == Some(at) && (matches!(c.link, Link::Infinitive(_)) || matches!(c.link, Link::Gerund(Some(t)) if against(t)))
        });
    let needs_to =
        sight.scene.tokens.windows(2).any(|w| w[1].low == "to" && matches!(w[0].low.as_str(), "needs" | "need" | "has" | "had" | "have"))
            && content
                .iter()
                .map(|c| &sight.clauses[*c])
                .any(|c| of_others(sight, c) && c.verb.is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "need" | "have")));
    let ought = |c: &usize| {
        let verb = sight.clauses[*c].verb.map(|v| &sight.verbs[v]);
        verb.is_some_and(|v| matches!(v.modal.as_deref(), Some("should" | "must" | "ought")) && v.lemma != "know")
    };
    if warns || needs_to || content.iter().any(|c| ought(c) && of_others(sight, &sight.clauses[*c])) {
        return Stance::Demands;
    }
    // `the court convicted him of breaching the sanctions`.
    let court_finds = !speakers.is_empty() && speakers.iter().all(super::is_court);
    if court_finds && verbs().any(|v| !v.negated && BREAKS.contains(&v.lemma)) {
        return Stance::AssertsViolation;
    }
    if saying.stance == Stance::Confirms && about.iter().any(|e| own_party(*e)) {
        return Stance::Confirms;
    }
    // `the inquiry confirmed that there was no help from inside`: that is not the act.
    if saying.stance == Stance::Confirms && none {
        return Stance::Reports;
    }
    // Words of breach near the act: `unlawful air strikes` further on are another matter.
    let (low, high) = about.iter().fold((usize::MAX, 0), |(l, h), e| (l.min(events[*e].span.0), h.max(events[*e].span.1)));
    let near = |t: &crate::token::Token<'_>| about.is_empty() || (t.start + 80 >= low && t.start <= high + 90);
    // `experts who watch violations said`: what describes the speaker is not what is said.
    let of_speaker = |t: &crate::token::Token<'_>| {
        let head = sight.clauses[at].verb.map(|v| sight.verbs[v].head).and_then(|h| sight.scene.tokens.get(h)).map_or(0, |t| t.start);
        let subject = sight.clauses[at].subject.map(|s| sight.scene.nouns[s].first).and_then(|f| sight.scene.tokens.get(f));
        subject.is_some_and(|s| s.start <= t.start && t.start < head)
    };
    let breach = (0..sight.scene.tokens.len())
        .any(|t| super::calls_a_breach(sight, t) && near(&sight.scene.tokens[t]) && !of_speaker(&sight.scene.tokens[t]));
    // `…, in potential violation of the embargo, they say`: wherever it stands.
    let in_breach = (0..sight.scene.tokens.len()).any(|i| {
        let low = |i: usize| sight.scene.tokens.get(i).map_or("", |t| t.low.as_str());
        low(i) == "in"
            && (i + 1..i + 4).any(|j| matches!(low(j), "violation" | "breach" | "defiance" | "contravention") && low(j + 1) == "of")
    });
    // `transfers banned under the resolutions`.
    let banned = (0..sight.scene.tokens.len()).any(|i| {
        let low = |i: usize| sight.scene.tokens.get(i).map_or("", |t| t.low.as_str());
        matches!(low(i), "banned" | "prohibited" | "forbidden" | "barred" | "outlawed")
            && matches!(low(i + 1), "under" | "by")
            && (i + 2..i + 8).any(|j| matches!(low(j), "sanctions" | "resolution" | "resolutions" | "embargo"))
    });
    // `sends weapons in violation of the resolutions`, `the transfers breach an embargo`: wherever it stands, whatever is sent.
    let of_rules = (0..sight.scene.tokens.len()).any(|i| {
        let low = |i: usize| sight.scene.tokens.get(i).map_or("", |t| t.low.as_str());
        let noun =
            matches!(low(i), "violation" | "breach" | "defiance" | "contravention") && matches!(low(i + 1), "of" | "a" | "the" | "an");
        let breaks =
            matches!(low(i), "breach" | "breaches" | "breached" | "violate" | "violates" | "violated" | "contravene" | "contravenes");
        // `these sales may be unlawful`.
        let unlawful = matches!(low(i), "illegal" | "unlawful" | "illegitimate")
            && (i.saturating_sub(3)..i).any(|j| matches!(low(j), "is" | "are" | "was" | "were" | "be"))
            && (0..i).any(|j| matches!(low(j), "this" | "these" | "the" | "such") && POINTS_BACK.contains(low(j + 1)));
        unlawful && super::calls_a_breach(sight, i)
            || (noun || breaks)
                && super::calls_a_breach(sight, i)
                && near(&sight.scene.tokens[i])
                && !of_speaker(&sight.scene.tokens[i])
                && (i + 1..i + 14).any(|j| RULEBOOKS.contains(low(j)) || low(j) == "decisions")
    });
    // `despite United Nations bans`.
    let in_spite = (0..sight.scene.tokens.len()).any(|i| {
        let low = |i: usize| sight.scene.tokens.get(i).map_or("", |t| t.low.as_str());
        low(i) == "despite"
            && (i + 1..i + 7).take_while(|j| !matches!(low(*j), "," | "that")).any(|j| {
                matches!(low(j), "sanctions" | "embargo" | "embargoes" | "ban" | "bans" | "prohibition" | "resolution" | "resolutions")
            })
    });
    // `had taken in more than the limit`, `oil above the cap`.
    let over_limit = (0..sight.scene.tokens.len()).any(|i| {
        let low = |i: usize| sight.scene.tokens.get(i).map_or("", |t| t.low.as_str());
        let limit = |j: usize| matches!(low(j), "limit" | "cap" | "quota" | "ceiling");
        let over = matches!(low(i), "above" | "over" | "beyond" | "exceeding") || (low(i) == "than" && low(i.saturating_sub(1)) == "more");
        over && low(i + 1) == "the" && (i + 2..i + 5).any(limit)
    });
    // `without the consent of the capital`, `without a licence`.
    let unallowed = (0..sight.scene.tokens.len()).any(|i| {
        let low = |i: usize| sight.scene.tokens.get(i).map_or("", |t| t.low.as_str());
        low(i) == "without" && (i + 1..i + 4).any(|j| LEAVE.contains(low(j)))
    });
    let in_breach = in_breach || banned || in_spite || over_limit || unallowed;
    // By one who takes no part in it.
    let outsider = !speakers.is_empty() && !speakers.iter().any(|s| s.media) && !about.iter().any(|e| own_party(*e) || own_state(*e));
    // What a court found, the speaker only passes on.
    let court =
        sight.scene.tokens.iter().any(|t| matches!(t.low.as_str(), "sentenced" | "convicted" | "conviction" | "pleaded" | "jailed"));
    // `said the three had violated the embargo`: a breach is asserted, whatever act it is.
    let rule = |at: &usize| {
        let clause = &sight.clauses[*at];
        let head = |n: &usize| sight.scene.tokens.get(sight.scene.nouns[*n].head).map_or("", |t| t.low.as_str());
        let rules = ["sanctions", "embargo", "resolution", "resolutions", "ban", "limit", "rules", "restrictions", "cap", "law"];
        let breaks = clause.verb.is_some_and(|v| {
            !sight.verbs[v].negated
                && matches!(sight.verbs[v].lemma.as_str(), "break" | "bust" | "exceed" | "ignore" | "blow" | "skirt" | "dodge")
        });
        let none = |n: &usize| sight.scene.nouns[*n].det.and_then(|d| sight.scene.tokens.get(d)).is_some_and(|t| t.low == "no");
        breaks && clause.args.iter().any(|(_, n)| rules.contains(&head(n)) && !none(n))
    };
    // `said it is imposing sanctions on the firms`.
    let punishes = content.iter().any(|c| {
        let own = sight.clauses[*c].subject.is_some_and(|s| sight.scene.nouns[s].pronoun);
        own && sight.clauses[*c]
            .verb
            .map(|v| &sight.verbs[v])
            .is_some_and(|v| matches!(v.lemma.as_str(), "impose" | "sanction" | "blacklist" | "designate") && !v.passive && !v.negated)
    });
    let punishes = punishes && sight.scene.tokens.iter().any(|t| t.low == "sanctions") && !about.is_empty();
    // `violated his country's sovereignty`: no rule about what is given.
    let other = |v: &crate::phrase::VerbGroup| {
        let behind = sight.scene.tokens.get(v.end..).unwrap_or(&[]).iter().take(7);
        behind.into_iter().any(|t| {
            matches!(
                t.low.as_str(),
                "sovereignty" | "rights" | "airspace" | "ceasefire" | "truce" | "privacy" | "territory" | "dignity" | "border" | "waters"
            )
        })
    };
    let breaks = |v: &crate::phrase::VerbGroup| !v.negated && BREAKS.contains(&v.lemma) && !super::spared(sight, v.head) && !other(v);
    let broken = punishes || verbs().any(breaks) || (0..sight.clauses.len()).filter(|c| *c != at).any(|c| rule(&c));
    let media = !speakers.is_empty() && speakers.iter().all(|s| s.media && s.kind.is_some());
    let busting =
        sight.scene.tokens.iter().any(|t| matches!(t.low.as_str(), "sanctions-busting" | "sanctions-evading" | "sanctions-breaking"));
    // A paper that says in its own words that somebody breaks the rules accuses him.
    let outright = broken && content.iter().any(|c| sight.clauses[*c].verb.is_some_and(|v| breaks(&sight.verbs[v])));
    if (broken
        || busting
        || of_rules
        || (outsider && forbids(sight, content.iter().copied()))
        || ((breach || in_breach) && !about.is_empty()))
        && (!media || outright)
        && !court
    {
        return Stance::AssertsViolation;
    }
    // `“It is a display of impunity,” she said`.
    let judged = owes(sight) || (0..sight.scene.tokens.len()).any(|t| finds_fault(sight, t) && !of_speaker(&sight.scene.tokens[t]));
    let finite = sight.clauses[at].verb.is_some_and(|v| sight.verbs[v].form == crate::phrase::Form::Finite);
    if judged && finite && saying.stance == Stance::Reports && !media && !about.iter().any(|e| own_party(*e)) {
        return Stance::Condemns;
    }
    saying.stance
}

/// `“The sanctions include luxury goods,” she said`: what the rules say of an act.
pub(super) fn forbids(sight: &Sight<'_>, clauses: impl IntoIterator<Item = usize>) -> bool {
    let head = |n: usize| sight.scene.tokens.get(sight.scene.nouns[n].head).map_or("", |t| t.low.as_str());
    clauses.into_iter().map(|c| &sight.clauses[c]).any(|clause| {
        let rule = clause.subject.is_some_and(|s| RULEBOOKS.contains(head(s)));
        let verb = clause.verb.map(|v| &sight.verbs[v]);
        rule && verb.is_some_and(|v| !v.negated && !v.passive && v.modal.is_none() && FORBIDDING.contains(&v.lemma))
    })
}

/// Whether a word stands in the name of a speaker, such as the State of a ministry.
fn home_of(low: &str, who: &Who) -> bool {
    who.name
        .split_whitespace()
        .map(crate::token::lower)
        .any(|w| w.len() > 3 && low.len() > 3 && (w.starts_with(low) || low.starts_with(&w)))
}

/// Whether a word that calls something untrue stands nearer to this verb than to the others of the sentence.
pub(super) fn calls_untrue(sight: &Sight<'_>, at: usize) -> bool {
    let head = |c: usize| sight.clauses[c].verb.map(|v| sight.verbs[v].head);
    let Some(own) = head(at) else { return false };
    let said = |c: &usize| {
        sight.clauses[*c]
            .verb
            .is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "say" | "tell" | "claim" | "publish" | "report" | "allege"))
    };
    // `under false documents`: papers are false, not what is said.
    let before_noun = |t: usize| {
        let next = sight.scene.tags.get(t + 1) == Some(&crate::tag::Tag::Noun);
        next && !sight.scene.tokens.get(t + 1).is_some_and(|n| POINTS_BACK.contains(n.low.as_str()))
    };
    let untrue = |t: &usize| crate::status::is_untrue(&sight.scene.tokens[*t].low) && !before_noun(*t);
    (0..sight.scene.tokens.len()).filter(untrue).any(|t| {
        (0..sight.clauses.len()).filter(|c| *c != at && said(c)).filter_map(head).all(|other| own.abs_diff(t) <= other.abs_diff(t))
    })
}

/// `…, emphasising that it should be returned`: the clauses of what is said by a participle behind the word of saying.
fn says_beside(sight: &Sight<'_>, at: usize) -> Vec<usize> {
    let saying = |c: &usize| {
        let clause = &sight.clauses[*c];
        let says = clause.verb.is_some_and(|v| QUOTES.contains(sight.verbs[v].lemma.as_str()));
        clause.parent == Some(at) && clause.link == Link::Participle && says
    };
    (0..sight.clauses.len()).filter(saying).flat_map(|c| descendants(sight, c).into_iter().chain([c])).collect()
}

fn descendants(sight: &Sight<'_>, at: usize) -> Vec<usize> {
    let mut out = Vec::new();
    for c in 0..sight.clauses.len() {
        let mut up = sight.clauses[c].parent;
        for _ in 0..8 {
            match up {
                Some(p) if p == at => {
                    out.push(c);
                    break;
                }
                Some(p) => up = sight.clauses[p].parent,
                None => break,
            }
        }
    }
    out
}
