"""How long, how much memory, beside the peers in the same run."""

from __future__ import annotations

import os
import resource
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from random import Random
from statistics import median
from typing import Any

import made_up
import peers
from bench import Bench
from engine import Licit, Problem, line, query
from figures import quantile
from material import listed

#: The list that the peers search, so that all look through the same names.
ALONE = "us-csl"


def speed(bench: Bench) -> None:
    fresh = Licit(bench.program, bench.work / "speed", 1, pinned())
    start_up(bench, fresh)
    sets = query_sets(bench)
    throughput(bench, fresh, sets)
    latency(bench, fresh, sets)
    if bench.with_peers:
        peer_speed(bench, sets)


def pinned() -> list[str]:
    return ["taskset", "-c", "0"] if shutil.which("taskset") else []


def start_up(bench: Bench, licit: Licit) -> None:
    shutil.rmtree(licit.data, ignore_errors=True)
    licit.data.mkdir(parents=True)
    rows = [[f"import {name}", f"{seconds:.2f} s", ""] for name, seconds in licit.import_lists().items()]
    one = ["screen", "Ivan Ivanovich Ivanov", "--json"]
    first, memory = measured(licit, one)
    rows.append(["first answer after the imports, which builds the index", f"{first:.2f} s", megabytes(memory)])
    runs = [measured(licit, one) for _ in range(7)]
    rows.append(
        [
            "first answer of each later process, median of 7",
            f"{1000 * median(t for t, _ in runs):.0f} ms",
            megabytes(max(m for _, m in runs)),
        ]
    )
    folder = sum(f.stat().st_size for f in licit.data.rglob("*") if f.is_file())
    rows.append(["data folder", f"{folder / 1e6:.0f} MB", ""])
    bench.report.table("start-up with the five lists, one core", ["step", "time or size", "largest resident"], rows)


#: Runs a command and writes its seconds and its largest resident kilobytes. A process of its own, because a child begins with the size of
#: whoever starts it, and this one grows large with the peers.
STOPWATCH = """
import os, subprocess, sys, time
began = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, used = os.wait4(child.pid, 0)
print(time.perf_counter() - began, used.ru_maxrss, os.waitstatus_to_exitcode(status))
"""


def measured(licit: Licit, args: list[str], lines: bytes = b"") -> tuple[float, int]:
    """Seconds, and the largest resident size in bytes."""
    command = [sys.executable, "-S", "-E", "-c", STOPWATCH, *licit.command(*args)]
    seconds, kilobytes, status = subprocess.run(command, env=licit.env, input=lines, capture_output=True, check=True).stdout.split()
    if int(status) > 1:
        raise Problem(f"{' '.join(args)} ended with status {int(status)}")
    return float(seconds), int(kilobytes) * 1024


def megabytes(size: int) -> str:
    return f"{size / 1e6:.0f} MB"


def query_sets(bench: Bench) -> dict[str, list[dict[str, Any]]]:
    chance, count = Random(31), bench.many(2000)
    people = [p for p in listed(ALONE) if p.type]
    exact = [chance.choice(people) for _ in range(count)]
    return {
        "clear": [query(n, "person") for n in made_up.random_people(count, bench.taken, chance)],
        "recombined": [query(n, "person") for n in made_up.recombined(listed(ALONE), count, bench.taken, chance)],
        "corrupted": [query(c.name, c.party.type) for c in bench.slips],
        "exact": [query(chance.choice(p.all_names), p.type) for p in exact],
    }


def throughput(bench: Bench, licit: Licit, sets: dict[str, list[dict[str, Any]]]) -> None:
    rows = []
    for where, restriction in (("the five lists", []), (ALONE, ["--list", ALONE])):
        empty = median(measured(licit, ["screen", "--jsonl", *restriction])[0] for _ in range(5))
        for title, queries in sets.items():
            some = (queries * (1 + 4000 // len(queries)))[:4000]
            lines = "".join(line(i, q) for i, q in enumerate(some)).encode()
            runs = [measured(licit, ["screen", "--jsonl", *restriction], lines) for _ in range(3)]
            seconds = median(t for t, _ in runs)
            rows.append(
                [
                    where,
                    title,
                    len(some),
                    f"{len(some) / seconds:,.0f}",
                    f"{len(some) / max(seconds - empty, 1e-9):,.0f}",
                    f"{1e6 * max(seconds - empty, 0) / len(some):,.0f}",
                    megabytes(max(m for _, m in runs)),
                ]
            )
    bench.report.table(
        "`screen --jsonl` with default threshold and reasons, one core, medians of 3",
        ["lists", "queries", "n", "queries/s with start", "queries/s", "µs each", "largest resident"],
        rows,
    )


def latency(bench: Bench, licit: Licit, sets: dict[str, list[dict[str, Any]]]) -> None:
    """One question at a time to a process that stays; where the program answers only in batches, one question over and over."""
    rows = []
    for title, queries in sets.items():
        times = one_by_one(licit, queries[: bench.many(1000)])
        how = "one line at a time"
        if not times:
            times, how = (
                repeated(licit, Random(33).sample(queries, min(len(queries), bench.many(100)))),
                "one line 100 times, start taken off",
            )
        rows.append(
            [
                title,
                len(times),
                f"{1000 * quantile(times, 0.5):.2f}",
                f"{1000 * quantile(times, 0.95):.2f}",
                f"{1000 * quantile(times, 0.99):.2f}",
                f"{1000 * max(times):.2f}",
                how,
            ]
        )
    bench.report.table("milliseconds of one query, the five lists, one core", ["queries", "n", "p50", "p95", "p99", "worst", "how"], rows)


def one_by_one(licit: Licit, queries: Sequence[dict[str, Any]]) -> list[float]:
    child = subprocess.Popen(
        licit.command("screen", "--jsonl"),
        env=licit.env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
    )
    times = []
    try:
        for number, asked in enumerate(queries):
            start = time.perf_counter()
            child.stdin.write(line(number, asked).encode())
            answer = b""
            while not answer.endswith(b"\n"):
                if not select.select([child.stdout], [], [], 2)[0]:
                    return []
                answer += os.read(child.stdout.fileno(), 1 << 16)
            times.append(time.perf_counter() - start)
    finally:
        child.kill()
        child.wait()
    return times[20:]


def repeated(licit: Licit, queries: Sequence[dict[str, Any]]) -> list[float]:
    empty = median(measured(licit, ["screen", "--jsonl"])[0] for _ in range(9))
    return [max(0.0, (measured(licit, ["screen", "--jsonl"], line(0, q).encode() * 100)[0] - empty) / 100) for q in queries]


def peer_speed(bench: Bench, sets: dict[str, list[dict[str, Any]]]) -> None:
    """In this process, one thread: no start, no JSON, and for logic-v2 no search for the candidates. licit pays for all of that."""
    if hasattr(os, "sched_setaffinity"):
        before = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {min(before)})
    licit = Licit(bench.program, bench.work / "speed", 1, pinned())
    parties = listed(ALONE)
    start = time.perf_counter()
    fuzzy = peers.FuzzySearch(parties)
    fuzzy_build = time.perf_counter() - start
    start = time.perf_counter()
    logic = peers.LogicSearch(parties)
    logic_build = time.perf_counter() - start
    rows = []
    for title in ("clear", "corrupted"):
        some = sets[title][: bench.many(300)]
        lines = "".join(line(i, q) for i, q in enumerate(sets[title])).encode()
        empty = median(measured(licit, ["screen", "--jsonl", "--list", ALONE])[0] for _ in range(5))
        ours = len(sets[title]) / max(
            1e-9, median(measured(licit, ["screen", "--jsonl", "--list", ALONE], lines)[0] for _ in range(3)) - empty
        )
        candidates = [logic.candidates(q["name"]) for q in some]
        for c in {c for found in candidates for c in found}:
            logic.entity(c)
        for i, q in enumerate(some):
            logic.score(q["name"], q.get("type"), candidates[i][:1])
        fuzzy_rate = per_second(fuzzy.search_one, [q["name"] for q in some[:60]])
        logic_rate = per_second(lambda x: logic.score(*x), [(q["name"], q.get("type"), c) for q, c in zip(some, candidates)])
        rows += [
            ["licit, lines of JSON with reasons", title, f"{ours:,.0f}", "1"],
            ["rapidfuzz process.extractOne, token_sort_ratio, every name", title, f"{fuzzy_rate:,.1f}", f"{ours / fuzzy_rate:,.1f}"],
            ["logic-v2, 50 candidates given", title, f"{logic_rate:,.1f}", f"{ours / logic_rate:,.1f}"],
        ]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, before)
    names = sum(len(p.all_names) for p in parties)
    bench.report.table(
        f"queries/s beside peers, {len(parties):,} parties and {names:,} names of the US list, one core",
        ["matcher", "queries", "queries/s", "licit is so many times faster"],
        rows,
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    bench.report.note(
        f"Building: names for rapidfuzz {fuzzy_build:.1f} s, trigram index for logic-v2 {logic_build:.1f} s; this process with all "
        f"peers {megabytes(peak)} resident at most. {peers.versions()}. The candidates and entities of logic-v2 "
        "were ready before the clock started."
    )


def per_second(search: Callable[[Any], Any], asked: Sequence[Any]) -> float:
    start = time.perf_counter()
    for one in asked:
        search(one)
    return len(asked) / (time.perf_counter() - start)
