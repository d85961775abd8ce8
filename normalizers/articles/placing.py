"""Puts the parts that score among the tables of the document, where they stand in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kaohe.extractors.document import Document, Table
from kaohe.normalizers.articles.article_lines import lines_of
from kaohe.normalizers.articles.outline import Node, read_outline
from kaohe.normalizers.articles.parts import scoring_parts
from kaohe.normalizers.lines.levels import cut_rule
from kaohe.normalizers.lines.line import Line, TableRead
from kaohe.normalizers.lines.line_effect import count_lines
from kaohe.normalizers.lines.line_numbers import cut_numbers
from kaohe.normalizers.lines.table_titles import TableTitle, cut_total, title_line
from kaohe.normalizers.stitching.counted_anew import FURTHER, with_tables
from kaohe.normalizers.text.cleaning import Text


@dataclass(frozen=True, slots=True)
class Articles:
    """A part that scores as a table without cells: its title and its lines."""

    title: TableTitle
    lines: tuple[Line, ...]

    def read(self) -> TableRead:
        """The part as a table that was read."""
        lines = cut_numbers(self.lines)
        return TableRead(lines[0].table, 'articles', (), count_lines(lines, self.title.total_points))

    @property
    def blocks(self) -> frozenset[int]:
        """The blocks that its lines are read from."""
        return frozenset(
            origin.block
            for line in self.lines
            for text in (line.number, line.name, line.requirement, line.criteria, line.points_source)
            if text
            for origin in text.origins('text')
            if origin.block is not None
        )


def place_articles(document: Document, texts: Sequence[Text], *, reports: bool) -> tuple[Document, dict[int, Articles]]:
    """The document with an empty table for each part of its text that scores, in the order of reading, and what each of them holds by
    the table's index. ``texts`` are the cleaned texts of its blocks; what was reached in a paper that ``reports`` scores nothing."""
    found: list[tuple[int, Articles]] = []
    for part in () if reports else scoring_parts(read_outline(document.blocks, texts)):
        title = _title(part.heading)
        lines = lines_of(part, 0, title.title)
        blocks = [line.block for line in lines if line.block is not None]
        if lines and blocks:
            found.append((min(blocks), Articles(title, lines)))
    if not found:
        return document, {}
    return _inserted(document, found)


def _title(heading: Node | None) -> TableTitle:
    if heading is None:
        return TableTitle()
    title, total = cut_total(title_line(heading.text))
    title = title.strip('：:。；; ')
    title = (cut_rule(title) if total is None else None) or title  # the heading itself is read as prose
    return TableTitle(
        title=title.text or None,
        total_points=total.points if total else None,
        origins=(*title.origins('title'), *(total.text.origins('total_points') if total else ())),
    )


def _inserted(document: Document, found: Sequence[tuple[int, Articles]]) -> tuple[Document, dict[int, Articles]]:
    """The tables counted anew with the articles among them."""
    counted, indexes = with_tables(document, [(at, Table(FURTHER, 0, 0, ())) for at, _ in found])
    articles = {
        index: replace(one, lines=tuple(replace(line, table=index) for line in one.lines))
        for index, (_, one) in zip(indexes, found, strict=True)
    }
    return counted, articles
