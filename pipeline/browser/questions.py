"""The questions of docs/queries.md: the page is read by people, run by the tests, and offered in the browser.

``queries.md`` here is a link to it; an installed program holds the page itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).with_name('queries.md')
_QUESTION = re.compile(r'^## (\d+)\. (.+)\n((?:[^#`].*\n|\n)*)```sql\n((?:.*\n)*?)```$', re.MULTILINE)
_LIMITED = re.compile(r'\bLIMIT \d+$')


@dataclass(frozen=True, slots=True)
class Question:
    """A question, what is said about it, and the SQL that answers it. ``:names`` in the SQL are asked of the reader."""

    number: int
    title: str
    about: str
    sql: str

    def first(self, rows: int) -> str:
        """The SQL for so many rows of the answer (or fewer, where it is limited by itself): while SQLite sorts, it keeps these alone, and makes no other whole."""
        return self.sql if _LIMITED.search(self.sql) else f'{self.sql}\nLIMIT {rows}'


def questions() -> tuple[Question, ...]:
    """All questions of the page, in order."""
    return tuple(
        Question(int(number), title.strip(), about.strip(), sql.strip())
        for number, title, about, sql in _QUESTION.findall(PAGE.read_text('utf-8'))
    )
