"""What of a line may have been misread. A doubt is worth a look; most lines have none."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from kaohe.extractors.document import Cell, Table
from kaohe.normalizers.columns.content import moves_points
from kaohe.normalizers.columns.grid_rows import distinct
from kaohe.normalizers.columns.points_cell import read_points_cell
from kaohe.normalizers.lines.line import Line
from kaohe.normalizers.text.folding import squeeze

# A column is usual where this share of the lines fill it; fewer than so many lines have no habits.
_USUAL = 0.9
_FEW = 6
_LONG_TITLE = 60
_MINUS = re.compile(r'\s*(?:[-−–－]\s*[\d.]+\s*分?\s*[-~～至—]\s*[+＋]?\d|±)')
_NO_POINTS = re.compile(r'[-—–/\\无\s*]*|一票否决制?|否决项?|[加扣减]分(?:项|制)?|不计分|另计|倒扣(?:分)?')
_AS_ABOVE = re.compile('同上|同前|上同|[〃″"]')
_SPLIT_FIGURE = re.compile(r'\d\s*\n\s*\d')


def with_doubts(table: Table, grid: Sequence[Sequence[Cell]], lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, each with what speaks against it: rows that the reader repaired, columns that look shifted, cells that are missing
    where all other lines have one."""
    scored = [line for line in lines if line.kind == 'scored']
    pointed = _is_usual(scored, lambda line: line.points is not None)
    titled = _is_usual(scored, lambda line: line.requirement is not None or line.name is not None)
    ruled = _is_usual(scored, lambda line: line.criteria is not None)
    places = {run.place.col for line in lines if line.points_text for run in line.points_text.runs if run.place}
    found: list[Line] = []
    for line in lines:
        doubts = list(line.doubts)
        if any(_covers(line, row) for row in table.doubtful_rows):
            doubts.append('这一行的格子分不清，是按上下文分开的')
        if line.name is None and line.requirement is None and line.criteria is None:
            doubts.append('只读到分值，没有读到内容')
        if line.points_text is not None and (line.points is None or _SPLIT_FIGURE.search(line.points_text.text)):
            if line.points is not None or not _is_no_points(line.points_text.text):
                doubts.append(f'分值栏里是“{line.points_text.text[:12]}”')
        elif pointed and line.kind == 'scored' and line.points is None and not _shares_points(grid, line, places):
            doubts.append('别的条目都有分值，这一条没有')
        if line.kind == 'scored' and line.points is not None:
            if titled and line.requirement is None and line.name is None:
                doubts.append('别的条目都有考核内容，这一条没有')
            if ruled and line.criteria is None:
                doubts.append('别的条目都有评分标准，这一条没有')
        if line.points_text is not None and (doubt := read_points_cell(line.points_text.text).doubt):
            doubts.append(doubt)
        if line.points_text is not None and _MINUS.match(line.points_text.text):
            doubts.append(f'分值栏里有正有负“{line.points_text.text[:12]}”')
        if line.number is not None and len(squeeze(line.number.text)) > 10:
            doubts.append('序号栏里是文字')
        if (said := _as_above(line)) is not None:
            doubts.append(f'格子里写的是“{said}”，没有换成上面的内容')
        if any(len(level.title) > _LONG_TITLE or _moves(level.title.text) for level in line.levels):
            doubts.append('类别栏里像是考核内容')
        found.append(replace(line, doubts=tuple(dict.fromkeys(doubts))) if doubts else line)
    return tuple(found)


def _as_above(line: Line) -> str | None:
    """What a cell of the line says instead of repeating the one above it: 同上."""
    own = [text.text for text in (line.name, line.requirement, line.criteria) if text is not None]
    told = [
        *own,
        *(level.title.text for level in line.levels),
        *(cell.text for cells in line.duties.values() for cell in cells),
    ]
    return next((text.strip() for text in told if _AS_ABOVE.fullmatch(text.strip())), None)


def _covers(line: Line, row: int) -> bool:
    return line.row_first is not None and line.row_last is not None and line.row_first <= row <= line.row_last


def _is_usual(lines: Sequence[Line], has: Callable[[Line], bool]) -> bool:
    return len(lines) >= _FEW and sum(map(has, lines)) >= _USUAL * len(lines)


def _is_no_points(text: str) -> bool:
    """A points cell that says on purpose that there are none."""
    return _NO_POINTS.fullmatch(squeeze(text)) is not None


def _moves(text: str) -> bool:
    return len(text) > 15 and moves_points(text)


def _shares_points(grid: Sequence[Sequence[Cell]], line: Line, places: Collection[int | None]) -> bool:
    """Whether a points cell merged over several lines holds the points of this one too. ``places`` are the columns of points."""
    first = line.row_first
    return first is not None and any(
        cell.row < first and cell.text.strip() and cell.col in places for cell in distinct(grid[first])
    )
