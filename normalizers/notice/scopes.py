"""What the running text says: rules in notes and paragraphs that act on a category, a table or the whole notice."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from kaohe.normalizers.catalogue import BlockRow, Clause, Effect
from kaohe.normalizers.grammar.clauses.clause_match import ClauseMatch
from kaohe.normalizers.grammar.clauses.prose import read_prose
from kaohe.normalizers.lines.line import TableRead
from kaohe.normalizers.notice.exceptions_named import exceptions_in
from kaohe.normalizers.placed_clauses import clause_of
from kaohe.normalizers.text.cleaning import Text, clean_cell

_PROSE = ('paragraph', 'note', 'heading')
_STOPS = '。；;\n'
# `除…外` beside an amount is 'besides' (除赔偿损失外，扣5分), beside a limit or a choice it leaves out
_LEAVES_OUT: frozenset[Effect] = frozenset({'cap', 'choose', 'multiply'})


def read_scopes(
    blocks: Sequence[BlockRow],
    texts: Sequence[Text],
    tables: Sequence[TableRead],
    read: Collection[int],
    ruled: Mapping[int, int],
    base: int,
) -> tuple[Clause, ...]:
    """The clauses of notes and paragraphs, and of the notes and the categories that stand in a table's cells. ``read`` are the blocks that lines were
    made of; ``ruled`` are those of titles with a rule behind them (加分项目（最多加10分）), each with the index of its table; ``base`` is the number of
    clauses before them."""
    found: list[Clause] = []
    for at, (block, text) in enumerate(zip(blocks, texts, strict=True)):
        if block.kind in _PROSE and text and at not in read:
            found += _clauses(text, base + len(found), note=block.kind == 'note', block=at)
        elif at in ruled:
            of_title = _clauses(text, base + len(found), note=True, block=at)
            found += [replace(one, scope='table', acts_on=ruled[at]) for one in of_title]
    for table in tables:
        for cell in table.notes:
            found += _clauses(clean_cell(cell, table.table), base + len(found), note=True, table=table.table)
        for cell in table.rules:
            of_category = _clauses(clean_cell(cell, table.table), base + len(found), note=True, table=table.table)
            found += [replace(clause, scope='category') for clause in of_category]
    return tuple(found)


def _clauses(
    text: Text, base: int, *, note: bool, block: int | None = None, table: int | None = None
) -> Iterator[Clause]:
    matches = read_prose(text.text, note=note)
    for at, match in enumerate(matches):
        found = clause_of(text, match, base, block=block, table=table)
        yield replace(found, exceptions=_exceptions(text.text, matches, at))


def _exceptions(text: str, matches: Sequence[ClauseMatch], at: int) -> tuple[str, ...]:
    """What the sentence around a limit or a choice leaves out, as far as no other clause begins."""
    match = matches[at]
    if match.effect not in _LEAVES_OUT:
        return ()
    first = max((one.end for one in matches if one.end <= match.start), default=0)
    last = min((one.start for one in matches if one.start >= match.end), default=len(text))
    begin = max(text.rfind(stop, first, match.start) + 1 for stop in _STOPS)
    ends = [found for stop in _STOPS if (found := text.find(stop, match.end, last)) >= 0]
    return exceptions_in(text[max(begin, first) : min(ends, default=last)])
