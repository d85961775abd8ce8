"""Question lists: headings with points (`策划（3分）`) alternate with questions that print their own (`…？（分数 是：2分；否：0分）`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kaohe.extractors.document import Cell, Table
from kaohe.normalizers.lines.levels import Level, read_level
from kaohe.normalizers.lines.line import Line
from kaohe.normalizers.text.cleaning import Text, clean_cell
from kaohe.normalizers.text.folding import halfwidth

_NUMBER = r'(\d{1,3}(?:\.\d{1,2})?)'
# an answer between the two: `只公示其一：2分`, `部分：3分`
_BETWEEN = r'(?:\s*[;,、]\s*(?!否\s*:|最高)[^:;,、()\d]{1,10}\s*:\s*\d{1,3}(?:\.\d{1,2})?\s*分?)*'
# `（分数 是：2分；否：0分）`, `（分数 是：0.5分；最高分：3分）`
_WORTH = re.compile(
    rf'\(\s*(?:分数|分值|得分)?\s*[:：]?\s*是\s*:?\s*{_NUMBER}\s*分?{_BETWEEN}\s*[;,、]?\s*(?:否\s*:?\s*(?:扣\s*\d{{1,3}}(?:\.\d{{1,2}})?|{_NUMBER})\s*分?|最高分?\s*:?\s*{_NUMBER}\s*分?)\s*[。;]?\s*(?:\)|(?=\n|$))'
)
# what a slip leaves before the worth: a bullet of its own, a second bracket
_STRAY = re.compile(r'[\s•·●■◆▪*⟡◇○□➢►(（]+$')
# `（分数 选择一项）`: the answers below print what each is worth
_CHOICE = re.compile(r'\(\s*(?:分数|分值|得分)\s*[:：]?\s*选择一\S{0,4}\s*\)')
_ANSWER = re.compile(rf'\(\s*{_NUMBER}\s*分\s*\)')
# an answer that brings nothing: `3.否（不得分）`
_NOTHING = re.compile(r'\(\s*不(?:得|给|计|记)分\s*\)\s*$')
_BULLET = re.compile(r'\s*[•·●■◆▪*]\s*')
_SUB = re.compile(r'\s*[⟡◇○□➢►–—-]')
_FEWEST = 2
# what stands beside a question: nothing, an answer, a mark
_ANSWERED = re.compile(r'[是否有无√×✓✔□☐☑☒/、()（）\s]*')


def read_questions(table: Table) -> tuple[Line, ...]:
    """The questions of a table in which one column says something, beside it at most room for answers, as lines in order; none where the table is no such
    list."""
    asked = [cell for cell in table.cells if not _ANSWERED.fullmatch(cell.text)]
    if len({cell.col for cell in asked}) != 1:
        return ()
    if sum(len(_WORTH.findall(halfwidth(cell.text))) for cell in asked) < _FEWEST:
        return ()
    found: list[Line] = []
    heading: Level | None = None
    for cell in asked:
        text = clean_cell(cell, table.index)
        if not _asks(text.text):
            heading = read_level(text) if text and len(text) <= 40 else heading
            continue
        levels = (heading,) if heading else ()
        found += [_line(cell, question, levels, table) for question in _questions(text)]
    return tuple(found)


def with_worth(line: Line) -> Line:
    """A line of a drawn table whose question prints what it is worth behind it, parted as one of a list is: the question is its requirement, the
    worth its criteria and, where no column holds any, its points."""
    asked = line.requirement
    printed = _WORTH.search(halfwidth(asked.text)) if asked and line.criteria is None else None
    if asked is None or printed is None or not printed.start() or asked[printed.end() :].strip():
        return line
    points = asked[slice(*_best(printed))]
    parted = replace(
        line, requirement=asked[: printed.start()].strip(), criteria=asked[printed.start() : printed.end()].strip()
    )
    return parted if line.points is not None else replace(parted, points=Decimal(points.text), points_source=points)


def _asks(text: str) -> bool:
    folded = halfwidth(text)
    return _WORTH.search(folded) is not None or _CHOICE.search(folded) is not None


def _questions(text: Text) -> Iterator[Text]:
    """Each question with its worth and the points listed under it."""
    start = at = 0
    worth = False
    lines = text.text.split('\n')
    for number, line in enumerate(lines):
        below = lines[number + 1 :]
        asks = line.rstrip().endswith(('？', '?'))
        listed = _SUB.match(line) is not None or _is_answer(line)
        # a question with the mark of a point, for its worth stands below it
        listed = listed and not (asks and below and _asks(below[0]))
        begins = _BULLET.match(line) is not None or (worth and not listed)
        begins = begins and (asks or not _goes_on(below))
        if begins and worth:
            yield text[start:at].strip()
            start, worth = at, False
        worth = worth or _asks(line)
        at += len(line) + 1
    if worth:
        yield text[start:].strip()


def _is_answer(line: str) -> bool:
    folded = halfwidth(line)
    return _ANSWER.search(folded) is not None or _NOTHING.search(folded) is not None


def _goes_on(following: Sequence[str]) -> bool:
    """Whether a line that asks nothing goes on with what stands above it: the next question begins, with its own mark, only below it."""
    until = next((at for at, line in enumerate(following) if _asks(line)), 0)
    return any(_BULLET.match(line) for line in following[:until])


def _line(cell: Cell, question: Text, levels: tuple[Level, ...], table: Table) -> Line:
    folded = halfwidth(question.text)
    bullet = _BULLET.match(question.text) or _SUB.match(question.text)
    begins = bullet.end() if bullet else 0
    printed = _WORTH.search(folded)
    if printed is None:
        return _choice(cell, question, begins, levels, table)
    stray = _STRAY.search(folded, begins, printed.start())
    before = question[begins : stray.start() if stray else printed.start()].strip()
    return _made(
        cell,
        table,
        levels,
        Text.join('\n', (before, question[printed.end() :].strip())),
        question[printed.start() : printed.end()],
        question[slice(*_best(printed))],
    )


def _best(printed: re.Match[str]) -> tuple[int, int]:
    """Where the most stands that the question is worth: what all its points come to, else the better of the two answers."""
    if printed[3]:
        return printed.span(3)
    return printed.span(2) if printed[2] and Decimal(printed[2]) > Decimal(printed[1]) else printed.span(1)


def _choice(cell: Cell, question: Text, begins: int, levels: tuple[Level, ...], table: Table) -> Line:
    """A question with answers to choose from: its points are those of the best."""
    printed = _CHOICE.search(halfwidth(question.text))
    assert printed is not None
    answers = question[printed.end() :].strip()
    worths = [found.span(1) for found in _ANSWER.finditer(halfwidth(answers.text))]
    best = max(worths, key=lambda span: Decimal(answers.text[slice(*span)]), default=None)
    return _made(
        cell,
        table,
        levels,
        question[begins : printed.start()].strip(),
        answers,
        answers[slice(*best)] if best else Text(),
    )


def _made(cell: Cell, table: Table, levels: tuple[Level, ...], asked: Text, criteria: Text, points: Text) -> Line:
    return Line(
        table=table.index,
        row_first=cell.row,
        row_last=cell.bottom_row,
        levels=levels,
        requirement=asked or None,
        criteria=criteria or None,
        points=Decimal(points.text) if points else None,
        points_source=points or None,
        page=cell.boxes[0].page if cell.boxes else table.page_first,
    )
