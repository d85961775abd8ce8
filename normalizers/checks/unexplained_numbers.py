"""A number inside a clause that nothing read explains: neither its amount, nor what it is counted by, nor a target."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from kaohe.normalizers.catalogue import Clause, Effect
from kaohe.normalizers.checks.line_texts import LineText
from kaohe.normalizers.checks.step_lists import is_step
from kaohe.normalizers.text.numbers import parse_number

_MOVES: Final[frozenset[Effect]] = frozenset({'award', 'deduct', 'bonus'})
_STATED: Final[frozenset[Effect]] = _MOVES | {'forfeit', 'veto', 'downgrade', 'full', 'discretionary'}
_LONGEST_STEP = 4
_NEAR = 12
_STEP_NUMBER = re.compile(r'\d+(?:[.,]\d+|/[1-9]\d?(?=\s?分))?')
_NOT_A_STEP = re.compile(
    r'\s*(?:[-~～—至到]|个?学分|%?\s*为基|[万亿千百]?元|强|年|月|日(?!常)|号|岁|时|点(?!位)|级|等|楼|届|版|条|款|期|号楼|G\b|市|路|分|[A-Za-z”》\])）、.．])'
)
_ORDINAL_BEFORE = re.compile(r'(?:(?:抽|查|问|访|随机)[^,;。]{0,6}|[第〔\[(（A-Za-z“《~-]|\d[-~至到.]|近|前|后)$')
_NUMERAL = re.compile(
    r'(?<![第前后近上下同每各末一二两三四五六七八九十\d.])(?P<number>[两二三四五六七八九]|十[一二三四五]?|[2-9]|[1-9]\d)个?'
    '(?:人次|次|起|例|宗|人|件|天|小时)(?=(?:及?以上|以下|以内)|的|,|;|$)'
)


def unexplained_number(text: LineText, clause: Clause) -> str | None:
    """A number inside a clause that is neither its amount, nor what it is counted by, nor a target: ``按每万次投诉比超标0.1扣0.5分``."""
    if clause.effect not in _STATED or (clause.effect in _MOVES and clause.points is None):
        return None
    words = text.text[clause.start : clause.end]
    if clause.effect not in _MOVES:
        return _numeral(text, clause, words)
    own = (
        clause.points,
        clause.per_quantity,
        clause.cap,
        clause.base,
    )  # equal numbers are found sooner than hashes of them made
    for found in _STEP_NUMBER.finditer(words):
        place = clause.start + found.start()
        value = parse_number(found.group().replace(',', '.'))
        if value in own or value in _beside(text, clause) or text.targets_over(place, place + 1):
            continue
        if (
            found.start() == 0  # 2次扣3分
            or (clause.per_quantity is None and words[found.start() - 1] == ',')  # …未销案，1处扣2分、2处扣5分
            or len(found.group()) > _LONGEST_STEP
            or _NOT_A_STEP.match(words, found.end())
            or _ORDINAL_BEFORE.search(words, max(0, found.start() - _NEAR), found.start())
            or _in_bracket(words, found.start())
            or is_step(text, clause, place, clause.start + found.end())
        ):
            continue
        return f'其中的 {found.group()} 没有读成分值、步长或目标值'
    return _numeral(text, clause, words)


def _beside(text: LineText, clause: Clause) -> list[Decimal | None]:
    """The numbers of the clauses that share words with the clause, and of its targets."""
    others = text.clauses_over(clause.start, clause.end)
    targets = text.targets_over(clause.start, clause.end)
    return [
        *(number for other in others for number in (other.points, other.per_quantity)),
        *(target.value for target in targets),
    ]


def _numeral(text: LineText, clause: Clause, words: str) -> str | None:
    """``全年失约三次的不得分``: a numeral with what it counts, on which the clause depends."""
    for found in _NUMERAL.finditer(words):
        place = clause.start + found.start()
        if (
            (
                clause.effect in _MOVES and found['number'][0].isdigit()
            )  # asked before, with what stands for other things
            or _ORDINAL_BEFORE.search(words, max(0, found.start() - _NEAR), found.start())
            or text.targets_over(place, place + 1)
            or parse_number(found['number']) == clause.per_quantity
            or is_step(text, clause, place, clause.start + found.end('number'))
            or _in_bracket(words, found.start())
        ):
            continue
        return f'其中的“{found.group()}”没有读成步长或目标值'
    return None


def _in_bracket(words: str, position: int) -> bool:
    return words.rfind('(', 0, position) > words.rfind(')', 0, position)
