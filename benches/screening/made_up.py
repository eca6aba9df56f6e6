"""People who are on no list, made from parts of names: what a clean customer file looks like, from easy to hard."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from random import Random

from material import HERE, Party, name_parts


def key(name: str) -> str:
    """Letters only, words sorted: names that differ in less than this are taken for the very same."""
    return " ".join(sorted(re.findall(r"\w+", name.casefold())))


def random_people(count: int, taken: set[str], chance: Random) -> list[str]:
    """A first and a last name, each as likely as any other: rare names, so an easy set."""
    first, last = name_parts("first"), name_parts("last")
    return unlisted((f"{chance.choice(first).title()} {chance.choice(last).title()}" for _ in range(2 * count)), taken, count)


def common_people(count: int, taken: set[str], chance: Random) -> dict[str, list[str]]:
    """The commonest names of a culture combined, each first with each last: the names that most people bear, `count` of each culture."""
    people = {}
    with open(HERE / "common-names.csv", encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            pairs = [(g, f) for g in row["given"].split(";") for f in row["family"].split(";")]
            chance.shuffle(pairs)
            form = {"given": "{0} {1}", "family": "{1} {0}", "joined": "{1}{0}"}[row["order"]]
            people[row["culture"]] = unlisted((form.format(g, f) for g, f in pairs), taken, count)
    return people


#: Sorts of names by the countries that the US list gives. A country says where somebody is, not whose name it is, so these are rough.
CULTURES = {
    "Spanish": ["MX", "CO", "VE", "CU", "GT", "HN", "NI", "PE", "EC", "ES", "AR", "BO"],
    "Russian and Ukrainian": ["RU", "BY", "UA"],
    "Korean": ["KP", "KR"],
    "Chinese": ["CN", "HK", "TW", "MO"],
    "Persian": ["IR"],
    "Arabic": ["IQ", "SY", "LB", "YE", "LY", "SA", "KW", "QA", "JO", "EG", "DZ", "PS", "AE", "SD", "TN"],
    "Afghan and Pakistani": ["AF", "PK"],
    "African": ["CD", "CF", "SS", "SO", "ZW", "NG", "ML", "ET", "RW", "BI"],
    "Balkan": ["RS", "BA", "ME", "MK", "HR", "XK"],
    "Turkish": ["TR"],
    "Burmese": ["MM"],
    "South-East Asian": ["PH", "ID", "TH", "MY", "VN"],
}


def culture_of(party: Party) -> str | None:
    found = {culture for culture, countries in CULTURES.items() if set(party.countries) & set(countries)}
    return found.pop() if len(found) == 1 else None


def recombined(parties: Iterable[Party], count: int, taken: set[str], chance: Random) -> list[str]:
    """The given names of one listed person with the family name of another: the hardest strangers, for the parts are all listed."""
    split = [tuple(p.names[0].split(", ", 1)) for p in parties if p.type == "person" and p.names[0].count(", ") == 1]
    if len(split) < 20:
        return []
    made = (f"{chance.choice(split)[1]} {chance.choice(split)[0].title()}" for _ in range(3 * count))
    return unlisted(made, taken, count)


def recombined_by_culture(parties: Iterable[Party], count: int, taken: set[str], chance: Random) -> dict[str, list[str]]:
    groups = defaultdict(list)
    for party in parties:
        if party.type == "person" and (culture := culture_of(party)):
            groups[culture].append(party)
    made = {culture: recombined(group, count, taken, chance) for culture, group in sorted(groups.items())}
    return {culture: people for culture, people in made.items() if len(people) >= 100}


def unlisted(names: Iterable[str], taken: set[str], count: int) -> list[str]:
    kept: dict[str, None] = {}
    for name in names:
        if key(name) not in taken:
            kept.setdefault(name)
        if len(kept) == count:
            break
    return list(kept)
