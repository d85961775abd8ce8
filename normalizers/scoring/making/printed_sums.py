"""Amounts that only say what the bracket or list behind them adds up to: `政务公开2分（上墙0.5分；网站0.5分；公示0.5分；专栏0.5分）`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kaohe.normalizers.scoring.making.terms import Workshop
from kaohe.normalizers.scoring.making.wording import named
from kaohe.normalizers.scoring.material import Said

_TAKEN: Final = re.compile(r'[扣减罚]')
_OPENING: Final = re.compile(r'[（(]')
_CLOSING: Final = {'（': '）', '(': ')'}


@dataclass(frozen=True, slots=True)
class Sum:
    """What the clauses behind ``whole`` add up to. ``number``: of how many things, where one clause is for each of them."""

    whole: Said
    ids: tuple[str, ...]
    number: int | None = None


def find_sums(shop: Workshop, said: Sequence[Said]) -> dict[str, Sum]:
    """The sums, by the ids of the clauses that they are made of."""
    found: dict[str, Sum] = {}
    for at, one in enumerate(said):
        if (
            one.effect not in ('award', 'deduct')
            or one.points is None
            or one.per_quantity is not None
            or one.id in found
        ):
            continue
        inner = _inside(shop, one, said[at + 1 :])
        amounts = [shop.points(other, None) for other in inner]
        if not inner or any(amount is None for amount in amounts):
            continue
        told = [amount for amount in amounts if amount is not None]
        if len(inner) == 1 and inner[0].per_quantity is not None and told[0]:
            number = one.points / told[0]
            if number == int(number) and number > 1:
                found[inner[0].id] = Sum(one, (one.id,), int(number))
            continue
        worth = [
            amount * max((n for n in named(other, '')), default=1) if other.per_quantity is not None else amount
            for amount, other in zip(told, inner, strict=True)
        ]
        if len(inner) > 1 and sum(worth, Decimal(0)) == one.points:
            found.update({other.id: Sum(one, (one.id,) if at == 0 else ()) for at, other in enumerate(inner)})
    return found


def in_one_sense(shop: Workshop, said: Sequence[Said]) -> list[Said]:
    """The clauses, where bare amounts in the bracket behind an award are awards too, if so they add up to it (前10名不合理用药医师公示0.5分)."""
    found = list(said)
    for at, one in enumerate(found):
        if one.effect != 'award' or one.points is None or one.per_quantity is not None:
            continue
        behind = [
            other._replace(effect='award') if other.effect == 'deduct' and not _TAKEN.search(other.text) else other
            for other in found[at + 1 :]
        ]
        inner = _inside(shop, one, behind)
        if len(inner) > 1 and sum((other.points or Decimal(0) for other in inner), Decimal(0)) == one.points:
            turned = {other.id: other for other in inner}
            found = [turned.get(other.id, other) for other in found]
    return found


def _inside(shop: Workshop, whole: Said, behind: Sequence[Said]) -> list[Said]:
    """The clauses of the same effect in the bracket, or behind the colon, that follows the amount in its sentence."""
    text = shop.line.text(whole.field)
    same = [one for one in behind if one.field == whole.field and one.start >= whole.end]
    opening = _OPENING.search(text, whole.end)
    first = next((one for one in same if one.effect == whole.effect), None)
    if (
        opening
        and (first is None or opening.start() <= first.start)
        and not re.search('[。；;\n]', text[whole.end : opening.start()])
    ):
        end = text.find(_CLOSING[opening[0]], opening.end())
        depth_end = _match(text, opening.start())
        end = depth_end if depth_end is not None else end if end >= 0 else len(text)
        return [one for one in same if one.effect == whole.effect and opening.start() <= one.start < end]
    if text[whole.end : whole.end + 1] in ('：', ':') and first is not None:
        stop = re.compile('[。\n]').search(text, whole.end)
        end = stop.start() if stop else len(text)
        return [one for one in same if one.effect == whole.effect and one.start < end]
    return []


def _match(text: str, start: int) -> int | None:
    depth = 0
    for at in range(start, len(text)):
        if text[at] in '（(':
            depth += 1
        elif text[at] in '）)':
            depth -= 1
            if not depth:
                return at
    return None
