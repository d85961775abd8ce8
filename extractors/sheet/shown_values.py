"""How the value of a spreadsheet cell reads on the screen."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta

_ESCAPED = re.compile(r'_x([0-9A-Fa-f]{4})_')


def shown(value: Value, *, percent: bool = False) -> str:
    """The value as text: 5.0 is ``5``, 0.30000000000000004 is ``0.3`` (Excel shows 15 digits at most), dates are ISO.

    ``percent`` says that the cell shows its number as a percentage: 0.955 is ``95.5%``.
    """
    if isinstance(value, str):
        return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), value).replace('\r\n', '\n').replace('\r', '\n').strip()
    if isinstance(value, bool):
        return 'TRUE' if value else 'FALSE'
    if isinstance(value, (int, float)):
        return _number(value, percent)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(' ')
    if isinstance(value, datetime.timedelta):
        seconds = round(value.total_seconds())
        return f'{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}'
    return value.isoformat()


def _number(value: float, percent: bool) -> str:
    exact = Decimal(f'{value:.15g}')
    if not exact.is_finite():
        return str(value)
    if percent:
        exact *= 100
    plain = f'{exact:f}'
    return (plain.rstrip('0').rstrip('.') if '.' in plain else plain) + ('%' if percent else '')
