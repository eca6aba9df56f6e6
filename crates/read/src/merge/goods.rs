//! Whether the goods of two tellings may be the same: by their group, sort, model, amount, and the words that name them.

use crate::groups::{NATIONS, SAYS_HOW_NOT_WHAT, SORTS_OF_GOODS};
use crate::what::{Sort, Thing};

pub(super) fn group(category: &str) -> u8 {
    match category {
        "arms" | "ammunition" | "missile" => 1,
        "luxury_vehicle" | "vehicles" | "luxury_goods" => 2,
        "humanitarian" | "food" | "medicine" => 3,
        "money" | "crypto" | "financial_service" => 4,
        "technology" | "dual_use" | "nuclear" | "machinery" | "electronics" => 5,
        "oil" => 6,
        "minerals" | "metals" => 8,
        "vessel" => 9,
        "coal" => 10,
        "seafood" => 11,
        "workers" => 12,
        "textiles" => 13,
        "wildlife" => 14,
        "aircraft" => 15,
        _ => 0,
    }
}

/// Goods that States under an embargo sell: raw ones, and what their workers make.
pub(super) fn is_raw(things: &[Thing]) -> bool {
    things.iter().any(|t| {
        !t.generic
            && matches!(t.category.as_str(), "coal" | "minerals" | "metals" | "seafood" | "textiles" | "timber" | "workers" | "art_statues")
    })
}

/// Goods that States under an embargo are not to get.
pub(super) fn is_supplied(things: &[Thing]) -> bool {
    things.iter().any(|t| {
        !t.generic
            && matches!(
                t.category.as_str(),
                "arms"
                    | "ammunition"
                    | "missile"
                    | "nuclear"
                    | "dual_use"
                    | "luxury_vehicle"
                    | "luxury_goods"
                    | "machinery"
                    | "vehicles"
                    | "electronics"
                    | "aircraft"
                    | "technology"
            )
    })
}

pub(super) fn things_meet(a: &[Thing], b: &[Thing]) -> bool {
    let generic = |list: &[Thing]| list.iter().all(|t| t.generic);
    if generic(a) || generic(b) {
        return !(hardware(a) && bulk(b) || hardware(b) && bulk(a));
    }
    let alike = |x: &Thing, y: &Thing| {
        if same_amount(x, y) {
            return true;
        }
        // `a second limousine … the first car had been handed over in May`.
        if let (Some(p), Some(q)) = (ordinal(x), ordinal(y))
            && p != q
        {
            return false;
        }
        let (mine, theirs) = (models(x), models(y));
        if !mine.is_empty() && !theirs.is_empty() && mine.iter().all(|m| !theirs.contains(m)) {
            return false;
        }
        // `troops` and `soldiers`.
        if x.sort == Sort::People && y.sort == Sort::People {
            return x.category == y.category;
        }
        let (g, h) = (group(&x.category), group(&y.category));
        let same = if g == 0 { x.category == y.category && shares_word(x, y) } else { g == h };
        match (sort_within(x), sort_within(y)) {
            // Drones are no missiles, though both are arms; `the weapons` may be either.
            (Some(p), Some(q)) if same => (p == q && p < UNNAMED) || shares_word(x, y),
            _ => same || shares_word(x, y),
        }
    };
    a.iter().any(|x| b.iter().any(|y| alike(x, y)))
}

/// `watches` and `wine`, `eagles` and `a lion`: goods of one sort that no word of either makes the same.
pub(super) fn particulars_differ(a: &[Thing], b: &[Thing]) -> bool {
    let open = |g: u8| matches!(g, 1 | 4 | 6 | 10 | 12 | 15);
    let apart = |x: &Thing, y: &Thing| {
        let goods = x.sort == Sort::Goods && y.sort == Sort::Goods && x.english.is_none() && y.english.is_none();
        goods && !open(group(&x.category)) && !names_its_sort(x) && !names_its_sort(y) && !shares_word(x, y) && !same_amount(x, y)
    };
    a.iter().all(|x| b.iter().all(|y| apart(x, y)))
}

/// `animals`, `cars`, `food`: a word for all goods of a sort, which may mean any of them.
fn names_its_sort(thing: &Thing) -> bool {
    let last = thing.words.split_whitespace().last().map(stem).unwrap_or_default();
    SORTS_OF_GOODS.contains(last.as_str()) || thing.generic
}

/// `the equipment`, `parts`: general words for what is made.
fn hardware(list: &[Thing]) -> bool {
    let made = |t: &Thing| {
        let last = t.words.split_whitespace().last().map(stem).unwrap_or_default();
        matches!(last.as_str(), "equipment" | "part" | "component" | "machinery" | "hardware" | "technology" | "spare" | "device")
    };
    !list.is_empty() && list.iter().all(made)
}

/// Goods by the tonne or the barrel, and money, which no such word means.
fn bulk(list: &[Thing]) -> bool {
    const BULK: [&str; 9] = ["oil", "coal", "food", "minerals", "money", "crypto", "seafood", "workers", "timber"];
    !list.is_empty() && list.iter().all(|t| !t.generic && BULK.contains(&t.category.as_str()))
}

/// `MH-60R`, `Su-35`, `S-400`: models by their numbers.
fn models(thing: &Thing) -> Vec<String> {
    let model = |w: &&str| w.contains('-') && w.chars().any(|c| c.is_ascii_digit()) && w.starts_with(|c: char| c.is_ascii_uppercase());
    thing.words.split_whitespace().filter(model).map(str::to_lowercase).collect()
}

/// Which of several a thing is said to be.
fn ordinal(thing: &Thing) -> Option<usize> {
    const ORDINALS: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];
    let first = thing.words.split_whitespace().next().map(str::to_lowercase)?;
    ORDINALS.iter().position(|o| *o == first)
}

/// `87 tons of acetone`, `87 tons of the precursor`: one amount, however the goods are called.
fn same_amount(a: &Thing, b: &Thing) -> bool {
    const UNITS: [&str; 10] = ["ton", "tonne", "barrel", "kilo", "kilogram", "litre", "liter", "bag", "container", "bottle"];
    let amount = |t: &Thing| {
        let mut words = t.words.split_whitespace();
        // Round numbers are told of much.
        let number = words.next().filter(|n| n.len() > 1 && n.starts_with(|c: char| c.is_ascii_digit()) && !n.ends_with('0'));
        number.map(|n| (n.to_owned(), words.next().map(stem).unwrap_or_default()))
    };
    amount(a).is_some_and(|x| UNITS.contains(&x.1.as_str()) && amount(b).is_some_and(|y| x == y))
}

/// `2,500 tons of flour` and `5,200 tons`: amounts in one unit that are not one amount told roughly.
pub(super) fn amounts_differ(a: &[Thing], b: &[Thing]) -> bool {
    const UNITS: [&str; 8] = ["ton", "tonne", "barrel", "kilogram", "litre", "liter", "bag", "bottle"];
    let amount = |t: &Thing| {
        let words: Vec<&str> = t.words.split_whitespace().collect();
        words.windows(2).find_map(|w| {
            let unit = stem(w[1]);
            let number = w[0].replace(',', "").parse::<f64>().ok()?;
            UNITS.contains(&unit.as_str()).then_some((number, unit))
        })
    };
    let (mine, theirs) = (a.iter().find_map(amount), b.iter().find_map(amount));
    mine.zip(theirs).is_some_and(|(x, y)| x.1 == y.1 && (x.0 / y.0 > 1.3 || y.0 / x.0 > 1.3))
}

/// Arms or oil of a sort that no word tells, such as a model by its name.
const UNNAMED: usize = 99;

/// What sort of arms or oil words tell; `None` for `weapons`, `oil` and everything else.
pub(super) fn sort_within(thing: &Thing) -> Option<usize> {
    const ARMS: [&[&str]; 6] = [
        &["drone", "uav", "unmanned", "shahed", "mohajer", "bayraktar", "orlan", "ababil"],
        &["missile", "rocket"],
        &["shell", "round", "bullet", "cartridge", "grenade", "mortar", "artillery", "ammunition", "munition"],
        &["rifle", "pistol", "gun", "firearm", "revolver", "carbine"],
        &["tank", "carrier", "vehicle", "truck", "pickup", "humvee"],
        &["helicopter", "jet", "fighter", "aircraft", "plane", "bomber"],
    ];
    const OIL: [&[&str]; 3] = [
        &["crude"],
        &["condensate"],
        &["gasoline", "petrol", "diesel", "kerosene", "fuel", "gasoil", "naphtha", "refined", "lubricant", "bitumen"],
    ];
    let sorts: &[&[&str]] = match group(&thing.category) {
        1 => &ARMS,
        6 => &OIL,
        _ => return None,
    };
    let words: Vec<String> = thing.words.split_whitespace().map(stem).collect();
    // `unmanned aerial vehicles` are drones.
    if group(&thing.category) == 1 && words.iter().any(|w| w == "unmanned") {
        return Some(0);
    }
    // The last word that tells counts: an anti-tank missile is a missile.
    let told = words.iter().rev().find_map(|w| sorts.iter().position(|list| list.contains(&w.as_str())));
    let general = [
        "weapon",
        "arm",
        "armed",
        "arming",
        "weaponry",
        "armament",
        "equipment",
        "hardware",
        "aid",
        "assistance",
        "supplie",
        "oil",
        "petroleum",
    ];
    told.or_else(|| (!words.iter().any(|w| general.contains(&w.as_str()))).then_some(UNNAMED))
}

pub(super) fn stem(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).trim_end_matches('s').to_lowercase()
}

pub(super) fn shares_word(a: &Thing, b: &Thing) -> bool {
    let tells =
        |w: &String| (w.len() > 3 || matches!(w.as_str(), "aid" | "oil" | "car" | "gas")) && !SAYS_HOW_NOT_WHAT.contains(w.as_str());
    let what = |thing: &Thing| thing.words.split_whitespace().filter(|w| !is_whose(w)).map(stem).collect::<Vec<_>>();
    let theirs = what(b);
    what(a).iter().filter(|w| tells(w)).any(|w| theirs.contains(w))
}

/// `a Russian car`, `Russian-made parts`: whose goods are is no word for them, and two acts that share no other word are not one.
fn is_whose(word: &str) -> bool {
    let low = stem(word);
    let nation = low.split('-').next().unwrap_or(&low);
    let ends = ["ian", "ean", "yan", "can", "ban", "ese", "ish"].iter().any(|end| nation.ends_with(end));
    word.starts_with(char::is_uppercase) && (ends || NATIONS.contains(nation))
}
