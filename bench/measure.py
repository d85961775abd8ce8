"""Runs contenders and commands in processes of their own, and keeps what they took."""

from __future__ import annotations

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
_ENVIRONMENT = {**os.environ, 'PYTHONDONTWRITEBYTECODE': ''}


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of each repeat. ``megabytes`` is the most memory that the process held, ``processor`` the processor seconds of the command's
    own process where ``seconds`` are the clock's; None where it was not looked at."""

    seconds: tuple[float, ...]
    megabytes: float | None = None
    processor: tuple[float, ...] | None = None

    @property
    def median(self) -> float:
        return median(self.seconds)

    def __str__(self) -> str:
        """``1.23 s (1.20–1.31)``: the median, the least and the most."""
        if len(self.seconds) == 1:
            return _shown(self.median)
        return f'{_shown(self.median)} ({min(self.seconds):.3g}–{max(self.seconds):.3g})'


def _shown(seconds: float) -> str:
    return f'{seconds * 1000:.0f} ms' if seconds < 1 else f'{seconds:.3g} s'


def contend(name: str, file: Path, warm: Path, repeats: int) -> Times:
    """Processor seconds of one contender on one file, each repeat in a new process after a warm-up on another file.

    Processor time, not the clock's: other programs run beside.
    """
    command = [sys.executable, '-m', 'bench.contenders', name, str(file), str(warm)]
    found = []
    for _ in range(repeats):
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        found.append(json.loads(done.stdout.splitlines()[-1]))
    return Times(tuple(each['seconds'] for each in found), max(each['megabytes'] for each in found))


def command(arguments: Callable[[int], Sequence[str]], repeats: int, *, warm_up: bool = True) -> Times:
    """Seconds by the clock of ``kaohe`` from start to end; ``arguments`` are told the number of the repeat (-1 for the warm-up)."""
    return program(lambda at: ('-m', 'pipeline', *arguments(at)), repeats, warm_up=warm_up)


def program(arguments: Callable[[int], Sequence[str]], repeats: int, *, warm_up: bool = True) -> Times:
    """The same of Python with these arguments. What it prints is thrown away."""
    taken, worked = [], []
    for at in range(-1 if warm_up else 0, repeats):
        started, before = time.perf_counter(), _worked_by_children()
        subprocess.run([sys.executable, *arguments(at)], check=True, capture_output=True, env=_ENVIRONMENT)
        if at >= 0:
            taken.append(time.perf_counter() - started)
            worked.append(_worked_by_children() - before)
    return Times(tuple(taken), processor=tuple(worked))


def _worked_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
