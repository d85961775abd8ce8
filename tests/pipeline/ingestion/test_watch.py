"""The watch: as a process of its own with files dropped in, and its parts."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from kaohe.pipeline.ingestion import watcher
from kaohe.pipeline.ingestion.report import Report, Result
from kaohe.pipeline.ingestion.watcher import Steadiness, Watch
from kaohe.pipeline.planning.inbox import Candidate, scope_of
from kaohe.pipeline.refusal import Refusal

ROOT = Path(__file__).parents[3]
NOTICE = '青川市2025年度消防考核细则\n\n序号\t考核内容\t评分标准\t分值\n1\t落实巡查制度\t每少一次扣0.5分\t{points}\n2\t组织演练\t未组织不得分\t4\n'
WAIT = 60.0

pytestmark = pytest.mark.skipif(sys.platform == 'win32', reason='signals as of POSIX')


class Watching:
    """A running ``kaohe watch 收件夹 --db 目录.db`` in ``folder``."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder, self.inbox, self.database = folder, folder / '收件夹', folder / '目录.db'
        self.inbox.mkdir()
        self._log = (folder / 'log').open('wb')
        self.process = subprocess.Popen(
            [sys.executable, '-m', 'kaohe', 'watch', '收件夹', '--db', '目录.db', '--jobs', '1', *options],
            cwd=folder, stdout=self._log, stderr=subprocess.STDOUT,
            env=os.environ | {'PYTHONPATH': str(ROOT / 'src'), 'PYTHONUNBUFFERED': '1', 'PYTHONUTF8': '1'},
        )  # fmt: skip

    def said(self) -> str:
        return (self.folder / 'log').read_text('utf-8')

    def hear(self, words: str, times: int = 1) -> None:
        """Waits until it has said this."""
        end = time.monotonic() + WAIT
        while self.said().count(words) < times:
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < end, self.said()
            time.sleep(0.1)

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        status = self.process.wait(WAIT)
        self._log.close()
        return status

    def points(self) -> list[float]:
        with closing(sqlite3.connect(self.database)) as connection:
            return [points for (points,) in connection.execute('SELECT points FROM indicators ORDER BY points')]

    def sources(self) -> dict[str, int]:
        with closing(sqlite3.connect(self.database)) as connection:
            return dict(connection.execute('SELECT source, present FROM sources'))


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Callable[..., Watching]]:
    started: list[Watching] = []

    def start(*options: str) -> Watching:
        made = Watching(tmp_path, *options)
        started.append(made)
        made.hear('正在看守')
        return made

    yield start
    for made in started:
        if made.process.poll() is None:
            made.process.kill()
            made.process.wait()


def test_dropped_files_are_read_whole_bad_ones_are_told_and_it_stops_when_told(
    watching: Callable[..., Watching],
) -> None:
    running = watching()
    (running.inbox / '坏.docx').write_bytes(b'PK\x03\x04')
    running.hear('没有读入　坏.docx')

    text = NOTICE.format(points=6)
    with (running.inbox / '慢.txt').open('w', encoding='utf-8') as growing:
        for at in range(0, len(text), 12):  # for longer than the quiet time, so that half of it would be read
            growing.write(text[at : at + 12])
            growing.flush()
            time.sleep(0.35)
    running.hear('已读入　慢.txt：2 条指标')
    assert running.said().count('慢.txt') == 1
    assert running.points() == [4.0, 6.0]

    (running.inbox / '慢.txt').write_text(NOTICE.format(points=5), 'utf-8')
    running.hear('已读入　慢.txt：2 条指标', times=2)
    assert running.points() == [4.0, 5.0]

    receipts = running.folder / '目录.receipts'
    first = (receipts / 'index.html').read_text('utf-8')
    assert first.index('坏.docx') < first.index('慢.txt')
    assert running.stop() == 0
    assert running.said().endswith('已停止看守\n')
    assert 'Traceback' not in running.said()


def test_a_folder_that_vanishes_and_returns_loses_nothing(watching: Callable[..., Watching]) -> None:
    running = watching('--poll', '--no-receipts')
    (running.inbox / '甲.txt').write_text(NOTICE.format(points=6), 'utf-8')
    running.hear('已读入　甲.txt')
    away = running.folder / '别处'
    running.inbox.rename(away)
    running.hear('文件夹不见了')
    assert running.sources() == {'甲.txt': 1}
    (away / '乙.txt').write_text(NOTICE.format(points=7), 'utf-8')
    away.rename(running.inbox)
    running.hear('文件夹回来了')
    running.hear('已读入　乙.txt')
    assert running.sources() == {'甲.txt': 1, '乙.txt': 1}
    assert '已离开' not in running.said()
    assert not (running.folder / '目录.receipts').exists()
    assert running.stop(signal.SIGINT) == 0


def test_a_file_is_whole_when_it_stayed_the_same_for_the_quiet_time_by_our_own_clock(tmp_path: Path) -> None:
    now = 100.0
    steadiness = Steadiness(quiet=2.0, clock=lambda: now)
    path = tmp_path / 'a.txt'
    path.touch()

    def unsteady(size: int, mtime: int) -> bool:
        return bool(steadiness.unsteady([Candidate(path, tmp_path, 'a.txt', size, mtime)]))

    long_ago = 0
    assert unsteady(10, long_ago)
    now = 101.5
    assert unsteady(20, long_ago)  # it grew, whatever its time of change says
    now = 103.0
    assert unsteady(20, long_ago)
    now = 103.6
    assert not unsteady(20, long_ago)
    assert unsteady(20, 1)


class Trying:
    """A run that fails in a given way so often, then succeeds and ends the watching."""

    def __init__(self, stop: Event, *failures: Exception) -> None:
        self.stop, self.failures = stop, list(failures)

    def __call__(self, scopes: object, **_: object) -> Report:
        if self.failures:
            raise self.failures.pop(0)
        self.stop.set()
        return Report((Result('甲.txt', 'waiting', None),))


def watch_until_done(folder: Path, *failures: Exception) -> tuple[list[str], list[Report]]:
    stop, lines, reports = Event(), list[str](), list[Report]()
    Watch(
        [scope_of(folder)], Trying(stop, *failures), poll=False, stop=stop, say=lines.append, finished=reports.append
    ).run()
    return lines, reports


def test_a_run_that_fails_is_told_once_and_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watcher, 'RETRY', (0.1, 0.1))
    busy = Refusal('数据库正被另一个程序占用')
    lines, reports = watch_until_done(tmp_path, busy, busy, ZeroDivisionError('\x1b[2J除'))
    assert lines[1:] == [
        '这次没有做完：数据库正被另一个程序占用；会自动再试',
        '这次没有做完：程序出错（ZeroDivisionError: [2J除），请把这一行发给维护者；会自动再试',
    ]
    assert len(reports) == 1


def test_a_run_during_which_the_folder_vanishes_marks_no_file_as_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / '收件夹'
    folder.mkdir()
    stop, given_up = Event(), []

    def run(scopes: object, *, writing: Callable[[list[Candidate]], set[Path]], **_: object) -> Report:
        folder.rmdir()
        stop.set()
        try:
            writing([])
        except Exception:
            given_up.append(True)
            raise
        return Report(())

    Watch([scope_of(folder)], run, poll=False, stop=stop, say=lambda line: None, finished=pytest.fail).run()
    assert given_up == [True]


def test_a_share_is_polled_and_its_empty_mount_point_counts_as_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([True])  # once mounted, then no more
    monkeypatch.setattr(watcher, 'on_network', lambda folder: next(answers, False))
    stop, lines = Event(), []

    def say(line: str) -> None:
        lines.append(line)
        if '不见了' in line:
            stop.set()

    Watch([scope_of(tmp_path)], pytest.fail, poll=False, stop=stop, say=say, finished=pytest.fail).run()
    assert '每 2 秒看一次' in lines[0]
    assert '文件夹不见了' in lines[1]


def test_a_folder_that_is_not_there_at_the_start_is_wrong_usage(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, '-m', 'kaohe', 'watch', '没有'],
        cwd=tmp_path, capture_output=True, text=True, encoding='utf-8', env=os.environ | {'PYTHONPATH': str(ROOT / 'src'), 'PYTHONUTF8': '1'}, timeout=60,
    )  # fmt: skip
    assert ran.returncode == 2
    assert '找不到 没有' in ran.stderr
