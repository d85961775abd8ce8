"""Titles of tables over which none is printed: the notice's for its articles, the worksheet's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kaohe.extractors.document import Document
from kaohe.extractors.findings import Finding, finding
from kaohe.normalizers.catalogue import Notice
from kaohe.normalizers.lines.line import TableRead
from kaohe.normalizers.lines.table_titles import TableTitle, cut_total
from kaohe.normalizers.text.cleaning import SourceRun, Text

# what a program calls a worksheet by itself
_UNNAMED = re.compile(r'(?:sheet|工作表|表|表格)?\s*\(?\d*\)?', re.IGNORECASE)


def with_assumed(
    titles: Sequence[TableTitle], document: Document, tables: Sequence[TableRead], notice: Notice
) -> tuple[tuple[TableTitle, ...], tuple[Finding, ...]]:
    """The titles with those of scored tables filled in where nothing is printed, and what was assumed."""
    found: list[TableTitle] = []
    assumed: list[Finding] = []
    for title, drawn, read in zip(titles, document.tables, tables, strict=True):
        sheet = (drawn.sheet or '').strip()
        if title.title is None and read.kind == 'articles':
            origins = tuple(origin for origin in notice.origins if origin.field == 'title')
            title = replace(title, title=notice.title, origins=(*title.origins, *origins))
        elif title.title is None and read.lines and sheet and not _UNNAMED.fullmatch(sheet):
            named, total = cut_total(Text([SourceRun(sheet)]))
            printed = title.total_points if title.total_points is not None or total is None else total.points
            title = replace(title, title=named.text, total_points=printed)
            assumed.append(replace(finding('table.sheet_name', title=named.text), table=drawn.index))
        found.append(title)
    return tuple(found), tuple(assumed)
