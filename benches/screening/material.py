"""The real data under `LICIT_SHARED`: labelled pairs, issuers' lists and parts of names, read by our own small readers.

The lists are read here a second time, apart from licit, because a name that licit's reader loses must count as lost.
"""

from __future__ import annotations

import csv
import io
import json
import os
import xml.etree.ElementTree as xml
import zlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import zstandard

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("LICIT_SHARED", HERE.parents[2] / "shared"))

#: List of licit → its file. The five lists of every measure on lists.
LIST_FILES = {
    "us-csl": "us_csl/screening-list_2026-07-31.json.zst",
    "un-sc": "un/consolidated_2026-02-27.xml.zst",
    "eu-fsf": "eu/xmlFullSanctionsList_1_1_reconstructed_2026-05-01.xml.zst",
    "uk-sl": "uk/UK-Sanctions-List_reconstructed_2026-08-22.xml.zst",
    "us-ofac-sdn": "ofac/sdn_2024-05-03.csv.zst",
}
#: Words of the data for sorts of party → those of licit. A word that says nothing certain is no type.
TYPES = {
    "person": "person",
    "organisation": "organisation",
    "vessel": "vessel",
    "Person": "person",
    "Company": "company",
    "Organization": "organisation",
    "Vessel": "vessel",
    "Airplane": "aircraft",
}
SCHEMAS = {
    "person": "Person",
    "organisation": "Organization",
    "company": "Company",
    "vessel": "Vessel",
    "aircraft": "Airplane",
    None: "LegalEntity",
}


def path(under: str) -> Path:
    return SHARED / under


def text(under: str) -> io.TextIOBase:
    """A file as text, unpacked if it is packed."""
    file = path(under)
    if file.suffix != ".zst":
        return open(file, encoding="utf-8-sig", newline="")
    return io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(open(file, "rb")), encoding="utf-8", newline="")


@dataclass(frozen=True)
class Pair:
    """Two names, and whether they mean the same party."""

    id: str
    a: str
    b: str
    type: str | None
    match: bool
    phenomenon: str
    scripts: frozenset[str]
    quality: str
    ref: str

    @property
    def held_out(self) -> bool:
        """Split by the party, so that nobody is on both sides."""
        return zlib.crc32((self.ref or self.a).encode()) % 10 >= 7


@cache
def names_csv() -> list[Pair]:
    rows = csv.DictReader(text("domain/names.csv"))
    plain = lambda s: s.split("(")[0]  # noqa: E731  Arab(fa) is Arab
    return [
        Pair(
            r["id"],
            r["name_a"],
            r["name_b"],
            TYPES.get(r["entity_type"]),
            r["label"] == "match",
            r["phenomenon"],
            frozenset({plain(r["script_a"]), plain(r["script_b"])}),
            r["quality"],
            r["entity_ref"],
        )
        for r in rows
    ]


@cache
def name_bench() -> list[Pair]:
    rows = csv.DictReader(text("data/names/name_bench_dev.csv"))
    return [
        Pair(
            str(i), r["name1"], r["name2"], TYPES.get(r["schema"]), r["is_match"] == "true", r["case_group"], frozenset(), r["quality"], ""
        )
        for i, r in enumerate(rows)
    ]


@cache
def entity_bench() -> list[Pair]:
    """Names only: a name given in parts is put together."""
    import yaml

    checks = yaml.safe_load(text("data/names/entity_bench_dev.yml"))["checks"]
    return [
        Pair(
            str(i),
            whole_name(c["candidate"]),
            whole_name(c["query"]),
            TYPES.get(c["schema"]),
            c["match"],
            c.get("label", ""),
            frozenset(),
            "",
            "",
        )
        for i, c in enumerate(checks)
    ]


def whole_name(party: dict[str, str | list[str]]) -> str:
    parts = [party["name"]] if party.get("name") else [party.get(f"{p}Name") for p in ("first", "father", "middle", "last")]
    return " ".join(p if isinstance(p, str) else p[0] for p in parts if p)


@cache
def ofac_scores() -> list[tuple[str, str, float]]:
    return [
        (r["query_name"], r["result_name"], float(r["ofac_score"])) for r in csv.DictReader(text("data/names/ofac_search_scores_dev.csv"))
    ]


@cache
def cross_lists() -> list[dict[str, str]]:
    return list(csv.DictReader(text("data/names/xlist_un_uk_eu_dev.csv")))


@dataclass
class Party:
    """A listed party as its issuer's file names it."""

    list: str
    ref: str | None
    type: str | None
    names: list[str]
    weak: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)

    @property
    def all_names(self) -> list[str]:
        return self.names + self.weak


@cache
def listed(name: str) -> list[Party]:
    return {"us-csl": csl, "un-sc": un, "eu-fsf": eu, "uk-sl": uk, "us-ofac-sdn": sdn}[name]()


def csl() -> list[Party]:
    types = {"Individual": "person", "Entity": "organisation", "Vessel": "vessel", "Aircraft": "aircraft"}
    entries = json.load(text("data/" + LIST_FILES["us-csl"]))["entries"]
    return [Party("us-csl", None, types.get(e.get("t")), tidy([e["n"], *e.get("a", [])]), countries=e.get("c", [])) for e in entries]


def un() -> list[Party]:
    parties = []
    for entry in xml.parse(text("data/" + LIST_FILES["un-sc"])).getroot().iter():
        if entry.tag not in ("INDIVIDUAL", "ENTITY"):
            continue
        parts = [entry.findtext(f"{n}_NAME") or "" for n in ("FIRST", "SECOND", "THIRD", "FOURTH")]
        strong, weak = [" ".join(parts), entry.findtext("NAME_ORIGINAL_SCRIPT") or ""], []
        for alias in [*entry.iter("INDIVIDUAL_ALIAS"), *entry.iter("ENTITY_ALIAS")]:
            (weak if alias.findtext("QUALITY") == "Low" else strong).append(alias.findtext("ALIAS_NAME") or "")
        person = entry.tag == "INDIVIDUAL"
        nations = [v.text or "" for v in entry.findall("NATIONALITY/VALUE")] or [entry.findtext("INDIVIDUAL_ADDRESS/COUNTRY") or ""]
        parties.append(
            Party(
                "un-sc",
                (entry.findtext("REFERENCE_NUMBER") or "").strip(),
                "person" if person else "organisation",
                tidy(strong),
                tidy(weak),
                [n for n in nations if n],
            )
        )
    return parties


def eu() -> list[Party]:
    parties = []
    for line in text("data/eu/eu_fields_2026-05-01.jsonl.zst"):
        entry = json.loads(line)
        strong = [n.get("whole_name", "") for n in entry["name_aliases"] if n.get("strong", True)]
        weak = [n.get("whole_name", "") for n in entry["name_aliases"] if not n.get("strong", True)]
        person = entry["subject_type"]["code"] == "person"
        parties.append(Party("eu-fsf", entry["eu_reference_number"], "person" if person else "organisation", tidy(strong), tidy(weak)))
    return parties


def uk() -> list[Party]:
    types = {"Individual": "person", "Entity": "organisation", "Ship": "vessel"}
    parties = []
    for line in text("data/uk/uk_fields_2026-08-22.jsonl.zst"):
        entry = json.loads(line)
        names = [" ".join(n.get(f"name{i}", "") for i in range(1, 7)) for n in (entry.get("names") or {}).get("names", [])]
        names += [n.get("name_non_latin_script", "") for n in (entry.get("non_latin_names") or {}).get("names", [])]
        parties.append(Party("uk-sl", entry["unique_id"], types.get(entry.get("individual_entity_ship", "")), tidy(names)))
    return parties


def sdn() -> list[Party]:
    types = {"individual": "person", "vessel": "vessel", "aircraft": "aircraft"}
    rows = [r for r in csv.reader(text("data/" + LIST_FILES["us-ofac-sdn"])) if len(r) > 2]
    return [Party("us-ofac-sdn", r[0].strip(), types.get(r[2].strip()), tidy([r[1]])) for r in rows]


def tidy(names: list[str]) -> list[str]:
    """Names without stray spaces, empty ones and repetitions."""
    return list(dict.fromkeys(n for n in (" ".join((n or "").split()) for n in names) if any(c.isalnum() for c in n)))


@cache
def name_parts(which: str) -> list[str]:
    """`first` or `last` names of the load-test material, Latin letters only."""
    lines = (line.strip() for line in text(f"data/load/{which}_names_v1.txt.zst"))
    return [n for n in lines if len(n) > 1 and n.replace("-", "").replace("'", "").isalpha()]
