"""Clauses of which only one can hold (bands, steps of a count, grades, levels), and awards that only say what others add up to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kaohe.normalizers.scoring.algebra import Band, Term
from kaohe.normalizers.scoring.making import questions
from kaohe.normalizers.scoring.making.band_rest import one_step, rest_bands
from kaohe.normalizers.scoring.making.terms import Workshop, band_of, same_metric
from kaohe.normalizers.scoring.making.wording import WHOLE_LINE, otherwise, sentence_ends
from kaohe.normalizers.scoring.material import Aim, Said
from kaohe.normalizers.text.numbers import NUMBER, parse_number

GIVES: Final = frozenset({'award', 'full', 'bonus'})
_ZERO: Final = Decimal(0)
_GRADE: Final = re.compile(
    r'(?:(?:评定?|考核|评价|等级|结果|被评|综合)?为?)?(基本合格|基本称职|不合格|不及格|不称职|优秀|优良|良好|较好|中等|一般|合格|及格|称职|较差|优|良|中|差|好'
    r'|[A-EＡ-Ｅ][+-]?[级等类档]?|[特一二三四五1-5][等级类档])'
)
_LEVEL: Final = re.compile(r'国家|全国|中央|部级|部委|省|市|县|区|厅|院级|校级|乡')
_COUNT: Final = re.compile(rf'({NUMBER})([次人起项例天篇件份家个张处])(?:及?以上|的|者)*$')
_GIVEN: Final = re.compile(r'[得记计赋给加奖]\s*[\d.]+\s*分?\W*$')
_CHOICES: Final = '都不符合'


@dataclass(frozen=True, slots=True)
class Group:
    """Clauses of which one holds. ``term`` gives points, ``taking`` says that they are lost; ``top`` is the most of them."""

    members: tuple[Said, ...]
    term: Term
    taking: bool
    top: Decimal
    aim: Aim | None = None


def find_groups(shop: Workshop, said: Sequence[Said], size: Decimal | None) -> dict[str, Group]:
    """The groups among the clauses of one container, by the ids of their members. ``size`` is the container's."""
    found: dict[str, Group] = {}
    for finder in (_grade_list, _bands, _counted_steps, _choices):
        free = [one for one in said if one.id not in found]
        for group in finder(shop, free, size):
            found.update({one.id: group for one in group.members})
    return found


def _worth(shop: Workshop, said: Said, size: Decimal | None) -> Decimal | None:
    if said.effect == 'full':
        return size
    if said.effect == 'forfeit':
        return _ZERO
    return shop.points(said, size)


def _single(said: Said) -> bool:
    return said.per_quantity is None


def _gives(said: Said) -> bool:
    return said.effect in GIVES or (said.effect == 'proportional' and said.share is not None and said.sign != '-')


def _grade_list(shop: Workshop, said: Sequence[Said], size: Decimal | None) -> list[Group]:
    """Grades one to a line feed (优 …5分 ⏎ 良 …4分), on the line's own scale or another."""
    gains = [one for one in said if _gives(one) and _single(one)]
    if len(gains) < 2 or len(gains) != len(said) or len({one.field for one in said}) != 1:
        return []
    text = shop.line.text(gains[0].field)
    lines = [line for line in text.split('\n') if line.strip()]
    rows = {text.count('\n', 0, one.start) for one in gains}
    worths = [_worth(shop, one, size) for one in gains]
    if len(rows) != len(gains) or len(lines) != len(gains) or any(worth is None for worth in worths):
        return []
    values = [worth for worth in worths if worth is not None]
    best = max(values)
    if size is not None and sum(values) == size and len(values) > 1 and _ZERO not in values:
        return []
    falling = values == sorted(values) or values == sorted(values, reverse=True)
    graded = sum(bool(_GRADE.match(questions.subject(one))) for one in gains) >= len(gains) - 1
    bare = len(gains) > 2 and len(set(values)) == len(values) and not any(_GIVEN.search(one.text) for one in gains)
    if not (graded or (falling and size is not None and (best == size or bare))) or not best:
        return []
    if size is not None and best != size and not any(one.share is not None for one in gains):
        values = [value * size / best for value in values]
    return [_pick(shop, gains, values, none=False)]


def _bands(shop: Workshop, said: Sequence[Said], size: Decimal | None) -> list[Group]:
    """Awards, full marks, forfeits and amounts taken once whose conditions are ranges of one measured value."""
    found: list[Group] = []
    run: list[tuple[Said, list[Aim]]] = []
    for one in [*said, None]:
        aims = shop.aims(one) if one is not None and _banded(one) else []
        fits = (
            bool(aims)
            and (not run or same_metric(run[0][1][0], aims[0]))
            and all(same_metric(aims[0], aim) for aim in aims)
        )
        if one is not None and fits and (not run or run[0][0].item == one.item):
            run.append((one, aims))
            continue
        if one is not None and len(run) > 1 and _rest_of(shop, one, [each for each, _ in run], size):
            run.append((one, []))
            aims = []
        if (group := _band_group(shop, run, size)) is not None:
            found.append(group)
        run = [(one, aims)] if one is not None and aims else []
    return found


def _rest_of(shop: Workshop, said: Said, tiers: Sequence[Said], size: Decimal | None) -> bool:
    """Whether the clause says what holds outside the tiers before it; of the whole line (此项不得分), only where they can fill it."""
    last = tiers[-1]
    if not _banded(said) or not otherwise(said) or (said.field, said.item) != (last.field, last.item):
        return False
    return not WHOLE_LINE.search(said.text) or any(_worth(shop, one, size) == size for one in tiers)


def _banded(said: Said) -> bool:
    return _single(said) and (_gives(said) or said.effect in ('forfeit', 'deduct'))


def _band_group(shop: Workshop, run: Sequence[tuple[Said, list[Aim]]], size: Decimal | None) -> Group | None:
    gains = [one for one, _ in run if _gives(one)]
    taken = [one for one, _ in run if one.effect == 'deduct']
    if len(run) < 2 or (not gains and len(taken) < 2):
        return None
    only_full = all(one.effect == 'full' for one in gains)
    taking = not gains or (only_full and bool(taken))
    bands: list[Band] = []
    for one, aims in run:
        worth = _worth(shop, one, size)
        if taking:
            worth = _ZERO if one.effect == 'full' else size if one.effect == 'forfeit' else one.points
        if worth is None:
            return None
        if (
            one.effect == 'deduct' and not taking
        ):  # `≥90得5分；80～90扣1分` : what is taken is taken from the best award
            worths = [_worth(shop, other, size) or _ZERO for other in gains]
            worth = max(max(worths) - worth, _ZERO)
        bands += [band_of(aims, one.id, worth)] if aims else rest_bands(bands, one.id, worth)
    members = tuple(one for one, _ in run)
    ids = tuple(one.id for one in members)
    aim = next((aim for _, aims in run for aim in aims if aim.metric), run[0][1][0])
    key = (aim.metric or aim.id, '%' if aim.unit in ('%', '百分点') else aim.unit)
    source = shop.measured.get(key) or shop.asked.ask(
        'number', ids, questions.measured(aim, members[0], aim.unit), threshold=aim.id, unit=aim.unit
    )
    shop.asked.feed(source, ids)
    shop.measured[key] = source
    top = max(band.points for band in bands)
    if run[-1][1] and (hole := _hole(bands)):
        shop.judged = True
        shop.doubt('score.gap', members[0], hole)
    text = '；'.join(one.text for one in members)
    term = Term('bands', ids, (source,), bands=tuple(bands), pick='most' if taking else 'best', text=text)
    return Group(members, term, taking, top, aim)


def _hole(bands: Sequence[Band]) -> str | None:
    """The first hole between neighbouring bands (80-89 and 90以上 leave out nothing that is printed in whole numbers)."""
    inner = sorted(
        (band for band in bands if band.high is not None), key=lambda band: (band.high or _ZERO, band.low or _ZERO)
    )
    lows = sorted(band.low for band in bands if band.low is not None)
    for band in inner:
        assert band.high is not None
        if any(_covers(other, band.high) for other in bands if other is not band):
            continue
        following = [low for low in lows if low >= band.high]
        if not following:
            continue
        if following[0] - band.high > one_step(following[0], band.high) or (
            following[0] == band.high and not band.has_high
        ):
            return f'{band.high}～{following[0]}'
    return None


def _covers(band: Band, value: Decimal) -> bool:
    return (band.low is None or band.low < value or (band.low == value and band.has_low)) and (
        band.high is None or band.high > value
    )


def _counted_steps(shop: Workshop, said: Sequence[Said], size: Decimal | None) -> list[Group]:
    """Steps of a count: 一次扣1分、两次扣3分、三次及以上不得分."""
    found: list[Group] = []
    run: list[tuple[Said, Decimal, str]] = []
    for one in [*said, None]:
        hit = None
        if one is not None and _single(one) and one.effect in ('deduct', 'forfeit'):
            hit = _COUNT.search(questions.subject(one))
        number = parse_number(hit[1]) if hit else None
        if (
            one is not None
            and hit
            and number is not None
            and (not run or (hit[2] == run[-1][2] and number > run[-1][1]))
        ):
            run.append((one, number, hit[2]))
            continue
        if len(run) > 1 and run[0][0].effect == 'deduct':
            found.append(_step_group(shop, run, size))
        run = [(one, number, hit[2])] if one is not None and hit and number is not None else []
    return found


def _step_group(shop: Workshop, run: Sequence[tuple[Said, Decimal, str]], size: Decimal | None) -> Group:
    members = tuple(one for one, _, _ in run)
    ids = tuple(one.id for one in members)
    bands = []
    for at, (one, number, _) in enumerate(run):
        high = run[at + 1][1] if at + 1 < len(run) else None
        worth = size if one.effect == 'forfeit' else one.points
        bands.append(Band(one.id, worth or _ZERO, number, high, has_low=True, has_high=False))
    words = _COUNT.sub('', questions.subject(members[0])) or (shop.line.name or shop.line.text('requirement'))[:30]
    source = shop.asked.ask('count', ids, f'{words}：一共有几{run[0][2]}？', unit=run[0][2], low=_ZERO)
    term = Term('bands', ids, (source,), bands=tuple(bands), pick='most', text='；'.join(one.text for one in members))
    return Group(members, term, taking=True, top=max(band.points for band in bands))


def _choices(shop: Workshop, said: Sequence[Said], size: Decimal | None) -> list[Group]:
    """Grades and levels in running text, and awards of which each alone fills what they stand for (完成得2分，基本完成得1分)."""
    found = []
    run: list[Said] = []
    for one in [*said, None]:
        fits = one is not None and _single(one) and (_gives(one) or (one.effect == 'forfeit' and bool(run)))
        if fits and one is not None and (not run or (run[0].item == one.item and run[0].field == one.field)):
            run.append(one)
            continue
        if (group := _choice_group(shop, run, size)) is not None:
            found.append(group)
        run = [one] if fits and one is not None else []
    return found


def _choice_group(shop: Workshop, run: Sequence[Said], size: Decimal | None) -> Group | None:
    values = [_worth(shop, one, size) for one in run]
    if len(run) < 2 or size is None or any(value is None for value in values):
        return None
    worths = [value for value in values if value is not None]
    gains = [one for one in run if _gives(one)]
    if sum(worths) <= size or len(gains) < 2 or any(WHOLE_LINE.search(one.text) for one in run if one not in gains):
        return None
    text = shop.line.text(run[0].field)
    words = [questions.subject(one) for one in run]
    together = not sentence_ends(text[run[0].end : run[-1].start].replace('；', '').replace(';', ''))
    graded = all(_GRADE.match(word) for word, one in zip(words, run, strict=True) if one in gains)
    levelled = together and all(_LEVEL.search(word) for word, one in zip(words, run, strict=True) if one in gains)
    filling = together and max(worths) == size and sum(value == size for value in worths) == 1
    if not (graded or levelled or filling):
        return None
    return _pick(shop, run, worths, none=_ZERO not in worths)


def _pick(shop: Workshop, run: Sequence[Said], worths: Sequence[Decimal], *, none: bool) -> Group:
    labels: list[str] = []
    for one in run:
        words = _CHOICES if otherwise(one) else questions.subject(one)
        grade = _GRADE.match(words)
        label = grade[1] if grade else words
        labels.append(
            label if label not in labels else words if words not in labels else f'{words}（{len(labels) + 1}）'
        )
    options = list(zip(labels, worths, strict=True))
    if none:
        options.append((_CHOICES, _ZERO))
    ids = tuple(one.id for one in run)
    about = shop.line.name or shop.line.text('requirement')[:30] or None
    source = shop.asked.ask(
        'choice', ids, questions.which(about, tuple(label for label, _ in options)), options=tuple(label for label, _ in options)
    )  # fmt: skip
    term = Term('pick', ids, (source,), options=tuple(options), text='；'.join(one.text for one in run))
    return Group(tuple(run), term, taking=False, top=max(worths))
