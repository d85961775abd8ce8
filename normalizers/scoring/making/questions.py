"""The questions, in Chinese, made from the words of the clauses."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from kaohe.extractors.labels import HAN, printed
from kaohe.normalizers.scoring.material import Aim, Said
from kaohe.normalizers.scoring.reasons import plain

_UNIT: Final = r'(?:个)?(?:百分点|[%％]|人次|家次|项(?!目)|[次例起人名条篇份家期个处件张只天分万类页间台床站辆])'
_VERB: Final = r'(?:再|有|发现|查出|出现|发生|缺少|缺|少|漏|低于|低|高出|高|超过|超|下降|降低|降|上升|增加|退)'
_NUMBER: Final = r'(?:[一1]|\d+(?:\.\d+)?)'
_COUNTED: Final = rf'(?:每{_VERB}*{_NUMBER}?|{_VERB}+{_NUMBER}|{_NUMBER}){_UNIT}'
_EACH: Final = re.compile(rf'[，,]?(?:则|的)?[，,]?均?(?:{_COUNTED}|每[^，,。；;]{{0,4}}|各)$')
_END: Final = re.compile(rf'[，,]?均?(?:每{_VERB}*{_NUMBER}?{_UNIT}|每[^，,。；;]{{0,4}}|各)$')
_FRONT: Final = re.compile(rf'^{_COUNTED}(?=..)')
_SHORTAGE: Final = re.compile(rf'(?:缺少|缺|少|漏)(?:{_NUMBER})?{_UNIT}')
_MOVED: Final = re.compile(rf'每(下降|降低|降|后退|退|上升|增加|超过|超|高出|失){_NUMBER}?')
_LONG: Final = frozenset({'人次', '家次', '辆次', '万元', '千元', '名次', '位次', '小时', '分钟', '项次'})
_WEAK: Final = re.compile(
    r'未|没有|有|无|的|则|均|全部|齐全|完成|做到|落实|开展|达标|要求|资料|每|缺|少|[一1]|[项次例个]'
)
_TAIL: Final = re.compile(r'(?:的话|的|者|则|，|,|：|:|；|。|\s)+$')
_LABEL: Final = re.compile(
    rf'^(?:\(?\d+\)?[.、．)）]|（[\d{HAN}]+）|{printed("circled", "rounded", "han_rounded")}|\s)+'
)
_BRACKETS: Final = re.compile(r'（[^（）]{12,}）|\([^()]{12,}\)')
_GIVES: Final = frozenset({'award', 'full', 'bonus'})
_ZERO: Final = Decimal(0)


def yes_no(said: Said) -> str:
    """Whether the condition of the clause holds."""
    words = told(said)
    if said.effect in _GIVES or (said.effect == 'proportional' and said.sign != '-'):
        return f'是否做到：{words}？'
    return f'有没有这种情况：{words}？'


def how_many(said: Said, unit: str | None, step: Decimal | None = None) -> str:
    """How many units the clause counts."""
    words = told(said, each=True)
    unit = unit or '次'
    note = f'（每 {plain(step)} {unit}算一档）' if step is not None and step != 1 else ''
    if unit in ('%', '百分点', '个点', '点'):
        return f'{words}：差了多少{"（%）" if unit == "%" else "个百分点"}？{note}'
    if said.effect in _GIVES:
        return f'{words}：做到了几{_measure(unit)}？{note}'
    moved = _MOVED.search(said.condition or said.text)
    verb = '缺几' if _SHORTAGE.search(said.condition or said.text) else f'{moved[1]}几' if moved else '有几'
    return f'{words}：一共{verb}{_measure(unit)}？{note}'


def how_many_of(said: Said, counted: Said, unit: str, *, alone: bool, besides: bool) -> str:
    """On how many of the units that another clause counts a factor acts; or how many there are ``besides``."""
    whose = '' if alone else f'“{told(counted, each=True)}”'
    words = told(said._replace(effect='deduct'), each=True)
    return f'{words}：{whose and f"对应{whose}的" if besides else f"其中{whose}"}有几{_measure(unit)}？'


def beyond(said: Said, unit: str) -> str:
    """How many points lie beyond a limit that holds for each of several."""
    return f'{_plain(said.text)}：按每{_measure(unit)}分别封顶后，超出上限、不计的一共几分（没有填 0）？'


def measured(aim: Aim | None, said: Said, unit: str | None) -> str:
    """What was measured."""
    metric = (aim.metric if aim else None) or told(said, each=True)
    return f'{metric}：实际是多少{f"（{unit}）" if unit else ""}？'


def which(metric: str | None, options: tuple[str, ...]) -> str:
    """Which of the grades or bands it is."""
    return f'{metric or "评定结果"}：属于哪一档（{"、".join(option[:16] for option in options)}）？'


def ratio(said: Said) -> str:
    """How much of it was done."""
    return f'{told(said)}：完成了多少（0 到 1 之间，如完成 80% 填 0.8）？'


def points(words: str, high: Decimal | None, *, taken: bool, low: Decimal = _ZERO) -> str:
    """How many points a person takes or gives: none, or from ``low`` to ``high``."""
    if low and low == high:
        bound = f'（{plain(low)} 分，没有填 0）'
    elif low:
        bound = (
            f'（{plain(low)}–{plain(high)} 分，没有填 0）' if high is not None else f'（{plain(low)} 分起，没有填 0）'
        )
    else:
        bound = f'（0–{plain(high)} 分）' if high is not None else ''
    return f'{words}：{"扣" if taken else "得"}几分{bound}？'


def subject(said: Said, *, each: bool = False) -> str:
    """The condition of a clause as a person would say it; ``each``: without what is counted (每缺一项)."""
    words = _plain(said.condition or said.text)
    if each:
        end = _EACH if said.effect == 'deduct' else _END
        words = _TAIL.sub('', end.sub('', _FRONT.sub('', words)))
    return words or said.text


def told(said: Said, *, each: bool = False) -> str:
    """The same with what stands before it, where it alone says too little (有, 无资料, 每缺1项)."""
    words = subject(said, each=each) if each else subject(said)
    if each and words == said.text:
        words = ''
    lead = _plain(said.lead)
    if lead and len(_WEAK.sub('', words)) < 4:
        return f'{lead}，{words}' if words else lead
    return words or subject(said)


@lru_cache(256)  # a clause is asked about again and again while its line's rule is made
def _plain(text: str) -> str:
    words = _LABEL.sub('', text.replace('\n', ' ').strip(' ，,；;。：:（('))
    return _TAIL.sub('', _BRACKETS.sub('', words))


def _measure(unit: str) -> str:
    return unit if len(unit) <= 1 or unit in _LONG else f'个{unit}'
