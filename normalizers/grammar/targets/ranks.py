"""What a rank measures: a place among many (``全省前3名``), or what is ranked (``满意度排名前3位``)."""

from __future__ import annotations

import re
from typing import Final

from msgspec.structs import replace

from kaohe.normalizers.grammar.quantities.quantity import Quantity
from kaohe.normalizers.grammar.targets.metrics import Metric

_AMONG: Final = '全[国省市区县州镇乡校院系]|本[省市区县]'
_PLACE = re.compile(rf'(?:{_AMONG}|系统)(?:内)?$')
RANKING: Final = re.compile(rf'(?P<word>排名|名次|排位)(?:{_AMONG}|系统内?)?前?$')
"""The word that says that something is ranked, and among whom, before the place."""


def is_rank(text: str, quantity: Quantity) -> bool:
    """Whether a number is a place in an order."""
    return quantity.unit in ('名', '位') and text.startswith(('前', '第'), quantity.left)


def ranked(text: str, begin: int, quantity: Quantity, metric: Metric | None, start: int) -> tuple[Metric | None, int]:
    """The metric of a rank whose part of the sentence begins at ``begin``, and where its words begin: what is ranked with that word, else the one among
    many."""
    ranking = RANKING.search(text, begin, quantity.left)
    if metric is None or RANKING.fullmatch(metric.name):
        return metric, start
    if ranking is not None and ranking['word'] not in metric.name:
        return replace(metric, name=metric.name + ranking['word']), min(start, ranking.start())
    place = _PLACE.search(text, begin, quantity.left)
    if place is None:
        return metric, start
    return replace(metric, name=_PLACE.sub('', metric.name) + place.group()), min(start, place.start())
