//! The closed words of the contract: kinds of act, roles, types of party, statuses, units.

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, serde::Serialize, serde::Deserialize)]
        pub enum $name { $(#[doc = $word] $variant),+ }
        impl $name {
            /// Every word, in the order of the contract.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The word of the contract.
            #[must_use]
            pub fn word(self) -> &'static str { match self { $(Self::$variant => $word),+ } }
            /// The meaning of a word, if it is one.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> { match word { $($word => Some(Self::$variant),)+ _ => None } }
            /// All the words, for messages.
            #[must_use]
            pub fn all_words() -> Vec<&'static str> { Self::ALL.iter().map(|v| v.word()).collect() }
        }
    };
}

words!(
    /// What is done.
    ActKind {
        Supply = "supply", Sale = "sale", Gift = "gift", Loan = "loan", Transfer = "transfer", Export = "export",
        Reexport = "reexport", Import = "import", Procurement = "procurement", Donation = "donation", Transit = "transit",
        Transport = "transport", ShipToShipTransfer = "ship_to_ship_transfer", Brokering = "brokering",
        Financing = "financing", Payment = "payment", Remittance = "remittance", Insurance = "insurance",
        Investment = "investment", JointVenture = "joint_venture", Employment = "employment", Training = "training",
        TechnicalAssistance = "technical_assistance", TechnologyTransfer = "technology_transfer",
        ScientificCooperation = "scientific_cooperation", Service = "service", Lease = "lease", Charter = "charter",
        Flagging = "flagging", Classification = "classification", Crewing = "crewing", Bunkering = "bunkering",
        PortCall = "port_call", Overflight = "overflight", FishingRights = "fishing_rights", BankAccount = "bank_account",
        CorrespondentBanking = "correspondent_banking", BulkCash = "bulk_cash", Travel = "travel", Tourism = "tourism",
        Use = "use", Other = "other",
    }
);
words!(
    /// What a party does in the act.
    Role {
        Supplier = "supplier", Seller = "seller", Recipient = "recipient", Buyer = "buyer", Consignee = "consignee",
        EndUser = "end_user", Carrier = "carrier", Vessel = "vessel", Owner = "owner", Operator = "operator",
        Broker = "broker", Financier = "financier", Insurer = "insurer", Bank = "bank", Employer = "employer",
        Worker = "worker", Provider = "provider", Host = "host", Traveller = "traveller", Intermediary = "intermediary",
    }
);
words!(
    /// What sort of party it is.
    PartyType {
        Person = "person", Company = "company", Bank = "bank", Government = "government", Organisation = "organisation",
        Vessel = "vessel", Aircraft = "aircraft",
    }
);
words!(
    /// How far the act has come. A planned act is judged like a completed one.
    Status { Planned = "planned", Attempted = "attempted", Completed = "completed" }
);
words!(
    /// What a quantity counts.
    Unit {
        Item = "item", Tonne = "t", Kilogram = "kg", Gram = "g", Litre = "l", Barrel = "barrel", Gallon = "gal",
        CubicMetre = "m3", Bottle = "bottle", Box = "box", Container = "container", Shipment = "shipment",
        Person = "person", Animal = "animal", Pair = "pair", Set = "set",
    }
);

/// A set of kinds of act, one bit each. Unknown is [`Kinds::ANY`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, serde::Serialize, serde::Deserialize)]
pub struct Kinds(pub u64);

impl Default for Kinds {
    fn default() -> Self {
        Self::ANY
    }
}

impl Kinds {
    /// Every kind.
    pub const ANY: Self = Self((1 << ActKind::ALL.len()) - 1);
    /// Just this kind.
    #[must_use]
    pub fn only(kind: ActKind) -> Self {
        Self(1 << kind as u64)
    }
    /// Whether `kind` is possible.
    #[must_use]
    pub fn has(self, kind: ActKind) -> bool {
        self.0 & (1 << kind as u64) != 0
    }
    /// The kinds in it.
    pub fn iter(self) -> impl Iterator<Item = ActKind> {
        ActKind::ALL.iter().copied().filter(move |k| self.has(*k))
    }
    /// The one kind, if there is exactly one.
    #[must_use]
    pub fn single(self) -> Option<ActKind> {
        if self.0.count_ones() == 1 { self.iter().next() } else { None }
    }
}

/// The word of `words` that `typed` most likely meant, if any is near (edit distance at most a third of its length, at least 1).
#[must_use]
pub fn nearest<'a>(typed: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if typed.len() > 64 {
        return None;
    }
    let typed = typed.to_lowercase();
    words
        .into_iter()
        .map(|word| (distance(&typed, &word.to_lowercase()), word))
        .filter(|(d, word)| *d <= (word.chars().count() / 3).max(1))
        // Of words equally near always the same one, whatever the order they come in.
        .min_by_key(|(d, word)| (*d, *word))
        .map(|(_, word)| word)
}

fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = i;
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
        for (j, cb) in b.iter().enumerate() {
            let cost = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_finds_its_word() {
        assert_eq!(nearest("recipent", Role::all_words()), Some("recipient"));
        assert_eq!(nearest("zzzzzz", Role::all_words()), None);
        assert_eq!(nearest("SALES", ActKind::all_words()), Some("sale"));
    }
}
