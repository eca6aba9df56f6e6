"""What `examples/` promises: frames, Spark and the notebook run as they stand, and Spark's answers are those of the wheel."""

from __future__ import annotations

import importlib.util
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pylicit
import pytest

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


def there(*modules):
    return all(importlib.util.find_spec(module) for module in modules)


def test_frames_of_two_libraries_say_the_same():
    module = runpy.run_path(str(EXAMPLES / "frames.py"))
    by_pandas, by_polars = module["with_pandas"](), module["with_polars"]()
    assert by_pandas["overall"].tolist() == by_polars["overall"].to_list()
    for no, day, to, hs, overall in zip(*(by_pandas[name] for name in ("no", "date", "destination", "hs_code", "overall"))):
        act = {"id": no, "kind": "export", "on": day, "items": [{"hs": hs}], "places": {"destination": to}}
        assert (overall == "out_of_scope") == (pylicit.decide(act, authorities="un,eu", brief=True)["overall"] == "out_of_scope")


@pytest.mark.skipif(not there("pyspark"), reason="pyspark is not installed")
def test_spark_says_the_same(tmp_path):
    count, goods = 2_000, ["2701", "1006", "2710", "9503"]
    rows = pyarrow.table(
        {
            "id": [str(n) for n in range(count)],
            "kind": ["sale"] * count,
            "date": [f"{2005 + n % 20}-03-01" for n in range(count)],
            "hs_code": [goods[n % 4] for n in range(count)],
            "to": [("KP", "KR", "CN")[n % 3] for n in range(count)],
        }
    )
    source, target = tmp_path / "rows.parquet", tmp_path / "answers"
    pyarrow.parquet.write_table(rows, source, row_group_size=300)
    subprocess.run([sys.executable, EXAMPLES / "spark.py", source, target, "un,eu"], check=True)
    answers = pyarrow.parquet.read_table(target).sort_by("id")
    wanted = pylicit.decide(rows, authorities="un,eu").select(answers.column_names).sort_by("id")
    assert answers.to_pylist() == wanted.to_pylist()
    assert len(set(answers["overall"].to_pylist())) > 1


@pytest.mark.skipif(not there("nbclient", "nbformat", "ipykernel", "matplotlib"), reason="what runs notebooks is not installed")
def test_the_notebook_runs():
    import nbclient
    import nbformat

    notebook = nbformat.read(EXAMPLES / "notebook.ipynb", as_version=4)
    os.environ["LICIT_SOURCE"] = str(EXAMPLES.parents[2])
    nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    kinds = [key for cell in notebook.cells for out in cell.get("outputs", []) for key in out.get("data", {})]
    assert kinds.count("image/png") == 2
