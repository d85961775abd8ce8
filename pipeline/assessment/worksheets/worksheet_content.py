"""What stands in a worksheet: the lines of a notice, or of one office, with their questions."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from kaohe.normalizers.scoring.material import ScoringRule
from kaohe.normalizers.scoring.score_totals import Limit, PlacedLine, ScoredTable, TableWeights, that_score
from kaohe.pipeline.assessment.stored_lines import read_line_duties, read_places
from kaohe.pipeline.assessment.table_weights import read_weights
from kaohe.pipeline.database.rule_rows import read_rules

EVERYBODY: Final = re.compile(
    r'^(?:各|全院|所有|全体|院属)|各(?:相关)?(?:临床|医技|职能|有关|相关)?(?:科室|部门|处室|单位|学校|班组|车间|支部)'
)
_DUTIES: Final = {
    'lead_department': '牵头',
    'supporting_department': '配合',
    'responsible_office': '责任',
    'lead_leader': '领导',
}


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line as it stands in the worksheet. ``duties`` is what its duty column says."""

    table: str
    category: str
    number: str
    name: str
    asks: str
    criteria: str
    points: float | None
    duties: str
    rule: ScoringRule


@dataclass(frozen=True, slots=True)
class SheetContent:
    """A notice, or an office's part of it: the lines in order, and what their totals are made from."""

    document: str
    stable: str
    title: str
    office: str | None
    lines: tuple[SheetLine, ...]
    placed: tuple[PlacedLine, ...]
    sheets: tuple[ScoredTable, ...]
    limits: tuple[Limit, ...]
    weights: TableWeights | None = None


def read_content(connection: sqlite3.Connection, document: str, title: str) -> SheetContent:
    """All lines of a stored notice."""
    rules = {rule.indicator: rule for rule in read_rules(connection, document)}
    duties = read_line_duties(connection, document)
    lines = []
    for row in connection.execute(
        'SELECT * FROM corrected_indicators WHERE document_id = ? AND NOT dropped ORDER BY ordinal, id', (document,)
    ):
        if row['id'] not in rules:
            continue
        told = '\n'.join(
            f'{_DUTIES[role]}：{"、".join(parties)}'
            for role, parties in sorted(duties[row['id']].items(), key=lambda one: [*_DUTIES].index(one[0]))
        )
        levels = '\n'.join(dict.fromkeys(part for part in (row['level1'], row['level2']) if part))
        lines.append(
            SheetLine(
                row['table_id'], levels, row['number'] or '', row['name'] or '', row['requirement'] or '', row['criteria'] or '', row['points'], told,
                rules[row['id']],
            )
        )  # fmt: skip
    placed, sheets, limits = read_places(connection, document)
    placed = [line for line in placed if line.indicator in rules]
    return SheetContent(
        document,
        _stable(connection, document),
        title,
        None,
        tuple(lines),
        tuple(placed),
        tuple(sheets),
        tuple(limits),
        read_weights(connection, document, that_score(sheets, placed)),
    )


def of_office(content: SheetContent, office: str, connection: sqlite3.Connection) -> SheetContent:
    """The lines that the office leads or supports, and those of every office."""
    mine = own_lines(connection, content.document, office) or frozenset()
    lines = tuple(line for line in content.lines if line.rule.indicator in mine)
    placed = tuple(line for line in content.placed if line.indicator in mine)
    return replace(
        content, office=office, lines=lines, placed=placed, sheets=tuple(_untotalled(content.sheets)), weights=None
    )


def own_lines(connection: sqlite3.Connection, document: str, office: str | None) -> frozenset[str] | None:
    """The ids of the lines that the office leads or supports, and of those of every office; None (all) where no office is meant."""
    if office is None:
        return None
    rows = connection.execute(
        'SELECT r.indicator_id, r.party FROM corrected_responsibilities AS r JOIN corrected_indicators AS i ON i.id = r.indicator_id'
        " WHERE i.document_id = ? AND r.role <> 'lead_leader'",
        (document,),
    )
    return frozenset(row[0] for row in rows if row[1] == office or EVERYBODY.search(row[1]))


def offices_of(connection: sqlite3.Connection, document: str) -> list[str]:
    """The offices that lead or support lines of the notice, in order."""
    rows = connection.execute(
        'SELECT r.party, min(i.ordinal) FROM corrected_responsibilities AS r JOIN corrected_indicators AS i ON i.id = r.indicator_id'
        " WHERE i.document_id = ? AND NOT i.dropped AND r.role IN ('lead_department', 'supporting_department', 'responsible_office')"
        ' GROUP BY r.party ORDER BY 2, 1',
        (document,),
    )
    return [row[0] for row in rows]


def offices_with_lines(parties: Sequence[str]) -> list[str]:
    """The parties that are one office (各科室 is none)."""
    return [party for party in parties if not EVERYBODY.search(party)]


def _untotalled(sheets: Sequence[ScoredTable]) -> list[ScoredTable]:
    """An office has part of the table only: the printed total is not its own."""
    return [replace(sheet, total=None) for sheet in sheets]


def _stable(connection: sqlite3.Connection, document: str) -> str:
    row = connection.execute('SELECT stable_id FROM documents WHERE id = ?', (document,)).fetchone()
    return str(row[0]) if row and row[0] else document
