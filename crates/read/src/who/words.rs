//! Words beside names, and words for those who only watch.

/// Words before the name of a place that only say which part or which rule of it.
pub(super) const POINTS: [&str; 20] = [
    "north",
    "south",
    "east",
    "west",
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "upper",
    "lower",
    "new",
    "greater",
    "inner",
    "outer",
    "mainland",
    "occupied",
    "communist",
    "soviet",
    "imperial",
];

/// Nouns that only count those behind `of`.
pub(super) const COUNTS: [&str; 12] =
    ["hundreds", "thousands", "dozens", "tens", "scores", "number", "handful", "majority", "couple", "hundred", "thousand", "dozen"];

/// Parts of the State behind `of`.
pub(super) const DIRECTIONS: [&str; 8] = ["east", "west", "north", "south", "northeast", "northwest", "southeast", "southwest"];

/// Last words of names of places.
pub(super) const PLACES: [&str; 26] = [
    "city",
    "province",
    "region",
    "district",
    "county",
    "port",
    "airport",
    "airfield",
    "island",
    "islands",
    "bay",
    "sea",
    "ocean",
    "river",
    "strait",
    "gulf",
    "coast",
    "street",
    "square",
    "valley",
    "mountain",
    "mountains",
    "peninsula",
    "border",
    "desert",
    "harbour",
];

/// Nouns for those who stand opposite to their owner.
pub(super) const RELATIONS: [&str; 18] = [
    "host",
    "counterpart",
    "ally",
    "rival",
    "enemy",
    "neighbour",
    "neighbor",
    "partner",
    "guest",
    "opponent",
    "supplier",
    "customer",
    "buyer",
    "adversary",
    "patron",
    "backer",
    "sponsor",
    "captor",
];

/// Words of those who speak of a suspect and are none.
pub(super) const OFFICIALS: [&str; 22] = [
    "prosecutor",
    "prosecutors",
    "prosecutor-general",
    "prosecutor's",
    "judge",
    "police",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "official",
    "officials",
    "minister",
    "secretary",
    "attorney",
    "lawyer",
    "court",
    "analyst",
    "expert",
    "experts",
    "ambassador",
    "diplomat",
    "director-general",
];

/// Bodies that watch and judge, and trade in nothing.
pub(super) const WATCHERS: [&str; 16] = [
    "panel",
    "committee",
    "agency",
    "institute",
    "court",
    "office",
    "council",
    "watchdog",
    "organisation",
    "organization",
    "commission",
    "bureau",
    "centre",
    "center",
    "university",
    "experts",
];
