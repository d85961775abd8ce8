"""Words decisions about rows of the database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kaohe.pipeline.database.ids import LETTERS
from kaohe.pipeline.decisions.correctable_columns import DROPPED, FIELDS, Field, Value, same_value
from kaohe.pipeline.decisions.decision import Decision, RowPlace, now
from kaohe.pipeline.decisions.notices.stored_editions import identity_of
from kaohe.pipeline.decisions.row_places import DocumentRows, read_rows
from kaohe.pipeline.decisions.unusual_values import unusual, unusual_row
from kaohe.pipeline.refusal import Refusal

_OWNERS = {LETTERS[owner]: owner for owner in FIELDS}
_DOCUMENT_OF = {
    'documents': 'SELECT id, id FROM documents WHERE id GLOB ?',
    'indicators': 'SELECT id, document_id FROM indicators WHERE id GLOB ?',
    'clauses': 'SELECT id, document_id FROM clauses WHERE id GLOB ?',
    'thresholds': 'SELECT g.id, i.document_id FROM thresholds AS g JOIN indicators AS i ON i.id = g.indicator_id WHERE g.id GLOB ?',
    'facts': 'SELECT id, document_id FROM facts WHERE id GLOB ?',
}


@dataclass(frozen=True, slots=True)
class ShownValue:
    """What a person saw before deciding: the value of a ``field`` of a row, or (None) what a notice says as a whole."""

    owner: str
    row: str
    document: str
    field: str | None
    value: Value
    label: str


@dataclass(frozen=True, slots=True)
class ShownState:
    """What a person saw before deciding about whole notices, findings or parties: what a ``query`` gave."""

    query: str
    about: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    label: str


def state_now(connection: sqlite3.Connection, query: str, about: tuple[str, ...], label: str) -> ShownState:
    """What the query gives now."""
    return ShownState(query, about, tuple(tuple(row) for row in connection.execute(query, about)), label)


class Decider:
    """One person deciding about the rows of an open database: looks rows up by id and words decisions about them.

    ``shown`` collects what the decisions rest on.
    """

    def __init__(self, connection: sqlite3.Connection, by: str, at: str | None = None) -> None:
        self._connection = connection
        self._rows: dict[str, DocumentRows] = {}
        self._overlays: dict[str, dict[tuple[str, str], dict[str, Value]]] = {}
        self.by = by
        self.at = at or now()
        self.shown: list[ShownValue] = []

    def find(self, wanted: str) -> tuple[str, str, str] | None:
        """Table, id and document of the row whose id is or begins with ``wanted``; None where there is none or several."""
        owner = _OWNERS.get(wanted[:1])
        if owner is None or wanted[1:2] != '_' or not wanted[2:].isalnum():
            return None
        hits = self._connection.execute(_DOCUMENT_OF[owner], (f'{wanted}*',)).fetchall()
        exact = [hit for hit in hits if hit[0] == wanted] or hits
        return (owner, exact[0][0], exact[0][1]) if len(exact) == 1 else None

    def rows(self, document: str) -> DocumentRows:
        """The rows of a document as they were read."""
        if document not in self._rows:
            self._rows[document] = read_rows(self._connection, document)
        return self._rows[document]

    def known(self, owner: str, document: str, parent: str, values: Mapping[str, Value]) -> bool:
        """Whether a row of ``owner`` that says the same stands below ``parent`` already, and nobody struck it out."""
        rows = self.rows(document)
        struck = {address for address in rows.values if self.values(*address, document).get(DROPPED)}
        return rows.holds(owner, parent, values, struck)

    def values(self, owner: str, row: str, document: str) -> dict[str, Value]:
        """The correctable columns of a row as they stand now, corrections applied."""
        if document not in self._overlays:
            self._overlays[document] = {
                (found['owner'], found['owner_id']): json.loads(found['changes'])
                for found in self._connection.execute('SELECT * FROM overlays WHERE document_id = ?', (document,))
            }
        return self.rows(document).values[owner, row] | self._overlays[document].get((owner, row), {})

    def unusual(self, owner: str, row: str, field: Field, before: Value, value: Value) -> str | None:
        """Why a person should look at this value again before it is stored; None where nothing is unusual."""
        return unusual(self._connection, owner, row, field, before, value)

    def unusual_row(self, owner: str, parent: str, values: Mapping[str, Value]) -> list[str]:
        """The same for a row of ``owner`` that a person adds to the table or line ``parent``."""
        return unusual_row(self._connection, owner, parent, values)

    def correct(self, owner: str, row: str, document: str, field: Field, value: Value, why: str | None) -> Decision:
        """``field`` of this row is ``value``."""
        rows = self.rows(document)
        label = rows.labels[owner, row]
        self.shown.append(
            ShownValue(owner, row, document, field.name, self.values(owner, row, document)[field.name], label)
        )
        return self._decision(
            'correct', owner, document, rows.places[owner, row], why,
            label=label[:200], field=field.name, value=value, before=rows.values[owner, row][field.name],
        )  # fmt: skip

    def add(self, owner: str, document: str, place: RowPlace, values: Mapping[str, Value], why: str | None) -> Decision:
        """A row of ``owner`` with these values belongs below the line, or into the table, at ``place``."""
        label = str(
            values.get('text') or values.get('requirement') or values.get('criteria') or values.get('name') or ''
        )
        return self._decision('add', owner, document, place, why, label=label[:200], row=tuple(values.items()))

    def signed(self, document: str) -> tuple[str | None, str | None]:
        """Who checked the notice, and when."""
        (row,) = self._connection.execute(
            'SELECT signed_by, signed_on FROM corrected_documents WHERE id = ?', (document,)
        )
        return row[0], row[1]

    def sign(self, document: str, by: str, on: str) -> Decision:
        """The notice was checked by ``by`` on that day (ISO 8601)."""
        content = self.rows(document).content()
        self.shown.append(
            ShownValue(
                'documents', document, document, None, content, self.rows(document).labels['documents', document]
            )
        )
        return Decision(
            'sign',
            self.at,
            by,
            None,
            identity_of(self._connection, document),
            'documents',
            RowPlace(),
            value=on,
            before=content,
        )

    def _decision(
        self, kind: str, owner: str, document: str, place: RowPlace, why: str | None, **rest: object
    ) -> Decision:
        return Decision(kind, self.at, self.by, why, identity_of(self._connection, document), owner, place, **rest)  # type: ignore[arg-type]  # passed on as named above


def changed_since(connection: sqlite3.Connection, shown: Iterable[ShownValue | ShownState]) -> str | None:
    """The label of the first row that no longer says what was shown; None where all do."""
    decider = Decider(connection, '')
    for seen in shown:
        if isinstance(seen, ShownState):
            if state_now(connection, seen.query, seen.about, seen.label) != seen:
                return seen.label
            continue
        if connection.execute('SELECT 1 FROM documents WHERE id = ?', (seen.document,)).fetchone() is None:
            return seen.label  # its file holds other bytes by now
        rows = decider.rows(seen.document)
        if (seen.owner, seen.row) not in rows.places:
            return seen.label
        if seen.field is None:
            now: Value = rows.content()
        else:
            now = decider.values(seen.owner, seen.row, seen.document)[seen.field]
        if not same_value(now, seen.value):
            return seen.label
    return None


def find_document(connection: sqlite3.Connection, wanted: str, *, current: bool) -> tuple[str, str]:
    """Id and title of the one document whose id, title, number or file name holds ``wanted``; ``current``: among current ones only.

    Raises `Refusal` where none or several do.
    """
    found = [
        (str(row[0]), str(row[1]))
        for row in connection.execute(
            'SELECT id, coalesce(title, source) FROM corrected_documents WHERE (edition_of IS NULL OR NOT :current) AND'
            ' (substr(id, 1, length(:wanted)) = :wanted OR instr(title, :wanted) OR instr(doc_number, :wanted) OR instr(source, :wanted)) ORDER BY title, id',
            {'wanted': wanted, 'current': current},
        )
    ]
    if len(found) == 1:
        return found[0]
    which = '、'.join(f'{title}（{document}）' for document, title in found[:5])
    raise Refusal(
        f'“{wanted}”对应 {len(found)} 份通知：{which}；请写得更具体，或写编号'
        if found
        else f'没有找到通知“{wanted}”；编号和标题见 kaohe export 导出的“通知”表',
        2,
    )
