"""Figures and tables: how often, how sure of that, and on what machine."""

from __future__ import annotations

import json
import math
import os
import platform
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any


def share(hits: int, of: int) -> float:
    return hits / of if of else float("nan")


def percent(hits: int, of: int) -> str:
    """`93.4 %`, with one place more near the top, where the last names are what counts."""
    if not of:
        return "–"
    value = 100 * hits / of
    return f"{value:.2f} %" if 99 < value < 100 else f"{value:.1f} %"


def interval(hits: int, of: int) -> str:
    """Wilson's 95 % interval, in percent: small samples must look small."""
    if not of:
        return "–"
    z, p = 1.96, hits / of
    middle = (p + z * z / (2 * of)) / (1 + z * z / of)
    reach = z / (1 + z * z / of) * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return f"{100 * max(0, middle - reach):.0f}–{100 * min(1, middle + reach):.0f}"


def cut_at(negatives: Sequence[float], rate: float) -> float:
    """The score that a match must exceed so that no more than `rate` of the negatives do the same.

    Strictly above: negatives that tie with the cut stay out, so a scorer that gives everything 1.0 finds nothing.
    """
    ordered = sorted(negatives, reverse=True)
    allowed = math.floor(rate * len(ordered))
    return ordered[allowed] if allowed < len(ordered) else -1.0


def above(scores: Iterable[float], cut: float) -> int:
    return sum(s > cut for s in scores)


def f1_at(scored: Sequence[tuple[float, bool]], threshold: float) -> tuple[float, float, float]:
    """Precision, recall and F1 when everything from `threshold` up counts as a match."""
    true = sum(m and s >= threshold for s, m in scored)
    said = sum(s >= threshold for s, _ in scored)
    real = sum(m for _, m in scored)
    precision, recall = share(true, said) if said else 0.0, share(true, real)
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def best_f1(scored: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """The highest F1 that any threshold reaches on these very pairs, and that threshold (lowest if several)."""
    return max(((f1_at(scored, t)[2], t) for t in {s for s, _ in scored}), key=lambda x: (x[0], -x[1]))


def quantile(values: Sequence[float], q: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(q * len(ordered)) - 1)] if ordered else float("nan")


def machine() -> dict[str, Any]:
    model = ""
    try:
        model = next(
            (line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")), ""
        )
        memory = f"{int(Path('/proc/meminfo').read_text().split()[1]) / 1024 / 1024:.0f} GB"
    except OSError:
        memory = "?"
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    return {
        "system": platform.system(),
        "processor": model or platform.processor(),
        "processors": os.cpu_count(),
        "memory": memory,
        "python": platform.python_version(),
        "load": round(load, 2),
    }


class Report:
    """Prints tables as Markdown while it goes, and keeps the rows for the JSON file."""

    def __init__(self) -> None:
        self.measures: dict[str, list[dict[str, Any]]] = {}
        self.current = ""

    def start(self, measure: str) -> None:
        self.current = measure
        self.measures[measure] = []
        print(f"\n# {measure}\n", flush=True)

    def table(self, title: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        rows = [list(r) for r in rows]
        self.measures[self.current].append({"title": title, "header": list(header), "rows": rows})
        text = [[str(c) for c in r] for r in [list(header), *rows]]
        width = [max(len(r[i]) for r in text) for i in range(len(header))]
        line = lambda r: "| " + " | ".join(c.ljust(w) for c, w in zip(r, width)) + " |"  # noqa: E731
        print(f"## {title}\n\n{line(text[0])}\n|{'|'.join('-' * (w + 2) for w in width)}|")
        print("\n".join(line(r) for r in text[1:]) + "\n", flush=True)

    def note(self, text: str) -> None:
        self.measures[self.current].append({"note": text})
        print(text + "\n", flush=True)

    def save(self, file: Path) -> None:
        file.write_text(
            json.dumps({"machine": machine(), "measures": self.measures}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
