"""A file step by step, as a person or a program can look at it; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path

from kaohe.extractors.document import Cell, Document, Unreadable
from kaohe.extractors.parallel import Spread, here
from kaohe.normalizers.catalogue import Catalogue, Clause, Fact, Indicator, Threshold
from kaohe.pipeline.language.phrases import clause_phrase, columns_phrase, figure_phrase, number, target_phrase
from kaohe.pipeline.language.terms import (
    INDICATOR_KIND,
    NOTICE_KIND,
    ROLE,
    SCOPE,
    SEVERITY,
    TABLE_KIND,
    plain,
    shortened,
)
from kaohe.pipeline.refusal import Refusal

LONG = 60
# Stands for what another program hands over.
INPUT = Path('-')


@dataclass(frozen=True, slots=True)
class Shown:
    """A file read up to a step. ``catalogue`` is None for the step ``document``."""

    until: str
    document: Document
    catalogue: Catalogue | None


def read(file: Path, until: str, data: bytes, spread: Spread = here) -> Shown:
    """Reads the file, which holds ``data``, or for ``-`` what came in, as far as ``until`` needs; ``spread`` does the pages of a long one.
    Raises `Refusal` with the finding's message where it cannot be read."""
    from kaohe.extractors.formats import read as extract
    from kaohe.normalizers import normalize

    name = '' if file == INPUT else file.name
    try:
        document = extract(data, spread=spread)
    except Unreadable as error:
        raise Refusal(f'{"标准输入" if file == INPUT else file}：{error.finding.message}') from error
    return Shown(until, document, None if until == 'document' else normalize(document, name))


def as_values(shown: Shown) -> dict[str, object]:
    """Every step up to the one asked for, as plain values for JSON. Indexes count from 0."""
    catalogue = shown.catalogue
    if catalogue is None:
        return {'document': _plain_values(asdict(shown.document))}
    parts = {
        'tables': ['notice', 'blocks', 'tables'],
        'rows': [],
        'indicators': ['indicators', 'items', 'responsibilities'],
    }
    parts['clauses'] = ['clauses', 'thresholds', 'facts', 'findings']
    values: dict[str, object] = {'document': _plain_values(asdict(shown.document))}
    for step, names in parts.items():
        if step == 'rows':
            values['rows'] = [_row_texts(table.cells) for table in catalogue.tables]
        for name in names:
            value = getattr(catalogue, name)
            values[name] = _plain_values([asdict(x) for x in value] if isinstance(value, tuple) else asdict(value))
        if step == shown.until:
            break
    return values


def as_lines(shown: Shown) -> Iterator[str]:
    """The step asked for, for people. Rows and columns count from 1."""
    catalogue = shown.catalogue
    if catalogue is None:
        yield from _document(shown.document)
        return
    yield from _notice(catalogue)
    if shown.until == 'clauses':
        yield from _outside_lines(catalogue)
    for index in range(len(catalogue.tables)):
        yield ''
        yield from _table(catalogue, index)
        if shown.until == 'rows':
            yield from _rows(catalogue.tables[index].cells)
        elif shown.until in ('indicators', 'clauses'):
            yield from _lines_of_table(catalogue, index, with_clauses=shown.until == 'clauses')
    if shown.until == 'clauses':
        yield ''
        for found in catalogue.findings:
            yield f'{SEVERITY[found.severity]} {found.code} {plain(found.message)}'


def _document(document: Document) -> Iterator[str]:
    pages = f'，{document.pages} 页' if document.pages else ''
    yield f'格式 {document.format}{pages}，{len(document.blocks)} 段，{len(document.tables)} 个表'
    for i, block in enumerate(document.blocks):
        page = f' 第 {block.page} 页' if block.page else ''
        if block.table is None:
            mark = '（页眉页脚）' if block.kind == 'furniture' else ''
            yield f'[{i + 1}]{page} {mark}{plain(block.text)}'
        else:
            table = document.tables[block.table]
            yield f'[{i + 1}]{page} 表 {block.table + 1}：{table.rows} 行 × {table.cols} 列'
            yield from _rows(table.cells)
    for found in document.findings:
        yield f'{SEVERITY[found.severity]} {found.code} {plain(found.message)}'


def _notice(catalogue: Catalogue) -> Iterator[str]:
    notice = catalogue.notice
    for label, value in (
        ('类型', NOTICE_KIND[notice.kind]),
        ('标题', notice.title),
        ('发文机关', notice.issuer),
        ('发文字号', notice.doc_number),
        ('成文日期', notice.issued_on),
        ('年度', notice.year),
    ):
        yield f'{label}　{"—" if value is None else plain(str(value))}'


def _table(catalogue: Catalogue, index: int) -> Iterator[str]:
    table = catalogue.tables[index]
    title = f'《{plain(table.title)}》' if table.title else ''
    total = f'，总分 {_points(table.total_points)}' if table.total_points is not None else ''
    pages = f'，第 {table.page_first}—{table.page_last} 页' if table.page_first else ''
    yield f'表 {index + 1} {TABLE_KIND[table.kind]}{title}{total}{pages}'
    if table.columns:
        yield '  各列　' + columns_phrase((column.header, column.role) for column in table.columns)


def _rows(cells: tuple[Cell, ...]) -> Iterator[str]:
    for i, row in enumerate(_row_texts(cells)):
        yield f'  {i + 1:>4} │ ' + ' │ '.join('〃' if text is None else plain(text) for text in row)


def _row_texts(cells: tuple[Cell, ...]) -> list[list[str | None]]:
    """The texts of each row; None where a cell of a row above reaches down."""
    rows = max((cell.bottom_row + 1 for cell in cells), default=0)
    found: list[list[tuple[int, str | None]]] = [[] for _ in range(rows)]
    for cell in cells:
        for row in range(cell.row, cell.bottom_row + 1):
            found[row].append((cell.col, cell.text if row == cell.row else None))
    return [[text for _, text in sorted(row, key=lambda place: place[0])] for row in found]


def _lines_of_table(catalogue: Catalogue, index: int, *, with_clauses: bool) -> Iterator[str]:
    clauses: dict[int, list[Clause]] = {}
    thresholds: dict[int, list[Threshold]] = {}
    duties: dict[int, list[str]] = {}
    for clause in catalogue.clauses:
        if clause.indicator is not None:
            clauses.setdefault(clause.indicator, []).append(clause)
    for threshold in catalogue.thresholds:
        thresholds.setdefault(threshold.indicator, []).append(threshold)
    for duty in catalogue.responsibilities:
        duties.setdefault(duty.indicator, []).append(f'{ROLE[duty.role]} {plain(duty.party)}')
    for i, line in enumerate(catalogue.indicators):
        if line.table != index:
            continue
        yield from _indicator(line, duties.get(i, []))
        if with_clauses:
            yield from (f'        {_clause(clause)}' for clause in clauses.get(i, ()))
            yield from (f'        {_threshold(threshold)}' for threshold in thresholds.get(i, ()))


def _indicator(line: Indicator, duties: list[str]) -> Iterator[str]:
    levels = ' / '.join(plain(level) for level in line.path)
    row = '' if line.row_first is None else f'{line.row_first + 1:>4} '
    head = ' '.join(part for part in (line.number, line.name) if part)
    place = f' 〔{levels}〕' if levels else ''
    yield f'  {row}{INDICATOR_KIND[line.kind]} {_points(line.points) or "？"} 分{place} {plain(head)}'.rstrip()
    for label, text in (('考核内容', line.requirement), ('评分标准', line.criteria)):
        if text:
            yield f'      {label}　{shortened(text, LONG)}'
    if duties:
        yield f'      {"；".join(duties)}'


def _outside_lines(catalogue: Catalogue) -> Iterator[str]:
    for clause in catalogue.clauses:
        if clause.indicator is None:
            yield f'{SCOPE[clause.scope]} {_clause(clause)}'
    for fact in catalogue.facts:
        yield _fact(fact)


def _clause(clause: Clause) -> str:
    cap = None if clause.effect == 'cap' else clause.cap  # a cap clause's number is its points
    phrase = clause_phrase(clause.effect, _real(clause.points), _real(clause.per_quantity), clause.per_unit, _real(cap))
    return f'{phrase}：{shortened(clause.text, LONG)}（{clause.rule}）'


def _threshold(threshold: Threshold) -> str:
    high = _real(threshold.value_high)
    phrase = target_phrase(threshold.metric, threshold.comparator, float(threshold.value), high, threshold.unit)
    return f'目标 {plain(phrase)}（{threshold.rule}）'


def _fact(fact: Fact) -> str:
    change = (fact.change, _real(fact.change_value), fact.change_unit)
    phrase = figure_phrase(fact.metric, float(fact.value), fact.unit, *change)
    return f'事实 {plain(phrase)}：{shortened(fact.text, LONG)}（{fact.rule}）'


def _real(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _points(value: Decimal | None) -> str:
    return number(_real(value))


def _plain_values(value: object) -> object:
    """The value with ``Decimal`` as numbers and sets as sorted lists."""
    match value:
        case Decimal():
            return float(value)
        case dict():
            return {key: _plain_values(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain_values(item) for item in value]
        case frozenset() | set():
            return sorted(value)
    return value
