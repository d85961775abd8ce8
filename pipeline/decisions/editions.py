"""Recognises a notice that arrives again, in another format or as a corrected copy, and says which one is current.

What is decided depends on what the documents say and on whether their files are there, never on the order of arrival.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from pipeline.decisions.log import Identity

# Where two formats hold equally much: the one whose tables are read most surely.
_FORMATS = ('docx', 'xlsx', 'doc', 'wps', 'xls', 'odt', 'rtf', 'ofd', 'html', 'pdf', 'txt')


@dataclass(frozen=True, slots=True)
class Edition:
    """A stored document as it is compared. ``marks`` are the keys of its lines and the texts of its facts; ``rank``: the highest of a
    group is current."""

    identity: Identity
    marks: frozenset[str]
    rank: tuple[object, ...]


def squeezed(text: str | None) -> str | None:
    """``text`` as it is compared: folded, without white space; None where nothing is left."""
    return ''.join(unicodedata.normalize('NFKC', text or '').split()) or None


def alike(a: Identity, b: Identity) -> bool:
    """Whether two notices name themselves as the same: same document number, or same title, issuer and year."""
    if a.doc_number and squeezed(a.doc_number) == squeezed(b.doc_number):
        return True
    return bool(
        a.title and a.issuer and a.year
        and (squeezed(a.title), squeezed(a.issuer), a.year) == (squeezed(b.title), squeezed(b.issuer), b.year)
    )  # fmt: skip


def perhaps_alike(a: Identity, b: Identity) -> bool:
    """Whether they have the same title and nothing that is known of both differs."""
    return bool(a.title) and squeezed(a.title) == squeezed(b.title) and not _contradict(a, b)


def same_notice(a: Edition, b: Edition) -> bool:
    """Whether two documents are editions of one notice.

    Parts of one notice that came as files of their own (附件1, 附件2) carry its number but other titles and lines: they are no
    editions. Where issuer, year and number were not read everywhere, half of the lines must be the same.
    """
    shared = len(a.marks & b.marks)
    if alike(a.identity, b.identity):
        differ = squeezed(a.identity.title) != squeezed(b.identity.title) or _numbers_differ(a.identity, b.identity)
        return not (differ and a.marks and b.marks and not shared)
    return perhaps_alike(a.identity, b.identity) and shared > 0 and 2 * shared >= min(len(a.marks), len(b.marks))


def current_editions(editions: Iterable[Edition]) -> dict[str, str]:
    """For every document the current one of its notice (itself where it is current)."""
    known = {edition.identity.document: edition for edition in editions}
    group = {document: {document} for document in known}
    for documents in _candidates(known.values()):
        for a, b in combinations(documents, 2):
            if group[a] is not group[b] and same_notice(known[a], known[b]):
                group[a] |= group[b]
                for document in group[b]:
                    group[document] = group[a]
    return {document: max(members, key=lambda member: known[member].rank) for document, members in group.items()}


def read_editions(connection: sqlite3.Connection) -> list[Edition]:
    """Every document that was read, as it is compared."""
    marks: defaultdict[str, set[str]] = defaultdict(set)
    for document, mark in connection.execute(
        'SELECT document_id, key FROM indicators UNION ALL SELECT document_id, text FROM facts'
    ):
        marks[document].add(squeezed(mark) or '')
    held: defaultdict[str, int] = defaultdict(int)
    for document, count in connection.execute(
        'SELECT document_id, count(*) FROM indicators GROUP BY 1 UNION ALL SELECT document_id, count(*) FROM clauses GROUP BY 1'
        ' UNION ALL SELECT document_id, count(*) FROM facts GROUP BY 1 UNION ALL SELECT i.document_id, count(*)'
        ' FROM thresholds AS g JOIN indicators AS i ON i.id = g.indicator_id GROUP BY 1 UNION ALL SELECT i.document_id, count(*)'
        ' FROM responsibilities AS r JOIN indicators AS i ON i.id = r.indicator_id GROUP BY 1'
    ):
        held[document] += count
    recognised = {
        row[0]
        for row in connection.execute(
            'SELECT DISTINCT t.document_id FROM cells AS c JOIN tables AS t ON t.id = c.table_id WHERE c.confidence IS NOT NULL'
        )
    }
    return [
        Edition(
            Identity(row['id'], row['doc_number'], row['title'], row['issuer'], row['year']),
            frozenset(marks[row['id']]),
            (
                row['present'],
                row['issued_on'] or '',
                row['status'] == 'ok',
                row['id'] not in recognised,
                held[row['id']],
                -_FORMATS.index(row['format']) if row['format'] in _FORMATS else -len(_FORMATS),
                row['id'],
            ),
        )
        for row in connection.execute(
            'SELECT d.*, EXISTS (SELECT 1 FROM sources AS s WHERE s.document_id = d.id AND s.present) AS present'
            " FROM documents AS d WHERE d.status <> 'failed'"
        )
    ]


def store_editions(connection: sqlite3.Connection, current: Mapping[str, str]) -> None:
    """Writes ``documents.edition_of`` where it changed."""
    stored = dict(tuple(row) for row in connection.execute('SELECT id, edition_of FROM documents'))
    for document, before in stored.items():
        now = current.get(document, document)
        edition_of = None if now == document else now
        if edition_of != before:
            connection.execute('UPDATE documents SET edition_of = ? WHERE id = ?', (edition_of, document))


def _candidates(editions: Iterable[Edition]) -> Iterable[list[str]]:
    """Documents that share a number or a title: no others can be editions of one notice."""
    buckets: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for edition in editions:
        for kind, text in (('number', edition.identity.doc_number), ('title', edition.identity.title)):
            if squeezed(text):
                buckets[kind, squeezed(text) or ''].append(edition.identity.document)
    return (documents for documents in buckets.values() if len(documents) > 1)


def _contradict(a: Identity, b: Identity) -> bool:
    return (
        _numbers_differ(a, b)
        or bool(a.issuer and b.issuer and squeezed(a.issuer) != squeezed(b.issuer))
        or bool(a.year and b.year and a.year != b.year)
    )


def _numbers_differ(a: Identity, b: Identity) -> bool:
    return bool(a.doc_number and b.doc_number and squeezed(a.doc_number) != squeezed(b.doc_number))
