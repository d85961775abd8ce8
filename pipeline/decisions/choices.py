"""What people decide about whole notices, findings and parties, other than a value of a row: the last word about each thing holds."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from kaohe.pipeline.database.stored_values import json_text
from kaohe.pipeline.decisions.decision import Decision, Identity, RowPlace
from kaohe.pipeline.decisions.log.known_rows import keep_rows, note_state, rows_but
from kaohe.pipeline.decisions.notices.likeness import Confirmed, Pair, pair_of

EDITIONS, NOTICES, SAMPLES, FINDINGS, PARTIES = 'editions', 'notices', 'samples', 'findings', 'parties'
TOPICS = (EDITIONS, NOTICES, SAMPLES, FINDINGS, PARTIES)
NO_NOTICE = Identity('', None, None, None, None)
"""Stands where no notice is meant."""

JOINED, PARTED = 'joined', 'parted'
RETIRED = 'retired'
COUNTED = 'counted'
TICKED = 'ticked'
SAME = 'same'


@dataclass(frozen=True, slots=True)
class Ticked:
    """A finding that somebody has dealt with."""

    by: str
    on: str
    remark: str | None
    decision: str


@dataclass(slots=True)
class Chosen:
    """The last word about each thing. ``retired`` are ids of documents; ``ticked`` by document, code and message; ``parties`` by alias, None
    where it is no other name of any."""

    confirmed: Confirmed = field(default_factory=Confirmed)
    retired: frozenset[str] = frozenset()
    samples: bool | None = None
    ticked: dict[tuple[str, str, str], Ticked] = field(default_factory=dict)
    parties: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)


def chosen(decisions: Iterable[Decision]) -> Chosen:
    """What holds after these decisions, in their order."""
    found = Chosen()
    pairs: dict[Pair, str] = {}
    retired: dict[str, bool] = {}
    for decision in decisions:
        if decision.kind != 'choose':
            continue
        about = decision.notice.document
        match decision.owner:
            case 'editions':
                pairs[pair_of(about, str(decision.value))] = str(decision.field)
            case 'notices':
                retired[about] = bool(decision.value)
            case 'samples':
                found.samples = bool(decision.value)
            case 'findings':
                key = (about, str(decision.place.key), str(decision.place.text))
                found.ticked.pop(key, None)
                if decision.value:
                    found.ticked[key] = Ticked(decision.by, decision.on, decision.why, decision.id)
            case _:
                party = decision.value if isinstance(decision.value, str) else None
                found.parties[str(decision.place.text)] = (party, decision.why)
    found.confirmed = Confirmed(
        frozenset(pair for pair, said in pairs.items() if said == JOINED),
        frozenset(pair for pair, said in pairs.items() if said == PARTED),
    )
    found.retired = frozenset(document for document, said in retired.items() if said)
    return found


def store_choices(connection: sqlite3.Connection, decisions: Sequence[Decision], documents: Mapping[str, str]) -> None:
    """Writes the decisions of this kind, each with whether a later one took its place; ``documents`` are the current ones, by document.

    What the database knows of them already stays."""
    known = keep_rows(connection, 'choices', {decision.id for decision in decisions})
    last: dict[object, str] = {}
    mine = [decision for decision in decisions if decision.kind == 'choose']
    for decision in mine:
        last[_about(decision)] = decision.id
    for decision in mine:
        document = documents.get(decision.notice.document)
        state = 'superseded' if last[_about(decision)] != decision.id else 'applied'
        if state == 'applied' and decision.notice != NO_NOTICE and document is None:
            state = 'waiting'
        before = known.get(decision.id)
        if before is not None:
            if before != (state, document):
                note_state(connection, 'choices', decision.id, (state, document))
            continue
        connection.execute(
            'INSERT INTO choices VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
            (decision.id, decision.at, decision.by, decision.why, decision.owner, json_text(asdict(decision.notice)),
             json_text(asdict(decision.place) | {'label': decision.label}), decision.field, json_text(decision.value), state, document),
        )  # fmt: skip


def stored_choices(connection: sqlite3.Connection, but: Container[str] = ()) -> Iterator[Decision]:
    """The decisions of this kind that the database knows, except those of these ids."""
    for row in rows_but(connection, 'choices', but):
        target = json.loads(row['target'])
        label = target.pop('label')
        yield Decision(
            'choose', row['decided_at'], row['decided_by'], row['why'], Identity(**json.loads(row['notice'])), row['topic'],
            RowPlace(**target), label, row['field'], json.loads(row['value']),
        )  # fmt: skip


def _about(decision: Decision) -> object:
    other = str(decision.value) if decision.owner == EDITIONS else ''
    pair = pair_of(decision.notice.document, other) if other else decision.notice.document
    return decision.owner, pair, decision.place.key, decision.place.text
