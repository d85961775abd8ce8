"""Finds the files of an inbox, in an order that does not depend on the disk, and tells which are still being written."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from stat import S_ISDIR, S_ISREG

from kaohe.extractors.formats import FORMATS
from kaohe.pipeline.planning.archive_listing import Memory, listed
from kaohe.pipeline.refusal import Refusal

DEFAULT_INBOX = Path('data/raw')
# Half-finished downloads and copies, and what operating systems leave behind.
TEMPORARY_SUFFIXES = ('~', '.tmp', '.temp', '.part', '.partial', '.crdownload', '.download', '.swp', '.bak~')
TEMPORARY_PREFIXES = ('.', '~', '#')
# 4913 is what vim tries out whether it may write here.
NOT_NOTICES = frozenset({'4913', 'thumbs.db', 'desktop.ini', 'readme.md', '__macosx'})
# A file that changed this recently (seconds) may still be growing: it is looked at twice, this far apart.
RECENT = 10.0
SETTLING = 0.4
# Files that say by their suffix that they are documents are not looked into for other files.
_DOCUMENTS = frozenset(suffix for known in FORMATS if known.name != 'zip' for suffix in known.suffixes)
# Windows: another program holds the file open for itself.
_SHARING_VIOLATIONS = (32, 33)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file of an inbox, or of an archive in it. ``inbox`` is the folder, ``source`` the name below it (``/`` between folders).

    ``members`` are the names that lead to a file inside the archive ``path``; ``bytes`` and ``mtime_ns`` are the archive's, ``sha256`` is the
    file's own, None where it is not known yet or cannot be had. ``outside``: it is a link that leads out of the inbox, and is not followed.
    """

    path: Path
    inbox: Path
    source: str
    bytes: int
    mtime_ns: int
    members: tuple[str, ...] = ()
    sha256: str | None = None
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """What one PATH of the command stands for: the files of ``inbox`` that are ``below`` a name (``''``: all).

    ``follow_links``: symbolic links that lead out of the inbox are followed.
    """

    inbox: Path
    below: str
    follow_links: bool = False

    def covers(self, source: str) -> bool:
        """Whether a file of this inbox is meant."""
        return not self.below or source == self.below or source.startswith(f'{self.below}/')


def scope_of(path: Path, *, follow_links: bool = False) -> Scope:
    """The scope of a PATH. A path inside the default inbox belongs to that inbox, so that its files keep their names.

    Raises `Refusal` (wrong usage) where there is nothing at ``path``.
    """
    if not path.exists():
        raise Refusal(f'找不到 {path}；请检查路径，或新建这个文件夹并把通知放进去', exit_status=2)
    whole, home = path.resolve(), DEFAULT_INBOX.resolve()
    if whole.is_relative_to(home) and whole != home:
        return Scope(DEFAULT_INBOX, storable(whole.relative_to(home).as_posix()), follow_links)
    return Scope(path, '', follow_links) if path.is_dir() else Scope(path.parent, storable(path.name), follow_links)


def inbox_name(inbox: Path, database: Path) -> str:
    """How an inbox is written into the database: relative to the database's folder, so that the two can move together."""
    try:
        return Path(os.path.relpath(inbox.resolve(), database.resolve().parent)).as_posix()
    except ValueError:  # Windows: on another drive
        return inbox.resolve().as_posix()


def find_candidates(
    scope: Scope,
    closed: Callable[[str], None] = lambda folder: None,
    recall: Memory = lambda source, size, changed: None,
) -> list[Candidate]:
    """The files that the scope covers, sorted by name. Vanished ones are left out; ``closed`` is told the name (``.`` for the inbox)
    of each folder that cannot be listed, or whose files cannot be looked at; ``recall`` knows archives that were looked into before."""
    start, name = scope.inbox / scope.below, scope.below
    if not start.exists():  # gone, or its name is written otherwise on the disk
        start, name = scope.inbox, ''
    found = []
    for path, source, stat, outside in _walk(start, name, closed, None if scope.follow_links else scope.inbox):
        if outside and scope.covers(source):
            found.append(Candidate(path, scope.inbox, source, stat.st_size, stat.st_mtime_ns, outside=True))
        elif scope.covers(source):
            found += _opened(Candidate(path, scope.inbox, source, stat.st_size, stat.st_mtime_ns), recall)
    return sorted(found, key=lambda candidate: candidate.source)


def still_written(
    candidates: Iterable[Candidate], meanwhile: Callable[[Sequence[Candidate]], None] = lambda recent: None
) -> set[Path]:
    """Those of the files that another program is still writing: growing, changing, or locked. Waits only where one is recent; ``meanwhile``
    something useful is done."""
    recent = [x for x in candidates if time.time() - x.mtime_ns / 1e9 < RECENT]
    if recent:
        end = time.monotonic() + SETTLING
        meanwhile(recent)
        time.sleep(max(end - time.monotonic(), 0.0))
    return {x.path for x in recent if _changed(x) or locked(x.path)}


def storable(name: str) -> str:
    """A name (``/`` between folders) as it is stored: bytes that are neither UTF-8 nor in the system's own encoding written as ``\\xff``."""
    held = os.fsencode(name)
    try:
        return held.decode('utf-8')
    except UnicodeDecodeError:
        known = not any('\ud800' <= char <= '\udfff' for char in name)  # as where the system speaks GB18030
        return name if known else held.decode('utf-8', 'backslashreplace')


def skipped(name: str) -> bool:
    """Whether a file or folder of this name is hidden, temporary, or not a notice by its very name."""
    lower = name.lower()
    return lower.startswith(TEMPORARY_PREFIXES) or lower.endswith(TEMPORARY_SUFFIXES) or lower in NOT_NOTICES


def _opened(file: Candidate, recall: Memory) -> list[Candidate]:
    """The files in an archive; the file itself where it is none, or cannot be opened: reading it will say why."""
    if file.path.suffix.lower() in _DOCUMENTS:
        return [file]
    members = recall(file.source, file.bytes, file.mtime_ns)
    if members is None:
        try:
            members = listed(file.path, _DOCUMENTS)
        except OSError:
            return [file]
    found: dict[str, Candidate] = {}
    for one in members:
        if any(skipped(part) for part in '/'.join(one.names).split('/')):
            continue
        source = '/'.join((file.source, *one.names))
        copies, plain = 1, PurePosixPath(source)
        while source in found:  # a file of an archive inside, and one in a folder that is called as that archive
            copies += 1
            source = str(plain.with_name(f'{plain.stem} ({copies}){plain.suffix}'))
        found[source] = replace(file, source=source, members=one.names, sha256=one.sha256)
    return [*found.values()] or [file]


def _walk(
    start: Path, name: str, closed: Callable[[str], None], within: Path | None
) -> Iterator[tuple[Path, str, os.stat_result, bool]]:
    """The files at or below ``start``, whose own name below the inbox is ``name``: each with its name there and its state.

    Links that lead out of ``within`` are given as they are, with True; None: all are followed.
    """
    seen: set[tuple[int, int]] = set()
    ahead = [(start, name, False)]
    while ahead:
        path, source, link = ahead.pop()
        try:
            stat = path.stat()
            if link and within is not None and not path.resolve().is_relative_to(within.resolve()):
                yield path, source, path.lstat(), True
                continue
        except PermissionError:
            closed(source.rpartition('/')[0] or '.')
            continue
        except OSError:  # gone since it was listed, or a link to nowhere
            continue
        if S_ISREG(stat.st_mode):
            yield path, source, stat, False
        elif S_ISDIR(stat.st_mode) and (stat.st_dev, stat.st_ino) not in seen:  # else a link that leads back
            seen.add((stat.st_dev, stat.st_ino))
            ahead += _inside(path, source, closed)


def _inside(folder: Path, source: str, closed: Callable[[str], None]) -> list[tuple[Path, str, bool]]:
    """What lies in a folder, the last name first, and which of it are links."""
    try:
        with os.scandir(folder) as entries:
            inside = [(folder / entry.name, entry.is_symlink()) for entry in entries if not skipped(entry.name)]
    except FileNotFoundError:  # gone since it was listed
        return []
    except OSError:
        closed(source or '.')
        return []
    before = f'{source}/' if source else ''
    named = ((path, before + storable(path.name), link) for path, link in inside)
    return sorted(named, key=lambda found: found[1], reverse=True)


def _changed(candidate: Candidate) -> bool:
    try:
        stat = candidate.path.stat()
    except OSError:
        return True
    return (stat.st_size, stat.st_mtime_ns) != (candidate.bytes, candidate.mtime_ns)


def locked(path: Path) -> bool:
    """Whether another program holds the file for itself."""
    try:
        with path.open('rb') as file:
            return _lock_refused(file.fileno())
    except OSError as error:
        return getattr(error, 'winerror', None) in _SHARING_VIOLATIONS


def _lock_refused(descriptor: int) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows: there opening the file already failed
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        fcntl.flock(descriptor, fcntl.LOCK_UN)
    except OSError as error:
        return error.errno in (errno.EAGAIN, errno.EACCES)
    return False
