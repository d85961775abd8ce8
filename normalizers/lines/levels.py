"""Categories above a line: from section rows (`一、加强政治建设（8分）`) and from the columns of categories."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from kaohe.extractors.labels import first_of, marker, ordinal, worded
from kaohe.normalizers.columns.printed_points import cut_points
from kaohe.normalizers.text.cleaning import Text, one_line
from kaohe.normalizers.text.folding import halfwidth

# what stands behind a letter that counts; A型, B 类 and C级 are kinds
_TITLE = r'(?![型类级])[\u4e00-\u9fff]{2}'
# Rank by the style of the number before a category, highest first; the order of 《党政机关公文格式》.
_LABELS = (
    worded(2, r'[\u2160-\u216b]\s*-\s*\d{1,2}\s*[、.．:]?\s*'),
    worded(0, ordinal('部分', '篇', '章', '大项', '板块', '类') + r'\s*[、:.．]?\s*'),
    marker(1, 'han', r'\s*[、.．,:]\s*'),
    marker(1, 'roman', r'\s*[、.．,:]?\s*'),
    worded(2, ordinal('节', '项') + r'\s*[、:.．]?\s*'),
    # A 型肉毒素 is a name: behind a letter alone, a blank counts only where points end the title
    marker(1, 'letter', rf'(?:[、.．]\s*(?={_TITLE})|\s+(?={_TITLE}[^\n]*\d\s*分\s*\)?\s*$))'),
    marker(2, 'letter_counted', rf'(?:[、.．]\s*|\s+)(?={_TITLE})'),
    marker(2, 'han_bracketed', r'\s*[、.．:]?\s*'),
    marker(2, 'han_rounded', r'\s*[、.．:]?\s*'),
    marker(3, 'arabic', r'\s*[、.．](?!\d)\s*'),
    marker(4, 'dotted', r'[、.．]?\s*(?=[\u4e00-\u9fff])'),
    marker(4, 'lettered', r'[、.．]?\s*(?=[\u4e00-\u9fff])'),
    marker(4, 'arabic_bracketed', r'\s*[、.．:]?\s*'),
    marker(4, 'rounded', r'\s*[、.．:]?\s*'),
    marker(4, 'half_bracketed', r'\s*'),
    marker(5, 'circled', r'\s*[、.．]?\s*'),
)
# `（最高不超过5分）`, `（每项加1分，扣完为止）`: how the points of a category move
_RULE = re.compile(
    r'\((?=[^()]*(?:最高|最多|至多|不超过|不得超过|封顶|上限|为限|以内|扣完|±|[扣减加奖得计]\s*\d))[^()]*\d\s*分[^()]*\)\s*$'
)


@dataclass(frozen=True, slots=True)
class Level:
    """A category: its title without label and points, the points printed with it, and the rank of its label (0 is the highest).
    ``ruled``: a rule in brackets stood behind the title (最高不超过5分)."""

    title: Text
    points: Decimal | None = None
    rank: int | None = None
    ruled: bool = False


def cut_label(text: Text) -> tuple[Text, int | None]:
    """The text without the number before it (`一、`, `（二）`, `3.`), and the rank of the number's style."""
    folded = halfwidth(text.text)
    for known in _LABELS:
        found = known.pattern.match(folded)
        if found and found.end() < len(folded):
            return text[found.end() :], known.rank
    return text, None


def label_rank(text: str) -> int | None:
    """The rank of the number before a title, None where it has none."""
    folded = halfwidth(text).strip()
    known = first_of(_LABELS, folded)
    return known[0] if known else None


def read_level(text: Text) -> Level:
    """The category that a cell or a section row names."""
    bare, rank = cut_label(one_line(text))
    title, points = cut_points(bare)
    rest = cut_rule(title) if points is None else None
    return Level(rest, None, rank, ruled=True) if rest else Level(title, points, rank)


def cut_rule(title: Text) -> Text | None:
    """The title without the rule in brackets behind it (加分项目（最多加10分）); None where none stands there."""
    rule = _RULE.search(halfwidth(title.text))
    return title[: rule.start()].strip() or None if rule else None


class Sections:
    """The section rows above the present row: a new one ends those of its rank and below."""

    def __init__(self) -> None:
        self._open: list[Level] = []
        self._fresh = False

    @property
    def path(self) -> tuple[Level, ...]:
        """The sections that hold the present row, from the highest down."""
        return tuple(self._open)

    def enter(self, level: Level) -> None:
        """A section row. Without a number it replaces all, unless it follows another section row directly: then it stands under it."""
        if level.rank is None:
            if not self._fresh:
                self._open.clear()
        else:
            rank = level.rank
            while self._open and (self._open[-1].rank is None or self._open[-1].rank >= rank):
                self._open.pop()
        self._open.append(level)
        self._fresh = True

    def line(self) -> None:
        """A line was read under the sections."""
        self._fresh = False
