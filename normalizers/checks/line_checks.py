"""Lines printed twice, numbers that jump, years that belong to another edition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kaohe.extractors.findings import Finding, finding
from kaohe.normalizers.catalogue import Catalogue, Indicator
from kaohe.normalizers.checks.finding_places import at_line, at_table, line_number
from kaohe.normalizers.text.dates import YearMatch, read_years
from kaohe.normalizers.text.folding import halfwidth, squeeze

# Titles and editions keep their year: 《…（2014年版）》, 〔2014〕77号.
_QUOTED = re.compile(r'《[^《》]*》|[〔\[(【][^〔〕\[\]()【】]*[〕\])】]')
# A year with which the assessed one is compared, or from which something holds, is not stale.
_COMPARED_BEFORE = re.compile(r'(?:自|从|比|较|与|和|同|于|以|超过|高于|低于|达到|截至|截止|对比|以来)\s*$')
_COMPARED_AFTER = re.compile(
    r'\s*度?\s*(?:\d{1,2}\s*月)?\s*(?:\d{1,2}\s*日)?\s*(?:以来|以后|之后|起|前|以前|之前|及|底|末|版|级|届|新|同期|的?基数|水平|相比|为基|实施|施行|印发|颁)'
)


def check_lines(catalogue: Catalogue) -> Iterator[Finding]:
    """``duplicate``, ``number.gap`` and ``year.stale``."""
    yield from _check_duplicates(catalogue)
    yield from _check_numbers(catalogue)
    yield from _check_years(catalogue)


def _check_duplicates(catalogue: Catalogue) -> Iterator[Finding]:
    seen: dict[tuple[object, ...], int] = {}
    for at, line in enumerate(catalogue.indicators):
        says = tuple(map(squeeze, (*line.path, '\n', line.name, line.requirement, line.criteria)))
        first = seen.setdefault((line.table, line.kind, line.points, says), at)
        if first != at and not _share_texts(line, catalogue.indicators[first]):
            yield at_line(finding('duplicate', other=line_number(catalogue, first)), catalogue, at)


def _share_texts(line: Indicator, other: Indicator) -> bool:
    """Whether all that two lines say is printed once, in cells merged over both."""
    mine, theirs = (
        {origin for origin in each.origins if origin.field in ('name', 'requirement', 'criteria')}
        for each in (line, other)
    )
    return bool(mine) and mine == theirs


def _check_numbers(catalogue: Catalogue) -> Iterator[Finding]:
    """Printed numbers go up by one, stay (one number for several lines), or begin again at 1."""
    last: tuple[int, int] | None = None
    for line in catalogue.indicators:
        if line.number is None or not line.number.isdecimal():
            continue
        here = (line.table, int(line.number))
        if last and last[0] == here[0] and here[1] > last[1] + 1:
            found = finding('number.gap', before=last[1], after=here[1])
            yield replace(at_table(found, catalogue, line.table), row=line.row_first, page=line.page)
        last = here


def _check_years(catalogue: Catalogue) -> Iterator[Finding]:
    year = catalogue.notice.year
    if year is None:
        return
    for at, line in enumerate(catalogue.indicators):
        stale = sorted({found.year for text in _texts(line) for found in _own_years(text) if found.last < year})
        for old in stale:
            yield at_line(finding('year.stale', old=old, year=year), catalogue, at)


def _own_years(text: str) -> Iterator[YearMatch]:
    """The years of a text that stand for the time of the matter itself."""
    years = read_years(text)
    if not years:
        return
    folded = halfwidth(text)
    quoted = [span.span() for span in _QUOTED.finditer(folded)]
    for found in years:
        inside = any(start <= found.start < end for start, end in quoted)
        compared = _COMPARED_BEFORE.search(folded[: found.start]) or _COMPARED_AFTER.match(folded, found.end)
        if not inside and not compared:
            yield found


def _texts(line: Indicator) -> tuple[str, ...]:
    return tuple(text for text in (line.name, line.requirement, line.criteria) if text)
