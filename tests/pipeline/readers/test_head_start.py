"""A lone file is taken apart while the command loads; what becomes of it does not depend on that."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kaohe.pipeline.planning.inbox import find_candidates, scope_of
from kaohe.pipeline.planning.plan import Work
from kaohe.pipeline.readers.head_start import worth_it
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
    assert not worth_it([works['a.docx']], 1)
    assert not worth_it([works['a.docx'], works['b.txt']], 2)
