"""What the members of a list measure that a measure heads: ``满意度：城区≥90%，农村≥85%``, ``合格率（目标值≥95%）``."""

from __future__ import annotations

import re
from typing import Final

from msgspec.structs import replace

from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.grammar.targets.elsewhere import Unnamed
from kaohe.normalizers.grammar.targets.metrics import Metric, is_rate, metric_before, metric_of, part_begins
from kaohe.normalizers.grammar.targets.parts_before import LONGEST, is_general_label
from kaohe.normalizers.vocabulary import phrase_words
from kaohe.normalizers.vocabulary import target_words as vocabulary

_SENTENCE = re.compile('[。!?\n]')
# none of a ratio
_COLON = re.compile(r'(?<!\d):|:(?!\d)')
_LABEL: Final = 4
_MEMBER: Final = 8
_OF_SHARES = re.compile(rf'(?:{either(phrase_words.SHARE_HEADS)})$')
_MEASURE_OF_ONE = re.compile(
    rf'(?P<measure>.{{2,}}(?:{either((*phrase_words.SHARE_HEADS, "比"))}))[\u4e00-\u9fff]{{1,4}}'
)
# PM2.5 says what is measured, A类 which of them
_LATIN = re.compile('[A-Za-z](?![类级档型])')


def under_measure(asked: Unnamed, member: Metric | None) -> Metric | None:
    """The metric of a number whose own part of the sentence says only which of a list it is (``member``), None where no measure heads the list. It
    begins where the heading does for the list's first number, else where the member does."""
    if member is None:
        return None
    if phrase_words.SURVEYS.fullmatch(member.name) and phrase_words.ANSWERED.match(asked.text, asked.quantity.right):
        return None  # 知晓率：抽样调查95%以上知晓的
    if run_on := _run_on(asked, member):
        return run_on
    found = _headed(asked, member)
    if found is None:
        return None
    heading, start = found
    if member.name in vocabulary.STANDS_FOR:
        return replace(heading, start=start, end=member.end)
    if is_rate(member.name) or _LATIN.search(member.name) or not is_rate(heading.name):
        return None  # 空气质量：PM2.5≤35微克/立方米
    return Metric(member.name + heading.name, start, member.end)


def under_matter(asked: Unnamed, member: Metric) -> Metric:
    """A short ``member`` with what heads its list, where that is no measure: ``漏洞修复：高危24小时``; else the member alone."""
    found = _headed(asked, member) if len(member.name) <= _LABEL and not is_rate(member.name) else None
    return Metric(found[0].name + member.name, found[1], member.end) if found else member


def _run_on(asked: Unnamed, member: Metric) -> Metric | None:
    """``成活率乔木95%、灌木90%``: the measure stands before the first member and holds for the next."""
    text, previous = asked.text, asked.previous
    if (
        previous is None
        or asked.inherited is None
        or len(member.name) > _LABEL
        or is_rate(member.name)
        or text[asked.barrier : asked.barrier + 1] not in ('、', ',')
        or member.start != asked.barrier + 1
    ):
        return None
    measure = _MEASURE_OF_ONE.fullmatch(previous.name)
    return replace(member, name=measure['measure'] + member.name) if measure else None


def _headed(asked: Unnamed, member: Metric | None) -> tuple[Metric, int] | None:
    """The heading of the list to which a number belongs, and where the words of the number begin."""
    if member is None or member.direction or len(member.name) > _MEMBER:
        return None
    opened = _opened(asked, member)
    if opened is None:
        return None
    first = asked.barrier <= opened
    if not first and asked.inherited is None:
        return None
    heading = _heading(asked, opened)
    if heading is None or not _takes(heading, asked.quantity.unit):
        return None
    return heading, heading.start if first and heading.end else member.start


def _opened(asked: Unnamed, member: Metric) -> int | None:
    """Where the colon or the bracket stands that opens the list: in the same sentence, and nothing but the list's members behind it."""
    text = asked.text
    floor = max(0, asked.quantity.left - LONGEST)
    if text.find(':', floor, member.start) < 0 and text.find('(', floor, member.start) < 0:
        return None
    floor = max((found.end() for found in _SENTENCE.finditer(text, floor, member.start)), default=floor)
    bracket = text.rfind('(', floor, member.start)
    if bracket >= 0 and text.find(')', bracket, member.start) < 0:
        return bracket
    colon = max((found.start() for found in _COLON.finditer(text, floor, member.start)), default=-1)
    if colon < 0 or (asked.barrier <= colon and asked.begin != colon + 1):
        return None
    return colon


def _heading(asked: Unnamed, opened: int) -> Metric | None:
    """What stands before the sign that opens a list; what the line is about where that only stands for it (``目标值：``)."""
    begin = part_begins(asked.text, max(0, opened - LONGEST), opened)
    heading = metric_before(asked.text, begin, opened, bare=True)
    if heading is None or phrase_words.OCCASION.fullmatch(heading.name) or phrase_words.SCOPE.fullmatch(heading.name):
        return None
    if heading.name in vocabulary.STANDS_FOR:
        of_line = metric_of(asked.subject) if asked.subject else None
        return of_line if of_line is not None and is_rate(of_line.name) else None
    return None if is_general_label(heading.name) else heading


def _takes(heading: Metric, unit: str | None) -> bool:
    """Whether a number in this unit may say how much there is of it: of a rate only a share does."""
    return unit in vocabulary.PERCENT_UNITS or _OF_SHARES.search(heading.name) is None
