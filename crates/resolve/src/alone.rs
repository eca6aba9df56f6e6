//! Parts of an act by themselves: what a party, goods or a purpose mean in every act that they take part in. Whoever reads many acts looks up
//! each of them once. Of a part that says something about the rest of its act nothing is told here; the whole act must then be looked at.

use crate::{Notes, Resolver, moves_goods, onward, pays, said, text};
use model::{Country, Finding, Item, Kinds, Party, Role};
use std::collections::BTreeMap;

impl Resolver {
    /// A party, looked up and screened; none when its words speak of the act too, or of another party.
    #[must_use]
    pub fn party_alone(&self, mut party: Party) -> Option<Party> {
        // An owner may belong behind the firm that is named before him.
        if party.role == Some(Role::Owner) || self.says_more(&text::padded(&party.name)) {
            return None;
        }
        self.party(&mut party, 0, &mut Notes::none());
        Some(party)
    }

    /// The goods that an item is, for an act of this kind; none when its words speak of the act too. Of quantities and sums nothing is said.
    #[must_use]
    pub fn goods_alone(&self, item: Item, kind: Kinds) -> Option<Vec<Item>> {
        let notes = &mut Notes::none();
        let mut items = if moves_goods(kind) { self.taken_apart(vec![item], notes) } else { vec![item] };
        let open = |item: &Item| {
            let text = text::padded(&item.description);
            let american = [" us ", " american "].iter().any(|word| text.contains(word));
            let share = || said::american_share(&text::padded(&item.description.replace('%', " percent "))).is_some();
            self.says_more(&text) || american && share() || pays(kind) && said::coming_from(&text).is_some()
        };
        if items.iter().any(open) {
            return None;
        }
        for (index, item) in items.iter_mut().enumerate() {
            self.goods(item, index, kind, notes);
            item.origin = item.origin.or_else(|| self.origin_said(item, kind));
            (item.quantity, item.value) = (None, None);
        }
        Some(items)
    }

    /// The findings that a purpose answers; none when its words speak of the journey.
    #[must_use]
    pub fn purpose_alone(&self, words: &str) -> Option<BTreeMap<String, Finding>> {
        let padded = text::padded(words);
        if self.speaks_of_a_call(&padded) || onward::may_tell(&padded) {
            return None;
        }
        let found = self.tables.purposes().map(|p| p.findings(Some(words), std::iter::empty())).unwrap_or_default();
        Some(found.into_iter().map(|(name, yes, _)| (name, Finding { yes, by: String::new() })).collect())
    }

    /// Whether padded words speak of the act.
    fn says_more(&self, text: &str) -> bool {
        self.tables.purposes().is_some_and(|p| p.answers_a_finding(text)) || self.speaks_of_a_call(text) || onward::may_tell(text)
    }

    fn speaks_of_a_call(&self, padded: &str) -> bool {
        Country::new("KP").is_none_or(|north| said::earlier_call_in(padded, &self.tables, north).is_some())
    }
}
