"""The totals of a worksheet as formulas: as `kaohe.normalizers.scoring.score_totals` adds them up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kaohe.normalizers.scoring.score_totals import (
    Limit,
    PlacedLine,
    ScoredTable,
    TableWeights,
    one_that_scores,
    parts_of,
)
from kaohe.pipeline.assessment.worksheets.formula_words import Ends, number
from kaohe.pipeline.assessment.worksheets.worksheet_content import SheetContent
from kaohe.pipeline.assessment.worksheets.worksheet_formulas import Formulas


@dataclass(frozen=True, slots=True)
class TotalRow:
    """A row of the summary: formulas of the total, the bonus and the penalty; what the scored lines are worth; and how many questions, vetoes
    and downgrades count (formulas)."""

    table: str
    category: str
    possible: float | None
    total: Ends
    bonus: Ends
    penalty: Ends
    lines: tuple[PlacedLine, ...]
    whole: bool


def total_rows(content: SheetContent, formulas: Formulas, scores: Mapping[str, Ends]) -> Iterator[TotalRow]:
    """Categories and tables, and the notice where its tables make one, in the order of the engine's totals."""
    tables: dict[str, TotalRow] = {}
    for part in parts_of(content.placed, content.sheets):
        row = _row(content, formulas, scores, part.lines, part.table, part.category)
        if part.category is None:
            tables[part.table.id] = row
        yield row
    if content.weights is not None:
        yield _weighted(content, formulas, scores, content.weights, tables)
        return
    main = one_that_scores(content.sheets, content.placed)
    if main is not None:
        yield _row(content, formulas, scores, content.placed, main, None, table='全部')


def _row(
    content: SheetContent, formulas: Formulas, scores: Mapping[str, Ends], lines: Sequence[PlacedLine], sheet: ScoredTable, category: str | None,
    table: str | None = None,
) -> TotalRow:  # fmt: skip
    scored = [line for line in lines if line.kind == 'scored']
    printed = [line.points for line in scored if line.points is not None]
    possible = sheet.total if sheet.total is not None and category is None else sum(printed) if printed else None
    bonus = _limited(formulas, [line for line in lines if line.kind == 'bonus'], scores, content.limits)
    penalty = _sum(formulas, [scores[line.indicator] for line in lines if line.kind == 'penalty'])
    whole = _together(formulas, scored, scores)
    base = number(possible) if scored and not printed and possible is not None else '0'  # type: ignore[arg-type]
    may_fall = sheet.below or (not printed and possible is None)
    ends = [f'ROUND({base}+{whole[end]}+{bonus[end]}+{penalty[end]},9)' for end in (0, 1)]
    total = formulas.put(*(end if may_fall else f'MAX({end},0)' for end in ends))
    return TotalRow(
        table or sheet.title or '（无标题）', category or '合计', None if possible is None else float(possible), total, bonus, penalty,
        tuple(lines), category is None,
    )  # fmt: skip


def _weighted(
    content: SheetContent, formulas: Formulas, scores: Mapping[str, Ends], weights: TableWeights, tables: Mapping[str, TotalRow]
) -> TotalRow:  # fmt: skip
    """The weighted totals of the tables, and the bonus and penalty lines of all others as they are."""
    others = [line for line in content.placed if line.table not in weights.shares]
    beside = _row(content, formulas, scores, others, ScoredTable('', None, below=True), None)
    rows = [(tables[one], share) for one, share in weights.shares.items()]

    def summed(what: str, end: int) -> str:
        told = [f'{number(share)}*{getattr(row, what)[end]}' for row, share in rows]
        return f'ROUND({"+".join([*told, getattr(beside, what)[end]])},9)'

    total = formulas.put(*(f'MAX({summed("total", end)},0)' for end in (0, 1)))
    bonus, penalty = (formulas.put(*(summed(what, end) for end in (0, 1))) for what in ('bonus', 'penalty'))
    possible = [row.possible * float(share) for row, share in rows if row.possible is not None]
    return TotalRow(
        '全部', '按权重合计', sum(possible) if len(possible) == len(rows) else None, total, bonus, penalty,
        content.placed, whole=True,
    )  # fmt: skip


def _together(formulas: Formulas, lines: Sequence[PlacedLine], scores: Mapping[str, Ends]) -> Ends:
    groups: dict[str, list[PlacedLine]] = {}
    for line in lines:
        groups.setdefault(line.shares or line.indicator, []).append(line)
    found = []
    for members in groups.values():
        tops = [line.points for line in members if line.shares is not None and line.points is not None]
        ends = [scores[line.indicator] for line in members]
        if tops:
            low, high = (f'MIN(MAX({"+".join(one[end] for one in ends)},0),{number(tops[0])})' for end in (0, 1))
            found.append(formulas.put(low, high))
        else:
            found += ends
    return _sum(formulas, found)


def _limited(
    formulas: Formulas, lines: Sequence[PlacedLine], scores: Mapping[str, Ends], limits: Sequence[Limit]
) -> Ends:
    left = {line.indicator: scores[line.indicator] for line in lines}
    for limit in sorted(limits, key=lambda limit: (len(limit.lines), limit.points)):
        done: list[Ends] = []
        for one in left:
            if one in limit.lines:
                ends = [
                    f'MIN({left[one][end]},MAX(0,{number(limit.points)}-({"+".join(before[end] for before in done) or "0"})))'
                    for end in (0, 1)
                ]
                left[one] = formulas.put(*ends)
                done.append(left[one])
    return _sum(formulas, list(left.values()))


def _sum(formulas: Formulas, ends: Sequence[Ends]) -> Ends:
    """The sum, in steps: a formula may hold 8,192 characters."""
    if not ends:
        return Ends('0', '0')
    sums = list(ends)
    while len(sums) > 1:
        sums = [
            formulas.put(
                '+'.join(one.low for one in sums[at : at + 100]), '+'.join(one.high for one in sums[at : at + 100])
            )
            for at in range(0, len(sums), 100)
        ]
    return sums[0]
