"""What a date format of Excel shows (ECMA-376 part 1, 18.8.31), where it writes 年, 月, 日: 2025年6月30日. All other dates read as ISO."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from kaohe.extractors.word.numerals import numeral

# Formats that Chinese Excel and WPS name by number only (18.8.30); the times of day among them are left out.
BUILT_IN_DATES = {
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    31: 'yyyy"年"m"月"d"日"',
}
_LAST = 2_958_465  # 9999-12-31, the last day that Excel knows
_BEGIN = datetime.date(1899, 12, 30)
_PART = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|\[(?:dbnum(\d))?[^\]]*\]|(y+|e+|m+|d+|a{3,4})|(.)', re.DOTALL | re.IGNORECASE
)
_OTHER = re.compile(r'[hs@#0?]', re.IGNORECASE)
_DAYS = '一二三四五六日'


def date_of(serial: float) -> datetime.date | None:
    """The day that Excel stores as this number (days since the end of 1899); None where there is none."""
    return _BEGIN + datetime.timedelta(int(serial)) if 61 <= serial <= _LAST else None


def shown_date(day: datetime.date, code: str) -> str | None:
    """The day as the format shows it; None where the format is none of a Chinese date, or shows more than a day."""
    parts = _parts(code)
    return None if parts is None else ''.join(_shown(day, letters, text, digits) for letters, text, digits in parts)


@lru_cache(256)
def _parts(code: str) -> tuple[tuple[str, str, str | None], ...] | None:
    """The parts of a Chinese date format: (letters that stand for a number, or text, which numerals)."""
    found: list[tuple[str, str, str | None]] = []
    digits: str | None = None
    for quoted, escaped, numerals, letters, other in _PART.findall(code.partition(';')[0]):
        digits = numerals or digits
        if _OTHER.match(other):
            return None
        found.append((letters.lower(), quoted or escaped or other, digits))
    written = ''.join(text for _, text, _ in found)
    dated = any(letters for letters, _, _ in found) and any(sign in written for sign in '年月日')
    return tuple(found) if dated else None


def _shown(day: datetime.date, letters: str, text: str, digits: str | None) -> str:
    if not letters:
        return text
    if letters[0] == 'a' or (letters[0] == 'd' and len(letters) > 2):
        return f'{"星期" if letters != "aaa" else ""}{_DAYS[day.weekday()]}'
    forms = _NUMERALS.get(digits)
    if letters[0] in 'ye':
        year = f'{day.year % 100:02}' if letters == 'yy' else str(day.year)
        return year if forms is None else ''.join(numeral(int(digit), forms[0]) for digit in year)
    number = day.month if letters[0] == 'm' else day.day
    if forms is not None:
        return numeral(number, forms[1])
    return f'{number:02}' if len(letters) == 2 else str(number)


# Of [DBNum1] and [DBNum2]: how digits are written one by one, and how numbers are.
_NUMERALS: dict[str | None, tuple[str, str]] = {
    '1': ('ideographDigital', 'chineseCountingThousand'),
    '2': ('chineseLegalSimplified', 'chineseLegalSimplified'),
}
