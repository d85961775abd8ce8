"""The numbers that stand before headings: 第一章, 一、, （一）, 1., （1）, ①, 附件1."""

from __future__ import annotations

from dataclasses import dataclass

from kaohe.extractors.labels import NUMERAL, first_of, marker, ordinal, worded
from kaohe.normalizers.text.cleaning import Text
from kaohe.normalizers.text.folding import halfwidth

# Level by style, highest first, as 《党政机关公文格式》 7.3.3 orders them: 一、 then （一） then 1. then （1）.
_STYLES = (
    worded(1, rf'附\s*[件表录]\s*(?:{NUMERAL}(?:\s*[-.]\s*\d{{1,2}})?(?!\d)|(?![\u4e00-\u9fff\d]))\s*[:、.]?'),
    worded(1, rf'表\s*[A-Za-z]?{NUMERAL}(?:\s*[-.]\s*\d{{1,2}})?\s*(?:[:、.]|$|(?<=[\d一二三四五六七八九十])\s)'),
    worded(1, ordinal('编', '篇', '章', '部分')),
    worded(2, ordinal('节')),
    worded(3, ordinal('条')),
    marker(1, 'han', r'\s*[、.．,]'),
    marker(1, 'han', r'[ \u3000]+(?=[\u4e00-\u9fff（）()A-Z0-9]{2,20}\s*$)'),
    marker(1, 'roman', r'\s*[、.．,]'),
    marker(2, 'han_bracketed', r'\s*[、.]?'),
    marker(2, 'han_rounded', r'\s*[、.]?'),
    marker(3, 'arabic', r'\s*(?:[、．]|\.(?!\d)|,(?!\d))'),
    marker(4, 'dotted', r'\.?(?=\s*[\u4e00-\u9fff])(?!\s*[分万亿元倍个年月日次岁级名例米吨小天])'),
    marker(4, 'lettered', r'(?=\s*[\u4e00-\u9fff])'),
    marker(4, 'arabic_bracketed', r'\s*[、.]?'),
    marker(4, 'rounded', r'\s*[、.]?'),
    marker(4, 'half_bracketed'),
    marker(5, 'circled'),
)


@dataclass(frozen=True, slots=True)
class HeadingLabel:
    """The number before a heading or paragraph: ``text`` as printed; ``end`` is where the words begin; 1 is the highest level."""

    text: str
    level: int
    end: int


def read_label(text: str) -> HeadingLabel | None:
    """The label at the start of ``text`` (white space before it allowed), None where there is none."""
    folded = halfwidth(text)
    start = len(folded) - len(folded.lstrip())
    if (known := first_of(_STYLES, folded, start)) is not None:
        level, found = known
        end = found.end() + len(folded[found.end() :]) - len(folded[found.end() :].lstrip())
        return HeadingLabel(text[start : found.end()].strip(), level, end)
    return None


def without_labels(text: Text) -> Text:
    """The words behind the labels at the start: 商务评分表 of ``3.1 附表1：商务评分表``."""
    while (label := read_label(text.text)) is not None and label.end < len(text):
        text = text[label.end :]
    return Text() if label else text


def is_attachment(label: HeadingLabel) -> bool:
    """Whether the label counts the parts of a bundle (附件1, 附表二, 表一), not the sections of a text."""
    return label.text[0] in '附表'
