"""The findings of the catalogue as a list, the gravest first within each notice."""

from __future__ import annotations

import sqlite3

from kaohe.pipeline.database.rows import Row

_SQL = """
SELECT d.source, f.document_id, f.severity, f.about, f.code, f.message, f.id, f.table_id, f.indicator_id, f.clause_id, f.page, f.row, f.col,
    f.state, f.remark, f.ticked_by, f.ticked_on
FROM findings AS f JOIN documents AS d ON d.id = f.document_id
WHERE (:source IS NULL OR instr(d.source, :source) OR EXISTS (
        SELECT 1 FROM sources AS s WHERE s.document_id = d.id AND instr(s.source, :source)))
    AND (:severity IS NULL OR f.severity = :severity)
    AND (:code IS NULL OR f.code = :code) AND f.state <> 'outdated'
    AND (:every OR (f.state = 'open' AND (d.in_answers OR :source IS NOT NULL)))
ORDER BY d.source, d.id, CASE f.severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, f.ordinal
"""


def list_findings(
    connection: sqlite3.Connection,
    *,
    source: str | None = None,
    severity: str | None = None,
    code: str | None = None,
    every: bool = False,
) -> list[Row]:
    """Findings of notices whose name contains ``source``, of one severity and code where given: those that nobody dealt with, of notices that
    count in answers; ``every`` one else."""
    asked = {'source': source, 'severity': severity, 'code': code, 'every': every}
    return [dict(row) for row in connection.execute(_SQL, asked)]
