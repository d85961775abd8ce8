"""The lines of a part that scores: its finest numbered paragraphs with points or clauses, the headings above them as levels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kaohe.normalizers.articles.outline import Node
from kaohe.normalizers.articles.parts import ScoringPart, forfeits, has_lines, is_of_the_whole, moves, scores
from kaohe.normalizers.columns.printed_points import printed_after
from kaohe.normalizers.grammar.clauses.reader import read_clauses
from kaohe.normalizers.lines.levels import Level, read_level
from kaohe.normalizers.lines.line import Line
from kaohe.normalizers.lines.line_effect import kind_by_text, kind_of
from kaohe.normalizers.lines.rows.question_lists import with_worth
from kaohe.normalizers.text.cleaning import Text
from kaohe.normalizers.text.folding import halfwidth

# A name is a short noun phrase.
_NAME = 24
_HEADING = 40
# `档案管理（10分）：…`, `档案管理，10分。…`: a name and its points at the head of a paragraph
_HEAD = re.compile(
    r'\s*([^。;:,，；：()（）\d]{2,24}?)\s*[—–-]*\s*(?:[(（\[【]\s*(?:满分|共|计|总分|分值)?\s*[:：]?\s*(\d+(?:\.\d+)?)\s*分\s*[)）\]】]|[,，]?\s*(?:满分|共|计|分值)?\s*[:：]?\s*(\d+(?:\.\d+)?)\s*分(?=[。:：;；\s]))\s*[:：。;；、,，]?\s*'
)
# 讲脏话每次扣 is no name: what follows is taken
_NO_NAME = re.compile(r'每|(?:[扣得加计减记奖赋给罚到达]|不少于|不低于)\s*$')
# `…是否不少于20场？（15分）每少1场扣0.5分`: a question, what it has, how it is scored
_ASKED = re.compile(r'[？?]\s*[(（\[【]\s*(?:满分|共|计|分值)?\s*(\d+(?:\.\d+)?)\s*分\s*[)）\]】]\s*')
# `每周开设1节足球课（30分），每少一个班扣2分`: what it has stands behind what is asked
_OWN = re.compile(r'[(（\[【]\s*(?:满分|共|计|总分|分值)?\s*[:：]?\s*(\d+(?:\.\d+)?)\s*分\s*[)）\]】]\s*(?=[,，。;；])')
_FULL = re.compile(r'满分\s*[为是:：]?\s*(\d+(?:\.\d+)?)\s*分')
_SENTENCE = re.compile(r'[。；;!！？?]\s*')
_BRACKET = re.compile(r'[(（][^()（）]*[)）][。;；]?\s*$')
_LISTED = re.compile(r'\d\s*分\s*[)）]')


def lines_of(part: ScoringPart, table: int, title: str | None) -> tuple[Line, ...]:
    """The lines of a part. ``table`` is the index of its table, ``title`` what it is called."""
    return tuple(_lines(part.nodes, (), table, title or ''))


def _lines(nodes: Sequence[Node], above: tuple[Level, ...], table: int, title: str) -> Iterator[Line]:
    beside = any(map(scores, nodes))
    whole = _come_to([node.text.text for node in nodes], above[-1].points if above else None)
    for node in nodes:
        if not has_lines(node) and not (beside and forfeits(node)):
            continue
        if any(map(has_lines, node.children)):
            yield from _lines(node.children, (*above, *_levels(node.text)), table, title)
        elif _is_heading(node):
            for body in node.bodies:
                if moves(body.text):
                    yield _line(None, body, (*above, *_levels(node.text)), table, title)
        else:
            below = (
                text for one in node.walk() for text in ((one.text, *one.bodies) if one is not node else one.bodies)
            )
            yield _line(node.label, Text.join('\n', (node.text, *below)), above, table, title, whole=whole)


def _come_to(texts: Sequence[str], points: Decimal | None) -> bool:
    """Whether paragraphs that end with an amount come to the points of what they stand under."""
    heads = [_HEAD.fullmatch(halfwidth(text)) for text in texts]
    return points is not None and points == sum((Decimal(head[2] or head[3]) for head in heads if head), Decimal(0))


def _levels(text: Text) -> Iterator[Level]:
    """The category that a paragraph above others names: 日常护理 of `日常护理，满分40分。`; none where it
    says what the whole notice comes to (评比实行百分制。)."""
    folded = halfwidth(text.text)
    head = _HEAD.fullmatch(folded)
    if head and not (head[3] and _NO_NAME.search(head[1])):
        yield Level(text[head.start(1) : head.end(1)], Decimal(head[2] or head[3]))
    elif not is_of_the_whole(folded):
        yield read_level(text)


def _is_heading(node: Node) -> bool:
    """Whether a paragraph only names what those without a number below it say."""
    text = node.text.text
    return (
        bool(node.bodies)
        and not node.children
        and len(text) <= _HEADING
        and not re.search(r'[。；;]', text)
        and printed_after(text) is None
        and not moves(text)
    )


def _line(
    number: Text | None, text: Text, above: tuple[Level, ...], table: int, title: str, *, whole: bool = False
) -> Line:
    name, rest, points, source = _named(text, whole)
    categories = [level.title.text for level in above]
    kind = kind_of(categories, name.text if name else None, (title,))
    kind = kind_by_text(kind, (*categories, title), points, (text,))
    origin = text.origins('place')
    line = Line(
        table=table,
        row_first=None,
        row_last=None,
        kind=kind,
        levels=above,
        number=number,
        name=name,
        requirement=rest,
        points=points,
        points_source=source,
        block=origin[0].block if origin else None,
    )
    asked = with_worth(line)
    if asked is not line:
        return asked
    requirement, criteria = _split(rest, kind)
    return replace(line, requirement=requirement, criteria=criteria)


def _named(text: Text, whole: bool) -> tuple[Text | None, Text | None, Decimal | None, Text | None]:
    """Name, the text without name and points, the points and where they are printed. ``whole``: amounts at the end of paragraphs come to what is
    printed above them."""
    folded = halfwidth(text.text)
    head = _HEAD.match(folded)
    if head and not (head[3] and _NO_NAME.search(head[1])):
        group = 2 if head[2] else 3
        rest = text[head.end() :].strip()
        # 目标（10分）、内容（15分）: the parts of a list
        listed = len(_LISTED.findall(folded)) > 1 and head[0].rstrip()[-1:] not in (':', '。')
        if not rest and not listed and whole:
            # 房前屋后整洁，15分。: what is asked and its points; else it may be what 迟到早退，3分 costs
            points = text[head.start(group) : head.end(group)]
            return None, text[head.start(1) : head.end(1)], Decimal(head[group]), points
        if rest and not listed:
            return (
                text[head.start(1) : head.end(1)],
                rest,
                Decimal(head[group]),
                text[head.start(group) : head.end(group)],
            )
    asked = _ASKED.search(folded)
    if asked and (asked.end() == len(folded) or _is_scoring(folded[asked.end() :])):
        points = text[asked.start(1) : asked.end(1)]
        return None, text.without([(asked.start() + 1, asked.end())]), Decimal(asked[1]), points
    own = _OWN.search(folded)
    if own and len(_LISTED.findall(folded)) == 1 and own.start() and _is_scoring(folded[own.end() :].lstrip(',。; ')):
        points = text[own.start(1) : own.end(1)]
        return None, text.without([own.span()]), Decimal(own[1]), points
    printed = printed_after(text.text)
    if printed is not None and len(_LISTED.findall(folded)) < 2 and not _is_clause(text.text, printed.start):
        return None, text[: printed.start].strip(), printed.points, text[printed.start : printed.end]
    full = _FULL.search(folded)
    if full and _FULL.search(folded, full.end()) is None:
        return None, text, Decimal(full[1]), text[full.start(1) : full.end(1)]
    return None, text, None, None


def _is_clause(text: str, start: int) -> bool:
    """Whether the amount printed last is what is given or taken, not what the line has."""
    return any(
        match.amount is not None and match.amount[1] > start
        for match in read_clauses(text, field='requirement', has_criteria=True).matches
    )


def _split(text: Text | None, kind: str) -> tuple[Text | None, Text | None]:
    """What is asked and how it is scored, where the last bracket or the last sentences hold only scoring; else the whole text."""
    if not text:
        return None, None
    folded = text.text.rstrip()
    bracket = _BRACKET.search(folded)
    if (
        bracket
        and bracket.start()
        and moves(folded[bracket.start() :])
        and not _says_scoring(folded[: bracket.start()])
    ):
        return text[: bracket.start()].strip(), text[bracket.start() :].strip()
    if len(_LISTED.findall(halfwidth(folded))) > 1:
        return text, None
    last_line = folded.rfind('\n') + 1
    ends = [found.end() for found in _SENTENCE.finditer(folded) if last_line <= found.end() < len(folded)]
    end = next((end for end in reversed(ends) if not _says_scoring(folded[:end])), None)
    if end is not None and _is_scoring(folded[end:]):
        return text[:end].strip(), text[end:].strip()
    return text, None


def _is_scoring(text: str) -> bool:
    """Whether a sentence only says how points are won or lost: its clauses begin with it."""
    found = read_clauses(text, field='requirement', has_criteria=False).matches
    moved = any(match.points is not None or match.effect in ('forfeit', 'full') for match in found)
    return moved and min(match.start for match in found) == 0


def _says_scoring(text: str) -> bool:
    return bool(read_clauses(text, field='requirement', has_criteria=False).matches) or bool(
        _LISTED.search(halfwidth(text))
    )
