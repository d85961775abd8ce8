"""Lines on which people rely (they signed or corrected them) and which a newer program reads otherwise: noted as they are read, told as findings.

What a line said is known as long as the database is: one that is built anew holds no earlier reading. There the sign-off itself tells that
the notice says something else (`changed`), and a correction that fits nothing is told by its own finding.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kaohe.extractors.findings import Finding, finding
from kaohe.pipeline.database.ids import Maker
from kaohe.pipeline.database.stored_values import json_text
from kaohe.pipeline.decisions.correctable_columns import CHECKED, DROPPED, FIELDS
from kaohe.pipeline.decisions.decision import Decision, now
from kaohe.pipeline.decisions.row_places import DocumentRows, read_rows

CHANGED: Final = 'reading.changed'
_WITHIN: Final = {'clauses': '条款', 'thresholds': '目标值'}
_DETAILS: Final = {'sign': '正负', 'rounding': '进位'}
_TOLD: Final = 3  # differences that one finding names
_SHOWN: Final = 40  # characters of a text that it shows

Said = Mapping[str, str]
"""What a line says: each of its columns, clauses and targets, by what people call it."""


@dataclass(frozen=True, slots=True)
class SaidLine:
    """A line of one reading: the names by which a later one finds it again, and what it says."""

    stable: str
    former: tuple[str, ...]
    key: str | None
    label: str
    said: Said


def said_before(connection: sqlite3.Connection, document: str) -> tuple[SaidLine, ...] | None:
    """What the lines of a stored document say before it is read again, and what was noted of earlier readings; None where nobody has
    decided anything about its notice."""
    decided = connection.execute(
        'SELECT 1 FROM documents AS d WHERE d.id = :document AND ('
        ' EXISTS (SELECT 1 FROM corrections AS c WHERE c.document_id = coalesce(d.edition_of, d.id))'
        ' OR EXISTS (SELECT 1 FROM sign_offs AS s WHERE s.document_id = coalesce(d.edition_of, d.id)))',
        {'document': document},
    ).fetchone()
    return None if decided is None else _lines(connection, document)


def note_rereadings(connection: sqlite3.Connection, document: str, before: Sequence[SaidLine]) -> None:
    """Notes which lines the new reading, stored by now, reads otherwise than the one ``before``."""
    after = _lines(connection, document)
    at = now()
    found = {name: line for line in after for name in (*line.former, line.stable)}
    met: set[str] = set()
    noted = []
    for line in before:
        other = found.get(line.stable)
        if other is None:
            noted.append((document, line.key, line.stable, line.label, json_text(line.said), '{}', at))
            continue
        met.add(other.stable)
        if _differences(line.said, other.said):
            noted.append(
                (document, line.key, other.stable, other.label, json_text(line.said), json_text(other.said), at)
            )
    noted += [
        (document, line.key, line.stable, line.label, '{}', json_text(line.said), at)
        for line in after
        if line.stable not in met
    ]
    connection.executemany('INSERT INTO rereadings VALUES (?, ?, ?, ?, ?, ?, ?)', noted)


def store_rereadings(
    connection: sqlite3.Connection, rows: DocumentRows, signs: Sequence[Decision], corrections: Iterable[Decision]
) -> None:
    """Writes a finding for each line of the current document that is read otherwise since the last decision about it: a sign-off of the
    notice or a correction of the line."""
    noted = connection.execute(
        'SELECT * FROM rereadings WHERE document_id = ? ORDER BY changed_at, rowid', (rows.document,)
    ).fetchall()
    if not noted:
        return
    lines = {name: row for row, names in _names(connection, rows.document).items() for name in names}
    about: defaultdict[str | None, list[Decision]] = defaultdict(list)
    for decision in corrections:
        about[decision.place.key].append(decision)
    chains: defaultdict[str, list[sqlite3.Row]] = defaultdict(list)
    for row in noted:
        chains[lines.get(row['stable_id']) or row['stable_id']].append(row)
    (last,) = connection.execute(
        'SELECT coalesce(max(ordinal), -1) FROM findings WHERE document_id = ?', (rows.document,)
    ).fetchone()
    maker = Maker(rows.document)
    for name, chain in chains.items():
        keys = {row['key'] for row in chain} | {place.key for (_, at), place in rows.places.items() if at == name}
        decisions = [*signs, *(one for key in keys for one in about[key])]
        found = _finding(chain, decisions)
        if found is not None:
            last += 1
            line = name if ('indicators', name) in rows.places else None
            table = None if line is None else rows.parents['indicators', line][0]
            connection.execute(
                'INSERT INTO findings (id, document_id, ordinal, table_id, indicator_id, about, severity, code, message)'
                ' VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
                (maker.make('findings', CHANGED, name, found.message), rows.document, last, table, line, found.about, found.severity,
                 CHANGED, found.message),
            )  # fmt: skip


def _finding(chain: Sequence[sqlite3.Row], decisions: Sequence[Decision]) -> Finding | None:
    """What changed since the last of the decisions; None where it is as it was, or nobody relied on it."""
    last = max(decisions, key=lambda one: one.at, default=None)
    since = [row for row in chain if last is not None and row['changed_at'] > last.at]
    if last is None or not since:
        return None
    was, now_said = json.loads(since[0]['was']), json.loads(since[-1]['now'])
    if not was and last.kind != 'sign':
        return None  # a new line is nothing that anybody corrected
    told = list(_differences(was, now_said))
    if not told:
        return None
    detail = '原来没有这一条' if not was else '现在没有这一条了' if not now_said else '；'.join(told[:_TOLD])
    if was and now_said and len(told) > _TOLD:
        detail += f'；还有 {len(told) - _TOLD} 处'
    label = ' '.join((since[-1]['label'] or '').split())[:_SHOWN]
    did = '签字' if last.kind == 'sign' else '更正'
    return finding(CHANGED, label=label, by=last.by, on=last.on, did=did, detail=detail)


def _differences(was: Said, now_said: Said) -> Iterator[str]:
    for name in dict.fromkeys((*was, *now_said)):
        old, new = was.get(name), now_said.get(name)
        if old == new:
            continue
        if old is None:
            yield f'多了{name}' + (f'（{_short(new)}）' if new else '')
        elif new is None:
            yield f'少了{name}' + (f'（{_short(old)}）' if old else '')
        else:
            yield f'{name}原来是“{_short(old)}”，现在是“{_short(new)}”'


def _short(text: str | None) -> str:
    text = ' '.join((text or '').split())
    return text if len(text) <= _SHOWN else f'{text[:_SHOWN]}…'


def _lines(connection: sqlite3.Connection, document: str) -> tuple[SaidLine, ...]:
    rows = read_rows(connection, document)
    names = _names(connection, document)
    within: defaultdict[str | None, dict[str, str]] = defaultdict(dict)
    details = _clause_details(connection, document)
    for (owner, row), values in rows.values.items():
        place = rows.places[owner, row]
        if owner not in _WITHIN or (place.key or '').startswith('+'):
            continue
        told = [
            f'{known.title} {known.show(values[known.name])}'
            for known in FIELDS[owner]
            if known.name not in (DROPPED, 'text') and values[known.name] is not None
        ]
        nth = f'（第 {place.nth + 1} 处）' if place.nth else ''
        name = f'{_WITHIN[owner]}“{_short(str(values["text"]))}”{nth}'
        within[rows.parents[owner, row][0]][name] = '，'.join([*told, *details.get(row, ())])
    found = []
    for row, (*former, stable) in names.items():
        values = rows.values['indicators', row]
        said = {
            known.title: str(known.show(values[known.name]))
            for known in FIELDS['indicators']
            if known.name not in CHECKED | {DROPPED} and values[known.name] not in (None, [])
        }
        place = rows.places['indicators', row]
        found.append(SaidLine(stable, tuple(former), place.key, rows.labels['indicators', row], said | within[row]))
    return tuple(found)


def _clause_details(connection: sqlite3.Connection, document: str) -> dict[str, list[str]]:
    columns = ', '.join(_DETAILS)
    return {
        row[0]: [
            f'{title} {value}' for title, value in zip(_DETAILS.values(), row[1:], strict=True) if value is not None
        ]
        for row in connection.execute(f'SELECT id, {columns} FROM clauses WHERE document_id = ?', (document,))  # noqa: S608 named above
    }


def _names(connection: sqlite3.Connection, document: str) -> dict[str, tuple[str, ...]]:
    """Every name of each line that was read, the present one last, by the line's id."""
    return {
        row['id']: (*json.loads(row['former_ids'] or '[]'), row['stable_id'])
        for row in connection.execute(
            'SELECT id, stable_id, former_ids FROM indicators WHERE document_id = ? AND decision IS NULL ORDER BY ordinal',
            (document,),
        )
    }
