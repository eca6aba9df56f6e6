"""How many strangers are held up, and whether a score means what it says."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from statistics import median

import made_up
import operators
import peers
from bench import Bench
from engine import query
from figures import percent
from material import LIST_FILES, listed


def people(bench: Bench) -> dict[str, list[str]]:
    chance = Random(11)
    return {
        "random": made_up.random_people(bench.many(5000), bench.taken, chance),
        "recombined, United States list": made_up.recombined(listed("us-csl"), bench.many(5000), bench.taken, chance),
    }


def alerts(bench: Bench) -> None:
    report, levels = bench.report, (bench.threshold, 0.8, 0.9)
    made = people(bench)
    rows = []
    for title, names in made.items():
        for where, list_ in (("us-csl", "us-csl"), ("the five lists", ",".join(LIST_FILES))):
            rows.append([f"licit, {where}", title, len(names), *per_thousand(tops(bench, names, list_), levels)])
    report.table(
        "strangers held up, per 1,000: people, name only", ["scorer", "set", "n", f"default {bench.threshold:.2f}", "0.80", "0.90"], rows
    )
    if bench.with_peers:
        report.table(
            "peers on the same people, US list", ["scorer", "set", "n", "low threshold", "middle", "high"], peer_alerts(bench, made)
        )
    common = made_up.common_people(bench.many(400), bench.taken, Random(12))
    fairness(
        bench, "people with the commonest names of a culture, the five lists; exact listed names left out", common, ",".join(LIST_FILES)
    )
    mixed = made_up.recombined_by_culture(listed("us-csl"), bench.many(1000), bench.taken, Random(13))
    fairness(bench, "recombined within a culture (by the countries of the listing), US list", mixed, "us-csl")


def tops(bench: Bench, names: Sequence[str], list_: str) -> list[float]:
    answers = bench.licit.answers([query(n, "person") for n in names], list_, 0, 1)
    return [hits[0].score if hits else 0.0 for hits in answers]


def per_thousand(scores: Sequence[float], levels: Sequence[float]) -> list[str]:
    return [f"{1000 * sum(s >= level for s in scores) / len(scores):.1f}" for level in levels]


def fairness(bench: Bench, title: str, groups: dict[str, list[str]], list_: str) -> None:
    """Alerts by culture and script. More than three times the median is unfair to those who bear the names."""
    levels = (bench.threshold, 0.8, 0.9)
    rates = {}
    for group, names in groups.items():
        scores = tops(bench, names, list_)
        rates[group] = [1000 * sum(s >= level for s in scores) / len(scores) for level in levels]
    middle = [median(r[i] for r in rates.values()) for i in range(len(levels))]
    rows = [
        [
            group,
            len(groups[group]),
            *(f"{x:.1f}" for x in r),
            *(f"{x / m:.1f}{' over 3' if x > 3 * m else ''}" if m else "–" for x, m in zip(r, middle)),
        ]
        for group, r in sorted(rates.items(), key=lambda x: -x[1][1])
    ]
    rows.append(["median", "", *(f"{m:.1f}" for m in middle), "", "", ""])
    named = [f"default {levels[0]:.2f}", "0.80", "0.90"]
    bench.report.table(f"{title}: alerts per 1,000", ["culture", "n", *named, *(f"× median, {n}" for n in named)], rows)


def peer_alerts(bench: Bench, made: dict[str, list[str]]) -> list[list[object]]:
    rows = []
    for title in made:
        for (scorer, levels), of in peer_scores(bench).items():
            rows.append([scorer, title, len(of[title]), *(f"{x} at {t:.2f}" for x, t in zip(per_thousand(of[title], levels), levels))])
    return rows


def peer_scores(bench: Bench) -> dict[tuple[str, tuple[float, ...]], dict[str, list[float]]]:
    """Peer and its usual thresholds → best score of each stranger, and under `slips` the score of the right party."""
    if not bench.peer_scores:
        parties = listed("us-csl")
        fuzzy, logic = peers.FuzzySearch(parties), peers.LogicSearch(parties)
        asked = {title: [(n, "person") for n in names[: bench.many(1000)]] for title, names in people(bench).items()}
        slips = bench.slips[: bench.many(400)]
        asked["slips"] = [(c.name, c.party.type) for c in slips]
        for key, search in (
            (("rapidfuzz token_sort_ratio", (0.80, 0.85, 0.90)), lambda of: fuzzy.search_all([n for n, _ in of])),
            (("logic-v2, 50 nearest", (0.70, 0.80, 0.90)), lambda of: [logic.search(n, t) for n, t in of]),
        ):
            found = {title: search(of) for title, of in asked.items()}
            scores = {title: [f[0][0] if f else 0.0 for f in some] for title, some in found.items() if title != "slips"}
            scores["slips"] = [
                max(
                    (score for score, i in some if any(parties[i] is p for p in bench.bearers.get(case.original, [case.party]))),
                    default=0.0,
                )
                for case, some in zip(slips, found["slips"])
            ]
            bench.peer_scores[key] = scores
    return bench.peer_scores


def operating(bench: Bench) -> None:
    """What each threshold costs and brings: found among those who are listed, held up among those who are not."""
    strangers = {title: tops(bench, names, "us-csl") for title, names in people(bench).items()}
    common = [s for names in made_up.common_people(bench.many(200), bench.taken, Random(12)).values() for s in tops(bench, names, "us-csl")]
    strangers["commonest names of twenty cultures"] = common
    slips = []
    for case, hits in zip(bench.slips, bench.licit.answers([query(c.name, c.party.type) for c in bench.slips], "us-csl", 0, 20)):
        slips.append(max((h.score for h in hits if bench.right(h, case)), default=0.0))
    held = [(p, s) for p, s in bench.pair_scores if p.held_out]
    matches = [s for p, s in held if p.match]
    across = [s for p, s in held if p.match and len(p.scripts) > 1]
    hard = [s for p, s in held if not p.match and p.quality != "NEEDS_CONTEXT"]
    rows = []
    for level in sorted({bench.threshold, *(x / 100 for x in range(30, 100, 5))}):
        at = lambda scores: sum(s >= level for s in scores)  # noqa: E731
        rows.append(
            [
                f"{level:.2f}{' default' if level == bench.threshold else ''}",
                percent(at(slips), len(slips)),
                percent(at(matches), len(matches)),
                percent(at(across), len(across)),
                percent(at(hard), len(hard)),
                *(f"{1000 * at(s) / len(s):.1f}" for s in strangers.values()),
            ]
        )
    bench.report.table(
        "thresholds: slips on the US list, hold-out pairs, strangers held up per 1,000 (US list)",
        [
            "threshold",
            f"slips found, n {len(slips)}",
            f"matches, n {len(matches)}",
            f"across scripts, n {len(across)}",
            f"certain negatives, n {len(hard)}",
            *(f"{t}, n {len(s)}" for t, s in strangers.items()),
        ],
        rows,
    )
    if bench.with_peers:
        peer_rows = []
        for (scorer, _), of in peer_scores(bench).items():
            titles = list(strangers)[:2]
            for level in (x / 100 for x in range(60, 100, 5)):
                costs = (f"{1000 * sum(s >= level for s in of[t]) / len(of[t]):.1f}" for t in titles)
                peer_rows.append([scorer, f"{level:.2f}", percent(sum(s >= level for s in of["slips"]), len(of["slips"])), *costs])
        bench.report.table(
            "the same trade for peers, on a part of the same names (US list)", ["scorer", "threshold", "slips found", *titles], peer_rows
        )


def calibration(bench: Bench) -> None:
    """Of the answers with a score near 0.9, nine in ten should be right."""
    held = [(s, p.match) for p, s in bench.pair_scores if p.held_out]
    reliability(bench, "labelled pairs, hold-out (as many negatives as the file has; all are hard ones)", held)
    certain = [(s, p.match) for p, s in bench.pair_scores if p.held_out and p.quality != "NEEDS_CONTEXT"]
    reliability(bench, "the same without NEEDS_CONTEXT", certain)
    slips = bench.corrupted(operators.SLIPS, bench.many(2000), 21)
    strangers = made_up.recombined(listed("us-csl"), bench.many(2000), bench.taken, Random(22))
    asked = [query(c.name, c.party.type) for c in slips] + [query(n, "person") for n in strangers]
    scored = []
    for number, hits in enumerate(bench.licit.answers(asked, "us-csl", 0, 1)):
        if hits:
            scored.append((hits[0].score, number < len(slips) and bench.right(hits[0], slips[number])))
    reliability(bench, "best hit on the US list: as many slips as recombined strangers", scored)


def reliability(bench: Bench, title: str, scored: Sequence[tuple[float, bool]]) -> None:
    rows, gap = [], 0.0
    for tenth in range(10):
        low, high = tenth / 10, (tenth + 1) / 10
        inside = [(s, m) for s, m in scored if low <= s < high or (tenth == 9 and s == 1.0)]
        if inside:
            said, true = sum(s for s, _ in inside) / len(inside), sum(m for _, m in inside)
            gap += abs(said - true / len(inside)) * len(inside) / len(scored)
            rows.append([f"{low:.1f}–{high:.1f}", len(inside), f"{said:.2f}", f"{true / len(inside):.2f}", percent(true, len(inside))])
    brier = sum((s - m) ** 2 for s, m in scored) / len(scored)
    bench.report.table(
        f"{title}: expected calibration error {gap:.3f}, Brier score {brier:.3f}", ["score", "n", "mean score", "true", ""], rows
    )
