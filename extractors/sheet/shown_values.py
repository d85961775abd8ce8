"""How the value of a spreadsheet cell reads on the screen."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

from kaohe.extractors.sheet.date_formats import date_of, shown_date
from kaohe.extractors.sheet.number_formats import plain, shown_number

Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta

_ESCAPED = re.compile(r'_x([0-9A-Fa-f]{4})_')


def shown(value: Value, code: str | None = None) -> str:
    """The value as text: 5.0 is ``5``, 0.30000000000000004 is ``0.3`` (Excel shows 15 digits at most), dates are ISO.

    ``code`` is the cell's number format: with ``0%`` 0.955 is ``95.5%``, with ``0"分"`` 5 is ``5分``, with ``m"月"d"日"`` a date is ``6月30日``.
    """
    if isinstance(value, str):
        return _unescaped(value).replace('\r\n', '\n').replace('\r', '\n').strip()
    if isinstance(value, bool):
        return 'TRUE' if value else 'FALSE'
    if isinstance(value, (int, float)):
        return _number(value, code)
    if isinstance(value, datetime.date) and (day := _day(value, code)) is not None:
        return day
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(' ')
    if isinstance(value, datetime.timedelta):
        seconds = round(value.total_seconds())
        return f'{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}'
    return value.isoformat()


def _unescaped(text: str) -> str:
    """The text with the characters that Excel writes as ``_x000D_``; the two halves of one beyond the first 65,536 are put together."""
    if '_x' not in text:
        return text
    halves = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
    return halves.encode('utf-16', 'surrogatepass').decode('utf-16', 'replace')


def _number(value: float, code: str | None) -> str:
    exact = Decimal(f'{value:.15g}')
    if not exact.is_finite():
        return str(value)
    formatted = None if code is None else shown_number(value, code)
    if formatted is None:
        # the library knows no date in the formats that only Chinese Excel and WPS number
        day = _day(date_of(value), code)
        return plain(exact) if day is None else day
    return formatted.text


def _day(value: datetime.date | None, code: str | None) -> str | None:
    """A day as a Chinese date format shows it."""
    return None if value is None or code is None else shown_date(value, code)
