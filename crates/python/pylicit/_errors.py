"""What is wrong with an input: every problem with its place and what would be right."""

from __future__ import annotations

from typing import NamedTuple


class Problem(NamedTuple):
    """One thing that is wrong."""

    #: Where: a path such as ``parties[0].role``, with line and column where they are known; empty for the whole.
    at: str
    #: What is wrong.
    message: str
    #: What would be right, where that can be said.
    help: str | None

    def __str__(self) -> str:
        place = f"{self.at}: " if self.at else ""
        return f"{place}{self.message}" + (f" ({self.help})" if self.help else "")


class InputError(ValueError):
    """An act, a party, goods or a text that cannot be understood. ``problems`` tells everything that is wrong with it."""

    def __init__(self, problems: list[tuple[str, str, str | None]]) -> None:
        self.problems = [Problem(*problem) for problem in problems]
        super().__init__("; ".join(map(str, self.problems)))

    def __reduce__(self):
        return type(self), ([tuple(problem) for problem in self.problems],)
