"""A process that has nothing to read helps another with a long file; what becomes of the file does not depend on it."""

from __future__ import annotations

import os
import pickle
import re
import sys
from multiprocessing import Pipe
from pathlib import Path

import pytest

from kaohe.pipeline.readers import reader_process, sharing
from kaohe.pipeline.readers.sharing import Help, Helped, Helper, Sharer
from kaohe.pipeline.system.limits import Limits
from tests.pipeline.bad_reader import serve_badly
from tests.pipeline.readers.test_workers import read_with, works


@pytest.fixture(autouse=True)
def bad_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader_process, 'serve', serve_badly)


def done_by(told: str | None) -> tuple[list[int], set[str]]:
    """The parts in the order in which they came back, and who did some."""
    found = re.findall(r'(\d+)([oh])', told or '')
    return [int(part) for part, _ in found], {who for _, who in found}


def test_an_idle_process_does_some_of_the_parts(tmp_path: Path) -> None:
    read = read_with(works(tmp_path, 'share-helped'), 2)
    assert done_by(read['share-helped'].format) == (list(range(12)), {'o', 'h'})


def test_with_one_job_the_process_does_all_of_them_itself(tmp_path: Path) -> None:
    assert done_by(read_with(works(tmp_path, 'share'), 1)['share'].format) == (list(range(12)), {'o'})


def test_where_others_helped_a_copy_does_what_need_not_wait(tmp_path: Path) -> None:
    read = read_with(works(tmp_path, 'share-helped-aside'), 2)
    assert (read['share-helped-aside'].format or '').endswith('aside by a copy')
    read = read_with(works(tmp_path, 'share-aside'), 1)
    assert (read['share-aside'].format or '').endswith('aside by the same')


@pytest.mark.skipif(sys.platform != 'linux', reason='copies of the process')
@pytest.mark.parametrize('plugins', [False, True])
def test_no_copy_is_made_where_a_plugin_may_have_started_a_thread(
    monkeypatch: pytest.MonkeyPatch, plugins: bool
) -> None:
    monkeypatch.setattr(sharing, 'has_plugins', lambda: plugins)
    parent, own = Pipe()
    parent.send(0)
    parent.send({1: pickle.dumps('helped')})
    sharer = Sharer(own)
    assert sharer(round, 2.0, [0, 1]) == [2.0, 'helped']
    with sharer.aside(os.getpid) as who:
        assert (who() == os.getpid()) is plugins


def test_files_come_before_help(tmp_path: Path) -> None:
    names = ['a', 'b', 'c', 'share-1', 'share-2', 'share-3']
    read = read_with(works(tmp_path, *names), 2)
    assert sorted(read) == names
    for name in names[3:]:
        assert done_by(read[name].format)[0] == list(range(12))


@pytest.mark.parametrize('name', ['share-helped-lost', 'share-helped-raise'])
def test_a_part_that_a_helper_cannot_do_is_left_to_the_process_that_offered_it(tmp_path: Path, name: str) -> None:
    read = read_with(works(tmp_path, name), 2)
    assert read[name].failure is None
    assert (tmp_path / f'{name}.helped').exists(), 'a helper tried'
    assert done_by(read[name].format) == (list(range(12)), {'o'})


def test_a_file_may_take_longer_for_parts_that_take_long(tmp_path: Path) -> None:
    read = read_with(
        works(tmp_path, 'share-slow', 'share-slow-granted'), 1, Limits(seconds=1.0, seconds_per_megabyte=0.0)
    )
    assert read['share-slow'].failure is not None
    assert read['share-slow'].failure.code == 'worker.timeout'
    assert read['share-slow-granted'].failure is None
    assert done_by(read['share-slow-granted'].format) == (list(range(12)), {'o'})


def test_a_file_that_is_given_up_amid_its_parts_costs_no_other(tmp_path: Path) -> None:
    read = read_with(works(tmp_path, 'a', 'share-gives-up', 'x', 'y', 'z'), 2)
    assert sorted(read) == ['a', 'share-gives-up', 'x', 'y', 'z']
    assert read['share-gives-up'].format == 'given up'


def test_a_helper_does_no_part_of_an_earlier_offer_in_place_of_one_that_it_could_not_open() -> None:
    helper = Helper()
    whole = pickle.dumps((divmod, 7, [2, 3]))
    assert helper.do(Help(whole, 1, 0)) == Helped(pickle.dumps((2, 1), pickle.HIGHEST_PROTOCOL))
    assert helper.do(Help(whole[:-9], 0, 0)) == Helped(None)
    assert helper.do(Help(None, 1, 0)) == Helped(None)


def test_a_process_that_dies_amid_its_parts_costs_its_file_only(tmp_path: Path) -> None:
    read = read_with(works(tmp_path, 'a', 'share-dies', 'z'), 2)
    why = read['share-dies'].failure
    assert why is not None
    assert why.code == 'worker.crashed'
    assert read['a'].failure is read['z'].failure is None
