"""Editions as the database holds them: what is compared of each document, which one is preferred, and the findings about likeness."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kaohe.extractors.findings import finding
from kaohe.pipeline.database.ids import Maker
from kaohe.pipeline.database.offices import office_of
from kaohe.pipeline.decisions.decision import Identity
from kaohe.pipeline.decisions.notices.likeness import Edition, Pair, Rank, squeezed

ASSUMED = 'edition.assumed'

_RANK = """
SELECT d.format, d.status, d.issued_on,
    EXISTS (SELECT 1 FROM sources AS s WHERE s.document_id = d.id AND s.present) AS present,
    EXISTS (SELECT 1 FROM tables AS t JOIN cells AS c ON c.table_id = t.id WHERE t.document_id = d.id AND c.confidence IS NOT NULL) AS recognised,
    (SELECT count(*) FROM indicators AS i WHERE i.document_id = d.id) + (SELECT count(*) FROM clauses AS c WHERE c.document_id = d.id)
    + (SELECT count(*) FROM facts AS f WHERE f.document_id = d.id)
    + (SELECT count(*) FROM indicators AS i JOIN thresholds AS g ON g.indicator_id = i.id WHERE i.document_id = d.id)
    + (SELECT count(*) FROM indicators AS i JOIN responsibilities AS r ON r.indicator_id = i.id WHERE i.document_id = d.id) AS held
FROM documents AS d WHERE d.id = ?
"""
# The documents that may say something that another one says: that have a line whose key stands more than once, facts, or no lines.
_COMPARED = """
SELECT document_id FROM indicators WHERE key IN (SELECT key FROM indicators GROUP BY key HAVING count(*) > 1)
UNION SELECT document_id FROM facts
UNION SELECT id FROM documents WHERE NOT EXISTS (SELECT 1 FROM indicators AS i WHERE i.document_id = documents.id)
"""
# Where two formats hold equally much: the one whose tables are read most surely.
_FORMATS = ('docx', 'xlsx', 'doc', 'wps', 'xls', 'odt', 'rtf', 'ofd', 'html', 'pdf', 'txt')
_NAMED = 3  # files that one finding names


def read_identities(connection: sqlite3.Connection) -> list[Identity]:
    """What every document that was read says of itself."""
    offices: defaultdict[str, set[str]] = defaultdict(set)
    for document, source in connection.execute('SELECT document_id, source FROM sources'):
        if office := office_of(source):
            offices[document].add(office)
    rows = connection.execute("SELECT id, doc_number, title, issuer, year FROM documents WHERE status <> 'failed'")
    return [replace(Identity(*row), office='、'.join(sorted(offices[row[0]])) or None) for row in rows]


def identity_of(connection: sqlite3.Connection, document: str) -> Identity:
    """What a stored document says of itself."""
    (row,) = connection.execute('SELECT id, doc_number, title, issuer, year FROM documents WHERE id = ?', (document,))
    sources = connection.execute('SELECT source FROM sources WHERE document_id = ?', (document,))
    offices = {office for (source,) in sources if (office := office_of(source))}
    return replace(Identity(*row), office='、'.join(sorted(offices)) or None)


def with_office(connection: sqlite3.Connection, wanted: Identity) -> Identity:
    """A notice that is gone, with the office whose folder its files lay in where the decision does not say (older ones do not)."""
    if wanted.office is not None:
        return wanted
    sources = connection.execute('SELECT DISTINCT source FROM ingestions WHERE document_id = ?', (wanted.document,))
    offices = {office for (source,) in sources if (office := office_of(source))}
    return replace(wanted, office='、'.join(sorted(offices)) or None)


def read_editions(
    connection: sqlite3.Connection, identities: Iterable[Identity], besides: Iterable[str]
) -> list[Edition]:
    """The documents that share a title with another one, and those that people named (``besides``): no others can be editions of one notice.

    What they say is read of those alone that share some of it, or call themselves the same, since nobody else is compared by it."""
    identities = list(identities)
    titles = Counter(squeezed(identity.title) for identity in identities)
    named = set(besides)
    wanted = [x for x in identities if titles[squeezed(x.title)] > 1 or x.document in named]
    numbers = Counter((squeezed(x.title), squeezed(x.doc_number)) for x in wanted if x.doc_number)
    compared = {row[0] for row in connection.execute(_COMPARED)} if wanted else set()
    compared |= {x.document for x in wanted if numbers[squeezed(x.title), squeezed(x.doc_number)] > 1}
    return [_edition(connection, x, compared=x.document in compared) for x in wanted]


def _edition(connection: sqlite3.Connection, identity: Identity, *, compared: bool) -> Edition:
    def all_of(sql: str) -> list[str]:
        return [row[0] for row in connection.execute(sql, (identity.document,))]

    if not compared:
        return Edition(identity, frozenset())
    marks = all_of('SELECT key FROM indicators WHERE document_id = ?')
    marks += [squeezed(text) or '' for text in all_of('SELECT text FROM facts WHERE document_id = ?')]
    if not marks:
        texts = all_of(
            "SELECT text FROM blocks WHERE document_id = ? AND kind IN ('paragraph', 'note', 'heading') AND text IS NOT NULL"
        )
        marks = [squeezed(text) or '' for text in texts]
    offices = {office_of(source) for source in all_of('SELECT source FROM sources WHERE document_id = ?')} - {None}
    return Edition(identity, frozenset(marks), frozenset(office for office in offices if office))


def read_rank(connection: sqlite3.Connection, document: str) -> Rank:
    """What makes a stored document the current one among the editions of a notice."""
    row = connection.execute(_RANK, (document,)).fetchone()
    return (
        row['present'],
        row['issued_on'] or '',
        row['status'] == 'ok',
        not row['recognised'],
        row['held'],
        -_FORMATS.index(row['format']) if row['format'] in _FORMATS else -len(_FORMATS),
        document,
    )


def store_editions(connection: sqlite3.Connection, current: Mapping[str, str]) -> None:
    """Writes ``documents.edition_of`` where it changed."""
    stored = dict(tuple(row) for row in connection.execute('SELECT id, edition_of FROM documents'))
    for document, before in stored.items():
        now = current.get(document, document)
        edition_of = None if now == document else now
        if edition_of != before:
            connection.execute('UPDATE documents SET edition_of = ? WHERE id = ?', (edition_of, document))


def store_assumed(connection: sqlite3.Connection, assumed: Sequence[Pair]) -> None:
    """Writes a finding for every document that looks like an edition of another one, in place of those of the last run."""
    others: defaultdict[str, list[str]] = defaultdict(list)
    for a, b in assumed:
        others[a].append(b)
        others[b].append(a)
    wanted = {}
    for document, like in others.items():
        names = dict(
            tuple(row)
            for row in connection.execute(
                'SELECT id, source FROM documents WHERE id IN (SELECT value FROM json_each(?))',
                (json.dumps([document, *like]),),
            )
        )
        files = sorted(names[other] for other in like)
        more = f'等 {len(files)} 个文件' if len(files) > _NAMED else ''
        wanted[document] = finding(
            ASSUMED, one=names[document], other='、'.join(files[:_NAMED]) + more, id=document, like=like[0]
        )
    stored = dict(
        tuple(row) for row in connection.execute('SELECT document_id, message FROM findings WHERE code = ?', (ASSUMED,))
    )
    for document in stored.keys() | wanted.keys():
        found = wanted.get(document)
        if found is not None and stored.get(document) == found.message:
            continue
        connection.execute('DELETE FROM findings WHERE code = ? AND document_id = ?', (ASSUMED, document))
        if found is not None:
            (last,) = connection.execute(
                'SELECT coalesce(max(ordinal), -1) FROM findings WHERE document_id = ?', (document,)
            ).fetchone()
            connection.execute(
                'INSERT INTO findings (id, document_id, ordinal, about, severity, code, message) VALUES (?, ?, ?, ?, ?, ?, ?)',
                (Maker(document).make('findings', ASSUMED, found.message), document, last + 1, found.about, found.severity, ASSUMED, found.message),
            )  # fmt: skip
