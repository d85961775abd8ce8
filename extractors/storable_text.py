"""Characters that are none: halves of characters, and signs that nobody sees and no database or page keeps."""

from __future__ import annotations

import re
from dataclasses import replace

from kaohe.extractors.document import Block, Document, Table
from kaohe.extractors.findings import finding

_NONE = re.compile('[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]')
_HALF = re.compile('[\ud800-\udfff]')


def storable(document: Document) -> Document:
    """The document without what is no character: half a character, which cannot be read, reads ``\\ufffd``, with a finding; control
    characters, which stand for nothing that is seen, go."""
    if not any(_NONE.search(text) for text in _texts(document)):
        return document
    halves = sum(len(_HALF.findall(text)) for text in _texts(document))
    changed = replace(
        document,
        blocks=tuple(_clean_block(block) for block in document.blocks),
        tables=tuple(_clean_table(table) for table in document.tables),
    )
    return changed.complain(finding('part.unreadable', detail=f'{halves} 个残缺的字')) if halves else changed


def _texts(document: Document) -> list[str]:
    labels = [block.label for block in document.blocks if block.label]
    sheets = [table.sheet for table in document.tables if table.sheet]
    return [*document.texts(), *labels, *sheets]


def _clean(text: str) -> str:
    return _NONE.sub('', _HALF.sub('\ufffd', text))


def _clean_block(block: Block) -> Block:
    return replace(block, text=_clean(block.text), label=None if block.label is None else _clean(block.label))


def _clean_table(table: Table) -> Table:
    cells = tuple(replace(cell, text=_clean(cell.text)) for cell in table.cells)
    return replace(table, cells=cells, sheet=None if table.sheet is None else _clean(table.sheet))
