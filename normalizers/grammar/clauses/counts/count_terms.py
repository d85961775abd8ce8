"""What counts are made of: numbers, the words they count, and the count that they say."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from msgspec import Struct

from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.text.numbers import NUMBER
from kaohe.normalizers.vocabulary import point_words as words

COUNT_NUMBER: Final = rf'(?:(?!百分[点之])(?![千万]){NUMBER}(?!分之))'
# 每梯: a lift; 每梯度下降; 每件次品
COUNTED: Final = f'(?!梯度){either(words.COUNTED)}(?!(?<=次)品)'
_LETTERS: Final = '[A-Za-zμµΩ]+'
# Units that are one sign: the temperature and the squared-up letters of old character sets
_SIGNS: Final = '(?:℃|°[CF]?|[㎎㎏㎜㎝㎞㎡㎥㏄])'
# 册次, 点次, 车位, 台日, 人月, 人份: a measure word goes on with what it is measured at; not 缺1项次要指标
_COMPOUND: Final = rf'{COUNTED}(?:次(?![要数品序日年月级生])|[位日月份](?=[扣加得减计记奖未不没无均各]|$))?'
COUNT_UNIT: Final = rf'(?:个(?P<headed>{either(words.HEADED)}|[A-Za-z]+)|(?P<unit>项(?=目标)|/[十百千]?[万亿]|[万亿]?{_LETTERS}[²³]|[万亿]?{_SIGNS}|[十百千]?[万亿]{COUNTED}|{_COMPOUND}|{_LETTERS}|[微毫]克|毫升))(?P<over>/(?:(?:[十百千]?[万亿]|[百千])?(?:人次|(?:列车|[车列人吨座])?公里|平方米|立方米|毫升|小时|分钟|公顷|公斤|班次|架次|车次|[一-鿿])|{_LETTERS}[²³]?|{_SIGNS}))?'


def things(units: str) -> str:
    """A pattern of what is counted of things, by a pattern of their units: of ``每班组`` the whole word, of ``每处理`` and ``每门诊`` nothing."""
    words_beside = either((*words.COMPOUND_THINGS, *words.NO_THINGS, '项目标', '支队伍'))
    return rf'(?:项(?=目标)|支(?=队伍)|{either(words.COMPOUND_THINGS)}|(?!{words_beside}){units})'


THING: Final = things(either(words.THINGS))


class Count(Struct, frozen=True):
    """``quantity`` of ``unit``; the unit is None where 每 names nothing countable. ``start`` is where its words begin in the text that was asked
    (``每少5%``, the 1 of ``缺1项``), None where it stands elsewhere."""

    quantity: Decimal
    unit: str | None
    start: int | None = None


def unit_of(found: re.Match[str]) -> str:
    return (found['headed'] or found['unit']) + (found.groupdict().get('over') or '')
