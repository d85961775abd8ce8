"""The clauses of the annotated notices beside the project, measured as the evaluation measures them; skipped where the notices are not there."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kaohe.normalizers.grammar.clauses.reader import read_clauses

SHARED = Path(__file__).parents[4] / 'shared'
FIELDS = ('requirement', 'criteria', 'name', 'points_text')

pytestmark = pytest.mark.skipif(
    not (SHARED / 'gold').is_dir(), reason='the annotated notices are not beside the project'
)


def _evaluation() -> ModuleType:
    spec = importlib.util.spec_from_file_location('evaluate', SHARED / 'tools' / 'evaluate.py')
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _read(line: dict[str, Any], has_criteria: bool) -> list[dict[str, Any]]:
    return [
        {
            'field': field,
            'text': text[clause.start : clause.end],
            'effect': clause.effect,
            'points': clause.points,
            'per_quantity': clause.per_quantity,
            'per_unit': clause.per_unit,
            'item': clause.item,
        }
        for field in FIELDS
        if (text := line.get(field))
        for clause in read_clauses(text, kind=line['kind'], field=field, has_criteria=has_criteria).matches  # type: ignore[arg-type]
    ]


def test_the_clauses_of_the_annotated_notices_are_read_and_stand_under_their_items() -> None:
    evaluation = _evaluation()
    count: Counter[str] = Counter()
    for path in sorted((SHARED / 'gold').glob('0*.json')):
        lines = json.loads(path.read_text(encoding='utf-8'))['indicators']
        has_criteria = any(line.get('criteria') for line in lines)
        for line in lines:
            left = _read(line, has_criteria)
            for wanted in line.get('clauses', []):
                found = next((one for one in left if evaluation.clause_equal(wanted, one)), None)
                count['missed' if found is None else 'hit'] += 1
                if found is not None:
                    left.remove(found)
                    count['under its item'] += wanted['item'] == found['item']
            count['extra'] += len(left)
    assert count['hit'] / (count['hit'] + count['missed']) >= 0.99
    assert count['hit'] / (count['hit'] + count['extra']) >= 0.99
    assert count['under its item'] / count['hit'] >= 0.99
