//! Who says so: attributions of acts to speakers, and what speakers do by speaking (deny, condemn, demand, confirm).

mod demand;
mod denial;
mod empty;
mod feeling;
mod headline;
mod hollow;
mod own;
mod pursuit;
mod quoted;
mod settle;
mod side;
mod source;
mod speaker;
mod stance;
mod whole;

use crate::clause::Link;
use crate::event::{Event, Eye, Sight};
use crate::groups::{
    ANGERING_EVENTS, ANYBODY, ASKED_FOR, BREACH, BREAKS, ENFORCERS, FINDS_OR_SHOWS, Group, JUDGES, LAW_ITSELF, LOOKERS_ON, ONLY_NEEDS,
    OTHER_BREACHES, PEACE, POINTS_BACK, PRAISES, RULEBOOKS, SPARES, SPEAKERS_TITLES,
};
use crate::lexicon::{Saying, Stance, Telling};
use crate::who::Who;
pub(crate) use demand::Demand;
use feeling::{expresses, feels, is_critical};
use pursuit::{eases, goes_after, over_what_was_told};
use quoted::{ends_quotation, first_person, for_the_office, goes_on};
pub(crate) use settle::{
    asks_for_himself, by_mouth, called_a_breach, denies_as_a_state, is_disputed, is_of_other_states, jointly, last_act_of, names,
    one_speaker, outspoken, owned_up, settle, speaks_of_others, told_before_by, without_retorts,
};
use side::{gives_in, is_counsel, is_of_the_house, speaks_of_goods, speaks_of_it, thanks_for_it};
use source::{by_noun, by_phrase, document};
use speaker::for_whom;
use stance::{calls_untrue, stance};
pub(crate) use whole::{Titles, by_their_names, speaks_for_another, tells_for_the_court, with_one_voice, without_sources};

/// One speaker's word about some acts.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub speakers: Vec<Who>,
    pub stance: Stance,
    /// How surely the word of saying tells what is said.
    pub telling: Telling,
    /// Indices of events of this sentence.
    pub about: Vec<usize>,
    /// Speaks of what was told before (`condemned the gift`, `denied the reports`).
    pub of_earlier: bool,
    /// The sentence speaks of sanctions or of a breach.
    pub topical: bool,
    /// The sentence speaks of evidence or calls something credible.
    pub evidence: bool,
    /// Its sentence speaks of an act, whether or not that is told in the end.
    pub acts: bool,
    /// What is demanded, where something is.
    pub demand: Demand,
    /// Who speaks by his name is told with the office that he holds: `Kremlin spokesman Peskov`.
    pub official: bool,
    /// He tells in the third person what he gave or got.
    pub own_act: bool,
    /// He only says that the rules are kept, and names nothing that was not done.
    pub keeps_rules: bool,
    /// The States of whom it is said, where a stance is taken.
    pub of_whom: Vec<model::Country>,
    /// What stands before his name: `State Department spokeswoman`.
    pub title: String,
    /// A phrase names him, and no verb: `according to a U.N. report`.
    pub cited: bool,
    /// What is told is still weighed or was called off: nobody owns up to it.
    pub open: bool,
    pub span: (usize, usize),
}

impl Word {
    /// What somebody says of the acts of a sentence, and nothing that is known of him or of it besides.
    pub(crate) fn said(speakers: Vec<Who>, stance: Stance, telling: Telling, about: Vec<usize>, span: (usize, usize)) -> Self {
        Self {
            speakers,
            stance,
            telling,
            acts: !about.is_empty(),
            about,
            of_earlier: false,
            topical: false,
            evidence: false,
            demand: Demand::default(),
            official: false,
            own_act: false,
            keeps_rules: false,
            of_whom: Vec::new(),
            title: String::new(),
            cited: false,
            open: false,
            span,
        }
    }
}

/// Whether a sentence speaks of evidence.
fn evidence(sight: &Sight<'_>) -> bool {
    sight.scene.tokens.iter().any(|t| matches!(t.low.as_str(), "evidence" | "credible" | "proof"))
}

/// Whether a sentence speaks of sanctions or of a breach.
fn topical(sight: &Sight<'_>) -> bool {
    let topic = [
        "sanctions",
        "sanction",
        "resolution",
        "resolutions",
        "embargo",
        "ban",
        "allegations",
        "accusations",
        "charges",
        "sanctioned",
        "lawful",
    ];
    let tokens = sight.scene.tokens;
    tokens.iter().any(|t| topic.contains(&t.low.as_str())) || (0..tokens.len()).any(|t| names_a_breach(sight, t))
}

/// Whether the word at a token calls something a breach: not `without violating`, `to prevent evasion`, `no breach`.
fn calls_a_breach(sight: &Sight<'_>, at: usize) -> bool {
    names_a_breach(sight, at) && !spared(sight, at)
}

/// Whether the word at a token names a breach of rules about what is given.
fn names_a_breach(sight: &Sight<'_>, at: usize) -> bool {
    let low = |t: Option<usize>| t.and_then(|t| sight.scene.tokens.get(t)).map_or("", |t| t.low.as_str());
    // `safety violations`, `an illegal war`: of other rules.
    let other = OTHER_BREACHES.contains(low(at.checked_sub(1))) || ANGERING_EVENTS.contains(low(Some(at + 1)));
    // `breaks German law`, `fell under the arms embargo`: by words that alone say less.
    let rules = |far: usize| (at + 1..at + 1 + far).any(|t| RULEBOOKS.contains(low(Some(t))));
    let breaks = matches!(low(Some(at)), "breaks" | "broke" | "broken") && rules(5);
    let under = matches!(low(Some(at)), "falls" | "fall" | "fell") && low(Some(at + 1)) == "under" && rules(5);
    (BREACH.contains(low(Some(at))) || breaks || under) && !other
}

/// Whether the words just before a word of breach say that there is none.
fn spared(sight: &Sight<'_>, at: usize) -> bool {
    // `those found to violate the resolutions`: whoever they may be.
    let anybody = ["those", "anyone", "anybody", "whoever"];
    let some = sight.scene.tokens.get(at.saturating_sub(4)..at).unwrap_or(&[]).iter().any(|t| anybody.contains(&t.low.as_str()));
    let before = sight.scene.tokens.get(at.saturating_sub(3)..at).unwrap_or(&[]);
    some || before.iter().any(|t| SPARES.contains(t.low.as_str()))
}

/// Whether what is denied or dismissed is no report and no charge: workers, a request, a visa.
fn denies_nothing(sight: &Sight<'_>, at: usize) -> bool {
    let clause = &sight.clauses[at];
    // `dismissed him`: he is no report.
    let person =
        |n: usize| matches!(sight.scene.tokens.get(sight.scene.nouns[n].head).map_or("", |t| t.low.as_str()), "him" | "her" | "me" | "us");
    let object = clause.args.iter().any(|(p, n)| p.is_none() && (!sight.scene.nouns[*n].pronoun || person(*n)));
    let inner = sight.clauses.iter().any(|c| c.parent == Some(at) && matches!(c.link, Link::Gerund(_) | Link::Content(_)));
    object && !inner && !points_back(sight, at) && !of_a_paper(sight, at)
}

/// `dismissed the study`, `rejected the report's findings`: what is denied is what it tells.
fn of_a_paper(sight: &Sight<'_>, at: usize) -> bool {
    let paper = |n: usize| {
        let phrase = &sight.scene.nouns[n];
        let head = sight.scene.tokens.get(phrase.head).map_or("", |t| t.low.as_str());
        phrase.det.is_some_and(|d| sight.scene.tokens.get(d).is_some_and(|t| matches!(t.low.as_str(), "the" | "this" | "that" | "these")))
            && matches!(head, "study" | "dossier" | "document" | "documents" | "footage" | "images" | "pictures" | "analysis" | "statement")
    };
    sight.clauses[at].args.iter().any(|(p, n)| p.is_none() && paper(*n))
}

/// Whether a verb tells that a rule is broken.
pub(crate) fn is_breach(lemma: &str) -> bool {
    BREAKS.contains(lemma)
}

/// Whether a past form of a verb tells that a rule was broken.
pub(crate) fn breaks(low: &str) -> bool {
    low.strip_suffix("ed").or(low.strip_suffix('d')).is_some_and(|stem| BREAKS.contains(stem) || BREAKS.contains(&format!("{stem}e")))
}

/// Whether a speaker is nobody in particular.
pub(crate) fn is_anybody(who: &Who) -> bool {
    let words: Vec<String> = who.name.split_whitespace().map(crate::token::lower).collect();
    // `the number of countries that flout it`: whichever they are.
    if matches!(words.as_slice(), [one] if matches!(one.as_str(), "countries" | "states" | "nations" | "governments")) {
        return true;
    }
    who.countries.is_empty() && words.last().is_some_and(|w| ANYBODY.contains(w.as_str())) && words.len() == 1
}

/// Whether these are people who look into such acts by trade, though nobody in particular: `diplomats said`.
pub(crate) fn are_people(who: &Who) -> bool {
    const PEOPLE: [&str; 7] = ["officials", "diplomats", "sources", "experts", "analysts", "investigators", "monitors"];
    PEOPLE.contains(&crate::token::lower(&who.name).as_str())
}

/// Whether a speaker bears arms: what a navy seized it reports, and leaves it to others to call it a breach.
pub(crate) fn is_armed(who: &Who) -> bool {
    const ARMED: [&str; 8] = ["coalition", "navy", "command", "centcom", "marines", "forces", "army", "military"];
    who.name.split_whitespace().map(crate::token::lower).any(|w| ARMED.contains(&w.as_str()))
}

/// Whether it is for such a speaker to find a breach: `the report`, `UN experts`.
pub(crate) fn finds(who: &Who) -> bool {
    who.name.split_whitespace().last().is_some_and(|w| matches!(w, "report" | "experts" | "documents"))
}

/// Whether a speaker watches over sanctions for the United Nations: `a UN report`, `the UN panel of experts`.
pub(crate) fn watches(who: &Who) -> bool {
    const BODIES: [&str; 6] = ["report", "panel", "experts", "monitors", "investigators", "investigation"];
    if ["panel", "expert panel", "panel of experts", "experts panel", "sanctions monitors"].iter().any(|n| who.name.eq_ignore_ascii_case(n))
    {
        return true;
    }
    let of_un = who.name.contains("UN ")
        || who.name.contains("U.N.")
        || who.name.contains("United Nations")
        || ["Panel of Experts", "Group of Experts", "sanctions monitors", "expert panel"].iter().any(|n| who.name.contains(n));
    // Who watches by name needs no `UN` before it.
    if ["Monitoring Group", "Monitoring Team"].iter().any(|n| who.name.contains(n)) {
        return true;
    }
    let words = || who.name.split_whitespace().map(crate::token::lower);
    of_un && words().any(|w| BODIES.contains(&w.as_str()))
}

/// Whether a speaker goes after breaches by office.
pub(crate) fn enforces(who: &Who) -> bool {
    // `customs data`: what an office counts is no charge.
    if only_shows(who) {
        return false;
    }
    who.name.split_whitespace().map(crate::token::lower).any(|w| ENFORCERS.contains(w.trim_end_matches("'s").trim_end_matches("’s")))
}

/// `Prosecutors said that he sent them`: a sentence may begin with them like with a name, but nobody is one of them by himself.
pub(crate) fn are_offices(who: &Who) -> bool {
    who.name.ends_with('s') && enforces(who)
}

/// Whether a speaker looks on by trade: a panel, an institute, sources.
pub(crate) fn looks_on(who: &Who) -> bool {
    let last = who.name.split_whitespace().last().map(crate::token::lower).unwrap_or_default();
    LOOKERS_ON.contains(last.as_str())
        || matches!(
            last.as_str(),
            "panel" | "committee" | "institute" | "watchdog" | "experts" | "monitors" | "researchers" | "analysts" | "reporters"
        )
}

/// Whether words like `the rights group`, `the national security adviser` point to one who spoke by name before.
pub(crate) fn points_to(who: &Who, before: &Who) -> bool {
    const BODIES: [&str; 9] = ["group", "ngo", "organisation", "organization", "watchdog", "charity", "bureau", "coalition", "outlet"];
    const PEOPLE: [&str; 6] = ["adviser", "advisor", "spokesman", "spokeswoman", "spokesperson", "envoy"];
    let last = who.name.split_whitespace().last().map(crate::token::lower).unwrap_or_default();
    let person = before.kind == Some(model::PartyType::Person);
    let fits = BODIES.contains(&last.as_str()) && !person || PEOPLE.contains(&last.as_str()) && person;
    fits && (only_described(&who.name) || who.name == "NGO")
        && (who.countries.is_empty() || before.countries.is_empty() || who.may_be(before))
}

/// Whether a speaker only shows something and says nothing: `satellite images`, `tracking data`.
pub(crate) fn only_shows(who: &Who) -> bool {
    let last = who.name.split_whitespace().last().map(crate::token::lower).unwrap_or_default();
    who.media
        && matches!(
            last.as_str(),
            "images"
                | "image"
                | "imagery"
                | "data"
                | "photos"
                | "photo"
                | "footage"
                | "records"
                | "documents"
                | "database"
                | "information"
                | "intelligence"
        )
}

/// Whether a speaker is what an office puts out: it says what the office says.
pub(crate) fn is_release(who: &Who) -> bool {
    let last = who.name.split_whitespace().last().map(crate::token::lower).unwrap_or_default();
    who.media && matches!(last.as_str(), "release" | "statement" | "indictment" | "complaint" | "affidavit" | "filing" | "document")
}

/// Whether a speaker is a court or a jury.
pub(crate) fn is_court(who: &Who) -> bool {
    who.name.split_whitespace().map(crate::token::lower).any(|w| matches!(w.as_str(), "court" | "jury" | "judge" | "tribunal"))
}

/// Whether a name is none, but words that describe: `the rights group`.
pub(crate) fn only_described(name: &str) -> bool {
    !name.is_empty() && name.split_whitespace().all(|w| !w.starts_with(char::is_uppercase) || matches!(w, "UN" | "U.N." | "The"))
}

/// Whether a speaker's word settles an act: a court, or one who took part.
pub(crate) fn vouches(who: &Who, event: &Event) -> bool {
    vouches_as(who, false, event)
}

/// The same of one who is told with his office.
pub(crate) fn vouches_as(who: &Who, official: bool, event: &Event) -> bool {
    let court = who
        .name
        .split_whitespace()
        .map(crate::token::lower)
        .any(|w| matches!(w.as_str(), "court" | "judge" | "jury" | "tribunal" | "judges"));
    court || (!who.media && takes_part_as(who, official, event))
}

/// Whether a speaker speaks for a party of an act: the party itself, or an organ of a State that takes part as such.
fn takes_part(who: &Who, event: &Event) -> bool {
    takes_part_as(who, false, event)
}

fn takes_part_as(who: &Who, official: bool, event: &Event) -> bool {
    use model::PartyType as P;
    let looks_on = who.name.split_whitespace().map(crate::token::lower).any(|w| LOOKERS_ON.contains(w.as_str()));
    event.givers.iter().chain(&event.receivers).any(|w| {
        let body = matches!(w.kind, Some(P::Company | P::Bank | P::Vessel | P::Organisation));
        let organ = matches!(who.kind, Some(P::Government | P::Person))
            && !body
            && (w.kind == Some(P::Government) || official || is_office(who) || (w.kind.is_none() && who.kind == Some(P::Person)));
        w.name == who.name || (organ && !looks_on && w.may_be(who)) || (who.countries.is_empty() && w.countries.is_empty() && w.may_be(who))
    })
}

/// Whether a speaker holds an office of a State or is one.
pub(crate) fn is_office(who: &Who) -> bool {
    who.name.split_whitespace().map(crate::token::lower).any(|w| {
        matches!(
            w.as_str(),
            "minister"
                | "ministry"
                | "president"
                | "government"
                | "premier"
                | "spokesman"
                | "spokeswoman"
                | "spokesperson"
                | "office"
                | "presidential"
                | "palace"
                | "administration"
                | "embassy"
                | "kremlin"
        )
    })
}

/// Whether a document is a court's: it reports what was found.
fn of_court(who: &Who) -> bool {
    who.name.split_whitespace().map(crate::token::lower).any(|w| matches!(w.as_str(), "court" | "indictment" | "plea"))
}

/// All that is said in a sentence.
pub(crate) fn words(eye: &mut Eye<'_>, sight: &Sight<'_>, events: &[Event]) -> Vec<Word> {
    let mut out = Vec::new();
    let earlier = eye.finder.known.spoke.clone();
    for at in 0..sight.clauses.len() {
        out.extend(by_verb(eye, sight, events, at));
    }
    out.extend(by_phrase(eye, sight, events));
    out.extend(by_noun(eye, sight, events));
    if out.is_empty() {
        out.extend(headline::by_sign(eye, sight, events));
    }
    // The end of a quotation that began before: whoever is named in it does not say it.
    if ends_quotation(sight) && earlier.as_ref().is_some_and(|(_, at)| sight.scene.sentence - at <= 2) {
        out.retain(|w| w.about.is_empty() && w.speakers.iter().all(|s| s.countries.is_empty()));
        eye.finder.known.spoke.clone_from(&earlier);
    }
    if out.is_empty() {
        out.extend(goes_on(eye, sight, events));
    }
    // A ship says nothing, nor does a rule.
    let mute = |s: &Who| s.kind == Some(model::PartyType::Vessel) || s.name.ends_with("aircraft carrier") || is_rule(s);
    out.retain(|w| w.speakers.is_empty() || !w.speakers.iter().all(mute));
    for who in out.iter_mut().flat_map(|w| &mut w.speakers) {
        // `The minister said`: the one who spoke before.
        if let Some((before, at)) = &earlier
            && sight.scene.sentence - at <= 3
            && before.name.contains(' ')
            && before.kind == Some(model::PartyType::Person)
            && stands_for_a_speaker(who, before)
            && !is_new(sight, who)
        {
            *who = before.clone();
        }
        // `its UN mission said`: of the State that spoke before.
        if let Some((before, _)) = &earlier
            && speaks_for_another(who)
            && is_of_another(sight, who)
            && !before.media
        {
            who.countries.clone_from(&before.countries);
        }
        // `the ministry said`, in a report from Seoul.
        if who.countries.is_empty() && is_office(who) {
            who.countries.clone_from(&eye.finder.known.home);
        }
    }
    first_person(&mut out, sight);
    for_the_office(&mut out);
    out
}

/// `the sanctions regime`: what is broken says nothing.
fn is_rule(who: &Who) -> bool {
    let last = who.name.split_whitespace().last().map(crate::token::lower).unwrap_or_default();
    matches!(last.as_str(), "regime" | "sanctions" | "embargo" | "resolution" | "resolutions" | "restrictions")
        && !who.name.contains(char::is_uppercase)
}

/// `An Emirati official said`: nobody who was named before.
fn is_new(sight: &Sight<'_>, who: &Who) -> bool {
    let at = sight.scene.tokens.iter().position(|t| t.start >= who.span.0);
    let before = at.and_then(|t| t.checked_sub(1)).and_then(|t| sight.scene.tokens.get(t));
    // `Secretary of State Jane Roe said`: her office goes on.
    let of = sight.scene.tokens.iter().find(|t| t.start >= who.span.1).is_some_and(|t| t.low == "of");
    of || before.is_some_and(|t| matches!(t.low.as_str(), "a" | "an" | "another" | "one" | "'s" | "’s"))
}

/// `its mission`, `their spokesman`.
fn is_of_another(sight: &Sight<'_>, who: &Who) -> bool {
    let at = sight.scene.tokens.iter().position(|t| t.start >= who.span.0);
    let before = at.and_then(|t| t.checked_sub(1)).and_then(|t| sight.scene.tokens.get(t));
    before.is_some_and(|t| matches!(t.low.as_str(), "its" | "their"))
}

/// Whether words like `the minister`, `the Russian official` only point to one who spoke before.
fn stands_for_a_speaker(who: &Who, before: &Who) -> bool {
    let words: Vec<String> = who.name.split_whitespace().map(crate::token::lower).collect();
    let titled = words.last().is_some_and(|w| SPEAKERS_TITLES.contains(w.as_str())) && words.len() <= 2;
    titled && !who.name.starts_with("a ") && (who.countries.is_empty() || who.countries == before.countries || before.countries.is_empty())
}

fn by_verb(eye: &mut Eye<'_>, sight: &Sight<'_>, events: &[Event], at: usize) -> Option<Word> {
    let clause = &sight.clauses[at];
    let verb = &sight.verbs[clause.verb?];
    let saying = saying_of(eye, sight, at)?;
    // `a tanker carrying reported oil`: the verb of an act is no verb of saying.
    let of_act = events.iter().any(|e| !e.noun && sight.scene.tokens.get(verb.head).is_some_and(|t| t.start == e.trigger));
    // `thanked the charity for the food` tells the act, and by whom it is owned up to.
    if of_act && !matches!(verb.lemma.as_str(), "demand" | "thank") {
        return None;
    }
    if says_nothing(sight, at, saying) || empty::is_beside(sight, at, saying) || hollow::is_hollow(eye, sight, at, saying) {
        return None;
    }
    let mut speakers = for_whom(eye, sight, at);
    if speakers.is_empty() && is_counsel(sight, at) {
        speakers.extend(clause.subject.and_then(|s| eye.finder.somebody(&sight.scene, s)));
    }
    let late = speaker::at_the_end(sight, at).filter(|_| matches!(saying.stance, Stance::Reports | Stance::Confirms));
    if let Some(noun) = late {
        speakers = eye.group(sight, noun);
        if speakers.is_empty() {
            speakers.extend(eye.finder.somebody(&sight.scene, noun));
        }
    }
    let finite = verb.form == crate::phrase::Form::Finite || late.is_some() || speaker::is_the_verb(sight, at);
    if let Some(who) = speakers.first().filter(|_| finite && (!verb.passive || speakers.len() == 1)) {
        eye.finder.known.spoke = Some((who.clone(), sight.scene.sentence));
    }
    // `cites China as the largest supplier`: China says nothing.
    let as_it = clause.args.iter().any(|(p, _)| p.is_some_and(|t| sight.scene.tokens.get(t).is_some_and(|t| t.low == "as")));
    if verb.lemma == "cite" && as_it && !sight.verbs.iter().any(|v| v.lemma == "say" && v.form == crate::phrase::Form::Gerund) {
        return None;
    }
    // `said it had confirmed`: one word, and the outer one.
    let outer = clause.parent.filter(|_| matches!(clause.link, Link::Content(_))).and_then(|p| sight.clauses.get(p)?.verb);
    let again = outer.is_some_and(|v| eye.lexicon.saying(&sight.verbs[v].lemma).is_some_and(|s| s.stance == Stance::Reports))
        && clause.subject.is_some_and(|s| sight.scene.nouns[s].pronoun)
        && matches!(saying.stance, Stance::Reports | Stance::Confirms);
    if again {
        return None;
    }
    let about = about(sight, events, at);
    // `imposed sanctions on a firm for selling`; `imposed an embargo` blames nobody, nor does a headline's `UN sanctions panel`.
    let over_it = over_what_was_told(sight, at);
    // `by capping the price`: how, and not what for.
    let how = |t: usize| sight.scene.tokens.get(t).is_some_and(|t| t.low == "by");
    let for_it = over_it || sight.clauses.iter().any(|c| c.parent == Some(at) && matches!(c.link, Link::Gerund(Some(t)) if !how(t)));
    if matches!(verb.lemma.as_str(), "impose" | "sanction" | "blacklist" | "designate") && (verb.passive && (about.is_empty() || !for_it)) {
        return None;
    }
    let for_breach = over_it || (for_it && (0..sight.scene.tokens.len()).any(|t| calls_a_breach(sight, t)));
    if matches!(verb.lemma.as_str(), "impose" | "sanction") && (verb.passive || (about.is_empty() && !for_breach) || !for_it) {
        return None;
    }
    // `asked the Council to blacklist the ship`, `asked prosecutors to indict the firms`: nobody has yet.
    let asked = matches!(clause.link, Link::Infinitive(_))
        && clause.parent.and_then(|p| sight.clauses[p].verb).is_some_and(|v| {
            matches!(
                sight.verbs[v].lemma.as_str(),
                "ask" | "urge" | "want" | "request" | "call" | "plan" | "threaten" | "press" | "vow" | "refuse"
            )
        });
    // `urged all States to condemn it`: nor have they.
    let stands = matches!(saying.stance, Stance::AssertsViolation | Stance::Condemns | Stance::Denies);
    if (verb.lemma == "blacklist" && !finite) || (asked && stands && !goes_after(sight, at)) {
        return None;
    }
    // `faces years in prison and fines of …`: nobody is fined there.
    let nobody_hit = !clause.args.iter().any(|(p, _)| p.is_none());
    if matches!(verb.lemma.as_str(), "fine" | "penalise" | "penalize") && !verb.passive && nobody_hit {
        return None;
    }
    // `linked the shortage to a storm`: no act and no crime.
    let ties = matches!(verb.lemma.as_str(), "link" | "tie" | "attribute" | "connect");
    if ties && about.is_empty() && !points_back(sight, at) {
        return None;
    }
    let thanks = thanks_for_it(eye, sight, at);
    // But `defended the sale` speaks of what was told.
    let defends = verb.lemma == "defend" && points_back(sight, at);
    if PRAISES.contains(&verb.lemma) && about.is_empty() && !thanks && !defends {
        return None;
    }
    // `denied having anything to do with it`: what is denied here is what was told.
    let denies = saying.stance == Stance::Denies && !verb.negated && !verb.passive && !speakers.is_empty();
    let inner = sight.clauses.iter().any(|c| c.parent == Some(at) && matches!(c.link, Link::Gerund(_) | Link::Content(_)));
    // `has admitted to it`, `pleaded guilty to the charges`.
    let owns_up = matches!(verb.lemma.as_str(), "plead" | "admit" | "confess") && finite && !verb.negated;
    let mut stance_now = stance(sight, saying, verb.negated, at, &about, events, &speakers);
    // `“We sold them boats,” the envoy said`: who tells what he did owns up to it.
    let own_act = own::own_act(sight, at, events, &about, &speakers);
    let open = own::is_open(sight, at);
    // `said he hoped that it would not hurt others`: that denies nothing.
    if open && saying.stance == Stance::Reports && stance_now == Stance::Denies {
        stance_now = Stance::Reports;
    }
    if stance_now == Stance::Reports && finite && own::own_doing(sight, events, &about) && !speakers.iter().any(|s| s.media) {
        stance_now = Stance::Confirms;
    }
    let for_himself =
        !speakers.is_empty() && speakers.iter().all(|s| !s.media && !watches(s) && !enforces(s) && !looks_on(s) && !is_court(s));
    if stance_now == Stance::Reports && for_himself && denial::denies_by_words(eye, sight, at, &speakers) {
        stance_now = Stance::Denies;
    }
    // `His lawyer said he had been shown papers`: counsel speaks against the charge.
    if stance_now == Stance::Reports && finite && is_counsel(sight, at) && !gives_in(sight) {
        stance_now = Stance::Denies;
    }
    let thanks = thanks && finite;
    if thanks {
        stance_now = Stance::Confirms;
    }
    if stance_now == Stance::Reports && finite && about.iter().any(|e| is_of_the_house(sight, at, &events[*e])) {
        stance_now = Stance::Confirms;
    }
    let official = speaker::holds_office(sight, at);
    let for_state = speakers.iter().any(|s| is_office(s) || (official && !s.countries.is_empty()));
    let of_goods = stance_now == Stance::Reports && finite && for_state && !open && speaks_of_goods(eye, sight, at);
    // `This is reported by Reuters`: what was told before.
    let this = clause.subject.is_some_and(|s| matches!(sight.scene.tokens[sight.scene.nouns[s].head].low.as_str(), "this" | "that" | "it"));
    let reported_so = stance_now == Stance::Reports && verb.passive && finite && this;
    let of_earlier = about.is_empty()
        && (thanks
            || reported_so
            || of_goods
            || is_critical(sight, verb)
            || (denies && calls_untrue(sight, at))
            || matches!(stance_now, Stance::Denies | Stance::AssertsViolation) && saying.stance == Stance::Reports
            || points_back(sight, at)
            || (denies && (inner || of_a_paper(sight, at)))
            || owns_up
            || (stance_now == Stance::Confirms && finite && speaks_of_it(sight, at)));
    let span = span(sight, at, &about, events);
    let stance = empty::of_another(sight, stance_now, &speakers);
    let demand = if stance == Stance::Demands { demand::demand(eye, sight, at) } else { Demand::default() };
    // A measure against somebody is for breaches and nothing else, of what was told before where it tells no act.
    let of_earlier = of_earlier || goes_after(sight, at);
    let (topical, evidence) = (topical(sight), evidence(sight));
    let keeps_rules =
        stance == Stance::Denies && saying.stance == Stance::Reports && about.is_empty() && !sight.verbs.iter().any(|v| v.negated);
    let of_whom = if matches!(stance, Stance::Condemns | Stance::Demands) { own::of_whom(eye, sight, &speakers) } else { Vec::new() };
    let title = speakers.first().map(|w| speaker::title(sight, w)).unwrap_or_default();
    let said = Word::said(speakers, stance, saying.telling, about, span);
    Some(Word { of_earlier, topical, evidence, demand, official, own_act, keeps_rules, title, of_whom, open, ..said })
}

/// What the verb of a clause says, by itself, with the words behind it, or by what it calls something.
fn saying_of(eye: &Eye<'_>, sight: &Sight<'_>, at: usize) -> Option<Saying> {
    let verb = &sight.verbs[sight.clauses[at].verb?];
    let behind = |i: usize| sight.scene.tokens.get(verb.end + i).map_or("", |t| t.low.as_str());
    let labels =
        matches!(verb.lemma.as_str(), "call" | "describe" | "brand" | "label" | "term") && !verb.passive && calls_untrue(sight, at);
    let untrue = labels.then_some(Saying { stance: Stance::Denies, telling: Telling::Denied });
    // `called the present an open breach of the resolutions`, `described it as reckless`.
    // Up to the next comma: `as the country calls itself, answered in defiance` calls nothing so.
    let reach = |t: &&crate::token::Token<'_>| t.text != ",";
    let has = |group: &Group| sight.scene.tokens.get(verb.end..).unwrap_or(&[]).iter().take_while(reach).any(|t| group.contains(&t.low));
    let judges = matches!(verb.lemma.as_str(), "call" | "describe" | "brand" | "label" | "term") && !verb.passive;
    let judged = match (judges, has(&BREACH), has(&JUDGES)) {
        (true, true, _) => Some(Saying { stance: Stance::AssertsViolation, telling: Telling::Reported }),
        (true, _, true) => Some(Saying { stance: Stance::Condemns, telling: Telling::Reported }),
        _ => None,
    };
    // `fined the bank for breaching the embargo`, `designated the firms for shipping parts`.
    let blamed = goes_after(sight, at).then_some(Saying { stance: Stance::AssertsViolation, telling: Telling::Alleged });
    let not_guilty = verb.lemma == "plead" && behind(0) == "not" && behind(1) == "guilty";
    let untrue = untrue.or(not_guilty.then_some(Saying { stance: Stance::Denies, telling: Telling::Denied }));
    let eased = eases(sight, at).then_some(Saying { stance: Stance::Demands, telling: Telling::Hypothetical });
    let by_noun = hollow::by_its_object(eye, sight, at);
    let appalled = (feels(verb) || is_critical(sight, verb) || expresses(sight, &sight.clauses[at], verb))
        .then_some(Saying { stance: Stance::Condemns, telling: Telling::Reported });
    let thanks = thanks_for_it(eye, sight, at).then_some(Saying { stance: Stance::Confirms, telling: Telling::Reported });
    untrue
        .or(thanks)
        .or(judged)
        .or(appalled)
        .or(blamed)
        .or(eased)
        .or(by_noun)
        .or_else(|| empty::told_to(sight, at))
        .or_else(|| eye.lexicon.saying_behind(&verb.lemma, &behind))
        .or_else(|| eye.lexicon.saying(&verb.lemma))
}

/// `slams the sanctions`: the law is condemned, and no act.
fn of_the_law(sight: &Sight<'_>, clause: &crate::clause::Clause) -> bool {
    let head = |n: usize| sight.scene.tokens.get(sight.scene.nouns[n].head).map_or("", |t| t.low.as_str());
    clause.args.iter().find(|(p, _)| p.is_none()).is_some_and(|(_, n)| LAW_ITSELF.contains(head(*n)))
}

/// `none of the members objected`, `no State has condemned it`.
fn by_nobody(sight: &Sight<'_>, clause: &crate::clause::Clause) -> bool {
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
    // However far the subject is: `none of the nine envoys objected`.
    let none_of = clause
        .verb
        .map(|v| sight.verbs[v].first)
        .is_some_and(|verb| (verb.saturating_sub(7)..verb).any(|t| low(t) == "none" && low(t + 1) == "of"));
    none_of
        || clause.subject.map(|s| &sight.scene.nouns[s]).is_some_and(|n| {
            matches!(low(n.head), "none" | "nobody" | "neither")
                || matches!(low(n.first), "none" | "no")
                || n.det.is_some_and(|d| low(d) == "no")
        })
}

/// Whether a verb of saying is no word about an act: what somebody is for, needs, asks for himself, or is known for.
fn says_nothing(sight: &Sight<'_>, at: usize, saying: Saying) -> bool {
    let clause = &sight.clauses[at];
    let Some(verb) = clause.verb.map(|v| &sight.verbs[v]) else { return true };
    // `a panel which reports on violations`: what it is for, and no word of its own.
    let content = sight.clauses.iter().any(|c| c.parent == Some(at) && matches!(c.link, Link::Content(_)));
    if matches!(clause.link, Link::Relative(..)) && matches!(saying.stance, Stance::Reports | Stance::Demands) && !content && verb.present {
        return true;
    }
    // `shipped them without telling customs`: nobody was told.
    let without = matches!(clause.link, Link::Gerund(Some(t)) if sight.scene.tokens.get(t).is_some_and(|t| t.low == "without"));
    if without {
        return true;
    }
    // `lied to the investigators, saying they had stopped`: nobody takes such a word for one.
    let lies = clause
        .parent
        .and_then(|p| sight.clauses[p].verb)
        .is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "lie" | "mislead" | "pretend" | "deceive"));
    if lies && matches!(clause.link, Link::Participle | Link::Gerund(_)) {
        return true;
    }
    // `has not commented on the deal`: nothing is said.
    if verb.negated && saying.stance != Stance::Denies {
        return true;
    }
    // `cannot deny it`, `declined to deny it`, `is not going to deny that`: nobody denies anything.
    let outer = clause.parent.and_then(|p| sight.clauses[p].verb).map(|v| &sight.verbs[v]);
    // `did not hesitate to condemn it`: two that hold back each other.
    let held_back = outer.is_some_and(|v| v.negated != matches!(v.lemma.as_str(), "decline" | "refuse" | "fail" | "hesitate" | "stop"));
    let cannot = verb.negated && verb.modal.is_some();
    let not_said = held_back && matches!(clause.link, Link::Infinitive(_));
    if not_said || saying.stance == Stance::Denies && cannot {
        return true;
    }
    if by_nobody(sight, clause) || (saying.stance == Stance::Condemns && of_the_law(sight, clause)) {
        return true;
    }
    // `has always called for restraint`: nothing is asked of an act.
    let peace = |n: &usize| {
        let head = sight.scene.tokens.get(sight.scene.nouns[*n].head).map_or("", |t| t.low.as_str());
        PEACE.contains(head)
    };
    if saying.stance == Stance::Demands && clause.args.iter().any(|(_, n)| peace(n)) {
        return true;
    }
    // `a report, first seen by the agency`: who saw it does not say it.
    if verb.passive && matches!(verb.lemma.as_str(), "see" | "review" | "read" | "examine" | "view") {
        return true;
    }
    // `hackers linked to Pyongyang`: what they are.
    let ties = matches!(verb.lemma.as_str(), "link" | "tie" | "attribute" | "connect");
    if ties && (verb.passive || verb.form != crate::phrase::Form::Finite) {
        return true;
    }
    // `traders reported to be sending arms`: others report it of them.
    let low = |t: usize| sight.scene.tokens.get(t).map_or("", |t| t.low.as_str());
    let of_them = matches!(verb.lemma.as_str(), "report" | "rumour" | "rumor" | "suspect" | "allege" | "believe" | "say" | "think");
    if of_them && low(verb.end) == "to" && matches!(low(verb.end + 1), "be" | "have") {
        return true;
    }
    // `accused of establishing a firm`, `seeing the goods off`: such verbs say something only where a clause tells what.
    const WATCHES: [&str; 7] = ["monitor", "track", "oversee", "watch", "examine", "investigate", "probe"];
    if !content && WATCHES.contains(&verb.lemma.as_str()) {
        return true;
    }
    if verb.form != crate::phrase::Form::Finite && !content && FINDS_OR_SHOWS.contains(verb.lemma.as_str()) {
        return true;
    }
    // `has placed sanctions on it to pressure it`, `in a bid to pressure the government`: an aim, and nothing said.
    if matches!(verb.lemma.as_str(), "pressure" | "press") && verb.form == crate::phrase::Form::Infinitive {
        return true;
    }
    // `is estimated to require`, `wanted an end`: a need or a wish, asked of nobody.
    // But `pressed the Netherlands to block such sales`.
    let pressed = matches!(verb.lemma.as_str(), "press" | "pressure")
        && sight.clauses.iter().any(|c| c.parent == Some(at) && matches!(c.link, Link::Infinitive(_)));
    if saying.stance == Stance::Demands && ONLY_NEEDS.contains(&verb.lemma) && !content && !pressed && !eases(sight, at) {
        return true;
    }
    // `requesting anonymity`: to be left unnamed.
    let unnamed = |n: &usize| sight.scene.tokens.get(sight.scene.nouns[*n].head).is_some_and(|t| t.low == "anonymity");
    if clause.args.iter().any(|(_, n)| unnamed(n)) {
        return true;
    }
    // `asked for more time`, `without asking`: only what is asked to be done is a demand.
    if verb.lemma == "ask" && saying.stance == Stance::Demands {
        // `She asked them: “Who paid?”`
        if sight.scene.tokens.iter().any(|t| t.text == "?") {
            return true;
        }
        let head = |n: &usize| sight.scene.tokens.get(sight.scene.nouns[*n].head).map_or("", |t| t.low.as_str());
        let inner = sight.clauses.iter().any(|c| c.parent == Some(at) && matches!(c.link, Link::Content(_) | Link::Infinitive(_)));
        let named = clause.args.iter().any(|(_, n)| ASKED_FOR.contains(head(n).trim_end_matches('s')));
        // `who asked not to be named`.
        let unnamed = sight.clauses.iter().any(|c| {
            c.parent == Some(at) && c.verb.is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "name" | "identify" | "quote"))
        });
        if unnamed {
            return true;
        }
        if verb.form != crate::phrase::Form::Finite || !(inner || named) {
            return true;
        }
    }
    // `dismissed almost all workers`, `denied the exemption`: no word about an act.
    // But `called the reports fabrications` has what is denied in its object.
    let labels = matches!(verb.lemma.as_str(), "call" | "describe" | "brand" | "label" | "term" | "plead");
    if saying.stance == Stance::Denies && !labels && denies_nothing(sight, at) {
        return true;
    }
    // `the State, which has imposed sanctions on oil`: what is known of it, and no word of its own.
    matches!(clause.link, Link::Relative(..)) && matches!(verb.lemma.as_str(), "impose" | "sanction" | "blacklist")
}

/// The acts a saying clause is about: those in what is said; without content, those of the rest of the sentence.
fn about(sight: &Sight<'_>, events: &[Event], at: usize) -> Vec<usize> {
    let inside = |event: &Event| {
        let mut c = Some(event.clause);
        for _ in 0..8 {
            match c {
                Some(x) if x == at => return true,
                Some(x) => c = sight.clauses.get(x).and_then(|c| c.parent),
                None => return false,
            }
        }
        false
    };
    let direct: Vec<usize> = (0..events.len()).filter(|e| inside(&events[*e])).collect();
    if !direct.is_empty() {
        return direct;
    }
    let clause = &sight.clauses[at];
    if let Some(noun) = told_of_noun(sight, at) {
        let of_it = |e: &usize| matches!(sight.clauses.get(events[*e].clause).map(|c| &c.link), Some(Link::Relative(n, _)) if *n == noun);
        return (0..events.len()).filter(of_it).collect();
    }
    // `said in an attempt to save its industry the State is paying in gold`: a purpose is not what is said.
    let says = clause.verb.is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "say" | "report" | "write" | "add"));
    let has_content = sight.clauses.iter().any(|c| {
        c.parent == Some(at) && (matches!(c.link, Link::Content(_) | Link::Gerund(_)) || (matches!(c.link, Link::Infinitive(_)) && !says))
    });
    // `…, he told a briefing`: to whom, and not what.
    let told = clause.verb.is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "tell" | "inform"));
    let object = clause.args.iter().any(|(p, _)| p.is_none()) && clause.subject.is_some() && !told;
    if has_content || object {
        return Vec::new();
    }
    // `…, the ministry said`: about all of the sentence that no other speaker has.
    (0..events.len()).collect()
}

/// `oil they said could not be sold`: of which noun somebody says something inside its phrase.
fn told_of_noun(sight: &Sight<'_>, at: usize) -> Option<usize> {
    let clause = &sight.clauses[at];
    let Link::Relative(noun, true) = clause.link else { return None };
    let first = sight.scene.nouns.get(clause.subject?)?;
    let before = first.det.unwrap_or(first.first).checked_sub(1).and_then(|t| sight.scene.tokens.get(t))?;
    // `…, he said` is no part of a phrase.
    (before.text != "," && !before.is_quote() && sight.scene.nouns[noun].end <= first.first).then_some(noun)
}

/// Whether the object of a saying verb points to what was told before.
fn points_back(sight: &Sight<'_>, at: usize) -> bool {
    let clause = &sight.clauses[at];
    let low = |n: usize| sight.scene.tokens.get(sight.scene.nouns[n].head).map_or("", |t| t.low.as_str());
    // `warned it against a war`: who is warned.
    let asks = clause.verb.is_some_and(|v| matches!(sight.verbs[v].lemma.as_str(), "warn" | "urge" | "ask" | "tell" | "press" | "advise"));
    clause.args.iter().filter(|(p, n)| !(asks && p.is_none() && sight.scene.nouns[*n].pronoun)).any(|(_, n)| {
        // `denies wrongdoing`: of what he is blamed for.
        let blame = matches!(low(*n), "wrongdoing" | "involvement" | "responsibility" | "complicity" | "guilt" | "knowledge");
        POINTS_BACK.contains(low(*n))
            && (blame || sight.scene.nouns[*n].det.is_some() || sight.scene.nouns[*n].pronoun || low(*n).ends_with('s'))
    })
}

fn span(sight: &Sight<'_>, at: usize, about: &[usize], events: &[Event]) -> (usize, usize) {
    let clause = &sight.clauses[at];
    let (mut start, mut end) = (usize::MAX, 0);
    let mut widen = |s: (usize, usize)| {
        start = start.min(s.0);
        end = end.max(s.1);
    };
    let tokens = sight.scene.tokens;
    let place = |first: usize, last: usize| {
        (tokens.get(first).map_or(0, |t| t.start), last.checked_sub(1).and_then(|i| tokens.get(i)).map_or(0, crate::token::Token::end))
    };
    if let Some(verb) = clause.verb.map(|v| &sight.verbs[v]) {
        widen(place(verb.first, verb.end));
    }
    for noun in clause.subject.iter().copied().chain(clause.args.iter().map(|(_, n)| *n)) {
        let phrase = &sight.scene.nouns[noun];
        widen(place(phrase.first, phrase.end));
    }
    for event in about {
        widen(events[*event].span);
    }
    let (low, high) = place(0, tokens.len());
    (start.clamp(low, high), end.clamp(low, high))
}

/// Fills the missing party of an act by its speaker: `Kampala rejected reports of arms purchases`, `“We sold them boats,” the envoy said`.
pub(crate) fn speakers_own(sight: &Sight<'_>, said: &[Word], events: &mut [Event]) {
    let ours = sight.scene.tokens.iter().any(|t| matches!(t.low.as_str(), "we" | "our" | "us"));
    // `The Emirates said 122 flights had brought aid`: they sent the flights.
    let carried = |w: &Word| w.about.iter().any(|e| events.get(*e).is_some_and(|e| e.givers.is_empty() && !e.carriers.is_empty()));
    let words: Vec<&Word> = said.iter().filter(|w| w.stance == Stance::Denies || ours || carried(w)).collect();
    for word in words {
        let Some(speaker) = word.speakers.iter().find(|s| !s.countries.is_empty() && !s.media) else { continue };
        for at in &word.about {
            let Some(event) = events.get_mut(*at) else { continue };
            // `Our only request was to track weapons going into the country`: they do not give them.
            let low = |n: usize| sight.scene.tokens.get(sight.scene.nouns[n].head).map_or("", |t| t.low.as_str());
            let own = sight.clauses.get(event.clause).is_some_and(|c| {
                c.subject.is_some_and(|s| matches!(low(s), "we" | "i" | "us")) || c.args.iter().any(|(_, n)| matches!(low(*n), "us" | "me"))
            });
            if ours && word.stance != Stance::Denies && !own {
                continue;
            }
            let taken = event.givers.iter().chain(&event.receivers).any(|w| w.may_be(speaker));
            if taken {
                continue;
            }
            // `We gave them fuel`: who says so beside it stands behind `we`.
            let party = if own && ours { speaker.clone() } else { speaker.clone().inferred() };
            let gets = || {
                let verb = sight.clauses.get(event.clause).and_then(|c| c.verb).map(|v| &sight.verbs[v]);
                own && verb
                    .is_some_and(|v| !v.passive && matches!(v.lemma.as_str(), "receive" | "get" | "accept" | "buy" | "import" | "obtain"))
            };
            if (event.givers.is_empty() && event.receivers.is_empty() && gets()) || (event.receivers.is_empty() && !event.givers.is_empty())
            {
                event.receivers.push(party);
            } else if event.givers.is_empty() && !event.receivers.is_empty() {
                event.givers.push(party);
            }
        }
    }
}
