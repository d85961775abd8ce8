"""Small files that would take gigabytes are stopped below one."""

from __future__ import annotations

import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from kaohe.extractors.document import Unreadable
from kaohe.extractors.docx import package
from kaohe.extractors.docx.cell_limit import MAX_CELLS
from kaohe.extractors.formats import read
from kaohe.pipeline.readers.reading import catalogue_of

_READ = """
import resource, sys
from pathlib import Path
from kaohe.extractors.document import Unreadable
from kaohe.pipeline.readers.reading import catalogue_of
from kaohe.pipeline.system.limited import in_limits
from kaohe.pipeline.system.limits import Limits
if __name__ == '__main__':
    try:
        in_limits(Limits(), catalogue_of, Path(sys.argv[1]).read_bytes(), 'a.pdf')
    except Unreadable as error:
        print(error.finding.code)
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10)
"""


def pdf(content: bytes, forms: bytes = b'') -> bytes:
    """A page with such content, which may draw the form X."""
    return b''.join(
        (
            b'%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n',
            b'3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 6 0 R>>/Font<</F1 5 0 R>>>>>>endobj\n',
            b'4 0 obj<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream endobj\n' % (len(content), content),
            b'5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n',
            forms,
            b'trailer<</Root 1 0 R>>\n',
        )
    )


def form(number: int, draws: bytes, which: int) -> bytes:
    head = b'%d 0 obj<</Length %d/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X %d 0 R>>/Font<</F1 5 0 R>>>>>>'
    return (head + b'stream\n%s\nendstream endobj\n') % (number, len(draws), which, draws)


_TEXT = b'BT /F1 12 Tf 50 700 Td (deduct 1) Tj ET '
_BOMBS = {
    'a form that draws itself twice': pdf(zlib.compress(_TEXT + b'/X Do'), form(6, b'/X Do /X Do ' + _TEXT, 6)),
    'forms that draw ten others each': pdf(
        zlib.compress(_TEXT + b'/X Do'),
        b''.join(form(at, b'/X Do ' * 10, at + 1) for at in range(6, 16)) + form(16, _TEXT, 16),
    ),
    'a packed page': pdf(zlib.compress(_TEXT * 3_000_000, 9)),
}


@pytest.mark.skipif(sys.platform != 'linux', reason='only there the system keeps a process to its memory')
@pytest.mark.parametrize('what', _BOMBS)
def test_a_page_that_grows_without_end_is_stopped_below_a_gigabyte(what: str, tmp_path: Path) -> None:
    (tmp_path / 'a.pdf').write_bytes(_BOMBS[what])
    (tmp_path / 'read.py').write_text(_READ)
    ran = subprocess.run(
        [sys.executable, tmp_path / 'read.py', tmp_path / 'a.pdf'],
        capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    *code, megabytes = ran.stdout.split()
    assert code == ['worker.memory']
    assert 100 < int(megabytes) < 1000


@pytest.mark.parametrize('cell', [b'<w:tc/>', b'<w:tc w:x="1"></w:tc>', b'<v:tc xmlns:v="urn:x"/>'])
def test_a_word_table_of_more_cells_than_any_notice_has_is_refused_before_it_is_parsed(
    cell: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, 'parse', lambda data: pytest.fail('it was parsed'))
    with pytest.raises(Unreadable) as refused:
        package._parsed(b'<w:tbl xmlns:w="urn:w">' + cell * (MAX_CELLS + 1) + b'</w:tbl>')
    assert refused.value.finding.code == 'file.too_large'
    assert f'{MAX_CELLS + 1} 格' in refused.value.finding.message


def test_cells_of_a_part_of_two_bytes_a_character_are_counted_too() -> None:
    part = '<?xml version="1.0" encoding="UTF-16"?><w:tbl xmlns:w="urn:w">' + '<w:tc/>' * (MAX_CELLS + 1) + '</w:tbl>'
    with pytest.raises(Unreadable, match=f'{MAX_CELLS + 1} 格'):
        package._parsed(part.encode('utf-16'))


def test_many_elements_that_are_no_cells_are_read() -> None:
    words = b''.join(b'<w:r><w:t>%d</w:t></w:r>' % at for at in range(MAX_CELLS // 3))
    assert len(package._parsed(b'<w:p xmlns:w="urn:w">' + words + b'</w:p>')) == MAX_CELLS // 3


def test_a_paragraph_that_states_points_more_often_than_any_notice_is_told_once_and_not_read_for_clauses() -> None:
    sentences = ''.join(f'第{number}次迟到扣1分。' for number in range(10_001))
    catalogue = catalogue_of(f'考核细则\n{sentences}'.encode(), 'a.txt')
    assert catalogue.clauses == ()
    assert [(found.code, '等 10001 处分数没有归处' in found.message) for found in catalogue.findings] == [
        ('points.unplaced', True)
    ]


def test_in_a_program_of_its_own_no_limit_is_laid_on() -> None:
    assert read(pdf(zlib.compress(_TEXT))).blocks[0].text == 'deduct 1'
