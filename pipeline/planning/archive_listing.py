"""Which files the archives of an inbox hold. An archive is looked into once: as long as it does not change, the database remembers.

Looking into one unpacks it: a small one here, any other in a process with limits, so that one made to do harm costs itself only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from kaohe.extractors.document import Unreadable
from kaohe.extractors.zip.archive import (
    Names,
    begins_as_zip,
    forget_opened,
    list_members,
    read_member,
    size_of_member,
    size_of_members,
)
from kaohe.pipeline.system.limits import Limits

# An archive whose files are together smaller is looked into at once: starting a process takes as long.
_SMALL = 16 * 2**20


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of an archive: the names that lead to it, and the SHA-256 of its bytes; None where they cannot be had."""

    names: Names
    sha256: str | None


# Of an archive at a path, which is called so below the inbox and has this size and time of change: its files, as far as they are
# remembered; None where they are not.
Memory = Callable[[str, int, int], tuple[Listed, ...] | None]


class _TooMuch(Exception):
    """There is more in the archive than may be unpacked here."""


def listed(path: Path, documents: Set[str]) -> tuple[Listed, ...]:
    """The files of the archive at ``path``; nothing where it is none, or cannot be opened: reading it will say why. Raises ``OSError``."""
    if not begins_as_zip(path):
        return ()
    try:
        return _listed(path, documents, _SMALL)
    except Unreadable:
        return ()
    except _TooMuch:
        from kaohe.pipeline.system.limited import in_limits

        limits = Limits()
        whole = Limits(limits.seconds_for(path.stat().st_size), 0.0, limits.memory)
        try:
            return in_limits(whole, _listed, path, documents, None)
        except Unreadable:
            return ()
    finally:
        forget_opened()


def remembered(files: Mapping[str, tuple[int, int]], complete: Iterable[str]) -> Memory:
    """What the database knows: ``files`` with the size and time of change of the archive in which each was found, and those of them that were
    stored by a run that came to its end, so that no other file of the same archive is missing."""
    whole = frozenset(complete)
    by_archive: dict[str, list[str]] = {}
    for source in files:
        for at, letter in enumerate(source):
            if letter == '/':
                by_archive.setdefault(source[:at], []).append(source)

    def recall(archive: str, size: int, changed: int) -> tuple[Listed, ...] | None:
        inside = by_archive.get(archive, ())
        if not inside or not all(source in whole and files[source] == (size, changed) for source in inside):
            return None
        return tuple(Listed((source[len(archive) + 1 :],), None) for source in inside)

    return recall


def _listed(path: Path, documents: Set[str], most: int | None) -> tuple[Listed, ...]:
    if most is not None and (path.stat().st_size > most or size_of_members(path) > most):
        raise _TooMuch
    found, unpacked = [], 0
    for names in list_members(path, documents):
        unpacked += size_of_member(path, names)
        if most is not None and unpacked > most:
            raise _TooMuch
        try:
            found.append(Listed(names, hashlib.sha256(read_member(path, names)).hexdigest()))
        except Unreadable:
            found.append(Listed(names, None))
    return tuple(found)
