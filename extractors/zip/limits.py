"""Zip archives from outside are judged by their table of contents before anything is unpacked."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterable, Sequence

from kaohe.extractors.document import Unreadable
from kaohe.extractors.findings import finding

ZIP_MAGICS = (b'PK\x03\x04', b'PK\x05\x06')
# What zipfile raises on archives that are damaged; and OSError, which for a file on a disk may also mean the disk.
ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    ValueError,
    EOFError,
    RuntimeError,
)
NOT_EXPANDED = '文件里有不该有的声明（实体），没有展开，内容会读不全'
_TOO_DEEP = '文件内部的层次太深'
# What stands at the top of a document that is packed as a zip (Office, OFD, OpenDocument), and of no archive that a person packs.
_PACKAGE_MARKS = frozenset({'uof.xml', '[content_types].xml', 'ofd.xml', 'mimetype', 'meta-inf/manifest.xml'})
MAX_MEMBERS = 20_000
MAX_BYTES = 512 * 2**20
MAX_XML_BYTES = 160 * 2**20
# Deflate packs repetitive tables up to about 200 times; beyond that (its ceiling is 1,032) a large member is no document.
MAX_RATIO = 250
RATIO_FROM_BYTES = 32 * 2**20


def refuse_unsafe(data: bytes) -> None:
    """Let a harmless archive pass (zipfile never unpacks more than is declared).

    Raises ``Unreadable``: ``file.broken`` where it has no table of contents, ``file.encrypted``, ``file.too_large`` for a bomb.
    """
    members = contents(data)
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable(finding('file.encrypted'))
    total = sum(member.file_size for member in members)
    xml = sum(member.file_size for member in members if member.filename.lower().endswith(('.xml', '.rels')))
    if len(members) > MAX_MEMBERS or total > MAX_BYTES or xml > MAX_XML_BYTES:
        raise Unreadable(finding('file.too_large', detail=f'解压后 {total // 2**20} MB'))
    for member in members:
        if member.file_size > RATIO_FROM_BYTES and member.file_size > MAX_RATIO * max(member.compress_size, 1):
            raise Unreadable(finding('file.too_large', detail=f'{member.filename} 的压缩比异常'))


def is_package(names: Iterable[str]) -> bool:
    """Whether a zip with members of these names is one document, and not an archive of files."""
    return any(name.replace('\\', '/').lstrip('/').lower() in _PACKAGE_MARKS for name in names)


def refused_for(fault: SyntaxError) -> str | None:
    """Why lxml would not go on with a text that is well written; None where it is broken."""
    said = str(fault)
    if 'depth' in said:
        return _TOO_DEEP
    return NOT_EXPANDED if 'entity' in said and ('loop' in said or 'amplification' in said) else None


def not_opened(fault: Exception) -> Unreadable:
    """What to tell of an archive whose table of contents cannot be read."""
    if isinstance(fault, UnicodeDecodeError):
        todo = '请解压后把里面的文件放入'
        return Unreadable(finding('file.unsupported', detail='压缩包里有文件名的编码不对', todo=todo))
    return Unreadable(finding('file.broken', detail='内容不全，多半没有下载或复制完'))


def contents(data: bytes) -> Sequence[zipfile.ZipInfo]:
    """The archive's table of contents. Raises ``Unreadable`` where it has none that can be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    except (*ZIP_FAULTS, OSError) as fault:
        raise not_opened(fault) from fault
