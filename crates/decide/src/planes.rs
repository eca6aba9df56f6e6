//! Bit planes: what is known true and known false of every leaf condition, and formulas as lists of cubes.
//!
//! A cube is false when it meets a contrary known bit, true when all its bits are known and agree, else unknown. De Morgan
//! and distribution hold in Kleene logic, so cubes answer exactly as the tree does; a property test holds them to it.

use model::Truth;

/// The logic of three values, for one matter or for many side by side.
pub(crate) trait Kleene: Copy + PartialEq {
    const TRUE: Self;
    const FALSE: Self;
    fn both(self, other: Self) -> Self;
    fn either(self, other: Self) -> Self;
    fn contrary(self) -> Self;
}

impl Kleene for Truth {
    const TRUE: Self = Self::True;
    const FALSE: Self = Self::False;

    fn both(self, other: Self) -> Self {
        self.and(other)
    }
    fn either(self, other: Self) -> Self {
        self.or(other)
    }
    fn contrary(self) -> Self {
        self.negate()
    }
}

/// Words of 64 leaf conditions each. A regime with more leaves than this is refused when the engine is built.
pub(crate) const WORDS: usize = 8;

/// A set of leaves, one bit each.
pub(crate) type Mask = [u64; WORDS];

/// Puts a leaf into a set.
pub(crate) fn set_bit(mask: &mut Mask, at: usize) {
    if let Some(word) = mask.get_mut(at / 64) {
        *word |= 1 << (at % 64);
    }
}

/// Words of 64 rules each.
pub(crate) const RULE_WORDS: usize = 4;

/// A set of rules of a snapshot, one bit each.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct RuleSet([u64; RULE_WORDS]);

impl RuleSet {
    pub(crate) fn insert(&mut self, rule: usize) {
        if let Some(word) = self.0.get_mut(rule / 64) {
            *word |= 1 << (rule % 64);
        }
    }
    pub(crate) fn union(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(a, b)| *a |= b);
        self
    }
    /// The rules in it, in order.
    pub(crate) fn iter(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(at, word)| bits(word).map(move |bit| at * 64 + bit))
    }
}

/// The positions of the bits of a word, lowest first.
pub(crate) fn bits(mut word: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = word.trailing_zeros() as usize;
        (word != 0).then(|| {
            word &= word - 1;
            bit
        })
    })
}

/// What is known of the leaves, for one item of an act on one day.
///
/// Only the leaves of rules that can bear on the act are computed: most rules fall away by the kind of act or by where it goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Planes {
    pub(crate) yes: Mask,
    pub(crate) no: Mask,
    /// Leaves that were computed.
    pub(crate) done: Mask,
    /// Rules whose trigger is not false.
    pub(crate) rules: RuleSet,
    /// Rules that speak of acts of this kind and direction, whether or not they catch this one.
    pub(crate) near: RuleSet,
    /// Whether the regime reaches the item.
    pub(crate) reached: Truth,
}

impl Planes {
    pub(crate) const UNKNOWN: Self = Self {
        yes: [0; WORDS],
        no: [0; WORDS],
        done: [0; WORDS],
        rules: RuleSet([0; RULE_WORDS]),
        near: RuleSet([0; RULE_WORDS]),
        reached: Truth::Unknown,
    };

    pub(crate) fn set(&mut self, atom: u16, truth: Truth) {
        let (word, bit) = (usize::from(atom) / 64, 1u64 << (atom % 64));
        self.yes[word] &= !bit;
        self.no[word] &= !bit;
        match truth {
            Truth::True => self.yes[word] |= bit,
            Truth::False => self.no[word] |= bit,
            Truth::Unknown => {}
        }
    }
    /// Whether a leaf was computed.
    pub(crate) fn has(&self, atom: usize) -> bool {
        self.done[atom / 64] & (1 << (atom % 64)) != 0
    }
    pub(crate) fn get(&self, atom: u16) -> Truth {
        let (word, bit) = (usize::from(atom) / 64, 1u64 << (atom % 64));
        if self.yes[word] & bit != 0 {
            Truth::True
        } else if self.no[word] & bit != 0 {
            Truth::False
        } else {
            Truth::Unknown
        }
    }
}

/// A formula over leaves.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Expr {
    Constant(bool),
    Leaf(u16, bool),
    All(Vec<Expr>),
    Any(Vec<Expr>),
}

impl Expr {
    pub(crate) fn negate(&self) -> Self {
        match self {
            Self::Constant(b) => Self::Constant(!b),
            Self::Leaf(a, positive) => Self::Leaf(*a, !positive),
            Self::All(list) => Self::Any(list.iter().map(Self::negate).collect()),
            Self::Any(list) => Self::All(list.iter().map(Self::negate).collect()),
        }
    }
    pub(crate) fn truth(&self, planes: &Planes) -> Truth {
        self.truth_by(&|a| planes.get(a))
    }
    /// The truth, with the leaves from elsewhere; a leaf that cannot matter any more is not asked for.
    pub(crate) fn truth_by<K: Kleene>(&self, leaf: &impl Fn(u16) -> K) -> K {
        match self {
            Self::Constant(true) => K::TRUE,
            Self::Constant(false) => K::FALSE,
            Self::Leaf(a, true) => leaf(*a),
            Self::Leaf(a, false) => leaf(*a).contrary(),
            Self::All(list) => {
                let mut out = K::TRUE;
                for e in list {
                    out = out.both(e.truth_by(leaf));
                    if out == K::FALSE {
                        break;
                    }
                }
                out
            }
            Self::Any(list) => {
                let mut out = K::FALSE;
                for e in list {
                    out = out.either(e.truth_by(leaf));
                    if out == K::TRUE {
                        break;
                    }
                }
                out
            }
        }
    }
    /// Puts what costs little to look at before what costs much, which changes no truth: a cheap no spares the rest. What all of it costs.
    pub(crate) fn cheapest_first(&mut self, leaf: &impl Fn(u16) -> u32) -> u32 {
        match self {
            Self::Constant(_) => 0,
            Self::Leaf(a, _) => leaf(*a),
            Self::All(list) | Self::Any(list) => {
                let mut costs: Vec<(u32, Self)> = list.drain(..).map(|mut e| (e.cheapest_first(leaf), e)).collect();
                costs.sort_by_key(|(cost, _)| *cost);
                let all = costs.iter().map(|(cost, _)| cost).sum();
                list.extend(costs.into_iter().map(|(_, e)| e));
                all
            }
        }
    }
    /// The same with other numbers for the leaves.
    pub(crate) fn leaves_by(&self, number: &impl Fn(u16) -> u16) -> Self {
        let of = |list: &[Self]| list.iter().map(|e| e.leaves_by(number)).collect();
        match self {
            Self::Constant(truth) => Self::Constant(*truth),
            Self::Leaf(a, positive) => Self::Leaf(number(*a), *positive),
            Self::All(list) => Self::All(of(list)),
            Self::Any(list) => Self::Any(of(list)),
        }
    }
    /// What of it is not settled by what is known.
    fn left(&self, planes: &Planes) -> Self {
        let (list, settles) = match self {
            Self::Constant(_) => return self.clone(),
            Self::Leaf(a, positive) => {
                return match planes.get(*a) {
                    Truth::Unknown => self.clone(),
                    known => Self::Constant((known == Truth::True) == *positive),
                };
            }
            Self::All(list) => (list, false),
            Self::Any(list) => (list, true),
        };
        let mut open = Vec::new();
        for one in list {
            match one.left(planes) {
                Self::Constant(truth) if truth == settles => return Self::Constant(settles),
                Self::Constant(_) => {}
                one => open.push(one),
            }
        }
        match (open.len(), settles) {
            (0, _) => Self::Constant(!settles),
            (1, _) => open.swap_remove(0),
            (_, true) => Self::Any(open),
            (_, false) => Self::All(open),
        }
    }
    pub(crate) fn leaves(&self, out: &mut Vec<u16>) {
        match self {
            Self::Constant(_) => {}
            Self::Leaf(a, _) => out.push(*a),
            Self::All(list) | Self::Any(list) => list.iter().for_each(|e| e.leaves(out)),
        }
    }
    /// The leaves of what is neither true nor false.
    pub(crate) fn open_leaves(&self, truth: &impl Fn(u16) -> Truth, out: &mut Vec<u16>) {
        match self {
            _ if self.truth_by(truth) != Truth::Unknown => {}
            Self::Constant(_) => {}
            Self::Leaf(a, _) => out.push(*a),
            Self::All(list) | Self::Any(list) => list.iter().for_each(|e| e.open_leaves(truth, out)),
        }
    }
    /// Disjunctive form, unless it would grow past [`MOST_CUBES`].
    fn cubes(&self) -> Option<Vec<Vec<(u16, bool)>>> {
        match self {
            Self::Constant(true) => Some(vec![Vec::new()]),
            Self::Constant(false) => Some(Vec::new()),
            Self::Leaf(a, p) => Some(vec![vec![(*a, *p)]]),
            Self::Any(list) => {
                let mut out = Vec::new();
                for e in list {
                    out.extend(e.cubes()?);
                    if out.len() > MOST_CUBES {
                        return None;
                    }
                }
                Some(out)
            }
            Self::All(list) => {
                let mut out: Vec<Vec<(u16, bool)>> = vec![Vec::new()];
                for e in list {
                    let right = e.cubes()?;
                    if out.len() * right.len() > MOST_CUBES {
                        return None;
                    }
                    out = out.iter().flat_map(|l| right.iter().map(move |r| l.iter().chain(r).copied().collect())).collect();
                }
                Some(out)
            }
        }
    }
}

const MOST_CUBES: usize = 64;

/// A part of a conjunction: of one word the bits that must be true and those that must be false. Conjunctions lie one behind the other, so that looking
/// through them is one pass over memory.
#[derive(Clone, Copy, PartialEq, Debug)]
struct CubeWord {
    must: u64,
    must_not: u64,
    word: u8,
    /// Whether the conjunction ends here.
    last: bool,
}

/// A formula with its cubes, when they are few.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Formula {
    pub expr: Expr,
    cubes: Option<Cubes>,
}

/// One of several conjunctions.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Cubes(Vec<CubeWord>);

impl Cubes {
    fn push(&mut self, cube: &[(u16, bool)]) {
        let start = self.0.len();
        for (atom, positive) in cube {
            let (word, bit) = (u8::try_from(atom / 64).unwrap_or(u8::MAX), 1u64 << (atom % 64));
            let at = self.0.iter().skip(start).position(|w| w.word == word).map_or(self.0.len(), |at| start + at);
            if at == self.0.len() {
                self.0.push(CubeWord { must: 0, must_not: 0, word, last: false });
            }
            if let Some(w) = self.0.get_mut(at) {
                if *positive { w.must |= bit } else { w.must_not |= bit }
            }
        }
        if self.0.len() == start {
            self.0.push(CubeWord { must: 0, must_not: 0, word: 0, last: false });
        }
        if let Some(w) = self.0.last_mut() {
            w.last = true;
        }
    }

    fn truth(&self, planes: &Planes) -> Truth {
        let mut out = Truth::False;
        let (mut contrary, mut open) = (0u64, 0u64);
        for CubeWord { must, must_not, word, last } in &self.0 {
            let w = usize::from(*word);
            contrary |= (planes.no[w] & must) | (planes.yes[w] & must_not);
            open |= (must & !planes.yes[w]) | (must_not & !planes.no[w]);
            if *last {
                if contrary == 0 {
                    if open == 0 {
                        return Truth::True;
                    }
                    out = Truth::Unknown;
                }
                (contrary, open) = (0, 0);
            }
        }
        out
    }

    /// Without the conjunctions that what is known rules out.
    fn left(&self, planes: &Planes) -> Self {
        let contrary = |w: &CubeWord| {
            let at = usize::from(w.word);
            (planes.no[at] & w.must) | (planes.yes[at] & w.must_not) != 0
        };
        Self(self.0.split_inclusive(|w| w.last).filter(|cube| !cube.iter().any(contrary)).flatten().copied().collect())
    }
}

impl Formula {
    pub(crate) fn new(expr: Expr) -> Self {
        let cubes = expr.cubes().map(|list| {
            let mut out = Cubes::default();
            list.iter().for_each(|cube| out.push(cube));
            out
        });
        Self { expr, cubes }
    }

    pub(crate) fn truth(&self, planes: &Planes) -> Truth {
        self.cubes.as_ref().map_or_else(|| self.expr.truth(planes), |cubes| cubes.truth(planes))
    }

    /// What is left of it once as much is known, for those who look many times while ever more becomes known.
    pub(crate) fn left(&self, planes: &Planes) -> Left {
        match &self.cubes {
            Some(cubes) => Left::Cubes(cubes.left(planes)),
            None => Left::Tree(self.expr.left(planes)),
        }
    }
}

/// What is left of a formula when some of its leaves are known.
#[derive(Debug)]
pub(crate) enum Left {
    Cubes(Cubes),
    Tree(Expr),
}

impl Left {
    /// Roughly what it costs to look at: its leaves, or words of leaves.
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::Cubes(cubes) => cubes.0.len(),
            Self::Tree(expr) => {
                let mut leaves = Vec::new();
                expr.leaves(&mut leaves);
                leaves.len()
            }
        }
    }

    pub(crate) fn truth(&self, planes: &Planes) -> Truth {
        match self {
            Self::Cubes(cubes) => cubes.truth(planes),
            Self::Tree(expr) => expr.truth(planes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small deterministic generator (xorshift), so that the property test needs no dependency.
    struct Dice(u64);
    impl Dice {
        fn roll(&mut self, sides: u64) -> u64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            self.0 % sides
        }
        fn expr(&mut self, depth: u32) -> Expr {
            match (depth, self.roll(3)) {
                (0, _) | (_, 0) => Expr::Leaf(u16::try_from(self.roll(130)).unwrap_or(0), self.roll(2) == 0),
                (_, 1) => Expr::All((0..=self.roll(3)).map(|_| self.expr(depth - 1)).collect()),
                _ => Expr::Any((0..=self.roll(3)).map(|_| self.expr(depth - 1)).collect()),
            }
        }
    }

    #[test]
    fn cubes_answer_as_the_tree_does() {
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
        let mut with_cubes = 0;
        for _ in 0..20_000 {
            let expr = dice.expr(3);
            let formula = Formula::new(expr.clone());
            with_cubes += u32::from(formula.cubes.is_some());
            let mut planes = Planes::UNKNOWN;
            for atom in 0..130 {
                planes.set(atom, [Truth::False, Truth::Unknown, Truth::True][dice.roll(3) as usize]);
            }
            assert_eq!(formula.truth(&planes), expr.truth(&planes), "{expr:?}");
            assert_eq!(expr.negate().truth(&planes), expr.truth(&planes).negate());
            let left = [formula.left(&planes), Left::Tree(expr.left(&planes))];
            for atom in 0..130 {
                if planes.get(atom) == Truth::Unknown {
                    planes.set(atom, [Truth::False, Truth::Unknown, Truth::True][dice.roll(3) as usize]);
                }
            }
            assert!(left.iter().all(|left| left.truth(&planes) == expr.truth(&planes)), "{expr:?}");
        }
        assert!(with_cubes > 15_000, "the test must exercise the cubes, {with_cubes} did");
    }
}
