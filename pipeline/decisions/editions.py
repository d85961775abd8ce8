"""Recognises a notice that arrives again, in another format or as a corrected copy, and says which one is current.

What is decided depends on what the documents say and on whether their files are there, never on the order of arrival.
"""

from __future__ import annotations

import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, TypeVar

from kaohe.pipeline.decisions.decision_log import Identity

Thing = TypeVar('Thing')
Rank = tuple[Any, ...]

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
# Where two formats hold equally much: the one whose tables are read most surely.
_FORMATS = ('docx', 'xlsx', 'doc', 'wps', 'xls', 'odt', 'rtf', 'ofd', 'html', 'pdf', 'txt')


@dataclass(frozen=True, slots=True)
class Edition:
    """A stored document as it is compared. ``marks`` are the keys of its lines and the texts of its facts."""

    identity: Identity
    marks: frozenset[str]


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


def current_editions(editions: Iterable[Edition], rank: Callable[[str], Rank]) -> dict[str, str]:
    """For every document the current one of its notice (itself where it is current): the one with the highest ``rank``, which is asked only
    where there are several."""
    known = {edition.identity.document: edition for edition in editions}
    groups = _Groups(known)
    for bucket in _buckets(known.values(), lambda x: squeezed(x.identity.doc_number)):
        _join(groups, bucket, lambda x: squeezed(x.identity.title) or '')
    for bucket in _buckets(known.values(), _full_name):
        _join(groups, bucket, lambda x: squeezed(x.identity.doc_number))
    for bucket in _buckets(known.values(), lambda x: squeezed(x.identity.title)):
        vague = [x for x in bucket if not (x.identity.doc_number and _full_name(x))]
        for a, b in product(vague, bucket):
            if not groups.together(a, b) and same_notice(a, b):
                groups.join(a, b)
    return {
        document: current
        for members in groups.members()
        for current in [max(members, key=rank) if len(members) > 1 else members[0]]
        for document in members
    }


def read_identities(connection: sqlite3.Connection) -> list[Identity]:
    """What every document that was read says of itself."""
    rows = connection.execute("SELECT id, doc_number, title, issuer, year FROM documents WHERE status <> 'failed'")
    return [Identity(*row) for row in rows]


def read_editions(connection: sqlite3.Connection, identities: Iterable[Identity]) -> list[Edition]:
    """The documents that share a number or a title with another one: no others can be editions of one notice."""
    sharing: dict[str, Identity] = {}
    for buckets in (
        _buckets(identities, lambda x: squeezed(x.doc_number)),
        _buckets(identities, lambda x: squeezed(x.title)),
    ):
        for bucket in buckets:
            sharing |= {identity.document: identity for identity in bucket}
    return [_edition(connection, identity) for identity in sharing.values()]


def _edition(connection: sqlite3.Connection, identity: Identity) -> Edition:
    keys = connection.execute('SELECT key FROM indicators WHERE document_id = ?', (identity.document,))
    facts = connection.execute('SELECT text FROM facts WHERE document_id = ?', (identity.document,))
    return Edition(identity, frozenset([*(key for (key,) in keys), *(squeezed(text) or '' for (text,) in facts)]))


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


class _Groups:
    """Documents that belong together (union-find)."""

    def __init__(self, documents: Iterable[str]) -> None:
        self._above = {document: document for document in documents}

    def join(self, a: Edition, b: Edition) -> None:
        self._above[self._top(a.identity.document)] = self._top(b.identity.document)

    def together(self, a: Edition, b: Edition) -> bool:
        return self._top(a.identity.document) == self._top(b.identity.document)

    def members(self) -> Iterable[list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for document in self._above:
            found[self._top(document)].append(document)
        return found.values()

    def _top(self, document: str) -> str:
        while (above := self._above[document]) != document:
            self._above[document] = self._above[above]
            document = above
        return document


def _join(groups: _Groups, bucket: Sequence[Edition], rest: Callable[[Edition], str | None]) -> None:
    """Joins what is one notice of those that are all `alike`, as `same_notice` says, but without a look at every pair: an office may send
    thousands of one name. ``rest`` is what may still differ (title or number), None where it is not known."""
    loose = any(rest(edition) is None or not edition.marks for edition in bucket)  # nothing tells it from any of them
    by_rest: dict[str | None, Edition] = {}
    by_mark: dict[str, Edition] = {}
    for edition in bucket:
        groups.join(edition, by_rest.setdefault(None if loose else rest(edition), edition))
        if not loose:
            # of a thousand notices of a hundred lines nearly all marks stand in one only: the few others are asked for at once
            for mark in by_mark.keys() & edition.marks:
                groups.join(edition, by_mark[mark])
            by_mark |= dict.fromkeys(edition.marks, edition)


def _full_name(edition: Edition) -> tuple[str, str, int] | None:
    title, issuer, year = squeezed(edition.identity.title), squeezed(edition.identity.issuer), edition.identity.year
    return (title, issuer, year) if title and issuer and year else None


def _buckets(things: Iterable[Thing], name: Callable[[Thing], object]) -> Iterable[list[Thing]]:
    """Those that have the same name, where there are several."""
    found: defaultdict[object, list[Thing]] = defaultdict(list)
    for thing in things:
        if (told := name(thing)) is not None:
            found[told].append(thing)
    return (bucket for bucket in found.values() if len(bucket) > 1)


def _contradict(a: Identity, b: Identity) -> bool:
    return (
        _numbers_differ(a, b)
        or bool(a.issuer and b.issuer and squeezed(a.issuer) != squeezed(b.issuer))
        or bool(a.year and b.year and a.year != b.year)
    )


def _numbers_differ(a: Identity, b: Identity) -> bool:
    return bool(a.doc_number and b.doc_number and squeezed(a.doc_number) != squeezed(b.doc_number))
