"""What the measures share: the program with the five lists, the samples, and where figures go."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from random import Random

import made_up
import operators
from engine import Hit, Licit
from figures import Report
from material import LIST_FILES, Pair, Party, listed, names_csv


@dataclass
class Asked:
    """A changed name of a listed party."""

    party: Party
    original: str
    name: str
    operator: str


@dataclass
class Bench:
    program: Path
    work: Path
    report: Report
    with_peers: bool = False
    scale: float = 1.0
    given_threshold: float | None = None
    peer_scores: dict[tuple[str, tuple[float, ...]], dict[str, list[float]]] = field(default_factory=dict)

    @cached_property
    def licit(self) -> Licit:
        """licit with the five lists on record."""
        licit = Licit(self.program, self.work / "lists")
        licit.import_lists()
        return licit

    @cached_property
    def threshold(self) -> float:
        return self.given_threshold if self.given_threshold is not None else self.licit.threshold()

    def alone(self, name: str) -> Licit:
        """licit with nothing on record but what it brings along."""
        return Licit(self.program, self.work / name)

    def many(self, full: int) -> int:
        return max(50, round(full * self.scale))

    @cached_property
    def pair_scores(self) -> list[tuple[Pair, float]]:
        """Mode P: each labelled pair of `names.csv` that a comparison of two strings can decide, and how sure licit is of it."""
        pairs = [p for p in names_csv() if p.quality != "LIST_ONLY"]
        return list(zip(pairs, self.alone("pairs").pair_scores("pairs", pairs)))

    @cached_property
    def taken(self) -> set[str]:
        """The names of everybody on any of the five lists, order of words aside."""
        return {made_up.key(n) for name in LIST_FILES for p in listed(name) for n in p.all_names}

    @cached_property
    def bearers(self) -> dict[str, list[Party]]:
        """Exact name → the parties of the US list that bear it."""
        found: dict[str, list[Party]] = {}
        for party in listed("us-csl"):
            for name in party.all_names:
                found.setdefault(name, []).append(party)
        return found

    def corrupted(self, kinds: dict[str, operators.Operator], count: int, seed: int) -> list[Asked]:
        """`count` changed names of as many parties of the US list, each operator in turn."""
        chance, made = Random(seed), []
        parties = listed("us-csl")
        names = list(kinds)
        while len(made) < count:
            party = chance.choice(parties)
            name = chance.choice(party.all_names)
            operator = names[len(made) % len(names)]
            if sum(c.isascii() and c.isalpha() for c in name) < 6:
                continue
            changed = kinds[operator](name, party.type, chance)
            if changed and changed != name and changed not in self.bearers:
                made.append(Asked(party, name, changed, operator))
        return made

    def right(self, hit: Hit, asked: Asked) -> bool:
        """Whether the hit is the party, or another with the very same name, whom no one could tell apart."""
        return any(hit.is_(p) for p in self.bearers.get(asked.original, [asked.party]))

    @cached_property
    def slips(self) -> list[Asked]:
        return self.corrupted(operators.SLIPS, self.many(2000), 1)
