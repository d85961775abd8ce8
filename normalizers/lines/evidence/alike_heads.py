"""Tables of one notice that say the same in their heads hold the same in their columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kaohe.normalizers.lines.line import TableRead

_LEVELS = ('level1', 'level2', 'level3')


def categories_elsewhere(reads: Sequence[TableRead]) -> dict[int, frozenset[int]]:
    """For tables that were read with a name in a column which, under the very same heads, holds categories in another table of the notice:
    those columns, by the table's index. 检查项目 over cells that several lines share is a category also where each has but one line."""
    alike: dict[tuple[str, ...], list[TableRead]] = defaultdict(list)
    for read in reads:
        if read.kind == 'scoring' and read.header_rows is not None:
            alike[tuple(column.header for column in read.columns)].append(read)
    found = {}
    for group in alike.values():
        shared = {
            col
            for read in group
            for col, column in enumerate(read.columns)
            if column.role in _LEVELS and _is_shared(read, _LEVELS.index(column.role))
        }
        for read in group:
            named = frozenset(col for col in shared if read.columns[col].role == 'name')
            if named:
                found[read.table] = named
    return found


def _is_shared(read: TableRead, depth: int) -> bool:
    """Whether several lines share one of the categories of this depth: where each line has its own, nothing says that they are no names."""
    titles = [line.levels[depth].title.text for line in read.lines if depth < len(line.levels)]
    return len(set(titles)) < len(titles)
