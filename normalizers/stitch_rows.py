"""The rows on both sides of a break: is the first row below it a new one, or the rest of the last one above it?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.document import Cell, Table
from normalizers.columns import read_columns
from normalizers.folding import halfwidth, squeeze
from normalizers.header import find_header
from normalizers.levels import cut_label, label_rank
from normalizers.points import printed_after
from normalizers.rows import TEXTS, distinct
from normalizers.stitch_columns import Fragment
from normalizers.text import Run, Text

_END = re.compile(r'[。；;！!？?…]["”’）)]?\s*$')
_OPEN = re.compile(r'[，、,（(《“：:—-]\s*$')
_ITEM = re.compile(
    r'\s*(?:\d{1,2}\s*[.．、](?!\d)|[（(]\s*[\d一二三四五六七八九十]{1,3}\s*[）)]|[①-⑳]|[一二三四五六七八九十]{1,2}、)'
)
_FIRST = re.compile(r'\s*[（(]?(?:1(?!\d)|①|一(?![二三四五六七八九十]))')
_REST = re.compile(r'\s*[，。、；;）)》”％%]')
_POINTS_ONLY = re.compile(r'\s*[(（\[【]?\s*(?:\d{1,4}(?:\.\d+)?\s*分?|分)\s*[)）\]】]?\s*')
_HABIT = 0.8
_TITLE = 30
_SURE = 2


@dataclass(frozen=True, slots=True)
class Joined:
    """A whole table. ``rows`` tells, for the index of each of its parts, where each row of the part stands now."""

    table: Table
    rows: Mapping[int, Mapping[int, int]]


@dataclass(slots=True)
class _Draft:
    """A cell under construction."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    source: Cell

    @property
    def bottom(self) -> int:
        return self.row + self.row_span - 1


def join_rows(parts: Sequence[Fragment]) -> Joined:
    """One table out of parts that are drawn on the same columns."""
    first = parts[0].table
    roles = _roles(parts)
    habits = _habits(parts, roles)
    drafts = [_draft(cell, 0) for cell in first.cells]
    boxes = {id(draft): draft.source.boxes for draft in drafts}
    rows = first.rows
    places: dict[int, dict[int, int]] = {first.index: {row: row for row in range(rows)}}
    doubtful = set(first.doubtful_rows)
    for part in parts[1:]:
        skip = part.leading + _repeated_bands(drafts, rows, part, first.cols)
        junction = _Junction(drafts, rows, part, skip, roles, habits)
        offset = rows - skip
        if skip < part.table.rows and junction.is_cut:
            offset -= 1
        if skip < part.table.rows and junction.is_weak:
            doubtful.add(rows - 1 if junction.is_cut else rows)
        for cell in part.table.cells:
            if cell.bottom_row < skip:
                continue
            new = _draft(cell, offset)
            if new.row < skip + offset:
                new.row_span -= skip + offset - new.row
                new.row = skip + offset
            above = junction.above(new) if new.row == skip + offset else None
            if above is not None:
                above.text = junction.together(above, new)
                above.row_span = new.bottom - above.row + 1
                boxes[id(above)] += cell.boxes
            else:
                drafts.append(new)
                boxes[id(new)] = cell.boxes
        places[part.table.index] = {row: max(row + offset, 0) for row in range(part.table.rows)}
        doubtful |= {row + offset for row in part.table.doubtful_rows if row >= skip}
        rows = part.table.rows + offset
    cells = tuple(
        replace(
            draft.source,
            row=draft.row,
            col=draft.col,
            row_span=draft.row_span,
            col_span=draft.col_span,
            text=draft.text,
            boxes=boxes[id(draft)],
        )
        for draft in sorted(drafts, key=lambda draft: (draft.row, draft.col))
    )
    table = replace(
        first, rows=rows, cells=cells, page_last=parts[-1].table.page_last, doubtful_rows=frozenset(doubtful)
    )
    return Joined(table, places)


def _draft(cell: Cell, offset: int) -> _Draft:
    return _Draft(cell.row + offset, cell.col, cell.row_span, cell.col_span, cell.text, cell)


def _roles(parts: Sequence[Fragment]) -> dict[int, str | None]:
    """The roles of the columns, read from the rows of all parts."""
    first = parts[0]
    header = find_header(first.table, first.grid)
    if header is None:
        return {}
    grid = [*first.grid, *(line for part in parts[1:] for line in part.grid[part.leading :])]
    return {
        column.col: column.role for column in read_columns(first.table, grid, header, range(header.last + 1, len(grid)))
    }


@dataclass(frozen=True, slots=True)
class _Habits:
    """How often a column of the table is filled, its texts end a sentence, and its titles end with points."""

    filled: Mapping[int, float]
    ended: Mapping[int, float]
    pointed: Mapping[int, float]


def _habits(parts: Sequence[Fragment], roles: Mapping[int, str | None]) -> _Habits:
    filled: dict[int, list[bool]] = {}
    ended: dict[int, list[bool]] = {}
    pointed: dict[int, list[bool]] = {}
    for part in parts:
        # the first and the last row of a part may be cut themselves
        for row in range(part.leading + 1, part.table.rows - 1):
            line = distinct(part.grid[row])
            if len(line) < 3:
                continue
            for cell in line:
                if cell.row == row:
                    filled.setdefault(cell.col, []).append(bool(cell.text.strip()))
                    if cell.text.strip():
                        ended.setdefault(cell.col, []).append(bool(_END.search(cell.text)))
                    pointed.setdefault(cell.col, []).append(_is_pointed_title(cell.text))
    return _Habits(_shares(filled), _shares(ended), _shares(pointed))


def _shares(seen: Mapping[int, Sequence[bool]]) -> dict[int, float]:
    return {col: sum(found) / len(found) for col, found in seen.items()}


def _is_pointed_title(text: str) -> bool:
    return len(squeeze(text)) <= _TITLE and printed_after(text) is not None


def _repeated_bands(drafts: Sequence[_Draft], rows: int, part: Fragment, cols: int) -> int:
    """How many section rows at the top of a part repeat the section that was open above the break."""
    open_section = next(
        (draft.text for draft in sorted(drafts, key=lambda draft: -draft.row) if _is_band(drafts, draft, cols)), None
    )
    row = part.leading
    if open_section is None or row >= part.table.rows:
        return 0
    written = [cell for cell in distinct(part.grid[row]) if cell.text.strip()]
    alone = len(written) == 1 and written[0].col == 0 and written[0].row_span == 1
    return int(alone and _title(written[0].text) == _title(open_section))


def _is_band(drafts: Sequence[_Draft], draft: _Draft, cols: int) -> bool:
    if draft.col != 0 or not draft.text.strip():
        return False
    if draft.col_span == cols:
        return True
    return draft.row_span == 1 and not any(
        other.text.strip() for other in drafts if other is not draft and other.row <= draft.row <= other.bottom
    )


def _title(text: str) -> str:
    """A category's title for comparison: without label, points and white space."""
    bare, _ = cut_label(Text([Run(text.strip())]))
    found = printed_after(bare.text)
    return squeeze(bare.text[: found.start] if found else bare.text)


def _stands_alone(cells: Iterable[Cell | _Draft], roles: Mapping[int, str | None]) -> bool:
    """Whether a row is one title over its whole width; unmerged blanks beside it do not count."""
    line = list(cells)
    if len(line) == 1:
        return True
    written = [cell for cell in line if cell.text.strip()]
    if len(written) != 1 or written[0].row_span > 1 or _POINTS_ONLY.fullmatch(written[0].text):
        return False
    text = written[0].text
    return roles.get(written[0].col) not in TEXTS and (label_rank(text) is not None or printed_after(text) is not None)


class _Junction:
    """One break: the last row above it and the first below it."""

    def __init__(
        self,
        drafts: Sequence[_Draft],
        rows: int,
        part: Fragment,
        skip: int,
        roles: Mapping[int, str | None],
        habits: _Habits,
    ) -> None:
        self.roles = roles
        self.habits = habits
        self.has_points = 'points' in roles.values()
        self.merges = part.table.merges
        self.last = {draft.col: draft for draft in drafts if draft.bottom == rows - 1}
        self.first = {cell.col: cell for cell in distinct(part.grid[skip])} if skip < part.table.rows else {}
        self.band = _stands_alone(self.first.values(), roles) or _stands_alone(self.last.values(), roles)
        self.is_cut = False
        self.is_weak = False
        if not self.band and self.first:
            cut, new = self._weigh()
            fits = all(self._partner(cell.col, cell.col_span) for cell in self.first.values() if cell.text.strip())
            self.is_cut = cut > new and fits
            self.is_weak = abs(cut - new) < _SURE or (cut > new and not fits)
        # without merged cells a category that stands alone above the break is open below it
        self.open = {} if self.merges else _last_written(drafts, roles)

    def _partner(self, col: int, span: int) -> _Draft | None:
        draft = self.last.get(col)
        return draft if draft is not None and draft.col_span == span else None

    def _weigh(self) -> tuple[int, int]:
        """How much speaks for a cut row, and how much for a new one."""
        cut = new = 0
        for col, cell in self.first.items():
            draft = self._partner(col, cell.col_span)
            role = self.roles.get(col)
            above = draft.text.strip() if draft else ''
            below = cell.text.strip()
            # number and points are usual unless the table shows otherwise
            usual = self.habits.filled.get(col, float(role in ('number', 'points'))) >= _HABIT
            if role in ('number', 'points'):
                if above and below:
                    new += 4
                elif usual and (above or below):
                    cut += 3
                elif below:
                    new += 1
            elif role is not None and role.startswith('level'):
                if below and not _POINTS_ONLY.fullmatch(below) and _title(below) != _title(above):
                    new += 2
            elif role == 'name' and self.has_points and _is_rest_of_title(above, below):
                # the points of a category that slipped below the break say nothing of the row
                continue
            elif above and below:
                weight = self._goes_on(col, above, below)
                cut, new = cut + max(weight, 0), new + max(-weight, 0)
            elif usual and role in TEXTS and (above or below):
                cut += 1
        return cut, new

    def _goes_on(self, col: int, above: str, below: str) -> int:
        """Positive where ``below`` goes on with ``above``, negative where it begins anew."""
        if _is_pointed_title(above) and _is_pointed_title(below):
            return -4
        if self.habits.pointed.get(col, 0.0) >= _HABIT and printed_after(above) is None:
            # titles of this column end with their points, and this one does not yet
            return 3
        if _OPEN.search(above) or _REST.match(below) or _unbalanced(above):
            return 2
        later = bool(_ITEM.match(below)) and not _FIRST.match(below)
        if _END.search(above) or later:
            return 1 if later else -1
        return 2 if self.habits.ended.get(col, 0.0) >= 0.6 else 0

    def above(self, new: _Draft) -> _Draft | None:
        """The cell above the break that ``new`` is the rest of, None where it is a cell of its own."""
        draft = self._partner(new.col, new.col_span)
        if self.band:
            return None
        if self.is_cut:
            return draft
        role = self.roles.get(new.col) or ''
        is_level = role.startswith('level') and not role.endswith('points')
        if not self.merges:
            category = self.open.get(new.col) if is_level else None
            if category is not None and _is_rest_of_title(category.text, new.text):
                category.text = _glue(category.text, new.text)
                new.text = ''
            elif category is not None and new.text.strip() and _title(new.text) == _title(category.text):
                new.text = ''
            return None
        if draft is None:
            return None
        if role == 'name' and self.has_points and _is_rest_of_title(draft.text, new.text):
            return draft
        if is_level:
            same = not new.text.strip() or _title(new.text) == _title(draft.text)
            return draft if same or _is_rest_of_title(draft.text, new.text) else None
        tall = draft.row_span > 1 or new.row_span > 1
        return draft if tall and not new.text.strip() and draft.text.strip() else None

    def together(self, above: _Draft, new: _Draft) -> str:
        """The text of a cell that the break cut in two."""
        if not self.is_cut and _title(new.text) == _title(above.text):
            return above.text
        return _glue(above.text, new.text)


def _last_written(drafts: Sequence[_Draft], roles: Mapping[int, str | None]) -> dict[int, _Draft]:
    found: dict[int, _Draft] = {}
    for draft in sorted(drafts, key=lambda draft: draft.row):
        if draft.text.strip() and (roles.get(draft.col) or '').startswith('level'):
            found[draft.col] = draft
    return found


def _is_rest_of_title(above: str, below: str) -> bool:
    """Points that slipped below the break (`回扣治理` | `（3分）`)."""
    return bool(_POINTS_ONLY.fullmatch(below)) and bool(above.strip()) and printed_after(above) is None


def _unbalanced(text: str) -> bool:
    folded = halfwidth(text)
    return (
        folded.count('(') > folded.count(')')
        or text.count('“') > text.count('”')
        or text.count('《') > text.count('》')
    )


def _glue(above: str, below: str) -> str:
    """Two halves of a text: a new line only where a sentence ended or an item begins."""
    if not above.strip() or not below.strip():
        return above if above.strip() else below
    apart = (_END.search(above) and _ITEM.match(below)) or (_ITEM.match(below) and not _OPEN.search(above))
    return above.rstrip() + ('\n' if apart else '') + below.lstrip()
