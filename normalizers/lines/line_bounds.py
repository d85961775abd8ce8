"""Between what a line's score can move: 0 and its points, unless the notice says that nothing bounds it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from kaohe.normalizers.lines.line import Line
from kaohe.normalizers.text.folding import squeeze

_BELOW_NOTHING = re.compile(
    r'(?<!不)可(?:以)?(?:扣|减|计|记|得|为|出现)?(?:至|到|成)?负(?:分|数)|(?<!不)可(?:以)?倒扣|(?<!不)允许(?:出现|扣至)?负分|倒扣(?:分)?不(?:限|封顶)'
)
_WITHOUT_LIMIT = re.compile(r'(?P<what>[^，。；,;\n]{0,16}?)(?:上不封顶|不封顶|不设上限|无上限|上不限分)')
_TAKES = re.compile('扣|减|罚')
_GIVES = re.compile('加|奖|得|计')


class Bounds(NamedTuple):
    """Magnitudes, as ``points`` are; None where nothing bounds the line on that side."""

    floor: Decimal | None
    ceiling: Decimal | None


def bounds(line: Line) -> Bounds:
    """What the line can come to at least and at most, by its own words: 可扣至负分 takes the floor away, 不封顶 the ceiling.

    Where what is not limited is taken in a line that otherwise gives (``扣分不封顶``), that is the floor.
    """
    text = '\n'.join(
        squeeze(part.text) for part in (line.name, line.requirement, line.criteria, line.points_text) if part
    )
    floor: Decimal | None = Decimal(0)
    ceiling = line.points
    if _BELOW_NOTHING.search(text):
        floor = None
    for found in _WITHOUT_LIMIT.finditer(text):
        if line.kind != 'penalty' and _TAKES.search(found['what']) and not _GIVES.search(found['what']):
            floor = None
        else:
            ceiling = None
    return Bounds(floor, ceiling)
