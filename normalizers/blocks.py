"""What each block of the notice is: title, heading, paragraph, note, table or page furniture."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from extractors.document import Document
from normalizers.catalogue import BlockKind, BlockRow
from normalizers.headings import Label, is_attachment, read_label
from normalizers.headlines import LineKind, line_kind
from normalizers.text import Text

# A heading stands on one line; what is longer is a paragraph that begins with a number.
_LONGEST_HEADING = 50


def read_blocks(document: Document, texts: Sequence[Text], titles: Collection[int]) -> tuple[BlockRow, ...]:
    """One row for each block. ``titles`` are the indexes of the blocks that the titles of the notice and of its tables were read from."""
    rows: list[BlockRow] = []
    noting = False
    for at, block in enumerate(document.blocks):
        text = texts[at].text
        label = read_label(text) if block.kind == 'paragraph' else None
        # below a table or a note, numbered lines are notes until something else begins
        noting = _still_noting(noting, block.kind, text, label)
        kind = _kind(block.kind, text, label, is_title=at in titles, noting=noting)
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


def _still_noting(noting: bool, kind: str, text: str, label: Label | None) -> bool:
    if kind == 'table':
        return True
    if kind == 'furniture' or not text:
        return noting
    if line_kind(text) is LineKind.NOTE:
        return True
    is_section = label is not None and (is_attachment(label) or label.level <= 2)
    return noting and not is_section and line_kind(text) in (LineKind.BODY, LineKind.HEADING)


def _kind(drawn: str, text: str, label: Label | None, *, is_title: bool, noting: bool) -> BlockKind:
    if drawn == 'table' or drawn == 'furniture':
        return drawn  # type: ignore[return-value]  # mypy does not narrow a str by ==
    if is_title:
        return 'title'
    if noting and text:
        return 'note'
    if line_kind(text) is LineKind.ATTACHMENT or (label and label.level == 1 and len(text) <= _LONGEST_HEADING):
        return 'heading'
    if label and line_kind(text) is LineKind.HEADING and len(text) <= _LONGEST_HEADING:
        return 'heading'
    return 'paragraph'
