"""Clauses: the smallest pieces of text that say by themselves how points move."""

from __future__ import annotations

import re
from bisect import bisect_right
from decimal import Decimal
from typing import NamedTuple

from kaohe.normalizers.catalogue import Direction, Effect, Field, IndicatorKind, Rounding, Scope, Sign
from kaohe.normalizers.grammar.clauses.amounts import (
    ANY_POINTS,
    follows_credits,
    is_misprint,
    points_of,
    stands_for_limit,
)
from kaohe.normalizers.grammar.clauses.binding import bind
from kaohe.normalizers.grammar.clauses.counting import Count, after_amount, counted_by, members, states_number
from kaohe.normalizers.grammar.clauses.extent import begin, conditions
from kaohe.normalizers.grammar.clauses.scan import Phrase, phrases
from kaohe.normalizers.grammar.clauses.surface import Surface, surface
from kaohe.normalizers.grammar.item_labels import Label, labels
from kaohe.normalizers.vocabulary import point_words as words

_NUMBERED_ITEMS = re.compile(r'第(\d{1,2}(?:-|至|~|、)(?:第)?\d{1,2})(?:项|条|款|点|小项)')
_LEVEL_ONLY = re.compile(
    rf'(?:{"|".join(sorted(words.LEVELS, key=len, reverse=True))})(?:级|等奖|奖|部级)?(?:及以上)?的?'
)
# no points at all: what is given is nothing, what is taken is nothing
_NOTHING: dict[Effect, Effect] = {'award': 'forfeit', 'bonus': 'full', 'deduct': 'full'}
_COUNTS_INSIDE = frozenset({'discretionary.points', 'deduct.at', 'bonus.at', 'award.at'})
"""Rules whose phrase may itself say what is counted: ``视情节每次扣…``, ``按每人次…``."""
_SAID_ONCE: frozenset[Effect] = frozenset({'veto', 'choose'})
_STATEMENT_END = re.compile(r'[。;\n]')
_SENTENCE_END = re.compile(r'[。\n]')
_COUNTABLE: frozenset[Effect] = frozenset({'award', 'deduct', 'bonus', 'discretionary'})


class ClauseMatch(NamedTuple):
    """A clause in a text: ``text[start:end]`` holds condition and amount, ``amount`` the span of the amount alone. ``binds`` are indexes
    into the same ``ClausesRead.matches``. ``item`` is the printed label that it stands under."""

    start: int
    end: int
    effect: Effect
    rule: str
    points: Decimal | None = None
    per_quantity: Decimal | None = None
    per_unit: str | None = None
    condition: str | None = None
    cap: Decimal | None = None
    item: str | None = None
    binds: tuple[int, ...] = ()
    amount: tuple[int, int] | None = None
    scope: Scope = 'line'
    share: Decimal | None = None
    base: Decimal | None = None
    direction: Direction | None = None
    sign: Sign | None = None
    rounding: Rounding | None = None


class ClausesRead(NamedTuple):
    """The clauses of a text in printed order. ``amounts_seen`` counts the amounts of points that a clause should hold, ``unheld`` are the spans of those that none
    holds, ``mended`` the spans of misprints whose value was mended."""

    matches: tuple[ClauseMatch, ...] = ()
    amounts_seen: int = 0
    unheld: tuple[tuple[int, int], ...] = ()
    mended: tuple[tuple[int, int], ...] = ()


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
    if text.isascii():  # no phrase is without a Chinese character, and most cells of points are a number
        return ClausesRead()
    seen = surface(text)
    found: list[Phrase] = []
    unknown: list[tuple[int, int]] = []
    for phrase in phrases(seen.text, field, prose=prose):
        if phrase.points is not None and not points_of(seen.text[slice(*phrase.points)]):
            # no clause and a doubt, rather than a clause that moves an unknown amount
            unknown.append(phrase.points)
        elif not (items_in_brackets and _is_item_points(seen, phrase)):
            found.append(phrase)
    if not found and not unknown and ANY_POINTS.search(seen.text) is None:
        return ClausesRead()
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
            drafts[-1] = drafts[-1]._replace(per_quantity=None, per_unit=None)
        drafts.extend(made)
        floor = phrase.end
    held = [phrase.points for phrase in found if phrase.points is not None]
    unknown += _unheld(seen, found, reports_bare=field == 'criteria' and not items_in_brackets)
    unheld = tuple(seen.span(*span) for span in sorted(unknown))
    mended = tuple(
        seen.span(*phrase.points)
        for phrase in found
        if phrase.points is not None
        and (phrase.rule.id == 'award.misprint' or is_misprint(seen.text[slice(*phrase.points)]))
    )
    return ClausesRead(bind(seen, drafts), len(held) + len(unheld), unheld, mended)


def _further_band(seen: Surface, one: ClauseMatch, other: ClauseMatch) -> bool:
    """``缺1项扣1分，缺2项扣2分``: the second says what two cost, so the first is no rate but the cost of one."""
    if one.per_quantity != 1 or other.per_quantity is not None or one.effect != other.effect or one.per_unit is None:
        return False
    first, second = (seen.text[seen.at(clause.start) : seen.at(clause.end)] for clause in (one, other))
    if '每' in first or '各' in first or _SENTENCE_END.search(seen.text, seen.at(one.end) - 1, seen.at(other.start)):
        return False
    return states_number(second, one.per_unit)


def _is_item_points(seen: Surface, phrase: Phrase) -> bool:
    return phrase.rule.id == 'award.bare' and seen.text[phrase.start - 1 : phrase.start] == '('


def _merge_restated(text: str, found: list[Phrase]) -> list[Phrase]:
    """One veto, one choice a statement: ``实行一票否决，取消评优资格``, ``按最高分计，不重复加分``."""
    merged: list[Phrase] = []
    for phrase in found:
        last = merged[-1] if merged else None
        if last and _says_again(last, phrase) and not _STATEMENT_END.search(text, last.end, phrase.start):
            merged[-1] = last._replace(end=phrase.end)
        else:
            merged.append(phrase)
    return merged


def _says_again(one: Phrase, other: Phrase) -> bool:
    return one.rule.effect == other.rule.effect and one.rule.effect in _SAID_ONCE


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
    effect, amounts = _worth(seen, phrase, kind)
    counts, end = _counts(seen, phrase, start, effect, len(amounts), before)
    while end < len(text) and text[end] == ')' and start <= seen.opens.get(end, -1) < end:
        end += 1
    left, right = seen.span(start, end)
    numbered = _NUMBERED_ITEMS.search(text, start, phrase.start)
    spans = conditions(text, start, phrase.start, len(amounts))
    effects = (effect, phrase.rule.also) if phrase.rule.also else (effect,)
    return [
        ClauseMatch(
            start=left,
            end=right,
            effect=each,
            rule=phrase.rule.id,
            points=points,
            per_quantity=count.quantity if count else None,
            per_unit=count.unit if count else None,
            condition=source[slice(*seen.span(*span))] if span else None,
            item=numbered.group(1) if numbered else mark.text if mark else None,
            amount=seen.span(*phrase.points) if phrase.points else None,
        )
        for each in effects
        for points, count, span in zip(amounts or (None,), counts, spans, strict=True)
    ]


def _worth(seen: Surface, phrase: Phrase, kind: IndicatorKind) -> tuple[Effect, tuple[Decimal, ...]]:
    """The effect in a line of this kind, and the amounts: none where the amount is nothing (``得0分`` loses all)."""
    effect = phrase.rule.effect
    if effect == 'award' and kind == 'bonus':
        effect = 'bonus'
    elif phrase.rule.id == 'award.bare' and kind == 'penalty':
        effect = 'deduct'
    amounts = points_of(seen.text[slice(*phrase.points)]) if phrase.points else ()
    if amounts and not any(amounts):
        return _NOTHING.get(effect, effect), ()
    return effect, amounts


def _counts(
    seen: Surface, phrase: Phrase, start: int, effect: Effect, amount_count: int, before: list[ClauseMatch]
) -> tuple[tuple[Count | None, ...], int]:
    """What each amount is counted by, and where the phrase ends with the ``/次`` behind it."""
    if not amount_count or effect not in _COUNTABLE:
        return (None,) * max(1, amount_count), phrase.end
    behind = after_amount(seen.text, phrase.end)
    if behind is not None:
        return (behind[0],) * amount_count, behind[1]
    own = seen.text[start : phrase.start]
    each = members(own, amount_count)
    if each is not None:
        return each, phrase.end
    inside = phrase.points is not None and phrase.rule.id in _COUNTS_INSIDE
    words_before = seen.text[start : phrase.points[0]] if inside and phrase.points else own
    count = counted_by(words_before, loses=effect == 'deduct', shared=amount_count == 1) or _carried(own, before)
    return (count,) * amount_count, phrase.end


def _carried(own: str, before: list[ClauseMatch]) -> Count | None:
    """``每获国家级1项加3分，省级加2分``: what the first is counted by holds for a further level too."""
    if before and before[-1].per_quantity is not None and _LEVEL_ONLY.fullmatch(own.strip(',、')):
        return Count(before[-1].per_quantity, before[-1].per_unit)
    return None


def _unheld(seen: Surface, found: list[Phrase], *, reports_bare: bool) -> list[tuple[int, int]]:
    """Amounts of points that no phrase holds and that are no limit, total, count, time or credit."""
    spans = [(phrase.start, phrase.end) for phrase in found]
    starts = [start for start, _ in spans]
    left: list[tuple[int, int]] = []
    for match in ANY_POINTS.finditer(seen.text):
        start, end = match.span()
        near = bisect_right(starts, start) - 1
        if near >= 0 and spans[near][1] > start:
            continue
        if stands_for_limit(seen.text, start, end) or follows_credits(seen.text, start):
            continue
        if not reports_bare and seen.text[start - 1 : start] == '(' and seen.text[end : end + 1] == ')':
            continue
        left.append((start, end))
    return left
