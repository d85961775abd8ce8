"""What stored assessments come to as a whole, each with what the sum holds: only like is set against like."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

# The notice's total where it has one, else that of each table.
_WHOLE: Final = """
SELECT a.id, a.document_id, a.assessed, a.period, a.office, a.lines, a.filled_by, coalesce(d.title, d.source) AS title,
    (SELECT count(*) FROM score_rules WHERE document_id = a.document_id) AS of_lines, t.title AS table_title, x.*
FROM assessments AS a
    JOIN score_totals AS x ON x.assessment_id = a.id AND x.category IS NULL
    JOIN corrected_documents AS d ON d.id = a.document_id
    LEFT JOIN tables AS t ON t.id = x.table_id
WHERE (x.table_id IS NULL OR NOT EXISTS (SELECT 1 FROM score_totals AS w WHERE w.assessment_id = a.id AND w.table_id IS NULL AND w.category IS NULL))
    AND (:document IS NULL OR a.document_id = :document) AND (:period IS NULL OR a.period = :period) AND (:assessment IS NULL OR a.id = :assessment)
ORDER BY d.title, a.document_id, a.office IS NOT NULL, a.office, x.ordinal, a.assessed, a.period, a.id
"""


@dataclass(frozen=True, slots=True)
class HeadlineTotal:
    """The total of an assessment: of the notice, or of one ``table`` where the notice has none of its own. ``office``: of the ``lines`` in the
    form of that office alone, of ``of_lines`` in the notice. ``possible``, ``low``, ``high`` and ``score`` as in ``score_totals``."""

    assessment: str
    document: str
    title: str
    assessed: str | None
    period: str | None
    office: str | None
    lines: int | None
    of_lines: int
    table_id: str | None
    table: str | None
    possible: float | None
    low: float | None
    high: float | None
    score: float | None
    vetoes: int
    downgrades: int
    unanswered: int
    grade: str | None

    @property
    def holds(self) -> tuple[str, str | None, str | None]:
        """What the sum holds: two that hold the same may be compared."""
        return self.document, self.office, self.table_id if self.table is not None else None

    @property
    def part(self) -> str:
        """That the total is that of a part, in Chinese; '' for a whole."""
        return part_words(self.office, self.lines, self.of_lines)


def headline_totals(
    connection: sqlite3.Connection,
    document: str | None = None,
    period: str | None = None,
    assessment: str | None = None,
) -> list[HeadlineTotal]:
    """The totals of the stored assessments, those that hold the same beside each other, wholes before parts."""
    asked = {'document': document, 'period': period, 'assessment': assessment}
    several = _tables(connection)
    return [
        HeadlineTotal(
            row['id'], row['document_id'], row['title'], row['assessed'], row['period'], row['office'], row['lines'], row['of_lines'], row['table_id'],
            (row['table_title'] or '（无标题）') if row['table_id'] is not None and several[row['id']] > 1 else None,
            row['possible'], row['low'], row['high'], row['score'], row['vetoes'], row['downgrades'], row['unanswered'], row['grade'],
        )
        for row in connection.execute(_WHOLE, asked)
    ]  # fmt: skip


def part_words(office: str | None, lines: int | None, of_lines: int) -> str:
    """That a total is that of an office's own form alone, in Chinese; '' where it is that of the whole notice."""
    return f'只算“{office}”自评表上的{lines}条，整份通知有{of_lines}条' if office is not None else ''


def part_json(total: HeadlineTotal) -> Mapping[str, object] | None:
    """The same for programs; None for a whole."""
    return None if total.office is None else {'office': total.office, 'lines': total.lines, 'of_lines': total.of_lines}


def _tables(connection: sqlite3.Connection) -> dict[str, int]:
    """How many tables each assessment has totals of."""
    return dict(
        connection.execute(
            'SELECT assessment_id, count(table_id) FROM score_totals WHERE category IS NULL GROUP BY assessment_id'
        )
    )
