"""A lone file is taken apart while the command loads; what becomes of it does not depend on that."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kaohe.pipeline.planning.inbox import find_candidates, scope_of
from kaohe.pipeline.planning.plan import Work
from kaohe.pipeline.readers.head_start import has_first_parts, worth_it
from kaohe.pipeline.readers.reading import read_bytes
from tests.extractors.pdf_writer import PdfPage, pdf
from tools.samples.notices import CLEAN_HOSPITAL
from tools.samples.word import word

ROOT = Path(__file__).parents[3]
# What the process that reads does without: taking the file apart itself. What the copy does instead of it, where it has to fail.
_COMMAND = """
import os, sys
from pathlib import Path
from kaohe.extractors import formats
from kaohe.pipeline.planning.inbox import find_candidates, scope_of
from kaohe.pipeline.planning.plan import Work
from kaohe.pipeline.readers import head_start
from kaohe.pipeline.readers.pool import Readers, load

def unread(*_, **__):
    raise AssertionError('taken apart twice')

if 'fails' in sys.argv:
    head_start.read = unread
elif 'dies' in sys.argv:
    head_start.read = lambda data: os._exit(9)
elif 'other' in sys.argv:
    class Changed(head_start.Path):
        _flavour = head_start.Path()._flavour
        def read_bytes(self):
            return '考核细则：每缺一项扣0.5分。'.encode()
    head_start.Path = Changed
else:
    formats.read = unread
works = [Work((x,), None) for x in find_candidates(scope_of(Path(sys.argv[1])))]
if 'loaded' in sys.argv:
    load(works[0].candidates)
    formats.read, head_start.read = head_start.read, unread
with Readers(works, 2, forked=True) as readers:
    for work, reading in readers:
        print(reading.format, reading.failure, sum(len(rows.values) for rows in reading.rows or ()))
"""


def read(folder: Path, *how: str) -> str:
    done = subprocess.run(
        [sys.executable, '-c', _COMMAND, str(folder), *how], check=True, capture_output=True, text=True, cwd=ROOT
    )
    return done.stdout


@pytest.mark.skipif(sys.platform != 'linux', reason='copies of the process')
def test_a_lone_file_is_taken_apart_once_ahead_of_its_reading(tmp_path: Path) -> None:
    (tmp_path / 'a.docx').write_bytes(word(CLEAN_HOSPITAL))
    known, failure, rows = read(tmp_path).split()
    assert (known, failure) == ('docx', 'None')
    assert int(rows) > 100
    assert [read(tmp_path, how) for how in ('fails', 'dies', 'other', 'loaded')] == [f'docx None {rows}\n'] * 4


def test_only_a_lone_file_of_a_format_that_is_read_in_one_piece_is_worth_it(tmp_path: Path) -> None:
    for name in ('a.docx', 'b.txt', 'c.pdf', 'd.png', 'e.rtf'):
        (tmp_path / name).write_text('考核细则：每缺一项扣0.5分。', 'utf-8')
    works = {x.source: Work((x,), None) for x in find_candidates(scope_of(tmp_path))}
    assert [name for name, work in works.items() if worth_it([work], 2)] == ['a.docx', 'b.txt']
    assert not any(has_first_parts([work], 2) for work in works.values())  # they are short
    assert not worth_it([works['a.docx']], 1)
    assert not worth_it([works['a.docx'], works['b.txt']], 2)


# Notes who reads which pages of a long file, and how the copy fails.
_LONG_COMMAND = """
import os, sys
from pathlib import Path
from kaohe.extractors.formats import read
from kaohe.extractors.pdf import reader
from kaohe.pipeline.planning.inbox import find_candidates, scope_of
from kaohe.pipeline.planning.plan import Work
from kaohe.pipeline.readers import head_start
from kaohe.pipeline.readers.pool import Readers

folder, how = sys.argv[1:]
head_start._LONG = 0
read_pages, ahead = reader.read_pages, False

def noted(data, span):
    with Path(folder + '.read').open('a') as file:
        file.write(f'{span[0]}{"ahead" if ahead else ""} ')
    if ahead and how == 'dies':
        os._exit(9)
    return read_pages(data, span)

def read_ahead(data, spread):
    global ahead
    ahead = True
    if how == 'other':
        data += b' '
    return read(data, spread=None if how == 'fails' else spread)

noted.__module__, noted.__qualname__ = reader.__name__, 'read_pages'
reader.read_pages, head_start.read = noted, read_ahead
works = [Work((x,), None) for x in find_candidates(scope_of(Path(folder)))]
with Readers(works, int(how) if how.isdigit() else 2, forked=True) as readers:
    for work, reading in readers:
        print(reading.format, reading.failure, [rows.values for rows in reading.rows or ()])
"""


@pytest.mark.skipif(sys.platform != 'linux', reason='copies of the process')
@pytest.mark.parametrize(
    ('how', 'parts'),
    [
        ('2', '0ahead 10 20 30'),
        ('dies', '0 0ahead 10 20 30'),
        ('other', '0 0ahead 10 20 30'),
        ('fails', '0 10 20 30'),
        ('1', '0 10 20 30'),
    ],
)
def test_the_first_pages_of_a_lone_long_file_are_read_ahead_of_the_others(tmp_path: Path, how: str, parts: str) -> None:
    folder = tmp_path / 'inbox'
    folder.mkdir()
    pages = [PdfPage().lattice([50, 150, 250], [50, 80]).text(60, 65, f'第{at}页') for at in range(31)]
    (folder / 'a.pdf').write_bytes(pdf(*pages))
    done = subprocess.run(
        [sys.executable, '-c', _LONG_COMMAND, str(folder), how], check=True, capture_output=True, text=True, cwd=ROOT
    )
    alone = read_bytes((folder / 'a.pdf').read_bytes(), 'a.pdf')
    assert done.stdout == f'pdf None {[rows.values for rows in alone.rows or ()]}\n'
    assert ' '.join(sorted(Path(f'{folder}.read').read_text().split())) == parts
