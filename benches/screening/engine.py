"""licit as its users meet it: the program, its lists and its lines of JSON."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from material import LIST_FILES, Pair, Party, path


@dataclass(frozen=True)
class Hit:
    listing: str
    name: str
    matched: str
    score: float

    def is_(self, party: Party) -> bool:
        """Whether the hit is this party: by its reference, or by its first name where the file gives none that licit keeps."""
        list_, _, ref = self.listing.partition("/")
        return list_ == party.list and (ref == party.ref if party.ref else self.name == party.names[0])


class Problem(Exception):
    """licit would not do what it was asked."""


class Licit:
    """One program and one data folder."""

    def __init__(self, program: Path, data: Path, threads: int | None = None, prefix: Sequence[str] = ()) -> None:
        self.program, self.data, self.prefix = program, data, list(prefix)
        self.env = {**os.environ, "LC_ALL": "C.UTF-8", **({"RAYON_NUM_THREADS": str(threads)} if threads else {})}
        data.mkdir(parents=True, exist_ok=True)

    def command(self, *args: str) -> list[str]:
        return [*self.prefix, str(self.program), *args, "--data", str(self.data), "--offline"]

    def run(self, *args: str) -> str:
        done = subprocess.run(self.command(*args), env=self.env, capture_output=True, text=True)
        if done.returncode > 1:
            raise Problem(f"{' '.join(args)}: {done.stderr.strip()[:600]}")
        return done.stdout

    def version(self) -> str:
        return subprocess.run([str(self.program), "--version"], capture_output=True, text=True).stdout.strip()

    def import_list(self, file: Path, name: str | None = None) -> float:
        """Seconds it took."""
        start = time.perf_counter()
        self.run("lists", "import", str(file), *(["--as", name] if name else []))
        return time.perf_counter() - start

    def import_lists(self) -> dict[str, float]:
        return {name: self.import_list(path("data/" + file), name) for name, file in LIST_FILES.items()}

    def import_names(self, name: str, rows: Iterable[dict[str, Any]]) -> None:
        """A list of our own: rows with id, name and, if known, type."""
        file = self.data.parent / f"{name}.csv"
        with open(file, "w", encoding="utf-8", newline="") as out:
            sheet = csv.DictWriter(out, ["id", "name", "type"], restval="")
            sheet.writeheader()
            sheet.writerows({k: v or "" for k, v in r.items()} for r in rows)
        self.import_list(file, name)

    def answers(
        self,
        queries: Sequence[dict[str, Any]],
        list_: str | None = None,
        least: float | None = None,
        limit: int | None = None,
        keep: Callable[[int, Hit], bool] | None = None,
    ) -> list[list[Hit]]:
        """The hits of each query, in the order of the queries; `keep` leaves out what the caller will not look at."""
        answers: list[list[Hit]] = []
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".jsonl", dir=self.data.parent) as lines:
            lines.writelines(line(i, q) for i, q in enumerate(queries))
            lines.flush()
            args = ["screen", "--jsonl", lines.name]
            args += ["--list", list_] if list_ else []
            args += ["--min", str(least)] if least is not None else []
            args += ["--limit", str(limit)] if limit else []
            with (
                tempfile.TemporaryFile() as errors,
                subprocess.Popen(self.command(*args), env=self.env, stdout=subprocess.PIPE, stderr=errors) as child,
            ):
                for number, answer in enumerate(map(json.loads, child.stdout)):
                    if answer.get("id") != str(number) or "hits" not in answer:
                        raise Problem(f"query {number} {queries[number]!r}: {answer!r:.600}")
                    hits = (Hit(h["listing"], h["name"], h.get("matched", h["name"]), h["score"]) for h in answer["hits"])
                    answers.append([h for h in hits if keep is None or keep(number, h)])
                if child.wait() > 1 or len(answers) != len(queries):
                    errors.seek(0)
                    raise Problem(f"{len(answers)} answers to {len(queries)} queries: {errors.read().decode(errors='replace')[:600]}")
        return answers

    def threshold(self, list_: str | None = None) -> float:
        """The score from which a party is shown unless the user says otherwise, as the program itself prints it."""
        said = re.search(r"from (\d?\.\d+) up is shown", self.run("screen", "Nobody Inparticular", "--color", "never"))
        if said:
            return float(said[1])
        raise Problem("the default threshold is not in the answer; name it with --threshold")

    def pair_scores(self, list_: str, pairs: Sequence[Pair]) -> list[float]:
        """How sure licit is of each pair: name A on a list of its own, name B looked up there; 0 when A is not among the hits.

        The same name with the same type is one listing, so that a name with many pairs does not look common.
        """
        ids: dict[tuple[str, str | None], str] = {}
        for pair in pairs:
            ids.setdefault((pair.a, pair.type), f"P{len(ids)}")
        self.import_names(list_, ({"id": id_, "name": name, "type": type_} for (name, type_), id_ in ids.items()))
        own = [f"{list_}/{ids[pair.a, pair.type]}" for pair in pairs]
        hits = self.answers([query(p.b, p.type) for p in pairs], list_, 0, 5000, lambda i, h: h.listing == own[i])
        return [max((h.score for h in found), default=0.0) for found in hits]


def query(name: str, type_: str | None = None) -> dict[str, Any]:
    return {"name": name, **({"type": type_} if type_ else {})}


def line(number: int, asked: dict[str, Any]) -> str:
    return json.dumps({"id": str(number), **asked}, ensure_ascii=False) + "\n"
