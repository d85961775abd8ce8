"""Answers as people hand them in: a worksheet (xlsx), a CSV table or JSON. Nothing is judged here but whether it can be read at all."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from kaohe.pipeline.language.system_words import cause
from kaohe.pipeline.refusal import Refusal

ID: Final = '题目编号'
ANSWER: Final = '填写'
QUESTION: Final = '问题'
REASON: Final = '扣分原因'
EVIDENCE: Final = '佐证材料'
_HEADS: Final = {
    ID: 'id', 'input_id': 'id', ANSWER: 'value', 'value': 'value', '答案': 'value', QUESTION: 'question', 'question': 'question',
    REASON: 'note', 'note': 'note', EVIDENCE: 'evidence', 'evidence': 'evidence',
}  # fmt: skip
_ABOUT: Final = {
    '通知编号': 'notice',
    'notice': 'notice',
    '被考核单位': 'assessed',
    'assessed': 'assessed',
    '考核期': 'period',
    'period': 'period',
    '填表人': 'filled_by',
    'filled_by': 'filled_by',
}


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    """One answer as written. ``row`` counts as a spreadsheet does; None in JSON."""

    input: str
    question: str | None
    value: object
    note: str | None = None
    evidence: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """A file of answers: about which notice, unit and period it says that it is, who filled it in, and the answers. ``troubles`` are rows that say nothing usable."""

    source: str
    notice: str | None
    assessed: str | None
    period: str | None
    entries: tuple[WrittenAnswer, ...]
    troubles: tuple[str, ...] = ()
    filled_by: str | None = None


def read_answers_of(path: Path) -> Filled:
    """The answers in a file. Raises `Refusal` where it is none of the three, or cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refusal(f'读不了 {path}（{cause(error)}），请检查文件名和权限') from error
    suffix = path.suffix.lower()
    if suffix == '.json':
        return _of_json(path, data)
    if suffix == '.csv':
        return _of_csv(path, data)
    if suffix in ('.xlsx', '.xlsm', '.xls'):
        return _of_workbook(path)
    raise Refusal(f'{path.name} 不是自评表：请用这里下载的自评表（xlsx，即 kaohe worksheet 生成的），或 CSV、JSON', 2)


def _of_json(path: Path, data: bytes) -> Filled:
    try:
        told = json.loads(data.decode('utf-8-sig'), parse_float=Decimal)
        answers = told['answers']
        entries = tuple(_json_entry(name, value) for name, value in answers.items())
    except (UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refusal(
            f'{path.name} 不是答案文件：要写成 {{"notice": "通知编号", "answers": {{"题目编号": 答案}}}}', 2
        ) from error
    notice, assessed, period, filled_by = (
        _text(told.get(name)) for name in ('notice', 'assessed', 'period', 'filled_by')
    )
    return Filled(path.name, notice, assessed, period, entries, filled_by=filled_by)


def _json_entry(name: str, value: object) -> WrittenAnswer:
    if isinstance(value, dict):
        return WrittenAnswer(name, None, value.get('value'), _text(value.get('note')), _text(value.get('evidence')))
    return WrittenAnswer(name, None, value)


def _of_csv(path: Path, data: bytes) -> Filled:
    text = None
    for encoding in ('utf-8-sig', 'gb18030', 'utf-16'):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    if text is None:
        raise Refusal(f'{path.name} 的编码认不出来，请另存为 UTF-8 的 CSV', 2)
    rows = list(csv.reader(io.StringIO(text, newline='')))
    return _of_grids(path, [('', rows)])


def _of_workbook(path: Path) -> Filled:
    from python_calamine import CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        grids = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except Exception as error:  # whatever the reader makes of a broken file
        raise Refusal(f'{path.name} 打不开，可能没有存完或加了密码：请在 Excel 或 WPS 里另存为 xlsx 再试', 2) from error
    return _of_grids(path, grids)


def _of_grids(path: Path, grids: Iterable[tuple[str, Sequence[Sequence[object]]]]) -> Filled:
    about: dict[str, str | None] = {}
    entries: list[WrittenAnswer] = []
    troubles: list[str] = []
    headed = False
    for _, rows in grids:
        about |= _about(rows)
        head = _head(rows)
        if head is None:
            continue
        headed = True
        first, columns = head
        entries += _entries(rows, first, columns, troubles)
    if not headed:
        raise Refusal(f'{path.name} 里没有“{ID}”和“{ANSWER}”两栏：请用 kaohe worksheet 生成的自评表，不要改列名', 2)
    return Filled(
        path.name,
        about.get('notice'),
        about.get('assessed'),
        about.get('period'),
        tuple(entries),
        tuple(troubles),
        about.get('filled_by'),
    )


def _about(rows: Sequence[Sequence[object]]) -> dict[str, str | None]:
    found = {}
    for row in rows[:30]:
        for at, cell in enumerate(row[:-1]):
            name = _ABOUT.get(str(cell).strip().rstrip('：:')) if isinstance(cell, str) else None
            if name and name not in found and _HEADS.get(str(row[at + 1]).strip()) is None:
                found[name] = _text(row[at + 1])
    return found


def _head(rows: Sequence[Sequence[object]]) -> tuple[int, dict[str, int]] | None:
    for number, row in enumerate(rows[:30]):
        columns: dict[str, int] = {}
        for at, cell in enumerate(row):
            name = _HEADS.get(str(cell).strip().replace('\n', ''))
            if name is not None:
                columns.setdefault(name, at)
        if 'id' in columns and 'value' in columns:
            return number, columns
    return None


# Who looked over the sheet signs below the questions, in the column of the questions.
_SIGNATURE = '（签字）：'


def _entries(
    rows: Sequence[Sequence[object]], first: int, columns: dict[str, int], troubles: list[str]
) -> Iterator[WrittenAnswer]:
    for number, row in enumerate(rows[first + 1 :], start=first + 2):

        def cell(name: str, row: Sequence[object] = row) -> object:
            at = columns.get(name)
            return row[at] if at is not None and at < len(row) else None

        told, value = _text(cell('id')), cell('value')
        value = None if isinstance(value, str) and not value.strip() else value
        question = _text(cell('question'))
        if told is None:
            if value is not None and question is not None and not question.endswith(_SIGNATURE):
                troubles.append(f'第 {number} 行（{question[:30]}）：题目编号被删去了，这一行没有用上')
            continue
        yield WrittenAnswer(told, question, value, _text(cell('note')), _text(cell('evidence')), number)


def _text(value: object) -> str | None:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() or None if value is not None else None
