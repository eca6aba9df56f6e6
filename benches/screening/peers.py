"""The peers, asked the same questions: rapidfuzz (string distances) and nomenklatura logic-v2 (what yente uses by default)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import version

import numpy as np
from material import SCHEMAS

#: Peer → how it compares two names of one type (or none), as a score from 0 to 1.
Compare = Callable[[str, str, "str | None"], float]


def versions() -> str:
    return ", ".join(f"{p} {version(p)}" for p in ("rapidfuzz", "nomenklatura"))


def jaro_winkler(a: str, b: str, _type: str | None = None) -> float:
    from rapidfuzz import utils
    from rapidfuzz.distance import JaroWinkler

    return JaroWinkler.similarity(a, b, processor=utils.default_process)


def token_sort(a: str, b: str, _type: str | None = None) -> float:
    from rapidfuzz import fuzz, utils

    return fuzz.token_sort_ratio(a, b, processor=utils.default_process) / 100


@cache
def entity(name: str, type_: str | None):
    from followthemoney import model

    made = model.make_entity(SCHEMAS[type_])
    made.id = f"{type_}:{name}"
    made.add("name", name)
    return made


@cache
def _logic():
    from nomenklatura.matching import get_algorithm
    from nomenklatura.matching.types import ScoringConfig

    return get_algorithm("logic-v2"), ScoringConfig.defaults()


def logic_v2(a: str, b: str, type_: str | None = None) -> float:
    """Name `a` is on the list, `b` is asked for."""
    algorithm, settings = _logic()
    return algorithm.compare(entity(b, type_), entity(a, type_), settings).score


#: With the threshold its users start from: yente's default, and the usual cuts of string distances.
COMPARES: dict[str, tuple[Compare, float]] = {
    "Jaro-Winkler": (jaro_winkler, 0.90),
    "token_sort_ratio": (token_sort, 0.85),
    "logic-v2": (logic_v2, 0.70),
}


class Nearest:
    """The names nearest to a query by shared trigrams: what a search index hands over to a scorer. Ours, because logic-v2 has none."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        postings: dict[str, list[int]] = defaultdict(list)
        norms = np.zeros(len(names), dtype=np.float32)
        grams = [trigrams(n) for n in names]
        common = Counter(g for gs in grams for g in gs)
        self.weight = {g: np.float32(np.log(len(names) / c) + 0.1) for g, c in common.items()}
        for i, gs in enumerate(grams):
            norms[i] = np.sqrt(sum(self.weight[g] ** 2 for g in gs)) or 1
            for g in gs:
                postings[g].append(i)
        self.postings = {g: np.array(p, dtype=np.int32) for g, p in postings.items()}
        self.norms = norms

    def of(self, asked: str, most: int) -> list[int]:
        near = np.zeros(len(self.names), dtype=np.float32)
        for g in trigrams(asked):
            if g in self.postings:
                near[self.postings[g]] += self.weight[g] ** 2
        near /= self.norms
        best = np.argpartition(-near, most)[:most]
        return [int(i) for i in best[np.argsort(-near[best], kind="stable")] if near[i] > 0]


def trigrams(name: str) -> set[str]:
    return {f" {token} "[i : i + 3] for token in name.casefold().split() for i in range(len(token))}


class LogicSearch:
    """logic-v2 over the parties of the 50 nearest names."""

    def __init__(self, parties: Sequence) -> None:
        from followthemoney import model

        self.parties = parties
        self.owner = [i for i, p in enumerate(parties) for _ in p.all_names]
        self.nearest = Nearest([n for p in parties for n in p.all_names])
        self.model = model
        self.entities: dict[int, object] = {}

    def candidates(self, asked: str, most: int = 50) -> list[int]:
        return list(dict.fromkeys(self.owner[i] for i in self.nearest.of(asked, 4 * most)))[:most]

    def entity(self, number: int):
        if number not in self.entities:
            party = self.parties[number]
            made = self.model.make_entity(SCHEMAS[party.type])
            made.id = str(number)
            made.add("name", party.all_names)
            self.entities[number] = made
        return self.entities[number]

    def score(self, asked: str, type_: str | None, candidates: Sequence[int]) -> list[tuple[float, int]]:
        """Best first."""
        algorithm, settings = _logic()
        query = entity(asked, type_)
        return sorted(((algorithm.compare(query, self.entity(c), settings).score, c) for c in candidates), key=lambda x: -x[0])

    def search(self, asked: str, type_: str | None) -> list[tuple[float, int]]:
        return self.score(asked, type_, self.candidates(asked))


class FuzzySearch:
    """token_sort_ratio of rapidfuzz over every name, the five best."""

    def __init__(self, parties: Sequence) -> None:
        from rapidfuzz import utils

        self.owner = [i for i, p in enumerate(parties) for _ in p.all_names]
        self.names = [utils.default_process(n) for p in parties for n in p.all_names]

    def search_all(self, asked: Sequence[str], most: int = 5) -> list[list[tuple[float, int]]]:
        from rapidfuzz import fuzz, process, utils

        answers = []
        for start in range(0, len(asked), 200):
            some = [utils.default_process(a) for a in asked[start : start + 200]]
            for row in process.cdist(some, self.names, scorer=fuzz.token_sort_ratio, dtype=np.uint8, workers=1):
                best = np.argsort(-row.astype(np.int16), kind="stable")[: 4 * most]
                kept: dict[int, float] = {}
                for i in best:
                    kept.setdefault(self.owner[i], float(row[i]) / 100)
                answers.append([(score, party) for party, score in list(kept.items())[:most]])
        return answers

    def search_one(self, asked: str) -> tuple[float, int]:
        from rapidfuzz import fuzz, process, utils

        _, score, i = process.extractOne(utils.default_process(asked), self.names, scorer=fuzz.token_sort_ratio)
        return score / 100, self.owner[i]
