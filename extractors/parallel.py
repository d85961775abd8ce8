"""Work that falls into parts which do not depend on each other, such as the pages of a long file: whoever reads may have others do some."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

Common = TypeVar('Common')
Part = TypeVar('Part')
Result = TypeVar('Result')


class Spread(Protocol):
    """Does ``work(common, part)`` for each part, wherever that is, and gives the results in the order of the parts.

    ``seconds`` is how much longer a file with such parts may take, for each of them.

    ``work`` is a pure function of a module; it, ``common``, the parts and the results can be pickled.
    """

    def __call__(
        self, work: Callable[[Common, Part], Result], common: Common, parts: Sequence[Part], seconds: float = 0.0
    ) -> list[Result]: ...


def here(
    work: Callable[[Common, Part], Result], common: Common, parts: Sequence[Part], seconds: float = 0.0
) -> list[Result]:
    """Does them one after the other, in this process, which nobody limits."""
    return [work(common, part) for part in parts]
