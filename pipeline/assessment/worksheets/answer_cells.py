"""One answer's cell: what may be written there, and how that is said."""

from __future__ import annotations

from typing import Any, Final

from kaohe.normalizers.scoring.material import Input
from kaohe.normalizers.scoring.reasons import plain
from kaohe.pipeline.assessment.answers.answer_values import COUNTED_IN_PARTS

CHOICES: Final = '选项'
_HOWS: Final = {'yes_no': '选 是、否', 'choice': '从列表里选', 'ratio': '0～1', 'score': '填分数'}


def validation(one: Input, options: list[tuple[str, ...]], cell: str) -> dict[str, Any]:
    """What Excel checks in the ``cell`` of an answer (as `K5`). ``options`` collects the lists of the choices, one a column of the sheet 选项."""
    told: dict[str, Any] = {'error_title': '填得不对', 'ignore_blank': True}
    if one.kind == 'yes_no':
        return told | {'validate': 'list', 'source': ['是', '否'], 'error_message': '请选“是”或“否”'}
    if one.kind == 'choice':
        options.append(one.options)
        column = len(options) - 1
        letters = _letters(column)
        source = f'={CHOICES}!${letters}$1:${letters}${len(one.options)}'
        return told | {'validate': 'list', 'source': source, 'error_message': '请从列表里选'}
    kind = 'integer' if one.kind == 'count' and one.unit not in COUNTED_IN_PARTS else 'decimal'
    low = float(one.low) if one.low is not None else -1e9
    high = float(one.high) if one.high is not None else 1e9
    if one.or_none:
        least = f'{cell}>={low:g}' + ('' if one.high is None else f',{cell}<={high:g}')
        ends = f'{low:g}～{high:g}' if one.high is not None else f'不小于 {low:g} 的数'
        return told | {
            'validate': 'custom',
            'value': f'=AND(ISNUMBER({cell}),OR({cell}=0,AND({least})))',
            'error_message': f'请填 {ends}，没有这种情况填 0',
        }
    what = '整数' if kind == 'integer' else '数字'
    bounds = f'{"" if one.low is None else f"不小于 {low:g}"}{"" if one.high is None else f"、不大于 {high:g}"}'.strip(
        '、'
    )
    message = f'请填{what}{f"，{bounds}" if bounds else ""}'
    return told | {
        'validate': kind,
        'criteria': 'between',
        'minimum': low,
        'maximum': high,
        'error_message': message,
    }


def how_to(one: Input) -> str:
    """How the cell is filled in, in a word or two."""
    if one.or_none:
        assert one.low is not None
        return f'填 0 或 {plain(one.low)}{"分起" if one.high is None else f"～{plain(one.high)}"}'
    if one.kind in _HOWS:
        return _HOWS[one.kind]
    return f'填数字{f"（{one.unit}）" if one.unit else ""}'


def _letters(column: int) -> str:
    found = ''
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord('A') + rest) + found
    return found
