"""What each block of the notice is: title, heading, paragraph, note, table or page furniture."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from kaohe.extractors.document import Document
from kaohe.extractors.labels import FIRST
from kaohe.normalizers.catalogue import BlockKind, BlockRow
from kaohe.normalizers.text.cleaning import Text
from kaohe.normalizers.text.folding import halfwidth
from kaohe.normalizers.text.heading_labels import HeadingLabel, is_attachment, read_label
from kaohe.normalizers.text.line_kinds import LineKind, is_finished, is_organisation, line_kind

# A heading stands on one line; what is longer is a paragraph that begins with a number.
_LONGEST_HEADING = 50
# The title of a part (its own plan, an annex) takes at most so many lines.
_MOST_LINES = 3
# Notes below a table are counted from one.
_FIRST = re.compile(rf'\s*{FIRST}')


def read_blocks(document: Document, texts: Sequence[Text], titles: Collection[int]) -> tuple[BlockRow, ...]:
    """One row for each block. ``titles`` are the indexes of the blocks that the titles of the notice and of its tables were read from."""
    titles = {*titles, *_inner_titles(document, texts)}
    rows: list[BlockRow] = []
    below: LineKind | None = None
    for at, block in enumerate(document.blocks):
        text = texts[at].text
        label = read_label(text) if block.kind == 'paragraph' else None
        below = _goes_under(below, block.kind, text, label)
        kind: BlockKind
        if block.kind != 'paragraph':
            kind = block.kind
        elif at in titles:
            kind = 'title'
        elif below is LineKind.NOTE and text:
            kind = 'note'
        elif below is LineKind.ATTACHMENT:
            kind = 'paragraph'
        else:
            kind = 'heading' if _is_heading(text, label) else 'paragraph'
        rows.append(
            BlockRow(
                kind=kind,
                text=block.text,
                level=block.level or (label.level if label and kind == 'heading' else None),
                label=block.label or (label.text if label else None),
                page=block.page,
                table=block.table,
            )
        )
    return tuple(rows)


def _goes_under(below: LineKind | None, kind: str, text: str, label: HeadingLabel | None) -> LineKind | None:
    """Whether the block goes on with notes (below a table, or below 注：) or with a list of annexes (附件：1.…), by what stood before it."""
    if kind == 'table':
        return LineKind.TABLE
    if kind == 'furniture' or not text:
        return below
    line = line_kind(text)
    if line is LineKind.NOTE:
        return LineKind.NOTE
    if label and is_attachment(label):
        # 附件：1.… lists the annexes, 附件 4 heads one of them
        return LineKind.ATTACHMENT if re.match(r'附\s*[件表录]\s*[:：]', text) else None
    if below is LineKind.TABLE:
        return LineKind.NOTE if label and label.level > 2 and _FIRST.match(halfwidth(text)) else None
    if below is LineKind.ATTACHMENT:
        return below if label else None
    section = label is not None and (label.level <= 2 or label.text[0] == '第')
    return below if below and not section and (label or line is LineKind.BODY) else None


def _is_heading(text: str, label: HeadingLabel | None) -> bool:
    if label is None or len(text) > _LONGEST_HEADING:
        return False
    return label.level == 1 or line_kind(text) is LineKind.HEADING


def _inner_titles(document: Document, texts: Sequence[Text]) -> Iterator[int]:
    """The blocks of titles within the paper: lines that are no sentences, follow one another and end together as titles do."""
    run: list[int] = []
    for at, block in enumerate(document.blocks):
        text = texts[at].text
        if block.kind == 'paragraph' and not text:
            continue
        if block.kind == 'paragraph' and line_kind(text) is LineKind.TITLE and not is_organisation(text):
            run.append(at)
            if len(run) <= _MOST_LINES and is_finished(''.join(texts[i].text for i in run)):
                yield from run
                run = []
        elif block.kind != 'furniture':
            run = []
