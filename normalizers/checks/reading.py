"""What we read with doubt, or not at all: amounts that no clause holds, misprints, lines that could not be told apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extractors.findings import Finding, finding
from normalizers.catalogue import Catalogue
from normalizers.checks.places import line_place
from normalizers.lines import Line

if TYPE_CHECKING:
    from normalizers.meaning import Passage

# So many characters before an amount are shown with it.
_SHOWN = 20


def check_reading(
    catalogue: Catalogue, lines: Sequence[Line], unheld: Sequence[Passage], mended: Sequence[Passage]
) -> Iterator[Finding]:
    """``clause.unparsed``, ``text.suspect`` and ``line.doubtful``."""
    for passage in unheld:
        yield _about(catalogue, 'clause.unparsed', passage.indicator, text=_shown(passage))
    for passage in mended:
        yield _about(catalogue, 'text.suspect', passage.indicator, text=passage.text[passage.start : passage.end])
    for at, line in enumerate(lines):
        for doubt in line.doubts:
            yield _about(catalogue, 'line.doubtful', at, detail=doubt)


def _about(catalogue: Catalogue, code: str, indicator: int, **details: str) -> Finding:
    line = catalogue.indicators[indicator]
    return finding(
        code,
        where=line_place(catalogue, indicator),
        table=line.table,
        row=line.row_first,
        indicator=indicator,
        page=line.page,
        **details,
    )


def _shown(passage: Passage) -> str:
    return ' '.join(passage.text[max(0, passage.start - _SHOWN) : passage.end].split())
