"""Damaged files are read, read in part, or refused with a reason; none crashes its reader, hangs, or claims all memory.

``found`` holds the smallest file of each fault that `make fuzz` found.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kaohe.pipeline.ingestion.store import Store
from kaohe.pipeline.planning.hashing import sha256_of
from kaohe.pipeline.planning.inbox import Candidate
from kaohe.pipeline.planning.plan import Work
from kaohe.pipeline.readers.pool import Readers
from kaohe.pipeline.system.limits import Limits
from tools.mutation import mutated, seeds

FOUND = sorted((Path(__file__).parent / 'found').iterdir())
EACH = 8


def outcomes(files: list[Path], database: Path) -> dict[str, str | None]:
    """What came of each file when it was read in a process and stored: None, or the code of the failure."""
    works = [Work((Candidate(x, x.parent, x.name, x.stat().st_size, 0),), sha256_of(x)) for x in files]
    found: dict[str, str | None] = {}
    with Readers(works, 2, Limits(seconds=60.0)) as readers, Store(database, {}) as store:
        for work, reading in readers:
            failure = store.put(reading, work.candidates).failure
            found[work.candidates[0].source] = failure and f'{failure.code} {failure.message}'
    return found


def troubles(found: dict[str, str | None]) -> dict[str, str]:
    return {name: said for name, said in found.items() if said and said.startswith(('worker.', 'store.'))}


def test_what_once_broke_a_reader_is_read_or_refused(tmp_path: Path) -> None:
    found = outcomes(FOUND, tmp_path / 'catalogue.db')
    assert len(found) == len(FOUND) >= 3
    assert troubles(found) == {}


@pytest.mark.parametrize('name', sorted(seeds()))
def test_damaged_files_of_every_format_are_read_or_refused(tmp_path: Path, name: str) -> None:
    data = seeds()[name]
    files = [tmp_path / f'{seed}.{name}' for seed in range(EACH)]
    for seed, file in enumerate(files):
        file.write_bytes(mutated(data, random.Random(f'{name} {seed}')))  # noqa: S311  # repeatable, not secret
    found = outcomes(files, tmp_path / 'catalogue.db')
    assert len(found) == EACH
    assert troubles(found) == {}


def test_the_same_chance_damages_a_file_in_the_same_way() -> None:
    for data in seeds().values():
        assert mutated(data, random.Random(7)) == mutated(data, random.Random(7))  # noqa: S311
