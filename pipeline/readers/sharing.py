"""How the processes that read help each other with one file: its parts are done by whoever is idle.

A process that reads offers the parts (`Offer`). Its parent gives it one part after the other to do itself, gives others to idle processes, and
at last what came of those. A part that a helper could not do, or that was lost with it, is left to the process that offered it: what
becomes of a file does not depend on who helped.
"""

from __future__ import annotations

import pickle
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

from kaohe.extractors.parallel import Common, Part, Result, here
from kaohe.extractors.plugins import has_plugins
from kaohe.pipeline.readers.aside import in_a_copy, later
from kaohe.pipeline.system.limits import grant


@dataclass(frozen=True, slots=True)
class Offer:
    """From a process that reads: others may do some of these. ``packed`` is (the function, what all parts need, the parts); ``seconds`` is how
    much longer the file may take for them."""

    packed: bytes
    parts: int
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class More:
    """From the process that offered: the part is done, it takes another."""


@dataclass(frozen=True, slots=True)
class Help:
    """To an idle process: do this part of an offer for a file of ``bytes`` bytes. ``packed`` is None where it has it from the part before."""

    packed: bytes | None
    part: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Helped:
    """From a helper: the pickled result, None where it could not do the part."""

    result: bytes | None


class Sharer:
    """The `Spread` of a process that reads a file for ``parent``."""

    def __init__(self, parent: Connection) -> None:
        self._parent = parent
        self._helped = False

    def __call__(
        self, work: Callable[[Common, Part], Result], common: Common, parts: Sequence[Part], seconds: float = 0.0
    ) -> list[Result]:
        if len(parts) < 2:
            return here(work, common, parts)
        results: dict[int, Result] = {}
        packed = pickle.dumps((work, common, parts), pickle.HIGHEST_PROTOCOL)
        more = seconds * len(parts)
        grant(more)
        self._parent.send_bytes(pickle.dumps(Offer(packed, len(parts), more), pickle.HIGHEST_PROTOCOL))
        while not isinstance(told := self._parent.recv(), dict):
            results[told] = work(common, parts[told])
            self._parent.send_bytes(pickle.dumps(More()))
        self._helped = bool(told)
        results |= {at: pickle.loads(result) for at, result in told.items()}  # noqa: S301  # our own process wrote it
        return [results[at] for at in range(len(parts))]

    def aside(self, work: Callable[[], Result]) -> AbstractContextManager[Callable[[], Result]]:
        """The `Aside` of the same: a copy does it where others helped with the last parts, and so have nothing to do, and where no plugin may have
        started a thread, for which a copy would wait in vain."""
        return in_a_copy(work) if self._helped and not has_plugins() else later(work)


class Helper:
    """Does parts of what others offered."""

    def __init__(self) -> None:
        self._offer: Any = None

    def do(self, wanted: Help) -> Helped:
        """The part's result. It never raises."""
        try:
            if wanted.packed is not None:
                self._offer = None  # should this one not come whole, no part of an earlier one is done in its place
                self._offer = pickle.loads(wanted.packed)  # noqa: S301  # our own process wrote it
            work, common, parts = self._offer
            return Helped(pickle.dumps(work(common, parts[wanted.part]), pickle.HIGHEST_PROTOCOL))
        except Exception:  # whatever it is: the process that offered meets it too, and says so
            return Helped(None)


@dataclass(slots=True)
class Shared:
    """An offer as the parent keeps it: which parts nobody has begun, which are left to the one that offered, which are being done, and
    what came of those that others did."""

    offer: Offer
    open: deque[int]
    left: deque[int] = field(default_factory=deque)
    helping: int = 0
    done: dict[int, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, offer: Offer) -> Shared:
        """Nothing of it has been begun."""
        return cls(offer, deque(range(offer.parts)))

    def next(self) -> int | dict[int, bytes] | None:
        """For the process that offered: a part to do, or what the others did when all is done; None: it has to wait for them."""
        if self.left:
            return self.left.popleft()
        if self.open:
            return self.open.popleft()
        return None if self.helping else self.done

    def helped(self, part: int, result: bytes | None) -> None:
        """A helper is done with a part, or could not do it."""
        self.helping -= 1
        if result is None:
            self.left.append(part)
        else:
            self.done[part] = result
