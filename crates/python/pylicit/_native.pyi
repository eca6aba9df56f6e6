"""What `pylicit` is built on. Acts, parties, goods and answers are JSON."""

from typing import Any

__version__: str

class Licit:
    def __new__(cls, data: str | None = None) -> Licit: ...
    def about(self) -> str: ...
    def decide(self, act: str, authorities: list[str], as_of: str | None = None, brief: bool = False) -> str: ...
    def screen(self, party: str, min: float | None = None, as_of: str | None = None) -> str: ...
    def classify(self, goods: str, as_of: str) -> str: ...
    def read(
        self,
        text: str,
        id: str,
        published: str | None,
        language: str | None,
        authorities: list[str],
        as_of: str | None = None,
        brief: bool = False,
    ) -> str: ...
    def columns(
        self,
        mode: str,
        names: list[str],
        authorities: list[str],
        as_of: str | None = None,
        explain: bool = False,
        min: float | None = None,
        day_of: str | None = None,
        columns: dict[str, str] | None = None,
        constants: dict[str, str] | None = None,
    ) -> Answering: ...

class Answering:
    def unused(self) -> list[str]: ...
    def answer(self, batch: Any) -> Any: ...
    def answer_all(self, table: Any) -> Any: ...
