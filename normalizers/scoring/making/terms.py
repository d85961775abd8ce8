"""One clause → one term: what it asks and how many points follow."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from kaohe.normalizers.scoring.algebra import ONE, Band, Round, Term
from kaohe.normalizers.scoring.making import questions
from kaohe.normalizers.scoring.making.asked import Asked
from kaohe.normalizers.scoring.making.wording import direction, labels_of, least_of_range, printed_parts
from kaohe.normalizers.scoring.material import Aim, Said, ScoredLine, ScoringDoubt

_SHORT: Final = re.compile(r'[日天周月季]|半年|旬')
_PERCENT: Final = frozenset({'%', '百分点', '个点', '点', '个百分点'})
_EXCESS: Final = re.compile(r'超出|超过部分|超额|失分|差额|责任比例|事故责任')
_ZERO: Final = Decimal(0)


@dataclass(slots=True)
class Workshop:
    """What the terms of one line share. ``counted``: a clause without per is counted (bonus and penalty lines). ``spared``: clauses by
    which others take nothing, ``methods``: the choices between ways of scoring, which the accounts make."""

    line: ScoredLine
    asked: Asked
    counted: bool
    doubts: list[ScoringDoubt] = field(default_factory=list)
    spared: list[tuple[Said, tuple[str, ...]]] = field(default_factory=list)
    judged: bool = False
    methods: set[str] = field(default_factory=set)
    measured: dict[tuple[str | None, str | None], str] = field(default_factory=dict)

    def doubt(self, code: str, said: Said, detail: str) -> None:
        """Notes a choice that the rule took."""
        self.doubts.append(ScoringDoubt(code, detail, said.id))

    def points(self, said: Said, size: Decimal | None) -> Decimal | None:
        """The clause's points; a share is one of ``size``."""
        if said.share is not None:
            return None if size is None else said.share * size
        return said.points

    def aims(self, said: Said) -> list[Aim]:
        """The thresholds that stand in the clause or run into it."""
        return [
            aim
            for aim in self.line.aims
            if aim.clause == said.id or (aim.field == said.field and aim.start < said.end and aim.end > said.start)
        ]

    def cap(self, said: Said) -> Decimal | None:
        """The least limit on what the clause takes or gives in all."""
        limits = [said.cap] if said.cap is not None else []
        limits += [
            one.points
            for one in self.line.said
            if one.effect == 'cap' and one.points is not None and said.id in one.binds and one.per_quantity is None
        ]
        return min(limits, default=None)

    # -- terms -----------------------------------------------------------------------------------------------------

    def holds(self, said: Said, points: Decimal, *, also: tuple[str, ...] = ()) -> Term:
        """``points`` where the clause's condition holds; measured where its number is asked anyway."""
        aims = self.aims(said)
        if len(aims) == 1 and (key := _key(aims[0])) in self.measured:
            band = band_of(aims, said.id, points)
            source = self.asked.feed(self.measured[key], (said.id, *also))
            return Term('bands', (said.id, *also), (source,), bands=(band,), text=said.text)
        source = self.asked.ask('yes_no', (said.id, *also), questions.yes_no(said))
        return Term('if', (said.id, *also), (source,), points, text=said.text)

    def judge(self, said: Said, high: Decimal | None, *, taken: bool, low: Decimal = _ZERO) -> Term:
        """Points that a person decides: none, or from ``low`` to ``high``."""
        self.judged = True
        low = low if high is None else min(low, high)
        question = questions.points(questions.told(said), high, taken=taken, low=low)
        source = self.asked.ask('score', (said.id,), question, unit='分', low=low, high=high)
        return Term('given', (said.id,), (source,), high=high, text=said.text)

    def count(self, said: Said, points: Decimal, *, also: tuple[str, ...] = (), high: Decimal | None = None) -> Term:
        """``points`` for each unit, or for each whole step between what was measured and where it counts from."""
        per = _step(said)
        rounding: Round = 'up' if said.rounding == 'started' else 'down'
        unit = said.per_unit
        if unit and '/' in unit and len(pair := [part for part in unit.split('/') if part]) == 2 and per == 1:
            inputs = tuple(
                self.asked.ask('count', (said.id, *also), questions.how_many(said, part), unit=part, low=_ZERO)
                for part in pair
            )
            return Term('product', (said.id, *also), inputs, points, text=said.text)
        source = self.asked.ask(
            'count', (said.id, *also), questions.how_many(said, unit, per), unit=unit, low=_ZERO, high=high
        )  # fmt: skip
        return Term('each', (said.id, *also), (source,), points, per=per, round=rounding, high=high, text=said.text)

    def steps(self, said: Said, points: Decimal, base: Decimal, aim: Aim | None, *, also: tuple[str, ...] = ()) -> Term | None:  # fmt: skip
        """The same from a base; None where the direction is unknown."""
        way = direction(said)
        if way is None:
            return None
        unit = aim.unit if aim and aim.unit else said.per_unit
        key = _key(aim) if aim else (said.id, None)
        if key in self.measured:
            source = self.asked.feed(self.measured[key], (said.id, *also))
        else:
            source = self.asked.ask(
                'number', (said.id, *also), questions.measured(aim, said, unit), threshold=aim.id if aim else None, unit=unit
            )  # fmt: skip
            self.measured[key] = source
        return Term(
            'steps', (said.id, *also), (source,), points, per=_step(said), base=base,
            direction='below' if way == 'below' else 'above',
            round='up' if said.rounding == 'started' else 'down', text=said.text,
        )  # fmt: skip

    def moves(self, said: Said, size: Decimal | None, *, also: tuple[str, ...] = (), near: Aim | None = None) -> Term:
        """The term of a clause that takes or gives an amount. ``size`` is that of its account, ``near`` the target of the award before it."""
        taken = takes(said)
        low = least_of_range(said) if said.effect in ('deduct', 'award', 'bonus', 'discretionary') else None
        if low is not None or said.effect == 'discretionary':
            limit = said.points if said.points is not None and said.per_quantity is None else said.cap
            high = least(limit, None if self.counted and limit is None else size)
            return self.judge(said, high, taken=taken, low=low or _ZERO)
        if said.effect == 'proportional' and said.share is None:
            return self._proportional(said, size, taken=taken, also=also)
        points = self.points(said, size)
        if points is None or (said.effect == 'proportional' and _EXCESS.search(said.text)):
            return self.judge(said, size, taken=taken)
        if said.per_quantity is not None:
            parts = printed_parts(said)
            if parts is not None:  # the numbers of the parts are no amount from which steps count
                return self.count(said, points, also=also, high=Decimal(parts))
            base, aim = self.base(said, near)
            if base is not None and (term := self.steps(said, points, base, aim, also=also)) is not None:
                return term
            return self.count(said, points, also=also)
        if self.counted:
            source = self.asked.ask(
                'count', (said.id, *also), questions.how_many(said, '次'), unit=said.per_unit or '次', low=_ZERO
            )
            return Term('each', (said.id, *also), (source,), points, text=said.text)
        return self.holds(said, points, also=also)

    def _proportional(self, said: Said, size: Decimal | None, *, taken: bool, also: tuple[str, ...]) -> Term:
        if said.points is not None or size is None or _EXCESS.search(said.text):
            return self.judge(said, said.points if said.points is not None else size, taken=taken)
        source = self.asked.ask('ratio', (said.id, *also), questions.ratio(said), low=_ZERO, high=ONE)
        return Term('ratio', (said.id, *also), (source,), size, when=not taken, text=said.text)

    # -- where steps count from ------------------------------------------------------------------------------------

    def base(self, said: Said, near: Aim | None) -> tuple[Decimal | None, Aim | None]:
        """The number from which the clause's steps count, and the target that says it."""
        own = [aim for aim in self.aims(said) if _fits(said, aim)]
        if near is not None and len(own) == 1 and own[0].value == near.value and alike(own[0].metric, near.metric):
            own = [near]  # `≤5%得4分。>5%的，每超过…`: the same number, said again
        if said.base is not None:
            aims = [*own, *([near] if near else []), *self.line.aims]
            aim = next((aim for aim in aims if aim.value == said.base and (aim in own or _fits(said, aim))), None)
            return (None, None) if aim is not None and _per_period(aim) else (said.base, aim)
        for aims in (own, [near] if near is not None and _fits(said, near) else [], self._targets(said)):
            if len(aims) == 1:
                return (None, None) if _per_period(aims[0]) else (aims[0].value, aims[0])
            if aims:
                return None, None
        return None, None

    def _targets(self, said: Said) -> list[Aim]:
        """The targets of the same sub-item, else of the line."""
        aims = [aim for aim in self.line.aims if aim.clause is None and _fits(said, aim)]
        parts = [part for part in self.line.parts if part.field == 'requirement']
        labels = labels_of(parts) or []
        here = [part for part, label in zip(parts, labels, strict=False) if label == said.item]
        if said.item is not None and here:
            aims = [
                aim
                for aim in aims
                if any(part.field == aim.field and part.start <= aim.start < part.end for part in here)
            ]
        elif said.item is None and any(part.label for part in parts):
            return []
        taken = {other.id for other in self.line.said if other.id != said.id and other.per_quantity is not None}
        rivals = [
            other
            for other in self.line.said
            if other.id in taken and other.item == said.item and _same_unit(said.per_unit, other.per_unit)
        ]
        return [] if rivals and len(aims) == 1 and not _speaks_of(said, aims[0]) else aims


def _step(said: Said) -> Decimal:
    """How many units count once: the very default of `Term.per` where that is one."""
    return said.per_quantity if said.per_quantity and said.per_quantity != ONE else ONE


def takes(said: Said) -> bool:
    """Whether the clause takes points."""
    if said.sign is not None:
        return said.sign == '-'
    if said.effect in ('proportional', 'discretionary'):
        return bool(re.search(r'扣|减|罚', said.text)) and not re.search(r'得分|加分|给分|计分|赋分', said.text)
    return said.effect in ('deduct', 'forfeit')


def gives_above(said: Said) -> bool:
    """Whether the clause gives above the line's points (加2分, 酌情加分)."""
    return said.effect == 'bonus' or (said.effect == 'discretionary' and '加' in said.text and not takes(said))


def band_of(aims: list[Aim], clause: str, points: Decimal) -> Band:
    """The range that the thresholds of one clause bound together."""
    band = Band(clause, points)
    for aim in aims:
        low, high = band.low, band.high
        has_low, has_high = band.has_low, band.has_high
        if aim.comparator in ('>=', '>', '=', 'between'):
            low, has_low = aim.value, aim.comparator != '>'
        if aim.comparator in ('<=', '<', '='):
            high, has_high = aim.value, aim.comparator != '<'
        elif aim.comparator == 'between':
            high = aim.value_high
        band = Band(clause, points, low, high, has_low, has_high, band.sure or aim.comparator in ('>=', '<=', '='))
    if band.low is not None and band.high is not None and band.low > band.high:
        band = Band(clause, points, band.high, band.low, band.has_high, band.has_low, band.sure)
    return band


def same_metric(one: Aim, other: Aim) -> bool:
    """Whether two thresholds measure the same."""
    return _same_unit(one.unit, other.unit) and alike(one.metric, other.metric)


def alike(one: str | None, other: str | None) -> bool:
    """Whether two names may stand for the same thing: one is not printed, or stands in the other (医疗费用, 医疗费用增长)."""
    return not one or not other or one in other or other in one


def _key(aim: Aim) -> tuple[str | None, str | None]:
    return (aim.metric or aim.id, '%' if aim.unit in _PERCENT else aim.unit)


def _fits(said: Said, aim: Aim) -> bool:
    return _same_unit(said.per_unit, aim.unit) and aim.comparator != 'between'


def _same_unit(one: str | None, other: str | None) -> bool:
    if one in _PERCENT and other in _PERCENT:
        return True
    if one is None or other is None:
        return False
    return (
        one == other
        or other.startswith(f'{one}/')
        or {one, other} in ({'次', '期'}, {'万', '万元'}, {'名', '位'}, {'名', '名次'}, {'名', '位次'})
    )


def _per_period(aim: Aim) -> bool:
    return bool(aim.period and _SHORT.search(aim.period.replace('年度', ''))) or bool(
        aim.unit and '/' in aim.unit and _SHORT.search(aim.unit.partition('/')[2])
    )


def _speaks_of(said: Said, aim: Aim) -> bool:
    words = said.condition or said.text
    metric = aim.metric or ''
    return any(metric[at : at + 3] in words for at in range(max(len(metric) - 2, 0)))


def least(*numbers: Decimal | None) -> Decimal | None:
    """The least of the numbers that are known."""
    return min((number for number in numbers if number is not None), default=None)
