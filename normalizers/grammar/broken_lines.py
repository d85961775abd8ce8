"""Line feeds inside sentences: those that a narrow cell, a converter or a careless hand put there, told from those that end a statement.

A feed ends a statement where what stands before it is complete and where an item begins behind it. It only breaks the line where the sentence visibly runs on: punctuation that begins no line, an amount without its verb, a number without its unit, a
word of which either line has a part, a bracket that is still open, a condition without its consequence.
"""

from __future__ import annotations

import re

from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.text.words import words
from kaohe.normalizers.vocabulary import point_words as vocabulary


def _words(*lists: tuple[str, ...]) -> str:
    return either(tuple(word for some in lists for word in some))


# No line begins so: closing punctuation, a decimal point, the rest of a unit or a limit.
_NEVER_BEGINS = re.compile(r'[,。;、:)）》”’%‰/+=?!~×÷]|\.\d|-\d|\(不?含')
# No statement ends so: a verb without its amount, a comparison without its number, a count without its noun, what opens and what joins.
_NEVER_ENDS = re.compile(
    r'(?:[每扣得加减计记给奖少低高过差为达,、:(（\-~—/≥≤<>=+×《“‘]|下降|上升|不足|超过|不少于|不低于'
    r'|[和与或及的被将由按对在未凡因以从其至非若经且各该本此再则]|[\d一两二三四五六七八九十半]个|[天时钟月年周日]内|[超逾满]过?[\d一两二三四五六七八九十半]+\D{1,3})$'
)
_NUMBER_CUT = re.compile(r'\d\.?$')
_AMOUNT = rf'(?:{_words(vocabulary.DEDUCT, vocabulary.AWARD, vocabulary.BONUS)})(?:满|全|基本)?分?(?:\d|[,。;=]|$)'
# What goes on with the words before it: a consequence, an amount, the end of a condition, a limit of a number.
_GOES_ON = re.compile(
    rf'的|者[,扣得减加]|以上|以下|以内|之内|之间|以或|和|与|或|及|并|且|[时后内][,]|内[未不没]|\d+(?:\.\d+)?(?![\d.、)])|(?:各|共|均|再|另|予以|给予|一律|就|将)?{_AMOUNT}'
    r'|不(?:得|给|计|予|扣)分?|全扣|[按成]比例|酌情|视情|一票否决|扣完|为止|取消|降低'
)
_POINTS = r'\d分(?!钟|之|贝)'
_OUTCOME = re.compile(
    rf'{_POINTS}|不(?:得|给|计|扣|加|减)分|[零满全]分|[得扣加减]分$|为止|否决|酌情|比例|资格|封顶|为限|档次|等次|等级|/[^\d,。;]{{1,4}}$|\d%$|一半$'
)
_STATED = re.compile(r'(?:\d(?:%|‰|[^,。;:(%+×=]{1,4})|以上|以下|以内|左右)\)?$')
_ENDS = re.compile(r'(?:[。;!?]|\d分|[得扣加减零满全计记给]分|为止)$')
# Behind an amount of points: what makes it part of something longer.
_OF_AMOUNT = re.compile(r'钟|之[一二三四五六七八九十\d]|贝|的|时|以|为止|为限|占|率|者|及|或')
_COUNTED_POINTS = re.compile(r'(?:每[^,;。:\d]{0,6}\d+(?:\.\d+)?分|满分)$')
_ITEM = re.compile(
    r'[①-⑳⑴-⒛㈠-㈩❶-❿]|\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\)|\d{1,2}(?:[、,]|\.(?!\d))|[一二三四五六七八九十]{1,3}、'
    r'|第[一二三四五六七八九十\d]{1,3}[条项款]|[-—*·●■◆▪]'
)
_DIGITS_BEFORE, _DIGITS = re.compile(r'\d+(?:\.\d*)?$'), re.compile(r'[\d.]+')
_YEAR = re.compile(r'(?:19|20)\d\d(?!\d)')
_BROKEN_NUMBER = re.compile(r'\d\n\d')
_UNIT_END = re.compile(r'[,;:。、!?①-⑳⑴-⒛㈠-㈩]')
# What a statement of its own may begin with.
_AFRESH = re.compile(r'[每未无不没凡对如有按查]|发现|存在|(?:[缺少差漏欠晚迟]|逾期|超期)[\d一]')
_OPENING, _CLOSING = '(“《[', ')”》]'
_AROUND = 8
_NEAR_END = 5
_SPACE = re.compile(r'\s+')


def ends_statement(statement: str, folded: str, position: int) -> bool:
    """Whether the white space before ``position`` of the half-width text ends ``statement``, the text since the last one that ended, without
    white space."""
    if _NEVER_BEGINS.match(folded, position) or _NEVER_ENDS.search(statement):
        return False
    item = _ITEM.match(folded, position) is not None
    if _NUMBER_CUT.search(statement):
        return item
    if _ENDS.search(statement):
        return not _goes_on_behind_points(statement, folded, position)
    if item:
        return True
    following = _SPACE.sub('', folded[position : position + 4 * _AROUND])
    if _opens(statement) or _GOES_ON.match(following) or _parts_a_word(statement[-_AROUND:], following[:_AROUND]):
        return False
    unit = _UNIT_END.split(statement)[-1]
    if _OUTCOME.search(unit[-_NEAR_END:]):
        return True
    # what is stated ends there, unless a consequence or what was left undone by then follows
    goes_on = not _AFRESH.match(following) and _OUTCOME.search(_UNIT_END.split(following)[0])
    return bool(_STATED.search(unit)) and not goes_on


def breaks_number(source: str, start: int, end: int) -> bool:
    """Whether ``source[start:end]``, which stands between two digits, is a line feed inside a number: ``完成率达到9⏎5%``.

    Numbers that stand below each other (``5⏎4⏎3``) and a year are numbers of their own.
    """
    if source[start:end] != '\n':
        return False
    before, after = _DIGITS_BEFORE.search(source, 0, start), _DIGITS.match(source, end)
    alone = before is None or before.start() == 0 or source[before.start() - 1] == '\n'
    return not (
        alone or after is None or _YEAR.match(source, end) or source[after.end() : after.end() + 1] in ('', '\n')
    )


def holds_broken_number(source: str) -> bool:
    """Whether a line feed stands inside a number of the piece."""
    return _BROKEN_NUMBER.search(source) is not None


def _goes_on_behind_points(statement: str, folded: str, position: int) -> bool:
    """``3分⏎钟``, ``权重分⏎的20%``, ``每低1分⏎扣0.2分``: points that are no outcome but part of a condition or of a unit."""
    if not statement.endswith('分'):
        return False
    following = folded[position : position + _AROUND]
    return bool(_OF_AMOUNT.match(following) or (_COUNTED_POINTS.search(statement) and _GOES_ON.match(following)))


def _opens(statement: str) -> bool:
    """Whether a bracket or a quotation is still open."""
    return any(
        statement.rfind(opening) > statement.rfind(closing) for opening, closing in zip(_OPENING, _CLOSING, strict=True)
    )


def _parts_a_word(before: str, after: str) -> bool:
    """Whether a word begins before the border and ends behind it."""
    border = len(before)
    return any(word.start < border < word.end for word in words(before + after))
