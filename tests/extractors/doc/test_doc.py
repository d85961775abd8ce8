"""The .doc reader, against the samples as LibreOffice writes them and against what may be wrong with a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaohe.extractors import doc, optional
from kaohe.extractors.document import Document, Unreadable
from tools.samples.conformance import FOLDER
from tools.samples.model import Grid, Paragraph, Sample
from tools.samples.notices import CLEAN_HOSPITAL, SAMPLES

SHARED = Path(__file__).parents[3].parent / 'shared'


def written(sample: Sample) -> bytes:
    return (FOLDER / f'{sample.name}.doc').read_bytes()


@pytest.mark.parametrize('sample', SAMPLES, ids=lambda sample: sample.name)
def test_every_cell_stands_where_the_sample_drew_it(sample: Sample) -> None:
    read = doc.read(written(sample))
    drawn = [part for part in sample.body if isinstance(part, Grid)]
    assert [
        [(cell.row, cell.col, cell.row_span, cell.col_span, cell.text) for cell in table.cells] for table in read.tables
    ] == [[(cell.row, cell.col, cell.row_span, cell.col_span, cell.text) for cell in grid.cells] for grid in drawn]
    assert [table.header_rows for table in read.tables] == [grid.header_rows for grid in drawn]


@pytest.mark.parametrize('sample', SAMPLES, ids=lambda sample: sample.name)
def test_paragraphs_and_tables_follow_each_other_as_drawn(sample: Sample) -> None:
    read = doc.read(written(sample))
    assert [block.text if block.kind == 'paragraph' else block.table for block in read.blocks] == [
        part.text
        if isinstance(part, Paragraph)
        else list(filter(lambda p: isinstance(p, Grid), sample.body)).index(part)
        for part in sample.body
    ]


def test_a_title_is_centered_and_larger_than_the_text() -> None:
    blocks = doc.read(written(CLEAN_HOSPITAL)).blocks
    title, text = blocks[2], blocks[4]
    assert title.centered is True
    assert text.centered is False
    assert title.size is not None
    assert text.size is not None
    assert title.size > text.size


def read_or_refused(data: bytes) -> Document | str:
    try:
        read = doc.read(data)
    except Unreadable as refusal:
        return refusal.finding.code
    for table in read.tables:
        table.grid()
    return read


def test_a_truncated_file_is_refused_with_a_reason() -> None:
    whole = written(CLEAN_HOSPITAL)
    assert read_or_refused(whole[: len(whole) // 3]) == 'file.broken'


def test_an_encrypted_file_is_named_as_such() -> None:
    whole = bytearray(written(CLEAN_HOSPITAL))
    at = whole.index(b'\xec\xa5')
    whole[at + 11] |= 1
    assert read_or_refused(bytes(whole)) == 'file.encrypted'


def test_a_file_of_word_95_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optional, 'office_program', lambda: None)
    whole = bytearray(written(CLEAN_HOSPITAL))
    at = whole.index(b'\xec\xa5')
    whole[at : at + 2] = b'\xdc\xa5'
    assert read_or_refused(bytes(whole)) == 'file.needs_office'


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), min_size=1, max_size=20))
def test_changed_bytes_give_a_document_or_a_reason(changes: list[tuple[int, int]]) -> None:
    whole = bytearray(written(CLEAN_HOSPITAL))
    for place, value in changes:
        whole[place % len(whole)] = value
    assert read_or_refused(bytes(whole))


@pytest.mark.skipif(not SHARED.exists(), reason='the shared corpora are not beside this checkout')
def test_every_odd_file_gives_a_document_or_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optional, 'office_program', lambda: None)
    files = sorted((SHARED / 'corpora' / 'odd').glob('*.doc'))
    results = [read_or_refused(file.read_bytes()) for file in files]
    assert sum(isinstance(result, Document) for result in results) >= 70
