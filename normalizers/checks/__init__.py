"""What looks wrong once a notice is read: sums that do not add up, lines printed twice, bands with holes, stale years."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.findings import Finding
from normalizers.catalogue import Catalogue
from normalizers.checks.bands import check_bands
from normalizers.checks.clauses import check_clauses
from normalizers.checks.lines import check_lines
from normalizers.checks.prose import check_prose
from normalizers.checks.reading import check_reading
from normalizers.checks.recognition import check_recognition
from normalizers.checks.sums import check_sums
from normalizers.lines import Line
from normalizers.meaning import Meaning


def check(catalogue: Catalogue, lines: Sequence[Line], meaning: Meaning) -> tuple[Finding, ...]:
    """All findings of the checks, by family. ``lines`` are those of which the catalogue's indicators were made, ``meaning`` what the
    grammar read in them."""
    return (
        *check_reading(catalogue, lines, meaning.unheld, meaning.mended),
        *check_prose(catalogue),
        *check_recognition(catalogue, lines),
        *check_sums(catalogue),
        *check_lines(catalogue),
        *check_clauses(catalogue),
        *check_bands(catalogue),
    )
