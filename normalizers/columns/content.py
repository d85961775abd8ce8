"""What the body cells of a column look like: what the header leaves open, the content decides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kaohe.extractors.document import Cell, Table
from kaohe.extractors.labels import HAN, sign_range
from kaohe.normalizers.columns.header_rows import is_grade
from kaohe.normalizers.columns.printed_points import printed_after
from kaohe.normalizers.text.folding import halfwidth, squeeze

_MOVES = re.compile(
    r'[扣减得加计记赋奖给][^。；;,，]{0,8}?\d[\d.]*\s*分|不得分|不给分|不计分|不扣分|得满分|得全分|[酌视]情|一票否决|扣完|按比例[扣得]|提供分数|考评表|\d\s*分\s*[)）/]'
)
# What every alternative holds a character of: most cells of other columns have none.
_MAY_MOVE = re.compile('[分情否扣例表]')
_FIGURE = re.compile(rf'[\dA-Za-z.\-()（）、{sign_range()}{HAN}*★▲#]{{1,8}}')
_POINTS = re.compile(r'(?:满分|共|一票否决)*[\d.]+(?:分|%)?(?:[-~—至][\d.]+)?(?:分|%)?')
_SECTION = re.compile(r'\d+(?:\.\d+){2,3}|\d+(?:\.\d+){1,3}[~-]\d+(?:\.\d+){1,3}')
_WORTH = re.compile(r'\d\s*分\s*\)')
_DIGIT = re.compile(r'\d')
_SIGNED = re.compile(r'(?:^|[,;、。并\n])([+-])\d+(?:\.\d+)?(?![\d.]|[-~—至]\d|\s*(?:℃|°|度|%|m))')
_FROM_NOTHING = re.compile(r'0分?[-~—至]\d')
_TARGET = re.compile(
    r'(?:不(?:低于|少于|小于|足|超过?|高于|大于|多于)|达到?|[≥≤><]=?|控制在)\s*\d|\d\s*(?:%|‰|[\u4e00-\u9fff]{0,2})(?:以上|以内|以下|内(?!容))'
)
_TAKEN = re.compile(r'[-−–－]\d+(?:\.\d+)?分?')
_PIECES = '处次项人例个件条起'
_RATE = re.compile(rf'分?/[{_PIECES}天]|^每|[{_PIECES}]$')
_OFFICE = re.compile(r'[处科室办局部委院站所组股中心会]等?$')
_MEASURE = re.compile(
    r'[%‰/-]|(?:[万亿千百]?(?:元|美元|人次|人|户|亩|吨|件|家|个|项|次|例|台|套|条|处|篇|张|公里|公顷|平方米|立方米|千瓦时|标准煤|小时|天|分钟|分|名|所|床))+(?:/.{1,4})?|百分点|个百分点|位次|(?:定性|定量|约束性|预期性|正向|负向|逆向)(?:指标)?'
)


def moves_points(text: str) -> bool:
    """Whether a text says, in a word or two, how points move: enough to tell a scoring text from a description. The grammar reads the
    clauses themselves."""
    return _MAY_MOVE.search(text) is not None and _MOVES.search(halfwidth(text)) is not None


def signs_of(text: str) -> list[str]:
    """The signs of the amounts in a text that stand behind one, where nothing but a comma or 并 is before it: `+0.5/次`, `取消资格，并-20`."""
    folded = halfwidth(text)
    return _SIGNED.findall(folded) if '+' in folded or '-' in folded else []


@dataclass(frozen=True, slots=True)
class ColumnContent:
    """What the body cells of a column look like.

    ``own``: how far each line has a text of its own: 1.0 where none is shared; lower where merged cells, blanks below a category or
    repeated texts are shared by several lines. ``cells``: the same, repeated texts not counted. ``length``: mean characters. The others
    are shares of cells: ``moves`` say how points move, ``figures`` are numbers or labels, ``points`` amounts, ``bracketed`` end with points,
    ``offices`` name offices, ``rates`` are amounts for each, ``measures`` units of measure, ``grades``
    name grades, ``sections`` are numbers of sections (5.1～5.3), ``choices`` print what each of several answers is worth, ``from_nothing``
    are ranges that begin with 0, ``signed`` hold an amount behind its sign (+5, -0.5/次), ``targets`` state a number to be reached (不低于95%),
    ``taken`` are an amount behind a minus and nothing else (-2).
    """

    own: float = 1.0
    cells: float = 1.0
    filled: float = 0.0
    length: float = 0.0
    moves: float = 0.0
    figures: float = 0.0
    points: float = 0.0
    bracketed: float = 0.0
    offices: float = 0.0
    rates: float = 0.0
    measures: float = 0.0
    grades: float = 0.0
    sections: float = 0.0
    choices: float = 0.0
    from_nothing: float = 0.0
    signed: float = 0.0
    targets: float = 0.0
    taken: float = 0.0


def look_at(table: Table, grid: Sequence[Sequence[Cell]], rows: Sequence[int], col: int) -> ColumnContent:
    """The content of column ``col`` over the given rows; cells that begin further left belong to another column."""
    texts: list[str] = []
    cells = changes = covered = 0
    before = ''
    last: Cell | None = None
    for row in rows:
        cell = grid[row][col]
        if cell.col != col:
            continue
        written = bool(cell.text.strip())
        if cell is not last and written:
            texts.append(cell.text)
            cells += 1
            said = squeeze(cell.text)
            changes += said != before
            before = said
        covered += written or not table.merges
        last = cell
    if not texts:
        return ColumnContent()
    # each text is looked at once, however often it stands in the column
    different = [(text, squeeze(text), times) for text, times in Counter(texts).items()]
    count = len(texts)
    return ColumnContent(
        own=changes / max(covered, 1),
        cells=cells / max(covered, 1),
        filled=covered / max(len(rows), 1) if table.merges else cells / max(len(rows), 1),
        length=sum(times * len(folded) for _, folded, times in different) / count,
        moves=sum(times for text, _, times in different if moves_points(text)) / count,
        figures=sum(times for _, folded, times in different if _FIGURE.fullmatch(folded)) / count,
        points=sum(times for _, folded, times in different if _POINTS.fullmatch(folded)) / count,
        bracketed=sum(times for text, _, times in different if printed_after(text) is not None) / count,
        offices=sum(times for _, folded, times in different if _OFFICE.search(folded, len(folded) - 2)) / count,
        measures=sum(times for _, folded, times in different if _MEASURE.fullmatch(folded)) / count,
        sections=sum(times for _, folded, times in different if _SECTION.fullmatch(folded)) / count,
        grades=sum(times for _, folded, times in different if is_grade(folded)) / count,
        choices=sum(times for text, _, times in different if _offers(text)) / count,
        from_nothing=sum(times for _, folded, times in different if _FROM_NOTHING.match(folded)) / count,
        signed=sum(times for _, folded, times in different if signs_of(folded)) / count,
        targets=sum(times for text, _, times in different if _states_target(text)) / count,
        taken=sum(times for _, folded, times in different if _TAKEN.fullmatch(folded)) / count,
        rates=sum(times for _, folded, times in different if _is_rate(folded)) / count,
    )


# Of these three, what every alternative holds is asked first: most texts hold none of it.
def _offers(text: str) -> bool:
    return '分' in text and len(_WORTH.findall(halfwidth(text))) > 1


def _states_target(text: str) -> bool:
    return _DIGIT.search(text) is not None and _TARGET.search(halfwidth(text)) is not None


def _is_rate(folded: str) -> bool:
    return ('/' in folded or folded[:1] == '每' or folded[-1:] in _PIECES) and _RATE.search(folded) is not None
