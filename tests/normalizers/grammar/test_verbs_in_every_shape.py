"""A verb that the vocabulary holds is known in every shape, with every kind of unit and every print of a number. Generated: nobody wrote these sentences."""

from __future__ import annotations

from itertools import product

import pytest

from kaohe.normalizers.vocabulary import point_words as words
from tests.normalizers.grammar.reading import read

COUNTS = {
    '每次': '次',
    '每低1%': '%',
    '每迟1天': '天',
    '每少1万元': '万元',
    '每人次': '人次',
    '缺1项': '项',
    '每个百分点': '百分点',
}
NUMBERS = {'2': '2', '0.5': '0.5', '０．５': '0.5', '二': '2', '1-3': '3', '1.0': '1', '十二': '12', '½': '0.5'}
SORTS = {'deduct': words.DEDUCT, 'bonus': words.BONUS, 'award': words.AWARD}
PAIRS = [(effect, verb) for effect, verbs in SORTS.items() for verb in verbs]
_OTHER = {'deduct': '扣', 'bonus': '加', 'award': '得'}


def _cases() -> list[tuple[str, str]]:
    """Each sentence with its reading in short."""
    cases: list[tuple[str, str]] = []
    for (effect, verb), (each, unit), (number, value) in product(PAIRS, COUNTS.items(), NUMBERS.items()):
        if effect != 'deduct' and each == '缺1项':
            continue  # nothing is given for what is missing
        per = f'/1 {unit}'
        first = f'{effect} 1 {per}'
        moved = f'{effect} {value} {per}'
        running = f'{each}{_OTHER[effect]}1分'
        cases += [
            (f'台账不符的，{each}{verb}{number}分', moved),
            (f'台账不符的，{each}按{number}分{verb}', moved),
            (f'{running}，最多{verb}{number}分', f'{first}; cap {value}'),
            (f'{running}，{verb}上限{number}分', f'{first}; cap {value}'),
            (f'{running}，{verb}{number}分封顶', f'{first}; cap {value}'),
            (f'台账不符的，视情{verb}{number}分', f'discretionary {value}'),
        ]
        if effect != 'award':
            cases.append((f'台账不符的，{each}给予{number}分的{verb}', moved))
    for effect, verb in PAIRS:
        cases += [
            (f'台账不符的，{verb}该项分值的50%', 'proportional 50%'),
            (f'台账不符的，{verb}本项得分的20%', 'proportional 20%'),
            (f'台账不符的，按50%{verb}', 'proportional 50%'),
            (f'台账不符的，按比例{verb}', 'proportional'),
            (f'台账不符的，视情{verb}', 'discretionary'),
            (f'每次{_OTHER[effect]}1分，再次发生的加倍{verb}', f'{effect} 1 /1 次; multiply 2'),
            (f'每次{_OTHER[effect]}1分，再次发生的按2倍{verb}', f'{effect} 1 /1 次; multiply 2'),
        ]
    cases += [(f'每次扣1分，{verb}完为止', 'deduct 1 /1 次; cap') for verb in words.DEDUCT]
    cases += [(f'每次扣1分，{verb}至零分', 'deduct 1 /1 次; cap') for verb in words.DEDUCT]
    cases += [(f'台账造假的，{verb}全部分值', 'forfeit') for verb in words.DEDUCT]
    return cases


def test_a_verb_is_known_in_every_shape() -> None:
    wrong = [(text, want, found) for text, want in _cases() if (found := read(text)) != want]
    assert len(_cases()) > 10_000
    assert wrong == []


@pytest.mark.parametrize(('effect', 'verb'), [pair for pair in PAIRS if pair[0] == 'deduct'])
def test_amounts_without_their_unit_are_known_behind_every_verb_of_taking(effect: str, verb: str) -> None:
    assert read(f'迟到一次{verb}0.5，旷会一次{verb}2。') == 'deduct 0.5 /1 次; deduct 2 /1 次'
