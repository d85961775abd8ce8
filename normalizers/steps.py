"""The steps from a document to its catalogue. Importing this compiles the whole grammar."""

from __future__ import annotations

from dataclasses import replace

from extractors.document import Document
from extractors.spreading import Spread
from normalizers.assembly import indicator, responsibilities, table_rows
from normalizers.blocks import read_blocks
from normalizers.catalogue import Catalogue
from normalizers.checks import check
from normalizers.indicators import read_tables
from normalizers.meaning import read_meaning
from normalizers.notice import read_notice
from normalizers.passages import read_scopes
from normalizers.recognised import settle
from normalizers.stitch import stitch
from normalizers.text import clean_block
from normalizers.titles import read_titles


def normalize(document: Document, name: str, spread: Spread) -> Catalogue:
    """What `normalizers.normalize` promises."""
    document = stitch(document)
    texts = tuple(clean_block(block.text, at) for at, block in enumerate(document.blocks))
    titles = read_titles(document, texts)
    tables = settle(document, titles, read_tables(document, titles))
    lines = tuple(line for table in tables for line in table.lines)
    head = read_notice(document, texts, titles, [table.kind == 'scoring' for table in tables], name)
    blocks = read_blocks(document, texts, {*head.title_blocks, *(block for title in titles for block in title.blocks)})
    meaning = read_meaning(lines, tables, spread)
    catalogue = Catalogue(
        document=document,
        notice=head.notice,
        blocks=blocks,
        tables=table_rows(document, titles, tables),
        indicators=tuple(map(indicator, lines)),
        items=tuple(meaning.items),
        clauses=tuple(meaning.clauses),
        thresholds=tuple(meaning.thresholds),
        responsibilities=responsibilities(lines),
        amounts_seen=meaning.amounts_seen,
        amounts_held=meaning.amounts_seen - len(meaning.unheld),
    )
    if head.notice.kind == 'assessment':
        scopes = read_scopes(blocks, texts, tables, len(catalogue.clauses))
        catalogue = replace(catalogue, clauses=(*catalogue.clauses, *scopes))
    if head.notice.kind == 'summary':
        from normalizers.reports import read_report  # most papers are no reports: they need not load its grammar

        catalogue = replace(catalogue, facts=read_report(blocks, texts, head.notice.year))
    return replace(
        catalogue,
        findings=(
            *document.findings,
            *head.findings,
            *(found for table in tables for found in table.findings),
            *check(catalogue, lines, meaning),
        ),
    )
