"""The auditor's test set: made-up parties, and what a desk must find, must not find, and may show only as possible."""

from __future__ import annotations

import csv
from collections import defaultdict

from bench import Bench
from engine import query
from figures import percent
from material import HERE

#: Part → what is wanted.
WANTED = {"control": "found, first", "manipulated": "found", "negative": "not found"}


def auditor(bench: Bench) -> None:
    with open(HERE / "auditor.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    licit = bench.alone("auditor")
    licit.import_list(HERE / "auditor-list.csv", "auditor")
    answers = licit.answers([query(r["query"], r["type"] or None) for r in rows], "auditor", 0, 100)
    tallies: dict[tuple[str, str], list[bool]] = defaultdict(list)
    failed = []
    for row, hits in zip(rows, answers):
        own = f"auditor/{row['listing']}"
        score = max((h.score for h in hits if h.listing == own), default=0.0)
        # A negative names the listing it must not be taken for, or none: then nobody may be shown.
        shown = score >= bench.threshold if row["listing"] else any(h.score >= bench.threshold for h in hits)
        good = shown == (row["expect"] == "hit")
        if row["part"] == "control":
            good = good and bool(hits) and score == hits[0].score
        tallies[row["part"], row["operator"]].append(good)
        tallies[row["part"], "all"].append(good)
        if not good:
            best = f"{hits[0].name} {hits[0].score:.2f}" if hits else "–"
            failed.append([row["id"], row["part"], row["operator"], row["query"], row["listing"], f"{score:.2f}", best])
    order = [(part, o) for part in WANTED for o in [*dict.fromkeys(r["operator"] for r in rows if r["part"] == part), "all"]]
    bench.report.table(
        f"{len(rows)} questions about made-up parties at the default threshold {bench.threshold:.2f}",
        ["part", "operator", "wanted", "n", "as wanted"],
        [
            [
                part,
                operator,
                WANTED[part],
                len(tallies[part, operator]),
                percent(sum(tallies[part, operator]), len(tallies[part, operator])),
            ]
            for part, operator in order
        ],
    )
    if failed:
        bench.report.table("not as wanted", ["id", "part", "operator", "asked", "listing", "its score", "best"], failed)
