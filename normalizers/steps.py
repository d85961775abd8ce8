"""The steps from a document to its catalogue. Importing this compiles the whole grammar."""

from __future__ import annotations

from dataclasses import replace

from kaohe.extractors.document import Document
from kaohe.extractors.parallel import Spread
from kaohe.normalizers.catalogue import Catalogue
from kaohe.normalizers.checks import check
from kaohe.normalizers.lines.assembly import indicator, responsibilities, table_rows
from kaohe.normalizers.lines.recognised_points import judge_points
from kaohe.normalizers.lines.scoring_tables import read_tables
from kaohe.normalizers.lines.table_titles import read_titles
from kaohe.normalizers.meaning import read_meaning
from kaohe.normalizers.notice.block_kinds import read_blocks
from kaohe.normalizers.notice.reader import read_notice
from kaohe.normalizers.notice.scopes import read_scopes
from kaohe.normalizers.stitching.table_parts import stitch
from kaohe.normalizers.text.cleaning import clean_block


def normalize(document: Document, name: str, spread: Spread) -> Catalogue:
    """What `kaohe.normalizers.normalize` promises."""
    document = stitch(document)
    texts = tuple(clean_block(block.text, at) for at, block in enumerate(document.blocks))
    titles = read_titles(document, texts)
    tables = judge_points(document, titles, read_tables(document, titles))
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
        from kaohe.normalizers.report_facts import (
            read_report,  # most papers are no reports: they need not load its grammar
        )

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
