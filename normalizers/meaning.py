"""What the texts of the lines say: sub-items, clauses and thresholds, with what was seen and not understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from kaohe.extractors.parallel import Spread, here
from kaohe.normalizers.catalogue import Clause, Field, IndicatorKind, Item, Threshold
from kaohe.normalizers.columns.seen_columns import names_condition
from kaohe.normalizers.counted_from import with_bases
from kaohe.normalizers.grammar.clauses.clause_match import ClauseMatch, ClausesRead
from kaohe.normalizers.grammar.clauses.codes import read_code
from kaohe.normalizers.grammar.clauses.reader import read_clauses
from kaohe.normalizers.grammar.items import ItemMatch, read_items
from kaohe.normalizers.grammar.laid_out_grades import described, read_laid_out
from kaohe.normalizers.grammar.targets.column_beside import named_beside
from kaohe.normalizers.grammar.targets.reader import ThresholdMatch, read_thresholds
from kaohe.normalizers.limits_beside import with_limits
from kaohe.normalizers.lines.line import Line, TableRead
from kaohe.normalizers.placed_clauses import clause_of
from kaohe.normalizers.text.cleaning import Text

# Under 扣分标准, and beside a limit of what is taken (分值 `最多扣10分`), a bare amount (`2分/处`) is taken away.
_TAKES = re.compile(r'^[^加奖得]*(?:扣分|减分|扣罚|处罚)')
_LIMITS_LOSS = re.compile(
    r'(?:最[高多大]|至多|上限|封顶)[^,，;；加奖得]{0,4}[扣减]|[扣减][^,，;；加奖得]{0,4}(?:最[高多大]|至多|上限|封顶)'
)
_GIVES = re.compile(r'加(?![倍重])|(?<!不)得|[奖计记赋给+＋]')
# Notices say the same of each office and of each task: of 898 texts in the 453 lines of one, 366 had stood there before.
_KEPT = 1024
# So many texts are understood in the time (a tenth of a second) that makes handing them to another process worth it.
_TOGETHER = 200


class _Asked(NamedTuple):
    """A text as the grammar is asked about it. ``subject`` is what it speaks of where it does not say so; ``graded``: each line of it is a grade;
    ``aims``: it may state what is to be reached."""

    text: str
    field: Field
    kind: IndicatorKind
    has_criteria: bool
    subject: str | None
    graded: bool
    aims: bool


class _Understood(NamedTuple):
    """What a text says, wherever it stands."""

    clauses: ClausesRead
    items: tuple[ItemMatch, ...]
    thresholds: tuple[ThresholdMatch, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a line's column: ``text[start:end]`` of the field ``field`` of indicator ``indicator``."""

    indicator: int
    field: Field
    text: str
    start: int
    end: int


@dataclass(slots=True)
class Meaning:
    """Everything that the grammar read in the lines. ``amounts_seen`` counts the amounts of points printed; ``unheld`` are those that no
    clause holds, ``mended`` the misprints that were read as what was meant; ``undecided`` are the indexes of limits of which the line does
    not tell what they limit."""

    items: list[Item] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    thresholds: list[Threshold] = field(default_factory=list)
    unheld: list[Passage] = field(default_factory=list)
    mended: list[Passage] = field(default_factory=list)
    undecided: tuple[int, ...] = ()
    amounts_seen: int = 0


def read_meaning(lines: Sequence[Line], tables: Sequence[TableRead], spread: Spread = here) -> Meaning:
    """The grammar's reading of all lines, in order. ``tables`` are those of the stitched document; ``spread`` reads many texts."""
    heads = {read.table: [column.header for column in read.columns if column.role == 'criteria'] for read in tables}
    taking = {table for table, rules in heads.items() if _take(rules)}
    passages = []
    for at, line in enumerate(lines):
        for name, text in _texts(line):
            loses = line.table in taking or (line.points_text and _LIMITS_LOSS.search(line.points_text.text))
            taken = name == 'criteria' and loses and not _GIVES.search(text.text)
            subject = (line.name or line.requirement) if name == 'criteria' else line.name
            asked = _Asked(
                text.text,
                name,
                'penalty' if taken else line.kind,
                bool(heads[line.table]),
                subject.text if subject else None,
                line.graded and name == 'criteria',
                name in ('requirement', 'criteria') or (name == 'name' and line.requirement is None),
            )
            passages.append((at, line, text, asked))
    understood = _understood([asked for _, _, _, asked in passages], spread)
    meaning = Meaning()
    required: dict[int, tuple[ThresholdMatch, ...]] = {}
    for at, line, text, asked in passages:
        says = understood[asked]
        if asked.field == 'requirement':
            required[at] = says.thresholds
        elif asked.field == 'criteria' and at in required:
            named = named_beside(says.thresholds, required[at], asked.subject)
            says = says._replace(thresholds=named)
        _put_down(meaning, at, line, asked.field, text, says)
    limited = with_limits(with_bases(meaning.clauses, meaning.thresholds), [line.kind for line in lines])
    meaning.clauses, meaning.undecided = limited.clauses, limited.undecided
    return meaning


def _take(heads: Sequence[str]) -> bool:
    """Whether a bare amount under these heads of criteria is taken away: all say so (扣分标准), or what does not names what the points are taken for
    (评分标准 over 情形 and 扣分)."""
    takes = [_TAKES.search(head) is not None for head in heads]
    return any(takes) and all(
        take or names_condition(head.rpartition('/')[2]) for take, head in zip(takes, heads, strict=True)
    )


def _understood(asked: Iterable[_Asked], spread: Spread) -> dict[_Asked, _Understood]:
    """What each of the texts says."""
    different = sorted(dict.fromkeys(asked), key=lambda one: one.field)
    batches = [different[at : at + _TOGETHER] for at in range(0, len(different), _TOGETHER)]
    found = spread(_understand, None, batches)
    return {
        one: says for batch, said in zip(batches, found, strict=True) for one, says in zip(batch, said, strict=True)
    }


def _understand(_: None, batch: Sequence[_Asked]) -> list[_Understood]:
    # one reading after the other for all texts, which are of one field: what each works with stays in the processor's caches
    read = [_clauses_and_items(*asked[:4], asked.graded) for asked in batch]
    return [_Understood(*both, _thresholds(*asked)) for both, asked in zip(read, batch, strict=True)]


def _texts(line: Line) -> Iterator[tuple[Field, Text]]:
    """The columns in which points may move, in the order in which a reader meets them."""
    texts: tuple[tuple[Field, Text | None], ...] = (
        ('name', line.name),
        ('requirement', line.requirement),
        ('criteria', line.criteria),
        ('points_text', line.points_text),
    )
    for name, text in texts:
        if text:
            yield name, text


def _put_down(meaning: Meaning, at: int, line: Line, name: Field, text: Text, says: _Understood) -> None:
    """Adds what a text says, with its place."""
    read = says.clauses
    if name == 'points_text' and line.points is not None and read.unheld:
        # `10分`, `5 分/项`: what no clause holds is the line's points
        read = read._replace(amounts_seen=read.amounts_seen - len(read.unheld), unheld=())
    base = len(meaning.clauses)
    meaning.clauses += [clause_of(text, match, base, indicator=at, field=name) for match in read.matches]
    meaning.amounts_seen += read.amounts_seen
    meaning.unheld += [Passage(at, name, text.text, start, end) for start, end in read.unheld]
    meaning.mended += [Passage(at, name, text.text, start, end) for start, end, *_ in read.mended]
    meaning.items += [_item(at, name, text, match) for match in says.items]
    meaning.thresholds += [_threshold(at, name, text, match, read.matches, base) for match in says.thresholds]
    meaning.mended += [
        Passage(at, name, text.text, match.start, match.end) for match in says.thresholds if match.mended
    ]


@lru_cache(_KEPT)
def _clauses_and_items(
    text: str, name: Field, kind: IndicatorKind, has_criteria: bool, graded: bool
) -> tuple[ClausesRead, tuple[ItemMatch, ...]]:
    if graded and (grades := read_laid_out(text, kind)) is not None:
        return grades, ()
    read = read_clauses(text, kind=kind, field=name, has_criteria=has_criteria)
    return read, read_items(text) if name in ('requirement', 'criteria') else ()


@lru_cache(_KEPT)
def _thresholds(
    text: str, name: Field, kind: IndicatorKind, has_criteria: bool, subject: str | None, graded: bool, aims: bool
) -> tuple[ThresholdMatch, ...]:
    if not aims or read_code(text, kind):
        return ()  # what a code costs is no target
    read, _ = _clauses_and_items(text, name, kind, has_criteria, graded)
    laid_out = graded and any(clause.rule.endswith('.grade') for clause in read.matches)
    asked = described(text) if laid_out else text
    found = read_thresholds(asked, field=name, clauses=read.matches, subject=subject, kind=kind)
    if not graded:
        return found
    # what a grade is worth is no target
    worth = [clause.amount for clause in read.matches if clause.amount and clause.rule.endswith('.grade')]
    return tuple(one for one in found if not any(start < one.end and one.start < end for start, end in worth))


def _item(at: int, name: Field, text: Text, match: ItemMatch) -> Item:
    return Item(
        indicator=at,
        field=name,
        label=match.label,
        text=text.text[match.text_start : match.text_end],
        points=match.points,
        start=match.start,
        end=match.end,
        origins=text.origins('text', match.text_start, match.text_end),
    )


def _threshold(
    at: int, name: Field, text: Text, match: ThresholdMatch, clauses: Sequence[ClauseMatch], base: int
) -> Threshold:
    inside = [i for i, clause in enumerate(clauses) if clause.start <= match.start and match.end <= clause.end]
    narrowest = min(inside, key=lambda i: clauses[i].end - clauses[i].start, default=None)
    return Threshold(
        indicator=at,
        field=name,
        start=match.start,
        end=match.end,
        text=text.text[match.start : match.end],
        metric=match.metric,
        comparator=match.comparator,
        value=match.value,
        value_high=match.value_high,
        unit=match.unit,
        basis=match.basis,
        period=match.period,
        rule=match.rule,
        kind=match.kind,
        clause=None if narrowest is None else base + narrowest,
        origins=text.origins('text', match.start, match.end),
    )
