"""Lines that the house calls furniture: printed on many papers, and no part of what a notice says."""

from __future__ import annotations

import re
from dataclasses import replace

from kaohe.extractors.document import Document
from kaohe.normalizers.text.folding import halfwidth, squeeze
from kaohe.normalizers.vocabulary.house_vocabulary import own

_LINES = tuple(
    re.compile('.*'.join(re.escape(halfwidth(squeeze(part))) for part in line.split('*')))
    for line in own('页眉页脚', 'lines')
)


def is_own_furniture(text: str) -> bool:
    """Whether a whole text is such a line; ``*`` in a line stands for anything."""
    if not _LINES:
        return False
    folded = halfwidth(squeeze(text))
    return any(line.fullmatch(folded) for line in _LINES)


def with_own_furniture(document: Document) -> Document:
    """The document, with those paragraphs as page furniture."""
    if not _LINES:
        return document
    blocks = tuple(
        replace(block, kind='furniture') if block.kind == 'paragraph' and is_own_furniture(block.text) else block
        for block in document.blocks
    )
    return replace(document, blocks=blocks)
