"""Where the rows of a stored notice stand, said so that another copy or a later reading finds them again."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace

from kaohe.pipeline.decisions.added_rows import PERSON, Added
from kaohe.pipeline.decisions.correctable_columns import CHECKED, DROPPED, FIELDS, STANDS_IN, Value
from kaohe.pipeline.decisions.decision import Decision, RowPlace
from kaohe.pipeline.decisions.notices.likeness import squeezed
from kaohe.pipeline.language.terms import ROLE

Address = tuple[str, str]  # (table's name, id)


@dataclass(slots=True)
class DocumentRows:
    """The rows of one document: their places, what was read in their correctable columns, a word that names each to people, and to which
    table, or line and column, each belongs."""

    document: str
    places: dict[Address, RowPlace] = field(default_factory=dict)
    values: dict[Address, dict[str, Value]] = field(default_factory=dict)
    labels: dict[Address, str] = field(default_factory=dict)
    parents: dict[Address, tuple[str | None, str | None]] = field(default_factory=dict)
    tables: dict[str, str | None] = field(default_factory=dict)
    _ids: dict[tuple[str, RowPlace], str] = field(default_factory=dict)
    _lines: dict[str, list[RowPlace]] = field(default_factory=lambda: defaultdict(list))

    def put(
        self,
        owner: str,
        row: str,
        place: RowPlace,
        values: Mapping[str, Value],
        label: str,
        parent: str | None = None,
        column: str | None = None,
    ) -> None:
        """Makes a row known."""
        self.parents[owner, row] = (parent, column)
        self.places[owner, row] = place
        self._ids[owner, place] = row
        if owner == 'indicators' and place.key is not None:
            self._lines[place.key].append(place)
        self.values[owner, row] = dict(values)
        self.labels[owner, row] = label

    def find(self, owner: str, place: RowPlace) -> str | None:
        """The row of ``owner`` that stands at ``place``; None where there is none (any more).

        Where the table's title is read otherwise, the key alone decides, as long as one line only has it.
        """
        found = self._ids.get((owner, place))
        if found is None and place.key is not None and len(self._lines[place.key]) == 1:
            (line,) = self._lines[place.key]
            found = self._ids.get((owner, replace(place, table=line.table, line=line.line)))
        return found

    def table(self, title: str | None) -> str | None:
        """The scoring table with this (squeezed) title, or the only one."""
        hits = [row for row, known in self.tables.items() if known == title]
        if len(hits) == 1:
            return hits[0]
        return next(iter(self.tables)) if len(self.tables) == 1 else None

    def holds(self, owner: str, parent: str, values: Mapping[str, Value], struck: Container[Address] = ()) -> bool:
        """Whether a row of ``owner`` that says the same stands below ``parent`` already; those that people ``struck`` out do not."""
        here = (parent, values.get(STANDS_IN.name))
        telling = (
            ('name', 'requirement', 'criteria')
            if owner == 'indicators'
            else ('text', 'effect', 'points', 'metric', 'value')
        )
        return any(
            address[0] == owner
            and belongs == here
            and address not in struck
            and all(_folded(self.values[address].get(name)) == _folded(values.get(name)) for name in telling)
            for address, belongs in self.parents.items()
        )

    def content(self) -> str:
        """A hash of what its lines, clauses and targets say, equal in every format; corrections do not change it."""
        told = [
            [owner, place.table, place.key, place.line, place.field, place.text, place.nth, sorted(values.items())]
            for ((owner, row), values) in self.values.items()
            if owner != 'documents' and not ((place := self.places[owner, row]).key or '').startswith('+')
            for values in [{name: _folded(value) for name, value in values.items()}]
        ]
        text = json.dumps(sorted(told, key=repr), ensure_ascii=False)
        return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def read_rows(connection: sqlite3.Connection, document: str) -> DocumentRows:
    """The rows of a stored document as they were read, and those that people added."""
    rows = DocumentRows(document)
    lines: dict[str, RowPlace] = {}
    (head,) = connection.execute('SELECT * FROM documents WHERE id = ?', (document,))
    rows.put('documents', document, RowPlace(), _values('documents', head), head['title'] or head['source'])
    rows.tables = {
        row['id']: squeezed(row['title'])
        for row in connection.execute(
            "SELECT id, title FROM tables WHERE document_id = ? AND kind = 'scoring' ORDER BY ordinal", (document,)
        )
    }
    duties: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in connection.execute(
        'SELECT r.* FROM responsibilities AS r JOIN indicators AS i ON i.id = r.indicator_id'
        ' WHERE i.document_id = ? AND (r.decision IS NULL OR r.decision = i.decision) ORDER BY r.ordinal',
        (document,),
    ):
        duties[row['indicator_id']][row['role']].append(row['party'])
    seen: defaultdict[tuple[object, ...], int] = defaultdict(int)

    def occurrence(*what: object) -> int:
        seen[what] += 1
        return seen[what] - 1

    for row in connection.execute(
        'SELECT i.*, t.title AS table_title FROM indicators AS i JOIN tables AS t ON t.id = i.table_id'
        ' WHERE i.document_id = ? ORDER BY i.ordinal',
        (document,),
    ):
        title = squeezed(row['table_title'])
        place = (
            RowPlace(title, row['key'], occurrence('line', title, row['key']))
            if row['decision'] is None
            else RowPlace(key=row['key'])
        )
        lines[row['id']] = place
        values = _values('indicators', row) | {role: duties[row['id']].get(role) for role in ROLE}
        label = ' '.join(part for part in (row['number'], row['name'] or row['requirement'] or row['criteria']) if part)
        rows.put('indicators', row['id'], place, values, label, row['table_id'])
    for owner, sql in _SAID.items():
        for row in connection.execute(sql, (document,)):
            line = lines.get(row['indicator_id'] or '') or RowPlace()
            text = squeezed(row['text'])
            nth = occurrence(owner, line, row['field'], text)
            place = replace(line, field=row['field'], text=text, nth=nth)
            if owner != 'facts' and row['rule'] == PERSON:
                place = RowPlace(key=f'+{row["decision"]}')
            rows.put(owner, row['id'], place, _values(owner, row), row['text'], row['indicator_id'], row['field'])
    return rows


def put_added(rows: DocumentRows, added: Added, values: Mapping[str, Value], decision: Decision) -> None:
    """Makes known what somebody added, and what the grammar reads in it."""
    place = RowPlace(key=f'+{decision.id}')
    row = added.row
    parent = row.columns.get('table_id') if row.owner == 'indicators' else row.columns.get('indicator_id')
    column = row.columns.get('field')
    rows.put(
        row.owner, row.id, place, values, decision.label or '', str(parent), column if isinstance(column, str) else None
    )
    seen: defaultdict[tuple[object, ...], int] = defaultdict(int)
    for read in added.read:
        if read.owner in FIELDS:
            text = squeezed(str(read.columns['text']))
            at = (read.owner, read.columns['field'], text)
            where = replace(place, field=str(read.columns['field']), text=text, nth=seen[at])
            seen[at] += 1
            rows.put(
                read.owner,
                read.id,
                where,
                read.correctable,
                str(read.columns['text']),
                row.id,
                str(read.columns['field']),
            )


_SAID = {
    'clauses': 'SELECT * FROM clauses WHERE document_id = ? ORDER BY ordinal',
    'thresholds': 'SELECT g.* FROM thresholds AS g JOIN indicators AS i ON i.id = g.indicator_id WHERE i.document_id = ? ORDER BY g.ordinal',
    'facts': 'SELECT *, NULL AS field, NULL AS indicator_id FROM facts WHERE document_id = ? ORDER BY ordinal',
}


def _values(owner: str, row: sqlite3.Row) -> dict[str, Value]:
    """What was read in the correctable columns; nothing is struck out or checked yet."""
    return {
        field.name: 0
        if field.name == DROPPED
        else None
        if field.name in CHECKED or field.name in ROLE
        else row[field.name]
        for field in FIELDS[owner]
    }


def _folded(value: Value) -> Value:
    return squeezed(value) if isinstance(value, str) else value
