"""What we read with doubt, or not at all: amounts that no clause holds, misprints, lines that could not be told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kaohe.extractors.findings import Finding, finding
from kaohe.normalizers.catalogue import Catalogue
from kaohe.normalizers.checks.finding_places import at_line, number
from kaohe.normalizers.grammar.clauses.amounts import points_of
from kaohe.normalizers.lines.line import Line
from kaohe.normalizers.meaning import Passage
from kaohe.normalizers.text.folding import squeeze

# So many characters before an amount are shown with it.
_SHOWN = 20
_ENDS = re.compile(r'[。；;\n]')


def check_reading(
    catalogue: Catalogue, lines: Sequence[Line], unheld: Sequence[Passage], mended: Sequence[Passage]
) -> Iterator[Finding]:
    """``clause.unparsed``, ``text.suspect`` and ``line.doubtful``."""
    for passage in unheld:
        yield at_line(finding('clause.unparsed', text=_shown(passage)), catalogue, passage.indicator)
    for passage in mended:
        yield at_line(
            finding('text.suspect', text=_shown(passage), value=_value(passage)), catalogue, passage.indicator
        )
    for at, line in enumerate(lines):
        for doubt in line.doubts:
            yield at_line(finding('line.doubtful', detail=doubt), catalogue, at)
    ruled = {clause.indicator for clause in catalogue.clauses}
    for at, indicator in enumerate(catalogue.indicators):
        if indicator.kind == 'penalty' and indicator.points is None and at not in ruled:
            yield at_line(finding('line.doubtful', detail='像是扣分或否决的条目，没有读出怎么扣'), catalogue, at)


def _value(passage: Passage) -> str:
    """How a misprint was read: ``0.5 分``."""
    points = points_of(squeeze(passage.text[passage.start : passage.end]))
    return f' {number(points[-1])} 分' if points else '应有的写法'


def _shown(passage: Passage) -> str:
    """The amount with the words before it, from the last end of a sentence on."""
    before = passage.text[max(0, passage.start - _SHOWN) : passage.start]
    return ' '.join((_ENDS.split(before)[-1] + passage.text[passage.start : passage.end]).split())
