"""The inputs of a line as its terms ask for them: each once, in order, with the clauses that it feeds."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kaohe.normalizers.scoring.material import Input, InputKind
from kaohe.normalizers.text.base32 import base32
from kaohe.normalizers.text.folding import squeeze


@dataclass(slots=True)
class Asked:
    """The inputs asked for so far. `ask` gives an input's id; the same ``about`` is the same input."""

    line: str
    texts: Mapping[str, str]
    _found: dict[str, Input] = field(default_factory=dict)
    _about: dict[object, str] = field(default_factory=dict)
    _seen: dict[tuple[str, ...], int] = field(default_factory=dict)

    def ask(
        self,
        kind: InputKind,
        clauses: tuple[str, ...],
        question: str,
        *,
        about: object = None,
        threshold: str | None = None,
        unit: str | None = None,
        low: Decimal | None = None,
        high: Decimal | None = None,
        options: tuple[str, ...] = (),
    ) -> str:
        """The id of the input that is asked so."""
        if about is not None and about in self._about:
            return self.feed(self._about[about], clauses)
        parts = (kind, *[squeeze(self.texts.get(clause)) for clause in clauses])
        self._seen[parts] = times = self._seen.get(parts, 0) + 1
        told = repr((self.line, *parts, times))
        made = hashlib.blake2b(told.encode('utf-8', 'surrogatepass'), digest_size=10).digest()
        new = f'q_{base32(made)}'
        self._found[new] = Input(
            new, len(self._found), clauses, kind, question, threshold, unit, low, high, options
        )  # fmt: skip
        if about is not None:
            self._about[about] = new
        return new

    def feed(self, one: str, clauses: tuple[str, ...]) -> str:
        """Notes that an input feeds these clauses too."""
        known = self._found[one]
        told = tuple(dict.fromkeys((*known.clauses, *clauses)))
        self._found[one] = known._replace(clauses=told)
        return one

    def all(self) -> tuple[Input, ...]:
        """Every input, in the order in which they were first asked."""
        return tuple(self._found.values())
