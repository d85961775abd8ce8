"""The grade of a total, where the notice prints which totals are which grade (90分以上为优秀)."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kaohe.normalizers.scoring.score_totals import ScoreTotal

_GRADE: Final = r'[“"]?(优秀|优良|优|良好|良|中等|合格|基本合格|不合格|及格|不及格|较差|差|一般|达标|不达标|[A-E]级|[一二三四]等|[一二三四]级)[”"]?'
_NUMBER: Final = r'(\d{1,4}(?:\.\d+)?)\s*分?\s*(?:\((不?含)[^()]{0,4}\))?'
_TO: Final = r'\s*[-—~～至到]\s*'
_MORE: Final = r'(?:≥|>=|不低于|达到|大于等于|不少于)'
_LESS: Final = r'(?:<|低于|不足|不满|小于|未达到|未达)'
_NAMED: Final = r'[^,。;、)\d]{0,12}?(?:为|评为|定为|确定为|评定为|是|:|的)?'
_FORMS: Final = (
    (re.compile(rf'{_NUMBER}{_TO}{_NUMBER}{_NAMED}{_GRADE}'), 'between'),
    (re.compile(rf'{_MORE}{_NUMBER}{_NAMED}{_GRADE}'), 'least'),
    (re.compile(rf'{_NUMBER}(?:及|含)?以上{_NAMED}{_GRADE}'), 'least'),
    (re.compile(rf'{_LESS}{_NUMBER}{_NAMED}{_GRADE}'), 'under'),
    (re.compile(rf'{_NUMBER}以下{_NAMED}{_GRADE}'), 'under'),
    (re.compile(rf'{_NUMBER}(?:及|含)以下{_NAMED}{_GRADE}'), 'up to'),
    (re.compile(rf'{_GRADE}[(:]\s*{_NUMBER}{_TO}{_NUMBER}'), 'named between'),
    (re.compile(rf'{_GRADE}[(:]\s*{_MORE}?{_NUMBER}(?:及|含)?以上'), 'named least'),
    (re.compile(rf'{_GRADE}[(:]\s*{_MORE}{_NUMBER}'), 'named least'),
    (re.compile(rf'{_GRADE}[(:]\s*{_LESS}?{_NUMBER}以下'), 'named under'),
    (re.compile(rf'{_GRADE}[(:]\s*{_LESS}{_NUMBER}'), 'named under'),
)


@dataclass(frozen=True, slots=True)
class GradeBand:
    """Totals from ``low`` (included) up to ``high`` that are ``grade``. ``open_high``: ``high`` itself is not."""

    grade: str
    low: Decimal | None
    high: Decimal | None
    open_high: bool = False


def grades_in(text: str) -> list[GradeBand]:
    """The grades that a sentence gives to totals."""
    text = unicodedata.normalize('NFKC', text)
    found: list[GradeBand] = []
    used: list[tuple[int, int]] = []
    for form, kind in _FORMS:
        for match in form.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in used):
                continue
            used.append(match.span())
            told = [part for part in match.groups() if part is not None]
            numbers = [Decimal(part) for part in told if part[0].isdigit()]
            (grade,) = [part for part in told if not part[0].isdigit() and not part.endswith('含')]
            last = next((part for part in reversed(told) if part.endswith('含')), None)
            if kind.endswith('between'):
                found.append(
                    GradeBand(grade, min(numbers), max(numbers), open_high=told[-1 if kind[0] == 'n' else -2] == '不含')
                )
            elif kind.endswith('least'):
                found.append(GradeBand(grade, numbers[0], None))
            else:
                found.append(GradeBand(grade, None, numbers[0], open_high=kind != 'up to' and last != '含'))
    return found


def read_grades(connection: sqlite3.Connection, document: str) -> list[GradeBand]:
    """The grades of the total that the notice prints in its prose: at least two that exclude one another."""
    for (text,) in connection.execute(
        "SELECT text FROM blocks WHERE document_id = ? AND kind IN ('paragraph', 'note') ORDER BY ordinal", (document,)
    ):
        found = grades_in(text or '')
        if len({band.grade for band in found}) > 1:
            return found
    return []


def grade_of(bands: list[GradeBand], total: ScoreTotal) -> str | None:
    """The grade of a total whose every answer is known; None where none is printed or the total is open."""
    if total.score is None:
        return None
    score = total.score
    holding = [
        band
        for band in bands
        if (band.low is None or score >= band.low)
        and (band.high is None or score < band.high or (score == band.high and not band.open_high))
    ]
    if not holding:  # 80-89分 and 90分以上: 89.5 belongs to the lower
        below = [band for band in bands if band.high is not None and band.high < score < band.high + 1]
        holding = below[:1]
    best = max(holding, key=lambda band: band.low if band.low is not None else Decimal(-1), default=None)
    return best.grade if best else None
