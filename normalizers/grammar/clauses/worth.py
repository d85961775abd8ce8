"""What a phrase is worth in its line: the effect, the amounts, the share, the factor, the sign."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from msgspec import Struct

from kaohe.normalizers.catalogue import Effect, IndicatorKind, Sign
from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.grammar.clauses.amounts import points_of
from kaohe.normalizers.grammar.clauses.clause_match import ClauseMatch
from kaohe.normalizers.grammar.clauses.scan import Phrase
from kaohe.normalizers.grammar.clauses.verbs import gives, takes
from kaohe.normalizers.grammar.surface import Surface
from kaohe.normalizers.text.numbers import parse_number, parse_shares
from kaohe.normalizers.vocabulary import point_words as words

# no points at all: what is given is nothing, what is taken is nothing
_NOTHING: Final[dict[Effect, Effect]] = {'award': 'forfeit', 'bonus': 'full', 'deduct': 'full'}
_SIGNLESS: Final[frozenset[Effect]] = frozenset({'cap', 'choose', 'veto', 'downgrade', 'external'})
_BARE = ('award.bare', 'award.bare_each')
_MOVES: Final[frozenset[Effect]] = frozenset({'award', 'bonus', 'deduct'})
_NEAR = 8
"""So many clauses before a phrase tell what its line does."""
_FAULT = re.compile(either(words.FAULTS))
_MERIT = re.compile(either(words.MERITS))
_GOOD = re.compile(either(words.GOODS))
_BROKEN_DOWN = re.compile(r'\([^()]{0,20}\d[\d.]*分')
_GRADE = re.compile(
    r'(?:优秀?|良好?|中等?|一般|合格|及格|较?差|不合格|不及格|[A-Ea-e])(?:[档级等:(]|(?=[^A-Za-z一-鿿]))'
)
# 每件0.5分、中院每件1分予以扣减: the verb of all stands at the end
_TAKEN_BEHIND = re.compile(
    r'[^。;\n扣加得奖]{0,40}?分?(?:予以|进行|给予|分别)(?:扣减|扣除|扣分|核减|减分)(?=[,。;)\n]|$)'
)
# the last of several bands: 60天以上的10分；30～60天的7分；不足30天的3分
_LOWEST_BAND = re.compile(r'(?:不足|低于|少于|小于|未满|不满|不到)\d[\d.]*[^\d,。;]{0,4}$')
# 台账、投诉两项每项2分，有一项不合格扣1分: what each part has, of which the fault takes some
_PARTS = re.compile(r'[两二三四五六七八九十2-9][项条类个方面]{1,2},?(?:每[项条类个]|各(?:项|占)?)$')
_LOST_OF_IT = re.compile(r'[,;。](?:其中|如)?(?:每?有|任何?|每|缺少?)?[一1][项条类个处][^。;\n扣得加]{0,12}扣\d')
_WIDEST = 60
_SENTENCE_END = re.compile(r'[。;\n]')
_MORE = re.compile('上浮|上调|加扣|多扣|增扣|加罚')
_LESS = re.compile('下浮|下调|少扣')
_HALVED = re.compile('减半|折半')


class Worth(Struct, frozen=True):
    """``points`` and ``shares`` hold one number for each amount of a list, nothing where none is stated."""

    effect: Effect
    points: tuple[Decimal, ...] = ()
    shares: tuple[Decimal | None, ...] = ()

    @property
    def number(self) -> int:
        """How many amounts or shares are stated."""
        return max(len(self.points), len(self.shares))


def worth(seen: Surface, phrase: Phrase, kind: IndicatorKind, condition: str, before: Sequence[ClauseMatch]) -> Worth:
    """What a phrase is worth in a line of this kind; ``condition`` are the words before it, ``before`` the clauses before it.

    An amount of nothing has none (``得0分`` loses all). A bare amount takes the sense of what it stands for.
    """
    effect = phrase.rule.effect
    shares = parse_shares(phrase.share) if phrase.share else ()
    if effect == 'multiply':
        said = seen.text[phrase.start : phrase.end]
        return Worth(effect, tuple(_factor(said, phrase.factor, share) for share in shares or (None,)))
    if phrase.rule.id == 'proportional.share' and _of_another(seen, phrase, kind, before):
        return Worth('multiply', tuple(share for share in shares if share is not None))
    if phrase.rule.id == 'cap.zero' and not _runs(seen, phrase, before):
        return Worth('forfeit')
    points = points_of(seen.text[slice(*phrase.points)]) if phrase.points else ()
    if phrase.rule.id in _BARE and any(points) and (kind == 'penalty' or _is_fault(seen, phrase, condition, before)):
        effect = 'deduct'
    elif effect == 'award' and kind == 'bonus':
        effect = 'bonus'
    elif kind == 'penalty' and phrase.rule.id == 'award.points' and seen.text[phrase.start] in '记计':
        effect = 'deduct'  # 闯红灯每次记6分
    if points and not any(points):
        return Worth(_NOTHING.get(effect, effect))
    return Worth(effect, points, shares)


def sign_of(effect: Effect, text: str) -> Sign | None:
    """Which way a clause with these words moves the score."""
    if effect in _SIGNLESS:
        return None
    if effect in ('deduct', 'forfeit'):
        return '-'
    if effect in ('award', 'bonus', 'full'):
        return '+'
    return '-' if takes(text) else '+' if gives(text) else None


def _factor(text: str, factor: str | None, share: Decimal | None) -> Decimal:
    if share is not None:
        return 1 + share if _MORE.search(text) else 1 - share if _LESS.search(text) else share
    if factor is not None:
        return parse_number(factor) or Decimal(2)
    return Decimal('0.5') if _HALVED.search(text) else Decimal(2)


def _of_another(seen: Surface, phrase: Phrase, kind: IndicatorKind, before: Sequence[ClauseMatch]) -> bool:
    """``一等奖加10分（第二完成单位按50%计）``: in a bonus line, which has no points to take a part of, a share of what was given before."""
    return (
        kind == 'bonus'
        and seen.text[phrase.start] == '按'
        and any(clause.effect == 'bonus' for clause in before[-_NEAR:])
    )


def _runs(seen: Surface, phrase: Phrase, before: Sequence[ClauseMatch]) -> bool:
    """Whether points were taken or given before in the same statement."""
    if seen.text.startswith('最', phrase.start):
        return True
    return (
        bool(before)
        and before[-1].effect == 'deduct'
        and not _SENTENCE_END.search(seen.text, seen.at(before[-1].end), phrase.start)
    )


def _is_fault(seen: Surface, phrase: Phrase, condition: str, before: Sequence[ClauseMatch]) -> bool:
    """Whether what a bare amount stands for is wrong: by its words, or because its statement or its line has only taken so far.

    In a bracket, or before one that breaks it down, it is what a part is worth.
    """
    if _in_bracket(seen, phrase.start) or _BROKEN_DOWN.match(seen.text, phrase.end) or _GRADE.match(condition):
        return False
    if before and before[-1].rule in _BARE and before[-1].effect != 'deduct' and _LOWEST_BAND.search(condition):
        return False
    if _PARTS.search(condition) and _LOST_OF_IT.match(seen.text, phrase.end):
        return False
    if _FAULT.search(_MERIT.sub('', condition)) or _TAKEN_BEHIND.match(seen.text, phrase.end):
        return True
    if before and not _SENTENCE_END.search(seen.text, seen.at(before[-1].end) - 1, phrase.start):
        return before[-1].effect == 'deduct'
    moved = [clause.effect for clause in before[-_NEAR:] if clause.effect in _MOVES]
    return bool(moved) and all(effect == 'deduct' for effect in moved) and not _GOOD.search(condition)


def _in_bracket(seen: Surface, position: int) -> bool:
    opened = seen.text.rfind('(', max(0, position - _WIDEST), position)
    return opened >= 0 and seen.closes.get(opened, -1) > position
