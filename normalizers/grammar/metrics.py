"""What a number measures: the shortest noun phrase beside it."""

from __future__ import annotations

import re

from normalizers.vocabulary import targets as words

_BREAK = re.compile(r'[。;,:!?\n]')
_LABEL = re.compile(
    r'^\s*(?:\(?\d{1,2}[)、.．]|[①-⑳]|\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+、|\d{1,2}\)|、|和|及)\s*'
)
_TRAILING = re.compile(
    r'(?:力争|争取|应|须|需|要|必须|均|都|分别|达|达到|控制|实现|完成|保持|为|是|的|不|原则上|年度|全年|年内|每年|每月|每季度|每半年|\s)+$'
)
_LEADING = re.compile(
    r'^(?:确保|力争|争取|做到|实现|完成|积极|努力|全面|进一步|继续|切实|严格|年内|全年|每年|每月|每季度|每半年|\s)+'
)
_BASIS = re.compile(words.BASIS)
_AFTER_END = re.compile(r'[。;,:!?、()\n]|得(?=\d|满|全|分)|扣|记\d|的(?=[,。;]|$)')
_AFTER_LEAD = re.compile(r'^(?:的|召开|开展|组织|安排|举行|进行|对)+')


def metric_before(text: str, barrier: int, end: int) -> tuple[str | None, int]:
    """The metric that ends before ``end`` and begins at or after ``barrier``, and where it starts; (None, end) where there is none."""
    stop = end
    while stop > barrier:
        begin = max((m.end() for m in _BREAK.finditer(text, barrier, stop)), default=barrier)
        piece = text[begin:stop]
        while label := _LABEL.match(piece):
            piece = piece[label.end() :]
        piece = _TRAILING.sub('', piece)
        lead = _LEADING.match(piece)
        if lead:
            piece = piece[lead.end() :]
        clean = _BASIS.sub('', piece).strip()
        if len(clean) > 1:
            return clean, text.index(piece, begin)
        if begin <= barrier:
            break
        stop = begin - 1
    return None, end


def metric_after(text: str, start: int) -> tuple[str | None, int]:
    """The metric that follows a quantity, and where it ends."""
    stop = _AFTER_END.search(text, start)
    end = stop.start() if stop else len(text)
    piece = _AFTER_LEAD.sub('', text[start:end])
    return (piece, end) if len(piece) > 1 else (None, start)
