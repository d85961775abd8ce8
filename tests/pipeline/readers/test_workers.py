"""Files are read in processes of their own: one that crashes, hangs or claims all memory costs that file only."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from kaohe.pipeline.planning.hashing import sha256_of
from kaohe.pipeline.planning.inbox import find_candidates, scope_of
from kaohe.pipeline.planning.plan import Work
from kaohe.pipeline.readers import pool, reader_process
from kaohe.pipeline.readers.pool import Readers
from kaohe.pipeline.readers.reading import Reading, read_file
from kaohe.pipeline.system.limits import Limits
from kaohe.pipeline.system.lock import alone
from tests.pipeline.bad_reader import serve_badly

TABLE = '项目\t评分标准\t分值\n党建\t每缺一项扣0.5分，扣完为止\t5\n'


@pytest.fixture
def bad_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """The processes read with `bad_reader`: files crash, hang and swell by their names."""
    monkeypatch.setattr(reader_process, 'serve', serve_badly)


def works(folder: Path, *names: str) -> list[Work]:
    for name in names:
        (folder / f'{name}.txt').write_text(f'青川市考核细则{name}\n{TABLE}', encoding='utf-8')
    return [Work((x,), sha256_of(x.path)) for x in find_candidates(scope_of(folder))]


def read_with(works: list[Work], jobs: int, limits: Limits | None = None) -> dict[str, Reading]:
    with Readers(works, jobs, limits) as readers:
        return {work.candidates[0].path.stem: reading for work, reading in readers}


def test_processes_read_the_same_as_this_one(tmp_path: Path) -> None:
    files = works(tmp_path, '1', '2', '3')
    here = {x.candidates[0].path.stem: read_file(str(x.candidates[0].path), x.candidates[0].source) for x in files}
    there = read_with(files, 2)
    assert {name: x.rows for name, x in there.items()} == {name: x.rows for name, x in here.items()}


@pytest.mark.usefixtures('bad_reader')
def test_a_file_that_ends_its_process_costs_that_file_only(tmp_path: Path) -> None:
    read = read_with(works(tmp_path, 'a', 'b-exit', 'c', 'd-kill', 'e'), 2)
    assert {name: reading.failure and reading.failure.code for name, reading in read.items()} == {
        'a': None,
        'b-exit': 'worker.crashed',
        'c': None,
        'd-kill': 'worker.memory',
        'e': None,
    }
    killed = read['d-kill']
    assert killed.failure is not None
    assert '内存' in killed.failure.message
    assert killed.sha256 is not None


@pytest.mark.usefixtures('bad_reader')
@pytest.mark.parametrize('name', ['hang', 'deaf'])
def test_a_file_that_takes_too_long_is_ended_and_the_others_are_read(tmp_path: Path, name: str) -> None:
    started = time.monotonic()
    read = read_with(works(tmp_path, 'a', name, 'z'), 1, Limits(seconds=1.0))
    why = read[name].failure
    assert why is not None
    assert (why.code, '1 秒' in why.message) == ('worker.timeout', True)
    assert read['a'].failure is read['z'].failure is None
    assert time.monotonic() - started < 60


@pytest.mark.skipif(sys.platform != 'linux', reason='elsewhere memory is watched from outside')
@pytest.mark.usefixtures('bad_reader')
def test_a_file_that_claims_too_much_memory_fails_and_the_others_are_read(tmp_path: Path) -> None:
    read = read_with(works(tmp_path, 'a', 'swell', 'z'), 1, Limits(memory=300 << 20))
    assert read['swell'].failure is not None
    assert read['swell'].failure.code == 'worker.memory'
    assert read['a'].failure is read['z'].failure is None


@pytest.mark.usefixtures('bad_reader')
def test_a_process_that_kept_much_memory_is_replaced(tmp_path: Path) -> None:
    read = read_with(works(tmp_path, 'a', 'keep', 'z'), 1, Limits(memory=300 << 20))
    assert [reading.failure for reading in read.values()] == [None, None, None]
    numbers = {name: reading.format for name, reading in read.items()}  # the bad reader tells its process there
    assert numbers['a'] == numbers['keep'] != numbers['z']


@pytest.mark.usefixtures('bad_reader')
def test_what_a_reader_prints_reaches_nobody(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    read_with(works(tmp_path, 'print'), 1)
    assert capfd.readouterr() == ('', '')


@pytest.mark.usefixtures('bad_reader')
def test_what_is_not_waited_for_is_ended_with_the_programs_that_it_started(tmp_path: Path) -> None:
    pid = tmp_path / 'program.pid'
    with Readers(works(tmp_path, 'a', 'program'), 1) as readers:
        next(iter(readers))
        deadline = time.monotonic() + 60
        while not (pid.exists() and pid.read_text()):
            assert time.monotonic() < deadline
            time.sleep(0.05)
    time.sleep(0.2)
    assert not _runs(int(pid.read_text()))


@pytest.mark.usefixtures('bad_reader')
def test_processes_that_cannot_start_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader_process, 'serve', os.abort)
    with pytest.raises(reader_process.Refusal, match='启动不了'):
        read_with(works(tmp_path, 'a'), 1)


@pytest.mark.usefixtures('bad_reader')
@pytest.mark.parametrize('why', [OSError, KeyboardInterrupt])
def test_where_one_process_cannot_start_those_before_it_are_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, why: type[BaseException]
) -> None:
    usual, started = pool.Process, []

    def second_fails(*arguments: Any) -> reader_process.Process:
        if started:
            raise why
        process = usual(*arguments)
        started.append(process._process)
        return process

    monkeypatch.setattr(pool, 'Process', second_fails)
    with pytest.raises(why), Readers(works(tmp_path, 'a', 'b'), 2):
        pytest.fail('one has not started')
    assert not any(process.is_alive() for process in started)


@pytest.mark.skipif(sys.platform == 'win32', reason='POSIX process groups')
def test_processes_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    works(tmp_path, 'hang')
    script = 'import sys; from tests.pipeline.bad_reader import read_until_killed; read_until_killed(sys.argv[1])'
    root = str(Path(__file__).parents[3])
    with subprocess.Popen([sys.executable, '-c', script, str(tmp_path)], stdout=subprocess.PIPE, cwd=root) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert _runs(child)
        parent.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while _runs(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(child)


_COMMAND = """
import sys
from pathlib import Path
from typing import Any
from kaohe.pipeline.planning.inbox import find_candidates, scope_of
from kaohe.pipeline.planning.plan import Work
from kaohe.pipeline.readers import pool, reader_process
from kaohe.pipeline.readers.pool import Readers
from kaohe.pipeline.system.lock import alone
from tests.pipeline.bad_reader import serve_badly

reader_process.serve = serve_badly
works = [Work((x,), None) for x in find_candidates(scope_of(Path(sys.argv[1])))]
with alone(Path(sys.argv[1], 'a.db'), lambda: None), Readers(works, 2, forked=True) as readers:
    print(*(process._process.pid for process in readers._processes), flush=True)
    next(iter(readers))
"""


@pytest.mark.skipif(sys.platform != 'linux', reason='copies of the process')
def test_readers_are_copies_of_the_command_and_hold_no_database_when_it_is_killed(tmp_path: Path) -> None:
    works(tmp_path, 'deaf')
    root = str(Path(__file__).parents[3])
    with subprocess.Popen(
        [sys.executable, '-c', _COMMAND, str(tmp_path)], stdout=subprocess.PIPE, cwd=root, text=True
    ) as command:
        assert command.stdout is not None
        readers = [int(pid) for pid in command.stdout.readline().split()]
        assert len(readers) == 2, 'one to read, one to help'
        deadline = time.monotonic() + 20
        while any(_has_open(pid, tmp_path / 'a.db.lock') for pid in readers) and time.monotonic() < deadline:
            time.sleep(0.01)  # until they have come to themselves
        for pid in readers:
            os.kill(pid, signal.SIGSTOP)  # they hear of nothing before the database is wanted
            assert int(Path(f'/proc/{pid}/stat').read_text().rsplit(')', 1)[1].split()[1]) == command.pid
        command.kill()
        command.wait()
        try:
            with alone(tmp_path / 'a.db', lambda: pytest.fail('it is held')):
                pass
        finally:
            for pid in readers:
                os.kill(pid, signal.SIGKILL)


def _has_open(pid: int, file: Path) -> bool:
    try:
        return any(one.readlink() == file for one in Path(f'/proc/{pid}/fd').iterdir())
    except OSError:  # one was closed while they were looked at
        return True


def _runs(pid: int) -> bool:
    try:
        return Path(f'/proc/{pid}/stat').read_text().rsplit(')', 1)[1].split()[0] != 'Z'
    except OSError:
        return False
