#!/usr/bin/env python3
"""Measures how well and how fast `licit screen` finds listed parties. See README.md."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

import auditor
import figures
import material
import pairs
import retrieval
import speed
from bench import Bench
from engine import Problem

import alerts

MEASURES = {
    "pairs": pairs.pairs,
    "name_bench": pairs.labelled,
    "lists": retrieval.lists,
    "control": retrieval.control,
    "corrupted": retrieval.corrupted,
    "manipulated": retrieval.manipulated,
    "alerts": alerts.alerts,
    "operating": alerts.operating,
    "calibration": alerts.calibration,
    "speed": speed.speed,
    "ofac": pairs.ofac,
    "auditor": auditor.auditor,
}
#: What needs nothing but this folder.
OWN_MATERIAL = {"auditor"}


def main() -> int:
    args = arguments()
    report = figures.Report()
    unknown = [m for m in args.only if m not in MEASURES]
    if unknown:
        print(f"--only: no measure {', '.join(unknown)}; there are {', '.join(MEASURES)}", file=sys.stderr)
        return 2
    wanted = args.only or list(MEASURES)
    if not material.SHARED.is_dir():
        skipped = [m for m in wanted if m not in OWN_MATERIAL]
        print(f"{material.SHARED} is not there (LICIT_SHARED names it): skipped {', '.join(skipped)}", file=sys.stderr)
        wanted = [m for m in wanted if m in OWN_MATERIAL]
    status = 0
    with tempfile.TemporaryDirectory(prefix="licit-screening-") as folder:
        bench = Bench(args.licit, Path(folder), report, args.peers, args.scale, given_threshold=args.threshold)
        print(f"{bench.alone('empty').version()}; {json.dumps(figures.machine())}; scale {args.scale}")
        for measure in wanted:
            report.start(measure)
            began = time.perf_counter()
            try:
                MEASURES[measure](bench)
            except Problem as problem:
                status = 1
                report.note(f"failed: {problem}")
            report.note(f"({measure}: {time.perf_counter() - began:.0f} s)")
    if args.json:
        report.save(args.json)
    return status


def arguments() -> argparse.Namespace:
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__, epilog=f"Measures: {', '.join(MEASURES)}.")
    parser.add_argument(
        "--licit",
        type=lambda p: Path(p).resolve(),
        default=os.environ.get("LICIT_BIN", here.parents[1] / "target/release/licit"),
        metavar="PROGRAM",
        help="the program, or LICIT_BIN (default: the release build of this checkout)",
    )
    parser.add_argument("--only", type=lambda s: s.split(","), default=[], metavar="A,B", help="only these measures")
    parser.add_argument("--peers", action="store_true", help="ask rapidfuzz and nomenklatura the same questions")
    parser.add_argument("--scale", type=float, default=1.0, metavar="X", help="size of the samples: 0.1 for a quick look (default 1)")
    parser.add_argument("--threshold", type=float, metavar="SCORE", help="default threshold, if the program does not say it")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep every figure in this file too")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
