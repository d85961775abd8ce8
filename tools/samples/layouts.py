"""How offices draw the same lines: category columns with merged cells, or section rows across the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tools.samples.model import Category, Grid, GridCell, Line, number, runs, with_points

Value = Callable[[Line], str]


def _joined(key: str) -> Value:
    return lambda line: '\n'.join(line.duties.get(key, ()))


VALUES: dict[str, Value] = {
    'requirement': lambda line: line.requirement or '',
    'criteria': lambda line: line.criteria or '',
    'points': lambda line: '' if line.points is None else number(line.points),
    'number': lambda line: line.number or '',
    'name': lambda line: line.name or '',
    'name_points': lambda line: with_points(line.name or '', line.points, '\n'),
    'numbered_requirement': lambda line: f'{line.number}.{line.requirement}' if line.number else line.requirement or '',
    'responsible_office': _joined('responsible_office'),
    'lead_leader': _joined('lead_leader'),
    'lead_department': _joined('lead_department'),
    'supporting_department': _joined('supporting_department'),
    'blank': lambda line: '',
}


def category_text(category: Category, how: str) -> str:
    """A category as its cell prints it: ``plain``, ``letters`` (one character a line), ``feed`` (points on their own line)."""
    if how == 'letters':
        letters = '\n'.join(category.name)
        return letters if category.points is None else f'{letters}\n{number(category.points)}\n分'
    return with_points(category.name, category.points, '\n' if how == 'feed' else '')


def columns(
    lines: Sequence[Line],
    levels: Sequence[tuple[str, str, float]],
    fields: Sequence[tuple[str, str, float]],
) -> Grid:
    """A table with merged category columns.

    ``levels`` are (header, how the category is printed, width), highest first; ``fields`` are (header, key of ``VALUES``, width).
    """
    cells = [GridCell(0, col, header) for col, (header, _, _) in enumerate([*levels, *fields])]
    for col, (_, how, _) in enumerate(levels):
        above = [(line.level1, line.level2)[: col + 1] for line in lines]
        for start, end in runs(above):
            category = above[start][-1]
            cells.append(GridCell(start + 1, col, category_text(category, how) if category else '', end - start))
    for col, (_, key, _) in enumerate(fields, len(levels)):
        cells.extend(GridCell(row, col, VALUES[key](line)) for row, line in enumerate(lines, 1))
    widths = tuple(width for *_, width in [*levels, *fields])
    return Grid(widths, tuple(sorted(cells, key=lambda cell: (cell.row, cell.col))))


def sections(lines: Sequence[Line], level2: tuple[str, float], fields: Sequence[tuple[str, str, float]]) -> Grid:
    """A table with a row across its width for each first level (``一、加强管理（8分）``) and a merged second-level column."""
    width = len(fields) + 1
    cells = [GridCell(0, col, header) for col, (header, *_) in enumerate([level2, *fields])]
    row = 1
    for place, (start, end) in enumerate(runs([line.level1 for line in lines])):
        level1 = lines[start].level1
        cells.append(
            GridCell(row, 0, f'{"一二三四五六七八九十"[place]}、{with_points(level1.name, level1.points)}', 1, width)
        )
        row += 1
        group = lines[start:end]
        for first, last in runs([line.level2 for line in group]):
            category = group[first].level2
            cells.append(GridCell(row + first, 0, category_text(category, 'feed') if category else '', last - first))
        for offset, line in enumerate(group):
            cells.extend(GridCell(row + offset, col, VALUES[key](line)) for col, (_, key, _) in enumerate(fields, 1))
        row += len(group)
    return Grid((level2[1], *(w for *_, w in fields)), tuple(sorted(cells, key=lambda cell: (cell.row, cell.col))))
