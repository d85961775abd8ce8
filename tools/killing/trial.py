"""One kill: a copy of the office, a verb that is killed at a moment of its own, the program's next run, and the judgement."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tools.killing.office import DATABASE, LOG, Dump, command, decided, dump, environment, kaohe, logged
from tools.killing.phases import PHASES, Killed, Phase

_EVERY = 0.0004
_TRIES = 8
# What never stands in the words of a run that finds all well.
_COMPLAINTS = ('程序出错', '没有用上', '不在更正记录', '不在评分记录', '打不开', '已损坏')


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one kill: at which moment, and what was wrong afterwards."""

    seed: int
    phase: str
    moment: str
    fault: str | None


def undisturbed(office: Path, number: int) -> tuple[Dump, float]:
    """What the verb of this number in ``PHASES`` makes of the office when nobody kills it, and how long it takes. Raises ``RuntimeError`` where it fails."""
    phase = PHASES[number]
    with tempfile.TemporaryDirectory(prefix='kaohe-kills-') as folder:
        own = _prepared(office, Path(folder), phase)
        started = time.monotonic()
        ran = kaohe(own, *phase.words(own))
        seconds = time.monotonic() - started
        if ran.returncode:
            raise RuntimeError(f'{phase.name}: {ran.stdout[-500:]}{ran.stderr[-500:]}')
        told = kaohe(own, 'ingest', 'in', '--db', 'c.db')
        if told.returncode:
            raise RuntimeError(f'after {phase.name}: {told.stderr[-500:]}')
        whole = dump(own / DATABASE)
        fault = phase.judge(Killed(own, ran.stdout + ran.stderr, whole))
        if fault is not None:
            raise RuntimeError(f'{phase.name}, undisturbed: {fault}')
        return whole, seconds


def kill(office: Path, number: int, seed: int, whole: Dump, seconds: float) -> Outcome:
    """Kills the verb once; ``seconds`` is how long it takes."""
    phase = PHASES[number]
    chance = random.Random(seed)  # noqa: S311  # repeatable, not secret
    for attempt in range(_TRIES):
        with tempfile.TemporaryDirectory(prefix='kaohe-kills-') as folder:
            own = _prepared(office, Path(folder), phase)
            moment, reached = _moment(own, chance, seconds, hurry=max(0, attempt - _TRIES // 2))
            with (own / 'told').open('wb') as out:
                run = subprocess.Popen(
                    command(*phase.words(own)), cwd=own, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                    env=environment(own), start_new_session=True,
                )  # fmt: skip
            while not reached() and run.poll() is None:
                time.sleep(_EVERY)
            ended = run.poll() is not None
            _end(run)
            if ended:  # before its moment came: another one
                continue
            told = (own / 'told').read_text('utf-8', 'replace')
            return Outcome(seed, phase.name, moment, _fault(own, phase, told, whole))
    return Outcome(seed, phase.name, 'never', 'no moment was found to kill it')


def _end(run: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(run.pid, signal.SIGKILL)
    run.wait()


def _prepared(office: Path, folder: Path, phase: Phase) -> Path:
    own = folder / 'office'
    shutil.copytree(office, own)
    state = own / 'state' / 'kaohe' / 'written.json'
    if state.exists():  # which files the program wrote itself is remembered by their paths
        state.write_text(state.read_text('utf-8').replace(str(office), str(own)), 'utf-8')
    phase.prepare(own)
    return own


def _moment(folder: Path, chance: random.Random, seconds: float, *, hurry: int) -> tuple[str, Callable[[], bool]]:
    """A moment, in words, and whether it has come: after some time, or some time after something was written.

    ``hurry`` (from 1): after some time that grows shorter, since not every verb writes everything, and the machine may be faster by now.
    """
    wait = chance.choice((0.0, chance.uniform(0, 0.004), chance.uniform(0, 0.05)))
    kind = chance.choice(('time', 'lock', 'journal', 'wal', 'no wal', 'log', 'database', 'anything', 'anything'))
    started = time.monotonic()
    if kind == 'time' or hurry:
        after = chance.uniform(0.05, 0.5 / hurry if hurry else 1.1) * seconds
        return f'{after:.3f} s after the start', lambda: time.monotonic() - started >= after
    look = _LOOKS[kind]
    before, seen = look(folder), [0.0, 0.0]

    def reached() -> bool:
        now = time.monotonic()
        if not seen[0]:
            state = look(folder)
            if kind == 'no wal':  # it appears first, and goes when the catalogue becomes one file again
                seen[1] = seen[1] or float(state != before)
                if not seen[1] or state != before:
                    return False
            elif state == before:
                return False
            seen[0] = now
        return now - seen[0] >= wait

    return f'{wait:.4f} s after {kind}', reached


def _size(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns


def _beside(end: str) -> Callable[[Path], object]:
    return lambda folder: (folder / f'{DATABASE}{end}').exists()


def _names(folder: Path) -> object:
    found: list[object] = []
    for path in (folder, folder / LOG, folder / 'c.receipts'):
        try:
            found += sorted(
                (one.name, one.stat(follow_symlinks=False).st_mtime_ns)
                for one in os.scandir(path)
                if one.name != 'told'
            )
        except OSError:
            found.append(None)
    return found


_LOOKS: dict[str, Callable[[Path], object]] = {
    'lock': _beside('.lock'),
    'journal': _beside('-journal'),
    'wal': _beside('-wal'),
    'no wal': _beside('-wal'),
    'log': lambda folder: _size(folder / LOG / 'decisions.jsonl'),
    'database': lambda folder: _size(folder / DATABASE),
    'anything': _names,
}


def _fault(folder: Path, phase: Phase, told: str, whole: Dump) -> str | None:
    """What is wrong, by the program's own next run."""
    ran = kaohe(folder, 'ingest', 'in', '--db', 'c.db')
    if ran.returncode or any(word in ran.stderr for word in _COMPLAINTS):
        return f'locked: the next run ended with {ran.returncode}: {ran.stderr[-400:]}'
    checked = kaohe(folder, 'check', '--db', 'c.db')
    if checked.returncode:
        return f'half: {checked.stdout[-400:]}{checked.stderr[-400:]}'
    left = [path.name for path in folder.glob(f'{DATABASE}-*') if path.stat().st_size]
    if left:
        return f'half: {left} are left'
    if (folder / LOG).exists() and decided(folder / DATABASE) != logged(folder / LOG):
        return 'lost: the catalogue and its log differ'
    return phase.judge(Killed(folder, told, whole))
