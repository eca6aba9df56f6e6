//! Names turned round: “chairs on wheels” are wheelchairs, “instruments for music” music instruments, “tents, family” family tents, and a
//! watch “with a case of gold” is a gold watch.
//!
//! Whoever does not know the name of the trade says what the thing is for, has or is made of, behind it; catalogues do so to sort. The book
//! holds the names, so what stands behind is put in front and looked up, instead of listing each thing twice. A name that is found this way
//! beats the single word that names the thing, never a phrase of several words, unless it says less than that phrase left open.

use super::grammar::Does;
use super::rank::{Ranker, heading};
use super::words::{Hit, Kind};
use super::zones::{Place, Zone, number};
use model::HsRange;

/// Most words that are put in front.
const MOST_WORDS: usize = 3;
/// Words for things that serve one purpose; people take one for the other.
const OUTFIT: [&str; 11] =
    ["apparatus", "appliance", "device", "equipment", "gear", "implement", "instrument", "kit", "outfit", "set", "tool"];
/// Most zones that are looked into.
const MOST_ZONES: usize = 8;
/// Most words that a zone is searched for such.
const MOST_LOOKED: usize = 8;

/// The phrase that the thing of a zone and what describes it make together, if the book knows it.
pub(super) fn name(of: &Ranker<'_>, at: usize, head: Option<&Hit>, end: usize) -> Option<Hit> {
    let zone = of.built.zones.get(at).filter(|z| z.place == Place::Thing)?;
    if of.built.thing_first || end == zone.start || head.is_some_and(|h| h.kind != Kind::Term) {
        return None;
    }
    if let Some(head) = head.filter(|h| h.end != end) {
        return purpose(of, head, end);
    }
    if let Some(shaped) = shaped(of, at, zone) {
        return Some(shaped);
    }
    // Where no phrase names the thing, its last word does: “kit”, “mobile”.
    let other = Some(zone.end).filter(|other| head.is_none() && *other != end);
    std::iter::once(end).chain(other).find_map(|last| completed(of, at, head, last))
}

/// The name that the noun, which ends before `last`, makes with what describes it.
fn completed(of: &Ranker<'_>, at: usize, head: Option<&Hit>, last: usize) -> Option<Hit> {
    let zone = of.built.zones.get(at)?;
    let first = head.map_or(last - 1, |h| h.start);
    // “Timepiece for the wrist” is a timepiece.
    let joint = (first + 1..last).find(|w| of.does(*w, Does::BEFORE));
    let noun = of.text.span(first, joint.unwrap_or(last));
    let single = last - first == 1;
    let open: Vec<HsRange> = head.map(|h| of.words.codes(h).collect()).unwrap_or_default();
    let (mut best, mut likened): (Option<(Hit, Vec<HsRange>)>, Option<Hit>) = (None, None);
    let behind = describing(of, at, zone).flat_map(|(z, renames)| halves(of, &z, renames));
    for half in own(of, zone, first).into_iter().chain(behind).chain(nested(of, at, zone)) {
        let place = (first.min(half.from), last.max(half.to));
        // “Men's watch, gold case”: what narrows a phrase may be known of its last word alone.
        let named = |noun: &str| of.words.phrase(&half.words, noun, place).filter(|h| h.kind != Kind::NoGoods);
        let Some(hit) = named(noun).or_else(|| if single { None } else { named(of.text.word(last - 1)) }) else {
            // “Gear from the ski hut” serves no purpose that the words say.
            let serves = head.is_none() && (half.to <= first || of.purpose(half.from));
            likened = likened.or_else(|| if serves { like(of, &half.words, noun, place) } else { None });
            continue;
        };
        let codes: Vec<HsRange> = of.words.codes(&hit).collect();
        let held = best.as_ref().map_or(&open, |(_, codes)| codes);
        if single && half.renames && best.is_none() || narrows(&codes, held) {
            best = Some((hit, codes));
        }
    }
    best.map(|(hit, _)| hit).or(likened)
}

/// “Ski gear” is ski equipment, “decontamination sets” are decontamination kits: another word for things of a kind, where all that the
/// book knows mean the same heading.
fn like(of: &Ranker<'_>, first: &str, noun: &str, place: (usize, usize)) -> Option<Hit> {
    if !OUTFIT.contains(&noun) {
        return None;
    }
    let mut found = OUTFIT.iter().filter_map(|other| of.words.phrase(first, other, place)).filter(|h| h.kind == Kind::Term);
    let hit = found.next()?;
    let means = |h: &Hit| of.words.codes(h).map(heading).next();
    found.all(|other| means(&other) == means(&hit)).then_some(hit)
}

/// “Bars of nickel”, “drums of steel”: what else would count makes a thing of a material.
fn shaped(of: &Ranker<'_>, at: usize, zone: &Zone) -> Option<Hit> {
    let shape = at.checked_sub(1).and_then(|b| of.built.zones.get(b)).filter(|z| z.thing == zone.thing && z.end + 1 == zone.start)?;
    let metal = |h: &Hit| h.start <= zone.start && zone.end <= h.end && of.words.codes(h).all(|c| (720_000..820_000).contains(&c.first));
    if !of.does(shape.end, Does::OF) || !of.only(zone, Does::MATERIAL) && !of.built.hits.iter().any(metal) {
        return None;
    }
    let noun = (shape.start..shape.end).rev().find(|w| of.does(*w, Does::MEASURE))?;
    of.words.phrase(of.text.span(zone.start, zone.end), of.text.word(noun), (noun, zone.end))
}

/// “Machines for washing” is a phrase, “machines for washing dishes” another: the object in front of the purpose.
fn purpose(of: &Ranker<'_>, head: &Hit, end: usize) -> Option<Hit> {
    let joint = (head.start + 1..head.end - 1).find(|w| of.does(*w, Does::BEFORE))?;
    let verb = of.text.span(joint + 1, head.end);
    let objects = (head.end + 1..=end).rev().take(MOST_WORDS);
    let name =
        |to: usize| of.words.phrase(&format!("{} {verb}", of.text.span(head.end, to)), of.text.span(head.start, joint), (head.start, to));
    objects.filter_map(name).find(|h| h.kind != Kind::NoGoods)
}

/// Whether codes leave less open than others, and nothing else.
fn narrows(codes: &[HsRange], open: &[HsRange]) -> bool {
    codes.len() < open.len() && codes.iter().all(|c| open.contains(c))
}

/// Words to put in front of the noun.
struct Half {
    /// First of the words that say so.
    from: usize,
    /// One past the last.
    to: usize,
    /// What is put in front.
    words: String,
    /// Whether it may make another thing of the noun rather than only say which of those that it may be.
    renames: bool,
}

/// Zones behind that may complete the name of the thing, and whether they may make another thing of it.
fn describing<'a>(of: &'a Ranker<'_>, at: usize, zone: &'a Zone) -> impl Iterator<Item = (Zone, bool)> + 'a {
    let behind = of.built.zones.iter().skip(at + 1).take(MOST_ZONES);
    let things = of.built.zones.iter().skip(at + 1).filter(|z| z.place == Place::Thing);
    let listed = things.take_while(|z| !z.joined && !z.aside && of.qualifies(z)).last().map_or(zone.thing, |z| z.thing);
    let alone = of.built.zones.get(at + 1).is_none_or(|z| z.thing != zone.thing);
    behind.filter_map(move |z| match z.place {
        Place::About if z.thing == zone.thing => Some((*z, true)),
        // “Creams and colours for the face”: what stands behind the second may be said of both.
        Place::About if alone && z.thing == zone.thing + 1 && of.joined(z.thing) => Some((*z, true)),
        Place::Of if z.thing == zone.thing => Some((*z, of.only(z, Does::MATERIAL) || of.definite(z) || of.made(z) || !of.goods(z))),
        // “Tents, family”: alone between commas and not in the plural, so no other thing of a list.
        Place::Thing if z.thing <= listed => Some((*z, true)),
        _ => (!of.joined(z.thing)).then_some((*z, false)),
    })
}

/// “Gear for communication by radio” is radio communication gear.
fn nested(of: &Ranker<'_>, at: usize, zone: &Zone) -> Option<Half> {
    let about = |at: usize| of.built.zones.get(at).filter(|z| z.thing == zone.thing && z.place == Place::About);
    let (near, far) = (about(at + 1)?, about(at + 2)?);
    let words = format!("{} {}", of.text.span(far.start, far.end), of.text.span(near.start, near.end));
    Some(Half { from: near.start, to: far.end, words, renames: true })
}

/// What stands before the noun with words between: a material, a quality with the material behind it, and whose it is, which makes it a
/// personal thing.
fn own(of: &Ranker<'_>, zone: &Zone, first: usize) -> Vec<Half> {
    let mut out = made_of(of, zone.start, first);
    let front = (1..=MOST_WORDS).rev().filter_map(|words| first.checked_sub(words)).filter(|from| *from >= zone.start);
    out.extend(front.map(|from| Half { from, to: first, words: of.text.span(from, first).to_owned(), renames: false }));
    let material = |w: usize| of.does(w, Does::MATERIAL);
    let bare = (zone.start..first).rev().take_while(|w| material(*w)).last();
    if let Some(to) = bare {
        let from = |words: usize| to.checked_sub(words).filter(|from| *from >= zone.start);
        let froms = (1..=MOST_WORDS).rev().filter_map(from);
        out.extend(froms.map(|from| Half { from, to, words: of.text.span(from, to).to_owned(), renames: false }));
    }
    if let Some(at) = (zone.start..first).find(|at| of.owned(*at)) {
        out.push(Half { from: at, to: first, words: "personal".to_owned(), renames: true });
    }
    out
}

/// Materials among words from one to before another.
fn made_of(of: &Ranker<'_>, start: usize, end: usize) -> Vec<Half> {
    let mut out = Vec::new();
    for at in (start..end).filter(|at| of.does(*at, Does::MATERIAL) && !of.plated(*at)) {
        let from = if at > start && of.does(at - 1, Does::MATERIAL) { at - 1 } else { at };
        out.push(Half { from, to: at + 1, words: of.text.span(from, at + 1).to_owned(), renames: false });
    }
    out
}

/// Words of a zone behind: first ones, last ones, the longest first, then single ones in another form, then what it is made of.
fn halves(of: &Ranker<'_>, zone: &Zone, renames: bool) -> Vec<Half> {
    let half = |from: usize, to: usize, words: String| Half { from, to, words, renames };
    let mut out = Vec::new();
    if zone.place == Place::Thing && zone.end - zone.start <= MOST_WORDS {
        out.push(half(zone.start, zone.end, of.text.span(zone.start, zone.end).to_owned()));
    }
    let says = |w: &usize| of.built.tells(of.text, *w) || of.does(*w, Does::MATERIAL);
    let telling: Vec<usize> = (zone.start..zone.end).filter(says).take(MOST_LOOKED).collect();
    let (Some(first), Some(last)) = (telling.first().copied(), telling.last().copied()) else { return out };
    if of.does(zone.start.saturating_sub(1), Does::BEFORE) && last > first && of.text.word(first).ends_with("ing") {
        // “Machines for washing dishes” are dish washing machines.
        out.push(half(first, last + 1, format!("{} {}", of.text.span(first + 1, last + 1), of.text.word(first))));
    }
    for words in (1..=MOST_WORDS).rev() {
        for (from, to) in [(first, first + words), ((last + 1).saturating_sub(words), last + 1)] {
            let said = !(from..to).any(|w| number(of.text.word(w)) || of.does(w, Does::MATERIAL) && of.plated(w));
            if from >= first && to <= last + 1 && said {
                out.push(half(from, to, of.text.span(from, to).to_owned()));
            }
        }
    }
    for at in telling {
        if of.owned(at) {
            out.push(half(at, at + 1, "personal".to_owned()));
        }
        let word = of.text.word(at);
        match of.text.word(zone.start.saturating_sub(1)) {
            // “Aircraft without pilots” are pilotless aircraft, “creams against wrinkles” anti-wrinkle creams.
            "without" => out.push(half(at, at + 1, format!("{word}less"))),
            "against" => out.push(half(at, at + 1, format!("anti {word}"))),
            _ => {}
        }
        // “Boots for skiing” are ski boots.
        if let Some(stem) = word.strip_suffix("ing").filter(|s| s.len() > 2) {
            out.push(half(at, at + 1, stem.to_owned()));
        }
    }
    out.extend(made_of(of, zone.start, last + 1));
    out
}

impl Ranker<'_> {
    fn only(&self, zone: &Zone, what: Does) -> bool {
        (zone.start..zone.end).all(|w| self.does(w, what))
    }

    /// Whether a thing is joined to the one before by “and”.
    fn joined(&self, thing: usize) -> bool {
        self.built.zones.iter().find(|z| z.thing == thing).is_some_and(|z| z.joined)
    }

    /// “Of the railway”, “of a car”.
    fn definite(&self, zone: &Zone) -> bool {
        self.definite_at(zone.start)
    }

    fn definite_at(&self, at: usize) -> bool {
        matches!(self.text.word(at), "the" | "a" | "an")
    }

    /// “For skiing”, “for the kitchen”: whether a purpose starts here.
    fn purpose(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| self.text.word(before) == "for" || self.definite_at(before) && self.purpose(before))
    }

    /// “Made of wire”.
    fn made(&self, zone: &Zone) -> bool {
        zone.start > 1 && self.text.word(zone.start - 2) == "made"
    }

    /// “Ships of grain” hold goods; “ships of war” do not.
    fn goods(&self, zone: &Zone) -> bool {
        self.built.hits.iter().any(|h| zone.start <= h.start && h.end <= zone.end)
    }

    /// Whether a stretch between commas only qualifies what stands before it: one or two words in the singular.
    fn qualifies(&self, zone: &Zone) -> bool {
        let many = |w: usize| self.text.words.get(w).is_some_and(|word| word.to - word.from > word.end - word.start);
        zone.end - zone.start <= 2 && !many(zone.end - 1)
    }

    /// “Own”, “traveller's”: whether a word says whose the thing is.
    fn owned(&self, at: usize) -> bool {
        let next = self.text.words.get(at + 1).map_or(0, |w| w.from);
        let gap = self.text.words.get(at).and_then(|w| self.raw.get(w.to..next)).unwrap_or("");
        self.text.word(at) == "own" || gap.starts_with(['\'', '’'])
    }

    /// “Gold-plated” is not of gold.
    fn plated(&self, at: usize) -> bool {
        matches!(self.text.word(at + 1), "plated" | "plate" | "plating" | "tone" | "toned" | "color" | "colored" | "filled" | "coated")
    }
}

#[cfg(test)]
mod tests {
    use crate::tables::Tables;

    const GOODS: &str = "words,hs,kind,source
chair,9401,term,licit
wheelchair,8713,term,licit
cream,0401,term,licit
anti-wrinkle cream,3304,term,licit
two-way radio,8517,term,licit
radio,8527,term,licit
radio communication gear,8517,term,licit
silver tableware,7114,term,licit
tableware,6911;6912,term,licit
face cream,3304,term,licit
music instrument,92,term,licit
machine,84,term,licit
machine for washing,8450,term,licit
dish washing machine,8422,term,licit
tent,6306,term,licit
watch,9102;9101,term,licit
men's watch,9102;9101,term,licit
gold watch,9101,term,licit
precious metal watch,9101,term,licit
carpet,5701;5702,term,licit
machine made carpet,5702,term,licit
nickel,7502,term,licit
nickel bar,7505,term,licit
aircraft,8802,term,licit
pilotless aircraft,8806,term,licit
ski equipment,9506,term,licit
tyre,4011,term,licit
used tyre,4012,term,licit
wire,7217,term,licit
wire netting,7314,term,licit
ship,8901,term,licit
warship,8906,term,licit
camera,8525;9006,term,licit
personal camera,9006,term,licit
phone,8517,term,licit
camera phone,8517,term,licit
wine,2204,term,licit
diesel,2710,term,licit
jerrycan,3923,term,licit
thé,0902,term,licit
apparel,61,term,licit
standard lamp,9405,term,licit
colour pencil,9609,term,licit
";

    /// The heading of the surest reading of each description, with whether it is firm.
    fn surest(words: &str) -> (String, bool) {
        let classifier = crate::goods::classify::tests::classifier(GOODS);
        let found = classifier.classify(words, &Tables::default());
        found.codes.first().map(|c| (c.hs.to_string(), c.firm)).unwrap_or_default()
    }

    #[track_caller]
    fn check(rows: &[(&str, &str)]) {
        for (words, code) in rows {
            assert_eq!(surest(words), ((*code).to_owned(), true), "{words}");
        }
    }

    #[test]
    fn what_stands_behind_completes_the_name() {
        check(&[
            ("chairs on wheels for the disabled", "8713"),
            ("instruments for making music", "92"),
            ("creams and colours for the face", "3304"),
            ("aircraft without a pilot", "8806"),
            ("gear for skiing", "9506"),
            ("creams against wrinkles", "3304"),
            ("gear for communication by radio", "8517"),
            ("radios, new, two-way", "8517"),
            ("tableware in silver", "7114"),
            ("tents, assorted", "6306"),
            ("tyres, used", "4012"),
            ("netting made of wire", "7314"),
            ("ships of war", "8906"),
            ("ships of diesel", "8901"),
            ("chairs for offices", "9401"),
        ]);
    }

    #[test]
    fn a_purpose_has_its_object() {
        check(&[("machines for washing", "8450"), ("machines for washing dishes", "8422")]);
    }

    #[test]
    fn a_material_says_which_of_the_readings() {
        check(&[
            ("a watch for the wrist whose case is of gold", "9101"),
            ("precious-metal-clad watches", "9101"),
            ("watches, cases clad with precious metal", "9101"),
            ("watch, gold-plated", "9102"),
            ("men's watch, gold case", "9101"),
            ("machine-made polypropylene carpets", "5702"),
            ("bars of nickel", "7505"),
        ]);
    }

    #[test]
    fn what_is_somebodys_own_is_personal() {
        check(&[("own camera", "9006"), ("the camera round a traveller's neck", "9006"), ("cameras", "8525")]);
    }

    #[test]
    fn only_a_purpose_makes_one_outfit_another() {
        assert!(!surest("gear from the ski hut").1);
        check(&[("a set for the ski", "9506")]);
    }

    #[test]
    fn things_side_by_side_stay_apart() {
        check(&[("phones, cameras", "8517"), ("chairs, music instruments", "9401")]);
    }

    #[test]
    fn a_vessel_only_holds() {
        check(&[("20 jerrycans of diesel", "2710"), ("20 jerrycans of plastic", "3923"), ("flacons of wine", "2204")]);
    }

    #[test]
    fn small_words_and_qualities_are_no_goods() {
        assert_eq!(surest("156 shipments of the same"), (String::new(), false));
        check(&[("thé", "0902"), ("standard apparel", "61"), ("color pencils", "9609"), ("a device known as a camera phone", "8517")]);
    }
}
