"""The clauses of a line, or of a sub-item with points of its own → its account: which clause acts on which points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from kaohe.normalizers.scoring.algebra import Account, Term
from kaohe.normalizers.scoring.making import questions
from kaohe.normalizers.scoring.making.grouping import GIVES, Group, find_groups
from kaohe.normalizers.scoring.making.opened import Opened, best_method, closed_by_item, methods_of, outside
from kaohe.normalizers.scoring.making.printed_sums import Sum, find_sums, in_one_sense
from kaohe.normalizers.scoring.making.terms import Workshop, alike, gives_above, least, takes
from kaohe.normalizers.scoring.making.wording import (
    WHOLE_LINE,
    fitting,
    missing,
    named,
    opposite,
    own_words,
    sentence_ends,
)
from kaohe.normalizers.scoring.material import Said

_ZERO: Final = Decimal(0)
_OWN: Final = re.compile(r'相应|对应')
_SAME_POINTS: Final = re.compile(r'得此分|得该分|得分$')
_THIS_ITEM: Final = re.compile(r'[此该本]项|全扣')
MOVING: Final = frozenset({'award', 'full', 'bonus', 'deduct', 'forfeit', 'proportional', 'discretionary'})


@dataclass(slots=True)
class Container:
    """Builds the account of a line's or an item's clauses. ``emptied`` collects forfeits of the whole line."""

    shop: Workshop
    size: Decimal | None
    emptied: list[Term]
    parts: list[Account] = field(default_factory=list)
    _accounts: list[Opened] = field(default_factory=list)
    _rest: list[Said | Group] = field(default_factory=list)
    _empties: list[Term] = field(default_factory=list)
    _current: Opened | None = None
    _items: frozenset[str] = frozenset()
    _lost_items: dict[str, list[Term]] = field(default_factory=dict)

    def build(self, said: Sequence[Said], *, below: bool = False) -> Account:
        """The account. ``parts`` are those of its sub-items."""
        moving = in_one_sense(self.shop, [one for one in said if one.effect in MOVING])
        sums = find_sums(self.shop, moving)
        moving = [one for one in moving if one.id not in {total.whole.id for total in sums.values()}]
        groups = find_groups(self.shop, moving, self.size)
        given = {one.item for one in moving if one.item is not None and _gives(one)}
        self._items = frozenset(given) if len(given) > 1 else frozenset()
        for at, one in enumerate(moving):
            group = groups.get(one.id)
            if group is not None:
                if group.members[0] is one:
                    self._group(group)
                elif self._current is not None:
                    self._current.end = max(self._current.end, one.end)
            elif _gives(one):
                self._gain(one, moving[at + 1 :], groups, sums.get(one.id))
            else:
                self._take(one)
        return self._closed(below=below)

    # -- what opens ------------------------------------------------------------------------------------------------

    def _group(self, group: Group) -> None:
        last = group.members[-1]
        if group.taking:
            current = self._current
            if current is not None and self._stands_in(group.members[0], current):
                current.takes.append(group.term)
                current.end = last.end
            else:
                self._rest.append(group)
            return
        account = Opened(group.members[0], group.top, last.end, gains=[group.term], aim=group.aim)
        self._accounts.append(account)
        self._current = account

    def _gain(self, said: Said, behind: Sequence[Said], groups: dict[str, Group], total: Sum | None) -> None:
        current = self._current
        if said.effect == 'full' and _SAME_POINTS.search(said.text) and current and self._stands_in(said, current):
            current.end = said.end  # `…得1分（…的得此分，未通过的不得分）`: the same points, in other words
            return
        also = total.ids if total else ()
        aims = self.shop.aims(said)
        account = Opened(said, None, said.end, aim=aims[0] if len(aims) == 1 else None)
        account.extra = gives_above(said) and not self._only_bonus(behind)
        number = self._number(said, total) if said.per_quantity is not None else None
        account.size = self._size(said, number, extra=account.extra)
        self._accounts.append(account)
        self._current = account
        if self._gradual(said, account, behind, groups):
            account.full = True
            if account.size is None:
                account.size = self._left()
            if account.size is None:
                account.full = False
                account.gains.append(self.shop.moves(said, self.size, also=also))
            return
        if said.effect == 'full':
            assert account.size is not None or self.size is None
            term = self.shop.holds(said, account.size or _ZERO, also=also)
        elif number is not None:
            points = self.shop.points(said, self.size) or _ZERO
            term = self.shop.count(said, points, also=also, high=Decimal(number))
        else:
            term = self.shop.moves(said, account.size if account.size is not None else self.size, also=also)
        account.gains.append(term)
        account.source = term.inputs[0] if term.op == 'if' else None

    def _only_bonus(self, behind: Sequence[Said]) -> bool:
        return not any(one.effect in ('award', 'full', 'deduct', 'forfeit') for one in (*behind, *self.shop.line.said))

    def _size(self, said: Said, number: int | None, *, extra: bool) -> Decimal | None:
        if said.effect == 'full':
            return self.size
        if said.effect in ('discretionary', 'proportional') and said.share is None:
            most = (self.shop.line.room or self.size) if extra else self._left()
            return said.points if said.points is not None else most
        points = self.shop.points(said, self.size)
        cap = self.shop.cap(said)
        if said.per_quantity is None or points is None:
            return points
        return cap if number is None else least(points * number, cap)

    def _number(self, said: Said, total: Sum | None) -> int | None:
        """How many things an award for each of them is given for; None where that must be counted without end."""
        points = self.shop.points(said, self.size)
        if not points:
            return None
        if total is not None and total.number is not None:
            return total.number
        text = self.shop.line.text(said.field)
        start = max(text.rfind(end, 0, said.start) for end in '。；;\n') + 1
        return fitting(named(said, text[start : said.start]), points, self._left())

    def _left(self) -> Decimal | None:
        if self.size is None:
            return None
        used = sum((one.size or _ZERO for one in self._accounts), _ZERO)
        used += sum((part.size or _ZERO for part in self.parts), _ZERO)
        return max(self.size - used, _ZERO)

    def _gradual(self, said: Said, account: Opened, behind: Sequence[Said], groups: dict[str, Group]) -> bool:
        """Whether a deduction for each missing unit or for the shortfall follows: the award is then what is left."""
        for one in behind:
            if _gives(one) or one.id in groups:
                return False
            if not self._stands_in(one, account) and not self._same_metric(one, account):
                return False
            if one.effect == 'proportional' and takes(one) and one.share is None:
                return True
            counts = one.effect == 'deduct' and one.per_quantity is not None
            if counts and (self.shop.base(one, account.aim)[0] is not None or missing(one)):
                return True
        return False

    # -- what takes ------------------------------------------------------------------------------------------------

    def _take(self, said: Said) -> None:
        current = self._current
        inside = current is not None and self._stands_in(said, current)
        if said.effect == 'forfeit':
            self._forfeit(said, current, inside=inside)
            return
        if current is not None and (inside or self._same_metric(said, current)):
            current.end = said.end
            if self._other_side(said, current):
                return
            also = (current.award.id,) if current.full else ()
            said = said if own_words(said) else said._replace(lead=questions.told(current.award))
            current.takes.append(self.shop.moves(said, current.size, also=also, near=current.aim))
            return
        self._rest.append(said)

    def _forfeit(self, said: Said, current: Opened | None, *, inside: bool) -> None:
        if _OWN.search(said.text) and self._accounts:
            return
        whole = bool(WHOLE_LINE.search(said.text))
        if current is not None and current.source is not None and current.award.item == said.item:
            near = inside or current is self._accounts[-1]
            if near and opposite(questions.subject(said), questions.subject(current.award)):
                self.shop.asked.feed(current.source, (said.id,))
                current.end = said.end
                if whole:
                    term = Term('if', (said.id,), (current.source,), Decimal(1), when=False, text=said.text)
                    self._lost_by(said).append(term)
                return
        term = outside(self.shop, current, said) or self.shop.holds(said, Decimal(1))
        if whole:
            self._lost_by(said).append(term)
        elif inside and current is not None:
            current.end = said.end
            current.empties.append(term)
        else:
            self._empties.append(term)

    def _lost_by(self, said: Said) -> list[Term]:
        """Where a forfeit of 此项 belongs: to the line, or to the numbered sub-item, where several have points of their own."""
        if said.item not in self._items or not _THIS_ITEM.search(said.text):
            return self.emptied
        self.shop.doubt('score.choice', said, f'“此项”指第 {said.item} 小项，只扣这一小项的分')
        return self._lost_items.setdefault(said.item or '', [])

    def _other_side(self, said: Said, current: Opened) -> bool:
        """`签订的得0.5分，未签订扣0.5分`: what is lost is what was not won, and asked once."""
        if said.effect != 'deduct' or said.per_quantity is not None or current.source is None or current.size is None:
            return False
        points = said.points
        if points is None or not opposite(questions.subject(said), questions.subject(current.award)):
            return False
        self.shop.asked.feed(current.source, (said.id,))
        if points < current.size:
            current.gains.clear()
            current.full = True
            term = Term('if', (said.id, current.award.id), (current.source,), points, when=False, text=said.text)
            current.takes.append(term)
        return True

    def _stands_in(self, said: Said, account: Opened) -> bool:
        """Whether nothing ends (a sentence, a sub-item) between the account and the clause."""
        if said.field != account.award.field or said.item != account.award.item:
            return False
        return not sentence_ends(self.shop.line.text(said.field)[account.end : said.start])

    def _same_metric(self, said: Said, account: Opened) -> bool:
        """Whether a deduction behind the sentence counts from the number that the award needs."""
        if (
            said.effect != 'deduct'
            or said.per_quantity is None
            or account.aim is None
            or said.item != account.award.item
        ):
            return False
        base, aim = self.shop.base(said, account.aim)
        if base is None:
            return False
        if aim is not None and not alike(aim.metric, account.aim.metric):
            return False
        return base == account.aim.value

    # -- what is left ----------------------------------------------------------------------------------------------

    def _closed(self, *, below: bool) -> Account:
        if choice := methods_of(self.shop.line.said, self._accounts):
            self.shop.methods.add(choice)
            outside = [
                (one.members[0].item, one.term)
                if isinstance(one, Group)
                else (one.item, self.shop.moves(one, self.size))
                for one in self._rest
            ]
            return best_method(self._accounts, outside, self.size, self._empties)
        endless = any(one.size is None for one in self._accounts)
        own = [one for one in self._accounts if not one.extra]
        used = sum((one.size or _ZERO for one in own), _ZERO) + sum((part.size or _ZERO for part in self.parts), _ZERO)
        rest = None if self.size is None else _ZERO if endless and own else max(self.size - used, _ZERO)
        parts = [*self.parts, *closed_by_item(self._accounts, self._lost_items)]
        on_whole = below or not rest
        room = self.size if on_whole else rest
        terms = [
            one.term if isinstance(one, Group) else self.shop.moves(one, self.size if one.share is not None else room)
            for one in self._rest
        ]
        if on_whole and terms and (own or self.parts) and self.size is not None and not below:
            first = self._rest[0]
            self.shop.doubt(
                'score.choice',
                first.members[0] if isinstance(first, Group) else first,
                '得分条款已占满分值，扣分从得到的分里扣',
            )
        if rest:
            if self._rest or self._empties or (self.emptied and not own):
                parts.append(Account(rest, full=True, takes=() if on_whole else tuple(terms)))
            elif own or self.parts:
                parts.append(Account(rest, gains=(self._ask_rest(rest),)))
            else:
                parts.append(Account(rest, full=True))
        return Account(
            self.size, parts=tuple(parts), takes=tuple(terms) if on_whole else (), empties=tuple(self._empties), below=below or self.size is None
        )  # fmt: skip

    def _ask_rest(self, rest: Decimal) -> Term:
        self.shop.judged = True
        ids = tuple(one.award.id for one in self._accounts) or (self.shop.line.id,)
        question = questions.points('其余部分（评分标准没有写明怎样给分）', rest, taken=False)
        source = self.shop.asked.ask('score', (), question, about=('rest', id(self)), unit='分', low=_ZERO, high=rest)
        return Term('given', ids, (source,), high=rest, text='其余部分')


def _gives(said: Said) -> bool:
    return said.effect in GIVES or (said.effect in ('proportional', 'discretionary') and not takes(said))
