"""How a sheet looks: what the library for the values of its cells does not tell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from kaohe.extractors.sheet.tables import MAX_GAP

# Columns without any text that are kept between two that have some: a text far to the right stands in no table of thousands of columns.
MAX_COLUMN_GAP = 20

Place = tuple[int, int]  # row, column, from 0
Range = tuple[int, int, int, int]  # top, left, bottom, right, all included


@dataclass(frozen=True, slots=True)
class SheetLook:
    """``formats`` are the number formats of cells that have one of their own, ``struck`` cells that are struck out as a whole, written in white on white, or hidden by their format, ``texts`` those of
    cells in which some characters are raised or struck out, as they show, and the errors that formulas came to, ``uncached`` cells with a formula whose value is not stored. ``boxes`` are the
    texts of text boxes with the row over which each begins, ``pictures`` counts pictures and charts, ``partly`` cells
    of which some characters are struck out."""

    formats: Mapping[Place, str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_cols: frozenset[int] = frozenset()
    struck: frozenset[Place] = frozenset()
    texts: Mapping[Place, str] = field(default_factory=dict)
    uncached: frozenset[Place] = frozenset()
    boxes: tuple[tuple[int, str], ...] = ()
    pictures: int = 0
    partly: int = 0


PLAIN = SheetLook()


@dataclass(frozen=True, slots=True)
class Visible:
    """What is left of a sheet without hidden rows and columns: its texts, its merged ranges, and where its rows and columns stand in the file.

    ``left_out`` counts hidden rows and columns that hold something.
    """

    texts: list[list[str]]
    merged: list[Range]
    rows: tuple[int, ...]
    cols: tuple[int, ...]
    left_out: tuple[int, int] = (0, 0)


def visible(texts: list[list[str]], merged: Sequence[Range], look: SheetLook) -> Visible:
    """The sheet without what is hidden, and without what goes beyond the longest gap of rows or columns in which nothing stands.

    A merged range that begins in a hidden row or column shows its text in what is left of it.
    """
    height, width = len(texts), len(texts[0]) if texts else 0
    blank_rows = (row for row, line in enumerate(texts) if not any(line))
    used = {col for line in texts for col, text in enumerate(line) if text}
    rows = _kept(height, look.hidden_rows, blank_rows, MAX_GAP)
    cols = _kept(width, look.hidden_cols, (col for col in range(width) if col not in used), MAX_COLUMN_GAP)
    if len(rows) == height and len(cols) == width:
        return Visible(texts, list(merged), tuple(rows), tuple(cols))
    moved: dict[Place, str] = {}
    kept: list[Range] = []
    for top, left, bottom, right in merged:
        down = range(bisect_left(rows, top), bisect_right(rows, bottom))
        across = range(bisect_left(cols, left), bisect_right(cols, right))
        if down and across and top < height and left < width:
            moved[down[0], across[0]] = texts[top][left]
            kept.append((down[0], across[0], down[-1], across[-1]))
    shown = [[texts[row][col] for col in cols] for row in rows]
    for (row, col), text in moved.items():
        shown[row][col] = text
    hidden_rows = sum(any(texts[row]) for row in look.hidden_rows if row < height)
    hidden_cols = sum(any(line[col] for line in texts) for col in look.hidden_cols if col < width)
    return Visible(shown, kept, tuple(rows), tuple(cols), (hidden_rows, hidden_cols))


def _kept(count: int, hidden: Set[int], blank: Iterable[int], longest: int) -> list[int]:
    """The rows or columns that are shown: of a run of ``blank`` ones the first ``longest``."""
    nothing = set(blank)
    found: list[int] = []
    run = 0
    for at in range(count):
        if at in hidden:
            continue
        run = run + 1 if at in nothing else 0
        if run <= longest:
            found.append(at)
    return found


def address(row: int, col: int) -> str:
    """``C5`` for row 4, column 2."""
    letters = ''
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return f'{letters}{row + 1}'


def named(places: Iterable[Place], sheet: str, most: int = 5) -> str:
    """``考核表!C5、D6 等 7 格``."""
    cells = sorted(places)
    some = '、'.join(address(*place) for place in cells[:most])
    return f'{sheet}!{some}' + (f' 等 {len(cells)} 格' if len(cells) > most else '')
