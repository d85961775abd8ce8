"""A reader for the tests of the processes: what it does to its process is said by the name of the file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

from kaohe.pipeline.planning.hashing import sha256_of
from kaohe.pipeline.readers import reader_loop, reader_process
from kaohe.pipeline.readers.reader_loop import Task, serve
from kaohe.pipeline.readers.reading import Ahead, Reading, not_ahead, read_file
from kaohe.pipeline.readers.sharing import Sharer
from kaohe.pipeline.system.limits import Limits

_kept: list[bytes] = []


def serve_badly(parent: Connection, limits: Limits, ahead: Ahead = not_ahead) -> None:
    """`kaohe.pipeline.readers.reader_loop.serve` with another reader. The dictionaries are not needed, and not loaded."""
    reader_loop.read = read_badly
    serve(parent, limits, ahead)


def read_badly(task: Task, spread: Sharer, ahead: Ahead) -> Reading:
    """Reads the file, or does what its name says."""
    name = Path(task.path).stem
    if 'exit' in name:
        os._exit(9)
    if 'kill' in name:
        os.kill(os.getpid(), signal.SIGKILL)
    if 'hang' in name:
        time.sleep(3600)
    if 'deaf' in name:  # never comes back to Python, like a loop in a library
        import re

        re.match('(a+)+$', 'a' * 64 + 'b')
    if 'swell' in name:
        return _swelling(task)
    if 'keep' in name:
        _kept.append(bytes(200 << 20))
    if 'print' in name:
        print('\x1b[31m通知原文', file=sys.stderr)  # noqa: T201
        os.write(1, b'\x1b[31m')
    if 'share' in name:
        try:
            done = spread(do_part, (task.path, os.getpid()), range(12), 0.5 if 'granted' in name else 0.0)
        except ValueError:
            done = ['given up']
        if 'aside' in name:
            with spread.aside(os.getpid) as who:
                done.append(f'aside by {"the same" if who() == os.getpid() else "a copy"}')
        return Reading(sha256_of(Path(task.path)), task.bytes, ' '.join(map(str, done)), None, None, 0.0)
    if 'program' in name:
        with subprocess.Popen(['sleep', '3600']) as program:
            Path(task.path).with_suffix('.pid').write_text(str(program.pid))
    return Reading(sha256_of(Path(task.path)), task.bytes, str(os.getpid()), None, None, 0.0)


def do_part(common: tuple[str, int], part: int) -> str:
    """Which part it is, and whether the process that offered it (``o``) or another (``h``) has done it."""
    file, owner = Path(common[0]), common[1]
    name, helped, here = file.stem, file.with_suffix('.helped'), os.getpid() == owner
    if not here:
        helped.touch()
    while here and 'helped' in name and not helped.exists():  # the limit of time of a file ends it
        time.sleep(0.01)
    time.sleep(2.5 if part == 0 and 'slow' in name else 0.05)
    if not here and 'lost' in name:
        os._exit(9)
    if not here and 'raise' in name:
        raise ValueError(part)
    if here and 'gives-up' in name:
        raise ValueError(part)
    if here and 'dies' in name:
        time.sleep(0.5)
        os._exit(9)
    return f'{part}{"o" if here else "h"}'


def _swelling(task: Task) -> Reading:
    from kaohe.pipeline.readers import reading

    def greedy(*given: object) -> None:
        _kept.extend(bytes(50 << 20) for _ in range(100))

    reading.catalogue_of = greedy  # type: ignore[assignment]
    return read_file(task.path, task.name)


def read_until_killed(folder: str) -> None:
    """Starts a process that hangs, prints its number, and waits."""
    from kaohe.pipeline.planning.inbox import find_candidates, scope_of
    from kaohe.pipeline.planning.plan import Work
    from kaohe.pipeline.readers.pool import Readers

    reader_process.serve = serve_badly
    with Readers([Work((x,), None) for x in find_candidates(scope_of(Path(folder)))], 1) as readers:
        print(readers._processes[0]._process.pid, flush=True)  # noqa: T201
        next(iter(readers))
