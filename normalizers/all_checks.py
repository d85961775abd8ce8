"""What looks wrong once a notice is read: sums that do not add up, lines printed twice, bands with holes, stale years."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kaohe.extractors.findings import Finding
from kaohe.normalizers.catalogue import Catalogue, TableRow
from kaohe.normalizers.checks.adding_up.stated_totals import check_stated_totals
from kaohe.normalizers.checks.adding_up.sums import check_sums, lines_by_table
from kaohe.normalizers.checks.bands import check_bands
from kaohe.normalizers.checks.clause_checks import check_clauses
from kaohe.normalizers.checks.line_checks import check_lines
from kaohe.normalizers.checks.plugin_checks import check_plugins
from kaohe.normalizers.checks.prose_checks import check_prose
from kaohe.normalizers.checks.reading_doubts import check_reading
from kaohe.normalizers.checks.recognised_numbers import check_recognition
from kaohe.normalizers.checks.sense_checks import check_sense
from kaohe.normalizers.lines.evidence.proof import proof_of
from kaohe.normalizers.lines.line import Line
from kaohe.normalizers.meaning import Meaning


def check(catalogue: Catalogue, lines: Sequence[Line], meaning: Meaning) -> tuple[Finding, ...]:
    """All findings of the checks, by family. ``lines`` are those of which the catalogue's indicators were made, ``meaning`` what the
    grammar read in them."""
    reading = tuple(check_reading(catalogue, lines, meaning.unheld, meaning.mended))
    doubted = frozenset(found.table for found in reading)
    return (
        *reading,
        *check_sense(catalogue),
        *check_prose(catalogue),
        *check_recognition(catalogue, lines),
        *check_sums(catalogue, doubted),
        *check_stated_totals(catalogue, doubted),
        *check_lines(catalogue),
        *check_clauses(catalogue, meaning.undecided),
        *check_bands(catalogue),
        *check_plugins(catalogue),
    )


def proved(catalogue: Catalogue, findings: Sequence[Finding]) -> tuple[TableRow, ...]:
    """The tables, each with what its printed sums say of how it was read. ``findings`` are all that were made."""
    doubted = {found.table for found in findings if found.about == 'reading' and found.severity != 'info'}
    tables = list(catalogue.tables)
    for at, lines in lines_by_table(catalogue):
        tables[at] = replace(tables[at], proof=proof_of(tables[at], lines, at in doubted))
    return tuple(tables)
