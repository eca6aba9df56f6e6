"""Mode L: a name against whole lists, every alias and native form indexed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import made_up
import operators
import peers
from bench import Asked, Bench
from engine import Hit, query
from figures import percent
from material import LIST_FILES, TYPES, Party, cross_lists, listed, names_csv
from pairs import SLICES

#: The share of top-1 answers that `domain/names.md` asks for, by slice.
BARS = {
    "spacing, hyphen, case, order": "100",
    "titles, legal forms": "100",
    "romanisation, Russian–Ukrainian": "99",
    "Latin ↔ Cyrillic": "99",
    "Latin ↔ Hangul": "99",
    "Latin ↔ Arabic, Persian": "97",
    "any ↔ Han": "98",
    "initials, dropped patronymic": "shown",
}


@dataclass
class Tally:
    asked: int = 0
    first: int = 0
    alone: int = 0
    five: int = 0
    shown: int = 0

    def add(self, hits: Sequence[Hit], own: Sequence[Hit], threshold: float) -> None:
        """`own` are the hits that are right."""
        score = max((h.score for h in own), default=0.0)
        best = hits[0].score if hits else 1.0
        self.asked += 1
        self.first += bool(own) and score >= best
        self.alone += bool(own) and all(h in own or h.score < score for h in hits)
        self.five += any(h in hits[:5] for h in own)
        self.shown += score >= threshold

    def row(self, *before: object) -> list[object]:
        return [
            *before,
            self.asked,
            percent(self.first, self.asked),
            percent(self.alone, self.asked),
            percent(self.five, self.asked),
            percent(self.shown, self.asked),
            self.asked - self.first,
        ]


COLUMNS = ["n", "first, ties too", "first alone", "in first five", "shown at default", "lost"]


def lists(bench: Bench) -> None:
    """Names of `names.csv` that belong to a listing, each asked of the list the listing is on."""
    known = {name: {p.ref for p in listed(name)} for name in ("un-sc", "uk-sl")}
    asked, gone = defaultdict(list), 0
    for pair in names_csv():
        source, _, ref = pair.ref.partition(":")
        name = {"UN": "un-sc", "UK": "uk-sl"}.get(source)
        if not pair.match or not name or "/" in ref:
            continue
        if ref in known[name]:
            asked[name].append((pair, ref))
        else:
            gone += 1
    tallies: dict[str, Tally] = defaultdict(Tally)
    lost = []
    for name, cases in asked.items():
        answers = bench.licit.answers([query(p.b, p.type) for p, _ in cases], name, 0, 20)
        for (pair, ref), hits in zip(cases, answers):
            own = [h for h in hits if h.listing == f"{name}/{ref}"]
            slices = [s for s, (belongs, _) in SLICES.items() if belongs(pair)] or ["aliases that share nothing with the name"]
            for slice_ in [*slices, "all"]:
                tallies[slice_].add(hits, own, bench.threshold)
            if not own or own[0].score < hits[0].score:
                lost.append(
                    (pair.b, f"{name}/{ref}", f"{own[0].score:.2f}" if own else "–", f"{hits[0].name} {hits[0].score:.2f}" if hits else "–")
                )
    order = [*SLICES, "aliases that share nothing with the name", "all"]
    bench.report.table(
        f"listed parties under the names of names.csv ({gone} pairs whose listing is no longer on the list are left out)",
        ["slice", "bar", *COLUMNS],
        [tallies[s].row(s, BARS.get(s, "")) for s in order if s in tallies],
    )
    bench.report.table("names lost", ["asked", "listing", "its score", "first instead"], lost[:25])
    across(bench)


def across(bench: Bench) -> None:
    """One party on several lists, linked by its UN reference: the name of one list asked of another."""
    fields = {"un-sc": ("un_reference", "un_name"), "uk-sl": ("uk_unique_id", "uk_name"), "eu-fsf": ("eu_reference", "eu_name")}
    rows = []
    for source in fields:
        for target in fields:
            known = {p.ref for p in listed(target)}
            cases = [
                (r[fields[source][1]], r[fields[target][0]], r[fields[target][1]], r["schema"])
                for r in cross_lists()
                if r[fields[source][1]] and r[fields[target][0]] in known
            ]
            if source == target or not cases:
                continue
            answers = bench.licit.answers([query(n, TYPES[s]) for n, _, _, s in cases], target, 0, 20)
            tally, differing = Tally(), Tally()
            for (name, ref, other, _), hits in zip(cases, answers):
                own = [h for h in hits if h.listing == f"{target}/{ref}"]
                tally.add(hits, own, bench.threshold)
                if name.casefold() != other.casefold():
                    differing.add(hits, own, bench.threshold)
            rows += [tally.row(f"{source} → {target}"), differing.row("  spelt differently")]
    bench.report.table("the same party on another list", ["from → to", *COLUMNS], rows)


def control(bench: Bench) -> None:
    """Every listed name as it stands: its own party must come first, ties allowed."""
    rows, lost, total = [], [], 0
    for name in LIST_FILES:
        for title, of in (("names", lambda p: p.names), ("weak aliases", lambda p: p.weak)):
            cases = [(p, n) for p in listed(name) for n in of(p)]
            if bench.scale < 1:
                cases = Random(1).sample(cases, min(len(cases), bench.many(5000)))
            if not cases:
                continue
            first = doubled = shown = 0
            for (party, asked), hits in zip(cases, bench.licit.answers([query(n) for _, n in cases], name, None, 20)):
                own = max((h.score for h in hits if h.is_(party)), default=0.0)
                ahead = [h for h in hits if h.score > own]
                shown += own > 0
                first += own > 0 and not ahead
                # Another listing under the very same letters may stand before it: no scorer can know which is meant.
                doubled += own > 0 and bool(ahead) and all(made_up.key(h.matched) == made_up.key(asked) for h in ahead)
                if ahead or not own:
                    lost.append(
                        (
                            name,
                            asked,
                            party.ref or party.names[0],
                            f"{own:.2f}",
                            f"{hits[0].name} ({hits[0].matched}) {hits[0].score:.2f}" if hits else "–",
                        )
                    )
            rows.append(
                [
                    name,
                    title,
                    len(listed(name)),
                    len(cases),
                    percent(first, len(cases)),
                    percent(first + doubled, len(cases)),
                    percent(shown, len(cases)),
                    len(cases) - first - doubled,
                    len(cases) - shown,
                ]
            )
            total += len(cases)
    bench.report.table(
        "every listed name asked as it stands, without its type, at the default threshold",
        ["list", "", "parties", "n", "first, ties too", "or behind the very same name", "in first 20", "lost", "not shown"],
        rows,
    )
    bench.report.table(
        f"a sample of the {len(lost)} of {total} names that are not first",
        ["list", "asked", "party", "its score", "first instead"],
        Random(1).sample(lost, min(25, len(lost))),
    )


def corrupted(bench: Bench) -> None:
    """Slips on names of the US list, as others measure them."""
    further = bench.corrupted(operators.FURTHER_SLIPS, bench.many(600), 2)
    for title, cases in (("slips", bench.slips), ("moved space, damaged legal form", further)):
        tallies = tally_of(bench, cases)
        order = list(operators.SLIPS if title == "slips" else operators.FURTHER_SLIPS)
        bench.report.table(
            f"{title} on {len(cases)} names of the US list: licit", ["slip", *COLUMNS], [tallies[o].row(o) for o in [*order, "all"]]
        )
        if bench.with_peers:
            bench.report.table(f"{title}: peers on the same names", ["scorer", *COLUMNS], peer_tallies(bench, cases))


def tally_of(bench: Bench, cases: Sequence[Asked]) -> dict[str, Tally]:
    tallies: dict[str, Tally] = defaultdict(Tally)
    for case, hits in zip(cases, bench.licit.answers([query(c.name, c.party.type) for c in cases], "us-csl", 0, 20)):
        own = [h for h in hits if bench.right(h, case)]
        tallies[case.operator].add(hits, own, bench.threshold)
        tallies["all"].add(hits, own, bench.threshold)
    return tallies


def peer_tallies(bench: Bench, cases: Sequence[Asked]) -> list[list[object]]:
    parties = listed("us-csl")
    fuzzy, logic = peers.FuzzySearch(parties), peers.LogicSearch(parties)
    few = cases[: bench.many(400)]
    return [
        peer_tally(bench, cases, fuzzy.search_all([c.name for c in cases]), parties, 0.85).row("rapidfuzz token_sort_ratio, all names"),
        peer_tally(bench, few, [logic.search(c.name, c.party.type) for c in few], parties, 0.70).row("logic-v2, 50 nearest"),
    ]


def peer_tally(
    bench: Bench, cases: Sequence[Asked], answers: Sequence[Sequence[tuple[float, int]]], parties: Sequence[Party], threshold: float
) -> Tally:
    tally = Tally()
    for case, found in zip(cases, answers):
        hits = [Hit(str(i), parties[i].names[0], "", score) for score, i in found]
        right = bench.bearers.get(case.original, [case.party])
        tally.add(hits, [h for h in hits if any(parties[int(h.listing)] is p for p in right)], threshold)
    return tally


def manipulated(bench: Bench) -> None:
    """The operators of a supervisor's test: what still is the party must be found, what is another party should not be."""
    each = bench.many(200)
    rows = []
    for level in (1, 2):
        cases = []
        for operator, change in operators.MANIPULATED.items():
            kind = {operator: change} if level == 1 else {operator: twice(change)}
            cases += bench.corrupted(kind, each if level == 1 else each // 2, 3 + level)
        tallies = tally_of(bench, cases)
        rows += [tallies[o].row(f"level {level}", o) for o in [*operators.MANIPULATED, "all"]]
    bench.report.table("manipulated: still the party", ["", "operator", *COLUMNS], rows)
    rows = [negative(bench, operator, change, each) for operator, change in operators.NEGATIVE.items()]
    bench.report.table(
        "negative: no longer the party; how often it is still shown, fewer is better",
        ["operator", "n", "at default", "≥ 0.80", "≥ 0.90", "highest"],
        rows,
    )


def twice(change: operators.Operator) -> operators.Operator:
    """The operator, and another one after it."""

    def both(name: str, type_: str | None, chance: Random) -> str | None:
        once = change(name, type_, chance)
        return once and chance.choice(list(operators.MANIPULATED.values()))(once, type_, chance)

    return both


def negative(bench: Bench, operator: str, change: operators.Operator, most: int) -> list[object]:
    chance = Random(7)
    pool = [(p, n) for name in ("us-csl", "un-sc") for p in listed(name) for n in p.names]
    chance.shuffle(pool)
    cases = []
    for party, name in pool:
        changed = change(name, party.type, chance)
        if changed and changed != name and changed not in bench.bearers:
            cases.append(Asked(party, name, changed, operator))
        if len(cases) == most:
            break
    scored = []
    for target in ("us-csl", "un-sc"):
        some = [c for c in cases if c.party.list == target]
        answers = bench.licit.answers([query(c.name, c.party.type) for c in some], target, 0, 20) if some else []
        scored += [(max((h.score for h in hits if h.is_(c.party)), default=0.0), c) for c, hits in zip(some, answers)]
    top = max(scored, key=lambda x: x[0], default=(0.0, None))
    over = Counter(t for s, _ in scored for t in (bench.threshold, 0.8, 0.9) if s >= t)
    return [
        operator,
        len(scored),
        *(percent(over[t], len(scored)) for t in (bench.threshold, 0.8, 0.9)),
        f"{top[1].original} / {top[1].name} {top[0]:.2f}" if top[1] else "–",
    ]
