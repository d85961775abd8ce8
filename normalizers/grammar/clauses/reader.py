"""Clauses: the smallest pieces of text that say by themselves how points move."""

from __future__ import annotations

import re
from bisect import bisect_right
from decimal import Decimal

from msgspec.structs import replace

from kaohe.normalizers.catalogue import Direction, Effect, Field, IndicatorKind
from kaohe.normalizers.grammar.clauses.amounts import (
    ANY_POINTS,
    follows_credits,
    is_misprint,
    may_hold_points,
    points_of,
    stands_for_limit,
)
from kaohe.normalizers.grammar.clauses.binding import bind
from kaohe.normalizers.grammar.clauses.clause_match import ClauseMatch, ClausesRead
from kaohe.normalizers.grammar.clauses.codes import read_code
from kaohe.normalizers.grammar.clauses.counts.count_terms import Count
from kaohe.normalizers.grammar.clauses.counts.counting import after_amount, counted_by
from kaohe.normalizers.grammar.clauses.counts.counts_beside import (
    carried_count,
    limited_by,
    members,
    names_another,
    states_number,
)
from kaohe.normalizers.grammar.clauses.extent import begin, conditions
from kaohe.normalizers.grammar.clauses.grades import read_grades
from kaohe.normalizers.grammar.clauses.heads import without_heads
from kaohe.normalizers.grammar.clauses.scan import Phrase, phrases
from kaohe.normalizers.grammar.clauses.shortfall import bases_of, direction_of, with_rounding
from kaohe.normalizers.grammar.clauses.worth import Worth, sign_of, worth
from kaohe.normalizers.grammar.item_labels import Label, labels
from kaohe.normalizers.grammar.surface import STATEMENT_END, Surface, hides_something, surface

_NUMBERED_ITEMS = re.compile(r'第(\d{1,2}(?:-|至|~|、)(?:第)?\d{1,2})(?:项|条|款|点|小项)')
_COUNTS_INSIDE = frozenset({
    'discretionary.points', 'deduct.at', 'bonus.at', 'award.at', 'deduct.each_behind', 'bonus.each_behind',
})  # fmt: skip
"""Rules whose phrase may itself say what is counted: ``视情节每次扣…``, ``按每人次…``."""
_TWO = re.compile(r'(?<![\d.])(?:2(?![\d.])|[两二])')
_AND_MORE = re.compile('及?以上')
_ENDS_OF_STEPS = ('forfeit', 'veto', 'downgrade')
_SAID_ONCE: frozenset[Effect] = frozenset({'veto', 'choose'})
_SENTENCE_END = re.compile(r'[。\n]')
# the label of an item whose first word begins with 分: `2.分包合同`, `3.分析不到位`
_LABEL = re.compile(r'(?:^|(?<=[\n。;；]))\d{1,2}\.分(?=[\u4e00-\u9fff])')
_NEAR = 12
"""So many clauses before one are asked what it counts from."""
_COUNTABLE: frozenset[Effect] = frozenset({'award', 'deduct', 'bonus', 'discretionary'})


def read_clauses(
    text: str, *, kind: IndicatorKind = 'scored', field: Field = 'criteria', has_criteria: bool = True
) -> ClausesRead:
    """The clauses that a column of an indicator says.

    ``kind`` is the indicator's: in a bonus line points given are added, in a penalty line bare points are taken. ``has_criteria`` tells whether the
    notice has a column of criteria: without one the requirement says how points are won, with one the points behind its sub-items are not clauses.
    """
    reads_bare = field == 'criteria' or (field == 'requirement' and not has_criteria)
    return read(text, 'criteria' if reads_bare else field, kind, items_in_brackets=field == 'requirement')


def read(
    text: str, field: Field, kind: IndicatorKind, *, items_in_brackets: bool = False, prose: bool = False
) -> ClausesRead:
    """``read_clauses`` with its choices made: by the rules of which column, and whether a bare amount in brackets is a sub-item's."""
    reads_alone = field == 'criteria' and not items_in_brackets
    if reads_alone and (code := read_code(text, kind)):
        return ClausesRead(code, len(code))
    if text.isascii() and not (reads_alone and text.lstrip().startswith(('+', '-'))):
        return ClausesRead()  # no other phrase is without a Chinese character, and most cells of points are a number
    if reads_alone and not prose and (grades := read_grades(text, kind)):
        return ClausesRead(grades, len(grades))
    seen = surface(text)
    found: list[Phrase] = []
    unknown: list[tuple[int, int]] = []
    for phrase in phrases(seen.text, field, prose=prose):
        if phrase.points is not None and not points_of(seen.text[slice(*phrase.points)]):
            # no clause and a doubt, rather than a clause that moves an unknown amount
            unknown.append(phrase.points)
        elif not (items_in_brackets and _is_item_points(seen, phrase)):
            found.append(phrase)
    if not found and not unknown and not (may_hold_points(seen.text) and ANY_POINTS.search(seen.text)):
        return ClausesRead()
    scanned = found
    found, _ = without_heads(seen, found) if reads_alone else (found, [])
    marks = labels(text) if found else ()
    heads = [mark.start for mark in marks]
    drafts: list[ClauseMatch] = []
    floor = 0
    for phrase in _merge_restated(seen.text, found):
        under = bisect_right(heads, phrase.start) - 1
        mark = marks[under] if under >= 0 else None
        head = max(floor, mark.end if mark else 0)
        made = _clauses(text, seen, phrase, head, mark, kind, drafts)
        if made and drafts and _further_band(seen, drafts[-1], made[0]):
            drafts[-1] = replace(drafts[-1], per_quantity=None, per_unit=None)
        if made and drafts and _last_step(seen, drafts[-1], made[0]):
            made = [replace(made[0], per_quantity=None, per_unit=None), *made[1:]]
        drafts.extend(made)
        floor = seen.at(made[-1].end - 1) + 1 if made else phrase.end
    held = [phrase.points for phrase in found if phrase.points is not None]
    unknown += _unheld(seen, scanned, reports_bare=reads_alone)
    unheld = tuple(seen.span(*span) for span in sorted(set(unknown)))
    mended = tuple(
        seen.span(*phrase.points) for phrase in found if phrase.points is not None and _was_mended(text, seen, phrase)
    )
    return ClausesRead(bind(seen, with_rounding(seen, drafts)), len(held) + len(unheld), unheld, mended)


def _further_band(seen: Surface, one: ClauseMatch, other: ClauseMatch) -> bool:
    """``缺1项扣1分，缺2项扣2分``: the second says what two cost, ``死亡1人扣20分，每多1人加扣10分``: what each further one costs; so the first is no rate
    but the cost of one. The second may lose everything: ``1起扣3分，2起及以上不得分`` (with 3起及以上
    each of the first two costs)."""
    lost = one.effect == 'deduct' and other.effect in _ENDS_OF_STEPS
    if one.per_quantity != 1 or not (lost or one.effect == other.effect) or one.per_unit is None:
        return False
    first, second = (seen.text[seen.at(clause.start) : seen.at(clause.end)] for clause in (one, other))
    if (
        '每' in first
        or '各' in first
        or f'/{one.per_unit}' in first
        or _SENTENCE_END.search(seen.text, seen.at(one.end) - 1, seen.at(other.start))
    ):
        return False
    if other.per_quantity is not None:  # 累计超过3次的，每超1次再扣1分: below three each costs what the first says
        further = other.base is None or other.base <= 1
        return other.per_unit == one.per_unit and other.direction == 'above' and '每' in second and further
    if not states_number(second, one.per_unit) or (
        one.effect == 'deduct' and names_another(first, second, one.per_unit)
    ):
        return False
    return _TWO.search(second) is not None if lost or _AND_MORE.search(second) else True


def _last_step(seen: Surface, one: ClauseMatch, other: ClauseMatch) -> bool:
    """``完成两项得6分，完成一项得3分``: the steps go down, and the last says what one gives."""
    if other.per_quantity != 1 or other.per_unit is None or one.per_quantity is not None or one.effect != other.effect:
        return False
    first, second = (seen.text[seen.at(clause.start) : seen.at(clause.end)] for clause in (one, other))
    if '每' in second or '各' in second or _SENTENCE_END.search(seen.text, seen.at(one.end) - 1, seen.at(other.start)):
        return False
    return states_number(first, other.per_unit) and not names_another(first, second, other.per_unit)


def _is_item_points(seen: Surface, phrase: Phrase) -> bool:
    return phrase.rule.id == 'award.bare' and seen.text[phrase.start - 1 : phrase.start] == '('


def _merge_restated(text: str, found: list[Phrase]) -> list[Phrase]:
    """One veto, one choice a statement: ``实行一票否决，取消评优资格``, ``按最高分计，不重复加分``."""
    merged: list[Phrase] = []
    for phrase in found:
        last = merged[-1] if merged else None
        if last and _says_again(last, phrase) and not STATEMENT_END.search(text, last.end, phrase.start):
            merged[-1] = replace(last, end=phrase.end)
        else:
            merged.append(phrase)
    return merged


def _says_again(one: Phrase, other: Phrase) -> bool:
    return one.rule.effect == other.rule.effect and one.rule.effect in _SAID_ONCE


def _was_mended(text: str, seen: Surface, phrase: Phrase) -> bool:
    assert phrase.points is not None
    begin, end = phrase.points
    return (
        phrase.rule.id == 'award.misprint'
        or is_misprint(seen.text[begin:end])
        or hides_something(text[slice(*seen.span(min(begin, phrase.start), end))])
    )


def _clauses(
    source: str,
    seen: Surface,
    phrase: Phrase,
    floor: int,
    mark: Label | None,
    kind: IndicatorKind,
    before: list[ClauseMatch],
) -> list[ClauseMatch]:
    """The clauses that one phrase makes: one, or one for each amount of its list."""
    text = seen.text
    start = begin(seen, floor, phrase.start)
    says = worth(seen, phrase, kind, text[start : phrase.start], before)
    number = says.number
    counts, end = _counts(seen, phrase, start, says, before)
    direction, bases = _shortfall(seen, phrase, start, mark.end if mark else 0, counts, before)
    while end < len(text) and text[end] == ')' and start <= seen.opens.get(end, -1) < end:
        end += 1
    left, right = seen.span(start, end)
    numbered = _NUMBERED_ITEMS.search(text, start, phrase.start)
    spans = conditions(text, start, phrase.start, number)
    effects = (says.effect, phrase.rule.also) if phrase.rule.also else (says.effect,)
    return [
        ClauseMatch(
            start=left,
            end=right,
            effect=each,
            rule=phrase.rule.id,
            points=points,
            per_quantity=count.quantity if count else None,
            per_unit=seen.as_printed(count.unit, start, end) if count and count.unit else None,
            condition=source[slice(*seen.span(*span))] if span else None,
            item=numbered.group(1) if numbered else mark.text if mark else None,
            amount=seen.span(*phrase.points) if phrase.points else None,
            share=share,
            base=base,
            direction=direction,
            sign=sign_of(each, text[phrase.start : phrase.end]),
        )
        for each in effects
        for points, share, count, base, span in zip(
            says.points or (None,) * len(counts),
            says.shares or (None,) * len(counts),
            counts,
            bases,
            spans,
            strict=True,
        )
    ]


def _counts(
    seen: Surface, phrase: Phrase, start: int, says: Worth, before: list[ClauseMatch]
) -> tuple[tuple[Count | None, ...], int]:
    """What each amount is counted by, and where the phrase ends with the ``/次`` behind it."""
    number, own = says.number, seen.text[start : phrase.start]
    if says.effect == 'cap' and phrase.points is not None:
        return (limited_by(seen.text[start : phrase.points[0]]),) * number, phrase.end
    if says.effect == 'multiply' or (says.effect == 'proportional' and says.shares):
        loses = sign_of(says.effect, seen.text[phrase.start : phrase.end]) == '-'
        return (counted_by(own, loses=loses, shared=False),) * max(1, number), phrase.end
    if not number or says.effect not in _COUNTABLE:
        return (None,) * max(1, number), phrase.end
    behind = after_amount(seen.text, phrase.points[1] if phrase.points else phrase.end)
    if behind is not None:
        both = _joined_with(own, behind[0], loses=says.effect == 'deduct')
        return (both,) * number, max(phrase.end, behind[1])
    each = members(own, number)
    if each is not None:
        return each, phrase.end
    inside = phrase.points is not None and phrase.rule.id in _COUNTS_INSIDE
    words_before = seen.text[start : phrase.points[0]] if inside and phrase.points else own
    count = counted_by(words_before, loses=says.effect == 'deduct', shared=number == 1) or carried_count(
        seen, own, start, before
    )
    return (count,) * number, phrase.end


def _joined_with(own: str, behind: Count, *, loses: bool) -> Count:
    """``每缺1学时扣0.1分/人``: what stands before the verb and behind the amount, where they are two things."""
    each = counted_by(own, loses=loses, shared=False) if '每' in own else None
    if each is None or each.unit is None or behind.unit is None or behind.unit in each.unit or each.unit in behind.unit:
        return behind
    return replace(each, unit=f'{each.unit}/{behind.unit}')


def _shortfall(
    seen: Surface, phrase: Phrase, start: int, floor: int, counts: tuple[Count | None, ...], before: list[ClauseMatch]
) -> tuple[Direction | None, tuple[Decimal | None, ...]]:
    """Which way what is measured moves, and the number from which each amount counts."""
    count, own = counts[0], seen.text[start : phrase.start]
    direction = direction_of(own, count) if count else None
    if count is None or count.start is None or direction is None:
        return direction, (None,) * len(counts)
    held = [(seen.at(clause.amount[0]), seen.at(clause.amount[1])) for clause in before[-_NEAR:] if clause.amount]
    return direction, bases_of(
        seen.text, floor, start, start + count.start, phrase.start, count, direction, len(counts), held
    )


def _unheld(seen: Surface, found: list[Phrase], *, reports_bare: bool) -> list[tuple[int, int]]:
    """Amounts of points that no phrase holds and that are no limit, total, count, time, credit or label."""
    spans = [(phrase.start, phrase.end) for phrase in found]
    starts = [start for start, _ in spans]
    left: list[tuple[int, int]] = []
    for match in ANY_POINTS.finditer(seen.text) if may_hold_points(seen.text) else ():
        start, end = match.span()
        near = bisect_right(starts, start) - 1
        if near >= 0 and spans[near][1] > start:
            continue
        if stands_for_limit(seen.text, start, end) or follows_credits(seen.text, start):
            continue
        if _LABEL.match(seen.text, start):
            continue
        if not reports_bare and seen.text[start - 1 : start] == '(' and seen.text[end : end + 1] == ')':
            continue
        left.append((start, end))
    return left
