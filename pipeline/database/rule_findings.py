"""What a person should know of a line's rule: the choices that it took where the notice leaves one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kaohe.extractors.findings import CODES, Finding, finding
from kaohe.normalizers.checks.finding_places import at_line

if TYPE_CHECKING:  # a run that finds nothing changed makes no catalogue
    from kaohe.normalizers.catalogue import Catalogue
    from kaohe.normalizers.scoring.material import ScoringRule
    from kaohe.pipeline.database.catalogue_ids import Ids


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
            yield at_line(
                finding(doubt.code, clause=clause, text=text, detail=doubt.detail), catalogue, lines[rule.indicator]
            )
