"""A line with its clauses → its rule: mode, bounds, expression and inputs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from kaohe.normalizers.catalogue import ItemTerms
from kaohe.normalizers.scoring.algebra import Account, Expression, Term, terms_of
from kaohe.normalizers.scoring.making import questions
from kaohe.normalizers.scoring.making.accounts import MOVING, Container
from kaohe.normalizers.scoring.making.asked import Asked
from kaohe.normalizers.scoring.making.grouping import GIVES
from kaohe.normalizers.scoring.making.leads import with_leads
from kaohe.normalizers.scoring.making.modifiers import modifiers_of, of_each
from kaohe.normalizers.scoring.making.sayings import says
from kaohe.normalizers.scoring.making.terms import Workshop, takes
from kaohe.normalizers.scoring.making.wording import labels_of, otherwise
from kaohe.normalizers.scoring.material import Input, Mode, Said, ScoredLine, ScoringRule
from kaohe.normalizers.scoring.reasons import plain

_ZERO: Final = Decimal(0)
_NAMES: Final = {'bonus': 'add', 'penalty': 'subtract', 'downgrade': 'beside'}


def make_rule(line: ScoredLine) -> ScoringRule:
    """How the line is scored. Pure: the same line gives the same rule."""
    shop = Workshop(
        line, Asked(line.identity, {one.id: one.text for one in line.said}), counted=line.kind in ('bonus', 'penalty')
    )
    if line.said:
        said = with_leads(line, of_each(line.said))
        line = shop.line = line._replace(said=tuple([_counted_up(shop, one) for one in said]))
    moving = [one for one in line.said if one.effect in MOVING]
    mode = _mode(line, moving)
    beside = tuple(
        _yes_no(shop, one)
        for one in line.said
        if one.effect in ('veto', 'downgrade') or (line.kind == 'downgrade' and one.effect in MOVING)
    )
    if mode == 'beside' and not beside:
        beside = (_happens(shop),)
    if mode == 'asked':
        root = _asked(shop)
    elif mode in ('add', 'subtract'):
        root = _counted(shop, moving, mode)
    elif mode == 'beside':
        root = Account(None, below=True)
    else:
        root = _scored(shop, moving)
    modifiers = modifiers_of(shop, root)
    floor, ceiling = _bounds(line, mode, root)
    rule = ScoringRule(
        line.id, line.identity, mode, floor, ceiling, not shop.judged, Expression(root, modifiers, beside), '', _in_order(shop, root),
        tuple(shop.doubts), line.shares,
    )  # fmt: skip
    return rule._replace(says=says(rule, line))


def _counted_up(shop: Workshop, said: Said) -> Said:
    """`引进1名以上得0.5分，最高3分`: a limit beyond the amount says that it is counted."""
    if said.per_quantity is not None or said.points is None or said.cap is None or said.cap <= said.points:
        return said
    aims = shop.aims(said)
    unit = aims[0].unit if len(aims) == 1 else None
    shop.doubt(
        'score.choice', said, f'上限 {plain(said.cap)} 分大于一次的 {plain(said.points)} 分，按每{unit or "次"}计'
    )
    return said._replace(per_quantity=Decimal(1), per_unit=unit)


def _mode(line: ScoredLine, moving: Sequence[Said]) -> Mode:
    if line.kind in _NAMES:
        mode: Mode = _NAMES[line.kind]  # type: ignore[assignment]
        return mode if moving or mode == 'beside' else 'asked' if line.points is not None else mode
    if not moving:
        return 'asked'
    gives = any(
        one.effect in GIVES or (one.effect in ('proportional', 'discretionary') and not takes(one)) for one in moving
    )
    return 'earn' if gives else 'lose'


def _bounds(line: ScoredLine, mode: Mode, root: Account) -> tuple[Decimal | None, Decimal | None]:
    if mode == 'subtract':
        return None, _ZERO
    if mode == 'beside':
        return _ZERO, _ZERO
    top = None if root.size is None else root.size + (line.room or _ZERO)
    if mode == 'add':
        return _ZERO, None if line.open_above else top
    if line.points is None:
        return (None, _ZERO) if mode == 'lose' else (_ZERO, None)
    return (None if line.open_below else _ZERO), (None if line.open_above else top)


def _asked(shop: Workshop) -> Account:
    line = shop.line
    shop.judged = True
    outside = next((one for one in line.said if one.effect == 'external'), None)
    words = (line.name or line.text('requirement') or line.text('criteria')).replace('\n', ' ')[:60]
    if outside is not None:
        words = f'{words}（{questions.subject(outside)}）'
    ids = tuple(one.id for one in line.said if one.effect == 'external')
    source = shop.asked.ask(
        'score', ids, questions.points(words, line.points, taken=False), unit='分', low=_ZERO, high=line.points
    )
    text = outside.text if outside is not None else words
    return Account(line.points, gains=(Term('given', ids or (line.id,), (source,), high=line.points, text=text),))


def _counted(shop: Workshop, moving: Sequence[Said], mode: Mode) -> Account:
    """A bonus or penalty line: every clause is counted, levels are separate matters."""
    gains: list[Term] = []
    taken: list[Term] = []
    empties: list[Term] = []
    for one in moving:
        if one.effect == 'full':
            binds = one.binds or tuple(other.id for other in moving if other.effect != 'full')
            shop.spared.append((one._replace(effect='deduct'), binds))
        elif one.effect == 'forfeit':
            empties.append(shop.holds(one, Decimal(1)))
        elif takes(one) or mode == 'subtract':
            taken.append(shop.moves(one, shop.line.points))
        else:
            gains.append(shop.moves(one, shop.line.points))
    size = shop.line.points if mode == 'add' and not shop.line.open_above else None
    return Account(
        size,
        gains=tuple(gains),
        takes=tuple(taken),
        empties=tuple(empties),
        below=mode == 'subtract',
        beyond=mode == 'add',
    )


def _scored(shop: Workshop, moving: Sequence[Said]) -> Account:
    line = shop.line
    emptied: list[Term] = []
    root = Container(shop, line.points, emptied)
    inside: set[str] = set()
    idle = {one.id for one in moving if _says_nothing(shop, one, moving)}
    spared = {one.id for one in moving if one.effect == 'full' and one.binds and '不扣' in one.text} - idle
    for one in moving:
        if one.id in spared:
            shop.spared.append((one._replace(effect='award'), one.binds))
    free = [one for one in moving if one.id not in spared | idle]
    for part, members in _items(line, free):
        inside.update(one.id for one in members)
        root.parts.append(_item(shop, part, members, emptied))
    account = root.build([one for one in free if one.id not in inside], below=line.open_below)
    above = line.open_above or bool(line.room)
    return replace(account, empties=(*account.empties, *emptied), above=above) if emptied or above else account


def _says_nothing(shop: Workshop, said: Said, moving: Sequence[Said]) -> bool:
    """`有计划并实施不扣分，无计划扣1分`, `超过3天扣1分，否则不扣分`: that nothing is taken where nothing is wrong."""
    others = [one for one in moving if one is not said and one.field == said.field and takes(one)]
    return (
        said.effect == 'full'
        and '不扣' in said.text
        and (not said.binds or otherwise(said))
        and bool(others)
        and not shop.aims(said)
    )


def _item(shop: Workshop, part: ItemTerms, members: Sequence[Said], emptied: list[Term]) -> Account:
    assert part.points is not None
    if members:
        return Container(shop, part.points, emptied).build(members)
    shop.judged = True
    words = f'{part.label or ""}{part.text[:40]}'.replace('\n', ' ')
    source = shop.asked.ask(
        'score', (), questions.points(words, part.points, taken=False), about=('item', part.field, part.start), unit='分', low=_ZERO, high=part.points
    )  # fmt: skip
    return Account(part.points, gains=(Term('given', (shop.line.id,), (source,), high=part.points, text=words),))


def _items(line: ScoredLine, said: Sequence[Said]) -> Iterable[tuple[ItemTerms, list[Said]]]:
    """The sub-items with printed points, each with the clauses that act on it: those in its text, or those under its label."""
    if not said or line.points is None:
        return []
    here = [part for part in line.parts if part.points and any(one.field == part.field for one in said)]
    there = [part for part in line.parts if part.points and part not in here]
    best: list[tuple[ItemTerms, list[Said]]] = []
    for parts, inside in ((here, _within), (there, _labelled)):
        parts = _outermost(parts)
        total = sum((part.points or _ZERO for part in parts), _ZERO)
        if not parts or total > line.points:
            continue
        found = [(part, inside(part, parts, said)) for part in parts]
        held = {one.id for _, members in found for one in members}
        # where some clauses belong to no sub-item and some sub-item has no clause, which belongs to which is not known
        if held and (all(members for _, members in found) or all(one.id in held for one in said)):
            best = found
            break
    if len(best) == 1 and best[0][0].points == line.points:
        return []
    return best


def _within(part: ItemTerms, parts: Sequence[ItemTerms], said: Sequence[Said]) -> list[Said]:
    return [one for one in said if one.field == part.field and part.start <= one.start < part.end]


def _labelled(part: ItemTerms, parts: Sequence[ItemTerms], said: Sequence[Said]) -> list[Said]:
    labels = labels_of(parts)
    return [] if labels is None else [one for one in said if one.item == labels[list(parts).index(part)]]


def _outermost(parts: Sequence[ItemTerms]) -> list[ItemTerms]:
    return [
        part
        for part in parts
        if not any(other is not part and other.field == part.field and other.start <= part.start and part.end <= other.end and (other.start, other.end) != (part.start, part.end) for other in parts)
    ]  # fmt: skip


def _yes_no(shop: Workshop, said: Said) -> Term:
    source = shop.asked.ask('yes_no', (said.id,), questions.yes_no(said._replace(effect='deduct')))
    return Term('if', (said.id,), (source,), _ZERO, text=said.text)


def _happens(shop: Workshop) -> Term:
    """A line of what lowers the grade that says nothing but what it is: whether it happened is all that counts."""
    line = shop.line
    words = ' '.join((line.name or line.text('requirement') or line.text('criteria')).split())[:60].rstrip('。；')
    source = shop.asked.ask('yes_no', (), f'有没有这种情况：{words}？')
    return Term('if', (line.id,), (source,), _ZERO, text=words)


def _in_order(shop: Workshop, root: Account) -> tuple[Input, ...]:
    """The inputs in the order of the clauses that they feed."""
    place = {one.id: at for at, one in enumerate(shop.line.said)}
    far = len(place)
    inputs = sorted(
        shop.asked.all(),
        key=lambda one: (min((place.get(clause, far) for clause in one.clauses), default=far), one.ordinal),
    )
    if len({one.question for one in inputs}) == len(inputs):
        return tuple([one if one.ordinal == at else one._replace(ordinal=at) for at, one in enumerate(inputs)])
    asked = Counter(one.question for one in inputs)
    twice = {question for question, times in asked.items() if times > 1}
    points = {clause: term.points for term in terms_of(root) for clause in term.inputs}
    items = {one.id: one.item for one in shop.line.said}
    numbered = {one.id: next((items.get(clause) for clause in one.clauses), None) for one in inputs}
    apart = Counter((one.question, numbered[one.id]) for one in inputs)
    return tuple(
        one._replace(ordinal=at, question=one.question if one.question not in twice else _told_apart(
            one, points.get(one.id), numbered[one.id] if apart[one.question, numbered[one.id]] == 1 else None
        ))
        for at, one in enumerate(inputs)
    )  # fmt: skip


def _told_apart(one: Input, points: Decimal | None, item: str | None) -> str:
    """Questions that say the same are told apart by their sub-item, else by their points (每篇分别加3、2、1分)."""
    if item is not None:
        return f'{one.question}（第 {item} 小项）'
    return one.question if points is None else f'{one.question}（{plain(points)} 分的）'
