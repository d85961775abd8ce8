"""What the words of a clause tell a scorer: what is missing, what is the other side of what, how many things are named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from kaohe.normalizers.catalogue import ItemTerms
from kaohe.normalizers.scoring.material import Said
from kaohe.normalizers.text.numbers import NUMBER, parse_number

# `每少1项`, `缺1项`, `发现一次未落实`, `有1项未完成`: units that are missing. `不规范` is a fault, not a missing unit.
_MISSING: Final = re.compile(
    r'少|缺|漏|差\d|差[一1两]|欠|未|没有?|无|低于|不足|不到|下降|降低|降\d|每降|每低|不达标|不达'
)
WHOLE_LINE: Final = re.compile(r'该项|本项|此项|全扣|全部扣|大项|该指标|本指标|全部分|均扣|项目不得分|总分')
"""Words of a forfeit by which the whole line is lost."""
_BELOW: Final = re.compile(r'少|缺|低|不足|不到|下降|降|差')
_ABOVE: Final = re.compile(r'超|多|高|上升|增|超出|大于|退')
_NEGATED: Final = re.compile(r'未能|未|没有|没|不得|不能|不在|不|无|缺少|缺|属于')
_GENERAL: Final = re.compile(
    r'相关|有关|此项|该项|工作|任务|要求|情况|按照|按|的|者|则|若|如|或|及|一项|任何|任意|任一|其中|每|到位|规定|以上|发现|有|\d|[一二两三]|[项次例]|[^\w]'
)
_BARE: Final = re.compile(r'^(?:否则?|反之|其他|其余|无则|没有则|未|无|没有|不)?(?:的|者|则)?$')
_REST: Final = re.compile(
    r'(?:否则?|反之|其[他它余](?:情况|情形)?|除此之?外'
    r'|(?:未能?|没有?|均未|都未|不能|达不到|低于|不足|不到|不符合|不满足|不达标)'
    r'(?:达到|达标|满足|符合)?(?:上述|以上|前述|规定|相应)?(?:标准|要求|目标|条件|比例|档次|指标)?)(?:的|者)*'
)
_VERB_ALONE: Final = re.compile(r'完成|达到|达标|做到|符合|落实|开展|执行|实施|建立|通过|设立|制定|提供|达')
_SENTENCE_END: Final = re.compile(r'[。；;！\n]')
_LEVEL: Final = re.compile(r'[国省市县区院校部厅乡镇](?=家级|级|赛|奖)|全国|[特一二三四五]等')
_RANGE: Final = re.compile(rf'({NUMBER})\s*分?\s*[-－—–~～至到]+\s*({NUMBER})\s*分')
_NAMED: Final = re.compile(
    r'(?:以上|上述|这|共|各)?([\d一二两三四五六七八九十]+)(?:个|项|者|方面|类|种|人|份|例|次|家|张|名|处|站|所|条|篇)'
)
_LIST: Final = re.compile(r'[（(][^）)]*[）)]')
_DIGITS: Final = r'[\d一二三四五六七八九十]{1,3}'
_PRINTED: Final = re.compile(
    rf'第\s*({_DIGITS})\s*[项条款点]?\s*[-－—–~～至到]\s*第?\s*({_DIGITS})\s*([项条款点])|第\s*({_DIGITS}(?:\s*[、，,和及]\s*第?\s*{_DIGITS})+)\s*([项条款点])'
)


def missing(said: Said) -> bool:
    """Whether the clause counts what is missing (so that an award before it is what is left, not all or nothing)."""
    return bool(_MISSING.search(said.condition or said.text))


def direction(said: Said) -> str | None:
    """Which way the measured value moves when the clause begins to act."""
    if said.direction:
        return said.direction
    words = said.condition or said.text
    # the words beside 每 decide: `满意度低于90%的，每超…`
    tail = words[words.rfind('每') :] if '每' in words else words
    for text in (tail, words):
        below, above = bool(_BELOW.search(text)), bool(_ABOVE.search(text))
        if below != above:
            return 'below' if below else 'above'
    return None


def opposite(one: str, other: str) -> bool:
    """Whether ``one`` holds exactly where ``other`` does not: `未完成` and `完成任务`, `属于借款` and `不在借款中开支`."""
    core = _GENERAL.sub('', _NEGATED.sub('', one))
    if not core or _BARE.match(one.strip('，, 的')):
        return bool(_BARE.match(one.strip('，, 的'))) or bool(_NEGATED.search(one))
    if _VERB_ALONE.fullmatch(core) and _NEGATED.search(one):
        return True
    if bool(_NEGATED.search(one)) == bool(_NEGATED.search(other)) and not one.startswith('属于'):
        return False
    kernel = _GENERAL.sub('', _NEGATED.sub('', other))
    return core in kernel or (len(kernel) > 1 and kernel in core) or _share(core, kernel)


def otherwise(said: Said) -> bool:
    """Whether the clause holds wherever those before it do not (否则不得分, 其余不得分, 低于上述标准的不得分)."""
    return bool(_REST.fullmatch((said.condition or '').strip('，,；;：: ')))


def other_level(one: Said, other: Said) -> bool:
    """Whether both clauses name a level (国家级, 省赛), and not the same: what one counts is then no part of what the other does."""
    levels = [set(_LEVEL.findall(said.condition or said.text)) for said in (one, other)]
    return all(levels) and not levels[0] & levels[1]


def sentence_ends(text: str) -> bool:
    """Whether a sentence (。 or ；) or a line ends in the text."""
    return bool(_SENTENCE_END.search(text))


def own_words(said: Said) -> bool:
    """Whether the words in front of the clause say what it is about."""
    return bool(said.lead) and not said.lead.startswith('“')


def least_of_range(said: Said) -> Decimal | None:
    """The lower end of an amount that is printed as a range (`扣1-3分`), so that a person decides within it; None where it is no range."""
    for match in _RANGE.finditer(said.text):
        low, high = parse_number(match[1]), parse_number(match[2])
        if low is not None and high is not None and low < high and high == said.points:
            return low
    return None


def named(said: Said, before: str) -> list[int]:
    """How many things the clause or the list in front of it names, the likeliest first; ``before`` is its sentence up to the clause."""
    told = _LIST.sub('', said.text)
    counts = [match.start() for match in re.finditer(r'每|各(?!种|类|级|项工作)', told)]
    if not counts:
        return []  # `录用1条得0.5分`: nothing is listed
    head = told[: counts[-1]]
    found: list[int] = []
    for match in reversed(list(_NAMED.finditer(head))):
        number = parse_number(match[1])
        if number and number > 1:
            found.append(int(number))
    clause = re.split(r'[，,：:]', head.rstrip('，, ：:'))[-1]
    for words in (clause, head, before):
        pieces = [piece for piece in re.split(r'[、]|以及|和|与|及', words) if piece.strip()]
        if len(pieces) > 1:
            found.append(len(pieces))
        pieces = [piece for piece in words.split('、') if piece.strip()]
        if len(pieces) > 1:
            found.append(len(pieces))
    return list(dict.fromkeys(found))


def printed_parts(said: Said) -> int | None:
    """How many numbered parts the clause names, of which it counts those that fail (`第1-2项，每缺1项扣…`: 2); None where it names none, or
    counts something else. No more of them can fail."""
    if said.per_unit is None or said.per_quantity != 1:
        return None
    named = [
        match
        for match in _PRINTED.finditer(f'{said.lead}{said.condition or said.text}')
        if (match[3] or match[5]) == said.per_unit
    ]
    if len(named) != 1:
        return None
    (match,) = named
    if match[4]:
        return len(re.findall(_DIGITS, match[4]))
    first, last = parse_number(match[1]), parse_number(match[2])
    return int(last - first) + 1 if first and last and last > first else None


def fitting(numbers: list[int], each: Decimal, room: Decimal | None) -> int | None:
    """The number of things whose points fill the room exactly, else the first that fits into it."""
    if room is None:
        return numbers[0] if numbers else None
    for number in numbers:
        if number * each == room:
            return number
    return next(
        (number for number in numbers if number * each <= room), min(numbers, default=None) if not room else None
    )


def labels_of(parts: Sequence[ItemTerms]) -> list[str] | None:
    """The labels of the parts; one that has lost its label has that of its place, where the others stand at theirs. None: unknown."""
    labels = [part.label for part in parts]
    if None not in labels:
        return [label for label in labels if label]
    places = [str(at) for at in range(1, len(parts) + 1)]
    fits = all(label in (None, place) for label, place in zip(labels, places, strict=True))
    return places if fits else None


def _share(one: str, other: str) -> bool:
    return any(one[at : at + 2] in other for at in range(len(one) - 1)) and len(one) <= 6
