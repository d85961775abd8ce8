"""Zip archives: which files they hold, and the bytes of one of them. Nothing is ever unpacked to the disk.

Each file of an archive is a notice of its own, so an archive has no ``Document``: whoever walks a folder asks ``list_members`` and reads
each member as a file. An archive inside an archive is opened too, once.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Set
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NoReturn

from kaohe.extractors.document import Document, Unreadable
from kaohe.extractors.findings import finding
from kaohe.extractors.zip.limits import MAX_BYTES, MAX_RATIO, RATIO_FROM_BYTES, ZIP_FAULTS, ZIP_MAGICS, is_package

MAX_FILES = 5000
# Members are unpacked one at a time: together they may be larger than what is allowed to one.
MAX_TOTAL_BYTES = 2 * 2**30
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1

# The names that lead to a file: one for a file of the archive, two for a file of an archive in it.
Names = tuple[str, ...]


def list_members(path: Path, documents: Set[str] = frozenset()) -> tuple[Names, ...]:
    """The files in the archive at ``path``, in its order; nothing where it is no archive, or one that ``read`` refuses.

    ``documents`` are suffixes of files that are known to be no archives, and are not looked into. Names are cleaned: no ``..``, no
    drive; a name that comes twice is numbered. Raises ``OSError``.
    """
    with path.open('rb') as file:
        if file.read(4) not in ZIP_MAGICS:
            return ()
        try:
            return tuple(_walk(file, documents))
        except Unreadable:
            return ()


def read_member(path: Path, names: Names) -> bytes:
    """The bytes of one file that ``list_members`` named.

    Raises ``Unreadable``: ``file.encrypted``, ``file.broken``, ``file.too_large`` for a bomb; ``OSError``.
    """
    with path.open('rb') as file:
        stream: BinaryIO = file
        for name in names:
            stream = io.BytesIO(_unpacked(stream, name))
        return stream.read()


def read(data: bytes) -> Document:
    """Raises ``Unreadable``, always: says why an archive as a whole gives no notices (``file.broken``, ``file.encrypted``,
    ``file.too_large``, ``file.empty``), or that its files must be read one by one (``file.archive``)."""
    members = _members(io.BytesIO(data))
    if not members:
        raise Unreadable(finding('file.empty'))
    raise Unreadable(finding('file.archive', count=len(members)))


def _walk(file: BinaryIO, documents: Set[str]) -> Iterator[Names]:
    count = 0
    for name, member in _members(file).items():
        inner: tuple[str, ...] = ()
        if PurePosixPath(name).suffix.lower() not in documents and not _refusal(member):
            inner = tuple(_inner_names(file, name))
        count += len(inner) or 1
        if count > MAX_FILES:
            _too_many(count)
        yield from ((name, below) for below in inner) if inner else [(name,)]


def _inner_names(file: BinaryIO, name: str) -> Iterator[str]:
    """The names in an archive that is a member; nothing where it is something else or cannot be opened: then it is read as a file."""
    try:
        if _unpacked(file, name, 4) in ZIP_MAGICS:
            yield from _members(io.BytesIO(_unpacked(file, name)))
    except Unreadable:
        return


def _members(file: BinaryIO) -> dict[str, zipfile.ZipInfo]:
    """The files of an archive by their clean names; nothing for a document that is packed as zip. Raises ``Unreadable``."""
    try:
        with zipfile.ZipFile(file) as archive:
            listed = [member for member in archive.infolist() if not member.is_dir()]
    except (*ZIP_FAULTS, OSError) as fault:
        raise Unreadable(finding('file.broken', detail='内容不全，多半没有下载或复制完')) from fault
    if is_package(member.filename for member in listed):
        return {}
    if len(listed) > MAX_FILES:
        _too_many(len(listed))
    total = sum(member.file_size for member in listed if not _refusal(member))
    if total > MAX_TOTAL_BYTES:
        raise Unreadable(finding('file.too_large', detail=f'解压后 {total >> 20} MB'))
    found: dict[str, zipfile.ZipInfo] = {}
    for member in listed:
        plain = PurePosixPath(_clean_name(member))
        name, copies = str(plain), 1
        while name in found:
            copies += 1
            name = str(plain.with_stem(f'{plain.stem} ({copies})'))
        found[name] = member
    return found


def _too_many(count: int) -> NoReturn:
    raise Unreadable(finding('file.too_large', detail=f'压缩包里有 {count} 个以上的文件'))


def _refusal(member: zipfile.ZipInfo) -> str | None:
    """Why a member is not unpacked; None where it may be."""
    if member.flag_bits & _ENCRYPTED:
        return 'file.encrypted'
    suspicious = member.file_size > RATIO_FROM_BYTES and member.file_size > MAX_RATIO * max(member.compress_size, 1)
    return 'file.too_large' if member.file_size > MAX_BYTES or suspicious else None


def _unpacked(file: BinaryIO, name: str, size: int = -1) -> bytes:
    """The first ``size`` bytes of a member, all of them by default."""
    member = _members(file).get(name)
    if member is None:
        raise Unreadable(finding('file.broken', detail='压缩包里已没有这个文件'))
    refusal = _refusal(member)
    if refusal is not None:
        raise Unreadable(finding(refusal, detail=f'解压后 {member.file_size >> 20} MB'))
    try:
        with zipfile.ZipFile(file) as archive, archive.open(member) as stream:
            return stream.read(size)  # never more than is declared
    except ZIP_FAULTS as fault:
        raise Unreadable(finding('file.broken', detail='压缩包里的这个文件不完整')) from fault


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
