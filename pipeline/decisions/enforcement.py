"""Applies what people decided to what is stored now: editions, corrections, sign-offs, and a finding for what no longer fits.

Run after everything that changes the stored notices or the log; running it again changes nothing.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from kaohe.pipeline.database.ids import Maker
from kaohe.pipeline.decisions.added_rows import Added, added_below, added_line, store_added
from kaohe.pipeline.decisions.choices import chosen, store_choices
from kaohe.pipeline.decisions.correctable_columns import CHECKED, DROPPED, FIELDS, STANDS_IN, same_value
from kaohe.pipeline.decisions.decided_texts import store_decided_texts
from kaohe.pipeline.decisions.decision import Decision, Identity, RowPlace, in_order
from kaohe.pipeline.decisions.notices.corrected_sums import store_corrected_sums
from kaohe.pipeline.decisions.notices.likeness import alike, group_editions, perhaps_meant
from kaohe.pipeline.decisions.notices.notice_ids import store_notice_ids
from kaohe.pipeline.decisions.notices.party_names import store_aliases
from kaohe.pipeline.decisions.notices.standing import store_standing, store_ticks
from kaohe.pipeline.decisions.notices.stored_editions import (
    read_editions,
    read_identities,
    read_rank,
    store_assumed,
    store_editions,
    with_office,
)
from kaohe.pipeline.decisions.notices.struck_out import store_struck_out
from kaohe.pipeline.decisions.rereadings import store_rereadings
from kaohe.pipeline.decisions.row_places import Address, DocumentRows, put_added, read_rows
from kaohe.pipeline.decisions.tables import (
    Outcome,
    Overlay,
    clear,
    store_decisions,
    store_orphans,
    store_overlays,
    stored_decisions,
)


class _Added(NamedTuple):
    decision: Decision
    rows: Added


@dataclass(slots=True)
class _Notice:
    """The editions of one notice and what is decided about it. ``rows[0]`` are those of the current document."""

    current: str
    rows: list[DocumentRows]
    decided: dict[tuple[str, Address, str], Decision] = field(default_factory=dict)
    added: dict[tuple[str, Address], _Added] = field(default_factory=dict)
    signs: list[Decision] = field(default_factory=list)
    orphans: dict[tuple[str, RowPlace, str], Decision] = field(default_factory=dict)
    said: list[Decision] = field(default_factory=list)


def enforce_decisions(connection: sqlite3.Connection, log: Sequence[Decision]) -> None:
    """Brings ``edition_of``, ``corrections``, ``sign_offs``, ``overlays`` and the findings about corrections up to date.

    Call inside a transaction. Decisions that stand in the database but not in ``log`` (another folder was given) stay in force.
    """
    logged = {decision.id: decision for decision in log}
    # what the log says that no table keeps is in the ids of its rows alone
    stored = {decision.id: decision for decision in stored_decisions(connection, logged)}
    decisions = in_order((stored | logged).values())
    said = chosen(decisions)
    identities = {identity.document: identity for identity in read_identities(connection)}
    named = {document for pair in (*said.confirmed.joined, *said.confirmed.parted) for document in pair}
    editions = read_editions(connection, identities.values(), named)
    grouped = group_editions(editions, partial(read_rank, connection), said.confirmed)
    current = {document: document for document in identities} | grouped.current
    store_editions(connection, current)
    store_notice_ids(connection, current)
    store_assumed(connection, grouped.assumed)
    store_standing(connection, current, said)
    clear(connection)
    if decisions:
        _enforce(connection, decisions, identities, current)
        store_choices(connection, decisions, current)
    store_decided_texts(connection)
    store_ticks(connection, said)
    store_aliases(connection, said.parties)


def _enforce(
    connection: sqlite3.Connection,
    decisions: Sequence[Decision],
    identities: Mapping[str, Identity],
    current: Mapping[str, str],
) -> None:
    """Applies corrections, added rows and sign-offs."""
    members: defaultdict[str, list[str]] = defaultdict(list)
    for document, now in current.items():
        members[now].append(document)
    notices: dict[str, _Notice] = {}
    outcomes: dict[str, Outcome] = {}
    for decision in decisions:
        if decision.kind == 'choose':
            continue
        about = _meant(connection, decision.notice, identities, current)
        for document in about:
            if document not in notices:
                others = sorted(set(members[document]) - {document})
                notices[document] = _Notice(document, [read_rows(connection, one) for one in (document, *others)])
        outcomes[decision.id] = _settle_one(decision, [notices[document] for document in about], outcomes)
    for notice in notices.values():
        _settle_sign(notice, decisions, outcomes)
    store_decisions(connection, decisions, outcomes)
    for notice in notices.values():
        for rows in notice.rows:
            store_added(
                connection, rows.document, [x.rows for (one, _), x in notice.added.items() if one == rows.document]
            )
            store_overlays(connection, rows, _changes(rows, notice))
            store_corrected_sums(connection, rows.document)
            store_struck_out(connection, rows.document)
        store_orphans(connection, notice.current, _unsettled(notice, outcomes))
        store_rereadings(connection, notice.rows[0], notice.signs, notice.said)


def _settle_one(decision: Decision, about: Sequence[_Notice], outcomes: dict[str, Outcome]) -> Outcome:
    if not about:
        return Outcome('waiting', None)
    if decision.kind == 'sign':
        for notice in about:
            notice.signs.append(decision)
        return Outcome('superseded', about[0].current)
    for notice in about:
        notice.said.append(decision)
    applied = [notice for notice in about if _apply(notice, decision, outcomes)]
    if applied:
        return Outcome('applied', applied[0].current)
    about[0].orphans[decision.owner, decision.place, decision.field or decision.id] = decision
    return Outcome('orphaned', about[0].current)


def _settle_sign(notice: _Notice, decisions: Sequence[Decision], outcomes: dict[str, Outcome]) -> None:
    """The last sign-off holds as long as the notice says what it said, and nobody has corrected it since."""
    if not notice.signs:
        return
    last = notice.signs[-1]
    later = any(
        outcomes.get(decision.id) == Outcome('applied', notice.current)
        and decision.at > last.at
        and decision.field not in CHECKED
        for decision in decisions
    )
    same = notice.rows[0].content() == last.before
    outcomes[last.id] = Outcome('signed' if same and not later else 'changed', notice.current)


def _unsettled(notice: _Notice, outcomes: Mapping[str, Outcome]) -> list[Decision]:
    """Corrections that fit nothing, but those that somebody has seen who signed the notice off as it is now."""
    signed = max((sign.at for sign in notice.signs if outcomes[sign.id].state == 'signed'), default='')
    return [decision for decision in notice.orphans.values() if decision.at > signed]


def _changes(rows: DocumentRows, notice: _Notice) -> dict[Address, Overlay]:
    """What differs from what was read, or from the row that somebody added, by row."""
    found: dict[Address, Overlay] = {}
    for (document, address), added in notice.added.items():
        if document == rows.document:
            found[address] = Overlay(True, {}, added.decision, added.decision.why)
    for (document, address, name), decision in notice.decided.items():
        if document != rows.document:
            continue
        known = found.get(address)
        if known is not None:
            known.changes[name] = decision.value
            known.last = decision
            known.why = decision.why or known.why
        elif not same_value(decision.value, rows.values[address][name]):
            found[address] = Overlay(False, {name: decision.value}, decision, decision.why)
    return found


def _meant(
    connection: sqlite3.Connection, wanted: Identity, identities: Mapping[str, Identity], current: Mapping[str, str]
) -> list[str]:
    """The current documents of the notice that a decision is about."""
    if wanted.document in current:
        return [current[wanted.document]]
    wanted = with_office(connection, wanted)
    for likeness in (alike, perhaps_meant):
        found = sorted({current[document] for document, known in identities.items() if likeness(wanted, known)})
        if found:
            return found
    return []


def _apply(notice: _Notice, decision: Decision, outcomes: dict[str, Outcome]) -> bool:
    """Whether the decision fits the current edition; it is noted for every edition that it fits."""
    fits = [_apply_to(rows, notice, decision, outcomes) for rows in notice.rows]
    return fits[0]


def _apply_to(rows: DocumentRows, notice: _Notice, decision: Decision, outcomes: dict[str, Outcome]) -> bool:
    if decision.kind == 'add':
        return _add(rows, notice, decision)
    found = rows.find(decision.owner, decision.place)
    if found is None:
        return False
    assert decision.field is not None
    key = (rows.document, (decision.owner, found), decision.field)
    before = notice.decided.get(key)
    if before is not None and rows is notice.rows[0]:
        outcomes[before.id] = Outcome('superseded', notice.current)
    notice.decided[key] = decision
    return True


def _add(rows: DocumentRows, notice: _Notice, decision: Decision) -> bool:
    """Puts an added row below its line or into its table, unless the reading has it by now."""
    values = dict.fromkeys(known.name for known in FIELDS[decision.owner]) | dict(decision.row)
    if decision.owner == 'indicators':
        parent = rows.table(decision.place.table)
    else:
        parent = rows.find('indicators', decision.place)
    if parent is None:
        return False
    struck = {
        address for (document, address, name), known in notice.decided.items() if (document, name) == (rows.document, DROPPED) and known.value
    }  # fmt: skip
    if rows.holds(decision.owner, parent, values, struck):
        return True
    new = Maker(rows.document).make(decision.owner, 'added', decision.id)
    if decision.owner == 'indicators':
        added = added_line(rows.document, parent, new, values, decision)
    else:
        column = values.get(STANDS_IN.name)
        text = rows.values['indicators', parent].get(str(column))
        added = added_below(rows.document, parent, new, values, text if isinstance(text, str) else None, decision)
    put_added(rows, added, values, decision)
    notice.added[rows.document, (decision.owner, new)] = _Added(decision, added)
    return True
