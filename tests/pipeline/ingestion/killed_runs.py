"""Kills a run at a random moment, looks at the database as the program opens it, runs again, and compares with a run that nobody disturbed."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from kaohe.pipeline.database.schema import open_to_read
from kaohe.pipeline.refusal import Refusal
from tools.killing.office import Dump, dump

# Starts a run as the leader of a session of its own; gives its process id.
Start = Callable[[], int]


@dataclass(frozen=True)
class Killed:
    """One killed run: after how many seconds, counted from its start or from when it began to write, and what was wrong afterwards."""

    seed: int
    writing: bool
    seconds: float
    stored: int
    fault: str | None


def kill(start: Start, database: Path, whole: Dump, seed: int, starting: float, storing: float) -> Killed:
    """Kills a run that makes ``database`` at a random moment, and runs it again. ``whole`` is the undisturbed result; ``starting`` and
    ``storing`` are the seconds such a run takes before and after the database appears."""
    chance = random.Random(seed)  # noqa: S311  # repeatable, not secret
    writing = chance.random() < 0.8
    seconds = chance.uniform(0, storing if writing else starting)
    for end in ('', '-wal', '-shm', '-journal', '.lock'):
        database.with_name(database.name + end).unlink(missing_ok=True)
    run = start()
    if writing:
        _wait_for(database)
    time.sleep(seconds)
    with suppress(ProcessLookupError):  # it may have ended by itself
        os.killpg(run, signal.SIGKILL)
    os.waitpid(run, 0)
    stored, fault = _state(database)
    ended = _end_of(start())
    if fault is None and ended != 0:
        fault = f'the run afterwards ended with {ended}'
    if fault is None:
        fault = _state(database)[1] or (None if dump(database) == whole else 'differs from the undisturbed run')
    return Killed(seed, writing, seconds, stored, fault)


def undisturbed(start: Start, database: Path) -> tuple[Dump, float, float]:
    """What a whole run makes, and the seconds before and after the database appears."""
    started = time.monotonic()
    run = start()
    _wait_for(database)
    appeared = time.monotonic()
    if _end_of(run) != 0:
        raise RuntimeError('the undisturbed run failed')
    return dump(database), appeared - started, time.monotonic() - appeared


def _end_of(run: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(run, 0)[1])


def _wait_for(database: Path) -> None:
    deadline = time.monotonic() + 300
    while not database.exists() and time.monotonic() < deadline:
        time.sleep(0.005)


def _state(database: Path) -> tuple[int, str | None]:
    """How many documents are stored, and what is wrong with the database as the kill left it, as the program itself opens it."""
    if not database.exists() or not database.stat().st_size:
        return 0, None
    try:
        with closing(open_to_read(database, older=True)) as connection:
            said = [tuple(row) for row in connection.execute('PRAGMA integrity_check')]
            if said != [('ok',)]:
                return 0, f'integrity_check: {said[:3]}'
            broken = connection.execute('PRAGMA foreign_key_check').fetchall()
            if broken:
                return 0, f'foreign_key_check: {broken[:3]}'
            if connection.execute('PRAGMA user_version').fetchone()[0] == 0:
                return 0, None
            return connection.execute('SELECT count(*) FROM documents').fetchone()[0], None
    except Refusal as refusal:
        return 0, f'locked: {refusal}'
