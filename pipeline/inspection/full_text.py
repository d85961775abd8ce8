"""Full text search over the catalogue: all words must stand in one text; the best text first."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from kaohe.pipeline.database.tokens import query_of, spans_of
from kaohe.pipeline.refusal import Refusal

_SQL = """
SELECT t.通知, t.年度, t.文件, t.类别, t.位置, t.原文, t.记录编号, t.通知编号
FROM texts_fts AS f JOIN 全文 AS t ON t.编号 = f.rowid
WHERE texts_fts MATCH :query AND (:source IS NULL OR instr(t.文件, :source))
ORDER BY f.rank, t.文件, t.编号 LIMIT :most
"""
_WEIGHED = 300
"""So many of the best texts are looked at for torn words."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A text in which all words stand. ``marks`` are their half-open spans in it; ``id`` can be given to ``kaohe explain``."""

    source: str
    notice: str | None
    year: int | None
    kind: str
    place: str
    text: str
    marks: tuple[tuple[int, int], ...]
    id: str
    document_id: str


@dataclass(frozen=True, slots=True)
class FoundTexts:
    """The best hits, and how many there are altogether."""

    hits: tuple[Hit, ...]
    total: int


def search(connection: sqlite3.Connection, question: str, *, source: str | None = None, limit: int = 20) -> FoundTexts:
    """The texts of current notices that hold all words of the question; ``source`` is a part of the file's name.

    The order is SQLite's ``bm25``: rare words and short texts first. Texts that hold a word of two characters only by chance (``人事`` in
    ``工人事故``) come last. Raises `Refusal` where there is no word in the question.
    """
    query = query_of(question)
    if query is None:
        raise Refusal('没有可以查的词，请写一个或几个词，例如 kaohe search 满意度', 2)
    most = max(limit, _WEIGHED)
    bound = {'query': query, 'source': source, 'most': most}
    hits = [_hit(row, question) for row in connection.execute(_SQL, bound)]
    if any(len(word) == 2 and not word.isascii() for word in question.split()):
        hits.sort(key=_torn)
    total = len(hits) if len(hits) < most else _count(connection, bound)
    return FoundTexts(tuple(hits[:limit]), total)


def _hit(row: sqlite3.Row, question: str) -> Hit:
    marks = tuple(spans_of(question, row['原文']))
    return Hit(
        row['文件'], row['通知'], row['年度'], row['类别'], row['位置'], row['原文'], marks, row['记录编号'], row['通知编号']
    )  # fmt: skip


def _count(connection: sqlite3.Connection, bound: dict[str, str | int | None]) -> int:
    sql = (
        'SELECT count(*) FROM texts_fts AS f JOIN 全文 AS t ON t.编号 = f.rowid'
        ' WHERE texts_fts MATCH :query AND (:source IS NULL OR instr(t.文件, :source))'
    )
    count: int = connection.execute(sql, bound).fetchone()[0]
    return count


def _torn(hit: Hit) -> bool:
    """Whether every mark of two characters lies across the border of two words without being words of its own."""
    from kaohe.normalizers.text.words import words  # loads the dictionary

    borders = {word.start for word in words(hit.text)} | {len(hit.text)}
    short = [(start, end) for start, end in hit.marks if end - start == 2]
    return bool(short) and all(
        start + 1 in borders and not (start in borders and end in borders) for start, end in short
    )
