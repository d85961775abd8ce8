"""Which files of a folder are notices, and which of them are finished."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from kaohe.pipeline.planning import inbox as inbox_module
from kaohe.pipeline.planning.inbox import Candidate, find_candidates, scope_of, skipped, still_written
from kaohe.pipeline.refusal import Refusal


def names(path: Path) -> list[str]:
    return [candidate.source for candidate in find_candidates(scope_of(path))]


def test_files_are_found_in_all_folders_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ('b.docx', 'a/z.pdf', 'a/b/c.txt', 'c'):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text('x')
    assert names(tmp_path) == ['a/b/c.txt', 'a/z.pdf', 'b.docx', 'c']


@pytest.mark.parametrize(
    'name',
    [
        '~$通知.docx',
        '.hidden',
        '通知.docx.part',
        'x.CRDOWNLOAD',
        'y.tmp',
        '~WRL0001.tmp',
        '.~lock.a.docx#',
        'Thumbs.db',
        'README.md',
    ],
)
def test_temporary_and_hidden_files_are_skipped(tmp_path: Path, name: str) -> None:
    assert skipped(name)
    (tmp_path / name).write_text('x')
    (tmp_path / '.git').mkdir()
    (tmp_path / '.git' / 'config').write_text('x')
    assert names(tmp_path) == []


@pytest.mark.parametrize('name', ['通知.docx', 'a~b.txt', 'partial.pdf', 'tmp', '无后缀'])
def test_names_that_look_alike_are_not_skipped(name: str) -> None:
    assert not skipped(name)


def test_a_link_that_leads_back_ends(tmp_path: Path) -> None:
    (tmp_path / 'a').mkdir()
    (tmp_path / 'a' / 'n.txt').write_text('x')
    (tmp_path / 'a' / 'loop').symlink_to(tmp_path)
    (tmp_path / 'nowhere.txt').symlink_to(tmp_path / 'gone')
    assert names(tmp_path) == ['a/n.txt']


def test_a_linked_folder_outside_is_read_where_people_say_so(tmp_path: Path) -> None:
    (tmp_path / 'share').mkdir()
    (tmp_path / 'share' / 'n.txt').write_text('x')
    (tmp_path / 'raw').mkdir()
    (tmp_path / 'raw' / 'link').symlink_to(tmp_path / 'share')
    scope = scope_of(tmp_path / 'raw', follow_links=True)
    assert [candidate.source for candidate in find_candidates(scope)] == ['link/n.txt']


def test_a_single_file_is_found_even_where_its_name_would_be_skipped(tmp_path: Path) -> None:
    (tmp_path / 'README.md').write_text('x')
    assert names(tmp_path / 'README.md') == ['README.md']


def test_a_path_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match='找不到') as refusal:
        scope_of(tmp_path / 'nowhere')
    assert refusal.value.exit_status == 2


def test_a_file_that_grows_is_still_written(tmp_path: Path) -> None:
    growing, done = tmp_path / 'a.txt', tmp_path / 'b.txt'
    for path in (growing, done):
        path.write_text('x')
    stop = threading.Event()

    def copy() -> None:
        while not stop.wait(0.01):
            with growing.open('a') as file:
                file.write('more')

    writer = threading.Thread(target=copy)
    writer.start()
    try:
        assert still_written(find_candidates(scope_of(tmp_path))) == {growing}
    finally:
        stop.set()
        writer.join()
    assert still_written(find_candidates(scope_of(tmp_path))) == set()


def test_while_a_file_that_has_just_come_is_watched_something_useful_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / 'a.txt').write_text('通知')
    (tmp_path / 'old.txt').write_text('通知')
    os.utime(tmp_path / 'old.txt', (1, 1))
    done, waited, sleep = [], [], time.sleep
    monkeypatch.setattr(inbox_module, 'SETTLING', 0.1)
    monkeypatch.setattr(inbox_module.time, 'sleep', waited.append)

    def work(recent: Sequence[Candidate]) -> None:
        done.extend(one.source for one in recent)
        sleep(0.2)

    assert still_written(find_candidates(scope_of(tmp_path)), work) == set()
    assert (done, waited) == (['a.txt'], [0.0]), 'nothing is waited for after it'


def test_a_locked_file_is_still_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip('fcntl')
    monkeypatch.setattr(inbox_module, 'SETTLING', 0.0)
    path = tmp_path / 'a.txt'
    with path.open('w') as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert still_written(find_candidates(scope_of(tmp_path))) == {path}
    assert still_written(find_candidates(scope_of(tmp_path))) == set()


def test_files_at_rest_are_not_waited_for(tmp_path: Path) -> None:
    import os

    (tmp_path / 'a.txt').write_text('x')
    os.utime(tmp_path / 'a.txt', (1_000_000_000, 1_000_000_000))
    started = time.perf_counter()
    assert still_written(find_candidates(scope_of(tmp_path))) == set()
    assert time.perf_counter() - started < inbox_module.SETTLING / 2


def test_a_folder_whose_files_cannot_be_looked_at_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ('a/n.txt', 'b.txt'):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text('x')
    look = Path.stat

    def refused(path: Path, **options: bool) -> object:  # later Pythons ask it themselves, with options
        if path.name == 'n.txt':
            raise PermissionError(13, 'Permission denied', str(path))
        return look(path, **options)

    monkeypatch.setattr(Path, 'stat', refused)
    closed: list[str] = []
    assert [found.source for found in find_candidates(scope_of(tmp_path), closed.append)] == ['b.txt']
    assert closed == ['a']
