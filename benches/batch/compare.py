"""`licit batch` beside what somebody would do without it, all in one run on the same rows.

    python3 compare.py LICIT ROWS.csv NAMES.csv [--http 2000] [--fuzz 200] [--list NAMES.txt]

* acts: `licit batch`, and a loop over a pandas frame that asks the HTTP API of the same binary on loopback, a row a request on one connection, brief;
* names: `licit batch --mode screen`, and rapidfuzz's `token_sort_ratio` over all listed names, on all cores. `LICIT_DATA` says which lists licit asks.

The loops are given the first rows only, for they take long; rates are by the second. Needs pandas and rapidfuzz.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import subprocess
import tempfile
import time
from pathlib import Path

import pandas
from rapidfuzz import fuzz, process

DATA = Path(__file__).resolve().parents[2] / "data"


def batch(licit: str, rows: str, *options: str) -> tuple[float, int, float]:
    """Rows a second, peak memory in MB, seconds."""
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder) / "out.parquet")
        begun = time.monotonic()
        child = subprocess.Popen([licit, "batch", rows, out, *options], stderr=subprocess.PIPE, text=True)
        told = child.stderr.read()
        _, _, used = os.wait4(child.pid, 0)
        seconds = time.monotonic() - begun
        done = int(re.search(r"(\d+) rows? in", told)[1])
        return done / seconds, used.ru_maxrss // 1024, seconds


def act(row) -> dict:
    parties = [
        {"role": "consignee", "name": row.consignee, "located_in": row.consignee_country},
        {"role": "supplier", "name": row.shipper, "located_in": row.shipper_country},
    ]
    item = {"description": row.description, "hs": row.hs_code, "quantity": f"{row.quantity} {row.unit}", "value": f"{row.value} {row.currency}"}
    item["origin"] = row.item_origin
    return {"id": row.id, "kind": row.kind, "on": row.date, "parties": parties, "items": [item], "places": {"origin": row.origin, "destination": row.destination}}


def over_http(licit: str, rows: str, count: int) -> float:
    frame = pandas.read_csv(rows, dtype=str, nrows=count, keep_default_na=False)
    server = subprocess.Popen([licit, "serve", "--listen", "127.0.0.1:8712", "--log", "off"], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", 8712, timeout=60)
                connection.request("GET", "/readyz")
                if connection.getresponse().read() is not None:
                    break
            except OSError:
                time.sleep(0.1)
        begun, verdicts = time.monotonic(), []
        for row in frame.itertuples(index=False):
            connection.request("POST", "/v1/check?brief=true", json.dumps(act(row)), {"content-type": "application/json"})
            verdicts.append(json.loads(connection.getresponse().read())["overall"])
        return len(verdicts) / (time.monotonic() - begun)
    finally:
        server.terminate()
        server.wait()


def by_rapidfuzz(lists: list[str], names: str, count: int) -> tuple[float, int]:
    queries = list(pandas.read_csv(names, dtype=str, nrows=count)["name"].str.lower())
    begun = time.monotonic()
    process.cdist(queries, lists, scorer=fuzz.token_sort_ratio, score_cutoff=60, workers=-1, dtype="uint8")
    return len(queries) / (time.monotonic() - begun), len(lists)


def listed(file: str | None) -> list[str]:
    """Listed names: of a file, one a line, or of the compiled-in table."""
    if file:
        return [name.lower() for name in Path(file).read_text(encoding="utf-8").splitlines() if name]
    table = pandas.read_csv(DATA / "listed-un.csv", dtype=str, keep_default_na=False)
    return [n.lower() for row in table.itertuples() for n in [row.name, *row.aliases.split(";")] if n]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("licit")
    parser.add_argument("rows")
    parser.add_argument("names")
    parser.add_argument("--http", type=int, default=2000)
    parser.add_argument("--fuzz", type=int, default=200)
    parser.add_argument("--list", help="a file of listed names, one a line; those of the compiled-in list unless said")
    asked = parser.parse_args()
    rate, memory, seconds = batch(asked.licit, asked.rows)
    loop = over_http(asked.licit, asked.rows, asked.http)
    print(f"acts   licit batch {rate:9.0f} rows/s ({seconds:.1f} s, {memory} MB)   loop over HTTP {loop:7.0f} rows/s   ratio {rate / loop:.1f}")
    rate, memory, seconds = batch(asked.licit, asked.names, "--mode", "screen")
    fuzzy, count = by_rapidfuzz(listed(asked.list), asked.names, asked.fuzz)
    print(f"names  licit batch {rate:9.0f} names/s ({seconds:.1f} s, {memory} MB)   rapidfuzz over {count} names {fuzzy:7.0f} names/s   ratio {rate / fuzzy:.1f}")
    print("load", *(f"{x:.1f}" for x in os.getloadavg()))


if __name__ == "__main__":
    main()
