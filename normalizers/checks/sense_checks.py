"""Sense checks: what may have been misread, by what the words, the line and the neighbours say (``clause.doubtful``, ``target.doubtful``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kaohe.extractors.findings import Finding, finding
from kaohe.normalizers.catalogue import Catalogue
from kaohe.normalizers.checks.clause_doubts import clause_doubts
from kaohe.normalizers.checks.finding_places import at_line
from kaohe.normalizers.checks.line_texts import line_texts
from kaohe.normalizers.checks.target_doubts import target_doubts, unread_numbers
from kaohe.normalizers.checks.unread_words import unread_words

_SHOWN = 60


def check_sense(catalogue: Catalogue) -> Iterator[Finding]:
    """The doubts about all lines, in order."""
    for text in line_texts(catalogue):
        for suspicion in (*clause_doubts(text), *unread_words(text)):
            said = finding('clause.doubtful', text=suspicion.words[:_SHOWN], reason=suspicion.reason)
            yield replace(at_line(said, catalogue, text.at), clause=suspicion.clause)
        for suspicion in (*target_doubts(text), *unread_numbers(text)):
            said = finding('target.doubtful', text=suspicion.words[:_SHOWN], reason=suspicion.reason)
            yield at_line(said, catalogue, text.at)
