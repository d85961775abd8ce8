"""Gives every notice its stable id: one for all of its editions, and none for two notices."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence

from kaohe.pipeline.database.kept_ids.restamping import restamp
from kaohe.pipeline.database.stable_ids import Strength, id_of, strength


def store_notice_ids(connection: sqlite3.Connection, current: Mapping[str, str]) -> None:
    """Writes the stable ids of all documents whose notice is another than was known, and of their rows; ``current`` are the current
    documents, by document. Call inside a transaction, once ``edition_of`` is stored."""
    stored: dict[str, str | None] = {}
    names: dict[str, list[tuple[Strength, str]]] = defaultdict(list)
    for document, before, number, title, issuer, year, office in connection.execute(
        'SELECT d.id, d.stable_id, d.doc_number, d.title, d.issuer, d.year,'
        ' (SELECT min(office) FROM sources WHERE document_id = d.id) FROM documents AS d ORDER BY d.id'
    ):
        stored[document] = before
        names[current.get(document, document)].append(
            (strength(number, title, issuer, year, office, document), document)
        )
    surest = {now: min(members)[0] for now, members in names.items()}
    alike: dict[Strength, list[str]] = defaultdict(list)
    for now, name in surest.items():
        alike[name].append(now)
    for name, notices in alike.items():
        for now in notices:
            wanted = id_of(name) if len(notices) == 1 else id_of(name, *_told_apart(connection, now, notices))
            for _, document in names[now]:
                if stored[document] != wanted:
                    restamp(connection, document, wanted, remember=True)


def _told_apart(connection: sqlite3.Connection, notice: str, notices: Sequence[str]) -> tuple[str, ...]:
    """What tells notices that call themselves the same apart: what their lines say; where that is the same too, their bytes."""
    said = {one: _content(connection, one) for one in notices}
    return (said[notice],) if [*said.values()].count(said[notice]) == 1 else (said[notice], notice)


def _content(connection: sqlite3.Connection, document: str) -> str:
    keys = sorted(key for (key,) in connection.execute('SELECT key FROM indicators WHERE document_id = ?', (document,)))
    return hashlib.blake2b('\n'.join(keys).encode(), digest_size=8).hexdigest()
