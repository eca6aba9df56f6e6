"""Shipments answered by Spark: every worker opens law and lists once, and rows go through it as batches of Arrow.

    python spark.py shipments.parquet decisions.parquet [un,eu]

Needs `pyspark`, `pandas`, `pyarrow` and Java 17. The rows need a column `id`: Spark keeps no order.
"""

import os
import sys

import pylicit
from pyspark.sql import SparkSession


def answered(rows, authorities):
    """The rows of a frame as answers, one for each."""
    verdicts = ", ".join(f"{authority}_verdict string" for authority in authorities.split(","))
    schema = f"id string, overall string, {verdicts}, possible string, provisions string, missing string, error string"
    return rows.mapInArrow(pylicit.map_batches(authorities=authorities), schema)


def main(source, target, authorities="un"):
    # Workers on this machine run in the environment that has pylicit, and not in whatever is called python3.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    answered(spark.read.parquet(source), authorities).write.parquet(target)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
