"""Which parts of the running text score: those whose numbered paragraphs give and take points, one beside the other.

General rules (limits of totals, what follows for the whole, how to fill in, discipline) stand in parts of their own, few amounts among many
paragraphs: they stay what the notice says as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kaohe.normalizers.articles.outline import TITLE, Node, names_a_way
from kaohe.normalizers.columns.printed_points import printed_after
from kaohe.normalizers.grammar.clauses.reader import read_clauses
from kaohe.normalizers.text.folding import halfwidth

# So many lines make a part, and this share of its paragraphs must give or take points.
_FEWEST = 2
_MOSTLY = 0.5
# A heading is no longer.
_HEADING = 40
_MAY_SCORE = re.compile(r'\d\s*分(?![钟之析别类布成公])|[扣加减]\s*\d|不得分|[满全]分')
_NAMED = re.compile(
    r'\s*([^。;:,，；：()（）\d]{2,24}?)\s*[(（\[【]\s*(?:满分|共|计|总分|分值)?[:：]?\s*\d+(?:\.\d+)?\s*分\s*[)）\]】]'
)
_SEVERAL = re.compile(r'\d\s*分\s*[)）]')
_FULL = re.compile(r'(?<!总分)(?<!分制),?满分\s*[为是]?\s*\d+(?:\.\d+)?\s*分')
# 考核采取平时与年终相结合的方式，满分100分: what the whole comes to, and how it is found
_WAY_OF_ALL = re.compile(
    r'(?:采取|采用|实行|按照?|以)[^。;]{0,40}(?:方式|方法|办法|形式|[计打评]分)[^。;]{0,8}[,，;]满分\s*[为是]?\s*\d{3,}\s*分'
)
_SAYS_SO = re.compile(r'[加扣减奖记计评得罚]分|细则|扣除?.{0,4}分')
# What the whole notice adds up to is no line: 满分100分, 总分为120分.
_WHOLE = re.compile(r'(?:总分|满分|基础分|基准分|起评分|百分制)')


@dataclass(frozen=True, slots=True)
class ScoringPart:
    """A part that scores: ``heading`` names it (None: the notice's own title does), ``nodes`` are its paragraphs from the top."""

    heading: Node | None
    nodes: tuple[Node, ...]


def scoring_parts(root: Node) -> Iterator[ScoringPart]:
    """The parts that score, in the order of the text: the widest ones of which every section scores."""
    yield from _parts(root)


def scores(node: Node) -> bool:
    """Whether the paragraph itself, with what follows it without a number, gives or takes points or prints its own."""
    if node.style == TITLE:
        return False
    if own_title(node) and not (node.text.text.strip() and any(one.heads_table for one in node.walk())):
        return True  # else the points are those of a table
    if node.heads_table and not node.bodies and len(node.text) <= _HEADING:
        return False
    return any(map(moves, (node.text.text, *(body.text for body in node.bodies))))


def moves(text: str) -> bool:
    """Whether a text gives or takes an amount of points, or lists parts with points."""
    folded = halfwidth(text)
    if _MAY_SCORE.search(folded) is None:
        return False
    if len(_SEVERAL.findall(folded)) > 1 or (_FULL.search(folded) and not _WAY_OF_ALL.search(folded)):
        return True
    read = read_clauses(text, field='requirement', has_criteria=False)
    return any(match.effect in ('award', 'deduct', 'bonus') and match.points is not None for match in read.matches)


def is_of_the_whole(text: str) -> bool:
    """Whether a sentence says what the whole notice comes to: 评比实行百分制。"""
    return text.endswith('。') and _WHOLE.search(text) is not None


def forfeits(node: Node) -> bool:
    """Whether a paragraph says that all is lost, without an amount (走失，不得分): a line where those beside it are."""
    text = node.text.text
    if not node.is_leaf or node.bodies or '分' not in text or _WHOLE.search(text):
        return False
    found = read_clauses(text, field='requirement', has_criteria=False).matches
    return any(match.effect == 'forfeit' for match in found)


def own_title(node: Node) -> bool:
    """Whether the paragraph begins with a name and its points: 档案管理（10分）."""
    text = node.text.text
    return _NAMED.match(halfwidth(text)) is not None or (
        len(text) <= _HEADING and printed_after(text) is not None and _WHOLE.search(text) is None
    )


def has_lines(node: Node) -> bool:
    """Whether the paragraph or one below it scores."""
    return any(map(scores, node.walk()))


def _parts(node: Node) -> Iterator[ScoringPart]:
    sections = [child for child in node.children if has_lines(child)]
    if not sections:
        return
    if all(child.style == TITLE for child in sections):  # whatever the letter before them says
        for child in sections:
            yield from _parts(child)
        return
    # 计分项目（100分） beside 加分项目（10分）: no categories of one part, unless one beside them names a matter
    if all(any(map(has_lines, child.children)) and names_a_way(child.text.text) for child in sections):
        if _count(sections) >= _FEWEST:
            yield from (ScoringPart(child, tuple(child.children)) for child in sections)
        return
    if len(node.children) > 1 and _is_whole(node) and _count(node.children) >= _FEWEST:
        yield ScoringPart(node if node.text else None, tuple(node.children))
        return
    for run in _pointed_runs(node.children):
        if _count(run) >= _FEWEST:
            yield ScoringPart(node if node.text else None, tuple(run))
            sections = [child for child in sections if child not in run]
    for child in sections:
        yield from _parts(child)


def _is_whole(node: Node) -> bool:
    """Whether the paragraphs below a node score as one part: most do, and so does every section of several paragraphs."""
    sections = [child for child in node.children if has_lines(child)]
    if len(sections) < _MOSTLY * len(node.children):
        return False
    if node.style != TITLE and _SAYS_SO.search(node.text.text):
        return True
    return all(
        child.is_leaf or (child in sections and (_is_whole(child) or own_title(child))) for child in node.children
    )


def _count(nodes: Sequence[Node]) -> int:
    """How many lines the nodes make."""
    return sum(scores(one) and not any(map(has_lines, one.children)) for node in nodes for one in node.walk())


def _pointed_runs(children: Sequence[Node]) -> Iterator[list[Node]]:
    """Neighbours that all print their points: 一、学习（20分） 二、纪律（30分）."""
    run: list[Node] = []
    for child in children:
        if own_title(child) and has_lines(child):
            run.append(child)
        else:
            if len(run) >= _FEWEST:
                yield run
            run = []
    if len(run) >= _FEWEST:
        yield run
