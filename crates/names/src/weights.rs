//! The weights of the score, fitted by `cargo run --release -p xtask -- names tune` on the tuning part; do not edit.

/// Weights for people.
#[rustfmt::skip]
pub(crate) const PERSON: &[f32] = &[
    -0.926, // bias
    1.235, // share of the query found
    0.872, // share of the listed name found
    -1.615, // left over on both sides
    -1.298, // share of the words left over on both sides
    -3.336, // share left over on one side
    1.944, // weight of what is found
    0.000, // farthest pair
    0.000, // misspelt share
    0.000, // familiar form
    0.000, // initials
    -2.535, // father's name differs
    0.000, // father's name left out
    -2.573, // order differs
    -1.046, // order of descent differs
    -0.354, // suffix differs
    -1.302, // number differs
    -0.792, // number left out
    -0.566, // man's and woman's ending
    1.400, // another script
    0.000, // legal form differs
    0.000, // line of work differs
    0.000, // line of work left out
    0.000, // place differs
    0.000, // place left out
    0.000, // only one word found
    0.000, // letters of an acronym
    2.077, // nothing differs
    0.000, // no telling word found
    -6.114, // count left over on both sides
    -1.823, // initial differs
    -3.451, // one telling word listed, others asked for
    -1.217, // two telling words listed, others asked for
];

/// Weights for bodies, ships and aircraft.
#[rustfmt::skip]
pub(crate) const BODY: &[f32] = &[
    -1.656, // bias
    2.359, // share of the query found
    0.000, // share of the listed name found
    -1.514, // left over on both sides
    0.000, // share of the words left over on both sides
    -2.521, // share left over on one side
    0.000, // weight of what is found
    0.000, // farthest pair
    -1.104, // misspelt share
    -0.113, // familiar form
    -3.152, // initials
    0.000, // father's name differs
    -0.165, // father's name left out
    -0.127, // order differs
    0.000, // order of descent differs
    -0.077, // suffix differs
    -1.723, // number differs
    -0.235, // number left out
    -0.203, // man's and woman's ending
    1.400, // another script
    -5.343, // legal form differs
    -1.536, // line of work differs
    -0.658, // line of work left out
    -2.087, // place differs
    -0.630, // place left out
    -0.594, // only one word found
    6.126, // letters of an acronym
    2.930, // nothing differs
    0.000, // no telling word found
    0.000, // count left over on both sides
    -1.056, // initial differs
    -0.859, // one telling word listed, others asked for
    -0.121, // two telling words listed, others asked for
];
