"""What stands before each clause of a line, by which a question about it says what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kaohe.normalizers.scoring.material import Said, ScoredLine

_STATEMENT_END, _COMMA = re.compile(r'[\n。；]'), re.compile(r'[，,]')
_LONG: Final = 30


def with_leads(line: ScoredLine, clauses: Sequence[Said]) -> Iterator[Said]:
    """The clauses, each with what stands before it in its sentence, behind the clause before it; else with what the line asks."""
    asks = _asked(line)
    for said in clauses:
        lead = _before(line, said) or _under(line, said) or (asks if said.field == 'criteria' else '')
        yield Said._make((*said[:-1], lead))  # the last of its fields: `_replace` takes twice as long


def _before(line: ScoredLine, said: Said) -> str | None:
    text = line.text(said.field)
    start = 0
    for end in '。；;\n（(':
        start = max(start, text.rfind(end, start, said.start) + 1)
    for one in line.said:
        if start < one.end <= said.start and one.field == said.field:
            start = one.end
    lead = text[start : said.start].strip('，, ：:的、）)')
    return lead if len(lead) >= 2 else None


def _under(line: ScoredLine, said: Said) -> str | None:
    """The numbered sub-item of another column that the clause belongs to."""
    for part in line.parts:
        if part.label and part.label == said.item and part.field != said.field:
            return f'“{part.text[:_LONG]}”一项中' if part.text else None
    return None


def _asked(line: ScoredLine) -> str:
    asks = _STATEMENT_END.split(line.name or line.text('requirement'), 1)[0]
    asks = asks if len(asks) <= _LONG else _COMMA.split(asks, 1)[0][:_LONG]
    return f'“{asks}”一项中' if asks else ''
