//! Words of a name that say in which annex of which act of the European Union a party stands: “listed in Annex I to Regulation (EC) No 881/2002”.
//!
//! Such words say under which regime a party is listed, where “a listed firm” leaves that open; and some annexes are no list of frozen parties at all: those of
//! Regulation 833/2014 name whom nobody may lend to or sell for.

use crate::called::is_over;
use crate::text::denied;

/// What an annex of an act lists.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Annexed {
    /// Parties that are frozen under these regimes, that of the Union and, where it follows one, that of the United Nations.
    Frozen(&'static [&'static str]),
    /// Parties that something else is forbidden with.
    Otherwise,
}

/// Acts by their numbers, the annexes that list frozen parties (none given: any that is named with it), and the regimes.
static ACTS: [(&str, &[&str], &[&str]); 47] = [
    ("881 2002", &["i"], &["eu/isil-al-qaida", "un/isil-al-qaida", "un/al-qaida-and-taliban"]),
    ("2016 1686", &["i"], &["eu/isil-al-qaida"]),
    ("753 2011", &["i"], &["eu/taliban", "un/taliban"]),
    ("2580 2001", &[], &["eu/terrorism"]),
    ("329 2007", &["iv"], &["eu/dprk", "un/dprk"]),
    ("329 2007", &["v", "va"], &["eu/dprk"]),
    ("2017 1509", &["xiii"], &["eu/dprk", "un/dprk"]),
    ("2017 1509", &["xv", "xvi", "xvii", "xviii"], &["eu/dprk"]),
    ("269 2014", &["i"], &["eu/russia"]),
    ("208 2014", &["i"], &["eu/ukraine"]),
    ("2024 1485", &["i", "iv"], &["eu/russia"]),
    ("2024 2642", &["i"], &["eu/russia-destabilising"]),
    ("765 2006", &["i"], &["eu/belarus"]),
    ("36 2012", &["ii", "iia"], &["eu/syria"]),
    ("442 2011", &["ii", "iia"], &["eu/syria"]),
    ("267 2012", &["viii"], &["eu/iran", "un/iran"]),
    ("267 2012", &["ix", "xiii", "xiv"], &["eu/iran"]),
    ("359 2011", &["i"], &["eu/iran"]),
    ("423 2007", &["iv"], &["eu/iran", "un/iran"]),
    ("423 2007", &["v"], &["eu/iran"]),
    ("961 2010", &["vii"], &["eu/iran", "un/iran"]),
    ("961 2010", &["viii"], &["eu/iran"]),
    ("2023 1529", &["iii"], &["eu/iran"]),
    ("2016 44", &["ii"], &["eu/libya", "un/libya"]),
    ("2016 44", &["iii"], &["eu/libya"]),
    ("204 2011", &["ii"], &["eu/libya", "un/libya"]),
    ("204 2011", &["iii"], &["eu/libya"]),
    ("401 2013", &["iv"], &["eu/myanmar"]),
    ("194 2008", &["vi"], &["eu/myanmar"]),
    ("314 2004", &["iii"], &["eu/zimbabwe"]),
    ("1210 2003", &["iii", "iv"], &["eu/iraq", "un/iraq"]),
    ("1183 2005", &["i"], &["eu/drc", "un/drc"]),
    ("1183 2005", &["ia"], &["eu/drc"]),
    ("224 2014", &["i"], &["eu/car", "un/car"]),
    ("2015 735", &["i"], &["eu/south-sudan", "un/south-sudan"]),
    ("2015 735", &["ii"], &["eu/south-sudan"]),
    ("2023 2147", &["i"], &["eu/sudan"]),
    ("747 2014", &["i"], &["eu/sudan", "un/sudan"]),
    ("356 2010", &["i"], &["eu/somalia", "un/al-shabaab"]),
    ("1352 2014", &["i"], &["eu/yemen", "un/yemen"]),
    ("2017 1770", &["i", "ia"], &["eu/mali"]),
    ("2017 2063", &["iv", "v"], &["eu/venezuela"]),
    ("2024 386", &["i"], &["eu/hamas"]),
    ("2020 1998", &["i"], &["eu/human-rights"]),
    ("2019 796", &["i"], &["eu/cyber"]),
    ("2018 1542", &["i"], &["eu/chemical-weapons"]),
    ("833 2014", &[], &[]),
];

/// In which annex the padded text of a name says that the party stands, if it names the act, and what it says in words.
pub(crate) fn annexed(text: &str) -> Option<(Annexed, String)> {
    let at = text.find(" annex ")?;
    let (before, after) = (text.get(..at)?, text.get(at + " annex ".len()..)?);
    if denied(before) || is_over(text) || before.contains(" formerly ") {
        return None;
    }
    let annex = after.split(' ').next().filter(|word| word.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'l' | 'a')))?;
    let number = |act: &str| after.find(&format!(" {act} "));
    let nearest = ACTS.iter().filter_map(|(act, ..)| Some((number(act)?, *act))).min()?;
    let words = format!("annex {annex}, {}", nearest.1.replace(' ', "/"));
    let mut rows = ACTS.iter().filter(|(act, ..)| *act == nearest.1);
    let found = rows.find(|(_, annexes, regimes)| !regimes.is_empty() && (annexes.is_empty() || annexes.contains(&annex)));
    Some((found.map_or(Annexed::Otherwise, |(_, _, regimes)| Annexed::Frozen(regimes)), words))
}

/// Whether the padded text of a name says that the party stands in an annex, without the act, which in Regulation 833/2014 on Russia lists banks and
/// firms that nobody may lend to or deal with, and in the acts on frozen Russian parties lists nobody.
pub(crate) fn lists_no_frozen_party(text: &str) -> bool {
    let annex = text.split_once(" annex ").and_then(|(_, after)| after.split(' ').next());
    annex.is_some_and(|annex| matches!(annex, "iii" | "iv" | "v" | "vi" | "xii" | "xiii" | "xiv" | "xix" | "xlii" | "xlv"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::padded;

    #[test]
    fn the_act_and_its_annex_say_under_which_regime() {
        for (name, regimes) in [
            (
                "a buyer on the list of Annex I to Regulation 881/2002",
                &["eu/isil-al-qaida", "un/isil-al-qaida", "un/al-qaida-and-taliban"][..],
            ),
            ("a bank listed in Annex XV to Council Regulation (EU) 2017/1509", &["eu/dprk"][..]),
            ("a person named in Annex I to Council Regulation (EU) No 269/2014", &["eu/russia"][..]),
        ] {
            assert_eq!(annexed(&padded(name)).map(|(what, _)| what), Some(Annexed::Frozen(regimes)), "{name}");
        }
    }

    #[test]
    fn an_annex_that_freezes_nobody_lists_nobody() {
        let annex = |name: &str| annexed(&padded(name)).map(|(what, _)| what);
        assert_eq!(annex("Sberbank, listed in Annex III to Regulation (EU) No 833/2014"), Some(Annexed::Otherwise));
        assert_eq!(annex("a firm not listed in Annex I to Regulation 269/2014"), None);
        assert_eq!(annex("a firm no longer in Annex I to Regulation 269/2014"), None);
        assert_eq!(annex("a firm formerly in Annex I to Regulation 269/2014"), None);
        assert_eq!(annex("a firm removed from Annex I to Regulation 269/2014"), None);
        assert_eq!(annex("a firm delisted in May, once in Annex I to Regulation 269/2014"), None);
        assert_eq!(annex("a listed firm"), None);
        assert_eq!(annex("a firm listed in Annex I"), None);
    }
}
