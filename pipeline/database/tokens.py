"""Full text search: how texts become tokens, how a question becomes a query, and where its words stand in a text.

SQLite's own tokenizers find no Chinese word (``unicode61``), or none of fewer than three characters (``trigram``); words cut by a
dictionary hide what stands inside a longer word. Here every Chinese character is a token, and a word is a phrase of its characters: words of
any length are found wherever they stand, nothing has to be loaded to store a notice, and the index does not change with a dictionary.
A number and a run of Latin letters are one token each: ``5分`` is not found in ``15分`` or ``0.5分``.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3

from kaohe.normalizers.text.folding import halfwidth
from kaohe.pipeline.database.offices import office_of
from kaohe.pipeline.database.stable_ids import topic_of

_UNSEEN = r'\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff'
_TOKEN = re.compile(rf'\d+(?:\.\d+)*|[A-Za-z]+|[^{_UNSEEN}]')
_DIGIT_BEFORE, _DIGIT_AFTER = r'(?<!\d)(?<!\d\.)', r'(?!\.?\d)'
_LETTER_BEFORE, _LETTER_AFTER = r'(?<![A-Za-z])', r'(?![A-Za-z])'

_LARGE = 50_000
"""Texts, about 250 notices: laid out anew in under a second."""


def tokens(text: str) -> str:
    """The tokens of a text with a space between them, in half-width and small letters."""
    return ' '.join(_TOKEN.findall(_folded(text)))


def query_of(question: str) -> str | None:
    """The FTS5 query for what a person typed: all of the words between the spaces. None where there is nothing to search for."""
    phrases = [tokens(word).replace('"', '""') for word in question.split()]
    return ' '.join(f'"{phrase}"' for phrase in phrases if phrase) or None


def spans_of(question: str, text: str) -> list[tuple[int, int]]:
    """The half-open spans of ``text`` in which words of the question stand, in order and without overlap."""
    patterns = [_pattern(_TOKEN.findall(_folded(word))) for word in question.split()]
    alternatives = '|'.join(sorted(filter(None, patterns), key=len, reverse=True))
    return [match.span() for match in re.finditer(alternatives, _folded(text))] if alternatives else []


def index_document(connection: sqlite3.Connection, document: str) -> None:
    """Makes the texts of a document searchable, in the caller's transaction. They stop to be when the document goes.

    All at once: 3,000 texts in 15 ms, where a trigger for each row took 180 ms.
    """
    connection.execute(
        'INSERT INTO texts_fts (rowid, tokens) SELECT id, tokens FROM texts WHERE document_id = ? ORDER BY id',
        (document,),
    )


def tidy_index(connection: sqlite3.Connection) -> None:
    """Lays the index out anew, in the caller's transaction: quicker to search, and the same whatever the order of arrival.

    A large catalogue is left to SQLite's own merging, so that a run costs what it stores and not what is stored already.
    """
    (count,) = connection.execute('SELECT count(*) FROM (SELECT 1 FROM texts LIMIT ?)', (_LARGE + 1,)).fetchone()
    if count <= _LARGE:
        connection.execute("INSERT INTO texts_fts (texts_fts) VALUES ('rebuild')")


def add_functions(connection: sqlite3.Connection) -> None:
    """The SQL functions that migrations 0003, 0006, 0008 and 0009 call: ``tokens(text)``, ``text_id(owner_id, field, row, col)``,
    ``first_text_id(document_id)``, ``office_of(source)`` and ``topic_of(name, requirement, criteria)``."""
    connection.create_function('tokens', 1, tokens, deterministic=True)
    connection.create_function('text_id', 4, text_id, deterministic=True)
    connection.create_function('first_text_id', 1, first_text_id, deterministic=True)
    connection.create_function('office_of', 1, office_of, deterministic=True)
    connection.create_function('topic_of', 3, topic_of, deterministic=True)


def first_text_id(document: str) -> int:
    """The id of the first text of a document; the others follow it, so that they stand together in the table and in the index.

    A number of 62 bits made from the document's id, so that a dump does not depend on the order of arrival. That the texts of any two of a
    million documents meet is a matter of one in ten thousand.
    """
    return text_id(document) >> 1


def text_id(*parts: str | int | None) -> int:
    """A positive number of 63 bits made from content."""
    return int.from_bytes(hashlib.blake2b(repr(parts).encode(), digest_size=8).digest(), 'big') >> 1


def _folded(text: str) -> str:
    """Half-width and small letters, character by character: spans stay what they are."""
    half = halfwidth(text)
    small = half.lower()
    return small if len(small) == len(half) else half


def _pattern(found: list[str]) -> str:
    if not found:
        return ''
    first, last = found[0], found[-1]
    before = _DIGIT_BEFORE if first[0].isdecimal() else _LETTER_BEFORE if first.isascii() and first.isalpha() else ''
    after = _DIGIT_AFTER if last[0].isdecimal() else _LETTER_AFTER if last.isascii() and last.isalpha() else ''
    return before + f'[{_UNSEEN}]*'.join(map(re.escape, found)) + after
