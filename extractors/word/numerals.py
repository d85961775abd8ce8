"""A number as one of Word's number formats prints it (ECMA-376 part 1, 17.18.59)."""

from __future__ import annotations

from collections.abc import Callable

SIMPLE = '〇一二三四五六七八九'
CIRCLE = '○一二三四五六七八九'
LEGAL_SIMPLIFIED = '零壹贰叁肆伍陆柒捌玖'
LEGAL_TRADITIONAL = '零壹貳參肆伍陸柒捌玖'
STEMS = '甲乙丙丁戊己庚辛壬癸'
BRANCHES = '子丑寅卯辰巳午未申酉戌亥'
ROMAN = (
    (1000, 'm'), (900, 'cm'), (500, 'd'), (400, 'cd'), (100, 'c'), (90, 'xc'), (50, 'l'), (40, 'xl'),
    (10, 'x'), (9, 'ix'), (5, 'v'), (4, 'iv'), (1, 'i'),
)  # fmt: skip


def numeral(number: int, form: str) -> str:
    """``number`` in Word's format ``form`` (a value of ``w:numFmt``).

    A number that the format cannot print, and a format that is not known, come as decimal digits: so does Word.
    """
    printed = FORMATS.get(form, str)(number) if number >= 0 else ''
    return printed or str(number)


def _letters(first: str) -> Callable[[int], str]:
    # After z comes aa, then bb: the letter is repeated.
    return lambda number: chr(ord(first) + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 780 else ''


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return ''
    printed = ''
    for size, letters in ROMAN:
        printed += letters * (number // size)
        number %= size
    return printed


def _positional(digits: str) -> Callable[[int], str]:
    return lambda number: ''.join(digits[int(digit)] for digit in str(number))


def _counted(number: int, digits: str, units: str, *, bare_tens: bool, zero: str, bare_ones: bool = False) -> str:
    """Counting with units, below 10,000: 一千零二十三. ``bare_tens`` prints 10 to 19 without 一; ``bare_ones`` every unit."""
    if not 0 < number < 10_000:
        return digits[0] if number == 0 else ''
    printed, gap = '', False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit == 0:
            gap = bool(printed)
            continue
        if gap:
            printed += zero
            gap = False
        silent = digit == 1 and power > 0 and (bare_ones or (bare_tens and power == 1 and not printed))
        printed += ('' if silent else digits[digit]) + (units[power - 1] if power else '')
    return printed


def _below_hundred(number: int) -> str:
    """chineseCounting: units below one hundred, then digit by digit with a circle for zero."""
    if number < 100:
        return _counted(number, CIRCLE, '十百千', bare_tens=True, zero='')
    return _positional(CIRCLE)(number)


def _thousands(
    digits: str, units: str, *, bare_tens: bool, zero: str = '零', bare_ones: bool = False
) -> Callable[[int], str]:
    return lambda number: _counted(number, digits, units, bare_tens=bare_tens, zero=zero, bare_ones=bare_ones)


def _series(*runs: tuple[int, str, int]) -> Callable[[int], str]:
    """Printed signs that stand in a row: each run is (number of its first sign, that sign, how many)."""

    def printed(number: int) -> str:
        for first, sign, count in runs:
            if first <= number < first + count:
                return chr(ord(sign) + number - first)
        return ''

    return printed


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else ''


def _ordinal(number: int) -> str:
    ending = 'th' if 10 <= number % 100 <= 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')
    return f'{number}{ending}'


def _sexagenary(number: int) -> str:
    return STEMS[(number - 1) % 10] + BRANCHES[(number - 1) % 12] if number else ''


CIRCLED = _series((1, '①', 20), (21, '㉑', 15), (36, '㊱', 15))

FORMATS: dict[str, Callable[[int], str]] = {
    'decimal': str,
    'none': lambda number: '',
    'decimalZero': lambda number: f'{number:02d}',
    'decimalFullWidth': _positional('０１２３４５６７８９'),
    'decimalFullWidth2': _positional('０１２３４５６７８９'),
    'decimalEnclosedCircle': CIRCLED,
    'decimalEnclosedCircleChinese': CIRCLED,
    'decimalEnclosedFullstop': _series((1, '⒈', 20)),
    'decimalEnclosedParen': _series((1, '⑴', 20)),
    'ideographEnclosedCircle': _series((1, '㊀', 10)),
    'ideographParenthesized': _series((1, '㈠', 10)),
    'numberInDash': lambda number: f'- {number} -',
    'upperLetter': _letters('A'),
    'lowerLetter': _letters('a'),
    'upperRoman': lambda number: _roman(number).upper(),
    'lowerRoman': _roman,
    'ordinal': _ordinal,
    'hex': lambda number: f'{number:X}',
    'chineseCounting': _below_hundred,
    'taiwaneseCounting': _below_hundred,
    'chineseCountingThousand': _thousands(SIMPLE, '十百千', bare_tens=True),
    'taiwaneseCountingThousand': _thousands(SIMPLE, '十百千', bare_tens=True),
    'chineseLegalSimplified': _thousands(LEGAL_SIMPLIFIED, '拾佰仟', bare_tens=False),
    'ideographLegalTraditional': _thousands(LEGAL_TRADITIONAL, '拾佰仟', bare_tens=False),
    'japaneseCounting': _thousands(SIMPLE, '十百千', bare_tens=True, zero='', bare_ones=True),
    'japaneseLegal': _thousands('〇壱弐参四伍六七八九', '拾百阡', bare_tens=False, zero=''),
    'japaneseDigitalTenThousand': _positional(SIMPLE),
    'ideographDigital': _positional(SIMPLE),
    'taiwaneseDigital': _positional(CIRCLE),
    'ideographTraditional': _cycle(STEMS),
    'ideographZodiac': _cycle(BRANCHES),
    'ideographZodiacTraditional': _sexagenary,
}
