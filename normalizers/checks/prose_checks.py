"""Amounts of points in notes and paragraphs that no clause holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kaohe.extractors.findings import Finding, finding
from kaohe.normalizers.catalogue import Catalogue
from kaohe.normalizers.checks.finding_places import short
from kaohe.normalizers.columns.header_rows import read_head
from kaohe.normalizers.grammar.clauses.prose import unread_in_prose

_PROSE = ('paragraph', 'note', 'heading')
# So many characters before an amount are shown with it.
_SHOWN = 20
# Columns that stand in running text: further apart than words, so many at least of the first ones.
_APART = re.compile(r'\s{2,}|\t')
_HEADS, _LEAST_HEADS = 6, 3
_SCORED = frozenset({'scoring', 'points', 'content'})


def check_prose(catalogue: Catalogue) -> Iterator[Finding]:
    """``clause.unparsed`` for the running text of all but reports; the sentence says where, by the paragraph's first words. ``table.unknown``
    where the heads of a scoring table stand in running text: a table without lines, whose columns nobody told apart."""
    for block in catalogue.blocks:
        if block.kind in _PROSE and _are_heads(block.text):
            found = finding('table.unknown', where=f'正文“{short(block.text)}”', detail='没有画线，分不清各列')
            yield replace(found, page=block.page)
    if catalogue.notice.kind == 'summary':
        return
    for block in catalogue.blocks:
        if block.kind not in _PROSE:
            continue
        for start, end in unread_in_prose(block.text):
            words = ' '.join(block.text[max(0, start - _SHOWN) : end].split())
            yield replace(finding('clause.unparsed', where=f'正文“{short(block.text)}”', text=words), page=block.page)


def _are_heads(text: str) -> bool:
    """Whether a paragraph begins with the heads of several columns, far apart from each other."""
    heads = [read_head(part) for part in _APART.split(text.strip())[:_HEADS]]
    kinds = [head.kind for head in heads if head is not None]
    return len(kinds) >= _LEAST_HEADS and not _SCORED.isdisjoint(kinds) and len(set(kinds)) >= _LEAST_HEADS - 1
