"""What the grammar found in a text → a clause with its place."""

from __future__ import annotations

from kaohe.normalizers.catalogue import Clause, Field
from kaohe.normalizers.grammar.clauses.clause_match import ClauseMatch
from kaohe.normalizers.text.cleaning import Text


def clause_of(
    text: Text,
    match: ClauseMatch,
    base: int,
    *,
    indicator: int | None = None,
    field: Field | None = None,
    block: int | None = None,
    table: int | None = None,
) -> Clause:
    """The clause that ``match`` is in ``text``: a column of a line (``indicator``, ``field``), a block, or a cell of a table.

    Its span counts in the column of the line, else in the source text of the block or cell. ``base`` is the number of clauses before the
    first match of this text.
    """
    origins = text.origins('text', match.start, match.end)
    start, end = (match.start, match.end) if indicator is not None else (origins[0].start, origins[-1].end)
    return Clause(
        scope=match.scope,
        text=text.text[match.start : match.end],
        start=start,
        end=end,
        effect=match.effect,
        rule=match.rule,
        indicator=indicator,
        block=block,
        table=table,
        field=field,
        item=match.item,
        points=match.points,
        per_quantity=match.per_quantity,
        per_unit=match.per_unit,
        condition=match.condition,
        cap=match.cap,
        binds=tuple(base + index for index in match.binds),
        share=match.share,
        base=match.base,
        direction=match.direction,
        sign=match.sign,
        rounding=match.rounding,
        origins=origins,
    )
