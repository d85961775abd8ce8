"""Lays a sample out on pages: wrapped lines of text and ruled lines, with rows cut where a page ends, as Word does it.

Lengths are points, positions from the page's top left corner. A shorter page gives breaks elsewhere: the same notice, other cuts.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tools.samples.model import Grid, GridCell, Paragraph, Sample

WIDTH = 595.0
HEIGHT = 842.0
MARGIN = 50.0
PAD = 3.0
SIZE = 10.0
LEADING = 14.0
_SIZES = {'letterhead': 22.0, 'title': 18.0, 'table_title': 14.0}
_CENTERED = {'letterhead', 'number', 'title', 'table_title'}


@dataclass(frozen=True)
class Text:
    """A line of text; ``y`` is its top."""

    x: float
    y: float
    size: float
    text: str


@dataclass(frozen=True)
class Rule:
    """A ruled line."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass
class Page:
    """What is drawn on one page."""

    texts: list[Text] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


def width_of(text: str, size: float = SIZE) -> float:
    """How wide the text is drawn: a full square for Chinese, half of one for ASCII."""
    return sum(size / 2 if char.isascii() else size for char in text)


def wrap(text: str, width: float, size: float = SIZE) -> list[str]:
    """The lines of a text of several paragraphs within ``width``; at least one character a line."""
    lines: list[str] = []
    for paragraph in text.split('\n'):
        line = ''
        for char in paragraph:
            if line and width_of(line + char, size) > width:
                lines.append(line)
                line = ''
            line += char
        lines.append(line)
    return lines


@dataclass(frozen=True)
class _Segment:
    """The part of a row that stands on one page."""

    row: int
    page: int
    top: float
    bottom: float


class _Layout:
    def __init__(self, height: float) -> None:
        self.bottom = height - MARGIN
        self.pages = [Page()]
        self.y = MARGIN

    def feed(self) -> None:
        self.pages.append(Page())
        self.y = MARGIN

    def paragraph(self, part: Paragraph) -> None:
        size = _SIZES.get(part.style, SIZE)
        indent = 2 * size if part.style == 'text' else 0.0
        room = WIDTH - 2 * MARGIN
        lines = wrap('　　' + part.text if indent else part.text, room, size)
        for line in lines:
            if self.y + size > self.bottom:
                self.feed()
            left = MARGIN
            if part.style in _CENTERED:
                left += (room - width_of(line, size)) / 2
            elif part.style == 'signature':
                left += room - width_of(line, size)
            stripped = line.lstrip('　')
            left += width_of(line[: len(line) - len(stripped)], size)
            self.pages[-1].texts.append(Text(left, self.y, size, stripped))
            self.y += size * 1.6

    def grid(self, grid: Grid) -> None:
        room = WIDTH - 2 * MARGIN
        edges = [MARGIN]
        for share in grid.widths:
            edges.append(edges[-1] + room * share / sum(grid.widths))
        lines = {
            cell: wrap(cell.text, edges[cell.col + cell.col_span] - edges[cell.col] - 2 * PAD) for cell in grid.cells
        }
        need = self._needs(grid, lines)
        header = [cell for cell in grid.cells if cell.row < grid.header_rows]
        segments: list[_Segment] = []
        for row in range(grid.rows):
            left = need[row]
            while left:
                fit = int((self.bottom - self.y - 2 * PAD) // LEADING)
                if fit < min(left, 2) or (row < grid.header_rows and fit < left):
                    self.feed()
                    if row >= grid.header_rows:
                        self._header(grid, header, lines, need, edges)
                    continue
                taken = min(fit, left)
                segments.append(_Segment(row, len(self.pages) - 1, self.y, self.y + taken * LEADING + 2 * PAD))
                self.y = segments[-1].bottom
                left -= taken
        for cell in grid.cells:
            self._cell(cell, lines[cell], segments, edges)
        self.y += LEADING

    @staticmethod
    def _needs(grid: Grid, lines: dict[GridCell, list[str]]) -> list[int]:
        """How many lines each row is high: as its own cells need, the last row of a span as what is left of the span."""
        need = [1] * grid.rows
        for cell in sorted(grid.cells, key=lambda cell: cell.row_span):
            last = cell.row + cell.row_span
            need[last - 1] += max(0, len(lines[cell]) - sum(need[cell.row : last]))
        return need

    def _header(
        self,
        grid: Grid,
        header: list[GridCell],
        lines: dict[GridCell, list[str]],
        need: list[int],
        edges: list[float],
    ) -> None:
        segments = []
        for row in range(grid.header_rows):
            segments.append(_Segment(row, len(self.pages) - 1, self.y, self.y + need[row] * LEADING + 2 * PAD))
            self.y = segments[-1].bottom
        for cell in header:
            self._cell(cell, lines[cell], segments, edges)

    def _cell(self, cell: GridCell, lines: list[str], segments: list[_Segment], edges: list[float]) -> None:
        left, right = edges[cell.col], edges[cell.col + cell.col_span]
        mine = [part for part in segments if cell.row <= part.row < cell.row + cell.row_span]
        at = 0
        for page in sorted({part.page for part in mine}):
            top = min(part.top for part in mine if part.page == page)
            bottom = max(part.bottom for part in mine if part.page == page)
            sheet = self.pages[page]
            sheet.rules += [
                Rule(left, top, right, top),
                Rule(left, bottom, right, bottom),
                Rule(left, top, left, bottom),
                Rule(right, top, right, bottom),
            ]
            fit = int((bottom - top - 2 * PAD + 0.01) // LEADING)
            for place, line in enumerate(lines[at : at + fit]):
                if line:
                    sheet.texts.append(Text(left + PAD, top + PAD + place * LEADING, SIZE, line))
            at += fit


def lay_out(sample: Sample, height: float = HEIGHT, numbered: bool = True) -> list[Page]:
    """The pages of a sample; ``numbered`` prints ``— 3 —`` at the foot of each."""
    layout = _Layout(height)
    for part in sample.body:
        if isinstance(part, Grid):
            layout.grid(part)
        else:
            layout.paragraph(part)
    if numbered:
        for index, page in enumerate(layout.pages, 1):
            foot = f'— {index} —'
            page.texts.append(Text((WIDTH - width_of(foot)) / 2, height - MARGIN / 2, SIZE, foot))
    return layout.pages
