"""A notice as the desk shows it: its tables, lines, clauses and targets with corrections applied, its findings, and who decided what."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from markupsafe import Markup

from kaohe.pipeline.assessment.stored_lines import read_line_duties
from kaohe.pipeline.desk.review_doubts import ReviewDoubt, read_doubts
from kaohe.pipeline.language.phrases import clause_phrase, target_phrase
from kaohe.pipeline.receipts.marks import Mark, coloured, find_number
from kaohe.pipeline.receipts.receipt_words import colour

TEXTS = ('name', 'requirement', 'criteria', 'points_text')


@dataclass(frozen=True, slots=True)
class ReviewedReading:
    """A clause or target of a line: what it says in words, and the class that colours it."""

    owner: str
    id: str
    label: str
    cls: str
    says: str
    condition: str | None
    corrected: bool


@dataclass(frozen=True, slots=True)
class ReviewText:
    """A column of a line: its text with what was read coloured in it."""

    field: str
    marked: Markup


@dataclass(frozen=True, slots=True)
class Card:
    """A line. ``row`` has the columns of ``corrected_indicators``; ``levels`` are the categories below the first."""

    row: sqlite3.Row
    nth: int
    levels: tuple[str, ...]
    texts: tuple[ReviewText, ...]
    readings: tuple[ReviewedReading, ...]
    duties: tuple[tuple[str, tuple[str, ...]], ...]
    doubts: tuple[ReviewDoubt, ...]


@dataclass(frozen=True, slots=True)
class Sums:
    """What the lines of a table add up to, against what is printed (None: nothing is); ``categories``: those of the first level alone."""

    ordinal: int
    title: str | None
    lines: int
    scored: Decimal
    bonus: Decimal
    printed: Decimal | None
    categories: tuple[tuple[str, Decimal], ...]

    @property
    def fits(self) -> bool | None:
        """Whether they agree; None where nothing is printed."""
        return None if self.printed is None else self.printed in (self.scored, self.scored + self.bonus)


@dataclass(frozen=True, slots=True)
class Section:
    """A table with its lines."""

    row: sqlite3.Row
    cards: tuple[Card, ...]
    sums: Sums

    @property
    def spans(self) -> tuple[int, ...]:
        """How many lines the category of each line covers from there on; 0 where it is that of the line above."""
        runs = [len(list(run)) for _, run in groupby(self.cards, key=lambda card: (card.row['level1'], card.levels))]
        return tuple(span for length in runs for span in (length, *[0] * (length - 1)))


@dataclass(frozen=True, slots=True)
class Review:
    """A notice; ``row`` has the columns of ``corrected_documents``. ``seen`` names the last decision about it."""

    row: sqlite3.Row
    sections: tuple[Section, ...]
    doubts: tuple[ReviewDoubt, ...]
    loose: tuple[sqlite3.Row, ...]
    seen: str


def read_review(connection: sqlite3.Connection, document: str) -> Review | None:
    """The notice with this id; None where there is none."""
    row = connection.execute('SELECT * FROM corrected_documents WHERE id = ?', (document,)).fetchone()
    if row is None:
        return None
    tables = connection.execute(
        "SELECT * FROM tables WHERE document_id = ? AND kind IN ('scoring', 'articles') ORDER BY ordinal", (document,)
    ).fetchall()
    ordinals = {table['id']: table['ordinal'] for table in connection.execute('SELECT id, ordinal FROM tables WHERE document_id = ?', (document,))}  # fmt: skip
    doubts = read_doubts(connection, document, ordinals)
    cards = _cards(connection, document, doubts)
    sections = tuple(
        Section(table, tuple(own), sums_of(table, [card.row for card in own]))
        for table in tables
        for own in [cards.get(table['id'], [])]
    )
    loose = connection.execute(
        'SELECT * FROM corrected_clauses WHERE document_id = ? AND indicator_id IS NULL AND NOT dropped ORDER BY ordinal',
        (document,),
    ).fetchall()
    return Review(row, sections, tuple(doubts), tuple(loose), last_decision(connection, document))


def sums_of(table: sqlite3.Row, lines: Iterable[sqlite3.Row | Mapping[str, object]]) -> Sums:
    """What these lines of the table add up to."""
    lines = list(lines)

    def total(kind: str) -> Decimal:
        return sum(
            (Decimal(str(line['points'])) for line in lines if line['kind'] == kind and line['points'] is not None),
            Decimal(0),
        )

    printed = None if table['total_points'] is None else Decimal(str(table['total_points']))
    categories: dict[str, Decimal] = {}
    for line in lines:
        name = str(line['level1'] or '')
        points = line['points'] if line['kind'] == 'scored' else None
        categories[name] = categories.get(name, Decimal(0)) + (Decimal(0) if points is None else Decimal(str(points)))
    return Sums(
        table['ordinal'], table['title'], len(lines), total('scored'), total('bonus'), printed, tuple(categories.items())
    )  # fmt: skip


def last_decision(connection: sqlite3.Connection, document: str) -> str:
    """The id of the last decision about the notice, ``''`` where there is none: it tells two people that one was faster."""
    row = connection.execute(
        'SELECT id FROM (SELECT id, decided_at FROM corrections WHERE document_id = :document'
        ' UNION ALL SELECT id, decided_at FROM sign_offs WHERE document_id = :document) ORDER BY decided_at DESC, id DESC LIMIT 1',
        {'document': document},
    ).fetchone()
    return '' if row is None else str(row[0])


def _cards(connection: sqlite3.Connection, document: str, doubts: Sequence[ReviewDoubt]) -> dict[str, list[Card]]:
    clauses = _grouped(
        connection.execute('SELECT * FROM corrected_clauses WHERE document_id = ? AND NOT dropped ORDER BY ordinal', (document,))
    )  # fmt: skip
    targets = _grouped(
        connection.execute(
            'SELECT g.* FROM corrected_thresholds AS g JOIN corrected_indicators AS i ON i.id = g.indicator_id'
            ' WHERE i.document_id = ? AND NOT g.dropped ORDER BY g.ordinal',
            (document,),
        )
    )
    duties = read_line_duties(connection, document)
    by_line: defaultdict[str, list[ReviewDoubt]] = defaultdict(list)
    for doubt in doubts:
        if doubt.line is not None:
            by_line[doubt.line].append(doubt)
    found: defaultdict[str, list[Card]] = defaultdict(list)
    for row in connection.execute(
        'SELECT * FROM corrected_indicators WHERE document_id = ? AND NOT dropped ORDER BY ordinal', (document,)
    ):
        own = found[row['table_id']]
        path = json.loads(row['path'] or '[]')
        texts, readings = _texts(row, clauses.get(row['id'], ()), targets.get(row['id'], ()))
        own.append(
            Card(
                row=row, nth=len(own) + 1, levels=tuple(path[1:]), texts=texts, readings=readings,
                duties=tuple((role, tuple(parties)) for role, parties in duties[row['id']].items()),
                doubts=tuple(by_line[row['id']]),
            )
        )  # fmt: skip
    return found


def _texts(
    row: sqlite3.Row, clauses: Sequence[sqlite3.Row], targets: Sequence[sqlite3.Row]
) -> tuple[tuple[ReviewText, ...], tuple[ReviewedReading, ...]]:
    marks: defaultdict[str, list[Mark]] = defaultdict(list)
    readings = []
    for at, clause in enumerate(clauses, start=1):
        cls = colour(clause['effect'])
        start = clause['start']
        if _stands(row, clause):
            marks[clause['field']].append(Mark(start, clause['end'], cls, str(at)))
            if amount := find_number(clause['text'], clause['points']):
                marks[clause['field']].append(Mark(start + amount[0], start + amount[1], 'pts'))
        says = clause_phrase(clause['effect'], clause['points'], clause['per_quantity'], clause['per_unit'],
                             None if clause['effect'] == 'cap' else clause['cap'])  # fmt: skip
        corrected = bool(clause['corrected'] or clause['added'])
        readings.append(ReviewedReading('clauses', clause['id'], str(at), cls, says, clause['condition'], corrected))
    for target in targets:
        if _stands(row, target):
            marks[target['field']].append(Mark(target['start'], target['end'], 'goal'))
        says = target_phrase(
            target['metric'], target['comparator'], target['value'], target['value_high'], target['unit']
        )
        corrected = bool(target['corrected'] or target['added'])
        readings.append(ReviewedReading('thresholds', target['id'], '目标', 'goal', says, target['period'], corrected))
    texts = [ReviewText(field, Markup(coloured(row[field], marks[field]))) for field in TEXTS if row[field]]
    return tuple(text for text in texts if text.field != 'points_text' or marks['points_text']), tuple(readings)


def _stands(line: sqlite3.Row, row: sqlite3.Row) -> bool:
    """Whether the span of a clause or target still fits its text: a person may have corrected either."""
    text = line[row['field']] if row['field'] in TEXTS else None
    return text is not None and row['start'] is not None and text[row['start'] : row['end']] == row['text']


def _grouped(rows: Iterable[sqlite3.Row]) -> dict[str, list[sqlite3.Row]]:
    found: defaultdict[str, list[sqlite3.Row]] = defaultdict(list)
    for row in rows:
        if row['indicator_id'] is not None:
            found[row['indicator_id']].append(row)
    return found
