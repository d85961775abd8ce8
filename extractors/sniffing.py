"""By what a file shows its format: its first bytes, the names of a zip's members, the streams of an OLE container, its suffix.

Everything is looked up once, so that each row of the table of formats is one plain question.
"""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from kaohe.extractors.document import Unreadable
from kaohe.extractors.encoding import decode
from kaohe.extractors.findings import finding
from kaohe.extractors.zip.limits import ZIP_MAGICS, contents, is_package

OLE_MAGIC = b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'
_HEAD = 4096
# A page of markup begins with a tag that only HTML has, perhaps behind an XML declaration and comments.
_HTML = re.compile(
    r'(?:\s|<\?[^>]*>|<!--.*?-->)*<(?:!doctype\s+html|html|head|body|title|meta|style|script|table|div|p|span|font|center|h\d)\b',
    re.IGNORECASE | re.DOTALL,
)
_MAIL_HEADER = re.compile(
    r'\s*(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:mime-version|content-type):', re.IGNORECASE
)
# Control characters that no text file holds; \x1a ends old DOS files, \x0b and \x0c break lines and pages.
_CONTROL = re.compile('[\x00-\x08\x0e-\x19\x1b-\x1f\x7f\ufffd]')
_MOST_CONTROL = 0.02
# What a machine leaves that stopped while it wrote: zero bytes in a row, at the end of a text or in a few places of it.
_HOLE = re.compile('\x00{2,}')
_MOST_HOLES = 3
# A text of fewer characters than this, all of them ASCII, says nothing: a piece of a program, a note of another tool.
_LEAST_TEXT = 12


@dataclass(frozen=True)
class Signs:
    """The signs of a file's format. ``name`` is the file's name, where it has one."""

    data: bytes
    name: str = ''

    @property
    def suffix(self) -> str:
        """The suffix of the name, in lower case and with its dot; '' where there is none."""
        return PurePath(self.name).suffix.lower()

    @property
    def is_zip(self) -> bool:
        """Whether it is a zip archive."""
        return self.data.startswith(ZIP_MAGICS)

    @property
    def is_archive(self) -> bool:
        """Whether it is a zip archive of files, and not one document."""
        return self.is_zip and not is_package(self.members)

    @property
    def is_ole(self) -> bool:
        """Whether it is an OLE container: what Office wrote until 2003, and encrypts into today."""
        return self.data.startswith(OLE_MAGIC)

    @cached_property
    def members(self) -> tuple[str, ...]:
        """The names in a zip archive, in lower case; none for another file. Raises ``Unreadable`` for a broken archive."""
        if not self.is_zip:
            return ()
        return tuple(member.filename.replace('\\', '/').lstrip('/').lower() for member in contents(self.data))

    @cached_property
    def streams(self) -> frozenset[str]:
        """The names of an OLE container's topmost streams, in lower case. Raises ``Unreadable`` for a broken container."""
        if not self.is_ole:
            return frozenset()
        import olefile

        try:
            with olefile.OleFileIO(io.BytesIO(self.data)) as container:
                found = frozenset(path[0].lower() for path in container.listdir(storages=True) if path)
        except Exception as fault:  # olefile raises whatever its parsing meets: struct.error, IndexError, OSError ...
            raise Unreadable(finding('file.broken', detail='复合文档的目录读不出来')) from fault
        if not found:  # cut off before its directory
            raise Unreadable(finding('file.broken', detail='复合文档的目录是空的'))
        return found

    @cached_property
    def head(self) -> str:
        """The first characters, whatever the encoding; mere noise for a binary file."""
        try:
            text, _ = codecs.utf_8_decode(
                self.data[:_HEAD], 'strict', len(self.data) <= _HEAD
            )  # the cut may split a character
        except UnicodeDecodeError:
            return decode(self.data[:_HEAD]).text
        return text.removeprefix('\ufeff')

    def has_member(self, prefix: str) -> bool:
        """Whether a member of the zip archive begins so."""
        return any(member.startswith(prefix) for member in self.members)

    @property
    def is_html(self) -> bool:
        """Whether it begins like an HTML page."""
        return _HTML.match(self.head) is not None

    @property
    def is_mail(self) -> bool:
        """Whether it is a web page packed as a mail message (mht), or a mail message."""
        return _MAIL_HEADER.match(self.head) is not None and 'content-type:' in self.head.lower()

    @property
    def is_flat_package(self) -> bool:
        """Whether it is an Office document saved as one XML file."""
        return self.head.lstrip().startswith('<') and 'schemas.microsoft.com/office/2006/xmlPackage' in self.head

    @property
    def says_nothing(self) -> bool:
        """Whether it is a text of a few characters, all of them ASCII."""
        head = self.head
        return head.isascii() and len(''.join(head.split())) < _LEAST_TEXT

    @property
    def is_text(self) -> bool:
        """Whether it looks like text: hardly a control character, hardly one that no encoding gives sense to, few holes."""
        head = self.head
        if len(_HOLE.findall(head)) <= _MOST_HOLES:
            head = _HOLE.sub('', head)
        return bool(head) and len(_CONTROL.findall(head)) <= _MOST_CONTROL * len(head)
