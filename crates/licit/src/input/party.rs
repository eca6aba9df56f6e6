//! The fields of a party: who it is, by what it can be told from others, who owns it.

use super::InputProblem;
use super::fields::{At, Reader};
use super::node::Node;
use model::{Background, Designation, Owner, Party, PartyType, Role, nearest};
use std::collections::BTreeSet;

/// Most levels of owners behind a party.
const MOST_LEVELS: usize = 8;

const KNOWN: [&str; 25] = [
    "role",
    "name",
    "type",
    "nationality",
    "located_in",
    "acts_for",
    "flag",
    "designated",
    "aliases",
    "birth_date",
    "gender",
    "identifiers",
    "owners",
    "id",
    "part",
    "country",
    "inc_date",
    "addr_type",
    "linked_to_listed",
    "business",
    "web_presence",
    "case_mentions",
    "refuses_end_user",
    "kyc",
    "listed",
];

const NUMBERS: [&str; 13] =
    ["passport", "national-id", "tax", "registration", "imo", "imo-company", "mmsi", "tail", "bic", "lei", "iban", "account", "wallet"];

impl Reader<'_> {
    pub(super) fn party(&mut self, at: &At, node: &Node) -> Party {
        self.party_at(at, node, 0)
    }

    fn party_at(&mut self, at: &At, node: &Node, level: usize) -> Party {
        let mut party = Party::default();
        for (key, value) in self.map(at, node).unwrap_or_default() {
            let here = at.field(key);
            if *value != Node::Null && !self.party_field(&here, key, value, &mut party, level) {
                self.unknown(&here, key, &KNOWN);
            }
        }
        party
    }

    /// Reads one field; false when there is none of that name.
    fn party_field(&mut self, here: &At, key: &str, value: &Node, party: &mut Party, level: usize) -> bool {
        match key {
            "role" => self.role(here, value, party),
            "name" => party.name = self.filled(here, value).unwrap_or_default().to_owned(),
            "type" => party.kind = self.word(here, value, PartyType::parse, PartyType::all_words),
            "nationality" => party.nationality = self.some(here, value, Self::country).into_iter().flatten().collect(),
            "located_in" => party.located_in = self.country(here, value),
            "flag" => party.flag = self.country(here, value),
            "acts_for" => self.acts_for(here, value, party),
            "designated" => match value {
                Node::Bool(b) => party.designated = Some(*b),
                Node::List(regimes) if regimes.is_empty() => party.designated = Some(false),
                Node::List(_) | Node::Text(_) => self.designated_under(here, value, party),
                other => self.tell(
                    here,
                    format!("expected true, false, regimes such as `un/dprk` or authorities such as `us`, found {}", other.kind()),
                    None,
                ),
            },
            "aliases" => {
                party.aliases = self.some(here, value, |r, at, n| r.filled(at, n).map(str::to_owned)).into_iter().flatten().collect();
            }
            "birth_date" => party.birth = self.span(here, value),
            "gender" => party.female = self.female(here, value),
            "identifiers" => party.identifiers = self.numbers(here, value),
            "owners" if level < MOST_LEVELS => party.owners = self.list(here, value, |r, at, n| r.owner(at, n, level + 1)),
            "owners" => self.tell(here, format!("more than {MOST_LEVELS} levels of owners"), None),
            _ => return self.background_field(here, key, value, party),
        }
        true
    }

    /// Under which regimes it is said to be listed, and under no other; or by which authorities, without a word on the regime.
    fn designated_under(&mut self, here: &At, value: &Node, party: &mut Party) {
        let words: Vec<String> = self.some(here, value, |r, at, n| r.lister(at, n)).into_iter().flatten().collect();
        let (regimes, authorities): (Vec<String>, Vec<String>) = words.into_iter().partition(|word| word.contains('/'));
        if !authorities.is_empty() && !regimes.is_empty() {
            self.tell(here, "expected regimes or authorities, found both", Some("such as [\"un/dprk\"], or [\"us\", \"uk\"]".into()));
        }
        if !authorities.is_empty() {
            party.designated = Some(true);
        }
        let said = |regime: String| Designation {
            listing: format!("{regime}, as stated"),
            who: party.name.clone(),
            regime,
            sure: true,
            from: None,
            to: None,
        };
        party.designations = regimes.into_iter().map(said).collect();
        party.listed_by = authorities;
    }

    /// A regime, or an authority that has some.
    fn lister(&mut self, here: &At, value: &Node) -> Option<String> {
        let text = self.filled(here, value)?.to_owned();
        let of_law = self.book.regimes.values();
        let known: BTreeSet<&str> = of_law.flat_map(|r| r.lists.iter().chain([&r.id, &r.jurisdiction])).map(String::as_str).collect();
        if known.contains(text.as_str()) {
            return Some(text);
        }
        let help = nearest(&text, known.iter().copied())
            .map_or_else(|| "a regime such as `un/dprk`, or an authority such as `us`".into(), |n| format!("did you mean `{n}`?"));
        self.tell(here, format!("unknown regime or authority `{text}`"), Some(help));
        None
    }

    /// What a due-diligence file adds; false when there is no field of that name.
    fn background_field(&mut self, here: &At, key: &str, value: &Node, party: &mut Party) -> bool {
        let mut b = party.background.take().unwrap_or_default();
        match key {
            "id" => b.id = self.filled(here, value).unwrap_or_default().to_owned(),
            "part" => b.part = self.filled(here, value).map(str::to_lowercase),
            "country" => party.nationality.extend(self.country(here, value).filter(|c| !party.nationality.contains(c))),
            "inc_date" => b.incorporated = self.span(here, value),
            "addr_type" => {
                let word = self.filled(here, value).map(str::to_lowercase);
                b.thin_address = word.map(|w| matches!(w.as_str(), "residence" | "residential" | "virtual" | "mailbox" | "shared"));
            }
            "linked_to_listed" => b.linked_to_listed = self.said(here, value),
            "business" => {
                b.business_unfit = self.filled(here, value).map(|w| matches!(w.to_lowercase().as_str(), "inconsistent" | "none" | "unfit"))
            }
            "web_presence" => b.business_unfit = self.said(here, value).map(|there| !there),
            "case_mentions" => b.case_mentions = self.measure(here, value),
            "refuses_end_user" => b.refuses_end_user = self.said(here, value),
            "kyc" => b.known_throughout = self.filled(here, value).map(|w| w.eq_ignore_ascii_case("full")),
            "listed" => b.listed = self.listings(here, value),
            _ => {
                party.background = (*b != Background::default()).then_some(b);
                return false;
            }
        }
        party.background = (*b != Background::default()).then_some(b);
        true
    }

    /// `[{"list": "UN", "id": "KPe.020"}]`, or words.
    fn listings(&mut self, at: &At, node: &Node) -> Vec<String> {
        if let Node::Bool(listed) = node {
            return listed.then(|| "as stated".to_owned()).into_iter().collect();
        }
        let read = |r: &mut Self, at: &At, n: &Node| match n {
            Node::Map(pairs) => {
                let words = pairs.iter().filter_map(|(_, v)| if let Node::Text(t) = v { Some(t.as_ref()) } else { None });
                Some(words.collect::<Vec<_>>().join("/"))
            }
            other => r.filled(at, other).map(str::to_owned),
        };
        self.some(at, node, read).into_iter().flatten().collect()
    }

    /// The words of forwarders for what a party does, beside those of the contract: the law sees the nearest role.
    fn role(&mut self, at: &At, node: &Node, party: &mut Party) {
        let word = if let Node::Text(text) = node { text.trim().to_lowercase().replace([' ', '-'], "_") } else { String::new() };
        let role = match word.as_str() {
            "shipper" | "exporter" | "sender" => Some(Role::Supplier),
            "importer" => Some(Role::Buyer),
            "beneficiary" => Some(Role::EndUser),
            "notify" | "notify_party" | "contact" => Some(Role::Intermediary),
            "payer" => Some(Role::Financier),
            "manager" => Some(Role::Operator),
            "courier" => Some(Role::Carrier),
            _ => None,
        };
        if role.is_none() {
            party.role = self.word(at, node, Role::parse, Role::all_words);
            return;
        }
        party.role = role;
        party.background.get_or_insert_default().part = Some(word);
    }

    fn female(&mut self, at: &At, node: &Node) -> Option<bool> {
        match self.filled(at, node)?.to_lowercase().as_str() {
            "female" | "f" | "woman" => Some(true),
            "male" | "m" | "man" => Some(false),
            other => {
                let shown: String = other.chars().take(80).collect();
                self.tell(at, format!("`{shown}` is no gender that a list knows"), Some("female or male, or leave it out".into()));
                None
            }
        }
    }

    /// A description of goods and the caller's name for it.
    pub(crate) fn description(mut self, node: &Node) -> Result<(String, String), Vec<InputProblem>> {
        let (mut id, mut description) = (String::new(), None);
        let root = At::ROOT;
        for (key, value) in self.map(&root, node).unwrap_or_default() {
            let here = root.field(key);
            match key.as_ref() {
                "id" => id = self.id(&here, value),
                "description" | "text" => description = self.filled(&here, value).map(str::to_owned),
                _ => self.unknown(&here, key, &["id", "description"]),
            }
        }
        if description.is_none() && self.clean() {
            self.tell(&root, "no goods are described", Some("such as {\"id\": \"1\", \"description\": \"water pumps\"}".into()));
        }
        self.finished().map(|()| (id, description.unwrap_or_default()))
    }

    /// Whom to look for: an id and what is known of the party.
    pub(crate) fn query(mut self, node: &Node) -> Result<(String, Party), Vec<InputProblem>> {
        const FIELDS: [&str; 9] = ["id", "name", "type", "country", "birth_date", "gender", "identifiers", "aliases", "nationality"];
        let (mut id, mut party) = (String::new(), Party::default());
        let root = At::ROOT;
        for (key, value) in self.map(&root, node).unwrap_or_default() {
            let here = root.field(key);
            match (key.as_ref(), value) {
                (_, Node::Null) => {}
                ("id", Node::Number(n)) => id = n.to_string(),
                ("id", text) => id = self.text(&here, text).unwrap_or_default().to_owned(),
                ("country", value) => {
                    let countries = self.some(&here, value, Self::country).into_iter().flatten();
                    party.nationality.extend(countries.collect::<Vec<_>>());
                }
                (field, value) => {
                    if !FIELDS.contains(&field) || !self.party_field(&here, field, value, &mut party, 0) {
                        self.unknown(&here, field, &FIELDS);
                    }
                }
            }
        }
        if party.name.trim().is_empty() && self.clean() {
            self.tell(&root, "whom to look for? `name` is missing", Some("such as {\"id\": \"1\", \"name\": \"Kim Jong Un\"}".into()));
        }
        self.finished().map(|()| (id, party))
    }

    /// `{"imo": "9187629"}`, or a list of `imo:9187629`.
    fn numbers(&mut self, at: &At, node: &Node) -> Vec<(String, String)> {
        let Node::Map(pairs) = node else {
            let read = |r: &mut Self, here: &At, n: &Node| {
                let text = r.filled(here, n)?.to_owned();
                r.number_word(here, &text)
            };
            return self.some(at, node, read).into_iter().flatten().collect();
        };
        let mut out = Vec::new();
        for (kind, value) in pairs {
            let here = at.field(kind);
            let number = match value {
                Node::Number(n) if n.fract() == 0.0 && *n >= 0.0 && *n < 1e15 => Some(format!("{n:.0}")),
                other => self.filled(&here, other).map(str::to_owned),
            };
            out.extend(number.and_then(|n| self.number_kind(&here, kind, &n)));
        }
        out
    }

    fn number_word(&mut self, at: &At, text: &str) -> Option<(String, String)> {
        match text.split_once(':') {
            Some((kind, number)) => self.number_kind(at, kind, number),
            None => Some((String::new(), text.trim().to_owned())),
        }
    }

    fn number_kind(&mut self, at: &At, kind: &str, number: &str) -> Option<(String, String)> {
        let kind = kind.trim().to_lowercase().replace([' ', '_'], "-");
        if NUMBERS.contains(&kind.as_str()) {
            return Some((kind, number.trim().to_owned()));
        }
        let help =
            model::nearest(&kind, NUMBERS).map_or_else(|| format!("one of {}", NUMBERS.join(", ")), |n| format!("did you mean `{n}`?"));
        self.tell(at, format!("`{}` is no kind of number known here", kind.chars().take(80).collect::<String>()), Some(help));
        None
    }

    fn owner(&mut self, at: &At, node: &Node, level: usize) -> Owner {
        let mut owner = Owner::default();
        for (key, value) in self.map(at, node).unwrap_or_default() {
            let here = at.field(key);
            match (key.as_ref(), value) {
                (_, Node::Null) => {}
                ("share", share) => owner.share = self.share(&here, share),
                ("controls", Node::Bool(b)) => owner.controls = Some(*b),
                ("controls", other) => self.tell(&here, format!("expected true or false, found {}", other.kind()), None),
                (field, value) => {
                    if !self.party_field(&here, field, value, &mut owner.party, level) {
                        let known: Vec<&str> = KNOWN.into_iter().chain(["share", "controls"]).collect();
                        self.unknown(&here, field, &known);
                    }
                }
            }
        }
        owner
    }

    /// Per cent: `51`, `"51 %"`, `"25-50"`.
    fn share(&mut self, at: &At, node: &Node) -> Option<(f64, f64)> {
        let range = match node {
            Node::Number(n) => Some((*n, *n)),
            other => {
                let text = self.filled(at, other)?;
                let bare = text.trim().trim_end_matches('%').trim();
                let number = |t: &str| t.trim().trim_end_matches('%').trim().parse::<f64>().ok();
                match bare.split_once(['-', '–']) {
                    Some((low, high)) => number(low).zip(number(high)),
                    None => number(bare).map(|n| (n, n)),
                }
            }
        };
        let valid = range.filter(|(low, high)| (0.0..=100.0).contains(low) && (*low..=100.0).contains(high));
        if valid.is_none() {
            self.tell(at, "a share is a number of per cent from 0 to 100", Some("such as 51 or \"25-50\"".into()));
        }
        valid
    }

    /// `government of RU` makes the party act for a State; other words are kept as they are.
    fn acts_for(&mut self, at: &At, node: &Node, party: &mut Party) {
        let Some(text) = self.filled(at, node) else { return };
        let lower = text.to_lowercase();
        let state = ["the government of ", "government of ", "state of ", "army of ", "armed forces of "]
            .iter()
            .find_map(|p| lower.strip_prefix(p))
            .map(|rest| rest.trim_start_matches("the ").to_owned());
        match state.map(|s| self.resolver.country(&s)) {
            Some(Ok(country)) => party.government_of = Some(country),
            Some(Err(unclear)) => self.tell(at, unclear.message, unclear.help),
            None => party.acts_for = Some(text.to_owned()),
        }
    }
}
