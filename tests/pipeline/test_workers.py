"""Files are read in several processes with the same result, and one that kills its process costs that file only."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline import workers
from pipeline.inbox import find_candidates, scope_of
from pipeline.plan import Work
from pipeline.reading import Reading, read_file, sha256_of
from pipeline.workers import read_all

TABLE = '项目\t评分标准\t分值\n党建\t每缺一项扣0.5分，扣完为止\t5\n'


def works(folder: Path) -> list[Work]:
    return [Work((x,), sha256_of(x.path)) for x in find_candidates(scope_of(folder))]


def read_or_die(work: Work) -> Reading:
    """Stands for reading a file that kills its process."""
    if 'deadly' in work.candidates[0].source:
        os._exit(9)
    return read_file(str(work.candidates[0].path), work.candidates[0].source)


def test_processes_read_the_same_as_one_and_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for i in range(3):
        (tmp_path / f'{i}.txt').write_text(f'青川市考核细则{i}\n{TABLE}', encoding='utf-8')
    alone = [(work, reading.catalogue) for work, reading in read_all(works(tmp_path), 1)]
    monkeypatch.setattr(workers, 'SMALL', 0)
    together = [(work, reading.catalogue) for work, reading in read_all(works(tmp_path), 2)]
    assert alone == together


def test_a_file_that_kills_its_process_costs_that_file_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ('a', 'b-deadly', 'c', 'd'):
        (tmp_path / f'{name}.txt').write_text(f'青川市考核细则{name}\n{TABLE}', encoding='utf-8')
    monkeypatch.setattr(workers, 'SMALL', 0)
    monkeypatch.setattr(workers, '_read', read_or_die)
    read = list(read_all(works(tmp_path), 2))
    assert [work.candidates[0].source for work, _ in read] == ['a.txt', 'b-deadly.txt', 'c.txt', 'd.txt']
    assert [reading.failure and reading.failure.code for _, reading in read] == [None, 'worker.crashed', None, None]
