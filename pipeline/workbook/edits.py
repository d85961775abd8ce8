"""Reads a workbook that people edited and says what they changed. Each row is judged alone: what cannot be used is named, with the reason."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from kaohe.pipeline.decisions.correctable_columns import (
    DROPPED,
    FIELDS,
    Field,
    Unusable,
    Value,
    contradiction,
    same_value,
)
from kaohe.pipeline.decisions.decision import Decision
from kaohe.pipeline.decisions.wording import Decider, ShownValue
from kaohe.pipeline.language.terms import shortened
from kaohe.pipeline.workbook.additions import addition
from kaohe.pipeline.workbook.sheet_cells import Grids, SheetGrid, SheetRow, read_grids
from kaohe.pipeline.workbook.sheets import CELL_LIMIT, ID, SHEETS, WHY, Sheet


@dataclass(frozen=True, slots=True)
class Difference:
    """One change as it is shown before it is stored: where, what stood there, what shall stand there."""

    sheet: str
    row: int
    label: str
    title: str
    before: str
    after: str
    unusual: str | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """Something in the workbook that cannot be applied, and why. ``row`` counts as Excel does; None: the whole sheet."""

    sheet: str
    row: int | None
    why: str


@dataclass(slots=True)
class Changes:
    """What a workbook says otherwise than the database: the decisions, how they are shown, what cannot be used, and what the decisions rest on."""

    decisions: list[Decision] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    shown: list[ShownValue] = field(default_factory=list)


def read_changes(
    connection: sqlite3.Connection, path: Path, by: str, read: Callable[[Path], Grids] = read_grids
) -> Changes:
    """What the workbook at ``path`` changes, which ``read`` reads. Nothing is stored. Raises `Refusal` where it is no workbook."""
    grids, twins = read(path)
    decider = Decider(connection, by)
    changes = Changes()
    for sheet in SHEETS:
        if not sheet.editable:
            continue
        grid = grids.get(sheet.title)
        if grid is None or ID not in grid.titles:
            why = '工作簿里没有这张表' if grid is None else f'找不到“{ID}”一列'
            changes.rejected.append(Rejected(sheet.title, None, f'{why}，这张表里的改动没有看'))
            continue
        missing = [known.title for known in sheet.editable if known.title not in grid.titles]
        if missing:
            changes.rejected.append(Rejected(sheet.title, None, f'少了这些列，按没有改动算：{"、".join(missing)}'))
        if grid.doubled:
            changes.rejected.append(Rejected(sheet.title, None, f'这些列有重复，只看第一列：{"、".join(grid.doubled)}'))
        before = {row.cells.get(ID): row for row in twins[sheet.title].rows} if sheet.title in twins else {}
        seen: set[object] = set()
        for row in grid.rows:
            try:
                _read_row(row, sheet, grid, before, seen, decider, grids, changes)
            except Unusable as why:
                changes.rejected.append(Rejected(sheet.title, row.number, str(why)))
    changes.shown = decider.shown
    return changes


def _read_row(
    row: SheetRow, sheet: Sheet, grid: SheetGrid, before: Mapping[object, SheetRow], seen: set[object], decider: Decider,
    grids: Mapping[str, SheetGrid], changes: Changes,
) -> None:  # fmt: skip
    wanted = row.cells.get(ID)
    if wanted is None:
        _read_new(row, sheet, decider, grids, changes)
        return
    found = decider.find(str(wanted).strip())
    if found is None or found[0] != sheet.owner or found[1] != str(wanted).strip():
        raise Unusable(
            f'数据库里没有编号“{shortened(str(wanted), 30)}”的这一行：编号被改过，或通知已换成另一份，请重新导出'
        )
    if wanted in seen:
        raise Unusable(f'编号“{wanted}”上面已有一行；要补新行，请把“{ID}”空着')
    seen.add(wanted)
    owner, row_id, document = found
    now = decider.values(owner, row_id, document)
    written: dict[str, Value] = {}
    twin = before.get(wanted)
    for known in FIELDS[owner]:
        if known.title in grid.titles:
            try:
                value = _written(row, known, twin, now)
            except Unusable as why:
                changes.rejected.append(Rejected(sheet.title, row.number, str(why)))
                continue
            if not isinstance(value, _Unchanged):
                written[known.name] = value
    _read_only(row, sheet, grid, twin, changes)
    if owner == 'documents' and {'核对人', '核对日期'} <= {*grid.titles}:
        _read_sign(row, row_id, twin, decider, changes)
    if written.get('checked_by') and not (now['checked_on'] or written.get('checked_on')):
        written['checked_on'] = date.today().isoformat()  # noqa: DTZ011 the day on the wall of the person who checks
    clash = contradiction(owner, now | written) if written else None
    if clash is not None:
        raise Unusable(f'{clash}；这一行的改动都没有存')
    reason = _reason(row, twin)
    label = decider.rows(document).labels[owner, row_id]
    for known in FIELDS[owner]:
        if known.name in written:
            value = written[known.name]
            changes.decisions.append(decider.correct(owner, row_id, document, known, value, reason))
            changes.differences.append(
                Difference(
                    sheet.title,
                    row.number,
                    label,
                    known.title,
                    _shown(known, now[known.name]),
                    _shown(known, value),
                    decider.unusual(owner, row_id, known, now[known.name], value),
                )
            )


def _reason(row: SheetRow, twin: SheetRow | None) -> str | None:
    """The reason that was written now: one that stood there when the sheet was exported is that of an earlier correction."""
    written = row.cells.get(WHY)
    return None if twin is not None and _same(written, twin.cells.get(WHY)) else _text(written)


class _Unchanged:
    """Marks a cell that nobody changed."""


def _written(row: SheetRow, known: Field, twin: SheetRow | None, now: Mapping[str, Value]) -> Value | _Unchanged:
    """What a person wrote into the cell of ``known``. Raises `Unusable`."""
    cell, stood = row.cells.get(known.title), now[known.name]
    if known.title in row.swallowed:
        raise Unusable(f'“{known.title}”的格子和旁边一栏合并了，按没有改动算；要改请先取消合并')
    exported = known.show(stood) if twin is None else twin.cells.get(known.title)
    if _same(cell, exported):
        return _Unchanged()
    if known.title in row.formulas:
        raise Unusable(f'“{known.title}”里是公式或错误值，请直接填值')
    if isinstance(exported, str) and len(exported) >= CELL_LIMIT:
        raise Unusable(f'“{known.title}”太长，Excel 放不下全文，不能在这里改')
    value = _value(cell, known)
    if same_value(value, stood):
        return _Unchanged()
    if not same_value(_value(exported, known), stood):
        raise Unusable(f'“{known.title}”在导出之后已被更正为“{_shown(known, stood)}”，没有覆盖；请重新导出再改')
    return value


def _value(cell: object, known: Field) -> Value:
    value = known.parse(cell)
    return value or 0 if known.kind == 'flag' else value


def _read_only(row: SheetRow, sheet: Sheet, grid: SheetGrid, twin: SheetRow | None, changes: Changes) -> None:
    """Names changes in columns that only show something."""
    if twin is None:
        return
    fields = {known.title for known in FIELDS[sheet.owner]} | {WHY, ID}
    signs = {'核对人', '核对日期'} if sheet.owner == 'documents' else set()
    for column in sheet.columns:
        shown_only = column.title in grid.titles and column.title not in fields | signs
        if shown_only and not _same(row.cells.get(column.title), twin.cells.get(column.title)):
            changes.rejected.append(
                Rejected(
                    sheet.title,
                    row.number,
                    f'“{column.title}”一栏只供看，这里的改动不算{_ELSEWHERE.get(column.title, "")}',
                )
            )


_ELSEWHERE = {'条款': '，请到“条款”表里改', '目标值': '，请到“目标值”表里改'}


def _read_sign(row: SheetRow, document: str, twin: SheetRow | None, decider: Decider, changes: Changes) -> None:
    by, on = row.cells.get('核对人'), row.cells.get('核对日期')
    before = decider.signed(document) if twin is None else (twin.cells.get('核对人'), twin.cells.get('核对日期'))
    if _same(by, before[0]) and _same(on, before[1]):
        return
    try:
        if by is None:
            raise Unusable('核对记录不能删去；要重新核对，请写上核对人和日期')
        day = Field('signed_on', '核对日期', 'date').parse(on) or date.today().isoformat()  # noqa: DTZ011 the day on the wall
    except Unusable as why:
        changes.rejected.append(Rejected('通知', row.number, str(why)))
        return
    changes.decisions.append(decider.sign(document, _text(by) or '', str(day)))
    label = decider.rows(document).labels['documents', document]
    changes.differences.append(Difference('通知', row.number, label, '核对', '', f'{_text(by)} {day}'))


def _read_new(row: SheetRow, sheet: Sheet, decider: Decider, grids: Mapping[str, SheetGrid], changes: Changes) -> None:
    filled = {title: cell for title, cell in row.cells.items() if cell is not None}
    if not filled:
        return
    if not sheet.adds:
        raise Unusable(f'“{sheet.title}”表里不能加行')
    if row.formulas:
        raise Unusable(f'“{"、".join(sorted(row.formulas))}”里是公式，请直接填值')
    new = addition(sheet, filled, decider, grids)
    if new.known:
        return
    decision = decider.add(sheet.owner, new.document, new.place, new.values, _text(filled.get(WHY)))
    changes.decisions.append(decision)
    said = '；'.join(
        f'{known.title} {_shown(known, new.values[known.name])}'
        for known in FIELDS[sheet.owner]
        if new.values[known.name] and known.name != DROPPED
    )
    changes.differences.append(
        Difference(sheet.title, row.number, decision.label or '', '补一行', '', said, new.unusual)
    )


def _same(a: object, b: object) -> bool:
    """Whether two cells say the same: a number and its text do, and so do line feeds of different systems."""
    return _plain(a) == _plain(b)


def _plain(cell: object) -> str:
    text = _text(cell)
    return (
        ''
        if text is None
        else '\n'.join(line.rstrip() for line in text.replace('\r\n', '\n').replace('\r', '\n').split('\n')).strip()
    )


def _text(cell: Any) -> str | None:
    if cell is None:
        return None
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip() or None


def _shown(known: Field, value: Value) -> str:
    shown = known.show(value)
    return '' if shown is None else _text(shown) or ''
