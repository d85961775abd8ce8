"""Lines that were recognised from a picture: which of their numbers a person must hold against it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from kaohe.extractors.findings import Finding, finding
from kaohe.normalizers.catalogue import Catalogue, Indicator
from kaohe.normalizers.checks.finding_places import at_line, number
from kaohe.normalizers.lines.line import Line
from kaohe.normalizers.text.folding import halfwidth

# Measured on pages of scans degraded to 70–90 dots an inch with noise (1,459 digits, 81 of them read wrongly): 93 % of the wrong ones were
# less sure than this, and 9 % of the right ones. On clean scans nearly every digit is surer than 0.99.
SURE = 0.95
_Places = Mapping[tuple[int | None, int | None, int | None], float]
_SHARE = re.compile(r'\d+(?:\.\d+)?\s*[%‰]')
_SHOWN = 3
# The number of a line is checked by those before and after it, its points by the sums.
_FIELDS = {'level1': '类别', 'level2': '类别', 'name': '名称', 'requirement': '考核内容', 'criteria': '评分标准'}


def check_recognition(catalogue: Catalogue, lines: Sequence[Line]) -> Iterator[Finding]:
    """``ocr.doubtful``: at most one for a line. Points that the printed sums confirm are no doubt."""
    places: _Places = {
        (at, cell.row, cell.col): cell.confidence
        for at, table in enumerate(catalogue.tables)
        for cell in table.cells
        if cell.confidence is not None
    }
    if not places:
        return
    for at, (indicator, line) in enumerate(zip(catalogue.indicators, lines, strict=True)):
        doubts = [
            *_points(line, _lowest(indicator, places, 'points')),
            *_digits(indicator, places),
            *_shares(indicator),
        ]
        if doubts and any((origin.table, origin.row, origin.col) in places for origin in indicator.origins):
            yield at_line(finding('ocr.doubtful', detail='；'.join(doubts)), catalogue, at)


def _points(line: Line, confidence: float | None) -> Iterator[str]:
    if line.misread is not None and line.points is not None:
        yield f'分值认成“{line.misread}”，与合计不符，已按 {number(line.points)} 读'
    elif line.adds_up is False:
        yield '分值与印的合计不符'
    elif line.adds_up is None and confidence is not None and confidence < SURE:
        yield f'分值只有 {confidence:.0%} 的把握'


def _digits(indicator: Indicator, places: _Places) -> Iterator[str]:
    for field in dict.fromkeys(_FIELDS):
        confidence = _lowest(indicator, places, field)
        if confidence is not None and confidence < SURE:
            yield f'{_FIELDS[field]}里有数字只有 {confidence:.0%} 的把握'


def _lowest(indicator: Indicator, places: _Places, field: str) -> float | None:
    known = (
        places.get((origin.table, origin.row, origin.col)) for origin in indicator.origins if origin.field == field
    )
    return min((confidence for confidence in known if confidence is not None), default=None)


def _shares(indicator: Indicator) -> Iterator[str]:
    """Percentages: recognisers read ‰ as %, and nothing in the notice confirms them."""
    texts = (halfwidth(text) for text in (indicator.requirement, indicator.criteria) if text)
    found = [share[0] for text in texts for share in _SHARE.finditer(text)]
    if found:
        more = f' 等 {len(found)} 处' if len(found) > _SHOWN else ''
        yield f'百分数要核对：{"、".join(found[:_SHOWN])}{more}'
