"""Runs that are killed, meet each other, or find the disk full, read-only or hidden: the catalogue stays whole and says why."""

from __future__ import annotations

import os
import resource
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from kaohe.normalizers.catalogue import Catalogue
from kaohe.pipeline.database.schema import open_to_write
from kaohe.pipeline.ingestion import run as ingest_module
from kaohe.pipeline.ingestion import store as store_module
from kaohe.pipeline.ingestion.closing_words import tell
from kaohe.pipeline.ingestion.run import ingest
from kaohe.pipeline.planning.inbox import find_candidates, scope_of
from kaohe.pipeline.planning.plan import make_plan
from kaohe.pipeline.readers import pool, reading
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.system.lock import alone
from tests.pipeline.conftest import make_catalogue, read_here
from tests.pipeline.ingestion.killed_runs import Killed, kill, undisturbed

Dump = Callable[[Path], dict[str, list[tuple[object, ...]]]]
DATABASE = Path('catalogue.db')
as_user = pytest.mark.skipif(not hasattr(os, 'geteuid') or os.geteuid() == 0, reason='root may do everything')


def start(inbox: Path, database: Path, seconds: float = 0.0) -> int:
    """An ingest in a process of its own, the leader of a session, that takes so long for each file. Its process id."""
    pid = os.fork()
    if pid == 0:
        try:
            os.setsid()
            slowly(inbox, database, seconds)
            os._exit(0)
        finally:
            os._exit(1)
    return pid


def slowly(inbox: Path, database: Path, seconds: float) -> None:
    """An ingest that reads every file as the notice of conftest, so that it is nearly all writing."""

    def catalogue_of(data: bytes, name: str, *rest: object) -> Catalogue:
        time.sleep(seconds)
        return replace(make_catalogue(data.decode()), findings=())

    reading.catalogue_of = catalogue_of  # type: ignore[assignment]
    pool.Readers = read_here  # type: ignore[assignment, misc]
    ingest([scope_of(inbox)], database, jobs=1)


def fill(inbox: Path, count: int) -> None:
    for number in range(count):
        (inbox / f'{number:02}.txt').write_text(f'青川市考核细则{number}')


def test_a_run_that_is_killed_at_any_moment_leaves_a_whole_database_and_the_next_one_ends_the_work(
    inbox: Path, tmp_path: Path
) -> None:
    fill(inbox, 12)
    database = tmp_path / 'catalogue.db'
    run = partial(start, inbox, database, 0.02)
    whole, starting, storing = undisturbed(run, database)
    assert len(whole['documents']) == 12
    killed: list[Killed] = []
    # at least one is killed in the midst of writing, however busy the machine is
    while len(killed) < 15 or not any(0 < one.stored < 12 for one in killed):
        killed.append(kill(run, database, whole, len(killed), starting, storing))
        assert killed[-1].fault is None
        assert len(killed) < 100


def test_two_runs_at_once_give_one_result_and_the_second_says_that_it_waits(inbox: Path, dump: Dump) -> None:
    fill(inbox, 6)
    first = start(inbox, DATABASE, 0.2)
    while not DATABASE.exists():
        time.sleep(0.01)
    waited: list[bool] = []
    report = ingest([scope_of(inbox)], DATABASE, jobs=1, queued=lambda: waited.append(True))
    assert os.waitstatus_to_exitcode(os.waitpid(first, 0)[1]) == 0
    assert waited == [True]
    assert len(report.of('unchanged')) == len(dump(DATABASE)['documents']) == 6
    assert not Path('catalogue.db.lock').exists()


def test_a_lock_that_a_killed_run_left_holds_nobody_up(tmp_path: Path) -> None:
    (tmp_path / 'catalogue.db.lock').touch()
    waited: list[bool] = []
    with alone(tmp_path / 'catalogue.db', lambda: waited.append(True)):
        pass
    assert waited == []


def test_a_full_disk_is_told_and_what_was_stored_before_stays(
    inbox: Path, plain_reader: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def on_a_full_disk(path: Path, like: Sequence[Path] = ()) -> sqlite3.Connection:
        connection = open_to_write(path, like)
        pages = connection.execute('PRAGMA page_count').fetchone()[0]
        connection.execute(f'PRAGMA max_page_count = {pages + 20}')
        return connection

    fill(inbox, 1)
    ingest([scope_of(inbox)], DATABASE, jobs=1)
    fill(inbox, 60)
    monkeypatch.setattr(store_module, 'open_to_write', on_a_full_disk)
    with pytest.raises(Refusal, match='磁盘已满'):
        ingest([scope_of(inbox)], DATABASE, jobs=1)
    with closing(sqlite3.connect(DATABASE)) as connection:
        assert connection.execute('PRAGMA integrity_check').fetchall() == [('ok',)]
        assert 1 <= connection.execute('SELECT count(*) FROM documents').fetchone()[0] < 60


def test_a_file_that_cannot_grow_is_told_and_the_next_run_goes_on(
    inbox: Path, plain_reader: list[str], dump: Dump
) -> None:
    fill(inbox, 12)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, before[1]))
    try:
        with pytest.raises(Refusal, match='磁盘'):
            ingest([scope_of(inbox)], DATABASE, jobs=1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    ingest([scope_of(inbox)], DATABASE, jobs=1)
    assert len(dump(DATABASE)['documents']) == 12


def test_a_database_that_cannot_be_written_is_told(
    inbox: Path, plain_reader: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(path: Path, like: Sequence[Path] = ()) -> sqlite3.Connection:
        connection = open_to_write(path, like)
        connection.execute('PRAGMA query_only = ON')
        return connection

    fill(inbox, 1)
    monkeypatch.setattr(store_module, 'open_to_write', read_only)
    with pytest.raises(Refusal, match='不能写入'):
        ingest([scope_of(inbox)], DATABASE, jobs=1)


@as_user
def test_a_folder_that_cannot_be_written_is_told(inbox: Path, plain_reader: list[str]) -> None:
    fill(inbox, 1)
    closed = Path('closed')
    closed.mkdir(mode=0o555)
    with pytest.raises(Refusal, match='权限'):
        ingest([scope_of(inbox)], closed / 'catalogue.db', jobs=1)


def test_a_folder_that_cannot_be_listed_is_told_and_its_files_stay(
    inbox: Path,
    plain_reader: list[str],
    monkeypatch: pytest.MonkeyPatch,
    dump: Dump,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (inbox / '人事科').mkdir()
    fill(inbox / '人事科', 2)
    fill(inbox, 1)
    ingest([scope_of(inbox)], DATABASE, jobs=1)
    before = dump(DATABASE)
    listed = os.scandir

    def refused(folder: Path) -> AbstractContextManager[Iterator[os.DirEntry[str]]]:
        if Path(folder).name == '人事科':
            raise PermissionError(13, 'Permission denied', str(folder))
        return listed(folder)

    monkeypatch.setattr(os, 'scandir', refused)
    report = ingest([scope_of(inbox)], DATABASE, jobs=1)
    assert [(result.source, result.outcome) for result in report.results] == [
        ('00.txt', 'unchanged'),
        ('人事科', 'closed'),
    ]
    tell(report, quiet=True, table=True)
    assert '✗ 人事科：没有权限看这个文件夹' in capsys.readouterr().err
    assert dump(DATABASE) == before
    monkeypatch.setattr(os, 'scandir', listed)
    assert len(ingest([scope_of(inbox)], DATABASE, jobs=1).of('unchanged')) == 3


def test_a_file_that_vanishes_between_listing_and_reading_is_passed_over(
    inbox: Path, plain_reader: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(inbox, 2)

    def plan_then_remove(*arguments: object, **options: object) -> object:
        plan = make_plan(*arguments, **options)  # type: ignore[arg-type]
        (inbox / '00.txt').unlink()
        return plan

    monkeypatch.setattr(ingest_module, 'make_plan', plan_then_remove)
    report = ingest([scope_of(inbox)], DATABASE, jobs=1)
    assert [(result.source, result.outcome) for result in report.results] == [
        ('00.txt', 'waiting'),
        ('01.txt', 'stored'),
    ]


def test_a_run_that_cannot_begin_leaves_no_connection_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[sqlite3.Connection] = []

    def opens(path: Path, like: Sequence[Path]) -> sqlite3.Connection:
        opened.append(open_to_write(path, like))
        return opened[0]

    def refused(store: store_module.Store, options: object) -> str:
        raise Refusal('磁盘已满')

    monkeypatch.setattr(store_module, 'open_to_write', opens)
    monkeypatch.setattr(store_module.Store, '_begin_run', refused)
    with pytest.raises(Refusal):
        store_module.Store(tmp_path / 'a.db', {})
    with pytest.raises(sqlite3.ProgrammingError):
        opened[0].execute('SELECT 1')


@pytest.mark.skipif(sys.platform != 'linux', reason='other systems forbid some of these names')
def test_names_that_no_person_would_choose_are_read_and_told_apart(
    inbox: Path, plain_reader: list[str], dump: Dump
) -> None:
    names = [
        b'a b  c.txt', b'"quoted" \'single\'.txt', '😀考核.txt'.encode(), b'two\nlines.txt', b'tab\tand\x1b[31mred.txt',
        b'x' * 251 + b'.txt', b'Notice.txt', b'notice.txt', b'NOTICE.TXT', b'not utf-8 \xff\xfe.txt', b'%s {0} $(x) `y`;.txt',
        '\u202egnp.txt'.encode(), b'-rf.txt', b'=1+1.txt',
    ]  # fmt: skip
    folder = os.fsencode(inbox)
    for number, name in enumerate(names):
        with open(os.path.join(folder, name), 'wb') as file:  # noqa: PTH118, PTH123  # names of bytes
            file.write(f'考核细则{number}'.encode())
    assert len(find_candidates(scope_of(inbox))) == len(names)
    report = ingest([scope_of(inbox)], DATABASE, jobs=1)
    assert len(report.of('stored')) == len(names)
    assert len({source for _, source, *_ in dump(DATABASE)['sources']}) == len(names)
    again = ingest([scope_of(inbox)], DATABASE, jobs=1)
    assert len(again.of('unchanged')) == len(names)
