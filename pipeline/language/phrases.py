"""What clauses, targets and figures say, in short Chinese phrases."""

from __future__ import annotations

from collections.abc import Iterable

from kaohe.pipeline.language.terms import EFFECT, column_role, plain

_SIGNS = {'>=': '≥', '<=': '≤'}


def number(value: float | None) -> str:
    """A number as people write it: 5, 0.25; ``''`` where it is unknown."""
    return '' if value is None else f'{value:.10g}'


def clause_phrase(
    effect: str, points: float | None, per_quantity: float | None, per_unit: str | None, cap: float | None
) -> str:
    """How points move: ``扣分 0.5 分，每 1 项，最多 2 分``."""
    parts = [EFFECT[effect] if points is None else f'{EFFECT[effect]} {number(points)} 分']
    if per_quantity is not None:
        parts.append(f'每 {number(per_quantity)} {per_unit or "（没有写明单位）"}')
    if cap is not None:
        parts.append(f'最多 {number(cap)} 分')
    return '，'.join(parts)


def target_phrase(metric: str | None, comparator: str, value: float, high: float | None, unit: str | None) -> str:
    """A number that must be reached: ``资产负债率 ≤ 45 %``, ``床位使用率 85～93 %``."""
    if high is not None:
        return ' '.join(part for part in (metric, f'{number(value)}～{number(high)}', unit) if part)
    return ' '.join(part for part in (metric, _SIGNS.get(comparator, comparator), number(value), unit) if part)


def figure_phrase(
    metric: str | None,
    value: float,
    unit: str | None,
    change: str | None,
    change_value: float | None,
    change_unit: str | None,
) -> str:
    """A figure of a report: ``出院患者 25909 人次，上升 11.32 %``."""
    figure = ' '.join(part for part in (metric, number(value), unit) if part)
    if change is None:
        return figure
    moved = {'up': '上升', 'down': '下降'}[change]
    return f'{figure}，' + ' '.join(part for part in (moved, number(change_value), change_unit) if part)


def share(part: int, whole: int) -> str:
    """A part in per cent; a dash where there is nothing."""
    return f'{100 * part / whole:.1f}%' if whole else '—'


def columns_phrase(columns: Iterable[tuple[str, str | None]]) -> str:
    """What each column was read as, from its header and its role: ``考核内容→考核内容，得分→得分，盖章→？``."""
    return '，'.join(f'{plain(header)}→{column_role(role)}' for header, role in columns)
