"""One break in a table: is the first row below it a new one, or the rest of the last one above it?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kaohe.extractors.document import Cell
from kaohe.normalizers.columns.column_role import NAME, NUMBER, POINTS, TEXTS, ColumnRole, of_categories
from kaohe.normalizers.columns.grid_rows import distinct
from kaohe.normalizers.columns.printed_points import printed_after
from kaohe.normalizers.lines.levels import cut_label, label_rank
from kaohe.normalizers.stitching.common_columns import Fragment
from kaohe.normalizers.stitching.habits import ITEM, SENTENCE_END, Habits, begins_later_item, is_pointed_title
from kaohe.normalizers.text.cleaning import SourceRun, Text
from kaohe.normalizers.text.folding import halfwidth, squeeze

_OPEN = re.compile(r'[，、,（(《“：:—-]\s*$')
_REST = re.compile(r'\s*[，。、；;）)》”％%]')
_POINTS_ONLY = re.compile(r'\s*[(（\[【]?\s*(?:\d{1,4}(?:\.\d+)?\s*分?|分)\s*[)）\]】]?\s*')
# 采⏎供⏎血
_LETTERS = re.compile(r'\s*[\u4e00-\u9fff](?:\s*\n\s*[\u4e00-\u9fff])*\s*(?:\n|$)')
_HABIT = 0.8
_SURE = 2
_MANY = 0.6


@dataclass(slots=True)
class Draft:
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


class Junction:
    """The last row above a break and the first below it, row ``skip`` of ``part``.

    ``last`` are the cells that end above the break, by column (none where only the header stands there); ``categories`` those written last in each column of categories.
    ``is_cut``: the two rows are one. ``is_weak``: that could not be told safely.
    """

    def __init__(
        self,
        last: Mapping[int, Draft],
        categories: Mapping[int, Draft],
        part: Fragment,
        skip: int,
        roles: Mapping[int, ColumnRole | None],
        habits: Habits,
    ) -> None:
        self.roles = roles
        self.habits = habits
        self.has_points = POINTS in roles.values()
        self.merges = part.table.merges
        self.last = last
        self.first = {cell.col: cell for cell in distinct(part.grid[skip])} if skip < part.table.rows else {}
        self.band = _stands_alone(self.first.values(), roles) or _stands_alone(self.last.values(), roles)
        self.is_cut = False
        self.is_weak = False
        if not self.band and self.first and self.last:
            cut, new = self._weigh()
            fits = all(self._partner(cell.col, cell.col_span) for cell in self.first.values() if cell.text.strip())
            self.is_cut = cut > new and fits
            self.is_weak = abs(cut - new) < _SURE or (cut > new and not fits)
        # without merged cells a category written higher up is open at the break
        self.open = {} if self.merges else categories

    def _partner(self, col: int, span: int) -> Draft | None:
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
            usual = self.habits.filled.get(col, float(role in (NUMBER, POINTS))) >= _HABIT
            if role in (NUMBER, POINTS):
                if above and below:
                    new += 4
                elif usual and (above or below):
                    cut += 3
                elif below:
                    new += 1
            elif of_categories(role):
                if below and not _POINTS_ONLY.fullmatch(below) and not same_title(below, above):
                    new += 2
            elif role == NAME and self.has_points and _is_rest_of_title(above, below):
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
        if is_pointed_title(above) and is_pointed_title(below):
            return -4
        if self.habits.pointed.get(col, 0.0) >= _HABIT and printed_after(above) is None:
            # titles of this column end with their points, and this one does not yet
            return 3
        if _OPEN.search(above) or _REST.match(below) or _unbalanced(above):
            return 2
        if self.habits.numbered.get(col, 0.0) >= _MANY and ITEM.match(below):
            # the texts of this column carry the numbers of the lines
            return -3
        later = begins_later_item(below)
        if SENTENCE_END.search(above) or later:
            return 1 if later else -1
        return 2 if self.habits.ended.get(col, 0.0) >= _MANY else 0

    def above(self, new: Draft) -> Draft | None:
        """The cell above the break that ``new`` is the rest of, None where it is a cell of its own."""
        draft = self._partner(new.col, new.col_span)
        if self.band:
            return None
        if self.is_cut:
            return draft
        role = self.roles.get(new.col)
        is_title = role is not None and role.kind in ('level', 'level_number')
        if not self.merges:
            category = self.open.get(new.col) if is_title else None
            if category is not None and _is_rest_of_title(category.text, new.text):
                category.text = _glue(category.text, new.text)
                new.text = ''
            elif category is not None and new.text.strip() and same_title(new.text, category.text):
                new.text = ''
            return None
        if draft is None:
            return None
        if role == NAME and self.has_points and _is_rest_of_title(draft.text, new.text):
            return draft
        if is_title:
            same = not new.text.strip() or same_title(new.text, draft.text)
            rest = _is_rest_of_title(draft.text, new.text) or self._goes_on_in_letters(draft, new)
            return draft if same or rest else None
        tall = draft.row_span > 1 or new.row_span > 1
        return draft if tall and not new.text.strip() and draft.text.strip() else None

    def _goes_on_in_letters(self, above: Draft, new: Draft) -> bool:
        """Whether a category printed letter by letter down a narrow column is cut: one letter is no title, and where titles end with
        their points one without them is not at its end."""
        if not _LETTERS.fullmatch(above.text) or not _LETTERS.match(new.text) or printed_after(above.text) is not None:
            return False
        pointed = self.habits.pointed.get(above.col, 0.0) >= _MANY and printed_after(new.text) is not None
        return len(squeeze(above.text)) == 1 or pointed

    def together(self, above: Draft, new: Draft) -> str:
        """The text of a cell that the break cut in two."""
        if not self.is_cut and same_title(new.text, above.text):
            return above.text
        if _LETTERS.fullmatch(above.text) and _LETTERS.match(new.text):
            return f'{above.text.rstrip()}\n{new.text.lstrip()}'
        return _glue(above.text, new.text)


def same_title(first: str, second: str) -> bool:
    """Whether two texts name the same category, whatever its label and points."""
    return _title(first) == _title(second)


def _title(text: str) -> str:
    """A category's title for comparison: without label, points and white space."""
    bare, _ = cut_label(Text([SourceRun(text.strip())]))
    found = printed_after(bare.text)
    return squeeze(bare.text[: found.start] if found else bare.text)


def _stands_alone(cells: Iterable[Cell | Draft], roles: Mapping[int, ColumnRole | None]) -> bool:
    """Whether a row is one title over its whole width; unmerged blanks beside it do not count."""
    line = list(cells)
    if len(line) == 1:
        return True
    written = [cell for cell in line if cell.text.strip()]
    if len(written) != 1 or written[0].row_span > 1 or _POINTS_ONLY.fullmatch(written[0].text):
        return False
    text = written[0].text
    return roles.get(written[0].col) not in TEXTS and (label_rank(text) is not None or printed_after(text) is not None)


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
    apart = (SENTENCE_END.search(above) and ITEM.match(below)) or (ITEM.match(below) and not _OPEN.search(above))
    return above.rstrip() + ('\n' if apart else '') + below.lstrip()
