"""A line that a person wrote because the reading lacks it: what its texts say, read by the grammar like any other."""

from __future__ import annotations

from decimal import Decimal

from kaohe.normalizers.catalogue import Column, IndicatorKind
from kaohe.normalizers.lines.line import Line, TableRead
from kaohe.normalizers.meaning import Meaning, read_meaning
from kaohe.normalizers.text.cleaning import SourceRun, Text


def read_written_line(
    kind: IndicatorKind,
    name: str | None,
    requirement: str | None,
    criteria: str | None,
    points: Decimal | None,
    points_text: str | None,
) -> Meaning:
    """The items, clauses and targets of the line, which is the first (0) of its table. They stand nowhere in a file: they have no origins."""
    line = Line(
        0, 0, 0, kind=kind, name=_text(name), requirement=_text(requirement), criteria=_text(criteria), points=points,
        points_text=_text(points_text),
    )  # fmt: skip
    columns = (Column('评分标准', 'criteria'),) if criteria else ()
    return read_meaning([line], [TableRead(0, 'scoring', columns, (line,))])


def _text(written: str | None) -> Text | None:
    return Text([SourceRun(written, None, 0, len(written))]) if written else None
