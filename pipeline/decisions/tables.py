"""Decisions as rows of the database, and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from kaohe.extractors.findings import finding
from kaohe.pipeline.database.ids import Maker
from kaohe.pipeline.database.stored_values import json_text
from kaohe.pipeline.decisions.added_rows import store_duties
from kaohe.pipeline.decisions.choices import stored_choices
from kaohe.pipeline.decisions.correctable_columns import CHECKED, FIELDS, Value
from kaohe.pipeline.decisions.decision import Decision, Identity, RowPlace
from kaohe.pipeline.decisions.log.known_rows import Table, keep_rows, note_state, rows_but
from kaohe.pipeline.decisions.notices.corrected_sums import clear_corrected_sums
from kaohe.pipeline.decisions.rereadings import CHANGED
from kaohe.pipeline.decisions.row_places import Address, DocumentRows
from kaohe.pipeline.language.terms import ROLE

_ORPHANED = 'correction.orphaned'
_CORRECTIONS: Final = 'corrections'
_SIGN_OFFS: Final = 'sign_offs'


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a decision: its ``state`` (docs/catalogue.md), and the current document of its notice."""

    state: str
    document: str | None


@dataclass(slots=True)
class Overlay:
    """What people say of one row: the columns that differ from what was read (or added), and the ``last`` decision about it."""

    added: bool
    changes: dict[str, Value]
    last: Decision
    why: str | None = None


def stored_decisions(connection: sqlite3.Connection, but: Container[str] = ()) -> Iterator[Decision]:
    """The decisions that the database knows, except those of these ids."""
    yield from stored_choices(connection, but)
    for row in rows_but(connection, _CORRECTIONS, but):
        target = json.loads(row['target'])
        label = target.pop('label')
        value = json.loads(row['value'])
        yield Decision(
            kind='add' if row['added'] else 'correct',
            at=row['decided_at'],
            by=row['decided_by'],
            why=row['why'],
            notice=Identity(**json.loads(row['notice'])),
            owner=row['owner'],
            place=RowPlace(**target),
            label=label,
            field=row['field'],
            value=None if row['added'] else value,
            before=json.loads(row['before']),
            row=tuple((name, told) for name, told in value) if row['added'] else (),
        )
    for row in rows_but(connection, _SIGN_OFFS, but):
        yield Decision(
            kind='sign',
            at=row['decided_at'],
            by=row['signed_by'],
            why=None,
            notice=Identity(**json.loads(row['notice'])),
            owner='documents',
            place=RowPlace(),
            value=row['signed_on'],
            before=row['content'],
        )


def clear(connection: sqlite3.Connection) -> None:
    """Empties the tables that are worked out anew."""
    connection.execute('DELETE FROM overlays')
    for table in ('thresholds', 'clauses', 'responsibilities', 'indicators'):
        connection.execute(f'DELETE FROM {table} WHERE decision IS NOT NULL')  # noqa: S608 named above
    connection.execute(
        "DELETE FROM findings WHERE code IN (?, ?) OR (code LIKE 'score.%' AND decision IS NOT NULL)",
        (_ORPHANED, CHANGED),
    )
    clear_corrected_sums(connection)


def store_decisions(
    connection: sqlite3.Connection, decisions: Sequence[Decision], outcomes: Mapping[str, Outcome]
) -> None:
    """Writes every decision with what became of it. What the database knows of it already stays: nobody decides anew what was decided."""
    ids = {decision.id for decision in decisions}
    known = {table: keep_rows(connection, table, ids) for table in (_CORRECTIONS, _SIGN_OFFS)}
    for decision in decisions:
        if decision.kind == 'choose':
            continue
        outcome = outcomes[decision.id]
        signed = decision.kind == 'sign'
        table: Table = _SIGN_OFFS if signed else _CORRECTIONS
        now = (outcome.state, outcome.document)
        before = known[table].get(decision.id)
        if before is not None:
            if before != now:
                note_state(connection, table, decision.id, now)
            continue
        notice = json_text(asdict(decision.notice))
        if signed:
            connection.execute(
                'INSERT INTO sign_offs VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
                (decision.id, decision.at, decision.by, decision.value, notice, decision.before, outcome.state, outcome.document),
            )  # fmt: skip
            continue
        added = decision.kind == 'add'
        target = json_text(asdict(decision.place) | {'label': decision.label})
        value = json_text(decision.row if added else decision.value)
        connection.execute(
            'INSERT INTO corrections VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
            (decision.id, decision.at, decision.by, decision.why, decision.owner, int(added), notice, target, decision.field,
             value, json_text(decision.before), outcome.state, outcome.document),
        )  # fmt: skip


def store_overlays(connection: sqlite3.Connection, rows: DocumentRows, overlays: Mapping[Address, Overlay]) -> None:
    """Writes what people say of the rows of one document."""
    for (owner, row), overlay in overlays.items():
        for role in ROLE.keys() & overlay.changes.keys() if owner == 'indicators' else ():
            connection.execute(
                'DELETE FROM responsibilities WHERE indicator_id = ? AND role = ? AND decision IS NOT NULL', (row, role)
            )
            parties = overlay.changes[role]
            store_duties(
                connection,
                row,
                tuple((role, party) for party in parties or []) if isinstance(parties, list) else (),
                overlay.last.id,
            )
        corrected = overlay.added or bool(overlay.changes.keys() - CHECKED)
        connection.execute(
            'INSERT INTO overlays VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
            (owner, row, rows.document, int(overlay.added), int(corrected), json_text(overlay.changes), overlay.last.by, overlay.last.on, overlay.why),
        )  # fmt: skip


def store_orphans(connection: sqlite3.Connection, document: str, orphans: Sequence[Decision]) -> None:
    """Writes a finding for each correction that fits nothing in the current document."""
    (last,) = connection.execute('SELECT coalesce(max(ordinal), -1) FROM findings WHERE document_id = ?', (document,))
    maker = Maker(document)
    for ordinal, decision in enumerate(orphans, start=last[0] + 1):
        found = finding(
            _ORPHANED, label=(decision.label or '')[:40], by=decision.by, on=decision.on, what=_told(decision)
        )
        connection.execute(
            'INSERT INTO findings (id, document_id, ordinal, about, severity, code, message) VALUES (?, ?, ?, ?, ?, ?, ?)',
            (maker.make('findings', found.code, decision.id), document, ordinal, found.about, found.severity, found.code, found.message),
        )  # fmt: skip


def _told(decision: Decision) -> str:
    if decision.kind == 'add':
        return '补上的这一行'
    known = next(field for field in FIELDS[decision.owner] if field.name == decision.field)
    return f'“{known.title}”改为“{known.show(decision.value) or ""}”'
