"""How one sentence is read: its clauses and targets in lines for a person. ``python -m`` this reads the sentences it is given, so that they can be
read with other words of the house than this process has loaded."""

from __future__ import annotations

import os
import subprocess  # our own interpreter
import sys
from pathlib import Path

from kaohe.normalizers.vocabulary.house_vocabulary import VARIABLE
from kaohe.pipeline.language.terms import EFFECT


def read_sentence(sentence: str) -> list[str]:
    """What the sentence says as a text of criteria, one line a clause or target."""
    from kaohe.normalizers.grammar.clauses.reader import read_clauses
    from kaohe.normalizers.grammar.targets.reader import read_thresholds

    clauses = read_clauses(sentence).matches
    lines = []
    for clause in clauses:
        amount = f' {clause.points} 分' if clause.points is not None else ''
        each = f'，每 {clause.per_quantity} {clause.per_unit or ""}' if clause.per_quantity is not None else ''
        lines.append(f'条款　{EFFECT[clause.effect]}{amount}{each}　“{sentence[clause.start : clause.end]}”')
    for target in read_thresholds(sentence, field='criteria', clauses=clauses):
        high = f'～{target.value_high}' if target.value_high is not None else ''
        number = f'{target.comparator} {target.value}{high}{target.unit or ""}'
        lines.append(f'目标值　{target.metric or "？"} {number}　“{sentence[target.start : target.end]}”')
    return lines or ['没有读出条款和目标值']


def read_with(house: Path, sentence: str) -> list[str]:
    """The same in another process, with the words of the folder ``house``."""
    done = subprocess.run(
        [sys.executable, '-m', __name__, sentence],
        env={**os.environ, VARIABLE: str(house.absolute()), 'PYTHONIOENCODING': 'utf-8'},
        capture_output=True,
        check=True,
        encoding='utf-8',
    )
    return done.stdout.splitlines()


if __name__ == '__main__':
    for given in sys.argv[1:]:
        sys.stdout.write('\n'.join(read_sentence(given)) + '\n')
