"""Zip archives: which files they hold, and the bytes of one of them. Nothing is ever unpacked to the disk.

Each file of an archive is a notice of its own, so an archive has no ``Document``: whoever walks a folder asks ``list_members`` and reads
each member as a file. An archive inside an archive is opened too, once.

The table of contents of the archive that was last asked for stays at hand: reading a thousand members reads it once, not a thousand times.
"""

from __future__ import annotations

import errno
import io
import os
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from stat import S_ISLNK
from typing import BinaryIO, NoReturn

from kaohe.extractors.document import Document, Unreadable
from kaohe.extractors.findings import finding
from kaohe.extractors.zip.limits import (
    MAX_BYTES,
    MAX_RATIO,
    RATIO_FROM_BYTES,
    ZIP_FAULTS,
    ZIP_MAGICS,
    is_package,
    not_opened,
)

MAX_FILES = 5000
# Members are unpacked one at a time: together they may be larger than what is allowed to one.
MAX_TOTAL_BYTES = 2 * 2**30
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1

# The names that lead to a file: one for a file of the archive, two for a file of an archive in it.
Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Archive:
    """An open archive and its files by their clean names."""

    opened: zipfile.ZipFile
    members: Mapping[str, zipfile.ZipInfo]


def list_members(path: Path, documents: Set[str] = frozenset()) -> tuple[Names, ...]:
    """The files in the archive at ``path``, in its order; nothing where it is no archive, or one that ``read`` refuses.

    ``documents`` are suffixes of files that are known to be no archives, and are not looked into. Names are cleaned: no ``..``, no
    drive; a name that comes twice is numbered. Raises ``OSError``.
    """
    if not begins_as_zip(path):
        return ()
    try:
        return tuple(_walk(_opened(path), documents))
    except Unreadable:
        return ()


def begins_as_zip(path: Path) -> bool:
    """Whether the file may be an archive. Raises ``OSError``."""
    with path.open('rb') as file:
        return file.read(4) in ZIP_MAGICS


def read_member(path: Path, names: Names) -> bytes:
    """The bytes of one file that ``list_members`` named.

    Raises ``Unreadable``: ``file.encrypted``, ``file.broken``, ``file.too_large`` for a bomb; ``OSError``.
    """
    if len(names) == 1:
        return _unpacked(_opened(path), names[0])
    return _unpacked(_opened_inside(path, names[0]), names[1])


def size_of_members(path: Path) -> int:
    """How large the files of the archive at ``path`` say that they are together. Raises ``Unreadable``, ``OSError``."""
    return sum(member.file_size for member in _opened(path).members.values())


def size_of_member(path: Path, names: Names) -> int:
    """How large one file that ``list_members`` named says that it is; it is never larger. Raises ``Unreadable``, ``OSError``."""
    archive = _opened(path) if len(names) == 1 else _opened_inside(path, names[0])
    return archive.members[names[-1]].file_size


def read(data: bytes) -> Document:
    """Raises ``Unreadable``, always: says why an archive as a whole gives no notices (``file.broken``, ``file.encrypted``,
    ``file.too_large``, ``file.empty``), or that its files must be read one by one (``file.archive``)."""
    members = _read_contents(io.BytesIO(data)).members
    if not members:
        raise Unreadable(finding('file.empty'))
    raise Unreadable(finding('file.archive', count=len(members)))


def forget_opened() -> None:
    """Lets the archive that stays at hand go: while it is open, nobody can remove it on Windows."""
    _at_hand.cache_clear()
    _inside_at_hand.cache_clear()


def _opened(path: Path) -> _Archive:
    stat = os.stat(path)  # noqa: PTH116 asked for every member
    return _at_hand(str(path), stat.st_size, stat.st_mtime_ns, stat.st_ino)


def _opened_inside(path: Path, name: str) -> _Archive:
    stat = os.stat(path)  # noqa: PTH116 asked for every member
    return _inside_at_hand(str(path), stat.st_size, stat.st_mtime_ns, stat.st_ino, name)


@lru_cache(maxsize=1)
def _at_hand(path: str, size: int, changed: int, node: int) -> _Archive:
    return _read_contents(path)  # closed when it is no longer at hand


@lru_cache(maxsize=1)
def _inside_at_hand(path: str, size: int, changed: int, node: int, name: str) -> _Archive:
    return _read_contents(io.BytesIO(_unpacked(_at_hand(path, size, changed, node), name)))


def _walk(archive: _Archive, documents: Set[str]) -> Iterator[Names]:
    count = 0
    for name, member in archive.members.items():
        inner: tuple[str, ...] = ()
        if PurePosixPath(name).suffix.lower() not in documents and not _refusal(member):
            inner = tuple(_inner_names(archive, name))
        count += len(inner) or 1
        if count > MAX_FILES:
            _too_many(count)
        yield from ((name, below) for below in inner) if inner else [(name,)]


def _inner_names(archive: _Archive, name: str) -> Iterator[str]:
    """The names in an archive that is a member; nothing where it is something else or cannot be opened: then it is read as a file."""
    try:
        if _unpacked(archive, name, 4) in ZIP_MAGICS:
            yield from _read_contents(io.BytesIO(_unpacked(archive, name))).members
    except Unreadable:
        return


def _read_contents(file: BinaryIO | str) -> _Archive:
    """The files of an archive; none for a document that is packed as zip. Raises ``Unreadable``."""
    try:
        archive = zipfile.ZipFile(file)
    except (*ZIP_FAULTS, OSError) as fault:
        raise not_opened(fault) from fault
    listed = [member for member in archive.infolist() if not member.is_dir()]
    if is_package(member.filename for member in listed):
        return _Archive(archive, {})
    if len(listed) > MAX_FILES:
        _too_many(len(listed))
    total = sum(member.file_size for member in listed if not _refusal(member))
    if total > MAX_TOTAL_BYTES:
        raise Unreadable(finding('file.too_large', detail=f'解压后 {total >> 20} MB'))
    if sum(member.compress_size for member in listed) > _size(archive):
        raise Unreadable(finding('file.too_large', detail='压缩包里的文件互相重叠，解压后会成倍变大'))
    return _Archive(archive, dict(zip(_distinct(_clean_name(member) for member in listed), listed, strict=True)))


def _distinct(names: Iterable[str]) -> Iterator[str]:
    """The names, a number added to one that was there before."""
    seen: set[str] = set()
    copies: Counter[str] = Counter()
    for name in names:
        given, plain = name, PurePosixPath(name)
        while given in seen:
            copies[name] += 1
            given = str(plain.with_name(f'{plain.stem} ({copies[name] + 1}){plain.suffix}'))
        seen.add(given)
        yield given


def _size(archive: zipfile.ZipFile) -> int:
    assert archive.fp is not None
    return archive.fp.seek(0, os.SEEK_END)


def _too_many(count: int) -> NoReturn:
    raise Unreadable(finding('file.too_large', detail=f'压缩包里有 {count} 个以上的文件'))


def _refusal(member: zipfile.ZipInfo) -> str | None:
    """Why a member is not unpacked; None where it may be."""
    if member.flag_bits & _ENCRYPTED:
        return 'file.encrypted'
    if S_ISLNK(member.external_attr >> 16):
        return 'file.link'  # what it holds is the name of another file
    suspicious = member.file_size > RATIO_FROM_BYTES and member.file_size > MAX_RATIO * max(member.compress_size, 1)
    return 'file.too_large' if member.file_size > MAX_BYTES or suspicious else None


def _unpacked(archive: _Archive, name: str, size: int = -1) -> bytes:
    """The first ``size`` bytes of a member, all of them by default."""
    member = archive.members.get(name)
    if member is None:
        raise Unreadable(finding('file.broken', detail='压缩包里已没有这个文件'))
    refusal = _refusal(member)
    if refusal is not None:
        raise Unreadable(finding(refusal, detail=f'解压后 {member.file_size >> 20} MB'))
    try:
        with archive.opened.open(member) as stream:
            return stream.read(size)  # never more than is declared
    except ZIP_FAULTS as fault:
        raise _incomplete() from fault
    except OSError as fault:
        if fault.errno != errno.EINVAL:
            raise
        raise _incomplete() from fault  # not the disk's fault: the archive places the member before its own beginning


def _incomplete() -> Unreadable:
    return Unreadable(finding('file.broken', detail='压缩包里的这个文件不完整'))


def _clean_name(member: zipfile.ZipInfo) -> str:
    """The name without what leads out of the archive. Windows packs names in its own encoding and says nothing of it; macOS writes
    UTF-8 and says nothing either."""
    name = member.filename
    if not member.flag_bits & _UTF8_NAME:
        packed = name.encode('cp437', 'replace')
        for encoding in ('utf-8', 'gb18030'):
            try:
                name = packed.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = [part for part in name.replace('\\', '/').split('/') if part not in ('', '.', '..')]
    if len(parts) > 1 and parts[0].endswith(':'):
        parts = parts[1:]
    return '/'.join(parts) or '_'
