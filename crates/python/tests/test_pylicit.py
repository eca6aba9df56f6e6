"""The wheel as it is installed: dicts, tables of three libraries, errors, threads, and the same answers as the command line where it is at hand."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import threading

import pandas
import polars
import pyarrow
import pylicit
import pytest

GIFT = {"id": "1", "kind": "gift", "on": "2024-02-18", "items": [{"description": "limousine"}], "places": {"destination": "KP"}}

ROWS = [
    ("1", "gift", "2024-02-18", "Vladimir Putin", "Kim Jong Un", "Aurus limousine", "8703", "KP"),
    ("2", "sale", "2024-02-18", "a firm in Dalian", "a shop in Pyongyang", "rice", "1006", "KP"),
    ("3", "export", "2020-05-01", "Nordhof Pumpen GmbH", "a shop in Busan", "toys", "9503", "KR"),
    ("4", "sale", "2016-01-01", "a firm in Dalian", "a shop in Pyongyang", "racehorses", "0101", "Atlantis"),
    ("5", "sale", "2018-03-01", "Korea Mining Development Trading Corporation", "a firm in Kampala", "tools", "8205", "UG"),
] * 40
NAMES = ["id", "kind", "date", "shipper", "recipient", "description", "hs_code", "to"]


def act(row):
    id, kind, on, supplier, recipient, words, hs, to = row
    parties = [{"role": "recipient", "name": recipient}, {"role": "supplier", "name": supplier}]
    return {"id": id, "kind": kind, "on": on, "parties": parties, "items": [{"description": words, "hs": hs}], "places": {"destination": to}}


def columns():
    return dict(zip(NAMES, map(list, zip(*ROWS))))


def expected():
    out = []
    for row in ROWS:
        try:
            out.append(pylicit.decide(act(row), authorities="un,eu", brief=True))
        except pylicit.InputError:
            out.append(None)
    return out


def agree(rows):
    """Rows of answers, as dicts, against what is said one by one."""
    wanted = expected()
    assert len(rows) == len(wanted)
    for row, one in zip(rows, wanted):
        if one is None:
            assert "Atlantis" in row["error"] and row["overall"] is None
            continue
        assert (row["id"], row["overall"], row["error"]) == (one["act_id"], one["overall"], None)
        assert [row["un_verdict"], row["eu_verdict"]] == [d["verdict"] for d in one["decisions"]]
        assert row["provisions"] == ";".join(p for d in one["decisions"] for p in d["provisions"])


def test_an_act_is_decided_with_its_proof():
    answer = pylicit.decide(GIFT, authorities=["un"])
    assert (answer["act_id"], answer["overall"], answer["as_of"]) == ("1", "prohibited", "2024-02-18")
    assert answer["decisions"][0]["proof"]["by"] == "worst"
    assert "proof" not in pylicit.decide(GIFT, authorities="un", brief=True)["decisions"][0]
    assert pylicit.decide(GIFT, authorities="un", as_of="2005-01-01")["overall"] != "prohibited"
    assert [a["overall"] for a in pylicit.decide([GIFT, GIFT], authorities="un")] == ["prohibited"] * 2


def test_parties_goods_and_texts():
    hits = pylicit.screen("Kim Jong Un")["hits"]
    assert hits == [] or hits[0]["score"] <= 1
    assert pylicit.screen({"name": "Korea Mining Development Trading Corporation", "id": "7"})["hits"][0]["list"] == "un-sc"
    assert pylicit.screen(["Anna Waldbach"])[0]["clear"] is True
    assert pylicit.classify("water pumps")["codes"][0]["hs"].startswith("84")
    read = pylicit.read("On 18 February 2024 Putin gave Kim Jong Un a car.", authorities="un")
    assert read["transfers"][0]["act"]["kind"] == "gift" and read["decisions"][0]["overall"] == "prohibited"


def test_what_is_wrong_is_told_with_its_place():
    with pytest.raises(pylicit.InputError) as told:
        pylicit.decide({"kind": "gft", "items": [{"hs": "87031234567"}]})
    problems = {p.at.split(", ")[-1]: p for p in told.value.problems}
    assert problems["kind"].help == "did you mean `gift`?" and "items[0].hs" in problems
    assert pickle.loads(pickle.dumps(told.value)).problems == told.value.problems
    with pytest.raises(ValueError, match="authorities: `xx` is no authority"):
        pylicit.decide(GIFT, authorities="xx")
    with pytest.raises(ValueError, match="as_of"):
        pylicit.screen("a", on="soon")
    with pytest.raises(pylicit.InputError, match="empty"):
        pylicit.read(" ")
    with pytest.raises(ValueError, match="no column is known"):
        pylicit.decide(pyarrow.table({"colour": ["red"]}))
    with pytest.raises(ValueError, match="did you mean `description`"):
        pylicit.decide(pyarrow.table(columns()), columns={"item": "descripton"})


@pytest.mark.parametrize("make", [pandas.DataFrame, polars.DataFrame, pyarrow.table])
def test_a_table_comes_back_as_what_it_was_with_the_same_answers(make):
    answers = pylicit.decide(make(columns()), authorities="un,eu")
    assert type(answers).__module__.partition(".")[0] == make.__module__.partition(".")[0]
    if isinstance(answers, pandas.DataFrame):
        answers = answers.astype(object).where(answers.notna(), None)
        agree(answers.to_dict("records"))
    elif isinstance(answers, polars.DataFrame):
        agree(answers.to_dicts())
    else:
        agree(answers.to_pylist())


def test_a_table_of_numbers_of_days_and_of_few_words():
    table = pyarrow.table(columns())
    table = table.set_column(0, "id", table["id"].cast("int64")).set_column(2, "date", table["date"].cast("date32"))
    table = table.set_column(6, "hs_code", table["hs_code"].cast("int64"))
    for name in ("kind", "shipper"):
        table = table.set_column(table.column_names.index(name), name, table[name].dictionary_encode())
    agree(pylicit.decide(table, authorities="un,eu").to_pylist())
    agree(pylicit.decide(polars.from_arrow(table), authorities="un,eu").to_dicts())


def test_a_frame_keeps_its_labels_and_other_names_are_mapped():
    frame = pandas.DataFrame(columns()).rename(columns={"description": "what"}).iloc[::-1]
    answers = pylicit.decide(frame, authorities="un", columns={"item": "what"})
    assert list(answers.index) == list(frame.index) and list(answers["id"]) == list(frame["id"])
    alone = pylicit.decide(pyarrow.table({"item": ["limousine"]}), authorities="un", constants={"kind": "gift", "to": "KP", "on": "2024-02-18"})
    assert alone.to_pylist()[0]["overall"] == "prohibited"


def test_screening_and_goods_by_the_column_and_whole_answers():
    names = pyarrow.table({"id": ["a", "b"], "name": ["Korea Mining Development Trading Corporation", "Anna Waldbach"]})
    rows = pylicit.screen(names).to_pylist()
    assert [r["clear"] for r in rows] == ["false", "true"] and json.loads(rows[0]["answer"])["id"] == "a"
    assert json.loads(rows[0]["answer"]) == pylicit.screen({"id": "a", "name": names["name"][0].as_py()})
    assert pylicit.classify(pyarrow.table({"description": ["water pumps"]})).to_pylist()[0]["hs"].startswith("84")
    whole = pylicit.Licit().explain(pyarrow.table(columns()).slice(0, 1), authorities="un").to_pylist()[0]
    assert json.loads(whole["answer"]) == pylicit.decide(act(ROWS[0]), authorities="un")


def test_batches_as_spark_hands_them_over():
    table = pyarrow.table(columns())
    run = pickle.loads(pickle.dumps(pylicit.map_batches(authorities="un,eu")))
    agree([row for batch in run(table.to_batches(max_chunksize=33)) for row in batch.to_pylist()])
    assert pylicit.decide(table, authorities="un").schema.metadata[b"rulebook"].decode() == pylicit.about()["rulebook"]


def test_threads_ask_at_the_same_time():
    table, answers = pyarrow.table(columns()), []
    ask = lambda: answers.append(pylicit.decide(table, authorities="un,eu"))
    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4 and all(a == answers[0] for a in answers)


@pytest.mark.skipif(not (os.environ.get("LICIT_BIN") or shutil.which("licit")), reason="the command line is not at hand")
def test_the_command_line_says_the_same(tmp_path):
    acts = tmp_path / "acts.jsonl"
    acts.write_text("".join(json.dumps(act(row)) + "\n" for row in ROWS))
    binary = os.environ.get("LICIT_BIN") or "licit"
    told = subprocess.run([binary, "check", "--jsonl", str(acts), "--brief", "--in", "un,eu"], capture_output=True, text=True)
    for line, one in zip(told.stdout.splitlines(), expected()):
        assert one is None and "error" in json.loads(line) or json.loads(line) == one
