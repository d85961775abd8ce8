"""Points as printed behind the title of a line or a category."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kaohe.normalizers.text.cleaning import Text
from kaohe.normalizers.text.folding import KEPT, halfwidth
from kaohe.normalizers.text.numbers import spaced_number

_NUMBER = r'\d{1,4}(?:\s?\.\s?\d{1,2})?'
_LEAD = r'(?:(?:共|计|合计|共计|总分值?|满分|分值|权重|标准分|基本分|占|最高|上限|本项|该项)\s*(?:[:为]\s*)?)?'
_UNIT = r'(?:分值?|%|％)'
# `（5分）`, `(30)`, `【权重20%】`, `（满分10分）`, `（0-5分）`
_BRACKETED = re.compile(
    rf'[(\[【〔<]\s*{_LEAD}(?:{_NUMBER}\s*{_UNIT}?\s*[-~至]\s*)?({_NUMBER})\s*{_UNIT}?(?:制)?\s*[)\]】〕>]'
)
# `人事5分`, `医政科 47分`, `权重20%`, at the end of a short title
_BARE = re.compile(rf'(?<![,:、\s-])[,:、\s-]*{_LEAD}({_NUMBER})\s*分\s*$')
_BARE_SHARE = re.compile(r'(?<![,:、\s-])[,:、\s-]*权重\s*[:为]?\s*(\d{1,3}(?:\.\d{1,2})?)\s*%\s*$')
# 未开展扣1分 is a clause, 90分以上 a target; a figure that goes on is no amount
_NO_TITLE = re.compile(r'(?:[\d.扣得加减计记奖赋给罚少多每达到]|不少于|不低于)\s*$')
# 每次计1分，年度最高20分 limits what is given
_MOVED = re.compile(r'[扣得加计记减奖赋]\s*\d+(?:\.\d+)?\s*分')
_DIGIT = re.compile(r'\d')
_TAIL = re.compile(r'\s*(?:[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]\s*)?[:;。、,]?\s*')


@dataclass(frozen=True, slots=True)
class Printed:
    """Points and the span in which they are printed, brackets included."""

    points: Decimal
    start: int
    end: int


@lru_cache(KEPT)  # the columns are told by it, then the lines read
def printed_after(text: str) -> Printed | None:
    """The points printed behind a short title: `组织领导（10分）`, `人事⏎5⏎分`, `荣誉奖励(5)`, also before a closing remark in brackets.

    A bracket with a bare number must end the title: `（二）` and `（1）` at its head are labels.
    """
    folded = halfwidth(text)
    if _DIGIT.search(folded) is None:
        return None
    for match in reversed(list(_BRACKETED.finditer(folded))):
        before = folded[: match.start()].rstrip()
        # 合格率（100%） states a target, 履职情况（20%） a weight
        if not before or ('%' in match[0] and before[-1] in '率比例度'):
            continue
        if _TAIL.fullmatch(folded, match.end()):
            points = spaced_number(match[1])
            return Printed(points, match.start(), match.end())
    end = folded.rstrip()[-1:]
    for pattern, unit in ((_BARE, '分'), (_BARE_SHARE, '%')):
        bare = pattern.search(folded) if end == unit else None
        if (
            bare
            and folded[: bare.start()].strip()
            and not _MOVED.search(folded[: bare.start()])
            and not any(_NO_TITLE.search(folded[:end]) for end in bare.span(0)[:1] + bare.span(1)[:1])
        ):
            return Printed(spaced_number(bare[1]), bare.start(), len(text))
    return None


def cut_points(title: Text) -> tuple[Text, Decimal | None]:
    """A title without its points and what stands behind them, and the points."""
    found = printed_after(title.text)
    if found is None:
        return title, None
    return title[: found.start].strip().strip('：:，,、；;'), found.points
