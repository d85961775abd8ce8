"""An expression as spreadsheet formulas that agree with the engine to 1e-9: each node is a row of a hidden sheet with its least and its most.

Whole steps are taken after rounding to nine places (in doubles 5.3 − 5 holds only two steps of 0.1).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from kaohe.normalizers.scoring.algebra import Account, Band, Term, terms_of
from kaohe.normalizers.scoring.engine import tries
from kaohe.normalizers.scoring.material import ScoringRule
from kaohe.normalizers.scoring.term_amounts import ZERO, Answer, band_amount
from kaohe.pipeline.assessment.worksheets.formula_modifiers import modify
from kaohe.pipeline.assessment.worksheets.formula_words import ENDLESS, Ends, number, text

CALCULATION: Final = '计算'
_MANY: Final = '1E+11'
_TRIED: Final = 128
_ARGUMENTS: Final = 30


@dataclass(slots=True)
class Formulas:
    """Writes nodes into the hidden sheet. ``cell_of`` gives the absolute reference of an input's answer, sheet included."""

    cell_of: Callable[[str], str]
    rows: list[Ends] = field(default_factory=list)

    def put(self, low: str, high: str) -> Ends:
        """Adds a row; references to its two cells."""
        self.rows.append(Ends(low, high))
        number = len(self.rows) + 1
        return Ends(f'{CALCULATION}!$A${number}', f'{CALCULATION}!$B${number}')

    def line(self, rule: ScoringRule) -> Ends:
        """The score of a line: an input that feeds several terms is tried at the values at which the engine tries it."""
        tried = [self._tried(rule, values) for values in tries(rule, {}, _TRIED)]
        while len(tried) > 1:  # a function takes some 250 arguments at most
            few, tried = tried[:_ARGUMENTS], tried[_ARGUMENTS:]
            lows, highs = (','.join(ends) for ends in zip(*few, strict=True))
            tried.append(self.put(f'MIN({lows})', f'MAX({highs})'))
        return tried[0]

    def _tried(self, rule: ScoringRule, values: Mapping[str, Answer]) -> Ends:
        """The score of the line, where inputs without answer have these values."""
        asked = self.cell_of
        cells = {}
        for one, value in values.items():
            known = f'IF({asked(one)}="",{_written(value)},{asked(one)})'
            cells[one] = self.put(known, known).low
        self.cell_of = lambda one: cells.get(one) or asked(one)
        try:
            return self._line(rule)
        finally:
            self.cell_of = asked

    def _line(self, rule: ScoringRule) -> Ends:
        amounts = {id(term): self.put(*self._term(term)) for term in terms_of(rule.expression.root)}
        modify(rule.expression, amounts, self.put, self.cell_of)
        value = self._account(rule.expression.root, amounts)
        bounded = [self._bounded(end, rule) for end in value]
        return self.put(*bounded)

    @staticmethod
    def _bounded(end: str, rule: ScoringRule) -> str:
        if rule.floor is not None:
            end = f'MAX({end},{number(rule.floor)})'
        if rule.ceiling is not None:
            end = f'MIN({end},{number(rule.ceiling)})'
        return f'ROUND({end},9)'

    # -- terms -----------------------------------------------------------------------------------------------------

    def _term(self, term: Term) -> Ends:
        cells = [self.cell_of(one) for one in term.inputs]
        points = number(term.points if term.points is not None else ZERO)
        if term.op == 'fixed':
            return Ends(points, points)
        cell = cells[0]
        if term.op == 'if':
            word = '是' if term.when else '否'
            other = '否' if term.when else '是'
            return Ends(f'IF({cell}="{word}",{points},0)', f'IF({cell}="{other}",0,{points})')
        if term.op == 'pick':
            top = max((worth for _, worth in term.options), default=ZERO)
            chain = '0'
            for label, worth in reversed(term.options):
                chain = f'IF({cell}={text(label)},{number(worth)},{chain})'
            least = min((worth for _, worth in term.options), default=ZERO)
            return _open_or(cell, chain, number(least), number(top))
        if term.op == 'bands':
            return self._bands(term, cell)
        if term.op == 'product':
            both = f'OR({cells[0]}="",{cells[1]}="")'
            return Ends(
                f'IF({both},0,{points}*{cells[0]}*{cells[1]})', f'IF({both},{ENDLESS},{points}*{cells[0]}*{cells[1]})'
            )
        if term.op == 'ratio':
            done = f'MIN(MAX({cell},0),1)'
            return _open_or(cell, f'{points}*{done if term.when else f"(1-{done})"}', '0', points)
        if term.op == 'given':
            limit = ENDLESS if term.high is None else number(term.high)
            return _open_or(cell, f'MIN(MAX({cell},0),{limit})', '0', limit)
        beyond = cell
        if term.op == 'steps':
            assert term.base is not None
            base = number(term.base)
            beyond = f'{base}-{cell}' if term.direction == 'below' else f'{cell}-{base}'
        steps = _whole(f'MAX({beyond},0)/{number(term.per)}', term.round)
        most = ENDLESS
        if term.op == 'each' and term.high is not None:
            most = f'{points}*{_whole(f"{number(term.high)}/{number(term.per)}", term.round)}'
        return _open_or(cell, f'{points}*{steps}', '0', most if term.points else '0')

    @staticmethod
    def _bands(term: Term, cell: str) -> Ends:
        edges = sorted({edge for band in term.bands for edge in (band.low, band.high) if edge is not None})
        ends = []
        for end in (0, 1):
            told = [band_amount(term, at)[end] for at in _places(edges)]
            chain = number(told[-1])
            value = f'ROUND({cell},9)'
            for at in range(len(edges) - 1, -1, -1):
                edge = number(edges[at])
                chain = (
                    f'IF({value}<{edge},{number(told[2 * at])},IF({value}={edge},{number(told[2 * at + 1])},{chain}))'
                )
            ends.append(chain)
        points = [band.points for band in term.bands]
        least = min(points) if _covers(term.bands) else ZERO
        return Ends(f'IF({cell}="",{number(least)},{ends[0]})', f'IF({cell}="",{number(max(points))},{ends[1]})')

    # -- accounts --------------------------------------------------------------------------------------------------

    def _account(self, account: Account, amounts: Mapping[int, Ends]) -> Ends:
        parts = [self._account(part, amounts) for part in account.parts]
        opened = self._opened(account, amounts)
        ends = []
        for end in (0, 1):
            values = [opened[end], *(part[end] for part in parts)]
            value = f'MAX({",".join(values)})' if account.combine == 'best' else '+'.join(values)
            if account.size is not None and not account.above:
                value = f'MIN({value},{number(account.size)})'
            taken = [amounts[id(term)][1 - end] for term in account.takes]
            value = '-'.join([f'({value})', *taken]) if taken else value
            if not account.below:
                value = f'MAX(0,ROUND({value},9))'
            emptied = [f'{amounts[id(term)][1 - end]}>0' for term in account.empties]
            if emptied:
                value = f'IF(OR({",".join(emptied)}),MIN(0,{value}),{value})'
            ends.append(value)
        return self.put(*ends)

    @staticmethod
    def _opened(account: Account, amounts: Mapping[int, Ends]) -> Ends:
        if account.full:
            assert account.size is not None
            return Ends(number(account.size), number(account.size))
        gains = [amounts[id(term)] for term in account.gains]
        if not gains:
            return Ends('0', '0')
        if account.combine == 'best':
            return Ends(f'MAX({",".join(gain.low for gain in gains)})', f'MAX({",".join(gain.high for gain in gains)})')
        return Ends('+'.join(gain.low for gain in gains), '+'.join(gain.high for gain in gains))


def _written(value: Answer) -> str:
    if isinstance(value, bool):
        return text('是' if value else '否')
    return number(value) if isinstance(value, Decimal) else text(str(value))


def shown(ends: Ends) -> str:
    """The formula of a score: shown where the least and the most agree."""
    return f'IF(ABS({ends.high}-{ends.low})<1E-9,{ends.low},"")'


def shown_end(end: str) -> str:
    """The formula of an end of the interval; 不限 where it has none."""
    return f'IF(ABS({end})>={_MANY},"不限",{end})'


def _whole(beyond: str, rounding: str) -> str:
    if rounding == 'none':
        return f'({beyond})'
    return f'{"ROUNDDOWN" if rounding == "down" else "ROUNDUP"}(ROUND({beyond},9),0)'


def _open_or(cell: str, known: str, low: str, high: str) -> Ends:
    return Ends(f'IF({cell}="",{low},{known})', f'IF({cell}="",{high},{known})')


def _places(edges: Sequence[Decimal]) -> list[Decimal]:
    """A value below all edges, then each edge and a value behind it."""
    found = [edges[0] - 1]
    for at, edge in enumerate(edges):
        found.append(edge)
        found.append((edge + edges[at + 1]) / 2 if at + 1 < len(edges) else edge + 1)
    return found


def _covers(bands: Sequence[Band]) -> bool:
    return any(band.low is None for band in bands) and any(band.high is None for band in bands)
