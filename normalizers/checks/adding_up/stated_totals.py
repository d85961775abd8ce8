"""A total that only the running text states (考核总分100分), against the sum of the one table it can speak of."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from decimal import Decimal

from kaohe.extractors.findings import Finding, finding
from kaohe.normalizers.catalogue import Catalogue, Indicator
from kaohe.normalizers.checks.adding_up.sums import blamed
from kaohe.normalizers.checks.finding_places import number
from kaohe.normalizers.lines.evidence.proof import printed_sums
from kaohe.normalizers.text.folding import halfwidth
from kaohe.normalizers.text.numbers import parse_number

# 考核总分100分, 满分为100分, 总分值：100分; a total of one paper, one part, one judge is another
_STATED = re.compile(
    r'(?<![单每各该本分子小])(?:总分|满分|总计分)值?\s*(?:为|是|共|计|设为|设定为)?\s*[:,]?\s*(\d+(?:\.\d+)?)\s*分'
    r'(?!\s*[)\]]?\s*(?:以[上下]|及以|\(含|[-~—至]|的\s*(?:为|得|评))|钟|之)'
)
# where points are converted, weighed or counted by several, the table's sum need not be the total
_CONVERTED = re.compile(
    r'折算|折合|换算|折成|加权|权重|占比|占\s*(?:总分的?\s*)?\d|×|\*|%|平均|卷面|试卷|问卷|笔试|面试|答辩'
)
_AMOUNT = re.compile(r'(?<![\d.])(\d+(?:\.\d+)?)\s*分(?!钟)')
_OF_A_PART = re.compile(r'每|各|单项|分项|该项|本项|其中|部分|评委|人员|科目|模块')


def check_stated_totals(catalogue: Catalogue, doubted: Container[int | None] = ()) -> Iterator[Finding]:
    """``total.sum`` of a notice that has one table of lines, prints no total with it and states one, always the same, in its text. ``doubted`` as for
    ``check_sums``."""
    scored = {line.table for line in catalogue.indicators}
    if len(scored) != 1:
        return
    (at,) = scored
    lines = [*enumerate(catalogue.indicators)]
    if catalogue.tables[at].total_points is not None or not _all_pointed(catalogue.indicators):
        return
    texts = [halfwidth(block.text) for block in catalogue.blocks if block.kind not in ('table', 'furniture')]
    stated = dict(_stated(texts))
    if len(stated) != 1:
        return
    ((total, words),) = stated.items()
    sums = printed_sums(total, lines)
    failed = next((found for found in sums if found.name is None and not found.holds), None)
    if failed is None or _stands_elsewhere(texts, total - failed.reached):
        return
    told = finding('total.sum', printed=number(total), sum=number(failed.reached), bonus=f'（总分见正文“{words}”）')
    yield blamed(told, failed, sums, catalogue, at, doubted)


def _stands_elsewhere(texts: Sequence[str], rest: Decimal) -> bool:
    """Whether the text prints the points that the table lacks: 考核总分100分，由日常考核（80分）和年终考核（20分）组成."""
    return rest > 0 and any(parse_number(found) == rest for text in texts for found in _AMOUNT.findall(text))


def _all_pointed(lines: Sequence[Indicator]) -> bool:
    return all(line.points is not None for line in lines if line.kind == 'scored')


def _stated(texts: Sequence[str]) -> Iterator[tuple[Decimal, str]]:
    """The totals that the text states, each with its words; none of a text that converts points."""
    if any(_CONVERTED.search(text) for text in texts if '分' in text):
        return
    for text in texts:
        for found in _STATED.finditer(text):
            before = re.split(r'[。;；\n]', text[: found.start()])[-1]
            if not _OF_A_PART.search(before) and (total := parse_number(found.group(1))):
                yield total, found.group().strip()
