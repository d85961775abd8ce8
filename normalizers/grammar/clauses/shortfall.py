"""From where a count counts, which way, and how it is rounded: ``每低于95%一个百分点``, ``不足5%按5%计算``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Final

from msgspec.structs import replace

from kaohe.normalizers.catalogue import Direction
from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.grammar.clauses.clause_match import ClauseMatch
from kaohe.normalizers.grammar.clauses.counts.count_terms import Count
from kaohe.normalizers.grammar.surface import Surface
from kaohe.normalizers.text.numbers import NUMBER, parse_number
from kaohe.normalizers.vocabulary import point_words as words

_BELOW = re.compile(either(words.BELOW))
_ABOVE = re.compile(either(words.ABOVE))
_FALLS = re.compile(either(words.RANK_FALLS))
_RISES = re.compile(either(words.RANK_RISES))
_RIGHT_BEFORE = re.compile(
    rf'(?:{either((*words.BELOW, *words.ABOVE, *words.RANK_FALLS, *words.RANK_RISES))})(?:了|到)?$'
)
# 每退后一名 counts places, 每引进1名 people
_PLACE_MOVES = re.compile('(?:后退|退后|退步|下降|落后|后移|前进|进步|上升|提升|前移|降|升|退|进)了?')
_NUMBER = re.compile(NUMBER)
_VERB = re.compile('[扣加得奖]')
# 超出部分每5个百分点, 低于90分每1分, 高于基准每1%
_BEYOND = re.compile(
    r'(?<!不)(?:超出|超额|超过|超|高于|低于|不足|少于)(?:部分|的?部分|基准值?|该值|目标值?|标准值?|计划|\d[\d.]*[^,。;\d]{1,3})的?,?$'
)
_SHARES: Final = frozenset({'%', '百分点', '个点', '点', 'PP', 'pp'})
_LIKE: Final = (
    {'元': Decimal(1), '百元': Decimal(100), '千元': Decimal(1000), '万元': Decimal(10_000), '万': Decimal(10_000), '亿元': Decimal(100_000_000), '亿': Decimal(100_000_000)},
    {'分钟': Decimal(1), '小时': Decimal(60)},
    {'米': Decimal(1), '千米': Decimal(1000), '公里': Decimal(1000)},
    {'月': Decimal(1), '个月': Decimal(1), '年': Decimal(12)},
)  # fmt: skip
_SCALES: Final = {'万': Decimal(10_000), '亿': Decimal(100_000_000)}
# a new name of something measured between two numbers
_METRIC = re.compile('[率比度额量]|例(?!如)|数(?!据)|时间|天数|收入|产值|增速|排名|分(?=达|在|低|高)')
_STANDS_FOR: Final = frozenset({'比例', '比率', '占比', '比值', '指标', '该指标', '得分', '数值'})
_OWN_SUBJECT = re.compile(r'[一-鿿A-Za-z]{2,}')
_SUBJECT = re.compile(r'(?:^|[,:;。])(?P<name>[一-鿿]{2,8})(?:每|比|按)?$')
_CONDITION = re.compile(r'(?:的|者|,|时)$')
_GOES_ON = re.compile(
    r'(?:其余|其他|超过|超出|超额|不足|不达标|未达标|未达到|未完成|不满|低于|高于|否则|以此|在此)[^,。;]{0,8}$'
)
# 每5%, 以上4项, 第3次: what is counted or named, not what is to be reached
# 每高于基准价1%: the step of another clause
_STEP_BEFORE = re.compile(rf'每{either((*words.BELOW, *words.ABOVE))}[^,。;:\d]{{0,8}}$')
_NO_BASE = re.compile(
    r'(?:每(?:少|多|低|高|超|缺|降|升|提升|提高|下降|上升|降低|增加|减少|后退|前进)?|以上|上述|以下|下列|共|第)$'
)
_RANGE = re.compile(r'(?:-|~|至|到)\d')
_REACH = 160
_STATEMENT = re.compile(r'[。;\n]')
_STARTED = re.compile(
    rf'(?:不足|不满|未满|不到)(?:一个|1个|一|1)?(?P<step>{NUMBER}?[^,。;按以计\d]{{1,6}}?)的?,?(?:也|均|仍|都)?(?:按|以|视为|视作|计)(?:照)?(?:满)?(?:一个|1个|一|1)?(?P=step)(?:计|算|扣|处理|对待)?'
)


def direction_of(before: str, count: Count) -> Direction | None:
    """Which way what is measured moves where the count counts; ``before`` are the clause's own words up to the verb, as ``counted_by`` was asked."""
    if count.start is None:
        return None
    if before[count.start : count.start + 1] == '每':
        lead = _lead(before[count.start + 1 :])
        beyond = _BEYOND.search(before, 0, count.start) if len(lead) <= 1 else None
        lead = beyond.group() if beyond and _counts_on(beyond.group(), count.unit) else lead
    else:
        near = _RIGHT_BEFORE.search(before, max(0, count.start - 4), count.start)
        lead = near.group() if near else ''
    return _moved(lead, count.unit)


@lru_cache(1024)  # 每次, 每缺1项: the same few words stand everywhere
def _lead(behind: str) -> str:
    """The words between 每 and the number or verb ``behind`` it."""
    digits = _NUMBER.search(behind)
    return _VERB.split(behind[: digits.start()] if digits and digits.start() <= 16 else behind[:16])[0]


@lru_cache(1024)
def _moved(lead: str, unit: str | None) -> Direction | None:
    """Which way these words say that so many of ``unit`` move."""
    ranks = unit in words.RANKS and (unit != '名' or _PLACE_MOVES.fullmatch(lead) is not None)
    falls, rises = (_FALLS if ranks else _BELOW).search(lead), (_RISES if ranks else _ABOVE).search(lead)
    if (falls is None) == (rises is None):
        return None
    return 'above' if (falls is None) != ranks else 'below'


def _counts_on(beyond: str, unit: str | None) -> bool:
    """Whether what is counted is what lies beyond a number: ``低于90分每1分``, not ``超过30日的，每册``."""
    if not re.search(r'\d', beyond) or unit is None:
        return unit is not None
    return unit in beyond or (unit in _SHARES and '%' in beyond)


def bases_of(
    text: str, floor: int, start: int, counted: int, end: int, count: Count, direction: Direction, amounts: int,
    held: Sequence[tuple[int, int]],
) -> tuple[Decimal | None, ...]:  # fmt: skip
    """The number from which each of ``amounts`` amounts counts, in the count's unit; None where none is known.

    The clause begins at ``start``, its count at ``counted`` and its verb at ``end``; nothing before ``floor`` (its item's begin) belongs to it.
    ``held`` are the spans of points before it.
    """
    nothing = (None,) * amounts
    if count.unit is None:
        return nothing
    held = [span for span in held if span[1] > max(floor, start - _REACH)]
    anew = _has_subject(text[start:counted]) and not _named_before(text, max(floor, start - _REACH), start, counted)
    first = max(start, *(text.rfind(mark, start, counted - 1) + 1 for mark in ',:')) if anew else start
    own = [value for value, _ in _numbers(text, counted, end, count, held, inside=True)] or [
        value for value, _ in _numbers(text, first, counted, count, held)
    ]
    if own:
        return (own[0] if len(set(own)) == 1 else None,) * amounts
    if anew:
        return nothing
    found = _before(text, floor, start, count, held)
    values = list(dict.fromkeys(value for value, _ in found))
    if len(values) == 1:
        return (values[0],) * amounts
    if amounts > 1 and len(values) == amounts:
        return tuple(values)
    one_thing = not any(_METRIC.search(text, one, other) for (_, one), (_, other) in pairwise(found))
    return (max(values),) * amounts if values and one_thing and direction == 'above' else nothing


def with_rounding(seen: Surface, drafts: list[ClauseMatch]) -> list[ClauseMatch]:
    """The clauses, with ``rounding`` where the text says that a step that is begun counts in full: on what counts before that, else behind it."""
    counted = [at for at, draft in enumerate(drafts) if draft.per_quantity is not None]
    for found in _STARTED.finditer(seen.text) if counted else ():
        near = [at for at in counted if seen.at(drafts[at].start) <= found.start()] or counted[:1]
        if near:
            drafts[near[-1]] = replace(drafts[near[-1]], rounding='started')
    return drafts


def in_unit(value: Decimal, unit: str | None, wanted: str) -> Decimal | None:
    """A value in another unit: 0.5 ``小时`` is 30 ``分钟``, 95 ``%`` is 95 ``百分点``; None where the units have nothing to do with each other."""
    if unit is None:
        return None
    if unit == wanted or {unit, wanted} <= _SHARES:
        return value
    family = next((family for family in _LIKE if unit in family and wanted in family), None)
    return value * family[unit] / family[wanted] if family else None


def _has_subject(own: str) -> bool:
    """Whether the words before the count name what is measured anew (``辅具适配率每低1%``)."""
    part = re.split('[,:]', own.rstrip(','))[-1]
    return bool(_OWN_SUBJECT.search(part)) and not _CONDITION.search(own) and not _GOES_ON.search(part)


def _named_before(text: str, floor: int, start: int, counted: int) -> bool:
    """Whether the subject is one that was named: ``碘盐合格率≥98%得3分，合格率每下降1%扣1分``."""
    part = _SUBJECT.search(text[start:counted])
    if part is None:
        return False
    return part['name'] in _STANDS_FOR or text.find(part['name'], floor, start + part.start()) >= 0


def _before(
    text: str, floor: int, start: int, count: Count, held: Sequence[tuple[int, int]]
) -> list[tuple[Decimal, int]]:
    """The numbers before the clause: in its statement; where that begins with it, in those before, back to one that names what is measured."""
    floor = max(floor, start - _REACH)
    ends = [mark.end() for mark in _STATEMENT.finditer(text, floor, start)]
    first = ends.pop() if ends else floor
    found = _numbers(text, first, start, count, held)
    while first > floor and not _METRIC.search(text, first, start):
        first = ends.pop() if ends else floor
        found = _numbers(text, first, start, count, held)
    return found


def _numbers(
    text: str, first: int, last: int, count: Count, held: Sequence[tuple[int, int]], *, inside: bool = False
) -> list[tuple[Decimal, int]]:
    """The numbers in ``text[first:last]`` whose unit is the count's or can be turned into it, each with its place. ``inside``: before the step itself."""
    assert count.unit is not None
    pattern, factors, signs = _in_unit(count.unit)
    if all(text.find(sign, first, last) < 0 for sign in signs):
        return []
    matches = list(pattern.finditer(text, first, last))
    if inside and pattern.fullmatch(f'1{count.unit}'):
        matches = matches[:-1]  # the last is the step itself
    found = []
    for match in matches:
        value = parse_number(match['number'])
        if value is None or any(left < match.end() and match.start() < right for left, right in held):
            continue
        if not inside and _STEP_BEFORE.search(text, max(0, match.start() - 12), match.start()):
            continue
        if _NO_BASE.search(text, max(0, match.start() - 8), match.start()) or _RANGE.match(text, match.end()):
            continue
        found.append((value * factors.get(match['unit'], Decimal(1)), match.start()))
    return found


@lru_cache(64)
def _in_unit(unit: str) -> tuple[re.Pattern[str], dict[str, Decimal], tuple[str, ...]]:
    """The pattern of a number in a unit like this one, by what it is to be multiplied, and the units, one of which every match holds."""
    if unit in _SHARES:
        return re.compile(rf'(?<![\d.\-~])(?P<number>{NUMBER})(?P<unit>%)'), {}, ('%',)
    for family in _LIKE:
        if unit in family:
            names = either(family)
            factors = {name: worth / family[unit] for name, worth in family.items()}
            return re.compile(rf'(?<![\d.])(?P<number>{NUMBER})个?(?P<unit>{names})'), factors, tuple(family)
    many = {f'{scale}{unit}': worth for scale, worth in _SCALES.items()}
    return re.compile(rf'(?<![\d.])(?P<number>{NUMBER})个?(?P<unit>[万亿]?{re.escape(unit)})'), many, (unit,)
