"""Runs contenders and commands in processes of their own, and keeps what they took."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

# with compiled modules kept from run to run, as everyone has them but who asked for none
ENVIRONMENT = {**os.environ, 'PYTHONDONTWRITEBYTECODE': ''}
# A contender that takes longer (seconds) is given up.
_PATIENCE = 300
_ADOPT = 36  # PR_SET_CHILD_SUBREAPER of prctl(2)


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of each repeat: of the processor for a contender, by the clock for a command.

    ``clock`` are those of a contender by the clock, ``processor`` the processor seconds of the command's own process, ``megabytes`` the
    most memory that the process held; None where it was not looked at.
    """

    seconds: tuple[float, ...]
    megabytes: float | None = None
    processor: tuple[float, ...] | None = None
    clock: tuple[float, ...] | None = None

    @property
    def median(self) -> float:
        return median(self.seconds)

    def __str__(self) -> str:
        """``1.23 s (1.20–1.31)``: the median, the least and the most."""
        if len(self.seconds) == 1:
            return _shown(self.median)
        return f'{_shown(self.median)} ({min(self.seconds):.3g}–{max(self.seconds):.3g})'


def _shown(seconds: float) -> str:
    return f'{seconds * 1000:.3g} ms' if seconds < 1 else f'{seconds:.3g} s'


@dataclass(frozen=True, slots=True)
class Run:
    """A contender on a file, after a warm-up on another one."""

    name: str
    file: Path
    warm: Path


def contend(name: str, file: Path, warm: Path, repeats: int) -> Times:
    """What one contender took on one file, each repeat in a new process."""
    return side_by_side([Run(name, file, warm)], repeats)[0]


def side_by_side(runs: Sequence[Run], repeats: int) -> list[Times]:
    """The same for several, one after the other in each round: a machine that grows slower or faster meanwhile does so for all."""
    rounds = [[contended(run.name, run.file, run.warm) for run in runs] for _ in range(repeats)]
    return [
        Times(
            seconds=tuple(each['seconds'] for each in found),
            megabytes=max(each['megabytes'] for each in found),
            clock=tuple(each['clock'] for each in found),
        )
        for found in zip(*rounds, strict=True)
    ]


def more(longer: Times, shorter: Times) -> float:
    """How many seconds more the longer one took: the median of the rounds, for what was measured side by side."""
    return median(one - other for one, other in zip(longer.seconds, shorter.seconds, strict=True))


def command(
    arguments: Callable[[int], Sequence[str]], repeats: int, *, warm_up: bool = True, codes: Sequence[int] = (0,)
) -> Times:
    """Seconds by the clock of ``kaohe`` from start to end; ``arguments`` are told the number of the repeat (-1 for the warm-up). ``codes``: the
    exit statuses with which it did what it should."""
    return program(lambda at: ('-m', 'kaohe', *arguments(at)), repeats, warm_up=warm_up, codes=codes)


def program(
    arguments: Callable[[int], Sequence[str]], repeats: int, *, warm_up: bool = True, codes: Sequence[int] = (0,)
) -> Times:
    """The same of Python with these arguments. What it prints is thrown away."""
    taken, worked = [], []
    for at in range(-1 if warm_up else 0, repeats):
        started, before = time.perf_counter(), _worked_by_children()
        done = subprocess.run([sys.executable, *arguments(at)], check=False, capture_output=True, env=ENVIRONMENT)
        if done.returncode not in codes:
            done.check_returncode()
        if at >= 0:
            taken.append(time.perf_counter() - started)
            worked.append(_worked_by_children() - before)
    return Times(tuple(taken), processor=tuple(worked))


def contended(name: str, file: Path, warm: Path, interpreter: str = sys.executable) -> dict[str, float]:
    """What a contender told of one run: ``seconds``, ``clock``, ``megabytes``. ``interpreter``: that of the environment in which it is installed."""
    command = [interpreter, '-m', 'bench.contenders', name, str(file), str(warm)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=ENVIRONMENT, timeout=_PATIENCE)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def adopt_grandchildren() -> None:
    """From here on what a command leaves running (the process that starts its readers) is this process's to wait for (Linux; elsewhere nothing)."""
    if sys.platform == 'linux':
        ctypes.CDLL(None).prctl(_ADOPT, 1, 0, 0, 0)


def worked_by_all() -> float:
    """Processor seconds of all processes started so far and of theirs, which are waited for (see `adopt_grandchildren`)."""
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return _worked_by_children()


def _worked_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
