"""One batch of damaged things, in a process of its own: what the program makes of each."""

from __future__ import annotations

import random
import signal
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from kaohe.extractors.document import Unreadable
from kaohe.extractors.zip.archive import forget_opened, list_members, read_member
from kaohe.pipeline.assessment.answers.answer_files import read_answers_of
from kaohe.pipeline.assessment.answers.answer_log import FOLDER as ANSWERS
from kaohe.pipeline.assessment.answers.answer_log import append_answers, read_answers
from kaohe.pipeline.database.ids import document_id
from kaohe.pipeline.database.schema import open_to_read
from kaohe.pipeline.decisions.log.log_files import FILE, append, read_log
from kaohe.pipeline.ingestion.store import Store
from kaohe.pipeline.planning.hashing import sha256_of
from kaohe.pipeline.planning.inbox import Candidate
from kaohe.pipeline.planning.plan import Work
from kaohe.pipeline.readers.pool import Readers
from kaohe.pipeline.refusal import Refusal
from kaohe.pipeline.system.limits import Limits, limit_memory
from kaohe.pipeline.system.memory import memory_claimed
from kaohe.pipeline.workbook.edits import read_changes
from tools.fuzzing.tally import Tally
from tools.mutation import mutated

_TROUBLE = ('worker.', 'store.refused')
_MEMORY = 2 << 30


@dataclass(frozen=True, slots=True)
class Seeds:
    """What is damaged: notices by name, a log of decisions, one of answers, workbooks, forms and archives; and the catalogue they are about."""

    notices: dict[str, bytes]
    others: dict[str, tuple[str, bytes]]
    database: Path


def run(seeds: Seeds, numbers: range, seconds: float) -> Tally:
    """What came of the damaged things of these numbers, each of which makes the same thing again. A file that takes longer than ``seconds`` hangs."""
    tally = Tally()
    every = [
        *((name, 'notice') for name in sorted(seeds.notices)),
        *((name, kind) for name, (kind, _) in sorted(seeds.others.items())),
    ]
    with tempfile.TemporaryDirectory(prefix='kaohe-fuzz-') as folder:
        works: list[Work] = []
        direct: list[tuple[str, Path]] = []
        for number in numbers:
            name, kind = every[number % len(every)]
            data = seeds.notices[name] if kind == 'notice' else seeds.others[name][1]
            path = Path(folder, f'{number:06}.{name}')
            path.write_bytes(mutated(data, random.Random(number)))  # noqa: S311  # repeatable, not secret
            tally.kinds[name] += 1
            if kind == 'notice':
                works.append(Work((Candidate(path, path.parent, path.name, path.stat().st_size, 0),), sha256_of(path)))
            else:
                direct.append((kind, path))
        _read(works, Path(folder, 'fuzz.db'), seconds, tally)
        limit_memory(memory_claimed() + _MEMORY)
        for kind, path in direct:
            _take(kind, path, seeds.database, seconds, tally)
    return tally


def _read(works: list[Work], database: Path, seconds: float, tally: Tally) -> None:
    with Readers(works, 1, Limits(seconds=seconds, seconds_per_megabyte=0.0)) as readers, Store(database, {}) as store:
        for work, reading in readers:
            path = work.candidates[0].path
            failure = store.put(reading, work.candidates).failure
            tally.codes[failure.code if failure else '—'] += 1
            tally.took(path.name, reading.seconds)
            if failure and failure.code.startswith(_TROUBLE):
                tally.in_trouble(f'{failure.code} {failure.message}', path.name, path.read_bytes())
    with closing(open_to_read(database)) as connection:
        statuses = dict(connection.execute('SELECT id, status FROM documents').fetchall())
    for work in works:
        status = statuses.get(document_id(work.sha256 or ''))
        tally.statuses[status or 'none'] += 1
        if status is None:
            path = work.candidates[0].path
            tally.in_trouble('no status', path.name, path.read_bytes())


def _take(kind: str, path: Path, database: Path, seconds: float, tally: Tally) -> None:
    """Gives the damaged thing to what reads it. Only a refusal may be raised; of a log, only lines may be set aside."""
    data, started = path.read_bytes(), time.monotonic()
    try:
        with _in_time(seconds):
            said = _KINDS[kind](path, database)
        tally.statuses[f'{kind}: {said}'] += 1
    except (Refusal, Unreadable):
        tally.statuses[f'{kind}: refused'] += 1
    except MemoryError:
        tally.in_trouble(f'{kind}: out of memory', path.name, data)
    except Exception as error:  # what must not happen
        tally.in_trouble(f'{kind}: {type(error).__name__}: {str(error)[:200]}', path.name, data)
    tally.took(path.name, time.monotonic() - started)


@contextmanager
def _in_time(seconds: float) -> Iterator[None]:
    def late(number: int, frame: FrameType | None) -> None:
        raise TimeoutError('hangs')

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _log(path: Path, database: Path) -> str:
    folder = path.with_suffix('.log')
    folder.mkdir()
    path.rename(folder / FILE)
    before = read_log(folder)
    whole = (folder / FILE).read_bytes()
    append(folder, read_log(database.with_suffix('.decisions')).decisions[:1])
    after = read_log(folder)
    if not (folder / FILE).read_bytes().startswith(whole):
        raise AssertionError('what stood in the log was changed')
    known = {one.id for one in after.decisions}
    if not {one.id for one in before.decisions} <= known or len(after.spoiled) > len(before.spoiled):
        raise AssertionError('what was added spoilt what stood there')
    return 'whole' if not before.spoiled else 'lines set aside'


def _answers(path: Path, database: Path) -> str:
    folder = path.with_suffix('.log')
    (folder / ANSWERS).mkdir(parents=True)
    path.rename(folder / ANSWERS / 'answers.jsonl')
    before = read_answers(folder)
    append_answers(folder, read_answers(database.with_suffix('.decisions')).records[:1])
    after = read_answers(folder)
    if not set(map(repr, before.records)) <= set(map(repr, after.records)) or len(after.spoiled) > len(before.spoiled):
        raise AssertionError('what was added spoilt what stood there')
    return 'whole' if not before.spoiled else 'lines set aside'


def _workbook(path: Path, database: Path) -> str:
    with closing(open_to_read(database)) as connection:
        try:
            changes = read_changes(connection, path, '张三')
        except sqlite3.Error as error:
            raise AssertionError(f'the database was asked wrongly: {error}') from error
    return 'corrections' if changes.decisions else 'none' if not changes.rejected else 'rejected'


def _form(path: Path, database: Path) -> str:
    return 'answers' if read_answers_of(path).entries else 'none'


def _archive(path: Path, database: Path) -> str:
    try:
        for names in list_members(path):
            read_member(path, names)
    finally:
        forget_opened()
    return 'listed'


_KINDS: dict[str, Callable[[Path, Path], str]] = {
    'log': _log, 'answers': _answers, 'workbook': _workbook, 'form': _form, 'archive': _archive,
}  # fmt: skip
