//! Words that the reader treats alike: a group is one row of `data/reading/groups.csv`, which says what holds its words together. Whether a word is in
//! one is a single look-up, however many there are.

use crate::table;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::{LazyLock, OnceLock};

const TABLE: &str = include_str!("../../../data/reading/groups.csv");

type Words = FxHashSet<String>;

/// The rows of the table by the names of their groups.
#[derive(Default)]
struct Rows {
    groups: FxHashMap<String, Words>,
    problems: Vec<String>,
}

static ROWS: LazyLock<Rows> = LazyLock::new(|| {
    let Rows { mut groups, mut problems } = Rows::default();
    for [group, _, words] in table::rows("groups.csv", TABLE, ["group", "about", "words"], &mut problems) {
        let held: Words = table::many(&words).map(str::to_owned).collect();
        if held.is_empty() || held.len() < table::many(&words).count() {
            problems.push(format!("data/reading/groups.csv: `{group}` has no words, or one of them twice"));
        }
        if groups.insert(group.clone(), held).is_some() {
            problems.push(format!("data/reading/groups.csv: `{group}` stands twice"));
        }
    }
    Rows { groups, problems }
});

/// Words that are treated alike.
pub(crate) struct Group {
    name: &'static str,
    words: OnceLock<Option<&'static Words>>,
}

impl Group {
    const fn named(name: &'static str) -> Self {
        Self { name, words: OnceLock::new() }
    }

    fn words(&self) -> Option<&'static Words> {
        *self.words.get_or_init(|| ROWS.groups.get(&self.name.to_ascii_lowercase()))
    }

    /// Whether a word in small letters is one of them.
    pub(crate) fn contains(&self, word: &str) -> bool {
        self.words().is_some_and(|words| words.contains(word))
    }
}

/// Declares groups, each by the name of its row in capitals.
macro_rules! groups {
    ($($name:ident,)*) => {
        $(pub(crate) static $name: Group = Group::named(stringify!($name));)*
        static ALL: &[&Group] = &[$(&$name),*];
    };
}

groups! {
    ABBREVIATIONS,
    ANGERING_EVENTS,
    ANYBODY,
    ANY_GOODS,
    AROUND_SUSPECTS,
    ASKED_FOR,
    ASKED_VERDICTS,
    ASKS_LEAVE,
    BANDS,
    BEFORE_A_MONTH,
    BEFORE_NT,
    BEHIND_A_DAY,
    BODIES,
    BREACH,
    BREAKS,
    BROKEN_RULES,
    CALLS_OFF,
    CATCHES,
    CHANGES_RULES,
    COUNTS,
    CRITICAL,
    CURRENCIES,
    DATED_RULES,
    DEALT_IN,
    DEALT_WITH,
    DENIABLE_THINGS,
    DENIED_TIES,
    DIRECTIONS,
    DOCUMENTS,
    DONE_TO,
    DRAFTS,
    EASES_OR_HAMPERS,
    ENDS_FOR_GOOD,
    ENDS_OF_FIRMS,
    ENDS_OF_PLACES,
    ENFORCERS,
    EXPLAINED_BY_THAT,
    FEELS,
    FIGHTS_WITH,
    FINDS_OR_SHOWS,
    FORBIDDING,
    FORCES,
    FORMS_OF_BREAKING,
    GETS_AN_ACT,
    GOODS_AND_CARRIERS,
    GO_BETWEENS,
    HELPERS,
    HOLDING_PARTICIPLES,
    INTENTIONS,
    JUDGES,
    LAW_ITSELF,
    LEAVE,
    LOOKERS_ON,
    MAKES_AN_ACT,
    MASSES,
    MOUTHPIECES,
    MOVES_FEELINGS,
    MOVES_ITSELF,
    MOVES_NOTHING,
    MOVES_OR_CHANGES_HANDS,
    NAMES_AND_GOODS_TELL,
    NAMES_AN_ACT,
    NATIONS,
    NOBODY_TO_ASK,
    NOT_HANDED_OVER,
    NO_WORK,
    OCCASIONS,
    OFFICES_OF_A_REPORT,
    OF_PLACES,
    ONE_WHO_GETS,
    ONLY_ASKING,
    ONLY_NEEDS,
    ONLY_REACHES,
    OTHER_BREACHES,
    OWED,
    OWN_BODIES,
    PARTS_OF_PLACES,
    PEACE,
    PLANS,
    POINTS_BACK,
    POLICIES,
    PRAISES,
    PROSECUTES,
    PURSUES,
    QUOTES,
    RAISES,
    RANKS,
    RELATIONS,
    REMEDIES,
    RULEBOOKS,
    RULES,
    SAILS,
    SAYS_BEHIND_A_COMMA,
    SAYS_HOW_NOT_WHAT,
    SAYS_THE_CONTRARY,
    SEES_DONE,
    SERVICES_THAT_ARE_OFFICES,
    SEVERAL,
    SMALL_NUMBERS,
    SORTING_PARTICIPLES,
    SORTS_OF_GOODS,
    SPARES,
    SPEAKERS_TITLES,
    SPEAKING_OFFICES,
    STARTERS,
    STATES_AND_WORDS,
    STATES_OWN,
    STAYS_WHERE_BUILT,
    SUSPECTS,
    TAKES_A_GOAL,
    TAKES_CLAUSE,
    TAKES_OBJECT,
    TAKES_TO,
    TELLS_SOMEBODY,
    TOLD_TO,
    TRADES,
    TRADESPEOPLE,
    USES,
    VISITS,
    WATCHERS,
    WEIGHS,
    WITHHELD,
    WORKS_ON,
}

/// What is wrong with the table: rows that cannot be read, that nobody asks for, or that are missing.
pub(crate) fn problems() -> Vec<String> {
    let mut problems = ROWS.problems.clone();
    let missing = ALL.iter().filter(|g| g.words().is_none());
    problems.extend(missing.map(|g| format!("data/reading/groups.csv: no row `{}`", g.name.to_ascii_lowercase())));
    let asked = |row: &str| ALL.iter().any(|g| g.name.eq_ignore_ascii_case(row));
    let idle = ROWS.groups.keys().filter(|row| !asked(row));
    problems.extend(idle.map(|row| format!("data/reading/groups.csv: `{row}` is asked for by nobody")));
    problems
}
