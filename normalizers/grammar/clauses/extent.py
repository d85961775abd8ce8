"""Where a clause begins: the words before its phrase that say when it applies."""

from __future__ import annotations

import re

from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.grammar.clauses.amounts import ANY_POINTS, stands_for_limit
from kaohe.normalizers.grammar.surface import Surface
from kaohe.normalizers.vocabulary import point_words as words

# where a statement ends, and what parts it
_MARKS = re.compile(r'[。;!?\n,()]')
_LOOKS = re.compile(rf'(?:{either(words.INSPECTIONS)})')
_EMPTY = re.compile(
    rf'(?:每[一-鿿]{{0,3}}|各|分别|均|则|将|再|另|并|可|应|相应|直接|额外|共|同时|当年|[此该本](?:小|单)?项'
    rf'|(?:[一1]|其中|{either(words.EVENTS)}[一1]|){either(words.COUNTED)})*+$'
)
_LEAD_IN = re.compile(r'[^,。;:]{1,30}:(?!\d)')
_CONDITION = re.compile(r'(?:[\d%‰)]|\d[^,。;:\d]{1,6}|以[上下内外])(?:的|者)?:$')
_TRAILING = re.compile(
    r'(?:(?<![细法规准守原否])则|的|各自|各|分别|均|将|再|一律|[,、;:*(]|[此该本](?:大|小|单)?项(?:目)?(?:得分)?)+$'
)
_TRAILING_ENDS = frozenset('则的自各别均将再律,、;:*(项目分\n')
_NAMES = re.compile(r'[^、和或]+')
# 每少1次, 缺1项, 逾期1天: says by itself what is counted and which way
_SHORTFALL = re.compile(rf'每?(?:{either((*words.COMPARATIVES, *words.BELOW, *words.ABOVE))})')
# ≥95%, 不少于4次, 90%以上: what is asked for, which a count below it takes up and does not repeat
_ASKED = re.compile(r'[≥≤<>]|\d[%‰]|(?:不(?:少|低|高|大|小|超|得)|达到?|至少)[^,;\n]{0,6}\d|\d[^,;\n]{0,4}以[上下内]')
# 台账齐全, 老人走访全覆盖: how it should be, which is no condition of 缺1项扣3分; what is wrong and what has a number are
_AS_IT_SHOULD_BE = re.compile(
    r'(?![^,]*(?:[未不无没缺漏少]|\d))[^,]{2,}(?:齐全|完整|完备|健全|完善|规范|到位|全覆盖|及时|准确|清晰|清楚|整洁|有效|落实|一致|真实|统一|详实)$'
)
_LACKS = re.compile('每?[缺漏少差]')
_REACH = 400
_EMPTY_REACH, _OWN_REACH = 3, 1


def begin(surface: Surface, floor: int, start: int) -> int:
    """The start of the clause whose phrase starts at ``start``; nothing before ``floor`` (the end of the phrase or label before) belongs to it.

    Takes the phrase's own part between commas, and the parts before it: up to three where its own says nothing, else one, and further ones as
    long as they are conditions by their form. A part that only tells how one looks (``查阅台账，``) ends it.
    """
    parts = _parts(surface, floor, start)
    text = surface.text
    first, own_end = parts[0]
    spare = _EMPTY_REACH if _EMPTY.match(text[first:own_end]) else _OWN_REACH
    for left, right in parts[1:]:
        part = text[left:right]
        if _LOOKS.match(part) and not part.endswith('的'):
            says_nothing = spare == _EMPTY_REACH
            return _skip_lead_in(surface, left if says_nothing else first, start)
        if spare == 0 and not part.endswith('的'):
            break
        if right + 1 == parts[0][0] and _LACKS.match(text, parts[0][0]) and _AS_IT_SHOULD_BE.fullmatch(part):
            break
        spare = max(0, spare - 1)
        first = left
    return _skip_lead_in(surface, first, start)


def _parts(surface: Surface, floor: int, start: int) -> list[tuple[int, int]]:
    """The parts between commas before ``start``, nearest first; each is a half-open span."""
    text, opens = surface.text, surface.opens
    floor = max(floor, start - _REACH)
    parts: list[tuple[int, int]] = []
    end = start
    left = position = min(floor, start)
    before = start
    for at in reversed([mark.start() for mark in _MARKS.finditer(text, left, start)]):
        if at >= before:  # inside a bracket that was passed over
            continue
        position = at + 1
        if text[at] == ')':
            opened = opens.get(at)
            if opened is None or opened < floor:
                break
            before = opened
        elif text[at] == '(':
            if not _EMPTY.match(text[position:end]) or parts:
                break
        elif text[at] == ',' or (text[at] == '\n' and not parts and _stands_above(text, left, at, start)):
            parts.append((position, end))
            end = at
        else:
            break
    else:
        position = left
    parts.append((position, end))
    return parts


def _stands_above(text: str, floor: int, at: int, start: int) -> bool:
    """Whether the line above the line feed at ``at`` says when the phrase at ``start`` applies: nothing before the phrase does (``未开展演练⏎不得分``, of
    two cells under one head), the line ends no sentence, and it does not tell how one looks. What counts a shortfall is whole (``每少1次扣0.5分``), and a
    line that has points or a target of its own is what the item asks (``合格率≥95%⏎每处扣1分``)."""
    if at <= floor or _EMPTY.match(text[at + 1 : start]) is None or text[at - 1] in '。;:!?,、':
        return False
    line = max(floor, text.rfind('\n', floor, at) + 1)
    if _LOOKS.match(text, line) is not None or _SHORTFALL.match(text, at + 1, start) is not None:
        return False
    if at + 1 < start and _ASKED.search(text, line, at) is not None:
        return False
    return all(stands_for_limit(text, *points.span()) for points in ANY_POINTS.finditer(text, line, at))


def _skip_lead_in(surface: Surface, first: int, start: int) -> int:
    """Behind a lead-in (``批示：``; what is no more than a number before the amount is its condition), punctuation, and a bracket that belongs to what stands before (``…得1分（见台账），未…``)."""
    text = surface.text
    while (lead_in := _LEAD_IN.match(text, first, start)) is not None:
        if lead_in.end() == start and _CONDITION.search(text, first, start):
            break  # 准时率≥98%：10分
        first = lead_in.end()
    while first < start and text[first] in ',、;:。)*”(':
        if surface.closes.get(first) == start - 1:
            break  # (95%~100%)得2分
        closed = surface.closes.get(first, -1)
        first = closed + 1 if first < closed < start and text[closed + 1] in ',、;:。' else first + 1
    return first


def conditions(text: str, first: int, start: int, amount_count: int) -> list[tuple[int, int] | None]:
    """The span of each amount's condition in ``text[first:start]``: its own member of a list where the condition has as many, else the whole, without the
    words that only lead over to the amount; None where nothing is left."""
    trailing = _TRAILING.search(text[first:start]) if text[start - 1] in _TRAILING_ENDS else None
    end = first + trailing.start() if trailing else start
    if end == first:
        return [None] * max(1, amount_count)
    if amount_count > 1:
        for part in reversed(list(re.finditer(r'[^,(]+', text[first:end]))):
            names = [name.span() for name in _NAMES.finditer(text, first + part.start(), first + part.end())]
            if len(names) == amount_count:
                # 每单条、综合、简讯分别加: the first is 单条
                return [(left + (text[left] == '每' and right - left > 1), right) for left, right in names]
    return [(first, end)] * max(1, amount_count)
