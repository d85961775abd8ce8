"""From tables to scored lines: header, columns and rows put together."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from kaohe.extractors.document import Cell, Document, Table
from kaohe.extractors.findings import Finding, finding
from kaohe.normalizers.catalogue import Column, TableKind
from kaohe.normalizers.columns.amount_tables import read_amounts
from kaohe.normalizers.columns.column_role import CRITERIA, POINTS, REQUIREMENT, ColumnRead, ColumnRole
from kaohe.normalizers.columns.content import moves_points, signs_of
from kaohe.normalizers.columns.grid_rows import distinct, is_closing
from kaohe.normalizers.columns.header_rows import Header, find_header, read_head
from kaohe.normalizers.columns.points_cell import cell_points
from kaohe.normalizers.columns.without_header import guess_columns
from kaohe.normalizers.grammar.clauses.codes import read_code
from kaohe.normalizers.lines.doubts import with_doubts
from kaohe.normalizers.lines.evidence.alike_heads import categories_elsewhere
from kaohe.normalizers.lines.evidence.hypotheses import AS_IT_LOOKS, Hypothesis, hypotheses, in_sections
from kaohe.normalizers.lines.evidence.totals import with_totals_doubted
from kaohe.normalizers.lines.evidence.weighing import TIED, Weight, best_of, weigh
from kaohe.normalizers.lines.grade_scales import is_scale
from kaohe.normalizers.lines.line import Line, TableRead, Total
from kaohe.normalizers.lines.line_effect import count_lines
from kaohe.normalizers.lines.rows.line_reader import Inner, with_inner
from kaohe.normalizers.lines.rows.question_lists import read_questions
from kaohe.normalizers.lines.table_bodies import Body, read_headed, read_rows
from kaohe.normalizers.lines.table_titles import TableTitle
from kaohe.normalizers.text.cleaning import Text, clean_cell

_SCORES = re.compile(
    r'(?:考核|考评|评分|评价|评估|评比|评定|测评|计分|记分|积分|打分|量化).{0,8}(?:表|细则|标准|办法|卡|单)'
)
_SAYS_POINTS = re.compile('[评计记积打满总赋得扣加给]分|分[值数]|权重|量化')
# so many cells that move points make a table look scored
_TELLING = 3


def read_tables(document: Document, titles: Sequence[TableTitle]) -> tuple[TableRead, ...]:
    """What each table of the stitched document holds. ``titles`` are those of its tables, in their order."""
    known: dict[int, TableRead] = {}
    inner: dict[int, dict[tuple[int, int], list[Text]]] = {}
    owned: dict[int, dict[tuple[int, int], Text]] = {}

    @cache  # once for all tables in its cells
    def around(outer: int) -> TableRead:
        return _read_table(document.tables[outer], titles[outer], {})

    # A table stands in the list behind the one in whose cell it stands.
    for table, title in reversed([*zip(document.tables, titles, strict=True)]):
        own = {place: Text.join('\n', reversed(texts)) for place, texts in inner.get(table.index, {}).items()}
        read = _read_table(table, title, own)
        if table.parent is not None and read.kind == 'scoring' and _is_of_text(around(table.parent[0]), table.parent):
            read = replace(read, kind='list', lines=(), totals=(), notes=(), rules=())
        known[table.index] = read
        owned[table.index] = own
        if table.parent is not None and read.kind != 'scoring':
            parent, *place = table.parent
            inner.setdefault(parent, {}).setdefault((place[0], place[1]), []).append(_as_text(table, own))
    for index, categories in categories_elsewhere([*known.values()]).items():
        known[index] = _read_table(
            document.tables[index], titles[index], owned[index], Hypothesis(categories=categories)
        )
    reads = [
        replace(known[table.index], findings=())  # its text is that of a line
        if table.parent is not None
        and known[table.index].kind != 'scoring'
        and known[table.parent[0]].kind == 'scoring'
        else known[table.index]
        for table in document.tables
    ]
    scored = next((at for at, read in enumerate(reads) if read.lines), len(reads))
    return tuple(
        _named(document.tables[at], read) if at > scored and read.kind != 'scoring' else read
        for at, read in enumerate(reads)
    )


def _is_of_text(read: TableRead, place: tuple[int, int, int]) -> bool:
    """Whether the cell at ``place`` (table, row, column) of the table that was ``read`` holds what a line of a scoring table asks or how it is scored: a
    table in it, 情形 | 扣分, says more of the same."""
    _, row, col = place
    below = read.kind == 'scoring' and read.header_rows is not None and row > read.header_rows[1]
    return below and read.columns[col].role in ('criteria', 'requirement')


def _named(table: Table, read: TableRead) -> TableRead:
    """A short list behind a scoring table: that one cell of it says how points move is telling."""
    if read.findings or table.parent is not None:
        return read
    return replace(read, findings=_unread(table, '评分表之后的短表，没有认得的表头', least=1))


def weigh_table(table: Table) -> Weight:
    """What speaks for the reading of a table by itself, with the total that it prints."""
    read = _read_table(table, TableTitle(), {})
    return weigh(read.lines, _closing_total(read.totals))


def _as_text(table: Table, inner: Inner) -> Text:
    """What a table inside a cell says, a row a line; its head, which names a column of points or of rules, is left out."""
    rows = []
    for row, line in enumerate(table.grid()):
        cells = [cell for cell in distinct(line) if cell.row == row and cell.text.strip()]
        heads = [read_head(cell.text) for cell in cells] if row == 0 and table.rows > 1 else []
        last = heads[-1].kind if heads and heads[-1] else None
        if last not in ('score', 'points') and not (last == 'scoring' and all(heads)):
            rows.append(Text.join(' ', [with_inner(clean_cell(cell, table.index), cell, inner) for cell in cells]))
    return Text.join('\n', rows)


def _read_table(table: Table, title: TableTitle, inner: Inner, looks: Hypothesis = AS_IT_LOOKS) -> TableRead:
    grid = table.grid()
    header = find_header(table, grid, title.rows) or find_header(table, grid)
    questions = () if header else read_questions(table)
    if questions:
        return TableRead(table.index, 'scoring', _bare_columns(table), count_lines(questions, title.total_points))
    # a table inside a cell belongs to the text of its line
    amounts = None if header or table.parent else read_amounts(table, grid, title.rows, title.title)
    guessed = None if header or amounts else guess_columns(table, grid, title.rows)
    if amounts is not None:
        header, columns = amounts
        guessed = range(header.last + 1, table.rows), columns
    if header is None and guessed is None:
        kind = _kind_without_lines(table)
        unread = _unread(table, '没有认得的表头') or _adding_up(table, grid, title)
        return TableRead(table.index, kind, _bare_columns(table), findings=unread)
    if header and guessed is None:
        body, header = _proved(table, grid, header, title, inner, looks)
    else:
        body = read_rows(table, grid, [guessed] if guessed else [], title.title, inner)
    shown, lines = body.columns, body.lines
    columns_shown = tuple(Column(column.header, str(column.role) if column.role else None) for column in shown)
    span = (header.first, header.last) if header else None
    graded = any(column.grade for column in shown)
    if not (_is_scored(lines, _sharing_points(table, shown), title) or (graded and lines)):
        unread = _unread(table, '表头下没有带分值的条目', 0 if lines and _asks_points(shown) else None)
        return TableRead(table.index, _kind_without_lines(table), columns_shown, header_rows=span, findings=unread)
    if is_scale(lines):
        return TableRead(table.index, 'list', columns_shown, header_rows=span)
    total = _total_of(body, title)
    if header is None and not all(column.known for column in shown):
        lines = [replace(line, doubts=('表格没有认得的表头，各列是按内容分的',)) for line in lines]
    counted = with_doubts(table, grid, count_lines(with_totals_doubted(lines, body.totals), total))
    return TableRead(
        table.index,
        'scoring',
        columns_shown,
        counted,
        body.totals,
        body.notes,
        span,
        tuple(_unknown_columns(table, shown)),
        body.rules,
    )


def _proved(
    table: Table,
    grid: Sequence[Sequence[Cell]],
    header: Header,
    title: TableTitle,
    inner: Inner,
    as_seen: Hypothesis,
) -> tuple[Body, Header]:
    """The body below a header, read as it looks; where printed sums do not hold so, as the reading says under which they do;
    and the header of that reading."""
    first = read_headed(table, grid, header, title, inner, as_seen)
    total = _total_of(first, title)
    looks = weigh(first.lines, total)
    if looks.proved:
        return first, header
    others = [
        ((read_headed(table, grid, one.heads or header, title, inner, one), one.heads or header), one.merged == 'text')
        for other in hypotheses(
            table,
            grid,
            first.columns,
            header,
            failing=looks.failed > 0,
            total=total,
            reached=sum((line.points or Decimal(0) for line in first.lines), Decimal(0)),
            untitled=not looks.categories,
        )
        for one in (replace(other, categories=as_seen.categories),)
    ]
    if (sections := in_sections(first.lines, failing=looks.failed > 0)) is not None:
        others.insert(0, ((replace(first, lines=sections), header), False))
    (body, heads), tied = best_of(
        (first, header), looks, others, lambda read: (read[0].lines, _total_of(read[0], title))
    )
    if tied:
        body = replace(body, lines=[replace(line, doubts=(*line.doubts, TIED)) for line in body.lines])
    return body, heads


def _total_of(body: Body, title: TableTitle) -> Decimal | None:
    return title.total_points if title.total_points is not None else _closing_total(body.totals)


def _closing_total(totals: Sequence[Total]) -> Decimal | None:
    closing = [total.points for total in totals if not total.part]
    return closing[-1] if len(closing) == 1 else None


def _sharing_points(table: Table, columns: Sequence[ColumnRead]) -> set[int]:
    """The rows over which a points cell is merged, in a column that its head calls one of points: their lines share what it prints."""
    pointed = {col for col, column in enumerate(columns) if column.role == POINTS and column.known}
    return {
        row
        for cell in table.cells
        if cell.col in pointed and cell.row_span > 1 and cell_points(cell.text) is not None
        for row in range(cell.row, cell.bottom_row + 1)
    }


def _is_scored(lines: Sequence[Line], sharing: Container[int], title: TableTitle) -> bool:
    """Whether the lines are scored: most have points, or say how points move; or share points where another line says how they move, or the
    title that it scores (a plan of trainings only names points)."""
    moving = [_moves(line) for line in lines]
    shared = sharing if any(moving) or _SCORES.search(title.title or '') else ()
    pointed = sum(
        moved or line.points is not None or line.row_first in shared for moved, line in zip(moving, lines, strict=True)
    )
    return bool(lines) and pointed * 2 >= len(lines)


def _moves(line: Line) -> bool:
    """Whether a line says how points move."""
    return (
        line.graded
        or (
            line.criteria is not None and bool(read_code(line.criteria.text, 'penalty') or signs_of(line.criteria.text))
        )
        or any(moves_points(text.text) for text in (line.criteria, line.requirement) if text)
        or (line.kind != 'scored' and (line.criteria or line.requirement) is not None)
    )


def _asks_points(columns: Sequence[ColumnRead]) -> bool:
    """Whether the head names a column of points and one of what earns them."""
    named = {column.role for column in columns if column.known}
    return POINTS in named and not named.isdisjoint((REQUIREMENT, CRITERIA))


def _kind_without_lines(table: Table) -> TableKind:
    """A form is mostly blanks to fill in; any other table that is not scored is a list."""
    blank = sum(not cell.text.strip() for cell in table.cells)
    return 'form' if blank * 5 >= len(table.cells) * 2 else 'list'


def _bare_columns(table: Table) -> tuple[Column, ...]:
    return tuple(Column('', None) for _ in range(table.cols))


def _unread(table: Table, why: str, least: int | None = None) -> tuple[Finding, ...]:
    """A complaint where ``least`` cells of a table that was not read say how points move."""
    if least is None:
        # a table that was told by white space alone might be read wrongly as a whole
        least = 1 if len(table.doubtful_rows) == table.rows else _TELLING
    moving = sum(moves_points(cell.text) for cell in table.cells)
    return (finding('table.unknown', table=table.index, detail=why),) if moving >= least else ()


def _adding_up(table: Table, grid: Sequence[Sequence[Cell]], title: TableTitle) -> tuple[Finding, ...]:
    """A complaint where the title of a table that was not read says that it scores, the title or a head speaks of points, and a column comes to the
    total."""
    if title.title is None or table.parent is not None or not _SCORES.search(title.title):
        return ()
    said = (title.title, *(cell.text for row in grid[:1] for cell in row))
    if title.total_points is None and not any(_SAYS_POINTS.search(text) for text in said):
        return ()  # 人员考核标准: the ages of three people
    whole = title.total_points or Decimal(100)
    for col in range(table.cols):
        cells = [
            grid[row][col] for row in range(table.rows) if grid[row][col].row == row and not is_closing(grid[row], row)
        ]
        amounts = [points for cell in cells if cell.col == col and (points := cell_points(cell.text)) is not None]
        if len(amounts) >= _TELLING and sum(amounts) == whole:
            detail = f'有一栏合起来正好是{whole.normalize():f}分，但没有认得的表头'
            return (finding('table.unknown', table=table.index, detail=detail),)
    return ()


def _unknown_columns(table: Table, columns: Sequence[ColumnRead]) -> list[Finding]:
    return [
        finding('column.doubtful', table=table.index, col=column.col, header=column.header)
        if column.role
        else finding('column.unknown', table=table.index, col=column.col, header=column.header)
        for column in columns
        if not column.known and column.header and column.role != ColumnRole('score')
    ]
