"""What the database knows of the log: the rows of ``corrections``, ``sign_offs`` and ``choices``, by the ids of their decisions."""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterator
from sys import intern
from typing import Final, Literal

Table = Literal['corrections', 'sign_offs', 'choices']
TABLES: Final[tuple[Table, ...]] = ('corrections', 'sign_offs', 'choices')
State = tuple[str, str | None]
"""What became of a decision (docs/catalogue.md), and the current document of its notice."""


def rows_but(connection: sqlite3.Connection, table: Table, but: Container[str]) -> Iterator[sqlite3.Row]:
    """The rows of the table except those of these ids: mostly none, for the log has them all."""
    known = [row[0] for row in connection.execute(f'SELECT id FROM {table} ORDER BY id')]  # noqa: S608 named above
    for one in known:
        if one not in but:
            yield connection.execute(f'SELECT * FROM {table} WHERE id = ?', (one,)).fetchone()  # noqa: S608 named above


def known_states(connection: sqlite3.Connection, table: Table) -> dict[str, State]:
    """What became of each decision when they were last applied."""
    rows = connection.execute(f'SELECT id, state, document_id FROM {table}')  # noqa: S608 named above
    return {one: (intern(state), document and intern(document)) for one, state, document in rows}


def keep_rows(connection: sqlite3.Connection, table: Table, decisions: Container[str]) -> dict[str, State]:
    """Takes the rows of no decision out of the table: a line of the log that people changed is another decision. What became of the others."""
    known = known_states(connection, table)
    gone = [one for one in known if one not in decisions]
    connection.executemany(f'DELETE FROM {table} WHERE id = ?', [(one,) for one in gone])  # noqa: S608 named above
    return {one: state for one, state in known.items() if one in decisions}


def note_state(connection: sqlite3.Connection, table: Table, decision: str, state: State) -> None:
    """Writes what became of a decision that the table has."""
    connection.execute(f'UPDATE {table} SET state = ?, document_id = ? WHERE id = ?', (*state, decision))  # noqa: S608 named above
