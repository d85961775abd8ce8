"""Reads one file into a catalogue, and that into rows. Pure and picklable, so that it runs in this process, in a worker, or on another machine."""

from __future__ import annotations

import hashlib
import logging
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kaohe.extractors.document import Unreadable
from kaohe.extractors.findings import Finding, finding
from kaohe.extractors.parallel import Spread, here
from kaohe.extractors.zip.archive import read_member
from kaohe.pipeline.language.system_words import cause
from kaohe.pipeline.planning.hashing import sha256_of
from kaohe.pipeline.readers.aside import Aside, later

if TYPE_CHECKING:  # a run that finds nothing changed makes no catalogue
    from kaohe.extractors.document import Document
    from kaohe.normalizers.catalogue import Catalogue
    from kaohe.pipeline.database.rows import TableRows

MAX_BYTES = 1 << 30
_SILENCE = logging.NullHandler()


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of one file: the rows that say what it says, or the finding that says why there are none.

    ``sha256`` and ``bytes`` are of the bytes that were read, None where they could not be had. ``seconds`` is the time it took.
    """

    sha256: str | None
    bytes: int | None
    format: str | None
    rows: tuple[TableRows, ...] | None
    failure: Finding | None
    seconds: float


Ahead = Callable[[bytes], 'Document | None']
"""Gives the document in these bytes where it is at hand."""


def not_ahead(data: bytes) -> Document | None:
    """Nothing is at hand."""
    return None


def read_file(
    path: str,
    name: str,
    members: tuple[str, ...] = (),
    spread: Spread = here,
    ahead: Ahead = not_ahead,
    aside: Aside = later,
) -> Reading:
    """Reads the file at ``path``, or the one to which ``members`` lead in the archive that stands there. Never raises, but for
    `PluginFault`, with which no file can be read.

    ``name`` is its name below the inbox, from which the notice's metadata may be completed. ``spread`` does the parts of a long file, ``aside``
    what need not wait for the checks. ``ahead`` gives what the bytes hold where somebody has taken them apart already.
    """
    started = time.perf_counter()
    try:
        if members:
            return read_bytes(read_member(Path(path), members), name, spread, ahead, aside)
        size = Path(path).stat().st_size
        if size > MAX_BYTES:
            return _failed(finding('file.too_large', detail=f'{size >> 20} MB'), started, sha256_of(Path(path)), size)
        data = Path(path).read_bytes()
    except OSError as error:
        return _failed(finding('file.unreadable', detail=cause(error)), started)
    except Unreadable as error:
        return _failed(error.finding, started)
    except MemoryError:
        return _failed(finding('worker.memory'), started)
    return read_bytes(data, name, spread, ahead, aside)


def read_bytes(
    data: bytes, name: str, spread: Spread = here, ahead: Ahead = not_ahead, aside: Aside = later
) -> Reading:
    """The same for bytes at hand."""
    from kaohe.extractors.plugins import PluginFault, place_of
    from kaohe.pipeline.database.rows import RuleRows, rows_of, rule_rows_of

    started = time.perf_counter()
    sha256, size = hashlib.sha256(data).hexdigest(), len(data)
    rules: list[Callable[[], RuleRows]] = []
    try:
        with ExitStack() as beside:

            def begin_rules(catalogue: Catalogue) -> None:
                rules.append(beside.enter_context(aside(partial(rule_rows_of, catalogue, sha256))))

            catalogue = catalogue_of(data, name, spread, ahead, begin_rules)
            rows = rows_of(catalogue, sha256, size, name, *rules)
    except Unreadable as error:
        return _failed(error.finding, started, sha256, size)
    except MemoryError:
        return _failed(finding('worker.memory'), started, sha256, size)
    except PluginFault:
        raise
    except Exception as error:  # a file must never stop the others, whatever the parsers do with it
        return _failed(finding('worker.crashed', detail=place_of(error)), started, sha256, size)
    return Reading(sha256, size, catalogue.document.format, rows, None, time.perf_counter() - started)


def catalogue_of(
    data: bytes,
    name: str,
    spread: Spread = here,
    ahead: Ahead = not_ahead,
    unchecked: Callable[[Catalogue], None] = lambda catalogue: None,
) -> Catalogue:
    """The catalogue of the bytes; ``unchecked`` is given it before it is checked. Raises `Unreadable`, and whatever parsers raise."""
    from kaohe.extractors.formats import read
    from kaohe.normalizers import normalize

    with silence():
        return normalize(ahead(data) or read(data, spread=spread), name, spread, unchecked)


@contextmanager
def silence() -> Iterator[None]:
    """Within, parsers are not heard: they report what they meet as log lines and warnings; what a person must know comes as findings."""
    logging.getLogger().addHandler(_SILENCE)
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        yield


def _failed(why: Finding, started: float, sha256: str | None = None, size: int | None = None) -> Reading:
    return Reading(sha256, size, None, None, why, time.perf_counter() - started)
