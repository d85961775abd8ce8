"""A long file is extracted while the processes that read are loading; what becomes of it does not depend on that."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from kaohe.pipeline.ingestion.inbox import find_candidates, scope_of
from kaohe.pipeline.ingestion.plan import Work
from kaohe.pipeline.readers.ahead import Ahead, is_worth
from kaohe.pipeline.readers.pool import Readers
from kaohe.pipeline.readers.reading import MAX_BYTES, read_extracted, read_file, sha256_of
from kaohe.pipeline.system.limits import Limits

HEAD = '青川市考核细则\n项目\t评分标准\t分值\n'
LINES = ''.join(f'党建{n}\t每缺{n}项扣0.5分，扣完为止\t5\n' for n in range(1, 1001))


@pytest.fixture
def long(tmp_path: Path) -> Work:
    return work(tmp_path / '细则.txt', HEAD + LINES)


def work(file: Path, text: str) -> Work:
    file.write_text(text, encoding='utf-8')
    (candidate,) = find_candidates(scope_of(file))
    return Work((candidate,), sha256_of(file))


def test_what_was_extracted_ahead_is_understood_as_what_the_reader_extracts(long: Work) -> None:
    ahead = Ahead(long, Limits())
    packed = ahead.take()
    assert packed is not None
    file, found = long.candidates[0], pickle.loads(packed)  # noqa: S301
    theirs, ours = read_extracted(found, file.source), read_file(str(file.path), file.source)
    assert theirs.seconds > found.seconds > 0, 'what it took to extract counts too'
    assert (theirs.sha256, theirs.bytes, theirs.format, theirs.rows) == (
        ours.sha256,
        ours.bytes,
        ours.format,
        ours.rows,
    )


def test_a_lone_long_file_is_extracted_ahead(long: Work) -> None:
    with Readers([long], 2) as readers:
        assert list(readers._ahead) == [long]
        ((_, reading),) = readers
        assert readers._ahead == {}
    assert reading.rows is not None


def test_nothing_is_extracted_ahead_where_every_process_has_a_file_to_read(long: Work, tmp_path: Path) -> None:
    with Readers([long, work(tmp_path / 'b.txt', HEAD)], 2) as readers:
        assert readers._ahead == {}


def test_a_file_that_cannot_be_extracted_is_left_to_the_reader_which_says_why(tmp_path: Path) -> None:
    broken = work(tmp_path / '细则.docx', 'PK\x03\x04' + 'x' * 60_000)
    assert Ahead(broken, Limits()).take() is None
    with Readers([broken], 2) as readers:
        assert broken in readers._ahead
        ((_, reading),) = readers
    assert reading.failure is not None
    assert reading.failure.code == read_file(str(broken.candidates[0].path), '细则.docx').failure.code  # type: ignore[union-attr]


def test_a_file_that_takes_too_long_is_left_to_the_reader(long: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr('kaohe.pipeline.readers.ahead._LONGEST', 0.0)
    ahead = Ahead(long, Limits())
    assert ahead.done
    assert ahead.take() is None


def test_other_files_are_read_while_one_is_being_extracted(long: Work, tmp_path: Path) -> None:
    short = work(tmp_path / 'b.txt', HEAD)
    with Readers([long, short], 3) as readers:
        assert list(readers._ahead) == [long]
        read = {work.candidates[0].source: reading for work, reading in readers}
    assert {name: reading.failure for name, reading in read.items()} == {'细则.txt': None, 'b.txt': None}


def test_a_run_that_is_given_up_leaves_no_process_behind(long: Work) -> None:
    with Readers([long], 2) as readers:
        (ahead,) = readers._ahead.values()
    assert not ahead._process.is_alive()


def test_only_what_one_process_reads_alone_and_takes_long_is_worth_it(tmp_path: Path, long: Work) -> None:
    assert is_worth(long)
    assert not is_worth(work(tmp_path / 'b.txt', HEAD))
    (candidate,) = long.candidates
    assert not is_worth(replace(long, candidates=(replace(candidate, bytes=MAX_BYTES + 1),))), 'is refused'
    assert not is_worth(work(tmp_path / 'b.pdf', LINES)), 'its pages are shared'
    assert not is_worth(work(tmp_path / 'b.png', LINES)), 'needs recognition'
    assert not is_worth(work(tmp_path / 'b.wps2', LINES)), 'of no known format'
