"""Rows that people write below the last because the reading lacks them: to which notice, table or line they belong, and what they say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kaohe.pipeline.decisions.correctable_columns import (
    CHECKED,
    DROPPED,
    FIELDS,
    STANDS_IN,
    Unusable,
    Value,
    contradiction,
)
from kaohe.pipeline.decisions.decision import RowPlace
from kaohe.pipeline.decisions.notices.likeness import squeezed
from kaohe.pipeline.decisions.wording import Decider
from kaohe.pipeline.workbook.sheet_cells import SheetGrid
from kaohe.pipeline.workbook.sheets import ID, LINE, NOTICE, NOTICES, TABLE, Sheet


@dataclass(frozen=True, slots=True)
class Addition:
    """A row to add: the document, the line or table to which it belongs, and its columns. ``known``: it stands there already; ``unusual``: what
    of it may be a slip of the hand."""

    document: str
    place: RowPlace
    values: dict[str, Value]
    known: bool
    unusual: str | None


def addition(sheet: Sheet, cells: Mapping[str, Any], decider: Decider, grids: Mapping[str, SheetGrid]) -> Addition:
    """The row that these cells (by column) say. Raises `Unusable`."""
    values: dict[str, Value] = {}
    for field in FIELDS[sheet.owner]:
        value = field.parse(cells.get(field.title))
        values[field.name] = 0 if field.name == DROPPED else value
    clash = contradiction(sheet.owner, values)
    if clash is not None:
        raise Unusable(clash)
    if sheet.owner == 'indicators':
        if not any(values[name] for name in ('name', 'requirement', 'criteria')):
            raise Unusable('补的一行要写“名称”“考核内容”“评分标准”中的至少一项')
        document = _document(cells.get(NOTICE), decider, grids)
        title = squeezed(str(cells[TABLE])) if cells.get(TABLE) is not None else None
        table = _table(title, document, decider)
        known, odd = decider.known('indicators', document, table, values), _odd(decider, sheet, table, values)
        return Addition(document, RowPlace(table=title), values, known, odd)
    if any(values.get(name) for name in CHECKED):
        raise Unusable('补的行不能同时核对')
    values[STANDS_IN.name] = STANDS_IN.parse(cells.get(STANDS_IN.title) or STANDS_IN.show('criteria'))
    wanted = str(cells.get(LINE) or '').strip()
    line = decider.find(wanted) if wanted else None
    if line is None or line[0] != 'indicators':
        raise Unusable(f'补的一行要写“{LINE}”（从“指标”表的“{ID}”一栏复制）；写的是“{wanted}”')
    _, row, document = line
    place = decider.rows(document).places['indicators', row]
    known = decider.known(sheet.owner, document, row, values)
    return Addition(document, place, values, known, _odd(decider, sheet, row, values))


def _odd(decider: Decider, sheet: Sheet, parent: str, values: Mapping[str, Value]) -> str | None:
    return '；'.join(decider.unusual_row(sheet.owner, parent, values)) or None


def _document(wanted: object, decider: Decider, grids: Mapping[str, SheetGrid]) -> str:
    """The notice that is named by title, number, file or id; where none is named, the only one of the workbook."""
    known = grids[NOTICES.title].rows if NOTICES.title in grids else ()
    text = squeezed(str(wanted)) if wanted is not None else None
    hits = [
        row.cells[ID]
        for row in known
        if ID in row.cells
        and (text is None or text in {squeezed(str(row.cells.get(name))) for name in ('标题', '发文字号', '文件', ID)})
    ]
    found = decider.find(str(hits[0])) if len(hits) == 1 else None
    if found is None:
        raise Unusable(f'补的一行要在“{NOTICE}”里写清是哪份通知（照抄“通知”表的标题或编号）')
    return found[2]


def _table(title: str | None, document: str, decider: Decider) -> str:
    rows = decider.rows(document)
    found = rows.table(title)
    if found is None:
        titles = '、'.join(f'“{known or "（无题）"}”' for known in rows.tables.values()) or '（没有）'
        raise Unusable(f'补的一行要在“{TABLE}”里写清是哪张表；这份通知的评分表有：{titles}')
    return found
