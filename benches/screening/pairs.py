"""Mode P: two names and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import peers
from bench import Bench
from figures import above, best_f1, cut_at, f1_at, interval, percent, quantile
from material import Pair, entity_bench, name_bench, ofac_scores

Scored = Sequence[tuple[Pair, float]]

#: What `domain/names.md` calls a slice, and the share that must be found while 5 % of the hard negatives pass: first bar, stretch.
SLICES: dict[str, tuple[Callable[[Pair], bool], str]] = {
    "spacing, hyphen, case, order": (lambda p: p.phenomenon in ("spacing_hyphen_case", "case_space", "token_order"), "100"),
    "titles, legal forms": (lambda p: p.phenomenon in ("honorific_title", "legal_form_abbrev", "legal_form_or_translation"), "97"),
    "romanisation, Russian–Ukrainian": (
        lambda p: p.phenomenon in ("romanisation_or_spelling", "rus_ukr_transliteration_or_spelling"),
        "80 → 90",
    ),
    "Latin ↔ Cyrillic": (lambda p: p.scripts == {"Latn", "Cyrl"}, "80 → 92"),
    "Latin ↔ Hangul": (lambda p: p.scripts == {"Latn", "Hang"}, "75 → 90"),
    "Latin ↔ Arabic, Persian": (lambda p: p.scripts == {"Latn", "Arab"}, "60 → 80"),
    "any ↔ Han": (lambda p: "Hani" in p.scripts and len(p.scripts) > 1, "50 → 75"),
    "other across scripts": (lambda p: len(p.scripts) > 1 and "Latn" not in p.scripts and "Hani" not in p.scripts, ""),
    "initials, dropped patronymic": (lambda p: p.phenomenon in ("initials", "dropped_patronymic"), "possible"),
    "added or dropped token": (lambda p: p.phenomenon in ("added_middle_or_patronymic", "dropped_token"), ""),
    "alias or form, acronym": (lambda p: p.phenomenon in ("alias_or_form", "acronym"), ""),
}
RATES = (0.01, 0.05, 0.10)


def pairs(bench: Bench) -> None:
    everything = bench.pair_scores
    tune, held = [x for x in everything if not x[0].held_out], [x for x in everything if x[0].held_out]
    scorers: dict[str, tuple[Scored, Scored]] = {"licit": (tune, held)}
    if bench.with_peers:
        for name, (compare, _) in peers.COMPARES.items():
            scorers[name] = tuple([(p, compare(p.a, p.b, p.type)) for p, _ in side] for side in (tune, held))
    report = bench.report
    report.note(
        "Pairs of names.csv without LIST_ONLY. “Hard” negatives are all of them; “certain” leaves out NEEDS_CONTEXT, where the "
        "strings are the same and only other facts tell the parties apart. A match counts when it scores above the cut; "
        "negatives that tie with it stay out."
    )
    for title, side in (("hold-out", 1), ("tune", 0)):
        report.table(
            f"{title}: recall with so many of the negatives let through",
            [
                "scorer",
                "matches",
                "negatives",
                *(f"{r:.0%} hard" for r in RATES),
                *(f"{r:.0%} certain" for r in RATES),
                "across scripts, 5 % certain",
                "names lost at 5 %",
            ],
            [overall(name, sides[side]) for name, sides in scorers.items()],
        )
    for title, side in (("hold-out", held), ("tune", tune)):
        report.table(
            f"{title}: licit by slice",
            ["slice", "n", "bar", "5 % hard", "5 % certain", "95 %", "10 % certain", "at default", "lost", "≥ 0.85", "median"],
            by_slice(side, bench.threshold),
        )
        report.table(
            f"{title}: licit by phenomenon",
            ["phenomenon", "n", "5 % certain", "at default", "lost", "median"],
            by_phenomenon(side, bench.threshold),
        )
    cut = cut_at(negatives(tune, True), 0.05)
    found = above((s for p, s in held if p.match), cut)
    passed = above(negatives(held, True), cut)
    report.table(
        "a cut fixed on tune and used on hold-out: licit",
        ["cut", "recall", "certain negatives that pass"],
        [[f"{cut:.3f}", percent(found, sum(p.match for p, _ in held)), percent(passed, len(negatives(held, True)))]],
    )
    numbered = [(p, s) for p, s in everything if not p.match and p.type == "vessel"]
    report.table(
        "vessels: negatives that pass (bar: none)",
        ["n", "at 5 % certain", "at default", "worst"],
        [
            [
                len(numbered),
                above((s for _, s in numbered), cut_at(negatives(everything, True), 0.05)),
                sum(s >= bench.threshold for _, s in numbered),
                "; ".join(f"{p.a} / {p.b} {s:.2f}" for p, s in sorted(numbered, key=lambda x: -x[1])[:3]),
            ]
        ],
    )
    worst = sorted((x for x in held if not x[0].match and x[0].quality != "NEEDS_CONTEXT"), key=lambda x: -x[1])[:12]
    report.table(
        "hold-out: the certain negatives that score highest",
        ["score", "names", "sort"],
        [[f"{s:.3f}", f"{p.a} / {p.b}", p.phenomenon] for p, s in worst],
    )


def negatives(scored: Scored, certain: bool) -> list[float]:
    return [s for p, s in scored if not p.match and not (certain and p.quality == "NEEDS_CONTEXT")]


def overall(name: str, scored: Scored) -> list[str]:
    matches = [(p, s) for p, s in scored if p.match]
    across = [s for p, s in matches if len(p.scripts) > 1]
    scores = [s for _, s in matches]
    cells = [percent(above(scores, cut_at(negatives(scored, certain), rate)), len(matches)) for certain in (False, True) for rate in RATES]
    cut = cut_at(negatives(scored, True), 0.05)
    return [
        name,
        str(len(matches)),
        str(len(negatives(scored, False))),
        *cells,
        percent(above(across, cut), len(across)),
        str(len(matches) - above(scores, cut)),
    ]


def by_slice(scored: Scored, threshold: float) -> list[list[str]]:
    rows = []
    hard, certain, wide = (
        cut_at(negatives(scored, False), 0.05),
        cut_at(negatives(scored, True), 0.05),
        cut_at(negatives(scored, True), 0.10),
    )
    for name, (belongs, bar) in SLICES.items():
        scores = [s for p, s in scored if p.match and belongs(p)]
        found = above(scores, certain)
        rows.append(
            [
                name,
                str(len(scores)),
                bar,
                percent(above(scores, hard), len(scores)),
                percent(found, len(scores)),
                interval(found, len(scores)),
                percent(above(scores, wide), len(scores)),
                percent(sum(s >= threshold for s in scores), len(scores)),
                str(len(scores) - found),
                percent(sum(s >= 0.85 for s in scores), len(scores)),
                f"{quantile(scores, 0.5):.2f}",
            ]
        )
    return rows


def by_phenomenon(scored: Scored, threshold: float) -> list[list[str]]:
    rows = []
    cut = cut_at(negatives(scored, True), 0.05)
    for name in sorted({p.phenomenon for p, _ in scored if p.match}):
        scores = [s for p, s in scored if p.match and p.phenomenon == name]
        rows.append(
            [
                name,
                str(len(scores)),
                percent(above(scores, cut), len(scores)),
                percent(sum(s >= threshold for s in scores), len(scores)),
                str(len(scores) - above(scores, cut)),
                f"{quantile(scores, 0.5):.2f}",
            ]
        )
    return rows


def labelled(bench: Bench) -> None:
    """F1 on the pairs of nomenklatura: the home ground of logic-v2."""
    for title, cases, name in (("name_bench", name_bench(), "name-bench"), ("entity_bench, names only", entity_bench(), "entity-bench")):
        scorers = {"licit": (bench.alone(name).pair_scores(name, cases), bench.threshold)}
        if bench.with_peers:
            scorers |= {peer: ([compare(p.a, p.b, p.type) for p in cases], usual) for peer, (compare, usual) in peers.COMPARES.items()}
        rows = []
        for scorer, (scores, usual) in scorers.items():
            scored = [(s, p.match) for p, s in zip(cases, scores)]
            precision, recall, f1 = f1_at(scored, usual)
            best, at = best_f1(scored)
            rows.append(
                [
                    scorer,
                    len(cases),
                    f"{usual:.2f}",
                    f"{100 * precision:.1f} / {100 * recall:.1f} / {100 * f1:.1f}",
                    f"{100 * best:.1f}",
                    f"{at:.2f}",
                ]
            )
        bench.report.table(
            f"{title}: {sum(p.match for p in cases)} matches of {len(cases)}",
            ["scorer", "n", "default", "P / R / F1 there", "best F1", "at"],
            rows,
        )
        groups = sorted({p.phenomenon for p in cases})
        if name == "name-bench":
            scored = list(zip(cases, scorers["licit"][0]))
            bench.report.table(
                f"{title}: licit by group",
                ["group", "n", "P / R / F1 at default", "best F1"],
                [
                    [
                        g,
                        len(some),
                        "{:.1f} / {:.1f} / {:.1f}".format(*(100 * x for x in f1_at(some, bench.threshold))),
                        f"{100 * best_f1(some)[0]:.1f}",
                    ]
                    for g in groups
                    if (some := [(s, p.match) for p, s in scored if p.phenomenon == g]) and any(m for _, m in some)
                ],
            )


def ofac(bench: Bench) -> None:
    """How far from the scores that OFAC's own search shows. For information: nobody has to agree with it."""
    rows = ofac_scores()
    cases = [Pair(str(i), listed, asked, None, True, "", frozenset(), "", "") for i, (asked, listed, _) in enumerate(rows)]
    scorers = {"licit": bench.alone("ofac").pair_scores("ofac", cases)}
    if bench.with_peers:
        scorers |= {peer: [compare(p.a, p.b, p.type) for p in cases] for peer, (compare, _) in peers.COMPARES.items()}
    distance = {name: [abs(100 * s - real) for s, (_, _, real) in zip(scores, rows)] for name, scores in scorers.items()}
    bench.report.table(
        "points of difference from OFAC Sanctions Search",
        ["scorer", "n", "mean", "within 5"],
        [[name, len(d), f"{sum(d) / len(d):.1f}", percent(sum(x <= 5 for x in d), len(d))] for name, d in distance.items()],
    )
