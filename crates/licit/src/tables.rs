//! The tables of `data/` that are compiled in; the build script reads them too.

use resolve::TableTexts;

pub(crate) const TABLES: TableTexts<'static> = TableTexts {
    countries: include_str!("../../../data/countries.csv"),
    currencies: include_str!("../../../data/currencies.csv"),
    units: include_str!("../../../data/units.csv"),
    goods: include_str!("../../../data/goods.csv"),
    goods_packed: &[],
    list_words_packed: &[],
    goods_grammar: include_str!("../../../data/goods-grammar.csv"),
    goods_parts: include_str!("../../../data/goods-parts.csv"),
    goods_categories: include_str!("../../../data/goods-categories.csv"),
    goods_lists: include_str!("../../../data/goods-lists.csv"),
    hs_headings: include_str!("../../../data/hs-headings.csv"),
    hs_changes: include_str!("../../../data/hs-changes.csv"),
    ownership: include_str!("../../../data/ownership.csv"),
    persons: include_str!("../../../data/persons.csv"),
    purposes: include_str!("../../../data/purposes.csv"),
    purposes_packed: &[],
};

/// Our own table of the facts of the United Nations list.
pub(crate) const LISTED_UN: &str = include_str!("../../../data/listed-un.csv");
