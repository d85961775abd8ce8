"""`Document` to `Catalogue`: knows what an assessment notice means, knows nothing of files or SQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kaohe.extractors.parallel import Spread, here

if TYPE_CHECKING:
    from kaohe.extractors.document import Document
    from kaohe.normalizers.catalogue import Catalogue


def normalize(
    document: Document,
    name: str,
    spread: Spread = here,
    unchecked: Callable[[Catalogue], None] = lambda catalogue: None,
) -> Catalogue:
    """Everything that the document says. ``name`` is its file name: it is asked only where the paper itself has no title. ``spread`` reads the
    lines of a long one. ``unchecked`` is given the catalogue before it is checked: without findings, proofs and what the ledger counts.

    Pure: the same document gives the same catalogue. The grammar is compiled at the first call (0.3 s), its dictionaries are loaded
    when the first text is read: a process that only stores catalogues needs neither.
    """
    from kaohe.normalizers.text import kept_patterns

    with kept_patterns.kept():
        from kaohe.normalizers import steps

        return steps.normalize(document, name, spread, unchecked)
