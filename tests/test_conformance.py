"""One notice, every kind of file: the catalogue is the same, and it is what the notice was written to say."""

from __future__ import annotations

import importlib.util
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from kaohe.extractors import optional
from kaohe.extractors.zip.archive import read_member
from kaohe.normalizers.catalogue import Catalogue
from kaohe.normalizers.text.folding import squeeze
from kaohe.pipeline.readers.reading import catalogue_of
from tools.samples.conformance import FOLDER
from tools.samples.model import Line, Sample
from tools.samples.notices import CLEAN_HOSPITAL, INSPECTION, REPORT, SAMPLES
from tools.samples.ofd import ofd
from tools.samples.pdf import pdf
from tools.samples.sheet import xlsx
from tools.samples.text import dumped, piped
from tools.samples.web import html
from tools.samples.word import word

OCR = importlib.util.find_spec('rapidocr') is not None
IDS = ['responsibility', 'clean', 'inspection', 'tasks', 'school', 'report', 'faulty']
# Pages so high that breaks fall anywhere: between rows, inside them, below the header.
HEIGHTS = (842, 700, 613, 555, 487, 421, 377, 333, 300)


@dataclass(frozen=True)
class Told:
    """What a catalogue tells of a notice, without where it stands in its file."""

    notice: tuple[object, ...]
    tables: tuple[tuple[object, ...], ...]
    lines: tuple[tuple[object, ...], ...]
    duties: frozenset[tuple[object, ...]]
    clauses: tuple[tuple[object, ...], ...]
    thresholds: tuple[tuple[object, ...], ...]
    facts: tuple[tuple[object, ...], ...]


def told(catalogue: Catalogue) -> Told:
    notice = catalogue.notice
    return Told(
        notice=(notice.kind, notice.title, notice.issuer, notice.doc_number, notice.issued_on, notice.year),
        tables=tuple((x.title, x.total_points) for x in catalogue.tables if x.kind == 'scoring'),
        lines=tuple(
            (x.key, x.kind, x.counts_to_total, x.level1, x.level1_points, x.level2, x.level2_points, x.number, x.points)
            for x in catalogue.indicators
        ),
        duties=frozenset((x.indicator, x.role, x.party) for x in catalogue.responsibilities),
        clauses=tuple(
            (
                x.scope,
                x.indicator,
                x.field,
                x.effect,
                x.points,
                x.per_quantity,
                x.per_unit,
                x.cap,
                x.item,
                squeeze(x.text),
            )
            for x in catalogue.clauses
        ),
        thresholds=tuple(
            (x.indicator, x.field, x.metric, x.comparator, x.value, x.value_high, x.unit, x.period)
            for x in catalogue.thresholds
        ),
        facts=tuple((x.metric, x.value, x.unit, x.change, x.change_value) for x in catalogue.facts),
    )


@cache
def _standards() -> dict[str, Told]:
    return {sample.name: told(catalogue_of(word(sample), f'{sample.name}.docx')) for sample in SAMPLES}


def standard(sample: Sample) -> Told:
    """What the Word file tells."""
    return _standards()[sample.name]


def committed(suffix: str) -> Callable[[Sample], bytes]:
    """The file of a sample that stands in tests/conformance."""
    return lambda sample: (FOLDER / f'{sample.name}{suffix}').read_bytes()


FORMATS: dict[str, Callable[[Sample], bytes]] = {
    'notice.doc': committed('.doc'),
    'office.pdf': committed('.pdf'),
    'drawn.pdf': pdf,
    'drawn.ofd': ofd,
    'book.xlsx': xlsx,
    'page.html': html,
    'gbk.html': lambda sample: html(sample, 'gb18030'),
    'dump.txt': lambda sample: dumped(sample).encode(),
    'gbk.txt': lambda sample: dumped(sample).encode('gb18030'),
    'pipes.md': lambda sample: piped(sample).encode(),
}


@pytest.mark.parametrize('sample', SAMPLES, ids=IDS)
def test_the_word_file_tells_what_the_notice_was_written_to_say(sample: Sample) -> None:
    catalogue = catalogue_of(word(sample), f'{sample.name}.docx')
    notice = (sample.kind, sample.title, sample.issuer or None, sample.doc_number, sample.issued_on, sample.year)
    assert standard(sample).notice == notice
    assert standard(sample).tables == tuple((table.title, table.total) for table in sample.tables)
    assert [(x.kind, x.level1, x.level1_points, x.level2, x.level2_points) for x in catalogue.indicators] == [
        (x.kind, x.level1.name, x.level1.points, x.level2 and x.level2.name, x.level2 and x.level2.points)
        for x in sample.lines
    ]
    assert [(x.number, x.name, x.requirement, x.criteria, x.points) for x in catalogue.indicators] == [
        (x.number, x.name, x.requirement, x.criteria, x.points) for x in sample.lines
    ]
    assert standard(sample).duties == frozenset(
        (at, role, party)
        for at, x in enumerate(sample.lines)
        for role, parties in x.duties.items()
        for party in parties
    )
    assert [clauses_of(catalogue, at) for at in range(len(sample.lines))] == [clauses_told(x) for x in sample.lines]


def clauses_of(catalogue: Catalogue, at: int) -> list[tuple[object, ...]]:
    return [(x.effect, x.points, x.per_quantity, x.per_unit) for x in catalogue.clauses if x.indicator == at]


def clauses_told(line: Line) -> list[tuple[object, ...]]:
    return [(x.effect, _exact(x.points), *(_exact(part) for part in x.per or (None, None))) for x in line.clauses]


def _exact(value: float | str | None) -> Decimal | str | None:
    return Decimal(str(value)) if isinstance(value, (int, float)) else value


@pytest.mark.parametrize('sample', SAMPLES, ids=IDS)
@pytest.mark.parametrize('name', FORMATS)
def test_every_format_tells_the_same(name: str, sample: Sample) -> None:
    assert told(catalogue_of(FORMATS[name](sample), name)) == standard(sample)


@pytest.mark.parametrize('sample', SAMPLES, ids=IDS)
@pytest.mark.parametrize('height', HEIGHTS)
@pytest.mark.parametrize('draw', [pdf, ofd], ids=['pdf', 'ofd'])
def test_a_page_may_end_anywhere(draw: Callable[[Sample, float], bytes], height: int, sample: Sample) -> None:
    assert told(catalogue_of(draw(sample, height), 'notice')) == standard(sample)


@pytest.mark.skipif(optional.office_program() is None, reason='LibreOffice is not installed')
def test_rtf_tells_the_same() -> None:
    assert told(catalogue_of(committed('.rtf')(CLEAN_HOSPITAL), 'notice.rtf')) == standard(CLEAN_HOSPITAL)


def test_an_archive_tells_the_same(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / '附件.zip', 'w') as archive:
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, 'w') as packed:
            packed.writestr('notice.docx', word(CLEAN_HOSPITAL))
        archive.writestr('再一层.zip', inner.getvalue())
    data = read_member(tmp_path / '附件.zip', ('再一层.zip', 'notice.docx'))
    assert told(catalogue_of(data, '附件.zip/再一层.zip/notice.docx')) == standard(CLEAN_HOSPITAL)


@pytest.mark.skipif(not OCR, reason='text recognition is not installed')
@pytest.mark.parametrize('sample', [CLEAN_HOSPITAL, INSPECTION], ids=['clean', 'inspection'])
def test_a_scan_tells_the_same_but_for_what_it_marks_as_doubtful(sample: Sample) -> None:
    catalogue = catalogue_of(committed('（扫描件）.pdf')(sample), 'scan.pdf')
    doubtful = {found.indicator for found in catalogue.findings if found.about == 'reading'}
    seen, wanted = told(catalogue), standard(sample)
    assert seen.notice == wanted.notice
    assert seen.tables == wanted.tables
    assert len(seen.lines) == len(wanted.lines)
    differing = {at for at, (a, b) in enumerate(zip(seen.lines, wanted.lines, strict=True)) if a != b}
    differing |= {clause[1] for clause in set(seen.clauses) ^ set(wanted.clauses)}  # type: ignore[arg-type]
    assert differing <= doubtful


def test_the_report_states_facts() -> None:
    assert standard(REPORT).facts
