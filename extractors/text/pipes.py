"""Tables whose borders are drawn with characters: Markdown and other pipe tables, and frames of box-drawing characters.

A row of a pipe table is a line. In a frame with rules between its rows, all lines between two rules are one row. A row with
fewer borders than the table (merged cells) is laid out by the positions of its borders.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kaohe.extractors.document import Unreadable
from kaohe.extractors.findings import finding
from kaohe.extractors.text.found_table import MOST_COLUMNS, FoundTable, Part, cell_text
from kaohe.extractors.text.prose import width

_BORDERS = '|│┃║┆┇┊┋｜'
_RULE = re.compile(r'[\s|+:\-=_─━═┄┅┈┉┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛╓╥╖╟╫╢╙╨╜┠┨┯┷┝┥╂┿│┃║]+')
_STROKE = re.compile(r'[-=─━═┄┅┈┉]')
_CELL_END = re.compile(rf'(?<!\\)[{_BORDERS}]')
_BREAK = re.compile(r'<br\s*/?>', re.IGNORECASE)


def find(lines: Sequence[str]) -> list[FoundTable]:
    """The drawn tables in these lines: two rows of at least two columns at the least."""
    return [found for first, end in _stretches(lines) if (found := _found(lines, first, end))]


def _stretches(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Stretches of lines that look like rows or rules, without other lines between them."""
    first = None
    for number, line in enumerate([*lines, '']):
        if _is_row(line) or _is_rule(line):
            first = number if first is None else first
        elif first is not None:
            yield first, number
            first = None


def _is_row(line: str) -> bool:
    """A row begins with a border, or holds two of them."""
    borders = len(_CELL_END.findall(line))
    return borders > 1 or (borders == 1 and line.lstrip()[:1] not in _BORDERS)


def _is_rule(line: str) -> bool:
    return bool(_STROKE.search(line) and _RULE.fullmatch(line) and len(line.strip()) > 2)


def _found(lines: Sequence[str], first: int, end: int) -> FoundTable | None:
    while end > first and not (_is_row(lines[end - 1]) or _is_frame(lines[end - 1])):
        end -= 1
    texts = [number for number in range(first, end) if not _is_rule(lines[number])]
    rules = [number for number in range(first, end) if _is_rule(lines[number])]
    if not texts:
        return None
    inner = [number for number in rules if texts[0] < number < texts[-1]]
    groups = _groups(texts, inner) if len(inner) > 1 else [[number] for number in texts]
    rows = [_row([lines[number] for number in group]) for group in groups]
    widths = Counter(len(row) for row in rows)
    cols = max(widths, key=lambda count: (widths[count], count))
    cols = max(cols, max(widths) if rules else cols)
    if cols < 2 or len(rows) < 2 or (not rules and 2 * widths[cols] < len(rows)):
        return None
    widest = max(widths)
    if widest > MOST_COLUMNS:
        raise Unreadable(finding('file.too_large', detail=f'表格有 {widest} 列，最多读 {MOST_COLUMNS} 列'))
    edges = next(_edges(lines[group[0]]) for group, row in zip(groups, rows, strict=True) if len(row) == widest)
    laid = []
    doubtful = set()
    for number, (group, row) in enumerate(zip(groups, rows, strict=True)):
        spans = _spans(_edges(lines[group[0]]), edges)
        if len(row) == widest:
            spans = (1,) * widest
        elif len(row) == 1:
            spans = (widest,)
        elif spans is None or len(spans) != len(row) or sum(spans) != widest:
            doubtful.add(number)
            spans = (*(1 for _ in row[:-1]), widest - len(row) + 1)
        laid.append(tuple(map(Part, row, spans)))
    return FoundTable(first, end, tuple(laid), frozenset(doubtful))


def _is_frame(line: str) -> bool:
    return bool(_is_rule(line) and re.search(r'[+|└┴┘┗┻┛╚╩╝│├┤─━═]', line))


def _groups(texts: Sequence[int], rules: Sequence[int]) -> list[list[int]]:
    """The text lines between two rules each."""
    groups: list[list[int]] = [[]]
    waiting = list(rules)
    for number in texts:
        while waiting and waiting[0] < number:
            waiting.pop(0)
            if groups[-1]:
                groups.append([])
        groups[-1].append(number)
    return groups


def _row(lines: Sequence[str]) -> list[str]:
    """The texts of a row's cells; its lines must have the same borders to be put together cell by cell."""
    split = [_split(line) for line in lines]
    cols = max(map(len, split))
    return [cell_text([cells[col] for cells in split if col < len(cells)]) for col in range(cols)]


def _split(line: str) -> list[str]:
    inner = line.strip()
    if inner[:1] in _BORDERS:
        inner = inner[1:]
    if inner[-1:] in _BORDERS and not inner.endswith('\\|'):
        inner = inner[:-1]
    return [_BREAK.sub('\n', cell.replace('\\|', '|')).strip() for cell in _CELL_END.split(inner)]


def _edges(line: str) -> tuple[int, ...]:
    """Where on the screen the row's borders stand, in half characters from the left."""
    edges, at, wide = [], 0, 1
    for match in _CELL_END.finditer(line):
        wide += width(line[at : match.start()] + '.') - 1  # blanks before a border count
        at = match.start()
        edges.append(wide)
    return tuple(edges)


def _spans(edges: Sequence[int], full: Sequence[int]) -> tuple[int, ...] | None:
    """How many columns each cell of a row takes, from where its borders stand; None where they do not meet the table's."""
    if not set(edges) <= set(full) or edges[:1] != full[:1] or edges[-1:] != full[-1:]:
        return None
    number = {edge: at for at, edge in enumerate(full)}
    places = [number[edge] for edge in edges]
    return tuple(right - left for left, right in pairwise(places))
