"""Between what a line's score can move: 0 and its points, unless the notice says that nothing bounds it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from kaohe.normalizers.lines.line import Line
from kaohe.normalizers.text.folding import squeeze

_BELOW_NOTHING = re.compile(
    r'(?<!不)可(?:以)?(?:扣|减|计|记|得|为|出现)?(?:至|到|成)?负(?:分|数)|(?<!不)可(?:以)?倒扣|(?<!不)允许(?:出现|扣至)?负分|倒扣(?:分)?不(?:限|封顶)'
)
# taken on top of the whole line: 本项不得分时，追加扣除6分; 除本项分值扣完外，加扣20分
_ON_TOP = re.compile(
    r'(?:不[得给计]分|分值扣[完光])(?:的?时|的?外|之外|[之以]?后)[,，]?(?:再|另|还|并)?(?:追加扣|加扣|另扣|再扣|追扣|倒扣)除?\d+(?:\.\d+)?分'
)
_WITHOUT_LIMIT = re.compile(r'(?P<what>[^，。；,;\n]{0,16}?)(?:上不封顶|不封顶|不设上限|无上限|上不限分)')
# What each alternative of these patterns holds: most texts have none, and need no search from each of their characters.
_BELOW = ('负', '倒扣')
_ENDS = ('封顶', '上限', '上不限分')
_TAKES = re.compile('扣|减|罚')
_GIVES = re.compile('加|奖|得|计')


class Bounds(NamedTuple):
    """Magnitudes, as ``points`` are; None where nothing bounds the line on that side."""

    floor: Decimal | None
    ceiling: Decimal | None


def bounds(line: Line) -> Bounds:
    """What the line can come to at least and at most, by its own words: 可扣至负分 and what is taken beside the loss of the line
    (除本项不得分外，加扣20分) take the floor away, 不封顶 the ceiling.

    Where what is not limited is taken in a line that otherwise gives (``扣分不封顶``), that is the floor.
    """
    parts = (line.name, line.requirement, line.criteria, line.points_text)
    return bounds_by_words(line.kind, line.points, [part.text for part in parts if part])


def bounds_by_words(kind: str, points: Decimal | None, texts: Iterable[str]) -> Bounds:
    """The same for a line with these texts."""
    text = '\n'.join(map(squeeze, texts))
    floor: Decimal | None = Decimal(0)
    ceiling = points
    if (any(word in text for word in _BELOW) and _BELOW_NOTHING.search(text)) or _ON_TOP.search(text):
        floor = None
    for found in _WITHOUT_LIMIT.finditer(text) if any(end in text for end in _ENDS) else ():
        if kind != 'penalty' and _TAKES.search(found['what']) and not _GIVES.search(found['what']):
            floor = None
        else:
            ceiling = None
    return Bounds(floor, ceiling)
