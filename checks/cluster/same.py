"""The same rows through every engine give the same bytes; faults lose and double nothing.

    python same.py LICIT LICIT_BATCH FOLDER [ROWS]

Prints what each engine took, and ends with the first that differs. Spark takes part where `pylicit` and `pyspark` are installed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow
import pyarrow.csv
import pyarrow.parquet

ROOT = Path(__file__).resolve().parents[2]
PORT = 50350
AUTHORITIES = "un,eu"
#: No lists but those that are compiled in, whatever the machine has.
ALONE = {**os.environ, "LICIT_DATA": "/nonexistent"}


def run(*words, fails=None):
    """The seconds it took and what it said on its second output; `fails`: what it must say in failing."""
    begun = time.monotonic()
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True, env=ALONE)
    if fails is None:
        assert done.returncode == 0, (words, done.returncode, done.stderr)
    else:
        assert done.returncode != 0 and fails in done.stderr, (words, done.returncode, done.stderr)
    return time.monotonic() - begun, done.stderr


def digest(table: pyarrow.Table) -> str:
    """Of all cells as text, ordered by id."""
    texts = pyarrow.table({name: table[name].cast(pyarrow.string()) for name in table.column_names}).sort_by("id").combine_chunks()
    out = pyarrow.BufferOutputStream()
    pyarrow.csv.write_csv(texts, out)
    return hashlib.sha256(out.getvalue()).hexdigest()


def rows(folder: Path, count: int) -> Path:
    text, table = folder / "rows.csv", folder / "rows.parquet"
    subprocess.run([sys.executable, ROOT / "benches/batch/shipments.py", str(count), text], check=True)
    names = text.open().readline().strip().split(",")
    kept = pyarrow.csv.ConvertOptions(column_types=dict.fromkeys(names, pyarrow.string()), strings_can_be_null=True)
    pyarrow.parquet.write_table(pyarrow.csv.read_csv(text, convert_options=kept), table, row_group_size=max(count // 32, 1))
    return table


class Cluster:
    """A scheduler and executors as processes of this machine."""

    def __init__(self, binary: Path, folder: Path) -> None:
        self.binary, self.log, self.running = binary, open(folder / "cluster.log", "a"), {}

    def start(self, name: str, *words: str, env=None) -> None:
        self.running[name] = subprocess.Popen([self.binary, *words], stdout=self.log, stderr=self.log, env=env or ALONE)

    def scheduler(self) -> None:
        self.start("scheduler", "scheduler", "--port", str(PORT), "--lost-after", "10")
        time.sleep(2)

    def executor(self, number: int, env=None) -> None:
        at = PORT + 10 * number
        words = ("executor", "--scheduler", f"127.0.0.1:{PORT}", "--port", str(at), "--orders-port", str(at + 1), "--cores", "1")
        self.start(f"executor {number}", *words, env=env)

    def kill(self, name: str) -> None:
        process = self.running.pop(name)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def end(self) -> None:
        for name in list(self.running):
            self.kill(name)


def bad_input(engine: Path, table: Path, folder: Path) -> None:
    there = folder / "there.parquet"
    there.write_text("kept")
    run(engine, "local", table, there, fails="exists; nothing is written over it")
    assert there.read_text() == "kept"
    out = folder / "bad.parquet"
    no_id = folder / "no-id.parquet"
    pyarrow.parquet.write_table(pyarrow.parquet.read_table(table).drop_columns(["id"]).slice(0, 10), no_id)
    run(engine, "local", no_id, out, fails="no column `id`")
    other = folder / "other.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"id": ["1"], "colour": ["red"]}), other)
    run(engine, "local", other, out, fails="other.parquet")
    run(engine, "local", folder / "absent.parquet", out, fails="absent.parquet")
    broken = folder / "broken.parquet"
    broken.write_bytes(b"PAR1 but no more")
    run(engine, "local", broken, out, fails="arquet")
    assert not out.exists() and not Path(f"{out}.unfinished").exists()


def refused(licit: Path, cluster: Cluster, submit, folder: Path) -> None:
    """An executor that knows one list more takes no part."""
    data, listed = folder / "other-lists", folder / "listed.csv"
    listed.write_text("id,name,type,country\n1,Zarnak Trading,company,IR\n")
    env = {**ALONE, "LICIT_DATA": str(data)}
    subprocess.run([licit, "lists", "import", "--as", "mine", "--dated", "2026-01-01", listed], check=True, env=env, capture_output=True)
    cluster.executor(3, env=env)
    time.sleep(12)
    submit("refused", fails="refused: the job was made with the law and lists")
    assert not (folder / "refused.parquet").exists()
    print("Ballista, an executor with another list: refused")


def many(licit: Path, engine: Path, table: Path, folder: Path, wanted: str) -> None:
    cluster = Cluster(engine, folder)

    def submit(name: str, **how):
        target = folder / f"{name}.parquet"
        return run(engine, "submit", "--scheduler", f"127.0.0.1:{PORT}", "--in", AUTHORITIES, "--parts", 16, table, target, **how)[0]

    def same(name: str) -> None:
        assert digest(pyarrow.parquet.read_table(folder / f"{name}.parquet")) == wanted, name

    try:
        cluster.scheduler()
        cluster.executor(1)
        cluster.executor(2)
        time.sleep(3)
        whole = submit("many")
        same("many")
        print(f"Ballista, two executors: {whole:.1f} s, the same")

        words = [engine, "submit", "--scheduler", f"127.0.0.1:{PORT}", "--in", AUTHORITIES, "--parts", "16", table, folder / "killed.parquet"]
        begun, job = time.monotonic(), subprocess.Popen([str(w) for w in words], env=ALONE)
        time.sleep(whole / 4)  # the executors know by now what the rows have in common, so this run is quicker
        assert job.poll() is None, "it ended before anything could be killed: take more rows"
        cluster.kill("executor 2")
        assert job.wait() == 0
        same("killed")
        print(f"Ballista, an executor killed half-way: {time.monotonic() - begun:.1f} s, the same")

        begun = time.monotonic()
        words[-1] = folder / "lost.parquet"
        job = subprocess.Popen([str(w) for w in words], env=ALONE, stderr=subprocess.PIPE, text=True)
        time.sleep(whole / 5)
        cluster.kill("scheduler")
        said = job.communicate(timeout=300)[1]
        assert job.returncode != 0 and not (folder / "lost.parquet").exists(), said
        print(f"Ballista, the scheduler killed: failed after {time.monotonic() - begun:.1f} s: {said.strip().splitlines()[-1][:200]}")
        cluster.end()
        cluster.scheduler()
        cluster.executor(1)
        time.sleep(3)
        again = submit("lost")
        same("lost")
        print(f"Ballista, started anew with one executor: {again:.1f} s, the same")

        cluster.kill("executor 1")
        refused(licit, cluster, submit, folder)
    finally:
        cluster.end()


def spark(table: Path, folder: Path, wanted: pyarrow.Table) -> None:
    if not all(importlib.util.find_spec(name) for name in ("pylicit", "pyspark")):
        print("Spark: pylicit or pyspark is not installed, not run")
        return
    begun, target = time.monotonic(), folder / "spark"
    subprocess.run([sys.executable, ROOT / "crates/python/examples/spark.py", table, target, AUTHORITIES], check=True, env=ALONE, capture_output=True)
    answers = pyarrow.parquet.read_table(target)
    assert digest(answers) == digest(wanted.select(answers.column_names)), "spark"
    print(f"PySpark local[2], mapInArrow: {time.monotonic() - begun:.1f} s, the same")


def one_by_one(licit: Path, table: Path, folder: Path, wanted: pyarrow.Table) -> None:
    """`licit check --jsonl` over the acts of a thousand rows, as the columns say them."""
    acts, some = folder / "acts.jsonl", pyarrow.parquet.read_table(table).slice(0, 1000).to_pylist()

    def act(row):
        party = lambda role: {"role": {"shipper": "supplier"}.get(role, role), "name": row[role], "country": row[f"{role}_country"]}
        item = {"description": row["description"], "hs": row["hs_code"], "origin": row["item_origin"]}
        places = {"origin": row["origin"], "destination": row["destination"]}
        return {"id": row["id"], "kind": row["kind"], "on": row["date"], "parties": [party("shipper"), party("consignee")], "items": [item], "places": places}

    acts.write_text("".join(json.dumps(act(row)) + "\n" for row in some))
    done = subprocess.run([licit, "check", "--jsonl", acts, "--brief", "--in", AUTHORITIES], capture_output=True, text=True, env=ALONE)
    told = {one["act_id"]: one["overall"] for one in map(json.loads, done.stdout.splitlines()) if "overall" in one}
    verdicts = dict(zip(wanted["id"].to_pylist(), wanted["overall"].to_pylist()))
    assert len(told) == len(some), done.stderr
    differ = [id for id, overall in told.items() if verdicts[id] != overall]
    assert not differ, differ[:5]
    print(f"licit check --jsonl: the verdicts of {len(told)} acts are the same")


def main(licit: str, engine: str, folder: str, count: str = "100000") -> None:
    licit, engine, folder = Path(licit).resolve(), Path(engine).resolve(), Path(folder)
    table = rows(folder, int(count))
    one = folder / "batch.parquet"
    print(f"{count} rows; licit batch: {run(licit, 'batch', table, one, '--in', AUTHORITIES)[0]:.1f} s")
    wanted = pyarrow.parquet.read_table(one)
    assert wanted.num_rows == int(count)
    local = folder / "local.parquet"
    took = run(engine, "local", table, local, "--in", AUTHORITIES)[0]
    assert pyarrow.parquet.read_table(local).column_names == wanted.column_names
    assert digest(pyarrow.parquet.read_table(local)) == digest(wanted), "local"
    print(f"licit-batch local: {took:.1f} s, the same")
    bad_input(engine, table, folder)
    print("bad input: refused, and nothing left behind")
    one_by_one(licit, table, folder, wanted)
    spark(table, folder, wanted)
    if "submit" in subprocess.run([engine, "--help"], capture_output=True, text=True).stdout:
        many(licit, engine, table, folder, digest(wanted))
    else:
        print("Ballista: not in this build, not run")


if __name__ == "__main__":
    assert shutil.which(sys.argv[1]), sys.argv[1]
    main(*sys.argv[1:])
