"""Watches inboxes and reads what is dropped a few seconds after it has stopped growing, until it is told to stop.

Nothing that happens to one file, to a folder or to the database ends the watching: it is told, and tried again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from threading import Event
from typing import Protocol

import watchfiles

from kaohe.pipeline.ingestion.report import Report, Result
from kaohe.pipeline.language.terms import STATUS, plain
from kaohe.pipeline.planning.inbox import Candidate, Scope, locked
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.system.mounts import on_network

# Seconds. A file is whole when its size and time of change stayed the same for QUIET.
QUIET = 2.0
TICK = 0.5
# Between two looks at the files themselves, whatever was or was not reported of them.
LOOK = 300.0
# After a run that failed: the first pause, doubled each time up to the last.
RETRY = (2.0, 20.0)
POLL = 2.0
# A file that is not whole after so long is named once.
LONG = 15.0

Clock = Callable[[], float]


class IngestRun(Protocol):
    """`kaohe.pipeline.ingestion.run.ingest`, its database given."""

    def __call__(
        self,
        scopes: Sequence[Scope],
        *,
        writing: Callable[[Sequence[Candidate]], set[Path]],
        queued: Callable[[], None],
        done: Callable[[str], None],
    ) -> Report:
        """Reads what is new."""


class _GivenUp(Exception):
    """Raised inside a run that shall end before all is done."""


class Steadiness:
    """Remembers how files looked, by this machine's own clock: those of network shares may be wrong."""

    def __init__(self, quiet: float = QUIET, clock: Clock = time.monotonic) -> None:
        self._quiet, self._clock = quiet, clock
        self._seen: dict[Path, tuple[tuple[int, int], float]] = {}

    def unsteady(self, candidates: Iterable[Candidate]) -> set[Path]:
        """Those of the files that did not stay as they are for the quiet time yet, or are locked. Forgets all others."""
        now, before = self._clock(), self._seen
        self._seen = {}
        for candidate in candidates:
            looks = (candidate.bytes, candidate.mtime_ns)
            known = before.get(candidate.path)
            self._seen[candidate.path] = known if known and known[0] == looks else (looks, now)
        return {path for path, (_, since) in self._seen.items() if now - since < self._quiet or locked(path)}


class Watch:
    """One watching of ``scopes``. ``run`` reads what is new; ``say`` gets lines for people; ``finished`` each report, to write what is made from the database."""

    def __init__(
        self,
        scopes: Sequence[Scope],
        run: IngestRun,
        *,
        poll: bool,
        stop: Event,
        say: Callable[[str], None],
        finished: Callable[[Report], None],
    ) -> None:
        self._folders = {_folder(scope): scope for scope in scopes}
        self._ingest, self._stop, self._say, self._finished = run, stop, say, finished
        self._shares = {folder for folder in self._folders if on_network(folder)}
        self._poll = poll or bool(self._shares)
        self._steadiness = Steadiness()
        self._pause = RETRY[0]
        self._told: dict[str, str] = {}
        self._waiting_since: dict[str, float] = {}

    def run(self) -> None:
        """Returns when ``stop`` is set."""
        how = f'，每 {POLL:g} 秒看一次' if self._poll else ''
        self._say(f'正在看守 {"、".join(plain(str(folder)) for folder in self._folders)}{how}；放进去的文件会自动读入')
        here = self._here()
        while not self._stop.is_set():
            for folder in self._folders.keys() - here.keys():
                self._once(str(folder), f'文件夹不见了：{plain(str(folder))}；已读入的数据都在，等它回来再继续')
            if here:
                self._watch_these(here)
            else:
                self._stop.wait(TICK)
            now_here = self._here()
            for folder in now_here.keys() - here.keys():
                self._told.pop(str(folder), None)
                self._say(f'文件夹回来了：{plain(str(folder))}')
            here = now_here

    def _here(self) -> dict[Path, tuple[int, int]]:
        """The folders that are there, with what tells them from others that take their place. An empty mount point is not the share."""
        found = {}
        for folder in self._folders:
            try:
                stat = folder.stat()
                if folder.is_dir() and (folder not in self._shares or on_network(folder)):
                    found[folder] = (stat.st_dev, stat.st_ino)
            except OSError:  # gone, or the share does not answer
                continue
        return found

    def _watch_these(self, here: dict[Path, tuple[int, int]]) -> None:
        """Runs whenever something changed, until a folder comes, goes or is replaced, or the watching shall end."""
        due = time.monotonic()
        try:
            with closing(watchfiles.watch(
                *here, watch_filter=None, debounce=int(TICK * 1000), rust_timeout=int(TICK * 1000), yield_on_timeout=True,
                stop_event=self._stop, raise_interrupt=False, force_polling=self._poll, poll_delay_ms=int(POLL * 1000),
                ignore_permission_denied=True,
            )) as changes:  # fmt: skip
                for changed in changes:
                    if self._here() != here:
                        return
                    if changed:
                        due = min(due, time.monotonic() + TICK)
                    if time.monotonic() >= due:
                        due = time.monotonic() + self._look(here)
        except (OSError, RuntimeError) as error:  # the folder went just now, or the system watches no more folders
            if self._here() == here and not self._poll:
                self._poll = True
                self._say(f'系统不肯报告文件变化（{plain(str(error))}），改为每 {POLL:g} 秒看一次')
            self._stop.wait(TICK)

    def _look(self, here: dict[Path, tuple[int, int]]) -> float:
        """One run. The seconds until the next one that nobody asks for."""

        def writing(candidates: Sequence[Candidate]) -> set[Path]:
            if self._here() != here:  # it went while its files were listed: they have not left
                raise _GivenUp
            return self._steadiness.unsteady(candidates)

        scopes = [self._folders[folder] for folder in here]
        try:
            report = self._ingest(scopes, writing=writing, queued=_busy, done=self._between_notices)
            self._finished(report)
        except _GivenUp:
            return 0.0
        except Refusal as refusal:
            return self._failed(plain(str(refusal)))
        except Exception as error:  # the watching goes on, whatever it is
            return self._failed(f'程序出错（{type(error).__name__}: {plain(str(error))}），请把这一行发给维护者')
        self._pause = RETRY[0]
        self._told.pop('', None)
        for result in report.of('stored', 'failed', 'same', 'left'):
            if result.outcome != 'failed':
                self._told.pop(result.source, None)
            self._once(result.source, result_line(result))
        for result in report.of('closed'):
            self._once(
                result.source, f'打不开　{plain(result.source)}：文件夹没有读取权限或所在磁盘出错，里面的文件这次没有看'
            )
        self._name_slow([result.source for result in report.of('waiting')])
        return TICK if report.of('waiting') else LOOK

    def _between_notices(self, source: str) -> None:
        if self._stop.is_set():
            raise _GivenUp

    def _failed(self, why: str) -> float:
        pause, self._pause = self._pause, min(2 * self._pause, RETRY[1])
        self._once('', f'这次没有做完：{why}；会自动再试')
        return pause

    def _name_slow(self, waiting: Sequence[str]) -> None:
        now = time.monotonic()
        self._waiting_since = {source: self._waiting_since.get(source, now) for source in waiting}
        for source, since in self._waiting_since.items():
            if now - since > LONG:
                self._once(source, f'等待　{plain(source)}：还在复制或正被占用，写完后会自动读入')

    def _once(self, about: str, line: str) -> None:
        """Says the line unless it was the last that was said about this."""
        if self._told.get(about) != line:
            self._told[about] = line
            self._say(line)


def result_line(result: Result) -> str:
    """What became of a file that was not unchanged or waiting, for people."""
    found, name = result.summary, plain(result.source)
    assert found is not None, 'only files that wait have no document'
    if result.outcome == 'left':
        return f'已离开　{name}：数据保留'
    if found.status == 'failed':
        return f'{STATUS["failed"]}　{name}：{plain(found.message or "")}'
    doubts = found.errors + found.warnings
    counts = f'{found.lines} 条指标，{found.clauses} 条条款，' + (f'{doubts} 处要核对' if doubts else '没有要核对的')
    same = '（与已有文件内容相同）' if result.outcome == 'same' else ''
    why = f'；{plain(found.message)}' if found.message else ''
    return f'{STATUS[found.status]}　{name}{same}：{counts}{why}'


def _busy() -> None:
    raise Refusal('另一个 kaohe 正在写这个数据库')


def _folder(scope: Scope) -> Path:
    """The folder to watch for a scope: that of a single file, since many programs replace a file when they save it."""
    place = scope.inbox / scope.below
    return place if place.is_dir() else place.parent
