"""Figures that a report states: metric, value and unit, with the change that the report gives beside them (rulings 26 to 29)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from kaohe.extractors import labels
from kaohe.normalizers.grammar.alternatives import either
from kaohe.normalizers.grammar.facts.figures import DIRECTIONS, Change, is_rank, name_figure
from kaohe.normalizers.grammar.quantities.quantity import Quantity, joined
from kaohe.normalizers.grammar.quantities.reader import quantities
from kaohe.normalizers.grammar.rule import Rule
from kaohe.normalizers.grammar.surface import Surface, surface
from kaohe.normalizers.grammar.targets.metrics import (
    Metric,
    is_rate,
    metric_before,
    noun_after,
    part_begins,
    printed,
    share_out,
)
from kaohe.normalizers.vocabulary import report_words as vocabulary
from kaohe.normalizers.vocabulary import target_words
from kaohe.normalizers.vocabulary.basis_words import BASIS

RULES: Final = (
    Rule(
        'fact.value',
        '报告里写出的一个数，连同它后面的增减',
        ('出院患者18204人次，比去年同期增长7.45%', '设立36个巡护点', '不良贷款率1.32%，较年初下降0.15个百分点'),
        ('成立于1952年', '全省第29家', '第三届校园文化节', '《条例》第八条'),
    ),
    Rule('fact.change', '只写增减的数', ('床位减少86张', '增加20张床位', '单位能耗降低5.2%'), ('改进3方面工作',)),
    Rule('fact.rank', '名次', ('排名全市第3位', '以全国第69位的成绩，排名再进11位'), ('第二名单位代表',)),
    Rule('fact.score', '得分', ('以926.5的总分',), ()),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FactMatch:
    """A figure in a paragraph: ``paragraphs[paragraph][start:end]`` holds metric, number and change."""

    paragraph: int
    start: int
    end: int
    metric: str
    value: Decimal
    unit: str | None
    approximate: bool
    change: Change | None
    change_value: Decimal | None
    change_unit: str | None
    basis: str | None
    period: str | None
    rule: str


_CANDIDATE = re.compile('[0-9０-９〇一二两三四五六七八九十百千半]')
_SENTENCE_END = re.compile(r'[。;!?\n]')
_WINDOW = 100
"""Characters before a figure in which its metric is looked for; keeps the time linear."""
_BASIS = re.compile(BASIS)
_TURN = re.compile(
    rf'(?:其中|并|且)?(?:分别|均)?(?P<basis>{BASIS})?(?:均|都|也|又|再|名次|排名|各)*(?:分别)?(?:均|都|再|又)?(?:前)?(?P<word>{either(DIRECTIONS)})(?:了|幅度|率)?(?:达到|达|为|约|近)?$'
)
_PERIOD = re.compile(
    r'(?:\d{4}年)?\d{1,2}(?:月份?)?(?:-{1,2}|~|至|到)\d{1,2}月份?|(?<![较比与同由从自\d])\d{4}年(?:度|上半年|下半年|第?[一二三四]季度|全年)?(?!\d|[^,。;]{0,8}[日月])|(?:今年|去年|全年|上半年|下半年|第?[一二三四]季度|前三季度|年内|年度|近[一二两三四五]年)(?!同期)'
)
_PLAN = re.compile(
    r'(?:下一?步|下一?阶段|明年|来年|今后|\d{4}年|下一?年度?|下半年)[^,。;]{0,8}(?:打算|计划|思路|安排|重点|目标|举措|展望)'
)
_HEADING = re.compile(rf'\s*(?:{labels.printed("han")}、|{labels.ordinal("部分")})')
_SCORE = re.compile(r'(?<![\d.])(\d+(?:\.\d+)?)的(总分|均分|平均分|得分|高分|总成绩)')
_RELATIVE = frozenset({'%', '‰', '百分点', '千分点', '倍', '成'})
_TITLE = re.compile(r'《[^《》]*》')


def read_facts(paragraphs: Sequence[str], *, year: int | None) -> tuple[FactMatch, ...]:
    """The figures of a report's paragraphs, in order. ``year`` is the reported one: the period of a figure that names none.

    A period carries over to the next sentences of its paragraph. Paragraphs under a heading that announces plans state no facts.
    """
    found: list[FactMatch] = []
    planned = False
    for index, paragraph in enumerate(paragraphs):
        if _HEADING.match(paragraph) or len(paragraph) < 30:
            planned = _PLAN.search(paragraph) is not None or (planned and not _HEADING.match(paragraph))
        if not planned and _CANDIDATE.search(paragraph) and not _PLAN.match(paragraph.lstrip()):
            found.extend(_paragraph(paragraph, index, f'{year}年' if year else None))
    return tuple(found)


def _paragraph(paragraph: str, index: int, period: str | None) -> Iterator[FactMatch]:
    folded = surface(paragraph)
    text = _TITLE.sub(lambda title: '《' + '書' * (len(title.group()) - 2) + '》', folded.text)
    seen = [quantity for quantity in quantities(text) if not _passed_over(text, quantity)]
    position = 0
    begin = 0
    while begin < len(text):
        closing = _SENTENCE_END.search(text, begin)
        end = closing.end() if closing else len(text)
        named = _PERIOD.search(text, begin, end)
        if named:
            start, stop = folded.span(*named.span())
            period = paragraph[start:stop]
        first = position
        while position < len(seen) and seen[position].start < end:
            position += 1
        sentence = seen[first:position]
        if vocabulary.PLANNED.search(text, begin, end):
            begin = end
            continue
        if sentence or _SCORE.search(text, begin, end):
            for fact in _sentence(text, begin, end, sentence):
                yield _placed(fact, paragraph, folded, index, period)
        begin = end


def _placed(fact: FactMatch, paragraph: str, folded: Surface, index: int, period: str | None) -> FactMatch:
    metric = printed(fact.metric, paragraph, folded, fact.start, fact.end)
    start, end = folded.span(fact.start, fact.end)
    return replace(fact, paragraph=index, start=start, end=end, metric=metric, period=period)


def _passed_over(text: str, quantity: Quantity) -> bool:
    """Dates, ordinals, levels, durations of plans and numerals that only sound like numbers: no figures."""
    before = text[max(0, quantity.start - 8) : quantity.start]
    unit = quantity.unit
    if (
        unit is None
        or unit in vocabulary.NO_FIGURE_UNITS
        or text.startswith(('之一', '分之', '性', '以来'), quantity.end)
    ):
        return True
    if before.endswith('第'):
        return unit not in ('位', '名') or not vocabulary.RANKED.search(
            text, max(0, quantity.start - 40), quantity.end + 8
        )
    if before.endswith(('每', '近', '《')) and unit in target_words.TIME_UNITS:
        return True
    if unit == '日' or (unit in target_words.TIME_UNITS and not _measured_time(text, quantity)):
        return True
    if quantity.digits or unit == '%':
        return False
    spelled = text[quantity.start : quantity.end]
    return spelled[0] in '百千' or unit == '期' or not vocabulary.COUNTED.search(before)


def _measured_time(text: str, quantity: Quantity) -> bool:
    """``平均住院日6.84天`` is a figure, ``运行5个月`` a duration."""
    begin = part_begins(text, max(0, quantity.left - _WINDOW), quantity.left)
    before = text[begin : quantity.left]
    return (
        _TURN.search(before) is not None
        or is_rate(before.rstrip('为达到由从约近仅至'))
        or '至' in quantity.before
        or '到' in quantity.before
    )


def _sentence(text: str, begin: int, end: int, sentence: Sequence[Quantity]) -> list[FactMatch]:
    """The facts of one sentence: values first come, changes attach to the values before them."""
    facts: list[FactMatch] = []
    barrier = begin
    position = 0
    topic = _topic(text, begin, end)
    while position < len(sentence):
        size = 1
        while position + size < len(sentence) and joined(
            text, sentence[position + size - 1], sentence[position + size]
        ):
            size += 1
        run = sentence[position : position + size]
        position += size
        barrier = max(barrier, run[0].left - _WINDOW)
        part = part_begins(text, barrier, run[0].left)
        turn = _TURN.match(text[part : run[0].left]) if not text.startswith(('至', '到'), run[0].left) else None
        if _moved(facts, run[0], text) or (turn and _attach(facts, run, turn, text)):
            barrier = run[-1].right
            continue
        for fact in _values(text, barrier, run, facts[-1] if facts else None, topic):
            facts.append(fact)
            barrier = fact.end
    for score in _SCORE.finditer(text, begin, end):
        name = (topic.name if topic else '') + score.group(2)
        facts.append(_fact(score.start(), score.end(), name, Decimal(score.group(1)), None, 'fact.score'))
    return facts


def _topic(text: str, begin: int, end: int) -> Metric | None:
    """What the sentence opens with, where a comma ends it (``全国绩效考核，以第69位的成绩……``)."""
    comma = text.find(',', begin, end)
    return metric_before(text, begin, comma) if comma > 0 else None


def _moved(facts: list[FactMatch], quantity: Quantity, text: str) -> bool:
    """``排名再进11位`` says how a rank before it in the sentence moved."""
    word = vocabulary.MOVES.search(text, max(0, quantity.left - 8), quantity.left)
    if word is None or quantity.unit not in ('位', '名'):
        return False
    for place in range(len(facts) - 1, max(-1, len(facts) - 5), -1):
        if facts[place].rule == 'fact.rank' and facts[place].change is None:
            basis = _BASIS.search(text, facts[place].end, quantity.left)
            facts[place] = replace(
                facts[place],
                end=quantity.right,
                change='up' if word.group(1) in vocabulary.FORWARD else 'down',
                change_value=quantity.value,
                change_unit=quantity.unit,
                basis=basis.group() if basis else None,
            )
            return True
    return False


def _attach(facts: list[FactMatch], run: Sequence[Quantity], turn: re.Match[str], text: str) -> bool:
    """Give the values before their changes: each its own in a list, else the last one. False where nothing stands before that lacks one."""
    changed = facts[-len(run) :]
    if len(facts) < len(run) or any(fact.change is not None for fact in changed):
        return False
    if run[-1].unit not in _RELATIVE and any(fact.unit != run[-1].unit for fact in changed):
        return False
    if (
        text[run[0].right :][:1]
        and noun_after(text, run[-1].right) is not None
        and run[-1].unit in target_words.COUNT_UNITS
    ):
        return False
    for offset, quantity in enumerate(run):
        place = len(facts) - len(run) + offset
        facts[place] = replace(
            facts[place],
            end=run[-1].right,
            change=DIRECTIONS[turn['word']],
            change_value=quantity.value,
            change_unit=quantity.unit,
            basis=turn['basis'],
        )
    return True


def _values(
    text: str, barrier: int, run: Sequence[Quantity], last: FactMatch | None, topic: Metric | None
) -> Iterator[FactMatch]:
    first = run[0]
    named = name_figure(text, barrier, first, last.metric if last else None, topic)
    if named is None:
        return
    names: Sequence[Metric] = [named.metric] * len(run)
    if len(run) > 1:
        names = share_out(named.metric, len(run)) or names
    part = part_begins(text, barrier, first.left)
    basis = _BASIS.search(text, part, first.left)
    rule = 'fact.rank' if is_rank(text, first) else 'fact.change' if named.change else 'fact.value'
    for index, (quantity, name) in enumerate(zip(run, names, strict=True)):
        fact = _fact(
            named.start if index == 0 else quantity.left,
            max(named.end, quantity.right) if index == 0 else quantity.right,
            name.name,
            quantity.value,
            quantity.unit,
            rule,
        )
        yield replace(
            fact, approximate=quantity.approximate, change=named.change, basis=basis.group() if basis else None
        )


def _fact(start: int, end: int, metric: str, value: Decimal, unit: str | None, rule: str) -> FactMatch:
    return FactMatch(0, start, end, metric, value, unit, False, None, None, None, None, None, rule)
