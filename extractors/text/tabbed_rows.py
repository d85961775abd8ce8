"""Tables with a row to a line and tabs between the cells, as copied from a spreadsheet or transcribed by another program.

A blank line (a page break of the original) ends a table; whether the next one continues it is not decided here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kaohe.extractors.labels import SECTION
from kaohe.extractors.text.found_table import FoundTable, Part, Row, columns_of, padded
from kaohe.extractors.text.sibling_heads import doubt_narrow

_LONGEST_QUOTE = 200  # lines
_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=\t|$)')
_OPEN_QUOTE = re.compile(r'"(?:[^"]|"")*$')
_SECTION = re.compile(rf'\s*(?:{SECTION}|合计|总计|小计)')


def find(lines: Sequence[str]) -> list[FoundTable]:
    """The tab-separated tables in these lines."""
    found: list[FoundTable] = []
    for first, end in _stretches(lines):
        table = _found(lines, first, end)
        if table and (len(table.rows) > 1 or _continues(lines, found, table)):
            found.append(table)
    return doubt_narrow(found)


def _stretches(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Stretches of lines from the first with a tab to the last, without a blank line between them."""
    found: list[tuple[int, int]] = []
    number = 0
    while number < len(lines):
        if '\t' not in lines[number]:
            number += 1
            continue
        first = last = number
        while number < len(lines) and lines[number].strip(' \u00a0\u3000'):
            if '\t' in lines[number]:
                last = number = _quote_end(lines, number)
            number += 1
        found.append((first, last + 1))
    return found


def _quote_end(lines: Sequence[str], first: int) -> int:
    """The last line of the row that begins at ``first``: a quoted cell may hold line feeds."""
    text = lines[first]
    for number in range(first, min(first + _LONGEST_QUOTE, len(lines))):
        if number > first:
            text += '\n' + lines[number]
        cells = _unquoted(text)
        if cells is not None:
            return number
    return first


def _unquoted(text: str) -> list[str] | None:
    """The cells of a row; None where a quoted one is not closed. Only quotes that enclose a whole cell quote."""
    if '"' not in text:
        return [cell.strip() for cell in text.split('\t')]
    cells: list[str] = []
    at = 0
    while at <= len(text):
        quoted = _QUOTED.match(text, at)
        if quoted:
            cells.append(quoted[1].replace('""', '"').strip())
            at = quoted.end() + 1
        elif _OPEN_QUOTE.match(text, at):
            return None
        else:
            end = text.find('\t', at)
            end = len(text) if end < 0 else end
            cells.append(text[at:end].strip())
            at = end + 1
    return cells


@dataclass(slots=True)
class _Line:
    """A row while it is read: its cells, and whether it was put together from lines that may not belong together."""

    cells: list[str]
    mended: bool = False


def _rows(lines: Sequence[str], first: int, end: int) -> list[_Line]:
    rows: list[_Line] = []
    number = first
    while number < end:
        last = _quote_end(lines, number) if '\t' in lines[number] else number
        text = '\n'.join(lines[number : last + 1])
        cells = _unquoted(text)
        rows.append(_Line(cells if cells is not None else [cell.strip() for cell in text.split('\t')]))
        number = last + 1
    return rows


def _found(lines: Sequence[str], first: int, end: int) -> FoundTable | None:
    raw = _rows(lines, first, end)
    widths = Counter(len(row.cells) for row in raw if len(row.cells) > 1)
    if not widths:  # the only tabs stand in a quoted cell
        return None
    usual = max(widths, key=lambda count: (widths[count], count))
    rows = _continued(raw, usual)
    cols = columns_of([row.cells for row in rows])
    laid: list[Row] = []
    doubtful = set()
    for number, row in enumerate(rows):
        if len(row.cells) == 1:
            laid.append((Part(row.cells[0], cols),))
            continue
        laid.append(padded(row.cells, cols))
        if row.mended or len(row.cells) != usual:
            doubtful.add(number)
    return FoundTable(first, end, tuple(laid), frozenset(doubtful))


def _continued(raw: Sequence[_Line], cols: int) -> list[_Line]:
    """The rows, with lines that a cell's line feed broke off put back: an unfinished row goes on in the next line."""
    rows: list[_Line] = []
    for line in raw:
        before = rows[-1] if rows else None
        if before and len(before.cells) + len(line.cells) - 1 <= cols and _goes_on(before, line, cols):
            before.cells[-1] = f'{before.cells[-1]}\n{line.cells[0]}'.strip()
            before.cells += line.cells[1:]
            before.mended = True
        else:
            rows.append(_Line(list(line.cells)))
    return rows


def _goes_on(before: _Line, line: _Line, cols: int) -> bool:
    if len(line.cells) > 1:
        return 1 < len(before.cells) < cols and len(before.cells) + len(line.cells) - 1 == cols and bool(line.cells[0])
    return len(before.cells) > 1 and not _SECTION.match(line.cells[0])


def _continues(lines: Sequence[str], found: Sequence[FoundTable], table: FoundTable) -> bool:
    """Whether a single row is the rest of the table above it: as wide, and nothing but blank lines between them."""
    if not found:
        return False
    above = found[-1]
    return above.cols == table.cols and not any(line.strip() for line in lines[above.end : table.first])
