"""What a reading process does: it takes one file after the other from its parent, reads it within limits, and sends back what came of it.
In between it helps others with theirs."""

from __future__ import annotations

import gc
import os
import pickle
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection

from kaohe.extractors.findings import finding
from kaohe.pipeline.readers.reading import Ahead, Reading, not_ahead, read_file
from kaohe.pipeline.readers.sharing import Help, Helper, Sharer
from kaohe.pipeline.system.apart import OUT_OF_MEMORY, apart
from kaohe.pipeline.system.limits import Limits, kept
from kaohe.pipeline.system.memory import memory_claimed

READY = b''
# How often Python looks for garbage that refers to itself: a reading makes millions of objects that stay and next to none of it (50 files of all
# formats: 33,000 objects). With the usual (700, 10, 10) the looking took a fifth of the reading of 1,000 lines, with every 50,000 a
# twenty-fifth of 10,000. It is looked for once so many more are at hand: the memory that a file may take is bounded as before.
_SELDOM = (2_000_000, 20, 20)


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read. ``path`` is absolute: the process has a working folder of its own."""

    path: str
    name: str
    members: tuple[str, ...]
    bytes: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a task. After the ``last`` one the process ends: it holds more memory than a new one would."""

    reading: Reading
    last: bool


def look_seldom_for_garbage() -> None:
    """What is loaded by now stays, and stays shared with the process from which this one was forked; the rest is looked through seldom."""
    gc.freeze()
    gc.set_threshold(*_SELDOM)


def serve(parent: Connection, limits: Limits, ahead: Ahead = not_ahead) -> None:
    """Reads until the parent hangs up. Says ``READY`` first; each answer is pickled. ``ahead`` has the document of the only file."""
    apart()
    look_seldom_for_garbage()
    most = memory_claimed() + limits.memory // 2
    helper = Helper()
    try:
        parent.send_bytes(READY)
        while True:
            wanted: Task | Help = parent.recv()
            with kept(limits, wanted.bytes):
                if isinstance(wanted, Task):
                    answer = _packed(read(wanted, Sharer(parent), ahead), most)
                else:
                    answer = pickle.dumps(helper.do(wanted), pickle.HIGHEST_PROTOCOL)
            parent.send_bytes(answer)
    except (EOFError, OSError):  # the parent is done, or gone
        return
    except MemoryError:  # not even the failure could be told
        os._exit(OUT_OF_MEMORY)


def read(task: Task, sharer: Sharer, ahead: Ahead = not_ahead) -> Reading:
    """Reads the file of a task."""
    return read_file(task.path, task.name, task.members, sharer, ahead, sharer.aside)


def _packed(reading: Reading, most: int) -> bytes:
    last = memory_claimed() > most
    try:
        return pickle.dumps(Answer(reading, last), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        failed = replace(reading, rows=None, failure=finding('worker.memory'))
        return pickle.dumps(Answer(failed, True), pickle.HIGHEST_PROTOCOL)
