"""Taking back: which decisions of a notice were stored together last and still stand, and the steps that undo them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from kaohe.pipeline.decisions.choices import FINDINGS
from kaohe.pipeline.decisions.correctable_columns import CHECKED, DROPPED, find_field, same_value
from kaohe.pipeline.decisions.decision import RowPlace
from kaohe.pipeline.decisions.notices.likeness import squeezed
from kaohe.pipeline.decisions.wording import Decider
from kaohe.pipeline.desk.proposals import Step
from kaohe.pipeline.refusal import Refusal

_DECIDED = """
SELECT id, decided_at, decided_by, why, owner, added, target, field, value, before FROM corrections
WHERE document_id = :document AND state IN ('applied', 'superseded')
UNION ALL SELECT id, decided_at, decided_by, why, topic, 0, target, field, value, NULL FROM choices
WHERE document_id = :document AND topic = 'findings' AND state = 'applied' AND value = '1'
ORDER BY decided_at, id
"""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What takes back a change: steps that set values again, findings (by their ids) that are open again; ``whose`` change it was."""

    steps: list[Step]
    findings: list[str]
    whose: str


def reason_of(by: str) -> str:
    """Why a decision was made that takes back one of this person."""
    return f'撤回 {by} 的更正'


def steps_back(connection: sqlite3.Connection, document: str, by: str) -> TakenBack:
    """What takes back the last change that nobody took back yet, with all that was stored with it. That somebody looked at a place and found
    nothing wrong is taken back by that person alone (``by`` is who asks). Raises `Refusal`."""
    standing: list[list[sqlite3.Row]] = []
    for _, group in groupby(connection.execute(_DECIDED, {'document': document}), key=lambda row: row['decided_at']):
        made = list(group)
        taken = _last_of(standing, made[0]['decided_by'])
        if taken is not None and all(row['why'] == reason_of(taken[0]['decided_by']) for row in made):
            standing.remove(taken)
        else:
            standing.append(made)
    last = _last_of(standing, by)
    if last is None:
        raise Refusal('没有可以撤回的更正')
    decider = Decider(connection, '?')
    steps = [_back(connection, document, decider, row) for row in reversed(last) if row['owner'] != FINDINGS]
    findings = [_finding(connection, document, row) for row in last if row['owner'] == FINDINGS]
    return TakenBack(steps, [one for one in findings if one is not None], str(last[0]['decided_by']))


def _last_of(standing: Sequence[list[sqlite3.Row]], by: str) -> list[sqlite3.Row] | None:
    """The last of what stands that this person may take back; None where there is none."""
    return next((made for made in reversed(standing) if made[0]['decided_by'] == by or not _only_looked_at(made)), None)


def _only_looked_at(made: Sequence[sqlite3.Row]) -> bool:
    """Whether it says no more than that somebody has looked: no value is another one."""
    return all(row['owner'] == FINDINGS or row['field'] in CHECKED for row in made)


def _finding(connection: sqlite3.Connection, document: str, row: sqlite3.Row) -> str | None:
    """The finding that a decision ticked off; None where it is not there any more."""
    target = json.loads(row['target'])
    for one in connection.execute(
        'SELECT id, message FROM findings WHERE document_id = ? AND code = ?', (document, target['key'])
    ):
        if squeezed(one['message']) == target['text']:
            return str(one['id'])
    return None


def _back(connection: sqlite3.Connection, document: str, decider: Decider, row: sqlite3.Row) -> Step:
    """What takes a correction back: the value before it, or striking out the row that it added."""
    target = json.loads(row['target'])
    target.pop('label')
    rows = decider.rows(document)
    values: dict[str, str | None]
    if row['added']:
        found = next((address[1] for address, place in rows.places.items() if place.key == f'+{row["id"]}'), None)
        values = {DROPPED: '是'}
    else:
        found = rows.find(row['owner'], RowPlace(**target))
        earlier: Sequence[str] | None = connection.execute(
            'SELECT value FROM corrections WHERE document_id = ? AND owner = ? AND field = ? AND target = ? AND decided_at < ?'
            " AND state IN ('applied', 'superseded')"
            ' ORDER BY decided_at DESC LIMIT 1',
            (document, row['owner'], row['field'], row['target'], row['decided_at']),
        ).fetchone()
        field = find_field(row['owner'], row['field'])
        if field is None:
            raise Refusal('这一栏现在不能改了，没有撤回')
        now = None if found is None else decider.values(row['owner'], found, document)[field.name]
        if field.name in CHECKED and now is not None and not same_value(now, json.loads(row['value'])):
            raise Refusal('这一条后来又有人核对过，没有撤回')
        shown = field.show(json.loads(earlier[0] if earlier else row['before']))
        values = {field.name: None if shown is None else str(shown)}
    if found is None:
        raise Refusal('这处更正所在的行已经不在了，没有撤回；要改别处，请点那一条，按 e 直接改')
    return Step('correct', row['owner'], found, values)
