#!/usr/bin/env python3
"""A second reader and a second evaluator of the law files, in plain Python and nothing but its standard library.

Why it is separate: the engine in `crates/` is fast and therefore clever. This script reads the same Markdown, TOML and CSV with
code of its own, knows nothing of the engine, and decides in the slowest honest way: every fact that nobody stated is given
every value it can have, each such world is judged by plain two-valued logic, and the verdicts are collected. One verdict in all
worlds is the answer; several are `insufficient_facts`. Where the two programs differ, one of them, a law file or a case is wrong.
Its only specification is `docs/law-format.md`.

    reference.py                      read the law, judge every row of every case, say what differs
    reference.py --cases ships        only rows whose `file:line: name` contains the words (or matches the pattern)
    reference.py --jsonl acts.jsonl   acts as in the contract, one a line; `{"id", "possible"}` a line out; `--in us`: by that law
    reference.py --self-test          tiny rulebooks with answers worked out by hand
    reference.py --keep-going         judge although the law has problems

Exit: 0 all as expected, 1 some row differs, 2 usage, 3 the law or the cases could not be read.

The parts, in order: words of the contract; problems; fences; blocks; conditions; lists; the rulebook; data tables; acts;
grounding (what the facts say); worlds; cases; JSON lines; self-test; the command.
"""

import argparse
import calendar
import csv
import fnmatch
import io
import itertools
import json
import random
import re
import string
import sys
import tomllib
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import NamedTuple

# ------------------------------------------------------------------------------------------------ words of the contract

KINDS = """supply sale gift loan transfer export reexport import procurement donation transit transport ship_to_ship_transfer
brokering financing payment remittance insurance investment joint_venture employment training technical_assistance
technology_transfer scientific_cooperation service lease charter flagging classification crewing bunkering port_call overflight
fishing_rights bank_account correspondent_banking bulk_cash travel tourism use other""".split()
ROLES = """supplier seller recipient buyer consignee end_user carrier vessel owner operator broker financier insurer bank employer
worker provider host traveller intermediary""".split()
TYPES = "person company bank government organisation vessel aircraft".split()
STAYS = frozenset("""bank_account charter classification correspondent_banking crewing employment financing fishing_rights flagging
insurance investment joint_venture lease loan payment remittance scientific_cooperation service technical_assistance tourism training
travel use""".split())
RECEIVERS = frozenset("recipient buyer consignee end_user".split())
PROVIDERS = frozenset("supplier seller provider".split())
OUT, PERMITTED, NEEDS, PROHIBITED = range(4)
VERDICTS = ["out_of_scope", "permitted", "needs_authorisation", "prohibited"]

BARREL = Fraction("158.987294928")
ANY_CODE = (10000, 999999)

EVERY_COUNTRY = tuple(a + b for a in string.ascii_uppercase for b in string.ascii_uppercase)  # those that do not exist stand for "elsewhere"
PLAIN_WORLDS = 4096      # so many worlds are simply listed
MOST_WORLDS = 200_000    # above this a row is skipped


# ------------------------------------------------------------------------------------------------ problems

class Problems(list):
    """Everything wrong with the files, each as (file, line, message)."""

    def add(self, path, line, message):
        self.append((path, line, message))

    def show(self, out=sys.stderr):
        for path, line, message in sorted(set(self)):
            print(f"{path}:{line}: {message}", file=out)


class Bad(Exception):
    """A fault in an act, a condition or a value; whoever knows the line catches it."""


# ------------------------------------------------------------------------------------------------ fences

@dataclass
class Fence:
    kind: str          # the word after ```toml
    line: int          # line of the opening fence
    text: str
    heading: str       # the `##` heading above it


@dataclass
class Page:
    path: str
    fences: list
    headings: list     # (line, text, has prose, number of fences)
    lines: list        # (line number, text) of everything outside fences


def split_page(path, text, problems):
    """Markdown to headings, prose and fenced blocks; nothing else of Markdown matters."""
    page = Page(path, [], [], [])
    opened, kind, body = None, "", []
    for number, line in enumerate(text.splitlines(), 1):
        if opened is not None:
            if line.strip() == "```":
                heading = page.headings[-1] if page.headings else None
                page.fences.append(Fence(kind, opened, "\n".join(body) + "\n", heading[1] if heading else ""))
                if heading:
                    heading[3] += 1
                opened = None
            else:
                body.append(line)
        elif line.startswith("```"):
            words = line[3:].split()
            if len(words) != 2 or words[0] != "toml":
                problems.add(path, number, f"a block opens with ```toml KIND, not `{line}`")
            opened, kind, body = number, words[1] if len(words) > 1 else "", []
        else:
            if line.startswith("## "):
                page.headings.append([number, line[3:].strip(), False, 0])
            elif line.strip() and not line.startswith("#") and page.headings:
                page.headings[-1][2] = True
            page.lines.append((number, line))
    if opened is not None:
        problems.add(path, opened, "the block is never closed")
    return page


def read_toml(path, fence, problems):
    """The table of one block, or None; errors get the line in the file."""
    try:
        return tomllib.loads(fence.text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        problems.add(path, fence.line + (int(at[1]) if at else 0), f"not TOML: {error}")
        return None


# ------------------------------------------------------------------------------------------------ blocks

SHOWN = ("duty", "exposure", "conflict")            # reported when they hold, never a verdict
PROVISIONS = ("prohibition", *SHOWN, "exemption", "derogation")
FIELDS = {  # block: (required, optional)
    "instrument": ("id regime issuer symbol title adopted source confidence", "vote meeting paragraphs unit"),
    "prohibition": ("id title says when reach confidence", "from to periods source supersedes implements"),
    "duty": ("id title says reach confidence must", "when from to periods source supersedes implements"),
    "exposure": ("id title says when confidence", "from to periods source"),
    "conflict": ("id title says with when confidence", "from to periods source"),
    "contest": ("id title says question readings confidence", "source"),
    "exemption": ("id says defeats when confidence", "title from to source"),
    "derogation": ("id says defeats authority route confidence", "title when from to source asks silence-days"),
    "definition": ("id says when confidence", "source from to closed"),
    "note": ("says confidence by", "source"),
    "parameter": ("id unit period values", ""),
    "list": ("id title file question confidence", "source closed describes presume"),
    "no-rule": ("reason", ""),
    "unread": ("", "about"),
    "reach": ("id says binds", "of"),
    "regime": ("id title jurisdiction when says", "encoded lacks lists from to periods"),
    "words": ("id", "kinds roles countries while title"),
    "judgement": ("id question by", "cost"),
    "purpose": ("id judgement question", ""),
}
ONLY_IN_WORDS = ("reach", "words", "purpose")  # `judgement` too by the page, but the files keep it where it is used
NEEDS_INSTRUMENT = (*PROVISIONS, "note", "parameter", "no-rule", "unread")
TYPES_OF_FIELDS = {
    "adopted": date, "from": date, "to": date, "vote": dict, "paragraphs": int, "when": dict, "periods": list, "supersedes": list,
    "defeats": list, "asks": list, "silence-days": int, "closed": bool, "describes": bool, "values": list, "binds": list, "kinds": list, "roles": list,
    "countries": list, "while": list, "lists": list, "implements": list, "with": list, "readings": list,
}
STRINGS = ("supersedes", "defeats", "asks", "binds", "kinds", "roles", "countries", "lists", "implements", "with")
MAY_BE_CONTESTED = ("prohibition", *SHOWN)
UNITS = ("para.", "Art.", "reg.", "s.", "§", "measure")


class Period(NamedTuple):
    """Days on which a block counts; `contest` when it is disputed whether it does."""
    first: date | None
    last: date | None
    contest: str | None = None

    def covers(self, day):
        return in_period(day, self.first, self.last)


@dataclass
class Block:
    kind: str
    table: dict
    path: str
    line: int
    text: str
    instrument: dict | None = None
    periods: list = field(default_factory=list)
    when: tuple | None = None

    @property
    def id(self):
        return self.table["id"]

    def at(self, word):
        """The line on which a word of the block stands, for messages."""
        for offset, line in enumerate(self.text.splitlines(), 1):
            if word and word in line:
                return self.line + offset
        return self.line


def is_date(value):
    return isinstance(value, date) and not isinstance(value, datetime)


def check_fields(block, problems):
    """Unknown block, unknown or missing field, wrong type. True when the block can be used."""
    if block.kind not in FIELDS:
        problems.add(block.path, block.line, f"unknown block `{block.kind}`, expected one of {', '.join(sorted(FIELDS))}")
        return False
    required, optional = (set(words.split()) for words in FIELDS[block.kind])
    good = True

    def bad(name, message):
        nonlocal good
        good = False
        problems.add(block.path, block.at(name), message)

    for name in sorted(required - block.table.keys()):
        bad("", f"`{block.kind}` lacks the field `{name}`")
    for name, value in block.table.items():
        if name not in required | optional:
            bad(name, f"`{block.kind}` has no field `{name}`")
            continue
        wanted = TYPES_OF_FIELDS.get(name, str)
        if name == "by" and block.kind == "note":
            wanted = list
        if name == "encoded" and value != "partly":
            wanted = bool
        fits = is_date(value) if wanted is date else isinstance(value, wanted) and (wanted is bool or not isinstance(value, bool))
        if not fits:
            bad(name, f"`{name}` should be a {wanted.__name__}")
        elif (name in STRINGS or wanted is list and name == "by") and not all(isinstance(v, str) for v in value):
            bad(name, f"`{name}` should hold strings")
        elif wanted is str and not value.strip():
            bad(name, f"`{name}` is empty")
    if block.table.get("confidence", "verified") not in ("verified", "recalled"):
        bad("confidence", "`confidence` is \"verified\" or \"recalled\"")
    if block.table.get("route", "specific") not in ("specific", "discretionary"):
        bad("route", "`route` is \"specific\" or \"discretionary\"")
    says = block.table.get("says", "A")
    if isinstance(says, str) and says[:1] != says[:1].upper():
        bad("says", "`says` starts with a capital letter")
    if block.kind == "words":
        if len(block.table.keys() & {"kinds", "roles", "countries"}) != 1:
            bad("", "`words` has either `kinds` or `roles` or `countries`")
        for key in ("while", "title"):
            if key in block.table and "countries" not in block.table:
                bad(key, f"`{key}` goes with `countries`")
    if block.table.get("unit") not in (None, *UNITS) and block.kind == "instrument":
        bad("unit", f"`unit` is one of {', '.join(UNITS)}")
    if block.kind == "regime" and (block.table.get("encoded") == "partly") != ("lacks" in block.table):
        bad("encoded", "`encoded = \"partly\"` and `lacks` go together")
    for message in reading_faults(block.table.get("readings")) if good and block.kind == "contest" else ():
        bad("readings", message)
    return good


def reading_faults(readings):
    """What is wrong with the readings of a contest: each says yes or no, and both are held."""
    shaped = [r for r in readings if isinstance(r, dict) and r.keys() == {"answer", "says", "held-by"}
              and isinstance(r["says"], str) and r["says"].strip() and isinstance(r["held-by"], list)
              and all(isinstance(who, str) for who in r["held-by"])]
    if len(shaped) != len(readings):
        yield "a reading has `answer`, `says` and `held-by`, a list of names"
    elif {r["answer"] for r in shaped} != {"yes", "no"}:
        yield "of the readings one answers yes and one no, and none anything else"


def read_periods(block, problems):
    """When the block is in force."""
    table = block.table
    rows = table.get("periods", [table] if table.keys() & {"from", "to"} else [])
    if "periods" in table and table.keys() & {"from", "to"}:
        problems.add(block.path, block.at("periods"), "`periods` stands instead of `from` and `to`")
    periods = []
    for row in rows:
        if not isinstance(row, dict) or ("periods" in table and row.keys() - {"from", "to", "contested-by"}):
            problems.add(block.path, block.at("periods"), "a period has `from` and `to`, and may have `contested-by`")
            continue
        contest = row.get("contested-by")
        if contest is not None and (block.kind not in MAY_BE_CONTESTED or not isinstance(contest, str)):
            problems.add(block.path, block.at("contested-by"), "`contested-by` names a contest, in a period of a rule that is no exception")
            continue
        first, last = row.get("from"), row.get("to")
        if not all(day is None or is_date(day) for day in (first, last)):
            problems.add(block.path, block.at("periods"), "`from` and `to` are dates")
            continue
        if first and last and last < first:
            problems.add(block.path, block.at("to"), f"ends on {last} before it starts on {first}")
        periods.append(Period(first, last, contest))
    if block.kind in MAY_BE_CONTESTED and not (periods and periods[0].first):
        problems.add(block.path, block.line, f"`{block.kind}` lacks the field `from`")
    return periods


def in_period(day, first, last):
    return (first is None or first <= day) and (last is None or day <= last)


# ------------------------------------------------------------------------------------------------ conditions

def parse_code(text):
    """`8703` or `84-85` to the first and last six-digit code."""
    match = re.fullmatch(r"(\d{2,10})(?:-(\d{2,10}))?", text) if isinstance(text, str) else None
    if not match:
        raise Bad(f"`{text}` is no customs code or range of codes")
    low, high = match[1][:6], (match[2] or match[1])[:6]
    first, last = int(low.ljust(6, "0")), int(high.ljust(6, "9"))
    if last < first:
        raise Bad(f"the range `{text}` runs backwards")
    return first, last


def members(value, known, groups, what):
    """A word, a group of words, or a list of both, to the set of words."""
    found = set()
    for word in value if isinstance(value, list) else [value]:
        if word in known:
            found.add(word)
        elif isinstance(word, str) and word in groups:
            found |= groups[word]
        else:
            raise Bad(f"unknown {what} `{word}`")
    return frozenset(found)


class Parser:
    """Conditions as tables to conditions as tuples, every word checked."""

    def __init__(self, rules):
        self.rules = rules

    def parse(self, table):
        if not isinstance(table, dict):
            raise Bad(f"a condition is a table, not `{table}`")
        keys = set(table) - ({"presume", "because"} if "judgement" in table else set())
        if len(keys) != 1:
            raise Bad(f"a condition says one thing, not {', '.join(f'`{k}`' for k in sorted(table)) or 'nothing'}")
        key = keys.pop()
        method = getattr(self, "parse_" + key.replace("-", "_"), None)
        if method is None:
            raise Bad(f"unknown condition `{key}`")
        return method(table[key], table)

    def several(self, name, value):
        if not isinstance(value, list) or not value:
            raise Bad(f"`{name}` holds a list of conditions")
        return (name, tuple(self.parse(child) for child in value))

    def parse_all(self, value, _):
        return self.several("all", value)

    def parse_any(self, value, _):
        return self.several("any", value)

    def parse_not(self, value, _):
        return ("not", self.parse(value))

    def parse_always(self, value, _):
        if value is not True:
            raise Bad("`always` is true or left out")
        return ("always",)

    def parse_act(self, value, _):
        return ("act", members(value, KINDS, self.rules.kind_groups, "kind of act"))

    def country(self, value):
        """A country or a group of countries."""
        if not isinstance(value, str) or value not in self.rules.tables.countries and value not in self.rules.country_groups:
            raise Bad(f"unknown country or group of countries `{value}`")
        return value

    def parse_in(self, value, _):
        return ("in", self.country(value))

    def parse_to(self, value, _):
        return ("to", self.country(value))

    def parse_from(self, value, _):
        return ("from", self.country(value))

    def parse_via(self, value, _):
        return ("via", self.country(value))

    def parse_item(self, value, _):
        if not isinstance(value, dict) or len(value) != 1:
            raise Bad("an `item` condition says one thing of `hs`, `list`, `condition`, `over`, `total-over`")
        (key, inner), = value.items()
        if key == "hs":
            if not isinstance(inner, list) or not inner:
                raise Bad("`hs` is a list of codes")
            return ("hs", tuple(parse_code(code) for code in inner))
        if key == "list":
            return ("list", self.known(inner, self.rules.lists, "list"))
        if key == "condition":
            if inner not in ("new", "used"):
                raise Bad(f"`condition` is new or used, not `{inner}`")
            return ("condition", inner)
        if key in ("over", "total-over"):
            if not isinstance(inner, dict) or set(inner) != {"amount", "currency"}:
                raise Bad(f"`{key}` has `amount` and `currency`")
            return (key, Fraction(str(inner["amount"])), self.currency(inner["currency"]))
        raise Bad(f"unknown `item` condition `{key}`")

    def currency(self, value):
        if value not in self.rules.tables.currencies:
            raise Bad(f"unknown currency `{value}`")
        return value

    def known(self, value, table, what):
        if value not in table:
            self.rules.dangling.append(f"unknown {what} `{value}`")
        return value

    def parse_party(self, value, _):
        if not isinstance(value, dict) or not value:
            raise Bad("`party` has at least one field")
        fields = []
        for key, inner in value.items():
            if key == "role":
                fields.append((key, members(inner, ROLES, self.rules.role_groups, "role")))
            elif key in ("national", "located", "tied", "government"):
                fields.append((key, self.country(inner)))
            elif key == "type":
                fields.append((key, members(inner, TYPES, {}, "type of party")))
            elif key == "is":
                if inner != "designated":
                    raise Bad(f"`is` is \"designated\", not `{inner}`")
                fields.append((key, inner))
            elif key == "list":
                fields.append((key, self.known(inner, self.rules.lists, "list")))
            else:
                raise Bad(f"unknown field `{key}` of `party`")
        return ("party", tuple(sorted(fields, key=lambda pair: pair[0])))

    def parse_purpose(self, value, _):
        if value not in self.rules.purposes:
            self.rules.dangling.append(f"unknown purpose `{value}`")
        return ("judgement", self.rules.purposes.get(value, f"purpose {value}"), None)

    def parse_judgement(self, value, table):
        self.known(value, self.rules.judgements, "judgement")
        presume = table.get("presume")
        if presume not in (None, "yes", "no"):
            raise Bad(f"`presume` is yes or no, not `{presume}`")
        if "because" in table and presume is None:
            raise Bad("`because` without `presume`")
        return ("judgement", value, None if presume is None else presume == "yes")

    def parse_within(self, value, _):
        if not isinstance(value, dict) or "limit" not in value or value.keys() - {"limit", "counter", "judgement"}:
            raise Bad("`within` has `limit`, and may have `counter` and `judgement`")
        self.known(value["limit"], self.rules.parameters, "parameter")
        if "judgement" in value:
            self.known(value["judgement"], self.rules.judgements, "judgement")
        if "counter" in value:
            self.rules.counters.add(value["counter"])
        return ("within", value["limit"], value.get("counter"), value.get("judgement"))

    def parse_contract_before(self, value, _):
        if not is_date(value):
            raise Bad("`contract-before` is a date")
        return ("contract-before", value)

    def parse_approved(self, value, _):
        """An authority needs no block of its own: whoever asks for its approval makes it known."""
        if not isinstance(value, str) or not value:
            raise Bad("`approved` names an authority")
        self.rules.authorities.add(value)
        return ("approved", value)

    def parse_defined(self, value, _):
        return ("defined", self.known(value, self.rules.definitions, "definition"))


def leaves(condition):
    """All conditions inside a condition that are no `all`, `any`, `not`."""
    if condition[0] in ("all", "any"):
        for child in condition[1]:
            yield from leaves(child)
    elif condition[0] == "not":
        yield from leaves(condition[1])
    else:
        yield condition


# ------------------------------------------------------------------------------------------------ lists

HEADER = "entry,text,hs,match,words,not_words,over,basis,from,to".split(",")


@dataclass
class Row:
    entry: str
    ranges: tuple
    match: str
    words: list
    not_words: list
    over: tuple | None        # (amount, currency)
    first: date | None
    last: date | None


def cells(text):
    return [part.strip() for part in text.split(";") if part.strip()]


def read_list(path, text, problems, tables):
    """The rows of one CSV of goods words and codes."""
    reader = csv.reader(io.StringIO(text))
    if next(reader, None) != HEADER:
        problems.add(path, 1, f"the header is {','.join(HEADER)}")
        return []
    rows, seen = [], set()
    for record in reader:
        line = reader.line_num
        if not record:
            continue
        if len(record) != len(HEADER):
            problems.add(path, line, f"{len(record)} cells instead of {len(HEADER)}")
            continue
        row = dict(zip(HEADER, record))
        try:
            rows.append(read_row(row, tables))
        except (Bad, ValueError) as error:
            problems.add(path, line, str(error))
        if not row["entry"] or row["entry"] in seen:
            problems.add(path, line, f"`entry` is empty or repeated: `{row['entry']}`")
        seen.add(row["entry"])
    return rows


def read_row(row, tables):
    if row["match"] not in ("certain", "possible", "words"):
        raise Bad(f"`match` is certain, possible or words, not `{row['match']}`")
    if row["basis"] not in ("text", "committee", "practice", "ours"):
        raise Bad(f"`basis` is text, committee, practice or ours, not `{row['basis']}`")
    over = None
    if row["over"]:
        match = re.fullmatch(r"([A-Z]{3}) (\d+(?:\.\d+)?)", row["over"])
        if not match or match[1] not in tables.currencies:
            raise Bad(f"`over` reads like USD 2000, not `{row['over']}`")
        over = (Fraction(match[2]), match[1])
    first, last = (date.fromisoformat(row[name]) if row[name] else None for name in ("from", "to"))
    words = cells(row["words"])
    if any(word != word.lower() for word in words):
        raise Bad("`words` are in lower case")
    return Row(row["entry"], tuple(parse_code(code) for code in cells(row["hs"])), row["match"], words, cells(row["not_words"]),
               over, first, last)


@cache
def stems(word):
    return {word, word.removesuffix("s"), word.removesuffix("es")}


@cache
def tokens(text):
    # `Maïga` is `maiga`: accents tell no words apart.
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return tuple(re.findall(r"\w+", plain.lower()))


@cache      # the same few names meet the same lists again and again
def phrase_in(phrase, words):
    """Is the phrase among the words, as whole words, plural ignored?"""
    wanted = tokens(phrase)
    return bool(wanted) and any(
        all(stems(a) & stems(b) for a, b in zip(wanted, words[start:])) for start in range(len(words) - len(wanted) + 1))


def mark_in_name(rows, name, day):
    """What the words of a list say of a name: True, None (possible), False."""
    words, best = tokens(name or ""), False
    for row in rows:
        if not in_period(day, row.first, row.last) or any(phrase_in(phrase, words) for phrase in row.not_words):
            continue
        if any(phrase_in(phrase, words) for phrase in row.words):
            if row.match != "possible":
                return True
            best = None
    return best


# ------------------------------------------------------------------------------------------------ the rulebook

class Rules:
    """All law files together, checked."""

    def __init__(self, tables):
        self.tables = tables
        self.problems = Problems()
        self.blocks = []
        self.instruments, self.provisions, self.definitions, self.lists = {}, {}, {}, {}
        self.parameters, self.reaches, self.regimes, self.judgements, self.purposes = {}, {}, {}, {}, {}
        self.kind_groups, self.role_groups = {}, {}
        self.country_groups = {}      # id → its Membership
        self.contests = {}
        self.counters, self.authorities = set(), set()
        self.list_rows = {}
        self.presumed_lists = set()  # lists of which silence means no
        self.dangling = []            # filled by the parser, emptied into problems block by block

    def finish(self):
        """What grounding needs: where codes, values and days are cut, and who defeats what."""
        conditions = [block.when for block in self.blocks if block.when]
        every = [leaf for condition in conditions for leaf in leaves(condition)]
        rows = [row for rows in self.list_rows.values() for row in rows]
        ranges = [r for leaf in every if leaf[0] == "hs" for r in leaf[1]] + [r for row in rows for r in row.ranges]
        self.code_cuts = sorted({low for low, _ in ranges} | {high + 1 for _, high in ranges})
        self.thresholds = by_currency([leaf[1:] for leaf in every if leaf[0] == "over"] + [row.over for row in rows if row.over])
        self.total_thresholds = by_currency(leaf[1:] for leaf in every if leaf[0] == "total-over")
        self.contract_days = sorted({leaf[1] for leaf in every if leaf[0] == "contract-before"})
        spans = [period[:2] for block in self.blocks for period in block.periods]
        spans += [span for group in self.country_groups.values() for _, *span in group.times]
        spans += [(block.instrument["adopted"], None) for block in self.blocks if block.instrument]
        spans += [(row.first, row.last) for row in rows]
        spans += [(value.get("from"), value.get("to")) for block in self.parameters.values() for value in block.table["values"]]
        self.day_cuts = day_cuts(spans)
        self.defeaters = defaultdict(list)
        for block in self.blocks:
            if block.kind in ("exemption", "derogation"):
                for target in block.table["defeats"]:
                    self.defeaters[target].append(block)
        self.prohibitions = defaultdict(list)
        for block in self.of_kind("prohibition"):
            if block.instrument:
                self.prohibitions[block.instrument["regime"]].append(block)

    def of_kind(self, kind):
        return [block for block in self.blocks if block.kind == kind]

    def asks_who_is_listed(self, regime):
        """Whether a prohibition of the regime, or whom it reaches, hangs on who is listed."""
        open, seen = [regime.when, *(block.when for block in self.prohibitions[regime.id] if block.when)], set()
        while open:
            for leaf in leaves(open.pop()):
                if leaf[0] == "party" and any(key == "is" for key, _ in leaf[1]):
                    return True
                if leaf[0] == "defined" and leaf[1] not in seen and leaf[1] in self.definitions:
                    seen.add(leaf[1])
                    open.append(self.definitions[leaf[1]].when)
        return False

    def members(self, place, day):
        """The countries that a country or a group of countries stands for on the day."""
        group = self.country_groups.get(place)
        return group.on(day) if group else frozenset({place})


def by_currency(amounts):
    """(amount, currency) to the amounts of each currency in their order."""
    found = defaultdict(set)
    for amount, currency in amounts:
        found[currency].add(amount)
    return {currency: sorted(amounts) for currency, amounts in found.items()}


@dataclass
class Membership:
    """A group of countries: those who always belong to it, and (country, first day, last day) of others."""
    always: frozenset
    times: list

    def on(self, day):
        return self.always | {country for country, first, last in self.times if in_period(day, first, last)}


def read_membership(block, rules):
    """The group of one `words` block."""
    times = []
    for row in block.table.get("while", []):
        if (not isinstance(row, dict) or not {"country"} < row.keys() <= {"country", "from", "to"}
                or not all(is_date(row[name]) for name in ("from", "to") if name in row)):
            rules.problems.add(block.path, block.at("while"), "a time of `while` has `country`, and `from` or `to` or both, as dates")
        elif "from" in row and "to" in row and row["to"] < row["from"]:
            rules.problems.add(block.path, block.at("while"), f"ends on {row['to']} before it starts on {row['from']}")
        else:
            times.append((row["country"], row.get("from"), row.get("to")))
    for country in [*block.table["countries"], *(time[0] for time in times)]:
        if country not in rules.tables.countries:
            rules.problems.add(block.path, block.at(country) if isinstance(country, str) else block.line, f"unknown country `{country}`")
    return Membership(frozenset(block.table["countries"]), times)


def day_cuts(spans):
    """The days on which something begins or has just ended."""
    cuts = {first for first, _ in spans if first}
    return cuts | {last + timedelta(days=1) for _, last in spans if last and last < date.max}


def read_law(files, tables):
    """`files`: path → text, of all law/**/*.md and law/**/lists/*.csv."""
    rules = Rules(tables)
    for path in sorted(path for path in files if path.endswith(".md")):
        read_law_page(path, files[path], rules)
    register(rules)
    read_lists(files, rules)
    parse_conditions(rules)
    check_references(rules)
    if any(block.kind in PROVISIONS for block in rules.blocks):
        check_loops(rules)
    rules.finish()
    return rules


def read_law_page(path, text, rules):
    problems = rules.problems
    page = split_page(path, text, problems)
    shared, blocks = path.endswith("words.md"), []
    for fence in page.fences:
        table = read_toml(path, fence, problems)
        if table is None:
            continue
        block = Block(fence.kind, table, path, fence.line, fence.text)
        if check_fields(block, problems):
            blocks.append(block)
        if block.kind in ONLY_IN_WORDS and not shared:
            problems.add(path, fence.line, f"`{block.kind}` stands only in words.md")
    heads = [block.table for block in blocks if block.kind == "instrument"]
    if len(heads) > 1 or not heads and any(block.kind in NEEDS_INSTRUMENT for block in blocks):
        problems.add(path, 1, f"{len(heads)} instrument blocks")
    for block in blocks:
        block.instrument = heads[0] if heads else None
        block.periods = read_periods(block, problems)
    check_headings(page, heads[0] if heads else None, problems)
    rules.blocks += blocks


def check_headings(page, instrument, problems):
    """Every paragraph heading has prose and a block; every paragraph has a heading."""
    covered = set()
    for line, text, prose, blocks in page.headings:
        if text.startswith("¶"):
            if not prose:
                problems.add(page.path, line, f"no words of ours under `{text}`")
            if not blocks:
                problems.add(page.path, line, f"`{text}` has neither a rule nor a reason for none")
            worded = re.match(r"¶[a-z][a-z0-9-]*(?:\.[a-z0-9.-]+)?(?:\s|$)", text)
            if worded:
                continue
            if instrument and instrument.get("unit") == "measure":
                problems.add(page.path, line, f"`{text}` has no short word for the measure")
                continue
            number = re.match(r"¶(\d+)(?:[A-Za-z][A-Za-z0-9]*)?(?:\.[a-z0-9.]+)?(?:-(\d+))?(?:\s|$)", text)
            if not number:
                problems.add(page.path, line, f"`{text}` has no paragraph number")
                continue
            covered |= set(range(int(number[1]), int(number[2] or number[1]) + 1))
    wanted = set(range(1, instrument["paragraphs"] + 1)) if instrument and "paragraphs" in instrument else covered
    for number in sorted(wanted - covered):
        problems.add(page.path, 1, f"paragraph {number} has no heading")
    for number in sorted(covered - wanted):
        problems.add(page.path, 1, f"paragraph {number} does not exist, there are {len(wanted)}")


def register(rules):
    """Ids to blocks; ids are unique."""
    homes = {"instrument": rules.instruments, "definition": rules.definitions, "list": rules.lists, "parameter": rules.parameters,
             "reach": rules.reaches, "regime": rules.regimes, "judgement": rules.judgements, "contest": rules.contests}
    homes |= {kind: rules.provisions for kind in PROVISIONS}
    one_space = (rules.instruments, rules.definitions, rules.lists, rules.parameters, rules.provisions, rules.contests)
    for block in rules.blocks:
        table = block.table
        if block.kind in homes:
            home = homes[block.kind]
            others = one_space if any(home is space for space in one_space) else (home,)
            if any(block.id in space for space in others):
                rules.problems.add(block.path, block.at("id"), f"the id `{block.id}` is taken")
            home[block.id] = block
        elif block.kind == "purpose":
            if block.id in rules.purposes:
                rules.problems.add(block.path, block.at("id"), f"the purpose `{block.id}` is taken")
            rules.purposes[block.id] = table["judgement"]
        elif block.kind == "words" and "countries" in table:
            if block.id in rules.country_groups or block.id in rules.tables.countries:
                rules.problems.add(block.path, block.at("id"), f"the group `{block.id}` is taken")
            rules.country_groups[block.id] = read_membership(block, rules)
        elif block.kind == "words":
            known, home = (KINDS, rules.kind_groups) if "kinds" in table else (ROLES, rules.role_groups)
            words = table.get("kinds", table.get("roles"))
            for word in words:
                if word not in known:
                    rules.problems.add(block.path, block.at(word), f"unknown word `{word}`")
            if block.id in home or block.id in known:
                rules.problems.add(block.path, block.at("id"), f"the group `{block.id}` is taken")
            home[block.id] = frozenset(words)
        if block.kind == "derogation":
            rules.authorities.add(table["authority"])
        # a part that stands in a file of its own lengthens the id of the instrument by its article
        if block.kind in PROVISIONS and block.instrument and not re.fullmatch(
                f"(?:{re.escape(block.instrument['id'])}|{re.escape(re.sub('-[0-9]+[a-z]*$', '', block.instrument['id']))})"
                r"#[0-9A-Za-z.-]+(?:/[a-z0-9-]+)?", block.id):
            rules.problems.add(block.path, block.at("id"), f"the id `{block.id}` does not read {block.instrument['id']}#N or …#N/name")
        if block.kind == "parameter":
            check_parameter(block, rules)
    for id, contest in rules.contests.items():
        # The answer to a contest is a finding like any other, so it has one more name that may be taken.
        if id in rules.judgements:
            rules.problems.add(contest.path, contest.at("id"), f"the id `{id}` is taken")
        rules.judgements[id] = contest


def check_parameter(block, rules):
    for value in block.table["values"]:
        good = isinstance(value, dict) and {"from", "value", "by"} <= value.keys() <= {"from", "to", "value", "by"}
        if not good or not all(is_date(value[k]) for k in ("from", "to") if k in value):
            rules.problems.add(block.path, block.at("values"), "a value has `from`, `value`, `by`, and may have `to`")
        elif isinstance(value["value"], bool) or not isinstance(value["value"], (int, float)):
            rules.problems.add(block.path, block.at("values"), "`value` is a number")
    block.table["values"] = [v for v in block.table["values"] if isinstance(v, dict) and "value" in v]
    unit = block.table["unit"]
    if unit not in rules.tables.units and unit not in rules.tables.currencies:
        rules.problems.add(block.path, block.at("unit"), f"unknown unit `{unit}`")
    period = block.table["period"]
    if not re.fullmatch(r"calendar-year|fixed|twelve-months-from:\d{4}-\d\d-\d\d", period):
        rules.problems.add(block.path, block.at("period"), f"unknown period `{period}`")


def read_lists(files, rules):
    used = set()
    for block in rules.lists.values():
        path = f"{'/'.join(block.path.split('/')[:2])}/lists/{block.table['file']}"
        if path not in files:
            rules.problems.add(block.path, block.at("file"), f"there is no {path}")
            rules.list_rows[block.id] = []
            continue
        used.add(path)
        if block.table.get("presume") == "no":
            rules.presumed_lists.add(block.id)
        rules.list_rows[block.id] = read_list(path, files[path], rules.problems, rules.tables)
    for path in sorted(files):
        if path.endswith(".csv") and path not in used:
            rules.problems.add(path, 1, "no list block names this file")


def parse_conditions(rules):
    parser = Parser(rules)
    for block in rules.blocks:
        table = block.table.get("when")
        if table is None:
            block.when = ("always",) if block.kind == "derogation" else None
            continue
        try:
            block.when = parser.parse(table)
        except Bad as error:
            rules.problems.add(block.path, block.at(quoted(error)) if quoted(error) else block.at("when"), str(error))
            block.when = ("broken",)
        for message in rules.dangling:
            rules.problems.add(block.path, block.at(quoted(message)), message)
        rules.dangling.clear()


def quoted(message):
    found = re.search(r"`([^`]+)`", str(message))
    return found[1] if found else ""


def check_references(rules):
    """Every id that a block names exists and is of the right sort."""
    everything = {*rules.provisions, *rules.definitions, *rules.lists, *rules.parameters, *rules.instruments, *rules.contests}
    exceptions = {id for id, block in rules.provisions.items() if block.kind in ("exemption", "derogation")}
    prohibitions = {id for id, block in rules.provisions.items() if block.kind == "prohibition"}
    regimes = {f"regime:{id}" for id in rules.regimes}
    for block in rules.blocks:
        table = block.table

        def need(words, known, what):
            for word in words:
                if word not in known:
                    rules.problems.add(block.path, block.at(word), f"unknown {what} `{word}`")

        if block.kind == "instrument":
            need([table["regime"]], rules.regimes, "regime")
        if block.kind in ("prohibition", "duty"):
            need([table["reach"]], rules.reaches, "reach")
            need(table.get("supersedes", []), rules.provisions, "provision")
            need(table.get("implements", []), rules.provisions, "provision")
        if block.kind == "conflict":
            need(table["with"], {*rules.provisions, *rules.regimes}, "provision or regime")
        if block.kind == "regime":
            need(table.get("lists", []), {*rules.regimes, *rules.tables.list_regimes}, "regime")
        if block.kind == "reach" and "of" in table:
            need([table["of"]], {*rules.tables.countries, *rules.country_groups}, "country or group of countries")
        need([period.contest for period in block.periods if period.contest], rules.contests, "contest")
        if block.kind in ("exemption", "derogation"):
            need(table["defeats"], prohibitions | exceptions | regimes, "prohibition, exception or regime")
            need(table.get("asks", []), rules.judgements, "judgement")
        if block.kind == "note":
            need(table["by"], everything, "id")
        if block.kind == "parameter":
            need([value["by"] for value in table["values"] if "by" in value], rules.provisions, "provision")
        if block.kind == "purpose":
            need([table["judgement"]], rules.judgements, "judgement")


def check_loops(rules):
    """No exception defeats itself through others, no definition rests on itself."""
    edges = {block.id: [t for t in block.table["defeats"] if t in rules.provisions]
             for block in rules.blocks if block.kind in ("exemption", "derogation")}
    edges |= {block.id: [leaf[1] for leaf in leaves(block.when) if leaf[0] == "defined"]
              for block in rules.definitions.values() if block.when}
    done = set()

    def walk(id, above):
        if id in above:
            block = rules.provisions.get(id) or rules.definitions[id]
            rules.problems.add(block.path, block.line, f"`{id}` rests on itself: {' → '.join([*above[above.index(id):], id])}")
            edges[id] = []
        elif id not in done:
            for other in edges.get(id, []):
                walk(other, [*above, id])
            done.add(id)

    for id in list(edges):
        walk(id, [])


# ------------------------------------------------------------------------------------------------ data tables

class Tables:
    """Countries, currencies, units and listings; all from data/*.csv."""

    def __init__(self, countries, currencies, units, listings, programmes):
        self.countries = {row["code"] for row in countries}
        self.currencies = {row["code"]: band(row) for row in currencies}
        self.units, self.unit_words = {}, {}
        for row in units:
            self.units[row["unit"]] = (row["kind"], Fraction(row["factor"]))
            for word in [row["unit"], *cells(row["words"])]:
                self.unit_words[word.lower()] = row["unit"]
        self.listings = defaultdict(list)
        regimes = {row["programme"]: row["regime"] for row in programmes if row["list"] == "un-sc"}
        self.list_regimes = {row["regime"] for row in programmes}     # also those of which no law is written down
        for row in listings:
            row["regime"] = regimes[row["programme"]]
            others = [name for column in ("aliases", "former", "original") for name in cells(row[column])]
            for name in {normal(name) for name in [row["name"], *others]} - {""}:
                self.listings[name].append(row)

    def unit(self, word):
        if word.lower() not in self.unit_words:
            raise Bad(f"unknown unit `{word}`")
        return self.unit_words[word.lower()]

    def convert(self, amount, unit, wanted):
        """An amount in another unit, as (least, most), or None. A tonne of oil is 6 to 9 barrels."""
        if unit == wanted:
            return amount, amount
        (kind, factor), (other, divisor) = self.units[unit], self.units[wanted]
        if "count" in (kind, other):
            return None
        if kind == other:
            return (amount * factor / divisor,) * 2
        if kind == "mass":
            tonnes = amount * factor / 1000
            return tonnes * 6 * BARREL / divisor, tonnes * 9 * BARREL / divisor
        barrels = amount * factor / BARREL
        return barrels / 9 * 1000 / divisor, barrels / 6 * 1000 / divisor


def band(row):
    """What one unit of a currency was plausibly worth in dollars, or None."""
    return (Fraction(row["usd_low"]), Fraction(row["usd_high"])) if row["usd_low"] and row["usd_high"] else None


def normal(name):
    """Lower case, letters and digits only, accents stripped."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain.lower() if c.isalnum() and not unicodedata.combining(c))


def read_table(path):
    with open(path, encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def load_tables(root):
    names = ("countries", "currencies", "units", "listed-un", "programmes")
    return Tables(*(read_table(root / "data" / f"{name}.csv") for name in names))


def load_law(root, tables):
    files = {}
    for path in [*root.glob("law/**/*.md"), *root.glob("law/**/lists/*.csv")]:
        if path.name not in ("README.md", "CONTRIBUTING.md"):
            files[path.relative_to(root).as_posix()] = path.read_text(encoding="utf-8")
    return read_law(files, tables)


# ------------------------------------------------------------------------------------------------ acts

@dataclass
class Party:
    name: str
    role: str | None
    type: str | None
    nationality: frozenset
    located: str | None
    government: str | None
    flag: str | None
    designated: bool | None
    listings: list               # (sure, first, last, regime)
    marks: dict | None           # list → True, False, None; absent: read in the name
    listed_by: frozenset = frozenset()    # who is said to list it; empty: nobody says who

    def tied(self, countries):
        return bool(self.nationality & countries) or not countries.isdisjoint({self.located, self.government, self.flag})


@dataclass
class Item:
    description: str
    codes: list | None           # candidate ranges
    origin: str | None
    quantity: tuple | None       # (amount, unit)
    value: tuple | None          # (amount, currency)
    condition: str | None
    marks: dict
    identified: bool
    covered: list | None


@dataclass
class Act:
    kinds: frozenset
    days: tuple                  # first and last day it may be
    origin: str | None
    destination: str | None
    transit: frozenset
    parties: list
    items: list
    approvals: list              # (authority, first, last, covers)
    judgements: dict             # name → bool
    counters: dict               # name → (least, most or None, unit)
    contract: tuple              # first and last day it may be


ACT_FIELDS = set("""id kind on status purpose contract_date parties items places approvals judgements counters legs reference note
title""".split())
PARTY_FIELDS = set("""name type nationality located_in acts_for flag role designated designations marks birth_date identifiers
owners""".split())
ITEM_FIELDS = set("description hs origin quantity value condition is is_not hs_candidates marks identified covered".split())
APPROVAL_FIELDS = set("authority reference on until covers".split())


def parse_days(value):
    """A day, a month, a year or nothing, to the first and last day it may be."""
    if value is None:
        return date.min, date.max
    if is_date(value):
        return value, value
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", str(value))
    if not match:
        raise Bad(f"`{value}` is no date")
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if day:
            return date(year, month, day), date(year, month, day)
        if month:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError as error:
        raise Bad(f"`{value}`: {error}") from error


def fields_of(table, known, place):
    if not isinstance(table, dict):
        raise Bad(f"{place} is no table")
    for name in table:
        if name not in known:
            raise Bad(f"{place} has no field `{name}`")
    return {name: value for name, value in table.items() if value is not None}


def word_of(value, known, place):
    if value is not None and value not in known:
        raise Bad(f"{place}: unknown word `{value}`")
    return value


def listed(value):
    return list(value) if isinstance(value, (list, tuple)) else [] if value is None else [value]


def number(value):
    try:
        found = Fraction(str(value).replace(",", "").replace("_", ""))
    except ValueError as error:
        raise Bad(f"`{value}` is no number") from error
    if found < 0:
        raise Bad(f"`{value}` is negative")
    return found


class Builder:
    """Acts in the form of the contract to `Act`."""

    def __init__(self, rules):
        self.rules = rules
        self.tables = rules.tables

    def country(self, value, place):
        return word_of(value, self.tables.countries, place)

    def build(self, table):
        table = fields_of(table, ACT_FIELDS, "the act")
        places = fields_of(table.get("places", {}), {"origin", "transit", "destination"}, "places")
        kinds = listed(table.get("kind"))
        for kind in kinds:
            word_of(kind, KINDS, "kind")
        word_of(table.get("status"), ("planned", "attempted", "completed"), "status")
        return Act(
            kinds=frozenset(kinds or KINDS), days=parse_days(table.get("on")),
            origin=self.country(places.get("origin"), "origin"),
            destination=self.country(places.get("destination"), "destination"),
            transit=frozenset(self.country(c, "transit") for c in listed(places.get("transit"))),
            parties=[self.party(p, f"parties.{n}") for n, p in enumerate(table.get("parties", []))],
            items=[self.item(i, f"items.{n}") for n, i in enumerate(table.get("items") or [{}])],
            approvals=[self.approval(a, f"approvals.{n}") for n, a in enumerate(table.get("approvals", []))],
            judgements=self.judgements(table.get("judgements", {})),
            counters={name: self.counter(name, value) for name, value in table.get("counters", {}).items()},
            contract=parse_days(table.get("contract_date")))

    def party(self, table, place):
        table = fields_of(table, PARTY_FIELDS, place)
        nationality = frozenset(self.country(c, place) for c in listed(table.get("nationality")))
        kind = word_of(table.get("type"), TYPES, place)
        government = None
        if match := re.fullmatch(r"government of ([A-Z]{2})", table.get("acts_for", "")):
            government = self.country(match[1], place)
        elif kind == "government" and "acts_for" not in table and nationality:
            government = min(nationality)
        marks = table.get("marks")
        for name in marks or {}:
            self.known_list(name, place)
        said, listed_by = table.get("designated"), frozenset()
        if isinstance(said, list) and said and not any("/" in word for word in said):
            # Said by whom, not under which regimes.
            listed_by, said = frozenset(word_of(word, {r.table["jurisdiction"] for r in self.rules.regimes.values()}, place) for word in said), True
            listings = look_up(self.tables, table.get("name", ""), kind, nationality)
        elif isinstance(said, list):
            # Said outright under which regimes, so under no other.
            listings, said = [self.designation({"regime": regime, "sure": True}, place) for regime in said], None
        elif not isinstance(said, bool | None):
            raise Bad(f"{place}: `designated` is true, false or a list of regimes or authorities")
        elif "designations" in table:
            listings = [self.designation(d, place) for d in table["designations"]]
        else:
            listings = look_up(self.tables, table.get("name", ""), kind, nationality)
        return Party(table.get("name", ""), word_of(table.get("role"), ROLES, place), kind, nationality,
                     self.country(table.get("located_in"), place), government, self.country(table.get("flag"), place),
                     said, listings, marks, listed_by)

    def designation(self, table, place):
        table = fields_of(table, {"listing", "sure", "from", "to", "regime"}, place)
        regime = table.get("regime", "un/dprk")
        word_of(regime, {*self.rules.regimes, *self.tables.list_regimes}, place)
        return bool(table.get("sure")), parse_days(table.get("from"))[0], parse_days(table.get("to"))[1], regime

    def known_list(self, name, place):
        if name not in self.rules.lists and name.rsplit("/", 1)[0] not in self.rules.lists:
            raise Bad(f"{place}: unknown list `{name}`")

    def item(self, table, place):
        table = fields_of(table, ITEM_FIELDS, place)
        said = table.keys() & {"hs", "is", "is_not"}
        codes = [parse_code(code) for code in listed(table.get("hs")) or listed(table.get("hs_candidates"))]
        marks = dict(table.get("marks", {}))
        marks |= {name: True for name in listed(table.get("is"))} | {name: False for name in listed(table.get("is_not"))}
        for name in marks:
            self.known_list(name, place)
        return Item(table.get("description", ""), codes or None, self.country(table.get("origin"), place),
                    self.amount(table.get("quantity"), ("value", "unit"), place),
                    self.amount(table.get("value"), ("amount", "currency"), place),
                    word_of(table.get("condition"), ("new", "used"), place), marks,
                    table.get("identified", bool(said)), table.get("covered"))

    def amount(self, value, names, place):
        """`20 item`, or a table with the number and its unit, to both; None when absent."""
        first, second = names
        if value is None:
            return None
        if isinstance(value, str):
            match = re.fullmatch(r"([\d.,_]+) (.+)", value)
            if not match:
                raise Bad(f"{place}: `{value}` is no amount")
            value = {first: match[1], second: match[2]}
        table = fields_of(value, {first, second}, place)
        if set(table) != {first, second}:
            raise Bad(f"{place}: an amount has `{first}` and `{second}`")
        unit = table[second]
        if second == "currency":
            return number(table[first]), word_of(unit, self.tables.currencies, place)
        return number(table[first]), self.tables.unit(unit)

    def approval(self, table, place):
        table = fields_of(table, APPROVAL_FIELDS, place)
        word_of(table.get("authority"), self.rules.authorities, place)
        return (table.get("authority"), parse_days(table.get("on"))[0], parse_days(table.get("until"))[1],
                listed(table.get("covers")))

    def judgements(self, table):
        found = {}
        for name, value in table.items():
            word_of(name, self.rules.judgements, "judgements")
            answer = value.get("answer") if isinstance(value, dict) else value
            if answer not in ("yes", "no", None):
                raise Bad(f"judgements.{name} is yes or no, not `{answer}`")
            if answer:
                found[name] = answer == "yes"
        return found

    def counter(self, name, value):
        word_of(name, self.rules.counters, "counters")
        if isinstance(value, str):
            match = re.fullmatch(r"(at least |at most )?([\d.,_]+) (.+)", value)
            if not match:
                raise Bad(f"counters: `{value}` is no amount")
            value = {"at_least": match[2], "at_most": match[2], "unit": match[3]}
            if match[1]:
                del value["at_most" if match[1] == "at least " else "at_least"]
        table = fields_of(value, {"at_least", "at_most", "unit"}, "counters")
        least, most = table.get("at_least"), table.get("at_most")
        unit = table.get("unit", "")
        return (number(least or 0), None if most is None else number(most),
                unit if unit in self.tables.currencies else self.tables.unit(unit))


def look_up(tables, name, kind, nationality):
    """The listings a bare name may stand for, as (sure, first, last, regime)."""
    hits = tables.listings.get(normal(name), [])
    found = []
    for row in hits:
        person = row["type"] == "person"
        if kind and (kind == "person") != person:
            continue
        theirs = {*cells(row["nationalities"]), *cells(row["countries"])}
        agrees, contrary = nationality & theirs, nationality and theirs and not nationality & theirs
        sure = len(hits) == 1 and not contrary and (not person or bool(agrees))
        for period in cells(row["periods"]):
            first, end = (day.rstrip("?") for day in period.split("/"))
            last = date.fromisoformat(end) - timedelta(days=1) if end else date.max
            found.append((sure, parse_days(first or None)[0], last, row["regime"]))
    return found


# ------------------------------------------------------------------------------------------------ grounding: what the facts say
#
# A condition and an act give a *tree*: True, False, or a formula over facts that nobody stated. A leaf of the formula is
# ("is", fact, values): the fact has one of the values. `domain` says which values each fact may have.

def make_all(children):
    kept = []
    for child in children:
        if child is False:
            return False
        if child is not True:
            kept.append(child)
    return True if not kept else kept[0] if len(kept) == 1 else ("all", tuple(kept))


def make_any(children):
    kept = []
    for child in children:
        if child is True:
            return True
        if child is not False:
            kept.append(child)
    return False if not kept else kept[0] if len(kept) == 1 else ("any", tuple(kept))


def make_not(child):
    return (not child) if isinstance(child, bool) else ("not", child)


class Ground:
    """All conditions of the rulebook for one item of one act on one day."""

    def __init__(self, rules, act, number, day, domain, unlisted=frozenset()):
        self.unlisted = unlisted      # regimes under which `designated = true` does not count
        self.rules, self.act, self.number, self.day, self.domain = rules, act, number, day, domain
        self.item = act.items[number]
        self.known, self.regime = {}, None
        self.looks_up = bool(unlisted) or any(p.listings and p.designated is None for p in act.parties)
        self.receivers = [p for p in act.parties if p.role in RECEIVERS]
        self.providers = [p for p in act.parties if p.role in PROVIDERS]
        self.stays = act.kinds <= STAYS

    # Leaves.

    def choice(self, fact, values, chosen):
        """A fact with these possible values, true for the chosen ones."""
        chosen = frozenset(v for v in values if v in chosen)
        if len(chosen) == len(values):
            return True
        if not chosen:
            return False
        self.domain[fact] = tuple(values)
        return ("is", fact, chosen)

    def free(self, *fact):
        """A fact of which nothing is known: yes or no."""
        return self.choice(fact, (False, True), {True})

    def one_of(self, end, countries):
        """Whether the country where something ends or begins, of which nothing is known, is one of these: it is one country, for all who ask."""
        return self.choice((end,), EVERY_COUNTRY, countries)

    def truth(self, value, *fact):
        """True, False, or None for a free fact."""
        return self.free(*fact) if value is None else value

    def under(self, regime):
        """From here on this regime asks. What a condition says differs from regime to regime only where listings are looked up."""
        if self.regime != regime:
            self.regime = regime
            if self.looks_up:
                self.known = {}

    def members(self, place):
        return self.rules.members(place, self.day)

    # Conditions.

    def tree(self, condition):
        if condition not in self.known:
            self.known[condition] = getattr(self, "on_" + condition[0].replace("-", "_"))(*condition[1:])
        return self.known[condition]

    def on_always(self):
        return True

    def on_broken(self):
        return self.free("broken", self.number)

    def on_all(self, children):
        return make_all(self.tree(child) for child in children)

    def on_any(self, children):
        return make_any(self.tree(child) for child in children)

    def on_not(self, child):
        return make_not(self.tree(child))

    def on_act(self, kinds):
        return self.choice(("kind",), sorted(self.act.kinds), kinds)

    def on_to(self, place):
        countries, destination = self.members(place), self.act.destination
        if destination in countries:
            return True
        tied = [p for p in self.receivers if p.tied(countries)]
        if destination:
            if any(p.located in countries for p in tied):
                return True
            guests = [p for p in tied if p.located != destination or p.type == "government"]
            return False if self.stays else self.one_of("to", {c for c in countries if any(p.tied({c}) for p in guests)})
        if tied:
            return True
        return False if self.stays else self.one_of("to", countries)

    def on_from(self, place):
        countries, own, origin = self.members(place), self.item.origin, self.act.origin
        if own in countries or origin in countries:
            return True
        if origin:
            return own is None and any(p.located in countries for p in self.providers)
        if own or not countries:
            return False
        if any(p.tied(countries) for p in self.providers):
            return True
        if self.providers and all(p.nationality or p.located or p.government for p in self.providers):
            return False
        # What goes to a country does not come from it; but goods do move from one member of a group to another.
        there = {c for c in countries if c == self.act.destination or any(p.tied({c}) for p in self.receivers)}
        return self.one_of("from", countries - there)

    def on_via(self, place):
        return not self.act.transit.isdisjoint(self.members(place))

    def on_in(self, place):
        """Something happens there: a start, an end or a stop, or somebody who takes part and is there."""
        countries, act = self.members(place), self.act
        # Between a giver and a receiver a mere owner does nothing.
        doing = [p for p in act.parties if not (p.role == "owner" and self.providers and self.receivers)]
        if not countries.isdisjoint({act.origin, act.destination, *act.transit, *(p.located for p in doing)}):
            return True
        if not countries:
            return False
        if any(p.located is None and p.tied(countries) for p in doing):
            return self.free("in", place)
        start = bool(act.origin) or any(p.nationality or p.located or p.government for p in self.providers)
        end = bool(act.destination) or any(p.nationality or p.located or p.government for p in self.receivers)
        if start and end or (start or end) and self.stays:
            return False
        return self.free("in", place)

    def on_hs(self, ranges):
        """The code lies in one of the ranges. Codes between two cuts of the rulebook are alike: the first stands for all."""
        codes = set()
        for low, high in self.item.codes or [ANY_CODE]:
            cuts = self.rules.code_cuts
            codes |= {low, *cuts[bisect_right(cuts, low):bisect_right(cuts, high)]}
        inside = {code for code in codes if any(low <= code <= high for low, high in ranges)}
        return self.choice(("hs", self.number), sorted(codes), inside)

    def on_condition(self, wanted):
        if self.item.condition:
            return self.item.condition == wanted
        return self.choice(("condition", self.number), ("new", "used"), {wanted})

    def on_over(self, amount, currency):
        """The value of one unit, in classes between the thresholds that the rulebook knows."""
        return self.above(amount, self.rules.thresholds[currency], self.unit_value(currency), ("value", self.number, currency))

    def on_total_over(self, amount, currency):
        """The value as a whole, in the same way; what one unit is worth says little about it, so it is a fact of its own."""
        value = money(self.item.value, currency, self.rules.tables) or (Fraction(0), None)
        return self.above(amount, self.rules.total_thresholds[currency], value, ("total", self.number, currency))

    def above(self, amount, steps, between, fact):
        least, most = between
        low = bisect_left(steps, least)
        high = len(steps) if most is None else bisect_left(steps, most)
        return self.choice(fact, range(low, high + 1), range(steps.index(amount) + 1, len(steps) + 1))

    def unit_value(self, currency):
        total = money(self.item.value, currency, self.rules.tables)
        if total is None:
            return Fraction(0), None
        if self.item.quantity is None or not self.item.quantity[0]:
            return Fraction(0), total[1]
        return total[0] / self.item.quantity[0], total[1] / self.item.quantity[0]

    def on_list(self, name):
        """On the list: by its mark, by a certain code, by a possible code and the mark, or by a row above a value."""
        item, rows = self.item, [r for r in self.rules.list_rows.get(name, []) if in_period(self.day, r.first, r.last)]
        plain = [row for row in rows if not row.over]
        fact = ("mark", self.number, name)
        if name in item.marks:
            mark = open_mark = self.truth(item.marks[name], *fact)
        else:
            open_mark = self.free(*fact)
            worded = name not in self.rules.presumed_lists and any(row.words for row in plain)
            mark = open_mark if worded and not item.identified else False
        certain = tuple(r for row in plain if row.match == "certain" for r in row.ranges)
        possible = tuple(r for row in plain if row.match == "possible" for r in row.ranges)
        return make_any([
            mark,
            self.codes_in(certain),
            make_all([self.codes_in(possible), open_mark]),
            *(self.on_row(name, row) for row in rows if row.over),
        ])

    def codes_in(self, ranges):
        """Codes against rows of a list; an identified item without any code has none of a list's codes."""
        return False if self.item.identified and not self.item.codes else self.tree(("hs", ranges))

    def on_row(self, name, row):
        """A row with a value: its own mark or its codes, and the value."""
        item, own, fact = self.item, f"{name}/{row.entry}", ("mark", self.number, f"{name}/{row.entry}")
        if own in item.marks:
            mark = open_mark = self.truth(item.marks[own], *fact)
        elif item.marks.get(name) is False:
            mark = open_mark = False
        else:
            open_mark = self.free(*fact)
            mark = False if item.identified else open_mark
        codes = self.codes_in(row.ranges)
        by_code = codes if row.match == "certain" else make_all([codes, open_mark]) if row.match == "possible" else False
        return make_all([make_any([mark, by_code]), self.tree(("over", *row.over))])

    def on_party(self, fields):
        best = False
        for party in self.act.parties:
            least = True
            for key, wanted in fields:
                least = least_of(least, self.of_party(party, key, wanted))
            best = most_of(best, least)
        # Two regimes that look at the same listings ask the same thing, two that look at different ones do not.
        asks = any(key == "is" for key, _ in fields)
        seen = tuple(tuple(self.listings(party)) if party.designated is None else () for party in self.act.parties) if asks else ()
        return self.truth(best, "party", fields, seen if any(seen) else ())

    def of_party(self, party, key, wanted):
        """One field of a party condition: True, False or None."""
        if key == "role":
            return None if party.role is None else party.role in wanted
        if key in ("national", "located", "tied", "government"):
            return of_countries(party, key, self.members(wanted))
        if key == "type":
            return None if party.type is None else party.type in wanted
        if key == "is":
            if party.designated is False or party.designated and self.regime not in self.unlisted:
                return party.designated
            on_day = self.listings(party)
            return True if any(sure for sure, *_ in on_day) else None if on_day else False
        if party.marks is not None:
            return party.marks.get(wanted, False)
        return mark_in_name(self.rules.list_rows.get(wanted, []), party.name, self.day)

    def listings(self, party):
        """Its listings of the day in the regime that asks, or in one whose designations count as that regime's own."""
        regime = self.rules.regimes.get(self.regime)
        wanted = {self.regime, *(regime.table.get("lists", []) if regime else [])}
        return [listing for listing in party.listings if listing[1] <= self.day <= listing[2] and listing[3] in wanted]

    def on_judgement(self, name, presumed):
        return self.truth(self.act.judgements.get(name, presumed), "judgement", name)

    def on_within(self, limit, counter, judgement):
        cap = self.cap(limit)
        if cap is None:
            return False
        unit = self.rules.parameters[limit].table["unit"]
        own = self.own_amount(unit)
        if own and own[0] > cap:
            return False
        if judgement in self.act.judgements:
            return self.act.judgements[judgement]
        total = self.counted(counter, unit)
        if total:
            if total[0] + (own[0] if own else 0) > cap:
                return False
            if own and total[1] is not None and total[1] + own[1] <= cap:
                return True
        return self.free("judgement", judgement) if judgement else self.free("limit", limit)

    def cap(self, limit):
        """The value of a parameter on the day; of two that overlap the later in the file."""
        block, found = self.rules.parameters.get(limit), None
        for value in block.table["values"] if block else []:
            if in_period(self.day, value.get("from"), value.get("to")):
                found = Fraction(str(value["value"]))
        return found

    def own_amount(self, unit):
        """How much this item counts against a cap: (least, most) or None."""
        if unit in self.rules.tables.currencies:
            return money(self.item.value, unit, self.rules.tables)
        return self.rules.tables.convert(*self.item.quantity, unit) if self.item.quantity else None

    def counted(self, counter, unit):
        """What was counted so far: (least, most or None) or None."""
        if counter not in self.act.counters:
            return None
        least, most, given = self.act.counters[counter]
        money_units = self.rules.tables.currencies
        if given in money_units or unit in money_units:
            return (least, most) if given == unit else None
        low = self.rules.tables.convert(least, given, unit)
        high = None if most is None else self.rules.tables.convert(most, given, unit)
        return (low[0], high[1] if high else None) if low else None

    def on_contract_before(self, day):
        days, (first, last) = self.rules.contract_days, self.act.contract
        classes = range(bisect_right(days, first), bisect_right(days, last) + 1)
        return self.choice(("contract",), classes, range(days.index(day) + 1))

    def on_approved(self, authority):
        return self.approved(authority)

    def on_defined(self, name):
        block = self.rules.definitions.get(name)
        if block is None:
            return self.free("broken", name)
        if block.periods and not any(period.covers(self.day) for period in block.periods):
            return False
        return self.tree(block.when)

    # Provisions.

    def in_force(self, block):
        """On its own days; an exception without any is in force from its instrument's adoption, a regime without any exists always."""
        if block.periods:
            return any(period.covers(self.day) for period in block.periods)
        return "defeats" not in block.table or block.instrument is None or block.instrument["adopted"] <= self.day

    def trigger(self, block):
        """Its condition on the day, and the answer to the contest on a day that only contested periods cover."""
        if not self.in_force(block):
            return False
        contests = [period.contest for period in block.periods if period.covers(self.day)]
        sure = not contests or None in contests
        return make_all([sure or make_any(self.on_judgement(contest, None) for contest in contests), self.tree(block.when)])

    def defeaters(self, id, regime=None):
        found = self.rules.defeaters.get(id, []) + (self.rules.defeaters.get(f"regime:{regime}", []) if regime else [])
        return [block for block in found if self.in_force(block)]

    def holds(self, block):
        """The exception's condition, unless another exception lifts it."""
        return make_all([self.tree(block.when), make_not(self.lifted(block.id))])

    def lifts(self, block):
        """It holds and, for a derogation, the approval is on record."""
        approval = self.approved(block.table["authority"]) if block.kind == "derogation" else True
        return make_all([self.holds(block), approval])

    def lifted(self, id, regime=None):
        return make_any(self.lifts(block) for block in self.defeaters(id, regime))

    def approved(self, authority):
        best = False
        for number, (who, first, last, covers) in enumerate(self.act.approvals):
            if who == authority and first <= self.day <= last:
                best = most_of(best, self.covered(number, covers))
        return self.truth(best, "approval", self.number, authority)

    def covered(self, number, covers):
        if not covers:
            return True
        if self.item.covered is not None:
            return self.item.covered[number] if number < len(self.item.covered) else False
        if not self.item.description:
            return None
        words = tokens(self.item.description)
        return any(phrase_in(phrase, words) or phrase_in(self.item.description, tokens(phrase)) for phrase in covers)

    def unwritten(self, regime):
        """A regime whose law is not encoded may permit, want an authorisation, or prohibit."""
        fact, values = ("unwritten", regime.id), (PERMITTED, NEEDS, PROHIBITED)
        return regime.id, self.choice(fact, values, {NEEDS, PROHIBITED}), False, self.choice(fact, values, {NEEDS})

    def partly(self, regime, prohibitions):
        """A regime of which a part is not written down: what the rest permits may yet want an authorisation, or be prohibited."""
        caught = make_any(make_all([trigger, make_not(lifted)]) for _, trigger, lifted, _ in prohibitions)
        name, missing, lifted, route = self.unwritten(regime)
        return name, make_all([missing, make_not(caught)]), lifted, route

    def prohibition(self, block, regime):
        """(id, trigger, lifted, a specific route fits)."""
        trigger = self.trigger(block)
        if trigger is False:
            return block.id, False, False, False
        routes = [b for b in self.defeaters(block.id, regime) if b.table.get("route") == "specific"]
        return block.id, trigger, self.lifted(block.id, regime), make_any(self.holds(b) for b in routes)


def money(value, currency, tables):
    """A value in a currency, as (least, most), or None."""
    if value is None:
        return None
    amount, own = value
    if own == currency:
        return amount, amount
    usual = tables.currencies[own]
    return (amount * usual[0], amount * usual[1]) if currency == "USD" and usual else None


RANK = {False: 0, None: 1, True: 2}


def least_of(a, b):
    return a if RANK[a] <= RANK[b] else b


def most_of(a, b):
    return a if RANK[a] >= RANK[b] else b


def of_countries(party, key, countries):
    """One of the fields of a party condition that name a country or a group: True, False or None."""
    if not countries:
        return False
    if key == "national":
        return national(party, countries)
    if key == "located":
        return party.located in countries
    if key == "tied":
        return True if party.tied(countries) else national(party, countries)
    return governs(party, countries)


def national(party, countries):
    if party.nationality & countries or party.government in countries or party.flag in countries:
        return True
    if party.nationality or party.government or party.flag:
        return False
    if party.type == "organisation" or party.located is not None and party.located not in countries:
        return False
    return None


def governs(party, countries):
    if party.government in countries:
        return True
    if party.type == "government":
        return national(party, countries)
    if party.type is None and party.government is None:
        return None if national(party, countries) is not False else False
    return False


# ------------------------------------------------------------------------------------------------ worlds
#
# A *question* is (reach, prohibitions) for one item under one regime. In one world it has one verdict; the worst question decides.

def holds_in(tree, world):
    """Plain two-valued recursion."""
    if isinstance(tree, bool):
        return tree
    if tree[0] == "is":
        return world[tree[1]] in tree[2]
    if tree[0] == "all":
        return all(holds_in(child, world) for child in tree[1])
    if tree[0] == "any":
        return any(holds_in(child, world) for child in tree[1])
    return not holds_in(tree[1], world)


def verdict_in(questions, world):
    worst = OUT
    for reach, prohibitions in questions:
        if holds_in(reach, world):
            worst = max(worst, PERMITTED)
            for _, trigger, lifted, route in prohibitions:
                if holds_in(trigger, world) and not holds_in(lifted, world):
                    worst = max(worst, NEEDS if holds_in(route, world) else PROHIBITED)
    return worst


def with_fact(tree, fact, value):
    """The tree once a fact is known."""
    if isinstance(tree, bool):
        return tree
    if tree[0] == "is":
        return value in tree[2] if tree[1] == fact else tree
    if tree[0] == "all":
        return make_all(with_fact(child, fact, value) for child in tree[1])
    if tree[0] == "any":
        return make_any(with_fact(child, fact, value) for child in tree[1])
    return make_not(with_fact(tree[1], fact, value))


def mentions(tree, found):
    """Each fact of a tree with each set of values asked about it."""
    if not isinstance(tree, bool):
        if tree[0] == "is":
            found[tree[1]][tree[2]] += 1
        elif tree[0] == "not":
            mentions(tree[1], found)
        else:
            for child in tree[1]:
                mentions(child, found)


def outcomes(trigger, lifted, route):
    """The verdicts that a three-valued look leaves open for one prohibition."""
    open_verdicts = set()
    if trigger is not True or lifted is not False:
        open_verdicts.add(PERMITTED)
    if trigger is not False and lifted is not True:
        if route is not False:
            open_verdicts.add(NEEDS)
        if route is not True:
            open_verdicts.add(PROHIBITED)
    return open_verdicts


def worst_of_sets(sets, start):
    found = {start}
    for other in sets:
        found = {max(a, b) for a in found for b in other}
    return found


def left_open(question):
    """The verdicts that a three-valued look leaves open for one question."""
    reach, prohibitions = question
    found = {OUT} if reach is not True else set()
    if reach is not False:
        found |= worst_of_sets((outcomes(*p[1:]) for p in prohibitions), PERMITTED)
    return found


def settle(questions, floor):
    """Raise the floor by what is settled, drop what can no longer raise it."""
    for reach, prohibitions in questions:
        if reach is True:
            floor = max(floor, PERMITTED, *(min(outcomes(*p[1:])) for p in prohibitions))
    kept = []
    for reach, prohibitions in questions:
        if reach is False:
            continue
        # Under an open reach a settled prohibition still counts once the reach is settled.
        open_ones = [p for p in prohibitions if max(outcomes(*p[1:])) > floor]
        if open_ones or (reach is not True and floor < PERMITTED):
            kept.append((reach, open_ones))
    return floor, kept


def facts_of(questions):
    found = defaultdict(Counter)
    for reach, prohibitions in questions:
        mentions(reach, found)
        for _, *trees in prohibitions:
            for tree in trees:
                mentions(tree, found)
    return found


def classes(values, sets):
    """One value for each group that none of the sets tells apart."""
    seen = {}
    for value in values:
        seen.setdefault(tuple(value in chosen for chosen in sets), value)
    return list(seen.values())


def apart(questions):
    """The questions in groups that share no open fact: what is true in one group says nothing about another."""
    groups = []
    for question in questions:
        facts, joined, others = set(facts_of([question])), [question], []
        for known, members in groups:
            if known.isdisjoint(facts):
                others.append((known, members))
            else:
                facts, joined = facts | known, members + joined
        groups = [*others, (facts, joined)]
    return [members for _, members in groups]


def possible(questions, domain, plain=PLAIN_WORLDS, most=MOST_WORLDS):
    """All verdicts that some world has, or None when there are too many worlds."""
    floor, questions = settle(questions, OUT)
    every = [possible_together(group, floor, domain, plain, most) for group in apart(questions)]
    found = worst_of_sets((verdicts for verdicts in every if verdicts is not None), floor)
    return found if None not in every or found == {PROHIBITED} else None


def possible_together(questions, floor, domain, plain, most):
    facts = facts_of(questions)
    choices = {fact: classes(domain[fact], sets) for fact, sets in facts.items()}
    count = 1
    for values in choices.values():
        count *= len(values)
    if count <= plain:
        names = list(choices)
        return {max(floor, verdict_in(questions, dict(zip(names, values)))) for values in itertools.product(*choices.values())}
    return search(questions, floor, domain, most)


def search(questions, floor, domain, most):
    """The same as listing all worlds, one fact at a time, leaving out worlds that cannot add a verdict."""
    found, budget = set(), most

    def walk(questions, floor):
        nonlocal budget
        budget -= 1
        floor, questions = settle(questions, floor)
        if budget < 0 or worst_of_sets(map(left_open, questions), floor) <= found:
            return
        facts = facts_of(questions)
        if not facts:
            found.add(max([floor, *(v for q in questions for v in left_open(q))]))
            return
        fact = max(facts, key=lambda f: sum(facts[f].values()))
        for value in classes(domain[fact], facts[fact]):
            walk([(with_fact(reach, fact, value),
                   [(p[0], *(with_fact(tree, fact, value) for tree in p[1:])) for p in prohibitions])
                  for reach, prohibitions in questions], floor)

    walk(questions, floor)
    return found if budget >= 0 else None


def truths(tree, domain):
    """Which of True and False a tree can be; None when there are too many worlds."""
    found = possible([(True, [("", tree, False, False)])], domain)
    return None if found is None else {verdict == PROHIBITED for verdict in found}


# ------------------------------------------------------------------------------------------------ judging an act

class Judged:
    """An act, the days it may fall on, and what the law of one authority says of it: the worst that any of its regimes says."""

    def __init__(self, rules, act, jurisdiction):
        # Who is said to be listed by another authority is not called listed here.
        elsewhere = [replace(p, designated=None) if p.listed_by and jurisdiction not in p.listed_by else p for p in act.parties]
        act = replace(act, parties=elsewhere)
        self.rules, self.act, self.grounds = rules, act, []
        self.regimes = [r for r in rules.regimes.values() if r.table["jurisdiction"] == jurisdiction]
        self.unlisted = self.where_unlisted()
        self.possible = set()
        for day in self.days():
            domain = {}
            grounds = [Ground(rules, act, number, day, domain, self.unlisted) for number in range(len(act.items))]
            self.grounds += grounds
            if len(self.possible) == len(VERDICTS):
                continue          # no further day can add a verdict
            found = possible([self.question(ground, regime) for ground in grounds for regime in self.regimes], domain)
            self.possible = None if found is None or self.possible is None else self.possible | found
            if self.possible is None:
                break

    def days(self):
        first, last = self.act.days
        if first == last:
            return [first]
        cuts = set(self.rules.day_cuts)
        cuts |= day_cuts([(first, last) for p in self.act.parties for _, first, last, _ in p.listings])
        cuts |= day_cuts([a[1:3] for a in self.act.approvals])
        return [first, *sorted(day for day in cuts if first < day <= last)]

    def where_unlisted(self):
        """The regimes under which `designated = true` does not count. Who is called listed without a word on where is listed where the act
        belongs anyway: of the regimes that ask who is listed in those that it surely concerns apart from that; if there is none, in those that it
        may concern; if there is none of these either, in all."""
        if not any(party.designated for party in self.act.parties):
            return frozenset()
        unlisted = [replace(party, designated=None) if party.designated else party for party in self.act.parties]
        act = replace(self.act, parties=unlisted)
        grounds = [Ground(self.rules, act, number, day, {}) for day in self.days() for number in range(len(act.items))]
        ranks = {r.id: self.concern(grounds, r) if self.rules.asks_who_is_listed(r) else RANK[False] for r in self.regimes}
        best = max(ranks.values(), default=0)
        return frozenset(regime for regime, rank in ranks.items() if rank != best)

    def concern(self, grounds, regime):
        """How surely the regime is concerned, by the day and the item of which it is surest."""
        rank = RANK[False]
        for ground in grounds:
            ground.under(regime.id)
            reach = self.reach(ground, regime)
            rank = max(rank, RANK[reach if isinstance(reach, bool) else None])
        return rank

    def question(self, ground, regime):
        """What the regime asks of one item. Of law that is not written down we only know that it is there."""
        ground.under(regime.id)
        reach, encoded = self.reach(ground, regime), regime.table.get("encoded", True)
        if encoded is False:
            return reach is True or reach is not False and self.listed(ground, regime), [ground.unwritten(regime)]
        if reach is False:      # most acts concern few of the regimes, so nothing more is asked of the others
            return False, []
        rules = [ground.prohibition(block, regime.id) for block in self.rules.prohibitions[regime.id]]
        return reach, [*rules, ground.partly(regime, rules)] if encoded == "partly" and reach is True else rules

    def listed(self, ground, regime):
        """Whether a party is, or may be, listed under a regime whose law is not written down."""
        return any(ground.listings(party) for party in self.act.parties if party.designated is not False)

    def reach(self, ground, regime):
        """A regime that does not exist on the day concerns nothing."""
        return ground.tree(regime.when) if ground.in_force(regime) else False

    @property
    def verdict(self):
        if self.possible is None:
            return None
        return VERDICTS[min(self.possible)] if len(self.possible) == 1 else "insufficient_facts"

    def names(self):
        return [VERDICTS[v] for v in sorted(self.possible)]

    # What the `because` cell of a case claims.

    def outcomes(self, ground, block):
        """Every outcome that a prohibition has in some world, by itself."""
        if not self.mine(block):
            return {OUT}
        regime = self.rules.regimes[block.instrument["regime"]]
        ground.under(regime.id)
        return possible([(self.reach(ground, regime), [ground.prohibition(block, regime.id)])], ground.domain)

    def mine(self, block):
        """Whether the block belongs to the law that is asked, and to a regime that counts."""
        return self.rules.regimes.get(block.instrument["regime"]) in self.regimes

    def truths(self, ground, block, tree):
        """Which of True and False something about a block can be, asked by the block's own regime; None when there are too many worlds."""
        ground.under(block.instrument["regime"])
        return truths(tree(block), ground.domain)

    def check(self, part, verdict):
        """None when the claim is right or cannot be checked, else what is wrong."""
        if not part or part.startswith(("asks ", "bound:")):
            return None
        words = part.split()
        if words[0] in ("not", *SHOWN) and len(words) == 2:
            shape, ids = words[0], words[1:]
        elif len(words) == 3 and words[1] == "lifts":
            shape, ids = "lifts", [words[0], words[2]]
        elif len(words) == 2 and words[1] == "considered":
            shape, ids = "considered", words[:1]
        elif len(words) == 1:
            shape, ids = "decides", words
        else:
            return f"cannot read `{part}`"
        blocks = [self.rules.provisions.get(id) for id in ids]
        if None in blocks:
            return f"there is no {ids[blocks.index(None)]}"
        if shape in SHOWN:
            return self.check_shown(shape, *blocks)
        return getattr(self, "check_" + shape)(verdict, *blocks)

    def check_decides(self, verdict, block):
        if block.kind != "prohibition":
            return f"{block.id} is a {block.kind} and cannot decide"
        every = [self.outcomes(ground, block) for ground in self.grounds]
        if None in every:
            return None
        if verdict == "insufficient_facts":
            right = any(found & {NEEDS, PROHIBITED} for found in every)
        elif verdict == "prohibited":   # caught and not lifted; that another rule alone makes the verdict worse is no fault
            right = any(found <= {NEEDS, PROHIBITED} for found in every)
        else:
            right = verdict == "needs_authorisation" and {NEEDS} in every
        return None if right else f"{block.id} does not decide: it is {self.words(every)}"

    def check_not(self, verdict, block):
        if block.kind in SHOWN:
            return f"the {block.kind} {block.id} is shown" if {True} in self.shown(block) else None
        if block.kind != "prohibition":
            every = [self.truths(ground, block, ground.lifts) for ground in self.grounds if self.mine(block) and ground.in_force(block)]
            return f"{block.id} may lift" if any(found and True in found for found in every) else None
        every = [self.outcomes(ground, block) for ground in self.grounds]
        caught = any(found and found & {NEEDS, PROHIBITED} for found in every)
        return f"{block.id} may decide: it is {self.words(every)}" if caught else None

    def check_lifts(self, verdict, exception, target):
        if not self.defeats(exception, target):
            return f"{exception.id} does not defeat {target.id}"
        if not self.mine(target):
            return f"{target.id} is not asked about"
        every = [self.truths(ground, target, lambda block: make_all([ground.trigger(block), ground.lifts(exception)])
                             if ground.in_force(exception) else False) for ground in self.grounds]
        if None in every or (any(True in found for found in every) if verdict == "insufficient_facts" else {True} in every):
            return None
        return f"{exception.id} does not lift {target.id}"

    def check_considered(self, verdict, exception):
        if exception.kind not in ("exemption", "derogation"):
            return f"{exception.id} is no exception"
        for ground in self.grounds:
            caught = [target for target in self.rules.provisions.values() if target.when and self.defeats(exception, target)
                      and self.mine(target) and self.caught(ground, target)]
            if not ground.in_force(exception):
                continue
            for target in caught:
                found = self.truths(ground, target, lambda _: ground.lifts(exception))
                if found is None or found == {False} or (verdict == "insufficient_facts" and False in found):
                    return None
        return f"{exception.id} is not looked at, or is met"

    def caught(self, ground, target):
        ground.under(target.instrument["regime"])
        return ground.trigger(target) is not False

    def shown(self, block):
        """For each day and item, whether the block's own condition can hold and can fail."""
        if not block.when or not self.mine(block):
            return []
        return [self.truths(ground, block, ground.trigger) for ground in self.grounds]

    def check_shown(self, kind, block):
        if block.kind != kind:
            return f"{block.id} is no {kind}"
        every = self.shown(block)
        return None if None in every or {True} in every else f"the {kind} {block.id} is not shown"

    def defeats(self, exception, target):
        targets = exception.table.get("defeats", [])
        return target.id in targets or target.kind == "prohibition" and f"regime:{target.instrument['regime']}" in targets

    def words(self, every):
        names = [" or ".join(VERDICTS[v] for v in sorted(found)) if found else "too many worlds" for found in every]
        return "; ".join(sorted(set(names)))


# ------------------------------------------------------------------------------------------------ cases

CASE_FIELDS = set("kind on status purpose contract_date by for parties from to via items approvals judgements counters".split())


@dataclass
class CaseRow:
    path: str
    line: int
    name: str
    act: dict
    jurisdictions: list
    verdict: str
    because: list


def split_outside_quotes(text, separator):
    """Split, but not inside a TOML string."""
    parts, start, quote, at = [], 0, None, 0
    while at < len(text):
        c = text[at]
        if quote:
            if c == "\\" and quote == '"':
                at += 1
            elif c == quote:
                quote = None
        elif c in "\"'":
            quote = c
        elif text.startswith(separator, at):
            parts.append(text[start:at])
            start = at = at + len(separator)
            continue
        at += 1
    return [*parts, text[start:]]


def read_cases(path, text, problems):
    """All rows of one file of cases."""
    page = split_page(path, text, problems)
    acts = []
    for fence in page.fences:
        if fence.kind != "act":
            problems.add(path, fence.line, f"unknown block `{fence.kind}` in a file of cases")
            continue
        table = read_toml(path, fence, problems)
        if table is not None:
            acts.append((fence.line, table))
    rows, used = [], set()
    for line, text in page.lines:
        if not text.startswith("|"):
            continue
        columns = row_cells(text)
        above = [(start, table) for start, table in acts if start < line]
        if columns[0] == "the world" or set("".join(columns)) <= set("-: "):
            if columns[0] == "the world" and columns != ["the world", "change", "in", "verdict", "because"]:
                problems.add(path, line, "the columns are: the world, change, in, verdict, because")
            continue
        if len(columns) != 5 or not above:
            problems.add(path, line, f"a row has five cells below an act, not {len(columns)}")
            continue
        used.add(above[-1][0])
        name, change, where, verdict, because = columns
        try:
            act = changed(above[-1][1], change)
        except Bad as error:
            problems.add(path, line, str(error))
            continue
        if verdict not in [*VERDICTS, "insufficient_facts"]:
            problems.add(path, line, f"unknown verdict `{verdict}`")
            continue
        rows.append(CaseRow(path, line, name, act, re.split(r"[,\s]+", where), verdict,
                            [part.strip() for part in because.split(";") if part.strip()]))
    for line, _ in acts:
        if line not in used:
            problems.add(path, line, "the act has no rows")
    return rows


def row_cells(line):
    """The cells of a row. A bar inside a cell has a stroke before it; quotes guard nothing, since a name may hold an apostrophe."""
    inner = re.sub(r"(?<!\\)\|$", "", line.strip().removeprefix("|"))
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", inner)]


def changed(act, change):
    """A copy of the act with the changes of a cell made."""
    copy = json_like(act)
    if change == "=":
        return copy
    for part in split_outside_quotes(change, " ; "):
        path, equals, value = part.partition("=")
        if not equals:
            raise Bad(f"a change reads `path = value`, not `{part}`")
        keys = [key.strip("\"' ") for key in split_outside_quotes(path.strip(), ".")]
        set_path(copy, keys, parse_value(value.strip()))
    return copy


def json_like(value):
    if isinstance(value, dict):
        return {key: json_like(inner) for key, inner in value.items()}
    return [json_like(inner) for inner in value] if isinstance(value, list) else value


def parse_value(text):
    if text == "none":
        return None
    try:
        return tomllib.loads(f"x = {text}\n")["x"]
    except tomllib.TOMLDecodeError as error:
        raise Bad(f"`{text}` is no TOML value: {error}") from error


def set_path(table, keys, value):
    for key, following in zip(keys[:-1], keys[1:]):
        if isinstance(table, list):
            table = table[index(table, key)]
        else:
            table = table.setdefault(key, [{}] if following == "0" else {})
    key = keys[-1]
    if isinstance(table, list):
        if value is None:
            del table[index(table, key)]
        elif key == str(len(table)):      # one past the end adds one
            table.append(value)
        else:
            table[index(table, key)] = value
    elif isinstance(table, dict):
        if value is None:
            if key not in table:
                raise Bad(f"`{'.'.join(keys)}` is not there, so it cannot be removed")
            del table[key]
        else:
            table[key] = value
    else:
        raise Bad(f"`{'.'.join(keys)}` leads nowhere")


def index(values, key):
    if not key.isdigit() or int(key) >= len(values):
        raise Bad(f"there is no number `{key}` among {len(values)}")
    return int(key)


def contract_form(case):
    """The act of a case in the form of the contract."""
    case = fields_of(case, CASE_FIELDS, "the act")
    party_known = set("name type nationality located_in acts_for flag role designated".split())
    item_known = set("description hs origin quantity value condition is is_not".split())
    parties = [{"role": role, **case[key]} for key, role in (("by", "supplier"), ("for", "recipient")) if key in case]
    parties += case.get("parties", [])
    for number, party in enumerate(parties):
        fields_of(party, party_known, f"party {number}")
    for number, item in enumerate(case.get("items", [])):
        fields_of(item, item_known, f"items.{number}")
    act = {key: case[key] for key in ("kind", "on", "status", "purpose", "contract_date", "items", "judgements", "counters")
           if key in case}
    act["places"] = {"origin": case.get("from"), "transit": case.get("via"), "destination": case.get("to")}
    act["parties"] = parties
    act["approvals"] = [approval_form(text) for text in case.get("approvals", [])]
    return act


def approval_form(text):
    match = re.fullmatch(r"(\S+)(?: (\d{4}-\d\d-\d\d)?(?:\.\.(\d{4}-\d\d-\d\d)?)?)?(?: covers (.+))?", text)
    if not match:
        raise Bad(f"`{text}` is no approval")
    covers = [part.strip() for part in match[4].split(",")] if match[4] else []
    return {"authority": match[1], "on": match[2], "until": match[3], "covers": covers}


def judge_row(rules, row, regions):
    """(what differs, or None; was it skipped). Every authority that the row names is asked by itself."""
    for name in row.jurisdictions:
        if name not in regions:
            raise Bad(f"unknown jurisdiction `{name}`")
    act, messages, skipped = Builder(rules).build(contract_form(row.act)), [], False
    for name in row.jurisdictions:
        judged = Judged(rules, act, name)
        if judged.verdict is None:
            skipped = True
        elif message := compare(judged, row, name):
            messages.append(f"{name}: {message}" if len(row.jurisdictions) > 1 else message)
    return "; ".join(messages) or None, skipped


def compare(judged, row, jurisdiction):
    """What differs between a row and what one authority's law says."""
    parts = [part for part in row.because if len(row.jurisdictions) < 2 or speaks_for(part, jurisdiction)]
    wrong = [message for part in parts if (message := judged.check(part, row.verdict))]
    if judged.verdict != row.verdict:
        got = judged.verdict + (f" ({' or '.join(judged.names())})" if judged.verdict == "insufficient_facts" else "")
        return f"expected {row.verdict}, got {got}{reasons(judged)}{'; ' + '; '.join(wrong) if wrong else ''}"
    return f"{row.verdict} as expected, but " + "; ".join(wrong) if wrong else None


def speaks_for(part, jurisdiction):
    """In a row for several authorities a reason counts for the one whose law it names."""
    ids = [word for word in part.split() if "/" in word]
    return not ids or ids[0].split("/")[0] == jurisdiction


def reasons(judged):
    """Which prohibitions are not out of the question, for the message."""
    parts = []
    for block in judged.rules.of_kind("prohibition"):
        for ground in judged.grounds:
            found = judged.outcomes(ground, block)
            if found is None or found - {OUT, PERMITTED}:
                parts.append(f"{block.id} {judged.words([found])}")
                break
    return f" ({', '.join(parts)})" if parts else ""


def run_cases(root, rules, pattern, keep_going):
    problems, rows = Problems(), []
    for path in sorted(root.glob("cases/**/*.md")):
        if path.name not in ("README.md", "CONTRIBUTING.md"):
            name = path.relative_to(root).as_posix()
            rows += read_cases(name, path.read_text(encoding="utf-8"), problems)
    rows = [row for row in rows if wanted(row, pattern)]
    regions = {regime.table["jurisdiction"] for regime in rules.regimes.values()}
    failed = skipped = 0
    for row in rows:
        try:
            message, skip = judge_row(rules, row, regions)
        except Bad as error:
            problems.add(row.path, row.line, f"{row.name}: {error}")
            continue
        if skip:
            skipped += 1
            print(f"{row.path}:{row.line}: {row.name}: skipped, too many worlds")
        elif message:
            failed += 1
            print(f"{row.path}:{row.line}: {row.name}: {message}")
    problems.show()
    print(f"{len(rows)} rows, {failed} failed, {skipped} skipped" + (f", {len(problems)} problems" if problems else ""))
    return 3 if problems and not keep_going else 1 if failed or problems else 0


def wanted(row, pattern):
    text = f"{row.path}:{row.line}: {row.name}"
    return pattern is None or pattern in text or fnmatch.fnmatch(text, pattern) or fnmatch.fnmatch(row.path, pattern)


# ------------------------------------------------------------------------------------------------ JSON lines

def run_jsonl(rules, lines, jurisdiction, out=sys.stdout):
    """One act a line in, its possible verdicts a line out, in the same order. A bad line says so and the rest goes on."""
    builder, status = Builder(rules), 0
    for line in lines:
        if not line.strip():
            continue
        answer = {"id": None}
        try:
            table = json.loads(line)
            answer["id"] = table.get("id") if isinstance(table, dict) else None
            judged = Judged(rules, builder.build(table), jurisdiction)
            answer |= {"skipped": True} if judged.possible is None else {"possible": judged.names()}
        except (Bad, ValueError, TypeError, AttributeError) as error:
            answer["error"], status = str(error), 1
        print(json.dumps(answer, ensure_ascii=False), file=out)
    return status


# ------------------------------------------------------------------------------------------------ self-test

SELF_WORDS = """# Words

```toml regime
id = "x/kp"
title = "Test"
jurisdiction = "x"
says = "Reached when it goes there or a party belongs there."
when.any = [{ to = "KP" }, { from = "KP" }, { party = { tied = "KP" } }]
```

```toml words
id = "giving"
kinds = ["sale", "gift"]
```

```toml reach
id = "x/all"
says = "Everybody."
binds = ["giver"]
```

```toml judgement
id = "aid"
question = "Is it aid?"
by = "us"
```

```toml judgement
id = "within"
question = "Within?"
by = "us"
```

```toml purpose
id = "aid"
judgement = "aid"
question = "Is it aid?"
```
"""

SELF_LAW = """# Law

```toml instrument
id = "x/1"
regime = "x/kp"
issuer = "X"
symbol = "X 1"
title = "Test"
adopted = 2017-01-01
source = "none"
confidence = "recalled"
paragraphs = 3
```

## ¶1 Machines

Machines, but not parts; the parts way out does not hold for arms.

```toml prohibition
id = "x/1#1"
title = "Machines"
says = "No machines."
from = 2017-01-01
to = 2017-12-31
reach = "x/all"
when.all = [{ act = "giving" }, { to = "KP" }, { item = { hs = ["84-85"] } }]
confidence = "recalled"
```

```toml exemption
id = "x/1#1/aid"
says = "Aid is free."
defeats = ["x/1#1"]
when = { purpose = "aid" }
confidence = "recalled"
```

```toml exemption
id = "x/1#1/new"
says = "Aid with new machines is not."
defeats = ["x/1#1/aid"]
when = { item = { condition = "new" } }
confidence = "recalled"
```

## ¶2 Luxury

Luxury, with two ways out.

```toml prohibition
id = "x/1#2"
title = "Luxury"
says = "No luxury."
from = 2017-01-01
reach = "x/all"
when.all = [{ to = "KP" }, { item = { list = "x/luxury" } }]
confidence = "recalled"
```

```toml list
id = "x/luxury"
title = "Luxury"
file = "luxury.csv"
question = "Luxury?"
confidence = "recalled"
```

```toml derogation
id = "x/1#2/committee"
says = "The committee may."
defeats = ["x/1#2"]
authority = "x/committee"
route = "specific"
when = { purpose = "aid" }
confidence = "recalled"
```

```toml derogation
id = "x/1#2/anything"
says = "The committee may always."
defeats = ["regime:x/kp"]
from = 2018-01-01
authority = "x/committee"
route = "discretionary"
confidence = "recalled"
```

## ¶3 Oil

Oil under a cap.

```toml prohibition
id = "x/1#3"
title = "Oil"
says = "No oil."
from = 2017-01-01
reach = "x/all"
when.all = [{ to = "KP" }, { item = { hs = ["2710"] } }, { not = { contract-before = 2017-06-01 } }]
confidence = "recalled"
```

```toml exemption
id = "x/1#3/cap"
says = "Within the cap."
defeats = ["x/1#3"]
when = { within = { limit = "x/cap", counter = "x/count", judgement = "within" } }
confidence = "recalled"
```

```toml parameter
id = "x/cap"
unit = "barrel"
period = "calendar-year"
values = [{ from = 2017-01-01, to = 2017-12-31, value = 600, by = "x/1#3" }]
```
"""

SELF_LIST = """entry,text,hs,match,words,not_words,over,basis,from,to
yachts,Yachts,8903,certain,yacht,,,text,,
watches,Watches,9102,possible,watch,,,text,,
rugs,Rugs,5701,certain,rug,,USD 500,text,,
"""

SELF_CASES = [  # change of {kind: sale, on: 2017-05-01, for: KP, items: [{hs: 8401}]} → possible verdicts, worked out by hand
    ({}, "permitted prohibited"),                                                   # aid or not
    ({"judgements": {"aid": "no"}}, "prohibited"),
    ({"judgements": {"aid": "yes"}}, "permitted prohibited"),                       # new or used decides
    ({"judgements": {"aid": "yes"}, "items": [{"hs": "8401", "condition": "used"}]}, "permitted"),
    ({"judgements": {"aid": "yes"}, "items": [{"hs": "8401", "condition": "new"}]}, "prohibited"),
    ({"on": "2018-01-01"}, "permitted"),
    ({"on": "2017-12", "judgements": {"aid": "no"}}, "prohibited"),
    ({"on": None, "judgements": {"aid": "no"}}, "permitted prohibited"),
    ({"on": None, "items": [{"hs": "8903"}], "judgements": {"aid": "yes"}, "parties": [{"role": "recipient"}, {"role": "supplier"}]},
     "out_of_scope permitted needs_authorisation"),                                 # each day adds its own
    ({"kind": "loan"}, "permitted"),
    ({"kind": None, "judgements": {"aid": "no"}}, "permitted prohibited"),
    ({"parties": [{"role": "recipient", "nationality": ["MN"]}, {"role": "supplier", "nationality": "CN"}]},
     "out_of_scope permitted prohibited"),                                          # no destination: it may go to KP
    ({"parties": [{"role": "recipient", "nationality": ["MN"]}, {"role": "supplier", "nationality": "CN"}],
      "places": {"destination": "MN"}}, "out_of_scope"),
    ({"parties": [{"role": "recipient", "nationality": ["KP"], "located_in": "CN", "type": "company"}],
      "places": {"destination": "CN", "origin": "CN"}, "judgements": {"aid": "no"}}, "permitted"),      # it stays in China
    ({"parties": [{"role": "recipient", "nationality": ["KP"], "located_in": "CN", "type": "government"}],
      "places": {"destination": "CN", "origin": "CN"}, "judgements": {"aid": "no"}}, "permitted prohibited"),
    ({"kind": "loan", "contract_date": "2017-01-01", "items": [{"is_not": ["x/luxury"]}]}, "permitted"),  # no code, none of its codes
    ({"kind": "loan", "contract_date": "2017-01-01", "items": [{}], "judgements": {"aid": "no"}}, "permitted prohibited"),
    ({"items": [{"hs": "8903"}]}, "needs_authorisation prohibited"),
    ({"items": [{"hs": "8903"}], "judgements": {"aid": "yes"}}, "needs_authorisation"),
    ({"items": [{"hs": "8903"}], "judgements": {"aid": "no"}}, "prohibited"),
    ({"items": [{"hs": "8903"}], "judgements": {"aid": "yes"}, "approvals": [{"authority": "x/committee", "on": "2017-01-01"}]},
     "permitted"),
    ({"items": [{"hs": "8903"}], "judgements": {"aid": "no"}, "approvals": [{"authority": "x/committee", "on": "2017-01-01"}]},
     "prohibited"),                                                                 # the general power comes in 2018
    ({"on": "2018-02-02", "items": [{"hs": "8903"}], "judgements": {"aid": "no"},
      "approvals": [{"authority": "x/committee", "on": "2017-01-01"}]}, "permitted"),
    ({"items": [{"hs": "9102"}], "judgements": {"aid": "no"}}, "permitted prohibited"),
    ({"items": [{"hs": "9102", "is_not": ["x/luxury"]}]}, "permitted"),
    ({"items": [{"is": ["x/luxury"], "hs": "2203"}], "judgements": {"aid": "no"}}, "prohibited"),
    ({"items": [{"hs": "5701", "value": "501 USD", "quantity": "1 item"}], "judgements": {"aid": "no"}}, "prohibited"),
    ({"items": [{"hs": "5701", "value": "500 USD", "quantity": "1 item"}], "judgements": {"aid": "no"}}, "permitted"),
    ({"items": [{"hs": "5701", "value": "1001 USD", "quantity": "2 item"}], "judgements": {"aid": "no"}}, "prohibited"),
    ({"items": [{"hs": "5701", "value": "900 USD"}], "judgements": {"aid": "no"}}, "permitted prohibited"),
    ({"items": [{"hs": "5701", "value": "499 USD"}], "judgements": {"aid": "no"}}, "permitted"),
    ({"items": [{"hs": "2203"}, {"hs": "8903"}], "judgements": {"aid": "yes"}}, "needs_authorisation"),
    ({"items": [{"description": "a thing"}], "judgements": {"aid": "no"}}, "permitted prohibited"),
    ({"items": [{"hs": "2710", "quantity": "601 barrel"}], "contract_date": "2017-06-01"}, "prohibited"),
    ({"items": [{"hs": "2710", "quantity": "601 barrel"}], "contract_date": "2017-05-31"}, "permitted"),
    ({"items": [{"hs": "2710", "quantity": "601 barrel"}]}, "permitted prohibited"),
    ({"items": [{"hs": "2710", "quantity": "101 t"}], "contract_date": "2017-07"}, "prohibited"),
    ({"items": [{"hs": "2710", "quantity": "99 t"}], "contract_date": "2017-07"}, "permitted prohibited"),
    ({"items": [{"hs": "2710", "quantity": "50 t"}], "contract_date": "2017-07",
      "counters": {"x/count": {"at_least": 0, "at_most": 150, "unit": "barrel"}}}, "permitted"),
    ({"items": [{"hs": "2710", "quantity": "50 t"}], "contract_date": "2017-07",
      "counters": {"x/count": {"at_least": 301, "unit": "barrel"}}}, "prohibited"),
    ({"items": [{"hs": "2710"}], "contract_date": "2017-07", "counters": {"x/count": "1 barrel"}}, "permitted prohibited"),
    ({"items": [{"hs": "2710"}], "contract_date": "2017-07", "judgements": {"within": "yes"}}, "permitted"),
    ({"on": "2018-01-01", "items": [{"hs": "2710"}], "contract_date": "2017-07", "judgements": {"within": "yes"}}, "prohibited"),
]

SELF_BROKEN = [  # a replacement in the law → the problem it must cause
    ("when.all = [{ to = \"KP\" }, { item = { list", "when.all = [{ too = \"KP\" }, { item = { list", "unknown condition `too`"),
    ("defeats = [\"x/1#2\"]", "defeats = [\"x/1#9\"]", "unknown prohibition, exception or regime `x/1#9`"),
    ("title = \"Oil\"", "titel = \"Oil\"", "`prohibition` has no field `titel`"),
    ("```toml parameter", "```toml paramter", "unknown block `paramter`"),
    ("route = \"specific\"", "route = \"special\"", "`route` is"),
    ("paragraphs = 3", "paragraphs = 4", "paragraph 4 has no heading"),
    ("defeats = [\"x/1#1\"]", "defeats = [\"x/1#1\", \"x/1#1/new\"]", "rests on itself"),
    ("file = \"luxury.csv\"", "file = \"luxus.csv\"", "there is no"),
    ("to = 2017-12-31\nreach", "to = 2017-13-31\nreach", "not TOML"),
]


# A second tiny world: seven authorities, each for one part of the form of law files.

def self_block(kind, id, body, **more):
    """One block; what every block of its kind needs and no test turns on is filled in."""
    if kind in PROVISIONS or kind == "contest":
        more = {"title": "T", "says": "S."} | more
        body += '\nconfidence = "recalled"'
    if kind == "prohibition":
        more = {"reach": "g/all"} | more
    if kind in MAY_BE_CONTESTED and "periods" not in body:
        body += "\nfrom = 2017-01-01"
    given = "".join(f'{name} = "{value}"\n' for name, value in more.items())
    return f'```toml {kind}\nid = "{id}"\n{given}{body}\n```\n\n'


def self_page(id, regime, unit, *paragraphs):
    """A law file with these (heading, blocks)."""
    head = self_block("instrument", id, 'adopted = 2017-01-01\nconfidence = "recalled"', regime=regime, issuer="X", symbol="X", title="T",
                      source="none", unit=unit)
    return "# Law\n\n" + head + "".join(f"## ¶{heading}\n\nWords.\n\n{''.join(blocks)}" for heading, *blocks in paragraphs)


def self_regime(id, when, more=""):
    return self_block("regime", id, f"when = {when}\n{more}", title="T", jurisdiction=id[0], says="S.")


CLUB_OR_NATIONAL = '{ any = [{ in = "club" }, { party = { national = "club" } }] }'
WIDE_FILES = {
    "law/g/words.md": "".join([
        self_block("words", "club", """countries = ["DE", "FR"]
while = [{ country = "GB", to = 2020-01-31 }, { country = "MN", from = 2019-03-01, to = 2019-06-30 }]"""),
        self_block("words", "solo", 'countries = ["CN"]'),
        self_block("words", "later", 'countries = []\nwhile = [{ country = "CN", from = 2018-01-01 }]'),
        self_block("reach", "g/all", 'says = "All."\nbinds = ["persons"]\nof = "club"'),
        self_block("judgement", "aid", 'question = "Aid?"\nby = "us"'),
        self_block("judgement", "free", 'question = "Free?"\nby = "us"'),
        self_regime("g/club", CLUB_OR_NATIONAL),
        self_regime("t/land", '{ in = "club" }'),
        self_regime("p/part", '{ to = "KP" }', 'encoded = "partly"\nlacks = "The rest."'),
        self_regime("n/dark", '{ to = "KP" }', 'encoded = false\nlists = ["m/far"]'),
        self_regime("m/one", '{ to = "KP" }', 'lists = ["m/far"]'),
        self_regime("m/two", '{ any = [{ to = "KP" }, { party = { is = "designated" } }] }', 'lists = ["m/far"]'),
        self_regime("e/kp", '{ any = [{ to = "KP" }, { from = "KP" }, { party = { is = "designated" } }] }'),
        self_regime("e/mn", '{ any = [{ to = "MN" }, { party = { is = "designated" } }] }'),
        self_regime("e/old", '{ any = [{ to = "CN" }, { party = { is = "designated" } }] }',
                    'periods = [{ from = 2017-02-01, to = 2017-12-15 }, { from = 2021-06-10, to = 2021-06-20 }]'),
        self_regime("h/kp", '{ any = [{ to = "KP" }, { party = { is = "designated" } }] }', 'from = 2016-06-15'),
        self_regime("h/dark", '{ any = [{ to = "MN" }, { party = { is = "designated" } }] }', 'encoded = false\nto = 2018-12-31'),
    ]),
    "law/g/deep/1.md": self_page(
        "g/1", "g/club", "Art.",
        ("16p Machines",
         self_block("prohibition", "g/1#16p", 'implements = ["m/1#machines"]\nwhen.all = [{ to = "KP" }, { item = { hs = ["8401"] } }]')),
        ("510.206 Groups",
         self_block("prohibition", "g/1#510.206/from", 'when.all = [{ from = "club" }, { item = { hs = ["8903"] } }]'),
         self_block("prohibition", "g/1#510.206/from-one", 'when.all = [{ from = "solo" }, { item = { hs = ["8901"] } }]'),
         self_block("prohibition", "g/1#510.206/from-later", 'when.all = [{ from = "later" }, { item = { hs = ["8906"] } }]'),
         self_block("prohibition", "g/1#510.206/to-later", 'when.all = [{ to = "later" }, { item = { hs = ["8907"] } }]'),
         self_block("prohibition", "g/1#510.206/in-later", 'when.all = [{ in = "later" }, { item = { hs = ["8908"] } }]'),
         self_block("prohibition", "g/1#510.206/national-later",
                    'when.all = [{ party = { role = "broker", national = "later" } }, { item = { hs = ["0105"] } }]'),
         self_block("prohibition", "g/1#510.206/national",
                    'when.all = [{ party = { role = "broker", national = "club" } }, { item = { hs = ["0104"] } }]'),
         self_block("prohibition", "g/1#510.206/to", 'when.all = [{ to = "club" }, { item = { hs = ["8902"] } }]'),
         self_block("prohibition", "g/1#510.206/via", 'when.all = [{ via = "club" }, { item = { hs = ["8905"] } }]'),
         self_block("prohibition", "g/1#510.206/located",
                    'when.all = [{ party = { role = "broker", located = "club" } }, { item = { hs = ["0101"] } }]'),
         self_block("prohibition", "g/1#510.206/tied",
                    'when.all = [{ party = { role = "broker", tied = "club" } }, { item = { hs = ["0102"] } }]'),
         self_block("prohibition", "g/1#510.206/government",
                    'when.all = [{ party = { role = "broker", government = "club" } }, { item = { hs = ["0103"] } }]')),
        ("3 Money",
         self_block("prohibition", "g/1#3", """when.all = [{ act = "payment" }, { party = { role = "recipient", national = "KP" } },
  { item = { total-over = { amount = 15000, currency = "EUR" } } }, { not = { approved = "g/office" } }]"""),
         self_block("prohibition", "g/1#3/each",
                    'when.all = [{ item = { hs = ["5701"] } }, { item = { over = { amount = 500, currency = "EUR" } } }]')),
        ("4 Disputed",
         self_block("contest", "g/1#4/alive", """question = "Alive?"
readings = [{ answer = "yes", says = "It is.", held-by = ["A"] }, { answer = "no", says = "It is not.", held-by = [] }]"""),
         self_block("prohibition", "g/1#4", """when.all = [{ to = "CN" }, { item = { hs = ["9301"] } }]
periods = [{ from = 2017-01-01, to = 2018-06-30 }, { from = 2018-01-01, contested-by = "g/1#4/alive" }]"""),
         self_block("prohibition", "g/1#4/also", """when.all = [{ to = "CN" }, { item = { hs = ["9302"] } }]
periods = [{ from = 2018-01-01, contested-by = "g/1#4/alive" }]"""),
         self_block("derogation", "g/1#4/way", 'defeats = ["g/1#4/also"]', authority="g/office", route="specific")),
        ("6 Shown",
         self_block("exposure", "g/1#6", """when = { to = "KP" }
periods = [{ from = 2017-01-01, to = 2017-12-31 }, { from = 2018-01-01, contested-by = "g/1#4/alive" }]"""),
         self_block("conflict", "g/1#6/against", 'with = ["m/one", "m/1#machines"]\nwhen = { to = "KP" }'),
         self_block("duty", "g/1#6/tell", 'when = { to = "KP" }', reach="g/all", must="Tell."),
         self_block("list", "g/goods", 'confidence = "recalled"', title="T", file="goods.csv", question="Goods?"))),
    "law/g/lists/goods.csv": SELF_LIST,
    "law/t/1.md": self_page("t/1", "t/land", "s.", ("1 Everything", self_block("prohibition", "t/1#1", "when = { always = true }"))),
    "law/p/1.md": self_page(
        "p/1", "p/part", "reg.",
        ("1 Machines",
         self_block("prohibition", "p/1#1", 'when = { item = { hs = ["8401"] } }'),
         self_block("derogation", "p/1#1/aid", 'defeats = ["p/1#1"]\nwhen = { judgement = "aid" }', authority="p/office",
                    route="specific"))),
    # Under e/kp machines may not go to the listed, under e/mn nothing may without an approval, under e/old no parts.
    "law/e/kp.md": self_page(
        "e/1", "e/kp", "s.",
        ("1 Listed",
         self_block("prohibition", "e/1#1", 'when.all = [{ item = { hs = ["8401"] } }, { party = { is = "designated" } }]')),
        ("2 Early",
         self_block("prohibition", "e/1#2", 'when = { item = { hs = ["8404"] } }\nperiods = [{ from = 2016-01-01 }]'),
         self_block("exemption", "e/1#2/early", 'defeats = ["regime:e/kp"]\nfrom = 2016-03-01\nwhen = { act = "gift" }'),
         self_block("exemption", "e/1#2/until", 'defeats = ["regime:e/kp"]\nto = 2016-03-31\nwhen = { act = "travel" }'),
         self_block("exemption", "e/1#2/whole", 'defeats = ["regime:e/kp"]\nwhen = { act = "donation" }'),
         self_block("exemption", "e/1#2/one", 'defeats = ["e/1#2"]\nwhen = { act = "training" }'))),
    "law/e/mn.md": self_page(
        "e/2", "e/mn", "s.",
        ("1 Listed",
         self_block("prohibition", "e/2#1", 'when = { party = { is = "designated" } }'),
         self_block("derogation", "e/2#1/way", 'defeats = ["e/2#1"]', authority="e/office", route="specific")),
        ("2 Shown", self_block("exposure", "e/2#2", "when = { always = true }"))),
    "law/e/old.md": self_page(
        "e/3", "e/old", "s.",
        ("1 Listed",
         self_block("prohibition", "e/3#1", 'when.all = [{ item = { hs = ["8402"] } }, { party = { is = "designated" } }]'),
         self_block("prohibition", "e/3#1/all", 'when = { item = { hs = ["8403"] } }'))),
    "law/h/1.md": self_page(
        "h/1", "h/kp", "s.",
        ("1 Listed",
         self_block("prohibition", "h/1#1",
                    'when.all = [{ item = { hs = ["8401"] } }, { party = { is = "designated" } }]\nperiods = [{ from = 2016-01-01 }]'))),
    "law/m/1.md": self_page(
        "m/1", "m/one", "measure",
        ("machines Machines",
         self_block("prohibition", "m/1#machines", 'when = { item = { hs = ["8401"] } }'),
         self_block("derogation", "m/1#machines/aid", 'defeats = ["m/1#machines"]\nwhen = { judgement = "aid" }', authority="m/office",
                    route="specific")),
        ("aid-goods Goods of aid",
         self_block("prohibition", "m/1#aid-goods", 'when.all = [{ item = { hs = ["8402"] } }, { judgement = "aid" }]'),
         self_block("prohibition", "m/1#aid-goods/strangers",
                    'when.all = [{ item = { hs = ["8403"] } }, { not = { party = { role = "recipient", is = "designated" } } }]'))),
    "law/m/2.md": self_page(
        "m/2", "m/two", "para.",
        ("1 Listed",
         self_block("prohibition", "m/2#1", 'when = { party = { role = "recipient", is = "designated" } }'),
         self_block("prohibition", "m/2#1/goods", 'when.all = [{ item = { hs = ["8402"] } }, { not = { judgement = "aid" } }]'),
         self_block("exemption", "m/2#1/free", 'defeats = ["m/1#machines", "m/2#1"]\nwhen = { judgement = "free" }'),
         self_block("exemption", "m/2#1/unlisted", """defeats = ["m/1#machines", "m/2#1"]
when.all = [{ act = "gift" }, { not = { party = { is = "designated" } } }]"""),
         self_block("derogation", "m/2#1/power", 'defeats = ["regime:m/one", "regime:m/two"]', authority="m/power",
                    route="discretionary"))),
}


def someone(role, **more):
    return {"role": role, **more}


def dealing(*parties, **more):
    """A change of the parties, and of more."""
    return {"parties": list(parties), **more}


KOREAN, CHINESE = someone("recipient", nationality=["KP"]), someone("supplier", nationality="CN")
GERMAN, BRITISH, MONGOLIAN = (someone("supplier", nationality=c) for c in ("DE", "GB", "MN"))
FRENCH = someone("recipient", nationality=["FR"])


def listed_as(*listings, **more):
    """The recipient may be, or surely is, one of these listings."""
    return {**KOREAN, "designations": [{"listing": "L", "regime": regime, "sure": sure, **more} for regime, sure in listings]}


def to_listed(code="8402", place=None, **more):
    """Goods or a loan for somebody who is said to be listed, without a word on where."""
    places = {"places": {"destination": place}} if place else {}
    return dealing({**KOREAN, "designated": True}, CHINESE, items=[{"hs": code}], **places, **more)


def loan_to_china(on, **more):
    return dealing({**KOREAN, **more}, CHINESE, kind="loan", items=[{"hs": "8403"}], places={"destination": "CN"}, on=on)


def with_broker(code, **more):
    return dealing(KOREAN, GERMAN, someone("broker", **more), items=[{"hs": code}])


def with_strangers(code, **more):
    return dealing(someone("recipient"), someone("supplier"), someone("broker", nationality="DE"), items=[{"hs": code}], **more)


def paying(**more):
    return dealing(KOREAN, GERMAN, kind="payment", items=[{"hs": "2203", **more}])


BOUND = {"aid": "yes", "free": "no"}
OFFICE = {"authority": "g/office", "on": "2017-01-01"}
WIDE_CASES = [  # authority, change of the same act as above → possible verdicts, worked out by hand
    # Groups of countries: who belongs to one, and from when to when.
    ("g", {}, "out_of_scope"),
    ("g", dealing(KOREAN, GERMAN), "prohibited"),
    ("g", dealing(KOREAN, BRITISH, on="2020-01-31"), "prohibited"),
    ("g", dealing(KOREAN, BRITISH, on="2020-02-01"), "out_of_scope"),
    ("g", dealing(KOREAN, MONGOLIAN, on="2019-02-28"), "out_of_scope"),
    ("g", dealing(KOREAN, MONGOLIAN, on="2019-03-01"), "prohibited"),
    ("g", dealing(KOREAN, MONGOLIAN, on="2019"), "out_of_scope prohibited"),          # the day of joining is a day to try
    ("g", dealing(KOREAN, MONGOLIAN, on="2019-06"), "prohibited"),
    ("g", dealing(KOREAN, someone("supplier")), "out_of_scope prohibited"),
    ("g", dealing(FRENCH, CHINESE, items=[{"hs": "8902"}]), "prohibited"),
    ("g", dealing(FRENCH, CHINESE, items=[{"hs": "8902"}], places={"destination": "MN"}), "permitted prohibited"),
    ("g", dealing(FRENCH, CHINESE, items=[{"hs": "8902"}], places={"destination": "MN"}, kind="loan"), "permitted"),
    ("g", dealing(KOREAN, GERMAN, items=[{"hs": "8902"}], places={"destination": "GB"}), "prohibited"),
    ("g", dealing(KOREAN, GERMAN, items=[{"hs": "8902"}], places={"destination": "GB"}, on="2020-02-01"), "permitted"),
    ("g", dealing(KOREAN, GERMAN, items=[{"hs": "8903"}]), "prohibited"),
    ("g", dealing(FRENCH, CHINESE, items=[{"hs": "8903"}]), "permitted"),             # the Chinese supplier is known
    ("g", dealing(FRENCH, someone("supplier"), items=[{"hs": "8903"}]), "permitted prohibited"),      # from one member to another
    ("g", dealing(someone("recipient", nationality="CN"), someone("supplier"), someone("broker", nationality="DE"),
                  items=[{"hs": "8901"}]), "permitted"),                             # what goes to China does not come from it
    ("g", with_strangers("8906"), "permitted"),                                      # a group in which nobody is yet
    ("g", with_strangers("8907"), "permitted"),
    ("g", with_strangers("8908"), "permitted"),
    ("g", with_broker("0105"), "permitted"),
    ("g", with_strangers("8906", on="2018-01-01"), "permitted prohibited"),
    ("g", with_strangers("8907", on="2018-01-01"), "permitted prohibited"),
    ("g", with_strangers("8908", on="2018-01-01"), "permitted prohibited"),
    ("g", with_broker("0105") | {"on": "2018-01-01"}, "permitted prohibited"),
    ("g", dealing(KOREAN, GERMAN, items=[{"hs": "8905"}], places={"transit": ["CN", "FR"]}), "prohibited"),
    ("g", dealing(KOREAN, GERMAN, items=[{"hs": "8905"}], places={"transit": ["CN"]}), "permitted"),
    ("g", with_broker("0101", nationality="CN", located_in="FR"), "prohibited"),
    ("g", with_broker("0101", nationality="FR"), "permitted"),
    ("g", with_broker("0104", nationality="CN", located_in="FR"), "permitted"),
    ("g", with_broker("0104", nationality=["CN", "FR"]), "prohibited"),
    ("g", with_broker("0104", located_in="FR"), "permitted prohibited"),
    ("g", with_broker("0104", located_in="CN"), "permitted"),
    ("g", with_broker("0102", nationality="CN", located_in="FR"), "prohibited"),
    ("g", with_broker("0102", nationality="FR"), "prohibited"),
    ("g", with_broker("0102", nationality="CN"), "permitted"),
    ("g", with_broker("0102"), "permitted prohibited"),
    ("g", with_broker("0103", acts_for="government of FR"), "prohibited"),
    ("g", with_broker("0103", acts_for="government of CN"), "permitted"),
    ("g", with_broker("0103", nationality="FR"), "permitted prohibited"),
    ("g", with_broker("0103", type="company", nationality="FR"), "permitted"),
    # Territory.
    ("t", {}, "out_of_scope"),
    ("t", {"places": {"origin": "FR"}}, "prohibited"),
    ("t", {"places": {"destination": "FR"}}, "prohibited"),
    ("t", {"places": {"transit": ["FR"]}}, "prohibited"),
    ("t", dealing(KOREAN, CHINESE, someone("broker", nationality="CN", located_in="DE")), "prohibited"),
    ("t", dealing(KOREAN, CHINESE, someone("broker", nationality="DE", located_in="CN")), "out_of_scope"),
    ("t", dealing(KOREAN, CHINESE, someone("broker", nationality="DE")), "out_of_scope prohibited"),   # he may be at home
    # Who only owns the giver does nothing; who owns where nobody gives may well.
    ("t", dealing(KOREAN, CHINESE, someone("owner", nationality="DE", located_in="DE")), "out_of_scope"),
    ("t", dealing(KOREAN, someone("owner", nationality="DE", located_in="DE")), "prohibited"),
    ("t", dealing(KOREAN, someone("supplier")), "out_of_scope prohibited"),
    ("t", dealing(KOREAN, someone("supplier"), places={"origin": "CN"}), "out_of_scope"),
    ("t", dealing(someone("recipient"), CHINESE), "out_of_scope prohibited"),
    ("t", dealing(someone("recipient"), CHINESE, places={"destination": "KP"}), "out_of_scope"),
    ("t", dealing(KOREAN, someone("supplier"), kind="loan"), "out_of_scope"),         # it stays, and one end is known
    ("t", dealing(someone("recipient"), someone("supplier"), kind="loan"), "out_of_scope prohibited"),
    ("t", {"items": [{"hs": "8401", "origin": "DE"}]}, "out_of_scope"),               # made there, but nothing happens there
    ("t", dealing(KOREAN, someone("supplier"), items=[{"hs": "8401", "origin": "CN"}]), "out_of_scope prohibited"),
    # A sum as a whole, and an approval as a condition.
    ("g", paying(value="15001 EUR"), "prohibited"),
    ("g", paying(value="15000 EUR"), "permitted"),
    ("g", paying(value="15001 EUR", quantity="2 item"), "prohibited"),
    ("g", paying(), "permitted prohibited"),
    ("g", paying(value="90000 USD"), "permitted prohibited"),                         # of dollars nobody knows how many euros
    ("g", paying(value="15001 EUR") | {"approvals": [OFFICE]}, "permitted"),
    ("g", paying(value="15001 EUR") | {"approvals": [OFFICE | {"until": "2017-04-30"}]}, "prohibited"),
    ("g", paying(value="15001 EUR") | {"approvals": [OFFICE | {"authority": "m/power"}]}, "prohibited"),
    ("g", paying(value="15001 EUR", description="rent") | {"approvals": [OFFICE | {"covers": ["rent"]}]}, "permitted"),
    ("g", paying(value="15001 EUR", description="wages") | {"approvals": [OFFICE | {"covers": ["rent"]}]}, "prohibited"),
    ("g", paying(value="15001 EUR") | {"approvals": [OFFICE | {"covers": ["rent"]}]}, "permitted prohibited"),
    ("g", dealing(KOREAN, GERMAN, items=[{"hs": "5701", "value": "20000 EUR", "quantity": "100 item"}]), "permitted"),
    # A contested period.
    ("g", {"places": {"destination": "CN", "origin": "DE"}, "items": [{"hs": "9301"}]}, "prohibited"),
    ("g", {"places": {"destination": "CN", "origin": "DE"}, "items": [{"hs": "9301"}], "on": "2018-06-30"}, "prohibited"),
    ("g", {"places": {"destination": "CN", "origin": "DE"}, "items": [{"hs": "9301"}], "on": "2018-07-01"}, "permitted prohibited"),
    ("g", {"places": {"destination": "CN", "origin": "DE"}, "items": [{"hs": "9301"}], "on": "2018-07-01",
           "judgements": {"g/1#4/alive": "yes"}}, "prohibited"),
    ("g", {"places": {"destination": "CN", "origin": "DE"}, "items": [{"hs": "9301"}], "on": "2018-07-01",
           "judgements": {"g/1#4/alive": "no"}}, "permitted"),
    ("g", {"places": {"destination": "CN", "origin": "DE"}, "items": [{"hs": "9301"}], "on": "2018-06-30",
           "judgements": {"g/1#4/alive": "no"}}, "prohibited"),                       # until then nobody contests it
    ("g", {"places": {"destination": "CN", "origin": "DE"}, "items": [{"hs": "9302"}], "on": "2018-01-01"},
     "permitted needs_authorisation"),
    ("g", {"places": {"destination": "CN", "origin": "DE"}, "items": [{"hs": "9301"}, {"hs": "9302"}], "on": "2018-07-01"},
     "permitted prohibited"),                                                         # one answer for both rules
    # A regime written down in part: only what it leaves permitted is open.
    ("p", {"items": [{"hs": "2203"}]}, "permitted needs_authorisation prohibited"),
    ("p", {"judgements": {"aid": "no"}}, "prohibited"),
    ("p", {"judgements": {"aid": "yes"}}, "needs_authorisation"),
    ("p", {}, "needs_authorisation prohibited"),
    ("p", {"judgements": {"aid": "yes"}, "approvals": [{"authority": "p/office", "on": "2017-01-01"}]},
     "permitted needs_authorisation prohibited"),
    ("p", {"judgements": {"aid": "yes"}, "items": [{"hs": "8401"}, {"hs": "2203"}]}, "needs_authorisation prohibited"),
    ("p", {"items": [{"hs": "2203"}], "places": {"destination": "MN", "origin": "CN"}, "kind": "loan"}, "out_of_scope"),
    ("p", dealing(someone("recipient"), CHINESE, items=[{"hs": "2203"}]), "out_of_scope permitted"),      # not surely reached
    ("p", dealing(someone("recipient"), CHINESE, judgements={"aid": "no"}), "out_of_scope prohibited"),
    # A regime not written down.
    ("n", {}, "permitted needs_authorisation prohibited"),
    ("n", dealing(someone("recipient"), CHINESE), "out_of_scope"),                    # only what surely concerns it
    ("n", dealing(listed_as(("n/dark", False)), CHINESE, places={"destination": "MN"}, kind="loan"), "out_of_scope"),
    ("n", dealing(listed_as(("n/dark", False)), CHINESE, places={"destination": "MN"}),
     "permitted needs_authorisation prohibited"),                                     # it may go on to KP
    ("n", dealing(listed_as(("m/far", False)), CHINESE, places={"destination": "MN"}, kind="loan"), "out_of_scope"),
    ("n", dealing(listed_as(("m/far", False)), CHINESE, places={"destination": "MN"}),
     "permitted needs_authorisation prohibited"),                                     # it may go on to KP
    ("n", dealing(listed_as(("m/one", True)), CHINESE, places={"destination": "MN"}, kind="loan"), "out_of_scope"),
    # Several regimes of one authority: the worst decides, and each looks at its own listings and at those of its `lists`.
    ("m", {"judgements": BOUND}, "needs_authorisation"),
    ("m", dealing({**KOREAN, "designated": True}, CHINESE, judgements=BOUND), "prohibited"),
    ("m", dealing(listed_as(("m/two", True)), CHINESE, judgements=BOUND), "prohibited"),
    ("m", dealing(listed_as(("m/far", True)), CHINESE, judgements=BOUND), "prohibited"),
    ("m", dealing(listed_as(("m/far", False)), CHINESE, judgements=BOUND), "needs_authorisation prohibited"),
    ("m", dealing(listed_as(("m/one", True)), CHINESE, judgements=BOUND), "needs_authorisation"),
    ("m", dealing(listed_as(("m/far", True), to="2017-04-30"), CHINESE, judgements=BOUND), "needs_authorisation"),
    ("m", dealing({**listed_as(("m/far", True)), "designated": False}, CHINESE, judgements=BOUND), "needs_authorisation"),
    ("m", dealing({**KOREAN, "designated": ["m/two"]}, CHINESE, judgements=BOUND), "prohibited"),
    ("m", dealing({**KOREAN, "designated": ["m/far", "m/one"]}, CHINESE, judgements=BOUND), "prohibited"),
    ("m", dealing({**KOREAN, "designated": ["m/one"]}, CHINESE, judgements=BOUND), "needs_authorisation"),
    ("m", dealing({**KOREAN, "designated": []}, CHINESE, judgements=BOUND), "needs_authorisation"),
    ("n", dealing({**KOREAN, "designated": ["m/far"]}, CHINESE, places={"destination": "MN"}, kind="loan"), "out_of_scope"),
    ("n", dealing({**KOREAN, "designated": ["m/far"]}, CHINESE, places={"destination": "MN"}),
     "permitted needs_authorisation prohibited"),
    ("m", dealing({**KOREAN, "designated": True}, CHINESE, judgements={"aid": "yes", "free": "yes"}), "permitted"),
    ("m", dealing({**KOREAN, "designated": True}, CHINESE, judgements={"aid": "yes", "free": "no"},
                  approvals=[{"authority": "m/power", "on": "2017-01-01"}]), "permitted"),
    ("m", {"items": [{"hs": "8402"}]}, "prohibited"),                                 # aid or not, one of the two regimes forbids it
    ("m", dealing(listed_as(("m/far", False)), CHINESE, items=[{"hs": "8403"}], judgements=BOUND), "prohibited"),     # one listing for both
    ("m", dealing(listed_as(("m/one", False), ("m/two", False)), CHINESE, items=[{"hs": "8403"}], judgements=BOUND),
     "permitted prohibited"),
    # An exception of several regimes asks each time for the listings of the regime in which it lifts.
    ("m", dealing(listed_as(("m/two", True)), CHINESE, kind="gift", judgements={"free": "no"}, items=[{"hs": "8401"}]), "prohibited"),
    ("m", dealing({**listed_as(("m/one", True)), "role": "supplier"}, KOREAN, kind="gift", judgements={"aid": "no", "free": "no"}),
     "prohibited"),
    ("m", dealing({**listed_as(("m/two", True)), "role": "supplier"}, KOREAN, kind="gift", judgements={"aid": "no", "free": "no"}),
     "permitted"),
    # A regime with days of its own: outside them it does not exist, whatever its rules say of themselves.
    ("e", loan_to_china("2017-01-31"), "out_of_scope"),                               # the rule is in force, the regime is not yet there
    ("e", loan_to_china("2017-02-01"), "prohibited"),
    ("e", loan_to_china("2017-12-15"), "prohibited"),
    ("e", loan_to_china("2017-12-16"), "out_of_scope"),
    ("e", loan_to_china("2021-06-09"), "out_of_scope"),
    ("e", loan_to_china("2021-06-10"), "prohibited"),
    ("e", loan_to_china("2021-06-21"), "out_of_scope"),
    ("e", loan_to_china("2017-01"), "out_of_scope"),
    ("e", loan_to_china("2017-03"), "prohibited"),
    ("e", loan_to_china("2017-12"), "out_of_scope prohibited"),                       # nothing but the regime changes in that month
    ("e", loan_to_china("2021-06"), "out_of_scope prohibited"),
    ("e", loan_to_china("2018"), "out_of_scope"),
    ("e", loan_to_china("2017-12-16", designations=[{"listing": "L", "regime": "e/old", "sure": True}]), "out_of_scope"),
    ("h", dealing(listed_as(("h/kp", True)), CHINESE, on="2016-06-14"), "out_of_scope"),
    ("h", dealing(listed_as(("h/kp", True)), CHINESE, on="2016-06-15", places={"destination": "KP"}), "prohibited"),
    ("h", dealing(listed_as(("h/kp", True)), CHINESE, on="2016-06"), "out_of_scope prohibited"),
    ("h", dealing(listed_as(("h/dark", True)), CHINESE, kind="loan", on="2018-12-31", places={"destination": "CN"}),
     "permitted needs_authorisation prohibited"),
    ("h", dealing(listed_as(("h/dark", True)), CHINESE, kind="loan", on="2019-01-01", places={"destination": "CN"}), "out_of_scope"),
    # Listed, without a word on where: under the regimes that the act surely concerns apart from that.
    ("e", to_listed("8401"), "prohibited"),
    ("e", to_listed(), "permitted"),                                                  # it may go to MN too, which does not count
    ("e", to_listed(place="MN"), "needs_authorisation"),                              # from there it may go on to KP, nor does that
    ("e", to_listed(place="CN"), "prohibited"),
    ("e", to_listed("8401", "CN"), "permitted"),                                      # e/kp has no say
    ("e", to_listed(place="MN", approvals=[{"authority": "e/office", "on": "2017-01-01"}]), "permitted"),
    ("e", dealing({**KOREAN, "designated": True}, CHINESE, kind="loan", items=[{"hs": "8402"}, {"hs": "8402", "origin": "KP"}],
                  places={"destination": "DE"}), "permitted"),                        # one item of KP is enough
    # If there is none, under those that it may concern.
    ("e", to_listed("8401", "CN", on="2018-01-01"), "prohibited"),                    # e/old is over, and it may go on to KP
    ("e", to_listed("8402", "CN", on="2018-01-01"), "permitted"),
    ("e", dealing(someone("recipient", designated=True), CHINESE, items=[{"hs": "8402"}]), "prohibited"),
    ("e", dealing(someone("recipient", designated=True), CHINESE, items=[{"hs": "8402"}], on="2018-01-01"), "needs_authorisation"),
    # If there is none of these either, under all.
    ("e", to_listed("8401", "DE", kind="loan"), "prohibited"),
    ("e", to_listed("8402", "DE", kind="loan"), "prohibited"),
    ("e", to_listed("8402", "DE", kind="loan", on="2018-01-01"), "needs_authorisation"),
    ("e", to_listed("8404", "DE", kind="loan", on="2016-12-31"), "prohibited"),
    # On some day that it may fall on.
    ("e", to_listed("8402", "CN", kind="loan", on=None), "out_of_scope prohibited"),
    ("e", to_listed("8402", "CN", kind="loan", on="2021-06"), "out_of_scope prohibited"),
    ("e", to_listed("8402", "CN", kind="loan", on="2021-07"), "needs_authorisation"),
    # Listed under regimes that are named, or said not to be: as ever, and another party's word on where is a fact like any other.
    ("e", dealing({**KOREAN, "designated": ["e/mn"]}, CHINESE, items=[{"hs": "8402"}], places={"destination": "KP"}),
     "needs_authorisation"),
    ("e", dealing({**KOREAN, "designated": False}, CHINESE, items=[{"hs": "8402"}], places={"destination": "KP"}), "permitted"),
    ("e", dealing({**KOREAN, "designated": True}, {**CHINESE, "designated": ["e/mn"]}, items=[{"hs": "8402"}],
                  places={"destination": "KP"}), "needs_authorisation"),
    ("e", dealing({**KOREAN, "designated": True}, {**CHINESE, "designated": False}, items=[{"hs": "8402"}],
                  places={"destination": "KP"}), "permitted"),
    # A regime that is not written down is weighed like the others.
    ("h", to_listed("8402", "MN", kind="loan"), "permitted needs_authorisation prohibited"),
    ("h", to_listed("8401", "MN", kind="loan"), "permitted needs_authorisation prohibited"),
    ("h", to_listed("8402", "KP"), "permitted"),
    ("h", to_listed("8402", "KP", on="2019-01-01"), "permitted"),
    # An exception on its own days, which may begin before its instrument was adopted; one without any from the adoption.
    ("e", {"kind": "gift", "items": [{"hs": "8404"}], "places": {"destination": "KP"}, "on": "2016-02-29"}, "prohibited"),
    ("e", {"kind": "gift", "items": [{"hs": "8404"}], "places": {"destination": "KP"}, "on": "2016-03-01"}, "permitted"),
    ("e", {"kind": "travel", "items": [{"hs": "8404"}], "places": {"destination": "KP"}, "on": "2016-03-31"}, "permitted"),
    ("e", {"kind": "travel", "items": [{"hs": "8404"}], "places": {"destination": "KP"}, "on": "2016-04-01"}, "prohibited"),
    ("e", {"kind": "donation", "items": [{"hs": "8404"}], "places": {"destination": "KP"}, "on": "2016-12-31"}, "prohibited"),
    ("e", {"kind": "donation", "items": [{"hs": "8404"}], "places": {"destination": "KP"}, "on": "2017-01-01"}, "permitted"),
    ("e", {"kind": "training", "items": [{"hs": "8404"}], "places": {"destination": "KP"}, "on": "2016-12-31"}, "prohibited"),
    ("e", {"kind": "training", "items": [{"hs": "8404"}], "places": {"destination": "KP"}, "on": "2017-01-01"}, "permitted"),
]

WIDE_CLAIMS = [  # authority, change, a part of a `because` cell, whether it is right
    ("g", {}, "exposure g/1#6", True),                                                # shown although the regime is out of reach
    ("g", {}, "not g/1#6", False),
    ("g", {}, "duty g/1#6", False),
    ("g", {}, "conflict g/1#6", False),
    ("g", {}, "g/1#6", False),
    ("g", {}, "conflict g/1#6/against", True),
    ("g", {}, "not g/1#6/against", False),
    ("g", {}, "exposure g/1#6/against", False),
    ("g", {}, "duty g/1#6/tell", True),
    ("g", {}, "not g/1#6/tell", False),
    ("m", {}, "exposure g/1#6", False),                                               # another authority's law
    ("m", {}, "not g/1#6", True),
    ("g", {"places": {"destination": "MN"}, "kind": "loan"}, "exposure g/1#6", False),
    ("g", {"places": {"destination": "MN"}, "kind": "loan"}, "not g/1#6", True),
    ("g", {"places": {"destination": "MN"}, "kind": "loan"}, "conflict g/1#6/against", False),
    ("g", {"places": {"destination": "MN"}, "kind": "loan"}, "not g/1#6/against", True),
    ("g", dealing(someone("recipient"), CHINESE), "exposure g/1#6", False),           # it may be shown, which is not to be shown
    ("g", dealing(someone("recipient"), CHINESE), "not g/1#6", True),
    ("g", {"on": "2018-01-01"}, "exposure g/1#6", False),
    ("g", {"on": "2018-01-01", "judgements": {"g/1#4/alive": "yes"}}, "exposure g/1#6", True),
    ("g", {"on": "2018-01-01", "judgements": {"g/1#4/alive": "no"}}, "not g/1#6", True),
    ("m", {"judgements": {"free": "yes"}}, "m/2#1/free lifts m/1#machines", True),
    ("m", {"judgements": {"free": "no"}}, "m/2#1/free considered", True),
    ("m", {"judgements": {"free": "yes"}}, "m/2#1/free considered", False),
    ("e", to_listed("8401"), "e/1#1", True),
    ("e", to_listed("8401"), "not e/2#1", True),                                      # a regime that is left out says nothing
    ("e", to_listed("8401"), "exposure e/2#2", True),
    ("e", to_listed("8401"), "not e/2#2", False),
    ("e", to_listed("8402", "MN"), "e/2#1", True),
    ("e", to_listed("8402", "MN"), "exposure e/2#2", True),
    ("e", to_listed("8402", "MN"), "not e/1#1", True),
    ("e", {}, "exposure e/2#2", True),
    ("e", {"kind": "gift", "items": [{"hs": "8404"}]}, "e/1#2/early lifts e/1#2", True),
    ("e", dealing({**KOREAN, "designated": True}, CHINESE, kind="gift", items=[{"hs": "8404"}], places={"destination": "MN"}),
     "e/1#2/early lifts e/1#2", True),
]

WIDE_BROKEN = [  # file, a replacement in it → the problem it must cause
    ("law/g/words.md", 'countries = ["DE", "FR"]', 'countries = ["DE", "XX"]', "unknown country `XX`"),
    ("law/g/words.md", 'country = "GB", to', 'country = "XX", to', "unknown country `XX`"),
    ("law/g/words.md", 'country = "GB", to', 'country = "GB", until', "a time of `while`"),
    ("law/g/words.md", 'country = "GB", to = 2020-01-31', 'country = "GB"', "a time of `while`"),
    ("law/g/words.md", 'countries = ["CN"]', 'kinds = ["sale"]\nwhile = []', "`while` goes with `countries`"),
    ("law/g/words.md", 'countries = ["CN"]', 'countries = ["CN"]\nkinds = ["sale"]', "either `kinds` or"),
    ("law/g/words.md", 'id = "solo"', 'id = "CN"', "the group `CN` is taken"),
    ("law/g/words.md", 'of = "club"', 'of = "pub"', "unknown country or group of countries `pub`"),
    ("law/g/words.md", '{ in = "club" }', '{ in = "pub" }', "unknown country or group of countries `pub`"),
    ("law/g/words.md", 'lists = ["m/far"]', 'lists = ["m/near"]', "unknown regime `m/near`"),
    ("law/g/words.md", 'encoded = "partly"', 'encoded = "nearly"', "`encoded` should be a bool"),
    ("law/g/words.md", 'encoded = "partly"', 'encoded = false', "go together"),
    ("law/g/words.md", 'lacks = "The rest."', '', "go together"),
    ("law/g/deep/1.md", 'implements = ["m/1#machines"]', 'implements = ["m/1#tools"]', "unknown provision `m/1#tools`"),
    ("law/g/deep/1.md", 'with = ["m/one",', 'with = ["m/three",', "unknown provision or regime `m/three`"),
    ("law/g/deep/1.md", 'unit = "Art."', 'unit = "Article"', "`unit` is one of"),
    ("law/g/deep/1.md", 'unit = "Art."', 'unit = "measure"', "has no short word"),
    ("law/g/deep/1.md", 'contested-by = "g/1#4/alive" }]\n', 'contested-by = "g/1#4/dead" }]\n', "unknown contest `g/1#4/dead`"),
    ("law/g/deep/1.md", 'contested-by', 'disputed-by', "may have `contested-by`"),
    ("law/g/deep/1.md", 'answer = "no"', 'answer = "yes"', "one answers yes and one no"),
    ("law/g/deep/1.md", ', held-by = []', '', "a reading has"),
    ("law/g/deep/1.md", 'id = "g/1#4/alive"', 'id = "aid"', "the id `aid` is taken"),
    ("law/g/deep/1.md", 'total-over = { amount', 'total-over = { sum', "`total-over` has"),
    ("law/g/deep/1.md", 'approved = "g/office"', 'approved = true', "`approved` names an authority"),
    ("law/g/deep/1.md", 'when = { to = "KP" }\nperiods', 'periods', "`exposure` lacks the field `when`"),
    ("law/g/deep/1.md", 'file = "goods.csv"', 'file = "wares.csv"', "there is no law/g/lists/wares.csv"),
    ("law/g/deep/1.md", '¶16p Machines', '¶A16 Machines', "has no paragraph number"),
    ("law/m/1.md", '¶aid-goods', '¶Aid', "has no short word"),
]


def self_tables():
    currencies = [{"code": "USD", "usd_low": "1", "usd_high": "1"}, {"code": "EUR", "usd_low": "1", "usd_high": "1.6"}]
    units = [{"unit": "t", "kind": "mass", "factor": "1000", "words": ""},
             {"unit": "barrel", "kind": "volume", "factor": "158.987294928", "words": "bbl"},
             {"unit": "item", "kind": "count", "factor": "1", "words": ""}]
    return Tables([{"code": code} for code in ("KP", "CN", "MN", "DE", "FR", "GB")], currencies, units, [],
                  [{"list": "y", "programme": "FAR", "regime": "m/far"}])


def self_files():
    return {"law/x/words.md": SELF_WORDS, "law/x/1.md": SELF_LAW, "law/x/lists/luxury.csv": SELF_LIST}


def self_test():
    failed = 0

    def expect(got, want, what):
        nonlocal failed
        if got != want:
            failed += 1
            print(f"self-test: {what}: expected {want}, got {got}")

    def judge(rules, where, change):
        act = Builder(rules).build({key: value for key, value in (base | change).items() if value is not None})
        return Judged(rules, act, where)

    def expect_case(rules, where, change, answer):
        judged, what = judge(rules, where, change), f"{where}: {change}"
        expect(" ".join(judged.names()), answer, what)
        questions = [judged.question(ground, regime) for ground in judged.grounds for regime in judged.regimes]
        domain = {fact: values for ground in judged.grounds for fact, values in ground.domain.items()}
        if len(judged.days()) == 1:
            expect(possible(questions, domain, plain=0), judged.possible, f"search and list agree, {what}")
            expect(every_world(questions, domain), judged.possible, f"nothing dropped that matters, {what}")

    def expect_problem(files, path, old, new, message):
        assert old in files[path], old
        broken = read_law(files | {path: files[path].replace(old, new, 1)}, self_tables())
        expect(any(message in problem[2] for problem in broken.problems), True, f"`{new}` is refused with `{message}`")

    base = {"kind": "sale", "on": "2017-05-01", "items": [{"hs": "8401"}],
            "parties": [{"role": "recipient", "nationality": ["KP"]}, {"role": "supplier", "nationality": "CN"}]}
    rules, wide = read_law(self_files(), self_tables()), read_law(WIDE_FILES, self_tables())
    expect(list(rules.problems), [], "the tiny law has no problems")
    expect(list(wide.problems), [], "the second tiny law has no problems")
    for change, answer in SELF_CASES:
        expect_case(rules, "x", change, answer)
    for where, change, answer in WIDE_CASES:
        expect_case(wide, where, change, answer)
    for where, change, part, right in WIDE_CLAIMS:
        judged = judge(wide, where, change)
        expect(judged.check(part, judged.verdict) is None, right, f"{where}: {change}: {part}")
    for old, new, message in SELF_BROKEN:
        expect_problem(self_files(), "law/x/1.md", old, new, message)
    for path, old, new, message in WIDE_BROKEN:
        expect_problem(WIDE_FILES, path, old, new, message)
    for seed in range(400):
        questions, domain = random_questions(random.Random(seed))
        full = every_world(questions, domain)
        expect(possible(questions, domain), full, f"random questions {seed}, listed")
        expect(possible(questions, domain, plain=0), full, f"random questions {seed}, searched")
    chain = [(make_all([("is", fact, frozenset({1})) for fact in facts]), []) for facts in ("ab", "bc", "ad", "e")]
    expect(sorted(map(len, apart(chain))), [1, 3], "questions hang together through a third")
    expect(split_outside_quotes('a = "x ; y" ; b = 1', " ; "), ['a = "x ; y"', "b = 1"], "quotes guard the separator")
    expect(row_cells(r"| a week's rent | x = 'a\|b' | un | permitted | |"), ["a week's rent", "x = 'a|b'", "un", "permitted", ""], "cells")
    named = """```toml act
kind = "loan"
```

| the world | change | in | verdict | because |
|---|---|---|---|---|
| its owner's brother's | kind = "gift" | un | permitted | |
| the ship owners' | = | un | permitted | |
"""
    faults = Problems()
    expect([(row.name, row.act["kind"]) for row in read_cases("c.md", named, faults)],
           [("its owner's brother's", "gift"), ("the ship owners'", "loan")], "an apostrophe in a name")
    expect(list(faults), [], "an apostrophe in a name is no fault")
    expect(parse_days("2016-02"), (date(2016, 2, 1), date(2016, 2, 29)), "a month")
    expect(normal("CH'O'L-Chae é"), "cholchaee", "normal form")
    expect(phrase_in("embassy", tokens("Embassies and embassys")), True, "plural")
    print("self-test: " + (f"{failed} failed" if failed else "all as worked out by hand"))
    return 1 if failed else 0


def random_questions(dice):
    """Three questions over a handful of facts, to compare the ways of finding all verdicts."""
    domain = {number: tuple(range(dice.choice((2, 2, 3)))) for number in range(6)}

    def tree(depth, facts):
        if depth == 0 or dice.random() < 0.3:
            fact = dice.choice(facts)
            return dice.choice((True, False, *5 * (("is", fact, frozenset(dice.sample(domain[fact], 1))),)))
        children = [tree(depth - 1, facts) for _ in range(2)]
        return dice.choice((make_all(children), make_any(children), make_not(children[0])))

    def question(facts):
        return tree(2, facts), [(str(n), tree(3, facts), tree(2, facts), tree(2, facts)) for n in range(dice.randrange(4))]

    facts = list(domain)
    shapes = (lambda n: facts, lambda n: facts[n::3], lambda n: dice.sample(facts, 2))      # all, own, or some facts in common
    shape = dice.choice(shapes)
    return [question(shape(n)) for n in range(3)], domain


def every_world(questions, domain):
    """Nothing dropped beforehand: all facts, every value class, one by one."""
    facts = facts_of(questions)
    choices = [classes(domain[fact], sets) for fact, sets in facts.items()]
    return {verdict_in(questions, dict(zip(facts, values))) for values in itertools.product(*choices)}


# ------------------------------------------------------------------------------------------------ the command

def main():
    parser = argparse.ArgumentParser(description="Second reader and evaluator of the law files.")
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parent.parent, help="the project")
    parser.add_argument("--cases", metavar="PATTERN", help="only rows whose `file:line: name` contains or matches this")
    parser.add_argument("--jsonl", metavar="FILE", help="judge acts, one a line (- for standard input)")
    parser.add_argument("--in", dest="jurisdiction", default="un", help="whose law judges the lines of --jsonl (un)")
    parser.add_argument("--keep-going", action="store_true", help="judge although there are problems")
    parser.add_argument("--self-test", action="store_true", help="tiny rulebooks with answers worked out by hand")
    options = parser.parse_args()
    if options.self_test:
        return self_test()
    try:
        rules = load_law(options.root, load_tables(options.root))
    except (OSError, KeyError) as error:
        print(f"cannot read the law or the tables: {error}", file=sys.stderr)
        return 3
    rules.problems.show()
    if rules.problems and not options.keep_going:
        print(f"{len(rules.problems)} problems; --keep-going judges all the same", file=sys.stderr)
        return 3
    if options.jsonl:
        if options.jsonl == "-":
            return run_jsonl(rules, sys.stdin, options.jurisdiction)
        try:
            with open(options.jsonl, encoding="utf-8") as handle:
                return run_jsonl(rules, handle, options.jurisdiction)
        except OSError as error:
            parser.error(str(error))
    return run_cases(options.root, rules, options.cases, options.keep_going)


if __name__ == "__main__":
    sys.exit(main())
