"""The steps from a document to its catalogue. Importing this compiles the whole grammar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kaohe.extractors.document import Document
from kaohe.extractors.parallel import Spread
from kaohe.normalizers.all_checks import check, proved
from kaohe.normalizers.articles.placing import place_articles
from kaohe.normalizers.catalogue import Catalogue
from kaohe.normalizers.checks.adding_up.points_ledger import read_ledger
from kaohe.normalizers.checks.adding_up.sums import settled
from kaohe.normalizers.lines.assembly import indicator, responsibilities, table_rows
from kaohe.normalizers.lines.evidence.side_pages import with_side_pages
from kaohe.normalizers.lines.recognised_points import judge_points
from kaohe.normalizers.lines.scoring_tables import read_tables
from kaohe.normalizers.lines.table_titles import read_titles
from kaohe.normalizers.meaning import read_meaning
from kaohe.normalizers.notice.acted_on import acted_on
from kaohe.normalizers.notice.assumed_titles import with_assumed
from kaohe.normalizers.notice.block_kinds import read_blocks
from kaohe.normalizers.notice.letterhead import read_head
from kaohe.normalizers.notice.reader import is_report, read_notice
from kaohe.normalizers.notice.scopes import read_scopes
from kaohe.normalizers.stitching.one_or_two import one_or_two
from kaohe.normalizers.stitching.spaced_tables import with_spaced
from kaohe.normalizers.stitching.table_parts import stitch
from kaohe.normalizers.stitching.text_columns import as_text
from kaohe.normalizers.stitching.turned_tables import with_turned
from kaohe.normalizers.text.cleaning import clean_block
from kaohe.normalizers.text.own_furniture import with_own_furniture


def normalize(document: Document, name: str, spread: Spread, unchecked: Callable[[Catalogue], None]) -> Catalogue:
    """What `kaohe.normalizers.normalize` promises."""
    document = one_or_two(with_spaced(as_text(with_own_furniture(stitch(with_turned(document))))))
    texts = tuple(clean_block(block.text, at) for at, block in enumerate(document.blocks))
    document, articles = place_articles(document, texts, reports=is_report(str(read_head(document, texts).title)))
    titles = tuple(
        articles[at].title if at in articles else title for at, title in enumerate(read_titles(document, texts))
    )
    drawn = with_side_pages(document, judge_points(document, titles, read_tables(document, titles)))
    tables = tuple(articles[read.table].read() if read.table in articles else read for read in drawn)
    lines = tuple(line for table in tables for line in table.lines)
    head = read_notice(document, texts, titles, [bool(table.lines) for table in tables], name)
    titles, assumed = with_assumed(titles, document, tables, head.notice)
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
    )
    if head.notice.kind != 'summary':
        read = {block for part in articles.values() for block in part.blocks}
        ruled = {title.ruled: at for at, title in enumerate(titles) if title.ruled is not None and tables[at].lines}
        scopes = read_scopes(blocks, texts, tables, read, ruled, len(catalogue.clauses))
        catalogue = replace(catalogue, clauses=(*catalogue.clauses, *acted_on(catalogue, tables, scopes)))
    if head.notice.kind == 'summary':
        from kaohe.normalizers.report_facts import (
            read_report,  # most papers are no reports: they need not load its grammar
        )

        catalogue = replace(catalogue, facts=read_report(blocks, texts, head.notice.year))
    unchecked(catalogue)
    findings = (
        *document.findings,
        *head.findings,
        *assumed,
        *(found for table in tables for found in table.findings),
        *check(catalogue, lines, meaning),
    )
    ledger = read_ledger(catalogue, tables, findings)
    findings = (*settled(findings, ledger.findings), *ledger.findings)
    return replace(
        catalogue,
        findings=findings,
        tables=proved(catalogue, findings),
        amounts_seen=ledger.seen,
        amounts_held=ledger.placed,
    )
