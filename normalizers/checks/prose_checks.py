"""Amounts of points in notes and paragraphs that no clause holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kaohe.extractors.findings import Finding, finding
from kaohe.normalizers.catalogue import Catalogue
from kaohe.normalizers.checks.finding_places import short
from kaohe.normalizers.grammar.clauses.prose import unread_in_prose

_PROSE = ('paragraph', 'note', 'heading')
# So many characters before an amount are shown with it.
_SHOWN = 20


def check_prose(catalogue: Catalogue) -> Iterator[Finding]:
    """``clause.unparsed`` for the running text of all but reports; the sentence says where, by the paragraph's first words."""
    if catalogue.notice.kind == 'summary':
        return
    for block in catalogue.blocks:
        if block.kind not in _PROSE:
            continue
        for start, end in unread_in_prose(block.text):
            words = ' '.join(block.text[max(0, start - _SHOWN) : end].split())
            yield replace(finding('clause.unparsed', where=f'正文“{short(block.text)}”', text=words), page=block.page)
