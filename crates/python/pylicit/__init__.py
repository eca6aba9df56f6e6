"""Is this act allowed under sanctions and export control law? One by one, or a column at a time.

>>> import pylicit
>>> answer = pylicit.decide({"kind": "gift", "on": "2024-02-18", "items": [{"description": "limousine"}], "places": {"destination": "KP"}})
>>> answer["overall"]
'prohibited'

``decide``, ``screen``, ``classify`` and ``read`` take one thing as a dict (a party and goods also as a str), many as a list of them, or a table: a
DataFrame of pandas or polars, a table or batch of pyarrow, or anything else that has ``__arrow_c_stream__``. A table comes back as what it was.
``map_batches`` makes a function for Spark's ``mapInArrow``. No call holds the interpreter while it decides.
"""

from __future__ import annotations

import datetime
import functools
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from . import _native
from ._errors import InputError, Problem

__all__ = ["InputError", "Licit", "Problem", "about", "classify", "decide", "map_batches", "read", "screen"]
__version__ = _native.__version__


def _folder(data: str | os.PathLike[str] | None) -> str | None:
    """The folder of the lists: as said, else that of the environment, else that of the command line on this platform."""
    if data is not None:
        return os.fspath(data)
    if os.environ.get("LICIT_DATA"):
        return os.environ["LICIT_DATA"]
    base = os.environ.get("XDG_DATA_HOME") or os.path.join(os.path.expanduser("~"), ".local", "share")
    return os.path.join(base, "licit")


def _words(authorities: str | Iterable[str] | None) -> list[str]:
    if authorities is None:
        return []
    return authorities.split(",") if isinstance(authorities, str) else list(authorities)


def _day(day: str | datetime.date | None) -> str | None:
    return day.isoformat()[:10] if isinstance(day, datetime.date) else day


def _today() -> str:
    return datetime.date.today().isoformat()


def _is_table(value: Any) -> bool:
    return hasattr(value, "__arrow_c_stream__") or hasattr(value, "__arrow_c_array__")


def _as_given(answers: Any, given: Any) -> Any:
    """Answers as what the rows were."""
    library = type(given).__module__.partition(".")[0]
    if library == "polars":
        return sys.modules["polars"].DataFrame(answers)
    if library == "pandas":
        import pyarrow

        frame = pyarrow.table(answers).to_pandas()
        frame.index = given.index
        return frame
    if library == "pyarrow":
        return sys.modules["pyarrow"].table(answers)
    return answers


def _names(table: Any) -> list[str]:
    for attribute in ("column_names", "columns"):
        names = getattr(table, attribute, None)
        if names is not None and not callable(names) and all(isinstance(name, str) for name in names):
            return list(names)
    schema = getattr(table, "schema", None)
    if schema is not None and hasattr(schema, "names"):
        return list(schema.names)
    import pyarrow

    return pyarrow.table(table).column_names


class Licit:
    """Law and lists, ready to be asked. Opening one takes a moment, asking it does not; the same folder is opened once.

    ``data`` is the folder of the lists (``licit lists update`` fills it); without it ``LICIT_DATA`` and the folder of the command line count, and
    where there are no lists, those of the United Nations that are built in.
    """

    def __init__(self, data: str | os.PathLike[str] | None = None) -> None:
        self._data = _folder(data)
        self._native = _native.Licit(self._data)

    def __reduce__(self):
        return type(self), (self._data,)

    def about(self) -> dict[str, Any]:
        """The hash of the law, the authorities of which some is encoded, the lists with day and hash."""
        return json.loads(self._native.about())

    def decide(
        self,
        acts: Any,
        *,
        authorities: str | Iterable[str] | None = None,
        as_of: str | None = None,
        brief: bool = False,
        columns: dict[str, str] | None = None,
        constants: dict[str, str] | None = None,
    ) -> Any:
        """Whether acts are allowed: verdicts, provisions, what is missing; in full with the proof.

        A dict has the fields of the act; of a list each element is answered. A table is answered briefly; :meth:`explain` adds the whole answers to it.
        ``columns`` says which column holds a field (field to column), ``constants`` what is the
        same in every row. ``authorities``: ``"un,eu"`` or a list; all that are encoded unless said.

        :raises InputError: an act that cannot be understood. A row of a table gets ``error`` instead.
        """
        if _is_table(acts):
            return self._table("check", acts, _words(authorities), as_of=as_of, columns=columns, constants=constants)
        if isinstance(acts, (list, tuple)):
            return [self.decide(act, authorities=authorities, as_of=as_of, brief=brief) for act in acts]
        return json.loads(self._native.decide(json.dumps(acts), _words(authorities), _day(as_of), brief))

    def screen(
        self,
        parties: Any,
        *,
        min: float | None = None,
        on: str | datetime.date | None = None,
        columns: dict[str, str] | None = None,
        constants: dict[str, str] | None = None,
    ) -> Any:
        """Who on the lists parties may be, each with a score and reasons.

        A party is a name or a dict with ``name`` and what is known beside it (``type``, ``country``, ``birth_date``, ``gender``, ``identifiers``,
        ``aliases``). ``on``: who was listed on that day; today unless said.

        :raises InputError: a party that cannot be understood. A row of a table gets ``error`` instead.
        """
        day = _day(on) or _today()
        if _is_table(parties):
            return self._table("screen", parties, [], min=min, day_of=day, columns=columns, constants=constants)
        if isinstance(parties, (list, tuple)):
            return [self.screen(party, min=min, on=day) for party in parties]
        asked = {"name": parties} if isinstance(parties, str) else parties
        return json.loads(self._native.screen(json.dumps(asked), min, day))

    def classify(
        self,
        goods: Any,
        *,
        on: str | datetime.date | None = None,
        columns: dict[str, str] | None = None,
        constants: dict[str, str] | None = None,
    ) -> Any:
        """What goods are: headings with scores, kinds that lists name, the paragraphs in force on the day that speak of them.

        Goods are a description or a dict with ``description``.

        :raises InputError: a description that cannot be understood. A row of a table gets ``error`` instead.
        """
        day = _day(on) or _today()
        if _is_table(goods):
            return self._table("classify", goods, [], day_of=day, columns=columns, constants=constants)
        if isinstance(goods, (list, tuple)):
            return [self.classify(one, on=day) for one in goods]
        asked = {"description": goods} if isinstance(goods, str) else goods
        return json.loads(self._native.classify(json.dumps(asked), day))

    def read(
        self,
        texts: Any,
        *,
        authorities: str | Iterable[str] | None = None,
        as_of: str | None = None,
        brief: bool = False,
        published: str | datetime.date | None = None,
        language: str | None = None,
        columns: dict[str, str] | None = None,
        constants: dict[str, str] | None = None,
    ) -> Any:
        """The acts and claims of texts with the words that say them, each act decided as if it were true.

        A text is a str or a dict with ``text`` and perhaps ``id``, ``published``, ``language``.
        """
        if _is_table(texts):
            return self._table("read", texts, _words(authorities), as_of=as_of, columns=columns, constants=constants)
        if isinstance(texts, (list, tuple)):
            return [self.read(t, authorities=authorities, as_of=as_of, brief=brief, published=published, language=language) for t in texts]
        text = {"text": texts} if isinstance(texts, str) else texts
        if not str(text.get("text") or "").strip():
            raise InputError([("text", "the text is empty", "a sentence that tells who gives what to whom")])
        day = _day(text.get("published", published))
        id, language = str(text.get("id", "")), text.get("language", language)
        return json.loads(self._native.read(text["text"], id, day, language, _words(authorities), _day(as_of), brief))

    def explain(self, table: Any, *, authorities=None, as_of=None, columns=None, constants=None) -> Any:
        """As :meth:`decide` for a table, with the whole answer of each row as JSON in ``answer``."""
        return self._table("check", table, _words(authorities), as_of=as_of, explain=True, columns=columns, constants=constants)

    def _table(self, mode: str, table: Any, authorities: list[str], *, as_of: str | None = None, **more: Any) -> Any:
        rows = table
        if type(table).__module__.partition(".")[0] == "pandas":
            # The row labels are none of the columns.
            import pyarrow

            rows = pyarrow.Table.from_pandas(table, preserve_index=False)
        if not hasattr(rows, "__arrow_c_stream__"):
            import pyarrow

            rows = pyarrow.table(rows)
        answering = self._native.columns(mode, _names(rows), authorities, _day(as_of), **more)
        return _as_given(answering.answer_all(rows), table)

    def map_batches(self, mode: str = "check", **options: Any) -> Callable[[Iterable[Any]], Iterator[Any]]:
        """A function from batches of pyarrow to batches of answers, for Spark's ``mapInArrow``; see the module's function of that name."""
        return functools.partial(_map_batches, self._data, mode, options)


def _map_batches(data: str | None, mode: str, options: dict[str, Any], batches: Iterable[Any]) -> Iterator[Any]:
    """Runs where the rows are: law and lists are opened there once."""
    import pyarrow

    asked = dict(options)
    authorities, as_of = _words(asked.pop("authorities", None)), _day(asked.pop("as_of", None))
    if mode in ("screen", "classify"):
        asked["day_of"] = _day(asked.pop("on", None)) or _today()
    answering = None
    for batch in batches:
        if answering is None:
            answering = _native.Licit(data).columns(mode, batch.schema.names, authorities, as_of, **asked)
        yield from pyarrow.table(answering.answer(batch)).to_batches()


@functools.cache
def _licit() -> Licit:
    return Licit()


def decide(acts: Any, **options: Any) -> Any:
    """Whether acts are allowed; see :meth:`Licit.decide`."""
    return _licit().decide(acts, **options)


def screen(parties: Any, **options: Any) -> Any:
    """Who on the lists parties may be; see :meth:`Licit.screen`."""
    return _licit().screen(parties, **options)


def classify(goods: Any, **options: Any) -> Any:
    """What goods are; see :meth:`Licit.classify`."""
    return _licit().classify(goods, **options)


def read(texts: Any, **options: Any) -> Any:
    """The acts of texts, decided; see :meth:`Licit.read`."""
    return _licit().read(texts, **options)


def about() -> dict[str, Any]:
    """The law and the lists in use; see :meth:`Licit.about`."""
    return _licit().about()


def map_batches(mode: str = "check", **options: Any) -> Callable[[Iterable[Any]], Iterator[Any]]:
    """A function from batches of pyarrow to batches of answers.

    >>> answers = rows.mapInArrow(pylicit.map_batches(authorities="un,eu"), schema)  # doctest: +SKIP

    ``mode``: ``check``, ``screen``, ``classify`` or ``read``; ``options``: ``authorities``, ``as_of``, ``explain``, ``min``, ``on``, ``columns``,
    ``constants``. It can be sent to other machines, on which the same lists must be installed.
    """
    return _licit().map_batches(mode, **options)
