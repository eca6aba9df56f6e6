//! The weights of the score, fitted by `cargo run --release -p xtask -- names tune` on the tuning part; do not edit.

/// Weights for people.
#[rustfmt::skip]
pub(crate) const PERSON: &[f32] = &[
    0.702, // bias
    0.520, // share of the query found
    0.308, // share of the listed name found
    -0.703, // left over on both sides
    -1.014, // share of the words left over on both sides
    -1.049, // share left over on one side
    1.249, // weight of what is found
    0.000, // farthest pair
    0.000, // misspelt share
    0.000, // familiar form
    0.000, // initials
    -2.611, // father's name differs
    0.000, // father's name left out
    -1.299, // order differs
    -0.966, // order of descent differs
    0.000, // suffix differs
    0.000, // number differs
    0.000, // number left out
    -0.181, // man's and woman's ending
    0.632, // another script
    0.000, // legal form differs
    0.000, // line of work differs
    0.000, // line of work left out
    0.000, // place differs
    0.000, // place left out
    0.000, // only one word found
    0.000, // letters of an acronym
    3.304, // nothing differs
    0.000, // no telling word found
    -6.344, // count left over on both sides
    -1.594, // initial differs
];

/// Weights for bodies, ships and aircraft.
#[rustfmt::skip]
pub(crate) const BODY: &[f32] = &[
    -0.701, // bias
    1.086, // share of the query found
    0.000, // share of the listed name found
    0.000, // left over on both sides
    -0.443, // share of the words left over on both sides
    -0.271, // share left over on one side
    0.737, // weight of what is found
    0.000, // farthest pair
    0.000, // misspelt share
    0.000, // familiar form
    -1.072, // initials
    0.000, // father's name differs
    0.000, // father's name left out
    0.000, // order differs
    0.000, // order of descent differs
    0.000, // suffix differs
    -0.275, // number differs
    -0.071, // number left out
    0.000, // man's and woman's ending
    1.396, // another script
    -4.829, // legal form differs
    -1.223, // line of work differs
    0.000, // line of work left out
    -2.411, // place differs
    0.000, // place left out
    -0.470, // only one word found
    3.207, // letters of an acronym
    3.102, // nothing differs
    0.000, // no telling word found
    0.000, // count left over on both sides
    0.000, // initial differs
];
