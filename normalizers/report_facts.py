"""The figures that a report states, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Sequence

from kaohe.normalizers.catalogue import BlockRow, Fact
from kaohe.normalizers.grammar.facts.reader import read_facts
from kaohe.normalizers.text.cleaning import Text

_PROSE = ('paragraph', 'note', 'heading')


def read_report(blocks: Sequence[BlockRow], texts: Sequence[Text], year: int | None) -> tuple[Fact, ...]:
    """The figures that the paragraphs of a report state. ``year`` is the year that it reports on."""
    places = [at for at, block in enumerate(blocks) if block.kind in _PROSE and texts[at]]
    found: list[Fact] = []
    for match in read_facts([texts[at].text for at in places], year=year):
        at = places[match.paragraph]
        origins = texts[at].origins('text', match.start, match.end)
        found.append(
            Fact(
                block=at,
                start=origins[0].start,
                end=origins[-1].end,
                text=texts[at].text[match.start : match.end],
                metric=match.metric,
                value=match.value,
                unit=match.unit,
                rule=match.rule,
                approximate=match.approximate,
                change=match.change,
                change_value=match.change_value,
                change_unit=match.change_unit,
                basis=match.basis,
                period=match.period,
                origins=origins,
            )
        )
    return tuple(found)
