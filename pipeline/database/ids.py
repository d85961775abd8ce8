"""Ids made from content: the same files give the same ids on every machine, in whatever order they arrive.

An id is a letter for the kind of row, ``_``, and base32 characters. The first eight after the letter are those of the document, so
that the rows of one notice stand together in the database and a person sees to which notice an id belongs.
"""

from __future__ import annotations

import hashlib
from base64 import b32encode
from collections import defaultdict
from typing import Final

from kaohe.normalizers.text.base32 import base32

LETTERS: Final = {
    'documents': 'd',
    'tables': 't',
    'blocks': 'b',
    'indicators': 'i',
    'items': 's',
    'clauses': 'c',
    'thresholds': 'g',
    'responsibilities': 'r',
    'facts': 'f',
    'findings': 'n',
}

# Of the hash of what a row says, so many characters stand behind those of the document.
_OWN: Final = 12


def document_id(sha256: str) -> str:
    """The id of the document that holds the bytes with this SHA-256 (64 hexadecimal digits)."""
    return f'd_{_base32(bytes.fromhex(sha256)[:10])}'


def unread_document_id(source: str) -> str:
    """The id of a file whose bytes could not be had (no permission, a bad disk): made from its name below the inbox."""
    return f'd_{_base32(hashlib.blake2b(source.encode(), digest_size=10, person=b"unread").digest())}'


class Maker:
    """Makes the ids of one document's rows. Rows that say the same are told apart by which occurrence they are."""

    def __init__(self, document: str) -> None:
        self._document = document
        self._seen: defaultdict[tuple[object, ...], int] = defaultdict(int)

    def make(self, kind: str, *parts: str | int | None) -> str:
        """The id of the next row of ``kind`` (a table's name) that ``parts`` describe."""
        content = (kind, *parts)
        occurrence = self._seen[content]
        self._seen[content] = occurrence + 1
        text = repr((self._document, *content, occurrence))
        own = base32(hashlib.blake2b(text.encode('utf-8', 'surrogatepass'), digest_size=10).digest())
        return f'{LETTERS[kind]}_{self._document[2:10]}{own[:_OWN]}'


def _base32(data: bytes) -> str:
    return b32encode(data).decode('ascii').lower()
