"""Figures of a report (工作总结) that may answer questions of a notice: where metric, unit and period agree. Proposals only; a person decides."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kaohe.normalizers.scoring.material import Input, ScoringRule
from kaohe.normalizers.scoring.reasons import plain as number
from kaohe.normalizers.text.folding import squeeze
from kaohe.normalizers.text.words import words
from kaohe.pipeline.assessment.answers.answer_log import Given
from kaohe.pipeline.assessment.answers.answer_values import Misfit, answer_of
from kaohe.pipeline.assessment.answers.submission import Submission, as_logged
from kaohe.pipeline.database.rule_rows import decimal, read_rules
from kaohe.pipeline.language.json_answers import json_answer
from kaohe.pipeline.language.terms import plain, shortened

_LEAST: Final = 0.5
_IN_MORE_WORDS: Final = 0.8
_WORDY: Final = 5  # a metric of one short word (培训) is said in more words everywhere
_FACTORS: Final[Mapping[str, tuple[str, Decimal]]] = {
    '元': ('元', Decimal(1)), '千元': ('元', Decimal(1000)), '万元': ('元', Decimal(10_000)), '万': ('元', Decimal(10_000)),
    '亿元': ('元', Decimal(100_000_000)), '人次': ('人次', Decimal(1)), '万人次': ('人次', Decimal(10_000)),
    '人': ('人', Decimal(1)), '名': ('人', Decimal(1)), '%': ('%', Decimal(1)), '百分点': ('%', Decimal(1)),
}  # fmt: skip
_DULL: Final = frozenset(
    {
        '率',
        '数',
        '比例',
        '占比',
        '全年',
        '医院',
        '达到',
        '累计',
        '完成',
        '实现',
        '总',
        '年',
        '及',
        '以上',
        '工作',
        '情况',
    }
)


@dataclass(frozen=True, slots=True)
class ReportAnswer:
    """A figure of the report as the answer to a question: how alike the two are (0 to 1), and both sentences."""

    rule: ScoringRule
    input: Input
    value: Decimal
    likeness: float
    asked: str
    stated: str
    fact: str


def propose(connection: sqlite3.Connection, document: str, report: str) -> list[ReportAnswer]:
    """The figures of the stored report that may answer questions of the stored notice, the likeliest first."""
    rules = read_rules(connection, document)
    facts = connection.execute(
        'SELECT f.*, b.text AS sentence FROM corrected_facts AS f JOIN blocks AS b ON b.id = f.block_id'
        ' WHERE f.document_id = ? AND NOT f.dropped ORDER BY f.ordinal',
        (report,),
    ).fetchall()
    year = connection.execute('SELECT year FROM corrected_documents WHERE id = ?', (document,)).fetchone()[0]
    aims = {row['id']: row for row in connection.execute(
        'SELECT g.* FROM corrected_thresholds AS g JOIN corrected_indicators AS i ON i.id = g.indicator_id WHERE i.document_id = ?', (document,)
    )}  # fmt: skip
    found = []
    for rule in rules:
        for one in rule.inputs:
            if one.kind not in ('number', 'count') or (one.kind == 'count' and _counts_faults(one)):
                continue
            metric = aims[one.threshold]['metric'] if one.threshold in aims else one.question.split('：')[0]
            basis = aims[one.threshold]['basis'] if one.threshold in aims else None
            best = _best(one, metric or '', basis, facts, year)
            if best is not None:
                fact, value, likeness = best
                found.append(ReportAnswer(rule, one, value, likeness, one.question, _sentence(fact), fact['id']))
    return sorted(found, key=lambda proposal: (-proposal.likeness, proposal.input.id))


def _best(
    one: Input, metric: str, basis: str | None, facts: Sequence[sqlite3.Row], year: int | None
) -> tuple[sqlite3.Row, Decimal, float] | None:
    found: list[tuple[float, sqlite3.Row, Decimal]] = []
    for fact in facts:
        if fact['approximate'] or not _same_period(fact, year):
            continue
        stated, unit = decimal(fact['value']), fact['unit']
        if basis is not None:  # a growth is asked: only a growth answers
            if fact['change_value'] is None:
                continue
            stated, unit = decimal(fact['change_value']), fact['change_unit']
            stated = -stated if stated is not None and fact['change'] == 'down' and '下降' not in metric else stated
        value = _converted(stated, unit, one.unit)
        if value is None:
            continue
        try:
            fits = answer_of(one, value)
        except Misfit:
            continue
        likeness = _likeness(metric, fact['metric'])
        if likeness >= _LEAST and isinstance(fits, Decimal):
            found.append((likeness, fact, fits))
    if not found:
        return None
    likeness, fact, value = max(found, key=lambda told: (told[0], -told[1]['ordinal']))
    rivals = {told[2] for told in found if told[0] == likeness}
    return None if len(rivals) > 1 else (fact, value, likeness)


def _counts_faults(one: Input) -> bool:
    return bool(re.search(r'缺几|差了多少|未|不|发现|发生', one.question))


def _same_period(fact: sqlite3.Row, year: int | None) -> bool:
    """A figure of part of a year, or of another year, answers nothing about this one. A year that only an earlier sentence names may belong
    to something else there."""
    period = fact['period']
    if period is None:
        return True
    if re.search(r'月|季|半年|周', period):
        return False
    stated = re.search(r'(?:19|20)\d\d', period)
    return stated is None or year is None or int(stated[0]) == year or stated[0] not in _sentence(fact)


def _converted(value: Decimal | None, unit: str | None, wanted: str | None) -> Decimal | None:
    if value is None:
        return None
    if unit == wanted:
        return value
    source, target = _FACTORS.get(unit or ''), _FACTORS.get(wanted or '')
    if source is None or target is None or source[0] != target[0]:
        return None
    return value * source[1] / target[1]


def _likeness(asked: str, stated: str) -> float:
    """How much of the words of both is shared, by their letters; those that say little count little. What is asked may be said in more words."""
    first, second = _weights(asked), _weights(stated)
    shared = sum(min(first.get(word, 0.0), second.get(word, 0.0)) for word in first)
    asks, says = sum(first.values()), sum(second.values())
    if not (asks and says):
        return 0.0
    covered = _IN_MORE_WORDS * shared / asks if asks >= _WORDY else 0.0
    return round(max(2 * shared / (asks + says), covered), 2)


def _weights(text: str) -> dict[str, float]:
    return {
        word: len(word) * (0.3 if word in _DULL else 1.0)
        for word, *_ in words(squeeze(text))
        if word.strip('，。（）()、')
    }


def _sentence(fact: sqlite3.Row) -> str:
    text, at = fact['sentence'] or fact['text'], fact['start'] or 0
    start = max(text.rfind(end, 0, at) for end in '。；\n') + 1
    ends = [end for end in (text.find(mark, at) for mark in '。；\n') if end >= 0]
    return str(text[start : min(ends, default=len(text))]).strip()


def proposals_json(proposals: Iterable[ReportAnswer]) -> str:
    """The proposals for programs."""
    told = [
        {
            'indicator_id': one.rule.indicator, 'input_id': one.input.id, 'question': one.asked, 'value': float(one.value), 'unit': one.input.unit,
            'likeness': one.likeness, 'sentence': one.stated, 'fact_id': one.fact,
        }
        for one in proposals
    ]  # fmt: skip
    return json_answer('score-proposals', {'proposals': told}) + '\n'


def proposals_text(title: str, proposals: Sequence[ReportAnswer]) -> str:
    """The proposals for a person, with both sentences, and what to do."""
    if not proposals:
        return f'{plain(title)}：总结里没有找到能答题的数字\n'
    said = ''.join(
        f'  {plain(one.asked)}\n      填 {number(one.value)}{one.input.unit or ""}（相似度 {one.likeness:.0%}）　总结：{plain(shortened(one.stated, 80))}\n'
        for one in proposals
    )
    return f'{plain(title)}：总结里找到 {len(proposals)} 个可能的答案，请逐条核对；都对就加 --accept 存下，不对的在自评表里改\n{said}'


def submission_of(
    document: str, title: str, assessed: str | None, period: str | None, proposals: Sequence[ReportAnswer]
) -> Submission:
    """The proposals as answers that a person said yes to."""
    given = tuple(
        Given(one.input.id, one.rule.identity, one.input.kind, one.asked, as_logged(one.value), None, one.stated)
        for one in proposals
    )
    return Submission(
        '总结', document, title, assessed, period, given, {one.input.id: one.value for one in proposals}, (), len(given)
    )
