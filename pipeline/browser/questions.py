"""The questions of docs/queries.md: the page is read by people, run by the tests, and offered in the browser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / 'docs' / 'queries.md'
_QUESTION = re.compile(r'^## (\d+)\. (.+)\n((?:[^#`].*\n|\n)*)```sql\n((?:.*\n)*?)```$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Question:
    """A question, what is said about it, and the SQL that answers it. ``:names`` in the SQL are asked of the reader."""

    number: int
    title: str
    about: str
    sql: str


def questions() -> tuple[Question, ...]:
    """All questions of the page, in order; none where the page does not lie beside the program."""
    if not PAGE.exists():
        return ()
    return tuple(
        Question(int(number), title.strip(), about.strip(), sql.strip())
        for number, title, about, sql in _QUESTION.findall(PAGE.read_text('utf-8'))
    )
