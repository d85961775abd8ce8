"""What was read from the very same bytes before stays where they cannot be read as well now: without an optional part, out of time or memory,
by a program that fails. That the lines are those of the earlier reading, why, and what to do is told by a finding until they are read again.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kaohe.extractors import optional
from kaohe.extractors.findings import Finding, finding
from kaohe.normalizers.text.folding import squeeze
from kaohe.pipeline.database.ids import Maker
from kaohe.pipeline.database.rows import TableRows, Value
from kaohe.pipeline.readers.reading import Reading

KEPT: Final = 'reading.kept'
_RECOGNISED: Final = frozenset({'page.no_text', 'page.pictures'})  # what recognition would have read
_HURRIED: Final = 'page.beyond_limit'
_TEXTS = """
SELECT text, page, NULL AS boxes FROM blocks WHERE document_id = :document
UNION ALL SELECT c.text, NULL, c.boxes FROM cells AS c JOIN tables AS t ON t.id = c.table_id WHERE t.document_id = :document
"""


def holds_reading(connection: sqlite3.Connection, document: str) -> bool:
    """Whether more of the document is stored than why it could not be read."""
    found = connection.execute("SELECT 1 FROM documents WHERE id = ? AND status <> 'failed'", (document,))
    return found.fetchone() is not None


def as_well_as_before(connection: sqlite3.Connection, document: str, reading: Reading) -> Reading:
    """The reading of the document, as one that failed where text is missing from its pages that is stored: recognition is not installed any
    more, or it took too long this time."""
    if reading.rows is None or not holds_reading(connection, document):
        return reading
    missing = {_HURRIED} if optional.has_recognition() else {_HURRIED, *_RECOGNISED}
    told = [one for one in _of(reading.rows, 'findings') if one['code'] in missing]
    if not told:
        return reading
    before = {
        tuple(row) for row in connection.execute('SELECT code, page FROM findings WHERE document_id = ?', (document,))
    }
    stored = _lengths(dict(row) for row in connection.execute(_TEXTS, {'document': document}))
    here = _lengths((*_of(reading.rows, 'blocks'), *_of(reading.rows, 'cells')))
    for one in told:
        page = one['page']
        if (one['code'], page) not in before and stored[page] > here[page]:
            why = Finding(str(one['code']), 'error', 'reading', str(one['message']))
            return replace(reading, rows=None, failure=why)
    return reading


def _of(made: Sequence[TableRows], table: str) -> Iterator[dict[str, Value]]:
    for rows in made:
        if rows.table == table:
            yield from (dict(zip(rows.columns, values, strict=True)) for values in rows.values)


def _lengths(texts: Iterable[Mapping[str, Value]]) -> Counter[Value]:
    """How many characters stand on each page, blanks apart."""
    lengths: Counter[Value] = Counter()
    for one in texts:
        page, boxes = one.get('page'), one.get('boxes')
        pages = {page} if boxes is None else {box[0] for box in json.loads(str(boxes))}
        for here in pages:
            lengths[here] += len(squeeze(str(one['text'] or '')))
    return lengths


def keep_reading(connection: sqlite3.Connection, document: str, why: Finding) -> None:
    """Says of a stored document that it could not be read again, in place of what was said so before. Call inside a transaction."""
    told = finding(KEPT, why=why.message.removesuffix('。'))
    connection.execute('DELETE FROM findings WHERE document_id = ? AND code = ?', (document, KEPT))
    connection.execute(
        'INSERT INTO findings (id, document_id, ordinal, about, severity, code, message)'
        ' SELECT ?, ?, coalesce(max(ordinal), -1) + 1, ?, ?, ?, ? FROM findings WHERE document_id = ?',
        (Maker(document).make('findings', KEPT, told.message), document, told.about, told.severity, KEPT, told.message, document),
    )  # fmt: skip
    connection.execute("UPDATE documents SET status = 'partial', message = ? WHERE id = ?", (told.message, document))
