"""Rules about points in notes and paragraphs: those that act on a category, a table or the whole notice."""

from __future__ import annotations

import re

from msgspec.structs import replace

from kaohe.normalizers.catalogue import Effect, Scope
from kaohe.normalizers.grammar.clauses.amounts import ANY_POINTS
from kaohe.normalizers.grammar.clauses.clause_match import ClauseMatch
from kaohe.normalizers.grammar.clauses.reader import read

_CATEGORY = re.compile(r'加分|扣分|减分|奖励分|附加分|本类|此类|该类|本部分|大项|同一(?:事项|项目|工作|奖项)')
_TABLE = re.compile(
    r'[本此该](?:表|细则|(?:评价|考核|考评|评分|检查|验收)?标准|办法|清单)|表中|单项|[考评]核内容|考评内容|各指标|各(?:个)?(?:小|单)?项'
)
_MOVES = re.compile(r'[扣加减奖][^,。;，；:：\d]{0,8}\d[\d.．]*\s*分')
# A paragraph that states points more often is no notice: what it states is told as points that have no place (`points.unplaced`).
_MOST_AMOUNTS = 10_000
# what gives or takes points in prose acts on the whole score
_ON_A_PART: frozenset[Effect] = frozenset({'cap', 'choose'})


def read_prose(text: str, *, note: bool = False) -> tuple[ClauseMatch, ...]:
    """The clauses that a note (``note``: it stands with a table) or a paragraph says, each with the ``scope`` on which it acts.

    Only phrases with a verb count here: a bare number of points in prose states what something is worth.
    """
    if _is_endless(text):
        return ()
    found = read(text, 'requirement', 'scored', prose=True).matches
    return tuple(replace(clause, scope=_scope(text, clause, note)) for clause in found)


def unread_in_prose(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of amounts of points that a note or a paragraph gives or takes by a verb and that no clause holds."""
    if _MOVES.search(text) is None or _is_endless(text):
        return ()
    left = read(text, 'requirement', 'scored', prose=True).unheld
    return tuple(span for span in left if _MOVES.search(text, max(0, span[0] - 12), span[1]))


def _is_endless(text: str) -> bool:
    return text.count('分') > _MOST_AMOUNTS and len(ANY_POINTS.findall(text)) > _MOST_AMOUNTS


def _scope(text: str, clause: ClauseMatch, note: bool) -> Scope:
    words = text[clause.start : clause.end]
    if clause.effect in _ON_A_PART:
        if _TABLE.search(words):
            return 'table'
        if _CATEGORY.search(words):
            return 'category'
    return 'table' if note and clause.effect not in ('veto', 'downgrade') else 'notice'
