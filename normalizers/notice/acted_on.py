"""On which table, category and clauses the rules outside lines act: those of notes, prose and the titles of categories."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kaohe.normalizers.catalogue import Catalogue, Clause, Effect
from kaohe.normalizers.lines.line import Line, TableRead
from kaohe.normalizers.notice.exceptions_named import named_thing

_GIVES: Final[frozenset[Effect]] = frozenset({'award', 'bonus', 'discretionary', 'proportional'})
_TAKES: Final[frozenset[Effect]] = frozenset({'deduct', 'discretionary', 'proportional', 'forfeit'})
_ADDS: Final = re.compile(r'加分|奖励分|奖分|附加分|加计|奖励')
_LOSES: Final = re.compile(r'扣|减分|减完|减至|倒扣|罚')
# one amount: what has more of them limits a matter of its own (每项扣0.5分，上限10分)
_AMOUNT: Final = re.compile(r'\d\s*分(?!钟|之|公司)')
# what the running text must say to mean lines of a table, which it stands apart from
_OF_MANY: Final = re.compile(
    r'(?:累计|合计|总[分计共额]?|各|每|单|全部|所有|其[它他余]|本|该|表|标准|细则|办法)[^,，。;；]{0,12}[加扣减奖罚得项分]'
    r'|(?:加|扣|减|奖励|附加)分(?:项目?|事项|内容|部分|类)?(?:的)?(?:总|合计|累计|最高|最多|上限|不|封顶|以|满分|之和)'
)
_OF_THE_WHOLE: Final = re.compile(r'加分|扣分|减分|奖励分|附加分|总分|总得分|合计|总计|累计')
_OWN_PART: Final = re.compile(r'[本此该](?:大)?(?:类|部分)|[本此该]大项')
_BEHIND_NAME: Final = (
    r'[”"》]?(?:类|部分|大项|项|指标|板块|模块|考核|得分|分值|总分|合计|累计|最高|最多|加分|扣分|中|内|不)'
)
_LEAST_TITLE: Final = 5


@dataclass(frozen=True, slots=True)
class _Placed:
    """A line with its index among the notice's lines and the indexes of its clauses."""

    index: int
    line: Line
    clauses: tuple[int, ...]


def acted_on(catalogue: Catalogue, reads: Sequence[TableRead], scoped: Sequence[Clause]) -> tuple[Clause, ...]:
    """The rules outside lines (``scoped``) of one notice with the table and category on which they act, and limits with the clauses
    that they bind. ``reads`` are its tables, ``catalogue`` what their lines say."""
    if not scoped:
        return ()
    notice = _Notice(catalogue, reads)
    ends: defaultdict[int | None, list[int]] = defaultdict(list)
    for clause in scoped:
        ends[clause.block].append(clause.end)
    for of_block in ends.values():
        of_block.sort()
    return tuple(notice.settle(clause, _said(catalogue, clause, ends[clause.block])) for clause in scoped)


class _Notice:
    """The lines of a notice by their tables."""

    def __init__(self, catalogue: Catalogue, reads: Sequence[TableRead]) -> None:
        own: defaultdict[int, list[int]] = defaultdict(list)
        for at, clause in enumerate(catalogue.clauses):
            if clause.indicator is not None:
                own[clause.indicator].append(at)
        lines = [line for read in reads for line in read.lines]
        placed = [_Placed(index, line, tuple(own[index])) for index, line in enumerate(lines)]
        self._catalogue = catalogue
        self._lines = {
            read.table: [one for one in placed if one.line.table == read.table] for read in reads if read.lines
        }

    def settle(self, clause: Clause, said: str) -> Clause:
        """The clause, with what is ``said`` up to its end, with ``acts_on`` (where it is one table), ``category`` and, for a limit that binds nothing beside it, ``binds``."""
        headed = [one for lines in self._lines.values() for one in lines if _depth_of(one.line, clause) is not None]
        tables = self._tables(clause, said, headed)
        category, lines = self._part(clause, said, headed, tables)
        binds = clause.binds
        if clause.effect == 'cap' and not binds and self._limits_lines(clause, headed, tables):
            binds = tuple(self._bound(clause, lines))
        if clause.scope == 'notice':
            return replace(clause, binds=binds)
        acts_on = tables[0] if len(tables) == 1 else None
        return replace(clause, acts_on=acts_on, category=category, binds=binds)

    def _tables(self, clause: Clause, said: str, headed: Sequence[_Placed]) -> list[int]:
        """The scored tables on which it acts."""
        if clause.acts_on is not None:
            return [clause.acts_on]
        if clause.scope == 'notice':
            return list(self._lines)
        if headed:
            return list(dict.fromkeys(one.line.table for one in headed))
        if clause.table is not None:
            return [clause.table] if clause.table in self._lines else []
        named = [at for at in self._lines if _names(said, self._catalogue.tables[at].title)]
        if named or clause.block is None:
            return named
        if self._catalogue.blocks[clause.block].kind == 'note':
            beside = self._beside(clause.block)
            return list(self._lines) if beside is None else [beside]
        return list(self._lines)

    def _beside(self, block: int) -> int | None:
        """The scored table that a note stands below, with no title or heading between; else the next one."""
        for other in reversed(self._catalogue.blocks[:block]):
            if other.kind in ('title', 'heading'):
                break
            if other.kind == 'table' and other.table in self._lines:
                return other.table
        behind = (one.table for one in self._catalogue.blocks[block:] if one.kind == 'table')
        return next((table for table in behind if table in self._lines), None)

    def _part(
        self, clause: Clause, said: str, headed: list[_Placed], tables: Sequence[int]
    ) -> tuple[tuple[str, ...] | None, list[_Placed]]:
        """The path of the category on which it acts, None where no category of the tables is meant, and the lines meant."""
        every = [one for table in tables for one in self._lines[table]]
        if clause.scope != 'category':
            return None, every
        if headed:
            depth = _depth_of(headed[0].line, clause) or 0
            return headed[0].line.path[: depth + 1], headed
        if path := _named_category(said, every):
            return path, [one for one in every if one.line.path[: len(path)] == path]
        if named := [one for one in every if one.line.name and _is_named(said, str(one.line.name))]:
            return None, named  # 项目 with one line each names the lines
        if _OWN_PART.search(said):
            return self._above(clause, every)
        chosen = clause.effect == 'choose' and not _LOSES.search(clause.text)  # 多项表彰取最高分: among what is added
        kind = 'bonus' if chosen or _ADDS.search(clause.text) else 'penalty' if _LOSES.search(clause.text) else None
        meant = [one for one in every if one.line.kind == kind]
        takes = kind != 'penalty' or any(self._moves(at, one, gives=False) for one in meant for at in one.clauses)
        if not meant or not takes:  # lines that only veto hold back no deductions
            return None, every
        path = _common(meant)
        alone = path and all(one.line.kind == kind for one in every if one.line.path[: len(path)] == path)
        return path if alone else None, meant

    def _above(self, clause: Clause, every: list[_Placed]) -> tuple[tuple[str, ...] | None, list[_Placed]]:
        """The category in which a cell of a table stands; running text stands in none."""
        row = clause.origins[0].row if clause.origins else None
        if clause.table is None or row is None:
            return None, []
        before = [one for one in every if one.line.row_last is not None and one.line.row_last < row]
        path = before[-1].line.path[:1] if before else ()
        return (path, [one for one in every if one.line.path[:1] == path]) if path else (None, [])

    def _limits_lines(self, clause: Clause, headed: Sequence[_Placed], tables: Sequence[int]) -> bool:
        """Whether a limit is one of lines, not of a matter of its own."""
        if len(_AMOUNT.findall(clause.text)) > 1:
            return False
        if headed or clause.table is not None or clause.acts_on is not None:
            return True
        if clause.scope == 'notice' and not _OF_THE_WHOLE.search(clause.text):
            return False
        note = clause.block is not None and self._catalogue.blocks[clause.block].kind == 'note'
        return bool(tables) and (note or _OF_MANY.search(clause.text) is not None)

    def _bound(self, clause: Clause, lines: Sequence[_Placed]) -> Iterator[int]:
        adds, loses = _ADDS.search(clause.text), clause.points is None or _LOSES.search(clause.text)
        gives = bool(adds) or not loses
        if gives and not adds and not any(self._moves(at, one, gives=gives) for one in lines for at in one.clauses):
            gives = False  # a limit of a whole whose lines only lose
        for one in lines:
            for at in one.clauses:
                if self._moves(at, one, gives=gives, only_bonus=bool(adds)) and not self._left_out(clause, one, at):
                    yield at

    def _moves(self, at: int, one: _Placed, *, gives: bool, only_bonus: bool = False) -> bool:
        """Whether a clause gives (else takes) points that such a limit can hold back."""
        clause = self._catalogue.clauses[at]
        if clause.effect not in (_GIVES if gives else _TAKES) or clause.sign == ('-' if gives else '+'):
            return False
        return not only_bonus or one.line.kind == 'bonus' or clause.effect == 'bonus'

    def _left_out(self, clause: Clause, one: _Placed, at: int) -> bool:
        return any(
            named_thing(word) in self._catalogue.clauses[at].text or _is_about(self._catalogue, one, named_thing(word))
            for word in clause.exceptions
        )


def _is_about(catalogue: Catalogue, one: _Placed, word: str) -> bool:
    """Whether a whole line is left out: its title, its category or what it asks names the thing, or the text of its clauses does outside
    each of them."""
    line = one.line
    if any(word in part for part in (*line.path, str(line.name or ''), str(line.requirement or ''))):
        return True
    return word in str(line.criteria or '') and not any(word in catalogue.clauses[at].text for at in one.clauses)


def _said(catalogue: Catalogue, clause: Clause, ends: Sequence[int]) -> str:
    """The sentence up to the end of a clause in running text, behind the clause before it; in a cell the clause itself. ``ends`` are
    those of the clauses of its block, in order."""
    if clause.block is None:
        return clause.text
    text = catalogue.blocks[clause.block].text
    before = bisect_right(ends, clause.start)
    return re.split(r'[。；;\n]', text[ends[before - 1] if before else 0 : clause.start])[-1] + clause.text


def _depth_of(line: Line, clause: Clause) -> int | None:
    """Which of the categories above a line is the one in whose title the clause stands; counted among those that have a title."""
    if not clause.origins:
        return None
    place = clause.origins[0]
    titles = [level.title for level in line.levels if level.title]
    for depth, title in enumerate(titles):
        for origin in title.origins('text'):
            if (origin.table, origin.row, origin.col, origin.block) == (place.table, place.row, place.col, place.block):
                return depth
    return None


def _names(text: str, title: str | None) -> bool:
    return title is not None and len(title) >= _LEAST_TITLE and title in text


def _named_category(text: str, lines: Sequence[_Placed]) -> tuple[str, ...] | None:
    """The path of the one category whose title the text prints as what it speaks of; the longest title counts."""
    paths = {one.line.path[: depth + 1] for one in lines for depth in range(len(one.line.path))}
    found = [
        path for path in paths if len(path[-1]) > 1 and re.search(re.escape(path[-1]) + _BEHIND_NAME, text) is not None
    ]
    longest = max(map(len, (path[-1] for path in found)), default=0)
    best = [path for path in found if len(path[-1]) == longest]
    return best[0] if len(best) == 1 else None


def _is_named(text: str, title: str) -> bool:
    return len(title) > 1 and re.search(re.escape(title) + _BEHIND_NAME, text) is not None


def _common(lines: Sequence[_Placed]) -> tuple[str, ...]:
    """The longest path that all of them begin with."""
    path = lines[0].line.path
    for one in lines[1:]:
        at = 0
        while at < min(len(path), len(one.line.path)) and path[at] == one.line.path[at]:
            at += 1
        path = path[:at]
    return path
