"""Rules and inputs as rows of the database, and back; the choices that rules took as findings."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kaohe.extractors.findings import CODES, Finding, finding
from kaohe.normalizers.checks.finding_places import at_line
from kaohe.normalizers.scoring.algebra import from_json, to_json
from kaohe.normalizers.scoring.material import Input, ScoringDoubt, ScoringRule
from kaohe.pipeline.database.stored_values import json_texts, real

if TYPE_CHECKING:  # a run that finds nothing changed makes no catalogue
    from kaohe.normalizers.catalogue import Catalogue
    from kaohe.pipeline.database.catalogue_ids import Ids

Row = tuple[str | int | float | None, ...]
RULE_COLUMNS: Final = 'indicator_id document_id identity mode floor ceiling computable expression says shares corrected'
INPUT_COLUMNS: Final = 'id indicator_id document_id ordinal clause_ids threshold_id kind unit question low high options'


def rule_row(document: str, rule: ScoringRule, *, corrected: bool = False) -> Row:
    """The row of ``score_rules``."""
    return (
        rule.indicator, document, rule.identity, rule.mode, real(rule.floor), real(rule.ceiling), int(rule.computable),
        to_json(rule.expression), rule.says, rule.shares, int(corrected),
    )  # fmt: skip


def input_rows(document: str, rule: ScoringRule) -> Iterable[Row]:
    """The rows of ``inputs``."""
    for one in rule.inputs:
        yield (
            one.id, rule.indicator, document, one.ordinal, json_texts(one.clauses), one.threshold, one.kind, one.unit or None,
            one.question, real(one.low), real(one.high), json_texts(one.options) if one.options else None,
        )  # fmt: skip


def read_rules(connection: sqlite3.Connection, document: str) -> list[ScoringRule]:
    """The rules of a document, in the order of its lines."""
    inputs: defaultdict[str, list[Input]] = defaultdict(list)
    for row in connection.execute(
        'SELECT * FROM inputs WHERE document_id = ? ORDER BY indicator_id, ordinal', (document,)
    ):
        inputs[row['indicator_id']].append(
            Input(
                row['id'], row['ordinal'], tuple(json.loads(row['clause_ids'])), row['kind'], row['question'], row['threshold_id'],
                row['unit'], decimal(row['low']), decimal(row['high']), tuple(json.loads(row['options'] or '[]')),
            )
        )  # fmt: skip
    return [
        ScoringRule(
            row['indicator_id'], row['identity'], row['mode'], decimal(row['floor']), decimal(row['ceiling']), bool(row['computable']),
            from_json(row['expression']), row['says'], tuple(inputs[row['indicator_id']]), (), row['shares'],
        )
        for row in connection.execute(
            'SELECT r.*, i.ordinal FROM score_rules AS r JOIN corrected_indicators AS i ON i.id = r.indicator_id'
            ' WHERE r.document_id = ? AND NOT i.dropped ORDER BY i.ordinal, i.id',
            (document,),
        )
    ]  # fmt: skip


def rule_findings(rules: Sequence[ScoringRule], catalogue: Catalogue, ids: Ids) -> Iterator[Finding]:
    """The findings for the choices that the rules took, at their clauses and lines. Holes between bands have theirs from the checks."""
    lines = {name: at for at, name in enumerate(ids.indicators)}
    clauses = {name: at for at, name in enumerate(ids.clauses)}
    for rule in rules:
        for doubt in rule.doubts:
            if doubt.code not in CODES:
                continue
            line = catalogue.indicators[lines[rule.indicator]]
            clause = None if doubt.clause is None else clauses[doubt.clause]
            text = line.name if clause is None else catalogue.clauses[clause].text
            found = replace(doubt_finding(doubt, text), clause=clause)
            yield at_line(found, catalogue, lines[rule.indicator])


def doubt_finding(doubt: ScoringDoubt, text: str | None) -> Finding:
    """What a doubt says as a finding, without its place. ``text`` is that of its clause, else the line's name."""
    return finding(doubt.code, text=text, detail=doubt.detail)


@lru_cache(4096)  # a notice has few different numbers, each many times
def decimal(number: float | None) -> Decimal | None:
    """The number that is stored, as it was written."""
    if number is None:
        return None
    told = Decimal(repr(number))
    return told.to_integral_value() if told == told.to_integral_value() else told
