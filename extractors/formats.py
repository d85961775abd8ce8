"""Which formats there are, how each is recognised, and who reads it.

To add a format: write a module with ``read(data: bytes) -> Document`` and add a row to ``FORMATS``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from extractors.document import Document, Unreadable
from extractors.findings import finding


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: ``matches`` looks at the content (its first bytes, or the names of a zip's members), never at the name."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    module: str
    matches: Callable[[bytes], bool]


FORMATS: tuple[Format, ...] = (
    Format('pdf', 'PDF（有文字层）', ('.pdf',), 'extractors.pdf', lambda data: b'%PDF-' in data[:1024]),
    Format('docx', 'Word 文档', ('.docx', '.docm', '.dotx'), 'extractors.docx', lambda data: data[:4] == b'PK\x03\x04'),
    Format('txt', '纯文本', ('.txt', '.md', '.csv'), 'extractors.text', lambda data: True),
)


def sniff(data: bytes) -> Format:
    """The format of these bytes. Raises ``Unreadable`` where none fits."""
    if not data.strip(b'\x00'):
        raise Unreadable(finding('file.empty'))
    for known in FORMATS:
        if known.matches(data):
            return known
    raise Unreadable(finding('file.unknown', detail='内容不像任何支持的格式'))


def read(data: bytes) -> Document:
    """The document that these bytes hold. Raises ``Unreadable`` where nothing of it can be read."""
    reader = import_module(sniff(data).module)
    return cast(Document, reader.read(data))
