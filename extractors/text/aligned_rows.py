"""Tables whose columns are aligned by runs of spaces, a row to a line, as programs print them and people type them.

Columns begin where the line with most cells has them; a cell belongs to the column under which it begins, a number that is set to the right or
in the middle too. What is aligned for three lines with three cells is a table; less is prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kaohe.extractors.labels import SECTION
from kaohe.extractors.text.found_table import FoundTable, Part, Row
from kaohe.extractors.text.prose import width

_GAP = re.compile(r'[ \u00a0]{2,}|[ \u00a0]*\u3000[ \u00a0\u3000]*')
_SECTION = re.compile(rf'\s*(?:{SECTION}|合计|总计|小计)')
_LABELLED = re.compile(r'[^:：\d]{1,10}[:：]')
_NUMBER = re.compile(r'[+\-]?\d+(?:\.\d+)?[分%]?')
_FEWEST_ROWS = _FEWEST_COLUMNS = 3
# Half-width characters by which two cells of one column may begin apart.
_SLACK = 2


class _Piece(NamedTuple):
    start: int
    text: str


def find(lines: Sequence[str]) -> list[FoundTable]:
    """The tables aligned by spaces in these lines; lines with tabs belong to none."""
    pieces = [_pieces(line) for line in lines]
    found: list[FoundTable] = []
    number = 0
    while number < len(lines):
        if len(pieces[number]) < _FEWEST_COLUMNS:
            number += 1
            continue
        end = _end(pieces, number)
        table = _found(pieces, number, end)
        if table is not None:
            found.append(table)
        number = end  # no line is asked twice: a long list that is no table takes linear time
    return found


def _pieces(line: str) -> list[_Piece]:
    if '\t' in line or not line.strip():
        return []
    pieces: list[_Piece] = []
    at = measured = wide = 0
    for gap in [*_GAP.finditer(line), None]:
        end = len(line) if gap is None else gap.start()
        if text := line[at:end].strip():
            begin = end - len(line[at:end].lstrip())
            wide += width(line[measured:begin] + '.') - 1  # with a point, blanks before it count
            measured = begin
            pieces.append(_Piece(wide, text))
        at = end if gap is None else gap.end()
    return pieces


def _found(pieces: Sequence[Sequence[_Piece]], first: int, end: int) -> FoundTable | None:
    rows = [number for number in range(first, end) if pieces[number]]
    widest = max(rows, key=lambda number: len(pieces[number]))
    starts = [piece.start for piece in pieces[widest]]
    near = _near(starts)
    full = [number for number in rows if sum(piece.start in near for piece in pieces[number]) >= _FEWEST_COLUMNS]
    if len(full) < _FEWEST_ROWS or len(full) * 2 < len(rows):
        return None
    laid: list[list[str]] = []
    wide: set[int] = set()
    for number in rows:
        if len(pieces[number]) == 1 and pieces[number][0].start < starts[1] and _spans(pieces[number][0], starts):
            wide.add(len(laid))
            laid.append([pieces[number][0].text])
            continue
        cells = _laid(pieces[number], starts)
        if laid and len(laid) - 1 not in wide and _goes_on(cells):
            laid[-1] = [
                f'{above}\n{below}'.strip() if below else above for above, below in zip(laid[-1], cells, strict=True)
            ]
        else:
            laid.append(cells)
    parted: list[Row] = [
        (Part(row[0], len(starts)),) if at in wide else tuple(Part(text) for text in row) for at, row in enumerate(laid)
    ]
    return FoundTable(first, rows[-1] + 1, tuple(parted))


def _end(pieces: Sequence[Sequence[_Piece]], first: int) -> int:
    """Behind the last line of the stretch that begins with ``first``: lines with several cells, and single ones that stand among them."""
    last, number = first, first + 1
    starts = [piece.start for piece in pieces[first]]
    near, behind = _near(starts), _near(starts[1:])
    while number < len(pieces) and number - last <= 2:
        beside = sum(piece.start in near for piece in pieces[number])
        several = len(pieces[number]) > 1 and beside >= max(2, len(pieces[number]) - 1)
        if several and all(_LABELLED.match(piece.text) for piece in pieces[number]):
            break  # 填表人：　日期：
        if several or (len(pieces[number]) == 1 and pieces[number][0].start in behind):
            last = number
        number += 1
    return last + 1


def _spans(piece: _Piece, starts: Sequence[int]) -> bool:
    """Whether a line of one cell is a head over the columns: it says so, or it reaches over the first."""
    return _SECTION.match(piece.text) is not None or piece.start + width(piece.text) > starts[1]


def _laid(pieces: Sequence[_Piece], starts: Sequence[int]) -> list[str]:
    cells = [''] * len(starts)
    for piece in pieces:
        near = [col for col, start in enumerate(starts) if abs(piece.start - start) <= _SLACK]
        under = [col for col, start in enumerate(starts) if start <= piece.start + _SLACK]
        col = near[0] if near else under[-1] if under else 0
        cells[col] = f'{cells[col]} {piece.text}'.strip()
    return cells


def _goes_on(cells: Sequence[str]) -> bool:
    """Whether a line holds what was too long for the line above: nothing in its first column, few cells, and none that is a number."""
    filled = [cell for cell in cells if cell]
    return not cells[0] and len(filled) * 2 < len(cells) + 1 and not any(_NUMBER.fullmatch(cell) for cell in filled)


def _near(starts: Sequence[int]) -> frozenset[int]:
    """The places at which a cell is one of these columns."""
    return frozenset(start + off for start in starts for off in range(-_SLACK, _SLACK + 1))
