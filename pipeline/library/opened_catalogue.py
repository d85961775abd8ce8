"""A catalogue opened from Python: its notices, lines, clauses … as pandas frames, corrections applied, and the database itself."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kaohe.pipeline.database.schema import open_to_read

if TYPE_CHECKING:
    import pandas as pd
    import sqlite_utils

# The notices that are asked for.
_CHOSEN = """WITH d AS (
    SELECT * FROM corrected_documents WHERE in_answers AND (:year IS NULL OR year = :year) AND (:unit IS NULL OR issuer = :unit)
)"""
_SQL = {
    'notices': 'SELECT * FROM d ORDER BY year, title, id',
    'lines': """SELECT d.title AS notice, d.issuer, d.year, i.* FROM d JOIN corrected_indicators AS i ON i.document_id = d.id
        WHERE NOT i.dropped ORDER BY d.year, d.title, d.id, i.ordinal""",
    'clauses': """SELECT d.title AS notice, d.issuer, d.year, c.* FROM d JOIN corrected_clauses AS c ON c.document_id = d.id
        WHERE NOT c.dropped ORDER BY d.year, d.title, d.id, c.ordinal""",
    'targets': """SELECT d.title AS notice, d.issuer, d.year, i.document_id, g.* FROM d
        JOIN corrected_indicators AS i ON i.document_id = d.id JOIN corrected_thresholds AS g ON g.indicator_id = i.id
        WHERE NOT g.dropped AND NOT i.dropped ORDER BY d.year, d.title, d.id, g.ordinal""",
    'duties': """SELECT d.title AS notice, d.issuer, d.year, i.document_id, r.* FROM d
        JOIN corrected_indicators AS i ON i.document_id = d.id JOIN corrected_responsibilities AS r ON r.indicator_id = i.id
        WHERE NOT i.dropped ORDER BY d.year, d.title, d.id, i.ordinal, r.ordinal""",
    'facts': """SELECT d.title AS notice, d.issuer, d.year, f.* FROM d JOIN corrected_facts AS f ON f.document_id = d.id
        WHERE NOT f.dropped ORDER BY d.year, d.title, d.id, f.ordinal""",
    'questions': """SELECT d.title AS notice, d.issuer, d.year, q.* FROM d JOIN inputs AS q ON q.document_id = d.id
        JOIN corrected_indicators AS i ON i.id = q.indicator_id WHERE NOT i.dropped ORDER BY d.year, d.title, d.id, i.ordinal, q.ordinal""",
    'scores': """SELECT d.title AS notice, d.issuer, d.year, a.assessed, a.period, s.* FROM d JOIN assessments AS a ON a.document_id = d.id
        JOIN scores AS s ON s.assessment_id = a.id JOIN corrected_indicators AS i ON i.id = s.indicator_id
        ORDER BY d.year, d.title, d.id, a.assessed, a.period, a.id, i.ordinal""",
    'findings': """SELECT d.title AS notice, d.issuer, d.year, f.* FROM d JOIN findings AS f ON f.document_id = d.id
        ORDER BY d.year, d.title, d.id, f.ordinal""",
}


class Catalogue:
    """A catalogue file, opened to read. A context manager; `close` it otherwise.

    Each method gives a pandas frame of current notices, corrections applied, with the columns of docs/catalogue.md and the notice's title
    (``notice``), ``issuer`` and ``year``; ``year`` and ``unit`` (an issuer) choose. Raises `kaohe.Refusal` where the file is no catalogue.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._connection = open_to_read(self.path)

    def notices(self, *, year: int | None = None, unit: str | None = None) -> pd.DataFrame:
        """A row a notice."""
        return self._frame('notices', year, unit)

    def lines(self, *, year: int | None = None, unit: str | None = None) -> pd.DataFrame:
        """A row a scored line; ``points`` as printed, penalties too are positive."""
        return self._frame('lines', year, unit)

    def clauses(self, *, year: int | None = None, unit: str | None = None) -> pd.DataFrame:
        """A row a clause."""
        return self._frame('clauses', year, unit)

    def targets(self, *, year: int | None = None, unit: str | None = None) -> pd.DataFrame:
        """A row a number that must be reached, or at which a clause begins (``kind``)."""
        return self._frame('targets', year, unit)

    def duties(self, *, year: int | None = None, unit: str | None = None) -> pd.DataFrame:
        """A row a line and party that answers for it."""
        return self._frame('duties', year, unit)

    def facts(self, *, year: int | None = None, unit: str | None = None) -> pd.DataFrame:
        """A row a figure that a report states."""
        return self._frame('facts', year, unit)

    def findings(self, *, year: int | None = None, unit: str | None = None) -> pd.DataFrame:
        """A row a place to check."""
        return self._frame('findings', year, unit)

    def questions(self, *, year: int | None = None, unit: str | None = None) -> pd.DataFrame:
        """A row a question of a scored line: its id is what answers are given to (`kaohe.score`), ``kind`` and ``unit`` what it takes."""
        return self._frame('questions', year, unit)

    def scores(self, *, year: int | None = None, unit: str | None = None) -> pd.DataFrame:
        """A row a line of a stored assessment, in points; ``score`` is None where questions are open, ``low`` and ``high`` bound it."""
        return self._frame('scores', year, unit)

    @property
    def db(self) -> sqlite_utils.Database:
        """The same file as a sqlite-utils database, which cannot write."""
        import sqlite_utils

        return sqlite_utils.Database(self._connection)

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def __enter__(self) -> Catalogue:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _frame(self, name: str, year: int | None, unit: str | None) -> pd.DataFrame:
        import pandas as pd

        cursor = self._connection.execute(f'{_CHOSEN} {_SQL[name]}', {'year': year, 'unit': unit})
        columns = [column[0] for column in cursor.description]
        return pd.DataFrame([tuple(row) for row in cursor], columns=columns)
