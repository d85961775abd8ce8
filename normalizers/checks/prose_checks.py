"""Amounts of points in notes and paragraphs that no clause holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kaohe.extractors.findings import Finding, finding
from kaohe.normalizers.catalogue import BlockRow, Catalogue, Indicator
from kaohe.normalizers.checks.finding_places import short
from kaohe.normalizers.columns.header_rows import read_head
from kaohe.normalizers.grammar.clauses.prose import unread_in_prose
from kaohe.normalizers.notice.exceptions_named import named_thing

_PROSE = ('paragraph', 'note', 'heading')
# So many characters before an amount are shown with it.
_SHOWN = 20
# So many of a clause's words are shown.
_TOLD = 40
# Columns that stand in running text: further apart than words, so many at least of the first ones.
_APART = re.compile(r'\s{2,}|\t')
_HEADS, _LEAST_HEADS = 6, 3
# So many rows in succession are a table, each with its points and how they are lost.
_LEAST_ROWS = 3
_FIGURE = re.compile(r'\d{1,4}(?:\.\d+)?\s*分?')
_MOVES = re.compile(r'[扣加减得]\s*\d+(?:\.\d+)?\s*分|不得分|全扣')
_SCORED = frozenset({'scoring', 'points', 'content'})


def check_prose(catalogue: Catalogue) -> Iterator[Finding]:
    """``clause.unparsed`` for the running text of all but reports; the sentence says where, by the paragraph's first words. ``table.unknown``
    where the heads of a scoring table, or rows of one, stand in running text: a table without lines, whose columns nobody told apart."""
    for block in _columns(catalogue.blocks):
        found = finding('table.unknown', where=f'正文“{short(block.text)}”', detail='没有画线，分不清各列')
        yield replace(found, page=block.page)
    if catalogue.notice.kind == 'summary':
        return
    yield from _unknown_exceptions(catalogue)
    for block in catalogue.blocks:
        if block.kind not in _PROSE:
            continue
        for start, end in unread_in_prose(block.text):
            words = ' '.join(block.text[max(0, start - _SHOWN) : end].split())
            yield replace(finding('clause.unparsed', where=f'正文“{short(block.text)}”', text=words), page=block.page)


def _columns(blocks: Sequence[BlockRow]) -> Iterator[BlockRow]:
    """Where columns begin in running text: their heads, or the first of several rows without any."""
    run: list[BlockRow] = []
    headed = False
    for block in blocks:
        written = block.kind in (*_PROSE, 'title')
        if written and _are_heads(block.text):
            yield block
            run, headed = [], True
        elif written and _is_row(block.text):
            run.append(block)
            if len(run) == _LEAST_ROWS and not headed:
                yield run[0]
        else:
            run, headed = [], False


def _is_row(text: str) -> bool:
    """Whether a paragraph holds a figure between texts far apart from it, one of which gives or takes points."""
    parts = _APART.split(text.strip())
    return (
        len(parts) >= _LEAST_HEADS
        and any(map(_FIGURE.fullmatch, parts))
        and any(_MOVES.search(part) for part in parts if not _FIGURE.fullmatch(part))
    )


def _unknown_exceptions(catalogue: Catalogue) -> Iterator[Finding]:
    """``clause.doubtful`` where a limit of several lines leaves something out that no line names."""
    for at, clause in enumerate(catalogue.clauses):
        if clause.scope == 'line' or not clause.binds:
            continue
        for word in clause.exceptions:
            thing = named_thing(word)
            if not any(thing in text for line in catalogue.indicators for text in _words(line)):
                said = f'没有一条指标写到“{word}”，不知道这个限制不管哪些条'
                yield replace(finding('clause.doubtful', text=clause.text[:_TOLD], reason=said), clause=at)


def _words(line: Indicator) -> tuple[str, ...]:
    return (*line.path, line.name or '', line.requirement or '', line.criteria or '')


def _are_heads(text: str) -> bool:
    """Whether a paragraph begins with the heads of several columns, far apart from each other."""
    heads = [read_head(part) for part in _APART.split(text.strip())[:_HEADS]]
    kinds = [head.kind for head in heads if head is not None]
    return len(kinds) >= _LEAST_HEADS and not _SCORED.isdisjoint(kinds) and len(set(kinds)) >= _LEAST_HEADS - 1
