"""Rules about points in notes and paragraphs: those that act on a category, a table or the whole notice."""

from __future__ import annotations

import re
from dataclasses import replace

from normalizers.catalogue import Scope
from normalizers.grammar.clauses import ClauseMatch, read

_CATEGORY = re.compile(
    r'加分|扣分|减分|奖励分|附加分|本类|此类|该类|本部分|一级指标|二级指标|大项|同一(?:事项|项目|工作|奖项)'
)
_TABLE = re.compile(
    r'本表|此表|该表|本细则|本标准|本评价标准|本考核标准|本办法|本清单|表中|单项|本项|该项|此项|每项|各项|考评内容|考核内容|各指标'
)


def read_prose(text: str, *, note: bool = False) -> tuple[ClauseMatch, ...]:
    """The clauses that a note (``note``: it stands with a table) or a paragraph says, each with the ``scope`` on which it acts.

    Only phrases with a verb count here: a bare number of points in prose states what something is worth.
    """
    found = read(text, 'requirement', 'scored', prose=True).matches
    return tuple(replace(clause, scope=_scope(text, clause, note)) for clause in found)


def _scope(text: str, clause: ClauseMatch, note: bool) -> Scope:
    words = text[clause.start : clause.end]
    if clause.effect in ('veto', 'downgrade'):
        return 'notice'
    if _CATEGORY.search(words):
        return 'category'
    if note or _TABLE.search(words):
        return 'table'
    return 'notice'
